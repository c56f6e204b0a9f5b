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
