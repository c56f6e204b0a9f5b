//! Many at once on one line of the roll.

use std::sync::Arc;

use parvis_civic::Error;
use parvis_store::{Store, boxed, db_test};
use serde_json::json;

use super::{Scene, TODAY, line, list};
use crate::code::Secret;
use crate::desk;
use crate::seal::{self, Seal};
use crate::vote::{self, Slip};
use parvis_testkit::NOON;

#[db_test]
async fn sixty_four_votes_of_one_person_through_every_channel_make_one_signature(db: Store) {
    let s = Scene::new(db, list()).await;
    let ana = s.site.participant("Ana").await;
    let ids = s.roll(vec![line("1", "Ana", ana.me().email.as_deref())]).await;
    let voter = ids[0];
    let s = Arc::new(s);
    let mut tasks = vec![];
    for n in 0..64 {
        let (s, who) = (Arc::clone(&s), ana.me().clone());
        tasks.push(tokio::spawn(async move {
            s.act(move |tx, activity, rules, content| {
                boxed(async move {
                    let seal = Seal { activity: &activity, rules: &rules, content: &content };
                    match n % 4 {
                        0 => desk::sign_paper(tx, NOON, &seal, voter, TODAY).await,
                        1 => desk::sign_desk(tx, NOON, &seal, voter, TODAY).await.map(|_| ()),
                        _ => {
                            let slip = Slip { ballot: &json!([n]), secret: &Secret::random() };
                            vote::cast(tx, NOON, &seal, &who, TODAY, &slip).await.map(|_| ())
                        }
                    }
                })
            })
            .await
        }));
    }
    let mut done = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(()) => done += 1,
            Err(Error::Conflict(key)) => assert!(key.starts_with("ballotbox-already-"), "{key}"),
            Err(e) => panic!("{e}"),
        }
    }
    assert_eq!(done, 1, "one of them");
    assert_eq!(s.number("select count(*) from ballotbox_signature").await, 1);
    let voted = s.number("select count(*) from ballotbox_ballot").await;
    let web = s.number("select count(*) from ballotbox_signature where channel = 'web'").await;
    assert_eq!(voted, web, "a ballot when the web won, none otherwise");
    let kinds = s.kinds().await;
    assert_eq!(kinds.iter().filter(|k| *k == "rules-sealed").count(), 1);
    assert_eq!(i64::try_from(kinds.iter().filter(|k| *k == "ballot-cast").count()), Ok(voted));
}

#[db_test]
async fn sixty_four_voters_at_once_lose_nothing(db: Store) {
    let s = Scene::new(db, list()).await;
    let mut people = vec![];
    for n in 0..64 {
        people.push(s.voter(&format!("Personne {n}")).await);
    }
    // The box is there already, as when its rules were edited: the first voters meet on the seal itself.
    let id = s.id();
    assert!(
        s.act(move |tx, _, _, _| boxed(async move { seal::may_change(tx, NOON, id, "rules").await }))
            .await
            .unwrap()
    );
    let s = Arc::new(s);
    let mut tasks = vec![];
    for (n, who) in people.into_iter().enumerate() {
        let s = Arc::clone(&s);
        tasks.push(tokio::spawn(async move { s.cast(&who, json!([n % 3])).await }));
    }
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(s.number("select count(*) from ballotbox_ballot").await, 64);
    assert_eq!(s.number("select count(*) from ballotbox_signature").await, 64);
    assert_eq!(s.kinds().await.iter().filter(|k| *k == "rules-sealed").count(), 1);
    assert_eq!(s.close().await.unwrap().ballots, 64);
}
