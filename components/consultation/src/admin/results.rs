//! The results before they are published, and their publication.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::process;
use parvis_civic::{Error, journal};
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Page, WebError};
use serde_json::json;

use crate::place::{At, Place};
use crate::results::{self, Results, Stand};

#[derive(Template)]
#[template(path = "admin/results.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    stand: Stand,
    sentence: String,
    facts: Vec<(&'static str, i64)>,
    /// SHA-256 of the published results: the same stands in the journal.
    hash: String,
}

async fn show(
    cx: &Ctx,
    at: &At,
    status: StatusCode,
    why: Option<&'static str>,
) -> Result<Response, WebError> {
    let (place, json) =
        super::load(cx, at, |tx, place| boxed(async move { results::shown(tx, &place.activity).await }))
            .await?;
    let t = cx.t();
    let read = Results::read(&json);
    let counts = &read.counts;
    let votes = place.totals(cx);
    let mut facts = vec![
        ("consultation-results-n-articles", counts.articles),
        ("consultation-results-n-proposals", counts.proposals),
        ("consultation-results-n-amendments", counts.amendments),
        ("consultation-results-n-arguments", counts.arguments),
        ("consultation-results-n-sources", counts.sources),
        ("consultation-results-n-authors", read.authors),
    ];
    if votes {
        facts.extend([
            ("consultation-results-n-votes", counts.votes),
            ("consultation-results-n-imported", counts.imported_votes),
            ("consultation-results-n-supports", counts.supports),
            ("consultation-results-n-supports-imported", counts.imported_supports),
        ]);
    }
    let mut page = super::page(cx, &place, t.get("consultation-admin-results"));
    if let Some(key) = why {
        page = page.error(t.get(key));
    }
    let hash = place.activity.results.as_deref().map(|r| journal::sha256_hex(r.as_bytes()));
    let view = View {
        sentence: results::sentence(t, counts, votes, read.authors),
        nav: super::nav(cx, &place, "results"),
        stand: Stand::of(&place.activity, cx.now),
        hash: hash.unwrap_or_default(),
        facts,
        page,
        place,
    };
    Ok(cx.render_status(status, &view))
}

/// The figures as they stand, and the button to publish them once the consultation is closed.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&cx, &at, StatusCode::OK, None).await
}

/// Publishes the results, once: they are stored with their working, and their hash goes to the journal.
pub(super) async fn submit(cx: Ctx, at: At) -> Result<Response, WebError> {
    let me = super::editor(&cx)?;
    let (now, here) = (cx.now, at.clone());
    let done = cx.store().write_within(std::time::Duration::from_secs(30), move |tx| {
        boxed(async move {
            let place = Place::find(tx, &here, true).await?;
            let activity = &place.activity;
            if activity.results_at.is_some() {
                return Err(Error::Conflict("consultation-admin-results-already"));
            }
            let results = results::compute(tx, activity).await?;
            process::publish_results(tx, now, activity.id, &results).await?;
            let object = format!("activity:{}", activity.id);
            audit::record(tx, now, Some(me.id), "results-published", &object, &json!({})).await?;
            Ok(place)
        })
    });
    match done.await {
        Ok(place) => Ok(cx.redirect_with(place.to("results"), "consultation-admin-results-done", &[])),
        Err(Error::Conflict(key)) => show(&cx, &at, StatusCode::CONFLICT, Some(key)).await,
        Err(e) => Err(e.into()),
    }
}
