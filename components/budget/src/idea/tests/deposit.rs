//! Depositing ideas: written, compared, published; refused with a reason when they cannot be.

use parvis_core::Locale;
use parvis_store::{Store, db_test, p};

use super::{BASE, BODY, CLOSE, TITLE, Town, flash};

#[db_test]
async fn write_compare_preview_publish(db: Store) {
    let town = Town::open(db).await;
    let ana = town.site.participant("Ana").await;
    let form = ana.get(&format!("{BASE}/ideas/new")).await;
    form.assert_status(200).assert_says("Étape 1 sur 3").assert_says("Les contours des secteurs");
    let fields = [
        ("title", TITLE),
        ("body", BODY),
        ("latitude", "48,05"),
        ("longitude", "2,05"),
        ("estimate", "8 000 €"),
        ("idem", "d1"),
    ];
    let sent = ana.post(&format!("{BASE}/ideas/new"), &fields).await;
    let draft = sent.assert_status(303).location.clone().unwrap();
    assert_eq!(ana.post(&format!("{BASE}/ideas/new"), &fields).await.location, sent.location);
    // Nothing is alike: the preview comes at once. The point says the district. Nobody else sees it.
    let preview = ana.get(&draft).await;
    preview.assert_says("Étape 3 sur 3").assert_says("Secteur\nSud").assert_says("8 000 €");
    town.site.participant("Bo").await.get(&draft).await.assert_status(404);
    let id = draft.rsplit('/').next().unwrap().to_owned();
    let page = format!("{BASE}/ideas/{id}");
    town.site.visitor().get(&page).await.assert_status(404);
    ana.get(&page).await.assert_redirect(&draft);

    let act = [("action", "publish"), ("idem", "d2")];
    let done = ana.post(&draft, &act).await;
    done.assert_redirect(&page);
    assert_eq!(ana.post(&draft, &act).await.location, done.location, "sent twice, it counts once");
    assert!(flash(&ana.follow(done).await).contains("Votre idée est publiée."));
    let count = "select count(*) from contribution where kind = 'idea' and status = 'published'";
    assert_eq!(town.number(count, vec![]).await, 1);

    // In both languages, as a reader finds it. Both engines give the same page.
    let numbered = |text: String| text.replace(&format!("/ideas/{id}"), "/ideas/ID");
    let fr = town.site.visitor().get(&page).await;
    let en = town.site.english().get(&page).await;
    insta::allow_duplicates! {
        insta::assert_snapshot!("idea_fr", numbered(fr.text()));
        insta::assert_snapshot!("idea_en", numbered(en.text()));
    }

    // Somebody else is shown what is alike.
    let bo = town.site.participant("Bo").await;
    let alike = [("title", "Planter un verger au canal"), ("body", BODY), ("address", "Canal")];
    let sent = bo.post(&format!("{BASE}/ideas/new"), &alike).await;
    let similar = bo.follow(sent).await;
    assert_eq!(similar.select(".card h2"), [TITLE]);
    let on = similar.attr("a.button", "href");
    bo.get(&on[0]).await.assert_says("<Publier mon idée>");
    let list = town.site.visitor().get(&format!("{BASE}/ideas")).await;
    list.assert_says(TITLE).assert_says("Carte : une idée");
    assert_eq!(list.attr("svg.map a", "href"), [page]);
}

#[db_test]
async fn every_mistake_is_said_at_once_and_nothing_is_lost(db: Store) {
    let town = Town::open(db).await;
    let ana = town.site.participant("Ana").await;
    let (long, address) = ("x".repeat(8_001), "y".repeat(201));
    let fields = [
        ("title", "Non"),
        ("body", &long[..]),
        ("category", "99999"),
        ("district", "99999"),
        ("address", &address),
        ("latitude", "beaucoup"),
        ("longitude", "2,05"),
        ("estimate", "cher"),
    ];
    let page = ana.post(&format!("{BASE}/ideas/new"), &fields).await;
    page.assert_status(422);
    let links = page.attr("#error-summary a", "href");
    assert_eq!(links, ["#title", "#body", "#category", "#district", "#address", "#latitude", "#estimate"]);
    assert_eq!(page.value("latitude").as_deref(), Some("beaucoup"));
    assert_eq!(page.value("estimate").as_deref(), Some("cher"));
    // A draft too may not be too long; it may be short.
    let mut saving = fields.to_vec();
    saving.push(("action", "save"));
    ana.post(&format!("{BASE}/ideas/new"), &saving).await.assert_status(422);
    let short = ana.post(&format!("{BASE}/ideas/new"), &[("title", "Non"), ("action", "save")]).await;
    let back = ana.follow(short).await;
    assert!(flash(&back).contains("brouillon"), "{}", flash(&back));
    let draft = back.value("draft").unwrap();
    let again = ana.get(&format!("{BASE}/ideas/drafts/{draft}")).await;
    assert!(again.field_error("body").is_some() && again.field_error("address").is_some());
}

#[db_test]
async fn a_point_outside_the_territory_is_refused(db: Store) {
    let town = Town::open(db).await;
    let ana = town.site.participant("Ana").await;
    let north = town.envelope(1).await;
    for (point, district, words) in [
        (("48,3", "2,05"), "", "hors du territoire"),
        (("48,05", "2,05"), north.as_str(), "pas dans le secteur choisi"),
        (("48,05", ""), "", "entre -180 et 180"),
        (("95", "2,05"), "", "entre -90 et 90"),
    ] {
        let fields = [
            ("title", TITLE),
            ("body", BODY),
            ("latitude", point.0),
            ("longitude", point.1),
            ("district", district),
        ];
        let page = ana.post(&format!("{BASE}/ideas/new"), &fields).await;
        page.assert_status(422).assert_says(words);
        let field = if words.contains("180") { "longitude" } else { "latitude" };
        assert!(page.field_error(field).is_some(), "{words}");
    }
    // On the line between two districts it is inside.
    let fields = [("title", TITLE), ("body", BODY), ("latitude", "48.1"), ("longitude", "2.1")];
    ana.post(&format!("{BASE}/ideas/new"), &fields).await.assert_status(303);
}

#[db_test]
async fn a_closed_deposit_keeps_everything_to_the_millisecond(db: Store) {
    let town = Town::open(db).await;
    let ana = town.site.participant("Ana").await;
    let form = [("title", TITLE), ("body", BODY), ("address", "Canal")];
    let draft = ana.post(&format!("{BASE}/ideas/new"), &form).await.location.unwrap();
    let supported = town.deposit(&ana, "Un banc à l’ombre", &[]).await;
    let support = format!("{BASE}/ideas/{supported}/support");
    let bo = town.site.participant("Bo").await;
    bo.post(&support, &[("on", "1")]).await.assert_status(303);

    town.site.clock.set(CLOSE);
    let late = ana.post(&draft, &[("action", "publish")]).await;
    late.assert_status(409).assert_says("clos depuis le");
    assert!(late.select("textarea[readonly]")[0].contains(BODY));
    let late = ana.post(&format!("{BASE}/ideas/new"), &form).await;
    late.assert_status(409);
    assert!(late.select("textarea[readonly]")[0].contains(TITLE));
    bo.post(&support, &[("on", "0")]).await.assert_status(409);
    ana.post(&format!("{BASE}/ideas/{supported}/edit"), &[("title", TITLE), ("body", BODY), ("base", "1")])
        .await
        .assert_status(422);
    let locked = ana.get(&format!("{BASE}/ideas/{supported}/edit")).await;
    locked.assert_says("Le dépôt des idées est clos");
    town.site.clock.set(CLOSE - 1);
    bo.post(&support, &[("on", "0")]).await.assert_status(303);
    ana.post(&draft, &[("action", "publish")]).await.assert_status(303);
}

#[db_test]
async fn a_person_deposits_as_many_ideas_as_the_rules_allow(db: Store) {
    let town = Town::open(db).await;
    town.rules(&[("most", "1")]).await.assert_status(303);
    let ana = town.site.participant("Ana").await;
    let first = town.deposit(&ana, TITLE, &[]).await;
    let form = [
        ("title", "Une fontaine"),
        ("body", "Une fontaine à boire sur la place du marché."),
        ("address", "Place"),
    ];
    let draft = ana.post(&format!("{BASE}/ideas/new"), &form).await.location.unwrap();
    let refused = ana.post(&draft, &[("action", "publish")]).await;
    refused.assert_status(409).assert_says("la vôtre est déjà publiée");
    // One that is withdrawn leaves its place.
    ana.post(&format!("{BASE}/ideas/{first}/withdraw"), &[]).await.assert_status(303);
    ana.post(&draft, &[("action", "publish")]).await.assert_status(303);
    let gone = town.site.visitor().get(&format!("{BASE}/ideas/{first}")).await;
    gone.assert_says("Cette idée a été retirée par son auteur");
    assert!(!gone.text().contains(TITLE) && !gone.text().contains("Quai du Canal"), "{}", gone.text());
    town.site.visitor().get(&format!("{BASE}/ideas/{first}/versions")).await.assert_status(404);
}

#[db_test]
async fn an_idea_is_corrected_in_time_and_its_versions_stay(db: Store) {
    let town = Town::open(db).await;
    let (ana, bo) = (town.site.participant("Ana").await, town.site.participant("Bo").await);
    let id = town.deposit(&ana, TITLE, &[]).await;
    let edit = format!("{BASE}/ideas/{id}/edit");
    bo.get(&edit).await.assert_status(403);
    let form =
        [("title", "Un grand verger au bord du canal"), ("body", BODY), ("address", "Canal"), ("base", "1")];
    bo.post(&edit, &form).await.assert_status(403);
    ana.post(&edit, &form).await.assert_status(303);
    // The form of the first version, sent again from an old tab, overwrites nothing.
    ana.post(&edit, &form).await.assert_status(409).assert_says("Une autre version a été publiée");
    let versions = town.site.visitor().get(&format!("{BASE}/ideas/{id}/versions")).await;
    versions.assert_says("Version 2").assert_says("grand");
    // Its study has begun: it no longer changes.
    town.study(id, &[("state", "study")]).await.assert_status(303);
    let mut form = form.to_vec();
    form[3].1 = "2";
    ana.post(&edit, &form).await.assert_status(409).assert_says("L’étude de cette idée a commencé");
}

#[db_test]
async fn no_field_carries_markup_to_a_page(db: Store) {
    let town = Town::open(db).await;
    let ana = town.site.participant("Ana").await;
    let attack = "\"><script>alert(1)</script><img src=x onerror=alert(2)>";
    let title = format!("Un banc {attack}");
    let body = format!("{BODY} {attack} [x](javascript:alert(3)) <svg onload=alert(4)>");
    let address = format!("Ici {attack}");
    let more = [("body", &body[..]), ("address", &address), ("latitude", "48.05"), ("longitude", "2.05")];
    let id = town.deposit(&ana, &title, &more).await;
    let reason = [("state", "refused"), ("reason_fr", attack), ("service", attack)];
    town.study(id, &reason).await.assert_status(303);
    town.editor.post(&format!("{ADMIN}/ideas/{id}/notes"), &[("note", attack)]).await.assert_status(303);
    let reader = town.site.visitor();
    let mut pages = vec![];
    for path in ["ideas".to_owned(), format!("ideas/{id}"), format!("ideas/{id}/versions")] {
        pages.push(reader.get(&format!("{BASE}/{path}")).await);
    }
    for path in ["ideas".to_owned(), format!("ideas/{id}")] {
        pages.push(town.editor.get(&format!("{}/{path}", ADMIN)).await);
    }
    pages.push(ana.get(&format!("{BASE}/ideas/{id}/withdraw")).await);
    for page in pages {
        page.assert_status(200);
        for found in ["main script", "main img", "main svg[onload]", "main [onerror]"] {
            assert!(page.select(found).is_empty(), "{found}: {}", page.html);
        }
        assert!(page.attr("main a", "href").iter().all(|h| !h.starts_with("javascript")), "{}", page.html);
    }
}

use super::ADMIN;

#[db_test]
async fn supports_count_once_and_are_taken_back(db: Store) {
    let town = Town::open(db).await;
    let (ana, bo) = (town.site.participant("Ana").await, town.site.participant("Bo").await);
    let id = town.deposit(&ana, TITLE, &[]).await;
    let path = format!("{BASE}/ideas/{id}");
    for _ in 0..2 {
        bo.post(&format!("{path}/support"), &[("on", "1")]).await.assert_status(303);
    }
    bo.get(&path).await.assert_says("1 soutien Vous la soutenez.");
    town.site.english().get(&path).await.assert_says("1 support");
    bo.post(&format!("{path}/support"), &[("on", "0")]).await.assert_status(303);
    bo.get(&path).await.assert_says("Aucun soutien");
    town.rules(&[("supports", "")]).await.assert_status(303);
    bo.post(&format!("{path}/support"), &[("on", "1")]).await.assert_status(409);
    let follow = bo.clone().locale(Locale::En);
    follow.post(&format!("{path}/follow"), &[("on", "1")]).await.assert_status(303);
    let kept = "select count(*) from follow where kind = 'contribution' and ref_id = $1";
    assert_eq!(town.number(kept, p![id].to_vec()).await, 2, "its author and Bo");
}
