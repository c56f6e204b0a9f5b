//! The result of a count and its working.

use serde::{Deserialize, Serialize};

use crate::number::Ratio;
use crate::rules::{Completion, Rule, Satisfaction};

/// The result of a count: the winners, and the working that leads to them. Its JSON is the answer of
/// `parvis count budget` and what pages, exports and the verifier read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The rule.
    pub rule: Rule,
    /// The satisfaction it counted with.
    pub satisfaction: Satisfaction,
    /// What completed it.
    pub completion: Completion,
    /// What could be spent.
    pub budget: Ratio,
    /// How many ballots were counted, empty ones included.
    pub votes: u64,
    /// How many projects there were.
    pub projects: u64,
    /// The winners, sorted as texts.
    pub selected: Vec<String>,
    /// The winners in the order in which they were selected (knapsack: sorted as texts).
    pub order: Vec<String>,
    /// What they cost together.
    pub total_cost: Ratio,
    /// Whether no other project fits in the rest of the budget.
    pub exhaustive: bool,
    /// Where equals had to be told apart.
    pub ties: Vec<Tie>,
    /// Each selection, in order.
    pub rounds: Vec<Round>,
    /// Each project that was not selected, in the order in which it fell out.
    pub left_out: Vec<LeftOut>,
    /// Equal shares: what each voter had in the pass that was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endowment: Option<Ratio>,
    /// Equal shares: how many times the shares were counted (1 without `add1`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passes: Option<u64>,
    /// Knapsack: the total satisfaction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub welfare: Option<Ratio>,
    /// How many voters chose at least one winner.
    pub voters_with_a_winner: u64,
    /// Equal shares with the comparison step: how the voters stand between its winners and those of the greedy rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
}

/// The comparison step: equal shares is kept unless more voters chose more of the winners of the greedy rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// How many voters chose more of the winners of equal shares.
    pub prefer_shares: u64,
    /// How many voters chose more of the winners of the greedy rule.
    pub prefer_greedy: u64,
    /// Whether equal shares was kept.
    pub kept: bool,
}

/// Equals, and who was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// The round, from 1, that the choice filled.
    pub round: u32,
    /// The equals, sorted as texts.
    pub projects: Vec<String>,
    /// The tie rule; `lexicographic` also where a rule by cost or votes left equals.
    pub resolved_by: String,
    /// Who was chosen.
    pub chosen: String,
    /// Whether somebody of the equals is not among the winners at the end: otherwise the order alone changed.
    pub decisive: bool,
}

/// Which step of a rule selected a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// The greedy rule.
    Greedy,
    /// The best set.
    Knapsack,
    /// It costs nothing.
    Free,
    /// Its supporters' shares.
    Shares,
    /// The greedy completion of equal shares.
    Completion,
    /// Its supporters' earnings (Phragmén).
    Earnings,
}

/// One selection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// From 1.
    pub round: u32,
    /// The project.
    pub project: String,
    /// Which step of the rule selected it.
    pub step: Step,
    /// What it costs.
    pub cost: Ratio,
    /// How many voters chose it (and get some satisfaction from it).
    pub supporters: u64,
    /// Its total satisfaction.
    pub score: Ratio,
    /// Shares: what a supporter who is not out of money pays; where supporters are satisfied differently (points,
    /// Borda), what they pay for each point. Phragmén: what each supporter has paid in all once it is bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_cost: Option<Ratio>,
    /// Shares: the cost divided by the effective cost: this many supporters who pay in full would pay the same price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_votes: Option<Ratio>,
    /// How many voters pay for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payers: Option<u64>,
    /// Shares: how many of them give their last money and pay less than the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paying_less: Option<u64>,
    /// Shares: what all voters together still have afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub money_left: Option<Ratio>,
    /// What is left of the budget afterwards. Under 0 only in a pass of `add1` that is not kept.
    pub budget_left: Ratio,
}

/// Why a project was not selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Nobody chose it, or it gives no satisfaction.
    NoSupport,
    /// Fewer votes than the threshold.
    UnderThreshold,
    /// It costs more than the whole budget.
    OverBudget,
    /// When its turn came, what was left of the budget was too little.
    DoesNotFit,
    /// Its supporters had too little money left (equal shares).
    MoneyShort,
    /// The count ended before its turn (`greedy-stop`, Phragmén).
    Ended,
    /// Another set gives more satisfaction (knapsack).
    BetterSet,
}

/// A project that was not selected, and what it missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The project.
    pub project: String,
    /// Why.
    pub reason: Reason,
    /// What it costs.
    pub cost: Ratio,
    /// How many voters chose it (and get some satisfaction from it).
    pub supporters: u64,
    /// Its total satisfaction.
    pub score: Ratio,
    /// Shares: after which round its supporters had too little money (0: from the start).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_round: Option<u32>,
    /// Shares: what its supporters still had then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub money: Option<Ratio>,
    /// What was missing: shares, of its supporters' money; other rules, of what was left of the budget.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Ratio>,
    /// What was left of the budget when the rule (or the greedy completion) came to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget_left: Option<Ratio>,
}
