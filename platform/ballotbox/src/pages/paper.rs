//! Paper: printing, keying, differences.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::Error;
use parvis_core::{FieldErrors, Locale};
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Html};
use parvis_web::{Ctx, Fields, Page, WebError};
use serde_json::{Value, json};

use super::place::{self, At, Place, admin_page, nav};
use super::{Held, load};
use crate::close;
use crate::code::Code;
use crate::paper::{self, Batch, Entered, Sheet};
use crate::rules::Channel;

#[derive(Template)]
#[template(path = "ballotbox/paper.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    batches: Vec<Batch>,
    signed: i64,
    size: String,
}

impl View {
    fn sizes(&self) -> Vec<Choice> {
        let t = &self.page.t;
        vec![
            Choice::new("normal", t.get("ballotbox-print-normal")),
            Choice::new("large", t.get("ballotbox-print-large")),
        ]
    }

    fn languages(&self) -> Vec<Choice> {
        Locale::ALL.iter().map(|l| Choice::new(l.code(), l.name())).collect()
    }

    fn disputed(&self) -> i64 {
        self.batches.iter().map(|b| b.disputed).sum()
    }
}

async fn show(
    poll: &Held,
    cx: &Ctx,
    at: &At,
    size: &str,
    errors: &FieldErrors,
) -> Result<Response, WebError> {
    let (place, (batches, turnout)) = load(poll, cx, at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            Ok((paper::batches(tx, id).await?, close::turnout(tx, id).await?))
        })
    })
    .await?;
    let page = admin_page(cx, &place, cx.t().get("ballotbox-tab-paper")).errors(errors);
    let nav = nav(&**poll, cx, &place, "paper");
    let signed = turnout.through(Channel::Paper);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(cx.render_status(status, &View { page, place, nav, batches, signed, size: size.to_owned() }))
}

/// The batches and how far they are.
pub(super) async fn page(poll: Held, cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&poll, &cx, &at, "20", &FieldErrors::new()).await
}

#[derive(Template)]
#[template(path = "ballotbox/sheets.html")]
struct Sheets {
    page: Page,
    place: Place,
    batch: String,
    codes: Vec<Code>,
    is_large: bool,
    lang: &'static str,
    title: String,
    printed: Html,
    code_label: String,
    foot: String,
}

/// Prints a batch: the page is the only place where its codes are ever shown.
pub(super) async fn print(poll: Held, cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let me = place::acting(&cx)?;
    let typed = sent.get("size").to_owned();
    let now = cx.now;
    let size = typed.parse::<usize>().unwrap_or(0);
    let done = place::write(&poll, &cx, &at, move |tx, place| {
        boxed(async move {
            if !place.ballot.rules().paper {
                return Err(Error::Conflict("ballotbox-no-paper"));
            }
            let id = place.activity.id;
            let (number, codes) = paper::print(tx, now, id, size).await?;
            let detail = json!({ "batch": number, "ballots": codes.len() });
            audit::record(tx, now, Some(me.id), "ballots-printed", &format!("activity:{id}"), &detail)
                .await?;
            Ok((place.clone(), number, codes))
        })
    })
    .await;
    let (place, number, codes) = match done {
        Ok(done) => done,
        Err(Error::Conflict(key)) => {
            let mut errors = FieldErrors::new();
            errors.add("size", key);
            return show(&poll, &cx, &at, &typed, &errors).await;
        }
        Err(e) => return Err(e.into()),
    };
    let locale = Locale::parse(sent.get("language")).unwrap_or(cx.locale());
    let page = admin_page(&cx, &place, cx.t().get("ballotbox-sheets"));
    // The ballot is in the voter's language, which may not be the agent's.
    let mut theirs = page.clone();
    theirs.t = cx.site.t(locale);
    let printed = place.ballot.printed(&theirs);
    let view = Sheets {
        lang: locale.code(),
        title: place.activity.title.get(locale).to_owned(),
        printed,
        code_label: theirs.t.get("ballotbox-sheet-code"),
        foot: theirs.t.get("ballotbox-sheet-foot"),
        batch: theirs.t.with1("ballotbox-sheet-batch", "number", number),
        is_large: sent.get("format") == "large",
        page,
        place,
        codes,
    };
    Ok(cx.render(&view))
}

#[derive(Template)]
#[template(path = "ballotbox/entry.html")]
struct Entry {
    page: Page,
    place: Place,
    nav: Html,
    fields: Html,
    code: String,
    is_spoiled: bool,
    /// Whether a sheet with two entries is read anew.
    is_again: bool,
    done: String,
}

impl Entry {
    fn to(&self) -> &'static str {
        if self.is_again { "paper/differences/again" } else { "paper/enter" }
    }

    fn intro(&self) -> &'static str {
        match (self.is_again, self.place.ballot.rules().double_entry) {
            (true, _) => "ballotbox-again-text",
            (false, true) => "ballotbox-entry-twice",
            (false, false) => "ballotbox-entry-single",
        }
    }
}

async fn entry_page(
    poll: &Held,
    cx: &Ctx,
    at: &At,
    sent: &Fields,
    errors: &FieldErrors,
    done: String,
    is_again: bool,
) -> Result<Response, WebError> {
    let (place, ()) = load(poll, cx, at, |_, _| boxed(async { Ok(()) })).await?;
    let title = if is_again { "ballotbox-again" } else { "ballotbox-entry" };
    let page = admin_page(cx, &place, cx.t().get(title)).errors(errors);
    let nav = nav(&**poll, cx, &place, "paper");
    let fields = place.ballot.fields(&page, sent);
    let code = sent.get("code").to_owned();
    let is_spoiled = sent.has("spoiled");
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(cx.render_status(status, &Entry { page, place, nav, fields, code, is_spoiled, is_again, done }))
}

/// Where a sheet is keyed.
pub(super) async fn entry(poll: Held, cx: Ctx, at: At) -> Result<Response, WebError> {
    entry_page(&poll, &cx, &at, &Fields::default(), &FieldErrors::new(), String::new(), false).await
}

/// Keys a sheet. The code is checked before the choices: a mistyped one is said at once.
pub(super) async fn enter(poll: Held, cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let (me, now) = (place::acting(&cx)?, cx.now);
    let fields = sent.clone();
    let done = place::write(&poll, &cx, &at, move |tx, place| {
        boxed(async move {
            let rules = place.ballot.rules();
            let code = fields.get("code");
            let looked = paper::look_up(tx, place.activity.id, rules, me.id, code).await;
            looked.map_err(|e| on("code", e))?;
            let ballot = if fields.has("spoiled") { None } else { Some(place.ballot.read(&fields)?) };
            let entered = paper::enter(tx, &place.activity, now, rules, me.id, code, ballot.as_ref()).await;
            entered.map_err(|e| on("code", e))
        })
    })
    .await;
    match done {
        Ok(entered) => {
            let key = match entered {
                Entered::Once => "ballotbox-entered-once",
                Entered::Counted => "ballotbox-entered-counted",
                Entered::Spoiled => "ballotbox-entered-spoiled",
                Entered::Disputed => "ballotbox-entered-disputed",
            };
            let done = cx.t().get(key);
            entry_page(&poll, &cx, &at, &Fields::default(), &FieldErrors::new(), done, false).await
        }
        Err(Error::Fields(errors)) => entry_page(&poll, &cx, &at, &sent, &errors, String::new(), false).await,
        Err(Error::Closed) => {
            let mut errors = FieldErrors::new();
            errors.add("code", "ballotbox-entry-closed");
            entry_page(&poll, &cx, &at, &sent, &errors, String::new(), false).await
        }
        Err(e) => Err(e.into()),
    }
}

/// A conflict as a mistake of that field.
fn on(field: &'static str, e: Error) -> Error {
    match e {
        Error::Conflict(key) => {
            let mut errors = FieldErrors::new();
            errors.add(field, key);
            Error::Fields(errors)
        }
        e => e,
    }
}

#[derive(Template)]
#[template(path = "ballotbox/differences.html")]
struct Differences {
    page: Page,
    place: Place,
    nav: Html,
    sheets: Vec<Sheet>,
}

impl Differences {
    /// What an agent read, in words; `null` is a spoiled ballot.
    fn read(&self, reading: &Option<String>) -> Vec<String> {
        let t = &self.page.t;
        match reading.as_deref().map(serde_json::from_str::<Value>) {
            Some(Ok(Value::Null)) => vec![t.get("ballotbox-spoiled")],
            Some(Ok(ballot)) => {
                let words = self.place.ballot.words(t, &ballot);
                if words.is_empty() { vec![t.get("ballotbox-blank")] } else { words }
            }
            _ => vec![],
        }
    }
}

async fn differences_page(
    poll: &Held,
    cx: &Ctx,
    at: &At,
    problem: Option<&'static str>,
) -> Result<Response, WebError> {
    let (place, sheets) =
        load(poll, cx, at, |tx, place| boxed(async move { paper::disputes(tx, place.activity.id).await }))
            .await?;
    let mut page = admin_page(cx, &place, cx.t().get("ballotbox-differences"));
    if let Some(key) = problem {
        page = page.error(cx.t().get(key));
    }
    let nav = nav(&**poll, cx, &place, "paper");
    let status = if problem.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(cx.render_status(status, &Differences { page, place, nav, sheets }))
}

/// The sheets that two agents read differently.
pub(super) async fn differences(poll: Held, cx: Ctx, at: At) -> Result<Response, WebError> {
    differences_page(&poll, &cx, &at, None).await
}

/// Settles one with the sheet in hand: the first reading, the second, or spoiled.
pub(super) async fn settle(poll: Held, cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let (me, now) = (place::acting(&cx)?, cx.now);
    let Ok(sheet) = sent.get("sheet").parse::<i64>() else { return Err(WebError::NotFound) };
    let which = sent.get("which").to_owned();
    let done = place::write(&poll, &cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let all = paper::disputes(tx, id).await?;
            let found =
                all.into_iter().find(|s| s.id == sheet).ok_or(Error::Conflict("ballotbox-paper-used"))?;
            let text = match which.as_str() {
                "first" => found.first,
                "second" => found.second,
                "spoiled" => None,
                _ => return Err(Error::NotFound),
            };
            let value: Value = match text.as_deref().map(serde_json::from_str) {
                Some(read) => read.map_err(|e| Error::Internal(e.to_string()))?,
                None => Value::Null,
            };
            let reading = if value.is_null() { None } else { Some(&value) };
            paper::settle(tx, &place.activity, now, sheet, reading).await?;
            audit::record(tx, now, Some(me.id), "ballot-settled", &format!("activity:{id}"), &json!({}))
                .await?;
            Ok(place.admin("paper/differences"))
        })
    })
    .await;
    match done {
        Ok(to) => Ok(cx.redirect_with(to, "ballotbox-settled", &[])),
        Err(Error::Conflict(key)) => differences_page(&poll, &cx, &at, Some(key)).await,
        Err(Error::Closed) => differences_page(&poll, &cx, &at, Some("ballotbox-entry-closed")).await,
        Err(e) => Err(e.into()),
    }
}

/// Where a sheet whose entries are both wrong is read anew.
pub(super) async fn again(poll: Held, cx: Ctx, at: At) -> Result<Response, WebError> {
    entry_page(&poll, &cx, &at, &Fields::default(), &FieldErrors::new(), String::new(), true).await
}

/// Settles a difference by what the sheet of this code says, whatever its two entries said.
pub(super) async fn read_again(poll: Held, cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let (me, now) = (place::acting(&cx)?, cx.now);
    let fields = sent.clone();
    let done = place::write(&poll, &cx, &at, move |tx, place| {
        boxed(async move {
            let (id, code) = (place.activity.id, fields.get("code"));
            let looked = paper::look_up_disputed(tx, id, code).await;
            looked.map_err(|e| on("code", e))?;
            let ballot = if fields.has("spoiled") { None } else { Some(place.ballot.read(&fields)?) };
            let settled = paper::settle_again(tx, &place.activity, now, code, ballot.as_ref()).await;
            settled.map_err(|e| on("code", e))?;
            let (object, detail) = (format!("activity:{id}"), json!({ "again": true }));
            audit::record(tx, now, Some(me.id), "ballot-settled", &object, &detail).await?;
            Ok(place.admin("paper/differences"))
        })
    })
    .await;
    let errors = match done {
        Ok(to) => return Ok(cx.redirect_with(to, "ballotbox-settled", &[])),
        Err(Error::Fields(errors)) => errors,
        Err(Error::Closed) => {
            let mut errors = FieldErrors::new();
            errors.add("code", "ballotbox-entry-closed");
            errors
        }
        Err(e) => return Err(e.into()),
    };
    entry_page(&poll, &cx, &at, &sent, &errors, String::new(), true).await
}
