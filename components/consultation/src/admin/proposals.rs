//! What people proposed, with the state of the official answers.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use parvis_civic::Error;
use parvis_store::boxed;
use parvis_web::ui::{Html, Pager};
use parvis_web::{Ctx, Page, WebError};

use crate::model::{By, Query, STATUSES, Sort};
use crate::place::{At, Place};
use crate::store::{self, Listed};

/// Proposals a page.
const PAGE: i64 = 30;

#[derive(Template)]
#[template(path = "admin/proposals.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    status: Option<&'static str>,
    count: i64,
    list: Vec<Listed>,
    /// The answers that exist, published or not: status, and whether it is a draft.
    answers: BTreeMap<i64, (String, bool)>,
    pager: Pager,
    totals: bool,
}

impl View {
    fn filters(&self) -> Vec<(String, String, bool)> {
        let base = self.place.admin("proposals");
        let all = ("consultation-any-status".to_owned(), base.clone(), self.status.is_none());
        let each = STATUSES.iter().take(2).map(|status| {
            (
                format!("consultation-status-{status}"),
                format!("{base}?status={status}"),
                self.status == Some(*status),
            )
        });
        std::iter::once(all).chain(each).collect()
    }

    /// The sign and the words of the state of the answer.
    fn answer(&self, listed: &Listed) -> (&'static str, String) {
        let t = &self.page.t;
        match self.answers.get(&listed.c.id) {
            None => ("soon", t.get("consultation-status-open")),
            Some((_, true)) => ("draft", t.get("consultation-admin-answer-draft")),
            Some((status, false)) => {
                (crate::view::answered(status), t.get(&format!("civic-answer-status-{status}")))
            }
        }
    }

    fn author(&self, listed: &Listed) -> String {
        crate::view::author(&self.page.t, listed)
    }

    fn facts(&self, listed: &Listed) -> String {
        let t = &self.page.t;
        let c = &listed.c;
        let mut facts = vec![];
        if self.totals {
            facts.push(t.n("consultation-votes-n", c.cast.sum()));
        }
        if self.totals && c.imported.sum() > 0 {
            facts.push(t.n("consultation-imported-n", c.imported.sum()));
        }
        facts.push(t.n("consultation-arguments-n", c.arguments_for + c.arguments_against));
        facts.join(" · ")
    }
}

/// Shows the list, the most supported first.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let now = cx.now;
    let status = STATUSES.into_iter().find(|s| *s == cx.query("status"));
    let query =
        Query { sort: Sort::Supported, by: By::People, status, page: cx.page_number(), ..Query::default() };
    let (place, (count, list, answers)) = super::load(&cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let count = store::count(tx, id, &query, &[]).await?;
            let totals = place.rules.shows_totals(&place.activity, now);
            let list = store::list(tx, id, &query, &[], totals, PAGE).await?;
            let ids: Vec<i64> = list.iter().map(|l| l.c.id).collect();
            Ok::<_, Error>((count, list, store::answers(tx, &ids).await?))
        })
    })
    .await?;
    let page = super::page(&cx, &place, cx.t().get("consultation-admin-proposals"));
    let nav = super::nav(&cx, &place, "proposals");
    let pager = Pager::new(&cx, count, PAGE);
    let totals = place.totals(&cx);
    Ok(cx.render(&View { page, place, nav, status, count, list, answers, pager, totals }))
}
