//! Why a project won, or what it missed, in plain sentences.

use parvis_budgeting::{CostNeeded, LeftOut, Needed, Reason, Step};
use parvis_i18n::T;

use super::say;
use crate::vote::count::{EnvelopeResult, Explained};
use crate::vote::money;

/// What is said of one project.
pub(crate) struct Why {
    /// It won.
    pub(crate) is_winner: bool,
    /// The sentence that says it.
    pub(crate) sentence: String,
    /// The reasons.
    pub(crate) lines: Vec<String>,
    /// For what its supporters' money was spent: a name, an amount.
    pub(crate) spent: Vec<(String, String)>,
    /// How many more votes it needed; empty for a winner.
    pub(crate) needed: String,
    /// At which cost it would have won; empty for a winner.
    pub(crate) cost: String,
}

/// The explanation of a project of an envelope.
pub(crate) fn of(t: &T, result: &EnvelopeResult, code: &str) -> Option<Why> {
    let tally = result.projects.iter().find(|p| p.code == code)?;
    let name = tally.title.get(t.locale);
    let Some(outcome) = &result.outcome else {
        let sentence = t.with1("budget-why-nobody", "name", name);
        return Some(Why {
            is_winner: false,
            sentence,
            lines: vec![],
            spent: vec![],
            needed: String::new(),
            cost: String::new(),
        });
    };
    let explained = result.explanations.iter().find(|e| e.explanation.project == code)?;
    let is_winner = explained.explanation.won.is_some();
    let mut lines = vec![votes(t, result, code)?];
    if let Some(won) = &explained.explanation.won {
        lines.push(say::round(t, result, won));
        if let Some(less) = won.paying_less.filter(|n| *n > 0 && won.step == Step::Shares) {
            lines.push(t.n("budget-why-paying-less", less));
        }
        if won.step == Step::Completion {
            lines.push(t.get("budget-why-completion"));
        }
    }
    if let Some(missed) = &explained.explanation.missed {
        lines.extend(missed_lines(t, result, missed));
    }
    let supporters = explained.explanation.won.as_ref().map(|w| w.supporters);
    let supporters = supporters.or(explained.explanation.missed.as_ref().map(|m| m.supporters)).unwrap_or(0);
    if !is_winner && supporters > 0 {
        let with = explained.explanation.supporters_with_a_winner;
        lines.push(t.with2("budget-why-consoled", "count", with, "share", t.percent(with, supporters)));
    }
    for tie in outcome.ties.iter().filter(|tie| tie.projects.iter().any(|p| p == code)) {
        lines.push(say::tie(t, result, tie));
    }
    let key = if is_winner { "budget-why-won" } else { "budget-why-lost" };
    Some(Why {
        is_winner,
        sentence: t.with2(key, "name", name, "cost", money::say(t, tally.cost)),
        lines,
        spent: if is_winner { vec![] } else { spent(t, result, explained) },
        needed: if is_winner { String::new() } else { needed(t, explained) },
        cost: if is_winner { String::new() } else { cost(t, tally.cost, explained) },
    })
}

fn votes(t: &T, result: &EnvelopeResult, code: &str) -> Option<String> {
    let tally = result.projects.iter().find(|p| p.code == code)?;
    let (votes, ballots) = (t.number(tally.votes), t.n("budget-ballots-n", result.ballots));
    Some(if tally.minus > 0 {
        t.with3("budget-why-votes-minus", "votes", votes, "minus", t.number(tally.minus), "ballots", ballots)
    } else {
        t.with2("budget-why-votes", "votes", votes, "ballots", ballots)
    })
}

fn missed_lines(t: &T, result: &EnvelopeResult, missed: &LeftOut) -> Vec<String> {
    let amount =
        |r: &Option<parvis_budgeting::Ratio>| r.as_ref().map(|r| money::say_ratio(t, r)).unwrap_or_default();
    let mut lines = vec![];
    let tally = result.projects.iter().find(|p| p.code == missed.project);
    match missed.reason {
        // D21: what keeps it out is its net, whichever of the two the rule looks at first.
        Reason::NoSupport | Reason::UnderThreshold if tally.is_some_and(|t| t.minus > 0) => {
            let net = tally.map(|t| i128::from(t.votes) - i128::from(t.minus)).unwrap_or_default();
            let net = i64::try_from(net).unwrap_or(i64::MIN);
            let threshold =
                result.rules.threshold.map(|d| money::say_number(t, &d.ratio())).unwrap_or_default();
            lines.push(t.with2("budget-lost-minus", "net", t.number(net), "votes", threshold));
        }
        Reason::NoSupport => lines.push(t.get("budget-lost-no-support")),
        Reason::UnderThreshold => {
            let threshold =
                result.rules.threshold.map(|d| money::say_number(t, &d.ratio())).unwrap_or_default();
            lines.push(t.with1("budget-lost-threshold", "votes", threshold));
        }
        Reason::OverBudget => lines.push(t.with1("budget-lost-over", "amount", money::say(t, result.amount))),
        Reason::DoesNotFit => lines.push(t.with2(
            "budget-lost-fit",
            "left",
            amount(&missed.budget_left),
            "missing",
            amount(&missed.missing),
        )),
        Reason::MoneyShort => {
            let round = missed.after_round.unwrap_or(0);
            lines.push(t.with3(
                "budget-lost-money",
                "count",
                round,
                "money",
                amount(&missed.money),
                "missing",
                amount(&missed.missing),
            ));
            if let Some(left) = &missed.budget_left {
                lines.push(t.with1("budget-lost-then", "left", money::say_ratio(t, left)));
            }
        }
        Reason::Ended => lines.push(t.get("budget-lost-ended")),
        Reason::BetterSet => lines.push(t.get("budget-lost-set")),
    }
    lines
}

fn spent(t: &T, result: &EnvelopeResult, explained: &Explained) -> Vec<(String, String)> {
    let all = explained.explanation.spent_on.iter().take(8);
    all.map(|s| (say::name(t, result, &s.project), money::say_ratio(t, &s.amount))).collect()
}

fn needed(t: &T, explained: &Explained) -> String {
    match explained.votes_needed {
        Some(Needed::Votes(n)) => t.n("budget-needed-votes", n),
        Some(Needed::OutOfReach) => t.get("budget-needed-out"),
        Some(Needed::Unknown) => t.get("budget-needed-unknown"),
        None | Some(Needed::Selected) => t.get("budget-needed-not-sought"),
    }
}

fn cost(t: &T, own: i64, explained: &Explained) -> String {
    match &explained.cost_needed {
        Some(CostNeeded::Cost(cost)) => {
            let cost = cost.scaled(2).unwrap_or(0);
            let (cost, less) = (money::say(t, cost), money::say(t, own.saturating_sub(cost)));
            t.with2("budget-needed-cost", "cost", cost, "less", less)
        }
        Some(CostNeeded::OutOfReach) => t.get("budget-needed-cost-out"),
        None | Some(CostNeeded::Selected) => t.get("budget-needed-cost-not-sought"),
    }
}
