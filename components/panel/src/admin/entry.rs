//! Answers by phone and on paper: an agent types them, with the code or the number of the letter, or the number that was called.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::pages::{At, acting};
use parvis_civic::Error;
use parvis_core::{FieldErrors, Locale, Millis};
use parvis_store::{Tx, boxed};
use parvis_web::ui::{Choice, Field, Html};
use parvis_web::{Ctx, Fields, Page, WebError};

use super::record;
use crate::join::{self, form};
use crate::place::{Place, admin_page, load, nav, write};
use crate::store::{Invitation, Letter, Phone};
use crate::{phones, store, work};

#[derive(Template)]
#[template(path = "admin/entry.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    answers: Vec<Field>,
    sent: Fields,
    is_sealed: bool,
    has_phones: bool,
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
    let (place, (is_sealed, panel)) = load(cx, at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            Ok((work::is_sealed(tx, id).await?, store::panel(tx, id).await?))
        })
    })
    .await?;
    let has_phones = panel.phones > 0;
    let mut page = admin_page(cx, &place, cx.t().get("panel-tab-entry")).errors(errors);
    if let Some(key) = message {
        page = page.error(cx.t().get(key));
    }
    let answers = form::questions(&page, &place.rules, &sent);
    let nav = nav(cx, &place, "entry");
    Ok(cx.render_status(status, &View { page, place, nav, answers, sent, is_sealed, has_phones }))
}

/// The form.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&cx, &at, StatusCode::OK, Fields::default(), &FieldErrors::new(), None).await
}

/// Who was asked.
enum Asked {
    Nobody,
    Letter(Letter),
    Phone(Phone),
}

/// A mistake on one field.
fn mistake(field: &'static str, key: &'static str) -> Error {
    let mut errors = FieldErrors::new();
    errors.add(field, key);
    errors.into()
}

/// The letter or the telephone number that somebody answers to.
async fn invited(tx: &mut Tx<'_>, id: i64, sent: &Fields) -> Result<Asked, Error> {
    let typed = sent.get("code");
    let digits = phones::fold(sent.get("phone"));
    if !sent.get("phone").trim().is_empty() {
        if !typed.trim().is_empty() {
            return Err(mistake("phone", "panel-entry-both"));
        }
        let found = store::by_number(tx, id, &digits).await?;
        return found.map(Asked::Phone).ok_or_else(|| mistake("phone", "panel-entry-phone-unknown"));
    }
    match typed.trim().parse::<i64>() {
        Ok(line) => {
            let found = store::by_line(tx, id, line).await?;
            found.map(Asked::Letter).ok_or_else(|| mistake("code", "panel-entry-line-unknown"))
        }
        Err(_) if typed.trim().is_empty() => Ok(Asked::Nobody),
        Err(_) => join::letter(tx, id, typed).await.map(Asked::Letter),
    }
}

/// Notes a refusal: a volunteer who had said yes takes it back.
async fn refuse(tx: &mut Tx<'_>, now: Millis, id: i64, asked: &Asked) -> Result<(), Error> {
    match asked {
        Asked::Nobody => Err(mistake("code", "panel-join-code-empty")),
        Asked::Letter(letter) => join::withdraw(tx, now, id, letter.id).await,
        Asked::Phone(phone) => {
            if let Some(person) = store::of_phone(tx, id, phone.id).await? {
                join::leave(tx, now, id, &person).await?;
            }
            store::set_phone_answer(tx, now, phone.id, "no").await
        }
    }
}

/// Adds the volunteer; one a letter, one a telephone number.
async fn accept(
    tx: &mut Tx<'_>,
    now: Millis,
    place: &Place,
    (sent, locale): (&Fields, Locale),
    asked: &Asked,
) -> Result<(), Error> {
    let id = place.activity.id;
    let mut errors = FieldErrors::new();
    let mut person = form::read(&place.rules, locale, sent, &mut errors);
    if !sent.has("consent") {
        errors.add("consent", "panel-entry-consent-empty");
    }
    errors.check()?;
    let invitation = match asked {
        Asked::Nobody => Invitation::None,
        Asked::Letter(letter) => {
            if store::of_letter(tx, id, letter.id).await?.is_some() {
                return Err(mistake("code", "panel-entry-answered"));
            }
            person.household.clone_from(&letter.household);
            store::set_answer(tx, now, letter.id, "yes").await?;
            Invitation::Letter(letter.id)
        }
        Asked::Phone(phone) => {
            if store::of_phone(tx, id, phone.id).await?.is_some() {
                return Err(mistake("phone", "panel-entry-phone-answered"));
            }
            store::set_phone_answer(tx, now, phone.id, "yes").await?;
            Invitation::Phone(phone.id)
        }
    };
    let channel = if sent.get("channel") == "paper" { "paper" } else { "phone" };
    join::register(tx, now, id, &person, invitation, channel).await.map(drop)
}

/// Records an answer that came by phone or on paper. Agents may still type paper after the phase ends, until the pool is
/// published.
pub(super) async fn submit(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let (me, now) = (acting(&cx)?.id, cx.now);
    let fields = sent.clone();
    let locale = cx.site.settings().default_locale;
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            if !place.rules.keeps(now) {
                return Err(Error::Conflict("panel-erased"));
            }
            if !work::may_change(tx, now, id, "pool").await? {
                return Ok(None);
            }
            let asked = invited(tx, id, &fields).await?;
            if fields.get("wish") == "no" {
                refuse(tx, now, id, &asked).await?;
            } else {
                accept(tx, now, place, (&fields, locale), &asked).await?;
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
