//! A bundle read from its zip, and the seal of the zip itself.
//!
//! The manifest covers every file; the comment at the end of the zip covers what a zip has besides (headers,
//! dates, padding), so that no byte of the bundle can change unseen. A bundle that somebody unpacked and packed
//! again has no such comment, and is checked by its files alone.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{Cursor, Read, Seek, SeekFrom, Write};

use parvis_transparency::bundle::{Check, Files};
use sha2::{Digest as _, Sha256};

/// The most bytes a bundle may unpack to: a small zip can hide an endless one.
const MAX_BYTES: u64 = 4 << 30;
/// How the comment begins; the SHA-256 of every byte before it follows.
const SEAL: &str = "parvis-bundle sha256:";
/// Length of the comment.
const SEAL_LEN: usize = SEAL.len() + 64;

/// The files of a zip, in memory.
#[derive(Debug)]
pub struct Zipped {
    names: Vec<String>,
    files: HashMap<String, Vec<u8>>,
    seal: Result<String, String>,
}

impl Zipped {
    /// Reads a zip.
    ///
    /// # Errors
    /// One sentence: not a zip, a file that cannot be unpacked, too large.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let zip = zip::ZipArchive::new(Cursor::new(bytes));
        let mut zip = zip.map_err(|e| format!("not a zip that can be read: {e}"))?;
        let seal = check_seal(bytes, zip.comment());
        let mut zipped = Self { names: vec![], files: HashMap::new(), seal };
        let mut total: u64 = 0;
        for i in 0..zip.len() {
            let file = zip.by_index(i).map_err(|e| format!("file {i} of the zip: {e}"))?;
            let name = file.name().map_err(|e| format!("file {i} of the zip: {e}"))?.into_owned();
            let mut content = vec![];
            let read = file.take(MAX_BYTES - total + 1).read_to_end(&mut content);
            read.map_err(|e| format!("{name}: cannot be unpacked: {e}"))?;
            total += u64::try_from(content.len()).unwrap_or(u64::MAX);
            if total > MAX_BYTES {
                return Err(format!("it unpacks to more than {} GB", MAX_BYTES >> 30));
            }
            zipped.names.push(name.clone());
            zipped.files.insert(name, content);
        }
        Ok(zipped)
    }

    /// Check `archive`: the zip is byte for byte the one that the site made, or one that was packed again.
    pub fn archive(&self) -> Check {
        Check::from_result("archive", self.seal.clone())
    }
}

impl Files for Zipped {
    fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    fn read(&self, name: &str) -> Option<Cow<'_, [u8]>> {
        self.files.get(name).map(|bytes| Cow::Borrowed(bytes.as_slice()))
    }
}

fn seal_of(before: &[u8]) -> String {
    format!("{SEAL}{}", hex::encode(Sha256::digest(before)))
}

fn check_seal(bytes: &[u8], comment: &[u8]) -> Result<String, String> {
    let (before, end) = bytes.split_at(bytes.len().saturating_sub(SEAL_LEN));
    let sealed = end.starts_with(SEAL.as_bytes());
    if comment.is_empty() && !sealed {
        return Ok("packed by another program: each file is checked by itself".into());
    }
    if seal_of(before).as_bytes() == end {
        Ok(format!("{} bytes, none changed since they were packed", bytes.len()))
    } else {
        Err("the zip is not the one that was made: some of its bytes were changed".into())
    }
}

/// The comment that a zip is given before it is finished; [`seal`] then fills it.
pub(super) fn placeholder() -> String {
    format!("{SEAL}{}", "0".repeat(64))
}

/// Fills the comment of a finished zip.
pub(super) fn seal(zip: &mut (impl Read + Write + Seek)) -> std::io::Result<()> {
    let length = zip.seek(SeekFrom::End(0))?;
    let before = length.saturating_sub(SEAL_LEN as u64);
    zip.rewind()?;
    let mut hash = Sha256::new();
    let mut left = before;
    let mut buffer = vec![0; 64 * 1024];
    while left > 0 {
        let want = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let part = buffer.get_mut(..want).unwrap_or_default();
        zip.read_exact(part)?;
        hash.update(&*part);
        left -= want as u64;
    }
    zip.seek(SeekFrom::Start(before))?;
    zip.write_all(format!("{SEAL}{}", hex::encode(hash.finalize())).as_bytes())?;
    zip.flush()
}
