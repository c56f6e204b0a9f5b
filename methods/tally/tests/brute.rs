//! Each method beside its definition, written again without care for speed, on small random elections.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod draw;

use std::cmp::Ordering;

use draw::{Weak, named, permutations, profile, weak_ballots};
use parvis_tally::{Blank, Exact, Method, Profile, Rules, Strength, TieBreak, Working, count};
use proptest::prelude::*;

/// Ballots that prefer `a` to `b`, one by one.
fn prefer(ballots: &[Weak], a: usize, b: usize) -> i64 {
    let rank = |ballot: &Weak, option: usize| ballot[option].unwrap_or(u32::MAX);
    i64::try_from(ballots.iter().filter(|ballot| rank(ballot, a) < rank(ballot, b)).count()).unwrap()
}

fn strength(ballots: &[Weak], a: usize, b: usize, by: Strength) -> i64 {
    let (for_, against) = (prefer(ballots, a, b), prefer(ballots, b, a));
    match by {
        _ if for_ <= against => 0,
        Strength::Margins => for_ - against,
        Strength::WinningVotes => for_,
    }
}

/// Every path from `a` to `b` that passes by no option twice: the strongest of their weakest duels.
fn strongest(
    options: usize,
    ballots: &[Weak],
    by: Strength,
    path: &mut Vec<usize>,
    to: usize,
    weakest: i64,
) -> i64 {
    let at = *path.last().unwrap();
    if at == to {
        return weakest;
    }
    let mut best = 0;
    for next in 0..options {
        let duel = strength(ballots, at, next, by);
        if duel > 0 && !path.contains(&next) {
            path.push(next);
            best = best.max(strongest(options, ballots, by, path, to, weakest.min(duel)));
            path.pop();
        }
    }
    best
}

fn by_both() -> impl Strategy<Value = Strength> {
    prop_oneof![Just(Strength::Margins), Just(Strength::WinningVotes)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn schulze_is_every_path((options, ballots) in weak_ballots(5, 9), by in by_both()) {
        let outcome = count(&profile(options, &ballots), &Rules { strength: by, ..Rules::new(Method::Schulze) });
        prop_assume!(outcome.is_ok());
        let outcome = outcome.unwrap();
        let Working::Schulze { paths, .. } = &outcome.working else { panic!() };
        let all: Vec<Vec<i64>> = (0..options)
            .map(|a| (0..options).map(|b| if a == b { 0 } else {
                strongest(options, &ballots, by, &mut vec![a], b, i64::MAX)
            }).collect())
            .collect();
        for a in 0..options {
            for b in (0..options).filter(|&b| b != a) {
                prop_assert_eq!(i64::try_from(paths[a][b]).unwrap(), all[a][b]);
            }
        }
        let winners: Vec<usize> =
            (0..options).filter(|&a| (0..options).all(|b| a == b || all[a][b] >= all[b][a])).collect();
        prop_assert_eq!(&outcome.winners, &named(options, &winners));
    }

    #[test]
    fn ranked_pairs_by_looking_for_circles((options, ballots) in weak_ballots(5, 9), by in by_both()) {
        let outcome = count(&profile(options, &ballots), &Rules { strength: by, ..Rules::new(Method::RankedPairs) });
        prop_assume!(outcome.is_ok());
        let mut duels: Vec<(i64, i64, usize, usize)> = vec![];
        for a in 0..options {
            for b in 0..options {
                if strength(&ballots, a, b, by) > 0 {
                    duels.push((-strength(&ballots, a, b, by), prefer(&ballots, b, a), a, b));
                }
            }
        }
        duels.sort_unstable();
        fn leads(kept: &[(usize, usize)], from: usize, to: usize) -> bool {
            from == to || kept.iter().any(|&(a, b)| a == from && leads(kept, b, to))
        }
        let mut kept: Vec<(usize, usize)> = vec![];
        for (_, _, a, b) in duels {
            if !leads(&kept, b, a) {
                kept.push((a, b));
            }
        }
        let winners: Vec<usize> = (0..options).filter(|&a| !kept.iter().any(|&(_, b)| a == b)).collect();
        prop_assert_eq!(&outcome.unwrap().winners, &named(options, &winners));
    }

    #[test]
    fn kemeny_is_the_best_of_all_permutations((options, ballots) in weak_ballots(6, 7)) {
        let outcome = count(&profile(options, &ballots), &Rules::new(Method::Kemeny));
        prop_assume!(outcome.is_ok());
        let outcome = outcome.unwrap();
        let disagreements = |order: &[usize]| -> i64 {
            (0..options).flat_map(|i| (i + 1..options).map(move |j| (i, j)))
                .map(|(i, j)| prefer(&ballots, order[j], order[i])).sum()
        };
        let all = permutations(options);
        let least = all.iter().map(|order| disagreements(order)).min().unwrap();
        let best: Vec<&Vec<usize>> = all.iter().filter(|order| disagreements(order) == least).collect();
        let Working::Kemeny { order, disagreements: found, unique, .. } = &outcome.working else { panic!() };
        prop_assert_eq!(i64::try_from(*found).unwrap(), least);
        prop_assert_eq!(*unique, best.len() == 1);
        prop_assert!(best.iter().any(|best| order == &named(options, best)));
        // All those that can be first.
        let mut firsts: Vec<usize> = best.iter().map(|order| order[0]).collect();
        firsts.sort_unstable();
        firsts.dedup();
        prop_assert_eq!(&outcome.winners, &named(options, &firsts));
    }

    #[test]
    fn minimax_and_copeland_duel_by_duel((options, ballots) in weak_ballots(5, 9)) {
        let profile = profile(options, &ballots);
        let minimax = count(&profile, &Rules::new(Method::Minimax));
        prop_assume!(minimax.is_ok() && options > 1);
        let others = |a: usize| (0..options).filter(move |&b| b != a);
        let worst = |a: usize| others(a).map(|b| prefer(&ballots, b, a) - prefer(&ballots, a, b)).max().unwrap();
        let least = (0..options).map(worst).min().unwrap();
        let winners: Vec<usize> = (0..options).filter(|&a| worst(a) == least).collect();
        prop_assert_eq!(&minimax.unwrap().winners, &named(options, &winners));
        let points = |a: usize| -> i64 {
            others(a).map(|b| match prefer(&ballots, a, b).cmp(&prefer(&ballots, b, a)) {
                Ordering::Greater => 2,
                Ordering::Equal => 1,
                Ordering::Less => 0,
            }).sum()
        };
        let most = (0..options).map(points).max().unwrap();
        let winners: Vec<usize> = (0..options).filter(|&a| points(a) == most).collect();
        prop_assert_eq!(&count(&profile, &Rules::new(Method::Copeland)).unwrap().winners, &named(options, &winners));
    }

    #[test]
    fn instant_runoff_round_by_round((options, ballots) in weak_ballots(5, 9)) {
        let outcome = count(&profile(options, &ballots), &Rules::new(Method::Irv).ties(TieBreak::Options));
        prop_assume!(outcome.is_ok());
        let mut standing: Vec<usize> = (0..options).collect();
        let mut history: Vec<Vec<Exact>> = vec![];
        let winner = loop {
            let mut votes = vec![Exact::ZERO; options];
            for ballot in &ballots {
                let Some(best) = standing.iter().filter_map(|&o| ballot[o]).min() else { continue };
                let top: Vec<usize> = standing.iter().copied().filter(|&o| ballot[o] == Some(best)).collect();
                for &option in &top {
                    let share = Exact::ratio(1, i128::try_from(top.len()).unwrap()).unwrap();
                    votes[option] = votes[option].checked_add(share).unwrap();
                }
            }
            let held = votes.iter().fold(Exact::ZERO, |sum, v| sum.checked_add(*v).unwrap());
            if let Some(&winner) = standing.iter().find(|&&o| votes[o].times(2).unwrap() > held || standing.len() == 1) {
                break winner;
            }
            history.push(votes);
            // Fewest now, else fewest in the most recent round that tells them apart, else the last listed.
            let key = |option: usize| -> Vec<Exact> { history.iter().rev().map(|votes| votes[option]).collect() };
            let out = *standing.iter().min_by(|&&a, &&b| key(a).cmp(&key(b)).then(b.cmp(&a))).unwrap();
            standing.retain(|&option| option != out);
        };
        prop_assert_eq!(&outcome.unwrap().winners, &named(options, &[winner]));
    }

    /// Balinski and Laraki's majority value: the median grade, then the median of the others, and so on.
    #[test]
    fn majority_judgement_one_median_after_the_other(
        (options, grades) in (1..=4_usize, 1..=9_usize).prop_flat_map(|(options, people)| {
            (Just(options), prop::collection::vec(prop::collection::vec(0..5_u32, options), people))
        })
    ) {
        let names = named(options, &(0..options).collect::<Vec<_>>());
        let ballots = grades.iter().map(|b| (b.iter().map(|&g| Some(g)).collect(), 1)).collect();
        let profile = Profile::graded(&names, ballots).unwrap();
        let outcome = count(&profile, &Rules::new(Method::MajorityJudgement)).unwrap();
        let value = |option: usize| -> Vec<u32> {
            let mut left: Vec<u32> = grades.iter().map(|ballot| ballot[option]).collect();
            left.sort_unstable();
            let mut value = vec![];
            while !left.is_empty() {
                value.push(left.remove((left.len() - 1) / 2));
            }
            value
        };
        let best = (0..options).map(value).max().unwrap();
        let winners: Vec<usize> = (0..options).filter(|&option| value(option) == best).collect();
        prop_assert_eq!(&outcome.winners, &named(options, &winners));
        // The whole ranking, and by shares too: everybody graded everything, so that they agree.
        for group in outcome.ranking.windows(2) {
            let number = |name: &str| names.iter().position(|n| &**n == name).unwrap();
            prop_assert!(value(number(&group[0][0])) > value(number(&group[1][0])));
        }
        let shares = Rules { blank: Blank::Exclude, ..Rules::new(Method::MajorityJudgement) };
        prop_assert_eq!(count(&profile, &shares).unwrap().ranking, outcome.ranking);
    }
}
