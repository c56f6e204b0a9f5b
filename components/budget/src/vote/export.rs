//! The open data of the vote: what was sealed is the box's; imported ballots, and the recount that `parvis verify`
//! makes of both.

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

use super::count::{Results, Tallied, results};
use super::sealed::Content;
use crate::model::NAME;
use crate::pabulib;
use crate::store;

const IMPORTS: &str = "budget_imports";
const IMPORTED: &str = "budget_imported_ballots";

fn activity_column() -> Column {
    Column::new("activity_id", Kind::Integer, "Le budget.", "The budget.")
        .required()
        .refers("activities", "id")
}

fn imports_table() -> Table {
    Table {
        name: IMPORTS,
        title: Localized::new("Budgets importés", "Imported budgets"),
        primary_key: &["activity_id"],
        columns: vec![
            activity_column(),
            Column::new(
                "content",
                Kind::Text,
                "Enveloppes, projets, bulletins possibles, règles et origine (JSON canonique).",
                "Envelopes, projects, possible ballots, rules and origin (canonical JSON).",
            )
            .required(),
        ],
    }
}

fn imported_table() -> Table {
    Table {
        name: IMPORTED,
        title: Localized::new("Bulletins importés", "Imported ballots"),
        primary_key: &["activity_id", "position"],
        columns: vec![
            activity_column(),
            Column::new(
                "position",
                Kind::Integer,
                "Rang, dans l’ordre de ce que disent les bulletins.",
                "Place, in the order of what the ballots say.",
            )
            .required(),
            Column::new(
                "ballot",
                Kind::Text,
                "Le bulletin (JSON canonique).",
                "The ballot (canonical JSON).",
            )
            .required(),
            Column::new("number", Kind::Integer, "Bulletins pareils.", "Ballots that are the same.")
                .required(),
        ],
    }
}

/// Writes the tables of the vote of one budget, those of its box included.
///
/// # Errors
/// The database; the bundle cannot be written.
pub async fn tables(tx: &mut Tx<'_>, activity: &Activity, out: &mut (dyn Sink + Send)) -> Result<(), Error> {
    let id = activity.id;
    let imported = store::imports::content(tx, id).await?;
    out.table(imports_table())?;
    if let Some(content) = &imported {
        let text = canonical::to_text(&content.to_value()).map_err(|e| Error::Internal(e.to_string()))?;
        out.row(vec![id.into(), text.into()])?;
    }
    out.table(imported_table())?;
    if imported.is_some() {
        for (position, (ballot, number)) in (0_i64..).zip(store::imports::ballots(tx, id).await?) {
            let number = i64::try_from(number).unwrap_or(i64::MAX);
            out.row(vec![id.into(), position.into(), ballot.into(), number.into()])?;
        }
    }
    boxed::tables(tx, activity, out).await
}

/// The Pabulib files of a budget whose results are published, as `(name, text)`.
///
/// # Errors
/// The database; ballots that cannot be read.
pub async fn files(tx: &mut Tx<'_>, activity: &Activity) -> Result<Vec<(String, String)>, Error> {
    let Some(text) = activity.results.as_deref() else { return Ok(vec![]) };
    let published: Results = serde_json::from_str(text).map_err(|e| Error::Internal(e.to_string()))?;
    let mut all = vec![];
    for envelope in &published.envelopes {
        if let Some(text) = pabulib::export::file(tx, activity, envelope.id).await? {
            all.push((format!("activity-{}-envelope-{}.pb", activity.id, envelope.id), text));
        }
    }
    Ok(all)
}

/// The budgets of a bundle.
///
/// # Errors
/// One sentence when the table cannot be read.
pub fn budgets(opened: &Opened<'_>) -> Result<Vec<i64>, String> {
    let mut budgets = vec![];
    for row in opened.sheets.get("activities")?.lines() {
        if row.text("component")? == NAME {
            budgets.push(row.int("id")?);
        }
    }
    Ok(budgets)
}

/// The checks that the vote of budgets adds to those of a bundle.
///
/// # Errors
/// One sentence when the tables cannot be read.
pub fn verify(opened: &Opened<'_>) -> Result<Vec<Check>, String> {
    let budgets = budgets(opened)?;
    if budgets.is_empty() {
        return Ok(vec![]);
    }
    Ok(vec![
        Check::from_result("imported-budgets", check_imports(opened)),
        Check::from_result("recount-of-budgets", check_results(opened, &budgets)),
    ])
}

/// What an imported budget is counted from, in a bundle.
struct FromFile {
    content: Content,
    /// The ballots in their order, each with how many there are of it.
    ballots: Vec<(String, i64)>,
}

fn imported(opened: &Opened<'_>, activity: i64) -> Result<Option<FromFile>, String> {
    let Ok(sheet) = opened.sheets.get(IMPORTS) else { return Ok(None) };
    let mut content = None;
    for row in sheet.lines() {
        if row.int("activity_id")? == activity {
            let read = serde_json::from_str(row.text("content")?);
            content = Some(read.map_err(|e| row.wrong(&format!("content: {e}")))?);
        }
    }
    let Some(content) = content else { return Ok(None) };
    let mut ballots = vec![];
    for row in opened.sheets.get(IMPORTED)?.lines() {
        if row.int("activity_id")? == activity {
            ballots.push((row.text("ballot")?.to_owned(), row.int("number")?));
        }
    }
    Ok(Some(FromFile { content, ballots }))
}

/// What the first vote sealed of a budget of the bundle, or what was imported; none before that.
///
/// # Errors
/// One sentence when it cannot be read.
pub fn content(opened: &Opened<'_>, activity: i64) -> Result<Option<Content>, String> {
    if let Some(FromFile { content, .. }) = imported(opened, activity)? {
        return Ok(Some(content));
    }
    let Some(value) = boxed::sealed(opened, activity)? else { return Ok(None) };
    serde_json::from_value(value).map(Some).map_err(|e| format!("activity {activity}: sealed rules: {e}"))
}

/// Each imported budget of the journal is there, as it was imported; no other is.
fn check_imports(opened: &Opened<'_>) -> Result<String, String> {
    let mut acts = opened.acts.last_by(&["imported-budget"], "activity");
    let mut count = 0_usize;
    if let Ok(sheet) = opened.sheets.get(IMPORTS) {
        for row in sheet.lines() {
            let id = row.int("activity_id")?;
            let act = acts.remove(&id).ok_or_else(|| row.wrong("its import is not in the journal"))?;
            let FromFile { content, ballots } =
                imported(opened, id)?.ok_or_else(|| row.wrong("it cannot be read"))?;
            let hash = pabulib::fingerprint(&content).map_err(|e| row.wrong(&e.to_string()))?;
            if act.text("content_sha256") != hash {
                return Err(row.wrong(&format!("its projects or rules are not those of {}", act.name())));
            }
            let hash = pabulib::ballots_fingerprint(ballots.iter().map(|(b, n)| (b.as_str(), *n)));
            if act.text("ballots_sha256") != hash {
                return Err(row.wrong(&format!("its ballots are not those of {}", act.name())));
            }
            count += 1;
        }
    }
    match acts.values().next() {
        Some(act) => Err(format!("{}: this imported budget is not in the bundle", act.name())),
        None => Ok(format!("{count} imported budgets, as the journal saw them")),
    }
}

/// The published results of each budget, and its Pabulib files, are what its ballots give under what was sealed.
fn check_results(opened: &Opened<'_>, budgets: &[i64]) -> Result<String, String> {
    let published = opened.acts.last_by(&["results-published"], "activity");
    let closed = opened.acts.last_by(&["ballot-box-closed"], "activity");
    let (mut count, mut counted) = (0_usize, 0_u64);
    for id in budgets.iter().filter(|id| published.contains_key(id)) {
        let name = format!("results/activity-{id}-published.json");
        let bytes = opened.files.read(&name).ok_or_else(|| format!("{name} is missing"))?;
        let said: Value = serde_json::from_slice(&bytes).map_err(|e| format!("{name}: {e}"))?;
        let mut all = Tallied::default();
        let (content, closing) = if let Some(FromFile { content, ballots }) = imported(opened, *id)? {
            for (ballot, number) in ballots {
                let number =
                    u64::try_from(number).map_err(|_| format!("{name}: a negative number of ballots"))?;
                all.add_text(ballot, number);
                counted += number;
            }
            (content, None)
        } else {
            let act =
                closed.get(id).ok_or_else(|| format!("{name}: the box was never closed in the journal"))?;
            if act.body["closing"] != said["closing"] {
                return Err(format!("{name}: its closing is not that of {}", act.name()));
            }
            let closing: Closing = serde_json::from_value(said["closing"].clone())
                .map_err(|e| format!("{name}: closing: {e}"))?;
            for ballot in boxed::ballots(opened, *id)? {
                all.add(&ballot);
                counted += 1;
            }
            match content(opened, *id)? {
                Some(content) => (content, Some(closing)),
                // Nobody voted: nothing was sealed, and there is nothing to count.
                None if closing.ballots == 0 => {
                    count += 1;
                    continue;
                }
                None => return Err(format!("{name}: its rules were never sealed")),
            }
        };
        let again = results(&content, closing.as_ref(), &all).map_err(|e| format!("{name}: {e}"))?;
        let again = serde_json::to_value(again).map_err(|e| e.to_string())?;
        let text = |value: &Value| canonical::to_text(value).map_err(|e| format!("{name}: {e}"));
        if text(&again)? != text(&said)? {
            return Err(format!("{name} is not what the ballots give"));
        }
        count += 1;
    }
    Ok(format!("{count} published budgets, counted again from {counted} ballots"))
}
