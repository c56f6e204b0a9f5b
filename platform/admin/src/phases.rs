//! The phases of a process.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use parvis_civic::process::{self, Phase, PhaseDraft, Process};
use parvis_civic::sealed::{self, Change};
use parvis_civic::{Error, once};
use parvis_core::{Access, FieldErrors, Localized};
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::Field;
use parvis_web::{Ctx, Fields, Page, Routes, WebError};
use serde_json::json;

use crate::both;
use crate::processes::process_page;

pub fn routes() -> Routes {
    Routes::new()
        .get("/admin/processes/{id}/phases/new", Access::Editor, new)
        .post("/admin/processes/{id}/phases/new", Access::Editor, create)
        .get("/admin/phases/{id}/edit", Access::Editor, edit)
        .post("/admin/phases/{id}/edit", Access::Editor, update)
        .post("/admin/phases/{id}/remove", Access::Editor, remove)
}

#[derive(Template)]
#[template(path = "phase_form.html")]
struct Form {
    page: Page,
    tab: &'static str,
    action: String,
    remove: Option<String>,
    texts: Vec<[Field; 2]>,
    starts_at: Field,
    ends_at: Field,
    /// Why a closing is moved, when a vote has begun in the phase.
    reason: Option<[Field; 2]>,
}

struct Typed {
    draft: PhaseDraft,
    reason: Localized,
    /// Whether a vote has begun in the phase.
    is_sealed: bool,
    starts_at: String,
    ends_at: String,
}

fn form(page: Page, action: String, remove: Option<String>, typed: &Typed) -> Form {
    Form {
        texts: vec![
            both::lines(&page, "phase_title", "admin-phase-title", &typed.draft.title),
            both::areas(&page, "description", "admin-phase-description", &typed.draft.description, 4),
        ],
        starts_at: page.datetime("starts_at", "admin-phase-starts").value(&typed.starts_at),
        ends_at: page
            .datetime("ends_at", "admin-phase-ends")
            .value(&typed.ends_at)
            .hint("admin-phase-ends-hint"),
        reason: typed.is_sealed.then(|| {
            let pair = both::areas(&page, "closing_reason", "admin-phase-reason", &typed.reason, 2);
            pair.map(|field| field.hint("admin-phase-reason-hint").optional())
        }),
        page,
        tab: "processes",
        action,
        remove,
    }
}

fn read(cx: &Ctx, fields: &Fields) -> (Typed, FieldErrors) {
    let mut errors = FieldErrors::new();
    let mut moment = |name: &'static str| {
        let at = cx.t().parse_input(fields.get(name));
        if at.is_none() {
            errors.add(name, "admin-date-unreadable");
        }
        at.unwrap_or_default()
    };
    let (starts_at, ends_at) = (moment("starts_at"), moment("ends_at"));
    let draft = PhaseDraft {
        title: both::read(fields, "phase_title"),
        description: both::read(fields, "description"),
        starts_at,
        ends_at,
    };
    if draft.title.is_empty() {
        errors.add("phase_title", "civic-phase-title-empty");
    }
    if errors.on("starts_at").is_none() && errors.on("ends_at").is_none() && ends_at <= starts_at {
        errors.add("ends_at", "civic-phase-ends-before-start");
    }
    let typed = Typed {
        draft,
        reason: both::read(fields, "closing_reason"),
        is_sealed: false,
        starts_at: fields.get("starts_at").to_owned(),
        ends_at: fields.get("ends_at").to_owned(),
    };
    (typed, errors)
}

async fn process_of(cx: &Ctx, id: i64) -> Result<Process, WebError> {
    cx.store().read(move |tx| boxed(process::find(tx, id))).await?.ok_or(WebError::NotFound)
}

async fn new(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let process = process_of(&cx, id).await?;
    let page = process_page(&cx, &process, cx.t().get("admin-phase-new"));
    let typed = Typed {
        draft: PhaseDraft {
            title: Default::default(),
            description: Default::default(),
            starts_at: 0,
            ends_at: 0,
        },
        reason: Localized::default(),
        is_sealed: false,
        starts_at: String::new(),
        ends_at: String::new(),
    };
    Ok(cx.render(&form(page, format!("/admin/processes/{id}/phases/new"), None, &typed)))
}

async fn create(cx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let process = process_of(&cx, id).await?;
    let (typed, errors) = read(&cx, &fields);
    if !errors.is_empty() {
        let page = process_page(&cx, &process, cx.t().get("admin-phase-new")).errors(&both::errors(&errors));
        let action = format!("/admin/processes/{id}/phases/new");
        return Ok(cx.render_invalid(&form(page, action, None, &typed)));
    }
    let (now, key) = (cx.now, fields.get("idem").to_owned());
    let place = format!("/admin/processes/{id}");
    let remembered = place.clone();
    cx.store()
        .write(move |tx| {
            boxed(async move {
                if once::seen(tx, me, &key).await?.is_some() {
                    return Ok::<_, Error>(());
                }
                let phase = process::add_phase(tx, now, id, &typed.draft).await?;
                once::remember(tx, now, me, &key, &remembered).await?;
                audit::record(tx, now, Some(me), "phase-created", &format!("phase:{phase}"), &json!({}))
                    .await?;
                Ok(())
            })
        })
        .await?;
    Ok(cx.redirect_with(place, "admin-saved", &[]))
}

/// A phase, its process, and whether a vote has begun in it.
async fn found(cx: &Ctx, id: i64) -> Result<(Process, Phase, bool), WebError> {
    let found = cx
        .store()
        .read(move |tx| {
            boxed(async move {
                let process = process::of_phase(tx, id).await?.ok_or(Error::NotFound)?;
                let phases = process::phases(tx, process.id).await?;
                let phase = phases.into_iter().find(|f| f.id == id).ok_or(Error::NotFound)?;
                let is_sealed = !sealed::in_phase(tx, id).await?.is_empty();
                Ok::<_, Error>((process, phase, is_sealed))
            })
        })
        .await?;
    Ok(found)
}

/// The form of a phase as it is.
fn stored(cx: &Ctx, phase: Phase, is_sealed: bool) -> Typed {
    Typed {
        starts_at: cx.t().datetime_input(phase.starts_at),
        ends_at: cx.t().datetime_input(phase.ends_at),
        reason: Localized::default(),
        is_sealed,
        draft: PhaseDraft {
            title: phase.title,
            description: phase.description,
            starts_at: phase.starts_at,
            ends_at: phase.ends_at,
        },
    }
}

async fn edit(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let (process, phase, is_sealed) = found(&cx, id).await?;
    let page = process_page(&cx, &process, cx.t().get("admin-phase-edit"));
    let typed = stored(&cx, phase, is_sealed);
    let remove = Some(format!("/admin/phases/{id}/remove"));
    Ok(cx.render(&form(page, format!("/admin/phases/{id}/edit"), remove, &typed)))
}

async fn update(cx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let (process, phase, is_sealed) = found(&cx, id).await?;
    let (mut typed, mut errors) = read(&cx, &fields);
    typed.is_sealed = is_sealed;
    // A control holds minutes: a date that was not touched stays what it is, to the millisecond.
    for (sent, at, kept) in [
        (&typed.starts_at, &mut typed.draft.starts_at, phase.starts_at),
        (&typed.ends_at, &mut typed.draft.ends_at, phase.ends_at),
    ] {
        if *sent == cx.t().datetime_input(kept) {
            *at = kept;
        }
    }
    if errors.is_empty() {
        let (now, draft, reason) = (cx.now, typed.draft.clone(), typed.reason.clone());
        let done = cx.store().write(move |tx| {
            boxed(async move {
                let change = process::update_phase(tx, now, id, &draft, &reason).await?;
                if change == Change::Done {
                    let object = format!("phase:{id}");
                    audit::record(tx, now, Some(me), "phase-saved", &object, &json!({})).await?;
                }
                Ok::<_, Error>(change)
            })
        });
        errors = match done.await {
            Ok(Change::Done) => {
                return Ok(cx.redirect_with(format!("/admin/processes/{}", process.id), "admin-saved", &[]));
            }
            Ok(Change::Refused(errors)) | Err(Error::Fields(errors)) => errors,
            Err(e) => return Err(e.into()),
        };
    }
    let page = process_page(&cx, &process, cx.t().get("admin-phase-edit")).errors(&both::errors(&errors));
    let remove = Some(format!("/admin/phases/{id}/remove"));
    Ok(cx.render_invalid(&form(page, format!("/admin/phases/{id}/edit"), remove, &typed)))
}

async fn remove(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let (process, phase, is_sealed) = found(&cx, id).await?;
    let now = cx.now;
    let done = cx.store().write(move |tx| {
        boxed(async move {
            let change = process::remove_phase(tx, now, id).await?;
            if change == Change::Done {
                audit::record(tx, now, Some(me), "phase-removed", &format!("phase:{id}"), &json!({})).await?;
            }
            Ok::<_, Error>(change)
        })
    });
    let Change::Refused(errors) = done.await? else {
        return Ok(cx.redirect_with(format!("/admin/processes/{}", process.id), "admin-removed", &[]));
    };
    let page = process_page(&cx, &process, cx.t().get("admin-phase-edit")).errors(&both::errors(&errors));
    let typed = stored(&cx, phase, is_sealed);
    let remove = Some(format!("/admin/phases/{id}/remove"));
    Ok(cx.render_invalid(&form(page, format!("/admin/phases/{id}/edit"), remove, &typed)))
}
