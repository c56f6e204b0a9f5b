//! Ballots, checked and grouped.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::method::pairwise::Duels;
use crate::outcome::Name;

/// What a ballot says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An order of preference.
    Ranked,
    /// A set of options.
    Approval,
    /// Plus and minus votes.
    PlusMinus,
    /// A grade for each option.
    Graded,
    /// Any number of votes, for or against, on each option.
    Points,
    /// No ballots: for each option, how many gave each grade.
    Merits,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Ranked => "rankings",
            Kind::Approval => "approvals",
            Kind::PlusMinus => "plus and minus votes",
            Kind::Graded => "grades",
            Kind::Points => "votes in points",
            Kind::Merits => "totals of grades",
        })
    }
}

/// An order of preference: strict or with equal ranks, of all options or of some. Options are numbered from 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ranking {
    order: Box<[u16]>,
    // Whether the option is equal to the one before. Empty when no two are.
    equal: Box<[bool]>,
}

impl Ranking {
    /// A strict order, the preferred option first. An option that is not there is not ranked.
    pub fn strict(order: Vec<u16>) -> Self {
        Self { order: order.into(), equal: Box::default() }
    }

    /// Ranks of equal options, the preferred ones first.
    ///
    /// # Errors
    /// `Error::EmptyRank`.
    pub fn weak(levels: &[Vec<u16>]) -> Result<Self, Error> {
        if levels.iter().any(Vec::is_empty) {
            return Err(Error::EmptyRank);
        }
        let mut order = vec![];
        let mut equal = vec![];
        for level in levels {
            // Sorted, so that the same ballot has one spelling.
            let mut level = level.clone();
            level.sort_unstable();
            equal.extend((0..level.len()).map(|place| place > 0));
            order.extend(level);
        }
        let equal = if equal.contains(&true) { equal.into() } else { Box::default() };
        Ok(Self { order: order.into(), equal })
    }

    /// A ranking from a value for each option, the highest first; options without a value are not ranked.
    pub fn by_value<V: Ord + Copy>(values: impl Iterator<Item = Option<V>>) -> Self {
        let mut ranked: Vec<(V, u16)> = vec![];
        for (option, value) in (0_u16..).zip(values) {
            if let Some(value) = value {
                ranked.push((value, option));
            }
        }
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let equal: Vec<bool> =
            (0..ranked.len()).map(|place| place > 0 && ranked[place].0 == ranked[place - 1].0).collect();
        let equal = if equal.contains(&true) { equal.into() } else { Box::default() };
        Self { order: ranked.into_iter().map(|(_, option)| option).collect(), equal }
    }

    /// Whether no two options are equal.
    pub fn is_strict(&self) -> bool {
        self.equal.is_empty()
    }

    /// Whether no option is ranked.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The options ranked, the preferred ones first, equal ones in the order of their numbers.
    pub fn order(&self) -> &[u16] {
        &self.order
    }

    /// The ranks, each with its equal options.
    pub fn levels(&self) -> impl Iterator<Item = &[u16]> {
        let mut from = 0;
        std::iter::from_fn(move || {
            if from >= self.order.len() {
                return None;
            }
            let mut to = from + 1;
            while self.equal.get(to).copied().unwrap_or(false) {
                to += 1;
            }
            let level = &self.order[from..to];
            from = to;
            Some(level)
        })
    }
}

/// A ballot and how many people cast it.
pub type Votes<B> = Vec<(B, u64)>;

/// The ballots of one kind, identical ones together. Options are numbered from 0 in the order of the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ballots {
    /// Orders of preference.
    Ranked(Votes<Ranking>),
    /// The options approved, in increasing order.
    Approval(Votes<Vec<u16>>),
    /// The options with a plus, those with a minus, each in increasing order.
    PlusMinus(Votes<(Vec<u16>, Vec<u16>)>),
    /// For each option, its grade (0 is the worst) or a blank.
    Graded(Votes<Vec<Option<u32>>>),
    /// For each option, its votes.
    Points(Votes<Vec<i64>>),
    /// For each option, how many gave each grade, the worst first.
    Merits(Vec<Vec<u64>>),
}

/// The options of an election and its ballots.
#[derive(Debug, Clone)]
pub struct Profile {
    options: Vec<Name>,
    ballots: Ballots,
    total: u64,
    /// The duels between options, once a method has asked for them: five methods start from them.
    duels: OnceLock<Duels>,
}

impl PartialEq for Profile {
    fn eq(&self, other: &Self) -> bool {
        // What was computed from them is no part of it.
        (&self.options, &self.ballots, self.total) == (&other.options, &other.ballots, other.total)
    }
}

impl Eq for Profile {}

impl Profile {
    /// Ranked ballots.
    ///
    /// # Errors
    /// Bad names; a ballot that names an unknown option, or one twice.
    pub fn ranked<N: AsRef<str>>(options: &[N], ballots: Votes<Ranking>) -> Result<Self, Error> {
        let options = names(options)?;
        // The number of the last ballot that named each option: one pass without clearing.
        let mut seen = vec![0_usize; options.len()];
        for (number, (ballot, _)) in (1..).zip(&ballots) {
            for &option in &ballot.order {
                let place = seen.get_mut(usize::from(option)).ok_or(Error::UnknownOption(option.into()))?;
                if *place == number {
                    return Err(Error::TwiceOnABallot(options[usize::from(option)].to_string()));
                }
                *place = number;
            }
        }
        let total = total(&ballots)?;
        Ok(Self::of(options, Ballots::Ranked(grouped(ballots)?), total))
    }

    /// Approval ballots: the numbers of the options approved, in any order.
    ///
    /// # Errors
    /// Bad names; a ballot that names an unknown option, or one twice.
    pub fn approval<N: AsRef<str>>(options: &[N], mut ballots: Votes<Vec<u16>>) -> Result<Self, Error> {
        let options = names(options)?;
        for (ballot, _) in &mut ballots {
            check_set(ballot, &options)?;
        }
        let total = total(&ballots)?;
        Ok(Self::of(options, Ballots::Approval(grouped(ballots)?), total))
    }

    /// Ballots of plus and minus votes: the numbers of the options with a plus, of those with a minus.
    ///
    /// # Errors
    /// Bad names; a ballot that names an unknown option, or one twice, were it once plus and once minus.
    pub fn plus_minus<N: AsRef<str>>(
        options: &[N],
        mut ballots: Votes<(Vec<u16>, Vec<u16>)>,
    ) -> Result<Self, Error> {
        let options = names(options)?;
        for ((plus, minus), _) in &mut ballots {
            check_set(plus, &options)?;
            check_set(minus, &options)?;
            if let Some(&both) = plus.iter().find(|option| minus.contains(option)) {
                return Err(Error::TwiceOnABallot(options[usize::from(both)].to_string()));
            }
        }
        let total = total(&ballots)?;
        Ok(Self::of(options, Ballots::PlusMinus(grouped(ballots)?), total))
    }

    /// Graded ballots: one grade (0 is the worst) or a blank for each option.
    ///
    /// # Errors
    /// Bad names; a ballot of another length.
    pub fn graded<N: AsRef<str>>(options: &[N], ballots: Votes<Vec<Option<u32>>>) -> Result<Self, Error> {
        let options = names(options)?;
        check_lengths(&ballots, options.len())?;
        let total = total(&ballots)?;
        Ok(Self::of(options, Ballots::Graded(grouped(ballots)?), total))
    }

    /// Ballots in points (quadratic voting): one number of votes for each option, 0 for none.
    ///
    /// # Errors
    /// Bad names; a ballot of another length.
    pub fn points<N: AsRef<str>>(options: &[N], ballots: Votes<Vec<i64>>) -> Result<Self, Error> {
        let options = names(options)?;
        check_lengths(&ballots, options.len())?;
        let total = total(&ballots)?;
        Ok(Self::of(options, Ballots::Points(grouped(ballots)?), total))
    }

    /// For each option, how many gave each grade, the worst first. `participants` is the number of ballots, or,
    /// for shares of unknown number, the largest total of an option (what `None` stands for).
    ///
    /// # Errors
    /// Bad names; no grades, or another number of grades than the first option; an option with more grades than
    /// participants.
    pub fn merits<N: AsRef<str>>(
        options: &[N],
        merits: Vec<Vec<u64>>,
        participants: Option<u64>,
    ) -> Result<Self, Error> {
        let options = names(options)?;
        if merits.len() != options.len() {
            return Err(Error::WrongLength { found: merits.len(), expected: options.len() });
        }
        let grades = merits.first().map_or(0, Vec::len);
        let mut most = 0;
        for row in &merits {
            if row.len() != grades || grades == 0 {
                return Err(Error::WrongLength { found: row.len(), expected: grades.max(1) });
            }
            let sum = row.iter().try_fold(0_u64, |sum, &n| sum.checked_add(n)).ok_or(Error::TooLarge)?;
            most = most.max(sum);
        }
        let total = participants.unwrap_or(most);
        if most > total {
            return Err(Error::TooLarge);
        }
        Ok(Self::of(options, Ballots::Merits(merits), total))
    }

    /// The names of the options, in the order that numbers them.
    pub fn options(&self) -> &[Name] {
        &self.options
    }

    /// The ballots, identical ones together, in a fixed order that is not that of casting.
    pub fn ballots(&self) -> &Ballots {
        &self.ballots
    }

    /// What the ballots say.
    pub fn kind(&self) -> Kind {
        match self.ballots {
            Ballots::Ranked(_) => Kind::Ranked,
            Ballots::Approval(_) => Kind::Approval,
            Ballots::PlusMinus(_) => Kind::PlusMinus,
            Ballots::Graded(_) => Kind::Graded,
            Ballots::Points(_) => Kind::Points,
            Ballots::Merits(_) => Kind::Merits,
        }
    }

    /// How many ballots were cast, valid or not.
    pub fn total(&self) -> u64 {
        self.total
    }

    // Ballots that were derived from checked ones.
    pub(crate) fn derived(&self, ballots: Ballots) -> Self {
        Self::of(self.options.clone(), ballots, self.total)
    }

    fn of(options: Vec<Name>, ballots: Ballots, total: u64) -> Self {
        Self { options, ballots, total, duels: OnceLock::new() }
    }

    /// The duels of its rankings, computed once.
    pub(crate) fn duels(&self, rankings: &Votes<Ranking>) -> &Duels {
        self.duels.get_or_init(|| Duels::new(self.options.len(), rankings))
    }
}

fn names<N: AsRef<str>>(options: &[N]) -> Result<Vec<Name>, Error> {
    if options.is_empty() {
        return Err(Error::NoOption);
    }
    if options.len() > usize::from(u16::MAX) {
        return Err(Error::TooManyOptions(options.len()));
    }
    let mut seen = BTreeSet::new();
    for (number, name) in (1..).zip(options) {
        let name = name.as_ref();
        if name.trim().is_empty() {
            return Err(Error::EmptyName(number));
        }
        if !seen.insert(name) {
            return Err(Error::TwiceTheSameName(name.to_owned()));
        }
    }
    Ok(options.iter().map(|name| Arc::from(name.as_ref())).collect())
}

fn check_set(set: &mut [u16], options: &[Name]) -> Result<(), Error> {
    set.sort_unstable();
    if let Some(&last) = set.last()
        && usize::from(last) >= options.len()
    {
        return Err(Error::UnknownOption(last.into()));
    }
    match set.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Error::TwiceOnABallot(options[usize::from(pair[0])].to_string())),
        None => Ok(()),
    }
}

fn check_lengths<V>(ballots: &Votes<Vec<V>>, expected: usize) -> Result<(), Error> {
    match ballots.iter().find(|(ballot, _)| ballot.len() != expected) {
        Some((ballot, _)) => Err(Error::WrongLength { found: ballot.len(), expected }),
        None => Ok(()),
    }
}

fn total<B>(ballots: &Votes<B>) -> Result<u64, Error> {
    ballots.iter().try_fold(0_u64, |sum, (_, count)| sum.checked_add(*count)).ok_or(Error::TooLarge)
}

// In the order of the ballots themselves: anonymous, and the same whatever the order of casting.
pub(crate) fn grouped<B: Ord>(mut ballots: Votes<B>) -> Result<Votes<B>, Error> {
    ballots.retain(|(_, count)| *count > 0);
    ballots.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let mut fits = true;
    ballots.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            let sum = kept.1.checked_add(next.1);
            fits &= sum.is_some();
            kept.1 = sum.unwrap_or(kept.1);
        }
        same
    });
    if fits { Ok(ballots) } else { Err(Error::TooLarge) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_ballots_are_refused() {
        let ranked = |ballots| Profile::ranked(&["A", "B"], ballots).map(|p| p.total());
        assert_eq!(ranked(vec![(Ranking::strict(vec![1, 0]), 3), (Ranking::strict(vec![1, 0]), 2)]), Ok(5));
        assert_eq!(ranked(vec![(Ranking::strict(vec![2]), 1)]), Err(Error::UnknownOption(2)));
        assert_eq!(ranked(vec![(Ranking::strict(vec![1, 1]), 1)]), Err(Error::TwiceOnABallot("B".into())));
        assert_eq!(
            ranked(vec![(Ranking::default(), u64::MAX), (Ranking::default(), 1)]),
            Err(Error::TooLarge)
        );
        assert_eq!(Ranking::weak(&[vec![0], vec![]]), Err(Error::EmptyRank));
        assert_eq!(Profile::ranked::<&str>(&[], vec![]), Err(Error::NoOption));
        assert_eq!(Profile::ranked(&["A", " "], vec![]), Err(Error::EmptyName(2)));
        assert_eq!(Profile::ranked(&["A", "A"], vec![]), Err(Error::TwiceTheSameName("A".into())));
        let both = Profile::plus_minus(&["A", "B"], vec![((vec![0, 1], vec![1]), 1)]);
        assert_eq!(both, Err(Error::TwiceOnABallot("B".into())));
        let short = Profile::graded(&["A", "B"], vec![(vec![Some(1)], 1)]);
        assert_eq!(short, Err(Error::WrongLength { found: 1, expected: 2 }));
        assert_eq!(Profile::merits(&["A"], vec![vec![u64::MAX, 1]], None), Err(Error::TooLarge));
        assert_eq!(Profile::merits(&["A"], vec![vec![2, 1]], Some(2)), Err(Error::TooLarge));
    }

    #[test]
    fn equal_ranks_are_kept_together() {
        let ranking = Ranking::weak(&[vec![3], vec![2, 0], vec![1]]).unwrap();
        assert_eq!(ranking.levels().collect::<Vec<_>>(), [&[3][..], &[0, 2], &[1]]);
        assert!(!ranking.is_strict());
        assert_eq!(ranking, Ranking::by_value([Some(4), Some(1), Some(4), Some(9)].into_iter()));
        assert!(Ranking::weak(&[vec![3], vec![2]]).unwrap().is_strict());
    }
}
