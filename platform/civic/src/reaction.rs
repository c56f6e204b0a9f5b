//! Reactions: one participant's stance on one contribution, changeable while the activity is open.

use parvis_core::Millis;
use parvis_store::{Tx, p};

use crate::Error;
use crate::account::{Participant, Status as AccountStatus};
use crate::contribution::Totals;
use crate::journal::{self, Entry};
use crate::process::DAY;

/// For.
pub const FOR: i64 = 1;
/// Mixed.
pub const MIXED: i64 = 0;
/// Against.
pub const AGAINST: i64 = -1;

/// What became of a reaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    /// The contribution.
    pub contribution_id: i64,
    /// The stance now; none when it was taken back.
    pub value: Option<i64>,
    /// Whether anything changed: the same stance again leaves no second leaf.
    pub changed: bool,
    /// The leaf of this stance (the earlier one when nothing changed; none when there never was any).
    pub receipt: Option<String>,
    /// The totals cast here, after this act (and before those of others at the same moment).
    pub totals: Totals,
    /// The kind of the contribution.
    pub kind: String,
    /// What it is about, when it is about another.
    pub parent_id: Option<i64>,
}

/// Where a contribution is said to stand: nothing is cast on one that stands elsewhere.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Slug of the process.
    pub process: &'a str,
    /// Slug of the activity.
    pub activity: &'a str,
    /// The component at work there.
    pub component: &'a str,
}

/// The canonical leaf of a reaction. The day stands for the moment, so that the public log does not say
/// when somebody voted; the choice is a salted commitment.
fn leaf(
    kind: &str,
    now: Millis,
    activity: i64,
    contribution: i64,
    commitment: &str,
    replaces: &str,
) -> String {
    let day = now.div_euclid(DAY) * DAY;
    let commitment =
        if commitment.is_empty() { String::new() } else { format!(r#""commitment":"{commitment}","#) };
    let replaces = if replaces.is_empty() { "null".to_owned() } else { format!("\"{replaces}\"") };
    format!(
        r#"{{"at":{day},"body":{{"activity":{activity},{commitment}"contribution":{contribution},"replaces":{replaces}}},"kind":"{kind}","v":1}}"#
    )
}

/// What the commitment of a reaction hides, in its canonical form.
fn content(contribution: i64, value: i64) -> String {
    format!(r#"{{"contribution":{contribution},"value":{value}}}"#)
}

/// Casts, changes or (with `None`) takes back a stance. `allowed` gives the values that a kind of contribution
/// takes. The unique row of (contribution, participant) is what keeps a person to one.
///
/// # Errors
/// [`Error::Closed`] outside the phase, to the millisecond; [`Error::NotFound`] when the contribution
/// was never public, or does not stand at `place`; [`Error::Conflict`] when it is no longer; [`Error::Forbidden`] for a suspended account; the database.
pub async fn cast(
    tx: &mut Tx<'_>,
    now: Millis,
    who: &Participant,
    place: Option<Place<'_>>,
    contribution_id: i64,
    value: Option<i64>,
    allowed: impl Fn(&str) -> &'static [i64] + Send,
) -> Result<Cast, Error> {
    cast_within(tx, now, who, place, contribution_id, value, allowed, None).await
}

/// Casts as [`cast`] does, while another phase of the same process is under way than the activity's own. `phase`:
/// its identifier; none: the activity's.
///
/// # Errors
/// Those of [`cast`].
#[expect(clippy::too_many_arguments, reason = "those of `cast`, and the phase")]
pub async fn cast_within(
    tx: &mut Tx<'_>,
    now: Millis,
    who: &Participant,
    place: Option<Place<'_>>,
    contribution_id: i64,
    value: Option<i64>,
    allowed: impl Fn(&str) -> &'static [i64] + Send,
    phase: Option<i64>,
) -> Result<Cast, Error> {
    if who.status != AccountStatus::Active {
        return Err(Error::Forbidden);
    }
    let row = tx
        .opt(
            "select c.activity_id, c.status, c.reactions_for, c.reactions_mixed, c.reactions_against,
                    a.status as activity_status, f.starts_at, f.ends_at, r.id as reaction_id, r.value,
                    j.hash, c.kind, c.parent_id, p.slug, a.slug, a.component, p.status
             from contribution c join activity a on a.id = c.activity_id
             join process p on p.id = a.process_id
             left join phase f on f.id = coalesce(cast($3 as bigint), a.phase_id)
                and f.process_id = a.process_id
             left join reaction r on r.contribution_id = c.id and r.participant_id = $2
             left join journal_entry j on j.id = r.entry_id
             where c.id = $1",
            &p![contribution_id, who.id, phase],
        )
        .await?
        .ok_or(Error::NotFound)?;
    let activity_id: i64 = row.at(0)?;
    let status = row.text(1)?;
    if status == "draft" {
        return Err(Error::NotFound);
    }
    if let Some(place) = place {
        let there = row.text(13)? == place.process
            && row.text(14)? == place.activity
            && row.text(15)? == place.component
            && row.text(16)? != "draft";
        if !there {
            return Err(Error::NotFound);
        }
    }
    if status != "published" {
        // It was public: who still has its page on the screen is told why.
        return Err(Error::Conflict("civic-reaction-gone"));
    }
    let kind: String = row.at(11)?;
    let parent_id: Option<i64> = row.at(12)?;
    if value.is_some_and(|v| !allowed(&kind).contains(&v)) {
        return Err(Error::Conflict("civic-reaction-unknown"));
    }
    let totals = Totals { r#for: row.at(2)?, mixed: row.at(3)?, against: row.at(4)? };
    let (starts_at, ends_at): (Option<i64>, Option<i64>) = (row.at(6)?, row.at(7)?);
    let open = row.text(5)? == "published"
        && starts_at.is_some_and(|at| at <= now)
        && ends_at.is_some_and(|at| now < at);
    if !open {
        return Err(Error::Closed);
    }
    let reaction_id: Option<i64> = row.at(8)?;
    let before: Option<i64> = row.at(9)?;
    let earlier: Option<String> = row.at(10)?;
    if before == value {
        return Ok(Cast {
            contribution_id,
            value,
            changed: false,
            receipt: earlier,
            totals,
            kind,
            parent_id,
        });
    }
    let replaces = earlier.unwrap_or_default();
    let entry: Entry = match value {
        Some(value) => {
            let salt = journal::salt();
            let commitment = journal::commit_text(&salt, content(contribution_id, value).as_bytes())?;
            let leaf = leaf("reaction", now, activity_id, contribution_id, &commitment, &replaces);
            let day = now.div_euclid(DAY) * DAY;
            let object = ("contribution", contribution_id);
            let entry = journal::write_text(tx, day, "reaction", object, Some(who.id), leaf).await?;
            match reaction_id {
                Some(id) => {
                    tx.exec(
                        "update reaction set value = $2, updated_at = $3, salt = $4, entry_id = $5
                         where id = $1",
                        &p![id, value, now, salt, entry.id],
                    )
                    .await?
                }
                None => {
                    tx.exec(
                        "insert into reaction (contribution_id, participant_id, value, created_at,
                            updated_at, salt, entry_id) values ($1, $2, $3, $4, $4, $5, $6)",
                        &p![contribution_id, who.id, value, now, salt, entry.id],
                    )
                    .await?
                }
            };
            entry
        }
        None => {
            let leaf = leaf("reaction-withdrawn", now, activity_id, contribution_id, "", &replaces);
            let day = now.div_euclid(DAY) * DAY;
            let object = ("contribution", contribution_id);
            let entry =
                journal::write_text(tx, day, "reaction-withdrawn", object, Some(who.id), leaf).await?;
            tx.exec("delete from reaction where id = $1", &p![reaction_id]).await?;
            entry
        }
    };
    let step = |of: i64| i64::from(value == Some(of)) - i64::from(before == Some(of));
    // A column that is set is written to its index again, even when it keeps its value: `support` is only set when it
    // changes.
    let sql = match step(FOR) {
        0 => {
            "update contribution set reactions_for = reactions_for + $2, reactions_mixed = reactions_mixed + $3,
                reactions_against = reactions_against + $4 where id = $1"
        }
        _ => {
            "update contribution set reactions_for = reactions_for + $2, reactions_mixed = reactions_mixed + $3,
                reactions_against = reactions_against + $4, support = support + $2 where id = $1"
        }
    };
    tx.exec(sql, &p![contribution_id, step(FOR), step(MIXED), step(AGAINST)]).await?;
    let totals = Totals {
        r#for: totals.r#for + step(FOR),
        mixed: totals.mixed + step(MIXED),
        against: totals.against + step(AGAINST),
    };
    Ok(Cast { contribution_id, value, changed: true, receipt: Some(entry.hash), totals, kind, parent_id })
}

/// The stances of one person on these contributions, by contribution.
///
/// # Errors
/// The database.
pub async fn of_participant(
    tx: &mut Tx<'_>,
    participant: i64,
    contributions: &[i64],
) -> Result<std::collections::BTreeMap<i64, i64>, Error> {
    let mut stances = std::collections::BTreeMap::new();
    if contributions.is_empty() {
        return Ok(stances);
    }
    let list = contributions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "select contribution_id, value from reaction where participant_id = $1 and contribution_id in ({list})"
    );
    for row in tx.query(&sql, &p![participant]).await? {
        stances.insert(row.get("contribution_id")?, row.get("value")?);
    }
    Ok(stances)
}

/// One day of an activity: reactions and contributions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// First millisecond of the day, UTC.
    pub at: Millis,
    /// Reactions cast (or changed) that day.
    pub reactions: i64,
    /// Contributions published that day.
    pub contributions: i64,
}

/// Participation by day. Imported totals have no days and are not in it.
///
/// # Errors
/// The database.
pub async fn by_day(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Day>, Error> {
    let mut days: std::collections::BTreeMap<i64, (i64, i64)> = Default::default();
    let reactions = tx
        .query(
            "select r.updated_at / 86400000 as day, count(*) as n
             from reaction r join contribution c on c.id = r.contribution_id
             where c.activity_id = $1 group by r.updated_at / 86400000",
            &p![activity_id],
        )
        .await?;
    for row in &reactions {
        days.entry(row.get("day")?).or_default().0 = row.get("n")?;
    }
    let contributions = tx
        .query(
            "select published_at / 86400000 as day, count(*) as n from contribution
             where activity_id = $1 and status <> 'draft' and published_at is not null
             group by published_at / 86400000",
            &p![activity_id],
        )
        .await?;
    for row in &contributions {
        days.entry(row.get("day")?).or_default().1 = row.get("n")?;
    }
    Ok(days
        .into_iter()
        .map(|(day, (reactions, contributions))| Day { at: day * DAY, reactions, contributions })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reaction_commits_to_is_canonical() {
        for value in [FOR, MIXED, AGAINST] {
            let whole = serde_json::json!({ "contribution": 12, "value": value });
            let canonical = parvis_transparency::canonical::to_bytes(&whole).unwrap();
            assert_eq!(content(12, value).as_bytes(), canonical);
        }
    }

    #[test]
    fn a_reaction_leaf_is_canonical() {
        for (commitment, replaces) in [("ab12", ""), ("ab12", "ffee"), ("", "ffee")] {
            let leaf = leaf("reaction", 3 * DAY + 5, 7, 12, commitment, replaces);
            let value: serde_json::Value = serde_json::from_str(&leaf).unwrap();
            let canonical = parvis_transparency::canonical::to_bytes(&value).unwrap();
            assert_eq!(leaf.as_bytes(), canonical, "{leaf}");
            assert_eq!(value["at"], 3 * DAY);
        }
    }
}
