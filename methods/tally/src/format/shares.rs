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
    let places = rows_read.iter().flat_map(|(_, shares)| shares.iter().flatten()).map(|(_, places)| *places);
    let places = places.max().unwrap_or(0);
    let grades = rows_read.first().map_or(0, |(_, shares)| shares.len());
    // The file's order is best first; the profile's is worst first.
    let given: Vec<usize> = (0..grades)
        .rev()
        .filter(|&grade| rows_read.iter().any(|(_, shares)| shares[grade].is_some()))
        .collect();
    let mut merits = vec![];
    for (line, shares) in rows_read {
        let scaled = given.iter().map(|&grade| {
            let (number, decimals) = shares[grade].unwrap_or((0, 0));
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
