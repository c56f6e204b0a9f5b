//! The dates of a vote that has begun. Its first ballot seals its rules, and its dates with them: the opening stays, the
//! activity stays in its phase, and the closing moves only with a reason that everybody reads.
//!
//! Whoever keeps ballots marks the activity in the transaction of the first one ([`mark`]) and once they can be read
//! ([`mark_counted`]); what is refused after that leaves a leaf.

use parvis_core::{FieldErrors, Localized, Millis};
use parvis_store::{Tx, p};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::Error;
use crate::journal::{self, Leaf};
use crate::process::{self, Activity, PhaseDraft};

/// The fewest characters of a reason, spaces at its ends aside.
pub const REASON_LEAST: usize = 10;
/// The most characters of a reason.
pub const REASON_MOST: usize = 500;

/// One time that the closing of a vote was moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// When it was moved.
    pub at: Millis,
    /// The closing until then.
    pub from: Millis,
    /// The closing since then.
    pub to: Millis,
    /// Why, in the words of the organisation.
    pub reason: Localized,
}

/// What came of a change that a vote under way may forbid.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a refused change is in the journal, and must be said"]
pub enum Change {
    /// It was made.
    Done,
    /// Nothing changed but the journal, which holds the refusal: commit, and show these mistakes.
    Refused(FieldErrors),
}

/// Marks the activity of a vote that got its first ballot or signature.
///
/// # Errors
/// The database.
pub async fn mark(tx: &mut Tx<'_>, activity_id: i64, rules_sha256: &str) -> Result<(), Error> {
    let sql = "update activity set sealed = $2 where id = $1 and sealed is null";
    tx.exec(sql, &p![activity_id, rules_sha256]).await?;
    Ok(())
}

/// Marks the activity of a vote whose ballots can be read from now on.
///
/// # Errors
/// The database.
pub async fn mark_counted(tx: &mut Tx<'_>, activity_id: i64) -> Result<(), Error> {
    tx.exec("update activity set counted = true where id = $1", &p![activity_id]).await?;
    Ok(())
}

/// The sealed votes that take place in a phase.
///
/// # Errors
/// The database.
pub async fn in_phase(tx: &mut Tx<'_>, phase_id: i64) -> Result<Vec<Activity>, Error> {
    let sql = "select id from activity where phase_id = $1 and sealed is not null order by id";
    found(tx, sql, phase_id).await
}

/// The same, whom no first ballot marks before this act ends.
async fn held(tx: &mut Tx<'_>, phase_id: i64) -> Result<Vec<Activity>, Error> {
    let sql = "select id from activity where phase_id = $1 order by id";
    let sql = tx.variant(sql, "select id from activity where phase_id = $1 order by id for update");
    let mut all = found(tx, sql, phase_id).await?;
    all.retain(|a| a.sealed.is_some());
    Ok(all)
}

async fn found(tx: &mut Tx<'_>, sql: &str, phase_id: i64) -> Result<Vec<Activity>, Error> {
    let mut all = vec![];
    for row in tx.query(sql, &p![phase_id]).await? {
        all.extend(process::activity(tx, row.get("id")?).await?);
    }
    Ok(all)
}

/// Writes the refusal of a change in the journal.
async fn refuse(tx: &mut Tx<'_>, now: Millis, votes: &[Activity], what: &str) -> Result<(), Error> {
    for vote in votes {
        let body = json!({ "activity": vote.id, "what": what, "rules_sha256": vote.sealed });
        let leaf = Leaf::new("rules-change-refused").object("activity", vote.id).body(body);
        journal::write(tx, now, leaf).await?;
    }
    Ok(())
}

fn one(field: &'static str, key: &'static str) -> FieldErrors {
    let mut errors = FieldErrors::new();
    errors.add(field, key);
    errors
}

/// Whether an activity may go to another phase, asked before moving it: `Refused`, on the field `phase`, once somebody
/// has voted.
///
/// # Errors
/// The database.
pub async fn may_go(
    tx: &mut Tx<'_>,
    now: Millis,
    activity: &Activity,
    phase_id: Option<i64>,
) -> Result<Change, Error> {
    if activity.sealed.is_none() || activity.phase.as_ref().map(|f| f.id) == phase_id {
        return Ok(Change::Done);
    }
    refuse(tx, now, std::slice::from_ref(activity), "phase").await?;
    Ok(Change::Refused(one("phase", "civic-sealed-phase")))
}

/// Whether a phase may be removed, as far as its votes are concerned.
pub(crate) async fn may_remove(tx: &mut Tx<'_>, now: Millis, phase_id: i64) -> Result<Change, Error> {
    let votes = held(tx, phase_id).await?;
    if votes.is_empty() {
        return Ok(Change::Done);
    }
    refuse(tx, now, &votes, "phase-removed").await?;
    Ok(Change::Refused(one("phase_title", "civic-sealed-remove")))
}

/// Whether a phase may take these dates, as far as its votes are concerned. When it may, each move of a closing is
/// written with its vote and in the journal.
///
/// # Errors
/// The reason that lacks or is too long, on the field `closing_reason`; the database.
pub(crate) async fn may_move(
    tx: &mut Tx<'_>,
    now: Millis,
    before: &process::Phase,
    draft: &PhaseDraft,
    reason: &Localized,
) -> Result<Change, Error> {
    let votes = held(tx, before.id).await?;
    if votes.is_empty() {
        return Ok(Change::Done);
    }
    let mut refused = FieldErrors::new();
    if draft.starts_at != before.starts_at {
        refused.add("starts_at", "civic-sealed-opening");
        refuse(tx, now, &votes, "opening").await?;
    }
    let moves = draft.ends_at != before.ends_at;
    let counted: Vec<_> = votes.iter().filter(|v| v.counted).cloned().collect();
    if moves && !counted.is_empty() {
        refused.add("ends_at", "civic-sealed-counted");
        refuse(tx, now, &counted, "closing").await?;
    }
    if !refused.is_empty() {
        return Ok(Change::Refused(refused));
    }
    if moves {
        check(reason)?;
        for vote in &votes {
            write(tx, now, vote, before.ends_at, draft.ends_at, reason).await?;
        }
    }
    Ok(Change::Done)
}

/// A reason is written in one language at least, and says something in each that it is written in.
fn check(reason: &Localized) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::new();
    let lengths = [&reason.fr, &reason.en].map(|said| said.trim().chars().count());
    let most = lengths[0].max(lengths[1]);
    if lengths.iter().any(|n| *n > 0 && *n < REASON_LEAST) || most == 0 {
        errors.add_with("closing_reason", "civic-sealed-reason", vec![("least", REASON_LEAST.to_string())]);
    } else if most > REASON_MOST {
        let args = vec![("max", REASON_MOST.to_string()), ("count", most.to_string())];
        errors.add_with("closing_reason", "core-too-long", args);
    }
    errors.check()
}

async fn write(
    tx: &mut Tx<'_>,
    now: Millis,
    vote: &Activity,
    from: Millis,
    to: Millis,
    reason: &Localized,
) -> Result<(), Error> {
    let reason = Localized::new(reason.fr.trim(), reason.en.trim());
    let body = json!({
        "activity": vote.id, "process": vote.process_id, "from": from, "to": to, "reason": reason,
        "rules_sha256": vote.sealed,
    });
    journal::write(tx, now, Leaf::new("closing-moved").object("activity", vote.id).body(body)).await?;
    let mut moves = vote.moves.clone();
    moves.push(Move { at: now, from, to, reason });
    let moves = serde_json::to_string(&moves).map_err(|e| Error::Internal(e.to_string()))?;
    tx.exec("update activity set closing_moves = $2 where id = $1", &p![vote.id, moves]).await?;
    Ok(())
}
