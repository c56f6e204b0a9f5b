//! The second and third steps: what is alike, then the preview, then publication (or deletion).

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::contribution::{self, Contribution};
use parvis_civic::{Error, once};
use parvis_store::boxed;
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;

use super::{answer, check, own_draft, refusal, sent_of};
use crate::model::{self, LISTED, SIMILAR, Section};
use crate::place::{On, Place, acting, is_editor};
use crate::{store, view};

#[derive(Template)]
#[template(path = "propose/similar.html")]
struct SimilarView {
    page: Page,
    place: Place,
    c: Contribution,
    similar: Vec<Contribution>,
}

#[derive(Template)]
#[template(path = "propose/preview.html")]
struct PreviewView {
    page: Page,
    place: Place,
    c: Contribution,
    section: Option<Section>,
    name: String,
    hours: i64,
    refused: Option<String>,
}

impl SimilarView {
    fn step_key(&self, step: &i64) -> &'static str {
        view::step(*step)
    }
}

impl PreviewView {
    fn step_key(&self, step: &i64) -> &'static str {
        view::step(*step)
    }
}

/// Shows what is alike; when nothing is, or once it was read (`?step=preview`), the preview.
pub(crate) async fn review(cx: Ctx, on: On) -> Result<Response, WebError> {
    let me = cx.me()?.clone();
    let (editor, preview) = (is_editor(&cx), cx.query("step") == "preview");
    let name = me.pseudonym.clone();
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &on.at, editor).await?;
            let c = own_draft(tx, &place, &me, on.id).await?;
            let sections = store::sections(tx, place.activity.id).await?;
            let similar = if preview {
                vec![]
            } else {
                let words = format!("{} {}", c.title, c.body);
                contribution::similar(tx, place.activity.id, &LISTED, &words, SIMILAR).await?
            };
            Ok::<_, Error>((place, c, sections, similar))
        })
    });
    let (place, c, sections, similar) = loaded.await?;
    let sent = sent_of(&c);
    // A draft saved half-written goes back to the first step, with what is still missing.
    if let Err(errors) = check(&place.rules, &sections, &sent, false) {
        return Ok(answer(&cx, StatusCode::OK, place, &sections, sent, &errors, None));
    }
    let t = cx.t();
    if !similar.is_empty() {
        let page = place.page(&cx, t.get("consultation-similar-title")).noindex();
        return Ok(cx.render(&SimilarView { page, place, c, similar }));
    }
    let page = place.page(&cx, t.get("consultation-preview-title")).noindex();
    let section = model::path(&sections, c.section_id).pop().cloned();
    let hours = page.settings.edit_window_hours;
    let refused = refusal(&cx, &place);
    Ok(cx.render(&PreviewView { page, place, c, section, name, hours, refused }))
}

/// What the buttons of the preview send.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Act {
    /// `publish` or `delete`.
    action: String,
    idem: String,
}

/// Publishes the draft, or deletes it.
pub(crate) async fn act(cx: Ctx, on: On, Form(act): Form<Act>) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    match act.action.as_str() {
        "publish" => {}
        "delete" => {
            let (editor, at) = (is_editor(&cx), on.at.clone());
            let deleted = cx.store().write(move |tx| {
                boxed(async move {
                    let place = Place::find(tx, &at, editor).await?;
                    own_draft(tx, &place, &me, on.id).await?;
                    contribution::delete_draft(tx, &me, on.id).await?;
                    Ok::<_, Error>(place.base())
                })
            });
            return Ok(cx.redirect_with(deleted.await?, "consultation-done-draft-deleted", &[]));
        }
        _ => return Err(WebError::BadRequest("web-error-fields")),
    }
    let (now, editor, at) = (cx.now, is_editor(&cx), on.at.clone());
    let done = cx.store().write(move |tx| {
        boxed(async move {
            if let Some(location) = once::seen(tx, me.id, &act.idem).await? {
                return Ok::<_, Error>(Ok(location));
            }
            let place = Place::find(tx, &at, editor).await?;
            let c = own_draft(tx, &place, &me, on.id).await?;
            let sections = store::sections(tx, place.activity.id).await?;
            let sent = sent_of(&c);
            if let Err(errors) = check(&place.rules, &sections, &sent, false) {
                return Ok(Err(Box::new((place, sections, sent, Some(errors)))));
            }
            if !place.rules.proposals || !place.activity.is_open(now) {
                return Ok(Err(Box::new((place, sections, sent, None))));
            }
            let (published, _) = contribution::publish(tx, now, &me, on.id).await?;
            let location = place.href(&published);
            once::remember(tx, now, me.id, &act.idem, &location).await?;
            Ok(Ok(location))
        })
    });
    match done.await? {
        Ok(location) => Ok(cx.redirect_with(location, "consultation-done-proposal", &[])),
        Err(back) => {
            let (place, sections, sent, errors) = *back;
            let (status, refused) = match &errors {
                Some(_) => (StatusCode::UNPROCESSABLE_ENTITY, None),
                None => (StatusCode::CONFLICT, refusal(&cx, &place)),
            };
            Ok(answer(&cx, status, place, &sections, sent, &errors.unwrap_or_default(), refused))
        }
    }
}
