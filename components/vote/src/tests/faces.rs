//! Every way of filling a ballot, its mistakes, and the result of every method.

use parvis_core::Locale;
use parvis_store::Store;
use parvis_tally::Method;

use super::{BASE, Town};
use crate::model::Face;

async fn town() -> Town {
    Town::new(Store::memory().await.unwrap()).await
}

/// A ballot for the second option, then the first.
fn filled(face: Face, options: &[i64]) -> Vec<(String, String)> {
    let (a, b) = (options[0], options[1]);
    let pair = |n: String, v: &str| (n, v.to_owned());
    match face {
        Face::One => vec![pair("choice".into(), &b.to_string())],
        Face::Rank => vec![pair(format!("rank-{b}"), "1"), pair(format!("rank-{a}"), "2")],
        Face::Approve => vec![pair("approve".into(), &b.to_string())],
        Face::PlusMinus => vec![pair(format!("mark-{b}"), "plus"), pair(format!("mark-{a}"), "")],
        Face::Grade => vec![pair(format!("grade-{b}"), "5"), pair(format!("grade-{a}"), "1")],
        Face::Points => vec![pair(format!("points-{b}"), "2"), pair(format!("points-{a}"), "-1")],
    }
}

#[tokio::test]
async fn every_method_has_its_ballot_and_its_results_page_in_both_languages() {
    for method in Method::ALL {
        let town = town().await;
        let options = town.open(&[("method", method.id())]).await;
        for name in ["Ana", "Béa", "Cyd"] {
            let who = town.site.participant(name).await;
            let ballot = filled(Face::of(method), &options);
            let ballot: Vec<_> = ballot.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            town.vote(&who, &ballot).await;
        }
        town.publish().await;
        let fr = town.site.visitor().get(&format!("{BASE}/results")).await;
        fr.assert_status(200).assert_says("Place de la Paix l’emporte, sur 3 bulletins.");
        let en = town.site.visitor().locale(Locale::En).get(&format!("{BASE}/results")).await;
        en.assert_status(200).assert_says("Place de la Paix wins, out of 3 ballots.");
        // The picture says in words what it draws, the working has steps, others are compared.
        for page in [&fr, &en] {
            assert_eq!(page.attr("[role=img].result-bars", "aria-label").len(), 1, "{method}");
            assert!(page.select("#working ~ *").len() >= 3, "{method}: {}", page.text());
            assert!(page.select("[aria-labelledby=others] tbody tr").len() >= 2, "{method}");
            assert!(!page.html.contains("vote-"), "{method}: a missing text\n{}", page.text());
        }
    }
}

/// Fields of a form; `A` and `B` stand for the first two options.
type Form = &'static [(&'static str, &'static str)];

#[tokio::test]
async fn mistakes_are_said_beside_the_ballot_and_nothing_is_lost() {
    let cases: &[(&str, Form, Form, &str)] = &[
        ("irv", &[], &[("rank-A", "x")], "n’est pas un rang"),
        ("stv-scottish", &[], &[("rank-A", "1"), ("rank-B", "1")], "le même rang"),
        ("approval", &[("most", "1")], &[("approve", "A"), ("approve", "B")], "1 au plus"),
        ("approval", &[], &[("approve", "99999")], "pas sur le bulletin"),
        ("plurality", &[], &[("choice", "99999")], "pas sur le bulletin"),
        ("d21", &[], &[("mark-A", "minus")], "deux votes plus"),
        ("d21", &[("plus", "1"), ("minus", "0")], &[("mark-A", "plus"), ("mark-B", "plus")], "1 au plus"),
        ("score", &[], &[("grade-A", "9")], "n’existe pas"),
        ("quadratic", &[], &[("points-A", "3"), ("points-B", "1")], "coûte 10 crédits"),
        ("quadratic", &[], &[("points-A", "beaucoup")], "n’est pas un nombre"),
    ];
    for (method, rules, sent, words) in cases {
        let town = town().await;
        let mut all = vec![("method", *method)];
        all.extend_from_slice(rules);
        let options = town.open(&all).await;
        let ana = town.site.participant("Ana").await;
        let name = |text: &str| {
            text.replace("-A", &format!("-{}", options[0])).replace("-B", &format!("-{}", options[1]))
        };
        let value = |text: &str| match text {
            "A" => options[0].to_string(),
            "B" => options[1].to_string(),
            other => other.to_owned(),
        };
        let sent: Vec<_> = sent.iter().map(|(n, v)| (name(n), value(v))).collect();
        let sent: Vec<_> = sent.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let answer = ana.post(&format!("{BASE}/ballot"), &sent).await;
        answer.assert_status(422).assert_says(words);
        assert_eq!(answer.attr("#error-summary a", "href"), ["#ballot"], "{method}");
        assert_eq!(answer.attr("#ballot", "id").len(), 1);
    }
}

#[tokio::test]
async fn a_blank_ballot_is_a_ballot() {
    let town = town().await;
    town.open(&[("method", "plurality")]).await;
    let ana = town.site.participant("Ana").await;
    let confirm = ana.post(&format!("{BASE}/ballot"), &[("choice", "blank")]).await;
    confirm.assert_status(200).assert_says("Bulletin blanc");
    town.vote(&ana, &[("choice", "blank")]).await;
    town.publish().await;
    let page = town.site.visitor().get(&format!("{BASE}/results")).await;
    page.assert_status(200).assert_says("Tous les bulletins sont blancs");
}

#[tokio::test]
async fn blank_ballots_are_counted_apart() {
    let town = town().await;
    let options = town.open(&[("method", "plurality")]).await;
    let (ana, bob) = (town.site.participant("Ana").await, town.site.participant("Bob").await);
    town.vote(&ana, &[("choice", "blank")]).await;
    town.vote(&bob, &[("choice", &options[1].to_string())]).await;
    town.publish().await;
    let page = town.site.visitor().get(&format!("{BASE}/results")).await;
    page.assert_says("Place de la Paix l’emporte, sur 2 bulletins.").assert_says("Un bulletin blanc.");
}
