//! The fairest probabilities over the relaxation of the panels: leximin, level by level.
//!
//! Over whole lotteries this needs one program with a row for each class and a column for each panel. Over the
//! relaxation (counts that need not be integers) the same levels come from programs with a row for each quota only. The
//! relaxation contains every lottery, so its levels are upper bounds, each with dual weights that prove it; where panels
//! mix to those very probabilities (`decompose`), they are the exact optimum. Where they do not, an inequality that all
//! panels satisfy and the relaxation breaks is added, and the levels are computed again.

use crate::linear::{Linear, Simplex, Status};
use crate::shape::{Cut, Shape};

/// One level of the fairest probabilities, and what proves it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Level {
    /// The probability of the people whose level this is.
    pub(crate) probability: f64,
    /// The classes whose level this is.
    pub(crate) classes: Vec<usize>,
    /// Weights of one person of each class: on every panel the weights of its members sum to at most `most`, and
    /// `most − Σ weights of people of lower levels × their probability = probability × Σ weights of the others`.
    pub(crate) weights: Vec<f64>,
    /// See `weights`.
    pub(crate) most: f64,
}

/// The fairest probabilities.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Levels {
    /// From the smallest.
    pub(crate) levels: Vec<Level>,
    /// The probability of a person of each class.
    pub(crate) probabilities: Vec<f64>,
    /// Expected counts of each class in the last program (for one level only: a point that reaches it).
    pub(crate) counts: Vec<f64>,
}

/// Numerical trouble in a program that has a solution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Trouble;

struct Stages<'a> {
    shape: &'a Shape,
    lp: Simplex,
    /// Entries of each class in the rows, caps and cuts included.
    columns: Vec<Vec<(usize, f64)>>,
    /// The columns of the levels so far, with the classes that each raises.
    raised: Vec<(usize, Vec<bool>)>,
    /// Whether the cap of a class is a row.
    capped: Vec<bool>,
}

/// The levels of the relaxation with these cuts: all of them, or the first only. `None`: the relaxation is empty.
pub(crate) fn levels(shape: &Shape, cuts: &[Cut], only_first: bool) -> Result<Option<Levels>, Trouble> {
    let n = shape.classes.len();
    let mut rows: Vec<(f64, f64)> =
        shape.rows.iter().map(|r| (f64::from(r.low), f64::from(r.high))).collect();
    let mut columns = shape.columns();
    for cut in cuts {
        for (class, &w) in cut.weights.iter().enumerate() {
            if w.abs() > 0.0 {
                columns[class].push((rows.len(), w));
            }
        }
        rows.push((f64::NEG_INFINITY, cut.most));
    }
    let mut lp = Simplex::new(&rows);
    // Column t is what class t has beyond its level: counts = size × level + beyond.
    for (class, entries) in shape.classes.iter().zip(&columns) {
        lp.add(0.0, 0.0, f64::from(class.most), entries);
    }
    let mut stages = Stages { shape, lp, columns, raised: vec![], capped: vec![false; n] };
    let mut open = vec![true; n];
    let mut result = Levels { levels: vec![], probabilities: vec![0.0; n], counts: vec![] };
    let mut reached = 0.0;
    while open.iter().any(|&o| o) {
        let Some(gain) = stages.raise(&open)? else {
            return if result.levels.is_empty() { Ok(None) } else { Err(Trouble) };
        };
        reached += gain;
        let weights: Vec<f64> = (0..n)
            .map(|t| {
                let d = stages.lp.reduced_cost(t);
                if d > 1e-12 && !stages.lp.is_basic(t) { d } else { 0.0 }
            })
            .collect();
        let total: f64 = (0..n).filter(|&t| open[t]).map(|t| shape.size(t) * weights[t]).sum();
        if total < 1e-9 {
            return Err(Trouble);
        }
        let weights: Vec<f64> = weights.iter().map(|w| w / total).collect();
        let tight: Vec<usize> = (0..n).filter(|&t| open[t] && shape.size(t) * weights[t] > 1e-9).collect();
        if tight.is_empty() {
            return Err(Trouble);
        }
        for &t in &tight {
            open[t] = false;
            result.probabilities[t] = reached;
        }
        let most = (0..n)
            .map(|t| weights[t] * shape.size(t) * if open[t] { reached } else { result.probabilities[t] })
            .sum();
        result.levels.push(Level { probability: reached, classes: tight, weights, most });
        if only_first {
            break;
        }
    }
    if only_first {
        for t in (0..n).filter(|&t| open[t]) {
            result.probabilities[t] = reached;
        }
    }
    result.counts = (0..n).map(|t| stages.count(t)).collect();
    Ok(Some(result))
}

impl Stages<'_> {
    /// The expected count of a class in the last program.
    fn count(&self, class: usize) -> f64 {
        let levels: f64 = self
            .raised
            .iter()
            .filter(|(_, raises)| raises[class])
            .map(|&(column, _)| self.lp.value(column))
            .sum();
        self.shape.size(class) * levels + self.lp.value(class)
    }

    /// Raises the level of the open classes as far as it goes, and leaves it there. `None`: no solution.
    fn raise(&mut self, open: &[bool]) -> Result<Option<f64>, Trouble> {
        let mut by_row = vec![0.0; self.lp.rows()];
        for (t, entries) in self.columns.iter().enumerate() {
            if open[t] {
                for &(r, c) in entries {
                    by_row[r] += c * self.shape.size(t);
                }
            }
        }
        let entries: Vec<(usize, f64)> =
            by_row.into_iter().enumerate().filter(|(_, c)| c.abs() > 0.0).collect();
        if let Some(&(last, _)) = self.raised.last() {
            self.lp.set_cost(last, 0.0);
        }
        let column = self.lp.add(-1.0, 0.0, f64::INFINITY, &entries);
        self.raised.push((column, open.to_vec()));
        let mut slack: f64 = 0.0;
        let mut status = self.lp.optimise();
        loop {
            match status {
                Status::Optimal => {}
                // The levels before this one hold to the last bit of rounding: loosen them by as little as works.
                Status::Infeasible if self.raised.len() > 1 && slack < 1e-7 => {
                    slack = (slack * 10.0).max(1e-13);
                    self.loosen(slack);
                    status = self.lp.optimise();
                    continue;
                }
                Status::Infeasible => return Ok(None),
                Status::Unbounded => {
                    // Only a cap can stop it: all caps of open classes become rows.
                    for (t, &is_open) in open.iter().enumerate() {
                        if is_open && !self.capped[t] {
                            self.cap(t);
                        }
                    }
                    status = self.lp.optimise();
                    if status == Status::Unbounded {
                        return Err(Trouble);
                    }
                    continue;
                }
                Status::Stalled => return Err(Trouble),
            }
            let over: Vec<usize> = (0..open.len())
                .filter(|&t| !self.capped[t] && self.count(t) > f64::from(self.shape.classes[t].most) + 1e-9)
                .collect();
            if over.is_empty() {
                break;
            }
            for t in over {
                self.cap(t);
            }
            status = self.lp.reoptimise();
        }
        let gain = self.lp.value(column);
        self.lp.set_bounds(column, gain, gain);
        Ok(Some(gain))
    }

    /// Lets all levels but the last be this much lower.
    fn loosen(&mut self, slack: f64) {
        for (column, _) in self.raised.iter().rev().skip(1) {
            let (low, high) = self.lp.bounds(*column);
            self.lp.set_bounds(*column, (low - slack).max(0.0), high);
        }
    }

    /// Makes `count ≤ most` of a class a row.
    fn cap(&mut self, class: usize) {
        let mut entries = vec![(class, 1.0)];
        for (column, raises) in &self.raised {
            if raises[class] {
                entries.push((*column, self.shape.size(class)));
            }
        }
        let row = self.lp.push_row(f64::NEG_INFINITY, f64::from(self.shape.classes[class].most), &entries);
        self.columns[class].push((row, 1.0));
        self.capped[class] = true;
    }
}
