//! Small random elections.
#![allow(dead_code, reason = "each test file uses its part")]

use parvis_tally::{Name, Profile, Ranking};
use proptest::prelude::*;

/// For each option its rank, or nothing.
pub type Weak = Vec<Option<u32>>;

pub fn names(options: usize) -> Vec<String> {
    (0..options).map(|n| char::from(b'A' + u8::try_from(n).unwrap()).to_string()).collect()
}

pub fn named(options: usize, numbers: &[usize]) -> Vec<Name> {
    let names = names(options);
    numbers.iter().map(|&n| Name::from(names[n].as_str())).collect()
}

/// Ballots with equal ranks, options left out, sometimes blank.
pub fn weak_ballots(most_options: usize, most_ballots: usize) -> impl Strategy<Value = (usize, Vec<Weak>)> {
    (1..=most_options).prop_flat_map(move |options| {
        let rank = prop_oneof![4 => (1..=4_u32).prop_map(Some), 1 => Just(None)];
        (Just(options), prop::collection::vec(prop::collection::vec(rank, options), 1..=most_ballots))
    })
}

/// Ballots that rank some options, none equal.
pub fn strict_ballots(most_options: usize, most_ballots: usize) -> impl Strategy<Value = (usize, Vec<Weak>)> {
    (2..=most_options).prop_flat_map(move |options| {
        let order = Just((0..options).collect::<Vec<usize>>()).prop_shuffle();
        let ballot = (order, 1..=options).prop_map(move |(order, ranked)| {
            let mut ballot = vec![None; options];
            for (rank, &option) in (1..).zip(order.iter().take(ranked)) {
                ballot[option] = Some(rank);
            }
            ballot
        });
        (Just(options), prop::collection::vec(ballot, 1..=most_ballots))
    })
}

pub fn ranking(ballot: &Weak) -> Ranking {
    Ranking::by_value(ballot.iter().map(|rank| rank.map(std::cmp::Reverse)))
}

pub fn profile(options: usize, ballots: &[Weak]) -> Profile {
    Profile::ranked(&names(options), ballots.iter().map(|ballot| (ranking(ballot), 1)).collect()).unwrap()
}

pub fn permutations(options: usize) -> Vec<Vec<usize>> {
    if options == 0 {
        return vec![vec![]];
    }
    let mut all = vec![];
    for shorter in permutations(options - 1) {
        for place in 0..options {
            let mut order = shorter.clone();
            order.insert(place, options - 1);
            all.push(order);
        }
    }
    all.sort();
    all
}
