//! Telephone numbers drawn at random.

use parvis_civic::Error;
use parvis_core::Millis;
use parvis_store::{Row, Tx, p};

use crate::phones::Plan;

/// A number that was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// Identifier.
    pub id: i64,
    /// Its place in the draw, from 1.
    pub rank: i64,
    /// Its digits.
    pub number: String,
    /// Empty, `yes` or `no`.
    pub answer: String,
}

fn read(row: &Row) -> Result<Phone, Error> {
    Ok(Phone {
        id: row.get("id")?,
        rank: row.get("rank")?,
        number: row.get("number")?,
        answer: row.get("answer")?,
    })
}

const COLUMNS: &str = "id, rank, number, answer";

/// Keeps the numbers drawn, in their order, and what they were drawn from.
pub(crate) async fn set_phones(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    plan: &Plan,
    numbers: &[String],
    seed: &str,
) -> Result<(), Error> {
    for (rank, number) in (1_i64..).zip(numbers) {
        let sql = "insert into panel_phone (activity_id, rank, number) values ($1, $2, $3)";
        tx.exec(sql, &p![activity_id, rank, number.as_str()]).await?;
    }
    let count = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
    let plan = serde_json::to_string(plan).map_err(|e| Error::Internal(e.to_string()))?;
    let sql = "update panel set phones = $2, phones_plan = $3, phones_seed = $4, phones_at = $5
               where activity_id = $1";
    tx.exec(sql, &p![activity_id, count, plan, seed, now]).await?;
    Ok(())
}

/// The numbers drawn, in the order of the draw. `waiting`: only those without an answer.
pub(crate) async fn phones(tx: &mut Tx<'_>, activity_id: i64, waiting: bool) -> Result<Vec<Phone>, Error> {
    let sql = format!(
        "select {COLUMNS} from panel_phone where activity_id = $1 and (not cast($2 as boolean) or answer = '')
         order by rank"
    );
    tx.query(&sql, &p![activity_id, waiting]).await?.iter().map(read).collect()
}

/// How many numbers were answered yes, no, not at all: none once they are erased.
pub(super) async fn phones_answered(tx: &mut Tx<'_>, activity_id: i64) -> Result<[i64; 3], Error> {
    let sql = "select coalesce(sum(case when answer = 'yes' then 1 else 0 end), 0),
                      coalesce(sum(case when answer = 'no' then 1 else 0 end), 0),
                      coalesce(sum(case when answer = '' then 1 else 0 end), 0)
               from panel_phone where activity_id = $1";
    let row = tx.one(sql, &p![activity_id]).await?;
    Ok([row.at(0)?, row.at(1)?, row.at(2)?])
}

/// A number that was drawn.
pub(crate) async fn by_number(
    tx: &mut Tx<'_>,
    activity_id: i64,
    number: &str,
) -> Result<Option<Phone>, Error> {
    let sql = format!("select {COLUMNS} from panel_phone where activity_id = $1 and number = $2");
    tx.opt(&sql, &p![activity_id, number]).await?.as_ref().map(read).transpose()
}

/// Notes the answer of a number.
pub(crate) async fn set_phone_answer(
    tx: &mut Tx<'_>,
    now: Millis,
    phone: i64,
    answer: &str,
) -> Result<(), Error> {
    let sql = "update panel_phone set answer = $2, answered_at = $3 where id = $1";
    tx.exec(sql, &p![phone, answer, now]).await?;
    Ok(())
}
