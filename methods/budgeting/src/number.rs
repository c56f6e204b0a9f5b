//! Exact numbers: decimals as people write them, and ratios as methods compute them.

use std::fmt;
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, ToPrimitive as _, Zero as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The largest number of decimals that is read.
pub const MOST_DECIMALS: u32 = 6;
/// The largest amount, in any unit: it leaves room for every product and sum of the counts.
pub const LARGEST: u64 = 1_000_000_000_000_000;

/// A decimal number, exactly as it was written: `12`, `0.5`, `-3`, `1234,56`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The digits, without the decimal point.
    units: i64,
    /// How many of them come after the point (at most [`MOST_DECIMALS`], none of the last ones being 0).
    decimals: u32,
}

/// A text that is not a decimal number this crate counts with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    /// Not digits with at most one point or comma.
    #[error("«{0}» is not a number")]
    Unreadable(String),
    /// More digits after the point than are read.
    #[error("«{0}» has more than {MOST_DECIMALS} decimals")]
    TooPrecise(String),
    /// Larger than is counted with.
    #[error("«{0}» is too large")]
    TooLarge(String),
}

impl Decimal {
    /// A whole number.
    ///
    /// # Errors
    /// When its size is over the largest that is read.
    pub fn whole(value: i64) -> Result<Self, DecimalError> {
        Self::new(value, 0)
    }

    /// `units` divided by ten to the power `decimals`: cents are `(cents, 2)`.
    ///
    /// # Errors
    /// When it is too large or too precise.
    pub fn new(units: i64, decimals: u32) -> Result<Self, DecimalError> {
        let mut number = Self { units, decimals };
        while number.decimals > 0 && number.units % 10 == 0 {
            number.units /= 10;
            number.decimals -= 1;
        }
        if number.decimals > MOST_DECIMALS {
            return Err(DecimalError::TooPrecise(format!("{units}e-{decimals}")));
        }
        if number.units.unsigned_abs() > LARGEST {
            return Err(DecimalError::TooLarge(units.to_string()));
        }
        Ok(number)
    }

    /// How many digits come after the point.
    #[must_use]
    pub fn decimals(self) -> u32 {
        self.decimals
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.units < 0
    }

    /// The number counted in units of ten to the power `-decimals`; nothing when that is not whole or too large.
    #[must_use]
    pub fn scaled(self, decimals: u32) -> Option<i64> {
        let more = decimals.checked_sub(self.decimals)?;
        let scaled = self.units.checked_mul(10_i64.checked_pow(more)?)?;
        (scaled.unsigned_abs() <= LARGEST).then_some(scaled)
    }

    /// The same number as a ratio.
    #[must_use]
    pub fn ratio(self) -> Ratio {
        Ratio::new(self.units.into(), BigInt::from(10_u64.pow(self.decimals)))
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let unreadable = || DecimalError::Unreadable(text.chars().take(40).collect());
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && part.is_empty()) || !all_digits(whole) || !all_digits(part) {
            return Err(unreadable());
        }
        let part = part.trim_end_matches('0');
        let decimals = u32::try_from(part.len()).map_err(|_| unreadable())?;
        if decimals > MOST_DECIMALS {
            return Err(DecimalError::TooPrecise(text.into()));
        }
        let joined = format!("{whole}{part}");
        let units: i64 =
            joined.parse().map_err(|_| DecimalError::TooLarge(text.chars().take(40).collect()))?;
        Self::new(sign * units, decimals).map_err(|_| DecimalError::TooLarge(text.into()))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.units.unsigned_abs();
        let sign = if self.units < 0 { "-" } else { "" };
        if self.decimals == 0 {
            return write!(out, "{sign}{size}");
        }
        let ten = 10_u64.pow(self.decimals);
        let width = usize::try_from(self.decimals).unwrap_or(0);
        write!(out, "{sign}{}.{:0width$}", size / ten, size % ten)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// An exact ratio of whole numbers of any size, in lowest terms. Written `22/7`, or `3` when it is whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ratio(BigRational);

impl Ratio {
    /// A numerator over a denominator that is not 0 (0 over 0 is taken as 0).
    pub(crate) fn new(numerator: BigInt, denominator: BigInt) -> Self {
        if denominator.is_zero() {
            return Self::zero();
        }
        Self(BigRational::new(numerator, denominator))
    }

    /// Whole units of ten to the power `-decimals`.
    pub(crate) fn units(units: i128, decimals: u32) -> Self {
        Self::new(units.into(), BigInt::from(10).pow(decimals))
    }

    /// A whole number.
    #[must_use]
    pub fn whole(value: u64) -> Self {
        Self(BigRational::from_integer(value.into()))
    }

    /// Nothing.
    #[must_use]
    pub fn zero() -> Self {
        Self(BigRational::zero())
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    pub(crate) fn inner(&self) -> &BigRational {
        &self.0
    }

    pub(crate) fn from_inner(inner: BigRational) -> Self {
        Self(inner)
    }

    /// The nearest floating number, for pictures only.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// Written with that many decimals, rounded to the nearest (halves away from 0): `3.14`.
    #[must_use]
    pub fn decimal(&self, places: u32) -> String {
        let ten = BigInt::from(10).pow(places);
        let two = BigInt::from(2);
        let scaled = self.0.numer().abs() * &ten * &two + self.0.denom();
        let rounded: BigInt = scaled / (self.0.denom() * &two);
        let sign = if self.0.is_negative() && !rounded.is_zero() { "-" } else { "" };
        if places == 0 {
            return format!("{sign}{rounded}");
        }
        let width = usize::try_from(places).unwrap_or(0);
        let part = (&rounded % &ten).to_string();
        format!("{sign}{}.{part:0>width$}", rounded / ten)
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.denom().is_one() {
            write!(out, "{}", self.0.numer())
        } else {
            write!(out, "{}/{}", self.0.numer(), self.0.denom())
        }
    }
}

impl FromStr for Ratio {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unreadable = || DecimalError::Unreadable(text.chars().take(40).collect());
        let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
        let numerator: BigInt = numerator.parse().map_err(|_| unreadable())?;
        let denominator: BigInt = denominator.parse().map_err(|_| unreadable())?;
        if denominator.is_zero() { Err(unreadable()) } else { Ok(Self::new(numerator, denominator)) }
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ratio {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A whole number as the nearest floating number, for bounds that are widened afterwards.
pub(crate) fn float(number: u128) -> f64 {
    number as f64
}

/// The whole part of a floating number that is not negative; too large is the largest.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, as bounds want")]
pub(crate) fn whole(number: f64) -> u64 {
    number as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn decimals_are_read_as_they_are_written() {
        for (text, shown, decimals) in [
            ("12", "12", 0),
            ("1234,50", "1234.5", 1),
            ("0.25", "0.25", 2),
            ("-3", "-3", 0),
            (".5", "0.5", 1),
        ] {
            assert_eq!(decimal(text).to_string(), shown);
            assert_eq!(decimal(text).decimals(), decimals);
        }
        assert_eq!(decimal("12,5").scaled(2), Some(1250));
        assert_eq!(decimal("12,55").scaled(1), None);
        for bad in ["", "x", "1.2.3", "1 000", "--1", "1e3", ".", "NaN"] {
            assert!(matches!(bad.parse::<Decimal>(), Err(DecimalError::Unreadable(_))), "{bad}");
        }
        assert!(matches!("0.1234567".parse::<Decimal>(), Err(DecimalError::TooPrecise(_))));
        assert!(matches!("99999999999999999999".parse::<Decimal>(), Err(DecimalError::TooLarge(_))));
        assert!(matches!("1000000000000001".parse::<Decimal>(), Err(DecimalError::TooLarge(_))));
    }

    #[test]
    fn ratios_are_written_in_lowest_terms_and_rounded_for_people() {
        let ratio: Ratio = "62/4".parse().unwrap();
        assert_eq!(ratio.to_string(), "31/2");
        assert_eq!(ratio.decimal(2), "15.50");
        assert_eq!("2/3".parse::<Ratio>().unwrap().decimal(2), "0.67");
        assert_eq!("1/200".parse::<Ratio>().unwrap().decimal(2), "0.01");
        assert_eq!("-1/3".parse::<Ratio>().unwrap().decimal(0), "0");
        assert_eq!(Ratio::units(4_468_294, 1).to_string(), "2234147/5");
        assert!("1/0".parse::<Ratio>().is_err());
    }
}
