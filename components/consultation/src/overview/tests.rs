//! The consultation's page, through HTTP.

use parvis_civic::contribution::Totals;
use parvis_civic::process::DAY;
use parvis_store::{Store, db_test};
use parvis_testkit::NOON;

use crate::testing::{BASE, CLOSE, Town};

#[db_test]
async fn a_reader_sees_what_it_is_about_and_what_to_do(db: Store) {
    let town = Town::new(db).await;
    town.import("Une idée venue d’ailleurs", Totals { r#for: 1320, mixed: 282, against: 1732 }).await;
    let page = town.site.visitor().get(BASE).await;
    page.assert_status(200);
    // Both engines give the same page.
    insta::allow_duplicates! {
        insta::assert_snapshot!(page.text(), @r#"
        # L’avenir de la rue
        ●Ouverte jusqu’au dimanche 21 juin 2026 à 12 h
        Deux articles à discuter.
        [Proposer un article](/p/la-rue-du-port/l-avenir-de-la-rue/propose)
        - 2 articles
        - 1 proposition
        - aucun argument
        - aucun vote
        - 3 334 votes importés
        - S’informer du 2 mai 2026 au 22 mai 2026 Terminé
        - Donner son avis du 22 mai 2026 au 21 juin 2026 Vous êtes ici
        - La réponse du 21 juin 2026 au 21 juil. 2026 À venir
        L’objet et les règles
        Ce qui sera décidé
        Le plan de la rue est décidé ; pas son budget.
        Qui peut participer
        Toute personne qui vit ou travaille ici.
        Plusieurs contributions d’une même personne
        Un avis par personne et par texte.
        Réponse promise le
        22 juillet 2026
        [Tout savoir sur la démarche](/p/la-rue-du-port)
        ## Le texte soumis à la consultation
        Ouvrez un article pour voter, argumenter ou proposer une autre rédaction.
        Circulation 1 article
        - [Article 1 : la rue est à sens unique](/p/la-rue-du-port/l-avenir-de-la-rue/c/1)
        [Voir les textes de cette section Circulation](/p/la-rue-du-port/l-avenir-de-la-rue?section=1#list)
        Plantations 1 article
        - [Article 2 : un arbre tous les huit mètres](/p/la-rue-du-port/l-avenir-de-la-rue/c/2)
        [Voir les textes de cette section Plantations](/p/la-rue-du-port/l-avenir-de-la-rue?section=2#list)
        ## Articles et propositions (3)
        - [Ordre du texte](/p/la-rue-du-port/l-avenir-de-la-rue#list)
        - [Au hasard](/p/la-rue-du-port/l-avenir-de-la-rue?sort=random#list)
        - [Plus récents](/p/la-rue-du-port/l-avenir-de-la-rue?sort=recent#list)
        - [Plus soutenus](/p/la-rue-du-port/l-avenir-de-la-rue?sort=supported#list)
        - [Plus débattus](/p/la-rue-du-port/l-avenir-de-la-rue?sort=argued#list)
        Choisir les textes affichés
        Section
        Toutes les sections Circulation Plantations
        Réponse de l’organisation
        Avec ou sans réponse Sans réponse Avec une réponse Retenus Retenus en partie Non retenus À l’étude Pris en note
        Écrits par
        Tout le monde L’organisation Les participants
        <Afficher>
        -
        Article
        ### [Article 1 : la rue est à sens unique](/p/la-rue-du-port/l-avenir-de-la-rue/c/1)
        par l’organisation 22 mai 2026 Circulation
        Les voitures roulent du port vers la place.
        aucun vote · aucun argument
        -
        Article
        ### [Article 2 : un arbre tous les huit mètres](/p/la-rue-du-port/l-avenir-de-la-rue/c/2)
        par l’organisation 22 mai 2026 Plantations
        Des tilleuls et des micocouliers.
        aucun vote · aucun argument
        -
        Proposition
        ### [Une idée venue d’ailleurs](/p/la-rue-du-port/l-avenir-de-la-rue/c/3)
        par Ancienne 27 avril 2025
        Un texte repris d’ailleurs, avec ses <b>chevrons</b>.
        Votes importés
        (Pour 1 320, Mitigé 282, Contre 1 732)
        - Pour 1 320
        - Mitigé 282
        - Contre 1 732
        aucun argument
        "#);
    }
}

#[db_test]
async fn the_page_is_written_in_english_too(db: Store) {
    let town = Town::new(db).await;
    let page = town.site.english().get(BASE).await;
    assert_eq!(page.select("h1"), ["The future of the street"]);
    // Both engines give the same page.
    insta::allow_duplicates! {
        insta::assert_snapshot!(page.select("main p, main summary, main li").join("\n"), @r#"
        ●Open until Sunday 21 June 2026 at 12 pm
        Two articles to discuss.
        Propose an article
        2 articles
        no proposal
        no argument
        no vote
        Learn 2 May 2026 to 22 May 2026 Over
        Have your say 22 May 2026 to 21 Jun 2026 You are here
        The answer 21 Jun 2026 to 21 Jul 2026 To come
        Purpose and rules
        The plan is decided, not the budget.
        Anyone who lives or works here.
        One opinion per person and text.
        All about the process
        Open an article to vote, argue or propose another wording.
        Traffic 1 article
        Article 1 : la rue est à sens unique
        See the texts of this section Traffic
        Planting 1 article
        Article 2 : un arbre tous les huit mètres
        See the texts of this section Planting
        Order of the text
        Random
        Most recent
        Most supported
        Most argued
        Choose which texts are shown
        Show
        Article Article 1 : la rue est à sens unique by the organisation 22 May 2026 Traffic Les voitures roulent du port vers la place. no vote · no argument
        Article
        by the organisation 22 May 2026 Traffic
        Les voitures roulent du port vers la place.
        no vote · no argument
        Article Article 2 : un arbre tous les huit mètres by the organisation 22 May 2026 Planting Des tilleuls et des micocouliers. no vote · no argument
        Article
        by the organisation 22 May 2026 Planting
        Des tilleuls et des micocouliers.
        no vote · no argument
        "#);
    }
}

#[db_test]
async fn lists_are_sorted_filtered_and_paged_by_plain_links(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    for n in 1..=16 {
        town.site.clock.set(NOON + n * 1000);
        town.propose(
            &ana,
            &format!("Proposition numéro {n} pour la rue"),
            "Un banc de plus, à l’ombre, face au port.",
        )
        .await;
    }
    let reader = town.site.visitor();
    let titles = async |query: &str| reader.get(&format!("{BASE}{query}")).await.select(".card h3");
    let first = titles("").await;
    assert_eq!((first.len(), first[0].as_str()), (15, "Article 1 : la rue est à sens unique"));
    assert_eq!(titles("?page=2").await.len(), 3);
    assert_eq!(reader.get(&format!("{BASE}?page=3")).await.status, 404);
    assert_eq!(titles("?sort=recent").await[0], "Proposition numéro 16 pour la rue");
    assert_eq!(titles("?by=organisation").await.len(), 2);
    assert_eq!(titles("?by=people&page=2").await.len(), 1);
    assert_eq!(
        titles(&format!("?section={}", town.sections[1])).await,
        ["Article 2 : un arbre tous les huit mètres"]
    );
    assert!(titles("?status=answered").await.is_empty());
    assert_eq!(titles("?status=open").await.len(), 15);
    // Nonsense shows the plain list.
    assert_eq!(titles("?sort=x&section=&status=%27;drop&by=%3Cscript%3E&seed=-1").await.len(), 15);

    let vote = format!("{}/vote", town.to(&format!("c/{}", town.articles[1])));
    ana.post(&vote, &[("value", "1")]).await.assert_status(303);
    assert_eq!(titles("?sort=supported").await[0], "Article 2 : un arbre tous les huit mètres");
    town.argue(&ana, "-1", "Les camions ne passeront plus.").await;
    assert_eq!(titles("?sort=argued").await[0], "Article 1 : la rue est à sens unique");
    let page = reader.get(&format!("{BASE}?by=people")).await;
    assert_eq!(page.attr(".pager a[rel='next']", "href"), [format!("{BASE}?by=people&page=2")]);
    assert!(page.select("[aria-current='true']").contains(&"Ordre du texte".to_owned()));
}

#[db_test]
async fn the_random_order_is_stable_for_one_visitor(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    for n in 1..=6 {
        town.propose(
            &ana,
            &format!("Proposition numéro {n} pour la rue"),
            "Un banc de plus, à l’ombre, face au port.",
        )
        .await;
    }
    let path = format!("{BASE}?sort=random");
    let sent = ana.get(&path).await;
    assert_eq!(sent.status, 303);
    assert_eq!(sent.location, ana.get(&path).await.location);
    let seeded = sent.location.unwrap();
    let order = ana.get(&seeded).await.select(".card h3");
    assert_eq!(order, town.site.visitor().get(&seeded).await.select(".card h3"));
    let mut orders = std::collections::BTreeSet::new();
    for seed in 0..20 {
        orders.insert(ana.get(&format!("{path}&seed={seed}")).await.select(".card h3"));
    }
    assert!(orders.len() > 10, "{} orders of 20 seeds", orders.len());
}

#[db_test]
async fn before_and_after_it_says_so(db: Store) {
    let town = Town::new(db).await;
    let reader = town.site.visitor();
    town.site.clock.set(NOON - 15 * DAY);
    let page = reader.get(BASE).await;
    assert!(
        page.text().contains("La consultation ouvrira le vendredi 22 mai 2026 à 12\u{a0}h."),
        "{}",
        page.text()
    );
    assert!(page.select("a[href$='/propose']").is_empty());
    assert_eq!(page.select(".outline > .hint"), ["Ouvrez un article pour le lire."]);
    // The cached page of the reader turns at the very millisecond.
    town.site.clock.set(CLOSE - 1);
    assert_eq!(reader.get(BASE).await.select("a[href$='/propose']"), ["Proposer un article"]);
    town.site.clock.set(CLOSE);
    let page = reader.get(BASE).await;
    assert!(page.text().contains("La consultation est close depuis le"), "{}", page.text());
    assert!(page.select("a[href$='/propose']").is_empty());
    assert!(page.select(".outline > .hint")[0].starts_with("C’est terminé."), "{}", page.text());
    assert_eq!(page.select("[aria-current='step'] .step-title"), ["La réponse"]);
}

#[db_test]
async fn what_is_not_published_exists_for_editors_only(db: Store) {
    let town = Town::new(db).await;
    town.site
        .write(|tx| {
            parvis_store::boxed(async move {
                tx.exec("update activity set status = 'draft'", &parvis_store::p![]).await
            })
        })
        .await
        .unwrap();
    for path in [BASE.to_owned(), town.article(), town.to("propose"), format!("{}/versions", town.article())]
    {
        town.site.visitor().get(&path).await.assert_status(404);
        town.site.moderator().await.get(&path).await.assert_status(404);
        town.editor.get(&path).await.assert_status(200);
    }
}

#[db_test]
async fn secret_totals_are_told_by_nothing(db: Store) {
    let town = Town::new(db).await;
    town.rules(|r| r.hide_totals_until_closed = true).await;
    let ana = town.site.participant("Ana").await;
    ana.post(&format!("{}/vote", town.to(&format!("c/{}", town.articles[1]))), &[("value", "1")]).await;
    for path in
        [BASE.to_owned(), format!("{BASE}?sort=supported"), town.to(&format!("c/{}", town.articles[1]))]
    {
        let page = town.site.visitor().get(&path).await;
        assert!(page.select(".votes").is_empty() && page.select("table").is_empty(), "{}", page.text());
        assert!(!page.text().contains("1 vote"), "{}", page.text());
    }
    // The order would tell: it is the one of time.
    let order =
        async |sort: &str| town.site.visitor().get(&format!("{BASE}?sort={sort}")).await.select(".card h3");
    assert_eq!(order("supported").await, order("recent").await);
    town.site.clock.set(CLOSE);
    assert!(!town.site.visitor().get(&town.article()).await.text().contains("seront montrés"));
}

#[db_test]
async fn the_page_is_light_and_made_of_few_statements(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    for n in 1..=15 {
        let body = format!("Un banc de plus, à l’ombre, face au port. {}", "Et encore. ".repeat(200));
        town.propose(&ana, &format!("Proposition numéro {n} pour la rue du port et ses environs"), &body)
            .await;
    }
    let page = town.site.visitor().get(BASE).await;
    assert_eq!(page.select(".card").len(), 15);
    assert!(page.html.len() < 40_000, "{} bytes", page.html.len());
}
