//! Chance that anybody can replay: ChaCha20 keyed by the SHA-256 of a text, and no number favoured.
//!
//! The key is SHA-256 of the UTF-8 bytes of the seed (Unicode NFC, no space at either end); the nonce and the counter
//! start at zero; each number is the next 8 bytes of the keystream, little-endian. A number below `n` is drawn by
//! rejection: numbers from the largest multiple of `n` on are thrown away, and the remainder by `n` is taken.

use chacha20::ChaCha20Rng;
use chacha20::rand_core::{Rng as _, SeedableRng as _};
use sha2::{Digest as _, Sha256};

use crate::spelling::clean;

/// SHA-256 of a text.
pub(crate) fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// A stream of numbers that a seed determines.
#[derive(Debug)]
pub struct Chance(ChaCha20Rng);

impl Chance {
    /// The stream of a seed.
    pub fn new(seed: &str) -> Chance {
        Chance(ChaCha20Rng::from_seed(digest(&clean(seed))))
    }

    /// A number from 0 to `n − 1`, all equally likely. `n` of 0 counts as 1.
    pub fn below(&mut self, n: u64) -> u64 {
        let n = n.max(1);
        // 2⁶⁴ mod n numbers at the top would favour the small remainders.
        let rejected = (u64::MAX % n + 1) % n;
        loop {
            let x = self.0.next_u64();
            if x <= u64::MAX - rejected {
                return x % n;
            }
        }
    }

    /// A place in a list of `n`.
    pub(crate) fn place(&mut self, n: usize) -> usize {
        usize::try_from(self.below(n as u64)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_that_of_rfc_8439() {
        // Appendix A.1, test vector 1: key, nonce and counter of zeros; the first 16 bytes of the key stream.
        let mut chance = Chance(ChaCha20Rng::from_seed([0; 32]));
        let first: Vec<u8> = (0..2).flat_map(|_| chance.0.next_u64().to_le_bytes()).collect();
        assert_eq!(
            first,
            [0x76, 0xb8, 0xe0, 0xad, 0xa0, 0xf1, 0x3d, 0x90, 0x40, 0x5d, 0x6a, 0xe5, 0x53, 0x86, 0xbd, 0x28]
        );
    }

    #[test]
    fn a_seed_is_a_text_not_its_spelling() {
        // é in one character or two, spaces at the ends.
        let draw = |seed: &str| {
            (0..8)
                .map({
                    let mut c = Chance::new(seed);
                    move |_| c.below(1000)
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(draw("dés : 3 5 1"), draw(" de\u{301}s : 3 5 1\n"));
        assert_ne!(draw("dés : 3 5 1"), draw("des : 3 5 1"));
    }

    #[test]
    fn numbers_are_below_their_limit() {
        let mut chance = Chance::new("limits");
        for n in [1, 2, 3, 1000, u64::from(u32::MAX), u64::MAX] {
            assert!((0..100).all(|_| chance.below(n) < n));
        }
        assert_eq!(chance.below(0), 0);
    }
}
