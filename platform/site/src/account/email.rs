//! Changing one's address: a link goes to the new one.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use parvis_civic::account::{self, Asked, LinkProblem, Purpose, email as civic, link};
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::{Ctx, Fields, Limit, Page, WebError};

use super::overview::AccountPage;
use super::site_name;

pub(super) async fn ask(cx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let me = cx.me()?.clone();
    let mut errors = FieldErrors::new();
    let email = civic::check(&mut errors, "new-email", fields.get("new-email"));
    if errors.is_empty() && me.email.as_deref() == Some(&email) {
        errors.add("new-email", "account-email-same");
    }
    if !errors.is_empty() {
        let mut form = AccountPage::new(&cx).await?;
        form.new_email = fields.get("new-email").to_owned();
        return Ok(form.invalid(&cx, &errors));
    }
    cx.limit(Limit::SignInFrom(cx.visitor.ip))?;
    let (now, t, name, url, to) = (cx.now, cx.t().clone(), site_name(&cx), cx.site.url(""), email.clone());
    let asked = cx.store().write(move |tx| {
        boxed(async move {
            let request =
                account::Request { email: &to, next: "/account", site_name: &name, public_url: &url, t: &t };
            civic::request_change(tx, now, &me, &request).await
        })
    });
    if asked.await? == Asked::TooMany {
        let mut form = AccountPage::new(&cx).await?;
        form.page = form.page.error(cx.t().get("account-too-many-links"));
        return Ok(cx.render_status(StatusCode::TOO_MANY_REQUESTS, &form));
    }
    Ok(cx.redirect_with("/account", "account-email-asked", &[("email", &email)]))
}

#[derive(askama::Template)]
#[template(path = "account/email_confirm.html")]
struct ConfirmPage {
    page: Page,
    token: String,
    email: String,
    problem: String,
}

fn problem(cx: &Ctx, why: &LinkProblem) -> Response {
    let (title, text) = match why {
        LinkProblem::Unknown => ("account-link-unknown", "account-link-unknown-text"),
        LinkProblem::Expired { .. } => ("account-link-expired", "account-link-other-text"),
        LinkProblem::Used { .. } => ("account-link-used", "account-link-other-text"),
    };
    let status = if *why == LinkProblem::Unknown { StatusCode::NOT_FOUND } else { StatusCode::GONE };
    let page = cx.page(cx.t().get(title)).nav("account").noindex();
    let (token, email) = Default::default();
    cx.render_status(status, &ConfirmPage { page, token, email, problem: cx.t().get(text) })
}

pub(super) async fn confirm(cx: Ctx, Path(token): Path<String>) -> Result<Response, WebError> {
    let (now, sought) = (cx.now, token.clone());
    let looked = cx
        .store()
        .read(move |tx| boxed(async move { link::look(tx, now, &sought, Purpose::Email).await }))
        .await?;
    Ok(match looked {
        Ok(link) => {
            let page = cx.page(cx.t().get("account-email-confirm-title")).nav("account").noindex();
            cx.render(&ConfirmPage { page, token, email: link.email, problem: String::new() })
        }
        Err(why) => problem(&cx, &why),
    })
}

pub(super) async fn change(cx: Ctx, Path(token): Path<String>) -> Result<Response, WebError> {
    let (now, t, name) = (cx.now, cx.t().clone(), site_name(&cx));
    let changed = cx
        .store()
        .write(move |tx| boxed(async move { civic::confirm_change(tx, now, &token, &name, &t).await }))
        .await?;
    Ok(match changed {
        Ok(who) => {
            cx.site.forget_participant(who.id);
            let next = if cx.id() == Some(who.id) { "/account" } else { "/sign-in" };
            let email = who.email.unwrap_or_default();
            cx.redirect_with(next, "account-email-changed", &[("email", &email)])
        }
        Err(why) => problem(&cx, &why),
    })
}
