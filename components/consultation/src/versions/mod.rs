//! The versions of a text, and what each of them changed.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use parvis_civic::contribution::{self, Contribution, Status, Version};
use parvis_civic::{Error, text};
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Page, WebError};

use crate::amend::sides::marked;
use crate::model::SOURCE;
use crate::place::{On, Place, is_editor};

#[cfg(test)]
mod tests;

#[derive(Template)]
#[template(path = "versions/page.html")]
struct View {
    page: Page,
    place: Place,
    c: Contribution,
    /// The last first.
    versions: Vec<Version>,
    names: BTreeMap<i64, String>,
    /// The version looked at, and what it changed (title, text, explanation), as HTML.
    shown: Version,
    changes: Vec<Html>,
}

impl View {
    fn author(&self, version: &Version) -> String {
        if self.c.official {
            return self.page.t.get("consultation-organisation");
        }
        let name = version.author_id.and_then(|id| self.names.get(&id));
        name.cloned().unwrap_or_else(|| self.page.t.get("consultation-author-gone"))
    }

    fn text(&self) -> Html {
        self.page.prose_html(text::html(&self.shown.body, self.c.format), self.c.lang.code())
    }

    fn is_shown(&self, version: &Version) -> bool {
        version.number == self.shown.number
    }
}

/// Shows the last version, or the one asked for (`?v=2`), beside the one before it.
pub(crate) async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    let editor = is_editor(&cx);
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &on.at, editor).await?;
            let c = contribution::find(tx, on.id).await?.ok_or(Error::NotFound)?;
            // What was withdrawn or hidden is no longer shown, in any version.
            let readable = matches!(c.status, Status::Published | Status::Merged);
            if c.activity_id != place.activity.id || !readable || c.kind == SOURCE {
                return Err(Error::NotFound);
            }
            let versions = contribution::versions(tx, c.id).await?;
            let names = contribution::pseudonyms(tx, versions.iter().filter_map(|v| v.author_id)).await?;
            Ok::<_, Error>((place, c, versions, names))
        })
    });
    let (place, c, mut versions, names) = loaded.await?;
    let wanted = match cx.query("v").as_str() {
        "" => versions.last().map(|v| v.number),
        given => given.parse().ok(),
    };
    let place_of = wanted.and_then(|n| versions.iter().position(|v| v.number == n));
    let i = place_of.ok_or(WebError::NotFound)?;
    let before = i.checked_sub(1).and_then(|i| versions.get(i));
    let shown = versions.get(i).cloned().ok_or(WebError::NotFound)?;
    let changes = match before {
        Some(before) => [
            (&before.title, &shown.title),
            (&before.body, &shown.body),
            (&before.explanation, &shown.explanation),
        ]
        .into_iter()
        .filter(|(old, new)| old != new)
        .map(|(old, new)| marked(cx.t(), old, new))
        .collect(),
        None => vec![],
    };
    versions.reverse();
    let name = if c.title.is_empty() { c.extract(60) } else { c.title.clone() };
    let title = cx.t().with1("consultation-versions-title", "title", name.as_str());
    let page = place.page(&cx, title).crumb(name, place.href(&c));
    place.cache(&cx);
    Ok(cx.render(&View { page, place, c, versions, names, shown, changes }))
}
