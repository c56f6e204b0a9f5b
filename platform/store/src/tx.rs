//! The handle that closures receive: statements, rows, and what to do after the commit.

use deadpool_postgres::Transaction;
use rusqlite::Connection;

use crate::{Engine, Error, FromVal, Fut, Row, Val, lite, pg};

/// The connection behind a [`Tx`].
pub(crate) enum Conn<'a> {
    Lite(&'a mut Connection),
    Pg(&'a Transaction<'a>),
}

/// An open transaction: everything in it is kept, or nothing is.
///
/// A statement that the engine refuses dooms the transaction on both engines (PostgreSQL works so): the closure
/// should return the error. To try something and carry on, use [`Tx::attempt`] or SQL's `on conflict`.
pub struct Tx<'a> {
    pub(crate) conn: Conn<'a>,
    pub(crate) after: Vec<Box<dyn FnOnce() + Send>>,
    pub(crate) doomed: bool,
    depth: u32,
}

impl std::fmt::Debug for Tx<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tx").field("engine", &self.engine()).finish_non_exhaustive()
    }
}

impl<'a> Tx<'a> {
    pub(crate) fn new(conn: Conn<'a>) -> Tx<'a> {
        Tx { conn, after: Vec::new(), doomed: false, depth: 0 }
    }
}

impl Tx<'_> {
    /// Runs a statement; answers the number of rows that it changed.
    pub async fn exec(&mut self, sql: &str, params: &[Val]) -> Result<u64, Error> {
        self.each(sql, params, |_| Ok(())).await
    }

    /// All the rows. For lists without a bound, page them or use [`Tx::each`].
    pub async fn query(&mut self, sql: &str, params: &[Val]) -> Result<Vec<Row>, Error> {
        let mut rows = Vec::new();
        self.each(sql, params, |row| {
            rows.push(row);
            Ok(())
        })
        .await?;
        Ok(rows)
    }

    /// The first row, or [`Error::NotFound`].
    pub async fn one(&mut self, sql: &str, params: &[Val]) -> Result<Row, Error> {
        self.opt(sql, params).await?.ok_or(Error::NotFound)
    }

    /// The first row, if there is one.
    pub async fn opt(&mut self, sql: &str, params: &[Val]) -> Result<Option<Row>, Error> {
        let mut first = None;
        self.each(sql, params, |row| {
            first.get_or_insert(row);
            Ok(())
        })
        .await?;
        Ok(first)
    }

    /// The first column of the first row, or [`Error::NotFound`]: `tx.value::<i64>("select count(*) from t", &p![])`.
    pub async fn value<T: FromVal>(&mut self, sql: &str, params: &[Val]) -> Result<T, Error> {
        self.one(sql, params).await?.at(0)
    }

    /// Gives the rows one by one, without holding them all in memory; answers their number. An error of `f` ends it.
    pub async fn each(
        &mut self,
        sql: &str,
        params: &[Val],
        f: impl FnMut(Row) -> Result<(), Error> + Send,
    ) -> Result<u64, Error> {
        if self.doomed {
            return Err(doomed());
        }
        match &mut self.conn {
            Conn::Lite(c) => lite::run(c, sql, params, &mut self.doomed, f),
            // In a box: it is a round trip anyway, and its state (some kilobytes) would be part of every future
            // around it, to be copied from one to the next on either engine.
            Conn::Pg(t) => Box::pin(pg::run(t, sql, params, &mut self.doomed, f)).await,
        }
    }

    /// Inserts a row with a statement that ends with `returning id`; answers the id, or [`Error::NotFound`] when
    /// the statement says to insert nothing. `id` is the table's `{pk}`.
    pub async fn insert(&mut self, sql: &str, params: &[Val]) -> Result<i64, Error> {
        if let Conn::Lite(_) = &self.conn
            && let Some(plain) = sql.trim_end().strip_suffix("returning id")
        {
            // SQLite answers `returning` through a table of its own and copies every page aside first; it knows the
            // number of the last row without that, at a fraction of the cost.
            if self.exec(plain, params).await? == 0 {
                return Err(Error::NotFound);
            }
            let Conn::Lite(c) = &self.conn else { unreachable!("matched above") };
            return Ok(c.last_insert_rowid());
        }
        self.value(sql, params).await
    }

    /// Runs several statements without parameters, separated by `;`.
    pub async fn script(&mut self, sql: &str) -> Result<(), Error> {
        if self.doomed {
            return Err(doomed());
        }
        let r = match &mut self.conn {
            Conn::Lite(c) => c.execute_batch(sql).map_err(|e| lite::error(c, e)),
            Conn::Pg(t) => t.batch_execute(sql).await.map_err(pg::error),
        };
        self.doomed |= r.is_err();
        r
    }

    /// Tries something in a savepoint: when `f` fails, what it wrote is undone and the transaction goes on.
    ///
    /// ```text
    /// match tx.attempt(|tx| boxed(async move { tx.insert(SQL, &p![id]).await })).await {
    ///     Err(e) if e.violates("signature") => Ok(Signed::Already),
    ///     other => other.map(Signed::Now),
    /// }
    /// ```
    pub async fn attempt<T, E, F>(&mut self, f: F) -> Result<T, E>
    where
        E: From<Error>,
        F: for<'t> FnOnce(&'t mut Tx<'_>) -> Fut<'t, Result<T, E>> + Send,
    {
        self.depth += 1;
        let name = format!("attempt{}", self.depth);
        let hooks = self.after.len();
        self.script(&format!("savepoint {name}")).await?;
        let r = f(self).await;
        if r.is_err() {
            self.doomed = false;
            self.after.truncate(hooks);
            self.script(&format!("rollback to savepoint {name}")).await?;
        }
        self.depth -= 1;
        self.script(&format!("release savepoint {name}")).await?;
        r
    }

    /// Lets no other transaction past the same `lock(name)` until this one ends: for what must happen one at a
    /// time (the next leaf of a log, the last seats of a meeting). On SQLite all writes already are.
    pub async fn lock(&mut self, name: &str) -> Result<(), Error> {
        match &self.conn {
            Conn::Lite(_) => Ok(()),
            Conn::Pg(_) => {
                // `current_schema()`: several sites (or tests) may share one PostgreSQL database.
                self.exec(
                    "select pg_advisory_xact_lock(hashtextextended(current_schema() || '/' || $1, 0))",
                    &[Val::from(name)],
                )
                .await?;
                Ok(())
            }
        }
    }

    /// Does something once the commit has succeeded (the fsync is done), never otherwise: a nudge to live pages,
    /// a wake-up of the jobs. It must be quick and must not touch the store.
    pub fn after_commit(&mut self, f: impl FnOnce() + Send + 'static) {
        self.after.push(Box::new(f));
    }

    /// One statement in two wordings, for the rare one that the engines cannot share: which of them this
    /// transaction's engine reads.
    pub fn variant<'s>(&self, sqlite: &'s str, postgres: &'s str) -> &'s str {
        match self.conn {
            Conn::Lite(_) => sqlite,
            Conn::Pg(_) => postgres,
        }
    }

    /// The engine, for the few modules that hold a second wording of a statement.
    pub fn engine(&self) -> Engine {
        match self.conn {
            Conn::Lite(_) => Engine::Sqlite,
            Conn::Pg(_) => Engine::Postgres,
        }
    }
}

pub(crate) fn doomed() -> Error {
    Error::other("a statement failed earlier in this transaction: return its error, or wrap it in `attempt`")
}
