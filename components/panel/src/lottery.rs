//! The lottery of an announced draw: computed on a thread of its own while pages show how far it is, then published, before the
//! seed exists.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use parvis_civic::journal::{self, Leaf, sha256_hex};
use parvis_civic::process::Activity;
use parvis_civic::{Error, process};
use parvis_core::{Clock, Millis};
use parvis_ops::jobs::Job;
use parvis_sortition::{NoLottery, TICKETS};
use parvis_store::{Store, Tx, boxed};
use serde_json::{Value, json};

use crate::model::{Rules, Stage};
use crate::store::{self, Person, Round};
use crate::{drand, pool, work};

/// The kind of job that computes a lottery.
pub(crate) const JOB: &str = "draw-lottery";

/// What the thread that computes tells the one that waits, and the other way.
#[derive(Default)]
struct Shared {
    done: AtomicU64,
    panels: AtomicU64,
    stop: AtomicBool,
}

/// Stops the computation when the job is given up.
struct Stops(Arc<Shared>);

impl Drop for Stops {
    fn drop(&mut self) {
        self.0.stop.store(true, Ordering::Release);
    }
}

/// A share in thousandths.
fn thousandths(share: f64) -> u64 {
    format!("{:.0}", share.clamp(0.0, 1.0) * 1000.0).parse().unwrap_or(0)
}

/// Computes and publishes the lottery of a draw. Run twice, it publishes once.
pub(crate) async fn compute(db: Store, clock: Arc<dyn Clock>, job: Job) -> Result<(), Error> {
    let (id, number) =
        (job.payload["activity"].as_i64().unwrap_or(0), job.payload["round"].as_i64().unwrap_or(0));
    let read = db.read(move |tx| {
        boxed(async move {
            let activity = process::activity(tx, id).await?;
            let round = store::round(tx, id, number).await?;
            let people = store::everybody(tx, id, true).await?;
            Ok::<_, Error>(activity.zip(round).map(|(a, r)| (Rules::of(&a), r, people)))
        })
    });
    let Some((rules, round, people)) = read.await? else { return Ok(()) };
    if round.stage() != Stage::Announced {
        return Ok(());
    }
    let shared = Arc::new(Shared::default());
    let _stops = Stops(Arc::clone(&shared));
    let (told, time) = (Arc::clone(&shared), Arc::clone(&clock));
    // The best one found by then is published, with how far it may be from the fairest.
    let limit = Millis::from(rules.seconds()) * 1000;
    let mut work = tokio::task::spawn_blocking(move || {
        let from = time.now();
        lottery(&rules, &round, &people, &mut |done, panels| {
            told.done.store(thousandths(done), Ordering::Relaxed);
            told.panels.store(panels, Ordering::Relaxed);
            !told.stop.load(Ordering::Acquire) && time.now() - from < limit
        })
    });
    let mut said = String::new();
    let made = loop {
        tokio::select! {
            made = &mut work => break made.map_err(|e| Error::Internal(e.to_string()))?,
            () = tokio::time::sleep(Duration::from_secs(1)) => {
                let (done, panels) = (shared.done.load(Ordering::Relaxed), shared.panels.load(Ordering::Relaxed));
                let now = json!({ "done": done, "panels": panels }).to_string();
                if now != said {
                    said.clone_from(&now);
                    db.write(move |tx| boxed(async move { store::set_progress(tx, id, number, &now).await })).await?;
                }
            }
        }
    };
    let now = clock.now();
    db.write(move |tx| {
        boxed(async move {
            match made {
                Ok(made) => publish(tx, now, id, number, made).await,
                Err(key) => store::set_failure(tx, id, number, key).await,
            }
        })
    })
    .await
}

/// Computes and publishes the lottery of an announced draw in this transaction: for small pools, and programs that wait.
///
/// # Errors
/// [`Error::Conflict`] with the key of why there is none; the database.
pub(crate) async fn publish_now(
    tx: &mut Tx<'_>,
    now: Millis,
    activity: &Activity,
    number: i64,
) -> Result<(), Error> {
    let round = store::round(tx, activity.id, number).await?.ok_or(Error::NotFound)?;
    let people = store::everybody(tx, activity.id, true).await?;
    let made = lottery(&Rules::of(activity), &round, &people, &mut |_, _| true).map_err(Error::Conflict)?;
    publish(tx, now, activity.id, number, made).await
}

/// A lottery, as its files.
struct Made {
    lottery: String,
    proof: String,
    tickets: usize,
    is_optimal: bool,
}

async fn publish(tx: &mut Tx<'_>, now: Millis, id: i64, number: i64, made: Made) -> Result<(), Error> {
    let round = store::round(tx, id, number).await?.and_then(|r| r.drand());
    if round.is_some_and(|r| drand::moment_of(r) <= now) {
        // Its seed is known by now: a lottery made after it would prove nothing.
        return store::set_failure(tx, id, number, "panel-failure-late").await;
    }
    let sha256 = sha256_hex(made.lottery.as_bytes());
    if !store::set_lottery(tx, now, id, number, &made.lottery, &sha256, &made.proof).await? {
        return Ok(());
    }
    let body = json!({
        "activity": id, "round": number, "lottery_sha256": sha256,
        "proof_sha256": sha256_hex(made.proof.as_bytes()), "tickets": made.tickets, "optimal": made.is_optimal,
    });
    journal::write(tx, now, Leaf::new("sortition-lottery").object("activity", id).body(body)).await?;
    Ok(())
}

/// The lottery of an announced draw, from the very files that were published; or the key of why there is none.
fn lottery(
    rules: &Rules,
    round: &Round,
    people: &[Person],
    go_on: &mut dyn FnMut(f64, u64) -> bool,
) -> Result<Made, &'static str> {
    let files = work::files(rules, people);
    let (pool, quotas) = files.hashes();
    let announced = |name: &str| round.announcement[name].as_str().unwrap_or_default().to_owned();
    if pool != announced("pool_sha256") || quotas != announced("quotas_sha256") {
        return Err("panel-failure-changed");
    }
    let problem = files.problem(rules.seats, rules.households);
    let problem = problem.and_then(|p| pool::left(p, &round.list("accepted"), &round.list("gone")));
    let problem = problem.map_err(|_| "panel-failure-pool")?;
    let mut report = |step: parvis_sortition::Step| go_on(step.done, u64::try_from(step.panels).unwrap_or(0));
    let lottery = problem.lottery(rules.method, TICKETS, &mut report).map_err(|e| match e {
        NoLottery::NoPanel => "panel-failure-quotas",
        NoLottery::Stopped => "panel-failure-time",
        NoLottery::GreedyFailed { .. } => "panel-failure-greedy",
        NoLottery::Trouble => "panel-failure-numbers",
    })?;
    let text = |value: &Value| serde_json::to_string(value).map_err(|_| "panel-failure-numbers");
    Ok(Made {
        lottery: text(&problem.answer(&lottery, None, None))?,
        proof: text(&problem.proofs(&lottery))?,
        tickets: lottery.tickets.len(),
        is_optimal: lottery.quality.is_optimal,
    })
}
