//! Reading the results back from their JSON: the page shows what was published, never a fresh count beside it.

use std::collections::BTreeMap;

use parvis_civic::contribution::Totals;
use parvis_civic::process::DAY;
use parvis_core::Millis;
use serde_json::Value;

/// The results, typed for the pages. What cannot be read counts for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Results {
    pub(crate) lines: Vec<Line>,
    pub(crate) arguments: Vec<Named>,
    pub(crate) days: Vec<Day>,
    /// Number of texts by the status of their answer, with `answered` and `waiting`.
    pub(crate) answers: BTreeMap<String, i64>,
    pub(crate) authors: i64,
    pub(crate) counts: Figures,
    pub(crate) per_side: i64,
    pub(crate) minimum: i64,
}

/// One text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) id: i64,
    pub(crate) kind: String,
    pub(crate) title: String,
    pub(crate) cast: Totals,
    pub(crate) imported: Totals,
    pub(crate) arguments_for: i64,
    pub(crate) arguments_against: i64,
    pub(crate) sources: i64,
    pub(crate) amendments: i64,
    pub(crate) answer: Option<String>,
}

/// A strong argument.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) id: i64,
    pub(crate) text: i64,
    pub(crate) side: i64,
    pub(crate) supports: i64,
    pub(crate) imported_supports: i64,
}

/// One day, counted from the Unix epoch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) number: i64,
    pub(crate) reactions: i64,
    pub(crate) contributions: i64,
}

impl Day {
    /// The middle of the day in UTC: the same civil day in the time zones of Europe.
    pub(crate) const fn at(&self) -> Millis {
        self.number * DAY + DAY / 2
    }
}

/// The sums.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) articles: i64,
    pub(crate) proposals: i64,
    pub(crate) amendments: i64,
    pub(crate) arguments: i64,
    pub(crate) sources: i64,
    pub(crate) votes: i64,
    pub(crate) imported_votes: i64,
    pub(crate) supports: i64,
    pub(crate) imported_supports: i64,
}

fn number(of: &Value) -> i64 {
    of.as_i64().unwrap_or(0)
}

fn three(of: &Value) -> Totals {
    Totals { r#for: number(&of["for"]), mixed: number(&of["mixed"]), against: number(&of["against"]) }
}

fn list(of: &Value) -> impl Iterator<Item = &Value> {
    of.as_array().into_iter().flatten()
}

fn text(of: &Value) -> String {
    of.as_str().unwrap_or_default().to_owned()
}

impl Results {
    /// Reads what [`super::tally::totals`] made.
    pub(crate) fn read(json: &Value) -> Self {
        let line = |of: &Value| Line {
            id: number(&of["id"]),
            kind: text(&of["kind"]),
            title: text(&of["title"]),
            cast: three(&of["cast"]),
            imported: three(&of["imported"]),
            arguments_for: number(&of["arguments"]["for"]),
            arguments_against: number(&of["arguments"]["against"]),
            sources: number(&of["sources"]),
            amendments: number(&of["amendments"]),
            answer: of["answer"].as_str().map(str::to_owned),
        };
        let named = |of: &Value| Named {
            id: number(&of["id"]),
            text: number(&of["text"]),
            side: number(&of["side"]),
            supports: number(&of["supports"]),
            imported_supports: number(&of["imported_supports"]),
        };
        let day = |of: &Value| Day {
            number: parvis_civic::export::table::parse_day(of["day"].as_str().unwrap_or_default())
                .unwrap_or(0)
                .div_euclid(DAY),
            reactions: number(&of["reactions"]),
            contributions: number(&of["contributions"]),
        };
        let counts = &json["counts"];
        let answers = json["answers"].as_object().into_iter().flatten();
        Self {
            lines: list(&json["texts"]).map(line).collect(),
            arguments: list(&json["arguments"]).map(named).collect(),
            days: list(&json["days"]).map(day).collect(),
            answers: answers.map(|(status, n)| (status.clone(), number(n))).collect(),
            authors: number(&json["participants"]["authors"]),
            counts: Figures {
                articles: number(&counts["articles"]),
                proposals: number(&counts["proposals"]),
                amendments: number(&counts["amendments"]),
                arguments: number(&counts["arguments"]),
                sources: number(&counts["sources"]),
                votes: number(&counts["votes"]),
                imported_votes: number(&counts["imported_votes"]),
                supports: number(&counts["supports"]),
                imported_supports: number(&counts["imported_supports"]),
            },
            per_side: number(&json["parameters"]["arguments_per_side"]),
            minimum: number(&json["parameters"]["minimum_support"]),
        }
    }
}
