//! What `parvis verify` checks of a budget's life: that what the tables say of ideas and of winners is what the journal
//! says.

use std::collections::{HashMap, HashSet};

use parvis_civic::export::verify::Opened;
use parvis_transparency::bundle::Check;
use serde_json::json;

use crate::vote::export as vote;
use crate::vote::sealed::{Content, Entry, Envelope};

/// The checks of ideas, of what was put to the vote, and of the follow-up.
///
/// # Errors
/// One sentence when the tables cannot be read.
pub fn verify(opened: &Opened<'_>) -> Result<Vec<Check>, String> {
    let budgets = vote::budgets(opened)?;
    if budgets.is_empty() {
        return Ok(vec![]);
    }
    Ok(vec![
        Check::from_result("ideas-of-budgets", check_ideas(opened)),
        Check::from_result("projects-of-budgets", check_projects(opened, &budgets)),
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

/// Where votes were cast, or imported, the envelopes and projects of the tables are those that were sealed: what people
/// read beside a result is what was voted on.
fn check_projects(opened: &Opened<'_>, budgets: &[i64]) -> Result<String, String> {
    let mut sealed: HashMap<i64, Content> = HashMap::new();
    for id in budgets {
        if let Some(content) = vote::content(opened, *id)? {
            sealed.insert(*id, content);
        }
    }
    let mut projects: HashSet<(i64, String)> = HashSet::new();
    for row in opened.sheets.get("budget_projects")?.lines() {
        let entry = Entry {
            code: row.text("code")?.to_owned(),
            title: row.both("title")?,
            cost: row.int("cost")?,
            envelope: row.int("envelope_id")?,
        };
        let activity = row.int("activity_id")?;
        let Some(content) = sealed.get(&activity) else { continue };
        if content.project(&entry.code) != Some(&entry) {
            return Err(row.wrong("not a project as it was sealed"));
        }
        projects.insert((activity, entry.code));
    }
    let mut envelopes: HashSet<i64> = HashSet::new();
    for row in opened.sheets.get("budget_envelopes")?.lines() {
        let activity = row.int("activity_id")?;
        let Some(content) = sealed.get(&activity) else { continue };
        let envelope = Envelope {
            id: row.int("id")?,
            name: row.both("name")?,
            amount: row.int("amount")?,
            everybody: row.yes("everybody")?,
        };
        // An envelope without a project is not voted on, and was not sealed.
        if content.of_envelope(envelope.id).next().is_some() {
            if !content.envelopes.contains(&envelope) {
                return Err(row.wrong("not an envelope as it was sealed"));
            }
            envelopes.insert(envelope.id);
        }
    }
    for (id, content) in &sealed {
        if let Some(p) = content.projects.iter().find(|p| !projects.contains(&(*id, p.code.clone()))) {
            return Err(format!("activity {id}: project {} was sealed and is not there", p.code));
        }
        if let Some(e) = content.envelopes.iter().find(|e| !envelopes.contains(&e.id)) {
            return Err(format!("activity {id}: envelope {} was sealed and is not there", e.id));
        }
    }
    let (projects, envelopes) = (projects.len(), envelopes.len());
    Ok(format!("{projects} projects in {envelopes} envelopes, as they were sealed"))
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
