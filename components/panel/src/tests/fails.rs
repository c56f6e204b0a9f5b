//! What goes wrong is said, with the row, the category and the smallest mend.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use parvis_core::{Clock, Millis};
use parvis_store::{Store, db_test};

use super::bundle::{check, failed};
use super::{ADMIN, BASE, CLOSE, Town};

/// A clock that is two minutes later each time it is read.
#[derive(Debug)]
struct Hurried(AtomicI64);

impl Clock for Hurried {
    fn now(&self) -> Millis {
        self.0.fetch_add(120_000, Ordering::Relaxed)
    }
}

#[db_test]
async fn a_computation_stopped_by_its_limit_publishes_the_best_it_found_and_says_so(db: Store) {
    let town = Town::new(db).await;
    town.open(&[("limit", "200")]).await;
    town.volunteers(12, 20).await;
    town.site.clock.set(CLOSE);
    town.editor.post(&format!("{ADMIN}/draw/announce"), &[]).await.assert_status(303);
    let (store, clock) = (town.site.store.clone(), Arc::new(Hurried(AtomicI64::new(CLOSE))));
    town.site.run_jobs_with(|worker| crate::work::register(worker, &store, &(clock as Arc<dyn Clock>))).await;
    let leaf = town.leaves("sortition-lottery").await.remove(0);
    assert!(leaf.contains("\"optimal\":false"), "{leaf}");
    let page = town.site.visitor().get(&format!("{BASE}/draw/1")).await;
    page.assert_says("Le calcul a été arrêté avant la fin");
    // It is drawn from, and checked, as any other.
    town.draw("1", "3 5 1").await.assert_status(303);
    assert_eq!(failed(&check(&town).await), Vec::<&str>::new());
}

#[db_test]
async fn a_pool_with_mistakes_is_refused_whole(db: Store) {
    let town = Town::new(db).await;
    town.open(&[]).await;
    let import = format!("{ADMIN}/volunteers/import");
    let csv = "id;Âge;Genre;nom\n1;;Femme;\n2;quarante;Homme;\n1;40 ans et plus;Homme;\n4;40 ANS ET PLUS;femme;Noël\n5;40 ans et plus;femme;NOEL\n6;40 ans et plus;femme;x;trop\n";
    let refused = town.editor.upload(&import, &[("list", csv)], &[]).await;
    refused.assert_status(422).assert_says("Ligne 7 : Plus de cellules");
    let csv = csv.replace(";trop", "");
    let refused = town.editor.upload(&import, &[("list", &csv)], &[]).await;
    refused
        .assert_status(422)
        .assert_says("Ligne 2 : « Âge » manque")
        .assert_says("Ligne 3 : « quarante (Âge) » n’est pas une valeur")
        .assert_says("Ligne 4 : Le numéro 1 (2) est déjà pris")
        .assert_says("Ligne 6 : La même personne que la ligne 5");
    let refused = town.editor.upload(&import, &[("list", "id;Âge\n1;40 ans et plus\n")], &[]).await;
    refused.assert_status(422).assert_says("Le fichier n’a pas de colonne « Genre »");
    town.editor.get(&format!("{ADMIN}/volunteers")).await.assert_says("Aucun volontaire");
    let good = "Âge;Genre;nom\n40 ans et plus;Femme;Noël\n";
    town.editor.upload(&import, &[("list", good)], &[]).await.assert_status(303);
    let again = town.editor.upload(&import, &[("list", good)], &[]).await;
    again.assert_status(422).assert_says("Ligne 2 : « Noël » est déjà volontaire");
}

/// The form of quotas, with these for those under 40.
fn form<'a>(min: &'a str, max: &'a str) -> [(&'static str, &'a str); 8] {
    [
        ("min-0-0", min),
        ("max-0-0", max),
        ("min-0-1", "5"),
        ("max-0-1", "6"),
        ("min-1-0", "0"),
        ("max-1-0", "10"),
        ("min-1-1", "0"),
        ("max-1-1", "10"),
    ]
}

#[db_test]
async fn quotas_that_cannot_be_met_are_answered_with_the_smallest_mend(db: Store) {
    let town = Town::new(db).await;
    town.open(&[]).await;
    let quotas = format!("{ADMIN}/quotas");
    // By numbers alone.
    let clash = town.editor.post(&quotas, &form("6", "6")).await;
    clash
        .assert_status(422)
        .assert_says("demande au moins 11 sièges en tout, pour 10 : baissez ses minimums de 1");
    assert_eq!(clash.value("min-0-0").as_deref(), Some("6"), "nothing that was typed is lost");
    town.editor
        .post(&quotas, &form("x", "6"))
        .await
        .assert_status(422)
        .assert_says("deux nombres entre 0 et 10");
    town.editor.post(&quotas, &form("5", "4")).await.assert_status(422).assert_says("se contredisent");
    town.editor
        .post(&quotas, &form("0", "3"))
        .await
        .assert_status(422)
        .assert_says("montez ses maximums de 1");
    // With the people who volunteered: three under 40 for four seats.
    town.editor.post(&quotas, &form("4", "5")).await.assert_status(303);
    town.volunteers(3, 20).await;
    let page = town.editor.get(&quotas).await;
    page.assert_says("Le plus petit changement qui suffit")
        .assert_says("Âge, moins de 40 ans : au moins 2 au lieu de 4");
    town.site.clock.set(CLOSE);
    let refused = town.editor.post(&format!("{ADMIN}/draw/announce"), &[]).await;
    refused.assert_status(409).assert_says("au moins 2 au lieu de 4");
    assert!(town.leaves("sortition-announced").await.is_empty());
}

#[db_test]
async fn quotas_are_checked_before_they_are_saved_and_only_for_editors(db: Store) {
    let town = Town::new(db).await;
    town.open(&[]).await;
    let at = format!("{ADMIN}/quotas/check");
    let form = |min| form(min, "6");
    let said = |page: &parvis_testkit::Answer| page.assert_status(200).select("#check[role=status] p");
    // The sentences are those of the save.
    for (min, words) in [("6", "baissez ses minimums de 1"), ("x", "deux nombres entre 0 et 10")] {
        let check = town.editor.post(&at, &form(min)).await;
        assert!(said(&check)[0].contains(words), "{:?}", said(&check));
        assert_eq!(check.value("min-0-0").as_deref(), Some(min), "nothing that was typed is lost");
        assert_eq!(check.attr("#check", "class"), ["check notice notice-warning"]);
        let save = town.editor.post(&format!("{ADMIN}/quotas"), &form(min)).await;
        save.assert_status(422).assert_says(&said(&check)[0]);
    }
    let fine = town.editor.post(&at, &form("4")).await;
    assert!(said(&fine)[0].contains("s’accordent avec le nombre de sièges"), "{:?}", said(&fine));
    assert_eq!(fine.attr("#check", "class"), ["check notice"]);
    // With the people who volunteered, as on the page of what is saved.
    town.volunteers(3, 20).await;
    let relax = town.editor.post(&at, &form("4")).await;
    let lines = said(&relax);
    assert!(lines[1].contains("Âge, moins de 40 ans : au moins 2 au lieu de 4"), "{lines:?}");
    let english = town.site.editor().await.locale(parvis_core::Locale::En);
    let few = english.post(&at, &form("6")).await;
    assert!(said(&few)[0].contains("lower its minimums by 1"), "{:?}", said(&few));
    // Nothing was saved: the quotas are those that were proposed. Others are turned away.
    let page = town.editor.get(&format!("{ADMIN}/quotas")).await;
    assert_eq!((page.value("max-0-0"), page.value("min-0-1")), (Some("4".into()), Some("6".into())));
    town.site.moderator().await.post(&at, &form("4")).await.assert_status(403);
}

#[db_test]
async fn fewer_people_than_seats_are_counted_one_a_household(db: Store) {
    let town = Town::new(db).await;
    town.open(&[]).await;
    town.site.clock.set(CLOSE);
    let announce = format!("{ADMIN}/draw/announce");
    town.editor.post(&announce, &[]).await.assert_status(409).assert_says("Personne n’est volontaire");
    town.volunteers(4, 6).await;
    let refused = town.editor.post(&announce, &[]).await;
    refused.assert_status(409).assert_says("9 personnes au plus peuvent siéger ensemble, pour 10 sièges");
}

#[db_test]
async fn nothing_that_was_announced_changes(db: Store) {
    let town = Town::new(db).await;
    town.open(&[]).await;
    town.volunteers(12, 20).await;
    town.site.clock.set(CLOSE);
    town.editor.post(&format!("{ADMIN}/draw/announce"), &[]).await.assert_status(303);
    // The seed cannot come before the lottery.
    town.draw("1", "trop tôt").await.assert_status(409).assert_says("la graine vient après");
    town.site.visitor().get(&format!("{BASE}/draw/1")).await.assert_says("en cours de calcul");
    town.run_jobs().await;
    town.rules(&[("seats", "12")]).await.assert_status(409).assert_says("ne changent plus");
    town.editor.post(&format!("{ADMIN}/quotas"), &[("propose", "on")]).await.assert_status(409);
    let margins = format!("{ADMIN}/categories/margins");
    town.editor.upload(&margins, &[("table", super::MARGINS)], &[]).await.assert_status(409);
    let csv = "Âge;Genre\n40 ans et plus;Femme\n";
    let import = format!("{ADMIN}/volunteers/import");
    town.editor.upload(&import, &[("list", csv)], &[]).await.assert_status(409);
    let entry = [("wish", "yes"), ("name", "X"), ("contact", "a@b.fr"), ("consent", "on")];
    town.editor.post(&format!("{ADMIN}/entry"), &entry).await.assert_status(409);
    town.editor.post(&format!("{ADMIN}/draw/announce"), &[]).await.assert_status(409);
    let refused = town.leaves("sortition-refused").await;
    assert_eq!(refused.len(), 5, "{refused:?}");
    // A seed needs to be read again, and to be there.
    let form = [("round", "1"), ("seed", "x")];
    town.editor.post(&format!("{ADMIN}/draw/seed"), &form).await.assert_status(422);
    town.draw("1", " \n ").await.assert_status(422);
}

#[db_test]
async fn a_lottery_that_cannot_be_computed_is_taken_back(db: Store) {
    let town = Town::new(db).await;
    town.open(&[("seats", "4")]).await;
    town.volunteers(3, 4).await;
    town.announce().await;
    town.draw("1", "a").await.assert_status(303);
    // Everybody declines: nobody under 40 is left.
    for person in town.drawn().await {
        town.seat(&person, "declined").await.assert_status(303);
    }
    town.announce().await;
    let page = town.editor.get(&format!("{ADMIN}/draw")).await;
    page.assert_says("Loterie impossible").assert_says("<Annuler cette annonce>");
    town.draw("2", "b").await.assert_status(409);
    let back = town.editor.post(&format!("{ADMIN}/draw/take-back"), &[("round", "2")]).await;
    back.assert_status(303);
    town.editor.post(&format!("{ADMIN}/draw/take-back"), &[("round", "1")]).await.assert_status(409);
    assert_eq!(town.leaves("sortition-taken-back").await.len(), 1);
}
