//! What can go wrong in the store, in words that mean the same on both engines.

/// The cause that an engine gave.
pub type Cause = Box<dyn std::error::Error + Send + Sync + 'static>;

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A unique constraint refused the row.
    #[error("already there: {constraint}")]
    Unique {
        /// `table.column,table.column` in the order of the constraint, the same on both engines;
        /// `table.index_name` for an index on an expression.
        constraint: String,
    },
    /// A row points to another that does not exist, or one that others point to was deleted.
    #[error("a foreign key refused the change: {detail}")]
    ForeignKey {
        /// What the engine said: SQLite names no table.
        detail: String,
    },
    /// [`crate::Tx::one`] found no row.
    #[error("no such row")]
    NotFound,
    /// The database cannot answer now (disk full, disk error, connection lost, too busy): say 503, try again later.
    /// A write that ended so was not acknowledged; on a lost connection it may still have happened.
    #[error("the database is unavailable: {what}")]
    Unavailable {
        /// What failed.
        what: String,
        /// The engine's own error.
        #[source]
        source: Option<Cause>,
    },
    /// The closure or one of its statements took longer than its limit; nothing was kept.
    #[error("the database took too long")]
    Timeout,
    /// Anything else: a mistake in a statement, a broken check, a value of the wrong kind.
    #[error("{what}")]
    Other {
        /// What failed.
        what: String,
        /// The engine's own error.
        #[source]
        source: Option<Cause>,
    },
}

impl Error {
    /// An error of no particular kind.
    pub fn other(what: impl Into<String>) -> Error {
        Error::Other { what: what.into(), source: None }
    }

    pub(crate) fn unavailable(what: impl Into<String>) -> Error {
        Error::Unavailable { what: what.into(), source: None }
    }

    /// Whether to answer "try again later" (503) rather than "our mistake" (500).
    pub fn is_unavailable(&self) -> bool {
        matches!(self, Error::Unavailable { .. } | Error::Timeout)
    }

    /// Whether a unique constraint of `table` refused the row.
    pub fn violates(&self, table: &str) -> bool {
        match self {
            Error::Unique { constraint } => constraint.split('.').next() == Some(table),
            _ => false,
        }
    }

    /// Whether exactly this unique constraint refused the row: `violates_on("reaction", &["contribution_id"])`.
    pub fn violates_on(&self, table: &str, columns: &[&str]) -> bool {
        match self {
            Error::Unique { constraint } => {
                let wanted: Vec<String> = columns.iter().map(|c| format!("{table}.{c}")).collect();
                *constraint == wanted.join(",")
            }
            _ => false,
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Error {
        Error::Other { what: format!("a file could not be read or written: {e}"), source: Some(Box::new(e)) }
    }
}

impl From<zip::result::ZipError> for Error {
    fn from(e: zip::result::ZipError) -> Error {
        Error::Other { what: format!("not a readable backup: {e}"), source: Some(Box::new(e)) }
    }
}

impl From<serde_json::Error> for Error {
    fn from(e: serde_json::Error) -> Error {
        Error::Other { what: format!("not a readable backup: {e}"), source: Some(Box::new(e)) }
    }
}
