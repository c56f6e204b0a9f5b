//! Votes on recommendations and the official answers to them: each leaves a leaf.

use parvis_civic::Error;
use parvis_civic::journal::{self, Leaf, sha256_hex};
use parvis_core::{FieldErrors, Localized, Millis};
use parvis_store::Tx;
use serde_json::json;

use crate::model::Seat;
use crate::store::{self, Recommendation};

/// What a vote is about: the SHA-256 of title and text, both languages.
fn text_sha256(r: &Recommendation) -> String {
    sha256_hex(format!("{}\n{}", r.title.to_json(), r.body.to_json()).as_bytes())
}

/// Records the votes that the secretary counted (for, against, abstentions): no more than there are members.
///
/// # Errors
/// [`Error::Fields`] when there are too many, or none; no such recommendation; the database.
pub(crate) async fn vote(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    id: i64,
    votes: [i64; 3],
) -> Result<(), Error> {
    let r = store::recommendation(tx, activity_id, id).await?.ok_or(Error::NotFound)?;
    let members = store::drawn(tx, activity_id).await?;
    let members = members.iter().filter(|p| matches!(p.seat, Seat::Accepted | Seat::Gone)).count();
    let all: i64 = votes.iter().sum();
    if all > i64::try_from(members).unwrap_or(0) || all == 0 {
        let mut errors = FieldErrors::new();
        errors.add_with("for", "panel-votes-many", vec![("members", members.to_string())]);
        return Err(errors.into());
    }
    store::set_votes(tx, id, votes).await?;
    let body = json!({
        "activity": activity_id, "recommendation": id, "text_sha256": text_sha256(&r),
        "for": votes[0], "against": votes[1], "abstain": votes[2],
    });
    journal::write(tx, now, Leaf::new("sortition-votes").object("activity", activity_id).body(body)).await?;
    Ok(())
}

/// Publishes the official answer to a recommendation that was voted.
///
/// # Errors
/// [`Error::Conflict`] before the vote; no such recommendation; the database.
pub(crate) async fn answer(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    id: i64,
    status: &str,
    text: &Localized,
) -> Result<(), Error> {
    let r = store::recommendation(tx, activity_id, id).await?.ok_or(Error::NotFound)?;
    if r.votes.is_none() {
        return Err(Error::Conflict("panel-answer-early"));
    }
    store::set_official(tx, now, id, status, text).await?;
    let body = json!({
        "activity": activity_id, "recommendation": id, "status": status,
        "answer_sha256": sha256_hex(text.to_json().as_bytes()),
    });
    journal::write(tx, now, Leaf::new("sortition-answer").object("activity", activity_id).body(body)).await?;
    Ok(())
}
