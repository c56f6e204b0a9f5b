//! Participants: signing in by mail link or password, sessions, pseudonyms, roles, erasure.
//!
//! Nobody is told whether an address has an account: asking for a link answers the same, and takes as long.
//! What a person holds (links, sessions) is kept as a SHA-256 only.

pub mod data;
pub mod email;
pub mod erase;
pub mod link;
pub mod manage;
pub mod password;
pub mod profile;
pub mod pseudonym;
pub mod session;
pub mod sign_in;

pub use data::my_data;
pub use erase::{Texts, erase};
pub use link::{Asked, LinkProblem, Opened, Purpose, Request, SignedIn, request_link, use_link};
pub use manage::{create_staff, ensure_admin, reinstate, set_role, suspend};
pub use session::{session_close, session_close_all, session_is_stale, session_open, session_touch};

use parvis_core::{Locale, Millis, Role};
use parvis_ops::Worker;
use parvis_store::{Row, Store, Tx, boxed, p};

use crate::Error;

/// A person with an account on the site, or the author of imported contributions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Identifier, never shown.
    pub id: i64,
    /// Mail address, folded to lower case; none for imported authors and erased people.
    pub email: Option<String>,
    /// The name shown beside contributions.
    pub pseudonym: String,
    /// What this person may do.
    pub role: Role,
    /// Preferred language.
    pub locale: Locale,
    /// Active, suspended or erased.
    pub status: Status,
    /// Whether a password was set (signing in by mail link is always possible).
    pub has_password: bool,
    /// When the account was made.
    pub created_at: Millis,
    /// When the terms were accepted; none until the welcome page was completed.
    pub terms_at: Option<Millis>,
    /// Wants a mail when somebody answers.
    pub notify_replies: bool,
    /// Wants mails about what they follow.
    pub notify_follows: bool,
}

/// Whether an account can act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Can act.
    Active,
    /// Was suspended by an administrator: can read, cannot act.
    Suspended,
    /// Asked to be erased: nothing personal is left.
    Erased,
}

impl Status {
    /// The name kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Erased => "erased",
        }
    }

    /// Reads `code()`; anything else is suspended, the safe reading.
    pub fn parse(code: &str) -> Self {
        match code {
            "active" => Self::Active,
            "erased" => Self::Erased,
            _ => Self::Suspended,
        }
    }
}

/// The columns [`read`] needs, in a `select … from participant`.
pub const COLUMNS: &str =
    "id, email, pseudonym, role, locale, status, password_hash is not null as has_password,
    created_at, terms_at, notify_replies, notify_follows";

/// Reads a participant from a row that holds [`COLUMNS`].
///
/// # Errors
/// When a column is missing.
pub fn read(row: &Row) -> Result<Participant, Error> {
    Ok(Participant {
        id: row.get("id")?,
        email: row.get("email")?,
        pseudonym: row.get("pseudonym")?,
        role: Role::parse(&row.get::<String>("role")?).unwrap_or_default(),
        locale: Locale::parse(&row.get::<String>("locale")?).unwrap_or_default(),
        status: Status::parse(&row.get::<String>("status")?),
        has_password: row.get("has_password")?,
        created_at: row.get("created_at")?,
        terms_at: row.get("terms_at")?,
        notify_replies: row.get("notify_replies")?,
        notify_follows: row.get("notify_follows")?,
    })
}

/// The participant of a live session, by the SHA-256 of its token in hexadecimal.
///
/// # Errors
/// When the database cannot be read.
pub async fn session_find(
    tx: &mut Tx<'_>,
    now: Millis,
    token_hash: &str,
) -> Result<Option<Participant>, Error> {
    let row = tx
        .opt(
            "select p.id, p.email, p.pseudonym, p.role, p.locale, p.status,
                    p.password_hash is not null as has_password, p.created_at, p.terms_at,
                    p.notify_replies, p.notify_follows
             from session s join participant p on p.id = s.participant_id
             where s.token_hash = $1 and s.expires_at > $2 and p.status <> 'erased'",
            &p![token_hash, now],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// A participant by id.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Participant>, Error> {
    let sql = format!("select {COLUMNS} from participant where id = $1");
    tx.opt(&sql, &p![id]).await?.as_ref().map(read).transpose()
}

/// Has the worker delete, every hour, the links, sessions, kept forms and form keys whose time is over.
#[must_use]
pub fn register(worker: Worker, store: &Store) -> Worker {
    let store = store.clone();
    worker.every("tidy-accounts", 3_600_000, move |job| {
        let store = store.clone();
        async move {
            store
                .write::<_, Error, _>(move |tx| {
                    boxed(async move {
                        link::tidy(tx, job.now).await?;
                        session::tidy(tx, job.now).await
                    })
                })
                .await
        }
    })
}
