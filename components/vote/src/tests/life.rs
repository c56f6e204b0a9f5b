//! A vote from its options to its results, in both languages.

use parvis_core::Locale;
use parvis_store::{Store, db_test};

use super::{ADMIN, BASE, CLOSE, Town, confirmed, pairs};

#[db_test]
async fn a_vote_is_prepared_cast_closed_and_published(db: Store) {
    let town = Town::new(db).await;
    // Nothing is ready: the administration says what is missing, and publishing is refused.
    let page = town.editor.get(ADMIN).await;
    page.assert_status(200).assert_says("Écrivez au moins deux options").assert_says("départage une égalité");
    let to = format!("/admin/activities/{}/publish", town.activity);
    assert_ne!(town.editor.post(&to, &[]).await.status, 303);
    // A rule is missing, too many win, an age is asked of accounts: each beside its field.
    let wrong = town.rules(&[("ties", ""), ("seats", "0"), ("min_age", "16")]).await;
    wrong.assert_status(422);
    for field in ["ties", "seats", "roll"] {
        assert!(wrong.field_error(field).is_some(), "{field}: {}", wrong.text());
    }
    let options = town.open(&[("changeable", "on")]).await;
    let (ana, bea) =
        (town.site.participant("Ana").await, town.site.participant("Béa").await.locale(Locale::En));

    // The page, the ballot, in both languages.
    let page = town.site.visitor().get(BASE).await;
    page.assert_says("Approbation").assert_says("Place du Marché").assert_says("Personne n’a encore voté.");
    let page = town.site.visitor().locale(Locale::En).get(&format!("{BASE}/ballot")).await;
    page.assert_status(200).assert_says("Sign in to vote");
    let ballot = ana.get(&format!("{BASE}/ballot")).await;
    ballot.assert_says("Cochez toutes les options").assert_says("<Relire mon bulletin>");

    // A confirmation comes before the box, and leads back with what was chosen.
    let (first, second) = (options[0].to_string(), options[1].to_string());
    let chosen = [("approve", first.as_str()), ("approve", second.as_str())];
    let confirm = ana.post(&format!("{BASE}/ballot"), &chosen).await;
    confirm.assert_says("Place du Marché").assert_says("<Mettre dans l’urne>");
    let (secret, form) = confirmed(&confirm);
    let mut back = pairs(&form);
    back.push(("step", "back"));
    let again = ana.post(&format!("{BASE}/cast"), &back).await;
    assert_eq!(again.attr("input[name=approve][checked]", "value"), [first.clone(), second.clone()]);

    // Cast once, sent twice, counted once.
    for words in ["Votre bulletin est dans l’urne", "il n’a compté qu’une fois"] {
        ana.post(&format!("{BASE}/cast"), &pairs(&form)).await.assert_status(200).assert_says(words);
    }
    town.vote(&bea, &[("approve", &second)]).await;
    // A second ballot asks for the receipt, which replaces the first.
    let voted = ana.get(&format!("{BASE}/ballot")).await;
    voted.assert_says("Vous avez voté en ligne").assert_says("{receipt: }");
    let wrong = ana.post(&format!("{BASE}/ballot"), &[("approve", &second), ("receipt", "0000")]).await;
    assert!(wrong.assert_status(422).field_error("receipt").is_some());
    let confirm = ana.post(&format!("{BASE}/ballot"), &[("approve", &second), ("receipt", &secret)]).await;
    confirm.assert_says("remplacera celui");
    let (same, form) = confirmed(&confirm);
    assert_eq!(same, secret);
    let cast = ana.post(&format!("{BASE}/cast"), &pairs(&form)).await;
    cast.assert_status(200).assert_says("a remplacé l’ancien");
    // Anybody who holds it finds the ballot; nobody with another code does.
    let found = town.site.visitor().post(&format!("{BASE}/receipt"), &[("receipt", &secret)]).await;
    found.assert_status(200).assert_says("Place de la Paix");
    let (rest, last) = secret.split_at(secret.len() - 1);
    let typo = format!("{rest}{}", if last == "X" { "Y" } else { "X" });
    let wrong = town.site.visitor().post(&format!("{BASE}/receipt"), &[("receipt", &typo)]).await;
    assert!(wrong.assert_status(422).field_error("receipt").is_some());

    // Sealed: the rules and the options no longer change, and the journal says that somebody tried.
    town.rules(&[("method", "schulze")]).await.assert_status(409).assert_says("scellées");
    let form = [("title_fr", "Place Neuve"), ("title_en", "")];
    let refused = town.editor.upload(&format!("{ADMIN}/options/new"), &form, &[]).await;
    refused.assert_status(409).assert_says("scellées");

    // Hidden until the box is closed; closed to the millisecond.
    town.site.visitor().get(&format!("{BASE}/results")).await.assert_says("après la clôture");
    town.editor.post(&format!("{ADMIN}/results"), &[]).await.assert_status(409);
    let late = town.site.participant("Tard").await;
    let confirm = late.post(&format!("{BASE}/ballot"), &[("approve", &first)]).await;
    let (_, form) = confirmed(&confirm);
    town.site.clock.set(CLOSE);
    let refused = late.post(&format!("{BASE}/cast"), &pairs(&form)).await;
    refused.assert_status(409).assert_says("Le vote est clos");
    assert_eq!(
        refused.attr("input[name=approve][checked]", "value"),
        [first],
        "nothing that was chosen is lost"
    );

    town.publish().await;
    let fr = town.site.visitor().get(&format!("{BASE}/results")).await;
    fr.assert_says("Place de la Paix l’emporte, sur 2 bulletins.")
        .assert_says("Le dépouillement, pas à pas")
        .assert_says("Ceci n’est pas un résultat")
        .assert_says("| 1 | Place de la Paix");
    let en = town.site.visitor().locale(Locale::En).get(&format!("{BASE}/results")).await;
    en.assert_says("Place de la Paix wins, out of 2 ballots.").assert_says("This is not a result");
    town.editor.post(&format!("{ADMIN}/results"), &[]).await.assert_status(409);
}

#[db_test]
async fn a_signed_out_ballot_is_kept_nowhere(db: Store) {
    let town = Town::new(db).await;
    let options = town.open(&[]).await;
    let id = options[0].to_string();
    let visitor = town.site.visitor();
    let sent = visitor.post(&format!("{BASE}/ballot"), &[("approve", &id)]).await;
    sent.assert_status(401).assert_says("Connectez-vous pour voter");
    assert_eq!(sent.attr("input[name=approve][checked]", "value"), std::slice::from_ref(&id));
    let secret = parvis_ballotbox::code::Secret::random().to_string();
    let cast = visitor.post(&format!("{BASE}/cast"), &[("approve", &id), ("secret", &secret)]).await;
    cast.assert_status(401);
    let count = town
        .site
        .store
        .read(|tx| Box::pin(async move { tx.value::<i64>("select count(*) from kept_form", &[]).await }))
        .await
        .unwrap();
    assert_eq!(count, 0, "what a signed-out visitor chose is not kept for later");
}

#[db_test]
async fn titles_with_marks_are_shown_as_they_are_written(db: Store) {
    let town = Town::new(db).await;
    let title = "<script>alert(1)</script> & \"guillemets\" ' <img src=x onerror=alert(1)>";
    for name in [title, "Autre"] {
        let form =
            [("title_fr", name), ("title_en", ""), ("body_fr", "<b onclick=x>gras</b> [a](javascript:x)")];
        town.editor.upload(&format!("{ADMIN}/options/new"), &form, &[]).await.assert_status(303);
    }
    town.rules(&[("paper", "on")]).await.assert_status(303);
    let to = format!("/admin/activities/{}/publish", town.activity);
    town.editor.post(&to, &[]).await.assert_status(303);
    let ana = town.site.participant("Ana").await;
    let id = town.options().await[0].to_string();
    let confirm = ana.post(&format!("{BASE}/ballot"), &[("approve", &id)]).await;
    let pages = [
        town.site.visitor().get(BASE).await,
        ana.get(&format!("{BASE}/ballot")).await,
        confirm.clone(),
        town.editor.get(&format!("{ADMIN}/options")).await,
        town.editor.post(&format!("{ADMIN}/paper/print"), &[("size", "1")]).await,
    ];
    let (_, form) = confirmed(&confirm);
    ana.post(&format!("{BASE}/cast"), &pairs(&form)).await.assert_status(200);
    town.publish().await;
    let results = town.site.visitor().get(&format!("{BASE}/results")).await;
    for page in pages.iter().chain([&results]) {
        page.assert_status(200);
        assert!(!page.html.contains("<script>alert") && !page.html.contains("<img src=x"), "{}", page.html);
        assert!(!page.html.contains("<b onclick") && !page.html.contains("javascript:"), "{}", page.html);
        page.assert_says("<script>alert(1)</script>");
    }
}

#[db_test]
async fn the_vote_is_for_the_people_of_the_list(db: Store) {
    let town = Town::new(db).await;
    let dan = town.site.participant("Dan").await;
    // The rules ask for an age: a file without dates is refused line by line.
    town.rules(&[("roll", "list"), ("min_age", "16")]).await.assert_status(303);
    let roll = format!("{ADMIN}/roll");
    let bad = "nom;prenom;date de naissance\nMartin;Dan;\n;X;01/01/2000\n";
    let file = [("file", "liste.csv", "text/csv", bad.as_bytes())];
    let refused = town.editor.upload(&roll, &[], &file).await;
    refused.assert_status(422).assert_says("Ligne 2").assert_says("Ligne 3");
    let good = "nom;prenom;date de naissance\nMartin;Dan;31/01/1990\nPetit;Léa;02/06/2010\n";
    let file = [("file", "liste.csv", "text/csv", good.as_bytes())];
    town.editor.upload(&roll, &[], &file).await.assert_status(303);
    town.open(&[("roll", "list"), ("min_age", "16")]).await;
    dan.get(&format!("{BASE}/ballot")).await.assert_says("Code du courrier");
    let letters = town.editor.post(&format!("{roll}/letters"), &[]).await;
    let codes = letters.assert_status(200).select(".receipt-code");
    assert_eq!(codes.len(), 2);
    let wrong = dan.post(&format!("{BASE}/letter"), &[("letter", "0000-0000-0000")]).await;
    assert!(wrong.assert_status(422).field_error("letter").is_some());
    // Lines stand in their order: the first letter is Dan's.
    let typed = codes[0].to_lowercase().replace('-', " ");
    dan.post(&format!("{BASE}/letter"), &[("letter", &typed)]).await.assert_status(303);
    dan.get(&format!("{BASE}/ballot")).await.assert_says("<Relire mon bulletin>");
    let lea = town.site.participant("Léa").await;
    lea.post(&format!("{BASE}/letter"), &[("letter", &codes[1])]).await.assert_status(303);
    lea.get(&format!("{BASE}/ballot")).await.assert_says("L’âge minimal de ce vote n’est pas atteint");
    let id = town.options().await[0].to_string();
    town.vote(&dan, &[("approve", &id)]).await;
    let file = [("file", "liste.csv", "text/csv", good.as_bytes())];
    town.editor.upload(&roll, &[], &file).await.assert_status(409).assert_says("scellées");
}
