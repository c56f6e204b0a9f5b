//! Signing in and out. The link sent by mail leads to a page with a button: programs that check mails open links,
//! and must not use them up.

use axum::extract::Path;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use parvis_civic::account::{self, Asked, LinkProblem, Purpose, link, sign_in as civic};
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::{Ctx, Fields, Limit, Page, WebError};

use super::{agent, enter_with, open_session, session_before, site_name};

#[derive(askama::Template)]
#[template(path = "account/sign_in.html")]
struct SignInPage {
    page: Page,
    next: String,
    email: String,
    login: String,
    /// The password form had the mistake: it is shown unfolded.
    with_password: bool,
    /// What the visitor was about to do.
    keeps_form: bool,
}

impl SignInPage {
    fn new(cx: &Ctx, next: &str) -> Self {
        let next = link::safe_next(next);
        Self {
            page: cx.page(cx.t().get("account-sign-in-title")).nav("account").noindex(),
            keeps_form: next.starts_with("/kept/"),
            next,
            email: String::new(),
            login: String::new(),
            with_password: false,
        }
    }
}

pub(super) async fn show(cx: Ctx) -> Result<Response, WebError> {
    let next = cx.query("next");
    if cx.id().is_some() {
        let next = link::safe_next(&next);
        return Ok(cx.redirect(if next == "/" { "/account" } else { &next }));
    }
    Ok(cx.render(&SignInPage::new(&cx, &next)))
}

pub(super) async fn ask(cx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let mut errors = FieldErrors::new();
    let email = account::email::check(&mut errors, "email", fields.get("email"));
    let mut form = SignInPage::new(&cx, fields.get("next"));
    form.email = fields.get("email").to_owned();
    if !errors.is_empty() {
        form.page = form.page.errors(&errors);
        return Ok(cx.render_invalid(&form));
    }
    cx.limit(Limit::SignInFrom(cx.visitor.ip))?;
    match request(&cx, &email, &form.next).await? {
        Asked::Sent => {
            let path = format!("/sign-in/sent?next={}", parvis_web::query_encode(&form.next));
            Ok(cx.redirect_with(path, "account-sent-to", &[("email", &email)]))
        }
        Asked::TooMany => {
            form.page = form.page.error(cx.t().get("account-too-many-links"));
            Ok(cx.render_status(StatusCode::TOO_MANY_REQUESTS, &form))
        }
    }
}

async fn request(cx: &Ctx, email: &str, next: &str) -> Result<Asked, WebError> {
    let (now, email, next) = (cx.now, email.to_owned(), next.to_owned());
    let (t, site_name, public_url) = (cx.t().clone(), site_name(cx), cx.site.url(""));
    let asked = cx.store().write::<_, parvis_civic::Error, _>(move |tx| {
        boxed(async move {
            let request = account::Request {
                email: &email,
                next: &next,
                site_name: &site_name,
                public_url: &public_url,
                t: &t,
            };
            account::request_link(tx, now, &request).await
        })
    });
    Ok(asked.await?)
}

#[derive(askama::Template)]
#[template(path = "account/sent.html")]
struct SentPage {
    page: Page,
    next: String,
}

pub(super) async fn sent(cx: Ctx) -> Result<Response, WebError> {
    let page = cx.page(cx.t().get("account-sent-title")).nav("account").noindex();
    Ok(cx.render(&SentPage { page, next: link::safe_next(&cx.query("next")) }))
}

#[derive(askama::Template)]
#[template(path = "account/confirm.html")]
struct ConfirmPage {
    page: Page,
    token: String,
    email: String,
}

/// A link that cannot be used: it says why, and offers a new one that leads to the same place.
#[derive(askama::Template)]
#[template(path = "account/link_problem.html")]
struct ProblemPage {
    page: Page,
    explanation: String,
    next: String,
}

fn problem(cx: &Ctx, problem: &LinkProblem) -> Response {
    let (title, explanation, status) = match problem {
        LinkProblem::Unknown => ("account-link-unknown", "account-link-unknown-text", StatusCode::NOT_FOUND),
        LinkProblem::Expired { .. } => {
            ("account-link-expired", "account-link-expired-text", StatusCode::GONE)
        }
        LinkProblem::Used { .. } => ("account-link-used", "account-link-used-text", StatusCode::GONE),
    };
    let page = ProblemPage {
        page: cx.page(cx.t().get(title)).nav("account").noindex(),
        explanation: cx.t().get(explanation),
        next: problem.next().to_owned(),
    };
    cx.render_status(status, &page)
}

pub(super) async fn confirm(cx: Ctx, Path(token): Path<String>) -> Result<Response, WebError> {
    let (now, sought) = (cx.now, token.clone());
    let looked = cx
        .store()
        .read(move |tx| boxed(async move { link::look(tx, now, &sought, Purpose::SignIn).await }))
        .await?;
    Ok(match looked {
        Ok(link) => {
            let page = cx.page(cx.t().get("account-confirm-title")).nav("account").noindex();
            cx.render(&ConfirmPage { page, token, email: link.email })
        }
        // Who is signed in and opens an old link just wants to go on.
        Err(LinkProblem::Used { next } | LinkProblem::Expired { next }) if cx.id().is_some() => {
            cx.redirect(next)
        }
        Err(why) => problem(&cx, &why),
    })
}

pub(super) async fn enter(
    cx: Ctx,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let (now, device, before) = (cx.now, agent(&headers), session_before(&cx));
    let opened = cx.store().write::<_, parvis_civic::Error, _>(move |tx| {
        boxed(async move {
            Ok(match account::use_link(tx, now, &token).await? {
                Ok(signed) => {
                    let session = open_session(tx, now, &signed.participant, &device, before).await?;
                    Ok((signed, session))
                }
                Err(problem) => Err(problem),
            })
        })
    });
    Ok(match opened.await? {
        Ok((signed, session)) => enter_with(&cx, &signed.participant, &session, &signed.next),
        Err(why) => problem(&cx, &why),
    })
}

pub(super) async fn with_password(cx: Ctx, headers: HeaderMap, fields: Fields) -> Result<Response, WebError> {
    let mut form = SignInPage::new(&cx, fields.get("next"));
    form.login = fields.get("login").to_owned();
    form.with_password = true;
    let mut errors = FieldErrors::new();
    let address = account::email::check(&mut errors, "login", &form.login);
    if !fields.has("password") {
        errors.add("password", "civic-account-password-empty");
    }
    if !errors.is_empty() {
        form.page = form.page.errors(&errors);
        return Ok(cx.render_invalid(&form));
    }
    cx.limit(Limit::SignInFrom(cx.visitor.ip))?;
    let password = fields.get("password").to_owned();
    match civic::with_password(cx.store(), cx.now, &address, password).await? {
        civic::Outcome::Right(who) => {
            let (now, device, before) = (cx.now, agent(&headers), session_before(&cx));
            let person = who.clone();
            let opened = cx
                .store()
                .write(move |tx| boxed(async move { open_session(tx, now, &person, &device, before).await }));
            let session = opened.await?;
            Ok(enter_with(&cx, &who, &session, &form.next))
        }
        civic::Outcome::Wrong => {
            errors.add("login", "account-wrong-password");
            form.page = form.page.errors(&errors);
            Ok(cx.render_invalid(&form))
        }
        civic::Outcome::TooMany => {
            form.page = form.page.error(cx.t().get("account-too-many-passwords"));
            Ok(cx.render_status(StatusCode::TOO_MANY_REQUESTS, &form))
        }
    }
}

pub(super) async fn leave(cx: Ctx) -> Result<Response, WebError> {
    if let Some((id, hash)) = session_before(&cx) {
        let closed = hash.clone();
        cx.store()
            .write::<_, parvis_civic::Error, _>(move |tx| {
                boxed(async move { account::session_close(tx, id, &closed).await })
            })
            .await?;
        cx.site.forget_session(&hash);
    }
    let response = cx.redirect_with("/", "account-signed-out", &[]);
    Ok(cx.with_cookie(response, cx.site.end_session_cookie()))
}
