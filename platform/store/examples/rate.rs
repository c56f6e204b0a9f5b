//! How fast this machine reads and durably writes: `cargo run --release -p parvis-store --example rate [TARGET]`.
#![expect(clippy::print_stdout, reason = "an example that prints its result")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use parvis_store::{Error, Migrations, Options, Store, Target, boxed, p};

const T: Migrations = Migrations {
    set: "rate",
    steps: &[("001", "create table rate_row (id {pk}, n bigint not null, body text not null);")],
};
const CLIENTS: u64 = 64;
const TIME: Duration = Duration::from_secs(2);

#[tokio::main]
async fn main() -> Result<(), Error> {
    let folder = tempfile::tempdir()?;
    let target = std::env::args().nth(1).unwrap_or_else(|| folder.path().to_string_lossy().into_owned());
    let target: Target = target.parse().unwrap_or_else(|never| match never {});
    let db = Store::open(&target, Options::default()).await?;
    db.migrate(&[T], None).await?;
    println!("{} clients on {}", CLIENTS, db.engine().name());
    fill(&db).await?;

    measure("point reads", &db, |db, n| {
        Box::pin(async move {
            let id = i64::try_from(n * 7919 % 10_000).unwrap_or(0) + 1;
            db.read(move |tx| {
                boxed(async move { tx.one("select n, body from rate_row where id = $1", &p![id]).await.map(drop) })
            })
            .await
        })
    })
    .await?;
    measure("durable inserts", &db, |db, n| Box::pin(async move { insert(&db, n).await })).await?;
    measure("mixed, 1 write for 9 reads", &db, |db, n| {
        Box::pin(async move {
            if n % 10 == 0 {
                return insert(&db, n).await;
            }
            let sql = "select n, body from rate_row where id > $1 order by id limit 20";
            let from = i64::try_from(n * 7919 % 10_000).unwrap_or(0);
            db.read(move |tx| boxed(async move { tx.query(sql, &p![from]).await.map(drop) })).await
        })
    })
    .await?;
    // Never waits on SQLite: it must be told to let the clock run.
    measure("version tokens", &db, |db, _| {
        Box::pin(async move {
            tokio::task::yield_now().await;
            db.version_token().await.map(drop)
        })
    })
    .await
}

async fn fill(db: &Store) -> Result<(), Error> {
    db.write(|tx| {
        boxed(async move {
            for n in 0..10_000i64 {
                tx.exec("insert into rate_row (n, body) values ($1, $2)", &p![n, "x".repeat(200)]).await?;
            }
            Ok(())
        })
    })
    .await
}

async fn insert(db: &Store, n: u64) -> Result<(), Error> {
    let n = i64::try_from(n).unwrap_or(0);
    db.write(move |tx| {
        boxed(async move {
            let sql = "insert into rate_row (n, body) values ($1, $2) returning id";
            tx.insert(sql, &p![n, "a signature of usual length"]).await.map(drop)
        })
    })
    .await
}

type Done = std::pin::Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

async fn measure(what: &str, db: &Store, act: fn(Store, u64) -> Done) -> Result<(), Error> {
    let stop = Arc::new(AtomicBool::new(false));
    let next = Arc::new(AtomicU64::new(0));
    let start = Instant::now();
    let mut clients = Vec::new();
    for _ in 0..CLIENTS {
        let (db, stop, next) = (db.clone(), stop.clone(), next.clone());
        clients.push(tokio::spawn(async move {
            let mut times = Vec::new();
            while !stop.load(Ordering::Relaxed) {
                let begun = Instant::now();
                act(db.clone(), next.fetch_add(1, Ordering::Relaxed)).await?;
                times.push(begun.elapsed());
            }
            Ok::<_, Error>(times)
        }));
    }
    tokio::time::sleep(TIME).await;
    stop.store(true, Ordering::Relaxed);
    let mut times = Vec::new();
    for client in clients {
        times.extend(client.await.map_err(|e| Error::other(e.to_string()))??);
    }
    let seconds = start.elapsed().as_secs_f64();
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "a rate to read")]
    let rate = times.len() as f64 / seconds;
    println!("{what:28} {rate:9.0}/s   p50 {:?}   p99 {:?}", at(50), at(99));
    Ok(())
}
