//! Amounts of money in words. Budgets count in cents; the currency is the euro.

use parvis_budgeting::Ratio;
use parvis_core::Locale;
use parvis_i18n::T;

pub(crate) use crate::money::say;

/// An exact amount rounded to the cent, for reading; the JSON keeps the exact one.
pub(crate) fn say_ratio(t: &T, amount: &Ratio) -> String {
    let text = amount.decimal(2).replace('.', "");
    text.parse().map_or_else(|_| amount.to_string(), |cents| say(t, cents))
}

/// Cents as a decimal number (`12500`, `99.50`), for messages and files.
pub(crate) fn decimal(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let (whole, part) = (cents.unsigned_abs() / 100, cents.unsigned_abs() % 100);
    if part == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part:02}") }
}

/// A number that may have decimals, as the language writes it: `31,5`, `31.5`.
pub(crate) fn say_number(t: &T, value: &Ratio) -> String {
    let text = value.decimal(2);
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let part = part.trim_end_matches('0');
    let Ok(whole) = whole.parse::<i64>() else { return value.to_string() };
    let sign = if t.locale == Locale::Fr { "," } else { "." };
    let whole = t.number(whole);
    if part.is_empty() { whole } else { format!("{whole}{sign}{part}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cents_are_decimal_numbers() {
        assert_eq!(decimal(1_250_000), "12500");
        assert_eq!(decimal(-9_950), "-99.50");
        assert_eq!(decimal(5), "0.05");
    }
}
