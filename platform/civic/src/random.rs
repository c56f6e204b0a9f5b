//! Randomness, from the system only.

use std::cell::RefCell;

/// `N` random bytes from the operating system.
///
/// # Panics
/// When the system has no randomness to give: nothing safe can be done then.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

thread_local! {
    /// Random bytes of the system that are not used yet, and how many of them are left.
    static WAITING: RefCell<([u8; 512], usize)> = const { RefCell::new(([0; 512], 0)) };
}

/// The 16 random bytes of a salt. They are asked of the system 32 salts at a time: a call for each vote costs more than the
/// hash that the salt goes into.
pub fn salt() -> [u8; 16] {
    WAITING.with_borrow_mut(|(waiting, left)| {
        if *left < 16 {
            (*waiting, *left) = (bytes(), 512);
        }
        let mut salt = [0; 16];
        // No copy of what was used is kept.
        salt.swap_with_slice(&mut waiting[*left - 16..*left]);
        *left -= 16;
        salt
    })
}

/// A random token of `N` bytes, in lower-case hexadecimal.
pub fn token<const N: usize>() -> String {
    hex::encode(bytes::<N>())
}

/// A random non-negative 63-bit number: the order in which a random list shows contributions.
pub fn shuffle_key() -> i64 {
    i64::from_le_bytes(bytes::<8>()) & i64::MAX
}
