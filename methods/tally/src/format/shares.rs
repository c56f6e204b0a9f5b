//! One row an option: its name, then how many, or which share, gave each grade, the best grade first. Shares with
//! decimals are made integers, all by the same power of ten, so that nothing is rounded.

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

pub(super) fn read(text: &str) -> Result<Read, Error> {
    let mut header: Option<Vec<String>> = None;
    let mut rows_read: Vec<(u64, Vec<(u64, u32)>)> = vec![];
    let mut options: Vec<String> = vec![];
    rows::each(text, |line, record| {
        let Some(names) = &header else {
            let names = rows::header(record);
            if names.len() < 3 {
                return Err(Error::at(line, Problem::Header("a name, then at least two grades")));
            }
            header = Some(names);
            return Ok(());
        };
        let mut cells = rows::cells(line, record, names.len())?;
        let option = cells.next().unwrap_or_default();
        if option.is_empty() {
            return Err(Error::at(line, Problem::Line("an option with a name")));
        }
        if options.iter().any(|other| other == option) {
            return Err(Error::at(line, Problem::DeclaredTwice(option.to_owned())));
        }
        options.push(option.to_owned());
        let mut shares = vec![];
        for (cell, name) in cells.zip(&names[1..]) {
            shares.push(match cell {
                "" => (0, 0),
                _ => decimal(cell).ok_or_else(|| {
                    Error::at(
                        line,
                        Problem::Cell {
                            cell: cell.to_owned(),
                            column: name.clone(),
                            expected: "a number or a share",
                        },
                    )
                })?,
            });
        }
        // The file's order is best first; the profile's is worst first.
        shares.reverse();
        rows_read.push((line, shares));
        Ok(())
    })?;
    if options.is_empty() {
        return Err(Error::whole(Problem::NoBallot));
    }
    let places =
        rows_read.iter().flat_map(|(_, shares)| shares).map(|(_, places)| *places).max().unwrap_or(0);
    let mut merits = vec![];
    for (line, shares) in rows_read {
        let scaled = shares.into_iter().map(|(number, decimals)| {
            10_u64.checked_pow(places - decimals).and_then(|power| number.checked_mul(power))
        });
        let row =
            scaled.collect::<Option<Vec<u64>>>().ok_or(Error::at(line, crate::error::Error::TooLarge))?;
        merits.push(row);
    }
    let profile = Profile::merits(&options, merits, None).map_err(Error::whole)?;
    if profile.total() == 0 {
        return Err(Error::whole(Problem::NoBallot));
    }
    Ok(Read { profile, format: Format::Shares, seats: None, labels: BTreeMap::new() })
}
