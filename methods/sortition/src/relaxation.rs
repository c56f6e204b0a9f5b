//! Quotas that cannot be met: the smallest change that can.
//!
//! Lowering a minimum by one seat costs `1 + 2/minimum` (small quotas protect small groups), raising a maximum by one
//! seat costs 1; the change of least cost is found exactly. These are the weights of the Sortition Foundation's library,
//! so that organisers who used it find the same suggestions.

use crate::linear::{Linear, Simplex};
use crate::problem::{Problem, Quota};
use crate::search::{self, Wanted};
use crate::watch::{Report, Watch};

/// One quota to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The quota as it is.
    pub quota: Quota,
    /// The minimum that would work.
    pub suggested_min: u32,
    /// The maximum that would work.
    pub suggested_max: u32,
    /// How many people of the pool have this value.
    pub people: usize,
}

/// The smallest change of the quotas that makes a panel possible.
#[derive(Debug, Clone, PartialEq)]
pub struct Relaxation {
    /// The quotas to change.
    pub changes: Vec<Change>,
    /// What the change costs (see the module).
    pub cost: f64,
    /// Whether no change costs less (`false`: the search was told to stop).
    pub is_smallest: bool,
}

/// Why no change of the quotas helps.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoRelaxation {
    /// There are fewer people than seats.
    #[error(
        "at most {available} people can be on one panel and {seats} seats are to be filled: lower the seats to {available}, or invite more people"
    )]
    TooFewPeople {
        /// People, one a household.
        available: u32,
        /// Seats.
        seats: u32,
    },
    /// The quotas' own limits (`min_flex`, `max_flex`), or people who exclude each other, leave no panel.
    #[error(
        "no panel is possible even with every quota at its limit (min_flex, max_flex): widen these limits"
    )]
    Limits,
    /// Told to stop before a change was found.
    #[error("stopped before a change of the quotas was found: give it more time")]
    Stopped,
}

impl Problem {
    /// The smallest change of the quotas, within their flex, that makes a panel possible.
    ///
    /// # Errors
    /// Why there is none.
    pub fn relaxation(&self, report: &mut Report<'_>) -> Result<Relaxation, NoRelaxation> {
        let (available, seats) = (self.available(), self.seats());
        if available < seats {
            return Err(NoRelaxation::TooFewPeople { available, seats });
        }
        let shape = &self.shape;
        let mut of = vec![0; self.pool().people.len()];
        for (t, class) in shape.classes.iter().enumerate() {
            for &p in &class.members {
                of[p] = t;
            }
        }
        // Each quota is two rows: with its lowering above the minimum, with its raising below the maximum.
        let quotas = self.quotas();
        let mut rows = vec![(f64::from(seats), f64::from(seats))];
        for quota in quotas {
            rows.push((f64::from(quota.min), f64::INFINITY));
            rows.push((f64::NEG_INFINITY, f64::from(quota.max)));
        }
        let mut entries: Vec<Vec<(usize, f64)>> = vec![vec![(0, 1.0)]; shape.classes.len()];
        for (q, people) in self.concerned.iter().enumerate() {
            let mut classes: Vec<usize> = people.iter().map(|&p| of[p]).collect();
            classes.sort_unstable();
            classes.dedup();
            for t in classes {
                entries[t].push((1 + 2 * q, 1.0));
                entries[t].push((2 + 2 * q, 1.0));
            }
        }
        for row in &shape.rows[self.quota_rows..] {
            for &t in &row.classes {
                entries[t].push((rows.len(), 1.0));
            }
            rows.push((f64::from(row.low), f64::from(row.high)));
        }
        let mut lp = Simplex::new(&rows);
        let mut weights = vec![0.0; shape.classes.len()];
        for (class, entries) in shape.classes.iter().zip(&entries) {
            lp.add(0.0, 0.0, f64::from(class.most), entries);
        }
        for (q, quota) in quotas.iter().enumerate() {
            let lower = quota.min.saturating_sub(quota.min_flex);
            let raise = quota.max_flex.min(seats).saturating_sub(quota.max);
            lp.add(0.0, 0.0, f64::from(lower), &[(1 + 2 * q, 1.0)]);
            weights.push(-(1.0 + 2.0 / f64::from(quota.min.max(1))));
            lp.add(0.0, 0.0, f64::from(raise), &[(2 + 2 * q, -1.0)]);
            weights.push(-1.0);
        }
        let mut watch = Watch::new(report);
        let wanted = Wanted { above: -1e9, share: 1.0, nodes: usize::MAX };
        let found = search::best(&mut lp, &weights, wanted, &mut || watch.go_on());
        let Some((values, worth)) = found.best else {
            return Err(if found.complete { NoRelaxation::Limits } else { NoRelaxation::Stopped });
        };
        let of_quotas = values[shape.classes.len()..].chunks_exact(2);
        let changes = quotas
            .iter()
            .zip(&self.concerned)
            .zip(of_quotas)
            .filter(|(_, change)| change.iter().any(|&c| c > 0))
            .map(|((quota, people), change)| Change {
                quota: quota.clone(),
                suggested_min: quota.min - change[0],
                suggested_max: quota.max + change[1],
                people: people.len(),
            })
            .collect();
        Ok(Relaxation { changes, cost: -worth, is_smallest: found.complete })
    }
}
