//! Limits that must hold across processes and restarts: attempts counted in the database.

use parvis_core::Millis;
use parvis_store::{Error, Tx, p};

/// How many attempts were noted on `subject` after `since`. `subject` should be a hash, not an address.
///
/// # Errors
/// The database.
pub async fn count(tx: &mut Tx<'_>, subject: &str, since: Millis) -> Result<i64, Error> {
    tx.value("select count(*) from attempt where subject = $1 and at > $2", &p![subject, since]).await
}

/// Notes an attempt.
///
/// # Errors
/// The database.
pub async fn note(tx: &mut Tx<'_>, now: Millis, subject: &str) -> Result<(), Error> {
    tx.exec("insert into attempt (subject, at) values ($1, $2)", &p![subject, now]).await?;
    Ok(())
}

/// Forgets the attempts on `subject`: it succeeded.
///
/// # Errors
/// The database.
pub async fn clear(tx: &mut Tx<'_>, subject: &str) -> Result<(), Error> {
    tx.exec("delete from attempt where subject = $1", &p![subject]).await?;
    Ok(())
}

/// Deletes attempts older than a day.
///
/// # Errors
/// The database.
pub async fn tidy(tx: &mut Tx<'_>, now: Millis) -> Result<(), Error> {
    tx.exec("delete from attempt where at < $1", &p![now - 86_400_000]).await?;
    Ok(())
}
