//! Appealing against the decision that hid one's contribution: its author reads it again, with the reason.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::Error;
use parvis_civic::contribution::{self, Contribution};
use parvis_civic::moderation::{self, Decision};
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;

use crate::place::{On, Place, is_editor};

#[cfg(test)]
mod tests;

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    decision: i64,
    appeal: String,
}

#[derive(Template)]
#[template(path = "appeal/page.html")]
struct View {
    page: Page,
    place: Place,
    c: Contribution,
    decision: Decision,
    sent: Sent,
}

impl View {
    fn reason_key(&self) -> String {
        format!("civic-reason-{}", self.decision.reason)
    }

    fn is_overturned(&self) -> bool {
        self.decision.appeal_decision.as_deref() == Some("overturned")
    }

    fn outcome(&self) -> &'static str {
        if self.is_overturned() { "yes" } else { "no" }
    }

    fn outcome_key(&self) -> &'static str {
        if self.is_overturned() { "consultation-appeal-overturned" } else { "consultation-appeal-upheld" }
    }
}

/// The decision, the text, and the form or what became of the appeal.
pub(crate) async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    let (place, c, decision) = load(&cx, &on).await?;
    Ok(answer(&cx, StatusCode::OK, place, c, decision, Sent::default(), &FieldErrors::new()))
}

/// Keeps the appeal. A suspended account may appeal too.
pub(crate) async fn submit(cx: Ctx, on: On, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let (place, c, decision) = load(&cx, &on).await?;
    let me = cx.me()?.clone();
    let back = place.to(format_args!("c/{}/appeal", c.id));
    if sent.decision != decision.id || decision.appeal_at.is_some() {
        return Ok(cx.redirect(back));
    }
    let (now, words) = (cx.now, sent.appeal.clone());
    let done = cx
        .store()
        .write(move |tx| boxed(async move { moderation::appeal(tx, now, &me, sent.decision, &words).await }));
    match done.await {
        Ok(()) => Ok(cx.redirect_with(back, "consultation-done-appeal", &[])),
        Err(Error::Fields(errors)) => {
            Ok(answer(&cx, StatusCode::UNPROCESSABLE_ENTITY, place, c, decision, sent, &errors))
        }
        Err(e) => Err(e.into()),
    }
}

/// The author's own contribution and the last decision that hid it.
async fn load(cx: &Ctx, on: &On) -> Result<(Place, Contribution, Decision), WebError> {
    let me = cx.me()?.id;
    let (on, editor) = (on.clone(), is_editor(cx));
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &on.at, editor).await?;
            let c = contribution::find(tx, on.id).await?.ok_or(Error::NotFound)?;
            if c.activity_id != place.activity.id || c.author_id != Some(me) {
                return Err(Error::NotFound);
            }
            let decisions = moderation::decisions(tx, c.id).await?;
            let decision = decisions.into_iter().find(|d| d.action == "hide").ok_or(Error::NotFound)?;
            Ok::<_, Error>((place, c, decision))
        })
    });
    Ok(loaded.await?)
}

fn answer(
    cx: &Ctx,
    status: StatusCode,
    place: Place,
    c: Contribution,
    decision: Decision,
    sent: Sent,
    errors: &FieldErrors,
) -> Response {
    let page = place.page(cx, cx.t().get("consultation-gone-appeal-do")).errors(errors).noindex();
    cx.render_status(status, &View { page, place, c, decision, sent })
}
