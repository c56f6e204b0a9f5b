//! Tiny pools: every panel is listed, and the fairest probabilities are found again another way, by another solver.
#![expect(clippy::unwrap_used, reason = "a failing test panics")]
#![expect(clippy::needless_range_loop, reason = "matrices read best by row and column number")]

use microlp::{ComparisonOp, OptimizationDirection, Variable};
use parvis_sortition::{
    Invalid, Method, NoLottery, NoRelaxation, Person, Pool, Problem, Published, Quota, Ticket,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

fn number(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap())
}

/// All sets of places that make a panel.
fn panels(problem: &Problem) -> Vec<Vec<usize>> {
    let n = problem.pool().people.len();
    (0_u32..1 << n)
        .filter(|bits| bits.count_ones() == problem.seats())
        .map(|bits| (0..n).filter(|p| bits >> p & 1 == 1).collect::<Vec<usize>>())
        .filter(|panel| problem.admits(panel))
        .collect()
}

struct Lp {
    problem: microlp::Problem,
    weights: Vec<Variable>,
}

/// Lotteries over the panels; `p_i ≥ floor_i` for everyone.
fn lotteries(panels: &[Vec<usize>], floors: &[f64], objective: &dyn Fn(usize) -> f64) -> Lp {
    let mut problem = microlp::Problem::new(OptimizationDirection::Maximize);
    let weights: Vec<Variable> = panels
        .iter()
        .map(|panel| problem.add_var(panel.iter().map(|&p| objective(p)).sum(), (0.0, 1.0)))
        .collect();
    let all: Vec<(Variable, f64)> = weights.iter().map(|&w| (w, 1.0)).collect();
    problem.add_constraint(&all, ComparisonOp::Eq, 1.0);
    for (p, &floor) in floors.iter().enumerate() {
        let on = panels.iter().zip(&weights).filter(|(panel, _)| panel.contains(&p)).map(|(_, &w)| (w, 1.0));
        let on: Vec<(Variable, f64)> = on.collect();
        if floor > 0.0 {
            problem.add_constraint(&on, ComparisonOp::Ge, floor);
        }
    }
    Lp { problem, weights }
}

/// Leximin by its definition: raise the smallest; whoever cannot be above it while nobody falls stays there.
fn leximin(panels: &[Vec<usize>], people: usize) -> Vec<f64> {
    let mut fixed: Vec<Option<f64>> = vec![None; people];
    let mut level = 0.0;
    while fixed.iter().any(Option::is_none) {
        let floors: Vec<f64> = fixed.iter().map(|f| f.map_or(0.0, |x| (x - 1e-9).max(0.0))).collect();
        let Lp { mut problem, weights } = lotteries(panels, &floors, &|_| 0.0);
        let z = problem.add_var(1.0, (0.0, 1.0));
        for p in (0..people).filter(|&p| fixed[p].is_none()) {
            let on = panels.iter().zip(&weights).filter(|(panel, _)| panel.contains(&p));
            let mut on: Vec<(Variable, f64)> = on.map(|(_, &w)| (w, 1.0)).collect();
            on.push((z, -1.0));
            problem.add_constraint(&on, ComparisonOp::Ge, 0.0);
        }
        let best = problem.solve().unwrap().into_solution().unwrap().objective();
        level = best.max(level);
        let floors: Vec<f64> = fixed.iter().map(|f| (f.unwrap_or(level) - 1e-8).max(0.0)).collect();
        let mut changed = false;
        for p in 0..people {
            if fixed[p].is_some() {
                continue;
            }
            let most = lotteries(panels, &floors, &|q| f64::from(u8::from(p == q))).problem;
            let most = most.solve().unwrap().into_solution().unwrap().objective();
            if most < level + 1e-6 {
                fixed[p] = Some(level);
                changed = true;
            }
        }
        assert!(changed, "no progress at {level}");
    }
    fixed.into_iter().flatten().collect()
}

fn problem(
    people: Vec<(u8, u8, Option<u8>)>,
    quotas: Vec<(u32, u32)>,
    seats: u32,
) -> Result<Problem, Invalid> {
    let people = people.into_iter().enumerate().map(|(n, (a, b, home))| Person {
        id: format!("p{n}"),
        values: vec![format!("a{a}"), format!("b{b}")],
        groups: vec![home.map(|h| format!("h{h}")), home.filter(|h| *h == 2).map(|_| format!("w{}", n % 2))],
        line: 0,
    });
    let pool = Pool { categories: vec!["a".into(), "b".into()], people: people.collect() };
    let quotas = quotas.into_iter().enumerate().map(|(q, (min, more))| Quota {
        category: if q < 3 { "a".into() } else { "b".into() },
        value: if q < 3 { format!("a{q}") } else { format!("b{}", q - 3) },
        min,
        max: min + more,
        max_flex: u32::MAX,
        ..Quota::default()
    });
    Problem::new(pool, quotas.collect(), seats)
}

fn any_problem() -> impl Strategy<Value = Problem> {
    let person = (0_u8..3, 0_u8..3, prop_oneof![3 => Just(None), 2 => (0_u8..4).prop_map(Some)]);
    let people = prop::collection::vec(person, 5..11);
    let quotas = prop::collection::vec((0_u32..3, 0_u32..3), 6);
    (people, quotas, 2_u32..5).prop_map(|(people, quotas, seats)| problem(people, quotas, seats).unwrap())
}

fn check(problem: &Problem) -> Result<(), TestCaseError> {
    let people = problem.pool().people.len();
    let panels = panels(problem);
    let found = problem.lottery(Method::Leximin, 1000, &mut |_| true);
    if panels.is_empty() {
        prop_assert_eq!(found.unwrap_err(), NoLottery::NoPanel);
        match problem.relaxation(&mut |_| true) {
            Err(NoRelaxation::TooFewPeople { .. } | NoRelaxation::Limits) => {}
            Err(e) => return Err(TestCaseError::fail(format!("{e}"))),
            Ok(relaxation) => {
                let mut quotas = problem.quotas().to_vec();
                for change in &relaxation.changes {
                    let quota = quotas.iter_mut().find(|q| **q == change.quota).unwrap();
                    (quota.min, quota.max) = (change.suggested_min, change.suggested_max);
                }
                let mended = Problem::new(problem.pool().clone(), quotas, problem.seats()).unwrap();
                prop_assert!(!self::panels(&mended).is_empty(), "{relaxation:?}");
                // Each single step of the change is needed.
                for change in &relaxation.changes {
                    let mut quotas = mended.quotas().to_vec();
                    let place = problem.quotas().iter().position(|q| *q == change.quota).unwrap();
                    if change.suggested_min < change.quota.min {
                        quotas[place].min += 1;
                    } else {
                        quotas[place].max -= 1;
                    }
                    let less = Problem::new(problem.pool().clone(), quotas, problem.seats());
                    prop_assert!(less.is_err() || self::panels(&less.unwrap()).is_empty());
                }
            }
        }
        return Ok(());
    }
    let lottery = found.unwrap();
    prop_assert!(lottery.quality.is_optimal);
    let expected = leximin(&panels, people);
    for (p, (e, f)) in expected.iter().zip(&lottery.probabilities).enumerate() {
        prop_assert!((e - f).abs() < 1e-5, "p{p}: {f} for {e}");
    }
    prop_assert!(lottery.tickets.iter().all(|t| problem.admits(t)));
    prop_assert_eq!(lottery.tickets.len(), 1000);
    prop_assert!(lottery.deviation() <= lottery.deviation_bound() + 1e-12, "{}", lottery.deviation());
    let checks = problem.certify(&lottery, &mut |_| true);
    prop_assert!(checks.iter().all(|c| c.ok), "{checks:?}");

    let maximin = problem.lottery(Method::Maximin, 1000, &mut |_| true).unwrap();
    prop_assert!((maximin.min() - lottery.min()).abs() < 1e-6);
    prop_assert!(maximin.quality.is_optimal);
    for lottery in [&lottery, &maximin] {
        let sum: f64 = lottery.probabilities.iter().sum();
        prop_assert!((sum - f64::from(problem.seats())).abs() < 1e-6, "{sum}");
    }
    let nash = problem.lottery(Method::Nash, 1000, &mut |_| true).unwrap();
    prop_assert!(nash.quality.is_optimal, "nash gap {:e} {}", nash.quality.gap, panels.len());
    prop_assert!(nash.min() < lottery.min() + 1e-6);
    // The article's certificate, on every panel.
    let able: Vec<usize> = (0..people).filter(|&p| expected[p] > 1e-9).collect();
    for panel in &panels {
        let sum: f64 = panel.iter().map(|&p| 1.0 / nash.probabilities[p]).sum();
        prop_assert!(sum < number(able.len()) * (1.0 + 1e-5), "{sum} for {}", able.len());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn leximin_is_what_its_definition_says(problem in any_problem()) {
        check(&problem)?;
    }

    #[test]
    fn a_seed_draws_every_ticket_as_often(tickets in 1_usize..40) {
        // 4,000 draws: each ticket within six standard deviations of its share.
        let ticket = |n: usize| Ticket { panel: vec![format!("p{n}")], weight: format!("1/{tickets}") };
        let published = Published { lottery: (0..tickets).map(ticket).collect(), ..Published::default() };
        let mut times = vec![0_usize; tickets];
        for seed in 0..4000 {
            times[published.draw(&format!("seed {seed}")).unwrap()] += 1;
        }
        let mean = 4000.0 / number(tickets);
        for n in times {
            prop_assert!((number(n) - mean).abs() < 6.0 * mean.sqrt() + 1.0, "{n} for {mean}");
        }
    }

    #[test]
    fn a_replacement_completes_the_panel(problem in any_problem(), declines in 0_usize..3, seed in 0_u32..50) {
        let Ok(lottery) = problem.lottery(Method::Leximin, 100, &mut |_| true) else { return Ok(()) };
        let panel = lottery.tickets[lottery.draw(&seed.to_string())].clone();
        let declines = declines.min(panel.len());
        let (gone, accepted) = panel.split_at(declines);
        if let Some(&both) = accepted.first() {
            let id = problem.pool().people[both].id.clone();
            prop_assert_eq!(problem.replacement(accepted, &[both]).err(), Some(Invalid::AcceptedAndGone { id }));
        }
        let rest = match problem.replacement(accepted, gone) {
            Ok(rest) => rest,
            Err(Invalid::NoSeat) => { prop_assert_eq!(declines, 0); return Ok(()) }
            Err(e) => return Err(TestCaseError::fail(format!("{e}"))),
        };
        let possible = panels(&problem).into_iter().any(|p| {
            let people = &problem.pool().people;
            let home = |p: &usize, q: &usize| people[*p].groups.iter().zip(&people[*q].groups).any(|(a, b)| a.is_some() && a == b);
            accepted.iter().all(|a| p.contains(a)) && p.iter().all(|x| accepted.contains(x) || gone.iter().all(|g| g != x && !home(g, x)))
        });
        match rest.lottery(Method::Leximin, 100, &mut |_| true) {
            Ok(lottery) => {
                prop_assert!(possible);
                for ticket in &lottery.tickets {
                    let ids: Vec<&str> = ticket.iter().map(|&p| rest.pool().people[p].id.as_str()).collect();
                    let mut whole: Vec<usize> = accepted.to_vec();
                    let people = &problem.pool().people;
                    whole.extend(ids.iter().map(|id| people.iter().position(|p| p.id == *id).unwrap()));
                    prop_assert!(problem.admits(&whole));
                }
            }
            Err(e) => prop_assert!(!possible, "{e}"),
        }
    }
}
