//! Files packed with gzip.

use std::borrow::Cow;
use std::io::Read as _;

use super::{PbError, Reason};

/// No election of a real place is larger.
const LARGEST: u64 = 2_000_000_000;

/// The bytes of a file, unpacked when they are packed with gzip (told by their first two bytes, not by a name).
///
/// # Errors
/// A gzip file that is cut, damaged or huge.
pub fn unpack(bytes: &[u8]) -> Result<Cow<'_, [u8]>, PbError> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut unpacked = Vec::with_capacity(bytes.len().saturating_mul(4).min(1 << 28));
    let mut reader = flate2::read::MultiGzDecoder::new(bytes).take(LARGEST + 1);
    reader.read_to_end(&mut unpacked).map_err(|e| PbError::new(0, Reason::Gzip(e.to_string())))?;
    if u64::try_from(unpacked.len()).is_ok_and(|length| length > LARGEST) {
        return Err(PbError::new(0, Reason::TooLong(LARGEST)));
    }
    Ok(Cow::Owned(unpacked))
}
