//! Codes that people copy by hand: one-time codes of ballots and letters, and receipts.
//!
//! The alphabet holds one sign of each family that is mistaken for another (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V):
//! whichever is typed, the code is understood. The last sign is a check (ISO 7064, hybrid system MOD 29,28): one
//! wrong sign is always noticed, two exchanged neighbours nearly always.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use parvis_civic::{Error, random, settings};
use parvis_store::Tx;
use sha2::{Digest, Sha256};

/// The signs that are printed. Their number plus one is prime, which ISO 7064 asks for.
const SIGNS: &[u8; 28] = b"0123456789ACDEFHJKMNPQRTVWXY";
const N: usize = SIGNS.len();

/// Signs of a one-time code before its check: 11 × 4.8 bits = 52.
const SHORT: usize = 11;
/// Signs of a receipt before its check: 24 × 4.8 bits = 115.
const LONG: usize = 24;

/// Why a code was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    /// Not as many signs as a code has, or a sign that no code holds.
    Shape,
    /// The check sign does not agree: something was mistyped.
    Check,
}

impl Mistake {
    /// The key of the message that explains it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Shape => "ballotbox-code-shape",
            Self::Check => "ballotbox-code-mistyped",
        }
    }
}

/// The place of a typed sign in the alphabet, whichever of its family was typed.
fn place(sign: char) -> Option<usize> {
    let sign = match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'Z' => '2',
        'S' => '5',
        'G' => '6',
        'B' => '8',
        'U' => 'V',
        other => other,
    };
    SIGNS.iter().position(|s| char::from(*s) == sign)
}

/// The check of these signs (ISO 7064 hybrid system, modulus 28 and 29).
fn check(places: &[usize]) -> usize {
    let mut p = N;
    for a in places {
        let s = (p + a) % N;
        let s = if s == 0 { N } else { s };
        p = (s * 2) % (N + 1);
    }
    (N + 1 - p) % N
}

fn sign(place: usize) -> char {
    SIGNS.get(place).map_or('0', |s| char::from(*s))
}

/// `length` random signs and their check.
fn make(length: usize) -> String {
    // 252 is the largest multiple of 28 in a byte: what is above is drawn again, so that every sign is as likely.
    let mut places = Vec::with_capacity(length);
    while places.len() < length {
        places.extend(random::bytes::<32>().into_iter().filter(|b| *b < 252).map(|b| usize::from(b) % N));
    }
    places.truncate(length);
    let last = check(&places);
    places.into_iter().chain([last]).map(sign).collect()
}

/// The signs of what was typed, checked. Spaces, dashes, dots and case do not count.
fn read(typed: &str, length: usize) -> Result<String, Mistake> {
    let signs = typed.chars().filter(|c| !c.is_whitespace() && !"-‐‑–—._·".contains(*c));
    let places: Vec<usize> = signs.map(place).collect::<Option<_>>().ok_or(Mistake::Shape)?;
    let (last, first) = places.split_last().ok_or(Mistake::Shape)?;
    if first.len() != length {
        return Err(Mistake::Shape);
    }
    if check(first) != *last {
        return Err(Mistake::Check);
    }
    Ok(places.into_iter().map(sign).collect())
}

fn grouped(signs: &str, size: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (i, c) in signs.chars().enumerate() {
        if i > 0 && i % size == 0 {
            f.write_str("-")?;
        }
        write!(f, "{c}")?;
    }
    Ok(())
}

/// A one-time code of twelve signs: on a paper ballot, on a letter to a voter, or given at the desk.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// A new code.
    pub fn random() -> Self {
        Self(make(SHORT))
    }

    /// What somebody typed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(typed: &str) -> Result<Self, Mistake> {
        read(typed, SHORT).map(Self)
    }

    /// What the database keeps of it for this purpose: without the site's secret, a copy of the database does not
    /// let one try codes.
    ///
    /// # Errors
    /// The database.
    pub async fn hash(&self, tx: &mut Tx<'_>, purpose: &str, activity_id: i64) -> Result<String, Error> {
        let key = settings::secret(tx, "key-of-ballot-codes", || random::bytes::<32>().to_vec()).await?;
        keyed(&key, purpose, activity_id, &self.0)
    }
}

fn keyed(key: &[u8], purpose: &str, activity_id: i64, code: &str) -> Result<String, Error> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|e| Error::Internal(e.to_string()))?;
    mac.update(format!("{purpose}/{activity_id}/{code}").as_bytes());
    Ok(hex::encode(mac.finalize().into_bytes()))
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        grouped(&self.0, 4, f)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)") // never in a log
    }
}

/// What only the voter holds: it finds their ballot, shows it, and replaces it where the rules allow. The database
/// keeps none of it; it cannot be given a second time.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new receipt.
    pub fn random() -> Self {
        Self(make(LONG))
    }

    /// What somebody typed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(typed: &str) -> Result<Self, Mistake> {
        read(typed, LONG).map(Self)
    }

    fn derive(&self, purpose: &str, activity_id: i64) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(format!("parvis ballot {purpose} v1/{activity_id}/{}", self.0).as_bytes());
        hash.finalize().into()
    }

    /// Under which name the ballot of this receipt stands in this box, and in the published ballots.
    pub fn tracker(&self, activity_id: i64) -> String {
        hex::encode(&self.derive("tracker", activity_id)[..16])
    }

    /// The salt of the commitment that the journal holds: only the receipt opens it.
    pub fn salt(&self, activity_id: i64) -> String {
        hex::encode(&self.derive("salt", activity_id)[..16])
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        grouped(&self.0, 5, f)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_read_as_it_is_printed_and_as_it_is_mistaken() {
        for _ in 0..200 {
            let code = Code::random();
            assert_eq!(Code::read(&code.to_string()), Ok(code.clone()));
            let sloppy =
                code.to_string().to_lowercase().replace('0', "o").replace('1', "l").replace('-', " ");
            let sloppy = sloppy
                .replace('5', "S")
                .replace('2', "z")
                .replace('8', "b")
                .replace('6', "g")
                .replace('v', "u");
            assert_eq!(Code::read(&sloppy), Ok(code));
            let secret = Secret::random();
            assert_eq!(secret.to_string().len(), 29);
            assert_eq!(Secret::read(&secret.to_string()), Ok(secret));
        }
        assert_eq!(Code::read(""), Err(Mistake::Shape));
        assert_eq!(Code::read("ABC"), Err(Mistake::Shape));
        assert_eq!(Code::read("0000-0000-000!"), Err(Mistake::Shape));
    }

    proptest! {
        #[test]
        fn one_wrong_sign_is_always_noticed(at in 0usize..12, shift in 1usize..28) {
            let code = Code::random().0;
            let mut places: Vec<usize> = code.chars().filter_map(place).collect();
            places[at] = (places[at] + shift) % N;
            let wrong: String = places.into_iter().map(sign).collect();
            prop_assert_eq!(Code::read(&wrong), Err(Mistake::Check));
        }

        #[test]
        fn two_exchanged_neighbours_are_nearly_always_noticed(_seed in 0u32..64) {
            let mut missed = 0;
            let mut tried = 0;
            for _ in 0..50 {
                let code: Vec<char> = Code::random().0.chars().collect();
                for at in 0..11 {
                    if code[at] == code[at + 1] { continue; }
                    let mut wrong = code.clone();
                    wrong.swap(at, at + 1);
                    tried += 1;
                    missed += u32::from(Code::read(&wrong.iter().collect::<String>()).is_ok());
                }
            }
            // One pair of values in (28 choose 2) escapes in each place.
            prop_assert!(missed * 50 < tried, "{missed} of {tried}");
        }
    }

    #[test]
    fn a_receipt_gives_unrelated_names_in_two_boxes_and_for_two_purposes() {
        let secret = Secret::random();
        assert_ne!(secret.tracker(1), secret.tracker(2));
        assert_ne!(secret.tracker(1), secret.salt(1));
        assert!(!format!("{secret:?}").contains(&secret.0));
    }
}
