//! A draw whose seed is a round of drand, announced before it exists.

use parvis_core::Millis;
use parvis_store::{Store, boxed, db_test};
use serde_json::json;

use super::bundle::{check, failed};
use super::{ADMIN, BASE, Town};
use crate::drand;
use crate::work::{self, Seed};

/// Round 123 of quicknet, as the network published it (test vector of the crate `drand-verify`).
const SIGNATURE: &str =
    "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92";
/// The moment of that round, as the form of the rules writes it (in Paris).
const MOMENT: &str = "2023-08-23T17:15:33";

/// A town whose call ends half an hour before round 123.
async fn town(db: Store) -> (Town, Millis) {
    let close = drand::moment_of(123) - 1_800_000;
    let town = Town::at(db, close - 7_200_000).await;
    let form = [("seed_from", "drand"), ("source_fr", ""), ("source_en", ""), ("draw_at", MOMENT)];
    town.open(&form).await;
    town.volunteers(12, 20).await;
    town.site.clock.set(close);
    (town, close)
}

#[db_test]
async fn an_announced_round_of_drand_draws_the_panel_and_nothing_else_does(db: Store) {
    let (town, close) = town(db).await;
    let visitor = town.site.visitor();
    visitor.get(BASE).await.assert_says("Tour 123 de drand");
    // Without a time there is no round to name.
    let empty = town.rules(&[("seed_from", "drand"), ("draw_at", "")]).await;
    assert!(empty.assert_status(422).field_error("draw_at").is_some());
    assert!(empty.field_error("source_fr").is_none());
    // Announced too late, the lottery could not come before the round.
    town.site.clock.set(drand::moment_of(123) - 500_000);
    let announce = format!("{ADMIN}/draw/announce");
    town.editor.post(&announce, &[]).await.assert_status(409).assert_says("dix minutes après l’annonce");
    town.site.clock.set(close);
    town.editor.post(&announce, &[]).await.assert_status(303);
    town.run_jobs().await;
    let leaf = town.leaves("sortition-announced").await.remove(0);
    assert!(leaf.contains("\"round\":123") && leaf.contains(drand::CHAIN), "{leaf}");
    visitor.get(&format!("{BASE}/draw/1")).await.assert_says("Ce tour a été annoncé avant d’exister");
    let page = town.editor.get(&format!("{ADMIN}/draw")).await;
    page.assert_says(&drand::address(123)).assert_says("Ce tour existe à partir du");

    // Words, another round's answer, a mistyped sign, a sign too few: each is said beside the field, and nothing is lost.
    let seed = format!("{ADMIN}/draw/seed");
    let send = async |signature: &str| {
        town.editor
            .post(&seed, &[("round", "1"), ("signature", signature), ("seed", "3 5 1"), ("sure", "on")])
            .await
    };
    let other = json!({ "round": 124, "signature": SIGNATURE }).to_string();
    let cases = [
        ("", "a 96 signes"),
        (&SIGNATURE[..95], "il y en a ici 95"),
        (other.as_str(), "la réponse du tour 124"),
        (&SIGNATURE.replacen("dfc92", "dfc93", 1), "un signe est faux"),
    ];
    for (signature, words) in cases {
        let refused = send(signature).await;
        let said = refused.assert_status(422).field_error("signature").unwrap_or_default();
        assert!(said.contains(words), "{signature}: {said}");
        assert_eq!(refused.value("signature").as_deref(), Some(signature));
    }
    // Nor do words that come by another way than the form.
    let said = town.site.write(move |tx| {
        boxed(async move {
            let sql = "select activity_id from panel_round where number = 1";
            let activity: i64 = tx.value(sql, &[]).await?;
            work::draw(tx, close, activity, 1, &Seed::Said("3 5 1".into())).await
        })
    });
    assert!(matches!(said.await, Err(parvis_civic::Error::Conflict("panel-drand-other"))));
    assert!(town.leaves("sortition-drawn").await.is_empty());

    town.site.clock.set(drand::moment_of(123) + 60_000);
    let whole = json!({ "round": 123, "signature": SIGNATURE }).to_string();
    send(&whole).await.assert_status(303);
    send(&whole).await.assert_status(409);
    assert!(town.leaves("sortition-refused").await.is_empty(), "the same seed is no attempt to change it");
    let ceremony = visitor.get(&format!("{BASE}/draw/1")).await;
    let randomness = drand::Beacon::read(123, SIGNATURE).unwrap().seed();
    ceremony
        .assert_says(SIGNATURE)
        .assert_says(&randomness)
        .assert_says(&format!("parvis draw --lottery lottery.json --seed '{randomness}'"))
        .assert_says("sha256sum");

    // A replacement names its own round.
    for (n, person) in town.drawn().await.iter().enumerate() {
        town.seat(person, if n == 0 { "declined" } else { "accepted" }).await.assert_status(303);
    }
    let without = town.editor.post(&announce, &[]).await;
    assert!(without.assert_status(422).field_error("draw_at").is_some());
    let soon = town.editor.post(&announce, &[("draw_at", MOMENT)]).await;
    assert!(soon.assert_status(422).field_error("draw_at").is_some());
    town.editor.post(&announce, &[("draw_at", "2023-08-24T18:00")]).await.assert_status(303);
    town.run_jobs().await;
    let second = town.leaves("sortition-announced").await.remove(1);
    assert!(second.contains("\"round\":29812"), "{second}");
    let wrong = town.editor.post(&seed, &[("round", "2"), ("signature", SIGNATURE)]).await;
    let said = wrong.assert_status(422).field_error("signature").unwrap_or_default();
    assert!(said.contains("pas la signature du tour 29\u{202f}812"), "{said}");

    // The verifier reads the signature again.
    assert_eq!(failed(&check(&town).await), Vec::<&str>::new());
    let change = async |sql: &'static str| {
        let done = town.site.write(move |tx| {
            boxed(async move { tx.exec(sql, &[]).await.map_err(parvis_civic::Error::from) })
        });
        assert_eq!(done.await.unwrap(), 1, "{sql}");
    };
    change("update panel_round set signature = replace(signature, 'b75c', 'b75d') where number = 1").await;
    assert!(failed(&check(&town).await).contains(&"draws-of-panels"));
    change("update panel_round set signature = replace(signature, 'b75d', 'b75c') where number = 1").await;
    assert_eq!(failed(&check(&town).await), Vec::<&str>::new());
}

#[db_test]
async fn a_lottery_that_comes_after_its_round_is_not_published(db: Store) {
    let (town, _) = town(db).await;
    town.editor.post(&format!("{ADMIN}/draw/announce"), &[]).await.assert_status(303);
    town.site.clock.set(drand::moment_of(123));
    town.run_jobs().await;
    let page = town.editor.get(&format!("{ADMIN}/draw")).await;
    page.assert_says("n’était pas prête avant le tour de drand");
    assert!(town.leaves("sortition-lottery").await.is_empty());
    let back = town.editor.post(&format!("{ADMIN}/draw/take-back"), &[("round", "1")]).await;
    back.assert_status(303);
    town.rules(&[("seed_from", "drand"), ("draw_at", "2023-08-24T17:00")]).await.assert_status(303);
    town.editor.post(&format!("{ADMIN}/draw/announce"), &[]).await.assert_status(303);
}
