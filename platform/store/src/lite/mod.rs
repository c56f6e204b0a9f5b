//! SQLite: one writer thread that commits in groups, a few reader threads, one probe.
//!
//! Closures are shipped to the thread that owns the connection, so that their statements run inline,
//! without any message between two statements.

mod checkpoint;
mod private;
mod readers;
mod statement;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::{Error, Fut, Options};
pub(crate) use private::create_file;
pub(crate) use statement::{error, run};

/// What a closure becomes once its result type is hidden.
pub(crate) type Work = Box<dyn for<'c> FnOnce(&'c mut Connection) -> Fut<'c, Done> + Send>;

/// A closure that ran: whether to keep what it wrote, and how to answer its caller.
pub(crate) struct Done {
    pub keep: bool,
    pub finish: Finish,
}

/// Called after the commit, with what made the commit fail if it did.
pub(crate) type Finish = Box<dyn FnOnce(Option<&str>) + Send>;

/// A closure waiting for a connection.
pub(crate) struct Job {
    pub work: Work,
    pub limit: Duration,
}

/// The SQLite engine.
pub(crate) struct Lite {
    path: PathBuf,
    writer: writer::Writer,
    readers: readers::Readers,
    probe: Mutex<Connection>,
    /// The folder of a throw-away store, deleted with it.
    _folder: Option<tempfile::TempDir>,
}

impl Lite {
    pub fn open(path: &Path, options: &Options, folder: Option<tempfile::TempDir>) -> Result<Lite, Error> {
        private::create(path)?;
        let writer = writer::Writer::start(path, options)?;
        let readers = readers::Readers::start(path, options.readers)?;
        let probe = Mutex::new(connect(path, Role::Reads)?);
        Ok(Lite { path: path.to_owned(), writer, readers, probe, _folder: folder })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub async fn write(&self, job: Job) -> Result<(), Error> {
        self.writer.send(job).await
    }

    pub fn read(&self, job: Job) -> Result<(), Error> {
        self.readers.send(job)
    }

    /// A number that changes when any other connection, of this process or another, commits.
    /// The probe never writes and is never replaced: the number only means something on one connection.
    pub fn version(&self) -> Result<i64, Error> {
        let probe = self.probe.lock().unwrap_or_else(PoisonError::into_inner);
        let mut statement = probe.prepare_cached("pragma data_version").map_err(|e| error(&probe, e))?;
        statement.query_row([], |r| r.get(0)).map_err(|e| error(&probe, e))
    }

    /// Copies the database, as it is at this moment, into a new file that is on the disk when this returns.
    pub fn copy_to(&self, out: &Path) -> Result<(), Error> {
        private::create(out)?;
        let from = connect(&self.path, Role::Reads)?;
        let mut to = Connection::open(out).map_err(|e| error(&from, e))?;
        let copy = rusqlite::backup::Backup::new(&from, &mut to).map_err(|e| error(&from, e))?;
        copy.run_to_completion(1024, Duration::ZERO, None).map_err(|e| error(&from, e))?;
        drop(copy);
        drop(to);
        std::fs::File::open(out)?.sync_all()?;
        Ok(())
    }

    pub async fn close(&self) {
        self.readers.stop();
        self.writer.stop().await;
    }
}

/// What a connection is for.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Role {
    Writes,
    Reads,
}

/// Opens a connection with the settings that the promises of this crate rest on.
pub(crate) fn connect(path: &Path, role: Role) -> Result<Connection, Error> {
    let outage = |e: rusqlite::Error| Error::Unavailable {
        what: format!("cannot open {}: {e}", path.display()),
        source: Some(Box::new(e)),
    };
    let c = Connection::open(path).map_err(outage)?;
    // Another process (an import while the site serves) may hold the lock for a moment.
    c.busy_timeout(Duration::from_secs(5)).map_err(outage)?;
    // FULL: with WAL, NORMAL could lose acknowledged commits when the power fails.
    // Checkpoints are asked for by the writer (see `checkpoint`), never taken by whoever commits.
    c.execute_batch(
        "pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on;
         pragma temp_store=memory; pragma wal_autocheckpoint=0; pragma journal_size_limit=134217728;
         pragma cache_size=-8000;",
    )
    .map_err(outage)?;
    // The plan of a statement never depends on the values bound to it. Otherwise, once the tables are analysed, the
    // engine compiles a statement anew for each value that the planner looked at: that is, at nearly every run.
    c.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(outage)?;
    if role == Role::Reads {
        c.execute_batch("pragma query_only=on").map_err(outage)?;
    }
    c.set_prepared_statement_cache_capacity(512);
    Ok(c)
}

/// When the running closure must have ended. The engine asks while it works, so that even one endless
/// statement is stopped.
#[derive(Clone)]
struct Deadline {
    start: Instant,
    at: Arc<AtomicU64>,
}

impl Deadline {
    fn install(c: &mut Connection) -> Result<Deadline, Error> {
        let deadline = Deadline { start: Instant::now(), at: Arc::new(AtomicU64::new(u64::MAX)) };
        let asked = deadline.clone();
        c.progress_handler(20_000, Some(move || asked.passed())).map_err(|e| error(c, e))?;
        Ok(deadline)
    }

    fn millis(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn passed(&self) -> bool {
        let at = self.at.load(Ordering::Relaxed);
        at != u64::MAX && self.millis() > at
    }

    fn set(&self, limit: Duration) {
        let limit = u64::try_from(limit.as_millis()).unwrap_or(u64::MAX);
        self.at.store(self.millis().saturating_add(limit), Ordering::Relaxed);
    }

    fn clear(&self) {
        self.at.store(u64::MAX, Ordering::Relaxed);
    }
}

/// A runtime for closures on a thread of ours: they only touch the database, so they hardly ever wait,
/// but their time limit needs a clock.
fn runtime() -> Result<tokio::runtime::Runtime, Error> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_time().build()?)
}

/// Runs a closure to its end. Asked once, outside the runtime's loop, nearly all of them are at their end.
/// The thread must have entered the runtime.
fn drive(runtime: &tokio::runtime::Runtime, mut work: Fut<'_, Done>) -> Done {
    let mut asked = std::task::Context::from_waker(std::task::Waker::noop());
    match work.as_mut().poll(&mut asked) {
        std::task::Poll::Ready(done) => done,
        std::task::Poll::Pending => runtime.block_on(work),
    }
}
