//! Voting on a text, supporting an argument or a source: casting, changing, taking back.

use axum::response::Response;
use parvis_civic::{Error, reaction};
use parvis_store::boxed;
use parvis_web::{Ctx, Form, WebError};
use serde::Deserialize;

use crate::model::{self, ARGUMENT};
use crate::place::{On, acting};

#[cfg(test)]
mod tests;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Ballot {
    /// `1`, `0`, `-1`, or `none` to take the vote back.
    value: String,
}

/// Each button says the stance it leads to, never "switch": the same form sent twice changes nothing more.
pub(crate) async fn submit(cx: Ctx, on: On, Form(ballot): Form<Ballot>) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let value = match ballot.value.as_str() {
        "1" => Some(reaction::FOR),
        "0" => Some(reaction::MIXED),
        "-1" => Some(reaction::AGAINST),
        "none" => None,
        _ => return Err(WebError::BadRequest("civic-reaction-unknown")),
    };
    let (now, id) = (cx.now, on.id);
    let at = on.at.clone();
    let done = cx.store().write(move |tx| {
        boxed(async move {
            let place =
                reaction::Place { process: &at.process, activity: &at.activity, component: model::NAME };
            reaction::cast(tx, now, &me, Some(place), id, value, model::reactions).await
        })
    });
    let cast = match done.await {
        Ok(cast) => cast,
        Err(Error::Closed) => return Err(WebError::Closed("consultation-refused-closed-vote")),
        Err(e) => return Err(e.into()),
    };
    let base = format!("/p/{}/{}", on.at.process, on.at.activity);
    let (path, support) = match cast.parent_id {
        Some(parent) if cast.kind == ARGUMENT => (format!("{base}/c/{parent}?at={id}#c-{id}"), true),
        Some(parent) if cast.kind == model::SOURCE => (format!("{base}/c/{parent}#c-{id}"), true),
        _ => (format!("{base}/c/{id}#vote"), false),
    };
    let key = match (support, cast.changed, cast.value) {
        (_, false, Some(_)) => "consultation-done-vote-same",
        (true, _, Some(_)) => "consultation-done-support",
        (true, _, None) => "consultation-done-support-back",
        (false, _, Some(_)) => "consultation-done-vote",
        (false, _, None) => "consultation-done-vote-back",
    };
    Ok(cx.redirect_with(path, key, &[]))
}
