//! The one writer: every write that waits joins the same transaction, each in its own savepoint, and all
//! are answered after the one fsync.

use std::path::Path;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::{Deadline, Done, Job, Role, checkpoint, connect, drive, error};
use crate::{Error, Options};

/// A group is closed after this time even when more jobs wait, so that the first does not wait for many slow ones.
const GROUP_TIME: Duration = Duration::from_millis(25);

/// How long to wait for another process that holds the lock (an import, a backup) before saying "unavailable".
const LOCK_WAIT: Duration = Duration::from_secs(30);

enum Message {
    Job(Job),
    Stop(oneshot::Sender<()>),
}

/// The way to the writer thread.
pub(super) struct Writer {
    queue: mpsc::Sender<Message>,
}

impl Writer {
    pub fn start(path: &Path, options: &Options) -> Result<Writer, Error> {
        let mut connection = connect(path, Role::Writes)?;
        let deadline = Deadline::install(&mut connection)?;
        let checkpoints = checkpoint::install(&mut connection, path)?;
        let runtime = super::runtime()?;
        let (queue, inbox) = mpsc::channel(2048);
        let group = options.group.max(1);
        let thread = Thread { connection, deadline, runtime, inbox, group, checkpoints };
        std::thread::Builder::new().name("store-writer".into()).spawn(move || thread.run())?;
        Ok(Writer { queue })
    }

    pub async fn send(&self, job: Job) -> Result<(), Error> {
        self.queue.send(Message::Job(job)).await.map_err(|_| Error::unavailable("the store is closed"))
    }

    /// Ends the thread after the writes that already wait.
    pub async fn stop(&self) {
        let (done, wait) = oneshot::channel();
        if self.queue.send(Message::Stop(done)).await.is_ok() {
            let _ = wait.await;
        }
    }
}

struct Thread {
    connection: Connection,
    deadline: Deadline,
    runtime: tokio::runtime::Runtime,
    inbox: mpsc::Receiver<Message>,
    group: usize,
    checkpoints: JoinHandle<()>,
}

impl Thread {
    fn run(mut self) {
        let handle = self.runtime.handle().clone();
        let _entered = handle.enter();
        let mut stop = None;
        while stop.is_none() {
            match self.inbox.blocking_recv() {
                Some(Message::Job(job)) => stop = self.commit_group(job),
                Some(Message::Stop(done)) => stop = Some(done),
                None => break, // every handle is gone
            }
        }
        // Leave one tidy file behind; a failure here loses nothing, the log is read at the next start.
        // No `pragma optimize`: figures taken while a table was small (one participant, after the first evening) lead
        // to plans that read it whole once it has grown. Without figures, the engine prefers the indexes.
        let _ = self.connection.execute_batch("pragma wal_checkpoint(truncate)");
        drop(self.connection);
        let _ = self.checkpoints.join(); // it ended with the connection, and holds the file no more
        if let Some(done) = stop {
            let _ = done.send(());
        }
    }

    /// Runs `first` and every job that waits behind it in one transaction, then answers them all.
    fn commit_group(&mut self, first: Job) -> Option<oneshot::Sender<()>> {
        if let Err(e) = self.begin() {
            tracing::error!(error = %e, "cannot begin a transaction");
            let outage = e.to_string();
            // Whoever waits behind has waited as long: tell them now rather than one by one.
            self.refuse(first, &outage);
            while let Ok(Message::Job(job)) = self.inbox.try_recv() {
                self.refuse(job, &outage);
            }
            return None;
        }
        let opened = Instant::now();
        // Whoever waits now is in, and nobody who comes while they are served. On a slow disk many wait by the end of a
        // sync, and groups are worth theirs; on a fast one they stay short, and those who were answered prepare their
        // next write while this thread does the others', instead of in turns with it.
        let waiting = self.inbox.len();
        let mut stop = None;
        let mut answers: Vec<Done> = Vec::new();
        let mut next = Some(first);
        let mut outage: Option<String> = None;
        while let Some(job) = next.take() {
            match self.run_job(job) {
                Ok(done) => answers.push(done),
                Err(lost) => {
                    outage = Some(lost);
                    break;
                }
            }
            let room = answers.len() < self.group && opened.elapsed() < GROUP_TIME;
            if room && answers.len() <= waiting {
                match self.inbox.try_recv() {
                    Ok(Message::Job(job)) => next = Some(job),
                    Ok(Message::Stop(done)) => stop = Some(done),
                    Err(_) => {}
                }
            }
        }
        if outage.is_none() {
            outage = self.execute("commit").err().map(|e| e.to_string());
        }
        if let Some(reason) = &outage {
            tracing::error!(reason, writes = answers.len(), "a group of writes was not committed");
            if !self.connection.is_autocommit() {
                let _ = self.connection.execute_batch("rollback");
            }
        }
        for done in answers {
            (done.finish)(outage.as_deref());
        }
        stop
    }

    /// Runs a job in its savepoint. An error says why the transaction cannot be committed any more; the job has
    /// then been answered.
    fn run_job(&mut self, job: Job) -> Result<Done, String> {
        if let Err(e) = self.execute("savepoint job") {
            let outage = e.to_string();
            self.refuse(job, &outage);
            return Err(outage);
        }
        self.deadline.set(job.limit);
        let done = drive(&self.runtime, (job.work)(&mut self.connection));
        self.deadline.clear();
        let ended = if self.connection.is_autocommit() {
            // A full disk, or a write stopped at its time limit, makes the engine give up the whole transaction.
            // Those who wrote before in this group lost their rows through no fault of theirs.
            Err(Error::unavailable("the engine rolled the transaction back"))
        } else {
            let undone = if done.keep { Ok(()) } else { self.execute("rollback to job") };
            undone.and_then(|()| self.execute("release job"))
        };
        match ended {
            Ok(()) => Ok(done),
            Err(e) => {
                let outage = e.to_string();
                // A job that failed by itself answers its own error: nothing of it was kept either way.
                (done.finish)(if done.keep { Some(&outage) } else { None });
                Err(outage)
            }
        }
    }

    /// Answers a job that could not run.
    fn refuse(&self, job: Job, outage: &str) {
        drop(job.work); // its answer channel closes: the caller says "unavailable"
        tracing::debug!(outage, "a write was refused");
    }

    fn begin(&self) -> Result<(), Error> {
        let since = Instant::now();
        loop {
            match self.execute("begin immediate") {
                Err(e) if e.is_unavailable() && is_busy(&e) && since.elapsed() < LOCK_WAIT => {}
                other => return other,
            }
        }
    }

    fn execute(&self, sql: &str) -> Result<(), Error> {
        let c = &self.connection;
        let mut statement = c.prepare_cached(sql).map_err(|e| error(c, e))?;
        statement.raw_execute().map(drop).map_err(|e| error(c, e))
    }
}

fn is_busy(e: &Error) -> bool {
    let Error::Unavailable { source: Some(cause), .. } = e else { return false };
    cause.downcast_ref::<rusqlite::Error>().and_then(rusqlite::Error::sqlite_error_code)
        == Some(rusqlite::ErrorCode::DatabaseBusy)
}
