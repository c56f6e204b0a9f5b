//! Primal pivots: from feasible values to optimal ones.

use super::simplex::{Place, Simplex};
use super::{FEASIBLE, OPTIMAL, PIVOT, Status};

impl Simplex {
    /// Improves feasible values until no reduced cost is on the wrong side. `None`: the values went out of their
    /// bounds on the way (rounding), make them feasible and come back.
    pub(super) fn primal(&mut self) -> Option<Status> {
        let limit = 2_000 + 200 * (self.rows + self.columns());
        let mut alpha = Vec::with_capacity(self.rows);
        let mut row = Vec::with_capacity(self.rows);
        let mut still = 0_usize;
        self.compute_duals();
        let mut fresh = true;
        for _ in 0..limit {
            if self.age >= self.old() {
                self.refactor();
                self.compute_values();
                if !self.is_feasible() {
                    return None;
                }
                self.compute_duals();
                fresh = true;
            }
            // After many steps that changed nothing, the first candidate (Bland) cannot cycle.
            let Some((enters, reduced)) = self.entering(still > 200 + self.rows) else {
                if fresh {
                    return Some(Status::Optimal);
                }
                // Prices are updated from pivot to pivot: conclude only on prices computed anew.
                self.compute_duals();
                fresh = true;
                continue;
            };
            fresh = false;
            let up = reduced < 0.0;
            self.forward(enters, &mut alpha);
            let range = self.upper[enters] - self.lower[enters];
            let (step, leaving) = self.leaving(&alpha, up, range);
            if !step.is_finite() {
                return Some(Status::Unbounded);
            }
            still = if step > FEASIBLE { 0 } else { still + 1 };
            let signed = if up { step } else { -step };
            if step > 0.0 {
                for (r, &a) in alpha.iter().enumerate() {
                    if a.abs() > 0.0 {
                        let v = self.basis[r];
                        self.value[v] -= signed * a;
                    }
                }
            }
            match leaving {
                None => {
                    let to = if up { Place::Upper } else { Place::Lower };
                    self.place[enters] = to;
                    self.value[enters] = if up { self.upper[enters] } else { self.lower[enters] };
                }
                Some((r, to)) => {
                    self.value[enters] += signed;
                    self.row(r, &mut row);
                    let factor = reduced / alpha[r];
                    for (y, &b) in self.duals.iter_mut().zip(&row) {
                        *y += factor * b;
                    }
                    self.change(r, enters, &alpha, to);
                }
            }
        }
        Some(Status::Stalled)
    }

    /// The variable whose reduced cost is worst, or the first bad one.
    fn entering(&self, first: bool) -> Option<(usize, f64)> {
        let mut best: Option<(usize, f64)> = None;
        let mut worst = OPTIMAL;
        for v in 0..self.variables() {
            let at = self.place[v];
            if matches!(at, Place::Basic(_)) || self.is_fixed(v) {
                continue;
            }
            let d = self.cost[v] - self.dot(&self.duals, v);
            let bad = if at == Place::Lower { -d } else { d };
            if bad > worst {
                worst = bad;
                best = Some((v, d));
                if first {
                    break;
                }
            }
        }
        best
    }

    /// How far the entering variable can go, and which row stops it (none: its own other bound).
    fn leaving(&self, alpha: &[f64], up: bool, range: f64) -> (f64, Option<(usize, Place)>) {
        // First pass: the step allowed when every bound may be passed by the tolerance.
        let mut most = range;
        for (r, &a) in alpha.iter().enumerate() {
            if a.abs() < PIVOT {
                continue;
            }
            let v = self.basis[r];
            let falls = (a > 0.0) == up;
            let room = if falls { self.value[v] - self.lower[v] } else { self.upper[v] - self.value[v] };
            let step = (room + FEASIBLE) / a.abs();
            if step < most {
                most = step;
            }
        }
        // Second pass: the largest pivot among the rows that stop within that step.
        let mut best = 0.0;
        let mut chosen = None;
        let mut at = most;
        for (r, &a) in alpha.iter().enumerate() {
            if a.abs() < PIVOT {
                continue;
            }
            let v = self.basis[r];
            let falls = (a > 0.0) == up;
            let room = if falls { self.value[v] - self.lower[v] } else { self.upper[v] - self.value[v] };
            let step = room / a.abs();
            if step <= most && a.abs() > best {
                best = a.abs();
                at = step.max(0.0);
                chosen = Some((r, if falls { Place::Lower } else { Place::Upper }));
            }
        }
        match chosen {
            Some(_) if range <= at => (range, None),
            Some(row) => (at, Some(row)),
            None => (range, None),
        }
    }
}
