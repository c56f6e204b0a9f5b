use std::time::Instant;

use parvis_store::{db_test, p};

use super::*;

/// 24 November 2026, about a quarter past nine in Paris.
const NOW: Millis = 1_795_594_500_000;

async fn filled(store: &Store) -> Vec<Persona> {
    let tool = parvis_consultation::component();
    store.migrate(&crate::compose::migrations(), None).await.expect("migrations");
    let catalog = crate::compose::catalog().expect("texts");
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
    assert_eq!(number(&store, "select count(*) from process where status = 'published'").await, 8);
    assert_eq!(number(&store, "select count(*) from contribution where status = 'draft'").await, 0);
    assert!(number(&store, "select count(*) from contribution where kind = 'argument'").await >= 85);
    assert!(number(&store, "select count(*) from reaction").await >= 900);
    assert_eq!(number(&store, "select count(distinct status) from answer where not draft").await, 5);
    assert_eq!(number(&store, "select count(*) from activity where results is not null").await, 4);
    // A vote is over, on paper for most; another is under way.
    assert_eq!(number(&store, "select count(*) from ballotbox where closing is not null").await, 2);
    assert!(number(&store, "select count(*) from ballotbox_paper where state = 'counted'").await >= 163);
    assert!(number(&store, "select count(*) from ballotbox_signature where channel = 'web'").await > 30);
    // The panel that is over was asked for by telephone too, and its members said what they thought.
    assert_eq!(number(&store, "select count(*) from panel_evaluation").await, 18);
    let leaves =
        "select count(*) from journal_entry where kind in ('sortition-phones', 'sortition-evaluation')";
    assert_eq!(number(&store, leaves).await, 2);
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
                where b.at < a.at and b.kind not like 'reaction%' and b.kind not like 'ballot-%'";
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
        include_str!("../../../demo/passerelle.toml"),
        include_str!("../../../demo/place.toml"),
        include_str!("../../../demo/budget.toml"),
        include_str!("../../../demo/budget2.toml"),
        include_str!("../../../demo/panel.toml"),
    ] {
        for line in file.lines().filter(|l| !l.starts_with('#')) {
            assert!(!line.contains('\''), "a straight apostrophe: {line}");
            for sign in [" ;", " :", " !", " ?", "« ", " »"] {
                assert!(!line.contains(sign), "a breakable space before {sign:?}: {line}");
            }
        }
    }
    for file in [include_str!("../../../demo/passerelle.toml"), include_str!("../../../demo/place.toml")] {
        let file = VoteFile::read(file).expect("a vote");
        let p = file.texts();
        let said = [&p.title, &p.summary, &p.description, &p.object];
        assert!(said.iter().all(|t| !t.fr.is_empty() && !t.en.is_empty()), "both languages");
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
