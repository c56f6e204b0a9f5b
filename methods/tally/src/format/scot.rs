//! Scottish council elections, as published since 2007: the number of candidates and of seats, then the ballots with
//! how often each was cast (`count,first,second,…`, candidates numbered from 1), then the candidates and the ward.

use super::{Error, Format, Problem, Read, rows};
use crate::profile::{Profile, Ranking};

pub(super) fn read(text: &str) -> Result<Read, Error> {
    let mut announced: Option<(usize, usize)> = None;
    let mut ballots = vec![];
    let mut names: Vec<Option<(String, String)>> = vec![];
    let mut seen: Vec<u64> = vec![];
    rows::each(text, |line, record| {
        let cells: Vec<&str> = record.iter().map(str::trim).collect();
        let number = |cell: &str, expected: &'static str| {
            let found = || Problem::Number { found: cell.to_owned(), expected };
            cell.parse::<usize>().map_err(|_| Error::at(line, found()))
        };
        let used = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let Some((options, _)) = announced else {
            if used != 2 {
                return Err(Error::at(line, Problem::Header("\"candidates,seats\"")));
            }
            let options = number(cells[0], "a number of candidates")?;
            if options == 0 || options > usize::from(u16::MAX) {
                return Err(Error::at(line, crate::error::Error::TooManyOptions(options)));
            }
            announced = Some((options, number(cells[1], "a number of seats")?));
            names = vec![None; options];
            seen = vec![0; options];
            return Ok(());
        };
        if used == 0 {
            return Ok(());
        }
        let after_names = names.iter().any(Option::is_some);
        if cells[0].starts_with(|c: char| c.is_ascii_digit()) && !after_names {
            let found = || Problem::Number { found: cells[0].to_owned(), expected: "a number of ballots" };
            let count: u64 = cells[0].parse().map_err(|_| Error::at(line, found()))?;
            let mut order = Vec::with_capacity(used - 1);
            for cell in &cells[1..used] {
                let candidate = number(cell, "the number of a candidate")?;
                let place = candidate.checked_sub(1).filter(|&option| option < options);
                let option = place.ok_or_else(|| Error::at(line, Problem::Undeclared((*cell).to_owned())))?;
                if seen[option] == line {
                    return Err(Error::at(line, Problem::Twice((*cell).to_owned())));
                }
                seen[option] = line;
                order.push(u16::try_from(option).map_err(|_| Error::at(line, Problem::Line("a ballot")))?);
            }
            ballots.push((Ranking::strict(order), count));
            return Ok(());
        }
        if let Some(candidate) = cells[0].strip_prefix("Candidate ") {
            let candidate = number(candidate.trim(), "the number of a candidate")?;
            let place = candidate.checked_sub(1).and_then(|option| names.get_mut(option));
            let place = place.ok_or_else(|| Error::at(line, Problem::Undeclared(cells[0].to_owned())))?;
            let name = cells.get(1).copied().filter(|name| !name.is_empty());
            let name = name.ok_or(Error::at(line, Problem::Line("a candidate with a name")))?;
            if place.is_some() {
                return Err(Error::at(line, Problem::DeclaredTwice(cells[0].to_owned())));
            }
            *place = Some((name.to_owned(), cells.get(2).copied().unwrap_or_default().to_owned()));
            return Ok(());
        }
        // The ward's name ends the file; published files do not always quote it well.
        if ballots.is_empty() || names.iter().any(Option::is_none) {
            return Err(Error::at(line, Problem::Line("a ballot, a candidate or a ward")));
        }
        Ok(())
    })?;
    let (announced, seats) = announced.ok_or(Error::whole(Problem::Empty))?;
    let named: Vec<(String, String)> = names.into_iter().flatten().collect();
    if named.len() != announced {
        return Err(Error::whole(Problem::Names { announced, named: named.len() }));
    }
    // Two candidates of one name are told apart by their party.
    let options: Vec<String> = named
        .iter()
        .map(|(name, party)| {
            let alone = named.iter().filter(|(other, _)| other == name).count() == 1;
            if alone { name.clone() } else { format!("{name} ({party})") }
        })
        .collect();
    let labels = options
        .iter()
        .zip(&named)
        .filter(|(_, (_, party))| !party.is_empty())
        .map(|(option, (name, party))| (option.clone(), format!("{name}, {party}")))
        .collect();
    let profile = Profile::ranked(&options, ballots).map_err(Error::whole)?;
    if profile.total() == 0 {
        return Err(Error::whole(Problem::NoBallot));
    }
    Ok(Read { profile, format: Format::Scot, seats: Some(seats), labels })
}
