//! What a ballot says, and what it may say. The form, the count and the verifier ask the same function.

use std::collections::BTreeMap;

use parvis_budgeting::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::money;
use super::sealed::{Content, Envelope};
use crate::model::{Face, Reach};

/// What somebody wants in one envelope. Projects are named by their codes, in the order of the ballot unless said
/// otherwise. Empty is blank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choices {
    /// Projects approved, or put in the envelope.
    Approve(Vec<String>),
    /// Points by project, none of them 0.
    Points(BTreeMap<String, Decimal>),
    /// Projects from the most wanted down.
    Rank(Vec<String>),
    /// Plus and minus votes.
    Marks {
        /// For.
        plus: Vec<String>,
        /// Against.
        minus: Vec<String>,
    },
}

impl Choices {
    /// A blank one of this face.
    pub fn blank(face: Face) -> Self {
        match face {
            Face::Approve | Face::Knapsack => Self::Approve(vec![]),
            Face::Points => Self::Points(BTreeMap::new()),
            Face::Rank => Self::Rank(vec![]),
            Face::PlusMinus => Self::Marks { plus: vec![], minus: vec![] },
        }
    }

    /// Every project that it names.
    pub fn codes(&self) -> Vec<&str> {
        match self {
            Self::Approve(codes) | Self::Rank(codes) => codes.iter().map(String::as_str).collect(),
            Self::Points(points) => points.keys().map(String::as_str).collect(),
            Self::Marks { plus, minus } => plus.iter().chain(minus).map(String::as_str).collect(),
        }
    }

    /// Whether it names none.
    pub fn is_blank(&self) -> bool {
        self.codes().is_empty()
    }

    fn fits(&self, face: Face) -> bool {
        matches!(
            (self, face),
            (Self::Approve(_), Face::Approve | Face::Knapsack)
                | (Self::Points(_), Face::Points)
                | (Self::Rank(_), Face::Rank)
                | (Self::Marks { .. }, Face::PlusMinus)
        )
    }
}

/// A ballot: what somebody wants in each envelope in which they vote, by the envelope's number as a text. An envelope
/// that is there and blank is a blank ballot of that envelope; one that is not there was not voted in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ballot(pub BTreeMap<String, Choices>);

impl Ballot {
    /// As JSON: what the box keeps and publishes.
    pub fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Reads [`Ballot::to_value`].
    pub fn of_value(value: &Value) -> Option<Self> {
        serde_json::from_value(value.clone()).ok()
    }

    /// What it wants in an envelope.
    pub fn of(&self, envelope: i64) -> Option<&Choices> {
        self.0.get(&envelope.to_string())
    }

    /// Whether it wants nothing anywhere.
    pub fn is_blank(&self) -> bool {
        self.0.values().all(Choices::is_blank)
    }
}

/// Something that the rules do not allow: a message, with its arguments, about an envelope or the whole ballot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The envelope; none: the whole ballot.
    pub envelope: Option<i64>,
    /// Key of the message.
    pub key: &'static str,
    /// Its arguments. `number` is the envelope's place on the ballot, 0 when there is one only.
    pub args: Vec<(&'static str, String)>,
}

/// Everything that the rules do not allow in a ballot.
pub fn mistakes(content: &Content, ballot: &Ballot) -> Vec<Mistake> {
    let mut found = vec![];
    let mut districts = 0;
    for (name, choices) in &ballot.0 {
        let Some(envelope) = content.envelopes.iter().find(|e| e.id.to_string() == *name) else {
            found.push(Mistake { envelope: None, key: "budget-wrong-project", args: vec![] });
            continue;
        };
        if !content.is_for_all(envelope) {
            districts += 1;
        }
        found.extend(in_envelope(content, envelope, choices));
    }
    if content.ballot.reach == Reach::One && districts > 1 {
        found.push(Mistake { envelope: None, key: "budget-wrong-districts", args: vec![] });
    }
    if content.envelopes.iter().any(|e| content.is_for_all(e) && ballot.of(e.id).is_none()) {
        found.push(Mistake { envelope: None, key: "budget-wrong-missing", args: vec![] });
    }
    found
}

fn in_envelope(content: &Content, envelope: &Envelope, choices: &Choices) -> Vec<Mistake> {
    let rules = &content.ballot;
    let mut found = vec![];
    let number = content.number(envelope.id).to_string();
    let mut wrong = |key: &'static str, mut args: Vec<(&'static str, String)>| {
        args.push(("number", number.clone()));
        found.push(Mistake { envelope: Some(envelope.id), key, args });
    };
    let codes = choices.codes();
    let here = |code: &str| content.project(code).filter(|p| p.envelope == envelope.id);
    let mut seen = codes.clone();
    seen.sort_unstable();
    seen.dedup();
    if !choices.fits(rules.face) || seen.len() != codes.len() || codes.iter().any(|c| here(c).is_none()) {
        wrong("budget-wrong-choice", vec![]);
        return found;
    }
    let counted = match choices {
        Choices::Marks { plus, .. } => plus.len(),
        _ => codes.len(),
    };
    let over = |n: usize, most: u32| u32::try_from(n).map_or(true, |n| n > most);
    if let Some(most) = rules.most.filter(|most| over(counted, *most)) {
        let key = if rules.face == Face::PlusMinus { "budget-wrong-plus-most" } else { "budget-wrong-most" };
        wrong(key, vec![("most", most.to_string()), ("count", counted.to_string())]);
    }
    if !codes.is_empty() && !over(counted, rules.least.saturating_sub(1)) && rules.least > 0 {
        let args = vec![("least", rules.least.to_string()), ("count", counted.to_string())];
        wrong("budget-wrong-least", args);
    }
    match choices {
        Choices::Approve(_) if rules.face == Face::Knapsack => {
            let cost = codes.iter().filter_map(|c| here(c)).map(|p| i128::from(p.cost)).sum::<i128>();
            let cost = i64::try_from(cost).unwrap_or(i64::MAX);
            if cost > envelope.amount {
                let args = vec![
                    ("cost", money::decimal(cost)),
                    ("amount", money::decimal(envelope.amount)),
                    ("over", money::decimal(cost - envelope.amount)),
                ];
                wrong("budget-wrong-cost", args);
            }
            let least = rules.least_cost(envelope.amount);
            if !codes.is_empty() && cost < least {
                let args = vec![
                    ("cost", money::decimal(cost)),
                    ("least", money::decimal(least)),
                    ("short", money::decimal(least - cost)),
                ];
                wrong("budget-wrong-short", args);
            }
        }
        Choices::Points(points) => {
            let whole = |d: &Decimal| d.scaled(0).filter(|n| *n > 0);
            if points.values().any(|d| whole(d).is_none()) {
                wrong("budget-wrong-choice", vec![]);
            } else {
                let sum = points.values().filter_map(whole).fold(0_i64, i64::saturating_add);
                if sum > i64::from(rules.points) {
                    let args = vec![("points", rules.points.to_string()), ("sum", sum.to_string())];
                    wrong("budget-wrong-points-most", args);
                }
            }
        }
        Choices::Marks { plus, minus } => {
            if over(minus.len(), rules.minus) {
                let args = vec![("most", rules.minus.to_string()), ("count", minus.len().to_string())];
                wrong("budget-wrong-minus-most", args);
            }
            if plus.len() < minus.len().saturating_mul(2) {
                wrong("budget-wrong-minus-first", vec![]);
            }
        }
        _ => {}
    }
    found
}
