//! The results of a participatory budget as a site computes them after closing: 100,000 ballots, read as the box keeps them,
//! counted, explained, compared with other rules.
//!
//! `cargo run -p parvis-benches --release -- budget-results`

use std::time::Instant;

use anyhow::{Context as _, Result};
use parvis_budget::model::{BallotRules, District, Project, Rules as BudgetRules};
use parvis_budget::vote::count::{Tallied, results};
use parvis_budget::vote::sealed::Content;
use parvis_budgeting::{Completion, Rule, Rules, Ties};
use parvis_core::Localized;

/// What the results of 100,000 ballots may take after closing, in seconds.
const LIMIT: f64 = 2.0;
const BALLOTS: usize = 100_000;

/// Numbers at random, the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % n
    }
}

/// Counts three times and prints the median beside the limit.
pub(crate) fn run() -> Result<()> {
    for (projects, most) in [(40, 5), (100, 5)] {
        for (rule, completion) in [(Rule::Greedy, Completion::None), (Rule::EqualShares, Completion::Add1u)] {
            let rules = Rules::new(rule).completion(completion).ties(Ties::ByVotes);
            let mut runs = vec![];
            for _ in 0..3 {
                runs.push(once(projects, most, &rules)?);
            }
            runs.sort_by(|a, b| a.0.total_cmp(&b.0));
            let (seconds, sought, losers) = *runs.get(1).context("no run")?;
            println!(
                "{BALLOTS} ballots × {projects} projects by {rule} {completion}: {seconds:.2} s, limit {LIMIT} s ({:.2}); \
                 the votes that were missing sought for {sought} of {losers} projects",
                seconds / LIMIT
            );
        }
    }
    Ok(())
}

/// One count: seconds, for how many projects the missing votes were sought, and how many did not win.
fn once(projects: usize, most: usize, rules: &Rules) -> Result<(f64, usize, usize)> {
    let mut random = Random(2026);
    let title = |n: usize| Localized::new(format!("Projet {n}"), "");
    let district = District {
        id: 1,
        name: title(0),
        body: Localized::default(),
        amount: 100_000_000,
        outline: None,
        everybody: true,
    };
    let project = |n: usize, cost: usize| Project {
        id: i64::try_from(n).unwrap_or(0),
        code: n.to_string(),
        district_id: 1,
        category_id: None,
        title: title(n),
        body: Localized::default(),
        cost: i64::try_from(cost).unwrap_or(0),
        address: String::new(),
        point: None,
        has_picture: false,
        picture_alt: Localized::default(),
        progress: String::new(),
        promised_on: None,
        delivered_on: None,
        spent: 0,
    };
    let all: Vec<Project> =
        (1..=projects).map(|n| project(n, 1_000_000 + 50_000 * random.below(200))).collect();
    let ballot = BallotRules { most: u32::try_from(most).ok(), ..BallotRules::default() };
    let rules = BudgetRules { ballot, count: rules.clone(), ties_chosen: true, ..BudgetRules::default() };
    let content = Content::of(&rules, &[district], &all);
    // The projects named first are wanted more than the last.
    let ballots: Vec<String> = (0..BALLOTS)
        .map(|_| {
            let mut codes: Vec<usize> = vec![];
            for _ in 0..=random.below(most) {
                let span = random.below(projects) + 1;
                let code = random.below(span) + 1;
                if !codes.contains(&code) {
                    codes.push(code);
                }
            }
            let codes: Vec<String> = codes.iter().map(|c| format!("\"{c}\"")).collect();
            format!("{{\"1\":{{\"approve\":[{}]}}}}", codes.join(","))
        })
        .collect();
    let start = Instant::now();
    let mut tallied = Tallied::default();
    for ballot in &ballots {
        tallied.add(&serde_json::from_str(ballot)?);
    }
    let found = results(&content, None, &tallied)?;
    let text = serde_json::to_string(&found)?;
    let seconds = start.elapsed().as_secs_f64();
    let envelope = found.envelopes.first().context("no envelope")?;
    let losers = envelope.outcome.as_ref().map_or(0, |o| o.left_out.len());
    let sought = envelope.explanations.iter().filter(|e| e.votes_needed.is_some()).count();
    anyhow::ensure!(!text.is_empty());
    Ok((seconds, sought, losers))
}
