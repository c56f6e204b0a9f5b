//! What only a consultation knows: its sections, and what becomes of its amendments.

use anyhow::{Context as _, Result};
use parvis_civic::account::Participant;
use parvis_civic::contribution;
use parvis_consultation::decide::{self, Decision, Words};
use parvis_consultation::store;
use parvis_core::{Localized, Millis};
use parvis_store::Tx;

use super::data::Amendment;

/// Adds a section to the text.
pub async fn section(
    tx: &mut Tx<'_>,
    activity_id: i64,
    title: &Localized,
    description: &Localized,
) -> Result<i64> {
    Ok(store::add_section(tx, activity_id, None, title, description).await?)
}

/// Notes which version of its parent an amendment was written against.
pub async fn propose(tx: &mut Tx<'_>, amendment: i64, parent: i64) -> Result<()> {
    let parent = contribution::find(tx, parent).await?.context("nothing to amend")?;
    Ok(store::record_amendment(tx, amendment, parent.version).await?)
}

/// Decides an amendment as the editor would, having read the text as it stands.
pub async fn decide(
    tx: &mut Tx<'_>,
    at: Millis,
    editor: &Participant,
    id: i64,
    amendment: &Amendment,
) -> Result<()> {
    let code = amendment.decision.as_deref().unwrap_or_default();
    let decision = Decision::parse(code).with_context(|| format!("{code:?} is not a decision"))?;
    let c = contribution::find(tx, id).await?.context("no amendment")?;
    let parent = c.parent_id.context("an amendment of nothing")?;
    let parent = contribution::find(tx, parent).await?.context("nothing to amend")?;
    let words = Words { reason: amendment.reason.clone(), ..Words::default() };
    let seen = parent.version;
    decide::decide(tx, at, editor, c.activity_id, id, decision, &words, seen, &amendment.note).await?;
    Ok(())
}
