//! Rows of cells, with the line where each begins.

use super::{Error, Problem};

/// Comma, semicolon or tab: the one that the first line has most of, outside quotes.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        for (delimiter, count) in &mut counts {
            *count += usize::from(!quoted && byte == *delimiter);
        }
    }
    // Of equals, the first of the list.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}

fn reader(text: &str) -> ::csv::Reader<&[u8]> {
    ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes())
}

/// The cells of one line, one at least.
pub(super) fn split(line: &str) -> Vec<String> {
    let mut record = ::csv::StringRecord::new();
    match reader(line).read_record(&mut record) {
        Ok(true) => record.iter().map(str::to_owned).collect(),
        _ => vec![String::new()],
    }
}

/// Calls `each` with every row and its line, empty lines left out.
pub(super) fn each(
    text: &str,
    mut each: impl FnMut(u64, &::csv::StringRecord) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut reader = reader(text);
    let mut record = ::csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) => {
                let line = record.position().map_or(0, ::csv::Position::line);
                each(line, &record)?;
            }
            // The text is UTF-8 and rows may have any length: nothing else is known to fail.
            Err(e) => {
                let line = e.position().map_or(1, ::csv::Position::line);
                return Err(Error::at(line, Problem::Line("a row of cells")));
            }
        }
    }
}

/// The cells of a row without the empty ones at its end beyond `expected`; too many or too few is an error.
pub(super) fn cells(
    line: u64,
    record: &::csv::StringRecord,
    expected: usize,
) -> Result<impl Iterator<Item = &str>, Error> {
    let excess = record.iter().skip(expected).any(|cell| !cell.trim().is_empty());
    if excess || record.len() < expected {
        return Err(Error::at(line, Problem::Cells { found: record.len(), expected }));
    }
    Ok(record.iter().take(expected).map(str::trim))
}

/// The names of a header; the empty cells at its end are dropped.
pub(super) fn header(record: &::csv::StringRecord) -> Vec<String> {
    let mut names: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    names
}
