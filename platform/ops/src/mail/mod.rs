//! Mails: written with their job in the transaction of the act, then sent; or held for the administrator to read
//! when the site has no mail server.

use parvis_core::{Locale, Millis};
use parvis_store::{Error, Row, Tx, Val, p};
use serde_json::json;

use crate::{Listed, jobs};

pub mod html;
pub mod send;
pub mod smtp;

pub use send::Sender;

/// The kind of the job that sends one mail.
pub const JOB: &str = "mail";

/// Mails of this kind let whoever reads them sign in: their text is blanked once sent, and never kept for long.
pub const SIGN_IN: &str = "sign-in";

/// A mail to queue. Most fields can be left to their default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mail {
    /// One address.
    pub to: String,
    /// The subject, on one line.
    pub subject: String,
    /// The text, for every reader: paragraphs separated by an empty line, addresses written out.
    pub text: String,
    /// The HTML part; made of the text when there is none.
    pub html: Option<String>,
    /// The language it is written in.
    pub locale: Locale,
    /// What it is about: `sign-in`, `notice`, `notification` … The outbox shows it.
    pub kind: String,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<String>,
    /// For a notification: the page where one stops them (`List-Unsubscribe`).
    pub unsubscribe: Option<String>,
    /// Whether a bare POST to `unsubscribe` is enough, without signing in (RFC 8058).
    pub one_click: bool,
}

/// Where a mail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Waits to be sent.
    Queued,
    /// No mail server is configured: it stays here.
    Held,
    /// Handed to the mail server.
    Sent,
    /// Given up.
    Failed,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Queued, Self::Held, Self::Sent, Self::Failed];

    /// The name kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Held => "held",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }
}

/// A mail of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Identifier.
    pub id: i64,
    /// The recipient; empty once that person was erased.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text; empty once a sign-in mail was sent.
    pub text: String,
    /// The HTML part that was given, if any.
    pub html: Option<String>,
    /// The language.
    pub locale: Locale,
    /// What it is about.
    pub kind: String,
    /// The left part of its `Message-ID`, the same at each attempt.
    pub message_id: String,
    /// Where answers go.
    pub reply_to: Option<String>,
    /// Where one stops such mails.
    pub unsubscribe: Option<String>,
    /// Whether a bare POST there is enough.
    pub one_click: bool,
    /// Where it stands.
    pub status: Status,
    /// How often it was tried.
    pub attempts: i64,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// When it was written.
    pub created_at: Millis,
    /// When it was sent.
    pub sent_at: Option<Millis>,
}

/// Queues a mail in the transaction of its cause. Answers its id.
///
/// # Errors
/// The database.
pub async fn queue(tx: &mut Tx<'_>, now: Millis, mail: Mail) -> Result<i64, Error> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|e| Error::other(format!("no randomness: {e}")))?;
    let id = tx
        .insert(
            "insert into mail (recipient, subject, text, html, locale, kind, message_id, reply_to, unsubscribe,
                               one_click, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id",
            &p![
                mail.to.trim(),
                one_line(&mail.subject),
                mail.text,
                mail.html,
                mail.locale.code(),
                mail.kind,
                hex::encode(random),
                mail.reply_to,
                mail.unsubscribe,
                mail.one_click,
                now
            ],
        )
        .await?;
    jobs::enqueue(tx, now, JOB, &json!({ "mail": id }), now, None).await?;
    Ok(id)
}

/// A line break in a subject would begin another header.
fn one_line(text: &str) -> String {
    // The no-break spaces of French are kept.
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
    text.split(breaks).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

const COLUMNS: &str = "id, recipient, subject, text, html, locale, kind, message_id, reply_to, unsubscribe,
    one_click, status, attempts, last_error, created_at, sent_at";

fn read(row: &Row) -> Result<Entry, Error> {
    Ok(Entry {
        id: row.get("id")?,
        to: row.get("recipient")?,
        subject: row.get("subject")?,
        text: row.get("text")?,
        html: row.get("html")?,
        locale: Locale::parse(&row.get::<String>("locale")?).unwrap_or_default(),
        kind: row.get("kind")?,
        message_id: row.get("message_id")?,
        reply_to: row.get("reply_to")?,
        unsubscribe: row.get("unsubscribe")?,
        one_click: row.get("one_click")?,
        status: Status::parse(&row.get::<String>("status")?).unwrap_or(Status::Failed),
        attempts: row.get("attempts")?,
        last_error: row.get("last_error")?,
        created_at: row.get("created_at")?,
        sent_at: row.get("sent_at")?,
    })
}

/// What to list of the outbox.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this status.
    pub status: Option<Status>,
    /// Only mails whose recipient or subject holds this, in any case.
    pub search: String,
}

const WHERE: &str = "where (cast($1 as text) is null or status = $1)
       and ($2 = '' or lower(recipient) like $2 escape '!' or lower(subject) like $2 escape '!')";

/// A text to be searched as it is with `like … escape '!'`; empty stays empty.
fn pattern(search: &str) -> String {
    let search = search.trim().to_lowercase();
    if search.is_empty() {
        return search;
    }
    format!("%{}%", search.replace('!', "!!").replace('%', "!%").replace('_', "!_"))
}

/// The mails that `filter` asks for, the latest first.
///
/// # Errors
/// The database.
pub async fn list(tx: &mut Tx<'_>, filter: &Filter, limit: i64, offset: i64) -> Result<Listed<Entry>, Error> {
    let mut params = p![filter.status.map(Status::code), pattern(&filter.search)].to_vec();
    let total = tx.value(&format!("select count(*) from mail {WHERE}"), &params).await?;
    params.extend(p![limit, offset]);
    let sql = format!("select {COLUMNS} from mail {WHERE} order by id desc limit $3 offset $4");
    let items = tx.query(&sql, &params).await?.iter().map(read).collect::<Result<_, _>>()?;
    Ok(Listed { items, total })
}

/// One mail.
///
/// # Errors
/// The database.
pub async fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Entry>, Error> {
    let sql = format!("select {COLUMNS} from mail where id = $1");
    tx.opt(&sql, &p![id]).await?.as_ref().map(read).transpose()
}

/// How many mails have this status.
///
/// # Errors
/// The database.
pub async fn count(tx: &mut Tx<'_>, status: Status) -> Result<i64, Error> {
    tx.value("select count(*) from mail where status = $1", &p![status.code()]).await
}

/// Every mail written to this address, the latest first: what a person may ask to see.
///
/// # Errors
/// The database.
pub async fn to(tx: &mut Tx<'_>, address: &str) -> Result<Vec<Entry>, Error> {
    let sql = format!("select {COLUMNS} from mail where recipient = $1 order by id desc");
    tx.query(&sql, &p![address]).await?.iter().map(read).collect()
}

/// Tries a held or failed mail again. Answers false when there is no such mail, or nothing left to send.
///
/// # Errors
/// The database.
pub async fn retry(tx: &mut Tx<'_>, now: Millis, id: i64) -> Result<bool, Error> {
    let changed = tx
        .exec(
            "update mail set status = 'queued', last_error = null
             where id = $1 and status in ('held', 'failed') and recipient <> ''",
            &p![id],
        )
        .await?;
    if changed > 0 {
        jobs::enqueue(tx, now, JOB, &json!({ "mail": id }), now, None).await?;
    }
    Ok(changed > 0)
}

/// Blanks every mail written to this address, sent or not: the person was erased.
///
/// # Errors
/// The database.
pub async fn forget(tx: &mut Tx<'_>, address: &str) -> Result<(), Error> {
    blank(tx, "recipient = $1", &p![address]).await
}

/// Blanks the mails of one kind written to this address: what it was kept for is over, the person is not erased.
///
/// # Errors
/// The database.
pub async fn forget_kind(tx: &mut Tx<'_>, address: &str, kind: &str) -> Result<(), Error> {
    blank(tx, "recipient = $1 and kind = $2", &p![address.trim(), kind]).await
}

async fn blank(tx: &mut Tx<'_>, which: &str, values: &[Val]) -> Result<(), Error> {
    let sql = format!(
        "update mail set recipient = '', subject = '', text = '', html = null, reply_to = null,
                unsubscribe = null, last_error = null,
                status = case when status = 'sent' then 'sent' else 'failed' end
         where {which}"
    );
    tx.exec(&sql, values).await?;
    Ok(())
}

/// Deletes what need not be kept: sign-in mails after 7 days, sent ones after 90, the others after 180.
///
/// # Errors
/// The database.
pub async fn tidy(tx: &mut Tx<'_>, now: Millis) -> Result<(), Error> {
    const DAY: Millis = 86_400_000;
    tx.exec("delete from mail where kind = $1 and created_at < $2", &p![SIGN_IN, now - 7 * DAY]).await?;
    tx.exec("delete from mail where status = 'sent' and created_at < $1", &p![now - 90 * DAY]).await?;
    tx.exec("delete from mail where created_at < $1", &p![now - 180 * DAY]).await?;
    Ok(())
}

/// Notes what became of one attempt.
pub(crate) async fn settle(
    tx: &mut Tx<'_>,
    now: Millis,
    id: i64,
    status: Status,
    error: Option<&str>,
) -> Result<(), Error> {
    let error: Option<String> = error.map(|e| e.chars().take(500).collect());
    tx.exec(
        "update mail set status = $2, last_error = $3, attempts = attempts + $4, sent_at = $5
         where id = $1 and recipient <> ''",
        &p![
            id,
            status.code(),
            error,
            i64::from(status != Status::Held),
            (status == Status::Sent).then_some(now)
        ],
    )
    .await?;
    if status == Status::Sent {
        tx.exec("update mail set text = '', html = null where id = $1 and kind = $2", &p![id, SIGN_IN])
            .await?;
    }
    Ok(())
}
