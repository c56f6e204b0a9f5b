//! Withdrawing what one published: asked twice, because it cannot be undone.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::Error;
use parvis_civic::contribution::{self, Contribution, Status};
use parvis_store::boxed;
use parvis_web::{Ctx, Page, WebError};

use crate::model;
use crate::place::{On, Place, acting, is_editor};

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
    let (place, c) = load(&cx, &on).await?;
    Ok(answer(&cx, StatusCode::OK, place, c))
}

/// Withdraws it. Sent twice, the second finds it withdrawn and shows it so.
pub(crate) async fn submit(cx: Ctx, on: On) -> Result<Response, WebError> {
    let (place, c) = load(&cx, &on).await?;
    let me = acting(&cx)?;
    let back = match c.parent_id {
        Some(parent) if c.kind != model::AMENDMENT => place.to(format_args!("c/{parent}#gone")),
        _ => place.to(format_args!("c/{}", c.id)),
    };
    if c.status == Status::Withdrawn {
        return Ok(cx.redirect(back));
    }
    if !model::may_withdraw(&c, &place.activity) {
        return Ok(answer(&cx, StatusCode::CONFLICT, place, c));
    }
    let now = cx.now;
    let done = cx.store().write(move |tx| {
        boxed(async move {
            contribution::withdraw(tx, now, &me, on.id).await?;
            Ok::<_, Error>(())
        })
    });
    done.await?;
    Ok(cx.redirect_with(back, "consultation-done-withdraw", &[]))
}

async fn load(cx: &Ctx, on: &On) -> Result<(Place, Contribution), WebError> {
    let me = acting(cx)?;
    let (on, editor) = (on.clone(), is_editor(cx));
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &on.at, editor).await?;
            let c = contribution::find(tx, on.id).await?.ok_or(Error::NotFound)?;
            if c.activity_id != place.activity.id || c.status == Status::Draft {
                return Err(Error::NotFound);
            }
            if c.author_id != Some(me.id) || c.official { Err(Error::Forbidden) } else { Ok((place, c)) }
        })
    });
    Ok(loaded.await?)
}

fn answer(cx: &Ctx, status: StatusCode, place: Place, c: Contribution) -> Response {
    let t = cx.t();
    let refused = (!model::may_withdraw(&c, &place.activity)).then(|| match c.status {
        Status::Published => t.get("consultation-withdraw-late"),
        _ => t.get("consultation-edit-gone"),
    });
    let name = if c.title.is_empty() { c.extract(60) } else { c.title.clone() };
    let page = place.page(cx, t.get("consultation-withdraw-title")).crumb(name, place.href(&c)).noindex();
    cx.render_status(status, &View { page, place, c, refused })
}
