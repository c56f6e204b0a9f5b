//! The best orders of a set of options that beat one another in a circle.

use std::collections::HashMap;

use super::LIMIT;
use super::bound::{self, Bound};
use crate::error::Error;
use crate::method::pairwise::Duels;

/// The most sets of options that may be kept: 2^20, that of a circle of `LIMIT` options, always is fewer.
const MOST_STATES: usize = 1_500_000;

/// The best orders of a set of options.
pub(super) struct Best {
    /// The one that comes first when options are compared by their place in the list that was given.
    pub(super) order: Vec<usize>,
    /// The options that are first in some best order.
    pub(super) firsts: Vec<usize>,
    /// Whether there is only one.
    pub(super) unique: bool,
}

/// What is lost when an option is put above another that beats it: the margin of that duel. Options by their place in
/// the list.
pub(super) struct Loss {
    pub(super) size: usize,
    of: Vec<u64>,
}

impl Loss {
    fn new(duels: &Duels, members: &[usize]) -> Self {
        let of = members
            .iter()
            .flat_map(|&above| {
                members
                    .iter()
                    .map(move |&below| duels.at(below, above).saturating_sub(duels.at(above, below)))
            })
            .collect();
        Self { size: members.len(), of }
    }

    pub(super) fn at(&self, above: usize, below: usize) -> u64 {
        self.of[above * self.size + below]
    }

    /// What an order loses.
    pub(super) fn total(&self, order: &[usize]) -> u64 {
        let below = |place: usize| order[place + 1..].iter();
        order
            .iter()
            .enumerate()
            .map(|(place, &above)| below(place).map(|&b| self.at(above, b)).sum::<u64>())
            .sum()
    }
}

/// A set of options, one bit each.
type Set = u64;

/// The largest circle that is tried.
const LARGEST: usize = 64;

/// Circles up to this size are searched at once; for larger ones, prices pay for themselves.
const SMALL: usize = 10;

pub(super) fn best(duels: &Duels, members: Vec<usize>) -> Result<Best, Error> {
    let size = members.len();
    if size == 1 {
        return Ok(Best { firsts: members.clone(), order: members, unique: true });
    }
    let out_of_reach = || Error::OutOfReach { options: size, limit: LIMIT };
    if size > LARGEST {
        return Err(out_of_reach());
    }
    let loss = Loss::new(duels, &members);
    let priced = if size > SMALL { bound::priced(&loss) } else { None };
    let bound = priced.unwrap_or_else(|| bound::plain(&loss));
    let sets = match reachable(size, &bound) {
        Some(sets) => sets,
        None => return Err(out_of_reach()),
    };
    // What the best completion of each set loses, from the full set back to the empty one.
    let mut rest: HashMap<Set, u64> = HashMap::from([(full(size), 0)]);
    for set in sets.iter().rev().flatten() {
        let ways = outside(size, *set)
            .filter_map(|option| Some(lost(&loss, *set, option) + rest.get(&(set | 1 << option))?));
        if let Some(least) = ways.min() {
            rest.insert(*set, least);
        }
    }
    let after = |set: Set| {
        let (rest, loss) = (&rest, &loss);
        let least = rest.get(&set).copied();
        outside(size, set).filter(move |&option| {
            let then = rest.get(&(set | 1 << option)).map(|rest| lost(loss, set, option) + rest);
            then.is_some() && then == least
        })
    };
    let firsts = after(0).map(|option| members[option]).collect();
    let (mut order, mut set, mut unique) = (vec![], 0, true);
    while set != full(size) {
        let mut ways = after(set);
        let option = ways.next().ok_or_else(out_of_reach)?;
        unique &= ways.next().is_none();
        order.push(members[option]);
        set |= 1 << option;
    }
    Ok(Best { order, firsts, unique })
}

fn full(size: usize) -> Set {
    if size == LARGEST { Set::MAX } else { (1 << size) - 1 }
}

/// The options that are not in a set, in increasing order.
fn outside(size: usize, set: Set) -> impl Iterator<Item = usize> {
    let mut left = full(size) & !set;
    std::iter::from_fn(move || {
        let option = left.trailing_zeros();
        left &= left.wrapping_sub(1);
        // A place among 64 bits fits anywhere.
        (option < Set::BITS).then(|| usize::try_from(option).ok()).flatten()
    })
}

/// What an option loses when it comes next after a set, against all that are below it then.
fn lost(loss: &Loss, set: Set, option: usize) -> u64 {
    outside(loss.size, set).map(|below| loss.at(option, below)).sum()
}

/// The sets that can begin an order within the budget, by size, without the full one. None when there are too many.
fn reachable(size: usize, bound: &Bound) -> Option<Vec<Vec<Set>>> {
    let mut layers: Vec<Vec<Set>> = vec![];
    let mut layer: HashMap<Set, u64> = HashMap::from([(0, 0)]);
    let mut kept = 0;
    for _ in 0..size {
        kept += layer.len();
        let mut next: HashMap<Set, u64> = HashMap::new();
        for (&set, &so_far) in &layer {
            'options: for option in outside(size, set) {
                let row = &bound.penalty[option * size..(option + 1) * size];
                let mut paid = so_far;
                for below in outside(size, set) {
                    paid += row[below];
                    if paid > bound.budget {
                        continue 'options;
                    }
                }
                next.entry(set | 1 << option).and_modify(|least| *least = paid.min(*least)).or_insert(paid);
            }
            if next.len() + kept > MOST_STATES {
                return None;
            }
        }
        layers.push(layer.into_keys().collect());
        layer = next;
    }
    Some(layers)
}
