//! The bundle of a vote: counted again by the verifier, from the bundle alone.

use std::io::Cursor;
use std::sync::Arc;

use parvis_civic::Error;
use parvis_civic::export::verify;
use parvis_store::{Store, boxed, db_test};
use parvis_transparency::bundle::Report;
use parvis_web::export::{Options, Tools, write_bundle};

use super::{CLOSE, Town};

async fn check(town: &Town) -> Report {
    let options =
        Options { now: CLOSE + 1, origin: "parvis.test/journal".into(), url: "http://parvis.test".into() };
    let tools = Arc::new(Tools(vec![crate::component()]));
    let made = write_bundle(&town.site.store, tools, options, Cursor::new(vec![])).await.unwrap();
    verify::zip(&made.0.into_inner(), None, &[parvis_ballotbox::export::verify, crate::export::verify])
        .unwrap()
}

fn failed(report: &Report) -> Vec<&str> {
    report.checks.iter().filter(|c| !c.ok).map(|c| c.name.as_ref()).collect()
}

#[db_test]
async fn the_verifier_counts_again_and_refuses_what_was_changed(db: Store) {
    let town = Town::new(db).await;
    let options = town.open(&[("method", "majority-judgement")]).await;
    for (n, name) in ["Ana", "Béa", "Cyd"].into_iter().enumerate() {
        let who = town.site.participant(name).await;
        let grades = [n, 6 - n, 3].map(|g| g.to_string());
        let names: Vec<String> = options.iter().map(|id| format!("grade-{id}")).collect();
        let ballot: Vec<_> =
            names.iter().map(String::as_str).zip(grades.iter().map(String::as_str)).collect();
        town.vote(&who, &ballot).await;
    }
    assert_eq!(failed(&check(&town).await), Vec::<&str>::new(), "while it is open");
    town.publish().await;
    let report = check(&town).await;
    assert_eq!(failed(&report), Vec::<&str>::new(), "{report:?}");
    let recount = report.checks.iter().find(|c| c.name == "recount-of-votes").unwrap();
    assert_eq!(recount.detail, "1 published results, counted again from 3 ballots");
    for (sql, name) in [
        ("update ballotbox_ballot set ballot = replace(ballot, ':3', ':4')", "ballots"),
        ("update ballotbox_ballot set ballot = replace(ballot, ':4', ':3')", "none"),
        ("update vote_option set title = '{\"fr\":\"Place Autre\"}' where position = 1", "options-of-votes"),
    ] {
        town.site
            .write(move |tx| boxed(async move { tx.exec(sql, &[]).await.map_err(Error::from) }))
            .await
            .unwrap();
        let report = check(&town).await;
        assert!(name == "none" || failed(&report).contains(&name), "{sql}: {report:?}");
    }
}

#[db_test]
async fn results_that_the_ballots_do_not_give_are_refused(db: Store) {
    let town = Town::new(db).await;
    let options = town.open(&[]).await;
    let who = town.site.participant("Ana").await;
    town.vote(&who, &[("approve", &options[0].to_string())]).await;
    town.site.clock.set(CLOSE);
    town.editor.post(&format!("{}/report", super::ADMIN), &[]).await.assert_status(303);
    // Published by another hand, with the journal's blessing and another winner.
    let id = town.activity;
    town.site
        .write(move |tx| {
            boxed(async move {
                let activity = parvis_civic::process::activity(tx, id).await?.ok_or(Error::NotFound)?;
                let found = crate::results::compute(tx, &activity).await?;
                let mut value = serde_json::to_value(found).map_err(|e| Error::Internal(e.to_string()))?;
                value["outcome"]["winners"] = serde_json::json!([options[1].to_string()]);
                parvis_civic::process::publish_results(tx, CLOSE, id, &value).await
            })
        })
        .await
        .unwrap();
    assert_eq!(failed(&check(&town).await), ["recount-of-votes"]);
}

#[db_test]
async fn a_box_that_nobody_used_verifies_too(db: Store) {
    let town = Town::new(db).await;
    town.open(&[]).await;
    town.publish().await;
    let page = town.site.visitor().get(&format!("{}/results", super::BASE)).await;
    page.assert_says("Personne n’a voté");
    assert_eq!(failed(&check(&town).await), Vec::<&str>::new());
}
