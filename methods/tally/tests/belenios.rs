//! Beside an independent program: `belenios-tool method` (Debian package `belenios-tool`), on random elections.
//! Skipped where it is not installed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod draw;

use std::io::Write as _;
use std::process::{Command, Stdio};

use draw::{Weak, names, profile, strict_ballots, weak_ballots};
use parvis_tally::{Method, Name, Outcome, Profile, Rules, Strength, Working, count};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

/// How many elections of each kind: each starts the other program once.
const ELECTIONS: usize = 120;

fn is_here() -> bool {
    let found = Command::new("belenios-tool").arg("--version").output().is_ok_and(|o| o.status.success());
    if !found {
        parvis_cases::skip("needs belenios-tool");
    }
    found
}

/// What the other program answers to these ballots.
fn asked(method: &str, options: &[String], ballots: &Value) -> Value {
    let mut command = Command::new("belenios-tool");
    command.args(["method", method]).args(options);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(ballots.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{method} {options:?} {ballots}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The same elections on each run.
fn elections<T: std::fmt::Debug>(strategy: impl Strategy<Value = T>) -> Vec<T> {
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    (0..ELECTIONS).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

/// Groups of option numbers as groups of names.
fn groups(options: usize, found: &Value) -> Vec<Vec<Name>> {
    let names = names(options);
    let name = |n: &Value| Name::from(names[usize::try_from(n.as_u64().unwrap()).unwrap()].as_str());
    found.as_array().unwrap().iter().map(|g| g.as_array().unwrap().iter().map(name).collect()).collect()
}

fn by(profile: &Profile, rules: &Rules) -> Outcome {
    count(profile, rules).unwrap()
}

/// Ranks as both write them; 0 for an option that is left out.
fn ranks(ballots: &[Weak]) -> Value {
    json!(ballots.iter().map(|b| b.iter().map(|r| r.unwrap_or(0)).collect::<Vec<_>>()).collect::<Vec<_>>())
}

#[test]
fn schulze_has_the_same_duels_and_the_same_paths() {
    if !is_here() {
        return;
    }
    let mut apart = 0;
    for (options, ballots) in elections(weak_ballots(6, 15)) {
        if ballots.iter().all(|b| b.iter().all(Option::is_none)) {
            continue; // nothing but blanks
        }
        let rules = Rules { strength: Strength::WinningVotes, ..Rules::new(Method::Schulze) };
        let ours = by(&profile(options, &ballots), &rules);
        let theirs = asked(
            "schulze",
            &["--blank-allowed=true".into(), format!("--nchoices={options}")],
            &ranks(&ballots),
        );
        let Working::Schulze { pairwise, paths, .. } = &ours.working else { panic!() };
        assert_eq!(json!(pairwise.counts), theirs["raw"], "{ballots:?}");
        let path = |a: usize, b: usize| {
            let [for_, against] = [0, 1].map(|n| theirs["beatpaths"][a][b][n].as_u64().unwrap());
            (for_, std::cmp::Reverse(against))
        };
        for (a, from) in paths.iter().enumerate() {
            for (b, &strength) in from.iter().enumerate().filter(|(b, _)| *b != a) {
                assert_eq!(strength, path(a, b).0, "{ballots:?}");
                // They also compare the ballots against, where the ballots for are equal: what is decided here stays so.
                assert!(strength <= paths[b][a] || path(a, b) > path(b, a), "{ballots:?}");
            }
        }
        let order = groups(options, &theirs["winners"]);
        assert!(order[0].iter().all(|name| ours.ranking[0].contains(name)), "{ballots:?}");
        apart += usize::from(order != ours.ranking);
    }
    assert!(apart < ELECTIONS / 2, "{apart} orders are not the same");
}

#[test]
fn majority_judgement_gives_the_same_order() {
    if !is_here() {
        return;
    }
    const GRADES: u32 = 5;
    let graded = (1..=5_usize).prop_flat_map(|options| {
        let ballot = prop::collection::vec(0..GRADES, options);
        (Just(options), prop::collection::vec(ballot, 1..=12))
    });
    for (options, ballots) in elections(graded) {
        let ours = ballots.iter().map(|b| (b.iter().map(|&g| Some(g)).collect(), 1)).collect();
        let profile = Profile::graded(&names(options), ours).unwrap();
        // Of the two middle grades of an even number it takes the better, Balinski and Laraki the worse: it is given the
        // grades upside down, and its order is read from the end.
        let theirs: Vec<Vec<u32>> = ballots.iter().map(|b| b.iter().map(|g| g + 1).collect()).collect();
        let words =
            ["--blank-allowed=false".into(), format!("--nchoices={options}"), format!("--ngrades={GRADES}")];
        let answer = asked("majority-judgment", &words, &json!(theirs));
        let mut order = groups(options, &answer["winners"]);
        order.reverse();
        order.iter_mut().for_each(|group| group.sort());
        let ours = by(&profile, &Rules::new(Method::MajorityJudgement));
        assert_eq!(order, ours.ranking, "{ballots:?}");
    }
}

#[test]
fn instant_runoff_elects_the_same_where_nothing_is_tied() {
    if !is_here() {
        return;
    }
    let mut compared = 0;
    for (options, ballots) in elections(strict_ballots(5, 25)) {
        let ours = by(&profile(options, &ballots), &Rules::new(Method::Irv));
        if !ours.ties.is_empty() {
            continue; // each breaks ties its own way
        }
        let answer = asked("stv", &["--nseats=1".into()], &ranks(&ballots));
        let winners = groups(options, &json!([answer["winners"]]));
        assert_eq!(winners[0], ours.winners, "{ballots:?}");
        compared += 1;
    }
    assert!(compared > ELECTIONS / 4, "only {compared} without a tie");
}
