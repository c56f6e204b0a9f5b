//! Reporting, through HTTP.

use parvis_store::{Store, db_test};

use crate::testing::Town;

#[db_test]
async fn a_flag_needs_a_reason_and_counts_once(db: Store) {
    let town = Town::new(db).await;
    let ana = town.site.participant("Ana").await;
    let path = format!("{}/flag", town.article());
    let empty = ana.post(&path, &[("note", "Voilà.")]).await;
    empty.assert_status(422);
    assert_eq!(empty.field_error("reason").as_deref(), Some("Choisissez une raison."));
    assert_eq!(empty.value("note").as_deref(), Some("Voilà."));
    for note in ["", "Encore."] {
        let sent = ana.post(&path, &[("reason", "off-topic"), ("note", note)]).await;
        sent.assert_redirect(&town.article());
    }
    assert_eq!(town.number("select count(*) from flag").await, 1);
    let asked = town.site.visitor().get(&path).await;
    assert!(asked.location.is_some_and(|l| l.starts_with("/sign-in")));
    ana.get(&town.to("c/999/flag")).await.assert_status(404);
}
