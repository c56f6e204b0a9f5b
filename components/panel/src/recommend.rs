//! Votes on recommendations, counted as every vote on the site is, and the official answers to them: each leaves a leaf.

use parvis_civic::Error;
use parvis_civic::journal::{self, Leaf, sha256_hex};
use parvis_core::{FieldErrors, Localized, Millis};
use parvis_store::Tx;
use parvis_tally::{Method, Outcome, Profile, Ranking, Rules};
use serde_json::json;

use crate::model::Seat;
use crate::store::{self, Recommendation};

/// What a vote is about: the SHA-256 of title and text, both languages.
fn text_sha256(r: &Recommendation) -> String {
    sha256_hex(format!("{}\n{}", r.title.to_json(), r.body.to_json()).as_bytes())
}

/// The options of a vote on a recommendation, in the order in which they are counted.
const OPTIONS: [&str; 2] = ["for", "against"];

/// What became of a recommendation that was voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// More votes for than against.
    Adopted,
    /// As many for as against: things stay as they are.
    Tied,
    /// The rest, nothing but abstentions included.
    Rejected,
}

/// Counts votes for, against and abstentions: one vote a ballot, an abstention is a blank one, a tie is left open. `None`
/// when nobody chose.
pub(crate) fn count([r#for, against, abstain]: [i64; 3]) -> Option<Outcome> {
    let ballots = |n: i64| u64::try_from(n).unwrap_or(0);
    let votes = vec![
        (Ranking::strict(vec![0]), ballots(r#for)),
        (Ranking::strict(vec![1]), ballots(against)),
        (Ranking::default(), ballots(abstain)),
    ];
    let profile = Profile::ranked(&OPTIONS, votes).ok()?;
    parvis_tally::count(&profile, &Rules::new(Method::Plurality)).ok()
}

/// What these votes decide.
pub(crate) fn decision(votes: [i64; 3]) -> Decision {
    let winners = count(votes).map(|o| o.winners).unwrap_or_default();
    match winners.iter().map(|name| &**name).collect::<Vec<_>>()[..] {
        ["for"] => Decision::Adopted,
        [_, _] => Decision::Tied,
        _ => Decision::Rejected,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recommendations_are_counted_as_votes_are_and_a_tie_changes_nothing() {
        let cases = [
            ([7, 2, 1], Decision::Adopted),
            ([1, 0, 9], Decision::Adopted),
            ([2, 7, 1], Decision::Rejected),
            ([4, 4, 2], Decision::Tied),
            ([0, 0, 3], Decision::Rejected),
        ];
        for (votes, said) in cases {
            assert_eq!(decision(votes), said, "{votes:?}");
        }
        let outcome = count([7, 2, 1]).unwrap();
        assert_eq!((outcome.ballots, outcome.counted), (10, 9));
        let votes = vec![parvis_tally::Exact::from(7_u64), parvis_tally::Exact::from(2_u64)];
        assert_eq!(outcome.working, parvis_tally::Working::Plurality { votes });
    }
}
