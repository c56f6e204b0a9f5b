//! The ballot, its confirmation, and the receipt that follows. No script is needed; nothing of a ballot stands in an
//! address, in a cookie or in a form that the site keeps.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::Error;
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Fields, Page, WebError};
use serde_json::Value;

use super::place::{self, At, Place, reader_page, today};
use super::{Held, load};
use crate::code::{Code, Secret};
use crate::roll::{self, Standing};
use crate::rules::Channel;
use crate::vote::{self, Slip};

/// Fields that are ours among those of a ballot.
const OURS: [&str; 6] = ["idem", "pass", "receipt", "replace", "secret", "step"];

#[derive(Template)]
#[template(path = "ballotbox/ballot.html")]
struct BallotPage {
    page: Page,
    place: Place,
    fields: Html,
    /// Why nobody votes now; the ballot can still be looked at.
    closed: String,
    stand: Stand,
    pass: String,
    receipt: String,
}

/// What the ballot page offers.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stand {
    SignIn,
    /// The form is sent.
    Vote,
    /// The form is sent with a receipt, which it replaces.
    Replace,
    Voted(&'static str),
    Letter,
    Not(&'static str),
    /// Not open: the ballot is only shown.
    Look,
}

#[derive(Template)]
#[template(path = "ballotbox/form.html")]
struct FormPart<'p> {
    page: &'p Page,
    place: &'p Place,
    fields: &'p Html,
    pass: &'p str,
    receipt: &'p str,
    is_replacing: bool,
}

impl BallotPage {
    fn form(&self, is_replacing: bool) -> Html {
        let (page, place, fields) = (&self.page, &self.place, &self.fields);
        let part = FormPart { page, place, fields, pass: &self.pass, receipt: &self.receipt, is_replacing };
        Html(part.render().unwrap_or_default())
    }

    /// A voter who has voted does not need to see an empty ballot.
    fn hides(&self) -> bool {
        matches!(self.stand, Stand::Voted(_))
    }
}

async fn stand(poll: &Held, cx: &Ctx, at: &At) -> Result<(Place, Stand), WebError> {
    let who = cx.me().ok().cloned();
    let (now, day) = (cx.now, today(cx));
    load(poll, cx, at, move |tx, place| {
        boxed(async move {
            if !place.activity.is_open(now) {
                return Ok(Stand::Look);
            }
            let Some(who) = who else { return Ok(Stand::SignIn) };
            let rules = place.ballot.rules();
            Ok(match roll::standing(tx, &place.activity, rules, &who, day).await? {
                Standing::May(_) => Stand::Vote,
                Standing::Signed(_, Channel::Web) if rules.changeable => Stand::Replace,
                Standing::Signed(_, channel) => Stand::Voted(match channel {
                    Channel::Web => "ballotbox-you-voted-web",
                    Channel::Desk => "ballotbox-you-voted-desk",
                    Channel::Paper => "ballotbox-you-voted-paper",
                }),
                Standing::Unknown => Stand::Letter,
                Standing::Not(key) => Stand::Not(key),
            })
        })
    })
    .await
}

fn ballot_page(
    cx: &Ctx,
    status: StatusCode,
    place: Place,
    stand: Stand,
    sent: &Fields,
    errors: &FieldErrors,
    more: Option<String>,
) -> Response {
    let mut page = reader_page(cx, &place, cx.t().get("ballotbox-ballot")).errors(errors);
    if let Some(message) = more {
        page = page.error(message);
    }
    let fields = place.ballot.fields(&page, sent);
    let closed = place.closed(cx).unwrap_or_default();
    let (pass, receipt) = (sent.get("pass").to_owned(), sent.get("receipt").to_owned());
    cx.render_status(status, &BallotPage { page, place, fields, closed, stand, pass, receipt })
}

/// The ballot.
pub(super) async fn page(poll: Held, cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, stand) = stand(&poll, &cx, &at).await?;
    Ok(ballot_page(&cx, StatusCode::OK, place, stand, &Fields::default(), &FieldErrors::new(), None))
}

#[derive(Template)]
#[template(path = "ballotbox/confirm.html")]
struct ConfirmPage {
    page: Page,
    place: Place,
    words: Vec<String>,
    /// Everything that was sent, to be sent again.
    hidden: Vec<(String, String)>,
    secret: String,
    is_replacing: bool,
}

/// Checks a ballot and shows it in words before it is cast.
pub(super) async fn confirm(poll: Held, cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let is_desk = sent.has("pass");
    let (place, stand) = if is_desk {
        let (place, ()) = load(&poll, &cx, &at, |_, _| boxed(async { Ok(()) })).await?;
        let stand = if place.activity.is_open(cx.now) { Stand::Vote } else { Stand::Look };
        (place, stand)
    } else {
        stand(&poll, &cx, &at).await?
    };
    if !matches!(stand, Stand::Vote | Stand::Replace) {
        let status = if stand == Stand::SignIn { StatusCode::UNAUTHORIZED } else { StatusCode::CONFLICT };
        return Ok(ballot_page(&cx, status, place, stand, &sent, &FieldErrors::new(), None));
    }
    let mut errors = FieldErrors::new();
    let ballot = match place.ballot.read(&sent) {
        Ok(ballot) => ballot,
        Err(found) => {
            errors = found;
            Value::Null
        }
    };
    let secret = if stand == Stand::Replace {
        match Secret::read(sent.get("receipt")) {
            Ok(secret) => secret,
            Err(mistake) => {
                errors.add("receipt", mistake.key());
                Secret::random()
            }
        }
    } else {
        Secret::random()
    };
    if !errors.is_empty() || sent.get("step") == "back" {
        let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return Ok(ballot_page(&cx, status, place, stand, &sent, &errors, None));
    }
    let page = reader_page(&cx, &place, cx.t().get("ballotbox-confirm"));
    let words = place.ballot.words(cx.t(), &ballot);
    let hidden = sent.0.iter().filter(|(n, _)| !OURS.contains(&n.as_str()) || n == "pass").cloned().collect();
    let view = ConfirmPage {
        page,
        words,
        hidden,
        secret: secret.to_string(),
        is_replacing: stand == Stand::Replace,
        place,
    };
    Ok(cx.render(&view))
}

#[derive(Template)]
#[template(path = "ballotbox/cast.html")]
struct CastPage {
    page: Page,
    place: Place,
    words: Vec<String>,
    secret: String,
    /// The number of the leaf in the journal.
    leaf: String,
    tracker: String,
    is_again: bool,
    is_replaced: bool,
}

/// Puts the ballot in the box and shows the receipt. Sent twice, it counts once.
pub(super) async fn cast(poll: Held, cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    if sent.get("step") == "back" {
        return confirm(poll, cx, at, sent).await;
    }
    let pass = sent.has("pass").then(|| sent.get("pass").to_owned());
    let who = if pass.is_some() { None } else { Some(place::acting(&cx)) };
    let who = match who.transpose() {
        Ok(who) => who,
        Err(WebError::SignInFirst) => {
            // Their session ended meanwhile. The ballot is shown again, and kept nowhere.
            let (place, stand) = stand(&poll, &cx, &at).await?;
            let none = FieldErrors::new();
            return Ok(ballot_page(&cx, StatusCode::UNAUTHORIZED, place, stand, &sent, &none, None));
        }
        Err(e) => return Err(e),
    };
    let Ok(secret) = Secret::read(sent.get("secret")) else {
        return confirm(poll, cx, at, sent).await;
    };
    let is_replacing = sent.has("replace");
    let (now, day) = (cx.now, today(&cx));
    let again = if pass.is_none() { Some(cx.again()?) } else { None };
    let (fields, held) = (sent.clone(), secret.clone());
    let done = place::write(&poll, &cx, &at, move |tx, place| {
        boxed(async move {
            let ballot = place.ballot.read(&fields)?;
            let slip = Slip { ballot: &ballot, secret: &held };
            let seal = place.seal()?;
            let cast = match (pass, who, again) {
                (Some(pass), ..) => vote::cast_with_pass(tx, now, &seal, &pass, &slip).await?,
                (None, Some(_), Some(again)) => {
                    let who = again.me(tx).await?;
                    if is_replacing {
                        let standing =
                            roll::standing(tx, &place.activity, place.ballot.rules(), &who, day).await?;
                        let right = match standing {
                            Standing::Signed(right, _) | Standing::May(right) => right,
                            Standing::Unknown => return Err(Error::Conflict("ballotbox-not-on-roll")),
                            Standing::Not(key) => return Err(Error::Conflict(key)),
                        };
                        vote::replace(tx, now, &seal, &right, &slip).await?
                    } else {
                        vote::cast(tx, now, &seal, &who, day, &slip).await?
                    }
                }
                _ => return Err(Error::Forbidden),
            };
            let found = vote::find(tx, place.activity.id, &held).await?.ok_or(Error::NotFound)?;
            Ok((place.clone(), ballot, cast, found))
        })
    })
    .await;
    match done {
        Ok((place, ballot, cast, found)) => {
            let page = reader_page(&cx, &place, cx.t().get("ballotbox-cast"));
            let view = CastPage {
                words: place.ballot.words(cx.t(), &ballot),
                page,
                secret: secret.to_string(),
                leaf: found.leaf.unwrap_or_default(),
                tracker: found.tracker,
                is_again: cast == vote::Cast::Already,
                is_replaced: is_replacing,
                place,
            };
            Ok(cx.render(&view))
        }
        Err(Error::Conflict(key)) => refused(&poll, &cx, &at, &sent, Some(key)).await,
        Err(Error::Closed) => refused(&poll, &cx, &at, &sent, None).await,
        Err(Error::Fields(errors)) => {
            let (place, stand) = stand(&poll, &cx, &at).await?;
            Ok(ballot_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, place, stand, &sent, &errors, None))
        }
        Err(e) => Err(e.into()),
    }
}

/// The ballot again, with what was chosen, and why it was not taken.
async fn refused(
    poll: &Held,
    cx: &Ctx,
    at: &At,
    sent: &Fields,
    key: Option<&'static str>,
) -> Result<Response, WebError> {
    let (place, stand) = if sent.has("pass") {
        let (place, ()) = load(poll, cx, at, |_, _| boxed(async { Ok(()) })).await?;
        (place, Stand::Look)
    } else {
        stand(poll, cx, at).await?
    };
    let message = match key {
        Some(key) => Some(cx.t().get(key)),
        None => place.closed(cx),
    };
    Ok(ballot_page(cx, StatusCode::CONFLICT, place, stand, sent, &FieldErrors::new(), message))
}

/// Ties the account to the line of a letter.
pub(super) async fn letter(poll: Held, cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let me = place::acting(&cx)?;
    let typed = sent.get("letter").to_owned();
    let done = place::write(&poll, &cx, &at, move |tx, place| {
        boxed(async move { roll::claim(tx, place.activity.id, &me, &typed).await })
    })
    .await;
    match done {
        Ok(()) => Ok(cx.redirect_with(
            format!("/p/{}/{}/ballot", at.process, at.activity),
            "ballotbox-letter-done",
            &[],
        )),
        Err(Error::Conflict(key)) => {
            let (place, stand) = stand(&poll, &cx, &at).await?;
            let mut errors = FieldErrors::new();
            errors.add("letter", key);
            let none = Fields::default();
            Ok(ballot_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, place, stand, &none, &errors, None))
        }
        Err(e) => Err(e.into()),
    }
}

#[derive(Template)]
#[template(path = "ballotbox/booth.html")]
struct BoothPage {
    page: Page,
    place: Place,
    closed: String,
    typed: String,
}

fn booth_page(cx: &Ctx, status: StatusCode, place: Place, typed: &str, errors: &FieldErrors) -> Response {
    let page = reader_page(cx, &place, cx.t().get("ballotbox-booth")).errors(errors);
    let closed = place.closed(cx).unwrap_or_default();
    cx.render_status(status, &BoothPage { page, place, closed, typed: typed.to_owned() })
}

/// Where a code of the desk is typed.
pub(super) async fn desk_page(poll: Held, cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, ()) = load(&poll, &cx, &at, |_, _| boxed(async { Ok(()) })).await?;
    Ok(booth_page(&cx, StatusCode::OK, place, "", &FieldErrors::new()))
}

/// Opens the ballot with a code of the desk.
pub(super) async fn desk_open(poll: Held, cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let typed = sent.get("pass").to_owned();
    let checked = place::write(&poll, &cx, &at, {
        let typed = typed.clone();
        move |tx, place| boxed(async move { vote::check_pass(tx, place.activity.id, &typed).await })
    })
    .await;
    let (place, ()) = load(&poll, &cx, &at, |_, _| boxed(async { Ok(()) })).await?;
    match checked {
        Ok(code) => {
            let stand = if place.activity.is_open(cx.now) { Stand::Vote } else { Stand::Look };
            Ok(with_pass(&cx, place, stand, &code))
        }
        Err(Error::Conflict(key)) => {
            let mut errors = FieldErrors::new();
            errors.add("pass", key);
            Ok(booth_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, place, &typed, &errors))
        }
        Err(e) => Err(e.into()),
    }
}

fn with_pass(cx: &Ctx, place: Place, stand: Stand, code: &Code) -> Response {
    let sent = Fields(vec![("pass".to_owned(), code.to_string())]);
    ballot_page(cx, StatusCode::OK, place, stand, &sent, &FieldErrors::new(), None)
}
