//! Randomness, from the system only.

/// `N` random bytes from the operating system.
///
/// # Panics
/// When the system has no randomness to give: nothing safe can be done then.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A random token of `N` bytes, in lower-case hexadecimal.
pub fn token<const N: usize>() -> String {
    hex::encode(bytes::<N>())
}

/// A random non-negative 63-bit number: the order in which a random list shows contributions.
pub fn shuffle_key() -> i64 {
    i64::from_le_bytes(bytes::<8>()) & i64::MAX
}
