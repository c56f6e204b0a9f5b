//! One pass of equal shares: everybody starts with the same money, and projects are bought until none can be.
//!
//! Money is kept in fixed-point integers, with a bound on how far they are from the exact amounts. They decide every
//! comparison that the bound allows, which is nearly all of them; the exact amounts ([`Chain`]) decide the others.
//! So the result is the one of exact arithmetic.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use num_bigint::BigInt;

use crate::chain::{Amount, Chain};
use crate::election::Election;
use crate::number::{float, whole};
use crate::ranking::Ranking;
use crate::support::Support;

/// No round.
pub(super) const NEVER: u32 = u32::MAX;

/// What a pass counts, the same for all passes.
pub(crate) struct Market<'a> {
    pub election: &'a Election,
    pub support: &'a Support,
    pub ranking: &'a Ranking,
    /// The projects that may be bought (supported, not free, over the threshold), each with a lower bound of the
    /// price of a unit of satisfaction: what it would be if all supporters paid in full.
    projects: Vec<(usize, f64)>,
}

/// A group of equal ballots.
#[derive(Debug, Clone, Copy)]
struct Purse {
    /// What each voter of the group has, in fixed point. At least 1 as long as they did not give all.
    money: u64,
    weight: u32,
    /// The round in which they gave all they had.
    emptied: u32,
}

/// The price of a unit of satisfaction in fixed point: what a voter of satisfaction `u` pays is
/// `(amount × u) >> shift`. Where all supporters are satisfied alike, `u` is 1 and the shift 0.
#[derive(Debug, Clone, Copy)]
struct Rate {
    amount: u64,
    shift: u32,
}

impl Rate {
    fn price(self, satisfaction: u64) -> u64 {
        u64::try_from((u128::from(self.amount) * u128::from(satisfaction)) >> self.shift).unwrap_or(u64::MAX)
    }
}

/// What a look at the supporters of a project says, at a rate.
#[derive(Debug)]
struct Scan {
    /// The money of those who would give all.
    poor_money: u64,
    /// How many of them have some.
    poor: u64,
    /// The money of the others, and their satisfaction.
    rich_money: u64,
    rich: u128,
    /// How far a price may move up or down (for the most satisfied supporter) before anybody passes from rich to poor,
    /// or from poor to rich.
    up: u64,
    down: u64,
}

/// An exact price: `numerator / (shared denominator × divisor)`, for a unit of satisfaction.
#[derive(Debug)]
struct Exact {
    numerator: BigInt,
    /// The satisfaction of those who pay in full.
    divisor: u128,
    /// Groups nearer the limit of this rate than this were compared exactly.
    near: (Rate, u64),
    /// Of these, those that give all, in order.
    near_poor: Vec<u32>,
}

/// What a project would cost its supporters now.
#[derive(Debug)]
struct Offer {
    project: usize,
    /// Bounds of the price of a unit of satisfaction, comparable between projects.
    low: f64,
    high: f64,
    rate: Rate,
    /// How far from the exact price of a supporter the rate may be.
    radius: u64,
    /// The satisfaction of those who pay in full, when nobody gives their last money: the price is exactly the cost
    /// divided by it.
    whole: Option<u128>,
    exact: Option<Exact>,
}

/// A lower bound of the price of a project, for a heap whose head is the smallest.
#[derive(Debug, PartialEq)]
struct Bound(f64, usize);

impl Eq for Bound {}

impl PartialOrd for Bound {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Bound {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0).then(self.1.cmp(&other.1))
    }
}

/// The prices of the last pass, by project and round. They are only where a search begins: no result depends on them.
#[derive(Debug, Default)]
pub(super) struct Guesses(Vec<Vec<f64>>);

impl Guesses {
    /// The guess, which is at least `low`.
    fn of(&mut self, project: usize, round: usize, low: f64) -> &mut f64 {
        if self.0.len() <= project {
            self.0.resize_with(project + 1, Vec::new);
        }
        let prices = &mut self.0[project];
        if prices.len() <= round {
            prices.resize(round + 1, 0.0);
        }
        let price = &mut prices[round];
        *price = price.max(low);
        price
    }
}

/// A purchase.
#[derive(Debug, Clone)]
pub(super) struct Bought {
    pub project: usize,
    /// All the projects with the same smallest price, when there are several.
    pub equals: Vec<usize>,
}

/// A pass under way or done.
pub(super) struct Pass<'a> {
    market: &'a Market<'a>,
    purses: Vec<Purse>,
    /// The round in which each project was bought.
    rounds: Vec<u32>,
    pub bought: Vec<Bought>,
    /// Fixed point: a unit of money counts two to the power `shift`.
    shift: i32,
    /// How far from the exact amount the money of a purse may be.
    error: u64,
    /// When the bound of the error passes this, exact amounts are taken again.
    tolerance: u64,
    chain: Chain,
    /// The cost of what was bought.
    pub spent: u64,
    /// What each voter starts with: numerator and denominator.
    endowment: (u128, u128),
    /// How many comparisons needed exact amounts (for tests and benches).
    pub exact_looks: u64,
}

/// The unit of rounding of a double, with room for a few operations.
const ROUNDING: f64 = 1e-14;

impl<'a> Pass<'a> {
    /// Everybody starts with `numerator / denominator` units of money.
    pub(super) fn new(market: &'a Market<'a>, numerator: u128, denominator: u128) -> Self {
        // The money of all stays under 2^62, so that any sum of purses fits.
        let total =
            numerator.div_ceil(denominator.max(1)).saturating_mul(market.election.ballots.max(1).into());
        let bits = i32::try_from(128 - total.leading_zeros()).unwrap_or(128);
        let shift = 61 - bits;
        let chain = Chain::new(numerator, denominator.max(1));
        let start = chain.fixed(&chain.numerator(&Amount::start()), 1, shift);
        let start = start.unwrap_or(0);
        let purse = |&weight: &u32| Purse { money: start.max(1), weight, emptied: NEVER };
        Self {
            market,
            purses: market.election.weights.iter().map(purse).collect(),
            rounds: vec![NEVER; market.election.projects.len()],
            bought: Vec::new(),
            shift,
            error: 2,
            tolerance: (start >> 12).max(64),
            chain,
            spent: 0,
            endowment: (numerator, denominator.max(1)),
            exact_looks: 0,
        }
    }

    /// Buys projects until none can be bought. With a limit, stops early when more than that is spent, and says so
    /// with `false`.
    /// `guesses` remembers the prices of the pass before, which are near those of this one.
    pub(super) fn run(&mut self, limit: Option<u64>, guesses: &mut Guesses) -> bool {
        let market = self.market;
        let mut heap: BinaryHeap<Reverse<Bound>> =
            market.projects.iter().map(|&(p, low)| Reverse(Bound(low, p))).collect();
        if self.endowment.0 == 0 {
            return true;
        }
        let mut offers: Vec<Offer> = Vec::new();
        loop {
            offers.clear();
            let mut best = f64::INFINITY;
            // Prices only rise: a project whose last price is over the best one cannot be bought now.
            while let Some(Reverse(Bound(low, project))) = heap.pop_if_under(best) {
                let guess = guesses.of(project, self.bought.len(), low);
                let offer = self.offer(project, *guess);
                *guess = offer.as_ref().map_or(low, |offer| offer.low);
                if let Some(offer) = offer {
                    best = best.min(offer.high);
                    offers.push(offer);
                }
            }
            let Some((offer, equals)) = self.cheapest(&mut offers, best) else { return true };
            for other in &offers {
                heap.push(Reverse(Bound(other.low, other.project)));
            }
            self.buy(&offer, equals);
            if limit.is_some_and(|limit| self.spent > limit) {
                return false;
            }
        }
    }

    /// The satisfaction that prices are divided by, so that they can be compared.
    fn unit(&self, project: usize) -> f64 {
        self.market.support.same.get(project).map_or(1.0, |&u| float(u.into()))
    }

    /// Whether a project was bought.
    pub(super) fn has(&self, project: usize) -> bool {
        self.rounds[project] != NEVER
    }

    fn purse(&self, group: u32) -> &Purse {
        &self.purses[usize::try_from(group).unwrap_or(usize::MAX)]
    }

    /// Sums cannot overflow: the money of all fits in 62 bits, and so does a purse.
    fn scan(&self, project: usize, rate: Rate) -> Scan {
        let (groups, each) = self.market.support.of(project);
        let (mut poor_money, mut poor, mut all_money) = (0_u64, 0_u64, 0_u64);
        let (mut most_poor, mut least_rich) = (0_u64, u64::MAX);
        if each.is_empty() {
            let price = rate.amount;
            let mut rich = 0_u64;
            for &group in groups {
                let purse = self.purse(group);
                let (money, weight) = (purse.money, u64::from(purse.weight));
                let all = money.wrapping_mul(weight);
                all_money = all_money.wrapping_add(all);
                let under = money < price;
                poor_money = poor_money.wrapping_add(if under { all } else { 0 });
                poor = poor.wrapping_add(if under & (money > 0) { weight } else { 0 });
                rich = rich.wrapping_add(if under { 0 } else { weight });
                most_poor = most_poor.max(if under { money } else { 0 });
                least_rich = least_rich.min(if under { u64::MAX } else { money });
            }
            let (up, down) = (least_rich - price.min(least_rich), price - most_poor);
            return Scan {
                poor_money,
                poor,
                rich_money: all_money - poor_money,
                rich: rich.into(),
                up,
                down,
            };
        }
        let (mut up, mut down) = (u64::MAX, u64::MAX);
        let mut rich = 0_u128;
        for (&group, &satisfaction) in groups.iter().zip(each) {
            let purse = self.purse(group);
            let (money, weight) = (purse.money, u64::from(purse.weight));
            let price = rate.price(satisfaction);
            all_money = all_money.wrapping_add(money.wrapping_mul(weight));
            if money < price {
                poor_money = poor_money.wrapping_add(money.wrapping_mul(weight));
                if money > 0 {
                    poor = poor.wrapping_add(weight);
                    down = down.min(price - money);
                }
            } else {
                rich += u128::from(weight) * u128::from(satisfaction);
                up = up.min(money - price);
            }
        }
        Scan { poor_money, poor, rich_money: all_money - poor_money, rich, up, down }
    }

    /// The rate at which those who pay in full cover what the poor do not.
    fn rate(&self, missing: u128, rich: u128) -> Rate {
        if self.market.support.uniform() {
            return Rate { amount: u64::try_from(missing / rich).unwrap_or(u64::MAX), shift: 0 };
        }
        let bits = |n: u128| 128 - n.leading_zeros();
        let shift = (62 + bits(rich)).saturating_sub(bits(missing)).min(127 - bits(missing)).min(100);
        Rate { amount: u64::try_from((missing << shift) / rich).unwrap_or(u64::MAX), shift }
    }

    /// What a project would cost its supporters; nothing when they cannot pay it. `guess`: where to begin.
    fn offer(&mut self, project: usize, guess: f64) -> Option<Offer> {
        let cost = self.fixed_cost(project)?;
        let mut rate = self.rate_near(guess, project);
        let mut first = true;
        loop {
            let scan = self.scan(project, rate);
            if std::mem::take(&mut first) {
                let money = u128::from(scan.poor_money) + u128::from(scan.rich_money);
                let voters = self.market.support.votes[project];
                let doubt = u128::from(self.error) * u128::from(voters);
                if money + doubt < cost || (money < cost + doubt && self.short(project)) {
                    return None;
                }
            }
            if scan.rich == 0 {
                // Too high a guess, or a price that takes all that there is.
                if rate.amount > 0 && guess > 0.0 {
                    return self.offer(project, 0.0);
                }
                return Some(self.offer_exactly(project, rate, u64::MAX));
            }
            // What is paid grows ever more slowly with the price, so this never passes the price that is sought.
            let next = self.rate(cost.saturating_sub(scan.poor_money.into()), scan.rich);
            let most = self.market.support.most[project];
            let (before, after) = (rate.price(most), next.price(most));
            let room = if after >= before {
                scan.up.checked_sub(after - before)
            } else {
                scan.down.checked_sub(before - after)
            };
            let other = if after >= before { scan.down } else { scan.up };
            if let Some(room) = room {
                // Nobody is between: the same are poor at this price, and by how much is known.
                return Some(self.settled(project, next, &scan, room.min(other)));
            }
            rate = next;
        }
    }

    fn fixed_cost(&self, project: usize) -> Option<u128> {
        let cost = u128::from(self.market.election.costs[project]);
        let fixed = match u32::try_from(self.shift) {
            Ok(shift) if shift > cost.leading_zeros() => return None,
            Ok(shift) => cost << shift,
            Err(_) => cost >> self.shift.unsigned_abs().min(127),
        };
        (fixed < 1 << 63).then_some(fixed)
    }

    /// This price of a unit of satisfaction, in fixed point.
    fn rate_near(&self, price: f64, project: usize) -> Rate {
        let fixed = price * self.unit(project) * 2_f64.powi(self.shift);
        let scale = if self.market.support.uniform() { 0 } else { 30 };
        Rate { amount: whole(fixed * 2_f64.powi(scale)), shift: scale.unsigned_abs() }
    }

    /// The poor are those under this rate, all others being as far from it as `room` says. Compares exactly when that
    /// is too near.
    fn settled(&mut self, project: usize, rate: Rate, scan: &Scan, room: u64) -> Offer {
        let most = self.market.support.most[project];
        let doubt = u128::from(scan.poor) * u128::from(self.error) * u128::from(most) / scan.rich;
        let radius = u64::try_from(doubt).unwrap_or(u64::MAX / 4).min(u64::MAX / 4) + 3;
        let sure = radius.saturating_add(self.error).saturating_add(2);
        if room <= sure {
            return self.offer_exactly(project, rate, sure.saturating_mul(4));
        }
        let unit = self.unit(project) * 2_f64.powi(self.shift);
        let price = float(rate.amount.into()) / 2_f64.powi(i32::try_from(rate.shift).unwrap_or(0));
        let reach =
            float(radius.into()) / if self.market.support.uniform() { 1.0 } else { float(most.into()) };
        // The rate of a unit of satisfaction is rounded down by at most one in its last place.
        let reach = reach + 1.0 / 2_f64.powi(i32::try_from(rate.shift).unwrap_or(0));
        Offer {
            project,
            low: (price - reach) / unit * (1.0 - ROUNDING),
            high: (price + reach) / unit * (1.0 + ROUNDING),
            rate,
            radius,
            whole: (scan.poor == 0).then_some(scan.rich),
            exact: None,
        }
    }

    /// Compares exactly those that are nearer the limit of this rate than the margin.
    fn offer_exactly(&mut self, project: usize, rate: Rate, margin: u64) -> Offer {
        self.exact_looks += 1;
        self.settle();
        let mut near = Vec::new();
        let mut poor = Amount::default();
        let mut divisor = 0_u128;
        let (groups, each) = self.market.support.of(project);
        for (n, &group) in groups.iter().enumerate() {
            let satisfaction = each.get(n).copied().unwrap_or(1);
            let purse = *self.purse(group);
            if purse.emptied != NEVER {
                continue;
            }
            let price = rate.price(satisfaction);
            if purse.money.saturating_add(margin) < price {
                self.add_money(&mut poor, group, NEVER, purse.weight.into());
                continue;
            }
            divisor += u128::from(purse.weight) * u128::from(satisfaction);
            if purse.money.abs_diff(price) <= margin {
                let mut money = Amount::default();
                self.add_money(&mut money, group, NEVER, 1);
                near.push((group, satisfaction, money));
            }
        }
        let cost = self.chain.whole(self.market.election.costs[project]);
        let mut near_poor = Vec::new();
        loop {
            let numerator = &cost - self.chain.numerator(&poor);
            // Poor: what they have is less than what they would pay.
            let (under, over): (Vec<_>, Vec<_>) = near.into_iter().partition(|(_, satisfaction, money)| {
                self.chain.numerator(money) * divisor < &numerator * *satisfaction
            });
            near = over;
            if under.is_empty() {
                near_poor.sort_unstable();
                if margin < u64::MAX && !self.holds(project, rate, margin, &numerator, divisor) {
                    return self.offer_exactly(project, rate, u64::MAX);
                }
                return self
                    .exact_offer(project, Exact { numerator, divisor, near: (rate, margin), near_poor });
            }
            for (group, satisfaction, money) in under {
                let weight = self.purse(group).weight;
                divisor -= u128::from(weight) * u128::from(satisfaction);
                poor.add(&money, weight.into());
                near_poor.push(group);
            }
        }
    }

    /// Whether those who were not compared exactly are surely on the side of this price where they were put.
    fn holds(&self, project: usize, rate: Rate, margin: u64, numerator: &BigInt, divisor: u128) -> bool {
        let (exact, _) = self.exact_rate(numerator, divisor);
        let (groups, each) = self.market.support.of(project);
        groups.iter().enumerate().all(|(n, &group)| {
            let satisfaction = each.get(n).copied().unwrap_or(1);
            let (money, put, price) =
                (self.purse(group).money, rate.price(satisfaction), exact.price(satisfaction));
            // An exact rate is rounded down by less than one in its last place.
            let above = price.saturating_add(2).saturating_add(satisfaction >> exact.shift);
            if money == 0 || money.abs_diff(put) <= margin {
                true
            } else if money < put {
                money.saturating_add(self.error) < price
            } else {
                money.saturating_sub(self.error) > above
            }
        })
    }

    fn exact_offer(&self, project: usize, exact: Exact) -> Offer {
        let (rate, finer) = self.exact_rate(&exact.numerator, exact.divisor);
        let scale = 2_f64.powi(self.shift + finer);
        let unit = self.unit(project);
        let most = self.market.support.most[project];
        Offer {
            project,
            low: float(rate.amount.into()) / scale / unit * (1.0 - ROUNDING),
            high: (float(rate.amount.into()) + 1.0) / scale / unit * (1.0 + ROUNDING),
            rate,
            radius: 3 + (most >> rate.shift),
            whole: None,
            exact: Some(exact),
        }
    }

    /// An exact price in fixed point, as finely as fits, rounded down.
    fn exact_rate(&self, numerator: &BigInt, divisor: u128) -> (Rate, i32) {
        let finer = if self.market.support.uniform() { &[0][..] } else { &[30, 20, 10, 0] };
        let found = finer.iter().find_map(|&finer| {
            let amount = self.chain.fixed(numerator, divisor, self.shift + finer)?;
            Some((Rate { amount, shift: finer.unsigned_abs() }, finer))
        });
        found.unwrap_or((Rate { amount: u64::MAX, shift: 0 }, 0))
    }

    /// Whether the supporters of a project have less than it costs, exactly.
    fn short(&mut self, project: usize) -> bool {
        self.exact_looks += 1;
        self.settle();
        self.chain.numerator(&self.money_behind(project))
            < self.chain.whole(self.market.election.costs[project])
    }

    /// What the supporters of a project have together.
    pub(super) fn money_behind(&self, project: usize) -> Amount {
        self.money_before(project, NEVER)
    }

    /// What the supporters of a project had together before a round.
    pub(super) fn money_before(&self, project: usize, round: u32) -> Amount {
        let mut all = Amount::default();
        for &group in self.market.support.of(project).0 {
            let purse = self.purse(group);
            if purse.emptied >= round {
                self.add_money(&mut all, group, round, purse.weight.into());
            }
        }
        all
    }

    /// Adds what so many voters of a group, who had not given all before a round, had then.
    fn add_money(&self, to: &mut Amount, group: u32, round: u32, voters: i128) {
        to.endowment += voters;
        for (project, satisfaction) in self.market.choices(group) {
            let bought = self.rounds[project];
            if bought < round {
                to.price(index(bought), -voters * i128::from(satisfaction));
            }
        }
    }

    /// Finds the exact prices of the rounds that have none yet.
    fn settle(&mut self) {
        for round in self.chain.rounds()..self.bought.len() {
            let at = u32::try_from(round).unwrap_or(NEVER);
            let project = self.bought[round].project;
            let (groups, each) = self.market.support.of(project);
            let mut poor = Amount::default();
            let mut divisor = 0_u128;
            for (n, &group) in groups.iter().enumerate() {
                let purse = self.purse(group);
                match purse.emptied.cmp(&at) {
                    Ordering::Less => {}
                    Ordering::Equal => self.add_money(&mut poor, group, at, purse.weight.into()),
                    Ordering::Greater => {
                        divisor += u128::from(purse.weight) * u128::from(each.get(n).copied().unwrap_or(1));
                    }
                }
            }
            let numerator =
                self.chain.whole(self.market.election.costs[project]) - self.chain.numerator(&poor);
            self.chain.push(&numerator, divisor);
        }
    }

    /// The cheapest offer, taken out of the offers, and all those that cost the same.
    fn cheapest(&mut self, offers: &mut Vec<Offer>, best: f64) -> Option<(Offer, Vec<usize>)> {
        let mut close: Vec<usize> = (0..offers.len()).filter(|&n| offers[n].low <= best).collect();
        if close.len() > 1 {
            close = self.smallest(offers, &close);
        }
        let equals: Vec<usize> = close.iter().map(|&n| offers[n].project).collect();
        let first = self.market.ranking.first(&equals)?;
        let at = close.into_iter().find(|&n| offers[n].project == first)?;
        Some((offers.swap_remove(at), if equals.len() > 1 { equals } else { Vec::new() }))
    }

    /// Those of these offers with the smallest exact price.
    fn smallest(&mut self, offers: &mut [Offer], close: &[usize]) -> Vec<usize> {
        let costs = &self.market.election.costs;
        let same = &self.market.support.same;
        // Without anybody out of money, a price is a cost over a satisfaction: small numbers.
        let simple: Option<Vec<(u128, u128)>> = close
            .iter()
            .map(|&n| {
                let unit = same.get(offers[n].project).copied().unwrap_or(1);
                Some((costs[offers[n].project].into(), offers[n].whole?.checked_mul(unit.into())?))
            })
            .collect();
        let products = simple.as_ref().is_some_and(|prices| {
            let most = prices.iter().map(|p| p.0).max().unwrap_or(0);
            prices.iter().all(|p| p.1.checked_mul(most).is_some())
        });
        let mut found: Vec<usize> = Vec::new();
        if let Some(prices) = simple.filter(|_| products) {
            let mut least = prices[0];
            for (&n, &price) in close.iter().zip(&prices) {
                match (price.0 * least.1).cmp(&(least.0 * price.1)) {
                    Ordering::Less => (found, least) = (vec![n], price),
                    Ordering::Equal => found.push(n),
                    Ordering::Greater => {}
                }
            }
            return found;
        }
        for &n in close {
            if offers[n].exact.is_none() {
                offers[n] = self.offer_exactly(
                    offers[n].project,
                    offers[n].rate,
                    offers[n].radius.saturating_add(self.error),
                );
            }
        }
        let price = |n: usize| {
            let unit = same.get(offers[n].project).copied().unwrap_or(1);
            let exact = offers[n].exact.as_ref();
            exact.map(|e| (&e.numerator, BigInt::from(e.divisor) * unit))
        };
        for &n in close {
            let (Some(new), least) = (price(n), found.first().and_then(|&n| price(n))) else { continue };
            match least.map_or(Ordering::Less, |least| (new.0 * least.1).cmp(&(least.0 * new.1))) {
                Ordering::Less => found = vec![n],
                Ordering::Equal => found.push(n),
                Ordering::Greater => {}
            }
        }
        found
    }

    fn buy(&mut self, offer: &Offer, equals: Vec<usize>) {
        let round = u32::try_from(self.bought.len()).unwrap_or(NEVER - 1);
        let (groups, each) = self.market.support.of(offer.project);
        for (n, &group) in groups.iter().enumerate() {
            let purse = &mut self.purses[index(group)];
            if purse.emptied != NEVER {
                continue;
            }
            let price = offer.rate.price(each.get(n).copied().unwrap_or(1));
            let gives_all = match &offer.exact {
                Some(Exact { near: (rate, margin), near_poor, .. }) => {
                    let put = rate.price(each.get(n).copied().unwrap_or(1));
                    if purse.money.abs_diff(put) <= *margin {
                        near_poor.binary_search(&group).is_ok()
                    } else {
                        purse.money < put
                    }
                }
                None => purse.money < price,
            };
            if gives_all {
                purse.money = 0;
                purse.emptied = round;
            } else {
                purse.money = purse.money.saturating_sub(price).max(1);
            }
        }
        self.rounds[offer.project] = round;
        self.bought.push(Bought { project: offer.project, equals });
        self.spent = self.spent.saturating_add(self.market.election.costs[offer.project]);
        self.error = self.error.saturating_add(offer.radius).saturating_add(2);
        if self.error > self.tolerance {
            self.refresh();
        }
    }

    /// Takes the fixed-point amounts again from the exact ones.
    fn refresh(&mut self) {
        self.settle();
        let start = self.chain.fixed(&self.chain.numerator(&Amount::start()), 1, self.shift).unwrap_or(0);
        let prices: Vec<Rate> = (0..self.bought.len())
            .map(|round| self.exact_rate(self.chain.price_numerator(round), 1).0)
            .collect();
        let mut most = 1;
        for group in 0..self.purses.len() {
            if self.purses[group].emptied != NEVER {
                continue;
            }
            let mut money = start;
            for (project, satisfaction) in self.market.choices(u32::try_from(group).unwrap_or(NEVER)) {
                if let Some(rate) = prices.get(index(self.rounds[project])) {
                    money = money.saturating_sub(rate.price(satisfaction));
                    most = most.max(satisfaction >> rate.shift);
                }
            }
            self.purses[group].money = money.max(1);
        }
        let bought = u64::try_from(self.bought.len()).unwrap_or(u64::MAX);
        self.error = (bought + 1).saturating_mul(2 + most);
    }

    /// The exact prices of all rounds, and what follows from them.
    pub(super) fn prices(&mut self) -> &Chain {
        self.settle();
        &self.chain
    }

    /// How many voters pay for a round, and how many of them give their last money.
    pub(super) fn payers(&self, round: usize) -> (u64, u64) {
        let at = u32::try_from(round).unwrap_or(NEVER);
        let (mut all, mut last) = (0, 0);
        for &group in self.market.support.of(self.bought[round].project).0 {
            let purse = self.purse(group);
            let weight = u64::from(purse.weight);
            all += if purse.emptied >= at { weight } else { 0 };
            last += if purse.emptied == at { weight } else { 0 };
        }
        (all, last)
    }

    /// What the supporters of a project paid for each round, together: one walk over their choices.
    pub(super) fn paid_by(&self, project: usize) -> Vec<Amount> {
        let mut paid = vec![Amount::default(); self.bought.len()];
        for &group in self.market.support.of(project).0 {
            let purse = self.purse(group);
            for (chosen, u) in self.market.choices(group) {
                let at = self.rounds[chosen];
                let Some(sum) = paid.get_mut(index(at)).filter(|_| at != NEVER) else { continue };
                match purse.emptied.cmp(&at) {
                    Ordering::Greater => sum.price(index(at), i128::from(u) * i128::from(purse.weight)),
                    Ordering::Equal => self.add_money(sum, group, at, purse.weight.into()),
                    Ordering::Less => {}
                }
            }
        }
        paid
    }
}

impl<'a> Market<'a> {
    /// `projects`: those that may be bought.
    pub(super) fn new(
        election: &'a Election,
        support: &'a Support,
        ranking: &'a Ranking,
        projects: impl Iterator<Item = usize>,
    ) -> Self {
        let bound = |p: usize| {
            let (groups, each) = support.of(p);
            let all: u128 = if support.uniform() {
                u128::from(support.votes[p]) * u128::from(support.same[p])
            } else {
                let pairs = groups.iter().zip(each);
                pairs.map(|(&g, &u)| u128::from(election.weights[index(g)]) * u128::from(u)).sum()
            };
            (p, float(election.costs[p].into()) / float(all) * (1.0 - ROUNDING))
        };
        Self { election, support, ranking, projects: projects.map(bound).collect() }
    }

    /// The projects that may be bought.
    pub(super) fn projects(&self) -> impl Iterator<Item = usize> + '_ {
        self.projects.iter().map(|&(p, _)| p)
    }

    /// The projects that a group supports, and its satisfaction for each (1 where all are satisfied alike).
    fn choices(&self, group: u32) -> impl Iterator<Item = (usize, u64)> + '_ {
        let at = index(group);
        let range = self.election.starts[at]..self.election.starts[at + 1];
        let values = self.support.values.get(range.clone());
        self.election.chosen[range].iter().enumerate().filter_map(move |(n, &project)| {
            let value = values.map_or(1, |values| values[n]);
            (value > 0).then_some((index(project), value))
        })
    }
}

/// A heap whose head is looked at before it is taken.
trait PopUnder {
    fn pop_if_under(&mut self, bound: f64) -> Option<Reverse<Bound>>;
}

impl PopUnder for BinaryHeap<Reverse<Bound>> {
    fn pop_if_under(&mut self, bound: f64) -> Option<Reverse<Bound>> {
        if self.peek()?.0.0 <= bound { self.pop() } else { None }
    }
}

fn index(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
