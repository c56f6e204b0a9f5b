use super::*;
use crate::{Store, boxed, db_test};

/// (id, scope, title, text)
const CORPUS: &[(i64, i64, &str, &str)] = &[
    (1, 1, "Rénover les écoles", "Les toits des écoles maternelles fuient depuis trois hivers."),
    (2, 1, "Cantine", "À l’école, servir des produits locaux. L’eau aussi."),
    (3, 1, "Haras national", "Les chevaux du haras et les musées nationaux."),
    (4, 2, "Un cheval pour la police", "Le cheval rassure, dit la proposition."),
    (5, 2, "Article 3", "Ouvrir par défaut les données publiques (open data)."),
    (6, 2, "Article 30", "Open government: cities publish their budgets."),
    (7, 2, "City budget", "A citizen’s guide to the budget; proposals welcome."),
    (8, 3, "Propositions diverses", "Journée sans voiture, œuvres d’art, aujourd’hui."),
    (9, 3, "Rien", "Ce texte parle d’une école une seule fois, et de bien d’autres choses encore et encore."),
];

async fn fill(db: &Store) {
    let r: Result<(), Error> = db
        .write(|tx| {
            boxed(async move {
                for (ref_id, scope, title, text) in CORPUS.iter().copied() {
                    let kind = if ref_id % 2 == 0 { "even" } else { "odd" };
                    put(tx, &Doc { kind, ref_id, scope, title, text }).await?;
                }
                Ok(())
            })
        })
        .await;
    r.unwrap();
}

async fn ids(db: &Store, query: &str) -> Vec<i64> {
    let query = query.to_owned();
    let hits = db.read(move |tx| boxed(async move { find(tx, &query, &Filter::default(), 50, 0).await }));
    let hits: Hits = hits.await.unwrap_or_else(|e: Error| panic!("{e}"));
    assert_eq!(hits.total, i64::try_from(hits.hits.len()).unwrap());
    let mut ids: Vec<i64> = hits.hits.iter().map(|h| h.ref_id).collect();
    ids.sort_unstable();
    ids
}

#[db_test]
async fn the_same_documents_are_found(db: Store) {
    fill(&db).await;
    let cases: &[(&str, &[i64])] = &[
        ("école", &[1, 2, 9]),
        ("ecole", &[1, 2, 9]),
        ("ÉCOLES", &[1, 2, 9]),
        ("l'école", &[1, 2, 9]),
        ("national", &[3]),
        ("nationaux", &[3]),
        ("chevaux", &[3, 4]),
        ("cheval police", &[4]),
        ("propos", &[4, 7, 8]),
        ("proposition", &[4, 8]),
        ("propositi", &[4, 7, 8]),
        ("article 3", &[5]),
        ("article", &[5, 6]),
        ("city", &[6, 7]),
        ("cities budget", &[6, 7]),
        ("citizens", &[7]),
        ("journee", &[8]),
        ("oeuvre", &[8]),
        ("les écoles de la", &[1, 2, 9]),
        ("introuvable école", &[]),
        ("", &[]),
        ("de la", &[]),
        ("\" OR *", &[]),
        ("école\" OR \"cheval", &[]),
        ("title:école", &[]),
        ("école*", &[1, 2, 9]),
        ("(école", &[1, 2, 9]),
        ("école & ! | cheval:*", &[]),
        ("^école NEAR(cheval)", &[]),
        ("'; drop table search_doc; --", &[]),
        ("\u{0}école\\", &[1, 2, 9]),
    ];
    for (query, expected) in cases {
        assert_eq!(ids(&db, query).await, *expected, "{query:?}");
    }
}

#[db_test]
async fn the_title_weighs_more_and_pages_are_stable(db: Store) {
    fill(&db).await;
    let page = |offset: i64| {
        db.read(move |tx| boxed(async move { find(tx, "école", &Filter::default(), 1, offset).await }))
    };
    let mut order = Vec::new();
    for offset in 0..4 {
        let page: Hits = page(offset).await.unwrap_or_else(|e: Error| panic!("{e}"));
        assert_eq!(page.total, 3);
        order.extend(page.hits.into_iter().map(|h| h.ref_id));
    }
    assert_eq!(order[0], 1);
    order.sort_unstable();
    assert_eq!(order, [1, 2, 9]);
}

#[db_test]
async fn filters_replacement_and_removal(db: Store) {
    fill(&db).await;
    let found = |kinds: &'static [&'static str], scope: Option<i64>| {
        let hits =
            db.read(move |tx| boxed(async move { find(tx, "école", &Filter { kinds, scope }, 9, 0).await }));
        async move { hits.await.map_or_else(|e: Error| panic!("{e}"), |h| h.total) }
    };
    assert_eq!(found(&["odd"], None).await, 2);
    assert_eq!(found(&["odd", "even"], Some(1)).await, 2);
    assert_eq!(found(&["none"], None).await, 0);
    let r: Result<(), Error> = db
        .write(|tx| {
            boxed(async move {
                put(tx, &Doc { kind: "odd", ref_id: 1, scope: 1, title: "Lycées", text: "Rénover." }).await?;
                remove(tx, "odd", 9).await
            })
        })
        .await;
    r.unwrap();
    assert_eq!(ids(&db, "école").await, [2]);
    assert_eq!(ids(&db, "lycée").await, [1]);
}

#[db_test]
async fn similar_texts_share_many_words(db: Store) {
    fill(&db).await;
    let near = |text: &'static str| {
        let hits =
            db.read(move |tx| boxed(async move { similar(tx, text, &["odd", "even"], None, 5).await }));
        async move {
            let hits: Vec<Hit> = hits.await.unwrap_or_else(|e: Error| panic!("{e}"));
            hits.into_iter().map(|h| h.ref_id).collect::<Vec<_>>()
        }
    };
    assert_eq!(near("Rénovation des toits de l’école maternelle").await, [1]);
    assert_eq!(near("école").await, [1, 2, 9]);
    // one common word among many is no resemblance
    assert_eq!(near("école vélo piste cyclable centre ville").await, Vec::<i64>::new());
    assert_eq!(near("\" OR *").await, Vec::<i64>::new());
}

/// Whatever word goes in is found again, on both engines.
#[db_test]
async fn any_word_is_found_again(db: Store) {
    let odd = [
        "1e5", "3abc", "m2", "007", "a1b2c3", "x86", "0", "e10", "1er", "covid19", "c3po", "nan", "null",
        "and1",
    ];
    for (i, word) in odd.into_iter().enumerate() {
        let ref_id = i64::try_from(i).unwrap();
        let r: Result<(), Error> = db
            .write(move |tx| {
                boxed(async move {
                    put(
                        tx,
                        &Doc { kind: "w", ref_id, scope: 0, title: word, text: &format!("du {word}, oui") },
                    )
                    .await
                })
            })
            .await;
        r.unwrap();
    }
    for (i, word) in odd.into_iter().enumerate() {
        assert_eq!(ids(&db, word).await, [i64::try_from(i).unwrap()], "{word}");
    }
}
