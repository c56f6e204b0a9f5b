//! What can go wrong with a public act, as data the pages can explain.

use parvis_core::FieldErrors;
use thiserror::Error;

/// Why an act was refused or could not be done.
#[derive(Debug, Error)]
pub enum Error {
    /// The database refused or is not there.
    #[error(transparent)]
    Store(#[from] parvis_store::Error),
    /// Some fields need mending.
    #[error("some fields are not valid")]
    Fields(FieldErrors),
    /// The thing does not exist, or not for this person.
    #[error("not found")]
    NotFound,
    /// This person may not do this.
    #[error("forbidden")]
    Forbidden,
    /// The phase is not open now (not yet, or no longer).
    #[error("the activity is closed")]
    Closed,
    /// The act contradicts what already is; the key of the message that explains it.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// The journal could not be written or read.
    #[error("journal: {0}")]
    Journal(String),
    /// Something that should not happen; never shown to visitors.
    #[error("{0}")]
    Internal(String),
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::Fields(errors)
    }
}
