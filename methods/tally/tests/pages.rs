//! The examples of the pages for citizens (`docs/methods`), counted again: in each page, the block `ballots` is counted
//! by the method and the rules on its fence, and the block `result` must say what comes out.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use parvis_tally::{Method, Outcome, Rules, count, format};
use serde_json::Value;

fn folder(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/methods").join(language).join("ballots")
}

/// The first fenced block that begins so: the rest of its fence, and its lines.
fn block<'a>(page: &'a str, kind: &str) -> (&'a str, &'a str) {
    let (_, rest) = page.split_once(&format!("```{kind}")).unwrap_or_else(|| panic!("no block {kind}"));
    let (fence, rest) = rest.split_once('\n').unwrap();
    (fence.trim(), rest.split_once("\n```").unwrap().0)
}

fn counted(fence: &str, ballots: &str) -> Outcome {
    let mut words = fence.split_whitespace();
    let method: Method = words.next().unwrap().parse().unwrap();
    let mut rules = Rules::new(method);
    while let (Some(rule), Some(value)) = (words.next(), words.next()) {
        match rule {
            "--seats" => rules.seats = value.parse().unwrap(),
            "--plus" => rules.plus = Some(value.parse().unwrap()),
            "--minus" => rules.minus = Some(value.parse().unwrap()),
            "--credits" => rules.credits = Some(value.parse().unwrap()),
            other => panic!("{other}"),
        }
    }
    let read = format::read(ballots.as_bytes(), "example", None, method.kind()).unwrap();
    count(&read.profile, &rules).unwrap()
}

/// Where a label of the page points in the working, once its number or option is replaced by `*`.
const LABELS: [(&str, &str, &str); 21] = [
    ("votes", "voix", "votes"),
    ("votes", "votes", "votes"),
    ("first round", "premier tour", "first"),
    ("approvals", "approbations", "approvals"),
    ("plus", "plus", "plus"),
    ("minus", "moins", "minus"),
    ("net", "solde", "net"),
    ("total", "total", "sum"),
    ("mean", "moyenne", "mean"),
    ("points", "points", "points"),
    ("median", "médiane", "merits/*/median"),
    ("above", "au-dessus", "merits/*/above"),
    ("below", "en dessous", "merits/*/below"),
    ("worst defeat", "pire défaite", "worst/*/strength"),
    ("round", "tour", "rounds/#/votes"),
    ("stage", "étape", "stages/#/votes"),
    ("duels of", "duels de", "pairwise/counts/@"),
    ("chains from", "chaînes de", "paths/@"),
    ("quota", "quota", "quota"),
    ("disagreements", "désaccords", "disagreements"),
    ("cost", "coût", "credits"),
];

/// What the working says under a label: a number for each option (none for those that have none there), or one alone.
fn figures(outcome: &Outcome, working: &Value, label: &str) -> Vec<(String, String)> {
    let find = |label: &str| {
        LABELS.iter().find(|(en, fr, _)| *en == label || *fr == label).map(|(_, _, path)| *path)
    };
    let (path, of) = match find(label) {
        Some(path) => (path, ""),
        None => {
            let (label, of) = label.rsplit_once(' ').unwrap();
            (find(label).unwrap_or_else(|| panic!("what is \"{label}\"?")), of)
        }
    };
    let options: Vec<String> = outcome.options.iter().map(|name| name.to_string()).collect();
    let mut found = vec![working.clone()];
    for part in path.split('/') {
        found = match part {
            "*" => found[0].as_array().unwrap().clone(),
            "#" => vec![found[0][of.parse::<usize>().unwrap() - 1].clone()],
            "@" => vec![found[0][options.iter().position(|name| name == of).unwrap()].clone()],
            key => found.iter().map(|value| value[key].clone()).collect(),
        };
    }
    if let [Value::Array(all)] = found.as_slice() {
        found = all.clone();
    }
    let unit = working["unit"].as_u64().filter(|_| path.starts_with("stages"));
    let text = |value: &Value| match (value, unit) {
        (Value::String(text), _) => text.clone(),
        (value, Some(unit)) => {
            let votes = value.as_u64().unwrap();
            assert_eq!(votes % unit, 0, "examples have whole votes");
            (votes / unit).to_string()
        }
        (value, None) => value.to_string(),
    };
    if found.len() == 1 && options.len() > 1 {
        return vec![(String::new(), text(&found[0]))];
    }
    let pairs = options.into_iter().zip(&found).filter(|(name, value)| !value.is_null() && name != of);
    pairs.map(|(name, value)| (name, text(value))).collect()
}

fn checked(page: &Path) -> Outcome {
    let text = std::fs::read_to_string(page).unwrap();
    let (fence, ballots) = block(&text, "ballots");
    let (_, result) = block(&text, "result");
    let outcome = counted(fence, ballots);
    assert_eq!(page.file_stem().unwrap().to_str().unwrap(), outcome.method.id());
    let working = serde_json::to_value(&outcome.working).unwrap();
    let mut labels = 0;
    for line in result.lines() {
        let (label, said) = line.split_once(':').unwrap();
        let (label, said) = (label.trim(), said.trim());
        let place = format!("{}: {label}", page.display());
        labels += 1;
        match label {
            "winner" | "winners" | "gagne" | "gagnent" => {
                assert_eq!(said, outcome.winners.join(", "), "{place}")
            }
            "ranking" | "classement" => {
                let groups: Vec<String> = outcome.ranking.iter().map(|group| group.join(" = ")).collect();
                assert_eq!(said, groups.join(" > "), "{place}");
            }
            "kept" | "gardés" | "left out" | "écartés" => {
                let locked = label == "kept" || label == "gardés";
                let edges =
                    working["edges"].as_array().unwrap().iter().filter(|edge| edge["locked"] == locked);
                let edges: Vec<String> = edges
                    .map(|edge| {
                        format!("{} > {}", edge["winner"].as_str().unwrap(), edge["loser"].as_str().unwrap())
                    })
                    .collect();
                assert_eq!(said, edges.join(", "), "{place}");
            }
            "second round" | "second tour" | "runoff" | "duel" => {
                let duel = working.get("second").unwrap_or(&working["runoff"]);
                let names = working["finalists"].as_array().unwrap();
                let names: Vec<&str> = names.iter().map(|name| name.as_str().unwrap()).collect();
                let expected = format!("{} {}, {} {}", names[0], duel["first"], names[1], duel["second"]);
                assert_eq!(said, expected, "{place}");
            }
            _ => {
                let figures = figures(&outcome, &working, label).into_iter();
                let mut expected: Vec<String> =
                    figures.map(|(name, figure)| format!("{name} {figure}").trim().to_owned()).collect();
                // A page gives figures in the order that reads best.
                let mut said: Vec<&str> = said.split(", ").collect();
                expected.sort();
                said.sort_unstable();
                assert_eq!(said, expected, "{place}");
            }
        }
    }
    assert!(labels >= 3, "{}: an example shows its figures", page.display());
    outcome
}

#[test]
fn each_method_has_its_page_in_both_languages_and_its_example_holds() {
    for method in Method::ALL {
        let file = format!("{}.md", method.id());
        let [french, english] = ["fr", "en"].map(|language| checked(&folder(language).join(&file)));
        // The same example, told twice.
        assert_eq!(french.ranking.len(), english.ranking.len(), "{file}");
        assert_eq!(french.ballots, english.ballots, "{file}");
    }
}

#[test]
fn no_page_is_about_nothing() {
    let mut titles: BTreeMap<String, usize> = BTreeMap::new();
    for language in ["fr", "en"] {
        for page in parvis_cases::files(&folder(language), ".md") {
            let method = page.file_stem().unwrap().to_str().unwrap().parse::<Method>();
            assert!(method.is_ok(), "{}", page.display());
            let text = std::fs::read_to_string(&page).unwrap();
            *titles.entry(text.lines().next().unwrap().to_owned()).or_default() += 1;
            if language == "fr" {
                let prose = text.split("```").step_by(2).collect::<String>();
                assert!(!prose.contains('\''), "{}: a straight apostrophe", page.display());
                for sign in [" :", " ;", " ?", " !", "« ", " »"] {
                    assert!(!prose.contains(sign), "{}: \"{sign}\" wants a narrow space", page.display());
                }
            }
        }
    }
    assert!(titles.values().all(|&times| times <= 2));
}
