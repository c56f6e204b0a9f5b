//! Printed ballots and what was read on them.

use parvis_civic::Error;
use parvis_core::Millis;
use parvis_store::{Row, Tx, p};

use crate::paper::{Batch, Sheet};

/// Adds a batch; its number is the next one of its box.
pub(crate) async fn add_batch(
    tx: &mut Tx<'_>,
    activity_id: i64,
    size: i64,
    now: Millis,
) -> Result<(i64, i64), Error> {
    let row = tx
        .one(
            "insert into ballotbox_batch (activity_id, number, size, printed_at)
             values ($1, (select coalesce(max(number), 0) + 1 from ballotbox_batch where activity_id = $1), $2, $3)
             returning id, number",
            &p![activity_id, size, now],
        )
        .await?;
    Ok((row.at(0)?, row.at(1)?))
}

/// Adds a printed ballot.
pub(crate) async fn add(tx: &mut Tx<'_>, activity_id: i64, batch_id: i64, hash: &str) -> Result<(), Error> {
    tx.exec(
        "insert into ballotbox_paper (id, activity_id, batch_id, code_hash) values ($1, $2, $3, $4)",
        &p![super::random_id(), activity_id, batch_id, hash],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<Sheet, Error> {
    Ok(Sheet {
        id: row.get("id")?,
        batch: row.get("batch")?,
        state: row.get("state")?,
        first: row.get("first")?,
        first_by: row.get("first_by")?,
        second: row.get("second")?,
        second_by: row.get("second_by")?,
    })
}

const SHEET: &str = "select s.id, b.number as batch, s.state, s.first, s.first_by, s.second, s.second_by
                     from ballotbox_paper s join ballotbox_batch b on b.id = s.batch_id";

/// The printed ballot of this code.
pub(crate) async fn find(tx: &mut Tx<'_>, activity_id: i64, hash: &str) -> Result<Option<Sheet>, Error> {
    let sql = format!("{SHEET} where s.activity_id = $1 and s.code_hash = $2");
    tx.opt(&sql, &p![activity_id, hash]).await?.as_ref().map(read).transpose()
}

/// The printed ballot of this id.
pub(crate) async fn by_id(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<Option<Sheet>, Error> {
    let sql = format!("{SHEET} where s.activity_id = $1 and s.id = $2");
    tx.opt(&sql, &p![activity_id, id]).await?.as_ref().map(read).transpose()
}

/// The ballots that two agents read differently.
pub(crate) async fn disputed(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Sheet>, Error> {
    let sql = format!("{SHEET} where s.activity_id = $1 and s.state = 'disputed' order by s.id limit 200");
    tx.query(&sql, &p![activity_id]).await?.iter().map(read).collect()
}

/// Writes what the first agent read.
pub(crate) async fn first(
    tx: &mut Tx<'_>,
    id: i64,
    state: &str,
    text: &str,
    agent: i64,
) -> Result<(), Error> {
    let sql = "update ballotbox_paper set state = $2, first = $3, first_by = $4 where id = $1";
    tx.exec(sql, &p![id, state, text, agent]).await?;
    Ok(())
}

/// Writes what the second agent read.
pub(crate) async fn second(
    tx: &mut Tx<'_>,
    id: i64,
    state: &str,
    text: &str,
    agent: i64,
) -> Result<(), Error> {
    let sql = "update ballotbox_paper set state = $2, second = $3, second_by = $4 where id = $1";
    tx.exec(sql, &p![id, state, text, agent]).await?;
    Ok(())
}

/// Ends a difference.
pub(crate) async fn settle(tx: &mut Tx<'_>, id: i64, state: &str) -> Result<(), Error> {
    tx.exec("update ballotbox_paper set state = $2 where id = $1", &p![id, state]).await?;
    Ok(())
}

/// How many ballots of a box are in this state.
pub(crate) async fn count(tx: &mut Tx<'_>, activity_id: i64, state: &str) -> Result<i64, Error> {
    let sql = "select count(*) from ballotbox_paper where activity_id = $1 and state = $2";
    Ok(tx.value(sql, &p![activity_id, state]).await?)
}

/// Each batch with its counts.
pub(crate) async fn batches(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Batch>, Error> {
    let sql = "select b.number, b.size, b.printed_at,
                 (select count(*) from ballotbox_paper s where s.batch_id = b.id and s.state = 'first') as once,
                 (select count(*) from ballotbox_paper s where s.batch_id = b.id and s.state = 'disputed') as disputed,
                 (select count(*) from ballotbox_paper s where s.batch_id = b.id and s.state = 'counted') as counted,
                 (select count(*) from ballotbox_paper s where s.batch_id = b.id and s.state = 'spoiled') as spoiled
               from ballotbox_batch b where b.activity_id = $1 order by b.number";
    let rows = tx.query(sql, &p![activity_id]).await?;
    rows.iter()
        .map(|r| {
            Ok(Batch {
                number: r.get("number")?,
                size: r.get("size")?,
                printed_at: r.get("printed_at")?,
                once: r.get("once")?,
                disputed: r.get("disputed")?,
                counted: r.get("counted")?,
                spoiled: r.get("spoiled")?,
            })
        })
        .collect()
}
