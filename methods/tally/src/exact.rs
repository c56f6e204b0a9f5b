//! Exact ratios, written as text.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Error;

/// An exact ratio of two 128-bit integers, always reduced, its denominator positive. Written `22/7`, or `3` when it
/// is an integer; the same text in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Exact {
    num: i128,
    den: i128,
}

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self { num: 0, den: 1 };

    /// `num / den`.
    ///
    /// # Errors
    /// `Error::TooLarge` when `den` is zero or a part is the least 128-bit integer.
    pub fn ratio(num: i128, den: i128) -> Result<Self, Error> {
        if den == 0 || num == i128::MIN || den == i128::MIN {
            return Err(Error::TooLarge);
        }
        let divisor = gcd(num.unsigned_abs(), den.unsigned_abs());
        let divisor = i128::try_from(divisor).map_err(|_| Error::TooLarge)?.max(1) * den.signum();
        Ok(Self { num: num / divisor, den: den / divisor })
    }

    /// The sum.
    ///
    /// # Errors
    /// `Error::TooLarge` beyond 127 bits.
    pub fn checked_add(self, other: Self) -> Result<Self, Error> {
        let divisor = i128::try_from(gcd(self.den.unsigned_abs(), other.den.unsigned_abs()))
            .map_err(|_| Error::TooLarge)?;
        let (a, b) = (self.den / divisor, other.den / divisor);
        let left = self.num.checked_mul(b).ok_or(Error::TooLarge)?;
        let right = other.num.checked_mul(a).ok_or(Error::TooLarge)?;
        let den = self.den.checked_mul(b).ok_or(Error::TooLarge)?;
        Self::ratio(left.checked_add(right).ok_or(Error::TooLarge)?, den)
    }

    /// This many times as much.
    ///
    /// # Errors
    /// `Error::TooLarge` beyond 127 bits.
    pub fn times(self, factor: i128) -> Result<Self, Error> {
        Self::ratio(self.num.checked_mul(factor).ok_or(Error::TooLarge)?, self.den)
    }

    /// The numerator, of the ratio's sign.
    pub fn numerator(self) -> i128 {
        self.num
    }

    /// The denominator, at least 1.
    pub fn denominator(self) -> i128 {
        self.den
    }

    /// The nearest float: for pictures only.
    #[expect(clippy::cast_precision_loss, reason = "floats are for pictures")]
    pub fn to_f64(self) -> f64 {
        self.num as f64 / self.den as f64
    }
}

impl From<u64> for Exact {
    fn from(whole: u64) -> Self {
        Self { num: i128::from(whole), den: 1 }
    }
}

impl From<i64> for Exact {
    fn from(whole: i64) -> Self {
        Self { num: i128::from(whole), den: 1 }
    }
}

impl Ord for Exact {
    // By the digits of the continued fractions, so that no product can overflow.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b, mut c, mut d) = (self.num, self.den, other.num, other.den);
        loop {
            let (p, q) = (a.div_euclid(b), c.div_euclid(d));
            if p != q {
                return p.cmp(&q);
            }
            let (r, s) = (a.rem_euclid(b), c.rem_euclid(d));
            match (r == 0, s == 0) {
                (true, true) => return Ordering::Equal,
                (true, false) => return Ordering::Less,
                (false, true) => return Ordering::Greater,
                // r/b < s/d exactly when d/s < b/r
                (false, false) => (a, b, c, d) = (d, s, b, r),
            }
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.den == 1 { write!(f, "{}", self.num) } else { write!(f, "{}/{}", self.num, self.den) }
    }
}

impl FromStr for Exact {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (num, den) = text.split_once('/').unwrap_or((text, "1"));
        let part = |text: &str| text.parse().map_err(|_| Error::TooLarge);
        Self::ratio(part(num)?, part(den)?)
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The greatest common divisor.
pub(crate) fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ratios_are_reduced_and_read_back() {
        let ratio = Exact::ratio(-44, -14).unwrap();
        assert_eq!(ratio.to_string(), "22/7");
        assert_eq!("22/7".parse(), Ok(ratio));
        assert_eq!("6/3".parse::<Exact>().unwrap().to_string(), "2");
        assert_eq!(Exact::ratio(1, 0), Err(Error::TooLarge));
        assert!("a/b".parse::<Exact>().is_err());
        let huge = Exact::ratio(i128::MAX, 1).unwrap();
        assert_eq!(huge.checked_add(Exact::from(1_u64)), Err(Error::TooLarge));
        assert!(huge > Exact::ratio(i128::MAX - 1, 1).unwrap());
    }

    proptest! {
        #[test]
        fn order_is_that_of_cross_products(a in -1000_i128..1000, b in 1_i128..1000, c in -1000_i128..1000, d in 1_i128..1000) {
            let (left, right) = (Exact::ratio(a, b).unwrap(), Exact::ratio(c, d).unwrap());
            prop_assert_eq!(left.cmp(&right), (a * d).cmp(&(c * b)));
            prop_assert_eq!(left.checked_add(right).unwrap(), Exact::ratio(a * d + c * b, b * d).unwrap());
        }
    }
}
