//! The Aggregated Ballot Information Format: `27:A>B=C`, `27:A/5,B/0`, `27:[A name]/5>B`; `=A:[A name]` declares an
//! option, `{key: "value"}` and `#` are passed over. Once one option is declared, all must be: a slip of the pen is no
//! new option.

use std::collections::BTreeMap;

use super::{Error, Format, Problem, Read};
use crate::profile::{Kind, Profile, Ranking, Votes};

struct Ballot {
    count: u64,
    levels: Vec<Vec<u16>>,
    ratings: Vec<(u16, u32)>,
}

#[derive(Default)]
struct Options {
    names: Vec<String>,
    numbers: BTreeMap<String, u16>,
    labels: BTreeMap<String, String>,
    declared: bool,
}

impl Options {
    fn add(&mut self, name: &str) -> Result<u16, Problem> {
        let number = u16::try_from(self.names.len())
            .map_err(|_| Problem::from(crate::error::Error::TooManyOptions(self.names.len())))?;
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        Ok(number)
    }
}

pub(super) fn read(text: &str, kind: Kind) -> Result<Read, Error> {
    let mut options = Options::default();
    let mut ballots = vec![];
    // Declarations may follow the ballots that use them.
    for (line, content) in (1_u64..).zip(text.lines()) {
        if let Some(declaration) = content.trim().strip_prefix('=') {
            declare(declaration, &mut options).map_err(|problem| Error::at(line, problem))?;
        }
    }
    for (line, content) in (1_u64..).zip(text.lines()) {
        let content = content.split('#').next().unwrap_or_default().trim();
        if content.is_empty() || content.starts_with(['{', '=']) {
            continue;
        }
        ballots.push(ballot(content, &mut options).map_err(|problem| Error::at(line, problem))?);
    }
    if ballots.is_empty() {
        return Err(Error::whole(Problem::NoBallot));
    }
    let profile = profile(&options.names, ballots, kind).map_err(Error::whole)?;
    if profile.total() == 0 {
        return Err(Error::whole(Problem::NoBallot));
    }
    Ok(Read { profile, format: Format::Abif, seats: None, labels: options.labels })
}

fn declare(declaration: &str, options: &mut Options) -> Result<(), Problem> {
    let bad = || Problem::Line("a declaration such as =A:[A name]");
    let (name, rest) = token(declaration.trim_start()).ok_or_else(bad)?;
    let label = rest.trim_start().strip_prefix(':').ok_or_else(bad)?.trim();
    let label = label.strip_prefix('[').and_then(|label| label.strip_suffix(']')).unwrap_or(label).trim();
    if options.numbers.contains_key(name) {
        return Err(Problem::DeclaredTwice(name.to_owned()));
    }
    options.add(name)?;
    options.declared = true;
    if label != name && !label.is_empty() {
        options.labels.insert(name.to_owned(), label.to_owned());
    }
    Ok(())
}

/// A name, alone or in brackets, and what follows it.
fn token(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = if let Some(inside) = text.strip_prefix('[') {
        inside.split_once(']')?
    } else {
        let end = text.find(['>', '=', ',', '/', ':', '*']).unwrap_or(text.len());
        text.split_at(end)
    };
    let name = name.trim();
    (!name.is_empty()).then_some((name, rest))
}

fn ballot(content: &str, options: &mut Options) -> Result<Ballot, Problem> {
    let digits = content.find(|c: char| !c.is_ascii_digit()).unwrap_or(content.len());
    let (number, rest) = content.split_at(digits);
    let rest = rest.trim_start();
    let rest = rest.strip_prefix([':', '*']).ok_or(Problem::Line("\"count:options\""))?;
    let found = || Problem::Number { found: number.to_owned(), expected: "a number of ballots" };
    let count = number.parse().map_err(|_| found())?;
    let mut ballot = Ballot { count, levels: vec![], ratings: vec![] };
    let mut rest = rest.trim();
    let mut joined = false;
    let mut commas = false;
    while !rest.is_empty() {
        let (name, after) = token(rest).ok_or(Problem::Line("options separated by > = or ,"))?;
        let option = match options.numbers.get(name) {
            Some(&option) => option,
            None if options.declared => return Err(Problem::Undeclared(name.to_owned())),
            None => options.add(name)?,
        };
        if ballot.levels.iter().flatten().any(|&other| other == option) {
            return Err(Problem::Twice(name.to_owned()));
        }
        match ballot.levels.last_mut() {
            Some(level) if joined => level.push(option),
            _ => ballot.levels.push(vec![option]),
        }
        rest = after.trim_start();
        if let Some(after) = rest.strip_prefix('/') {
            let after = after.trim_start();
            let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
            let (rating, after) = after.split_at(digits);
            let found = || Problem::Number { found: rating.to_owned(), expected: "a rating" };
            ballot.ratings.push((option, rating.parse().map_err(|_| found())?));
            rest = after.trim_start();
        }
        let Some(separator) = rest.chars().next() else { break };
        (joined, commas) = match separator {
            '>' => (false, commas),
            '=' => (true, commas),
            ',' => (true, true),
            _ => return Err(Problem::Line("options separated by > = or ,")),
        };
        rest = rest[1..].trim_start();
        if rest.is_empty() {
            return Err(Problem::Line("options separated by > = or ,"));
        }
    }
    // Commas give no order: ratings do.
    let named = ballot.levels.iter().flatten().count();
    if commas && ballot.ratings.len() == named {
        let mut by_rating: BTreeMap<u32, Vec<u16>> = BTreeMap::new();
        ballot.ratings.iter().for_each(|&(option, rating)| by_rating.entry(rating).or_default().push(option));
        ballot.levels = by_rating.into_values().rev().collect();
    }
    Ok(ballot)
}

fn profile(options: &[String], ballots: Vec<Ballot>, kind: Kind) -> Result<Profile, crate::error::Error> {
    let highest = ballots.iter().flat_map(|ballot| &ballot.ratings).map(|(_, rating)| *rating).max();
    match (kind, highest) {
        (Kind::Graded | Kind::Approval, Some(highest)) => {
            let mut graded: Votes<Vec<Option<u32>>> = vec![];
            for ballot in ballots {
                let mut grades = vec![None; options.len()];
                ballot
                    .ratings
                    .iter()
                    .for_each(|&(option, rating)| grades[usize::from(option)] = Some(rating));
                graded.push((grades, ballot.count));
            }
            if kind == Kind::Approval && highest <= 1 {
                let of = |grades: Vec<Option<u32>>| {
                    (0_u16..)
                        .zip(grades)
                        .filter(|(_, grade)| *grade == Some(1))
                        .map(|(option, _)| option)
                        .collect()
                };
                return Profile::approval(options, graded.into_iter().map(|(g, n)| (of(g), n)).collect());
            }
            Profile::graded(options, graded)
        }
        _ => {
            let mut ranked = vec![];
            for ballot in ballots {
                ranked.push((Ranking::weak(&ballot.levels)?, ballot.count));
            }
            Profile::ranked(options, ranked)
        }
    }
}
