//! The administration of a vote: what is missing, the options, the rules, the results. The roll, the desk, paper and
//! the report are the ballot box's.

mod options;
mod results;
mod rules;

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use parvis_ballotbox::close;
use parvis_ballotbox::pages::{At, Place, Poll, admin_page, load, nav};
use parvis_ballotbox::seal;
use parvis_civic::process::{Moment, Status};
use parvis_civic::{Error, process};
use parvis_core::{Access, Localized};
use parvis_store::{Fut, Tx, boxed};
use parvis_web::ui::{Field, Html};
use parvis_web::{Ctx, Page, Routes, WebError};

use crate::ballot::Votes;
use crate::tool;

const BASE: &str = "/admin/p/{process}/{activity}";

/// Its pages; editors only.
pub(crate) fn routes() -> Routes {
    use Access::Editor;
    let to = |rest: &str| format!("{BASE}{rest}");
    Routes::new()
        .get(BASE, Editor, page)
        .get(&to("/options"), Editor, options::page)
        .get(&to("/options/new"), Editor, options::new)
        .upload(&to("/options/new"), Editor, options::create)
        .get(&to("/options/{id}"), Editor, options::edit)
        .upload(&to("/options/{id}"), Editor, options::update)
        .post(&to("/options/{id}/move"), Editor, options::shift)
        .post(&to("/options/{id}/delete"), Editor, options::delete)
        .get(&to("/rules"), Editor, rules::page)
        .post(&to("/rules"), Editor, rules::submit)
        .get(&to("/results"), Editor, results::page)
        .post(&to("/results"), Editor, results::submit)
}

fn poll() -> Arc<dyn Poll> {
    Arc::new(Votes)
}

/// Does something that changes what a vote seals: refused, and the refusal journaled, once somebody has voted. `None`
/// when it was refused.
async fn change<X, F>(cx: &Ctx, at: &At, what: &'static str, act: F) -> Result<Option<X>, Error>
where
    X: Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx<'_>, &'t Place) -> Fut<'t, Result<X, Error>> + Send + 'static,
{
    let (at, now) = (at.clone(), cx.now);
    cx.store()
        .write(move |tx| {
            boxed(async move {
                let place = Place::find(tx, &Votes, &at, true).await?;
                if !seal::may_change(tx, now, place.activity.id, what).await? {
                    return Ok(None);
                }
                let done = act(tx, &place).await?;
                // What a published vote asks is in the journal each time it changes.
                Ok(Some(done))
            })
        })
        .await
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
        let field = page.area(&format!("{name}_{code}"), label).value(value).lang(code).rows(4).optional();
        field.label_text(labelled(page, label, code))
    })
}

fn labelled(page: &Page, label: &str, code: &str) -> String {
    let language = page.t.get(if code == "fr" { "vote-language-fr" } else { "vote-language-en" });
    page.t.with2("vote-in-language", "label", page.t.get(label), "language", language)
}

#[derive(Template)]
#[template(path = "admin/dashboard.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    missing: Vec<&'static str>,
    is_draft: bool,
    moment: Moment,
    signed: i64,
    is_closed: bool,
}

/// What is missing, and what comes next.
async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, (missing, signed, is_closed)) = load(&poll(), &cx, &at, |tx, place| {
        boxed(async move {
            let mut missing: Vec<&'static str> =
                process::missing(tx, &place.process).await?.into_iter().map(|m| m.0).collect();
            if place.activity.phase.is_none() {
                missing.push("civic-missing-phase");
            }
            missing.extend(tool::missing(tx, &place.activity).await?);
            let signed = close::turnout(tx, place.activity.id).await?.signed();
            Ok((missing, signed, close::closing(tx, place.activity.id).await?.is_some()))
        })
    })
    .await?;
    let page = admin_page(&cx, &place, place.activity.title.get(cx.locale()));
    let view = View {
        nav: nav(&Votes, &cx, &place, ""),
        is_draft: place.activity.status == Status::Draft,
        moment: place.activity.moment(cx.now),
        page,
        place,
        missing,
        signed,
        is_closed,
    };
    Ok(cx.render(&view))
}
