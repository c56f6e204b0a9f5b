//! LEGACY: the greedy selection used before 2021, for comparison.
//!
//! Again and again the value whose quota is hardest to meet (`(minimum − selected) ÷ people left`) gets one of its people
//! at random; those who can no longer be taken leave the pool. When a quota cannot be met any more, all is begun again.
//! It gives no probabilities: they are counted over the tickets.

use crate::lottery::{Lottery, Method, NoLottery, Quality};
use crate::problem::Problem;
use crate::random::Chance;
use crate::watch::Watch;

/// Tries for one panel.
const TRIES: u32 = 100;

pub(crate) fn lottery(problem: &Problem, tickets: u32, watch: &mut Watch<'_>) -> Result<Lottery, NoLottery> {
    let mut chance = Chance::new("parvis legacy");
    let mut panels = vec![];
    for n in 0..tickets {
        if !watch.at(f64::from(n) / f64::from(tickets), panels.len()) {
            break;
        }
        let panel = (0..TRIES).find_map(|_| select(problem, &mut chance));
        let Some(mut panel) = panel else { return Err(NoLottery::GreedyFailed { tries: TRIES }) };
        panel.sort_unstable();
        panels.push(panel);
    }
    if panels.is_empty() {
        return Err(NoLottery::Stopped);
    }
    let mut times = vec![0_u32; problem.pool().people.len()];
    for &p in panels.iter().flatten() {
        times[p] += 1;
    }
    let total = f64::from(u32::try_from(panels.len()).unwrap_or(u32::MAX));
    let different: std::collections::BTreeSet<&[usize]> = panels.iter().map(Vec::as_slice).collect();
    let support = different.len();
    Ok(Lottery {
        method: Method::Legacy,
        probabilities: times.iter().map(|&n| f64::from(n) / total).collect(),
        support,
        tickets: panels,
        quality: Quality { is_optimal: false, bound: 1.0, gap: 1.0, proofs: vec![] },
    })
}

/// One greedy selection; `None` when a quota cannot be met any more.
fn select(problem: &Problem, chance: &mut Chance) -> Option<Vec<usize>> {
    let people = &problem.pool().people;
    let quotas = problem.quotas();
    let mut free: Vec<bool> = vec![true; people.len()];
    let mut of: Vec<Vec<usize>> = vec![vec![]; people.len()];
    for (q, concerned) in problem.concerned.iter().enumerate() {
        for &p in concerned {
            of[p].push(q);
        }
    }
    let mut selected = vec![0_u32; quotas.len()];
    let mut left: Vec<u32> =
        problem.concerned.iter().map(|c| u32::try_from(c.len()).unwrap_or(u32::MAX)).collect();
    let mut panel = vec![];
    for (q, quota) in quotas.iter().enumerate() {
        if quota.max == 0 {
            drop_all(problem, q, &mut free, &of, &mut left);
        }
    }
    while u32::try_from(panel.len()).is_ok_and(|n| n < problem.seats()) {
        // a/b > c/d as a·d > c·b: no rounding.
        let mut best: Option<(i64, i64, usize)> = None;
        for (q, quota) in quotas.iter().enumerate() {
            let need = i64::from(quota.min) - i64::from(selected[q]);
            if need > i64::from(left[q]) {
                return None;
            }
            if left[q] == 0 || selected[q] >= quota.max {
                continue;
            }
            let (a, b) = (need, i64::from(left[q]));
            if best.is_none_or(|(c, d, _)| a * d > c * b) {
                best = Some((a, b, q));
            }
        }
        let (_, _, q) = best?;
        let candidates: Vec<usize> = problem.concerned[q].iter().copied().filter(|&p| free[p]).collect();
        let chosen = *candidates.get(chance.place(candidates.len()))?;
        panel.push(chosen);
        leave(chosen, &mut free, &of, &mut left);
        for (g, group) in people[chosen].groups.iter().enumerate() {
            if group.is_some() {
                for (p, person) in people.iter().enumerate() {
                    if free[p] && person.groups.get(g) == Some(group) {
                        leave(p, &mut free, &of, &mut left);
                    }
                }
            }
        }
        for &q in &of[chosen] {
            selected[q] += 1;
            if selected[q] == quotas[q].max {
                drop_all(problem, q, &mut free, &of, &mut left);
            }
        }
    }
    problem.admits(&panel).then_some(panel)
}

fn leave(p: usize, free: &mut [bool], of: &[Vec<usize>], left: &mut [u32]) {
    free[p] = false;
    for &q in &of[p] {
        left[q] -= 1;
    }
}

fn drop_all(problem: &Problem, q: usize, free: &mut [bool], of: &[Vec<usize>], left: &mut [u32]) {
    for &p in &problem.concerned[q] {
        if free[p] {
            leave(p, free, of, left);
        }
    }
}
