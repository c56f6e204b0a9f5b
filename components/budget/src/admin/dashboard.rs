//! What needs the editor now: what is missing before it opens, what waits, where ideas stand.

use askama::Template;
use axum::response::Response;
use parvis_civic::process::{self, Status as Published};
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Page, WebError};

use crate::life::State;
use crate::place::{At, Place, load};
use crate::store::{self, follow_up, ideas, mergers};

#[derive(Template)]
#[template(path = "admin/dashboard.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    is_draft: bool,
    missing: Vec<&'static str>,
    states: Vec<(State, i64)>,
    to_study: i64,
    to_project: i64,
    mergers: i64,
    projects: usize,
    winners: usize,
}

/// The page.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, (missing, states, mergers, projects, winners, origins)) = load(&cx, &at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let mut missing: Vec<&'static str> =
                process::missing(tx, &place.process).await?.into_iter().map(|m| m.0).collect();
            if place.activity.phase.is_none() {
                missing.push("civic-missing-phase");
            }
            let mut more = crate::tool::missing(tx, &place.activity).await?;
            if place.activity.status == Published::Draft {
                more = crate::tool::blocking(&place.activity, more);
            }
            missing.extend(more);
            let states = ideas::by_state(tx, id).await?;
            let mergers = mergers::waiting(tx, id).await?;
            let projects = store::projects(tx, id).await?.len();
            let winners = follow_up::winners(tx, id).await?.len();
            let origins = store::projects::all_origins(tx, id).await?;
            Ok((missing, states, mergers, projects, winners, origins))
        })
    })
    .await?;
    let of =
        |wanted: &[State]| -> i64 { states.iter().filter(|(s, _)| wanted.contains(s)).map(|(_, n)| n).sum() };
    let mut with_project: Vec<i64> = origins.into_iter().map(|(_, idea)| idea).collect();
    with_project.sort_unstable();
    with_project.dedup();
    let with_project = i64::try_from(with_project.len()).unwrap_or(i64::MAX);
    let page = super::page(&cx, &place, place.activity.title.get(cx.locale()));
    let view = View {
        nav: super::nav(&cx, &place, ""),
        is_draft: place.activity.status == Published::Draft,
        to_study: of(&[State::Received, State::Study]),
        to_project: (of(&[State::Feasible]) - with_project).max(0),
        page,
        place,
        missing,
        states,
        mergers,
        projects,
        winners,
    };
    Ok(cx.render(&view))
}
