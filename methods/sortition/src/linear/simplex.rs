//! The revised simplex on bounded variables, with an explicit inverse of the basis.
//!
//! Each row has a *logical* variable equal to its activity: `A x − s = 0`, `low ≤ s ≤ high`. Variables are numbered
//! logicals first. The inverse is dense, stored by column: our programs have either a few dozen rows (panels) or a
//! few hundred (lotteries), and sparse columns, so that a change of basis is a handful of straight loops.
#![expect(clippy::needless_range_loop, reason = "matrices read best by row and column number")]

use super::{FEASIBLE, Linear, PIVOT, Status};

/// Where a variable stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the basis, in this row.
    Basic(usize),
    /// Out of it, at its lower bound.
    Lower,
    /// Out of it, at its upper bound.
    Upper,
}

/// A linear program and its basis; see [`Linear`].
#[derive(Debug, Clone)]
pub(crate) struct Simplex {
    pub(super) rows: usize,
    /// Where the entries of each structural column begin.
    start: Vec<usize>,
    index: Vec<usize>,
    coefficient: Vec<f64>,
    pub(super) lower: Vec<f64>,
    pub(super) upper: Vec<f64>,
    pub(super) cost: Vec<f64>,
    pub(super) value: Vec<f64>,
    pub(super) place: Vec<Place>,
    pub(super) basis: Vec<usize>,
    /// Inverse of the basis, column after column.
    inverse: Vec<f64>,
    pub(super) duals: Vec<f64>,
    /// Changes of basis since the inverse was last made anew.
    pub(super) age: usize,
    /// Values must be computed again from the basis (bounds or columns changed).
    pub(super) stale: bool,
    /// Changes of basis since the program was made.
    pub(crate) pivots: u64,
}

impl Simplex {
    /// A program with these bounds of rows and no column.
    pub(crate) fn new(rows: &[(f64, f64)]) -> Simplex {
        let m = rows.len();
        let mut inverse = vec![0.0; m * m];
        for i in 0..m {
            inverse[i * m + i] = -1.0;
        }
        Simplex {
            rows: m,
            start: vec![0],
            index: vec![],
            coefficient: vec![],
            lower: rows.iter().map(|r| r.0).collect(),
            upper: rows.iter().map(|r| r.1).collect(),
            cost: vec![0.0; m],
            value: vec![0.0; m],
            place: (0..m).map(Place::Basic).collect(),
            basis: (0..m).collect(),
            inverse,
            duals: vec![0.0; m],
            age: 0,
            stale: true,
            pivots: 0,
        }
    }

    /// The number of columns.
    pub(crate) fn columns(&self) -> usize {
        self.start.len() - 1
    }

    /// The number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// The bounds of a column.
    pub(crate) fn bounds(&self, column: usize) -> (f64, f64) {
        (self.lower[self.rows + column], self.upper[self.rows + column])
    }

    /// The bounds of a row.
    pub(crate) fn row_bounds(&self, row: usize) -> (f64, f64) {
        (self.lower[row], self.upper[row])
    }

    /// Whether a column is in the basis.
    pub(crate) fn is_basic(&self, column: usize) -> bool {
        matches!(self.place[self.rows + column], Place::Basic(_))
    }

    /// Adds a row; its logical enters the basis, so that the prices stay right and only the values may be out.
    pub(crate) fn push_row(&mut self, low: f64, high: f64, entries: &[(usize, f64)]) -> usize {
        let m = self.rows;
        let mut by_column = vec![0.0; self.columns()];
        for &(column, c) in entries {
            by_column[column] += c;
        }
        let (mut start, mut index, mut coefficient) = (vec![0], vec![], vec![]);
        for (column, &extra) in by_column.iter().enumerate() {
            let range = self.start[column]..self.start[column + 1];
            index.extend_from_slice(&self.index[range.clone()]);
            coefficient.extend_from_slice(&self.coefficient[range]);
            if extra.abs() > 0.0 {
                index.push(m);
                coefficient.push(extra);
            }
            start.push(index.len());
        }
        (self.start, self.index, self.coefficient) = (start, index, coefficient);
        for v in &mut self.basis {
            *v += usize::from(*v >= m);
        }
        self.basis.push(m);
        self.lower.insert(m, low);
        self.upper.insert(m, high);
        self.cost.insert(m, 0.0);
        self.value.insert(m, 0.0);
        self.place.insert(m, Place::Basic(m));
        self.duals.push(0.0);
        self.rows = m + 1;
        self.inverse = vec![0.0; self.rows * self.rows];
        self.refactor();
        m
    }

    pub(super) fn variables(&self) -> usize {
        self.value.len()
    }

    fn entries(&self, variable: usize) -> (&[usize], &[f64]) {
        let column = variable - self.rows;
        let range = self.start[column]..self.start[column + 1];
        (&self.index[range.clone()], &self.coefficient[range])
    }

    /// `row · a`, for the column of a variable.
    #[inline]
    pub(super) fn dot(&self, row: &[f64], variable: usize) -> f64 {
        if variable < self.rows {
            return -row[variable];
        }
        let (index, coefficient) = self.entries(variable);
        index.iter().zip(coefficient).map(|(&i, &c)| c * row[i]).sum()
    }

    /// `B⁻¹ a`, for the column of a variable.
    pub(super) fn forward(&self, variable: usize, into: &mut Vec<f64>) {
        let m = self.rows;
        into.clear();
        into.resize(m, 0.0);
        if variable < m {
            for (x, &b) in into.iter_mut().zip(&self.inverse[variable * m..(variable + 1) * m]) {
                *x = -b;
            }
            return;
        }
        let (index, coefficient) = self.entries(variable);
        for (&i, &c) in index.iter().zip(coefficient) {
            for (x, &b) in into.iter_mut().zip(&self.inverse[i * m..(i + 1) * m]) {
                *x += c * b;
            }
        }
    }

    /// Row `r` of `B⁻¹`.
    pub(super) fn row(&self, r: usize, into: &mut Vec<f64>) {
        into.clear();
        into.extend((0..self.rows).map(|i| self.inverse[i * self.rows + r]));
    }

    /// The dual prices of the costs, from the inverse.
    pub(super) fn compute_duals(&mut self) {
        let m = self.rows;
        let basic: Vec<(usize, f64)> =
            (0..m).map(|r| (r, self.cost[self.basis[r]])).filter(|&(_, c)| c.abs() > 0.0).collect();
        for i in 0..m {
            let column = &self.inverse[i * m..(i + 1) * m];
            self.duals[i] = basic.iter().map(|&(r, c)| c * column[r]).sum();
        }
    }

    /// Puts every variable out of the basis on its bound, and computes the basic values from them.
    pub(super) fn compute_values(&mut self) {
        let m = self.rows;
        let mut right = vec![0.0; m];
        for v in 0..self.variables() {
            let x = match self.place[v] {
                Place::Basic(_) => continue,
                Place::Lower => self.lower[v],
                Place::Upper => self.upper[v],
            };
            self.value[v] = x;
            if x.abs() > 0.0 {
                if v < m {
                    right[v] += x;
                } else {
                    let range = self.start[v - m]..self.start[v - m + 1];
                    for e in range {
                        right[self.index[e]] -= self.coefficient[e] * x;
                    }
                }
            }
        }
        let mut basic = vec![0.0; m];
        for (i, &b) in right.iter().enumerate() {
            if b.abs() > 0.0 {
                for (x, &e) in basic.iter_mut().zip(&self.inverse[i * m..(i + 1) * m]) {
                    *x += e * b;
                }
            }
        }
        for (r, x) in basic.into_iter().enumerate() {
            self.value[self.basis[r]] = x;
        }
        self.stale = false;
    }

    /// Makes the inverse anew from the basis; a column that depends on others gives its place to a logical.
    pub(super) fn refactor(&mut self) {
        let m = self.rows;
        self.inverse.iter_mut().for_each(|x| *x = 0.0);
        let mut free = vec![true; m];
        for v in self.basis.clone() {
            if v < m {
                free[v] = false;
            }
        }
        for i in 0..m {
            self.inverse[i * m + i] = -1.0;
        }
        let mut inside: Vec<usize> = self.basis.iter().copied().filter(|&v| v >= m).collect();
        inside.sort_by_key(|&v| (self.start[v - m + 1] - self.start[v - m], v));
        self.basis = (0..m).collect();
        for i in 0..m {
            if !free[i] {
                self.place[i] = Place::Basic(i);
            }
        }
        let mut alpha = vec![];
        for v in inside {
            self.forward(v, &mut alpha);
            let mut best = (0.0, usize::MAX);
            for (r, a) in alpha.iter().enumerate() {
                if free[r] && a.abs() > best.0 {
                    best = (a.abs(), r);
                }
            }
            if best.0 < 1e-11 {
                self.place[v] = self.nearest(v);
                continue;
            }
            free[best.1] = false;
            self.pivot_inverse(best.1, &alpha);
            self.basis[best.1] = v;
            self.place[v] = Place::Basic(best.1);
        }
        for (i, is_free) in free.iter().enumerate() {
            if *is_free {
                self.place[i] = Place::Basic(i);
            }
        }
        self.age = 0;
        self.stale = true;
    }

    /// The bound that a variable which leaves the basis without a pivot goes to.
    pub(super) fn nearest(&self, v: usize) -> Place {
        let (low, high) = (self.lower[v], self.upper[v]);
        if low.is_finite()
            && (!high.is_finite() || (self.value[v] - low).abs() <= (self.value[v] - high).abs())
        {
            Place::Lower
        } else {
            Place::Upper
        }
    }

    /// The inverse after the column `alpha = B⁻¹ a` takes row `r`.
    fn pivot_inverse(&mut self, r: usize, alpha: &[f64]) {
        let m = self.rows;
        let scale = 1.0 / alpha[r];
        for i in 0..m {
            let column = &mut self.inverse[i * m..(i + 1) * m];
            let at = column[r];
            if at.abs() > 0.0 {
                let factor = at * scale;
                for (x, &a) in column.iter_mut().zip(alpha) {
                    *x -= factor * a;
                }
                column[r] = factor;
            }
        }
    }

    /// Variable `enters` takes row `r`; what was there goes to `leaves_to`.
    pub(super) fn change(&mut self, r: usize, enters: usize, alpha: &[f64], leaves_to: Place) {
        self.pivot_inverse(r, alpha);
        let leaves = self.basis[r];
        self.place[leaves] = leaves_to;
        self.value[leaves] = match leaves_to {
            Place::Upper => self.upper[leaves],
            _ => self.lower[leaves],
        };
        self.basis[r] = enters;
        self.place[enters] = Place::Basic(r);
        self.age += 1;
        self.pivots += 1;
    }

    /// How far a variable stands outside its bounds: negative below, positive above.
    pub(super) fn outside(&self, v: usize) -> f64 {
        let x = self.value[v];
        if x < self.lower[v] {
            x - self.lower[v]
        } else if x > self.upper[v] {
            x - self.upper[v]
        } else {
            0.0
        }
    }

    pub(super) fn is_feasible(&self) -> bool {
        self.basis.iter().all(|&v| self.outside(v).abs() <= FEASIBLE * 10.0)
    }

    /// The age at which the inverse is made anew.
    pub(super) fn old(&self) -> usize {
        (self.rows / 2).clamp(60, 400)
    }

    /// Refreshes what is stale or old.
    pub(super) fn refresh(&mut self) {
        if self.age >= self.old() {
            self.refactor();
        }
        if self.stale {
            self.compute_values();
        }
    }

    pub(super) fn is_fixed(&self, v: usize) -> bool {
        self.upper[v] - self.lower[v] < PIVOT * 1e-6
    }
}

impl Linear for Simplex {
    fn add(&mut self, cost: f64, low: f64, high: f64, entries: &[(usize, f64)]) -> usize {
        for &(i, c) in entries {
            self.index.push(i);
            self.coefficient.push(c);
        }
        self.start.push(self.index.len());
        self.lower.push(low);
        self.upper.push(high);
        self.cost.push(cost);
        let place = if low.is_finite() { Place::Lower } else { Place::Upper };
        let value = if low.is_finite() { low } else { high };
        self.place.push(place);
        self.value.push(value);
        if value.abs() > 0.0 {
            self.stale = true;
        }
        self.columns() - 1
    }

    fn set_cost(&mut self, column: usize, cost: f64) {
        self.cost[self.rows + column] = cost;
    }

    fn set_bounds(&mut self, column: usize, low: f64, high: f64) {
        let v = self.rows + column;
        self.lower[v] = low;
        self.upper[v] = high;
        self.stale = true;
    }

    fn set_row(&mut self, row: usize, low: f64, high: f64) {
        self.lower[row] = low;
        self.upper[row] = high;
        if let Place::Lower | Place::Upper = self.place[row] {
            // A bound may have become infinite.
            let to_upper = !low.is_finite() || (high.is_finite() && self.place[row] == Place::Upper);
            self.place[row] = if to_upper { Place::Upper } else { Place::Lower };
        }
        self.stale = true;
    }

    fn optimise(&mut self) -> Status {
        for _ in 0..20 {
            self.refresh();
            if !self.is_feasible() {
                match self.make_feasible() {
                    Status::Optimal => {}
                    other => return other,
                }
            }
            match self.primal() {
                Some(status) => return status,
                None => continue,
            }
        }
        Status::Stalled
    }

    fn reoptimise(&mut self) -> Status {
        self.refresh();
        match self.dual() {
            // Reduced costs may have drifted within the tolerance of the ratio test.
            Status::Optimal => self.optimise(),
            Status::Stalled => {
                self.refactor();
                self.optimise()
            }
            other => other,
        }
    }

    fn value(&self, column: usize) -> f64 {
        self.value[self.rows + column]
    }

    fn price(&self, row: usize) -> f64 {
        // `A x − s = 0`: raising the bound of s by one costs what the equation's dual price is.
        self.duals[row]
    }

    fn reduced_cost(&self, column: usize) -> f64 {
        let v = self.rows + column;
        self.cost[v] - self.dot(&self.duals, v)
    }

    fn objective(&self) -> f64 {
        self.cost.iter().zip(&self.value).map(|(c, x)| c * x).sum()
    }
}
