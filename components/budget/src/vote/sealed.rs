//! What is sealed with the first vote besides the rules of the box: envelopes, projects, ballots, counting.

use parvis_budgeting::{BallotKind, Limits, Rules as CountRules};
use parvis_core::Localized;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::model::{BallotRules, District, Face, Project, Reach, Rules};

/// An envelope as it was sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: Localized,
    /// Its money, in cents.
    pub amount: i64,
    /// Whether everybody votes here, besides the district of their choice.
    pub everybody: bool,
}

/// A project as it was sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What names it on ballots.
    pub code: String,
    /// Its name.
    pub title: Localized,
    /// Its cost, in cents.
    pub cost: i64,
    /// Its envelope.
    pub envelope: i64,
}

/// Where a budget that was held elsewhere comes from, and how its ballots are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// The name of the file.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The kind of its ballots.
    pub kind: BallotKind,
    /// What they may hold, as the file says; ballots beyond were counted as they were cast.
    pub limits: Limits,
    /// How many ballots go beyond what the file allows, and are counted all the same.
    pub beyond: u64,
    /// How many could not be read, and are not counted.
    pub unread: u64,
    /// The winners that the file gives, sorted; none when it gives none.
    pub official: Option<Vec<String>>,
    /// What its heading says, without what is counted again.
    pub heading: Vec<(String, String)>,
}

/// Everything that decides a result besides the ballots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The envelopes, in order.
    pub envelopes: Vec<Envelope>,
    /// The projects, in the order of the ballot: by envelope, then as they were made.
    pub projects: Vec<Entry>,
    /// What a ballot may hold.
    pub ballot: BallotRules,
    /// How ballots become winners.
    pub count: CountRules,
    /// For a budget that was held elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<Imported>,
}

/// What the first vote would seal, as JSON.
pub fn content(rules: &Rules, districts: &[District], projects: &[Project]) -> Value {
    Content::of(rules, districts, projects).to_value()
}

impl Content {
    /// From the rows of an activity. An envelope without a project is not voted on.
    pub fn of(rules: &Rules, districts: &[District], projects: &[Project]) -> Self {
        let mut content = Self {
            envelopes: vec![],
            projects: vec![],
            ballot: rules.ballot.clone(),
            count: rules.count.clone(),
            imported: None,
        };
        for district in districts {
            let here = projects.iter().filter(|p| p.district_id == district.id);
            let entries: Vec<Entry> = here
                .map(|p| Entry {
                    code: p.code.clone(),
                    title: p.title.clone(),
                    cost: p.cost,
                    envelope: district.id,
                })
                .collect();
            if entries.is_empty() {
                continue;
            }
            content.projects.extend(entries);
            content.envelopes.push(Envelope {
                id: district.id,
                name: district.name.clone(),
                amount: district.amount,
                everybody: district.everybody,
            });
        }
        content
    }

    /// As JSON.
    pub fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// The projects of an envelope, in order.
    pub fn of_envelope(&self, envelope: i64) -> impl Iterator<Item = &Entry> {
        self.projects.iter().filter(move |p| p.envelope == envelope)
    }

    /// The project of this code.
    pub fn project(&self, code: &str) -> Option<&Entry> {
        self.projects.iter().find(|p| p.code == code)
    }

    /// The place of an envelope, from 1; 0 when there is only one, which needs no number.
    pub fn number(&self, envelope: i64) -> usize {
        if self.envelopes.len() == 1 {
            return 0;
        }
        self.envelopes.iter().position(|e| e.id == envelope).map_or(0, |place| place + 1)
    }

    /// The envelopes among which a person chooses one.
    pub fn districts(&self) -> impl Iterator<Item = &Envelope> {
        let one = self.ballot.reach == Reach::One;
        self.envelopes.iter().filter(move |e| one && !e.everybody)
    }

    /// Whether each ballot takes part in this envelope, whatever its district.
    pub fn is_for_all(&self, envelope: &Envelope) -> bool {
        self.ballot.reach == Reach::All || envelope.everybody
    }

    /// The kind of ballots that the count reads: Pabulib's.
    pub fn kind(&self) -> BallotKind {
        match &self.imported {
            Some(imported) => imported.kind,
            None => kind_of(self.ballot.face),
        }
    }
}

/// The kind of ballot that a face gives. D21's plus and minus votes are one point for and one point against.
pub fn kind_of(face: Face) -> BallotKind {
    match face {
        Face::Approve | Face::Knapsack => BallotKind::Approval,
        Face::Points => BallotKind::Cumulative,
        Face::Rank => BallotKind::Ordinal,
        Face::PlusMinus => BallotKind::Scoring,
    }
}
