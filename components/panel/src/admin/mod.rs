//! The administration of a panel, in the order in which it is done: categories, quotas, rules, letters, answers, the draw,
//! the panel's work.

mod categories;
pub(crate) mod draw;
mod entry;
mod evaluation;
mod letters;
mod phones;
mod quotas;
pub(crate) mod recommendations;
mod rules;
mod sessions;
mod volunteers;

pub(crate) use sessions::euros;

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use parvis_ballotbox::import::Mistake;
use parvis_ballotbox::pages::{At, acting};
use parvis_civic::Error;
use parvis_civic::process::{self, ActivityDraft, Status};
use parvis_core::{Access, Localized};
use parvis_i18n::T;
use parvis_ops::audit;
use parvis_store::{Fut, Tx, boxed};
use parvis_web::ui::{Field, Html};
use parvis_web::{Ctx, Page, Routes, WebError};
use serde_json::json;

use crate::check::{self, Verdict};
use crate::model::{Rules, Stage};
use crate::place::{Place, admin_page, load, nav, write};
use crate::pool::Row;
use crate::{store, work};

const BASE: &str = "/admin/p/{process}/{activity}";

/// Its pages. Agents (the site's staff) enter answers; the rest is for editors.
pub(crate) fn routes() -> Routes {
    use Access::{Editor, Staff};
    let to = |rest: &str| format!("{BASE}{rest}");
    Routes::new()
        .get(BASE, Staff, page)
        .get(&to("/categories"), Editor, categories::page)
        .upload(&to("/categories/margins"), Editor, categories::margins)
        .get(&to("/categories/new"), Editor, categories::new)
        .post(&to("/categories/new"), Editor, categories::create)
        .get(&to("/categories/{n}"), Editor, categories::edit)
        .post(&to("/categories/{n}"), Editor, categories::update)
        .post(&to("/categories/{n}/delete"), Editor, categories::delete)
        .get(&to("/quotas"), Editor, quotas::page)
        .post(&to("/quotas"), Editor, quotas::submit)
        .post(&to("/quotas/check"), Editor, quotas::check)
        .get(&to("/rules"), Editor, rules::page)
        .post(&to("/rules"), Editor, rules::submit)
        .get(&to("/letters"), Editor, letters::page)
        .upload(&to("/letters/frame"), Editor, letters::frame)
        .post(&to("/letters/draw"), Editor, letters::draw)
        .post(&to("/letters/print"), Editor, letters::print)
        .get(&to("/letters/reminders"), Editor, letters::reminders)
        .get(&to("/letters/reminders.csv"), Editor, letters::reminders_csv)
        .get(&to("/phones"), Editor, phones::page)
        .post(&to("/phones/draw"), Editor, phones::draw)
        .get(&to("/phones/numbers.csv"), Editor, phones::numbers)
        .get(&to("/entry"), Staff, entry::page)
        .post(&to("/entry"), Staff, entry::submit)
        .get(&to("/volunteers"), Editor, volunteers::page)
        .upload(&to("/volunteers/import"), Editor, volunteers::import)
        .post(&to("/volunteers/{id}/delete"), Editor, volunteers::delete)
        .post(&to("/volunteers/erase"), Editor, volunteers::erase)
        .get(&to("/draw"), Editor, draw::page)
        .post(&to("/draw/announce"), Editor, draw::announce)
        .post(&to("/draw/take-back"), Editor, draw::take_back)
        .post(&to("/draw/seed"), Editor, draw::seed)
        .post(&to("/draw/seat"), Editor, draw::seat)
        .get(&to("/sessions"), Editor, sessions::page)
        .post(&to("/sessions"), Editor, sessions::create)
        .post(&to("/sessions/tables"), Editor, sessions::tables)
        .get(&to("/sessions/{id}"), Editor, sessions::one)
        .post(&to("/sessions/{id}"), Editor, sessions::attend)
        .post(&to("/sessions/{id}/delete"), Editor, sessions::delete)
        .get(&to("/evaluation"), Staff, evaluation::page)
        .post(&to("/evaluation/open"), Editor, evaluation::open)
        .post(&to("/evaluation/codes"), Editor, evaluation::codes)
        .post(&to("/evaluation/entry"), Staff, evaluation::enter)
        .post(&to("/evaluation/publish"), Editor, evaluation::publish)
        .get(&to("/recommendations"), Editor, recommendations::page)
        .get(&to("/recommendations/{id}"), Editor, recommendations::edit)
        .post(&to("/recommendations/{id}"), Editor, recommendations::save)
        .post(&to("/recommendations/{id}/votes"), Editor, recommendations::votes)
        .post(&to("/recommendations/{id}/answer"), Editor, recommendations::answer)
        .post(&to("/recommendations/{id}/delete"), Editor, recommendations::delete)
}

/// Changes the rules of a panel: refused, and the refusal journaled, once a draw was announced. `change` reads the rules as
/// they are in this transaction and says what they become. `None` when it was refused.
async fn change<F>(cx: &Ctx, at: &At, what: &'static str, change: F) -> Result<Option<String>, Error>
where
    F: for<'t> FnOnce(&'t mut Tx<'_>, &'t Place, Rules) -> Fut<'t, Result<Rules, Error>> + Send + 'static,
{
    let me = acting(cx).map_err(|_| Error::Forbidden)?.id;
    let now = cx.now;
    write(cx, at, move |tx, place| {
        boxed(async move {
            let activity = &place.activity;
            if !work::may_change(tx, now, activity.id, what).await? {
                return Ok(None);
            }
            let rules = change(tx, place, place.rules.clone()).await?;
            let draft = ActivityDraft {
                title: activity.title.clone(),
                summary: activity.summary.clone(),
                phase_id: activity.phase.as_ref().map(|f| f.id),
                rules: rules.to_json(),
            };
            process::update_activity(tx, now, activity.id, &draft).await?;
            record(tx, now, me, activity.id, what).await?;
            Ok(Some(place.admin(what)))
        })
    })
    .await
}

/// An entry of the audit log.
async fn record(tx: &mut Tx<'_>, now: i64, me: i64, activity_id: i64, what: &str) -> Result<(), Error> {
    let object = format!("activity:{activity_id}");
    audit::record(tx, now, Some(me), &format!("panel-{what}-saved"), &object, &json!({})).await?;
    Ok(())
}

/// A field in each language.
fn lines(page: &Page, name: &str, label: &str, text: &Localized) -> [Field; 2] {
    [("fr", &text.fr), ("en", &text.en)].map(|(code, value)| {
        let field = page.field(&format!("{name}_{code}"), label).value(value).lang(code);
        field.label_text(labelled(page, label, code))
    })
}

/// Several lines in each language.
fn areas(page: &Page, name: &str, label: &str, text: &Localized) -> [Field; 2] {
    [("fr", &text.fr), ("en", &text.en)].map(|(code, value)| {
        let field = page.area(&format!("{name}_{code}"), label).value(value).lang(code).rows(5).optional();
        field.label_text(labelled(page, label, code))
    })
}

fn labelled(page: &Page, label: &str, code: &str) -> String {
    let language = page.t.get(if code == "fr" { "panel-language-fr" } else { "panel-language-en" });
    page.t.with2("panel-in-language", "label", page.t.get(label), "language", language)
}

/// The mistakes of a file, in words.
fn said(t: &T, mistakes: &[Mistake]) -> Vec<String> {
    let one = |m: &Mistake| {
        let line = i64::try_from(m.line).unwrap_or(0);
        let text = t.with2(m.key, "line", line, "value", m.value.as_str());
        if m.line == 0 { text } else { t.with2("panel-file-line", "line", line, "text", text) }
    };
    mistakes.iter().map(one).collect()
}

/// What was answered to letters or on the telephone, in words; `None`: it was erased.
fn said_answers(t: &T, answered: Option<[i64; 3]>) -> String {
    let Some([yes, no, waiting]) = answered else { return t.get("panel-letters-erased") };
    t.with3("panel-letters-said", "yes", yes, "no", no, "waiting", waiting)
}

/// A page with these messages at its top.
fn with_messages(page: Page, messages: impl IntoIterator<Item = String>) -> Page {
    messages.into_iter().fold(page, Page::error)
}

/// How long a check may take, in milliseconds of the clock.
const PATIENCE: i64 = 5_000;

/// Checks rules against the people who volunteered, off the threads that answer.
async fn verdict(cx: &Ctx, rules: Rules, rows: Vec<Row>) -> Result<Verdict, WebError> {
    let site = Arc::clone(&cx.site);
    let work = move || {
        let from = site.now();
        check::check(&rules, &rows, &mut || site.now() - from < PATIENCE)
    };
    tokio::task::spawn_blocking(work).await.map_err(WebError::internal)
}

/// The rows of everybody who volunteered, with their households numbered as in a pool.
async fn rows(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Row>, Error> {
    let people = store::everybody(tx, activity_id, false).await?;
    let row = |p: &store::Person| {
        let home = if p.is_pooled { &p.home } else { &p.household };
        Row { id: p.pseudonym.clone(), home: home.clone(), answers: p.answers.clone() }
    };
    Ok(people.iter().map(row).collect())
}

/// One step of a panel's life.
struct Step {
    key: &'static str,
    to: &'static str,
    is_done: bool,
    said: String,
}

#[derive(Template)]
#[template(path = "admin/dashboard.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    missing: Vec<&'static str>,
    steps: Vec<Step>,
    is_editor: bool,
}

/// What is missing, and the steps.
async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, (missing, panel, people, answered, rounds, seats, sessions, recommendations)) =
        load(&cx, &at, |tx, place| {
            boxed(async move {
                let id = place.activity.id;
                let mut missing = vec![];
                if place.activity.status == Status::Draft {
                    missing.extend(process::missing(tx, &place.process).await?.into_iter().map(|m| m.0));
                    if place.activity.phase.is_none() {
                        missing.push("civic-missing-phase");
                    }
                    missing.extend(place.rules.missing());
                }
                let panel = store::panel(tx, id).await?;
                let people = store::count(tx, id).await?;
                let answered = store::answered(tx, id, &panel).await?;
                let rounds = store::rounds(tx, id).await?;
                let drawn = store::drawn(tx, id).await?;
                let seats = drawn.iter().filter(|p| p.seat == crate::model::Seat::Accepted).count();
                let sessions = store::sessions(tx, id).await?.len();
                let recommendations = store::recommendations(tx, id).await?;
                Ok((missing, panel, people, answered, rounds, seats, sessions, recommendations))
            })
        })
        .await?;
    let t = cx.t();
    let step = |key, to, is_done, said: String| Step { key, to, is_done, said };
    let rules = &place.rules;
    let has_quotas = !rules.categories.is_empty() && rules.seats > 0 && rules.clashes().is_empty();
    let drawn = rounds.iter().any(|r| r.stage() == Stage::Drawn);
    let full = seats >= usize::try_from(rules.seats).unwrap_or(usize::MAX) && rules.seats > 0;
    let answers = recommendations.iter().filter(|r| !r.status.is_empty()).count();
    let steps = vec![
        step(
            "panel-tab-categories",
            "categories",
            !rules.categories.is_empty(),
            t.n("panel-categories-n", rules.categories.len()),
        ),
        step(
            "panel-tab-rules",
            "rules",
            rules.seats > 0 && rules.keep_until.is_some(),
            t.n("panel-seats-n", i64::from(rules.seats)),
        ),
        step("panel-tab-quotas", "quotas", has_quotas, String::new()),
        step(
            "panel-tab-letters",
            "letters",
            panel.letters > 0,
            if panel.letters > 0 { said_answers(t, answered) } else { String::new() },
        ),
        step("panel-tab-volunteers", "volunteers", people > 0, t.n("panel-volunteers-n", people)),
        step(
            "panel-tab-draw",
            "draw",
            drawn,
            if drawn { t.n("panel-accepted-n", seats) } else { String::new() },
        ),
        step("panel-tab-sessions", "sessions", full && sessions > 0, t.n("panel-sessions-n", sessions)),
        step(
            "panel-tab-recommendations",
            "recommendations",
            !recommendations.is_empty() && answers == recommendations.len(),
            t.n("panel-recommendations-n", recommendations.len()),
        ),
    ];
    let page = admin_page(&cx, &place, place.activity.title.get(cx.locale()));
    let nav = nav(&cx, &place, "");
    let is_editor = Access::Editor.allows(cx.role());
    Ok(cx.render(&View { page, place, nav, missing, steps, is_editor }))
}

impl View {
    fn is_draft(&self) -> bool {
        self.place.activity.status == Status::Draft
    }
}
