//! Processes: list, create, edit, publish, archive; and their activities.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use parvis_civic::process::{self, ActivityDraft, Document, Phase, Preset, Process, ProcessDraft};
use parvis_civic::sealed::{self, Change};
use parvis_civic::{Error, once};
use parvis_core::{Access, FieldErrors, Localized, Millis};
use parvis_i18n::T;
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Field, Pager};
use parvis_web::{Ctx, Fields, Page, Routes, WebError};
use serde_json::json;

use crate::both;

pub fn routes() -> Routes {
    Routes::new()
        .get("/admin/processes", Access::Editor, list)
        .get("/admin/processes/new", Access::Editor, new)
        .post("/admin/processes/new", Access::Editor, create)
        .get("/admin/processes/{id}", Access::Editor, show)
        .get("/admin/processes/{id}/edit", Access::Editor, edit)
        .post("/admin/processes/{id}/edit", Access::Editor, update)
        .post("/admin/processes/{id}/publish", Access::Editor, publish)
        .post("/admin/processes/{id}/archive", Access::Editor, archive)
        .get("/admin/processes/{id}/activities/new", Access::Editor, new_activity)
        .post("/admin/processes/{id}/activities/new", Access::Editor, create_activity)
        .get("/admin/activities/{id}/edit", Access::Editor, edit_activity)
        .post("/admin/activities/{id}/edit", Access::Editor, update_activity)
        .post("/admin/activities/{id}/publish", Access::Editor, publish_activity)
        .post("/admin/activities/{id}/results", Access::Editor, publish_results)
}

/// The status of a process, as a tag.
struct Line {
    process: Process,
    tag: (&'static str, String),
}

#[derive(Template)]
#[template(path = "processes.html")]
struct List {
    page: Page,
    tab: &'static str,
    lines: Vec<Line>,
    pager: Pager,
}

fn tag(t: &T, status: process::Status) -> (&'static str, String) {
    match status {
        process::Status::Draft => ("draft", t.get("admin-status-draft")),
        process::Status::Published => ("open", t.get("admin-status-published")),
        process::Status::Archived => ("closed", t.get("admin-status-archived")),
    }
}

async fn list(cx: Ctx) -> Result<Response, WebError> {
    let total = cx.store().read(|tx| boxed(process::count(tx, true))).await?;
    let pager = Pager::new(&cx, total, 20);
    let (limit, offset) = (pager.limit(), pager.offset());
    let found = cx.store().read(move |tx| boxed(process::list(tx, true, limit, offset))).await?;
    let lines =
        found.into_iter().map(|p| Line { tag: tag(cx.t(), p.status), process: p }).collect::<Vec<_>>();
    let page = admin_page(&cx, cx.t().get("admin-tab-processes"));
    Ok(cx.render(&List { page, tab: "processes", lines, pager }))
}

/// Begins a page of the administration.
pub fn admin_page(cx: &Ctx, title: String) -> Page {
    cx.page(title).nav("admin").noindex().wide().crumb(cx.t().get("admin-title"), "/admin")
}

#[derive(Template)]
#[template(path = "process_form.html")]
struct Form {
    page: Page,
    tab: &'static str,
    action: String,
    texts: Vec<[Field; 2]>,
    preset: Field,
    due: Field,
}

fn form(page: Page, action: String, draft: &ProcessDraft, due: &str) -> Form {
    let texts = vec![
        both::lines(&page, "title", "admin-process-title", &draft.title),
        both::areas(&page, "summary", "admin-process-summary", &draft.summary, 3),
        both::areas(&page, "description", "admin-process-description", &draft.description, 8),
        both::areas(&page, "object", "admin-process-object", &draft.object, 4),
        both::areas(&page, "perimeter", "admin-process-perimeter", &draft.perimeter, 3),
        both::areas(&page, "duplicates_rule", "admin-process-duplicates", &draft.duplicates_rule, 3),
        both::areas(&page, "method_note", "admin-process-method", &draft.method_note, 6),
        both::areas(&page, "organiser", "admin-process-organiser", &draft.organiser, 2),
    ];
    let t = page.t.clone();
    let choice = |p: Preset| {
        let key = if p == Preset::Open { "admin-preset-open" } else { "admin-preset-environment" };
        Choice::new(p.code(), t.get(key)).hint(t.get(&format!("{key}-hint")))
    };
    let preset = page
        .radios("preset", "admin-process-preset")
        .choices(&Preset::ALL.map(choice))
        .value(Preset::parse(&draft.preset).code());
    let due = page.date("answer_due_at", "admin-process-due").value(due).hint("admin-process-due-hint");
    Form { page, tab: "processes", action, texts, preset, due }
}

fn read(t: &T, fields: &Fields) -> (ProcessDraft, FieldErrors) {
    let mut errors = FieldErrors::new();
    let due = fields.get("answer_due_at");
    let answer_due_at = t.parse_input(due);
    if !due.is_empty() && answer_due_at.is_none() {
        errors.add("answer_due_at", "admin-date-unreadable");
    }
    let draft = ProcessDraft {
        title: both::read(fields, "title"),
        summary: both::read(fields, "summary"),
        description: both::read(fields, "description"),
        object: both::read(fields, "object"),
        perimeter: both::read(fields, "perimeter"),
        duplicates_rule: both::read(fields, "duplicates_rule"),
        method_note: both::read(fields, "method_note"),
        organiser: both::read(fields, "organiser"),
        preset: fields.get("preset").to_owned(),
        answer_due_at,
    };
    (draft, errors)
}

/// The mistakes of the draft and of the controls together.
fn mistakes(draft: &ProcessDraft, errors: FieldErrors) -> FieldErrors {
    let mut all = draft.check().err().unwrap_or_default();
    for e in errors.iter() {
        all.add_with(e.field, e.key, e.args.clone());
    }
    all
}

fn new_page(cx: &Ctx) -> Page {
    admin_page(cx, cx.t().get("admin-process-new"))
        .crumb(cx.t().get("admin-tab-processes"), "/admin/processes")
}

async fn new(cx: Ctx) -> Result<Response, WebError> {
    let page = new_page(&cx);
    Ok(cx.render(&form(page, "/admin/processes/new".into(), &ProcessDraft::default(), "")))
}

async fn create(cx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let (draft, errors) = read(cx.t(), &fields);
    let errors = mistakes(&draft, errors);
    if !errors.is_empty() {
        let page = new_page(&cx).errors(&both::errors(&errors));
        let form = form(page, "/admin/processes/new".into(), &draft, fields.get("answer_due_at"));
        return Ok(cx.render_invalid(&form));
    }
    let now = cx.now;
    let key = fields.get("idem").to_owned();
    let place = cx
        .store()
        .write(move |tx| {
            boxed(async move {
                if let Some(place) = once::seen(tx, me, &key).await? {
                    return Ok::<_, Error>(place);
                }
                let process = process::create(tx, now, &draft).await?;
                let place = format!("/admin/processes/{}", process.id);
                once::remember(tx, now, me, &key, &place).await?;
                let object = format!("process:{}", process.id);
                audit::record(tx, now, Some(me), "process-created", &object, &json!({})).await?;
                Ok(place)
            })
        })
        .await?;
    Ok(cx.redirect_with(place, "admin-saved", &[]))
}

async fn found(cx: &Ctx, id: i64) -> Result<Process, WebError> {
    cx.store().read(move |tx| boxed(process::find(tx, id))).await?.ok_or(WebError::NotFound)
}

fn draft_of(p: &Process) -> ProcessDraft {
    ProcessDraft {
        title: p.title.clone(),
        summary: p.summary.clone(),
        description: p.description.clone(),
        object: p.object.clone(),
        perimeter: p.perimeter.clone(),
        duplicates_rule: p.duplicates_rule.clone(),
        method_note: p.method_note.clone(),
        organiser: p.organiser.clone(),
        preset: p.preset.code().to_owned(),
        answer_due_at: p.answer_due_at,
    }
}

/// Begins a page about one process.
pub fn process_page(cx: &Ctx, process: &Process, title: String) -> Page {
    admin_page(cx, title)
        .crumb(cx.t().get("admin-tab-processes"), "/admin/processes")
        .crumb(process.title.get(cx.locale()), format!("/admin/processes/{}", process.id))
}

async fn edit(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let process = found(&cx, id).await?;
    let due = process.answer_due_at.map(|at| cx.t().date_input(at)).unwrap_or_default();
    let page = process_page(&cx, &process, cx.t().get("admin-process-edit"));
    Ok(cx.render(&form(page, format!("/admin/processes/{id}/edit"), &draft_of(&process), &due)))
}

async fn update(cx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let process = found(&cx, id).await?;
    let (draft, errors) = read(cx.t(), &fields);
    let mut errors = mistakes(&draft, errors);
    if errors.is_empty() {
        let (now, saved) = (cx.now, draft.clone());
        let done = cx.store().write(move |tx| {
            boxed(async move {
                process::update(tx, now, id, &saved).await?;
                let object = format!("process:{id}");
                audit::record(tx, now, Some(me), "process-saved", &object, &json!({})).await?;
                Ok::<_, Error>(())
            })
        });
        errors = match done.await {
            Ok(()) => return Ok(cx.redirect_with(format!("/admin/processes/{id}"), "admin-saved", &[])),
            // Published, it would lack something that it must have.
            Err(Error::Fields(errors)) => errors,
            Err(e) => return Err(e.into()),
        };
    }
    let title = cx.t().get("admin-process-edit");
    let page = process_page(&cx, &process, title).errors(&both::errors(&errors));
    let action = format!("/admin/processes/{id}/edit");
    Ok(cx.render_invalid(&form(page, action, &draft, fields.get("answer_due_at"))))
}

/// One activity in the page of its process.
struct Tool {
    activity: process::Activity,
    tag: (&'static str, String),
    missing: Vec<String>,
    phase: String,
    href: String,
    admin_href: String,
    can_publish_results: bool,
}

#[derive(Template)]
#[template(path = "process.html")]
struct Show {
    page: Page,
    tab: &'static str,
    process: Process,
    tag: (&'static str, String),
    missing: Vec<String>,
    to_close: Vec<String>,
    phases: Vec<Phase>,
    activities: Vec<Tool>,
    documents: Vec<Document>,
    now: Millis,
}

async fn show(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let page = |p: &Process| process_page(&cx, p, p.title.get(cx.locale()).to_owned());
    Ok(cx.render(&process_show(&cx, id, page).await?))
}

async fn process_show(cx: &Ctx, id: i64, page: impl Fn(&Process) -> Page) -> Result<Show, WebError> {
    let site = std::sync::Arc::clone(&cx.site);
    let (process, missing, to_close, phases, activities, documents) = cx
        .store()
        .read(move |tx| {
            boxed(async move {
                let process = process::find(tx, id).await?.ok_or(Error::NotFound)?;
                let missing = process::missing(tx, &process).await?;
                let to_close = process::missing_to_close(tx, &process).await?;
                let phases = process::phases(tx, id).await?;
                let mut activities = vec![];
                for activity in process::activities(tx, id, true).await? {
                    let ready = match site.tool(&activity.component) {
                        Some(tool) => tool.ready(tx, &process, &activity).await?,
                        None => vec![],
                    };
                    activities.push((activity, ready));
                }
                let documents = process::documents(tx, id, true).await?;
                Ok::<_, Error>((process, missing, to_close, phases, activities, documents))
            })
        })
        .await?;
    let t = cx.t();
    let now = cx.now;
    let activities = activities
        .into_iter()
        .map(|(activity, ready)| Tool {
            tag: if activity.results_at.is_some() {
                ("yes", t.get("admin-activity-results"))
            } else {
                match (activity.status, activity.moment(now)) {
                    (process::Status::Draft, _) => ("draft", t.get("admin-status-draft")),
                    (_, process::Moment::Before) => ("soon", t.get("admin-activity-soon")),
                    (_, process::Moment::During) => ("open", t.get("admin-activity-open")),
                    (_, process::Moment::After) => ("closed", t.get("admin-activity-closed")),
                }
            },
            missing: ready.iter().map(|m| t.get(m.0)).collect(),
            phase: activity.phase.as_ref().map(|f| f.title.get(cx.locale()).to_owned()).unwrap_or_default(),
            href: format!("/p/{}/{}", process.slug, activity.slug),
            admin_href: format!("/admin/p/{}/{}", process.slug, activity.slug),
            can_publish_results: activity.moment(now) == process::Moment::After
                && activity.status == process::Status::Published
                && activity.results_at.is_none(),
            activity,
        })
        .collect();
    let words = |missing: Vec<process::Missing>| missing.iter().map(|m| t.get(m.0)).collect::<Vec<_>>();
    Ok(Show {
        page: page(&process),
        tab: "processes",
        tag: tag(t, process.status),
        missing: words(missing),
        to_close: words(to_close),
        phases,
        activities,
        documents,
        now,
        process,
    })
}

async fn publish(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let now = cx.now;
    let done = cx
        .store()
        .write(move |tx| {
            boxed(async move {
                process::publish(tx, now, id).await?;
                let object = format!("process:{id}");
                audit::record(tx, now, Some(me), "process-published", &object, &json!({})).await?;
                Ok::<_, Error>(())
            })
        })
        .await;
    match done {
        Ok(()) => Ok(cx.redirect_with(format!("/admin/processes/{id}"), "admin-process-published", &[])),
        Err(Error::Conflict(key)) => refused(&cx, id, key).await,
        Err(e) => Err(e.into()),
    }
}

/// The page of the process again, saying what is missing.
async fn refused(cx: &Ctx, id: i64, key: &str) -> Result<Response, WebError> {
    let message = cx.t().get(key);
    let page = |p: &Process| process_page(cx, p, p.title.get(cx.locale()).to_owned()).error(message.clone());
    let show = process_show(cx, id, page).await?;
    Ok(cx.render_invalid(&show))
}

async fn archive(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let now = cx.now;
    let done = cx
        .store()
        .write(move |tx| {
            boxed(async move {
                let process = process::find(tx, id).await?.ok_or(Error::NotFound)?;
                if let Some(missing) = process::missing_to_close(tx, &process).await?.first() {
                    return Err(Error::Conflict(missing.0));
                }
                process::archive(tx, now, id).await?;
                let object = format!("process:{id}");
                audit::record(tx, now, Some(me), "process-archived", &object, &json!({})).await?;
                Ok(())
            })
        })
        .await;
    match done {
        Ok(()) => Ok(cx.redirect_with(format!("/admin/processes/{id}"), "admin-process-archived", &[])),
        Err(Error::Conflict(key)) => refused(&cx, id, key).await,
        Err(e) => Err(e.into()),
    }
}

#[derive(Template)]
#[template(path = "activity_form.html")]
struct ActivityForm {
    page: Page,
    tab: &'static str,
    action: String,
    texts: Vec<[Field; 2]>,
    tool: Option<Field>,
    phase: Field,
}

fn phase_field(page: &Page, phases: &[Phase], value: &str) -> Field {
    let mut choices = vec![Choice::new("", page.t.get("admin-activity-no-phase"))];
    choices.extend(phases.iter().map(|f| {
        let dates = page.t.with2(
            "admin-from-to",
            "from",
            page.t.short_date(f.starts_at),
            "to",
            page.t.short_date(f.ends_at - 1),
        );
        Choice::new(f.id.to_string(), format!("{} ({dates})", f.title.get(page.t.locale)))
    }));
    page.select("phase", "admin-activity-phase")
        .choices(&choices)
        .value(value)
        .hint("admin-activity-phase-hint")
}

fn tool_field(cx: &Ctx, page: &Page, value: &str) -> Field {
    let choices: Vec<_> = cx
        .site
        .tools
        .iter()
        .map(|tool| Choice::new(tool.name(), cx.t().get(&format!("{}-tool-name", tool.name()))))
        .collect();
    page.radios("component", "admin-activity-tool").choices(&choices).value(value)
}

async fn phases_of(cx: &Ctx, id: i64) -> Result<Vec<Phase>, WebError> {
    Ok(cx.store().read(move |tx| boxed(process::phases(tx, id))).await?)
}

async fn new_activity(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let process = found(&cx, id).await?;
    let phases = phases_of(&cx, id).await?;
    let page = process_page(&cx, &process, cx.t().get("admin-activity-new"));
    let first = cx.site.tools.first().map_or("", |t| t.name());
    let form = ActivityForm {
        texts: vec![both::lines(&page, "title", "admin-activity-title", &Localized::default())],
        tool: Some(tool_field(&cx, &page, first)),
        phase: phase_field(
            &page,
            &phases,
            phases.first().map(|f| f.id.to_string()).unwrap_or_default().as_str(),
        ),
        page,
        tab: "processes",
        action: format!("/admin/processes/{id}/activities/new"),
    };
    Ok(cx.render(&form))
}

async fn create_activity(cx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let process = found(&cx, id).await?;
    let title = both::read(&fields, "title");
    let component = fields.get("component").to_owned();
    let Some(tool) = cx.site.tool(&component).cloned() else {
        return Err(WebError::BadRequest("admin-activity-tool-unknown"));
    };
    let phase: Option<i64> = fields.get("phase").parse().ok();
    let now = cx.now;
    let (asked, key) = (title.clone(), fields.get("idem").to_owned());
    let slug = process.slug.clone();
    let done = cx
        .store()
        .write(move |tx| {
            boxed(async move {
                if let Some(place) = once::seen(tx, me, &key).await? {
                    return Ok::<_, Error>(place);
                }
                let activity = process::add_activity(tx, now, id, &component, &asked, phase).await?;
                tool.create(tx, activity.id, now).await?;
                let place = format!("/admin/p/{slug}/{}", activity.slug);
                once::remember(tx, now, me, &key, &place).await?;
                let object = format!("activity:{}", activity.id);
                audit::record(tx, now, Some(me), "activity-created", &object, &json!({})).await?;
                Ok(place)
            })
        })
        .await;
    match done {
        Ok(place) => Ok(cx.redirect_with(place, "admin-saved", &[])),
        Err(Error::Fields(errors)) => {
            let phases = phases_of(&cx, id).await?;
            let page =
                process_page(&cx, &process, cx.t().get("admin-activity-new")).errors(&both::errors(&errors));
            let form = ActivityForm {
                texts: vec![both::lines(&page, "title", "admin-activity-title", &title)],
                tool: Some(tool_field(&cx, &page, fields.get("component"))),
                phase: phase_field(&page, &phases, fields.get("phase")),
                page,
                tab: "processes",
                action: format!("/admin/processes/{id}/activities/new"),
            };
            Ok(cx.render_invalid(&form))
        }
        Err(e) => Err(e.into()),
    }
}

async fn activity_of(cx: &Ctx, id: i64) -> Result<(Process, process::Activity, Vec<Phase>), WebError> {
    let found = cx
        .store()
        .read(move |tx| {
            boxed(async move {
                let activity = process::activity(tx, id).await?.ok_or(Error::NotFound)?;
                let process = process::find(tx, activity.process_id).await?.ok_or(Error::NotFound)?;
                let phases = process::phases(tx, process.id).await?;
                Ok::<_, Error>((process, activity, phases))
            })
        })
        .await?;
    Ok(found)
}

fn activity_form(
    page: Page,
    id: i64,
    title: &Localized,
    summary: &Localized,
    phase: &str,
    phases: &[Phase],
) -> ActivityForm {
    ActivityForm {
        texts: vec![
            both::lines(&page, "title", "admin-activity-title", title),
            both::areas(&page, "summary", "admin-activity-summary", summary, 3),
        ],
        tool: None,
        phase: phase_field(&page, phases, phase),
        page,
        tab: "processes",
        action: format!("/admin/activities/{id}/edit"),
    }
}

async fn edit_activity(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let (process, activity, phases) = activity_of(&cx, id).await?;
    let page = process_page(&cx, &process, cx.t().get("admin-activity-edit"));
    let phase = activity.phase.as_ref().map(|f| f.id.to_string()).unwrap_or_default();
    Ok(cx.render(&activity_form(page, id, &activity.title, &activity.summary, &phase, &phases)))
}

async fn update_activity(cx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let (process, activity, phases) = activity_of(&cx, id).await?;
    let draft = ActivityDraft {
        title: both::read(&fields, "title"),
        summary: both::read(&fields, "summary"),
        phase_id: fields.get("phase").parse().ok().filter(|id| phases.iter().any(|f| f.id == *id)),
        rules: activity.rules.clone(),
    };
    let now = cx.now;
    let saved = draft.clone();
    let done = cx
        .store()
        .write(move |tx| {
            boxed(async move {
                let activity = process::activity(tx, id).await?.ok_or(Error::NotFound)?;
                if let Change::Refused(errors) = sealed::may_go(tx, now, &activity, saved.phase_id).await? {
                    return Ok(Change::Refused(errors));
                }
                process::update_activity(tx, now, id, &saved).await?;
                let object = format!("activity:{id}");
                audit::record(tx, now, Some(me), "activity-saved", &object, &json!({})).await?;
                Ok::<_, Error>(Change::Done)
            })
        })
        .await;
    match done {
        Ok(Change::Done) => {
            Ok(cx.redirect_with(format!("/admin/processes/{}", process.id), "admin-saved", &[]))
        }
        Ok(Change::Refused(errors)) | Err(Error::Fields(errors)) => {
            let page =
                process_page(&cx, &process, cx.t().get("admin-activity-edit")).errors(&both::errors(&errors));
            let form = activity_form(page, id, &draft.title, &draft.summary, fields.get("phase"), &phases);
            Ok(cx.render_invalid(&form))
        }
        Err(e) => Err(e.into()),
    }
}

async fn publish_activity(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let (process, activity, _) = activity_of(&cx, id).await?;
    let site = std::sync::Arc::clone(&cx.site);
    let now = cx.now;
    let process_id = process.id;
    let done = cx
        .store()
        .write(move |tx| {
            boxed(async move {
                if let Some(tool) = site.tool(&activity.component)
                    && let Some(missing) = tool.ready(tx, &process, &activity).await?.first()
                {
                    return Err(Error::Conflict(missing.0));
                }
                process::publish_activity(tx, now, id).await?;
                let object = format!("activity:{id}");
                audit::record(tx, now, Some(me), "activity-published", &object, &json!({})).await?;
                Ok(())
            })
        })
        .await;
    match done {
        Ok(()) => {
            Ok(cx.redirect_with(format!("/admin/processes/{process_id}"), "admin-activity-published", &[]))
        }
        Err(Error::Conflict(key)) => refused(&cx, process_id, key).await,
        Err(e) => Err(e.into()),
    }
}

async fn publish_results(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let (process, activity, _) = activity_of(&cx, id).await?;
    let site = std::sync::Arc::clone(&cx.site);
    let now = cx.now;
    let process_id = process.id;
    let place = format!("/p/{}/{}/results", process.slug, activity.slug);
    let done = cx
        .store()
        .write(move |tx| {
            boxed(async move {
                let tool = site.tool(&activity.component).ok_or(Error::NotFound)?;
                let activity = process::activity(tx, id).await?.ok_or(Error::NotFound)?;
                if activity.results_at.is_some() {
                    return Ok::<_, Error>(()); // the button was pressed twice, or somebody else did it
                }
                let results = tool.results(tx, &activity, now).await?.ok_or(Error::NotFound)?;
                let results: serde_json::Value =
                    serde_json::from_str(&results).map_err(|e| Error::Internal(e.to_string()))?;
                process::publish_results(tx, now, id, &results).await?;
                let object = format!("activity:{id}");
                audit::record(tx, now, Some(me), "results-published", &object, &json!({})).await?;
                Ok::<_, Error>(())
            })
        })
        .await;
    match done {
        Ok(()) => Ok(cx.redirect_with(place, "admin-results-published", &[])),
        Err(Error::Conflict(key)) => refused(&cx, process_id, key).await,
        Err(e) => Err(e.into()),
    }
}
