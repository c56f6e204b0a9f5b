//! Files of ballots: bytes to a profile, or the line that is wrong and why.
//!
//! | format | what it is |
//! |---|---|
//! | `csv` | one row a ballot, one column an option; cells are ranks, grades, `1`/`-1`/`0` or votes, as asked |
//! | `scot` | a Scottish council election: `candidates,seats`, then `count,first,second…`, then the names |
//! | `preflib` | PrefLib's soc, soi, toc, toi and cat |
//! | `abif` | the Aggregated Ballot Information Format, with or without ratings |
//! | `d21` | two columns, `plus` and `minus`: options separated by spaces |
//! | `shares` | one row an option: how many, or which share, gave each grade, the best grade first |

mod abif;
mod csv;
mod d21;
mod preflib;
mod rows;
mod scot;
mod shares;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::profile::{Kind, Profile};

/// A format of files of ballots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// One row a ballot, one column an option.
    Csv,
    /// A Scottish council election.
    Scot,
    /// PrefLib.
    Preflib,
    /// The Aggregated Ballot Information Format.
    Abif,
    /// Plus and minus, options separated by spaces.
    D21,
    /// One row an option, one column a grade.
    Shares,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 6] = [Self::Csv, Self::Scot, Self::Preflib, Self::Abif, Self::D21, Self::Shares];

    /// The name, as on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Scot => "scot",
            Self::Preflib => "preflib",
            Self::Abif => "abif",
            Self::D21 => "d21",
            Self::Shares => "shares",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl FromStr for Format {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        Self::ALL
            .into_iter()
            .find(|format| format.id() == text)
            .ok_or_else(|| Problem::UnknownFormat(text.to_owned()))
    }
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// What its ballots are.
    pub profile: Profile,
    /// How it was read.
    pub format: Format,
    /// The seats that it says are to be filled.
    pub seats: Option<usize>,
    /// Longer names of some options, by their name on the ballots.
    pub labels: BTreeMap<String, String>,
}

/// A file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct Error {
    /// The line, from 1; none where the whole file is meant.
    pub line: Option<u64>,
    /// What is wrong.
    #[source]
    pub problem: Problem,
}

impl Error {
    fn at(line: u64, problem: impl Into<Problem>) -> Self {
        Self { line: Some(line), problem: problem.into() }
    }

    fn whole(problem: impl Into<Problem>) -> Self {
        Self { line: None, problem: problem.into() }
    }
}

/// What is wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// Nothing to read.
    #[error("the file is empty")]
    Empty,
    /// A header without ballots.
    #[error("there is no ballot in the file")]
    NoBallot,
    /// Not a text.
    #[error("this is not text in UTF-8")]
    NotText,
    /// Compressed or binary.
    #[error("this is a compressed file: unpack it first")]
    Compressed,
    /// A name that is no format.
    #[error("no format is called \"{0}\"; there are csv, scot, preflib, abif, d21 and shares")]
    UnknownFormat(String),
    /// A row of another length than the header.
    #[error("{found} cells, where the header has {expected}")]
    Cells {
        /// Cells of the row.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// A column without a name.
    #[error("column {0} has no name")]
    UnnamedColumn(usize),
    /// A cell that is not what is expected.
    #[error("\"{cell}\" under {column} is not {expected}")]
    Cell {
        /// What is there.
        cell: String,
        /// The column.
        column: String,
        /// What was expected, in words.
        expected: &'static str,
    },
    /// Something is not a number.
    #[error("\"{found}\" is not {expected}")]
    Number {
        /// What is there.
        found: String,
        /// What was expected, in words.
        expected: &'static str,
    },
    /// An option that was not declared.
    #[error("option \"{0}\" is not declared")]
    Undeclared(String),
    /// An option that is on the ballot twice.
    #[error("option \"{0}\" is on the ballot twice")]
    Twice(String),
    /// An option that is declared twice.
    #[error("option \"{0}\" is declared twice")]
    DeclaredTwice(String),
    /// Options that are announced and never named.
    #[error("{announced} options are announced, {named} are named")]
    Names {
        /// Said at the top.
        announced: usize,
        /// Found.
        named: usize,
    },
    /// Ballots that are announced and are not there, or the contrary.
    #[error("{announced} ballots are announced, {found} are there: is the file cut?")]
    Total {
        /// Said at the top.
        announced: u64,
        /// Found.
        found: u64,
    },
    /// A line that fits nowhere.
    #[error("this line is not {0}")]
    Line(&'static str),
    /// The header is not the one of the format.
    #[error("the header is not {0}")]
    Header(&'static str),
    /// The ballots are refused by the profile.
    #[error(transparent)]
    Profile(#[from] crate::error::Error),
}

/// Reads a file. `name` is its name, which helps to guess the format when none is given; `kind` is what the ballots
/// should say (`Method::kind`), which tells how the cells of a `csv` are meant.
///
/// # Errors
/// The line that is wrong, and why.
pub fn read(bytes: &[u8], name: &str, format: Option<Format>, kind: Kind) -> Result<Read, Error> {
    let text = text(bytes)?;
    if text.trim().is_empty() {
        return Err(Error::whole(Problem::Empty));
    }
    let guessed = || match guess(text, name) {
        // Shares of grades can only be read as grades: anything else is a table that the reader should hear about.
        Format::Shares if kind != Kind::Graded => Format::Csv,
        format => format,
    };
    match format.unwrap_or_else(guessed) {
        Format::Csv => csv::read(text, kind),
        Format::Scot => scot::read(text),
        Format::Preflib => preflib::read(text, name, kind),
        Format::Abif => abif::read(text, kind),
        Format::D21 => d21::read(text),
        Format::Shares => shares::read(text),
    }
}

/// The text of a file, without its byte order mark.
fn text(bytes: &[u8]) -> Result<&str, Error> {
    if bytes.starts_with(&[0x1f, 0x8b]) || bytes.starts_with(b"PK\x03\x04") {
        return Err(Error::whole(Problem::Compressed));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|e| {
        let before = bytes[..e.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
        Error::at(u64::try_from(before).unwrap_or(u64::MAX).saturating_add(1), Problem::NotText)
    })
}

/// The format that a file seems to be in.
pub fn guess(text: &str, name: &str) -> Format {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "soc" | "soi" | "toc" | "toi" | "cat" => return Format::Preflib,
        "abif" => return Format::Abif,
        _ => {}
    }
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (first, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    if ["# FILE NAME", "# TITLE", "# DATA TYPE", "# NUMBER", "# ALTERNATIVE"]
        .iter()
        .any(|key| first.starts_with(key))
    {
        return Format::Preflib;
    }
    let counted = |line: &str| line.split_once(':').is_some_and(|(n, _)| n.trim().parse::<u64>().is_ok());
    if first.starts_with('{') || first.starts_with('#') || first.starts_with('=') || counted(first) {
        return Format::Abif;
    }
    let header = rows::split(first);
    let is = |cells: &[String], names: &[&str]| {
        cells.iter().map(|cell| cell.trim().to_lowercase()).eq(names.iter().map(|name| (*name).to_owned()))
    };
    if is(&header, &["plus", "minus"]) {
        return Format::D21;
    }
    let numbers = |cells: &[String]| cells.iter().all(|cell| cell.trim().parse::<u64>().is_ok());
    let trimmed: Vec<String> = header.iter().filter(|cell| !cell.trim().is_empty()).cloned().collect();
    if trimmed.len() == 2 && numbers(&trimmed) {
        return Format::Scot;
    }
    if header.iter().filter(|cell| shares::is_mention(cell)).count() > 1 {
        return Format::Shares;
    }
    // A column of names before columns of numbers: each row is an option.
    let row = rows::split(second);
    let number = |cell: &String| shares::decimal(cell.trim()).is_some();
    let named = header.first().is_some_and(|cell| !cell.trim().is_empty());
    if let [option, shares @ ..] = row.as_slice()
        && named
        && shares.len() > 1
        && !option.trim().is_empty()
        && !number(option)
        && shares.iter().filter(|cell| !cell.trim().is_empty()).all(number)
        && shares.iter().any(number)
    {
        return Format::Shares;
    }
    Format::Csv
}
