//! Proposing an article, through HTTP.

use parvis_store::{Store, db_test};

use crate::testing::{CLOSE, Town, flash};

const TITLE: &str = "Des bancs à l’ombre le long du quai";
const BODY: &str = "Un banc tous les cinquante mètres, tourné vers l’eau.";

#[db_test]
async fn write_compare_preview_publish(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let section = town.sections[1].to_string();
    let form = ana.get(&town.to(&format!("propose?section={section}"))).await;
    assert_eq!(form.attr("select[name='section'] option[selected]", "value"), [section.as_str()]);
    let fields = [("section", section.as_str()), ("title", TITLE), ("body", BODY), ("idem", "p1")];
    let sent = ana.post(&town.to("propose"), &fields).await;
    let draft = sent.location.clone().unwrap();
    assert!(draft.starts_with(&town.to("drafts/")), "{draft}");
    assert_eq!(ana.post(&town.to("propose"), &fields).await.location, sent.location);

    // Nothing is alike: the preview comes at once. Nobody else sees it.
    let preview = ana.get(&draft).await;
    // Both engines give the same page.
    insta::allow_duplicates! {
        insta::assert_snapshot!(preview.text().replace(&draft, "DRAFT"), @r#"
        # Relisez avant de publier
        Étape 3 sur 3 · Relire et publier
        Voici ce que tout le monde verra, avec votre pseudonyme « Ana ». Vous pourrez le modifier pendant 24 heures après la publication, et le retirer.
        Plantations
        ## Des bancs à l’ombre le long du quai
        Un banc tous les cinquante mètres, tourné vers l’eau.
        <Publier ma proposition> [Modifier le texte](/p/la-rue-du-port/l-avenir-de-la-rue/propose?draft=3)
        <Supprimer le brouillon>
        Brouillon enregistré le lundi 1er juin 2026 à 12 h
        "#);
    }
    assert_eq!(town.number("select count(*) from contribution where status = 'draft'").await, 1);
    town.site.participant("Bo").await.get(&draft).await.assert_status(404);
    let c = draft.replace("drafts", "c");
    town.site.visitor().get(&c).await.assert_status(404);
    ana.get(&c).await.assert_redirect(&draft);

    let done = ana.post(&draft, &[("action", "publish"), ("idem", "p2")]).await;
    done.assert_redirect(&c);
    assert_eq!(ana.post(&draft, &[("action", "publish"), ("idem", "p2")]).await.location, done.location);
    let page = ana.follow(done).await;
    assert!(flash(&page).contains("Votre proposition est publiée."), "{}", flash(&page));
    assert_eq!(page.select("h1"), [TITLE]);
    assert_eq!(town.number("select count(*) from contribution where kind = 'proposal'").await, 1);
    // The draft is gone: its address leads nowhere, and publishing again does nothing.
    ana.get(&draft).await.assert_status(404);
    ana.post(&draft, &[("action", "publish")]).await.assert_status(404);
}

#[db_test]
async fn similar_texts_are_shown_before_publishing(db: Store) {
    let town = Town::new(db).await;
    let bo = town.site.participant("Bo").await;
    town.propose(&bo, TITLE, BODY).await;
    let ana = town.site.participant("Ana").await;
    let fields = [
        ("title", "Installer des bancs à l’ombre sur le quai"),
        ("body", "Il faut des bancs tournés vers l’eau."),
    ];
    let sent = ana.post(&town.to("propose"), &fields).await;
    let page = ana.follow(sent.clone()).await;
    assert_eq!(page.select(".card h2"), [TITLE]);
    let on = page.attr("a.button", "href");
    assert_eq!(page.select("a.button"), ["Continuer quand même"]);
    let preview = ana.get(&on[0]).await;
    assert_eq!(preview.select("button[value='publish']"), ["Publier ma proposition"]);
}

#[db_test]
async fn a_draft_is_saved_half_written_and_resumed(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let saved = ana.post(&town.to("propose"), &[("title", "Des bancs"), ("action", "save")]).await;
    let page = ana.follow(saved).await;
    assert!(flash(&page).contains("Votre brouillon est enregistré."), "{}", flash(&page));
    assert_eq!(page.value("title").as_deref(), Some("Des bancs"));
    let id = page.value("draft").unwrap();
    let path = town.to(&format!("drafts/{id}"));
    // Its own address brings back to the form, with what is missing.
    let back = ana.get(&path).await;
    assert_eq!(back.field_error("body").as_deref(), Some("Écrivez le texte de votre article."));
    assert!(back.field_error("title").is_some());
    ana.post(&path, &[("action", "publish")]).await.assert_status(422);
    let fields = [("draft", id.as_str()), ("title", TITLE), ("body", BODY)];
    ana.post(&town.to("propose"), &fields).await.assert_redirect(&path);
    assert_eq!(town.number("select count(*) from contribution where kind = 'proposal'").await, 1);
    // Somebody else can neither continue nor delete it.
    let bo = town.site.participant("Bo").await;
    bo.post(&town.to("propose"), &fields).await.assert_status(404);
    bo.post(&path, &[("action", "delete")]).await.assert_status(404);
    ana.post(&path, &[("action", "delete")]).await.assert_redirect(crate::testing::BASE);
    assert_eq!(town.number("select count(*) from contribution where kind = 'proposal'").await, 0);
}

#[db_test]
async fn every_mistake_is_said_at_once(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let (body, why) = ("x".repeat(20_001), "y".repeat(10_001));
    let fields = [("section", "999"), ("title", "Court"), ("body", &body), ("explanation", &why)];
    let page = ana.post(&town.to("propose"), &fields).await;
    page.assert_status(422);
    // Both engines give the same page.
    insta::allow_duplicates! {
        insta::assert_snapshot!(page.select("#error-summary li").join("\n"), @r#"
        Choisissez une section de la liste.
        Écrivez au moins 15 caractères (il y en a 5).
        Écrivez 20 000 caractères au plus (il y en a 20 001).
        Écrivez 10 000 caractères au plus (il y en a 10 001).
        "#);
    }
    assert_eq!(page.attr("#error-summary a", "href"), ["#section", "#title", "#body", "#explanation"]);
    // A draft too may not be too long.
    let mut saving = fields.to_vec();
    saving.push(("action", "save"));
    assert_eq!(ana.post(&town.to("propose"), &saving).await.select("#error-summary li").len(), 3);
}

#[db_test]
async fn a_phase_that_closes_meanwhile_keeps_everything(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let draft = ana.post(&town.to("propose"), &[("title", TITLE), ("body", BODY)]).await.location.unwrap();
    town.site.clock.set(CLOSE);
    let late = ana.post(&draft, &[("action", "publish")]).await;
    late.assert_status(409);
    assert!(late.text().contains("La consultation est close depuis le"), "{}", late.text());
    assert!(late.select("textarea[readonly]")[0].contains(BODY));
    let late = ana.post(&town.to("propose"), &[("title", TITLE), ("body", BODY)]).await;
    late.assert_status(409);
    assert!(late.select("textarea[readonly]")[0].contains(TITLE));
    assert_eq!(
        town.number("select count(*) from contribution where kind = 'proposal' and status = 'published'")
            .await,
        0
    );
}

#[db_test]
async fn rules_can_forbid_proposals(db: Store) {
    let town = Town::new(db).await;
    town.rules(|r| r.proposals = false).await;
    let ana = town.site.participant("Ana").await;
    let page = ana.get(&town.to("propose")).await;
    assert!(page.select("form[action$='/propose']").is_empty());
    ana.post(&town.to("propose"), &[("title", TITLE), ("body", BODY)]).await.assert_status(409);
    assert!(ana.get(crate::testing::BASE).await.select("a[href$='/propose']").is_empty());
}

#[db_test]
async fn no_field_carries_markup_to_a_page(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let attack = "\"><script>alert(1)</script><img src=x onerror=alert(2)>";
    let fields = [
        ("title", &format!("Des bancs {attack}")[..]),
        (
            "body",
            &format!("Un banc tous les dix mètres. {attack}\n\n<style>*{{}}</style>\n\n![x](javascript:a)"),
        ),
        ("explanation", &format!("# Titre\n\n{attack} <a href=\"javascript:alert(3)\">x</a>")),
    ];
    let draft = ana.post(&town.to("propose"), &fields).await.location.unwrap();
    let preview = ana.get(&format!("{draft}?step=preview")).await;
    let form = ana.get(&draft.replace("drafts/", "propose?draft=")).await;
    let published = ana.post(&draft, &[("action", "publish")]).await.location.unwrap();
    let mut changed = fields.to_vec();
    changed[0].1 = "Des bancs <svg onload=alert(4)>";
    changed.extend([("base", "1"), ("note", "<script>alert(5)</script>")]);
    ana.post(&format!("{published}/edit"), &changed).await.assert_status(303);
    let source = [
        ("title", "<script>alert(6)</script>"),
        ("link", "https://exemple.fr/?q=%22onmouseover=alert(7)"),
        ("category", "press"),
        ("summary", "<iframe src=https://exemple.fr></iframe>"),
    ];
    ana.post(&format!("{published}/source"), &source).await.assert_status(303);
    let mut pages = vec![preview, form];
    let reader = town.site.visitor();
    for path in
        [&published, &format!("{published}/versions"), crate::testing::BASE, &format!("{published}/argue")]
    {
        pages.push(reader.get(path).await);
    }
    pages.push(ana.get(&format!("{published}/edit")).await);
    pages.push(ana.get(&format!("{published}/withdraw")).await);
    for page in pages {
        page.assert_status(200);
        for found in [
            "main script",
            "main img",
            "main style",
            "main iframe",
            "main svg[onload]",
            "main [onerror]",
            "main [onmouseover]",
        ] {
            assert!(page.select(found).is_empty(), "{found}: {}", page.html);
        }
        assert!(page.attr("main a", "href").iter().all(|h| !h.starts_with("javascript")), "{}", page.html);
    }
}
