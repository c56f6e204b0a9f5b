//! First preferences: plurality, and two rounds.

use std::collections::BTreeMap;

use crate::count::{rejections, without_blanks};
use crate::error::Error;
use crate::exact::Exact;
use crate::method::Counted;
use crate::outcome::{Duel, Reason, TieAbout, TieRule, Working};
use crate::profile::{Ranking, Votes};
use crate::rules::{EqualRanks, Rules};
use crate::tie::{Ties, groups};

/// The votes of the options still standing: each ballot's best rank that holds one, shared between equals.
pub(crate) struct Tops {
    pub(crate) votes: Vec<Exact>,
    /// Votes that went to somebody.
    pub(crate) held: u64,
    /// Votes whose ballot ranks nobody who stands.
    pub(crate) exhausted: u64,
}

pub(crate) fn tops(standing: &[bool], ballots: &[(&Ranking, u64)]) -> Result<Tops, Error> {
    let mut whole = vec![0_u64; standing.len()];
    // By the number of options that share: integers until the very end.
    let mut shared: BTreeMap<usize, Vec<u64>> = BTreeMap::new();
    let (mut held, mut exhausted) = (0, 0);
    let stands = |option: &&u16| standing[usize::from(**option)];
    for &(ballot, votes) in ballots {
        if ballot.is_strict() {
            match ballot.order().iter().find(stands) {
                Some(&option) => {
                    whole[usize::from(option)] += votes;
                    held += votes;
                }
                None => exhausted += votes,
            }
            continue;
        }
        match ballot.levels().find(|level| level.iter().any(|option| stands(&option))) {
            Some(level) => {
                held += votes;
                let many = level.iter().filter(stands).count();
                let sums = if many == 1 {
                    &mut whole
                } else {
                    shared.entry(many).or_insert_with(|| vec![0; standing.len()])
                };
                level.iter().filter(stands).for_each(|&option| sums[usize::from(option)] += votes);
            }
            None => exhausted += votes,
        }
    }
    let mut votes: Vec<Exact> = whole.into_iter().map(Exact::from).collect();
    for (many, sums) in shared {
        let many = i128::try_from(many).map_err(|_| Error::TooLarge)?;
        for (total, sum) in votes.iter_mut().zip(sums) {
            *total = total.checked_add(Exact::ratio(i128::from(sum), many)?)?;
        }
    }
    Ok(Tops { votes, held, exhausted })
}

/// Whether these votes are more than half of those held.
pub(crate) fn is_majority(votes: Exact, held: u64) -> Result<bool, Error> {
    Ok(votes.times(2)? > Exact::from(held))
}

/// The ballots that are neither blank nor, where the rules refuse them, of equal ranks (`refused` says which).
#[expect(clippy::type_complexity, reason = "the two halves of one answer")]
pub(crate) fn accepted<'a>(
    ballots: &'a Votes<Ranking>,
    rules: &Rules,
    refused: impl Fn(&Ranking) -> bool,
) -> Result<(Vec<(&'a Ranking, u64)>, u64, BTreeMap<Reason, u64>), Error> {
    let (mut counted, mut rejected) = without_blanks(ballots)?;
    let mut equal = 0;
    let mut kept = Vec::with_capacity(ballots.len());
    for (ballot, votes) in ballots {
        if ballot.is_empty() {
            continue;
        }
        if rules.equal_ranks == EqualRanks::Reject && refused(ballot) {
            equal += votes;
        } else {
            kept.push((ballot, *votes));
        }
    }
    counted -= equal;
    rejected.append(&mut rejections(&[(Reason::EqualRanks, equal)]));
    Ok((kept, counted, rejected))
}

fn several_first(ballot: &Ranking) -> bool {
    ballot.levels().next().is_some_and(|level| level.len() > 1)
}

pub(crate) fn plurality(
    options: usize,
    ballots: &Votes<Ranking>,
    rules: &Rules,
    ties: &mut Ties,
) -> Result<Counted, Error> {
    let (kept, counted, rejected) = accepted(ballots, rules, several_first)?;
    let Tops { votes, .. } = tops(&vec![true; options], &kept)?;
    let ranking = groups(0..options, |option| votes[option]);
    let winners = ties.seat(&ranking, rules.seats);
    Ok(Counted { counted, rejected, winners, ranking, working: Working::Plurality { votes } })
}

/// Two rounds on the same ballots: the second compares the two finalists on every ballot.
pub(crate) fn two_round(
    options: usize,
    ballots: &Votes<Ranking>,
    rules: &Rules,
    ties: &mut Ties,
) -> Result<Counted, Error> {
    let (kept, counted, rejected) = accepted(ballots, rules, several_first)?;
    let Tops { votes, held, .. } = tops(&vec![true; options], &kept)?;
    let ranking = groups(0..options, |option| votes[option]);
    let leader = ranking[0][0];
    let majority = options == 1 || is_majority(votes[leader], held)?;
    if majority {
        let working = Working::TwoRound { first: votes, majority, finalists: vec![], second: None };
        return Ok(Counted { counted, rejected, winners: vec![leader], ranking, working });
    }
    let (first, second) = finalists(&ranking, ties, |ties, tied, seats| {
        let mut sorted = tied.to_vec();
        sorted.sort_by_key(|&option| ties.place(option));
        sorted.truncate(seats);
        ties.record(TieAbout::Finalist, Some(1), tied, ties.rule(), &sorted);
        sorted
    });
    let duel = duel(&kept, first, second);
    let winner = match duel.first.cmp(&duel.second) {
        std::cmp::Ordering::Greater => first,
        std::cmp::Ordering::Less => second,
        std::cmp::Ordering::Equal if votes[first] != votes[second] => {
            ties.record(TieAbout::Runoff, Some(2), &[first, second], TieRule::FirstRound, &[first]);
            first
        }
        std::cmp::Ordering::Equal => ties.first(TieAbout::Runoff, Some(2), &[first, second]).unwrap_or(first),
    };
    let other = if winner == first { second } else { first };
    let mut full = vec![vec![winner], vec![other]];
    full.extend(groups((0..options).filter(|&o| o != first && o != second), |option| votes[option]));
    let working = Working::TwoRound {
        first: votes,
        majority,
        finalists: ties.names(&[first, second]),
        second: Some(duel),
    };
    Ok(Counted { counted, rejected, winners: vec![winner], ranking: full, working })
}

/// The first two of a ranking in groups, the leader first; `choose` breaks ties for the places.
pub(crate) fn finalists(
    ranking: &[Vec<usize>],
    ties: &mut Ties,
    mut choose: impl FnMut(&mut Ties, &[usize], usize) -> Vec<usize>,
) -> (usize, usize) {
    let top = &ranking[0];
    if top.len() == 1 {
        let next = ranking.get(1).map_or(top, |group| group);
        let second = if next.len() > 1 { choose(ties, next, 1)[0] } else { next[0] };
        (top[0], second)
    } else if top.len() == 2 {
        // Both go on; only which is called the leader is left to the order.
        let (a, b) = (top[0], top[1]);
        if ties.place(a) < ties.place(b) { (a, b) } else { (b, a) }
    } else {
        let chosen = choose(ties, top, 2);
        (chosen[0], chosen[1])
    }
}

fn duel(ballots: &[(&Ranking, u64)], first: usize, second: usize) -> Duel {
    let mut duel = Duel { first: 0, second: 0, neither: 0 };
    for (ballot, votes) in ballots {
        let mut preferred = None;
        for level in ballot.levels() {
            let has = |option: usize| level.iter().any(|&o| usize::from(o) == option);
            match (has(first), has(second)) {
                (true, false) => preferred = Some(&mut duel.first),
                (false, true) => preferred = Some(&mut duel.second),
                (true, true) => {}
                (false, false) => continue,
            }
            break;
        }
        *preferred.unwrap_or(&mut duel.neither) += votes;
    }
    duel
}
