//! What a panel is made of: its rules, its categories and quotas, and the arithmetic of both.

use parvis_civic::process::Activity;
use parvis_core::{Localized, Millis};
use parvis_sortition::Method;
use serde::{Deserialize, Serialize};

/// The name of this component.
pub const NAME: &str = "panel";

/// The most seats of a panel.
pub const MOST_SEATS: u32 = 500;
/// The most categories: each one is a question to every volunteer.
pub const MOST_CATEGORIES: usize = 12;
/// The most values of a category (the communes of a large territory).
pub const MOST_VALUES: usize = 150;

/// How long a lottery may be computed, in seconds: at least, and at most (less than a job may last).
pub const SECONDS: (u32, u32) = (10, 200);
/// The most days to answer.
pub const MOST_DAYS: u32 = 60;

/// One answer of a category, and its quota.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Value {
    /// What names it in the published files.
    pub code: String,
    /// Its name in English when it is another; the code is its name otherwise.
    pub english: String,
    /// People of the population who have it; 0: not known.
    pub population: u64,
    /// The fewest seats.
    pub min: u32,
    /// The most seats.
    pub max: u32,
}

impl Value {
    /// Its name in both languages.
    pub fn title(&self) -> Localized {
        let english = if self.english.is_empty() { &self.code } else { &self.english };
        Localized::new(&self.code, english)
    }
}

/// What volunteers are told apart by: age, sex, territory …
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Category {
    /// What names it in the published files; it never changes.
    pub code: String,
    /// Its name.
    pub title: Localized,
    /// The question put to volunteers; its name when empty.
    pub question: Localized,
    /// Its values, in order.
    pub values: Vec<Value>,
}

impl Category {
    /// The value of this code.
    pub fn value(&self, code: &str) -> Option<&Value> {
        self.values.iter().find(|v| v.code == code)
    }

    /// The whole population over its values; 0: not known.
    pub fn population(&self) -> u64 {
        self.values.iter().map(|v| v.population).fold(0, u64::saturating_add)
    }

    /// The quotas that its margins propose: seats × share, rounded down and up. None while the population is not known.
    pub fn proposed(&self, seats: u32) -> Option<Vec<(u32, u32)>> {
        let total = u128::from(self.population());
        if total == 0 {
            return None;
        }
        let quota = |value: &Value| {
            let product = u128::from(seats) * u128::from(value.population);
            let (low, high) = (product / total, product.div_ceil(total));
            // Both are at most `seats`.
            (u32::try_from(low).unwrap_or(seats), u32::try_from(high).unwrap_or(seats))
        };
        Some(self.values.iter().map(quota).collect())
    }
}

/// Where the seed of a draw comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SeedFrom {
    /// A public source named in words: dice rolled in the room, the numbers of a lottery.
    #[default]
    Room,
    /// The first round of drand at the time of the draw or after it.
    Drand,
}

impl SeedFrom {
    /// Both, as they are offered.
    pub const ALL: [Self; 2] = [Self::Room, Self::Drand];

    /// Its word in the rules and in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Drand => "drand",
        }
    }
}

/// The rules of a panel; what is not written takes its default.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// How many people the panel has; 0: not chosen.
    pub seats: u32,
    /// What a fair draw means.
    pub method: Method,
    /// What volunteers are told apart by.
    pub categories: Vec<Category>,
    /// Whether a panel takes one member of a household at most.
    pub households: bool,
    /// Whether people may volunteer without a letter.
    pub open_call: bool,
    /// Whether the seed of the draw is said in the room or is a round of drand.
    pub seed_from: SeedFrom,
    /// Where the seed of the draw will come from: a public source, named before. Empty for a round of drand.
    pub seed_source: Localized,
    /// When the draw takes place.
    pub draw_at: Option<Millis>,
    /// How many days those who are drawn have to answer; 0: a week.
    pub answer_days: u32,
    /// How long the lottery may be computed, in seconds; 0: as long as a job may last.
    pub limit: u32,
    /// When what names people is erased.
    pub keep_until: Option<Millis>,
    /// What a member receives for a session, in cents.
    pub allowance: i64,
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

    /// How many days those who are drawn have to answer.
    pub fn days(&self) -> u32 {
        if self.answer_days == 0 { 7 } else { self.answer_days }
    }

    /// How long the lottery may be computed, in seconds.
    pub fn seconds(&self) -> u32 {
        if self.limit == 0 { SECONDS.1 } else { self.limit.clamp(SECONDS.0, SECONDS.1) }
    }

    /// The category of this code.
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.categories.iter().find(|c| c.code == code)
    }

    /// Whether what names people may still be read at `now`.
    pub fn keeps(&self, now: Millis) -> bool {
        self.keep_until.is_none_or(|until| now < until)
    }

    /// What contradicts the seats or itself in the quotas, before any pool is known.
    pub fn clashes(&self) -> Vec<Clash> {
        let mut found = vec![];
        for c in &self.categories {
            let category = c.code.clone();
            if c.values.len() < 2 {
                found.push(Clash::FewValues { category });
                continue;
            }
            for v in c.values.iter().filter(|v| v.min > v.max) {
                let (category, value) = (category.clone(), v.code.clone());
                found.push(Clash::MinAboveMax { category, value, min: v.min, max: v.max });
            }
            let sum = |of: fn(&Value) -> u32| c.values.iter().map(of).fold(0_u32, u32::saturating_add);
            let (min, max) = (sum(|v| v.min), sum(|v| v.max));
            if min > self.seats {
                found.push(Clash::MinSum { category, sum: min, seats: self.seats });
            } else if max < self.seats {
                found.push(Clash::MaxSum { category, sum: max, seats: self.seats });
            }
        }
        found
    }

    /// Why a panel cannot open with these rules: keys of messages.
    pub fn missing(&self) -> Vec<&'static str> {
        let mut found = vec![];
        if self.seats == 0 {
            found.push("panel-missing-seats");
        }
        if self.categories.is_empty() {
            found.push("panel-missing-categories");
        } else if !self.clashes().is_empty() {
            found.push("panel-missing-quotas");
        }
        match self.seed_from {
            SeedFrom::Room if self.seed_source.is_empty() => found.push("panel-missing-source"),
            SeedFrom::Drand if self.draw_at.is_none() => found.push("panel-missing-draw"),
            SeedFrom::Room | SeedFrom::Drand => {}
        }
        if self.keep_until.is_none() {
            found.push("panel-missing-keep");
        }
        found
    }
}

/// What is wrong with quotas by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clash {
    /// A category with fewer than two values tells nobody apart.
    FewValues {
        /// The category.
        category: String,
    },
    /// A minimum above its maximum.
    MinAboveMax {
        /// The category.
        category: String,
        /// The value.
        value: String,
        /// Its minimum.
        min: u32,
        /// Its maximum.
        max: u32,
    },
    /// The minimums of a category take more than the seats.
    MinSum {
        /// The category.
        category: String,
        /// The sum of its minimums.
        sum: u32,
        /// The seats.
        seats: u32,
    },
    /// The maximums of a category leave seats empty.
    MaxSum {
        /// The category.
        category: String,
        /// The sum of its maximums.
        sum: u32,
        /// The seats.
        seats: u32,
    },
}

/// Where a volunteer stands after a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Seat {
    /// Not drawn.
    #[default]
    None,
    /// Drawn, has not answered.
    Drawn,
    /// Sits on the panel.
    Accepted,
    /// Was drawn and declined.
    Declined,
    /// Accepted, then left; or withdrew after the pool was published.
    Gone,
}

impl Seat {
    /// Its word in the database and in the open data.
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Drawn => "drawn",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Gone => "gone",
        }
    }

    /// Reads [`Seat::code`].
    pub fn parse(code: &str) -> Self {
        match code {
            "drawn" => Self::Drawn,
            "accepted" => Self::Accepted,
            "declined" => Self::Declined,
            "gone" => Self::Gone,
            _ => Self::None,
        }
    }

    /// Whether this person is on the panel, as far as is known.
    pub const fn is_member(self) -> bool {
        matches!(self, Self::Drawn | Self::Accepted)
    }

    /// Whether this person may go from here to there: someone drawn accepts or declines; a member leaves; a mistake of
    /// the secretary's is taken back while nobody was replaced.
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Drawn, Self::Accepted | Self::Declined)
                | (Self::Accepted, Self::Gone | Self::Drawn)
                | (Self::Declined | Self::Gone, Self::Drawn)
                | (Self::None, Self::Gone)
        )
    }

    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::None => "panel-seat-none",
            Self::Drawn => "panel-seat-drawn",
            Self::Accepted => "panel-seat-accepted",
            Self::Declined => "panel-seat-declined",
            Self::Gone => "panel-seat-gone",
        }
    }
}

/// Where a draw stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Its pool and rules are published; the lottery is being computed.
    Announced,
    /// The lottery could not be computed.
    Failed,
    /// The lottery is published; the seed is awaited.
    Ready,
    /// Done.
    Drawn,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(code: &str, population: u64, min: u32, max: u32) -> Value {
        Value { code: code.into(), population, min, max, ..Value::default() }
    }

    fn rules(seats: u32, values: Vec<Value>) -> Rules {
        let category = Category { code: "âge".into(), values, ..Category::default() };
        Rules { seats, categories: vec![category], ..Rules::default() }
    }

    #[test]
    fn quotas_proposed_from_margins_can_always_be_met_by_numbers() {
        // 10 seats for 1/3, 1/3, 1/3: 3 to 4 each; an exact share leaves no room.
        let thirds = rules(10, vec![value("a", 5, 0, 0), value("b", 5, 0, 0), value("c", 5, 0, 0)]);
        assert_eq!(thirds.categories[0].proposed(10), Some(vec![(3, 4); 3]));
        assert_eq!(thirds.categories[0].proposed(9), Some(vec![(3, 3); 3]));
        for seats in 1..60 {
            for (a, b, c) in [(1, 1, 1), (7, 2, 1), (0, 1, 1_000_000), (u64::MAX / 4, 3, 9)] {
                let mut r = rules(seats, vec![value("a", a, 0, 0), value("b", b, 0, 0), value("c", c, 0, 0)]);
                let proposed = r.categories[0].proposed(seats).unwrap();
                for (v, (min, max)) in r.categories[0].values.iter_mut().zip(proposed) {
                    (v.min, v.max) = (min, max);
                }
                assert_eq!(r.clashes(), [], "{seats} {a} {b} {c}");
            }
        }
        assert_eq!(rules(5, vec![value("a", 0, 0, 0)]).categories[0].proposed(5), None);
    }

    #[test]
    fn clashes_name_the_category_and_the_numbers() {
        let clash = |min: [u32; 2], max: [u32; 2]| {
            rules(10, vec![value("a", 1, min[0], max[0]), value("b", 1, min[1], max[1])]).clashes()
        };
        assert_eq!(clash([4, 4], [6, 6]), []);
        let category = || "âge".to_owned();
        assert_eq!(clash([6, 5], [6, 6]), [Clash::MinSum { category: category(), sum: 11, seats: 10 }]);
        assert_eq!(clash([0, 0], [4, 5]), [Clash::MaxSum { category: category(), sum: 9, seats: 10 }]);
        let above = Clash::MinAboveMax { category: category(), value: "a".into(), min: 5, max: 4 };
        assert_eq!(clash([5, 0], [4, 9]), [above]);
        assert_eq!(rules(3, vec![]).clashes(), [Clash::FewValues { category: category() }]);
    }

    #[test]
    fn nobody_leaves_a_seat_by_a_way_that_does_not_exist() {
        use Seat::{Accepted, Declined, Drawn, Gone, None};
        let all = [None, Drawn, Accepted, Declined, Gone];
        let ways: Vec<_> = all
            .iter()
            .flat_map(|a| all.iter().filter(|b| a.may_become(**b)).map(move |b| (*a, *b)))
            .collect();
        assert_eq!(
            ways,
            [
                (None, Gone),
                (Drawn, Accepted),
                (Drawn, Declined),
                (Accepted, Drawn),
                (Accepted, Gone),
                (Declined, Drawn),
                (Gone, Drawn)
            ]
        );
        assert!(all.iter().all(|s| Seat::parse(s.code()) == *s));
    }

    #[test]
    fn rules_read_back_and_old_ones_take_defaults() {
        let full = Rules { keep_until: Some(5), ..rules(7, vec![value("a", 3, 1, 2)]) };
        assert_eq!(serde_json::from_str::<Rules>(&full.to_json()).unwrap(), full);
        assert_eq!(serde_json::from_str::<Rules>("{}").unwrap(), Rules::default());
        assert!(full.keeps(4) && !full.keeps(5));
        let limits = [0, 3, 30, 900].map(|limit| Rules { limit, ..Rules::default() }.seconds());
        assert_eq!(limits, [200, 10, 30, 200]);
        assert_eq!([0, 12].map(|answer_days| Rules { answer_days, ..Rules::default() }.days()), [7, 12]);
        let missing = Rules::default().missing();
        assert_eq!(missing.len(), 4, "{missing:?}");
        let drand = Rules { seed_from: SeedFrom::Drand, ..full };
        assert!(drand.to_json().contains(r#""seed_from":"drand""#));
        assert!(drand.missing().contains(&"panel-missing-draw"));
        assert!(!Rules { draw_at: Some(7), ..drand }.missing().contains(&"panel-missing-source"));
    }
}
