//! The page of a panel: what it is for, where it stands, who may be drawn; and how a draw works, in plain words.

use askama::Template;
use axum::response::Response;
use parvis_ballotbox::pages::At;
use parvis_civic::process::Moment;
use parvis_store::boxed;
use parvis_web::{Ctx, Page, WebError};

use crate::model::{Seat, Stage, Value};
use crate::place::{self, Place, load, reader_page, seats};
use crate::store::{Panel, Round};
use crate::{pool, store};

#[derive(Template)]
#[template(path = "show/page.html")]
struct View {
    page: Page,
    place: Place,
    panel: Panel,
    rounds: Vec<Round>,
    volunteers: i64,
    accepted: usize,
    has_work: bool,
    moment: Moment,
}

impl View {
    fn has_drawn(&self) -> bool {
        self.rounds.iter().any(|r| r.stage() == Stage::Drawn)
    }

    /// Where the panel stands, in a sentence.
    fn sentence(&self) -> String {
        let t = &self.page.t;
        let seats = i64::from(self.place.rules.seats);
        match (self.rounds.last().map(Round::stage), self.moment) {
            (Some(Stage::Drawn), _) if self.accepted > 0 => t.with2(
                "panel-said-accepted",
                "count",
                i64::try_from(self.accepted).unwrap_or(0),
                "seats",
                seats,
            ),
            (Some(Stage::Drawn), _) => t.get("panel-said-drawn"),
            (Some(Stage::Ready), _) => t.get("panel-said-ready"),
            (Some(_), _) => t.get("panel-said-announced"),
            (None, Moment::Before) => t.get("panel-said-before"),
            (None, Moment::During) if self.panel.letters > 0 => t.get("panel-said-during"),
            (None, Moment::During) if self.place.rules.open_call => t.get("panel-said-open"),
            (None, Moment::During) => t.get("panel-said-letters"),
            (None, Moment::After) => t.get("panel-said-after"),
        }
    }

    fn seats(&self, value: &Value) -> String {
        seats(&self.page.t, value)
    }

    fn method(&self) -> String {
        self.page.t.get(&format!("panel-method-{}", self.place.rules.method.code()))
    }

    fn how(&self) -> String {
        self.page.t.get(&format!("panel-how-{}", self.place.rules.method.code()))
    }
}

/// The page.
pub(crate) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, (panel, rounds, volunteers, accepted, has_work)) = load(&cx, &at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let drawn = store::drawn(tx, id).await?;
            let accepted = drawn.iter().filter(|p| p.seat == Seat::Accepted).count();
            let has_work = !store::sessions(tx, id).await?.is_empty()
                || !store::recommendations(tx, id).await?.is_empty();
            Ok((
                store::panel(tx, id).await?,
                store::rounds(tx, id).await?,
                store::count(tx, id).await?,
                accepted,
                has_work,
            ))
        })
    })
    .await?;
    place.cache(&cx);
    let process = place.process.title.get(cx.locale());
    let page = cx
        .page(place.activity.title.get(cx.locale()))
        .nav("processes")
        .crumb(process, format!("/p/{}", place.process.slug))
        .describe(place.activity.summary.get(cx.locale()));
    let moment = place.activity.moment(cx.now);
    Ok(cx.render(&View { page, place, panel, rounds, volunteers, accepted, has_work, moment }))
}

#[derive(Template)]
#[template(path = "show/how.html")]
struct How {
    page: Page,
    place: Place,
    command: String,
}

impl How {
    fn is_leximin(&self) -> bool {
        self.place.rules.method == parvis_sortition::Method::Leximin
    }

    fn method(&self) -> String {
        self.page.t.get(&format!("panel-how-{}", self.place.rules.method.code()))
    }
}

/// How it works.
pub(crate) async fn how(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, ()) = load(&cx, &at, |_, _| boxed(async { Ok(()) })).await?;
    place.cache(&cx);
    let page = reader_page(&cx, &place, cx.t().get("panel-how-title"));
    let command = pool::command(&place.rules, 1, None);
    Ok(cx.render(&How { page, place, command }))
}
