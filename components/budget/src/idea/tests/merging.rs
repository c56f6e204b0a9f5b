//! Joining ideas: nothing without both authors; the trace stays; followers follow.

use parvis_store::{Store, boxed, db_test, p};

use super::{ADMIN, BASE, TITLE, Town};

#[db_test]
async fn two_ideas_are_joined_when_both_authors_agree(db: Store) {
    let town = Town::open(db).await;
    let (ana, bo, cy) = (
        town.site.participant("Ana").await,
        town.site.participant("Bo").await,
        town.site.participant("Cy").await,
    );
    let from = town.deposit(&ana, TITLE, &[]).await;
    let into = town.deposit(&bo, "Des arbres fruitiers le long du canal", &[]).await;
    cy.post(&format!("{BASE}/ideas/{from}/follow"), &[("on", "1")]).await.assert_status(303);
    cy.post(&format!("{BASE}/ideas/{from}/support"), &[("on", "1")]).await.assert_status(303);

    // An author proposes, by the address of the other idea; only authors and editors read the proposal.
    let merge = format!("{BASE}/ideas/{from}/merge");
    bo.get(&merge).await.assert_status(403);
    ana.get(&merge).await.assert_says("Idées proches").assert_says("Des arbres fruitiers");
    for (other, field) in [("", "other"), ("999999", "other"), (&from.to_string()[..], "other")] {
        let page = ana.post(&merge, &[("other", other)]).await;
        assert!(page.assert_status(422).field_error(field).is_some(), "{other}");
    }
    let address = format!("http://parvis.test{BASE}/ideas/{into}");
    let sent = [("other", address.as_str()), ("reason", "C’est la même idée."), ("idem", "m1")];
    let proposed = ana.post(&merge, &sent).await.assert_status(303).location.clone().unwrap();
    assert_eq!(ana.post(&merge, &sent).await.location.as_deref(), Some(proposed.as_str()));
    assert!(ana.post(&merge, &[("other", &address)]).await.assert_status(422).field_error("other").is_some());
    cy.get(&proposed).await.assert_status(404);
    let page = ana.get(&proposed).await;
    page.assert_says("C’est la même idée.").assert_says("Pas encore de réponse");
    assert!(page.select("button[value=agree]").is_empty(), "she has agreed already");
    let mails = town.mails(&bo).await;
    assert!(mails[0].text.contains(&proposed), "{}", mails[0].text);
    bo.get(&format!("{BASE}/ideas/{into}")).await.assert_says("attend une réponse");

    // Somebody else cannot answer; the other author agrees, and it is done at once.
    cy.post(&proposed, &[("answer", "agree")]).await.assert_status(404);
    bo.post(&proposed, &[("answer", "agree")]).await.assert_status(303);
    bo.post(&proposed, &[("answer", "refuse")]).await.assert_status(409);
    let page = town.site.visitor().get(&format!("{BASE}/ideas/{from}")).await;
    page.assert_says("Réunie à une autre").assert_says("[Des arbres fruitiers le long du canal]");
    let page = town.site.visitor().get(&format!("{BASE}/ideas/{into}")).await;
    page.assert_says("Idées réunies à celle-ci")
        .assert_says(&format!("[{TITLE}]"))
        .assert_says("Aucun soutien");
    let follows = "select count(*) from follow where kind = 'contribution' and ref_id = $1";
    assert_eq!(town.number(follows, p![into].to_vec()).await, 3, "Bo, Ana and Cy");
    let leaf = "select count(*) from journal_entry where kind = 'merge' and ref_id = $1";
    assert_eq!(town.number(leaf, p![from].to_vec()).await, 1);
    assert!(town.mails(&cy).await[0].text.contains("réunie à une autre"));
    let list = town.site.visitor().get(&format!("{BASE}/ideas")).await;
    assert_eq!(list.select(".card h3").len(), 1);
    // What was taken in is studied no more.
    town.study(from, &[("state", "study")]).await.assert_status(409);
}

#[db_test]
async fn a_refusal_leaves_both_as_they_were(db: Store) {
    let town = Town::open(db).await;
    let (ana, bo) = (town.site.participant("Ana").await, town.site.participant("Bo").await);
    let from = town.deposit(&ana, TITLE, &[]).await;
    let into = town.deposit(&bo, "Des arbres fruitiers le long du canal", &[]).await;
    let (a, b) = (from.to_string(), into.to_string());
    // An editor proposes; neither author has answered.
    let sent = [("from", a.as_str()), ("other", b.as_str())];
    town.editor.post(&format!("{ADMIN}/mergers"), &sent).await.assert_status(303);
    let id = town.number("select max(id) from budget_merger", vec![]).await;
    let path = format!("{BASE}/mergers/{id}");
    assert!(
        town.editor.get(&path).await.select("button[value=agree]").is_empty(),
        "it is not theirs to answer"
    );
    town.editor.post(&path, &[("answer", "agree")]).await.assert_status(403);
    ana.post(&path, &[("answer", "agree")]).await.assert_status(303);
    bo.post(&path, &[("answer", "refuse")]).await.assert_status(303);
    ana.get(&path).await.assert_says("Refusée");
    assert!(town.mails(&ana).await.iter().any(|m| m.text.contains("a été refusée")));
    for id in [from, into] {
        town.site.visitor().get(&format!("{BASE}/ideas/{id}")).await.assert_says("Reçue");
    }
    ana.post(&path, &[("answer", "agree")]).await.assert_status(409);
    // It may be proposed again, and taken back.
    town.editor.post(&format!("{ADMIN}/mergers"), &sent).await.assert_status(303);
    town.editor.post(&format!("{ADMIN}/mergers/{id}/cancel"), &[]).await.assert_status(303);
    bo.post(&path, &[("answer", "agree")]).await.assert_status(409);
}

#[db_test]
async fn editors_answer_for_those_who_cannot_be_reached(db: Store) {
    let town = Town::open(db).await;
    let ana = town.site.participant("Ana").await;
    let own = town.deposit(&ana, TITLE, &[]).await;
    // Two ideas received on paper.
    let mut official = vec![];
    for title in ["Une fontaine à boire", "De l’eau potable sur la place"] {
        let form = [
            ("title", title),
            ("body", "Une fontaine à boire sur la place du marché."),
            ("address", "Place"),
        ];
        town.editor.post(&format!("{ADMIN}/ideas/new"), &form).await.assert_status(303);
        official.push(town.last_idea().await);
    }
    town.site.visitor().get(&format!("{BASE}/ideas/{}", official[0])).await.assert_says("par l’organisation");
    let merge = async |from: i64, into: i64| {
        let (from, into) = (from.to_string(), into.to_string());
        town.editor.post(&format!("{ADMIN}/mergers"), &[("from", &from[..]), ("other", &into)]).await
    };
    merge(official[0], official[1]).await.assert_status(303);
    let page = town.site.visitor().get(&format!("{BASE}/ideas/{}", official[0])).await;
    page.assert_says("Réunie à une autre");
    // With somebody's idea, their consent is needed; once their account is gone, the editor answers.
    merge(own, official[1]).await.assert_status(303);
    town.site.visitor().get(&format!("{BASE}/ideas/{own}")).await.assert_says("Reçue");
    let who = ana.id();
    town.site
        .write(move |tx| {
            boxed(async move {
                tx.exec("update participant set email = null where id = $1", &p![who]).await?;
                Ok::<_, parvis_civic::Error>(())
            })
        })
        .await
        .unwrap();
    let id = town.number("select max(id) from budget_merger", vec![]).await;
    town.editor.post(&format!("{BASE}/mergers/{id}"), &[("answer", "agree")]).await.assert_status(303);
    town.site.visitor().get(&format!("{BASE}/ideas/{own}")).await.assert_says("Réunie à une autre");
}
