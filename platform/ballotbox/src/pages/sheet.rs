//! Where there is no network: the roll printed to be signed, and the signed sheet keyed after the closing.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::Error;
use parvis_civic::process::Moment;
use parvis_core::FieldErrors;
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Fields, Page, WebError};
use serde_json::json;

use super::place::{self, At, Place, admin_page, nav};
use super::{Held, load};
use crate::roll::{self, Voter};
use crate::{close, desk};

/// Lines on a printed page of the roll.
const PRINTED: i64 = 500;

#[derive(Template)]
#[template(path = "ballotbox/sheet.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    numbers: String,
    may_key: bool,
    pages: i64,
}

async fn show(
    poll: &Held,
    cx: &Ctx,
    at: &At,
    numbers: &str,
    errors: &FieldErrors,
    problem: Option<&'static str>,
) -> Result<Response, WebError> {
    let (place, (count, closed)) = load(poll, cx, at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            Ok((roll::count(tx, id).await?, close::closing(tx, id).await?.is_some()))
        })
    })
    .await?;
    let mut page = admin_page(cx, &place, cx.t().get("ballotbox-sheet")).errors(errors);
    if let Some(key) = problem {
        page = page.error(cx.t().get(key));
    }
    let view = View {
        nav: nav(&**poll, cx, &place, "paper"),
        numbers: numbers.to_owned(),
        may_key: !closed && place.activity.moment(cx.now) == Moment::After,
        pages: (count + PRINTED - 1) / PRINTED,
        page,
        place,
    };
    let status = match (problem, errors.is_empty()) {
        (Some(_), _) => StatusCode::CONFLICT,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    Ok(cx.render_status(status, &view))
}

/// The form, and the links to what is printed.
pub(super) async fn page(poll: Held, cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&poll, &cx, &at, "", &FieldErrors::new(), None).await
}

/// Keys a signed sheet.
pub(super) async fn submit(poll: Held, cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let (me, now) = (place::acting(&cx)?, cx.now);
    let typed = sent.get("numbers").to_owned();
    let mut numbers: Vec<String> =
        typed.lines().map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let t = cx.site.t(cx.locale());
    let done = place::write(&poll, &cx, &at, move |tx, place| {
        boxed(async move {
            let phase = place.activity.phase.as_ref().ok_or(Error::Closed)?;
            // Ages are those of the last day of the vote, whenever the sheet is keyed.
            let day = t.civil(phase.ends_at - 1).date();
            let count = desk::sign_sheet(tx, now, &place.seal()?, &numbers, me.id, day).await?;
            let (object, detail) =
                (format!("activity:{}", place.activity.id), json!({ "signatures": count }));
            audit::record(tx, now, Some(me.id), "sheet-keyed", &object, &detail).await?;
            Ok((place.admin("paper"), count))
        })
    })
    .await;
    match done {
        Ok((to, count)) => {
            let count = count.to_string();
            Ok(cx.redirect_with(to, "ballotbox-sheet-done", &[("count", &count)]))
        }
        Err(Error::Fields(errors)) => show(&poll, &cx, &at, &typed, &errors, None).await,
        Err(Error::Closed) => {
            show(&poll, &cx, &at, &typed, &FieldErrors::new(), Some("ballotbox-sheet-closed")).await
        }
        Err(Error::Conflict(key)) => show(&poll, &cx, &at, &typed, &FieldErrors::new(), Some(key)).await,
        Err(e) => Err(e.into()),
    }
}

#[derive(Template)]
#[template(path = "ballotbox/printed_roll.html")]
struct Printed {
    page: Page,
    place: Place,
    lines: Vec<Voter>,
}

/// A part of the roll, to be printed and signed.
pub(super) async fn print(poll: Held, cx: Ctx, at: At) -> Result<Response, WebError> {
    let number = cx.page_number();
    let (place, lines) = load(&poll, &cx, &at, move |tx, place| {
        boxed(async move {
            let found = roll::search(tx, place.activity.id, "", PRINTED, (number - 1) * PRINTED).await?;
            Ok(found.into_iter().map(|(voter, _)| voter).collect())
        })
    })
    .await?;
    let page = admin_page(&cx, &place, cx.t().get("ballotbox-sheet-print"));
    Ok(cx.render(&Printed { page, place, lines }))
}
