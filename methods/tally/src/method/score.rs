//! Grades added up: score and STAR.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::exact::Exact;
use crate::method::Counted;
use crate::method::plurality::finalists;
use crate::outcome::{Duel, TieAbout, TieRule, Working};
use crate::profile::Votes;
use crate::rules::{Blank, Rules};
use crate::tie::{Ties, groups};

/// The highest grade of the scale: that of the rules, or the highest found.
pub(crate) fn scale(found: u32, rules: &Rules) -> Result<u32, Error> {
    match rules.max_grade {
        Some(max) if found > max => Err(Error::GradeAboveScale { grade: found, max }),
        Some(max) => Ok(max),
        None => Ok(found),
    }
}

/// The grade that a blank stands for, where it stands for one.
pub(crate) fn filling(rules: &Rules, max: u32) -> Result<Option<u32>, Error> {
    match rules.blank {
        Blank::Worst => Ok(Some(0)),
        Blank::Grade(grade) if grade > max => Err(Error::GradeAboveScale { grade, max }),
        Blank::Grade(grade) => Ok(Some(grade)),
        Blank::Exclude => Ok(None),
        Blank::Median => Err(Error::MissingRule {
            method: rules.method,
            rule: "blanks to be worst, excluded or a fixed grade",
        }),
    }
}

fn highest_found(ballots: &Votes<Vec<Option<u32>>>) -> u32 {
    ballots.iter().flat_map(|(ballot, _)| ballot.iter().flatten()).copied().max().unwrap_or(0)
}

struct Sums {
    sum: Vec<u64>,
    graded: Vec<u64>,
}

fn sums(options: usize, ballots: &Votes<Vec<Option<u32>>>, fill: Option<u32>) -> Result<Sums, Error> {
    let (mut sum, mut graded) = (vec![0_u64; options], vec![0_u64; options]);
    for (ballot, votes) in ballots {
        for (option, grade) in ballot.iter().enumerate() {
            if let Some(grade) = grade.or(fill) {
                let points = u64::from(grade).checked_mul(*votes).ok_or(Error::TooLarge)?;
                sum[option] = sum[option].checked_add(points).ok_or(Error::TooLarge)?;
                graded[option] += votes;
            }
        }
    }
    Ok(Sums { sum, graded })
}

pub(crate) fn score(
    options: usize,
    ballots: &Votes<Vec<Option<u32>>>,
    rules: &Rules,
    ties: &mut Ties,
) -> Result<Counted, Error> {
    let max_grade = scale(highest_found(ballots), rules)?;
    let sums = sums(options, ballots, filling(rules, max_grade)?)?;
    let counted = ballots.iter().map(|(_, votes)| votes).sum();
    ranked(sums, max_grade, counted, rules, ties)
}

fn ranked(
    sums: Sums,
    max_grade: u32,
    counted: u64,
    rules: &Rules,
    ties: &mut Ties,
) -> Result<Counted, Error> {
    let Sums { sum, graded } = sums;
    let mut mean = vec![];
    for (&sum, &graded) in sum.iter().zip(&graded) {
        mean.push(match graded {
            0 => None,
            graded => Some(Exact::ratio(i128::from(sum), i128::from(graded))?),
        });
    }
    // Totals and means agree when everybody counts for every option; otherwise only means compare.
    let ranking = groups(0..sum.len(), |option| mean[option]);
    let winners = ties.seat(&ranking, rules.seats);
    let working = Working::Score { blank: rules.blank, max_grade, sum, graded, mean };
    Ok(Counted { counted, rejected: BTreeMap::new(), winners, ranking, working })
}

/// Score from the totals of grades.
pub(crate) fn merits(
    merits: &[Vec<u64>],
    participants: u64,
    rules: &Rules,
    ties: &mut Ties,
) -> Result<Counted, Error> {
    let highest = merits.first().map_or(0, |row| row.len() - 1);
    let max_grade = scale(u32::try_from(highest).map_err(|_| Error::TooLarge)?, rules)?;
    let fill = filling(rules, max_grade)?;
    let (mut sum, mut graded) = (vec![], vec![]);
    for row in merits {
        let given: u64 = row.iter().sum();
        let mut total = 0_u64;
        let blanks = participants - given;
        let filled = fill.map(|grade| (u64::from(grade), blanks));
        for (grade, count) in (0_u64..).zip(row.iter().copied()).chain(filled) {
            let points = grade.checked_mul(count).ok_or(Error::TooLarge)?;
            total = total.checked_add(points).ok_or(Error::TooLarge)?;
        }
        sum.push(total);
        graded.push(if fill.is_some() { participants } else { given });
    }
    ranked(Sums { sum, graded }, max_grade, participants, rules, ties)
}

/// Score then automatic runoff, ties by the protocol of the Equal Vote Coalition: for a place in the runoff, the
/// duels between the tied, then the number of highest grades; in the runoff, the higher total, then the number of
/// highest grades; then the order.
pub(crate) fn star(
    options: usize,
    ballots: &Votes<Vec<Option<u32>>>,
    rules: &Rules,
    ties: &mut Ties,
) -> Result<Counted, Error> {
    let max_grade = match rules.max_grade {
        Some(_) => scale(highest_found(ballots), rules)?,
        None => highest_found(ballots).max(5),
    };
    let fill = filling(rules, max_grade)?
        .ok_or(Error::MissingRule { method: rules.method, rule: "blanks to be worst or a fixed grade" })?;
    let Sums { sum, .. } = sums(options, ballots, Some(fill))?;
    let mut highest = vec![0_u64; options];
    for (ballot, votes) in ballots {
        for (option, grade) in ballot.iter().enumerate() {
            if grade.unwrap_or(fill) == max_grade {
                highest[option] += votes;
            }
        }
    }
    let counted = ballots.iter().map(|(_, votes)| votes).sum();
    let ranking = groups(0..options, |option| sum[option]);
    let duel = |first: usize, second: usize| {
        let mut duel = Duel { first: 0, second: 0, neither: 0 };
        for (ballot, votes) in ballots {
            let side = match ballot[first].unwrap_or(fill).cmp(&ballot[second].unwrap_or(fill)) {
                std::cmp::Ordering::Greater => &mut duel.first,
                std::cmp::Ordering::Less => &mut duel.second,
                std::cmp::Ordering::Equal => &mut duel.neither,
            };
            *side += votes;
        }
        duel
    };
    let (first, second) = finalists(&ranking, ties, |ties, tied, places| {
        let wins = |option: usize| {
            let beats = |&other: &usize| {
                let duel = duel(option, other);
                other != option && duel.first > duel.second
            };
            tied.iter().copied().filter(beats).count()
        };
        let mut sorted: Vec<(usize, u64, usize)> =
            tied.iter().map(|&option| (wins(option), highest[option], option)).collect();
        sorted.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then(ties.place(a.2).cmp(&ties.place(b.2))));
        // The last that enters beside the first that does not: the rule that told them apart decided.
        let (last_in, first_out) = (sorted[places - 1], sorted[places]);
        let rule = if last_in.0 != first_out.0 {
            TieRule::Duels
        } else if last_in.1 != first_out.1 {
            TieRule::HighestGrades
        } else {
            ties.rule()
        };
        let chosen: Vec<usize> = sorted[..places].iter().map(|&(_, _, option)| option).collect();
        ties.record(TieAbout::Finalist, Some(1), tied, rule, &chosen);
        chosen
    });
    if options == 1 {
        let runoff = Duel { first: 0, second: 0, neither: counted };
        let finalists = ties.names(&[first]);
        let working = Working::Star { blank: rules.blank, max_grade, sum, highest, finalists, runoff };
        return Ok(Counted { counted, rejected: BTreeMap::new(), winners: vec![first], ranking, working });
    }
    let runoff = duel(first, second);
    let pair = [first, second];
    let by = |key: &dyn Fn(usize) -> u64| {
        (key(first) != key(second)).then(|| if key(first) > key(second) { first } else { second })
    };
    let winner = if runoff.first == runoff.second {
        if let Some(winner) = by(&|option| sum[option]) {
            ties.record(TieAbout::Runoff, Some(2), &pair, TieRule::Score, &[winner]);
            winner
        } else if let Some(winner) = by(&|option| highest[option]) {
            ties.record(TieAbout::Runoff, Some(2), &pair, TieRule::HighestGrades, &[winner]);
            winner
        } else {
            ties.first(TieAbout::Runoff, Some(2), &pair).unwrap_or(first)
        }
    } else if runoff.first > runoff.second {
        first
    } else {
        second
    };
    let other = if winner == first { second } else { first };
    let mut full = vec![vec![winner], vec![other]];
    full.extend(groups((0..options).filter(|&o| o != first && o != second), |option| sum[option]));
    let finalists = ties.names(&pair);
    let working = Working::Star { blank: rules.blank, max_grade, sum, highest, finalists, runoff };
    Ok(Counted { counted, rejected: BTreeMap::new(), winners: vec![winner], ranking: full, working })
}
