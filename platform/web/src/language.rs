//! The visitor chooses a language; the pages of kept forms.

use axum::extract::Path;
use axum::response::Response;
use http::header;
use parvis_core::{Access, Locale};
use parvis_store::boxed;

use crate::cookies;
use crate::ctx::{Ctx, local, redirect};
use crate::error::WebError;
use crate::form::Fields;
use crate::kept;
use crate::page::Page;
use crate::routes::Routes;

/// A year: a preference, kept where it was chosen.
const YEAR: i64 = 31_536_000;

pub(crate) fn routes() -> Routes {
    Routes::new().post("/language", Access::Anyone, choose).get(
        "/kept/{token}",
        Access::Participant,
        show_kept,
    )
}

async fn choose(cx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let locale = Locale::parse(fields.get("lang")).ok_or(WebError::BadRequest("web-error-fields"))?;
    let next = local(fields.get("next")).unwrap_or("/");
    let mut response = redirect(next);
    let cookie = cx.site.cookie(cookies::LANGUAGE, locale.code(), YEAR);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

#[derive(askama::Template)]
#[template(path = "kept.html")]
struct KeptPage {
    page: Page,
    path: String,
    back: String,
    about: String,
    /// What was chosen, in words; empty when it is not known.
    choice: String,
    same_browser: bool,
    fields: Vec<(String, String)>,
    texts: Vec<(&'static str, String)>,
}

async fn show_kept(
    cx: Ctx,
    Path(token): Path<String>,
    headers: http::HeaderMap,
) -> Result<Response, WebError> {
    let now = cx.now;
    let sought = token.clone();
    let kept = cx
        .store()
        .read(move |tx| boxed(async move { kept::find(tx, now, &sought).await }))
        .await?
        .ok_or(WebError::NotFound)?;
    // Only the browser that sent the form may confirm it in one click: nobody can be made to confirm a form
    // that somebody else filled in.
    let same_browser = cookies::get(&headers, cookies::KEPT) == Some(token.as_str());
    let about = kept.fields.iter().find(|(n, _)| n == "about").map(|(_, v)| v.clone());
    let page = cx.page(cx.t().get("web-kept-title")).noindex();
    let back = back(&kept.path);
    let texts = kept::written(&kept.fields);
    let about = about.filter(|_| same_browser).unwrap_or_default();
    let t = cx.t();
    let choice =
        kept::vote(&kept).map(|key| t.with1("web-kept-choice", "choice", t.get(key))).unwrap_or_default();
    let (path, fields) = (kept.path, kept.fields);
    Ok(cx.render(&KeptPage { page, path, back, about, choice, same_browser, fields, texts }))
}

/// The page that a form most likely stands on: its address without the last piece.
pub(crate) fn back(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    match path.rsplit_once('/') {
        Some(("", _)) | None => "/".to_owned(),
        Some((parent, _)) => parent.to_owned(),
    }
}
