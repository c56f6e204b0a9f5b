//! Projects, ballots and the budget: what every rule counts.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::intern::Interner;
use crate::number::{Decimal, DecimalError, Ratio};

/// How people vote, by the names of the Pabulib format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BallotKind {
    /// Any number of projects, all alike.
    Approval,
    /// One project at most.
    #[serde(rename = "choose-1")]
    ChooseOne,
    /// Points shared between projects, never below 0.
    Cumulative,
    /// Points for each project apart.
    Scoring,
    /// Projects from the most to the least wanted.
    Ordinal,
}

impl BallotKind {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Approval, Self::ChooseOne, Self::Cumulative, Self::Scoring, Self::Ordinal];

    /// Its name in a Pabulib file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::ChooseOne => "choose-1",
            Self::Cumulative => "cumulative",
            Self::Scoring => "scoring",
            Self::Ordinal => "ordinal",
        }
    }

    /// Whether its ballots carry points.
    #[must_use]
    pub fn has_points(self) -> bool {
        matches!(self, Self::Cumulative | Self::Scoring)
    }
}

impl fmt::Display for BallotKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl FromStr for BallotKind {
    type Err = ElectionError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or_else(|| ElectionError::UnknownKind(name.chars().take(40).collect()))
    }
}

/// A project that people vote on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Its id: a text, compared by Unicode code points ("10" comes before "2").
    pub id: String,
    /// Its name, for people; no rule looks at it.
    pub name: String,
    /// What it costs.
    pub cost: Decimal,
}

/// What a ballot may hold. Nothing set, everything is allowed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The smallest number of projects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u32>,
    /// The largest number of projects. At or above the number of projects, there is no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// The smallest total cost of the projects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_sum_cost: Option<Decimal>,
    /// The largest total cost of the projects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_sum_cost: Option<Decimal>,
    /// The fewest points for one project.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_points: Option<Decimal>,
    /// The most points for one project.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_points: Option<Decimal>,
    /// The smallest total of points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_sum_points: Option<Decimal>,
    /// The largest total of points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_sum_points: Option<Decimal>,
    /// Scoring: the points of the projects that a ballot does not name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_score: Option<Decimal>,
}

/// Why no election can be made of this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ElectionError {
    /// No such kind of ballot.
    #[error("«{0}» is no kind of ballot: approval, choose-1, cumulative, scoring, ordinal")]
    UnknownKind(String),
    /// Two projects with one id.
    #[error("project «{0}» is there twice")]
    DuplicateProject(String),
    /// A project with an empty id.
    #[error("a project has no id")]
    EmptyId,
    /// A cost under 0.
    #[error("project «{0}» has a negative cost: {1}")]
    NegativeCost(String, Decimal),
    /// A budget under 0.
    #[error("the budget is negative: {0}")]
    NegativeBudget(Decimal),
    /// More than is counted with.
    #[error("the amounts are too large or too precise to be counted together: {0}")]
    TooLarge(String),
    /// More projects or ballots than are counted.
    #[error("there are more than {0} projects or ballots")]
    TooMany(u32),
}

/// Why a ballot cannot be counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BallotError {
    /// It names a project that is not there.
    #[error("project «{0}» does not exist")]
    UnknownProject(String),
    /// It names a project twice.
    #[error("project «{0}» is chosen twice")]
    Twice(String),
    /// Fewer projects than the rules want.
    #[error("{0} projects chosen, at least {1} wanted")]
    TooShort(usize, u32),
    /// More projects than the rules allow.
    #[error("{0} projects chosen, at most {1} allowed")]
    TooLong(usize, u32),
    /// Projects that cost less than the rules want.
    #[error("the chosen projects cost {0}, at least {1} wanted")]
    TooCheap(Ratio, Decimal),
    /// Projects that cost more than the rules allow.
    #[error("the chosen projects cost {0}, at most {1} allowed")]
    TooExpensive(Ratio, Decimal),
    /// Points for one project under the limit.
    #[error("{1} points for project «{0}», at least {2} wanted")]
    TooFewPoints(String, Decimal, Decimal),
    /// Points for one project over the limit.
    #[error("{1} points for project «{0}», at most {2} allowed")]
    TooManyPoints(String, Decimal, Decimal),
    /// A total of points under the limit.
    #[error("{0} points in all, at least {1} wanted")]
    SumTooSmall(Ratio, Decimal),
    /// A total of points over the limit.
    #[error("{0} points in all, at most {1} allowed")]
    SumTooLarge(Ratio, Decimal),
    /// Not as many points as projects.
    #[error("{0} projects but {1} numbers of points")]
    Unpaired(usize, usize),
    /// Points where the kind of ballot has none, or none where it has.
    #[error("points do not go with this kind of ballot, or are missing")]
    WrongKind,
    /// Points that cannot be counted.
    #[error("points too large or too precise to be counted")]
    Uncountable,
    /// Points that cannot be read.
    #[error("points: {0}")]
    Points(#[source] DecimalError),
}

impl BallotError {
    /// Whether the ballot can be read and only breaks a limit of the rules (length, cost, points).
    #[must_use]
    pub fn is_limit(&self) -> bool {
        !matches!(
            self,
            Self::UnknownProject(_)
                | Self::Twice(_)
                | Self::Unpaired(..)
                | Self::WrongKind
                | Self::Uncountable
                | Self::Points(_)
        )
    }
}

/// One ballot, its projects by their place in the list of projects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ballot<'a> {
    /// Approval and choose-1: the projects; ordinal: from the most wanted.
    Projects(&'a [u32]),
    /// Cumulative and scoring: the projects and their points.
    Points(&'a [u32], &'a [Decimal]),
}

/// An election that can be counted. Equal ballots are kept once, with their number: no rule needs more.
#[derive(Debug, Clone)]
pub struct Election {
    pub(crate) projects: Vec<Project>,
    pub(crate) kind: BallotKind,
    /// Costs and the budget are counted in units of ten to the power `-decimals`.
    pub(crate) decimals: u32,
    pub(crate) budget: u64,
    pub(crate) costs: Vec<u64>,
    /// How many ballots there are of each group of equal ballots.
    pub(crate) weights: Vec<u32>,
    /// Where each group's projects start in `chosen`; one more than groups.
    pub(crate) starts: Vec<usize>,
    pub(crate) chosen: Vec<u32>,
    /// The points beside `chosen` (with their own decimals), when ballots have points.
    pub(crate) points: Vec<i64>,
    pub(crate) point_decimals: u32,
    pub(crate) ballots: u64,
}

impl Election {
    /// Starts an election with its projects.
    ///
    /// # Errors
    /// Ids that are empty or there twice, negative or uncountable amounts.
    pub fn builder(
        kind: BallotKind,
        budget: Decimal,
        projects: Vec<Project>,
        limits: Limits,
    ) -> Result<Builder, ElectionError> {
        Builder::new(kind, budget, projects, limits)
    }

    /// The projects, in their published order.
    #[must_use]
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// How people voted.
    #[must_use]
    pub fn kind(&self) -> BallotKind {
        self.kind
    }

    /// How many ballots there are, empty ones included.
    #[must_use]
    pub fn ballots(&self) -> u64 {
        self.ballots
    }

    /// How many different ballots there are.
    #[must_use]
    pub fn distinct_ballots(&self) -> usize {
        self.weights.len()
    }

    /// What may be spent.
    #[must_use]
    pub fn budget(&self) -> Ratio {
        self.amount(self.budget)
    }

    /// An amount of this election's units as a ratio.
    pub(crate) fn amount(&self, units: u64) -> Ratio {
        Ratio::units(units.into(), self.decimals)
    }

    /// The projects and points of a group of equal ballots. Points are empty when ballots have none.
    pub(crate) fn group(&self, group: usize) -> (&[u32], &[i64]) {
        let start = self.starts.get(group).copied().unwrap_or(0);
        let end = self.starts.get(group + 1).copied().unwrap_or(start);
        (self.chosen.get(start..end).unwrap_or(&[]), self.points.get(start..end).unwrap_or(&[]))
    }

    /// Each different ballot and how many there are of it, in the order of their first appearance.
    /// Points are given as ratios' units: see [`Election::point_decimals`].
    pub fn groups(&self) -> impl Iterator<Item = (u32, &[u32], &[i64])> {
        self.weights.iter().enumerate().map(|(group, &weight)| {
            let (chosen, points) = self.group(group);
            (weight, chosen, points)
        })
    }

    /// The points of [`Election::groups`] count ten to the power `-point_decimals` each.
    #[must_use]
    pub fn point_decimals(&self) -> u32 {
        self.point_decimals
    }

    /// The same election with some more ballots that name this project alone (ordinal: first; with points: `points`,
    /// which are those of [`Election::groups`]). It answers "how many more votes would have been enough".
    pub(crate) fn with_more(&self, project: usize, more: u32, points: i64) -> Self {
        let mut election = self.clone();
        election.weights.push(more);
        election.chosen.push(u32::try_from(project).unwrap_or(u32::MAX));
        if self.kind.has_points() {
            election.points.push(points);
        }
        election.starts.push(election.chosen.len());
        election.ballots += u64::from(more);
        election
    }

    /// The same election in which a project costs this many units ([`Election::units`]). It answers "at which cost it would
    /// have been selected".
    pub(crate) fn with_cost(&self, project: usize, units: u64) -> Result<Self, DecimalError> {
        let mut election = self.clone();
        let cost = Decimal::new(i64::try_from(units).unwrap_or(i64::MAX), self.decimals)?;
        if let (Some(units_of), Some(of)) =
            (election.costs.get_mut(project), election.projects.get_mut(project))
        {
            *units_of = units;
            of.cost = cost;
        }
        Ok(election)
    }

    /// One ballot for each project and each number of points that it was given, as many times as it was: every total is
    /// the same. The number of ballots stays what it was. Nothing when these are too many to be counted.
    pub(crate) fn totalled(&self) -> Option<Self> {
        let mut given: BTreeMap<(u32, i64), u64> = BTreeMap::new();
        for (weight, chosen, points) in self.groups() {
            for (place, &project) in chosen.iter().enumerate() {
                let points = points.get(place).copied().unwrap_or(0);
                *given.entry((project, points)).or_default() += u64::from(weight);
            }
        }
        let weights = given.values().map(|&times| u32::try_from(times)).collect::<Result<_, _>>().ok()?;
        let points = given.keys().map(|&(_, points)| points);
        Some(Self {
            projects: self.projects.clone(),
            kind: self.kind,
            decimals: self.decimals,
            budget: self.budget,
            costs: self.costs.clone(),
            weights,
            starts: (0..=given.len()).collect(),
            chosen: given.keys().map(|&(project, _)| project).collect(),
            points: if self.kind.has_points() { points.collect() } else { Vec::new() },
            point_decimals: self.point_decimals,
            ballots: self.ballots,
        })
    }

    /// How many of the units in which costs are counted make a whole unit of money.
    pub(crate) fn units(&self) -> u64 {
        10_u64.saturating_pow(self.decimals)
    }
}

/// An election under way of being made: its projects are known, ballots are added one by one.
#[derive(Debug)]
pub struct Builder {
    election: Election,
    limits: Limits,
    ids: HashMap<String, u32>,
    /// The projects of a ballot, then, with points, two halves for each.
    ballots: Interner<u32>,
    weights: Vec<u32>,
    /// The group of the last ballot that was added.
    last: usize,
    point_decimals: u32,
    seen: Vec<u64>,
    turn: u64,
    key: Vec<u32>,
    pairs: Vec<(u32, i64)>,
}

/// The most projects, and the most ballots, that are counted.
pub(crate) const MOST: u32 = 1_000_000_000;
/// The most projects.
const MOST_PROJECTS: u32 = 60_000;

impl Builder {
    fn new(
        kind: BallotKind,
        budget: Decimal,
        projects: Vec<Project>,
        limits: Limits,
    ) -> Result<Self, ElectionError> {
        if budget.is_negative() {
            return Err(ElectionError::NegativeBudget(budget));
        }
        if u32::try_from(projects.len()).is_ok_and(|n| n > MOST_PROJECTS) {
            return Err(ElectionError::TooMany(MOST_PROJECTS));
        }
        let bounds = [limits.min_sum_cost, limits.max_sum_cost];
        let amounts = projects.iter().map(|p| p.cost).chain([budget]).chain(bounds.into_iter().flatten());
        let decimals = amounts.map(Decimal::decimals).max().unwrap_or(0);
        let scaled = |amount: Decimal| {
            let units = amount.scaled(decimals).and_then(|units| u64::try_from(units).ok());
            units.ok_or_else(|| ElectionError::TooLarge(amount.to_string()))
        };
        let mut ids = HashMap::with_capacity(projects.len());
        let mut costs = Vec::with_capacity(projects.len());
        for (n, project) in projects.iter().enumerate() {
            if project.id.is_empty() {
                return Err(ElectionError::EmptyId);
            }
            if project.cost.is_negative() {
                return Err(ElectionError::NegativeCost(project.id.clone(), project.cost));
            }
            let n = u32::try_from(n).map_err(|_| ElectionError::TooMany(MOST_PROJECTS))?;
            if ids.insert(project.id.clone(), n).is_some() {
                return Err(ElectionError::DuplicateProject(project.id.clone()));
            }
            costs.push(scaled(project.cost)?);
        }
        let count = projects.len();
        let election = Election {
            projects,
            kind,
            decimals,
            budget: scaled(budget)?,
            costs,
            weights: Vec::new(),
            starts: vec![0],
            chosen: Vec::new(),
            points: Vec::new(),
            point_decimals: 0,
            ballots: 0,
        };
        Ok(Self {
            election,
            limits,
            ids,
            ballots: Interner::new(),
            weights: Vec::new(),
            last: 0,
            point_decimals: 0,
            seen: vec![0; count],
            turn: 0,
            key: Vec::new(),
            pairs: Vec::new(),
        })
    }

    /// The place of the project with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        self.ids.get(id).copied()
    }

    /// How people vote.
    #[must_use]
    pub fn kind(&self) -> BallotKind {
        self.election.kind
    }

    /// Adds a ballot that must be within the limits.
    ///
    /// # Errors
    /// Why it cannot be counted; nothing was added.
    pub fn ballot(&mut self, ballot: Ballot<'_>) -> Result<(), BallotError> {
        self.readable(ballot)?;
        self.limits(ballot)?;
        self.add(ballot)
    }

    /// Adds a ballot that may break the limits (not the format): for counting again what an organiser counted.
    ///
    /// # Errors
    /// Why it cannot be counted; nothing was added.
    pub fn ballot_beyond_limits(&mut self, ballot: Ballot<'_>) -> Result<(), BallotError> {
        self.readable(ballot)?;
        self.add(ballot)
    }

    /// Adds this many ballots that name no project: they are voters too, whom equal shares gives their share.
    ///
    /// # Errors
    /// When there are more ballots than are counted; nothing was added.
    pub fn blank(&mut self, number: u32) -> Result<(), BallotError> {
        let Some(more) = number.checked_sub(1) else { return Ok(()) };
        if self.election.ballots.saturating_add(number.into()) > u64::from(MOST) {
            return Err(BallotError::Uncountable);
        }
        self.add(if self.election.kind.has_points() {
            Ballot::Points(&[], &[])
        } else {
            Ballot::Projects(&[])
        })?;
        // The group of blank ballots is there now: the others join it. With default scores it is not that of the empty key.
        let group = self.last;
        if let Some(weight) = self.weights.get_mut(group) {
            *weight += more;
        }
        self.election.ballots += u64::from(more);
        Ok(())
    }

    /// Names projects that exist, each once, with as many points.
    fn readable(&mut self, ballot: Ballot<'_>) -> Result<(), BallotError> {
        let (projects, points) = match ballot {
            Ballot::Projects(projects) => (projects, None),
            Ballot::Points(projects, points) => (projects, Some(points)),
        };
        if points.is_some() != self.election.kind.has_points() {
            return Err(BallotError::WrongKind);
        }
        if let Some(points) = points.filter(|points| points.len() != projects.len()) {
            return Err(BallotError::Unpaired(projects.len(), points.len()));
        }
        self.turn += 1;
        for &project in projects {
            let seen = usize::try_from(project).ok().and_then(|p| self.seen.get_mut(p));
            match seen {
                None => return Err(BallotError::UnknownProject(project.to_string())),
                Some(seen) if *seen == self.turn => return Err(BallotError::Twice(self.id(project))),
                Some(seen) => *seen = self.turn,
            }
        }
        Ok(())
    }

    fn id(&self, project: u32) -> String {
        let project = usize::try_from(project).ok().and_then(|p| self.election.projects.get(p));
        project.map(|p| p.id.clone()).unwrap_or_default()
    }

    fn limits(&self, ballot: Ballot<'_>) -> Result<(), BallotError> {
        let limits = &self.limits;
        let (projects, points) = match ballot {
            Ballot::Projects(projects) => (projects, &[][..]),
            Ballot::Points(projects, points) => (projects, points),
        };
        let length = projects.len();
        let within = u32::try_from(length).unwrap_or(u32::MAX);
        if let Some(min) = limits.min_length.filter(|&min| within < min) {
            return Err(BallotError::TooShort(length, min));
        }
        let most = if self.election.kind == BallotKind::ChooseOne { Some(1) } else { None };
        let most = limits.max_length.into_iter().chain(most).min();
        if let Some(max) = most.filter(|&max| within > max) {
            return Err(BallotError::TooLong(length, max));
        }
        if limits.min_sum_cost.is_some() || limits.max_sum_cost.is_some() {
            let costs = &self.election.costs;
            let cost = |&p: &u32| usize::try_from(p).ok().and_then(|p| costs.get(p)).copied().unwrap_or(0);
            let total: u128 = projects.iter().map(cost).map(u128::from).sum();
            let amount = || Ratio::units(i128::try_from(total).unwrap_or(i128::MAX), self.election.decimals);
            let bound = |limit: Decimal| {
                limit.scaled(self.election.decimals).and_then(|l| u128::try_from(l).ok()).unwrap_or(0)
            };
            if let Some(min) = limits.min_sum_cost.filter(|&min| total < bound(min)) {
                return Err(BallotError::TooCheap(amount(), min));
            }
            if let Some(max) = limits.max_sum_cost.filter(|&max| total > bound(max)) {
                return Err(BallotError::TooExpensive(amount(), max));
            }
        }
        if self.election.kind.has_points() { self.point_limits(projects, points) } else { Ok(()) }
    }

    fn point_limits(&self, projects: &[u32], points: &[Decimal]) -> Result<(), BallotError> {
        let limits = &self.limits;
        let digits = crate::number::MOST_DECIMALS;
        let micro = |number: Decimal| number.scaled(digits).map(i128::from).ok_or(BallotError::Uncountable);
        let zero = Decimal::whole(0).map_err(|_| BallotError::Uncountable)?;
        let min = limits.min_points.unwrap_or(zero);
        let (lowest, highest) = (micro(min)?, limits.max_points.map(micro).transpose()?);
        let mut sum = 0_i128;
        for (&project, &given) in projects.iter().zip(points) {
            let value = micro(given)?;
            if value < lowest || (value < 0 && self.election.kind == BallotKind::Cumulative) {
                let least = if self.election.kind == BallotKind::Cumulative && min.is_negative() {
                    zero
                } else {
                    min
                };
                return Err(BallotError::TooFewPoints(self.id(project), given, least));
            }
            if let Some(max) = limits.max_points.filter(|_| highest.is_some_and(|most| value > most)) {
                return Err(BallotError::TooManyPoints(self.id(project), given, max));
            }
            sum += value;
        }
        if let Some(min) = limits.min_sum_points
            && sum < micro(min)?
        {
            return Err(BallotError::SumTooSmall(Ratio::units(sum, digits), min));
        }
        if let Some(max) = limits.max_sum_points
            && sum > micro(max)?
        {
            return Err(BallotError::SumTooLarge(Ratio::units(sum, digits), max));
        }
        Ok(())
    }

    fn add(&mut self, ballot: Ballot<'_>) -> Result<(), BallotError> {
        if self.election.ballots >= u64::from(MOST) {
            return Err(BallotError::Uncountable);
        }
        self.key.clear();
        match ballot {
            Ballot::Projects(projects) => {
                self.key.extend_from_slice(projects);
                if self.election.kind != BallotKind::Ordinal {
                    self.key.sort_unstable();
                }
            }
            Ballot::Points(projects, points) => {
                let decimals = points.iter().map(|p| p.decimals()).max().unwrap_or(0);
                if decimals > self.point_decimals {
                    self.rescale(decimals)?;
                }
                self.pairs.clear();
                for (&project, point) in projects.iter().zip(points) {
                    let value = point.scaled(self.point_decimals).ok_or(BallotError::Uncountable)?;
                    self.pairs.push((project, value));
                }
                if self.election.kind == BallotKind::Scoring {
                    self.default_scores(projects)?;
                }
                self.pairs.sort_unstable();
                self.key.extend(self.pairs.iter().map(|&(project, _)| project));
                for &(_, value) in &self.pairs {
                    self.key.extend(halves(value));
                }
            }
        }
        let (group, new) = self.ballots.add(&self.key);
        self.last = group;
        if new {
            self.weights.push(0);
        }
        if let Some(weight) = self.weights.get_mut(group) {
            *weight += 1;
        }
        self.election.ballots += 1;
        Ok(())
    }

    /// Projects that the ballot does not name get the default score.
    fn default_scores(&mut self, named: &[u32]) -> Result<(), BallotError> {
        let Some(score) = self.limits.default_score else { return Ok(()) };
        if score.decimals() > self.point_decimals {
            let before = self.point_decimals;
            self.rescale(score.decimals())?;
            let ten = 10_i64.pow(self.point_decimals - before);
            for (_, value) in &mut self.pairs {
                *value = value.checked_mul(ten).ok_or(BallotError::Uncountable)?;
            }
        }
        let value = score.scaled(self.point_decimals).ok_or(BallotError::Uncountable)?;
        if value != 0 {
            let all = 0..u32::try_from(self.election.projects.len()).unwrap_or(u32::MAX);
            self.pairs.extend(all.filter(|project| !named.contains(project)).map(|project| (project, value)));
        }
        Ok(())
    }

    /// Counts points more finely, in the ballots already there too.
    fn rescale(&mut self, decimals: u32) -> Result<(), BallotError> {
        let ten = 10_i64.checked_pow(decimals - self.point_decimals).ok_or(BallotError::Uncountable)?;
        let mut finer = Interner::new();
        for group in 0..self.ballots.len() {
            let mut key = self.ballots.get(group).to_vec();
            let count = key.len() / 3;
            for place in key.get_mut(count..).unwrap_or(&mut []).chunks_exact_mut(2) {
                let value = whole(place).checked_mul(ten).ok_or(BallotError::Uncountable)?;
                place.copy_from_slice(&halves(value));
            }
            finer.add(&key);
        }
        self.ballots = finer;
        self.point_decimals = decimals;
        Ok(())
    }

    /// The election, all ballots in.
    #[must_use]
    pub fn finish(self) -> Election {
        let mut election = self.election;
        election.point_decimals = self.point_decimals;
        election.weights = self.weights;
        for group in 0..self.ballots.len() {
            let key = self.ballots.get(group);
            let count = if election.kind.has_points() { key.len() / 3 } else { key.len() };
            let (projects, points) = key.split_at(count);
            election.chosen.extend_from_slice(projects);
            election.points.extend(points.chunks_exact(2).map(whole));
            election.starts.push(election.chosen.len());
        }
        election
    }
}

/// A number in two words, to stand in a key.
fn halves(value: i64) -> [u32; 2] {
    let bytes = value.to_le_bytes();
    let [a, b, c, d, e, f, g, h] = bytes;
    [u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])]
}

fn whole(halves: &[u32]) -> i64 {
    let [low, high] = [halves.first(), halves.get(1)].map(|half| half.copied().unwrap_or(0).to_le_bytes());
    let ([a, b, c, d], [e, f, g, h]) = (low, high);
    i64::from_le_bytes([a, b, c, d, e, f, g, h])
}
