//! The public journal: its acts in words, each leaf with its proof, the signed head, the key, the tiles.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use parvis_civic::Error;
use parvis_civic::contribution::{self, Contribution, Status};
use parvis_civic::journal::{self, Entry};
use parvis_core::{Access, Localized, Millis};
use parvis_store::{Tx, boxed};
use parvis_transparency::encode;
use parvis_transparency::tile::{self, Kind, Tile};
use parvis_web::ui::Pager;
use parvis_web::{Ctx, Page, Routes, WebError};

use super::ledger::Ledger;
use super::store::{self, Place};

const PER_PAGE: i64 = 50;

pub(super) fn routes(ledger: &Arc<Ledger>) -> Routes {
    let share = || Arc::clone(ledger);
    let (a, b, c, d, e) = (share(), share(), share(), share(), share());
    Routes::new()
        .get_cached("/journal", Access::Anyone, move |cx: Ctx| list(cx, Arc::clone(&a)))
        .get_cached("/journal/{index}", Access::Anyone, move |cx: Ctx, index: Path<String>| {
            leaf(cx, Arc::clone(&b), index)
        })
        .get_cached("/journal/key", Access::Anyone, move |cx: Ctx| key(cx, Arc::clone(&c)))
        .get_cached("/checkpoint", Access::Anyone, move |cx: Ctx| checkpoint(cx, Arc::clone(&d)))
        .get("/tile/{*path}", Access::Anyone, move |cx: Ctx, path: Path<String>| {
            tile_at(cx, Arc::clone(&e), path)
        })
}

/// A plain text that is public.
pub(super) fn plain(text: String) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))], text).into_response()
}

/// Votes bear their day only, so that the journal does not tell when somebody voted.
pub(super) fn is_day_only(kind: &str) -> bool {
    kind.starts_with("reaction")
}

/// The words for a kind of act.
pub(super) fn act_words(cx: &Ctx, kind: &str) -> String {
    let (t, key) = (cx.t(), format!("public-act-{kind}"));
    if t.catalog.has(&key) { t.get(&key) } else { t.get("public-act-other") }
}

/// The names and addresses of what acts are about.
#[derive(Debug, Default)]
pub(super) struct About {
    contributions: BTreeMap<i64, Contribution>,
    activities: BTreeMap<i64, Place>,
    processes: BTreeMap<i64, (String, Localized)>,
}

impl About {
    /// Looks up what some acts are about.
    pub(super) async fn load(tx: &mut Tx<'_>, entries: &[Entry]) -> Result<Self, Error> {
        let of = |kind: &str| -> Vec<i64> {
            entries.iter().filter(|e| e.object.0 == kind).map(|e| e.object.1).collect()
        };
        let contributions = contribution::find_all(tx, &of("contribution")).await?;
        // What is not shown is named by its number: the journal keeps its place, not its words.
        let shown = contributions.into_iter().filter(|c| c.status == Status::Published);
        Ok(Self {
            contributions: shown.map(|c| (c.id, c)).collect(),
            activities: store::places(tx, &of("activity")).await?,
            processes: store::processes(tx, &of("process")).await?,
        })
    }

    /// What an act is about.
    pub(super) fn of(&self, cx: &Ctx, entry: &Entry) -> Subject {
        let (t, id) = (cx.t(), entry.object.1);
        let plain = |words: String, href: String| Subject { words, href, lang: String::new() };
        match entry.object.0.as_str() {
            "contribution" => match self.contributions.get(&id) {
                Some(c) => Subject {
                    words: if c.title.is_empty() { c.extract(70) } else { c.title.clone() },
                    href: format!("/c/{id}"),
                    lang: c.lang.code().to_owned(),
                },
                None => plain(t.with1("public-about-contribution", "number", id), format!("/c/{id}")),
            },
            "activity" => match self.activities.get(&id).filter(|p| p.is_public) {
                Some(p) => {
                    plain(p.title.get(cx.locale()).to_owned(), format!("/p/{}/{}", p.process, p.activity))
                }
                None => plain(t.get("public-about-activity"), String::new()),
            },
            "process" => match self.processes.get(&id) {
                Some((slug, title)) => plain(title.get(cx.locale()).to_owned(), format!("/p/{slug}")),
                None => plain(t.get("public-about-process"), String::new()),
            },
            _ => plain(t.get("public-about-site"), String::new()),
        }
    }
}

/// What an act is about: its words, its address (empty without a page) and its language (empty: the page's).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subject {
    pub words: String,
    pub href: String,
    pub lang: String,
}

struct Act {
    index: i64,
    at: Millis,
    day_only: bool,
    what: String,
    about: String,
    href: String,
    lang: String,
}

#[derive(Template)]
#[template(path = "public/journal.html")]
struct List {
    page: Page,
    size: i64,
    root: String,
    acts: Vec<Act>,
    pager: Pager,
}

async fn list(cx: Ctx, ledger: Arc<Ledger>) -> Result<Response, WebError> {
    let head = ledger.head(&cx).await?;
    let size = i64::try_from(head.size).map_err(WebError::internal)?;
    let pager = Pager::new(&cx, size, PER_PAGE);
    let before = size - (pager.current - 1) * PER_PAGE;
    let found = cx.store().read(move |tx| {
        boxed(async move {
            let entries = journal::recent(tx, Some(before), PER_PAGE).await?;
            let about = About::load(tx, &entries).await?;
            Ok::<_, Error>((entries, about))
        })
    });
    let (entries, about) = found.await?;
    let acts = entries
        .iter()
        .filter_map(|e| {
            let Subject { words, href, lang } = about.of(&cx, e);
            let (day_only, what) = (is_day_only(&e.kind), act_words(&cx, &e.kind));
            Some(Act { index: e.index?, at: e.at, day_only, what, about: words, href, lang })
        })
        .collect();
    let t = cx.t();
    let page = cx.page(t.get("public-journal-title")).describe(t.get("public-journal-lede")).nav("journal");
    Ok(cx.render(&List { page, size, root: head.root, acts, pager }))
}

#[derive(Template)]
#[template(path = "public/leaf.html")]
struct Leaf {
    page: Page,
    index: i64,
    size: i64,
    what: String,
    at: Millis,
    day_only: bool,
    about: String,
    href: String,
    lang: String,
    leaf: String,
    hash: String,
    proof: Vec<String>,
    checkpoint: String,
}

async fn leaf(cx: Ctx, ledger: Arc<Ledger>, Path(index): Path<String>) -> Result<Response, WebError> {
    let index: i64 = index.parse().ok().filter(|i| *i >= 0).ok_or(WebError::NotFound)?;
    let found = cx.store().read(move |tx| {
        boxed(async move {
            let entry = journal::by_index(tx, index).await?.ok_or(Error::NotFound)?;
            let about = About::load(tx, std::slice::from_ref(&entry)).await?;
            Ok::<_, Error>((entry, about))
        })
    });
    let (entry, about) = found.await?;
    let receipt = ledger.receipt(&cx, &entry, None).await?;
    let Subject { words, href, lang } = about.of(&cx, &entry);
    let t = cx.t();
    let page = cx
        .page(t.with1("public-leaf-title", "number", index))
        .nav("journal")
        .crumb(t.get("public-journal-title"), "/journal")
        .noindex();
    Ok(cx.render(&Leaf {
        page,
        index,
        size: i64::try_from(receipt.size).map_err(WebError::internal)?,
        what: act_words(&cx, &entry.kind),
        at: entry.at,
        day_only: is_day_only(&entry.kind),
        about: words,
        href,
        lang,
        leaf: entry.leaf,
        hash: entry.hash,
        proof: receipt.proof.iter().map(|h| encode::to_hex(h)).collect(),
        checkpoint: receipt.checkpoint,
    }))
}

async fn key(cx: Ctx, ledger: Arc<Ledger>) -> Result<Response, WebError> {
    Ok(plain(format!("{}\n", ledger.key(&cx).await?)))
}

async fn checkpoint(cx: Ctx, ledger: Arc<Ledger>) -> Result<Response, WebError> {
    Ok(plain(ledger.head(&cx).await?.note))
}

/// A tile (C2SP tlog-tiles). What a tile of this width holds never changes: it can be kept for ever.
async fn tile_at(cx: Ctx, ledger: Arc<Ledger>, Path(path): Path<String>) -> Result<Response, WebError> {
    let tile = Tile::parse(&format!("tile/{path}")).map_err(|_| WebError::NotFound)?;
    let size = ledger.size(&cx).await?;
    let bytes = match tile.kind {
        Kind::Hashes(_) => ledger.with(|tree| tile.hashes(tree)).map_err(|_| WebError::NotFound)?,
        Kind::Entries => {
            let start = tile.start().ok_or(WebError::NotFound)?;
            if start + u64::from(tile.width) > size {
                return Err(WebError::NotFound);
            }
            let (from, width) = (i64::try_from(start).map_err(WebError::internal)?, i64::from(tile.width));
            let entries =
                cx.store().read(move |tx| boxed(async move { journal::from(tx, from, width).await }));
            let leaves: Vec<String> = entries.await?.into_iter().map(|e| e.leaf).collect();
            tile::encode_entries(&leaves).map_err(WebError::internal)?
        }
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    Ok((headers, bytes).into_response())
}
