//! Ideas: deposited, listed, shown, supported, corrected, withdrawn, joined.

pub(crate) mod deposit;
mod edit;
mod flag;
mod list;
pub(crate) mod merge;
pub(crate) mod show;
mod versions;
mod withdraw;

#[cfg(test)]
mod tests;

use parvis_civic::contribution::Status;
use parvis_civic::{Error, answer};
use parvis_core::{Access, Millis};
use parvis_i18n::T;
use parvis_store::Tx;
use parvis_web::Routes;

use crate::life::State;
use crate::place::Place;
use crate::store::ideas::Idea;
use crate::store::projects;

/// Its public pages.
pub(crate) fn routes() -> Routes {
    use Access::{Anyone, Participant};
    let to = |rest: &str| format!("/p/{{process}}/{{activity}}{rest}");
    Routes::new()
        .get_cached(&to("/ideas"), Anyone, list::page)
        .get(&to("/ideas/new"), Anyone, deposit::page)
        .post(&to("/ideas/new"), Participant, deposit::submit)
        .get(&to("/ideas/drafts/{id}"), Participant, deposit::review)
        .post(&to("/ideas/drafts/{id}"), Participant, deposit::act)
        .get_cached(&to("/ideas/{id}"), Anyone, show::page)
        .post(&to("/ideas/{id}/support"), Participant, show::support)
        .post(&to("/ideas/{id}/follow"), Participant, show::follow)
        .get_cached(&to("/ideas/{id}/versions"), Anyone, versions::page)
        .get(&to("/ideas/{id}/edit"), Participant, edit::page)
        .post(&to("/ideas/{id}/edit"), Participant, edit::submit)
        .get(&to("/ideas/{id}/withdraw"), Participant, withdraw::page)
        .post(&to("/ideas/{id}/withdraw"), Participant, withdraw::submit)
        .get(&to("/ideas/{id}/flag"), Participant, flag::page)
        .post(&to("/ideas/{id}/flag"), Participant, flag::submit)
        .get(&to("/ideas/{id}/merge"), Participant, merge::page)
        .post(&to("/ideas/{id}/merge"), Participant, merge::submit)
        .get(&to("/mergers/{id}"), Participant, merge::consent_page)
        .post(&to("/mergers/{id}"), Participant, merge::consent)
}

/// The name of whoever wrote an idea: a pseudonym, the organisation, or nobody any more.
pub(crate) fn author(t: &T, idea: &Idea) -> String {
    match &idea.author {
        _ if idea.c.official => t.get("budget-organisation"),
        Some(name) => name.clone(),
        None => t.get("budget-author-gone"),
    }
}

/// An idea of this budget that is published, or was.
pub(crate) async fn find(tx: &mut Tx<'_>, place: &Place, id: i64) -> Result<Idea, Error> {
    let idea = crate::store::ideas::find(tx, place.activity.id, id).await?.ok_or(Error::NotFound)?;
    if idea.c.status == Status::Draft { Err(Error::NotFound) } else { Ok(idea) }
}

/// Why its author cannot correct an idea now: the key of the message.
pub(crate) fn locked(place: &Place, idea: &Idea, now: Millis) -> Option<&'static str> {
    if idea.c.status != Status::Published {
        return Some("budget-edit-gone");
    }
    if idea.state != State::Received {
        return Some("budget-edit-studied");
    }
    if !place.deposit_is_open(now) {
        return Some("budget-edit-closed");
    }
    (!idea.c.editable(now, place.rules.ideas.edit_hours)).then_some("budget-edit-late")
}

/// Why its author cannot withdraw an idea now: the key of the message.
pub(crate) async fn kept(tx: &mut Tx<'_>, idea: &Idea) -> Result<Option<&'static str>, Error> {
    if idea.c.status != Status::Published {
        return Ok(Some("budget-edit-gone"));
    }
    if !projects::of_idea(tx, idea.c.id).await?.is_empty() {
        return Ok(Some("budget-withdraw-project"));
    }
    Ok(answer::of(tx, idea.c.id, false).await?.map(|_| "budget-withdraw-answered"))
}
