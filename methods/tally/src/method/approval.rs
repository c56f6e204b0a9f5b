//! Votes added up: approval, D21, quadratic.

use std::collections::BTreeMap;

use crate::count::rejections;
use crate::error::Error;
use crate::method::Counted;
use crate::outcome::{Reason, Working};
use crate::profile::Votes;
use crate::rules::Rules;
use crate::tie::{Ties, groups};

pub(crate) fn approval(
    options: usize,
    ballots: &Votes<Vec<u16>>,
    rules: &Rules,
    ties: &mut Ties,
) -> Result<Counted, Error> {
    let mut approvals = vec![0_u64; options];
    let (mut counted, mut too_many) = (0, 0);
    for (ballot, votes) in ballots {
        if rules.most.is_some_and(|most| more_than(ballot.len(), most)) {
            too_many += votes;
            continue;
        }
        counted += votes;
        ballot.iter().for_each(|&option| approvals[usize::from(option)] += votes);
    }
    let ranking = groups(0..options, |option| approvals[option]);
    let winners = ties.seat(&ranking, rules.seats);
    let rejected = rejections(&[(Reason::TooManyApprovals, too_many)]);
    let working = Working::Approval { approvals, threshold: rules.threshold };
    Ok(Counted { counted, rejected, winners, ranking, working })
}

fn more_than(count: usize, most: u32) -> bool {
    usize::try_from(most).is_ok_and(|most| count > most)
}

/// Janeček's method in its strictest published wording: at least two plus votes for each minus vote; the result is
/// plus less minus, and of two equal results the one with more plus votes stands first.
pub(crate) fn d21(
    options: usize,
    ballots: &Votes<(Vec<u16>, Vec<u16>)>,
    rules: &Rules,
    ties: &mut Ties,
) -> Result<Counted, Error> {
    let missing = |rule| Error::MissingRule { method: rules.method, rule };
    let max_plus = rules.plus.ok_or(missing("the number of plus votes (--plus)"))?;
    let max_minus = rules.minus.ok_or(missing("the number of minus votes (--minus)"))?;
    let (mut plus, mut minus) = (vec![0_u64; options], vec![0_u64; options]);
    let mut rejected: BTreeMap<Reason, u64> = BTreeMap::new();
    let mut counted = 0;
    for ((for_, against), votes) in ballots {
        let reason = if for_.is_empty() && against.is_empty() {
            Some(Reason::Blank)
        } else if more_than(for_.len(), max_plus) {
            Some(Reason::TooManyPlus)
        } else if more_than(against.len(), max_minus) {
            Some(Reason::TooManyMinus)
        } else if for_.len() < 2 * against.len() {
            Some(Reason::MinusWithoutTwoPlusEach)
        } else {
            None
        };
        if let Some(reason) = reason {
            *rejected.entry(reason).or_insert(0) += votes;
            continue;
        }
        counted += votes;
        for_.iter().for_each(|&option| plus[usize::from(option)] += votes);
        against.iter().for_each(|&option| minus[usize::from(option)] += votes);
    }
    let mut net = Vec::with_capacity(options);
    for (plus, minus) in plus.iter().zip(&minus) {
        let of = |votes: u64| i64::try_from(votes).map_err(|_| Error::TooLarge);
        net.push(of(*plus)? - of(*minus)?);
    }
    let ranking = groups(0..options, |option| (net[option], plus[option]));
    let winners = ties.seat(&ranking, rules.seats);
    let working = Working::PlusMinus { max_plus, max_minus, plus, minus, net };
    Ok(Counted { counted, rejected, winners, ranking, working })
}

/// Quadratic voting: `v` votes cost `v²` credits, a ballot above its credits is rejected whole.
pub(crate) fn quadratic(
    options: usize,
    ballots: &Votes<Vec<i64>>,
    rules: &Rules,
    ties: &mut Ties,
) -> Result<Counted, Error> {
    let credits = rules
        .credits
        .ok_or(Error::MissingRule { method: rules.method, rule: "the credits of a ballot (--credits)" })?;
    let mut sums = vec![0_i64; options];
    let (mut counted, mut over) = (0, 0);
    for (ballot, votes) in ballots {
        // The square of any 64-bit integer fits in 128 bits, but not the sum of them all.
        let cost = ballot.iter().try_fold(0_u128, |sum, &v| {
            sum.checked_add(u128::from(v.unsigned_abs()) * u128::from(v.unsigned_abs()))
        });
        if cost.is_none_or(|cost| cost > u128::from(credits)) {
            over += votes;
            continue;
        }
        counted += votes;
        let times = i64::try_from(*votes).map_err(|_| Error::TooLarge)?;
        for (sum, v) in sums.iter_mut().zip(ballot) {
            *sum = v.checked_mul(times).and_then(|v| sum.checked_add(v)).ok_or(Error::TooLarge)?;
        }
    }
    let ranking = groups(0..options, |option| sums[option]);
    let winners = ties.seat(&ranking, rules.seats);
    let rejected = rejections(&[(Reason::OverCredits, over)]);
    Ok(Counted { counted, rejected, winners, ranking, working: Working::Quadratic { credits, votes: sums } })
}
