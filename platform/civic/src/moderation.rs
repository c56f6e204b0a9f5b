//! Flags, moderation with reasons, notices and appeal. What is hidden leaves its place and its reason.

use parvis_core::{FieldErrors, Millis};
use parvis_ops::audit;
use parvis_store::{Row, Tx, p};
use serde_json::json;

use crate::Error;
use crate::account::{Participant, Status as AccountStatus};
use crate::contribution::{self, Contribution, Status};
use crate::follow::{self, News};
use crate::journal::{Entry, Leaf};

/// Why a contribution is flagged or hidden. The charter that the site publishes lists them.
pub const REASONS: [&str; 7] = ["insult", "hate", "personal-data", "spam", "off-topic", "unlawful", "other"];

/// Flags a contribution for the moderators. Once a person and contribution.
///
/// # Errors
/// Mistakes by field; [`Error::NotFound`] when it is not public; the database.
pub async fn flag(
    tx: &mut Tx<'_>,
    now: Millis,
    who: &Participant,
    contribution_id: i64,
    reason: &str,
    note: &str,
) -> Result<(), Error> {
    if who.status != AccountStatus::Active {
        return Err(Error::Forbidden);
    }
    let mut errors = FieldErrors::new();
    if !REASONS.contains(&reason) {
        errors.add("reason", "civic-flag-reason-empty");
    }
    let note = errors.text("note", note, 0, 1000, "civic-body-empty");
    errors.check()?;
    let c = contribution::find(tx, contribution_id).await?.ok_or(Error::NotFound)?;
    if c.status != Status::Published {
        return Err(Error::NotFound);
    }
    tx.exec(
        "insert into flag (contribution_id, participant_id, reason, note, created_at)
         values ($1, $2, $3, $4, $5)
         on conflict (contribution_id, participant_id) do update
            set reason = excluded.reason, note = excluded.note",
        &p![contribution_id, who.id, reason, note, now],
    )
    .await?;
    Ok(())
}

/// One line of the moderators' queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flagged {
    /// What was flagged.
    pub contribution: Contribution,
    /// Number of flags still open.
    pub flags: i64,
    /// The reasons given, each once.
    pub reasons: Vec<String>,
    /// What people wrote.
    pub notes: Vec<String>,
    /// When the first of them came.
    pub first_at: Millis,
}

/// Contributions with open flags, the longest waiting first.
///
/// # Errors
/// The database.
pub async fn queue(tx: &mut Tx<'_>, limit: i64, offset: i64) -> Result<Vec<Flagged>, Error> {
    let rows = tx
        .query(
            "select contribution_id from flag
             where settled_at is null group by contribution_id order by min(created_at), contribution_id
             limit $1 offset $2",
            &p![limit, offset],
        )
        .await?;
    let mut queue = vec![];
    for row in rows {
        let Some(contribution) = contribution::find(tx, row.get("contribution_id")?).await? else { continue };
        queue.extend(flags_of(tx, &contribution).await?);
    }
    Ok(queue)
}

/// The open flags of one contribution; none when it has none.
///
/// # Errors
/// The database.
pub async fn flags_of(tx: &mut Tx<'_>, contribution: &Contribution) -> Result<Option<Flagged>, Error> {
    let flags = tx
        .query(
            "select reason, note, created_at from flag where contribution_id = $1 and settled_at is null
             order by id limit 50",
            &p![contribution.id],
        )
        .await?;
    let Some(first) = flags.first() else { return Ok(None) };
    let mut flagged = Flagged {
        contribution: contribution.clone(),
        flags: tx
            .value(
                "select count(*) from flag where contribution_id = $1 and settled_at is null",
                &p![contribution.id],
            )
            .await?,
        reasons: vec![],
        notes: vec![],
        first_at: first.get("created_at")?,
    };
    for flag in &flags {
        let reason: String = flag.get("reason")?;
        if !flagged.reasons.contains(&reason) {
            flagged.reasons.push(reason);
        }
        let note: String = flag.get("note")?;
        if !note.is_empty() {
            flagged.notes.push(note);
        }
    }
    Ok(Some(flagged))
}

/// What waits for the moderators: flagged contributions and appeals to decide.
///
/// # Errors
/// The database.
pub async fn waiting(tx: &mut Tx<'_>) -> Result<(i64, i64), Error> {
    let row = tx
        .one(
            "select (select count(distinct contribution_id) from flag where settled_at is null) as flagged,
                    (select count(*) from moderation where appeal_at is not null
                        and appeal_decided_at is null) as appeals",
            &p![],
        )
        .await?;
    Ok((row.get("flagged")?, row.get("appeals")?))
}

async fn settle_flags(tx: &mut Tx<'_>, now: Millis, contribution_id: i64) -> Result<(), Error> {
    tx.exec(
        "update flag set settled_at = $2 where contribution_id = $1 and settled_at is null",
        &p![contribution_id, now],
    )
    .await?;
    Ok(())
}

/// One decision of a moderator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Identifier.
    pub id: i64,
    /// What it is about.
    pub contribution_id: i64,
    /// `hide` or `restore`.
    pub action: String,
    /// One of [`REASONS`].
    pub reason: String,
    /// What the author and the public are told.
    pub explanation: String,
    /// Who decided.
    pub moderator_id: i64,
    /// When.
    pub created_at: Millis,
    /// What the author answered.
    pub appeal: Option<String>,
    /// When they did.
    pub appeal_at: Option<Millis>,
    /// `upheld` (it stays hidden) or `overturned`.
    pub appeal_decision: Option<String>,
    /// What they were answered.
    pub appeal_reply: Option<String>,
}

fn read(row: &Row) -> Result<Decision, Error> {
    Ok(Decision {
        id: row.get("id")?,
        contribution_id: row.get("contribution_id")?,
        action: row.get("action")?,
        reason: row.get("reason")?,
        explanation: row.get("explanation")?,
        moderator_id: row.get("moderator_id")?,
        created_at: row.get("created_at")?,
        appeal: row.get("appeal")?,
        appeal_at: row.get("appeal_at")?,
        appeal_decision: row.get("appeal_decision")?,
        appeal_reply: row.get("appeal_reply")?,
    })
}

const COLUMNS: &str =
    "id, contribution_id, action, reason, explanation, moderator_id, created_at, appeal, appeal_at,
    appeal_decision, appeal_reply";

/// The decisions about a contribution, the last first.
///
/// # Errors
/// The database.
pub async fn decisions(tx: &mut Tx<'_>, contribution_id: i64) -> Result<Vec<Decision>, Error> {
    let sql = format!(
        "select {COLUMNS} from moderation where contribution_id = $1 order by created_at desc, id desc"
    );
    tx.query(&sql, &p![contribution_id]).await?.iter().map(read).collect()
}

/// A decision by id.
///
/// # Errors
/// The database.
pub async fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Decision>, Error> {
    let sql = format!("select {COLUMNS} from moderation where id = $1");
    tx.opt(&sql, &p![id]).await?.as_ref().map(read).transpose()
}

/// Appeals that wait for a decision, the longest waiting first.
///
/// # Errors
/// The database.
pub async fn appeals(tx: &mut Tx<'_>, limit: i64, offset: i64) -> Result<Vec<Decision>, Error> {
    let sql = format!(
        "select {COLUMNS} from moderation where appeal_at is not null and appeal_decided_at is null
         order by appeal_at, id limit $1 offset $2"
    );
    tx.query(&sql, &p![limit, offset]).await?.iter().map(read).collect()
}

/// Hides a contribution, with a reason that its author and the public are told.
///
/// # Errors
/// Mistakes by field; [`Error::NotFound`] when it is not public; the database.
pub async fn hide(
    tx: &mut Tx<'_>,
    now: Millis,
    moderator: &Participant,
    contribution_id: i64,
    reason: &str,
    explanation: &str,
) -> Result<Entry, Error> {
    let mut errors = FieldErrors::new();
    if !REASONS.contains(&reason) {
        errors.add("reason", "civic-moderation-reason-empty");
    }
    let explanation = errors.text("explanation", explanation, 10, 2000, "civic-moderation-explanation-empty");
    errors.check()?;
    let c = contribution::find(tx, contribution_id).await?.ok_or(Error::NotFound)?;
    if c.status != Status::Published {
        return Err(Error::NotFound);
    }
    decide(tx, now, moderator, &c, "hide", reason, &explanation).await
}

/// Puts a hidden contribution back.
///
/// # Errors
/// Mistakes by field; [`Error::NotFound`] when it is not hidden; the database.
pub async fn restore(
    tx: &mut Tx<'_>,
    now: Millis,
    moderator: &Participant,
    contribution_id: i64,
    explanation: &str,
) -> Result<Entry, Error> {
    let mut errors = FieldErrors::new();
    let explanation = errors.text("explanation", explanation, 0, 2000, "civic-moderation-explanation-empty");
    errors.check()?;
    let c = contribution::find(tx, contribution_id).await?.ok_or(Error::NotFound)?;
    if c.status != Status::Hidden {
        return Err(Error::NotFound);
    }
    decide(tx, now, moderator, &c, "restore", "other", &explanation).await
}

async fn decide(
    tx: &mut Tx<'_>,
    now: Millis,
    moderator: &Participant,
    c: &Contribution,
    action: &str,
    reason: &str,
    explanation: &str,
) -> Result<Entry, Error> {
    tx.exec(
        "insert into moderation (contribution_id, moderator_id, action, reason, explanation, created_at)
         values ($1, $2, $3, $4, $5, $6)",
        &p![c.id, moderator.id, action, reason, explanation, now],
    )
    .await?;
    settle_flags(tx, now, c.id).await?;
    // The explanation can name people: the leaf holds the reason, not the words.
    let leaf = Leaf::new("moderation")
        .object("contribution", c.id)
        .by(moderator.id)
        .body(json!({ "contribution": c.id, "action": action, "reason": reason }));
    let (status, news) =
        if action == "hide" { (Status::Hidden, News::Hidden) } else { (Status::Published, News::Restored) };
    let entry = contribution::set_status(tx, now, c, status, leaf).await?;
    if let Some(author) = c.author_id {
        follow::notice(tx, now, author, news, c.id, explanation).await?;
    }
    let detail = json!({ "reason": reason });
    let object = format!("contribution/{}", c.id);
    audit::record(tx, now, Some(moderator.id), &format!("moderation-{action}"), &object, &detail).await?;
    Ok(entry)
}

/// Settles the flags of a contribution that stays.
///
/// # Errors
/// The database.
pub async fn dismiss(
    tx: &mut Tx<'_>,
    now: Millis,
    moderator: &Participant,
    contribution_id: i64,
) -> Result<(), Error> {
    settle_flags(tx, now, contribution_id).await?;
    let object = format!("contribution/{contribution_id}");
    audit::record(tx, now, Some(moderator.id), "moderation-dismiss", &object, &json!({})).await?;
    Ok(())
}

/// The author appeals against a decision that hid their contribution. Once a decision.
///
/// # Errors
/// Mistakes by field; [`Error::NotFound`] when it is not theirs; [`Error::Conflict`] when they already did;
/// the database.
pub async fn appeal(
    tx: &mut Tx<'_>,
    now: Millis,
    who: &Participant,
    decision_id: i64,
    words: &str,
) -> Result<(), Error> {
    let mut errors = FieldErrors::new();
    let words = errors.text("appeal", words, 10, 2000, "civic-appeal-empty");
    errors.check()?;
    let decision = find(tx, decision_id).await?.ok_or(Error::NotFound)?;
    let c = contribution::find(tx, decision.contribution_id).await?.ok_or(Error::NotFound)?;
    if c.author_id != Some(who.id) || decision.action != "hide" {
        return Err(Error::NotFound);
    }
    if decision.appeal_at.is_some() {
        return Err(Error::Conflict("civic-appeal-twice"));
    }
    tx.exec(
        "update moderation set appeal = $2, appeal_at = $3 where id = $1 and appeal_at is null",
        &p![decision_id, words, now],
    )
    .await?;
    Ok(())
}

/// Whether somebody else could decide on an appeal against what this moderator decided.
///
/// # Errors
/// The database.
pub async fn has_another(tx: &mut Tx<'_>, moderator: i64) -> Result<bool, Error> {
    let sql = "select count(*) from participant
        where role in ('moderator', 'administrator') and status = 'active' and id <> $1";
    Ok(tx.value::<i64>(sql, &p![moderator]).await? > 0)
}

/// Decides an appeal: `overturn` puts the contribution back. Whoever hid it may change their mind, but leaves it to another
/// to uphold their decision, as long as there is another.
///
/// # Errors
/// Mistakes by field, `outcome` when it is for another to uphold it; [`Error::Conflict`] when it is already decided; the database.
pub async fn decide_appeal(
    tx: &mut Tx<'_>,
    now: Millis,
    moderator: &Participant,
    decision_id: i64,
    overturn: bool,
    reply: &str,
) -> Result<(), Error> {
    let mut errors = FieldErrors::new();
    let reply = errors.text("reply", reply, 10, 2000, "civic-appeal-reply-empty");
    errors.check()?;
    let decision = find(tx, decision_id).await?.ok_or(Error::NotFound)?;
    if !overturn && decision.moderator_id == moderator.id && has_another(tx, moderator.id).await? {
        let mut errors = FieldErrors::new();
        errors.add("outcome", "civic-appeal-own");
        return Err(errors.into());
    }
    let outcome = if overturn { "overturned" } else { "upheld" };
    let done = tx
        .exec(
            "update moderation set appeal_decision = $2, appeal_reply = $3, appeal_decided_at = $4,
                appeal_decided_by = $5
             where id = $1 and appeal_at is not null and appeal_decided_at is null",
            &p![decision_id, outcome, reply.as_str(), now, moderator.id],
        )
        .await?;
    if done == 0 {
        return Err(Error::Conflict("civic-appeal-decided"));
    }
    let c = contribution::find(tx, decision.contribution_id).await?.ok_or(Error::NotFound)?;
    let leaf = Leaf::new("appeal")
        .object("contribution", c.id)
        .by(moderator.id)
        .body(json!({ "contribution": c.id, "outcome": outcome }));
    if overturn && c.status == Status::Hidden {
        contribution::set_status(tx, now, &c, Status::Published, leaf).await?;
    } else {
        crate::journal::write(tx, now, leaf).await?;
    }
    if let Some(author) = c.author_id {
        follow::notice(tx, now, author, News::Appeal, c.id, &reply).await?;
    }
    let object = format!("contribution/{}", c.id);
    audit::record(tx, now, Some(moderator.id), "appeal-decided", &object, &json!({ "outcome": outcome }))
        .await?;
    Ok(())
}
