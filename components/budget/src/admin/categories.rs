//! The categories into which ideas and projects are sorted.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::Error;
use parvis_core::{FieldErrors, Localized};
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::{Field, Html};
use parvis_web::{Ctx, Fields, Form, Page, WebError};
use serde_json::json;

use super::{Shift, both};
use crate::place::{At, On, Place, acting, load, write};
use crate::store::envelopes::{self, Category};

#[derive(Template)]
#[template(path = "admin/categories.html")]
struct List {
    page: Page,
    place: Place,
    nav: Html,
    categories: Vec<Category>,
    name: [Field; 2],
}

#[derive(Template)]
#[template(path = "admin/category.html")]
struct One {
    page: Page,
    place: Place,
    nav: Html,
    id: i64,
    name: [Field; 2],
}

fn read(sent: &Fields) -> Result<Localized, (Localized, FieldErrors)> {
    let mut errors = FieldErrors::new();
    let empty = Some("budget-category-name-empty");
    let name = both::read(&mut errors, sent, ["name_fr", "name_en"], 100, empty);
    if errors.is_empty() { Ok(name) } else { Err((name, errors)) }
}

async fn list(cx: &Ctx, at: &At, name: &Localized, errors: &FieldErrors) -> Result<Response, WebError> {
    let (place, categories) =
        load(cx, at, |tx, place| boxed(async move { envelopes::categories(tx, place.activity.id).await }))
            .await?;
    let page = super::page(cx, &place, cx.t().get("budget-page-categories")).errors(errors);
    let nav = super::nav(cx, &place, "categories");
    let name = both::lines(&page, "name", "budget-category-name", name);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(cx.render_status(status, &List { page, place, nav, categories, name }))
}

/// The list, with a form to add one.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    list(&cx, &at, &Localized::default(), &FieldErrors::new()).await
}

/// Adds a category.
pub(super) async fn create(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let name = match read(&sent) {
        Ok(name) => name,
        Err((name, errors)) => return list(&cx, &at, &name, &errors).await,
    };
    let now = cx.now;
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            // The same name twice is the same form sent twice.
            let known = envelopes::categories(tx, activity).await?;
            if !known.iter().any(|c| c.name == name) {
                let id = envelopes::add_category(tx, activity, &name).await?;
                let object = format!("activity:{activity}");
                let detail = json!({ "category": id });
                audit::record(tx, now, Some(me.id), "category-saved", &object, &detail).await?;
            }
            Ok(place.admin("categories"))
        })
    });
    Ok(cx.redirect_with(done.await?, "budget-saved", &[]))
}

async fn one(cx: &Ctx, on: &On, sent: Option<(Localized, FieldErrors)>) -> Result<Response, WebError> {
    let id = on.id;
    let (place, found) = load(cx, &on.at, move |tx, place| {
        boxed(async move {
            let all = envelopes::categories(tx, place.activity.id).await?;
            all.into_iter().find(|c| c.id == id).ok_or(Error::NotFound)
        })
    })
    .await?;
    let (name, errors) = sent.unwrap_or((found.name, FieldErrors::new()));
    let page = super::page(cx, &place, cx.t().get("budget-category-edit"))
        .crumb(cx.t().get("budget-page-categories"), place.admin("categories"))
        .errors(&errors);
    let nav = super::nav(cx, &place, "categories");
    let name = both::lines(&page, "name", "budget-category-name", &name);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(cx.render_status(status, &One { page, place, nav, id, name }))
}

/// The form of one category.
pub(super) async fn edit(cx: Ctx, on: On) -> Result<Response, WebError> {
    one(&cx, &on, None).await
}

/// Names a category.
pub(super) async fn update(cx: Ctx, on: On, sent: Fields) -> Result<Response, WebError> {
    let name = match read(&sent) {
        Ok(name) => name,
        Err(wrong) => return one(&cx, &on, Some(wrong)).await,
    };
    let id = on.id;
    let done = write(&cx, &on.at, move |tx, place| {
        boxed(async move {
            if !envelopes::name_category(tx, place.activity.id, id, &name).await? {
                return Err(Error::NotFound);
            }
            Ok(place.admin("categories"))
        })
    });
    Ok(cx.redirect_with(done.await?, "budget-saved", &[]))
}

/// Moves a category up or down.
pub(super) async fn shift(cx: Ctx, on: On, Form(sent): Form<Shift>) -> Result<Response, WebError> {
    let id = on.id;
    let done = write(&cx, &on.at, move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            let order = envelopes::categories(tx, activity).await?.into_iter().map(|c| c.id).collect();
            envelopes::reorder_categories(tx, activity, &super::shifted(order, id, &sent.to)?).await?;
            Ok(place.admin("categories"))
        })
    });
    Ok(cx.redirect(done.await?))
}

/// Removes a category: what was in it is in none.
pub(super) async fn delete(cx: Ctx, on: On) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let (id, now) = (on.id, cx.now);
    let done = write(&cx, &on.at, move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            if !envelopes::remove_category(tx, activity, id).await? {
                return Err(Error::NotFound);
            }
            let object = format!("activity:{activity}");
            audit::record(tx, now, Some(me.id), "category-removed", &object, &json!({ "category": id }))
                .await?;
            Ok(place.admin("categories"))
        })
    });
    Ok(cx.redirect_with(done.await?, "budget-removed", &[]))
}
