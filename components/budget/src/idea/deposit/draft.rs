//! The second and third steps: what is alike, then the preview, then publication (or deletion).

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::contribution::{self, Contribution};
use parvis_civic::{Error, once};
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;

use super::{answer, check, own_draft, sent_of};
use crate::idea::show::facts;
use crate::model::IDEA;
use crate::place::{On, Place, acting, load, write};
use crate::shelf::Shelf;
use crate::store::ideas::{self, Idea};

/// How many similar ideas are shown.
const SIMILAR: i64 = 5;

#[derive(Template)]
#[template(path = "idea/deposit/similar.html")]
struct SimilarView {
    page: Page,
    place: Place,
    idea: Idea,
    similar: Vec<Contribution>,
}

#[derive(Template)]
#[template(path = "idea/deposit/preview.html")]
struct PreviewView {
    page: Page,
    place: Place,
    idea: Idea,
    facts: Vec<(&'static str, String)>,
    name: String,
    hours: i64,
    refused: Option<String>,
}

/// Shows what is alike; when nothing is, or once it was read (`?step=preview`), the preview.
pub(crate) async fn review(cx: Ctx, on: On) -> Result<Response, WebError> {
    let me = cx.me()?.clone();
    let preview = cx.query("step") == "preview";
    let name = me.pseudonym.clone();
    let (place, (shelf, idea, similar)) = load(&cx, &on.at, move |tx, place| {
        boxed(async move {
            let idea = own_draft(tx, place, &me, on.id).await?;
            let shelf = Shelf::read(tx, place.activity.id).await?;
            let words = format!("{} {}", idea.c.title, idea.c.body);
            let similar = if preview {
                vec![]
            } else {
                contribution::similar(tx, place.activity.id, &[IDEA], &words, SIMILAR).await?
            };
            Ok((shelf, idea, similar))
        })
    })
    .await?;
    let sent = sent_of(&cx, &idea);
    // A draft saved half-written goes back to the first step, with what is still missing.
    if let Err(errors) = check(&place, &shelf, &sent, false) {
        return Ok(answer(&cx, StatusCode::OK, place, &shelf, sent, &errors, None));
    }
    let t = cx.t();
    if !similar.is_empty() {
        let page = place.page(&cx, t.get("budget-similar-title")).noindex();
        return Ok(cx.render(&SimilarView { page, place, idea, similar }));
    }
    let page = place.page(&cx, t.get("budget-preview-title")).noindex();
    let hours = place.rules.ideas.edit_hours;
    let refused = place.closed(&cx);
    let facts = facts(&page, &shelf, &idea);
    Ok(cx.render(&PreviewView { page, place, idea, facts, name, hours, refused }))
}

/// What the buttons of the preview send.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Act {
    /// `publish` or `delete`.
    action: String,
    idem: String,
}

/// What kept a draft from being published.
enum Held {
    Mistakes(FieldErrors),
    Closed,
    /// This person has deposited as many ideas as the rules allow.
    Enough,
}

/// Publishes the draft, or deletes it.
pub(crate) async fn act(cx: Ctx, on: On, Form(act): Form<Act>) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let at = on.at.clone();
    match act.action.as_str() {
        "publish" => {}
        "delete" => {
            let deleted = write(&cx, &at, move |tx, place| {
                boxed(async move {
                    own_draft(tx, place, &me, on.id).await?;
                    contribution::delete_draft(tx, &me, on.id).await?;
                    Ok(place.base())
                })
            });
            return Ok(cx.redirect_with(deleted.await?, "budget-done-draft-deleted", &[]));
        }
        _ => return Err(WebError::BadRequest("web-error-fields")),
    }
    let now = cx.now;
    let form = cx.clone();
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            if let Some(location) = once::seen(tx, me.id, &act.idem).await? {
                return Ok::<_, Error>(Ok(location));
            }
            let idea = own_draft(tx, place, &me, on.id).await?;
            let shelf = Shelf::read(tx, place.activity.id).await?;
            let sent = sent_of(&form, &idea);
            let held = if let Err(errors) = check(place, &shelf, &sent, false) {
                Some(Held::Mistakes(errors))
            } else if !place.deposit_is_open(now) {
                Some(Held::Closed)
            } else {
                // Two forms of one person, sent together, do not pass the limit together.
                tx.lock(&format!("budget-ideas-{}-{}", place.activity.id, me.id)).await?;
                let most = place.rules.ideas.most.map(i64::from);
                let mine = ideas::of_author(tx, place.activity.id, me.id).await?;
                most.is_some_and(|most| mine >= most).then_some(Held::Enough)
            };
            if let Some(held) = held {
                return Ok(Err(Box::new((place.clone(), shelf, sent, held))));
            }
            let phase = place.rules.ideas.phase;
            contribution::publish_within(tx, now, &me, on.id, phase).await?;
            let location = place.idea(&on.id);
            once::remember(tx, now, me.id, &act.idem, &location).await?;
            Ok(Ok(location))
        })
    });
    match done.await? {
        Ok(location) => Ok(cx.redirect_with(location, "budget-done-idea", &[])),
        Err(back) => {
            let (place, shelf, sent, held) = *back;
            let none = FieldErrors::new();
            let conflict = StatusCode::CONFLICT;
            Ok(match held {
                Held::Mistakes(errors) => {
                    answer(&cx, StatusCode::UNPROCESSABLE_ENTITY, place, &shelf, sent, &errors, None)
                }
                Held::Closed => {
                    let why = place.closed(&cx);
                    answer(&cx, conflict, place, &shelf, sent, &none, why)
                }
                Held::Enough => {
                    let most = place.rules.ideas.most.unwrap_or_default();
                    let why = Some(cx.t().n("budget-ideas-enough", most));
                    answer(&cx, conflict, place, &shelf, sent, &none, why)
                }
            })
        }
    }
}
