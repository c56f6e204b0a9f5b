//! Every SQL statement of this crate.
//!
//! Signatures, ballots, passes and paper ballots are inserted with random ids ([`random_id`]): on SQLite a table is
//! stored in the order of its ids, so that no order of arrival is kept. PostgreSQL keeps one until [`mix`] rewrites
//! the rows.

pub(crate) mod ballots;
pub(crate) mod paper;
pub(crate) mod voters;

use parvis_civic::{Error, random};
use parvis_core::Millis;
use parvis_store::{Tx, p};

/// An id that says nothing of when its row was written.
pub(crate) fn random_id() -> i64 {
    // Away from the largest one: SQLite would have no next automatic key to give.
    random::shuffle_key() >> 1
}

/// The state of a box.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub seal: Option<String>,
    pub seal_sha256: Option<String>,
    pub roll_salt: Option<String>,
    pub closed_at: Option<Millis>,
    pub closing: Option<String>,
}

const STATE: &str =
    "select seal, seal_sha256, roll_salt, closed_at, closing from ballotbox where activity_id = $1";

fn read(row: &parvis_store::Row) -> Result<State, Error> {
    Ok(State {
        seal: row.get("seal")?,
        seal_sha256: row.get("seal_sha256")?,
        roll_salt: row.get("roll_salt")?,
        closed_at: row.get("closed_at")?,
        closing: row.get("closing")?,
    })
}

/// The state of a box, for reading.
pub(crate) async fn state(tx: &mut Tx<'_>, activity_id: i64) -> Result<State, Error> {
    Ok(tx.opt(STATE, &p![activity_id]).await?.as_ref().map(read).transpose()?.unwrap_or_default())
}

/// The state of a box for an act of a voter: it cannot be closed, nor its rows mixed, before this act ends. Voters
/// do not wait for one another.
pub(crate) async fn state_shared(tx: &mut Tx<'_>, activity_id: i64) -> Result<State, Error> {
    open(tx, activity_id).await?;
    let sql = format!("{STATE} for share");
    let sql = tx.variant(STATE, &sql);
    read(&tx.one(sql, &p![activity_id]).await?)
}

/// The state of a box for what nobody else may do meanwhile.
pub(crate) async fn state_alone(tx: &mut Tx<'_>, activity_id: i64) -> Result<State, Error> {
    open(tx, activity_id).await?;
    let sql = format!("{STATE} for update");
    let sql = tx.variant(STATE, &sql);
    read(&tx.one(sql, &p![activity_id]).await?)
}

/// Makes the row of the box when there is none.
async fn open(tx: &mut Tx<'_>, activity_id: i64) -> Result<(), Error> {
    let known = tx.opt("select 1 as one from ballotbox where activity_id = $1", &p![activity_id]).await?;
    if known.is_none() {
        tx.exec(
            "insert into ballotbox (activity_id) values ($1) on conflict (activity_id) do nothing",
            &p![activity_id],
        )
        .await?;
    }
    Ok(())
}

/// Seals, unless somebody did meanwhile. Whether this call did.
pub(crate) async fn seal(
    tx: &mut Tx<'_>,
    activity_id: i64,
    seal: &str,
    sha256: &str,
    salt: &str,
) -> Result<bool, Error> {
    let done = tx
        .exec(
            "update ballotbox set seal = $2, seal_sha256 = $3, roll_salt = $4
             where activity_id = $1 and seal is null",
            &p![activity_id, seal, sha256, salt],
        )
        .await?;
    Ok(done == 1)
}

/// Closes for good.
pub(crate) async fn close(
    tx: &mut Tx<'_>,
    activity_id: i64,
    now: Millis,
    closing: &str,
) -> Result<(), Error> {
    tx.exec(
        "update ballotbox set closed_at = $2, closing = $3 where activity_id = $1 and closed_at is null",
        &p![activity_id, now, closing],
    )
    .await?;
    Ok(())
}

/// The boxes that are in use and not closed.
pub(crate) async fn in_use(tx: &mut Tx<'_>) -> Result<Vec<i64>, Error> {
    let sql =
        "select activity_id from ballotbox where seal is not null and closed_at is null order by activity_id";
    tx.query(sql, &p![]).await?.iter().map(|r| Ok(r.at(0)?)).collect()
}

/// Rewrites the rows of a box in the order of their random ids, all in one transaction. PostgreSQL keeps with each
/// row the transaction that wrote it and a place in the order of arrival: both would join a signature to the ballot
/// that came with it. The caller holds the box alone ([`state_alone`]). On SQLite there is nothing to do.
pub(crate) async fn mix(tx: &mut Tx<'_>, activity_id: i64) -> Result<(), Error> {
    for (table, a, b) in [
        ("ballotbox_signature", "voter", "channel"),
        ("ballotbox_ballot", "tracker", "ballot"),
        ("ballotbox_pass", "code_hash", "state"),
    ] {
        let steps = [
            format!(
                "insert into ballotbox_mixing (id, activity_id, a, b)
                 select id, activity_id, {a}, {b} from {table} where activity_id = $1"
            ),
            format!("delete from {table} where activity_id = $1"),
            format!(
                "insert into {table} (id, activity_id, {a}, {b})
                 select id, activity_id, a, b from ballotbox_mixing where activity_id = $1 order by id"
            ),
            "delete from ballotbox_mixing where activity_id = $1".to_owned(),
        ];
        for sql in &steps {
            let sql = tx.variant("", sql);
            if !sql.is_empty() {
                tx.exec(sql, &p![activity_id]).await?;
            }
        }
    }
    Ok(())
}
