//! From a file to an election.

use std::collections::HashSet;

use serde::Serialize;

use super::rows::{Columns, Row, Rows, Section, said};
use super::{PbError, Reason};
use crate::election::{
    Ballot, BallotError, BallotKind, Builder, Election, ElectionError, Limits, MOST, Project,
};
use crate::intern::Interner;
use crate::number::Decimal;

/// What is done with a ballot that breaks the rules of the vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Invalid {
    /// The file is refused.
    #[default]
    Refuse,
    /// It is not counted, and reported apart.
    SetApart,
    /// It is counted as it was cast where it can be read (a project chosen twice is chosen once), and reported: to count
    /// again what an organiser counted. What cannot be read is set apart.
    AsCast,
}

/// A ballot that breaks the rules of the vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetApart {
    /// Its line, from 1.
    pub line: u64,
    /// Its voter's id.
    pub voter: String,
    /// What it breaks.
    pub reason: BallotError,
    /// Whether it was counted all the same.
    pub counted: bool,
}

/// Something that does not look right, but changes no result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// The line, from 1.
    pub line: u64,
    /// What it is.
    pub text: String,
}

/// What the file says of the result of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Listed {
    /// How many votes it had.
    pub votes: Option<u64>,
    /// Its score.
    pub score: Option<Decimal>,
    /// 1 when it was selected, 0 when not; a few places use other numbers for their own rules.
    pub selected: Option<u64>,
}

/// An election as a file tells it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What is counted.
    pub election: Election,
    /// META, in its order.
    pub meta: Vec<(String, String)>,
    /// What ballots may hold.
    pub limits: Limits,
    /// Blank ballots that the file leaves out, and that its comment counts ([`BLANK`]): they are in the election.
    pub blank: u32,
    /// What the file says of each project's result, in the order of the projects.
    pub listed: Vec<Listed>,
    /// The ballots that break the rules of the vote.
    pub set_apart: Vec<SetApart>,
    /// What does not look right.
    pub warnings: Vec<Warning>,
}

impl Reading {
    /// A value of META.
    #[must_use]
    pub fn meta(&self, key: &str) -> Option<&str> {
        self.meta.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// The winners that the file gives (`selected` is 1), when it gives any, sorted.
    #[must_use]
    pub fn official(&self) -> Option<Vec<String>> {
        self.listed.iter().any(|listed| listed.selected.is_some()).then(|| {
            let rows = self.listed.iter().zip(self.election.projects());
            let mut ids: Vec<String> =
                rows.filter(|(listed, _)| listed.selected == Some(1)).map(|(_, p)| p.id.clone()).collect();
            ids.sort_unstable();
            ids
        })
    }
}

/// What the comment of a file says before the number of blank ballots, which the format cannot hold. Whoever writes a file leaves
/// them out and says so; whoever reads it counts them again, for they are voters too.
pub const BLANK: &str = "blank ballots left out: ";

/// The number of blank ballots in a comment.
fn blank(comment: &str) -> Option<u32> {
    let rest = comment.split_once(BLANK)?.1;
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Reads a file (unpacked: see [`super::unpack()`]).
///
/// # Errors
/// The line and what is wrong there.
pub fn read(bytes: &[u8], invalid: Invalid) -> Result<Reading, PbError> {
    let mut rows = Rows::new(bytes)?;
    let meta = Meta::read(&mut rows)?;
    let (projects, listed, last) = projects(&mut rows)?;
    let election_error = |error: ElectionError| {
        let line = match &error {
            ElectionError::NegativeBudget(_) => meta.line("budget"),
            ElectionError::NegativeCost(id, _) | ElectionError::DuplicateProject(id) => {
                last_line(&projects, id)
            }
            _ => last,
        };
        PbError::new(line, error.into())
    };
    let found: Vec<Project> = projects.iter().map(|(_, project)| project.clone()).collect();
    let count = found.len();
    let builder = Election::builder(meta.kind, meta.budget, found, meta.limits).map_err(election_error)?;
    let mut votes = Votes { builder, invalid, set_apart: Vec::new() };
    votes.read(&mut rows)?;
    let Votes { mut builder, set_apart, .. } = votes;
    let blank = meta.value("comment").and_then(blank).unwrap_or(0);
    builder
        .blank(blank)
        .map_err(|_| PbError::new(meta.line("comment"), ElectionError::TooMany(MOST).into()))?;
    let election = builder.finish();
    let apart = set_apart.iter().filter(|ballot| !ballot.counted).count();
    let written = election.ballots().saturating_sub(blank.into());
    let ballots = written.saturating_add(u64::try_from(apart).unwrap_or(0));
    let mut warnings = Vec::new();
    for (key, there) in [("num_projects", u64::try_from(count).unwrap_or(u64::MAX)), ("num_votes", ballots)] {
        if let Some(said) = meta.value(key).filter(|said| said.parse() != Ok(there)) {
            warnings.push(Warning {
                line: meta.line(key),
                text: format!("{key} says {said}, there are {there}"),
            });
        }
    }
    let pairs = meta.pairs.into_iter().map(|(_, key, value)| (key, value)).collect();
    Ok(Reading { election, meta: pairs, limits: meta.limits, blank, listed, set_apart, warnings })
}

fn last_line(projects: &[(u64, Project)], id: &str) -> u64 {
    projects.iter().rev().find(|(_, project)| project.id == id).map_or(0, |(line, _)| *line)
}

struct Meta {
    pairs: Vec<(u64, String, String)>,
    kind: BallotKind,
    budget: Decimal,
    limits: Limits,
}

impl Meta {
    fn read(rows: &mut Rows<'_>) -> Result<Self, PbError> {
        match rows.next()? {
            None => return Err(PbError::new(0, Reason::Empty)),
            Some(Row::Begins(Section::Meta)) => {}
            Some(Row::Begins(_)) => return Err(PbError::new(rows.line, Reason::SectionMissing("META"))),
            Some(Row::Fields) => return Err(PbError::new(rows.line, Reason::NoSection)),
        }
        let mut pairs: Vec<(u64, String, String)> = Vec::new();
        let mut first = true;
        loop {
            match rows.next()? {
                Some(Row::Fields) => {}
                Some(Row::Begins(Section::Projects)) => break,
                Some(Row::Begins(Section::Meta)) => {
                    return Err(PbError::new(rows.line, Reason::SectionTwice("META")));
                }
                _ => return Err(PbError::new(rows.line, Reason::SectionMissing("PROJECTS"))),
            }
            let field = |n: usize| rows.fields.get(n).map(ToString::to_string).unwrap_or_default();
            let (key, value) = (field(0), field(1));
            // Some published files have no row of column names here.
            if std::mem::take(&mut first)
                && key.eq_ignore_ascii_case("key")
                && value.eq_ignore_ascii_case("value")
            {
                continue;
            }
            if pairs.iter().any(|(_, other, _)| *other == key) {
                return Err(PbError::new(rows.line, Reason::KeyTwice(key)));
            }
            pairs.push((rows.line, key, value));
        }
        let zero = PbError::new(0, Reason::Empty);
        let mut meta = Self {
            pairs,
            kind: BallotKind::Approval,
            budget: Decimal::whole(0).map_err(|_| zero)?,
            limits: Limits::default(),
        };
        let kind = meta.value("vote_type").ok_or(PbError::new(rows.line, Reason::KeyMissing("vote_type")))?;
        meta.kind =
            kind.parse().map_err(|e: ElectionError| PbError::new(meta.line("vote_type"), e.into()))?;
        meta.budget = meta.number("budget")?.ok_or(PbError::new(rows.line, Reason::KeyMissing("budget")))?;
        meta.limits = Limits {
            min_length: meta.whole("min_length")?,
            max_length: meta.whole("max_length")?,
            min_sum_cost: meta.number("min_sum_cost")?,
            max_sum_cost: meta.number("max_sum_cost")?,
            min_points: meta.number("min_points")?,
            max_points: meta.number("max_points")?,
            min_sum_points: meta.number("min_sum_points")?,
            max_sum_points: meta.number("max_sum_points")?,
            default_score: meta.number("default_score")?,
        };
        Ok(meta)
    }

    /// A value that says something.
    fn value(&self, key: &str) -> Option<&str> {
        let value = self.pairs.iter().find(|(_, name, _)| name == key).map(|(_, _, value)| value.as_str())?;
        (!value.is_empty() && !value.eq_ignore_ascii_case("none")).then_some(value)
    }

    fn line(&self, key: &str) -> u64 {
        self.pairs.iter().find(|(_, name, _)| name == key).map_or(0, |(line, _, _)| *line)
    }

    fn number(&self, key: &'static str) -> Result<Option<Decimal>, PbError> {
        self.value(key).map(|value| number(self.line(key), key, value)).transpose()
    }

    fn whole(&self, key: &'static str) -> Result<Option<u32>, PbError> {
        let Some(number) = self.number(key)? else { return Ok(None) };
        let whole = number.scaled(0).and_then(|whole| u32::try_from(whole).ok());
        let error = || {
            PbError::new(self.line(key), Reason::NotWhole { field: key.into(), value: number.to_string() })
        };
        whole.map(Some).ok_or_else(error)
    }
}

fn number(line: u64, field: &str, value: &str) -> Result<Decimal, PbError> {
    value.parse().map_err(|source| PbError::new(line, Reason::Number { field: field.into(), source }))
}

type Projects = (Vec<(u64, Project)>, Vec<Listed>, u64);

/// The projects with their lines, what the file says of their results, and the line of VOTES.
fn projects(rows: &mut Rows<'_>) -> Result<Projects, PbError> {
    let columns = header(rows, Section::Projects)?;
    let line = rows.line;
    let (id, cost) = (
        columns.need(line, Section::Projects, "project_id")?,
        columns.need(line, Section::Projects, "cost")?,
    );
    let (name, votes, score, selected) =
        (columns.find("name"), columns.find("votes"), columns.find("score"), columns.find("selected"));
    let mut projects: Vec<(u64, Project)> = Vec::new();
    let mut listed = Vec::new();
    let mut ids = HashSet::new();
    loop {
        match rows.next()? {
            Some(Row::Fields) => {}
            Some(Row::Begins(Section::Votes)) => return Ok((projects, listed, rows.line)),
            Some(Row::Begins(section)) => {
                return Err(PbError::new(rows.line, Reason::SectionTwice(section.name())));
            }
            None => return Err(PbError::new(rows.line, Reason::SectionMissing("VOTES"))),
        }
        let (line, fields) = (rows.line, &rows.fields);
        columns.fits(line, fields)?;
        let text = |column: Option<usize>| column.and_then(|c| fields.get(c)).map(ToString::to_string);
        let cost = said(fields, Some(cost)).unwrap_or("");
        let project = Project {
            id: text(Some(id)).unwrap_or_default(),
            name: text(name).unwrap_or_default(),
            cost: number(line, "cost", cost)?,
        };
        if project.id.is_empty() {
            return Err(PbError::new(line, ElectionError::EmptyId.into()));
        }
        if !ids.insert(project.id.clone()) {
            return Err(PbError::new(line, ElectionError::DuplicateProject(project.id).into()));
        }
        listed.push(Listed {
            votes: said(fields, votes).and_then(|v| v.parse().ok()),
            score: said(fields, score).and_then(|v| v.parse().ok()),
            selected: said(fields, selected).and_then(|v| v.parse().ok()),
        });
        projects.push((line, project));
    }
}

/// The row of column names of a section that has just begun.
fn header(rows: &mut Rows<'_>, section: Section) -> Result<Columns, PbError> {
    match rows.next()? {
        Some(Row::Fields) => Columns::new(rows.line, &rows.fields),
        _ => Err(PbError::new(rows.line, Reason::NoHeader(section.name()))),
    }
}

struct Votes {
    builder: Builder,
    invalid: Invalid,
    set_apart: Vec<SetApart>,
}

impl Votes {
    fn read(&mut self, rows: &mut Rows<'_>) -> Result<(), PbError> {
        let columns = header(rows, Section::Votes)?;
        let voter = columns.need(rows.line, Section::Votes, "voter_id")?;
        let vote = columns.need(rows.line, Section::Votes, "vote")?;
        let points = columns.find("points");
        let mut voters = Interner::<u8>::new();
        let (mut chosen, mut given) = (Vec::new(), Vec::new());
        loop {
            match rows.next()? {
                None => return Ok(()),
                Some(Row::Fields) => {}
                Some(Row::Begins(section)) => {
                    return Err(PbError::new(rows.line, Reason::SectionTwice(section.name())));
                }
            }
            let (line, fields) = (rows.line, &rows.fields);
            columns.fits(line, fields)?;
            let id = fields.get(voter).map_or("", |id| id.as_ref());
            if id.is_empty() {
                return Err(PbError::new(line, Reason::NoVoter));
            }
            if !voters.add(id.as_bytes()).1 {
                return Err(PbError::new(line, Reason::VoterTwice(id.into())));
            }
            let (vote, points) = (said(fields, Some(vote)), said(fields, points));
            if let Err(reason) = self.ballot(vote, points, &mut chosen, &mut given) {
                self.refused(line, id, reason, &mut chosen, &mut given)?;
            }
        }
    }

    fn ballot(
        &mut self,
        vote: Option<&str>,
        points: Option<&str>,
        chosen: &mut Vec<u32>,
        given: &mut Vec<Decimal>,
    ) -> Result<(), BallotError> {
        chosen.clear();
        given.clear();
        for id in vote.into_iter().flat_map(|vote| vote.split(',')) {
            let id = id.trim();
            let found = self.builder.find(id);
            chosen.push(found.ok_or_else(|| BallotError::UnknownProject(id.chars().take(60).collect()))?);
        }
        if !self.builder.kind().has_points() {
            return self.builder.ballot(Ballot::Projects(chosen));
        }
        for number in points.into_iter().flat_map(|points| points.split(',')) {
            given.push(number.parse().map_err(BallotError::Points)?);
        }
        self.builder.ballot(Ballot::Points(chosen, given))
    }

    fn refused(
        &mut self,
        line: u64,
        voter: &str,
        reason: BallotError,
        chosen: &mut Vec<u32>,
        given: &mut Vec<Decimal>,
    ) -> Result<(), PbError> {
        let voter = voter.to_owned();
        let counted = match self.invalid {
            Invalid::Refuse => return Err(PbError::new(line, Reason::Ballot { voter, source: reason })),
            Invalid::SetApart => false,
            Invalid::AsCast => {
                let paired = !self.builder.kind().has_points() || chosen.len() == given.len();
                let readable = paired && (reason.is_limit() || matches!(reason, BallotError::Twice(_)));
                once(chosen, given);
                let ballot = if self.builder.kind().has_points() {
                    Ballot::Points(chosen, given)
                } else {
                    Ballot::Projects(chosen)
                };
                readable && self.builder.ballot_beyond_limits(ballot).is_ok()
            }
        };
        self.set_apart.push(SetApart { line, voter, reason, counted });
        Ok(())
    }
}

/// Keeps the first mention of each project.
fn once(chosen: &mut Vec<u32>, given: &mut Vec<Decimal>) {
    let mut seen = HashSet::new();
    let first: Vec<bool> = chosen.iter().map(|project| seen.insert(*project)).collect();
    let mut keep = first.iter();
    chosen.retain(|_| keep.next().copied().unwrap_or(true));
    let mut keep = first.iter();
    given.retain(|_| keep.next().copied().unwrap_or(true));
}
