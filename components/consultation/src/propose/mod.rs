//! Proposing a new article: write, compare with what exists, read again, publish. Until the last step it is a
//! draft that only its author sees.

mod draft;

pub(crate) use draft::{act, review};

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::account::Participant;
use parvis_civic::contribution::{self, Contribution, Draft, Status};
use parvis_civic::{Error, once};
use parvis_core::FieldErrors;
use parvis_store::{Tx, boxed};
use parvis_web::ui::Choice;
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;

use crate::model::{self, PROPOSAL, Rules, Section};
use crate::place::{At, Place, acting, is_editor};
use crate::{store, view};

#[cfg(test)]
mod tests;

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    /// The draft it continues.
    draft: Option<i64>,
    section: String,
    title: String,
    body: String,
    explanation: String,
    /// `save`, or anything else to go on.
    action: String,
    idem: String,
}

#[derive(Template)]
#[template(path = "propose/page.html")]
struct View {
    page: Page,
    place: Place,
    sent: Sent,
    sections: Vec<Choice>,
    refused: Option<String>,
}

impl View {
    fn step_key(&self, step: &i64) -> &'static str {
        view::step(*step)
    }

    fn title_hint(&self) -> String {
        self.page.t.with1("consultation-field-title-hint", "min", self.place.rules.title.0)
    }

    fn body_hint(&self) -> String {
        self.page.t.with1("consultation-field-body-hint", "min", self.place.rules.body.0)
    }
}

/// The first step: an empty form, one for a section, or the author's draft.
pub(crate) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let draft: Option<i64> = cx.query("draft").parse().ok();
    let me = cx.visitor.participant.as_deref().cloned();
    let editor = is_editor(&cx);
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &at, editor).await?;
            let sections = store::sections(tx, place.activity.id).await?;
            let draft = match (draft, me) {
                (Some(id), Some(me)) => Some(own_draft(tx, &place, &me, id).await?),
                (Some(_), None) => return Err(Error::NotFound),
                (None, _) => None,
            };
            Ok::<_, Error>((place, sections, draft))
        })
    });
    let (place, sections, draft) = loaded.await?;
    let sent = match draft {
        Some(c) => sent_of(&c),
        None => Sent { section: cx.query("section"), ..Sent::default() },
    };
    let refused = refusal(&cx, &place);
    Ok(answer(&cx, StatusCode::OK, place, &sections, sent, &FieldErrors::new(), refused))
}

/// Saves the draft; when the author goes on, everything is checked first.
pub(crate) async fn submit(cx: Ctx, at: At, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let (place, sections) = load(&cx, &at).await?;
    let me = acting(&cx)?;
    if let Some(why) = refusal(&cx, &place) {
        let none = FieldErrors::new();
        return Ok(answer(&cx, StatusCode::CONFLICT, place, &sections, sent, &none, Some(why)));
    }
    let saving = sent.action == "save";
    let draft = match check(&place.rules, &sections, &sent, saving) {
        Ok(draft) => draft,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(answer(&cx, status, place, &sections, sent, &errors, None));
        }
    };
    let (now, id, idem, here) = (cx.now, sent.draft, once::key(&sent.idem, &sent), place.clone());
    let saved = cx.store().write(move |tx| {
        boxed(async move {
            if let Some(location) = once::seen(tx, me.id, &idem).await? {
                return Ok::<_, Error>(location);
            }
            if let Some(id) = id {
                own_draft(tx, &here, &me, id).await?;
            }
            let id = contribution::save_draft(tx, now, &me, &here.activity, &draft, id).await?;
            let location = if saving {
                here.to(format_args!("propose?draft={id}"))
            } else {
                here.to(format_args!("drafts/{id}"))
            };
            once::remember(tx, now, me.id, &idem, &location).await?;
            Ok(location)
        })
    });
    let location = saved.await?;
    Ok(if saving {
        cx.redirect_with(location, "consultation-done-draft", &[])
    } else {
        cx.redirect(location)
    })
}

async fn load(cx: &Ctx, at: &At) -> Result<(Place, Vec<Section>), WebError> {
    let (at, editor) = (at.clone(), is_editor(cx));
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &at, editor).await?;
            let sections = store::sections(tx, place.activity.id).await?;
            Ok::<_, Error>((place, sections))
        })
    });
    Ok(loaded.await?)
}

/// The author's own draft of a proposal in this consultation.
async fn own_draft(tx: &mut Tx<'_>, place: &Place, me: &Participant, id: i64) -> Result<Contribution, Error> {
    let c = contribution::find(tx, id).await?.ok_or(Error::NotFound)?;
    let own = c.author_id == Some(me.id) && c.activity_id == place.activity.id && c.kind == PROPOSAL;
    if own && c.status == Status::Draft { Ok(c) } else { Err(Error::NotFound) }
}

fn sent_of(c: &Contribution) -> Sent {
    Sent {
        draft: Some(c.id),
        section: c.section_id.map(|s| s.to_string()).unwrap_or_default(),
        title: c.title.clone(),
        body: c.body.clone(),
        explanation: c.explanation.clone(),
        ..Sent::default()
    }
}

/// Every mistake at once. A draft may be short, or empty; nothing may be too long.
fn check(rules: &Rules, sections: &[Section], sent: &Sent, saving: bool) -> Result<Draft, FieldErrors> {
    let limits = rules.limits(PROPOSAL);
    let least = |min: usize| if saving { 0 } else { min };
    let mut errors = FieldErrors::new();
    let section = match sent.section.as_str() {
        "" => None,
        given => {
            let known = given.parse().ok().filter(|id| sections.iter().any(|s| s.id == *id));
            if known.is_none() {
                errors.add("section", "consultation-section-unknown");
            }
            known
        }
    };
    let (min, max) = limits.title;
    let title = errors.text("title", &sent.title, least(min), max, "consultation-title-empty");
    let (min, max) = limits.body;
    let body = errors.text("body", &sent.body, least(min), max, "consultation-body-empty");
    let (min, max) = limits.explanation;
    let explanation =
        errors.text("explanation", &sent.explanation, least(min), max, "civic-explanation-empty");
    errors.check()?;
    Ok(Draft { kind: PROPOSAL, section_id: section, title, body, explanation, ..Draft::default() })
}

fn refusal(cx: &Ctx, place: &Place) -> Option<String> {
    if place.rules.proposals { place.closed(cx) } else { Some(cx.t().get("consultation-refused-off")) }
}

fn answer(
    cx: &Ctx,
    status: StatusCode,
    place: Place,
    sections: &[Section],
    sent: Sent,
    errors: &FieldErrors,
    refused: Option<String>,
) -> Response {
    let t = cx.t();
    let page = place.page(cx, t.get("consultation-propose-title")).errors(errors).noindex();
    let named = model::outline(sections).into_iter().map(|(depth, s)| {
        Choice::new(s.id.to_string(), format!("{}{}", "\u{2003}".repeat(depth), s.title.get(cx.locale())))
    });
    let none = Choice::new("", t.get("consultation-field-section-none"));
    let sections = std::iter::once(none).chain(named).collect();
    cx.render_status(status, &View { page, place, sent, sections, refused })
}
