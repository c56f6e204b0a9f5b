//! The Pabulib format: real files round, and every way a file can be wrong.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;
use std::io::Write as _;

use parvis_budgeting::pb::{self, Document, ExportedBallot, ExportedProject, Heading, Invalid, Reading};
use parvis_budgeting::{
    BallotKind, Completion, Decimal, Limits, Rule, Rules, Satisfaction, compare, count, explain,
};

fn good() -> String {
    "META\nkey;value\ndescription;Test\ncountry;France\nunit;Sainte-Foy\ninstance;2026\nnum_projects;3\nnum_votes;3\n\
     budget;1000\nvote_type;approval\nrule;greedy\nmax_length;2\nmax_sum_cost;900\nPROJECTS\n\
     project_id;cost;votes;name;selected\na;600;2;\"Un parc; des \"\"bancs\"\", ici\";1\nb;300;2;Lampes;0\nc;500;0;Murs;0\n\
     VOTES\nvoter_id;vote;age\n1;a,b;30\n2;b;\n3;a;65\n"
        .to_owned()
}

fn read(text: &str) -> Reading {
    pb::read(text.as_bytes(), Invalid::Refuse).unwrap()
}

fn refused(text: &str) -> String {
    pb::read(text.as_bytes(), Invalid::Refuse).unwrap_err().to_string()
}

#[test]
fn a_file_is_read() {
    let reading = read(&good());
    assert_eq!(reading.election.ballots(), 3);
    assert_eq!(reading.election.projects()[0].name, "Un parc; des \"bancs\", ici");
    assert_eq!(reading.meta("unit"), Some("Sainte-Foy"));
    assert_eq!(reading.official().unwrap(), ["a"]);
    assert_eq!(reading.limits.max_length, Some(2));
    assert_eq!(reading.warnings, []);
}

#[test]
fn spellings_change_nothing() {
    let plain = count(&read(&good()).election, &Rules::new(Rule::EqualShares)).unwrap();
    let spellings = [
        format!("\u{feff}{}", good()),
        good().replace('\n', "\r\n"),
        good().replace("budget;1000", "budget;1000,00"),
        good().replace("a;600;", "a;600.0;"),
        good().replace("PROJECTS", "projects;;"),
        good().replace("1;a,b;30", " 1 ;a, b;30"),
        good().replace("VOTES", "\n\nVOTES"),
        good().trim_end().to_owned(),
        good().replace("key;value\n", ""),
    ];
    for spelling in spellings {
        let outcome = count(&read(&spelling).election, &Rules::new(Rule::EqualShares)).unwrap();
        assert_eq!(outcome, plain, "{spelling}");
    }
}

#[test]
fn none_and_nothing_are_blank_ballots_that_count() {
    let text = good().replace("3;a;65", "3;None;65\n4;;").replace("num_votes;3", "num_votes;4");
    assert_eq!(read(&text).election.ballots(), 4);
    let wanted = text.replace("max_length;2", "min_length;1");
    assert_eq!(refused(&wanted), "line 23: ballot of voter 3: 0 projects chosen, at least 1 wanted");
}

#[test]
fn blank_ballots_that_a_comment_counts_are_voters_again() {
    let with = |comment: &str| good().replace("rule;greedy", &format!("comment;{comment}\nrule;greedy"));
    let reading = read(&with("\"counted by phragmen; blank ballots left out: 2\""));
    assert_eq!((reading.blank, reading.election.ballots()), (2, 5));
    assert_eq!(reading.warnings, [], "num_votes counts what is written");
    let outcome = count(&reading.election, &Rules::new(Rule::EqualShares)).unwrap();
    assert_eq!(outcome.endowment.unwrap().to_string(), "200");
    for nothing in ["blank ballots left out: some", "blank ballots", "blank ballots left out: 0"] {
        assert_eq!((read(&with(nothing)).blank, read(&with(nothing)).election.ballots()), (0, 3));
    }
    let many = refused(&with("blank ballots left out: 4000000000"));
    assert!(many.contains("more than"), "{many}");
    // Whatever the kind of ballots: with a default score, a blank ballot gives it to every project.
    let scoring = points("scoring", "default_score;1\ncomment;blank ballots left out: 3", "1;a;5\n");
    let election = read(&scoring).election;
    let groups: Vec<(u32, usize)> =
        election.groups().map(|(weight, chosen, _)| (weight, chosen.len())).collect();
    assert_eq!(groups, [(1, 2), (3, 2)]);
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let replace = |from: &str, to: &str| good().replace(from, to);
    let cases = [
        ("", "the file is empty"),
        ("1;2\n", "line 1: a row stands before any section; the first line is META"),
        ("PROJECTS\n", "line 1: section META is missing (sections come in the order META, PROJECTS, VOTES)"),
        (&good()[..good().find("PROJECTS").unwrap()], "line 13: section PROJECTS is missing"),
        (&good()[..good().find("VOTES").unwrap()], "line 18: section VOTES is missing"),
        (&replace("budget;1000", "budget;much"), "line 9: budget: «much» is not a number"),
        (&replace("budget;1000", "budget;-5"), "line 9: the budget is negative: -5"),
        (&replace("budget;1000\n", ""), "line 13: META has no budget"),
        (&replace("unit;", "country;"), "line 5: country is there twice"),
        (&replace("approval", "show-of-hands"), "line 10: «show-of-hands» is no kind of ballot"),
        (&replace("max_length;2", "max_length;1.5"), "line 12: max_length: «1.5» is not a whole number"),
        (&replace("project_id;cost", "id;cost"), "line 15: section PROJECTS has no column project_id"),
        (&replace("project_id;cost;votes", "project_id;cost;cost"), "line 15: column cost is named twice"),
        (&replace("b;300", "a;300"), "line 17: project «a» is there twice"),
        (&replace("b;300", ";300"), "line 17: a project has no id"),
        (&replace("b;300", "b;-300"), "line 17: project «b» has a negative cost: -300"),
        (&replace("b;300", "b;"), "line 17: cost: «» is not a number"),
        (&replace("b;300", "b;99999999999999999999"), "line 17: cost: «99999999999999999999» is too large"),
        (&replace("c;500;0;Murs;0", "c;500;0;Murs;0;more"), "line 18: 6 fields for 5 columns"),
        (&replace("c;500;0;Murs", "c;500;0;\"Murs"), "line 18: a quote is opened and never closed"),
        (&replace("VOTES\n", "PROJECTS\n"), "line 19: section PROJECTS is there twice"),
        (
            &replace("voter_id;vote;age\n1;a,b;30\n2;b;\n3;a;65\n", ""),
            "line 19: section VOTES has no row of column names",
        ),
        (&replace("voter_id;vote", "voter_id;choice"), "line 20: section VOTES has no column vote"),
        (&replace("2;b;", "1;b;"), "line 22: voter 1 is there twice"),
        (&replace("2;b;", ";b;"), "line 22: a voter has no id"),
        (&replace("2;b;", "2;z;"), "line 22: ballot of voter 2: project «z» does not exist"),
        (&replace("2;b;", "2;b,,a;"), "line 22: ballot of voter 2: project «» does not exist"),
        (&replace("2;b;", "2;b,b;"), "line 22: ballot of voter 2: project «b» is chosen twice"),
        (&replace("2;b;", "2;a,b,c;"), "line 22: ballot of voter 2: 3 projects chosen, at most 2 allowed"),
        (
            &replace("2;b;", "2;a,c;"),
            "line 22: ballot of voter 2: the chosen projects cost 1100, at most 900 allowed",
        ),
    ];
    for (text, expected) in cases {
        let error = refused(text);
        let error = error.strip_prefix("line 0: ").unwrap_or(&error);
        assert!(error.starts_with(expected), "{error}\nexpected: {expected}");
    }
    let not_text = [good().as_bytes(), b"4;\xff\xfe;\n"].concat();
    assert_eq!(pb::read(&not_text, Invalid::Refuse).unwrap_err().to_string(), "line 24: not UTF-8 text");
}

fn points(kind: &str, limits: &str, votes: &str) -> String {
    format!(
        "META\nkey;value\nbudget;100\nvote_type;{kind}\n{limits}\nPROJECTS\nproject_id;cost\na;10\nb;20\nVOTES\n\
         voter_id;vote;points\n{votes}"
    )
}

#[test]
fn points_are_held_to_their_limits() {
    let cases = [
        (
            "max_points;3",
            "1;a,b;2,4",
            "line 12: ballot of voter 1: 4 points for project «b», at most 3 allowed",
        ),
        ("min_points;1", "1;a;0", "line 12: ballot of voter 1: 0 points for project «a», at least 1 wanted"),
        (
            "max_sum_points;5",
            "1;a,b;3,2.5",
            "line 12: ballot of voter 1: 11/2 points in all, at most 5 allowed",
        ),
        ("min_sum_points;5", "1;a;3", "line 12: ballot of voter 1: 3 points in all, at least 5 wanted"),
        ("max_points;3", "1;a,b;2", "line 12: ballot of voter 1: 2 projects but 1 numbers of points"),
        ("max_points;3", "1;a;", "line 12: ballot of voter 1: 1 projects but 0 numbers of points"),
        ("max_points;3", "1;a;x", "line 12: ballot of voter 1: points: «x» is not a number"),
        (
            "max_points;3",
            "1;a;-1",
            "line 12: ballot of voter 1: -1 points for project «a», at least 0 wanted",
        ),
        (
            "min_points;-2",
            "1;a;-1",
            "line 12: ballot of voter 1: -1 points for project «a», at least 0 wanted",
        ),
    ];
    for (limits, vote, expected) in cases {
        assert_eq!(refused(&points("cumulative", limits, vote)), expected);
    }
    let against = points("scoring", "min_points;-2", "1;a;-1\n2;b;2\n");
    let outcome =
        count(&read(&against).election, &Rules::new(Rule::Greedy).satisfaction(Satisfaction::Points))
            .unwrap();
    assert_eq!(outcome.selected, ["b"], "more against than for is not selected");
}

#[test]
fn points_with_decimals_are_added_exactly() {
    let text = points("cumulative", "max_sum_points;3", "1;a,b;1,2\n2;a;0.1\n3;a;0,25\n4;a,b;0.2,1\n");
    let error = refused(&text);
    assert!(error.contains("line 14: ballot of voter 3: 1 projects but 2 numbers"), "{error}");
    let election = read(&text.replace("0,25", "0.25")).election;
    let outcome = count(&election, &Rules::new(Rule::Greedy).satisfaction(Satisfaction::Points)).unwrap();
    assert_eq!(outcome.rounds[0].score.to_string(), "31/20");
    assert_eq!(outcome.rounds[1].score.to_string(), "3");
}

#[test]
fn scoring_gives_the_default_score_to_those_not_named() {
    let text = points("scoring", "default_score;2", "1;a;5\n2;b;1\n");
    let outcome =
        count(&read(&text).election, &Rules::new(Rule::Greedy).satisfaction(Satisfaction::Points)).unwrap();
    let scores: Vec<String> =
        outcome.rounds.iter().map(|round| format!("{} {}", round.project, round.score)).collect();
    assert_eq!(scores, ["a 7", "b 3"]);
}

#[test]
fn ballots_beyond_the_limits_are_set_apart_or_counted_as_cast() {
    let text = good().replace("2;b;", "2;a,c;\n4;b,b;\n5;z;").replace("num_votes;3", "num_votes;5");
    let apart = pb::read(text.as_bytes(), Invalid::SetApart).unwrap();
    assert_eq!(apart.election.ballots(), 2);
    let lines: Vec<(u64, bool)> = apart.set_apart.iter().map(|b| (b.line, b.counted)).collect();
    assert_eq!(lines, [(22, false), (23, false), (24, false)]);
    assert_eq!(apart.warnings, []);
    let cast = pb::read(text.as_bytes(), Invalid::AsCast).unwrap();
    assert_eq!(cast.election.ballots(), 4);
    let lines: Vec<(u64, bool)> = cast.set_apart.iter().map(|b| (b.line, b.counted)).collect();
    assert_eq!(lines, [(22, true), (23, true), (24, false)]);
}

#[test]
fn counts_that_meta_gets_wrong_are_warned_of() {
    let warnings = read(&good().replace("num_votes;3", "num_votes;7")).warnings;
    assert_eq!(warnings[0].text, "num_votes says 7, there are 3");
    assert_eq!(warnings[0].line, 8);
}

#[test]
fn packed_files_are_unpacked_and_cut_ones_refused() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(good().as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    assert_eq!(&*pb::unpack(&packed).unwrap(), good().as_bytes());
    assert_eq!(&*pb::unpack(good().as_bytes()).unwrap(), good().as_bytes());
    for cut in [3, packed.len() / 2, packed.len() - 1] {
        let error = pb::unpack(&packed[..cut]).unwrap_err().to_string();
        assert!(error.contains("the gzip file is cut or damaged"), "{error}");
    }
}

/// Elections with nothing in them have a result too.
#[test]
fn empty_elections_have_a_result() {
    let empty = |projects: &str, votes: &str, budget: &str| {
        read(&format!(
            "META\nkey;value\nbudget;{budget}\nvote_type;approval\nPROJECTS\nproject_id;cost\n{projects}VOTES\nvoter_id;vote\n{votes}"
        ))
        .election
    };
    let elections = [
        empty("", "", "100"),
        empty("a;10\n", "", "100"),
        empty("", "1;\n", "100"),
        empty("a;10\nb;0\n", "1;a,b\n", "0"),
        empty("a;0\n", "1;a\n", "0"),
        empty("a;1000\n", "1;a\n", "10"),
    ];
    for election in elections {
        for rule in Rule::ALL {
            let outcome = count(&election, &Rules::new(*rule)).unwrap();
            assert!(outcome.total_cost <= outcome.budget, "{rule}");
        }
        let add1u = Rules::new(Rule::EqualShares).completion(Completion::Add1u);
        let outcome = count(&election, &add1u).unwrap();
        assert!(outcome.exhaustive);
        explain(&election, &add1u, &outcome).unwrap();
        compare(&election, &[add1u, Rules::new(Rule::Greedy)]).unwrap();
    }
}

#[test]
fn long_files_are_read() {
    // A million lines are read by the bench, which is not as slow as a test.
    let mut text = good().replace("num_votes;3", "num_votes;100003");
    for voter in 10..100_010_u32 {
        writeln!(text, "{voter};{};40", ["a", "b", "a,b", ""][usize::try_from(voter % 4).unwrap()]).unwrap();
    }
    let reading = read(&text);
    assert_eq!((reading.election.ballots(), reading.election.distinct_ballots()), (100_003, 4));
    let bad = text + "x;a;1\n100009;a;\n";
    assert_eq!(refused(&bad), "line 100025: voter 100009 is there twice");
}

/// What real files say is still there once they are written and read again.
#[test]
fn real_files_survive_a_round_trip_and_every_rule() {
    let folders = [parvis_cases::golden("pb"), parvis_cases::data("04-participatory-budgeting/pabulib")];
    for folder in folders.into_iter().flatten() {
        let mut files = parvis_cases::files(&folder, ".pb");
        if folder.ends_with("pabulib") {
            files.extend(parvis_cases::files(&folder, ".pb.gz"));
        }
        for file in files {
            let name = file.display();
            let packed = std::fs::read(&file).unwrap();
            let bytes = pb::unpack(&packed).unwrap();
            let reading = pb::read(&bytes, Invalid::Refuse).unwrap_or_else(|e| panic!("{name}: {e}"));
            assert_eq!(reading.warnings, [], "{name}");
            let document = Document::read(&bytes).unwrap();
            let again = document.write();
            assert_eq!(Document::read(again.as_bytes()).unwrap(), document, "{name}");
            let other = read(&again);
            let rules = Rules::new(Rule::EqualShares);
            let outcome = count(&reading.election, &rules).unwrap();
            assert_eq!(outcome, count(&other.election, &rules).unwrap(), "{name}");
            assert_eq!(reading.official(), other.official(), "{name}");
            for rule in Rule::ALL {
                let outcome = count(&reading.election, &Rules::new(*rule)).unwrap();
                assert!(outcome.total_cost <= outcome.budget, "{name} {rule}");
            }
            check_money(&reading, &rules, &outcome);
        }
    }
}

/// Equal shares: for each project, what its supporters spent and still have is what they were given.
fn check_money(reading: &Reading, rules: &Rules, outcome: &parvis_budgeting::Outcome) {
    let endowment = outcome.endowment.as_ref().unwrap().to_f64();
    for explanation in explain(&reading.election, rules, outcome).unwrap() {
        let spent: f64 = explanation.spent_on.iter().map(|spent| spent.amount.to_f64()).sum();
        if let Some(missed) = explanation.missed.filter(|missed| missed.money.is_some()) {
            let given = endowment * f64::from(u32::try_from(missed.supporters).unwrap());
            let money = missed.money.as_ref().unwrap().to_f64();
            assert!(spent <= given * (1.0 + 1e-9), "{}", explanation.project);
            assert!(money + 1e-6 * given >= given - spent, "they had more when it fell out than at the end");
            let short = missed.cost.to_f64() - money;
            assert!((short - missed.missing.unwrap().to_f64()).abs() <= 1e-6 * (1.0 + short.abs()));
        } else if let Some(won) = explanation.won {
            let own = explanation.spent_on.iter().find(|spent| spent.project == won.project);
            assert_eq!(own.unwrap().amount, won.cost, "its supporters paid all of it");
        }
    }
}

#[test]
fn an_export_is_read_back() {
    let project = |id: &str, cost: &str, name: &str| ExportedProject {
        id: id.into(),
        cost: cost.parse().unwrap(),
        name: name.into(),
        categories: vec!["Nature, eau".into()],
        selected: Some(id == "a"),
        place: Some(("48.85".into(), "2.35".into())),
    };
    let projects = [project("a", "60.5", "Un « parc »; \"ici\""), project("b", "50", "Lampes\nneuves")];
    let ballot = |voter: &str, vote: &[&str], points: &[i64]| ExportedBallot {
        voter: voter.into(),
        vote: vote.iter().map(|id| (*id).to_owned()).collect(),
        points: points.iter().map(|&n| Decimal::whole(n).unwrap()).collect(),
        method: "paper".into(),
    };
    let ballots = [ballot("1", &["b", "a"], &[1, 3]), ballot("2", &["a"], &[2]), ballot("3", &[], &[])];
    let heading = Heading { description: "Essai".into(), unit: "Sainte-Foy".into(), ..Heading::default() };
    let limits = Limits { max_sum_points: Some("5".parse().unwrap()), ..Limits::default() };
    let budget: Decimal = "100".parse().unwrap();
    let document =
        Document::new(&heading, BallotKind::Cumulative, budget, &limits, &projects, &ballots).unwrap();
    let text = document.write();
    let expected = "\
META
key;value
description;Essai
unit;Sainte-Foy
num_projects;2
num_votes;3
budget;100
vote_type;cumulative
rule;unknown
max_sum_points;5
PROJECTS
project_id;cost;votes;score;name;category;selected;latitude;longitude
a;60.5;2;5;\"Un « parc »; \"\"ici\"\"\";Nature  eau;1;48.85;2.35
b;50;1;1;Lampes neuves;Nature  eau;0;48.85;2.35
VOTES
voter_id;vote;points;voting_method
1;a,b;3,1;paper
2;a;2;paper
3;;;paper
";
    assert_eq!(text, expected);
    let reading = read(&text);
    assert_eq!(reading.election.ballots(), 3);
    let again =
        Document::new(&heading, BallotKind::Cumulative, budget, &limits, &[project("a,b", "1", "")], &[]);
    assert_eq!(
        again.unwrap_err().to_string(),
        "the id «a,b» is empty or holds a comma, a semicolon, a quote or a space at an end"
    );
}
