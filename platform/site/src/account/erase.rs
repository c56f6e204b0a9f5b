//! Erasing one's account: asked for on one page, proved by a link in the mailbox, done on another.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use parvis_civic::account::{self, Asked, LinkProblem, Purpose, Texts, link};
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::ui::Choice;
use parvis_web::{Ctx, Fields, Limit, Page, WebError};

use super::site_name;

#[derive(askama::Template)]
#[template(path = "account/erase.html")]
struct ErasePage {
    page: Page,
}

fn ask_page(cx: &Ctx) -> ErasePage {
    let t = cx.t();
    let page = cx.page(t.get("account-erase-title")).crumb(t.get("account-title"), "/account").nav("account");
    ErasePage { page: page.noindex() }
}

pub(super) async fn show(cx: Ctx) -> Result<Response, WebError> {
    Ok(cx.render(&ask_page(&cx)))
}

pub(super) async fn ask(cx: Ctx) -> Result<Response, WebError> {
    let me = cx.me()?.clone();
    cx.limit(Limit::SignInFrom(cx.visitor.ip))?;
    let (now, t, name, url) = (cx.now, cx.t().clone(), site_name(&cx), cx.site.url(""));
    let email = me.email.clone().unwrap_or_default();
    let to = email.clone();
    let asked = cx.store().write(move |tx| {
        boxed(async move {
            let request =
                account::Request { email: &to, next: "/account", site_name: &name, public_url: &url, t: &t };
            link::request_erasure(tx, now, &me, &request).await
        })
    });
    if asked.await? == Asked::TooMany {
        let mut form = ask_page(&cx);
        form.page = form.page.error(cx.t().get("account-too-many-links"));
        return Ok(cx.render_status(StatusCode::TOO_MANY_REQUESTS, &form));
    }
    Ok(cx.redirect_with("/account", "account-erase-asked", &[("email", &email)]))
}

#[derive(askama::Template)]
#[template(path = "account/erase_confirm.html")]
struct ConfirmPage {
    page: Page,
    token: String,
    texts: String,
    word: String,
    choices: Vec<Choice>,
    problem: String,
}

fn confirm_page(cx: &Ctx, token: &str) -> ConfirmPage {
    let t = cx.t();
    ConfirmPage {
        page: cx.page(t.get("account-erase-confirm-title")).nav("account").noindex(),
        token: token.to_owned(),
        texts: String::new(),
        word: String::new(),
        choices: vec![
            Choice::new("keep", t.get("account-erase-keep")).hint(t.get("account-erase-keep-hint")),
            Choice::new("withdraw", t.get("account-erase-withdraw"))
                .hint(t.get("account-erase-withdraw-hint")),
        ],
        problem: String::new(),
    }
}

fn problem(cx: &Ctx, why: &LinkProblem) -> Response {
    let (title, text, status) = match why {
        LinkProblem::Unknown => ("account-link-unknown", "account-link-unknown-text", StatusCode::NOT_FOUND),
        LinkProblem::Expired { .. } => ("account-link-expired", "account-link-other-text", StatusCode::GONE),
        LinkProblem::Used { .. } => ("account-link-used", "account-link-other-text", StatusCode::GONE),
    };
    let mut page = confirm_page(cx, "");
    page.page = cx.page(cx.t().get(title)).nav("account").noindex();
    page.problem = cx.t().get(text);
    cx.render_status(status, &page)
}

pub(super) async fn confirm(cx: Ctx, Path(token): Path<String>) -> Result<Response, WebError> {
    let (now, sought) = (cx.now, token.clone());
    let looked = cx
        .store()
        .read(move |tx| boxed(async move { link::look(tx, now, &sought, Purpose::Erase).await }))
        .await?;
    Ok(match looked {
        Ok(_) => cx.render(&confirm_page(&cx, &token)),
        Err(why) => problem(&cx, &why),
    })
}

pub(super) async fn submit(cx: Ctx, Path(token): Path<String>, fields: Fields) -> Result<Response, WebError> {
    let mut form = confirm_page(&cx, &token);
    form.texts = fields.get("texts").to_owned();
    form.word = fields.get("word").to_owned();
    let mut errors = FieldErrors::new();
    let texts = match form.texts.as_str() {
        "keep" => Some(Texts::Keep),
        "withdraw" => Some(Texts::Withdraw),
        _ => {
            errors.add("texts", "core-choose");
            None
        }
    };
    if form.word.to_lowercase() != cx.t().get("account-erase-word").to_lowercase() {
        errors.add("word", "account-erase-word-wrong");
    }
    let (Some(texts), true) = (texts, errors.is_empty()) else {
        form.page = form.page.errors(&errors);
        return Ok(cx.render_invalid(&form));
    };
    let now = cx.now;
    let done = cx.store().write(move |tx| {
        boxed(async move {
            Ok::<_, parvis_civic::Error>(match link::use_erasure(tx, now, &token).await? {
                Ok(id) => {
                    account::erase(tx, now, id, texts).await?;
                    Ok(id)
                }
                Err(why) => Err(why),
            })
        })
    });
    Ok(match done.await? {
        Ok(id) => {
            cx.site.forget_participant(id);
            let response = cx.redirect_with("/", "account-erased", &[]);
            // Only the browser of the person who was erased is signed out.
            if cx.id().is_none_or(|me| me == id) {
                cx.with_cookie(response, cx.site.end_session_cookie())
            } else {
                response
            }
        }
        Err(why) => problem(&cx, &why),
    })
}
