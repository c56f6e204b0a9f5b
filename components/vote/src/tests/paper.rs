//! The desk and paper, through their pages.

use parvis_core::Locale;
use parvis_store::{Store, db_test};

use super::{ADMIN, BASE, CLOSE, Town, confirmed, pairs};

#[db_test]
async fn the_desk_signs_once_and_paper_is_keyed_twice(db: Store) {
    let town = Town::new(db).await;
    let rules = [("roll", "list"), ("paper", "on"), ("desk", "on"), ("double_entry", "on")];
    let csv = "nom;prenom;courriel\nMartin;Ana;\nPetit;Bob;\nNoël;Ève;\n";
    town.rules(&rules).await.assert_status(303);
    let roll = format!("{ADMIN}/roll");
    town.editor.upload(&roll, &[("list", csv)], &[]).await.assert_status(303);
    let options = town.open(&rules).await;
    let agent = town.site.moderator().await;
    let desk = format!("{ADMIN}/desk");
    // Found without accents or capitals.
    let page = agent.get(&format!("{desk}?q=NOEL")).await;
    page.assert_status(200).assert_says("Noël Ève");
    let voter = |page: &parvis_testkit::Answer| page.attr("input[name=voter]", "value")[0].clone();
    let eve = voter(&page);
    let ana = voter(&agent.get(&format!("{desk}?q=martin+ana")).await);

    // On a screen: a code, once.
    let signed = agent.post(&desk, &[("voter", &ana), ("action", "desk"), ("q", "martin")]).await;
    let code = signed.assert_status(200).select(".receipt-code")[0].clone();
    let again = agent.post(&desk, &[("voter", &ana), ("action", "paper"), ("q", "martin")]).await;
    again.assert_status(409).assert_says("a déjà voté au guichet");
    let kiosk = town.site.visitor();
    let wrong = kiosk.post(&format!("{BASE}/booth"), &[("pass", "ABCD")]).await;
    assert!(wrong.assert_status(422).field_error("pass").is_some());
    let ballot = kiosk.post(&format!("{BASE}/booth"), &[("pass", &code)]).await;
    assert_eq!(ballot.assert_status(200).value("pass").as_deref(), Some(code.as_str()));
    let first = options[0].to_string();
    let confirm = kiosk.post(&format!("{BASE}/ballot"), &[("pass", &code), ("approve", &first)]).await;
    let (_, form) = confirmed(&confirm);
    kiosk
        .post(&format!("{BASE}/cast"), &pairs(&form))
        .await
        .assert_status(200)
        .assert_says("est dans l’urne");
    let used = kiosk.post(&format!("{BASE}/booth"), &[("pass", &code)]).await;
    assert!(used.assert_status(422).field_error("pass").unwrap().contains("a déjà servi"));

    // On paper: signed, printed in either language and in large print, keyed by two people.
    agent.post(&desk, &[("voter", &eve), ("action", "paper"), ("q", "noel")]).await.assert_status(200);
    agent.post(&format!("{ADMIN}/paper/print"), &[("size", "2")]).await.assert_status(403);
    let print = [("size", "2"), ("language", "en"), ("format", "large")];
    let sheets = town.editor.post(&format!("{ADMIN}/paper/print"), &print).await;
    sheets.assert_status(200).assert_says("Tick every option that suits you");
    assert_eq!(sheets.select(".sheets-large .sheet").len(), 2);
    let code = sheets.select(".sheet-code strong")[0].clone();
    let entry = format!("{ADMIN}/paper/enter");
    let typed = code.to_lowercase().replace('-', "");
    let second = options[1].to_string();
    let once = agent.post(&entry, &[("code", &typed), ("approve", &first)]).await;
    once.assert_status(200).assert_says("Première saisie");
    let own = agent.post(&entry, &[("code", &typed), ("approve", &first)]).await;
    assert!(own.assert_status(422).field_error("code").unwrap().contains("une autre personne"));
    let other = town.editor.post(&entry, &[("code", &typed), ("approve", &second)]).await;
    other.assert_status(200).assert_says("Les deux saisies diffèrent");

    // The difference is settled with the sheet in hand, then the box closes.
    town.site.clock.set(CLOSE);
    let report = format!("{ADMIN}/report");
    town.editor.post(&report, &[]).await.assert_status(409).assert_says("deux saisies différentes");
    let differences = format!("{ADMIN}/paper/differences");
    let page = agent.get(&differences).await;
    page.assert_says("Place du Marché").assert_says("Place de la Paix");
    let sheet = page.value("sheet").unwrap();
    agent.post(&differences, &[("sheet", &sheet), ("which", "second")]).await.assert_status(303);
    agent.post(&report, &[]).await.assert_status(403);
    town.publish().await;
    let report = agent.locale(Locale::En).get(&report).await;
    report.assert_says("Paper ballots counted").assert_says("Remarks and signatures");
    let results = town.site.visitor().get(&format!("{BASE}/results")).await;
    results.assert_says("sur 2 bulletins").assert_says("0 en ligne, 1 au guichet, 1 sur papier");
    // Then the names go, and the counts stay.
    town.editor.post(&format!("{roll}/forget"), &[]).await.assert_status(303);
    let page = town.editor.get(&roll).await;
    assert!(!page.text().contains("Noël"), "{}", page.text());
}

#[db_test]
async fn a_sheet_that_both_agents_misread_is_read_anew(db: Store) {
    let town = Town::new(db).await;
    let rules = [("roll", "list"), ("paper", "on"), ("desk", "on"), ("double_entry", "on")];
    town.rules(&rules).await.assert_status(303);
    let csv = "nom;prenom\nMartin;Ana\nNoël;Ève\n";
    town.editor.upload(&format!("{ADMIN}/roll"), &[("list", csv)], &[]).await.assert_status(303);
    let options: Vec<_> = town.open(&rules).await.iter().map(i64::to_string).collect();
    let agent = town.site.moderator().await;
    let desk = format!("{ADMIN}/desk");
    for name in ["martin", "noel"] {
        let line = agent.get(&format!("{desk}?q={name}")).await.attr("input[name=voter]", "value")[0].clone();
        let sign = [("voter", &*line), ("action", "paper"), ("q", name)];
        agent.post(&desk, &sign).await.assert_status(200);
    }
    let sheets = town.editor.post(&format!("{ADMIN}/paper/print"), &[("size", "2")]).await;
    let codes = sheets.assert_status(200).select(".sheet-code strong");
    let (entry, again) = (format!("{ADMIN}/paper/enter"), format!("{ADMIN}/paper/differences/again"));
    for (who, choice) in [(&agent, &options[0]), (&town.editor, &options[1])] {
        who.post(&entry, &[("code", &codes[0]), ("approve", choice)]).await.assert_status(200);
    }
    agent.get(&format!("{ADMIN}/paper/differences")).await.assert_says("Relire la feuille");
    agent.get(&again).await.assert_status(200).assert_says("lisez-la à deux");
    // Only the sheet in question, and what was typed is kept.
    let other = agent.post(&again, &[("code", &codes[1]), ("approve", &options[2])]).await;
    assert!(other.assert_status(422).field_error("code").unwrap().contains("ne diffèrent pas"));
    assert_eq!(other.attr("input[name=approve][checked]", "value"), std::slice::from_ref(&options[2]));
    // The sheet says the third option, whatever both had read.
    let read = [("code", &*codes[0]), ("approve", &*options[2])];
    agent.post(&again, &read).await.assert_status(303);
    assert!(agent.post(&again, &read).await.assert_status(422).field_error("code").is_some(), "once");
    town.publish().await;
    let results = town.site.visitor().get(&format!("{BASE}/results")).await;
    results.assert_says("Place des Tilleuls l’emporte, sur 1 bulletins");
}

#[db_test]
async fn a_sheet_signed_without_network_is_keyed_after_the_closing(db: Store) {
    let town = Town::new(db).await;
    let rules = [("roll", "list"), ("paper", "on")];
    town.rules(&rules).await.assert_status(303);
    let csv = "numero;nom;prenom\n11;Martin;Ana\n12;Petit;Bob\n13;Noël;Ève\n";
    town.editor.upload(&format!("{ADMIN}/roll"), &[("list", csv)], &[]).await.assert_status(303);
    let options = town.open(&rules).await;
    let letters = town.editor.post(&format!("{ADMIN}/roll/letters"), &[]).await.select(".receipt-code");
    let ana = town.site.participant("Ana").await;
    ana.post(&format!("{BASE}/letter"), &[("letter", &letters[0])]).await.assert_status(303);
    town.vote(&ana, &[("approve", &options[0].to_string())]).await;
    let agent = town.site.moderator().await;
    let sheet = format!("{ADMIN}/paper/sheet");
    let printed = agent.get(&format!("{sheet}/print")).await;
    printed.assert_status(200).assert_says("| 12 | Petit Bob");
    let key = |numbers: &'static str| {
        let (agent, sheet) = (&agent, &sheet);
        async move { agent.post(sheet, &[("numbers", numbers)]).await }
    };
    let said = |page: &parvis_testkit::Answer| page.assert_status(422).field_error("numbers").unwrap();
    key("12").await.assert_status(409).assert_says("après la clôture");

    town.site.clock.set(CLOSE);
    assert!(said(&key("").await).contains("une ligne au moins"));
    let refused = key("12\n99").await;
    assert!(said(&refused).contains("99") && refused.text().contains("12"));
    // Who voted online has signed the same roll: nothing of the sheet is keyed.
    assert!(said(&key("11\n12").await).contains("déjà voté"));
    key("12\n12\n13\n").await.assert_status(303);
    assert!(said(&key("12").await).contains("déjà voté"), "once");
    // Their ballots are keyed like the others, no more of them than signatures.
    let print = town.editor.post(&format!("{ADMIN}/paper/print"), &[("size", "3")]).await;
    let codes = print.assert_status(200).select(".sheet-code strong");
    let choice = options[1].to_string();
    for (code, status) in codes.iter().zip([200, 200, 422]) {
        let sent = [("code", code.as_str()), ("approve", &choice)];
        agent.post(&format!("{ADMIN}/paper/enter"), &sent).await.assert_status(status);
    }
    town.publish().await;
    key("13").await.assert_status(409).assert_says("avant de clore l’urne");
    let report = agent.get(&format!("{ADMIN}/report")).await;
    report.assert_says("Feuilles signées, saisies après la clôture");
    let results = town.site.visitor().get(&format!("{BASE}/results")).await;
    results.assert_says("Place de la Paix l’emporte, sur 3 bulletins");
}
