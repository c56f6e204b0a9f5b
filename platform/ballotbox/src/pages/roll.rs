//! The roll: importing it, finding a line, letters to print, erasing names.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::Error;
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Arg, Ctx, Page, Upload, WebError};
use serde_json::json;

use super::place::{self, At, Place, admin_page, nav};
use super::{Held, load};
use crate::code::Code;
use crate::import::{self, Mistake};
use crate::roll::{self, Voter};
use crate::rules::{Channel, RollKind};
use crate::{close, seal};

/// Lines on a page.
const SHOWN: i64 = 50;

#[derive(Template)]
#[template(path = "ballotbox/roll.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    lines: Vec<(Voter, Option<Channel>)>,
    count: i64,
    search: String,
    number: i64,
    has_next: bool,
    is_sealed: bool,
    is_closed: bool,
    is_list: bool,
    /// Codes of the last print that could be cancelled.
    last_letters: i64,
}

async fn show(
    poll: &Held,
    cx: &Ctx,
    at: &At,
    status: StatusCode,
    messages: Vec<String>,
) -> Result<Response, WebError> {
    let (search, number) = (cx.query("q"), cx.page_number());
    let typed = search.clone();
    let (place, (mut lines, count, is_sealed, is_closed, last_letters)) =
        load(poll, cx, at, move |tx, place| {
            boxed(async move {
                let id = place.activity.id;
                let lines = roll::search(tx, id, &typed, SHOWN + 1, (number - 1) * SHOWN).await?;
                let closed = close::closing(tx, id).await?.is_some();
                let last = roll::last_letters(tx, id).await?;
                Ok((lines, roll::count(tx, id).await?, seal::is_sealed(tx, id).await?, closed, last))
            })
        })
        .await?;
    let has_next = i64::try_from(lines.len()).is_ok_and(|n| n > SHOWN);
    lines.truncate(usize::try_from(SHOWN).unwrap_or(50));
    let mut page = admin_page(cx, &place, cx.t().get("ballotbox-tab-roll"));
    for message in messages {
        page = page.error(message);
    }
    let nav = nav(&**poll, cx, &place, "roll");
    let is_list = place.ballot.rules().roll == RollKind::List;
    let view = View {
        page,
        place,
        nav,
        lines,
        count,
        search,
        number,
        has_next,
        is_sealed,
        is_closed,
        is_list,
        last_letters,
    };
    Ok(cx.render_status(status, &view))
}

/// The roll.
pub(super) async fn page(poll: Held, cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&poll, &cx, &at, StatusCode::OK, vec![]).await
}

fn said(cx: &Ctx, mistakes: &[Mistake]) -> Vec<String> {
    let say = |m: &Mistake| {
        let line = m.line.to_string();
        let args: [(&str, Arg<'_>); 2] = [("line", line.as_str().into()), ("value", m.value.as_str().into())];
        cx.t().with(m.key, &args)
    };
    mistakes.iter().map(say).collect()
}

/// Imports a list: all of it or nothing.
pub(super) async fn import(poll: Held, cx: Ctx, at: At, sent: Upload) -> Result<Response, WebError> {
    let me = place::acting(&cx)?;
    let (place, ()) = load(&poll, &cx, &at, |_, _| boxed(async { Ok(()) })).await?;
    let needs_birth = place.ballot.rules().min_age.is_some();
    let pasted = sent.fields.get("list").as_bytes().to_vec();
    let bytes = sent.file("file").map_or(pasted, |f| f.bytes.to_vec());
    let read = match import::read(&bytes, needs_birth) {
        Ok(read) => read,
        Err(mistakes) => {
            let messages = said(&cx, &mistakes);
            return show(&poll, &cx, &at, StatusCode::UNPROCESSABLE_ENTITY, messages).await;
        }
    };
    let replace = sent.fields.has("replace");
    let (lines, now) = (read.lines, cx.now);
    let done = place::write(&poll, &cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            if !seal::may_change(tx, now, id, "roll").await? {
                return Ok(None);
            }
            let count = roll::import(tx, id, &lines, replace).await?;
            let object = format!("activity:{id}");
            audit::record(tx, now, Some(me.id), "roll-imported", &object, &json!({ "lines": count })).await?;
            Ok(Some(count))
        })
    })
    .await;
    match done {
        Ok(Some(count)) => {
            let (count, twins) = (count.to_string(), read.twins.len().to_string());
            let key = if twins == "0" { "ballotbox-roll-done" } else { "ballotbox-roll-done-twins" };
            let args = [("count", count.as_str()), ("twins", twins.as_str())];
            Ok(cx.redirect_with(place.admin("roll"), key, &args))
        }
        Ok(None) => {
            let messages = vec![cx.t().get("ballotbox-sealed")];
            show(&poll, &cx, &at, StatusCode::CONFLICT, messages).await
        }
        Err(Error::Conflict(key)) => show(&poll, &cx, &at, StatusCode::CONFLICT, vec![cx.t().get(key)]).await,
        Err(e) => Err(e.into()),
    }
}

#[derive(Template)]
#[template(path = "ballotbox/letters.html")]
struct Letters {
    page: Page,
    place: Place,
    letters: Vec<(Voter, Code)>,
    url: String,
}

/// Makes the codes of the next letters, and shows them to be printed.
pub(super) async fn letters(poll: Held, cx: Ctx, at: At) -> Result<Response, WebError> {
    let (now, me) = (cx.now, place::acting(&cx)?);
    let done = place::write(&poll, &cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let letters = roll::letters(tx, id).await?;
            let object = format!("activity:{id}");
            let detail = json!({ "letters": letters.len() });
            audit::record(tx, now, Some(me.id), "letters-made", &object, &detail).await?;
            Ok((place.clone(), letters))
        })
    });
    let (place, letters) = done.await?;
    let page = admin_page(&cx, &place, cx.t().get("ballotbox-letters"));
    let url = cx.site.url(&place.to("ballot"));
    Ok(cx.render(&Letters { page, place, letters, url }))
}

/// Cancels the unused code of a line, or those of the last print.
pub(super) async fn cancel_letters(
    poll: Held,
    cx: Ctx,
    at: At,
    sent: parvis_web::Fields,
) -> Result<Response, WebError> {
    let (now, me) = (cx.now, place::acting(&cx)?);
    let line = match sent.get("voter") {
        "" => None,
        text => Some(text.parse::<i64>().map_err(|_| WebError::NotFound)?),
    };
    let done = place::write(&poll, &cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let count = roll::cancel_letters(tx, now, id, line).await?;
            let (object, detail) = (format!("activity:{id}"), json!({ "letters": count }));
            audit::record(tx, now, Some(me.id), "letters-cancelled", &object, &detail).await?;
            Ok((place.admin("roll"), count))
        })
    })
    .await;
    match done {
        Ok((to, count)) => {
            let count = count.to_string();
            Ok(cx.redirect_with(to, "ballotbox-letters-cancelled", &[("count", &count)]))
        }
        Err(Error::Conflict(key)) => show(&poll, &cx, &at, StatusCode::CONFLICT, vec![cx.t().get(key)]).await,
        Err(e) => Err(e.into()),
    }
}

/// Erases the names of a closed vote.
pub(super) async fn forget(poll: Held, cx: Ctx, at: At) -> Result<Response, WebError> {
    let (now, me) = (cx.now, place::acting(&cx)?);
    let done = place::write(&poll, &cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            roll::forget(tx, now, id).await?;
            audit::record(tx, now, Some(me.id), "roll-erased", &format!("activity:{id}"), &json!({})).await?;
            Ok(place.admin("roll"))
        })
    })
    .await;
    match done {
        Ok(to) => Ok(cx.redirect_with(to, "ballotbox-roll-forgotten", &[])),
        Err(Error::Conflict(key)) => show(&poll, &cx, &at, StatusCode::CONFLICT, vec![cx.t().get(key)]).await,
        Err(e) => Err(e.into()),
    }
}
