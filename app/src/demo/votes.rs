//! The votes of the demonstration: options, people who vote online or on paper, and, when it is over, the count.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use parvis_civic::process;
use parvis_core::{Localized, Millis};
use parvis_store::{Fut, Tx};
use parvis_tally::{Method, Rules as TallyRules, TieBreak};
use parvis_vote::model::{self, Ballot, Rules};
use parvis_vote::store;
use serde::Deserialize;
use serde_json::Value;

use super::data::{ActivityText, PhaseText, ProcessText};
use super::scene::{self, People, Scene, When, spread};
use super::urn::{Electors, Urn, agents, lean};

/// A file of a vote.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoteFile {
    process: ProcessText,
    #[serde(rename = "phase")]
    phases: Vec<PhaseText>,
    activity: ActivityText,
    vote: How,
    #[serde(rename = "option")]
    options: Vec<OptionText>,
    #[serde(rename = "leaning")]
    leanings: Vec<Leaning>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct How {
    method: Method,
    /// How many people vote on paper.
    paper: usize,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct OptionText {
    title: Localized,
    body: Localized,
}

/// What some people tend to think.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Leaning {
    weight: usize,
    #[serde(default)]
    grades: Vec<u32>,
    #[serde(default)]
    plus: Vec<usize>,
    #[serde(default)]
    minus: Vec<usize>,
}

impl VoteFile {
    /// Reads a file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self> {
        Ok(toml::from_str(text)?)
    }

    /// The texts that the process shows first.
    #[cfg(test)]
    pub fn texts(&self) -> &ProcessText {
        &self.process
    }

    /// The `n`th ballot: that of a leaning, with moods that differ a little from one person to the next.
    fn ballot(&self, n: usize, options: &[i64]) -> Ballot {
        let leaning = lean(&self.leanings, |l| l.weight, n);
        let Some(leaning) = leaning else { return Ballot::Approve(vec![]) };
        if self.vote.method == Method::D21 {
            let named = |places: &[usize], skip: bool| {
                places
                    .iter()
                    .filter(|_| !skip)
                    .filter_map(|p| options.get(p.checked_sub(1)?).copied())
                    .collect()
            };
            return Ballot::Marks {
                plus: named(&leaning.plus, n % 17 == 16),
                minus: named(&leaning.minus, n.is_multiple_of(3)),
            };
        }
        let mood = |i: usize, grade: u32| match (n * 31 + i * 17) % 5 {
            0 => grade.saturating_sub(1),
            1 => (grade + 1).min(model::JUDGEMENT),
            _ => grade,
        };
        // Some do not know one of the names.
        let graded = options
            .iter()
            .zip(&leaning.grades)
            .enumerate()
            .filter(|(i, _)| !(n * 13 + i * 7).is_multiple_of(23));
        Ballot::Grades(graded.map(|(i, (id, grade))| (*id, mood(i, *grade))).collect())
    }
}

/// A vote under way or over.
#[derive(Debug)]
pub struct Vote {
    file: Arc<VoteFile>,
    electors: Electors,
    made: (i64, i64),
    options: Vec<i64>,
    urn: Option<Urn>,
}

/// The steps before the first ballot.
const BEFORE: usize = 4;
/// How many sheets are keyed in one step.
const KEYED: usize = 40;

impl Vote {
    /// What the file tells; these people vote online.
    pub fn new(file: VoteFile, online: Vec<String>) -> Self {
        let electors = Electors { online, paper: file.vote.paper };
        Self { file: Arc::new(file), electors, made: (0, 0), options: vec![], urn: None }
    }

    fn phase(&self, when: &When) -> Result<(Millis, Millis)> {
        let phase =
            self.file.phases.iter().find(|p| p.key == self.file.activity.phase).context("no such phase")?;
        Ok((when.read(&phase.from)?, when.read(&phase.to)?))
    }

    fn urn(&mut self) -> Result<&mut Urn> {
        self.urn.as_mut().context("the box is not there yet")
    }

    async fn prepare(&mut self, tx: &mut Tx<'_>, at: Millis, when: &When) -> Result<()> {
        let file = Arc::clone(&self.file);
        let tool = parvis_vote::component();
        self.made =
            scene::prepare(tx, at, when, &*tool, (&file.process, &file.phases, &file.activity)).await?;
        let mut tally = TallyRules::new(file.vote.method).ties(TieBreak::Options);
        if file.vote.method == Method::D21 {
            (tally.plus, tally.minus) = (Some(2), Some(1));
        }
        let mut rules = Rules { tally, ties_chosen: true, ..Rules::default() };
        rules.tally.max_grade = (file.vote.method == Method::MajorityJudgement).then(|| rules.max_grade());
        rules.ballot_box.paper = true;
        rules.ballot_box.changeable = true;
        store::set_rules(tx, self.made.0, &rules.to_json()).await?;
        for option in &file.options {
            let choice = model::Choice {
                id: 0,
                title: option.title.clone(),
                body: option.body.clone(),
                link: String::new(),
                has_picture: false,
                picture_alt: Localized::default(),
            };
            self.options.push(store::add(tx, self.made.0, &choice).await?);
        }
        let options = store::options(tx, self.made.0).await?;
        let content = model::content(&rules, &options);
        self.urn = Some(Urn::new(self.made.0, rules.ballot_box, content));
        Ok(())
    }

    /// Online or on paper, in an order that mixes both.
    async fn vote(
        &mut self,
        tx: &mut Tx<'_>,
        n: usize,
        at: Millis,
        when: &When,
        people: &People,
    ) -> Result<()> {
        let ballot: Value = self.file.ballot(n, &self.options).to_value();
        let who = self.electors.online(n, people).cloned();
        self.urn()?.vote(tx, at, &when.zone, who.as_ref(), ballot).await
    }

    async fn after(&mut self, tx: &mut Tx<'_>, n: usize, at: Millis, people: &People) -> Result<()> {
        let keyed = self.electors.count().div_ceil(KEYED);
        let agents = agents(people)?;
        let id = self.made.0;
        match n.checked_sub(keyed) {
            None => self.urn()?.key(tx, at, agents, n * KEYED, (n + 1) * KEYED).await,
            Some(0) => self.urn()?.close(tx, at).await,
            Some(_) => {
                let activity = process::activity(tx, id).await?.context("no such vote")?;
                let tool = parvis_vote::component();
                let results = tool.results(tx, &activity, at).await?.context("no results")?;
                Ok(process::publish_results(tx, at, id, &serde_json::from_str(&results)?).await?)
            }
        }
    }
}

impl Scene for Vote {
    fn steps(&mut self, when: &When) -> Result<Vec<Millis>> {
        let (opens, closes) = self.phase(when)?;
        let mut steps = vec![
            when.read(&self.file.process.published)?,
            when.read(&self.file.activity.published)?,
            opens - 3_600_000,
            opens,
        ];
        let end = closes.min(when.now) - 1_800_000;
        steps.extend(spread(opens + 60_000, end, self.electors.count()));
        // The evening of the close: sheets are keyed, the box is closed; the results come the next morning.
        let counted = self.electors.count().div_ceil(KEYED);
        steps.push(closes);
        steps.extend(spread(closes + 1_800_000, closes + 7_200_000, counted));
        steps.extend([closes + 7_300_000, closes + 16 * 3_600_000]);
        Ok(steps)
    }

    fn play<'a>(
        &'a mut self,
        tx: &'a mut Tx<'_>,
        n: usize,
        at: Millis,
        when: &'a When,
        people: &'a People,
    ) -> Fut<'a, Result<()>> {
        Box::pin(async move {
            // A few more sheets than people, as one prints.
            let (last, sheets) = (BEFORE + self.electors.count(), self.electors.count());
            match n {
                0 => self.prepare(tx, at, when).await,
                1 => scene::open(tx, at, self.made, &self.file.process.followers, people).await,
                2 => self.urn()?.print(tx, at, sheets).await,
                n if n == 3 || n == last => Ok(process::record_moments(tx, at).await.map(drop)?),
                n if n < last => self.vote(tx, n - BEFORE, at, when, people).await,
                n => self.after(tx, n - last - 1, at, people).await,
            }
        })
    }
}
