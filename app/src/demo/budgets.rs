//! The participatory budgets of the demonstration, from their ideas to what became of them. Every act goes through the
//! page on which its person would do it; only sheets of paper are put in the urn directly.

use std::collections::HashMap;

use anyhow::{Context as _, Result, ensure};
use jiff::Timestamp;
use parvis_budget::model::{District, Project, Rules};
use parvis_budget::store;
use parvis_civic::account::Participant;
use parvis_civic::process;
use parvis_core::{Localized, Millis, Role};
use parvis_store::{Store, boxed};
use serde::Deserialize;
use serde_json::{Value, json};

use super::data::{ActivityText, PhaseText, ProcessText};
use super::pages::Pages;
use super::scene::{self, People, When, spread};
use super::urn::{Electors, Urn, agents, lean};

/// A file of a budget.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetFile {
    pub process: ProcessText,
    #[serde(rename = "phase")]
    phases: Vec<PhaseText>,
    activity: ActivityText,
    budget: How,
    #[serde(rename = "envelope")]
    envelopes: Vec<EnvelopeText>,
    #[serde(rename = "category")]
    categories: Vec<CategoryText>,
    #[serde(rename = "idea")]
    ideas: Vec<IdeaText>,
    #[serde(rename = "leaning")]
    leanings: Vec<Leaning>,
    #[serde(rename = "step", default)]
    follow_up: Vec<StepText>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct How {
    /// The phase in which ideas are deposited, and the one in which they are studied.
    ideas: String,
    study: String,
    /// When the services answered.
    studied: String,
    /// How many people vote on paper.
    paper: usize,
    /// `all`, or `one`: one district of one's choice, besides what is everybody's.
    #[serde(default)]
    reach: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct EnvelopeText {
    key: String,
    /// In cents.
    amount: i64,
    #[serde(default)]
    everybody: bool,
    name: Localized,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryText {
    key: String,
    name: Localized,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct IdeaText {
    key: String,
    by: String,
    at: String,
    district: String,
    category: String,
    address: String,
    title_text: String,
    /// The title of its project, in English.
    #[serde(default)]
    english: String,
    body_text: String,
    /// `feasible`, `refused` or `merged`.
    state: String,
    /// The idea that took it in.
    #[serde(default)]
    merged: String,
    /// In cents.
    #[serde(default)]
    cost: i64,
    #[serde(default)]
    reason: Localized,
}

/// The ideas that some people want.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Leaning {
    weight: usize,
    likes: Vec<String>,
}

/// What became of a winner.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepText {
    project: String,
    happened: String,
    progress: String,
    /// Since the step before, in cents.
    #[serde(default)]
    spent: i64,
    #[serde(default)]
    promised: Option<String>,
    text: Localized,
}

/// One act, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Act {
    Prepare,
    Open,
    Idea(usize),
    Merge(usize),
    Study(usize),
    Project(usize),
    Print,
    Moments,
    Vote(usize),
    Key(usize),
    Close,
    Results,
    FollowUp(usize),
}

/// A budget under way or over.
#[derive(Debug)]
pub struct Budget {
    file: BudgetFile,
    electors: Electors,
    acts: Vec<Act>,
    made: (i64, i64),
    base: String,
    envelopes: HashMap<String, i64>,
    categories: HashMap<String, String>,
    ideas: HashMap<String, i64>,
    projects: HashMap<String, Project>,
    urn: Option<Urn>,
}

/// How many sheets are keyed in one step.
const KEYED: usize = 40;
const HOUR: Millis = 3_600_000;

fn euros(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

impl Budget {
    /// What the file tells; these people vote online.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn new(text: &str, online: Vec<String>) -> Result<Self> {
        let file: BudgetFile = toml::from_str(text)?;
        Ok(Self {
            electors: Electors { online, paper: file.budget.paper },
            file,
            acts: vec![],
            made: (0, 0),
            base: String::new(),
            envelopes: HashMap::new(),
            categories: HashMap::new(),
            ideas: HashMap::new(),
            projects: HashMap::new(),
            urn: None,
        })
    }

    /// When each of its acts happens.
    ///
    /// # Errors
    /// A moment that cannot be read.
    pub fn steps(&mut self, when: &When) -> Result<Vec<Millis>> {
        let file = self.file.clone();
        let phase = file.phases.iter().find(|p| p.key == file.activity.phase).context("no such phase")?;
        let (opens, closes) = (when.read(&phase.from)?, when.read(&phase.to)?);
        let studied = when.read(&file.budget.studied)?;
        let mut all = vec![
            (when.read(&file.process.published)?, Act::Prepare),
            (when.read(&file.activity.published)?, Act::Open),
        ];
        let minutes = |n: usize| i64::try_from(n).unwrap_or(0) * 7 * 60_000;
        for (n, idea) in file.ideas.iter().enumerate() {
            all.push((when.read(&idea.at)?, Act::Idea(n)));
            if idea.state == "merged" {
                all.push((studied - 48 * HOUR + minutes(n), Act::Merge(n)));
            } else {
                all.push((studied + minutes(n), Act::Study(n)));
            }
            if idea.state == "feasible" {
                all.push((studied + 24 * HOUR + minutes(n), Act::Project(n)));
            }
        }
        all.extend([(opens - HOUR, Act::Print), (opens, Act::Moments), (closes, Act::Moments)]);
        let end = closes.min(when.now) - HOUR / 2;
        let votes = spread(opens + 60_000, end, self.electors.count());
        all.extend(votes.into_iter().enumerate().map(|(n, at)| (at, Act::Vote(n))));
        let keyed = self.electors.count().div_ceil(KEYED);
        let keying = spread(closes + HOUR / 2, closes + 2 * HOUR, keyed);
        all.extend(keying.into_iter().enumerate().map(|(n, at)| (at, Act::Key(n))));
        all.extend([(closes + 3 * HOUR, Act::Close), (closes + 40 * HOUR, Act::Results)]);
        for (n, step) in file.follow_up.iter().enumerate() {
            all.push((when.read(&format!("{} 15:00", step.happened))?, Act::FollowUp(n)));
        }
        let (moments, acts) = all.into_iter().unzip();
        self.acts = acts;
        Ok(moments)
    }

    /// Plays the `n`th act.
    ///
    /// # Errors
    /// Whatever refused it.
    pub async fn play(
        &mut self,
        store: &Store,
        pages: &mut Pages,
        n: usize,
        at: Millis,
        when: &When,
        people: &People,
    ) -> Result<()> {
        let act = self.acts.get(n).cloned().context("no such act")?;
        let editor = people.values().find(|p| p.role == Role::Editor).context("no editor")?;
        match act {
            Act::Prepare => self.prepare(store, pages, at, when, editor).await?,
            Act::Open => {
                let (made, followers, people) =
                    (self.made, self.file.process.followers.clone(), people.clone());
                let open = store.write(move |tx| {
                    boxed(async move { scene::open(tx, at, made, &followers, &people).await })
                });
                open.await?;
            }
            Act::Idea(n) => self.idea(pages, at, n, people).await?,
            Act::Merge(n) => self.merge(pages, at, n, people).await?,
            Act::Study(n) => self.study(pages, at, n, editor).await?,
            Act::Project(n) => self.project(store, pages, at, n, editor).await?,
            Act::Print => self.print(store, at).await?,
            Act::Moments => {
                store.write(move |tx| boxed(async move { process::record_moments(tx, at).await })).await?;
            }
            Act::Vote(n) => self.vote(store, at, n, when, people).await?,
            Act::Key(n) => self.key(store, at, n, people).await?,
            Act::Close => {
                pages.send(at, editor, &format!("/admin{}/report", self.base), &[]).await?;
            }
            Act::Results => {
                pages.send(at, editor, &format!("/admin{}/results", self.base), &[]).await?;
            }
            Act::FollowUp(n) => self.follow_up(pages, at, n, when, editor).await?,
        }
        Ok(())
    }

    /// The process, its envelopes and categories, the rules.
    async fn prepare(
        &mut self,
        store: &Store,
        pages: &mut Pages,
        at: Millis,
        when: &When,
        editor: &Participant,
    ) -> Result<()> {
        let (file, when) = (self.file.clone(), when.clone());
        let (made, base, phases) = store
            .write(move |tx| {
                boxed(async move {
                    let tool = parvis_budget::component();
                    let texts = (&file.process, file.phases.as_slice(), &file.activity);
                    let made = scene::prepare(tx, at, &when, &*tool, texts).await?;
                    let activity = process::activity(tx, made.0).await?.context("no activity")?;
                    let found = process::find(tx, made.1).await?.context("no process")?;
                    let phases = process::phases(tx, made.1).await?;
                    Ok::<_, anyhow::Error>((made, format!("/p/{}/{}", found.slug, activity.slug), phases))
                })
            })
            .await?;
        (self.made, self.base) = (made, base);
        let phase = |key: &str| {
            let place = self.file.phases.iter().position(|p| p.key == key);
            place
                .and_then(|i| phases.get(i))
                .map(|p| p.id.to_string())
                .with_context(|| format!("no phase {key}"))
        };
        let (ideas, study) = (phase(&self.file.budget.ideas)?, phase(&self.file.budget.study)?);
        let to = |rest: &str| format!("/admin{}/{rest}", self.base);
        for envelope in &self.file.envelopes {
            let mut form = vec![
                ("name_fr", envelope.name.fr.clone()),
                ("name_en", envelope.name.en.clone()),
                ("amount", euros(envelope.amount)),
            ];
            if envelope.everybody {
                form.push(("everybody", "on".to_owned()));
            }
            pages.send(at, editor, &to("envelopes/new"), &form).await?;
        }
        for category in &self.file.categories {
            let form = [("name_fr", category.name.fr.clone()), ("name_en", category.name.en.clone())];
            pages.send(at, editor, &to("categories"), &form).await?;
        }
        let form = [
            ("phase", ideas),
            ("study_phase", study),
            ("most", "5".to_owned()),
            ("edit_hours", "24".to_owned()),
            ("place", "on".to_owned()),
        ];
        pages.send(at, editor, &to("ideas-rules"), &form).await?;
        let reach = self.file.budget.reach.clone().unwrap_or_else(|| "all".to_owned());
        let form = [
            ("face", "approve".to_owned()),
            ("reach", reach),
            ("least", "0".to_owned()),
            ("points", "10".to_owned()),
            ("minus", "1".to_owned()),
            ("rule", "equal-shares".to_owned()),
            ("satisfaction", "cost".to_owned()),
            ("completion", "add1u".to_owned()),
            ("ties", "by-cost".to_owned()),
            ("roll", "accounts".to_owned()),
            ("priority", "first".to_owned()),
            ("changeable", "on".to_owned()),
            ("paper", "on".to_owned()),
            ("double_entry", "on".to_owned()),
        ];
        pages.send(at, editor, &to("rules"), &form).await?;
        let id = self.made.0;
        let districts: Vec<District> =
            store.read(move |tx| boxed(async move { store::districts(tx, id).await })).await?;
        ensure!(districts.len() == self.file.envelopes.len(), "an envelope is missing");
        self.envelopes =
            self.file.envelopes.iter().zip(&districts).map(|(e, d)| (e.key.clone(), d.id)).collect();
        let categories =
            store.read(move |tx| boxed(async move { store::envelopes::categories(tx, id).await })).await?;
        let keys = self.file.categories.iter().map(|c| c.key.clone());
        self.categories = keys.zip(categories.iter().map(|c| c.id.to_string())).collect();
        Ok(())
    }

    fn place(&self, idea: &IdeaText) -> Result<[(&'static str, String); 3]> {
        let envelope = self.envelopes.get(&idea.district).context("no such envelope")?;
        let category = self.categories.get(&idea.category).context("no such category")?;
        Ok([
            ("district", envelope.to_string()),
            ("category", category.clone()),
            ("address", idea.address.clone()),
        ])
    }

    fn number(&self, key: &str) -> Result<i64> {
        self.ideas.get(key).copied().with_context(|| format!("no idea {key} yet"))
    }

    async fn idea(&mut self, pages: &mut Pages, at: Millis, n: usize, people: &People) -> Result<()> {
        let idea = self.file.ideas[n].clone();
        let who = people.get(&idea.by).with_context(|| format!("{} has not joined", idea.by))?;
        let mut form = vec![("title", idea.title_text.clone()), ("body", idea.body_text.clone())];
        form.extend(self.place(&idea)?);
        let draft = pages.make(at, who, &format!("{}/ideas/new", self.base), &form).await?;
        let publish = [("action", "publish".to_owned())];
        let id = pages.make(at, who, &format!("{}/ideas/drafts/{draft}", self.base), &publish).await?;
        self.ideas.insert(idea.key, id);
        Ok(())
    }

    /// The author proposes, the other author agrees.
    async fn merge(&mut self, pages: &mut Pages, at: Millis, n: usize, people: &People) -> Result<()> {
        let idea = self.file.ideas[n].clone();
        let into = self.file.ideas.iter().find(|i| i.key == idea.merged).context("merged into nothing")?;
        let (from, target) = (self.number(&idea.key)?, self.number(&into.key)?);
        let who = |key: &str| people.get(key).with_context(|| format!("{key} has not joined"));
        let form = [("other", target.to_string()), ("reason", String::new())];
        let merger =
            pages.make(at, who(&idea.by)?, &format!("{}/ideas/{from}/merge", self.base), &form).await?;
        let agree = [("answer", "agree".to_owned())];
        let later = at + 3 * 60_000;
        pages.send(later, who(&into.by)?, &format!("{}/mergers/{merger}", self.base), &agree).await?;
        Ok(())
    }

    async fn study(&mut self, pages: &mut Pages, at: Millis, n: usize, editor: &Participant) -> Result<()> {
        let idea = self.file.ideas[n].clone();
        let id = self.number(&idea.key)?;
        let mut form = vec![
            ("service", "Services techniques".to_owned()),
            ("state", idea.state.clone()),
            ("reason_fr", idea.reason.fr.clone()),
            ("reason_en", idea.reason.en.clone()),
        ];
        if idea.cost > 0 {
            form.push(("cost", euros(idea.cost)));
        }
        form.extend(self.place(&idea)?.into_iter().take(2));
        pages.send(at, editor, &format!("/admin{}/ideas/{id}", self.base), &form).await?;
        Ok(())
    }

    async fn project(
        &mut self,
        store: &Store,
        pages: &mut Pages,
        at: Millis,
        n: usize,
        editor: &Participant,
    ) -> Result<()> {
        let idea = self.file.ideas[n].clone();
        let mut form = vec![
            ("title_fr", idea.title_text.clone()),
            ("title_en", idea.english.clone()),
            ("body_fr", idea.reason.fr.clone()),
            ("body_en", idea.reason.en.clone()),
            ("cost", euros(idea.cost)),
            ("ideas", self.number(&idea.key)?.to_string()),
        ];
        form.extend(self.place(&idea)?);
        pages.send(at, editor, &format!("/admin{}/projects/new", self.base), &form).await?;
        let id = self.made.0;
        let projects = store.read(move |tx| boxed(async move { store::projects(tx, id).await })).await?;
        let made = projects.into_iter().find(|p| p.title.fr == idea.title_text).context("no project")?;
        self.projects.insert(idea.key, made);
        Ok(())
    }

    /// Sheets are printed once the projects are known.
    async fn print(&mut self, store: &Store, at: Millis) -> Result<()> {
        let (id, size) = (self.made.0, self.electors.count());
        let urn = store
            .write(move |tx| {
                boxed(async move {
                    let activity = process::activity(tx, id).await?.context("no activity")?;
                    let rules = Rules::of(&activity);
                    let districts = store::districts(tx, id).await?;
                    let projects = store::projects(tx, id).await?;
                    let content = parvis_budget::sealed(&rules, &districts, &projects);
                    let mut urn = Urn::new(id, rules.ballot_box, content);
                    urn.print(tx, at, size).await?;
                    Ok::<_, anyhow::Error>(urn)
                })
            })
            .await?;
        self.urn = Some(urn);
        Ok(())
    }

    /// The `n`th ballot: what a leaning likes, give or take a project, in the envelopes where this person votes.
    fn ballot(&self, n: usize) -> Value {
        let leaning = lean(&self.file.leanings, |l| l.weight, n);
        let likes = leaning.map(|l| l.likes.as_slice()).unwrap_or_default();
        let is_one = self.file.budget.reach.as_deref() == Some("one");
        let districts: Vec<&EnvelopeText> = self.file.envelopes.iter().filter(|e| !e.everybody).collect();
        let chosen = districts.get(n % districts.len().max(1)).map(|e| e.key.as_str());
        let mut ballot = serde_json::Map::new();
        for envelope in &self.file.envelopes {
            if is_one && !envelope.everybody && Some(envelope.key.as_str()) != chosen {
                continue;
            }
            let Some(id) = self.envelopes.get(&envelope.key) else { continue };
            let mut codes: Vec<(i64, String)> = self
                .projects
                .iter()
                .filter(|(_, p)| p.district_id == *id)
                .filter(|(key, p)| {
                    let liked = likes.contains(key);
                    let number = usize::try_from(p.id).unwrap_or(0);
                    // One in nine leaves out what they like; one in eleven also wants something else.
                    if liked {
                        !(n * 5 + number * 3).is_multiple_of(9)
                    } else {
                        (n * 3 + number * 7).is_multiple_of(11)
                    }
                })
                .map(|(_, p)| (p.id, p.code.clone()))
                .collect();
            codes.sort();
            let codes: Vec<String> = codes.into_iter().map(|(_, code)| code).collect();
            ballot.insert(id.to_string(), json!({ "approve": codes }));
        }
        Value::Object(ballot)
    }

    async fn with_urn<F>(&mut self, store: &Store, act: F) -> Result<()>
    where
        F: for<'t> FnOnce(&'t mut Urn, &'t mut parvis_store::Tx<'_>) -> parvis_store::Fut<'t, Result<()>>
            + Send
            + 'static,
    {
        let mut urn = self.urn.take().context("the box is not there yet")?;
        let urn = store.write(move |tx| {
            boxed(async move {
                act(&mut urn, tx).await?;
                Ok::<_, anyhow::Error>(urn)
            })
        });
        self.urn = Some(urn.await?);
        Ok(())
    }

    /// Online or on paper, in an order that mixes both.
    async fn vote(
        &mut self,
        store: &Store,
        at: Millis,
        n: usize,
        when: &When,
        people: &People,
    ) -> Result<()> {
        let ballot = self.ballot(n);
        let who = self.electors.online(n, people).cloned();
        let zone = when.zone.clone();
        self.with_urn(store, move |urn, tx| {
            Box::pin(async move { urn.vote(tx, at, &zone, who.as_ref(), ballot).await })
        })
        .await
    }

    async fn key(&mut self, store: &Store, at: Millis, n: usize, people: &People) -> Result<()> {
        let agents = agents(people)?;
        self.with_urn(store, move |urn, tx| {
            Box::pin(async move { urn.key(tx, at, agents, n * KEYED, (n + 1) * KEYED).await })
        })
        .await
    }

    async fn follow_up(
        &mut self,
        pages: &mut Pages,
        at: Millis,
        n: usize,
        when: &When,
        editor: &Participant,
    ) -> Result<()> {
        let step = self.file.follow_up[n].clone();
        let project =
            self.projects.get(&step.project).with_context(|| format!("no project {}", step.project))?;
        let day = |at: Millis| {
            Ok::<_, anyhow::Error>(
                Timestamp::from_millisecond(at)?.to_zoned_datetime(when.zone.clone()).date().to_string(),
            )
        };
        let mut form = vec![
            ("happened_on", day(at)?),
            ("progress", step.progress.clone()),
            ("body_fr", step.text.fr.clone()),
            ("body_en", step.text.en.clone()),
        ];
        if step.spent > 0 {
            form.push(("spent", euros(step.spent)));
        }
        if let Some(promised) = &step.promised {
            form.push(("promised_on", day(when.read(&format!("{promised} 12:00"))?)?));
        }
        pages.send(at, editor, &format!("/admin{}/follow-up/{}", self.base, project.id), &form).await?;
        Ok(())
    }
}
