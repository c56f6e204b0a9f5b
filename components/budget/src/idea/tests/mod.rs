//! The life of budgets before and after their vote, through their pages, as people would.

mod bundle;
mod deposit;
mod follow_up;
mod life;
mod merging;
mod roles;

use parvis_civic::Error;
use parvis_civic::process::{self, DAY, PhaseDraft, ProcessDraft};
use parvis_core::{Localized, Millis};
use parvis_store::{Store, Val, boxed, p};
use parvis_testkit::{Actor, Answer, NOON, TestSite};
use parvis_web::Routes;

/// The address of the budget, and of its administration.
pub(crate) const BASE: &str = "/p/notre-ville/budget-participatif";
pub(crate) const ADMIN: &str = "/admin/p/notre-ville/budget-participatif";
/// The first millisecond after the deposit, the first and the first after the vote.
pub(crate) const CLOSE: Millis = NOON + 5 * DAY;
pub(crate) const VOTE: Millis = NOON + 8 * DAY;
pub(crate) const END: Millis = NOON + 12 * DAY;

/// A square of a tenth of a degree: the north of the town, and its south below it.
pub(crate) const NORTH: &str =
    r#"{"type":"Polygon","coordinates":[[[2,48.1],[2.1,48.1],[2.1,48.2],[2,48.2],[2,48.1]]]}"#;
pub(crate) const SOUTH: &str =
    r#"{"type":"Polygon","coordinates":[[[2,48],[2.1,48],[2.1,48.1],[2,48.1],[2,48]]]}"#;

pub(crate) const TITLE: &str = "Un verger au bord du canal";
pub(crate) const BODY: &str = "Planter vingt pommiers et poiriers sur la friche, pour les promeneurs.";

/// A town with a budget: ideas are deposited until [`CLOSE`], the vote is later.
pub(crate) struct Town {
    pub(crate) site: TestSite,
    pub(crate) editor: Actor,
    pub(crate) activity: i64,
    pub(crate) phases: [i64; 2],
}

pub(crate) fn both(fr: &str, en: &str) -> Localized {
    Localized::new(fr, en)
}

/// The message that a page shows once.
pub(crate) fn flash(page: &Answer) -> String {
    page.select(".flash p").join(" ")
}

impl Town {
    /// Nobody has prepared anything.
    pub(crate) async fn empty(db: Store) -> Self {
        let site = TestSite::builder()
            .store(db)
            .migrations(parvis_ballotbox::MIGRATIONS)
            .tools(vec![crate::component()])
            .routes(
                parvis_admin::routes(),
                &[parvis_civic::SOURCE, parvis_ballotbox::SOURCE, parvis_admin::SOURCE],
            )
            .routes(Routes::new(), &[])
            .build()
            .await;
        let editor = site.editor().await;
        let (activity, phases) = site
            .write(|tx| {
                boxed(async move {
                    let words = || both("…", "…");
                    let draft = ProcessDraft {
                        title: both("Notre ville", "Our town"),
                        summary: words(),
                        object: words(),
                        perimeter: words(),
                        duplicates_rule: words(),
                        method_note: words(),
                        answer_due_at: Some(END + 31 * DAY),
                        ..ProcessDraft::default()
                    };
                    let made = process::create(tx, NOON, &draft).await?;
                    let mut phases = vec![];
                    for (title, starts_at, ends_at) in [
                        (both("Les idées", "Ideas"), NOON - DAY, CLOSE),
                        (both("Le vote", "Vote"), VOTE, END),
                    ] {
                        let phase =
                            PhaseDraft { title, description: Localized::default(), starts_at, ends_at };
                        phases.push(process::add_phase(tx, NOON, made.id, &phase).await?);
                    }
                    process::publish(tx, NOON, made.id).await?;
                    let title = both("Budget participatif", "Participatory budget");
                    let vote = phases.last().copied();
                    let activity = process::add_activity(tx, NOON, made.id, "budget", &title, vote).await?;
                    let rules = crate::model::Rules::default().to_json();
                    crate::store::set_rules(tx, activity.id, &rules).await?;
                    Ok::<_, Error>((activity.id, [phases[0], phases[1]]))
                })
            })
            .await
            .expect("the town is built");
        Self { site, editor, activity, phases }
    }

    /// Two districts and a category; ideas are open; published.
    pub(crate) async fn open(db: Store) -> Self {
        let town = Self::empty(db).await;
        for (fr, en, amount, outline) in
            [("Nord", "North", "50 000", NORTH), ("Sud", "South", "30 000", SOUTH)]
        {
            let form = [("name_fr", fr), ("name_en", en), ("amount", amount), ("outline", outline)];
            town.editor.upload(&format!("{ADMIN}/envelopes/new"), &form, &[]).await.assert_status(303);
        }
        let category = [("name_fr", "Nature"), ("name_en", "Nature")];
        town.editor.post(&format!("{ADMIN}/categories"), &category).await.assert_status(303);
        town.rules(&[]).await.assert_status(303);
        let to = format!("/admin/activities/{}/publish", town.activity);
        town.editor.post(&to, &[]).await.assert_status(303);
        town
    }

    /// Sends the form of the rules of ideas.
    pub(crate) async fn rules(&self, rules: &[(&str, &str)]) -> Answer {
        let phase = self.phases[0].to_string();
        let mut form =
            vec![("phase", phase.as_str()), ("edit_hours", "24"), ("place", "on"), ("supports", "on")];
        for (name, value) in rules {
            form.retain(|(n, _)| n != name);
            form.push((name, value));
        }
        self.editor.post(&format!("{ADMIN}/ideas-rules"), &form).await
    }

    /// A number that a query gives.
    pub(crate) async fn number(&self, sql: &'static str, params: Vec<Val>) -> i64 {
        let read = self.site.store.read(move |tx| boxed(async move { tx.value::<i64>(sql, &params).await }));
        read.await.expect("the query is right")
    }

    pub(crate) async fn last_idea(&self) -> i64 {
        self.number("select max(id) from contribution", p![].to_vec()).await
    }

    /// Somebody's published idea; its number.
    pub(crate) async fn deposit(&self, who: &Actor, title: &str, more: &[(&str, &str)]) -> i64 {
        let mut form = vec![("title", title), ("body", BODY), ("address", "Quai du Canal")];
        for (name, value) in more {
            form.retain(|(n, _)| n != name);
            form.push((name, value));
        }
        let saved = who.post(&format!("{BASE}/ideas/new"), &form).await;
        let draft = saved.assert_status(303).location.clone().expect("where the draft is");
        who.post(&draft, &[("action", "publish")]).await.assert_status(303);
        self.last_idea().await
    }

    /// The number of an envelope: the first, the second.
    pub(crate) async fn envelope(&self, position: i64) -> String {
        let sql = "select id from budget_district where position = $1";
        self.number(sql, vec![position.into()]).await.to_string()
    }

    /// An editor's study of an idea.
    pub(crate) async fn study(&self, id: i64, form: &[(&str, &str)]) -> Answer {
        self.editor.post(&format!("{ADMIN}/ideas/{id}"), form).await
    }

    /// A project made from a feasible idea; its number.
    pub(crate) async fn project(&self, idea: i64) -> i64 {
        let south = self.envelope(2).await;
        let form = [("state", "feasible"), ("cost", "12 500"), ("district", &south)];
        self.study(idea, &form).await.assert_status(303);
        let page = self.editor.get(&format!("{ADMIN}/projects/new?idea={idea}")).await;
        let id = idea.to_string();
        let form = [
            ("title_fr", "Le verger du canal"),
            ("title_en", "The canal orchard"),
            ("body_fr", "Vingt arbres."),
            ("body_en", "Twenty trees."),
            ("cost", &page.value("cost").expect("the cost of the idea")[..]),
            ("district", &south),
            ("ideas", &id),
            ("address", "Quai du Canal"),
        ];
        self.editor.upload(&format!("{ADMIN}/projects/new"), &form, &[]).await.assert_status(303);
        self.number("select max(id) from budget_project", p![].to_vec()).await
    }

    /// The clock stands there, and the editor, whose session was over, is back.
    pub(crate) async fn later(&mut self, at: Millis) {
        self.site.clock.set(at);
        self.editor = self.site.person(&format!("Rédaction {at}"), parvis_core::Role::Editor).await;
    }

    /// The results are out.
    pub(crate) async fn count(&mut self) {
        let id = self.activity;
        self.later(END).await;
        self.site
            .write(move |tx| {
                boxed(async move { process::publish_results(tx, END, id, &serde_json::json!({})).await })
            })
            .await
            .expect("the results are published");
    }

    /// Tells people, and gives the mails to this address, the last first.
    pub(crate) async fn mails(&self, to: &Actor) -> Vec<parvis_ops::mail::Entry> {
        let site = std::sync::Arc::clone(&self.site.site);
        self.site
            .run_jobs_with(move |worker| {
                worker.on(parvis_civic::follow::JOB, move |job| {
                    let site = std::sync::Arc::clone(&site);
                    async move {
                        let url = &site.config.public_url;
                        parvis_civic::follow::run(&site.store, &site.catalog, url, job.now, &job.payload)
                            .await
                    }
                })
            })
            .await;
        let address = to.me().email.clone().expect("an address");
        let mut all = self.site.mails().await;
        all.retain(|m| m.to == address);
        all.reverse();
        all
    }
}
