//! Following a text, and stopping.

use axum::response::Response;
use parvis_civic::contribution::Status;
use parvis_civic::{Error, follow};
use parvis_store::boxed;
use parvis_web::{Ctx, Form, WebError};
use serde::Deserialize;

use crate::place::{On, Place, acting, is_editor};

#[cfg(test)]
mod tests;

/// What the button sends: the state it leads to.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    on: bool,
}

/// Follows, or stops following.
pub(crate) async fn submit(cx: Ctx, on: On, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let (now, editor) = (cx.now, is_editor(&cx));
    let done = cx.store().write(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &on.at, editor).await?;
            let c = place.debated(tx, on.id).await?;
            // One may always stop; one starts with what is still there.
            if sent.on && c.status != Status::Published {
                return Err(Error::Conflict("consultation-parent-gone"));
            }
            follow::set(tx, now, me.id, "contribution", c.id, sent.on).await?;
            Ok::<_, Error>(place.href(&c))
        })
    });
    let key = if sent.on { "consultation-followed" } else { "consultation-unfollowed" };
    Ok(cx.redirect_with(format!("{}#actions", done.await?), key, &[]))
}
