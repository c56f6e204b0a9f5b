use std::time::Instant;

use parvis_store::{db_test, p};

use super::*;

/// 24 November 2026, about a quarter past nine in Paris.
const NOW: Millis = 1_795_594_500_000;

async fn filled(store: &Store) -> Vec<Persona> {
    let tool = parvis_consultation::component();
    let sets =
        [parvis_ops::MIGRATIONS, parvis_civic::MIGRATIONS, tool.migrations(), parvis_panel::MIGRATIONS];
    store.migrate(&sets, None).await.expect("migrations");
    let sources = [parvis_civic::SOURCE];
    let catalog = Arc::new(Catalog::build(&sources).expect("texts"));
    let start = Instant::now();
    let personas =
        fill(store, NOW, tool, &catalog, "http://localhost:3000").await.expect("the demonstration");
    eprintln!("filled in {:?}", start.elapsed());
    store.write(|tx| boxed(parvis_civic::journal::place(tx))).await.expect("the journal");
    personas
}

async fn number(store: &Store, sql: &'static str) -> i64 {
    store.read(move |tx| boxed(async move { tx.value::<i64>(sql, &p![]).await })).await.expect(sql)
}

#[db_test]
async fn the_demonstration_is_whole(store: Store) {
    let personas = filled(&store).await;
    let roles: Vec<_> = personas.iter().map(|p| p.role).collect();
    assert_eq!(roles, [Role::Participant, Role::Moderator, Role::Editor, Role::Administrator]);
    assert_eq!(number(&store, "select count(*) from process where status = 'published'").await, 4);
    assert_eq!(number(&store, "select count(*) from contribution where status = 'draft'").await, 0);
    assert!(number(&store, "select count(*) from contribution where kind = 'argument'").await >= 85);
    assert!(number(&store, "select count(*) from reaction").await >= 900);
    assert_eq!(number(&store, "select count(distinct status) from answer where not draft").await, 5);
    assert_eq!(number(&store, "select count(*) from activity where results is not null").await, 2);
    // Work for the moderator: two flags on one argument, one appeal.
    assert_eq!(number(&store, "select count(*) from flag where settled_at is null").await, 2);
    assert_eq!(
        number(
            &store,
            "select count(*) from moderation where appeal_at is not null and appeal_decided_at is null"
        )
        .await,
        1
    );
    assert_eq!(
        number(&store, "select count(*) from consultation_amendment where decision is not null").await,
        4
    );
    assert_eq!(number(&store, "select count(*) from consultation_amendment where decision is null").await, 2);
    // Nothing is dated after now, and the journal goes forward (a vote bears its day only).
    let ahead = "select count(*) from journal_entry where at > 1795594500000";
    assert_eq!(number(&store, ahead).await, 0);
    let back = "select count(*) from journal_entry a join journal_entry b on b.idx = a.idx + 1
                where b.at < a.at and b.kind not like 'reaction%'";
    assert_eq!(number(&store, back).await, 0);
    assert_eq!(number(&store, "select count(*) from job where failed_at is not null").await, 0);
    assert_eq!(
        number(&store, "select count(*) from job where done_at is null and last_error is not null").await,
        0
    );
    assert!(number(&store, "select count(*) from mail").await > 20);
}

#[test]
fn the_texts_are_well_written() {
    let demo = Demo::read().expect("the texts");
    for file in [
        include_str!("../../../demo/site.toml"),
        include_str!("../../../demo/mobility.toml"),
        include_str!("../../../demo/halle.toml"),
        include_str!("../../../demo/fauvine.toml"),
    ] {
        for line in file.lines().filter(|l| !l.starts_with('#')) {
            assert!(!line.contains('\''), "a straight apostrophe: {line}");
            for sign in [" ;", " :", " !", " ?", "« ", " »"] {
                assert!(!line.contains(sign), "a breakable space before {sign:?}: {line}");
            }
        }
    }
    for p in &demo.processes {
        let said = [&p.process.title, &p.process.summary, &p.process.description, &p.process.object];
        assert!(said.iter().all(|t| !t.fr.is_empty() && !t.en.is_empty()), "both languages");
        for text in &p.texts {
            assert!((15..=150).contains(&text.title.chars().count()), "{}", text.title);
        }
    }
    assert!(demo.people.iter().all(|p| p.email.ends_with("@example.org") || p.email.ends_with(".example")));
}
