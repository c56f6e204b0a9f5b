//! What a reader sees, in both languages.

use parvis_core::Locale;
use parvis_store::{Store, db_test};
use parvis_testkit::Answer;

use super::{BASE, Town};

/// A page without what is drawn at random.
fn words(page: &Answer) -> String {
    page.text().replace(['\u{a0}', '\u{202f}'], " ")
}

#[db_test]
async fn the_pages_of_a_panel_in_french_and_english(db: Store) {
    let town = Town::new(db).await;
    town.open(&[]).await;
    let fr = town.site.visitor();
    let en = town.site.visitor().locale(Locale::En);
    insta::assert_snapshot!("overview_fr", words(&fr.get(BASE).await));
    insta::assert_snapshot!("overview_en", words(&en.get(BASE).await));
    insta::assert_snapshot!("how_fr", words(&fr.get(&format!("{BASE}/how")).await));
    insta::assert_snapshot!("how_en", words(&en.get(&format!("{BASE}/how")).await));
    // The open call: a form without a letter.
    let form = fr.post(&format!("{BASE}/join"), &[]).await;
    insta::assert_snapshot!("form_fr", words(form.assert_status(200)));
    let form = en.post(&format!("{BASE}/join"), &[]).await;
    insta::assert_snapshot!("form_en", words(form.assert_status(200)));
    // What is not there is not found; what is not published neither.
    for path in ["draw/1", "draw/x", "composition", "draw/1/probabilities", "draw/1/files/pool.csv"] {
        fr.get(&format!("{BASE}/{path}")).await.assert_status(404);
    }
    fr.get(&format!("{BASE}/work")).await.assert_status(200).assert_says("Aucune recommandation");
}

#[db_test]
async fn every_page_of_the_administration_turns_away_who_may_not_pass(db: Store) {
    let town = Town::new(db).await;
    let tool = crate::component();
    let (visitor, agent) = (town.site.visitor(), town.site.moderator().await);
    let participant = town.site.participant("Ana").await;
    let mut walked = 0;
    for (method, path, access) in tool.admin_routes().table() {
        let address = path
            .replace("{process}/{activity}", "le-climat/le-panel")
            .replace("{id}", "1")
            .replace("{n}", "1");
        let send = async |who: &parvis_testkit::Actor| {
            if method.as_str() == "GET" { who.get(&address).await } else { who.post(&address, &[]).await }
        };
        assert_eq!(send(&visitor).await.status, 303, "{method} {path} signed out");
        assert_eq!(send(&participant).await.status, 403, "{method} {path} as a participant");
        let is_staff = access == parvis_core::Access::Staff;
        assert_eq!(send(&agent).await.status != 403, is_staff, "{method} {path} as an agent");
        if method.as_str() == "GET" {
            let page = send(&town.editor).await;
            assert!(page.status < 500, "{method} {path}: {}", page.status);
        }
        walked += 1;
    }
    assert!(walked > 35, "{walked}");
}
