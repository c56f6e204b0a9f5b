//! Ballots to results: the same count for the page, the publication and the verifier.
//!
//! Each envelope is counted apart, with the ballots that take part in it, blank ones included: they are voters too, and
//! equal shares gives them their share. The faces become the kinds of ballots that `parvis-budgeting` counts:
//!
//! | face | kind | |
//! |---|---|---|
//! | approve, knapsack | approval | |
//! | points | cumulative | |
//! | rank | ordinal | |
//! | plus-minus (D21) | scoring | a plus vote is 1 point, a minus vote −1 |
//!
//! **Minus votes.** A project needs more plus than minus votes (a net of 1 at least, or the threshold of the rules),
//! whatever the rule. The greedy rules and the knapsack go by that net. Under equal shares those who gave a plus vote are
//! the supporters who pay, one satisfaction each; a minus vote takes nothing from anybody. Phragmén's rule, which cannot
//! look at a net, is not offered with them.

use std::collections::{BTreeMap, HashMap};

use parvis_ballotbox::close::Closing;
use parvis_budgeting::{
    Ballot as Counted, BallotError, BallotKind, Compared, Completion, CountError, Decimal, DecimalError,
    Election, ElectionError, Explanation, Limits, Needed, Outcome, Project, Rule, Rules as CountRules,
    Satisfaction, Ties, compare, count, explain, lot, votes_needed,
};
use parvis_core::Localized;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::choice::{Ballot, Choices, mistakes};
use super::sealed::{Content, Envelope, Imported};
use crate::model::{BallotRules, Face};

/// A project with what the ballots say of it, whatever the rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: Localized,
    /// Its cost, in cents.
    pub cost: i64,
    /// Ballots that chose it, ranked it or gave it points (D21: plus votes).
    pub votes: u64,
    /// D21: minus votes.
    pub minus: u64,
}

/// Why a project won, or what it missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// Its place in the count.
    #[serde(flatten)]
    pub explanation: Explanation,
    /// How many more votes would have been enough; none where it was not sought (see [`MOST_WORK`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub votes_needed: Option<Needed>,
}

/// The count of one envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvelopeResult {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: Localized,
    /// Its money, in cents.
    pub amount: i64,
    /// The rules, with the order of ties that they gave here.
    pub rules: CountRules,
    /// The projects, in the order of the ballot.
    pub projects: Vec<Tally>,
    /// Ballots that took part, blank ones included.
    pub ballots: u64,
    /// Blank ones.
    pub blank: u64,
    /// The count with its working; none when nobody voted here.
    pub outcome: Option<Outcome>,
    /// Each project, in the order of the ballot.
    pub explanations: Vec<Explained>,
    /// The rules that were sealed, then others on the same ballots: they decide nothing.
    pub simulations: Vec<Compared>,
}

/// The published results of a budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    /// `parvis-budget-v1`.
    pub format: String,
    /// What a ballot could hold.
    pub ballot: BallotRules,
    /// What the box held when it was closed; none for a budget that was held elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
    /// Where it comes from, when it was held elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<Imported>,
    /// Each envelope.
    pub envelopes: Vec<EnvelopeResult>,
}

/// Why ballots could not be counted.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// A ballot is not one of this vote.
    #[error("a ballot is not one of this vote: {0}")]
    Ballot(String),
    /// A ballot that the count refuses.
    #[error("a ballot cannot be counted: {0}")]
    Refused(#[from] BallotError),
    /// Envelopes or projects that cannot be counted.
    #[error("the projects cannot be counted: {0}")]
    Election(#[from] ElectionError),
    /// An amount that cannot be counted.
    #[error("an amount cannot be counted: {0}")]
    Amount(#[from] DecimalError),
    /// The rules do not fit.
    #[error("the rules do not fit the ballots: {0}")]
    Rules(#[from] CountError),
}

/// Ballots, identical ones together, as they are read one by one.
#[derive(Debug, Default, Clone)]
pub struct Tallied(HashMap<String, u64>);

impl Tallied {
    /// One more ballot.
    pub fn add(&mut self, ballot: &Value) {
        self.add_text(ballot.to_string(), 1);
    }

    /// Several equal ballots, as canonical JSON.
    pub fn add_text(&mut self, ballot: String, number: u64) {
        *self.0.entry(ballot).or_default() += number;
    }

    /// Each different ballot with its number, in a fixed order, whatever the order of reading.
    pub fn ballots(&self) -> Result<Vec<(Ballot, u64)>, Problem> {
        let sorted: BTreeMap<&String, u64> = self.0.iter().map(|(b, n)| (b, *n)).collect();
        let read = sorted.into_iter().map(|(text, n)| {
            let ballot = serde_json::from_str(text).map_err(|e| Problem::Ballot(e.to_string()))?;
            Ok((ballot, n))
        });
        read.collect()
    }
}

/// Work allowed for "how many more votes would have been enough", in choices read: the choices of the different ballots,
/// times the passes of the count, times the counts that the search takes. The most supported of the projects that did
/// not win come first. It is a number and not a time, so that everybody who counts again finds the same.
pub const MOST_WORK: u64 = 60_000_000;

/// Counts ballots under what was sealed.
///
/// # Errors
/// What cannot be read, or counted.
pub fn results(content: &Content, closing: Option<&Closing>, ballots: &Tallied) -> Result<Results, Problem> {
    let ballots = ballots.ballots()?;
    if content.imported.is_none()
        && let Some((ballot, mistake)) =
            ballots.iter().find_map(|(b, _)| mistakes(content, b).into_iter().next().map(|m| (b, m)))
    {
        return Err(Problem::Ballot(format!("{} ({})", ballot.to_value(), mistake.key)));
    }
    let envelopes = content.envelopes.iter().map(|e| counted(content, e, &ballots));
    Ok(Results {
        format: "parvis-budget-v1".into(),
        ballot: content.ballot.clone(),
        closing: closing.cloned(),
        imported: content.imported.clone(),
        envelopes: envelopes.collect::<Result<_, _>>()?,
    })
}

fn counted(content: &Content, envelope: &Envelope, all: &[(Ballot, u64)]) -> Result<EnvelopeResult, Problem> {
    let here: Vec<(&Choices, u64)> = all.iter().filter_map(|(b, n)| Some((b.of(envelope.id)?, *n))).collect();
    let rules = rules_here(content, envelope);
    let ballots = here.iter().map(|(_, n)| n).sum();
    let mut result = EnvelopeResult {
        id: envelope.id,
        name: envelope.name.clone(),
        amount: envelope.amount,
        projects: tallies(content, envelope, &here),
        ballots,
        blank: here.iter().filter(|(c, _)| c.is_blank()).map(|(_, n)| n).sum(),
        outcome: None,
        explanations: vec![],
        simulations: vec![],
        rules: rules.clone(),
    };
    if ballots == 0 {
        return Ok(result);
    }
    let election = election(content, envelope, &here)?;
    let outcome = count(&election, &rules)?;
    result.explanations = explained(&election, &rules, &outcome)?;
    result.simulations = simulated(&election, &rules)?;
    result.outcome = Some(outcome);
    Ok(result)
}

/// The rules of the count in one envelope: ties in an order of its own projects; for D21, a net of 1 at least.
pub fn rules_here(content: &Content, envelope: &Envelope) -> CountRules {
    let mut rules = content.count.clone();
    let mut codes: Vec<String> = content.of_envelope(envelope.id).map(|p| p.code.clone()).collect();
    match &rules.ties {
        // The order of the ballot.
        Ties::Order { ids } if ids.is_empty() => rules.ties = Ties::Order { ids: codes },
        Ties::Order { ids } => {
            let ids = ids.iter().filter(|id| codes.contains(id)).cloned().collect();
            rules.ties = Ties::Order { ids };
        }
        // Drawn from the public text, among codes in their order as texts.
        Ties::Lot { seed, .. } => {
            codes.sort_unstable();
            rules.ties = lot(seed, codes.iter().map(String::as_str));
        }
        _ => {}
    }
    if content.imported.is_none() && content.ballot.face == Face::PlusMinus && rules.threshold.is_none() {
        rules.threshold = Decimal::whole(1).ok();
    }
    rules
}

fn tallies(content: &Content, envelope: &Envelope, ballots: &[(&Choices, u64)]) -> Vec<Tally> {
    let mut votes: HashMap<&str, (u64, u64)> = HashMap::new();
    for (choices, n) in ballots {
        match choices {
            Choices::Marks { plus, minus } => {
                plus.iter().for_each(|c| votes.entry(c).or_default().0 += n);
                minus.iter().for_each(|c| votes.entry(c).or_default().1 += n);
            }
            Choices::Points(points) => {
                for (code, value) in points {
                    let tally = votes.entry(code).or_default();
                    if value.is_negative() { tally.1 += n } else { tally.0 += n }
                }
            }
            other => other.codes().iter().for_each(|c| votes.entry(c).or_default().0 += n),
        }
    }
    let tally = |p: &super::sealed::Entry| {
        let (plus, minus) = votes.get(p.code.as_str()).copied().unwrap_or_default();
        Tally { code: p.code.clone(), title: p.title.clone(), cost: p.cost, votes: plus, minus }
    };
    content.of_envelope(envelope.id).map(tally).collect()
}

/// What the count refuses again, whatever the form that let a ballot through. A blank ballot is always allowed.
fn limits(content: &Content, envelope: &Envelope) -> Result<Limits, Problem> {
    let rules = &content.ballot;
    let mut limits = Limits::default();
    if content.imported.is_some() {
        return Ok(limits);
    }
    match rules.face {
        Face::PlusMinus => {}
        Face::Knapsack => {
            limits.max_length = rules.most;
            limits.max_sum_cost = Some(Decimal::new(envelope.amount, 2)?);
        }
        Face::Points => {
            limits.max_length = rules.most;
            limits.max_sum_points = Some(Decimal::whole(rules.points.into())?);
        }
        Face::Approve | Face::Rank => limits.max_length = rules.most,
    }
    Ok(limits)
}

/// The election of one envelope.
///
/// # Errors
/// What cannot be counted.
pub fn election(
    content: &Content,
    envelope: &Envelope,
    ballots: &[(&Choices, u64)],
) -> Result<Election, Problem> {
    let project = |p: &super::sealed::Entry| {
        let name = p.title.fr.clone();
        Ok::<_, Problem>(Project { id: p.code.clone(), name, cost: Decimal::new(p.cost, 2)? })
    };
    let projects = content.of_envelope(envelope.id).map(project).collect::<Result<Vec<_>, _>>()?;
    let kind = content.kind();
    let amount = Decimal::new(envelope.amount, 2)?;
    let mut builder = Election::builder(kind, amount, projects, limits(content, envelope)?)?;
    let (one, minus_one) = (Decimal::whole(1)?, Decimal::whole(-1)?);
    let mut places: Vec<u32> = vec![];
    let mut points: Vec<Decimal> = vec![];
    for (choices, number) in ballots {
        places.clear();
        points.clear();
        for code in choices.codes() {
            let place = builder.find(code);
            places.push(place.ok_or_else(|| {
                Problem::Ballot(format!("it names project {code}, which is not in envelope {}", envelope.id))
            })?);
        }
        match choices {
            Choices::Points(given) => points.extend(given.values().copied()),
            Choices::Marks { plus, minus } => {
                points.extend(std::iter::repeat_n(one, plus.len()));
                points.extend(std::iter::repeat_n(minus_one, minus.len()));
            }
            _ => {}
        }
        let ballot =
            if kind.has_points() { Counted::Points(&places, &points) } else { Counted::Projects(&places) };
        for _ in 0..*number {
            builder.ballot(ballot)?;
        }
    }
    Ok(builder.finish())
}

fn explained(election: &Election, rules: &CountRules, outcome: &Outcome) -> Result<Vec<Explained>, Problem> {
    let explanations = explain(election, rules, outcome)?;
    let mut losers: Vec<(u64, &str)> =
        outcome.left_out.iter().map(|left| (left.supporters, left.project.as_str())).collect();
    losers.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let mut needed: HashMap<&str, Needed> = HashMap::new();
    for (_, project) in losers.into_iter().take(searched(election, outcome)) {
        needed.insert(project, votes_needed(election, rules, project)?);
    }
    let one = |explanation: Explanation| {
        let votes_needed = needed.get(explanation.project.as_str()).copied();
        Explained { explanation, votes_needed }
    };
    Ok(explanations.into_iter().map(one).collect())
}

/// For how many projects the votes that were missing are sought.
fn searched(election: &Election, outcome: &Outcome) -> usize {
    let choices: u64 = election.groups().map(|(_, chosen, _)| wide(chosen.len()) + 1).sum();
    // Doubling, then halves: twice the number of binary digits of four times the ballots.
    let tries = 2 * u64::from((election.ballots().saturating_mul(4).max(16)).ilog2() + 1);
    let one = choices.saturating_mul(tries).saturating_mul(outcome.passes.unwrap_or(1).max(1)).max(1);
    usize::try_from(MOST_WORK / one).unwrap_or(usize::MAX)
}

fn wide(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// The rules to set beside those of the vote, on the same ballots. The first are the vote's own.
pub fn others(kind: BallotKind, rules: &CountRules) -> Vec<CountRules> {
    let plain = |rule: Rule, satisfaction: Satisfaction, completion: Completion| CountRules {
        threshold: rules.threshold,
        ..CountRules::new(rule).satisfaction(satisfaction).completion(completion).ties(rules.ties.clone())
    };
    // What satisfies: the points or ranks where ballots have some, else the money of the projects.
    let own = match kind {
        BallotKind::Approval | BallotKind::ChooseOne => Satisfaction::Cost,
        BallotKind::Cumulative | BallotKind::Scoring => Satisfaction::Points,
        BallotKind::Ordinal => Satisfaction::Ranks,
    };
    let most_votes = if own == Satisfaction::Cost { Rule::Greedy } else { Rule::GreedyScore };
    let mut all = vec![rules.clone()];
    // A vote against says nothing to Phragmén's rule.
    let loads = (kind != BallotKind::Scoring)
        .then(|| plain(Rule::PhragmenSkip, Satisfaction::Cost, Completion::None));
    for other in [
        plain(most_votes, own, Completion::None),
        plain(Rule::EqualShares, own, Completion::Add1u),
        plain(Rule::Knapsack, own, Completion::None),
    ]
    .into_iter()
    .chain(loads)
    {
        let same = |one: &CountRules| {
            let free = matches!(one.rule, Rule::Phragmen | Rule::PhragmenSkip);
            one.rule == other.rule
                && one.completion == other.completion
                && (free || one.satisfaction == other.satisfaction)
        };
        if !all.iter().any(same) {
            all.push(other);
        }
    }
    all
}

/// Rules side by side; without the knapsack where its exact optimum cannot be found within reason.
///
/// # Errors
/// Rules that do not fit the ballots.
pub fn simulated(election: &Election, rules: &CountRules) -> Result<Vec<Compared>, CountError> {
    let all = others(election.kind(), rules);
    match compare(election, &all) {
        Err(CountError::TooHard(_)) if rules.rule != Rule::Knapsack => {
            let kept: Vec<CountRules> = all.into_iter().filter(|r| r.rule != Rule::Knapsack).collect();
            compare(election, &kept)
        }
        other => other,
    }
}
