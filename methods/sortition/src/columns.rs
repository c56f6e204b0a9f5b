//! Leximin by column generation over panels, as in the article: exact whatever the shape of the panels.
//!
//! Slower than the levels of the relaxation (a row for each class instead of each quota), it takes over when a pool has so
//! few panels that the relaxation says little about them (`lottery`). One program is kept from level to level: the
//! columns of panels, and one column for each level, which raises every class that was still open then.

use crate::decompose::{Known, Mix};
use crate::fair::{Level, Levels, Trouble};
use crate::linear::{Linear, Simplex, Status};
use crate::search::{self, Wanted};
use crate::shape::Shape;
use crate::watch::Watch;

/// A panel must promise this much more than the present lottery.
const BETTER: f64 = 1e-9;

/// What was found: the levels so far, a lottery that reaches them, and whether all levels were settled.
pub(crate) type Found = Option<(Levels, Mix, bool)>;

struct Master {
    lp: Simplex,
    panels: Vec<(usize, Vec<u32>)>,
    raised: Vec<usize>,
    classes: usize,
}

impl Master {
    fn add(&mut self, shape: &Shape, panel: &[u32]) {
        let mut entries: Vec<(usize, f64)> = panel
            .iter()
            .enumerate()
            .filter(|(_, n)| **n > 0)
            .map(|(t, &n)| (t, f64::from(n) / shape.size(t)))
            .collect();
        entries.push((self.classes, 1.0));
        let column = self.lp.add(0.0, 0.0, f64::INFINITY, &entries);
        self.panels.push((column, panel.to_vec()));
    }

    /// Optimises; levels reached before hold to the last bit of rounding, and are loosened by as little as works.
    fn solve(&mut self) -> Result<(), Trouble> {
        let mut slack = 1e-13;
        loop {
            match self.lp.optimise() {
                Status::Optimal => return Ok(()),
                Status::Infeasible if self.raised.len() > 1 && slack < 1e-8 => {
                    slack *= 10.0;
                    for &column in self.raised.iter().rev().skip(1) {
                        let (low, high) = self.lp.bounds(column);
                        self.lp.set_bounds(column, (low - slack).max(0.0), high);
                    }
                }
                _ => return Err(Trouble),
            }
        }
    }

    fn mix(&self) -> Mix {
        let weigh = |(column, panel): &(usize, Vec<u32>)| (panel.clone(), self.lp.value(*column));
        let mut panels: Vec<(Vec<u32>, f64)> =
            self.panels.iter().map(weigh).filter(|(_, w)| *w > 1e-13).collect();
        let total: f64 = panels.iter().map(|(_, w)| w).sum();
        for (_, w) in &mut panels {
            *w /= total;
        }
        Mix { panels, missed: 0.0 }
    }
}

/// All levels, or the first only. `None`: no panel.
pub(crate) fn leximin(
    shape: &Shape,
    only_first: bool,
    known: &mut Known,
    watch: &mut Watch<'_>,
) -> Result<Found, Trouble> {
    let classes = shape.classes.len();
    let mut oracle = shape.relaxation();
    if known.panels.is_empty() {
        let wanted = Wanted { above: -1.0, share: 0.0, nodes: usize::MAX };
        let found = search::best(&mut oracle, &vec![0.0; classes], wanted, &mut || watch.go_on());
        match found.best {
            Some((panel, _)) => known.panels.push(panel),
            None => return Ok(None),
        }
    }
    let mut rows = vec![(0.0, f64::INFINITY); classes];
    rows.push((1.0, 1.0));
    let mut master = Master { lp: Simplex::new(&rows), panels: vec![], raised: vec![], classes };
    for panel in &known.panels {
        master.add(shape, panel);
    }
    let mut open = vec![true; classes];
    let mut result = Levels { levels: vec![], probabilities: vec![0.0; classes], counts: vec![] };
    let mut reached = 0.0;
    while open.iter().any(|&o| o) {
        let entries: Vec<(usize, f64)> = (0..classes).filter(|&t| open[t]).map(|t| (t, -1.0)).collect();
        if let Some(&last) = master.raised.last() {
            master.lp.set_cost(last, 0.0);
        }
        let level = master.lp.add(-1.0, 0.0, f64::INFINITY, &entries);
        master.raised.push(level);
        let done = open.iter().filter(|o| !**o).count();
        let done =
            f64::from(u32::try_from(done).unwrap_or(0)) / f64::from(u32::try_from(classes).unwrap_or(1));
        let (prices, finished) = generate(shape, &mut master, known, &mut oracle, watch, done)?;
        let gain = master.lp.value(level);
        reached += gain;
        let total: f64 = (0..classes).filter(|&t| open[t]).map(|t| prices[t]).sum();
        let tight: Vec<usize> = (0..classes).filter(|&t| open[t] && prices[t] > 1e-9 * total).collect();
        if !finished || tight.is_empty() || total < 1e-9 {
            for t in (0..classes).filter(|&t| open[t]) {
                result.probabilities[t] = reached;
            }
            return Ok(Some((result, master.mix(), false)));
        }
        master.lp.set_bounds(level, gain, gain);
        for &t in &tight {
            open[t] = false;
            result.probabilities[t] = reached;
        }
        let weights: Vec<f64> = (0..classes).map(|t| prices[t] / total / shape.size(t)).collect();
        let most = (0..classes)
            .filter(|&t| !open[t])
            .map(|t| weights[t] * shape.size(t) * result.probabilities[t])
            .sum();
        result.levels.push(Level { probability: reached, classes: tight, weights, most });
        if only_first {
            for t in (0..classes).filter(|&t| open[t]) {
                result.probabilities[t] = reached;
            }
            break;
        }
    }
    Ok(Some((result, master.mix(), true)))
}

/// Adds panels until none promises more. Answers the prices of the classes, and whether it came to the end.
fn generate(
    shape: &Shape,
    master: &mut Master,
    known: &mut Known,
    oracle: &mut Simplex,
    watch: &mut Watch<'_>,
    done: f64,
) -> Result<(Vec<f64>, bool), Trouble> {
    let classes = shape.classes.len();
    loop {
        master.solve()?;
        let prices: Vec<f64> = (0..classes).map(|t| master.lp.price(t).max(0.0)).collect();
        if !watch.at(done, known.panels.len()) {
            return Ok((prices, false));
        }
        let threshold = -master.lp.price(classes);
        let weights: Vec<f64> = (0..classes).map(|t| prices[t] / shape.size(t)).collect();
        let wanted = Wanted { above: threshold + BETTER * (1.0 + threshold), share: 0.3, nodes: usize::MAX };
        let found = search::best(oracle, &weights, wanted, &mut || watch.go_on());
        match found.best {
            Some((panel, _)) if !known.panels.contains(&panel) => {
                master.add(shape, &panel);
                known.panels.push(panel);
            }
            // A panel that is already there promises nothing but rounding.
            Some(_) => return Ok((prices, true)),
            None => return Ok((prices, found.complete)),
        }
    }
}
