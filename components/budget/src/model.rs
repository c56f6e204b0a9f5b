//! What a participatory budget is made of: its rules, its envelopes, its projects.

use parvis_ballotbox::Rules as BoxRules;
use parvis_budgeting::{Completion, Rule, Rules as CountRules};
use parvis_civic::process::Activity;
use parvis_core::Localized;
use serde::{Deserialize, Serialize};

/// The name of this component.
pub const NAME: &str = "budget";

/// The kind of contribution that an idea is.
pub const IDEA: &str = "idea";

/// How a ballot is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Face {
    /// Any number of projects, up to a limit.
    #[default]
    Approve,
    /// Any number of projects, as long as their cost fits in the envelope.
    Knapsack,
    /// Points shared among projects.
    Points,
    /// Projects by preference.
    Rank,
    /// Plus and minus votes (D21).
    PlusMinus,
}

/// Where a person may vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// In every envelope.
    #[default]
    All,
    /// In one district of their choice, and in the envelopes that are everybody's.
    One,
}

/// What a ballot may hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BallotRules {
    /// How it is filled.
    pub face: Face,
    /// Where a person may vote.
    pub reach: Reach,
    /// The fewest projects in each envelope in which somebody votes; a blank ballot is always possible.
    pub least: u32,
    /// The most projects in each envelope (plus votes, for D21); none: no limit.
    pub most: Option<u32>,
    /// Knapsack: the least part of each envelope that a ballot fills, in hundredths; 0: none. Rules sealed before there was one
    /// say nothing of it.
    #[serde(skip_serializing_if = "is_zero")]
    pub least_share: u32,
    /// The points to share in each envelope.
    pub points: u32,
    /// The most minus votes in each envelope (D21).
    pub minus: u32,
}

impl BallotRules {
    /// The least, in cents, that the projects of a ballot that is not blank cost in an envelope of this amount.
    pub fn least_cost(&self, amount: i64) -> i64 {
        if self.face != Face::Knapsack {
            return 0;
        }
        let hundredths = i128::from(amount).saturating_mul(self.least_share.into());
        i64::try_from(hundredths.saturating_add(99) / 100).unwrap_or(i64::MAX)
    }
}

impl Default for BallotRules {
    fn default() -> Self {
        Self {
            face: Face::default(),
            reach: Reach::default(),
            least: 0,
            most: None,
            least_share: 0,
            points: 10,
            minus: 1,
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// What an idea must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IdeaRules {
    /// The phase of the process in which ideas are deposited (the activity's own phase is the vote's).
    pub phase: Option<i64>,
    /// The phase in which services study them; for information.
    pub study_phase: Option<i64>,
    /// The most ideas of one person; none: no limit.
    pub most: Option<u32>,
    /// Hours during which its author may correct an idea.
    pub edit_hours: i64,
    /// Whether a place is asked for.
    pub place: bool,
    /// The most that a project may cost, in cents; none: its envelope.
    pub ceiling: Option<i64>,
    /// Whether people may support an idea while ideas are deposited.
    pub supports: bool,
}

impl Default for IdeaRules {
    fn default() -> Self {
        Self {
            phase: None,
            study_phase: None,
            most: None,
            edit_hours: 24,
            place: true,
            ceiling: None,
            supports: true,
        }
    }
}

/// The rules of a budget; what is not written takes its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Who votes and how.
    #[serde(rename = "box")]
    pub ballot_box: BoxRules,
    /// What a ballot may hold.
    pub ballot: BallotRules,
    /// How ballots become winners.
    pub count: CountRules,
    /// Whether somebody has chosen the tie rule: the vote does not open before.
    pub ties_chosen: bool,
    /// What an idea must be.
    pub ideas: IdeaRules,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            ballot_box: BoxRules::default(),
            ballot: BallotRules::default(),
            count: CountRules::new(Rule::EqualShares).completion(Completion::Add1u),
            ties_chosen: false,
            ideas: IdeaRules::default(),
        }
    }
}

impl Rules {
    /// The rules of an activity; the defaults when they cannot be read.
    pub fn of(activity: &Activity) -> Self {
        serde_json::from_str(&activity.rules).unwrap_or_default()
    }

    /// The JSON kept in the activity.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// An envelope: the whole town's, or a district's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct District {
    /// Identifier.
    pub id: i64,
    /// Its name.
    pub name: Localized,
    /// What it is (Markdown).
    pub body: Localized,
    /// Its money, in cents.
    pub amount: i64,
    /// GeoJSON geometry of its outline.
    pub outline: Option<String>,
    /// Whether everybody votes here, besides the district of their choice.
    pub everybody: bool,
}

/// A project put to the vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// Identifier.
    pub id: i64,
    /// What names it in ballots, results and Pabulib files.
    pub code: String,
    /// Its envelope.
    pub district_id: i64,
    /// Its category.
    pub category_id: Option<i64>,
    /// Its name.
    pub title: Localized,
    /// What it is (Markdown).
    pub body: Localized,
    /// Its cost, in cents.
    pub cost: i64,
    /// Where it is, in words.
    pub address: String,
    /// Latitude and longitude, millionths of a degree.
    pub point: Option<(i64, i64)>,
    /// Whether it has a picture.
    pub has_picture: bool,
    /// What the picture shows, in words.
    pub picture_alt: Localized,
    /// `studies`, `works`, `delivered`, `abandoned`; empty until it has won.
    pub progress: String,
    /// The promised day of delivery (ISO).
    pub promised_on: Option<String>,
    /// The day of delivery (ISO).
    pub delivered_on: Option<String>,
    /// Money spent so far, in cents.
    pub spent: i64,
}
