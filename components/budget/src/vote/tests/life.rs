//! A budget's vote from its rules to its results, in both languages.

use parvis_core::Locale;
use parvis_store::{Store, db_test};

use super::{ADMIN, BASE, CLOSE, ONE, Town, confirmed, pairs};

#[db_test]
async fn a_budget_is_prepared_cast_closed_and_published(db: Store) {
    let town = Town::new(db, ONE).await;
    // No tie rule: the vote does not open.
    assert_ne!(town.publish_activity().await.status, 303);
    // Every mistake of the rules, each beside its field.
    let wrong = [("ties", ""), ("satisfaction", "points"), ("most", "x"), ("min_age", "16"), ("face", "")];
    let page = town.rules(&wrong).await;
    page.assert_status(422);
    for field in ["ties", "satisfaction", "most", "roll", "face"] {
        assert!(page.field_error(field).is_some(), "{field}: {}", page.text());
    }
    town.rules(&[("changeable", "on"), ("completion", "none")]).await.assert_status(303);
    let page = town.editor.get(&format!("{ADMIN}/rules")).await;
    page.assert_says("À savoir avant d’ouvrir").assert_says("laissent souvent une bonne partie");
    town.publish_activity().await.assert_status(303);

    let (ana, bea) =
        (town.site.participant("Ana").await, town.site.participant("Béa").await.locale(Locale::En));
    let page = town.site.visitor().locale(Locale::En).get(&format!("{BASE}/ballot")).await;
    page.assert_status(200).assert_says("Sign in to vote").assert_says("envelope of €1,000");
    let ballot = ana.get(&format!("{BASE}/ballot")).await;
    ballot.assert_says("Cochez tous les projets").assert_says("Square 600\u{a0}€");

    // A confirmation comes before the box, and leads back with what was chosen.
    let confirm = ana.post(&format!("{BASE}/ballot"), &[("approve", "1"), ("approve", "2")]).await;
    confirm.assert_says("Square (600\u{a0}€)").assert_says("<Mettre dans l’urne>");
    let (secret, form) = confirmed(&confirm);
    let mut back = pairs(&form);
    back.push(("step", "back"));
    let again = ana.post(&format!("{BASE}/cast"), &back).await;
    assert_eq!(again.attr("input[name=approve][checked]", "value"), ["1", "2"]);

    // Cast once, sent twice, counted once; then replaced with the receipt.
    for words in ["Votre bulletin est dans l’urne", "il n’a compté qu’une fois"] {
        ana.post(&format!("{BASE}/cast"), &pairs(&form)).await.assert_status(200).assert_says(words);
    }
    town.vote(&bea, &[("approve", "1")]).await;
    let confirm = ana.post(&format!("{BASE}/ballot"), &[("approve", "1"), ("receipt", &secret)]).await;
    let (_, form) = confirmed(&confirm);
    let cast = ana.post(&format!("{BASE}/cast"), &pairs(&form)).await;
    cast.assert_status(200).assert_says("a remplacé l’ancien");
    let found = town.site.visitor().post(&format!("{BASE}/receipt"), &[("receipt", &secret)]).await;
    found.assert_status(200).assert_says("Square (600\u{a0}€)");

    // Sealed: the rules no longer change, and the journal says that somebody tried.
    town.rules(&[("rule", "greedy"), ("completion", "none")])
        .await
        .assert_status(409)
        .assert_says("scellées");
    // Hidden until the box is closed; closed to the millisecond.
    town.site.visitor().get(&format!("{BASE}/results")).await.assert_says("après la clôture");
    town.site.visitor().get(&format!("{BASE}/results.json")).await.assert_status(404);
    town.site.visitor().get(&format!("{BASE}/pb/{}.pb", town.envelopes[0])).await.assert_status(404);
    town.editor.get(&format!("{ADMIN}/results")).await.assert_says("Fermez d’abord l’urne");
    town.editor.post(&format!("{ADMIN}/results"), &[]).await.assert_status(409);
    let late = town.site.participant("Tard").await;
    let confirm = late.post(&format!("{BASE}/ballot"), &[("approve", "2")]).await;
    let (_, form) = confirmed(&confirm);
    town.site.clock.set(CLOSE);
    let refused = late.post(&format!("{BASE}/cast"), &pairs(&form)).await;
    refused.assert_status(409).assert_says("Le vote est clos");
    assert_eq!(refused.attr("input[name=approve][checked]", "value"), ["2"], "nothing chosen is lost");

    town.editor.post(&format!("{ADMIN}/report"), &[]).await.assert_status(303);
    let preview = town.editor.get(&format!("{ADMIN}/results")).await;
    preview
        .assert_says("pas encore publiés")
        .assert_says("Retenu : Square, pour 600\u{a0}€ sur 1\u{202f}000\u{a0}€.");
    town.editor.post(&format!("{ADMIN}/results"), &[]).await.assert_status(303);
    let fr = town.site.visitor().get(&format!("{BASE}/results")).await;
    fr.assert_says(
        "Un projet est retenu sur 4, pour 600\u{a0}€ sur 1\u{202f}000\u{a0}€, d’après 2 bulletins.",
    )
    .assert_says("Ceci n’est pas un résultat")
    .assert_says("2 en ligne");
    let en = town.site.visitor().locale(Locale::En).get(&format!("{BASE}/results")).await;
    en.assert_says("One project wins of 4, for €600 of €1,000, from 2 ballots.");
    town.editor.post(&format!("{ADMIN}/results"), &[]).await.assert_status(409);
    town.site.check_texts();
}

#[db_test]
async fn what_people_read_of_a_ballot_and_its_results(db: Store) {
    let town = Town::open(db, ONE, &[("most", "3")]).await;
    town.approve(&[&["1", "2"], &["1"], &["1", "3"], &["2"], &["4"], &[]]).await;
    let visitor = |locale| town.site.visitor().locale(locale);
    for (locale, name) in [(Locale::Fr, "fr"), (Locale::En, "en")] {
        let page = visitor(locale).get(&format!("{BASE}/ballot")).await;
        insta::assert_snapshot!(format!("ballot-{name}"), page.select("#ballot").join("\n"));
    }
    town.publish().await;
    for (locale, name) in [(Locale::Fr, "fr"), (Locale::En, "en")] {
        let page = visitor(locale).get(&format!("{BASE}/results")).await;
        let hash = page.select("dd code").pop().unwrap_or_default();
        let text = page.text().replace(&hash, "SHA");
        insta::assert_snapshot!(format!("results-{name}"), text);
        for code in ["1", "4"] {
            let page = visitor(locale).get(&format!("{BASE}/results/{code}")).await;
            page.assert_status(200);
            insta::assert_snapshot!(format!("why-{code}-{name}"), page.text());
        }
    }
    visitor(Locale::Fr).get(&format!("{BASE}/results/99")).await.assert_status(404);
    town.site.check_texts();
}

#[db_test]
async fn whoever_ticks_what_they_chose_sees_what_their_share_paid(db: Store) {
    let town = Town::open(db, ONE, &[("completion", "none")]).await;
    let to = format!("{BASE}/my-share");
    town.site.visitor().get(&to).await.assert_status(404);
    town.approve(&[&["1", "2"], &["1"], &["1", "3"], &["2"], &["4"]]).await;
    town.publish().await;
    // 200 € each: the square (600 €) takes the whole share of its three supporters.
    let results = town.site.visitor().get(&format!("{BASE}/results")).await;
    assert!(results.attr("main a", "href").contains(&to));
    town.site.visitor().get(&to).await.assert_status(200).assert_says("Rien n’en est gardé");
    for (locale, chosen, words, left) in [
        (Locale::Fr, "1", "Votre part, 200 €, a aidé à payer un projet retenu.", "0 €"),
        (Locale::En, "1", "Your share, €200, helped to pay for one winner.", "€0"),
        (Locale::En, "4", "Your share, €200, paid for no winner.", "€200"),
    ] {
        let page = town.site.visitor().locale(locale).post(&to, &[("choice", chosen)]).await;
        page.assert_status(200).assert_says(words);
        assert!(page.select("main section > p:last-of-type").join(" ").contains(left), "{}", page.text());
        assert_eq!(page.attr("input[name=choice][checked]", "value"), [chosen]);
    }
    // Nobody has a share under another rule.
    let greedy =
        Town::open(Store::memory().await.unwrap(), ONE, &[("rule", "greedy"), ("completion", "none")]).await;
    greedy.approve(&[&["1"]]).await;
    greedy.publish().await;
    greedy.site.visitor().get(&to).await.assert_status(404);
    town.site.check_texts();
}

#[db_test]
async fn a_signed_out_ballot_is_kept_nowhere(db: Store) {
    let town = Town::open(db, ONE, &[]).await;
    let visitor = town.site.visitor();
    let sent = visitor.post(&format!("{BASE}/ballot"), &[("approve", "1")]).await;
    sent.assert_status(401).assert_says("Connectez-vous pour voter");
    assert_eq!(sent.attr("input[name=approve][checked]", "value"), ["1"]);
    let count = town
        .site
        .store
        .read(|tx| Box::pin(async move { tx.value::<i64>("select count(*) from kept_form", &[]).await }))
        .await
        .unwrap();
    assert_eq!(count, 0);
}

#[db_test]
async fn titles_with_marks_are_shown_as_they_are_written(db: Store) {
    let town = Town::new(db, ONE).await;
    let id = town.activity;
    town.site
        .write(move |tx| {
            parvis_store::boxed(async move {
                let title = "<script>alert(1)</script> & \"x\" ' <img src=x onerror=alert(1)>";
                let json = parvis_core::Localized::new(title, "").to_json();
                let sql = "update budget_project set title = $2 where activity_id = $1 and code = '1'";
                tx.exec(sql, &parvis_store::p![id, json]).await.map_err(parvis_civic::Error::from)
            })
        })
        .await
        .unwrap();
    town.rules(&[("paper", "on")]).await.assert_status(303);
    town.publish_activity().await.assert_status(303);
    let ana = town.site.participant("Ana").await;
    let confirm = ana.post(&format!("{BASE}/ballot"), &[("approve", "1")]).await;
    town.vote(&ana, &[("approve", "1")]).await;
    let mut pages = vec![
        ana.get(&format!("{BASE}/ballot")).await,
        confirm,
        town.editor.post(&format!("{ADMIN}/paper/print"), &[("size", "1")]).await,
    ];
    town.publish().await;
    for path in ["results", "results/1", "results/2"] {
        pages.push(town.site.visitor().get(&format!("{BASE}/{path}")).await);
    }
    for page in pages {
        assert!(!page.html.contains("<script>alert") && !page.html.contains("<img src=x"), "{}", page.html);
    }
}
