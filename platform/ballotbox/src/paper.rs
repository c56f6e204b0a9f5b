//! Paper ballots: printed with a one-time code, keyed by agents, twice, and reconciled.
//!
//! The code proves that a sheet is one of ours and is keyed once; it is nobody's. A sheet enters the box when its
//! entries agree (or the first one, where the rules ask for one), and the box never holds more sheets than the roll
//! has signatures for paper.

use parvis_civic::Error;
use parvis_civic::journal::{self, Leaf};
use parvis_civic::process::{Activity, Moment};
use parvis_core::Millis;
use parvis_store::Tx;
use parvis_transparency::canonical;
use serde_json::{Value, json};

use crate::code::Code;
use crate::rules::{Channel, Rules};
use crate::store::{self, ballots, paper, voters};

/// The most ballots printed at once.
pub const MOST: usize = 500;

/// A batch and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its number in its box, from 1.
    pub number: i64,
    /// How many ballots were printed.
    pub size: i64,
    /// When.
    pub printed_at: Millis,
    /// Keyed once, waiting for the second entry.
    pub once: i64,
    /// Keyed twice, differently.
    pub disputed: i64,
    /// In the box.
    pub counted: i64,
    /// Spoiled: in the urn, but no vote.
    pub spoiled: i64,
}

impl Batch {
    /// Printed, and never keyed.
    pub fn unused(&self) -> i64 {
        self.size - self.once - self.disputed - self.counted - self.spoiled
    }
}

/// A printed ballot and what was read on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Identifier (random).
    pub id: i64,
    /// The number of its batch.
    pub batch: i64,
    /// `printed`, `first`, `disputed`, `counted` or `spoiled`.
    pub state: String,
    /// What the first agent read: a ballot, or `null` for a spoiled one.
    pub first: Option<String>,
    /// The first agent.
    pub first_by: Option<i64>,
    /// What the second agent read.
    pub second: Option<String>,
    /// The second agent.
    pub second_by: Option<i64>,
}

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entered {
    /// Kept: another agent has to key it too.
    Once,
    /// Both entries agree (or one is enough): the ballot counts.
    Counted,
    /// Both entries agree that it is spoiled.
    Spoiled,
    /// The entries differ: somebody has to look at the sheet again.
    Disputed,
}

/// What was read on a sheet: a ballot, or that it is spoiled (blank is a ballot, not a spoiled one).
pub type Reading<'a> = Option<&'a Value>;

fn text(reading: Reading<'_>) -> Result<String, Error> {
    canonical::to_text(reading.unwrap_or(&Value::Null)).map_err(|e| Error::Internal(format!("a ballot: {e}")))
}

/// Prints `size` ballots: gives the number of the batch and a code for each, to print now; they cannot be shown
/// again.
///
/// # Errors
/// [`Error::Conflict`] when `size` is none or more than [`MOST`], or the box is closed; the database.
pub async fn print(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    size: usize,
) -> Result<(i64, Vec<Code>), Error> {
    if size == 0 || size > MOST {
        return Err(Error::Conflict("ballotbox-batch-size"));
    }
    if store::state_alone(tx, activity_id).await?.closed_at.is_some() {
        return Err(Error::Closed);
    }
    let count = i64::try_from(size).map_err(|e| Error::Internal(e.to_string()))?;
    let (batch, number) = paper::add_batch(tx, activity_id, count, now).await?;
    let mut codes = Vec::with_capacity(size);
    for _ in 0..size {
        let code = Code::random();
        let hash = code.hash(tx, "paper", activity_id).await?;
        paper::add(tx, activity_id, batch, &hash).await?;
        codes.push(code);
    }
    let body = json!({ "activity": activity_id, "batch": number, "ballots": count });
    journal::write(tx, now, Leaf::new("paper-batch-printed").object("activity", activity_id).body(body))
        .await?;
    Ok((number, codes))
}

/// The sheet of a typed code, before it is keyed by this agent.
///
/// # Errors
/// [`Error::Conflict`] when the code is mistyped or unknown, the sheet is in the box already, or this agent has
/// keyed it; the database.
pub async fn look_up(
    tx: &mut Tx<'_>,
    activity_id: i64,
    rules: &Rules,
    agent: i64,
    typed: &str,
) -> Result<(Code, Sheet), Error> {
    let code = Code::read(typed).map_err(|m| Error::Conflict(m.key()))?;
    let hash = code.hash(tx, "paper", activity_id).await?;
    let sheet = paper::find(tx, activity_id, &hash).await?;
    let sheet = sheet.ok_or(Error::Conflict("ballotbox-paper-unknown"))?;
    match sheet.state.as_str() {
        "counted" | "spoiled" => Err(Error::Conflict("ballotbox-paper-used")),
        "disputed" => Err(Error::Conflict("ballotbox-paper-disputed")),
        "first" if rules.double_entry && sheet.first_by == Some(agent) => {
            Err(Error::Conflict("ballotbox-paper-own"))
        }
        _ => Ok((code, sheet)),
    }
}

/// Keys a sheet. From the opening of the vote until the box is closed: sheets that were in the urn at the closing
/// are keyed after it.
///
/// # Errors
/// Those of [`look_up`]; [`Error::Closed`]; [`Error::Conflict`] when the urn holds more sheets than signatures.
pub async fn enter(
    tx: &mut Tx<'_>,
    activity: &Activity,
    now: Millis,
    rules: &Rules,
    agent: i64,
    typed: &str,
    reading: Reading<'_>,
) -> Result<Entered, Error> {
    let id = activity.id;
    alone(tx, activity, now).await?;
    let (_, sheet) = look_up(tx, id, rules, agent, typed).await?;
    let read = text(reading)?;
    if sheet.state == "printed" {
        let keyed = sheets(tx, id, &["first", "disputed", "counted", "spoiled"]).await?;
        if keyed >= signed(tx, id).await? {
            return Err(Error::Conflict("ballotbox-paper-too-many"));
        }
        if rules.double_entry {
            paper::first(tx, sheet.id, "first", &read, agent).await?;
            return Ok(Entered::Once);
        }
        let (state, entered) = ended(reading);
        paper::first(tx, sheet.id, state, &read, agent).await?;
        count(tx, id, reading).await?;
        return Ok(entered);
    }
    if sheet.first.as_deref() == Some(read.as_str()) {
        let (state, entered) = ended(reading);
        paper::second(tx, sheet.id, state, &read, agent).await?;
        count(tx, id, reading).await?;
        return Ok(entered);
    }
    paper::second(tx, sheet.id, "disputed", &read, agent).await?;
    Ok(Entered::Disputed)
}

/// Ends a difference with the sheet in hand: what it says. It leaves a leaf.
///
/// # Errors
/// [`Error::Closed`]; [`Error::NotFound`]; [`Error::Conflict`] when it is settled already; the database.
pub async fn settle(
    tx: &mut Tx<'_>,
    activity: &Activity,
    now: Millis,
    sheet: i64,
    reading: Reading<'_>,
) -> Result<(), Error> {
    alone(tx, activity, now).await?;
    let sheet = paper::by_id(tx, activity.id, sheet).await?.ok_or(Error::NotFound)?;
    if sheet.state != "disputed" {
        return Err(Error::Conflict("ballotbox-paper-used"));
    }
    end(tx, activity, now, &sheet, reading, false).await
}

/// Ends a difference by reading the sheet of this code anew: neither of its entries was right. It leaves a leaf, which says
/// so.
///
/// # Errors
/// [`Error::Closed`]; [`Error::Conflict`] when the code is mistyped or unknown, or its sheet has no difference; the
/// database.
pub async fn settle_again(
    tx: &mut Tx<'_>,
    activity: &Activity,
    now: Millis,
    typed: &str,
    reading: Reading<'_>,
) -> Result<(), Error> {
    alone(tx, activity, now).await?;
    let sheet = look_up_disputed(tx, activity.id, typed).await?;
    end(tx, activity, now, &sheet, reading, true).await
}

/// The sheet of a typed code, whose entries differ.
///
/// # Errors
/// [`Error::Conflict`] when the code is mistyped or unknown, or its sheet has no difference; the database.
pub async fn look_up_disputed(tx: &mut Tx<'_>, activity_id: i64, typed: &str) -> Result<Sheet, Error> {
    let code = Code::read(typed).map_err(|m| Error::Conflict(m.key()))?;
    let hash = code.hash(tx, "paper", activity_id).await?;
    let sheet = paper::find(tx, activity_id, &hash).await?;
    let sheet = sheet.ok_or(Error::Conflict("ballotbox-paper-unknown"))?;
    if sheet.state == "disputed" { Ok(sheet) } else { Err(Error::Conflict("ballotbox-paper-agreed")) }
}

async fn end(
    tx: &mut Tx<'_>,
    activity: &Activity,
    now: Millis,
    sheet: &Sheet,
    reading: Reading<'_>,
    again: bool,
) -> Result<(), Error> {
    let id = activity.id;
    paper::settle(tx, sheet.id, ended(reading).0).await?;
    count(tx, id, reading).await?;
    let body = json!({ "activity": id, "batch": sheet.batch, "read_again": again });
    journal::write(tx, now, Leaf::new("paper-difference-settled").object("activity", id).body(body)).await?;
    Ok(())
}

/// Where one takes the box alone, between the opening and the closing of the box.
async fn alone(tx: &mut Tx<'_>, activity: &Activity, now: Millis) -> Result<(), Error> {
    let state = store::state_alone(tx, activity.id).await?;
    let begun =
        activity.status == parvis_civic::process::Status::Published && activity.moment(now) != Moment::Before;
    if !begun || state.closed_at.is_some() { Err(Error::Closed) } else { Ok(()) }
}

const fn ended(reading: Reading<'_>) -> (&'static str, Entered) {
    match reading {
        Some(_) => ("counted", Entered::Counted),
        None => ("spoiled", Entered::Spoiled),
    }
}

/// Puts the ballot of a sheet in the box, under a name that nobody holds.
async fn count(tx: &mut Tx<'_>, activity_id: i64, reading: Reading<'_>) -> Result<(), Error> {
    if reading.is_some() {
        let tracker = parvis_civic::random::token::<16>();
        ballots::put(tx, activity_id, &tracker, &text(reading)?).await?;
    }
    Ok(())
}

async fn sheets(tx: &mut Tx<'_>, activity_id: i64, states: &[&str]) -> Result<i64, Error> {
    let mut all = 0;
    for state in states {
        all += paper::count(tx, activity_id, state).await?;
    }
    Ok(all)
}

/// Signatures for paper.
pub(crate) async fn signed(tx: &mut Tx<'_>, activity_id: i64) -> Result<i64, Error> {
    let all = voters::by_channel(tx, activity_id).await?;
    Ok(all.into_iter().find(|(c, _)| c == Channel::Paper.code()).map_or(0, |(_, n)| n))
}

/// Each batch, in order.
///
/// # Errors
/// The database.
pub async fn batches(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Batch>, Error> {
    paper::batches(tx, activity_id).await
}

/// The sheets that two agents read differently, two hundred at most.
///
/// # Errors
/// The database.
pub async fn disputes(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Sheet>, Error> {
    paper::disputed(tx, activity_id).await
}
