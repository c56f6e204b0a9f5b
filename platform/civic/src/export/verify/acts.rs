//! Processes, activities, moderation, answers and documents against the journal.

use std::collections::{BTreeSet, HashMap};

use parvis_core::Localized;
use serde_json::{Value, json};

use super::{Opened, texts};
use crate::export::table;
use crate::journal::sha256_hex;

/// The rules of each process (object, perimeter, dates …) are the last that the journal says.
pub(super) fn processes(opened: &Opened<'_>) -> Result<String, String> {
    let rules = opened.acts.last_by(&["process-rules"], "process");
    let archived = opened.acts.last_by(&["process-archived"], "process");
    let mut phases: HashMap<i64, Vec<(i64, Value)>> = HashMap::new();
    for row in opened.sheets.get("phases")?.lines() {
        let at = |column| {
            let at = table::parse_instant(row.text(column)?);
            at.ok_or_else(|| row.wrong(&format!("{column} is not an instant")))
        };
        let phase = json!({
            "title": row.both("title")?, "starts_at": at("starts_at")?, "ends_at": at("ends_at")?,
        });
        phases.entry(row.int("process_id")?).or_default().push((row.int("position")?, phase));
    }
    let mut count = 0_usize;
    for row in opened.sheets.get("processes")?.lines() {
        let id = row.int("id")?;
        let act = rules.get(&id).ok_or_else(|| row.wrong("its rules are not in the journal"))?;
        // What an organisation writes in a process that it has archived is no longer a rule of anything.
        if archived.get(&id).is_some_and(|a| a.index > act.index) {
            continue;
        }
        let due = row.text("answer_due_at")?;
        let due = if due.is_empty() { None } else { Some(table::parse_instant(due)) };
        let phases: Vec<Value> = phases.remove(&id).unwrap_or_default().into_iter().map(|(_, f)| f).collect();
        let expected = [
            ("slug", json!(row.text("slug")?)),
            ("title", json!(row.both("title")?)),
            ("object", json!(row.both("object")?)),
            ("perimeter", json!(row.both("perimeter")?)),
            ("duplicates_rule", json!(row.both("duplicates_rule")?)),
            ("method_note", json!(row.both("method_note")?)),
            ("organiser", json!(row.both("organiser")?)),
            ("preset", json!(row.text("preset")?)),
            ("answer_due_at", json!(due)),
            ("phases", phases.into()),
        ];
        for (name, value) in expected {
            if normal(&act.body[name]) != normal(&value) {
                return Err(row.wrong(&format!("{name} is not what {} says", act.name())));
            }
        }
        count += 1;
    }
    Ok(format!("{count} processes, with the rules and the dates of the journal"))
}

/// A value in its canonical form, for comparing.
fn normal(value: &Value) -> Option<String> {
    parvis_transparency::canonical::to_text(value).ok()
}

/// The rules of each activity are the last that the journal says; every published activity is there.
pub(super) fn activities(opened: &Opened<'_>) -> Result<String, String> {
    let kinds = ["activity-published", "activity-rules", "activity-opened", "activity-closed"];
    let last = opened.acts.last_by(&kinds, "activity");
    let closed = opened.acts.last_by(&["activity-closed"], "activity");
    let sheet = opened.sheets.get("activities")?;
    let mut there = BTreeSet::new();
    for row in sheet.lines() {
        let id = row.int("id")?;
        there.insert(id);
        let act = last.get(&id).ok_or_else(|| row.wrong("its rules are not in the journal"))?;
        let rules: Value = serde_json::from_str(row.text("rules")?).unwrap_or_default();
        let expected = [
            ("process", json!(row.int("process_id")?)),
            ("component", json!(row.text("component")?)),
            ("title", json!(row.both("title")?)),
            ("rules", rules),
        ];
        for (name, value) in expected {
            if normal(&act.body[name]) != normal(&value) {
                return Err(row.wrong(&format!("{name} is not what {} says", act.name())));
            }
        }
        let over = closed.get(&id).is_some_and(|a| a.hash == act.hash);
        if over && !row.yes("totals_shown")? {
            return Err(row.wrong("its totals are not shown, though the journal says that it is closed"));
        }
    }
    match last.iter().find(|(id, _)| !there.contains(id)) {
        Some((id, act)) => Err(format!("{}: activity {id} is not in the bundle", act.name())),
        None => Ok(format!("{} activities, with the rules of the journal", sheet.len())),
    }
}

/// The decisions of moderation are those of the journal, in its order.
pub(super) fn moderation(opened: &Opened<'_>) -> Result<String, String> {
    let covered = texts::contributions_of(opened)?;
    let mut leaves: HashMap<i64, Vec<(String, String)>> = HashMap::new();
    for act in opened.acts.of("moderation") {
        let id = act.int("contribution").unwrap_or_default();
        if covered.contains_key(&id) {
            let decision = (act.text("action").to_owned(), act.text("reason").to_owned());
            leaves.entry(id).or_default().push(decision);
        }
    }
    let mut appeals: HashMap<i64, Vec<String>> = HashMap::new();
    for act in opened.acts.of("appeal") {
        let id = act.int("contribution").unwrap_or_default();
        if covered.contains_key(&id) {
            appeals.entry(id).or_default().push(act.text("outcome").to_owned());
        }
    }
    let sheet = opened.sheets.get("moderation")?;
    for row in sheet.lines() {
        let id = row.int("contribution_id")?;
        let decision = (row.text("action")?.to_owned(), row.text("reason")?.to_owned());
        let left = leaves.entry(id).or_default();
        if left.first() != Some(&decision) {
            return Err(row.wrong("this decision is not in the journal"));
        }
        left.remove(0);
        let outcome = row.text("appeal")?;
        if !outcome.is_empty() {
            let left = appeals.entry(id).or_default();
            let found = left.iter().position(|o| o == outcome);
            let found = found.ok_or_else(|| row.wrong("the outcome of its appeal is not in the journal"))?;
            left.remove(found);
        }
    }
    let left = leaves.iter().find(|(_, l)| !l.is_empty()).map(|(id, _)| id);
    match left.or_else(|| appeals.iter().find(|(_, l)| !l.is_empty()).map(|(id, _)| id)) {
        Some(id) => Err(format!("a decision of the journal on contribution {id} is not in the bundle")),
        None => Ok(format!("{} decisions, those of the journal", sheet.len())),
    }
}

fn digest(text: &Localized) -> String {
    sha256_hex(text.to_json().as_bytes())
}

/// The official answers are the last that the journal says, word for word.
pub(super) fn answers(opened: &Opened<'_>) -> Result<String, String> {
    let covered = texts::contributions_of(opened)?;
    let mut last = opened.acts.last_by(&["answer"], "contribution");
    last.retain(|id, _| covered.contains_key(id));
    let sheet = opened.sheets.get("answers")?;
    for row in sheet.lines() {
        let act = last.remove(&row.int("contribution_id")?);
        let act = act.ok_or_else(|| row.wrong("this answer is not in the journal"))?;
        if act.text("status") != row.text("status")? || act.text("body_sha256") != digest(&row.both("body")?)
        {
            return Err(row.wrong(&format!("this answer is not the one of {}", act.name())));
        }
    }
    match last.values().next() {
        Some(act) => Err(format!("{}: its answer is not in the bundle", act.name())),
        None => Ok(format!("{} answers, word for word those of the journal", sheet.len())),
    }
}

/// The published documents are the last that the journal says, word for word.
pub(super) fn documents(opened: &Opened<'_>) -> Result<String, String> {
    let processes: BTreeSet<i64> =
        opened.sheets.get("processes")?.lines().map(|row| row.int("id")).collect::<Result<_, _>>()?;
    let mut last = opened.acts.last_by(&["document-published", "document-removed"], "document");
    last.retain(|_, a| {
        a.kind == "document-published" && a.int("process").is_some_and(|p| processes.contains(&p))
    });
    let sheet = opened.sheets.get("documents")?;
    for row in sheet.lines() {
        let act = last.remove(&row.int("id")?);
        let act = act.ok_or_else(|| row.wrong("this document is not in the journal"))?;
        let same = act.int("process") == Some(row.int("process_id")?)
            && act.text("kind") == row.text("kind")?
            && normal(&act.body["title"]) == normal(&json!(row.both("title")?))
            && act.text("body_sha256") == digest(&row.both("body")?);
        if !same {
            return Err(row.wrong(&format!("this document is not the one of {}", act.name())));
        }
    }
    match last.values().next() {
        Some(act) => Err(format!("{}: its document is not in the bundle", act.name())),
        None => Ok(format!("{} documents, word for word those of the journal", sheet.len())),
    }
}
