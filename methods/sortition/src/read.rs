//! Pools and quotas from CSV files, as people really save them.
//!
//! UTF-8 with or without a byte order mark; comma, semicolon or tabulation; empty lines are passed over. Texts are put in
//! Unicode NFC and lose the spaces at their ends; nothing else is corrected: what looks wrong is an error that names the
//! line and the mend.

use crate::problem::{Person, Pool, Quota};
use crate::spelling::{clean, fold, listed, nearest};

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Bytes that are not UTF-8.
    #[error("line {line}: not in UTF-8: save the file again as «CSV UTF-8»")]
    NotUtf8 {
        /// The line.
        line: u64,
    },
    /// No line, or only one.
    #[error("the file is empty: a line of titles and one line a person (or a quota) are expected")]
    Empty,
    /// A line with more or fewer cells than titles.
    #[error("line {line}: {cells} cells for {columns} columns: {}", if cells > columns { "a cell too many (a separator inside a value needs quotes around it)" } else { "a cell is missing" })]
    Cells {
        /// The line.
        line: u64,
        /// Its cells.
        cells: usize,
        /// The columns of the line of titles.
        columns: usize,
    },
    /// Quotes that are not closed, for instance.
    #[error("{0}")]
    Csv(String),
    /// Two columns have the same title.
    #[error("two columns have the title «{0}»: rename one")]
    ColumnTwice(String),
    /// A column without a title that has values.
    #[error("line {line}: column {column} has a value («{value}») but no title: give it one, or empty it")]
    NoTitle {
        /// The first line where it has a value.
        line: u64,
        /// Its number, from 1.
        column: usize,
        /// The value.
        value: String,
    },
    /// A column that was asked for is not there.
    #[error("no column «{name}»: {} {}", .nearest.as_ref().map_or_else(|| "the columns are".to_owned(), |n| format!("did you mean «{n}»? The columns are")), listed(.titles))]
    NoColumn {
        /// What was asked for.
        name: String,
        /// What looks like it.
        nearest: Option<String>,
        /// The columns there are.
        titles: Vec<String>,
    },
    /// The titles of a file of quotas are not one of the known forms.
    #[error(
        "the titles are {0}: expected category,feature,min,max (or category,name,min,max, or feature,value,min,max,min_flex,max_flex)"
    )]
    Titles(String),
    /// A number of seats that is not one.
    #[error("line {line}: «{value}» in {column} is not a whole number of seats")]
    NotANumber {
        /// The line.
        line: u64,
        /// The column.
        column: String,
        /// What is there.
        value: String,
    },
    /// An empty category or value in the quotas.
    #[error("line {line}: the {column} is empty")]
    EmptyCell {
        /// The line.
        line: u64,
        /// The column.
        column: String,
    },
}

/// How the columns of a pool are to be taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The column of ids (none: the first).
    pub id: Option<String>,
    /// Columns of groups of which a panel takes one member at most; an empty cell is nobody's group.
    pub groups: Vec<String>,
}

struct Sheet {
    titles: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

/// Reads a pool: an id column, and one column a category.
///
/// # Errors
/// What is wrong, on which line.
pub fn pool(bytes: &[u8], columns: &Columns) -> Result<Pool, Unreadable> {
    let sheet = sheet(bytes)?;
    let find = |name: &str| {
        let name = clean(name);
        let there = sheet.titles.iter().position(|t| *t == name);
        there.ok_or_else(|| {
            let nearest = nearest(&name, sheet.titles.iter().map(String::as_str));
            Unreadable::NoColumn { name, nearest, titles: sheet.titles.clone() }
        })
    };
    let id = columns.id.as_deref().map_or(Ok(0), find)?;
    let groups = columns.groups.iter().map(|g| find(g)).collect::<Result<Vec<_>, _>>()?;
    let of: Vec<usize> = (0..sheet.titles.len()).filter(|c| *c != id && !groups.contains(c)).collect();
    let people = sheet.rows.into_iter().map(|(line, cells)| Person {
        id: cells[id].clone(),
        values: of.iter().map(|&c| cells[c].clone()).collect(),
        groups: groups.iter().map(|&g| Some(cells[g].clone()).filter(|v| !v.is_empty())).collect(),
        line,
    });
    let people = people.collect();
    Ok(Pool { categories: of.iter().map(|&c| sheet.titles[c].clone()).collect(), people })
}

/// Reads quotas, in any of the three forms; other columns are left aside.
///
/// # Errors
/// What is wrong, on which line.
pub fn quotas(bytes: &[u8]) -> Result<Vec<Quota>, Unreadable> {
    let sheet = sheet(bytes)?;
    let titles: Vec<String> = sheet.titles.iter().map(|t| fold(t)).collect();
    let find = |names: &[&str]| titles.iter().position(|t| names.contains(&t.as_str()));
    let unknown = || Unreadable::Titles(sheet.titles.join(","));
    let (category, value) = match (find(&["category", "categorie"]), find(&["feature"])) {
        (Some(category), feature) => (category, feature.or_else(|| find(&["name", "value", "valeur"]))),
        (None, Some(feature)) => (feature, find(&["value", "name"])),
        (None, None) => return Err(unknown()),
    };
    let value = value.ok_or_else(unknown)?;
    let min = find(&["min", "minimum"]).ok_or_else(unknown)?;
    let max = find(&["max", "maximum"]).ok_or_else(unknown)?;
    let (min_flex, max_flex) = (find(&["minflex"]), find(&["maxflex"]));
    sheet
        .rows
        .iter()
        .map(|(line, cells)| {
            let line = *line;
            let text = |column: usize| {
                let cell = cells[column].clone();
                if cell.is_empty() {
                    let column = sheet.titles[column].clone();
                    return Err(Unreadable::EmptyCell { line, column });
                }
                Ok(cell)
            };
            let number = |column: usize| {
                let cell = &cells[column];
                cell.parse::<u32>().map_err(|_| Unreadable::NotANumber {
                    line,
                    column: sheet.titles[column].clone(),
                    value: cell.clone(),
                })
            };
            Ok(Quota {
                category: text(category)?,
                value: text(value)?,
                min: number(min)?,
                max: number(max)?,
                min_flex: min_flex.map_or(Ok(0), number)?,
                max_flex: max_flex.map_or(Ok(u32::MAX), number)?,
                line,
            })
        })
        .collect()
}

fn sheet(bytes: &[u8]) -> Result<Sheet, Unreadable> {
    let text = std::str::from_utf8(bytes).map_err(|e| {
        let before = bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count();
        Unreadable::NotUtf8 { line: before as u64 + 1 }
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().find(|l| !l.trim().is_empty()).ok_or(Unreadable::Empty)?;
    let often = |c: char| first.chars().filter(|x| *x == c).count();
    let separator = [',', ';', '\t'].into_iter().max_by_key(|c| (often(*c), *c == ',')).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(separator).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut rows: Vec<(u64, Vec<String>)> = vec![];
    for record in reader.records() {
        let record = record.map_err(|e| Unreadable::Csv(e.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells: Vec<String> = record.iter().map(clean).collect();
        if cells.iter().any(|c| !c.is_empty()) {
            rows.push((line, cells));
        }
    }
    if rows.len() < 2 {
        return Err(Unreadable::Empty);
    }
    let (_, titles) = rows.remove(0);
    let columns = titles.len();
    for (line, cells) in &rows {
        if cells.len() != columns {
            return Err(Unreadable::Cells { line: *line, cells: cells.len(), columns });
        }
    }
    // Spreadsheets save empty columns too: those without title nor value go.
    let mut kept = vec![];
    for (c, title) in titles.iter().enumerate() {
        if !title.is_empty() {
            kept.push(c);
        } else if let Some((line, cells)) = rows.iter().find(|(_, cells)| !cells[c].is_empty()) {
            return Err(Unreadable::NoTitle { line: *line, column: c + 1, value: cells[c].clone() });
        }
    }
    let titles: Vec<String> = kept.iter().map(|&c| titles[c].clone()).collect();
    for (c, title) in titles.iter().enumerate() {
        if titles[..c].contains(title) {
            return Err(Unreadable::ColumnTwice(title.clone()));
        }
    }
    let rows = rows.into_iter().map(|(line, cells)| (line, kept.iter().map(|&c| cells[c].clone()).collect()));
    Ok(Sheet { titles, rows: rows.collect() })
}
