use std::sync::Arc;

use atom_syndication::Feed;
use parvis_civic::contribution::{self, Contribution, Draft};
use parvis_civic::process::{self, Activity, PhaseDraft, Process, ProcessDraft};
use parvis_civic::{Error, answer, moderation};
use parvis_core::{Locale, Localized, Millis};
use parvis_i18n::{Source, T};
use parvis_store::{Migrations, Store, Tx, db_test};
use parvis_testkit::{NOON, TestSite};
use parvis_transparency::note::Verifier;
use parvis_transparency::receipt::Receipt;
use parvis_transparency::tile::{Tile, parse_entries};
use parvis_transparency::{checkpoint::Checkpoint, merkle};
use parvis_web::export::Sink;
use parvis_web::{Fut, Missing, Routes, Summary, Tool};

const DAY: Millis = 86_400_000;

/// A tool that does just enough: what it shows stands at `/p/{process}/{activity}/c/{id}`.
struct Talk;

impl Tool for Talk {
    fn name(&self) -> &'static str {
        "talk"
    }

    fn routes(&self) -> Routes {
        Routes::new()
    }

    fn admin_routes(&self) -> Routes {
        Routes::new()
    }

    fn migrations(&self) -> Migrations {
        Migrations { set: "talk", steps: &[] }
    }

    fn ftl(&self) -> Source {
        Source { name: "talk", fr: "", en: "" }
    }

    fn summary<'a>(
        &'a self,
        _t: &'a T,
        _tx: &'a mut Tx<'_>,
        _activity: &'a Activity,
        _now: Millis,
    ) -> Fut<'a, Result<Summary, Error>> {
        let summary = Summary { facts: vec!["3 avis".into()], action: "Donner mon avis".into() };
        Box::pin(async { Ok(summary) })
    }

    fn locate(&self, process: &str, activity: &str, c: &Contribution) -> String {
        match c.parent_id {
            Some(parent) => format!("/p/{process}/{activity}/c/{parent}#c{}", c.id),
            None => format!("/p/{process}/{activity}/c/{}", c.id),
        }
    }

    fn ready<'a>(
        &'a self,
        _tx: &'a mut Tx<'_>,
        _process: &'a Process,
        _activity: &'a Activity,
    ) -> Fut<'a, Result<Vec<Missing>, Error>> {
        Box::pin(async { Ok(vec![]) })
    }

    fn create<'a>(&'a self, _tx: &'a mut Tx<'_>, _id: i64, _now: Millis) -> Fut<'a, Result<(), Error>> {
        Box::pin(async { Ok(()) })
    }

    fn export<'a>(
        &'a self,
        _tx: &'a mut Tx<'_>,
        _activity: &'a Activity,
        _out: &'a mut (dyn Sink + Send),
    ) -> Fut<'a, Result<(), Error>> {
        Box::pin(async { Ok(()) })
    }
}

fn both(fr: &str, en: &str) -> Localized {
    Localized::new(fr, en)
}

async fn site(db: Store) -> TestSite {
    let tool: Arc<dyn Tool> = Arc::new(Talk);
    TestSite::builder()
        .store(db)
        .tools(vec![tool])
        .routes(super::routes(), &[parvis_civic::SOURCE, super::SOURCE])
        .settings(|s| {
            s.tagline = both("Un site pour essayer.", "A site to try things.");
            s.contact_email = "ecrire@example.org".into();
        })
        .build()
        .await
}

/// A process that is open from yesterday to tomorrow, with an activity.
async fn process(site: &TestSite, title: Localized, from: Millis, to: Millis) -> (Process, Activity) {
    let made = site.write::<_, Error, _>(move |tx| {
        Box::pin(async move {
            let one = || both("Un mot", "A word");
            let draft = ProcessDraft {
                title,
                summary: both("Dire ce que l’on pense du pont.", "Say what you think of the bridge."),
                description: both("Le **vieux** pont.", "The **old** bridge."),
                object: both("Le sort du pont.", "The fate of the bridge."),
                perimeter: one(),
                duplicates_rule: one(),
                method_note: one(),
                organiser: one(),
                preset: "open".into(),
                answer_due_at: Some(to + 9 * DAY),
            };
            let made = process::create(tx, NOON - 3 * DAY, &draft).await?;
            let phase = PhaseDraft {
                title: both("Avis", "Opinions"),
                description: one(),
                starts_at: from,
                ends_at: to,
            };
            let phase = process::add_phase(tx, NOON - 3 * DAY, made.id, &phase).await?;
            let title = both("Le débat", "The debate");
            let activity =
                process::add_activity(tx, NOON - 3 * DAY, made.id, "talk", &title, Some(phase)).await?;
            process::publish(tx, NOON - 2 * DAY, made.id).await?;
            process::publish_activity(tx, NOON - 2 * DAY, activity.id).await?;
            process::record_moments(tx, NOON).await?;
            Ok((
                process::find(tx, made.id).await?.ok_or(Error::NotFound)?,
                process::activity(tx, activity.id).await?.ok_or(Error::NotFound)?,
            ))
        })
    });
    made.await.expect("a process")
}

async fn open(site: &TestSite) -> (Process, Activity) {
    process(site, both("Le pont d’en bas", "The lower bridge"), NOON - DAY, NOON + DAY).await
}

/// A published text, and the number of its receipt.
async fn text(
    site: &TestSite,
    who: &parvis_testkit::Actor,
    activity: &Activity,
    title: &str,
    body: &str,
) -> (i64, String) {
    let (me, activity) = (who.me().clone(), activity.clone());
    let draft = Draft { kind: "proposal", title: title.into(), body: body.into(), ..Draft::default() };
    let done = site.write::<_, Error, _>(move |tx| {
        Box::pin(async move {
            let id = contribution::save_draft(tx, NOON, &me, &activity, &draft, None).await?;
            let (_, entry) = contribution::publish(tx, NOON, &me, id).await?;
            Ok((id, entry.hash))
        })
    });
    done.await.expect("a text")
}

#[db_test]
async fn home_says_what_is_under_way_what_comes_and_what_is_over(db: Store) {
    let site = site(db).await;
    let empty = site.visitor().get("/").await;
    empty.assert_status(200).assert_says("Aucune démarche n’est ouverte en ce moment.");
    let (_, activity) = open(&site).await;
    process(&site, both("Le lavoir", "The wash-house"), NOON + DAY, NOON + 3 * DAY).await;
    process(&site, both("Le tilleul", "The lime tree"), NOON - 2 * DAY, NOON - DAY).await;
    let ana = site.participant("Ana").await;
    text(&site, &ana, &activity, "Garder le pont", "Il tient encore debout, et nous aussi.").await;
    let home = site.visitor().get("/").await;
    assert_eq!(home.select("section h3"), ["Le pont d’en bas", "Le lavoir", "Le tilleul"]);
    let states = home.select(".tag").join(" / ");
    assert!(
        states.contains("En cours") && states.contains("À venir") && states.contains("Terminée"),
        "{states}"
    );
    home.assert_says("Garder le pont");
    let spaced = home.html.replace(['\u{a0}', '\u{202f}'], " ");
    assert!(spaced.contains("Accessibilité : non conforme"), "the mention stands on the home page");
    assert_eq!(home.header("set-cookie"), "", "no cookie for a reader");
    let english = site.visitor().locale(Locale::En).get("/").await;
    english.assert_says("The lower bridge").assert_says("Under way");
}

#[db_test]
async fn every_page_is_there_in_both_languages(db: Store) {
    let site = site(db).await;
    let (process, activity) = open(&site).await;
    let ana = site.participant("Ana").await;
    let (_, hash) = text(&site, &ana, &activity, "Garder le pont", "Il tient encore debout.").await;
    let mut paths: Vec<String> = [
        "/",
        "/processes",
        "/search",
        "/search?q=pont",
        "/search?q=zzz&in=process",
        "/journal",
        "/journal/0",
        "/verify",
        "/open-data",
        "/accessibility",
        "/site-map",
        "/legal",
        "/privacy",
        "/contact",
        "/help",
        "/methods",
        "/methods/budgets",
        "/methods/panels",
        "/methods/budgets/equal-shares",
        "/methods/ballots/majority-judgement",
    ]
    .iter()
    .map(ToString::to_string)
    .collect();
    paths.push(format!("/p/{}", process.slug));
    paths.push(format!("/people/{}", ana.id()));
    paths.push(format!("/receipt/{hash}"));
    for locale in Locale::ALL {
        for path in &paths {
            let page = site.visitor().locale(locale).get(path).await;
            page.assert_status(200);
            assert_eq!(page.select("h1").len(), 1, "{path}");
            assert!(!page.text().contains("[public-"), "{path}: {}", page.text());
            assert_eq!(page.attr("html", "lang"), [locale.code()], "{path}");
            assert_eq!(page.header("set-cookie"), "", "{path}");
        }
    }
    site.check_texts();
    for (path, to) in [
        ("/accessibilite", "/accessibility"),
        ("/p", "/processes"),
        ("/aide", "/help"),
        ("/methodes", "/methods"),
    ] {
        site.visitor().get(path).await.assert_redirect(to);
    }
    for path in [
        "/methods/rien",
        "/methods/budgets/rien",
        "/p/rien",
        "/c/999",
        "/people/999",
        "/journal/999",
        "/receipt/00",
        "/tile/0/000",
        "/appeal/1",
    ] {
        let answer = if path == "/appeal/1" { ana.get(path).await } else { site.visitor().get(path).await };
        answer.assert_status(404);
    }
}

#[db_test]
async fn a_citizen_reads_how_a_rule_counts(db: Store) {
    let site = site(db).await;
    let map = site.visitor().get("/site-map").await;
    assert!(map.attr("main a", "href").contains(&"/methods".to_owned()));
    let help = site.visitor().get("/help").await;
    assert!(help.attr("main a", "href").contains(&"/methods".to_owned()));
    for (locale, title, words) in [
        (Locale::Fr, "Parts égales", "Chaque personne reçoit la même part du budget"),
        (Locale::En, "Equal shares", "Everybody gets the same part of the budget"),
    ] {
        let visitor = site.visitor().locale(locale);
        let index = visitor.get("/methods").await;
        assert!(index.attr("main a", "href").contains(&"/methods/budgets/equal-shares".to_owned()));
        let page = visitor.get("/methods/budgets/equal-shares").await;
        page.assert_status(200).assert_says(words);
        assert_eq!(page.select("h1"), [title]);
        // A link of the text leads to the other page, and an example scrolls with the keyboard.
        let links = page.attr("main .prose a", "href");
        assert_eq!(links, ["/methods/budgets/completions"]);
        visitor.get(&links[0]).await.assert_status(200);
        assert_eq!(page.attr("main pre", "tabindex").len(), 2);
    }
}

#[db_test]
async fn anyone_takes_the_open_data_away(db: Store) {
    let site = site(db).await;
    let (_, activity) = open(&site).await;
    let ana = site.participant("Ana").await;
    let take = || async { site.visitor().get("/open-data/bundle.zip").await };
    let first = take().await;
    first.assert_status(200);
    assert_eq!(first.header("content-type"), "application/zip");
    assert_eq!(first.header("content-length"), first.body.len().to_string());
    assert_eq!(first.header("set-cookie"), "");
    assert!(first.body.starts_with(b"PK"));
    let asked_again = (take().await.body, take().await.body);
    assert_eq!(asked_again.0, asked_again.1, "nothing was written meanwhile");
    text(&site, &ana, &activity, "Garder le pont", "Il tient encore debout.").await;
    assert_ne!(take().await.body, asked_again.1, "what was published since is in it");
}

#[db_test]
async fn the_accessibility_statement_has_the_headings_of_the_rgaa(db: Store) {
    let site = site(db).await;
    let page = site.visitor().get("/accessibilite").await;
    let page = site.visitor().follow(page).await;
    assert_eq!(
        page.select("main h2"),
        [
            "État de conformité",
            "Résultats des tests",
            "Contenus non accessibles",
            "Établissement de cette déclaration d’accessibilité",
            "Retour d’information et contact",
            "Voies de recours"
        ]
    );
    assert_eq!(
        page.select("main h3")[..3],
        [
            "Non-conformités",
            "Dérogations pour charge disproportionnée",
            "Contenus non soumis à l’obligation d’accessibilité"
        ]
    );
    page.assert_says("non conforme").assert_says("Défenseur des droits");
    site.change_settings(|s| {
        s.audit = Some(parvis_civic::settings::Audit {
            auditor: "Une société".into(),
            date: "2026-05-04".into(),
            rate_hundredths: 7_350,
            ..Default::default()
        });
    })
    .await;
    let page = site.visitor().get("/accessibility").await;
    page.assert_says("partiellement conforme").assert_says("73,5");
}

#[db_test]
async fn the_legal_notices_are_in_the_language_of_the_page(db: Store) {
    let site = site(db).await;
    site.change_settings(|s| {
        s.publisher = Localized::new("La maire", "The mayor");
        s.host = Localized::new("Un hébergeur", "");
    })
    .await;
    let page = site.english().get("/legal").await;
    page.assert_says("The mayor");
    assert!(!page.text().contains("La maire"), "{}", page.text());
    // Written in one language only: shown, and marked as such.
    assert_eq!(page.select("dd [lang='fr']"), ["Un hébergeur"]);
    site.visitor().get("/legal").await.assert_says("La maire");
}

#[db_test]
async fn a_process_says_its_rules_and_can_be_followed(db: Store) {
    let site = site(db).await;
    let (process, _) = open(&site).await;
    let path = format!("/p/{}", process.slug);
    let page = site.visitor().get(&path).await;
    page.assert_says("Vous êtes ici").assert_says("Le sort du pont.").assert_says("3 avis");
    let action = page.select(".card .button").concat();
    assert!(action.starts_with("Donner mon avis"), "{action}");
    let ana = site.participant("Ana").await;
    let follow = format!("{path}/follow");
    ana.post(&follow, &[("follow", "on")]).await.assert_redirect(&path);
    let page = ana.get(&path).await;
    assert!(page.select("main button").contains(&"Ne plus suivre".to_owned()), "{}", page.text());
    ana.post(&follow, &[("follow", "off")]).await.assert_redirect(&path);
    assert!(ana.get(&path).await.select("main button").contains(&"Suivre".to_owned()));
    let signed_out = site.visitor().post(&follow, &[("follow", "on")]).await;
    assert_eq!(signed_out.status, 303, "kept for after signing in");
}

#[db_test]
async fn search_finds_what_is_public_and_marks_the_words(db: Store) {
    let site = site(db).await;
    let (_, activity) = open(&site).await;
    let ana = site.participant("Ana").await;
    let (id, _) =
        text(&site, &ana, &activity, "Réparer les pavés", "Les pavés de la ruelle se déchaussent.").await;
    let page = site.visitor().get("/search?q=pave").await;
    page.assert_says("Un résultat");
    assert_eq!(page.select(".items mark"), ["pavés"]);
    let own = site.visitor().get(&format!("/people/{}", ana.id())).await;
    own.assert_says("Réparer les pavés");
    // What is hidden is found no more.
    let moderator = site.moderator().await.me().clone();
    let hide = site.write::<_, Error, _>(move |tx| {
        Box::pin(async move {
            moderation::hide(tx, NOON, &moderator, id, "spam", "Une annonce déguisée en avis.").await
        })
    });
    hide.await.unwrap();
    site.visitor().get("/search?q=pave").await.assert_says("Rien ne correspond");
    assert!(!site.visitor().get("/").await.text().contains("Réparer les pavés"));
}

#[db_test]
async fn a_flag_goes_to_the_moderators_and_a_decision_can_be_contested_once(db: Store) {
    let site = site(db).await;
    let (process, activity) = open(&site).await;
    let (ana, bob) = (site.participant("Ana").await, site.participant("Bob").await);
    let (id, _) =
        text(&site, &ana, &activity, "Vendre le pont", "Très peu servi, visible sur rendez-vous.").await;
    let path = format!("/p/{}/{}/c/{id}", process.slug, activity.slug);
    site.visitor().get(&format!("/c/{id}")).await.assert_redirect(&path);
    let flag = format!("/c/{id}/flag");
    bob.get(&flag).await.assert_status(200).assert_says("Vendre le pont");
    let empty = bob.post(&flag, &[]).await;
    empty.assert_status(422);
    assert_eq!(empty.field_error("reason").as_deref(), Some("Choisissez une raison."));
    bob.post(&flag, &[("reason", "spam"), ("note", "Une annonce.")]).await.assert_redirect(&path);
    bob.post(&flag, &[("reason", "spam"), ("note", "Une annonce.")]).await.assert_redirect(&path);
    let moderator = site.moderator().await.me().clone();
    let (waiting, decision) = site
        .write::<_, Error, _>(move |tx| {
            Box::pin(async move {
                let waiting = moderation::waiting(tx).await?;
                moderation::hide(tx, NOON, &moderator, id, "spam", "Ceci est une annonce.").await?;
                Ok((waiting, moderation::decisions(tx, id).await?.remove(0).id))
            })
        })
        .await
        .unwrap();
    assert_eq!(waiting, (1, 0));
    let appeal = format!("/appeal/{decision}");
    ana.get(&format!("/c/{id}")).await.assert_redirect(&appeal);
    bob.get(&format!("/c/{id}")).await.assert_redirect(&path);
    bob.get(&appeal).await.assert_status(404);
    ana.get(&appeal).await.assert_says("Ceci est une annonce.").assert_says("Publicité");
    let short = ana.post(&appeal, &[("appeal", "Non")]).await;
    short.assert_status(422);
    assert!(short.field_error("appeal").is_some());
    let words = [("appeal", "C’était de l’humour, le pont n’est pas à moi."), ("idem", "k1")];
    ana.post(&appeal, &words).await.assert_redirect(&appeal);
    ana.post(&appeal, &words).await.assert_redirect(&appeal);
    ana.get(&appeal).await.assert_says("Elle attend une réponse");
    let again = ana.post(&appeal, &[("appeal", "Et puis il est très joli, ce pont."), ("idem", "k2")]).await;
    again.assert_status(409);
}

#[db_test]
async fn a_receipt_proves_its_act_and_a_changed_one_does_not(db: Store) {
    let site = site(db).await;
    let (_, activity) = open(&site).await;
    let ana = site.participant("Ana").await;
    let (_, hash) = text(&site, &ana, &activity, "Garder le pont", "Il tient encore debout.").await;
    let visitor = site.visitor();
    let key = Verifier::parse(visitor.get("/journal/key").await.html.clone().trim()).expect("a key");

    let public = visitor.get(&format!("/receipt/{hash}.txt")).await.html.clone();
    let receipt = Receipt::parse(&public).expect("a receipt");
    assert!(receipt.verify(&key).expect("it holds").content.is_none(), "no opening for strangers");
    let own = ana.get(&format!("/receipt/{hash}.txt")).await.html.clone();
    let content = Receipt::parse(&own).unwrap().verify(&key).unwrap().content.expect("the author's opening");
    assert_eq!(content["title"], "Garder le pont");

    ana.get(&format!("/receipt/{hash}"))
        .await
        .assert_says("Ce que vous seul voyez")
        .assert_says("Garder le pont");
    let page = visitor.get(&format!("/receipt/{hash}")).await;
    assert!(!page.text().contains("Ce que vous seul voyez"));
    assert_eq!(page.attr("svg.qr", "role"), ["img"]);

    let checked = visitor.post("/verify", &[("receipt", &own)]).await;
    checked.assert_status(200).assert_says("Ce récépissé est valable.");
    let wrong = visitor.post("/verify", &[("receipt", &own.replace("debout", "couché"))]).await;
    wrong.assert_says("Ce récépissé n’est pas valable.");
    visitor.post("/verify", &[("receipt", "bonjour")]).await.assert_says("n’est pas un récépissé lisible");
    visitor.post("/verify", &[("receipt", "")]).await.assert_status(422);
}

#[db_test]
async fn the_tiles_and_the_checkpoint_let_anyone_rebuild_the_tree(db: Store) {
    let site = site(db).await;
    let (_, activity) = open(&site).await;
    let ana = site.participant("Ana").await;
    for n in 0..3 {
        text(&site, &ana, &activity, &format!("Garder le pont {n}"), "Il tient encore debout.").await;
    }
    let visitor = site.visitor();
    let key = Verifier::parse(visitor.get("/journal/key").await.html.clone().trim()).unwrap();
    let note = visitor.get("/checkpoint").await;
    assert!(note.header("content-type").starts_with("text/plain"));
    let head = Checkpoint::open(&note.html.clone(), &key).expect("signed");
    let mut leaves = vec![];
    for tile in Tile::entries_of_size(head.size) {
        let answer = visitor.get(&format!("/{tile}")).await;
        assert!(answer.header("cache-control").contains("immutable"));
        leaves.extend(parse_entries(&answer.body).expect("entries").into_iter().map(<[u8]>::to_vec));
    }
    let mut tree = merkle::Tree::new();
    for leaf in &leaves {
        tree.append(merkle::leaf_hash(leaf));
    }
    assert_eq!((tree.size(), tree.root()), (head.size, head.root));
    for tile in Tile::of_size(head.size) {
        let answer = visitor.get(&format!("/{tile}")).await;
        assert_eq!(answer.body.to_vec(), tile.hashes(&tree).unwrap());
    }
    visitor.get(&format!("/tile/entries/000.p/{}", head.size + 1)).await.assert_status(404);
    let journal = visitor.get("/journal").await;
    journal.assert_says("Publication d’un texte").assert_says("Ouverture");
}

#[db_test]
async fn feeds_and_maps_are_valid(db: Store) {
    let site = site(db).await;
    let (process, activity) = open(&site).await;
    let ana = site.participant("Ana & <Bob>").await;
    let (id, _) =
        text(&site, &ana, &activity, "Garder <le> pont & ses arches", "Il tient encore debout.").await;
    let editor = site.editor().await.me().clone();
    site.write::<_, Error, _>(move |tx| {
        Box::pin(
            async move { answer::save(tx, NOON, &editor, id, "accepted", &both("Oui.", "Yes."), true).await },
        )
    })
    .await
    .unwrap();
    let visitor = site.visitor();
    for path in ["/feed.atom".to_owned(), format!("/p/{}/feed.atom", process.slug)] {
        let answer = visitor.get(&path).await;
        assert!(answer.header("content-type").starts_with("application/atom+xml"));
        let feed = Feed::read_from(answer.html.clone().as_bytes()).expect("a feed");
        let own = feed.links().iter().find(|l| l.rel() == "self").expect("its own address");
        assert_eq!(own.href(), format!("http://parvis.test{path}"));
        assert!(feed.id().starts_with("tag:parvis.test,"), "{}", feed.id());
        let text = feed.entries().iter().find(|e| e.id().contains("contribution/")).expect("the text");
        let title = text.title().as_str().replace('\u{a0}', " ");
        assert_eq!(title, "Proposition : Garder <le> pont & ses arches");
        assert!(feed.entries().iter().any(|e| e.id().contains("answer/")));
        let again = Feed::read_from(visitor.get(&path).await.html.clone().as_bytes()).unwrap();
        assert_eq!(feed, again, "what it says is stable");
    }
    let map = visitor.get("/sitemap.xml").await.html.clone();
    assert!(
        map.contains(&format!("<loc>http://parvis.test/p/{}/{}/c/{id}</loc>", process.slug, activity.slug))
    );
    assert!(map.contains("hreflang=\"en\" href=\"http://parvis.test/help?lang=en\""));
    visitor.get("/robots.txt").await.assert_status(200);
}

/// What a person reads, word for word: a change of these pages is a change that somebody looks at.
#[db_test]
async fn the_main_pages_read_well(db: Store) {
    let site = site(db).await;
    let (process, activity) = open(&site).await;
    let ana = site.participant("Ana").await;
    text(&site, &ana, &activity, "Garder le pont", "Il tient encore debout.").await;
    let french = site.visitor();
    insta::assert_snapshot!("home_fr", french.get("/").await.text());
    insta::assert_snapshot!("process_fr", french.get(&format!("/p/{}", process.slug)).await.text());
    insta::assert_snapshot!("search_fr", french.get("/search?q=pont").await.text());
    insta::assert_snapshot!("accessibility_fr", french.get("/accessibility").await.text());
    let english = site.english();
    insta::assert_snapshot!("home_en", english.get("/").await.text());
    insta::assert_snapshot!("process_en", english.get(&format!("/p/{}", process.slug)).await.text());
    insta::assert_snapshot!("help_en", english.get("/help").await.text());
}
