//! The results of a consultation: pure counting, the same for the page, the stored results, the bundle and its
//! verification. Whole numbers only.
//!
//! **What counts.** A contribution counts when it is published and so is what it is about (the text of an
//! argument, and the article of the amendment that the argument is about). Drafts, and what was withdrawn,
//! hidden or merged, count nowhere.
//!
//! **What each figure is**, from the tables of the bundle:
//! - `texts`: one line for each counted article, proposal and amendment, by identifier. `cast`: the rows of
//!   `reactions` about it, by value (1 for, 0 mixed, -1 against). `imported`: its imported totals, never added
//!   to the others. `arguments`, `sources`, `amendments`: the counted contributions of that kind about it.
//!   `answer`: the status of its published answer.
//! - `arguments`: for each text and side, the [`PER_SIDE`] most supported counted arguments with at least
//!   [`MINIMUM`] supports, cast and imported together; of equal ones the one with the smaller identifier.
//! - `days`: by UTC day, the rows of `reactions` last changed that day about what counts, and the counted
//!   contributions published that day. Imported totals have no day and are in none.
//! - `answers`: how many counted articles and proposals have a published answer, by status, and how many have
//!   none.
//! - `participants`: `authors`, different people who wrote what counts (the organisation apart). Voters are not
//!   counted as people: the bundle says of no vote whose it is, so nobody could check such a figure.
//! - `counts`: the sums of the above.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use parvis_civic::answer::STATUSES;
use parvis_civic::contribution::Totals;
use serde_json::{Value, json};

use crate::model::{AMENDMENT, ARGUMENT, ARTICLE, DEBATED, LISTED, PROPOSAL, SOURCE};

/// The name of the method, in the stored results.
pub const METHOD: &str = "consultation-totals";
/// How many arguments of each side of a text are named.
pub const PER_SIDE: usize = 3;
/// The least supports of an argument that is named.
pub const MINIMUM: i64 = 1;

/// A contribution that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Identifier.
    pub id: i64,
    /// The component's word.
    pub kind: String,
    /// What it is about.
    pub parent: Option<i64>,
    /// 1 for, -1 against (arguments).
    pub side: Option<i64>,
    /// Its title; empty for arguments and sources.
    pub title: String,
    /// Reactions cast here.
    pub cast: Totals,
    /// Totals that came with an import.
    pub imported: Totals,
    /// The status of its published answer.
    pub answer: Option<String>,
}

impl Text {
    /// Supports of an argument or a source, cast and imported.
    pub const fn supports(&self) -> i64 {
        self.cast.r#for + self.imported.r#for
    }
}

/// Reactions and contributions by day, counted in days since the Unix epoch (UTC).
pub type Days = BTreeMap<i64, (i64, i64)>;

/// A row of the table of contributions, for those who count again from the bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContributionRow {
    /// Identifier.
    pub id: i64,
    /// The component's word.
    pub kind: String,
    /// What it is about.
    pub parent: Option<i64>,
    /// 1 for, -1 against (arguments).
    pub side: Option<i64>,
    /// Its title.
    pub title: String,
    /// Where it stands: only `published` counts.
    pub status: String,
    /// Written by the organisation.
    pub official: bool,
    /// Its author, as any text that names one person.
    pub author: Option<String>,
    /// Day of publication, in days since the Unix epoch.
    pub day: Option<i64>,
    /// Totals that came with an import.
    pub imported: Totals,
}

/// A row of the table of reactions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReactionRow {
    /// The contribution.
    pub contribution: i64,
    /// 1, 0 or -1.
    pub value: i64,
    /// Day of the last change (its leaf in the journal has it), in days since the Unix epoch.
    pub day: i64,
}

/// Counts again from rows alone: the tables of one activity, and the published answers (status by
/// contribution). The same JSON as [`totals`] gave the site.
pub fn recount(
    contributions: &[ContributionRow],
    reactions: impl IntoIterator<Item = ReactionRow>,
    answers: &BTreeMap<i64, String>,
) -> Value {
    let by_id: HashMap<i64, &ContributionRow> = contributions.iter().map(|c| (c.id, c)).collect();
    let counts = |row: &ContributionRow| {
        let mut next = Some(row);
        // An amendment's argument is two steps from its article; damaged data cannot make this long.
        for _ in 0..3 {
            match next {
                Some(c) if c.status != "published" => return false,
                Some(c) => next = c.parent.and_then(|p| by_id.get(&p).copied()),
                None => return true,
            }
        }
        true
    };
    let mut days = Days::new();
    let mut authors = BTreeSet::new();
    let mut texts: BTreeMap<i64, Text> = BTreeMap::new();
    for row in contributions.iter().filter(|row| counts(row)) {
        if let Some(day) = row.day {
            days.entry(day).or_default().1 += 1;
        }
        if let (false, Some(author)) = (row.official, &row.author) {
            authors.insert(author.as_str());
        }
        let titled = row.kind != ARGUMENT && row.kind != SOURCE;
        let text = Text {
            id: row.id,
            kind: row.kind.clone(),
            parent: row.parent,
            side: row.side,
            title: if titled { row.title.clone() } else { String::new() },
            cast: Totals::default(),
            imported: row.imported,
            answer: answers.get(&row.id).cloned(),
        };
        texts.insert(row.id, text);
    }
    for row in reactions {
        let Some(text) = texts.get_mut(&row.contribution) else { continue };
        match row.value {
            1 => text.cast.r#for += 1,
            0 => text.cast.mixed += 1,
            -1 => text.cast.against += 1,
            _ => continue,
        }
        days.entry(row.day).or_default().0 += 1;
    }
    let authors = i64::try_from(authors.len()).unwrap_or(i64::MAX);
    let texts: Vec<Text> = texts.into_values().collect();
    totals(&texts, &days, authors)
}

fn three(t: Totals) -> Value {
    json!({ "for": t.r#for, "mixed": t.mixed, "against": t.against })
}

/// What was said about one text.
#[derive(Debug, Default)]
struct About<'a> {
    r#for: Vec<&'a Text>,
    against: Vec<&'a Text>,
    sources: i64,
    amendments: i64,
}

/// The results. `texts`: everything that counts, arguments and sources included.
pub fn totals(texts: &[Text], days: &Days, authors: i64) -> Value {
    let mut about: BTreeMap<i64, About<'_>> = BTreeMap::new();
    for text in texts {
        let Some(parent) = text.parent else { continue };
        let about = about.entry(parent).or_default();
        match text.kind.as_str() {
            ARGUMENT if text.side == Some(-1) => about.against.push(text),
            ARGUMENT => about.r#for.push(text),
            SOURCE => about.sources += 1,
            AMENDMENT => about.amendments += 1,
            _ => {}
        }
    }
    let nothing = About::default();
    let (mut lines, mut top) = (vec![], vec![]);
    let mut sorted: Vec<&Text> = texts.iter().filter(|t| DEBATED.contains(&t.kind.as_str())).collect();
    sorted.sort_by_key(|t| t.id);
    for text in &sorted {
        let about = about.get(&text.id).unwrap_or(&nothing);
        lines.push(json!({
            "id": text.id,
            "kind": text.kind,
            "parent": text.parent,
            "title": text.title,
            "cast": three(text.cast),
            "imported": three(text.imported),
            "arguments": { "for": about.r#for.len(), "against": about.against.len() },
            "sources": about.sources,
            "amendments": about.amendments,
            "answer": text.answer,
        }));
        for (side, arguments) in [(1, &about.r#for), (-1, &about.against)] {
            let mut best: Vec<&Text> =
                arguments.iter().copied().filter(|a| a.supports() >= MINIMUM).collect();
            best.sort_by_key(|a| (-a.supports(), a.id));
            top.extend(best.iter().take(PER_SIDE).map(|a| {
                json!({
                    "id": a.id,
                    "text": text.id,
                    "side": side,
                    "supports": a.cast.r#for,
                    "imported_supports": a.imported.r#for,
                })
            }));
        }
    }
    json!({
        "method": METHOD,
        "version": 1,
        "parameters": { "arguments_per_side": PER_SIDE, "minimum_support": MINIMUM },
        "texts": lines,
        "arguments": top,
        "days": days
            .iter()
            .map(|(day, (reactions, published))| {
                json!({ "day": civil(*day), "reactions": reactions, "contributions": published })
            })
            .collect::<Vec<_>>(),
        "answers": answers(texts),
        "participants": { "authors": authors },
        "counts": counts(texts),
    })
}

fn answers(texts: &[Text]) -> Value {
    let asked = || texts.iter().filter(|t| LISTED.contains(&t.kind.as_str()));
    let mut answers = serde_json::Map::new();
    for status in STATUSES {
        let n = asked().filter(|t| t.answer.as_deref() == Some(status)).count();
        answers.insert(status.into(), n.into());
    }
    answers.insert("answered".into(), asked().filter(|t| t.answer.is_some()).count().into());
    answers.insert("waiting".into(), asked().filter(|t| t.answer.is_none()).count().into());
    answers.into()
}

fn counts(texts: &[Text]) -> Value {
    let number = |kind: &str| texts.iter().filter(|t| t.kind == kind).count();
    let sum = |of: fn(&Text) -> Totals, debated: bool| -> i64 {
        let kinds = texts.iter().filter(|t| DEBATED.contains(&t.kind.as_str()) == debated);
        kinds.map(|t| of(t).sum()).sum()
    };
    json!({
        "articles": number(ARTICLE),
        "proposals": number(PROPOSAL),
        "amendments": number(AMENDMENT),
        "arguments": number(ARGUMENT),
        "sources": number(SOURCE),
        "votes": sum(|t| t.cast, true),
        "imported_votes": sum(|t| t.imported, true),
        "supports": sum(|t| t.cast, false),
        "imported_supports": sum(|t| t.imported, false),
    })
}

/// The UTC day so many days after the Unix epoch: `2026-11-23`.
fn civil(day: i64) -> String {
    parvis_civic::export::table::day(day.saturating_mul(parvis_civic::process::DAY))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(id: i64, kind: &str, parent: Option<i64>, status: &str) -> ContributionRow {
        let author = Some(format!("p{}", id % 3));
        let (kind, status) = (kind.to_owned(), status.to_owned());
        ContributionRow { id, kind, parent, status, author, day: Some(20_000), ..ContributionRow::default() }
    }

    fn vote(contribution: i64, value: i64) -> ReactionRow {
        ReactionRow { contribution, value, day: 20_001 }
    }

    #[test]
    fn only_what_is_published_with_its_text_counts() {
        let argument = |id, parent, side, status: &str| ContributionRow {
            side: Some(side),
            ..row(id, ARGUMENT, Some(parent), status)
        };
        let rows = [
            row(1, ARTICLE, None, "published"),
            row(2, PROPOSAL, None, "hidden"),
            row(3, AMENDMENT, Some(1), "published"),
            row(4, AMENDMENT, Some(2), "published"),
            argument(5, 1, 1, "published"),
            argument(6, 1, -1, "withdrawn"),
            argument(7, 4, 1, "published"),
            argument(8, 3, -1, "published"),
            row(9, SOURCE, Some(1), "published"),
        ];
        let votes = [vote(1, 1), vote(1, -1), vote(2, 1), vote(5, 1), vote(7, 1)];
        let answers = BTreeMap::from([(1, "partly".to_owned()), (2, "refused".to_owned())]);
        let results = recount(&rows, votes, &answers);
        let ids: Vec<_> = results["texts"].as_array().unwrap().iter().map(|t| t["id"].clone()).collect();
        assert_eq!(ids, [1, 3]);
        let first = &results["texts"][0];
        assert_eq!(first["cast"], json!({ "for": 1, "mixed": 0, "against": 1 }));
        assert_eq!(first["arguments"], json!({ "for": 1, "against": 0 }));
        assert_eq!((&first["sources"], &first["amendments"]), (&json!(1), &json!(1)));
        assert_eq!(first["answer"], "partly");
        assert_eq!(results["participants"], json!({ "authors": 3 }));
        assert_eq!(results["counts"]["votes"], 2);
        assert_eq!(results["counts"]["supports"], 1);
        assert_eq!(results["answers"]["partly"], 1);
        assert_eq!(results["answers"]["refused"], 0);
        assert_eq!(results["days"][1], json!({ "day": "2024-10-05", "reactions": 3, "contributions": 0 }));
    }

    #[test]
    fn the_strongest_arguments_are_named_and_ties_go_to_the_first() {
        let mut rows = vec![row(1, ARTICLE, None, "published")];
        for (id, supports) in [(2, 4), (3, 9), (4, 0), (5, 4), (6, 4)] {
            rows.push(ContributionRow {
                side: Some(1),
                imported: Totals { r#for: supports, ..Totals::default() },
                ..row(id, ARGUMENT, Some(1), "published")
            });
        }
        let results = recount(&rows, [vote(5, 1)], &BTreeMap::new());
        let named: Vec<_> =
            results["arguments"].as_array().unwrap().iter().map(|a| a["id"].clone()).collect();
        assert_eq!(named, [3, 5, 2], "nine, five (four imported and one cast), then the first of two fours");
        assert_eq!(results["arguments"][1]["supports"], 1);
        assert_eq!(results["arguments"][1]["imported_supports"], 4);
        assert_eq!(results["counts"]["imported_votes"], 0, "supports are not votes");
    }

    proptest! {
        #[test]
        fn sums_agree_with_lines(votes in proptest::collection::vec((1i64..6, 0u8..20, -1i64..2), 0..200)) {
            let rows: Vec<_> = (1..6).map(|id| row(id, PROPOSAL, None, if id == 5 { "hidden" } else { "published" })).collect();
            let mut last = BTreeMap::new();
            for (c, who, value) in votes {
                last.insert((c, who), value);
            }
            let votes: Vec<_> = last.iter().map(|((c, _), value)| vote(*c, *value)).collect();
            let counted = votes.iter().filter(|v| v.contribution != 5).count();
            let results = recount(&rows, votes, &BTreeMap::new());
            let lines: i64 = results["texts"].as_array().unwrap().iter()
                .flat_map(|t| ["for", "mixed", "against"].map(|k| t["cast"][k].as_i64().unwrap())).sum();
            prop_assert_eq!(lines, i64::try_from(counted).unwrap());
            prop_assert_eq!(results["counts"]["votes"].as_i64(), Some(lines));
            let by_day: i64 = results["days"].as_array().unwrap().iter().map(|d| d["reactions"].as_i64().unwrap()).sum();
            prop_assert_eq!(by_day, lines);
        }
    }
}
