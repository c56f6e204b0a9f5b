//! What is wrong, or odd, in a file: where, and why in the reader's language.

use std::sync::{Arc, LazyLock};

use parvis_core::Locale;
use parvis_i18n::{Arg, Catalog, T};
use serde::{Serialize, Serializer};

/// Something wrong (or odd) in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// What is wrong, in one sentence.
    pub reason: Reason,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// Why: a message of this component, and what it is about. Shown in English where nobody chose a language (the
/// command line, JSON).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    key: &'static str,
    values: Vec<(&'static str, String)>,
}

impl Reason {
    pub(super) fn new<const N: usize>(key: &'static str, values: [(&'static str, String); N]) -> Self {
        Self { key, values: values.into() }
    }

    /// The sentence, in the reader's language.
    pub fn said(&self, t: &T) -> String {
        let values: Vec<(&str, Arg<'_>)> =
            self.values.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
        t.with(self.key, &values)
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        static ENGLISH: LazyLock<Option<T>> = LazyLock::new(|| {
            let catalog = Catalog::build(&[crate::SOURCE]).ok()?;
            Some(Arc::new(catalog).t(Locale::En, jiff::tz::TimeZone::UTC))
        });
        match &*ENGLISH {
            Some(t) => f.write_str(&self.said(t)),
            None => f.write_str(self.key),
        }
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}
