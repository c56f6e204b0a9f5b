//! Linear programs: the one small trait that the rest of the crate asks, and the solver behind it.
//!
//! Everything here is plain IEEE 754 arithmetic in a fixed order (no threads, no hash maps, no `exp`, no `ln`, no fused
//! multiply-add), so that the same program takes the same pivots on every machine.

mod dual;
mod primal;
mod simplex;

pub(crate) use simplex::Simplex;

/// How far a value may stand outside its bounds.
pub(crate) const FEASIBLE: f64 = 1e-9;
/// How far a reduced cost may stand on the wrong side of zero.
pub(crate) const OPTIMAL: f64 = 1e-10;
/// The smallest number that a basis is changed upon.
pub(crate) const PIVOT: f64 = 1e-8;

/// How a solve ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// The values are feasible and optimal for the costs.
    Optimal,
    /// No values satisfy all rows and bounds.
    Infeasible,
    /// The cost falls without limit.
    Unbounded,
    /// The limit of pivots was reached (numerical trouble).
    Stalled,
}

/// A linear program kept between solves: minimise `cost · x` with `low ≤ A x ≤ high` and bounds on `x`.
///
/// Rows are fixed when it is made; columns can be added, and costs and bounds changed, between solves: a solve starts
/// where the last one ended.
pub(crate) trait Linear {
    /// Adds a column (cost, bounds, its non-zero coefficients by row) and returns its number.
    fn add(&mut self, cost: f64, low: f64, high: f64, entries: &[(usize, f64)]) -> usize;
    /// Changes the cost of a column.
    fn set_cost(&mut self, column: usize, cost: f64);
    /// Changes the bounds of a column.
    fn set_bounds(&mut self, column: usize, low: f64, high: f64);
    /// Changes the bounds of a row.
    fn set_row(&mut self, row: usize, low: f64, high: f64);
    /// Solves after costs changed or columns were added.
    fn optimise(&mut self) -> Status;
    /// Solves after bounds changed, the costs being those of the last optimum.
    fn reoptimise(&mut self) -> Status;
    /// The value of a column in the last solve.
    fn value(&self, column: usize) -> f64;
    /// The dual price of a row in the last solve: what one more unit of its bound adds to the cost.
    fn price(&self, row: usize) -> f64;
    /// The reduced cost of a column in the last solve.
    fn reduced_cost(&self, column: usize) -> f64;
    /// The cost of the last solve.
    fn objective(&self) -> f64;
}
