//! Telephone numbers: prefixes, the draw of those who are called, the list for the callers.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::pages::{At, acting};
use parvis_civic::Error;
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Fields, Page, WebError};

use super::letters::download;
use super::{record, said_answers, with_messages};
use crate::phones::{self, MOST, Plan};
use crate::place::{Place, admin_page, load, nav, write};
use crate::store::Panel;
use crate::{store, work};

/// The digits of a number in France.
const DIGITS: &str = "10";

#[derive(Template)]
#[template(path = "admin/phones.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    panel: Panel,
    answers: String,
    sent: Fields,
    is_kept: bool,
}

impl View {
    fn sent(&self, name: &str) -> &str {
        self.sent.get(name)
    }

    fn digits(&self) -> &str {
        if self.sent.has("digits") { self.sent.get("digits") } else { DIGITS }
    }
}

async fn show(
    cx: &Ctx,
    at: &At,
    status: StatusCode,
    errors: &FieldErrors,
    message: Option<&str>,
    sent: &Fields,
) -> Result<Response, WebError> {
    let (place, (panel, answered)) = load(cx, at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let panel = store::panel(tx, id).await?;
            let answered = store::called(tx, id, &panel).await?;
            Ok((panel, answered))
        })
    })
    .await?;
    let page = admin_page(cx, &place, cx.t().get("panel-tab-phones")).errors(errors);
    let page = with_messages(page, message.map(|key| cx.t().get(key)));
    let view = View {
        nav: nav(cx, &place, "phones"),
        is_kept: place.rules.keeps(cx.now) && panel.erased_at.is_none(),
        sent: sent.clone(),
        page,
        place,
        panel,
        answers: said_answers(cx.t(), answered),
    };
    Ok(cx.render_status(status, &view))
}

/// The prefixes, or what came of them.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&cx, &at, StatusCode::OK, &FieldErrors::new(), None, &Fields::default()).await
}

/// Draws the numbers, with a public seed, once.
pub(super) async fn draw(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let (me, now) = (acting(&cx)?.id, cx.now);
    let mut errors = FieldErrors::new();
    let plan = Plan::read(sent.get("prefixes"), sent.get("digits"), &mut errors);
    let most = if errors.is_empty() { MOST.min(plan.size()) } else { MOST };
    let count = sent.get("count").trim().parse::<i64>().ok().filter(|n| (1..=most).contains(n));
    if count.is_none() {
        errors.add_with("count", "panel-phones-count-wrong", vec![("max", most.to_string())]);
    }
    let seed = work::typed_seed(sent.get("seed"));
    if seed.is_none() {
        errors.add("seed", "panel-seed-wrong");
    }
    let Some((count, seed)) = count.zip(seed).filter(|_| errors.is_empty()) else {
        return show(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, &errors, None, &sent).await;
    };
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            if !place.rules.keeps(now) {
                return Err(Error::Conflict("panel-erased"));
            }
            phones::draw(tx, now, id, &plan, count, &seed).await?;
            record(tx, now, me, id, "phones").await?;
            Ok(place.admin("phones"))
        })
    });
    match done.await {
        Ok(to) => Ok(cx.redirect_with(to, "panel-saved", &[])),
        Err(Error::Conflict(key)) => show(&cx, &at, StatusCode::CONFLICT, &errors, Some(key), &sent).await,
        Err(e) => Err(e.into()),
    }
}

/// The numbers for the callers: all of them, or those without an answer (`?scope=waiting`).
pub(super) async fn numbers(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (now, waiting) = (cx.now, cx.query("scope") == "waiting");
    let (_, numbers) = load(&cx, &at, move |tx, place| {
        boxed(async move {
            if !place.rules.keeps(now) {
                return Ok(vec![]);
            }
            store::phones(tx, place.activity.id, waiting).await
        })
    })
    .await?;
    let lines = numbers.iter().map(|p| vec![p.rank.to_string(), phones::spaced(&p.number), p.answer.clone()]);
    Ok(download(&["place", "number", "answer"], lines, "numbers.csv"))
}
