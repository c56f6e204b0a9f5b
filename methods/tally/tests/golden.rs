//! The golden results, by walking their folder.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;

use parvis_tally::format::{self, Format};
use parvis_tally::{
    Action, Blank, BordaPolicy, Kind, Method, Name, Outcome, Profile, Rules, Stage, Strength, TieAbout,
    TieBreak, TieRule, Working, count,
};
use serde_json::Value;

fn read(path: &Path, kind: Kind) -> Profile {
    let name = path.file_name().unwrap().to_string_lossy();
    format::read(&std::fs::read(path).unwrap(), &name, None, kind).unwrap().profile
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Option numbers of the golden file as names.
fn names(profile: &Profile, numbers: &Value) -> Vec<Name> {
    let number = |n: &Value| usize::try_from(n.as_u64().unwrap()).unwrap();
    let numbers = match numbers {
        Value::Array(all) => all.iter().map(number).collect(),
        one => vec![number(one)],
    };
    numbers.into_iter().map(|n| profile.options()[n].clone()).collect()
}

fn sorted(mut names: Vec<Name>) -> Vec<Name> {
    names.sort();
    names
}

fn is(found: &[Name], profile: &Profile, expected: &Value, what: &str) {
    assert_eq!(sorted(found.to_vec()), sorted(names(profile, expected)), "{what}");
}

fn by(profile: &Profile, method: Method) -> Outcome {
    count(profile, &Rules::new(method)).unwrap()
}

fn texts<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(T::to_string).collect()
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect()
}

#[test]
fn ranked_elections() {
    let Some(folder) = parvis_cases::golden("ballots") else { return };
    let mut seen = 0;
    for path in parvis_cases::files(&folder, ".expected.json") {
        let golden = json(&path);
        if golden.get("pairwise").is_none() {
            continue;
        }
        seen += 1;
        let file = path.display().to_string().replace(".expected.json", ".csv");
        let profile = read(Path::new(&file), Kind::Ranked);
        let named: Vec<&str> =
            golden["candidates"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
        assert_eq!(profile.options().iter().map(|n| &**n).collect::<Vec<_>>(), named, "{file}");
        assert_eq!(profile.total(), golden["num_ballots"].as_u64().unwrap(), "{file}");
        condorcet(&profile, &golden, &file);
        points(&profile, &golden, &file);
        rounds(&profile, &golden, &file);
        transfers(&profile, &golden, &file);
    }
    assert!(seen > 0, "no ranked election in {}", folder.display());
}

fn condorcet(profile: &Profile, golden: &Value, file: &str) {
    for (strength, id) in [(Strength::Margins, "margins"), (Strength::WinningVotes, "wv")] {
        let rules = |method| Rules { strength, ..Rules::new(method) };
        let expected = &golden[format!("schulze_{id}")];
        let outcome = count(profile, &rules(Method::Schulze)).unwrap();
        let Working::Schulze { paths, pairwise, .. } = &outcome.working else { panic!("{file}") };
        assert_eq!(serde_json::to_value(&pairwise.counts).unwrap(), golden["pairwise"], "{file}");
        assert_eq!(serde_json::to_value(paths).unwrap(), expected["strengths"], "{file} {id}");
        is(&outcome.winners, profile, &expected["winners"], &format!("{file} schulze {id}"));
        match &golden["condorcet_winner"] {
            Value::Null => assert_eq!(pairwise.condorcet_winner, None, "{file}"),
            winner => assert_eq!(pairwise.condorcet_winner, names(profile, winner).pop(), "{file}"),
        }

        let expected = &golden[format!("ranked_pairs_{id}")];
        let outcome = count(profile, &rules(Method::RankedPairs)).unwrap();
        is(&outcome.winners, profile, &expected["winners"], &format!("{file} ranked pairs {id}"));
        let Working::RankedPairs { edges, equal_strength, .. } = &outcome.working else { panic!("{file}") };
        let locked: Vec<Vec<Name>> =
            edges.iter().filter(|e| e.locked).map(|e| vec![e.winner.clone(), e.loser.clone()]).collect();
        let expected_locked: Vec<Vec<Name>> =
            expected["locked"].as_array().unwrap().iter().map(|edge| names(profile, edge)).collect();
        assert_eq!(locked, expected_locked, "{file} ranked pairs {id}");
        assert_eq!(*equal_strength, expected["equal_strength_edges"].as_bool().unwrap(), "{file} {id}");
    }
    let outcome = by(profile, Method::Copeland);
    let Working::Copeland { points, .. } = &outcome.working else { panic!("{file}") };
    assert_eq!(serde_json::to_value(points).unwrap(), golden["copeland_x2"], "{file}");
    is(&outcome.winners, profile, &golden["copeland"], &format!("{file} copeland"));
    is(
        &by(profile, Method::Minimax).winners,
        profile,
        &golden["minimax_margins"],
        &format!("{file} minimax"),
    );
}

fn points(profile: &Profile, golden: &Value, file: &str) {
    let outcome = by(profile, Method::Plurality);
    let Working::Plurality { votes } = &outcome.working else { panic!("{file}") };
    assert_eq!(texts(votes), strings(&golden["plurality_tally"]), "{file}");
    is(&outcome.winners, profile, &golden["plurality"], &format!("{file} plurality"));
    for (policy, id) in [(BordaPolicy::Zero, "zero"), (BordaPolicy::Average, "average")] {
        let expected = &golden[format!("borda_unranked_{id}")];
        let outcome = count(profile, &Rules { borda: policy, ..Rules::new(Method::Borda) }).unwrap();
        let Working::Borda { points, others, .. } = &outcome.working else { panic!("{file}") };
        assert_eq!(texts(points), strings(&expected["scores"]), "{file} borda {id}");
        is(&outcome.winners, profile, &expected["winners"], &format!("{file} borda {id}"));
        for other in others {
            if let Some(expected) = golden.get(format!("borda_unranked_{:?}", other.policy).to_lowercase()) {
                assert_eq!(texts(&other.points), strings(&expected["scores"]), "{file} borda other");
            }
        }
    }
}

fn rounds(profile: &Profile, golden: &Value, file: &str) {
    let outcome = by(profile, Method::Irv);
    is(&outcome.winners, profile, &golden["irv"]["winner"], &format!("{file} irv"));
    let Working::Irv { rounds } = &outcome.working else { panic!("{file}") };
    let expected = golden["irv"]["rounds"].as_array().unwrap();
    assert_eq!(rounds.len(), expected.len(), "{file}");
    for (round, expected) in rounds.iter().zip(expected) {
        let tally: serde_json::Map<String, Value> = round
            .votes
            .iter()
            .enumerate()
            .filter_map(|(option, votes)| Some((option.to_string(), Value::String((*votes)?.to_string()))))
            .collect();
        assert_eq!(Value::Object(tally), expected["tally"], "{file}");
        assert_eq!(round.exhausted.to_string(), expected["exhausted"].as_str().unwrap(), "{file}");
        let eliminated = expected.get("eliminated").map(|n| names(profile, n).remove(0));
        assert_eq!(round.eliminated, eliminated, "{file}");
    }
    let lots = outcome.ties.iter().filter(|tie| tie.resolved_by != TieRule::EarlierRounds).count();
    assert_eq!(lots as u64, golden["irv"]["lots"].as_u64().unwrap(), "{file}: {:?}", outcome.ties);

    let outcome = by(profile, Method::TwoRound);
    let expected = &golden["two_round"];
    is(&outcome.winners, profile, &expected["winner"], &format!("{file} two rounds"));
    let Working::TwoRound { majority, finalists, second, .. } = &outcome.working else { panic!("{file}") };
    assert_eq!(*majority, expected["first_round_majority"].as_bool().unwrap(), "{file}");
    if let Some(duel) = second {
        assert_eq!(*finalists, names(profile, &expected["finalists"]), "{file}");
        assert_eq!(serde_json::json!([duel.first, duel.second]), expected["runoff"], "{file}");
        let tied = outcome.ties.iter().any(|tie| tie.about == TieAbout::Finalist);
        assert_eq!(tied, expected["tie_for_second"].as_bool().unwrap(), "{file}");
    }
}

fn transfers(profile: &Profile, golden: &Value, file: &str) {
    let seats = usize::try_from(golden["seats"].as_u64().unwrap()).unwrap();
    let expected = &golden["stv_scottish"];
    let outcome = count(profile, &Rules::new(Method::StvScottish).seats(seats)).unwrap();
    assert_eq!(outcome.winners, names(profile, &expected["order"]), "{file}");
    let Working::StvScottish { quota, unit, stages } = &outcome.working else { panic!("{file}") };
    assert_eq!((*quota, *unit), (expected["quota"].as_u64().unwrap(), 100_000), "{file}");
    // The golden result does not write the filling of the last seats as a stage: nothing moves in it.
    let stages: Vec<&Stage> = stages.iter().filter(|stage| stage.action != Action::FillSeats).collect();
    let expected_stages = expected["stages"].as_array().unwrap();
    assert_eq!(stages.len(), expected_stages.len(), "{file}");
    let number = |name: &Name| profile.options().iter().position(|option| option == name).unwrap();
    for (stage, expected) in stages.iter().zip(expected_stages) {
        assert_eq!(serde_json::to_value(&stage.votes).unwrap(), expected["totals"], "{file}");
        let desc = match &stage.action {
            Action::FirstPreferences => "first preferences".to_owned(),
            Action::Surplus { of, .. } => format!("surplus {}", number(of)),
            Action::Exclude { option } => format!("exclude {}", number(option)),
            other => panic!("{file}: {other:?}"),
        };
        assert_eq!(desc, expected["desc"].as_str().unwrap(), "{file}");
    }
    let lots = outcome.ties.iter().filter(|tie| tie.resolved_by != TieRule::EarlierRounds).count();
    assert_eq!(lots as u64, expected["lots"].as_u64().unwrap(), "{file}");
    let outcome = count(profile, &Rules::new(Method::StvMeek).seats(seats)).unwrap();
    is(&outcome.winners, profile, &golden["stv_meek"]["elected"], &format!("{file} meek"));
}

/// `{"A": 3}` in the order of the options, as text.
fn by_name(profile: &Profile, values: &Value) -> Vec<String> {
    profile
        .options()
        .iter()
        .map(|name| match &values[&**name] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        })
        .collect()
}

fn ranks(profile: &Profile, outcome: &Outcome) -> Vec<String> {
    profile
        .options()
        .iter()
        .map(|name| {
            let group = outcome.ranking.iter().position(|group| group.contains(name)).unwrap();
            (1 + outcome.ranking[..group].iter().map(Vec::len).sum::<usize>()).to_string()
        })
        .collect()
}

#[test]
fn graded_ballots() {
    let Some(folder) = parvis_cases::golden("ballots") else { return };
    let mut seen = 0;
    for path in parvis_cases::files(&folder, ".expected.json") {
        let golden = json(&path);
        if golden.get("score_sum").is_none() {
            continue;
        }
        seen += 1;
        let file = path.display().to_string().replace(".expected.json", ".csv");
        let profile = read(Path::new(&file), Kind::Graded);
        let outcome = by(&profile, Method::Score);
        let Working::Score { sum, .. } = &outcome.working else { panic!("{file}") };
        assert_eq!(texts(sum), by_name(&profile, &golden["score_sum"]), "{file}");
        let winners: Vec<&str> = outcome.winners.iter().map(|n| &**n).collect();
        assert_eq!(winners, strings(&golden["score_winners"]), "{file}");

        let outcome = count(&profile, &Rules { blank: Blank::Exclude, ..Rules::new(Method::Score) }).unwrap();
        let Working::Score { mean, .. } = &outcome.working else { panic!("{file}") };
        let mean: Vec<String> = mean.iter().map(|mean| mean.unwrap().to_string()).collect();
        assert_eq!(mean, by_name(&profile, &golden["score_mean"]), "{file}");
        let winners: Vec<&str> = outcome.winners.iter().map(|n| &**n).collect();
        assert_eq!(winners, strings(&golden["mean_winners"]), "{file}");

        let outcome = by(&profile, Method::Star);
        let Working::Star { finalists, runoff, .. } = &outcome.working else { panic!("{file}") };
        let finalists: Vec<&str> = finalists.iter().map(|n| &**n).collect();
        assert_eq!(finalists, strings(&golden["star"]["finalists"]), "{file}");
        let runoff = serde_json::json!([runoff.first, runoff.second, runoff.neither]);
        assert_eq!(runoff, golden["star"]["runoff"], "{file}");
        assert_eq!(&*outcome.winners[0], golden["star"]["winner"].as_str().unwrap(), "{file}");

        let outcome = count(&profile, &Rules { threshold: Some(3), ..Rules::new(Method::Approval) }).unwrap();
        let Working::Approval { approvals, .. } = &outcome.working else { panic!("{file}") };
        assert_eq!(texts(approvals), by_name(&profile, &golden["approval_ge3"]), "{file}");

        judgement(&profile, &golden["mj"], &file);
    }
    assert!(seen > 0, "no graded election in {}", folder.display());
}

fn judgement(profile: &Profile, golden: &Value, file: &str) {
    let outcome = by(profile, Method::MajorityJudgement);
    let Working::MajorityJudgement { merits, .. } = &outcome.working else { panic!("{file}") };
    let tallies: Vec<String> = merits.iter().map(|m| serde_json::to_string(&m.profile).unwrap()).collect();
    assert_eq!(tallies, by_name(profile, &golden["tallies"]), "{file}");
    let medians: Vec<String> = merits.iter().map(|m| m.median.unwrap().to_string()).collect();
    assert_eq!(medians, by_name(profile, &golden["median_grade"]), "{file}");
    assert_eq!(ranks(profile, &outcome), by_name(profile, &golden["rank_mj"]), "{file}");
}

#[test]
fn shares_of_grades() {
    let Some(folder) = parvis_cases::golden("ballots") else { return };
    let mut seen = 0;
    for path in parvis_cases::files(&folder, ".expected.json") {
        let golden = json(&path);
        if golden.get("rank_mj").is_none() {
            continue;
        }
        seen += 1;
        let file = path.display().to_string().replace(".expected.json", ".csv");
        let bytes = std::fs::read(&file).unwrap();
        let read = format::read(&bytes, "polls.csv", None, Kind::Graded).unwrap();
        assert_eq!(read.format, Format::Shares, "{file}");
        judgement(&read.profile, &golden, &file);
    }
    assert!(seen > 0, "no shares in {}", folder.display());
}

#[test]
fn plus_and_minus() {
    let Some(folder) = parvis_cases::golden("ballots") else { return };
    let mut seen = 0;
    for path in parvis_cases::files(&folder, ".expected.json") {
        let golden = json(&path);
        if golden.get("max_plus").is_none() {
            continue;
        }
        seen += 1;
        let file = path.display().to_string().replace(".expected.json", ".csv");
        let profile = read(Path::new(&file), Kind::PlusMinus);
        let limit = |key: &str| Some(u32::try_from(golden[key].as_u64().unwrap()).unwrap());
        let seats = usize::try_from(golden["seats"].as_u64().unwrap()).unwrap();
        let rules = Rules { plus: limit("max_plus"), minus: limit("max_minus"), ..Rules::new(Method::D21) };
        let outcome = count(&profile, &rules.clone().seats(seats)).unwrap();
        let Working::PlusMinus { plus, minus, net, .. } = &outcome.working else { panic!("{file}") };
        assert_eq!(texts(plus), by_name(&profile, &golden["plus"]), "{file}");
        assert_eq!(texts(minus), by_name(&profile, &golden["minus"]), "{file}");
        assert_eq!(texts(net), by_name(&profile, &golden["net"]), "{file}");
        assert_eq!(serde_json::to_value(&outcome.rejected).unwrap(), golden["rejected"], "{file}");
        let order: Vec<String> = outcome.ranking.concat().iter().map(|n| n.to_string()).collect();
        assert_eq!(order, strings(&golden["order"]), "{file}");
        let ordered = count(&profile, &rules.ties(TieBreak::Options).seats(seats)).unwrap();
        let winners: Vec<String> = ordered.winners.iter().map(|n| n.to_string()).collect();
        assert_eq!(winners, strings(&golden["winners"]), "{file}");
    }
    assert!(seen > 0, "no plus and minus votes in {}", folder.display());
}

#[test]
fn credits() {
    let Some(folder) = parvis_cases::golden("ballots") else { return };
    let mut seen = 0;
    for path in parvis_cases::files(&folder, ".expected.json") {
        let golden = json(&path);
        let Some(credits) = golden.get("credits") else { continue };
        seen += 1;
        let file = path.display().to_string().replace(".expected.json", ".csv");
        let profile = read(Path::new(&file), Kind::Points);
        let outcome =
            count(&profile, &Rules { credits: credits.as_u64(), ..Rules::new(Method::Quadratic) }).unwrap();
        let Working::Quadratic { votes, .. } = &outcome.working else { panic!("{file}") };
        assert_eq!(texts(votes), by_name(&profile, &golden["totals"]), "{file}");
        assert_eq!(outcome.rejected.values().sum::<u64>(), golden["rejected"].as_u64().unwrap(), "{file}");
        let order: Vec<String> = outcome.ranking.concat().iter().map(|n| n.to_string()).collect();
        assert_eq!(order, strings(&golden["order"]), "{file}");
    }
    assert!(seen > 0, "no points in {}", folder.display());
}

#[test]
fn assertions_of_majority_judgement() {
    let Some(folder) = parvis_cases::golden("ballots") else { return };
    let mut seen = 0;
    for path in parvis_cases::files(&folder, "assertions.json") {
        for case in json(&path).as_array().unwrap() {
            seen += 1;
            let title = case["title"].as_str().unwrap();
            let tallies: Vec<Vec<u64>> = serde_json::from_value(case["tallies"].clone()).unwrap();
            let options: Vec<String> = (0..tallies.len()).map(|n| format!("option {n}")).collect();
            let grade = case.get("default").and_then(Value::as_u64).unwrap_or(0);
            let blank = match case.get("mode").and_then(Value::as_str) {
                None | Some("StaticDefault") => Blank::Grade(u32::try_from(grade).unwrap()),
                Some("MedianDefault") => Blank::Median,
                Some("Normalized") => Blank::Exclude,
                Some(other) => panic!("{title}: {other}"),
            };
            let profile = Profile::merits(&options, tallies, case["participants"].as_u64()).unwrap();
            let outcome = count(&profile, &Rules { blank, ..Rules::new(Method::MajorityJudgement) }).unwrap();
            let expected: Vec<String> =
                case["ranks"].as_array().unwrap().iter().map(Value::to_string).collect();
            assert_eq!(ranks(&profile, &outcome), expected, "{title}");
        }
    }
    assert!(seen > 0, "no assertion in {}", folder.display());
}
