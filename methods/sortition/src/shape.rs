//! Panels as counts: people who cannot be told apart are one class, and a panel is how many of each class it takes.
//!
//! Two people with the same values in every category, and housemates with the same values, are exchangeable: swapping
//! them turns feasible panels into feasible panels. The fairest lottery is unique in its probabilities, so it gives
//! both the same. A pool of thousands thus becomes a program of a few hundred columns (and the article's example with
//! 2,000 people one of three).

use crate::linear::{Linear, Simplex};

/// With more classes than this, least squares reach a point sooner than a program with a row for each class (with 700, that one
/// met numerical trouble; with 1,700, it did not end).
const LARGE: usize = 300;

/// People who cannot be told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Class {
    /// Their places in the pool, in the order in which they are taken (see `lottery`).
    pub(crate) members: Vec<usize>,
    /// The most a panel can take of them.
    pub(crate) most: u32,
    /// The household composition they live in, if any.
    pub(crate) composition: Option<usize>,
}

/// A constraint `low ≤ Σ counts of these classes ≤ high`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) low: u32,
    pub(crate) high: u32,
    pub(crate) classes: Vec<usize>,
}

/// An inequality `weights · counts ≤ most` that all panels satisfy.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cut {
    pub(crate) weights: Vec<f64>,
    pub(crate) most: f64,
}

/// Everything that makes a panel feasible, in counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) seats: u32,
    pub(crate) classes: Vec<Class>,
    /// The seats first, then quotas, then households.
    pub(crate) rows: Vec<Row>,
}

impl Shape {
    /// How many people a class has, as a number to compute with.
    pub(crate) fn size(&self, class: usize) -> f64 {
        f64::from(u32::try_from(self.classes[class].members.len()).unwrap_or(u32::MAX))
    }

    /// The entries of each class in the rows.
    pub(crate) fn columns(&self) -> Vec<Vec<(usize, f64)>> {
        let mut columns = vec![vec![]; self.classes.len()];
        for (r, row) in self.rows.iter().enumerate() {
            for &class in &row.classes {
                columns[class].push((r, 1.0));
            }
        }
        columns
    }

    /// The rows that each class is in.
    pub(crate) fn rows_of_classes(&self) -> Vec<Vec<usize>> {
        self.columns().into_iter().map(|entries| entries.into_iter().map(|e| e.0).collect()).collect()
    }

    /// Whether there are more classes than a program with a row for each can bear.
    pub(crate) fn is_large(&self) -> bool {
        self.classes.len() > LARGE
    }

    /// Gives a relaxation that was restricted its own bounds again.
    pub(crate) fn release(&self, lp: &mut Simplex) {
        for (row, r) in self.rows.iter().enumerate() {
            lp.set_row(row, f64::from(r.low), f64::from(r.high));
        }
        for (t, class) in self.classes.iter().enumerate() {
            lp.set_bounds(t, 0.0, f64::from(class.most));
        }
    }

    /// The relaxation of the panels: one column a class, no integrality.
    pub(crate) fn relaxation(&self) -> Simplex {
        let rows: Vec<(f64, f64)> = self.rows.iter().map(|r| (f64::from(r.low), f64::from(r.high))).collect();
        let mut lp = Simplex::new(&rows);
        for (class, entries) in self.classes.iter().zip(self.columns()) {
            lp.add(0.0, 0.0, f64::from(class.most), &entries);
        }
        lp
    }

    /// Whether these counts make a feasible panel.
    pub(crate) fn admits(&self, counts: &[u32]) -> bool {
        counts.len() == self.classes.len()
            && counts.iter().zip(&self.classes).all(|(c, class)| *c <= class.most)
            && self.rows.iter().all(|row| {
                let sum: u64 = row.classes.iter().map(|&c| u64::from(counts[c])).sum();
                (u64::from(row.low)..=u64::from(row.high)).contains(&sum)
            })
    }
}
