//! Appeals, through HTTP.

use parvis_civic::account::Participant;
use parvis_civic::{Error, moderation};
use parvis_store::{Store, boxed, db_test, p};
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
    let decide = async |who: &Participant, overturn: bool| {
        let who = who.clone();
        let done = town.site.write(move |tx| {
            boxed(async move {
                moderation::decide_appeal(tx, NOON, &who, decision, overturn, "Vous aviez raison.").await
            })
        });
        done.await
    };
    // Whoever hid it leaves it to another to uphold that, now that there is another.
    let second = town.site.moderator().await;
    let own = decide(&other, false).await;
    let Err(Error::Fields(errors)) = own else { panic!("{own:?}") };
    assert_eq!(errors.on("outcome").map(|e| e.key), Some("civic-appeal-own"));
    assert_ne!(second.me().id, other.id);
    // To change one's mind needs nobody.
    decide(&other, true).await.unwrap();
    let page = ana.get(&path).await;
    assert!(page.text().contains("Votre texte est de nouveau montré"), "{}", page.text());
    assert!(town.site.visitor().get(&town.article()).await.html.contains("trottinettes"));
}

#[db_test]
async fn the_page_of_a_hidden_text_says_where_the_appeal_is(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let id = town
        .propose(
            &ana,
            "Des trottinettes pour tout le monde",
            "Achetez toutes mes trottinettes, elles sont en promotion.",
        )
        .await;
    let (path, moderator) = (town.to(&format!("c/{id}")), town.site.moderator().await.me().clone());
    let hides = moderator.clone();
    let hidden = town.site.write(move |tx| {
        boxed(async move {
            moderation::hide(tx, NOON, &hides, id, "spam", "Une publicité.").await?;
            Ok::<_, Error>(moderation::decisions(tx, id).await?.remove(0).id)
        })
    });
    let decision = hidden.await.unwrap();
    ana.get(&path).await.assert_says("Vous pouvez contester cette décision.");
    let sent = [("decision", decision.to_string()), ("appeal", "Je ne vends rien du tout.".into())];
    let sent: Vec<_> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
    ana.post(&format!("{path}/appeal"), &sent).await.assert_status(303);
    ana.get(&path).await.assert_says("Votre contestation attend une réponse. [Voir votre contestation]");
    // Alone to moderate, the same person may uphold.
    let upheld = town.site.write(move |tx| {
        boxed(async move {
            let alone = "update participant set status = 'suspended'
                where role in ('moderator', 'administrator') and id <> $1";
            tx.exec(alone, &p![moderator.id]).await?;
            moderation::decide_appeal(tx, NOON, &moderator, decision, false, "C’est une publicité.").await
        })
    });
    upheld.await.unwrap();
    let page = ana.get(&path).await;
    page.assert_says("Il a été répondu à votre contestation : la décision est maintenue. [Lire la réponse]");
    assert!(!page.text().contains("Vous pouvez contester"), "{}", page.text());
}
