//! What a voter reads of the rules: before the opening, while the vote is open, and after; beside the ballot too.

use parvis_civic::process::DAY;
use parvis_core::Locale;
use parvis_store::{Store, db_test};
use parvis_testkit::NOON;

use super::{ADMIN, BASE, CLOSE, ONE, THREE, Town};

#[db_test]
async fn the_rules_are_written_before_during_and_after_the_vote(db: Store) {
    let town = Town::new(db, THREE).await;
    town.editor.get(BASE).await.assert_says("Les règles du vote ne sont pas encore choisies");
    let rules = [
        ("roll", "list"),
        ("min_age", "16"),
        ("districts", "Nord\nSud"),
        ("reach", "one"),
        ("most", "2"),
        ("paper", "on"),
        ("desk", "on"),
        ("priority", "paper"),
        ("changeable", "on"),
        ("comparison", "on"),
        ("threshold", "2"),
        ("ties", "lot"),
        ("seed", "Loto 3 14 15"),
    ];
    town.rules(&rules).await.assert_status(303);
    let csv = "nom;prenom;courriel;naissance;secteur\nMartin;Ana;ana@example.org;1990-01-02;Nord\n\
               Petit;Bob;bob@example.org;1990-01-02;Sud\n";
    town.editor.upload(&format!("{ADMIN}/roll"), &[("list", csv)], &[]).await.assert_status(303);
    town.publish_activity().await.assert_status(303);
    let facts = |page: &parvis_testkit::Answer| page.select("main section[aria-labelledby=how]").join("\n");
    town.site.clock.set(NOON - 2 * DAY);
    for (locale, name) in [(Locale::Fr, "fr"), (Locale::En, "en")] {
        let page = town.site.visitor().locale(locale).get(BASE).await;
        insta::assert_snapshot!(format!("how-{name}"), facts(&page));
        assert!(page.select("#turnout").is_empty(), "nobody can have voted yet");
    }
    town.site.clock.set(NOON);
    let during = town.site.visitor().get(BASE).await;
    during.assert_says("Personne n’a voté").assert_says("Les résultats restent cachés");
    // Beside the ballot, folded, in the same words.
    let ballot = town.site.visitor().get(&format!("{BASE}/ballot")).await;
    assert_eq!(ballot.select("details.ballot-how dl"), during.select("main section[aria-labelledby=how] dl"));
    // The rule is explained on pages of the site.
    let links = during.attr("main section[aria-labelledby=how] dl a", "href");
    assert_eq!(links, ["/methods/budgets/equal-shares", "/methods/budgets/completions"]);
    town.site.clock.set(CLOSE);
    let after = town.site.visitor().get(BASE).await;
    assert_eq!(facts(&after), facts(&during));
    assert!(!after.text().contains("Les résultats restent cachés"));
    town.site.check_texts();
}

#[db_test]
async fn the_turnout_is_said_by_channel_once_the_vote_has_opened(db: Store) {
    let town = Town::open(db, ONE, &[]).await;
    town.approve(&[&["1"], &[]]).await;
    town.site.clock.set(CLOSE);
    let page = town.site.visitor().get(BASE).await;
    page.assert_says("2 personnes ont voté")
        .assert_says("Parts égales")
        .assert_says("Un bulletin mis dans l’urne");
    assert_eq!(page.select("section[aria-labelledby=turnout] li"), ["En ligne : 2"]);
    assert!(!page.text().contains("Façons de voter On vote en ligne et"), "neither desk nor paper here");
    let page = town.site.visitor().locale(Locale::En).get(BASE).await;
    page.assert_says("2 people have voted").assert_says("One votes online.");
}
