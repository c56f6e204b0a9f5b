//! Every way of filling a ballot, its mistakes, and its count.

use parvis_core::Locale;
use parvis_store::Store;
use serde_json::json;

use super::{ADMIN, BASE, ONE, THREE, Town};

async fn memory() -> Store {
    Store::memory().await.unwrap()
}

/// Fields of a form.
type Form = &'static [(&'static str, &'static str)];

#[tokio::test]
async fn every_face_has_its_ballot_and_its_results_in_both_languages() {
    let cases: &[(Form, &[Form], &[&str])] = &[
        (
            &[("face", "approve"), ("rule", "greedy"), ("completion", "none")],
            &[&[("approve", "3"), ("approve", "4")], &[("approve", "4")]],
            &["1", "2", "3", "4"],
        ),
        (
            &[("face", "knapsack"), ("rule", "knapsack")],
            &[&[("approve", "1"), ("approve", "2")]],
            &["1", "2"],
        ),
        (
            &[("face", "points"), ("satisfaction", "points")],
            &[&[("points-1", "7"), ("points-2", "3")], &[("points-3", "10")]],
            &["2", "3"],
        ),
        (
            &[("face", "rank"), ("satisfaction", "ranks"), ("rule", "greedy-score")],
            &[&[("rank-4", "1"), ("rank-2", "2")], &[("rank-4", "5")]],
            &["2", "4"],
        ),
        (
            &[("face", "plus-minus"), ("satisfaction", "points"), ("rule", "greedy-score"), ("most", "3")],
            &[
                &[("mark-1", "plus"), ("mark-2", "plus"), ("mark-3", "minus")],
                &[("mark-1", "plus"), ("mark-3", "")],
            ],
            &["1", "2"],
        ),
    ];
    for (rules, ballots, winners) in cases {
        let town = Town::open(memory().await, ONE, rules).await;
        for (n, ballot) in ballots.iter().enumerate() {
            let who = town.site.participant(&format!("Votant {n}")).await;
            town.vote(&who, ballot).await;
        }
        town.publish().await;
        let results = town.results().await;
        let outcome = results.envelopes[0].outcome.as_ref().unwrap();
        // A greedy rule may also take what nobody chose, when money remains.
        let chosen: Vec<&str> = outcome.selected.iter().map(String::as_str).collect();
        for winner in *winners {
            if *winner != "1" || rules[0].1 != "approve" {
                assert!(chosen.contains(winner), "{rules:?}: {chosen:?}");
            }
        }
        for locale in [Locale::Fr, Locale::En] {
            let visitor = town.site.visitor().locale(locale);
            for path in ["results", "results/1", "results/3"] {
                let page = visitor.get(&format!("{BASE}/{path}")).await;
                page.assert_status(200);
                assert!(!page.text().contains("budget-"), "{rules:?}: a missing text\n{}", page.text());
            }
            let page = visitor.get(&format!("{BASE}/results")).await;
            assert_eq!(page.attr("[role=img].result-bars", "aria-label").len(), 1);
        }
        town.site.check_texts();
    }
}

#[tokio::test]
async fn minus_votes_keep_a_project_out_whatever_the_rule() {
    for rule in ["greedy", "greedy-score", "knapsack", "equal-shares"] {
        let rules = [
            ("face", "plus-minus"),
            ("satisfaction", "points"),
            ("rule", rule),
            ("most", "3"),
            ("minus", "1"),
        ];
        let town = Town::open(memory().await, ONE, &rules).await;
        // 1: three for; 2: two for; 3: one for, two against; 4: one for.
        let ballots: &[Form] = &[
            &[("mark-1", "plus"), ("mark-2", "plus"), ("mark-3", "minus")],
            &[("mark-1", "plus"), ("mark-4", "plus"), ("mark-3", "minus")],
            &[("mark-1", "plus"), ("mark-3", "plus"), ("mark-2", "plus")],
        ];
        for (n, ballot) in ballots.iter().enumerate() {
            let who = town.site.participant(&format!("Votant {n}")).await;
            town.vote(&who, ballot).await;
        }
        town.publish().await;
        let results = town.results().await;
        let outcome = results.envelopes[0].outcome.as_ref().unwrap();
        assert!(outcome.selected.contains(&"1".to_owned()), "{rule}: {:?}", outcome.selected);
        assert!(!outcome.selected.contains(&"3".to_owned()), "{rule}: {:?}", outcome.selected);
        let page = town.site.visitor().get(&format!("{BASE}/results/3")).await;
        page.assert_says("Voix pour : 1 ; votes moins : 2 ; sur 3 bulletins.");
        page.assert_says("Ses votes plus moins ses votes moins font -1 ; il faut 1 au moins.");
    }
}

#[tokio::test]
async fn mistakes_are_said_beside_their_envelope_all_at_once_and_nothing_is_lost() {
    let cases: &[(Form, Form, &[&str])] = &[
        (
            &[("most", "1")],
            &[("approve", "1"), ("approve", "2")],
            &["Vous avez choisi 2 projets : 1 au plus"],
        ),
        (&[("least", "2")], &[("approve", "1")], &["il en faut 2 au moins"]),
        (&[], &[("approve", "99")], &["n’est pas sur le bulletin"]),
        (
            &[("face", "knapsack")],
            &[("approve", "1"), ("approve", "4")],
            &[
                "Vos projets coûtent 1\u{202f}100\u{a0}€ pour une enveloppe de 1\u{202f}000\u{a0}€ : retirez au moins 100\u{a0}€",
            ],
        ),
        (
            &[("face", "points"), ("satisfaction", "points"), ("most", "1")],
            &[("points-1", "8"), ("points-2", "3"), ("points-3", "deux")],
            &["Vous avez donné 11 points : vous en avez 10", "« deux » n’est pas un nombre", "1 au plus"],
        ),
        (
            &[("face", "points"), ("satisfaction", "points")],
            &[("points-1", "-3")],
            &["« -3 » n’est pas un nombre"],
        ),
        (&[("face", "rank")], &[("rank-1", "1"), ("rank-2", "1")], &["Deux projets ont le rang 1"]),
        (&[("face", "rank")], &[("rank-1", "premier")], &["« premier » n’est pas un rang"]),
        (
            &[("face", "plus-minus"), ("satisfaction", "points"), ("most", "2")],
            &[("mark-1", "minus"), ("mark-2", "minus"), ("mark-3", "plus")],
            &["Vous avez donné 2 votes moins : 1 au plus", "Il faut deux votes plus pour chaque vote moins"],
        ),
    ];
    for (rules, sent, words) in cases {
        let town = Town::open(memory().await, ONE, rules).await;
        let ana = town.site.participant("Ana").await;
        let answer = ana.post(&format!("{BASE}/ballot"), sent).await;
        answer.assert_status(422);
        for said in *words {
            answer.assert_says(said);
        }
        let links = answer.attr("#error-summary a", "href");
        assert!(!links.is_empty() && links.iter().all(|href| href == "#ballot"), "{links:?}");
        for (name, value) in *sent {
            let kept = match *name {
                "approve" => answer.attr("input[name=approve][checked]", "value"),
                name if name.starts_with("mark-") => {
                    answer.attr(&format!("input[name={name}][checked]"), "value")
                }
                name => answer.attr(&format!("input[name={name}]"), "value"),
            };
            assert!(*value == "99" || kept.contains(&(*value).to_owned()), "{name}={value}: {kept:?}");
        }
    }
}

#[tokio::test]
async fn one_district_and_the_whole_town() {
    let town = Town::open(memory().await, THREE, &[("reach", "one"), ("face", "knapsack")]).await;
    let [north, south, all] = town.envelopes[..] else { panic!("three envelopes") };
    let (north_text, south_text) = (north.to_string(), south.to_string());
    let ana = town.site.participant("Ana").await;
    // Projects of a district that was not chosen, and too dear ones: both are said.
    let sent = [
        ("district", north_text.as_str()),
        ("approve", "4"),
        ("approve", "6"),
        ("approve", "7"),
        ("approve", "1"),
        ("approve", "3"),
    ];
    let wrong = ana.post(&format!("{BASE}/ballot"), &sent).await;
    wrong.assert_status(422);
    wrong.assert_says("Vous avez choisi un autre quartier").assert_says("(enveloppe 2)");
    wrong.assert_says("retirez au moins 200\u{a0}€ (enveloppe 1)");
    // Two districts and none named.
    let wrong = ana.post(&format!("{BASE}/ballot"), &[("approve", "1"), ("approve", "4")]).await;
    wrong.assert_status(422).assert_says("dites lequel est le vôtre");
    town.vote(&ana, &[("district", &north_text), ("approve", "1"), ("approve", "6")]).await;
    // Whoever ticked one district alone has chosen it.
    let bea = town.site.participant("Béa").await;
    let confirm = bea.post(&format!("{BASE}/ballot"), &[("approve", "4")]).await;
    confirm.assert_says("Sud – Piste (400\u{a0}€)").assert_says("Toute la ville – bulletin blanc");
    town.vote(&bea, &[("approve", "4")]).await;
    // A blank ballot of a district; then no district at all.
    let cyd = town.site.participant("Cyd").await;
    town.vote(&cyd, &[("district", &south_text)]).await;
    let dan = town.site.participant("Dan").await;
    town.vote(&dan, &[("district", "none"), ("approve", "7")]).await;
    town.publish().await;
    let results = town.results().await;
    let of = |id: i64| results.envelopes.iter().find(|e| e.id == id).unwrap();
    assert_eq!([of(north).ballots, of(south).ballots, of(all).ballots], [1, 2, 4]);
    assert_eq!([of(north).blank, of(south).blank, of(all).blank], [0, 1, 2]);
    let page = town.site.visitor().get(&format!("{BASE}/results")).await;
    assert_eq!(page.select("main h2").len(), 6, "three envelopes, the count, the comparison, the data");
}

#[tokio::test]
async fn combinations_that_cannot_be_counted_are_refused() {
    let town = Town::new(memory().await, ONE).await;
    let cases: &[(Form, &str)] = &[
        (&[("satisfaction", "points")], "satisfaction"),
        (&[("face", "points"), ("satisfaction", "borda")], "satisfaction"),
        (&[("face", "plus-minus"), ("satisfaction", "cost")], "satisfaction"),
        (&[("face", "plus-minus"), ("satisfaction", "points"), ("rule", "phragmen")], "rule"),
        (&[("rule", "greedy-score")], "satisfaction"),
        (&[("ties", "lot"), ("seed", "")], "seed"),
        (&[("least", "3"), ("most", "2")], "least"),
        (&[("face", "plus-minus"), ("satisfaction", "points"), ("most", "1"), ("minus", "1")], "minus"),
    ];
    for (rules, field) in cases {
        let page = town.rules(rules).await;
        page.assert_status(422);
        assert!(page.field_error(field).is_some(), "{rules:?}: {}", page.text());
    }
    let rules = json!({ "box": {}, "ties_chosen": false });
    assert!(serde_json::from_value::<crate::model::Rules>(rules).is_ok());
    town.rules(&[("reach", "one")]).await.assert_status(303);
    assert_ne!(town.publish_activity().await.status, 303, "one envelope is no district to choose");
    town.editor.get(&format!("{ADMIN}/simulator")).await.assert_status(200);
}

#[tokio::test]
async fn everybody_blank_or_nobody_is_a_result_too() {
    let town = Town::open(memory().await, ONE, &[]).await;
    town.approve(&[&[], &[]]).await;
    town.publish().await;
    let page = town.site.visitor().get(&format!("{BASE}/results")).await;
    page.assert_says("2 bulletins dans cette enveloppe, dont blancs : 2.");
    let town = Town::open(memory().await, ONE, &[]).await;
    town.publish().await;
    let page = town.site.visitor().get(&format!("{BASE}/results")).await;
    page.assert_says("Personne n’a voté : il n’y a pas de résultat.");
}

#[tokio::test]
async fn a_knapsack_ballot_fills_the_least_part_of_the_envelope() {
    let rules = [("face", "knapsack"), ("rule", "greedy"), ("completion", "none")];
    let town = Town::new(memory().await, ONE).await;
    let with = |share: &'static str, most: &'static str| {
        [rules.as_slice(), &[("least_share", share), ("most", most)]].concat()
    };
    let page = town.rules(&with("101", "")).await;
    page.assert_status(422);
    assert!(page.field_error("least_share").is_some_and(|e| e.contains("100")));
    // Two projects at most cost 1 100 € together, of 1 000 €: one alone could not reach 61 % of it.
    town.rules(&with("61", "1")).await.assert_status(303);
    assert_ne!(town.publish_activity().await.status, 303);
    town.editor.get(ADMIN).await.assert_says("personne ne pourrait remplir un bulletin");
    town.rules(&with("60", "")).await.assert_status(303);
    town.publish_activity().await.assert_status(303);
    let who = town.site.participant("Ana").await.locale(Locale::En);
    let page = who.get(&format!("{BASE}/ballot")).await;
    page.assert_says("Together they cost at least 60% of each envelope, or nothing at all.");
    assert_eq!(page.attr("[data-spend]", "data-least"), ["60000"]);
    // 300 € and 200 €: 100 € short, said beside the envelope; nothing chosen is lost.
    let short = who.post(&format!("{BASE}/ballot"), &[("approve", "2"), ("approve", "3")]).await;
    short
        .assert_status(422)
        .assert_says("Your projects cost €500: at least €600 are asked for, that is €100 more");
    assert_eq!(short.attr("input[name=approve][checked]", "value"), ["2", "3"]);
    // At the limit, and blank.
    town.vote(&who, &[("approve", "1")]).await;
    town.vote(&town.site.participant("Blanche").await, &[]).await;
    town.publish().await;
    let results = town.results().await;
    assert_eq!((results.envelopes[0].ballots, results.envelopes[0].blank), (2, 1));
    let file = town.site.visitor().get(&format!("{BASE}/pb/{}.pb", town.envelopes[0])).await;
    file.assert_says("min_sum_cost;600");
    town.site.check_texts();
}
