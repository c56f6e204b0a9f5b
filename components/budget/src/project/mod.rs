//! Projects: what is put to the vote, where it comes from, what became of it.

mod list;
mod show;

use parvis_core::Access;
use parvis_web::Routes;

/// What somebody follows when they follow a project.
pub(crate) const FOLLOWED: &str = "project";

/// Its public pages.
pub(crate) fn routes() -> Routes {
    use Access::{Anyone, Participant};
    let to = |rest: &str| format!("/p/{{process}}/{{activity}}{rest}");
    Routes::new()
        .get_cached(&to("/projects"), Anyone, list::page)
        .get_cached(&to("/projects/{id}"), Anyone, show::page)
        .get(&to("/projects/{id}/picture"), Anyone, show::picture)
        .get(&to("/projects/{id}/steps/{step}/picture"), Anyone, show::step_picture)
        .post(&to("/projects/{id}/follow"), Participant, show::follow)
}
