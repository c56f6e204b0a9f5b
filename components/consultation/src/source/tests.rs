//! Sources, through HTTP.

use parvis_store::{Store, db_test};

use crate::testing::{CLOSE, Town, flash};

#[db_test]
async fn a_source_is_added_with_its_link_and_kind(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let path = format!("{}/source", town.article());
    let fields = [
        ("title", "Le bruit en ville"),
        ("link", "https://www.exemple.fr/bruit?a=1&b=2"),
        ("category", "report"),
        ("summary", "Une étude de **2024**."),
        ("idem", "s1"),
    ];
    let page = ana.follow(ana.post(&path, &fields).await).await;
    assert!(flash(&page).contains("Votre source est publiée."), "{}", flash(&page));
    let source = page.select("section[aria-labelledby='sources'] .items li > p:first-child");
    assert_eq!(source, ["Le bruit en ville (exemple.fr) · rapport ou étude"]);
    let link = page.attr("section[aria-labelledby='sources'] .items a[rel]", "href");
    assert_eq!(link, ["https://www.exemple.fr/bruit?a=1&b=2"]);
    ana.post(&path, &fields).await.assert_status(303);
    assert_eq!(town.number("select count(*) from contribution where kind = 'source'").await, 1);
}

#[db_test]
async fn every_mistake_is_said_at_once(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let path = format!("{}/source", town.article());
    let page = ana.post(&path, &[("link", "javascript:alert(1)"), ("category", "rumour")]).await;
    page.assert_status(422);
    // Both engines give the same page.
    insta::allow_duplicates! {
        insta::assert_snapshot!(page.select("#error-summary li").join("\n"), @r#"
        Écrivez le titre de la source.
        Écrivez une adresse web complète, par exemple https://www.exemple.fr/etude.
        Choisissez la nature de la source.
        "#);
    }
    assert_eq!(page.value("link").as_deref(), Some("javascript:alert(1)"));
    let english = ana.locale(parvis_core::Locale::En);
    let page = english.post(&path, &[("summary", &"x".repeat(2001))]).await;
    // Both engines give the same page.
    insta::allow_duplicates! {
        insta::assert_snapshot!(page.select("#error-summary li").join("\n"), @r#"
        Write the title of the source.
        Write the address of the source.
        Choose the kind of source.
        Write 2,000 characters at most (there are 2,001).
        "#);
    }
    assert_eq!(town.number("select count(*) from contribution where kind = 'source'").await, 0);
}

#[db_test]
async fn a_closed_phase_keeps_the_text(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    town.site.clock.set(CLOSE);
    let sent = [("title", "Le bruit"), ("link", "https://exemple.fr"), ("category", "law")];
    let page = ana.post(&format!("{}/source", town.article()), &sent).await;
    page.assert_status(409);
    assert_eq!(page.select("textarea[readonly]"), ["Le bruit https://exemple.fr"]);
}
