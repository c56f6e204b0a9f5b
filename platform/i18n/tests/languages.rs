//! What each language writes.
use std::sync::Arc;

use jiff::tz::TimeZone;
use parvis_core::Locale;
use parvis_i18n::{Catalog, Source, T};

const SHOP: Source = Source {
    name: "shop",
    fr: "votes = { $count ->\n    [0] Aucun vote\n    [one] Un vote\n   *[other] { $count } votes\n }\nhello = Bonjour { $name }\n",
    en: "votes = { $count ->\n    [0] No vote\n    [one] One vote\n   *[other] { $count } votes\n }\nhello = Hello { $name }\n",
};

fn both() -> (T, T) {
    let catalog = Arc::new(Catalog::build(&[SHOP]).expect("a catalog"));
    let zone = TimeZone::get("Europe/Paris").expect("a zone");
    (catalog.t(Locale::Fr, zone.clone()), catalog.t(Locale::En, zone))
}

#[test]
fn numbers_and_plurals() {
    let (fr, en) = both();
    assert_eq!(fr.number(88_622), "88\u{202f}622");
    assert_eq!(en.number(88_622), "88,622");
    assert_eq!(fr.n("votes", 0), "Aucun vote");
    assert_eq!(fr.n("votes", 1), "Un vote");
    assert_eq!(fr.n("votes", 88_622), "88\u{202f}622 votes");
    assert_eq!(en.n("votes", 88_622usize), "88,622 votes");
    assert_eq!(fr.percent(1320, 3334), "39,6\u{202f}%");
    assert_eq!(en.percent(1320, 3334), "39.6%");
    assert_eq!(en.percent(1, 2), "50%");
    assert_eq!(en.percent(1, 0), "0%");
    assert_eq!(en.with1("hello", "name", "<b>"), "Hello <b>");
}

#[test]
fn dates() {
    let (fr, en) = both();
    let at = 1_795_455_000_000; // 2026-11-23T17:30:00Z
    assert_eq!(fr.date(at), "23 novembre 2026");
    assert_eq!(en.date(at), "23 November 2026");
    assert_eq!(fr.datetime(at), "lundi 23 novembre 2026 à 18\u{a0}h\u{a0}30");
    assert_eq!(en.datetime(at), "Monday 23 November 2026 at 6:30\u{a0}pm");
    assert_eq!(fr.short_date(at), "23 nov. 2026");
    assert_eq!(en.short_date(at), "23 Nov 2026");
    assert_eq!(en.iso(at), "2026-11-23T18:30:00+01:00");
    assert_eq!(en.datetime_input(at), "2026-11-23T18:30");
    assert_eq!(en.parse_input("2026-11-23T18:30"), Some(at));
    assert_eq!(en.parse_input("2026-02-30"), None);
    let first = fr.parse_input("2026-03-01").unwrap();
    assert_eq!(fr.datetime(first), "dimanche 1er mars 2026 à 0\u{a0}h");
}

#[test]
fn a_key_that_does_not_exist_is_shown_and_remembered() {
    let (fr, _) = both();
    assert_eq!(fr.get("nothing-here"), "[nothing-here]");
    assert_eq!(fr.catalog.missing(), ["nothing-here"]);
}

#[test]
fn both_languages_hold_the_same_keys_and_variables() {
    let one_sided = Source { name: "one", fr: "a = A\nb = { $x }\n", en: "a = A\nb = { $y }\n" };
    assert!(Catalog::build(&[one_sided]).is_err());
    let missing = Source { name: "one", fr: "a = A\nb = B\n", en: "a = A\n" };
    assert_eq!(Catalog::build(&[missing]).unwrap_err().to_string(), "one: b: only in fr");
}

#[test]
fn lists() {
    let (fr, en) = both();
    let names = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
    assert_eq!(fr.list(&names), "a, b et c");
    assert_eq!(en.list(&names), "a, b and c");
}
