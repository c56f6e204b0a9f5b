//! The open data of a consultation: its sections and what became of its amendments; and their verification.

use std::collections::{BTreeMap, HashMap};

use parvis_civic::Error;
use parvis_civic::export::verify::{Line, Opened};
use parvis_civic::export::{Cell, Column, Kind, Sink, Table};
use parvis_civic::process::Activity;
use parvis_core::Localized;
use parvis_store::Tx;
use parvis_transparency::bundle::Check;

use crate::model::AMENDMENT;

mod recount;
mod store;

fn both(name: &str, fr: &str, en: &str) -> [Column; 2] {
    [
        Column::new(
            format!("{name}_fr"),
            Kind::Text,
            format!("{fr} En français."),
            format!("{en} In French."),
        ),
        Column::new(
            format!("{name}_en"),
            Kind::Text,
            format!("{fr} En anglais."),
            format!("{en} In English."),
        ),
    ]
}

fn cells(text: Localized) -> [Cell; 2] {
    [text.fr.into(), text.en.into()]
}

fn sections_table() -> Table {
    let mut columns = vec![
        Column::new("id", Kind::Integer, "Numéro de la section.", "Number of the section.").required(),
        Column::new("activity_id", Kind::Integer, "Le dispositif.", "The activity.")
            .required()
            .refers("activities", "id"),
        Column::new("parent_id", Kind::Integer, "La section qui la contient.", "The section it is in.")
            .refers("consultation_sections", "id"),
        Column::new("position", Kind::Integer, "Rang.", "Order.").required(),
    ];
    columns.extend(both("title", "Titre.", "Title."));
    columns.extend(both("description", "Présentation (Markdown).", "Presentation (Markdown)."));
    Table {
        name: "consultation_sections",
        title: Localized::new("Sections des consultations", "Sections of the consultations"),
        primary_key: &["id"],
        columns,
    }
}

fn amendments_table() -> Table {
    let mut columns = vec![
        Column::new("contribution_id", Kind::Integer, "L’amendement.", "The amendment.")
            .required()
            .refers("contributions", "id"),
        Column::new(
            "base_version",
            Kind::Integer,
            "Version du texte dont il part.",
            "Version of the text it was written against.",
        )
        .required(),
        Column::new(
            "decision",
            Kind::Text,
            "accepted (accepté), refused (refusé), merged (repris dans une autre rédaction) ; vide : pas encore décidé.",
            "accepted, refused, merged into another wording; empty: not decided yet.",
        )
        .one_of(&["accepted", "refused", "merged"]),
    ];
    columns.extend(both("reason", "Motif.", "Reason."));
    columns.push(Column::new("decided_on", Kind::Day, "Jour de la décision.", "Day of the decision."));
    columns.push(Column::new(
        "result_version",
        Kind::Integer,
        "Version du texte qui en est issue.",
        "Version of the text that came of it.",
    ));
    Table {
        name: "consultation_amendments",
        title: Localized::new("Suites des amendements", "What became of the amendments"),
        primary_key: &["contribution_id"],
        columns,
    }
}

/// Writes the tables of one consultation.
///
/// # Errors
/// The database; the bundle cannot be written.
pub async fn tables(tx: &mut Tx<'_>, activity: &Activity, out: &mut (dyn Sink + Send)) -> Result<(), Error> {
    out.table(sections_table())?;
    for section in crate::store::sections(tx, activity.id).await? {
        let mut row: Vec<Cell> =
            vec![section.id.into(), activity.id.into(), section.parent_id.into(), section.position.into()];
        row.extend(cells(section.title));
        row.extend(cells(section.description));
        out.row(row)?;
    }
    out.table(amendments_table())?;
    let amendments = store::amendments(tx, activity.id).await?;
    for m in amendments {
        let mut row: Vec<Cell> =
            vec![m.at::<i64>(0)?.into(), m.at::<i64>(1)?.into(), m.at::<Option<String>>(2)?.into()];
        row.extend(cells(Localized::from_json(&m.at::<String>(3)?)));
        row.push(Cell::day(m.at(4)?));
        row.push(m.at::<Option<i64>>(5)?.into());
        out.row(row)?;
    }
    Ok(())
}

/// The checks that this component adds to those of a bundle.
///
/// # Errors
/// One sentence when the tables cannot be read.
pub fn verify(opened: &Opened<'_>) -> Result<Vec<Check>, String> {
    let mut has = false;
    for row in opened.sheets.get("activities")?.lines() {
        has |= row.text("component")? == crate::model::NAME;
    }
    if !has {
        return Ok(vec![]);
    }
    Ok(vec![
        Check::from_result("consultation-sections", check_sections(opened)),
        Check::from_result("consultation-amendments", check_amendments(opened)),
        Check::from_result("consultation-results", recount::check(opened, &consultations(opened)?)),
    ])
}

/// The section of each text is one of its own consultation.
fn check_sections(opened: &Opened<'_>) -> Result<String, String> {
    let mut sections = HashMap::new();
    let sheet = opened.sheets.get("consultation_sections")?;
    for row in sheet.lines() {
        sections.insert(row.int("id")?, row.int("activity_id")?);
    }
    let consultations = consultations(opened)?;
    for row in opened.sheets.get("contributions")?.lines() {
        let activity = row.int("activity_id")?;
        let Some(section) = row.number("section_id")? else { continue };
        if consultations.contains_key(&activity) && sections.get(&section) != Some(&activity) {
            return Err(row.wrong("its section is not one of its consultation"));
        }
    }
    Ok(format!("{} sections, each text in one of its own consultation", sheet.len()))
}

/// The consultations of the bundle, by activity.
fn consultations<'s>(opened: &'s Opened<'_>) -> Result<BTreeMap<i64, Line<'s>>, String> {
    let mut consultations = BTreeMap::new();
    for row in opened.sheets.get("activities")?.lines() {
        if row.text("component")? == crate::model::NAME {
            consultations.insert(row.int("id")?, row);
        }
    }
    Ok(consultations)
}

/// What became of each amendment is what the journal says; no decision of the journal is left out.
fn check_amendments(opened: &Opened<'_>) -> Result<String, String> {
    let mut kinds = HashMap::new();
    for row in opened.sheets.get("contributions")?.lines() {
        kinds.insert(row.int("id")?, row.text("kind")?);
    }
    let mut last = opened.acts.last_by(&["amendment-decision"], "amendment");
    last.retain(|id, _| kinds.contains_key(id));
    let mut decided = 0_usize;
    let sheet = opened.sheets.get("consultation_amendments")?;
    for row in sheet.lines() {
        let id = row.int("contribution_id")?;
        if kinds.get(&id) != Some(&AMENDMENT) {
            return Err(row.wrong("it is not about an amendment"));
        }
        let decision = row.text("decision")?;
        match last.remove(&id) {
            None if decision.is_empty() => {}
            None => return Err(row.wrong("this decision is not in the journal")),
            Some(act) => {
                let same = act.text("decision") == decision
                    && act.int("result_version") == row.number("result_version")?;
                if !same {
                    return Err(row.wrong(&format!("this decision is not the one of {}", act.name())));
                }
                decided += 1;
            }
        }
    }
    match last.values().next() {
        Some(act) => Err(format!("{}: its decision is not in the bundle", act.name())),
        None => Ok(format!("{} amendments, {decided} decided as the journal says", sheet.len())),
    }
}

#[cfg(test)]
mod tests;
