//! The results before they are published, and their publication.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::close;
use parvis_ballotbox::pages::{At, Place, acting, admin_page, load, nav};
use parvis_civic::Error;
use parvis_civic::process;
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Page, WebError};
use serde_json::json;

use crate::admin::follow_up::follow;
use crate::results::{self, lead};
use crate::store;
use crate::vote::ballot::Budgets;
use crate::vote::count::{EnvelopeResult, Results};
use crate::vote::poll;

#[derive(Template)]
#[template(path = "vote/admin/results.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    lead: String,
    envelopes: Vec<EnvelopeResult>,
    is_closed: bool,
    /// The rule asks more than can be counted.
    is_uncountable: bool,
    is_published: bool,
}

impl View {
    fn sentence(&self, result: &EnvelopeResult) -> String {
        results::sentence(&self.page.t, result)
    }
}

/// Reads the ballots, then counts them away from the database: none before the box is closed. Or why they cannot be
/// counted, by the key of the message.
async fn read(cx: &Ctx, at: &At) -> Result<(Place, Result<Option<Results>, &'static str>), WebError> {
    let (place, counting) = load(&poll(), cx, at, |tx, place| {
        boxed(async move {
            let imported = store::imports::content(tx, place.activity.id).await?.is_some();
            if !imported && close::closing(tx, place.activity.id).await?.is_none() {
                return Ok(None);
            }
            Ok(Some(results::read(tx, &place.activity).await?))
        })
    })
    .await?;
    let Some(counting) = counting else { return Ok((place, Ok(None))) };
    match results::count(counting).await {
        Ok(found) => Ok((place, Ok(Some(found)))),
        Err(Error::Conflict(key)) => Ok((place, Err(key))),
        Err(e) => Err(e.into()),
    }
}

/// What would be paid for, once the box is closed.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&cx, &at, None).await
}

async fn show(cx: &Ctx, at: &At, problem: Option<&'static str>) -> Result<Response, WebError> {
    let (place, read) = read(cx, at).await?;
    let is_uncountable = read.is_err();
    let (results, problem) = match read {
        Ok(results) => (results, problem),
        Err(key) => (None, problem.or(Some(key))),
    };
    let mut page = admin_page(cx, &place, cx.t().get("budget-tab-results"));
    if let Some(key) = problem {
        page = page.error(cx.t().get(key));
    }
    let view = View {
        nav: nav(&Budgets, cx, &place, "results"),
        lead: results.as_ref().map(|r| lead(cx.t(), r)).unwrap_or_default(),
        is_closed: results.is_some(),
        is_uncountable,
        is_published: place.activity.results_at.is_some(),
        envelopes: results.map(|r| r.envelopes).unwrap_or_default(),
        page,
        place,
    };
    let status = if problem.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(cx.render_status(status, &view))
}

/// Publishes the results, once. They are counted before the write: nothing changes in a closed box meanwhile.
pub(super) async fn submit(cx: Ctx, at: At) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let (place, read) = read(&cx, &at).await?;
    let results = match read {
        Ok(Some(results)) => results,
        Ok(None) => return show(&cx, &at, Some("ballotbox-not-closed")).await,
        Err(key) => return show(&cx, &at, Some(key)).await,
    };
    if place.activity.results_at.is_some() {
        return show(&cx, &at, Some("budget-results-already")).await;
    }
    let value = serde_json::to_value(&results).map_err(WebError::internal)?;
    let winners: Vec<String> = results.winners().into_iter().map(str::to_owned).collect();
    let (now, id) = (cx.now, place.activity.id);
    let done = cx.store().write(move |tx| {
        boxed(async move {
            let again = process::activity(tx, id).await?.ok_or(Error::NotFound)?;
            if again.results_at.is_some() {
                return Err(Error::Conflict("budget-results-already"));
            }
            process::publish_results(tx, now, id, &value).await?;
            // What was promised is followed from the day it is.
            for project in store::projects(tx, id).await?.iter().filter(|p| winners.contains(&p.code)) {
                follow(tx, now, id, project, me.id).await?;
            }
            let object = format!("activity:{id}");
            audit::record(tx, now, Some(me.id), "results-published", &object, &json!({})).await?;
            Ok::<_, Error>(())
        })
    });
    match done.await {
        Ok(()) => Ok(cx.redirect_with(place.to("results"), "budget-results-done", &[])),
        Err(Error::Conflict(key)) => show(&cx, &at, Some(key)).await,
        Err(e) => Err(e.into()),
    }
}
