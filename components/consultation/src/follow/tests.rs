//! Following, through HTTP.

use parvis_store::{Store, db_test};

use crate::testing::Town;

#[db_test]
async fn the_button_says_where_it_leads(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let path = format!("{}/follow", town.article());
    let button = async || ana.get(&town.article()).await.select("form[action$='/follow'] button");
    assert_eq!(button().await, ["Suivre"]);
    for _ in 0..2 {
        ana.post(&path, &[("on", "1")]).await.assert_status(303);
        assert_eq!(button().await, ["Ne plus suivre"]);
    }
    ana.post(&path, &[("on", "0")]).await.assert_status(303);
    assert_eq!(button().await, ["Suivre"]);
}
