//! Every golden result, by walking the folder.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use parvis_budgeting::pb::{self, Invalid};
use parvis_budgeting::{Completion, Decimal, Election, Outcome, Rule, Rules, Satisfaction, Ties, count};
use serde_json::Value;

fn rules(name: &str) -> Option<Rules> {
    let (rule, satisfaction) = name.split_once(':').unwrap_or((name, "card"));
    let (rule, completion) = match rule {
        "greedy" => (Rule::Greedy, Completion::None),
        "knapsack_ilp" => (Rule::Knapsack, Completion::None),
        "mes" => (Rule::EqualShares, Completion::None),
        "mes_greedy" => (Rule::EqualShares, Completion::Greedy),
        "mes_add1" => (Rule::EqualShares, Completion::Add1),
        "mes_add1u" => (Rule::EqualShares, Completion::Add1u),
        "phragmen" => (Rule::Phragmen, Completion::None),
        _ => return None,
    };
    let satisfaction = match satisfaction {
        "card" => Satisfaction::Cardinality,
        other => other.parse().unwrap(),
    };
    Some(Rules::new(rule).completion(completion).satisfaction(satisfaction))
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect()
}

fn check(place: &str, name: &str, outcome: &Outcome, expected: &Value) {
    assert_eq!(outcome.exhaustive, expected["exhaustive"].as_bool().unwrap(), "{place}");
    if let Some(welfare) = expected.get("welfare").filter(|_| name.starts_with("knapsack")) {
        // The satisfaction of the best set is unique; the set may not be.
        assert_eq!(outcome.welfare.as_ref().unwrap().to_string(), welfare.as_str().unwrap(), "{place}");
        return;
    }
    assert_eq!(outcome.selected, texts(&expected["selected"]), "{place}");
    assert_eq!(outcome.total_cost.to_string(), expected["total_cost"].as_str().unwrap(), "{place}");
    if let Some(order) = expected.get("selected_order").filter(|order| order.is_array()) {
        assert_eq!(outcome.order, texts(order), "{place}");
    }
}

/// One percent more of the budget in each pass, until it is exhausted or exceeded.
fn by_percents(election: &Election, rules: &Rules) -> Outcome {
    let budget: f64 = election.budget().to_f64();
    let step = budget / 100.0 / f64::from(u32::try_from(election.ballots()).unwrap());
    let step: Decimal = format!("{step:.6}").parse().unwrap();
    count(election, &Rules { increment: Some(step), ..rules.clone().completion(Completion::Add1) }).unwrap()
}

#[test]
fn golden_results_are_reproduced() {
    let Some(folder) = parvis_cases::golden("pb") else { return };
    let mut checked = 0;
    for file in parvis_cases::files(&folder, ".expected.json") {
        let expected: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let name = expected["file"].as_str().unwrap();
        let reading = pb::read(&std::fs::read(folder.join(name)).unwrap(), Invalid::Refuse).unwrap();
        let election = &reading.election;
        assert_eq!(reading.warnings, []);
        assert_eq!(election.ballots(), expected["num_votes"].as_u64().unwrap());
        for (rule, result) in expected["rules"].as_object().unwrap() {
            let place = format!("{name} {rule}");
            match rules(rule) {
                Some(rules) => check(&place, rule, &count(election, &rules).unwrap(), result),
                None if rule.starts_with("mes_pct:") => {
                    let name = rule.replace("mes_pct", "mes");
                    let outcome = by_percents(election, &rules(&name).unwrap());
                    assert_eq!(outcome.selected, texts(&result["selected"]), "{place}");
                }
                None => panic!("{place}: no such rule here"),
            }
            checked += 1;
        }
        checked += other_tool(name, election, &expected);
    }
    assert!(checked > 90, "only {checked} results");
}

/// The equalshares.net tool breaks ties by cost then votes, and has two dialects of its own.
fn other_tool(name: &str, election: &Election, expected: &Value) -> usize {
    let Some(results) = expected.pointer("/equalshares_compute_tool/rules").and_then(Value::as_object) else {
        return 0;
    };
    let shares = Rules::new(Rule::EqualShares).ties(Ties::ByCost);
    for (rule, result) in results {
        let rules = match rule.as_str() {
            "mes" => shares.clone(),
            "mes_add1u:exhaustive" => shares.clone().completion(Completion::Add1u),
            "mes_add1u:exhaustive:integral_start" => {
                Rules { integral_start: true, ..shares.clone().completion(Completion::Add1u) }
            }
            "mes_add1:no_exhaustive_stop" => {
                Rules { exhaustive_stop: false, ..shares.clone().completion(Completion::Add1) }
            }
            other => panic!("{name} {other}: no such rule here"),
        };
        let outcome = count(election, &rules).unwrap();
        assert_eq!(outcome.selected, texts(&result["selected"]), "{name} {rule}");
    }
    if let Some(official) = expected.get("official_2023_outcome") {
        let rules = Rules { exhaustive_stop: false, ..shares.completion(Completion::Add1) };
        assert_eq!(count(election, &rules).unwrap().selected, texts(&official["selected"]), "{name}");
    }
    results.len()
}
