//! The smallest process in which people can act.

use parvis_civic::Error;
use parvis_civic::process::{self, Activity, DAY, PhaseDraft, Process, ProcessDraft};
use parvis_core::{Localized, Millis};
use parvis_store::Tx;

/// A published process with one published activity of this component, open since yesterday and for thirty days.
///
/// # Errors
/// The database.
pub async fn open_activity(
    tx: &mut Tx<'_>,
    now: Millis,
    component: &str,
) -> Result<(Process, Activity), Error> {
    let both = |s: &str| Localized::new(s, s);
    let rules = ProcessDraft {
        title: both("Démarche"),
        summary: both("…"),
        object: both("…"),
        perimeter: both("…"),
        duplicates_rule: both("…"),
        method_note: both("…"),
        answer_due_at: Some(now + 90 * DAY),
        ..ProcessDraft::default()
    };
    let made = process::create(tx, now, &rules).await?;
    let phase = PhaseDraft {
        title: both("Étape"),
        description: Localized::default(),
        starts_at: now - DAY,
        ends_at: now + 30 * DAY,
    };
    let phase = process::add_phase(tx, now, made.id, &phase).await?;
    let activity = process::add_activity(tx, now, made.id, component, &both("Texte"), Some(phase)).await?;
    process::publish(tx, now, made.id).await?;
    process::publish_activity(tx, now, activity.id).await?;
    let activity = process::activity(tx, activity.id).await?.ok_or(Error::NotFound)?;
    Ok((made, activity))
}
