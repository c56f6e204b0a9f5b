//! The one handle of a site's database.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::guard::{guarded, not_inside, run_hooks};
use crate::lite::{Done, Job, Lite};
use crate::pg::{self, Pg};
use crate::tx::{Conn, doomed};
use crate::{Error, Fut, Tx};

/// Where a site's data is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// The address of a PostgreSQL database, `postgres://user@host/database`.
    Postgres(String),
}

impl FromStr for Target {
    type Err = std::convert::Infallible;

    /// `postgres://…`, or a folder, in which the file is `parvis.sqlite`.
    fn from_str(s: &str) -> Result<Target, Self::Err> {
        Ok(if s.starts_with("postgres://") || s.starts_with("postgresql://") {
            Target::Postgres(s.to_owned())
        } else {
            Target::Sqlite(Path::new(s).join("parvis.sqlite"))
        })
    }
}

/// How to open a store. The defaults suit a small machine.
#[derive(Debug, Clone)]
pub struct Options {
    /// Threads that read (SQLite).
    pub readers: usize,
    /// How many waiting writes at most share one commit (SQLite).
    pub group: usize,
    /// Connections (PostgreSQL).
    pub pg_pool: usize,
    /// How long the closure of a write may take.
    pub write_limit: Duration,
    /// How long the closure of a read may take (an export reads for long).
    pub read_limit: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            readers: 4,
            group: 512,
            pg_pool: 16,
            write_limit: Duration::from_secs(5),
            read_limit: Duration::from_secs(120),
        }
    }
}

/// The database engine, for display and for `doctor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl Engine {
    /// `sqlite` or `postgres`.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        }
    }
}

/// A state of the data: two equal tokens of one [`Store`] mean that nothing was committed in between.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Token(State);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum State {
    Lite(i64),
    Pg(String),
}

/// A site's database. Cloning is cheap and gives the same store.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
    options: Arc<Options>,
}

pub(crate) enum Inner {
    Lite(Box<Lite>),
    Pg(Box<Pg>),
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("engine", &self.engine()).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the database, making the SQLite file and its folder when they are missing. It does not migrate.
    pub async fn open(target: &Target, options: Options) -> Result<Store, Error> {
        let inner = match target {
            Target::Sqlite(path) => Inner::Lite(Box::new(Lite::open(path, &options, None)?)),
            Target::Postgres(url) => Inner::Pg(Box::new(Pg::open(url, &options).await?)),
        };
        Ok(Store { inner: Arc::new(inner), options: Arc::new(options) })
    }

    /// A throw-away SQLite database, deleted with the last handle.
    pub async fn memory() -> Result<Store, Error> {
        let folder = tempfile::Builder::new().prefix("parvis-").tempdir()?;
        let options = Options { readers: 2, ..Options::default() };
        let path = folder.path().join("parvis.sqlite");
        let inner = Inner::Lite(Box::new(Lite::open(&path, &options, Some(folder))?));
        Ok(Store { inner: Arc::new(inner), options: Arc::new(options) })
    }

    /// Runs `f` in a transaction. `Ok` means that the change is on the disk; an error means that nothing was kept
    /// (except [`Error::Unavailable`] when the connection was lost while committing: nobody knows).
    ///
    /// `f` holds the one writer on SQLite, so it only touches the database: no mail, no HTTP, no other
    /// call of the store (that is refused). Once started it ends cleanly even if the caller goes away.
    pub async fn write<T, E, F>(&self, f: F) -> Result<T, E>
    where
        E: From<Error> + Send + 'static,
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx<'_>) -> Fut<'t, Result<T, E>> + Send + 'static,
    {
        self.write_within(self.options.write_limit, f).await
    }

    /// As [`Store::write`] with another time limit: for imports, which must be whole or not at all.
    pub async fn write_within<T, E, F>(&self, limit: Duration, f: F) -> Result<T, E>
    where
        E: From<Error> + Send + 'static,
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx<'_>) -> Fut<'t, Result<T, E>> + Send + 'static,
    {
        not_inside()?;
        match &*self.inner {
            Inner::Lite(lite) => {
                let (answer, wait) = oneshot::channel();
                lite.write(job(limit, f, answer)).await?;
                wait.await.map_err(|_| Error::unavailable("the write could not start"))?
            }
            Inner::Pg(_) => {
                // In its own task, so that a caller who leaves cannot cut a commit from its `after_commit`.
                let inner = self.inner.clone();
                let task = tokio::spawn(async move {
                    let Inner::Pg(pg) = &*inner else { unreachable!("matched above") };
                    write_pg(pg, limit, f).await
                });
                task.await.map_err(|e| Error::Unavailable {
                    what: "the write was interrupted".into(),
                    source: Some(Box::new(e)),
                })?
            }
        }
    }

    /// Runs `f` on one snapshot of the data; it cannot write. Reads never wait for writes.
    pub async fn read<T, E, F>(&self, f: F) -> Result<T, E>
    where
        E: From<Error> + Send + 'static,
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx<'_>) -> Fut<'t, Result<T, E>> + Send + 'static,
    {
        self.read_within(self.options.read_limit, f).await
    }

    /// As [`Store::read`] with another time limit: for what reads everything.
    pub async fn read_within<T, E, F>(&self, limit: Duration, f: F) -> Result<T, E>
    where
        E: From<Error> + Send + 'static,
        T: Send + 'static,
        F: for<'t> FnOnce(&'t mut Tx<'_>) -> Fut<'t, Result<T, E>> + Send + 'static,
    {
        not_inside()?;
        match &*self.inner {
            Inner::Lite(lite) => {
                let (answer, wait) = oneshot::channel();
                lite.read(job(limit, f, answer))?;
                wait.await.map_err(|_| Error::unavailable("the store is closed"))?
            }
            Inner::Pg(pg) => Box::pin(read_pg(pg, limit, f)).await,
        }
    }

    /// Something that changes whenever a commit, by any process, changed what a read sees. Take it *before* reading
    /// what you cache. On SQLite it costs microseconds; on PostgreSQL one round trip, and it may change for nothing.
    pub async fn version_token(&self) -> Result<Token, Error> {
        Ok(Token(match &*self.inner {
            Inner::Lite(lite) => State::Lite(lite.version()?),
            Inner::Pg(pg) => State::Pg(Box::pin(pg.version()).await?),
        }))
    }

    /// The engine: for display and `doctor`; a component never branches on it.
    pub fn engine(&self) -> Engine {
        match &*self.inner {
            Inner::Lite(_) => Engine::Sqlite,
            Inner::Pg(_) => Engine::Postgres,
        }
    }

    /// The SQLite file, if that is what this is.
    pub fn file(&self) -> Option<&Path> {
        match &*self.inner {
            Inner::Lite(lite) => Some(lite.path()),
            Inner::Pg(_) => None,
        }
    }

    /// Ends the writes that wait, then refuses every call, on all clones of this handle.
    pub async fn close(self) {
        match &*self.inner {
            Inner::Lite(lite) => lite.close().await,
            Inner::Pg(pg) => pg.close(),
        }
    }
}

type Answer<T, E> = oneshot::Sender<Result<T, E>>;

/// Wraps a closure for a thread of the SQLite engine.
fn job<T, E, F>(limit: Duration, f: F, answer: Answer<T, E>) -> Job
where
    E: From<Error> + Send + 'static,
    T: Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx<'_>) -> Fut<'t, Result<T, E>> + Send + 'static,
{
    let work: crate::lite::Work = Box::new(move |c| {
        Box::pin(async move {
            let mut tx = Tx::new(Conn::Lite(c));
            let mut r = guarded(limit, async { f(&mut tx).await }).await;
            if r.is_ok() && tx.doomed {
                r = Err(doomed().into());
            }
            let hooks = tx.after;
            let keep = r.is_ok();
            let finish = Box::new(move |outage: Option<&str>| {
                if let Some(outage) = outage {
                    r = Err(Error::unavailable(outage).into());
                }
                if r.is_ok() {
                    run_hooks(hooks);
                }
                let _ = answer.send(r); // the caller may have left
            });
            Done { keep, finish }
        })
    });
    Job { work, limit }
}

/// One read on PostgreSQL.
async fn read_pg<T, E, F>(pg: &Pg, limit: Duration, f: F) -> Result<T, E>
where
    E: From<Error> + Send + 'static,
    T: Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx<'_>) -> Fut<'t, Result<T, E>> + Send + 'static,
{
    let mut client = pg.client().await?;
    let t = pg::begin_read(&mut client).await?;
    let mut tx = Tx::new(Conn::Pg(&t));
    guarded(limit, async { f(&mut tx).await }).await // the transaction is rolled back when dropped
}

/// One write on PostgreSQL. Dropping it at any point rolls the transaction back.
async fn write_pg<T, E, F>(pg: &Pg, limit: Duration, f: F) -> Result<T, E>
where
    E: From<Error> + Send + 'static,
    T: Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx<'_>) -> Fut<'t, Result<T, E>> + Send + 'static,
{
    let mut client = pg.client().await?;
    let t = pg::begin(&mut client).await?;
    let mut tx = Tx::new(Conn::Pg(&t));
    // Sent together with the first statement of `f`: no round trip of its own.
    let millis = limit.as_millis() * 2;
    let statement = format!("set local statement_timeout = {millis}");
    let (set, r) =
        futures_util::future::join(t.batch_execute(&statement), guarded(limit, async { f(&mut tx).await }))
            .await;
    let (hooks, failed) = (std::mem::take(&mut tx.after), tx.doomed);
    drop(tx);
    let r = match r {
        Ok(_) if failed => Err(doomed().into()),
        Ok(value) => set.map_err(pg::error).map(|()| value).map_err(E::from),
        e => e,
    };
    match r {
        Ok(value) => {
            t.commit().await.map_err(pg::error)?;
            run_hooks(hooks);
            Ok(value)
        }
        Err(e) => {
            let _ = t.rollback().await; // a lost connection rolls back by itself
            Err(e)
        }
    }
}
