//! Telling the moderators about a contribution.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::contribution::{self, Contribution, Status};
use parvis_civic::{Error, moderation};
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::ui::Choice;
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;

use crate::place::{On, Place, acting, is_editor};

#[cfg(test)]
mod tests;

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    reason: String,
    note: String,
}

#[derive(Template)]
#[template(path = "flag/page.html")]
struct View {
    page: Page,
    place: Place,
    c: Contribution,
    sent: Sent,
    reasons: Vec<Choice>,
}

/// The form.
pub(crate) async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    let (place, c) = load(&cx, &on).await?;
    Ok(answer(&cx, StatusCode::OK, place, c, Sent::default(), &FieldErrors::new()))
}

/// Keeps the flag: one a person and contribution, the last words count.
pub(crate) async fn submit(cx: Ctx, on: On, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let (place, c) = load(&cx, &on).await?;
    let me = acting(&cx)?;
    let (now, form) = (cx.now, sent.clone());
    let done = cx.store().write(move |tx| {
        boxed(async move { moderation::flag(tx, now, &me, on.id, &form.reason, &form.note).await })
    });
    match done.await {
        Ok(()) => Ok(cx.redirect_with(place.href(&c), "consultation-done-flag", &[])),
        Err(Error::Fields(errors)) => {
            Ok(answer(&cx, StatusCode::UNPROCESSABLE_ENTITY, place, c, sent, &errors))
        }
        Err(e) => Err(e.into()),
    }
}

async fn load(cx: &Ctx, on: &On) -> Result<(Place, Contribution), WebError> {
    let (on, editor) = (on.clone(), is_editor(cx));
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &on.at, editor).await?;
            let c = contribution::find(tx, on.id).await?.ok_or(Error::NotFound)?;
            let here = c.activity_id == place.activity.id && c.status == Status::Published;
            if here { Ok((place, c)) } else { Err(Error::NotFound) }
        })
    });
    Ok(loaded.await?)
}

fn answer(
    cx: &Ctx,
    status: StatusCode,
    place: Place,
    c: Contribution,
    sent: Sent,
    errors: &FieldErrors,
) -> Response {
    let t = cx.t();
    let name = if c.title.is_empty() { c.extract(60) } else { c.title.clone() };
    let page = place.page(cx, t.get("consultation-flag-title")).crumb(name, place.href(&c)).errors(errors);
    let reasons = moderation::REASONS.iter().map(|r| Choice::new(*r, t.get(&format!("civic-reason-{r}"))));
    let reasons = reasons.collect();
    cx.render_status(status, &View { page: page.noindex(), place, c, sent, reasons })
}
