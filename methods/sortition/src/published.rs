//! A published lottery: read, drawn from and checked again by anyone, without solving anything.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::lottery::Lottery;
use crate::problem::Problem;
use crate::random::Chance;

/// A numbered ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Ids of its people.
    pub panel: Vec<String>,
    /// Its share of the draw, as a ratio: `1/1000`.
    pub weight: String,
}

/// What is published of a draw: the answer of `parvis draw --json`, of which only `lottery` is needed to draw again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// The tickets, in their order.
    pub lottery: Vec<Ticket>,
    /// Probability of each person, before rounding to tickets.
    #[serde(default)]
    pub probabilities: BTreeMap<String, f64>,
    /// The seed, once known.
    #[serde(default)]
    pub seed: Option<String>,
    /// The panel, once drawn.
    #[serde(default)]
    pub panel: Option<Vec<String>>,
}

/// Why one cannot draw from a published lottery.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It has no ticket.
    #[error("the lottery has no ticket")]
    NoTicket,
    /// A weight that is not a ratio.
    #[error("ticket {number}: the weight «{weight}» is not a ratio such as 1/1000")]
    Weight {
        /// The ticket, from 1.
        number: usize,
        /// What is there.
        weight: String,
    },
    /// Weights with different denominators, or that do not sum to 1.
    #[error("the weights of the tickets do not sum to 1 over one denominator")]
    Sum,
}

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What: `weights`, `people`, `quotas`, `probabilities`, `draw`.
    pub name: &'static str,
    /// Whether it holds.
    pub ok: bool,
    /// What was found.
    pub detail: String,
}

impl Published {
    /// How many draws out of the denominator each ticket has.
    fn shares(&self) -> Result<(Vec<u64>, u64), Unfit> {
        let mut denominator = None;
        let mut shares = vec![];
        for (n, ticket) in self.lottery.iter().enumerate() {
            let bad = || Unfit::Weight { number: n + 1, weight: ticket.weight.clone() };
            let (above, below) = ticket.weight.split_once('/').unwrap_or((&ticket.weight, "1"));
            let above: u64 = above.trim().parse().map_err(|_| bad())?;
            let below: u64 = below.trim().parse().map_err(|_| bad())?;
            if *denominator.get_or_insert(below) != below {
                return Err(Unfit::Sum);
            }
            shares.push(above);
        }
        let denominator = denominator.ok_or(Unfit::NoTicket)?;
        let sum = shares.iter().try_fold(0_u64, |sum, s| sum.checked_add(*s));
        if sum != Some(denominator) || denominator == 0 {
            return Err(Unfit::Sum);
        }
        Ok((shares, denominator))
    }

    /// The place in `lottery` of the ticket that a seed draws.
    ///
    /// # Errors
    /// What is wrong with the tickets.
    pub fn draw(&self, seed: &str) -> Result<usize, Unfit> {
        let (shares, denominator) = self.shares()?;
        let mut left = Chance::new(seed).below(denominator);
        for (n, share) in shares.iter().enumerate() {
            match left.checked_sub(*share) {
                Some(rest) => left = rest,
                None => return Ok(n),
            }
        }
        Err(Unfit::Sum)
    }

    /// Checks, from a pool and its quotas: that the tickets sum to 1; that their people are in the pool; that each ticket
    /// satisfies the seats, quotas and households; that the tickets give each person their published probability, give
    /// or take seats ÷ tickets; and that the seed draws the published panel.
    pub fn check(&self, problem: &Problem) -> Vec<Check> {
        let mut checks = vec![];
        let mut add = |name, ok, detail: String| checks.push(Check { name, ok, detail });
        let (shares, denominator) = match self.shares() {
            Ok(shares) => shares,
            Err(e) => {
                add("weights", false, e.to_string());
                return checks;
            }
        };
        add("weights", true, format!("{} tickets sum to 1", self.lottery.len()));
        let people = &problem.pool().people;
        let places: BTreeMap<&str, usize> =
            people.iter().enumerate().map(|(p, x)| (x.id.as_str(), p)).collect();
        let mut panels = vec![];
        for (n, ticket) in self.lottery.iter().enumerate() {
            let mut panel = vec![];
            for id in &ticket.panel {
                let Some(&p) = places.get(id.as_str()) else {
                    add("people", false, format!("ticket {}: «{id}» is not in the pool", n + 1));
                    return checks;
                };
                panel.push(p);
            }
            panels.push(panel);
        }
        add("people", true, "everyone on the tickets is in the pool".into());
        match panels.iter().position(|panel| !problem.admits(panel)) {
            Some(n) => {
                add("quotas", false, format!("ticket {} breaks the seats, a quota or a household", n + 1))
            }
            None => {
                add("quotas", true, "every ticket satisfies the seats, the quotas and the households".into())
            }
        }
        if !self.probabilities.is_empty() {
            let (ok, detail) = self.check_probabilities(problem, &panels, &shares, denominator);
            add("probabilities", ok, detail);
        }
        if let (Some(seed), Some(panel)) = (&self.seed, &self.panel) {
            let drawn = self.draw(seed).ok().and_then(|n| Some((n, self.lottery.get(n)?)));
            let sorted = |ids: &[String]| {
                let mut ids = ids.to_vec();
                ids.sort_unstable();
                ids
            };
            match drawn {
                Some((n, ticket)) if sorted(&ticket.panel) == sorted(panel) => {
                    add("draw", true, format!("the seed draws ticket {}, which is the panel", n + 1));
                }
                Some((n, _)) => {
                    add("draw", false, format!("the seed draws ticket {}, which is not the panel", n + 1))
                }
                None => add("draw", false, "the seed draws nothing".into()),
            }
        }
        checks
    }

    fn check_probabilities(
        &self,
        problem: &Problem,
        panels: &[Vec<usize>],
        shares: &[u64],
        denominator: u64,
    ) -> (bool, String) {
        let people = &problem.pool().people;
        let mut times = vec![0_u64; people.len()];
        for (panel, share) in panels.iter().zip(shares) {
            for &p in panel {
                times[p] += share;
            }
        }
        let number = |x: u64| f64::from(u32::try_from(x).unwrap_or(u32::MAX));
        let bound = f64::from(problem.seats()) / number(denominator);
        let mut worst = (0.0, "");
        for (person, &n) in people.iter().zip(&times) {
            let Some(p) = self.probabilities.get(&person.id) else {
                return (false, format!("«{}» has no published probability", person.id));
            };
            let off = (number(n) / number(denominator) - p).abs();
            if off > worst.0 || off.is_nan() {
                worst = (off, &person.id);
            }
        }
        let strangers = self.probabilities.len() - people.len();
        if strangers > 0 {
            return (false, format!("{strangers} published probabilities are of nobody in the pool"));
        }
        let detail = format!(
            "the tickets give each person their probability to {:.6} ({}); bound {bound}",
            worst.0, worst.1
        );
        (worst.0 <= bound, detail)
    }
}

impl Problem {
    /// What is published of a lottery, and of the draw once a seed is known: the answer of `parvis draw --json`, which
    /// [`Published`] reads. `ticket` is the place of the ticket that the seed drew.
    pub fn answer(&self, lottery: &Lottery, seed: Option<&str>, ticket: Option<usize>) -> Value {
        let people = &self.pool().people;
        let probabilities: Map<String, Value> = people
            .iter()
            .zip(&lottery.probabilities)
            .map(|(person, p)| (person.id.clone(), json!(p)))
            .collect();
        let weight = format!("1/{}", lottery.tickets.len());
        let tickets: Vec<Value> =
            lottery.tickets.iter().map(|t| json!({ "panel": self.ids(t), "weight": weight })).collect();
        json!({
            "method": lottery.method.code(), "pool": people.len(), "seats": self.seats(),
            "panel": ticket.map(|t| self.ids(&lottery.tickets[t])), "ticket": ticket.map(|t| t + 1), "seed": seed,
            "probabilities": probabilities,
            "min_probability": lottery.min(), "max_probability": lottery.max(),
            "lottery": tickets, "max_deviation": lottery.deviation(), "deviation_bound": lottery.deviation_bound(),
            "optimal": lottery.quality.is_optimal, "bound": lottery.quality.bound, "gap": lottery.quality.gap,
            "kinds": self.kinds(), "panels_mixed": lottery.support, "feasible": true,
        })
    }

    /// What is published of the proof that no lottery is fairer: the weights of people, level by level.
    pub fn proofs(&self, lottery: &Lottery) -> Value {
        let id = |p: usize| self.pool().people[p].id.as_str();
        let levels: Vec<Value> = lottery
            .quality
            .proofs
            .iter()
            .map(|proof| {
                let weights: Map<String, Value> =
                    proof.weights.iter().map(|&(p, w)| (id(p).to_owned(), json!(w))).collect();
                json!({
                    "probability": proof.probability, "people": self.ids(&proof.people), "weights": weights,
                    "most": proof.most,
                })
            })
            .collect();
        json!({ "method": lottery.method.code(), "optimal": lottery.quality.is_optimal, "levels": levels })
    }

    /// The ids of the people at these places.
    pub fn ids(&self, panel: &[usize]) -> Vec<&str> {
        panel.iter().map(|&p| self.pool().people[p].id.as_str()).collect()
    }
}
