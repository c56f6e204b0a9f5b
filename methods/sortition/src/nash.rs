//! NASH: the lottery whose product of probabilities is largest.
//!
//! Over the relaxation of the panels the best point maximises `Σ size × ln(count)` under the quotas: a few steps of
//! Newton's method on a few dozen rows (`interior`). It is then mixed from panels like any other point (`decompose`). Its
//! certificate is the article's: at the best point, no panel's members have `Σ 1/probability` above the number of
//! people.

use crate::decompose::{self, Known, Mix, Outcome};
use crate::interior;
use crate::lottery::{NoLottery, Quality};
use crate::problem::Problem;
use crate::search::{self, Wanted};
use crate::watch::Watch;

/// How many inequalities are added at most.
const ROUNDS: usize = 200;

pub(crate) fn best(problem: &Problem, watch: &mut Watch<'_>) -> Result<(Mix, Quality), NoLottery> {
    let shape = &problem.shape;
    let mut cuts = vec![];
    let mut known = Known::default();
    loop {
        let Some(point) = interior::nash(shape, &cuts) else { return Err(NoLottery::NoPanel) };
        let (mix, is_done) = match decompose::decompose(shape, &cuts, &point, &point, &mut known, watch) {
            Outcome::NoPanel => return Err(NoLottery::NoPanel),
            Outcome::Cut(cut, _) if cuts.len() < ROUNDS && watch.go_on() => {
                cuts.push(cut);
                continue;
            }
            Outcome::Mixed(mix) => (mix, true),
            Outcome::Cut(_, mix) | Outcome::Stopped(mix) => (mix, false),
        };
        if mix.panels.is_empty() {
            return Err(NoLottery::Stopped);
        }
        let chances = problem.chances(&mix);
        let people: f64 = (0..chances.len()).filter(|&t| point[t] > 1e-9).map(|t| shape.size(t)).sum();
        let weights: Vec<f64> =
            chances.iter().zip(&point).map(|(p, x)| if *x > 1e-9 { 1.0 / p.max(1e-12) } else { 0.0 }).collect();
        let mut lp = shape.relaxation();
        // What is worth `people` exactly is no gap: only more is looked for.
        let wanted = Wanted { above: people * (1.0 + 1e-9), share: 1.0, nodes: usize::MAX };
        let found = search::best(&mut lp, &weights, wanted, &mut || watch.go_on());
        let heaviest = found.best.map_or(found.bound, |b| b.1.max(if found.complete { b.1 } else { found.bound }));
        let gap = (heaviest / people - 1.0).max(0.0);
        let bound = 1.0;
        return Ok((mix, Quality { is_optimal: is_done && gap <= 1e-6, bound, gap, proofs: vec![] }));
    }
}
