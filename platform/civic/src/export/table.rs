//! Tables of open data: what a column is, and how a cell is written.
//!
//! Texts are guarded against spreadsheets, which run a cell that begins like a formula: see [`guard`].

use std::borrow::Cow;

use parvis_core::{Localized, Millis};

use crate::Error;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `string`, guarded ([`guard`]).
    Text,
    /// `integer`.
    Integer,
    /// `boolean`.
    Boolean,
    /// `date`, a day in UTC: acts of people are dated by the day.
    Day,
    /// `datetime`, RFC 3339 in UTC, to the millisecond: what the organisation announced.
    Instant,
}

impl Kind {
    /// The name of the type in a Table Schema.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Day => "date",
            Self::Instant => "datetime",
        }
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its header.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// What it means, in both languages.
    pub description: Localized,
    /// No cell is empty.
    pub required: bool,
    /// The only values it takes; empty: any.
    pub one_of: &'static [&'static str],
    /// The table and the column in which its values are found.
    pub refers: Option<(&'static str, &'static str)>,
}

impl Column {
    /// A column that may be empty.
    pub fn new(name: impl Into<String>, kind: Kind, fr: impl Into<String>, en: impl Into<String>) -> Self {
        let description = Localized::new(fr, en);
        Self { name: name.into(), kind, description, required: false, one_of: &[], refers: None }
    }

    /// No cell is empty.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Only these values.
    #[must_use]
    pub const fn one_of(mut self, values: &'static [&'static str]) -> Self {
        self.one_of = values;
        self
    }

    /// Values of that column of that table.
    #[must_use]
    pub const fn refers(mut self, table: &'static str, column: &'static str) -> Self {
        self.refers = Some((table, column));
        self
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name: the file is `data/{name}.csv`.
    pub name: &'static str,
    /// Its title, in both languages.
    pub title: Localized,
    /// The columns that name each row; may be empty.
    pub primary_key: &'static [&'static str],
    /// Its columns.
    pub columns: Vec<Column>,
}

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text, as it is; the writer guards it.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Yes or no.
    Boolean(bool),
    /// The UTC day of an instant in milliseconds.
    Day(Millis),
    /// An instant in milliseconds.
    Instant(Millis),
}

macro_rules! cells {
    ($($t:ty => $v:ident),*) => { $(
        impl From<$t> for Cell {
            fn from(x: $t) -> Self {
                Self::$v(x.into())
            }
        }
        impl From<Option<$t>> for Cell {
            fn from(x: Option<$t>) -> Self {
                x.map_or(Self::Empty, Self::from)
            }
        }
    )* };
}
cells!(String => Text, &str => Text, i64 => Integer, bool => Boolean);

impl Cell {
    /// The UTC day of an instant, or nothing.
    pub fn day(at: Option<Millis>) -> Self {
        at.map_or(Self::Empty, Self::Day)
    }

    /// An instant, or nothing.
    pub fn instant(at: Option<Millis>) -> Self {
        at.map_or(Self::Empty, Self::Instant)
    }

    /// The cell of a CSV file.
    pub fn to_csv(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => guard(text),
            Self::Integer(n) => Cow::Owned(n.to_string()),
            Self::Boolean(yes) => Cow::Borrowed(if *yes { "true" } else { "false" }),
            Self::Day(at) => Cow::Owned(day(*at)),
            Self::Instant(at) => Cow::Owned(instant(*at)),
        }
    }

    /// The value of a JSON line.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Empty => serde_json::Value::Null,
            // An empty text and nothing are the same cell of a CSV file: they are the same here, too.
            Self::Text(text) if text.is_empty() => serde_json::Value::Null,
            Self::Text(text) => text.as_str().into(),
            Self::Integer(n) => (*n).into(),
            Self::Boolean(yes) => (*yes).into(),
            Self::Day(at) => day(*at).into(),
            Self::Instant(at) => instant(*at).into(),
        }
    }
}

/// Where rows go.
pub trait Sink {
    /// Begins a table: rows follow until the next one. A table that was begun before is continued.
    ///
    /// # Errors
    /// When the bundle cannot be written.
    fn table(&mut self, table: Table) -> Result<(), Error>;
    /// One row of the table begun last.
    ///
    /// # Errors
    /// When the bundle cannot be written, or the row has not as many cells as its table.
    fn row(&mut self, cells: Vec<Cell>) -> Result<(), Error>;
}

/// What makes a spreadsheet take a cell for a formula, at its beginning; and the mark itself.
const RISKY: [char; 12] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\'', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// A text as a CSV cell: one that begins like a formula (`=`, `+`, `-`, `@`, a tabulation, a line break, their
/// full-width forms) or with an apostrophe gets an apostrophe before it. [`unguard`] takes away exactly that one.
pub fn guard(text: &str) -> Cow<'_, str> {
    if text.starts_with(RISKY) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text of a guarded cell.
pub fn unguard(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// The UTC day of an instant: `2015-09-26`.
pub fn day(at: Millis) -> String {
    moment(at).map_or_else(String::new, |t| t.strftime("%Y-%m-%d").to_string())
}

/// An instant, RFC 3339 in UTC: `2015-09-26T00:00:00.000Z`.
pub fn instant(at: Millis) -> String {
    moment(at).map_or_else(String::new, |t| t.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string())
}

/// Reads [`instant`].
pub fn parse_instant(text: &str) -> Option<Millis> {
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond)
}

/// The first millisecond of a day written by [`day`].
pub fn parse_day(text: &str) -> Option<Millis> {
    parse_instant(&format!("{text}T00:00:00Z"))
}

fn moment(at: Millis) -> Option<jiff::Timestamp> {
    jiff::Timestamp::from_millisecond(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_every_text_comes_back() {
        for risky in ["=1+1", "+33", "-1", "@SUM(A1)", "\tx", "\rx", "\n=x", "'quoted", "''", "＝1"] {
            let cell = guard(risky);
            assert!(cell.starts_with('\''), "{risky:?}");
            assert_eq!(unguard(&cell), risky);
        }
        for plain in ["", "Bonjour", "a=b", "« -1 »", "l'été"] {
            assert_eq!(guard(plain), plain);
            assert_eq!(unguard(&guard(plain)), plain);
        }
    }

    #[test]
    fn moments_are_written_in_utc_and_read_back() {
        let at = 1_443_227_274_056;
        assert_eq!(day(at), "2015-09-26");
        assert_eq!(instant(at), "2015-09-26T00:27:54.056Z");
        assert_eq!(parse_instant(&instant(at)), Some(at));
        assert_eq!(parse_day("2015-09-26"), Some(1_443_225_600_000));
        assert_eq!(parse_day("26/09/2015"), None);
        assert_eq!(day(-1), "1969-12-31");
    }
}
