//! The projects put to the vote: made from feasible ideas or by the organisation, sealed with the first vote.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::seal;
use parvis_civic::follow::{self, News, Told};
use parvis_civic::journal::{self, Leaf};
use parvis_civic::process::Status as Published;
use parvis_civic::{Error, once};
use parvis_core::{FieldErrors, Localized};
use parvis_ops::audit;
use parvis_store::{Tx, boxed};
use parvis_web::ui::{Choice, Field, Html};
use parvis_web::{Ctx, Page, Upload, WebError};
use serde_json::json;

use super::project_form::Sent;
use super::{both, change};
use crate::life::State;
use crate::model::Project;
use crate::money;
use crate::place::{At, On, Place, acting, load};
use crate::project::FOLLOWED;
use crate::shelf::Shelf;
use crate::store::ideas::{self, Which};
use crate::store::projects;

#[derive(Template)]
#[template(path = "admin/projects.html")]
struct List {
    page: Page,
    place: Place,
    nav: Html,
    shelf: Shelf,
    projects: Vec<Project>,
    /// Feasible ideas that no project comes from.
    ready: Vec<(i64, String)>,
    is_sealed: bool,
}

impl List {
    fn facts(&self, project: &Project) -> String {
        let district = self.shelf.district(Some(project.district_id));
        let district = district.map(|d| self.page.say(&d.name)).unwrap_or_default();
        format!("{} · {district}", money::say(&self.page.t, project.cost))
    }
}

/// The feasible ideas that no project comes from: number and title.
async fn ready(tx: &mut Tx<'_>, activity: i64) -> Result<Vec<(i64, String)>, Error> {
    let which = Which { state: Some(State::Feasible), limit: 500, ..Which::all(activity) };
    let taken: Vec<i64> = projects::all_origins(tx, activity).await?.into_iter().map(|(_, id)| id).collect();
    let found = ideas::list(tx, &which).await?;
    Ok(found.into_iter().filter(|i| !taken.contains(&i.c.id)).map(|i| (i.c.id, i.c.title)).collect())
}

async fn list(cx: &Ctx, at: &At, problem: Option<&'static str>) -> Result<Response, WebError> {
    let (place, (shelf, projects, ready, is_sealed)) = load(cx, at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let shelf = Shelf::read(tx, id).await?;
            let projects = projects(tx, id).await?;
            let ready = ready(tx, id).await?;
            Ok((shelf, projects, ready, seal::is_sealed(tx, id).await?))
        })
    })
    .await?;
    let mut page = super::page(cx, &place, cx.t().get("budget-page-projects"));
    if let Some(key) = problem {
        page = page.error(cx.t().get(key));
    }
    let nav = super::nav(cx, &place, "projects");
    let status = if problem.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(cx.render_status(status, &List { page, place, nav, shelf, projects, ready, is_sealed }))
}

/// The list.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    list(&cx, &at, None).await
}

#[derive(Template)]
#[template(path = "admin/project.html")]
struct One {
    page: Page,
    place: Place,
    nav: Html,
    action: String,
    id: i64,
    has_picture: bool,
    title: [Field; 2],
    body: [Field; 2],
    alt: [Field; 2],
    districts: Vec<Choice>,
    categories: Vec<Choice>,
    ideas: Vec<Choice>,
    map: Html,
    sent: Sent,
}

/// What the form needs besides what was typed: the shelf, and the ideas that the project may come from.
struct Around {
    shelf: Shelf,
    project: Option<Project>,
    ideas: Vec<(i64, String)>,
    origins: Vec<i64>,
}

async fn around(tx: &mut Tx<'_>, place: &Place, id: i64) -> Result<Around, Error> {
    let activity = place.activity.id;
    let shelf = Shelf::read(tx, activity).await?;
    let mut ideas = ready(tx, activity).await?;
    let mut own = vec![];
    let project = if id == 0 {
        None
    } else {
        own = projects::origins(tx, id).await?.into_iter().map(|(id, title, _)| (id, title)).collect();
        Some(projects::find(tx, activity, id).await?.ok_or(Error::NotFound)?)
    };
    let origins = own.iter().map(|(id, _)| *id).collect();
    own.append(&mut ideas);
    Ok(Around { shelf, project, ideas: own, origins })
}

async fn form(
    cx: &Ctx,
    at: &At,
    id: i64,
    sent: Option<Sent>,
    errors: &FieldErrors,
) -> Result<Response, WebError> {
    let asked: Option<i64> = cx.query("idea").parse().ok().filter(|_| id == 0);
    let (place, (around, idea)) = load(cx, at, move |tx, place| {
        boxed(async move {
            let around = around(tx, place, id).await?;
            let idea = match asked {
                Some(asked) if around.ideas.iter().any(|(id, _)| *id == asked) => {
                    ideas::find(tx, place.activity.id, asked).await?
                }
                _ => None,
            };
            Ok((around, idea))
        })
    })
    .await?;
    let t = cx.t();
    let shelf = &around.shelf;
    let sent = sent.unwrap_or_else(|| match (&around.project, &idea) {
        (Some(project), _) => Sent::of(cx, project, &around.origins),
        (None, Some(idea)) => Sent::from_idea(cx, shelf, idea),
        (None, None) => Sent::empty(shelf),
    });
    let key = if id == 0 { "budget-project-new" } else { "budget-project-edit" };
    let page = super::page(cx, &place, t.get(key))
        .crumb(t.get("budget-page-projects"), place.admin("projects"))
        .errors(errors);
    let words = crate::map::Words {
        label: t.get("budget-map-districts"),
        picks: "latitude longitude",
        ..Default::default()
    };
    let view = One {
        nav: super::nav(cx, &place, "projects"),
        action: if id == 0 {
            place.admin("projects/new")
        } else {
            place.admin(format_args!("projects/{id}"))
        },
        has_picture: around.project.as_ref().is_some_and(|p| p.has_picture),
        title: both::lines(&page, "title", "budget-project-title", &sent.title),
        body: both::areas(&page, "body", "budget-project-body", &sent.body, 8),
        alt: both::lines(&page, "alt", "budget-photo-alt", &sent.alt),
        districts: shelf.district_choices(&page, "budget-choose"),
        categories: shelf.category_choices(&page, "budget-category-any"),
        ideas: around.ideas.iter().map(|(id, title)| Choice::new(id.to_string(), title)).collect(),
        map: crate::map::draw(&shelf.outlines(page.locale()), &[], &words),
        page,
        place,
        id,
        sent,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(cx.render_status(status, &view))
}

/// A new project, from an idea (`?idea=`) or from nothing.
pub(super) async fn new(cx: Ctx, at: At) -> Result<Response, WebError> {
    form(&cx, &at, 0, None, &FieldErrors::new()).await
}

/// A project to change.
pub(super) async fn edit(cx: Ctx, on: On) -> Result<Response, WebError> {
    form(&cx, &on.at, on.id, None, &FieldErrors::new()).await
}

/// What the journal says of a project of a published budget.
async fn record(tx: &mut Tx<'_>, cx: &Ctx, place: &Place, me: i64, id: i64) -> Result<(), Error> {
    let activity = place.activity.id;
    let object = format!("activity:{activity}");
    audit::record(tx, cx.now, Some(me), "project-saved", &object, &json!({ "project": id })).await?;
    if place.activity.status != Published::Published {
        return Ok(());
    }
    let project = projects::find(tx, activity, id).await?.ok_or(Error::NotFound)?;
    let body = json!({
        "activity": activity,
        "project": id,
        "code": project.code,
        "title": project.title,
        "envelope": project.district_id,
        "cost": project.cost,
    });
    journal::write(tx, cx.now, Leaf::new("project-saved").object("activity", activity).body(body)).await?;
    Ok(())
}

async fn save(cx: Ctx, at: At, id: i64, upload: Upload) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let sent = Sent::read(&upload.fields);
    let mut picture = None;
    if let Some(file) = upload.file("picture") {
        picture = super::picture(file.bytes.clone()).await?;
        let mut errors = FieldErrors::new();
        if picture.is_none() {
            errors.add("picture", "budget-photo-wrong");
        } else if sent.alt.is_empty() {
            errors.add("alt_fr", "budget-photo-alt-empty");
        }
        if !errors.is_empty() {
            return form(&cx, &at, id, Some(sent), &errors).await;
        }
    }
    let (typed, inner) = (sent.clone(), cx.clone());
    let remove = upload.fields.has("remove_picture");
    let done = change(&cx, &at, "projects", move |tx, place| {
        boxed(async move {
            let (activity, idem, to) =
                (place.activity.id, upload.fields.get("idem").to_owned(), place.admin("projects"));
            if once::seen(tx, me.id, &idem).await?.is_some() {
                return Ok(to);
            }
            let around = around(tx, place, id).await?;
            let known: Vec<i64> = around.ideas.iter().map(|(id, _)| *id).collect();
            let checked = typed.check(&inner, place, &around.shelf, &upload.fields, &known, id);
            let (project, origins) = checked.map_err(Error::Fields)?;
            let saved = if id == 0 {
                projects::add(tx, activity, &project).await?
            } else {
                projects::save(tx, activity, &project).await?;
                id
            };
            if picture.is_some() || remove {
                projects::set_picture(tx, saved, picture).await?;
            }
            projects::set_origins(tx, saved, &origins).await?;
            for idea in origins.iter().filter(|idea| !around.origins.contains(idea)) {
                let title = around.ideas.iter().find(|(id, _)| id == idea).map(|(_, title)| title.as_str());
                let told = told(&inner, place, title.unwrap_or_default(), saved);
                follow::tell(tx, inner.now, "contribution", *idea, told, Some(me.id)).await?;
                follow::carry(tx, inner.now, ("contribution", *idea), (FOLLOWED, saved)).await?;
            }
            record(tx, &inner, place, me.id, saved).await?;
            once::remember(tx, inner.now, me.id, &idem, &to).await?;
            Ok(to)
        })
    });
    match done.await {
        Ok(Some(to)) => Ok(cx.redirect_with(to, "budget-saved", &[])),
        Ok(None) => list(&cx, &at, Some("budget-seal-closed")).await,
        Err(Error::Fields(errors)) => form(&cx, &at, id, Some(sent), &errors).await,
        Err(e) => Err(e.into()),
    }
}

/// What those who follow an idea are told when a project comes from it.
fn told(cx: &Ctx, place: &Place, title: &str, project: i64) -> Told {
    Told {
        news: News::Study,
        title: Localized::new(title, title),
        path: place.project(&project),
        detail: crate::place::both(cx, |t| t.get("budget-mail-project")),
    }
}

/// Adds a project.
pub(super) async fn create(cx: Ctx, at: At, sent: Upload) -> Result<Response, WebError> {
    save(cx, at, 0, sent).await
}

/// Saves a project.
pub(super) async fn update(cx: Ctx, on: On, sent: Upload) -> Result<Response, WebError> {
    save(cx, on.at, on.id, sent).await
}

/// Removes a project; its number is not given again.
pub(super) async fn delete(cx: Ctx, on: On) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let (id, now) = (on.id, cx.now);
    let done = change(&cx, &on.at, "projects", move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            let project = projects::find(tx, activity, id).await?.ok_or(Error::NotFound)?;
            if !project.progress.is_empty() {
                return Err(Error::Conflict("budget-project-followed"));
            }
            projects::remove(tx, activity, id).await?;
            let object = format!("activity:{activity}");
            audit::record(tx, now, Some(me.id), "project-removed", &object, &json!({ "project": id }))
                .await?;
            if place.activity.status == Published::Published {
                let body = json!({ "activity": activity, "project": id, "code": project.code });
                let leaf = Leaf::new("project-removed").object("activity", activity).body(body);
                journal::write(tx, now, leaf).await?;
            }
            Ok(place.admin("projects"))
        })
    });
    match done.await {
        Ok(Some(to)) => Ok(cx.redirect_with(to, "budget-removed", &[])),
        Ok(None) => list(&cx, &on.at, Some("budget-seal-closed")).await,
        Err(Error::Conflict(key)) => list(&cx, &on.at, Some(key)).await,
        Err(e) => Err(e.into()),
    }
}
