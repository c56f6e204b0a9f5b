//! The import on both engines: small files, broken files, and the real consultation when it is there.

use std::io::Cursor;
use std::sync::Arc;

use parvis_civic::export::verify;
use parvis_store::{Store, boxed, db_test, p};
use parvis_web::export::{Options as ExportOptions, Tools, write_bundle};

use super::*;

const SETS: [parvis_store::Migrations; 3] =
    [parvis_ops::MIGRATIONS, parvis_civic::MIGRATIONS, crate::MIGRATIONS];
const NOW: i64 = 1_780_308_000_000;

const OPINIONS: &str = "\
id,title,section_id,section,section_subtitle,created_at,updated_at,author_key,author_is_admin,author_is_vip,is_trashed,votes_ok,votes_mitige,votes_nok,votes_total,arguments_count,sources_count,body_text,appendix_text,url\r
9,Article 9 - Libre accès,91,Section 2,Recherche,2015-09-26T02:27:54+0200,2015-09-29T11:50:19+0200,u_gov123456,False,True,False,1320,282,1732,3334,2,1,\"Texte, de\r
l’article\",[Explication de l'article] Objectif : ouvrir,https://www.republique-numerique.fr/a/9\r
12,=Une proposition,90,Section 1,Les Communs,2015-10-02T10:00:00+0200,,u_aaa111bbb,False,False,False,3,0,1,4,0,0,Un corps,,https://www.republique-numerique.fr/a/12\r
13,Jetée,90,Section 1,Les Communs,2015-10-03T10:00:00+0200,,u_aaa111bbb,False,False,True,0,0,0,0,0,0,Un corps,,\r
";
const ARGUMENTS: &str = "\
id,opinion_id,side,type,created_at,author_key,is_trashed,votes_count,body
1,9,pour,1,2015-10-18T22:24:20+0200,u_ccc222ddd,False,7,Pour
2,9,contre,0,2015-10-18T23:58:59+0200,u_aaa111bbb,False,0,\"Contre, et
sur deux lignes\"
";
const SOURCES: &str = "\
id,opinion_id,title,link,category,created_at,author_key,votes_count,body
5,9,Une page,https://example.org/x,Site internet,2015-10-16T05:05:12+0200,u_ccc222ddd,1,
";

fn file(name: &str, text: impl Into<Vec<u8>>) -> File {
    File { name: name.into(), bytes: text.into() }
}

fn files() -> Files {
    Files {
        opinions: file("opinions.csv", OPINIONS),
        arguments: file("arguments.csv", ARGUMENTS),
        sources: file("sources.csv", SOURCES),
    }
}

fn options() -> Options {
    Options { actor: "test".into(), ..Options::default() }
}

async fn count(db: &Store, sql: &'static str) -> i64 {
    db.read(move |tx| boxed(async move { tx.value(sql, &p![]).await }))
        .await
        .unwrap_or_else(|e: parvis_store::Error| panic!("{e}"))
}

#[db_test(migrations = SETS)]
async fn a_consultation_is_imported_once(db: Store) -> Result<(), Refused> {
    let dry = run(&db, NOW, files(), Options { dry_run: true, ..options() }).await?;
    assert_eq!(count(&db, "select count(*) from process").await, 0, "a dry run writes nothing");
    let report = run(&db, NOW, files(), options()).await?;
    assert_eq!(report.added, dry.added);
    let added = Counts { sections: 2, articles: 1, proposals: 2, arguments: 2, sources: 1, authors: 3 };
    assert_eq!(report.added, added);
    assert_eq!(report.imported_votes.total, 3338);
    assert_eq!(report.warnings, []);
    assert_eq!(report.path, "/p/projet-de-loi-pour-une-republique-numerique-2015/consultation");
    let leaves = count(&db, "select count(*) from journal_entry").await;
    let again = run(&db, NOW + 1, files(), options()).await?;
    assert_eq!((again.added, again.already_there), (Counts::default(), added));
    assert_eq!(again.path, report.path);
    let dry = run(&db, NOW + 1, files(), Options { dry_run: true, ..options() }).await?;
    assert_eq!((dry.added, dry.already_there), (Counts::default(), added));
    assert_eq!(count(&db, "select count(*) from journal_entry").await, leaves, "nothing changed");
    assert_eq!(count(&db, "select count(*) from import_run").await, 1);
    assert_eq!(count(&db, "select count(*) from participant").await, 3);

    let row = db
        .read(|tx| {
            boxed(async move {
                let sql = "select title, body, explanation, imported_for, imported_mixed, imported_against,
                arguments_for, arguments_against, sources, reactions_for, official, kind, position
                from contribution where origin_key = 'opinion:9'";
                tx.one(sql, &p![]).await
            })
        })
        .await
        .unwrap_or_else(|e: parvis_store::Error| panic!("{e}"));
    assert_eq!(row.get::<String>("body").unwrap(), "Texte, de\nl’article");
    assert_eq!(row.get::<String>("explanation").unwrap(), "Objectif : ouvrir");
    let votes: Vec<i64> = (3..10).map(|i| row.at(i).unwrap()).collect();
    assert_eq!(votes, [1320, 282, 1732, 1, 1, 1, 0]);
    assert!(row.get::<bool>("official").unwrap());
    assert_eq!(
        (row.get::<String>("kind").unwrap().as_str(), row.get::<i64>("position").unwrap()),
        ("article", 9)
    );
    assert_eq!(count(&db, "select count(*) from contribution where status = 'hidden'").await, 1);
    assert_eq!(
        count(
            &db,
            "select count(*) from participant where pseudonym in ('Gouvernement', 'Participant aaa111')"
        )
        .await,
        2
    );
    assert_eq!(count(&db, "select starts_at from phase").await, 1_443_218_400_000);
    assert_eq!(count(&db, "select ends_at from phase").await, 1_445_205_600_000);
    Ok(())
}

#[db_test(migrations = SETS)]
async fn what_was_added_to_the_files_is_added(db: Store) -> Result<(), Refused> {
    run(&db, NOW, files(), options()).await?;
    let more = format!("{ARGUMENTS}3,12,pour,1,2015-10-18T10:00:00+0200,u_eee333fff,False,0,Un de plus\n");
    let report =
        run(&db, NOW, Files { arguments: file("arguments.csv", more), ..files() }, options()).await?;
    assert_eq!(report.added, Counts { arguments: 1, authors: 1, ..Counts::default() });
    assert_eq!(report.warnings.len(), 1, "opinion 12 announces no argument");
    assert_eq!(count(&db, "select arguments_for from contribution where origin_key = 'opinion:12'").await, 1);
    Ok(())
}

#[db_test(migrations = SETS)]
async fn bad_rows_are_named_and_nothing_is_written(db: Store) {
    let mut broken = files();
    broken.opinions = file("opinions.csv", OPINIONS.replace(",3,0,1,4,", ",3,0,1,5,"));
    broken.arguments = file(
        "arguments.csv",
        format!(
            "{ARGUMENTS}1,9,pour,1,2015-10-18T22:24:20+0200,u_x,False,0,double\n\
             4,99,pour,1,2015-10-18T22:24:20+0200,u_x,False,0,orphelin\n\
             5,9,neutre,1,2015-10-18T22:24:20+0200,u_x,False,0,côté\n\
             6,9,pour,1,hier,u_x,False,0,date\n\
             7,9,pour,1,2015-10-18T22:24:20+0200,u_x,False,-3,votes\n\
             8,9,pour,1,2015-10-18T22:24:20+0200,u_x,False,0\n"
        ),
    );
    broken.sources = file("sources.csv", SOURCES.replace("https://example.org/x", "javascript:alert(1)"));
    let Err(Refused::Rows { problems, total }) = run(&db, NOW, broken, options()).await else {
        panic!("it must be refused")
    };
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(total, said.len());
    for (place, why) in [
        ("opinions.csv:4:", "votes_total is 5"),
        ("arguments.csv:10:", "8 cells"),
        ("arguments.csv:5:", "id 1 is there twice"),
        ("arguments.csv:6:", "opinion_id 99 is not"),
        ("arguments.csv:7:", "neither pour nor contre"),
        ("arguments.csv:8:", "created_at is \"hier\""),
        ("arguments.csv:9:", "votes_count is \"-3\""),
        ("sources.csv:2:", "http"),
    ] {
        assert!(said.iter().any(|s| s.starts_with(place) && s.contains(why)), "{place} {why}: {said:#?}");
    }
    assert_eq!(count(&db, "select count(*) from process").await, 0);
    assert_eq!(count(&db, "select count(*) from journal_entry").await, 0);
}

#[test]
fn what_is_about_a_refused_opinion_is_not_reported() {
    let mut broken = files();
    broken.opinions = file("opinions.csv", OPINIONS.replace(",1320,282,", ",many,282,"));
    let problems = parse::read(&broken).unwrap_err();
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 1, "its arguments and its source are not to blame: {said:#?}");
    assert!(said[0].starts_with("opinions.csv:2:") && said[0].contains("votes_ok is \"many\""), "{said:#?}");
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let said = |change: fn(&mut Files)| {
        let mut files = files();
        change(&mut files);
        parse::read(&files).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ")
    };
    let renamed = said(|f| f.opinions = file("opinions.csv", OPINIONS.replace("votes_ok", "votes_oui")));
    assert!(renamed.contains("opinions.csv:1: column votes_ok is missing"), "{renamed}");
    let latin = said(|f| f.sources.bytes.extend_from_slice(b"6,9,\xe9t\xe9,"));
    assert!(latin.contains("sources.csv:3: not UTF-8"), "{latin}");
    let nul = said(|f| f.arguments.bytes.extend_from_slice(b"9,\0"));
    assert!(nul.contains("arguments.csv:5: a NUL"), "{nul}");
    let open = said(|f| {
        f.arguments.bytes.extend_from_slice(b"9,9,pour,1,2015-10-18T22:24:20+0200,u_x,False,0,\"oh\n")
    });
    assert!(open.contains("arguments.csv:5: a quotation mark is opened"), "{open}");
    let empty = said(|f| f.sources = file("sources.csv", ""));
    assert!(empty.contains("sources.csv:1: column id is missing"), "{empty}");
    let title = said(|f| f.opinions = file("opinions.csv", OPINIONS.replace("=Une proposition", " ")));
    assert!(title.contains("opinions.csv:4: title is empty"), "{title}");
    let section = said(|f| f.opinions = file("opinions.csv", OPINIONS.replacen("Les Communs", "Autre", 1)));
    assert!(section.contains("opinions.csv:5: section 90"), "{section}");
}

#[test]
fn a_byte_order_mark_and_unix_lines_change_nothing() {
    let mut marked = files();
    marked.opinions = file("opinions.csv", format!("\u{feff}{}", OPINIONS.replace("\r\n", "\n")));
    assert_eq!(parse::read(&marked).unwrap(), parse::read(&files()).unwrap());
}

#[db_test]
async fn an_administrator_imports_from_the_site(db: Store) {
    let town = crate::testing::Town::new(db).await;
    let admin = town.site.admin().await;
    town.editor.get(PATH).await.assert_status(403);
    let form = admin.get(PATH).await;
    form.assert_says("Importer une consultation");
    let csv = "text/csv";
    let opinions = ("opinions", "opinions.csv", csv, OPINIONS.as_bytes());
    let arguments = ("arguments", "arguments.csv", csv, ARGUMENTS.as_bytes());
    let sources = ("sources", "sources.csv", csv, SOURCES.as_bytes());
    let before = town.number("select count(*) from contribution").await;

    let missing = admin.upload(PATH, &[("action", "write")], &[opinions, arguments]).await;
    missing.assert_status(422);
    assert_eq!(missing.field_error("sources").as_deref(), Some("Choisissez un fichier."));

    let orphan = ARGUMENTS.replace("2,9,contre", "2,<b>,contre");
    let bad = ("arguments", "arguments.csv", csv, orphan.as_bytes());
    let refused = admin.upload(PATH, &[("action", "write")], &[opinions, bad, sources]).await;
    refused.assert_status(422);
    refused.assert_says("Une ligne ne peut pas être importée\u{a0}: rien ne l’a été");
    refused.assert_says("opinion_id vaut «\u{202f}<b>\u{202f}», pas un nombre entier (0 ou plus)");

    let checked = admin.upload(PATH, &[("action", "check")], &[opinions, arguments, sources]).await;
    checked.assert_status(200);
    checked.assert_says("Les fichiers sont bons");
    checked.assert_says("1\u{202f}323 pour, 282 mitigés, 1\u{202f}733 contre");
    assert_eq!(town.number("select count(*) from contribution").await, before, "nothing was written");

    let title = [("action", "write"), ("title", "Ailleurs")];
    let done = admin.upload(PATH, &title, &[opinions, arguments, sources]).await;
    let path = done.location.clone().unwrap_or_default();
    assert!(path.starts_with("/p/ailleurs/"), "{path}");
    town.site.visitor().get(&path).await.assert_says("Article 9 - Libre accès");
    assert_eq!(town.number("select count(*) from contribution").await, before + 6);
    let again = admin.upload(PATH, &title, &[opinions, arguments, sources]).await;
    again.assert_redirect(&path);
    assert_eq!(town.number("select count(*) from contribution").await, before + 6, "twice changes nothing");
}

async fn bundle(db: &Store) -> Vec<u8> {
    let tools = Arc::new(Tools(vec![crate::component()]));
    let options = ExportOptions::new(NOW, "https://ville.example");
    let (out, _) = write_bundle(db, tools, options, Cursor::new(vec![])).await.unwrap();
    out.into_inner()
}

#[db_test(migrations = SETS)]
async fn what_was_imported_is_exported_and_verified(db: Store) -> Result<(), Refused> {
    run(&db, NOW, files(), options()).await?;
    let zip = bundle(&db).await;
    let report = verify::zip(&zip, None, &[crate::export::verify]).unwrap();
    assert!(report.ok(), "{:?}", report.first_failure());
    let names: Vec<&str> = report.checks.iter().map(|c| c.name.as_ref()).collect();
    assert!(names.contains(&"consultation-amendments"), "{names:?}");
    Ok(())
}

#[db_test(migrations = SETS)]
async fn the_real_consultation_is_imported_exported_and_verified(db: Store) -> Result<(), Refused> {
    let Some(folder) = parvis_core::testing::data("03-republique-numerique/flattened") else { return Ok(()) };
    let file = |name: &str| File { name: name.into(), bytes: std::fs::read(folder.join(name)).unwrap() };
    let files = Files {
        opinions: file("opinions.csv"),
        arguments: file("arguments.csv"),
        sources: file("sources.csv"),
    };
    let report = run(&db, NOW, files.clone(), options()).await?;
    let added = Counts {
        sections: 18,
        articles: 30,
        proposals: 666,
        arguments: 3994,
        sources: 326,
        authors: report.added.authors,
    };
    assert_eq!(report.added, added);
    assert_eq!(report.imported_votes.total, 88_622);
    assert_eq!(report.warnings, []);
    let sql = "select imported_for * 100000000 + imported_mixed * 10000 + imported_against from contribution
        where origin_key = 'opinion:69'";
    assert_eq!(count(&db, sql).await, 1320 * 100_000_000 + 282 * 10_000 + 1732);
    let sql = "select arguments_for + arguments_against from contribution where origin_key = 'opinion:69'";
    assert_eq!(count(&db, sql).await, 132);
    let again = run(&db, NOW, files, options()).await?;
    assert_eq!((again.added, again.already_there), (Counts::default(), added));
    let zip = bundle(&db).await;
    let report = verify::zip(&zip, None, &[crate::export::verify]).unwrap();
    assert!(report.ok(), "{:?}", report.first_failure());
    Ok(())
}
