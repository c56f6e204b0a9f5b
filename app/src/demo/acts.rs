//! Doing one act, as the person who does it would.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use parvis_civic::account::profile::Profile;
use parvis_civic::account::{self, Participant};
use parvis_civic::contribution::{self, Draft};
use parvis_civic::process;
use parvis_civic::{answer, moderation, reaction};
use parvis_core::Millis;
use parvis_store::Tx;
use parvis_web::Tool;
use serde_json::{Value, json};

use super::data::{Argument, Demo, ProcessFile};
use super::decision;
use super::plan::{Act, Step, Target};
use super::scene::{self, People, Scene, When};

/// One process as it stands in the database.
#[derive(Debug, Default)]
struct Made {
    process: i64,
    activity: i64,
    sections: HashMap<String, i64>,
    texts: HashMap<usize, i64>,
    amendments: HashMap<(usize, usize), i64>,
    arguments: HashMap<(usize, Option<usize>, i64, usize), i64>,
    sources: HashMap<(usize, usize), i64>,
    named: HashMap<String, i64>,
}

/// What was done so far.
pub struct Known {
    demo: Arc<Demo>,
    tool: Arc<dyn Tool>,
    people: People,
    made: Vec<Made>,
    scenes: Vec<Box<dyn Scene>>,
    when: When,
}

fn get<K: std::hash::Hash + Eq + std::fmt::Debug>(map: &HashMap<K, i64>, key: &K) -> Result<i64> {
    map.get(key).copied().with_context(|| format!("{key:?} is not there yet"))
}

impl Known {
    /// Nothing yet. `when` holds the present, from which the files count their days.
    pub fn new(demo: Arc<Demo>, tool: Arc<dyn Tool>, scenes: Vec<Box<dyn Scene>>, when: When) -> Self {
        let made = demo.processes.iter().map(|_| Made::default()).collect();
        Self { demo, tool, people: HashMap::new(), made, scenes, when }
    }

    /// The people who have joined, and the present.
    pub fn people(&self) -> (&People, &When) {
        (&self.people, &self.when)
    }

    /// Does one step.
    ///
    /// # Errors
    /// Whatever refused it, with the step's name.
    pub async fn run(&mut self, tx: &mut Tx<'_>, step: &Step) -> Result<()> {
        self.act(tx, step).await.with_context(|| format!("{:?} of process {}", step.act, step.process))
    }

    fn who(&self, key: &str) -> Result<Participant> {
        self.people.get(key).cloned().with_context(|| format!("{key} has not joined yet"))
    }

    async fn act(&mut self, tx: &mut Tx<'_>, step: &Step) -> Result<()> {
        let demo = Arc::clone(&self.demo);
        let file = &demo.processes[step.process];
        let (at, p) = (step.at, step.process);
        match &step.act {
            Act::Scene { scene, n } => {
                let scene = self.scenes.get_mut(*scene).context("no such scene")?;
                scene.play(tx, *n, at, &self.when, &self.people).await?;
            }
            Act::Budget { .. } => anyhow::bail!("an act of a budget goes through the pages"),
            Act::Join { person } => self.join(tx, at, *person).await?,
            Act::Prepare => self.prepare(tx, at, p, file).await?,
            Act::Document { n } => {
                let d = &file.documents[*n];
                let id = self.made[p].process;
                let draft = process::DocumentDraft {
                    kind: d.kind.clone(),
                    title: d.title.clone(),
                    body: d.body.clone(),
                };
                process::save_document(tx, at, id, None, &draft, true).await?;
            }
            Act::OpenActivity => {
                let made = (self.made[p].activity, self.made[p].process);
                scene::open(tx, at, made, &file.process.followers, &self.people).await?;
            }
            Act::Moments => {
                process::record_moments(tx, at).await?;
            }
            Act::Article { n } | Act::Proposal { n } => {
                let text = &file.texts[*n];
                let official = text.kind == "article";
                let who = self.who(text.by.as_deref().unwrap_or("editor"))?;
                let draft = Draft {
                    kind: if official { "article" } else { "proposal" },
                    section_id: Some(get(&self.made[p].sections, &text.section)?),
                    title: text.title.clone(),
                    body: text.body.clone(),
                    explanation: text.explanation.clone(),
                    official,
                    lang: text.lang,
                    ..Draft::default()
                };
                let id = self.publish(tx, at, p, &who, &draft).await?;
                self.made[p].texts.insert(*n, id);
                self.made[p].named.insert(text.key.clone(), id);
            }
            Act::Argument { text, of, side, n } => {
                let argument = argument(file, *text, *of, *side, *n);
                let made = &self.made[p];
                let parent = match of {
                    Some(a) => get(&made.amendments, &(*text, *a))?,
                    None => get(&made.texts, text)?,
                };
                let who = self.who(&argument.by)?;
                let draft = Draft {
                    kind: "argument",
                    parent_id: Some(parent),
                    side: Some(*side),
                    body: argument.text.clone(),
                    lang: argument.lang,
                    ..Draft::default()
                };
                let id = self.publish(tx, at, p, &who, &draft).await?;
                self.made[p].arguments.insert((*text, *of, *side, *n), id);
                if let Some(key) = &argument.key {
                    self.made[p].named.insert(key.clone(), id);
                }
            }
            Act::Source { text, n } => {
                let source = &file.texts[*text].sources[*n];
                let who = self.who(&source.by)?;
                let draft = Draft {
                    kind: "source",
                    parent_id: Some(get(&self.made[p].texts, text)?),
                    title: source.title.clone(),
                    body: source.text.clone(),
                    extra: json!({ "link": source.link, "category": source.category }),
                    ..Draft::default()
                };
                let id = self.publish(tx, at, p, &who, &draft).await?;
                self.made[p].sources.insert((*text, *n), id);
            }
            Act::Amendment { text, n } => {
                let amendment = &file.texts[*text].amendments[*n];
                let who = self.who(&amendment.by)?;
                let parent = get(&self.made[p].texts, text)?;
                let draft = Draft {
                    kind: "amendment",
                    parent_id: Some(parent),
                    title: amendment.title.clone(),
                    body: amendment.body.clone(),
                    explanation: amendment.explanation.clone(),
                    ..Draft::default()
                };
                let id = self.publish(tx, at, p, &who, &draft).await?;
                decision::propose(tx, id, parent).await?;
                self.made[p].amendments.insert((*text, *n), id);
                self.made[p].named.insert(amendment.key.clone(), id);
            }
            Act::Decide { text, n } => {
                let amendment = &file.texts[*text].amendments[*n];
                let id = get(&self.made[p].amendments, &(*text, *n))?;
                decision::decide(tx, at, &self.who("editor")?, id, amendment).await?;
            }
            Act::Vote { on, person, value } => {
                let made = &self.made[p];
                let id = match on {
                    Target::Text { n } => get(&made.texts, n)?,
                    Target::Amendment { text, n } => get(&made.amendments, &(*text, *n))?,
                    Target::Argument { text, of, side, n } => get(&made.arguments, &(*text, *of, *side, *n))?,
                    Target::Source { text, n } => get(&made.sources, &(*text, *n))?,
                };
                let who = self.who(&demo.people[*person].key)?;
                let allowed = parvis_consultation::model::reactions;
                reaction::cast(tx, at, &who, None, id, Some(*value), allowed).await?;
            }
            Act::Extra { n } => {
                let extra = &file.extras[*n];
                let who = self.who(&extra.by)?;
                let made = &self.made[p];
                let draft = match &extra.on {
                    Some(on) => Draft {
                        kind: "argument",
                        parent_id: Some(get(&made.named, on)?),
                        side: Some(if extra.side.as_deref() == Some("pro") { 1 } else { -1 }),
                        body: extra.text.clone(),
                        ..Draft::default()
                    },
                    None => Draft {
                        kind: "proposal",
                        section_id: extra.section.as_ref().map(|s| get(&made.sections, s)).transpose()?,
                        title: extra.title.clone(),
                        body: extra.body.clone(),
                        ..Draft::default()
                    },
                };
                let id = self.publish(tx, at, p, &who, &draft).await?;
                self.made[p].named.insert(extra.key.clone(), id);
            }
            Act::Flag { n } => {
                let flag = &file.flags[*n];
                let on = get(&self.made[p].named, &flag.on)?;
                moderation::flag(tx, at, &self.who(&flag.by)?, on, &flag.reason, &flag.note).await?;
            }
            Act::Hide { n } => {
                let hide = &file.hides[*n];
                let on = get(&self.made[p].named, &hide.on)?;
                moderation::hide(tx, at, &self.who(&hide.by)?, on, &hide.reason, &hide.explanation).await?;
            }
            Act::Appeal { n } => {
                let appeal = &file.appeals[*n];
                let on = get(&self.made[p].named, &appeal.on)?;
                let decisions = moderation::decisions(tx, on).await?;
                let decision = decisions.first().context("nothing to appeal against")?;
                moderation::appeal(tx, at, &self.who(&appeal.by)?, decision.id, &appeal.text).await?;
            }
            Act::Revise { n } => {
                let revise = &file.revisions[*n];
                let id = get(&self.made[p].named, &revise.on)?;
                let before = contribution::find(tx, id).await?.context("nothing to revise")?;
                let draft = Draft {
                    title: before.title.clone(),
                    body: revise.body.clone(),
                    explanation: before.explanation.clone(),
                    ..Draft::default()
                };
                let who = self.who(&revise.by)?;
                contribution::revise(tx, at, &who, id, before.version, &draft, &revise.note).await?;
            }
            Act::Withdraw { n } => {
                let withdraw = &file.withdrawals[*n];
                let id = get(&self.made[p].named, &withdraw.on)?;
                contribution::withdraw(tx, at, &self.who(&withdraw.by)?, id).await?;
            }
            Act::Answer { text } => {
                let text_file = &file.texts[*text];
                let answer = text_file.answer.as_ref().context("no answer")?;
                let id = get(&self.made[p].texts, text)?;
                let editor = self.who("editor")?;
                answer::save(tx, at, &editor, id, &answer.status, &answer.body, true).await?;
            }
            Act::Results => {
                let activity = process::activity(tx, self.made[p].activity).await?.context("no activity")?;
                if let Some(results) = self.tool.results(tx, &activity, at).await? {
                    let results: Value = serde_json::from_str(&results)?;
                    process::publish_results(tx, at, activity.id, &results).await?;
                }
            }
        }
        Ok(())
    }

    async fn join(&mut self, tx: &mut Tx<'_>, at: Millis, person: usize) -> Result<()> {
        let demo = Arc::clone(&self.demo);
        let p = &demo.people[person];
        let who = account::create_staff(tx, at, None, &p.email, p.role, p.locale).await?;
        let profile = Profile { pseudonym: p.pseudonym.clone(), locale: p.locale, terms: true };
        let who = account::profile::welcome(tx, at, who.id, &profile).await?;
        self.people.insert(p.key.clone(), who);
        Ok(())
    }

    async fn prepare(&mut self, tx: &mut Tx<'_>, at: Millis, p: usize, file: &ProcessFile) -> Result<()> {
        let texts = (&file.process, file.phases.as_slice(), &file.activity);
        let (activity, process) = scene::prepare(tx, at, &self.when, &*self.tool, texts).await?;
        let made = &mut self.made[p];
        (made.process, made.activity) = (process, activity);
        for section in &file.sections {
            let id = decision::section(tx, activity, &section.title, &section.description).await?;
            made.sections.insert(section.key.clone(), id);
        }
        Ok(())
    }

    async fn publish(
        &self,
        tx: &mut Tx<'_>,
        at: Millis,
        p: usize,
        who: &Participant,
        draft: &Draft,
    ) -> Result<i64> {
        let activity = process::activity(tx, self.made[p].activity).await?.context("no activity")?;
        let id = contribution::save_draft(tx, at, who, &activity, draft, None).await?;
        contribution::publish(tx, at, who, id).await?;
        Ok(id)
    }
}

fn argument(file: &ProcessFile, text: usize, of: Option<usize>, side: i64, n: usize) -> &Argument {
    let text = &file.texts[text];
    match (of, side) {
        (Some(a), 1) => &text.amendments[a].pro[n],
        (Some(a), _) => &text.amendments[a].con[n],
        (None, 1) => &text.pro[n],
        (None, _) => &text.con[n],
    }
}
