//! The count itself, and the simulation of other methods on the same ballots.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::convert::{Reading, read_as};
use crate::error::Error;
use crate::method::{
    Counted, Method, approval, borda, condorcet, irv, judgement, kemeny, meek, plurality, ranked_pairs,
    schulze, score, scottish,
};
use crate::outcome::{Outcome, Reason};
use crate::profile::{Ballots, Profile, Ranking, Votes};
use crate::rules::Rules;
use crate::tie::Ties;

/// Counts the ballots by the rules. The same ballots and rules give the same outcome, everywhere.
///
/// # Errors
/// Ballots that the method cannot read, rules that are missing or impossible, no ballot at all, a Kemeny ranking
/// out of reach.
pub fn count(profile: &Profile, rules: &Rules) -> Result<Outcome, Error> {
    counted_as(profile, rules).map(|(outcome, _)| outcome)
}

fn counted_as(profile: &Profile, rules: &Rules) -> Result<(Outcome, Reading), Error> {
    let method = rules.method;
    let seats = |why| Err(Error::Seats { method, seats: rules.seats, why });
    if rules.seats == 0 {
        return seats("there must be one at least");
    }
    if rules.seats > profile.options().len() {
        return seats("there are fewer options");
    }
    if rules.seats > 1 && !method.many_seats() {
        return seats("it elects one option");
    }
    if profile.total() == 0 {
        return Err(Error::NoBallot);
    }
    let (read, reading) = read_as(profile, rules)?;
    let mut ties = Ties::new(profile.options(), &rules.ties)?;
    let counted = dispatch(&read, rules, &mut ties)?;
    let Counted { counted, rejected, winners, ranking, working } = counted;
    if counted == 0 {
        return Err(Error::NoBallot);
    }
    let winners = ties.names(&winners);
    let ranking = ranking.iter().map(|group| ties.names(group)).collect();
    let outcome = Outcome {
        method,
        rules: rules.clone(),
        ballots: profile.total(),
        counted,
        rejected,
        options: profile.options().to_vec(),
        winners,
        ranking,
        ties: ties.met,
        working,
    };
    Ok((outcome, reading))
}

fn dispatch(profile: &Profile, rules: &Rules, ties: &mut Ties) -> Result<Counted, Error> {
    let options = profile.options().len();
    match profile.ballots() {
        Ballots::Approval(ballots) => approval::approval(options, ballots, rules, ties),
        Ballots::PlusMinus(ballots) => approval::d21(options, ballots, rules, ties),
        Ballots::Points(ballots) => approval::quadratic(options, ballots, rules, ties),
        Ballots::Merits(merits) => match rules.method {
            Method::MajorityJudgement => judgement::merits(merits.clone(), profile.total(), rules, ties),
            Method::Score => score::merits(merits, profile.total(), rules, ties),
            _ => Err(Error::WrongKind {
                method: rules.method,
                kind: profile.kind(),
                needs: rules.method.kind(),
            }),
        },
        Ballots::Graded(ballots) => match rules.method {
            Method::MajorityJudgement => judgement::graded(options, ballots, rules, ties),
            Method::Star => score::star(options, ballots, rules, ties),
            _ => score::score(options, ballots, rules, ties),
        },
        Ballots::Ranked(ballots) => match rules.method {
            Method::Plurality => plurality::plurality(options, ballots, rules, ties),
            Method::TwoRound => plurality::two_round(options, ballots, rules, ties),
            Method::Borda => borda::borda(options, ballots, rules, ties),
            Method::Irv => irv::irv(options, ballots, rules, ties),
            Method::Schulze => schulze::schulze(profile.duels(ballots), rules, ties),
            Method::RankedPairs => ranked_pairs::ranked_pairs(profile.duels(ballots), rules, ties),
            Method::Copeland => condorcet::copeland(profile.duels(ballots), rules, ties),
            Method::Minimax => condorcet::minimax(profile.duels(ballots), rules, ties),
            Method::Kemeny => kemeny::kemeny(profile.duels(ballots), rules, ties),
            Method::StvScottish => scottish::stv(options, ballots, rules, ties),
            Method::StvMeek => meek::stv(options, ballots, rules, ties),
            _ => Err(Error::WrongKind {
                method: rules.method,
                kind: profile.kind(),
                needs: rules.method.kind(),
            }),
        },
    }
}

/// What another method would have given on the same ballots. It is no result: people who vote by another method may
/// vote otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Simulation {
    /// The method.
    pub method: Method,
    /// How it read the ballots.
    pub reading: Reading,
    /// What it gives.
    pub outcome: Outcome,
}

/// What each method that can read these ballots would have given, `rules` otherwise unchanged (one seat for those
/// that fill only one). Methods that cannot be counted on them are left out.
pub fn simulate(profile: &Profile, rules: &Rules) -> Vec<Simulation> {
    let mut all = vec![];
    for method in Method::ALL {
        let mut rules = Rules { method, ..rules.clone() };
        if !method.many_seats() {
            rules.seats = 1;
        }
        if let Ok((outcome, reading)) = counted_as(profile, &rules) {
            all.push(Simulation { method, reading, outcome });
        }
    }
    all
}

/// How many ballots are not blank, and the blank ones as rejected.
pub(crate) fn without_blanks(ballots: &Votes<Ranking>) -> Result<(u64, BTreeMap<Reason, u64>), Error> {
    let (mut counted, mut blank) = (0_u64, 0_u64);
    for (ballot, votes) in ballots {
        let sum = if ballot.is_empty() { &mut blank } else { &mut counted };
        *sum = sum.checked_add(*votes).ok_or(Error::TooLarge)?;
    }
    Ok((counted, rejections(&[(Reason::Blank, blank)])))
}

/// The reasons that were met.
pub(crate) fn rejections(all: &[(Reason, u64)]) -> BTreeMap<Reason, u64> {
    all.iter().copied().filter(|(_, count)| *count > 0).collect()
}
