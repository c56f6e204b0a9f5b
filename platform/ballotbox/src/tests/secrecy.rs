//! No table, and nothing that the engine keeps beside it, joins a person to a ballot.

use std::collections::{BTreeMap, BTreeSet};

use parvis_store::{Row, Store, Val, boxed, db_test, p};
use serde_json::json;

use super::{Scene, list};
use crate::code::Secret;
use crate::mix;
use parvis_testkit::NOON;

/// Every row of every table, with what the engine keeps of it where it shows it.
async fn everything(db: &Store) -> BTreeMap<String, Vec<Row>> {
    db.read(|tx| {
        boxed(async move {
            let names = tx.variant(
                "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'
                   and name not like 'search_fts%'",
                "select tablename as name from pg_tables where schemaname = current_schema() and tablename <> 'search_doc'",
            );
            let mut all = BTreeMap::new();
            for row in tx.query(names, &p![]).await? {
                let name: String = row.at(0)?;
                let sql = format!("select rowid as hidden_row, * from {name}");
                let pg = format!("select xmin::text as hidden_tx, ctid::text as hidden_place, * from {name}");
                let sql = tx.variant(&sql, &pg);
                let rows = tx.query(sql, &p![]).await?;
                all.insert(name, rows);
            }
            Ok::<_, parvis_store::Error>(all)
        })
    })
    .await
    .unwrap()
}

/// The values of a row that could name it elsewhere: everything but what many rows share by nature.
fn marks(row: &Row, aside: &[&str]) -> BTreeSet<String> {
    row.columns()
        .iter()
        .zip(row.values())
        .filter(|(c, _)| !aside.contains(&c.as_str()))
        .filter_map(|(_, v)| match v {
            Val::I64(n) => Some(n.to_string()),
            Val::Text(t) if !t.is_empty() => Some(t.clone()),
            _ => None,
        })
        .collect()
}

#[db_test]
async fn nothing_joins_a_signature_to_a_ballot(db: Store) {
    let s = Scene::new(db.clone(), list()).await;
    let mut people = vec![];
    for n in 0..24 {
        people.push(s.voter(&format!("Personne {n}")).await);
    }
    // They vote in the order of their lines: signatures in the order of the votes would have rising numbers.
    for (n, who) in (0..).zip(&people) {
        s.cast_at(NOON + n * 1000, who, json!([n]), &Secret::random()).await.unwrap();
    }
    mix::all(&db).await.unwrap();
    let all = everything(&db).await;
    let ballots = &all["ballotbox_ballot"];
    let signatures = &all["ballotbox_signature"];
    assert_eq!((ballots.len(), signatures.len()), (24, 24));

    // Columns: a ballot has no time and nothing of a person; a signature has no time and nothing of a ballot.
    let columns = |rows: &[Row]| -> BTreeSet<String> {
        rows[0].columns().iter().filter(|c| !c.starts_with("hidden_")).cloned().collect()
    };
    let set = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(columns(ballots), set(&["id", "activity_id", "tracker", "ballot"]));
    assert_eq!(columns(signatures), set(&["id", "activity_id", "voter", "channel"]));

    // Values: no value of a ballot (its own content aside) stands in a row of any other table, the journal included.
    for ballot in ballots {
        let id: i64 = ballot.get("id").unwrap();
        let tracker: String = ballot.get("tracker").unwrap();
        for (name, rows) in all.iter().filter(|(n, _)| *n != "ballotbox_ballot") {
            for row in rows {
                for mark in marks(row, &["activity_id"]) {
                    assert!(mark != id.to_string(), "{name} holds the id of a ballot");
                    assert!(!mark.contains(&tracker), "{name} holds the name of a ballot");
                }
            }
        }
    }

    // What the engine keeps: no transaction that is one signature's and one ballot's, here or by way of any table.
    if ballots[0].columns().iter().any(|c| c == "hidden_tx") {
        let of =
            |rows: &[Row]| -> BTreeSet<String> { rows.iter().map(|r| r.get("hidden_tx").unwrap()).collect() };
        assert_eq!(of(ballots).len(), 1, "the ballots were written together");
        assert_eq!(of(signatures).len(), 1, "the signatures were written together");
        for (name, rows) in all.iter().filter(|(n, _)| !n.starts_with("ballotbox_")) {
            let here = of(rows);
            assert!(here.is_disjoint(&of(ballots)), "{name} was written with the ballots");
            assert!(here.is_disjoint(&of(signatures)), "{name} was written with the signatures");
        }
    }

    // Order: as they stand on the disk (by row on SQLite, by place on PostgreSQL), neither signatures nor ballots
    // come in the order of the votes. Of 23 neighbours about half rise by chance; 20 or more, once in 50,000 runs.
    let voted: Vec<i64> = signatures
        .iter()
        .map(|r| r.get::<String>("voter").unwrap().trim_start_matches("v:").parse().unwrap())
        .collect();
    let said: Vec<i64> = ballots
        .iter()
        .map(|b| serde_json::from_str::<Vec<i64>>(&b.get::<String>("ballot").unwrap()).unwrap()[0])
        .collect();
    assert!(rising(&voted) < 20, "the signatures stand in the order of the votes: {voted:?}");
    assert!(rising(&said) < 20, "the ballots stand in the order of the votes: {said:?}");

    // The journal: the day only, nobody beside the leaf, and what it commits to opens with the receipt alone.
    for leaf in all["journal_entry"].iter().filter(|l| l.get::<String>("kind").unwrap() == "ballot-cast") {
        assert_eq!(leaf.get::<Option<i64>>("participant_id").unwrap(), None);
        let at: i64 = leaf.get("at").unwrap();
        assert_eq!(at % parvis_civic::process::DAY, 0);
    }
    assert!(all["idempotency"].is_empty() && all["job"].is_empty() && all["audit"].is_empty());
}

/// How many neighbours rise: half of them by chance, all of them in order.
fn rising(order: &[i64]) -> usize {
    order.windows(2).filter(|w| w[0] < w[1]).count()
}
