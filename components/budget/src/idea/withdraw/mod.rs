//! Withdrawing one's idea: asked twice, because it cannot be undone.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::contribution::Status;
use parvis_civic::{Error, contribution};
use parvis_store::{Tx, boxed};
use parvis_web::{Ctx, Page, WebError};

use super::{find, kept};
use crate::place::{On, Place, acting, load, write};
use crate::store::ideas::Idea;
use crate::store::mergers;

#[derive(Template)]
#[template(path = "idea/withdraw/page.html")]
struct View {
    page: Page,
    place: Place,
    idea: Idea,
    refused: Option<String>,
}

async fn own(tx: &mut Tx<'_>, place: &Place, me: i64, id: i64) -> Result<Idea, Error> {
    let idea = find(tx, place, id).await?;
    if idea.c.author_id != Some(me) || idea.c.official { Err(Error::Forbidden) } else { Ok(idea) }
}

/// Asks for confirmation.
pub(crate) async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    answer(&cx, &on, StatusCode::OK).await
}

async fn answer(cx: &Ctx, on: &On, status: StatusCode) -> Result<Response, WebError> {
    let me = acting(cx)?.id;
    let id = on.id;
    let (place, (idea, kept)) = load(cx, &on.at, move |tx, place| {
        boxed(async move {
            let idea = own(tx, place, me, id).await?;
            let kept = kept(tx, &idea).await?;
            Ok((idea, kept))
        })
    })
    .await?;
    let t = cx.t();
    let page = place
        .page(cx, t.get("budget-withdraw-title"))
        .crumb(idea.c.title.clone(), place.idea(&idea.c.id))
        .noindex();
    Ok(cx.render_status(status, &View { page, place, idea, refused: kept.map(|key| t.get(key)) }))
}

/// Withdraws it. Sent twice, the second finds it withdrawn and shows it so.
pub(crate) async fn submit(cx: Ctx, on: On) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let (now, id) = (cx.now, on.id);
    let done = write(&cx, &on.at, move |tx, place| {
        boxed(async move {
            let idea = own(tx, place, me.id, id).await?;
            if idea.c.status == Status::Withdrawn {
                return Ok(Some(place.idea(&id)));
            }
            if kept(tx, &idea).await?.is_some() {
                return Ok(None);
            }
            contribution::withdraw(tx, now, &me, id).await?;
            mergers::cancel_about(tx, now, id).await?;
            Ok(Some(place.idea(&id)))
        })
    });
    match done.await? {
        Some(path) => Ok(cx.redirect_with(path, "budget-done-withdraw", &[])),
        None => answer(&cx, &on, StatusCode::CONFLICT).await,
    }
}
