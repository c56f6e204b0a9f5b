//! What the open data read.

use parvis_civic::Error;
use parvis_store::{Row, Tx, p};

/// The amendments of a consultation with what became of them.
pub(super) async fn amendments(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Row>, Error> {
    let rows = tx
        .query(
            "select m.contribution_id, m.base_version, m.decision, m.reason, m.decided_at, m.result_version
             from consultation_amendment m join contribution c on c.id = m.contribution_id
             where c.activity_id = $1 and c.status <> 'draft' order by m.contribution_id",
            &p![activity_id],
        )
        .await?;
    Ok(rows)
}
