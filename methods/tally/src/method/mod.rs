//! The methods, one module each.

pub(crate) mod approval;
pub(crate) mod borda;
pub(crate) mod condorcet;
pub(crate) mod irv;
pub(crate) mod judgement;
pub mod kemeny;
pub(crate) mod meek;
pub(crate) mod pairwise;
pub(crate) mod plurality;
pub(crate) mod ranked_pairs;
pub(crate) mod schulze;
pub(crate) mod score;
pub(crate) mod scottish;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::outcome::{Reason, Working};
use crate::profile::Kind;

/// A way of turning ballots into winners. Its text is the id of the contract (`majority-judgement`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// The most first preferences.
    Plurality,
    /// A second round between the first two, unless one has more than half.
    TwoRound,
    /// The most approvals.
    Approval,
    /// Janeček's method: plus and minus votes.
    D21,
    /// The highest total, or mean, of grades.
    Score,
    /// Score, then an automatic runoff.
    Star,
    /// Points by rank.
    Borda,
    /// The best median grade.
    MajorityJudgement,
    /// Instant runoff: the last is eliminated until one has more than half.
    Irv,
    /// Strongest paths.
    Schulze,
    /// The strongest duels that agree.
    RankedPairs,
    /// The most duels won.
    Copeland,
    /// The mildest worst defeat.
    Minimax,
    /// The ranking with the fewest disagreements.
    Kemeny,
    /// Single transferable vote of the Scottish councils.
    StvScottish,
    /// Single transferable vote by Meek.
    StvMeek,
    /// Votes that cost their square.
    Quadratic,
}

impl Method {
    /// All methods, in the order of the contract.
    pub const ALL: [Self; 17] = [
        Self::Plurality,
        Self::TwoRound,
        Self::Approval,
        Self::D21,
        Self::Score,
        Self::Star,
        Self::Borda,
        Self::MajorityJudgement,
        Self::Irv,
        Self::Schulze,
        Self::RankedPairs,
        Self::Copeland,
        Self::Minimax,
        Self::Kemeny,
        Self::StvScottish,
        Self::StvMeek,
        Self::Quadratic,
    ];

    /// The id, as in rules, files and commands.
    pub fn id(self) -> &'static str {
        match self {
            Self::Plurality => "plurality",
            Self::TwoRound => "two-round",
            Self::Approval => "approval",
            Self::D21 => "d21",
            Self::Score => "score",
            Self::Star => "star",
            Self::Borda => "borda",
            Self::MajorityJudgement => "majority-judgement",
            Self::Irv => "irv",
            Self::Schulze => "schulze",
            Self::RankedPairs => "ranked-pairs",
            Self::Copeland => "copeland",
            Self::Minimax => "minimax",
            Self::Kemeny => "kemeny",
            Self::StvScottish => "stv-scottish",
            Self::StvMeek => "stv-meek",
            Self::Quadratic => "quadratic",
        }
    }

    /// The ballots it is made for.
    pub fn kind(self) -> Kind {
        match self {
            Self::Approval => Kind::Approval,
            Self::D21 => Kind::PlusMinus,
            Self::Score | Self::Star | Self::MajorityJudgement => Kind::Graded,
            Self::Quadratic => Kind::Points,
            _ => Kind::Ranked,
        }
    }

    /// Whether it can fill several seats. Only `stv-scottish` and `stv-meek` fill them in proportion; the others
    /// take the first of their ranking.
    pub fn many_seats(self) -> bool {
        !matches!(self, Self::TwoRound | Self::Irv | Self::Star)
    }

    /// Whether a ballot may rank options equal.
    pub fn allows_equal_ranks(self) -> bool {
        self != Self::StvScottish
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl FromStr for Method {
    type Err = UnknownMethod;

    fn from_str(text: &str) -> Result<Self, UnknownMethod> {
        Self::ALL.into_iter().find(|method| method.id() == text).ok_or_else(|| UnknownMethod(text.to_owned()))
    }
}

/// A text that names no method.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no method is called \"{0}\"; there are {list}", list = Method::ALL.map(Method::id).join(", "))]
pub struct UnknownMethod(String);

/// What a method gives, options by number.
#[derive(Debug)]
pub(crate) struct Counted {
    pub(crate) counted: u64,
    pub(crate) rejected: BTreeMap<Reason, u64>,
    pub(crate) winners: Vec<usize>,
    pub(crate) ranking: Vec<Vec<usize>>,
    pub(crate) working: Working,
}
