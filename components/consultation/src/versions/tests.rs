//! Versions, through HTTP.

use parvis_store::{Store, db_test};

use crate::testing::Town;

#[db_test]
async fn each_version_shows_what_it_changed(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let body = "Un banc tous les cinquante mètres, tourné vers l’eau.";
    let id = town.propose(&ana, "Des bancs à l’ombre le long du quai", body).await;
    let path = town.to(&format!("c/{id}"));
    let first = town.site.visitor().get(&format!("{path}/versions")).await;
    assert_eq!(first.select("#shown"), ["Première version"]);
    let changed = "Un banc tous les **trente** mètres, tourné vers <l’eau>.";
    let title = "Des bancs à l’ombre le long du quai";
    ana.post(
        &format!("{path}/edit"),
        &[("base", "1"), ("title", title), ("body", changed), ("note", "Plus près")],
    )
    .await
    .assert_status(303);
    let page = town.site.visitor().get(&format!("{path}/versions")).await;
    // Both engines give the same page.
    insta::allow_duplicates! {
        insta::assert_snapshot!(page.text().replace(&path, "PATH"), @r#"
        # Versions de « Des bancs à l’ombre le long du quai »
        Chaque version publiée reste lisible.
        - Version 2, lundi 1er juin 2026 à 12 h, par Ana
        Plus près
        - Version 1, lundi 1er juin 2026 à 12 h, par Ana
        [Voir ce qui change (1)](PATH/versions?v=1)
        ## Ce que change la version 2
        Ce qui est barré est retiré ; ce qui est souligné est ajouté.
        Un banc tous les [retiré : cinquante][ajouté : **trente**] mètres, tourné vers [ajouté : <]l’eau[ajouté : >].
        [Revenir au texte](PATH)
        "#);
    }
    assert!(!page.html.contains("<l’eau>"));
    let old = town.site.visitor().get(&format!("{path}/versions?v=1")).await;
    assert!(old.select(".panel")[0].contains("cinquante"), "{}", old.text());
    for wrong in ["0", "3", "x"] {
        town.site.visitor().get(&format!("{path}/versions?v={wrong}")).await.assert_status(404);
    }
}
