//! Every SQL statement of this component.

use parvis_core::Millis;
use parvis_store::{Error, Tx, p};

/// How many participants support an activity.
pub async fn count(tx: &mut Tx<'_>, activity: i64) -> Result<i64, Error> {
    tx.value("select count(*) from sample_support where activity_id = $1", &p![activity]).await
}

/// Whether this participant supports it.
pub async fn supports(tx: &mut Tx<'_>, activity: i64, participant: i64) -> Result<bool, Error> {
    let sql = "select 1 from sample_support where activity_id = $1 and participant_id = $2";
    Ok(tx.opt(sql, &p![activity, participant]).await?.is_some())
}

/// Records a support; one that is there already changes nothing.
pub async fn support(tx: &mut Tx<'_>, now: Millis, activity: i64, participant: i64) -> Result<(), Error> {
    let sql = "insert into sample_support (activity_id, participant_id, created_at) values ($1, $2, $3)
               on conflict (activity_id, participant_id) do nothing";
    tx.exec(sql, &p![activity, participant, now]).await?;
    Ok(())
}

/// Removes a support.
pub async fn take_back(tx: &mut Tx<'_>, activity: i64, participant: i64) -> Result<(), Error> {
    let sql = "delete from sample_support where activity_id = $1 and participant_id = $2";
    tx.exec(sql, &p![activity, participant]).await?;
    Ok(())
}
