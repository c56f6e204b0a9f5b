//! The Pabulib format, `.pb`: one text file for an election (Faliszewski and others, "Participatory Budgeting: Data,
//! Tools and Analysis", 2023; <https://pabulib.org/format>).

mod document;
mod read;
mod rows;
mod unpack;

pub use document::{Document, DocumentError, ExportedBallot, ExportedProject, Heading, Table};
pub use read::{BLANK, Invalid, Listed, Reading, SetApart, Warning, read};
pub use unpack::unpack;

use crate::election::{BallotError, ElectionError};
use crate::number::DecimalError;

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct PbError {
    /// The line, from 1; 0 where the whole file is meant.
    pub line: u64,
    /// What is wrong.
    pub reason: Reason,
}

impl PbError {
    pub(crate) fn new(line: u64, reason: Reason) -> Self {
        Self { line, reason }
    }
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// A gzip file that is cut or damaged.
    #[error("the gzip file is cut or damaged: {0}")]
    Gzip(String),
    /// It unpacks to more than is read.
    #[error("the file unpacks to more than {0} bytes")]
    TooLong(u64),
    /// Not a text.
    #[error("not UTF-8 text")]
    NotText,
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// A row before any section.
    #[error("a row stands before any section; the first line is META")]
    NoSection,
    /// A section comes twice.
    #[error("section {0} is there twice")]
    SectionTwice(&'static str),
    /// A section is missing, or comes too late.
    #[error("section {0} is missing (sections come in the order META, PROJECTS, VOTES)")]
    SectionMissing(&'static str),
    /// A section without the row that names its columns.
    #[error("section {0} has no row of column names")]
    NoHeader(&'static str),
    /// A column is missing.
    #[error("section {section} has no column {column}")]
    NoColumn {
        /// The section.
        section: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A column is named twice.
    #[error("column {0} is named twice")]
    ColumnTwice(String),
    /// More fields than columns.
    #[error("{0} fields for {1} columns")]
    TooManyFields(usize, usize),
    /// A quoted field is never closed.
    #[error("a quote is opened and never closed")]
    OpenQuote,
    /// A key of META comes twice.
    #[error("{0} is there twice")]
    KeyTwice(String),
    /// A key of META is missing.
    #[error("META has no {0}")]
    KeyMissing(&'static str),
    /// A number cannot be read.
    #[error("{field}: {source}")]
    Number {
        /// The field.
        field: String,
        /// Why.
        source: DecimalError,
    },
    /// A number must be whole and not negative.
    #[error("{field}: «{value}» is not a whole number")]
    NotWhole {
        /// The field.
        field: String,
        /// What stands there.
        value: String,
    },
    /// The projects, the budget or the kind of ballot.
    #[error(transparent)]
    Election(#[from] ElectionError),
    /// A voter comes twice.
    #[error("voter {0} is there twice")]
    VoterTwice(String),
    /// A voter without an id.
    #[error("a voter has no id")]
    NoVoter,
    /// A ballot that cannot be counted.
    #[error("ballot of voter {voter}: {source}")]
    Ballot {
        /// The voter's id.
        voter: String,
        /// Why.
        source: BallotError,
    },
}
