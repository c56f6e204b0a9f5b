//! Bytes as text and back, strictly: each byte string has exactly one spelling, any other is refused.
//!
//! Strictness is what makes a flipped character visible: a lenient base64 decoder reads `…Q==` and `…R==` as the
//! same bytes, so a signature file could change without its signature failing.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// SHA-256 of the concatenation of `parts`.
pub fn sha256(parts: &[&[u8]]) -> Hash {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Lower-case hexadecimal.
pub fn to_hex(bytes: &[u8]) -> String {
    hex::encode(bytes)
}

/// Reads lower-case hexadecimal of exactly `N` bytes; upper case, spaces or another length give `None`.
pub fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    Some(bytes)
}

/// Standard base64 with padding (RFC 4648 §4).
pub fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Reads standard base64 in its only canonical spelling: padded, no stray bits after the last byte, no space.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD.decode(text).ok()?;
    // The decoder already refuses stray bits; encoding again makes that promise independent of its defaults.
    (STANDARD.encode(&bytes) == text).then_some(bytes)
}

/// Reads the canonical base64 of one hash.
pub fn hash_from_base64(text: &str) -> Option<Hash> {
    from_base64(text)?.try_into().ok()
}

/// Reads a decimal number in its only spelling: digits, no sign, no leading zero.
pub fn decimal(text: &str) -> Option<u64> {
    if text.is_empty()
        || !text.bytes().all(|b| b.is_ascii_digit())
        || (text.len() > 1 && text.starts_with('0'))
    {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sha256_of_nothing_and_of_parts() {
        assert_eq!(to_hex(&sha256(&[])), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(sha256(&[b"a", b"bc"]), sha256(&[b"abc"]));
    }

    #[test]
    fn only_one_spelling_is_read() {
        assert_eq!(from_base64("AQ=="), Some(vec![1]));
        for other in ["AR==", "AQ=", "AQ", "AQ==\n", " AQ==", "AQ==="] {
            assert_eq!(from_base64(other), None, "{other:?}");
        }
        assert_eq!(from_hex::<2>("0aff"), Some([10, 255]));
        for other in ["0aFF", "0af", "0aff00", "0x0a", ""] {
            assert_eq!(from_hex::<2>(other), None, "{other:?}");
        }
        assert_eq!(decimal("0"), Some(0));
        assert_eq!(decimal("18446744073709551615"), Some(u64::MAX));
        for other in ["", "00", "01", "+1", "-1", " 1", "18446744073709551616", "1.0"] {
            assert_eq!(decimal(other), None, "{other:?}");
        }
    }
}
