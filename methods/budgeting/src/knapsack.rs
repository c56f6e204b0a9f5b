//! The affordable set with the largest total satisfaction, found exactly.
//!
//! Sets are grown project by project, from the most satisfaction by unit of cost down. Of the sets so far, only those
//! stay that no cheaper one equals (Nemhauser and Ullmann, "Discrete Dynamic Programming and Capital Allocation",
//! 1969), and that could still reach the best set known with the rest of the budget spent at the best rate.

use std::cmp::Ordering;

use crate::count::{Counting, Found};
use crate::number::Ratio;
use crate::outcome::{Reason, Step, Tie};
use crate::rules::Ties;

/// The optimum could not be found with the memory that is given to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the best set among {0} projects is out of reach: their costs are too much alike and too finely divided"
)]
pub struct TooHard(usize);

/// The most sets kept at once.
const MOST_SETS: usize = 4_000_000;

/// A project that brings something and that the budget can pay.
#[derive(Debug, Clone, Copy)]
struct Item {
    project: usize,
    cost: u64,
    value: u128,
    /// Its place among the items sorted by id.
    place: usize,
}

/// A set of items: bit by bit from the smallest id, most significant first.
#[derive(Debug, Clone, Copy)]
struct Set<const WORDS: usize> {
    cost: u64,
    value: u128,
    bits: [u64; WORDS],
}

/// The optimum, and its total satisfaction.
pub(crate) fn count(counting: &Counting<'_>) -> Result<(Found, Ratio), TooHard> {
    let election = counting.election;
    let items = items(counting);
    let solve = |first: bool| match items.len() {
        0..=64 => search::<1>(&items, election.budget, first),
        65..=256 => search::<4>(&items, election.budget, first),
        257..=1024 => search::<16>(&items, election.budget, first),
        1025..=4096 => search::<64>(&items, election.budget, first),
        many => Err(TooHard(many)),
    };
    let mut winners = solve(true)?;
    let other = solve(false)?;
    winners.sort_by(|&a, &b| election.projects[a].id.cmp(&election.projects[b].id));
    let mut left = i128::from(election.budget);
    let mut rounds = Vec::new();
    for (n, &p) in winners.iter().enumerate() {
        left -= i128::from(election.costs[p]);
        rounds.push(counting.round(n, p, Step::Knapsack, left));
    }
    let welfare = winners.iter().map(|&p| counting.support.scores[p]).sum();
    let losers = (0..election.projects.len()).filter(|p| !winners.contains(p));
    let left_out = losers
        .map(|p| {
            let nothing = counting.support.scores[p] <= 0;
            let reason = if nothing { Reason::NoSupport } else { Reason::BetterSet };
            counting.left_out(p, counting.hopeless(p).unwrap_or(reason))
        })
        .collect();
    let ties = tie(counting, &winners, &other).into_iter().collect();
    Ok((Found { winners, rounds, ties, left_out }, Ratio::units(welfare, counting.support.decimals)))
}

/// Two different optima: what tells them apart.
fn tie(counting: &Counting<'_>, winners: &[usize], other: &[usize]) -> Option<Tie> {
    let id = |p: &usize| counting.election.projects[*p].id.clone();
    let mut projects: Vec<String> = winners.iter().filter(|p| !other.contains(p)).map(id).collect();
    let chosen = projects.iter().min().cloned()?;
    projects.extend(other.iter().filter(|p| !winners.contains(p)).map(id));
    projects.sort_unstable();
    let round = winners.iter().position(|p| id(p) == chosen).unwrap_or(0);
    let round = u32::try_from(round + 1).unwrap_or(u32::MAX);
    Some(Tie { round, projects, resolved_by: Ties::Lexicographic.name().into(), chosen, decisive: true })
}

/// By satisfaction for a unit of cost, from the largest.
fn items(counting: &Counting<'_>) -> Vec<Item> {
    let election = counting.election;
    let mut items: Vec<Item> = (0..election.projects.len())
        .filter(|&p| counting.eligible[p] && election.costs[p] <= election.budget)
        .filter_map(|project| {
            let value = u128::try_from(counting.support.scores[project]).ok().filter(|&value| value > 0)?;
            Some(Item { project, cost: election.costs[project], value, place: 0 })
        })
        .collect();
    items.sort_by(|a, b| election.projects[a.project].id.cmp(&election.projects[b.project].id));
    for (place, item) in items.iter_mut().enumerate() {
        item.place = place;
    }
    items.sort_by(|a, b| {
        let (left, right) = (b.value.checked_mul(a.cost.into()), a.value.checked_mul(b.cost.into()));
        match (left, right) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => (num_bigint::BigUint::from(b.value) * a.cost)
                .cmp(&(num_bigint::BigUint::from(a.value) * b.cost)),
        }
    });
    items
}

/// The best set; among the best, the first sorted list of ids (`first`), or the last.
fn search<const WORDS: usize>(items: &[Item], budget: u64, first: bool) -> Result<Vec<usize>, TooHard> {
    let better = |a: &Set<WORDS>, b: &Set<WORDS>| match a.value.cmp(&b.value) {
        Ordering::Equal if first => a.bits > b.bits,
        Ordering::Equal => a.bits < b.bits,
        other => other == Ordering::Greater,
    };
    let bounds = Bounds::new(items);
    let mut least = filled(items, 0, Set::<WORDS> { cost: 0, value: 0, bits: [0; WORDS] }, budget).value;
    let mut sets = vec![Set::<WORDS> { cost: 0, value: 0, bits: [0; WORDS] }];
    let mut merged: Vec<Set<WORDS>> = Vec::new();
    for (n, item) in items.iter().enumerate() {
        merged.clear();
        let fitting = sets.partition_point(|set| set.cost <= budget - item.cost);
        let with = sets.get(..fitting).unwrap_or(&[]).iter().map(|set| {
            let mut bits = set.bits;
            bits[item.place / 64] |= 1 << (63 - item.place % 64);
            Set { cost: set.cost + item.cost, value: set.value + item.value, bits }
        });
        let mut with = with.peekable();
        let mut without = sets.iter().copied().peekable();
        let mut best: Option<Set<WORDS>> = None;
        let mut hopeful: Option<(u128, Set<WORDS>)> = None;
        loop {
            let from_with = match (with.peek(), without.peek()) {
                (Some(a), Some(b)) => a.cost < b.cost,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => break,
            };
            let Some(set) = (if from_with { with.next() } else { without.next() }) else { break };
            if best.as_ref().is_some_and(|best| !better(&set, best)) {
                continue;
            }
            let most = bounds.most(items, n + 1, set.value, budget - set.cost);
            if most < least {
                continue;
            }
            // Same cost and better: the one before has no use.
            if merged.last().is_some_and(|last| last.cost == set.cost) {
                merged.pop();
            }
            if hopeful.as_ref().is_none_or(|(bound, _)| most > *bound) {
                hopeful = Some((most, set));
            }
            best = Some(set);
            merged.push(set);
        }
        if let Some((_, set)) = hopeful {
            least = least.max(filled(items, n + 1, set, budget).value);
        }
        std::mem::swap(&mut sets, &mut merged);
        if sets.len() > MOST_SETS {
            return Err(TooHard(items.len()));
        }
    }
    let best = sets.into_iter().reduce(|a, b| if better(&b, &a) { b } else { a });
    let bits = best.map_or([0; WORDS], |set| set.bits);
    let chosen = |item: &&Item| bits[item.place / 64] >> (63 - item.place % 64) & 1 == 1;
    Ok(items.iter().filter(chosen).map(|item| item.project).collect())
}

/// A set filled with what still fits, in order.
fn filled<const WORDS: usize>(items: &[Item], from: usize, mut set: Set<WORDS>, budget: u64) -> Set<WORDS> {
    for item in items.iter().skip(from) {
        if item.cost <= budget - set.cost {
            set.cost += item.cost;
            set.value += item.value;
        }
    }
    set
}

/// Sums of costs and values, to bound what is still to come.
struct Bounds {
    costs: Vec<u128>,
    values: Vec<u128>,
}

impl Bounds {
    fn new(items: &[Item]) -> Self {
        let mut bounds = Self { costs: vec![0], values: vec![0] };
        let (mut cost, mut value) = (0, 0);
        for item in items {
            cost += u128::from(item.cost);
            value += item.value;
            bounds.costs.push(cost);
            bounds.values.push(value);
        }
        bounds
    }

    /// No more can be reached from this value with the items from this one on and so much money: the next items in
    /// order, and a part of the first that does not fit.
    fn most(&self, items: &[Item], from: usize, value: u128, money: u64) -> u128 {
        let limit = self.costs[from] + u128::from(money);
        let fit = from + self.costs[from..].partition_point(|&cost| cost <= limit) - 1;
        let all = value + self.values[fit] - self.values[from];
        let Some(item) = items.get(fit) else { return all };
        let part =
            (limit - self.costs[fit]).checked_mul(item.value).map(|part| part / u128::from(item.cost.max(1)));
        all + part.unwrap_or(item.value)
    }
}
