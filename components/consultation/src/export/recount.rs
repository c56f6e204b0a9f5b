//! The published results of each consultation, counted again as they were when they were published.

use std::collections::{BTreeMap, HashMap};

use parvis_civic::contribution::Totals;
use parvis_civic::export::table::parse_day;
use parvis_civic::export::verify::{Act, Line, Opened, replay};
use parvis_civic::process::DAY;
use serde_json::Value;

use crate::results::tally::{ContributionRow, ReactionRow, recount};

/// The results that each consultation published are what its tables give, with the statuses, the titles and the
/// answers of that moment.
pub(super) fn check(opened: &Opened<'_>, consultations: &BTreeMap<i64, Line<'_>>) -> Result<String, String> {
    let published = opened.acts.last_by(&["results-published"], "activity");
    let (mut same, mut skipped) = (0_usize, 0_usize);
    for id in consultations.keys() {
        let Some(act) = published.get(id) else { continue };
        let name = format!("results/activity-{id}-published.json");
        let bytes = opened.files.read(&name).ok_or_else(|| format!("{name} is missing"))?;
        let said: Value = serde_json::from_slice(&bytes).map_err(|e| format!("{name}: {e}"))?;
        match again(opened, *id, act)? {
            None => skipped += 1,
            Some((found, gone)) => {
                let (said, found) = (without(said, &gone), without(found, &gone));
                if let Some(key) = differs(&said, &found) {
                    return Err(format!("{name}: {key} is not what the tables give"));
                }
                same += 1;
            }
        }
    }
    let more = if skipped > 0 {
        format!("; {skipped} not counted again: people took part after they were published")
    } else {
        String::new()
    };
    Ok(format!("{same} published results, counted again{more}"))
}

/// The count of one consultation as of the publication, and the contributions whose text is no longer public.
fn again(opened: &Opened<'_>, activity: i64, published: &Act) -> Result<Option<(Value, Vec<i64>)>, String> {
    let status = replay(&opened.acts, published.index);
    let titles = titles(opened, published.index)?;
    let (mut rows, mut gone) = (vec![], vec![]);
    for row in opened.sheets.get("contributions")?.lines() {
        let id = row.int("id")?;
        let Some(status) = status.get(&id).filter(|_| row.int("activity_id") == Ok(activity)) else {
            continue;
        };
        let is_open = matches!(row.text("status")?, "published" | "merged");
        if !is_open && *status == "published" {
            gone.push(id);
        }
        let author = row.text("author")?;
        rows.push(ContributionRow {
            id,
            kind: row.text("kind")?.to_owned(),
            parent: row.number("parent_id")?,
            side: row.number("side")?,
            title: titles.get(&id).copied().unwrap_or_default().to_owned(),
            status: (*status).to_owned(),
            official: row.yes("official")?,
            author: (!author.is_empty()).then(|| author.to_owned()),
            day: parse_day(row.text("published_on")?).map(|at| at.div_euclid(DAY)),
            imported: Totals {
                r#for: row.int("imported_for")?,
                mixed: row.int("imported_mixed")?,
                against: row.int("imported_against")?,
            },
        });
    }
    let votes = ["reaction", "reaction-withdrawn"];
    let later = opened.acts.iter().skip_while(|a| a.index <= published.index);
    let mut later = later.filter(|a| votes.contains(&a.kind.as_str()));
    if later.any(|a| a.int("activity") == Some(activity)) {
        return Ok(None);
    }
    let ids: HashMap<i64, ()> = rows.iter().map(|r| (r.id, ())).collect();
    let mut reactions = vec![];
    for row in opened.sheets.get("reactions")?.lines() {
        let contribution = row.int("contribution_id")?;
        if !ids.contains_key(&contribution) {
            continue;
        }
        let act =
            opened.acts.get(row.text("leaf")?).ok_or_else(|| row.wrong("its leaf is not in the journal"))?;
        reactions.push(ReactionRow { contribution, value: row.int("value")?, day: act.at.div_euclid(DAY) });
    }
    let mut answers = BTreeMap::new();
    for act in opened.acts.of("answer").take_while(|a| a.index < published.index) {
        if let Some(id) = act.int("contribution").filter(|id| ids.contains_key(id)) {
            answers.insert(id, act.text("status").to_owned());
        }
    }
    Ok(Some((recount(&rows, reactions, &answers), gone)))
}

/// The title of each contribution before the place `end` of the journal.
fn titles<'s>(opened: &'s Opened<'_>, end: u64) -> Result<HashMap<i64, &'s str>, String> {
    let mut titles = HashMap::new();
    for row in opened.sheets.get("versions")?.lines() {
        // Versions come in their order: the last one that was there then stays.
        if opened.acts.get(row.text("leaf")?).is_some_and(|a| a.index < end) {
            titles.insert(row.int("contribution_id")?, row.text("title")?);
        }
    }
    Ok(titles)
}

/// Results without what cannot be known any more of texts that are no longer public: their titles, and whether
/// their authors wrote something else.
fn without(mut results: Value, gone: &[i64]) -> Value {
    if gone.is_empty() {
        return results;
    }
    if let Some(texts) = results["texts"].as_array_mut() {
        for text in texts {
            if text["id"].as_i64().is_some_and(|id| gone.contains(&id)) {
                text["title"] = Value::Null;
            }
        }
    }
    results["participants"] = Value::Null;
    results
}

/// The first part in which two results differ.
fn differs(said: &Value, found: &Value) -> Option<String> {
    let (Some(a), Some(b)) = (said.as_object(), found.as_object()) else {
        return (said != found).then(|| "it".to_owned());
    };
    let keys = a.keys().chain(b.keys().filter(|k| !a.contains_key(*k)));
    keys.into_iter().find(|k| a.get(*k) != b.get(*k)).cloned()
}
