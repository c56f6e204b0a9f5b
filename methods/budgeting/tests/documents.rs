//! The examples of `docs/methods/{en,fr}/budgets`: what each page says is what is counted.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::HashMap;
use std::path::Path;

use parvis_budgeting::{
    Ballot, BallotKind, Completion, CostNeeded, Election, Limits, Needed, Outcome, Project, Rule, Rules,
    Satisfaction, Step, cost_needed_within, count, votes_needed,
};

/// A fenced block of a page: what follows the fence, and its lines.
struct Block<'a> {
    info: Vec<&'a str>,
    lines: Vec<&'a str>,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        match (line.strip_prefix("```"), open) {
            (Some(_), true) => open = false,
            (Some(info), false) => {
                blocks.push(Block { info: info.split(' ').collect(), lines: Vec::new() });
                open = true;
            }
            (None, true) => blocks.last_mut().unwrap().lines.push(line),
            (None, false) => {}
        }
    }
    blocks
}

/// `budget 100`, then a project and its cost a line, then `--`, then `number × project, project` a line.
fn election(lines: &[&str]) -> Election {
    let (budget, rest) = lines.split_first().unwrap();
    let middle = rest.iter().position(|line| *line == "--").unwrap();
    let projects: Vec<Project> = rest[..middle]
        .iter()
        .map(|line| {
            let (name, cost) = line.rsplit_once(' ').unwrap();
            Project { id: name.into(), name: name.into(), cost: cost.parse().unwrap() }
        })
        .collect();
    let places: HashMap<String, u32> = projects.iter().map(|p| p.id.clone()).zip(0..).collect();
    let budget = budget.strip_prefix("budget ").unwrap().parse().unwrap();
    let mut builder = Election::builder(BallotKind::Approval, budget, projects, Limits::default()).unwrap();
    for line in &rest[middle + 1..] {
        let (number, chosen) = line.split_once(" × ").unwrap();
        let chosen: Vec<u32> = chosen.split(", ").map(|name| places[name]).collect();
        for _ in 0..number.parse::<u32>().unwrap() {
            builder.ballot(Ballot::Projects(&chosen)).unwrap();
        }
    }
    builder.finish()
}

fn rules(info: &[&str]) -> Rules {
    let mut rules = Rules::new(info[1].parse().unwrap());
    for word in &info[2..] {
        match (word.parse::<Satisfaction>(), word.parse::<Completion>()) {
            (Ok(satisfaction), _) => rules.satisfaction = satisfaction,
            (_, Ok(completion)) => rules.completion = completion,
            _ => panic!("what is {word}?"),
        }
    }
    rules
}

/// The lines that a page shows of a result, in French or in English.
fn lines(outcome: &Outcome, french: bool) -> Vec<String> {
    let say = |english: String, other: String| if french { other } else { english };
    let selected = outcome.selected.join(", ");
    let (cost, budget) = (&outcome.total_cost, &outcome.budget);
    let mut lines = vec![
        say(format!("selected: {selected}"), format!("retenus : {selected}")),
        say(format!("cost: {cost} of {budget}"), format!("coût : {cost} sur {budget}")),
    ];
    if let Some(endowment) = &outcome.endowment {
        let passes = outcome.passes.unwrap();
        let [english, other] = if passes > 1 {
            [format!(" (count {passes})"), format!(" (décompte {passes})")]
        } else {
            [String::new(), String::new()]
        };
        lines.push(say(format!("share: {endowment}{english}"), format!("part : {endowment}{other}")));
    }
    for round in outcome.rounds.iter().filter(|round| round.step != Step::Knapsack) {
        let (n, project) = (round.round, &round.project);
        let price = round.effective_cost.as_ref().map(ToString::to_string).unwrap_or_default();
        let [english, other] = match round.step {
            Step::Shares => {
                let payers = round.payers.unwrap();
                [format!("{price} each from {payers}"), format!("{price} chacune pour {payers}")]
            }
            Step::Earnings => [format!("at {price}"), format!("à {price}")],
            _ => [format!("{} votes", round.supporters), format!("{} voix", round.supporters)],
        };
        lines.push(say(format!("round {n}: {project}, {english}"), format!("tour {n} : {project}, {other}")));
    }
    for left in &outcome.left_out {
        let missing = left.missing.as_ref();
        let english = missing.map(|missing| format!(", {missing} missing")).unwrap_or_default();
        let other = missing.map(|missing| format!(", il manque {missing}")).unwrap_or_default();
        let project = &left.project;
        lines.push(say(format!("left out: {project}{english}"), format!("écarté : {project}{other}")));
    }
    let (with, all) = (outcome.voters_with_a_winner, outcome.votes);
    lines.push(say(
        format!("people with a winner: {with} of {all}"),
        format!("personnes servies : {with} sur {all}"),
    ));
    lines
}

/// `needed: project, number` or `cheap enough: project, cost` alone, or the whole result.
fn check(place: &str, budget: &Block<'_>, expected: &[&str], french: bool) {
    let (election, rules) = (election(&budget.lines), rules(&budget.info));
    let needed = if french { "voix de plus : " } else { "needed: " };
    if let Some((project, number)) = expected[0].strip_prefix(needed).and_then(|line| line.rsplit_once(", "))
    {
        let found = votes_needed(&election, &rules, project).unwrap();
        assert_eq!(found, Needed::Votes(number.parse().unwrap()), "{place}");
        return;
    }
    let cost = if french { "assez bon marché : " } else { "cheap enough: " };
    if let Some((project, number)) = expected[0].strip_prefix(cost).and_then(|line| line.rsplit_once(", ")) {
        let mut left = u64::MAX;
        let found = cost_needed_within(&election, &rules, project, &mut left).unwrap();
        assert_eq!(found, Some(CostNeeded::Cost(number.parse().unwrap())), "{place}");
        return;
    }
    // Narrow spaces are for the eye.
    let expected: Vec<String> = expected.iter().map(|line| line.replace('\u{202f}', " ")).collect();
    assert_eq!(lines(&count(&election, &rules).unwrap(), french), expected, "{place}");
}

#[test]
fn every_example_is_what_is_counted() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/methods");
    let mut shown = [Vec::new(), Vec::new()];
    for (language, shown) in ["en", "fr"].into_iter().zip(&mut shown) {
        for file in parvis_cases::files(&docs.join(language).join("budgets"), ".md") {
            let page = std::fs::read_to_string(&file).unwrap();
            let place = file.display().to_string();
            let blocks = blocks(&page);
            assert!(!blocks.is_empty(), "{place} has no example");
            for pair in blocks.chunks(2) {
                let [budget, result] = pair else { panic!("{place}: an example without its result") };
                assert_eq!((budget.info[0], result.info[0]), ("budget", "result"), "{place}");
                check(&place, budget, &result.lines, language == "fr");
                shown.push((file.file_name().unwrap().to_owned(), budget.info.join(" ")));
            }
        }
    }
    assert_eq!(shown[0], shown[1], "both languages show the same examples");
    assert!(shown[0].len() >= 6);
    let rules = [Rule::Greedy, Rule::Knapsack, Rule::EqualShares, Rule::Phragmen];
    for rule in rules {
        assert!(
            shown[0].iter().any(|(_, info)| info.split(' ').nth(1) == Some(rule.name())),
            "{rule} has no page"
        );
    }
}
