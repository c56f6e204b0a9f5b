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
    Ballot as Counted, BallotError, BallotKind, Compared, Completion, CostNeeded, CountError, Decimal,
    DecimalError, Election, ElectionError, Explanation, Limits, Needed, Outcome, Project, Rule,
    Rules as CountRules, Satisfaction, Ties, by_totals, cost_needed_within, count, explain, lot,
    side_by_side, votes_needed_within, work,
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
    /// At which cost it would have won; none where it was not sought (see [`COST_WORK`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_needed: Option<CostNeeded>,
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

impl Results {
    /// The codes of the projects that win, envelope by envelope, in the order in which they were selected.
    pub fn winners(&self) -> Vec<&str> {
        let outcomes = self.envelopes.iter().filter_map(|e| e.outcome.as_ref());
        outcomes.flat_map(|o| &o.order).map(String::as_str).collect()
    }
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

/// The work that the results of a budget may take, as [`parvis_budgeting::work`] counts it, shared equally among its
/// envelopes: what the counts leave of it goes to "how many more votes would have been enough", from the most supported of
/// the projects that did not win down. It is a number and not a time, so that everybody who counts again finds the same. It
/// is about one second of a processor.
pub const MOST_WORK: u64 = 90_000_000;

/// The work that "at which cost it would have won" may take besides, shared and sought in the same way.
pub const COST_WORK: u64 = MOST_WORK / 3;

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
    let share = MOST_WORK / wide(content.envelopes.len()).max(1);
    let mut left = share.saturating_sub(work(&election, &outcome));
    result.simulations = simulated(&election, &rules, &outcome, &mut left)?;
    let for_costs = COST_WORK / wide(content.envelopes.len()).max(1);
    result.explanations = explained(&election, &rules, &outcome, left, for_costs)?;
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
        Face::PlusMinus => limits.min_points = Some(Decimal::whole(-1)?),
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

fn explained(
    election: &Election,
    rules: &CountRules,
    outcome: &Outcome,
    mut left: u64,
    mut for_costs: u64,
) -> Result<Vec<Explained>, Problem> {
    let explanations = explain(election, rules, outcome)?;
    let mut losers: Vec<(u64, &str)> =
        outcome.left_out.iter().map(|left| (left.supporters, left.project.as_str())).collect();
    losers.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let election = &*by_totals(election, rules);
    let mut needed: HashMap<&str, Needed> = HashMap::new();
    for (_, project) in &losers {
        let Some(found) = votes_needed_within(election, rules, project, &mut left)? else { break };
        needed.insert(project, found);
    }
    let mut costs: HashMap<&str, CostNeeded> = HashMap::new();
    for (_, project) in &losers {
        let Some(found) = cost_needed_within(election, rules, project, &mut for_costs)? else { break };
        costs.insert(project, found);
    }
    let one = |explanation: Explanation| {
        let cost_needed = costs.get(explanation.project.as_str()).copied();
        let votes_needed = needed.get(explanation.project.as_str()).copied();
        Explained { explanation, votes_needed, cost_needed }
    };
    Ok(explanations.into_iter().map(one).collect())
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

/// The rules of the vote and others, side by side; without the knapsack where its exact optimum cannot be found within
/// reason.
fn simulated(
    election: &Election,
    rules: &CountRules,
    outcome: &Outcome,
    left: &mut u64,
) -> Result<Vec<Compared>, CountError> {
    let mut counted = vec![(rules.clone(), outcome.clone())];
    for other in others(election.kind(), rules).into_iter().skip(1) {
        match count(election, &other) {
            Ok(outcome) => {
                *left = left.saturating_sub(work(election, &outcome));
                counted.push((other, outcome));
            }
            Err(CountError::TooHard(_)) => {}
            Err(e) => return Err(e),
        }
    }
    let counted: Vec<(&CountRules, &Outcome)> = counted.iter().map(|(r, o)| (r, o)).collect();
    Ok(side_by_side(election, &counted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Reach;
    use crate::vote::sealed::Entry;
    use serde_json::json;

    fn content(face: Face, rules: CountRules, costs: &[i64]) -> Content {
        let title = |n: usize| Localized::new(format!("Projet {n}"), "");
        let entry = |(n, cost): (usize, &i64)| Entry {
            code: (n + 1).to_string(),
            title: title(n + 1),
            cost: cost * 100,
            envelope: 5,
        };
        Content {
            envelopes: vec![Envelope { id: 5, name: title(0), amount: 100_000, everybody: true }],
            projects: costs.iter().enumerate().map(entry).collect(),
            ballot: BallotRules { face, reach: Reach::All, ..BallotRules::default() },
            count: rules,
            imported: None,
        }
    }

    fn counted_all(content: &Content, ballots: &[Value]) -> Results {
        let mut all = Tallied::default();
        ballots.iter().for_each(|b| all.add(b));
        results(content, None, &all).unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn every_face_is_counted_by_every_rule_that_takes_it() {
        for (face, ballot, own) in [
            (Face::Approve, json!({ "5": { "approve": ["1", "3"] } }), Satisfaction::Cost),
            (Face::Knapsack, json!({ "5": { "approve": ["2", "3"] } }), Satisfaction::Cardinality),
            (Face::Points, json!({ "5": { "points": { "1": "4", "2": "6" } } }), Satisfaction::Points),
            (Face::Rank, json!({ "5": { "rank": ["3", "1"] } }), Satisfaction::Ranks),
            (
                Face::PlusMinus,
                json!({ "5": { "marks": { "plus": ["1", "2"], "minus": ["3"] } } }),
                Satisfaction::Points,
            ),
        ] {
            for rule in Rule::ALL {
                let loads = matches!(rule, Rule::Phragmen | Rule::PhragmenSkip);
                if loads && face == Face::PlusMinus {
                    continue;
                }
                let rules = CountRules::new(*rule).satisfaction(if loads { Satisfaction::Cost } else { own });
                let blank = match &ballot["5"] {
                    Value::Object(map) if map.contains_key("marks") => {
                        json!({ "5": { "marks": { "plus": [], "minus": [] } } })
                    }
                    Value::Object(map) => {
                        let key = map.keys().next().cloned().unwrap_or_default();
                        let empty = if key == "points" { json!({}) } else { json!([]) };
                        json!({ "5": { key: empty } })
                    }
                    _ => Value::Null,
                };
                let found = counted_all(
                    &content(face, rules, &[400, 300, 200]),
                    &[ballot.clone(), ballot.clone(), blank],
                );
                let envelope = &found.envelopes[0];
                assert_eq!((envelope.ballots, envelope.blank), (3, 1), "{face:?} {rule}");
                let outcome = envelope.outcome.as_ref().unwrap();
                assert!(!outcome.selected.is_empty(), "{face:?} {rule}");
                // What is published is canonical JSON, and reads back.
                let value = serde_json::to_value(&found).unwrap();
                assert!(parvis_transparency::canonical::to_text(&value).is_ok(), "{face:?} {rule}: {value}");
                assert_eq!(serde_json::from_value::<Results>(value).unwrap(), found);
            }
        }
    }

    #[test]
    fn ties_go_by_the_order_of_the_ballot_or_by_a_lot_of_its_own_projects() {
        let ballots = [json!({ "5": { "approve": ["1", "2"] } })];
        let rules = |ties| CountRules::new(Rule::Greedy).ties(ties);
        let costs = [600, 600];
        let order = content(Face::Approve, rules(Ties::Order { ids: vec![] }), &costs);
        assert_eq!(counted_all(&order, &ballots).winners(), ["1"]);
        let drawn = |seed: &str| {
            let ties = Ties::Lot { ids: vec![], seed: seed.into() };
            let content = content(Face::Approve, rules(ties), &costs);
            counted_all(&content, &ballots).winners().concat()
        };
        assert_eq!(drawn("12 novembre"), drawn("12 novembre"));
        assert!(
            (0..20).any(|n| drawn(&n.to_string()) == "1") && (0..20).any(|n| drawn(&n.to_string()) == "2")
        );
    }

    #[test]
    fn a_ballot_of_another_vote_is_refused_by_name() {
        let content = content(Face::Approve, CountRules::new(Rule::Greedy), &[100]);
        for wrong in [
            json!({ "5": { "approve": ["9"] } }),
            json!({ "6": { "approve": [] } }),
            json!({ "5": { "rank": ["1"] } }),
            json!({ "5": { "approve": ["1", "1"] } }),
            json!({}),
        ] {
            let mut all = Tallied::default();
            all.add(&wrong);
            let refused = results(&content, None, &all).unwrap_err();
            assert!(refused.to_string().contains("budget-wrong"), "{refused}");
        }
    }
}
