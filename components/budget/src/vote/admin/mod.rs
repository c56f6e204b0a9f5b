//! The vote's part of the administration of a budget: rules, results.

mod results;
mod rules;

use parvis_ballotbox::pages::{At, Place};
use parvis_ballotbox::seal;
use parvis_civic::Error;
use parvis_core::Access;
use parvis_store::{Fut, Tx, boxed};
use parvis_web::{Ctx, Routes};

use super::ballot::Budgets;
use crate::simulator;

const BASE: &str = "/admin/p/{process}/{activity}";

/// Its pages; editors only.
pub(crate) fn routes() -> Routes {
    use Access::Editor;
    let to = |rest: &str| format!("{BASE}{rest}");
    Routes::new()
        .get(&to("/rules"), Editor, rules::page)
        .post(&to("/rules"), Editor, rules::submit)
        .get(&to("/results"), Editor, results::page)
        .post(&to("/results"), Editor, results::submit)
        .get(&to("/simulator"), Editor, simulator::tab)
}

/// Does something that changes what the vote seals: refused, and the refusal journaled, once somebody has voted. `None`
/// when it was refused.
async fn change<X, F>(cx: &Ctx, at: &At, what: &'static str, act: F) -> Result<Option<X>, Error>
where
    X: Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx<'_>, &'t Place) -> Fut<'t, Result<X, Error>> + Send + 'static,
{
    let (at, now) = (at.clone(), cx.now);
    cx.store()
        .write(move |tx| {
            boxed(async move {
                let place = Place::find(tx, &Budgets, &at, true).await?;
                if !seal::may_change(tx, now, place.activity.id, what).await? {
                    return Ok(None);
                }
                Ok(Some(act(tx, &place).await?))
            })
        })
        .await
}
