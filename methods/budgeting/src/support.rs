//! Who supports what, and how much: an election seen through a satisfaction.

use crate::election::{BallotKind, Election};
use crate::rules::Satisfaction;

/// A satisfaction that this kind of ballot does not give.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("satisfaction by {satisfaction} cannot be read from {kind} ballots")]
pub struct WrongSatisfaction {
    satisfaction: Satisfaction,
    kind: BallotKind,
}

/// The supporters of each project. A group of equal ballots is one supporter with a weight.
#[derive(Debug)]
pub(crate) struct Support {
    /// Where each project's supporters start in `groups`; one more than projects.
    pub starts: Vec<usize>,
    /// The groups that get some satisfaction from the project, in order.
    pub groups: Vec<u32>,
    /// The satisfaction of one voter of the group, beside `groups`, where it is not the same for all.
    pub each: Vec<u64>,
    /// The satisfaction of each supporter of a project, where it is the same for all.
    pub same: Vec<u64>,
    /// The satisfaction beside each choice of the ballots, 1 where it is the same for all supporters, 0 where the
    /// project is named but not supported. Empty when it is 1 throughout.
    pub values: Vec<u64>,
    /// How many voters support each project.
    pub votes: Vec<u64>,
    /// The largest of `each` for each project; 1 where it is the same for all.
    pub most: Vec<u64>,
    /// The total satisfaction of each project, negative points included.
    pub scores: Vec<i128>,
    /// Satisfactions count ten to the power `-decimals` each.
    pub decimals: u32,
}

impl Support {
    pub(crate) fn new(election: &Election, satisfaction: Satisfaction) -> Result<Self, WrongSatisfaction> {
        let fits = match satisfaction {
            Satisfaction::Cost | Satisfaction::Cardinality => true,
            Satisfaction::Points => election.kind.has_points(),
            Satisfaction::Borda | Satisfaction::Ranks => election.kind == BallotKind::Ordinal,
        };
        if !fits {
            return Err(WrongSatisfaction { satisfaction, kind: election.kind });
        }
        let decimals = match satisfaction {
            Satisfaction::Cost => election.decimals,
            Satisfaction::Points => election.point_decimals,
            _ => 0,
        };
        let same = match satisfaction {
            Satisfaction::Cost => election.costs.clone(),
            Satisfaction::Cardinality => vec![1; election.projects.len()],
            _ => Vec::new(),
        };
        Ok(Self::fill(election, satisfaction, same, decimals))
    }

    /// Two walks over the ballots: how many supporters each project has, then who they are.
    fn fill(election: &Election, satisfaction: Satisfaction, same: Vec<u64>, decimals: u32) -> Self {
        let count = election.projects.len();
        let uniform = !same.is_empty() || count == 0;
        let mut sizes = vec![0_usize; count];
        let mut votes = vec![0_u64; count];
        let mut scores = vec![0_i128; count];
        each_choice(election, satisfaction, |_, weight, project, value| {
            let value = same
                .get(project)
                .map_or(value, |&u| if value > 0 { i64::try_from(u).unwrap_or(0) } else { 0 });
            if let Some(score) = scores.get_mut(project) {
                *score += i128::from(value) * i128::from(weight);
            }
            if value > 0 {
                sizes[project] += 1;
                votes[project] += u64::from(weight);
            }
        });
        let mut starts = Vec::with_capacity(count + 1);
        let mut total = 0;
        for size in &mut sizes {
            starts.push(total);
            total += std::mem::replace(size, total);
        }
        starts.push(total);
        let mut next = sizes;
        let mut groups = vec![0_u32; total];
        let mut each = if uniform { Vec::new() } else { vec![0_u64; total] };
        each_choice(election, satisfaction, |group, _, project, value| {
            let supports = same.get(project).map_or(value > 0, |&u| value > 0 && u > 0);
            if supports {
                let place = next[project];
                next[project] += 1;
                groups[place] = group;
                if !uniform {
                    each[place] = u64::try_from(value).unwrap_or(0);
                }
            }
        });
        let mut values = Vec::new();
        if !uniform || election.kind.has_points() {
            each_choice(election, satisfaction, |_, _, _, value| {
                let value = u64::try_from(value).unwrap_or(0);
                values.push(if uniform { value.min(1) } else { value });
            });
        }
        let most = |range: &[usize]| {
            each.get(range[0]..range[1]).and_then(|each| each.iter().copied().max()).unwrap_or(1)
        };
        let most = starts.windows(2).map(most).collect();
        Self { starts, groups, each, same, values, votes, most, scores, decimals }
    }

    /// Whether all supporters of a project are satisfied alike.
    pub(crate) fn uniform(&self) -> bool {
        self.each.is_empty()
    }

    /// The supporters of a project and, unless they are all satisfied alike, their satisfactions.
    pub(crate) fn of(&self, project: usize) -> (&[u32], &[u64]) {
        let range = self.starts[project]..self.starts[project + 1];
        (&self.groups[range.clone()], if self.uniform() { &[] } else { &self.each[range] })
    }
}

/// Calls with each group, its weight, each project it names and a value: points, rank points, or 1.
fn each_choice(election: &Election, satisfaction: Satisfaction, mut call: impl FnMut(u32, u32, usize, i64)) {
    for (group, (weight, chosen, points)) in election.groups().enumerate() {
        let group = u32::try_from(group).unwrap_or(u32::MAX);
        let length = i64::try_from(chosen.len()).unwrap_or(i64::MAX);
        for (place, &project) in chosen.iter().enumerate() {
            let project = usize::try_from(project).unwrap_or(usize::MAX);
            let place_value = i64::try_from(place).unwrap_or(i64::MAX);
            let value = match satisfaction {
                Satisfaction::Borda => length - place_value - 1,
                Satisfaction::Ranks => length - place_value,
                Satisfaction::Points => points.get(place).copied().unwrap_or(0),
                // A project given no point is not supported.
                _ => points.get(place).map_or(1, |&points| points.signum()),
            };
            call(group, weight, project, value);
        }
    }
}
