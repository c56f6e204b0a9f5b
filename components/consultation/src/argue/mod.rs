//! Arguing for or against a text.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::contribution::{Contribution, Draft};
use parvis_civic::{Error, once};
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::ui::Choice;
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;

use crate::model::ARGUMENT;
use crate::place::{On, Place, acting, publish, refusal, under};
use crate::view;

#[cfg(test)]
mod tests;

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    side: String,
    body: String,
    idem: String,
}

impl Sent {
    fn side(&self) -> Option<i64> {
        match self.side.as_str() {
            "1" => Some(1),
            "-1" => Some(-1),
            _ => None,
        }
    }
}

#[derive(Template)]
#[template(path = "argue/page.html")]
struct View {
    page: Page,
    place: Place,
    parent: Contribution,
    sent: Sent,
    sides: Vec<Choice>,
    hint: String,
    /// Why it cannot be published; the text is then shown to be copied.
    refused: Option<String>,
}

/// The form on a page of its own: where the links of the text lead, and where mistakes are shown.
pub(crate) async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    let (place, parent) = under(&cx, &on).await?;
    let refused = refusal(&cx, &place, &parent, place.rules.arguments);
    let sent = Sent { side: cx.query("side"), ..Sent::default() };
    Ok(answer(&cx, StatusCode::OK, place, parent, sent, &FieldErrors::new(), refused))
}

pub(crate) async fn submit(cx: Ctx, on: On, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let (place, parent) = under(&cx, &on).await?;
    let me = acting(&cx)?;
    if let Some(why) = refusal(&cx, &place, &parent, place.rules.arguments) {
        return Ok(answer(&cx, StatusCode::CONFLICT, place, parent, sent, &FieldErrors::new(), Some(why)));
    }
    let mut errors = FieldErrors::new();
    let side = sent.side();
    if side.is_none() {
        errors.add("side", "consultation-side-empty");
    }
    let (min, max) = place.rules.argument;
    let body = errors.text("body", &sent.body, min, max, "consultation-argue-body-empty");
    if !errors.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(answer(&cx, status, place, parent, sent, &errors, None));
    }
    let draft = Draft { kind: ARGUMENT, parent_id: Some(parent.id), side, body, ..Draft::default() };
    let (now, idem, at) = (cx.now, once::key(&sent.idem, &sent), place.clone());
    let done =
        cx.store().write(move |tx| boxed(async move { publish(tx, now, &me, &at, &draft, &idem).await }));
    match done.await {
        Ok(location) => Ok(cx.redirect_with(location, "consultation-done-argument", &[])),
        // Closed, or the text was withdrawn, while this was being written.
        Err(Error::Closed | Error::Conflict("civic-parent-gone")) => {
            let (place, parent) = under(&cx, &on).await?;
            let why = refusal(&cx, &place, &parent, place.rules.arguments)
                .unwrap_or_else(|| cx.t().get("consultation-refused-closed"));
            Ok(answer(&cx, StatusCode::CONFLICT, place, parent, sent, &FieldErrors::new(), Some(why)))
        }
        Err(e) => Err(e.into()),
    }
}

fn answer(
    cx: &Ctx,
    status: StatusCode,
    place: Place,
    parent: Contribution,
    sent: Sent,
    errors: &FieldErrors,
    refused: Option<String>,
) -> Response {
    let page = place
        .page(cx, cx.t().get("consultation-argue-title"))
        .crumb(parent.title.clone(), place.href(&parent))
        .errors(errors)
        .noindex();
    let t = cx.t();
    let sides = vec![
        Choice::new("1", t.get("consultation-side-for")),
        Choice::new("-1", t.get("consultation-side-against")),
    ];
    let hint = view::bounds(t, "consultation-argue-hint", place.rules.argument);
    cx.render_status(status, &View { page, place, parent, sent, sides, hint, refused })
}
