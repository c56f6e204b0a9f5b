//! Rules that no longer change once somebody has voted, and the journal's word on it.

use parvis_civic::journal::{self, Leaf};
use parvis_civic::process::{Activity, Moment, Status};
use parvis_civic::{Error, random, sealed};
use parvis_core::Millis;
use parvis_store::Tx;
use parvis_transparency::canonical;
use serde_json::{Value, json};

use crate::roll;
use crate::rules::Rules;
use crate::store;

/// Everything that a vote must keep until its end, as the component knows it at this moment: read in the transaction
/// of the act itself.
#[derive(Debug, Clone)]
pub struct Seal<'a> {
    /// The activity.
    pub activity: &'a Activity,
    /// The rules of the box.
    pub rules: &'a Rules,
    /// What the component adds: method, options, limits, envelope …; no float in it.
    pub content: &'a Value,
}

impl Seal<'_> {
    /// The canonical text that is sealed: `{"box":{…},"content":{…}}`.
    ///
    /// # Errors
    /// When the content has no canonical form.
    pub fn text(&self) -> Result<String, Error> {
        text(self.rules, self.content)
    }
}

/// The canonical text of rules and content.
///
/// # Errors
/// When the content has no canonical form (a float).
pub fn text(rules: &Rules, content: &Value) -> Result<String, Error> {
    let rules = serde_json::to_value(rules).map_err(|e| Error::Internal(e.to_string()))?;
    canonical::to_text(&json!({ "box": rules, "content": content }))
        .map_err(|e| Error::Internal(format!("the rules of a vote: {e}")))
}

/// Whether somebody has voted or signed.
///
/// # Errors
/// The database.
pub async fn is_sealed(tx: &mut Tx<'_>, activity_id: i64) -> Result<bool, Error> {
    Ok(store::state(tx, activity_id).await?.seal.is_some())
}

/// The sealed text, once somebody has voted: `{"box":…,"content":…}`.
///
/// # Errors
/// The database.
pub async fn sealed(tx: &mut Tx<'_>, activity_id: i64) -> Result<Option<String>, Error> {
    Ok(store::state(tx, activity_id).await?.seal)
}

/// Whether the rules may be changed, asked before changing them. When they are sealed the answer is no, and the
/// refusal is written in the journal: commit this transaction, change nothing, and say so to the person.
/// `what` says what they wanted to change, in a word (`rules`, `options`, `roll`).
///
/// # Errors
/// The database.
pub async fn may_change(tx: &mut Tx<'_>, now: Millis, activity_id: i64, what: &str) -> Result<bool, Error> {
    let state = store::state_alone(tx, activity_id).await?;
    let Some(sha256) = state.seal_sha256 else { return Ok(true) };
    let body = json!({ "activity": activity_id, "what": what, "rules_sha256": sha256 });
    journal::write(tx, now, Leaf::new("rules-change-refused").object("activity", activity_id).body(body))
        .await?;
    Ok(false)
}

/// What every act of a voter begins with: the activity is open to the millisecond, the box is not closed, and the
/// rules are the sealed ones; the first act seals them.
pub(crate) async fn enter(tx: &mut Tx<'_>, now: Millis, seal: &Seal<'_>) -> Result<(), Error> {
    seal.activity.must_be_open(now)?;
    take(tx, now, seal).await
}

/// What keying a signed sheet begins with: the vote is over, and its box not closed yet.
pub(crate) async fn enter_late(tx: &mut Tx<'_>, now: Millis, seal: &Seal<'_>) -> Result<(), Error> {
    let activity = seal.activity;
    if activity.status != Status::Published || activity.moment(now) != Moment::After {
        return Err(Error::Closed);
    }
    take(tx, now, seal).await
}

async fn take(tx: &mut Tx<'_>, now: Millis, seal: &Seal<'_>) -> Result<(), Error> {
    let id = seal.activity.id;
    // The first act takes the box alone, to seal it; the others share it. Taking it shared first and alone after would
    // have two first voters wait for each other.
    let state = match store::state(tx, id).await?.seal {
        Some(_) => store::state_shared(tx, id).await?,
        None => store::state_alone(tx, id).await?,
    };
    if state.closed_at.is_some() {
        return Err(Error::Closed);
    }
    let text = seal.text()?;
    let sha256 = journal::sha256_hex(text.as_bytes());
    match state.seal_sha256 {
        Some(known) if known == sha256 => return Ok(()),
        Some(_) => return Err(Error::Conflict("ballotbox-rules-changed")),
        None => {}
    }
    let salt = random::token::<16>();
    let (commitment, lines) = roll::commitment(tx, id, &salt).await?;
    store::seal(tx, id, &text, &sha256, &salt).await?;
    sealed::mark(tx, id, &sha256).await?;
    let dates = seal.activity.phase.as_ref().map(|f| (f.starts_at, f.ends_at));
    let body = json!({
        "activity": id,
        "rules_sha256": sha256,
        "opens_at": dates.map(|d| d.0),
        "closes_at": dates.map(|d| d.1),
        "roll": { "lines": lines, "commitment": commitment },
    });
    journal::write(tx, now, Leaf::new("rules-sealed").object("activity", id).body(body)).await?;
    Ok(())
}
