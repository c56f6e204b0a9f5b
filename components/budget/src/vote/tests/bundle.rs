//! The bundle of a budget: counted again by the verifier, from the bundle alone.

use std::io::{Cursor, Read as _};
use std::sync::Arc;

use parvis_civic::Error;
use parvis_civic::export::verify;
use parvis_store::{Store, boxed, db_test};
use parvis_transparency::bundle::Report;
use parvis_web::export::{Options, Tools, write_bundle};

use super::{CLOSE, ONE, THREE, Town};

async fn bundle(town: &Town) -> Vec<u8> {
    let now = CLOSE + 1;
    let options = Options { now, origin: "parvis.test/journal".into(), url: "http://parvis.test".into() };
    let tools = Arc::new(Tools(vec![crate::component()]));
    write_bundle(&town.site.store, tools, options, Cursor::new(vec![])).await.unwrap().0.into_inner()
}

pub(super) async fn check(town: &Town) -> Report {
    let zip = bundle(town).await;
    let checks: &[verify::ToolCheck] =
        &[parvis_ballotbox::export::verify, crate::vote::export::verify, crate::export::verify];
    verify::zip(&zip, None, checks).unwrap()
}

pub(super) fn failed(report: &Report) -> Vec<&str> {
    report.checks.iter().filter(|c| !c.ok).map(|c| c.name.as_ref()).collect()
}

async fn tamper(town: &Town, sql: &'static str) {
    let done = town.site.write(move |tx| boxed(async move { tx.exec(sql, &[]).await.map_err(Error::from) }));
    assert!(done.await.unwrap() > 0, "{sql}");
}

#[db_test]
async fn the_verifier_counts_again_and_refuses_what_was_changed(db: Store) {
    let town = Town::open(db, THREE, &[("reach", "one")]).await;
    town.approve(&[&["1", "6"], &["4", "7"], &["1", "2", "7"]]).await;
    assert_eq!(failed(&check(&town).await), Vec::<&str>::new(), "while it is open");
    town.publish().await;
    let report = check(&town).await;
    assert_eq!(failed(&report), Vec::<&str>::new(), "{report:?}");
    let recount = report.checks.iter().find(|c| c.name == "recount-of-budgets").unwrap();
    assert_eq!(recount.detail, "1 published budgets, counted again from 3 ballots");
    // The Pabulib file of each envelope is in the bundle, without anything of the people who voted.
    let mut zip = zip::ZipArchive::new(Cursor::new(bundle(&town).await)).unwrap();
    for envelope in &town.envelopes {
        let mut text = String::new();
        let name = format!("results/activity-{}-envelope-{envelope}.pb", town.activity);
        zip.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        let reading =
            parvis_budgeting::pb::read(text.as_bytes(), parvis_budgeting::pb::Invalid::Refuse).unwrap();
        assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
        assert!(!text.contains("Votant"), "{text}");
    }
    // One changed byte of a ballot, whatever else is right.
    tamper(&town, "update ballotbox_ballot set ballot = replace(ballot, '\"7\"', '\"6\"')").await;
    let report = check(&town).await;
    let found = failed(&report);
    assert!(found.contains(&"ballots") && found.contains(&"recount-of-budgets"), "{report:?}");
}

#[db_test]
async fn what_people_read_of_a_project_is_what_was_sealed(db: Store) {
    let changes = [
        "update budget_project set cost = cost + 1 where code = '1'",
        "update budget_project set title = replace(title, 'e', 'a') where code = '2'",
        "update budget_district set amount = amount + 1",
    ];
    let town = Town::open(db, THREE, &[("reach", "one")]).await;
    town.approve(&[&["1", "6"], &["4", "7"]]).await;
    let report = check(&town).await;
    assert_eq!(failed(&report), Vec::<&str>::new(), "{report:?}");
    let check_of = report.checks.iter().find(|c| c.name == "projects-of-budgets").unwrap();
    assert_eq!(check_of.detail, "7 projects in 3 envelopes, as they were sealed");
    for (done, sql) in changes.into_iter().enumerate() {
        tamper(&town, sql).await;
        assert!(failed(&check(&town).await).contains(&"projects-of-budgets"), "{sql}");
        if done == 0 {
            tamper(&town, "update budget_project set cost = cost - 1 where code = '1'").await;
            assert_eq!(failed(&check(&town).await), Vec::<&str>::new());
        }
    }
}

#[db_test]
async fn results_that_the_ballots_do_not_give_are_refused(db: Store) {
    let town = Town::open(db, ONE, &[]).await;
    town.approve(&[&["1"], &["2"]]).await;
    town.site.clock.set(CLOSE);
    town.editor.post(&format!("{}/report", super::ADMIN), &[]).await.assert_status(303);
    // Published by another hand, with the journal's blessing and another winner.
    let id = town.activity;
    town.site
        .write(move |tx| {
            boxed(async move {
                let activity = parvis_civic::process::activity(tx, id).await?.ok_or(Error::NotFound)?;
                let found = crate::results::read(tx, &activity).await?;
                let found = crate::results::count(found).await?;
                let mut value = serde_json::to_value(found).map_err(|e| Error::Internal(e.to_string()))?;
                value["envelopes"][0]["outcome"]["selected"] = serde_json::json!(["4"]);
                parvis_civic::process::publish_results(tx, CLOSE, id, &value).await
            })
        })
        .await
        .unwrap();
    assert_eq!(failed(&check(&town).await), ["recount-of-budgets"]);
}

#[db_test]
async fn a_box_that_nobody_used_verifies_too(db: Store) {
    let town = Town::open(db, ONE, &[]).await;
    town.publish().await;
    assert_eq!(failed(&check(&town).await), Vec::<&str>::new());
}
