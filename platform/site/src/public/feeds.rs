//! Atom feeds: of the site, and of each process.

use atom_syndication::{Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use parvis_civic::contribution::Contribution;
use parvis_civic::process::{self, Process, Status};
use parvis_civic::{Error, contribution};
use parvis_core::{Access, Millis};
use parvis_store::boxed;
use parvis_web::{Ctx, Routes, WebError};

use super::place;
use super::store::{self, News};

/// How much news a feed holds.
const ENTRIES: i64 = 40;

pub(super) fn routes() -> Routes {
    Routes::new().get_cached("/feed.atom", Access::Anyone, site).get_cached(
        "/p/{process}/feed.atom",
        Access::Anyone,
        of_process,
    )
}

async fn site(cx: Ctx) -> Result<Response, WebError> {
    feed(cx, None).await
}

async fn of_process(cx: Ctx, Path(slug): Path<String>) -> Result<Response, WebError> {
    feed(cx, Some(slug)).await
}

/// An identifier that stays whatever becomes of the address (RFC 4151): the host and the day it was published.
fn tag(cx: &Ctx, at: Millis, what: &str) -> String {
    let origin = parvis_civic::journal::origin(&cx.site.config.public_url);
    let host = origin.trim_end_matches("/journal").split([':', '/']).next().unwrap_or("localhost").to_owned();
    let day = cx.t().iso(at).chars().take(10).collect::<String>();
    format!("tag:{host},{day}:{what}")
}

fn stamp(at: Millis) -> FixedDateTime {
    // The feed's own type wants RFC 3339; a moment that cannot be written is the epoch.
    let text = jiff::Timestamp::from_millisecond(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string();
    text.parse().unwrap_or_default()
}

fn link(rel: &str, href: String, mime: &str) -> Link {
    Link { rel: rel.into(), href, mime_type: Some(mime.into()), ..Link::default() }
}

async fn feed(cx: Ctx, slug: Option<String>) -> Result<Response, WebError> {
    let found = cx.store().read(move |tx| {
        boxed(async move {
            let process = match &slug {
                None => None,
                Some(slug) => {
                    let process = process::by_slug(tx, slug).await?.filter(|p| p.status != Status::Draft);
                    Some(process.ok_or(Error::NotFound)?)
                }
            };
            let id = process.as_ref().map(|p| p.id);
            let news = store::news(tx, id, id.is_some(), ENTRIES).await?;
            let of = |kinds: &[&str]| -> Vec<i64> {
                news.iter().filter(|n| kinds.contains(&n.kind.as_str())).map(|n| n.id).collect()
            };
            let contributions = contribution::find_all(tx, &of(&["contribution", "answer"])).await?;
            let mut activities: Vec<i64> = contributions.iter().map(|c| c.activity_id).collect();
            activities.extend(of(&["results"]));
            let places = store::places(tx, &activities).await?;
            let processes = store::processes(tx, &of(&["process"])).await?;
            let authors = contributions.iter().filter_map(|c| c.author_id);
            let names = contribution::pseudonyms(tx, authors).await?;
            Ok::<_, Error>((process, news, contributions, places, processes, names))
        })
    });
    let (process, news, contributions, places, processes, names) = found.await?;
    let settings = cx.site.settings();
    let t = cx.t();
    let site_name = settings.name.get(cx.locale()).to_owned();
    let entry = |n: &News| -> Option<Entry> {
        let (title, path, words, author) = match n.kind.as_str() {
            "process" => {
                let (slug, title) = processes.get(&n.id)?;
                (title.get(cx.locale()).to_owned(), format!("/p/{slug}"), String::new(), None)
            }
            "results" => {
                let p = places.get(&n.id)?;
                let path = format!("/p/{}/{}/results", p.process, p.activity);
                (p.title.get(cx.locale()).to_owned(), path, String::new(), None)
            }
            _ => {
                let c: &Contribution = contributions.iter().find(|c| c.id == n.id)?;
                let item = place::item(&cx, &places, c)?;
                let author = c.author_id.and_then(|id| names.get(&id)).cloned();
                (item.title, item.href, c.extract(400), author)
            }
        };
        let kind = match n.kind.as_str() {
            "contribution" => {
                contributions.iter().find(|c| c.id == n.id).map(|c| place::kind_words(&cx, c))?
            }
            kind => t.get(&format!("public-news-{kind}")),
        };
        let name = match n.kind.as_str() {
            "contribution" => author.unwrap_or_else(|| site_name.clone()),
            _ => site_name.clone(),
        };
        let content = (!words.is_empty()).then(|| Content {
            value: Some(words),
            content_type: Some("text".into()),
            ..Content::default()
        });
        let made = Entry {
            title: Text::plain(t.with2("public-feed-entry", "kind", kind, "title", title)),
            id: tag(&cx, n.at, &format!("{}/{}", n.kind, n.id)),
            updated: stamp(n.at),
            published: Some(stamp(n.at)),
            links: vec![link("alternate", cx.site.url(&path), "text/html")],
            authors: vec![Person { name, ..Person::default() }],
            content,
            ..Entry::default()
        };
        Some(made)
    };
    let entries: Vec<Entry> = news.iter().filter_map(entry).collect();
    let (title, subtitle, path, own, since) = head(&cx, process.as_ref());
    let feed = Feed {
        title: Text::plain(title),
        subtitle: Some(Text::plain(subtitle)),
        id: tag(&cx, since, &format!("feed{path}")),
        updated: stamp(news.first().map_or(since, |n| n.at)),
        links: vec![
            link("self", cx.site.url(&own), "application/atom+xml"),
            link("alternate", cx.site.url(&path), "text/html"),
        ],
        authors: vec![Person { name: site_name, ..Person::default() }],
        generator: Some(Generator { value: "Parvis".into(), ..Generator::default() }),
        lang: Some(cx.locale().code().into()),
        entries,
        ..Feed::default()
    };
    let mime = HeaderValue::from_static("application/atom+xml; charset=utf-8");
    let text = format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{}", body(&feed));
    Ok(([(header::CONTENT_TYPE, mime)], text).into_response())
}

fn body(feed: &Feed) -> String {
    let text = feed.to_string();
    // The library may write the XML declaration itself.
    match text.strip_prefix("<?xml version=\"1.0\"?>") {
        Some(rest) => rest.trim_start().to_owned(),
        None => text,
    }
}

/// The title, the subtitle, the page and the address of a feed, and since when it exists.
fn head(cx: &Ctx, process: Option<&Process>) -> (String, String, String, String, Millis) {
    let locale = cx.locale();
    let settings = cx.site.settings();
    match process {
        Some(p) => {
            let path = format!("/p/{}", p.slug);
            let own = format!("{path}/feed.atom");
            let since = p.published_at.unwrap_or(p.created_at);
            (p.title.get(locale).to_owned(), p.summary.get(locale).to_owned(), path, own, since)
        }
        None => {
            let (name, tagline) = (settings.name.get(locale), settings.tagline.get(locale));
            // The day of the site's own feed never changes: the first one that could be.
            (name.to_owned(), tagline.to_owned(), "/".into(), "/feed.atom".into(), 1_767_225_600_000)
        }
    }
}
