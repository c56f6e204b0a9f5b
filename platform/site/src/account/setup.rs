//! The first run: four questions that make the site and its administrator.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use parvis_civic::{Error, account, journal, random, settings};
use parvis_core::{FieldErrors, Locale, Localized, Millis};
use parvis_ops::audit;
use parvis_store::{Tx, boxed};
use parvis_web::ui::Choice;
use parvis_web::{Ctx, Fields, Page, Site, WebError, theme};

use super::{agent, enter_with, open_session};

/// Under this name the hash of the setup code is kept beside the settings.
const CODE: &str = "setup-code";
/// A name of this length still fits in a page's header.
const LONGEST_NAME: usize = 80;

/// The colours offered, all readable on both grounds.
const COLOURS: [(&str, &str); 6] = [
    ("#1f5f5b", "account-colour-green"),
    ("#23457a", "account-colour-blue"),
    ("#8a1c3b", "account-colour-red"),
    ("#6a4c00", "account-colour-brown"),
    ("#5b2a86", "account-colour-violet"),
    ("#3b3f46", "account-colour-grey"),
];

/// Makes the code that lets somebody who is not at the machine itself set the site up; printed by `serve`. Each
/// call makes the code before worthless.
///
/// # Errors
/// The database.
pub async fn issue_code(tx: &mut Tx<'_>) -> Result<String, Error> {
    let code = random::token::<6>();
    let code = [&code[..4], &code[4..8], &code[8..]].join("-");
    settings::put(tx, CODE, &journal::sha256_hex(code.as_bytes())).await?;
    Ok(code)
}

/// Until the site is set up, every address leads to `/setup`. Wrap the router in this when the program starts on a
/// site that is not ready.
pub fn gate(site: &Arc<Site>, router: Router) -> Router {
    let (site, ready) = (Arc::clone(site), Arc::new(AtomicBool::new(false)));
    router.layer(from_fn(move |request: Request<Body>, next: Next| {
        let (site, ready) = (Arc::clone(&site), Arc::clone(&ready));
        async move {
            let path = request.uri().path();
            let is_needed = path == "/setup"
                || path == "/language"
                || path == "/health"
                || path == "/theme.css"
                || path.starts_with("/assets/");
            if is_needed || ready.load(Ordering::Acquire) {
                return next.run(request).await;
            }
            match site.store.read(|tx| boxed(settings::load(tx))).await {
                Ok(settings) if settings.ready => {
                    ready.store(true, Ordering::Release);
                    site.settings_changed();
                    next.run(request).await
                }
                Ok(_) => {
                    let to = [(header::LOCATION, HeaderValue::from_static("/setup"))];
                    (StatusCode::SEE_OTHER, to).into_response()
                }
                Err(e) => WebError::from(e).into_response(),
            }
        }
    }))
}

#[derive(askama::Template)]
#[template(path = "account/setup.html")]
struct SetupPage {
    page: Page,
    name: String,
    languages: String,
    language_choices: Vec<Choice>,
    email: String,
    colours: Vec<Colour>,
    accent: String,
    asks_code: bool,
    code: String,
}

struct Colour {
    value: &'static str,
    label: String,
    is_chosen: bool,
    id: String,
}

impl SetupPage {
    fn new(cx: &Ctx, fields: &Fields, asks_code: bool) -> Self {
        let t = cx.t();
        let chosen = match fields.get("colour") {
            "" => COLOURS[0].0,
            chosen => chosen,
        };
        let mut languages = fields.get("languages").to_owned();
        if languages.is_empty() {
            languages = cx.locale().code().to_owned();
        }
        let both = cx.locale();
        Self {
            page: cx.page(t.get("account-setup-title")).noindex(),
            name: fields.get("name").to_owned(),
            languages,
            language_choices: vec![
                Choice::new("fr", t.get("account-setup-language-fr")),
                Choice::new("en", t.get("account-setup-language-en")),
                Choice::new(format!("{both}-{}", both.other()), t.get("account-setup-language-both")),
            ],
            email: fields.get("email").to_owned(),
            colours: COLOURS
                .iter()
                .enumerate()
                .map(|(i, (value, key))| Colour {
                    value,
                    label: t.get(key),
                    is_chosen: *value == chosen,
                    id: if i == 0 { "colour".into() } else { format!("colour-{}", i + 1) },
                })
                .collect(),
            accent: fields.get("accent").to_owned(),
            asks_code,
            code: fields.get("code").to_owned(),
        }
    }
}

/// Whether this visitor sits at the machine itself: their address, the name they typed, and no proxy in between. A
/// site that is meant for others (its public address is elsewhere) always asks for the code.
fn is_here(cx: &Ctx, headers: &HeaderMap) -> bool {
    let local_name = |host: &str| {
        let name =
            host.rsplit_once(':').map_or(host, |(name, port)| if port.contains(']') { host } else { name });
        matches!(name, "localhost" | "127.0.0.1" | "[::1]")
    };
    let proxied = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];
    let host = headers.get(header::HOST).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let public = cx.site.config.public_url.split("://").last().unwrap_or_default();
    let public = public.split('/').next().unwrap_or_default();
    cx.visitor.ip.is_loopback()
        && local_name(host)
        && local_name(public)
        && !proxied.iter().any(|name| headers.contains_key(*name))
}

pub(super) async fn show(cx: Ctx, headers: HeaderMap) -> Result<Response, WebError> {
    if cx.site.settings().ready {
        return Ok(cx.redirect("/"));
    }
    Ok(cx.render(&SetupPage::new(&cx, &Fields::default(), !is_here(&cx, &headers))))
}

pub(super) async fn submit(cx: Ctx, headers: HeaderMap, fields: Fields) -> Result<Response, WebError> {
    if cx.site.settings().ready {
        return Ok(cx.redirect("/"));
    }
    let asks_code = !is_here(&cx, &headers);
    let mut form = SetupPage::new(&cx, &fields, asks_code);
    let mut errors = FieldErrors::new();
    let name = errors.text("name", &form.name, 2, LONGEST_NAME, "account-setup-name-empty");
    let locales: Vec<Locale> = match fields.get("languages") {
        "fr" => vec![Locale::Fr],
        "en" => vec![Locale::En],
        "fr-en" => vec![Locale::Fr, Locale::En],
        "en-fr" => vec![Locale::En, Locale::Fr],
        _ => {
            errors.add("languages", "core-choose");
            vec![]
        }
    };
    let email = account::email::check(&mut errors, "email", &form.email);
    let accent = if form.accent.is_empty() { fields.get("colour") } else { form.accent.as_str() };
    let (field, accent) = if form.accent.is_empty() { ("colour", accent) } else { ("accent", accent) };
    let accent = match theme::accent(accent) {
        Ok(theme) => theme.light,
        Err(e) => {
            errors.add_with(field, e.key(), e.args());
            String::new()
        }
    };
    if asks_code {
        check_code(&cx, &form.code, &mut errors).await?;
    }
    if !errors.is_empty() {
        form.page = form.page.errors(&errors);
        return Ok(cx.render_invalid(&form));
    }
    let answers = Answers { name, locales, email, accent, device: agent(&headers) };
    let now = cx.now;
    let made = cx.store().write(move |tx| boxed(async move { set_up(tx, now, &answers).await })).await?;
    cx.site.settings_changed();
    Ok(match made {
        Some((admin, session)) => enter_with(&cx, &admin, &session, "/admin"),
        None => cx.redirect("/"),
    })
}

async fn check_code(cx: &Ctx, code: &str, errors: &mut FieldErrors) -> Result<(), WebError> {
    use subtle::ConstantTimeEq as _;
    cx.limit(parvis_web::Limit::SignInFor("setup code"))?;
    let kept = cx.store().read(|tx| boxed(settings::get(tx, CODE))).await?.unwrap_or_default();
    let code = journal::sha256_hex(code.trim().to_lowercase().as_bytes());
    if !bool::from(kept.as_bytes().ct_eq(code.as_bytes())) {
        errors.add("code", "account-setup-code-wrong");
    }
    Ok(())
}

struct Answers {
    name: String,
    locales: Vec<Locale>,
    email: String,
    accent: String,
    device: String,
}

/// Makes the site and its administrator, once: `None` when somebody did it meanwhile.
async fn set_up(
    tx: &mut Tx<'_>,
    now: Millis,
    answers: &Answers,
) -> Result<Option<(account::Participant, String)>, Error> {
    tx.lock("setup").await?;
    let mut site = settings::load(tx).await?;
    if site.ready {
        return Ok(None);
    }
    site.ready = true;
    site.name = Localized::new(&answers.name, &answers.name);
    site.default_locale = answers.locales.first().copied().unwrap_or_default();
    site.locales.clone_from(&answers.locales);
    site.accent.clone_from(&answers.accent);
    site.contact_email.clone_from(&answers.email);
    settings::save(tx, &site).await?;
    settings::put(tx, CODE, "").await?;
    let admin = account::ensure_admin(tx, now, &answers.email, site.default_locale).await?;
    // They speak for the organisation, and bear its name until they choose another one.
    account::manage::name_staff(tx, now, admin.id, &answers.name).await?;
    let object = "site:1";
    audit::record(tx, now, Some(admin.id), "site-set-up", object, &serde_json::json!({})).await?;
    let admin = account::find(tx, admin.id).await?.ok_or(Error::NotFound)?;
    let session = open_session(tx, now, &admin, &answers.device, None).await?;
    Ok(Some((admin, session)))
}
