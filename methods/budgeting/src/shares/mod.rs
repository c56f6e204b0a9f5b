//! The Method of Equal Shares, with its completion by more money for each voter.

mod pass;

use crate::count::{CountError, Counting};
use crate::election::Election;
use crate::number::Ratio;
use crate::outcome::{Reason, Round, Step};
use crate::rules::{Completion, Rules};

use crate::chain::Amount;
use pass::{Guesses, Market, Pass};

/// More passes than anybody waits for: the increment is too small for the amounts.
const MOST_PASSES: u64 = 2_000_000;

/// The pass that is kept, and how it was reached.
pub(crate) struct Shares<'a> {
    pass: Pass<'a>,
    /// What each voter started with.
    pub endowment: Ratio,
    /// How many passes were counted.
    pub passes: u64,
}

/// What is said of each project that shares did not buy.
pub(crate) struct Short {
    pub after_round: u32,
    pub money: Ratio,
    pub missing: Ratio,
}

/// What each voter starts with in each pass, as whole numbers over one denominator.
struct Endowments {
    start: u128,
    step: u128,
    denominator: u128,
}

impl Endowments {
    fn new(election: &Election, rules: &Rules) -> Result<Self, CountError> {
        let too_large = || CountError::TooLarge;
        let voters = u128::from(election.ballots.max(1));
        let unit = 10_u128.pow(election.decimals);
        // An increment may be finer than the amounts.
        let increment = rules.increment;
        let finer = increment.map_or(0, |i| i.decimals().saturating_sub(election.decimals));
        let fine = 10_u128.pow(finer);
        let step = match increment {
            Some(increment) => {
                let step = increment.scaled(election.decimals + finer).and_then(|s| u128::try_from(s).ok());
                step.filter(|&step| step > 0).ok_or(CountError::Increment(increment))?
            }
            None => unit,
        };
        let budget = u128::from(election.budget);
        let start = if rules.integral_start { budget / (voters * unit) * unit * voters } else { budget };
        Ok(Self {
            start: start.checked_mul(fine).ok_or_else(too_large)?,
            step: step.checked_mul(voters).ok_or_else(too_large)?,
            denominator: voters.checked_mul(fine).ok_or_else(too_large)?,
        })
    }

    fn at(&self, pass: u64) -> Result<(u128, u128), CountError> {
        let more = self.step.checked_mul(pass.into()).ok_or(CountError::TooLarge)?;
        Ok((self.start.checked_add(more).ok_or(CountError::TooLarge)?, self.denominator))
    }
}

/// Counts passes until the completion says which one to keep.
pub(crate) fn count<'a>(market: &'a Market<'a>, rules: &Rules) -> Result<Shares<'a>, CountError> {
    let election = market.election;
    let endowments = Endowments::new(election, rules)?;
    let repeated = matches!(rules.completion, Completion::Add1 | Completion::Add1u);
    let (numerator, denominator) = endowments.at(0)?;
    let mut kept = Pass::new(market, numerator, denominator);
    let mut guesses = Guesses::default();
    kept.run(None, &mut guesses);
    let mut passes = 1;
    let mut at = 0;
    while repeated && !finished(&kept, market, rules) {
        if passes >= MOST_PASSES {
            return Err(CountError::TooManyPasses(MOST_PASSES));
        }
        let (numerator, denominator) = endowments.at(at + 1)?;
        let mut next = Pass::new(market, numerator, denominator);
        passes += 1;
        if !next.run(Some(election.budget), &mut guesses) {
            break;
        }
        kept = next;
        at += 1;
    }
    let (numerator, denominator) = endowments.at(at)?;
    let endowment = ratio(numerator, denominator, election.decimals);
    Ok(Shares { pass: kept, endowment, passes })
}

/// The pass with this endowment, counted again.
pub(crate) fn again<'a>(market: &'a Market<'a>, endowment: &Ratio) -> Result<Shares<'a>, CountError> {
    let ten = num_bigint::BigInt::from(10).pow(market.election.decimals);
    let units = endowment.inner() * ten;
    let part = |number: &num_bigint::BigInt| u128::try_from(number).map_err(|_| CountError::TooLarge);
    let mut pass = Pass::new(market, part(units.numer())?, part(units.denom())?);
    pass.run(None, &mut Guesses::default());
    Ok(Shares { pass, endowment: endowment.clone(), passes: 1 })
}

fn ratio(numerator: u128, denominator: u128, decimals: u32) -> Ratio {
    let denominator = num_bigint::BigInt::from(denominator) * num_bigint::BigInt::from(10).pow(decimals);
    Ratio::new(numerator.into(), denominator)
}

/// Whether no pass can come after this one: everything is bought, or nothing more fits (where that ends the count).
fn finished(pass: &Pass<'_>, market: &Market<'_>, rules: &Rules) -> bool {
    let election = market.election;
    let left = election.budget.saturating_sub(pass.spent);
    let mut others = market.projects().filter(|&p| !pass.has(p)).peekable();
    others.peek().is_none() || (rules.exhaustive_stop && others.all(|p| election.costs[p] > left))
}

/// The market of an election.
pub(crate) fn market<'a>(counting: &'a Counting<'a>) -> Market<'a> {
    let Counting { election, support, ranking, .. } = counting;
    let projects = (0..election.projects.len())
        .filter(|&p| counting.eligible[p] && support.votes[p] > 0 && election.costs[p] > 0);
    Market::new(election, support, ranking, projects)
}

impl Shares<'_> {
    /// What was bought, in order.
    pub(crate) fn winners(&self) -> Vec<usize> {
        self.pass.bought.iter().map(|b| b.project).collect()
    }

    /// The equals of each round, where there were several.
    pub(crate) fn equals(&self) -> impl Iterator<Item = (usize, &[usize], usize)> {
        let bought = self.pass.bought.iter().enumerate();
        bought.filter(|(_, b)| !b.equals.is_empty()).map(|(n, b)| (n, &b.equals[..], b.project))
    }

    /// The working of each round. `before`: how many rounds came before.
    pub(crate) fn rounds(&mut self, counting: &Counting<'_>, before: usize) -> Vec<Round> {
        let election = counting.election;
        let ten =
            num_rational::BigRational::from_integer(num_bigint::BigInt::from(10).pow(election.decimals));
        let mut money = self.endowment.inner() * num_bigint::BigInt::from(election.ballots);
        let mut left = i128::from(election.budget);
        let mut rounds = Vec::new();
        for (n, bought) in self.pass.bought.clone().into_iter().enumerate() {
            let p = bought.project;
            let price = Ratio::from_inner(self.pass.prices().price(n).inner() / &ten);
            let (payers, paying_less) = self.pass.payers(n);
            left -= i128::from(election.costs[p]);
            let cost = election.amount(election.costs[p]);
            money -= cost.inner();
            let votes =
                if price.is_zero() { None } else { Some(Ratio::from_inner(cost.inner() / price.inner())) };
            rounds.push(Round {
                effective_cost: Some(price),
                effective_votes: votes,
                payers: Some(payers),
                paying_less: Some(paying_less),
                money_left: Some(Ratio::from_inner(money.clone())),
                ..counting.round(before + n, p, Step::Shares, left)
            });
        }
        rounds
    }

    /// When the supporters of a project that was not bought came to have too little, and how much was missing.
    pub(crate) fn short(&mut self, election: &Election, project: usize) -> Short {
        let cost = self.pass.prices().whole(election.costs[project]);
        // Money only goes: the first round after which it is too little is found by halves.
        let rounds = u32::try_from(self.pass.bought.len()).unwrap_or(u32::MAX - 1);
        let (mut low, mut high) = (0, rounds);
        while low < high {
            let middle = low.midpoint(high);
            let money = self.pass.money_before(project, middle);
            if self.pass.prices().numerator(&money) < cost { high = middle } else { low = middle + 1 }
        }
        let money = self.money(election, &self.pass.money_before(project, low));
        let missing = election.amount(election.costs[project]).inner() - money.inner();
        Short { after_round: low, money, missing: Ratio::from_inner(missing) }
    }

    /// What the supporters of a project paid for each of the winners, largest first.
    pub(crate) fn paid_by(&mut self, election: &Election, project: usize) -> Vec<(usize, Ratio)> {
        let mut all = Vec::new();
        for (round, paid) in self.pass.paid_by(project).iter().enumerate() {
            let paid = self.money(election, paid);
            if !paid.is_zero() {
                all.push((self.pass.bought[round].project, paid));
            }
        }
        all.sort_by(|a, b| b.1.cmp(&a.1));
        all
    }

    fn money(&mut self, election: &Election, amount: &Amount) -> Ratio {
        let ten = num_bigint::BigInt::from(10).pow(election.decimals);
        Ratio::from_inner(self.pass.prices().amount(amount).inner() / ten)
    }
}

/// The reason of a project that could not be bought at any price.
pub(crate) fn never(counting: &Counting<'_>, project: usize) -> Option<Reason> {
    (counting.support.votes[project] == 0 || counting.support.scores[project] <= 0)
        .then_some(Reason::NoSupport)
}
