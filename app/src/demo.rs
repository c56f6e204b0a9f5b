//! The demonstration: Aubrelune, a small town that does not exist, alive on whatever day it is started.
//!
//! The texts stand in `demo/*.toml`. Everything is done through the same functions as the pages use, in the
//! order of time, with a clock that walks from the past to the present: the journal reads as it would have
//! been written.

mod acts;
mod budgets;
mod data;
mod decision;
mod pages;
mod panel;
mod plan;
mod scene;
mod urn;
mod votes;

use std::sync::Arc;

use anyhow::{Context as _, Result};
use parvis_civic::account::{self, Participant};
use parvis_civic::{follow, process, settings};
use parvis_core::{Clock, FixedClock, Millis, Role};
use parvis_i18n::Catalog;
use parvis_ops::mail::Sender;
use parvis_ops::worker::Worker;
use parvis_store::{Store, boxed};
use parvis_web::Tool;

pub use data::Demo;

use budgets::Budget;
use pages::Pages;
use panel::Panel;
use plan::{Act, Step};
use scene::{Scene, When};
use votes::{Vote, VoteFile};

/// Somebody whom the demonstration offers to sign in as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Persona {
    /// Identifier of the participant.
    pub id: i64,
    /// Their address.
    pub email: String,
    /// Their pseudonym.
    pub pseudonym: String,
    /// What they may do.
    pub role: Role,
}

impl From<&Participant> for Persona {
    fn from(who: &Participant) -> Self {
        Self {
            id: who.id,
            email: who.email.clone().unwrap_or_default(),
            pseudonym: who.pseudonym.clone(),
            role: who.role,
        }
    }
}

/// How many acts share one transaction: a write is bounded in time.
const TOGETHER: usize = 60;

/// News older than this is not mailed any more: the outbox of a real site would have been tidied.
const MAILED: Millis = 14 * 86_400_000;

/// Fills an empty site with the demonstration, as of `now`. Gives the people to sign in as: a participant, the
/// moderator, the editor and the administrator. `tool` is the consultation; `public_url` is where the mails of
/// the last days lead to.
///
/// # Errors
/// Texts that cannot be read; an act that is refused (named); the database.
pub async fn fill(
    store: &Store,
    now: Millis,
    tool: Arc<dyn Tool>,
    catalog: &Arc<Catalog>,
    public_url: &str,
) -> Result<Vec<Persona>> {
    let demo = Arc::new(Demo::read()?);
    let site = demo.settings();
    let zone = site.time_zone();
    store.write(move |tx| boxed(async move { settings::save(tx, &site).await })).await?;

    let clock = FixedClock::at(now);
    let worker = worker(store, now, &clock, catalog, public_url)?;
    let when = When { now, zone };
    let mut scenes = scenes(&demo)?;
    let mut budgets = budgets(&demo)?;
    let steps = plan::steps(&demo, &mut scenes, &mut budgets, &when)?;
    let mut known = acts::Known::new(Arc::clone(&demo), tool, scenes, when);
    let mut pages = Pages::open(store, &clock, public_url).await?;
    for some in steps.chunk_by(|a, b| budget_of(a).is_none() && budget_of(b).is_none()) {
        if let [Step { at, act: Act::Budget { budget, n }, .. }] = some {
            let told = budgets.get_mut(*budget).context("no such budget")?;
            let (people, when) = known.people();
            clock.set(*at);
            let played = told.play(store, &mut pages, *n, *at, when, people).await;
            played.with_context(|| format!("act {n} of budget {budget} of the demonstration"))?;
            worker.run_due().await?;
            continue;
        }
        for some in some.chunks(TOGETHER) {
            let some = some.to_vec();
            clock.set(some.last().map_or(now, |s| s.at));
            known = store
                .write(move |tx| {
                    boxed(async move {
                        for step in &some {
                            known.run(tx, step).await?;
                        }
                        Ok::<_, anyhow::Error>(known)
                    })
                })
                .await
                .context("the demonstration could not be written")?;
            worker.run_due().await?;
        }
    }
    clock.set(now);
    store.write(move |tx| boxed(async move { process::record_moments(tx, now).await })).await?;
    personas(store, &demo).await
}

/// The act of a budget that a step is.
fn budget_of(step: &Step) -> Option<usize> {
    if let Act::Budget { budget, .. } = step.act { Some(budget) } else { None }
}

/// The participants who vote, all but one: Colette has not voted in what is under way, so that whoever visits as her
/// can.
fn everybody(demo: &Demo, but: &str) -> Vec<String> {
    let all = demo.people.iter().filter(|p| p.role == Role::Participant && p.key != but);
    all.map(|p| p.key.clone()).collect()
}

/// The budget that is over, and the one under way.
fn budgets(demo: &Demo) -> Result<Vec<Budget>> {
    let over = include_str!("../../demo/budget.toml");
    let open = include_str!("../../demo/budget2.toml");
    Ok(vec![
        Budget::new(over, everybody(demo, "")).context("demo/budget.toml")?,
        Budget::new(open, everybody(demo, "colette")).context("demo/budget2.toml")?,
    ])
}

/// The vote that is over, the one under way, and the panel.
fn scenes(demo: &Demo) -> Result<Vec<Box<dyn Scene>>> {
    let over = VoteFile::read(include_str!("../../demo/passerelle.toml")).context("demo/passerelle.toml")?;
    let open = VoteFile::read(include_str!("../../demo/place.toml")).context("demo/place.toml")?;
    Ok(vec![
        Box::new(Vote::new(over, everybody(demo, ""))),
        Box::new(Vote::new(open, everybody(demo, "colette"))),
        Box::new(Panel::read()?),
    ])
}

/// Runs the jobs that the acts cause, with their clock: mails bear the date of their cause.
fn worker(
    store: &Store,
    now: Millis,
    clock: &FixedClock,
    catalog: &Arc<Catalog>,
    public_url: &str,
) -> Result<Worker> {
    let (of, catalog, url) = (store.clone(), Arc::clone(catalog), public_url.to_owned());
    let time: Arc<dyn Clock> = Arc::new(clock.clone());
    let worker = Worker::new(store.clone(), Arc::clone(&time));
    let worker = parvis_panel::work::register(worker, store, &time).on(follow::JOB, move |job| {
        let (store, catalog, url) = (of.clone(), Arc::clone(&catalog), url.clone());
        async move {
            if job.now < now - MAILED {
                return Ok(());
            }
            follow::run(&store, &catalog, &url, job.now, &job.payload).await
        }
    });
    Ok(Sender::new(store.clone(), Arc::new(clock.clone()), None, public_url)?.register(worker))
}

async fn personas(store: &Store, demo: &Demo) -> Result<Vec<Persona>> {
    let mut personas = vec![];
    for key in ["colette", "moderator", "editor", "admin"] {
        let address = demo.person(key)?.email.clone();
        let who = store
            .read(move |tx| boxed(async move { account::manage::by_email(tx, &address).await }))
            .await?
            .with_context(|| format!("nobody is called {key}"))?;
        personas.push(Persona::from(&who));
    }
    Ok(personas)
}

#[cfg(test)]
mod tests;
