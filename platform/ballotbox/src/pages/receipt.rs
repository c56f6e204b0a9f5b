//! Finding one's ballot again.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::{Ctx, Fields, Page, WebError};

use super::place::{At, Place, reader_page};
use super::{Held, load};
use crate::code::Secret;
use crate::vote;

#[derive(Template)]
#[template(path = "ballotbox/receipt.html")]
struct View {
    page: Page,
    place: Place,
    typed: String,
    is_found: bool,
    words: Vec<String>,
    leaf: String,
    salt: String,
    tracker: String,
}

fn answer(cx: &Ctx, status: StatusCode, place: Place, typed: &str, errors: &FieldErrors) -> Response {
    let page = reader_page(cx, &place, cx.t().get("ballotbox-receipt")).errors(errors);
    let empty = String::new;
    cx.render_status(
        status,
        &View {
            page,
            place,
            typed: typed.to_owned(),
            is_found: false,
            words: vec![],
            leaf: empty(),
            salt: empty(),
            tracker: empty(),
        },
    )
}

/// Where a receipt is typed.
pub(super) async fn page(poll: Held, cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, ()) = load(&poll, &cx, &at, |_, _| boxed(async { Ok(()) })).await?;
    Ok(answer(&cx, StatusCode::OK, place, "", &FieldErrors::new()))
}

/// The ballot of a receipt: what is in the box under it, and the leaf of the journal that it opens.
pub(super) async fn show(poll: Held, cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let typed = sent.get("receipt").to_owned();
    let secret = Secret::read(&typed);
    let held = secret.clone();
    let (place, found) = load(&poll, &cx, &at, move |tx, place| {
        boxed(async move {
            match &held {
                Ok(secret) => vote::find(tx, place.activity.id, secret).await,
                Err(_) => Ok(None),
            }
        })
    })
    .await?;
    let key = match (&secret, &found) {
        (Err(mistake), _) => Some(mistake.key()),
        (Ok(_), None) => Some("ballotbox-receipt-unknown"),
        _ => None,
    };
    let mut errors = FieldErrors::new();
    let Some(found) = found else {
        errors.add("receipt", key.unwrap_or("ballotbox-receipt-unknown"));
        return Ok(answer(&cx, StatusCode::UNPROCESSABLE_ENTITY, place, &typed, &errors));
    };
    let page = reader_page(&cx, &place, cx.t().get("ballotbox-receipt"));
    let view = View {
        words: place.ballot.words(cx.t(), &found.ballot),
        page,
        typed,
        is_found: true,
        leaf: found.leaf.unwrap_or_default(),
        salt: found.salt,
        tracker: found.tracker,
        place,
    };
    Ok(cx.render(&view))
}
