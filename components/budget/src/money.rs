//! Amounts of money, in cents: read from a form, written for a reader.

use parvis_core::Locale;
use parvis_i18n::T;

/// The largest amount that a form may hold, in cents: a hundred billion euros.
pub(crate) const MOST: i64 = 10_000_000_000_000;

/// An amount in words: `12 500 €`, `€12,500.50`. Cents are left out when there are none.
pub(crate) fn say(t: &T, cents: i64) -> String {
    let sign = if cents < 0 { "−" } else { "" };
    let whole = cents.unsigned_abs() / 100;
    let rest = cents.unsigned_abs() % 100;
    let whole = t.number(i64::try_from(whole).unwrap_or(i64::MAX));
    let figure = match (rest, t.locale) {
        (0, _) => whole,
        (_, Locale::Fr) => format!("{whole},{rest:02}"),
        (_, Locale::En) => format!("{whole}.{rest:02}"),
    };
    match t.locale {
        Locale::Fr => format!("{sign}{figure}\u{a0}€"),
        Locale::En => format!("{sign}€{figure}"),
    }
}

/// What a form's field holds for an amount; empty for none.
pub(crate) fn field(t: &T, cents: Option<i64>) -> String {
    let Some(cents) = cents else { return String::new() };
    let point = if t.locale == Locale::Fr { ',' } else { '.' };
    match cents % 100 {
        0 => (cents / 100).to_string(),
        rest => format!("{}{point}{:02}", cents / 100, rest.abs()),
    }
}

/// The cents of an amount as people write it: spaces, a euro sign, a comma or a point before the cents. A point or a
/// comma before exactly three digits parts thousands. None when it is not an amount, is negative, or is above
/// [`MOST`].
pub(crate) fn read(text: &str) -> Option<i64> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '€' && *c != '’').collect();
    let (whole, cents) = match bare.rfind([',', '.']) {
        Some(at) => {
            let (whole, rest) = (bare.get(..at)?, bare.get(at + 1..)?);
            if rest.len() == 3 { (bare.clone(), String::new()) } else { (whole.to_owned(), rest.to_owned()) }
        }
        None => (bare.clone(), String::new()),
    };
    let groups: Vec<&str> = whole.split([',', '.']).collect();
    let (first, others) = groups.split_first()?;
    let is_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(first) || others.iter().any(|g| g.len() != 3 || !is_digits(g)) {
        return None;
    }
    if !others.is_empty() && first.len() > 3 {
        return None;
    }
    if !cents.is_empty() && (!is_digits(&cents) || cents.len() > 2) || bare.ends_with([',', '.']) {
        return None;
    }
    let whole: i64 = groups.concat().parse().ok()?;
    let cents: i64 = if cents.is_empty() { 0 } else { format!("{cents:0<2}").parse().ok()? };
    whole.checked_mul(100)?.checked_add(cents).filter(|n| *n <= MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, cents) in [
            ("12500", Some(1_250_000)),
            ("12 500 €", Some(1_250_000)),
            ("12\u{202f}500,5", Some(1_250_050)),
            ("€12,500.50", Some(1_250_050)),
            ("1.250.000", Some(125_000_000)),
            ("0", Some(0)),
            ("12,34", Some(1_234)),
            ("12.345", Some(1_234_500)),
            ("", None),
            ("-5", None),
            ("12,", None),
            ("1234.567", None),
            ("1,23,456", None),
            ("12 euros", None),
            ("99999999999999999999", None),
            ("1e5", None),
        ] {
            assert_eq!(read(text), cents, "{text}");
        }
    }
}
