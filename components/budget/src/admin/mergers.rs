//! The mergers: proposed by editors, and what authors answered.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::{Error, contribution, once};
use parvis_core::FieldErrors;
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;
use serde_json::json;

use crate::idea::merge::{REASON, Voice, number, propose};
use crate::place::{At, On, Place, acting, load, write};
use crate::store::mergers::{self, Merger};

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    from: String,
    other: String,
    reason: String,
    idem: String,
}

#[derive(Template)]
#[template(path = "admin/mergers.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    list: Vec<Merger>,
    titles: BTreeMap<i64, String>,
    sent: Sent,
}

impl View {
    fn title(&self, id: &i64) -> &str {
        self.titles.get(id).map(String::as_str).unwrap_or_default()
    }

    fn state_key(&self, merger: &Merger) -> String {
        format!("budget-merger-{}", merger.state)
    }

    fn state_sign(&self, merger: &Merger) -> &'static str {
        match merger.state.as_str() {
            "agreed" => "yes",
            "refused" => "no",
            "cancelled" => "closed",
            _ => "soon",
        }
    }
}

async fn answer(
    cx: &Ctx,
    at: &At,
    status: StatusCode,
    sent: Sent,
    errors: &FieldErrors,
) -> Result<Response, WebError> {
    let (place, (list, titles)) = load(cx, at, |tx, place| {
        boxed(async move {
            let list = mergers::list(tx, place.activity.id).await?;
            let ids: Vec<i64> = list.iter().flat_map(|m| [m.from_id, m.into_id]).collect();
            let found = contribution::find_all(tx, &ids).await?;
            let titles = found.into_iter().map(|c| (c.id, c.title)).collect();
            Ok((list, titles))
        })
    })
    .await?;
    let page = super::page(cx, &place, cx.t().get("budget-page-mergers")).errors(errors);
    let nav = super::nav(cx, &place, "mergers");
    Ok(cx.render_status(status, &View { page, place, nav, list, titles, sent }))
}

/// The list, with a form to propose one (`?from=`: the idea that would be taken in).
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let sent = Sent { from: cx.query("from"), ..Sent::default() };
    answer(&cx, &at, StatusCode::OK, sent, &FieldErrors::new()).await
}

/// Proposes a merger: the authors who can be reached are asked, the editor agrees for the others.
pub(super) async fn submit(cx: Ctx, at: At, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let mut errors = FieldErrors::new();
    let reason = errors.text("reason", &sent.reason, 0, REASON, "budget-body-empty");
    let (from, into) = (number(&sent.from), number(&sent.other));
    if from.is_none() {
        errors.add("from", "budget-merge-other-empty");
    }
    if into.is_none() {
        errors.add("other", "budget-merge-other-empty");
    }
    let (Some(from), Some(into), true) = (from, into, errors.is_empty()) else {
        return answer(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, sent, &errors).await;
    };
    let (now, idem, voice) = (cx.now, sent.idem.clone(), Voice::new(&cx, me.clone()));
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let to = place.admin("mergers");
            if once::seen(tx, me.id, &idem).await?.is_some() {
                return Ok(to);
            }
            propose(tx, now, place, &voice, (from, into), &reason).await?;
            once::remember(tx, now, me.id, &idem, &to).await?;
            Ok(to)
        })
    });
    match done.await {
        Ok(to) => Ok(cx.redirect_with(to, "budget-done-merger-proposed", &[])),
        Err(Error::Fields(errors)) => answer(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, sent, &errors).await,
        Err(e) => Err(e.into()),
    }
}

/// Takes a proposal back before it is answered.
pub(super) async fn cancel(cx: Ctx, on: On) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let (now, id) = (cx.now, on.id);
    let done = write(&cx, &on.at, move |tx, place| {
        boxed(async move {
            mergers::find(tx, place.activity.id, id).await?.ok_or(Error::NotFound)?;
            mergers::end(tx, now, id, "cancelled").await?;
            let object = format!("activity:{}", place.activity.id);
            audit::record(tx, now, Some(me.id), "merger-cancelled", &object, &json!({ "merger": id }))
                .await?;
            Ok(place.admin("mergers"))
        })
    });
    Ok(cx.redirect_with(done.await?, "budget-saved", &[]))
}
