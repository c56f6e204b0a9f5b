//! PrefLib (N. Mattei and T. Walsh, "PrefLib: A Library for Preferences", ADT 2013): `# KEY: value` lines, then
//! `count: 1,2,{3,4}`; in `cat` files, each place is a category.

use std::collections::BTreeMap;

use super::{Error, Format, Problem, Read};
use crate::profile::{Kind, Profile, Ranking, Votes};

struct Head {
    alternatives: Option<usize>,
    categories: Option<usize>,
    voters: Option<u64>,
    names: BTreeMap<usize, String>,
    is_cat: bool,
}

pub(super) fn read(text: &str, name: &str, kind: Kind) -> Result<Read, Error> {
    let mut head = Head {
        alternatives: None,
        categories: None,
        voters: None,
        names: BTreeMap::new(),
        is_cat: name.to_ascii_lowercase().ends_with(".cat"),
    };
    let mut ballots: Votes<Vec<Vec<u16>>> = vec![];
    let mut seen: Vec<u64> = vec![];
    let mut last_declared = 0;
    for (line, content) in (1_u64..).zip(text.lines()) {
        let content = content.trim();
        if content.is_empty() {
            continue;
        }
        if let Some(comment) = content.strip_prefix('#') {
            declare(comment, &mut head).map_err(|problem| Error::at(line, problem))?;
            last_declared = line;
            continue;
        }
        let options = head.alternatives.unwrap_or(head.names.len());
        seen.resize(options, 0);
        let (count, order) =
            content.split_once(':').ok_or(Error::at(line, Problem::Line("\"count: ranks\"")))?;
        let found = || Problem::Number { found: count.trim().to_owned(), expected: "a number of ballots" };
        let count = count.trim().parse().map_err(|_| Error::at(line, found()))?;
        let levels = places(order).ok_or(Error::at(line, Problem::Line("ranks such as 1,2,{3,4}")))?;
        let mut ballot = vec![];
        for level in levels {
            let mut place = vec![];
            for number in level {
                let unknown = || Error::at(line, Problem::Undeclared(number.to_owned()));
                let option: usize = number.parse().map_err(|_| unknown())?;
                let option = option.checked_sub(1).filter(|&option| option < options).ok_or_else(unknown)?;
                if seen[option] == line {
                    return Err(Error::at(line, Problem::Twice(number.to_owned())));
                }
                seen[option] = line;
                place.push(u16::try_from(option).map_err(|_| unknown())?);
            }
            ballot.push(place);
        }
        ballots.push((ballot, count));
    }
    let announced = head.alternatives.unwrap_or(head.names.len());
    let named = (1..=announced).filter(|number| head.names.contains_key(number)).count();
    if named != announced || head.names.len() != announced {
        return Err(Error::at(last_declared.max(1), Problem::Names { announced, named: head.names.len() }));
    }
    let found = ballots.iter().try_fold(0_u64, |sum, (_, count)| sum.checked_add(*count));
    let found = found.ok_or(Error::whole(crate::error::Error::TooLarge))?;
    if found == 0 {
        return Err(Error::whole(Problem::NoBallot));
    }
    if let Some(announced) = head.voters.filter(|&announced| announced != found) {
        return Err(Error::whole(Problem::Total { announced, found }));
    }
    let options: Vec<String> = head.names.into_values().collect();
    let profile =
        profile(&options, ballots, kind, head.is_cat.then_some(head.categories)).map_err(Error::whole)?;
    Ok(Read { profile, format: Format::Preflib, seats: None, labels: BTreeMap::new() })
}

fn declare(comment: &str, head: &mut Head) -> Result<(), Problem> {
    let Some((key, value)) = comment.split_once(':') else { return Ok(()) };
    let (key, value) = (key.trim().to_ascii_uppercase(), value.trim());
    let number =
        |expected| value.parse::<usize>().map_err(|_| Problem::Number { found: value.to_owned(), expected });
    match key.as_str() {
        "NUMBER ALTERNATIVES" => {
            let options = number("a number of options")?;
            if options > usize::from(u16::MAX) {
                return Err(crate::error::Error::TooManyOptions(options).into());
            }
            head.alternatives = Some(options);
        }
        "NUMBER CATEGORIES" => {
            head.categories = Some(number("a number of categories")?);
            head.is_cat = true;
        }
        "NUMBER VOTERS" => {
            let found = || Problem::Number { found: value.to_owned(), expected: "a number of voters" };
            head.voters = Some(value.parse().map_err(|_| found())?);
        }
        "DATA TYPE" => head.is_cat |= value.eq_ignore_ascii_case("cat"),
        _ => {
            if let Some(place) = key.strip_prefix("ALTERNATIVE NAME") {
                let found = || Problem::Number {
                    found: place.trim().to_owned(),
                    expected: "the number of an option",
                };
                let place: usize = place.trim().parse().map_err(|_| found())?;
                if head.names.insert(place, value.to_owned()).is_some() {
                    return Err(Problem::DeclaredTwice(place.to_string()));
                }
            }
        }
    }
    Ok(())
}

/// `1,{2,3},4` in places; `{}` is a place that nobody holds.
fn places(text: &str) -> Option<Vec<Vec<&str>>> {
    let mut places = vec![];
    let mut rest = text.trim();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('{') {
            let (inside, after) = after.split_once('}')?;
            let inside = inside.trim();
            places.push(if inside.is_empty() { vec![] } else { inside.split(',').map(str::trim).collect() });
            rest = after.trim_start();
            rest = match rest.strip_prefix(',') {
                Some(after) => after.trim_start(),
                None if rest.is_empty() => rest,
                None => return None,
            };
        } else {
            let (one, after) = rest.split_once(',').unwrap_or((rest, ""));
            places.push(vec![one.trim()]);
            rest = after.trim_start();
        }
    }
    Some(places)
}

fn profile(
    options: &[String],
    ballots: Votes<Vec<Vec<u16>>>,
    kind: Kind,
    categories: Option<Option<usize>>,
) -> Result<Profile, crate::error::Error> {
    let Some(declared) = categories else {
        let mut ranked = vec![];
        for (mut levels, count) in ballots {
            levels.retain(|level| !level.is_empty());
            ranked.push((Ranking::weak(&levels)?, count));
        }
        return Profile::ranked(options, ranked);
    };
    let found = ballots.iter().map(|(levels, _)| levels.len()).max().unwrap_or(0);
    let categories = declared.unwrap_or(found).max(found);
    match kind {
        // The first category approves.
        Kind::Approval => {
            let first = |levels: Vec<Vec<u16>>| levels.into_iter().next().unwrap_or_default();
            Profile::approval(options, ballots.into_iter().map(|(levels, n)| (first(levels), n)).collect())
        }
        Kind::Graded | Kind::Merits => {
            let mut graded = vec![];
            for (levels, count) in ballots {
                let mut grades = vec![None; options.len()];
                for (place, level) in levels.iter().enumerate() {
                    let grade =
                        u32::try_from(categories - 1 - place).map_err(|_| crate::error::Error::TooLarge)?;
                    level.iter().for_each(|&option| grades[usize::from(option)] = Some(grade));
                }
                graded.push((grades, count));
            }
            Profile::graded(options, graded)
        }
        _ => profile(options, ballots, kind, None),
    }
}
