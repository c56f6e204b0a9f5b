//! Checking that a lottery is the fairest, from its published dual weights.

use crate::lottery::{Lottery, Proof};
use crate::problem::Problem;
use crate::published::Check;
use crate::search::{self, Wanted};
use crate::watch::{Report, Watch};

/// How far a proof may be off, for numbers that were computed with rounding.
const TOLERANCE: f64 = 1e-6;

impl Problem {
    /// Checks the proofs of a leximin lottery: for each level, one search for the heaviest panel (the only thing that is
    /// solved), and three sums. When all hold, nobody can have more without someone who has less or as much having less.
    pub fn certify(&self, lottery: &Lottery, report: &mut Report<'_>) -> Vec<Check> {
        let mut watch = Watch::new(report);
        let mut lp = self.shape.relaxation();
        let mut level = vec![f64::NAN; self.pool().people.len()];
        let mut checks = vec![];
        for (n, proof) in lottery.quality.proofs.iter().enumerate() {
            let found = self.check_proof(proof, &mut level, lottery, &mut lp, &mut watch);
            let (ok, detail) = match found {
                Ok(()) => {
                    (true, format!("level {}: nobody of it can have more than {}", n + 1, proof.probability))
                }
                Err(why) => (false, format!("level {}: {why}", n + 1)),
            };
            checks.push(Check { name: "optimality", ok, detail });
        }
        let missing = level.iter().filter(|l| l.is_nan()).count();
        let detail = format!("{missing} people have no level");
        checks.push(Check { name: "levels", ok: missing == 0, detail });
        checks
    }

    fn check_proof(
        &self,
        proof: &Proof,
        level: &mut [f64],
        lottery: &Lottery,
        lp: &mut crate::linear::Simplex,
        watch: &mut Watch<'_>,
    ) -> Result<(), String> {
        let mut by_person = vec![0.0; level.len()];
        for &(p, w) in &proof.weights {
            if w < 0.0 {
                return Err("a weight is negative".into());
            }
            *by_person.get_mut(p).ok_or("a weight is of nobody")? = w;
        }
        for &p in &proof.people {
            let of = level.get_mut(p).ok_or("nobody has this place")?;
            if !of.is_nan() {
                return Err("someone is on two levels".into());
            }
            *of = proof.probability;
            if by_person[p] <= 0.0 {
                return Err("someone of the level has no weight".into());
            }
            // More than the level is not less fair: the weights show that somebody then has less.
            if lottery.probabilities[p] < proof.probability - TOLERANCE {
                return Err("someone of the level has less".into());
            }
        }
        let mut sum = 0.0;
        for &(p, w) in &proof.weights {
            if level[p].is_nan() {
                return Err("a weight is of someone of a higher level".into());
            }
            sum += w * level[p];
        }
        if (sum - proof.most).abs() > TOLERANCE * (1.0 + proof.most) {
            return Err("the weights of the levels do not sum to the bound".into());
        }
        // People who cannot be told apart may have different published weights: their class has the largest.
        let weights: Vec<f64> = self
            .shape
            .classes
            .iter()
            .map(|c| c.members.iter().map(|&p| by_person[p]).fold(0.0, f64::max))
            .collect();
        let above = proof.most + TOLERANCE * (1.0 + proof.most);
        let wanted = Wanted { above, share: 0.0, nodes: usize::MAX };
        let found = search::best(lp, &weights, wanted, &mut || watch.go_on());
        if found.best.is_some() {
            return Err("a panel is heavier than the bound".into());
        }
        if found.complete { Ok(()) } else { Err("stopped before it was checked".into()) }
    }
}
