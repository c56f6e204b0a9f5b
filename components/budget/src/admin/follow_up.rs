//! The follow-up of the winners: what was done, what it cost, what is promised.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use parvis_civic::follow::{self as follows, News, Told};
use parvis_civic::journal::{self, Leaf};
use parvis_civic::{Error, once};
use parvis_core::{FieldErrors, Localized, Millis};
use parvis_ops::audit;
use parvis_store::{Tx, boxed};
use parvis_web::ui::{Choice, Field, Html};
use parvis_web::{Ctx, Fields, Page, Upload, WebError};
use serde_json::json;

use super::both;
use crate::follow_up::{day, promise, said, spending};
use crate::life::Progress;
use crate::model::Project;
use crate::money;
use crate::place::{At, On, Place, acting, load, write};
use crate::project::FOLLOWED;
use crate::store::follow_up::{self, Step};
use crate::store::projects;

#[derive(Template)]
#[template(path = "admin/follow_up.html")]
struct List {
    page: Page,
    place: Place,
    nav: Html,
    winners: Vec<Project>,
    others: Vec<Project>,
    is_counted: bool,
}

impl List {
    fn progress(&self, project: &Project) -> Progress {
        Progress::parse(&project.progress).unwrap_or(Progress::Studies)
    }

    fn spending(&self, project: &Project) -> String {
        spending(&self.page.t, project.spent, project.cost)
    }
}

/// The winners, and the projects whose follow-up may begin once results are published.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, projects) =
        load(&cx, &at, |tx, place| boxed(async move { projects(tx, place.activity.id).await })).await?;
    let (winners, others) = projects.into_iter().partition(|p| !p.progress.is_empty());
    let page = super::page(&cx, &place, cx.t().get("budget-page-follow-up"));
    let nav = super::nav(&cx, &place, "follow-up");
    let is_counted = place.activity.results_at.is_some();
    Ok(cx.render(&List { page, place, nav, winners, others, is_counted }))
}

/// Begins the follow-up of a project, unless it has begun; it leaves a leaf.
pub(crate) async fn follow(
    tx: &mut Tx<'_>,
    now: Millis,
    activity: i64,
    project: &Project,
    who: i64,
) -> Result<(), Error> {
    if !follow_up::begin(tx, activity, &[project.id]).await?.is_empty() {
        let body = json!({ "activity": activity, "project": project.id, "code": project.code });
        let leaf = Leaf::new("project-won").object("activity", activity).by(who).body(body);
        journal::write(tx, now, leaf).await?;
    }
    Ok(())
}

/// Begins the follow-up of a project.
pub(super) async fn begin(cx: Ctx, on: On) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let (now, id) = (cx.now, on.id);
    let done = write(&cx, &on.at, move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            if place.activity.results_at.is_none() {
                return Err(Error::Conflict("budget-follow-up-early"));
            }
            let project = projects::find(tx, activity, id).await?.ok_or(Error::NotFound)?;
            follow(tx, now, activity, &project, me.id).await?;
            Ok(place.admin(format_args!("follow-up/{id}")))
        })
    });
    Ok(cx.redirect_with(done.await?, "budget-saved", &[]))
}

/// Ends a follow-up begun by mistake, of which nothing was written.
pub(super) async fn undo(cx: Ctx, on: On) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let (now, id) = (cx.now, on.id);
    let done = write(&cx, &on.at, move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            if !follow_up::undo(tx, activity, id).await? {
                return Err(Error::Conflict("budget-follow-up-written"));
            }
            let object = format!("activity:{activity}");
            audit::record(tx, now, Some(me.id), "follow-up-undone", &object, &json!({ "project": id }))
                .await?;
            Ok(place.admin("follow-up"))
        })
    });
    Ok(cx.redirect_with(done.await?, "budget-saved", &[]))
}

/// The form of a step, as texts.
#[derive(Debug, Clone, Default)]
struct Sent {
    happened_on: String,
    progress: String,
    body: Localized,
    spent: String,
    promised_on: String,
    alt: Localized,
}

impl Sent {
    fn read(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).to_owned();
        let pair = |name: &str| Localized::new(text(&format!("{name}_fr")), text(&format!("{name}_en")));
        Self {
            happened_on: text("happened_on"),
            progress: text("progress"),
            body: pair("body"),
            spent: text("spent"),
            promised_on: text("promised_on"),
            alt: pair("alt"),
        }
    }

    /// The step, or every mistake at once.
    fn check(&self, fields: &Fields, today: Date, project_id: i64) -> Result<Step, FieldErrors> {
        let mut errors = FieldErrors::new();
        let happened = self.happened_on.parse::<Date>().ok();
        match happened {
            None => errors.add("happened_on", "budget-date-wrong"),
            Some(day) if day > today => errors.add("happened_on", "budget-date-later"),
            Some(_) => {}
        }
        let progress = Progress::parse(&self.progress);
        if progress.is_none() {
            errors.add("progress", "budget-progress-empty");
        }
        let empty = Some("budget-step-body-empty");
        let body = both::read(&mut errors, fields, ["body_fr", "body_en"], 4_000, empty);
        let spent = if self.spent.is_empty() { Some(0) } else { money::read(&self.spent) };
        if spent.is_none() {
            errors.add("spent", "budget-money-wrong");
        }
        let promised =
            if self.promised_on.is_empty() { None } else { Some(self.promised_on.parse::<Date>()) };
        match (&promised, happened) {
            (Some(Err(_)), _) => errors.add("promised_on", "budget-date-wrong"),
            (Some(Ok(day)), Some(happened)) if *day < happened => {
                errors.add("promised_on", "budget-promise-before");
            }
            _ => {}
        }
        let picture_alt = both::read(&mut errors, fields, ["alt_fr", "alt_en"], 300, None);
        errors.check()?;
        Ok(Step {
            id: 0,
            project_id,
            happened_on: happened.map(|day| day.to_string()).unwrap_or_default(),
            progress: progress.unwrap_or(Progress::Studies),
            body,
            spent: spent.unwrap_or_default(),
            promised_on: promised.and_then(Result::ok).map(|day| day.to_string()),
            has_picture: false,
            picture_alt,
        })
    }
}

#[derive(Template)]
#[template(path = "admin/step.html")]
struct One {
    page: Page,
    place: Place,
    nav: Html,
    project: Project,
    /// The last first.
    steps: Vec<Step>,
    kept: String,
    spending: String,
    progress: Vec<Choice>,
    body: [Field; 2],
    alt: [Field; 2],
    sent: Sent,
}

impl One {
    fn day(&self, iso: &str) -> Html {
        day(&self.page.t, iso)
    }

    fn money(&self, cents: &i64) -> String {
        money::say(&self.page.t, *cents)
    }
}

async fn answer(
    cx: &Ctx,
    on: &On,
    status: StatusCode,
    sent: Option<Sent>,
    errors: &FieldErrors,
) -> Result<Response, WebError> {
    let id = on.id;
    let (place, (project, mut steps)) = load(cx, &on.at, move |tx, place| {
        boxed(async move {
            let project = projects::find(tx, place.activity.id, id).await?;
            let project = project.filter(|p| !p.progress.is_empty()).ok_or(Error::NotFound)?;
            Ok((project, follow_up::steps(tx, id).await?))
        })
    })
    .await?;
    let t = cx.t();
    let today = t.civil(cx.now).date();
    let page = super::page(cx, &place, project.title.get(cx.locale()))
        .crumb(t.get("budget-page-follow-up"), place.admin("follow-up"))
        .errors(errors);
    let sent = sent.unwrap_or_else(|| Sent {
        happened_on: today.to_string(),
        progress: project.progress.clone(),
        ..Sent::default()
    });
    let kept = said(t, &promise(&project, &steps), today);
    steps.reverse();
    let view = One {
        nav: super::nav(cx, &place, "follow-up"),
        kept,
        spending: spending(t, project.spent, project.cost),
        progress: Progress::ALL.into_iter().map(|p| Choice::new(p.code(), t.get(&p.key()))).collect(),
        body: both::areas(&page, "body", "budget-step-body", &sent.body, 5),
        alt: both::lines(&page, "alt", "budget-photo-alt", &sent.alt),
        page,
        place,
        project,
        steps,
        sent,
    };
    Ok(cx.render_status(status, &view))
}

/// The steps of a winner, and the form of the next one.
pub(super) async fn project(cx: Ctx, on: On) -> Result<Response, WebError> {
    answer(&cx, &on, StatusCode::OK, None, &FieldErrors::new()).await
}

/// Adds a step: public at once, in the journal, and told to those who follow the project.
pub(super) async fn add(cx: Ctx, on: On, upload: Upload) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let sent = Sent::read(&upload.fields);
    let today = cx.t().civil(cx.now).date();
    let checked = sent.check(&upload.fields, today, on.id);
    let mut errors = checked.as_ref().err().cloned().unwrap_or_default();
    let mut picture = None;
    if let Some(file) = upload.file("picture") {
        picture = super::picture(file.bytes.clone()).await?;
        if picture.is_none() {
            errors.add("picture", "budget-photo-wrong");
        } else if sent.alt.is_empty() {
            errors.add("alt_fr", "budget-photo-alt-empty");
        }
    }
    let step = match checked {
        Ok(step) if errors.is_empty() => step,
        _ => return answer(&cx, &on, StatusCode::UNPROCESSABLE_ENTITY, Some(sent), &errors).await,
    };
    let (now, id, inner) = (cx.now, on.id, cx.clone());
    let idem = upload.fields.get("idem").to_owned();
    let done = write(&cx, &on.at, move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            let to = place.admin(format_args!("follow-up/{id}"));
            if once::seen(tx, me.id, &idem).await?.is_some() {
                return Ok(to);
            }
            let project = projects::find(tx, activity, id).await?;
            let project = project.filter(|p| !p.progress.is_empty()).ok_or(Error::NotFound)?;
            let step_id = follow_up::add(tx, now, &step, picture).await?;
            let body = json!({
                "activity": activity,
                "project": id,
                "code": project.code,
                "step": step_id,
                "happened_on": step.happened_on,
                "progress": step.progress.code(),
                "text": step.body,
                "spent": step.spent,
                "promised_on": step.promised_on,
            });
            let leaf = Leaf::new("project-step").object("activity", activity).by(me.id).body(body);
            journal::write(tx, now, leaf).await?;
            let told = Told {
                news: News::Progress,
                title: project.title.clone(),
                path: format!("{}#follow-up", place.project(&id)),
                detail: crate::place::both(&inner, |t| {
                    format!("{}\n\n{}", t.get(&step.progress.key()), step.body.get(t.locale))
                }),
            };
            follows::tell(tx, now, FOLLOWED, id, told, Some(me.id)).await?;
            once::remember(tx, now, me.id, &idem, &to).await?;
            Ok(to)
        })
    });
    Ok(cx.redirect_with(done.await?, "budget-saved", &[]))
}
