//! The page of one text, through HTTP.

use parvis_civic::contribution::Totals;
use parvis_civic::{answer, moderation};
use parvis_core::{Locale, Localized};
use parvis_store::{Store, boxed, db_test};
use parvis_testkit::NOON;

use crate::testing::{CLOSE, Town};

#[db_test]
async fn a_reader_sees_the_text_and_everything_said_about_it(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let bo = town.site.participant("Bo").await;
    let loud = town.argue(&ana, "1", "Le bruit va baisser dans la rue.").await;
    town.argue(&bo, "1", "Les enfants pourront traverser.").await;
    town.argue(&bo, "-1", "Les livraisons feront un détour.").await;
    bo.post(&town.to(&format!("c/{loud}/vote")), &[("value", "1")]).await.assert_status(303);
    ana.post(&format!("{}/vote", town.article()), &[("value", "1")]).await.assert_status(303);
    let page = town.site.visitor().get(&town.article()).await;
    // Both engines give the same page.
    insta::allow_duplicates! {
        insta::assert_snapshot!(page.text(), @r#"
        # Article 1 : la rue est à sens unique
        Article
        par l’organisation publié le 22 mai 2026
        Les voitures roulent du port vers la place.
        ## Pourquoi
        Pour une rue plus calme.
        ## Les votes
        Que pensez-vous de ce texte ?
        <Pour> <Mitigé> <Contre>
        (Pour 1, Mitigé 0, Contre 0)
        - Pour 1 (100 %)
        - Mitigé 0 (0 %)
        - Contre 0 (0 %)
        Les chiffres en tableau
        Les votes
        | Avis | Votes sur ce site
        | Pour | 1 (100 %)
        | Mitigé | 0 (0 %)
        | Contre | 0 (0 %)
        | Total | 1
        ## Les arguments (3)
        ### Arguments pour (2)
        Ajouter un argument pour
        Votre argument
        Une seule idée, dite clairement. De 10 à 2 000 caractères.
        {body: }
        <Publier mon argument>
        -
        Le bruit va baisser dans la rue.
        Ana 1er juin 2026
        1 soutien
        <Soutenir (argument de Ana)>
        [Signaler (argument de Ana)](/p/la-rue-du-port/l-avenir-de-la-rue/c/3/flag)
        -
        Les enfants pourront traverser.
        Bo 1er juin 2026
        aucun soutien
        <Soutenir (argument de Bo)>
        [Signaler (argument de Bo)](/p/la-rue-du-port/l-avenir-de-la-rue/c/4/flag)
        ### Arguments contre (1)
        Ajouter un argument contre
        Votre argument
        Une seule idée, dite clairement. De 10 à 2 000 caractères.
        {body: }
        <Publier mon argument>
        -
        Les livraisons feront un détour.
        Bo 1er juin 2026
        aucun soutien
        <Soutenir (argument de Bo)>
        [Signaler (argument de Bo)](/p/la-rue-du-port/l-avenir-de-la-rue/c/5/flag)
        ## Les sources (0)
        Aucune source.
        Ajouter une source
        Titre de la source
        {title: }
        150 caractères au plus.
        Adresse web
        Elle commence par https:// ou http://
        {link: }
        Nature de la source
        Choisissez site internet article de presse loi ou règlement rapport ou étude billet de blog article scientifique document audiovisuel autre
        Ce qu’elle apporte (facultatif)
        {summary: }
        2 000 caractères au plus.
        <Publier cette source>
        ## Les autres rédactions proposées (0)
        Aucune autre rédaction proposée.
        [Proposer une autre rédaction](/p/la-rue-du-port/l-avenir-de-la-rue/c/1/amend)
        ## Vos actions
        -
        <Suivre>
        - [Signaler](/p/la-rue-du-port/l-avenir-de-la-rue/c/1/flag)
        "#);
    }
}

#[db_test]
async fn imported_totals_stand_apart_from_votes_cast_here(db: Store) {
    let town = Town::new(db).await;
    let id =
        town.import("Libre accès aux publications", Totals { r#for: 1320, mixed: 282, against: 1732 }).await;
    let path = town.to(&format!("c/{id}"));
    let page = town.site.visitor().get(&path).await;
    let figures = page.select("section[aria-labelledby='vote'] .vote-figures li");
    assert_eq!(figures, ["Pour 1 320 (39,6 %)", "Mitigé 282 (8,5 %)", "Contre 1 732 (51,9 %)",]);
    assert!(
        page.text().contains("Votes importés") && page.text().contains("jamais ajoutés"),
        "{}",
        page.text()
    );
    let ana = town.site.participant("Ana").await;
    ana.post(&format!("{path}/vote"), &[("value", "1")]).await.assert_status(303);
    let page = town.site.english().get(&path).await;
    let rows = page.select("section[aria-labelledby='vote'] tbody tr");
    assert_eq!(
        rows,
        ["For1 (100%)1,320 (39.6%)", "Mixed0 (0%)282 (8.5%)", "Against0 (0%)1,732 (51.9%)", "Total13,334"]
    );
    assert!(page.text().contains("Imported votes"), "{}", page.text());
    assert!(!page.html.contains("<b>chevrons"), "imported text is plain");
}

#[db_test]
async fn arguments_are_paged_and_each_can_be_found(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let mut last = 0;
    for n in 1..=17 {
        last = town.argue(&ana, "1", &format!("Argument numéro {n} pour la rue.")).await;
    }
    let reader = town.site.visitor();
    let page = reader.get(&town.article()).await;
    assert_eq!(page.select(".side-for .items > li").len(), 15);
    assert!(page.text().contains("Arguments 1 à 15 sur 17"), "{}", page.text());
    let next = page.attr(".side-for > p > a", "href");
    assert_eq!(next, [format!("{}?for=2&against=1#arguments-for", town.article())]);
    assert_eq!(reader.get(&next[0]).await.select(".side-for .items > li").len(), 2);
    // Its own address leads to the page it stands on.
    let found = reader.get(&town.to(&format!("c/{last}"))).await;
    let found = reader.follow(found).await;
    assert_eq!(found.select(&format!("#c-{last} .prose")), ["Argument numéro 17 pour la rue."]);
    // The most supported first.
    ana.post(&town.to(&format!("c/{last}/vote")), &[("value", "1")]).await.assert_status(303);
    let first = reader.get(&town.article()).await.select(".side-for .items > li .prose");
    assert_eq!(first[0], "Argument numéro 17 pour la rue.");
}

#[db_test]
async fn an_official_answer_is_shown_with_its_status(db: Store) {
    let town = Town::new(db).await;
    let (id, editor) = (town.articles[0], town.editor.me().clone());
    let body = Localized::new("Oui, **dès** l’automne.", "Yes, by autumn.");
    town.site
        .write(move |tx| {
            boxed(async move { answer::save(tx, NOON, &editor, id, "partly", &body, true).await })
        })
        .await
        .unwrap();
    let page = town.site.visitor().get(&town.article()).await;
    let answer = page.select("section.answer");
    assert_eq!(answer, ["Réponse officielle ✓Retenu en partie 1er juin 2026 Oui, dès l’automne."]);
    let page = town.site.english().get(&town.article()).await;
    assert!(page.select("section.answer")[0].ends_with("Yes, by autumn."), "{}", page.text());
    let listed = town.site.visitor().get(&format!("{}?status=partly", crate::testing::BASE)).await;
    assert_eq!(listed.select(".card h3"), ["Article 1 : la rue est à sens unique"]);
}

#[db_test]
async fn what_moderation_hides_leaves_its_place_and_its_reason(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let proposal = town
        .propose(&ana, "Un bandeau publicitaire sur la place", "Achetez mes vélos, ils sont superbes.")
        .await;
    let argument = town.argue(&ana, "1", "Achetez aussi mes trottinettes.").await;
    let moderator = town.site.moderator().await.me().clone();
    town.site
        .write(move |tx| {
            boxed(async move {
                for id in [proposal, argument] {
                    moderation::hide(tx, NOON, &moderator, id, "spam", "C’est une publicité répétée.")
                        .await?;
                }
                Ok::<_, parvis_civic::Error>(())
            })
        })
        .await
        .unwrap();
    let path = town.to(&format!("c/{proposal}"));
    let page = town.site.visitor().get(&path).await;
    page.assert_status(200);
    assert!(!page.html.contains("vélos") && !page.html.contains("bandeau"), "{}", page.text());
    assert!(page.text().contains("Publicité ou envoi en masse"), "{}", page.text());
    assert!(page.text().contains("C’est une publicité répétée."), "{}", page.text());
    assert!(page.select("form.vote").is_empty() && page.select("form[action$='/argue']").is_empty());
    let page = town.site.visitor().get(&town.article()).await;
    assert!(!page.html.contains("trottinettes"));
    assert_eq!(
        page.select("#gone li"),
        ["Argument : Masqué par la modération (Publicité ou envoi en masse)"]
    );
    // Its author is offered an appeal.
    assert_eq!(ana.get(&path).await.attr("a[href$='/appeal']", "href"), [format!("{path}/appeal")]);
    town.site.visitor().get(&format!("{path}/versions")).await.assert_status(404);
}

#[db_test]
async fn once_closed_the_page_is_read_only(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    town.argue(&ana, "1", "Le bruit va baisser dans la rue.").await;
    town.site.clock.set(CLOSE);
    for who in [town.site.visitor(), ana] {
        let page = who.get(&town.article()).await;
        page.assert_status(200);
        assert!(page.text().contains("La consultation est close depuis le"), "{}", page.text());
        let forms = page.attr("main form", "action");
        assert!(forms.iter().all(|f| f.ends_with("/follow")), "{forms:?}");
    }
}

#[db_test]
async fn unknown_texts_are_not_found_in_the_visitor_s_language(db: Store) {
    let town = Town::new(db).await;
    for rest in ["c/999", "c/abc", "c/1/nothing", "c/-1", "c/99999999999999999999"] {
        let page = town.site.visitor().locale(Locale::En).get(&town.to(rest)).await;
        page.assert_status(404);
        assert!(page.html.contains("<html lang=\"en\">"), "{rest}");
    }
}

#[db_test]
async fn a_reader_gets_no_cookie_and_a_page_that_can_be_kept(db: Store) {
    let town = Town::new(db).await;
    let page = town.site.visitor().get(&town.article()).await;
    assert!(page.headers.get("set-cookie").is_none());
    assert!(page.headers.get("etag").is_some(), "{:?}", page.headers);
    assert!(page.html.len() < 40_000, "{} bytes", page.html.len());
}
