//! The results, through HTTP and from the database.

use parvis_civic::Error;
use parvis_civic::contribution::Totals;
use parvis_civic::process::{self, DAY};
use parvis_core::Locale;
use parvis_store::{Store, boxed, db_test, p};
use parvis_testkit::NOON;
use serde_json::Value;

use super::tally::{ContributionRow, ReactionRow, recount};
use crate::amend::tests::amend;
use crate::testing::{CLOSE, Town};

async fn busy(db: Store) -> Town {
    let town = Town::new(db).await;
    let (ana, bob) = (town.site.participant("Ana").await, town.site.participant("Bob").await);
    let vote = format!("{}/vote", town.article());
    ana.post(&vote, &[("value", "1")]).await.assert_status(303);
    bob.post(&vote, &[("value", "-1")]).await.assert_status(303);
    let calm = town.argue(&ana, "1", "Le bruit va baisser dans la rue.").await;
    town.argue(&bob, "-1", "Les livraisons seront plus longues.").await;
    bob.post(&town.to(&format!("c/{calm}/vote")), &[("value", "1")]).await.assert_status(303);
    town.site.clock.set(NOON + DAY);
    let id = amend(&town, &ana, "a", "Les voitures roulent dans les deux sens, au pas.").await;
    town.argue_on(id, &bob).await;
    town.import("Une proposition venue d’ailleurs", Totals { r#for: 1320, mixed: 282, against: 1732 }).await;
    town
}

impl Town {
    async fn argue_on(&self, id: i64, who: &parvis_testkit::Actor) {
        let path = self.to(&format!("c/{id}/argue"));
        who.post(&path, &[("side", "1"), ("body", "Le double sens ralentit les voitures.")])
            .await
            .assert_status(303);
    }

    async fn computed(&self) -> Value {
        let id = self.activity;
        self.site
            .store
            .read(move |tx| {
                boxed(async move {
                    let activity = process::activity(tx, id).await?.ok_or(Error::NotFound)?;
                    super::compute(tx, &activity).await
                })
            })
            .await
            .expect("the results are computed")
    }

    /// The rows as the bundle's tables hold them.
    async fn rows(&self) -> (Vec<ContributionRow>, Vec<ReactionRow>) {
        self.site
            .store
            .read(|tx| {
                boxed(async move {
                    let mut rows = vec![];
                    let sql = "select id, kind, parent_id, side, title, status, official, author_id, published_at,
                        imported_for, imported_mixed, imported_against from contribution where status <> 'draft'";
                    for row in tx.query(sql, &p![]).await? {
                        rows.push(ContributionRow {
                            id: row.at(0)?,
                            kind: row.at(1)?,
                            parent: row.at(2)?,
                            side: row.at(3)?,
                            title: row.at(4)?,
                            status: row.at(5)?,
                            official: row.at(6)?,
                            author: row.at::<Option<i64>>(7)?.map(|id| id.to_string()),
                            day: row.at::<Option<i64>>(8)?.map(|at| at / DAY),
                            imported: Totals { r#for: row.at(9)?, mixed: row.at(10)?, against: row.at(11)? },
                        });
                    }
                    let mut votes = vec![];
                    for row in tx.query("select contribution_id, value, updated_at from reaction", &p![]).await? {
                        let day = row.at::<i64>(2)? / DAY;
                        votes.push(ReactionRow { contribution: row.at(0)?, value: row.at(1)?, day });
                    }
                    Ok::<_, Error>((rows, votes))
                })
            })
            .await
            .expect("the rows are read")
    }
}

#[db_test]
async fn the_same_figures_come_from_the_rows_alone(db: Store) {
    let town = busy(db).await;
    let computed = town.computed().await;
    let (rows, votes) = town.rows().await;
    assert_eq!(computed, recount(&rows, votes, &Default::default()));
    assert_eq!(computed["counts"]["votes"], 2);
    assert_eq!(computed["counts"]["imported_votes"], 3334);
    assert_eq!(computed["counts"]["supports"], 1);
    assert_eq!(computed["participants"]["authors"], 3);
    // A hidden text takes what was said about it out of every figure.
    let hide = "update contribution set status = 'hidden' where kind = 'amendment'";
    town.site.write(move |tx| boxed(async move { tx.exec(hide, &p![]).await })).await.unwrap();
    let less = town.computed().await;
    let (rows, votes) = town.rows().await;
    assert_eq!(less, recount(&rows, votes, &Default::default()));
    assert_eq!(less["counts"]["arguments"], 2);
    assert_eq!(less["counts"]["amendments"], 0);
}

#[db_test]
async fn the_page_says_the_sentence_the_pictures_and_the_working(db: Store) {
    let town = busy(db).await;
    let visitor = town.site.visitor();
    let page = visitor.get(&town.to("results")).await;
    page.assert_status(200);
    page.assert_says(
        "3 personnes ont écrit ; 4 textes en débat ; 2 votes, 3 334 votes importés et 3 arguments.",
    );
    page.assert_says("Chiffres provisoires");
    page.assert_says("Les votes importés n’ont pas de date");
    let pictures = page.attr("svg.vote-bar", "aria-label");
    assert!(pictures.iter().any(|label| label.contains("1") && label.contains("Pour")), "{pictures:?}");
    let cells = page.select("section[aria-labelledby=table] tbody tr:first-child td");
    assert_eq!(cells[..3], ["1", "0", "1"], "cast here on the first article");
    assert_eq!(page.select(".side-for .items .prose")[0], "Le bruit va baisser dans la rue.");
    assert_eq!(page.attr("a[href='/open-data']", "href").len(), 1);
    assert_eq!(page.attr("a[href='/verify']", "href").len(), 1);
    let english = town.site.visitor().locale(Locale::En).get(&town.to("results")).await;
    english.assert_says("3,334 imported votes");
    visitor.get(&town.to("results?page=2")).await.assert_status(404);
}

#[db_test]
async fn secret_totals_stay_secret_until_the_close(db: Store) {
    let town = busy(db).await;
    town.rules(|rules| rules.hide_totals_until_closed = true).await;
    let page = town.site.visitor().get(&town.to("results")).await;
    page.assert_says("Les totaux seront montrés à la clôture");
    assert!(page.select("svg.vote-bar").is_empty());
    assert!(!page.text().contains("3\u{202f}334") && !page.text().contains("· 1 soutien"), "{}", page.text());
    town.site.clock.set(CLOSE);
    town.site.visitor().get(&town.to("results")).await.assert_says("3 334 votes importés");
}

#[db_test]
async fn what_was_published_does_not_change_after(db: Store) {
    let town = busy(db).await;
    town.site.clock.set(CLOSE);
    let admin = format!("/admin{}/results", crate::testing::BASE);
    let editor = town.site.editor().await; // the other's session is over
    editor.post(&admin, &[]).await.assert_redirect(&town.to("results"));
    let before = town.site.visitor().get(&town.to("results")).await;
    before.assert_says("Résultats publiés");
    let hide = "update contribution set status = 'hidden' where kind in ('argument', 'amendment')";
    town.site.write(move |tx| boxed(async move { tx.exec(hide, &p![]).await })).await.unwrap();
    let after = town.site.visitor().get(&town.to("results")).await;
    after.assert_says("3 arguments");
    after.assert_says("Texte qui n’est plus montré");
    assert!(!after.text().contains("double sens"), "{}", after.text());
    // The words of an argument that was hidden since are shown nowhere.
    assert!(!after.text().contains("Le bruit va baisser"), "{}", after.text());
}
