//! A round of drand as a seed: the network `quicknet` of the League of Entropy signs a number every three seconds, and nobody
//! knows a signature before its moment. The round is named before it exists; its signature is typed in afterwards and verified
//! here, without any connection. See <https://docs.drand.love> (scheme `bls-unchained-g1-rfc9380`).

use drand_verify::{G2PubkeyRfc, Pubkey, derive_randomness};
use parvis_core::Millis;
use serde_json::{Value, json};

/// The hash that names the chain.
pub const CHAIN: &str = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971";
/// What the network signs with, on the curve's second group, compressed, hexadecimal.
pub const PUBLIC_KEY: &str = "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a";
/// The moment of the first round.
pub const GENESIS: Millis = 1_692_803_367_000;
/// The time between two rounds, in milliseconds.
pub const PERIOD: Millis = 3_000;
/// The signs of a signature, hexadecimal.
pub const SIGNS: usize = 96;

/// The first round at this moment or after it.
pub fn round_at(at: Millis) -> i64 {
    let since = (at - GENESIS).max(0);
    since / PERIOD + i64::from(since % PERIOD > 0) + 1
}

/// The moment of a round.
pub fn moment_of(round: i64) -> Millis {
    GENESIS + (round - 1) * PERIOD
}

/// Where a round can be read, by anybody, once it exists.
pub fn address(round: i64) -> String {
    format!("https://api.drand.sh/{CHAIN}/public/{round}")
}

/// A round as an announcement names it.
pub(crate) fn named(round: i64) -> Value {
    json!({ "network": "quicknet", "chain": CHAIN, "round": round, "at": moment_of(round) })
}

/// The round that an announcement names; none when its seed comes from elsewhere.
pub fn round_of(announcement: &Value) -> Option<i64> {
    announcement["drand"]["round"].as_i64()
}

/// A round whose signature was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beacon {
    round: i64,
    signature: String,
    randomness: String,
}

/// Why a text is not the signature of a round.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// Not 96 hexadecimal signs.
    #[error("a signature has {SIGNS} signs from 0 to 9 and a to f; this has {count}")]
    Shape {
        /// How many there are.
        count: usize,
    },
    /// It was pasted with the number of another round.
    #[error("this is round {pasted}")]
    Round {
        /// The number that was pasted.
        pasted: i64,
    },
    /// No signature of anything: a sign was mistyped.
    #[error("this is no point of the curve")]
    Point,
    /// A signature, of another round or another network.
    #[error("this is not the signature of this round")]
    Signature,
}

impl Beacon {
    /// Reads and verifies the signature of a round: its 96 hexadecimal signs, or the whole answer of the network (JSON).
    ///
    /// # Errors
    /// Why it is not.
    pub fn read(round: i64, typed: &str) -> Result<Self, Wrong> {
        let answer: Option<Value> = serde_json::from_str(typed).ok().filter(Value::is_object);
        let text = match &answer {
            Some(answer) => {
                if let Some(pasted) = answer["round"].as_i64().filter(|n| *n != round) {
                    return Err(Wrong::Round { pasted });
                }
                answer["signature"].as_str().unwrap_or_default()
            }
            None => typed,
        };
        let text: String = text.split_whitespace().collect::<String>().to_lowercase();
        let text = text.trim_matches('"');
        let bytes = hex::decode(text).ok().filter(|b| b.len() * 2 == SIGNS);
        let bytes = bytes.ok_or_else(|| Wrong::Shape { count: text.chars().count() })?;
        let number = u64::try_from(round).map_err(|_| Wrong::Signature)?;
        let key = hex::decode(PUBLIC_KEY).map_err(|_| Wrong::Point)?;
        let key = G2PubkeyRfc::from_variable(&key).map_err(|_| Wrong::Point)?;
        match key.verify(number, b"", &bytes) {
            Ok(true) => {
                let randomness = hex::encode(derive_randomness(&bytes));
                Ok(Self { round, signature: text.to_owned(), randomness })
            }
            Ok(false) => Err(Wrong::Signature),
            Err(_) => Err(Wrong::Point),
        }
    }

    /// Its round.
    pub fn round(&self) -> i64 {
        self.round
    }

    /// Its signature, hexadecimal.
    pub fn signature(&self) -> &str {
        &self.signature
    }

    /// The seed that it gives: its number, and the SHA-256 of its signature, which the network calls its randomness.
    pub fn seed(&self) -> String {
        format!("drand quicknet {} {}", self.round, self.randomness)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Round 123, as the network published it (test vector of the crate `drand-verify`).
    const ROUND_123: &str =
        "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92";

    #[test]
    fn a_round_is_the_first_at_its_moment_or_after_it() {
        assert_eq!([GENESIS - 9, GENESIS, GENESIS + 1, GENESIS + 3_000].map(round_at), [1, 1, 2, 2]);
        for round in [1, 2, 123, 40_000_000] {
            assert_eq!(round_at(moment_of(round)), round);
            assert_eq!(round_at(moment_of(round) - 2_999), round);
            assert_eq!(round_at(moment_of(round) + 1), round + 1);
        }
        assert_eq!(round_of(&json!({ "drand": named(123) })), Some(123));
        assert_eq!(round_of(&json!({ "seed_source": {} })), None);
    }

    #[test]
    fn a_signature_is_verified_and_gives_one_seed() {
        let beacon = Beacon::read(123, ROUND_123).unwrap();
        let hash = parvis_civic::journal::sha256_hex(&hex::decode(ROUND_123).unwrap());
        assert_eq!(beacon.seed(), format!("drand quicknet 123 {hash}"));
        let spaced = format!(" {}\n{} ", &ROUND_123[..40].to_uppercase(), &ROUND_123[40..]);
        assert_eq!(Beacon::read(123, &spaced).as_ref(), Ok(&beacon));
        let whole = json!({ "round": 123, "randomness": "x", "signature": ROUND_123 }).to_string();
        assert_eq!(Beacon::read(123, &whole).as_ref(), Ok(&beacon));
    }

    #[test]
    fn what_is_wrong_with_a_signature_is_named() {
        assert_eq!(Beacon::read(124, ROUND_123), Err(Wrong::Signature));
        assert_eq!(Beacon::read(123, &ROUND_123[1..]), Err(Wrong::Shape { count: 95 }));
        assert_eq!(Beacon::read(123, &ROUND_123.replace('b', "g")), Err(Wrong::Shape { count: 96 }));
        assert_eq!(Beacon::read(123, ""), Err(Wrong::Shape { count: 0 }));
        assert_eq!(Beacon::read(123, &ROUND_123.replacen("92", "93", 3)), Err(Wrong::Point));
        let whole = json!({ "round": 124, "signature": ROUND_123 }).to_string();
        assert_eq!(Beacon::read(123, &whole), Err(Wrong::Round { pasted: 124 }));
    }
}
