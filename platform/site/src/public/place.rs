//! Contributions in lists: their words and where they lead.

use std::collections::BTreeMap;

use parvis_civic::contribution::Contribution;
use parvis_core::{Locale, Millis};
use parvis_web::{Ctx, Site};

use super::store::Place;

/// A contribution as a list of the public pages shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// What it is, in words.
    pub kind: String,
    /// Its title, or its first words.
    pub title: String,
    /// Its language.
    pub lang: Locale,
    /// The first words of its text.
    pub extract: String,
    /// Where it is.
    pub href: String,
    /// In which process.
    pub within: String,
    /// When it was published.
    pub at: Millis,
}

/// The words for a kind of contribution.
pub(super) fn kind_words(cx: &Ctx, c: &Contribution) -> String {
    let key = match (c.kind.as_str(), c.side) {
        ("argument", Some(-1)) => "public-kind-argument-against".to_owned(),
        ("argument", _) => "public-kind-argument-for".to_owned(),
        (kind, _) => format!("public-kind-{kind}"),
    };
    let t = cx.t();
    if t.catalog.has(&key) { t.get(&key) } else { t.get("public-kind-other") }
}

/// The address of a contribution: its tool knows.
pub(super) fn href(site: &Site, place: &Place, c: &Contribution) -> String {
    match site.tool(&place.component) {
        Some(tool) => tool.locate(&place.process, &place.activity, c),
        None => format!("/p/{}", place.process),
    }
}

/// A contribution as a list shows it; none when the public does not see its activity.
pub(super) fn item(cx: &Ctx, places: &BTreeMap<i64, Place>, c: &Contribution) -> Option<Item> {
    let place = places.get(&c.activity_id).filter(|p| p.is_public)?;
    let title = if c.title.is_empty() { c.extract(90) } else { c.title.clone() };
    let extract = if c.title.is_empty() { String::new() } else { c.extract(180) };
    Some(Item {
        kind: kind_words(cx, c),
        title,
        lang: c.lang,
        extract,
        href: href(&cx.site, place, c),
        within: place.process_title.get(cx.locale()).to_owned(),
        at: c.published_at.unwrap_or(c.created_at),
    })
}
