//! What a count answers: winners, ranking, ties, and the working that led to them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::exact::Exact;
use crate::method::Method;
use crate::rules::{Blank, BordaPolicy, Rules, Strength};

/// The name of an option, shared rather than copied.
pub type Name = Arc<str>;

/// The result of a count. Its JSON is the published one (`parvis count ballots --json`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// How ballots became winners.
    pub method: Method,
    /// All the rules, to count again.
    pub rules: Rules,
    /// Ballots cast.
    pub ballots: u64,
    /// Ballots counted: those that are neither blank (where the method has no use for a blank) nor rejected.
    pub counted: u64,
    /// Ballots not counted, by reason.
    pub rejected: BTreeMap<Reason, u64>,
    /// The options; the lists of numbers in the working are in this order.
    pub options: Vec<Name>,
    /// The options that win, in the order of the ranking. More than there are seats when a tie was left open.
    pub winners: Vec<Name>,
    /// All options, in groups of equals, the best group first.
    pub ranking: Vec<Vec<Name>>,
    /// Ties that had to be broken, or that are left open.
    pub ties: Vec<Tie>,
    /// The steps.
    pub working: Working,
}

/// Why a ballot is not counted. Each ballot has one reason: the first of this list that it meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nothing is chosen.
    Blank,
    /// Options are ranked equal where the rules accept one only.
    EqualRanks,
    /// More options than a ballot may approve.
    TooManyApprovals,
    /// More plus votes than a ballot may hold.
    TooManyPlus,
    /// More minus votes than a ballot may hold.
    TooManyMinus,
    /// Fewer than two plus votes for each minus vote.
    MinusWithoutTwoPlusEach,
    /// The sum of squares is above the credits.
    OverCredits,
}

/// A tie, and what was done with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// What had to be decided.
    pub about: TieAbout,
    /// In which round or stage, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<usize>,
    /// The options that were equal.
    pub options: Vec<Name>,
    /// What decided.
    pub resolved_by: TieRule,
    /// The option or options that it designated (for the seat, the elimination …).
    pub chosen: Vec<Name>,
}

/// What a tie was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TieAbout {
    /// Who gets the seat or seats.
    Seat,
    /// Who goes to the second round.
    Finalist,
    /// Who wins the second round.
    Runoff,
    /// Who is eliminated.
    Elimination,
    /// Whose surplus is transferred first.
    Surplus,
    /// Which of two elected at once stands first.
    Election,
    /// In which order duels of equal strength are taken.
    Duels,
    /// Which of several rankings with as few disagreements is given.
    BestRanking,
}

/// What decided a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TieRule {
    /// The most recent earlier round or stage where they differed.
    EarlierRounds,
    /// The votes of the first round.
    FirstRound,
    /// The duels between them.
    Duels,
    /// The total of grades.
    Score,
    /// The number of highest grades.
    HighestGrades,
    /// The order in which the options are listed.
    Options,
    /// The order published beforehand.
    Order,
    /// The lot, from the public seed.
    Lot,
    /// Nothing: the tie is left open.
    Unresolved,
}

/// The steps of a count. Lists of numbers are in the order of `Outcome::options`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Working {
    /// One vote a ballot.
    Plurality {
        /// Votes for each option.
        votes: Vec<Exact>,
    },
    /// Two rounds, the second between the first two of the first.
    TwoRound {
        /// Votes for each option in the first round.
        first: Vec<Exact>,
        /// Whether the winner had more than half of them.
        majority: bool,
        /// The two who went on, the leader first; empty after a majority.
        finalists: Vec<Name>,
        /// Their duel, in the same order.
        second: Option<Duel>,
    },
    /// Each ballot approves any number of options.
    Approval {
        /// Approvals of each option.
        approvals: Vec<u64>,
        /// The lowest grade that approved, for graded ballots.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        threshold: Option<u32>,
    },
    /// Plus and minus votes.
    PlusMinus {
        /// The most plus votes on a ballot.
        max_plus: u32,
        /// The most minus votes on a ballot.
        max_minus: u32,
        /// Plus votes for each option.
        plus: Vec<u64>,
        /// Minus votes for each option.
        minus: Vec<u64>,
        /// Plus less minus.
        net: Vec<i64>,
    },
    /// Totals or means of grades.
    Score {
        /// What a blank was.
        blank: Blank,
        /// The highest grade of the scale.
        max_grade: u32,
        /// Totals of the grades, blanks counted as the rule says.
        sum: Vec<u64>,
        /// Grades counted for each option.
        graded: Vec<u64>,
        /// Their mean; none where nobody graded.
        mean: Vec<Option<Exact>>,
    },
    /// Score, then a duel between the first two.
    Star {
        /// What a blank was.
        blank: Blank,
        /// The highest grade of the scale.
        max_grade: u32,
        /// Totals of the grades.
        sum: Vec<u64>,
        /// How many gave the highest grade.
        highest: Vec<u64>,
        /// The two who went on, the leader first.
        finalists: Vec<Name>,
        /// Their duel, in the same order.
        runoff: Duel,
    },
    /// Points by rank.
    Borda {
        /// What the options left out received.
        policy: BordaPolicy,
        /// Points of each option.
        points: Vec<Exact>,
        /// What the other policies would have given.
        others: Vec<BordaOther>,
    },
    /// Grades and medians.
    MajorityJudgement {
        /// What a blank was.
        blank: Blank,
        /// How many grades the scale has; 0 is the worst.
        grades: usize,
        /// Each option's merit.
        merits: Vec<Merit>,
    },
    /// Eliminations until a majority.
    Irv {
        /// The rounds.
        rounds: Vec<Round>,
    },
    /// Schulze's strongest paths.
    Schulze {
        /// How strong a duel is.
        strength: Strength,
        /// The duels.
        pairwise: Pairwise,
        /// `paths[a][b]`: the strength of the weakest duel of the strongest path from `a` to `b`; 0 without a path.
        paths: Vec<Vec<u64>>,
        /// `previous[a][b]`: the option before `b` on such a path from `a`, by number.
        previous: Vec<Vec<Option<u16>>>,
    },
    /// Tideman's ranked pairs.
    RankedPairs {
        /// How strong a duel is.
        strength: Strength,
        /// The duels.
        pairwise: Pairwise,
        /// The duels won, in the order in which they were taken.
        edges: Vec<Edge>,
        /// Whether two of them were equally strong.
        equal_strength: bool,
    },
    /// Duels won.
    Copeland {
        /// The duels.
        pairwise: Pairwise,
        /// Duels won by each option.
        wins: Vec<u64>,
        /// Duels without a winner.
        draws: Vec<u64>,
        /// Two points a win, one a draw.
        points: Vec<u64>,
    },
    /// The worst defeat.
    Minimax {
        /// How strong a duel is.
        strength: Strength,
        /// The duels.
        pairwise: Pairwise,
        /// Each option's worst duel.
        worst: Vec<Worst>,
    },
    /// The ranking with the fewest disagreements.
    Kemeny {
        /// The duels.
        pairwise: Pairwise,
        /// The ranking given.
        order: Vec<Name>,
        /// How many times a ballot prefers the lower of two options to the higher.
        disagreements: u64,
        /// Whether no other ranking has as few.
        unique: bool,
        /// The cycles that had to be searched: sets of options that beat one another in a circle.
        cycles: Vec<Vec<Name>>,
    },
    /// Scottish single transferable vote.
    StvScottish {
        /// Votes needed, in whole votes.
        quota: u64,
        /// How many units make a vote: all votes below are in units.
        unit: u64,
        /// The stages.
        stages: Vec<Stage>,
    },
    /// Meek's single transferable vote.
    StvMeek {
        /// How many units make a vote: all votes, keep values and surpluses below are in units.
        unit: u64,
        /// The rounds.
        stages: Vec<Stage>,
    },
    /// Votes that cost their square.
    Quadratic {
        /// Credits of a ballot.
        credits: u64,
        /// Votes for each option, those against deducted.
        votes: Vec<i64>,
    },
}

/// Two options side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duel {
    /// Ballots that prefer the first.
    pub first: u64,
    /// Ballots that prefer the second.
    pub second: u64,
    /// Ballots that prefer neither.
    pub neither: u64,
}

/// Another way of counting Borda's points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BordaOther {
    /// What the options left out receive.
    pub policy: BordaPolicy,
    /// Points of each option.
    pub points: Vec<Exact>,
    /// Who would stand first.
    pub first: Vec<Name>,
}

/// The merit of an option: who gave which grade, and what is compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merit {
    /// How many gave each grade, the worst first, blanks as the rule says.
    pub profile: Vec<u64>,
    /// Grades counted.
    pub graded: u64,
    /// Blanks that the rule filled or left out.
    pub blanks: u64,
    /// The (lower) median grade; none where nobody graded.
    pub median: Option<u32>,
    /// How many gave more than the median.
    pub above: u64,
    /// How many gave less.
    pub below: u64,
    /// The majority gauge: `+` when those above are more than those below, `-` when they are not.
    pub gauge: String,
    /// What is compared, step by step, until two options differ: a grade, then the size of the larger group on either
    /// side of it, negative when it is the lower one. Where options have unequal numbers of grades, the size is a share.
    pub steps: Vec<(u32, Exact)>,
}

/// A round of an instant runoff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Votes of each option; none for those who are out.
    pub votes: Vec<Option<Exact>>,
    /// Votes whose ballots rank nobody who remains.
    pub exhausted: Exact,
    /// Who leaves after this round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eliminated: Option<Name>,
}

/// All duels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pairwise {
    /// `counts[a][b]`: ballots that prefer `a` to `b`. Options left out are equal and last.
    pub counts: Vec<Vec<u64>>,
    /// The option that wins all its duels, if there is one.
    pub condorcet_winner: Option<Name>,
    /// The option that loses all its duels, if there is one.
    pub condorcet_loser: Option<Name>,
}

/// A duel won, as ranked pairs takes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edge {
    /// Who won it.
    pub winner: Name,
    /// Who lost it.
    pub loser: Name,
    /// How strong it is.
    pub strength: u64,
    /// Ballots against.
    pub opposition: u64,
    /// Whether it was kept: it is left out when it contradicts those kept before.
    pub locked: bool,
}

/// The worst duel of an option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worst {
    /// How strong the defeat is; negative margins when every duel is won.
    pub strength: i64,
    /// Against whom.
    pub against: Vec<Name>,
}

/// A stage of a single transferable vote. Votes are in the units of the working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// What was done.
    pub action: Action,
    /// Votes of each option after it.
    pub votes: Vec<u64>,
    /// Votes that no option holds.
    pub exhausted: u64,
    /// The quota at this stage (Meek lowers it as votes are exhausted).
    pub quota: u64,
    /// Who reached it at this stage, the most votes first.
    pub elected: Vec<Name>,
    /// Meek: the share that each option keeps of the votes that reach it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keep: Vec<u64>,
}

/// What is done in a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Action {
    /// First preferences.
    FirstPreferences,
    /// A surplus goes to the next preferences.
    Surplus {
        /// Whose.
        of: Name,
        /// How much.
        surplus: u64,
    },
    /// The option with the fewest votes leaves, its votes go to the next preferences.
    Exclude {
        /// Who leaves.
        option: Name,
    },
    /// Meek: the shares kept are adjusted until the surplus is negligible.
    Iterate {
        /// The surplus that remains.
        surplus: u64,
        /// How many times they were adjusted.
        iterations: u64,
    },
    /// As many options remain as there are seats.
    FillSeats,
}
