//! The methods, and the lottery they give.

use crate::columns;
use crate::decompose::{self, Known, Mix, Outcome};
use crate::fair::{self, Level, Levels};
use crate::legacy;
use crate::nash;
use crate::problem::Problem;
use crate::random::Chance;
use crate::rounding;
use crate::shape::Cut;
use crate::watch::{Report, Watch};

/// The most tickets of a lottery.
pub const TICKETS: u32 = 1000;

/// How many inequalities are added to the relaxation before panels are generated one by one instead.
const CUTS: usize = 12;

/// What "fair" means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// The smallest probability as large as possible, then the next smallest, and so on (Flanigan, Gölz, Gupta, Hennig
    /// and Procaccia, "Fair algorithms for selecting citizens' assemblies", Nature 596, 2021).
    #[default]
    Leximin,
    /// The smallest probability as large as possible; the others as they come.
    Maximin,
    /// The product of all probabilities as large as possible.
    Nash,
    /// The greedy selection used before 2021, kept for comparison: always the category value that is hardest to fill.
    Legacy,
}

impl Method {
    /// The method's name, as in commands and files.
    pub fn code(self) -> &'static str {
        match self {
            Method::Leximin => "leximin",
            Method::Maximin => "maximin",
            Method::Nash => "nash",
            Method::Legacy => "legacy",
        }
    }
}

/// What proves that one level of probability could not be higher.
///
/// On every feasible panel the weights of its members sum to at most `most` (one search for the heaviest panel shows it).
/// So in every lottery `Σ weight × probability ≤ most`: the people of lower levels having what they have, the people of
/// this level cannot all have more than `probability`.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Proof {
    /// The level.
    pub probability: f64,
    /// Places in the pool of the people whose level this is.
    pub people: Vec<usize>,
    /// People whose weight is not zero, and their weight.
    pub weights: Vec<(usize, f64)>,
    /// What the weights of a panel sum to at most.
    pub most: f64,
}

/// How good a lottery is known to be.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Quality {
    /// Whether the lottery is the best for its method, to 1e-6.
    pub is_optimal: bool,
    /// No lottery gives everyone a probability above this.
    pub bound: f64,
    /// How far the lottery may be from the best. Leximin and maximin: when optimal, the largest shortfall of one person
    /// from their level (rounding errors); otherwise, `bound` less the smallest probability. Nash: the relative gap of its
    /// certificate.
    pub gap: f64,
    /// The levels and their proofs (leximin: all; maximin: the first; others: none).
    pub proofs: Vec<Proof>,
}

/// A lottery: who has which probability, and the numbered tickets.
#[derive(Debug, Clone, PartialEq)]
pub struct Lottery {
    /// The method.
    pub method: Method,
    /// Probability of each person of the pool, before rounding to tickets.
    pub probabilities: Vec<f64>,
    /// Numbered tickets, all equally likely: the places in the pool of the people of each, ascending.
    pub tickets: Vec<Vec<usize>>,
    /// How many different panels (up to people who cannot be told apart) the exact lottery mixes.
    pub support: usize,
    /// How good it is.
    pub quality: Quality,
}

/// Why there is no lottery.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoLottery {
    /// No panel satisfies the quotas: ask [`Problem::relaxation`].
    #[error("no panel satisfies all the quotas")]
    NoPanel,
    /// The greedy selection failed a hundred times in a row (it is not exact: other methods may succeed).
    #[error("the greedy selection found no panel in {tries} tries: use leximin")]
    GreedyFailed {
        /// How often it was tried.
        tries: u32,
    },
    /// Told to stop before one panel was found.
    #[error("stopped before a first panel was found: give it more time")]
    Stopped,
    /// The computation met numbers it cannot handle.
    #[error("the computation met numerical trouble")]
    Trouble,
}

impl Problem {
    /// The lottery of a method, on at most [`TICKETS`] tickets. It depends on the pool, the quotas and the seats alone:
    /// on no seed, and (but for `legacy`) not on the order of the pool.
    ///
    /// `report` is called as the work goes and says whether to go on; when it says no, the best lottery so far is
    /// returned, with how far it may be from the best.
    ///
    /// # Errors
    /// Why there is none.
    pub fn lottery(
        &self,
        method: Method,
        tickets: u32,
        report: &mut Report<'_>,
    ) -> Result<Lottery, NoLottery> {
        let mut watch = Watch::new(report);
        let tickets = tickets.clamp(1, TICKETS);
        if method == Method::Legacy {
            return legacy::lottery(self, tickets, &mut watch);
        }
        if self.available() < self.seats() {
            return Err(NoLottery::NoPanel);
        }
        let (mix, quality) = match method {
            Method::Nash => nash::best(self, &mut watch)?,
            _ => self.leximin(method == Method::Maximin, &mut watch)?,
        };
        let copies = rounding::round(&self.shape, &mix, tickets);
        Ok(Lottery {
            method,
            probabilities: self.by_person(&self.chances(&mix)),
            tickets: rounding::tickets(self, &mix, &copies),
            support: mix.panels.len(),
            quality,
        })
    }

    /// The probability of a person of each class in a lottery.
    pub(crate) fn chances(&self, mix: &Mix) -> Vec<f64> {
        let mut expected = vec![0.0; self.shape.classes.len()];
        for (panel, weight) in &mix.panels {
            for (x, &n) in expected.iter_mut().zip(panel) {
                *x += weight * f64::from(n);
            }
        }
        expected.iter().enumerate().map(|(t, x)| (x / self.shape.size(t)).clamp(0.0, 1.0)).collect()
    }

    fn leximin(&self, only_first: bool, watch: &mut Watch<'_>) -> Result<(Mix, Quality), NoLottery> {
        let mut cuts: Vec<Cut> = vec![];
        let mut known = Known::default();
        let mut bound = 1.0;
        // The lottery of a large pool that missed least of its levels.
        let mut best: Option<(Mix, Levels)> = None;
        // The relaxation, as long as it tells the panels' own levels; numerical trouble counts as not.
        while let Ok(levels) = fair::levels(&self.shape, &cuts, only_first) {
            let Some(levels) = levels else { return Err(NoLottery::NoPanel) };
            let expected = |p: &[f64]| -> Vec<f64> {
                p.iter().enumerate().map(|(t, p)| p * self.shape.size(t)).collect()
            };
            let least = expected(&levels.probabilities);
            let point = if only_first { levels.counts.clone() } else { least.clone() };
            bound = levels.levels.first().map_or(1.0, |l| l.probability);
            watch.bound(bound);
            let outcome = decompose::decompose(&self.shape, &cuts, &point, &least, &mut known, watch);
            if let (true, Outcome::Cut(_, mix) | Outcome::Stopped(mix)) = (self.shape.is_large(), &outcome)
                && best.as_ref().is_none_or(|(least, _)| mix.missed < least.missed)
                && !mix.panels.is_empty()
            {
                best = Some((mix.clone(), levels.clone()));
            }
            match outcome {
                Outcome::NoPanel => return Err(NoLottery::NoPanel),
                Outcome::Mixed(mix) => return Ok(self.judged(mix, &levels, bound, true)),
                Outcome::Cut(cut, _) if cuts.len() < CUTS && !watch.stopped => cuts.push(cut),
                Outcome::Stopped(_) if self.shape.is_large() => break,
                Outcome::Stopped(mix) if watch.stopped => {
                    if mix.panels.is_empty() {
                        return Err(NoLottery::Stopped);
                    }
                    return Ok(self.judged(mix, &levels, bound, false));
                }
                Outcome::Cut(..) | Outcome::Stopped(_) => break,
            }
        }
        // A program with a row for each class is out of reach: the best so far, and how far it may be from the best.
        if self.shape.is_large() {
            let (mix, levels) =
                best.ok_or(if watch.stopped { NoLottery::Stopped } else { NoLottery::Trouble })?;
            return Ok(self.judged(mix, &levels, bound, false));
        }
        let found =
            columns::leximin(&self.shape, only_first, &mut known, watch).map_err(|_| NoLottery::Trouble)?;
        match found {
            Some((levels, mix, is_optimal)) => Ok(self.judged(mix, &levels, bound, is_optimal)),
            None if watch.stopped => Err(NoLottery::Stopped),
            None => Err(NoLottery::NoPanel),
        }
    }

    /// A lottery with what is known of the best one. `bound`: no lottery's smallest probability is above it.
    fn judged(&self, mix: Mix, levels: &Levels, bound: f64, is_optimal: bool) -> (Mix, Quality) {
        let chances = self.chances(&mix);
        let short = levels.probabilities.iter().zip(&chances).map(|(l, p)| l - p).fold(0.0, f64::max);
        let gap = if is_optimal { short } else { bound - chances.iter().copied().fold(1.0, f64::min) };
        let proofs = levels.levels.iter().map(|l| self.proof(l)).collect();
        (mix, Quality { is_optimal, bound, gap, proofs })
    }

    fn proof(&self, level: &Level) -> Proof {
        let members = |t: &usize| self.shape.classes[*t].members.iter().copied();
        let mut people: Vec<usize> = level.classes.iter().flat_map(members).collect();
        people.sort_unstable();
        let weights = self.by_person(&level.weights);
        let weights = weights.into_iter().enumerate().filter(|(_, w)| *w > 0.0).collect();
        Proof { probability: level.probability, people, weights, most: level.most }
    }
}

impl Lottery {
    /// The number of the ticket that a seed draws, from 0.
    pub fn draw(&self, seed: &str) -> usize {
        Chance::new(seed).place(self.tickets.len())
    }

    /// On how many tickets each person is.
    pub fn appearances(&self) -> Vec<u32> {
        let mut times = vec![0; self.probabilities.len()];
        for &p in self.tickets.iter().flatten() {
            times[p] += 1;
        }
        times
    }

    /// How far, at most, a probability on the tickets is from the exact one.
    pub fn deviation(&self) -> f64 {
        let tickets = f64::from(u32::try_from(self.tickets.len()).unwrap_or(u32::MAX));
        let off = |(&times, p): (&u32, &f64)| (f64::from(times) / tickets - p).abs();
        self.appearances().iter().zip(&self.probabilities).map(off).fold(0.0, f64::max)
    }

    /// What the deviation cannot exceed: seats ÷ tickets (see `rounding`), and 1 when there are fewer tickets than seats.
    pub fn deviation_bound(&self) -> f64 {
        let size = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        self.tickets.first().map_or(0.0, |t| (size(t.len()) / size(self.tickets.len())).min(1.0))
    }

    /// The smallest probability.
    pub fn min(&self) -> f64 {
        self.probabilities.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// The largest probability.
    pub fn max(&self) -> f64 {
        self.probabilities.iter().copied().fold(0.0, f64::max)
    }
}
