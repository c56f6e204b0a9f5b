//! Search over everything public.

use std::collections::{BTreeMap, HashSet};

use askama::Template;
use axum::response::Response;
use parvis_civic::process::Process;
use parvis_civic::{Error, contribution, process, text};
use parvis_store::boxed;
use parvis_store::search::{self, Filter};
use parvis_web::ui::{Choice, Pager};
use parvis_web::{Ctx, Page, WebError};

use super::{place, store};

const PER_PAGE: i64 = 15;
/// Characters of an extract.
const EXTRACT: usize = 240;

/// Some words of an extract: found ones are marked.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    text: String,
    hit: bool,
}

struct Found {
    kind: String,
    within: String,
    title: String,
    lang: String,
    href: String,
    extract: Vec<Piece>,
}

#[derive(Template)]
#[template(path = "public/search.html")]
struct Search {
    page: Page,
    query: String,
    scope: String,
    scopes: Vec<Choice>,
    total: i64,
    results: Vec<Found>,
    pager: Pager,
}

/// `GET /search?q=…&in=…`.
pub(super) async fn page(cx: Ctx) -> Result<Response, WebError> {
    let query: String = cx.query("q").chars().take(200).collect();
    let t = cx.t();
    let scope = match cx.query("in").as_str() {
        "process" => "process",
        "contribution" => "contribution",
        _ => "",
    };
    let scopes = ["", "process", "contribution"]
        .map(|s| Choice::new(s, t.get(&format!("public-search-in-{}", if s.is_empty() { "all" } else { s }))))
        .to_vec();
    let offset = (cx.page_number() - 1) * PER_PAGE;
    let asked = query.clone();
    let found = cx.store().read(move |tx| {
        boxed(async move {
            let kinds: &[&str] = if scope.is_empty() { &[] } else { &[scope] };
            let filter = Filter { kinds, scope: None };
            let hits = search::find(tx, &asked, &filter, PER_PAGE, offset).await?;
            let of = |kind: &str| -> Vec<i64> {
                hits.hits.iter().filter(|h| h.kind == kind).map(|h| h.ref_id).collect()
            };
            let contributions = contribution::find_all(tx, &of("contribution")).await?;
            let activities: Vec<i64> = contributions.iter().map(|c| c.activity_id).collect();
            let places = store::places(tx, &activities).await?;
            let mut processes: BTreeMap<i64, Process> = BTreeMap::new();
            for id in of("process").into_iter().take(5) {
                if let Some(p) = process::find(tx, id).await?.filter(|p| p.status != process::Status::Draft) {
                    processes.insert(id, p);
                }
            }
            Ok::<_, Error>((hits, contributions, places, processes))
        })
    });
    let (hits, contributions, places, processes) = found.await?;
    let wanted = Wanted::new(&query);
    let results = hits
        .hits
        .iter()
        .filter_map(|hit| match hit.kind.as_str() {
            "process" => {
                let p = processes.get(&hit.ref_id)?;
                let words = format!("{} {}", p.summary.get(cx.locale()), p.description.get(cx.locale()));
                Some(Found {
                    kind: t.get("public-kind-process"),
                    within: String::new(),
                    title: p.title.get(cx.locale()).to_owned(),
                    lang: p.title.lang(cx.locale()).code().to_owned(),
                    href: format!("/p/{}", p.slug),
                    extract: wanted.extract(&text::words(&words, text::Format::Markdown)),
                })
            }
            _ => {
                let c = contributions.iter().find(|c| c.id == hit.ref_id)?;
                let item = place::item(&cx, &places, c)?;
                let words = format!("{} {}", c.body, c.explanation);
                Some(Found {
                    kind: item.kind,
                    within: item.within,
                    title: item.title,
                    lang: c.lang.code().to_owned(),
                    href: item.href,
                    extract: wanted.extract(&text::words(&words, c.format)),
                })
            }
        })
        .collect();
    let title = if query.is_empty() {
        t.get("public-search-title")
    } else {
        t.with1("public-search-title-query", "query", query.as_str())
    };
    let page = cx.page(title).nav("search").noindex();
    let pager = Pager::new(&cx, hits.total, PER_PAGE);
    let (scope, total) = (scope.to_owned(), hits.total);
    Ok(cx.render(&Search { page, query, scope, scopes, total, results, pager }))
}

/// The words that were asked for, as the index knows them.
struct Wanted(HashSet<String>);

impl Wanted {
    fn new(query: &str) -> Self {
        Self(search::terms(query).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect())
    }

    fn has(&self, word: &str) -> bool {
        !self.0.is_empty() && search::terms(word).split(' ').any(|form| self.0.contains(form))
    }

    /// The words around the first one that was asked for, with all of those marked.
    fn extract(&self, text: &str) -> Vec<Piece> {
        let words: Vec<&str> = text.split_whitespace().take(4000).collect();
        let first = words.iter().position(|w| self.has(w)).unwrap_or(0);
        let start = first.saturating_sub(12);
        let mut pieces = vec![];
        if start > 0 {
            pieces.push(Piece { text: "… ".into(), hit: false });
        }
        let mut length = 0;
        let mut cut = false;
        for word in &words[start..] {
            length += word.chars().count() + 1;
            if length > EXTRACT {
                cut = true;
                break;
            }
            // The signs around a word are not marked with it.
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            if !bare.is_empty() && self.has(bare) {
                let at = word.find(bare).unwrap_or(0);
                push(&mut pieces, &word[..at], false);
                push(&mut pieces, bare, true);
                push(&mut pieces, &format!("{} ", &word[at + bare.len()..]), false);
            } else {
                push(&mut pieces, &format!("{word} "), false);
            }
        }
        if cut {
            push(&mut pieces, "…", false);
        }
        pieces
    }
}

fn push(pieces: &mut Vec<Piece>, text: &str, hit: bool) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.hit == hit => last.text.push_str(text),
        _ => pieces.push(Piece { text: text.to_owned(), hit }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_words_are_marked_without_their_signs() {
        let pieces = Wanted::new("trottoirs élargis").extract("Des trottoirs, oui : élargir le trottoir.");
        let marked: Vec<_> = pieces.iter().filter(|p| p.hit).map(|p| p.text.as_str()).collect();
        assert!(marked.contains(&"trottoirs") && marked.contains(&"trottoir"), "{pieces:?}");
        let all: String = pieces.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(all, "Des trottoirs, oui : élargir le trottoir. ");
    }
}
