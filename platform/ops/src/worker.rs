//! The worker: runs the jobs that are due, each in a task of its own, and those that come back every so often.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use parvis_core::{Clock, Millis};
use parvis_store::{Error, Store};
use serde_json::json;
use tokio::task::JoinSet;

use crate::jobs::{self, Job, WAKE};

type Outcome = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;
type Handler = Arc<dyn Fn(Job) -> Outcome + Send + Sync>;

/// How long a worker may keep a job before another takes it up.
const LEASE: Millis = 300_000;
/// How long one attempt may last: less than the lease, so that no job runs twice at once.
const LIMIT: Duration = Duration::from_secs(240);
/// How many jobs run at once.
const AT_ONCE: i64 = 8;
/// How long a worker sleeps at most: other processes write jobs, too.
const POLL: Duration = Duration::from_secs(5);

/// Runs jobs. Clones share nothing but the store: several workers, even in several processes, never run the same
/// attempt of a job.
#[derive(Clone)]
pub struct Worker {
    store: Store,
    clock: Arc<dyn Clock>,
    handlers: BTreeMap<String, Handler>,
    recurring: Vec<(&'static str, Millis)>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kinds: Vec<_> = self.handlers.keys().collect();
        f.debug_struct("Worker").field("kinds", &kinds).finish_non_exhaustive()
    }
}

impl Worker {
    /// A worker that knows how to tidy this crate's own tables, and nothing else yet.
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        let worker = Self { store, clock, handlers: BTreeMap::new(), recurring: vec![] };
        let store = worker.store.clone();
        worker.every("ops-tidy", 3_600_000, move |job| {
            let store = store.clone();
            async move {
                store
                    .write(move |tx| {
                        Box::pin(async move {
                            jobs::tidy(tx, job.now).await?;
                            crate::mail::tidy(tx, job.now).await?;
                            crate::throttle::tidy(tx, job.now).await
                        })
                    })
                    .await
            }
        })
    }

    /// Says what runs the jobs of this kind. An error has the job tried again later: the handler must bear being
    /// run twice.
    #[must_use]
    pub fn on<F, R, E>(mut self, kind: &str, handler: F) -> Self
    where
        F: Fn(Job) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), E>> + Send + 'static,
        E: Display,
    {
        let handler: Handler = Arc::new(move |job| {
            let run = handler(job);
            Box::pin(async move { run.await.map_err(|e| e.to_string()) })
        });
        self.handlers.insert(kind.to_owned(), handler);
        self
    }

    /// Has `handler` run once in each `period` milliseconds of the clock, by one worker of all.
    #[must_use]
    pub fn every<F, R, E>(self, kind: &'static str, period: Millis, handler: F) -> Self
    where
        F: Fn(Job) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), E>> + Send + 'static,
        E: Display,
    {
        let mut worker = self.on(kind, handler);
        worker.recurring.push((kind, period));
        worker
    }

    /// Runs every job that is due now, and those that these cause, until none is left. Answers how many ran.
    /// Recurring jobs are left alone: tests call this.
    ///
    /// # Errors
    /// The database.
    pub async fn run_due(&self) -> Result<usize, Error> {
        let mut ran = 0;
        loop {
            let n = self.run_some().await?;
            if n == 0 {
                return Ok(ran);
            }
            ran += n;
        }
    }

    /// Runs until `stop` ends. A failure of the database is waited out.
    pub async fn run(&self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        let mut pause = Duration::from_secs(1);
        loop {
            let wake = WAKE.notified();
            tokio::pin!(wake);
            wake.as_mut().enable(); // a job committed from here on is not missed
            let sleep = match self.step().await {
                Ok(sleep) => {
                    pause = Duration::from_secs(1);
                    sleep
                }
                Err(e) => {
                    tracing::error!(error = %e, "the jobs cannot be read; trying again");
                    pause = (pause * 2).min(Duration::from_secs(60));
                    pause
                }
            };
            tokio::select! {
                () = &mut stop => return,
                () = &mut wake => {}
                () = tokio::time::sleep(sleep) => {}
            }
        }
    }

    /// One turn: recurring jobs, due jobs; how long to sleep then.
    async fn step(&self) -> Result<Duration, Error> {
        self.schedule().await?;
        self.run_due().await?;
        let next = self.store.read(|tx| Box::pin(jobs::next_due(tx))).await?;
        let wait = next.map_or(POLL, |at| {
            let wait = u64::try_from((at - self.clock.now()).max(20)).unwrap_or(20);
            Duration::from_millis(wait)
        });
        Ok(wait.min(POLL))
    }

    /// Queues the recurring jobs whose turn has come; each turn has its own key, so that it is queued once.
    async fn schedule(&self) -> Result<(), Error> {
        let now = self.clock.now();
        let turns: Vec<_> = self
            .recurring
            .iter()
            .map(|(kind, period)| (*kind, format!("every-{kind}-{}", now.div_euclid(*period))))
            .collect();
        let keys: Vec<_> = turns.iter().map(|(_, key)| key.clone()).collect();
        let known = self
            .store
            .read(move |tx| {
                Box::pin(async move {
                    let mut known = vec![];
                    for key in keys {
                        let sql = "select id from job where idem_key = $1";
                        known.push(tx.opt(sql, &parvis_store::p![key]).await?.is_some());
                    }
                    Ok::<_, Error>(known)
                })
            })
            .await?;
        let new: Vec<_> = turns.into_iter().zip(known).filter(|(_, known)| !known).map(|(t, _)| t).collect();
        if new.is_empty() {
            return Ok(()); // nothing to write: an idle site writes nothing
        }
        self.store
            .write(move |tx| {
                Box::pin(async move {
                    for (kind, key) in new {
                        jobs::enqueue(tx, now, kind, &json!({}), now, Some(&key)).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Claims a handful of jobs and runs them side by side.
    async fn run_some(&self) -> Result<usize, Error> {
        let now = self.clock.now();
        let due = self.store.read(move |tx| Box::pin(jobs::due(tx, now))).await?;
        if due == 0 {
            return Ok(0);
        }
        let claimed = self.store.write(move |tx| Box::pin(jobs::claim(tx, now, AT_ONCE, LEASE))).await?;
        let count = claimed.len();
        let mut tasks = JoinSet::new();
        for job in claimed {
            let handler = self.handlers.get(&job.kind).cloned();
            tasks.spawn(async move {
                let outcome = attempt(handler, job.clone()).await;
                (job, outcome)
            });
        }
        while let Some(joined) = tasks.join_next().await {
            let Ok((job, outcome)) = joined else { continue };
            self.settle(job, outcome).await?;
        }
        Ok(count)
    }

    async fn settle(&self, job: Job, outcome: Result<(), String>) -> Result<(), Error> {
        let label = if outcome.is_ok() { "done" } else { "failed" };
        metrics::counter!("parvis_jobs_total", "kind" => job.kind.clone(), "outcome" => label).increment(1);
        let now = self.clock.now();
        self.store
            .write(move |tx| {
                Box::pin(async move {
                    match outcome {
                        Ok(()) => jobs::done(tx, now, &job).await,
                        Err(why) => {
                            tracing::warn!(
                                job = job.id,
                                kind = job.kind,
                                attempt = job.attempt,
                                why,
                                "a job failed"
                            );
                            jobs::failed(tx, now, &job, &why).await
                        }
                    }
                })
            })
            .await
    }
}

/// Runs one attempt; a panic or a handler that does not end is a failure like another.
async fn attempt(handler: Option<Handler>, job: Job) -> Result<(), String> {
    let Some(handler) = handler else { return Err(format!("nothing runs jobs of kind {:?}", job.kind)) };
    let task = tokio::spawn(async move { handler(job).await });
    let stop = task.abort_handle();
    match tokio::time::timeout(LIMIT, task).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(e)) if e.is_panic() => {
            let panic = e.into_panic();
            let said = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
            let said = said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
            Err(format!("panicked: {said}"))
        }
        Ok(Err(_)) => Err("was stopped".into()),
        Err(_) => {
            stop.abort();
            Err(format!("did not end within {} s", LIMIT.as_secs()))
        }
    }
}
