//! Withdrawing what one published: asked twice, because it cannot be undone.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::Error;
use parvis_civic::contribution::{self, Contribution, Status};
use parvis_store::boxed;
use parvis_web::{Ctx, Page, WebError};

use crate::model::{self, Locked, Settled};
use crate::place::{self, On, Place, acting, is_editor};

#[cfg(test)]
mod tests;

#[derive(Template)]
#[template(path = "withdraw/page.html")]
struct View {
    page: Page,
    place: Place,
    c: Contribution,
    refused: Option<String>,
}

/// Asks for confirmation.
pub(crate) async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    let (place, c, settled) = load(&cx, &on).await?;
    Ok(answer(&cx, StatusCode::OK, place, c, settled))
}

/// Withdraws it. Sent twice, the second finds it withdrawn and shows it so.
pub(crate) async fn submit(cx: Ctx, on: On) -> Result<Response, WebError> {
    let (place, c, settled) = load(&cx, &on).await?;
    let me = acting(&cx)?;
    let back = match c.parent_id {
        Some(parent) if c.kind != model::AMENDMENT => place.to(format_args!("c/{parent}#gone")),
        _ => place.to(format_args!("c/{}", c.id)),
    };
    if c.status == Status::Withdrawn {
        return Ok(cx.redirect(back));
    }
    if model::may_withdraw(&c, &place.activity, settled).is_err() {
        return Ok(answer(&cx, StatusCode::CONFLICT, place, c, settled));
    }
    let (now, here) = (cx.now, place.clone());
    let done = cx.store().write(move |tx| {
        boxed(async move {
            let c = contribution::find(tx, on.id).await?.ok_or(Error::NotFound)?;
            let settled = place::settled(tx, &c).await?;
            if model::may_withdraw(&c, &here.activity, settled).is_err() {
                return Ok(Some((c, settled)));
            }
            contribution::withdraw(tx, now, &me, on.id).await?;
            Ok::<_, Error>(None)
        })
    });
    Ok(match done.await? {
        None => cx.redirect_with(back, "consultation-done-withdraw", &[]),
        // The organisation answered meanwhile.
        Some((c, settled)) => answer(&cx, StatusCode::CONFLICT, place, c, settled),
    })
}

async fn load(cx: &Ctx, on: &On) -> Result<(Place, Contribution, Option<Settled>), WebError> {
    let me = acting(cx)?;
    let (on, editor) = (on.clone(), is_editor(cx));
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &on.at, editor).await?;
            let c = contribution::find(tx, on.id).await?.ok_or(Error::NotFound)?;
            if c.activity_id != place.activity.id || c.status == Status::Draft {
                return Err(Error::NotFound);
            }
            if c.author_id != Some(me.id) || c.official {
                return Err(Error::Forbidden);
            }
            let settled = place::settled(tx, &c).await?;
            Ok((place, c, settled))
        })
    });
    Ok(loaded.await?)
}

fn answer(cx: &Ctx, status: StatusCode, place: Place, c: Contribution, settled: Option<Settled>) -> Response {
    let t = cx.t();
    let refused = match model::may_withdraw(&c, &place.activity, settled) {
        Ok(()) => None,
        Err(Locked::Answered) => Some("consultation-withdraw-answered"),
        Err(Locked::Decided) => Some("consultation-withdraw-decided"),
        Err(Locked::Late | Locked::Closed) => Some("consultation-withdraw-late"),
        Err(Locked::Gone) => Some("consultation-edit-gone"),
    };
    let refused = refused.map(|key| t.get(key));
    let name = if c.title.is_empty() { c.extract(60) } else { c.title.clone() };
    let page = place.page(cx, t.get("consultation-withdraw-title")).crumb(name, place.href(&c)).noindex();
    cx.render_status(status, &View { page, place, c, refused })
}
