//! The panel of the demonstration: from its letters to the answers, in the order of time.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use parvis_civic::process::{self, PhaseDraft, ProcessDraft};
use parvis_core::{Localized, Millis};
use parvis_panel::acts::{self, Person};
use parvis_panel::model::{Category, Rules, Seat, Value};
use parvis_panel::people::{Line, Volunteer};
use parvis_sortition::Chance;
use parvis_store::{Fut, Tx};
use serde::Deserialize;

use super::scene::{People, Scene, When};

/// What the file holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PanelFile {
    panel: PanelText,
    #[serde(rename = "category")]
    categories: Vec<CategoryText>,
    #[serde(rename = "session")]
    sessions: Vec<SessionText>,
    #[serde(rename = "recommendation")]
    recommendations: Vec<RecommendationText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PanelText {
    published: String,
    calls: [String; 2],
    draw: String,
    replace: String,
    erase: String,
    votes: String,
    evaluation: [String; 2],
    marks: [[usize; 5]; 5],
    answers: String,
    results: String,
    answer_due: String,
    seats: u32,
    volunteers: usize,
    allowance: i64,
    letters: i64,
    frame: usize,
    letters_seed: String,
    phones_prefix: String,
    phones: i64,
    phones_seed: String,
    seeds: [String; 2],
    method: Localized,
    title: Localized,
    summary: Localized,
    object: Localized,
    perimeter: Localized,
    duplicates: Localized,
    activity: Localized,
    source: Localized,
    phase: Localized,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryText {
    code: String,
    english: String,
    values: Vec<ValueText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ValueText {
    code: String,
    english: String,
    population: u64,
    willing: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SessionText {
    at: String,
    title: Localized,
    away: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RecommendationText {
    votes: [i64; 3],
    #[serde(default)]
    status: String,
    title: Localized,
    body: Localized,
    #[serde(default)]
    answer: Localized,
}

/// One act of the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
enum PanelAct {
    Prepare,
    Letters,
    Volunteer { n: usize },
    Moments,
    Announce,
    Draw { round: usize },
    Answers { round: usize },
    Session { n: usize },
    Votes,
    Ask,
    Evaluation,
    Official,
    Results,
    Erase,
}

impl PanelFile {
    /// What happens, and when.
    fn steps(&self, when: &When) -> Result<Vec<(Millis, PanelAct)>> {
        const HOUR: Millis = 3_600_000;
        let at = |text: &str| when.read(text);
        let p = &self.panel;
        let (opens, closes) = (at(&p.calls[0])?, at(&p.calls[1])?);
        let mut steps = vec![(at(&p.published)?, PanelAct::Prepare), (opens - HOUR, PanelAct::Letters)];
        steps.push((opens, PanelAct::Moments));
        // Answers come faster at first: each waits a little longer than the one before.
        let span = (closes - opens) * 9 / 10;
        let all = i64::try_from(p.volunteers)?;
        for n in 0..p.volunteers {
            let done = i64::try_from(n)?;
            steps.push((opens + HOUR + span * done * done / (all * all), PanelAct::Volunteer { n }));
        }
        steps.push((closes, PanelAct::Moments));
        let (draw, replace) = (at(&p.draw)?, at(&p.replace)?);
        steps.push((draw - 26 * HOUR, PanelAct::Announce));
        steps.push((draw, PanelAct::Draw { round: 0 }));
        steps.push((draw + 96 * HOUR, PanelAct::Answers { round: 0 }));
        steps.push((replace - 20 * HOUR, PanelAct::Announce));
        steps.push((replace, PanelAct::Draw { round: 1 }));
        steps.push((replace + 48 * HOUR, PanelAct::Answers { round: 1 }));
        for (n, session) in self.sessions.iter().enumerate() {
            steps.push((at(&format!("{} 12:30", session.at))?, PanelAct::Session { n }));
        }
        steps.push((at(&p.votes)?, PanelAct::Votes));
        steps.push((at(&p.evaluation[0])?, PanelAct::Ask));
        steps.push((at(&p.evaluation[1])?, PanelAct::Evaluation));
        steps.push((at(&p.answers)?, PanelAct::Official));
        steps.push((at(&p.results)?, PanelAct::Results));
        steps.push((at(&p.erase)?, PanelAct::Erase));
        Ok(steps)
    }

    fn rules(&self, draw_at: Millis, keep_until: Millis) -> Rules {
        let p = &self.panel;
        let category = |c: &CategoryText| {
            let value = |v: &ValueText| Value {
                code: v.code.clone(),
                english: v.english.clone(),
                population: v.population,
                ..Value::default()
            };
            let title = Localized::new(&c.code, &c.english);
            let values = c.values.iter().map(value).collect();
            let mut made = Category { code: c.code.clone(), title, values, ..Category::default() };
            let proposed = made.proposed(p.seats).unwrap_or_default();
            for (v, (min, max)) in made.values.iter_mut().zip(proposed) {
                (v.min, v.max) = (min, max);
            }
            made
        };
        Rules {
            seats: p.seats,
            categories: self.categories.iter().map(category).collect(),
            households: true,
            seed_source: p.source.clone(),
            draw_at: Some(draw_at),
            keep_until: Some(keep_until),
            allowance: p.allowance,
            ..Rules::default()
        }
    }

    /// How many volunteers answered as this person and live with nobody who was drawn.
    fn spare(&self, person: &Person, drawn: &[Person]) -> usize {
        let volunteers = (0..self.panel.volunteers).map(|n| self.volunteer(n));
        let free = |v: &Volunteer| drawn.iter().all(|d| d.household != v.household);
        volunteers.filter(|v| v.answers == person.answers && free(v)).count()
    }

    /// What a member thinks, from 1 to 5 for each statement; none once the totals of the file are given out.
    fn marks(&self, member: usize) -> Option<[i64; 5]> {
        let mut marks = [0; 5];
        for (mark, totals) in marks.iter_mut().zip(&self.panel.marks) {
            // Those who are content are not the same for each statement.
            let all: Vec<i64> =
                totals.iter().zip(1..).flat_map(|(&count, value)| vec![value; count]).collect();
            all.get(member)?;
            *mark = all[(member * 7 + totals[3]) % all.len()];
        }
        Some(marks)
    }

    /// A volunteer, the same on every run: values by population and by how willing people of each are.
    fn volunteer(&self, n: usize) -> Volunteer {
        let mut chance = Chance::new(&format!("volunteer {n}"));
        let mut answers = BTreeMap::new();
        for c in &self.categories {
            let weight = |v: &ValueText| v.population * v.willing;
            let mut left = chance.below(c.values.iter().map(weight).sum());
            let value = c.values.iter().find(|v| match left.checked_sub(weight(v)) {
                Some(rest) => {
                    left = rest;
                    false
                }
                None => true,
            });
            if let Some(value) = value {
                answers.insert(c.code.clone(), value.code.clone());
            }
        }
        // One in nine shares the household of the one before.
        let home = if n % 9 == 1 { n - 1 } else { n };
        Volunteer {
            name: format!("Habitant {}", n + 1),
            contact: format!("panel{}@aubrelune.example", n + 1),
            household: format!("foyer {home}"),
            locale: parvis_core::Locale::Fr,
            answers,
        }
    }
}

/// The panel as it stands in the database.
#[derive(Debug)]
pub struct Panel {
    file: Arc<PanelFile>,
    acts: Vec<PanelAct>,
    activity: i64,
    /// The telephone numbers drawn.
    numbers: Vec<String>,
    recommendations: Vec<i64>,
}

impl Scene for Panel {
    fn steps(&mut self, when: &When) -> Result<Vec<Millis>> {
        let (moments, acts) = self.file.steps(when)?.into_iter().unzip();
        self.acts = acts;
        Ok(moments)
    }

    fn play<'a>(
        &'a mut self,
        tx: &'a mut Tx<'_>,
        n: usize,
        at: Millis,
        when: &'a When,
        _people: &'a People,
    ) -> Fut<'a, Result<()>> {
        Box::pin(async move {
            let act = self.acts.get(n).cloned().context("no such act")?;
            self.run(tx, at, &act, when).await.with_context(|| format!("{act:?} of the panel"))
        })
    }
}

impl Panel {
    /// Reads its file.
    ///
    /// # Errors
    /// When it is not as expected.
    pub fn read() -> Result<Self> {
        let file = toml::from_str(include_str!("../../../demo/panel.toml")).context("demo/panel.toml")?;
        Ok(Self { file: Arc::new(file), acts: vec![], activity: 0, numbers: vec![], recommendations: vec![] })
    }

    async fn run(&mut self, tx: &mut Tx<'_>, at: Millis, act: &PanelAct, when: &When) -> Result<()> {
        let file = Arc::clone(&self.file);
        let (id, p) = (self.activity, &file.panel);
        match act {
            PanelAct::Prepare => self.activity = prepare(tx, at, &file, when).await?,
            PanelAct::Letters => {
                let line = |n: usize| Line { address: format!("Logement {n}"), ..Line::default() };
                let frame: Vec<Line> = (1..=p.frame).map(line).collect();
                acts::letters(tx, at, id, &frame, p.letters, &p.letters_seed).await?;
                self.numbers = acts::phones(tx, at, id, &p.phones_prefix, p.phones, &p.phones_seed).await?;
            }
            PanelAct::Volunteer { n } if n % 11 == 3 => {
                // Of six who are called, one says yes.
                let first = n / 11 * 6;
                let called = self.numbers.get(first..first + 6).context("too few telephone numbers")?;
                for number in &called[..5] {
                    acts::called(tx, at, id, number, None).await?;
                }
                acts::called(tx, at, id, &called[5], Some(&file.volunteer(*n))).await?;
            }
            PanelAct::Volunteer { n } => acts::volunteer(tx, at, id, &file.volunteer(*n), "web").await?,
            PanelAct::Moments => {
                process::record_moments(tx, at).await?;
            }
            PanelAct::Announce => {
                acts::announce(tx, at, id).await?;
            }
            PanelAct::Draw { round } => {
                acts::draw(tx, at, id, i64::try_from(*round)? + 1, &p.seeds[*round]).await?;
            }
            PanelAct::Answers { round } => {
                let drawn = acts::drawn(tx, id).await?;
                // Two of the first draw cannot come, of those whom others like them can replace: the draw is anybody's
                // guess, and the demonstration must be whole each time.
                let mut leave = if *round == 0 { 2 } else { 0 };
                for person in drawn.iter().filter(|d| d.seat == Seat::Drawn) {
                    let declines = leave > 0 && file.spare(person, &drawn) >= 2;
                    leave -= usize::from(declines);
                    let seat = if declines { Seat::Declined } else { Seat::Accepted };
                    acts::seat(tx, at, id, person, seat).await?;
                }
            }
            PanelAct::Session { n } => {
                let text = &file.sessions[*n];
                let members: Vec<_> =
                    acts::drawn(tx, id).await?.into_iter().filter(|d| d.seat == Seat::Accepted).collect();
                let came = members.len().saturating_sub(text.away);
                let day = jiff::Timestamp::from_millisecond(at)?.strftime("%Y-%m-%d").to_string();
                acts::session(tx, id, &text.title, &day, &members[..came]).await?;
            }
            PanelAct::Votes => {
                for r in &file.recommendations {
                    let made = acts::recommend(tx, at, id, &r.title, &r.body, r.votes).await?;
                    self.recommendations.push(made);
                }
            }
            PanelAct::Ask => acts::open_evaluation(tx, at, id).await?,
            PanelAct::Evaluation => {
                let members = acts::drawn(tx, id).await?.into_iter().filter(|d| d.seat == Seat::Accepted);
                for (n, member) in members.enumerate() {
                    if let Some(marks) = file.marks(n) {
                        acts::evaluate(tx, id, &member, marks).await?;
                    }
                }
                acts::publish_evaluation(tx, at, id).await?;
            }
            PanelAct::Official => {
                for (r, made) in file.recommendations.iter().zip(&self.recommendations) {
                    if !r.status.is_empty() {
                        acts::answer(tx, at, id, *made, &r.status, &r.answer).await?;
                    }
                }
            }
            PanelAct::Results => acts::publish(tx, at, id).await?,
            PanelAct::Erase => acts::erase(tx, at, id).await?,
        }
        Ok(())
    }
}

async fn prepare(tx: &mut Tx<'_>, at: Millis, file: &PanelFile, when: &When) -> Result<i64> {
    let p = &file.panel;
    let when = |text: &str| when.read(text);
    let draft = ProcessDraft {
        title: p.title.clone(),
        summary: p.summary.clone(),
        object: p.object.clone(),
        perimeter: p.perimeter.clone(),
        duplicates_rule: p.duplicates.clone(),
        method_note: p.method.clone(),
        answer_due_at: Some(when(&p.answer_due)?),
        ..ProcessDraft::default()
    };
    let made = process::create(tx, at, &draft).await?;
    let phase = PhaseDraft {
        title: p.phase.clone(),
        description: Localized::default(),
        starts_at: when(&p.calls[0])?,
        ends_at: when(&p.calls[1])?,
    };
    let phase = process::add_phase(tx, at, made.id, &phase).await?;
    process::publish(tx, at, made.id).await?;
    let activity = process::add_activity(tx, at, made.id, "panel", &p.activity, Some(phase)).await?;
    acts::create(tx, activity.id, &file.rules(when(&p.draw)?, when(&p.erase)?)).await?;
    let draft = process::ActivityDraft {
        title: p.activity.clone(),
        summary: p.summary.clone(),
        phase_id: Some(phase),
        rules: file.rules(when(&p.draw)?, when(&p.erase)?).to_json(),
    };
    process::update_activity(tx, at, activity.id, &draft).await?;
    process::publish_activity(tx, at, activity.id).await?;
    Ok(activity.id)
}

#[cfg(test)]
mod tests {
    use super::Panel;

    #[test]
    fn each_seed_comes_from_the_source_that_was_named() {
        let file = Panel::read().expect("the panel").file;
        let source = &file.panel.source;
        assert!(source.fr.starts_with("À chaque tirage, trois dés"), "{}", source.fr);
        assert!(source.fr.contains("un mot de chacun des trois témoins"), "{}", source.fr);
        assert!(source.en.starts_with("At each draw, three dice"), "{}", source.en);
        assert!(source.en.contains("one word from each of three witnesses"), "{}", source.en);
        for seed in &file.panel.seeds {
            let pieces: Vec<&str> = seed.split(" + ").collect();
            assert_eq!(pieces.len(), 6, "{seed}");
            let (dice, words) = pieces.split_at(3);
            assert!(dice.iter().all(|d| matches!(d.parse(), Ok(1..=6))), "{seed}");
            assert!(words.iter().all(|w| w.chars().all(char::is_alphabetic)), "{seed}");
        }
    }
}
