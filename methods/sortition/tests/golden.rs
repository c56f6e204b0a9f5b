//! The golden folder, walked: probabilities, relaxation, rounding, replay.
#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use std::path::Path;

use parvis_sortition::{Method, NoLottery, Problem, read};
use serde_json::Value;

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn problem(folder: &Path) -> Problem {
    let instance = json(&folder.join("instance.json"));
    let people = std::fs::read(folder.join("respondents.csv")).unwrap();
    let has_id = people.starts_with(b"id,");
    let people = if has_id {
        people
    } else {
        // Rows without ids: numbered.
        let text = String::from_utf8(people).unwrap();
        let mut lines = text.lines();
        let mut all = format!("id,{}\n", lines.next().unwrap());
        for (n, line) in lines.enumerate() {
            all.push_str(&format!("p{n},{line}\n"));
        }
        all.into_bytes()
    };
    let mut columns = read::Columns::default();
    if instance["households"] == true {
        columns.groups.push("household".into());
    }
    let pool = read::pool(&people, &columns).unwrap();
    let quotas = read::quotas(&std::fs::read(folder.join("categories.csv")).unwrap()).unwrap();
    let seats = u32::try_from(instance["k"].as_u64().unwrap()).unwrap();
    Problem::new(pool, quotas, seats).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

#[test]
fn every_instance_gives_its_golden_probabilities() {
    let Some(golden) = parvis_cases::golden("sortition") else { return };
    let mut folders: Vec<_> = std::fs::read_dir(&golden).unwrap().map(|e| e.unwrap().path()).collect();
    folders.retain(|f| f.is_dir());
    folders.sort();
    assert!(!folders.is_empty());
    for folder in folders {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let expected = json(&folder.join("expected.json"));
        let problem = problem(&folder);
        if expected["feasible"] == false {
            let refused = problem.lottery(Method::Leximin, 1000, &mut |_| true).unwrap_err();
            assert_eq!(refused, NoLottery::NoPanel, "{name}");
            let relaxation = problem.relaxation(&mut |_| true).unwrap();
            let cost = expected["min_relaxation_objective"].as_f64().unwrap();
            assert!(
                (relaxation.cost - cost).abs() < 1e-6 && relaxation.is_smallest,
                "{name}: {relaxation:?}"
            );
            let mut quotas = problem.quotas().to_vec();
            for change in &relaxation.changes {
                let quota = quotas.iter_mut().find(|q| **q == change.quota).unwrap();
                (quota.min, quota.max) = (change.suggested_min, change.suggested_max);
            }
            let mended = Problem::new(problem.pool().clone(), quotas, problem.seats()).unwrap();
            let drawn = mended.lottery(Method::Leximin, 1000, &mut |_| true);
            assert!(drawn.as_ref().is_ok_and(|l| l.quality.is_optimal), "{name}: {drawn:?}");
            continue;
        }
        let lottery = problem.lottery(Method::Leximin, 1000, &mut |_| true).unwrap();
        assert!(lottery.quality.is_optimal, "{name}: {:e}", lottery.quality.gap);
        let wanted = numbers(&expected["leximin"]["sorted_probabilities"]);
        let mut found = lottery.probabilities.clone();
        found.sort_by(f64::total_cmp);
        assert_eq!(wanted.len(), found.len(), "{name}");
        for (rank, (w, f)) in wanted.iter().zip(&found).enumerate() {
            assert!((w - f).abs() < 1e-6, "{name}: rank {rank}: {f} for {w}");
        }
        let by_row = numbers(&expected["leximin"]["probability_by_row"]);
        for (row, (w, f)) in by_row.iter().zip(&lottery.probabilities).enumerate() {
            assert!((w - f).abs() < 1e-6, "{name}: row {row}: {f} for {w}");
        }
        let min = expected["leximin"]["min_probability"].as_f64().unwrap();
        assert!((lottery.min() - min).abs() < 1e-6, "{name}");
        let sum: f64 = lottery.probabilities.iter().sum();
        assert!((sum - f64::from(problem.seats())).abs() < 1e-7, "{name}: {sum}");

        assert_eq!(lottery.tickets.len(), 1000, "{name}");
        assert!(lottery.tickets.iter().all(|t| problem.admits(t)), "{name}");
        assert!(lottery.deviation() <= lottery.deviation_bound(), "{name}: {}", lottery.deviation());
        // Far better in practice than what is proven.
        assert!(lottery.deviation() < 0.0025, "{name}: {}", lottery.deviation());
        let checks = problem.certify(&lottery, &mut |_| true);
        assert!(checks.iter().all(|c| c.ok), "{name}: {checks:?}");

        let maximin = problem.lottery(Method::Maximin, 1000, &mut |_| true).unwrap();
        let min = expected["maximin"]["min_probability"].as_f64().unwrap();
        assert!((maximin.min() - min).abs() < 1e-6 && maximin.quality.is_optimal, "{name}");
        if let Some(min) = expected["nash"]["min"].as_f64() {
            let nash = problem.lottery(Method::Nash, 1000, &mut |_| true).unwrap();
            assert!(nash.quality.is_optimal && nash.quality.gap < 1e-6, "{name}: {:e}", nash.quality.gap);
            assert!((nash.min() - min).abs() < 1e-5, "{name}: {}", nash.min());
            let max = expected["nash"]["max"].as_f64().unwrap();
            assert!((nash.max() - max).abs() < 1e-5, "{name}: {}", nash.max());
            let mean = expected["nash"]["geo_mean"].as_f64().unwrap();
            let count = f64::from(u32::try_from(nash.probabilities.len()).unwrap());
            let found = (nash.probabilities.iter().map(|p| p.ln()).sum::<f64>() / count).exp();
            assert!((found - mean).abs() < 1e-6, "{name}: {found}");
        }
    }
}

#[test]
fn the_lottery_is_the_same_whatever_the_order_of_the_pool() {
    let Some(golden) = parvis_cases::golden("sortition") else { return };
    let problem = problem(&golden.join("syn_hh_120_20"));
    let mut pool = problem.pool().clone();
    pool.people.reverse();
    let turned = Problem::new(pool, problem.quotas().to_vec(), problem.seats()).unwrap();
    let ids = |problem: &Problem| {
        let lottery = problem.lottery(Method::Leximin, 1000, &mut |_| true).unwrap();
        let people = &problem.pool().people;
        let id = |p: &usize| people[*p].id.clone();
        let tickets: Vec<Vec<String>> = lottery
            .tickets
            .iter()
            .map(|t| {
                let mut ids: Vec<String> = t.iter().map(id).collect();
                ids.sort();
                ids
            })
            .collect();
        tickets
    };
    assert_eq!(ids(&problem), ids(&turned));
}

#[test]
fn a_small_quota_pool_of_volunteers_is_drawn_from_the_real_files() {
    let Some(data) = parvis_cases::data("05-sortition") else { return };
    let bytes = |name: &str| std::fs::read(data.join(name)).unwrap();
    let pool = read::pool(&bytes("sortitionfoundation/candidates.csv"), &read::Columns::default()).unwrap();
    let quotas = read::quotas(&bytes("sortitionfoundation/features.csv")).unwrap();
    let problem = Problem::new(pool, quotas, 22).unwrap();
    let lottery = problem.lottery(Method::Leximin, 1000, &mut |_| true).unwrap();
    assert!((lottery.min() - 1.0 / 11.0).abs() < 1e-6);

    let pool = read::pool(&bytes("real-pool-ma-voix-porte-2020.csv"), &read::Columns::default()).unwrap();
    let quotas = read::quotas(&bytes("quotas-150-from-insee.csv")).unwrap();
    let problem = Problem::new(pool, quotas, 150).unwrap();
    let lottery = problem.lottery(Method::Leximin, 1000, &mut |_| true).unwrap();
    assert!(lottery.quality.is_optimal);
    assert!(lottery.deviation() <= lottery.deviation_bound());
}
