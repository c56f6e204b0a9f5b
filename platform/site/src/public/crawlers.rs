//! What search engines read: `/robots.txt` and `/sitemap.xml`, each page with its languages.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use parvis_civic::Error;
use parvis_civic::contribution;
use parvis_core::{Access, Millis};
use parvis_store::boxed;
use parvis_web::{Ctx, Routes, WebError};

use super::legal::PAGES;
use super::{journal, methods, place, store};

/// How many contributions the map names: the last changed ones.
const CONTRIBUTIONS: i64 = 2000;

pub(super) fn routes() -> Routes {
    Routes::new().get_cached("/robots.txt", Access::Anyone, robots).get_cached(
        "/sitemap.xml",
        Access::Anyone,
        map,
    )
}

async fn robots(cx: Ctx) -> Response {
    let text = format!(
        "User-agent: *\nDisallow: /admin\nDisallow: /account\nDisallow: /sign-in\nDisallow: /receipt/\n\
         Disallow: /people/\nDisallow: /search\n\nSitemap: {}\n",
        cx.site.url("/sitemap.xml")
    );
    journal::plain(text)
}

async fn map(cx: Ctx) -> Result<Response, WebError> {
    let found = cx.store().read(|tx| {
        boxed(async move {
            let map = store::map(tx).await?;
            let addresses = store::addresses(tx, CONTRIBUTIONS).await?;
            let ids: Vec<i64> = addresses.iter().map(|a| a.id).collect();
            let contributions = contribution::find_all(tx, &ids).await?;
            let mut activities: Vec<i64> = addresses.iter().map(|a| a.activity_id).collect();
            activities.sort_unstable();
            activities.dedup();
            Ok::<_, Error>((map, contributions, store::places(tx, &activities).await?))
        })
    });
    let (map, contributions, places) = found.await?;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for path in ["/", "/processes", "/journal", "/verify", "/open-data"] {
        add(&cx, &mut xml, path, None);
    }
    for page in PAGES {
        add(&cx, &mut xml, page, None);
    }
    for page in methods::addresses() {
        add(&cx, &mut xml, &page, None);
    }
    for (process, activity, at) in map {
        match activity {
            None => add(&cx, &mut xml, &format!("/p/{process}"), Some(at)),
            Some(activity) => add(&cx, &mut xml, &format!("/p/{process}/{activity}"), Some(at)),
        }
    }
    for c in &contributions {
        let Some(place) = places.get(&c.activity_id) else { continue };
        let href = place::href(&cx.site, place, c);
        // What stands on another's page has no address of its own.
        if !href.contains('#') {
            add(&cx, &mut xml, &href, Some(c.updated_at));
        }
    }
    xml.push_str("</urlset>\n");
    let mime = HeaderValue::from_static("application/xml; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, mime)], xml).into_response())
}

fn add(cx: &Ctx, xml: &mut String, path: &str, changed: Option<Millis>) {
    let url = cx.site.url(path);
    let mut escaped = String::new();
    parvis_civic::text::escape(&url, &mut escaped);
    xml.push_str("<url><loc>");
    xml.push_str(&escaped);
    xml.push_str("</loc>");
    if let Some(at) = changed {
        let day: String = cx.t().iso(at).chars().take(10).collect();
        xml.push_str(&format!("<lastmod>{day}</lastmod>"));
    }
    for locale in &cx.site.settings().locales {
        xml.push_str(&format!(
            "<xhtml:link rel=\"alternate\" hreflang=\"{locale}\" href=\"{escaped}?lang={locale}\"/>"
        ));
    }
    xml.push_str(&format!(
        "<xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"{escaped}\"/></url>\n"
    ));
}
