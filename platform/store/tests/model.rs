//! The same random operations give the same rows on SQLite, on PostgreSQL and in a plain Rust model.
#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use std::collections::BTreeMap;

use parvis_store::{Error, Migrations, Options, Store, Tx, boxed, p, testing};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

const T: Migrations = Migrations {
    set: "t",
    steps: &[(
        "001",
        "create table thing (id {pk}, key text not null unique, n bigint not null, x double precision,
             flag boolean not null, data {blob});
         create table child (id {pk}, thing text not null references thing(key), n bigint not null);",
    )],
};

/// What a row holds beside its key.
#[derive(Debug, Clone, PartialEq)]
struct Thing {
    n: i64,
    x: Option<f64>,
    flag: bool,
    data: Option<Vec<u8>>,
}

#[derive(Debug, Clone)]
enum Op {
    Insert(String, Thing),
    Upsert(String, Thing),
    Add(String, i64),
    Delete(String),
    Child(String, i64),
}

/// What a transaction answered: rows changed, or why it was refused.
#[derive(Debug, Clone, PartialEq)]
enum Answer {
    Changed(u64),
    Unique(String),
    ForeignKey,
    OnPurpose,
}

#[derive(Debug, Default, Clone, PartialEq)]
struct Model {
    things: BTreeMap<String, Thing>,
    children: Vec<(String, i64)>,
}

impl Model {
    fn apply(&mut self, op: &Op) -> Answer {
        match op {
            Op::Insert(key, _) if self.things.contains_key(key) => Answer::Unique("thing.key".into()),
            Op::Insert(key, thing) | Op::Upsert(key, thing) => {
                self.things.insert(key.clone(), thing.clone());
                Answer::Changed(1)
            }
            Op::Add(key, n) => Answer::Changed(self.things.get_mut(key).map_or(0, |t| {
                t.n += n;
                1
            })),
            Op::Delete(key) if self.children.iter().any(|(k, _)| k == key) => Answer::ForeignKey,
            Op::Delete(key) => Answer::Changed(self.things.remove(key).map_or(0, |_| 1)),
            Op::Child(key, _) if !self.things.contains_key(key) => Answer::ForeignKey,
            Op::Child(key, n) => {
                self.children.push((key.clone(), *n));
                Answer::Changed(1)
            }
        }
    }

    /// A transaction: all of it or nothing.
    fn transaction(&mut self, ops: &[Op], fail: bool) -> Answer {
        let before = self.clone();
        let mut changed = 0;
        for op in ops {
            match self.apply(op) {
                Answer::Changed(n) => changed += n,
                refused => {
                    *self = before;
                    return refused;
                }
            }
        }
        if fail {
            *self = before;
            return Answer::OnPurpose;
        }
        Answer::Changed(changed)
    }
}

async fn apply(tx: &mut Tx<'_>, op: &Op) -> Result<u64, Error> {
    match op {
        Op::Insert(key, t) => {
            let sql = "insert into thing (key, n, x, flag, data) values ($1, $2, $3, $4, $5)";
            tx.exec(sql, &p![key, t.n, t.x, t.flag, t.data.clone()]).await
        }
        Op::Upsert(key, t) => {
            let sql = "insert into thing (data, flag, x, n, key) values ($5, $4, $3, $2, $1)
                on conflict (key) do update set n = excluded.n, x = excluded.x, flag = excluded.flag,
                data = excluded.data";
            tx.exec(sql, &p![key, t.n, t.x, t.flag, t.data.clone()]).await
        }
        Op::Add(key, n) => tx.exec("update thing set n = n + $2 where key = $1", &p![key, *n]).await,
        Op::Delete(key) => tx.exec("delete from thing where key = $1", &p![key]).await,
        Op::Child(key, n) => tx.exec("insert into child (thing, n) values ($1, $2)", &p![key, *n]).await,
    }
}

async fn transaction(db: &Store, ops: Vec<Op>, fail: bool) -> Answer {
    let done: Result<u64, Error> = db
        .write(move |tx| {
            boxed(async move {
                let mut changed = 0;
                for op in &ops {
                    changed += apply(tx, op).await?;
                }
                if fail { Err(Error::other("on purpose")) } else { Ok(changed) }
            })
        })
        .await;
    match done {
        Ok(n) => Answer::Changed(n),
        Err(Error::Unique { constraint }) => Answer::Unique(constraint),
        Err(Error::ForeignKey { .. }) => Answer::ForeignKey,
        Err(e) if e.to_string() == "on purpose" => Answer::OnPurpose,
        Err(e) => panic!("{e:?}"),
    }
}

async fn contents(db: &Store) -> Model {
    let read: Result<Model, Error> = db
        .read(|tx| {
            boxed(async move {
                let mut model = Model::default();
                for r in tx.query("select * from thing", &p![]).await? {
                    let thing =
                        Thing { n: r.get("n")?, x: r.get("x")?, flag: r.get("flag")?, data: r.get("data")? };
                    model.things.insert(r.get("key")?, thing);
                }
                for r in tx.query("select thing, n from child order by id", &p![]).await? {
                    model.children.push((r.at(0)?, r.at(1)?));
                }
                // sums, and a page by keyset, agree with the rows
                let row = tx.one("select count(*), sum(n), max(key) from thing where flag", &p![]).await?;
                let flagged: Vec<&Thing> = model.things.values().filter(|t| t.flag).collect();
                assert_eq!(row.at::<i64>(0)?, i64::try_from(flagged.len()).unwrap());
                let sum = (!flagged.is_empty()).then(|| flagged.iter().map(|t| t.n).sum::<i64>());
                assert_eq!(row.at::<Option<i64>>(1)?, sum);
                let page = "select key from thing where (n, key) > ($1, $2) order by n, key limit 1";
                let next: Option<String> = tx.opt(page, &p![0i64, ""]).await?.map(|r| r.at(0)).transpose()?;
                let mut sorted: Vec<_> = model.things.iter().map(|(k, t)| (t.n, k.clone())).collect();
                sorted.sort();
                assert_eq!(
                    next,
                    sorted.into_iter().find(|(n, k)| (*n, k.as_str()) > (0, "")).map(|(_, k)| k)
                );
                Ok(model)
            })
        })
        .await;
    read.unwrap()
}

fn thing() -> impl Strategy<Value = Thing> {
    let data = prop::option::of(prop::collection::vec(any::<u8>(), 0..4));
    // sums must stay within i64
    let n = -1_000_000_000_000i64..1_000_000_000_000;
    (n, prop::option::of(prop::num::f64::NORMAL | prop::num::f64::ZERO), any::<bool>(), data)
        .prop_map(|(n, x, flag, data)| Thing { n, x, flag, data })
}

fn op() -> impl Strategy<Value = Op> {
    // few keys, so that operations meet
    let key = || {
        prop_oneof![Just("a"), Just("é"), Just("e\u{301}"), Just("A"), Just("'; --"), Just("🎉")]
            .prop_map(String::from)
    };
    prop_oneof![
        (key(), thing()).prop_map(|(k, t)| Op::Insert(k, t)),
        (key(), thing()).prop_map(|(k, t)| Op::Upsert(k, t)),
        (key(), -5i64..5).prop_map(|(k, n)| Op::Add(k, n)),
        key().prop_map(Op::Delete),
        (key(), any::<i64>()).prop_map(|(k, n)| Op::Child(k, n)),
    ]
}

#[test]
fn both_engines_agree_with_the_model() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let lite = runtime.block_on(Store::memory()).unwrap();
    let schema = match testing::server() {
        Some(server) => Some(runtime.block_on(testing::Schema::create(&server, Options::default()))),
        None => {
            parvis_core::testing::skip("the PostgreSQL half needs PARVIS_TEST_PG");
            None
        }
    };
    let engines: Vec<Store> = std::iter::once(lite).chain(schema.as_ref().map(|s| s.store.clone())).collect();
    for db in &engines {
        runtime.block_on(db.migrate(&[T], None)).unwrap();
    }
    let transactions =
        prop::collection::vec((prop::collection::vec(op(), 1..5), prop::bool::weighted(0.15)), 1..25);
    let mut runner = TestRunner::new(Config { cases: 60, failure_persistence: None, ..Config::default() });
    let result = runner.run(&transactions, |transactions| {
        runtime.block_on(async {
            for db in &engines {
                let emptied: Result<(), Error> = db
                    .write(|tx| boxed(async move { tx.script("delete from child; delete from thing").await }))
                    .await;
                emptied.unwrap();
                let mut model = Model::default();
                for (ops, fail) in &transactions {
                    let expected = model.transaction(ops, *fail);
                    let got = transaction(db, ops.clone(), *fail).await;
                    prop_assert_eq!(got, expected, "{:?} on {:?}", ops, db.engine());
                }
                prop_assert_eq!(contents(db).await, model, "{:?}", db.engine());
            }
            Ok(())
        })
    });
    if let Some(schema) = schema {
        runtime.block_on(schema.drop());
    }
    result.unwrap();
}
