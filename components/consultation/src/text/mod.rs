//! The text of record: the whole text as it stands, what changed in it and why, and what was answered. It prints
//! as a document.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use parvis_civic::Error;
use parvis_civic::contribution::{Contribution, Status};
use parvis_core::{Access, Localized};
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Page, Routes, WebError};

use crate::amend::sides;
use crate::model::{self, Section};
use crate::place::{At, Place, is_editor};
use crate::store::{self, Change, Given};

/// How many answers the summary lists.
const ANSWERS: i64 = 500;

/// The public page.
pub(crate) fn routes() -> Routes {
    Routes::new().get_cached("/p/{process}/{activity}/text", Access::Anyone, page)
}

/// A section and the articles in it.
struct Part {
    depth: usize,
    title: Localized,
    description: Localized,
    articles: Vec<Contribution>,
}

impl Part {
    /// The level of its heading: titles of sections begin under the page's own.
    const fn level(&self) -> usize {
        if self.depth > 2 { 4 } else { self.depth + 2 }
    }
}

#[derive(Template)]
#[template(path = "text/page.html")]
struct View {
    page: Page,
    place: Place,
    parts: Vec<Part>,
    /// Show what changed since the first version in the text itself.
    marks: bool,
    first: BTreeMap<i64, (String, String)>,
    changes: Vec<Change>,
    /// The amendment behind a version, by article and version.
    origins: BTreeMap<(i64, i64), i64>,
    answers: Vec<Given>,
    articles: usize,
}

impl View {
    fn href(&self, id: &i64) -> String {
        self.place.to(format_args!("c/{id}"))
    }

    /// The level of the headings of a part's articles: a text without sections has them under the page's own.
    fn below(&self, part: &Part) -> usize {
        if part.title.is_empty() && self.parts.len() == 1 { 2 } else { part.level() + 1 }
    }

    /// The changes of one article.
    fn of(&self, c: &Contribution) -> Vec<&Change> {
        self.changes.iter().filter(|change| change.article == c.id).collect()
    }

    fn origin(&self, change: &Change) -> Option<i64> {
        self.origins.get(&(change.article, change.version)).copied()
    }

    /// The article with its changes marked; none when it never changed.
    fn marked(&self, c: &Contribution) -> Option<Html> {
        let (_, body) = self.first.get(&c.id)?;
        Some(sides::marked(&self.page.t, body, &c.body))
    }

    fn answer_key(&self, status: &str) -> String {
        format!("civic-answer-status-{status}")
    }

    fn answer_sign(&self, status: &str) -> &'static str {
        crate::view::answered(status)
    }
}

/// Shows the page; `?marks=1` marks what changed in the text itself.
async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (editor, marks) = (is_editor(&cx), cx.query("marks") == "1");
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &at, editor).await?;
            let id = place.activity.id;
            let sections = store::sections(tx, id).await?;
            let mut articles = store::official(tx, id).await?;
            articles.retain(|c| c.status == Status::Published);
            let changes = store::changes(tx, id).await?;
            let first = if marks { store::first_wordings(tx, id).await? } else { BTreeMap::new() };
            let origins = store::amendment_origins(tx, id).await?;
            let answers = store::published_answers(tx, id, ANSWERS).await?;
            Ok::<_, Error>((place, sections, articles, changes, first, origins, answers))
        })
    });
    let (place, sections, articles, changes, first, origins, answers) = loaded.await?;
    place.cache(&cx);
    let count = articles.len();
    let page = place.page(&cx, cx.t().get("consultation-record-title"));
    let page = page.describe(cx.t().get("consultation-record-lead"));
    let parts = parts(&sections, articles);
    Ok(cx.render(&View { page, place, parts, marks, first, changes, origins, answers, articles: count }))
}

/// The sections in reading order with their articles; those outside any section come last. Sections that hold
/// nothing, not even deeper, are left out.
fn parts(sections: &[Section], mut articles: Vec<Contribution>) -> Vec<Part> {
    let filled: Vec<i64> = articles.iter().filter_map(|c| c.section_id).collect();
    let mut parts = vec![];
    for (depth, section) in model::outline(sections) {
        if !model::inside(sections, section.id).iter().any(|id| filled.contains(id)) {
            continue;
        }
        let (mine, others) = articles.into_iter().partition(|c| c.section_id == Some(section.id));
        articles = others;
        let (title, description) = (section.title.clone(), section.description.clone());
        parts.push(Part { depth, title, description, articles: mine });
    }
    if !articles.is_empty() {
        let (title, description) = (Localized::default(), Localized::default());
        parts.push(Part { depth: 0, title, description, articles });
    }
    parts
}
