//! The desk and paper, through their pages.

use parvis_core::Locale;
use parvis_store::{Store, db_test};

use super::{ADMIN, BASE, CLOSE, THREE, Town, confirmed, pairs};

#[db_test]
async fn the_desk_signs_once_and_paper_is_keyed_twice(db: Store) {
    let town = Town::new(db, THREE).await;
    let rules = [("roll", "list"), ("paper", "on"), ("desk", "on"), ("double_entry", "on"), ("reach", "one")];
    town.rules(&rules).await.assert_status(303);
    assert_ne!(town.publish_activity().await.status, 303, "the list is empty");
    let csv = "nom;prenom;courriel\nMartin;Ana;\nPetit;Bob;\nNoël;Ève;\n";
    let roll = format!("{ADMIN}/roll");
    town.editor.upload(&roll, &[("list", csv)], &[]).await.assert_status(303);
    town.publish_activity().await.assert_status(303);
    let agent = town.site.moderator().await;
    let desk = format!("{ADMIN}/desk");
    let voter = |page: &parvis_testkit::Answer| page.attr("input[name=voter]", "value")[0].clone();
    let eve = voter(&agent.get(&format!("{desk}?q=NOEL")).await);
    let ana = voter(&agent.get(&format!("{desk}?q=martin+ana")).await);

    // On a screen, with a code; a second channel is refused.
    let signed = agent.post(&desk, &[("voter", &ana), ("action", "desk"), ("q", "martin")]).await;
    let code = signed.assert_status(200).select(".receipt-code")[0].clone();
    let again = agent.post(&desk, &[("voter", &ana), ("action", "paper"), ("q", "martin")]).await;
    again.assert_status(409).assert_says("a déjà voté au guichet");
    let kiosk = town.site.visitor();
    kiosk.post(&format!("{BASE}/booth"), &[("pass", &code)]).await.assert_status(200);
    let sent = [("pass", code.as_str()), ("approve", "1"), ("approve", "7")];
    let (_, form) = confirmed(&kiosk.post(&format!("{BASE}/ballot"), &sent).await);
    kiosk
        .post(&format!("{BASE}/cast"), &pairs(&form))
        .await
        .assert_status(200)
        .assert_says("est dans l’urne");

    // On paper: sections by envelope, a box for the district, in either language.
    agent.post(&desk, &[("voter", &eve), ("action", "paper"), ("q", "noel")]).await.assert_status(200);
    let print = [("size", "1"), ("language", "en"), ("format", "large")];
    let sheets = town.editor.post(&format!("{ADMIN}/paper/print"), &print).await;
    sheets.assert_status(200).assert_says("Tick the box of one district only");
    assert_eq!(sheets.select(".sheet h3").len(), 3);
    assert_eq!(sheets.select(".sheet h3 .sheet-box").len(), 2, "the whole town needs no box");
    let code = sheets.select(".sheet-code strong")[0].clone();
    let entry = format!("{ADMIN}/paper/enter");
    let once = agent.post(&entry, &[("code", &code), ("approve", "4")]).await;
    once.assert_status(200).assert_says("Première saisie");
    let other = town.editor.post(&entry, &[("code", &code), ("approve", "5")]).await;
    other.assert_status(200).assert_says("Les deux saisies diffèrent");

    // The difference is settled with the sheet in hand, then the box closes.
    town.site.clock.set(CLOSE);
    let report = format!("{ADMIN}/report");
    town.editor.post(&report, &[]).await.assert_status(409).assert_says("deux saisies différentes");
    let differences = format!("{ADMIN}/paper/differences");
    let page = agent.get(&differences).await;
    page.assert_says("Sud – Piste").assert_says("Sud – Haie");
    let sheet = page.value("sheet").unwrap();
    agent.post(&differences, &[("sheet", &sheet), ("which", "first")]).await.assert_status(303);
    town.publish().await;
    let report = agent.locale(Locale::En).get(&report).await;
    report.assert_says("Paper ballots counted");
    let results = town.site.visitor().get(&format!("{BASE}/results")).await;
    results.assert_says("0 en ligne, 1 au guichet, 1 sur papier").assert_says("d’après 2 bulletins");
}
