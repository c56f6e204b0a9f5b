//! A count: an election and its rules in, the result with its working out.

use crate::compare::{preferences, wins};
use crate::election::Election;
use crate::greedy::{self, Order, Passed};
use crate::knapsack::{self, TooHard};
use crate::number::{Decimal, Ratio};
use crate::outcome::{Comparison, LeftOut, Outcome, Reason, Round, Step, Tie};
use crate::phragmen;
use crate::ranking::{Ranking, WrongOrder};
use crate::rules::{Completion, Rule, Rules, Satisfaction};
use crate::shares::{self, Shares};
use crate::support::{Support, WrongSatisfaction};

/// Why these rules cannot count this election.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CountError {
    /// The ballots do not give this satisfaction.
    #[error(transparent)]
    Satisfaction(#[from] WrongSatisfaction),
    /// The tie order does not fit the projects.
    #[error(transparent)]
    Ties(#[from] WrongOrder),
    /// A completion with a rule that has none.
    #[error("completion {0} goes with equal-shares only, not with {1}")]
    Completion(Completion, Rule),
    /// An increment that is 0 or less.
    #[error("the increment must be over 0, not {0}")]
    Increment(Decimal),
    /// Amounts that cannot be counted.
    #[error("the amounts are too large to be counted")]
    TooLarge,
    /// The increment is much too small for the amounts.
    #[error("more than {0} passes: a larger increment is wanted")]
    TooManyPasses(u64),
    /// No exact optimum within reason.
    #[error(transparent)]
    TooHard(#[from] TooHard),
}

/// What all rules look at.
pub(crate) struct Counting<'a> {
    pub election: &'a Election,
    pub support: Support,
    pub ranking: Ranking,
    /// Whether each project has the votes that the threshold wants.
    pub eligible: Vec<bool>,
}

impl<'a> Counting<'a> {
    pub(crate) fn new(election: &'a Election, rules: &Rules) -> Result<Self, CountError> {
        let shares = rules.rule == Rule::EqualShares;
        if rules.completion != Completion::None && !shares {
            return Err(CountError::Completion(rules.completion, rules.rule));
        }
        let loads = matches!(rules.rule, Rule::Phragmen | Rule::PhragmenSkip);
        let satisfaction = if loads { Satisfaction::Cardinality } else { rules.satisfaction };
        let support = Support::new(election, satisfaction)?;
        let votes = if satisfaction == Satisfaction::Cardinality {
            support.votes.clone()
        } else {
            Support::new(election, Satisfaction::Cardinality)?.votes
        };
        let ranking = Ranking::new(election, &rules.ties, &votes)?;
        let points = matches!(satisfaction, Satisfaction::Points | Satisfaction::Borda | Satisfaction::Ranks);
        let enough = |p: usize| {
            let Some(threshold) = rules.threshold else { return true };
            let (value, decimals) =
                if points { (support.scores[p], support.decimals) } else { (votes[p].into(), 0) };
            Ratio::units(value, decimals) >= threshold.ratio()
        };
        let eligible = (0..election.projects.len()).map(enough).collect();
        Ok(Self { election, support, ranking, eligible })
    }

    /// A round with what is known of any project. `before`: the number of rounds before it.
    pub(crate) fn round(&self, before: usize, project: usize, step: Step, left: i128) -> Round {
        Round {
            round: u32::try_from(before + 1).unwrap_or(u32::MAX),
            project: self.election.projects[project].id.clone(),
            step,
            cost: self.election.amount(self.election.costs[project]),
            supporters: self.support.votes[project],
            score: Ratio::units(self.support.scores[project], self.support.decimals),
            effective_cost: None,
            effective_votes: None,
            payers: None,
            paying_less: None,
            money_left: None,
            budget_left: Ratio::units(left, self.election.decimals),
        }
    }

    pub(crate) fn left_out(&self, project: usize, reason: Reason) -> LeftOut {
        LeftOut {
            project: self.election.projects[project].id.clone(),
            reason,
            cost: self.election.amount(self.election.costs[project]),
            supporters: self.support.votes[project],
            score: Ratio::units(self.support.scores[project], self.support.decimals),
            after_round: None,
            money: None,
            missing: None,
            budget_left: None,
        }
    }

    /// A project that was passed over by the greedy rule, or for which the count ended.
    pub(crate) fn passed(&self, passed: &Passed) -> LeftOut {
        let cost = self.election.costs[passed.project];
        LeftOut {
            budget_left: Some(self.election.amount(passed.left)),
            ..self.left_out(passed.project, self.hopeless(passed.project).unwrap_or(passed.reason))
        }
        .missing(self.election, cost, passed.left)
    }

    /// Why a project had no chance, whatever the others.
    pub(crate) fn hopeless(&self, project: usize) -> Option<Reason> {
        if !self.eligible[project] {
            Some(Reason::UnderThreshold)
        } else if self.election.costs[project] > self.election.budget {
            Some(Reason::OverBudget)
        } else {
            None
        }
    }
}

impl LeftOut {
    fn missing(mut self, election: &Election, cost: u64, left: u64) -> Self {
        self.missing = (cost > left).then(|| election.amount(cost - left));
        self
    }
}

/// What a rule finds.
pub(crate) struct Found {
    /// In the order of selection.
    pub winners: Vec<usize>,
    pub rounds: Vec<Round>,
    pub ties: Vec<Tie>,
    pub left_out: Vec<LeftOut>,
}

/// Counts an election by these rules.
///
/// # Errors
/// When the rules do not fit the election, or no exact result is within reach.
pub fn count(election: &Election, rules: &Rules) -> Result<Outcome, CountError> {
    let counting = Counting::new(election, rules)?;
    let mut extra = (None, None, None);
    let found = match rules.rule {
        Rule::Greedy => greedy::count(&counting, Order::Density, false),
        Rule::GreedyStop => greedy::count(&counting, Order::Density, true),
        Rule::GreedyScore => greedy::count(&counting, Order::Score, false),
        Rule::Phragmen | Rule::PhragmenSkip => phragmen::count(&counting, rules.rule == Rule::PhragmenSkip),
        Rule::Knapsack => {
            let (found, welfare) = knapsack::count(&counting)?;
            extra.2 = Some(welfare);
            found
        }
        Rule::EqualShares => {
            let market = shares::market(&counting);
            let mut shares = shares::count(&market, rules)?;
            extra = (Some(shares.endowment.clone()), Some(shares.passes), None);
            equal_shares(&counting, rules, &mut shares)
        }
    };
    let (endowment, passes, welfare) = extra;
    let outcome = outcome(&counting, rules, found, endowment, passes, welfare);
    if rules.rule == Rule::EqualShares && rules.comparison {
        compared(election, rules, outcome)
    } else {
        Ok(outcome)
    }
}

/// The comparison step of equal shares.
fn compared(election: &Election, rules: &Rules, shares: Outcome) -> Result<Outcome, CountError> {
    let plain =
        Rules { rule: Rule::Greedy, completion: Completion::None, comparison: false, ..rules.clone() };
    let greedy = count(election, &plain)?;
    let (of_shares, of_greedy) = (wins(election, &shares.selected), wins(election, &greedy.selected));
    let (prefer_shares, prefer_greedy) = preferences(election, &of_shares, &of_greedy);
    let kept = prefer_greedy <= prefer_shares;
    let comparison = Some(Comparison { prefer_shares, prefer_greedy, kept });
    if kept {
        return Ok(Outcome { comparison, ..shares });
    }
    Ok(Outcome { rule: rules.rule, completion: rules.completion, comparison, ..greedy })
}

/// Free projects, then shares, then the greedy rule, as the rules want.
fn equal_shares(counting: &Counting<'_>, rules: &Rules, shares: &mut Shares<'_>) -> Found {
    let election = counting.election;
    let mut winners = free(counting, rules);
    let mut found = Found { winners: Vec::new(), rounds: Vec::new(), ties: Vec::new(), left_out: Vec::new() };
    for (n, &p) in winners.iter().enumerate() {
        found.rounds.push(counting.round(n, p, Step::Free, election.budget.into()));
    }
    let before = winners.len();
    let bought = shares.winners();
    found.rounds.extend(shares.rounds(counting, before));
    for (n, equals, chosen) in shares.equals() {
        let round = u32::try_from(before + n + 1).unwrap_or(u32::MAX);
        found.ties.push(counting.ranking.tie(election, round, equals, chosen));
    }
    let spent: u64 = bought.iter().map(|&p| election.costs[p]).sum();
    winners.extend(&bought);
    let mut passed = Vec::new();
    if matches!(rules.completion, Completion::Greedy | Completion::Add1u) {
        let more = greedy::fill(
            counting,
            &winners,
            election.budget - spent.min(election.budget),
            Order::Density,
            false,
        );
        let mut left = i128::from(election.budget) - i128::from(spent);
        for &p in &more.winners {
            left -= i128::from(election.costs[p]);
            found.rounds.push(counting.round(found.rounds.len(), p, Step::Completion, left));
        }
        found.ties.extend(more.ties(counting, u32::try_from(winners.len()).unwrap_or(u32::MAX)));
        winners.extend(&more.winners);
        passed = more.passed;
    }
    let mut out: Vec<LeftOut> = (0..election.projects.len())
        .filter(|p| !winners.contains(p))
        .map(|p| {
            let reason = shares::never(counting, p).or_else(|| counting.hopeless(p));
            let mut left = counting.left_out(p, reason.unwrap_or(Reason::MoneyShort));
            if election.costs[p] > 0 && counting.support.votes[p] > 0 && counting.eligible[p] {
                let short = shares.short(election, p);
                left.after_round = Some(short.after_round + u32::try_from(before).unwrap_or(0));
                left.money = Some(short.money);
                left.missing = Some(short.missing);
            }
            left.budget_left =
                passed.iter().find(|one| one.project == p).map(|one| election.amount(one.left));
            left
        })
        .collect();
    out.sort_by_key(|left| left.after_round.unwrap_or(0));
    found.left_out = out;
    found.winners = winners;
    found
}

/// The projects that shares take for nothing: they cost nothing, and bring something to somebody.
fn free(counting: &Counting<'_>, rules: &Rules) -> Vec<usize> {
    let election = counting.election;
    let chosen = |p: usize| {
        counting.support.votes[p] > 0
            || (rules.free_first && election.chosen.iter().any(|&c| usize::try_from(c) == Ok(p)))
    };
    let mut free: Vec<usize> = (0..election.projects.len())
        .filter(|&p| election.costs[p] == 0 && counting.eligible[p] && chosen(p))
        .collect();
    free.sort_by_key(|&p| counting.ranking.ranks[p]);
    free
}

fn outcome(
    counting: &Counting<'_>,
    rules: &Rules,
    mut found: Found,
    endowment: Option<Ratio>,
    passes: Option<u64>,
    welfare: Option<Ratio>,
) -> Outcome {
    let election = counting.election;
    let mut wins = vec![false; election.projects.len()];
    for &p in &found.winners {
        wins[p] = true;
    }
    let total: u64 = found.winners.iter().map(|&p| election.costs[p]).sum();
    let left = election.budget.saturating_sub(total);
    let exhaustive = (0..wins.len()).all(|p| wins[p] || election.costs[p] > left);
    let order: Vec<String> = found.winners.iter().map(|&p| election.projects[p].id.clone()).collect();
    let mut selected = order.clone();
    selected.sort_unstable();
    for tie in &mut found.ties {
        tie.decisive = tie.projects.iter().any(|id| selected.binary_search(id).is_err());
    }
    Outcome {
        rule: rules.rule,
        satisfaction: rules.satisfaction,
        completion: rules.completion,
        budget: election.budget(),
        votes: election.ballots,
        projects: u64::try_from(election.projects.len()).unwrap_or(u64::MAX),
        selected,
        order,
        total_cost: election.amount(total),
        exhaustive,
        ties: found.ties,
        rounds: found.rounds,
        left_out: found.left_out,
        endowment,
        passes,
        welfare,
        voters_with_a_winner: voters_with(election, &wins),
        comparison: None,
    }
}

/// How many voters chose at least one of these projects (with points: gave it some).
pub(crate) fn voters_with(election: &Election, wins: &[bool]) -> u64 {
    let won = |(n, &p): (usize, &u32), points: &[i64]| {
        wins.get(usize::try_from(p).unwrap_or(usize::MAX)).copied().unwrap_or(false)
            && points.get(n).is_none_or(|&points| points > 0)
    };
    let groups = election.groups();
    let with =
        groups.filter(|(_, chosen, points)| chosen.iter().enumerate().any(|choice| won(choice, points)));
    with.map(|(weight, _, _)| u64::from(weight)).sum()
}
