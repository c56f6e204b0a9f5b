//! The administration, as its people use it.

use parvis_store::{Store, boxed, db_test, p};
use parvis_testkit::{Actor, TestSite};

async fn site(store: Store) -> TestSite {
    TestSite::builder()
        .store(store)
        .routes(parvis_admin::routes(), &[parvis_civic::SOURCE, parvis_admin::SOURCE])
        .build()
        .await
}

/// Everything a process needs before it can be published, its phases excepted.
const RULES: &[(&str, &str)] = &[
    ("title_fr", "Plan vélo"),
    ("summary_fr", "Où passer, où garer."),
    ("object_fr", "Le tracé est à décider ; le budget ne l’est pas."),
    ("perimeter_fr", "Toute personne qui habite la commune."),
    ("duplicates_rule_fr", "Un compte par personne."),
    ("method_note_fr", "Chaque proposition est lue."),
    ("preset", "open"),
    ("answer_due_at", "2031-06-30"),
];

async fn process(editor: &Actor) -> String {
    let answer = editor.post("/admin/processes/new", RULES).await;
    answer.assert_status(303);
    answer.location.expect("a new process leads to its page")
}

#[db_test]
async fn a_process_is_made_dated_and_published(db: Store) {
    let site = site(db).await;
    let editor = site.editor().await;
    let place = process(&editor).await;
    let page = editor.get(&place).await;
    page.assert_says("Ajoutez au moins une étape avec ses dates.");
    assert!(!page.html.contains("/publish\""), "it cannot be published yet");
    let refused = editor.post(&format!("{place}/publish"), &[]).await;
    refused.assert_status(422).assert_says("Ajoutez au moins une étape avec ses dates.");
    let phase = [
        ("phase_title_fr", "Consultation"),
        ("starts_at", "2031-05-01T08:00"),
        ("ends_at", "2031-05-31T18:00"),
    ];
    editor.post(&format!("{place}/phases/new"), &phase).await.assert_redirect(&place);
    editor.post(&format!("{place}/publish"), &[]).await.assert_redirect(&place);
    editor.get(&place).await.assert_says("Publié");
    let kinds: Vec<String> = site
        .store
        .read(|tx| {
            boxed(async move {
                let rows = tx.query("select kind from journal_entry order by id", &p![]).await?;
                rows.iter().map(|r| r.at(0)).collect::<Result<Vec<_>, parvis_store::Error>>()
            })
        })
        .await
        .unwrap();
    assert_eq!(kinds, ["process-rules"], "what people agree to is in the journal");
}

#[db_test]
async fn a_published_process_keeps_what_it_promised(db: Store) {
    let site = site(db).await;
    let editor = site.editor().await;
    let place = process(&editor).await;
    let phase = [
        ("phase_title_fr", "Consultation"),
        ("starts_at", "2031-05-01T08:00"),
        ("ends_at", "2031-05-31T18:00"),
    ];
    editor.post(&format!("{place}/phases/new"), &phase).await.assert_redirect(&place);
    // A draft may lack anything.
    let emptied: Vec<_> = RULES
        .iter()
        .map(|(name, value)| match *name {
            "object_fr" | "perimeter_fr" | "answer_due_at" => (*name, ""),
            _ => (*name, *value),
        })
        .collect();
    editor.post(&format!("{place}/edit"), &emptied).await.assert_redirect(&place);
    editor.post(&format!("{place}/edit"), RULES).await.assert_redirect(&place);
    editor.post(&format!("{place}/publish"), &[]).await.assert_redirect(&place);
    let refused = editor.post(&format!("{place}/edit"), &emptied).await;
    refused.assert_status(422);
    assert_eq!(refused.attr("#error-summary a", "href"), ["#object_fr", "#perimeter_fr", "#answer_due_at"]);
    assert_eq!(refused.value("summary_fr").as_deref(), Some("Où passer, où garer."), "nothing is lost");
    // The promised answer must still come after the closing, and its only phase stays.
    let phases = editor.get(&place).await.attr("a[href^='/admin/phases/']", "href");
    let one = phases.first().expect("the phase has a page").clone();
    let longer = [phase[0], phase[1], ("ends_at", "2031-07-31T18:00")];
    let refused = editor.post(&one, &longer).await;
    refused.assert_status(422);
    assert!(refused.field_error("ends_at").is_some_and(|e| e.contains("doit venir après la clôture")));
    editor.post(&one.replace("/edit", "/remove"), &[]).await.assert_status(409);
    assert_eq!(editor.get(&place).await.attr("a[href^='/admin/phases/']", "href").len(), phases.len());
    editor.get("/admin").await.assert_says("Rien ne vous attend.");
    // One that was published without them is pointed out.
    let lose = "update process set object = '{}', perimeter = '{}'";
    site.write(move |tx| boxed(async move { tx.exec(lose, &p![]).await })).await.unwrap();
    editor.get("/admin").await.assert_says("« Plan vélo » est publiée et il lui manque 2 points");
    editor.post(&format!("{place}/edit"), RULES).await.assert_redirect(&place);
    editor.get("/admin").await.assert_says("Rien ne vous attend.");
}

#[db_test]
async fn every_mistake_is_said_beside_its_field_and_nothing_is_lost(db: Store) {
    let site = site(db).await;
    let editor = site.editor().await;
    let long = "é".repeat(401);
    let sent = [("summary_fr", long.as_str()), ("object_fr", "L’objet."), ("answer_due_at", "demain")];
    let page = editor.post("/admin/processes/new", &sent).await;
    page.assert_status(422);
    assert_eq!(page.field_error("title_fr").as_deref(), Some("Donnez un nom à la démarche."));
    assert!(page.field_error("summary_fr").unwrap().contains("400"));
    assert!(page.field_error("answer_due_at").is_some());
    assert_eq!(page.value("object_fr").as_deref(), Some("L’objet."));
    assert_eq!(page.value("answer_due_at").as_deref(), Some("demain"));
}

#[db_test]
async fn a_form_sent_twice_makes_one_process(db: Store) {
    let site = site(db).await;
    let editor = site.editor().await;
    let mut sent = RULES.to_vec();
    sent.push(("idem", "a1b2"));
    let first = editor.post("/admin/processes/new", &sent).await.location;
    assert_eq!(editor.post("/admin/processes/new", &sent).await.location, first);
    let count: i64 = site
        .store
        .read(|tx| boxed(async move { tx.value("select count(*) from process", &p![]).await }))
        .await
        .map_err(|e: parvis_store::Error| e)
        .unwrap();
    assert_eq!(count, 1);
}

#[db_test]
async fn what_people_type_is_shown_not_run(db: Store) {
    let site = site(db).await;
    let editor = site.editor().await;
    let attack = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    let mut sent = RULES.to_vec();
    sent[0] = ("title_fr", attack);
    sent.push(("description_fr", attack));
    let place = editor.post("/admin/processes/new", &sent).await.location.unwrap();
    for path in ["/admin/processes".to_owned(), place.clone(), format!("{place}/edit")] {
        let page = editor.get(&path).await;
        page.assert_status(200);
        assert!(!page.html.contains("<script>alert"), "{path}");
        assert!(!page.html.contains("<img src=x"), "{path}");
    }
}

#[db_test]
async fn a_colour_that_cannot_be_read_is_refused(db: Store) {
    let site = site(db).await;
    let admin = site.admin().await;
    let sent = [
        ("name_fr", "Ville"),
        ("accent", "#ffee88"),
        ("locales", "fr"),
        ("default_locale", "en"),
        ("zone", "Mars/Olympus"),
        ("licence", "etalab-2.0"),
        ("edit_window_hours", "beaucoup"),
    ];
    let page = admin.post("/admin/settings", &sent).await;
    page.assert_status(422);
    for field in ["accent", "default_locale", "zone", "edit_window_hours"] {
        assert!(page.field_error(field).is_some(), "{field}");
    }
    assert!(page.field_error("accent").unwrap().contains("4,5"), "{:?}", page.field_error("accent"));
}

#[db_test]
async fn the_last_administrator_stays_one(db: Store) {
    let site = site(db).await;
    let (admin, editor) = (site.admin().await, site.editor().await);
    let path = format!("/admin/participants/{}", editor.id());
    admin.post(&format!("{path}/role"), &[("role", "moderator")]).await.assert_redirect(&path);
    admin.get(&path).await.assert_says("Modérateur");
    let own = format!("/admin/participants/{}/role", admin.id());
    let refused = admin.post(&own, &[("role", "participant")]).await;
    refused.assert_status(422);
    let log = admin.get("/admin/audit").await;
    log.assert_says("Rôle donné");
    assert!(log.select(&format!("td a[href='{path}']")).contains(&format!("Compte {}", editor.id())));
}

#[db_test]
async fn an_audit_is_entered_and_taken_away(db: Store) {
    let site = site(db).await;
    let admin = site.admin().await;
    let sent = [("auditor", "Cabinet"), ("date", "2999-01-01"), ("rate", "130")];
    let page = admin.post("/admin/settings/accessibility", &sent).await;
    page.assert_status(422);
    assert!(page.field_error("date").is_some() && page.field_error("rate").is_some());
    let sent = [("auditor", "Cabinet"), ("date", "2020-01-01"), ("rate", "73,5")];
    admin.post("/admin/settings/accessibility", &sent).await.assert_redirect("/admin/settings/accessibility");
    let page = admin.get("/admin/settings/accessibility").await;
    assert_eq!(page.value("rate").as_deref(), Some("73,50"));
    let empty = [("auditor", ""), ("date", ""), ("rate", "")];
    admin.post("/admin/settings/accessibility", &empty).await.assert_status(303);
    let page = admin.get("/admin/settings/accessibility").await;
    assert_eq!(page.value("rate").as_deref(), Some(""));
}

#[db_test]
async fn the_dashboard_speaks_both_languages_and_to_each_role(db: Store) {
    let site = site(db).await;
    let editor = site.editor().await;
    process(&editor).await;
    editor.get("/admin").await.assert_status(200).assert_says("« Plan vélo » n’est pas encore publiée");
    let moderator = site.moderator().await;
    let page = moderator.get("/admin").await;
    page.assert_says("Rien ne vous attend.");
    assert!(!page.html.contains("/admin/settings"), "no link to what one may not open");
    let admin = site.admin().await.locale(parvis_core::Locale::En);
    admin.get("/admin").await.assert_says("is not published yet");
    for path in ["/admin/moderation", "/admin/answers", "/admin/participants", "/admin/mails", "/admin/data"]
    {
        admin.get(path).await.assert_status(200);
    }
    site.check_texts();
}
