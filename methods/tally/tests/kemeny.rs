//! Kemeny's ranking where permutations are too many: checked by what makes it the best, not by trying them all.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use parvis_tally::{Error, KEMENY_LIMIT, Method, Profile, Ranking, Rules, Working, count};

/// A fixed sequence of numbers: the same elections each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }

    fn ballot(&mut self, options: u16) -> Ranking {
        let mut order: Vec<u16> = (0..options).collect();
        for last in (1..order.len()).rev() {
            order.swap(last, self.below(last + 1));
        }
        Ranking::strict(order)
    }
}

fn names(options: usize) -> Vec<String> {
    (0..options).map(|n| format!("option {n:02}")).collect()
}

/// The least loss of all orders of a circle, by dynamic programming over its subsets: no bound, no pruning.
fn least_loss(size: usize, loss: &dyn Fn(usize, usize) -> u64) -> u64 {
    let mut best = vec![u64::MAX; 1 << size];
    best[0] = 0;
    for set in 0..1_usize << size {
        for next in (0..size).filter(|next| set >> next & 1 == 0) {
            let left = (0..size).filter(|o| *o != next && set >> o & 1 == 0);
            let lost = best[set] + left.map(|below| loss(next, below)).sum::<u64>();
            let with = set | 1 << next;
            best[with] = best[with].min(lost);
        }
    }
    best[(1 << size) - 1]
}

#[test]
fn bounds_and_search_find_what_all_subsets_do() {
    let mut draw = Draw(88_172_645_463_325_252);
    for (options, people) in [(11, 9), (12, 30), (13, 31), (14, 8), (14, 60), (15, 25)] {
        let ballots = (0..people).map(|_| (draw.ballot(options), 1)).collect();
        let options = usize::from(options);
        let profile = Profile::ranked(&names(options), ballots).unwrap();
        let outcome = count(&profile, &Rules::new(Method::Kemeny)).unwrap();
        let Working::Kemeny { pairwise, disagreements, .. } = &outcome.working else { panic!() };
        let counts = &pairwise.counts;
        let pairs: u64 = (0..options)
            .flat_map(|a| (0..a).map(move |b| (a, b)))
            .map(|(a, b)| counts[a][b].min(counts[b][a]))
            .sum();
        let loss = |above: usize, below: usize| counts[below][above].saturating_sub(counts[above][below]);
        assert_eq!(*disagreements, pairs + least_loss(options, &loss), "{options} options, {people} ballots");
    }
}

/// A tournament whose every ranking is known to lose: `n` options around a circle, each beating the next half of them.
#[test]
fn a_circle_of_the_guaranteed_size() {
    let options = KEMENY_LIMIT - 1;
    // Each option is first once, and the others follow around the circle: all rotations of one order.
    let order: Vec<u16> = (0..u16::try_from(options).unwrap()).collect();
    let ballots = (0..options)
        .map(|turn| {
            let mut turned = order.clone();
            turned.rotate_left(turn);
            (Ranking::strict(turned), 1)
        })
        .collect();
    let profile = Profile::ranked(&names(options), ballots).unwrap();
    let outcome = count(&profile, &Rules::new(Method::Kemeny)).unwrap();
    // Nobody is better than anybody: all can be first, and it is said.
    assert_eq!(outcome.winners.len(), options);
    let Working::Kemeny { unique, cycles, disagreements, .. } = &outcome.working else { panic!() };
    assert!(!unique);
    assert_eq!(cycles.len(), 1);
    // Each rotation costs as much: for a pair d apart, d of the n ballots disagree.
    let expected: usize = (1..options).map(|d| (options - d) * d).sum();
    assert_eq!(*disagreements, u64::try_from(expected).unwrap());
}

#[test]
fn what_is_out_of_reach_is_refused() {
    let options = 70;
    let order: Vec<u16> = (0..options).collect();
    let ballots = (0..usize::from(options))
        .map(|turn| {
            let mut turned = order.clone();
            turned.rotate_left(turn);
            (Ranking::strict(turned), 1)
        })
        .collect();
    let profile = Profile::ranked(&names(70), ballots).unwrap();
    let refused = count(&profile, &Rules::new(Method::Kemeny)).unwrap_err();
    assert_eq!(refused, Error::OutOfReach { options: 70, limit: KEMENY_LIMIT });
    assert!(refused.to_string().contains("guaranteed up to 20"), "{refused}");
}
