//! The rounded lottery: numbered tickets, all equally likely, so that a draw is one number.
//!
//! First the weights are rounded to whole tickets so that no class strays by more than a panel (Beck and Fiala, "Integer-
//! making" theorems, 1981; used for this in Flanigan, Kehne and Procaccia, "Fair Sortition Made Transparent", NeurIPS
//! 2021): nobody's probability moves by more than seats ÷ tickets. Then tickets are exchanged as long as the
//! probabilities come closer, which in practice leaves about one ticket of difference.

use crate::decompose::Mix;
use crate::linear::{Linear, Simplex, Status};
use crate::problem::Problem;
use crate::search::count;
use crate::shape::Shape;

/// How many tickets each panel of a lottery gets, `tickets` in all.
pub(crate) fn round(shape: &Shape, mix: &Mix, tickets: u32) -> Vec<u32> {
    let shares: Vec<f64> = mix.panels.iter().map(|(_, w)| w * f64::from(tickets)).collect();
    let mut copies: Vec<u32> = shares.iter().map(|s| count((s + 1e-9).floor())).collect();
    let rest: Vec<f64> =
        shares.iter().zip(&copies).map(|(s, &c)| (s - f64::from(c)).clamp(0.0, 1.0)).collect();
    let given: u32 = copies.iter().sum();
    for (panel, extra) in whole(shape, mix, &rest, tickets.saturating_sub(given)).into_iter().enumerate() {
        copies[panel] += extra;
    }
    improve(shape, mix, &shares, &mut copies);
    copies
}

/// Rounds the rests to 0 or 1, `wanted` ones in all.
fn whole(shape: &Shape, mix: &Mix, rest: &[f64], wanted: u32) -> Vec<u32> {
    let mut x = rest.to_vec();
    let is_open = |v: f64| v > 1e-9 && v < 1.0 - 1e-9;
    let seats = f64::from(shape.seats);
    let mut forced = 0;
    // Each pass moves to a vertex of what keeps the active rows, where few rests are still open.
    for _ in 0..200 {
        let open: Vec<usize> = (0..x.len()).filter(|&p| is_open(x[p])).collect();
        if open.is_empty() {
            break;
        }
        // A row matters as long as its open part could stray by more than a panel.
        let mut rows: Vec<(usize, f64, f64)> = (0..shape.classes.len())
            .filter_map(|t| {
                let part = |p: &usize| f64::from(mix.panels[*p].0[t]);
                let could: f64 = open.iter().map(part).sum();
                let now: f64 = open.iter().map(|p| part(p) * x[*p]).sum();
                (could > seats).then_some((t, now, could))
            })
            .collect();
        rows.sort_by(|a, b| b.2.total_cmp(&a.2));
        rows.truncate(open.len().saturating_sub(1 + forced));
        let mut bounds: Vec<(f64, f64)> = rows.iter().map(|r| (r.1, r.1)).collect();
        let total: f64 = open.iter().map(|&p| x[p]).sum();
        bounds.push((total.round(), total.round()));
        let mut lp = Simplex::new(&bounds);
        for &p in &open {
            let mut entries: Vec<(usize, f64)> = rows
                .iter()
                .enumerate()
                .map(|(r, row)| (r, f64::from(mix.panels[p].0[row.0])))
                .filter(|e| e.1 > 0.0)
                .collect();
            entries.push((rows.len(), 1.0));
            lp.add(0.5 - x[p], 0.0, 1.0, &entries);
        }
        if lp.optimise() != Status::Optimal {
            forced += 1;
            continue;
        }
        let before = open.len();
        for (column, &p) in open.iter().enumerate() {
            x[p] = lp.value(column).clamp(0.0, 1.0);
        }
        if open.iter().filter(|&&p| is_open(x[p])).count() == before {
            forced += 1;
        }
    }
    let mut ones: Vec<u32> = x.iter().map(|&v| u32::from(v > 0.5)).collect();
    // Rounding may leave one or two too many or too few.
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|&a, &b| rest[b].total_cmp(&rest[a]).then(a.cmp(&b)));
    let mut given: u32 = ones.iter().sum();
    for &p in &order {
        if given < wanted && ones[p] == 0 {
            ones[p] = 1;
            given += 1;
        }
    }
    for &p in order.iter().rev() {
        if given > wanted && ones[p] == 1 {
            ones[p] = 0;
            given -= 1;
        }
    }
    while given < wanted && !ones.is_empty() {
        ones[order[0]] += 1;
        given += 1;
    }
    ones
}

/// Exchanges tickets of two panels as long as the probabilities come closer to the exact ones.
fn improve(shape: &Shape, mix: &Mix, shares: &[f64], copies: &mut [u32]) {
    let classes = shape.classes.len();
    let size: Vec<f64> = (0..classes).map(|t| shape.size(t)).collect();
    let mut off = vec![0.0; classes];
    for ((panel, _), (&c, &s)) in mix.panels.iter().zip(copies.iter().zip(shares)) {
        for (t, &n) in panel.iter().enumerate() {
            off[t] += f64::from(n) * (f64::from(c) - s);
        }
    }
    // A class may be off by as much as its members share out among them; beyond, the fourth power.
    let pain = |t: usize, off: f64| {
        let each = off / size[t];
        size[t] * each * each * (1.0 + 10.0 * each * each)
    };
    let sparse: Vec<Vec<(usize, f64)>> = mix
        .panels
        .iter()
        .map(|(p, _)| {
            p.iter().enumerate().filter(|(_, n)| **n > 0).map(|(t, &n)| (t, f64::from(n))).collect()
        })
        .collect();
    for _ in 0..12 {
        let mut changed = false;
        for from in 0..copies.len() {
            if copies[from] == 0 {
                continue;
            }
            for &(t, n) in &sparse[from] {
                off[t] -= n;
            }
            let gain_of = |to: usize, off: &[f64]| -> f64 {
                sparse[to].iter().map(|&(t, n)| pain(t, off[t] + n) - pain(t, off[t])).sum()
            };
            let stay = gain_of(from, &off);
            let mut best = (stay - 1e-9, from);
            for to in 0..copies.len() {
                let gain = gain_of(to, &off);
                if gain < best.0 {
                    best = (gain, to);
                }
            }
            for &(t, n) in &sparse[best.1] {
                off[t] += n;
            }
            if best.1 != from {
                copies[from] -= 1;
                copies[best.1] += 1;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
}

/// The people of each ticket. Within a class everyone's turn comes as often as anyone's, give or take one.
pub(crate) fn tickets(problem: &Problem, mix: &Mix, copies: &[u32]) -> Vec<Vec<usize>> {
    let shape = &problem.shape;
    let mut next = vec![0_usize; shape.classes.len()];
    let mut used = vec![0_u32; problem.pool().people.len()];
    let mut tickets = vec![];
    for ((counts, _), &times) in mix.panels.iter().zip(copies) {
        for _ in 0..times {
            let mut panel = vec![];
            // Households that already have someone in this panel, by composition.
            let mut taken: Vec<Vec<bool>> =
                problem.compositions.iter().map(|c| vec![false; c.households.len()]).collect();
            for (t, class) in shape.classes.iter().enumerate() {
                let wanted = usize::try_from(counts[t]).unwrap_or(0);
                if wanted == 0 {
                    continue;
                }
                match class.composition {
                    None => {
                        for _ in 0..wanted {
                            panel.push(class.members[next[t] % class.members.len()]);
                            next[t] += 1;
                        }
                    }
                    Some(c) => {
                        for _ in 0..wanted {
                            let free = class.members.iter().enumerate().filter_map(|(rank, &p)| {
                                let home = problem.home[p]?;
                                (!taken[c][home]).then_some((used[p], rank, p, home))
                            });
                            if let Some((_, _, p, home)) = free.min() {
                                taken[c][home] = true;
                                used[p] += 1;
                                panel.push(p);
                            }
                        }
                    }
                }
            }
            panel.sort_unstable();
            tickets.push(panel);
        }
    }
    tickets
}
