//! From probabilities to a lottery: panels and weights whose mix is the wanted point.
//!
//! Two steps. *Peeling* (Carathéodory): a panel on the smallest face that holds what remains of the point is taken with
//! as much weight as keeps the remainder inside the relaxation; each step puts the remainder on a smaller face, so there
//! are at most as many steps as classes and rows. It may end before the whole weight is spent, when a face of the
//! relaxation holds no panel. *Column generation* then starts from the peeled panels: the lottery that misses least of the
//! point, and, with its dual prices, the panel that would reduce the miss most. It ends with a lottery that misses
//! nothing, or with an inequality that all panels satisfy and the point breaks. With many classes, `approach` does the same
//! by least squares.

use crate::approach;
use crate::exchange::Near;
use crate::linear::{Linear, Simplex, Status};
use crate::nearest::Nearest;
use crate::search::{self, Wanted};
use crate::shape::{Cut, Shape};
use crate::watch::Watch;

/// What a lottery may miss of the point, in expected members of all classes together, and still be said to reach it.
const MISSED: f64 = 1e-8;

/// Below this, what no panel can reduce is the rounding of the point itself, not the shape of the panels.
const ROUNDING: f64 = 1e-6;

/// In a large pool, an expected count below this is zero: the rounding of what was taken off.
const SPENT: f64 = 1e-12;

/// A panel that can have no more weight than this is not taken.
const ROOM: f64 = 1e-11;

/// A lottery over count vectors.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Mix {
    /// Counts of each class, and the weight of that panel.
    pub(crate) panels: Vec<(Vec<u32>, f64)>,
    /// What is missed of the point (0 when it was reached): expected members of all classes together, or, from `approach`, what
    /// the person who misses most misses of their probability.
    pub(crate) missed: f64,
}

/// How a decomposition ended.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    /// The lottery mixes to the point (or to more than the least that was wanted).
    Mixed(Mix),
    /// No lottery does, and this inequality shows it.
    Cut(Cut, Mix),
    /// Told to stop, or numerical trouble: the best lottery so far.
    Stopped(Mix),
    /// There is no panel at all.
    NoPanel,
}

/// Keeps panels known from earlier decompositions.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) panels: Vec<Vec<u32>>,
    /// The panels of a large pool, with the mix that was nearest to the last point.
    pub(crate) nearest: Nearest,
}

/// Finds a lottery whose expected counts are at least `least` (of every class), near `point`.
pub(crate) fn decompose(
    shape: &Shape,
    cuts: &[Cut],
    point: &[f64],
    least: &[f64],
    known: &mut Known,
    watch: &mut Watch<'_>,
) -> Outcome {
    let mut lp = shape.relaxation();
    let mut rest =
        Rest { shape, cuts, columns: shape.rows_of_classes(), weight: 1.0, counts: point.to_vec() };
    if shape.is_large() {
        if known.nearest.is_empty() {
            for (panel, weight) in rest.peel(&mut lp, watch) {
                known.nearest.add(&panel, weight);
            }
        }
        if known.nearest.is_empty() {
            shape.release(&mut lp);
            match first(shape, &mut lp, watch) {
                Ok(panel) => known.nearest.add(&panel, 1.0),
                Err(outcome) => return outcome,
            };
        }
        let rest = Rest { weight: 1.0, counts: point.to_vec(), ..rest };
        rest.restrict(&mut lp, false);
        return approach::approach(shape, &rest.columns, (point, least), &mut known.nearest, &mut lp, watch);
    }
    for (panel, _) in rest.peel(&mut lp, watch) {
        if !known.panels.contains(&panel) {
            known.panels.push(panel);
        }
    }
    shape.release(&mut lp);
    generate(shape, least, known, &mut lp, watch)
}

/// Any panel. It is looked for a little even when time is over: a lottery needs one.
fn first(shape: &Shape, lp: &mut Simplex, watch: &mut Watch<'_>) -> Result<Vec<u32>, Outcome> {
    let mut patience: i32 = 2000;
    let mut go_on = || {
        patience = (patience - 1).max(0);
        watch.go_on() || patience > 0
    };
    let wanted = Wanted { above: -1.0, share: 0.0, nodes: usize::MAX };
    let found = search::best(lp, &vec![0.0; shape.classes.len()], wanted, &mut go_on);
    let none = if found.complete { Outcome::NoPanel } else { Outcome::Stopped(Mix::default()) };
    found.best.map(|best| best.0).ok_or(none)
}

/// What remains of the point while panels are taken off it.
struct Rest<'a> {
    shape: &'a Shape,
    cuts: &'a [Cut],
    /// The rows that each class is in.
    columns: Vec<Vec<usize>>,
    weight: f64,
    counts: Vec<f64>,
}

impl Rest<'_> {
    /// Restricts a relaxation to the face of the remainder; `near`: to its roundings too.
    fn restrict(&self, lp: &mut Simplex, near: bool) {
        let tight = 1e-9;
        // Thousands of panels weigh little each.
        let spent = if self.shape.is_large() { SPENT } else { tight };
        for (row, r) in self.shape.rows.iter().enumerate() {
            let at: f64 = r.classes.iter().map(|&t| self.counts[t]).sum::<f64>() / self.weight;
            let (mut low, mut high) = (f64::from(r.low), f64::from(r.high));
            if near {
                low = low.max((at + 1e-7).floor());
                high = high.min((at - 1e-7).ceil().max(low));
            } else {
                if (high - at) * self.weight < tight {
                    low = high;
                }
                if (at - low) * self.weight < tight {
                    high = low;
                }
            }
            lp.set_row(row, low, high);
        }
        for (t, class) in self.shape.classes.iter().enumerate() {
            let at = self.counts[t] / self.weight;
            let most = f64::from(class.most);
            let (low, high) = if near {
                let low = (at + 1e-7).floor().min(most);
                (low, (at - 1e-7).ceil().clamp(low, most))
            } else if self.counts[t] < spent {
                (0.0, 0.0)
            } else if (most - at) * self.weight < spent {
                (most, most)
            } else {
                (0.0, most)
            };
            lp.set_bounds(t, low, high);
        }
    }

    /// The largest weight of this panel that leaves the remainder inside.
    fn room(&self, panel: &[u32]) -> f64 {
        let mut most = self.weight;
        let mut limit = |room: f64, speed: f64| {
            if speed > 1e-12 {
                most = most.min(room.max(0.0) / speed);
            }
        };
        for (t, class) in self.shape.classes.iter().enumerate() {
            let (x, p, u) = (self.counts[t], f64::from(panel[t]), f64::from(class.most));
            limit(x, p);
            limit(self.weight * u - x, u - p);
        }
        for r in &self.shape.rows {
            let x: f64 = r.classes.iter().map(|&t| self.counts[t]).sum();
            let p: f64 = r.classes.iter().map(|&t| f64::from(panel[t])).sum();
            limit(self.weight * f64::from(r.high) - x, f64::from(r.high) - p);
            limit(x - self.weight * f64::from(r.low), p - f64::from(r.low));
        }
        for cut in self.cuts {
            let x: f64 = cut.weights.iter().zip(&self.counts).map(|(w, c)| w * c).sum();
            let p: f64 = cut.weights.iter().zip(panel).map(|(w, &c)| w * f64::from(c)).sum();
            limit(self.weight * cut.most - x, cut.most - p);
        }
        most
    }

    fn take(&mut self, panel: &[u32], weight: f64) {
        for (x, &p) in self.counts.iter_mut().zip(panel) {
            *x = (*x - weight * f64::from(p)).max(0.0);
        }
        self.weight -= weight;
    }

    /// Takes panels off until nothing is left, or no panel is found. Answers each with its weight.
    fn peel(&mut self, lp: &mut Simplex, watch: &mut Watch<'_>) -> Vec<(Vec<u32>, f64)> {
        let mut panels: Vec<(Vec<u32>, f64)> = vec![];
        let limit = 2 * (self.shape.classes.len() + self.shape.rows.len()) + 10;
        while self.weight > 1e-9 && panels.len() < limit {
            if !watch.at(1.0 - self.weight, panels.len()) {
                break;
            }
            let last = panels.last().filter(|_| self.shape.is_large());
            let near = last.and_then(|(panel, _)| self.exchanged(lp, panel));
            let Some((panel, room)) = near.or_else(|| self.searched(lp)) else { break };
            self.take(&panel, room);
            panels.push((panel, room));
        }
        panels
    }

    /// A panel of the face near another one, and its room.
    fn exchanged(&self, lp: &mut Simplex, panel: &[u32]) -> Option<(Vec<u32>, f64)> {
        self.restrict(lp, false);
        let worth: Vec<f64> = self.counts.iter().map(|x| x / self.weight).collect();
        let panel = Near::of(self.shape, lp, &worth).find(self.shape, &self.columns, panel)?;
        let room = self.room(&panel);
        (room > ROOM).then_some((panel, room))
    }

    /// The panel of the face that a search finds, among those around the remainder first, and its room.
    fn searched(&self, lp: &mut Simplex) -> Option<(Vec<u32>, f64)> {
        let weights: Vec<f64> = self.counts.iter().map(|x| (x / self.weight).fract()).collect();
        for near in [true, false] {
            self.restrict(lp, near);
            let wanted = Wanted { above: -1.0, share: 0.0, nodes: if near { 60 } else { 300 } };
            let Some((panel, _)) = search::best(lp, &weights, wanted, &mut || true).best else { continue };
            let room = self.room(&panel);
            if room > ROOM {
                return Some((panel, room));
            }
        }
        None
    }
}

/// The lottery that misses least of what is wanted, panels being added as prices ask for them.
struct Master {
    lp: Simplex,
    /// The column of what is missed of each class.
    missed: Vec<usize>,
    first_panel: usize,
    panels: usize,
}

impl Master {
    fn new(least: &[f64]) -> Master {
        let classes = least.len();
        let mut rows: Vec<(f64, f64)> = least.iter().map(|&x| (x, f64::INFINITY)).collect();
        rows.push((0.0, 1.0));
        let mut lp = Simplex::new(&rows);
        let missed = (0..classes).map(|t| lp.add(1.0, 0.0, f64::INFINITY, &[(t, 1.0)])).collect();
        Master { lp, missed, first_panel: classes, panels: 0 }
    }

    fn add(&mut self, panel: &[u32]) {
        let mut entries: Vec<(usize, f64)> =
            panel.iter().enumerate().filter(|(_, c)| **c > 0).map(|(t, &c)| (t, f64::from(c))).collect();
        entries.push((self.missed.len(), 1.0));
        self.lp.add(0.0, 0.0, f64::INFINITY, &entries);
        if self.panels == 0 {
            self.lp.set_row(self.missed.len(), 1.0, 1.0);
        }
        self.panels += 1;
    }

    fn mix(&self, panels: &[Vec<u32>]) -> Mix {
        let mut mix: Vec<(Vec<u32>, f64)> = (0..self.panels)
            .map(|p| (panels[p].clone(), self.lp.value(self.first_panel + p)))
            .filter(|(_, w)| *w > 1e-13)
            .collect();
        let total: f64 = mix.iter().map(|(_, w)| w).sum();
        for (_, w) in &mut mix {
            *w /= total;
        }
        Mix { panels: mix, missed: self.missed.iter().map(|&c| self.lp.value(c)).sum() }
    }
}

fn generate(
    shape: &Shape,
    least: &[f64],
    known: &mut Known,
    oracle: &mut Simplex,
    watch: &mut Watch<'_>,
) -> Outcome {
    let classes = shape.classes.len();
    let mut master = Master::new(least);
    for panel in &known.panels {
        master.add(panel);
    }
    let whole: f64 = least.iter().sum();
    loop {
        if master.lp.optimise() != Status::Optimal {
            return Outcome::Stopped(master.mix(&known.panels));
        }
        let missed = master.lp.objective();
        if missed <= MISSED && master.panels > 0 {
            return Outcome::Mixed(master.mix(&known.panels));
        }
        let done = 1.0 - missed / whole.max(MISSED);
        if master.panels > 0 && !watch.at(done, known.panels.len()) {
            return Outcome::Stopped(master.mix(&known.panels));
        }
        let prices: Vec<f64> = (0..classes).map(|t| master.lp.price(t).max(0.0)).collect();
        let threshold = -master.lp.price(classes);
        // A panel worth no more than this cannot reduce the miss.
        let above = threshold + 1e-10 * (1.0 + threshold);
        let mut added = 0;
        let mut weights = prices.clone();
        for again in 0..8 {
            let worth =
                |panel: &[u32]| panel.iter().zip(&prices).map(|(&c, y)| f64::from(c) * y).sum::<f64>();
            let wanted = if again == 0 {
                // Any panel is better than none.
                let above = if master.panels == 0 { -1.0 } else { above };
                Wanted { above, share: 0.3, nodes: usize::MAX }
            } else {
                Wanted { above: 0.0, share: 0.5, nodes: 40 }
            };
            // The first panel is looked for a little even when time is over: a lottery needs one.
            let mut patience: i32 = if known.panels.is_empty() { 2000 } else { 0 };
            let mut go_on = || {
                patience = (patience - 1).max(0);
                watch.go_on() || patience > 0
            };
            let found = search::best(oracle, &weights, wanted, &mut go_on);
            debug_assert!(found.best.as_ref().is_none_or(|(panel, _)| shape.admits(panel)));
            let Some((panel, _)) = found.best else {
                if again == 0 {
                    if !found.complete {
                        return if known.panels.is_empty() && found.bound == f64::NEG_INFINITY {
                            Outcome::NoPanel
                        } else {
                            Outcome::Stopped(master.mix(&known.panels))
                        };
                    }
                    if found.bound == f64::NEG_INFINITY {
                        return Outcome::NoPanel;
                    }
                    if missed <= ROUNDING {
                        return Outcome::Mixed(master.mix(&known.panels));
                    }
                    // No panel is worth more than the threshold; the point is.
                    let cut = Cut { weights: prices, most: above };
                    return Outcome::Cut(cut, master.mix(&known.panels));
                }
                break;
            };
            if worth(&panel) <= above && master.panels > 0 {
                break;
            }
            for (w, &c) in weights.iter_mut().zip(&panel) {
                if c > 0 {
                    *w *= 0.7;
                }
            }
            if known.panels.contains(&panel) {
                break;
            }
            master.add(&panel);
            known.panels.push(panel);
            added += 1;
        }
        if added == 0 {
            if missed <= ROUNDING {
                return Outcome::Mixed(master.mix(&known.panels));
            }
            return Outcome::Stopped(master.mix(&known.panels));
        }
    }
}
