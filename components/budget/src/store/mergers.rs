//! Mergers: proposed, agreed by both authors, refused.

use parvis_civic::Error;
use parvis_core::Millis;
use parvis_store::{Row, Tx, p};

/// A proposed merger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Merger {
    pub(crate) id: i64,
    /// The idea that would be taken in.
    pub(crate) from_id: i64,
    /// The idea that would take it in.
    pub(crate) into_id: i64,
    pub(crate) reason: String,
    /// When each author agreed.
    pub(crate) from_consent: Option<Millis>,
    pub(crate) into_consent: Option<Millis>,
    /// `proposed`, `agreed`, `refused`, `cancelled`.
    pub(crate) state: String,
    pub(crate) created_at: Millis,
    pub(crate) decided_at: Option<Millis>,
}

impl Merger {
    /// Whether it waits for somebody.
    pub(crate) fn is_waiting(&self) -> bool {
        self.state == "proposed"
    }
}

const COLUMNS: &str =
    "id, from_id, into_id, reason, from_consent, into_consent, state, created_at, decided_at";

fn read(row: &Row) -> Result<Merger, Error> {
    Ok(Merger {
        id: row.at(0)?,
        from_id: row.at(1)?,
        into_id: row.at(2)?,
        reason: row.at(3)?,
        from_consent: row.at(4)?,
        into_consent: row.at(5)?,
        state: row.at(6)?,
        created_at: row.at(7)?,
        decided_at: row.at(8)?,
    })
}

/// One merger.
pub(crate) async fn find(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<Option<Merger>, Error> {
    let sql = format!("select {COLUMNS} from budget_merger where activity_id = $1 and id = $2");
    tx.opt(&sql, &p![activity_id, id]).await?.as_ref().map(read).transpose()
}

/// The mergers of a budget, those that wait first; at most 500.
pub(crate) async fn list(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Merger>, Error> {
    let sql = format!(
        "select {COLUMNS} from budget_merger where activity_id = $1
         order by case when state = 'proposed' then 0 else 1 end, id desc limit 500"
    );
    tx.query(&sql, &p![activity_id]).await?.iter().map(read).collect()
}

/// How many mergers wait for an author.
pub(crate) async fn waiting(tx: &mut Tx<'_>, activity_id: i64) -> Result<i64, Error> {
    let sql = "select count(*) from budget_merger where activity_id = $1 and state = 'proposed'";
    Ok(tx.value(sql, &p![activity_id]).await?)
}

/// The merger that waits about this idea, on either side.
pub(crate) async fn about(tx: &mut Tx<'_>, idea: i64) -> Result<Vec<Merger>, Error> {
    let sql = format!(
        "select {COLUMNS} from budget_merger where (from_id = $1 or into_id = $1) and state = 'proposed'
         order by id"
    );
    tx.query(&sql, &p![idea]).await?.iter().map(read).collect()
}

/// Proposes a merger; one that was refused or cancelled may be proposed again.
pub(crate) async fn propose(
    tx: &mut Tx<'_>,
    activity_id: i64,
    now: Millis,
    (from, into): (i64, i64),
    reason: &str,
    (from_consent, into_consent): (bool, bool),
) -> Result<i64, Error> {
    let id = tx
        .insert(
            "insert into budget_merger (activity_id, from_id, into_id, reason, from_consent, into_consent, state,
                created_at) values ($1, $2, $3, $4, $5, $6, 'proposed', $7)
             on conflict (from_id, into_id) do update set reason = excluded.reason,
                from_consent = excluded.from_consent, into_consent = excluded.into_consent, state = 'proposed',
                created_at = excluded.created_at, decided_at = null
             returning id",
            &p![
                activity_id,
                from,
                into,
                reason,
                from_consent.then_some(now),
                into_consent.then_some(now),
                now
            ],
        )
        .await?;
    Ok(id)
}

/// Writes who agreed.
pub(crate) async fn consent(
    tx: &mut Tx<'_>,
    id: i64,
    from_consent: Option<Millis>,
    into_consent: Option<Millis>,
) -> Result<(), Error> {
    let sql = "update budget_merger set from_consent = $2, into_consent = $3 where id = $1";
    tx.exec(sql, &p![id, from_consent, into_consent]).await?;
    Ok(())
}

/// Ends a merger that waits: `agreed`, `refused` or `cancelled`.
pub(crate) async fn end(tx: &mut Tx<'_>, now: Millis, id: i64, state: &str) -> Result<(), Error> {
    let sql = "update budget_merger set state = $2, decided_at = $3 where id = $1 and state = 'proposed'";
    tx.exec(sql, &p![id, state, now]).await?;
    Ok(())
}

/// Cancels every other merger that waits about an idea that was just taken in.
pub(crate) async fn cancel_about(tx: &mut Tx<'_>, now: Millis, idea: i64) -> Result<(), Error> {
    let sql = "update budget_merger set state = 'cancelled', decided_at = $2
               where (from_id = $1 or into_id = $1) and state = 'proposed'";
    tx.exec(sql, &p![idea, now]).await?;
    Ok(())
}

/// Says which idea took this one in, and this one's own ones with it.
pub(crate) async fn taken_in(tx: &mut Tx<'_>, from: i64, into: i64) -> Result<(), Error> {
    let sql = "update budget_idea set state = 'merged', merged_into = $2
               where contribution_id = $1 or merged_into = $1";
    tx.exec(sql, &p![from, into]).await?;
    Ok(())
}
