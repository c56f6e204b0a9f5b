//! Draws.

use parvis_civic::Error;
use parvis_core::Millis;
use parvis_store::{Row, Tx, p};
use serde_json::Value;

use crate::drand;
use crate::model::Stage;

/// A draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// Identifier.
    pub id: i64,
    /// Its number: 1, then one for each replacement.
    pub number: i64,
    /// When its pool and rules were published.
    pub announced_at: Millis,
    /// What was published then.
    pub announcement: Value,
    /// How far the computation is: JSON, empty before it starts.
    pub progress: String,
    /// Why the lottery could not be computed: a key of a message; empty otherwise.
    pub failure: String,
    /// The SHA-256 of the lottery's file.
    pub lottery_sha256: Option<String>,
    /// When the lottery was published.
    pub lottery_at: Option<Millis>,
    /// The seed.
    pub seed: Option<String>,
    /// The signature of the round of drand that gave the seed, hexadecimal.
    pub signature: Option<String>,
    /// The number of the ticket, from 1.
    pub ticket: Option<i64>,
    /// When it was drawn.
    pub drawn_at: Option<Millis>,
}

impl Round {
    /// Where it stands.
    pub fn stage(&self) -> Stage {
        match (&self.drawn_at, &self.lottery_at) {
            (Some(_), _) => Stage::Drawn,
            (None, Some(_)) => Stage::Ready,
            (None, None) if !self.failure.is_empty() => Stage::Failed,
            (None, None) => Stage::Announced,
        }
    }

    /// When it came to stand there.
    pub fn since(&self) -> Millis {
        self.drawn_at.or(self.lottery_at).unwrap_or(self.announced_at)
    }

    /// The round of drand whose signature is its seed.
    pub fn drand(&self) -> Option<i64> {
        drand::round_of(&self.announcement)
    }

    /// A list of pseudonyms of the announcement: `accepted` or `gone`.
    pub fn list(&self, name: &str) -> Vec<String> {
        let list = self.announcement[name].as_array();
        list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }
}

fn read(row: &Row) -> Result<Round, Error> {
    let announcement: String = row.get("announcement")?;
    Ok(Round {
        id: row.get("id")?,
        number: row.get("number")?,
        announced_at: row.get("announced_at")?,
        announcement: serde_json::from_str(&announcement).map_err(|e| Error::Internal(e.to_string()))?,
        progress: row.get("progress")?,
        failure: row.get("failure")?,
        lottery_sha256: row.get("lottery_sha256")?,
        lottery_at: row.get("lottery_at")?,
        seed: row.get("seed")?,
        signature: row.get("signature")?,
        ticket: row.get("ticket")?,
        drawn_at: row.get("drawn_at")?,
    })
}

const COLUMNS: &str =
    "id, number, announced_at, announcement, progress, failure, lottery_sha256, lottery_at, seed,
    signature, ticket, drawn_at";

/// Every draw of a panel, in order.
pub(crate) async fn rounds(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Round>, Error> {
    let sql = format!("select {COLUMNS} from panel_round where activity_id = $1 order by number");
    tx.query(&sql, &p![activity_id]).await?.iter().map(read).collect()
}

/// One draw.
pub(crate) async fn round(tx: &mut Tx<'_>, activity_id: i64, number: i64) -> Result<Option<Round>, Error> {
    let sql = format!("select {COLUMNS} from panel_round where activity_id = $1 and number = $2");
    tx.opt(&sql, &p![activity_id, number]).await?.as_ref().map(read).transpose()
}

/// Announces a draw; gives its id. Two at once break a constraint.
pub(crate) async fn announce(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    number: i64,
    announcement: &str,
) -> Result<i64, Error> {
    let sql =
        "insert into panel_round (activity_id, number, announced_at, announcement) values ($1, $2, $3, $4)
               returning id";
    Ok(tx.insert(sql, &p![activity_id, number, now, announcement]).await?)
}

/// Takes back a draw whose lottery could not be computed.
pub(crate) async fn take_back(tx: &mut Tx<'_>, activity_id: i64, number: i64) -> Result<bool, Error> {
    let sql = "delete from panel_round where activity_id = $1 and number = $2 and lottery_at is null
                 and failure <> ''";
    Ok(tx.exec(sql, &p![activity_id, number]).await? == 1)
}

/// Leaves the published pool: only after the first draw was taken back.
pub(crate) async fn unpool(tx: &mut Tx<'_>, activity_id: i64) -> Result<(), Error> {
    let sql = "update panel_volunteer set is_pooled = false, home = '' where activity_id = $1";
    tx.exec(sql, &p![activity_id]).await?;
    Ok(())
}

/// How far the computation is.
pub(crate) async fn set_progress(
    tx: &mut Tx<'_>,
    activity_id: i64,
    number: i64,
    progress: &str,
) -> Result<(), Error> {
    let sql =
        "update panel_round set progress = $3 where activity_id = $1 and number = $2 and lottery_at is null";
    tx.exec(sql, &p![activity_id, number, progress]).await?;
    Ok(())
}

/// Why the lottery could not be computed.
pub(crate) async fn set_failure(
    tx: &mut Tx<'_>,
    activity_id: i64,
    number: i64,
    key: &str,
) -> Result<(), Error> {
    let sql =
        "update panel_round set failure = $3 where activity_id = $1 and number = $2 and lottery_at is null";
    tx.exec(sql, &p![activity_id, number, key]).await?;
    Ok(())
}

/// Publishes the lottery, once.
pub(crate) async fn set_lottery(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    number: i64,
    lottery: &str,
    sha256: &str,
    proof: &str,
) -> Result<bool, Error> {
    let sql =
        "update panel_round set lottery = $3, lottery_sha256 = $4, proof = $5, lottery_at = $6, progress = ''
               where activity_id = $1 and number = $2 and lottery_at is null";
    Ok(tx.exec(sql, &p![activity_id, number, lottery, sha256, proof, now]).await? == 1)
}

/// The files of the lottery and of its proof, once published.
pub(crate) async fn lottery(
    tx: &mut Tx<'_>,
    activity_id: i64,
    number: i64,
) -> Result<Option<(String, String)>, Error> {
    let sql = "select lottery, proof from panel_round where activity_id = $1 and number = $2 and lottery_at is not null";
    let row = tx.opt(sql, &p![activity_id, number]).await?;
    row.map(|r| Ok((r.at(0)?, r.at(1)?))).transpose()
}

/// Notes the draw, once.
pub(crate) async fn set_drawn(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    number: i64,
    seed: &str,
    signature: Option<&str>,
    ticket: i64,
) -> Result<bool, Error> {
    let sql = "update panel_round set seed = $3, ticket = $4, drawn_at = $5, signature = $6
               where activity_id = $1 and number = $2 and lottery_at is not null and drawn_at is null";
    Ok(tx.exec(sql, &p![activity_id, number, seed, ticket, now, signature]).await? == 1)
}
