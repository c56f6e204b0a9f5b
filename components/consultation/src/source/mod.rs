//! Adding a source to a text.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::contribution::{Contribution, Draft};
use parvis_civic::{Error, once};
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::ui::Choice;
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;
use serde_json::json;

use crate::model::{self, CATEGORIES, SOURCE};
use crate::place::{On, Place, acting, publish, refusal, under};

#[cfg(test)]
mod tests;

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    pub(crate) title: String,
    pub(crate) link: String,
    pub(crate) category: String,
    pub(crate) summary: String,
    idem: String,
}

#[derive(Template)]
#[template(path = "source/page.html")]
struct View {
    page: Page,
    place: Place,
    parent: Contribution,
    sent: Sent,
    categories: Vec<Choice>,
    refused: Option<String>,
}

pub(crate) async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    let (place, parent) = under(&cx, &on).await?;
    let refused = refusal(&cx, &place, &parent, place.rules.sources);
    Ok(answer(&cx, StatusCode::OK, place, parent, Sent::default(), &FieldErrors::new(), refused))
}

pub(crate) async fn submit(cx: Ctx, on: On, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let (place, parent) = under(&cx, &on).await?;
    let me = acting(&cx)?;
    if let Some(why) = refusal(&cx, &place, &parent, place.rules.sources) {
        return Ok(answer(&cx, StatusCode::CONFLICT, place, parent, sent, &FieldErrors::new(), Some(why)));
    }
    let limits = place.rules.limits(SOURCE);
    let mut errors = FieldErrors::new();
    let (min, max) = limits.title;
    let title = errors.text("title", &sent.title, min, max, "consultation-source-title-empty");
    let link = model::check_link(&mut errors, &sent.link);
    if !CATEGORIES.contains(&sent.category.as_str()) {
        errors.add("category", "consultation-category-empty");
    }
    let (min, max) = limits.body;
    let body = errors.text("summary", &sent.summary, min, max, "civic-body-empty");
    if !errors.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(answer(&cx, status, place, parent, sent, &errors, None));
    }
    let extra = json!({ "link": link, "category": sent.category });
    let draft = Draft { kind: SOURCE, parent_id: Some(parent.id), title, body, extra, ..Draft::default() };
    let (now, idem, at) = (cx.now, once::key(&sent.idem, &sent), place.clone());
    let done =
        cx.store().write(move |tx| boxed(async move { publish(tx, now, &me, &at, &draft, &idem).await }));
    match done.await {
        Ok(location) => Ok(cx.redirect_with(location, "consultation-done-source", &[])),
        Err(Error::Closed | Error::Conflict("civic-parent-gone")) => {
            let (place, parent) = under(&cx, &on).await?;
            let why = refusal(&cx, &place, &parent, place.rules.sources)
                .unwrap_or_else(|| cx.t().get("consultation-refused-closed"));
            Ok(answer(&cx, StatusCode::CONFLICT, place, parent, sent, &FieldErrors::new(), Some(why)))
        }
        Err(e) => Err(e.into()),
    }
}

/// The categories as a list of choices.
pub(crate) fn categories(cx: &Ctx) -> Vec<Choice> {
    let none = Choice::new("", cx.t().get("consultation-source-choose"));
    let word = |c: &&str| Choice::new(*c, cx.t().get(&format!("consultation-category-{c}")));
    std::iter::once(none).chain(CATEGORIES.iter().map(word)).collect()
}

fn answer(
    cx: &Ctx,
    status: StatusCode,
    place: Place,
    parent: Contribution,
    sent: Sent,
    errors: &FieldErrors,
    refused: Option<String>,
) -> Response {
    let page = place
        .page(cx, cx.t().get("consultation-add-source"))
        .crumb(parent.title.clone(), place.href(&parent))
        .errors(errors)
        .noindex();
    let categories = categories(cx);
    cx.render_status(status, &View { page, place, parent, sent, categories, refused })
}
