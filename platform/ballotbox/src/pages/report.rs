//! The official report: turnout by channel and district, paper, fingerprint, room to sign. And the closing.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::Error;
use parvis_core::Millis;
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Page, WebError};
use serde_json::json;

use super::place::{self, At, Place, admin_page, nav};
use super::{Held, load};
use crate::close::{self, Closing, Turnout};
use crate::desk::{self, Sheet};
use crate::paper::{self, Batch};
use crate::rules::{Channel, Priority, RollKind};

#[derive(Template)]
#[template(path = "ballotbox/report.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    turnout: Turnout,
    batches: Vec<Batch>,
    sheets: Vec<Sheet>,
    closing: Option<(Millis, Closing)>,
    obstacles: Vec<&'static str>,
    may_close: bool,
}

impl View {
    fn channels(&self) -> Vec<(String, i64)> {
        let t = &self.page.t;
        Channel::ALL.iter().map(|c| (t.get(c.key()), self.turnout.through(*c))).collect()
    }

    fn priority(&self) -> &'static str {
        match self.place.ballot.rules().priority {
            Priority::First => "ballotbox-priority-first",
            Priority::Paper => "ballotbox-priority-paper",
        }
    }

    fn roll_kind(&self) -> &'static str {
        match self.place.ballot.rules().roll {
            RollKind::List => "ballotbox-roll-list",
            RollKind::Accounts => "ballotbox-roll-accounts",
        }
    }
}

async fn show(poll: &Held, cx: &Ctx, at: &At, problem: Option<&'static str>) -> Result<Response, WebError> {
    let now = cx.now;
    let (place, (turnout, batches, sheets, closing, obstacles)) = load(poll, cx, at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let obstacles = close::obstacles(tx, &place.activity, now).await?;
            let closing = close::closing(tx, id).await?;
            let sheets = desk::sheets(tx, id).await?;
            Ok((close::turnout(tx, id).await?, paper::batches(tx, id).await?, sheets, closing, obstacles))
        })
    })
    .await?;
    let mut page = admin_page(cx, &place, cx.t().get("ballotbox-report"));
    if let Some(key) = problem {
        page = page.error(cx.t().get(key));
    }
    let view = View {
        nav: nav(&**poll, cx, &place, "report"),
        may_close: parvis_core::Access::Editor.allows(cx.role()),
        page,
        place,
        turnout,
        batches,
        sheets,
        closing,
        obstacles,
    };
    let status = if problem.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(cx.render_status(status, &view))
}

/// The report.
pub(super) async fn page(poll: Held, cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&poll, &cx, &at, None).await
}

/// Closes the box.
pub(super) async fn close(poll: Held, cx: Ctx, at: At) -> Result<Response, WebError> {
    let (me, now) = (place::acting(&cx)?, cx.now);
    let done = place::write(&poll, &cx, &at, move |tx, place| {
        boxed(async move {
            close::close(tx, now, &place.activity).await?;
            let object = format!("activity:{}", place.activity.id);
            audit::record(tx, now, Some(me.id), "box-closed", &object, &json!({})).await?;
            Ok(place.admin("report"))
        })
    })
    .await;
    match done {
        Ok(to) => Ok(cx.redirect_with(to, "ballotbox-closed-done", &[])),
        Err(Error::Conflict(key)) => show(&poll, &cx, &at, Some(key)).await,
        Err(e) => Err(e.into()),
    }
}
