//! The open data of a vote: its options; its ballots are the box's. And the recount that `parvis verify` makes.

use parvis_ballotbox::close::Closing;
use parvis_ballotbox::export as boxed;
use parvis_civic::Error;
use parvis_civic::export::verify::Opened;
use parvis_civic::export::{Column, Kind, Sink, Table};
use parvis_civic::process::Activity;
use parvis_core::Localized;
use parvis_store::Tx;
use parvis_transparency::bundle::Check;
use parvis_transparency::canonical;
use serde_json::Value;

use crate::count::{Results, Tallied, results};
use crate::{model, store};

fn options_table() -> Table {
    let text = |name: &str, fr: &str, en: &str| Column::new(name, Kind::Text, fr, en);
    Table {
        name: "vote_options",
        title: Localized::new("Options des votes", "Options of the votes"),
        primary_key: &["id"],
        columns: vec![
            Column::new(
                "id",
                Kind::Integer,
                "Numéro de l’option, celui des bulletins.",
                "Number of the option, as on ballots.",
            )
            .required(),
            Column::new("activity_id", Kind::Integer, "Le vote.", "The vote.")
                .required()
                .refers("activities", "id"),
            Column::new("position", Kind::Integer, "Rang sur le bulletin.", "Place on the ballot.")
                .required(),
            text("title_fr", "Nom, en français.", "Name, in French."),
            text("title_en", "Nom, en anglais.", "Name, in English."),
            text("body_fr", "Présentation, en français (Markdown).", "Presentation, in French (Markdown)."),
            text("body_en", "Présentation, en anglais (Markdown).", "Presentation, in English (Markdown)."),
            text("link", "Adresse où en lire plus.", "Address where more is said."),
        ],
    }
}

/// Writes the tables of one vote.
///
/// # Errors
/// The database; the bundle cannot be written.
pub async fn tables(tx: &mut Tx<'_>, activity: &Activity, out: &mut (dyn Sink + Send)) -> Result<(), Error> {
    out.table(options_table())?;
    for (position, o) in (1_i64..).zip(store::options(tx, activity.id).await?) {
        out.row(vec![
            o.id.into(),
            activity.id.into(),
            position.into(),
            o.title.fr.into(),
            o.title.en.into(),
            o.body.fr.into(),
            o.body.en.into(),
            o.link.into(),
        ])?;
    }
    boxed::tables(tx, activity, out).await
}

/// The checks that this component adds to those of a bundle.
///
/// # Errors
/// One sentence when the tables cannot be read.
pub fn verify(opened: &Opened<'_>) -> Result<Vec<Check>, String> {
    let mut votes = vec![];
    for row in opened.sheets.get("activities")?.lines() {
        if row.text("component")? == model::NAME {
            votes.push(row.int("id")?);
        }
    }
    if votes.is_empty() {
        return Ok(vec![]);
    }
    Ok(vec![
        Check::from_result("options-of-votes", check_options(opened, &votes)),
        Check::from_result("recount-of-votes", check_results(opened, &votes)),
    ])
}

/// The options of each sealed vote are, in their order, those that were sealed.
fn check_options(opened: &Opened<'_>, votes: &[i64]) -> Result<String, String> {
    let mut count = 0;
    for id in votes {
        let Some(content) = boxed::sealed(opened, *id)? else { continue };
        let mut found = vec![];
        for row in opened.sheets.get("vote_options")?.lines() {
            if row.int("activity_id")? == *id {
                found.push(serde_json::json!({
                    "id": row.int("id")?, "title": row.both("title")?, "link": row.text("link")?
                }));
            }
        }
        if content["options"] != Value::Array(found) {
            return Err(format!("activity {id}: its options are not those that were sealed"));
        }
        count += 1;
    }
    Ok(format!("{count} votes, with the options that were sealed"))
}

/// The published results of each vote are what its ballots give under the rules that were sealed.
fn check_results(opened: &Opened<'_>, votes: &[i64]) -> Result<String, String> {
    let published = opened.acts.last_by(&["results-published"], "activity");
    let (mut count, mut counted) = (0_usize, 0_i64);
    for id in votes.iter().filter(|id| published.contains_key(id)) {
        let name = format!("results/activity-{id}-published.json");
        let bytes = opened.files.read(&name).ok_or_else(|| format!("{name} is missing"))?;
        let said: Value = serde_json::from_slice(&bytes).map_err(|e| format!("{name}: {e}"))?;
        let closing: Closing =
            serde_json::from_value(said["closing"].clone()).map_err(|e| format!("{name}: closing: {e}"))?;
        let closed = opened.acts.last_by(&["ballot-box-closed"], "activity");
        let act = closed.get(id).ok_or_else(|| format!("{name}: the box was never closed in the journal"))?;
        if act.body["closing"] != said["closing"] {
            return Err(format!("{name}: its closing is not that of {}", act.name()));
        }
        let mut all = Tallied::default();
        for ballot in boxed::ballots(opened, *id)? {
            all.add(&ballot);
        }
        // Nobody voted: nothing was sealed, and there is nothing to count.
        let content = match boxed::sealed(opened, *id)? {
            Some(content) => content,
            None => {
                serde_json::json!({ "options": said["options"], "tally": parvis_tally::Rules::new(parvis_tally::Method::Approval) })
            }
        };
        let mut again: Results = results(&content, &closing, &all).map_err(|e| format!("{name}: {e}"))?;
        // Results published before they said it say nothing of who voted.
        if said.get("identity").is_some() {
            again.identity = boxed::rules(opened, *id)?.map(|rules| rules.identity());
        }
        let again = serde_json::to_value(again).map_err(|e| e.to_string())?;
        let text = |value: &Value| canonical::to_text(value).map_err(|e| format!("{name}: {e}"));
        if text(&again)? != text(&said)? {
            return Err(format!("{name} is not what the ballots give"));
        }
        count += 1;
        counted += closing.ballots;
    }
    Ok(format!("{count} published results, counted again from {counted} ballots"))
}
