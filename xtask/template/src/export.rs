//! Its open data: how many support each activity, never who.

use parvis_civic::Error;
use parvis_civic::process::Activity;
use parvis_core::Localized;
use parvis_store::Tx;
use parvis_web::export::{Column, Kind, Sink, Table};

use crate::store;

/// Writes the rows of one activity.
pub(crate) async fn rows(
    tx: &mut Tx<'_>,
    activity: &Activity,
    out: &mut (dyn Sink + Send),
) -> Result<(), Error> {
    out.table(Table {
        name: "sample_supports",
        title: Localized::new("Soutiens", "Supports"),
        primary_key: &["activity"],
        columns: vec![
            Column::new("activity", Kind::Text, "Adresse du dispositif", "Address of the activity").required(),
            Column::new("supports", Kind::Integer, "Personnes qui soutiennent", "People who support").required(),
        ],
    })?;
    let count = store::count(tx, activity.id).await?;
    out.row(vec![activity.slug.clone().into(), count.into()])
}
