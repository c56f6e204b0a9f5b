//! The administration of a consultation, through HTTP.

use parvis_store::{Store, db_test};

use crate::amend::tests::amend;
use crate::testing::{BASE, CLOSE, Town, flash};

const BODY: &str = "Les voitures roulent dans les deux sens, au pas.";

fn admin(rest: &str) -> String {
    if rest.is_empty() { format!("/admin{BASE}") } else { format!("/admin{BASE}/{rest}") }
}

#[db_test]
async fn only_editors_come_in(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let moderator = town.site.moderator().await;
    for rest in [
        "",
        "sections",
        "articles",
        "articles/new",
        "articles/paste",
        "rules",
        "amendments",
        "proposals",
        "results",
    ] {
        ana.get(&admin(rest)).await.assert_status(403);
        moderator.get(&admin(rest)).await.assert_status(403);
        let visitor = town.site.visitor().get(&admin(rest)).await;
        assert!(visitor.location.unwrap_or_default().starts_with("/sign-in"), "{rest}");
        let page = town.editor.get(&admin(rest)).await;
        page.assert_status(200);
        assert_eq!(page.select("h1").len(), 1, "{rest}");
    }
    ana.post(&admin("results"), &[]).await.assert_status(403);
    town.editor.get("/admin/p/la-rue-du-port/nulle-part").await.assert_status(404);
    let dashboard = town.editor.get(&admin("")).await;
    dashboard.assert_says("Ouverte");
    dashboard.assert_says("On ne peut pas la fermer d’un clic");
}

#[db_test]
async fn sections_are_named_ordered_nested_and_deleted_when_empty(db: Store) {
    let town = Town::new(db).await;
    let (editor, [first, second]) = (&town.editor, town.sections);
    let path = admin("sections");
    let bad = editor.post(&path, &[("title_fr", " ")]).await;
    bad.assert_status(422);
    assert_eq!(bad.field_error("title_fr").as_deref(), Some("Donnez un nom à chaque section."));
    let parent = first.to_string();
    editor.post(&path, &[("title_fr", "Vitesse <b>"), ("parent", &parent)]).await.assert_redirect(&path);
    let list = editor.get(&path).await;
    list.assert_says("— [Vitesse <b>]");
    let third = town.number("select max(id) from consultation_section").await;
    // A section cannot be put inside itself or what it holds.
    let loops = [("title_fr", "Circulation"), ("parent", &third.to_string())];
    editor.post(&format!("{path}/{first}"), &loops).await.assert_status(422);
    let saved =
        editor.post(&format!("{path}/{third}"), &[("title_fr", "Vitesses"), ("title_en", "Speeds")]).await;
    saved.assert_redirect(&path);
    // Order.
    editor.post(&format!("{path}/{second}/move"), &[("way", "up")]).await.assert_status(303);
    let order = editor.get(&path).await.select("ul.items li > p a");
    assert_eq!(order, ["Plantations", "Circulation", "Vitesses"]);
    // Only an empty one can go.
    let full = editor.post(&format!("{path}/{first}/delete"), &[]).await;
    full.assert_status(409);
    full.assert_says("déplacez-les d’abord");
    editor.post(&format!("{path}/{third}/delete"), &[]).await.assert_redirect(&path);
    assert_eq!(town.number("select count(*) from consultation_section").await, 2);
    editor.post(&format!("{path}/999/move"), &[("way", "up")]).await.assert_status(404);
}

#[db_test]
async fn an_article_is_drafted_previewed_published_and_revised(db: Store) {
    let town = Town::new(db).await;
    let editor = &town.editor;
    let new = admin("articles/new");
    let empty = editor.post(&new, &[("action", "publish")]).await;
    empty.assert_status(422);
    assert_eq!(empty.field_error("title").as_deref(), Some("Écrivez un titre."));
    assert!(empty.field_error("body").is_some());
    let section = town.sections[0].to_string();
    let with = |action: &'static str| {
        [
            ("section", section.as_str()),
            ("title", "Article 3 : les trottoirs"),
            ("body", "Ils font **deux** mètres. <script>x</script>"),
            ("action", action),
            ("idem", action),
        ]
    };
    let preview = editor.post(&new, &with("preview")).await;
    preview.assert_status(200);
    assert_eq!(preview.select(".law strong"), ["deux"]);
    assert!(!preview.html.contains("<script>x"), "{}", preview.html);
    editor.post(&new, &with("save")).await.assert_redirect(&admin("articles"));
    let id = town.number("select max(id) from contribution").await;
    editor.get(&admin("articles")).await.assert_says("Brouillon");
    town.site.visitor().get(&town.to(&format!("c/{id}"))).await.assert_status(404);
    // A colleague publishes it.
    let colleague = town.site.editor().await;
    let path = admin(&format!("articles/{id}"));
    let publish = [
        ("base", "1"),
        ("title", "Article 3 : les trottoirs"),
        ("body", "Ils font deux mètres."),
        ("section", section.as_str()),
        ("action", "publish"),
    ];
    colleague.post(&path, &publish).await.assert_redirect(&admin("articles"));
    town.site.visitor().get(&town.to(&format!("c/{id}"))).await.assert_says("Ils font deux mètres.");
    // A new version with its reason; the same text again is a mistake; an old tab is told.
    let revise = [
        ("base", "1"),
        ("title", "Article 3 : les trottoirs"),
        ("body", "Ils font trois mètres."),
        ("section", section.as_str()),
        ("note", "Erreur de plan"),
        ("action", "publish"),
    ];
    editor.post(&path, &revise).await.assert_redirect(&admin("articles"));
    let stale = colleague.post(&path, &revise).await;
    assert!(stale.status == 409 || stale.status == 422, "{}", stale.status);
    let versions = town.site.visitor().get(&town.to(&format!("c/{id}/versions"))).await;
    versions.assert_says("Erreur de plan");
    let other = [
        ("base", "1"),
        ("title", "Article 3 : les trottoirs"),
        ("body", "Ils font quatre mètres."),
        ("section", section.as_str()),
        ("action", "publish"),
    ];
    let stopped = colleague.post(&path, &other).await;
    stopped.assert_status(409);
    stopped.assert_says("Ce texte a changé pendant que vous écriviez");
    assert_eq!(stopped.value("body").as_deref(), Some("Ils font quatre mètres."));
    // Order in its section.
    editor.post(&format!("{path}/move"), &[("way", "up")]).await.assert_status(303);
    let order = editor.get(&admin("articles")).await.select("ul.items li > p a");
    assert_eq!(order[0], "Article 3 : les trottoirs");
    // What is published is not deleted.
    editor.post(&format!("{path}/delete"), &[]).await.assert_status(404);
}

#[db_test]
async fn a_whole_text_is_pasted_seen_and_written(db: Store) {
    let town = Town::new(db).await;
    let editor = &town.editor;
    let path = admin("articles/paste");
    let bad = editor.post(&path, &[("text", "Bonjour.")]).await;
    bad.assert_status(422);
    assert!(bad.field_error("text").unwrap().contains("Aucun article n’a été reconnu"));
    let text =
        "Titre I : Le port\nArticle 3\nUn quai.\n\nSection 1 – Les bancs\nArticle 4\nDes bancs <i>verts</i>.";
    let preview = editor.post(&path, &[("text", text)]).await;
    preview.assert_status(200);
    preview.assert_says("Reconnu : 2 articles et 2 sections");
    assert_eq!(town.number("select count(*) from contribution where kind = 'article'").await, 2);
    let write = [("text", text), ("publish", "on"), ("action", "write"), ("idem", "w")];
    let done = editor.post(&path, &write).await;
    let page = editor.follow(done).await;
    assert!(flash(&page).contains("Articles écrits"), "{}", flash(&page));
    editor.post(&path, &write).await.assert_status(303);
    assert_eq!(
        town.number("select count(*) from contribution where kind = 'article' and status = 'published'")
            .await,
        4
    );
    let nested = "select count(*) from consultation_section where parent_id is not null";
    assert_eq!(town.number(nested).await, 1);
    let record = town.site.visitor().get(&town.to("text")).await;
    record.assert_says("Titre I : Le port");
    assert!(!record.html.contains("<i>verts"), "{}", record.html);
}

#[db_test]
async fn rules_are_checked_journaled_and_sealed(db: Store) {
    let town = Town::new(db).await;
    let editor = &town.editor;
    let path = admin("rules");
    editor.get(&path).await.assert_says("inscrit au journal public");
    let with = |change: &[(&'static str, &'static str)]| {
        let mut fields = vec![
            ("proposals", "on"),
            ("amendments", "on"),
            ("arguments", "on"),
            ("sources", "on"),
            ("title_min", "15"),
            ("title_max", "150"),
            ("body_min", "30"),
            ("body_max", "20000"),
            ("explanation_min", "0"),
            ("explanation_max", "10000"),
            ("argument_min", "10"),
            ("argument_max", "2000"),
        ];
        for (name, value) in change {
            fields.retain(|(n, _)| n != name);
            fields.push((name, value));
        }
        fields
    };
    let bad =
        editor.post(&path, &with(&[("title_min", "x"), ("title_max", "900"), ("body_min", "30000")])).await;
    bad.assert_status(422);
    assert!(bad.field_error("title_min").is_some());
    assert!(bad.field_error("title_max").unwrap().contains("300"));
    assert!(bad.field_error("body_max").is_some());
    let sealed = editor.post(&path, &with(&[("hide_totals_until_closed", "on")])).await;
    sealed.assert_status(422);
    assert!(sealed.field_error("hide_totals_until_closed").is_some());
    let before = town.number("select count(*) from journal_entry where kind = 'activity-rules'").await;
    editor.post(&path, &with(&[("title_max", "99")])).await.assert_redirect(&path);
    assert_eq!(
        town.number("select count(*) from journal_entry where kind = 'activity-rules'").await,
        before + 1
    );
    assert_eq!(editor.get(&path).await.value("title_max").as_deref(), Some("99"));
}

#[db_test]
async fn an_amendment_is_accepted_refused_or_taken_up(db: Store) {
    let town = Town::new(db).await;
    let (ana, editor) = (town.site.participant("Ana").await, &town.editor);
    let accepted = amend(&town, &ana, "a", BODY).await;
    let refused = amend(&town, &ana, "b", "Plus aucune voiture ne roule dans la rue.").await;
    let merged = amend(&town, &ana, "c", "Les voitures roulent au pas, sauf le dimanche.").await;
    editor.get(&admin("")).await.assert_says("3 amendements attendent une décision");
    let path = |id: i64| admin(&format!("amendments/{id}"));
    let page = editor.get(&path(accepted)).await;
    assert_eq!(page.select(".compare section").len(), 2, "{}", page.text());

    // Nothing chosen; a refusal without its reason.
    let none = editor.post(&path(refused), &[("seen", "1")]).await;
    none.assert_status(422);
    assert!(none.field_error("decision").is_some());
    let silent = editor.post(&path(refused), &[("seen", "1"), ("decision", "refused")]).await;
    silent.assert_status(422);
    assert!(silent.field_error("reason_fr").unwrap().contains("motif du refus"));

    editor
        .post(&path(accepted), &[("seen", "1"), ("decision", "accepted")])
        .await
        .assert_redirect(&admin("amendments"));
    let article = town.site.visitor().get(&town.article()).await;
    article.assert_says(BODY);
    article.assert_says("modifié, version 2");
    let versions = town.site.visitor().get(&format!("{}/versions", town.article())).await;
    versions.assert_says(&format!("Amendement n° {accepted} accepté"));
    let shown = town.site.visitor().get(&town.to(&format!("c/{accepted}"))).await;
    shown.assert_says("Accepté");
    // Decided once.
    let again =
        editor.post(&path(accepted), &[("seen", "2"), ("decision", "refused"), ("reason_fr", "Non.")]).await;
    again.assert_status(409);
    again.assert_says("Quelqu’un a déjà décidé de cet amendement.");

    // Its author can no longer change what was decided on, nor take it away.
    let of_author = ana.get(&town.to(&format!("c/{accepted}"))).await;
    assert!(of_author.select("a[href$='/edit'], a[href$='/withdraw']").is_empty(), "{}", of_author.text());
    let other = [("base", "1"), ("title", "Un titre tout autre"), ("body", "Un texte jamais accepté.")];
    let edited = ana.post(&town.to(&format!("c/{accepted}/edit")), &other).await;
    edited.assert_status(409).assert_says("L’organisation s’est prononcée sur cet amendement");
    let withdrawn = ana.post(&town.to(&format!("c/{accepted}/withdraw")), &[]).await;
    withdrawn.assert_status(409).assert_says("il reste avec la décision");

    // What was decided no longer warns that the text has changed: it changed it.
    let decided = editor.get(&path(accepted)).await;
    assert!(!decided.text().contains("Le texte a changé depuis cet amendement"), "{}", decided.text());

    // The others were written on version 1: they cannot be taken as they are.
    let behind = editor.get(&path(merged)).await;
    behind.assert_says("Le texte a changé depuis cet amendement");
    assert!(!behind.attr("input[name=decision]", "value").contains(&"accepted".to_owned()));
    let stale = editor
        .post(&path(merged), &[("seen", "1"), ("decision", "merged"), ("title", "T"), ("body", "B")])
        .await;
    stale.assert_status(409);
    assert_eq!(stale.value("body").as_deref(), Some("B"), "what was written is kept");
    assert_eq!(stale.value("seen").as_deref(), Some("2"));
    let blunt = editor.post(&path(merged), &[("seen", "2"), ("decision", "accepted")]).await;
    blunt.assert_status(409);
    let wording = [
        ("seen", "2"),
        ("decision", "merged"),
        ("title", "Article 1 : la rue au pas"),
        ("body", "Les voitures roulent au pas ; le dimanche, aucune."),
        ("reason_en", "The Sunday is kept."),
    ];
    editor.post(&path(merged), &wording).await.assert_status(303);
    let why = [("seen", "3"), ("decision", "refused"), ("reason_fr", "Les riverains <b>doivent</b> passer.")];
    editor.post(&path(refused), &why).await.assert_status(303);
    let shown = town.site.visitor().get(&town.to(&format!("c/{refused}"))).await;
    shown.assert_says("Refusé");
    shown.assert_says("doivent");
    assert!(!shown.html.contains("<b>doivent"), "{}", shown.html);
    assert_eq!(town.number("select count(*) from journal_entry where kind = 'amendment-decision'").await, 3);
    assert_eq!(town.number("select count(*) from audit where action = 'amendment-decided'").await, 3);
    assert_eq!(
        town.number("select version from contribution where kind = 'article' order by id limit 1").await,
        3
    );
    let told = "select count(*) from job where kind = 'civic-notify' and payload like '%\"amendment\"%'";
    assert!(town.number(told).await >= 3);
    let list = town.site.visitor().get(&town.to("amendments?status=merged")).await;
    assert_eq!(list.select("li.card").len(), 1);

    // The text of record has both, and says where they come from.
    let record = town.site.visitor().get(&town.to("text")).await;
    record.assert_says("le dimanche, aucune");
    record.assert_says(&format!("Amendement n° {merged}"));
    assert_eq!(record.select("tbody tr").len(), 2);
    let marked = town.site.visitor().get(&town.to("text?marks=1")).await;
    assert!(!marked.select(".marked ins").is_empty() && !marked.select(".marked del").is_empty());
}

#[db_test]
async fn proposals_are_listed_with_their_answers(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let id = town
        .propose(
            &ana,
            "Des bancs à l’ombre le long du quai",
            "Un banc tous les cinquante mètres, vers l’eau.",
        )
        .await;
    let page = town.editor.get(&admin("proposals")).await;
    page.assert_says("Des bancs à l’ombre");
    assert!(page.html.contains(&format!("/admin/answers/{id}")));
    let answered = town.editor.get(&admin("proposals?status=answered")).await;
    answered.assert_says("Aucun texte pour l’instant.");
}

#[db_test]
async fn results_are_published_once_after_the_close(db: Store) {
    let town = Town::new(db).await;
    let editor = &town.editor;
    let early = editor.post(&admin("results"), &[]).await;
    early.assert_status(409);
    editor.get(&admin("results")).await.assert_says("après la clôture");
    town.site.clock.set(CLOSE);
    let editor = &town.site.editor().await; // the other's session is over
    let done = editor.post(&admin("results"), &[]).await;
    done.assert_redirect(&town.to("results"));
    town.site.visitor().get(&town.to("results")).await.assert_says("Résultats publiés");
    editor.post(&admin("results"), &[]).await.assert_status(409);
    assert_eq!(town.number("select count(*) from journal_entry where kind = 'results-published'").await, 1);
    editor.get(&admin("results")).await.assert_says("Empreinte SHA-256");
}

#[db_test]
async fn secret_totals_are_secret_for_editors_too(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    ana.post(&format!("{}/vote", town.article()), &[("value", "1")]).await.assert_status(303);
    let id = amend(&town, &ana, "a", BODY).await;
    ana.post(&town.to(&format!("c/{id}/vote")), &[("value", "1")]).await.assert_status(303);
    let seen = |text: String| text.contains("1 vote") || text.contains("Votes exprimés ici");
    assert!(seen(town.editor.get(&admin("")).await.text()));
    town.rules(|rules| rules.hide_totals_until_closed = true).await;
    for rest in ["", "proposals", "results"] {
        let page = town.editor.get(&admin(rest)).await;
        assert!(!seen(page.text()), "{}", page.text());
    }
    let page = town.editor.get(&admin(&format!("amendments/{id}"))).await;
    assert!(page.select("svg.vote-bar").is_empty(), "{}", page.text());
}
