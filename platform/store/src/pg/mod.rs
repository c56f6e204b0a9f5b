//! PostgreSQL: a pool, one transaction for each closure.
//!
//! The connection is not encrypted by us: use the local socket, the loopback, or a tunnel that ends TLS.

mod types;

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod};
use deadpool_postgres::{Runtime, Timeouts, Transaction};
use futures_util::TryStreamExt;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{IsolationLevel, NoTls};

use crate::{Error, Options, Row, Val};

/// Session settings. Writes shorten their statement time themselves; `lock_timeout` answers "later" rather than
/// queueing for ever behind a stuck session.
const SESSION: &str = "set client_min_messages = warning; set timezone = 'UTC'; set statement_timeout = '180s';
    set lock_timeout = '8s'; set idle_in_transaction_session_timeout = '180s'; set standard_conforming_strings = on";

/// The PostgreSQL engine.
pub(crate) struct Pg {
    pool: Pool,
}

impl Pg {
    pub async fn open(url: &str, options: &Options) -> Result<Pg, Error> {
        let mut config: tokio_postgres::Config = url.parse().map_err(|e: tokio_postgres::Error| {
            // Never the URL itself: it may hold a password.
            Error::Other { what: format!("not a PostgreSQL address: {e}"), source: Some(Box::new(e)) }
        })?;
        if config.get_application_name().is_none() {
            config.application_name("parvis");
        }
        config.connect_timeout(Duration::from_secs(5));
        config.tcp_user_timeout(Duration::from_secs(30));
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = Manager::from_config(config, NoTls, recycling);
        let wait = Some(Duration::from_secs(10));
        let pool = Pool::builder(manager)
            .max_size(options.pg_pool.max(1))
            .runtime(Runtime::Tokio1)
            .timeouts(Timeouts { wait, create: wait, recycle: wait })
            .post_create(Hook::async_fn(|client, _| {
                Box::pin(async move { client.batch_execute(SESSION).await.map_err(HookError::Backend) })
            }))
            .build()
            .map_err(|e| Error::other(format!("cannot make a pool: {e}")))?;
        let pg = Pg { pool };
        drop(pg.client().await?); // say at once when the address is wrong
        Ok(pg)
    }

    /// A connection of the pool. A closure never asks for a second one: see [`crate::Store::write`].
    pub async fn client(&self) -> Result<Object, Error> {
        self.pool.get().await.map_err(pool_error)
    }

    /// What is visible now: changes with every transaction that wrote.
    pub async fn version(&self) -> Result<String, Error> {
        let client = self.client().await?;
        let statement = client.prepare_cached("select pg_current_snapshot()::text").await.map_err(error)?;
        let row = client.query_one(&statement, &[]).await.map_err(error)?;
        row.try_get(0).map_err(error)
    }

    /// Forgets prepared statements, whose result types a migration may have changed.
    pub fn forget_statements(&self) {
        self.pool.manager().statement_caches.clear();
    }

    pub fn close(&self) {
        self.pool.close();
    }
}

/// Opens the transaction of a write.
pub(crate) async fn begin(client: &mut Object) -> Result<Transaction<'_>, Error> {
    client.transaction().await.map_err(error)
}

/// Opens the transaction of a read: one snapshot for the whole closure, and no writing.
pub(crate) async fn begin_read(client: &mut Object) -> Result<Transaction<'_>, Error> {
    let builder = client.build_transaction().read_only(true).isolation_level(IsolationLevel::RepeatableRead);
    builder.start().await.map_err(error)
}

/// Runs a statement: see [`crate::lite::run`], which does the same.
pub(crate) async fn run(
    t: &Transaction<'_>,
    sql: &str,
    params: &[Val],
    failed: &mut bool,
    mut each: impl FnMut(Row) -> Result<(), Error> + Send,
) -> Result<u64, Error> {
    let mut engine = |e: tokio_postgres::Error| {
        *failed = true;
        error(e)
    };
    let statement = t.prepare_cached(sql).await.map_err(&mut engine)?;
    let wanted = statement.params().len();
    if wanted != params.len() {
        return Err(Error::other(format!("{} values for {wanted} parameters in: {sql}", params.len())));
    }
    let values: Vec<&(dyn ToSql + Sync)> = params.iter().map(|v| v as _).collect();
    if statement.columns().is_empty() {
        return t.execute(&statement, &values).await.map_err(engine);
    }
    let columns: Arc<[String]> = statement.columns().iter().map(|c| c.name().to_owned()).collect();
    let rows = t.query_raw(&statement, values).await.map_err(&mut engine)?;
    let mut rows = std::pin::pin!(rows);
    let mut count = 0;
    while let Some(row) = rows.try_next().await.map_err(&mut engine)? {
        count += 1;
        let mut values = Vec::with_capacity(columns.len());
        for i in 0..columns.len() {
            values.push(row.try_get(i).map_err(error)?);
        }
        each(Row { columns: columns.clone(), values })?;
    }
    Ok(count)
}

/// Puts an error of PostgreSQL in our words.
pub(crate) fn error(e: tokio_postgres::Error) -> Error {
    let Some(db) = e.as_db_error() else {
        let io = std::error::Error::source(&e).is_some_and(|s| s.is::<std::io::Error>());
        if e.is_closed() || io {
            return Error::Unavailable { what: format!("connection lost: {e}"), source: Some(Box::new(e)) };
        }
        let cause = std::error::Error::source(&e).map(|s| format!(": {s}")).unwrap_or_default();
        return Error::Other { what: format!("{e}{cause}"), source: Some(Box::new(e)) };
    };
    let code = db.code().clone();
    let what = format!("{} ({})", db.message(), code.code());
    match &code {
        c if *c == SqlState::UNIQUE_VIOLATION => return Error::Unique { constraint: constraint(db) },
        c if *c == SqlState::FOREIGN_KEY_VIOLATION => return Error::ForeignKey { detail: what },
        c if *c == SqlState::QUERY_CANCELED => return Error::Timeout,
        _ => {}
    }
    // Two transactions in each other's way (40…), a lock not obtained (55P03), connection lost (08…), out of
    // disk or connections (53…), stopping or starting (57P0…), disk error (58…): all pass with time.
    let passing = ["40001", "40P01", "55P03", "25P03", "57P01", "57P02", "57P03", "57P05"]
        .contains(&code.code())
        || ["08", "53", "58"].contains(&code.code().get(..2).unwrap_or_default());
    let source: Option<crate::error::Cause> = Some(Box::new(e));
    if passing { Error::Unavailable { what, source } } else { Error::Other { what, source } }
}

fn pool_error(e: PoolError) -> Error {
    match e {
        PoolError::Backend(e) => match error(e) {
            // Whatever refuses a connection, a visitor can only come back later.
            Error::Other { what, source } => {
                Error::Unavailable { what: format!("cannot connect: {what}"), source }
            }
            e => e,
        },
        e => Error::Unavailable { what: format!("no connection: {e}"), source: Some(Box::new(e)) },
    }
}

/// `Key (a, b)=(1, 2) already exists.` on table `t` → `t.a,t.b`; an expression → `t.index_name`.
fn constraint(db: &tokio_postgres::error::DbError) -> String {
    let table = db.table().unwrap_or_default();
    let columns = db.detail().and_then(|d| d.strip_prefix("Key (")).and_then(|d| d.split_once(")=("));
    let columns: Option<Vec<&str>> = columns.map(|(c, _)| c.split(", ").collect());
    match columns {
        Some(columns)
            if columns.iter().all(|c| c.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')) =>
        {
            let columns: Vec<String> = columns.iter().map(|c| format!("{table}.{c}")).collect();
            columns.join(",")
        }
        _ => format!("{table}.{}", db.constraint().unwrap_or_default()),
    }
}
