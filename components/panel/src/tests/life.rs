//! The life of a panel, from its categories to the official answer.

use parvis_core::Locale;
use parvis_store::{Store, db_test};

use super::{ADMIN, BASE, CLOSE, Town};
use crate::model::Seat;

#[db_test]
async fn a_panel_is_drawn_replaced_and_answered(db: Store) {
    let town = Town::new(db).await;
    // Nothing is ready: the administration says what is missing.
    let page = town.editor.get(ADMIN).await;
    page.assert_status(200)
        .assert_says("Choisissez le nombre de sièges")
        .assert_says("Nommez la source publique");
    town.open(&[]).await;

    // Letters: a frame, a public seed, codes, answers on the web and by phone.
    let frame: String = (1..=60).map(|n| format!("Personne {n};{n} rue des Tilleuls\n")).collect();
    let frame = format!("nom;adresse\n{frame}");
    town.editor.upload(&format!("{ADMIN}/letters/frame"), &[("list", &frame)], &[]).await.assert_status(303);
    let draw = format!("{ADMIN}/letters/draw");
    town.editor.post(&draw, &[("count", "20"), ("seed", "dés : 3 5 1")]).await.assert_status(303);
    town.editor
        .post(&draw, &[("count", "20"), ("seed", "autre")])
        .await
        .assert_status(409)
        .assert_says("déjà tirées");
    let letters =
        town.editor.post(&format!("{ADMIN}/letters/print"), &[("format", "page"), ("scope", "new")]).await;
    let codes = letters.assert_status(200).assert_says("rue des Tilleuls").select(".receipt-code");
    assert_eq!(codes.len(), 20);
    let visitor = town.site.visitor();
    let wrong = visitor.post(&format!("{BASE}/join"), &[("code", "ABCD")]).await;
    assert!(wrong.assert_status(422).field_error("code").is_some());
    let typed = codes[0].to_lowercase().replace('-', " ");
    let form = visitor.post(&format!("{BASE}/join"), &[("code", &typed)]).await;
    form.assert_status(200).assert_says("moins de 40 ans").assert_says("effacé le 31 décembre 2026");
    // Every missing field is named, beside its control.
    let empty = visitor.post(&format!("{BASE}/join/answer"), &[("code", &typed)]).await;
    empty.assert_status(422);
    for field in ["name", "contact", "answer-1", "answer-2", "consent"] {
        assert!(empty.field_error(field).is_some(), "{field}: {}", empty.text());
    }
    let answer = [
        ("code", typed.as_str()),
        ("name", "Ève Noël"),
        ("contact", "eve@example.org"),
        ("answer-1", "moins de 40 ans"),
        ("answer-2", "Femme"),
        ("consent", "on"),
    ];
    let done = visitor.post(&format!("{BASE}/join/answer"), &answer).await;
    let pseudonym = done.assert_status(200).select(".receipt-code")[0].clone();
    // Sent twice, it counts once; the same person by another way is told so.
    let again = visitor.post(&format!("{BASE}/join/answer"), &answer).await;
    assert_eq!(again.assert_status(200).select(".receipt-code"), [pseudonym.as_str()]);
    let agent = town.site.moderator().await;
    let mut twice = answer.to_vec();
    twice[0] = ("code", "");
    twice[1] = ("name", "EVE NOEL");
    let twice = agent.post(&format!("{ADMIN}/entry"), &twice).await;
    assert!(twice.assert_status(422).field_error("contact").is_some());
    let phone = [
        ("code", codes[1].as_str()),
        ("channel", "phone"),
        ("wish", "yes"),
        ("name", "Jean Petit"),
        ("contact", "02 99 00 00 00"),
        ("answer-1", "40 ans et plus"),
        ("answer-2", "Homme"),
        ("consent", "on"),
    ];
    agent.post(&format!("{ADMIN}/entry"), &phone).await.assert_status(303);
    let refusal = [("code", codes[2].as_str()), ("wish", "no")];
    agent.post(&format!("{ADMIN}/entry"), &refusal).await.assert_status(303);
    let reminders = town.editor.get(&format!("{ADMIN}/letters/reminders")).await;
    assert_eq!(reminders.assert_status(200).select("tbody tr").len(), 17);
    agent.get(&format!("{ADMIN}/volunteers")).await.assert_status(403);

    town.volunteers(12, 20).await;
    let quotas = town.editor.get(&format!("{ADMIN}/quotas")).await;
    quotas
        .assert_status(200)
        .assert_says("un panel qui respecte tous les quotas existe")
        .assert_says("{min-0-0: 4}");
    // Before the end of the call nothing is drawn.
    town.editor.post(&format!("{ADMIN}/draw/announce"), &[]).await.assert_status(409);
    town.announce().await;
    let page = town.site.visitor().get(&format!("{BASE}/draw/1")).await;
    page.assert_status(200)
        .assert_says("34 personnes dans le vivier")
        .assert_says("http://parvis.test/p/le-climat/le-panel/draw/1")
        .assert_says("Trois dés lancés dans la salle")
        .assert_says("1 000 billets")
        .assert_says("Aucune loterie n’est plus juste")
        .assert_says("L’écart ne peut pas dépasser 1,00 point : les sièges à tirer divisés par les billets (10 ÷ 1 000)");
    let file = visitor.get(&format!("{BASE}/draw/1/files/lottery.json")).await;
    let lottery: serde_json::Value = serde_json::from_slice(&file.body).unwrap();
    let points = (10_000.0 * lottery["max_deviation"].as_f64().unwrap() - 1e-6).ceil() / 100.0;
    assert!(points < 1.0, "else the bound and the deviation are not told apart: {points}");
    let english = town.site.english().get(&format!("{BASE}/draw/1")).await;
    english
        .assert_says(&format!("each person’s chance is that one to within {points:.2} percentage points"))
        .assert_says("cannot exceed 1.00 point: the seats to draw divided by the tickets (10 ÷ 1,000)");
    assert!(!page.text().contains("Le billet tiré"), "{}", page.text());
    // The files are those that the journal hashes, and no name is in them.
    let pool = visitor.get(&format!("{BASE}/draw/1/files/pool.csv")).await;
    pool.assert_status(200);
    let hash = parvis_civic::journal::sha256_hex(&pool.body);
    assert!(town.leaves("sortition-announced").await[0].contains(&hash));
    let text = String::from_utf8(pool.body.to_vec()).unwrap();
    assert!(text.starts_with("id,Âge,Genre,household\n") && text.contains(&pseudonym), "{text}");
    assert!(!text.contains("Noël") && !text.contains("Pont"), "{text}");

    // The seed, once; another one is refused and journaled.
    town.draw("1", "3\n5\n1").await.assert_status(303);
    town.draw("1", "6 6 6").await.assert_status(409).assert_says("une autre est refusée");
    assert_eq!(town.leaves("sortition-refused").await.len(), 1);
    let panel = town.drawn().await;
    assert_eq!(panel.len(), 10);
    let page = town.site.visitor().get(&format!("{BASE}/draw/1?step=5")).await;
    page.assert_says("Le billet tiré").assert_says("un numéro de 1 à 1 000");
    let whole = town.site.visitor().get(&format!("{BASE}/draw/1")).await;
    whole.assert_says("parvis draw --lottery lottery.json --seed '3 + 5 + 1'");

    // Two decline: they are replaced by the same rules; those who accepted keep their seats.
    for (n, person) in panel.iter().enumerate() {
        let seat = if n < 2 { "declined" } else { "accepted" };
        town.seat(person, seat).await.assert_status(303);
    }
    town.seat(&panel[2], "declined").await.assert_status(409);
    town.announce().await;
    town.seat(&panel[0], "drawn").await.assert_status(409).assert_says("ne revient plus");
    town.draw("2", "des mots de témoins").await.assert_status(303);
    let now = town.drawn().await;
    let members: Vec<_> = now.iter().filter(|p| p.seat.is_member()).collect();
    assert_eq!((now.len(), members.len()), (12, 10));
    for person in now.iter().filter(|p| p.seat == Seat::Drawn) {
        town.seat(person, "accepted").await.assert_status(303);
    }
    let count = |code: &str| members.iter().filter(|p| p.answers.values().any(|v| v == code)).count();
    assert_eq!(count("moins de 40 ans"), 4, "40 % of ten seats");
    assert!((5..=6).contains(&count("Femme")));
    let composition = town.site.english().get(&format!("{BASE}/composition")).await;
    composition.assert_says("10 people sit; 4 quotas out of 4 are met.").assert_says("| 40%");
    let page = town.site.visitor().get(&format!("{BASE}/draw/1/probabilities")).await;
    page.assert_status(200).assert_says("chances d’être tirée au sort");

    // Sessions, tables, attendance, allowances.
    let session = [("title_fr", "Première séance"), ("day", "2026-09-12")];
    town.editor.post(&format!("{ADMIN}/sessions"), &session).await.assert_status(303);
    town.editor.post(&format!("{ADMIN}/sessions/tables"), &[("tables", "2")]).await.assert_status(303);
    let page = town.editor.get(&format!("{ADMIN}/sessions")).await;
    let href = page.attr("main .items h2 a", "href")[0].clone();
    let one = town.editor.get(&href).await;
    let ids = one.assert_status(200).attr("input[name=present]", "value");
    assert_eq!(ids.len(), 10);
    let present: Vec<_> = ids.iter().take(3).map(|id| ("present", id.as_str())).collect();
    town.editor.post(&href, &present).await.assert_status(303);
    let page = town.editor.get(&format!("{ADMIN}/sessions")).await;
    page.assert_says("3 personnes présentes")
        .assert_says("En tout : 277,50 €.")
        .assert_says("12 septembre 2026");
    town.editor.get(&href).await.assert_says("12 septembre 2026");

    // A recommendation: voted by its members at most, then answered.
    let words = [("title_fr", "Planter des arbres"), ("body_fr", "Partout.")];
    town.editor.post(&format!("{ADMIN}/recommendations/new"), &words).await.assert_status(303);
    let page = town.editor.get(&format!("{ADMIN}/recommendations")).await;
    let href = page.attr("main .items h2 a", "href")[0].clone();
    let votes =
        |a: &'static str, b: &'static str, c: &'static str| [("for", a), ("against", b), ("abstain", c)];
    let many = town.editor.post(&format!("{href}/votes"), &votes("9", "2", "0")).await;
    assert!(many.assert_status(422).field_error("for").is_some());
    town.editor.post(&format!("{href}/votes"), &votes("7", "2", "1")).await.assert_status(303);
    town.editor.post(&href, &words).await.assert_status(409);
    let reply = [("status", "partly"), ("answer_fr", "Dans deux rues.")];
    town.editor.post(&format!("{href}/answer"), &reply).await.assert_status(303);
    let work = town.site.visitor().get(&format!("{BASE}/work")).await;
    work.assert_says("Adoptée par 7 voix contre 2, avec une abstention. 9 bulletins comptés sur 10")
        .assert_says("Première séance – 12 septembre 2026")
        .assert_says("Retenue en partie")
        .assert_says("Dans deux rues.");
    let work = town.site.english().get(&format!("{BASE}/work")).await;
    work.assert_says("Adopted by 7 votes to 2, with one abstention. 9 ballots counted out of 10")
        .assert_says("12 September 2026");
    // Votes may be corrected; a tie says that it is one.
    town.editor.post(&format!("{href}/votes"), &votes("4", "4", "0")).await.assert_status(303);
    let work = town.site.visitor().get(&format!("{BASE}/work")).await;
    work.assert_says(
        "Rejetée, à égalité : 4 voix pour et 4 contre, sans abstention. 8 bulletins comptés sur 8",
    );

    // Names go by the clock; the panel stays.
    let page = town.editor.get(&format!("{ADMIN}/draw")).await;
    let named = page.text().contains("Ève Noël") || page.text().contains("Jean Petit");
    town.site.clock.set(CLOSE + 400 * parvis_civic::process::DAY);
    let later = town.site.editor().await;
    let page = later.get(&format!("{ADMIN}/volunteers")).await;
    page.assert_status(200);
    assert!(!page.text().contains("Noël"), "hidden by the clock before any task ran: {}", page.text());
    crate::work::erase_due(&town.site.store, town.site.now()).await.unwrap();
    crate::work::erase_due(&town.site.store, town.site.now()).await.unwrap();
    assert_eq!(town.leaves("sortition-erased").await.len(), 1);
    let left = town
        .site
        .store
        .read(|tx| {
            Box::pin(async move {
                let sql = "select count(*) from panel_volunteer where name <> '' or contact <> '' or household <> ''";
                let named: i64 = tx.value(sql, &[]).await?;
                let letters: i64 = tx.value("select count(*) from panel_letter", &[]).await?;
                Ok::<_, parvis_store::Error>((named, letters))
            })
        })
        .await
        .unwrap();
    assert_eq!(left, (0, 0), "{named}");
    // How many answered is kept; who did not is not asked of rows that are gone.
    later.get(ADMIN).await.assert_says("2 oui, 1 non, 17 sans réponse");
    later.get(&format!("{ADMIN}/letters")).await.assert_says("2 oui, 1 non, 17 sans réponse");
    let page = later.get(&format!("{ADMIN}/letters/reminders")).await;
    page.assert_says("La liste des personnes qui n’ont pas répondu est effacée");
    assert!(!page.text().contains("Tout le monde a répondu"), "{}", page.text());
    let english = later.locale(Locale::En);
    english.get(ADMIN).await.assert_says("2 yes, 1 no, 17 without an answer");
    english.get(&format!("{ADMIN}/letters/reminders")).await.assert_says("had not answered is erased");
    // Erased before that was kept: it is said, and no number is made up.
    let done = town.site.write(move |tx| {
        Box::pin(async move {
            tx.exec("update panel set letters_yes = null, letters_no = null", &[]).await?;
            Ok::<_, parvis_civic::Error>(())
        })
    });
    done.await.unwrap();
    english.get(ADMIN).await.assert_says("answers erased, with the names");
    town.site.visitor().get(&format!("{BASE}/composition")).await.assert_status(200);
    let code =
        town.site.visitor().locale(Locale::En).post(&format!("{BASE}/join"), &[("code", &codes[5])]).await;
    code.assert_status(422);
}

#[db_test]
async fn somebody_who_changes_their_mind_disappears_before_the_pool_and_is_forgotten_after(db: Store) {
    let town = Town::new(db).await;
    town.open(&[("seats", "4")]).await;
    let frame = "nom;adresse\nA;1 rue A\nB;2 rue B\n";
    town.editor.upload(&format!("{ADMIN}/letters/frame"), &[("list", frame)], &[]).await.assert_status(303);
    let form = [("count", "2"), ("seed", "x")];
    town.editor.post(&format!("{ADMIN}/letters/draw"), &form).await.assert_status(303);
    let print = [("format", "csv"), ("scope", "new")];
    let file = town.editor.post(&format!("{ADMIN}/letters/print"), &print).await;
    let text = String::from_utf8(file.assert_status(200).body.to_vec()).unwrap();
    let codes: Vec<&str> = text.lines().skip(1).filter_map(|l| l.split(',').nth(3)).collect();
    assert_eq!(codes.len(), 2, "{text}");
    let visitor = town.site.visitor();
    let join = async |code: &str, name: &str| {
        let form = [
            ("code", code),
            ("name", name),
            ("contact", "0299000000"),
            ("answer-1", "moins de 40 ans"),
            ("answer-2", "Femme"),
            ("consent", "on"),
        ];
        visitor.post(&format!("{BASE}/join/answer"), &form).await
    };
    join(codes[0], "Ana").await.assert_status(200);
    let back = [("code", codes[0]), ("step", "withdraw")];
    visitor
        .post(&format!("{BASE}/join/answer"), &back)
        .await
        .assert_status(200)
        .assert_says("n’êtes pas volontaire");
    town.editor.get(&format!("{ADMIN}/volunteers")).await.assert_says("Aucun volontaire pour l’instant");
    join(codes[1], "Béa").await.assert_status(200);
    town.volunteers(6, 6).await;
    town.announce().await;
    let back = [("code", codes[1]), ("step", "withdraw")];
    visitor.post(&format!("{BASE}/join/answer"), &back).await.assert_status(200);
    let page = town.editor.get(&format!("{ADMIN}/volunteers")).await;
    page.assert_says("13 personnes sont volontaires");
    assert!(!page.text().contains("Béa"), "{}", page.text());
    // Still in the published pool, whose hash holds.
    let pool = visitor.get(&format!("{BASE}/draw/1/files/pool.csv")).await;
    assert!(
        town.leaves("sortition-announced").await[0].contains(&parvis_civic::journal::sha256_hex(&pool.body))
    );
}

#[db_test]
async fn a_draw_has_the_date_of_what_happened_last(db: Store) {
    let town = Town::new(db).await;
    town.open(&[]).await;
    town.volunteers(12, 20).await;
    town.announce().await;
    let said = async || {
        let page = town.site.visitor().get(BASE).await;
        page.select("section[aria-labelledby=draws] .meta")[0].replace(['\u{a0}', '\u{202f}'], " ")
    };
    let ready = said().await;
    assert!(ready.contains("Loterie publiée") && ready.contains("1er juin 2026"), "{ready}");
    town.site.clock.set(CLOSE + 2 * parvis_civic::process::DAY);
    // The session of the first editor is over by then.
    let later = town.site.editor().await;
    let form = [("round", "1"), ("seed", "3 5 1"), ("sure", "on")];
    later.post(&format!("{ADMIN}/draw/seed"), &form).await.assert_status(303);
    let drawn = said().await;
    assert!(drawn.contains("Tiré au sort") && drawn.contains("3 juin 2026"), "{drawn}");
}

#[db_test]
async fn a_profile_is_one_line_of_the_page_of_probabilities(db: Store) {
    let town = Town::new(db).await;
    town.open(&[("households", "")]).await;
    town.volunteers(12, 20).await;
    town.announce().await;
    // As a solver writes them: the last bits differ from one person to the next.
    let id = town.activity;
    let shaken = town.site.write(move |tx| {
        Box::pin(async move {
            let (text, _) = crate::store::lottery(tx, id, 1).await?.expect("a lottery");
            let mut lottery: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            let all = lottery["probabilities"].as_object_mut().expect("probabilities");
            for (n, (_, p)) in all.iter_mut().enumerate() {
                *p = (p.as_f64().expect("a number") + 1e-14 * f64::from(u32::try_from(n % 3).unwrap_or(0)))
                    .into();
            }
            let sql = "update panel_round set lottery = $1";
            tx.exec(sql, &parvis_store::p![lottery.to_string()]).await?;
            Ok::<_, parvis_civic::Error>(())
        })
    });
    shaken.await.unwrap();
    for (who, lede) in [
        (
            town.site.visitor(),
            "Une ligne par profil : les personnes qui ont donné les mêmes réponses, et dont le foyer",
        ),
        (town.site.english(), "One line a profile: people who gave the same answers, and whose households"),
    ] {
        let page = who.get(&format!("{BASE}/draw/1/probabilities")).await;
        page.assert_status(200).assert_says(lede);
        assert_eq!(page.select("tbody tr").len(), 4, "two ages by two genders: {}", page.text());
    }
}
