//! The site's settings: identity, look, languages, legal texts, accessibility declaration, logo.

use std::io::Cursor;

use askama::Template;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::ImageFormat;
use parvis_civic::settings::{self, Audit, Logo, Settings};
use parvis_civic::{Error, process};
use parvis_core::{Access, FieldErrors, Locale};
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Field};
use parvis_web::{Ctx, Fields, Page, Routes, Upload, WebError, picture, theme};
use serde_json::json;

use crate::both;
use crate::processes::admin_page;

pub fn routes() -> Routes {
    Routes::new()
        .get("/admin/settings", Access::Administrator, general)
        .post("/admin/settings", Access::Administrator, save_general)
        .get("/admin/settings/legal", Access::Administrator, legal)
        .post("/admin/settings/legal", Access::Administrator, save_legal)
        .get("/admin/settings/accessibility", Access::Administrator, accessibility)
        .post("/admin/settings/accessibility", Access::Administrator, save_accessibility)
        .get("/admin/settings/logo", Access::Administrator, logo)
        .upload("/admin/settings/logo", Access::Administrator, save_logo)
        .post("/admin/settings/logo/remove", Access::Administrator, remove_logo)
}

/// A form of settings: its fields, in order, one or two side by side.
#[derive(Template)]
#[template(path = "settings.html")]
struct Form {
    page: Page,
    tab: &'static str,
    sub: &'static str,
    action: &'static str,
    fields: Vec<Vec<Field>>,
    is_upload: bool,
    logo: bool,
}

fn form(page: Page, sub: &'static str, action: &'static str, fields: Vec<Vec<Field>>) -> Form {
    Form { page, tab: "settings", sub, action, fields, is_upload: false, logo: false }
}

async fn load(cx: &Ctx) -> Result<Settings, WebError> {
    Ok(cx.store().read(|tx| boxed(settings::load(tx))).await?)
}

/// Changes the settings as they stand in the database and records it.
async fn change(
    cx: &Ctx,
    what: &'static str,
    change: impl FnOnce(&mut Settings) + Send + 'static,
) -> Result<(), WebError> {
    let me = cx.me()?.id;
    let now = cx.now;
    cx.store()
        .write(move |tx| {
            boxed(async move {
                let mut saved = settings::load(tx).await?;
                change(&mut saved);
                settings::save(tx, &saved).await?;
                audit::record(tx, now, Some(me), "settings-saved", what, &json!({})).await?;
                Ok::<_, Error>(())
            })
        })
        .await?;
    cx.site.settings_changed();
    Ok(())
}

fn page(cx: &Ctx, errors: &FieldErrors) -> Page {
    admin_page(cx, cx.t().get("admin-tab-settings")).errors(&both::errors(errors))
}

fn general_form(page: Page, s: &Settings, hours: &str) -> Form {
    let t = page.t.clone();
    let languages = Locale::ALL.map(|l| Choice::new(l.code(), l.name()));
    let offered: Vec<_> = s.locales.iter().map(|l| l.code().to_owned()).collect();
    let licences = ["etalab-2.0", "odbl-1.0"]
        .map(|l| Choice::new(l, t.get(&format!("admin-licence-{}", l.replace('.', "-")))));
    let fields = vec![
        both::lines(&page, "name", "admin-site-name", &s.name).to_vec(),
        both::lines(&page, "tagline", "admin-site-tagline", &s.tagline).to_vec(),
        both::areas(&page, "welcome", "admin-site-welcome", &s.welcome, 5).to_vec(),
        vec![
            page.field("accent", "admin-site-accent").hint("admin-site-accent-hint").value(&s.accent).short(),
        ],
        vec![page.checks("locales", "admin-site-locales").choices(&languages).values(&offered)],
        vec![
            page.radios("default_locale", "admin-site-default")
                .choices(&languages)
                .value(s.default_locale.code()),
        ],
        vec![page.field("zone", "admin-site-zone").hint("admin-site-zone-hint").value(&s.zone)],
        vec![page.radios("licence", "admin-site-licence").choices(&licences).value(&s.licence)],
        vec![
            page.field("edit_window_hours", "admin-site-window")
                .hint("admin-site-window-hint")
                .number()
                .value(hours),
        ],
        vec![page.check("open_registration", "admin-site-registration").checked(s.open_registration)],
    ];
    form(page, "general", "/admin/settings", fields)
}

async fn general(cx: Ctx) -> Result<Response, WebError> {
    let s = load(&cx).await?;
    let hours = s.edit_window_hours.to_string();
    Ok(cx.render(&general_form(page(&cx, &FieldErrors::new()), &s, &hours)))
}

async fn save_general(cx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let mut errors = FieldErrors::new();
    let mut s = load(&cx).await?;
    s.name = both::read(&fields, "name");
    s.tagline = both::read(&fields, "tagline");
    s.welcome = both::read(&fields, "welcome");
    s.accent = fields.get("accent").to_lowercase();
    s.locales = fields.all("locales").filter_map(Locale::parse).collect();
    s.default_locale = Locale::parse(fields.get("default_locale")).unwrap_or_default();
    s.zone = fields.get("zone").to_owned();
    s.licence = fields.get("licence").to_owned();
    s.open_registration = fields.has("open_registration");
    if s.name.is_empty() {
        errors.add("name", "admin-site-name-empty");
    }
    for (field, text, max) in
        [("name", &s.name, 100), ("tagline", &s.tagline, 300), ("welcome", &s.welcome, 10_000)]
    {
        for wording in [&text.fr, &text.en] {
            let count = wording.chars().count();
            if count > max {
                errors.add_with(
                    field,
                    "core-too-long",
                    vec![("max", max.to_string()), ("count", count.to_string())],
                );
            }
        }
    }
    if let Err(e) = theme::accent(&s.accent) {
        errors.add_with("accent", e.key(), e.args());
    }
    if s.locales.is_empty() {
        errors.add("locales", "admin-site-locales-empty");
    } else if !s.locales.contains(&s.default_locale) {
        errors.add("default_locale", "admin-site-default-not-offered");
    }
    if jiff_zone(&s.zone).is_none() {
        errors.add("zone", "admin-site-zone-unknown");
    }
    if !["etalab-2.0", "odbl-1.0"].contains(&s.licence.as_str()) {
        errors.add("licence", "admin-site-licence-empty");
    }
    let hours = fields.get("edit_window_hours");
    match hours.parse::<i64>() {
        Ok(n) if (0..=8760).contains(&n) => s.edit_window_hours = n,
        _ => errors.add("edit_window_hours", "admin-site-window-invalid"),
    }
    if !errors.is_empty() {
        return Ok(cx.render_invalid(&general_form(page(&cx, &errors), &s, hours)));
    }
    change(&cx, "general", move |saved| {
        saved.name = s.name;
        saved.tagline = s.tagline;
        saved.welcome = s.welcome;
        saved.accent = s.accent;
        saved.locales = s.locales;
        saved.default_locale = s.default_locale;
        saved.zone = s.zone;
        saved.licence = s.licence;
        saved.open_registration = s.open_registration;
        saved.edit_window_hours = s.edit_window_hours;
    })
    .await?;
    Ok(cx.redirect_with("/admin/settings", "admin-saved", &[]))
}

fn jiff_zone(name: &str) -> Option<jiff::tz::TimeZone> {
    jiff::tz::TimeZone::get(name).ok()
}

fn legal_form(page: Page, s: &Settings) -> Form {
    let fields = vec![
        both::lines(&page, "publisher", "admin-legal-publisher", &s.publisher).to_vec(),
        both::areas(&page, "host", "admin-legal-host", &s.host, 3).to_vec(),
        both::areas(&page, "contact", "admin-legal-contact", &s.contact, 4).to_vec(),
        vec![page.field("contact_email", "admin-legal-email").email().value(&s.contact_email)],
        both::areas(&page, "legal", "admin-legal-notices", &s.legal, 8).to_vec(),
        both::areas(&page, "privacy", "admin-legal-privacy", &s.privacy, 8).to_vec(),
    ];
    form(page, "legal", "/admin/settings/legal", fields)
}

async fn legal(cx: Ctx) -> Result<Response, WebError> {
    let s = load(&cx).await?;
    Ok(cx.render(&legal_form(page(&cx, &FieldErrors::new()), &s)))
}

async fn save_legal(cx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let mut errors = FieldErrors::new();
    let mut s = load(&cx).await?;
    s.publisher = both::read(&fields, "publisher");
    s.host = both::read(&fields, "host");
    s.contact = both::read(&fields, "contact");
    s.contact_email = fields.get("contact_email").to_owned();
    s.legal = both::read(&fields, "legal");
    s.privacy = both::read(&fields, "privacy");
    if !s.contact_email.is_empty() && !s.contact_email.contains('@') {
        errors.add("contact_email", "admin-invite-email-invalid");
    }
    if !errors.is_empty() {
        return Ok(cx.render_invalid(&legal_form(page(&cx, &errors), &s)));
    }
    change(&cx, "legal", move |saved| {
        saved.publisher = s.publisher;
        saved.host = s.host;
        saved.contact = s.contact;
        saved.contact_email = s.contact_email;
        saved.legal = s.legal;
        saved.privacy = s.privacy;
    })
    .await?;
    Ok(cx.redirect_with("/admin/settings/legal", "admin-saved", &[]))
}

fn accessibility_form(page: Page, a: &Audit, rate: &str) -> Form {
    let fields = vec![
        vec![page.field("auditor", "admin-audit-auditor").hint("admin-audit-auditor-hint").value(&a.auditor)],
        vec![page.date("date", "admin-audit-date").value(&a.date)],
        vec![page.field("rate", "admin-audit-rate").hint("admin-audit-rate-hint").short().value(rate)],
        both::areas(&page, "failures", "admin-audit-failures", &a.failures, 6).to_vec(),
        both::areas(&page, "exemptions", "admin-audit-exemptions", &a.exemptions, 3).to_vec(),
        both::areas(&page, "out_of_scope", "admin-audit-out", &a.out_of_scope, 3).to_vec(),
        vec![page.area("pages", "admin-audit-pages").rows(5).value(&a.pages)],
        vec![page.area("environment", "admin-audit-environment").rows(4).value(&a.environment)],
    ];
    form(page, "accessibility", "/admin/settings/accessibility", fields)
}

/// `73,5` for 7 350 hundredths.
fn rate_text(hundredths: i64) -> String {
    format!("{},{:02}", hundredths / 100, hundredths % 100)
}

/// Reads `73.5`, `73,50` or `73` as hundredths, up to 100.
fn parse_rate(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches('%').trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    if part.len() > 2 || !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    let rate = whole.parse::<i64>().ok()?.checked_mul(100)? + part;
    (0..=10_000).contains(&rate).then_some(rate)
}

async fn accessibility(cx: Ctx) -> Result<Response, WebError> {
    let audit = load(&cx).await?.audit;
    let rate = audit.as_ref().map(|a| rate_text(a.rate_hundredths)).unwrap_or_default();
    let form = accessibility_form(page(&cx, &FieldErrors::new()), &audit.unwrap_or_default(), &rate);
    Ok(cx.render(&form))
}

async fn save_accessibility(cx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let mut errors = FieldErrors::new();
    let audit = Audit {
        auditor: fields.get("auditor").to_owned(),
        date: fields.get("date").to_owned(),
        rate_hundredths: parse_rate(fields.get("rate")).unwrap_or(0),
        failures: both::read(&fields, "failures"),
        exemptions: both::read(&fields, "exemptions"),
        out_of_scope: both::read(&fields, "out_of_scope"),
        pages: fields.get("pages").to_owned(),
        environment: fields.get("environment").to_owned(),
    };
    // An empty form takes the audit away: the declaration says «non conforme» again.
    let is_empty = audit.auditor.is_empty() && audit.date.is_empty() && fields.get("rate").is_empty();
    if !is_empty {
        if audit.auditor.is_empty() {
            errors.add("auditor", "admin-audit-auditor-empty");
        }
        let at = cx.t().parse_input(&audit.date);
        if at.is_none_or(|at| at > cx.now + process::DAY) {
            errors.add("date", "admin-audit-date-invalid");
        }
        if parse_rate(fields.get("rate")).is_none() {
            errors.add("rate", "admin-audit-rate-invalid");
        }
    }
    if !errors.is_empty() {
        let form = accessibility_form(page(&cx, &errors), &audit, fields.get("rate"));
        return Ok(cx.render_invalid(&form));
    }
    change(&cx, "accessibility", move |saved| saved.audit = (!is_empty).then_some(audit)).await?;
    Ok(cx.redirect_with("/admin/settings/accessibility", "admin-saved", &[]))
}

fn logo_form(page: Page, s: &Settings) -> Form {
    let alt = s.logo.as_ref().map(|l| l.alt.clone()).unwrap_or_default();
    let fields = vec![
        vec![
            page.file("logo", "admin-logo-file")
                .accept("image/png,image/jpeg,image/webp")
                .hint("admin-logo-hint"),
        ],
        both::lines(&page, "alt", "admin-logo-alt", &alt).to_vec(),
    ];
    let logo = s.logo.is_some();
    Form { is_upload: true, logo, ..form(page, "logo", "/admin/settings/logo", fields) }
}

async fn logo(cx: Ctx) -> Result<Response, WebError> {
    let s = load(&cx).await?;
    Ok(cx.render(&logo_form(page(&cx, &FieldErrors::new()), &s)))
}

/// The largest picture taken, in pixels of each side, and the size it is brought to.
const MOST_PIXELS: u32 = 4000;
const HEIGHT: u32 = 160;

/// Decodes a picture and writes it again: what is kept is pixels only, without place, date or code.
fn reencode(bytes: &[u8]) -> Option<Vec<u8>> {
    let picture = picture::decode(bytes, MOST_PIXELS, 64 * 1024 * 1024)?;
    let picture = if picture.height() > HEIGHT {
        picture.resize(HEIGHT * 4, HEIGHT, image::imageops::FilterType::Lanczos3)
    } else {
        picture
    };
    let mut out = Cursor::new(vec![]);
    picture.write_to(&mut out, ImageFormat::Png).ok()?;
    Some(out.into_inner())
}

async fn save_logo(cx: Ctx, upload: Upload) -> Result<Response, WebError> {
    let mut errors = FieldErrors::new();
    let mut s = load(&cx).await?;
    let alt = both::read(&upload.fields, "alt");
    let given = upload.file("logo").map(|f| f.bytes.clone());
    let data = match given {
        Some(bytes) => {
            let made =
                tokio::task::spawn_blocking(move || reencode(&bytes)).await.map_err(WebError::internal)?;
            if made.is_none() {
                errors.add("logo", "admin-logo-unreadable");
            }
            made.map(|png| STANDARD.encode(png))
        }
        None => {
            let kept = s.logo.as_ref().map(|l| l.data.clone());
            if kept.is_none() {
                errors.add("logo", "admin-logo-empty");
            }
            kept
        }
    };
    let (Some(data), true) = (data, errors.is_empty()) else {
        if let Some(logo) = &mut s.logo {
            logo.alt = alt;
        }
        return Ok(cx.render_invalid(&logo_form(page(&cx, &errors), &s)));
    };
    let logo = Logo { media_type: "image/png".into(), data, alt };
    change(&cx, "logo", move |saved| saved.logo = Some(logo)).await?;
    Ok(cx.redirect_with("/admin/settings/logo", "admin-saved", &[]))
}

async fn remove_logo(cx: Ctx) -> Result<Response, WebError> {
    change(&cx, "logo", |saved| saved.logo = None).await?;
    Ok(cx.redirect_with("/admin/settings/logo", "admin-removed", &[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_without_floats() {
        assert_eq!(parse_rate("73,5 %"), Some(7350));
        assert_eq!(parse_rate("100"), Some(10_000));
        assert_eq!(parse_rate("73.256"), None);
        assert_eq!(parse_rate("101"), None);
        assert_eq!(parse_rate("x"), None);
        assert_eq!(parse_rate(&rate_text(7305)), Some(7305));
    }

    #[test]
    fn a_logo_is_made_of_pixels_only() {
        let mut png = Cursor::new(vec![]);
        image::DynamicImage::new_rgb8(600, 300).write_to(&mut png, ImageFormat::Png).unwrap();
        let made = reencode(&png.into_inner()).unwrap();
        let made = image::load_from_memory(&made).unwrap();
        assert_eq!((made.width(), made.height()), (320, 160));
        assert!(reencode(b"<svg onload=alert(1)>").is_none());
        assert!(reencode(b"").is_none());
    }
}
