//! What a vote is made of: its rules, its options, and what a ballot says.

use std::collections::BTreeMap;

use parvis_ballotbox::Rules as BoxRules;
use parvis_civic::process::Activity;
use parvis_core::Localized;
use parvis_tally::{KEMENY_LIMIT, Method, Rules as TallyRules, TieBreak};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The name of this component.
pub const NAME: &str = "vote";

/// The most options of a vote: a ballot must stay readable, and printable.
pub const MOST_OPTIONS: usize = 60;

/// The highest grade of majority judgement's scale, whose seven words stand in the texts.
pub const JUDGEMENT: u32 = 6;
/// The highest grade of STAR.
pub const STAR: u32 = 5;
/// The highest grade that a score may ask for.
pub const MOST_GRADE: u32 = 10;

/// The rules of a vote; what is not written takes its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Who votes and how.
    #[serde(rename = "box")]
    pub ballot_box: BoxRules,
    /// How ballots become winners.
    pub tally: TallyRules,
    /// Whether somebody has chosen the tie rule: a vote does not open before.
    pub ties_chosen: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self { ballot_box: BoxRules::default(), tally: TallyRules::new(Method::Approval), ties_chosen: false }
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

    /// The highest grade of the scale, for the methods that grade.
    pub fn max_grade(&self) -> u32 {
        match self.tally.method {
            Method::MajorityJudgement => JUDGEMENT,
            Method::Star => STAR,
            _ => self.tally.max_grade.unwrap_or(STAR).clamp(1, MOST_GRADE),
        }
    }
}

/// An option of a vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Identifier; ballots and published results name options by it.
    pub id: i64,
    /// Its name.
    pub title: Localized,
    /// What it is (Markdown).
    pub body: Localized,
    /// Where more is said; empty when nowhere.
    pub link: String,
    /// Whether it has a picture.
    pub has_picture: bool,
    /// What the picture shows, in words.
    pub picture_alt: Localized,
}

/// How a ballot is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// One option.
    One,
    /// Ranks by numbers.
    Rank,
    /// Any number of options, up to a limit.
    Approve,
    /// Plus and minus votes.
    PlusMinus,
    /// A grade for each option.
    Grade,
    /// Votes that cost their square.
    Points,
}

impl Face {
    /// How the ballots of a method are filled.
    pub const fn of(method: Method) -> Self {
        match method {
            Method::Plurality => Self::One,
            Method::Approval => Self::Approve,
            Method::D21 => Self::PlusMinus,
            Method::Score | Method::Star | Method::MajorityJudgement => Self::Grade,
            Method::Quadratic => Self::Points,
            _ => Self::Rank,
        }
    }

    /// The key of how to fill it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::One => "vote-fill-one",
            Self::Rank => "vote-fill-rank",
            Self::Approve => "vote-fill-approve",
            Self::PlusMinus => "vote-fill-plus-minus",
            Self::Grade => "vote-fill-grade",
            Self::Points => "vote-fill-points",
        }
    }
}

/// A ballot: options by their identifiers. Empty is blank. Its JSON is what the box keeps and publishes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ballot {
    /// Ranks, the preferred first, equal options together.
    Ranking(Vec<Vec<i64>>),
    /// Options approved.
    Approve(Vec<i64>),
    /// Plus and minus votes.
    Marks {
        /// For.
        plus: Vec<i64>,
        /// Against.
        minus: Vec<i64>,
    },
    /// Grades by option.
    Grades(BTreeMap<i64, u32>),
    /// Votes by option; none is zero.
    Points(BTreeMap<i64, i64>),
}

impl Ballot {
    /// As JSON.
    pub fn to_value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Reads [`Ballot::to_value`].
    pub fn of_value(value: &Value) -> Option<Self> {
        serde_json::from_value(value.clone()).ok()
    }
}

/// The plus votes proposed for a D21 ballot: more than the options that win (one more, two from eight options on, three
/// from sixteen), never one for each option, never none. The editor may choose otherwise.
pub fn plus_votes(options: usize, seats: usize) -> u32 {
    let more = match options {
        0..=7 => 1,
        8..=15 => 2,
        _ => 3,
    };
    // Options that are not written yet set no bound.
    let bound = if options < 2 { usize::MAX } else { options - 1 };
    u32::try_from((seats + more).min(bound)).unwrap_or(u32::MAX)
}

/// The minus votes proposed beside so many plus votes: one, where the two plus votes that it asks can be given.
pub const fn minus_votes(plus: u32) -> u32 {
    if plus >= 2 { 1 } else { 0 }
}

/// What is sealed besides the rules of the box: the options, in order, and the rules of counting.
pub fn content(rules: &Rules, options: &[Choice]) -> Value {
    let options: Vec<Value> =
        options.iter().map(|o| json!({ "id": o.id, "title": o.title, "link": o.link })).collect();
    json!({ "options": options, "tally": rules.tally })
}

/// Why a vote cannot open with these rules and options: keys of messages.
pub fn missing(rules: &Rules, options: usize) -> Vec<&'static str> {
    let mut found = vec![];
    if options < 2 {
        found.push("vote-missing-options");
    }
    if !rules.ties_chosen {
        found.push("vote-missing-ties");
    }
    if options >= 2 && rules.tally.seats >= options {
        found.push("vote-missing-seats");
    }
    // A plus for each option chooses nothing.
    let plus = rules.tally.plus.and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
    if rules.tally.method == Method::D21 && options >= 2 && plus >= options {
        found.push("vote-missing-plus");
    }
    // A result that cannot be given is not promised.
    if rules.tally.method == Method::Kemeny && options > KEMENY_LIMIT {
        found.push("vote-missing-kemeny");
    }
    if let TieBreak::Lot { seed } = &rules.tally.ties
        && seed.trim().is_empty()
    {
        found.push("vote-missing-seed");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_read_back_and_old_ones_take_defaults() {
        let tally = TallyRules::new(Method::MajorityJudgement).ties(TieBreak::Options);
        let rules = Rules { tally, ties_chosen: true, ..Rules::default() };
        let back: Rules = serde_json::from_str(&rules.to_json()).unwrap();
        assert_eq!(back, rules);
        assert_eq!(serde_json::from_str::<Rules>("{}").unwrap(), Rules::default());
        assert_eq!(back.max_grade(), 6);
    }

    #[test]
    fn ballots_read_back() {
        let all = [
            Ballot::Ranking(vec![vec![3], vec![1, 2]]),
            Ballot::Approve(vec![]),
            Ballot::Marks { plus: vec![1], minus: vec![] },
            Ballot::Grades(BTreeMap::from([(1, 6), (2, 0)])),
            Ballot::Points(BTreeMap::from([(1, -2)])),
        ];
        for ballot in all {
            assert_eq!(Ballot::of_value(&ballot.to_value()), Some(ballot));
        }
        assert_eq!(Ballot::of_value(&json!({ "other": 1 })), None);
    }

    #[test]
    fn a_vote_needs_two_options_and_a_tie_rule() {
        let rules = Rules::default();
        assert_eq!(missing(&rules, 1), ["vote-missing-options", "vote-missing-ties"]);
        let mut ready = Rules { ties_chosen: true, ..rules };
        assert!(missing(&ready, 2).is_empty());
        ready.tally.seats = 2;
        assert_eq!(missing(&ready, 2), ["vote-missing-seats"]);
        ready.tally.seats = 1;
        ready.tally.ties = TieBreak::Lot { seed: " ".into() };
        assert_eq!(missing(&ready, 2), ["vote-missing-seed"]);
        ready.tally = TallyRules::new(Method::Kemeny);
        assert_eq!(missing(&ready, 21), ["vote-missing-kemeny"]);
    }

    #[test]
    fn plus_votes_are_more_than_winners_and_fewer_than_options() {
        assert_eq!([2, 3, 7, 8, 16, 20].map(|options| plus_votes(options, 1)), [1, 2, 2, 3, 4, 4]);
        assert_eq!([4, 5, 8, 20].map(|options| plus_votes(options, 3)), [3, 4, 5, 6]);
        assert_eq!(plus_votes(0, 2), 3);
        assert_eq!([0, 1, 2, 9].map(minus_votes), [0, 0, 1, 1]);
    }
}
