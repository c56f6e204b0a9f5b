//! The bundle of a panel: its draws replayed by the verifier, from the bundle alone.

use std::io::Cursor;
use std::sync::Arc;

use parvis_civic::Error;
use parvis_civic::export::verify;
use parvis_store::{Store, boxed, db_test};
use parvis_transparency::bundle::Report;
use parvis_web::export::{Options, Tools, write_bundle};

use super::{ADMIN, Town};

pub(super) async fn check(town: &Town) -> Report {
    let now = town.site.now() + 1;
    let options = Options { now, origin: "parvis.test/journal".into(), url: "http://parvis.test".into() };
    let tools = Arc::new(Tools(vec![crate::component()]));
    let made = write_bundle(&town.site.store, tools, options, Cursor::new(vec![])).await.unwrap();
    verify::zip(&made.0.into_inner(), None, &[crate::export::verify]).unwrap()
}

pub(super) fn failed(report: &Report) -> Vec<&str> {
    report.checks.iter().filter(|c| !c.ok).map(|c| c.name.as_ref()).collect()
}

#[db_test]
async fn the_verifier_replays_the_draws_and_refuses_one_changed_row(db: Store) {
    let town = Town::new(db).await;
    town.open(&[]).await;
    let frame: String = (1..=30).map(|n| format!("{n} rue A\n")).collect();
    let frame = format!("adresse\n{frame}");
    town.editor.upload(&format!("{ADMIN}/letters/frame"), &[("list", &frame)], &[]).await.assert_status(303);
    let form = [("count", "10"), ("seed", "x")];
    town.editor.post(&format!("{ADMIN}/letters/draw"), &form).await.assert_status(303);
    town.volunteers(12, 20).await;
    assert_eq!(failed(&check(&town).await), Vec::<&str>::new(), "before the draw");
    town.announce().await;
    assert_eq!(failed(&check(&town).await), Vec::<&str>::new(), "before the seed");
    town.draw("1", "3 5 1").await.assert_status(303);
    for (n, person) in town.drawn().await.iter().enumerate() {
        town.seat(person, if n == 0 { "declined" } else { "accepted" }).await.assert_status(303);
    }
    town.announce().await;
    town.draw("2", "4 2").await.assert_status(303);
    let words = [("title_fr", "Planter"), ("body_fr", "")];
    town.editor.post(&format!("{ADMIN}/recommendations/new"), &words).await.assert_status(303);
    let page = town.editor.get(&format!("{ADMIN}/recommendations")).await;
    let href = page.attr("main .items h2 a", "href")[0].clone();
    let votes = [("for", "5"), ("against", "2"), ("abstain", "1")];
    town.editor.post(&format!("{href}/votes"), &votes).await.assert_status(303);
    let to = format!("/admin/activities/{}/results", town.activity);
    town.editor.post(&to, &[]).await.assert_status(303);
    let report = check(&town).await;
    assert_eq!(failed(&report), Vec::<&str>::new(), "{report:?}");
    let said = |name: &str| report.checks.iter().find(|c| c.name == name).unwrap().detail.clone();
    assert_eq!(said("draws-of-panels"), "2 draws replayed from their seeds; 2000 tickets meet the quotas");
    assert_eq!(said("letters-of-panels"), "10 letters, drawn again from their seeds");

    // One changed row, each time put back.
    let cases = [
        (
            "update panel_volunteer set answers = replace(answers, 'Femme', 'Homme') where id = (select min(id) from panel_volunteer)",
            "pools-of-panels",
        ),
        (
            "update panel_volunteer set seat = 'drawn', round = 1 where seat = '' and id = (select min(id) from panel_volunteer where seat = '')",
            "draws-of-panels",
        ),
        ("update panel_round set seed = 'autre' where number = 1", "draws-of-panels"),
        ("update panel_round set ticket = ticket + 1 where number = 2", "draws-of-panels"),
        (
            "update panel_round set lottery = replace(lottery, '1/1000', '1/1001') where number = 1",
            "draws-of-panels",
        ),
        ("update panel_recommendation set votes_for = 6", "recommendations-of-panels"),
    ];
    for (sql, name) in cases {
        let id = town.activity;
        let keep = town
            .site
            .store
            .read(|tx| {
                boxed(async move {
                    let a = tx
                        .query("select id, answers, seat, round from panel_volunteer order by id", &[])
                        .await?;
                    let b = tx
                        .query("select id, seed, ticket, lottery from panel_round order by id", &[])
                        .await?;
                    Ok::<_, parvis_store::Error>((a, b))
                })
            })
            .await
            .unwrap();
        town.site
            .write(move |tx| boxed(async move { tx.exec(sql, &[]).await.map_err(Error::from) }))
            .await
            .unwrap();
        let report = check(&town).await;
        assert!(failed(&report).contains(&name), "{sql}: {report:?}");
        town.site
            .write(move |tx| {
                boxed(async move {
                    for row in &keep.0 {
                        let values = parvis_store::p![
                            row.get::<i64>("id")?,
                            row.get::<String>("answers")?,
                            row.get::<String>("seat")?,
                            row.get::<Option<i64>>("round")?
                        ];
                        let sql =
                            "update panel_volunteer set answers = $2, seat = $3, round = $4 where id = $1";
                        tx.exec(sql, &values).await?;
                    }
                    for row in &keep.1 {
                        let values = parvis_store::p![
                            row.get::<i64>("id")?,
                            row.get::<String>("seed")?,
                            row.get::<i64>("ticket")?,
                            row.get::<String>("lottery")?
                        ];
                        let sql = "update panel_round set seed = $2, ticket = $3, lottery = $4 where id = $1";
                        tx.exec(sql, &values).await?;
                    }
                    let sql = "update panel_recommendation set votes_for = 5 where activity_id = $1";
                    tx.exec(sql, &parvis_store::p![id]).await?;
                    Ok::<_, Error>(())
                })
            })
            .await
            .unwrap();
    }
    assert_eq!(failed(&check(&town).await), Vec::<&str>::new(), "put back");
}
