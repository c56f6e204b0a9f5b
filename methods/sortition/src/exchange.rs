//! A panel near another one: what a linear program takes many pivots to say, a few exchanges of people find.
//!
//! The face that holds what remains of a point asks little more than the face before it: the panel that was just taken
//! breaks one bound of it, and a few exchanges mend that. Where they do not, nothing is said (`search` decides).

use crate::linear::{Linear, Simplex, Status};
use crate::search;
use crate::shape::Shape;

/// How many exchanges are tried.
const EXCHANGES: usize = 100;
/// For how many exchanges who left does not come back, and who came does not leave.
const AWAY: usize = 10;
const KEPT: usize = 5;

/// The bounds that a panel must keep, and who should rather be on it.
pub(crate) struct Near {
    /// Bounds of each row of the shape.
    pub(crate) rows: Vec<(i32, i32)>,
    /// Bounds of the count of each class.
    pub(crate) counts: Vec<(u32, u32)>,
    /// Among exchanges that mend as much, the one that gains most of this is made.
    pub(crate) worth: Vec<f64>,
}

/// One exchange: how much further out of the bounds it leads, what it gains, who leaves and who comes.
type Exchange = (i32, f64, Option<usize>, Option<usize>);

impl Near {
    /// The bounds that a program has now.
    pub(crate) fn of(shape: &Shape, lp: &Simplex, worth: &[f64]) -> Near {
        let counts = |t| {
            let (least, most) = lp.bounds(t);
            (search::count(least), search::count(most))
        };
        Near {
            rows: (0..shape.rows.len()).map(|r| whole(lp.row_bounds(r))).collect(),
            counts: (0..worth.len()).map(counts).collect(),
            worth: worth.to_vec(),
        }
    }

    /// Exchanges people of `panel`, one at a time and the most mending first, until all bounds are kept. Whoever was
    /// exchanged stays so for a while (tabu search), which leads out of dead ends.
    pub(crate) fn find(&self, shape: &Shape, columns: &[Vec<usize>], panel: &[u32]) -> Option<Vec<u32>> {
        let within = |(&n, &(least, most)): (&u32, &(u32, u32))| n.clamp(least, most);
        let mut panel: Vec<u32> = panel.iter().zip(&self.counts).map(within).collect();
        let mut sums: Vec<i32> = shape
            .rows
            .iter()
            .map(|row| row.classes.iter().map(|&t| i32::try_from(panel[t]).unwrap_or(i32::MAX)).sum())
            .collect();
        let mut free_at = vec![0; panel.len()];
        let (mut one_more, mut one_less) = (vec![0; sums.len()], vec![0; sums.len()]);
        for now in 1..=EXCHANGES {
            let mut out = 0;
            for (r, &sum) in sums.iter().enumerate() {
                let here = self.outside(r, sum);
                one_more[r] = self.outside(r, sum + 1) - here;
                one_less[r] = self.outside(r, sum - 1) - here;
                out += here;
            }
            if out == 0 {
                return Some(panel);
            }
            let change = |t: usize, of: &[i32]| (t, columns[t].iter().map(|&r| of[r]).sum::<i32>());
            let free = (0..panel.len()).filter(|&t| free_at[t] < now);
            let coming: Vec<(usize, i32)> =
                free.clone().filter(|&t| panel[t] < self.counts[t].1).map(|t| change(t, &one_more)).collect();
            let leaving: Vec<(usize, i32)> =
                free.filter(|&t| panel[t] > self.counts[t].0).map(|t| change(t, &one_less)).collect();
            // The seats are the first row.
            let (_, _, leaves, comes) = match sums[0] {
                seats if seats < self.rows[0].0 => self.one(&coming, 1.0, |t| (None, Some(t))),
                seats if seats > self.rows[0].1 => self.one(&leaving, -1.0, |t| (Some(t), None)),
                _ => self.pair(columns, &leaving, &coming, &one_more, &one_less),
            }?;
            if let Some(t) = leaves {
                panel[t] -= 1;
                columns[t].iter().for_each(|&r| sums[r] -= 1);
                free_at[t] = now + AWAY;
            }
            if let Some(t) = comes {
                panel[t] += 1;
                columns[t].iter().for_each(|&r| sums[r] += 1);
                free_at[t] = now + KEPT;
            }
        }
        None
    }

    /// How far a sum of a row is outside its bounds.
    fn outside(&self, row: usize, sum: i32) -> i32 {
        let (low, high) = self.rows[row];
        (low - sum).max(sum - high).max(0)
    }

    /// The best of those who come (or leave) alone.
    fn one(
        &self,
        those: &[(usize, i32)],
        sign: f64,
        exchange: impl Fn(usize) -> (Option<usize>, Option<usize>),
    ) -> Option<Exchange> {
        let mut best: Option<Exchange> = None;
        for &(t, change) in those {
            let gain = sign * self.worth[t];
            if best.is_none_or(|b| change < b.0 || change == b.0 && gain > b.1) {
                let (leaves, comes) = exchange(t);
                best = Some((change, gain, leaves, comes));
            }
        }
        best
    }

    /// The best exchange of one for another.
    fn pair(
        &self,
        columns: &[Vec<usize>],
        leaving: &[(usize, i32)],
        coming: &[(usize, i32)],
        one_more: &[i32],
        one_less: &[i32],
    ) -> Option<Exchange> {
        let mut best: Option<Exchange> = None;
        // Rows that both are in do not change: what was counted for each is taken back.
        let mut shared = vec![0; one_more.len()];
        for &(leaves, less) in leaving {
            for &r in &columns[leaves] {
                shared[r] = one_more[r] + one_less[r];
            }
            for &(comes, more) in coming {
                let change = less + more - columns[comes].iter().map(|&r| shared[r]).sum::<i32>();
                if comes == leaves || best.is_some_and(|b| change > b.0) {
                    continue;
                }
                let gain = self.worth[comes] - self.worth[leaves];
                if best.is_none_or(|b| change < b.0 || gain > b.1) {
                    best = Some((change, gain, Some(leaves), Some(comes)));
                }
            }
            for &r in &columns[leaves] {
                shared[r] = 0;
            }
        }
        best
    }
}

/// A panel that these prices value highly, within the bounds of the program: its dearest point, rounded and mended. Nothing
/// says that it is the dearest panel.
pub(crate) fn priced(
    shape: &Shape,
    columns: &[Vec<usize>],
    lp: &mut Simplex,
    prices: &[f64],
) -> Option<Vec<u32>> {
    for (column, price) in prices.iter().enumerate() {
        lp.set_cost(column, -price);
    }
    if lp.optimise() != Status::Optimal {
        return None;
    }
    let rounded: Vec<u32> = (0..prices.len()).map(|t| search::count(lp.value(t))).collect();
    Near::of(shape, lp, prices).find(shape, columns, &rounded)
}

/// Bounds that are whole numbers.
#[expect(clippy::cast_possible_truncation, reason = "rounded, and bounded by the seats")]
fn whole((low, high): (f64, f64)) -> (i32, i32) {
    (low.round() as i32, high.round() as i32)
}
