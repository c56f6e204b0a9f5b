//! The single transferable vote of Scottish councils: the Scottish Local Government Elections Order 2007 (SSI
//! 2007/42), schedule 1, rules 46 to 52. Votes are integers in hundred-thousandths: rule 48(3) works to five decimal
//! places and ignores the remainder.

use crate::count::{rejections, without_blanks};
use crate::error::Error;
use crate::method::Counted;
use crate::outcome::{Action, Reason, Stage, TieAbout, TieRule, Working};
use crate::profile::{Ranking, Votes};
use crate::rules::Rules;
use crate::tie::{Ties, earlier, groups};

const UNIT: u64 = 100_000;

/// Papers that say the same, held together at one value.
struct Parcel<'a> {
    /// The preferences that can be read: up to the first rank that two options share.
    order: &'a [u16],
    /// How many of them are used.
    used: usize,
    papers: u64,
    /// Of each paper, in units.
    value: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Continuing,
    /// Elected; whether a surplus may remain to be transferred.
    Elected {
        surplus: bool,
    },
    Excluded,
}

struct Count<'a, 't> {
    ties: &'t mut Ties,
    seats: usize,
    quota: u64,
    total: u64,
    status: Vec<Status>,
    votes: Vec<u64>,
    piles: Vec<Vec<Parcel<'a>>>,
    history: Vec<Vec<u64>>,
    stages: Vec<Stage>,
    elected: Vec<usize>,
    excluded: Vec<usize>,
}

pub(crate) fn stv(
    options: usize,
    ballots: &Votes<Ranking>,
    rules: &Rules,
    ties: &mut Ties,
) -> Result<Counted, Error> {
    let (_, mut rejected) = without_blanks(ballots)?;
    let mut piles: Vec<Vec<Parcel<'_>>> = (0..options).map(|_| vec![]).collect();
    let (mut counted, mut void) = (0_u64, 0);
    for (ballot, papers) in ballots {
        let readable = ballot.levels().take_while(|level| level.len() == 1).count();
        let order = &ballot.order()[..readable];
        match order.first() {
            Some(&first) => {
                counted += papers;
                piles[usize::from(first)].push(Parcel { order, used: 1, papers: *papers, value: UNIT });
            }
            // Rule 46 needs one first preference: a paper that gives it to two is void.
            None if !ballot.is_empty() => void += papers,
            None => {}
        }
    }
    rejected.append(&mut rejections(&[(Reason::EqualRanks, void)]));
    let total = counted.checked_mul(UNIT).ok_or(Error::TooLarge)?;
    let votes: Vec<u64> = piles.iter().map(|pile| pile.iter().map(|p| p.papers * UNIT).sum()).collect();
    let seats = u64::try_from(rules.seats).map_err(|_| Error::TooLarge)?;
    // Rule 47: valid papers divided by one more than the seats, the remainder ignored, and one more.
    let whole = counted / (seats + 1) + 1;
    let mut count = Count {
        ties,
        seats: rules.seats,
        quota: whole.checked_mul(UNIT).ok_or(Error::TooLarge)?,
        total,
        status: vec![Status::Continuing; options],
        votes,
        piles,
        history: vec![],
        stages: vec![],
        elected: vec![],
        excluded: vec![],
    };
    count.run()?;
    let Count { votes, stages, elected, excluded, status, .. } = count;
    let mut ranking: Vec<Vec<usize>> = elected.iter().map(|&option| vec![option]).collect();
    ranking.extend(groups((0..options).filter(|&o| status[o] == Status::Continuing), |option| votes[option]));
    ranking.extend(excluded.into_iter().rev().map(|option| vec![option]));
    let working = Working::StvScottish { quota: whole, unit: UNIT, stages };
    Ok(Counted { counted, rejected, winners: elected, ranking, working })
}

impl<'a> Count<'a, '_> {
    fn run(&mut self) -> Result<(), Error> {
        self.end_stage(Action::FirstPreferences);
        while self.elected.len() < self.seats {
            if self.continuing().len() == self.seats - self.elected.len() {
                self.fill();
            } else if let Some(option) = self.largest_surplus() {
                self.transfer_surplus(option)?;
            } else {
                self.exclude();
            }
        }
        Ok(())
    }

    fn continuing(&self) -> Vec<usize> {
        (0..self.status.len()).filter(|&option| self.status[option] == Status::Continuing).collect()
    }

    /// Rule 47(1) and 52: whoever has the quota is elected, the most votes first.
    fn end_stage(&mut self, action: Action) {
        let reached: Vec<usize> =
            self.continuing().into_iter().filter(|&option| self.votes[option] >= self.quota).collect();
        let elected = self.in_order(reached);
        self.elect(&elected);
        self.close(action, &elected);
    }

    fn elect(&mut self, options: &[usize]) {
        for &option in options {
            self.status[option] = Status::Elected { surplus: self.votes[option] > self.quota };
            self.elected.push(option);
        }
    }

    fn close(&mut self, action: Action, elected: &[usize]) {
        self.history.push(self.votes.clone());
        self.stages.push(Stage {
            action,
            votes: self.votes.clone(),
            exhausted: self.total - self.votes.iter().sum::<u64>(),
            quota: self.quota,
            elected: self.ties.names(elected),
            keep: vec![],
        });
    }

    /// By votes, equals by the most recent stage where they differed, then by the order.
    fn in_order(&mut self, mut options: Vec<usize>) -> Vec<usize> {
        let mut sorted = vec![];
        while let Some(most) = options.iter().map(|&option| self.votes[option]).max() {
            let tied: Vec<usize> =
                options.iter().copied().filter(|&option| self.votes[option] == most).collect();
            let Some(first) = self.choose(TieAbout::Election, tied, false) else { break };
            options.retain(|&option| option != first);
            sorted.push(first);
        }
        sorted
    }

    fn choose(&mut self, about: TieAbout, tied: Vec<usize>, fewest: bool) -> Option<usize> {
        let stage = Some(self.stages.len() + 1);
        let narrowed = earlier(tied.clone(), &self.history, fewest);
        if narrowed.len() == 1 {
            if tied.len() > 1 {
                self.ties.record(about, stage, &tied, TieRule::EarlierRounds, &narrowed);
            }
            return narrowed.first().copied();
        }
        if fewest {
            self.ties.last(about, stage, &narrowed)
        } else {
            self.ties.first(about, stage, &narrowed)
        }
    }

    /// Rule 49: the largest surplus first.
    fn largest_surplus(&mut self) -> Option<usize> {
        let waiting = |option: &usize| self.status[*option] == Status::Elected { surplus: true };
        let all: Vec<usize> = (0..self.status.len()).filter(waiting).collect();
        let most = all.iter().map(|&option| self.votes[option]).max()?;
        let tied = all.into_iter().filter(|&option| self.votes[option] == most).collect();
        self.choose(TieAbout::Surplus, tied, false)
    }

    fn transfer_surplus(&mut self, option: usize) -> Result<(), Error> {
        let (held, surplus) = (self.votes[option], self.votes[option] - self.quota);
        let parcels = std::mem::take(&mut self.piles[option]);
        for parcel in parcels {
            let value = u128::from(surplus) * u128::from(parcel.value) / u128::from(held);
            self.pass_on(Parcel { value: u64::try_from(value).map_err(|_| Error::TooLarge)?, ..parcel });
        }
        self.votes[option] = self.quota;
        self.status[option] = Status::Elected { surplus: false };
        self.end_stage(Action::Surplus { of: self.ties.name(option), surplus });
        Ok(())
    }

    /// Rule 50: the fewest votes.
    fn exclude(&mut self) {
        let all = self.continuing();
        let Some(fewest) = all.iter().map(|&option| self.votes[option]).min() else { return };
        let tied = all.into_iter().filter(|&option| self.votes[option] == fewest).collect();
        let Some(option) = self.choose(TieAbout::Elimination, tied, true) else { return };
        self.status[option] = Status::Excluded;
        self.excluded.push(option);
        self.votes[option] = 0;
        let parcels = std::mem::take(&mut self.piles[option]);
        parcels.into_iter().for_each(|parcel| self.pass_on(parcel));
        self.end_stage(Action::Exclude { option: self.ties.name(option) });
    }

    /// To the next preference that still stands; without one, the paper is not transferable.
    fn pass_on(&mut self, mut parcel: Parcel<'a>) {
        let next = parcel.order[parcel.used..]
            .iter()
            .position(|&option| self.status[usize::from(option)] == Status::Continuing);
        if let Some(step) = next {
            let option = usize::from(parcel.order[parcel.used + step]);
            parcel.used += step + 1;
            self.votes[option] += parcel.papers * parcel.value;
            self.piles[option].push(parcel);
        }
    }

    /// Rule 51: as many remain as there are seats.
    fn fill(&mut self) {
        let all = self.continuing();
        let elected = self.in_order(all);
        self.elect(&elected);
        self.close(Action::FillSeats, &elected);
    }
}
