//! What needs the editor now.

use askama::Template;
use axum::response::Response;
use parvis_civic::contribution::Status;
use parvis_civic::process::{self, Moment, Status as Published};
use parvis_civic::{Error, answer};
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Page, WebError};

use crate::model::PROPOSAL;
use crate::place::{At, Place};
use crate::store::{self, Figures, Which};

#[derive(Template)]
#[template(path = "admin/dashboard.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    facts: Vec<String>,
    /// What must be written before it may open: the keys of messages.
    missing: Vec<&'static str>,
    state: (&'static str, String),
    is_draft: bool,
    is_closed: bool,
    drafts: usize,
    waiting: i64,
    unanswered: i64,
}

/// What the dashboard reads.
struct Loaded {
    missing: Vec<&'static str>,
    figures: Vec<Figures>,
    drafts: usize,
    waiting: i64,
    unanswered: i64,
}

/// Shows the page.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, loaded) = super::load(&cx, &at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let mut missing: Vec<&'static str> =
                process::missing(tx, &place.process).await?.iter().map(|m| m.0).collect();
            if place.activity.phase.is_none() {
                missing.push("civic-missing-phase");
            }
            let official = store::official(tx, id).await?;
            let drafts = official.iter().filter(|c| c.status == Status::Draft).count();
            if official.len() == drafts && !place.rules.proposals {
                missing.push("consultation-missing-texts");
            }
            if store::sections(tx, id).await?.iter().any(|s| s.title.is_empty()) {
                missing.push("consultation-missing-sections-title");
            }
            let figures = store::figures(tx, id).await?;
            let which = Which { on: None, status: Some("waiting") };
            let waiting = store::amendment_count(tx, id, which).await?;
            let (_, unanswered) = answer::progress(tx, id, PROPOSAL).await?;
            Ok::<_, Error>(Loaded { missing, figures, drafts, waiting, unanswered })
        })
    })
    .await?;
    let t = cx.t();
    let is_draft = place.activity.status == Published::Draft;
    let state = match (is_draft, place.activity.moment(cx.now)) {
        (true, _) => ("draft", t.get("consultation-admin-state-draft")),
        (_, Moment::Before) => ("soon", t.get("consultation-admin-state-before")),
        (_, Moment::During) => ("open", t.get("consultation-admin-state-during")),
        (_, Moment::After) => ("closed", t.get("consultation-admin-state-after")),
    };
    let title = place.activity.title.get(cx.locale()).to_owned();
    let view = View {
        page: super::page(&cx, &place, title),
        nav: super::nav(&cx, &place, "dashboard"),
        facts: crate::view::facts(t, &loaded.figures, place.totals(&cx)),
        missing: loaded.missing,
        state,
        is_draft,
        is_closed: place.activity.moment(cx.now) == Moment::After,
        drafts: loaded.drafts,
        waiting: loaded.waiting,
        unanswered: loaded.unanswered,
        place,
    };
    Ok(cx.render(&view))
}
