//! The administration of a consultation: what is missing, the text put to consultation, the rules, the
//! amendments to decide, the results.

mod amendments;
mod articles;
mod both;
mod dashboard;
mod paste;
mod proposals;
mod results;
mod rules;
mod sections;

#[cfg(test)]
mod tests;

use parvis_civic::account::Participant;
use parvis_core::Access;
use parvis_store::{Fut, Tx, boxed};
use parvis_web::ui::{Html, tabs};
use parvis_web::{Ctx, Page, Routes, WebError};

use crate::place::{At, Place};

const BASE: &str = "/admin/p/{process}/{activity}";

/// Every page of it; editors only.
pub(crate) fn routes() -> Routes {
    use Access::Editor;
    let to = |rest: &str| format!("{BASE}{rest}");
    Routes::new()
        .get(BASE, Editor, dashboard::page)
        .get(&to("/sections"), Editor, sections::page)
        .post(&to("/sections"), Editor, sections::create)
        .get(&to("/sections/{id}"), Editor, sections::edit)
        .post(&to("/sections/{id}"), Editor, sections::update)
        .post(&to("/sections/{id}/move"), Editor, sections::shift)
        .post(&to("/sections/{id}/delete"), Editor, sections::delete)
        .get(&to("/articles"), Editor, articles::page)
        .get(&to("/articles/new"), Editor, articles::new)
        .post(&to("/articles/new"), Editor, articles::create)
        .get(&to("/articles/paste"), Editor, paste::page)
        .post(&to("/articles/paste"), Editor, paste::submit)
        .get(&to("/articles/{id}"), Editor, articles::edit)
        .post(&to("/articles/{id}"), Editor, articles::update)
        .post(&to("/articles/{id}/move"), Editor, articles::shift)
        .post(&to("/articles/{id}/delete"), Editor, articles::delete)
        .get(&to("/rules"), Editor, rules::page)
        .post(&to("/rules"), Editor, rules::submit)
        .get(&to("/amendments"), Editor, amendments::list)
        .get(&to("/amendments/{id}"), Editor, amendments::page)
        .post(&to("/amendments/{id}"), Editor, amendments::submit)
        .get(&to("/proposals"), Editor, proposals::page)
        .get(&to("/results"), Editor, results::page)
        .post(&to("/results"), Editor, results::submit)
}

impl Place {
    /// Whether totals may be shown: when its rules hide them until the close, editors do not see them either.
    fn totals(&self, cx: &Ctx) -> bool {
        self.rules.shows_totals(&self.activity, cx.now)
    }

    /// The address of something in the administration of this consultation.
    fn admin(&self, rest: &str) -> String {
        let slash = if rest.is_empty() { "" } else { "/" };
        format!("/admin/p/{}/{}{slash}{rest}", self.process.slug, self.activity.slug)
    }
}

/// Reads the consultation, and something more of it.
async fn load<X, F>(cx: &Ctx, at: &At, more: F) -> Result<(Place, X), WebError>
where
    X: Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx<'_>, &'t Place) -> Fut<'t, Result<X, parvis_civic::Error>> + Send + 'static,
{
    let at = at.clone();
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &at, true).await?;
            let more = more(tx, &place).await?;
            Ok::<_, parvis_civic::Error>((place, more))
        })
    });
    Ok(loaded.await?)
}

/// The editor who acts.
fn editor(cx: &Ctx) -> Result<Participant, WebError> {
    crate::place::acting(cx)
}

/// A page of this administration.
fn page(cx: &Ctx, place: &Place, title: impl Into<String>) -> Page {
    let t = cx.t();
    cx.page(title)
        .nav("admin")
        .noindex()
        .wide()
        .crumb(t.get("consultation-admin"), "/admin")
        .crumb(place.process.title.get(cx.locale()), format!("/admin/processes/{}", place.process.id))
        .crumb(place.activity.title.get(cx.locale()), place.admin(""))
}

/// The links between the pages of this administration.
fn nav(cx: &Ctx, place: &Place, current: &str) -> Html {
    let t = cx.t();
    let all = ["", "sections", "articles", "rules", "amendments", "proposals", "results"].into_iter();
    let links = all.map(|name| {
        let key = if name.is_empty() { "dashboard" } else { name };
        (place.admin(name), t.get(&format!("consultation-admin-{key}")), key == current)
    });
    tabs(&t.get("consultation-admin-nav"), links)
}
