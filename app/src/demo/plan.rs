//! What happens, and when: every act of the demonstration, in the order of time.

use anyhow::{Context as _, Result, bail, ensure};
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use parvis_core::Millis;

use super::budgets::Budget;
use super::data::{Argument, Demo, ProcessFile, Text};
use super::scene::{Scene, When};

/// One act: where it stands in the files, and when it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Millis,
    /// Which process, by its place among the files.
    pub process: usize,
    /// What.
    pub act: Act,
}

/// An act. Numbers are places in the lists of the files; `of` names the amendment that an argument is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Join { person: usize },
    Prepare,
    Document { n: usize },
    Article { n: usize },
    OpenActivity,
    Moments,
    Proposal { n: usize },
    Argument { text: usize, of: Option<usize>, side: i64, n: usize },
    Source { text: usize, n: usize },
    Amendment { text: usize, n: usize },
    Decide { text: usize, n: usize },
    Vote { on: Target, person: usize, value: i64 },
    Extra { n: usize },
    Flag { n: usize },
    Hide { n: usize },
    Appeal { n: usize },
    Revise { n: usize },
    Withdraw { n: usize },
    Answer { text: usize },
    Results,
    Scene { scene: usize, n: usize },
    Budget { budget: usize, n: usize },
}

/// What a vote or a support is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Text { n: usize },
    Amendment { text: usize, n: usize },
    Argument { text: usize, of: Option<usize>, side: i64, n: usize },
    Source { text: usize, n: usize },
}

/// Reads a moment such as `"-18d 08:00"`: that many days from today, at that time in the site's zone.
///
/// # Errors
/// When it is written otherwise.
pub fn moment(text: &str, now: Millis, zone: &TimeZone) -> Result<Millis> {
    let read = || -> Option<Millis> {
        let (days, time) = text.split_once("d ")?;
        let days: i64 = days.parse().ok()?;
        let (hour, minute) = time.split_once(':')?;
        let time = Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
        let today: Date = Timestamp::from_millisecond(now).ok()?.to_zoned_datetime(zone.clone()).date();
        let day = today.checked_add(Span::new().days(days)).ok()?;
        Some(day.to_datetime(time).to_zoned_datetime(zone.clone()).ok()?.timestamp().as_millisecond())
    };
    read().with_context(|| format!("\"{text}\" is not a moment such as \"-18d 08:00\""))
}

/// Every step, in the order of time; those that share a moment stay in the order of the files.
///
/// # Errors
/// A moment that cannot be read, or an act that would come too early.
pub fn steps(
    demo: &Demo,
    scenes: &mut [Box<dyn Scene>],
    budgets: &mut [Budget],
    when: &When,
) -> Result<Vec<Step>> {
    let (now, zone) = (when.now, &when.zone);
    let mut steps = vec![];
    for (person, p) in demo.people.iter().enumerate() {
        steps.push(Step { at: moment(&p.joined, now, zone)?, process: 0, act: Act::Join { person } });
    }
    for process in 0..demo.processes.len() {
        Plan { demo, file: &demo.processes[process], process, now, zone, steps: &mut steps }.all()?;
    }
    for (scene, told) in scenes.iter_mut().enumerate() {
        for (n, at) in told.steps(when)?.into_iter().enumerate() {
            steps.push(Step { at, process: 0, act: Act::Scene { scene, n } });
        }
    }
    for (budget, told) in budgets.iter_mut().enumerate() {
        for (n, at) in told.steps(when)?.into_iter().enumerate() {
            steps.push(Step { at, process: 0, act: Act::Budget { budget, n } });
        }
    }
    steps.retain(|s| s.at <= now);
    steps.sort_by_key(|s| s.at);
    Ok(steps)
}

struct Plan<'a> {
    demo: &'a Demo,
    file: &'a ProcessFile,
    process: usize,
    now: Millis,
    zone: &'a TimeZone,
    steps: &'a mut Vec<Step>,
}

impl Plan<'_> {
    fn at(&self, text: &str) -> Result<Millis> {
        moment(text, self.now, self.zone)
    }

    fn push(&mut self, at: Millis, act: Act) {
        self.steps.push(Step { at, process: self.process, act });
    }

    fn all(mut self) -> Result<()> {
        let file = self.file;
        self.push(self.at(&file.process.published)?, Act::Prepare);
        for (n, d) in file.documents.iter().enumerate() {
            self.push(self.at(&d.at)?, Act::Document { n });
        }
        let phase = file.phases.iter().find(|p| p.key == file.activity.phase);
        let phase = phase.with_context(|| format!("no phase {}", file.activity.phase))?;
        let (opens, closes) = (self.at(&phase.from)?, self.at(&phase.to)?);
        self.push(self.at(&file.activity.published)?, Act::OpenActivity);
        self.push(opens, Act::Moments);
        self.push(closes, Act::Moments);
        // What happens in the phase ends a little before now, or before the close.
        let end = closes.min(self.now) - 40 * 60_000;
        for (n, text) in file.texts.iter().enumerate() {
            self.text(n, text, opens, end)?;
        }
        for (n, x) in file.extras.iter().enumerate() {
            self.push(self.at(&x.at)?, Act::Extra { n });
        }
        for (n, x) in file.flags.iter().enumerate() {
            self.push(self.at(&x.at)?, Act::Flag { n });
        }
        for (n, x) in file.hides.iter().enumerate() {
            self.push(self.at(&x.at)?, Act::Hide { n });
        }
        for (n, x) in file.appeals.iter().enumerate() {
            self.push(self.at(&x.at)?, Act::Appeal { n });
        }
        for (n, x) in file.revisions.iter().enumerate() {
            self.push(self.at(&x.at)?, Act::Revise { n });
        }
        for (n, x) in file.withdrawals.iter().enumerate() {
            self.push(self.at(&x.at)?, Act::Withdraw { n });
        }
        if closes < self.now {
            // Results come the third day after the close.
            self.push(closes + 3 * 86_400_000 - 3_600_000, Act::Results);
        }
        Ok(())
    }

    fn text(&mut self, n: usize, text: &Text, opens: Millis, end: Millis) -> Result<()> {
        let at = self.at(&text.at)?;
        match text.kind.as_str() {
            "article" => self.push(at, Act::Article { n }),
            "proposal" => self.push(at, Act::Proposal { n }),
            other => bail!("{other} is not a kind of text"),
        }
        let from = at.max(opens) + 30 * 60_000;
        let seed = n + 31 * self.process;
        self.votes(Target::Text { n }, text.votes, from, end, seed)?;
        self.arguments(n, None, &text.pro, &text.con, from, end)?;
        for (s, source) in text.sources.iter().enumerate() {
            let at = spread(from, end, s, text.sources.len() + 2, seed + 5);
            self.push(at, Act::Source { text: n, n: s });
            let on = Target::Source { text: n, n: s };
            self.votes(on, [source.support, 0, 0], at + 60_000, end, seed + s + 7)?;
        }
        for (a, amendment) in text.amendments.iter().enumerate() {
            let at = self.at(&amendment.at)?;
            self.push(at, Act::Amendment { text: n, n: a });
            // An amendment that was decided is no longer voted upon: its votes and arguments come before.
            let decided = amendment.decided.as_deref().map(|d| self.at(d)).transpose()?;
            let end = decided.map_or(end, |d| end.min(d - 30 * 60_000));
            let from = at + 30 * 60_000;
            self.votes(Target::Amendment { text: n, n: a }, amendment.votes, from, end, seed + a + 3)?;
            self.arguments(n, Some(a), &amendment.pro, &amendment.con, from, end)?;
            if let Some(decided) = decided {
                self.push(decided, Act::Decide { text: n, n: a });
            }
        }
        if let Some(answer) = &text.answer {
            self.push(self.at(&answer.at)?, Act::Answer { text: n });
        }
        Ok(())
    }

    fn arguments(
        &mut self,
        text: usize,
        of: Option<usize>,
        pro: &[Argument],
        con: &[Argument],
        from: Millis,
        end: Millis,
    ) -> Result<()> {
        let count = pro.len() + con.len();
        for (side, list) in [(1, pro), (-1, con)] {
            for (n, argument) in list.iter().enumerate() {
                let place = if side == 1 { 2 * n } else { 2 * n + 1 };
                let seed = text * 7 + n + usize::from(side < 0);
                let at = match &argument.at {
                    Some(at) => self.at(at)?,
                    None => spread(from, end, place.min(count), count + 2, seed),
                };
                self.push(at, Act::Argument { text, of, side, n });
                let on = Target::Argument { text, of, side, n };
                self.votes(on, [argument.support, 0, 0], at + 60_000, end, seed)?;
            }
        }
        Ok(())
    }

    /// Deals these totals to the participants, the same way each time, and spreads them over the days.
    fn votes(
        &mut self,
        on: Target,
        totals: [usize; 3],
        from: Millis,
        end: Millis,
        seed: usize,
    ) -> Result<()> {
        let count: usize = totals.iter().sum();
        let mut voters = vec![];
        for (i, p) in self.demo.people.iter().enumerate() {
            let joined = self.at(&p.joined)?;
            // Nobody votes before they joined, nor after the end.
            if p.role == parvis_core::Role::Participant && joined + 3_600_000 < end {
                voters.push((i, joined));
            }
        }
        ensure!(count <= voters.len(), "{on:?} has more votes than there are participants");
        let values = [1, 0, -1].into_iter().zip(totals).flat_map(|(value, n)| std::iter::repeat_n(value, n));
        // A stride prime with the number of voters reaches each of them once.
        let stride = (3..).step_by(2).find(|s| gcd(*s + 2 * (seed % 4), voters.len()) == 1).unwrap_or(1);
        let stride = stride + 2 * (seed % 4);
        for (n, value) in values.enumerate() {
            let (person, joined) = voters[(seed * 5 + n * stride) % voters.len()];
            let at = spread(from, end, n, count, seed + person).max(joined + 3_600_000).min(end);
            self.push(at, Act::Vote { on: on.clone(), person, value });
        }
        Ok(())
    }
}

const fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The `n`th of `count` moments between two others: regular, with a small shift that depends on `seed` so that
/// nothing falls on the stroke of the clock.
pub fn spread(from: Millis, end: Millis, n: usize, count: usize, seed: usize) -> Millis {
    let number = |x: usize| i64::try_from(x).unwrap_or(0);
    let span = (end - from).max(1);
    let base = span / number(count.max(1) + 1) * (number(n) + 1);
    let shift = number((seed * 7_919 + n * 104_729) % 5_000) * 1_000;
    from + (base + shift).min(span)
}
