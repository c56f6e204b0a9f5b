//! Telephone numbers drawn at random: every number that begins with one of the prefixes stands on a list, and a public seed draws
//! from it, as it draws letters. Numbers name people: they are erased with the rest, and never published; a prefix, a seed and a
//! count are.

use parvis_civic::Error;
use parvis_civic::journal::{self, Leaf};
use parvis_core::{FieldErrors, Millis};
use parvis_store::Tx;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{letters, store};

/// The most prefixes.
const MOST_PREFIXES: usize = 50;
/// The most numbers drawn.
pub(crate) const MOST: i64 = 20_000;
/// The fewest and the most digits of a number (the most is that of the international plan, E.164).
const DIGITS: (usize, usize) = (4, 15);

/// Which numbers may be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Plan {
    /// How the numbers begin, in order; none begins with another.
    pub prefixes: Vec<String>,
    /// The digits of a number.
    pub digits: usize,
}

impl Plan {
    /// Reads the prefixes (one a line, or separated by commas or semicolons) and the digits of a number.
    ///
    /// # Errors
    /// Mistakes on the fields `prefixes` and `digits`.
    pub fn read(prefixes: &str, digits: &str, errors: &mut FieldErrors) -> Self {
        let digits = digits.trim().parse().ok().filter(|n| (DIGITS.0..=DIGITS.1).contains(n));
        if digits.is_none() {
            let said = vec![("min", DIGITS.0.to_string()), ("max", DIGITS.1.to_string())];
            errors.add_with("digits", "panel-phones-digits-wrong", said);
        }
        let digits = digits.unwrap_or(DIGITS.1);
        let pieces = prefixes.split(['\n', ',', ';']).map(|p| p.split_whitespace().collect::<String>());
        let mut found: Vec<String> = vec![];
        let mut wrong =
            |key, prefix: &str| errors.add_with("prefixes", key, vec![("prefix", prefix.to_owned())]);
        for prefix in pieces.filter(|p| !p.is_empty()) {
            if !prefix.bytes().all(|b| b.is_ascii_digit()) {
                wrong("panel-phones-prefix-wrong", &prefix);
            } else if prefix.len() >= digits {
                wrong("panel-phones-prefix-long", &prefix);
            } else if found.iter().any(|f| f.starts_with(&prefix) || prefix.starts_with(f.as_str())) {
                wrong("panel-phones-prefix-twice", &prefix);
            }
            found.push(prefix);
        }
        if found.is_empty() || found.len() > MOST_PREFIXES {
            wrong("panel-phones-prefixes-none", "");
        }
        Self { prefixes: found, digits }
    }

    /// How many numbers there are under a prefix.
    fn under(&self, prefix: &str) -> i64 {
        let free = u32::try_from(self.digits.saturating_sub(prefix.len())).unwrap_or(0);
        10_i64.saturating_pow(free)
    }

    /// How many numbers may be drawn.
    pub fn size(&self) -> i64 {
        self.prefixes.iter().map(|p| self.under(p)).fold(0, i64::saturating_add)
    }

    /// The number of a line of the list: the numbers of the first prefix in their order, then those of the second …
    fn number(&self, line: i64) -> String {
        let mut left = line - 1;
        for prefix in &self.prefixes {
            let under = self.under(prefix);
            if left < under {
                let width = self.digits - prefix.len();
                return format!("{prefix}{left:0width$}");
            }
            left -= under;
        }
        String::new()
    }

    /// The numbers drawn, in their order: distinct, and all equally likely. Anybody finds the same from the prefixes, the digits,
    /// the count and the seed.
    pub fn draw(&self, count: i64, seed: &str) -> Vec<String> {
        letters::numbers(self.size(), count, seed).into_iter().map(|line| self.number(line)).collect()
    }
}

/// The digits of a number that somebody typed.
pub(crate) fn fold(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_digit).collect()
}

/// A number as it is read aloud: by two digits from its end. Spreadsheets then keep its first zero.
pub(crate) fn spaced(number: &str) -> String {
    let mut said = String::new();
    for (place, digit) in number.chars().enumerate() {
        if place > 0 && (number.len() - place).is_multiple_of(2) {
            said.push(' ');
        }
        said.push(digit);
    }
    said
}

/// Draws the numbers of a panel, once; gives them in their order.
///
/// # Errors
/// [`Error::Conflict`] when they were drawn; the database.
pub(crate) async fn draw(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    plan: &Plan,
    count: i64,
    seed: &str,
) -> Result<Vec<String>, Error> {
    if store::panel(tx, activity_id).await?.phones_at.is_some() {
        return Err(Error::Conflict("panel-phones-already"));
    }
    let numbers = plan.draw(count, seed);
    store::set_phones(tx, now, activity_id, plan, &numbers, seed).await?;
    let body = json!({
        "activity": activity_id, "prefixes": plan.prefixes, "digits": plan.digits, "count": numbers.len(),
        "seed": seed, "numbers_sha256": letters::numbers_sha256(&numbers),
    });
    journal::write(tx, now, Leaf::new("sortition-phones").object("activity", activity_id).body(body)).await?;
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(prefixes: &str, digits: &str) -> Result<Plan, FieldErrors> {
        let mut errors = FieldErrors::new();
        let plan = Plan::read(prefixes, digits, &mut errors);
        errors.check().map(|()| plan)
    }

    #[test]
    fn numbers_begin_with_the_prefixes_and_no_two_are_the_same() {
        let plan = plan("0635, 0262 2\n", "10").unwrap();
        assert_eq!(
            (plan.prefixes.as_slice(), plan.size()),
            (&["0635".into(), "02622".into()][..], 1_100_000)
        );
        let drawn = plan.draw(5_000, "3 5 1");
        assert_eq!(drawn, plan.draw(5_000, "3 5 1"));
        assert_eq!(drawn[..100], plan.draw(100, "3 5 1"));
        assert_ne!(drawn[..100], plan.draw(100, "3 5 2"));
        let distinct: std::collections::BTreeSet<_> = drawn.iter().collect();
        assert_eq!(distinct.len(), 5_000);
        assert!(drawn.iter().all(|n| n.len() == 10 && (n.starts_with("0635") || n.starts_with("02622"))));
        // One in eleven has the longer prefix: it has ten times fewer numbers.
        let longer = drawn.iter().filter(|n| n.starts_with("02622")).count();
        assert!((380..=530).contains(&longer), "{longer}");
        assert_eq!((plan.number(1), plan.number(1_000_001)), ("0635000000".into(), "0262200000".into()));
    }

    #[test]
    fn every_number_is_drawn_when_all_are_asked_for() {
        let plan = plan("123; 45", "4").unwrap();
        let mut all = plan.draw(500, "x");
        all.sort();
        assert_eq!((all.len(), all[0].as_str(), all[109].as_str()), (110, "1230", "4599"));
    }

    #[test]
    fn prefixes_that_cannot_be_drawn_from_are_named() {
        let keys = |prefixes, digits| {
            let errors = plan(prefixes, digits).unwrap_err();
            errors.iter().map(|e| e.key).collect::<Vec<_>>()
        };
        assert_eq!(keys("06a", "10"), ["panel-phones-prefix-wrong"]);
        assert_eq!(keys("0635, 06351", "10"), ["panel-phones-prefix-twice"]);
        assert_eq!(keys("0635", "4"), ["panel-phones-prefix-long"]);
        assert_eq!(keys(" , ", "3"), ["panel-phones-digits-wrong", "panel-phones-prefixes-none"]);
    }

    #[test]
    fn a_number_is_read_by_pairs() {
        assert_eq!([spaced("0635123456"), spaced("12345"), spaced("")], ["06 35 12 34 56", "1 23 45", ""]);
        assert_eq!(fold(" +06.35-12 34 56"), "0635123456");
    }
}
