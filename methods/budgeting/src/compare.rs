//! Rules beside one another on the same ballots.

use serde::{Deserialize, Serialize};

use crate::count::{CountError, count, voters_with};
use crate::election::Election;
use crate::number::Ratio;
use crate::outcome::Outcome;
use crate::rules::Rules;

/// What a rule gives, in figures that can be set beside another's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// The rules.
    pub rules: Rules,
    /// The winners, sorted as texts.
    pub selected: Vec<String>,
    /// What they cost together.
    pub total_cost: Ratio,
    /// How many voters chose at least one winner.
    pub voters_with_a_winner: u64,
    /// That number divided by the number of ballots (0 without any).
    pub share_with_a_winner: Ratio,
    /// How many winners a voter chose, on average.
    pub winners_by_voter: Ratio,
    /// How many voters chose more of these winners than of those of the first rules.
    pub prefer_this: u64,
    /// How many chose more of the winners of the first rules.
    pub prefer_first: u64,
}

/// Counts the election by each of these rules and sets the results beside one another.
///
/// # Errors
/// The first of the rules that does not fit the election.
pub fn compare(election: &Election, rules: &[Rules]) -> Result<Vec<Compared>, CountError> {
    let outcomes = rules.iter().map(|rules| count(election, rules)).collect::<Result<Vec<_>, _>>()?;
    let counted: Vec<(&Rules, &Outcome)> = rules.iter().zip(&outcomes).collect();
    Ok(side_by_side(election, &counted))
}

/// Sets outcomes of this election, already counted, beside one another: [`compare`] without counting again.
#[must_use]
pub fn side_by_side(election: &Election, counted: &[(&Rules, &Outcome)]) -> Vec<Compared> {
    let mut all: Vec<Compared> = Vec::new();
    for (rules, outcome) in counted {
        let wins = wins(election, &outcome.selected);
        let first = all.first().map_or(&outcome.selected, |first| &first.selected);
        let (prefer_this, prefer_first) = preferences(election, &wins, &self::wins(election, first));
        let chosen: u64 = wins_by_group(election, &wins).map(|(weight, n)| u64::from(weight) * n).sum();
        all.push(Compared {
            rules: (*rules).clone(),
            total_cost: outcome.total_cost.clone(),
            voters_with_a_winner: outcome.voters_with_a_winner,
            share_with_a_winner: Ratio::new(voters_with(election, &wins).into(), election.ballots.into()),
            winners_by_voter: Ratio::new(chosen.into(), election.ballots.into()),
            selected: outcome.selected.clone(),
            prefer_this,
            prefer_first,
        });
    }
    all
}

/// Whether each project is among these ids (sorted).
pub(crate) fn wins(election: &Election, selected: &[String]) -> Vec<bool> {
    election.projects.iter().map(|project| selected.binary_search(&project.id).is_ok()).collect()
}

/// How many voters chose more of the first winners than of the second, and the other way round.
pub(crate) fn preferences(election: &Election, first: &[bool], second: &[bool]) -> (u64, u64) {
    let mut prefer = (0, 0);
    for ((weight, one), (_, two)) in wins_by_group(election, first).zip(wins_by_group(election, second)) {
        prefer.0 += if one > two { u64::from(weight) } else { 0 };
        prefer.1 += if two > one { u64::from(weight) } else { 0 };
    }
    prefer
}

/// The weight of each group and how many winners it chose (with points: gave some to).
fn wins_by_group<'a>(election: &'a Election, wins: &'a [bool]) -> impl Iterator<Item = (u32, u64)> + 'a {
    election.groups().map(move |(weight, chosen, points)| {
        let won = |(n, project): &(usize, &u32)| {
            let won = usize::try_from(**project).ok().and_then(|p| wins.get(p)).copied().unwrap_or(false);
            won && points.get(*n).is_none_or(|&points| points > 0)
        };
        (weight, u64::try_from(chosen.iter().enumerate().filter(won).count()).unwrap_or(u64::MAX))
    })
}
