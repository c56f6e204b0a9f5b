//! The bundle of a box: verified, and refused when anything in it was changed.

use std::io::{Cursor, Read as _, Write as _};
use std::sync::Arc;

use parvis_civic::Error;
use parvis_civic::export::{Options, Sink, ToolTables, verify, write_bundle};
use parvis_civic::process::{self, Activity, PhaseDraft, ProcessDraft};
use parvis_civic::sealed::Change;
use parvis_core::Localized;
use parvis_store::{Fut, Store, Tx, boxed, db_test};
use parvis_transparency::bundle::Report;
use serde_json::json;

use super::{CLOSE, Scene, line, list, refusal};
use crate::paper;
use parvis_testkit::NOON;

struct Boxes;

impl ToolTables for Boxes {
    fn tables<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
        out: &'a mut (dyn Sink + Send),
    ) -> Fut<'a, Result<(), Error>> {
        Box::pin(crate::export::tables(tx, activity, out))
    }

    fn working<'a>(
        &'a self,
        _tx: &'a mut Tx<'_>,
        _activity: &'a Activity,
    ) -> Fut<'a, Result<Vec<(String, String)>, Error>> {
        Box::pin(async { Ok(vec![]) })
    }
}

async fn bundle(s: &Scene) -> Vec<u8> {
    let options =
        Options { now: CLOSE + 1, origin: "parvis.test/journal".into(), url: "http://parvis.test".into() };
    let made = write_bundle(&s.site.store, Arc::new(Boxes), options, Cursor::new(vec![])).await.unwrap();
    made.0.into_inner()
}

fn check(zip: &[u8]) -> Report {
    verify::zip(zip, None, &[crate::export::verify]).unwrap()
}

fn failed(report: &Report) -> Vec<&str> {
    report.checks.iter().filter(|c| !c.ok).map(|c| c.name.as_ref()).collect()
}

/// The same zip with one text changed in one file. The manifest's hashes are left as they were.
fn changed(zip: &[u8], name: &str, from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(vec![]));
    for i in 0..archive.len() {
        let mut file = archive.by_index(i).unwrap();
        let mut bytes = vec![];
        file.read_to_end(&mut bytes).unwrap();
        let file_name = file.name().unwrap().into_owned();
        if file_name == name {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(from), "{name} holds no {from}:\n{text}");
            bytes = text.replacen(from, to, 1).into_bytes();
        }
        out.start_file(file_name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[db_test]
async fn a_whole_vote_verifies_and_no_changed_byte_does(db: Store) {
    let s = Scene::new(db, list()).await;
    let ids = s.roll(vec![line("p", "Papier", None), line("d", "Parti", None)]).await;
    let mut people = vec![];
    for n in 0..5 {
        people.push(s.voter(&format!("Personne {n}")).await);
    }
    for (n, who) in people.iter().enumerate() {
        s.cast(who, json!([if n % 2 == 0 { "A" } else { "B" }])).await.unwrap();
    }
    s.sign_paper(ids[0]).await.unwrap();
    s.sign_desk(ids[1]).await.unwrap();
    let id = s.id();
    s.act(move |tx, activity, rules, _| {
        boxed(async move {
            let (_, codes) = paper::print(tx, NOON, id, 3).await?;
            for agent in [1, 2] {
                let typed = codes[0].to_string();
                paper::enter(tx, &activity, NOON, &rules, agent, &typed, Some(&json!(["B"]))).await?;
            }
            Ok(())
        })
    })
    .await
    .unwrap();
    let open =
        s.act(move |tx, _, _, _| boxed(async move { crate::close::each(tx, id, |_| Ok(())).await })).await;
    assert_eq!(refusal(open), "ballotbox-not-closed");

    // While the box is open its bundle holds no ballot and no count, and verifies.
    let before = bundle(&s).await;
    assert_eq!(failed(&check(&before)), Vec::<&str>::new());

    let closing = s.close().await.unwrap();
    assert_eq!((closing.web, closing.desk, closing.desk_unused, closing.paper), (5, 1, 1, 1));
    assert_eq!(closing.ballots, 6);
    let zip = bundle(&s).await;
    let report = check(&zip);
    assert_eq!(failed(&report), Vec::<&str>::new(), "{report:?}");
    assert!(report.checks.iter().any(|c| c.name == "ballots" && c.detail.starts_with("6 ballots")));

    for (name, from, to) in [
        ("data/ballotbox_ballots.csv", "[\"\"A\"\"]", "[\"\"B\"\"]"),
        ("data/ballotbox_boxes.csv", ",5,1,1,", ",6,1,0,"),
        ("data/ballotbox_turnout.csv", "Nord", "Sud"),
        ("data/ballotbox_batches.csv", ",3,1,", ",3,2,"),
    ] {
        let report = check(&changed(&zip, name, from, to));
        assert!(!report.ok(), "{name} was changed and nothing said so");
    }
    // Nor can the organisation itself change a box that it has closed: the signed bundle of a changed database is
    // refused by name.
    for (sql, check_name) in [
        ("update ballotbox_ballot set ballot = '[\"B\"]' where ballot = '[\"A\"]'", "ballots"),
        ("update ballotbox_ballot set ballot = '[\"A\"]' where ballot = '[\"B\"]'", "ballots"),
        ("update ballotbox set seal = '{}'", "ballot-boxes"),
        ("delete from ballotbox_ballot", "ballots"),
        ("delete from ballotbox_batch", "ballots-and-signatures"),
    ] {
        s.act(move |tx, _, _, _| boxed(async move { Ok(tx.exec(sql, &[]).await?) })).await.unwrap();
        let report = check(&bundle(&s).await);
        assert!(failed(&report).contains(&check_name), "{sql}: {report:?}");
    }
    assert_eq!(s.activity_again().await.id, id);
}

#[db_test]
async fn a_closing_moved_in_silence_is_found_by_the_verifier(db: Store) {
    let s = Scene::new(db, list()).await;
    let ana = s.voter("Ana").await;
    s.cast(&ana, json!(["A"])).await.unwrap();
    let move_to = |ends_at: i64| {
        s.act(move |tx, activity, _, _| {
            boxed(async move {
                let phase = activity.phase.ok_or(Error::NotFound)?;
                let draft = PhaseDraft {
                    title: phase.title,
                    description: phase.description,
                    starts_at: phase.starts_at,
                    ends_at,
                };
                let reason = Localized::new("Le site était en panne.", "");
                process::update_phase(tx, NOON, phase.id, &draft, &reason).await
            })
        })
    };
    let hour = 3_600_000;
    assert_eq!(move_to(CLOSE - hour).await.unwrap(), Change::Done);
    assert_eq!(move_to(CLOSE - 2 * hour).await.unwrap(), Change::Done);
    let report = check(&bundle(&s).await);
    assert_eq!(failed(&report), Vec::<&str>::new(), "{report:?}");
    let closings = report.checks.iter().find(|c| c.name == "closings").unwrap();
    assert!(closings.detail.starts_with("2 moves"), "{}", closings.detail);
    // The journal agrees with the dates of the process, and yet nothing says that the closing moved.
    s.act(move |tx, activity, _, _| {
        boxed(async move {
            tx.exec("update phase set ends_at = ends_at + 60000", &[]).await?;
            let p = process::find(tx, activity.process_id).await?.ok_or(Error::NotFound)?;
            let draft = ProcessDraft {
                title: Localized::new("Autre", ""),
                summary: p.summary,
                description: p.description,
                object: p.object,
                perimeter: p.perimeter,
                duplicates_rule: p.duplicates_rule,
                method_note: p.method_note,
                organiser: p.organiser,
                preset: p.preset.code().into(),
                answer_due_at: p.answer_due_at,
            };
            process::update(tx, NOON, activity.process_id, &draft).await
        })
    })
    .await
    .unwrap();
    assert_eq!(failed(&check(&bundle(&s).await)), ["closings"]);
}
