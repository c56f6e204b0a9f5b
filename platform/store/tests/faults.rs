//! Kill, disk full, disk errors, a database that restarts: what was acknowledged is there, once, and whole.
//!
//! The faults happen to a child process: this same test binary, started again with `PARVIS_STORE_CHILD`.
#![expect(clippy::unwrap_used, reason = "a failing test panics")]
#![expect(clippy::print_stdout, reason = "the child talks to its parent")]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use parvis_store::{Error, Migrations, Options, Store, Target, boxed, p, testing};

const T: Migrations = Migrations {
    set: "t",
    steps: &[(
        "001",
        "create table entry (id {pk}, token text not null unique);
         create table twin (id {pk}, token text not null unique);",
    )],
};

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// Two rows in two statements; with `fail`, an error after them.
async fn write_pair(db: &Store, token: String, fail: bool) -> Result<(), Error> {
    db.write(move |tx| {
        boxed(async move {
            tx.exec("insert into entry (token) values ($1)", &p![&token]).await?;
            tx.exec("insert into twin (token) values ($1)", &p![&token]).await?;
            if fail { Err(Error::other("on purpose")) } else { Ok(()) }
        })
    })
    .await
}

async fn tokens(db: &Store, table: &'static str) -> Vec<String> {
    let rows: Result<Vec<String>, Error> = db
        .read(move |tx| {
            boxed(async move {
                let rows = tx.query(&format!("select token from {table} order by token"), &p![]).await?;
                rows.iter().map(|r| r.at(0)).collect()
            })
        })
        .await;
    rows.unwrap()
}

/// Checks what the child said against what is in the database. Answers how many were acknowledged.
async fn judge(db: &Store, said: &str) -> usize {
    let of = |word: &str| -> BTreeSet<String> {
        said.lines().filter_map(|l| l.strip_prefix(word)).map(str::to_owned).collect()
    };
    let (acked, undone) = (of("ack "), of("undone "));
    let entries = tokens(db, "entry").await;
    assert_eq!(entries, tokens(db, "twin").await, "no half transaction");
    let entries: BTreeSet<String> = entries.into_iter().collect();
    assert!(acked.is_subset(&entries), "lost: {:?}", acked.difference(&entries).collect::<Vec<_>>());
    assert!(undone.is_disjoint(&entries), "rolled back yet present");
    assert!(db.check().await.unwrap().iter().all(|f| f.ok));
    acked.len()
}

// ---- the child

/// Not a test of its own: what the child process does.
#[test]
fn child() {
    let Ok(job) = std::env::var("PARVIS_STORE_CHILD") else { return };
    let target = std::env::var("PARVIS_STORE_TARGET").unwrap();
    runtime().block_on(async {
        match job.as_str() {
            "write" => child_writes(&target).await,
            "fill" => child_fills(Path::new(&target)).await,
            other => panic!("{other}"),
        }
    });
}

/// Sixteen tasks write for ever and say on standard output what was acknowledged.
async fn child_writes(target: &str) {
    let db = Store::open(&target.parse().unwrap(), Options::default()).await.unwrap();
    let round = std::env::var("PARVIS_STORE_ROUND").unwrap();
    println!("\nready {}", std::process::id());
    let mut tasks = Vec::new();
    for task in 0..16 {
        let (db, round) = (db.clone(), round.clone());
        tasks.push(tokio::spawn(async move {
            for n in 0.. {
                let (token, fail) = (format!("{round}-{task}-{n}"), n % 10 == 3);
                match write_pair(&db, token.clone(), fail).await {
                    Ok(()) => println!("ack {token}"),
                    Err(e) if e.is_unavailable() => {
                        println!("unavailable {token}");
                        tokio::time::sleep(Duration::from_millis(5)).await;
                    }
                    Err(_) => println!("undone {token}"),
                }
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
}

fn start_child(job: &str, target: &str, round: u32, before: &[&str]) -> Child {
    let exe = std::env::current_exe().unwrap();
    let mut words: Vec<String> = before.iter().map(|s| (*s).to_owned()).collect();
    words.push(exe.to_string_lossy().into_owned());
    words.extend(["child", "--exact", "--nocapture", "--test-threads=1"].map(String::from));
    Command::new(&words[0])
        .args(&words[1..])
        .env("PARVIS_STORE_CHILD", job)
        .env("PARVIS_STORE_TARGET", target)
        .env("PARVIS_STORE_ROUND", round.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Lets the child work for `time` after its first acknowledged write, kills it without warning, answers what it
/// had said. Counting from the first write, and not from the start, a busy machine tests the same thing.
fn kill_after(mut child: Child, time: Duration) -> String {
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    let pid = loop {
        line.clear();
        if out.read_line(&mut line).unwrap() == 0 {
            child.wait().unwrap();
            return String::new(); // it could not even start
        }
        if let Some(pid) = line.trim_end().strip_prefix("ready ") {
            break pid.to_owned();
        }
    };
    let mut said = String::new();
    while !said.contains("ack ") {
        if out.read_line(&mut said).unwrap() == 0 {
            break;
        }
    }
    let reader = std::thread::spawn(move || {
        out.read_to_string(&mut said).unwrap();
        // the last line may be cut
        said.truncate(said.rfind('\n').map_or(0, |i| i + 1));
        said
    });
    std::thread::sleep(time);
    // Not `child.kill()`: with a tracer in between, that would only kill the tracer.
    assert!(Command::new("kill").args(["-9", &pid]).status().unwrap().success());
    child.wait().unwrap();
    reader.join().unwrap()
}

#[test]
fn kill_loses_nothing_acknowledged_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().to_str().unwrap();
    let place: Target = target.parse().unwrap();
    let mut said = String::new();
    for round in 0..5 {
        runtime().block_on(async {
            let db = Store::open(&place, Options::default()).await.unwrap();
            db.migrate(&[T], None).await.unwrap();
            db.close().await;
        });
        let child = start_child("write", target, round, &[]);
        said += &kill_after(child, Duration::from_millis(40 + 170 * u64::from(round)));
        let acked = runtime().block_on(async {
            let db = Store::open(&place, Options::default()).await.unwrap();
            let acked = judge(&db, &said).await;
            db.close().await;
            acked
        });
        assert!(acked > 0);
    }
}

#[test]
fn kill_loses_nothing_acknowledged_postgres() {
    let Some(server) = testing::server() else {
        parvis_core::testing::skip("needs PostgreSQL (PARVIS_TEST_PG)");
        return;
    };
    runtime().block_on(async {
        let schema = testing::Schema::create(&server, Options::default()).await;
        schema.store.migrate(&[T], None).await.unwrap();
        let mut said = String::new();
        for round in 0..3 {
            let child = start_child("write", &schema.url, round, &[]);
            let time = Duration::from_millis(100 + 200 * u64::from(round));
            said += &tokio::task::spawn_blocking(move || kill_after(child, time)).await.unwrap();
            // commits that were on their way may still land
            tokio::time::sleep(Duration::from_millis(300)).await;
            assert!(judge(&schema.store, &said).await > 0);
        }
        schema.drop().await;
    });
}

// ---- disk errors

#[test]
fn a_failed_fsync_is_not_acknowledged() {
    if Command::new("strace").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
        parvis_core::testing::skip("needs strace");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().to_str().unwrap();
    let place: Target = target.parse().unwrap();
    runtime().block_on(async {
        let db = Store::open(&place, Options::default()).await.unwrap();
        db.migrate(&[T], None).await.unwrap();
        db.close().await;
    });
    let inject = "inject=fdatasync,fsync:error=EIO:when=10..14";
    let before = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync", "-e", inject];
    let said = kill_after(start_child("write", target, 0, &before), Duration::from_millis(2500));
    let failed = said.find("unavailable ");
    if said.is_empty() {
        parvis_core::testing::skip("strace may not trace here");
        return;
    }
    let failed = failed.expect("some commits failed");
    assert!(said[failed..].contains("ack "), "the writer recovers by itself");
    runtime().block_on(async {
        let db = Store::open(&place, Options::default()).await.unwrap();
        judge(&db, &said).await;
        db.close().await;
    });
}

#[test]
fn a_full_disk_refuses_writes_and_recovers() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().to_str().unwrap().to_owned();
    // A small file system of its own, seen by the child alone.
    let mount = format!("mount -t tmpfs -o size=6m none {target} && exec \"$0\" \"$@\"");
    let possible = Command::new("unshare")
        .args(["-m", "sh", "-c", &mount, "true"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !possible.is_ok_and(|s| s.success()) {
        parvis_core::testing::skip("needs to mount a small file system (unshare, as root)");
        return;
    }
    let mut child = start_child("fill", &target, 0, &["unshare", "-m", "sh", "-c", &mount]);
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(child.wait().unwrap().success() && said.contains("recovered"), "{said}");
}

async fn child_fills(folder: &Path) {
    let ballast = folder.join("ballast");
    let db = Store::open(&Target::Sqlite(folder.join("parvis.sqlite")), Options::default()).await.unwrap();
    db.migrate(&[T], None).await.unwrap();
    std::fs::write(&ballast, vec![1u8; 3 << 20]).unwrap();
    let (mut acked, mut refused) = (0i64, 0);
    for n in 0..100_000 {
        match write_pair(&db, format!("{n}-{}", "x".repeat(20_000)), false).await {
            Ok(()) => acked += 1,
            Err(e) => {
                assert!(e.is_unavailable(), "{e:?}");
                refused += 1;
                let seen = tokens(&db, "entry").await.len();
                assert_eq!(i64::try_from(seen).unwrap(), acked, "reads stay up");
            }
        }
        if refused == 5 {
            break;
        }
    }
    assert_eq!(refused, 5);
    std::fs::remove_file(&ballast).unwrap();
    for n in 0..20 {
        write_pair(&db, format!("again-{n}"), false).await.unwrap();
        acked += 1;
    }
    assert_eq!(i64::try_from(tokens(&db, "twin").await.len()).unwrap(), acked);
    assert!(db.check().await.unwrap().iter().all(|f| f.ok));
    println!("recovered");
}

// ---- two processes, small pools

#[test]
fn another_process_may_hold_the_lock_for_a_while() {
    let folder = tempfile::tempdir().unwrap();
    let place: Target = folder.path().to_str().unwrap().parse().unwrap();
    runtime().block_on(async {
        let (serving, importing) = (
            Store::open(&place, Options::default()).await.unwrap(),
            Store::open(&place, Options::default()).await.unwrap(),
        );
        serving.migrate(&[T], None).await.unwrap();
        let before = serving.version_token().await.unwrap();
        let import = tokio::spawn(async move {
            let done: Result<(), Error> = importing
                .write_within(Duration::from_secs(20), |tx| {
                    boxed(async move {
                        tx.exec("insert into entry (token) values ('imported')", &p![]).await?;
                        std::thread::sleep(Duration::from_millis(6500)); // longer than SQLite itself waits
                        Ok(())
                    })
                })
                .await;
            done.unwrap();
        });
        tokio::time::sleep(Duration::from_millis(300)).await;
        let start = Instant::now();
        assert_eq!(tokens(&serving, "entry").await.len(), 0);
        assert!(start.elapsed() < Duration::from_secs(1), "reads do not wait");
        write_pair(&serving, "patient".into(), false).await.unwrap();
        import.await.unwrap();
        assert_eq!(tokens(&serving, "entry").await.len(), 2);
        assert_ne!(before, serving.version_token().await.unwrap());
    });
}

#[test]
fn two_connections_serve_sixty_four_writers() {
    let Some(server) = testing::server() else {
        parvis_core::testing::skip("needs PostgreSQL (PARVIS_TEST_PG)");
        return;
    };
    runtime().block_on(async {
        let schema = testing::Schema::create(&server, Options { pg_pool: 2, ..Options::default() }).await;
        schema.store.migrate(&[T], None).await.unwrap();
        let start = Instant::now();
        let mut tasks = Vec::new();
        for n in 0..64 {
            let db = schema.store.clone();
            tasks.push(tokio::spawn(async move {
                write_pair(&db, format!("{n}"), false).await.unwrap();
                tokens(&db, "entry").await;
                db.version_token().await.unwrap();
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(tokens(&schema.store, "twin").await.len(), 64);
        assert!(start.elapsed() < Duration::from_secs(15));
        schema.drop().await;
    });
}
