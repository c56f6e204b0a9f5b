//! The rows of a file: fields between semicolons, with quotes where a field holds a semicolon, a quote or a line break.

use std::borrow::Cow;

use super::{PbError, Reason};

/// The sections, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Meta,
    Projects,
    Votes,
}

impl Section {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Meta => "META",
            Self::Projects => "PROJECTS",
            Self::Votes => "VOTES",
        }
    }

    fn of(fields: &[Cow<'_, str>]) -> Option<Self> {
        let (first, others) = fields.split_first()?;
        if others.iter().any(|field| !field.is_empty()) {
            return None;
        }
        [Self::Meta, Self::Projects, Self::Votes].into_iter().find(|s| first.eq_ignore_ascii_case(s.name()))
    }
}

/// A row that is not empty.
pub(super) enum Row {
    /// A section begins.
    Begins(Section),
    /// The fields are in the reader.
    Fields,
}

/// Reads rows one after the other, without a copy of unquoted fields.
pub(super) struct Rows<'a> {
    text: &'a str,
    at: usize,
    /// The line of the last row.
    pub line: u64,
    next_line: u64,
    /// The fields of the last row, without the spaces around them.
    pub fields: Vec<Cow<'a, str>>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, PbError> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|e| {
            let before = bytes.get(..e.valid_up_to()).unwrap_or(&[]);
            PbError::new(1 + breaks(before), Reason::NotText)
        })?;
        Ok(Self { text, at: 0, line: 0, next_line: 1, fields: Vec::new() })
    }

    /// The next row that is not empty; nothing at the end.
    pub(super) fn next(&mut self) -> Result<Option<Row>, PbError> {
        loop {
            let rest = self.text.get(self.at..).unwrap_or("");
            if rest.is_empty() {
                return Ok(None);
            }
            self.line = self.next_line;
            self.fields.clear();
            let (line, taken) = match memchr::memchr(b'\n', rest.as_bytes()) {
                Some(end) => (rest.get(..end).unwrap_or(""), end + 1),
                None => (rest, rest.len()),
            };
            if memchr::memchr(b'"', line.as_bytes()).is_some() {
                self.quoted(rest)?;
            } else {
                self.at += taken;
                self.next_line += 1;
                self.fields.extend(line.split(';').map(|field| Cow::Borrowed(field.trim())));
            }
            if self.fields.iter().all(|field| field.is_empty()) {
                continue;
            }
            return Ok(Some(Section::of(&self.fields).map_or(Row::Fields, Row::Begins)));
        }
    }

    /// A row with a quote in it: it may go over several lines.
    fn quoted(&mut self, rest: &str) -> Result<(), PbError> {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(b';')
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 10)
            .from_reader(rest.as_bytes());
        let mut record = csv::StringRecord::new();
        let read = reader.read_record(&mut record);
        let error = |_| PbError::new(self.line, Reason::NotText);
        read.map_err(error)?;
        let taken = usize::try_from(reader.position().byte()).unwrap_or(rest.len()).min(rest.len());
        let (row, _) = rest.as_bytes().split_at(taken);
        // At the end of the file, a row that ends within quotes has an odd number of them.
        if taken == rest.len() && memchr::memchr_iter(b'"', row).count() % 2 == 1 && !row.ends_with(b"\"") {
            return Err(PbError::new(self.line, Reason::OpenQuote));
        }
        self.at += taken;
        self.next_line += breaks(row).max(1);
        self.fields.extend(record.iter().map(|field| Cow::Owned(field.trim().to_owned())));
        Ok(())
    }
}

fn breaks(bytes: &[u8]) -> u64 {
    u64::try_from(memchr::memchr_iter(b'\n', bytes).count()).unwrap_or(u64::MAX)
}

/// Column names, and where they are.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    pub names: Vec<String>,
}

impl Columns {
    pub(super) fn new(line: u64, fields: &[Cow<'_, str>]) -> Result<Self, PbError> {
        let names: Vec<String> = fields.iter().map(|field| field.to_string()).collect();
        let twice = names.iter().enumerate().find(|(n, name)| !name.is_empty() && names[..*n].contains(name));
        match twice {
            Some((_, name)) => Err(PbError::new(line, Reason::ColumnTwice(name.clone()))),
            None => Ok(Self { names }),
        }
    }

    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|one| one.eq_ignore_ascii_case(name))
    }

    pub(super) fn need(&self, line: u64, section: Section, column: &'static str) -> Result<usize, PbError> {
        self.find(column).ok_or(PbError::new(line, Reason::NoColumn { section: section.name(), column }))
    }

    /// That a row has no field beyond the columns.
    pub(super) fn fits(&self, line: u64, fields: &[Cow<'_, str>]) -> Result<(), PbError> {
        let beyond = fields.get(self.names.len()..).unwrap_or(&[]);
        if beyond.iter().all(|field| field.is_empty()) {
            Ok(())
        } else {
            Err(PbError::new(line, Reason::TooManyFields(fields.len(), self.names.len())))
        }
    }
}

/// A field that says something: not empty and not `none`.
pub(super) fn said<'b>(fields: &'b [Cow<'_, str>], column: Option<usize>) -> Option<&'b str> {
    let field = fields.get(column?)?;
    (!field.is_empty() && !field.eq_ignore_ascii_case("none")).then_some(field)
}
