//! Links sent by mail: to sign in, to prove a new address, to prove oneself before an erasure.

use parvis_core::{Locale, Millis};
use parvis_i18n::T;
use parvis_ops::mail::{self, Mail};
use parvis_store::{Tx, p};

use super::{Participant, email, find, pseudonym};
use crate::journal::sha256_hex;
use crate::{Error, random, settings};

/// How long a link can be used: fifteen minutes.
pub const LIFE: Millis = 15 * 60_000;
/// How many links one address may be sent within [`LIFE`].
pub const MOST: i64 = 5;
/// How long a used or expired link is remembered, so that its page can say so and lead on.
const REMEMBERED: Millis = 7 * 86_400_000;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To sign in, making the account the first time.
    SignIn,
    /// To prove a new address.
    Email,
    /// To prove, by the mailbox, that it is indeed this person who asks to be erased.
    Erase,
}

impl Purpose {
    const fn code(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Email => "email",
            Self::Erase => "erase",
        }
    }

    /// The page that the link leads to, followed by the token.
    const fn path(self) -> &'static str {
        match self {
            Self::SignIn => "/sign-in/",
            Self::Email => "/account/email/",
            Self::Erase => "/account/erase/",
        }
    }
}

/// Who asks for a link.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The address that was typed.
    pub email: &'a str,
    /// Where to go once signed in: a path of this site.
    pub next: &'a str,
    /// The name of the site, as the mail says it.
    pub site_name: &'a str,
    /// The site's address, without a final slash.
    pub public_url: &'a str,
    /// The language of the page, in which the mail is written.
    pub t: &'a T,
}

/// What became of the request. It is the same whether the address has an account or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A mail was queued.
    Sent,
    /// This address was sent too many links: wait a quarter of an hour.
    TooMany,
}

/// Why a link cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkProblem {
    /// No such link (or too old to be remembered).
    Unknown,
    /// Its quarter of an hour is over; where it led.
    Expired {
        /// Where the person wanted to go.
        next: String,
    },
    /// It was used already; where it led.
    Used {
        /// Where the person wanted to go.
        next: String,
    },
}

impl LinkProblem {
    /// Where the person wanted to go.
    pub fn next(&self) -> &str {
        match self {
            Self::Unknown => "/",
            Self::Expired { next } | Self::Used { next } => next,
        }
    }
}

/// A link that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address it was sent to.
    pub email: String,
    /// The account it is about, where there must be one.
    pub participant_id: Option<i64>,
    /// Where to go then.
    pub next: String,
    /// The language of the page it was asked on.
    pub locale: Locale,
}

/// A person who just proved their mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The person.
    pub participant: Participant,
    /// Where they wanted to go.
    pub next: String,
    /// Whether the account was just made: they still have to choose a pseudonym (`/welcome`).
    pub is_new: bool,
}

/// What using a link gave.
pub type Opened = Result<SignedIn, LinkProblem>;

/// A path of this site to go to after signing in; anything else is the home page, so that a link cannot be made
/// to lead elsewhere.
pub fn safe_next(next: &str) -> String {
    let fine = next.starts_with('/')
        && !next.starts_with("//")
        && next.len() <= 1000
        && !next.contains(|c: char| c.is_control() || c == '\\' || c.is_whitespace())
        && !next.starts_with("/sign-in")
        && !next.starts_with("/sign-out");
    if fine { next.to_owned() } else { "/".to_owned() }
}

/// Sends a link to sign in. The answer is the same whether the address is known or not.
///
/// # Errors
/// The database.
pub async fn request_link(tx: &mut Tx<'_>, now: Millis, request: &Request<'_>) -> Result<Asked, Error> {
    send(tx, now, request, Purpose::SignIn, None).await
}

/// Sends a link to a person's own address, to prove before an erasure that it is they who ask.
///
/// # Errors
/// The database.
pub async fn request_erasure(
    tx: &mut Tx<'_>,
    now: Millis,
    who: &Participant,
    request: &Request<'_>,
) -> Result<Asked, Error> {
    send(tx, now, request, Purpose::Erase, Some(who.id)).await
}

/// How many links this address was sent in the last quarter of an hour.
pub(super) async fn recent(tx: &mut Tx<'_>, now: Millis, email: &str) -> Result<i64, Error> {
    let sql = "select count(*) from sign_in_link where email = $1 and created_at > $2";
    Ok(tx.value(sql, &p![email, now - LIFE]).await?)
}

/// Counts a mail without a link among those an address was sent.
pub(super) async fn note(tx: &mut Tx<'_>, now: Millis, email: &str) -> Result<(), Error> {
    tx.exec(
        "insert into sign_in_link (token_hash, email, purpose, created_at, expires_at)
         values ($1, $2, 'none', $3, $3)",
        &p![sha256_hex(&random::bytes::<32>()), email, now],
    )
    .await?;
    Ok(())
}

pub(super) async fn send(
    tx: &mut Tx<'_>,
    now: Millis,
    request: &Request<'_>,
    purpose: Purpose,
    participant_id: Option<i64>,
) -> Result<Asked, Error> {
    let email = email::fold(request.email);
    tx.lock("sign-in-link").await?; // two requests at once must not both be the fifth
    if recent(tx, now, &email).await? >= MOST {
        return Ok(Asked::TooMany);
    }
    let t = request.t;
    let mut key = purpose.code();
    if purpose == Purpose::SignIn {
        let known: i64 = tx.value("select count(*) from participant where email = $1", &p![&email]).await?;
        if known == 0 && !settings::load(tx).await?.open_registration {
            key = "closed";
        }
    }
    let token = random::token::<32>();
    tx.exec(
        "insert into sign_in_link (token_hash, email, purpose, participant_id, next, locale, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &p![
            sha256_hex(token.as_bytes()),
            &email,
            if key == "closed" { "none" } else { purpose.code() },
            participant_id,
            safe_next(request.next),
            t.locale.code(),
            now,
            now + LIFE
        ],
    )
    .await?;
    let url = format!("{}{}{token}", request.public_url.trim_end_matches('/'), purpose.path());
    let text = match key {
        "closed" => t.with1("civic-account-mail-closed-body", "site", request.site_name),
        _ => [
            t.with1(&format!("civic-account-mail-{key}-body"), "site", request.site_name),
            url,
            t.get("civic-account-mail-link-life"),
            t.get("civic-account-mail-link-not-you"),
            request.site_name.to_owned(),
        ]
        .join("\n\n"),
    };
    let mail = Mail {
        to: email,
        subject: t.with1(&format!("civic-account-mail-{key}-subject"), "site", request.site_name),
        text,
        locale: t.locale,
        kind: mail::SIGN_IN.into(),
        ..Mail::default()
    };
    mail::queue(tx, now, mail).await?;
    Ok(Asked::Sent)
}

/// Looks at a link without using it: what the page behind it does, since programs that check mails open links.
///
/// # Errors
/// The database.
pub async fn look(
    tx: &mut Tx<'_>,
    now: Millis,
    token: &str,
    purpose: Purpose,
) -> Result<Result<Link, LinkProblem>, Error> {
    let row = tx
        .opt(
            "select email, participant_id, next, locale, expires_at, used_at from sign_in_link
             where token_hash = $1 and purpose = $2",
            &p![sha256_hex(token.as_bytes()), purpose.code()],
        )
        .await?;
    let Some(row) = row else { return Ok(Err(LinkProblem::Unknown)) };
    let next: String = row.get("next")?;
    if row.get::<Option<i64>>("used_at")?.is_some() {
        return Ok(Err(LinkProblem::Used { next }));
    }
    if row.get::<i64>("expires_at")? <= now {
        return Ok(Err(LinkProblem::Expired { next }));
    }
    Ok(Ok(Link {
        email: row.get("email")?,
        participant_id: row.get("participant_id")?,
        next,
        locale: Locale::parse(&row.get::<String>("locale")?).unwrap_or_default(),
    }))
}

/// Uses a link up: it serves once, even when two requests come at the same instant.
pub(super) async fn consume(
    tx: &mut Tx<'_>,
    now: Millis,
    token: &str,
    purpose: Purpose,
) -> Result<Result<Link, LinkProblem>, Error> {
    let link = match look(tx, now, token, purpose).await? {
        Ok(link) => link,
        Err(problem) => return Ok(Err(problem)),
    };
    let used = tx
        .exec(
            "update sign_in_link set used_at = $2 where token_hash = $1 and used_at is null",
            &p![sha256_hex(token.as_bytes()), now],
        )
        .await?;
    if used == 1 { Ok(Ok(link)) } else { Ok(Err(LinkProblem::Used { next: link.next })) }
}

/// Uses a link to sign in; the account is made when the address has none. The caller opens the session.
///
/// # Errors
/// The database.
pub async fn use_link(tx: &mut Tx<'_>, now: Millis, token: &str) -> Result<Opened, Error> {
    let link = match consume(tx, now, token, Purpose::SignIn).await? {
        Ok(link) => link,
        Err(problem) => return Ok(Err(problem)),
    };
    let (participant, is_new) = find_or_create(tx, now, &link.email, link.locale).await?;
    Ok(Ok(SignedIn { participant, next: link.next, is_new }))
}

/// Uses up a link that proves that a person asked to be erased: who it is. The caller erases them.
///
/// # Errors
/// The database.
pub async fn use_erasure(
    tx: &mut Tx<'_>,
    now: Millis,
    token: &str,
) -> Result<Result<i64, LinkProblem>, Error> {
    let link = consume(tx, now, token, Purpose::Erase).await?;
    Ok(link.and_then(|link| link.participant_id.ok_or(LinkProblem::Unknown)))
}

/// The account of an address, made when there is none.
pub(super) async fn find_or_create(
    tx: &mut Tx<'_>,
    now: Millis,
    email: &str,
    locale: Locale,
) -> Result<(Participant, bool), Error> {
    let name = pseudonym::provisional();
    let made = tx
        .exec(
            "insert into participant (email, pseudonym, pseudonym_folded, locale, created_at)
             values ($1, $2, $3, $4, $5) on conflict (email) do nothing",
            &p![email, &name, pseudonym::fold(&name), locale.code(), now],
        )
        .await?;
    let id = tx.value("select id from participant where email = $1", &p![email]).await?;
    Ok((find(tx, id).await?.ok_or(Error::NotFound)?, made == 1))
}

/// Deletes links that ended a week ago.
///
/// # Errors
/// The database.
pub async fn tidy(tx: &mut Tx<'_>, now: Millis) -> Result<(), Error> {
    tx.exec("delete from sign_in_link where expires_at < $1", &p![now - REMEMBERED]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::safe_next;

    #[test]
    fn one_only_goes_on_within_the_site() {
        assert_eq!(safe_next("/p/loi/consultation?page=2#c12"), "/p/loi/consultation?page=2#c12");
        for bad in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/a\r\nSet-Cookie: x",
            "javascript:x",
            "/sign-in",
            "/sign-out",
            "/a b",
        ] {
            assert_eq!(safe_next(bad), "/", "{bad:?}");
        }
    }
}
