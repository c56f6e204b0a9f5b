//! A draw is checked by another program: the Python file that citizens are given.
#![expect(clippy::unwrap_used, reason = "a failing test panics")]

use std::process::Command;

use parvis_sortition::{Method, Problem, Published, Ticket, read};

const POOL: &str =
    "id,age,place,home\np0,a,x,h1\np1,a,y,h1\np2,b,x,\np3,b,y,h2\np4,a,x,h2\np5,b,x,\np6,a,y,\np7,b,y,\n";
const QUOTAS: &str = "category,feature,min,max\nage,a,2,2\nage,b,2,2\nplace,x,1,2\nplace,y,2,3\n";

fn drawn(seed: &str) -> (Problem, Published) {
    let columns = read::Columns { id: None, groups: vec!["home".into()] };
    let pool = read::pool(POOL.as_bytes(), &columns).unwrap();
    let problem = Problem::new(pool, read::quotas(QUOTAS.as_bytes()).unwrap(), 4).unwrap();
    let lottery = problem.lottery(Method::Leximin, 1000, &mut |_| true).unwrap();
    let people = &problem.pool().people;
    let ids = |panel: &Vec<usize>| panel.iter().map(|&p| people[p].id.clone()).collect::<Vec<_>>();
    let tickets = lottery.tickets.iter().map(|t| Ticket { panel: ids(t), weight: "1/1000".into() });
    let published = Published {
        lottery: tickets.collect(),
        probabilities: people.iter().zip(&lottery.probabilities).map(|(p, x)| (p.id.clone(), *x)).collect(),
        seed: Some(seed.into()),
        panel: Some(ids(&lottery.tickets[lottery.draw(seed)])),
    };
    (problem, published)
}

#[test]
fn what_was_drawn_passes_its_own_checks() {
    for seed in ["1", "dés : 3 5 1", "a long seed with many words in it"] {
        let (problem, published) = drawn(seed);
        let checks = published.check(&problem);
        assert!(checks.len() == 5 && checks.iter().all(|c| c.ok), "{checks:?}");
        // Another seed may draw the same panel, of so few; not every one does.
        let is_caught = |n| {
            let mut other = published.clone();
            other.seed = Some(format!("another {n}"));
            !other.check(&problem).iter().all(|c| c.ok)
        };
        assert!((0..20).any(is_caught));
    }
}

#[test]
fn the_python_check_agrees() {
    if Command::new("python3").arg("--version").output().is_err() {
        parvis_cases::skip("needs python3");
        return;
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/check_draw.py");
    let folder = std::env::temp_dir().join(format!("parvis-replay-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("pool.csv"), POOL).unwrap();
    std::fs::write(folder.join("quotas.csv"), QUOTAS).unwrap();
    let check = |published: &Published| {
        let mut whole = serde_json::to_value(published).unwrap();
        whole["seats"] = 4.into();
        std::fs::write(folder.join("draw.json"), whole.to_string()).unwrap();
        let output = Command::new("python3")
            .current_dir(&folder)
            .args([script, "pool.csv", "quotas.csv", "draw.json", "--household", "home"])
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    for seed in ["1", "dés : 3 5 1", "a long seed with many words in it", "4"] {
        let (_, published) = drawn(seed);
        let ticket = published.draw(seed).unwrap();
        let (code, said) = check(&published);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains(&format!("draws ticket {}\n", ticket + 1)), "{said}");
    }
    let (_, mut forged) = drawn("1");
    forged.panel = Some(forged.lottery[0].panel.clone());
    forged.lottery[7].panel[0] = forged.lottery[7].panel[1].clone();
    let (code, said) = check(&forged);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("WRONG"), "{said}");
    std::fs::remove_dir_all(&folder).unwrap();
}
