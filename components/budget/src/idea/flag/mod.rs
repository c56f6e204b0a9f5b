//! Telling the moderators about an idea.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::contribution::Status;
use parvis_civic::{Error, moderation};
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::ui::Choice;
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;

use super::find;
use crate::place::{On, Place, acting, load, write};
use crate::store::ideas::Idea;

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    reason: String,
    note: String,
}

#[derive(Template)]
#[template(path = "idea/flag/page.html")]
struct View {
    page: Page,
    place: Place,
    idea: Idea,
    sent: Sent,
    reasons: Vec<Choice>,
}

/// The form.
pub(crate) async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    answer(&cx, &on, StatusCode::OK, Sent::default(), &FieldErrors::new()).await
}

/// Keeps the flag: one a person and idea, the last words count.
pub(crate) async fn submit(cx: Ctx, on: On, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let (now, id, form) = (cx.now, on.id, sent.clone());
    let done = write(&cx, &on.at, move |tx, place| {
        boxed(async move {
            find(tx, place, id).await?;
            moderation::flag(tx, now, &me, id, &form.reason, &form.note).await?;
            Ok(place.idea(&id))
        })
    });
    match done.await {
        Ok(path) => Ok(cx.redirect_with(path, "budget-done-flag", &[])),
        Err(Error::Fields(errors)) => answer(&cx, &on, StatusCode::UNPROCESSABLE_ENTITY, sent, &errors).await,
        Err(e) => Err(e.into()),
    }
}

async fn answer(
    cx: &Ctx,
    on: &On,
    status: StatusCode,
    sent: Sent,
    errors: &FieldErrors,
) -> Result<Response, WebError> {
    let id = on.id;
    let (place, idea) = load(cx, &on.at, move |tx, place| {
        boxed(async move {
            let idea = find(tx, place, id).await?;
            if idea.c.status == Status::Published { Ok(idea) } else { Err(Error::NotFound) }
        })
    })
    .await?;
    let t = cx.t();
    let page = place
        .page(cx, t.get("budget-flag-title"))
        .crumb(idea.c.title.clone(), place.idea(&idea.c.id))
        .errors(errors)
        .noindex();
    let reasons = moderation::REASONS.iter().map(|r| Choice::new(*r, t.get(&format!("civic-reason-{r}"))));
    let reasons = reasons.collect();
    Ok(cx.render_status(status, &View { page, place, idea, sent, reasons }))
}
