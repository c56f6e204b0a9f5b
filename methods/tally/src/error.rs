//! What makes a profile or a count impossible.

use crate::method::Method;
use crate::profile::Kind;

/// Why ballots cannot be put together, or cannot be counted by these rules. The file's line is not known here:
/// `format::Error` has it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An election needs an option.
    #[error("there is no option to choose from")]
    NoOption,
    /// More options than a ballot can number (65,535).
    #[error("{0} options: at most 65,535 can be counted")]
    TooManyOptions(usize),
    /// An option without a name cannot be announced.
    #[error("option {0} has no name")]
    EmptyName(usize),
    /// Two options of the same name cannot be told apart.
    #[error("option \"{0}\" is there twice")]
    TwiceTheSameName(String),
    /// A ballot that names an option that does not exist (numbers from 0).
    #[error("a ballot names option number {0}, which does not exist")]
    UnknownOption(usize),
    /// A ballot that names one option in two places.
    #[error("a ballot names option \"{0}\" twice")]
    TwiceOnABallot(String),
    /// A ballot with another number of grades or votes than there are options.
    #[error("a ballot has {found} values for {expected} options")]
    WrongLength {
        /// Values on the ballot.
        found: usize,
        /// Options of the election.
        expected: usize,
    },
    /// A level of a ranking that holds no option.
    #[error("a ballot has an empty rank")]
    EmptyRank,
    /// More votes than 2^64 − 1 in all, or sums beyond 127 bits.
    #[error("the numbers are too large to be counted exactly")]
    TooLarge,
    /// No ballot at all, or none that can be counted.
    #[error("there is no ballot to count")]
    NoBallot,
    /// The ballots do not say what the method asks.
    #[error("{method} cannot be counted on {kind}: it needs {needs}")]
    WrongKind {
        /// What was asked.
        method: Method,
        /// What the ballots are.
        kind: Kind,
        /// What the method reads.
        needs: Kind,
    },
    /// More seats than the method fills, or than there are options, or none.
    #[error("{method} with {seats} seats: {why}")]
    Seats {
        /// What was asked.
        method: Method,
        /// Seats asked.
        seats: usize,
        /// Why that cannot be.
        why: &'static str,
    },
    /// A rule that the method needs is not given.
    #[error("{method} needs {rule}")]
    MissingRule {
        /// What was asked.
        method: Method,
        /// The rule, named as on the command line.
        rule: &'static str,
    },
    /// A grade above the highest of the scale.
    #[error("a grade of {grade} is above the scale, whose highest is {max}")]
    GradeAboveScale {
        /// The grade found.
        grade: u32,
        /// The highest grade.
        max: u32,
    },
    /// A tie order that does not name each option once.
    #[error("the order that breaks ties must name each option once: \"{0}\"")]
    TieOrder(String),
    /// A cycle of more options than Kemeny's ranking is searched for, or one that the search could not close.
    #[error(
        "the best ranking is out of reach: {options} options beat one another in a cycle, and the search is only \
         guaranteed up to {limit}"
    )]
    OutOfReach {
        /// Options in the largest cycle.
        options: usize,
        /// What is guaranteed.
        limit: usize,
    },
}
