//! The list of all files and its signature.

use super::{Check, Files, MANIFEST, MANIFEST_SIGNATURE, is_plain_path, required, required_text};
use crate::canonical;
use crate::encode::{self, Hash};
use crate::note::{self, Signer, Verifier};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const FORMAT: &str = "parvis-bundle-v1";

/// One file as the manifest lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256.
    pub sha256: Hash,
}

impl Listed {
    /// Measures a file.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            size: u64::try_from(bytes.len()).expect("a length fits in 64 bits"),
            sha256: encode::sha256(&[bytes]),
        }
    }
}

/// The list of the files of a bundle, by path; written as canonical JSON:
/// `{"files":[{"path":…,"sha256":hex,"size":n},…],"format":"parvis-bundle-v1"}`, sorted by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The files, the manifest itself and its signature left out.
    pub files: BTreeMap<String, Listed>,
}

impl Manifest {
    /// Lists a file. An exporter that streams calls this as each file is finished.
    pub fn add(&mut self, path: impl Into<String>, listed: Listed) {
        self.files.insert(path.into(), listed);
    }

    /// Lists all the files there are.
    pub fn of(files: &dyn Files) -> Self {
        let mut manifest = Self::default();
        for name in files.names() {
            if name != MANIFEST
                && name != MANIFEST_SIGNATURE
                && let Some(bytes) = files.read(&name)
            {
                manifest.add(name, Listed::of(&bytes));
            }
        }
        manifest
    }

    /// The bytes of `manifest.json`.
    pub fn to_bytes(&self) -> Vec<u8> {
        let files: Vec<Value> = self
            .files
            .iter()
            .map(|(path, f)| json!({ "path": path, "sha256": encode::to_hex(&f.sha256), "size": f.size }))
            .collect();
        canonical::to_bytes(&json!({ "files": files, "format": FORMAT }))
            .expect("it holds no float nor equal keys")
    }

    /// Reads `manifest.json`, which must be exactly as [`Self::to_bytes`] writes it.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let value = canonical::parse(bytes).map_err(|e| format!("{MANIFEST}: {e}"))?;
        let malformed = || format!("{MANIFEST} is not a list of files of format {FORMAT}");
        let mut manifest = Self::default();
        for file in value.get("files").and_then(Value::as_array).ok_or_else(malformed)? {
            let text = |key| file.get(key).and_then(Value::as_str);
            let listed = (|| {
                let sha256 = encode::from_hex(text("sha256")?)?;
                Some((text("path")?, Listed { size: file.get("size")?.as_u64()?, sha256 }))
            })();
            let (path, listed) = listed.ok_or_else(malformed)?;
            manifest.add(path, listed);
        }
        // Order, repeated paths, unknown keys and the format are all settled by writing it again.
        if manifest.to_bytes() == bytes { Ok(manifest) } else { Err(malformed()) }
    }
}

/// The text that `manifest.sig` signs. Two lines, so that it can never be read as a checkpoint, which has three.
fn signed_text(manifest: &[u8]) -> String {
    format!("parvis-bundle\n{}\n", encode::to_hex(&encode::sha256(&[manifest])))
}

/// The bytes of `manifest.sig` for those of `manifest.json`.
pub fn sign_manifest(manifest: &[u8], signer: &Signer) -> String {
    note::sign(&signed_text(manifest), &[signer]).expect("the text is two plain lines")
}

/// Completes a bundle held in memory with its manifest and signature.
pub fn seal(files: &mut BTreeMap<String, Vec<u8>>, signer: &Signer) {
    let manifest = Manifest::of(files).to_bytes();
    files.insert(MANIFEST_SIGNATURE.to_owned(), sign_manifest(&manifest, signer).into_bytes());
    files.insert(MANIFEST.to_owned(), manifest);
}

/// Check `manifest`: every file is listed, and as it is listed; none is missing; names are plain relative paths.
pub fn manifest(files: &dyn Files) -> Check {
    Check::from_result("manifest", compare(files))
}

fn compare(files: &dyn Files) -> Result<String, String> {
    let manifest = Manifest::parse(&required(files, MANIFEST)?)?;
    let mut present = BTreeSet::new();
    for name in files.names() {
        if !is_plain_path(&name) {
            return Err(format!("{name:?} is not a plain relative path"));
        }
        if name != MANIFEST && name != MANIFEST_SIGNATURE && !manifest.files.contains_key(&name) {
            return Err(format!("{name} is in the bundle but not in {MANIFEST}"));
        }
        if let Some(twice) = present.replace(name) {
            return Err(format!("{twice} is in the bundle twice"));
        }
    }
    let mut bytes = 0_u128;
    for (path, listed) in &manifest.files {
        if path == MANIFEST || path == MANIFEST_SIGNATURE {
            return Err(format!("{MANIFEST} lists {path}, which it cannot know"));
        }
        if !present.contains(path) {
            return Err(format!("{path} is in {MANIFEST} but not in the bundle"));
        }
        let found = Listed::of(&required(files, path)?);
        if found.size != listed.size {
            return Err(format!("{path} has {} bytes, {MANIFEST} says {}", found.size, listed.size));
        }
        if found.sha256 != listed.sha256 {
            return Err(format!("{path} was changed: its SHA-256 is not the one in {MANIFEST}"));
        }
        bytes += u128::from(found.size);
    }
    Ok(format!("{} files, {bytes} bytes, all as listed", manifest.files.len()))
}

/// Check `manifest-signature`: `manifest.sig` is exactly one signature, by `key`, over the hash of `manifest.json`.
pub fn manifest_signature(files: &dyn Files, key: &Verifier) -> Check {
    Check::from_result("manifest-signature", signature(files, key))
}

fn signature(files: &dyn Files, key: &Verifier) -> Result<String, String> {
    let manifest = required(files, MANIFEST)?;
    let signed = required_text(files, MANIFEST_SIGNATURE)?;
    let opened = note::open(&signed, &[key]).map_err(|e| format!("{MANIFEST_SIGNATURE}: {e}"))?;
    if opened.text != signed_text(&manifest) {
        return Err(format!("{MANIFEST_SIGNATURE} signs another manifest"));
    }
    // Nothing else hashes this file, so nothing in it may be free: no second signature, no other spelling.
    let [only] = opened.verified.as_slice() else {
        return Err(format!("{MANIFEST_SIGNATURE} has more than one signature"));
    };
    if *signed != format!("{}\n{only}\n", opened.text) {
        return Err(format!("{MANIFEST_SIGNATURE} holds something else than one signature by the key"));
    }
    Ok(format!("signed by {}", key.name()))
}
