//! A pool in which hardly two people are alike: the lottery is reached by least squares (`approach`).
#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use parvis_sortition::{Chance, Method, Person, Pool, Problem, Quota};

const CATEGORIES: usize = 6;
const VALUES: u64 = 5;

/// 1,000 people and quotas that one panel of 30 satisfies, made from a fixed stream of chance.
fn pool() -> Problem {
    let mut chance = Chance::new("a large pool");
    let mut people: Vec<Vec<u64>> = vec![];
    for _ in 0..1000 {
        // The last values are rarer, as some people volunteer less.
        people.push((0..CATEGORIES).map(|_| chance.below(VALUES).min(chance.below(9))).collect());
    }
    let having = |c: usize, v: u64| u32::try_from(people[..30].iter().filter(|p| p[c] == v).count()).unwrap();
    let quotas = (0..CATEGORIES).flat_map(|c| (0..VALUES).map(move |v| (c, v)));
    let quotas = quotas.map(|(c, v)| Quota {
        category: format!("c{c}"),
        value: format!("v{v}"),
        min: having(c, v),
        max: having(c, v) + u32::from(c > 3),
        max_flex: u32::MAX,
        ..Quota::default()
    });
    let person = |(n, values): (usize, &Vec<u64>)| Person {
        id: format!("p{n}"),
        values: values.iter().map(|v| format!("v{v}")).collect(),
        ..Person::default()
    };
    let quotas = quotas.collect();
    let categories = (0..CATEGORIES).map(|c| format!("c{c}")).collect();
    Problem::new(Pool { categories, people: people.iter().enumerate().map(person).collect() }, quotas, 30)
        .unwrap()
}

#[test]
fn a_large_pool_has_a_proven_lottery() {
    let problem = pool();
    assert!(problem.kinds() > 800, "{} kinds", problem.kinds());
    let lottery = problem.lottery(Method::Leximin, 1000, &mut |_| true).unwrap();
    assert!(lottery.quality.is_optimal, "{:?}", lottery.quality.gap);
    assert!(lottery.quality.gap <= 1e-6);
    assert!(lottery.quality.bound - lottery.min() <= 1e-6);
    let seats: f64 = lottery.probabilities.iter().sum();
    assert!((seats - 30.0).abs() < 1e-6, "{seats}");
    assert!(lottery.tickets.iter().all(|panel| problem.admits(panel)));
    assert!(lottery.deviation() <= lottery.deviation_bound());
    let checks = problem.certify(&lottery, &mut |_| true);
    assert!(checks.iter().all(|check| check.ok), "{checks:?}");
    // The same again, to the last bit.
    let again = problem.lottery(Method::Leximin, 1000, &mut |_| true).unwrap();
    assert_eq!(again.probabilities, lottery.probabilities);
    assert_eq!(again.tickets, lottery.tickets);
}

#[test]
fn a_large_pool_says_how_far_it_is_when_told_to_stop() {
    let problem = pool();
    let best = problem.lottery(Method::Leximin, 1000, &mut |_| true).unwrap();
    for limit in [1, 50, 700] {
        let mut asked = 0;
        let stopped = problem.lottery(Method::Leximin, 1000, &mut |_| {
            asked += 1;
            asked < limit
        });
        let stopped = stopped.unwrap();
        assert!(!stopped.quality.is_optimal);
        assert!(stopped.quality.bound + 1e-9 >= best.min());
        assert!((stopped.quality.bound - stopped.min() - stopped.quality.gap).abs() < 1e-12);
        assert!(stopped.tickets.iter().all(|panel| problem.admits(panel)));
    }
}
