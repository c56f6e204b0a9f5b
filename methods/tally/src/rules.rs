//! The rules of a count: what is sealed before the vote, published after it, and given to whoever counts again.

use serde::{Deserialize, Serialize};

use crate::method::Method;

/// Everything that decides a result besides the ballots. Published with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// How ballots become winners.
    pub method: Method,
    /// How many options win.
    #[serde(default = "one")]
    pub seats: usize,
    /// What breaks a tie.
    #[serde(default)]
    pub ties: TieBreak,
    /// `d21`: the most plus votes on a ballot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plus: Option<u32>,
    /// `d21`: the most minus votes on a ballot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minus: Option<u32>,
    /// `quadratic`: the credits of a ballot; a ballot costs the sum of the squares of its votes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits: Option<u64>,
    /// `approval`: the most options on a ballot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u32>,
    /// `approval` on graded ballots: the lowest grade that approves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<u32>,
    /// `score`, `star`, `majority-judgement`: the highest grade of the scale. Without it, the highest grade found
    /// (for `star`, at least 5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_grade: Option<u32>,
    /// Graded ballots: what a blank means.
    #[serde(default)]
    pub blank: Blank,
    /// `schulze`, `ranked-pairs`, `minimax`: how strong a duel is.
    #[serde(default)]
    pub strength: Strength,
    /// `borda`: what the options left out of a ballot receive.
    #[serde(default)]
    pub borda: BordaPolicy,
    /// `plurality`, `two-round`, `irv`: a ballot that ranks several options first.
    #[serde(default)]
    pub equal_ranks: EqualRanks,
}

fn one() -> usize {
    1
}

impl Rules {
    /// The rules of a method, everything else as by default: one seat, ties left open, blanks as the worst grade,
    /// margins, zero points to the options left out, equal first ranks shared.
    pub fn new(method: Method) -> Self {
        Self {
            method,
            seats: 1,
            ties: TieBreak::default(),
            plus: None,
            minus: None,
            credits: None,
            most: None,
            threshold: None,
            max_grade: None,
            blank: Blank::default(),
            strength: Strength::default(),
            borda: BordaPolicy::default(),
            equal_ranks: EqualRanks::default(),
        }
    }

    /// The same rules with this many seats.
    #[must_use]
    pub fn seats(mut self, seats: usize) -> Self {
        self.seats = seats;
        self
    }

    /// The same rules with these ties.
    #[must_use]
    pub fn ties(mut self, ties: TieBreak) -> Self {
        self.ties = ties;
        self
    }
}

/// What breaks a tie, once the method's own rules (earlier rounds, plus votes …) have not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum TieBreak {
    /// Nothing: the options stay tied, and more of them than seats may win. A round that must go on all the same
    /// takes the order of the options, and says so.
    #[default]
    Open,
    /// The order in which the options are listed: the earlier one is preferred.
    Options,
    /// An order published beforehand, the preferred option first.
    Order {
        /// Every option, once.
        order: Vec<String>,
    },
    /// A lot: the order of `lot_order`, drawn from a public seed.
    Lot {
        /// What was drawn in public, as text.
        seed: String,
    },
}

/// What a blank means on a graded ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Blank {
    /// The lowest grade.
    #[default]
    Worst,
    /// Nothing: each option is judged by those who graded it, whatever their number (shares are compared).
    Exclude,
    /// This grade.
    Grade(u32),
    /// The option's own (lower) median grade, which leaves the median where it was.
    Median,
}

/// How strong a duel is. Schulze's and Tideman's papers know both; they may elect different options.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// Ballots for, less ballots against.
    #[default]
    Margins,
    /// Ballots for. Where two duels have as many, they are equal (the article, and Belenios, then compare the ballots
    /// against, which decides a little more often).
    WinningVotes,
}

/// What Borda gives to the options left out of a ballot. Among `m` options, the one at position `p` (from 0) gets
/// `m − 1 − p` points, equal options share theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BordaPolicy {
    /// Nothing.
    #[default]
    Zero,
    /// The average of the points that remain, as if they were tied last.
    Average,
    /// Nothing, and the ballot's points start from the number of options it ranks (the modified Borda count).
    Modified,
}

/// What to do with a ballot that ranks several options equal where one vote is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EqualRanks {
    /// Each gets an equal share of the vote.
    #[default]
    Split,
    /// The whole ballot is rejected, and counted as such.
    Reject,
}
