//! A participant as others see them: a pseudonym and what they published.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use parvis_civic::Error;
use parvis_civic::account::{self, Status};
use parvis_core::{Millis, Role};
use parvis_store::boxed;
use parvis_web::ui::Pager;
use parvis_web::{Ctx, Page, WebError};

use super::place::{self, Item};
use super::store;

const PER_PAGE: i64 = 20;

#[derive(Template)]
#[template(path = "public/person.html")]
struct Person {
    page: Page,
    since: Millis,
    imported: bool,
    staff: &'static str,
    items: Vec<Item>,
    pager: Pager,
}

/// `GET /people/{id}`.
pub(super) async fn page(cx: Ctx, Path(id): Path<String>) -> Result<Response, WebError> {
    let id: i64 = id.parse().map_err(|_| WebError::NotFound)?;
    let number = cx.page_number();
    let found = cx.store().read(move |tx| {
        boxed(async move {
            let who = account::find(tx, id).await?.filter(|p| p.status != Status::Erased);
            let who = who.ok_or(Error::NotFound)?;
            let (list, total) = store::of_person(tx, id, PER_PAGE, (number - 1) * PER_PAGE).await?;
            let activities: Vec<i64> = list.iter().map(|c| c.activity_id).collect();
            Ok::<_, Error>((who, list, total, store::places(tx, &activities).await?))
        })
    });
    let (who, list, total, places) = found.await?;
    // An account that has not chosen its name yet, and shows nothing, is nobody for the public.
    let imported = who.email.is_none();
    if who.terms_at.is_none() && !imported {
        return Err(WebError::NotFound);
    }
    let items = list.iter().filter_map(|c| place::item(&cx, &places, c)).collect();
    let staff = match who.role {
        Role::Participant => "",
        Role::Moderator => "public-person-moderator",
        Role::Editor => "public-person-editor",
        Role::Administrator => "public-person-administrator",
    };
    // What somebody thinks is theirs to show: search engines are not to make a file of it.
    let page = cx.page(who.pseudonym.clone()).noindex();
    let pager = Pager::new(&cx, total, PER_PAGE);
    Ok(cx.render(&Person { page, since: who.created_at, imported, staff, items, pager }))
}
