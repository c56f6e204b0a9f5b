//! Jobs: what an act causes and need not be waited for. Written in the transaction of the act.

use parvis_core::Millis;
use parvis_store::{Error, Row, Tx, p};
use serde_json::Value;
use tokio::sync::Notify;

use crate::Listed;

/// Wakes the workers of this process when a job was committed.
pub(crate) static WAKE: Notify = Notify::const_new();

/// A job in hand.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Identifier.
    pub id: i64,
    /// Which handler runs it.
    pub kind: String,
    /// What the handler needs to know.
    pub payload: Value,
    /// Which attempt this is, from 1.
    pub attempt: i64,
    /// The moment it was taken up.
    pub now: Millis,
}

/// A job as an administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Identifier.
    pub id: i64,
    /// Which handler runs it.
    pub kind: String,
    /// When it is next due.
    pub run_at: Millis,
    /// How often it was tried.
    pub attempts: i64,
    /// Why it failed last.
    pub last_error: Option<String>,
    /// When it was given up, if it was.
    pub failed_at: Option<Millis>,
}

/// Queues a job in the transaction of its cause; a worker runs it once `run_at` has come. With a `key` that was
/// already used, nothing is queued. Answers whether the job was queued.
///
/// # Errors
/// The database.
pub async fn enqueue(
    tx: &mut Tx<'_>,
    now: Millis,
    kind: &str,
    payload: &Value,
    run_at: Millis,
    key: Option<&str>,
) -> Result<bool, Error> {
    let queued = tx
        .exec(
            "insert into job (kind, payload, run_at, idem_key, created_at) values ($1, $2, $3, $4, $5)
             on conflict (idem_key) do nothing",
            &p![kind, payload.to_string(), run_at, key, now],
        )
        .await?;
    if queued > 0 {
        tx.after_commit(|| WAKE.notify_waiters());
    }
    Ok(queued > 0)
}

/// When the next job is due, if any waits. A job in hand counts at the end of its lease.
///
/// # Errors
/// The database.
pub async fn next_due(tx: &mut Tx<'_>) -> Result<Option<Millis>, Error> {
    tx.value(
        "select min(case when lease_until is not null and lease_until > run_at then lease_until else run_at end)
         from job where done_at is null and failed_at is null",
        &p![],
    )
    .await
}

/// How many jobs are due. A look that writes nothing: an idle site stays idle.
pub(crate) async fn due(tx: &mut Tx<'_>, now: Millis) -> Result<i64, Error> {
    tx.value(
        "select count(*) from job
         where done_at is null and failed_at is null and run_at <= $1
           and (lease_until is null or lease_until <= $1)",
        &p![now],
    )
    .await
}

/// Takes up at most `limit` jobs that are due, for `lease` milliseconds. Two workers never get the same job: the
/// number of attempts decides who was first.
///
/// # Errors
/// The database.
pub(crate) async fn claim(
    tx: &mut Tx<'_>,
    now: Millis,
    limit: i64,
    lease: Millis,
) -> Result<Vec<Job>, Error> {
    let due = tx
        .query(
            "select id, kind, payload, attempts from job
             where done_at is null and failed_at is null and run_at <= $1
               and (lease_until is null or lease_until <= $1)
             order by run_at, id limit $2",
            &p![now, limit],
        )
        .await?;
    let mut jobs = vec![];
    for row in due {
        let (id, attempts): (i64, i64) = (row.get("id")?, row.get("attempts")?);
        let got = tx
            .exec(
                "update job set lease_until = $3, attempts = attempts + 1
                 where id = $1 and attempts = $2 and done_at is null and failed_at is null",
                &p![id, attempts, now + lease],
            )
            .await?;
        if got == 1 {
            let payload = serde_json::from_str(&row.get::<String>("payload")?)?;
            jobs.push(Job { id, kind: row.get("kind")?, payload, attempt: attempts + 1, now });
        }
    }
    Ok(jobs)
}

/// Marks a job as done.
pub(crate) async fn done(tx: &mut Tx<'_>, now: Millis, job: &Job) -> Result<(), Error> {
    tx.exec(
        "update job set done_at = $2, lease_until = null, last_error = null where id = $1 and attempts = $3",
        &p![job.id, now, job.attempt],
    )
    .await?;
    Ok(())
}

/// How often a job is tried before it is given up.
pub const MAX_ATTEMPTS: i64 = 12;

/// How long to wait after attempt `attempt` (from 1): 15 s, doubled each time, at most six hours.
pub const fn back_off(attempt: i64) -> Millis {
    let doubled = if attempt >= 12 { 11 } else { attempt - 1 };
    let wait = 15_000 << doubled;
    if wait > 21_600_000 { 21_600_000 } else { wait }
}

/// Notes a failure: the job is tried again later, or given up.
pub(crate) async fn failed(tx: &mut Tx<'_>, now: Millis, job: &Job, why: &str) -> Result<(), Error> {
    let why: String = why.chars().take(500).collect();
    let given_up = (job.attempt >= MAX_ATTEMPTS).then_some(now);
    tx.exec(
        "update job set lease_until = null, last_error = $2, run_at = $3, failed_at = $4
         where id = $1 and attempts = $5",
        &p![job.id, why, now + back_off(job.attempt), given_up, job.attempt],
    )
    .await?;
    Ok(())
}

/// Puts a job that was given up back in the queue.
///
/// # Errors
/// The database.
pub async fn retry(tx: &mut Tx<'_>, now: Millis, id: i64) -> Result<bool, Error> {
    let changed = tx
        .exec(
            "update job set failed_at = null, attempts = 0, run_at = $2, lease_until = null
             where id = $1 and failed_at is not null",
            &p![id, now],
        )
        .await?;
    tx.after_commit(|| WAKE.notify_waiters());
    Ok(changed > 0)
}

fn read(row: &Row) -> Result<Entry, Error> {
    Ok(Entry {
        id: row.get("id")?,
        kind: row.get("kind")?,
        run_at: row.get("run_at")?,
        attempts: row.get("attempts")?,
        last_error: row.get("last_error")?,
        failed_at: row.get("failed_at")?,
    })
}

/// The jobs that meet trouble: given up, or tried at least once in vain. The latest first.
///
/// # Errors
/// The database.
pub async fn troubled(tx: &mut Tx<'_>, limit: i64, offset: i64) -> Result<Listed<Entry>, Error> {
    let rows = tx
        .query(
            "select id, kind, run_at, attempts, last_error, failed_at from job
             where done_at is null and last_error is not null order by id desc limit $1 offset $2",
            &p![limit, offset],
        )
        .await?;
    let items = rows.iter().map(read).collect::<Result<_, _>>()?;
    let total =
        tx.value("select count(*) from job where done_at is null and last_error is not null", &p![]).await?;
    Ok(Listed { items, total })
}

/// How many jobs wait (due or not) and how many were given up.
///
/// # Errors
/// The database.
pub async fn counts(tx: &mut Tx<'_>) -> Result<(i64, i64), Error> {
    let waiting = "select count(*) from job where done_at is null and failed_at is null";
    let failed = "select count(*) from job where failed_at is not null";
    Ok((tx.value(waiting, &p![]).await?, tx.value(failed, &p![]).await?))
}

/// Deletes what is settled for long: done jobs after 7 days, failed ones after 90.
///
/// # Errors
/// The database.
pub async fn tidy(tx: &mut Tx<'_>, now: Millis) -> Result<(), Error> {
    const DAY: Millis = 86_400_000;
    tx.exec("delete from job where done_at < $1", &p![now - 7 * DAY]).await?;
    tx.exec("delete from job where failed_at < $1", &p![now - 90 * DAY]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_is_bounded() {
        assert_eq!(back_off(1), 15_000);
        assert_eq!(back_off(2), 30_000);
        assert_eq!(back_off(5), 240_000);
        assert_eq!(back_off(11), 15_360_000);
        assert_eq!(back_off(12), 21_600_000);
        assert_eq!(back_off(40), 21_600_000);
    }
}
