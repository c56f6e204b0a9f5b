//! Single years of age, put together in the bands that a clerk chooses.

use std::collections::BTreeMap;

use parvis_civic::account::pseudonym::fold;

use crate::model::Value;

/// The bands that French polls use most; those under 18, who do not vote, are left out.
pub const USUAL: &str = "18-24, 25-34, 35-49, 50-64, 65+";

/// The greatest age that is read.
const OLDEST: u32 = 130;
/// How tables say that an age has no end: `100 ou plus`, `85 years and over`.
const OPEN: [&str; 4] = ["plus", "over", "more", "older"];

/// Ages put together, both ends in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// The youngest.
    pub from: u32,
    /// The oldest; none: all that are older.
    pub to: Option<u32>,
}

impl Band {
    /// Its value, without people yet.
    pub(super) fn value(self) -> Value {
        let (code, english) = match self.to {
            None => (format!("{} et plus", self.from), format!("{} and over", self.from)),
            Some(to) if to == self.from => (to.to_string(), String::new()),
            Some(to) => (format!("{}-{to}", self.from), String::new()),
        };
        Value { code, english, ..Value::default() }
    }
}

/// An age as a line says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    /// A year of age.
    Year(u32),
    /// That age and above.
    From(u32),
}

/// The whole numbers of a text, and whether it says that the last one has no end.
fn numbers(text: &str) -> (Vec<u32>, bool) {
    let found = text.split(|c: char| !c.is_ascii_digit()).filter(|d| !d.is_empty());
    let is_open = text.contains('+') || OPEN.iter().any(|word| fold(text).contains(word));
    (found.map(|d| d.parse().unwrap_or(u32::MAX)).collect(), is_open)
}

/// Reads bands: `18-24, 25 à 34, 65 et plus`; nothing: [`USUAL`].
///
/// # Errors
/// The key of a message and what stands there: not a band, or not after the one before.
pub fn bands(text: &str) -> Result<Vec<Band>, (&'static str, String)> {
    let text = if text.trim().is_empty() { USUAL } else { text };
    let mut found: Vec<Band> = vec![];
    for piece in text.split([',', ';', '\n']).map(str::trim).filter(|p| !p.is_empty()) {
        let band = match numbers(piece) {
            (ends, false) if ends.len() == 2 => Band { from: ends[0], to: Some(ends[1]) },
            (ends, true) if ends.len() == 1 => Band { from: ends[0], to: None },
            (ends, false)
                if ends.len() == 1 && age(piece) == Some(Age::Year(ends[0])) && !piece.contains('-') =>
            {
                Band { from: ends[0], to: Some(ends[0]) }
            }
            _ => return Err(("panel-margins-band", piece.to_owned())),
        };
        if band.to.unwrap_or(band.from) < band.from || band.to.unwrap_or(band.from) > OLDEST {
            return Err(("panel-margins-band", piece.to_owned()));
        }
        if found.last().is_some_and(|last| last.to.is_none_or(|to| to >= band.from)) {
            return Err(("panel-margins-band-order", piece.to_owned()));
        }
        found.push(band);
    }
    Ok(found)
}

/// The age that a cell gives: `18`, `18 ans`, `100 ou plus`, `moins de 1 an`.
pub(super) fn age(cell: &str) -> Option<Age> {
    let (found, is_open) = numbers(cell);
    let [n] = found.as_slice() else { return None };
    if *n > OLDEST {
        return None;
    }
    let words: String = fold(cell).chars().filter(|c| !c.is_ascii_digit()).collect();
    match words.as_str() {
        _ if is_open => Some(Age::From(*n)),
        "" | "an" | "ans" | "year" | "years" | "yearold" | "yearsold" => Some(Age::Year(*n)),
        "moinsdean" | "moinsdan" | "underyear" if *n == 1 => Some(Age::Year(0)),
        _ => None,
    }
}

/// Whether these cells are single years of age: all of them ages that follow one another. Numbers that leave holes are codes
/// or the first ages of bands, which cannot be cut.
pub(super) fn are_years<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let mut seen = std::collections::BTreeSet::new();
    for cell in cells {
        match age(cell) {
            Some(Age::Year(n) | Age::From(n)) => seen.insert(n),
            None => return false,
        };
    }
    let (Some(first), Some(last)) = (seen.first(), seen.last()) else { return false };
    seen.len() > 1 && usize::try_from(last - first).is_ok_and(|span| span + 1 == seen.len())
}

/// Where an age falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a band.
    In(Band),
    /// In none: left out.
    Out,
    /// In one that ends, while the age has no end: nobody can say how many are in it.
    Torn,
}

/// The band of an age.
pub(super) fn place(bands: &[Band], age: Age) -> Place {
    let (Age::Year(n) | Age::From(n)) = age;
    let later = bands.iter().any(|b| b.from > n);
    match bands.iter().find(|b| b.from <= n && b.to.is_none_or(|to| n <= to)) {
        Some(band) if age == Age::Year(n) || band.to.is_none() => Place::In(*band),
        None if age == Age::Year(n) || !later => Place::Out,
        Some(_) | None => Place::Torn,
    }
}

/// The ages that no band takes, with their people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut(BTreeMap<u32, u64>);

impl LeftOut {
    pub(super) fn add(&mut self, age: Age, count: u64) {
        let (Age::Year(n) | Age::From(n)) = age;
        let known = self.0.entry(n).or_default();
        *known = known.saturating_add(count);
    }

    /// How many people they are.
    pub fn people(&self) -> u64 {
        self.0.values().copied().fold(0, u64::saturating_add)
    }

    /// Their ages, as ranges: `0-17`.
    pub fn ranges(&self) -> Vec<String> {
        let mut found: Vec<(u32, u32)> = vec![];
        for n in self.0.keys().copied() {
            match found.last_mut() {
                Some((_, last)) if *last + 1 == n => *last = n,
                _ => found.push((n, n)),
            }
        }
        let said = |(a, b): (u32, u32)| if a == b { a.to_string() } else { format!("{a}-{b}") };
        found.into_iter().map(said).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_are_read_as_people_write_them() {
        let codes = |text: &str| -> Vec<String> {
            bands(text).unwrap().into_iter().map(|b| b.value().code).collect()
        };
        assert_eq!(codes(""), ["18-24", "25-34", "35-49", "50-64", "65 et plus"]);
        assert_eq!(codes("16, 17 à 24 ans; 25 to 64\n65 and over"), ["16", "17-24", "25-64", "65 et plus"]);
        assert_eq!(bands("18-").unwrap_err().0, "panel-margins-band");
        assert_eq!(bands("jeunes").unwrap_err(), ("panel-margins-band", "jeunes".into()));
        assert_eq!(bands("30-20").unwrap_err().0, "panel-margins-band");
        assert_eq!(bands("18-999").unwrap_err().0, "panel-margins-band");
        assert_eq!(bands("18-25, 25-30").unwrap_err(), ("panel-margins-band-order", "25-30".into()));
        assert_eq!(bands("65+, 70-80").unwrap_err().0, "panel-margins-band-order");
    }

    #[test]
    fn single_years_are_told_from_codes_and_bands() {
        assert_eq!(age("100 ou plus"), Some(Age::From(100)));
        assert_eq!(age("moins de 1 an"), Some(Age::Year(0)));
        assert_eq!(age("18 ans"), Some(Age::Year(18)));
        assert_eq!((age("18-24"), age("moins de 40 ans"), age("2017")), (None, None, None));
        assert!(are_years(["0", "1", "2 ou plus"].into_iter()));
        assert!(!are_years(["0", "20", "40"].into_iter()), "the first ages of bands");
        assert!(!are_years(["0-19", "20-39"].into_iter()));
    }

    #[test]
    fn an_age_without_end_is_not_put_in_a_band_that_ends() {
        let bands = bands("18-64, 65-105").unwrap();
        assert_eq!(place(&bands, Age::From(100)), Place::Torn);
        assert_eq!(place(&bands, Age::From(10)), Place::Torn);
        assert_eq!(place(&bands, Age::From(110)), Place::Out);
        assert_eq!(place(&bands, Age::Year(17)), Place::Out);
        assert_eq!(place(&bands, Age::Year(65)), Place::In(bands[1]));
    }
}
