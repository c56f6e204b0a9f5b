//! Mixing the rows of the boxes in use, so that what the database engine itself remembers of the order and of the
//! transactions does not join a signature to a ballot for longer than a few minutes.

use std::time::Duration;

use parvis_civic::Error;
use parvis_ops::Worker;
use parvis_store::{Store, boxed};

use crate::store;

/// The name of the task, and its period in milliseconds.
const TASK: (&str, i64) = ("mix-ballots", 300_000);

/// Mixes every box in use.
///
/// # Errors
/// The database.
pub async fn all(db: &Store) -> Result<(), Error> {
    let boxes = db.read(|tx| boxed(async move { store::in_use(tx).await })).await?;
    for id in boxes {
        let limit = Duration::from_secs(60);
        db.write_within(limit, move |tx| {
            boxed(async move {
                store::state_alone(tx, id).await?;
                store::mix(tx, id).await
            })
        })
        .await?;
    }
    Ok(())
}

/// Has the boxes mixed every five minutes.
#[must_use]
pub fn register(worker: Worker, db: &Store) -> Worker {
    let db = db.clone();
    worker.every(TASK.0, TASK.1, move |_| {
        let db = db.clone();
        async move { all(&db).await }
    })
}
