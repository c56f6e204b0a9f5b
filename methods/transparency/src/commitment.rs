//! Salted commitments: how a personal datum is in the journal without being in it.
//!
//! A leaf never holds a name or an address; it holds `commit(salt, canonical bytes of the datum)`. Whoever keeps
//! the salt and the datum (the person, in their receipt; the site, in its database) can open the commitment.
//! Erasing a person means forgetting the salt and the datum: the leaf stays, the tree stays valid, and nothing can
//! be read from it any more.
//!
//! `commitment = SHA-256("parvis-commitment-v1\0" || salt || canonical bytes)`, with a salt of exactly
//! [`SALT_LEN`] bytes. The length is fixed because the two parts are put end to end: if it could vary, the last
//! bytes of one salt could be passed off as the first bytes of the datum, and one commitment would open in two
//! ways.
//!
//! The salt must be drawn anew, at random, for each commitment: a guessable salt lets anybody try every name of
//! the town.

use crate::encode::{self, Hash};

/// Bytes of salt: 128 random bits leave nothing to guess, and stay short on a printed receipt.
pub const SALT_LEN: usize = 16;

/// The random part of a commitment.
pub type Salt = [u8; SALT_LEN];

/// Separates these hashes from every other use of SHA-256 in the project.
const DOMAIN: &[u8] = b"parvis-commitment-v1\0";

/// Commits to `content` (canonical bytes, see [`crate::canonical`]) under `salt`.
pub fn commit(salt: &Salt, content: &[u8]) -> Hash {
    encode::sha256(&[DOMAIN, salt, content])
}

/// [`commit`] in lower-case hexadecimal, as a leaf holds it.
pub fn commit_hex(salt: &Salt, content: &[u8]) -> String {
    encode::to_hex(&commit(salt, content))
}

/// Whether `salt` and `content` open `commitment`.
pub fn opens(commitment: &Hash, salt: &Salt, content: &[u8]) -> bool {
    commit(salt, content) == *commitment
}

/// Whether `salt` and `content` open a commitment written in hexadecimal; a text that is none opens with nothing.
pub fn opens_hex(commitment: &str, salt: &Salt, content: &[u8]) -> bool {
    encode::from_hex(commitment).is_some_and(|commitment| opens(&commitment, salt, content))
}

/// The salt in lower-case hexadecimal.
pub fn salt_to_hex(salt: &Salt) -> String {
    encode::to_hex(salt)
}

/// Reads a salt from lower-case hexadecimal.
pub fn salt_from_hex(text: &str) -> Option<Salt> {
    encode::from_hex(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT: Salt = *b"0123456789abcdef";

    #[test]
    fn follows_its_formula() {
        // Computed apart: printf 'parvis-commitment-v1\0000123456789abcdef"Ada"' | sha256sum
        assert_eq!(
            commit_hex(&SALT, b"\"Ada\""),
            "2091542d5b942cd74d46df3e2ce01a6b32f919fc765c146f5fb5d09cf34b1acc"
        );
    }

    #[test]
    fn opens_only_with_its_own_salt_and_content() {
        let commitment = commit_hex(&SALT, b"\"Ada\"");
        assert!(opens_hex(&commitment, &SALT, b"\"Ada\""));
        assert!(!opens_hex(&commitment, &SALT, b"\"Adb\""));
        let mut other = SALT;
        other[15] ^= 1;
        assert!(!opens_hex(&commitment, &other, b"\"Ada\""));
        assert!(!opens_hex(&commitment.to_uppercase(), &SALT, b"\"Ada\""));
        assert!(!opens_hex("", &SALT, b"\"Ada\""));
    }

    #[test]
    fn salts_read_back() {
        assert_eq!(salt_from_hex(&salt_to_hex(&SALT)), Some(SALT));
        assert_eq!(salt_from_hex("00"), None);
    }
}
