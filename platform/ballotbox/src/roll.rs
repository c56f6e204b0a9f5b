//! The roll: who may vote, and whether this person is on it.

use jiff::civil::Date;
use parvis_civic::account::email;
use parvis_civic::account::pseudonym::fold;
use parvis_civic::account::{self, Participant, Status};
use parvis_civic::process::Activity;
use parvis_civic::{Error, journal};
use parvis_core::Millis;
use parvis_store::{Tx, boxed};
use sha2::{Digest, Sha256};

use crate::code::Code;
use crate::rules::{Channel, Level, RollKind, Rules};
use crate::seal::{self, Seal};
use crate::store;
use crate::store::voters::{self, Letters};

/// One line of a roll, as it is imported.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Its number in the list it comes from; unique in the roll.
    pub number: String,
    /// Last name.
    pub last_name: String,
    /// First names.
    pub first_name: String,
    /// The day of birth, ISO (`2008-02-29`).
    pub birth_date: Option<String>,
    /// The district; empty when the list says none.
    pub district: String,
    /// An address, folded.
    pub email: Option<String>,
}

impl Line {
    /// The name for searching: without accents, case, spaces or hyphens.
    pub(crate) fn folded(&self) -> String {
        format!("{} {}", fold(&self.last_name), fold(&self.first_name))
    }

    /// The name as it is read.
    pub fn name(&self) -> String {
        format!("{} {}", self.last_name, self.first_name).trim().to_owned()
    }

    /// The day of birth.
    pub fn birth(&self) -> Option<Date> {
        self.birth_date.as_deref()?.parse().ok()
    }
}

/// A line of the roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voter {
    /// Identifier.
    pub id: i64,
    /// What it says.
    pub line: Line,
    /// The account that has taken it.
    pub account: Option<i64>,
    /// Whether a letter with a code was made for it.
    pub has_code: bool,
}

/// The right to vote once: a line of the roll, or an account. It names the signature, nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Right {
    key: String,
    /// The line that the account takes by voting.
    line: Option<i64>,
}

impl Right {
    /// Of a line of the roll. Where accounts vote, a line whose account is known is that account's: one right, and
    /// one signature.
    pub fn of(voter: &Voter, roll: RollKind) -> Self {
        match (roll, voter.account) {
            (RollKind::Accounts, Some(account)) => Self { key: account_key(account), line: Some(voter.id) },
            _ => Self { key: line_key(voter.id), line: Some(voter.id) },
        }
    }

    pub(crate) fn key(&self) -> &str {
        &self.key
    }
}

fn account_key(id: i64) -> String {
    format!("a:{id}")
}

fn line_key(id: i64) -> String {
    format!("v:{id}")
}

/// Where a participant stands before a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// They may vote.
    May(Right),
    /// They have voted, through this channel.
    Signed(Right, Channel),
    /// Their account is on no line of the list yet: the code of their letter will tell which.
    Unknown,
    /// They may not, for the reason of this key.
    Not(&'static str),
}

/// Where a participant stands today (the day of the site's time zone).
///
/// # Errors
/// The database.
pub async fn standing(
    tx: &mut Tx<'_>,
    activity: &Activity,
    rules: &Rules,
    who: &Participant,
    today: Date,
) -> Result<Standing, Error> {
    if who.status != Status::Active {
        return Ok(Standing::Not("ballotbox-suspended"));
    }
    let line = match voters::of_account(tx, activity.id, who.id).await? {
        Some(line) => Some(line),
        // An address that two lines share (a couple, often) says nothing: the letter's code will.
        None => match &who.email {
            Some(address) => {
                let mut found = voters::with_email(tx, activity.id, &email::fold(address)).await?;
                if found.len() == 1 { found.pop() } else { None }
            }
            None => None,
        },
    };
    if let Some(voter) = &line
        && let Err(key) = rules.admits(voter.line.birth(), &voter.line.district, today)
    {
        return Ok(Standing::Not(key));
    }
    let id = line.as_ref().map(|v| v.id);
    let right = match (id, rules.roll) {
        (Some(id), RollKind::List) => Right { key: line_key(id), line: Some(id) },
        (None, RollKind::List) => return Ok(Standing::Unknown),
        (line, RollKind::Accounts) => {
            let level = who.email.as_ref().map(|_| Level::Email);
            if level.is_none_or(|l| l < rules.level) {
                return Ok(Standing::Not("ballotbox-level"));
            }
            Right { key: account_key(who.id), line }
        }
    };
    if let Some(channel) = signed(tx, activity.id, &right).await? {
        return Ok(Standing::Signed(right, channel));
    }
    // The desk may have signed the line before it knew of the account.
    if let Some(id) = id
        && let Some(channel) = signed_key(tx, activity.id, &line_key(id)).await?
    {
        return Ok(Standing::Signed(right, channel));
    }
    Ok(Standing::May(right))
}

/// Through which channel this right was used.
///
/// # Errors
/// The database.
pub async fn signed(tx: &mut Tx<'_>, activity_id: i64, right: &Right) -> Result<Option<Channel>, Error> {
    signed_key(tx, activity_id, &right.key).await
}

async fn signed_key(tx: &mut Tx<'_>, activity_id: i64, key: &str) -> Result<Option<Channel>, Error> {
    let code = voters::signed(tx, activity_id, key).await?;
    Ok(code.and_then(|c| Channel::parse(&c)))
}

/// Ties the account to the line that its address designates, before it votes: the desk, which asks for the same
/// line, waits or is waited for.
///
/// # Errors
/// [`Error::Conflict`] when another account took the line, or the desk signed it meanwhile; the database.
async fn hold(tx: &mut Tx<'_>, activity_id: i64, right: &Right, who: i64) -> Result<(), Error> {
    let Some(id) = right.line else { return Ok(()) };
    if !voters::take(tx, id, who).await? {
        return Err(Error::Conflict("ballotbox-letter-taken"));
    }
    if right.key != line_key(id)
        && let Some(channel) = signed_key(tx, activity_id, &line_key(id)).await?
    {
        return Err(Error::Conflict(channel.already()));
    }
    Ok(())
}

/// Signs for a participant who votes from their account.
///
/// # Errors
/// [`Error::Conflict`] with the reason; the database.
pub(crate) async fn sign_web(
    tx: &mut Tx<'_>,
    seal: &Seal<'_>,
    who: &Participant,
    today: Date,
) -> Result<(), Error> {
    match standing(tx, seal.activity, seal.rules, who, today).await? {
        Standing::May(right) => {
            hold(tx, seal.activity.id, &right, who.id).await?;
            sign(tx, seal, &right, Channel::Web).await
        }
        Standing::Signed(_, channel) => Err(Error::Conflict(channel.already())),
        Standing::Unknown => Err(Error::Conflict("ballotbox-not-on-roll")),
        Standing::Not(key) => Err(Error::Conflict(key)),
    }
}

/// Gives the account the line whose letter holds this code.
///
/// # Errors
/// [`Error::Conflict`] with the reason (mistyped, unknown, cancelled, taken); the database.
pub async fn claim(tx: &mut Tx<'_>, activity_id: i64, who: &Participant, typed: &str) -> Result<(), Error> {
    let code = Code::read(typed).map_err(|m| Error::Conflict(m.key()))?;
    let hash = code.hash(tx, "letter", activity_id).await?;
    let voter = voters::with_code(tx, activity_id, &hash).await?;
    let Some(voter) = voter else {
        let cancelled = voters::is_cancelled(tx, activity_id, &hash).await?;
        let key = if cancelled { "ballotbox-letter-cancelled" } else { "ballotbox-letter-unknown" };
        return Err(Error::Conflict(key));
    };
    match voters::of_account(tx, activity_id, who.id).await? {
        Some(own) if own.id == voter.id => return Ok(()),
        Some(_) => return Err(Error::Conflict("ballotbox-letter-second")),
        None => {}
    }
    if voters::take_by_code(tx, voter.id, &hash, who.id).await? {
        Ok(())
    } else {
        Err(Error::Conflict("ballotbox-letter-taken"))
    }
}

/// Writes lines into the roll, all or none.
///
/// # Errors
/// [`Error::Conflict`] when the roll is sealed (see [`seal::may_change`]) or a number is there already; the database.
pub async fn import(
    tx: &mut Tx<'_>,
    activity_id: i64,
    lines: &[Line],
    replace: bool,
) -> Result<usize, Error> {
    if seal::is_sealed(tx, activity_id).await? {
        return Err(Error::Conflict("ballotbox-sealed"));
    }
    if replace {
        voters::clear(tx, activity_id).await?;
    }
    for line in lines {
        if voters::add(tx, activity_id, line).await?.is_none() {
            return Err(Error::Conflict("ballotbox-number-twice"));
        }
    }
    Ok(lines.len())
}

/// Writes one person down at the desk, where the roll is open to accounts (a list is sealed with the first vote). An
/// address that an account has makes the line that account's.
///
/// # Errors
/// [`Error::Conflict`] when the roll is a sealed list or the number is there already; the database.
pub async fn register(tx: &mut Tx<'_>, activity_id: i64, rules: &Rules, line: &Line) -> Result<i64, Error> {
    if rules.roll == RollKind::List && seal::is_sealed(tx, activity_id).await? {
        return Err(Error::Conflict("ballotbox-sealed"));
    }
    let id = voters::add(tx, activity_id, line).await?.ok_or(Error::Conflict("ballotbox-number-twice"))?;
    if rules.roll == RollKind::Accounts
        && let Some(address) = &line.email
        && let Some(account) = account::manage::by_email(tx, address).await?
        && voters::of_account(tx, activity_id, account.id).await?.is_none()
    {
        voters::take(tx, id, account.id).await?;
    }
    Ok(id)
}

/// A line by its identifier.
///
/// # Errors
/// The database.
pub async fn find(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<Option<Voter>, Error> {
    voters::find(tx, activity_id, id).await
}

/// Lines that hold these words in their names, or this number; with the channel signed. Empty words: all lines.
///
/// # Errors
/// The database.
pub async fn search(
    tx: &mut Tx<'_>,
    activity_id: i64,
    typed: &str,
    limit: i64,
    offset: i64,
) -> Result<Vec<(Voter, Option<Channel>)>, Error> {
    let words: Vec<String> = typed.split_whitespace().map(fold).filter(|w| !w.is_empty()).take(8).collect();
    let found = voters::search(tx, activity_id, &words, typed.trim(), limit, offset).await?;
    Ok(found.into_iter().map(|(v, c)| (v, c.and_then(|c| Channel::parse(&c)))).collect())
}

/// How many lines.
///
/// # Errors
/// The database.
pub async fn count(tx: &mut Tx<'_>, activity_id: i64) -> Result<i64, Error> {
    voters::count(tx, activity_id).await
}

/// The most letters made at once.
pub const LETTERS: i64 = 500;

/// Makes a code for each line that has none and that no account has taken, [`LETTERS`] at most: to print now, they
/// cannot be shown again.
///
/// # Errors
/// The database.
pub async fn letters(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<(Voter, Code)>, Error> {
    let mut made = vec![];
    let batch = voters::last_print(tx, activity_id).await? + 1;
    for voter in voters::without_code(tx, activity_id, LETTERS).await? {
        let code = Code::random();
        let hash = code.hash(tx, "letter", activity_id).await?;
        voters::set_code(tx, voter.id, &hash, batch).await?;
        made.push((voter, code));
    }
    Ok(made)
}

/// How many codes of the last print of letters could still be cancelled.
///
/// # Errors
/// The database.
pub async fn last_letters(tx: &mut Tx<'_>, activity_id: i64) -> Result<i64, Error> {
    let last = voters::last_print(tx, activity_id).await?;
    voters::count_unused(tx, activity_id, Letters::Print(last)).await
}

/// Cancels the code of one line, or without a line those of the last print of letters: from then on they open nothing, and
/// [`letters`] makes others. Only codes that no account has used, of lines that have not signed. How many; the journal
/// says that too, and no name.
///
/// # Errors
/// [`Error::Conflict`] when there is none to cancel; [`Error::Closed`] once the box is closed; the database.
pub async fn cancel_letters(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    line: Option<i64>,
) -> Result<i64, Error> {
    // Alone: nobody signs meanwhile.
    if store::state_alone(tx, activity_id).await?.closed_at.is_some() {
        return Err(Error::Closed);
    }
    let which = match line {
        Some(id) => Letters::Of(id),
        None => Letters::Print(voters::last_print(tx, activity_id).await?),
    };
    let count = voters::cancel(tx, activity_id, which).await?;
    if count == 0 {
        return Err(Error::Conflict("ballotbox-letter-not-cancelled"));
    }
    let leaf = journal::Leaf::new("letters-cancelled").object("activity", activity_id);
    journal::write(tx, now, leaf.body(serde_json::json!({ "activity": activity_id, "letters": count })))
        .await?;
    Ok(count)
}

/// Erases the names, birth dates, addresses and codes of a closed vote's roll; districts and signatures stay, so
/// that the counts stay true.
///
/// # Errors
/// [`Error::Conflict`] while the box is not closed; the database.
pub async fn forget(tx: &mut Tx<'_>, now: Millis, activity_id: i64) -> Result<u64, Error> {
    if store::state(tx, activity_id).await?.closed_at.is_none() {
        return Err(Error::Conflict("ballotbox-not-closed"));
    }
    let lines = voters::forget(tx, activity_id).await?;
    let leaf = journal::Leaf::new("roll-erased").object("activity", activity_id);
    journal::write(tx, now, leaf.body(serde_json::json!({ "activity": activity_id, "lines": lines })))
        .await?;
    Ok(lines)
}

/// The salted commitment to the whole roll, and its number of lines: what the seal says of it in the journal.
pub(crate) async fn commitment(
    tx: &mut Tx<'_>,
    activity_id: i64,
    salt: &str,
) -> Result<(String, i64), Error> {
    let mut hash = Sha256::new();
    hash.update(salt.as_bytes());
    let mut lines = 0;
    voters::each(tx, activity_id, |v| {
        let l = v.line;
        let text =
            serde_json::json!([l.number, l.last_name, l.first_name, l.birth_date, l.district, l.email]);
        hash.update(text.to_string().as_bytes());
        hash.update(b"\n");
        lines += 1;
        Ok(())
    })
    .await?;
    Ok((hex::encode(hash.finalize()), lines))
}

/// What stands between an imported line and the vote: nothing, or the key of the reason.
///
/// # Errors
/// That key.
pub fn admits(rules: &Rules, voter: &Voter, today: Date) -> Result<(), &'static str> {
    rules.admits(voter.line.birth(), &voter.line.district, today)
}

/// Signs the roll once: the unique index is the guard, whatever the channel and however many ask at once.
///
/// # Errors
/// [`Error::Conflict`] with the channel that was used; the database.
pub(crate) async fn sign(
    tx: &mut Tx<'_>,
    seal: &Seal<'_>,
    right: &Right,
    channel: Channel,
) -> Result<(), Error> {
    let id = seal.activity.id;
    if voters::sign(tx, id, right.key(), channel.code()).await? {
        return Ok(());
    }
    let before = signed(tx, id, right).await?.unwrap_or(channel);
    Err(Error::Conflict(before.already()))
}

/// Writes lines in one transaction of its own: for imports of many thousand lines.
///
/// # Errors
/// Those of [`import`].
pub async fn import_all(
    db: &parvis_store::Store,
    activity_id: i64,
    lines: Vec<Line>,
    replace: bool,
) -> Result<usize, Error> {
    let limit = std::time::Duration::from_secs(120);
    db.write_within(limit, move |tx| boxed(async move { import(tx, activity_id, &lines, replace).await }))
        .await
}
