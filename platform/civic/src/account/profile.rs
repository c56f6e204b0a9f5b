//! What a person changes of their own account.

use parvis_core::{FieldErrors, Locale, Millis};
use parvis_ops::mail::{self, Mail};
use parvis_store::{Tx, p};

use super::{Participant, find, pseudonym, session_close_all};
use crate::{Error, settings};

/// The welcome page, and the profile later.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// The chosen pseudonym.
    pub pseudonym: String,
    /// The preferred language.
    pub locale: Locale,
    /// Whether the terms were accepted (asked on the welcome page only).
    pub terms: bool,
}

/// Completes a new account: pseudonym, terms, language.
///
/// # Errors
/// [`Error::Fields`] with every mistake; the database.
pub async fn welcome(tx: &mut Tx<'_>, now: Millis, id: i64, profile: &Profile) -> Result<Participant, Error> {
    let who = find(tx, id).await?.ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::new();
    let name = check_pseudonym(tx, &mut errors, &who, &profile.pseudonym).await?;
    if !profile.terms && who.terms_at.is_none() {
        errors.add("terms", "civic-account-terms-needed");
    }
    errors.check()?;
    tx.exec(
        "update participant set pseudonym = $2, pseudonym_folded = $3, locale = $4,
                terms_at = coalesce(terms_at, $5) where id = $1",
        &p![id, &name, pseudonym::fold(&name), profile.locale.code(), now],
    )
    .await?;
    find(tx, id).await?.ok_or(Error::NotFound)
}

/// Changes the pseudonym and the language.
///
/// # Errors
/// [`Error::Fields`] with every mistake; the database.
pub async fn save(tx: &mut Tx<'_>, id: i64, profile: &Profile) -> Result<Participant, Error> {
    let who = find(tx, id).await?.ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::new();
    let name = check_pseudonym(tx, &mut errors, &who, &profile.pseudonym).await?;
    errors.check()?;
    tx.exec(
        "update participant set pseudonym = $2, pseudonym_folded = $3, locale = $4 where id = $1",
        &p![id, &name, pseudonym::fold(&name), profile.locale.code()],
    )
    .await?;
    find(tx, id).await?.ok_or(Error::NotFound)
}

async fn check_pseudonym(
    tx: &mut Tx<'_>,
    errors: &mut FieldErrors,
    who: &Participant,
    wanted: &str,
) -> Result<String, Error> {
    let site = settings::load(tx).await?;
    let name = pseudonym::check(errors, "pseudonym", wanted, who.role, &site);
    if errors.on("pseudonym").is_none() {
        tx.lock("pseudonym").await?;
        if !pseudonym::is_free(tx, &name, who.id).await? {
            let free = pseudonym::suggest(tx, &name, who.id).await?.join(", ");
            errors.add_with("pseudonym", "civic-account-pseudonym-taken", vec![("free", free)]);
        }
    }
    Ok(name)
}

/// Sets which mails a person wants.
///
/// # Errors
/// The database.
pub async fn notify(tx: &mut Tx<'_>, id: i64, replies: bool, follows: bool) -> Result<(), Error> {
    tx.exec(
        "update participant set notify_replies = $2, notify_follows = $3 where id = $1",
        &p![id, replies, follows],
    )
    .await?;
    Ok(())
}

/// Sets the preferred language.
///
/// # Errors
/// The database.
pub async fn set_locale(tx: &mut Tx<'_>, id: i64, locale: Locale) -> Result<(), Error> {
    tx.exec("update participant set locale = $2 where id = $1", &p![id, locale.code()]).await?;
    Ok(())
}

/// Sets, changes or (with `None`) removes the password; the other sessions are closed and the person is told by
/// mail. `hash` comes from [`super::password::hash`], which is too slow for a transaction.
///
/// # Errors
/// The database.
pub async fn set_password(
    tx: &mut Tx<'_>,
    now: Millis,
    who: &Participant,
    hash: Option<&str>,
    keep_session: Option<&str>,
    site_name: &str,
    t: &parvis_i18n::T,
) -> Result<(), Error> {
    tx.exec("update participant set password_hash = $2 where id = $1", &p![who.id, hash]).await?;
    session_close_all(tx, who.id, keep_session).await?;
    if let Some(to) = &who.email {
        let mail = Mail {
            to: to.clone(),
            subject: t.with1("civic-account-mail-password-subject", "site", site_name),
            text: t.with1("civic-account-mail-password-body", "site", site_name),
            locale: t.locale,
            kind: "account".into(),
            ..Mail::default()
        };
        mail::queue(tx, now, mail).await?;
    }
    Ok(())
}

/// The hash of a person's password, to check the present one before changing it.
///
/// # Errors
/// The database.
pub async fn password_hash(tx: &mut Tx<'_>, id: i64) -> Result<Option<String>, Error> {
    Ok(tx.value("select password_hash from participant where id = $1", &p![id]).await?)
}

/// The name of the secret that makes unsubscribe links.
const UNSUBSCRIBE: &str = "unsubscribe-key";

fn unsubscribe_mac(key: &[u8], id: i64) -> Result<String, Error> {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    let mut mac =
        Hmac::<sha2::Sha256>::new_from_slice(key).map_err(|e| Error::Internal(format!("hmac: {e}")))?;
    mac.update(format!("unsubscribe {id}").as_bytes());
    Ok(hex::encode(&mac.finalize().into_bytes()[..16]))
}

/// The address that stops a person's notifications without signing in (`List-Unsubscribe`, RFC 8058).
///
/// # Errors
/// The database.
pub async fn unsubscribe_url(tx: &mut Tx<'_>, public_url: &str, id: i64) -> Result<String, Error> {
    let key = settings::secret(tx, UNSUBSCRIBE, || crate::random::bytes::<32>().to_vec()).await?;
    Ok(format!("{}/unsubscribe/{id}-{}", public_url.trim_end_matches('/'), unsubscribe_mac(&key, id)?))
}

/// The person whose notifications this token stops, if it is one of ours.
///
/// # Errors
/// The database.
pub async fn unsubscribe_check(tx: &mut Tx<'_>, token: &str) -> Result<Option<Participant>, Error> {
    use subtle::ConstantTimeEq as _;
    let Some((id, mac)) = token.split_once('-') else { return Ok(None) };
    let Ok(id) = id.parse::<i64>() else { return Ok(None) };
    let row = tx.opt("select value from secret where name = $1", &p![UNSUBSCRIBE]).await?;
    let Some(row) = row else { return Ok(None) };
    let expected = unsubscribe_mac(&row.get::<Vec<u8>>("value")?, id)?;
    if expected.as_bytes().ct_eq(mac.as_bytes()).into() { find(tx, id).await } else { Ok(None) }
}
