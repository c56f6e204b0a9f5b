//! One idea: its text, its place, what the services answered, what became of it.

use askama::Template;
use axum::response::Response;
use parvis_civic::contribution::Status;
use parvis_civic::moderation::{self, Decision};
use parvis_civic::{Error, answer, follow as follows, reaction};
use parvis_core::{Localized, Millis};
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;

use super::{author, find, kept, locked};
use crate::life::State;
use crate::map::{self, Mark};
use crate::model::{self, IDEA, Project};
use crate::money;
use crate::place::{On, Place, acting, is_staff, load, write};
use crate::shelf::Shelf;
use crate::store::ideas::{self, Idea};
use crate::store::mergers::{self, Merger};
use crate::store::projects;

/// Everything the page shows, as the database gave it.
struct Loaded {
    shelf: Shelf,
    idea: Idea,
    taken_in: Vec<(i64, String)>,
    into: Option<(i64, String)>,
    projects: Vec<Project>,
    answer: Option<answer::Answer>,
    decision: Option<Decision>,
    mergers: Vec<Merger>,
    supports: bool,
    follows: bool,
    kept: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "idea/show/page.html")]
struct View {
    page: Page,
    place: Place,
    idea: Idea,
    facts: Vec<(&'static str, String)>,
    map: Html,
    taken_in: Vec<(i64, String)>,
    into: Option<(i64, String)>,
    projects: Vec<Project>,
    answer: Option<answer::Answer>,
    decision: Option<Decision>,
    /// Mergers that wait for the visitor's consent, or their other side's.
    mergers: Vec<Merger>,
    supports: bool,
    may_support: bool,
    follows: bool,
    is_mine: bool,
    is_staff: bool,
    editable_until: Option<Millis>,
    withdrawable: bool,
}

impl View {
    fn base(&self) -> String {
        self.place.idea(&self.idea.c.id)
    }

    fn author(&self) -> String {
        author(&self.page.t, &self.idea)
    }

    fn readable(&self) -> bool {
        matches!(self.idea.c.status, Status::Published | Status::Merged)
    }

    fn reason_key(&self, reason: &str) -> String {
        format!("civic-reason-{reason}")
    }

    fn cost(&self) -> String {
        self.idea.cost.map(|c| money::say(&self.page.t, c)).unwrap_or_default()
    }

    fn answer_key(&self, answer: &answer::Answer) -> String {
        format!("civic-answer-status-{}", answer.status)
    }

    fn about(&self, key: &str) -> String {
        self.page.t.with1(key, "title", self.idea.c.title.as_str())
    }
}

/// The facts of an idea in words: category, district, address, coordinates, its author's estimate.
pub(crate) fn facts(page: &Page, shelf: &Shelf, idea: &Idea) -> Vec<(&'static str, String)> {
    let t = &page.t;
    let mut found = vec![];
    let name = |text: &Localized| text.get(page.locale()).to_owned();
    if let Some(category) = shelf.category(idea.facts.category_id) {
        found.push(("budget-field-category", name(&category.name)));
    }
    if let Some(district) = shelf.district(idea.facts.district_id) {
        found.push(("budget-field-district", name(&district.name)));
    }
    if !idea.facts.address.is_empty() {
        found.push(("budget-field-address", idea.facts.address.clone()));
    }
    if let Some(cents) = idea.facts.estimate {
        found.push(("budget-estimate", money::say(t, cents)));
    }
    found
}

/// The map of one thing, when it has a point.
pub(crate) fn one_map(
    page: &Page,
    shelf: &Shelf,
    id: i64,
    title: &str,
    point: Option<crate::geo::Point>,
) -> Html {
    let Some(point) = point else { return Html::default() };
    let mark = Mark { id, title: title.to_owned(), href: page.path.clone(), point };
    let words = map::Words { label: page.t.with1("budget-map-one", "title", title), ..Default::default() };
    map::draw(&shelf.outlines(page.locale()), &[mark], &words)
}

/// Shows it. A draft leads its author to where it is written.
pub(crate) async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    let me = cx.id();
    let (place, loaded) = load(&cx, &on.at.clone(), move |tx, place| {
        boxed(async move {
            let own = ideas::find(tx, place.activity.id, on.id).await?.ok_or(Error::NotFound)?;
            if own.c.status == Status::Draft {
                let is_mine = me.is_some() && own.c.author_id == me;
                return if is_mine {
                    Ok(Err(place.to(format_args!("ideas/drafts/{}", on.id))))
                } else {
                    Err(Error::NotFound)
                };
            }
            let idea = own;
            let decision = match idea.c.status {
                Status::Hidden => {
                    moderation::decisions(tx, on.id).await?.into_iter().find(|d| d.action == "hide")
                }
                _ => None,
            };
            let into = match idea.merged_into {
                Some(id) => ideas::find(tx, place.activity.id, id).await?.map(|i| (i.c.id, i.c.title)),
                None => None,
            };
            let mut projects = projects::of_idea(tx, on.id).await?;
            if let (Some((id, _)), true) = (&into, projects.is_empty()) {
                projects = projects::of_idea(tx, *id).await?;
            }
            let supports = match me {
                Some(me) => reaction::of_participant(tx, me, &[on.id]).await?.contains_key(&on.id),
                None => false,
            };
            let follows = match me {
                Some(me) => follows::is(tx, me, "contribution", on.id).await?,
                None => false,
            };
            Ok(Ok(Box::new(Loaded {
                shelf: Shelf::read(tx, place.activity.id).await?,
                taken_in: ideas::taken_in(tx, on.id).await?,
                answer: answer::of(tx, on.id, false).await?,
                mergers: mergers::about(tx, on.id).await?,
                kept: kept(tx, &idea).await?,
                into,
                projects,
                decision,
                supports,
                follows,
                idea,
            })))
        })
    })
    .await?;
    let l = match loaded {
        Ok(loaded) => *loaded,
        Err(path) => return Ok(cx.redirect(path)),
    };
    place.cache(&cx);
    Ok(cx.render(&view(&cx, place, l)))
}

fn view(cx: &Ctx, place: Place, l: Loaded) -> View {
    let t = cx.t();
    let c = &l.idea.c;
    let gone = matches!(c.status, Status::Hidden | Status::Withdrawn);
    let title = if gone { t.get(&format!("budget-gone-{}", c.status.code())) } else { c.title.clone() };
    let page = place.page(cx, title).crumb(t.get("budget-ideas"), place.to("ideas"));
    let page = if gone { page.noindex() } else { page.describe(c.extract(160)) };
    let is_mine = cx.id().is_some() && cx.id() == c.author_id;
    let hours = place.rules.ideas.edit_hours;
    let editable_until = match locked(&place, &l.idea, cx.now) {
        None if is_mine && !c.official => c.published_at.map(|at| at + hours * 3_600_000),
        _ => None,
    };
    let mergers = if is_mine || is_staff(cx) { l.mergers } else { vec![] };
    View {
        facts: if gone { vec![] } else { facts(&page, &l.shelf, &l.idea) },
        map: if gone {
            Html::default()
        } else {
            one_map(&page, &l.shelf, c.id, &c.title, l.idea.facts.point)
        },
        may_support: c.status == Status::Published
            && place.rules.ideas.supports
            && place.deposit_is_open(cx.now),
        withdrawable: is_mine && !c.official && l.kept.is_none(),
        is_staff: is_staff(cx),
        supports: l.supports,
        follows: l.follows,
        taken_in: l.taken_in,
        into: l.into,
        projects: l.projects,
        answer: l.answer,
        decision: l.decision,
        idea: l.idea,
        page,
        place,
        mergers,
        is_mine,
        editable_until,
    }
}

/// What a button sends: the state it leads to.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Switch {
    on: bool,
}

fn supported(kind: &str) -> &'static [i64] {
    if kind == IDEA { &[reaction::FOR] } else { &[] }
}

/// Supports an idea, or takes the support back. Sent twice, it changes nothing more.
pub(crate) async fn support(cx: Ctx, on: On, Form(sent): Form<Switch>) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let (now, at) = (cx.now, on.at.clone());
    let value = sent.on.then_some(reaction::FOR);
    let done = write(&cx, &on.at, move |tx, place| {
        boxed(async move {
            if !place.rules.ideas.supports {
                return Err(Error::Closed);
            }
            find(tx, place, on.id).await?;
            let there =
                reaction::Place { process: &at.process, activity: &at.activity, component: model::NAME };
            let phase = place.rules.ideas.phase;
            // Without a phase of deposit nothing is open: the activity's own is the vote's.
            let phase = phase.ok_or(Error::Closed)?;
            reaction::cast_within(tx, now, &me, Some(there), on.id, value, supported, Some(phase)).await?;
            Ok(place.idea(&on.id))
        })
    });
    let path = match done.await {
        Ok(path) => path,
        Err(Error::Closed) => return Err(WebError::Closed("budget-support-closed")),
        Err(e) => return Err(e.into()),
    };
    let key = if sent.on { "budget-done-support" } else { "budget-done-support-back" };
    Ok(cx.redirect_with(format!("{path}#actions"), key, &[]))
}

/// Follows an idea, or stops following it.
pub(crate) async fn follow(cx: Ctx, on: On, Form(sent): Form<Switch>) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let now = cx.now;
    let done = write(&cx, &on.at, move |tx, place| {
        boxed(async move {
            let idea = find(tx, place, on.id).await?;
            // One may always stop; one starts with what is still there.
            if sent.on && idea.c.status != Status::Published {
                return Err(Error::Conflict("budget-edit-gone"));
            }
            follows::set(tx, now, me.id, "contribution", on.id, sent.on).await?;
            Ok(place.idea(&on.id))
        })
    });
    let key = if sent.on { "budget-followed" } else { "budget-unfollowed" };
    Ok(cx.redirect_with(format!("{}#actions", done.await?), key, &[]))
}
