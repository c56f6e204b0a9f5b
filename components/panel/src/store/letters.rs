//! The frame and the letters drawn from it.

use parvis_civic::Error;
use parvis_core::Millis;
use parvis_store::{Row, Tx, p};

use crate::people::Line;

/// A letter that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Identifier.
    pub id: i64,
    /// The number of its line in the frame.
    pub line: i64,
    /// Who gets it; empty for an address.
    pub name: String,
    /// Where.
    pub address: String,
    /// What tells households apart.
    pub household: String,
    /// Empty, `yes` or `no`.
    pub answer: String,
}

fn read(row: &Row) -> Result<Letter, Error> {
    Ok(Letter {
        id: row.get("id")?,
        line: row.get("line")?,
        name: row.get("name")?,
        address: row.get("address")?,
        household: row.get("household")?,
        answer: row.get("answer")?,
    })
}

const COLUMNS: &str = "id, line, name, address, household, answer";

/// Replaces the frame; its lines are numbered from 1. No letter may have been drawn.
pub(crate) async fn set_frame(tx: &mut Tx<'_>, activity_id: i64, lines: &[Line]) -> Result<(), Error> {
    tx.exec("delete from panel_letter where activity_id = $1", &p![activity_id]).await?;
    let sql =
        "insert into panel_letter (activity_id, line, name, address, household) values ($1, $2, $3, $4, $5)";
    for (number, line) in (1_i64..).zip(lines) {
        let values =
            p![activity_id, number, line.name.as_str(), line.address.as_str(), line.household.as_str()];
        tx.exec(sql, &values).await?;
    }
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    tx.exec("update panel set frame_lines = $2 where activity_id = $1", &p![activity_id, count]).await?;
    Ok(())
}

/// Notes which lines were drawn for a letter, in their order.
pub(crate) async fn set_letters(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    numbers: &[i64],
    seed: &str,
) -> Result<(), Error> {
    for (rank, line) in (1_i64..).zip(numbers) {
        let sql = "update panel_letter set rank = $3 where activity_id = $1 and line = $2";
        tx.exec(sql, &p![activity_id, *line, rank]).await?;
    }
    let count = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
    let sql = "update panel set letters = $2, letters_seed = $3, letters_at = $4 where activity_id = $1";
    tx.exec(sql, &p![activity_id, count, seed, now]).await?;
    Ok(())
}

/// Gives a letter its code.
pub(crate) async fn set_code(tx: &mut Tx<'_>, letter: i64, hash: &str) -> Result<(), Error> {
    tx.exec("update panel_letter set code_hash = $2 where id = $1", &p![letter, hash]).await?;
    Ok(())
}

/// The letters that were drawn, in the order of the draw. `waiting`: only those without an answer.
pub(crate) async fn letters(
    tx: &mut Tx<'_>,
    activity_id: i64,
    waiting: bool,
    limit: i64,
    offset: i64,
) -> Result<Vec<Letter>, Error> {
    let sql = format!(
        "select {COLUMNS} from panel_letter where activity_id = $1 and rank is not null
           and (not cast($2 as boolean) or answer = '') order by rank limit $3 offset $4"
    );
    tx.query(&sql, &p![activity_id, waiting, limit, offset]).await?.iter().map(read).collect()
}

/// The letters to print: those that got no answer; only those without a code yet when `new` is said.
pub(crate) async fn to_print(tx: &mut Tx<'_>, activity_id: i64, new: bool) -> Result<Vec<Letter>, Error> {
    let sql = format!(
        "select {COLUMNS} from panel_letter where activity_id = $1 and rank is not null and answer = ''
           and (not cast($2 as boolean) or code_hash is null) order by rank"
    );
    tx.query(&sql, &p![activity_id, new]).await?.iter().map(read).collect()
}

/// How many letters were answered yes, no, not at all: none once they are erased.
pub(super) async fn letters_answered(tx: &mut Tx<'_>, activity_id: i64) -> Result<[i64; 3], Error> {
    let sql = "select coalesce(sum(case when answer = 'yes' then 1 else 0 end), 0),
                      coalesce(sum(case when answer = 'no' then 1 else 0 end), 0),
                      coalesce(sum(case when answer = '' then 1 else 0 end), 0)
               from panel_letter where activity_id = $1 and rank is not null";
    let row = tx.one(sql, &p![activity_id]).await?;
    Ok([row.at(0)?, row.at(1)?, row.at(2)?])
}

/// The letter of a code.
pub(crate) async fn by_code(tx: &mut Tx<'_>, activity_id: i64, hash: &str) -> Result<Option<Letter>, Error> {
    let sql = format!("select {COLUMNS} from panel_letter where activity_id = $1 and code_hash = $2");
    tx.opt(&sql, &p![activity_id, hash]).await?.as_ref().map(read).transpose()
}

/// The letter of a line of the frame.
pub(crate) async fn by_line(tx: &mut Tx<'_>, activity_id: i64, line: i64) -> Result<Option<Letter>, Error> {
    let sql = format!(
        "select {COLUMNS} from panel_letter where activity_id = $1 and line = $2 and rank is not null"
    );
    tx.opt(&sql, &p![activity_id, line]).await?.as_ref().map(read).transpose()
}

/// Notes the answer to a letter.
pub(crate) async fn set_answer(tx: &mut Tx<'_>, now: Millis, letter: i64, answer: &str) -> Result<(), Error> {
    let sql = "update panel_letter set answer = $2, answered_at = $3 where id = $1";
    tx.exec(sql, &p![letter, answer, now]).await?;
    Ok(())
}
