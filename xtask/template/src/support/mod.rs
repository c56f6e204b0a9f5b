//! Supporting, and taking one's support back. Sent twice, each counts once.

use axum::response::Response;
use parvis_civic::Error;
use parvis_civic::account::Status;
use parvis_civic::journal::{self, Leaf};
use parvis_store::boxed;
use parvis_web::{Ctx, Fields, WebError};
use serde_json::json;

use crate::{place, store};

/// Receives the button. The form says what its sender saw, so that a second sending asks for the same thing.
pub(crate) async fn submit(cx: Ctx, path: place::Path, form: Fields) -> Result<Response, WebError> {
    let me = cx.me()?;
    if me.status != Status::Active {
        return Err(WebError::Forbidden);
    }
    let (me, now, editor) = (me.id, cx.now, place::is_editor(&cx));
    let back = format!("/p/{}/{}", path.0.0, path.0.1);
    let wanted = form.get("act") != "take-back";
    // One transaction: the row and its leaf in the journal. Nothing else may happen before it is committed.
    let done = cx.store().write(move |tx| {
        boxed(async move {
            let (_, activity) = place::find(tx, &path, editor).await?;
            activity.must_be_open(now)?;
            if store::supports(tx, activity.id, me).await? == wanted {
                return Ok::<_, Error>(());
            }
            let kind = if wanted {
                store::support(tx, now, activity.id, me).await?;
                "sample-support"
            } else {
                store::take_back(tx, activity.id, me).await?;
                "sample-take-back"
            };
            // No name and no number of a person: a leaf is public for ever.
            let leaf = Leaf::new(kind).object("activity", activity.id).by(me);
            journal::write(tx, now, leaf.body(json!({ "activity": activity.slug }))).await?;
            Ok(())
        })
    });
    done.await?;
    let said = if wanted { "sample-supported" } else { "sample-taken-back" };
    Ok(cx.redirect_with(back, said, &[]))
}
