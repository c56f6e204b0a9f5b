//! The bundle of a consultation that ran its whole life through the pages.

use std::io::Cursor;
use std::sync::Arc;

use parvis_civic::contribution::Totals;
use parvis_civic::export::verify;
use parvis_civic::{Error, moderation, process};
use parvis_store::{Store, boxed, db_test};
use parvis_transparency::bundle::Report;
use parvis_web::export::{Options, Tools, write_bundle};

use crate::testing::{CLOSE, Town};

async fn check(town: &Town) -> Report {
    let tools = Arc::new(Tools(vec![crate::component()]));
    let options = Options::new(town.site.now(), "https://ville.example");
    let (out, _) = write_bundle(&town.site.store, tools, options, Cursor::new(vec![])).await.unwrap();
    verify::zip(&out.into_inner(), None, &[super::verify]).unwrap()
}

fn failure(report: &Report) -> String {
    report.first_failure().map(|c| format!("{}: {}", c.name, c.detail)).unwrap_or_default()
}

/// Closes the consultation and publishes these results, or the true ones.
async fn publish(town: &Town, results: Option<serde_json::Value>) {
    town.site.clock.set(CLOSE + 1);
    let id = town.activity;
    town.site
        .write(move |tx| {
            boxed(async move {
                let activity = process::activity(tx, id).await?.ok_or(Error::NotFound)?;
                let computed = crate::results::compute(tx, &activity).await?;
                process::publish_results(tx, CLOSE + 1, id, &results.unwrap_or(computed)).await
            })
        })
        .await
        .unwrap();
}

async fn lived(db: Store) -> (Town, i64) {
    let town = Town::new(db).await;
    town.import("Une proposition reprise", Totals { r#for: 40, mixed: 2, against: 1 }).await;
    let (ana, bao) = (town.site.participant("Ana").await, town.site.participant("Bao").await);
    let argument = town.argue(&ana, "1", "=Moins de bruit, plus d’ombre.").await;
    let proposal = town
        .propose(&bao, "Des bancs devant l’école", "Deux bancs, à l’ombre des tilleuls de la place.")
        .await;
    for (who, id, value) in [
        (&ana, town.articles[0], "1"),
        (&bao, town.articles[0], "-1"),
        (&bao, town.articles[0], "0"),
        (&ana, town.articles[1], "1"),
        (&ana, town.articles[1], "none"),
        (&ana, proposal, "1"),
        (&bao, argument, "1"),
    ] {
        who.post(&town.to(&format!("c/{id}/vote")), &[("value", value)]).await.assert_status(303);
    }
    (town, proposal)
}

#[db_test]
async fn a_whole_consultation_verifies_at_each_step(db: Store) {
    let (town, proposal) = lived(db).await;
    let report = check(&town).await;
    assert!(report.ok(), "{}", failure(&report));
    publish(&town, None).await;
    let report = check(&town).await;
    assert!(report.ok(), "{}", failure(&report));
    let counted = report.checks.iter().find(|c| c.name == "consultation-results").unwrap();
    assert!(counted.detail.starts_with("1 published results"), "{}", counted.detail);
    // What happens to a text later does not change what was published.
    let moderator = town.site.moderator().await.me().clone();
    town.site
        .write(move |tx| {
            boxed(async move {
                moderation::hide(tx, CLOSE + 2, &moderator, proposal, "other", "Une erreur de publication")
                    .await
            })
        })
        .await
        .unwrap();
    let report = check(&town).await;
    assert!(report.ok(), "{}", failure(&report));
}

#[db_test]
async fn results_that_the_votes_do_not_give_are_found(db: Store) {
    let (town, _) = lived(db).await;
    let id = town.activity;
    let mut results = town
        .site
        .store
        .read(move |tx| {
            boxed(async move {
                let activity = process::activity(tx, id).await?.ok_or(Error::NotFound)?;
                crate::results::compute(tx, &activity).await
            })
        })
        .await
        .unwrap();
    results["texts"][0]["cast"]["for"] = 2.into();
    publish(&town, Some(results)).await;
    let report = check(&town).await;
    let found = report.first_failure().unwrap();
    assert_eq!(found.name, "consultation-results");
    assert!(found.detail.contains("texts"), "{}", found.detail);
}
