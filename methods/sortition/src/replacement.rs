//! Replacing those who declined: the same rules, given who accepted.

use std::collections::BTreeSet;

use crate::problem::{Invalid, Problem};

impl Problem {
    /// The problem of filling the seats that are left. Accepted members keep their seats and count in the quotas; those
    /// who declined or cannot come any more (`gone`) leave the pool, and so do the people who share a group with either.
    /// The lottery of the result is leximin over everyone else. Places are places in the pool.
    ///
    /// # Errors
    /// A place that is not in the pool or is on both lists, no seat left, or more people than seats.
    pub fn replacement(&self, accepted: &[usize], gone: &[usize]) -> Result<Problem, Invalid> {
        let people = &self.pool().people;
        if let Some(p) = accepted.iter().chain(gone).find(|p| **p >= people.len()) {
            return Err(Invalid::Unknown { id: p.to_string() });
        }
        if let Some(&p) = accepted.iter().find(|p| gone.contains(p)) {
            return Err(Invalid::AcceptedAndGone { id: people[p].id.clone() });
        }
        let inside: BTreeSet<usize> = accepted.iter().copied().collect();
        let taken = u32::try_from(inside.len()).unwrap_or(u32::MAX);
        let Some(left) = self.seats().checked_sub(taken) else {
            return Err(Invalid::TooManyAccepted { accepted: inside.len(), seats: self.seats() });
        };
        let out: BTreeSet<usize> = accepted.iter().chain(gone).copied().collect();
        let mut closed = BTreeSet::new();
        for &p in &out {
            for (g, group) in people[p].groups.iter().enumerate() {
                if let Some(name) = group {
                    closed.insert((g, name.as_str()));
                }
            }
        }
        let stays =
            |p: usize| {
                !out.contains(&p)
                    && people[p].groups.iter().enumerate().all(|(g, group)| {
                        group.as_ref().is_none_or(|name| !closed.contains(&(g, name.as_str())))
                    })
            };
        let mut pool = self.pool().clone();
        pool.people = (0..people.len()).filter(|&p| stays(p)).map(|p| people[p].clone()).collect();
        let mut quotas = self.quotas().to_vec();
        for (quota, concerned) in quotas.iter_mut().zip(&self.concerned) {
            let have = concerned.iter().filter(|p| inside.contains(p)).count();
            let have = u32::try_from(have).unwrap_or(u32::MAX);
            for bound in [&mut quota.min, &mut quota.max, &mut quota.min_flex] {
                *bound = bound.saturating_sub(have);
            }
            quota.max_flex =
                if quota.max_flex == u32::MAX { u32::MAX } else { quota.max_flex.saturating_sub(have) };
        }
        Problem::new(pool, quotas, left)
    }
}
