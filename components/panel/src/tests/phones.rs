//! Telephone numbers drawn at random, called, and answered once each.

use parvis_civic::process::DAY;
use parvis_core::Locale;
use parvis_store::{Store, boxed, db_test};

use super::bundle::{check, failed};
use super::{ADMIN, BASE, CLOSE, Town};

#[db_test]
async fn numbers_are_drawn_once_called_and_answered_once_each(db: Store) {
    let town = Town::new(db).await;
    town.open(&[("open_call", "")]).await;
    let draw = format!("{ADMIN}/phones/draw");
    // Every mistake is said beside its field, and nothing is lost.
    let form = [("prefixes", "0635\n06351"), ("digits", "3"), ("count", "0"), ("seed", " ")];
    let refused = town.editor.post(&draw, &form).await;
    for field in ["prefixes", "digits", "count", "seed"] {
        assert!(refused.assert_status(422).field_error(field).is_some(), "{field}: {}", refused.text());
    }
    assert_eq!(refused.value("prefixes").as_deref(), Some("0635 06351"));
    let many = [("prefixes", "063512345"), ("digits", "10"), ("count", "11"), ("seed", "x")];
    assert!(town.editor.post(&draw, &many).await.assert_status(422).field_error("count").is_some());
    let form = [("prefixes", "0635\n0262 2"), ("digits", "10"), ("count", "40"), ("seed", "dés : 3 5 1")];
    town.editor.post(&draw, &form).await.assert_status(303);
    town.editor.post(&draw, &form).await.assert_status(409).assert_says("déjà tirés");

    // The callers' list is what anybody draws again; the journal has its hash and no number.
    let numbers = format!("{ADMIN}/phones/numbers.csv");
    let file = town.editor.get(&numbers).await;
    let text = String::from_utf8(file.assert_status(200).body.to_vec()).unwrap();
    let rows: Vec<&str> = text.lines().skip(1).filter_map(|l| l.split(',').nth(1)).collect();
    let plan = crate::phones::Plan { prefixes: vec!["0635".into(), "02622".into()], digits: 10 };
    let drawn = plan.draw(40, "dés : 3 5 1");
    assert_eq!(rows.iter().map(|r| crate::phones::fold(r)).collect::<Vec<_>>(), drawn);
    let leaf = town.leaves("sortition-phones").await.remove(0);
    assert!(leaf.contains(&crate::letters::numbers_sha256(&drawn)) && !leaf.contains(&drawn[0]), "{leaf}");
    let page = town.site.visitor().locale(Locale::En).get(BASE).await;
    page.assert_says("40 numbers drawn by lot").assert_says("begin with 0635, 02622 and have 10 digits");
    assert!(!page.text().contains(rows[0]));

    // One says yes, one says no; a number answers once; a mistyped one is unknown.
    let agent = town.site.moderator().await;
    let entry = format!("{ADMIN}/entry");
    let say = async |phone: &str, wish: &str, name: &str, code: &str| {
        let form = [
            ("code", code),
            ("phone", phone),
            ("channel", "phone"),
            ("wish", wish),
            ("name", name),
            ("contact", phone),
            ("answer-1", "40 ans et plus"),
            ("answer-2", "Homme"),
            ("consent", "on"),
        ];
        agent.post(&entry, &form).await
    };
    agent.get(&entry).await.assert_says("Numéro appelé");
    say(rows[0], "yes", "Jean Petit", "").await.assert_status(303);
    let twice = say(&drawn[0], "yes", "Ève Noël", "").await;
    assert!(twice.assert_status(422).field_error("phone").is_some(), "{}", twice.text());
    say(rows[1], "no", "", "").await.assert_status(303);
    let unknown = say("01 02 03 04 05", "yes", "Ana", "").await;
    assert!(unknown.assert_status(422).field_error("phone").is_some());
    let both = say(rows[2], "yes", "Ana", "12").await;
    assert!(both.assert_status(422).field_error("phone").is_some());
    say(rows[3], "yes", "Béa", "").await.assert_status(303);
    say(rows[3], "no", "", "").await.assert_status(303);
    town.editor.get(&format!("{ADMIN}/phones")).await.assert_says("1 oui, 2 non, 37 sans réponse");
    let waiting = town.editor.get(&format!("{numbers}?scope=waiting")).await;
    assert_eq!(String::from_utf8(waiting.body.to_vec()).unwrap().lines().count(), 38);
    agent.get(&numbers).await.assert_status(403);
    let list = town.editor.get(&format!("{ADMIN}/volunteers")).await;
    list.assert_says("Jean Petit");
    assert!(!list.text().contains("Béa"), "{}", list.text());

    // The verifier draws them again.
    assert_eq!(failed(&check(&town).await), Vec::<&str>::new());
    let report = check(&town).await;
    let said = report.checks.iter().find(|c| c.name == "phones-of-panels").unwrap().detail.clone();
    assert_eq!(said, "40 telephone numbers, drawn again from their seeds");

    // Numbers go with the names.
    town.site.clock.set(CLOSE + 400 * DAY);
    let later = town.site.editor().await;
    let file = later.get(&numbers).await;
    assert_eq!(
        String::from_utf8(file.assert_status(200).body.to_vec()).unwrap().lines().count(),
        1,
        "by the clock, before any task"
    );
    crate::work::erase_due(&town.site.store, town.site.now()).await.unwrap();
    let left = town
        .site
        .store
        .read(|tx| boxed(async move { tx.value::<i64>("select count(*) from panel_phone", &[]).await }));
    assert_eq!(left.await.unwrap(), 0);
    assert!(town.leaves("sortition-erased").await[0].contains("\"phones\":40"));
    later.get(&format!("{ADMIN}/phones")).await.assert_says("1 oui, 2 non, 37 sans réponse");
}
