//! Correcting an idea within the time to edit, before it is studied; the versions stay.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::account::Participant;
use parvis_civic::{Error, contribution, once};
use parvis_core::FieldErrors;
use parvis_store::{Tx, boxed};
use parvis_web::{Ctx, Form, Page, WebError};

use super::deposit::{BODY, Checked, Controls, Sent, TITLE, check, sent_of};
use super::{find, locked};
use crate::place::{On, Place, acting, load, write};
use crate::shelf::Shelf;
use crate::store::ideas::{self, Idea};

#[derive(Template)]
#[template(path = "idea/edit/page.html")]
struct View {
    page: Page,
    place: Place,
    idea: Idea,
    sent: Sent,
    controls: Controls,
    /// Somebody published another version meanwhile.
    is_behind: bool,
    refused: Option<String>,
}

/// The form, filled with the present version.
pub(crate) async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    let (place, shelf, idea) = own_of(&cx, &on).await?;
    let sent = sent_of(&cx, &idea);
    let refused = locked(&place, &idea, cx.now).map(|key| cx.t().get(key));
    Ok(respond(&cx, StatusCode::OK, (place, shelf, idea), sent, &FieldErrors::new(), false, refused))
}

async fn own_of(cx: &Ctx, on: &On) -> Result<(Place, Shelf, Idea), WebError> {
    let me = acting(cx)?;
    let id = on.id;
    let (place, (shelf, idea)) = load(cx, &on.at, move |tx, place| {
        boxed(async move { Ok((Shelf::read(tx, place.activity.id).await?, own(tx, place, &me, id).await?)) })
    })
    .await?;
    Ok((place, shelf, idea))
}

/// The author's own idea. What the organisation published in its own name does not change.
async fn own(tx: &mut Tx<'_>, place: &Place, me: &Participant, id: i64) -> Result<Idea, Error> {
    let idea = find(tx, place, id).await?;
    if idea.c.author_id != Some(me.id) || idea.c.official { Err(Error::Forbidden) } else { Ok(idea) }
}

/// What became of a correction.
enum Done {
    Saved(String),
    /// It can no longer be corrected.
    Locked(&'static str),
    /// Another version was published meanwhile.
    Behind,
}

/// Publishes the new version.
pub(crate) async fn submit(cx: Ctx, on: On, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let all = own_of(&cx, &on).await?;
    let mut errors = FieldErrors::new();
    errors.text("note", &sent.note, 0, 200, "budget-body-empty");
    let checked = match check(&all.0, &all.1, &sent, false) {
        Ok(checked) if errors.is_empty() => checked,
        Ok(_) => return Ok(respond(&cx, StatusCode::UNPROCESSABLE_ENTITY, all, sent, &errors, false, None)),
        Err(found) => {
            return Ok(respond(&cx, StatusCode::UNPROCESSABLE_ENTITY, all, sent, &found, false, None));
        }
    };
    let (now, form, at) = (cx.now, sent.clone(), on.at.clone());
    let idem = once::key(&sent.idem, &sent);
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            if let Some(location) = once::seen(tx, me.id, &idem).await? {
                return Ok(Done::Saved(location));
            }
            let idea = own(tx, place, &me, on.id).await?;
            if let Some(key) = locked(place, &idea, now) {
                return Ok(Done::Locked(key));
            }
            if idea.c.version != form.base {
                return Ok(Done::Behind);
            }
            let Checked { draft, facts } = checked;
            contribution::revise(tx, now, &me, on.id, form.base, &draft, form.note.trim()).await?;
            ideas::save(tx, place.activity.id, on.id, &facts).await?;
            let location = place.idea(&on.id);
            once::remember(tx, now, me.id, &idem, &location).await?;
            Ok(Done::Saved(location))
        })
    });
    let none = FieldErrors::new();
    match done.await? {
        Done::Saved(location) => Ok(cx.redirect_with(location, "budget-done-edit", &[])),
        Done::Locked(key) => {
            Ok(respond(&cx, StatusCode::CONFLICT, all, sent, &none, false, Some(cx.t().get(key))))
        }
        Done::Behind => {
            let sent = Sent { base: all.2.c.version, ..sent };
            Ok(respond(&cx, StatusCode::CONFLICT, all, sent, &none, true, None))
        }
    }
}

fn respond(
    cx: &Ctx,
    status: StatusCode,
    (place, shelf, idea): (Place, Shelf, Idea),
    sent: Sent,
    errors: &FieldErrors,
    is_behind: bool,
    refused: Option<String>,
) -> Response {
    let title = cx.t().with1("budget-edit-title", "title", idea.c.title.as_str());
    let page = place.page(cx, title).crumb(idea.c.title.clone(), place.idea(&idea.c.id));
    let page = page.errors(errors).noindex();
    let controls = Controls::new(&page, &place, &shelf);
    cx.render_status(status, &View { page, place, idea, sent, controls, is_behind, refused })
}
