//! What members think. `panel_evaluation` has neither a person nor a date; `panel_volunteer.has_evaluated` has no order.

use parvis_civic::{Error, random};
use parvis_core::Millis;
use parvis_store::{Tx, p};

use crate::evaluation::{Answer, Totals};

/// Lets members answer.
pub(crate) async fn open_evaluation(tx: &mut Tx<'_>, now: Millis, activity_id: i64) -> Result<(), Error> {
    let sql = "update panel set evaluation_opened_at = $2 where activity_id = $1";
    tx.exec(sql, &p![activity_id, now]).await?;
    Ok(())
}

/// Notes that the totals are published.
pub(crate) async fn publish_evaluation(tx: &mut Tx<'_>, now: Millis, activity_id: i64) -> Result<(), Error> {
    tx.exec("update panel set evaluation_at = $2 where activity_id = $1", &p![activity_id, now]).await?;
    Ok(())
}

/// Notes that a member has answered, once.
pub(crate) async fn mark_evaluated(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<bool, Error> {
    let sql = "update panel_volunteer set has_evaluated = true
               where activity_id = $1 and id = $2 and seat = 'accepted' and not has_evaluated";
    Ok(tx.exec(sql, &p![activity_id, id]).await? == 1)
}

/// Keeps an answer under a random name.
pub(crate) async fn add_evaluation(tx: &mut Tx<'_>, activity_id: i64, answer: &Answer) -> Result<(), Error> {
    let sql = "insert into panel_evaluation (token, activity_id, fair, voice, balance, trust, again, comment)
               values ($1, $2, $3, $4, $5, $6, $7, $8)";
    let [fair, voice, balance, trust, again] = answer.marks;
    let token = random::token::<16>();
    let values = p![token, activity_id, fair, voice, balance, trust, again, answer.comment.as_str()];
    tx.exec(sql, &values).await?;
    Ok(())
}

/// How many answers, and how many gave each mark.
pub(crate) async fn evaluation(tx: &mut Tx<'_>, activity_id: i64) -> Result<(i64, Totals), Error> {
    let sql = "select fair, voice, balance, trust, again from panel_evaluation where activity_id = $1";
    let rows = tx.query(sql, &p![activity_id]).await?;
    let mut totals = Totals::default();
    for row in &rows {
        for (place, marks) in totals.iter_mut().enumerate() {
            let mark: i64 = row.at(place)?;
            if let Some(count) = usize::try_from(mark - 1).ok().and_then(|m| marks.get_mut(m)) {
                *count += 1;
            }
        }
    }
    Ok((i64::try_from(rows.len()).unwrap_or(i64::MAX), totals))
}

/// The free texts, in the order of their random names.
pub(crate) async fn comments(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<String>, Error> {
    let sql = "select comment from panel_evaluation where activity_id = $1 and comment <> '' order by token";
    tx.query(sql, &p![activity_id]).await?.iter().map(|row| Ok(row.at(0)?)).collect()
}

/// Erases the free texts.
pub(super) async fn erase_comments(tx: &mut Tx<'_>, activity_id: i64) -> Result<(), Error> {
    tx.exec("update panel_evaluation set comment = '' where activity_id = $1", &p![activity_id]).await?;
    Ok(())
}
