//! The desk: find a line, sign it, hand over a paper ballot or a code.
//!
//! No audit entry is written here: with its time and its person it would say when each voted.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::account::email;
use parvis_civic::{Error, random};
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Fields, Page, WebError};

use super::place::{self, At, Place, admin_page, nav, today};
use super::{Held, load};
use crate::code::Code;
use crate::roll::{self, Line, Voter};
use crate::rules::{Channel, Priority, RollKind};
use crate::{desk, import};

#[derive(Template)]
#[template(path = "ballotbox/desk.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    search: String,
    lines: Vec<Found>,
    closed: String,
    /// What was just done.
    done: String,
    code: String,
    sent: Fields,
}

/// A line that was found, and what the agent can do with it.
struct Found {
    voter: Voter,
    channel: Option<Channel>,
    /// Why this person may not vote.
    not: Option<&'static str>,
}

impl View {
    fn may_register(&self) -> bool {
        self.place.ballot.rules().roll == RollKind::Accounts
    }

    fn has_priority(&self) -> bool {
        self.place.ballot.rules().priority == Priority::Paper
    }
}

/// What a page of the desk shows besides the lines.
#[derive(Default)]
struct Say {
    search: String,
    done: String,
    code: Option<Code>,
    problem: Option<&'static str>,
    sent: Fields,
    errors: FieldErrors,
}

async fn show(poll: &Held, cx: &Ctx, at: &At, say: Say) -> Result<Response, WebError> {
    let typed = say.search.clone();
    let (place, lines) = load(poll, cx, at, move |tx, place| {
        boxed(async move {
            if typed.trim().is_empty() {
                Ok(vec![])
            } else {
                roll::search(tx, place.activity.id, &typed, 20, 0).await
            }
        })
    })
    .await?;
    let day = today(cx);
    let rules = place.ballot.rules();
    let lines = lines.into_iter().map(|(voter, channel)| {
        let not = roll::admits(rules, &voter, day).err();
        Found { voter, channel, not }
    });
    let lines = lines.collect();
    let wrong = say.problem.is_some() || !say.errors.is_empty();
    let mut page = admin_page(cx, &place, cx.t().get("ballotbox-tab-desk")).errors(&say.errors);
    if let Some(key) = say.problem {
        page = page.error(cx.t().get(key));
    }
    let view = View {
        nav: nav(&**poll, cx, &place, "desk"),
        closed: place.closed(cx).unwrap_or_default(),
        code: say.code.map(|c| c.to_string()).unwrap_or_default(),
        search: say.search,
        done: say.done,
        sent: say.sent,
        page,
        place,
        lines,
    };
    let status = if wrong { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(cx.render_status(status, &view))
}

/// The desk.
pub(super) async fn page(poll: Held, cx: Ctx, at: At) -> Result<Response, WebError> {
    let search = cx.query("q");
    show(&poll, &cx, &at, Say { search, ..Say::default() }).await
}

/// Signs, or takes a signature back. The code of the desk is shown once, in the answer itself.
pub(super) async fn act(poll: Held, cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    place::acting(&cx)?;
    let Ok(voter) = sent.get("voter").parse::<i64>() else { return Err(WebError::NotFound) };
    let (action, now, day) = (sent.get("action").to_owned(), cx.now, today(&cx));
    let (receipt, pass) = (sent.get("receipt").to_owned(), sent.get("pass").to_owned());
    let done = place::write(&poll, &cx, &at, {
        let action = action.clone();
        move |tx, place| {
            boxed(async move {
                let seal = place.seal()?;
                match action.as_str() {
                    "paper" => desk::sign_paper(tx, now, &seal, voter, day).await.map(|()| None),
                    "desk" => desk::sign_desk(tx, now, &seal, voter, day).await.map(Some),
                    "instead" => desk::paper_instead(tx, now, &seal, voter, &receipt).await.map(|()| None),
                    "take-back" => desk::take_back(tx, now, &seal, voter, &pass).await.map(|()| None),
                    "take-paper-back" => desk::take_paper_back(tx, now, &seal, voter).await.map(|()| None),
                    _ => Err(Error::NotFound),
                }
            })
        }
    })
    .await;
    let mut say = Say { search: sent.get("q").to_owned(), ..Say::default() };
    match done {
        Ok(code) => {
            let key = match action.as_str() {
                "desk" => "ballotbox-desk-done-desk",
                "paper" => "ballotbox-desk-done-paper",
                "instead" => "ballotbox-desk-done-instead",
                _ => "ballotbox-desk-done-back",
            };
            say.done = cx.t().get(key);
            say.code = code;
        }
        Err(Error::Conflict(key)) => say.problem = Some(key),
        Err(Error::Closed) => say.problem = Some("ballotbox-desk-closed"),
        Err(e) => return Err(e.into()),
    }
    show(&poll, &cx, &at, say).await
}

/// Writes somebody down, where the roll is open to accounts.
pub(super) async fn register(poll: Held, cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    place::acting(&cx)?;
    let mut errors = FieldErrors::new();
    let last_name = errors.text("last_name", sent.get("last_name"), 1, 200, "ballotbox-register-name-empty");
    let first_name =
        errors.text("first_name", sent.get("first_name"), 0, 200, "ballotbox-register-name-empty");
    let birth = import::day(sent.get("birth_date"));
    if sent.has("birth_date") && birth.is_none() {
        errors.add("birth_date", "ballotbox-register-date");
    }
    let address = email::fold(sent.get("email"));
    if !address.is_empty() && !address.contains('@') {
        errors.add("email", "ballotbox-register-email");
    }
    if !errors.is_empty() {
        return show(&poll, &cx, &at, Say { sent, errors, ..Say::default() }).await;
    }
    let line = Line {
        // A number of the desk's own; random, so that it says nothing of the order.
        number: format!("D{}", random::token::<4>()),
        last_name: last_name.clone(),
        first_name,
        birth_date: birth.map(|d| d.to_string()),
        district: sent.get("district").to_owned(),
        email: (!address.is_empty()).then_some(address),
    };
    let done = place::write(&poll, &cx, &at, move |tx, place| {
        boxed(async move {
            if place.ballot.rules().roll != RollKind::Accounts {
                return Err(Error::Conflict("ballotbox-sealed"));
            }
            roll::register(tx, place.activity.id, place.ballot.rules(), &line).await
        })
    })
    .await;
    let mut say = Say { search: last_name, ..Say::default() };
    match done {
        Ok(_) => say.done = cx.t().get("ballotbox-desk-registered"),
        Err(Error::Conflict(key)) => say.problem = Some(key),
        Err(e) => return Err(e.into()),
    }
    show(&poll, &cx, &at, say).await
}
