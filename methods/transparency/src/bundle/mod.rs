//! The verifier of an open-data bundle: the checks that hold for every bundle, whatever tools filled it.
//!
//! A bundle is a set of named files ([`Files`]; a zip, a folder, a map in memory). Each check here is a function that
//! reads files and gives a [`Check`]; [`verify_format`] calls them in order, and the caller appends to its report the
//! checks of each tool (every published figure counted again).
//!
//! | check | what holds when it passes |
//! |---|---|
//! | `manifest` | `manifest.json` lists every other file with its size and SHA-256; none is missing, changed or added |
//! | `journal-key` | `journal/key.txt` holds one verifier key, and it is the expected one if the caller holds one |
//! | `manifest-signature` | `manifest.sig` is that key's signature over the hash of `manifest.json` |
//! | `journal-checkpoint` | `journal/checkpoint` is signed by that key |
//! | `journal-entries` | `journal/entries.jsonl` has as many canonical leaves as the checkpoint says, and its root |
//! | `journal-tiles` | `journal/tile/…` are the tiles of that tree, all of them |
//! | `datapackage` | `datapackage.json` describes every table, each field in English and in French |
//! | `table:NAME` | the table has the columns it announces, and each cell its type and constraints |
//!
//! Every file but two is hashed in the manifest; the manifest is bound by its signature; the signature file has only
//! one accepted spelling. So a single byte changed anywhere fails a check. Whoever holds the site's key can sign
//! another bundle altogether: the checkpoint, kept by others, is what then gives them away.

mod datapackage;
mod journal;
mod manifest;
mod table;

pub use datapackage::{Constraints, Field, ForeignKey, Package, Resource, Schema, Type, datapackage};
pub use journal::{Journal, checkpoint, entries, journal_files, key, tiles};
pub use manifest::{Listed, Manifest, manifest, manifest_signature, seal, sign_manifest};
pub use table::table;

use crate::note::Verifier;
use serde::Serialize;
use serde::ser::{SerializeStruct as _, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The list of all files, with their hashes.
pub const MANIFEST: &str = "manifest.json";
/// The signature over the list.
pub const MANIFEST_SIGNATURE: &str = "manifest.sig";
/// The verifier key of the journal, on one line.
pub const KEY: &str = "journal/key.txt";
/// The signed checkpoint.
pub const CHECKPOINT: &str = "journal/checkpoint";
/// The leaves, one canonical JSON value a line.
pub const ENTRIES: &str = "journal/entries.jsonl";
/// The folder in which `tile/…` lies.
pub const JOURNAL: &str = "journal/";
/// The description of the tables (Frictionless Data Package).
pub const DATAPACKAGE: &str = "datapackage.json";

/// Where the files of a bundle come from.
pub trait Files {
    /// The names of all files, `/` between folders; a name that is there twice is given twice. No folder is listed.
    fn names(&self) -> Vec<String>;
    /// The bytes of a file, or `None` when there is none of this name (or it cannot be read).
    fn read(&self, name: &str) -> Option<Cow<'_, [u8]>>;
}

impl Files for BTreeMap<String, Vec<u8>> {
    fn names(&self) -> Vec<String> {
        self.keys().cloned().collect()
    }

    fn read(&self, name: &str) -> Option<Cow<'_, [u8]>> {
        self.get(name).map(|bytes| Cow::Borrowed(bytes.as_slice()))
    }
}

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// A stable name, in kebab-case, to choose a sentence in the reader's language.
    pub name: Cow<'static, str>,
    /// Whether it holds.
    pub ok: bool,
    /// What was found, precisely: counts when it holds; file, line and reason when it does not.
    pub detail: String,
}

impl Check {
    /// A check that holds.
    pub fn pass(name: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Self {
        Self { name: name.into(), ok: true, detail: detail.into() }
    }

    /// A check that does not hold.
    pub fn fail(name: impl Into<Cow<'static, str>>, detail: impl Into<String>) -> Self {
        Self { name: name.into(), ok: false, detail: detail.into() }
    }

    /// A check from a computation: what was found, or why not.
    pub fn from_result(name: impl Into<Cow<'static, str>>, result: Result<String, String>) -> Self {
        match result {
            Ok(detail) => Self::pass(name, detail),
            Err(detail) => Self::fail(name, detail),
        }
    }
}

/// The checks made, in order. Serialises as `{"ok":bool,"checks":[{"name":…,"ok":bool,"detail":…}]}`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The checks made, in order.
    pub checks: Vec<Check>,
}

impl Report {
    /// Whether something was checked and all of it holds.
    pub fn ok(&self) -> bool {
        !self.checks.is_empty() && self.checks.iter().all(|check| check.ok)
    }

    /// The first check that does not hold.
    pub fn first_failure(&self) -> Option<&Check> {
        self.checks.iter().find(|check| !check.ok)
    }

    /// Adds a check.
    pub fn push(&mut self, check: Check) {
        self.checks.push(check);
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut report = serializer.serialize_struct("Report", 2)?;
        report.serialize_field("ok", &self.ok())?;
        report.serialize_field("checks", &self.checks)?;
        report.end()
    }
}

/// What [`verify_format`] found: the report so far, and what the tool-specific checks start from.
#[derive(Debug)]
pub struct Format {
    /// The checks of this module.
    pub report: Report,
    /// The leaves and their tree, when they hold.
    pub journal: Option<Journal>,
    /// The description of the tables, when it is well formed.
    pub package: Option<Package>,
}

/// Runs every check of this module, in order. A check that cannot be made because an earlier one failed is reported as
/// failed, never left out. `expected` is the key that the reader already holds of this site, if any: without it, the
/// bundle is only shown to agree with itself.
pub fn verify_format(files: &dyn Files, expected: Option<&Verifier>) -> Format {
    let mut report = Report::default();
    report.push(manifest(files));
    let (check, key) = key(files, expected);
    report.push(check);
    let unkeyed = |name| Check::fail(name, format!("not checked: {KEY} holds no usable key"));
    report.push(
        key.as_ref().map_or_else(|| unkeyed("manifest-signature"), |key| manifest_signature(files, key)),
    );
    let (check, head) =
        key.as_ref().map_or_else(|| (unkeyed("journal-checkpoint"), None), |k| checkpoint(files, k));
    report.push(check);
    let (check, journal) = head.map_or_else(
        || (Check::fail("journal-entries", "not checked: the checkpoint does not hold"), None),
        |head| entries(files, head),
    );
    report.push(check);
    report.push(journal.as_ref().map_or_else(
        || Check::fail("journal-tiles", "not checked: the entries do not hold"),
        |journal| tiles(files, journal),
    ));
    let (check, package) = datapackage(files);
    report.push(check);
    for resource in package.iter().flat_map(|package| &package.resources) {
        if resource.schema.is_some()
            && let Some(package) = &package
        {
            report.push(table(files, package, resource));
        }
    }
    Format { report, journal, package }
}

/// A file that must be there.
fn required<'f>(files: &'f dyn Files, name: &str) -> Result<Cow<'f, [u8]>, String> {
    files.read(name).ok_or_else(|| format!("{name} is missing"))
}

/// A text that must be there, in UTF-8.
fn required_text<'f>(files: &'f dyn Files, name: &str) -> Result<Cow<'f, str>, String> {
    let not_utf8 = || format!("{name} is not UTF-8 text");
    match required(files, name)? {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| not_utf8()),
        Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).map_err(|_| not_utf8()),
    }
}

/// Whether a name is a plain relative path: unpacking such a bundle writes nowhere else than in its folder.
fn is_plain_path(name: &str) -> bool {
    !name.contains(|c: char| c.is_control() || c == '\\' || c == ':')
        && name.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}
