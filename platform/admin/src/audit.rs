//! The audit log: who on the team did what, and when.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use parvis_civic::{Error, contribution};
use parvis_core::Access;
use parvis_i18n::T;
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
    /// What it was done to, in words.
    object: String,
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

/// The kind and the number of an object such as `process:1` or `contribution/5`.
fn parted(object: &str) -> Option<(&str, &str)> {
    object.split_once([':', '/']).filter(|(kind, _)| !kind.is_empty())
}

/// An object in the reader's words; as it was written when there are none (the address of what was imported).
fn words(t: &T, object: &str) -> String {
    let key = match parted(object) {
        Some((kind, _)) => format!("admin-on-{kind}"),
        None => format!("admin-settings-{object}"),
    };
    if !t.catalog.has(&key) {
        return object.to_owned();
    }
    t.with1(&key, "id", parted(object).map_or("", |(_, id)| id))
}

/// The page of an object; none when the act took it away.
fn href(action: &str, object: &str) -> String {
    let gone = action.ends_with("-removed") || action.ends_with("-deleted");
    match parted(object) {
        Some(("phase" | "contribution", _)) if gone => String::new(),
        Some(("contribution", id)) => format!("/c/{id}"),
        Some(("process", id)) => format!("/admin/processes/{id}"),
        Some(("phase", id)) => format!("/admin/phases/{id}/edit"),
        Some(("activity", id)) => format!("/admin/activities/{id}/edit"),
        Some(("participant", id)) => format!("/admin/participants/{id}"),
        Some(("mail", id)) => format!("/admin/mails/{id}"),
        Some(("job", _)) => "/admin/mails".into(),
        Some(("site", _)) => "/admin/settings".into(),
        None if object == "general" => "/admin/settings".into(),
        None if ["legal", "accessibility", "logo"].contains(&object) => format!("/admin/settings/{object}"),
        None if object.starts_with("/p/") => object.to_owned(),
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
            object: words(cx.t(), &entry.object),
            href: href(&entry.action, &entry.object),
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
