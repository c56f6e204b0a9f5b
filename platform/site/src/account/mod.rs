//! Pages about accounts: the first run, signing in, the welcome, one's account.

use axum::response::Response;
use http::HeaderMap;
use parvis_civic::account::{self, Participant};
use parvis_core::Access;
use parvis_store::Tx;
use parvis_web::{Ctx, Routes, Source};

mod contributions;
mod data;
pub mod demo;
mod email;
mod erase;
mod overview;
mod password;
pub mod setup;
mod sign_in;
mod unsubscribe;
mod welcome;

/// The texts of these pages.
pub const SOURCE: Source = Source {
    name: "site-account",
    fr: include_str!("../../locales/account.fr.ftl"),
    en: include_str!("../../locales/account.en.ftl"),
};

/// The routes of these pages.
pub fn routes() -> Routes {
    use Access::{Anyone, Participant};
    Routes::new()
        .get("/setup", Anyone, setup::show)
        .post("/setup", Anyone, setup::submit)
        .get("/sign-in", Anyone, sign_in::show)
        .post("/sign-in", Anyone, sign_in::ask)
        .post("/sign-in/password", Anyone, sign_in::with_password)
        .get("/sign-in/sent", Anyone, sign_in::sent)
        .get("/sign-in/{token}", Anyone, sign_in::confirm)
        .post("/sign-in/{token}", Anyone, sign_in::enter)
        .post("/demo/sign-in/{role}", Anyone, demo::enter)
        .post("/sign-out", Anyone, sign_in::leave)
        .get("/welcome", Participant, welcome::show)
        .post("/welcome", Participant, welcome::submit)
        .get("/account", Participant, overview::show)
        .post("/account/profile", Participant, overview::save_profile)
        .post("/account/notifications", Participant, overview::save_notifications)
        .post("/account/sessions", Participant, overview::close_sessions)
        .post("/account/password", Participant, password::change)
        .post("/account/password/remove", Participant, password::remove)
        .post("/account/email", Participant, email::ask)
        .get("/account/email/{token}", Anyone, email::confirm)
        .post("/account/email/{token}", Anyone, email::change)
        .get("/account/data", Participant, data::download)
        .get("/account/contributions", Participant, contributions::show)
        .get("/account/erase", Participant, erase::show)
        .post("/account/erase", Participant, erase::ask)
        .get("/account/erase/{token}", Anyone, erase::confirm)
        .post("/account/erase/{token}", Anyone, erase::submit)
        .get("/unsubscribe/{token}", Anyone, unsubscribe::show)
        .post("/unsubscribe/{token}", Anyone, unsubscribe::submit)
}

/// How long the session cookie lives: as long as a session can.
const COOKIE_DAYS: i64 = account::session::ABSOLUTE / 86_400_000;

/// What the browser says of itself.
fn agent(headers: &HeaderMap) -> String {
    headers.get(http::header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
}

/// Opens a session in the transaction that signed somebody in; the one this browser had is closed, so that its
/// token is worth nothing any more. Answers the new token.
async fn open_session(
    tx: &mut Tx<'_>,
    now: i64,
    who: &Participant,
    device: &str,
    before: Option<(i64, String)>,
) -> Result<String, parvis_civic::Error> {
    if let Some((id, hash)) = before {
        account::session_close(tx, id, &hash).await?;
    }
    Ok(account::session_open(tx, now, who, device).await?.token)
}

/// The session this browser has, to be closed when another is opened.
fn session_before(cx: &Ctx) -> Option<(i64, String)> {
    Some((cx.id()?, cx.visitor.session.as_ref()?.token_hash.clone()))
}

/// Leads on with the new session's cookie; a new account first chooses its pseudonym.
fn enter_with(cx: &Ctx, who: &Participant, token: &str, next: &str) -> Response {
    if let Some(session) = &cx.visitor.session {
        cx.site.forget_session(&session.token_hash);
    }
    let next = account::link::safe_next(next);
    let response = if who.terms_at.is_some() {
        cx.redirect(next)
    } else {
        cx.redirect(format!("/welcome?next={}", parvis_web::query_encode(&next)))
    };
    cx.with_cookie(response, cx.site.session_cookie(token, COOKIE_DAYS))
}

/// The site's name as mails say it.
fn site_name(cx: &Ctx) -> String {
    cx.site.settings().name.get(cx.locale()).to_owned()
}
