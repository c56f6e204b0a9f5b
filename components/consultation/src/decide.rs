//! What an editor decides about an amendment: taken as it is, refused with a reason, or taken up in another
//! wording. The decision, the new version of the text and the leaf of the journal are one act.

use parvis_civic::account::Participant;
use parvis_civic::contribution::{self, Contribution, Draft};
use parvis_civic::follow::{self, News};
use parvis_civic::journal::{self, Leaf};
use parvis_civic::{Error, text};
use parvis_core::{FieldErrors, Localized, Millis};
use parvis_ops::audit;
use parvis_store::Tx;
use serde_json::json;

use crate::store::{self, Amended, Decided};

/// What an editor can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The text takes the amendment's wording.
    Accepted,
    /// The text stays.
    Refused,
    /// The text takes a wording that the editor made from it.
    Merged,
}

impl Decision {
    /// Every decision.
    pub const ALL: [Self; 3] = [Self::Accepted, Self::Merged, Self::Refused];

    /// The name kept in the database and in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Merged => "merged",
        }
    }

    /// Reads `code()`.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.code() == code)
    }
}

/// Why an amendment cannot be decided so now: a message key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Barrier(pub &'static str);

/// Somebody decided already.
pub const DECIDED: Barrier = Barrier("consultation-decide-done-already");
/// The text it rewrites is no longer shown.
pub const PARENT_GONE: Barrier = Barrier("consultation-decide-parent-gone");
/// The text changed since the amendment was written: its wording would undo that.
pub const BEHIND: Barrier = Barrier("consultation-decide-behind");
/// The text changed since the editor opened the page.
pub const CHANGED: Barrier = Barrier("civic-changed-meanwhile");

/// Whether this decision can be taken, when the editor read version `seen` of the text.
///
/// # Errors
/// What stands in the way.
pub fn may(decision: Decision, amended: &Amended, seen: i64) -> Result<(), Barrier> {
    if amended.fate.decision.is_some() {
        return Err(DECIDED);
    }
    if decision == Decision::Refused {
        return Ok(());
    }
    if !amended.parent.published {
        Err(PARENT_GONE)
    } else if seen != amended.parent.version {
        Err(CHANGED)
    } else if decision == Decision::Accepted && amended.is_behind() {
        Err(BEHIND)
    } else {
        Ok(())
    }
}

/// What the editor writes with a decision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Why: mandatory for a refusal.
    pub reason: Localized,
    /// The wording of the text, when it is taken up.
    pub title: String,
    /// The same: its body.
    pub body: String,
}

/// Checks what the editor wrote; gives it trimmed. `body` bounds the wording that is taken up.
///
/// # Errors
/// Every mistake, by field.
pub fn check(decision: Decision, words: &Words, limits: contribution::Limits) -> Result<Words, FieldErrors> {
    let mut errors = FieldErrors::new();
    let (title, body) = if decision == Decision::Merged {
        // The organisation may write shorter or longer than people: only the ends that the database and
        // the pages need are kept.
        let title = errors.text("title", &words.title, 1, limits.title.1.max(200), "civic-title-empty");
        (title, errors.text("body", &words.body, 1, limits.body.1.max(20_000), "civic-body-empty"))
    } else {
        (String::new(), String::new())
    };
    let mut reason = Localized::new(words.reason.fr.trim(), words.reason.en.trim());
    if decision == Decision::Refused && reason.is_empty() {
        errors.add("reason_fr", "consultation-decide-reason-empty");
    }
    for (field, wording) in [("reason_fr", &mut reason.fr), ("reason_en", &mut reason.en)] {
        *wording = errors.text(field, wording, 0, 4_000, "consultation-decide-reason-empty");
    }
    errors.check().map(|()| Words { reason, title, body })
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The decision.
    pub decision: Decision,
    /// The version of the text that came of it.
    pub version: Option<i64>,
    /// The number of the leaf.
    pub receipt: String,
}

/// Takes a decision: the rows, the new version, the leaf, the notices and the audit, or nothing. `seen` is the
/// version of the text that the editor read; `note` says on the new version where it comes from.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] with the key of what stands in the way; mistakes by field; the
/// database.
#[expect(clippy::too_many_arguments, reason = "one act, said whole")]
pub async fn decide(
    tx: &mut Tx<'_>,
    now: Millis,
    editor: &Participant,
    activity_id: i64,
    amendment: i64,
    decision: Decision,
    words: &Words,
    seen: i64,
    note: &str,
) -> Result<Done, Error> {
    let amended = store::amended(tx, activity_id, amendment).await?.ok_or(Error::NotFound)?;
    may(decision, &amended, seen).map_err(|barrier| Error::Conflict(barrier.0))?;
    let version = match decision {
        Decision::Refused => None,
        Decision::Accepted => {
            let c = amended.c();
            Some(rewrite(tx, now, editor, &amended, &c.title, &c.body, note).await?)
        }
        Decision::Merged => Some(rewrite(tx, now, editor, &amended, &words.title, &words.body, note).await?),
    };
    let code = decision.code();
    let decided = Decided {
        id: amendment,
        decision: code,
        reason: &words.reason,
        at: now,
        by: editor.id,
        result_version: version,
    };
    if !store::decide(tx, &decided).await? {
        return Err(Error::Conflict(DECIDED.0));
    }
    let reason = words.reason.to_json();
    let leaf = Leaf::new("amendment-decision").object("contribution", amendment).by(editor.id).body(json!({
        "amendment": amendment,
        "contribution": amended.parent.id,
        "decision": code,
        "result_version": version,
        "reason_sha256": (!words.reason.is_empty()).then(|| journal::sha256_hex(reason.as_bytes())),
    }));
    let entry = journal::write(tx, now, leaf).await?;
    tell(tx, now, editor, &amended).await?;
    let detail = json!({ "decision": code, "version": version });
    let object = format!("contribution:{amendment}");
    audit::record(tx, now, Some(editor.id), "amendment-decided", &object, &detail).await?;
    Ok(Done { decision, version, receipt: entry.hash })
}

/// Gives the text its new wording; its explanation and its section stay.
async fn rewrite(
    tx: &mut Tx<'_>,
    now: Millis,
    editor: &Participant,
    amended: &Amended,
    title: &str,
    body: &str,
    note: &str,
) -> Result<i64, Error> {
    let parent = contribution::find(tx, amended.parent.id).await?.ok_or(Error::NotFound)?;
    let draft = Draft {
        title: title.to_owned(),
        body: body.to_owned(),
        explanation: parent.explanation.clone(),
        ..Draft::default()
    };
    contribution::revise(tx, now, editor, parent.id, amended.parent.version, &draft, note).await?;
    Ok(amended.parent.version + 1)
}

/// Tells the author, and those who follow the amendment or its text.
async fn tell(tx: &mut Tx<'_>, now: Millis, editor: &Participant, amended: &Amended) -> Result<(), Error> {
    let (id, parent) = (amended.c().id, amended.parent.id);
    let actor = Some(editor.id);
    follow::notify(tx, now, "contribution", id, News::Amendment, id, actor).await?;
    follow::notify(tx, now, "contribution", parent, News::Amendment, id, actor).await?;
    // The author hears of it even when they stopped following their own amendment.
    if let Some(author) = amended.c().author_id
        && author != editor.id
        && !follow::is(tx, author, "contribution", id).await?
        && !follow::is(tx, author, "contribution", parent).await?
    {
        follow::notice(tx, now, author, News::Amendment, id, "").await?;
    }
    Ok(())
}

/// Rival wordings of the same text that say nearly the same as this one, the nearest first.
pub fn nearest<'a>(body: &str, others: &'a [Contribution], limit: usize) -> Vec<(i64, &'a Contribution)> {
    let mut found: Vec<(i64, &Contribution)> =
        others.iter().map(|other| (likeness(body, &other.body), other)).collect();
    found.sort_by_key(|(likeness, other)| (-likeness, other.id));
    found.truncate(limit);
    found
}

/// How much two texts have in common, in thousandths of their characters.
pub fn likeness(a: &str, b: &str) -> i64 {
    let length = |s: &str| i64::try_from(s.chars().count()).unwrap_or(i64::MAX / 4000);
    let whole = length(a) + length(b);
    if whole == 0 {
        return 1000;
    }
    let same: i64 = text::diff(a, b)
        .iter()
        .map(|piece| if let text::Piece::Same(t) = piece { length(t) } else { 0 })
        .sum();
    same * 2000 / whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amended(base: i64, now: i64, decision: Option<&str>, published: bool) -> Amended {
        let mut amended = Amended::of_test();
        amended.fate.base_version = base;
        amended.fate.decision = decision.map(str::to_owned);
        amended.parent.version = now;
        amended.parent.published = published;
        amended
    }

    #[test]
    fn every_decision_in_every_state() {
        use Decision::{Accepted, Merged, Refused};
        let all = |a: &Amended, seen: i64| [Accepted, Merged, Refused].map(|d| may(d, a, seen).err());
        assert_eq!(all(&amended(1, 1, None, true), 1), [None, None, None]);
        assert_eq!(all(&amended(1, 2, None, true), 2), [Some(BEHIND), None, None]);
        assert_eq!(all(&amended(1, 2, None, true), 1), [Some(CHANGED), Some(CHANGED), None]);
        assert_eq!(all(&amended(1, 1, None, false), 1), [Some(PARENT_GONE), Some(PARENT_GONE), None]);
        for decision in ["accepted", "refused", "merged"] {
            assert_eq!(all(&amended(1, 1, Some(decision), true), 1), [Some(DECIDED); 3]);
        }
    }

    #[test]
    fn a_refusal_says_why_and_a_merge_says_what() {
        let limits = contribution::Limits { title: (15, 150), body: (30, 20_000), explanation: (0, 0) };
        let keys = |d, w: &Words| {
            let found = check(d, w, limits).err();
            found.map(|e| e.iter().map(|e| (e.field, e.key)).collect::<Vec<_>>()).unwrap_or_default()
        };
        let empty = Words::default();
        assert_eq!(keys(Decision::Accepted, &empty), []);
        assert_eq!(keys(Decision::Refused, &empty), [("reason_fr", "consultation-decide-reason-empty")]);
        assert_eq!(
            keys(Decision::Merged, &empty),
            [("title", "civic-title-empty"), ("body", "civic-body-empty")]
        );
        let one = Words { reason: Localized::new("", " Already law. "), ..Words::default() };
        assert_eq!(check(Decision::Refused, &one, limits).unwrap().reason.en, "Already law.");
        let long = Words { reason: Localized::new("x".repeat(4001), ""), ..Words::default() };
        assert_eq!(keys(Decision::Refused, &long), [("reason_fr", "core-too-long")]);
    }

    #[test]
    fn likeness_is_between_nothing_and_everything() {
        assert_eq!(likeness("", ""), 1000);
        assert_eq!(likeness("un deux", "un deux"), 1000);
        assert_eq!(likeness("abc", "xyz"), 0);
        let near = likeness("Le maire décide seul du budget.", "Le maire décide du budget.");
        assert!((800..1000).contains(&near), "{near}");
    }
}
