//! The audit log: which member of the staff did what, when. Append-only: nothing here changes an entry.

use parvis_core::Millis;
use parvis_store::{Error, Row, Tx, p};
use serde_json::Value;

use crate::Listed;

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Identifier.
    pub id: i64,
    /// When.
    pub at: Millis,
    /// The participant who acted; none for a command run on the server.
    pub actor: Option<i64>,
    /// What was done: a short code (`settings-saved`, `role-set`).
    pub action: String,
    /// On what: `kind:id` (`participant:12`, `contribution:7`).
    pub object: String,
    /// More, without personal data.
    pub detail: Value,
}

/// What to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this person's acts.
    pub actor: Option<i64>,
    /// Only this action.
    pub action: Option<String>,
    /// Only acts on this object.
    pub object: Option<String>,
}

/// Writes an entry in the transaction of the act. `detail` must hold no personal data: the entry stays.
///
/// # Errors
/// The database.
pub async fn record(
    tx: &mut Tx<'_>,
    now: Millis,
    actor: Option<i64>,
    action: &str,
    object: &str,
    detail: &Value,
) -> Result<(), Error> {
    tx.exec(
        "insert into audit (at, actor_id, action, object, detail) values ($1, $2, $3, $4, $5)",
        &p![now, actor, action, object, detail.to_string()],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<Entry, Error> {
    Ok(Entry {
        id: row.get("id")?,
        at: row.get("at")?,
        actor: row.get("actor_id")?,
        action: row.get("action")?,
        object: row.get("object")?,
        detail: serde_json::from_str(&row.get::<String>("detail")?).unwrap_or(Value::Null),
    })
}

const WHERE: &str = "where (cast($1 as bigint) is null or actor_id = $1)
       and (cast($2 as text) is null or action = $2)
       and (cast($3 as text) is null or object = $3)";

/// The entries that `filter` asks for, the latest first.
///
/// # Errors
/// The database.
pub async fn list(tx: &mut Tx<'_>, filter: &Filter, limit: i64, offset: i64) -> Result<Listed<Entry>, Error> {
    let mut params = p![filter.actor, &filter.action, &filter.object].to_vec();
    let total = tx.value(&format!("select count(*) from audit {WHERE}"), &params).await?;
    params.extend(p![limit, offset]);
    let sql = format!(
        "select id, at, actor_id, action, object, detail from audit {WHERE} order by id desc limit $4 offset $5"
    );
    let items = tx.query(&sql, &params).await?.iter().map(read).collect::<Result<_, _>>()?;
    Ok(Listed { items, total })
}

/// The actions that were ever recorded, sorted: the choices of the filter.
///
/// # Errors
/// The database.
pub async fn actions(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    tx.query("select distinct action from audit order by action", &p![])
        .await?
        .iter()
        .map(|row| row.get("action"))
        .collect()
}
