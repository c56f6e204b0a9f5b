//! Why a project won, or what it missed.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::count::{CountError, Counting, count};
use crate::election::{BallotKind, Election};
use crate::number::{Decimal, Ratio};
use crate::outcome::{LeftOut, Outcome, Round, Step};
use crate::rules::{Rule, Rules, Satisfaction};
use crate::shares;

/// What can be said to the people behind a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The project.
    pub project: String,
    /// Its round, when it was selected: what it cost its supporters, who paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub won: Option<Round>,
    /// What it missed, when it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed: Option<LeftOut>,
    /// Equal shares: for what its supporters spent their money together, largest first. For a project that was not
    /// selected, these are the winners that used it.
    pub spent_on: Vec<Spent>,
    /// How many of its supporters chose at least one winner.
    pub supporters_with_a_winner: u64,
}

/// Money of the supporters of a project spent on a winner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// The winner.
    pub project: String,
    /// What they paid for it together.
    pub amount: Ratio,
}

/// Explains the place of every project in an outcome of these rules, in the order of the projects.
///
/// # Errors
/// When the rules do not fit the election.
pub fn explain(
    election: &Election,
    rules: &Rules,
    outcome: &Outcome,
) -> Result<Vec<Explanation>, CountError> {
    let counting = Counting::new(election, rules)?;
    let market = (rules.rule == Rule::EqualShares).then(|| shares::market(&counting));
    let mut kept = match (&market, &outcome.endowment) {
        (Some(market), Some(endowment)) => Some(shares::again(market, endowment)?),
        _ => None,
    };
    let wins = crate::compare::wins(election, &outcome.selected);
    let explain = |(p, project): (usize, &crate::election::Project)| {
        let spent = kept.as_mut().map(|kept| kept.paid_by(election, p)).unwrap_or_default();
        let id = |p: usize| election.projects[p].id.clone();
        Explanation {
            project: project.id.clone(),
            won: outcome.rounds.iter().find(|round| round.project == project.id).cloned(),
            missed: outcome.left_out.iter().find(|left| left.project == project.id).cloned(),
            spent_on: spent.into_iter().map(|(p, amount)| Spent { project: id(p), amount }).collect(),
            supporters_with_a_winner: satisfied(&counting, p, &wins),
        }
    };
    Ok(election.projects.iter().enumerate().map(explain).collect())
}

/// What the share of one voter paid, under equal shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// What the voter had.
    pub had: Ratio,
    /// What they paid for each winner, in the order in which these were bought.
    pub paid: Vec<Spent>,
    /// What was left.
    pub left: Ratio,
}

/// What a voter who chose these projects paid, from the outcome alone: at each purchase, the price, or all that they had left.
/// Nothing where the outcome has no shares, or where supporters of a project pay it unequally (points, ranks, Borda).
#[must_use]
pub fn share_of(outcome: &Outcome, chosen: &[&str]) -> Option<Share> {
    let uniform = matches!(outcome.satisfaction, Satisfaction::Cost | Satisfaction::Cardinality);
    let had = outcome.endowment.clone().filter(|_| uniform && outcome.rule == Rule::EqualShares)?;
    let mut left = had.inner().clone();
    let mut paid = Vec::new();
    let bought = outcome.rounds.iter().filter(|round| round.step == Step::Shares);
    for round in bought.filter(|round| chosen.contains(&round.project.as_str())) {
        let price = round.effective_cost.as_ref()?.inner();
        let amount = if *price < left { price.clone() } else { left.clone() };
        left -= &amount;
        paid.push(Spent { project: round.project.clone(), amount: Ratio::from_inner(amount) });
    }
    Some(Share { had, paid, left: Ratio::from_inner(left) })
}

/// How many supporters of a project chose a winner.
fn satisfied(counting: &Counting<'_>, project: usize, wins: &[bool]) -> u64 {
    let election = counting.election;
    let groups = counting.support.of(project).0.iter().map(|&g| usize::try_from(g).unwrap_or(usize::MAX));
    let with = groups.filter(|&group| {
        let (chosen, points) = election.group(group);
        chosen.iter().enumerate().any(|(n, &p)| {
            wins.get(usize::try_from(p).unwrap_or(usize::MAX)).copied().unwrap_or(false)
                && points.get(n).is_none_or(|&points| points > 0)
        })
    });
    with.map(|group| u64::from(election.weights[group])).sum()
}

/// How many more votes would have been enough for a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Needed {
    /// It was selected.
    Selected,
    /// This many: with them it is selected, with one fewer it is not.
    Votes(u64),
    /// Not even four times the ballots that there are, or its cost is over the budget.
    OutOfReach,
    /// A ballot that names this project alone gives it nothing (Borda).
    Unknown,
}

/// How many more votes would have been enough, by this definition: as many ballots that name the project and no other
/// are added to the others, each a voter more (with points: each gives it the most points that a ballot gave it), and
/// the whole count is done again. The number is found by doubling and then by halves, so it takes a few dozen
/// counts; the project is selected with it and not with one fewer. Rules that share money between voters may, rarely, also
/// select it with fewer still: nobody can say without trying all numbers.
///
/// # Errors
/// When the rules do not fit the election, or there is no such project (as if it were out of reach).
pub fn votes_needed(election: &Election, rules: &Rules, project: &str) -> Result<Needed, CountError> {
    let mut work = u64::MAX;
    Ok(votes_needed_within(&by_totals(election, rules), rules, project, &mut work)?
        .unwrap_or(Needed::OutOfReach))
}

/// What one count of this election costs, for [`votes_needed_within`]: the choices of its different ballots, once for each
/// pass of `add1` and fifteen times for the rest. A number and not a time, so that everybody finds the same.
#[must_use]
pub fn work(election: &Election, outcome: &Outcome) -> u64 {
    let length = election.chosen.len().saturating_add(election.weights.len());
    let choices = u64::try_from(length).unwrap_or(u64::MAX);
    choices.saturating_mul(outcome.passes.unwrap_or(0).saturating_add(15))
}

/// An election that these rules count alike, and that is small when they only look at the totals of the projects (greedy
/// rules and the knapsack, but for satisfactions by rank): one ballot for each project and each number of points that it was
/// given, as many times as it was. Seeking how many more votes were missing, in as many counts as it takes, then costs next to
/// nothing whatever the number of ballots. It is only for [`votes_needed_within`] and [`cost_needed_within`]: what an outcome
/// says of voters is lost.
#[must_use]
pub fn by_totals<'a>(election: &'a Election, rules: &Rules) -> Cow<'a, Election> {
    let totals = matches!(rules.rule, Rule::Greedy | Rule::GreedyStop | Rule::GreedyScore | Rule::Knapsack)
        && !matches!(rules.satisfaction, Satisfaction::Borda | Satisfaction::Ranks);
    if totals {
        election.totalled().map_or(Cow::Borrowed(election), Cow::Owned)
    } else {
        Cow::Borrowed(election)
    }
}

/// Whether a count selects a project; its [`work`] is taken from what is left. Nothing when nothing is left.
fn selects_within(
    election: &Election,
    rules: &Rules,
    project: &str,
    left: &mut u64,
) -> Result<Option<bool>, CountError> {
    if *left == 0 {
        return Ok(None);
    }
    let outcome = count(election, rules)?;
    *left = left.saturating_sub(work(election, &outcome));
    Ok(Some(outcome.selected.binary_search_by(|id| id.as_str().cmp(project)).is_ok()))
}

/// [`votes_needed`] within an amount of [`work`], from which each count takes its own. Nothing when it does not suffice;
/// what is left of it is then 0.
///
/// # Errors
/// When the rules do not fit the election.
pub fn votes_needed_within(
    election: &Election,
    rules: &Rules,
    project: &str,
    left: &mut u64,
) -> Result<Option<Needed>, CountError> {
    let Some(p) = election.projects.iter().position(|one| one.id == project) else {
        return Ok(Some(Needed::OutOfReach));
    };
    let mut selects = |election: &Election| selects_within(election, rules, project, left);
    match selects(election)? {
        Some(true) => return Ok(Some(Needed::Selected)),
        Some(false) => {}
        None => return Ok(None),
    }
    if election.costs[p] > election.budget {
        return Ok(Some(Needed::OutOfReach));
    }
    if election.kind == BallotKind::Ordinal && rules.satisfaction == Satisfaction::Borda {
        return Ok(Some(Needed::Unknown));
    }
    let points = most_points(election, p);
    let most = u32::try_from(election.ballots.saturating_mul(4)).unwrap_or(u32::MAX / 2).max(16);
    let mut low = 0;
    let mut high = 1_u32;
    loop {
        match selects(&election.with_more(p, high, points))? {
            Some(true) => break,
            Some(false) if high >= most => return Ok(Some(Needed::OutOfReach)),
            Some(false) => {}
            None => return Ok(None),
        }
        low = high;
        high = high.saturating_mul(2).min(most);
    }
    // Not selected with `low`, selected with `high`.
    while high - low > 1 {
        let middle = low.midpoint(high);
        match selects(&election.with_more(p, middle, points))? {
            Some(true) => high = middle,
            Some(false) => low = middle,
            None => return Ok(None),
        }
    }
    Ok(Some(Needed::Votes(high.into())))
}

/// At which cost a project would have been selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CostNeeded {
    /// It was selected.
    Selected,
    /// This cost, a whole number: with it the project is selected, with one more it is not.
    Cost(Decimal),
    /// None of the costs that were tried, down to 1.
    OutOfReach,
}

/// At which cost a project that was not selected would have been, by this definition: its cost alone is lowered to a whole
/// number, and the whole count is done again. The number is found by doubling what is taken off and then by halves; the project
/// is selected at it, and not at one more. Under greedy rules and Phragmén's, a project that is selected at a cost is selected at
/// every lower one, so this is the highest. Rules that share money between voters, or look for the best combination, may, rarely,
/// also select it at a higher cost: nobody can say without trying all. Nothing when the amount of [`work`] does not suffice (what
/// is left of it is then 0), or when these rules give no exact result at a cost that was tried.
///
/// # Errors
/// When the rules do not fit the election.
pub fn cost_needed_within(
    election: &Election,
    rules: &Rules,
    project: &str,
    left: &mut u64,
) -> Result<Option<CostNeeded>, CountError> {
    let Some(p) = election.projects.iter().position(|one| one.id == project) else {
        return Ok(Some(CostNeeded::OutOfReach));
    };
    let mut selects = |election: &Election| match selects_within(election, rules, project, left) {
        Err(CountError::TooHard(_) | CountError::TooManyPasses(_)) => Ok(None),
        found => found,
    };
    match selects(election)? {
        Some(true) => return Ok(Some(CostNeeded::Selected)),
        Some(false) => {}
        None => return Ok(None),
    }
    let unit = election.units();
    // The first whole number below its cost, or its cost when that is one.
    let own = election.costs[p].div_ceil(unit);
    let mut selects_at = |cost: u64| -> Result<Option<bool>, CountError> {
        let other = election.with_cost(p, cost.saturating_mul(unit)).map_err(|_| CountError::TooLarge)?;
        selects(&other)
    };
    let (mut high, mut less) = (own, 1_u64);
    let mut low = loop {
        let cost = own.saturating_sub(less).max(1);
        if cost >= high {
            return Ok(Some(CostNeeded::OutOfReach));
        }
        match selects_at(cost)? {
            Some(true) => break cost,
            Some(false) => high = cost,
            None => return Ok(None),
        }
        less = less.saturating_mul(2);
    };
    // Selected at `low`, not at `high`.
    while high - low > 1 {
        let middle = low.midpoint(high);
        match selects_at(middle)? {
            Some(true) => low = middle,
            Some(false) => high = middle,
            None => return Ok(None),
        }
    }
    let cost = i64::try_from(low).ok().and_then(|cost| Decimal::whole(cost).ok());
    cost.map(|cost| Some(CostNeeded::Cost(cost))).ok_or(CountError::TooLarge)
}

/// The most points that a ballot gave the project, or any project when nobody chose it.
fn most_points(election: &Election, project: usize) -> i64 {
    let of = |only: Option<usize>| {
        let given = election.chosen.iter().zip(&election.points);
        let given = given.filter(|(p, _)| only.is_none_or(|only| usize::try_from(**p) == Ok(only)));
        given.map(|(_, &points)| points).max().filter(|&points| points > 0)
    };
    of(Some(project)).or_else(|| of(None)).unwrap_or(1)
}
