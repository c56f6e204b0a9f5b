//! NASH: the lottery whose product of probabilities is largest.
//!
//! Over the relaxation of the panels the best point maximises `Σ size × ln(count)` under the quotas: a few steps of
//! Newton's method on a few dozen rows (`interior`). It is then mixed from panels like any other point (`decompose`). Where
//! the relaxation says too little, panels are generated one by one and their best mix is found anew each time. Either way
//! the certificate is the article's: at the best lottery no panel's members have `Σ 1/probability` above the number of
//! people.

use crate::decompose::{self, Known, Mix, Outcome};
use crate::interior;
use crate::linear::Simplex;
use crate::lottery::{NoLottery, Quality};
use crate::problem::Problem;
use crate::search::{self, Wanted};
use crate::shape::Shape;
use crate::watch::Watch;

/// How many inequalities are added before panels are generated one by one instead.
const CUTS: usize = 12;
/// The relative gap that counts as none.
const GAP: f64 = 1e-6;

pub(crate) fn best(problem: &Problem, watch: &mut Watch<'_>) -> Result<(Mix, Quality), NoLottery> {
    let shape = &problem.shape;
    let mut cuts = vec![];
    let mut known = Known::default();
    while let Ok(point) = interior::nash(shape, &cuts) {
        let Some(point) = point else { return Err(NoLottery::NoPanel) };
        match decompose::decompose(shape, &cuts, &point, &point, &mut known, watch) {
            Outcome::NoPanel => return Err(NoLottery::NoPanel),
            Outcome::Cut(cut, _) if cuts.len() < CUTS && watch.go_on() => cuts.push(cut),
            Outcome::Stopped(mix) if watch.stopped => {
                if mix.panels.is_empty() {
                    return Err(NoLottery::Stopped);
                }
                return Ok((mix, judged(f64::INFINITY)));
            }
            Outcome::Mixed(mix) => {
                let able: Vec<bool> = point.iter().map(|x| *x > 1e-9).collect();
                let mut lp = shape.relaxation();
                let gap = heaviest(shape, &problem.chances(&mix), &able, &mut lp, watch).1;
                if gap <= GAP || watch.stopped {
                    return Ok((mix, judged(gap)));
                }
                break;
            }
            Outcome::Cut(..) | Outcome::Stopped(_) => break,
        }
    }
    generate(problem, &mut known, watch)
}

fn judged(gap: f64) -> Quality {
    let gap = gap.max(0.0);
    Quality { is_optimal: gap <= GAP, bound: 1.0, gap: gap.min(1.0), proofs: vec![] }
}

/// A panel whose members have a larger `Σ 1/probability` than there are people, if one has, and the relative gap.
fn heaviest(
    shape: &Shape,
    chances: &[f64],
    able: &[bool],
    lp: &mut Simplex,
    watch: &mut Watch<'_>,
) -> (Option<Vec<u32>>, f64) {
    let people: f64 = (0..able.len()).filter(|&t| able[t]).map(|t| shape.size(t)).sum();
    let weights: Vec<f64> =
        chances.iter().zip(able).map(|(p, able)| if *able { 1.0 / p.max(1e-9) } else { 0.0 }).collect();
    let wanted = Wanted { above: people * (1.0 + GAP / 10.0), share: 1.0, nodes: usize::MAX };
    let found = search::best(lp, &weights, wanted, &mut || watch.go_on());
    let gap = found.bound / people - 1.0;
    (found.best.map(|b| b.0), if found.complete { gap.max(0.0) } else { f64::INFINITY })
}

/// Column generation, as in the article, with the best mix of the known panels found by an interior-point method.
fn generate(
    problem: &Problem,
    known: &mut Known,
    watch: &mut Watch<'_>,
) -> Result<(Mix, Quality), NoLottery> {
    let shape = &problem.shape;
    let classes = shape.classes.len();
    let mut lp = shape.relaxation();
    // Everyone who can be on a panel is on one of the known panels.
    let mut able = vec![false; classes];
    for t in 0..classes {
        able[t] = known.panels.iter().any(|p| p[t] > 0);
        if able[t] {
            continue;
        }
        let mut weights = vec![0.0; classes];
        weights[t] = 1.0;
        let wanted = Wanted { above: 0.5, share: 0.0, nodes: usize::MAX };
        let found = search::best(&mut lp, &weights, wanted, &mut || watch.go_on());
        if let Some((panel, _)) = found.best {
            known.panels.push(panel);
            able[t] = true;
        } else if watch.stopped {
            break;
        }
    }
    if known.panels.is_empty() {
        return Err(if watch.stopped { NoLottery::Stopped } else { NoLottery::NoPanel });
    }
    loop {
        let weights = interior::mix(shape, &known.panels, &able).ok_or(NoLottery::Trouble)?;
        let panels = known.panels.iter().cloned().zip(weights).filter(|(_, w)| *w > 1e-10);
        let mut mix = Mix { panels: panels.collect(), missed: 0.0 };
        let total: f64 = mix.panels.iter().map(|(_, w)| w).sum();
        mix.panels.iter_mut().for_each(|(_, w)| *w /= total);
        if !watch.at(0.5, known.panels.len()) {
            return Ok((mix, judged(f64::INFINITY)));
        }
        match heaviest(shape, &problem.chances(&mix), &able, &mut lp, watch) {
            (Some(panel), _) if !known.panels.contains(&panel) => known.panels.push(panel),
            (_, gap) => return Ok((mix, judged(gap))),
        }
    }
}
