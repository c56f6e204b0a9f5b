//! `parvis count budget`: a participatory budget from a Pabulib file.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use clap::{Args, ValueEnum};
use parvis_budgeting::pb::{self, Invalid, PbError, Reading};
use parvis_budgeting::{
    Completion, Decimal, Explanation, LeftOut, Needed, Outcome as Counted, Ratio, Reason, Rule, Rules,
    Satisfaction, Ties, count, explain, lot, votes_needed,
};
use serde_json::{Value, json};

use crate::command::{Outcome, read, say};

/// Count a participatory budget.
#[derive(Debug, Args)]
pub struct Budget {
    /// The election, in the Pabulib format; packed with gzip or not
    #[arg(value_name = "FILE.pb")]
    file: PathBuf,
    /// How winners are found: greedy, greedy-stop, greedy-score, knapsack, equal-shares, phragmen, phragmen-skip
    #[arg(long)]
    rule: Rule,
    /// What a project gives to those who chose it: cost, cardinality, points, borda, ranks
    #[arg(long, default_value = "cost")]
    satisfaction: Satisfaction,
    /// What follows equal shares when money is left: none, greedy, add1, add1u
    #[arg(long, default_value = "none")]
    completion: Completion,
    /// Who comes first among equals
    #[arg(long, value_enum, default_value = "lexicographic")]
    ties: TieRule,
    /// The public seed of --ties lot
    #[arg(long, value_name = "TEXT")]
    seed: Option<String>,
    /// The order of --ties order: ids from the first to the last, with commas between
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    order: Vec<String>,
    /// A project needs this many votes (points, where satisfaction counts points) to be eligible
    #[arg(long, value_name = "VOTES")]
    threshold: Option<Decimal>,
    /// add1: how much more each voter gets in each pass (one unit of money)
    #[arg(long, value_name = "AMOUNT")]
    increment: Option<Decimal>,
    /// add1: each voter starts with a whole number of units of money
    #[arg(long)]
    integral_start: bool,
    /// add1: passes do not end when nothing more fits in the budget, only when one exceeds it
    #[arg(long)]
    no_exhaustive_stop: bool,
    /// Equal shares: projects that cost nothing are taken first, if anybody chose them
    #[arg(long)]
    free_first: bool,
    /// Equal shares: the greedy result instead, if more voters chose more of its winners
    #[arg(long)]
    comparison: bool,
    /// Ballots that break the limits of the file are set apart and reported, instead of refusing the file
    #[arg(long)]
    lenient: bool,
    /// The same, but those that can be read are counted as they were cast
    #[arg(long, conflicts_with = "lenient")]
    as_cast: bool,
    /// Why each project won, or what it missed
    #[arg(long)]
    explain: bool,
    /// With --explain: how many more votes would have been enough (counts some dozens of times for each project)
    #[arg(long, requires = "explain")]
    votes_needed: bool,
    /// The result as one JSON object
    #[arg(long)]
    json: bool,
}

/// Who comes first among equals.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum TieRule {
    /// The smallest id as a text ("10" before "2")
    Lexicographic,
    /// The lowest cost, then the most supporters, then the smallest id
    ByCost,
    /// The most supporters, then the lowest cost, then the smallest id
    ByVotes,
    /// The order of --order
    Order,
    /// A lot drawn from --seed
    Lot,
}

impl Budget {
    pub(super) fn run(self) -> Result<Outcome> {
        let invalid = match (self.lenient, self.as_cast) {
            (_, true) => Invalid::AsCast,
            (true, false) => Invalid::SetApart,
            (false, false) => Invalid::Refuse,
        };
        let at = |e: PbError| at(&self.file, &e);
        let bytes = read(&self.file)?;
        let reading = pb::read(&pb::unpack(&bytes).map_err(at)?, invalid).map_err(at)?;
        for warning in &reading.warnings {
            tracing::warn!("{}:{}: {}", self.file.display(), warning.line, warning.text);
        }
        let rules = self.rules(&reading)?;
        let error = |e| anyhow!("{}: {e}", self.file.display());
        let outcome = count(&reading.election, &rules).map_err(error)?;
        let mut explanations = Vec::new();
        if self.explain {
            for explanation in explain(&reading.election, &rules, &outcome).map_err(error)? {
                let needed = match self.votes_needed {
                    true => {
                        Some(votes_needed(&reading.election, &rules, &explanation.project).map_err(error)?)
                    }
                    false => None,
                };
                explanations.push((explanation, needed));
            }
        }
        if self.json {
            say(serde_json::to_string(&as_json(&reading, &rules, &outcome, &explanations)?)?);
        } else {
            as_text(&self.file, &reading, &outcome, &explanations);
        }
        Ok(Outcome::Done)
    }

    fn rules(&self, reading: &Reading) -> Result<Rules> {
        let ids = || reading.election.projects().iter().map(|project| project.id.as_str());
        let ties = match (self.ties, &self.seed) {
            (TieRule::Lexicographic, _) => Ties::Lexicographic,
            (TieRule::ByCost, _) => Ties::ByCost,
            (TieRule::ByVotes, _) => Ties::ByVotes,
            (TieRule::Order, _) if self.order.is_empty() => bail!("--ties order needs --order with the ids"),
            (TieRule::Order, _) => Ties::Order { ids: self.order.clone() },
            (TieRule::Lot, Some(seed)) => lot(seed, ids()),
            (TieRule::Lot, None) => bail!("--ties lot needs --seed with a text that anybody can check"),
        };
        Ok(Rules {
            rule: self.rule,
            satisfaction: self.satisfaction,
            completion: self.completion,
            ties,
            threshold: self.threshold,
            increment: self.increment,
            integral_start: self.integral_start,
            exhaustive_stop: !self.no_exhaustive_stop,
            free_first: self.free_first,
            comparison: self.comparison,
        })
    }
}

/// `file:line: reason`, or `file: reason` where the whole file is meant.
fn at(file: &Path, error: &PbError) -> anyhow::Error {
    match error.line {
        0 => anyhow!("{}: {}", file.display(), error.reason),
        line => anyhow!("{}:{line}: {}", file.display(), error.reason),
    }
}

type Explained = (Explanation, Option<Needed>);

fn as_json(reading: &Reading, rules: &Rules, outcome: &Counted, explanations: &[Explained]) -> Result<Value> {
    let mut answer = serde_json::to_value(outcome)?;
    answer["rules"] = serde_json::to_value(rules)?;
    answer["invalid"] = reading
        .set_apart
        .iter()
        .map(|b| json!({"line": b.line, "voter": b.voter, "reason": b.reason.to_string(), "counted": b.counted}))
        .collect();
    answer["warnings"] = serde_json::to_value(&reading.warnings)?;
    if !explanations.is_empty() {
        let one = |(explanation, needed): &Explained| {
            let mut one = serde_json::to_value(explanation)?;
            if let Some(needed) = needed {
                one["votes_needed"] = match needed {
                    Needed::Votes(votes) => (*votes).into(),
                    other => serde_json::to_value(other)?,
                };
            }
            Ok::<_, serde_json::Error>(one)
        };
        answer["explanations"] = explanations.iter().map(one).collect::<Result<Vec<_>, _>>()?.into();
    }
    Ok(answer)
}

fn as_text(file: &Path, reading: &Reading, outcome: &Counted, explanations: &[Explained]) {
    let name = |id: &str| {
        let project = reading.election.projects().iter().find(|project| project.id == id);
        project.map(|p| p.name.clone()).filter(|name| !name.is_empty() && name != id)
    };
    let label = |id: &str| name(id).map_or_else(|| id.to_owned(), |name| format!("{id} ({name})"));
    say(format!("{}: {} ballots, {} projects", file.display(), outcome.votes, outcome.projects));
    let completion = match outcome.completion {
        Completion::None => String::new(),
        other => format!(", completed by {other}"),
    };
    say(format!("rule: {}, satisfaction by {}{completion}", outcome.rule, outcome.satisfaction));
    let (cost, budget) = (money(&outcome.total_cost), money(&outcome.budget));
    say(format!("{} selected, for {cost} of {budget}", outcome.selected.len()));
    let whole = u64::max(outcome.votes, 1);
    let percent = outcome.voters_with_a_winner.saturating_mul(100) / whole;
    say(format!(
        "{} voters of {} ({percent} %) chose at least one of them",
        outcome.voters_with_a_winner, outcome.votes
    ));
    if let Some(endowment) = &outcome.endowment {
        let passes = outcome.passes.filter(|&passes| passes > 1);
        let passes = passes.map(|passes| format!(" (after {passes} passes)")).unwrap_or_default();
        say(format!("each voter had {}{passes}", money(endowment)));
    }
    if let Some(comparison) = &outcome.comparison {
        let kept = if comparison.kept { "equal shares kept" } else { "the greedy result is taken instead" };
        let (shares, greedy) = (comparison.prefer_shares, comparison.prefer_greedy);
        say(format!("{shares} voters have more of its winners, {greedy} more of the greedy rule's: {kept}"));
    }
    say("");
    for round in &outcome.rounds {
        let mut line = format!("{:>4}. {}: cost {}", round.round, label(&round.project), money(&round.cost));
        line += &format!(", {} supporters", round.supporters);
        if let (Some(price), Some(payers)) = (&round.effective_cost, round.payers) {
            line += &format!(", price {} for {payers} payers", money(price));
        }
        say(line);
    }
    for tie in &outcome.ties {
        let effect = if tie.decisive { "" } else { "; the order alone depended on it" };
        let (equals, by) = (tie.projects.join(", "), &tie.resolved_by);
        say(format!("tie in round {}: {equals}; {by} chose {}{effect}", tie.round, tie.chosen));
    }
    if !outcome.left_out.is_empty() {
        say("\nnot selected:");
    }
    for left in &outcome.left_out {
        say(format!("      {}: {}", label(&left.project), why(left)));
    }
    if !reading.set_apart.is_empty() {
        say(format!("\n{} ballots break the limits of the file:", reading.set_apart.len()));
        for ballot in &reading.set_apart {
            let counted = if ballot.counted { " (counted as cast)" } else { " (not counted)" };
            say(format!("      line {}, voter {}: {}{counted}", ballot.line, ballot.voter, ballot.reason));
        }
    }
    for (explanation, needed) in explanations {
        explained(explanation, *needed, &label);
    }
}

fn explained(explanation: &Explanation, needed: Option<Needed>, label: &dyn Fn(&str) -> String) {
    say(format!("\n{}", label(&explanation.project)));
    match (&explanation.won, &explanation.missed) {
        (Some(round), _) => {
            let votes = round.effective_votes.as_ref();
            let votes = votes.map(|v| format!(", {} effective votes", v.decimal(2))).unwrap_or_default();
            say(format!("  selected in round {}: {} supporters{votes}", round.round, round.supporters));
        }
        (None, Some(left)) => say(format!("  not selected: {}", why(left))),
        (None, None) => {}
    }
    if !explanation.spent_on.is_empty() {
        let spent = explanation.spent_on.iter().map(|s| format!("{} on {}", money(&s.amount), s.project));
        say(format!("  its supporters spent {}", spent.collect::<Vec<_>>().join(", ")));
    }
    match needed {
        Some(Needed::Votes(votes)) => {
            say(format!("  {votes} more votes for it alone would have been enough"))
        }
        Some(Needed::OutOfReach) => say("  no number of votes that is in reach would have been enough"),
        _ => {}
    }
}

fn why(left: &LeftOut) -> String {
    let supporters = left.supporters;
    match left.reason {
        Reason::NoSupport => "nobody's choice gives it any satisfaction".into(),
        Reason::UnderThreshold => format!("{supporters} supporters, under the threshold"),
        Reason::OverBudget => format!("it costs {}, more than the whole budget", money(&left.cost)),
        Reason::DoesNotFit => fit(left, "what was left of the budget was too little"),
        Reason::Ended => fit(left, "the count had ended"),
        Reason::BetterSet => format!("{supporters} supporters; another set gives more satisfaction"),
        Reason::MoneyShort => {
            let amounts = left.money.as_ref().zip(left.missing.as_ref());
            let had = amounts.map(|(money, missing)| (self::money(money), self::money(missing)));
            let (had, missing) = had.unwrap_or_default();
            let after = left.after_round.map(|round| format!(" after round {round}")).unwrap_or_default();
            format!("{supporters} supporters had {had} left together{after}; {missing} was missing")
        }
    }
}

fn fit(left: &LeftOut, why: &str) -> String {
    let missing = left.missing.as_ref().map(|missing| format!(" ({} missing)", money(missing)));
    format!("{} supporters; {why}{}", left.supporters, missing.unwrap_or_default())
}

/// For people: whole amounts whole, others with two decimals.
fn money(amount: &Ratio) -> String {
    let text = amount.to_string();
    if text.contains('/') { amount.decimal(2) } else { text }
}
