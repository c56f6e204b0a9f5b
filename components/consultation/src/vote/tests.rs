//! Voting, through HTTP.

use parvis_store::{Store, db_test};

use crate::testing::{CLOSE, Town, flash};

#[db_test]
async fn a_vote_is_cast_changed_and_taken_back(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let vote = format!("{}/vote", town.article());

    let answer = ana.post(&vote, &[("value", "1")]).await;
    answer.assert_redirect(&format!("{}#vote", town.article()));
    let page = ana.follow(answer).await;
    assert!(flash(&page).contains("Votre vote est enregistré."), "{}", flash(&page));
    assert!(page.text().contains("Vous avez voté «\u{a0}pour\u{a0}»."), "{}", page.text());
    assert_eq!(page.attr(".vote-buttons button", "aria-pressed"), ["true", "false", "false"]);
    let receipts = page.attr("a[href^='/receipt/']", "href");
    assert_eq!(receipts.len(), 1, "{}", page.text());

    // Sent twice, it counts once, and says so.
    let again = ana.follow(ana.post(&vote, &[("value", "1")]).await).await;
    assert!(flash(&again).contains("il compte une fois"), "{}", flash(&again));
    assert_eq!(town.number("select count(*) from journal_entry where kind = 'reaction'").await, 1);

    for (value, total) in [("0", (0, 1, 0)), ("-1", (0, 0, 1)), ("none", (0, 0, 0)), ("none", (0, 0, 0))] {
        ana.post(&vote, &[("value", value)]).await.assert_status(303);
        let sql = "select reactions_for * 100 + reactions_mixed * 10 + reactions_against from contribution
                   where kind = 'article' order by id limit 1";
        assert_eq!(town.number(sql).await, total.0 * 100 + total.1 * 10 + total.2, "after {value}");
    }
    assert_eq!(town.number("select count(*) from reaction").await, 0);
}

#[db_test]
async fn two_people_are_two_votes_and_the_page_is_never_stale(db: Store) {
    let town = Town::new(db).await;
    let vote = format!("{}/vote", town.article());
    let reader = town.site.visitor();
    for (n, name) in ["Ana", "Bo", "Chloé"].iter().enumerate() {
        let who = town.site.participant(name).await;
        who.post(&vote, &[("value", if n == 1 { "-1" } else { "1" })]).await.assert_status(303);
        let page = reader.get(&town.article()).await;
        let total = page.select("section[aria-labelledby='vote'] tbody tr:last-child td");
        assert_eq!(total, [(n + 1).to_string()]);
    }
    let page = reader.get(&town.article()).await;
    let lines = page.select("section[aria-labelledby='vote'] tbody tr");
    assert_eq!(lines, ["Pour2 (66,7 %)", "Mitigé0 (0 %)", "Contre1 (33,3 %)", "Total3"]);
    assert!(page.html.contains("<svg class=\"vote-bar\""));
}

#[db_test]
async fn a_closed_consultation_takes_no_vote_to_the_millisecond(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let vote = format!("{}/vote", town.article());
    town.site.clock.set(CLOSE - 1);
    ana.post(&vote, &[("value", "1")]).await.assert_status(303);
    town.site.clock.set(CLOSE);
    let refused = ana.post(&vote, &[("value", "-1")]).await;
    refused.assert_status(409);
    assert!(refused.text().contains("votre vote n’a pas été enregistré"), "{}", refused.text());
    assert_eq!(refused.attr("main a.button", "href"), [town.article()], "back to the text");
    assert_eq!(town.number("select value from reaction").await, 1);
    let page = ana.get(&town.article()).await;
    assert!(page.select("form.vote").is_empty());
    assert!(page.text().contains("La consultation est close depuis le"), "{}", page.text());
}

#[db_test]
async fn what_cannot_be_voted_on_is_refused(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let vote = format!("{}/vote", town.article());
    ana.post(&vote, &[("value", "2")]).await.assert_status(400);
    ana.post(&vote, &[]).await.assert_status(400);
    ana.post(&town.to("c/999/vote"), &[("value", "1")]).await.assert_status(404);
    ana.post(&town.to("c/x/vote"), &[("value", "1")]).await.assert_status(404);
    // An argument is supported, never opposed.
    let argument = town.argue(&ana, "1", "Le bruit va baisser dans la rue.").await;
    ana.post(&town.to(&format!("c/{argument}/vote")), &[("value", "-1")]).await.assert_status(409);
    let supported = ana.post(&town.to(&format!("c/{argument}/vote")), &[("value", "1")]).await;
    let here = format!("{}?at={argument}#c-{argument}", town.article());
    supported.assert_redirect(&here);
    let page = ana.follow(supported).await;
    assert!(flash(&page).contains("Votre soutien est enregistré."), "{}", flash(&page));
    assert!(page.text().contains("1 soutien"), "{}", page.text());
}

#[db_test]
async fn a_reader_is_asked_to_sign_in_and_a_suspended_account_may_not(db: Store) {
    let town = Town::new(db).await;
    let vote = format!("{}/vote", town.article());
    let asked = town.site.visitor().post(&vote, &[("value", "1")]).await;
    asked.assert_status(303);
    assert!(asked.location.as_deref().is_some_and(|l| l.starts_with("/sign-in")), "{:?}", asked.location);

    let ana = town.site.participant("Ana").await;
    let id = ana.id();
    town.site
        .write(move |tx| {
            parvis_store::boxed(async move {
                tx.exec("update participant set status = 'suspended' where id = $1", &parvis_store::p![id])
                    .await
            })
        })
        .await
        .unwrap();
    ana.post(&vote, &[("value", "1")]).await.assert_status(403);
    assert_eq!(town.number("select count(*) from reaction").await, 0);
    ana.get(&town.article()).await.assert_status(200);
}
