//! The audit log: who on the team did what, and when.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use parvis_civic::{Error, contribution};
use parvis_core::Access;
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Field, Pager};
use parvis_web::{Ctx, Page, Routes, WebError};

use crate::processes::admin_page;

pub fn routes() -> Routes {
    Routes::new().get("/admin/audit", Access::Administrator, list)
}

struct Line {
    action: String,
    /// Where the object is looked after; empty when it is nowhere.
    href: String,
    entry: audit::Entry,
    actor: String,
}

#[derive(Template)]
#[template(path = "audit.html")]
struct List {
    page: Page,
    tab: &'static str,
    action: Field,
    lines: Vec<Line>,
    pager: Pager,
}

/// The page of an object such as `process:1` or `contribution/5`.
fn href(object: &str) -> String {
    match object.split_once([':', '/']) {
        Some(("contribution", id)) => format!("/c/{id}"),
        Some(("process", id)) => format!("/admin/processes/{id}"),
        Some(("phase", id)) => format!("/admin/phases/{id}/edit"),
        Some(("activity", id)) => format!("/admin/activities/{id}/edit"),
        Some(("participant", id)) => format!("/admin/participants/{id}"),
        _ => String::new(),
    }
}

async fn list(cx: Ctx) -> Result<Response, WebError> {
    let action = cx.query("action");
    let filter = audit::Filter { action: (!action.is_empty()).then(|| action.clone()), ..Default::default() };
    let counted = filter.clone();
    let (total, actions) = cx
        .store()
        .read(move |tx| {
            boxed(async move {
                let total = audit::list(tx, &counted, 1, 0).await?.total;
                Ok::<_, Error>((total, audit::actions(tx).await?))
            })
        })
        .await?;
    let pager = Pager::new(&cx, total, 50);
    let (limit, offset) = (pager.limit(), pager.offset());
    let (entries, names): (Vec<audit::Entry>, BTreeMap<i64, String>) = cx
        .store()
        .read(move |tx| {
            boxed(async move {
                let entries = audit::list(tx, &filter, limit, offset).await?.items;
                let names = contribution::pseudonyms(tx, entries.iter().filter_map(|e| e.actor)).await?;
                Ok::<_, Error>((entries, names))
            })
        })
        .await?;
    let system = cx.t().get("admin-audit-system");
    let named = |action: &str| {
        let key = format!("admin-did-{action}");
        if cx.t().catalog.has(&key) { cx.t().get(&key) } else { action.to_owned() }
    };
    let lines = entries
        .into_iter()
        .map(|entry| Line {
            actor: entry.actor.map_or_else(
                || system.clone(),
                |id| names.get(&id).cloned().unwrap_or_else(|| id.to_string()),
            ),
            action: named(&entry.action),
            href: href(&entry.object),
            entry,
        })
        .collect();
    let page = admin_page(&cx, cx.t().get("admin-tab-audit"));
    let mut choices = vec![Choice::new("", cx.t().get("admin-audit-all"))];
    choices.extend(actions.into_iter().map(|a| Choice::new(a.as_str(), named(&a))));
    Ok(cx.render(&List {
        action: page.select("action", "admin-audit-action").choices(&choices).value(action),
        page,
        tab: "audit",
        lines,
        pager,
    }))
}
