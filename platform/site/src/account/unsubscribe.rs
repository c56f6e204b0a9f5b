//! Stopping notifications from a mail, without signing in (RFC 8058 for programs, a button for people).

use axum::extract::Path;
use axum::response::Response;
use parvis_civic::account::profile;
use parvis_store::boxed;
use parvis_web::{Ctx, Page, WebError};

#[derive(askama::Template)]
#[template(path = "account/unsubscribe.html")]
struct UnsubscribePage {
    page: Page,
    token: String,
    is_done: bool,
}

async fn person(cx: &Ctx, token: &str) -> Result<i64, WebError> {
    let token = token.to_owned();
    let found =
        cx.store().read(move |tx| boxed(async move { profile::unsubscribe_check(tx, &token).await })).await?;
    found.map(|p| p.id).ok_or(WebError::NotFound)
}

fn page(cx: &Ctx, token: String, is_done: bool) -> UnsubscribePage {
    let title = if is_done { "account-unsubscribed-title" } else { "account-unsubscribe-title" };
    UnsubscribePage { page: cx.page(cx.t().get(title)).noindex(), token, is_done }
}

pub(super) async fn show(cx: Ctx, Path(token): Path<String>) -> Result<Response, WebError> {
    person(&cx, &token).await?;
    Ok(cx.render(&page(&cx, token, false)))
}

pub(super) async fn submit(cx: Ctx, Path(token): Path<String>) -> Result<Response, WebError> {
    let id = person(&cx, &token).await?;
    cx.store().write(move |tx| boxed(profile::notify(tx, id, false, false))).await?;
    cx.site.forget_participant(id);
    Ok(cx.render(&page(&cx, token, true)))
}
