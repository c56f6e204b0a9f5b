//! The text of record, through HTTP. What amendments change in it is tested with their decisions.

use parvis_core::Locale;
use parvis_store::{Store, db_test};

use crate::testing::Town;

#[db_test]
async fn the_whole_text_is_read_in_order(db: Store) {
    let town = Town::new(db).await;
    let page = town.site.visitor().get(&town.to("text")).await;
    page.assert_status(200);
    assert_eq!(page.select("h2")[..2], ["Circulation", "Plantations"]);
    assert_eq!(page.select("article h3")[0], "Article 1 : la rue est à sens unique");
    page.assert_says("Rien n’a changé depuis la première version.");
    page.assert_says("Aucune réponse n’est encore publiée.");
    assert!(page.header("set-cookie").is_empty());
    let english = town.site.visitor().locale(Locale::En).get(&town.to("text?marks=1")).await;
    english.assert_says("The text as it stands today");
    assert_eq!(english.select("h2")[0], "Traffic");
}
