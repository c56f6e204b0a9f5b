//! Settings on which the promises rest, for `doctor`.

use std::time::Duration;

use crate::{Engine, Error, Store, Tx, boxed, p};

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// A stable name, for instance `sqlite-synchronous`; the text for people is chosen by it.
    pub code: &'static str,
    /// Whether it is as it must be.
    pub ok: bool,
    /// What was found.
    pub value: String,
    /// What must be.
    pub expected: &'static str,
}

/// (code, statement that answers one text, the answers that are safe)
type Check = (&'static str, &'static str, &'static [&'static str]);

const SQLITE: &[Check] = &[
    ("sqlite-journal", "pragma journal_mode", &["wal"]),
    ("sqlite-synchronous", "select cast(synchronous as text) from pragma_synchronous", &["2", "3"]),
    ("sqlite-foreign-keys", "select cast(foreign_keys as text) from pragma_foreign_keys", &["1"]),
];

/// These read the whole file: not on the connection that writes.
const SQLITE_FILE: &[Check] = &[
    ("sqlite-integrity", "pragma integrity_check(1)", &["ok"]),
    ("sqlite-references", "select cast(count(*) as text) from pragma_foreign_key_check", &["0"]),
];

const POSTGRES: &[Check] = &[
    ("postgres-fsync", "select current_setting('fsync')", &["on"]),
    // `local` still waits for this server's own disk.
    (
        "postgres-synchronous-commit",
        "select current_setting('synchronous_commit')",
        &["on", "local", "remote_write", "remote_apply"],
    ),
    ("postgres-full-page-writes", "select current_setting('full_page_writes')", &["on"]),
    ("postgres-encoding", "select current_setting('server_encoding')", &["UTF8"]),
    (
        "postgres-version",
        "select case when current_setting('server_version_num')::int >= 150000 then 'ok'
                     else current_setting('server_version') end",
        &["ok"],
    ),
];

impl Store {
    /// Checks the settings that durability rests on and, on SQLite, the file itself (it is read whole).
    pub async fn check(&self) -> Result<Vec<Finding>, Error> {
        let (settings, file) = match self.engine() {
            Engine::Sqlite => (SQLITE, SQLITE_FILE),
            Engine::Postgres => (POSTGRES, &[] as &[Check]),
        };
        // The settings of the connection that writes are the ones that count.
        let mut findings = self.write(move |tx| boxed(async move { all(tx, settings).await })).await?;
        let limit = Duration::from_secs(1800);
        findings.extend(self.read_within(limit, move |tx| boxed(async move { all(tx, file).await })).await?);
        Ok(findings)
    }
}

async fn all(tx: &mut Tx<'_>, checks: &'static [Check]) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    for (code, sql, safe) in checks {
        let value: String = tx.value(sql, &p![]).await?;
        findings.push(Finding { code, ok: safe.contains(&value.as_str()), value, expected: safe[0] });
    }
    Ok(findings)
}
