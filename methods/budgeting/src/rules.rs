//! The rules of a count, as they are sealed before the vote opens.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::number::Decimal;

/// A name that no rule, satisfaction, completion or tie rule has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{name}» is not known: {known}")]
pub struct UnknownName {
    name: String,
    known: String,
}

macro_rules! names {
    ($(#[$doc:meta])* $kind:ident { $($(#[$each:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $kind {
            $($(#[$each])* #[serde(rename = $name)] $variant,)+
        }

        impl $kind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in commands and files.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl fmt::Display for $kind {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(self.name())
            }
        }

        impl FromStr for $kind {
            type Err = UnknownName;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|one| one.name() == name).ok_or_else(|| UnknownName {
                    name: name.chars().take(40).collect(),
                    known: Self::ALL.iter().map(|one| one.name()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}

names! {
    /// How the winners are found.
    Rule {
        /// From the best satisfaction by unit of cost down; what does not fit in the rest of the budget is passed over.
        Greedy = "greedy",
        /// The same, but the first project that does not fit ends the count.
        GreedyStop = "greedy-stop",
        /// From the largest total satisfaction down, whatever the cost; what does not fit is passed over. With points,
        /// this is what most cities do.
        GreedyScore = "greedy-score",
        /// The affordable set with the largest total satisfaction; among several, the smallest sorted list of ids.
        Knapsack = "knapsack",
        /// The Method of Equal Shares (Peters, Pierczyński, Skowron, "Proportional Participatory Budgeting with
        /// Additive Utilities", 2021).
        EqualShares = "equal-shares",
        /// Phragmén's sequential rule (Los, Christoff, Grossi, "Proportional Budget Allocations: Towards a
        /// Systematization", 2022): it ends when a project to be bought next would exceed the budget.
        Phragmen = "phragmen",
        /// The same, but a project that would exceed the budget is passed over and the rule goes on.
        PhragmenSkip = "phragmen-skip",
    }
}

names! {
    /// What a project gives to somebody who chose it.
    Satisfaction {
        /// Its cost.
        Cost = "cost",
        /// One: the number of projects is what counts.
        Cardinality = "cardinality",
        /// The points of the ballot (cumulative, scoring).
        Points = "points",
        /// Ordinal, Borda's count: on a ballot of *k* projects, *k* − 1 for the first, down to 0 for the last.
        Borda = "borda",
        /// Ordinal, as cities count: on a ballot of *k* projects, *k* for the first, down to 1 for the last.
        Ranks = "ranks",
    }
}

names! {
    /// What follows equal shares when money is left.
    Completion {
        /// Nothing.
        None = "none",
        /// The greedy rule, with the rest of the budget.
        Greedy = "greedy",
        /// The count is done again with more money for each voter, while the winners fit in the budget.
        Add1 = "add1",
        /// `add1`, then the greedy rule.
        Add1u = "add1u",
    }
}

/// Who comes first among equals. Whatever the rule, it ends in an order of all projects, so that a count has
/// one result.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "by")]
pub enum Ties {
    /// The smallest id as a text, by Unicode code points ("10" before "2").
    #[default]
    Lexicographic,
    /// The lowest cost, then the most supporters, then the smallest id.
    ByCost,
    /// The most supporters, then the lowest cost, then the smallest id.
    ByVotes,
    /// An order of ids published before the vote. Projects it does not name come after, by id.
    Order {
        /// From the first to the last.
        ids: Vec<String>,
    },
    /// An order of ids drawn by lot. The caller draws it, from a seed that anybody can check.
    Lot {
        /// From the first to the last.
        ids: Vec<String>,
        /// The public seed, for the record.
        seed: String,
    },
}

impl Ties {
    /// Its name in commands and results.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Lexicographic => "lexicographic",
            Self::ByCost => "by-cost",
            Self::ByVotes => "by-votes",
            Self::Order { .. } => "order",
            Self::Lot { .. } => "lot",
        }
    }
}

/// Everything that decides a result, but the election itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// How the winners are found.
    pub rule: Rule,
    /// What a project gives to somebody who chose it. `phragmen` does not use it.
    #[serde(default = "cost")]
    pub satisfaction: Satisfaction,
    /// Equal shares: what follows when money is left.
    #[serde(default = "none")]
    pub completion: Completion,
    /// Who comes first among equals.
    #[serde(default)]
    pub ties: Ties,
    /// A project needs this many votes (its points, when satisfaction counts points) to be eligible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<Decimal>,
    /// `add1`: how much more each voter gets in each pass. One unit of money when it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub increment: Option<Decimal>,
    /// `add1`: each voter starts with a whole number of units of money (the share rounded down).
    #[serde(default)]
    pub integral_start: bool,
    /// `add1`: passes also end as soon as no other supported project fits in the budget.
    #[serde(default = "yes")]
    pub exhaustive_stop: bool,
    /// Equal shares: projects that cost nothing and that somebody chose are taken first, whatever the satisfaction.
    /// Otherwise with satisfaction by cost they bring nothing to anybody, and no share buys them.
    #[serde(default)]
    pub free_first: bool,
    /// Equal shares: the comparison step. The result is the greedy rule's when more voters chose more of its winners.
    #[serde(default)]
    pub comparison: bool,
}

fn cost() -> Satisfaction {
    Satisfaction::Cost
}

fn none() -> Completion {
    Completion::None
}

fn yes() -> bool {
    true
}

impl Rules {
    /// This rule with what goes without saying.
    #[must_use]
    pub fn new(rule: Rule) -> Self {
        Self {
            rule,
            satisfaction: Satisfaction::Cost,
            completion: Completion::None,
            ties: Ties::Lexicographic,
            threshold: None,
            increment: None,
            integral_start: false,
            exhaustive_stop: true,
            free_first: false,
            comparison: false,
        }
    }

    /// With this satisfaction.
    #[must_use]
    pub fn satisfaction(self, satisfaction: Satisfaction) -> Self {
        Self { satisfaction, ..self }
    }

    /// With this completion.
    #[must_use]
    pub fn completion(self, completion: Completion) -> Self {
        Self { completion, ..self }
    }

    /// With this tie rule.
    #[must_use]
    pub fn ties(self, ties: Ties) -> Self {
        Self { ties, ..self }
    }
}
