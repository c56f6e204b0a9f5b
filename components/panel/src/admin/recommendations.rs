//! Recommendations: written, voted one by one, answered by the organisation. Each vote and each answer leaves a leaf.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::pages::{At, acting};
use parvis_civic::Error;
use parvis_civic::answer::STATUSES;
use parvis_core::{FieldErrors, Localized};
use parvis_store::boxed;
use parvis_web::ui::{Choice, Field, Html};
use parvis_web::{Ctx, Fields, Page, WebError};

use super::{areas, lines, record};
use crate::place::{Place, admin_page, load, nav, write};
use crate::recommend;
use crate::store::{self, Recommendation};

#[derive(Template)]
#[template(path = "admin/recommendations.html")]
struct List {
    page: Page,
    place: Place,
    nav: Html,
    all: Vec<Recommendation>,
}

/// The list.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, all) =
        load(&cx, &at, |tx, place| boxed(async move { store::recommendations(tx, place.activity.id).await }))
            .await?;
    let page = admin_page(&cx, &place, cx.t().get("panel-tab-recommendations"));
    let nav = nav(&cx, &place, "recommendations");
    Ok(cx.render(&List { page, place, nav, all }))
}

#[derive(Template)]
#[template(path = "admin/recommendation.html")]
struct One {
    page: Page,
    place: Place,
    nav: Html,
    r: Recommendation,
    title: [Field; 2],
    body: [Field; 2],
    answer: [Field; 2],
    votes: [String; 3],
    status: String,
}

impl One {
    fn statuses(&self) -> Vec<Choice> {
        STATUSES.iter().map(|s| Choice::new(*s, self.page.t.get(&format!("panel-status-{s}")))).collect()
    }
}

/// The recommendation of an address; `new` is one that is not written yet.
fn place_of(path: (String, String, String)) -> Result<(At, i64), WebError> {
    let (process, activity, id) = path;
    let id =
        if id == "new" { 0 } else { id.parse::<i64>().ok().filter(|n| *n > 0).ok_or(WebError::NotFound)? };
    Ok((At { process, activity }, id))
}

async fn show(
    cx: &Ctx,
    at: &At,
    id: i64,
    status: StatusCode,
    sent: Option<&Fields>,
    errors: &FieldErrors,
    message: Option<&str>,
) -> Result<Response, WebError> {
    let (place, found) = load(cx, at, move |tx, place| {
        boxed(async move { store::recommendation(tx, place.activity.id, id).await })
    })
    .await?;
    let r = match found {
        Some(r) => r,
        None if id == 0 => Recommendation::default(),
        None => return Err(WebError::NotFound),
    };
    let key = if id == 0 { "panel-recommendation-new" } else { "panel-recommendation" };
    let mut page = admin_page(cx, &place, cx.t().get(key))
        .crumb(cx.t().get("panel-tab-recommendations"), place.admin("recommendations"))
        .errors(errors);
    if let Some(key) = message {
        page = page.error(cx.t().get(key));
    }
    let both = |name: &str, own: &Localized| match sent {
        Some(s) if s.has(&format!("{name}_fr")) || s.has(&format!("{name}_en")) => {
            Localized::new(s.get(&format!("{name}_fr")), s.get(&format!("{name}_en")))
        }
        _ => own.clone(),
    };
    let vote = |name: &str, n: usize| match sent {
        Some(s) if s.has(name) => s.get(name).to_owned(),
        _ => r.votes.map_or_else(String::new, |v| v[n].to_string()),
    };
    let view = One {
        nav: nav(cx, &place, "recommendations"),
        title: lines(&page, "title", "panel-recommendation-title", &both("title", &r.title)),
        body: areas(&page, "body", "panel-recommendation-body", &both("body", &r.body)),
        answer: areas(&page, "answer", "panel-answer-body", &both("answer", &r.answer)),
        votes: [vote("for", 0), vote("against", 1), vote("abstain", 2)],
        status: sent
            .filter(|s| s.has("status"))
            .map_or_else(|| r.status.clone(), |s| s.get("status").to_owned()),
        page,
        place,
        r,
    };
    Ok(cx.render_status(status, &view))
}

/// A recommendation to write, vote, answer.
pub(super) async fn edit(cx: Ctx, Path(path): Path<(String, String, String)>) -> Result<Response, WebError> {
    let (at, id) = place_of(path)?;
    show(&cx, &at, id, StatusCode::OK, None, &FieldErrors::new(), None).await
}

async fn invalid(
    cx: &Ctx,
    at: &At,
    id: i64,
    sent: &Fields,
    errors: &FieldErrors,
) -> Result<Response, WebError> {
    show(cx, at, id, StatusCode::UNPROCESSABLE_ENTITY, Some(sent), errors, None).await
}

/// Writes a recommendation. What was voted no longer changes.
pub(super) async fn save(
    cx: Ctx,
    Path(path): Path<(String, String, String)>,
    sent: Fields,
) -> Result<Response, WebError> {
    let (at, id) = place_of(path)?;
    let (me, now) = (acting(&cx)?.id, cx.now);
    let mut errors = FieldErrors::new();
    let mut both = |fr: &'static str, en: &'static str, max| {
        let fr = errors.text(fr, sent.get(fr), 0, max, "panel-recommendation-title-empty");
        Localized::new(fr, errors.text(en, sent.get(en), 0, max, "panel-recommendation-title-empty"))
    };
    let title = both("title_fr", "title_en", 300);
    let body = both("body_fr", "body_en", 20_000);
    if title.is_empty() {
        errors.add("title_fr", "panel-recommendation-title-empty");
    }
    if !errors.is_empty() {
        return invalid(&cx, &at, id, &sent, &errors).await;
    }
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            let old = store::recommendation(tx, activity, id).await?;
            if old.is_some_and(|r| r.votes.is_some()) {
                return Err(Error::Conflict("panel-recommendation-voted"));
            }
            let r = Recommendation { id, title, body, ..Recommendation::default() };
            store::save_recommendation(tx, activity, &r).await?;
            record(tx, now, me, activity, "recommendation").await?;
            Ok(place.admin("recommendations"))
        })
    });
    match done.await {
        Ok(to) => Ok(cx.redirect_with(to, "panel-saved", &[])),
        Err(Error::Conflict(key)) => {
            show(&cx, &at, id, StatusCode::CONFLICT, Some(&sent), &FieldErrors::new(), Some(key)).await
        }
        Err(e) => Err(e.into()),
    }
}

/// Records the votes that the secretary counted: no more than there are members.
pub(super) async fn votes(
    cx: Ctx,
    Path(path): Path<(String, String, String)>,
    sent: Fields,
) -> Result<Response, WebError> {
    let (at, id) = place_of(path)?;
    let (me, now) = (acting(&cx)?.id, cx.now);
    let mut errors = FieldErrors::new();
    let mut number = |field: &'static str| {
        let read = sent.get(field).parse::<i64>().ok().filter(|n| (0..=10_000).contains(n));
        if read.is_none() {
            errors.add(field, "panel-votes-wrong");
        }
        read.unwrap_or(0)
    };
    let votes = [number("for"), number("against"), number("abstain")];
    if !errors.is_empty() {
        return invalid(&cx, &at, id, &sent, &errors).await;
    }
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            recommend::vote(tx, now, activity, id, votes).await?;
            record(tx, now, me, activity, "votes").await?;
            Ok(place.admin(&format!("recommendations/{id}")))
        })
    });
    match done.await {
        Ok(to) => Ok(cx.redirect_with(to, "panel-saved", &[])),
        Err(Error::Fields(errors)) => invalid(&cx, &at, id, &sent, &errors).await,
        Err(e) => Err(e.into()),
    }
}

/// Publishes the official answer to a recommendation.
pub(super) async fn answer(
    cx: Ctx,
    Path(path): Path<(String, String, String)>,
    sent: Fields,
) -> Result<Response, WebError> {
    let (at, id) = place_of(path)?;
    let (me, now) = (acting(&cx)?.id, cx.now);
    let mut errors = FieldErrors::new();
    let status = STATUSES.into_iter().find(|s| *s == sent.get("status"));
    if status.is_none() {
        errors.add("status", "panel-status-empty");
    }
    let fr = errors.text("answer_fr", sent.get("answer_fr"), 0, 20_000, "panel-answer-empty");
    let en = errors.text("answer_en", sent.get("answer_en"), 0, 20_000, "panel-answer-empty");
    let text = Localized::new(fr, en);
    if text.is_empty() {
        errors.add("answer_fr", "panel-answer-empty");
    }
    let Some(status) = status.filter(|_| errors.is_empty()) else {
        return invalid(&cx, &at, id, &sent, &errors).await;
    };
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            recommend::answer(tx, now, activity, id, status, &text).await?;
            record(tx, now, me, activity, "answer").await?;
            Ok(place.admin("recommendations"))
        })
    });
    match done.await {
        Ok(to) => Ok(cx.redirect_with(to, "panel-saved", &[])),
        Err(Error::Conflict(key)) => {
            show(&cx, &at, id, StatusCode::CONFLICT, Some(&sent), &FieldErrors::new(), Some(key)).await
        }
        Err(e) => Err(e.into()),
    }
}

/// Removes a recommendation that was not voted.
pub(super) async fn delete(
    cx: Ctx,
    Path(path): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let (at, id) = place_of(path)?;
    let (me, now) = (acting(&cx)?.id, cx.now);
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            if !store::remove_recommendation(tx, place.activity.id, id).await? {
                return Err(Error::Conflict("panel-recommendation-voted"));
            }
            record(tx, now, me, place.activity.id, "recommendation").await?;
            Ok(place.admin("recommendations"))
        })
    });
    Ok(cx.redirect_with(done.await?, "panel-saved", &[]))
}
