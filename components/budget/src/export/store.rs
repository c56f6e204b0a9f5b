//! The rows of open data that no page reads so.

use parvis_civic::Error;
use parvis_core::{Localized, Millis};
use parvis_store::{Tx, p};

/// Ideas read at a time.
const PAGE: i64 = 500;

/// One idea of the table.
pub(super) struct IdeaRow {
    pub(super) contribution_id: i64,
    pub(super) district_id: Option<i64>,
    pub(super) category_id: Option<i64>,
    pub(super) address: String,
    pub(super) point: Option<(i64, i64)>,
    pub(super) estimate: Option<i64>,
    pub(super) state: String,
    pub(super) reason: Localized,
    pub(super) cost: Option<i64>,
    pub(super) decided_at: Option<Millis>,
    pub(super) merged_into: Option<i64>,
}

/// The next ideas by number. Of what was withdrawn or hidden, only the place stays: nothing that its author wrote.
pub(super) async fn ideas(tx: &mut Tx<'_>, activity_id: i64, after: i64) -> Result<Vec<IdeaRow>, Error> {
    let sql = "select c.id, c.status, i.district_id, i.category_id, i.address, i.latitude_e6, i.longitude_e6,
                      i.estimate, i.state, i.reason, i.cost, i.decided_at, i.merged_into
               from budget_idea i join contribution c on c.id = i.contribution_id
               where c.activity_id = $1 and c.id > $2 and c.status <> 'draft' order by c.id limit $3";
    let rows = tx.query(sql, &p![activity_id, after, PAGE]).await?;
    rows.iter()
        .map(|r| {
            let readable = matches!(r.at::<String>(1)?.as_str(), "published" | "merged");
            let state: String = r.at(8)?;
            let decided = readable && matches!(state.as_str(), "feasible" | "refused");
            let point: Option<(i64, i64)> = r.at::<Option<i64>>(5)?.zip(r.at::<Option<i64>>(6)?);
            let reason = Localized::from_json(&r.at::<String>(9)?);
            Ok(IdeaRow {
                contribution_id: r.at(0)?,
                district_id: r.at(2)?,
                category_id: r.at(3)?,
                address: if readable { r.at(4)? } else { String::new() },
                point: point.filter(|_| readable),
                estimate: r.at::<Option<i64>>(7)?.filter(|_| readable),
                reason: if decided { reason } else { Localized::default() },
                cost: r.at::<Option<i64>>(10)?.filter(|_| decided),
                decided_at: r.at::<Option<i64>>(11)?.filter(|_| decided),
                merged_into: r.at(12)?,
                state,
            })
        })
        .collect()
}

/// One merger of the table.
pub(super) struct MergerRow {
    pub(super) id: i64,
    pub(super) from_id: i64,
    pub(super) into_id: i64,
    pub(super) state: String,
    pub(super) created_at: Millis,
    pub(super) decided_at: Option<Millis>,
}

/// The mergers of a budget, in order.
pub(super) async fn mergers(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<MergerRow>, Error> {
    let sql = "select id, from_id, into_id, state, created_at, decided_at from budget_merger
               where activity_id = $1 order by id";
    let rows = tx.query(sql, &p![activity_id]).await?;
    rows.iter()
        .map(|r| {
            Ok(MergerRow {
                id: r.at(0)?,
                from_id: r.at(1)?,
                into_id: r.at(2)?,
                state: r.at(3)?,
                created_at: r.at(4)?,
                decided_at: r.at(5)?,
            })
        })
        .collect()
}
