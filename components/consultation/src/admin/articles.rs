//! The official articles: writing, preview, publication, later versions, order.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::account::Participant;
use parvis_civic::contribution::{self, Contribution, Draft, Status};
use parvis_civic::{Error, once, text};
use parvis_core::{FieldErrors, Millis};
use parvis_ops::audit;
use parvis_store::{Tx, boxed};
use parvis_web::ui::{Choice, Html};
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;
use serde_json::json;

use super::sections::{Shift, named, shifted};
use crate::amend::sides;
use crate::model::{self, ARTICLE, Section};
use crate::place::{At, On, Place};
use crate::store;

/// The most characters of an official title, text and explanation.
pub(super) const MOST: (usize, usize, usize) = (200, 50_000, 20_000);

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    /// The version that was on the screen (0: a new article).
    base: i64,
    section: String,
    title: String,
    body: String,
    explanation: String,
    /// Why a published article changes.
    note: String,
    /// `save` (a draft), `preview`, `edit` or `publish`.
    action: String,
    idem: String,
}

/// One line of the list.
struct Line {
    c: Contribution,
    section: String,
    is_first: bool,
    is_last: bool,
}

#[derive(Template)]
#[template(path = "admin/articles.html")]
struct ListView {
    page: Page,
    place: Place,
    nav: Html,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "admin/article.html")]
struct EditView {
    page: Page,
    place: Place,
    nav: Html,
    /// None: a new one.
    c: Option<Contribution>,
    sent: Sent,
    sections: Vec<Choice>,
    /// Somebody else published another version meanwhile: what this would change in it.
    conflict: Option<Html>,
    /// The preview, when it was asked for: the text, and the changes of a published article.
    preview: Option<Preview>,
}

struct Preview {
    html: String,
    explanation: String,
    changes: Option<Html>,
}

impl EditView {
    fn action(&self) -> String {
        match &self.c {
            Some(c) => self.place.admin(&format!("articles/{}", c.id)),
            None => self.place.admin("articles/new"),
        }
    }

    fn is_published(&self) -> bool {
        self.c.as_ref().is_some_and(|c| c.status == Status::Published)
    }

    fn most_title(&self) -> usize {
        MOST.0
    }

    fn most_body(&self) -> usize {
        MOST.1
    }
}

type All = (Vec<Section>, Vec<Contribution>);

async fn all(cx: &Ctx, at: &At) -> Result<(Place, All), WebError> {
    super::load(cx, at, |tx, place| {
        boxed(async move {
            let sections = store::sections(tx, place.activity.id).await?;
            let articles = store::official(tx, place.activity.id).await?;
            Ok::<_, Error>((sections, articles))
        })
    })
    .await
}

/// The articles in reading order: by section, then by place.
fn reading(sections: &[Section], articles: &[Contribution]) -> Vec<i64> {
    let mut order: Vec<i64> = vec![];
    for (_, section) in model::outline(sections) {
        order.extend(articles.iter().filter(|c| c.section_id == Some(section.id)).map(|c| c.id));
    }
    order.extend(articles.iter().filter(|c| !order.contains(&c.id)).map(|c| c.id).collect::<Vec<_>>());
    order
}

/// The list.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, (sections, articles)) = all(&cx, &at).await?;
    let page = super::page(&cx, &place, cx.t().get("consultation-admin-articles"));
    let order = reading(&sections, &articles);
    let siblings = |section: Option<i64>| -> Vec<i64> {
        let within = |id: &&i64| articles.iter().any(|c| c.id == **id && c.section_id == section);
        order.iter().filter(within).copied().collect()
    };
    let line = |id: &i64| {
        let c = articles.iter().find(|c| c.id == *id)?;
        let siblings = siblings(c.section_id);
        let section = sections.iter().find(|s| Some(s.id) == c.section_id);
        Some(Line {
            section: section.map(|s| s.title.get(cx.locale()).to_owned()).unwrap_or_default(),
            is_first: siblings.first() == Some(id),
            is_last: siblings.last() == Some(id),
            c: c.clone(),
        })
    };
    let lines = order.iter().filter_map(line).collect();
    let nav = super::nav(&cx, &place, "articles");
    Ok(cx.render(&ListView { page, place, nav, lines }))
}

/// The form of a new article, in the section that the address names.
pub(super) async fn new(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, (sections, _)) = all(&cx, &at).await?;
    let sent = Sent { section: cx.query("section"), ..Sent::default() };
    let none = FieldErrors::new();
    Ok(form(&cx, StatusCode::OK, place, &sections, None, sent, &none, None, None))
}

/// The form of an article.
pub(super) async fn edit(cx: Ctx, on: On) -> Result<Response, WebError> {
    let (place, (sections, articles)) = all(&cx, &on.at).await?;
    let c = articles.into_iter().find(|c| c.id == on.id).ok_or(WebError::NotFound)?;
    let sent = Sent {
        base: c.version,
        section: c.section_id.map(|id| id.to_string()).unwrap_or_default(),
        title: c.title.clone(),
        body: c.body.clone(),
        explanation: c.explanation.clone(),
        ..Sent::default()
    };
    let none = FieldErrors::new();
    Ok(form(&cx, StatusCode::OK, place, &sections, Some(c), sent, &none, None, None))
}

#[expect(clippy::too_many_arguments, reason = "everything that one page shows")]
fn form(
    cx: &Ctx,
    status: StatusCode,
    place: Place,
    sections: &[Section],
    c: Option<Contribution>,
    sent: Sent,
    errors: &FieldErrors,
    conflict: Option<Html>,
    preview: Option<Preview>,
) -> Response {
    let t = cx.t();
    let title = match &c {
        Some(c) => t.with1("consultation-edit-title", "title", c.title.as_str()),
        None => t.get("consultation-admin-article-new"),
    };
    let page = super::page(cx, &place, title)
        .crumb(t.get("consultation-admin-articles"), place.admin("articles"))
        .errors(errors);
    let mut choices = vec![Choice::new("", t.get("consultation-field-section-none"))];
    choices.extend(
        model::outline(sections)
            .into_iter()
            .map(|(depth, s)| Choice::new(s.id.to_string(), named(depth, s, &page))),
    );
    let nav = super::nav(cx, &place, "articles");
    let view = EditView { page, place, nav, c, sent, sections: choices, conflict, preview };
    cx.render_status(status, &view)
}

/// Every mistake at once. A draft may lack its text.
fn check(sections: &[Section], sent: &Sent, c: Option<&Contribution>) -> Result<Draft, FieldErrors> {
    let saving = sent.action == "save";
    let mut errors = FieldErrors::new();
    let section_id = match sent.section.as_str() {
        "" => None,
        given => {
            let known = given.parse().ok().filter(|id| sections.iter().any(|s| s.id == *id));
            if known.is_none() {
                errors.add("section", "consultation-section-unknown");
            }
            known
        }
    };
    let title = errors.text("title", &sent.title, 1, MOST.0, "consultation-title-empty");
    let least = usize::from(!saving);
    let body = errors.text("body", &sent.body, least, MOST.1, "consultation-body-empty");
    let explanation = errors.text("explanation", &sent.explanation, 0, MOST.2, "civic-explanation-empty");
    errors.text("note", &sent.note, 0, 300, "civic-explanation-empty");
    if let Some(c) = c.filter(|c| c.status == Status::Published) {
        let same = c.title == title && c.body == body && c.explanation == explanation;
        if same && c.section_id == section_id {
            errors.add("body", "consultation-edit-same");
        }
    }
    errors.check()?;
    Ok(Draft { kind: ARTICLE, section_id, title, body, explanation, official: true, ..Draft::default() })
}

fn preview(cx: &Ctx, draft: &Draft, c: Option<&Contribution>) -> Preview {
    let t = cx.t();
    let format = c.map_or(text::Format::Markdown, |c| c.format);
    let changes = c.filter(|c| c.status == Status::Published).map(|c| {
        let (old, new) =
            (crate::amend::whole(&c.title, &c.body), crate::amend::whole(&draft.title, &draft.body));
        let (left, right) = (t.get("consultation-amend-present"), t.get("consultation-admin-new-wording"));
        sides::sides(t, c.lang, &left, &right, &old, &new)
    });
    Preview {
        html: text::html(&draft.body, format),
        explanation: text::html(&draft.explanation, format),
        changes,
    }
}

/// A new article: previewed, saved as a draft or published.
pub(super) async fn create(cx: Ctx, at: At, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let (place, (sections, _)) = all(&cx, &at).await?;
    write(cx, place, sections, None, sent).await
}

/// An article: previewed, saved, published, or published again in a new version.
pub(super) async fn update(cx: Ctx, on: On, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let (place, (sections, articles)) = all(&cx, &on.at).await?;
    let c = articles.into_iter().find(|c| c.id == on.id).ok_or(WebError::NotFound)?;
    write(cx, place, sections, Some(c), sent).await
}

async fn write(
    cx: Ctx,
    place: Place,
    sections: Vec<Section>,
    c: Option<Contribution>,
    sent: Sent,
) -> Result<Response, WebError> {
    let me = super::editor(&cx)?;
    let none = FieldErrors::new();
    if sent.action == "edit" {
        return Ok(form(&cx, StatusCode::OK, place, &sections, c, sent, &none, None, None));
    }
    let draft = match check(&sections, &sent, c.as_ref()) {
        Ok(draft) => draft,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(form(&cx, status, place, &sections, c, sent, &errors, None, None));
        }
    };
    if let Some(now) = c.as_ref().filter(|c| c.version != sent.base) {
        return Ok(conflict(&cx, place, &sections, now.clone(), sent));
    }
    if !matches!(sent.action.as_str(), "save" | "publish") {
        let preview = preview(&cx, &draft, c.as_ref());
        return Ok(form(&cx, StatusCode::OK, place, &sections, c, sent, &none, None, Some(preview)));
    }
    let (now, at, before, form_sent) = (cx.now, place.clone(), c.clone(), sent.clone());
    let done = cx.store().write(move |tx| {
        boxed(async move { keep(tx, now, &me, &at, before.as_ref(), &draft, &form_sent).await })
    });
    match done.await {
        Ok(key) => Ok(cx.redirect_with(place.admin("articles"), key, &[])),
        Err(Error::Conflict("civic-changed-meanwhile")) => {
            let id = c.map_or(0, |c| c.id);
            let found = cx.store().read(move |tx| boxed(async move { contribution::find(tx, id).await }));
            let now = found.await?.ok_or(WebError::NotFound)?;
            Ok(conflict(&cx, place, &sections, now, sent))
        }
        Err(e) => Err(e.into()),
    }
}

/// Somebody published another version: nothing is lost, and what this one would change is shown.
fn conflict(cx: &Ctx, place: Place, sections: &[Section], now: Contribution, sent: Sent) -> Response {
    let t = cx.t();
    let (left, right) = (t.get("consultation-amend-present"), t.get("consultation-admin-new-wording"));
    let (old, new) =
        (crate::amend::whole(&now.title, &now.body), crate::amend::whole(&sent.title, &sent.body));
    let changes = sides::sides(t, now.lang, &left, &right, &old, &new);
    let sent = Sent { base: now.version, ..sent };
    let none = FieldErrors::new();
    form(cx, StatusCode::CONFLICT, place, sections, Some(now), sent, &none, Some(changes), None)
}

/// Writes what the editor decided; gives the key of what is then said.
async fn keep(
    tx: &mut Tx<'_>,
    now: Millis,
    me: &Participant,
    place: &Place,
    c: Option<&Contribution>,
    draft: &Draft,
    sent: &Sent,
) -> Result<&'static str, Error> {
    if once::seen(tx, me.id, &sent.idem).await?.is_some() {
        return Ok("consultation-admin-saved");
    }
    let activity = place.activity.id;
    let publish = sent.action == "publish";
    let (id, key) = match c {
        Some(c) if c.status == Status::Published => {
            let wording =
                c.title != draft.title || c.body != draft.body || c.explanation != draft.explanation;
            if wording {
                let note = sent.note.trim();
                contribution::revise(tx, now, me, c.id, sent.base, draft, note).await?;
            }
            if c.section_id != draft.section_id {
                store::move_article(tx, now, activity, c.id, draft.section_id).await?;
            }
            (c.id, "consultation-done-edit")
        }
        _ => {
            if let Some(c) = c {
                store::take_over(tx, c.id, me.id).await?;
            }
            let id = contribution::save_draft(tx, now, me, &place.activity, draft, c.map(|c| c.id)).await?;
            if publish {
                contribution::publish(tx, now, me, id).await?;
            }
            (
                id,
                if publish {
                    "consultation-admin-article-published"
                } else {
                    "consultation-admin-article-saved"
                },
            )
        }
    };
    let (object, detail) = (format!("contribution:{id}"), json!({ "published": publish }));
    audit::record(tx, now, Some(me.id), "article-saved", &object, &detail).await?;
    once::remember(tx, now, me.id, &sent.idem, &place.admin("articles")).await?;
    Ok(key)
}

/// Moves an article up or down in its section.
pub(super) async fn shift(cx: Ctx, on: On, Form(sent): Form<Shift>) -> Result<Response, WebError> {
    let (place, _) = all(&cx, &on.at).await?;
    let activity = place.activity.id;
    let done = cx.store().write(move |tx| {
        boxed(async move {
            let sections = store::sections(tx, activity).await?;
            let articles = store::official(tx, activity).await?;
            let moved = articles.iter().find(|c| c.id == on.id).ok_or(Error::NotFound)?;
            let order = reading(&sections, &articles);
            let section = |id: &i64| articles.iter().find(|c| c.id == *id).and_then(|c| c.section_id);
            let siblings: Vec<i64> =
                order.iter().filter(|id| section(id) == moved.section_id).copied().collect();
            let mut after = shifted(&siblings, on.id, &sent.way).into_iter();
            // The siblings take the places of the siblings; the others keep theirs.
            let order: Vec<i64> = order
                .iter()
                .map(|id| if siblings.contains(id) { after.next().unwrap_or(*id) } else { *id })
                .collect();
            for (position, id) in (1i64..).zip(order) {
                if articles.iter().any(|c| c.id == id && c.position != position) {
                    store::place_article(tx, activity, id, position).await?;
                }
            }
            Ok::<_, Error>(())
        })
    });
    done.await?;
    Ok(cx.redirect(format!("{}#article-{}", place.admin("articles"), on.id)))
}

/// Deletes a draft.
pub(super) async fn delete(cx: Ctx, on: On) -> Result<Response, WebError> {
    let (place, (_, articles)) = all(&cx, &on.at).await?;
    let me = super::editor(&cx)?;
    if !articles.iter().any(|c| c.id == on.id && c.status == Status::Draft) {
        return Err(WebError::NotFound);
    }
    let now = cx.now;
    let done = cx.store().write(move |tx| {
        boxed(async move {
            store::take_over(tx, on.id, me.id).await?;
            contribution::delete_draft(tx, &me, on.id).await?;
            let object = format!("contribution:{}", on.id);
            audit::record(tx, now, Some(me.id), "article-deleted", &object, &json!({})).await?;
            Ok::<_, Error>(())
        })
    });
    done.await?;
    Ok(cx.redirect_with(place.admin("articles"), "consultation-admin-deleted", &[]))
}
