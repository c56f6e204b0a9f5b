//! Contributions, their versions, their statuses.

use std::collections::{HashMap, HashSet};

use parvis_transparency::{canonical, commitment};

use super::{Acts, Line, Opened};
use crate::contribution::content;
use crate::export::tables::is_open;

/// The kinds of leaves that publish a contribution or one of its versions.
const PUBLISHING: [&str; 3] = ["contribution", "import", "version"];

/// The activities that the bundle covers.
pub(super) fn activities(opened: &Opened<'_>) -> Result<HashSet<i64>, String> {
    opened.sheets.get("activities")?.lines().map(|row| row.int("id")).collect()
}

/// The activity of each contribution of the bundle.
pub(super) fn contributions_of(opened: &Opened<'_>) -> Result<HashMap<i64, i64>, String> {
    let rows = opened.sheets.get("contributions")?.lines();
    rows.map(|row| Ok((row.int("id")?, row.int("activity_id")?))).collect()
}

/// Every contribution has the leaf that published it, which says the same of it; every such leaf of these
/// activities has its contribution.
pub(super) fn contributions(opened: &Opened<'_>) -> Result<String, String> {
    let mut leaves: HashMap<i64, _> = HashMap::new();
    for act in opened.acts.iter().filter(|a| a.kind == "contribution" || a.kind == "import") {
        let id = act.int("contribution").ok_or_else(|| format!("{} names no contribution", act.name()))?;
        if leaves.insert(id, act).is_some() {
            return Err(format!("{}: contribution {id} was published twice", act.name()));
        }
    }
    let mut count = 0_usize;
    for row in opened.sheets.get("contributions")?.lines() {
        let id = row.int("id")?;
        let act = leaves.remove(&id);
        let act = act.ok_or_else(|| row.wrong(&format!("contribution {id} has no leaf in the journal")))?;
        let same = act.int("activity") == Some(row.int("activity_id")?)
            && act.text("kind") == row.text("kind")?
            && act.int("parent") == row.number("parent_id")?
            && act.int("side") == row.number("side")?
            && act.body["official"] == row.yes("official")?
            && act.text("origin") == row.text("origin")?;
        if !same {
            return Err(row.wrong(&format!("contribution {id} is not what {} says", act.name())));
        }
        count += 1;
    }
    let covered = activities(opened)?;
    match leaves.values().find(|a| a.int("activity").is_some_and(|id| covered.contains(&id))) {
        Some(act) => Err(format!("{}: its contribution is not in the bundle", act.name())),
        None => Ok(format!("{count} contributions, each with the leaf that published it")),
    }
}

/// Every version has its leaf, and a public text opens the commitment of its leaf with its salt; every such leaf
/// has its version.
pub(super) fn versions(opened: &Opened<'_>) -> Result<String, String> {
    let mut statuses = HashMap::new();
    for row in opened.sheets.get("contributions")?.lines() {
        statuses.insert(row.int("id")?, row.text("status")?);
    }
    let mut publishing: HashMap<(i64, i64), _> = HashMap::new();
    for act in opened.acts.iter().filter(|a| PUBLISHING.contains(&a.kind.as_str())) {
        if let (Some(id), Some(number)) = (act.int("contribution"), act.int("version")) {
            publishing.insert((id, number), act);
        }
    }
    let mut seen = HashSet::new();
    let (mut open, mut closed) = (0_usize, 0_usize);
    for row in opened.sheets.get("versions")?.lines() {
        let (id, number, leaf) = (row.int("contribution_id")?, row.int("number")?, row.text("leaf")?);
        let act = publishing.get(&(id, number));
        let act = act.ok_or_else(|| row.wrong("the journal does not hold this version"))?;
        let is_open = statuses.get(&id).is_some_and(|s| is_open(s));
        // The version of a person who was erased has forgotten which leaf is its own.
        if leaf != act.hash && (is_open || !leaf.is_empty()) {
            return Err(row.wrong(&format!("its leaf is not {}", act.name())));
        }
        if !seen.insert(act.hash.as_str()) {
            return Err(row.wrong("this version is there twice"));
        }
        if is_open {
            opens(&row, act.text("commitment"))?;
            open += 1;
        } else {
            let empty = ["title", "body", "explanation", "extra", "note", "salt"];
            for column in empty {
                if !row.text(column)?.is_empty() {
                    return Err(row.wrong(&format!("{column} is given, of a text that is no longer public")));
                }
            }
            closed += 1;
        }
    }
    let covered = contributions_of(opened)?;
    for act in opened.acts.iter().filter(|a| PUBLISHING.contains(&a.kind.as_str())) {
        let known = act.int("contribution").is_some_and(|id| covered.contains_key(&id));
        if known && !seen.contains(act.hash.as_str()) {
            return Err(format!("{}: its version is not in the bundle", act.name()));
        }
    }
    Ok(format!("{open} texts open their commitments; {closed} are no longer public"))
}

fn opens(row: &Line<'_>, expected: &str) -> Result<(), String> {
    let content =
        content(row.text("title")?, row.text("body")?, row.text("explanation")?, row.text("extra")?);
    let bytes = canonical::to_bytes(&content).map_err(|e| row.wrong(&e.to_string()))?;
    let salt = commitment::salt_from_hex(row.text("salt")?).ok_or_else(|| row.wrong("it has no salt"))?;
    if commitment::opens_hex(expected, &salt, &bytes) {
        Ok(())
    } else {
        Err(row.wrong("this text is not the one that the journal committed to"))
    }
}

/// The text of each contribution is that of its present, last version.
pub(super) fn present(opened: &Opened<'_>) -> Result<String, String> {
    let mut last: HashMap<i64, Line<'_>> = HashMap::new();
    for row in opened.sheets.get("versions")?.lines() {
        let id = row.int("contribution_id")?;
        let later = match last.get(&id) {
            Some(other) => other.int("number")? < row.int("number")?,
            None => true,
        };
        if later {
            last.insert(id, row);
        }
    }
    for row in opened.sheets.get("contributions")?.lines() {
        let id = row.int("id")?;
        let version = last.get(&id).ok_or_else(|| row.wrong("it has no version"))?;
        if version.int("number")? != row.int("version")? {
            return Err(row.wrong("its present version is not its last one"));
        }
        for column in ["title", "body", "explanation", "extra", "salt", "leaf"] {
            if version.text(column)? != row.text(column)? {
                return Err(row.wrong(&format!("{column} is not that of its present version")));
            }
        }
    }
    Ok(format!("{} contributions read as their last version", last.len()))
}

/// What the acts before the place `end` made of each contribution: its status.
pub fn replay(acts: &Acts, end: u64) -> HashMap<i64, &'static str> {
    let mut status: HashMap<i64, &'static str> = HashMap::new();
    for act in acts.iter().take_while(|a| a.index < end) {
        let Some(id) = act.int("contribution") else { continue };
        let now = status.get(&id).copied();
        let next = match (act.kind.as_str(), act.text("action"), now) {
            ("contribution", ..) => "published",
            ("import", ..) if act.body["hidden"] == true => "hidden",
            ("import", ..) => "published",
            ("withdrawal", ..) => "withdrawn",
            ("merge", ..) => "merged",
            ("moderation", "hide", _) => "hidden",
            ("moderation", "restore", _) => "published",
            ("appeal", _, Some("hidden")) if act.text("outcome") == "overturned" => "published",
            _ => continue,
        };
        status.insert(id, next);
    }
    status
}

/// The status of each contribution is what the acts of the journal made of it.
pub(super) fn statuses(opened: &Opened<'_>) -> Result<String, String> {
    let status = replay(&opened.acts, u64::MAX);
    let mut counts: std::collections::BTreeMap<&str, usize> = Default::default();
    for row in opened.sheets.get("contributions")?.lines() {
        let id = row.int("id")?;
        let expected = status.get(&id).copied().unwrap_or("nowhere");
        if row.text("status")? != expected {
            return Err(row.wrong(&format!("the journal says that contribution {id} is {expected}")));
        }
        *counts.entry(expected).or_default() += 1;
    }
    let counts: Vec<String> = counts.iter().map(|(s, n)| format!("{n} {s}")).collect();
    Ok(if counts.is_empty() { "no contribution".into() } else { counts.join(", ") })
}

/// The arguments, sources and amendments of each contribution, counted again.
pub(super) fn children(opened: &Opened<'_>) -> Result<String, String> {
    const COLUMNS: [&str; 4] = ["arguments_for", "arguments_against", "sources", "amendments"];
    let mut counts: HashMap<i64, [i64; 4]> = HashMap::new();
    let sheet = opened.sheets.get("contributions")?;
    for row in sheet.lines() {
        let Some(parent) = row.number("parent_id")? else { continue };
        if row.text("status")? != "published" {
            continue;
        }
        let place = match (row.text("kind")?, row.number("side")?) {
            ("argument", Some(-1)) => 1,
            ("argument", _) => 0,
            ("source", _) => 2,
            ("amendment", _) => 3,
            _ => continue,
        };
        counts.entry(parent).or_default()[place] += 1;
    }
    let mut all = [0; 4];
    for row in sheet.lines() {
        let found = counts.get(&row.int("id")?).copied().unwrap_or_default();
        for (i, column) in COLUMNS.iter().enumerate() {
            if row.int(column)? != found[i] {
                return Err(row.wrong(&format!(
                    "{column} says {}, {} are there",
                    row.int(column)?,
                    found[i]
                )));
            }
            all[i] += found[i];
        }
    }
    Ok(format!("{} arguments, {} sources, {} amendments", all[0] + all[1], all[2], all[3]))
}
