//! Small pieces that several pages show.

use parvis_civic::contribution::{Contribution, Totals};
use parvis_i18n::T;

use crate::model;
use crate::store::{Figures, Listed};

/// What a consultation holds, in short facts.
pub(crate) fn facts(t: &T, figures: &[Figures], totals: bool) -> Vec<String> {
    let sum = |of: fn(&Figures) -> i64| figures.iter().map(of).sum::<i64>();
    let texts =
        |official: bool| figures.iter().filter(|f| f.official == official).map(|f| f.texts).sum::<i64>();
    let mut facts = vec![
        t.n("consultation-articles-n", texts(true)),
        t.n("consultation-proposals-n", texts(false)),
        t.n("consultation-arguments-n", sum(|f| f.arguments)),
    ];
    let more: [(&str, i64); 2] = [
        ("consultation-sources-n", sum(|f| f.sources)),
        ("consultation-amendments-n", sum(|f| f.amendments)),
    ];
    for (key, n) in more {
        if n > 0 {
            facts.push(t.n(key, n));
        }
    }
    if totals {
        facts.push(t.n("consultation-votes-n", sum(|f| f.cast)));
        let imported = sum(|f| f.imported);
        if imported > 0 {
            facts.push(t.n("consultation-imported-n", imported));
        }
    }
    facts
}

/// The name of whoever wrote a text: a pseudonym, the organisation, or nobody any more.
pub(crate) fn author(t: &T, listed: &Listed) -> String {
    match &listed.author {
        _ if listed.c.official => t.get("consultation-organisation"),
        Some(name) => name.clone(),
        None => t.get("consultation-author-gone"),
    }
}

/// The name of a step of the proposal.
pub(crate) fn step(step: i64) -> &'static str {
    match step {
        1 => "consultation-step-write",
        2 => "consultation-step-similar",
        _ => "consultation-step-preview",
    }
}

/// A hint that says between how many and how many characters.
pub(crate) fn bounds(t: &T, key: &str, (min, max): (usize, usize)) -> String {
    t.with2(key, "min", min, "max", max)
}

/// The sign of an answer's status.
pub(crate) fn answered(status: &str) -> &'static str {
    match status {
        "accepted" | "partly" => "yes",
        "refused" => "no",
        _ => "info",
    }
}

/// One line of the table of votes.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) label: String,
    pub(crate) cast: String,
    pub(crate) imported: String,
}

/// The votes of a text as a table: cast here and imported, apart.
pub(crate) fn table(t: &T, c: &Contribution) -> Vec<Line> {
    let cell = |n: i64, all: Totals| format!("{} ({})", t.number(n), t.percent(n, all.sum()));
    let line = |key: &str, of: fn(Totals) -> i64| Line {
        label: t.get(key),
        cast: cell(of(c.cast), c.cast),
        imported: cell(of(c.imported), c.imported),
    };
    vec![
        line("consultation-vote-for", |v| v.r#for),
        line("consultation-vote-mixed", |v| v.mixed),
        line("consultation-vote-against", |v| v.against),
        Line {
            label: t.get("consultation-total"),
            cast: t.number(c.cast.sum()),
            imported: t.number(c.imported.sum()),
        },
    ]
}

/// The host of an address, shown beside its link so that nobody is surprised.
pub(crate) fn host(link: &str) -> String {
    let rest = link.split_once("://").map_or(link, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}

/// The address of a source when it is one that a link may have; empty otherwise (an import can hold anything).
pub(crate) fn link(c: &Contribution) -> String {
    let link = c.extra_text("link");
    let mut errors = parvis_core::FieldErrors::new();
    let link = model::check_link(&mut errors, &link);
    if errors.is_empty() { link } else { String::new() }
}

/// The key of the category of a source.
pub(crate) fn category(c: &Contribution) -> String {
    let category = c.extra_text("category");
    let known = model::CATEGORIES.into_iter().find(|k| *k == category).unwrap_or("other");
    format!("consultation-category-{known}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_short() {
        assert_eq!(host("https://www.exemple.fr/a?b"), "exemple.fr");
        assert_eq!(host("exemple.fr"), "exemple.fr");
    }
}
