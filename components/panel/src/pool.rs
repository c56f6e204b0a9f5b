//! The pool and the quotas as they are published: files whose bytes are hashed in the journal, and which
//! `parvis draw` reads as they are.

use std::collections::BTreeMap;

use parvis_civic::journal::sha256_hex;
use parvis_sortition::{Invalid, Method, Problem, read};

use crate::model::Rules;

/// The column of ids, and the one of households; no category may have these names.
pub const ID: &str = "id";
/// See [`ID`].
pub const HOUSEHOLD: &str = "household";

/// A pseudonymous row of the pool.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The pseudonym.
    pub id: String,
    /// The number of the household in this pool; empty when alone.
    pub home: String,
    /// The answers, by category.
    pub answers: BTreeMap<String, String>,
}

/// What a draw starts from, as files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// `pool.csv`.
    pub pool: Vec<u8>,
    /// `quotas.csv`.
    pub quotas: Vec<u8>,
}

impl Files {
    /// The files of these rules and rows, in the order of the pseudonyms.
    pub fn new(rules: &Rules, rows: &[Row]) -> Self {
        let mut rows: Vec<&Row> = rows.iter().collect();
        rows.sort_by(|a, b| a.id.cmp(&b.id));
        let mut titles = vec![ID];
        titles.extend(rules.categories.iter().map(|c| c.code.as_str()));
        if rules.households {
            titles.push(HOUSEHOLD);
        }
        let lines = rows.iter().map(|row| {
            let mut cells = vec![row.id.as_str()];
            cells
                .extend(rules.categories.iter().map(|c| row.answers.get(&c.code).map_or("", String::as_str)));
            if rules.households {
                cells.push(&row.home);
            }
            cells.into_iter().map(str::to_owned).collect()
        });
        let quotas = rules.categories.iter().flat_map(|c| {
            let line = |v: &crate::model::Value| {
                vec![c.code.clone(), v.code.clone(), v.min.to_string(), v.max.to_string()]
            };
            c.values.iter().map(line)
        });
        Self { pool: csv(&titles, lines), quotas: csv(&["category", "feature", "min", "max"], quotas) }
    }

    /// The SHA-256 of the pool and of the quotas, hexadecimal.
    pub fn hashes(&self) -> (String, String) {
        (sha256_hex(&self.pool), sha256_hex(&self.quotas))
    }

    /// The problem as `parvis draw` reads it from these files.
    ///
    /// # Errors
    /// What must be mended.
    pub fn problem(&self, seats: u32, households: bool) -> Result<Problem, Unfit> {
        let groups = if households { vec![HOUSEHOLD.to_owned()] } else { vec![] };
        let pool = read::pool(&self.pool, &read::Columns { id: Some(ID.into()), groups })?;
        let quotas = read::quotas(&self.quotas)?;
        Ok(Problem::new(pool, quotas, seats)?)
    }
}

/// Why files are no problem.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// They cannot be read (an empty pool).
    #[error(transparent)]
    Unreadable(#[from] read::Unreadable),
    /// They contradict themselves.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

/// The problem of the seats that are left.
///
/// # Errors
/// Ids that are not in the pool; no seat left.
pub fn left(problem: Problem, accepted: &[String], gone: &[String]) -> Result<Problem, Unfit> {
    if accepted.is_empty() && gone.is_empty() {
        return Ok(problem);
    }
    let places: BTreeMap<&str, usize> =
        problem.pool().people.iter().enumerate().map(|(p, x)| (x.id.as_str(), p)).collect();
    let find = |ids: &[String]| -> Result<Vec<usize>, Invalid> {
        let place = |id: &String| places.get(id.as_str()).copied().ok_or(Invalid::Unknown { id: id.clone() });
        ids.iter().map(place).collect()
    };
    Ok(problem.replacement(&find(accepted)?, &find(gone)?)?)
}

/// A CSV file, comma separated, lines ended by a line feed.
pub fn csv(titles: &[&str], lines: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer(vec![]);
    // Writing to memory does not fail.
    let _ = writer.write_record(titles);
    for line in lines {
        let _ = writer.write_record(&line);
    }
    writer.into_inner().unwrap_or_default()
}

/// The command that draws again from the published files.
pub fn command(rules: &Rules, round: i64, seed: Option<&str>) -> String {
    let mut said = format!("parvis draw pool.csv --quotas quotas.csv --seats {}", rules.seats);
    if rules.method != Method::Leximin {
        said.push_str(&format!(" --method {}", rules.method.code()));
    }
    if rules.households {
        said.push_str(" --household household");
    }
    if round > 1 {
        said.push_str(" --accepted accepted.txt --gone gone.txt");
    }
    if let Some(seed) = seed {
        said.push_str(&format!(" --seed '{}'", seed.replace('\'', "'\\''")));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Category, Value};

    pub(crate) fn rules() -> Rules {
        let value = |code: &str, min, max| Value { code: code.into(), min, max, ..Value::default() };
        let values = vec![value("moins de 40 ans", 1, 1), value("40, et plus", 1, 1)];
        let age = Category { code: "âge".into(), values, ..Category::default() };
        Rules { seats: 2, categories: vec![age], households: true, ..Rules::default() }
    }

    fn row(id: &str, age: &str, home: &str) -> Row {
        Row { id: id.into(), home: home.into(), answers: [("âge".into(), age.into())].into() }
    }

    #[test]
    fn files_are_those_that_the_command_reads() {
        let rows = [
            row("v2", "40, et plus", "h1"),
            row("v1", "moins de 40 ans", "h1"),
            row("v3", "moins de 40 ans", ""),
        ];
        let files = Files::new(&rules(), &rows);
        let text = String::from_utf8(files.pool.clone()).unwrap();
        assert_eq!(
            text,
            "id,âge,household\nv1,moins de 40 ans,h1\nv2,\"40, et plus\",h1\nv3,moins de 40 ans,\n"
        );
        let problem = files.problem(2, true).unwrap();
        assert_eq!(problem.pool().people.len(), 3);
        // v1 and v2 share a household: only v3 can sit with v2.
        let lottery = problem.lottery(Method::Leximin, 10, &mut |_| true).unwrap();
        assert!(lottery.tickets.iter().all(|t| t == &[1, 2]));
        let rest = left(problem, &["v3".into()], &[]).unwrap();
        assert_eq!(rest.pool().people.len(), 2);
    }

    #[test]
    fn the_command_is_the_one_to_type() {
        let mut rules = rules();
        assert_eq!(
            command(&rules, 2, Some("l'as 3 5")),
            "parvis draw pool.csv --quotas quotas.csv --seats 2 --household household --accepted accepted.txt \
             --gone gone.txt --seed 'l'\\''as 3 5'"
        );
        (rules.households, rules.method) = (false, Method::Nash);
        assert_eq!(
            command(&rules, 1, None),
            "parvis draw pool.csv --quotas quotas.csv --seats 2 --method nash"
        );
    }
}
