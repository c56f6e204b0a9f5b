//! Backups move between engines; migrations are safe.
#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use parvis_store::{Error, Migrations, Options, Store, Target, Val, boxed, db_test, p, search, testing};

const STEPS: &[(&str, &str)] = &[
    (
        "001",
        "create table node (id {pk}, parent bigint references node(id), name text not null, open boolean not null,
             weight double precision, data {blob});
         create table edge (a bigint not null references node(id), b bigint not null references node(id),
             note text, primary key (a, b));",
    ),
    ("002", "create table later (id {pk}, node bigint not null references node(id));"),
];
const OLD: Migrations = Migrations { set: "t", steps: STEPS.split_at(1).0 };
const NEW: Migrations = Migrations { set: "t", steps: STEPS };

async fn fill(db: &Store) {
    let filled: Result<(), Error> = db
        .write(|tx| {
            boxed(async move {
                let sql = "insert into node (parent, name, open, weight, data) values ($1, $2, $3, $4, $5) returning id";
                let mut last = None;
                for i in 0..700i64 {
                    let weight = [0.1, -1e300, f64::INFINITY, 3.0][usize::try_from(i % 4).unwrap()];
                    let data: Option<Vec<u8>> = (i % 3 > 0).then(|| vec![0, 255, u8::try_from(i % 256).unwrap()]);
                    last = Some(tx.insert(sql, &p![last, format!("n{i} \"é\n\t🎉"), i % 2 == 0, weight, data]).await?);
                }
                // a row that points to a later one
                tx.exec("update node set parent = 700 where id = 1", &p![]).await?;
                tx.exec("insert into edge (a, b) values (1, 2), (2, 1)", &p![]).await?;
                let doc = search::Doc { kind: "node", ref_id: 1, scope: 0, title: "Écoles", text: "toits" };
                search::put(tx, &doc).await?;
                let id = tx.insert(sql, &p![None::<i64>, "gone", true, None::<f64>, None::<Vec<u8>>]).await?;
                tx.exec("delete from node where id = $1", &p![id]).await?;
                Ok(())
            })
        })
        .await;
    filled.unwrap();
}

/// All rows in the words of neither engine.
async fn dump(db: &Store) -> Vec<String> {
    let rows: Result<Vec<String>, Error> = db
        .read(|tx| {
            boxed(async move {
                let mut out = Vec::new();
                for row in tx.query("select * from node order by id", &p![]).await? {
                    let open: bool = row.get("open")?;
                    out.push(format!(
                        "{:?} {open}",
                        row.values()
                            .iter()
                            .enumerate()
                            .filter(|(i, _)| *i != 3)
                            .map(|(_, v)| v)
                            .collect::<Vec<&Val>>()
                    ));
                }
                for row in tx.query("select a, b, note from edge order by a, b", &p![]).await? {
                    out.push(format!("{row:?}"));
                }
                Ok(out)
            })
        })
        .await;
    rows.unwrap()
}

async fn check_restored(from: &Store, to: &Store) {
    assert_eq!(dump(from).await, dump(to).await);
    let found: search::Hits = to
        .read(|tx| boxed(async move { search::find(tx, "école", &search::Filter::default(), 9, 0).await }))
        .await
        .unwrap_or_else(|e: Error| panic!("{e}"));
    assert_eq!(found.total, 1);
    let next: Result<i64, Error> = to
        .write(|tx| {
            boxed(async move {
                let bad = tx.attempt(|tx| {
                    boxed(async move { tx.exec("insert into edge (a, b) values (1, 9999)", &p![]).await })
                });
                assert!(matches!(bad.await, Err(Error::ForeignKey { .. })), "constraints are back");
                tx.insert("insert into node (name, open) values ('next', true) returning id", &p![]).await
            })
        })
        .await;
    assert_eq!(next.unwrap(), 702, "an id is never given twice");
}

#[db_test(migrations = [NEW])]
async fn a_backup_comes_back(db: Store) {
    fill(&db).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.zip");
    db.backup(&file).await.unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);

    let lite = Store::memory().await.unwrap();
    let early = lite.restore(&file).await.unwrap_err();
    assert!(!early.is_unavailable());
    lite.migrate(&[NEW], None).await.unwrap();
    lite.restore(&file).await.unwrap();
    check_restored(&db, &lite).await;
    assert!(lite.restore(&file).await.unwrap_err().to_string().contains("not empty"));

    if let Some(server) = testing::server() {
        let schema = testing::Schema::create(&server, Options::default()).await;
        schema.store.migrate(&[NEW], None).await.unwrap();
        schema.store.restore(&file).await.unwrap();
        check_restored(&db, &schema.store).await;
        schema.drop().await;
    }

    // damaged: one byte of the compressed rows changes
    let mut bytes = std::fs::read(&file).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 0x55;
    let damaged = folder.path().join("damaged.zip");
    std::fs::write(&damaged, bytes).unwrap();
    let other = Store::memory().await.unwrap();
    other.migrate(&[NEW], None).await.unwrap();
    other.restore(&damaged).await.unwrap_err();
    assert!(dump(&other).await.is_empty());
}

#[db_test(migrations = [OLD])]
async fn a_backup_of_an_older_version_is_brought_up_to_date(db: Store) {
    fill(&db).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.zip");
    db.backup(&file).await.unwrap();
    let new = Store::memory().await.unwrap();
    assert_eq!(new.restore_and_migrate(&file, &[NEW]).await.unwrap(), ["t/002"]);
    check_restored(&db, &new).await;

    new.close().await;
    // and the other way round is refused
    let new = Store::memory().await.unwrap();
    new.migrate(&[NEW], None).await.unwrap();
    new.backup(&file).await.unwrap();
    let old = Store::memory().await.unwrap();
    let e = old.restore_and_migrate(&file, &[OLD]).await.unwrap_err();
    assert!(e.to_string().contains("newer version"), "{e}");
}

#[db_test(migrations = [OLD])]
async fn migrating_is_careful(db: Store) {
    fill(&db).await;
    let folder = tempfile::tempdir().unwrap();
    assert!(db.migrate(&[OLD], Some(folder.path())).await.unwrap().is_empty());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing to do: no backup");

    const BROKEN: Migrations = Migrations {
        set: "t",
        steps: &[STEPS[0], STEPS[1], ("003", "create table x (id {pk}); create tabel y (id {pk});")],
    };
    let e = db.migrate(&[BROKEN], None).await.unwrap_err();
    assert!(e.to_string().contains("t/003"), "{e}");
    assert_eq!(db.migrate(&[NEW], Some(folder.path())).await.unwrap(), ["t/002"], "all steps or none");
    let backup = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    assert!(backup.to_string_lossy().contains("before-t-002"));
    let copy = match backup.extension().unwrap().to_str().unwrap() {
        "sqlite" => {
            let copy = Store::open(&Target::Sqlite(backup), Options::default()).await.unwrap();
            copy.migrate(&[OLD], None).await.unwrap();
            copy
        }
        _ => {
            let copy = Store::memory().await.unwrap();
            copy.migrate(&[OLD], None).await.unwrap();
            copy.restore(&backup).await.unwrap();
            copy
        }
    };
    check_restored(&db, &copy).await;

    let e = db.migrate(&[OLD], None).await.unwrap_err();
    assert!(e.to_string().contains("newer version"), "{e}");
    const EDITED: Migrations = Migrations { set: "t", steps: &[("001", "select 1"), STEPS[1]] };
    let e = db.migrate(&[EDITED], None).await.unwrap_err();
    assert!(e.to_string().contains("not the one"), "{e}");
}
