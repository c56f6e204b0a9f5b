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

#[cfg(test)]
mod tests {
    use microlp::{ComparisonOp, OptimizationDirection, Problem};
    use proptest::prelude::*;

    use super::*;

    fn number() -> impl Strategy<Value = f64> {
        (-4_i32..5).prop_map(f64::from)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

        /// Against another solver, after every change of a bound and every new column.
        #[test]
        fn optima_are_those_of_another_solver(
            costs in prop::collection::vec(number(), 6),
            matrix in prop::collection::vec(prop::collection::vec(number(), 6), 4),
            rows in prop::collection::vec((-6_i32..4, 0_i32..8), 4),
            bounds in prop::collection::vec((0_u8..3, 1_u8..4), 6),
        ) {
            let rows: Vec<(f64, f64)> =
                rows.iter().map(|(low, more)| (f64::from(*low), f64::from(low + more))).collect();
            let mut lp = Simplex::new(&rows);
            for columns in 1..=6_usize {
                let c = columns - 1;
                let entries: Vec<(usize, f64)> = (0..4).map(|r| (r, matrix[r][c])).filter(|e| e.1.abs() > 0.0).collect();
                lp.add(costs[c], 0.0, 5.0, &entries);
                let mut high = vec![5.0; columns];
                for again in [false, true] {
                    if again {
                        // A bound is tightened: the dual simplex.
                        high[c / 2] = f64::from(bounds[c].1);
                        lp.set_bounds(c / 2, f64::from(bounds[c].0.min(bounds[c].1)), high[c / 2]);
                    }
                    let mut other = Problem::new(OptimizationDirection::Minimize);
                    let variables: Vec<_> = (0..columns).map(|v| other.add_var(costs[v], lp.bounds(v))).collect();
                    for (r, row) in rows.iter().enumerate() {
                        let line: Vec<_> = variables.iter().enumerate().map(|(v, x)| (*x, matrix[r][v])).collect();
                        other.add_constraint(&line, ComparisonOp::Ge, row.0);
                        other.add_constraint(&line, ComparisonOp::Le, row.1);
                    }
                    let status = if again { lp.reoptimise() } else { lp.optimise() };
                    match other.solve() {
                        Ok(solution) => {
                            prop_assert_eq!(status, Status::Optimal);
                            let best = solution.into_solution().unwrap().objective();
                            prop_assert!((lp.objective() - best).abs() < 1e-6, "{} for {best}", lp.objective());
                            // The prices prove it: cost = Σ price × bound + Σ reduced cost × bound.
                            for v in 0..columns {
                                let (low, high) = lp.bounds(v);
                                let (x, d) = (lp.value(v), lp.reduced_cost(v));
                                prop_assert!(x > low - 1e-7 && x < high + 1e-7);
                                prop_assert!(d > -1e-7 || x > high - 1e-6, "{x} {d}");
                                prop_assert!(d < 1e-7 || x < low + 1e-6, "{x} {d}");
                            }
                        }
                        Err(_) => prop_assert_eq!(status, Status::Infeasible),
                    }
                }
                lp.set_bounds(c / 2, 0.0, 5.0);
            }
        }

        #[test]
        fn a_row_that_is_added_holds(costs in prop::collection::vec(number(), 4), most in 0_u8..6) {
            let mut lp = Simplex::new(&[(2.0, 6.0)]);
            for &cost in &costs {
                lp.add(cost, 0.0, 5.0, &[(0, 1.0)]);
            }
            prop_assert_eq!(lp.optimise(), Status::Optimal);
            lp.push_row(f64::NEG_INFINITY, f64::from(most), &[(0, 1.0), (1, 2.0)]);
            prop_assert_eq!(lp.reoptimise(), Status::Optimal);
            prop_assert!(lp.value(0) + 2.0 * lp.value(1) < f64::from(most) + 1e-9);
            let mut other = Problem::new(OptimizationDirection::Minimize);
            let x: Vec<_> = costs.iter().map(|&c| other.add_var(c, (0.0, 5.0))).collect();
            let all: Vec<_> = x.iter().map(|&x| (x, 1.0)).collect();
            other.add_constraint(&all, ComparisonOp::Ge, 2.0);
            other.add_constraint(&all, ComparisonOp::Le, 6.0);
            other.add_constraint([(x[0], 1.0), (x[1], 2.0)], ComparisonOp::Le, f64::from(most));
            let best = other.solve().unwrap().into_solution().unwrap().objective();
            prop_assert!((lp.objective() - best).abs() < 1e-7);
        }
    }
}
