//! The versions of an idea, and what each of them changed.

use askama::Template;
use axum::response::Response;
use parvis_civic::contribution::{self, Status, Version};
use parvis_civic::{Error, text};
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Page, WebError};

use super::find;
use crate::place::{On, Place, load};
use crate::store::ideas::Idea;

#[derive(Template)]
#[template(path = "idea/versions/page.html")]
struct View {
    page: Page,
    place: Place,
    idea: Idea,
    /// The last first, with what each changed in the one before it.
    versions: Vec<(Version, Vec<Html>)>,
}

/// Shows them.
pub(crate) async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    let (place, (idea, versions)) = load(&cx, &on.at.clone(), move |tx, place| {
        boxed(async move {
            let idea = find(tx, place, on.id).await?;
            // What was withdrawn or hidden is no longer shown, in any version.
            if !matches!(idea.c.status, Status::Published | Status::Merged) {
                return Err(Error::NotFound);
            }
            let versions = contribution::versions(tx, on.id).await?;
            Ok((idea, versions))
        })
    })
    .await?;
    let title = cx.t().with1("budget-versions-title", "title", idea.c.title.as_str());
    let page = place.page(&cx, title).crumb(idea.c.title.clone(), place.idea(&idea.c.id));
    let mut shown = vec![];
    let mut before: Option<&Version> = None;
    for version in &versions {
        let changes = before.map(|b| {
            let pairs = [(&b.title, &version.title), (&b.body, &version.body)];
            let changed = pairs.into_iter().filter(|(old, new)| old != new);
            changed.map(|(old, new)| page.diff(&text::diff(old, new))).collect()
        });
        shown.push((version.clone(), changes.unwrap_or_default()));
        before = Some(version);
    }
    shown.reverse();
    place.cache(&cx);
    Ok(cx.render(&View { page, place, idea, versions: shown }))
}
