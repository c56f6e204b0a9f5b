//! Scottish council elections, as published since 2007: the number of candidates and of seats, then the ballots with
//! how often each was cast (`count,first,second,…`, candidates numbered from 1), then the candidates and the ward.

use csv::StringRecord;

use super::{Error, Format, Problem, Read, rows};
use crate::profile::{Profile, Ranking, Votes};

/// What the lines said so far.
#[derive(Default)]
struct Ward {
    announced: Option<(usize, usize)>,
    ballots: Votes<Ranking>,
    names: Vec<Option<(String, String)>>,
    /// The last line that named each candidate.
    seen: Vec<u64>,
    /// The ballot being read.
    order: Vec<u16>,
}

fn number<N: std::str::FromStr>(cell: &str, expected: &'static str) -> Result<N, Problem> {
    cell.trim().parse().map_err(|_| Problem::Number { found: cell.trim().to_owned(), expected })
}

impl Ward {
    fn header(&mut self, content: &str) -> Result<(), Problem> {
        let cells: Vec<&str> = content.split(',').map(str::trim).filter(|cell| !cell.is_empty()).collect();
        let [options, seats] = cells.as_slice() else { return Err(Problem::Header("\"candidates,seats\"")) };
        let options = number(options, "a number of candidates")?;
        if options == 0 || options > usize::from(u16::MAX) {
            return Err(crate::error::Error::TooManyOptions(options).into());
        }
        self.announced = Some((options, number(seats, "a number of seats")?));
        self.names = vec![None; options];
        self.seen = vec![0; options];
        Ok(())
    }

    /// Numbers alone: no quotes to mind.
    fn ballot(&mut self, line: u64, content: &str) -> Result<(), Problem> {
        let mut cells = content.trim_end_matches([',', ' ']).split(',');
        let count = number(cells.next().unwrap_or_default(), "a number of ballots")?;
        self.order.clear();
        for cell in cells {
            let candidate: usize = match cell.as_bytes() {
                [digit @ b'0'..=b'9'] => usize::from(digit - b'0'), // nearly all of them
                _ => number(cell, "the number of a candidate")?,
            };
            let undeclared = || Problem::Undeclared(cell.trim().to_owned());
            let option = candidate.checked_sub(1).ok_or_else(undeclared)?;
            let seen = self.seen.get_mut(option).ok_or_else(undeclared)?;
            if *seen == line {
                return Err(Problem::Twice(cell.trim().to_owned()));
            }
            *seen = line;
            self.order.push(u16::try_from(option).map_err(|_| undeclared())?);
        }
        self.ballots.push((Ranking::strict(self.order.clone()), count));
        Ok(())
    }

    fn candidate(&mut self, cells: &StringRecord) -> Result<(), Problem> {
        let first = cells.get(0).unwrap_or_default();
        let Some(candidate) = first.trim().strip_prefix("Candidate ") else {
            // The ward's name ends the file; published files do not always quote it well.
            let ends = !self.ballots.is_empty() && self.names.iter().all(Option::is_some);
            return if ends { Ok(()) } else { Err(Problem::Line("a ballot, a candidate or a ward")) };
        };
        let candidate: usize = number(candidate, "the number of a candidate")?;
        let place = candidate.checked_sub(1).and_then(|option| self.names.get_mut(option));
        let place = place.ok_or_else(|| Problem::Undeclared(first.to_owned()))?;
        let name = cells.get(1).map(|name| name.trim()).filter(|name| !name.is_empty());
        let name = name.ok_or(Problem::Line("a candidate with a name"))?;
        if place.is_some() {
            return Err(Problem::DeclaredTwice(first.to_owned()));
        }
        *place = Some((name.to_owned(), cells.get(2).map_or("", |party| party.trim()).to_owned()));
        Ok(())
    }
}

pub(super) fn read(text: &str) -> Result<Read, Error> {
    let mut ward = Ward::default();
    let mut begins = 0;
    for (line, content) in (1_u64..).zip(text.split_inclusive('\n')) {
        if !content.trim().is_empty() {
            let read = if ward.announced.is_none() {
                ward.header(content)
            } else if content.starts_with(|c: char| c.is_ascii_digit()) {
                ward.ballot(line, content.trim_end())
            } else {
                let before = line - 1;
                rows::each(&text[begins..], |line, cells| {
                    ward.candidate(cells).map_err(|problem| Error::at(before + line, problem))
                })?;
                break;
            };
            read.map_err(|problem| Error::at(line, problem))?;
        }
        begins += content.len();
    }
    let Ward { announced, ballots, names, .. } = ward;
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
