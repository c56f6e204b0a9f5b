//! One's account: profile, notifications, address, password, sessions, data.

use axum::response::Response;
use parvis_civic::account::{self, Participant, Status, profile, session};
use parvis_core::{FieldErrors, Locale};
use parvis_store::boxed;
use parvis_web::ui::Choice;
use parvis_web::{Ctx, Fields, Page, WebError};

use super::welcome::languages;

#[derive(askama::Template)]
#[template(path = "account/overview.html")]
pub(super) struct AccountPage {
    pub(super) page: Page,
    me: Participant,
    pub(super) pseudonym: String,
    pub(super) locale: Locale,
    pub(super) new_email: String,
    languages: Vec<Choice>,
    sessions: Vec<Line>,
    is_suspended: bool,
}

/// One open session.
struct Line {
    hash: String,
    device: String,
    opened: i64,
    seen: i64,
    is_this: bool,
}

impl AccountPage {
    pub(super) async fn new(cx: &Ctx) -> Result<Self, WebError> {
        let me = cx.me()?.clone();
        let (now, id) = (cx.now, me.id);
        // What the request knows of the person may be a second old: forms show what is kept now.
        let (me, sessions) = cx
            .store()
            .read::<_, parvis_civic::Error, _>(move |tx| {
                boxed(async move {
                    let found = account::find(tx, id).await?;
                    Ok((found.unwrap_or(me), session::sessions(tx, now, id).await?))
                })
            })
            .await?;
        let this = cx.visitor.session.as_ref().map(|s| s.token_hash.clone()).unwrap_or_default();
        let sessions = sessions
            .into_iter()
            .map(|s| Line {
                is_this: s.token_hash == this,
                hash: s.token_hash,
                device: if s.device.is_empty() { cx.t().get("account-device-unknown") } else { s.device },
                opened: s.created_at,
                seen: s.last_seen_at,
            })
            .collect();
        Ok(Self {
            page: cx.page(cx.t().get("account-title")).nav("account").noindex(),
            pseudonym: me.pseudonym.clone(),
            locale: me.locale,
            new_email: String::new(),
            languages: languages(cx),
            is_suspended: me.status == Status::Suspended,
            sessions,
            me,
        })
    }

    /// The page again, with what is wrong.
    pub(super) fn invalid(mut self, cx: &Ctx, errors: &FieldErrors) -> Response {
        self.page = self.page.errors(errors);
        cx.render_invalid(&self)
    }
}

pub(super) async fn show(cx: Ctx) -> Result<Response, WebError> {
    Ok(cx.render(&AccountPage::new(&cx).await?))
}

pub(super) async fn save_profile(cx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let id = cx.me()?.id;
    let wanted = profile::Profile {
        pseudonym: fields.get("pseudonym").to_owned(),
        locale: Locale::parse(fields.get("locale")).unwrap_or_else(|| cx.locale()),
        terms: false,
    };
    let saved = wanted.clone();
    let done = cx.store().write(move |tx| boxed(async move { profile::save(tx, id, &saved).await })).await;
    match done {
        Ok(_) => {
            cx.site.forget_participant(id);
            Ok(cx.redirect_with("/account", "account-profile-saved", &[]))
        }
        Err(parvis_civic::Error::Fields(errors)) => {
            let mut form = AccountPage::new(&cx).await?;
            form.pseudonym = wanted.pseudonym;
            form.locale = wanted.locale;
            Ok(form.invalid(&cx, &errors))
        }
        Err(e) => Err(e.into()),
    }
}

pub(super) async fn save_notifications(cx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let id = cx.me()?.id;
    let (replies, follows) = (fields.has("replies"), fields.has("follows"));
    cx.store().write(move |tx| boxed(profile::notify(tx, id, replies, follows))).await?;
    cx.site.forget_participant(id);
    Ok(cx.redirect_with("/account", "account-notifications-saved", &[]))
}

pub(super) async fn close_sessions(cx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let id = cx.me()?.id;
    let (one, this) =
        (fields.get("session").to_owned(), cx.visitor.session.as_ref().map(|s| s.token_hash.clone()));
    cx.store()
        .write::<_, parvis_civic::Error, _>(move |tx| {
            boxed(async move {
                if one.is_empty() {
                    account::session_close_all(tx, id, this.as_deref()).await.map(drop)
                } else {
                    account::session_close(tx, id, &one).await.map(drop)
                }
            })
        })
        .await?;
    cx.site.forget_participant(id);
    Ok(cx.redirect_with("/account#sessions", "account-sessions-closed", &[]))
}
