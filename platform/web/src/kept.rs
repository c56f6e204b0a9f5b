//! Forms sent by somebody who was not signed in: kept for an hour, offered again after signing in.

use parvis_core::Millis;
use parvis_store::{Tx, p};
use sha2::{Digest, Sha256};

use crate::page::random_hex;

/// How long a form is kept.
pub const KEPT_FOR: Millis = 3_600_000;
/// The largest form kept, in bytes of JSON.
const LARGEST: usize = 100_000;

/// A form that waits for its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it was sent to.
    pub path: String,
    /// Its fields, in order.
    pub fields: Vec<(String, String)>,
}

fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// Keeps a form; gives the token that finds it again, or `None` when it is too large to be kept.
///
/// # Errors
/// The database.
pub async fn stash(
    tx: &mut Tx<'_>,
    now: Millis,
    path: &str,
    fields: &[(String, String)],
) -> Result<Option<String>, parvis_civic::Error> {
    let json = serde_json::to_string(fields).unwrap_or_default();
    if json.len() > LARGEST || path.len() > 1000 {
        return Ok(None);
    }
    let token = random_hex::<16>();
    tx.exec("delete from kept_form where expires_at <= $1", &p![now]).await?;
    tx.exec(
        "insert into kept_form (token_hash, path, form, expires_at) values ($1, $2, $3, $4)",
        &p![hash(&token), path, json, now + KEPT_FOR],
    )
    .await?;
    Ok(Some(token))
}

/// The form of a token, while it is kept.
///
/// # Errors
/// The database.
pub async fn find(tx: &mut Tx<'_>, now: Millis, token: &str) -> Result<Option<Kept>, parvis_civic::Error> {
    let row = tx
        .opt(
            "select path, form from kept_form where token_hash = $1 and expires_at > $2",
            &p![hash(token), now],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let fields = serde_json::from_str(&row.get::<String>("form")?).unwrap_or_default();
    Ok(Some(Kept { path: row.get("path")?, fields }))
}
