//! The administration of a budget: what is missing and what waits, envelopes, categories, ideas and their study,
//! mergers, projects, follow-up.

mod both;
mod categories;
mod dashboard;
mod envelopes;
pub(crate) mod follow_up;
mod ideas;
mod ideas_rules;
mod mergers;
mod project_form;
mod projects;
mod study;

use parvis_ballotbox::seal;
use parvis_civic::Error;
use parvis_core::Access;
use parvis_store::{Fut, Tx, boxed};
use parvis_web::ui::{Html, tabs};
use parvis_web::{Ctx, Page, Routes, WebError};
use serde::Deserialize;

use crate::place::{At, Place};

const BASE: &str = "/admin/p/{process}/{activity}";

/// The pages of the administration of a budget, as `(last piece of the address, key of the name, whether editors only)`:
/// these, the vote's own, and those of the ballot box.
pub(crate) const TABS: [(&str, &str, bool); 15] = [
    ("", "budget-page-dashboard", true),
    ("envelopes", "budget-page-envelopes", true),
    ("categories", "budget-page-categories", true),
    ("ideas-rules", "budget-page-ideas-rules", true),
    ("ideas", "budget-page-ideas", false),
    ("mergers", "budget-page-mergers", true),
    ("projects", "budget-page-projects", true),
    ("rules", "budget-page-rules", true),
    ("simulator", "budget-page-simulator", true),
    ("roll", "ballotbox-tab-roll", true),
    ("desk", "ballotbox-tab-desk", false),
    ("paper", "ballotbox-tab-paper", false),
    ("report", "ballotbox-tab-report", false),
    ("results", "budget-page-results", true),
    ("follow-up", "budget-page-follow-up", true),
];

/// Every page of it. Moderators read ideas and write notes; the rest is the editors'.
pub(crate) fn routes() -> Routes {
    use Access::{Editor, Staff};
    let to = |rest: &str| format!("{BASE}{rest}");
    Routes::new()
        .get(BASE, Editor, dashboard::page)
        .get(&to("/envelopes"), Editor, envelopes::page)
        .get(&to("/envelopes/new"), Editor, envelopes::new)
        .upload(&to("/envelopes/new"), Editor, envelopes::create)
        .get(&to("/envelopes/{id}"), Editor, envelopes::edit)
        .upload(&to("/envelopes/{id}"), Editor, envelopes::update)
        .post(&to("/envelopes/{id}/move"), Editor, envelopes::shift)
        .post(&to("/envelopes/{id}/delete"), Editor, envelopes::delete)
        .get(&to("/categories"), Editor, categories::page)
        .post(&to("/categories"), Editor, categories::create)
        .get(&to("/categories/{id}"), Editor, categories::edit)
        .post(&to("/categories/{id}"), Editor, categories::update)
        .post(&to("/categories/{id}/move"), Editor, categories::shift)
        .post(&to("/categories/{id}/delete"), Editor, categories::delete)
        .get(&to("/ideas-rules"), Editor, ideas_rules::page)
        .post(&to("/ideas-rules"), Editor, ideas_rules::submit)
        .get(&to("/ideas"), Staff, ideas::page)
        .get(&to("/ideas/new"), Editor, ideas::new)
        .post(&to("/ideas/new"), Editor, ideas::create)
        .get(&to("/ideas/{id}"), Staff, study::page)
        .post(&to("/ideas/{id}"), Editor, study::submit)
        .post(&to("/ideas/{id}/notes"), Staff, study::note)
        .get(&to("/mergers"), Editor, mergers::page)
        .post(&to("/mergers"), Editor, mergers::submit)
        .post(&to("/mergers/{id}/cancel"), Editor, mergers::cancel)
        .get(&to("/projects"), Editor, projects::page)
        .get(&to("/projects/new"), Editor, projects::new)
        .upload(&to("/projects/new"), Editor, projects::create)
        .get(&to("/projects/{id}"), Editor, projects::edit)
        .upload(&to("/projects/{id}"), Editor, projects::update)
        .post(&to("/projects/{id}/delete"), Editor, projects::delete)
        .get(&to("/follow-up"), Editor, follow_up::page)
        .post(&to("/follow-up/{id}/begin"), Editor, follow_up::begin)
        .post(&to("/follow-up/{id}/undo"), Editor, follow_up::undo)
        .get(&to("/follow-up/{id}"), Editor, follow_up::project)
        .upload(&to("/follow-up/{id}"), Editor, follow_up::add)
}

/// A page of this administration.
fn page(cx: &Ctx, place: &Place, title: impl Into<String>) -> Page {
    let t = cx.t();
    cx.page(title)
        .nav("admin")
        .noindex()
        .wide()
        .crumb(t.get("budget-admin-home"), "/admin")
        .crumb(place.process.title.get(cx.locale()), format!("/admin/processes/{}", place.process.id))
        .crumb(place.activity.title.get(cx.locale()), place.admin(""))
}

/// The links between the pages of this administration.
fn nav(cx: &Ctx, place: &Place, current: &str) -> Html {
    let t = cx.t();
    let is_editor = Access::Editor.allows(cx.role());
    let rules = &place.rules.ballot_box;
    let used = |name: &str| match name {
        "desk" => rules.paper || rules.desk,
        "paper" => rules.paper,
        _ => true,
    };
    let all = TABS.iter().filter(|(name, _, editors)| (is_editor || !editors) && used(name));
    let links = all.map(|(name, key, _)| (place.admin(name), t.get(key), *name == current));
    tabs(&t.get("budget-admin-nav"), links)
}

/// Does something that changes what a vote seals: refused, and the refusal journaled, once somebody has voted. `None`
/// when it was refused. `what` names it in the journal, in a word.
async fn change<X, F>(cx: &Ctx, at: &At, what: &'static str, act: F) -> Result<Option<X>, Error>
where
    X: Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx<'_>, &'t Place) -> Fut<'t, Result<X, Error>> + Send + 'static,
{
    let now = cx.now;
    crate::place::write(cx, at, move |tx, place| {
        boxed(async move {
            if !seal::may_change(tx, now, place.activity.id, what).await? {
                return Ok(None);
            }
            Ok(Some(act(tx, place).await?))
        })
    })
    .await
}

/// Which way a thing moves among the others.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Shift {
    /// `up` or `down`.
    to: String,
}

/// The order after one of these moved by one place.
fn shifted(mut order: Vec<i64>, id: i64, to: &str) -> Result<Vec<i64>, Error> {
    let from = order.iter().position(|o| *o == id).ok_or(Error::NotFound)?;
    let to = if to == "up" { from.checked_sub(1) } else { Some(from + 1) };
    if let Some(to) = to.filter(|to| *to < order.len()) {
        order.swap(from, to);
    }
    Ok(order)
}

/// The largest picture taken, in pixels of each side; what it may take in memory; the size it is brought to.
const MOST_PIXELS: u32 = 8000;
const MEMORY: u64 = 256 * 1024 * 1024;
const SIDE: u32 = 1200;

/// A picture that was sent, written again as a JPEG; nothing when it cannot be read. Off the threads that answer:
/// decoding takes a while.
async fn picture(bytes: axum::body::Bytes) -> Result<Option<Vec<u8>>, WebError> {
    let work = move || parvis_web::picture::jpeg(&bytes, MOST_PIXELS, MEMORY, SIDE);
    tokio::task::spawn_blocking(work).await.map_err(WebError::internal)
}
