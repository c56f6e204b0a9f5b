//! The panel's work: its sessions, what it recommends, what the organisation answered.

use askama::Template;
use axum::response::Response;
use parvis_ballotbox::pages::At;
use parvis_store::boxed;
use parvis_web::{Ctx, Page, WebError};

use crate::evaluation::State;
use crate::place::{self, Place, load, reader_page};
use crate::recommend::{self, Decision};
use crate::store;
use crate::store::{Recommendation, Session};

#[derive(Template)]
#[template(path = "after/page.html")]
struct View {
    page: Page,
    place: Place,
    sessions: Vec<Session>,
    recommendations: Vec<Recommendation>,
    evaluation: State,
}

impl View {
    /// The sentence of a vote.
    fn vote(&self, r: &Recommendation) -> String {
        let Some(votes) = r.votes else { return self.page.t.get("panel-not-voted") };
        let key = match recommend::decision(votes) {
            Decision::Adopted => "panel-vote-adopted",
            Decision::Tied => "panel-vote-tied",
            Decision::Rejected => "panel-vote-rejected",
        };
        let [r#for, against, abstain] = votes;
        self.page.t.with3(key, "for", r#for, "against", against, "abstain", abstain)
    }

    /// The working of a vote: how many ballots were counted of those cast. Empty when nobody chose.
    fn working(&self, r: &Recommendation) -> String {
        let Some(outcome) = r.votes.and_then(recommend::count) else { return String::new() };
        let figure = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let (cast, counted) = (figure(outcome.ballots), figure(outcome.counted));
        self.page.t.with2("panel-vote-working", "cast", cast, "counted", counted)
    }
}

/// The page.
pub(crate) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, (sessions, recommendations, panel)) = load(&cx, &at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            Ok((
                store::sessions(tx, id).await?,
                store::recommendations(tx, id).await?,
                store::panel(tx, id).await?,
            ))
        })
    })
    .await?;
    place.cache(&cx);
    let page = reader_page(&cx, &place, cx.t().get("panel-work"));
    Ok(cx.render(&View { page, place, sessions, recommendations, evaluation: State::of(&panel) }))
}
