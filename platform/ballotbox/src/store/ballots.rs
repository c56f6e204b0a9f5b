//! The ballots and the passes.

use parvis_civic::Error;
use parvis_store::{Tx, p};

/// Puts a ballot in the box. False when one of that name is there already.
pub(crate) async fn put(
    tx: &mut Tx<'_>,
    activity_id: i64,
    tracker: &str,
    ballot: &str,
) -> Result<bool, Error> {
    let done = tx
        .exec(
            "insert into ballotbox_ballot (id, activity_id, tracker, ballot) values ($1, $2, $3, $4)
             on conflict (activity_id, tracker) do nothing",
            &p![super::random_id(), activity_id, tracker, ballot],
        )
        .await?;
    Ok(done == 1)
}

/// The ballot of that name.
pub(crate) async fn get(tx: &mut Tx<'_>, activity_id: i64, tracker: &str) -> Result<Option<String>, Error> {
    let sql = "select ballot from ballotbox_ballot where activity_id = $1 and tracker = $2";
    Ok(tx.opt(sql, &p![activity_id, tracker]).await?.map(|r| r.at(0)).transpose()?)
}

/// Replaces a ballot by another, unless it is no longer the one that was read.
pub(crate) async fn replace(
    tx: &mut Tx<'_>,
    activity_id: i64,
    tracker: &str,
    before: &str,
    ballot: &str,
) -> Result<bool, Error> {
    let sql = "update ballotbox_ballot set ballot = $4
               where activity_id = $1 and tracker = $2 and ballot = $3";
    Ok(tx.exec(sql, &p![activity_id, tracker, before, ballot]).await? == 1)
}

/// Takes a ballot out of the box.
pub(crate) async fn take(tx: &mut Tx<'_>, activity_id: i64, tracker: &str) -> Result<bool, Error> {
    let sql = "delete from ballotbox_ballot where activity_id = $1 and tracker = $2";
    Ok(tx.exec(sql, &p![activity_id, tracker]).await? == 1)
}

/// How many ballots.
pub(crate) async fn count(tx: &mut Tx<'_>, activity_id: i64) -> Result<i64, Error> {
    Ok(tx.value("select count(*) from ballotbox_ballot where activity_id = $1", &p![activity_id]).await?)
}

/// Gives each ballot in the order of its random name: `(tracker, ballot)`.
pub(crate) async fn each(
    tx: &mut Tx<'_>,
    activity_id: i64,
    mut f: impl FnMut(String, String) -> Result<(), parvis_store::Error> + Send,
) -> Result<u64, Error> {
    // `collate "C"`: the names are hexadecimal, but PostgreSQL may sort digits and letters by a language's rules.
    let sql = tx.variant(
        "select tracker, ballot from ballotbox_ballot where activity_id = $1 order by tracker",
        "select tracker, ballot from ballotbox_ballot where activity_id = $1 order by tracker collate \"C\"",
    );
    Ok(tx.each(sql, &p![activity_id], |row| f(row.at(0)?, row.at(1)?)).await?)
}

/// Adds a pass.
pub(crate) async fn add_pass(tx: &mut Tx<'_>, activity_id: i64, hash: &str) -> Result<(), Error> {
    tx.exec(
        "insert into ballotbox_pass (id, activity_id, code_hash) values ($1, $2, $3)",
        &p![super::random_id(), activity_id, hash],
    )
    .await?;
    Ok(())
}

/// The state of a pass.
pub(crate) async fn pass(tx: &mut Tx<'_>, activity_id: i64, hash: &str) -> Result<Option<String>, Error> {
    let sql = "select state from ballotbox_pass where activity_id = $1 and code_hash = $2";
    Ok(tx.opt(sql, &p![activity_id, hash]).await?.map(|r| r.at(0)).transpose()?)
}

/// Turns an open pass into this state. Whether it was open.
pub(crate) async fn turn_pass(
    tx: &mut Tx<'_>,
    activity_id: i64,
    hash: &str,
    to: &str,
) -> Result<bool, Error> {
    let sql =
        "update ballotbox_pass set state = $3 where activity_id = $1 and code_hash = $2 and state = 'open'";
    Ok(tx.exec(sql, &p![activity_id, hash, to]).await? == 1)
}

/// How many passes were not used.
pub(crate) async fn open_passes(tx: &mut Tx<'_>, activity_id: i64) -> Result<i64, Error> {
    let sql = "select count(*) from ballotbox_pass where activity_id = $1 and state = 'open'";
    Ok(tx.value(sql, &p![activity_id]).await?)
}
