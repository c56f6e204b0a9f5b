//! The bundle of a small site, on both engines: it verifies, it holds nothing personal, and nothing in it can change
//! unseen.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use parvis_civic::account::{self, Participant};
use parvis_civic::contribution::{self, Draft, Imported, Totals};
use parvis_civic::export::{NoTool, Options, Zipped, verify, write_bundle};
use parvis_civic::process::{self, Activity, ActivityDraft, PhaseDraft, ProcessDraft};
use parvis_civic::{Error, MIGRATIONS, answer, moderation, reaction};
use parvis_core::{Locale, Localized, Role};
use parvis_store::{Store, Tx, boxed, db_test};
use parvis_transparency::bundle::{Files as _, Report, seal};
use parvis_transparency::note::Signer;

const SETS: [parvis_store::Migrations; 2] = [parvis_ops::MIGRATIONS, MIGRATIONS];
const DAY: i64 = 86_400_000;
const NOW: i64 = 1_780_308_000_000;

async fn person(tx: &mut Tx<'_>, name: &str, role: Role) -> Result<Participant, Error> {
    let address = format!("{name}@example.org");
    let who = account::create_staff(tx, NOW, None, &address, role, Locale::Fr).await?;
    account::manage::name_staff(tx, NOW, who.id, name).await?;
    account::find(tx, who.id).await?.ok_or(Error::NotFound)
}

async fn publish(
    tx: &mut Tx<'_>,
    now: i64,
    who: &Participant,
    activity: &Activity,
    draft: Draft,
) -> Result<i64, Error> {
    let id = contribution::save_draft(tx, now, who, activity, &draft, None).await?;
    contribution::publish(tx, now, who, id).await?;
    Ok(id)
}

fn text(kind: &'static str, title: &str, body: &str) -> Draft {
    Draft { kind, title: title.into(), body: body.into(), ..Draft::default() }
}

/// A process with one consultation: texts, votes changed and taken back, moderation, an answer, an import, results.
async fn fill(tx: &mut Tx<'_>) -> Result<(), Error> {
    let admin = person(tx, "Mairie", Role::Administrator).await?;
    let mut people = vec![];
    for name in ["Ana", "Bao", "Chloé", "Driss"] {
        people.push(person(tx, name, Role::Participant).await?);
    }
    let both = |fr: &str| Localized::new(fr, format!("{fr} (en)"));
    let process = ProcessDraft {
        title: both("Place du marché"),
        summary: both("Résumé"),
        object: both("=Objet"),
        perimeter: both("Tous"),
        duplicates_rule: both("Un vote par personne"),
        method_note: both("Méthode"),
        answer_due_at: Some(NOW + 30 * DAY),
        ..ProcessDraft::default()
    };
    let process = process::create(tx, NOW, &process).await?;
    let phase = PhaseDraft {
        title: both("Consultation"),
        description: Localized::default(),
        starts_at: NOW,
        ends_at: NOW + 10 * DAY,
    };
    let phase = process::add_phase(tx, NOW, process.id, &phase).await?;
    let activity = process::add_activity(tx, NOW, process.id, "test", &both("Avis"), Some(phase)).await?;
    process::publish(tx, NOW, process.id).await?;
    process::publish_activity(tx, NOW, activity.id).await?;
    let rules = ActivityDraft {
        title: both("Vos avis"),
        summary: Localized::default(),
        phase_id: Some(phase),
        rules: r#"{"proposals":true}"#.into(),
    };
    process::update_activity(tx, NOW, activity.id, &rules).await?;
    let activity = process::activity(tx, activity.id).await?.ok_or(Error::NotFound)?;
    process::record_moments(tx, NOW + 1).await?;
    let [ana, bao, chloe, driss] = <[Participant; 4]>::try_from(people).expect("four people");
    let at = NOW + DAY;
    let tree =
        publish(tx, at, &ana, &activity, text("proposal", "=HYPERLINK(\"http://x\")", "Des arbres\r\n-1"))
            .await?;
    let bench = publish(tx, at, &bao, &activity, text("proposal", "Des bancs", "'Cité' — l’été")).await?;
    let parent =
        Draft { parent_id: Some(tree), side: Some(1), ..text("argument", "", "@SOMME : de l’ombre") };
    let shade = publish(tx, at, &chloe, &activity, parent).await?;
    let insult = Draft { parent_id: Some(tree), side: Some(-1), ..text("argument", "", "SECRET insulte") };
    let insult = publish(tx, at, &driss, &activity, insult).await?;
    let gone = publish(tx, at, &driss, &activity, text("proposal", "Retiré", "SECRET retiré")).await?;
    contribution::revise(tx, at, &ana, tree, 1, &text("proposal", "Des arbres", "+ d’arbres"), "plus court")
        .await?;
    let three = |_: &str| -> &'static [i64] { &[1, 0, -1] };
    for (who, id, value) in [(&ana, tree, 1), (&bao, tree, 1), (&chloe, tree, -1), (&driss, bench, 0)] {
        reaction::cast(tx, at, who, None, id, Some(value), three).await?;
    }
    reaction::cast(tx, at + DAY, &chloe, None, tree, Some(0), three).await?;
    reaction::cast(tx, at + DAY, &bao, None, tree, None, three).await?;
    reaction::cast(tx, at + DAY, &bao, None, tree, Some(-1), three).await?;
    reaction::cast(tx, at, &ana, None, shade, Some(1), |_| &[1]).await?;
    reaction::cast(tx, at, &bao, None, insult, Some(1), |_| &[1]).await?;
    moderation::hide(tx, at, &admin, insult, "insult", "Une insulte contre Ana").await?;
    moderation::hide(tx, at, &admin, shade, "other", "Une erreur de notre part").await?;
    moderation::restore(tx, at, &admin, shade, "Rétabli").await?;
    contribution::withdraw(tx, at, &driss, gone).await?;
    answer::save(tx, at, &admin, tree, "accepted", &both("-Oui"), true).await?;
    let document =
        process::DocumentDraft { kind: "synthesis".into(), title: both("Synthèse"), body: both("Texte") };
    process::save_document(tx, at, process.id, None, &document, true).await?;
    let author = contribution::imported_author(tx, at, "x:1", "Participant 1", Locale::Fr).await?;
    for (key, hidden) in [("opinion:1", false), ("opinion:2", true)] {
        let imported = Imported {
            kind: "proposal",
            origin_key: key,
            parent_id: None,
            section_id: None,
            side: None,
            position: 1,
            official: false,
            author_id: author,
            title: "Importée",
            body: "Texte",
            explanation: "",
            extra: r#"{"z":1,"a":"é"}"#,
            lang: Locale::Fr,
            published_at: NOW - 100 * DAY,
            updated_at: NOW - 99 * DAY,
            totals: Totals { r#for: 1320, mixed: 282, against: 1732 },
            hidden,
        };
        contribution::import(tx, at, &activity, &imported).await?;
    }
    process::record_moments(tx, NOW + 11 * DAY).await?;
    process::publish_results(
        tx,
        NOW + 11 * DAY,
        activity.id,
        &serde_json::json!({ "method": "test", "n": 3 }),
    )
    .await?;
    // A draft of a text and of a process stay at home.
    contribution::save_draft(tx, at, &ana, &activity, &text("proposal", "SECRET", "SECRET brouillon"), None)
        .await?;
    process::create(tx, NOW, &ProcessDraft { title: both("SECRET projet"), ..ProcessDraft::default() })
        .await?;
    Ok(())
}

async fn export(db: &Store) -> Vec<u8> {
    let options = Options::new(NOW + 12 * DAY, "https://ville.example/");
    let (out, _) = write_bundle(db, Arc::new(NoTool), options, Cursor::new(vec![])).await.unwrap();
    out.into_inner()
}

fn check(zip: &[u8]) -> Report {
    verify::zip(zip, None, &[]).unwrap()
}

fn failure(report: &Report) -> String {
    report.first_failure().map(|c| format!("{}: {}", c.name, c.detail)).unwrap_or_default()
}

#[db_test(migrations = SETS)]
async fn the_bundle_verifies_and_keeps_secrets(db: Store) -> Result<(), Error> {
    db.write(|tx| boxed(fill(tx))).await?;
    let zip = export(&db).await;
    let report = check(&zip);
    assert!(report.ok(), "{}", failure(&report));
    assert_eq!(export(&db).await, zip, "one state, one bundle");
    let files = Zipped::read(&zip).unwrap();
    let mut all = String::new();
    for name in files.names() {
        all.push_str(&String::from_utf8_lossy(&files.read(&name).unwrap()));
    }
    for secret in ["SECRET", "@example.org", "Chloé", "insulte contre"] {
        assert!(!all.contains(secret), "{secret} is in the bundle");
    }
    let contributions =
        String::from_utf8(files.read("data/contributions.csv").unwrap().into_owned()).unwrap();
    assert!(contributions.contains("'+ d’arbres"), "a formula is guarded: {contributions}");
    assert!(contributions.contains("1320,282,1732"));
    let reactions = String::from_utf8(files.read("data/reactions.csv").unwrap().into_owned()).unwrap();
    assert_eq!(reactions.lines().count(), 1 + 6, "{reactions}");
    Ok(())
}

#[db_test(migrations = SETS)]
async fn an_empty_site_has_a_bundle_too(db: Store) {
    let zip = export(&db).await;
    let report = check(&zip);
    assert!(report.ok(), "{}", failure(&report));
}

/// The files of a bundle, to be forged and signed again by somebody who holds the key.
fn unpack(zip: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let files = Zipped::read(zip).unwrap();
    files.names().into_iter().map(|n| (n.clone(), files.read(&n).unwrap().into_owned())).collect()
}

async fn signer(db: &Store) -> Signer {
    db.write(|tx| boxed(async move { parvis_civic::journal::signer(tx, "").await })).await.unwrap()
}

#[db_test(migrations = SETS)]
async fn figures_that_were_forged_and_signed_again_are_found(db: Store) -> Result<(), Error> {
    db.write(|tx| boxed(fill(tx))).await?;
    let files = unpack(&export(&db).await);
    let signer = signer(&db).await;
    let forge = |name: &str, from: &str, to: &str| {
        let mut forged = files.clone();
        for name in [format!("data/{name}.csv"), format!("data/{name}.jsonl")] {
            if let Some(bytes) = forged.get_mut(&name) {
                let text = String::from_utf8(bytes.clone()).unwrap();
                let to = if name.ends_with("jsonl") {
                    to.replace("'+", "+").replace("'-", "-")
                } else {
                    to.into()
                };
                *bytes = text.replace(from, &to).into_bytes();
            }
        }
        seal(&mut forged, &signer);
        let report = verify::files(&forged, None, &[]);
        report.first_failure().map(|c| c.name.to_string()).unwrap_or_default()
    };
    assert_eq!(forge("contributions", "nothing", "nothing"), "", "sealing again changes nothing");
    assert_eq!(forge("contributions", "d’arbres", "d’herbes"), "present-texts");
    assert_eq!(forge("versions", "d’arbres", "d’herbes"), "versions");
    assert_eq!(forge("contributions", "1320", "1321"), "totals-imported");
    assert_eq!(forge("contributions", "\"imported_for\":1320", "\"imported_for\":1321"), "json-lines");
    assert_eq!(forge("contributions", "hidden", "published"), "versions");
    assert_eq!(forge("answers", "Oui", "Non"), "answers");
    assert_eq!(forge("answers", "accepted", "refused"), "answers");
    assert_eq!(forge("documents", "Synthèse", "Silence"), "documents");
    assert_eq!(forge("moderation", "insult", "spam"), "moderation");
    assert_eq!(forge("processes", "Objet", "Projet"), "processes");
    assert_eq!(forge("phases", "2026-06-11", "2026-06-12"), "processes");
    assert_eq!(forge("activities", "proposals", "proposal"), "activities");
    // A vote that is left out, turned round, or counted twice.
    let reactions = String::from_utf8(files["data/reactions.csv"].clone()).unwrap();
    let json = String::from_utf8(files["data/reactions.jsonl"].clone()).unwrap();
    let description = String::from_utf8(files["datapackage.json"].clone()).unwrap();
    let forge_votes = |drop: bool| {
        let mut forged = files.clone();
        let (mut csv, mut lines) = (reactions.clone(), json.clone());
        if drop {
            let last = csv.trim_end().rfind('\n').unwrap();
            csv.truncate(last + 1);
            let last = lines.trim_end().rfind('\n').unwrap();
            lines.truncate(last + 1);
            let rows = description.replace("\"rows\": 6", "\"rows\": 5");
            forged.insert("datapackage.json".into(), rows.into_bytes());
        } else {
            let row = csv.lines().nth(1).unwrap().to_owned();
            let mut cells: Vec<String> = row.split(',').map(str::to_owned).collect();
            let before = cells[1].clone();
            cells[1] = if before == "1" { "-1".into() } else { "1".into() };
            csv = csv.replace(&row, &cells.join(","));
            let line = lines.lines().next().unwrap().to_owned();
            let turned = line.replace(&format!("\"value\":{before}"), &format!("\"value\":{}", cells[1]));
            lines = lines.replace(&line, &turned);
        }
        forged.insert("data/reactions.csv".into(), csv.into_bytes());
        forged.insert("data/reactions.jsonl".into(), lines.into_bytes());
        seal(&mut forged, &signer);
        verify::files(&forged, None, &[]).first_failure().map(|c| c.name.to_string()).unwrap_or_default()
    };
    assert_eq!(forge_votes(true), "reactions");
    assert_eq!(forge_votes(false), "reactions");
    // Results.
    for (name, check) in
        [("activity-1.json", "results-figures"), ("activity-1-published.json", "results-published")]
    {
        let mut forged = files.clone();
        let bytes = forged.get_mut(&format!("results/{name}")).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        *bytes = text.replacen('3', "4", 1).into_bytes();
        seal(&mut forged, &signer);
        let report = verify::files(&forged, None, &[]);
        assert_eq!(report.first_failure().unwrap().name, check);
    }
    Ok(())
}

#[db_test(migrations = SETS)]
async fn a_byte_changed_anywhere_is_found(db: Store) -> Result<(), Error> {
    db.write(|tx| boxed(fill(tx))).await?;
    let zip = export(&db).await;
    // In each file, first, middle and last byte …
    let files = unpack(&zip);
    for (name, bytes) in &files {
        for at in [0, bytes.len() / 2, bytes.len().saturating_sub(1)] {
            if bytes.is_empty() {
                continue;
            }
            let mut forged = files.clone();
            forged.get_mut(name).unwrap()[at] ^= 1;
            assert!(!verify::files(&forged, None, &[]).ok(), "{name}, byte {at}");
        }
    }
    // … and in the zip itself, everywhere.
    let step = (zip.len() / 400).max(1);
    for at in (0..zip.len()).step_by(step).chain(zip.len() - 200..zip.len()) {
        let mut changed = zip.clone();
        changed[at] ^= 1;
        let is_ok = verify::zip(&changed, None, &[]).is_ok_and(|report| report.ok());
        assert!(!is_ok, "byte {at} of {}", zip.len());
    }
    Ok(())
}

#[test]
fn what_is_no_zip_is_said_to_be_none() {
    assert!(verify::zip(b"hello", None, &[]).is_err());
    let report = verify::zip(b"PK but no more", None, &[]).unwrap();
    assert_eq!(report.first_failure().unwrap().name, "archive");
}

/// An open consultation with one text and two votes.
async fn open_vote(tx: &mut Tx<'_>, rules: &str) -> Result<(Participant, i64), Error> {
    let ana = person(tx, "Ana", Role::Participant).await?;
    let bao = person(tx, "Bao", Role::Participant).await?;
    let both = |s: &str| Localized::new(s, s);
    let process = ProcessDraft {
        title: both("Rue"),
        summary: both("…"),
        object: both("…"),
        perimeter: both("…"),
        duplicates_rule: both("…"),
        method_note: both("…"),
        answer_due_at: Some(NOW + 30 * DAY),
        ..ProcessDraft::default()
    };
    let process = process::create(tx, NOW, &process).await?;
    let phase = PhaseDraft {
        title: both("Avis"),
        description: Localized::default(),
        starts_at: NOW,
        ends_at: NOW + 20 * DAY,
    };
    let phase = process::add_phase(tx, NOW, process.id, &phase).await?;
    let activity = process::add_activity(tx, NOW, process.id, "test", &both("Avis"), Some(phase)).await?;
    let draft = ActivityDraft {
        title: both("Avis"),
        summary: Localized::default(),
        phase_id: Some(phase),
        rules: rules.into(),
    };
    process::update_activity(tx, NOW, activity.id, &draft).await?;
    process::publish(tx, NOW, process.id).await?;
    process::publish_activity(tx, NOW, activity.id).await?;
    process::record_moments(tx, NOW).await?;
    let activity = process::activity(tx, activity.id).await?.ok_or(Error::NotFound)?;
    let id = publish(tx, NOW, &ana, &activity, text("proposal", "Des arbres", "Beaucoup d’arbres")).await?;
    for (who, value) in [(&ana, 1), (&bao, -1)] {
        reaction::cast(tx, NOW, who, None, id, Some(value), |_| &[1, 0, -1]).await?;
    }
    Ok((ana, id))
}

async fn table(zip: &[u8], name: &str) -> String {
    let files = Zipped::read(zip).unwrap();
    String::from_utf8(files.read(&format!("data/{name}.csv")).unwrap().into_owned()).unwrap()
}

#[db_test(migrations = SETS)]
async fn totals_that_are_not_public_yet_are_not_exported(db: Store) -> Result<(), Error> {
    db.write(|tx| boxed(open_vote(tx, r#"{"hide_totals_until_closed":true}"#))).await?;
    let zip = export(&db).await;
    let report = check(&zip);
    assert!(report.ok(), "{}", failure(&report));
    assert_eq!(table(&zip, "reactions").await.lines().count(), 1, "no vote before the close");
    // Once closed, they are.
    db.write(|tx| boxed(async move { process::record_moments(tx, NOW + 20 * DAY).await })).await?;
    let options = Options::new(NOW + 21 * DAY, "https://ville.example/");
    let (out, _) = write_bundle(&db, Arc::new(NoTool), options, Cursor::new(vec![])).await?;
    let zip = out.into_inner();
    let report = check(&zip);
    assert!(report.ok(), "{}", failure(&report));
    assert_eq!(table(&zip, "reactions").await.lines().count(), 3);
    // The journal says that it is closed: hiding them now is found.
    let report = check(&export(&db).await);
    assert_eq!(report.first_failure().unwrap().name, "activities");
    Ok(())
}

#[db_test(migrations = SETS)]
async fn erasing_a_person_keeps_the_bundle_valid(db: Store) -> Result<(), Error> {
    for texts in [account::Texts::Keep, account::Texts::Withdraw] {
        let (ana, id) = match texts {
            account::Texts::Keep => db.write(|tx| boxed(open_vote(tx, "{}"))).await?,
            account::Texts::Withdraw => {
                db.write(|tx| {
                    boxed(async move {
                        let ana = person(tx, "Zoé", Role::Participant).await?;
                        let activity = process::activity(tx, 1).await?.ok_or(Error::NotFound)?;
                        let draft = text("proposal", "SECRET à effacer", "SECRET à effacer");
                        let id = publish(tx, NOW, &ana, &activity, draft).await?;
                        Ok::<_, Error>((ana, id))
                    })
                })
                .await?
            }
        };
        db.write(move |tx| boxed(async move { account::erase(tx, NOW + 1, ana.id, texts).await })).await?;
        let zip = export(&db).await;
        let report = check(&zip);
        assert!(report.ok(), "{}", failure(&report));
        for (name, bytes) in unpack(&zip) {
            assert!(!String::from_utf8_lossy(&bytes).contains("SECRET"), "{name}");
        }
        assert!(table(&zip, "contributions").await.contains(&format!("\n{id},")), "its place stays");
    }
    Ok(())
}
