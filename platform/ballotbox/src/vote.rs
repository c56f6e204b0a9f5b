//! Voting on a screen: casting, replacing, finding one's ballot again.

use jiff::civil::Date;
use parvis_civic::journal::{self, Entry, Leaf};
use parvis_civic::process::DAY;
use parvis_civic::{Error, account::Participant};
use parvis_core::Millis;
use parvis_store::Tx;
use parvis_transparency::canonical;
use serde_json::{Value, json};

use crate::code::{Code, Secret};
use crate::roll::{self, Right};
use crate::rules::Channel;
use crate::seal::{self, Seal};
use crate::store::{ballots, voters};

/// A filled ballot and the receipt that will find it.
#[derive(Debug, Clone)]
pub struct Slip<'a> {
    /// The ballot: JSON that the component has checked, without floats and without anything on the person.
    pub ballot: &'a Value,
    /// The receipt, made when the confirmation page was shown.
    pub secret: &'a Secret,
}

/// What became of a ballot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cast {
    /// It is in the box; this leaf says so.
    Recorded(Box<Entry>),
    /// This very form was received before: the ballot is in the box, once.
    Already,
}

fn text(ballot: &Value) -> Result<String, Error> {
    canonical::to_text(ballot).map_err(|e| Error::Internal(format!("a ballot: {e}")))
}

/// The commitment of a ballot under its receipt: what the journal holds.
///
/// # Errors
/// When the ballot has no canonical form.
pub fn commitment(activity_id: i64, slip: &Slip<'_>) -> Result<String, Error> {
    journal::commit(&slip.secret.salt(activity_id), slip.ballot)
}

/// The number under which the leaf of a commitment is found: it comes from the commitment alone.
fn reference(commitment: &str) -> i64 {
    i64::from_str_radix(commitment.get(..15).unwrap_or("0"), 16).unwrap_or(0)
}

async fn leaf(
    tx: &mut Tx<'_>,
    now: Millis,
    kind: &'static str,
    commitment: &str,
    body: Value,
) -> Result<Entry, Error> {
    // The day only, and nobody's name beside it: the minute of a vote is not the public's affair.
    let day = now.div_euclid(DAY) * DAY;
    journal::write(tx, day, Leaf::new(kind).object("ballot", reference(commitment)).body(body)).await
}

async fn put(tx: &mut Tx<'_>, now: Millis, activity_id: i64, slip: &Slip<'_>) -> Result<Entry, Error> {
    let tracker = slip.secret.tracker(activity_id);
    if !ballots::put(tx, activity_id, &tracker, &text(slip.ballot)?).await? {
        return Err(Error::Conflict("ballotbox-receipt-taken"));
    }
    let commitment = commitment(activity_id, slip)?;
    let body = json!({ "activity": activity_id, "commitment": commitment });
    leaf(tx, now, "ballot-cast", &commitment, body).await
}

/// Whether this receipt finds this very ballot: the form was sent twice.
async fn was_received(tx: &mut Tx<'_>, activity_id: i64, slip: &Slip<'_>) -> Result<bool, Error> {
    let there = ballots::get(tx, activity_id, &slip.secret.tracker(activity_id)).await?;
    Ok(there == Some(text(slip.ballot)?))
}

/// Casts a participant's ballot: the roll is signed and the ballot put in the box, both or neither. `today`: the day
/// in the site's time zone, for the age.
///
/// # Errors
/// [`Error::Closed`] outside the vote, to the millisecond; [`Error::Conflict`] with the reason (already voted and
/// how, rules changed); the database.
pub async fn cast(
    tx: &mut Tx<'_>,
    now: Millis,
    seal: &Seal<'_>,
    who: &Participant,
    today: Date,
    slip: &Slip<'_>,
) -> Result<Cast, Error> {
    seal::enter(tx, now, seal).await?;
    match roll::sign_web(tx, seal, who, today).await {
        Ok(()) => Ok(Cast::Recorded(Box::new(put(tx, now, seal.activity.id, slip).await?))),
        Err(Error::Conflict(_)) if was_received(tx, seal.activity.id, slip).await? => Ok(Cast::Already),
        Err(e) => Err(e),
    }
}

/// Casts a ballot with a code given at the desk, where the roll was signed.
///
/// # Errors
/// As [`cast`]; [`Error::Conflict`] when the code is mistyped, unknown, used or taken back.
pub async fn cast_with_pass(
    tx: &mut Tx<'_>,
    now: Millis,
    seal: &Seal<'_>,
    typed: &str,
    slip: &Slip<'_>,
) -> Result<Cast, Error> {
    seal::enter(tx, now, seal).await?;
    let id = seal.activity.id;
    let code = Code::read(typed).map_err(|m| Error::Conflict(m.key()))?;
    let hash = code.hash(tx, "pass", id).await?;
    if ballots::turn_pass(tx, id, &hash, "used").await? {
        return Ok(Cast::Recorded(Box::new(put(tx, now, id, slip).await?)));
    }
    if was_received(tx, id, slip).await? {
        return Ok(Cast::Already);
    }
    Err(Error::Conflict(pass_problem(ballots::pass(tx, id, &hash).await?.as_deref())))
}

fn pass_problem(state: Option<&str>) -> &'static str {
    match state {
        Some("used") => "ballotbox-pass-used",
        Some("returned") => "ballotbox-pass-returned",
        _ => "ballotbox-pass-unknown",
    }
}

/// Whether a code given at the desk opens the ballot page.
///
/// # Errors
/// [`Error::Conflict`] when it is mistyped, unknown, used or taken back; the database.
pub async fn check_pass(tx: &mut Tx<'_>, activity_id: i64, typed: &str) -> Result<Code, Error> {
    let code = Code::read(typed).map_err(|m| Error::Conflict(m.key()))?;
    let hash = code.hash(tx, "pass", activity_id).await?;
    match ballots::pass(tx, activity_id, &hash).await?.as_deref() {
        Some("open") => Ok(code),
        state => Err(Error::Conflict(pass_problem(state))),
    }
}

/// Replaces a ballot by another, under the same receipt: nothing says whose it is.
///
/// # Errors
/// [`Error::Closed`]; [`Error::Conflict`] when the rules do not allow it, the person has not voted on a screen, or
/// the receipt finds no ballot; the database.
pub async fn replace(
    tx: &mut Tx<'_>,
    now: Millis,
    seal: &Seal<'_>,
    right: &Right,
    slip: &Slip<'_>,
) -> Result<Cast, Error> {
    seal::enter(tx, now, seal).await?;
    let id = seal.activity.id;
    if !seal.rules.changeable {
        return Err(Error::Conflict("ballotbox-not-changeable"));
    }
    match roll::signed(tx, id, right).await? {
        Some(Channel::Web) => {}
        Some(other) => return Err(Error::Conflict(other.already())),
        None => return Err(Error::Conflict("ballotbox-not-voted")),
    }
    let tracker = slip.secret.tracker(id);
    let before = ballots::get(tx, id, &tracker).await?.ok_or(Error::Conflict("ballotbox-receipt-unknown"))?;
    let after = text(slip.ballot)?;
    if before == after {
        return Ok(Cast::Already);
    }
    if !ballots::replace(tx, id, &tracker, &before, &after).await? {
        return Err(Error::Conflict("ballotbox-receipt-unknown"));
    }
    let old = journal::commit(&slip.secret.salt(id), &read(&before)?)?;
    let new = commitment(id, slip)?;
    let body = json!({ "activity": id, "commitment": new, "replaces": old });
    Ok(Cast::Recorded(Box::new(leaf(tx, now, "ballot-replaced", &new, body).await?)))
}

fn read(ballot: &str) -> Result<Value, Error> {
    serde_json::from_str(ballot).map_err(|e| Error::Internal(format!("a stored ballot: {e}")))
}

/// A ballot found again by its receipt.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The ballot.
    pub ballot: Value,
    /// Its name in the published ballots.
    pub tracker: String,
    /// The hash of the last leaf that commits to it: the number of its receipt in the journal.
    pub leaf: Option<String>,
    /// What opens that leaf: the salt, hexadecimal.
    pub salt: String,
}

/// The ballot of a receipt; none when it finds nothing in this box.
///
/// # Errors
/// The database.
pub async fn find(tx: &mut Tx<'_>, activity_id: i64, secret: &Secret) -> Result<Option<Found>, Error> {
    let tracker = secret.tracker(activity_id);
    let Some(text) = ballots::get(tx, activity_id, &tracker).await? else { return Ok(None) };
    let (ballot, salt) = (read(&text)?, secret.salt(activity_id));
    let commitment = journal::commit(&salt, &ballot)?;
    let leaves = journal::about(tx, "ballot", reference(&commitment), 50).await?;
    let leaf =
        leaves.into_iter().rev().find(|e| e.leaf.contains(&format!("\"commitment\":\"{commitment}\"")));
    Ok(Some(Found { ballot, tracker, leaf: leaf.map(|e| e.hash), salt }))
}

/// Takes the ballot of a receipt out of the box, for a person whose paper ballot replaces it (rule
/// [`crate::rules::Priority::Paper`]): the signature turns to paper in the same act.
pub(crate) async fn withdraw(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    right: &Right,
    secret: &Secret,
) -> Result<(), Error> {
    let found = find(tx, activity_id, secret).await?.ok_or(Error::Conflict("ballotbox-receipt-unknown"))?;
    if !voters::change_channel(tx, activity_id, right.key(), Channel::Web.code(), Channel::Paper.code())
        .await?
    {
        return Err(Error::Conflict("ballotbox-not-voted"));
    }
    if !ballots::take(tx, activity_id, &found.tracker).await? {
        return Err(Error::Conflict("ballotbox-receipt-unknown"));
    }
    let commitment = journal::commit(&found.salt, &found.ballot)?;
    let body = json!({ "activity": activity_id, "commitment": commitment });
    leaf(tx, now, "ballot-withdrawn", &commitment, body).await?;
    Ok(())
}
