//! A result in sentences.

use parvis_budgeting::{Compared, Completion, Outcome, Round, Rule, Rules, Satisfaction, Step, Tie, Ties};
use parvis_i18n::T;

use crate::vote::count::{EnvelopeResult, Results};
use crate::vote::money;

/// The name of a project by its code.
pub(crate) fn name(t: &T, result: &EnvelopeResult, code: &str) -> String {
    let project = result.projects.iter().find(|p| p.code == code);
    project.map_or_else(|| code.to_owned(), |p| p.title.get(t.locale).to_owned())
}

/// Several names in a sentence.
pub(crate) fn names(t: &T, result: &EnvelopeResult, codes: &[String]) -> String {
    t.list(&codes.iter().map(|c| name(t, result, c)).collect::<Vec<_>>())
}

/// What the winners of an envelope cost together, in cents.
pub(crate) fn spent(result: &EnvelopeResult) -> i64 {
    let Some(outcome) = &result.outcome else { return 0 };
    let won = result.projects.iter().filter(|p| outcome.selected.binary_search(&p.code).is_ok());
    won.map(|p| p.cost).sum()
}

/// The sentence that says what an envelope pays for.
pub(crate) fn sentence(t: &T, result: &EnvelopeResult) -> String {
    let Some(outcome) = &result.outcome else { return t.get("budget-result-nobody") };
    t.with(
        "budget-result-envelope",
        &[
            ("count", outcome.selected.len().into()),
            ("names", names(t, result, &outcome.order).into()),
            ("spent", money::say(t, spent(result)).into()),
            ("amount", money::say(t, result.amount).into()),
        ],
    )
}

/// The sentence that says the whole.
pub(crate) fn lead(t: &T, results: &Results) -> String {
    let voted = results.envelopes.iter().any(|e| e.outcome.is_some());
    if !voted {
        return t.get("budget-result-nobody");
    }
    let won: usize =
        results.envelopes.iter().filter_map(|e| e.outcome.as_ref()).map(|o| o.selected.len()).sum();
    let projects: usize = results.envelopes.iter().map(|e| e.projects.len()).sum();
    let ballots = match &results.closing {
        Some(closing) => closing.ballots,
        None => i64::try_from(results.envelopes.iter().map(|e| e.ballots).max().unwrap_or(0)).unwrap_or(0),
    };
    t.with(
        "budget-result-lead",
        &[
            ("count", won.into()),
            ("projects", t.number(projects).into()),
            ("spent", money::say(t, results.envelopes.iter().map(spent).sum()).into()),
            ("amount", money::say(t, results.envelopes.iter().map(|e| e.amount).sum()).into()),
            ("ballots", t.n("budget-ballots-n", ballots).into()),
        ],
    )
}

/// The rules of a count in a few words.
pub(crate) fn rule_words(t: &T, rules: &Rules) -> String {
    let mut words = vec![t.get(&format!("budget-rule-{}", rules.rule))];
    if rules.rule == Rule::EqualShares {
        words.push(t.get(&format!("budget-completion-{}", rules.completion)));
    }
    if !matches!(rules.rule, Rule::Phragmen | Rule::PhragmenSkip) {
        words.push(t.get(&format!("budget-satisfaction-{}", rules.satisfaction)));
    }
    words.join(&t.get("budget-rule-joint"))
}

/// How a rule works, in a sentence or two.
pub(crate) fn how(t: &T, rules: &Rules) -> Vec<String> {
    let mut lines = vec![t.get(&format!("budget-how-{}", rules.rule))];
    if rules.completion != Completion::None {
        lines.push(t.get(&format!("budget-how-completion-{}", rules.completion)));
    }
    if !matches!(rules.rule, Rule::Phragmen | Rule::PhragmenSkip) && rules.satisfaction != Satisfaction::Cost
    {
        lines.push(t.get(&format!("budget-how-satisfaction-{}", rules.satisfaction)));
    }
    if rules.rule == Rule::EqualShares && rules.comparison {
        lines.push(t.get("budget-how-comparison"));
    }
    if let Some(threshold) = rules.threshold {
        lines.push(t.with1("budget-how-threshold", "votes", money::say_number(t, &threshold.ratio())));
    }
    lines
}

/// The pages of the site that explain these rules to citizens, as `(address, words)`.
pub(crate) fn explained(t: &T, rules: &Rules) -> Vec<(&'static str, String)> {
    let page = match rules.rule {
        Rule::Greedy | Rule::GreedyStop | Rule::GreedyScore => "/methods/budgets/greedy",
        Rule::Knapsack => "/methods/budgets/knapsack",
        Rule::EqualShares => "/methods/budgets/equal-shares",
        Rule::Phragmen | Rule::PhragmenSkip => "/methods/budgets/phragmen",
    };
    let mut pages = vec![(page, t.get("budget-method-rule"))];
    if rules.rule == Rule::EqualShares && rules.completion != Completion::None {
        pages.push(("/methods/budgets/completions", t.get("budget-method-completion")));
    }
    pages
}

/// The tie rule in a sentence.
pub(crate) fn tie_rule(t: &T, ties: &Ties) -> String {
    match ties {
        Ties::Lexicographic => t.get("budget-ties-said-lexicographic"),
        Ties::ByCost => t.get("budget-ties-said-by-cost"),
        Ties::ByVotes => t.get("budget-ties-said-by-votes"),
        Ties::Order { .. } => t.get("budget-ties-said-order"),
        Ties::Lot { seed, .. } => t.with1("budget-ties-said-lot", "seed", seed.as_str()),
    }
}

/// A tie that was met.
pub(crate) fn tie(t: &T, result: &EnvelopeResult, tie: &Tie) -> String {
    let rule = t.get(&format!("budget-tie-{}", tie.resolved_by));
    let key = if tie.decisive { "budget-tie-decisive" } else { "budget-tie-order-only" };
    t.with3(
        key,
        "names",
        names(t, result, &tie.projects),
        "rule",
        rule,
        "chosen",
        name(t, result, &tie.chosen),
    )
}

/// One selection, in a sentence.
pub(crate) fn round(t: &T, result: &EnvelopeResult, round: &Round) -> String {
    let amount =
        |r: &Option<parvis_budgeting::Ratio>| r.as_ref().map(|r| money::say_ratio(t, r)).unwrap_or_default();
    let key = match round.step {
        Step::Greedy => "budget-round-greedy",
        Step::Knapsack => "budget-round-knapsack",
        Step::Free => "budget-round-free",
        Step::Shares => "budget-round-shares",
        Step::Completion => "budget-round-completion",
        Step::Earnings => "budget-round-earnings",
    };
    let mut args = vec![
        ("name", name(t, result, &round.project).into()),
        ("cost", money::say_ratio(t, &round.cost).into()),
    ];
    match round.step {
        Step::Shares => {
            args.push(("count", round.payers.unwrap_or(0).into()));
            let each = if is_uniform(result) { "budget-price-each" } else { "budget-price-point" };
            args.push(("price", t.with1(each, "price", amount(&round.effective_cost)).into()));
        }
        Step::Earnings => {
            args.push(("count", round.payers.unwrap_or(round.supporters).into()));
            args.push(("price", amount(&round.effective_cost).into()));
        }
        Step::Greedy | Step::Completion => {
            args.push(("votes", t.n("budget-votes-n", round.supporters).into()));
            args.push(("left", money::say_ratio(t, &round.budget_left).into()));
        }
        Step::Knapsack | Step::Free => {}
    }
    t.with(key, &args)
}

/// Whether every supporter of a project pays the same price for it.
fn is_uniform(result: &EnvelopeResult) -> bool {
    matches!(result.rules.satisfaction, Satisfaction::Cost | Satisfaction::Cardinality)
}

/// What the whole count says of itself, before its rounds.
pub(crate) fn working(t: &T, result: &EnvelopeResult, outcome: &Outcome) -> Vec<String> {
    let mut lines = vec![t.with2(
        "budget-step-ballots",
        "ballots",
        t.n("budget-ballots-n", outcome.votes),
        "blank",
        t.number(result.blank),
    )];
    if let Some(endowment) = &outcome.endowment {
        lines.push(t.with1("budget-step-endowment", "amount", money::say_ratio(t, endowment)));
    }
    if let Some(passes) = outcome.passes.filter(|n| *n > 1) {
        lines.push(t.with1("budget-step-passes", "count", t.number(passes)));
    }
    lines.push(t.with2(
        "budget-step-satisfied",
        "count",
        t.number(outcome.voters_with_a_winner),
        "share",
        t.percent(outcome.voters_with_a_winner, outcome.votes),
    ));
    lines.push(t.get(if outcome.exhaustive { "budget-step-exhaustive" } else { "budget-step-left" }));
    lines
}

/// One line of the comparison of rules.
pub(crate) struct Other {
    pub(crate) rule: String,
    pub(crate) winners: String,
    pub(crate) spent: String,
    pub(crate) share: String,
    pub(crate) change: String,
    pub(crate) is_own: bool,
}

/// The rules side by side; the first are the vote's own.
pub(crate) fn others(t: &T, result: &EnvelopeResult) -> Vec<Other> {
    let Some(own) = result.simulations.first() else { return vec![] };
    let line = |(n, one): (usize, &Compared)| Other {
        rule: rule_words(t, &one.rules),
        winners: t.number(one.selected.len()),
        spent: money::say_ratio(t, &one.total_cost),
        share: t.percent(one.voters_with_a_winner, result.ballots),
        change: if n == 0 { String::new() } else { change(t, result, own, one) },
        is_own: n == 0,
    };
    result.simulations.iter().enumerate().map(line).collect()
}

fn change(t: &T, result: &EnvelopeResult, own: &Compared, one: &Compared) -> String {
    let more: Vec<String> = one.selected.iter().filter(|c| !own.selected.contains(c)).cloned().collect();
    let less: Vec<String> = own.selected.iter().filter(|c| !one.selected.contains(c)).cloned().collect();
    let mut words = vec![];
    if !more.is_empty() {
        words.push(t.with1("budget-others-more", "names", names(t, result, &more)));
    }
    if !less.is_empty() {
        words.push(t.with1("budget-others-less", "names", names(t, result, &less)));
    }
    if words.is_empty() { t.get("budget-others-same") } else { words.join(" ") }
}
