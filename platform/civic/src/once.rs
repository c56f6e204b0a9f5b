//! A form can be sent twice and counts once: each form carries a key, and the key remembers where the first
//! sending led.

use parvis_core::Millis;
use parvis_store::{Tx, p};

use crate::Error;

/// The key of a form with what it says: the same form sent again with other words in it is another act, and must not be taken
/// for the first. Nothing for a form without a key.
pub fn key(form: &str, said: &impl std::fmt::Debug) -> String {
    if form.is_empty() {
        return String::new();
    }
    let said = parvis_transparency::encode::sha256(&[format!("{said:?}").as_bytes()]);
    format!("{form}-{}", parvis_transparency::encode::to_hex(&said[..8]))
}

/// Where this form led when it was already received from this person.
///
/// # Errors
/// The database.
pub async fn seen(tx: &mut Tx<'_>, participant: i64, key: &str) -> Result<Option<String>, Error> {
    if key.is_empty() {
        return Ok(None);
    }
    let row = tx
        .opt(
            "select location from idempotency where participant_id = $1 and form_key = $2",
            &p![participant, key],
        )
        .await?;
    Ok(row.map(|r| r.get("location")).transpose()?)
}

/// Remembers, in the transaction of the act, where a form led. A key that was taken meanwhile fails the
/// transaction: the act is not done twice.
///
/// # Errors
/// [`Error::Conflict`] when the form was received meanwhile; the database.
pub async fn remember(
    tx: &mut Tx<'_>,
    now: Millis,
    participant: i64,
    key: &str,
    location: &str,
) -> Result<(), Error> {
    if key.is_empty() {
        return Ok(());
    }
    let key: String = key.chars().take(64).collect();
    let done = tx
        .exec(
            "insert into idempotency (participant_id, form_key, location, created_at)
             values ($1, $2, $3, $4)",
            &p![participant, key, location, now],
        )
        .await;
    match done {
        Ok(_) => Ok(()),
        Err(parvis_store::Error::Unique { .. }) => Err(Error::Conflict("civic-already-sent")),
        Err(e) => Err(e.into()),
    }
}
