//! Changing one's text, through HTTP.

use parvis_civic::answer;
use parvis_core::Localized;
use parvis_store::{Store, boxed, db_test};
use parvis_testkit::NOON;

use crate::testing::{CLOSE, Town, flash};

const TITLE: &str = "Des bancs à l’ombre le long du quai";
const BODY: &str = "Un banc tous les cinquante mètres, tourné vers l’eau.";
const OTHER: &str = "Un banc tous les trente mètres, tourné vers l’eau.";
const HOUR: i64 = 3_600_000;

#[db_test]
async fn a_new_version_is_published_and_the_old_one_stays(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let id = town.propose(&ana, TITLE, BODY).await;
    let path = town.to(&format!("c/{id}"));
    let form = ana.get(&format!("{path}/edit")).await;
    assert_eq!(form.value("title").as_deref(), Some(TITLE));
    let fields =
        [("base", "1"), ("title", TITLE), ("body", OTHER), ("note", "Plus de bancs"), ("idem", "e1")];
    let sent = ana.post(&format!("{path}/edit"), &fields).await;
    sent.assert_redirect(&path);
    ana.post(&format!("{path}/edit"), &fields).await.assert_redirect(&path);
    let page = ana.follow(sent).await;
    assert!(flash(&page).contains("La nouvelle version est publiée."), "{}", flash(&page));
    assert!(page.text().contains("modifié, version 2"), "{}", page.text());
    assert_eq!(town.number("select count(*) from contribution_version where contribution_id > 2").await, 2);
}

#[db_test]
async fn two_tabs_lose_nothing_and_overwrite_nothing(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let id = town.propose(&ana, TITLE, BODY).await;
    let path = town.to(&format!("c/{id}/edit"));
    ana.post(&path, &[("base", "1"), ("title", TITLE), ("body", OTHER), ("idem", "tab1")])
        .await
        .assert_status(303);
    let mine = "Un banc tous les dix mètres, tourné vers l’eau.";
    let second = ana.post(&path, &[("base", "1"), ("title", TITLE), ("body", mine), ("idem", "tab2")]).await;
    second.assert_status(409);
    assert!(second.text().contains("Ce texte a changé pendant que vous écriviez"), "{}", second.text());
    assert_eq!(second.select(".panel del"), ["[retiré : trente]"]);
    assert_eq!(second.select(".panel ins"), ["[ajouté : dix]"]);
    assert_eq!(second.value("body").as_deref(), Some(mine));
    assert_eq!(second.value("base").as_deref(), Some("2"));
    // Read again, it is sent on the base of the present version.
    ana.post(&path, &[("base", "2"), ("title", TITLE), ("body", mine)]).await.assert_status(303);
    assert_eq!(town.number("select version from contribution where kind = 'proposal'").await, 3);
}

#[db_test]
async fn every_mistake_is_said_at_once_and_nothing_changed_is_one(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let id = town.propose(&ana, TITLE, BODY).await;
    let path = town.to(&format!("c/{id}/edit"));
    let note = "n".repeat(201);
    let page = ana.post(&path, &[("base", "1"), ("title", ""), ("body", ""), ("note", &note)]).await;
    page.assert_status(422);
    assert_eq!(page.attr("#error-summary a", "href"), ["#title", "#body", "#note"]);
    let same = ana.post(&path, &[("base", "1"), ("title", TITLE), ("body", BODY)]).await;
    assert!(same.field_error("body").is_some_and(|e| e.starts_with("Rien n’a changé")), "{}", same.text());
}

#[db_test]
async fn the_time_to_edit_ends(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let id = town.propose(&ana, TITLE, BODY).await;
    let path = town.to(&format!("c/{id}/edit"));
    let send = async || ana.post(&path, &[("base", "1"), ("title", TITLE), ("body", OTHER)]).await;
    // Another person may not, ever.
    let bo = town.site.participant("Bo").await;
    bo.get(&path).await.assert_status(403);
    bo.post(&path, &[("base", "1"), ("title", TITLE), ("body", OTHER)]).await.assert_status(403);
    town.site.visitor().get(&path).await.assert_status(303);

    town.site.clock.set(NOON + 24 * HOUR);
    let late = send().await;
    late.assert_status(409);
    assert!(late.text().contains("Le temps pour modifier ce texte est passé."), "{}", late.text());
    assert!(late.select("textarea[readonly]")[0].contains(OTHER));
    assert!(ana.get(&town.to(&format!("c/{id}"))).await.select("a[href$='/edit']").is_empty());
    town.site.clock.set(CLOSE);
    assert!(send().await.text().contains("La consultation est close"));

    town.site.clock.set(NOON);
    let editor = town.editor.me().clone();
    let body = Localized::new("Oui.", "Yes.");
    town.site
        .write(move |tx| {
            boxed(async move { answer::save(tx, NOON, &editor, id, "accepted", &body, true).await })
        })
        .await
        .unwrap();
    assert!(send().await.text().contains("L’organisation a répondu à ce texte"));
    assert_eq!(town.number("select max(version) from contribution").await, 1);
}

#[db_test]
async fn an_argument_is_edited_without_a_title(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let id = town.argue(&ana, "1", "Le bruit va baisser dans la rue.").await;
    let path = town.to(&format!("c/{id}/edit"));
    let form = ana.get(&path).await;
    assert!(form.select("input[name='title']").is_empty());
    let sent = ana.post(&path, &[("base", "1"), ("body", "Le bruit va beaucoup baisser.")]).await;
    let page = ana.follow(sent).await;
    assert!(page.text().contains("Le bruit va beaucoup baisser."), "{}", page.text());
}
