//! The follow-up of the winners, step by step, in public.

use parvis_civic::process::DAY;
use parvis_store::{Store, db_test};

use super::{ADMIN, BASE, END, TITLE, Town};

#[db_test]
async fn a_winner_is_followed_until_it_is_delivered(db: Store) {
    let mut town = Town::open(db).await;
    let ana = town.site.participant("Ana").await;
    let idea = town.deposit(&ana, TITLE, &[]).await;
    let id = town.project(idea).await;
    let begin = format!("{ADMIN}/follow-up/{id}/begin");
    town.editor.post(&begin, &[]).await.assert_status(409);
    town.editor.get(&format!("{ADMIN}/follow-up/{id}")).await.assert_status(404);
    town.count().await;
    town.editor.post(&begin, &[]).await.assert_status(303);
    town.editor.post(&format!("{ADMIN}/follow-up/{id}/undo"), &[]).await.assert_status(303);
    town.editor.post(&begin, &[]).await.assert_status(303);
    town.site.visitor().get(BASE).await.assert_says("[Suivre les réalisations]");

    // Every mistake at once: a date to come, no progress, no words, a promise before the step.
    let step = format!("{ADMIN}/follow-up/{id}");
    let wrong =
        [("happened_on", "2027-01-01"), ("progress", ""), ("spent", "x"), ("promised_on", "2026-01-01")];
    let page = town.editor.upload(&step, &wrong, &[]).await;
    page.assert_status(422);
    for field in ["happened_on", "progress", "body_fr", "spent", "promised_on"] {
        assert!(page.field_error(field).is_some(), "{field}: {}", page.text());
    }
    let write = async |town: &Town, form: &[(&str, &str)]| {
        town.editor.upload(&step, form, &[]).await.assert_status(303);
    };
    let first = [
        ("happened_on", "2026-06-13"),
        ("progress", "studies"),
        ("body_fr", "Le sol est analysé."),
        ("body_en", "The ground is tested."),
        ("spent", "1 500"),
        ("promised_on", "2026-06-16"),
        ("idem", "s1"),
    ];
    write(&town, &first).await;
    write(&town, &first).await;
    assert_eq!(town.number("select count(*) from budget_step", vec![]).await, 1, "sent twice, written once");
    assert_eq!(town.number("select spent from budget_project where progress <> ''", vec![]).await, 150_000);
    town.editor.post(&format!("{ADMIN}/follow-up/{id}/undo"), &[]).await.assert_status(409);
    let mails = town.mails(&ana).await;
    let told = mails.iter().find(|m| m.subject.contains("Le verger du canal")).expect("her project moves on");
    assert!(told.text.contains("Le sol est analysé."), "{}", told.text);
    let made = mails.iter().find(|m| m.text.contains("Un projet soumis au vote en vient."));
    assert!(made.expect("a project comes from her idea").subject.contains(TITLE));

    // Late, and said so: the day after, not the day itself.
    let path = format!("{BASE}/projects/{id}");
    town.site.clock.set(END + 3 * DAY);
    town.site.visitor().get(&path).await.assert_says("Promis pour le 16 juin 2026");
    town.later(END + 5 * DAY).await;
    town.site.visitor().get(&path).await.assert_says("En retard de 2 jours : promis pour le 16 juin 2026");
    write(
        &town,
        &[
            ("happened_on", "2026-06-18"),
            ("progress", "works"),
            ("body_fr", "Les arbres sont commandés."),
            ("promised_on", "2026-06-25"),
            ("spent", "12 000"),
        ],
    )
    .await;
    town.site
        .english()
        .get(&path)
        .await
        .assert_says("2 days late: promised by 16 June 2026, now by 25 June 2026");
    town.later(END + 7 * DAY).await;
    write(
        &town,
        &[("happened_on", "2026-06-20"), ("progress", "delivered"), ("body_fr", "Le verger est ouvert.")],
    )
    .await;

    let numbered = |text: String| {
        text.replace(&format!("/ideas/{idea}"), "/ideas/ID")
            .replace(&format!("/projects/{id}"), "/projects/ID")
    };
    let project = town.site.visitor().get(&path).await;
    let fr = town.site.visitor().get(&format!("{BASE}/follow-up")).await;
    let en = town.site.english().get(&format!("{BASE}/follow-up")).await;
    insta::allow_duplicates! {
        insta::assert_snapshot!("winner_fr", numbered(project.text()));
        insta::assert_snapshot!("follow_up_fr", numbered(fr.text()));
        insta::assert_snapshot!("follow_up_en", numbered(en.text()));
    }
    // A project that is followed cannot be removed.
    town.editor.post(&format!("{ADMIN}/projects/{id}/delete"), &[]).await.assert_status(409);
}
