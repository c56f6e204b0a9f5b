//! What members think of the panel: once each, apart from who they are, published all at once.

use parvis_civic::Error;
use parvis_civic::process::DAY;
use parvis_store::{Store, boxed, db_test};

use super::bundle::{check, failed};
use super::{ADMIN, BASE, CLOSE, Town};

/// The form of an answer.
fn marks<'a>(code: &'a str, marks: [&'a str; 5], comment: &'a str) -> Vec<(&'a str, &'a str)> {
    let names =
        ["evaluation-fair", "evaluation-voice", "evaluation-balance", "evaluation-trust", "evaluation-again"];
    let mut form = vec![("code", code), ("comment", comment)];
    form.extend(names.into_iter().zip(marks));
    form
}

#[db_test]
async fn members_say_what_they_think_once_each_and_nothing_says_who_said_what(db: Store) {
    let town = Town::new(db).await;
    town.open(&[("seats", "8")]).await;
    town.volunteers(12, 20).await;
    town.announce().await;
    town.draw("1", "3 5 1").await.assert_status(303);
    for (n, person) in town.drawn().await.iter().enumerate() {
        town.seat(person, if n == 7 { "declined" } else { "accepted" }).await.assert_status(303);
    }
    let (page, to) = (format!("{BASE}/evaluation"), format!("{BASE}/evaluation/answer"));
    let admin = format!("{ADMIN}/evaluation");
    let visitor = town.site.visitor();
    visitor.get(&page).await.assert_status(200).assert_says("n’est pas ouverte");
    let open = format!("{admin}/open");
    town.editor.post(&open, &[]).await.assert_status(409).assert_says("Il faut d’abord une séance");
    let session = [("title_fr", "Première séance"), ("day", "2026-09-12")];
    town.editor.post(&format!("{ADMIN}/sessions"), &session).await.assert_status(303);
    town.editor.post(&open, &[]).await.assert_status(303);
    town.editor.post(&open, &[]).await.assert_status(409);
    visitor.get(&format!("{BASE}/work")).await.assert_says("Répondre avec un code");

    // Seven codes for seven members; each answers once.
    let printed = town.editor.post(&format!("{admin}/codes"), &[]).await;
    let codes = printed.assert_status(200).select(".receipt-code");
    assert_eq!(codes.len(), 7);
    let wrong = visitor.post(&page, &[("code", "ABCD")]).await;
    assert!(wrong.assert_status(422).field_error("code").is_some());
    let typed = codes[0].to_lowercase().replace('-', " ");
    visitor.post(&page, &[("code", &typed)]).await.assert_status(200).assert_says("Je recommencerais");
    let missing = marks(&typed, ["5", "4", "", "9", "5"], "Merci beaucoup");
    let refused = visitor.post(&to, &missing).await;
    refused.assert_status(422);
    let has = |field: &str| refused.field_error(field).is_some();
    assert!(has("evaluation-balance") && has("evaluation-trust") && !has("evaluation-fair"));
    assert_eq!(refused.value("comment").as_deref(), Some("Merci beaucoup"), "nothing is lost");
    let first = marks(&typed, ["5", "4", "3", "2", "5"], "Merci beaucoup");
    visitor.post(&to, &first).await.assert_status(200).assert_says("votre réponse est gardée");
    visitor.post(&to, &first).await.assert_status(200).assert_says("Vous avez déjà répondu");
    visitor.post(&page, &[("code", &typed)]).await.assert_says("Vous avez déjà répondu");
    for code in &codes[1..4] {
        let all = marks(code, ["5", "5", "4", "1", "4"], "");
        visitor.post(&to, &all).await.assert_says("votre réponse est gardée");
    }
    // Four answers: too few. Nobody reads anything before the totals are published.
    let publish = format!("{admin}/publish");
    town.editor.post(&publish, &[]).await.assert_status(409).assert_says("Moins de cinq réponses");
    let before = town.editor.get(&admin).await;
    before.assert_says("Réponses : 4, pour 7 membres");
    assert!(!before.text().contains("Merci beaucoup"), "{}", before.text());
    assert!(!visitor.get(&page).await.text().contains("Réponses"));
    assert_eq!(failed(&check(&town).await), Vec::<&str>::new(), "before the totals");

    // An agent types the fifth from paper; the same person cannot answer twice.
    let agent = town.site.moderator().await;
    let form = agent.get(&admin).await;
    let people = form.assert_status(200).attr("select[name=person] option", "value");
    assert_eq!(people.len(), 1 + 3, "those who have not answered");
    let mut paper = marks("", ["1", "5", "3", "4", "2"], "");
    let entry = format!("{admin}/entry");
    let nobody = agent.post(&entry, &paper).await;
    assert!(nobody.assert_status(422).field_error("person").is_some());
    paper.push(("person", &people[1]));
    agent.post(&entry, &paper).await.assert_status(303);
    agent.post(&entry, &paper).await.assert_status(409);
    agent.post(&publish, &[]).await.assert_status(403);
    // Five answers in one table, five marks in the other; no act of the journal dates any of them.
    assert!(town.leaves("sortition-evaluation").await.is_empty());
    let kept = town
        .site
        .store
        .read(|tx| {
            boxed(async move {
                let answers: i64 = tx.value("select count(*) from panel_evaluation", &[]).await?;
                let marked: i64 =
                    tx.value("select count(*) from panel_volunteer where has_evaluated", &[]).await?;
                Ok::<_, parvis_store::Error>((answers, marked))
            })
        })
        .await
        .unwrap();
    assert_eq!(kept, (5, 5));

    town.editor.post(&publish, &[]).await.assert_status(303);
    visitor.post(&to, &marks(&codes[5], ["5"; 5], "")).await.assert_says("Réponses : 5");
    let results = visitor.get(&page).await;
    results
        .assert_says("d’accord avec 4 phrases sur 5")
        .assert_says("Réponses : 5, pour 7 membres")
        .assert_says("| Le tirage au sort était juste. | 1 | 0 | 0 | 0 | 4");
    assert_eq!(
        results.attr(".result-bars svg", "aria-label")[0],
        "80\u{202f}% d’accord, 0\u{202f}% entre les deux, 20\u{202f}% pas d’accord"
    );
    assert!(!results.text().contains("Merci beaucoup"));
    town.editor.get(&admin).await.assert_says("Merci beaucoup");
    let leaf = town.leaves("sortition-evaluation").await.remove(0);
    assert!(leaf.contains("\"fair\":[1,0,0,0,4]") && !leaf.contains("Merci"), "{leaf}");

    // The verifier compares the table with the journal.
    let report = check(&town).await;
    assert_eq!(failed(&report), Vec::<&str>::new(), "{report:?}");
    let change = async |sql: &'static str| {
        let done =
            town.site.write(move |tx| boxed(async move { tx.exec(sql, &[]).await.map_err(Error::from) }));
        assert!(done.await.unwrap() > 0, "{sql}");
    };
    change("update panel_evaluation set fair = 5 where fair = 1").await;
    assert_eq!(failed(&check(&town).await), ["evaluations-of-panels"]);
    change("update panel_evaluation set fair = 1 where again = 2").await;
    assert_eq!(failed(&check(&town).await), Vec::<&str>::new());

    // Free texts go with the names; totals stay.
    town.site.clock.set(CLOSE + 400 * DAY);
    let later = town.site.editor().await;
    let hidden = later.get(&admin).await;
    assert!(!hidden.assert_status(200).text().contains("Merci beaucoup"), "by the clock");
    crate::work::erase_due(&town.site.store, town.site.now()).await.unwrap();
    let left = town.site.store.read(|tx| {
        boxed(async move {
            let sql = "select (select count(*) from panel_evaluation where comment <> '')
                       + (select count(*) from panel_volunteer where code_hash is not null)";
            tx.value::<i64>(sql, &[]).await
        })
    });
    assert_eq!(left.await.unwrap(), 0);
    visitor.get(&page).await.assert_says("Réponses : 5, pour 7 membres");
}
