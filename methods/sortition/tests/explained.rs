//! The pages that explain the draw to citizens: their example gives what they say.
#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use parvis_sortition::{Method, Problem, read};

/// The contents of the blocks of code of one kind.
fn blocks(page: &str, kind: &str) -> Vec<String> {
    let opening = format!("```{kind}\n");
    page.split(&opening).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

fn explained(page: &str, result: &str, number: &str) {
    let files = blocks(page, "csv");
    let pool = read::pool(files[0].as_bytes(), &read::Columns::default()).unwrap();
    let quotas = read::quotas(files[1].as_bytes()).unwrap();
    let problem = Problem::new(pool, quotas, 4).unwrap();
    let lottery = problem.lottery(Method::Leximin, 1000, &mut |_| true).unwrap();
    let people = &problem.pool().people;
    let mut said = 0;
    for line in blocks(page, result)[0].lines() {
        let (names, ratio) = line.split_once(':').unwrap();
        let (above, below) = ratio.trim().split_once('/').unwrap();
        let chance = above.parse::<f64>().unwrap() / below.parse::<f64>().unwrap();
        for name in names.split(',').map(str::trim) {
            let p = people.iter().position(|p| p.id == name).unwrap_or_else(|| panic!("{name}"));
            assert!((lottery.probabilities[p] - chance).abs() < 1e-9, "{name}: {}", lottery.probabilities[p]);
            said += 1;
        }
    }
    assert_eq!(said, people.len());
    let ticket = lottery.draw("5 12 23 34 45");
    let panel: Vec<&str> = lottery.tickets[ticket].iter().map(|&p| people[p].id.as_str()).collect();
    assert_eq!(blocks(page, "panel")[0].trim(), panel.join(", "), "ticket {}", ticket + 1);
    assert!(page.contains(&format!("{number} {}", ticket + 1)), "ticket {}", ticket + 1);
}

#[test]
fn the_french_page_tells_the_truth() {
    explained(include_str!("../../../docs/methods/fr/tirage-au-sort.md"), "resultat", "est le numéro");
}

#[test]
fn the_english_page_tells_the_truth() {
    explained(include_str!("../../../docs/methods/en/drawing-a-panel.md"), "result", "drawn is number");
}
