//! One CSV file, with the line on which each row begins.

use std::collections::HashMap;

use csv::StringRecord;

use super::{File, Problem, Reason};

/// A file whose header holds every column asked for.
pub(super) struct Rows {
    name: String,
    columns: HashMap<&'static str, usize>,
    /// Each row with its line.
    pub rows: Vec<(u64, StringRecord)>,
}

/// One row.
pub(super) struct Row<'r> {
    rows: &'r Rows,
    record: &'r StringRecord,
    /// The line on which it begins.
    pub line: u64,
}

fn problem<const N: usize>(
    file: &str,
    line: u64,
    key: &'static str,
    values: [(&'static str, String); N],
) -> Problem {
    Problem { file: file.to_owned(), line, reason: Reason::new(key, values) }
}

/// The line, from 1, of a byte of a text.
fn line_of(bytes: &[u8], at: usize) -> u64 {
    let before = bytes.get(..at).unwrap_or(bytes);
    1 + u64::try_from(before.iter().filter(|b| **b == b'\n').count()).unwrap_or(u64::MAX - 1)
}

impl Rows {
    /// Reads a file; rows that have not as many cells as the header are added to `problems` and left out.
    ///
    /// # Errors
    /// One problem when the file as a whole cannot be read.
    pub fn read(
        file: &File,
        wanted: &'static [&'static str],
        problems: &mut Vec<Problem>,
    ) -> Result<Self, Problem> {
        let name = file.name.as_str();
        let bytes = file.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&file.bytes);
        if let Err(e) = std::str::from_utf8(bytes) {
            let line = line_of(bytes, e.valid_up_to());
            return Err(problem(name, line, "consultation-import-utf8", []));
        }
        if let Some(at) = bytes.iter().position(|b| *b == 0) {
            return Err(problem(name, line_of(bytes, at), "consultation-import-nul", []));
        }
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let header = reader.headers().map_err(|_| problem(name, 1, "consultation-import-unreadable", []))?;
        let header = header.clone();
        let mut columns = HashMap::new();
        for column in wanted {
            let mut places = header.iter().enumerate().filter(|(_, h)| h == column);
            match (places.next(), places.next()) {
                (Some((place, _)), None) => columns.insert(*column, place),
                (Some(_), Some(_)) => {
                    let column = ("column", (*column).to_owned());
                    return Err(problem(name, 1, "consultation-import-column-twice", [column]));
                }
                (None, _) => {
                    let found: Vec<&str> = header.iter().take(40).collect();
                    let values = [("column", (*column).to_owned()), ("found", found.join(", "))];
                    return Err(problem(name, 1, "consultation-import-column-missing", values));
                }
            };
        }
        let mut rows = vec![];
        let (mut counted_to, mut line) = (0, 1);
        for record in reader.into_records() {
            let record = record.map_err(|_| problem(name, line, "consultation-import-unreadable", []))?;
            let start = record.position().map_or(0, csv::Position::byte);
            let mut start = usize::try_from(start).unwrap_or(usize::MAX).min(bytes.len());
            // The reader may stand before the end of the last row's line, or before empty lines.
            while bytes.get(start).is_some_and(|b| matches!(b, b'\r' | b'\n')) {
                start += 1;
            }
            line +=
                line_of(bytes.get(counted_to..).unwrap_or_default(), start.saturating_sub(counted_to)) - 1;
            counted_to = start;
            if record.len() == header.len() {
                rows.push((line, record));
            } else {
                let values = [("cells", record.len().to_string()), ("columns", header.len().to_string())];
                problems.push(problem(name, line, "consultation-import-cells", values));
            }
        }
        // A quote that is never closed swallows the rest of the file into one cell, silently.
        if bytes.iter().filter(|b| **b == b'"').count() % 2 == 1 {
            return Err(problem(name, line, "consultation-import-quote", []));
        }
        Ok(Self { name: name.to_owned(), columns, rows })
    }

    /// The rows, in order.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, record)| Row { rows: self, record, line: *line })
    }
}

impl Row<'_> {
    /// A cell, as it is.
    pub fn text(&self, column: &str) -> &str {
        self.rows.columns.get(column).and_then(|place| self.record.get(*place)).unwrap_or_default()
    }

    /// A text with one kind of line end, trimmed.
    pub fn words(&self, column: &str) -> String {
        self.text(column).replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
    }

    /// A text that must not be empty.
    pub fn required(&self, column: &str) -> Result<String, Problem> {
        let words = self.words(column);
        if words.is_empty() {
            return Err(self.problem("consultation-import-empty", [("column", column.to_owned())]));
        }
        Ok(words)
    }

    /// A whole number, zero or more.
    pub fn number(&self, column: &str) -> Result<i64, Problem> {
        let text = self.text(column).trim();
        // Totals are added up: beyond this they are no votes of people.
        let number = text.parse::<u32>().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit()));
        number.map(i64::from).ok_or_else(|| self.cell("consultation-import-number", column, text))
    }

    /// A yes or no.
    pub fn yes(&self, column: &str) -> Result<bool, Problem> {
        match self.text(column).trim().to_ascii_lowercase().as_str() {
            "true" | "1" => Ok(true),
            "false" | "0" | "" => Ok(false),
            other => Err(self.cell("consultation-import-yes", column, other)),
        }
    }

    /// A moment with its offset, such as `2015-09-26T02:27:54+0200`.
    pub fn moment(&self, column: &str) -> Result<i64, Problem> {
        let text = self.text(column).trim();
        let read = jiff::Timestamp::strptime("%Y-%m-%dT%H:%M:%S%z", text)
            .or_else(|_| text.parse::<jiff::Timestamp>())
            .map(jiff::Timestamp::as_millisecond);
        read.map_err(|_| self.cell("consultation-import-moment", column, text))
    }

    /// Something wrong with this row.
    pub fn problem<const N: usize>(&self, key: &'static str, values: [(&'static str, String); N]) -> Problem {
        problem(&self.rows.name, self.line, key, values)
    }

    /// A cell that does not hold what its column asks for.
    fn cell(&self, key: &'static str, column: &str, text: &str) -> Problem {
        self.problem(key, [("column", column.to_owned()), ("text", text.to_owned())])
    }
}
