//! One row a ballot, one column an option. A first column without a name numbers the ballots and is passed over.

use super::{Error, Format, Problem, Read, rows};
use crate::profile::{Kind, Profile, Ranking, Votes};

/// Ballots while they are read.
enum Sheet {
    Ranked(Votes<Ranking>),
    Approval(Votes<Vec<u16>>),
    PlusMinus(Votes<(Vec<u16>, Vec<u16>)>),
    Graded(Votes<Vec<Option<u32>>>),
    Points(Votes<Vec<i64>>),
}

pub(super) fn read(text: &str, kind: Kind) -> Result<Read, Error> {
    let mut header: Option<Vec<String>> = None;
    let mut skip = 0;
    let mut sheet = match kind {
        Kind::Ranked => Sheet::Ranked(vec![]),
        Kind::Approval => Sheet::Approval(vec![]),
        Kind::PlusMinus => Sheet::PlusMinus(vec![]),
        Kind::Graded | Kind::Merits => Sheet::Graded(vec![]),
        Kind::Points => Sheet::Points(vec![]),
    };
    rows::each(text, |line, record| {
        let Some(names) = &header else {
            let mut names = rows::header(record);
            skip = usize::from(names.first().is_some_and(String::is_empty));
            names.drain(..skip);
            if let Some(column) = names.iter().position(String::is_empty) {
                return Err(Error::at(line, Problem::UnnamedColumn(column + skip + 1)));
            }
            // Names are checked here, where the line is known.
            Profile::ranked(&names, vec![]).map_err(|e| Error::at(line, e))?;
            header = Some(names);
            return Ok(());
        };
        let cells = rows::cells(line, record, names.len() + skip)?.skip(skip);
        row(
            &mut sheet,
            cells.zip(names).zip(0_u16..).map(|((cell, name), option)| (cell, name.as_str(), option)),
        )
        .map_err(|problem| Error::at(line, problem))
    })?;
    let names = header.ok_or(Error::whole(Problem::Empty))?;
    let profile = match sheet {
        Sheet::Ranked(ballots) => Profile::ranked(&names, ballots),
        Sheet::Approval(ballots) => Profile::approval(&names, ballots),
        Sheet::PlusMinus(ballots) => Profile::plus_minus(&names, ballots),
        Sheet::Graded(ballots) => Profile::graded(&names, ballots),
        Sheet::Points(ballots) => Profile::points(&names, ballots),
    };
    let profile = profile.map_err(Error::whole)?;
    if profile.total() == 0 {
        return Err(Error::whole(Problem::NoBallot));
    }
    Ok(Read { profile, format: Format::Csv, seats: None, labels: Default::default() })
}

fn row<'a>(sheet: &mut Sheet, cells: impl Iterator<Item = (&'a str, &'a str, u16)>) -> Result<(), Problem> {
    match sheet {
        Sheet::Ranked(ballots) => {
            let mut ranks = vec![];
            for (cell, name, option) in cells {
                match cell {
                    "" | "-" | "0" => {}
                    _ => {
                        let rank: u32 = integer(cell, name, "a rank (1, 2, 3 … or nothing)")?;
                        ranks.push((rank, option));
                    }
                }
            }
            ranks.sort_unstable();
            let levels: Vec<Vec<u16>> = ranks
                .chunk_by(|a, b| a.0 == b.0)
                .map(|level| level.iter().map(|&(_, option)| option).collect())
                .collect();
            ballots.push((Ranking::weak(&levels)?, 1));
        }
        Sheet::Approval(ballots) => {
            let mut approved = vec![];
            for (cell, name, option) in cells {
                match cell {
                    "1" | "x" | "X" => approved.push(option),
                    "" | "0" => {}
                    _ => return Err(problem(cell, name, "an approval (1, 0 or nothing)")),
                }
            }
            ballots.push((approved, 1));
        }
        Sheet::PlusMinus(ballots) => {
            let (mut plus, mut minus) = (vec![], vec![]);
            for (cell, name, option) in cells {
                match cell {
                    "1" | "+1" | "+" => plus.push(option),
                    "-1" | "-" | "\u{2212}1" => minus.push(option),
                    "" | "0" => {}
                    _ => return Err(problem(cell, name, "a plus or minus vote (1, -1, 0 or nothing)")),
                }
            }
            ballots.push(((plus, minus), 1));
        }
        Sheet::Graded(ballots) => {
            let mut grades = vec![];
            for (cell, name, _) in cells {
                grades.push(match cell {
                    "" => None,
                    _ => Some(integer(cell, name, "a grade (0, 1, 2 … or nothing)")?),
                });
            }
            ballots.push((grades, 1));
        }
        Sheet::Points(ballots) => {
            let mut votes = vec![];
            for (cell, name, _) in cells {
                votes.push(match cell {
                    "" => 0,
                    _ => integer(cell, name, "a number of votes (… -1, 0, 1 …)")?,
                });
            }
            ballots.push((votes, 1));
        }
    }
    Ok(())
}

fn problem(cell: &str, name: &str, expected: &'static str) -> Problem {
    Problem::Cell { cell: cell.to_owned(), column: name.to_owned(), expected }
}

/// An integer; spreadsheets that write `3.0` are understood.
fn integer<N: std::str::FromStr>(cell: &str, name: &str, expected: &'static str) -> Result<N, Problem> {
    cell.strip_suffix(".0").unwrap_or(cell).parse().map_err(|_| problem(cell, name, expected))
}
