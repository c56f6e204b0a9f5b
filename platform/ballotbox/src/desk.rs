//! The desk: an agent signs the roll for a person who is there, and hands them a paper ballot or a code.

use jiff::civil::Date;
use parvis_civic::Error;
use parvis_civic::journal::{self, Leaf};
use parvis_core::{FieldErrors, Millis};
use parvis_store::Tx;
use serde_json::json;

use crate::code::{Code, Secret};
use crate::roll::{self, Right, Voter};
use crate::rules::{Channel, Priority};
use crate::seal::{self, Seal};
use crate::store::{ballots, voters};
use crate::vote;

/// Enters the vote for the person of a line: admitted, and not signed yet by the line or by its account. The line is
/// held until the act ends.
async fn begin(
    tx: &mut Tx<'_>,
    now: Millis,
    seal: &Seal<'_>,
    voter: i64,
    today: Date,
) -> Result<Right, Error> {
    seal::enter(tx, now, seal).await?;
    let voter = line(tx, seal, voter).await?;
    roll::admits(seal.rules, &voter, today).map_err(Error::Conflict)?;
    Ok(Right::of(&voter, seal.rules.roll))
}

async fn line(tx: &mut Tx<'_>, seal: &Seal<'_>, voter: i64) -> Result<Voter, Error> {
    voters::lock(tx, seal.activity.id, voter).await?.ok_or(Error::NotFound)
}

/// Signs the roll for somebody who receives a paper ballot. Any printed ballot will do: none is theirs.
///
/// # Errors
/// [`Error::Closed`]; [`Error::Conflict`] with the reason (already voted and how, age, district, no paper in the
/// rules); the database.
pub async fn sign_paper(
    tx: &mut Tx<'_>,
    now: Millis,
    seal: &Seal<'_>,
    voter: i64,
    today: Date,
) -> Result<(), Error> {
    if !seal.rules.paper {
        return Err(Error::Conflict("ballotbox-no-paper"));
    }
    let right = begin(tx, now, seal, voter, today).await?;
    roll::sign(tx, seal, &right, Channel::Paper).await
}

/// Replaces the vote that somebody cast online by a paper one: they give their receipt, their ballot is taken out of
/// the box, and the roll says paper. Where the rules give paper priority.
///
/// # Errors
/// As [`sign_paper`]; [`Error::Conflict`] when the receipt is mistyped or finds no ballot.
pub async fn paper_instead(
    tx: &mut Tx<'_>,
    now: Millis,
    seal: &Seal<'_>,
    voter: i64,
    receipt: &str,
) -> Result<(), Error> {
    if !seal.rules.paper || seal.rules.priority != Priority::Paper {
        return Err(Error::Conflict("ballotbox-no-paper-priority"));
    }
    let secret = Secret::read(receipt).map_err(|m| Error::Conflict(m.key()))?;
    seal::enter(tx, now, seal).await?;
    let right = Right::of(&line(tx, seal, voter).await?, seal.rules.roll);
    vote::withdraw(tx, now, seal.activity.id, &right, &secret).await
}

/// Signs the roll for somebody who votes on a screen at the desk; gives the one-time code that opens the ballot. The
/// code is kept apart from the signature: nothing tells whose it is.
///
/// # Errors
/// As [`sign_paper`].
pub async fn sign_desk(
    tx: &mut Tx<'_>,
    now: Millis,
    seal: &Seal<'_>,
    voter: i64,
    today: Date,
) -> Result<Code, Error> {
    if !seal.rules.desk {
        return Err(Error::Conflict("ballotbox-no-desk"));
    }
    let right = begin(tx, now, seal, voter, today).await?;
    roll::sign(tx, seal, &right, Channel::Desk).await?;
    let code = Code::random();
    let hash = code.hash(tx, "pass", seal.activity.id).await?;
    ballots::add_pass(tx, seal.activity.id, &hash).await?;
    Ok(code)
}

/// Takes back a code that was not used, and the signature with it: the person gave up, or the agent chose the wrong
/// line.
///
/// # Errors
/// [`Error::Closed`]; [`Error::Conflict`] when the code was used or is none, or the line was not signed at the desk.
pub async fn take_back(
    tx: &mut Tx<'_>,
    now: Millis,
    seal: &Seal<'_>,
    voter: i64,
    typed: &str,
) -> Result<(), Error> {
    seal::enter(tx, now, seal).await?;
    let id = seal.activity.id;
    let code = vote::check_pass(tx, id, typed).await?;
    let hash = code.hash(tx, "pass", id).await?;
    if !ballots::turn_pass(tx, id, &hash, "returned").await? {
        return Err(Error::Conflict("ballotbox-pass-used"));
    }
    let right = Right::of(&line(tx, seal, voter).await?, seal.rules.roll);
    if !voters::unsign(tx, id, right.key(), Channel::Desk.code()).await? {
        return Err(Error::Conflict("ballotbox-not-signed-desk"));
    }
    Ok(())
}

/// Takes back the signature of somebody who gives their paper ballot back unused.
///
/// # Errors
/// [`Error::Closed`]; [`Error::Conflict`] when the line was not signed for paper.
pub async fn take_paper_back(tx: &mut Tx<'_>, now: Millis, seal: &Seal<'_>, voter: i64) -> Result<(), Error> {
    seal::enter(tx, now, seal).await?;
    let right = Right::of(&line(tx, seal, voter).await?, seal.rules.roll);
    if !voters::unsign(tx, seal.activity.id, right.key(), Channel::Paper.code()).await? {
        return Err(Error::Conflict("ballotbox-not-signed-paper"));
    }
    Ok(())
}

/// A signed sheet that was keyed after the closing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// When.
    pub keyed_at: Millis,
    /// How many signatures.
    pub signatures: i64,
    /// The pseudonym of the agent; empty once their account is erased.
    pub agent: String,
}

/// The signed sheets that were keyed after the closing.
///
/// # Errors
/// The database.
pub async fn sheets(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Sheet>, Error> {
    voters::sheets(tx, activity_id).await
}

/// Signs for paper, after the closing and before the box is closed, the lines whose people signed a sheet of the roll in a
/// place without network; `numbers` are those of the lines, `day` the day of the vote. All of them or none, each once
/// whatever the channel: the roll is the same. It leaves a leaf that says how many.
///
/// # Errors
/// On the field `numbers`, those that cannot be signed and why; [`Error::Closed`] while the vote is open, and once the box
/// is closed; [`Error::Conflict`] without paper in the rules; the database.
pub async fn sign_sheet(
    tx: &mut Tx<'_>,
    now: Millis,
    seal: &Seal<'_>,
    numbers: &[String],
    agent: i64,
    day: Date,
) -> Result<i64, Error> {
    if !seal.rules.paper {
        return Err(Error::Conflict("ballotbox-no-paper"));
    }
    seal::enter_late(tx, now, seal).await?;
    let id = seal.activity.id;
    let (mut unknown, mut signed, mut not, mut rights) = (vec![], vec![], vec![], vec![]);
    for number in numbers {
        let Some(voter) = voters::by_number(tx, id, number).await? else {
            unknown.push(number.as_str());
            continue;
        };
        let voter = line(tx, seal, voter.id).await?;
        let right = Right::of(&voter, seal.rules.roll);
        if roll::signed(tx, id, &right).await?.is_some() {
            signed.push(number.as_str());
        } else if roll::admits(seal.rules, &voter, day).is_err() {
            not.push(number.as_str());
        }
        rights.push(right);
    }
    let mut errors = FieldErrors::new();
    for (key, numbers) in [
        ("ballotbox-sheet-unknown", unknown),
        ("ballotbox-sheet-signed", signed),
        ("ballotbox-sheet-not", not),
    ] {
        if !numbers.is_empty() && errors.is_empty() {
            errors.add_with("numbers", key, vec![("numbers", numbers.join(", "))]);
        }
    }
    if numbers.is_empty() {
        errors.add("numbers", "ballotbox-sheet-empty");
    }
    errors.check()?;
    for right in &rights {
        roll::sign(tx, seal, right, Channel::Paper).await?;
    }
    let count = i64::try_from(rights.len()).map_err(|e| Error::Internal(e.to_string()))?;
    voters::add_sheet(tx, id, agent, now, count).await?;
    let body = json!({ "activity": id, "signatures": count });
    journal::write(tx, now, Leaf::new("sheet-keyed").object("activity", id).body(body)).await?;
    Ok(count)
}
