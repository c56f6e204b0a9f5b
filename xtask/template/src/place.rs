//! The activity that an address names.

use parvis_civic::Error;
use parvis_civic::process::{self, Activity, Process, Status};
use parvis_core::Access;
use parvis_store::Tx;
use parvis_web::Ctx;

use crate::model;

/// A process and its activity, as they stand in an address.
pub(crate) type Path = axum::extract::Path<(String, String)>;

/// Whether the visitor sees what is not published yet.
pub(crate) fn is_editor(cx: &Ctx) -> bool {
    Access::Editor.allows(cx.role())
}

/// The activity at this address; what is not published exists for editors only.
pub(crate) async fn find(tx: &mut Tx<'_>, path: &Path, editor: bool) -> Result<(Process, Activity), Error> {
    let found = process::activity_by_slug(tx, &path.0.0, &path.0.1).await?;
    let (process, activity) = found.ok_or(Error::NotFound)?;
    let draft = process.status == Status::Draft || activity.status == Status::Draft;
    if (draft && !editor) || activity.component != model::NAME {
        return Err(Error::NotFound);
    }
    Ok((process, activity))
}
