//! Arguing, through HTTP.

use parvis_store::{Store, db_test};

use crate::testing::{CLOSE, Town, flash};

const BODY: &str = "Le bruit va baisser dans la rue.";

#[db_test]
async fn an_argument_is_published_on_its_side(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let path = format!("{}/argue", town.article());
    let form = ana.get(&format!("{}/argue?side=-1", town.article())).await;
    assert_eq!(form.attr("input[checked]", "value"), ["-1"]);
    let sent = ana.post(&path, &[("side", "1"), ("body", BODY), ("idem", "k1")]).await;
    let page = ana.follow(sent.clone()).await;
    assert!(flash(&page).contains("Votre argument est publié."), "{}", flash(&page));
    let argument = page.select(".side-for .items li .prose");
    assert_eq!(argument, [BODY]);
    assert!(page.select(".side-against .items li").is_empty());
    assert!(page.text().contains("Voir le récépissé"), "{}", page.text());

    // The same form again leads to the same place and adds nothing; the same words in a new form do.
    let twice = ana.post(&path, &[("side", "1"), ("body", BODY), ("idem", "k1")]).await;
    assert_eq!(twice.location, sent.location);
    // The other form of the same page has its key, and other words: it is another argument.
    let against = "Les bus feront un détour.";
    let other = ana.post(&path, &[("side", "-1"), ("body", against), ("idem", "k1")]).await;
    assert_ne!(other.location, sent.location);
    assert_eq!(ana.follow(other).await.select(".side-against .items li .prose"), [against]);
    assert_eq!(
        town.number("select arguments_for from contribution where kind = 'article' order by id limit 1")
            .await,
        1
    );
}

#[db_test]
async fn every_mistake_is_said_at_once_beside_its_field(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let path = format!("{}/argue", town.article());
    let empty = ana.post(&path, &[]).await;
    empty.assert_status(422);
    assert_eq!(empty.field_error("side").as_deref(), Some("Dites si votre argument est pour ou contre."));
    assert_eq!(empty.field_error("body").as_deref(), Some("Écrivez votre argument."));
    assert_eq!(empty.select("#error-summary li").len(), 2);
    assert_eq!(empty.attr("#error-summary a", "href"), ["#side", "#body"]);
    assert!(empty.html.contains("<title>Erreur\u{a0}:"), "{}", empty.html);

    let long = "é".repeat(2001);
    let long = ana.post(&path, &[("side", "1"), ("body", &long)]).await;
    long.assert_status(422);
    let said = long.field_error("body").unwrap();
    assert!(said.contains("2\u{202f}000") && said.contains("2\u{202f}001"), "{said}");
    assert_eq!(long.value("body").map(|v| v.chars().count()), Some(2001));
    assert_eq!(ana.post(&path, &[("side", "1"), ("body", "court")]).await.status, 422);
    assert_eq!(town.number("select count(*) from contribution where kind = 'argument'").await, 0);
}

#[db_test]
async fn a_closed_phase_refuses_and_keeps_the_text(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    town.site.clock.set(CLOSE);
    let path = format!("{}/argue", town.article());
    let refused = ana.post(&path, &[("side", "1"), ("body", BODY)]).await;
    refused.assert_status(409);
    assert!(refused.text().contains("La consultation est close depuis le"), "{}", refused.text());
    assert_eq!(refused.select("textarea[readonly]"), [BODY]);
    assert_eq!(town.number("select count(*) from contribution where kind = 'argument'").await, 0);
    let page = ana.get(&path).await;
    assert!(page.select("form[action$='/argue']").is_empty());
}

#[db_test]
async fn rules_can_forbid_arguments(db: Store) {
    let town = Town::new(db).await;
    town.rules(|r| r.arguments = false).await;
    let ana = town.site.participant("Ana").await;
    let path = format!("{}/argue", town.article());
    ana.post(&path, &[("side", "1"), ("body", BODY)]).await.assert_status(409);
    let page = ana.get(&town.article()).await;
    assert!(page.select("form[action$='/argue']").is_empty());
}

#[db_test]
async fn a_reader_s_words_are_kept_through_signing_in(db: Store) {
    let town = Town::new(db).await;
    let path = format!("{}/argue", town.article());
    let reader = town.site.visitor();
    // The forms are there for everyone.
    let page = reader.get(&town.article()).await;
    assert_eq!(page.select("form[action$='/argue']").len(), 2);
    let sent = reader.post(&path, &[("side", "1"), ("body", BODY)]).await;
    sent.assert_status(303);
    assert!(sent.location.as_deref().is_some_and(|l| l.starts_with("/sign-in")), "{:?}", sent.location);
    assert_eq!(town.number("select count(*) from kept_form").await, 1);
}

#[db_test]
async fn markup_is_shown_as_it_was_typed(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("<script>alert('nom')</script>").await;
    let attack = "<script>alert(1)</script> <img src=x onerror=alert(2)> [lien](javascript:alert(3))";
    town.argue(&ana, "-1", attack).await;
    for who in [&ana, &town.site.visitor()] {
        let page = who.get(&town.article()).await;
        assert!(!page.html.contains("<script>alert"), "{}", page.html);
        assert!(!page.html.contains("<img"), "{}", page.html);
        assert!(!page.html.contains("href=\"javascript"), "{}", page.html);
    }
}
