//! The options of a vote: written, ordered, pictured; sealed with the first vote.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::pages::{At, Place, acting, admin_page, load, nav};
use parvis_ballotbox::seal;
use parvis_civic::Error;
use parvis_core::{FieldErrors, Localized};
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::{Field, Html};
use parvis_web::{Ctx, Fields, Page, Upload, WebError, picture};
use serde_json::json;

use super::{areas, change, lines, poll};
use crate::ballot::{Votes, more};
use crate::model::{Choice, MOST_OPTIONS};
use crate::store;

#[derive(Template)]
#[template(path = "admin/options.html")]
struct List {
    page: Page,
    place: Place,
    nav: Html,
    options: Vec<Choice>,
    is_sealed: bool,
    base: String,
}

impl List {
    fn more(&self, option: &Choice) -> Html {
        more(&self.page, option, &self.base)
    }
}

async fn list(cx: &Ctx, at: &At, problem: Option<&'static str>) -> Result<Response, WebError> {
    let (place, (options, is_sealed)) = load(&poll(), cx, at, |tx, place| {
        boxed(async move {
            let options = store::options(tx, place.activity.id).await?;
            Ok((options, seal::is_sealed(tx, place.activity.id).await?))
        })
    })
    .await?;
    let mut page = admin_page(cx, &place, cx.t().get("vote-tab-options"));
    if let Some(key) = problem {
        page = page.error(cx.t().get(key));
    }
    let (nav, base) = (nav(&Votes, cx, &place, "options"), place.base());
    let status = if problem.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(cx.render_status(status, &List { page, place, nav, options, is_sealed, base }))
}

/// The list.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    list(&cx, &at, None).await
}

#[derive(Template)]
#[template(path = "admin/option.html")]
struct One {
    page: Page,
    place: Place,
    nav: Html,
    action: String,
    title: [Field; 2],
    body: [Field; 2],
    alt: [Field; 2],
    option: Choice,
}

fn empty() -> Choice {
    let none = Localized::default;
    Choice {
        id: 0,
        title: none(),
        body: none(),
        link: String::new(),
        has_picture: false,
        picture_alt: none(),
    }
}

async fn form(cx: &Ctx, at: &At, option: Choice, errors: &FieldErrors) -> Result<Response, WebError> {
    let (place, ()) = load(&poll(), cx, at, |_, _| boxed(async { Ok(()) })).await?;
    let key = if option.id == 0 { "vote-option-new" } else { "vote-option-edit" };
    let page = admin_page(cx, &place, cx.t().get(key)).errors(errors);
    let action = if option.id == 0 {
        place.admin("options/new")
    } else {
        place.admin(&format!("options/{}", option.id))
    };
    let view = One {
        nav: nav(&Votes, cx, &place, "options"),
        title: lines(&page, "title", "vote-option-title", &option.title),
        body: areas(&page, "body", "vote-option-body", &option.body),
        alt: lines(&page, "alt", "vote-option-alt", &option.picture_alt),
        page,
        place,
        action,
        option,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(cx.render_status(status, &view))
}

/// A new option.
pub(super) async fn new(cx: Ctx, at: At) -> Result<Response, WebError> {
    form(&cx, &at, empty(), &FieldErrors::new()).await
}

/// An option to change.
pub(super) async fn edit(
    cx: Ctx,
    Path((process, activity, id)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let at = At { process, activity };
    let Ok(id) = id.parse::<i64>() else { return Err(WebError::NotFound) };
    let (_, found) = load(&poll(), &cx, &at, move |tx, place| {
        boxed(async move { store::option(tx, place.activity.id, id).await })
    })
    .await?;
    form(&cx, &at, found.ok_or(WebError::NotFound)?, &FieldErrors::new()).await
}

fn read(sent: &Fields, errors: &mut FieldErrors, id: i64) -> Choice {
    let both = |name: &str| Localized::new(sent.get(&format!("{name}_fr")), sent.get(&format!("{name}_en")));
    let (title, body, picture_alt) = (both("title"), both("body"), both("alt"));
    if title.is_empty() {
        errors.add("title_fr", "vote-option-title-empty");
    }
    let long = |errors: &mut FieldErrors, field: &'static str, text: &Localized, max: usize| {
        let count = text.fr.chars().count().max(text.en.chars().count());
        if count > max {
            errors.add_with(
                field,
                "core-too-long",
                vec![("max", max.to_string()), ("count", count.to_string())],
            );
        }
    };
    long(errors, "title_fr", &title, 200);
    long(errors, "body_fr", &body, 5000);
    long(errors, "alt_fr", &picture_alt, 300);
    let link = sent.get("link").to_owned();
    let is_web = link.starts_with("https://") || link.starts_with("http://");
    if !link.is_empty() && (!is_web || link.contains(char::is_whitespace) || link.len() > 500) {
        errors.add("link", "vote-option-link-wrong");
    }
    Choice { id, title, body, link, has_picture: false, picture_alt }
}

/// The largest picture taken, in pixels of each side, and the size it is brought to.
const MOST_PIXELS: u32 = 6000;
const SIDE: u32 = 800;

/// What a picture may take in memory while it is read.
const MEMORY: u64 = 128 * 1024 * 1024;

async fn save(cx: Ctx, at: At, id: i64, sent: Upload) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let mut errors = FieldErrors::new();
    let option = read(&sent.fields, &mut errors, id);
    let mut picture = None;
    if let Some(file) = sent.file("picture") {
        let bytes = file.bytes.clone();
        picture = tokio_blocking(move || picture::jpeg(&bytes, MOST_PIXELS, MEMORY, SIDE)).await;
        if picture.is_none() {
            errors.add("picture", "vote-option-picture-wrong");
        } else if option.picture_alt.is_empty() {
            errors.add("alt_fr", "vote-option-alt-empty");
        }
    }
    if !errors.is_empty() {
        return form(&cx, &at, option, &errors).await;
    }
    let (now, remove) = (cx.now, sent.fields.has("remove_picture"));
    let done = change(&cx, &at, "options", move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            let saved = if option.id == 0 {
                if store::options(tx, activity).await?.len() >= MOST_OPTIONS {
                    return Err(Error::Conflict("vote-options-most"));
                }
                store::add(tx, activity, &option).await?
            } else {
                if !store::save(tx, activity, &option).await? {
                    return Err(Error::NotFound);
                }
                option.id
            };
            if picture.is_some() || remove {
                store::set_picture(tx, activity, saved, picture).await?;
            }
            let object = format!("activity:{activity}");
            audit::record(tx, now, Some(me.id), "option-saved", &object, &json!({ "option": saved })).await?;
            Ok(place.admin("options"))
        })
    });
    match done.await {
        Ok(Some(to)) => Ok(cx.redirect_with(to, "vote-saved", &[])),
        Ok(None) => list(&cx, &at, Some("ballotbox-sealed")).await,
        Err(Error::Conflict(key)) => list(&cx, &at, Some(key)).await,
        Err(e) => Err(e.into()),
    }
}

/// Off the threads that answer: decoding takes a while.
async fn tokio_blocking<X: Send + 'static>(work: impl FnOnce() -> Option<X> + Send + 'static) -> Option<X> {
    tokio::task::spawn_blocking(work).await.ok().flatten()
}

/// Adds an option.
pub(super) async fn create(cx: Ctx, at: At, sent: Upload) -> Result<Response, WebError> {
    save(cx, at, 0, sent).await
}

/// Saves an option.
pub(super) async fn update(
    cx: Ctx,
    Path((process, activity, id)): Path<(String, String, String)>,
    sent: Upload,
) -> Result<Response, WebError> {
    let Ok(id) = id.parse::<i64>() else { return Err(WebError::NotFound) };
    save(cx, At { process, activity }, id, sent).await
}

/// Moves an option up or down.
pub(super) async fn shift(
    cx: Ctx,
    Path((process, activity, id)): Path<(String, String, String)>,
    sent: Fields,
) -> Result<Response, WebError> {
    let at = At { process, activity };
    let Ok(id) = id.parse::<i64>() else { return Err(WebError::NotFound) };
    let up = sent.get("to") == "up";
    let done = change(&cx, &at, "options", move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            let mut order: Vec<i64> = store::options(tx, activity).await?.into_iter().map(|o| o.id).collect();
            let from = order.iter().position(|o| *o == id).ok_or(Error::NotFound)?;
            let to = if up { from.checked_sub(1) } else { Some(from + 1) };
            if let Some(to) = to.filter(|to| *to < order.len()) {
                order.swap(from, to);
                store::reorder(tx, activity, &order).await?;
            }
            Ok(place.admin("options"))
        })
    });
    match done.await? {
        Some(to) => Ok(cx.redirect(to)),
        None => list(&cx, &at, Some("ballotbox-sealed")).await,
    }
}

/// Removes an option.
pub(super) async fn delete(
    cx: Ctx,
    Path((process, activity, id)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let at = At { process, activity };
    let Ok(id) = id.parse::<i64>() else { return Err(WebError::NotFound) };
    let now = cx.now;
    let done = change(&cx, &at, "options", move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            if !store::remove(tx, activity, id).await? {
                return Err(Error::NotFound);
            }
            let object = format!("activity:{activity}");
            audit::record(tx, now, Some(me.id), "option-deleted", &object, &json!({ "option": id })).await?;
            Ok(place.admin("options"))
        })
    });
    match done.await? {
        Some(to) => Ok(cx.redirect_with(to, "vote-removed", &[])),
        None => list(&cx, &at, Some("ballotbox-sealed")).await,
    }
}
