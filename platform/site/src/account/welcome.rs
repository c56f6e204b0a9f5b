//! The welcome of a new account: pseudonym, language, rules.

use axum::response::Response;
use parvis_civic::account::{link, profile};
use parvis_core::Locale;
use parvis_store::boxed;
use parvis_web::{Ctx, Fields, Page, WebError};

#[derive(askama::Template)]
#[template(path = "account/welcome.html")]
struct WelcomePage {
    page: Page,
    next: String,
    pseudonym: String,
    locale: Locale,
    terms: bool,
    languages: Vec<parvis_web::ui::Choice>,
}

impl WelcomePage {
    fn new(cx: &Ctx, next: &str) -> Self {
        Self {
            page: cx.page(cx.t().get("account-welcome-title")).nav("account").noindex(),
            next: link::safe_next(next),
            pseudonym: String::new(),
            locale: cx.locale(),
            terms: false,
            languages: languages(cx),
        }
    }
}

/// The languages that the site offers, as choices.
pub(super) fn languages(cx: &Ctx) -> Vec<parvis_web::ui::Choice> {
    let settings = cx.site.settings();
    settings.locales.iter().map(|l| parvis_web::ui::Choice::new(l.code(), l.name())).collect()
}

pub(super) async fn show(cx: Ctx) -> Result<Response, WebError> {
    let form = WelcomePage::new(&cx, &cx.query("next"));
    if cx.me()?.terms_at.is_some() {
        return Ok(cx.redirect(form.next));
    }
    Ok(cx.render(&form))
}

pub(super) async fn submit(cx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let id = cx.me()?.id;
    let mut form = WelcomePage::new(&cx, fields.get("next"));
    form.pseudonym = fields.get("pseudonym").to_owned();
    form.locale = Locale::parse(fields.get("locale")).unwrap_or_else(|| cx.locale());
    form.terms = fields.has("terms");
    let profile =
        profile::Profile { pseudonym: form.pseudonym.clone(), locale: form.locale, terms: form.terms };
    let now = cx.now;
    let done =
        cx.store().write(move |tx| boxed(async move { profile::welcome(tx, now, id, &profile).await })).await;
    match done {
        Ok(who) => {
            cx.site.forget_participant(id);
            Ok(cx.redirect_with(&form.next, "account-welcomed", &[("name", &who.pseudonym)]))
        }
        Err(parvis_civic::Error::Fields(errors)) => {
            form.page = form.page.errors(&errors);
            Ok(cx.render_invalid(&form))
        }
        Err(e) => Err(e.into()),
    }
}
