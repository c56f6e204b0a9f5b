//! Closing the box, and how many voted.

use parvis_civic::Error;
use parvis_civic::journal::{self, Leaf};
use parvis_civic::process::{Activity, Moment};
use parvis_core::Millis;
use parvis_store::Tx;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::rules::Channel;
use crate::store::{self, ballots, paper, voters};

/// How many voted, by channel and by district. Public at any time: it says nothing of what was voted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Turnout {
    /// Lines of the roll.
    pub lines: i64,
    /// Signatures, in the order of [`Channel::ALL`].
    pub channels: [i64; 3],
    /// Each district of the roll: its name, its lines, how many of them signed. Empty names are lines without one.
    pub districts: Vec<(String, i64, i64)>,
}

impl Turnout {
    /// All signatures.
    pub fn signed(&self) -> i64 {
        self.channels.iter().sum()
    }

    /// Signatures through a channel.
    pub fn through(&self, channel: Channel) -> i64 {
        Channel::ALL.iter().position(|c| *c == channel).map_or(0, |i| self.channels[i])
    }
}

/// How many voted so far.
///
/// # Errors
/// The database.
pub async fn turnout(tx: &mut Tx<'_>, activity_id: i64) -> Result<Turnout, Error> {
    let mut channels = [0; 3];
    for (code, n) in voters::by_channel(tx, activity_id).await? {
        if let Some(i) = Channel::ALL.iter().position(|c| c.code() == code) {
            channels[i] = n;
        }
    }
    let districts = voters::by_district(tx, activity_id).await?;
    Ok(Turnout { lines: districts.iter().map(|d| d.1).sum(), channels, districts })
}

/// What the closing found; the journal says the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// Lines of the roll.
    pub lines: i64,
    /// Signatures on the web.
    pub web: i64,
    /// Signatures at the desk.
    pub desk: i64,
    /// Codes given at the desk that were not used.
    pub desk_unused: i64,
    /// Signatures for paper.
    pub paper: i64,
    /// Sheets of the urn that count.
    pub paper_counted: i64,
    /// Spoiled sheets.
    pub paper_spoiled: i64,
    /// Ballots in the box.
    pub ballots: i64,
    /// SHA-256 of the ballots, in the order of their names: each `tracker`, a space, the ballot, a line feed.
    pub ballots_sha256: String,
}

impl Closing {
    /// What ties signatures and ballots: each ballot has its signature, and the desk and the urn account for the
    /// rest. The reason when it does not hold, which the database's own guards do not let happen.
    ///
    /// # Errors
    /// One sentence.
    pub fn check(&self) -> Result<(), String> {
        let screens = self.web + self.desk - self.desk_unused;
        if self.ballots != screens + self.paper_counted {
            return Err(format!(
                "{} ballots for {screens} votes on a screen and {} sheets that count",
                self.ballots, self.paper_counted
            ));
        }
        if self.paper_counted + self.paper_spoiled > self.paper {
            return Err(format!(
                "{} sheets for {} signatures on paper",
                self.paper_counted + self.paper_spoiled,
                self.paper
            ));
        }
        Ok(())
    }
}

/// Whether the box is closed, when, and what was found.
///
/// # Errors
/// The database.
pub async fn closing(tx: &mut Tx<'_>, activity_id: i64) -> Result<Option<(Millis, Closing)>, Error> {
    let state = store::state(tx, activity_id).await?;
    let (Some(at), Some(text)) = (state.closed_at, state.closing) else { return Ok(None) };
    let closing = serde_json::from_str(&text).map_err(|e| Error::Internal(format!("a closing: {e}")))?;
    Ok(Some((at, closing)))
}

/// What still keeps the box from being closed, by the keys of the reasons: before the end of the vote, while sheets
/// wait for their second entry, or for somebody to settle a difference.
///
/// # Errors
/// The database.
pub async fn obstacles(
    tx: &mut Tx<'_>,
    activity: &Activity,
    now: Millis,
) -> Result<Vec<&'static str>, Error> {
    let mut found = vec![];
    if activity.moment(now) != Moment::After {
        found.push("ballotbox-close-open");
    }
    if paper::count(tx, activity.id, "first").await? > 0 {
        found.push("ballotbox-close-once");
    }
    if paper::count(tx, activity.id, "disputed").await? > 0 {
        found.push("ballotbox-close-disputed");
    }
    Ok(found)
}

/// Closes the box for good, once the vote is over and every sheet is settled: mixes its rows a last time, counts
/// the ballots and the signatures, and writes both, with the fingerprint of the ballots, in the journal. The
/// ballots can be read from then on.
///
/// # Errors
/// [`Error::Conflict`] with the first of the [`obstacles`], or when it is closed already; the database.
pub async fn close(tx: &mut Tx<'_>, now: Millis, activity: &Activity) -> Result<Closing, Error> {
    let id = activity.id;
    let state = store::state_alone(tx, id).await?;
    if state.closed_at.is_some() {
        return Err(Error::Conflict("ballotbox-close-twice"));
    }
    if let Some(key) = obstacles(tx, activity, now).await?.first() {
        return Err(Error::Conflict(key));
    }
    store::mix(tx, id).await?;
    let turnout = turnout(tx, id).await?;
    let mut hash = Sha256::new();
    let mut count = 0;
    ballots::each(tx, id, |tracker, ballot| {
        add(&mut hash, &tracker, &ballot);
        count += 1;
        Ok(())
    })
    .await?;
    let closing = Closing {
        lines: turnout.lines,
        web: turnout.through(Channel::Web),
        desk: turnout.through(Channel::Desk),
        desk_unused: ballots::open_passes(tx, id).await?,
        paper: turnout.through(Channel::Paper),
        paper_counted: paper::count(tx, id, "counted").await?,
        paper_spoiled: paper::count(tx, id, "spoiled").await?,
        ballots: count,
        ballots_sha256: hex::encode(hash.finalize()),
    };
    closing.check().map_err(|e| Error::Internal(format!("the box of activity {id}: {e}")))?;
    for batch in paper::batches(tx, id).await? {
        let body = json!({
            "activity": id, "batch": batch.number, "ballots": batch.size,
            "counted": batch.counted, "spoiled": batch.spoiled, "unused": batch.unused(),
        });
        journal::write(tx, now, Leaf::new("paper-batch-counted").object("activity", id).body(body)).await?;
    }
    let said = serde_json::to_value(&closing).map_err(|e| Error::Internal(e.to_string()))?;
    let body = json!({ "activity": id, "closing": said, "rules_sha256": state.seal_sha256 });
    journal::write(tx, now, Leaf::new("ballot-box-closed").object("activity", id).body(body)).await?;
    store::close(tx, id, now, &said.to_string()).await?;
    parvis_civic::sealed::mark_counted(tx, id).await?;
    Ok(closing)
}

/// One ballot in the fingerprint of the box.
pub(crate) fn add(hash: &mut Sha256, tracker: &str, ballot: &str) {
    hash.update(tracker.as_bytes());
    hash.update(b" ");
    hash.update(ballot.as_bytes());
    hash.update(b"\n");
}

/// Gives each ballot of a closed box, in the order of their random names, without holding them all.
///
/// # Errors
/// [`Error::Conflict`] until the box is closed: results are hidden until then; the database.
pub async fn each(
    tx: &mut Tx<'_>,
    activity_id: i64,
    mut f: impl FnMut(Value) -> Result<(), parvis_store::Error> + Send,
) -> Result<u64, Error> {
    if store::state(tx, activity_id).await?.closed_at.is_none() {
        return Err(Error::Conflict("ballotbox-not-closed"));
    }
    ballots::each(tx, activity_id, |_, ballot| {
        let value = serde_json::from_str(&ballot);
        f(value.map_err(|e| parvis_store::Error::other(format!("a stored ballot: {e}")))?)
    })
    .await
}

/// How many ballots are in the box: as public as the turnout.
///
/// # Errors
/// The database.
pub async fn count(tx: &mut Tx<'_>, activity_id: i64) -> Result<i64, Error> {
    ballots::count(tx, activity_id).await
}
