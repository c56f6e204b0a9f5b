//! Points by rank, with the policy for incomplete ballots named (J.-C. de Borda, 1781; P. Emerson for the modified
//! count, 2013).

use crate::count::without_blanks;
use crate::error::Error;
use crate::exact::Exact;
use crate::method::Counted;
use crate::outcome::{BordaOther, Working};
use crate::profile::{Ranking, Votes};
use crate::rules::{BordaPolicy, Rules};
use crate::tie::{Ties, groups};

pub(crate) fn borda(
    options: usize,
    ballots: &Votes<Ranking>,
    rules: &Rules,
    ties: &mut Ties,
) -> Result<Counted, Error> {
    let (counted, rejected) = without_blanks(ballots)?;
    let points = of(options, ballots, rules.borda)?;
    let ranking = groups(0..options, |option| points[option]);
    let winners = ties.seat(&ranking, rules.seats);
    let mut others = vec![];
    for policy in [BordaPolicy::Zero, BordaPolicy::Average, BordaPolicy::Modified] {
        if policy != rules.borda {
            let points = of(options, ballots, policy)?;
            let first = groups(0..options, |option| points[option]).remove(0);
            others.push(BordaOther { policy, points, first: ties.names(&first) });
        }
    }
    let working = Working::Borda { policy: rules.borda, points, others };
    Ok(Counted { counted, rejected, winners, ranking, working })
}

fn of(options: usize, ballots: &Votes<Ranking>, policy: BordaPolicy) -> Result<Vec<Exact>, Error> {
    // Twice the points, which are integers: k equal options from position p share 2(m−1−p) − (k−1) each.
    let mut doubled = vec![0_i128; options];
    let mut for_all = 0;
    let integer = |n: usize| i128::try_from(n).map_err(|_| Error::TooLarge);
    for (ballot, votes) in ballots {
        let votes = i128::from(*votes);
        let ranked = ballot.order().len();
        if ranked == 0 {
            continue;
        }
        let best = match policy {
            BordaPolicy::Zero | BordaPolicy::Average => 2 * integer(options - 1)?,
            BordaPolicy::Modified => 2 * integer(ranked)?,
        };
        let mut position = 0;
        for level in ballot.levels() {
            let share = best - 2 * integer(position)? - integer(level.len() - 1)?;
            level.iter().for_each(|&option| doubled[usize::from(option)] += votes * share);
            position += level.len();
        }
        let out = options - ranked;
        if policy == BordaPolicy::Average && out > 1 {
            // To everybody, then back from those who are ranked.
            let share = votes * integer(out - 1)?;
            for_all += share;
            ballot.order().iter().for_each(|&option| doubled[usize::from(option)] -= share);
        }
    }
    doubled.into_iter().map(|sum| Exact::ratio(sum + for_all, 2)).collect()
}
