//! The rules of a formal vote that do not depend on what is voted on.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Who may vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum RollKind {
    /// The people of an imported list, and nobody else.
    List,
    /// Everybody whose account is verified to the level of the rules, and the people whom the desk writes down.
    #[default]
    Accounts,
}

/// How well an account is known. The only level that this version can give is an address that was proved to be
/// read by the person; results say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// An e-mail address, confirmed by a link.
    #[default]
    Email,
}

/// What results say of who voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Identity {
    /// An e-mail address was all that was asked of an account: nobody knows who stands behind it.
    NotVerified,
    /// The people of a list, whom somebody established.
    Listed,
}

/// What happens when a person who voted online comes to vote on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// The first vote counts; the roll is signed once and the second vote is refused.
    #[default]
    First,
    /// Paper replaces the vote cast online, which the person withdraws by giving their receipt. Without it nobody
    /// can find their ballot: the vote cast online stands.
    Paper,
}

/// A channel through which people vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// On the site, from an account.
    Web,
    /// At the desk, on a screen, with a one-time code.
    Desk,
    /// On a printed ballot.
    Paper,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 3] = [Self::Web, Self::Desk, Self::Paper];

    /// The name kept in the database and in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Desk => "desk",
            Self::Paper => "paper",
        }
    }

    /// Reads `code()`.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code() == code)
    }

    /// The key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Web => "ballotbox-channel-web",
            Self::Desk => "ballotbox-channel-desk",
            Self::Paper => "ballotbox-channel-paper",
        }
    }

    /// Why somebody who signed through this channel cannot vote again: the key of the message.
    pub const fn already(self) -> &'static str {
        match self {
            Self::Web => "ballotbox-already-web",
            Self::Desk => "ballotbox-already-desk",
            Self::Paper => "ballotbox-already-paper",
        }
    }
}

/// The rules of the box; part of what is sealed with the first vote. What is not written takes its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Who may vote.
    pub roll: RollKind,
    /// How well an account must be known (roll of accounts).
    pub level: Level,
    /// The age, in years, reached on the day of the vote; none: any age. It needs birth dates, so a list.
    pub min_age: Option<u8>,
    /// The districts of the list whose people may vote; empty: all.
    pub districts: Vec<String>,
    /// Whether a ballot cast on a screen can be replaced until the closing, by whoever holds its receipt.
    pub changeable: bool,
    /// Whether people vote on paper.
    pub paper: bool,
    /// Whether people vote on a screen at the desk.
    pub desk: bool,
    /// When paper and web meet.
    pub priority: Priority,
    /// Whether each paper ballot is keyed by two different agents.
    pub double_entry: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            roll: RollKind::default(),
            level: Level::default(),
            min_age: None,
            districts: vec![],
            changeable: false,
            paper: false,
            desk: false,
            priority: Priority::default(),
            double_entry: true,
        }
    }
}

impl Rules {
    /// What results say of who voted.
    pub const fn identity(&self) -> Identity {
        match (self.roll, self.level) {
            (RollKind::List, _) => Identity::Listed,
            (RollKind::Accounts, Level::Email) => Identity::NotVerified,
        }
    }

    /// Why a person of this birth date and district may not vote on this day: the key of the message.
    ///
    /// # Errors
    /// That key.
    pub fn admits(&self, birth: Option<Date>, district: &str, today: Date) -> Result<(), &'static str> {
        if !self.districts.is_empty() && !self.districts.iter().any(|d| same(d, district)) {
            return Err("ballotbox-wrong-district");
        }
        if let Some(age) = self.min_age {
            let birth = birth.ok_or("ballotbox-no-birth-date")?;
            if !is_aged(birth, age, today) {
                return Err("ballotbox-too-young");
            }
        }
        Ok(())
    }
}

/// Two names of a district that differ by case or spaces are one.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Whether somebody born on that day has reached this age on `day`. Who was born on 29 February reaches it on 1
/// March in the years that have no 29 February.
pub fn is_aged(birth: Date, age: u8, day: Date) -> bool {
    let year = i32::from(birth.year()) + i32::from(age);
    (i32::from(day.year()), day.month(), day.day()) >= (year, birth.month(), birth.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_age_is_reached_on_the_birthday() {
        let birth = date(2010, 6, 1);
        assert!(!is_aged(birth, 16, date(2026, 5, 31)));
        assert!(is_aged(birth, 16, date(2026, 6, 1)));
        let leap = date(2008, 2, 29);
        assert!(!is_aged(leap, 18, date(2026, 2, 28)));
        assert!(is_aged(leap, 18, date(2026, 3, 1)));
        assert!(is_aged(leap, 20, date(2028, 2, 29)));
    }

    #[test]
    fn eligibility_is_age_and_territory() {
        let rules = Rules { min_age: Some(16), districts: vec!["Nord".into()], ..Rules::default() };
        let day = date(2026, 6, 1);
        assert_eq!(rules.admits(Some(date(2000, 1, 1)), " nord", day), Ok(()));
        assert_eq!(rules.admits(Some(date(2000, 1, 1)), "Sud", day), Err("ballotbox-wrong-district"));
        assert_eq!(rules.admits(None, "Nord", day), Err("ballotbox-no-birth-date"));
        assert_eq!(rules.admits(Some(date(2012, 1, 1)), "Nord", day), Err("ballotbox-too-young"));
        assert_eq!(Rules::default().admits(None, "", day), Ok(()));
    }

    #[test]
    fn rules_that_were_stored_read_back_and_missing_ones_take_their_default() {
        let rules = Rules { priority: Priority::Paper, roll: RollKind::List, ..Rules::default() };
        let json = serde_json::to_string(&rules).unwrap();
        assert_eq!(serde_json::from_str::<Rules>(&json).unwrap(), rules);
        assert_eq!(serde_json::from_str::<Rules>("{}").unwrap(), Rules::default());
    }
}
