//! All duels at once.

use std::collections::BTreeMap;

use crate::count::rejections;
use crate::error::Error;
use crate::outcome::{Pairwise, Reason};
use crate::profile::{Ranking, Votes};
use crate::rules::Strength;
use crate::tie::Ties;

/// `at(a, b)`: ballots that prefer `a` to `b`. An option left out is below every option ranked, equal to the others
/// left out.
#[derive(Debug, Clone)]
pub(crate) struct Duels {
    pub(crate) options: usize,
    counts: Vec<u64>,
    counted: u64,
    blank: u64,
}

impl Duels {
    pub(crate) fn new(options: usize, ballots: &Votes<Ranking>) -> Self {
        let mut counts = vec![0_u64; options * options];
        let (mut counted, mut blank) = (0_u64, 0_u64);
        // All bits where an option is below, none where it is not: adding needs no branch.
        let mut below = vec![u64::MAX; options];
        let add = |counts: &mut [u64], below: &[u64], option: u16, votes: u64| {
            let row = usize::from(option) * options;
            counts[row..row + options]
                .iter_mut()
                .zip(below)
                .for_each(|(count, below)| *count += votes & below);
        };
        for (ballot, votes) in ballots {
            // The sum over all ballots was checked when the profile was made.
            if ballot.is_empty() {
                blank += votes;
                continue;
            }
            counted += votes;
            below.fill(u64::MAX);
            if ballot.is_strict() {
                for &option in ballot.order() {
                    below[usize::from(option)] = 0;
                    add(&mut counts, &below, option, *votes);
                }
                continue;
            }
            for level in ballot.levels() {
                level.iter().for_each(|&option| below[usize::from(option)] = 0);
                level.iter().for_each(|&option| add(&mut counts, &below, option, *votes));
            }
        }
        Self { options, counts, counted, blank }
    }

    /// How many ballots are not blank, and the blank ones as rejected.
    pub(crate) fn turnout(&self) -> (u64, BTreeMap<Reason, u64>) {
        (self.counted, rejections(&[(Reason::Blank, self.blank)]))
    }

    pub(crate) fn at(&self, a: usize, b: usize) -> u64 {
        self.counts[a * self.options + b]
    }

    pub(crate) fn wins(&self, a: usize, b: usize) -> bool {
        self.at(a, b) > self.at(b, a)
    }

    /// How strongly `a` beats `b`; 0 when it does not.
    pub(crate) fn strength(&self, a: usize, b: usize, strength: Strength) -> u64 {
        match (self.at(a, b).checked_sub(self.at(b, a)), strength) {
            (None | Some(0), _) => 0,
            (Some(margin), Strength::Margins) => margin,
            (Some(_), Strength::WinningVotes) => self.at(a, b),
        }
    }

    pub(crate) fn shown(&self, ties: &Ties) -> Pairwise {
        let all = |holds: &dyn Fn(usize, usize) -> bool| {
            let mut options = 0..self.options;
            let found = options.find(|&a| (0..self.options).all(|b| a == b || holds(a, b)));
            found.map(|option| ties.name(option))
        };
        Pairwise {
            counts: self.counts.chunks(self.options).map(<[u64]>::to_vec).collect(),
            condorcet_winner: all(&|a, b| self.wins(a, b)),
            condorcet_loser: if self.options > 1 { all(&|a, b| self.wins(b, a)) } else { None },
        }
    }
}

/// The options that no other of those left beats, then, without them, again: a ranking in groups from a relation
/// without cycles.
///
/// # Errors
/// `Error::TooLarge`, were the relation to have a cycle.
pub(crate) fn layers(options: usize, beats: impl Fn(usize, usize) -> bool) -> Result<Vec<Vec<usize>>, Error> {
    let mut left: Vec<usize> = (0..options).collect();
    let mut ranking = vec![];
    while !left.is_empty() {
        let group: Vec<usize> =
            left.iter().copied().filter(|&a| !left.iter().any(|&b| b != a && beats(b, a))).collect();
        if group.is_empty() {
            return Err(Error::TooLarge);
        }
        left.retain(|option| !group.contains(option));
        ranking.push(group);
    }
    Ok(ranking)
}
