//! `parvis count budget` from outside: its answers, its messages and its exit status.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

const ELECTION: &str = "\
META
key;value
description;Budget participatif
country;France
unit;Sainte-Foy
instance;2026
num_projects;4
num_votes;5
budget;1000,50
vote_type;approval
rule;greedy
max_sum_cost;1000.50
PROJECTS
project_id;cost;name
10;600;\"Un parc, des \"\"bancs\"\"; ici\"
2;300.50;Lampes
7;300.50;Arbres
9;5000;Piscine
VOTES
voter_id;vote
1;10
2;10,2
3;2
4;7
5;7
";

fn write(folder: &Path, text: &str) -> String {
    let file = folder.join("élection.pb");
    std::fs::write(&file, text).unwrap();
    file.display().to_string()
}

fn parvis(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_parvis")).args(["count", "budget"]).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn answer(arguments: &[&str]) -> Value {
    let output = parvis(&[arguments, &["--json"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout).lines().count(), 1, "one JSON object on one line");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let output = parvis(arguments);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
    assert!(output.stdout.is_empty());
    text(&output.stderr)
}

#[test]
fn the_answer_has_the_keys_and_types_of_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), ELECTION);
    let answer = answer(&[&file, "--rule", "equal-shares", "--completion", "add1u"]);
    let expected = json!({
        "rule": "equal-shares", "satisfaction": "cost", "completion": "add1u", "budget": "2001/2", "votes": 5,
        "projects": 4, "selected": ["2", "7"], "order": ["2", "7"], "total_cost": "601", "exhaustive": true,
    });
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(&answer[key], value, "{key}");
    }
    assert_eq!(
        answer["ties"],
        json!([{"round": 1, "projects": ["2", "7"], "resolved_by": "lexicographic", "chosen": "2", "decisive": false}])
    );
    let round = &answer["rounds"][0];
    assert_eq!(round["project"], "2");
    assert!(round["effective_cost"].is_string() && round["payers"].is_u64());
}

#[test]
fn each_rule_answers() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), ELECTION);
    let selected = |arguments: &[&str]| answer(&[&[file.as_str()], arguments].concat())["selected"].clone();
    assert_eq!(selected(&["--rule", "greedy"]), json!(["10", "2"]));
    assert_eq!(selected(&["--rule", "greedy", "--ties", "order", "--order", "7,2"]), json!(["2", "7"]));
    assert_eq!(selected(&["--rule", "knapsack"]), json!(["10", "2"]));
    assert_eq!(selected(&["--rule", "equal-shares", "--satisfaction", "cardinality"]), json!(["2", "7"]));
    assert_eq!(selected(&["--rule", "phragmen", "--ties", "by-cost"]), json!(["2", "7"]));
    assert_eq!(selected(&["--rule", "greedy", "--threshold", "3"]), json!([]));
    let lot = answer(&[&file, "--rule", "greedy", "--ties", "lot", "--seed", "draw 12"]);
    assert_eq!(lot["rules"]["ties"]["by"], "lot");
    assert_eq!(lot["rules"]["ties"]["ids"].as_array().unwrap().len(), 4);
}

#[test]
fn without_json_people_can_read_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), ELECTION);
    let output = parvis(&[&file, "--rule", "equal-shares", "--explain", "--votes-needed"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    for line in [
        "5 ballots, 4 projects",
        "rule: equal-shares",
        "10 (Un parc, des \"bancs\"; ici)",
        "not selected: nobody's choice gives it any satisfaction",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
}

#[test]
fn unusable_files_are_refused_with_file_line_and_reason() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        (ELECTION.replace("3;2\n", "3;2,2\n"), ":23: ballot of voter 3: project «2» is chosen twice"),
        (ELECTION.replace("3;2\n", "3;8\n"), ":23: ballot of voter 3: project «8» does not exist"),
        (
            ELECTION.replace("3;2\n", "3;10,2,7\n"),
            ":23: ballot of voter 3: the chosen projects cost 1201, at most 1000.5",
        ),
        (ELECTION.replace("7;300.50", "2;300.50"), ":17: project «2» is there twice"),
        (ELECTION.replace("7;300.50", "7;-1"), ":17: project «7» has a negative cost: -1"),
        (String::new(), ": the file is empty"),
    ];
    for (text, expected) in cases {
        let file = write(folder.path(), &text);
        let message = refused(&[&file, "--rule", "greedy", "--json"]);
        assert_eq!(message.lines().count(), 1, "{message}");
        assert!(message.contains(&format!("{file}{expected}")), "{message}");
    }
    let file = write(folder.path(), ELECTION);
    assert!(refused(&["nowhere.pb", "--rule", "greedy"]).contains("nowhere.pb"));
    assert!(refused(&[&file, "--rule", "luck"]).contains("«luck» is not known: greedy, "));
    let points = refused(&[&file, "--rule", "greedy", "--satisfaction", "points"]);
    assert!(points.contains("satisfaction by points cannot be read from approval ballots"), "{points}");
    let packed: PathBuf = folder.path().join("cut.pb.gz");
    std::fs::write(&packed, [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 75]).unwrap();
    let message = refused(&[&packed.display().to_string(), "--rule", "greedy"]);
    assert!(message.contains("cut.pb.gz: the gzip file is cut or damaged"), "{message}");
}

#[test]
fn lenient_sets_invalid_ballots_apart_and_reports_them() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), &ELECTION.replace("3;2\n", "3;10,2,7\n"));
    let lenient = answer(&[&file, "--rule", "greedy", "--lenient"]);
    assert_eq!(lenient["votes"], 4);
    let invalid = &lenient["invalid"][0];
    assert_eq!(
        (&invalid["line"], &invalid["voter"], &invalid["counted"]),
        (&json!(23), &json!("3"), &json!(false))
    );
    let cast = answer(&[&file, "--rule", "greedy", "--as-cast"]);
    assert_eq!((&cast["votes"], &cast["invalid"][0]["counted"]), (&json!(5), &json!(true)));
}
