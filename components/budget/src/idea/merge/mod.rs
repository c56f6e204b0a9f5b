//! Joining two ideas: proposed by an author or an editor, done when both authors agree, and never undone in silence:
//! the idea that was taken in keeps its page, which leads to the other. Supports are not moved: they were given to
//! other words.

mod act;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::contribution::{self, Contribution, Status};
use parvis_civic::{Error, once};
use parvis_core::{Access, FieldErrors, Role};
use parvis_store::boxed;
use parvis_web::ui::Choice;
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;

pub(crate) use act::{Side, Voice, agree, propose, refuse};

use super::find;
use crate::model::IDEA;
use crate::place::{On, Place, acting, load, write};
use crate::store::ideas::Idea;
use crate::store::mergers::{self, Merger};

/// The most characters of a reason.
pub(crate) const REASON: usize = 500;

/// What the form of a proposal sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    /// One of the similar ideas.
    pub(crate) similar: String,
    /// Its number or its address.
    pub(crate) other: String,
    pub(crate) reason: String,
    pub(crate) idem: String,
}

/// The number of an idea, from itself or from its address.
pub(crate) fn number(text: &str) -> Option<i64> {
    let bare = text.trim().split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    bare.rsplit('/').next().unwrap_or_default().parse().ok()
}

#[derive(Template)]
#[template(path = "idea/merge/page.html")]
struct View {
    page: Page,
    place: Place,
    idea: Idea,
    sent: Sent,
    similar: Vec<Choice>,
}

/// The form by which an author proposes that another idea takes in theirs.
pub(crate) async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    answer(&cx, &on, StatusCode::OK, Sent::default(), &FieldErrors::new()).await
}

async fn answer(
    cx: &Ctx,
    on: &On,
    status: StatusCode,
    sent: Sent,
    errors: &FieldErrors,
) -> Result<Response, WebError> {
    let (me, id) = (acting(cx)?.id, on.id);
    let (place, (idea, similar)) = load(cx, &on.at, move |tx, place| {
        boxed(async move {
            let idea = find(tx, place, id).await?;
            if idea.c.author_id != Some(me) || idea.c.official {
                return Err(Error::Forbidden);
            }
            if idea.c.status != Status::Published {
                return Err(Error::NotFound);
            }
            let words = format!("{} {}", idea.c.title, idea.c.body);
            let mut similar: Vec<Contribution> =
                contribution::similar(tx, place.activity.id, &[IDEA], &words, 7).await?;
            similar.retain(|c| c.id != id);
            similar.truncate(6);
            Ok((idea, similar))
        })
    })
    .await?;
    let t = cx.t();
    let page = place
        .page(cx, t.get("budget-merge-title"))
        .crumb(idea.c.title.clone(), place.idea(&idea.c.id))
        .errors(errors)
        .noindex();
    let similar =
        similar.iter().map(|c| Choice::new(c.id.to_string(), &c.title).hint(c.extract(120))).collect();
    Ok(cx.render_status(status, &View { page, place, idea, sent, similar }))
}

/// Proposes it.
pub(crate) async fn submit(cx: Ctx, on: On, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let mut errors = FieldErrors::new();
    let reason = errors.text("reason", &sent.reason, 0, REASON, "budget-body-empty");
    let chosen = if sent.other.is_empty() { sent.similar.as_str() } else { sent.other.as_str() };
    let into = number(chosen);
    if into.is_none() {
        errors.add("other", "budget-merge-other-empty");
    }
    let (Some(into), true) = (into, errors.is_empty()) else {
        return answer(&cx, &on, StatusCode::UNPROCESSABLE_ENTITY, sent, &errors).await;
    };
    let (id, idem, voice) = (on.id, once::key(&sent.idem, &sent), Voice::new(&cx, me.clone()));
    let now = cx.now;
    let done = write(&cx, &on.at, move |tx, place| {
        boxed(async move {
            if let Some(location) = once::seen(tx, me.id, &idem).await? {
                return Ok(location);
            }
            let idea = find(tx, place, id).await?;
            if idea.c.author_id != Some(me.id) || idea.c.official {
                return Err(Error::Forbidden);
            }
            let merger = propose(tx, now, place, &voice, (id, into), &reason).await?;
            let location = place.to(format_args!("mergers/{merger}"));
            once::remember(tx, now, me.id, &idem, &location).await?;
            Ok(location)
        })
    });
    match done.await {
        Ok(location) => Ok(cx.redirect_with(location, "budget-done-merger-proposed", &[])),
        Err(Error::Fields(errors)) => answer(&cx, &on, StatusCode::UNPROCESSABLE_ENTITY, sent, &errors).await,
        Err(e) => Err(e.into()),
    }
}

#[derive(Template)]
#[template(path = "idea/merge/consent.html")]
struct ConsentView {
    page: Page,
    place: Place,
    merger: Merger,
    from: Side,
    into: Side,
    may_answer: bool,
}

impl ConsentView {
    fn state_key(&self) -> String {
        format!("budget-merger-{}", self.merger.state)
    }

    fn state_sign(&self) -> &'static str {
        match self.merger.state.as_str() {
            "agreed" => "yes",
            "refused" => "no",
            "cancelled" => "closed",
            _ => "soon",
        }
    }

    fn said(&self, at: &Option<i64>) -> String {
        match at {
            Some(at) => self.page.t.with1("budget-merger-agreed-on", "date", self.page.t.date(at)),
            None => self.page.t.get("budget-merger-not-yet"),
        }
    }
}

fn is_editor(role: Option<Role>) -> bool {
    Access::Editor.allows(role)
}

/// Both ideas, who agreed, and the buttons of those who may answer.
pub(crate) async fn consent_page(cx: Ctx, on: On) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let id = on.id;
    let editor = is_editor(cx.role());
    let (place, (merger, from, into)) = load(&cx, &on.at, move |tx, place| {
        boxed(async move {
            let merger = mergers::find(tx, place.activity.id, id).await?.ok_or(Error::NotFound)?;
            let from = Side::read(tx, place, merger.from_id).await?;
            let into = Side::read(tx, place, merger.into_id).await?;
            if editor || from.is_of(me.id) || into.is_of(me.id) {
                Ok((merger, from, into))
            } else {
                Err(Error::NotFound)
            }
        })
    })
    .await?;
    let voice = Voice::new(&cx, acting(&cx)?);
    let may_answer = merger.is_waiting()
        && (voice.speaks_for(&from) && merger.from_consent.is_none()
            || voice.speaks_for(&into) && merger.into_consent.is_none());
    let page = place.page(&cx, cx.t().get("budget-merger-title")).noindex();
    Ok(cx.render(&ConsentView { page, place, merger, from, into, may_answer }))
}

/// What the buttons send: `agree` or `refuse`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Word {
    answer: String,
}

/// Agrees or refuses. When both agree, the ideas are joined at once.
pub(crate) async fn consent(cx: Ctx, on: On, Form(sent): Form<Word>) -> Result<Response, WebError> {
    let voice = Voice::new(&cx, acting(&cx)?);
    let (now, id) = (cx.now, on.id);
    let agrees = match sent.answer.as_str() {
        "agree" => true,
        "refuse" => false,
        _ => return Err(WebError::BadRequest("web-error-fields")),
    };
    let done = write(&cx, &on.at, move |tx, place| {
        boxed(async move {
            let merger = mergers::find(tx, place.activity.id, id).await?.ok_or(Error::NotFound)?;
            if agrees {
                agree(tx, now, place, &voice, &merger).await?;
            } else {
                refuse(tx, now, place, &voice, &merger).await?;
            }
            Ok(place.to(format_args!("mergers/{id}")))
        })
    });
    let key = if agrees { "budget-done-merger-agreed" } else { "budget-done-merger-refused" };
    Ok(cx.redirect_with(done.await?, key, &[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idea_is_named_by_its_number_or_its_address() {
        for (text, id) in [
            ("12", Some(12)),
            (" https://ville.example/p/a/b/ideas/12?lang=en#x ", Some(12)),
            ("/p/a/b/ideas/12/", Some(12)),
            ("douze", None),
            ("", None),
        ] {
            assert_eq!(number(text), id, "{text}");
        }
    }
}
