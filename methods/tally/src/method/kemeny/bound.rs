//! A good order, and how much worse than the bound every other must be.
//!
//! The bound is the Lagrangian dual of the linear ordering problem with its three-cycle inequalities (M. Grötschel,
//! M. Jünger, G. Reinelt, "A cutting plane algorithm for the linear ordering problem", Operations Research 32, 1984):
//! a price on each circle of three makes the duels independent, and any prices give a bound. Good prices are looked for
//! with floats (accelerated gradient on a smoothed dual: Y. Nesterov, "Smooth minimization of non-smooth functions",
//! Mathematical Programming 103, 2005), then made integers, and the bound is computed from those exactly. Poor prices
//! would make the search longer, never wrong.

use super::search::Loss;

/// How many parts of a ballot a price can have.
const SCALE: i64 = 1 << 16;
/// Steps with one smoothing, and how many times the smoothing is halved.
const STEPS: usize = 250;
const HALVINGS: usize = 10;

/// What every order costs at least, in parts of a ballot: `bound` and the penalty of each pair that it holds.
pub(super) struct Bound {
    /// `penalty[above * size + below]`.
    pub(super) penalty: Vec<u64>,
    /// The penalties that an order may add up and still be no worse than one that is known.
    pub(super) budget: u64,
}

/// Without prices: what is lost is the penalty.
pub(super) fn plain(loss: &Loss) -> Bound {
    let good = good_order(loss);
    let penalty = (0..loss.size)
        .flat_map(|a| (0..loss.size).map(move |b| (a, b)))
        .map(|(a, b)| loss.at(a, b))
        .collect();
    Bound { budget: loss.total(&good), penalty }
}

/// With prices. None when the numbers are too large for them.
pub(super) fn priced(loss: &Loss) -> Option<Bound> {
    let mut good = good_order(loss);
    let mut prices = Prices::new(loss);
    let mut best: Option<Bound> = None;
    for _ in 0..HALVINGS {
        prices.improve();
        let mut order = prices.order();
        settle(loss, &mut order);
        if loss.total(&order) < loss.total(&good) {
            good = order;
        }
        let found = prices.bound(loss, &good)?;
        let proven = i64::try_from(found.budget).ok()? < SCALE;
        if best.as_ref().is_none_or(|best| found.budget <= best.budget) {
            best = Some(found);
        }
        if proven {
            break;
        }
    }
    best
}

/// An order that no move of one option betters: from the most duels won down, then each option where it loses least,
/// again and again. Close to the best, and nothing rests on its being so.
fn good_order(loss: &Loss) -> Vec<usize> {
    let size = loss.size;
    let lost = |option: usize| -> i128 { (0..size).map(|other| i128::from(loss.at(option, other))).sum() };
    let won = |option: usize| -> i128 { (0..size).map(|other| i128::from(loss.at(other, option))).sum() };
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by_key(|&option| (lost(option) - won(option), option));
    settle(loss, &mut order);
    order
}

/// Moves options one by one to where they lose least, until none moves.
fn settle(loss: &Loss, order: &mut Vec<usize>) {
    loop {
        let mut moved = false;
        for option in 0..order.len() {
            let Some(from) = order.iter().position(|&o| o == option) else { continue };
            order.remove(from);
            // What `option` loses at the top, then one place lower each time.
            let mut lost: i128 = order.iter().map(|&other| i128::from(loss.at(option, other))).sum();
            let (mut least, mut to, mut here) = (lost, 0, lost);
            for (place, &other) in order.iter().enumerate() {
                lost += i128::from(loss.at(other, option)) - i128::from(loss.at(option, other));
                if place + 1 == from {
                    here = lost;
                }
                if lost < least {
                    (least, to) = (lost, place + 1);
                }
            }
            moved |= least < here;
            order.insert(if least < here { to } else { from }, option);
        }
        if !moved {
            return;
        }
    }
}

/// The prices of all circles of three. Pairs `(i, j)`, `i < j`, are numbered in order; a pair costs one thing with `i`
/// above `j` ("up") and another with `j` above `i` ("down"). Three options `i < j < k` make two circles: `i j k` takes
/// (i,j) and (j,k) up and (i,k) down; `i k j` takes the contrary. No order takes all three duels of a circle, so that
/// for a price `y ≥ 0` the cost of any order is at least that with `y` added to each of the three, less `2y`.
struct Prices {
    size: usize,
    up: Vec<f64>,
    down: Vec<f64>,
    /// For each three options, the pairs (i,j), (j,k), (i,k).
    threes: Vec<[usize; 3]>,
    price: Vec<[f64; 2]>,
    smoothing: f64,
    /// How much each pair leans up, from 0 to 1: nearly an order when the prices are good.
    lean: Vec<f64>,
}

impl Prices {
    #[expect(
        clippy::cast_precision_loss,
        reason = "floats look for prices; the bound is computed from integers"
    )]
    fn new(loss: &Loss) -> Self {
        let size = loss.size;
        let pair = |i: usize, j: usize| i * size - i * (i + 1) / 2 + (j - i - 1);
        let (mut up, mut down, mut threes) = (vec![], vec![], vec![]);
        for i in 0..size {
            for j in i + 1..size {
                up.push(loss.at(i, j) as f64);
                down.push(loss.at(j, i) as f64);
                for k in j + 1..size {
                    threes.push([pair(i, j), pair(j, k), pair(i, k)]);
                }
            }
        }
        let margins: f64 = up.iter().chain(&down).sum();
        let smoothing = margins / up.len() as f64 / 4.0;
        Self {
            size,
            lean: vec![0.5; up.len()],
            up,
            down,
            price: vec![[0.0; 2]; threes.len()],
            threes,
            smoothing,
        }
    }

    fn costs<N: Copy + std::ops::AddAssign>(&self, up: &mut [N], down: &mut [N], price: &[[N; 2]]) {
        for (&[p, q, r], &[y, z]) in self.threes.iter().zip(price) {
            up[p] += y;
            up[q] += y;
            down[r] += y;
            up[r] += z;
            down[q] += z;
            down[p] += z;
        }
    }

    /// Some steps uphill, then half the smoothing.
    #[expect(
        clippy::cast_precision_loss,
        reason = "floats look for prices; the bound is computed from integers"
    )]
    fn improve(&mut self) {
        let step = self.smoothing * 2.5 / self.size as f64;
        let mut ahead = self.price.clone();
        let mut speed = 1.0_f64;
        for _ in 0..STEPS {
            let (mut up, mut down) = (self.up.clone(), self.down.clone());
            self.costs(&mut up, &mut down, &ahead);
            for (lean, (up, down)) in self.lean.iter_mut().zip(up.iter().zip(&down)) {
                *lean = 1.0 / (1.0 + ((up - down) / self.smoothing).exp());
            }
            let faster = f64::midpoint(1.0, (1.0 + 4.0 * speed * speed).sqrt());
            let carry = (speed - 1.0) / faster;
            speed = faster;
            let mut uphill = 0.0;
            for ((&[p, q, r], price), ahead) in self.threes.iter().zip(&mut self.price).zip(&mut ahead) {
                let slope = self.lean[p] + self.lean[q] - self.lean[r] - 1.0;
                // The two circles of three options take contrary duels: their slopes add up to −1.
                for (side, slope) in [slope, -1.0 - slope].into_iter().enumerate() {
                    let to = (ahead[side] + step * slope).max(0.0);
                    let moved = to - price[side];
                    uphill += slope * moved;
                    ahead[side] = (to + carry * moved).max(0.0);
                    price[side] = to;
                }
            }
            // Momentum that leads downhill is dropped (B. O'Donoghue and E. Candès, 2015).
            if uphill < 0.0 {
                speed = 1.0;
            }
        }
        self.smoothing /= 2.0;
    }

    /// Options by how much they lean above the others.
    fn order(&self) -> Vec<usize> {
        let mut above = vec![0.0; self.size];
        let mut leans = self.lean.iter();
        for i in 0..self.size {
            for (j, lean) in (i + 1..self.size).zip(&mut leans) {
                above[i] += lean;
                above[j] += 1.0 - lean;
            }
        }
        let mut order: Vec<usize> = (0..self.size).collect();
        order.sort_by(|&a, &b| f64::total_cmp(&above[b], &above[a]).then(a.cmp(&b)));
        order
    }

    /// The bound of these prices, in integers.
    fn bound(&self, loss: &Loss, good: &[usize]) -> Option<Bound> {
        let whole =
            |cost: u64| i64::try_from(cost).ok()?.checked_mul(SCALE).filter(|cost| *cost < i64::MAX >> 16);
        let (mut up, mut down) = (vec![], vec![]);
        for i in 0..self.size {
            for j in i + 1..self.size {
                up.push(whole(loss.at(i, j))?);
                down.push(whole(loss.at(j, i))?);
            }
        }
        let price: Vec<[i64; 2]> = self.price.iter().map(|pair| pair.map(integer)).collect();
        self.costs(&mut up, &mut down, &price);
        let least: i64 = up.iter().zip(&down).map(|(up, down)| up.min(down)).sum();
        let paid: i64 = price.iter().flatten().sum();
        let budget = whole(loss.total(good))?.checked_sub(least - 2 * paid)?;
        let mut penalty = vec![0; self.size * self.size];
        let mut pairs = up.iter().zip(&down);
        for i in 0..self.size {
            for (j, (up, down)) in (i + 1..self.size).zip(&mut pairs) {
                penalty[i * self.size + j] = u64::try_from(up - up.min(down)).ok()?;
                penalty[j * self.size + i] = u64::try_from(down - up.min(down)).ok()?;
            }
        }
        Some(Bound { penalty, budget: u64::try_from(budget).ok()? })
    }
}

/// A price in whole parts of a ballot, rounded down.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "any price gives a bound")]
fn integer(price: f64) -> i64 {
    (price * SCALE as f64).clamp(0.0, (1_i64 << 40) as f64) as i64
}
