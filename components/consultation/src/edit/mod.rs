//! Changing what one published, within the time to edit; the versions stay.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::account::Participant;
use parvis_civic::contribution::{self, Contribution, Draft};
use parvis_civic::{Error, once};
use parvis_core::FieldErrors;
use parvis_store::{Tx, boxed};
use parvis_web::ui::Html;
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;

use crate::amend::sides::marked;
use crate::model::{self, ARGUMENT, Locked, SOURCE, Settled};
use crate::place::{At, On, Place, acting, is_editor, settled};

#[cfg(test)]
mod tests;

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    /// The version that was on the screen.
    base: i64,
    title: String,
    body: String,
    explanation: String,
    note: String,
    idem: String,
}

#[derive(Template)]
#[template(path = "edit/page.html")]
struct View {
    page: Page,
    place: Place,
    c: Contribution,
    sent: Sent,
    /// Somebody published another version meanwhile: what this text would change in it.
    conflict: Option<Vec<Html>>,
    refused: Option<String>,
}

impl View {
    /// Arguments are a text without a title.
    fn is_argument(&self) -> bool {
        self.c.kind == ARGUMENT
    }
}

/// The form, filled with the present version.
pub(crate) async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let (place, c, settled) = load(&cx, &on.at, &me, on.id).await?;
    let refused = refusal(&cx, &place, &c, settled);
    let sent = Sent {
        base: c.version,
        title: c.title.clone(),
        body: c.body.clone(),
        explanation: c.explanation.clone(),
        ..Sent::default()
    };
    Ok(respond(&cx, StatusCode::OK, place, c, sent, &FieldErrors::new(), None, refused))
}

/// Publishes the new version.
pub(crate) async fn submit(cx: Ctx, on: On, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let (place, c, settled) = load(&cx, &on.at, &me, on.id).await?;
    if let Some(location) = sent_before(&cx, &me, once::key(&sent.idem, &sent)).await? {
        return Ok(cx.redirect(location));
    }
    let none = FieldErrors::new();
    if let Some(why) = refusal(&cx, &place, &c, settled) {
        return Ok(respond(&cx, StatusCode::CONFLICT, place, c, sent, &none, None, Some(why)));
    }
    let draft = match check(&place, &c, &sent) {
        Ok(draft) => draft,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(respond(&cx, status, place, c, sent, &errors, None, None));
        }
    };
    if sent.base != c.version {
        return Ok(conflict(&cx, place, c, sent));
    }
    let (now, hours, at, form) = (cx.now, cx.site.settings().edit_window_hours, place.clone(), sent.clone());
    let (who, idem) = (me.clone(), once::key(&sent.idem, &sent));
    let done = cx.store().write(move |tx| {
        boxed(async move {
            if let Some(location) = once::seen(tx, who.id, &idem).await? {
                return Ok::<_, Error>(location);
            }
            let (c, settled) = own(tx, &at, &who, on.id).await?;
            model::may_edit(&c, &at.activity, now, hours, settled).map_err(|_| Error::Closed)?;
            contribution::revise(tx, now, &who, on.id, form.base, &draft, &form.note).await?;
            let location = at.href(&c);
            once::remember(tx, now, who.id, &idem, &location).await?;
            Ok(location)
        })
    });
    match done.await {
        Ok(location) => Ok(cx.redirect_with(location, "consultation-done-edit", &[])),
        Err(Error::Conflict("civic-changed-meanwhile")) => {
            let (place, c, _) = load(&cx, &on.at, &me, on.id).await?;
            Ok(conflict(&cx, place, c, sent))
        }
        Err(Error::Closed) => {
            let (place, c, settled) = load(&cx, &on.at, &me, on.id).await?;
            let why = refusal(&cx, &place, &c, settled);
            let why = why.unwrap_or_else(|| cx.t().get("consultation-edit-closed"));
            Ok(respond(&cx, StatusCode::CONFLICT, place, c, sent, &none, None, Some(why)))
        }
        Err(e) => Err(e.into()),
    }
}

async fn sent_before(cx: &Ctx, me: &Participant, idem: String) -> Result<Option<String>, WebError> {
    let me = me.id;
    let seen = cx.store().read(move |tx| boxed(async move { once::seen(tx, me, &idem).await }));
    Ok(seen.await?)
}

async fn load(
    cx: &Ctx,
    at: &At,
    me: &Participant,
    id: i64,
) -> Result<(Place, Contribution, Option<Settled>), WebError> {
    let (at, me, editor) = (at.clone(), me.clone(), is_editor(cx));
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &at, editor).await?;
            let (c, settled) = own(tx, &place, &me, id).await?;
            Ok::<_, Error>((place, c, settled))
        })
    });
    Ok(loaded.await?)
}

/// The author's own text, and what was done with it. The organisation's texts are edited in the
/// administration; a source is withdrawn and added again.
async fn own(
    tx: &mut Tx<'_>,
    place: &Place,
    me: &Participant,
    id: i64,
) -> Result<(Contribution, Option<Settled>), Error> {
    let c = contribution::find(tx, id).await?.ok_or(Error::NotFound)?;
    if c.activity_id != place.activity.id || c.status == contribution::Status::Draft || c.kind == SOURCE {
        return Err(Error::NotFound);
    }
    if c.author_id != Some(me.id) || c.official {
        return Err(Error::Forbidden);
    }
    let settled = settled(tx, &c).await?;
    Ok((c, settled))
}

fn check(place: &Place, c: &Contribution, sent: &Sent) -> Result<Draft, FieldErrors> {
    let limits = place.rules.limits(&c.kind);
    let mut errors = FieldErrors::new();
    let (min, max) = limits.title;
    let title = errors.text("title", &sent.title, min, max, "consultation-title-empty");
    let (min, max) = limits.body;
    let body = errors.text("body", &sent.body, min, max, "consultation-body-empty");
    let (min, max) = limits.explanation;
    let explanation = errors.text("explanation", &sent.explanation, min, max, "civic-explanation-empty");
    errors.text("note", &sent.note, 0, 200, "civic-body-empty");
    let same = title == c.title && body == c.body && explanation == c.explanation;
    if errors.is_empty() && same && sent.base == c.version {
        errors.add("body", "consultation-edit-same");
    }
    errors.check()?;
    Ok(Draft { title, body, explanation, ..Draft::default() })
}

fn refusal(cx: &Ctx, place: &Place, c: &Contribution, settled: Option<Settled>) -> Option<String> {
    let hours = cx.site.settings().edit_window_hours;
    let key = match model::may_edit(c, &place.activity, cx.now, hours, settled) {
        Ok(()) => return None,
        Err(Locked::Closed) => "consultation-edit-closed",
        Err(Locked::Late) => "consultation-edit-late",
        Err(Locked::Answered) => "consultation-edit-answered",
        Err(Locked::Decided) => "consultation-edit-decided",
        Err(Locked::Gone) => "consultation-edit-gone",
    };
    Some(cx.t().get(key))
}

/// Two tabs: nothing is lost and nothing is overwritten. The form keeps what was written, now on the base of
/// the present version, and shows what it would change in it.
fn conflict(cx: &Ctx, place: Place, c: Contribution, sent: Sent) -> Response {
    let mut diff = vec![];
    for (old, new) in [(&c.title, &sent.title), (&c.body, &sent.body), (&c.explanation, &sent.explanation)] {
        if old != new {
            diff.push(marked(cx.t(), old, &new.replace("\r\n", "\n")));
        }
    }
    let sent = Sent { base: c.version, ..sent };
    respond(cx, StatusCode::CONFLICT, place, c, sent, &FieldErrors::new(), Some(diff), None)
}

#[expect(clippy::too_many_arguments, reason = "the one place that makes this page, from all that it shows")]
fn respond(
    cx: &Ctx,
    status: StatusCode,
    place: Place,
    c: Contribution,
    sent: Sent,
    errors: &FieldErrors,
    conflict: Option<Vec<Html>>,
    refused: Option<String>,
) -> Response {
    let name = if c.title.is_empty() { c.extract(60) } else { c.title.clone() };
    let title = cx.t().with1("consultation-edit-title", "title", name.as_str());
    let page = place.page(cx, title).crumb(name, place.href(&c)).errors(errors).noindex();
    cx.render_status(status, &View { page, place, c, sent, conflict, refused })
}
