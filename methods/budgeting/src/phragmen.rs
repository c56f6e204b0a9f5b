//! Phragmén's sequential rule.
//!
//! All voters earn money at the same speed. As soon as the supporters of a project hold its cost together, it is bought
//! and they hold nothing again. So each voter's last purchase tells all about them: how many supporters of each
//! project bought last in each round is all that must be kept, and moments follow exactly from moments.

use std::cmp::Ordering;

use num_bigint::BigInt;

use crate::chain::{Amount, Chain};
use crate::count::{Counting, Found};
use crate::greedy::Passed;
use crate::number::{Ratio, float};
use crate::outcome::{LeftOut, Reason, Step};

/// The rule under way.
struct Race<'a> {
    counting: &'a Counting<'a>,
    /// Of the supporters of each project, how many bought last in each round (0: nothing yet).
    last: Vec<Vec<u64>>,
    /// The round, from 1, in which each group bought last.
    bought: Vec<u32>,
    /// The moments of the rounds: exact, and near.
    chain: Chain,
    near: Vec<f64>,
}

impl<'a> Race<'a> {
    fn new(counting: &'a Counting<'a>) -> Self {
        Self {
            counting,
            last: counting.support.votes.iter().map(|&votes| vec![votes]).collect(),
            bought: vec![0; counting.election.weights.len()],
            chain: Chain::new(0, 1),
            near: Vec::new(),
        }
    }

    /// When the supporters of a project will hold its cost, nearly.
    fn moment(&self, project: usize) -> f64 {
        let held: f64 =
            self.near.iter().zip(self.last[project].iter().skip(1)).map(|(t, &n)| t * float(n.into())).sum();
        let cost = float(self.counting.election.costs[project].into());
        (held + cost) / float(self.counting.support.votes[project].into())
    }

    /// The same exactly: a numerator over the shared denominator times the number of supporters.
    fn exact(&self, project: usize) -> BigInt {
        let mut held = Amount::default();
        for (round, &n) in self.last[project].iter().enumerate().skip(1) {
            held.price(round - 1, n.into());
        }
        self.chain.whole(self.counting.election.costs[project]) + self.chain.numerator(&held)
    }

    /// Those of these projects that are bought next, at the same moment.
    fn next(&self, projects: &[usize]) -> Vec<usize> {
        // Sums of numbers over 0: each round adds a few roundings at most.
        let rounds = float(u128::try_from(self.near.len()).unwrap_or(0));
        let doubt = 1.0 + 1e-15 * (rounds + 2.0) * (rounds + 8.0);
        let near: Vec<(usize, f64)> = projects.iter().map(|&p| (p, self.moment(p))).collect();
        let least = near.iter().map(|&(_, t)| t).fold(f64::INFINITY, f64::min) * doubt * doubt;
        let close = near.into_iter().filter(|&(_, t)| t <= least).map(|(p, _)| p);
        let mut found: Vec<(usize, BigInt)> = Vec::new();
        let close: Vec<usize> = close.collect();
        if close.len() < 2 {
            return close;
        }
        for p in close {
            let moment = self.exact(p);
            let votes = |p: usize| self.counting.support.votes[p];
            let against = found.first().map(|(q, least)| (&moment * votes(*q)).cmp(&(least * votes(p))));
            match against.unwrap_or(Ordering::Less) {
                Ordering::Less => found = vec![(p, moment)],
                Ordering::Equal => found.push((p, moment)),
                Ordering::Greater => {}
            }
        }
        found.into_iter().map(|(p, _)| p).collect()
    }

    fn buy(&mut self, project: usize) {
        self.near.push(self.moment(project));
        let moment = self.exact(project);
        self.chain.push(&moment, self.counting.support.votes[project].into());
        let round = self.near.len();
        let election = self.counting.election;
        let values = &self.counting.support.values;
        for last in &mut self.last {
            last.push(0);
        }
        for &group in self.counting.support.of(project).0 {
            let group = usize::try_from(group).unwrap_or(usize::MAX);
            let before = std::mem::replace(&mut self.bought[group], u32::try_from(round).unwrap_or(u32::MAX));
            let before = usize::try_from(before).unwrap_or(0);
            let weight = u64::from(election.weights[group]);
            for at in election.starts[group]..election.starts[group + 1] {
                if values.get(at).is_none_or(|&value| value > 0) {
                    let last = &mut self.last[usize::try_from(election.chosen[at]).unwrap_or(usize::MAX)];
                    last[before] -= weight;
                    last[round] += weight;
                }
            }
        }
    }
}

/// `skip`: a project that would exceed the budget is passed over; otherwise it ends the count.
pub(crate) fn count(counting: &Counting<'_>, skip: bool) -> Found {
    let election = counting.election;
    let ten = BigInt::from(10).pow(election.decimals);
    let mut race = Race::new(counting);
    let mut left = election.budget;
    let mut found = Found { winners: Vec::new(), rounds: Vec::new(), ties: Vec::new(), left_out: Vec::new() };
    let (mut rest, hopeless): (Vec<usize>, Vec<usize>) =
        (0..election.projects.len()).partition(|&p| counting.hopeless(p).is_none());
    let mut passed: Vec<Passed> =
        hopeless.into_iter().map(|project| Passed { project, left, reason: Reason::OverBudget }).collect();
    loop {
        let supported: Vec<usize> = rest.iter().copied().filter(|&p| counting.support.votes[p] > 0).collect();
        // Those that nobody supports come at the end of time.
        let equals = if supported.is_empty() { rest.clone() } else { race.next(&supported) };
        let over: Vec<usize> = equals.iter().copied().filter(|&p| election.costs[p] > left).collect();
        if equals.is_empty() || (!over.is_empty() && !skip) {
            passed.extend(over.iter().map(|&project| Passed { project, left, reason: Reason::DoesNotFit }));
            rest.retain(|p| !over.contains(p));
            break;
        }
        if !over.is_empty() {
            passed.extend(over.iter().map(|&project| Passed { project, left, reason: Reason::DoesNotFit }));
            rest.retain(|p| !over.contains(p));
            continue;
        }
        let Some(p) = counting.ranking.first(&equals) else { break };
        let round = found.rounds.len();
        if equals.len() > 1 {
            let at = u32::try_from(round + 1).unwrap_or(u32::MAX);
            found.ties.push(counting.ranking.tie(election, at, &equals, p));
        }
        left -= election.costs[p];
        let mut working = counting.round(round, p, Step::Earnings, left.into());
        if counting.support.votes[p] > 0 {
            race.buy(p);
            working.effective_cost =
                Some(Ratio::from_inner(race.chain.price(race.near.len() - 1).inner() / &ten));
            working.payers = Some(counting.support.votes[p]);
        }
        found.rounds.push(working);
        found.winners.push(p);
        rest.retain(|&q| q != p);
    }
    passed.extend(rest.iter().map(|&project| Passed { project, left, reason: Reason::Ended }));
    found.left_out = passed.iter().map(|passed| counting.passed(passed)).map(unsupported).collect();
    found
}

fn unsupported(mut left: LeftOut) -> LeftOut {
    if left.supporters == 0 {
        left.reason = Reason::NoSupport;
    }
    left
}
