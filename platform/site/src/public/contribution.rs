//! A contribution by its number: where it is, flagging it, following it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use parvis_civic::contribution::{self, Contribution, Status};
use parvis_civic::{Error, follow, moderation};
use parvis_core::{Access, FieldErrors};
use parvis_store::{Tx, boxed};
use parvis_web::ui::Choice;
use parvis_web::{Ctx, Fields, Page, Routes, WebError};

use super::place::{self, Item};
use super::store::{self, Place};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/c/{id}", Access::Anyone, find)
        .get("/c/{id}/flag", Access::Participant, form)
        .post("/c/{id}/flag", Access::Participant, flag)
        .post("/c/{id}/follow", Access::Participant, toggle)
}

/// A contribution and where it stands; not found when the public may not know of it.
pub(super) async fn load(tx: &mut Tx<'_>, id: i64) -> Result<(Contribution, Place), Error> {
    let c = contribution::find(tx, id).await?.filter(|c| c.status != Status::Draft).ok_or(Error::NotFound)?;
    let place = store::places(tx, &[c.activity_id]).await?.remove(&c.activity_id).ok_or(Error::NotFound)?;
    Ok((c, place))
}

fn number(id: &str) -> Result<i64, WebError> {
    id.parse().map_err(|_| WebError::NotFound)
}

/// `GET /c/{id}`: leads to the page that shows it. The author of a hidden one is led to the decision.
async fn find(cx: Ctx, Path(id): Path<String>) -> Result<Response, WebError> {
    let (id, me) = (number(&id)?, cx.id());
    let found = cx.store().read(move |tx| {
        boxed(async move {
            let (c, place) = load(tx, id).await?;
            let own = me.is_some() && c.author_id == me && c.status == Status::Hidden;
            let decisions = if own { moderation::decisions(tx, id).await? } else { vec![] };
            Ok::<_, Error>((c, place, decisions))
        })
    });
    let (c, place, decisions) = found.await?;
    if !place.is_public && !Access::Editor.allows(cx.role()) {
        return Err(WebError::NotFound);
    }
    Ok(match decisions.iter().find(|d| d.action == "hide") {
        Some(decision) => cx.redirect(format!("/appeal/{}", decision.id)),
        None => cx.redirect(place::href(&cx.site, &place, &c)),
    })
}

#[derive(Template)]
#[template(path = "public/flag.html")]
struct Flag {
    page: Page,
    id: i64,
    item: Item,
    reasons: Vec<Choice>,
    reason: String,
    note: String,
}

impl Flag {
    fn new(cx: &Ctx, item: Item, id: i64, errors: &FieldErrors) -> Self {
        let t = cx.t();
        let reasons = moderation::REASONS
            .iter()
            .map(|r| Choice::new(*r, t.get(&format!("civic-reason-{r}"))))
            .collect();
        let page = cx.page_with(t.get("public-flag-title"), errors).noindex();
        Self { page, id, item, reasons, reason: String::new(), note: String::new() }
    }
}

async fn shown(cx: &Ctx, id: i64) -> Result<Item, WebError> {
    let found = cx.store().read(move |tx| boxed(async move { load(tx, id).await }));
    let (c, place) = found.await?;
    if c.status != Status::Published {
        return Err(WebError::NotFound);
    }
    let places = [(c.activity_id, place)].into_iter().collect();
    place::item(cx, &places, &c).ok_or(WebError::NotFound)
}

/// `GET /c/{id}/flag`.
async fn form(cx: Ctx, Path(id): Path<String>) -> Result<Response, WebError> {
    let id = number(&id)?;
    let item = shown(&cx, id).await?;
    Ok(cx.render(&Flag::new(&cx, item, id, &FieldErrors::new())))
}

/// `POST /c/{id}/flag`. Sent twice it counts once: one flag a person and contribution.
async fn flag(cx: Ctx, Path(id): Path<String>, fields: Fields) -> Result<Response, WebError> {
    let (id, me, now) = (number(&id)?, cx.me()?.clone(), cx.now);
    let item = shown(&cx, id).await?;
    let (reason, note) = (fields.get("reason").to_owned(), fields.get("note").to_owned());
    let (r, n) = (reason.clone(), note.clone());
    let done =
        cx.store().write(move |tx| boxed(async move { moderation::flag(tx, now, &me, id, &r, &n).await }));
    match done.await {
        Ok(()) => Ok(cx.redirect_with(item.href, "public-flag-done", &[])),
        Err(Error::Fields(errors)) => {
            let view = Flag { reason, note, ..Flag::new(&cx, item, id, &errors) };
            Ok(cx.render_invalid(&view))
        }
        Err(e) => Err(e.into()),
    }
}

/// `POST /c/{id}/follow`, with `follow` = `on` or `off`.
async fn toggle(cx: Ctx, Path(id): Path<String>, fields: Fields) -> Result<Response, WebError> {
    let (id, me, now, on) = (number(&id)?, cx.me()?.id, cx.now, fields.get("follow") != "off");
    let item = shown(&cx, id).await?;
    let done = cx
        .store()
        .write(move |tx| boxed(async move { follow::set(tx, now, me, "contribution", id, on).await }));
    done.await?;
    Ok(cx.redirect_with(item.href, if on { "public-followed" } else { "public-unfollowed" }, &[]))
}
