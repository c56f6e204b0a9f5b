//! One row an option: its name, then how many, or which share, gave each grade, the best grade first. Where columns are
//! called "mention", only those are grades, and the option is `candidate_id`. A column that is empty for everybody is no
//! grade. Shares with decimals are made integers, all by the same power of ten, so that nothing is rounded.

use std::collections::BTreeMap;

use super::{Error, Format, Problem, Read, rows};
use crate::profile::Profile;

/// A number with decimals, after a point or a comma: its digits, and how many are decimals.
pub(super) fn decimal(cell: &str) -> Option<(u64, u32)> {
    let cell = cell.strip_suffix('%').unwrap_or(cell).trim_end();
    let (whole, decimals) = cell.split_once(['.', ',']).unwrap_or((cell, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(decimals) {
        return None;
    }
    let decimals = decimals.trim_end_matches('0');
    let places = u32::try_from(decimals.len()).ok()?;
    let number: u64 = format!("{whole}{decimals}").parse().ok()?;
    Some((number, places))
}

/// Where the option and its grades are.
struct Columns {
    width: usize,
    option: usize,
    grades: Vec<(usize, String)>,
}

/// Whether a column is called a grade.
pub(super) fn is_mention(name: &str) -> bool {
    name.to_lowercase().contains("mention")
}

impl Columns {
    fn new(names: Vec<String>) -> Option<Self> {
        let width = names.len();
        let mentions = names.iter().any(|name| is_mention(name));
        let option = names.iter().position(|name| name == "candidate_id").filter(|_| mentions).unwrap_or(0);
        let used = |(column, name): &(usize, String)| *column != option && (!mentions || is_mention(name));
        let grades: Vec<(usize, String)> = names.into_iter().enumerate().filter(used).collect();
        (grades.len() > 1).then_some(Self { width, option, grades })
    }
}

/// A row: its line, and for each grade a number and how many of its digits are decimals.
type Row = (u64, Vec<Option<(u64, u32)>>);

pub(super) fn read(text: &str) -> Result<Read, Error> {
    let mut header: Option<Columns> = None;
    let mut rows_read: Vec<Row> = vec![];
    let mut options: Vec<String> = vec![];
    rows::each(text, |line, record| {
        let Some(columns) = &header else {
            let columns = Columns::new(rows::header(record));
            header =
                Some(columns.ok_or(Error::at(line, Problem::Header("a name, then at least two grades")))?);
            return Ok(());
        };
        let cells: Vec<&str> = rows::cells(line, record, columns.width)?.collect();
        let option = cells[columns.option];
        if option.is_empty() {
            return Err(Error::at(line, Problem::Line("an option with a name")));
        }
        if options.iter().any(|other| other == option) {
            return Err(Error::at(line, Problem::DeclaredTwice(option.to_owned())));
        }
        options.push(option.to_owned());
        let mut shares = vec![];
        for (column, name) in &columns.grades {
            let cell = cells[*column];
            let bad = || Problem::Cell {
                cell: cell.to_owned(),
                column: name.clone(),
                expected: "a number or a share",
            };
            shares.push(match cell {
                "" => None,
                _ => Some(decimal(cell).ok_or_else(|| Error::at(line, bad()))?),
            });
        }
        rows_read.push((line, shares));
        Ok(())
    })?;
    if options.is_empty() {
        return Err(Error::whole(Problem::NoBallot));
    }
    let profile = Profile::merits(&options, merits(rows_read)?, None).map_err(Error::whole)?;
    if profile.total() == 0 {
        return Err(Error::whole(Problem::NoBallot));
    }
    Ok(Read { profile, format: Format::Shares, seats: None, labels: BTreeMap::new() })
}

/// All rows in integers, the worst grade first.
fn merits(rows: Vec<Row>) -> Result<Vec<Vec<u64>>, Error> {
    let decimals = rows.iter().flat_map(|(_, shares)| shares.iter().flatten()).map(|(_, places)| *places);
    let most = decimals.max().unwrap_or(0);
    let grades = rows.first().map_or(0, |(_, shares)| shares.len());
    // The file's order is best first; the profile's is worst first.
    let given: Vec<usize> =
        (0..grades).rev().filter(|&grade| rows.iter().any(|(_, shares)| shares[grade].is_some())).collect();
    let mut merits = vec![];
    for (line, shares) in rows {
        let scaled = given.iter().map(|&grade| {
            let (number, decimals) = shares[grade].unwrap_or((0, 0));
            10_u64.checked_pow(most - decimals).and_then(|power| number.checked_mul(power))
        });
        let row =
            scaled.collect::<Option<Vec<u64>>>().ok_or(Error::at(line, crate::error::Error::TooLarge))?;
        merits.push(row);
    }
    Ok(merits)
}
