//! What happens in the demonstration besides its consultations: one scene a process, told in numbered steps.

use std::collections::HashMap;

use anyhow::Result;
use jiff::tz::TimeZone;
use parvis_civic::account::Participant;
use parvis_civic::follow;
use parvis_civic::process::{self, ActivityDraft, PhaseDraft, ProcessDraft};
use parvis_core::Millis;
use parvis_store::{Fut, Tx};
use parvis_web::Tool;

use super::data::{ActivityText, PhaseText, ProcessText};
use super::plan::moment;

/// The people of the demonstration, by their key.
pub type People = HashMap<String, Participant>;

/// One process of the demonstration, told step by step.
pub trait Scene: Send + Sync + std::fmt::Debug {
    /// When each of its steps happens; those of the future are not played.
    ///
    /// # Errors
    /// A moment that cannot be read.
    fn steps(&mut self, when: &When) -> Result<Vec<Millis>>;
    /// Plays the `n`th step.
    fn play<'a>(
        &'a mut self,
        tx: &'a mut Tx<'_>,
        n: usize,
        at: Millis,
        when: &'a When,
        people: &'a People,
    ) -> Fut<'a, Result<()>>;
}

/// The present, and the zone in which the files write their hours.
#[derive(Debug, Clone)]
pub struct When {
    /// The present.
    pub now: Millis,
    /// The site's zone.
    pub zone: TimeZone,
}

impl When {
    /// Reads a moment of a file.
    ///
    /// # Errors
    /// When it is written otherwise.
    pub fn read(&self, text: &str) -> Result<Millis> {
        moment(text, self.now, &self.zone)
    }
}

/// Makes a process, its phases and an activity of a tool in it; the process is published, the activity a draft.
/// Gives the activity and its process.
///
/// # Errors
/// What a form would refuse; the database.
pub async fn prepare(
    tx: &mut Tx<'_>,
    at: Millis,
    when: &When,
    tool: &dyn Tool,
    (text, phases, activity): (&ProcessText, &[PhaseText], &ActivityText),
) -> Result<(i64, i64)> {
    let draft = ProcessDraft {
        title: text.title.clone(),
        summary: text.summary.clone(),
        description: text.description.clone(),
        object: text.object.clone(),
        perimeter: text.perimeter.clone(),
        duplicates_rule: text.duplicates_rule.clone(),
        method_note: text.method_note.clone(),
        organiser: text.organiser.clone(),
        preset: text.preset.clone(),
        answer_due_at: Some(when.read(&text.answer_due)?),
    };
    let made = process::create(tx, at, &draft).await?;
    let mut phase_id = None;
    for phase in phases {
        let draft = PhaseDraft {
            title: phase.title.clone(),
            description: phase.description.clone(),
            starts_at: when.read(&phase.from)?,
            ends_at: when.read(&phase.to)?,
        };
        let id = process::add_phase(tx, at, made.id, &draft).await?;
        if phase.key == activity.phase {
            phase_id = Some(id);
        }
    }
    let added = process::add_activity(tx, at, made.id, tool.name(), &activity.title, phase_id).await?;
    tool.create(tx, added.id, at).await?;
    let rules = process::activity(tx, added.id).await?.map(|a| a.rules).unwrap_or_default();
    let draft =
        ActivityDraft { title: activity.title.clone(), summary: activity.summary.clone(), phase_id, rules };
    process::update_activity(tx, at, added.id, &draft).await?;
    process::publish(tx, at, made.id).await?;
    Ok((added.id, made.id))
}

/// Publishes the activity; these people follow its process.
///
/// # Errors
/// The database.
pub async fn open(
    tx: &mut Tx<'_>,
    at: Millis,
    (activity, process_id): (i64, i64),
    followers: &[String],
    people: &People,
) -> Result<()> {
    process::publish_activity(tx, at, activity).await?;
    for who in followers.iter().filter_map(|key| people.get(key)) {
        follow::set(tx, at, who.id, "process", process_id, true).await?;
    }
    Ok(())
}

/// Regular moments between two others, with small shifts so that nothing falls on the stroke of the clock.
pub fn spread(from: Millis, to: Millis, count: usize) -> Vec<Millis> {
    (0..count).map(|n| super::plan::spread(from, to, n, count, n)).collect()
}
