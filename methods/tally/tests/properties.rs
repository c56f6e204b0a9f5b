//! What each method promises, on random elections.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod draw;

use draw::{Weak, names, profile, ranking, strict_ballots, weak_ballots};
use parvis_tally::{
    BordaPolicy, Kind, Method, Name, Outcome, Profile, Ranking, Rules, TieBreak, Working, count, simulate,
};
use proptest::prelude::*;

fn ranked_methods() -> impl Iterator<Item = Method> {
    Method::ALL.into_iter().filter(|method| method.kind() == Kind::Ranked)
}

fn rules(method: Method) -> Rules {
    // With complete information about those left out, as monotonicity asks of Borda's points.
    Rules { borda: BordaPolicy::Average, ..Rules::new(method) }
}

fn sorted(names: &[Name]) -> Vec<Name> {
    let mut names = names.to_vec();
    names.sort();
    names
}

/// Nobody is forgotten, nobody is there twice, seats are filled.
fn whole(outcome: &Outcome) {
    assert_eq!(sorted(&outcome.ranking.concat()), sorted(&outcome.options), "{}", outcome.method);
    assert!(outcome.winners.len() >= outcome.rules.seats, "{}", outcome.method);
    assert!(outcome.rules.ties == TieBreak::Open || outcome.winners.len() == outcome.rules.seats);
    assert_eq!(
        outcome.counted + outcome.rejected.values().sum::<u64>(),
        outcome.ballots,
        "{}",
        outcome.method
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn every_outcome_is_whole_and_reads_back((options, ballots) in weak_ballots(5, 9), seats in 1..=3_usize) {
        let profile = profile(options, &ballots);
        for ties in [TieBreak::Open, TieBreak::Options, TieBreak::Lot { seed: "s".into() }] {
            for method in ranked_methods() {
                let seats = if method.many_seats() { seats.min(options) } else { 1 };
                // A lot of ballots may be blank or void: then there is nothing to count, and it is said.
                if let Ok(outcome) = count(&profile, &rules(method).seats(seats).ties(ties.clone())) {
                    whole(&outcome);
                    let json = serde_json::to_string(&outcome).unwrap();
                    prop_assert_eq!(serde_json::from_str::<Outcome>(&json).unwrap(), outcome);
                }
            }
        }
    }

    /// Who votes in which order, and how identical ballots are written, changes nothing.
    #[test]
    fn anonymity((options, ballots) in weak_ballots(4, 8)) {
        let one_by_one = profile(options, &ballots);
        let mut turned: Vec<(Ranking, u64)> = ballots.iter().rev().map(|ballot| (ranking(ballot), 1)).collect();
        turned.push((turned[0].0.clone(), 0));
        let turned = Profile::ranked(&names(options), turned).unwrap();
        prop_assert_eq!(one_by_one, turned);
    }

    /// Options in another order, the tie order following them: the same result.
    #[test]
    fn neutrality((options, ballots) in weak_ballots(5, 8), turn in 0..5_usize) {
        let order = names(options);
        let other: Vec<usize> = (0..options).map(|n| (n + turn) % options).collect();
        let moved: Vec<Weak> = ballots.iter().map(|ballot| other.iter().map(|&n| ballot[n]).collect()).collect();
        let moved_names: Vec<String> = other.iter().map(|&n| order[n].clone()).collect();
        let moved = moved.iter().map(|ballot| (ranking(ballot), 1)).collect();
        let moved = Profile::ranked(&moved_names, moved).unwrap();
        for method in ranked_methods() {
            let rules = rules(method).ties(TieBreak::Order { order: order.clone() });
            let (here, there) = (count(&profile(options, &ballots), &rules), count(&moved, &rules));
            match (here, there) {
                (Ok(here), Ok(there)) => {
                    prop_assert_eq!(sorted(&here.winners), sorted(&there.winners), "{}", method);
                    let groups = |outcome: &Outcome| outcome.ranking.iter().map(|g| sorted(g)).collect::<Vec<_>>();
                    prop_assert_eq!(groups(&here), groups(&there), "{}", method);
                }
                (here, there) => prop_assert_eq!(here.is_ok(), there.is_ok(), "{}", method),
            }
        }
    }

    /// Whoever wins every duel wins, and whoever more than half put alone first.
    #[test]
    fn condorcet_and_majority((options, ballots) in weak_ballots(5, 9)) {
        let profile = profile(options, &ballots);
        let Ok(schulze) = count(&profile, &rules(Method::Schulze)) else { return Ok(()) };
        let Working::Schulze { pairwise, .. } = &schulze.working else { panic!() };
        if let Some(winner) = &pairwise.condorcet_winner {
            for method in [Method::Schulze, Method::RankedPairs, Method::Copeland, Method::Minimax, Method::Kemeny] {
                prop_assert_eq!(&count(&profile, &rules(method)).unwrap().winners, std::slice::from_ref(winner), "{}", method);
            }
        }
        for (number, name) in names(options).iter().enumerate() {
            let first = |ballot: &&Weak| {
                let rank = |option: usize| ballot[option].unwrap_or(u32::MAX);
                ballot[number].is_some() && (0..options).all(|o| o == number || rank(o) > rank(number))
            };
            let cast = ballots.iter().filter(|ballot| ballot.iter().any(Option::is_some)).count();
            if 2 * ballots.iter().filter(first).count() > cast {
                for method in ranked_methods().filter(|&m| !matches!(m, Method::Borda | Method::StvScottish | Method::StvMeek)) {
                    let outcome = count(&profile, &rules(method)).unwrap();
                    prop_assert_eq!(outcome.winners.iter().map(|n| &**n).collect::<Vec<_>>(), [name], "{}", method);
                }
            }
        }
    }

    /// A winner that one ballot raises, everything else unchanged, still wins.
    #[test]
    fn monotonicity((options, ballots) in strict_ballots(4, 7), which in 0..7_usize, to in 1..4_u32) {
        let methods = [
            Method::Plurality, Method::Borda, Method::Schulze, Method::Copeland, Method::Minimax, Method::Kemeny,
        ];
        for method in methods {
            let Ok(before) = count(&profile(options, &ballots), &rules(method)) else { continue };
            for winner in &before.winners {
                let winner = names(options).iter().position(|n| **n == **winner).unwrap();
                let mut after = ballots.clone();
                let ballot = &mut after[which % ballots.len()];
                let old = ballot[winner].unwrap_or(u32::MAX);
                if to >= old || ballot.iter().flatten().count() < usize::try_from(to).unwrap() {
                    continue;
                }
                for rank in ballot.iter_mut().flatten() {
                    *rank += u32::from(*rank >= to && *rank < old);
                }
                ballot[winner] = Some(to);
                let outcome = count(&profile(options, &after), &rules(method)).unwrap();
                prop_assert!(outcome.winners.contains(&before.options[winner]), "{}", method);
            }
        }
    }

    /// Votes are neither made nor lost: at each stage, those held and those exhausted are all there are.
    #[test]
    fn transfers_lose_no_vote((options, ballots) in strict_ballots(6, 12), seats in 1..=3_usize) {
        let profile = profile(options, &ballots);
        let seats = seats.min(options);
        for method in [Method::StvScottish, Method::StvMeek] {
            let outcome = count(&profile, &Rules::new(method).seats(seats)).unwrap();
            let (Working::StvScottish { stages, unit, .. } | Working::StvMeek { stages, unit }) = &outcome.working else {
                panic!()
            };
            for stage in stages {
                prop_assert_eq!(stage.votes.iter().sum::<u64>() + stage.exhausted, unit * outcome.counted);
            }
            let elected: Vec<Name> = stages.iter().flat_map(|stage| stage.elected.clone()).collect();
            prop_assert_eq!(&elected, &outcome.winners);
            prop_assert_eq!(elected.len(), seats);
        }
        let outcome = count(&profile, &Rules::new(Method::Irv)).unwrap();
        let Working::Irv { rounds } = &outcome.working else { panic!() };
        for round in rounds {
            let held = round.votes.iter().flatten().try_fold(round.exhausted, |sum, v| sum.checked_add(*v)).unwrap();
            prop_assert_eq!(held, parvis_tally::Exact::from(outcome.counted));
        }
    }

    /// A group that outnumbers the quota and puts its options first gets a seat (Droop's proportionality, for one).
    #[test]
    fn a_quota_gets_its_seat((options, mut ballots) in strict_ballots(5, 8), seats in 1..=3_usize) {
        let seats = seats.min(options);
        let quota = ballots.len() / seats + 1;
        let mut ballot = vec![None; options];
        ballot[options - 1] = Some(1);
        ballots.extend(std::iter::repeat_n(ballot, quota));
        let profile = profile(options, &ballots);
        for method in [Method::StvScottish, Method::StvMeek] {
            let outcome = count(&profile, &Rules::new(method).seats(seats)).unwrap();
            prop_assert!(outcome.winners.contains(&outcome.options[options - 1]), "{}", method);
        }
    }

    /// Grades: a better grade never harms, whatever the method on grades.
    #[test]
    fn grades_are_monotone(
        (options, grades) in (2..=4_usize, 1..=8_usize).prop_flat_map(|(options, people)| {
            (Just(options), prop::collection::vec(prop::collection::vec(prop::option::of(0..6_u32), options), people))
        }),
        which in 0..8_usize,
    ) {
        let of = |grades: &[Vec<Option<u32>>]| {
            Profile::graded(&names(options), grades.iter().map(|b| (b.clone(), 1)).collect()).unwrap()
        };
        for method in [Method::Score, Method::MajorityJudgement] {
            let rules = Rules { max_grade: Some(5), ..Rules::new(method) };
            let before = count(&of(&grades), &rules).unwrap();
            whole(&before);
            for winner in &before.winners {
                let winner = names(options).iter().position(|n| **n == **winner).unwrap();
                let mut after = grades.clone();
                after[which % grades.len()][winner] = Some(5);
                prop_assert!(count(&of(&after), &rules).unwrap().winners.contains(&before.options[winner]));
            }
        }
        let star = count(&of(&grades), &Rules::new(Method::Star)).unwrap();
        whole(&star);
        // The same ballots by every method that can read grades.
        let others = simulate(&of(&grades), &Rules { threshold: Some(3), ..Rules::new(Method::Score) });
        let methods: Vec<Method> = others.iter().map(|other| other.method).collect();
        prop_assert!(methods.contains(&Method::Approval) && methods.contains(&Method::Star));
        prop_assert!(!methods.contains(&Method::D21) && !methods.contains(&Method::Quadratic));
    }
}
