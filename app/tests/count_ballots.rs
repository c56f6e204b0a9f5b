//! `parvis count ballots` from outside: its answers and its exit status.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

fn parvis(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_parvis")).args(["count", "ballots"]).args(arguments).output().unwrap()
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

fn counted(arguments: &[&str]) -> Value {
    let output = parvis(&[arguments, &["--json"]].concat());
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.stdout.iter().filter(|&&byte| byte == b'\n').count(), 1, "one object on one line");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn refused(arguments: &[&str]) -> String {
    let output = parvis(&[arguments, &["--json"]].concat());
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
    said.trim().to_owned()
}

#[test]
fn each_method_answers_in_the_published_shape() {
    let folder = tempfile::tempdir().unwrap();
    let ranked = write(folder.path(), "ranked.csv", "A,B,C\n1,2,3\n1,3,2\n2,1,3\n,1,\n1,,\n");
    let graded = write(folder.path(), "graded.csv", "A,B,C\n5,1,0\n4,4,\n0,2,3\n");
    let approved = write(folder.path(), "approved.csv", "A,B,C\n1,1,0\n1,,\n0,0,1\n");
    let d21 = write(folder.path(), "d21.csv", "plus,minus\nA B,C\nA,\n");
    let points = write(folder.path(), "points.csv", "A,B,C\n3,-1,0\n9,9,9\n");
    let shares = write(folder.path(), "shares.csv", "who,good,poor\nA,60,40\nB,50,50\n");
    let cases: &[(&str, &str, &[&str])] = &[
        ("plurality", &ranked, &[]),
        ("two-round", &ranked, &[]),
        ("approval", &approved, &[]),
        ("approval", &graded, &["--threshold", "3"]),
        ("d21", &d21, &["--plus", "2", "--minus", "1"]),
        ("score", &graded, &[]),
        ("star", &graded, &[]),
        ("borda", &ranked, &[]),
        ("majority-judgement", &graded, &["--blank", "exclude"]),
        ("majority-judgement", &shares, &[]),
        ("irv", &ranked, &[]),
        ("schulze", &ranked, &["--strength", "winning-votes"]),
        ("ranked-pairs", &ranked, &[]),
        ("copeland", &ranked, &[]),
        ("minimax", &ranked, &[]),
        ("kemeny", &ranked, &[]),
        ("stv-scottish", &ranked, &["--seats", "2"]),
        ("stv-meek", &ranked, &["--seats", "2"]),
        ("quadratic", &points, &["--credits", "100"]),
    ];
    for (method, file, more) in cases {
        let arguments = [&[*file, "--method", method], *more].concat();
        let answer = counted(&arguments);
        assert_eq!(answer["method"], json!(method));
        assert!(answer["ballots"].is_u64() && answer["ties"].is_array(), "{method}: {answer}");
        let options = answer["options"].as_array().unwrap();
        let mut ranked: Vec<&Value> =
            answer["ranking"].as_array().unwrap().iter().flat_map(|g| g.as_array().unwrap()).collect();
        assert_eq!(ranked.len(), options.len(), "{method}");
        ranked.sort_by_key(|name| name.as_str());
        assert_eq!(ranked, options.iter().collect::<Vec<_>>(), "{method}");
        assert_eq!(answer["winners"][0], "A", "{method}: {answer}");
        assert!(!answer["working"].as_object().unwrap().is_empty(), "{method}");

        // The same for people: it says who wins, in words.
        let output = parvis(&arguments);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success());
        assert!(said.starts_with(&format!("{method}: ")) && said.contains("\nWinner"), "{said}");
        assert!(said.contains("\nRanking\n   1. A\n"), "{said}");
    }
}

#[test]
fn a_count_for_people() {
    let folder = tempfile::tempdir().unwrap();
    let ballots = write(folder.path(), "votes.abif", "=A:[Ann]\n=B:[Bob]\n=C:[Cy]\n5:A>B\n4:B>A\n3:C>B\n");
    let output = parvis(&[&ballots, "--method", "irv"]);
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "\
irv: 12 ballots
Winner: Bob

Ranking
   1. Bob
   2. Ann
   3. Cy

option  round 1  round 2
A             5        5
B             4        7
C             3
Round 1: C is eliminated.
"
    );
}

#[test]
fn ties_are_told_and_broken_as_asked() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "tie.csv", "A,B,C\n1,0,0\n0,1,0\n");
    let open = counted(&[&file, "--method", "approval"]);
    assert_eq!(open["winners"], json!(["A", "B"]));
    assert_eq!(open["ranking"], json!([["A", "B"], ["C"]]));
    assert_eq!(open["ties"][0]["resolved_by"], "unresolved");
    let order = counted(&[&file, "--method", "approval", "--ties", "order:C,B,A"]);
    assert_eq!((&order["winners"], &order["ties"][0]["resolved_by"]), (&json!(["B"]), &json!("order")));
    let lot = counted(&[&file, "--method", "approval", "--ties", "lot:2026-11-25"]);
    // printf '%s\n%s' 2026-11-25 A | sha256sum begins with 85, the same with B by 43: B is first.
    assert_eq!((&lot["winners"], &lot["ties"][0]["resolved_by"]), (&json!(["B"]), &json!("lot")));
    assert_eq!(lot, counted(&[&file, "--method", "approval", "--ties", "lot:2026-11-25"]));
}

#[test]
fn what_cannot_be_counted_is_said_on_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let bad = write(folder.path(), "bad.csv", "A,B\n1,2\n1,x\n");
    assert_eq!(
        refused(&[&bad, "--method", "irv"]),
        format!("parvis: {bad}:3: \"x\" under B is not a rank (1, 2, 3 … or nothing)")
    );
    let empty = write(folder.path(), "empty.csv", "");
    assert_eq!(refused(&[&empty, "--method", "irv"]), format!("parvis: {empty}: the file is empty"));
    let blank = write(folder.path(), "blank.csv", "A,B\n,\n");
    assert_eq!(
        refused(&[&blank, "--method", "irv"]),
        format!("parvis: {blank}: there is no ballot to count")
    );
    let good = write(folder.path(), "good.csv", "A,B\n1,2\n");
    assert!(
        refused(&[&good, "--method", "quadratic"])
            .contains("quadratic needs the credits of a ballot (--credits)")
    );
    assert!(refused(&[&good, "--method", "d21"]).contains("plus"));
    assert!(refused(&[&good, "--method", "irv", "--seats", "2"]).contains("it elects one option"));
    assert!(refused(&[&good, "--method", "borda", "--seats", "3"]).contains("there are fewer options"));
    assert!(refused(&[&good, "--method", "irv", "--ties", "order:A"]).contains("each option once"));
    assert!(refused(&[&path_of(&folder, "missing.csv"), "--method", "irv"]).contains("missing.csv: "));
    let output = parvis(&[&good, "--method", "dice"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no method is called \"dice\""));
}

fn path_of(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}
