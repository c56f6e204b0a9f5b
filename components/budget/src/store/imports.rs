//! Budgets that were held elsewhere: what they were counted from.

use parvis_civic::Error;
use parvis_core::Millis;
use parvis_store::{Tx, p};

use crate::vote::sealed::Content;

/// What an imported budget is counted under; none for a budget of this site.
///
/// # Errors
/// The database.
pub(crate) async fn content(tx: &mut Tx<'_>, activity_id: i64) -> Result<Option<Content>, Error> {
    let sql = "select content from budget_import where activity_id = $1";
    let Some(row) = tx.opt(sql, &p![activity_id]).await? else { return Ok(None) };
    let text: String = row.at(0)?;
    serde_json::from_str(&text).map(Some).map_err(|e| Error::Internal(format!("an imported budget: {e}")))
}

/// The activity in which the file of this fingerprint was imported.
///
/// # Errors
/// The database.
pub(crate) async fn of_file(tx: &mut Tx<'_>, sha256: &str) -> Result<Option<i64>, Error> {
    let sql = "select activity_id from budget_import where file_sha256 = $1";
    Ok(tx.opt(sql, &p![sha256]).await?.map(|row| row.at(0)).transpose()?)
}

/// Remembers what an imported budget is counted under.
///
/// # Errors
/// The database.
pub(crate) async fn keep(
    tx: &mut Tx<'_>,
    activity_id: i64,
    content: &Content,
    sha256: &str,
) -> Result<(), Error> {
    let text = parvis_transparency::canonical::to_text(&content.to_value())
        .map_err(|e| Error::Internal(format!("an imported budget: {e}")))?;
    let sql = "insert into budget_import (activity_id, content, file_sha256) values ($1, $2, $3)";
    tx.exec(sql, &p![activity_id, text, sha256]).await?;
    Ok(())
}

/// The most rows that one statement adds.
const BATCH: usize = 200;

/// Adds imported ballots, each with how many there are.
///
/// # Errors
/// The database.
pub(crate) async fn add_ballots(
    tx: &mut Tx<'_>,
    activity_id: i64,
    ballots: &[(String, i64)],
) -> Result<(), Error> {
    for (batch, rows) in (0_usize..).zip(ballots.chunks(BATCH)) {
        let mut sql =
            "insert into budget_imported_ballot (activity_id, position, ballot, number) values ".to_owned();
        let mut params = vec![];
        for (n, (ballot, number)) in rows.iter().enumerate() {
            let first = n * 4;
            let comma = if n == 0 { "" } else { ", " };
            sql.push_str(&format!("{comma}(${}, ${}, ${}, ${})", first + 1, first + 2, first + 3, first + 4));
            let position = i64::try_from(batch * BATCH + n).unwrap_or(i64::MAX);
            params.extend_from_slice(&p![activity_id, position, ballot.as_str(), *number]);
        }
        tx.exec(&sql, &params).await?;
    }
    Ok(())
}

/// The imported ballots of a budget: each different one as canonical JSON, and how many there are.
///
/// # Errors
/// The database.
pub(crate) async fn ballots(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<(String, u64)>, Error> {
    let sql = "select ballot, number from budget_imported_ballot where activity_id = $1 order by position";
    let read = |row: &parvis_store::Row| {
        let number = u64::try_from(row.get::<i64>("number")?).unwrap_or(0);
        Ok((row.get("ballot")?, number))
    };
    tx.query(sql, &p![activity_id]).await?.iter().map(read).collect()
}

/// Adds an envelope of an imported budget; gives its number.
///
/// # Errors
/// The database.
pub(crate) async fn add_envelope(
    tx: &mut Tx<'_>,
    activity_id: i64,
    name: &str,
    amount: i64,
) -> Result<i64, Error> {
    let sql = "insert into budget_district (activity_id, position, name, amount, everybody)
               values ($1, 1, $2, $3, 1) returning id";
    Ok(tx.insert(sql, &p![activity_id, name, amount]).await?)
}

/// Adds a project of an imported budget.
///
/// # Errors
/// The database.
pub(crate) async fn add_project(
    tx: &mut Tx<'_>,
    activity_id: i64,
    entry: &crate::vote::sealed::Entry,
) -> Result<(), Error> {
    let sql = "insert into budget_project (activity_id, code, district_id, title, cost)
               values ($1, $2, $3, $4, $5)";
    let params = p![activity_id, entry.code.as_str(), entry.envelope, entry.title.to_json(), entry.cost];
    tx.exec(sql, &params).await?;
    Ok(())
}

/// Notes an import in the log of imports.
///
/// # Errors
/// The database.
pub(crate) async fn log(tx: &mut Tx<'_>, now: Millis, actor: &str, report: &str) -> Result<(), Error> {
    let sql = "insert into import_run (kind, at, actor, report) values ('pabulib', $1, $2, $3)";
    tx.exec(sql, &p![now, actor, report]).await?;
    Ok(())
}

/// The closed budgets of the site whose results are published: activity, title, and its process's title.
///
/// # Errors
/// The database.
pub(crate) async fn closed(tx: &mut Tx<'_>) -> Result<Vec<(i64, String, String)>, Error> {
    let sql = "select a.id, a.title, p.title as process from activity a join process p on p.id = a.process_id
               where a.component = 'budget' and a.results_at is not null order by a.results_at desc, a.id desc
               limit 200";
    let read = |row: &parvis_store::Row| Ok((row.get("id")?, row.get("title")?, row.get("process")?));
    tx.query(sql, &p![]).await?.iter().map(read).collect()
}
