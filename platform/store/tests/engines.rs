//! The promises of the store, on both engines.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use parvis_store::{Error, Migrations, Row, Store, Val, boxed, db_test, p};

const T: Migrations = Migrations {
    set: "t",
    steps: &[(
        "001",
        "create table person (id {pk}, name text not null unique, adult boolean not null default false,
             weight double precision, photo {blob});
         create table pet (id {pk}, owner bigint not null references person(id), name text not null,
             unique (owner, name));
         create unique index pet_lower on pet (owner, lower(name));",
    )],
};

async fn add(db: &Store, name: &str) -> Result<i64, Error> {
    let name = name.to_owned();
    db.write(move |tx| {
        boxed(async move { tx.insert("insert into person (name) values ($1) returning id", &p![name]).await })
    })
    .await
}

async fn count(db: &Store) -> i64 {
    db.read(|tx| boxed(async move { tx.value("select count(*) from person", &p![]).await }))
        .await
        .unwrap_or_else(|e: Error| panic!("{e}"))
}

#[db_test(migrations = [T])]
async fn values_come_back(db: Store) {
    let (row, sum): (Row, i64) = db
        .write(|tx| {
            boxed(async move {
                let sql =
                    "insert into person (name, adult, weight, photo) values ($2, $1, $3, $4) returning id";
                let id = tx.insert(sql, &p![true, "Zoé\0", 1.5, vec![0u8, 255]]).await?;
                tx.insert(sql, &p![false, "Bo", None::<f64>, None::<Vec<u8>>]).await?;
                // a parameter used twice
                let row = tx.one("select * from person where id = $1 or id = $1", &p![id]).await?;
                let sum = tx.value("select sum(id) from person", &p![]).await?;
                Ok::<_, Error>((row, sum))
            })
        })
        .await
        .unwrap();
    assert_eq!(row.get::<String>("name").unwrap(), "Zoé\u{fffd}");
    assert!(row.get::<bool>("adult").unwrap());
    assert_eq!(row.get::<Option<f64>>("weight").unwrap(), Some(1.5));
    assert_eq!(row.get::<Vec<u8>>("photo").unwrap(), [0, 255]);
    assert_eq!(sum, 3);
    assert!(row.get::<i64>("nothing").is_err());
    assert!(row.get::<i64>("name").is_err());
    let missing =
        db.read(|tx| boxed(async move { tx.one("select 1 from person where id = 99", &p![]).await }));
    assert!(matches!(missing.await, Err::<Row, Error>(Error::NotFound)));
}

#[db_test(migrations = [T])]
async fn refusals_have_the_same_names(db: Store) {
    let id = add(&db, "Ana").await.unwrap();
    let e = add(&db, "Ana").await.unwrap_err();
    assert!(matches!(&e, Error::Unique { constraint } if constraint == "person.name"), "{e:?}");
    assert!(e.violates("person") && !e.violates("pet") && e.violates_on("person", &["name"]));
    let pet = |owner: i64, name: &'static str| {
        db.write(move |tx| {
            boxed(async move {
                tx.insert("insert into pet (owner, name) values ($1, $2) returning id", &p![owner, name])
                    .await
            })
        })
    };
    pet(id, "rex").await.unwrap();
    let e: Error = pet(id, "rex").await.unwrap_err();
    assert!(
        matches!(&e, Error::Unique { constraint } if constraint == "pet.owner,pet.name" || constraint == "pet.pet_lower"),
        "{e:?}"
    );
    let e: Error = pet(id, "REX").await.unwrap_err();
    assert!(matches!(&e, Error::Unique { constraint } if constraint == "pet.pet_lower"), "{e:?}");
    assert!(e.violates("pet"));
    let e: Error = pet(99, "x").await.unwrap_err();
    assert!(matches!(e, Error::ForeignKey { .. }), "{e:?}");
}

#[db_test(migrations = [T])]
async fn a_failed_closure_leaves_nothing(db: Store) {
    let called = Arc::new(AtomicU32::new(0));
    for (fail, name) in [(false, "kept"), (true, "undone")] {
        let called = called.clone();
        let r: Result<(), Error> = db
            .write(move |tx| {
                boxed(async move {
                    tx.exec("insert into person (name) values ($1)", &p![name]).await?;
                    tx.after_commit(move || {
                        called.fetch_add(1, Ordering::SeqCst);
                    });
                    if fail { Err(Error::other("no")) } else { Ok(()) }
                })
            })
            .await;
        assert_eq!(r.is_err(), fail);
    }
    assert_eq!((count(&db).await, called.load(Ordering::SeqCst)), (1, 1));
}

#[db_test(migrations = [T])]
async fn a_swallowed_error_is_not_a_success(db: Store) {
    add(&db, "Ana").await.unwrap();
    let r: Result<(), Error> = db
        .write(|tx| {
            boxed(async move {
                tx.exec("insert into person (name) values ('Bo')", &p![]).await?;
                let _ = tx.exec("insert into person (name) values ('Ana')", &p![]).await;
                Ok(())
            })
        })
        .await;
    assert!(r.is_err());
    assert_eq!(count(&db).await, 1);
}

#[db_test(migrations = [T])]
async fn an_attempt_can_fail_alone(db: Store) {
    add(&db, "Ana").await.unwrap();
    let r: Result<bool, Error> = db
        .write(|tx| {
            boxed(async move {
                tx.exec("insert into person (name) values ('Bo')", &p![]).await?;
                let tried: Result<i64, Error> = tx
                    .attempt(|tx| {
                        boxed(async move {
                            tx.exec("insert into person (name) values ('Cy')", &p![]).await?;
                            tx.insert("insert into person (name) values ('Ana') returning id", &p![]).await
                        })
                    })
                    .await;
                tx.exec("insert into person (name) values ('Di')", &p![]).await?;
                Ok(tried.is_err_and(|e| e.violates("person")))
            })
        })
        .await;
    assert!(r.unwrap());
    assert_eq!(count(&db).await, 3);
}

#[db_test(migrations = [T])]
async fn a_panic_harms_nobody_else(db: Store) {
    let others: Vec<_> = (0..20)
        .map(|i| {
            tokio::spawn({
                let db = db.clone();
                async move { add(&db, &format!("n{i}")).await }
            })
        })
        .collect();
    let r: Result<(), Error> = db
        .write(|tx| {
            boxed(async move {
                tx.exec("insert into person (name) values ('lost')", &p![]).await?;
                if count_of(1) == 1 {
                    panic!("on purpose")
                }
                Ok(())
            })
        })
        .await;
    assert!(r.unwrap_err().to_string().contains("on purpose"));
    let r: Result<(), Error> = db.read(|_| panic!("before the future")).await;
    assert!(r.is_err());
    for other in others {
        other.await.unwrap().unwrap();
    }
    assert_eq!(count(&db).await, 20);
}

fn count_of(n: u32) -> u32 {
    n
}

#[db_test(migrations = [T])]
async fn time_is_limited(db: Store) {
    let start = Instant::now();
    let r: Result<(), Error> = db
        .write_within(Duration::from_millis(300), |tx| {
            boxed(async move {
                tx.exec("insert into person (name) values ('lost')", &p![]).await?;
                let endless =
                    "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000000000)
                    select count(*) from n";
                tx.query(endless, &p![]).await?;
                Ok(())
            })
        })
        .await;
    assert!(matches!(r, Err(Error::Timeout)), "{r:?}");
    assert!(start.elapsed() < Duration::from_secs(5));
    add(&db, "next").await.unwrap();
    assert_eq!(count(&db).await, 1);
}

#[db_test(migrations = [T])]
async fn an_endless_write_is_stopped_and_the_next_ones_work(db: Store) {
    let mut others = Vec::new();
    for i in 0..50 {
        let db = db.clone();
        others.push(tokio::spawn(async move { add(&db, &format!("n{i}")).await }));
    }
    let r: Result<u64, Error> = db
        .write_within(Duration::from_millis(300), |tx| {
            boxed(async move {
                let endless = "insert into person (name)
                    with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000000000)
                    select 'e' || i from n";
                tx.exec(endless, &p![]).await
            })
        })
        .await;
    assert!(matches!(r, Err(Error::Timeout)), "{r:?}");
    let mut acked = 0;
    for other in others {
        match other.await.unwrap() {
            Ok(_) => acked += 1,
            // those who shared the transaction are told so
            Err(e) => assert!(e.is_unavailable(), "{e:?}"),
        }
    }
    add(&db, "next").await.unwrap();
    assert_eq!(count(&db).await, acked + 1);
}

#[cfg(unix)]
#[db_test(migrations = [T])]
async fn files_are_private(db: Store) {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("backup.zip");
    db.backup(&backup).await.unwrap();
    for file in [Some(backup.as_path()), db.file()].into_iter().flatten() {
        assert_eq!(
            std::fs::metadata(file).unwrap().permissions().mode() & 0o777,
            0o600,
            "{}",
            file.display()
        );
    }
}

#[db_test(migrations = [T])]
async fn a_store_call_inside_another_is_refused(db: Store) {
    let inner = db.clone();
    let r: Result<i64, Error> = db.write(move |_| boxed(async move { add(&inner, "x").await })).await;
    assert!(r.unwrap_err().to_string().contains("inside"));
    let inner = db.clone();
    let r: Result<i64, Error> = db.read(move |_| boxed(async move { add(&inner, "x").await })).await;
    assert!(r.is_err());
}

#[db_test(migrations = [T])]
async fn reads_cannot_write(db: Store) {
    let r: Result<u64, Error> = db
        .read(|tx| boxed(async move { tx.exec("insert into person (name) values ('x')", &p![]).await }))
        .await;
    assert!(r.is_err());
    assert_eq!(count(&db).await, 0);
}

#[db_test(migrations = [T])]
async fn a_read_sees_one_snapshot(db: Store) {
    let (started, wait) = std::sync::mpsc::channel::<()>();
    let (go, written) = std::sync::mpsc::channel::<()>();
    let reader = tokio::spawn({
        let db = db.clone();
        async move {
            db.read(move |tx| {
                boxed(async move {
                    let before: i64 = tx.value("select count(*) from person", &p![]).await?;
                    started.send(()).unwrap();
                    tokio::task::yield_now().await;
                    written.recv_timeout(Duration::from_secs(20)).unwrap();
                    let after: i64 = tx.value("select count(*) from person", &p![]).await?;
                    Ok::<_, Error>((before, after))
                })
            })
            .await
        }
    });
    tokio::task::spawn_blocking(move || wait.recv().unwrap()).await.unwrap();
    add(&db, "meanwhile").await.unwrap(); // and a write does not wait for a read
    go.send(()).unwrap();
    assert_eq!(reader.await.unwrap().unwrap(), (0, 0));
    assert_eq!(count(&db).await, 1);
}

#[db_test(migrations = [T])]
async fn a_write_ends_though_its_caller_left(db: Store) {
    for i in 0..20 {
        let db = db.clone();
        let task = tokio::spawn(async move { add(&db, &format!("n{i}")).await });
        tokio::task::yield_now().await;
        tokio::time::sleep(Duration::from_micros(50 * i)).await;
        task.abort();
    }
    // Whatever was done, the store works and holds whole rows only.
    add(&db, "last").await.unwrap();
    assert!(count(&db).await >= 1);
}

#[db_test(migrations = [T])]
async fn the_token_tells_commits(db: Store) {
    let one = db.version_token().await.unwrap();
    count(&db).await;
    // On PostgreSQL a transaction anywhere in the server (another test, autovacuum) may change it for nothing.
    if db.file().is_some() {
        assert_eq!(one, db.version_token().await.unwrap());
    }
    add(&db, "Ana").await.unwrap();
    let two = db.version_token().await.unwrap();
    assert_ne!(one, two);
    add(&db, "Ana").await.unwrap_err();
    let r: Result<(), Error> = db.write(|_| boxed(async { Err(Error::other("no")) })).await;
    assert!(r.is_err());
    if db.file().is_some() {
        assert_eq!(two, db.version_token().await.unwrap());
    }
}

#[db_test(migrations = [T])]
async fn one_person_one_row(db: Store) {
    let mut tasks = Vec::new();
    for _ in 0..64 {
        let db = db.clone();
        tasks.push(tokio::spawn(async move { add(&db, "same").await }));
    }
    let mut done = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(_) => done += 1,
            Err(e) => assert!(e.violates("person"), "{e:?}"),
        }
    }
    assert_eq!((done, count(&db).await), (1, 1));
}

#[db_test(migrations = [T])]
async fn rows_are_streamed(db: Store) {
    let n = db
        .write(|tx| {
            boxed(async move {
                for i in 0..500 {
                    tx.exec("insert into person (name) values ($1)", &p![format!("n{i}")]).await?;
                }
                let mut seen = 0;
                let stop = tx
                    .each("select id, name from person order by id", &p![], |row| {
                        seen += 1;
                        assert!(matches!(row.values()[0], Val::I64(_)));
                        if seen == 100 { Err(Error::other("enough")) } else { Ok(()) }
                    })
                    .await;
                assert!(stop.is_err());
                // what the callback said is not a failure of the transaction
                tx.each("select id from person", &p![], |_| Ok(())).await
            })
        })
        .await
        .unwrap_or_else(|e: Error| panic!("{e}"));
    assert_eq!(n, 500);
}

#[db_test(migrations = [T])]
async fn the_doctor_finds_nothing_wrong(db: Store) {
    for finding in db.check().await.unwrap() {
        assert!(finding.ok, "{finding:?}");
    }
}
