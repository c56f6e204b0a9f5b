//! Rules of participatory budgeting and the Pabulib format: from projects, ballots and a budget to the winners,
//! with the working and the reasons.
#![doc = include_str!("../README.md")]

mod chain;
mod compare;
mod count;
mod election;
mod explain;
mod greedy;
mod intern;
mod knapsack;
mod number;
mod outcome;
pub mod pb;
mod phragmen;
mod ranking;
mod rules;
mod shares;
mod support;

pub use compare::{Compared, compare, side_by_side};
pub use count::{CountError, count};
pub use election::{Ballot, BallotError, BallotKind, Builder, Election, ElectionError, Limits, Project};
pub use explain::{
    CostNeeded, Explanation, Needed, Share, Spent, by_totals, cost_needed_within, explain, share_of,
    votes_needed, votes_needed_within, work,
};
pub use number::{Decimal, DecimalError, Ratio};
pub use outcome::{Comparison, LeftOut, Outcome, Reason, Round, Step, Tie};
pub use ranking::{WrongOrder, lot};
pub use rules::{Completion, Rule, Rules, Satisfaction, Ties, UnknownName};
pub use support::WrongSatisfaction;
