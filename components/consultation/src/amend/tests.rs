//! Proposing another wording, through HTTP.

use parvis_core::Locale;
use parvis_store::{Store, db_test};
use parvis_testkit::Actor;

use crate::testing::{CLOSE, Town, flash};

const TITLE: &str = "Article 1 : la rue est à double sens";
const BODY: &str = "Les voitures roulent dans les deux sens, au pas.";
const WHY: &str = "Le port doit rester ouvert à tous.";

fn form<'a>(action: &'a str, idem: &'a str) -> Vec<(&'a str, &'a str)> {
    let fields = [("base", "1"), ("title", TITLE), ("body", BODY), ("explanation", WHY)];
    fields.into_iter().chain([("action", action), ("idem", idem)]).collect()
}

/// Somebody's amendment to the first article; its id.
pub(crate) async fn amend(town: &Town, who: &Actor, idem: &str, body: &str) -> i64 {
    let fields = [
        ("base", "1"),
        ("title", TITLE),
        ("body", body),
        ("explanation", WHY),
        ("action", "publish"),
        ("idem", idem),
    ];
    who.post(&format!("{}/amend", town.article()), &fields).await.assert_status(303);
    town.number("select max(id) from contribution where kind = 'amendment'").await
}

#[db_test]
async fn write_read_again_and_publish(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let path = format!("{}/amend", town.article());
    let empty = ana.get(&path).await;
    assert_eq!(empty.value("body").as_deref(), Some("Les voitures roulent du port vers la place."));
    assert_eq!(empty.value("explanation").as_deref(), Some(""));

    let preview = ana.post(&path, &form("preview", "p")).await;
    preview.assert_status(200);
    preview.assert_says("2 passages changent");
    let removed = preview.select(".compare del");
    assert!(removed.iter().any(|words| words.contains("[retiré") && words.contains("du")), "{removed:?}");
    assert!(preview.select(".compare ins").iter().any(|w| w.contains("deux sens")), "{}", preview.text());
    assert_eq!(town.number("select count(*) from contribution where kind = 'amendment'").await, 0);
    let back = ana.post(&path, &form("edit", "p")).await;
    assert_eq!(back.value("body").as_deref(), Some(BODY));

    let sent = ana.post(&path, &form("publish", "p")).await;
    let page = ana.follow(sent.clone()).await;
    assert!(flash(&page).contains("Votre amendement est publié"), "{}", flash(&page));
    assert_eq!(page.select(".compare section").len(), 2, "{}", page.text());
    page.assert_says("Voir le récépissé");
    page.assert_says("En attente de décision");
    // Twice the same form: once.
    let twice = ana.post(&path, &form("publish", "p")).await;
    assert_eq!(twice.location, sent.location);
    assert_eq!(
        town.number("select amendments from contribution where kind = 'article' order by id limit 1").await,
        1
    );
    assert_eq!(town.number("select base_version from consultation_amendment").await, 1);
    // The article's page leads to it, and people vote on it.
    let id = town.number("select max(id) from contribution").await;
    ana.get(&town.article()).await.assert_says(TITLE);
    let voted = ana.post(&town.to(&format!("c/{id}/vote")), &[("value", "1")]).await;
    voted.assert_status(303);
    assert_eq!(town.number("select reactions_for from contribution where kind = 'amendment'").await, 1);
    ana.post(&town.to(&format!("c/{id}/argue")), &[("side", "1"), ("body", "C’est plus simple pour tous.")])
        .await
        .assert_status(303);
    // One does not amend an amendment.
    ana.get(&town.to(&format!("c/{id}/amend"))).await.assert_status(404);
}

#[db_test]
async fn every_mistake_is_said_at_once(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let path = format!("{}/amend", town.article());
    let empty = ana.post(&path, &[("base", "1"), ("action", "publish")]).await;
    empty.assert_status(422);
    assert_eq!(empty.field_error("title").as_deref(), Some("Écrivez un titre."));
    assert_eq!(empty.field_error("body").as_deref(), Some("Écrivez votre rédaction."));
    assert_eq!(
        empty.field_error("explanation").as_deref(),
        Some("Expliquez pourquoi vous proposez ce changement.")
    );
    // Nothing changed.
    let same = [
        ("base", "1"),
        ("title", "Article 1 : la rue est à sens unique"),
        ("body", "Les voitures roulent du port vers la place."),
        ("explanation", WHY),
    ];
    let same = ana.post(&path, &same).await;
    same.assert_status(422);
    assert!(same.field_error("body").unwrap().contains("la même que le texte actuel"));
    // Proposed already, word for word; and something near is shown.
    amend(&town, &ana, "a", BODY).await;
    let again = ana.post(&path, &form("publish", "other")).await;
    again.assert_status(422);
    assert!(again.field_error("body").unwrap().contains("mot pour mot"));
    let near = format!("{BODY} Toujours.");
    let near = [("base", "1"), ("title", TITLE), ("body", near.as_str()), ("explanation", WHY)];
    let near = ana.post(&path, &near).await;
    near.assert_says("presque la même");
    // Markup is shown, never run.
    let nasty = "<script>alert(1)</script><img src=x onerror=alert(1)> et encore du texte";
    let nasty = [("base", "1"), ("title", nasty), ("body", nasty), ("explanation", nasty)];
    let shown = ana.post(&path, &nasty).await;
    shown.assert_status(200);
    assert!(!shown.html.contains("<script>alert") && !shown.html.contains("<img src=x"), "{}", shown.html);
}

#[db_test]
async fn closed_forbidden_or_signed_out(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let path = format!("{}/amend", town.article());
    let visitor = town.site.visitor();
    visitor.get(&path).await.assert_status(200);
    let sent = visitor.post(&path, &form("preview", "v")).await;
    assert!(sent.location.as_deref().unwrap_or_default().starts_with("/sign-in"), "{:?}", sent.location);
    town.rules(|rules| rules.amendments = false).await;
    let refused = ana.post(&path, &form("publish", "x")).await;
    refused.assert_status(409);
    refused.assert_says("Les règles de cette consultation ne permettent pas cette action.");
    assert!(refused.text().contains(WHY), "the text is kept: {}", refused.text());
    town.rules(|_| {}).await;
    town.site.clock.set(CLOSE);
    let late = ana.post(&path, &form("publish", "x")).await;
    late.assert_status(409);
    assert!(late.text().contains(BODY), "{}", late.text());
    assert_eq!(town.number("select count(*) from contribution where kind = 'amendment'").await, 0);
    ana.get(&town.to("c/99999/amend")).await.assert_status(404);
}

#[db_test]
async fn a_text_that_changes_meanwhile_loses_nothing(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let path = format!("{}/amend", town.article());
    let article = format!("/admin{}/articles/{}", crate::testing::BASE, town.articles[0]);
    let body = "Les vélos et les voitures roulent du port vers la place.";
    let title = "Article 1 : la rue est à sens unique";
    let change = [
        ("base", "1"),
        ("title", title),
        ("body", body),
        ("explanation", "Pour tous."),
        ("action", "publish"),
    ];
    town.editor.post(&article, &change).await.assert_status(303);
    let stopped = ana.post(&path, &form("publish", "m")).await;
    stopped.assert_status(409);
    stopped.assert_says("Le texte a changé pendant que vous écriviez.");
    assert_eq!(stopped.value("body").as_deref(), Some(BODY));
    assert_eq!(stopped.value("base").as_deref(), Some("2"));
    let fields =
        [("base", "2"), ("title", TITLE), ("body", BODY), ("explanation", WHY), ("action", "publish")];
    ana.post(&path, &fields).await.assert_status(303);
    assert_eq!(town.number("select base_version from consultation_amendment").await, 2);
}

#[db_test]
async fn the_list_is_filtered_and_paged(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let list = town.to("amendments");
    town.site.visitor().get(&list).await.assert_says("Aucun amendement ici.");
    for n in 0..16 {
        amend(&town, &ana, &format!("k{n}"), &format!("{BODY} Variante {n}.")).await;
    }
    let visitor = town.site.visitor();
    let first = visitor.get(&list).await;
    assert_eq!(first.select("li.card").len(), 15);
    let second = visitor.get(&format!("{list}?page=2")).await;
    assert_eq!(second.select("li.card").len(), 1);
    visitor.get(&format!("{list}?page=3")).await.assert_status(404);
    visitor.get(&format!("{list}?status=refused")).await.assert_says("Aucun amendement ici.");
    let on = visitor.get(&format!("{list}?on={}", town.articles[0])).await;
    on.assert_says("Amendements à");
    let none = visitor.get(&format!("{list}?on={}", town.articles[1])).await;
    assert!(none.select("li.card").is_empty());
    visitor.get(&format!("{list}?on=abc")).await.assert_status(404);
    let english = town.site.visitor().locale(Locale::En).get(&list).await;
    english.assert_says("16 amendments");
}
