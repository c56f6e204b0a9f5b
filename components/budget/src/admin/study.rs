//! The study of an idea: given to a service, discussed in notes that nobody else reads, decided with a public reason.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::contribution::Status;
use parvis_civic::follow::{self, News, Told};
use parvis_civic::journal::{self, Leaf};
use parvis_civic::{Error, once};
use parvis_core::{Access, FieldErrors, Localized};
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Field, Html};
use parvis_web::{Ctx, Fields, Page, WebError};
use serde_json::json;

use super::both;
use crate::idea::show::facts;
use crate::life::State;
use crate::model::Project;
use crate::money;
use crate::place::{On, Place, acting, load, write};
use crate::shelf::Shelf;
use crate::store::ideas::{self, Idea, Note, Study};
use crate::store::projects;

/// The most characters of a reason, of a note, of the name of a service.
const REASON: usize = 4_000;
const NOTE: usize = 4_000;
const SERVICE: usize = 100;

#[derive(Template)]
#[template(path = "admin/study.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    idea: Idea,
    facts: Vec<(&'static str, String)>,
    map: Html,
    notes: Vec<Note>,
    projects: Vec<Project>,
    services: String,
    ceiling: String,
    is_editor: bool,
    states: Vec<Choice>,
    districts: Vec<Choice>,
    categories: Vec<Choice>,
    reason: [Field; 2],
    sent: Sent,
    note: String,
}

impl View {
    fn author(&self) -> String {
        crate::idea::author(&self.page.t, &self.idea)
    }

    fn wrote(&self, note: &Note) -> String {
        note.author.clone().unwrap_or_else(|| self.page.t.get("budget-author-gone"))
    }
}

/// The form, as texts.
#[derive(Debug, Clone, Default)]
struct Sent {
    state: String,
    service: String,
    cost: String,
    district: String,
    category: String,
    reason: Localized,
}

impl Sent {
    fn of(cx: &Ctx, idea: &Idea) -> Self {
        let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
        Self {
            state: idea.state.code().to_owned(),
            service: idea.service.clone(),
            cost: money::field(cx.t(), idea.cost),
            district: number(idea.facts.district_id),
            category: number(idea.facts.category_id),
            reason: idea.reason.clone(),
        }
    }

    fn read(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).to_owned();
        Self {
            state: text("state"),
            service: text("service"),
            cost: text("cost"),
            district: text("district"),
            category: text("category"),
            reason: Localized::new(text("reason_fr"), text("reason_en")),
        }
    }
}

async fn answer(
    cx: &Ctx,
    on: &On,
    status: StatusCode,
    sent: Option<Sent>,
    note: String,
    errors: &FieldErrors,
) -> Result<Response, WebError> {
    let id = on.id;
    let (place, (shelf, idea, notes, projects, services)) = load(cx, &on.at, move |tx, place| {
        boxed(async move {
            let idea = crate::idea::find(tx, place, id).await?;
            let activity = place.activity.id;
            let shelf = Shelf::read(tx, activity).await?;
            let notes = ideas::notes(tx, id).await?;
            let projects = projects::of_idea(tx, id).await?;
            Ok((shelf, idea, notes, projects, ideas::services(tx, activity).await?))
        })
    })
    .await?;
    let t = cx.t();
    let page = super::page(cx, &place, idea.c.title.clone())
        .crumb(t.get("budget-page-ideas"), place.admin("ideas"))
        .errors(errors);
    let sent = sent.unwrap_or_else(|| Sent::of(cx, &idea));
    let ceiling = shelf.ceiling(&place.rules, idea.facts.district_id);
    let reachable = State::SET.into_iter().filter(|s| idea.state.may_become(*s, !projects.is_empty()));
    let view = View {
        nav: super::nav(cx, &place, "ideas"),
        facts: facts(&page, &shelf, &idea),
        map: crate::idea::show::one_map(&page, &shelf, id, &idea.c.title, idea.facts.point),
        services: if services.is_empty() {
            t.get("budget-field-service-hint")
        } else {
            t.with1("budget-field-service-known", "names", t.list(&services))
        },
        ceiling: ceiling
            .map(|c| t.with1("budget-field-cost-hint", "most", money::say(t, c)))
            .unwrap_or_default(),
        is_editor: Access::Editor.allows(cx.role()),
        states: reachable
            .map(|s| Choice::new(s.code(), t.get(&s.key())).hint(t.get(&format!("{}-hint", s.key()))))
            .collect(),
        districts: shelf.district_choices(&page, "budget-district-any"),
        categories: shelf.category_choices(&page, "budget-category-any"),
        reason: both::areas(&page, "reason", "budget-field-reason", &sent.reason, 5),
        page,
        place,
        idea,
        notes,
        projects,
        sent,
        note,
    };
    Ok(cx.render_status(status, &view))
}

/// The idea, its notes, and the form of the study.
pub(super) async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    answer(&cx, &on, StatusCode::OK, None, String::new(), &FieldErrors::new()).await
}

/// Checks a study: what is refused has a reason, what is feasible a cost that the envelope bears.
fn check(cx: &Ctx, place: &Place, shelf: &Shelf, sent: &Sent) -> Result<Study, FieldErrors> {
    let mut errors = FieldErrors::new();
    let state = State::parse(&sent.state).filter(|s| State::SET.contains(s));
    if state.is_none() {
        errors.add("state", "budget-state-empty");
    }
    let service = errors.text("service", &sent.service, 0, SERVICE, "budget-body-empty");
    let mut reason =
        |field: &'static str, text: &str| errors.text(field, text, 0, REASON, "budget-reason-empty");
    let reason = Localized::new(reason("reason_fr", &sent.reason.fr), reason("reason_en", &sent.reason.en));
    let district_id = shelf.read_district(&mut errors, &sent.district);
    let category_id = shelf.read_category(&mut errors, &sent.category);
    let cost = money::read(&sent.cost).filter(|cents| *cents > 0);
    if !sent.cost.is_empty() && cost.is_none() {
        errors.add("cost", "budget-money-wrong");
    }
    match state {
        Some(State::Refused) if reason.is_empty() => errors.add("reason_fr", "budget-reason-empty"),
        Some(State::Feasible) if sent.cost.is_empty() => errors.add("cost", "budget-cost-empty"),
        _ => {}
    }
    if let (Some(State::Feasible), Some(cost), Some(most)) =
        (state, cost, shelf.ceiling(&place.rules, district_id))
        && cost > most
    {
        errors.add_with("cost", "budget-cost-large", vec![("most", money::say(cx.t(), most))]);
    }
    errors.check()?;
    let state = state.unwrap_or(State::Received);
    Ok(Study { state, service, reason, cost, district_id, category_id })
}

/// Saves the study. A change of what the public reads leaves a leaf in the journal and is told to the author and to
/// those who follow.
pub(super) async fn submit(cx: Ctx, on: On, fields: Fields) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let sent = Sent::read(&fields);
    let (now, id, inner, form) = (cx.now, on.id, cx.clone(), sent.clone());
    let done = write(&cx, &on.at, move |tx, place| {
        boxed(async move {
            let idea = crate::idea::find(tx, place, id).await?;
            if idea.c.status != Status::Published {
                return Err(Error::Conflict("budget-edit-gone"));
            }
            let shelf = Shelf::read(tx, place.activity.id).await?;
            let study = check(&inner, place, &shelf, &form).map_err(Error::Fields)?;
            let has_project = !projects::of_idea(tx, id).await?.is_empty();
            if !idea.state.may_become(study.state, has_project) {
                return Err(Error::Conflict("budget-study-project"));
            }
            ideas::study(tx, id, &study, now).await?;
            let object = format!("contribution:{id}");
            let detail = json!({ "state": study.state.code(), "service": study.service });
            audit::record(tx, now, Some(me.id), "idea-studied", &object, &detail).await?;
            let public = |state: State, reason: &Localized, cost: Option<i64>| {
                (state, state.is_decided().then(|| (reason.clone(), cost)))
            };
            let before = public(idea.state, &idea.reason, idea.cost);
            let after = public(study.state, &study.reason, study.cost);
            if before != after {
                let said = after.1.unwrap_or_default();
                let body = json!({
                    "activity": place.activity.id,
                    "contribution": id,
                    "state": study.state.code(),
                    "reason": said.0,
                    "cost": said.1,
                });
                let leaf = Leaf::new("idea-studied").object("contribution", id).by(me.id).body(body);
                journal::write(tx, now, leaf).await?;
                let told = told(&inner, place, &idea, &study);
                if let Some(author) = idea.c.author_id.filter(|_| !idea.c.official) {
                    follow::tell_one(tx, now, author, told.clone()).await?;
                }
                follow::tell(tx, now, "contribution", id, told, idea.c.author_id).await?;
            }
            Ok(place.admin(format_args!("ideas/{id}")))
        })
    });
    match done.await {
        Ok(to) => Ok(cx.redirect_with(to, "budget-saved", &[])),
        Err(Error::Fields(errors)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            answer(&cx, &on, status, Some(sent), String::new(), &errors).await
        }
        Err(e) => Err(e.into()),
    }
}

/// What the author and the followers are told, in each language.
fn told(cx: &Ctx, place: &Place, idea: &Idea, study: &Study) -> Told {
    let detail = crate::place::both(cx, |t| {
        let mut words = t.get(&format!("budget-mail-{}", study.state.code()));
        if study.state.is_decided() {
            if let Some(cost) = study.cost {
                words.push(' ');
                words.push_str(&t.with1("budget-mail-cost", "cost", money::say(t, cost)));
            }
            if !study.reason.is_empty() {
                words.push_str("\n\n");
                words.push_str(study.reason.get(t.locale));
            }
        }
        words
    });
    let title = idea.c.title.as_str();
    Told { news: News::Study, title: Localized::new(title, title), path: place.idea(&idea.c.id), detail }
}

/// Adds a note, for the services only.
pub(super) async fn note(cx: Ctx, on: On, fields: Fields) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let mut errors = FieldErrors::new();
    let body = errors.text("note", fields.get("note"), 1, NOTE, "budget-note-empty");
    if !errors.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return answer(&cx, &on, status, None, fields.get("note").to_owned(), &errors).await;
    }
    let (now, id, idem) = (cx.now, on.id, fields.get("idem").to_owned());
    let done = write(&cx, &on.at, move |tx, place| {
        boxed(async move {
            let to = format!("{}#notes", place.admin(format_args!("ideas/{id}")));
            if once::seen(tx, me.id, &idem).await?.is_some() {
                return Ok(to);
            }
            crate::idea::find(tx, place, id).await?;
            ideas::add_note(tx, now, id, me.id, &body).await?;
            once::remember(tx, now, me.id, &idem, &to).await?;
            Ok(to)
        })
    });
    Ok(cx.redirect_with(done.await?, "budget-saved", &[]))
}
