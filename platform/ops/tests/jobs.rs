//! Jobs on both engines: run once, tried again, panics caught, leases.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use parvis_core::{Clock, FixedClock};
use parvis_ops::{Worker, audit, jobs};
use parvis_store::{Error, Store, db_test, p};
use serde_json::json;

const SETS: [parvis_store::Migrations; 1] = [parvis_ops::MIGRATIONS];

fn worker(db: &Store, clock: &FixedClock) -> Worker {
    Worker::new(db.clone(), Arc::new(clock.clone()))
}

async fn enqueue(db: &Store, now: i64, kind: &'static str, run_at: i64, key: Option<&'static str>) -> bool {
    db.write(move |tx| {
        Box::pin(async move { jobs::enqueue(tx, now, kind, &json!({"n": 7}), run_at, key).await })
    })
    .await
    .unwrap()
}

#[db_test(migrations = SETS)]
async fn a_job_runs_once_when_its_time_has_come(db: Store) {
    let clock = FixedClock::at(1_000);
    let ran = Arc::new(AtomicUsize::new(0));
    let count = ran.clone();
    let worker = worker(&db, &clock).on("add", move |job| {
        count.fetch_add(usize::try_from(job.payload["n"].as_i64().unwrap()).unwrap(), Ordering::SeqCst);
        async { Ok::<_, String>(()) }
    });
    assert!(enqueue(&db, 1_000, "add", 5_000, Some("k")).await);
    assert!(!enqueue(&db, 1_000, "add", 1_000, Some("k")).await, "the key was used");
    assert_eq!(worker.run_due().await.unwrap(), 0, "not yet");
    clock.set(5_000);
    assert_eq!(worker.run_due().await.unwrap(), 1);
    assert_eq!(worker.run_due().await.unwrap(), 0);
    assert_eq!(ran.load(Ordering::SeqCst), 7);
}

#[db_test(migrations = SETS)]
async fn a_job_of_a_transaction_that_failed_does_not_exist(db: Store) {
    let failed: Result<(), Error> = db
        .write(|tx| {
            Box::pin(async move {
                jobs::enqueue(tx, 1, "add", &json!({}), 1, None).await?;
                Err(Error::other("no"))
            })
        })
        .await;
    assert!(failed.is_err());
    let next = db.read(|tx| Box::pin(jobs::next_due(tx))).await.unwrap();
    assert_eq!(next, None);
}

#[db_test(migrations = SETS)]
async fn failures_and_panics_are_tried_again_later_then_given_up(db: Store) {
    let clock = FixedClock::at(0);
    let worker = worker(&db, &clock)
        .on("fails", |_| async { Err::<(), _>("no luck".to_owned()) })
        .on("panics", |_| async { if true { panic!("oh") } else { Ok::<_, String>(()) } });
    for kind in ["fails", "panics", "unknown"] {
        enqueue(&db, 0, kind, 0, None).await;
    }
    assert_eq!(worker.run_due().await.unwrap(), 3);
    let errors = |db: Store| async move {
        let trouble = db.read(|tx| Box::pin(jobs::troubled(tx, 10, 0))).await.unwrap();
        trouble
            .items
            .into_iter()
            .map(|e| (e.attempts, e.failed_at, e.last_error.unwrap()))
            .collect::<Vec<_>>()
    };
    let seen = errors(db.clone()).await;
    assert_eq!(seen[0], (1, None, "nothing runs jobs of kind \"unknown\"".into()));
    assert_eq!(seen[1], (1, None, "panicked: oh".into()));
    assert_eq!(seen[2], (1, None, "no luck".into()));
    assert_eq!(worker.run_due().await.unwrap(), 0, "it waits before it tries again");
    for _ in 0..11 {
        clock.advance(21_600_000);
        assert_eq!(worker.run_due().await.unwrap(), 3);
    }
    assert!(errors(db.clone()).await.iter().all(|(n, failed, _)| *n == 12 && failed.is_some()));
    clock.advance(21_600_000);
    assert_eq!(worker.run_due().await.unwrap(), 0, "given up");
    let now = clock.now();
    let (waiting, failed) = db.read(|tx| Box::pin(jobs::counts(tx))).await.unwrap();
    assert_eq!((waiting, failed), (0, 3));
    assert!(db.write(move |tx| Box::pin(async move { jobs::retry(tx, now, 1).await })).await.unwrap());
    assert_eq!(worker.run_due().await.unwrap(), 1);
}

#[db_test(migrations = SETS)]
async fn a_job_whose_worker_died_is_taken_up_after_its_lease(db: Store) {
    let clock = FixedClock::at(0);
    enqueue(&db, 0, "add", 0, None).await;
    db.write(|tx| {
        Box::pin(async move {
            tx.exec("update job set lease_until = $1, attempts = 1", &p![1_000]).await.map(drop)
        })
    })
    .await
    .unwrap();
    let worker = worker(&db, &clock)
        .on("add", |job| async move { if job.attempt == 2 { Ok(()) } else { Err("which attempt?") } });
    assert_eq!(worker.run_due().await.unwrap(), 0);
    let next = db.read(|tx| Box::pin(jobs::next_due(tx))).await.unwrap();
    assert_eq!(next, Some(1_000));
    clock.set(1_000);
    assert_eq!(worker.run_due().await.unwrap(), 1);
}

#[db_test(migrations = SETS)]
async fn two_workers_share_the_jobs(db: Store) {
    let clock = FixedClock::at(0);
    let ran = Arc::new(AtomicUsize::new(0));
    for _ in 0..40 {
        enqueue(&db, 0, "add", 0, None).await;
    }
    let make = || {
        let ran = ran.clone();
        worker(&db, &clock).on("add", move |_| {
            ran.fetch_add(1, Ordering::SeqCst);
            async { Ok::<_, String>(()) }
        })
    };
    let (a, b) = (make(), make());
    let (a, b) = tokio::join!(a.run_due(), b.run_due());
    assert_eq!(a.unwrap() + b.unwrap(), 40);
    assert_eq!(ran.load(Ordering::SeqCst), 40);
}

#[db_test(migrations = SETS)]
async fn a_commit_wakes_the_worker_and_recurring_jobs_run_once_a_turn(db: Store) {
    let clock = FixedClock::at(0);
    let (told, mut hear) = tokio::sync::mpsc::unbounded_channel();
    let again = told.clone();
    let worker = worker(&db, &clock)
        .on("add", move |_| {
            told.send("add").unwrap();
            async { Ok::<_, String>(()) }
        })
        .every("turn", 60_000, move |_| {
            again.send("turn").unwrap();
            async { Ok::<_, String>(()) }
        });
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(async move {
        worker
            .run(async {
                let _ = stopped.await;
            })
            .await;
    });
    assert_eq!(hear.recv().await, Some("turn"));
    let begun = tokio::time::Instant::now();
    enqueue(&db, 0, "add", 0, None).await;
    assert_eq!(hear.recv().await, Some("add"));
    assert!(begun.elapsed() < Duration::from_secs(4), "woken, not polled");
    clock.set(60_000);
    enqueue(&db, 60_000, "add", 60_000, None).await;
    let mut heard = [hear.recv().await.unwrap(), hear.recv().await.unwrap()];
    heard.sort_unstable();
    assert_eq!(heard, ["add", "turn"]);
    assert!(hear.try_recv().is_err());
    stop.send(()).unwrap();
    running.await.unwrap();
}

#[db_test(migrations = SETS)]
async fn the_audit_log_is_listed_and_filtered(db: Store) -> Result<(), Error> {
    db.write(|tx| {
        Box::pin(async move {
            audit::record(tx, 10, Some(1), "role-set", "participant:4", &json!({"role": "editor"})).await?;
            audit::record(tx, 20, None, "settings-saved", "site:1", &json!({})).await?;
            audit::record(tx, 30, Some(2), "role-set", "participant:4", &json!({})).await
        })
    })
    .await?;
    let filter = audit::Filter { action: Some("role-set".into()), ..Default::default() };
    let listed = db.read(move |tx| Box::pin(async move { audit::list(tx, &filter, 1, 0).await })).await?;
    assert_eq!((listed.total, listed.items[0].at, listed.items.len()), (2, 30, 1));
    let all = db
        .read(|tx| Box::pin(async move { audit::list(tx, &audit::Filter::default(), 10, 0).await }))
        .await?;
    assert_eq!(all.items.iter().map(|e| e.actor).collect::<Vec<_>>(), [Some(2), None, Some(1)]);
    assert_eq!(all.items[2].detail, json!({"role": "editor"}));
    assert_eq!(db.read(|tx| Box::pin(audit::actions(tx))).await?, ["role-set", "settings-saved"]);
    Ok(())
}
