//! Budgets that were held elsewhere: imported, counted again, compared.

use parvis_core::Locale;
use parvis_store::{Store, boxed, db_test};

use super::bundle::{check, failed};
use super::{ONE, Town};
use crate::pabulib::{Options, Refused, run};

const FILE: &str = "META
key;value
description;Budget of Elsewhere
country;Poland
unit;Elsewhere
instance;2023
num_projects;3
num_votes;4
budget;1000
vote_type;approval
rule;greedy
date_begin;01.05.2023
date_end;14.05.2023
max_length;2
PROJECTS
project_id;cost;votes;name;selected
A;600;3;Library;1
B;500;2;Pool;0
C;400;1;Trees;1
VOTES
voter_id;vote
1;A,B
2;A
3;B,A
4;C
";

fn options() -> Options {
    Options { actor: "test".into(), ..Options::default() }
}

#[db_test]
async fn a_file_makes_a_closed_budget_once(db: Store) {
    let town = Town::new(db, ONE).await;
    let now = town.site.now();
    let dry = Options { dry_run: true, ..options() };
    let bytes = || FILE.as_bytes().to_vec();
    let report = run(&town.site.store, now, "elsewhere.pb", bytes(), dry).await.unwrap();
    assert_eq!((report.projects, report.ballots, report.winners), (3, 4, 2));
    assert!(report.path.is_empty() && report.dry_run);
    let report = run(&town.site.store, now, "elsewhere.pb", bytes(), options()).await.unwrap();
    assert!(!report.already_there && report.as_official == Some(true), "{report:?}");
    let page = town.site.visitor().get(&format!("{}/results", report.path)).await;
    page.assert_status(200)
        .assert_says("2 projets sont retenus sur 3, pour 1\u{202f}000\u{a0}€ sur 1\u{202f}000\u{a0}€, d’après 4 bulletins.")
        .assert_says("Ce budget a eu lieu ailleurs")
        .assert_says("Ce sont les projets que le fichier donne pour retenus");
    let again = run(&town.site.store, now, "autre-nom.pb", bytes(), options()).await.unwrap();
    assert!(again.already_there);
    assert_eq!(again.path, report.path);
    // Its ballots are no ballots of a box, and are counted again from the bundle.
    let cast = town
        .site
        .store
        .read(|tx| boxed(async move { tx.value::<i64>("select count(*) from ballotbox_ballot", &[]).await }));
    assert_eq!(cast.await.unwrap(), 0);
    let found = check(&town).await;
    assert_eq!(failed(&found), Vec::<&str>::new(), "{found:?}");
    town.site
        .write(|tx| {
            boxed(async move {
                let sql = "update budget_imported_ballot set number = number + 1 where position = 0";
                tx.exec(sql, &[]).await.map_err(parvis_civic::Error::from)
            })
        })
        .await
        .unwrap();
    let found = check(&town).await;
    assert!(failed(&found).contains(&"imported-budgets"), "{found:?}");
}

#[db_test]
async fn what_is_wrong_is_said_with_its_line_in_either_language(db: Store) {
    let town = Town::new(db, ONE).await;
    let admin = town.site.admin().await;
    let path = "/admin/import/pabulib";
    let cases = [
        (FILE.replace("C;400", "C;-400"), "Ligne 19 : Le coût du projet C est négatif", "Line 19: The cost"),
        (FILE.replace("C;400", "A;400"), "Ligne 19 : Le projet A est là deux fois", "Line 19: Project A"),
        (FILE.replace("VOTES\n", ""), "Ligne", "Line"),
        (FILE.replace("budget;1000", "budget;mille"), "« mille » n’est pas un nombre", "is not a number"),
        ("\u{1f}\u{8b}".into(), "", ""),
        (String::new(), "Choisissez un fichier", "Choose a file"),
        (FILE.replace("A;600", "A;600.001"), "centimes", "cents"),
    ];
    for (text, fr, en) in cases {
        let bytes = if text.starts_with('\u{1f}') { vec![0x1f, 0x8b, 8, 0, 0] } else { text.into_bytes() };
        let file = [("file", "budget.pb", "text/plain", bytes.as_slice())];
        for (locale, words) in [(Locale::Fr, fr), (Locale::En, en)] {
            let who = admin.clone().locale(locale);
            let page = who.upload(path, &[("action", "write")], &file).await;
            page.assert_status(422);
            let said = page.field_error("file").expect("beside the file");
            let said = said.replace(['\u{a0}', '\u{202f}'], " ");
            assert!(said.contains(words), "{said} / {words}");
        }
    }
    town.site.check_texts();
    let refused = run(&town.site.store, 0, "x.pb", b"META".to_vec(), options()).await.unwrap_err();
    assert!(matches!(refused, Refused::File { .. }), "{refused}");
}

#[db_test]
async fn the_import_page_checks_then_writes(db: Store) {
    let town = Town::new(db, ONE).await;
    let admin = town.site.admin().await;
    let file = [("file", "budget.pb", "text/plain", FILE.as_bytes())];
    let page = admin.upload("/admin/import/pabulib", &[("action", "check")], &file).await;
    page.assert_status(200).assert_says("Ce que contient le fichier");
    let done = admin.upload("/admin/import/pabulib", &[("action", "write")], &file).await;
    done.assert_status(303);
    let page = admin.follow(done).await;
    page.assert_says("Library");
    assert!(page.html.contains("Le budget est importé."), "{}", page.html);
    town.editor.upload("/admin/import/pabulib", &[("action", "write")], &file).await.assert_status(403);
}

#[db_test]
async fn the_simulator_sets_rules_side_by_side(db: Store) {
    let town = Town::new(db, ONE).await;
    let path = "/admin/simulate/budget";
    town.site.participant("Ana").await.get(path).await.assert_status(403);
    let file = [("file", "budget.pb", "text/plain", FILE.as_bytes())];
    for (locale, words) in [(Locale::Fr, "Parts égales"), (Locale::En, "Equal shares")] {
        let page = town.editor.clone().locale(locale).upload(path, &[], &file).await;
        page.assert_status(200).assert_says(words).assert_says("Library");
        assert_eq!(page.select("main section:first-of-type table").len(), 2);
    }
    let bad = [("file", "budget.pb", "text/plain", b"META\nkey;value\n".as_slice())];
    town.editor.upload(path, &[], &bad).await.assert_status(422).assert_says("PROJECTS");
    // A closed budget of the site, once its results are published.
    let id = town.activity;
    town.editor.get(&format!("{path}?budget={id}")).await.assert_status(404);
    town.rules(&[]).await.assert_status(303);
    town.publish_activity().await.assert_status(303);
    town.approve(&[&["1"], &["2", "3"]]).await;
    town.publish().await;
    let page = town.editor.get(&format!("{path}?budget={id}")).await;
    page.assert_status(200).assert_says("Square").assert_says("La ville – Le budget");
    assert_eq!(page.attr("input[name=ties][checked]", "value"), ["by-votes"]);
    // The same budget from the form; a file besides, or nothing at all, is refused.
    let id = id.to_string();
    town.editor.upload(path, &[("budget", &id)], &[]).await.assert_status(200).assert_says("Square");
    let both = town.editor.upload(path, &[("budget", &id)], &file).await;
    both.assert_status(422).assert_says("pas les deux");
    let neither = town.editor.upload(path, &[("budget", "")], &[]).await;
    neither.assert_status(422).assert_says("Choisissez un fichier, ou un budget de ce site");
    town.site.check_texts();
}

#[db_test]
async fn the_simulator_takes_the_tie_rule_and_the_threshold_of_the_organiser(db: Store) {
    let town = Town::new(db, ONE).await;
    let path = "/admin/simulate/budget";
    // Two projects of one cost, as many votes, money for one.
    let text = "META\nkey;value\nnum_projects;2\nnum_votes;3\nbudget;500\nvote_type;approval\nPROJECTS\nproject_id;cost\n\
                Pool;500\nPark;500\nVOTES\nvoter_id;vote\n1;Park\n2;Pool\n3;\n";
    let file = [("file", "budget.pb", "text/plain", text.as_bytes())];
    let editor = town.editor.clone().locale(Locale::En);
    // What the first rule takes; the best combination has its own order of equals.
    let takes = |page: &parvis_testkit::Answer| {
        let cells = page.select("main section:first-of-type table tbody td:nth-of-type(3)");
        let [.., pool, park] = cells.as_slice() else { panic!("{cells:?}") };
        (park.contains('✓'), pool.contains('✓'))
    };
    let order = editor.upload(path, &[("ties", "order")], &file).await;
    order.assert_status(200).assert_says("In a tie, the project placed first on the ballot prevails.");
    assert_eq!(takes(&order), (false, true));
    let lots = ["1", "2", "3", "4", "5", "6", "7", "8"].map(|seed| [("ties", "lot"), ("seed", seed)]);
    let mut drawn = vec![];
    for lot in &lots {
        let page = editor.upload(path, lot, &file).await;
        page.assert_status(200).assert_says("a lot that anybody can draw again");
        drawn.push(takes(&page));
    }
    assert!(drawn.contains(&(true, false)) && drawn.contains(&(false, true)), "{drawn:?}");
    let needed = editor.upload(path, &[("threshold", "2")], &file).await;
    needed.assert_status(200).assert_says("A project needs at least 2 votes");
    assert_eq!(takes(&needed), (false, false));
    let wrong = editor.upload(path, &[("ties", "lot"), ("threshold", "x")], &file).await;
    wrong.assert_status(422);
    for field in ["seed", "threshold"] {
        assert!(wrong.field_error(field).is_some(), "{field}");
    }
    town.site.check_texts();
}
