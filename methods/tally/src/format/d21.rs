//! Two columns, `plus` and `minus`, each with options separated by spaces. Options are those that some ballot names, in
//! alphabetical order: one that nobody named is not in the file.

use std::collections::BTreeMap;

use super::{Error, Format, Problem, Read, rows};
use crate::profile::Profile;

pub(super) fn read(text: &str) -> Result<Read, Error> {
    let mut header = false;
    let mut ballots: Vec<(u64, Vec<String>, Vec<String>)> = vec![];
    let mut names: BTreeMap<String, u16> = BTreeMap::new();
    rows::each(text, |line, record| {
        if !header {
            let found = rows::header(record);
            if found.len() != 2
                || !found[0].eq_ignore_ascii_case("plus")
                || !found[1].eq_ignore_ascii_case("minus")
            {
                return Err(Error::at(line, Problem::Header("\"plus,minus\"")));
            }
            header = true;
            return Ok(());
        }
        let mut sides = rows::cells(line, record, 2)?
            .map(|cell| -> Vec<String> { cell.split_whitespace().map(str::to_owned).collect() });
        let (plus, minus) = (sides.next().unwrap_or_default(), sides.next().unwrap_or_default());
        for name in plus.iter().chain(&minus) {
            if plus.iter().chain(&minus).filter(|other| *other == name).count() > 1 {
                return Err(Error::at(line, Problem::Twice(name.clone())));
            }
            names.entry(name.clone()).or_insert(0);
        }
        ballots.push((line, plus, minus));
        Ok(())
    })?;
    if ballots.is_empty() {
        return Err(Error::whole(Problem::NoBallot));
    }
    for (number, place) in (0..=u16::MAX).zip(names.values_mut()) {
        *place = number;
    }
    let options: Vec<String> = names.keys().cloned().collect();
    let numbers = |side: Vec<String>| side.iter().filter_map(|name| names.get(name).copied()).collect();
    let ballots = ballots.into_iter().map(|(_, plus, minus)| ((numbers(plus), numbers(minus)), 1)).collect();
    let profile = Profile::plus_minus(&options, ballots).map_err(Error::whole)?;
    Ok(Read { profile, format: Format::D21, seats: None, labels: BTreeMap::new() })
}
