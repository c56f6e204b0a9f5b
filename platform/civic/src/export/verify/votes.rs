//! Reactions and totals.

use std::collections::{HashMap, HashSet};

use parvis_transparency::{canonical, commitment};
use serde_json::json;

use super::{Act, Opened, texts};
use crate::export::results::Three;

/// The reaction leaves that stand: neither replaced nor withdrawn by a later one.
pub(super) fn live<'a>(opened: &'a Opened<'_>) -> Result<Vec<&'a Act>, String> {
    let mut gone: HashSet<&str> = HashSet::new();
    for act in opened.acts.iter().filter(|a| a.kind == "reaction" || a.kind == "reaction-withdrawn") {
        let replaces = act.text("replaces");
        if replaces.is_empty() {
            continue;
        }
        let before = opened.acts.get(replaces).filter(|b| b.index < act.index && b.kind == "reaction");
        let same = before.is_some_and(|b| b.int("contribution") == act.int("contribution"));
        if !same {
            return Err(format!("{} replaces no earlier reaction to its contribution", act.name()));
        }
        if !gone.insert(replaces) {
            return Err(format!("{} replaces a reaction that was already replaced", act.name()));
        }
    }
    Ok(opened.acts.of("reaction").filter(|a| !gone.contains(a.hash.as_str())).collect())
}

/// The activities whose totals are public.
pub(super) fn shown(opened: &Opened<'_>) -> Result<HashSet<i64>, String> {
    let mut shown = HashSet::new();
    for row in opened.sheets.get("activities")?.lines() {
        if row.yes("totals_shown")? {
            shown.insert(row.int("id")?);
        }
    }
    Ok(shown)
}

/// Every reaction opens exactly one standing leaf of the journal; every standing leaf has its reaction.
pub(super) fn reactions(opened: &Opened<'_>) -> Result<String, String> {
    let of = texts::contributions_of(opened)?;
    let shown = shown(opened)?;
    let covered = |act: &&Act| {
        act.int("contribution").and_then(|id| of.get(&id)).is_some_and(|activity| shown.contains(activity))
    };
    let mut standing: HashMap<&str, &Act> =
        live(opened)?.into_iter().filter(covered).map(|a| (a.hash.as_str(), a)).collect();
    let sheet = opened.sheets.get("reactions")?;
    for row in sheet.lines() {
        let (id, value) = (row.int("contribution_id")?, row.int("value")?);
        let act = standing.remove(row.text("leaf")?);
        let act =
            act.ok_or_else(|| row.wrong("its leaf does not stand in the journal, or was counted already"))?;
        let salt = commitment::salt_from_hex(row.text("salt")?);
        let salt = salt.ok_or_else(|| row.wrong("its salt is not one"))?;
        let content = canonical::to_bytes(&json!({ "contribution": id, "value": value }));
        let content = content.map_err(|e| row.wrong(&e.to_string()))?;
        if act.int("contribution") != Some(id)
            || !commitment::opens_hex(act.text("commitment"), &salt, &content)
        {
            return Err(row.wrong("this is not the reaction that the journal committed to"));
        }
    }
    match standing.values().min_by_key(|a| a.index) {
        Some(act) => Err(format!("{}: its reaction is not in the bundle", act.name())),
        None => Ok(format!("{} reactions, each opens its own standing leaf", sheet.len())),
    }
}

/// The totals cast here, counted again from the reactions.
pub(super) fn cast(opened: &Opened<'_>) -> Result<String, String> {
    let mut totals: HashMap<i64, Three> = HashMap::new();
    for row in opened.sheets.get("reactions")?.lines() {
        let place = match row.int("value")? {
            1 => 0,
            0 => 1,
            _ => 2,
        };
        totals.entry(row.int("contribution_id")?).or_default()[place] += 1;
    }
    let shown = shown(opened)?;
    let mut all = [0; 3];
    for row in opened.sheets.get("contributions")?.lines() {
        let id = row.int("id")?;
        let counted = totals.get(&id).copied().unwrap_or_default();
        let said = [row.number("cast_for")?, row.number("cast_mixed")?, row.number("cast_against")?];
        let expected = if shown.contains(&row.int("activity_id")?) { counted.map(Some) } else { [None; 3] };
        if said != expected {
            return Err(
                row.wrong(&format!("contribution {id} says {said:?}, its reactions count {expected:?}"))
            );
        }
        for i in 0..3 {
            all[i] += counted[i];
        }
    }
    Ok(format!("{} for, {} mixed, {} against, counted again", all[0], all[1], all[2]))
}

/// The imported totals are those of the import's leaves; nothing else has any.
pub(super) fn imported(opened: &Opened<'_>) -> Result<String, String> {
    let mut leaves = HashMap::new();
    for act in opened.acts.of("import") {
        let total = |name: &str| act.body["imported"][name].as_i64().unwrap_or_default();
        let id = act.int("contribution").unwrap_or_default();
        leaves.insert(id, [total("for"), total("mixed"), total("against")]);
    }
    let (mut all, mut count) = ([0; 3], 0_usize);
    for row in opened.sheets.get("contributions")?.lines() {
        let id = row.int("id")?;
        let said = [row.int("imported_for")?, row.int("imported_mixed")?, row.int("imported_against")?];
        let leaf = leaves.get(&id).copied();
        if said != leaf.unwrap_or_default() {
            return Err(row.wrong(&format!("contribution {id} has other imported totals than its leaf")));
        }
        for i in 0..3 {
            all[i] += said[i];
        }
        count += usize::from(leaf.is_some());
    }
    Ok(format!(
        "{count} imported contributions: {} for, {} mixed, {} against, kept apart",
        all[0], all[1], all[2]
    ))
}
