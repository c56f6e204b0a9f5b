//! The desk: an agent signs the roll for a person who is there, and hands them a paper ballot or a code.

use jiff::civil::Date;
use parvis_civic::Error;
use parvis_core::Millis;
use parvis_store::Tx;

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
