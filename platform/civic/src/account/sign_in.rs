//! Signing in with a password.

use parvis_core::Millis;
use parvis_ops::throttle;
use parvis_store::{Store, boxed, p};

use super::{COLUMNS, Participant, email, password, read};
use crate::Error;
use crate::journal::sha256_hex;

/// How many wrong passwords an account bears within [`WINDOW`].
pub const MOST: i64 = 10;
/// A quarter of an hour.
pub const WINDOW: Millis = 15 * 60_000;

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The password is right. The caller opens the session.
    Right(Box<Participant>),
    /// The address has no account, no password, or another one: which of these is not said.
    Wrong,
    /// Too many wrong passwords: wait a quarter of an hour, or ask for a link.
    TooMany,
}

/// Checks an address and a password. Takes as long, and counts the same, whether the address is known or not.
///
/// # Errors
/// The database.
pub async fn with_password(
    store: &Store,
    now: Millis,
    address: &str,
    password: String,
) -> Result<Outcome, Error> {
    let address = email::fold(address);
    let subject = sha256_hex(format!("password {address}").as_bytes());
    let counted = subject.clone();
    let (tried, person, hash) = store
        .read(move |tx| {
            boxed(async move {
                let tried = throttle::count(tx, &counted, now - WINDOW).await?;
                let sql = format!(
                    "select {COLUMNS}, password_hash from participant where email = $1 and status <> 'erased'"
                );
                let row = tx.opt(&sql, &p![address]).await?;
                let hash: Option<String> =
                    row.as_ref().map(|r| r.get("password_hash")).transpose()?.flatten();
                let person = row.as_ref().map(read).transpose()?;
                Ok::<_, Error>((tried, person, hash))
            })
        })
        .await?;
    if tried >= MOST {
        return Ok(Outcome::TooMany);
    }
    let right = password::verify(password, hash).await?;
    store
        .write(move |tx| {
            boxed(async move {
                match person.filter(|_| right) {
                    Some(person) => {
                        throttle::clear(tx, &subject).await?;
                        Ok(Outcome::Right(Box::new(person)))
                    }
                    None => {
                        throttle::note(tx, now, &subject).await?;
                        Ok(Outcome::Wrong)
                    }
                }
            })
        })
        .await
}
