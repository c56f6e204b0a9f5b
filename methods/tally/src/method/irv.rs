//! Instant runoff: one elimination a round, until an option holds more than half of the votes that still count.

use crate::error::Error;
use crate::exact::Exact;
use crate::method::Counted;
use crate::method::plurality::{Tops, accepted, is_majority, tops};
use crate::outcome::{Round, TieAbout, TieRule, Working};
use crate::profile::{Ranking, Votes};
use crate::rules::Rules;
use crate::tie::{Ties, earlier, groups};

pub(crate) fn irv(
    options: usize,
    ballots: &Votes<Ranking>,
    rules: &Rules,
    ties: &mut Ties,
) -> Result<Counted, Error> {
    let (kept, counted, rejected) = accepted(ballots, rules, |ballot| !ballot.is_strict())?;
    let mut standing = vec![true; options];
    let mut history: Vec<Vec<Exact>> = vec![];
    let mut rounds = vec![];
    let mut out = vec![];
    loop {
        let Tops { votes, held, exhausted } = tops(&standing, &kept)?;
        let remain: Vec<usize> = (0..options).filter(|&option| standing[option]).collect();
        let shown = (0..options).map(|option| standing[option].then_some(votes[option])).collect();
        let mut round = Round { votes: shown, exhausted: Exact::from(exhausted), eliminated: None };
        let order = groups(remain.iter().copied(), |option| votes[option]);
        if remain.len() == 1 || is_majority(votes[order[0][0]], held)? {
            rounds.push(round);
            let mut ranking = order;
            ranking.extend(out.into_iter().rev().map(|option| vec![option]));
            let winners = vec![ranking[0][0]];
            return Ok(Counted { counted, rejected, winners, ranking, working: Working::Irv { rounds } });
        }
        let lowest = order.last().cloned().unwrap_or_default();
        let narrowed = earlier(lowest.clone(), &history, true);
        let number = Some(rounds.len() + 1);
        let leaving = if narrowed.len() == 1 {
            if lowest.len() > 1 {
                ties.record(TieAbout::Elimination, number, &lowest, TieRule::EarlierRounds, &narrowed);
            }
            narrowed[0]
        } else {
            ties.last(TieAbout::Elimination, number, &narrowed).unwrap_or(lowest[0])
        };
        round.eliminated = Some(ties.name(leaving));
        rounds.push(round);
        standing[leaving] = false;
        out.push(leaving);
        history.push(votes);
    }
}
