//! Panels run through their pages, as people would.

mod bundle;
mod drand;
mod evaluation;
mod faces;
mod fails;
mod life;
mod mails;
mod margins;
mod phones;

use std::sync::Arc;

use parvis_civic::Error;
use parvis_civic::process::{self, DAY, PhaseDraft, ProcessDraft};
use parvis_core::{Clock, Localized, Millis};
use parvis_store::{Store, boxed};
use parvis_testkit::{Actor, Answer, NOON, TestSite};

use crate::store::Person;

/// The address of the panel.
const BASE: &str = "/p/le-climat/le-panel";
const ADMIN: &str = "/admin/p/le-climat/le-panel";
/// The first millisecond after the call.
const CLOSE: Millis = NOON + 7_200_000;

const MARGINS: &str = "category,feature,count\nÂge,moins de 40 ans,400\nÂge,40 ans et plus,600\n\
                       Genre,Femme,510\nGenre,Homme,490\n";

/// A town that is about to draw a panel.
struct Town {
    site: TestSite,
    editor: Actor,
    activity: i64,
}

fn both(fr: &str, en: &str) -> Localized {
    Localized::new(fr, en)
}

impl Town {
    /// A panel that nobody has prepared yet, in a phase that opened yesterday.
    async fn new(db: Store) -> Self {
        Self::at(db, NOON).await
    }

    /// The same, at another time; the call ends two hours later.
    async fn at(db: Store, now: Millis) -> Self {
        let site = TestSite::builder()
            .store(db)
            .at(now)
            .tools(vec![crate::component()])
            .routes(
                parvis_admin::routes(),
                &[parvis_civic::SOURCE, parvis_ballotbox::SOURCE, parvis_admin::SOURCE],
            )
            .build()
            .await;
        let editor = site.editor().await;
        let activity = site
            .write(move |tx| {
                boxed(async move {
                    let words = || both("…", "…");
                    let draft = ProcessDraft {
                        title: both("Le climat", "The climate"),
                        summary: words(),
                        object: words(),
                        perimeter: words(),
                        duplicates_rule: words(),
                        method_note: words(),
                        answer_due_at: Some(now + 31 * DAY),
                        ..ProcessDraft::default()
                    };
                    let made = process::create(tx, now, &draft).await?;
                    let phase = PhaseDraft {
                        title: both("Appel", "Call"),
                        description: Localized::default(),
                        starts_at: now - DAY,
                        ends_at: now + 7_200_000,
                    };
                    let phase = process::add_phase(tx, now, made.id, &phase).await?;
                    process::publish(tx, now, made.id).await?;
                    let title = both("Le panel", "The panel");
                    let activity =
                        process::add_activity(tx, now, made.id, "panel", &title, Some(phase)).await?;
                    crate::store::create(tx, activity.id).await?;
                    Ok::<_, Error>(activity.id)
                })
            })
            .await
            .expect("the town is built");
        Self { site, editor, activity }
    }

    /// Margins, rules, quotas proposed from them, published. Gives nothing: the panel takes volunteers.
    async fn open(&self, rules: &[(&str, &str)]) {
        let margins = format!("{ADMIN}/categories/margins");
        self.editor.upload(&margins, &[("table", MARGINS)], &[]).await.assert_status(303);
        self.rules(rules).await.assert_status(303);
        self.editor.post(&format!("{ADMIN}/quotas"), &[("propose", "on")]).await.assert_status(303);
        let to = format!("/admin/activities/{}/publish", self.activity);
        self.editor.post(&to, &[]).await.assert_status(303);
    }

    /// Sends the form of the rules: ten seats, leximin, unless said otherwise.
    async fn rules(&self, rules: &[(&str, &str)]) -> Answer {
        let mut form = vec![
            ("seats", "10"),
            ("method", "leximin"),
            ("households", "on"),
            ("open_call", "on"),
            ("source_fr", "Trois dés lancés dans la salle"),
            ("source_en", "Three dice rolled in the room"),
            ("keep_until", "2026-12-31"),
            ("allowance", "92,50"),
        ];
        for (name, value) in rules {
            form.retain(|(n, _)| n != name);
            form.push((name, value));
        }
        self.editor.post(&format!("{ADMIN}/rules"), &form).await
    }

    /// Adds volunteers from a file: so many under 40, so many over, women and men in turn.
    async fn volunteers(&self, young: usize, old: usize) {
        let ages =
            std::iter::repeat_n("moins de 40 ans", young).chain(std::iter::repeat_n("40 ans et plus", old));
        let mut csv = String::from("id;âge;genre;foyer\n");
        for (n, age) in ages.enumerate() {
            let sex = if n % 2 == 0 { "femme" } else { "Homme" };
            // The first two share a household.
            let home = if n < 2 { "3 rue du Pont" } else { "" };
            csv.push_str(&format!("{n};{age};{sex};{home}\n"));
        }
        let file = [("file", "volontaires.csv", "text/csv", csv.as_bytes())];
        let to = format!("{ADMIN}/volunteers/import");
        self.editor.upload(&to, &[], &file).await.assert_status(303);
    }

    async fn run_jobs(&self) {
        let clock: Arc<dyn Clock> = Arc::new(self.site.clock.clone());
        let store = self.site.store.clone();
        self.site.run_jobs_with(|worker| crate::work::register(worker, &store, &clock)).await;
    }

    /// Closes the call, announces, computes.
    async fn announce(&self) {
        self.site.clock.set(CLOSE);
        self.editor.post(&format!("{ADMIN}/draw/announce"), &[]).await.assert_status(303);
        self.run_jobs().await;
    }

    async fn draw(&self, round: &str, seed: &str) -> Answer {
        let form = [("round", round), ("seed", seed), ("sure", "on")];
        self.editor.post(&format!("{ADMIN}/draw/seed"), &form).await
    }

    async fn seat(&self, person: &Person, seat: &str) -> Answer {
        let id = person.id.to_string();
        self.editor.post(&format!("{ADMIN}/draw/seat"), &[("person", &id), ("seat", seat)]).await
    }

    /// Those who were drawn, whatever became of them.
    async fn drawn(&self) -> Vec<Person> {
        let id = self.activity;
        self.site.store.read(move |tx| boxed(async move { crate::store::drawn(tx, id).await })).await.unwrap()
    }

    /// The leaves of a kind, as they were hashed.
    async fn leaves(&self, kind: &'static str) -> Vec<String> {
        parvis_civic::journal::place_pending(&self.site.store).await.unwrap();
        let read = self
            .site
            .store
            .read(|tx| boxed(async move { parvis_civic::journal::recent(tx, None, 500).await }));
        let all = read.await.unwrap();
        all.into_iter().rev().filter(|e| e.kind == kind).map(|e| e.leaf).collect()
    }
}
