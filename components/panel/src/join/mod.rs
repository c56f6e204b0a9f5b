//! Volunteering, without an account: the code of a letter or an open call, a short form, a pseudonym to keep.

pub(crate) mod form;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::code::Code;
use parvis_ballotbox::pages::At;
use parvis_civic::{Error, random};
use parvis_core::{FieldErrors, Millis};
use parvis_ops::mail;
use parvis_store::{Tx, boxed};
use parvis_web::ui::Field;
use parvis_web::{Ctx, Fields, Page, WebError};

use crate::model::Seat;
use crate::people::Volunteer;
use crate::place::{Place, load, reader_page, write};
use crate::store::{self, Invitation, Letter, Person};
use crate::{mails, work};

/// What codes of letters are hashed for.
pub(crate) const PURPOSE: &str = "letter-of-a-panel";

#[derive(Template)]
#[template(path = "join/start.html")]
struct Start {
    page: Page,
    place: Place,
    code: String,
    has_letters: bool,
    closed: String,
}

#[derive(Template)]
#[template(path = "join/form.html")]
struct Answer {
    page: Page,
    place: Place,
    code: String,
    name: Field,
    contact: Field,
    household: Option<Field>,
    answers: Vec<Field>,
    consents: bool,
}

#[derive(Template)]
#[template(path = "join/done.html")]
struct Done {
    page: Page,
    place: Place,
    code: String,
    person: Option<Person>,
    is_new: bool,
}

/// Why one cannot volunteer now, in the visitor's language; empty while one can.
fn closed(cx: &Ctx, place: &Place) -> String {
    use parvis_civic::process::Moment;
    let t = cx.t();
    let Some(phase) = &place.activity.phase else { return t.get("panel-join-no-dates") };
    match place.activity.moment(cx.now) {
        Moment::During if place.activity.is_open(cx.now) => String::new(),
        Moment::During => t.get("panel-join-draft"),
        Moment::Before => t.with1("panel-join-before", "date", t.datetime(phase.starts_at)),
        Moment::After => t.with1("panel-join-after", "date", t.datetime(phase.ends_at)),
    }
}

async fn start(cx: &Ctx, at: &At, code: &str, errors: &FieldErrors) -> Result<Response, WebError> {
    let (place, panel) =
        load(cx, at, |tx, place| boxed(async move { store::panel(tx, place.activity.id).await })).await?;
    let page = reader_page(cx, &place, cx.t().get("panel-join")).noindex().errors(errors);
    let has_letters = panel.letters > 0 && panel.erased_at.is_none();
    let view = Start { page, closed: closed(cx, &place), place, code: code.to_owned(), has_letters };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(cx.render_status(status, &view))
}

/// Where one types the code of a letter.
pub(crate) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    start(&cx, &at, "", &FieldErrors::new()).await
}

/// The letter of a code that somebody typed.
///
/// # Errors
/// A mistake on the field `code`; the database.
pub(crate) async fn letter(tx: &mut Tx<'_>, activity_id: i64, typed: &str) -> Result<Letter, Error> {
    let mut errors = FieldErrors::new();
    let code = match Code::read(typed) {
        Ok(code) => code,
        Err(mistake) => {
            errors.add("code", if typed.trim().is_empty() { "panel-join-code-empty" } else { mistake.key() });
            return Err(errors.into());
        }
    };
    let hash = code.hash(tx, PURPOSE, activity_id).await?;
    let found = store::by_code(tx, activity_id, &hash).await?;
    found.ok_or_else(|| {
        errors.add("code", "panel-join-code-unknown");
        errors.into()
    })
}

/// What stands behind a code: the letter, and the volunteer when they have answered.
type Behind = Option<(Letter, Option<Person>)>;

async fn behind(cx: &Ctx, at: &At, typed: &str) -> Result<Result<(Place, Behind), FieldErrors>, WebError> {
    // Hashing may make the site's key, the first time: a write.
    let typed = typed.to_owned();
    let found = write(cx, at, move |tx, place| {
        boxed(async move {
            if typed.is_empty() && place.rules.open_call {
                return Ok((place.clone(), None));
            }
            let letter = letter(tx, place.activity.id, &typed).await?;
            let person = store::of_letter(tx, place.activity.id, letter.id).await?;
            Ok((place.clone(), Some((letter, person))))
        })
    });
    match found.await {
        Ok(found) => Ok(Ok(found)),
        Err(Error::Fields(errors)) => Ok(Err(errors)),
        Err(e) => Err(e.into()),
    }
}

/// Opens the form, or says what was answered before.
pub(crate) async fn open(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let code = sent.get("code").to_owned();
    let (place, found) = match behind(&cx, &at, &code).await? {
        Ok(found) => found,
        Err(errors) => return start(&cx, &at, &code, &errors).await,
    };
    if let Some((letter, person)) = found
        && (person.is_some() || letter.answer == "no")
    {
        return Ok(done(&cx, place, code, person, false));
    }
    if !closed(&cx, &place).is_empty() {
        return start(&cx, &at, &code, &FieldErrors::new()).await;
    }
    Ok(answer(&cx, place, &code, &Fields::default(), &FieldErrors::new()))
}

fn done(cx: &Ctx, place: Place, code: String, person: Option<Person>, is_new: bool) -> Response {
    let key = match (&person, is_new) {
        (Some(_), true) => "panel-done-yes",
        (Some(_), false) => "panel-done-before",
        (None, _) => "panel-done-no",
    };
    let page = reader_page(cx, &place, cx.t().get(key)).noindex();
    cx.render(&Done { page, place, code, person, is_new })
}

fn answer(cx: &Ctx, place: Place, code: &str, sent: &Fields, errors: &FieldErrors) -> Response {
    let page = reader_page(cx, &place, cx.t().get("panel-join-title")).noindex().errors(errors);
    let asks_home = code.is_empty() && place.rules.households;
    let view = Answer {
        name: page.field("name", "panel-join-name").autocomplete("name").value(sent.get("name")),
        contact: page
            .field("contact", "panel-join-contact")
            .hint("panel-join-contact-hint")
            .value(sent.get("contact")),
        household: asks_home.then(|| {
            page.field("household", "panel-join-household")
                .hint("panel-join-household-hint")
                .autocomplete("street-address")
                .value(sent.get("household"))
        }),
        answers: form::questions(&page, &place.rules, sent),
        consents: sent.has("consent"),
        page,
        place,
        code: code.to_owned(),
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    cx.render_status(status, &view)
}

/// A name for the published pool.
pub(crate) fn pseudonym() -> String {
    format!("v{}", random::token::<4>())
}

/// Adds a volunteer under a new pseudonym.
///
/// # Errors
/// [`Error::Fields`] when this person is there already; the database.
pub(crate) async fn register(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    person: &Volunteer,
    invitation: Invitation,
    channel: &str,
) -> Result<i64, Error> {
    let twice = || {
        let mut errors = FieldErrors::new();
        errors.add("contact", "panel-join-twice");
        Error::Fields(errors)
    };
    let key = person.key();
    if !key.is_empty() && store::known(tx, activity_id, &key).await? {
        return Err(twice());
    }
    let pseudonym = pseudonym();
    match store::add(tx, now, activity_id, &pseudonym, person, invitation, channel).await {
        Err(Error::Store(parvis_store::Error::Unique { .. })) => Err(twice()),
        other => other,
    }
}

/// Records the answer: a volunteer, a refusal, or somebody who takes their answer back.
pub(crate) async fn submit(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let code = sent.get("code").to_owned();
    let step = sent.get("step").to_owned();
    let now = cx.now;
    let (place, found) = match behind(&cx, &at, &code).await? {
        Ok(found) => found,
        Err(errors) => return start(&cx, &at, &code, &errors).await,
    };
    let letter = found.map(|f| f.0);
    if step == "no" || step == "withdraw" {
        let Some(letter) = letter else { return Err(WebError::BadRequest("web-error-fields")) };
        let after = write(&cx, &at, move |tx, place| {
            boxed(
                async move { withdraw(tx, now, place.activity.id, letter.id).await.map(|()| place.clone()) },
            )
        });
        return Ok(done(&cx, after.await?, code, None, true));
    }
    let mut errors = FieldErrors::new();
    let mut person = form::read(&place.rules, cx.locale(), &sent, &mut errors);
    if !sent.has("consent") {
        errors.add("consent", "panel-join-consent-empty");
    }
    if !errors.is_empty() {
        return Ok(answer(&cx, place, &code, &sent, &errors));
    }
    if let Some(letter) = &letter {
        person.household.clone_from(&letter.household);
    }
    let kept = write(&cx, &at, move |tx, place| {
        boxed(async move {
            place.activity.must_be_open(now)?;
            let id = place.activity.id;
            if let Some(letter) = &letter {
                // Sent twice: it counts once.
                if let Some(person) = store::of_letter(tx, id, letter.id).await? {
                    return Ok(person);
                }
                store::set_answer(tx, now, letter.id, "yes").await?;
            }
            let invitation = letter.map_or(Invitation::None, |l| Invitation::Letter(l.id));
            let made = register(tx, now, id, &person, invitation, "web").await?;
            store::volunteer(tx, id, made).await?.ok_or(Error::NotFound)
        })
    });
    match kept.await {
        Ok(person) => Ok(done(&cx, place, code, Some(person), true)),
        Err(Error::Fields(errors)) => Ok(answer(&cx, place, &code, &sent, &errors)),
        Err(e) => Err(e.into()),
    }
}

/// Takes back the answer to a letter. Before the pool is published the volunteer disappears; after, they stay in the
/// pool as somebody who cannot sit, and what names them is erased.
///
/// # Errors
/// The database.
pub(crate) async fn withdraw(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    letter: i64,
) -> Result<(), Error> {
    if let Some(person) = store::of_letter(tx, activity_id, letter).await? {
        leave(tx, now, activity_id, &person).await?;
    }
    store::set_answer(tx, now, letter, "no").await
}

/// Lets a volunteer go.
///
/// # Errors
/// The database.
pub(crate) async fn leave(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    person: &Person,
) -> Result<(), Error> {
    if !person.is_pooled {
        store::remove(tx, activity_id, person.id).await?;
        return Ok(());
    }
    let next = match person.seat {
        Seat::Drawn => Seat::Declined,
        Seat::Declined => Seat::Declined,
        Seat::None | Seat::Accepted | Seat::Gone => Seat::Gone,
    };
    if next != person.seat {
        work::seat(tx, now, activity_id, person, next).await?;
    }
    mail::forget_kind(tx, &person.contact, mails::KIND).await?;
    store::forget(tx, person.id).await
}
