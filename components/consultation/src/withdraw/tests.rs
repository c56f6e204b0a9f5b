//! Withdrawing, through HTTP.

use parvis_civic::answer;
use parvis_core::Localized;
use parvis_store::{Store, boxed, db_test, p};
use parvis_testkit::NOON;

use crate::testing::Town;

#[db_test]
async fn it_is_asked_twice_and_leaves_its_place(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let id =
        town.propose(&ana, "Des bancs à l’ombre le long du quai", "Un banc tous les cinquante mètres.").await;
    let path = town.to(&format!("c/{id}"));
    let page = ana.get(&format!("{path}/withdraw")).await;
    assert!(page.text().contains("On ne peut pas revenir en arrière."), "{}", page.text());
    let done = ana.post(&format!("{path}/withdraw"), &[]).await;
    done.assert_redirect(&path);
    ana.post(&format!("{path}/withdraw"), &[]).await.assert_redirect(&path);
    let page = town.site.visitor().get(&path).await;
    page.assert_status(200);
    assert!(page.text().contains("L’auteur de ce texte l’a retiré le 1er juin 2026."), "{}", page.text());
    assert!(!page.html.contains("cinquante") && !page.html.contains("Des bancs"), "{}", page.html);
    assert!(page.select("main form").is_empty());
    let voted = ana.post(&format!("{path}/vote"), &[("value", "1")]).await;
    voted.assert_status(409);
    voted.assert_says(
        "Ce texte a été retiré, fusionné ou masqué entre-temps : votre vote n’a pas été enregistré.",
    );
    let argued = ana.post(&format!("{path}/argue"), &[("side", "1"), ("body", "Trop tard pour cela.")]).await;
    argued.assert_status(409);
    assert_eq!(argued.select("textarea[readonly]"), ["Trop tard pour cela."]);
}

#[db_test]
async fn only_its_author_may_and_not_once_results_count_it(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let id = town.argue(&ana, "1", "Le bruit va baisser dans la rue.").await;
    let path = town.to(&format!("c/{id}/withdraw"));
    let bo = town.site.participant("Bo").await;
    bo.get(&path).await.assert_status(403);
    bo.post(&path, &[]).await.assert_status(403);
    town.editor.post(&format!("{}/withdraw", town.article()), &[]).await.assert_status(403);
    let activity = town.activity;
    let publish = async |at: Option<i64>| {
        let sql = "update activity set results_at = $2 where id = $1";
        let set = town.site.write(move |tx| boxed(async move { tx.exec(sql, &p![activity, at]).await }));
        set.await.unwrap();
    };
    publish(Some(1)).await;
    let late = ana.post(&path, &[]).await;
    late.assert_status(409);
    assert!(late.text().contains("Les résultats sont publiés"), "{}", late.text());
    publish(None).await;
    let done = ana.post(&path, &[]).await;
    let page = ana.follow(done).await;
    assert_eq!(page.select("#gone li"), ["Argument : Retiré par son auteur"]);
}

#[db_test]
async fn what_was_answered_stays_with_its_answer(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let id =
        town.propose(&ana, "Des bancs à l’ombre le long du quai", "Un banc tous les cinquante mètres.").await;
    let (path, editor) = (town.to(&format!("c/{id}")), town.editor.me().clone());
    town.site
        .write(move |tx| {
            boxed(async move {
                let body = Localized::new("Oui, dès cet été.", "Yes, this summer.");
                answer::save(tx, NOON, &editor, id, "accepted", &body, true).await
            })
        })
        .await
        .unwrap();
    assert!(ana.get(&path).await.select("a[href$='/withdraw']").is_empty());
    for page in [ana.get(&format!("{path}/withdraw")).await, ana.post(&format!("{path}/withdraw"), &[]).await]
    {
        page.assert_says("le texte et la réponse restent ensemble");
        assert!(page.select("form[action$='/withdraw']").is_empty());
    }
    let page = town.site.visitor().get(&path).await;
    page.assert_says("Oui, dès cet été.");
    page.assert_says("Un banc tous les cinquante mètres.");
}
