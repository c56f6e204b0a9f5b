//! Printed ballots: double entry, differences, limits, closing.

use parvis_civic::Error;
use parvis_store::{Store, boxed, db_test};
use serde_json::{Value, json};

use super::{CLOSE, Scene, line, list, refusal};
use crate::code::Code;
use crate::paper::{self, Entered};
use crate::rules::Rules;
use parvis_testkit::NOON;

impl Scene {
    async fn print(&self, size: usize) -> Vec<Code> {
        let id = self.id();
        self.act(move |tx, _, _, _| boxed(async move { Ok(paper::print(tx, NOON, id, size).await?.1) }))
            .await
            .unwrap()
    }

    async fn enter(
        &self,
        now: i64,
        agent: i64,
        code: &str,
        reading: Option<Value>,
    ) -> Result<Entered, Error> {
        let code = code.to_owned();
        self.act(move |tx, activity, rules, _| {
            boxed(
                async move { paper::enter(tx, &activity, now, &rules, agent, &code, reading.as_ref()).await },
            )
        })
        .await
    }
}

#[db_test]
async fn two_agents_key_each_sheet_and_differences_are_settled(db: Store) {
    let s = Scene::new(db, list()).await;
    let lines = (0..4).map(|n| line(&n.to_string(), &format!("P{n}"), None)).collect();
    let ids = s.roll(lines).await;
    let codes = s.print(5).await;
    let code = |n: usize| codes[n].to_string();
    assert_eq!(refusal(s.enter(NOON, 1, &code(0), Some(json!(["A"]))).await), "ballotbox-paper-too-many");
    for id in ids {
        s.sign_paper(id).await.unwrap();
    }
    // The same agent cannot key it twice; another one can, and agrees.
    assert_eq!(s.enter(NOON, 1, &code(0), Some(json!(["A"]))).await.unwrap(), Entered::Once);
    assert_eq!(refusal(s.enter(NOON, 1, &code(0), Some(json!(["A"]))).await), "ballotbox-paper-own");
    assert_eq!(refusal(s.close().await), "ballotbox-close-once");
    assert_eq!(s.enter(NOON, 2, &code(0), Some(json!(["A"]))).await.unwrap(), Entered::Counted);
    assert_eq!(refusal(s.enter(NOON, 3, &code(0), Some(json!(["A"]))).await), "ballotbox-paper-used");
    // Spoiled for both.
    s.enter(CLOSE, 1, &code(1), None).await.unwrap();
    assert_eq!(s.enter(CLOSE, 2, &code(1), None).await.unwrap(), Entered::Spoiled);
    // A difference waits for somebody who looks at the sheet.
    s.enter(CLOSE, 1, &code(2), Some(json!(["A"]))).await.unwrap();
    assert_eq!(s.enter(CLOSE, 2, &code(2), Some(json!(["B"]))).await.unwrap(), Entered::Disputed);
    assert_eq!(refusal(s.close().await), "ballotbox-close-disputed");
    let id = s.id();
    let sheets = s.act(move |tx, _, _, _| boxed(async move { paper::disputes(tx, id).await })).await.unwrap();
    assert_eq!(sheets[0].second.as_deref(), Some("[\"B\"]"));
    let sheet = sheets[0].id;
    s.act(move |tx, activity, _, _| {
        boxed(async move { paper::settle(tx, &activity, CLOSE, sheet, Some(&json!(["B"]))).await })
    })
    .await
    .unwrap();
    // Mistyped, unknown.
    assert_eq!(refusal(s.enter(NOON, 1, "12", None).await), "ballotbox-code-shape");
    assert_eq!(refusal(s.enter(NOON, 1, &Code::random().to_string(), None).await), "ballotbox-paper-unknown");
    let closing = s.close().await.unwrap();
    assert_eq!((closing.paper, closing.paper_counted, closing.paper_spoiled, closing.ballots), (4, 2, 1, 2));
    assert_eq!(refusal(s.enter(CLOSE, 1, &code(3), None).await), "closed");
    assert_eq!(refusal(s.close().await), "ballotbox-close-twice");
}

#[db_test]
async fn one_entry_is_enough_where_the_rules_say_so(db: Store) {
    let s = Scene::new(db, Rules { double_entry: false, ..list() }).await;
    let ids = s.roll(vec![line("1", "Ana", None)]).await;
    s.sign_paper(ids[0]).await.unwrap();
    let codes = s.print(1).await;
    assert_eq!(s.enter(NOON, 1, &codes[0].to_string(), Some(json!([]))).await.unwrap(), Entered::Counted);
    assert_eq!(refusal(s.close_at(CLOSE - 1).await), "ballotbox-close-open");
    assert_eq!(s.close().await.unwrap().ballots, 1);
}

impl Scene {
    async fn close_at(&self, now: i64) -> Result<crate::close::Closing, Error> {
        self.act(move |tx, activity, _, _| {
            boxed(async move { crate::close::close(tx, now, &activity).await })
        })
        .await
    }
}
