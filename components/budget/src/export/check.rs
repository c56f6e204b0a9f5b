//! What `parvis verify` checks of a budget's life: that what the tables say of ideas and of winners is what the journal
//! says.

use std::collections::HashMap;

use parvis_civic::export::verify::Opened;
use parvis_transparency::bundle::Check;
use serde_json::json;

/// The checks of ideas and of the follow-up.
///
/// # Errors
/// One sentence when the tables cannot be read.
pub fn verify(opened: &Opened<'_>) -> Result<Vec<Check>, String> {
    let mut budgets = 0;
    for row in opened.sheets.get("activities")?.lines() {
        if row.text("component")? == crate::model::NAME {
            budgets += 1;
        }
    }
    if budgets == 0 {
        return Ok(vec![]);
    }
    Ok(vec![
        Check::from_result("ideas-of-budgets", check_ideas(opened)),
        Check::from_result("steps-of-budgets", check_steps(opened)),
    ])
}

/// What the services answered is what the journal said last of each idea.
fn check_ideas(opened: &Opened<'_>) -> Result<String, String> {
    let studied = opened.acts.last_by(&["idea-studied"], "contribution");
    let mut count = 0;
    for row in opened.sheets.get("budget_ideas")?.lines() {
        let id = row.int("contribution_id")?;
        let state = row.text("state")?;
        let cost = row.number("cost")?;
        let reason = row.both("reason")?;
        match studied.get(&id) {
            // An idea that another took in keeps no decision; one that was withdrawn or hidden shows none.
            _ if state == "merged" => {}
            None if state == "received" => {}
            None => return Err(format!("idea {id} is {state}, which the journal never said")),
            Some(act) => {
                let said = act.body["state"].as_str().unwrap_or_default();
                if said != state {
                    return Err(format!("idea {id} is {state}; {} says {said}", act.name()));
                }
                let is_shown = cost.is_some() || !reason.is_empty();
                if is_shown && (act.body["cost"] != json!(cost) || act.body["reason"] != json!(reason)) {
                    return Err(format!("idea {id}: its reason or its cost is not that of {}", act.name()));
                }
            }
        }
        count += 1;
    }
    Ok(format!("{count} ideas, each where the journal left it"))
}

/// Each step of a winner is in the journal, and no other; the money spent adds up.
fn check_steps(opened: &Opened<'_>) -> Result<String, String> {
    let written = opened.acts.last_by(&["project-step"], "step");
    let mut spent: HashMap<i64, i64> = HashMap::new();
    let mut count = 0_usize;
    for row in opened.sheets.get("budget_steps")?.lines() {
        let (id, project) = (row.int("id")?, row.int("project_id")?);
        let act = written.get(&id).ok_or_else(|| format!("step {id} is not in the journal"))?;
        let said = json!({
            "project": project,
            "happened_on": row.text("happened_on")?,
            "progress": row.text("progress")?,
            "text": row.both("body")?,
            "spent": row.int("spent")?,
        });
        let same = |key: &str| act.body[key] == said[key];
        if !["project", "happened_on", "progress", "text", "spent"].into_iter().all(same) {
            return Err(format!("step {id} is not that of {}", act.name()));
        }
        let total = spent.entry(project).or_default();
        *total = total.checked_add(row.int("spent")?).ok_or("too much was spent to be counted")?;
        count += 1;
    }
    if written.len() != count {
        return Err(format!("{} steps in the journal, {count} in the table", written.len()));
    }
    for row in opened.sheets.get("budget_projects")?.lines() {
        let id = row.int("id")?;
        let total = spent.get(&id).copied().unwrap_or_default();
        if row.int("spent")? != total {
            return Err(format!("project {id}: its steps spent {total} cents, not {}", row.int("spent")?));
        }
    }
    Ok(format!("{count} steps of winners, as the journal says"))
}
