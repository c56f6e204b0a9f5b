//! Public acts, on both engines: who may, when, what is counted, and what the journal holds of it.

#![expect(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it must be")]

use parvis_civic::account::{self, Participant};
use parvis_civic::contribution::{self, Contribution, Draft, List, Order, Totals};
use parvis_civic::follow::{self, News, Told};
use parvis_civic::journal::{self, Log};
use parvis_civic::process::{self, Activity, Moment, PhaseDraft, ProcessDraft};
use parvis_civic::sealed::Change;
use parvis_civic::{Error, answer, moderation, once, reaction};
use parvis_core::{Locale, Localized, Millis};
use parvis_store::{Migrations, Store, db_test, p};
use parvis_transparency::{canonical, merkle};

const SETS: &[Migrations] = &[parvis_ops::MIGRATIONS, parvis_civic::MIGRATIONS];
const OPENS: Millis = 1_774_746_000_000; // 29 March 2026, 01:00 UTC: the night the clocks change in Paris
const CLOSES: Millis = OPENS + 22 * process::DAY;

/// A store with its result, so that tests read as sentences.
macro_rules! write {
    ($db:expr, |$tx:ident| $body:expr) => {
        $db.write(move |$tx| Box::pin(async move { $body })).await
    };
}

fn both(text: &str) -> Localized {
    Localized::new(text, text)
}

fn rules() -> ProcessDraft {
    ProcessDraft {
        title: both("Places et rues"),
        summary: both("Résumé"),
        object: both("Objet"),
        perimeter: both("Périmètre"),
        duplicates_rule: both("Une personne, un compte"),
        method_note: both("Méthode"),
        answer_due_at: Some(CLOSES + 30 * process::DAY),
        ..ProcessDraft::default()
    }
}

async fn person(db: &Store, name: &'static str) -> Participant {
    write!(db, |tx| {
        let id = tx
            .insert(
                "insert into participant (email, pseudonym, pseudonym_folded, created_at)
                 values ($1, $2, $2, 0) returning id",
                &p![format!("{name}@example.org"), name],
            )
            .await?;
        Ok::<_, Error>(account::find(tx, id).await?.expect("just written"))
    })
    .unwrap()
}

async fn consultation(db: &Store) -> Activity {
    write!(db, |tx| {
        let process = process::create(tx, OPENS - 10, &rules()).await?;
        let phase = PhaseDraft {
            title: both("Consultation"),
            description: Localized::default(),
            starts_at: OPENS,
            ends_at: CLOSES,
        };
        let phase = process::add_phase(tx, OPENS - 10, process.id, &phase).await?;
        let activity =
            process::add_activity(tx, OPENS - 10, process.id, "test", &both("Le texte"), Some(phase)).await?;
        process::publish(tx, OPENS - 5, process.id).await?;
        process::publish_activity(tx, OPENS - 5, activity.id).await?;
        Ok::<_, Error>(process::activity(tx, activity.id).await?.expect("just written"))
    })
    .unwrap()
}

fn draft(kind: &'static str, title: &str, body: &str) -> Draft {
    Draft { kind, title: title.into(), body: body.into(), ..Draft::default() }
}

async fn publish(
    db: &Store,
    who: &Participant,
    activity: &Activity,
    draft: Draft,
    at: Millis,
) -> Contribution {
    let (who, activity) = (who.clone(), activity.clone());
    write!(db, |tx| {
        let id = contribution::save_draft(tx, at, &who, &activity, &draft, None).await?;
        Ok::<_, Error>(contribution::publish(tx, at, &who, id).await?.0)
    })
    .unwrap()
}

async fn cast(
    db: &Store,
    who: &Participant,
    id: i64,
    value: Option<i64>,
    at: Millis,
) -> Result<reaction::Cast, Error> {
    let who = who.clone();
    write!(db, |tx| reaction::cast(tx, at, &who, None, id, value, |_| &[1, 0, -1]).await)
}

async fn find(db: &Store, id: i64) -> Contribution {
    db.read(move |tx| Box::pin(async move { contribution::find(tx, id).await })).await.unwrap().unwrap()
}

#[db_test(migrations = SETS)]
async fn a_stance_counts_once_changes_and_goes(db: Store) {
    let activity = consultation(&db).await;
    let ana = person(&db, "ana").await;
    let c =
        publish(&db, &ana, &activity, draft("proposal", "Des bancs", "Plus de bancs publics."), OPENS).await;
    let first = cast(&db, &ana, c.id, Some(1), OPENS).await.unwrap();
    assert_eq!(first.totals, Totals { r#for: 1, mixed: 0, against: 0 });
    let again = cast(&db, &ana, c.id, Some(1), OPENS + 1).await.unwrap();
    assert!(!again.changed, "the same stance again is not another act");
    assert_eq!(again.receipt, first.receipt);
    let changed = cast(&db, &ana, c.id, Some(-1), OPENS + 2).await.unwrap();
    assert_eq!(changed.totals, Totals { r#for: 0, mixed: 0, against: 1 });
    let gone = cast(&db, &ana, c.id, None, OPENS + 3).await.unwrap();
    assert_eq!(gone.totals, Totals::default());
    assert_eq!(find(&db, c.id).await.cast, Totals::default());
}

#[db_test(migrations = SETS)]
async fn opening_and_closing_are_exact_to_the_millisecond(db: Store) {
    let activity = consultation(&db).await;
    let ana = person(&db, "ana").await;
    assert_eq!(activity.moment(OPENS - 1), Moment::Before);
    assert_eq!(activity.moment(OPENS), Moment::During);
    assert_eq!(activity.moment(CLOSES - 1), Moment::During);
    assert_eq!(activity.moment(CLOSES), Moment::After);
    let c = publish(&db, &ana, &activity, draft("proposal", "Des bancs", "Plus de bancs."), OPENS).await;
    assert!(matches!(cast(&db, &ana, c.id, Some(1), OPENS - 1).await, Err(Error::Closed)));
    assert!(cast(&db, &ana, c.id, Some(1), CLOSES - 1).await.is_ok());
    assert!(matches!(cast(&db, &ana, c.id, Some(0), CLOSES).await, Err(Error::Closed)));
    let refused = {
        let (ana, activity) = (ana.clone(), activity.clone());
        write!(db, |tx| {
            let id =
                contribution::save_draft(tx, CLOSES, &ana, &activity, &draft("proposal", "t", "b"), None)
                    .await?;
            contribution::publish(tx, CLOSES, &ana, id).await
        })
    };
    assert!(matches!(refused, Err(Error::Closed)), "{refused:?}");
}

#[db_test(migrations = SETS)]
async fn one_person_at_once_from_everywhere_counts_once(db: Store) {
    let activity = consultation(&db).await;
    let ana = person(&db, "ana").await;
    let c = publish(&db, &ana, &activity, draft("proposal", "Des bancs", "Plus de bancs."), OPENS).await;
    let tries = (0..32).map(|n| {
        let (db, ana) = (db.clone(), ana.clone());
        tokio::spawn(async move { cast(&db, &ana, c.id, Some(1), OPENS + n).await })
    });
    let mut acknowledged = 0;
    for one in tries.collect::<Vec<_>>() {
        acknowledged += i64::from(one.await.unwrap().is_ok());
    }
    assert!(acknowledged >= 1);
    assert_eq!(find(&db, c.id).await.cast, Totals { r#for: 1, mixed: 0, against: 0 });
}

#[db_test(migrations = SETS)]
async fn the_journal_holds_every_act_and_its_receipts_verify(db: Store) {
    let activity = consultation(&db).await;
    let ana = person(&db, "ana").await;
    let c = publish(&db, &ana, &activity, draft("proposal", "Des bancs", "Plus de bancs."), OPENS).await;
    let vote = cast(&db, &ana, c.id, Some(1), OPENS + 5).await.unwrap();
    let log = Log::new();
    let size = log.sync(&db).await.unwrap();
    let entries = db.read(|tx| Box::pin(async move { journal::from(tx, 0, 100).await })).await.unwrap();
    let kinds: Vec<_> = entries.iter().map(|e| e.kind.as_str()).collect();
    assert_eq!(kinds, ["process-rules", "activity-published", "contribution", "reaction"]);
    assert_eq!(size, 4);
    let places: Vec<_> = entries.iter().map(|e| e.index).collect();
    assert_eq!(places, [Some(0), Some(1), Some(2), Some(3)]);
    let hashes: Vec<_> = entries.iter().map(|e| merkle::leaf_hash(e.leaf.as_bytes())).collect();
    assert_eq!(log.with(merkle::Tree::root), merkle::root(&hashes));
    for entry in &entries {
        let value = serde_json::from_str(&entry.leaf).unwrap();
        assert_eq!(canonical::to_bytes(&value).unwrap(), entry.leaf.as_bytes());
        assert!(!entry.leaf.contains("ana"), "no person in a leaf: {}", entry.leaf);
        assert!(!entry.leaf.contains("bancs"), "no text in a leaf: {}", entry.leaf);
    }
    let hash = vote.receipt.unwrap();
    let entry = log.entry(&db, &hash).await.unwrap().expect("the receipt's leaf");
    let of = entry.clone();
    let (signer, opening) = db
        .write(move |tx| {
            Box::pin(async move {
                let signer = journal::signer(tx, "ville.example/journal").await?;
                let opening = journal::opening(tx, &of).await?;
                Ok::<_, Error>((signer, opening))
            })
        })
        .await
        .unwrap();
    let receipt = log.receipt(&signer, &entry, opening.as_ref()).unwrap();
    let verified = receipt.verify(signer.verifier()).unwrap();
    assert_eq!(verified.content.unwrap()["value"], 1);
    assert_eq!(verified.checkpoint.size, 4);
}

#[db_test(migrations = SETS)]
async fn versions_refuse_to_overwrite_what_changed_meanwhile(db: Store) {
    let activity = consultation(&db).await;
    let ana = person(&db, "ana").await;
    let c = publish(&db, &ana, &activity, draft("proposal", "Des bancs", "Plus de bancs."), OPENS).await;
    let revise = |base: i64, body: &'static str| {
        let (db, ana) = (db.clone(), ana.clone());
        async move {
            write!(db, |tx| {
                contribution::revise(
                    tx,
                    OPENS + 9,
                    &ana,
                    c.id,
                    base,
                    &draft("proposal", "Des bancs", body),
                    "",
                )
                .await
            })
        }
    };
    revise(1, "Plus de bancs et d’ombre.").await.unwrap();
    let late = revise(1, "Autre texte.").await;
    assert!(matches!(late, Err(Error::Conflict("civic-changed-meanwhile"))), "{late:?}");
    assert_eq!(find(&db, c.id).await.body, "Plus de bancs et d’ombre.");
    let versions =
        db.read(move |tx| Box::pin(async move { contribution::versions(tx, c.id).await })).await.unwrap();
    assert_eq!(versions.iter().map(|v| v.number).collect::<Vec<_>>(), [1, 2]);
}

#[db_test(migrations = SETS)]
async fn children_are_counted_while_they_are_shown(db: Store) {
    let activity = consultation(&db).await;
    let (ana, mo) = (person(&db, "ana").await, person(&db, "mo").await);
    let c = publish(&db, &ana, &activity, draft("proposal", "Des bancs", "Plus de bancs."), OPENS).await;
    let against =
        Draft { parent_id: Some(c.id), side: Some(-1), ..draft("argument", "", "Trop cher pour nous.") };
    let argument = publish(&db, &mo, &activity, against, OPENS + 1).await;
    assert_eq!(find(&db, c.id).await.arguments_against, 1);
    let moderator = ana.clone();
    write!(db, |tx| {
        moderation::hide(
            tx,
            OPENS + 2,
            &moderator,
            argument.id,
            "insult",
            "Propos blessants envers un voisin.",
        )
        .await
    })
    .unwrap();
    assert_eq!(find(&db, c.id).await.arguments_against, 0);
    let gone = cast(&db, &ana, argument.id, Some(1), OPENS + 3).await;
    assert!(matches!(gone, Err(Error::Conflict("civic-reaction-gone"))), "{gone:?}");
    let (moderator, author) = (ana.clone(), mo.clone());
    let decision = db
        .read(move |tx| Box::pin(async move { moderation::decisions(tx, argument.id).await }))
        .await
        .unwrap()
        .remove(0);
    write!(db, |tx| moderation::appeal(tx, OPENS + 4, &author, decision.id, "Je ne visais personne.").await)
        .unwrap();
    write!(db, |tx| {
        moderation::decide_appeal(tx, OPENS + 5, &moderator, decision.id, true, "Vous avez raison, pardon.")
            .await
    })
    .unwrap();
    assert_eq!(find(&db, c.id).await.arguments_against, 1);
}

#[db_test(migrations = SETS)]
async fn an_appeal_belongs_to_the_author(db: Store) {
    let activity = consultation(&db).await;
    let (ana, mo) = (person(&db, "ana").await, person(&db, "mo").await);
    let c = publish(&db, &ana, &activity, draft("proposal", "Des bancs", "Plus de bancs."), OPENS).await;
    let moderator = mo.clone();
    write!(db, |tx| moderation::hide(tx, OPENS, &moderator, c.id, "spam", "Publicité répétée.").await)
        .unwrap();
    let decision = db
        .read(move |tx| Box::pin(async move { moderation::decisions(tx, c.id).await }))
        .await
        .unwrap()
        .remove(0);
    let other = mo.clone();
    let refused =
        write!(db, |tx| moderation::appeal(tx, OPENS, &other, decision.id, "Ce n’est pas juste.").await);
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
}

#[db_test(migrations = SETS)]
async fn answers_are_drafts_until_published_together(db: Store) {
    let activity = consultation(&db).await;
    let ana = person(&db, "ana").await;
    let mut ids = vec![];
    for title in ["Des bancs", "Des arbres"] {
        ids.push(
            publish(&db, &ana, &activity, draft("proposal", title, "Un texte assez long."), OPENS).await.id,
        );
    }
    for id in ids.clone() {
        let editor = ana.clone();
        write!(db, |tx| answer::save(tx, OPENS, &editor, id, "accepted", &both("Oui."), false).await)
            .unwrap();
    }
    let shown = ids.clone();
    let statuses =
        db.read(move |tx| Box::pin(async move { answer::statuses(tx, &shown).await })).await.unwrap();
    assert!(statuses.is_empty(), "drafts are not shown");
    let editor = ana.clone();
    let published = write!(db, |tx| answer::publish_all(tx, OPENS + 1, &editor, activity.id).await).unwrap();
    assert_eq!(published, 2);
    let progress =
        db.read(move |tx| Box::pin(async move { answer::progress(tx, activity.id, "proposal").await })).await;
    assert_eq!(progress.unwrap(), (2, 0));
}

#[db_test(migrations = SETS)]
async fn a_process_cannot_open_without_its_rules(db: Store) {
    let lacking = write!(db, |tx| {
        let process =
            process::create(tx, 0, &ProcessDraft { title: both("Vide"), ..Default::default() }).await?;
        let missing = process::missing(tx, &process).await?;
        let refused = process::publish(tx, 0, process.id).await;
        assert!(matches!(refused, Err(Error::Conflict("civic-missing-summary"))), "{refused:?}");
        Ok::<_, Error>(missing.into_iter().map(|m| m.0).collect::<Vec<_>>())
    })
    .unwrap();
    assert_eq!(
        lacking,
        [
            "civic-missing-summary",
            "civic-missing-object",
            "civic-missing-perimeter",
            "civic-missing-duplicates",
            "civic-missing-method",
            "civic-missing-dates",
            "civic-missing-answer-date",
        ]
    );
}

#[db_test(migrations = SETS)]
async fn the_environment_preset_asks_for_its_days_and_documents(db: Store) {
    write!(db, |tx| {
        let draft = ProcessDraft {
            preset: "l123-19-1".into(),
            answer_due_at: Some(OPENS + 22 * process::DAY),
            ..rules()
        };
        let process = process::create(tx, 0, &draft).await?;
        let phase = PhaseDraft {
            title: both("Participation"),
            description: Localized::default(),
            starts_at: OPENS,
            ends_at: OPENS + 20 * process::DAY,
        };
        let id = process::add_phase(tx, 0, process.id, &phase).await?;
        process::add_activity(tx, 0, process.id, "test", &both("Texte"), Some(id)).await?;
        let keys: Vec<_> = process::missing(tx, &process).await?.into_iter().map(|m| m.0).collect();
        assert_eq!(keys, ["civic-missing-four-days", "civic-missing-twenty-one-days"]);
        let longer = PhaseDraft { ends_at: OPENS + 21 * process::DAY, ..phase };
        let change = process::update_phase(tx, 0, id, &longer, &Localized::default()).await?;
        assert_eq!(change, Change::Done);
        let later = ProcessDraft { answer_due_at: Some(OPENS + 25 * process::DAY), ..draft };
        process::update(tx, 0, process.id, &later).await?;
        let process = process::find(tx, process.id).await?.expect("it is there");
        assert!(process::missing(tx, &process).await?.is_empty());
        let open: Vec<_> = process::missing_to_close(tx, &process).await?.into_iter().map(|m| m.0).collect();
        assert_eq!(open, ["civic-missing-synthesis", "civic-missing-observations", "civic-missing-reasons"]);
        let document =
            process::DocumentDraft { kind: "synthesis".into(), title: both("Synthèse"), body: both("…") };
        let document = process::save_document(tx, OPENS, process.id, None, &document, true).await?;
        let kept = process::remove_document(tx, OPENS + 80 * process::DAY, process.id, document).await;
        assert!(matches!(kept, Err(Error::Conflict("civic-document-three-months"))), "{kept:?}");
        process::remove_document(tx, OPENS + 93 * process::DAY, process.id, document).await
    })
    .unwrap();
}

#[db_test(migrations = SETS)]
async fn what_has_published_results_does_not_open_again(db: Store) {
    let activity = consultation(&db).await;
    let phase = activity.phase.clone().expect("it has a phase");
    let draft = PhaseDraft {
        title: phase.title.clone(),
        description: phase.description.clone(),
        starts_at: phase.starts_at,
        ends_at: CLOSES + process::DAY,
    };
    let (id, longer) = (phase.id, draft.clone());
    // Until then, a closing that came too early is moved.
    let moved =
        write!(db, |tx| process::update_phase(tx, CLOSES + 1, id, &longer, &Localized::default()).await);
    assert_eq!(moved.unwrap(), Change::Done);
    let at = CLOSES + 2 * process::DAY;
    write!(db, |tx| process::publish_results(tx, at, activity.id, &serde_json::json!({})).await).unwrap();
    let later = PhaseDraft { ends_at: at + process::DAY, ..draft.clone() };
    let again = write!(db, |tx| process::update_phase(tx, at + 1, id, &later, &Localized::default()).await);
    let Err(Error::Fields(errors)) = again else { panic!("{again:?}") };
    assert_eq!(errors.on("ends_at").map(|e| e.key), Some("civic-phase-has-results"));
    // Its words may still be mended.
    let words = PhaseDraft { title: both("Consultation du printemps"), ..draft };
    let mended = write!(db, |tx| process::update_phase(tx, at + 2, id, &words, &Localized::default()).await);
    assert_eq!(mended.unwrap(), Change::Done);
}

#[db_test(migrations = SETS)]
async fn openings_and_closings_are_journaled_once(db: Store) {
    let _ = consultation(&db).await;
    for (at, written) in [(OPENS - 1, 0), (OPENS, 1), (OPENS + 1, 0), (CLOSES + 7, 1), (CLOSES + 8, 0)] {
        let n = write!(db, |tx| process::record_moments(tx, at).await).unwrap();
        assert_eq!(n, written, "at {}", at - OPENS);
    }
}

#[db_test(migrations = SETS)]
async fn a_random_list_is_stable_for_a_seed_and_pages_do_not_repeat(db: Store) {
    let activity = consultation(&db).await;
    let ana = person(&db, "ana").await;
    for n in 0..23 {
        publish(&db, &ana, &activity, draft("proposal", &format!("Titre {n}"), "Un texte."), OPENS + n).await;
    }
    let page = |seed: i64, offset: i64| {
        let db = db.clone();
        let id = activity.id;
        async move {
            db.read(move |tx| {
                Box::pin(async move {
                    let list =
                        List { order: Order::Random(seed), limit: 10, offset, ..List::of(id, &["proposal"]) };
                    let ids = contribution::list(tx, &list).await?.iter().map(|c| c.id).collect::<Vec<_>>();
                    Ok::<_, Error>((ids, contribution::count(tx, &list).await?))
                })
            })
            .await
            .unwrap()
        }
    };
    let mut all = vec![];
    for offset in [0, 10, 20] {
        let (ids, total) = page(4821, offset).await;
        assert_eq!(total, 23);
        all.extend(ids);
    }
    assert_eq!(all[..10], page(4821, 0).await.0);
    assert_ne!(all[..10], page(77, 0).await.0, "another seed, another order");
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 23);
}

#[db_test(migrations = SETS)]
async fn importing_twice_changes_nothing(db: Store) {
    let activity = consultation(&db).await;
    let import = || {
        let (db, activity) = (db.clone(), activity.clone());
        async move {
            write!(db, |tx| {
                let author = contribution::imported_author(tx, 0, "u_1", "Participant 1", Locale::Fr).await?;
                let imported = contribution::Imported {
                    kind: "proposal",
                    origin_key: "61",
                    parent_id: None,
                    section_id: None,
                    side: None,
                    position: 1,
                    official: false,
                    author_id: author,
                    title: "Titre",
                    body: "Texte",
                    explanation: "",
                    extra: "{}",
                    lang: Locale::Fr,
                    published_at: 5,
                    updated_at: 6,
                    totals: Totals { r#for: 1320, mixed: 282, against: 1732 },
                    hidden: false,
                };
                contribution::import(tx, 9, &activity, &imported).await
            })
            .unwrap()
        }
    };
    let (id, new) = import().await;
    assert!(new);
    assert_eq!(import().await, (id, false));
    let c = find(&db, id).await;
    assert_eq!(c.imported, Totals { r#for: 1320, mixed: 282, against: 1732 });
    assert_eq!(c.cast, Totals::default(), "imported totals are never mixed with the ones cast here");
}

#[db_test(migrations = SETS)]
async fn a_form_received_twice_leads_to_the_same_place(db: Store) {
    let ana = person(&db, "ana").await;
    let id = ana.id;
    let send = || {
        let db = db.clone();
        async move {
            write!(db, |tx| {
                if let Some(place) = once::seen(tx, id, "k1").await? {
                    return Ok::<_, Error>((place, false));
                }
                once::remember(tx, 0, id, "k1", "/c/1").await?;
                Ok(("/c/1".into(), true))
            })
        }
    };
    assert_eq!(send().await.unwrap(), ("/c/1".to_owned(), true));
    assert_eq!(send().await.unwrap(), ("/c/1".to_owned(), false));
}

#[db_test(migrations = SETS)]
async fn an_erased_person_leaves_texts_withdrawn_and_a_valid_journal(db: Store) {
    let activity = consultation(&db).await;
    let ana = person(&db, "ana").await;
    let c = publish(&db, &ana, &activity, draft("proposal", "Des bancs", "Plus de bancs."), OPENS).await;
    cast(&db, &ana, c.id, Some(1), OPENS).await.unwrap();
    let before = Log::new();
    before.sync(&db).await.unwrap();
    let id = ana.id;
    write!(db, |tx| contribution::withdraw_all_of(tx, OPENS + 1, id).await).unwrap();
    assert_eq!(find(&db, c.id).await.status, contribution::Status::Withdrawn);
    let after = Log::new();
    let size = after.sync(&db).await.unwrap();
    assert_eq!(size, before.size() + 1);
    let root = after.with(|t| t.root_at(before.size())).unwrap();
    assert_eq!(root, before.with(merkle::Tree::root), "the log only grew");
}

#[db_test(migrations = SETS)]
async fn a_component_may_open_an_act_in_another_phase_of_its_process(db: Store) {
    let activity = consultation(&db).await;
    let ana = person(&db, "ana").await;
    let before = OPENS - 5 * process::DAY;
    let (earlier, elsewhere) = {
        let id = activity.process_id;
        write!(db, |tx| {
            let phase = PhaseDraft {
                title: both("Dépôt"),
                description: Localized::default(),
                starts_at: before,
                ends_at: OPENS,
            };
            let other = process::create(tx, before, &rules()).await?;
            let elsewhere = process::add_phase(tx, before, other.id, &phase).await?;
            Ok::<_, Error>((process::add_phase(tx, before, id, &phase).await?, elsewhere))
        })
        .unwrap()
    };
    let publish = async |phase: Option<i64>, at: Millis| {
        let (ana, activity) = (ana.clone(), activity.clone());
        write!(db, |tx| {
            let id = contribution::save_draft(
                tx,
                at,
                &ana,
                &activity,
                &draft("idea", "Un banc", "Un banc."),
                None,
            )
            .await?;
            Ok::<_, Error>(contribution::publish_within(tx, at, &ana, id, phase).await?.0)
        })
    };
    // Each phase opens its own act, to the millisecond, and a phase of another process opens none.
    assert!(matches!(publish(None, before).await, Err(Error::Closed)));
    assert!(matches!(publish(Some(earlier), before - 1).await, Err(Error::Closed)));
    let idea = publish(Some(earlier), before).await.unwrap();
    assert!(matches!(publish(Some(earlier), OPENS).await, Err(Error::Closed)));
    assert!(publish(None, OPENS).await.is_ok());
    assert!(matches!(publish(Some(elsewhere), before).await, Err(Error::Closed)));

    let cast = async |phase: Option<i64>, at: Millis| {
        let ana = ana.clone();
        let id = idea.id;
        write!(db, |tx| reaction::cast_within(tx, at, &ana, None, id, Some(1), |_| &[1], phase).await)
    };
    assert!(matches!(cast(Some(elsewhere), before).await, Err(Error::Closed)));
    assert!(matches!(cast(None, OPENS - 1).await, Err(Error::Closed)));
    assert_eq!(cast(Some(earlier), OPENS - 1).await.unwrap().totals.r#for, 1);
    assert!(matches!(cast(Some(earlier), OPENS).await, Err(Error::Closed)));
}

#[db_test(migrations = SETS)]
async fn a_component_tells_in_its_own_words_and_followers_are_carried_over(db: Store) {
    let (ana, bob) = (person(&db, "ana").await, person(&db, "bob").await);
    write!(db, |tx| {
        follow::set(tx, OPENS, ana.id, "project", 7, true).await?;
        follow::set(tx, OPENS, bob.id, "project", 7, true).await?;
        follow::carry(tx, OPENS, ("project", 7), ("project", 8)).await?;
        follow::carry(tx, OPENS, ("project", 7), ("project", 8)).await?;
        let told = Told {
            news: News::Progress,
            title: Localized::new("Le verger", "The orchard"),
            path: "/p/a/b/projects/8".into(),
            detail: Localized::new("Les arbres sont plantés.", "The trees are planted."),
        };
        follow::tell(tx, OPENS, "project", 8, told.clone(), Some(bob.id)).await?;
        follow::tell_one(tx, OPENS, bob.id, Told { news: News::Merger, ..told }).await
    })
    .unwrap();
    let catalog = std::sync::Arc::new(parvis_i18n::Catalog::build(&[parvis_civic::SOURCE]).unwrap());
    let jobs = db
        .read(|tx| {
            Box::pin(async move {
                let rows =
                    tx.query("select payload from job where kind = $1 order by id", &p![follow::JOB]).await?;
                rows.iter().map(|r| r.get::<String>("payload")).collect::<Result<Vec<_>, _>>()
            })
        })
        .await
        .unwrap();
    for payload in &jobs {
        let payload = serde_json::from_str(payload).unwrap();
        follow::run(&db, &catalog, "https://sf.example/", OPENS, &payload).await.unwrap();
    }
    for (to, subject, words) in [
        ("ana@example.org", "Où en est « Le verger »", "Les arbres sont plantés."),
        ("bob@example.org", "Réunir deux idées : « Le verger »", "https://sf.example/p/a/b/projects/8"),
    ] {
        let mails = db.read(move |tx| Box::pin(parvis_ops::mail::to(tx, to))).await.unwrap();
        assert_eq!(mails.len(), 1, "{to}");
        assert_eq!(mails[0].subject.replace(['\u{a0}', '\u{202f}'], " "), subject);
        assert!(mails[0].text.contains(words), "{}", mails[0].text);
    }
}
