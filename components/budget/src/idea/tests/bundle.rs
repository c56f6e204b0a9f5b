//! The bundle of a budget: ideas and steps are where the journal left them.

use std::io::Cursor;
use std::sync::Arc;

use parvis_civic::Error;
use parvis_civic::export::verify;
use parvis_store::{Store, boxed, db_test};
use parvis_transparency::bundle::Report;
use parvis_web::export::{Options, Tools, write_bundle};

use super::{ADMIN, BASE, END, TITLE, Town};

async fn check(town: &Town) -> Report {
    let options =
        Options { now: END + 1, origin: "parvis.test/journal".into(), url: "http://parvis.test".into() };
    let tools = Arc::new(Tools(vec![crate::component()]));
    let made = write_bundle(&town.site.store, tools, options, Cursor::new(vec![])).await.unwrap();
    let checks: &[verify::ToolCheck] = &[parvis_ballotbox::export::verify, crate::export::verify];
    verify::zip(&made.0.into_inner(), None, checks).unwrap()
}

fn failed(report: &Report) -> Vec<&str> {
    report.checks.iter().filter(|c| !c.ok).map(|c| c.name.as_ref()).collect()
}

#[db_test]
async fn the_verifier_refuses_what_the_journal_did_not_say(db: Store) {
    let town = Town::open(db).await;
    let (ana, bo) = (town.site.participant("Ana").await, town.site.participant("Bo").await);
    let idea = town.deposit(&ana, TITLE, &[]).await;
    bo.post(&format!("{BASE}/ideas/{idea}/support"), &[("on", "1")]).await.assert_status(303);
    let refused = town.deposit(&bo, "Une fontaine sur la place", &[]).await;
    let form = [("state", "refused"), ("reason_fr", "=Pas d’eau ici.")];
    town.study(refused, &form).await.assert_status(303);
    let joined = town.deposit(&bo, "Un autre verger", &[]).await;
    let proposed = bo.post(&format!("{BASE}/ideas/{joined}/merge"), &[("other", &idea.to_string())]).await;
    let merger = proposed.assert_status(303).location.clone().unwrap();
    ana.post(&merger, &[("answer", "agree")]).await.assert_status(303);
    let project = town.project(idea).await;
    let id = town.activity;
    town.site
        .write(move |tx| boxed(async move { crate::store::follow_up::begin(tx, id, &[project]).await }))
        .await
        .unwrap();
    let step = [("happened_on", "2026-06-01"), ("progress", "works"), ("body_fr", "Fait."), ("spent", "20")];
    town.editor.upload(&format!("{ADMIN}/follow-up/{project}"), &step, &[]).await.assert_status(303);
    let report = check(&town).await;
    assert_eq!(failed(&report), Vec::<&str>::new(), "{report:?}");
    let ideas = report.checks.iter().find(|c| c.name == "ideas-of-budgets").unwrap();
    assert_eq!(ideas.detail, "3 ideas, each where the journal left it");

    for (change, back, name) in [
        (
            "update budget_idea set cost = cost + 1 where state = 'feasible'",
            "update budget_idea set cost = cost - 1 where state = 'feasible'",
            "ideas-of-budgets",
        ),
        (
            "update budget_idea set state = 'study' where state = 'refused'",
            "update budget_idea set state = 'refused' where state = 'study'",
            "ideas-of-budgets",
        ),
        (
            "update budget_step set spent = spent + 1",
            "update budget_step set spent = spent - 1",
            "steps-of-budgets",
        ),
        (
            "update budget_project set spent = spent + 1",
            "update budget_project set spent = spent - 1",
            "steps-of-budgets",
        ),
    ] {
        for (sql, expected) in [(change, vec![name]), (back, vec![])] {
            town.site
                .write(move |tx| boxed(async move { tx.exec(sql, &[]).await.map_err(Error::from) }))
                .await
                .unwrap();
            assert_eq!(failed(&check(&town).await), expected, "{sql}");
        }
    }
}
