//! The figures of an activity, as a file of the bundle: the same words from the database and from the tables.

use std::collections::BTreeMap;
use std::io::Write;

use parvis_transparency::canonical;
use serde_json::{Value, json};

use super::table;
use crate::Error;

/// What the figures are, for whoever reads the file.
const METHOD: (&str, &str) = (
    "Décompte : chaque réaction exprimée ici vaut une voix, la dernière d’une personne sur une contribution \
     compte seule. Les votes importés viennent d’un fichier, sans les bulletins : ils sont donnés à part. Les \
     jours sont en temps universel.",
    "A count: each reaction cast here is one vote, only the last one of a person on a contribution counts. \
     Imported votes come from a file, without the ballots: they stand apart. Days are in universal time.",
);

/// For, mixed, against.
pub(super) type Three = [i64; 3];

/// The figures of one contribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figure {
    pub contribution: i64,
    pub kind: String,
    /// None while the totals are not public.
    pub cast: Option<Three>,
    pub imported: Three,
    pub arguments: [i64; 2],
}

/// What an activity's file says besides its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub activity: i64,
    pub process: i64,
    pub component: String,
    pub rules: String,
    /// The day its results were published.
    pub published_on: Option<String>,
}

/// Participation by day: first millisecond of the day → (reactions, contributions).
pub(super) type Days = BTreeMap<i64, (i64, i64)>;

fn three(x: &Three) -> Value {
    json!({ "for": x[0], "mixed": x[1], "against": x[2] })
}

/// Writes one file, key by key in canonical order, without holding its figures.
pub(super) struct Writer<W: Write> {
    out: W,
    head: Head,
    first: bool,
    cast: Option<Three>,
    imported: Three,
    kinds: BTreeMap<String, i64>,
}

fn text(value: &Value) -> Result<String, Error> {
    canonical::to_text(value).map_err(|e| Error::Internal(format!("results: {e}")))
}

impl<W: Write> Writer<W> {
    pub fn new(mut out: W, head: Head, days: &Days, shown: bool) -> Result<Self, Error> {
        let days: Vec<Value> = days
            .iter()
            .map(|(at, (r, c))| json!({ "day": table::day(*at), "reactions": r, "contributions": c }))
            .collect();
        let (activity, days) = (head.activity, text(&days.into())?);
        let component = text(&head.component.as_str().into())?;
        write!(out, "{{\"activity\":{activity},\"by_day\":{days},\"component\":{component},\"figures\":[")
            .map_err(super::spool::io)?;
        let cast = shown.then_some([0; 3]);
        Ok(Self { out, head, first: true, cast, imported: [0; 3], kinds: BTreeMap::new() })
    }

    pub fn figure(&mut self, f: &Figure) -> Result<(), Error> {
        let comma = if self.first { "" } else { "," };
        self.first = false;
        let line = text(&json!({
            "contribution": f.contribution,
            "kind": f.kind,
            "cast": f.cast.as_ref().map(three),
            "imported": three(&f.imported),
            "arguments": { "for": f.arguments[0], "against": f.arguments[1] },
        }))?;
        write!(self.out, "{comma}{line}").map_err(super::spool::io)?;
        for i in 0..3 {
            self.imported[i] += f.imported[i];
            if let (Some(all), Some(cast)) = (&mut self.cast, &f.cast) {
                all[i] += cast[i];
            }
        }
        *self.kinds.entry(f.kind.clone()).or_default() += 1;
        Ok(())
    }

    pub fn finish(mut self) -> Result<W, Error> {
        let rules: Value = serde_json::from_str(&self.head.rules).unwrap_or_default();
        let rules = text(&rules).or_else(|_| text(&self.head.rules.as_str().into()))?;
        let method = text(&json!({ "fr": METHOD.0, "en": METHOD.1 }))?;
        let published = text(&self.head.published_on.as_deref().into())?;
        let status = if self.head.published_on.is_some() { "published" } else { "provisional" };
        let totals = text(&json!({
            "cast": self.cast.as_ref().map(three),
            "imported": three(&self.imported),
            "contributions": self.kinds,
        }))?;
        let process = self.head.process;
        write!(
            self.out,
            "],\"format\":\"parvis-results-v1\",\"method\":{method},\"parameters\":{rules},\"process\":{process},\
             \"published_on\":{published},\"status\":\"{status}\",\"totals\":{totals}}}"
        )
        .map_err(super::spool::io)?;
        Ok(self.out)
    }
}

/// The name of an activity's file.
pub(super) fn path(activity: i64) -> String {
    format!("results/activity-{activity}.json")
}

/// The name of the file that holds the published results, as they were published.
pub(super) fn published_path(activity: i64) -> String {
    format!("results/activity-{activity}-published.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_canonical_json() {
        let head = Head {
            activity: 3,
            process: 1,
            component: "consultation".into(),
            rules: r#"{"b":1,"a":[15,150]}"#.into(),
            published_on: None,
        };
        let days = Days::from([(0, (2, 1))]);
        let mut writer = Writer::new(vec![], head, &days, true).unwrap();
        for id in [7, 9] {
            let figure = Figure {
                contribution: id,
                kind: "article".into(),
                cast: Some([1, 0, 2]),
                imported: [1320, 282, 1732],
                arguments: [3, 4],
            };
            writer.figure(&figure).unwrap();
        }
        let bytes = writer.finish().unwrap();
        let value = canonical::parse(&bytes).unwrap();
        assert_eq!(value["totals"]["imported"]["against"], 3464);
        assert_eq!(value["totals"]["cast"]["for"], 2);
        assert_eq!(value["by_day"][0]["day"], "1970-01-01");
    }
}
