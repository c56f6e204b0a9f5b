//! Dual pivots: from values out of their bounds back to feasible ones.
#![expect(clippy::needless_range_loop, reason = "variables are numbered across several lists")]

use super::simplex::{Place, Simplex};
use super::{FEASIBLE, PIVOT, Status};

impl Simplex {
    /// Finds feasible values, whatever the costs.
    pub(super) fn make_feasible(&mut self) -> Status {
        // Reduced costs that suit the present places, all different so that ties are rare and settled by number.
        let mut reduced: Vec<f64> = (0..self.variables())
            .map(|v| {
                let spread = 1.0 + spread(v);
                match self.place[v] {
                    Place::Basic(_) => 0.0,
                    Place::Lower => spread,
                    Place::Upper => -spread,
                }
            })
            .collect();
        self.dual_loop(&mut reduced)
    }

    /// Optimises again after bounds changed. The places must suit the costs (they do after an optimum).
    pub(super) fn dual(&mut self) -> Status {
        self.compute_duals();
        let mut reduced: Vec<f64> = (0..self.variables())
            .map(|v| match self.place[v] {
                Place::Basic(_) => 0.0,
                // A reduced cost within the tolerance on the wrong side counts as zero.
                Place::Lower => (self.cost[v] - self.dot(&self.duals, v)).max(0.0),
                Place::Upper => (self.cost[v] - self.dot(&self.duals, v)).min(0.0),
            })
            .collect();
        let status = self.dual_loop(&mut reduced);
        self.compute_duals();
        status
    }

    fn dual_loop(&mut self, reduced: &mut [f64]) -> Status {
        let limit = 2_000 + 50 * (self.rows + self.columns());
        let (mut row, mut alpha) = (vec![], vec![]);
        // The pivot row; what it holds for fixed and basic variables is not read.
        let mut pivots = vec![0.0; self.variables()];
        let mut candidates: Vec<(usize, f64)> = vec![];
        for _ in 0..limit {
            if self.age >= self.old() {
                self.refactor();
                self.compute_values();
                for (v, d) in reduced.iter_mut().enumerate() {
                    if matches!(self.place[v], Place::Basic(_)) {
                        *d = 0.0;
                    }
                }
            }
            let mut worst = FEASIBLE;
            let mut chosen = None;
            for r in 0..self.rows {
                let out = self.outside(self.basis[r]);
                if out.abs() > worst {
                    worst = out.abs();
                    chosen = Some((r, out));
                }
            }
            let Some((r, out)) = chosen else { return Status::Optimal };
            self.row(r, &mut row);
            // The basic variable must rise (out < 0) or fall; which variables out of the basis can make it?
            candidates.clear();
            for v in 0..self.variables() {
                let at = self.place[v];
                if matches!(at, Place::Basic(_)) || self.is_fixed(v) {
                    continue;
                }
                let a = self.dot(&row, v);
                pivots[v] = a;
                // x_r = … − a·x_v
                let can_rise = if at == Place::Lower { -a } else { a };
                let helps = if out < 0.0 { can_rise } else { -can_rise };
                if helps > PIVOT {
                    candidates.push((v, a));
                }
            }
            if candidates.is_empty() {
                return if self.age > 0 {
                    self.refactor();
                    self.compute_values();
                    if self.is_hopeless(&mut row) { Status::Infeasible } else { continue }
                } else {
                    Status::Infeasible
                };
            }
            let most = candidates
                .iter()
                .map(|&(v, a)| (reduced[v].abs() + 1e-10) / a.abs())
                .fold(f64::INFINITY, f64::min);
            let mut best = (0.0, usize::MAX, 0.0);
            for &(v, a) in &candidates {
                if reduced[v].abs() / a.abs() <= most && a.abs() > best.0 {
                    best = (a.abs(), v, a);
                }
            }
            let (_, enters, a) = best;
            self.forward(enters, &mut alpha);
            if (alpha[r] - a).abs() > 1e-6 * (1.0 + a.abs()) && self.age > 0 {
                self.refactor();
                self.compute_values();
                continue;
            }
            let theta = reduced[enters] / a;
            for v in 0..self.variables() {
                // A fixed variable never enters: its reduced cost is not asked for.
                if !matches!(self.place[v], Place::Basic(_)) && !self.is_fixed(v) {
                    reduced[v] -= theta * pivots[v];
                }
            }
            let leaves = self.basis[r];
            reduced[enters] = 0.0;
            reduced[leaves] = -theta;
            let (bound, to) = if out < 0.0 {
                (self.lower[leaves], Place::Lower)
            } else {
                (self.upper[leaves], Place::Upper)
            };
            let step = (self.value[leaves] - bound) / alpha[r];
            for (i, &e) in alpha.iter().enumerate() {
                if e.abs() > 0.0 {
                    let v = self.basis[i];
                    self.value[v] -= step * e;
                }
            }
            self.value[enters] += step;
            self.change(r, enters, &alpha, to);
        }
        Status::Stalled
    }

    /// Whether some row that is out of its bounds cannot be brought back by any variable (on a fresh inverse).
    fn is_hopeless(&self, row: &mut Vec<f64>) -> bool {
        for r in 0..self.rows {
            let out = self.outside(self.basis[r]);
            if out.abs() <= FEASIBLE {
                continue;
            }
            self.row(r, row);
            let helped = (0..self.variables()).any(|v| {
                let at = self.place[v];
                if matches!(at, Place::Basic(_)) || self.is_fixed(v) {
                    return false;
                }
                let a = self.dot(row, v);
                let can_rise = if at == Place::Lower { -a } else { a };
                (if out < 0.0 { can_rise } else { -can_rise }) > PIVOT
            });
            if !helped {
                return true;
            }
        }
        false
    }
}

/// A number between 0 and 1 that depends on `v` alone and repeats for no neighbour.
fn spread(v: usize) -> f64 {
    let mixed = (v as u64).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    let sixteen_million = f64::from(1_u32 << 24);
    u32::try_from(mixed).map_or(0.5, |m| f64::from(m) / sixteen_million)
}
