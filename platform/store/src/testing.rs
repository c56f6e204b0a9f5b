//! What `#[db_test]` calls: the same test body on a throw-away database of each engine.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::FutureExt as _;
use tokio_postgres::error::SqlState;

use crate::{Migrations, Options, Store, Target};

/// What a test body may return: nothing, or a `Result<(), E>` whose error fails the test.
pub trait Outcome {
    /// Panics when the test failed.
    fn check(self);
}

impl Outcome for () {
    fn check(self) {}
}

impl<E: std::fmt::Debug> Outcome for Result<(), E> {
    fn check(self) {
        if let Err(e) = self {
            panic!("{e:?}");
        }
    }
}

/// Runs a test on SQLite.
pub fn sqlite<F, Fut>(sets: impl AsRef<[Migrations]>, body: F)
where
    F: FnOnce(Store) -> Fut,
    Fut: Future<Output: Outcome>,
{
    runtime().block_on(async {
        let store = Store::memory().await.expect("a temporary database");
        store.migrate(sets.as_ref(), None).await.expect("migrations apply to SQLite");
        body(store).await.check();
    });
}

/// Runs a test on PostgreSQL, in a schema of its own; reports it as skipped when `PARVIS_TEST_PG` names no server.
pub fn postgres<F, Fut>(sets: impl AsRef<[Migrations]>, body: F)
where
    F: FnOnce(Store) -> Fut,
    Fut: Future<Output: Outcome>,
{
    let Some(server) = server() else {
        parvis_core::testing::skip("needs PostgreSQL (PARVIS_TEST_PG)");
        return;
    };
    runtime().block_on(async {
        let schema = Schema::create(&server, Options { pg_pool: 4, ..Options::default() }).await;
        schema.store.migrate(sets.as_ref(), None).await.expect("migrations apply to PostgreSQL");
        let outcome = AssertUnwindSafe(body(schema.store.clone())).catch_unwind().await;
        schema.drop().await;
        match outcome {
            Ok(outcome) => outcome.check(),
            Err(panic) => resume_unwind(panic),
        }
    });
}

/// The PostgreSQL server for tests, from the environment variable `PARVIS_TEST_PG`.
pub fn server() -> Option<String> {
    std::env::var("PARVIS_TEST_PG").ok().filter(|url| !url.is_empty())
}

fn runtime() -> tokio::runtime::Runtime {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime starts")
}

/// A fresh schema on the test server, seen by its store as the whole database.
pub struct Schema {
    /// The store in this schema, not migrated.
    pub store: Store,
    /// The address of this schema.
    pub url: String,
    server: String,
    name: String,
}

impl Schema {
    /// Makes a schema with a name that no other running test has.
    pub async fn create(server: &str, options: Options) -> Schema {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("t_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        admin(server, &format!("drop schema if exists {name} cascade; create schema {name}")).await;
        let separator = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{separator}options=-csearch_path%3D{name}");
        let store = Store::open(&Target::Postgres(url.clone()), options).await.expect("the schema opens");
        Schema { store, url, server: server.to_owned(), name }
    }

    /// Removes it with all that it holds.
    pub async fn drop(self) {
        self.store.close().await;
        admin(&self.server, &format!("drop schema if exists {} cascade", self.name)).await;
    }
}

async fn admin(server: &str, sql: &str) {
    let (client, connection) =
        tokio_postgres::connect(server, tokio_postgres::NoTls).await.expect("PARVIS_TEST_PG answers");
    let connection = tokio::spawn(connection);
    // A statement whose caller left may still run, and hold what is dropped: the server ends one of the two.
    let mut tries = 0;
    let done = loop {
        let done = client.batch_execute(sql).await;
        let deadlock = |e: &tokio_postgres::Error| e.code() == Some(&SqlState::T_R_DEADLOCK_DETECTED);
        tries += 1;
        if tries == 10 || !done.as_ref().is_err_and(deadlock) {
            break done;
        }
    };
    done.expect("the test schema is prepared");
    drop(client);
    let _ = connection.await;
}
