//! An order of all projects that tells equals apart.

use crate::election::Election;
use crate::outcome::Tie;
use crate::rules::Ties;

/// The rank of each project among equals: the smallest comes first.
#[derive(Debug)]
pub(crate) struct Ranking {
    pub ranks: Vec<u32>,
    /// What the rule looks at before the id: equals of it were told apart by their ids.
    keys: Vec<(u64, u64)>,
    name: &'static str,
}

/// A tie rule that does not fit the election.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WrongOrder {
    /// The order names a project that does not exist.
    #[error("the tie order names project «{0}», which does not exist")]
    Unknown(String),
    /// The order names a project twice.
    #[error("the tie order names project «{0}» twice")]
    Twice(String),
}

/// An order drawn by lot from a public seed, as [`parvis_tally::lot_order`] draws it for every count. The seed must be fixed after the votes and the ids are, by something that nobody
/// chooses.
pub fn lot<'a>(seed: &str, ids: impl Iterator<Item = &'a str>) -> Ties {
    let ids: Vec<&str> = ids.collect();
    let drawn = parvis_tally::lot_order(seed, &ids);
    Ties::Lot { ids: drawn.into_iter().map(str::to_owned).collect(), seed: seed.to_owned() }
}

impl Ranking {
    /// `votes` says how many voters chose each project.
    pub(crate) fn new(election: &Election, ties: &Ties, votes: &[u64]) -> Result<Self, WrongOrder> {
        let count = election.projects.len();
        let cost = |p: usize| election.costs.get(p).copied().unwrap_or(0);
        let most = |p: usize| u64::MAX - votes.get(p).copied().unwrap_or(0);
        let keys: Vec<(u64, u64)> = match ties {
            Ties::Lexicographic => vec![(0, 0); count],
            Ties::ByCost => (0..count).map(|p| (cost(p), most(p))).collect(),
            Ties::ByVotes => (0..count).map(|p| (most(p), cost(p))).collect(),
            Ties::Order { ids } | Ties::Lot { ids, .. } => {
                let mut keys = vec![(u64::MAX, 0); count];
                let places: std::collections::HashMap<&str, usize> = election
                    .projects
                    .iter()
                    .enumerate()
                    .map(|(p, project)| (project.id.as_str(), p))
                    .collect();
                for (n, id) in ids.iter().enumerate() {
                    let key = places.get(id.as_str()).and_then(|&p| keys.get_mut(p));
                    let key = key.ok_or_else(|| WrongOrder::Unknown(id.clone()))?;
                    if key.0 != u64::MAX {
                        return Err(WrongOrder::Twice(id.clone()));
                    }
                    key.0 = u64::try_from(n).unwrap_or(u64::MAX - 1);
                }
                keys
            }
        };
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|&p| (keys[p], &election.projects[p].id));
        let mut ranks = vec![0; count];
        for (rank, p) in order.into_iter().enumerate() {
            ranks[p] = u32::try_from(rank).unwrap_or(u32::MAX);
        }
        Ok(Self { ranks, keys, name: ties.name() })
    }

    /// The one of these equals that comes first.
    pub(crate) fn first(&self, equals: &[usize]) -> Option<usize> {
        equals.iter().copied().min_by_key(|&p| self.ranks[p])
    }

    /// Says who was chosen among these equals (two or more) for a round, and by what.
    pub(crate) fn tie(&self, election: &Election, round: u32, equals: &[usize], chosen: usize) -> Tie {
        let id = |p: usize| election.projects[p].id.clone();
        let mut projects: Vec<String> = equals.iter().map(|&p| id(p)).collect();
        projects.sort_unstable();
        let alike = equals.iter().any(|&p| p != chosen && self.keys[p] == self.keys[chosen]);
        let resolved_by = if alike { Ties::Lexicographic.name() } else { self.name };
        Tie { round, projects, resolved_by: resolved_by.into(), chosen: id(chosen), decisive: false }
    }
}
