//! The exact prices of the rounds of a pass.
//!
//! What a voter has left is the endowment less the prices of what they bought (or nothing, once they gave all).
//! So every exact amount is a combination, with whole coefficients, of the endowment and of the prices so far; and
//! all of these can share one denominator, which only takes a small factor more at each round. This replaces one
//! big fraction for each voter by one big numerator for each round.

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer as _;
use num_traits::{One as _, ToPrimitive as _, Zero as _};

use crate::number::Ratio;

/// The endowment and the prices of the rounds so far, over one denominator.
#[derive(Debug, Clone)]
pub(crate) struct Chain {
    denominator: BigUint,
    endowment: BigInt,
    prices: Vec<BigInt>,
}

/// `endowment × E + Σ rounds[j] × price[j]`: an amount of money as whole coefficients.
#[derive(Debug, Clone, Default)]
pub(crate) struct Amount {
    pub endowment: i128,
    rounds: Vec<i128>,
}

impl Amount {
    /// What each voter starts with.
    pub(crate) fn start() -> Self {
        Self { endowment: 1, rounds: Vec::new() }
    }

    /// Adds so many times the price of a round.
    pub(crate) fn price(&mut self, round: usize, times: i128) {
        if self.rounds.len() <= round {
            self.rounds.resize(round + 1, 0);
        }
        self.rounds[round] += times;
    }

    pub(crate) fn add(&mut self, other: &Self, times: i128) {
        self.endowment += other.endowment * times;
        for (round, count) in other.rounds.iter().enumerate().filter(|(_, count)| **count != 0) {
            self.price(round, count * times);
        }
    }
}

impl Chain {
    /// Each voter starts with `numerator / denominator` units.
    pub(crate) fn new(numerator: u128, denominator: u128) -> Self {
        let common = numerator.gcd(&denominator).max(1);
        Self {
            denominator: BigUint::from(denominator / common),
            endowment: BigInt::from(numerator / common),
            prices: Vec::new(),
        }
    }

    pub(crate) fn rounds(&self) -> usize {
        self.prices.len()
    }

    /// The numerator of an amount, over the shared denominator.
    pub(crate) fn numerator(&self, amount: &Amount) -> BigInt {
        let mut total = &self.endowment * amount.endowment;
        for (price, &count) in self.prices.iter().zip(&amount.rounds) {
            if count != 0 {
                total += price * count;
            }
        }
        total
    }

    /// The numerator, over the shared denominator, of a whole number of units.
    pub(crate) fn whole(&self, units: u64) -> BigInt {
        BigInt::from_biguint(Sign::Plus, &self.denominator * units)
    }

    /// Adds the price of the next round: `numerator / (shared denominator × divisor)`.
    pub(crate) fn push(&mut self, numerator: &BigInt, divisor: u128) {
        let divisor = BigInt::from(divisor.max(1));
        let common = numerator.gcd(&divisor);
        let factor = &divisor / &common;
        if !factor.is_one() {
            self.denominator *= factor.magnitude();
            self.endowment *= &factor;
            for price in &mut self.prices {
                *price *= &factor;
            }
        }
        self.prices.push(numerator / common);
    }

    /// The price of a round, counted in units.
    pub(crate) fn price(&self, round: usize) -> Ratio {
        let price = self.prices.get(round).cloned().unwrap_or_default();
        Ratio::new(price, BigInt::from(self.denominator.clone()))
    }

    /// An amount, counted in units.
    pub(crate) fn amount(&self, amount: &Amount) -> Ratio {
        Ratio::new(self.numerator(amount), BigInt::from(self.denominator.clone()))
    }

    /// A numerator over `shared denominator × divisor`, times two to the power `shift`, rounded down.
    /// Nothing when it is negative or does not fit.
    pub(crate) fn fixed(&self, numerator: &BigInt, divisor: u128, shift: i32) -> Option<u64> {
        let mut above = numerator.clone();
        let mut below = BigInt::from(self.denominator.clone()) * divisor;
        match u32::try_from(shift) {
            Ok(shift) => above <<= shift,
            Err(_) => below <<= shift.unsigned_abs(),
        }
        if below.is_zero() { None } else { above.div_floor(&below).to_u64() }
    }

    /// The price of a round as a numerator over the shared denominator.
    pub(crate) fn price_numerator(&self, round: usize) -> &BigInt {
        &self.prices[round]
    }
}
