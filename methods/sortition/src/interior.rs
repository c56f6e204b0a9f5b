//! The point of largest product over the relaxation, by a primal-dual interior-point method.
//!
//! `minimise −Σ size·ln(count)` with `A·count − s = 0`, `low ≤ s ≤ high`, `count ≤ most`. Newton's equations of the
//! perturbed optimality conditions reduce to one symmetric system with a line for each row (a few dozen). No logarithm is
//! ever computed: only its derivatives, so that the result does not depend on a machine's mathematical library.
#![expect(clippy::needless_range_loop, reason = "matrices read best by row and column number")]

use crate::fair::{self, Trouble};
use crate::shape::{Cut, Shape};

const ITERATIONS: usize = 300;

struct Rows {
    /// Coefficients, row after row.
    entries: Vec<Vec<(usize, f64)>>,
    low: Vec<f64>,
    high: Vec<f64>,
}

impl Rows {
    fn is_fixed(&self, r: usize) -> bool {
        self.high[r] - self.low[r] < 1e-12
    }

    fn activity(&self, r: usize, c: &[f64]) -> f64 {
        self.entries[r].iter().map(|&(t, a)| a * c[t]).sum()
    }
}

/// The expected counts whose product of probabilities is largest, people who cannot be on any panel left aside.
/// `None`: the relaxation is empty.
pub(crate) fn nash(shape: &Shape, cuts: &[Cut]) -> Result<Option<Vec<f64>>, Trouble> {
    let Some(levels) = fair::levels(shape, cuts, false)? else { return Ok(None) };
    // Leximin gives 0 to nobody who can have more.
    let inside: Vec<usize> = (0..shape.classes.len()).filter(|&t| levels.probabilities[t] > 1e-9).collect();
    let mut column = vec![usize::MAX; shape.classes.len()];
    for (i, &t) in inside.iter().enumerate() {
        column[t] = i;
    }
    let mut rows = Rows { entries: vec![], low: vec![], high: vec![] };
    for row in &shape.rows {
        let entries =
            row.classes.iter().filter(|t| column[**t] < usize::MAX).map(|&t| (column[t], 1.0)).collect();
        rows.entries.push(entries);
        rows.low.push(f64::from(row.low));
        rows.high.push(f64::from(row.high));
    }
    for cut in cuts {
        let entries =
            inside.iter().enumerate().map(|(i, &t)| (i, cut.weights[t])).filter(|e| e.1 > 0.0).collect();
        rows.entries.push(entries);
        rows.low.push(0.0);
        rows.high.push(cut.most);
    }
    let sizes: Vec<f64> = inside.iter().map(|&t| shape.size(t)).collect();
    let most: Vec<f64> = inside.iter().map(|&t| f64::from(shape.classes[t].most)).collect();
    let start: Vec<f64> = inside.iter().zip(&sizes).map(|(&t, n)| levels.probabilities[t] * n).collect();
    let c = newton(&rows, &sizes, &most, &start).ok_or(Trouble)?;
    let mut point = vec![0.0; shape.classes.len()];
    for (i, &t) in inside.iter().enumerate() {
        point[t] = c[i];
    }
    Ok(Some(point))
}

fn newton(rows: &Rows, sizes: &[f64], most: &[f64], start: &[f64]) -> Option<Vec<f64>> {
    let (m, n) = (rows.low.len(), sizes.len());
    let mut c: Vec<f64> = start.iter().zip(most).map(|(x, u)| x.min(0.95 * u)).collect();
    let mut s: Vec<f64> = (0..m)
        .map(|r| {
            let margin = 0.1 * (rows.high[r] - rows.low[r]);
            rows.activity(r, &c).clamp(rows.low[r] + margin, rows.high[r] - margin)
        })
        .collect();
    let mut y = vec![0.0; m];
    let (mut below, mut above, mut cap) = (vec![1.0; m], vec![1.0; m], vec![1.0; n]);
    let mut by_row = vec![0.0; n];
    // The closest iterate so far, and how far it was.
    let mut best = (f64::INFINITY, c.clone());
    for _ in 0..ITERATIONS {
        // Residuals.
        by_row.iter_mut().for_each(|x| *x = 0.0);
        for r in 0..m {
            for &(t, a) in &rows.entries[r] {
                by_row[t] += a * y[r];
            }
        }
        let off_c: Vec<f64> = (0..n).map(|t| -sizes[t] / c[t] + by_row[t] + cap[t]).collect();
        let off_p: Vec<f64> = (0..m).map(|r| rows.activity(r, &c) - s[r]).collect();
        let ranged = (0..m).filter(|&r| !rows.is_fixed(r));
        let mut gap = 0.0;
        let mut pairs = 0.0;
        for r in ranged {
            gap += below[r] * (s[r] - rows.low[r]) + above[r] * (rows.high[r] - s[r]);
            pairs += 2.0;
        }
        for t in 0..n {
            gap += cap[t] * (most[t] - c[t]);
            pairs += 1.0;
        }
        let worst_p = off_p.iter().fold(0.0_f64, |w, x| w.max(x.abs()));
        let worst_c = off_c.iter().zip(&c).fold(0.0_f64, |w, (x, c)| w.max((x * c).abs()));
        let people: f64 = sizes.iter().sum();
        let away = (gap / people).max(worst_c).max(100.0 * worst_p);
        if !away.is_finite() || !c.iter().chain(&y).all(|x| x.is_finite()) {
            break;
        }
        if away < best.0 {
            best = (away, c.clone());
        }
        if away < 1e-10 {
            break;
        }
        let mu = 0.1 * gap / pairs;
        // One system with a line for each row.
        let curve: Vec<f64> = (0..n).map(|t| sizes[t] / (c[t] * c[t]) + cap[t] / (most[t] - c[t])).collect();
        let push_c: Vec<f64> = (0..n).map(|t| -off_c[t] - mu / (most[t] - c[t]) + cap[t]).collect();
        let mut stiff = vec![0.0; m];
        let mut push_s = vec![0.0; m];
        for r in (0..m).filter(|&r| !rows.is_fixed(r)) {
            let (down, up) = (s[r] - rows.low[r], rows.high[r] - s[r]);
            stiff[r] = 1.0 / (below[r] / down + above[r] / up);
            let off_s = -y[r] - below[r] + above[r];
            push_s[r] = -off_s + (mu / down - below[r]) - (mu / up - above[r]);
        }
        let mut dense = vec![0.0; m * n];
        for r in 0..m {
            for &(t, a) in &rows.entries[r] {
                dense[r * n + t] = a;
            }
        }
        let mut matrix = vec![0.0; m * m];
        let mut right = vec![0.0; m];
        for r in 0..m {
            for q in 0..=r {
                let sum: f64 = rows.entries[q].iter().map(|&(t, a)| a * dense[r * n + t] / curve[t]).sum();
                matrix[r * m + q] = sum;
            }
            matrix[r * m + r] += stiff[r];
            right[r] = rows.entries[r].iter().map(|&(t, a)| a * push_c[t] / curve[t]).sum::<f64>()
                - stiff[r] * push_s[r]
                + off_p[r];
        }
        cholesky(&mut matrix, &mut right, m);
        let dy = right;
        by_row.iter_mut().for_each(|x| *x = 0.0);
        for r in 0..m {
            for &(t, a) in &rows.entries[r] {
                by_row[t] += a * dy[r];
            }
        }
        let dc: Vec<f64> = (0..n).map(|t| (push_c[t] - by_row[t]) / curve[t]).collect();
        let ds: Vec<f64> = (0..m).map(|r| stiff[r] * (push_s[r] + dy[r])).collect();
        let mut step: f64 = 1.0;
        let mut keep = |x: f64, dx: f64| {
            if dx < 0.0 {
                step = step.min(-0.99 * x / dx);
            }
        };
        let mut d_below = vec![0.0; m];
        let mut d_above = vec![0.0; m];
        for r in (0..m).filter(|&r| !rows.is_fixed(r)) {
            let (down, up) = (s[r] - rows.low[r], rows.high[r] - s[r]);
            d_below[r] = (mu - below[r] * ds[r]) / down - below[r];
            d_above[r] = (mu + above[r] * ds[r]) / up - above[r];
            keep(down, ds[r]);
            keep(up, -ds[r]);
            keep(below[r], d_below[r]);
            keep(above[r], d_above[r]);
        }
        let d_cap: Vec<f64> = (0..n).map(|t| (mu + cap[t] * dc[t]) / (most[t] - c[t]) - cap[t]).collect();
        for t in 0..n {
            keep(c[t], dc[t]);
            keep(most[t] - c[t], -dc[t]);
            keep(cap[t], d_cap[t]);
        }
        for t in 0..n {
            c[t] += step * dc[t];
            cap[t] += step * d_cap[t];
        }
        for r in 0..m {
            s[r] += step * ds[r];
            y[r] += step * dy[r];
            below[r] += step * d_below[r];
            above[r] += step * d_above[r];
        }
    }
    // Where it is not as close as wanted (no room between a minimum and a maximum), the certificate says how close.
    (best.0 < 1e-3).then_some(best.1)
}

/// Solves a symmetric positive semidefinite system in place (lower triangle given); lines that depend on others get 0.
fn cholesky(matrix: &mut [f64], right: &mut [f64], m: usize) {
    let largest = (0..m).map(|i| matrix[i * m + i]).fold(0.0, f64::max);
    let mut skipped = vec![false; m];
    for i in 0..m {
        for j in 0..=i {
            let (a, b) = (&matrix[i * m..i * m + j], &matrix[j * m..j * m + j]);
            let sum: f64 = a.iter().zip(b).map(|(x, y)| x * y).sum();
            let left = matrix[i * m + j] - sum;
            if i == j {
                skipped[i] = left <= 1e-13 * largest;
                matrix[i * m + i] = if skipped[i] { 1.0 } else { left.sqrt() };
            } else {
                matrix[i * m + j] = if skipped[j] { 0.0 } else { left / matrix[j * m + j] };
            }
        }
        if skipped[i] {
            for j in 0..i {
                matrix[i * m + j] = 0.0;
            }
        }
    }
    for i in 0..m {
        let sum: f64 = (0..i).map(|j| matrix[i * m + j] * right[j]).sum();
        right[i] = if skipped[i] { 0.0 } else { (right[i] - sum) / matrix[i * m + i] };
    }
    for i in (0..m).rev() {
        let sum: f64 = (i + 1..m).map(|j| matrix[j * m + i] * right[j]).sum();
        right[i] = if skipped[i] { 0.0 } else { (right[i] - sum) / matrix[i * m + i] };
    }
}

/// The weights of known panels whose mix has the largest product of probabilities of the people who can be drawn.
///
/// `maximise Σ size·ln(p)` over weights that sum to 1 is the same as `Σ size·ln(p) − people × Σ weights` over any weights
/// that are not negative. `None`: numerical trouble.
pub(crate) fn mix(shape: &Shape, panels: &[Vec<u32>], able: &[bool]) -> Option<Vec<f64>> {
    let k = panels.len();
    let inside: Vec<usize> = (0..able.len()).filter(|&t| able[t]).collect();
    let sizes: Vec<f64> = inside.iter().map(|&t| shape.size(t)).collect();
    let people: f64 = sizes.iter().sum();
    let share: Vec<Vec<f64>> = panels
        .iter()
        .map(|panel| inside.iter().zip(&sizes).map(|(&t, n)| f64::from(panel[t]) / n).collect())
        .collect();
    let even = 1.0 / f64::from(u32::try_from(k).unwrap_or(u32::MAX));
    let mut weight = vec![even; k];
    let mut slack = vec![people; k];
    for _ in 0..ITERATIONS {
        let mut p = vec![0.0; inside.len()];
        for (w, panel) in weight.iter().zip(&share) {
            for (x, a) in p.iter_mut().zip(panel) {
                *x += w * a;
            }
        }
        let slope: Vec<f64> = share
            .iter()
            .map(|panel| people - panel.iter().zip(&p).zip(&sizes).map(|((a, p), n)| n * a / p).sum::<f64>())
            .collect();
        let gap: f64 = weight.iter().zip(&slack).map(|(w, s)| w * s).sum();
        let off = slope.iter().zip(&slack).map(|(g, s)| (g - s).abs()).fold(0.0, f64::max);
        if gap < 1e-11 * people && off < 1e-9 * people {
            return Some(weight);
        }
        let mu = 0.1 * gap * even;
        let mut matrix = vec![0.0; k * k];
        for i in 0..k {
            for j in 0..=i {
                let curve = share[i].iter().zip(&share[j]).zip(p.iter().zip(&sizes));
                matrix[i * k + j] = curve.map(|((a, b), (p, n))| n * a * b / (p * p)).sum();
            }
            matrix[i * k + i] += slack[i] / weight[i];
        }
        let mut step: Vec<f64> = (0..k).map(|i| mu / weight[i] - slope[i]).collect();
        cholesky(&mut matrix, &mut step, k);
        let d_slack: Vec<f64> = (0..k).map(|i| (mu - slack[i] * step[i]) / weight[i] - slack[i]).collect();
        let mut length: f64 = 1.0;
        for i in 0..k {
            for (x, d) in [(weight[i], step[i]), (slack[i], d_slack[i])] {
                if d < 0.0 {
                    length = length.min(-0.99 * x / d);
                }
            }
        }
        for i in 0..k {
            weight[i] += length * step[i];
            slack[i] += length * d_slack[i];
        }
        if !weight.iter().chain(&slack).all(|x| x.is_finite()) {
            return None;
        }
    }
    Some(weight)
}
