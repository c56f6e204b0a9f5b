//! The sections of the text put to consultation: naming, ordering, nesting, deleting the empty ones.

use std::collections::BTreeMap;

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::Error;
use parvis_core::{FieldErrors, Localized};
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Field, Html};
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;
use serde_json::json;

use super::both;
use crate::model::{self, Section};
use crate::place::{At, On, Place};
use crate::store;

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    title_fr: String,
    title_en: String,
    description_fr: String,
    description_en: String,
    parent: String,
}

impl Sent {
    fn title(&self) -> Localized {
        Localized::new(self.title_fr.trim(), self.title_en.trim())
    }

    fn description(&self) -> Localized {
        Localized::new(self.description_fr.trim(), self.description_en.trim())
    }

    fn of(section: &Section) -> Self {
        Self {
            title_fr: section.title.fr.clone(),
            title_en: section.title.en.clone(),
            description_fr: section.description.fr.clone(),
            description_en: section.description.en.clone(),
            parent: section.parent_id.map(|id| id.to_string()).unwrap_or_default(),
        }
    }
}

/// Which way a thing moves among its siblings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Shift {
    /// `up` or `down`.
    pub(super) way: String,
}

/// One line of the list.
struct Line {
    depth: usize,
    section: Section,
    texts: i64,
    is_first: bool,
    is_last: bool,
    is_empty: bool,
}

impl Line {
    fn indent(&self) -> String {
        "— ".repeat(self.depth)
    }
}

#[derive(Template)]
#[template(path = "admin/sections.html")]
struct ListView {
    page: Page,
    place: Place,
    nav: Html,
    lines: Vec<Line>,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "admin/section.html")]
struct EditView {
    page: Page,
    place: Place,
    nav: Html,
    id: i64,
    fields: Vec<Field>,
}

fn fields(page: &Page, sections: &[Section], sent: &Sent, own: Option<i64>) -> Vec<Field> {
    let t = &page.t;
    let mut fields: Vec<Field> =
        both::lines(page, "title", "consultation-admin-section-name", &sent.title()).into();
    fields.extend(both::areas(
        page,
        "description",
        "consultation-admin-section-about",
        &sent.description(),
        3,
    ));
    let within = own.map(|id| model::inside(sections, id)).unwrap_or_default();
    let mut choices = vec![Choice::new("", t.get("consultation-admin-section-top"))];
    choices.extend(
        model::outline(sections)
            .into_iter()
            .filter(|(_, s)| !within.contains(&s.id))
            .map(|(depth, s)| Choice::new(s.id.to_string(), named(depth, s, page))),
    );
    if choices.len() > 1 {
        let select = page.select("parent", "consultation-admin-section-parent");
        fields.push(select.choices(&choices).value(&sent.parent));
    }
    fields
}

/// The name of a section in a list of choices, set in by its depth.
pub(super) fn named(depth: usize, section: &Section, page: &Page) -> String {
    format!("{}{}", "\u{2003}".repeat(depth), section.title.get(page.locale()))
}

/// Every mistake at once; the parent that was chosen.
fn check(sent: &Sent, sections: &[Section], own: Option<i64>) -> Result<Option<i64>, FieldErrors> {
    let mut errors = FieldErrors::new();
    if sent.title().is_empty() {
        errors.add("title_fr", "consultation-missing-sections-title");
    }
    for (field, text, max) in [
        ("title_fr", &sent.title_fr, 200),
        ("title_en", &sent.title_en, 200),
        ("description_fr", &sent.description_fr, 4_000),
        ("description_en", &sent.description_en, 4_000),
    ] {
        errors.text(field, text, 0, max, "consultation-missing-sections-title");
    }
    let parent = match sent.parent.as_str() {
        "" => None,
        given => {
            let within = own.map(|id| model::inside(sections, id)).unwrap_or_default();
            let known = given.parse().ok();
            let known = known.filter(|id| sections.iter().any(|s| s.id == *id) && !within.contains(id));
            if known.is_none() {
                errors.add("parent", "consultation-section-unknown");
            }
            known
        }
    };
    errors.check().map(|()| parent)
}

async fn all(cx: &Ctx, at: &At) -> Result<(Place, (Vec<Section>, BTreeMap<i64, i64>)), WebError> {
    super::load(cx, at, |tx, place| {
        boxed(async move {
            let sections = store::sections(tx, place.activity.id).await?;
            let sizes = store::section_sizes(tx, place.activity.id).await?;
            Ok::<_, Error>((sections, sizes))
        })
    })
    .await
}

/// The list, with a form to add one.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, (sections, sizes)) = all(&cx, &at).await?;
    Ok(list(&cx, StatusCode::OK, place, &sections, &sizes, &Sent::default(), &FieldErrors::new()))
}

fn list(
    cx: &Ctx,
    status: StatusCode,
    place: Place,
    sections: &[Section],
    sizes: &BTreeMap<i64, i64>,
    sent: &Sent,
    errors: &FieldErrors,
) -> Response {
    let page = super::page(cx, &place, cx.t().get("consultation-admin-sections")).errors(errors);
    let lines = model::outline(sections)
        .into_iter()
        .map(|(depth, s)| {
            let siblings = siblings(sections, s.parent_id);
            let texts = sizes.get(&s.id).copied().unwrap_or(0);
            Line {
                depth,
                texts,
                is_first: siblings.first() == Some(&s.id),
                is_last: siblings.last() == Some(&s.id),
                is_empty: texts == 0 && !sections.iter().any(|c| c.parent_id == Some(s.id)),
                section: s.clone(),
            }
        })
        .collect();
    let fields = fields(&page, sections, sent, None);
    let nav = super::nav(cx, &place, "sections");
    cx.render_status(status, &ListView { page, place, nav, lines, fields })
}

/// The sections with the same parent, in order.
fn siblings(sections: &[Section], parent: Option<i64>) -> Vec<i64> {
    let mut found: Vec<&Section> = sections.iter().filter(|s| s.parent_id == parent).collect();
    found.sort_by_key(|s| (s.position, s.id));
    found.iter().map(|s| s.id).collect()
}

/// Adds a section.
pub(super) async fn create(cx: Ctx, at: At, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let (place, (sections, sizes)) = all(&cx, &at).await?;
    let me = super::editor(&cx)?;
    let parent = match check(&sent, &sections, None) {
        Ok(parent) => parent,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(list(&cx, status, place, &sections, &sizes, &sent, &errors));
        }
    };
    let (now, activity) = (cx.now, place.activity.id);
    let done = cx.store().write(move |tx| {
        boxed(async move {
            let id = store::add_section(tx, activity, parent, &sent.title(), &sent.description()).await?;
            let object = format!("activity:{activity}");
            audit::record(tx, now, Some(me.id), "section-added", &object, &json!({ "section": id })).await?;
            Ok::<_, Error>(())
        })
    });
    done.await?;
    Ok(cx.redirect_with(place.admin("sections"), "consultation-admin-saved", &[]))
}

fn find(sections: &[Section], id: i64) -> Result<Section, WebError> {
    sections.iter().find(|s| s.id == id).cloned().ok_or(WebError::NotFound)
}

/// The form of one section.
pub(super) async fn edit(cx: Ctx, on: On) -> Result<Response, WebError> {
    let (place, (sections, _)) = all(&cx, &on.at).await?;
    let section = find(&sections, on.id)?;
    let sent = Sent::of(&section);
    Ok(form(&cx, StatusCode::OK, place, &sections, on.id, &sent, &FieldErrors::new()))
}

fn form(
    cx: &Ctx,
    status: StatusCode,
    place: Place,
    sections: &[Section],
    id: i64,
    sent: &Sent,
    errors: &FieldErrors,
) -> Response {
    let title = cx.t().get("consultation-admin-section-edit");
    let page = super::page(cx, &place, title)
        .crumb(cx.t().get("consultation-admin-sections"), place.admin("sections"))
        .errors(errors);
    let fields = fields(&page, sections, sent, Some(id));
    let nav = super::nav(cx, &place, "sections");
    cx.render_status(status, &EditView { page, place, nav, id, fields })
}

/// Saves a section.
pub(super) async fn update(cx: Ctx, on: On, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let (place, (sections, _)) = all(&cx, &on.at).await?;
    let me = super::editor(&cx)?;
    let before = find(&sections, on.id)?;
    let parent_id = match check(&sent, &sections, Some(on.id)) {
        Ok(parent) => parent,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(form(&cx, status, place, &sections, on.id, &sent, &errors));
        }
    };
    let after = Section { parent_id, title: sent.title(), description: sent.description(), ..before };
    let (now, activity) = (cx.now, place.activity.id);
    let done = cx.store().write(move |tx| {
        boxed(async move {
            store::update_section(tx, activity, &after).await?;
            let (object, detail) = (format!("activity:{activity}"), json!({ "section": after.id }));
            audit::record(tx, now, Some(me.id), "section-saved", &object, &detail).await?;
            Ok::<_, Error>(())
        })
    });
    done.await?;
    Ok(cx.redirect_with(place.admin("sections"), "consultation-admin-saved", &[]))
}

/// The order after one of these moved by one place.
pub(super) fn shifted(ids: &[i64], id: i64, way: &str) -> Vec<i64> {
    let mut ids = ids.to_vec();
    if let Some(i) = ids.iter().position(|x| *x == id) {
        let j = if way == "up" { i.checked_sub(1) } else { Some(i + 1).filter(|j| *j < ids.len()) };
        if let Some(j) = j {
            ids.swap(i, j);
        }
    }
    ids
}

/// Moves a section up or down among its siblings.
pub(super) async fn shift(cx: Ctx, on: On, Form(sent): Form<Shift>) -> Result<Response, WebError> {
    let (place, _) = all(&cx, &on.at).await?;
    let activity = place.activity.id;
    let done = cx.store().write(move |tx| {
        boxed(async move {
            let sections = store::sections(tx, activity).await?;
            let section = sections.iter().find(|s| s.id == on.id).ok_or(Error::NotFound)?;
            let order = shifted(&siblings(&sections, section.parent_id), on.id, &sent.way);
            for (position, id) in (1i64..).zip(order) {
                store::place_section(tx, activity, id, position).await?;
            }
            Ok::<_, Error>(())
        })
    });
    done.await?;
    Ok(cx.redirect(format!("{}#section-{}", place.admin("sections"), on.id)))
}

/// Deletes a section that holds nothing.
pub(super) async fn delete(cx: Ctx, on: On) -> Result<Response, WebError> {
    let (place, _) = all(&cx, &on.at).await?;
    let me = super::editor(&cx)?;
    let (now, activity) = (cx.now, place.activity.id);
    let done = cx.store().write(move |tx| {
        boxed(async move {
            store::delete_section(tx, activity, on.id).await?;
            let (object, detail) = (format!("activity:{activity}"), json!({ "section": on.id }));
            audit::record(tx, now, Some(me.id), "section-deleted", &object, &detail).await?;
            Ok::<_, Error>(())
        })
    });
    done.await?;
    Ok(cx.redirect_with(place.admin("sections"), "consultation-admin-deleted", &[]))
}
