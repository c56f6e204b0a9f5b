//! Reaching a point in a large pool: the nearest lottery, and where it stays away, the inequality that keeps it away.
//!
//! With a class for nearly every person, a program with a row for each class is out of reach. Least squares are not: the
//! mix of the known panels that is nearest to the point (`nearest`) leaves a remainder, whose entries are prices; a panel
//! that these value more than the mix comes nearer to the point. Where no panel does, the remainder itself is the
//! inequality that parts the point from all lotteries, and the deepest one (by the separation theorem).
//!
//! Such an inequality holds for the panels of the face on which the point lies. What holds them there (bounds of rows and of
//! classes) is added with its dual prices, so that it holds for all panels and stays as deep; one search proves it.

use crate::decompose::{Mix, Outcome};
use crate::exchange;
use crate::linear::{Linear, Simplex, Status};
use crate::nearest::Nearest;
use crate::search::{self, Wanted};
use crate::shape::{Cut, Shape};
use crate::watch::Watch;

/// Nobody may miss more than this of their probability for the point to be reached: a little less than what the proofs
/// allow (see `certificate`).
const REACHED: f64 = 9e-7;

/// How often the shortage is spread more evenly before the point is left.
const SPREADS: usize = 2;

/// A panel must be worth this share of what the point is worth beyond the mix. Some panel is worth all of it where the
/// point is a lottery.
const WORTH: f64 = 0.3;

/// No panel is worth more than this share: the point is no lottery.
const PARTED: f64 = 0.1;

/// The most nodes of one search.
const NODES: usize = 20_000;

/// A price below this (the largest being 1) is rounding.
const PRICE: f64 = 1e-9;

/// Looks for a lottery that gives everyone `least`, near `point`. The program is restricted to the face of the point;
/// one panel at least is known.
pub(crate) fn approach(
    shape: &Shape,
    columns: &[Vec<usize>],
    (point, least): (&[f64], &[f64]),
    nearest: &mut Nearest,
    lp: &mut Simplex,
    watch: &mut Watch<'_>,
) -> Outcome {
    let mut aim = point.to_vec();
    let mut spreads = 0;
    let mut cut: Option<Cut> = None;
    loop {
        nearest.settle(&aim);
        let missed = shortage(shape, nearest, least);
        let mix = |nearest: &Nearest| Mix { panels: nearest.panels(point.len()), missed };
        if missed <= REACHED {
            return Outcome::Mixed(mix(nearest));
        }
        if !watch.at(1.0 - missed, nearest.known()) {
            return Outcome::Stopped(mix(nearest));
        }
        let prices = unit(nearest.missed(&aim));
        let beyond: f64 = prices.iter().zip(&aim).map(|(y, x)| x * y).sum();
        if nearest.add_known(&prices, WORTH * beyond) {
            continue;
        }
        let worth = |panel: &[u32]| panel.iter().zip(&prices).map(|(&n, y)| f64::from(n) * y).sum::<f64>();
        let mut bound = None;
        let panel = exchange::priced(shape, columns, lp, &prices)
            .filter(|panel| worth(panel) > WORTH * beyond)
            .or_else(|| {
                let wanted = Wanted { above: PARTED * beyond, share: WORTH, nodes: NODES };
                let found = search::best(lp, &prices, wanted, &mut || watch.go_on());
                bound = found.complete.then_some(found.bound);
                found.best.map(|best| best.0)
            });
        if panel.is_some_and(|panel| nearest.add(&panel, 0.0)) {
            continue;
        }
        // No panel comes nearer. The first inequality is the one of the point itself.
        let parted = bound.map(|bound| beyond - bound.max(PARTED * beyond));
        if parted.is_some() && cut.is_none() {
            cut = lifted(shape, &prices, beyond, lp, watch);
        }
        // Perhaps what a few miss can be borne by all.
        match parted.filter(|_| spreads < SPREADS).and_then(|by| spread(shape, &prices, by)) {
            Some(change) => {
                spreads += 1;
                for (x, change) in aim.iter_mut().zip(change) {
                    *x += change;
                }
            }
            None => {
                let mix = mix(nearest);
                return match cut {
                    Some(cut) => Outcome::Cut(cut, mix),
                    None => Outcome::Stopped(mix),
                };
            }
        }
    }
}

/// What the person who misses most misses of their probability.
fn shortage(shape: &Shape, nearest: &Nearest, least: &[f64]) -> f64 {
    let missed = nearest.missed_by_lottery(least);
    missed.iter().enumerate().map(|(t, m)| m / shape.size(t)).fold(0.0, f64::max)
}

/// Divided by the largest.
fn unit(mut prices: Vec<f64>) -> Vec<f64> {
    let most = prices.iter().fold(0.0f64, |m, y| m.max(y.abs()));
    for y in &mut prices {
        *y /= most;
    }
    prices
}

/// A change of the aim that loses `by` at these prices: everyone who misses something misses the same, and those who have
/// something beyond share what that brings. `None`: everyone would miss too much.
fn spread(shape: &Shape, prices: &[f64], by: f64) -> Option<Vec<f64>> {
    let (mut people, mut lost, mut beyond, mut won) = (0.0, 0.0, 0.0, 0.0);
    for (t, &y) in prices.iter().enumerate() {
        if y > PRICE {
            people += shape.size(t);
            lost += y * shape.size(t);
        } else if y < -PRICE {
            beyond -= y;
            won += y * y;
        }
    }
    // A little more than what parts, so that the aim is on the side of the lotteries.
    let each = 1.05 * by / (lost + people * won / beyond);
    let change = |(t, &y): (usize, &f64)| {
        if y > PRICE {
            -each * shape.size(t)
        } else if y < -PRICE {
            -each * people * y / beyond
        } else {
            0.0
        }
    };
    (each < 0.9 * REACHED).then(|| prices.iter().enumerate().map(change).collect())
}

/// The inequality of these prices, made to hold for all panels; `beyond` is what the point is worth. The program stays
/// restricted as it was. `None` when no inequality was proven that the point breaks.
fn lifted(
    shape: &Shape,
    prices: &[f64],
    beyond: f64,
    lp: &mut Simplex,
    watch: &mut Watch<'_>,
) -> Option<Cut> {
    for (column, y) in prices.iter().enumerate() {
        lp.set_cost(column, -y);
    }
    if lp.optimise() != Status::Optimal {
        return None;
    }
    let counts: Vec<(f64, f64)> = (0..prices.len()).map(|t| lp.bounds(t)).collect();
    let rows: Vec<(f64, f64)> = (0..shape.rows.len()).map(|r| lp.row_bounds(r)).collect();
    let mut weights = prices.to_vec();
    let mut worth = beyond;
    for (t, &(low, high)) in counts.iter().enumerate() {
        // A class that the face holds at nothing, or at its most, and that would rather be elsewhere.
        let brings = -lp.reduced_cost(t);
        if high <= low && (if low > 0.0 { brings < 0.0 } else { brings > 0.0 }) {
            weights[t] -= brings;
            worth -= brings * low;
        }
    }
    for (r, (row, &(low, high))) in shape.rows.iter().zip(&rows).enumerate() {
        if row.low < row.high && high <= low {
            let price = lp.price(r);
            for &t in &row.classes {
                weights[t] += price;
            }
            worth += price * low;
        }
    }
    shape.release(lp);
    let above = worth - (1.0 - PARTED) * beyond;
    let wanted = Wanted { above, share: 1.0, nodes: NODES };
    let found = search::best(lp, &weights, wanted, &mut || watch.go_on());
    for (r, (low, high)) in rows.into_iter().enumerate() {
        lp.set_row(r, low, high);
    }
    for (t, (low, high)) in counts.into_iter().enumerate() {
        lp.set_bounds(t, low, high);
    }
    let most = if found.best.is_some() { found.bound } else { above };
    (found.complete && most < worth - PARTED * beyond).then_some(Cut { weights, most })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decompose::{Known, decompose};
    use crate::fair;
    use crate::shape::{Class, Row};
    use proptest::prelude::*;

    /// One class for each person; quotas that the panel of the first people satisfies, with room above it for some values.
    fn shape(people: &[Vec<usize>], seats: usize) -> Shape {
        let class = |p| Class { members: vec![p], most: 1, composition: None };
        let row = |classes: Vec<usize>, room: bool| {
            let first = u32::try_from(classes.iter().filter(|&&t| t < seats).count()).unwrap();
            Row { low: first, high: first + u32::from(room), classes }
        };
        let having =
            |c: usize, v: usize| (0..people.len()).filter(|&p| people[p][c] == v).collect::<Vec<_>>();
        let mut rows = vec![row((0..people.len()).collect(), false)];
        for c in 0..people[0].len() {
            rows.extend((0..3).map(|v| row(having(c, v), v < 2)).filter(|row| !row.classes.is_empty()));
        }
        Shape { seats: u32::try_from(seats).unwrap(), classes: (0..people.len()).map(class).collect(), rows }
    }

    /// Every panel, as counts.
    fn panels(shape: &Shape) -> Vec<Vec<u32>> {
        let n = shape.classes.len();
        let counts = |bits: u32| (0..n).map(|t| bits >> t & 1).collect::<Vec<u32>>();
        (0..1_u32 << n).map(counts).filter(|counts| shape.admits(counts)).collect()
    }

    /// The relaxation on the smallest face that holds the point.
    fn restricted(shape: &Shape, point: &[f64]) -> Simplex {
        let mut lp = shape.relaxation();
        for (t, &x) in point.iter().enumerate().filter(|(_, x)| !(1e-9..1.0 - 1e-9).contains(*x)) {
            lp.set_bounds(t, x.round(), x.round());
        }
        for (r, row) in shape.rows.iter().enumerate() {
            let (low, high) = (f64::from(row.low), f64::from(row.high));
            let at: f64 = row.classes.iter().map(|&t| point[t]).sum();
            lp.set_row(
                r,
                if at > high - 1e-9 { high } else { low },
                if at < low + 1e-9 { low } else { high },
            );
        }
        lp
    }

    proptest! {
        /// A point that is a lottery is reached by panels; one that is not is parted from every panel.
        #[test]
        fn a_point_is_reached_or_parted(
            people in prop::collection::vec(prop::collection::vec(0_usize..3, 3), 7..11),
            seats in 2_usize..5,
        ) {
            let shape = shape(&people, seats);
            let all = panels(&shape);
            let levels = fair::levels(&shape, &[], false).ok().flatten();
            prop_assume!(levels.is_some());
            let point = levels.unwrap().probabilities;
            let mut nearest = Nearest::default();
            nearest.add(&all[0], 1.0);
            let mut lp = restricted(&shape, &point);
            let columns = shape.rows_of_classes();
            let mut report = |_| true;
            let mut watch = Watch::new(&mut report);
            let outcome = approach(&shape, &columns, (&point, &point), &mut nearest, &mut lp, &mut watch);
            let slow = decompose(&shape, &[], &point, &point, &mut Known::default(), &mut watch);
            match outcome {
                Outcome::Mixed(mix) => {
                    prop_assert!(matches!(slow, Outcome::Mixed(_)));
                    prop_assert!(mix.panels.iter().all(|(panel, w)| shape.admits(panel) && *w > 0.0));
                    for (t, x) in point.iter().enumerate() {
                        let has: f64 = mix.panels.iter().map(|(panel, w)| w * f64::from(panel[t])).sum();
                        prop_assert!(has > x - 1e-6, "class {t} has {has} of {x}");
                    }
                }
                Outcome::Cut(cut, _) => {
                    prop_assert!(matches!(slow, Outcome::Cut(..)));
                    let worth = |of: &[f64]| of.iter().zip(&cut.weights).map(|(x, w)| x * w).sum::<f64>();
                    prop_assert!(worth(&point) > cut.most + 1e-9);
                    for panel in &all {
                        let counts: Vec<f64> = panel.iter().map(|&n| f64::from(n)).collect();
                        prop_assert!(worth(&counts) <= cut.most + 1e-9, "{} above {}", worth(&counts), cut.most);
                    }
                }
                other => prop_assert!(false, "{other:?}"),
            }
        }
    }
}
