//! What imports remember.

use std::collections::{BTreeMap, HashSet};

use parvis_civic::{Error, settings};
use parvis_core::Millis;
use parvis_store::{Tx, p};
use serde::{Deserialize, Serialize};

/// Where the texts of one origin were imported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// The consultation.
    pub activity: i64,
    /// Its sections, by their key in the files.
    pub sections: BTreeMap<String, i64>,
}

fn name(origin: &str) -> String {
    format!("import-consultation:{origin}")
}

/// Where the texts of this origin were imported, if they were.
pub(super) async fn place(tx: &mut Tx<'_>, origin: &str) -> Result<Option<Place>, Error> {
    match settings::get(tx, &name(origin)).await? {
        None => Ok(None),
        Some(json) => serde_json::from_str(&json).map(Some).map_err(|e| Error::Internal(e.to_string())),
    }
}

/// Remembers it.
pub(super) async fn keep_place(tx: &mut Tx<'_>, origin: &str, place: &Place) -> Result<(), Error> {
    let json = serde_json::to_string(place).map_err(|e| Error::Internal(e.to_string()))?;
    settings::put(tx, &name(origin), &json).await
}

/// The keys of what was imported into a consultation.
pub(super) async fn known_keys(tx: &mut Tx<'_>, activity: i64) -> Result<HashSet<String>, Error> {
    let sql = "select origin_key from contribution where activity_id = $1 and origin_key is not null";
    let mut keys = HashSet::new();
    for row in tx.query(sql, &p![activity]).await? {
        keys.insert(row.at(0)?);
    }
    Ok(keys)
}

/// Whether the author of this key was imported.
pub(super) async fn has_author(tx: &mut Tx<'_>, key: &str) -> Result<bool, Error> {
    Ok(tx.opt("select id from participant where origin_key = $1", &p![key]).await?.is_some())
}

/// Notes an import in the log of imports.
pub(super) async fn log(tx: &mut Tx<'_>, now: Millis, actor: &str, report: &str) -> Result<(), Error> {
    tx.exec(
        "insert into import_run (kind, at, actor, report) values ('consultation', $1, $2, $3)",
        &p![now, actor, report],
    )
    .await?;
    Ok(())
}
