//! The greedy rule: from the most satisfaction by unit of cost down, as long as the budget lasts.

use std::cmp::Ordering;

use crate::count::{Counting, Found};
use crate::outcome::{Reason, Step, Tie};

/// What the greedy rule takes, and what it passes over.
pub(crate) struct Filled {
    pub winners: Vec<usize>,
    pub passed: Vec<Passed>,
    /// Before which of the winners there was a choice between equals that all fitted.
    equals: Vec<(usize, Vec<usize>)>,
}

/// A project that was not taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Passed {
    pub project: usize,
    /// What was left of the budget then.
    pub left: u64,
    pub reason: Reason,
}

/// Satisfaction by unit of cost. What costs nothing is above all, if it brings something.
#[derive(Debug, Clone, Copy)]
struct Density {
    score: i128,
    cost: u64,
}

impl Density {
    fn compare(self, other: Self) -> Ordering {
        // Nothing brought is nothing, whatever the cost.
        match (self.score <= 0, other.score <= 0) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => match (self.cost, other.cost) {
                (0, 0) => Ordering::Equal,
                (0, _) => Ordering::Greater,
                (_, 0) => Ordering::Less,
                _ => ratio(self.score, self.cost, other.score, other.cost),
            },
        }
    }
}

/// Compares `a / b` with `c / d`, all over 0.
fn ratio(a: i128, b: u64, c: i128, d: u64) -> Ordering {
    match (a.checked_mul(d.into()), c.checked_mul(b.into())) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => (num_bigint::BigInt::from(a) * d).cmp(&(num_bigint::BigInt::from(c) * b)),
    }
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// The most satisfaction by unit of cost.
    Density,
    /// The most satisfaction.
    Score,
}

/// Goes through the projects that are not `taken`, with what is `left` of the budget. `stop`: the first project that
/// does not fit ends it.
pub(crate) fn fill(
    counting: &Counting<'_>,
    taken: &[usize],
    mut left: u64,
    order: Order,
    stop: bool,
) -> Filled {
    let costs = &counting.election.costs;
    let density = |p: usize| Density {
        score: counting.support.scores[p],
        cost: if order == Order::Density { costs[p] } else { 1 },
    };
    let mut order: Vec<usize> = (0..costs.len()).filter(|p| !taken.contains(p)).collect();
    order.sort_by(|&a, &b| {
        density(b).compare(density(a)).then(counting.ranking.ranks[a].cmp(&counting.ranking.ranks[b]))
    });
    let mut filled = Filled { winners: Vec::new(), passed: Vec::new(), equals: Vec::new() };
    let mut ended = false;
    for (n, &p) in order.iter().enumerate() {
        // More against than for, or too few votes: no candidate.
        if counting.support.scores[p] < 0 || !counting.eligible[p] {
            filled.passed.push(Passed { project: p, left, reason: Reason::NoSupport });
        } else if ended || costs[p] > left {
            filled.passed.push(Passed {
                project: p,
                left,
                reason: if ended { Reason::Ended } else { Reason::DoesNotFit },
            });
            ended |= stop && costs[p] <= counting.election.budget;
        } else {
            let alike = order.get(n..).unwrap_or(&[]).iter().copied();
            let alike = alike.take_while(|&q| density(q).compare(density(p)) == Ordering::Equal);
            let equals: Vec<usize> = alike
                .filter(|&q| costs[q] <= left && counting.eligible[q] && counting.support.scores[q] >= 0)
                .collect();
            if equals.len() > 1 {
                filled.equals.push((filled.winners.len(), equals));
            }
            left -= costs[p];
            filled.winners.push(p);
        }
    }
    filled
}

impl Filled {
    /// The choices between equals. `before`: how many rounds came before.
    pub(crate) fn ties(&self, counting: &Counting<'_>, before: u32) -> Vec<Tie> {
        let tie = |(n, equals): &(usize, Vec<usize>)| {
            let round = before.saturating_add(u32::try_from(*n).unwrap_or(u32::MAX)).saturating_add(1);
            counting.ranking.tie(counting.election, round, equals, self.winners[*n])
        };
        self.equals.iter().map(tie).collect()
    }
}

/// The greedy rule on the whole budget.
pub(crate) fn count(counting: &Counting<'_>, order: Order, stop: bool) -> Found {
    let budget = counting.election.budget;
    let filled = fill(counting, &[], budget, order, stop);
    let mut left = i128::from(budget);
    let mut rounds = Vec::new();
    for (n, &p) in filled.winners.iter().enumerate() {
        left -= i128::from(counting.election.costs[p]);
        rounds.push(counting.round(n, p, Step::Greedy, left));
    }
    let left_out = filled.passed.iter().map(|passed| counting.passed(passed)).collect();
    Found { ties: filled.ties(counting, 0), winners: filled.winners, rounds, left_out }
}
