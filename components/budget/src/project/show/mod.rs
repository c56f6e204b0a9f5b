//! One project: what it is, what it costs, the ideas it comes from, and its follow-up once it has won.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use parvis_civic::{Error, follow as follows};
use parvis_core::Localized;
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;

use super::FOLLOWED;
use crate::follow_up::{day, promise, said, sign, spending};
use crate::idea::show::one_map;
use crate::life::Progress;
use crate::model::Project;
use crate::money;
use crate::place::{At, On, Place, acting, is_staff, load, write};
use crate::shelf::Shelf;
use crate::store::follow_up::{self, Step};
use crate::store::projects;

#[derive(Template)]
#[template(path = "project/show/page.html")]
struct View {
    page: Page,
    place: Place,
    project: Project,
    facts: Vec<(&'static str, String)>,
    map: Html,
    origins: Vec<(i64, String, bool)>,
    progress: Option<Progress>,
    /// The words and the sign of what became of the promise.
    kept: (String, &'static str),
    spending: String,
    /// The last first.
    steps: Vec<Step>,
    follows: bool,
    is_staff: bool,
}

impl View {
    fn base(&self) -> String {
        self.place.project(&self.project.id)
    }

    fn day(&self, iso: &str) -> Html {
        day(&self.page.t, iso)
    }

    fn money(&self, cents: &i64) -> String {
        money::say(&self.page.t, *cents)
    }

    fn about(&self, key: &str) -> String {
        self.page.t.with1(key, "title", self.page.say(&self.project.title))
    }
}

/// The page.
pub(crate) async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    let me = cx.id();
    let (place, (shelf, project, origins, mut steps, follows)) =
        load(&cx, &on.at.clone(), move |tx, place| {
            boxed(async move {
                let project = projects::find(tx, place.activity.id, on.id).await?.ok_or(Error::NotFound)?;
                let shelf = Shelf::read(tx, place.activity.id).await?;
                let origins = projects::origins(tx, on.id).await?;
                let steps = follow_up::steps(tx, on.id).await?;
                let follows = match me {
                    Some(me) => follows::is(tx, me, FOLLOWED, on.id).await?,
                    None => false,
                };
                Ok((shelf, project, origins, steps, follows))
            })
        })
        .await?;
    place.cache(&cx);
    let t = cx.t();
    let title = project.title.get(cx.locale()).to_owned();
    let page = place.page(&cx, title.clone()).crumb(t.get("budget-projects"), place.to("projects"));
    let extract =
        parvis_civic::text::extract(project.body.get(cx.locale()), parvis_civic::text::Format::Markdown, 160);
    let page = page.describe(extract);
    let name = |text: &Localized| text.get(cx.locale()).to_owned();
    let mut facts = vec![("budget-cost", money::say(t, project.cost))];
    if let Some(district) = shelf.district(Some(project.district_id)) {
        facts.push(("budget-envelope", name(&district.name)));
    }
    if let Some(category) = shelf.category(project.category_id) {
        facts.push(("budget-field-category", name(&category.name)));
    }
    if !project.address.is_empty() {
        facts.push(("budget-field-address", project.address.clone()));
    }
    let promise = promise(&project, &steps);
    let today = t.civil(cx.now).date();
    let progress = Progress::parse(&project.progress);
    if progress.is_some() && promise.first.is_some() && promise.delivered.is_none() {
        // What is late is said so from the next day on.
        cx.cache_until(crate::follow_up::tomorrow(&cx));
    }
    steps.reverse();
    let view = View {
        map: one_map(&page, &shelf, project.id, &title, project.point.map(Into::into)),
        kept: (said(t, &promise, today), sign(&promise, today)),
        spending: spending(t, project.spent, project.cost),
        is_staff: is_staff(&cx),
        page,
        place,
        project,
        facts,
        origins,
        progress,
        steps,
        follows,
    };
    Ok(cx.render(&view))
}

fn jpeg(bytes: Option<Vec<u8>>) -> Result<Response, WebError> {
    let bytes = bytes.ok_or(WebError::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response())
}

/// The picture of a project.
pub(crate) async fn picture(cx: Ctx, on: On) -> Result<Response, WebError> {
    let id = on.id;
    let (_, bytes) = load(&cx, &on.at, move |tx, place| {
        boxed(async move { projects::picture(tx, place.activity.id, id).await })
    })
    .await?;
    jpeg(bytes)
}

/// The photo of a step.
pub(crate) async fn step_picture(
    cx: Ctx,
    Path((process, activity, id, step)): Path<(String, String, String, String)>,
) -> Result<Response, WebError> {
    let (Ok(id), Ok(step)) = (id.parse::<i64>(), step.parse::<i64>()) else { return Err(WebError::NotFound) };
    let (_, bytes) = load(&cx, &At { process, activity }, move |tx, place| {
        boxed(async move { follow_up::picture(tx, place.activity.id, id, step).await })
    })
    .await?;
    jpeg(bytes)
}

/// What the button sends: the state it leads to.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Switch {
    on: bool,
}

/// Follows a project, or stops following it.
pub(crate) async fn follow(cx: Ctx, on: On, Form(sent): Form<Switch>) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let now = cx.now;
    let done = write(&cx, &on.at, move |tx, place| {
        boxed(async move {
            projects::find(tx, place.activity.id, on.id).await?.ok_or(Error::NotFound)?;
            follows::set(tx, now, me.id, FOLLOWED, on.id, sent.on).await?;
            Ok(place.project(&on.id))
        })
    });
    let key = if sent.on { "budget-followed" } else { "budget-unfollowed" };
    Ok(cx.redirect_with(format!("{}#actions", done.await?), key, &[]))
}
