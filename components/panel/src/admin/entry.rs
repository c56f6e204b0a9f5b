//! Answers by phone and on paper: an agent types them, with the code or the number of the letter.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::pages::{At, acting};
use parvis_civic::Error;
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Field, Html};
use parvis_web::{Ctx, Fields, Page, WebError};

use super::record;
use crate::join::{self, form};
use crate::place::{Place, admin_page, load, nav, write};
use crate::{store, work};

#[derive(Template)]
#[template(path = "admin/entry.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    answers: Vec<Field>,
    sent: Fields,
    is_sealed: bool,
}

impl View {
    fn channels(&self) -> Vec<Choice> {
        let t = &self.page.t;
        vec![
            Choice::new("phone", t.get("panel-channel-phone")),
            Choice::new("paper", t.get("panel-channel-paper")),
        ]
    }

    fn wishes(&self) -> Vec<Choice> {
        let t = &self.page.t;
        vec![Choice::new("yes", t.get("panel-entry-yes")), Choice::new("no", t.get("panel-entry-no"))]
    }

    fn sent(&self, name: &str) -> &str {
        self.sent.get(name)
    }

    fn channel(&self) -> &str {
        if self.sent.has("channel") { self.sent.get("channel") } else { "phone" }
    }

    fn wish(&self) -> &str {
        if self.sent.has("wish") { self.sent.get("wish") } else { "yes" }
    }
}

async fn show(
    cx: &Ctx,
    at: &At,
    status: StatusCode,
    sent: Fields,
    errors: &FieldErrors,
    message: Option<&str>,
) -> Result<Response, WebError> {
    let (place, is_sealed) =
        load(cx, at, |tx, place| boxed(async move { work::is_sealed(tx, place.activity.id).await })).await?;
    let mut page = admin_page(cx, &place, cx.t().get("panel-tab-entry")).errors(errors);
    if let Some(key) = message {
        page = page.error(cx.t().get(key));
    }
    let answers = form::questions(&page, &place.rules, &sent);
    let nav = nav(cx, &place, "entry");
    Ok(cx.render_status(status, &View { page, place, nav, answers, sent, is_sealed }))
}

/// The form.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&cx, &at, StatusCode::OK, Fields::default(), &FieldErrors::new(), None).await
}

/// Records an answer that came by phone or on paper. Agents may still type paper after the phase ends, until the pool is
/// published.
pub(super) async fn submit(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let (me, now) = (acting(&cx)?.id, cx.now);
    let fields = sent.clone();
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            if !place.rules.keeps(now) {
                return Err(Error::Conflict("panel-erased"));
            }
            if !work::may_change(tx, now, id, "pool").await? {
                return Ok(None);
            }
            let typed = fields.get("code");
            let letter = match typed.trim().parse::<i64>() {
                Ok(line) => {
                    let found = store::by_line(tx, id, line).await?;
                    Some(found.ok_or_else(|| {
                        let mut errors = FieldErrors::new();
                        errors.add("code", "panel-entry-line-unknown");
                        Error::Fields(errors)
                    })?)
                }
                Err(_) if typed.is_empty() => None,
                Err(_) => Some(join::letter(tx, id, typed).await?),
            };
            let mut errors = FieldErrors::new();
            if fields.get("wish") == "no" {
                let Some(letter) = letter else {
                    errors.add("code", "panel-join-code-empty");
                    return Err(errors.into());
                };
                join::withdraw(tx, now, id, letter.id).await?;
            } else {
                let mut person = form::read(&place.rules, &fields, &mut errors);
                if !fields.has("consent") {
                    errors.add("consent", "panel-entry-consent-empty");
                }
                errors.check()?;
                if let Some(letter) = &letter {
                    if store::of_letter(tx, id, letter.id).await?.is_some() {
                        let mut errors = FieldErrors::new();
                        errors.add("code", "panel-entry-answered");
                        return Err(errors.into());
                    }
                    person.household.clone_from(&letter.household);
                    store::set_answer(tx, now, letter.id, "yes").await?;
                }
                let channel = if fields.get("channel") == "paper" { "paper" } else { "phone" };
                join::register(tx, now, id, &person, letter.map(|l| l.id), channel).await?;
            }
            record(tx, now, me, id, "entry").await?;
            Ok(Some(place.admin("entry")))
        })
    });
    let none = FieldErrors::new();
    match done.await {
        Ok(Some(to)) => Ok(cx.redirect_with(to, "panel-entry-done", &[])),
        Ok(None) => show(&cx, &at, StatusCode::CONFLICT, sent, &none, Some("panel-sealed")).await,
        Err(Error::Conflict(key)) => show(&cx, &at, StatusCode::CONFLICT, sent, &none, Some(key)).await,
        Err(Error::Fields(errors)) => {
            show(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, sent, &errors, None).await
        }
        Err(e) => Err(e.into()),
    }
}
