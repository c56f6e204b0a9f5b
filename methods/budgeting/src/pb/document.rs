//! From an election to a file, in the order of sections and columns that `pabulib-checker` wants.

use super::rows::{Columns, Row, Rows, Section};
use super::{PbError, Reason};
use crate::election::{BallotKind, Limits};
use crate::number::{Decimal, Ratio};

/// Rows under named columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows; a row may be shorter than the columns.
    pub rows: Vec<Vec<String>>,
}

/// The three sections of a file, as texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// META.
    pub meta: Vec<(String, String)>,
    /// PROJECTS.
    pub projects: Table,
    /// VOTES.
    pub votes: Table,
}

/// What META says for people; what is counted is added by [`Document::new`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heading {
    /// What this is: "Budget participatif de …".
    pub description: String,
    /// The country's English name: "France".
    pub country: String,
    /// The town or body.
    pub unit: String,
    /// The district, when there are several.
    pub subunit: String,
    /// Which one: a year.
    pub instance: String,
    /// The first and last day of the vote, `DD.MM.YYYY`.
    pub dates: (String, String),
    /// The language, two letters.
    pub language: String,
    /// The currency, three letters.
    pub currency: String,
    /// How many there were before, with this one.
    pub edition: String,
    /// The rule by its Pabulib name: `greedy`, `equalshares`, `equalshares/add1`, `unknown` …
    pub rule: String,
    /// Anything to know; it is written `#1: …`.
    pub comment: String,
}

/// A project to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedProject {
    /// Its id, without comma, semicolon or quote.
    pub id: String,
    /// Its cost.
    pub cost: Decimal,
    /// Its name.
    pub name: String,
    /// Its categories.
    pub categories: Vec<String>,
    /// Whether it was selected; nothing before the count.
    pub selected: Option<bool>,
    /// Latitude and longitude in degrees, as decimal texts.
    pub place: Option<(String, String)>,
}

/// A ballot to write. Whoever exports shuffles them first: their order must say nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedBallot {
    /// A number or code that leads to nobody.
    pub voter: String,
    /// The projects' ids (ordinal: from the most wanted).
    pub vote: Vec<String>,
    /// Their points, where the kind of ballot has points.
    pub points: Vec<Decimal>,
    /// `internet` or `paper`; empty when it is not said.
    pub method: String,
}

/// Why no file can be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// An id that a list of ids cannot hold.
    #[error("the id «{0}» is empty or holds a comma, a semicolon, a quote or a space at an end")]
    Id(String),
    /// A ballot with a project that is not there.
    #[error("a ballot names project «{0}», which is not there")]
    Unknown(String),
    /// As many points as projects are wanted.
    #[error("the ballot of voter {0} does not have as many points as projects")]
    Unpaired(String),
}

impl Document {
    /// A file of an election, with the votes and scores counted.
    ///
    /// # Errors
    /// Ids that the format cannot hold, ballots that name unknown projects.
    pub fn new(
        heading: &Heading,
        kind: BallotKind,
        budget: Decimal,
        limits: &Limits,
        projects: &[ExportedProject],
        ballots: &[ExportedBallot],
    ) -> Result<Self, DocumentError> {
        let tallies = tallies(kind, projects, ballots)?;
        Ok(Self {
            meta: meta(heading, kind, budget, limits, projects, ballots.len()),
            projects: projects_table(kind, projects, &tallies),
            votes: votes_table(kind, ballots),
        })
    }

    /// Reads the three sections as they stand, without counting anything.
    ///
    /// # Errors
    /// The line and what is wrong there.
    pub fn read(bytes: &[u8]) -> Result<Self, PbError> {
        let mut rows = Rows::new(bytes)?;
        let mut document = Self::default();
        let mut section = None;
        let mut named = false;
        while let Some(row) = rows.next()? {
            let line = rows.line;
            match (row, section) {
                (Row::Begins(next), now) if now.is_none_or(|now| now < next) => {
                    (section, named) = (Some(next), false);
                }
                (Row::Begins(next), _) => return Err(PbError::new(line, Reason::SectionTwice(next.name()))),
                (Row::Fields, None) => return Err(PbError::new(line, Reason::NoSection)),
                (Row::Fields, Some(Section::Meta)) if !named => {
                    named = true;
                    let field = |n: usize| rows.fields.get(n).map(ToString::to_string).unwrap_or_default();
                    if !(field(0).eq_ignore_ascii_case("key") && field(1).eq_ignore_ascii_case("value")) {
                        document.meta.push((field(0), field(1)));
                    }
                }
                (Row::Fields, Some(section)) if !named => {
                    let names = Columns::new(line, &rows.fields)?.names;
                    match section {
                        Section::Meta => {}
                        Section::Projects => document.projects.columns = names,
                        Section::Votes => document.votes.columns = names,
                    }
                    named = true;
                }
                (Row::Fields, Some(section)) => {
                    let fields: Vec<String> = rows.fields.iter().map(ToString::to_string).collect();
                    match section {
                        Section::Meta => {
                            let mut fields = fields.into_iter();
                            let key = fields.next().unwrap_or_default();
                            document.meta.push((key, fields.next().unwrap_or_default()));
                        }
                        Section::Projects => document.projects.rows.push(fields),
                        Section::Votes => document.votes.rows.push(fields),
                    }
                }
            }
        }
        if section == Some(Section::Votes) {
            Ok(document)
        } else {
            let missing = if section.is_none() { Reason::Empty } else { Reason::SectionMissing("VOTES") };
            Err(PbError::new(rows.line, missing))
        }
    }

    /// The file.
    #[must_use]
    pub fn write(&self) -> String {
        let mut out = String::from("META\nkey;value\n");
        for (key, value) in &self.meta {
            row(&mut out, [key.as_str(), value.as_str()].into_iter());
        }
        for (section, table) in [("PROJECTS", &self.projects), ("VOTES", &self.votes)] {
            out.push_str(section);
            out.push('\n');
            row(&mut out, table.columns.iter().map(String::as_str));
            for fields in &table.rows {
                let empty = table.columns.len().saturating_sub(fields.len());
                row(&mut out, fields.iter().map(String::as_str).chain(std::iter::repeat_n("", empty)));
            }
        }
        out
    }
}

fn row<'a>(out: &mut String, fields: impl Iterator<Item = &'a str>) {
    for (n, field) in fields.enumerate() {
        if n > 0 {
            out.push(';');
        }
        // A field never holds a line break: readers that go line by line would be lost.
        let field = field.replace(['\n', '\r'], " ");
        let field = field.trim();
        if field.contains([';', '"']) {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(field);
        }
    }
    out.push('\n');
}

/// The votes and the score of each project.
fn tallies(
    kind: BallotKind,
    projects: &[ExportedProject],
    ballots: &[ExportedBallot],
) -> Result<Vec<(u64, Ratio)>, DocumentError> {
    let mut places = std::collections::HashMap::new();
    for (n, project) in projects.iter().enumerate() {
        let id = project.id.as_str();
        if id.is_empty()
            || id.trim() != id
            || id.contains([',', ';', '"', '\n'])
            || places.insert(id, n).is_some()
        {
            return Err(DocumentError::Id(id.into()));
        }
    }
    let mut tallies = vec![(0_u64, num_rational::BigRational::default()); projects.len()];
    for ballot in ballots {
        if kind.has_points() && ballot.points.len() != ballot.vote.len() {
            return Err(DocumentError::Unpaired(ballot.voter.clone()));
        }
        for (n, id) in ballot.vote.iter().enumerate() {
            let place = places.get(id.as_str()).ok_or_else(|| DocumentError::Unknown(id.clone()))?;
            let Some(tally) = tallies.get_mut(*place) else { continue };
            tally.0 += 1;
            if let Some(points) = ballot.points.get(n) {
                tally.1 += points.ratio().inner();
            }
        }
    }
    Ok(tallies.into_iter().map(|(votes, score)| (votes, Ratio::from_inner(score))).collect())
}

fn meta(
    heading: &Heading,
    kind: BallotKind,
    budget: Decimal,
    limits: &Limits,
    projects: &[ExportedProject],
    ballots: usize,
) -> Vec<(String, String)> {
    let number = |limit: Option<Decimal>| limit.map(|limit| limit.to_string()).unwrap_or_default();
    let count = |limit: Option<u32>| limit.map(|limit| limit.to_string()).unwrap_or_default();
    let total: num_rational::BigRational = projects.iter().map(|p| p.cost.ratio().inner().clone()).sum();
    let all = total <= *budget.ratio().inner();
    let comment = if heading.comment.is_empty() { String::new() } else { format!("#1: {}", heading.comment) };
    let pairs = [
        ("description", heading.description.clone()),
        ("country", heading.country.clone()),
        ("unit", heading.unit.clone()),
        ("subunit", heading.subunit.clone()),
        ("instance", heading.instance.clone()),
        ("num_projects", projects.len().to_string()),
        ("num_votes", ballots.to_string()),
        ("budget", budget.to_string()),
        ("vote_type", kind.name().into()),
        ("rule", if heading.rule.is_empty() { "unknown".into() } else { heading.rule.clone() }),
        ("date_begin", heading.dates.0.clone()),
        ("date_end", heading.dates.1.clone()),
        ("min_length", count(limits.min_length)),
        ("max_length", count(limits.max_length)),
        ("min_sum_cost", number(limits.min_sum_cost)),
        ("max_sum_cost", number(limits.max_sum_cost)),
        ("min_points", number(limits.min_points)),
        ("max_points", number(limits.max_points)),
        ("min_sum_points", number(limits.min_sum_points)),
        ("max_sum_points", number(limits.max_sum_points)),
        ("default_score", number(limits.default_score)),
        ("edition", heading.edition.clone()),
        ("language", heading.language.clone()),
        ("currency", heading.currency.clone()),
        ("fully_funded", if all { "1".into() } else { String::new() }),
        ("comment", comment),
    ];
    let said = pairs.into_iter().filter(|(_, value)| !value.trim().is_empty());
    said.map(|(key, value)| (key.to_owned(), value)).collect()
}

fn projects_table(kind: BallotKind, projects: &[ExportedProject], tallies: &[(u64, Ratio)]) -> Table {
    let categories = projects.iter().any(|p| !p.categories.is_empty());
    let selected = projects.iter().all(|p| p.selected.is_some()) && !projects.is_empty();
    let places = projects.iter().any(|p| p.place.is_some());
    let optional = [
        ("votes", true),
        ("score", kind.has_points()),
        ("name", true),
        ("category", categories),
        ("selected", selected),
        ("latitude", places),
        ("longitude", places),
    ];
    let wanted = |name: &str| optional.iter().any(|(one, wanted)| *one == name && *wanted);
    let columns = ["project_id", "cost"].into_iter().chain(optional.iter().filter(|o| o.1).map(|o| o.0));
    let row = |(project, (votes, score)): (&ExportedProject, &(u64, Ratio))| {
        let mut fields = vec![project.id.clone(), project.cost.to_string(), votes.to_string()];
        let mut push = |name: &str, value: String| {
            if wanted(name) {
                fields.push(value);
            }
        };
        push("score", score.to_string());
        push("name", project.name.clone());
        // Commas part the categories; none may hold one.
        let categories: Vec<String> =
            project.categories.iter().map(|c| c.replace(',', " ").trim().into()).collect();
        push("category", categories.join(","));
        push("selected", u8::from(project.selected.unwrap_or(false)).to_string());
        let (latitude, longitude) = project.place.clone().unwrap_or_default();
        push("latitude", latitude);
        push("longitude", longitude);
        fields
    };
    Table {
        columns: columns.map(str::to_owned).collect(),
        rows: projects.iter().zip(tallies).map(row).collect(),
    }
}

fn votes_table(kind: BallotKind, ballots: &[ExportedBallot]) -> Table {
    let methods = ballots.iter().any(|ballot| !ballot.method.is_empty());
    let mut columns = vec!["voter_id".to_owned(), "vote".into()];
    columns.extend(kind.has_points().then(|| "points".into()));
    columns.extend(methods.then(|| "voting_method".into()));
    let rows = ballots.iter().map(|ballot| {
        let mut order: Vec<usize> = (0..ballot.vote.len()).collect();
        if kind.has_points() {
            // From the most points down, as other readers expect.
            order.sort_by(|&a, &b| {
                let points = |n: usize| ballot.points.get(n).map(|p| p.ratio().inner().clone());
                points(b).cmp(&points(a))
            });
        }
        let ids = order.iter().filter_map(|&n| ballot.vote.get(n)).cloned().collect::<Vec<_>>().join(",");
        let mut row = vec![ballot.voter.clone(), ids];
        if kind.has_points() {
            let points = order.iter().filter_map(|&n| ballot.points.get(n)).map(ToString::to_string);
            row.push(points.collect::<Vec<_>>().join(","));
        }
        if methods {
            row.push(ballot.method.clone());
        }
        row
    });
    Table { rows: rows.collect(), columns }
}
