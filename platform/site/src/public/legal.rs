//! Pages that every public site owes: accessibility, site map, legal notices, personal data, contact, help.

use askama::Template;
use axum::response::Response;
use parvis_civic::process::{self, Process};
use parvis_civic::settings::Audit;
use parvis_core::Access;
use parvis_store::boxed;
use parvis_web::{Ctx, Page, Routes, WebError};

/// The addresses of these pages.
pub(super) const PAGES: [&str; 6] =
    ["/help", "/contact", "/accessibility", "/site-map", "/legal", "/privacy"];

pub(super) fn routes() -> Routes {
    Routes::new()
        .get_cached("/accessibility", Access::Anyone, accessibility)
        .get_cached("/site-map", Access::Anyone, site_map)
        .get_cached("/legal", Access::Anyone, legal)
        .get_cached("/privacy", Access::Anyone, privacy)
        .get_cached("/contact", Access::Anyone, contact)
        .get_cached("/help", Access::Anyone, help)
        // The names that French public sites give to the same pages.
        .get("/accessibilite", Access::Anyone, |cx: Ctx| async move { cx.redirect("/accessibility") })
        .get("/plan-du-site", Access::Anyone, |cx: Ctx| async move { cx.redirect("/site-map") })
        .get("/mentions-legales", Access::Anyone, |cx: Ctx| async move { cx.redirect("/legal") })
        .get("/donnees-personnelles", Access::Anyone, |cx: Ctx| async move { cx.redirect("/privacy") })
        .get("/aide", Access::Anyone, |cx: Ctx| async move { cx.redirect("/help") })
}

#[derive(Template)]
#[template(path = "public/accessibility.html")]
struct Accessibility {
    page: Page,
    url: String,
    audit: Option<Audit>,
    state: String,
    rate: String,
}

impl Accessibility {
    fn lines<'a>(&self, text: &'a str) -> Vec<&'a str> {
        text.lines().map(str::trim).filter(|l| !l.is_empty()).collect()
    }
}

async fn accessibility(cx: Ctx) -> Result<Response, WebError> {
    let t = cx.t();
    let audit = cx.site.settings().audit.clone();
    let rate = audit.as_ref().map_or(0, |a| a.rate_hundredths);
    // The three words of the RGAA: all criteria met, at least half, or less (or no audit).
    let state = t.get(match rate {
        10_000.. => "public-rgaa-total",
        5_000.. => "public-rgaa-partial",
        _ => "public-rgaa-none",
    });
    let page = cx.page(t.get("public-rgaa-title")).describe(t.get("public-rgaa-description"));
    let rate = t.percent(rate, 10_000);
    let url = cx.site.url("/");
    Ok(cx.render(&Accessibility { page, url, audit, state, rate }))
}

#[derive(Template)]
#[template(path = "public/site_map.html")]
struct SiteMap {
    page: Page,
    processes: Vec<Process>,
    more: bool,
}

async fn site_map(cx: Ctx) -> Result<Response, WebError> {
    const SHOWN: usize = 200;
    let found = cx.store().read(|tx| boxed(async move { process::list(tx, false, 201, 0).await }));
    let mut processes = found.await?;
    let more = processes.len() > SHOWN;
    processes.truncate(SHOWN);
    let page = cx.page(cx.t().get("public-map-title"));
    Ok(cx.render(&SiteMap { page, processes, more }))
}

#[derive(Template)]
#[template(path = "public/legal.html")]
struct Legal {
    page: Page,
}

async fn legal(cx: Ctx) -> Result<Response, WebError> {
    Ok(cx.render(&Legal { page: cx.page(cx.t().get("public-legal-title")) }))
}

#[derive(Template)]
#[template(path = "public/privacy.html")]
struct Privacy {
    page: Page,
    kept: [(&'static str, &'static str); 7],
}

async fn privacy(cx: Ctx) -> Result<Response, WebError> {
    let kept = [
        ("public-kept-account", "public-kept-account-time"),
        ("public-kept-text", "public-kept-text-time"),
        ("public-kept-vote", "public-kept-vote-time"),
        ("public-kept-session", "public-kept-session-time"),
        ("public-kept-link", "public-kept-link-time"),
        ("public-kept-mail", "public-kept-mail-time"),
        ("public-kept-journal", "public-kept-journal-time"),
    ];
    Ok(cx.render(&Privacy { page: cx.page(cx.t().get("public-privacy-title")), kept }))
}

#[derive(Template)]
#[template(path = "public/contact.html")]
struct Contact {
    page: Page,
}

async fn contact(cx: Ctx) -> Result<Response, WebError> {
    Ok(cx.render(&Contact { page: cx.page(cx.t().get("public-contact-title")) }))
}

#[derive(Template)]
#[template(path = "public/help.html")]
struct Help {
    page: Page,
    sections: [(&'static str, &'static [&'static str]); 7],
}

async fn help(cx: Ctx) -> Result<Response, WebError> {
    let sections: [(&str, &[&str]); 7] = [
        ("public-help-read", &["public-help-read-1", "public-help-read-2"]),
        ("public-help-account", &["public-help-account-1", "public-help-account-2", "public-help-account-3"]),
        (
            "public-help-act",
            &["public-help-act-1", "public-help-act-2", "public-help-act-3", "public-help-act-4"],
        ),
        ("public-help-receipt", &["public-help-receipt-1", "public-help-receipt-2"]),
        ("public-help-rules", &["public-help-rules-1", "public-help-rules-2", "public-help-rules-3"]),
        ("public-help-comfort", &["public-help-comfort-1", "public-help-comfort-2", "public-help-comfort-3"]),
        ("public-help-paper", &["public-help-paper-1", "public-help-paper-2"]),
    ];
    let page = cx.page(cx.t().get("public-help-title")).describe(cx.t().get("public-help-lede"));
    Ok(cx.render(&Help { page, sections }))
}
