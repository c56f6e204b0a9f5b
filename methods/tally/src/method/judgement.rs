//! Majority judgement (M. Balinski and R. Laraki, "Majority Judgment", MIT Press, 2010): the best median grade; of two
//! equal medians, the larger of the groups above and below it decides, then that group is taken into the median, and
//! again. This gives the same order as their majority value (one median removed after the other), from totals alone.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::exact::Exact;
use crate::method::Counted;
use crate::method::score::scale;
use crate::outcome::{Merit, Working};
use crate::profile::Votes;
use crate::rules::{Blank, Rules};
use crate::tie::{Ties, groups};

/// The most grades a scale may have when it is read from ballots: a grade of a billion is a mistake, not a scale.
const MOST_GRADES: u32 = 1_000;

pub(crate) fn graded(
    options: usize,
    ballots: &Votes<Vec<Option<u32>>>,
    rules: &Rules,
    ties: &mut Ties,
) -> Result<Counted, Error> {
    let found = ballots.iter().flat_map(|(ballot, _)| ballot.iter().flatten()).copied().max().unwrap_or(0);
    let highest = scale(found, rules)?;
    if highest >= MOST_GRADES {
        return Err(Error::GradeAboveScale { grade: highest, max: MOST_GRADES - 1 });
    }
    let grades = usize::try_from(highest).map_err(|_| Error::TooLarge)? + 1;
    let mut merits = vec![vec![0_u64; grades]; options];
    let mut participants = 0;
    for (ballot, votes) in ballots {
        participants += votes;
        for (row, grade) in merits.iter_mut().zip(ballot) {
            if let Some(grade) = grade {
                row[usize::try_from(*grade).map_err(|_| Error::TooLarge)?] += votes;
            }
        }
    }
    self::merits(merits, participants, rules, ties)
}

pub(crate) fn merits(
    merits: Vec<Vec<u64>>,
    participants: u64,
    rules: &Rules,
    ties: &mut Ties,
) -> Result<Counted, Error> {
    let grades = merits.first().map_or(0, Vec::len);
    let mut judged = vec![];
    for row in merits {
        judged.push(merit(row, participants, rules.blank)?);
    }
    // Shares only where numbers cannot be compared.
    let unequal = judged.iter().any(|merit| merit.graded != judged[0].graded);
    for merit in &mut judged {
        merit.steps = steps(&merit.profile, unequal)?;
    }
    let ranking = groups(0..judged.len(), |option| &judged[option].steps);
    let winners = ties.seat(&ranking, rules.seats);
    let working = Working::MajorityJudgement { blank: rules.blank, grades, merits: judged };
    Ok(Counted { counted: participants, rejected: BTreeMap::new(), winners, ranking, working })
}

fn merit(mut profile: Vec<u64>, participants: u64, blank: Blank) -> Result<Merit, Error> {
    let given: u64 = profile.iter().sum();
    let blanks = participants - given;
    let filling = match blank {
        Blank::Worst => Some(0),
        Blank::Exclude => None,
        Blank::Grade(grade) => Some(usize::try_from(grade).map_err(|_| Error::TooLarge)?),
        Blank::Median => Some(median(&profile).unwrap_or(0)),
    };
    if let Some(grade) = filling
        && blanks > 0
    {
        let max = u32::try_from(profile.len() - 1).map_err(|_| Error::TooLarge)?;
        let grade_or = u32::try_from(grade).map_err(|_| Error::TooLarge)?;
        *profile.get_mut(grade).ok_or(Error::GradeAboveScale { grade: grade_or, max })? += blanks;
    }
    let graded = profile.iter().sum();
    let middle = median(&profile);
    let (below, above) =
        middle.map_or((0, 0), |m| (profile[..m].iter().sum(), profile[m + 1..].iter().sum::<u64>()));
    let gauge = if above > below { "+" } else { "-" }.to_owned();
    let middle = middle.map(u32::try_from).transpose().map_err(|_| Error::TooLarge)?;
    Ok(Merit { profile, graded, blanks, median: middle, above, below, gauge, steps: vec![] })
}

/// The lower median: the grade in the middle, or the lower of the two in the middle.
fn median(profile: &[u64]) -> Option<usize> {
    let total: u64 = profile.iter().sum();
    let middle = total.checked_sub(1)? / 2;
    let mut seen = 0;
    profile.iter().position(|count| {
        seen += count;
        seen > middle
    })
}

fn steps(profile: &[u64], unequal: bool) -> Result<Vec<(u32, Exact)>, Error> {
    let total: u64 = profile.iter().sum();
    let mut profile = profile.to_vec();
    let mut steps = vec![];
    while let Some(middle) = median(&profile) {
        let below: u64 = profile[..middle].iter().sum();
        let above: u64 = profile[middle + 1..].iter().sum();
        let size = if below >= above { -i128::from(below) } else { i128::from(above) };
        let share = if unequal { Exact::ratio(size, i128::from(total))? } else { Exact::ratio(size, 1)? };
        steps.push((u32::try_from(middle).map_err(|_| Error::TooLarge)?, share));
        // The median grades join the nearest grade of the larger side.
        let next = if below >= above {
            profile[..middle].iter().rposition(|&count| count > 0)
        } else {
            profile[middle + 1..].iter().position(|&count| count > 0).map(|step| middle + 1 + step)
        };
        let Some(next) = next else { break };
        profile[next] += profile[middle];
        profile[middle] = 0;
    }
    Ok(steps)
}
