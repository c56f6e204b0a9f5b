//! The mix of panels nearest to a point: non-negative least squares, panels being added as prices ask for them.
//!
//! The active-set method of Lawson and Hanson (*Solving Least Squares Problems*, 1974, chapter 23), with the triangle of
//! the normal equations kept from step to step and each solution corrected by its own residual. Panels all have as many
//! members as the point, so that weights that miss nothing sum to one by themselves.

/// How many times a solution is corrected, at most.
const CORRECTIONS: usize = 3;

/// A correction smaller than this is rounding.
const SETTLED: f64 = 1e-13;

/// A correction larger than this after the last one: rotations have worn the triangle out.
const WORN: f64 = 1e-9;

/// A panel of which less than this share is not in the mix already adds nothing to it.
const NEW: f64 = 1e-9;

/// Panels and their weights.
#[derive(Debug, Default)]
pub(crate) struct Nearest {
    /// Every panel that was ever added: the counts that are not zero.
    known: Vec<Vec<(usize, f64)>>,
    /// The panels in the mix, by their places in `known`.
    mixed: Vec<usize>,
    /// Whether a known panel is in the mix.
    is_mixed: Vec<bool>,
    /// The weights of the panels in the mix.
    weights: Vec<f64>,
    /// The upper triangle whose square is the products of the panels in the mix, column by column.
    triangle: Vec<Vec<f64>>,
}

impl Nearest {
    pub(crate) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// How many panels are known.
    pub(crate) fn known(&self) -> usize {
        self.known.len()
    }

    /// Adds a panel with a weight; false when it adds nothing to the mix.
    pub(crate) fn add(&mut self, panel: &[u32], weight: f64) -> bool {
        self.known
            .push(panel.iter().enumerate().filter(|e| *e.1 > 0).map(|(t, &n)| (t, f64::from(n))).collect());
        self.is_mixed.push(false);
        self.mix_in(self.known.len() - 1, weight)
    }

    /// Adds the known panel that these prices value most, if that is more than `above`.
    pub(crate) fn add_known(&mut self, prices: &[f64], above: f64) -> bool {
        let worth = |of: &[(usize, f64)]| of.iter().map(|&(t, n)| n * prices[t]).sum::<f64>();
        let others = (0..self.known.len()).filter(|&p| !self.is_mixed[p]).map(|p| (p, worth(&self.known[p])));
        let best = others.filter(|(_, w)| *w > above).max_by(|a, b| a.1.total_cmp(&b.1));
        best.is_some_and(|(p, _)| self.mix_in(p, 0.0))
    }

    fn mix_in(&mut self, known: usize, weight: f64) -> bool {
        let Some(column) = self.column(known, self.mixed.len()) else { return false };
        self.triangle.push(column);
        self.mixed.push(known);
        self.is_mixed[known] = true;
        self.weights.push(weight);
        true
    }

    /// The column of the triangle of a panel beside the first `before` panels of the mix.
    fn column(&self, known: usize, before: usize) -> Option<Vec<f64>> {
        let panel = &self.known[known];
        let last = panel.last().map_or(0, |e| e.0);
        let mut dense = vec![0.0; last + 1];
        for &(t, n) in panel {
            dense[t] = n;
        }
        let product = |of: &[(usize, f64)]| of.iter().filter_map(|&(t, n)| Some(n * dense.get(t)?)).sum();
        let mut column: Vec<f64> = self.mixed[..before].iter().map(|&p| product(&self.known[p])).collect();
        self.forward(&mut column);
        let own: f64 = panel.iter().map(|e| e.1 * e.1).sum();
        let new = own - dot(&column, &column);
        (new > NEW * own).then(|| {
            column.push(new.sqrt());
            column
        })
    }

    /// The triangle made anew; a panel that adds nothing to those before it leaves the mix.
    fn renew(&mut self) {
        self.triangle.clear();
        let mut at = 0;
        while at < self.mixed.len() {
            if let Some(column) = self.column(self.mixed[at], at) {
                self.triangle.push(column);
                at += 1;
            } else {
                self.is_mixed[self.mixed.remove(at)] = false;
                self.weights.remove(at);
            }
        }
    }

    /// Solves `R' x = v`, in place.
    fn forward(&self, v: &mut [f64]) {
        for j in 0..v.len() {
            let column = &self.triangle[j];
            v[j] = (v[j] - dot(&column[..j], &v[..j])) / column[j];
        }
    }

    /// Solves `R x = v`, in place.
    fn back(&self, v: &mut [f64]) {
        for j in (0..v.len()).rev() {
            let column = &self.triangle[j];
            v[j] /= column[j];
            let x = v[j];
            for (a, c) in v[..j].iter_mut().zip(&column[..j]) {
                *a -= x * c;
            }
        }
    }

    /// Takes a panel out of the mix (it stays known).
    fn remove(&mut self, at: usize) {
        self.triangle.remove(at);
        self.is_mixed[self.mixed.remove(at)] = false;
        self.weights.remove(at);
        // The columns after it have one entry under the diagonal each: rotations take it away.
        for j in at..self.triangle.len() {
            let (a, b) = (self.triangle[j][j], self.triangle[j][j + 1]);
            // Not `hypot`, which may differ from machine to machine.
            let r = (a * a + b * b).sqrt();
            let (cos, sin) = (a / r, b / r);
            for column in &mut self.triangle[j..] {
                let (x, y) = (column[j], column[j + 1]);
                column[j] = cos * x + sin * y;
                column[j + 1] = cos * y - sin * x;
            }
            self.triangle[j].truncate(j + 1);
        }
    }

    /// What a lottery with these weights misses of a point, class by class: the weights are made to sum to one.
    pub(crate) fn missed_by_lottery(&self, point: &[f64]) -> Vec<f64> {
        let total: f64 = self.weights.iter().sum();
        let weights: Vec<f64> = self.weights.iter().map(|w| w / total).collect();
        self.missed_with(point, &weights)
    }

    /// What is missed of a point, class by class.
    pub(crate) fn missed(&self, point: &[f64]) -> Vec<f64> {
        self.missed_with(point, &self.weights)
    }

    fn missed_with(&self, point: &[f64], weights: &[f64]) -> Vec<f64> {
        let mut rest = point.to_vec();
        for (&p, w) in self.mixed.iter().zip(weights) {
            for &(t, n) in &self.known[p] {
                rest[t] -= w * n;
            }
        }
        rest
    }

    /// The weights that miss least of the point, were weights below zero allowed.
    fn solve(&mut self, point: &[f64]) -> Vec<f64> {
        let mut weights = self.weights.clone();
        for turn in 0..CORRECTIONS {
            let rest = self.missed_with(point, &weights);
            let product = |&p: &usize| self.known[p].iter().map(|&(t, n)| n * rest[t]).sum();
            let mut change: Vec<f64> = self.mixed.iter().map(product).collect();
            self.forward(&mut change);
            self.back(&mut change);
            let most = change.iter().fold(0.0f64, |m, x| m.max(x.abs()));
            for (w, c) in weights.iter_mut().zip(&change) {
                *w += c;
            }
            if most < SETTLED {
                break;
            }
            if turn + 1 == CORRECTIONS && most > WORN {
                self.renew();
                weights.clone_from(&self.weights);
            }
        }
        weights
    }

    /// Gives the panels of the mix the weights that miss least of the point; those that would weigh less than nothing leave.
    pub(crate) fn settle(&mut self, point: &[f64]) {
        while !self.mixed.is_empty() {
            let wanted = self.solve(point);
            let below: Vec<usize> = (0..wanted.len()).filter(|&p| wanted[p] <= 0.0).collect();
            if below.is_empty() {
                self.weights = wanted;
                break;
            }
            // As far towards those weights as none is below zero.
            let step = |p: usize| self.weights[p] / (self.weights[p] - wanted[p]);
            let (first, share) = below
                .iter()
                .map(|&p| (p, step(p)))
                .fold((below[0], 1.0), |a, b| if b.1 < a.1 { b } else { a });
            for (w, z) in self.weights.iter_mut().zip(&wanted) {
                *w += share * (z - *w);
            }
            for &p in below.iter().rev() {
                if p == first || self.weights[p] <= 0.0 {
                    self.remove(p);
                }
            }
        }
    }

    /// The panels of the mix and their weights, which sum to one.
    pub(crate) fn panels(&self, classes: usize) -> Vec<(Vec<u32>, f64)> {
        let total: f64 = self.weights.iter().sum();
        let counts = |p: usize| {
            let mut counts = vec![0; classes];
            for &(t, n) in &self.known[p] {
                counts[t] = crate::search::count(n);
            }
            counts
        };
        self.mixed.iter().zip(&self.weights).map(|(&p, w)| (counts(p), w / total)).collect()
    }
}

/// The sum of the products, in eight sums side by side that the processor can compute at once.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (x, y) = (a.chunks_exact(8), b.chunks_exact(8));
    let tail: f64 = x.remainder().iter().zip(y.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in x.zip(y) {
        for (s, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *s += a * b;
        }
    }
    sums.iter().sum::<f64>() + tail
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The conditions that make a mix the nearest one: no panel would bring it nearer, and those in it are worth nothing
        /// at the prices of what is missed. The point moves, so that panels leave and come back.
        #[test]
        fn no_panel_would_bring_the_mix_nearer(
            panels in prop::collection::vec(prop::collection::vec(0_u32..3, 6), 1..20),
            points in prop::collection::vec(prop::collection::vec(0.0_f64..3.0, 6), 1..5),
        ) {
            let mut nearest = Nearest::default();
            for panel in panels.iter().filter(|panel| panel.iter().any(|&n| n > 0)) {
                nearest.add(panel, 0.1);
            }
            for point in &points {
                nearest.settle(point);
                while nearest.add_known(&nearest.missed(point), 1e-9) {
                    nearest.settle(point);
                }
                let missed = nearest.missed(point);
                let worth = |panel: &[u32]| panel.iter().zip(&missed).map(|(&n, y)| f64::from(n) * y).sum::<f64>();
                for panel in &panels {
                    prop_assert!(worth(panel) < 1e-8, "{} at {missed:?}", worth(panel));
                }
                for (panel, weight) in nearest.panels(6) {
                    prop_assert!(weight > 0.0);
                    prop_assert!(worth(&panel).abs() < 1e-8);
                }
            }
        }
    }
}
