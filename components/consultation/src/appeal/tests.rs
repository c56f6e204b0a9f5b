//! Appeals, through HTTP.

use parvis_civic::moderation;
use parvis_store::{Store, boxed, db_test};
use parvis_testkit::NOON;

use crate::testing::Town;

#[db_test]
async fn an_author_reads_the_reason_appeals_once_and_reads_the_answer(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let id = town.argue(&ana, "1", "Achetez aussi mes trottinettes.").await;
    let path = town.to(&format!("c/{id}/appeal"));
    ana.get(&path).await.assert_status(404);
    let moderator = town.site.moderator().await.me().clone();
    let other = moderator.clone();
    town.site
        .write(move |tx| {
            boxed(async move { moderation::hide(tx, NOON, &moderator, id, "spam", "Une publicité.").await })
        })
        .await
        .unwrap();
    town.site.participant("Bo").await.get(&path).await.assert_status(404);
    let page = ana.get(&path).await;
    assert!(
        page.text().contains("Une publicité.") && page.text().contains("trottinettes"),
        "{}",
        page.text()
    );
    let decision = page.value("decision").unwrap();
    let short = ana.post(&path, &[("decision", &decision), ("appeal", "Non")]).await;
    short.assert_status(422);
    assert!(short.field_error("appeal").is_some());
    for _ in 0..2 {
        let sent = [("decision", decision.as_str()), ("appeal", "Je ne vends rien du tout.")];
        ana.post(&path, &sent).await.assert_redirect(&path);
    }
    assert!(ana.get(&path).await.text().contains("Votre contestation attend une réponse."));
    let decision: i64 = decision.parse().unwrap();
    town.site
        .write(move |tx| {
            boxed(async move {
                moderation::decide_appeal(tx, NOON, &other, decision, true, "Vous aviez raison.").await
            })
        })
        .await
        .unwrap();
    let page = ana.get(&path).await;
    assert!(page.text().contains("Votre texte est de nouveau montré"), "{}", page.text());
    assert!(town.site.visitor().get(&town.article()).await.html.contains("trottinettes"));
}
