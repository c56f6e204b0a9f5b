//! Branch and bound: the best panel for given weights, exactly.

use crate::linear::{Linear, Simplex, Status};

/// A value this close to an integer is that integer.
const INTEGRAL: f64 = 1e-6;

/// What a search must find, and when it may stop.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    /// Only what is worth more than this is looked for.
    pub(crate) above: f64,
    /// The search stops at the first find worth this share of the way from `above` to the bound of the root (1: the
    /// search goes on until nothing better can exist).
    pub(crate) share: f64,
    /// The most nodes to look at.
    pub(crate) nodes: usize,
}

/// What a search found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// The best integer values, and what they are worth.
    pub(crate) best: Option<(Vec<u32>, f64)>,
    /// Nothing is worth more than this (the bound of the root when the search was cut short).
    pub(crate) bound: f64,
    /// Whether `bound` is proven down to `best` (or to `above` when nothing was found).
    pub(crate) complete: bool,
}

struct Frame {
    column: usize,
    bounds: (f64, f64),
    other: Option<(f64, f64)>,
}

/// Maximises `weights · x` over the integer points of a program (the first `weights.len()` columns, all integer).
/// `go_on` is asked at every node.
pub(crate) fn best(
    lp: &mut Simplex,
    weights: &[f64],
    wanted: Wanted,
    go_on: &mut dyn FnMut() -> bool,
) -> Found {
    for (column, w) in weights.iter().enumerate() {
        lp.set_cost(column, -w);
    }
    let root = match lp.optimise() {
        Status::Optimal => -lp.objective(),
        Status::Infeasible => {
            return Found { best: None, bound: f64::NEG_INFINITY, complete: true };
        }
        Status::Unbounded | Status::Stalled => {
            return Found { best: None, bound: f64::INFINITY, complete: false };
        }
    };
    let mut found = Found { best: None, bound: root, complete: false };
    if root <= wanted.above {
        found.complete = true;
        return found;
    }
    let enough = wanted.above + wanted.share * (root - wanted.above);
    let mut stack: Vec<Frame> = vec![];
    let mut status = Status::Optimal;
    let mut nodes = 0;
    'nodes: loop {
        nodes += 1;
        let floor = found.best.as_ref().map_or(wanted.above, |b| b.1);
        let alive = match status {
            Status::Optimal => -lp.objective() > floor + 1e-9 * (1.0 + floor.abs()),
            Status::Infeasible => false,
            // Numerical trouble: nothing is proven any more.
            Status::Unbounded | Status::Stalled => break,
        };
        let branch = if alive { most_fractional(lp, weights.len()) } else { None };
        match branch {
            Some((column, x)) => {
                if nodes > wanted.nodes || !go_on() {
                    break;
                }
                let bounds = lp.bounds(column);
                let down = (bounds.0, x.floor());
                let up = (x.floor() + 1.0, bounds.1);
                let (first, other) = (up, down);
                stack.push(Frame { column, bounds, other: Some(other) });
                lp.set_bounds(column, first.0, first.1);
            }
            None => {
                if alive {
                    let values: Vec<u32> = (0..weights.len()).map(|c| count(lp.value(c))).collect();
                    let worth = values.iter().zip(weights).map(|(&x, w)| f64::from(x) * w).sum::<f64>();
                    if worth > floor {
                        found.best = Some((values, worth));
                        if worth >= enough && wanted.share < 1.0 {
                            break;
                        }
                    }
                }
                // Back to the last choice whose other half was not looked at.
                loop {
                    let Some(frame) = stack.last_mut() else {
                        found.complete = true;
                        break 'nodes;
                    };
                    if let Some(other) = frame.other.take() {
                        lp.set_bounds(frame.column, other.0, other.1);
                        break;
                    }
                    lp.set_bounds(frame.column, frame.bounds.0, frame.bounds.1);
                    stack.pop();
                }
            }
        }
        status = lp.reoptimise();
    }
    for frame in stack.into_iter().rev() {
        lp.set_bounds(frame.column, frame.bounds.0, frame.bounds.1);
    }
    if found.complete {
        found.bound = found.best.as_ref().map_or(wanted.above, |b| b.1).min(root);
    }
    found
}

/// The column that is furthest from an integer.
fn most_fractional(lp: &Simplex, columns: usize) -> Option<(usize, f64)> {
    let mut best = 0.0;
    let mut chosen = None;
    for column in 0..columns {
        if !lp.is_basic(column) {
            continue;
        }
        let x = lp.value(column);
        let away = (x - x.round()).abs();
        let part = x - x.floor();
        if away > INTEGRAL && part > best {
            best = part;
            chosen = Some((column, x));
        }
    }
    chosen
}

/// The count nearest to a value.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded, and bounded by the pool"
)]
pub(crate) fn count(x: f64) -> u32 {
    x.round().clamp(0.0, f64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Against every integer point, one by one.
        #[test]
        fn the_best_integer_point_is_found(
            weights in prop::collection::vec(-9_i32..10, 4),
            rows in prop::collection::vec((prop::collection::vec(0_u8..2, 4), 0_u32..4, 0_u32..5), 1..4),
        ) {
            let bounds: Vec<(f64, f64)> = rows.iter().map(|r| (f64::from(r.1), f64::from(r.1 + r.2))).collect();
            let mut lp = Simplex::new(&bounds);
            for column in 0..4 {
                let entries: Vec<(usize, f64)> = rows
                    .iter()
                    .enumerate()
                    .filter(|(_, r)| r.0[column] == 1)
                    .map(|(i, _)| (i, 1.0))
                    .collect();
                lp.add(0.0, 0.0, 3.0, &entries);
            }
            let mut best: Option<i32> = None;
            for code in 0..256_u32 {
                let x: Vec<u32> = (0..4).map(|c| code >> (2 * c) & 3).collect();
                let fits = rows.iter().all(|(on, min, more)| {
                    let sum: u32 = on.iter().zip(&x).map(|(o, x)| u32::from(*o) * x).sum();
                    (*min..=min + more).contains(&sum)
                });
                let worth: i32 = weights.iter().zip(&x).map(|(w, x)| w * i32::try_from(*x).unwrap()).sum();
                if fits && best.is_none_or(|b| worth > b) {
                    best = Some(worth);
                }
            }
            let weights: Vec<f64> = weights.iter().map(|w| f64::from(*w)).collect();
            let wanted = Wanted { above: -1000.0, share: 1.0, nodes: usize::MAX };
            // Twice: the second search starts where the first one ended.
            for _ in 0..2 {
                let found = super::best(&mut lp, &weights, wanted, &mut || true);
                prop_assert!(found.complete);
                let worth = found.best.map(|(x, worth)| {
                    let sum: f64 = x.iter().zip(&weights).map(|(x, w)| f64::from(*x) * w).sum();
                    assert!((sum - worth).abs() < 1e-9);
                    worth
                });
                prop_assert_eq!(worth.map(|w| w.round()), best.map(f64::from));
            }
        }
    }
}
