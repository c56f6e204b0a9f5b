//! Meek's single transferable vote (B. L. Meek, 1969; I. D. Hill, B. A. Wichmann and D. R. Woodall, "Algorithm 123",
//! The Computer Journal 30, 1987), in fixed point with nine decimals, omega 10⁻⁶, rounded as Droop.py and stv-rs do:
//! shares kept round up, everything else down, so that the same ballots elect the same options as theirs.
//!
//! Each elected option keeps just the share of the votes that leaves it the quota; the rest of every vote goes on,
//! whatever the order in which options were elected. The quota falls as votes are exhausted.

use crate::count::without_blanks;
use crate::error::Error;
use crate::method::Counted;
use crate::outcome::{Action, Stage, TieAbout, Working};
use crate::profile::{Ranking, Votes};
use crate::rules::Rules;
use crate::tie::{Ties, groups};

const UNIT: u64 = 1_000_000_000;
/// A surplus that is negligible, in units: one millionth of a vote.
const OMEGA: i128 = 1_000;
/// More ballots could overflow a 64-bit sum of units.
const MOST_BALLOTS: u64 = 10_000_000_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Standing,
    Elected,
    Defeated,
}

struct Count<'a> {
    ballots: Vec<(&'a Ranking, u64)>,
    counted: u64,
    seats: u64,
    status: Vec<Status>,
    keep: Vec<u64>,
    votes: Vec<u64>,
    exhausted: u64,
    quota: u64,
}

pub(crate) fn stv(
    options: usize,
    ballots: &Votes<Ranking>,
    rules: &Rules,
    ties: &mut Ties,
) -> Result<Counted, Error> {
    let (counted, rejected) = without_blanks(ballots)?;
    if counted > MOST_BALLOTS {
        return Err(Error::TooLarge);
    }
    let mut count = Count {
        ballots: ballots.iter().filter(|(b, _)| !b.is_empty()).map(|(b, n)| (b, *n)).collect(),
        counted,
        seats: u64::try_from(rules.seats).map_err(|_| Error::TooLarge)?,
        status: vec![Status::Standing; options],
        keep: vec![UNIT; options],
        votes: vec![0; options],
        exhausted: 0,
        quota: 0,
    };
    let (mut elected, mut defeated): (Vec<usize>, Vec<usize>) = (vec![], vec![]);
    count.count();
    let mut stages = vec![count.stage(Action::FirstPreferences, &[], ties)];
    loop {
        let standing = count.standing();
        let left = rules.seats - elected.len();
        if left == 0 {
            break;
        }
        if standing.len() <= left {
            let filled: Vec<usize> = groups(standing.into_iter(), |option| count.votes[option]).concat();
            filled.iter().for_each(|&option| count.status[option] = Status::Elected);
            elected.extend(&filled);
            stages.push(count.stage(Action::FillSeats, &filled, ties));
            break;
        }
        let (reached, surplus, iterations) = count.iterate()?;
        let shown = u64::try_from(surplus.max(0)).map_err(|_| Error::TooLarge)?;
        elected.extend(&reached);
        stages.push(count.stage(Action::Iterate { surplus: shown, iterations }, &reached, ties));
        if reached.is_empty() {
            let option = count.lowest(surplus, stages.len() + 1, ties);
            count.status[option] = Status::Defeated;
            count.keep[option] = 0;
            defeated.push(option);
            count.count();
            stages.push(count.stage(Action::Exclude { option: ties.name(option) }, &[], ties));
        }
    }
    let mut ranking: Vec<Vec<usize>> = elected.iter().map(|&option| vec![option]).collect();
    ranking.extend(groups(count.standing().into_iter(), |option| count.votes[option]));
    ranking.extend(defeated.into_iter().rev().map(|option| vec![option]));
    let working = Working::StvMeek { unit: UNIT, stages };
    Ok(Counted { counted, rejected, winners: elected, ranking, working })
}

impl Count<'_> {
    fn standing(&self) -> Vec<usize> {
        (0..self.status.len()).filter(|&option| self.status[option] == Status::Standing).collect()
    }

    fn count(&mut self) {
        self.votes.fill(0);
        let mut used = 0;
        for &(ballot, papers) in &self.ballots {
            if ballot.is_strict() {
                let mut power = UNIT;
                for &option in ballot.order() {
                    let keep = self.keep[usize::from(option)];
                    if keep == 0 {
                        continue;
                    }
                    let kept = power * keep / UNIT * papers;
                    self.votes[usize::from(option)] += kept;
                    used += kept;
                    power = power * (UNIT - keep) / UNIT;
                    if power == 0 {
                        break;
                    }
                }
            } else {
                used += share(ballot, papers, &self.keep, &mut self.votes);
            }
        }
        self.exhausted = self.counted * UNIT - used;
        self.quota = (self.counted * UNIT - self.exhausted) / (self.seats + 1) + 1;
    }

    /// Adjusts the shares kept until somebody reaches the quota (who), or the surplus is negligible or falls no more.
    fn iterate(&mut self) -> Result<(Vec<usize>, i128, u64), Error> {
        let mut last = i128::from(self.counted) * i128::from(UNIT);
        let mut iterations = 0;
        loop {
            iterations += 1;
            self.count();
            let reached: Vec<usize> =
                self.standing().into_iter().filter(|&option| self.votes[option] >= self.quota).collect();
            let reached = groups(reached.into_iter(), |option| self.votes[option]).concat();
            reached.iter().for_each(|&option| self.status[option] = Status::Elected);
            let mut surplus = 0;
            for option in self.elected() {
                surplus += i128::from(self.votes[option]) - i128::from(self.quota);
            }
            if !reached.is_empty() || surplus <= OMEGA || surplus >= last {
                return Ok((reached, surplus, iterations));
            }
            last = surplus;
            for option in self.elected() {
                let (keep, votes) = (u128::from(self.keep[option]), u128::from(self.votes[option].max(1)));
                let unit = u128::from(UNIT);
                let keep = (keep * u128::from(self.quota)).div_ceil(unit);
                let keep = (keep * unit).div_ceil(votes).min(unit);
                self.keep[option] = u64::try_from(keep).map_err(|_| Error::TooLarge)?;
            }
        }
    }

    fn elected(&self) -> Vec<usize> {
        (0..self.status.len()).filter(|&option| self.status[option] == Status::Elected).collect()
    }

    /// The fewest votes. Options within the surplus of it are tied: what remains to be transferred could put either
    /// below the other.
    fn lowest(&self, surplus: i128, stage: usize, ties: &mut Ties) -> usize {
        let standing = self.standing();
        let fewest = standing.iter().map(|&option| self.votes[option]).min().unwrap_or(0);
        let tied: Vec<usize> = standing
            .into_iter()
            .filter(|&option| i128::from(self.votes[option]) <= i128::from(fewest) + surplus.max(0))
            .collect();
        ties.last(TieAbout::Elimination, Some(stage), &tied).unwrap_or(0)
    }

    fn stage(&self, action: Action, elected: &[usize], ties: &Ties) -> Stage {
        Stage {
            action,
            votes: self.votes.clone(),
            exhausted: self.exhausted,
            quota: self.quota,
            elected: ties.names(elected),
            keep: self.keep.clone(),
        }
    }
}

/// A ballot with equal ranks: equals who stand share the vote, and what they do not keep goes to the next rank (as
/// Droop.py does; unlike it, a rank where nobody stands is passed over, as Meek asks). Gives what was kept.
fn share(ballot: &Ranking, papers: u64, keep: &[u64], votes: &mut [u64]) -> u64 {
    let mut power = UNIT;
    let mut used = 0;
    for level in ballot.levels() {
        let stands = |option: &&u16| keep[usize::from(**option)] > 0;
        let Ok(many) = u64::try_from(level.iter().filter(stands).count()) else { break };
        if many == 0 {
            continue;
        }
        let each = power / many;
        power = 0;
        for &option in level.iter().filter(stands) {
            let keep = keep[usize::from(option)];
            let kept = each * keep / UNIT * papers;
            votes[usize::from(option)] += kept;
            used += kept;
            power += each * (UNIT - keep) / UNIT;
        }
        if power == 0 {
            break;
        }
    }
    used
}
