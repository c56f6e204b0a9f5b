//! What the open-data bundle holds, and the bundle itself.

use std::sync::Arc;

use askama::Template;
use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, header};
use parvis_core::{Access, Millis};
use parvis_store::Token;
use parvis_web::export::{Options, Tools, write_bundle};
use parvis_web::{Ctx, Page, Routes, WebError};
use tempfile::{NamedTempFile, TempPath};
use tokio::sync::Mutex;
use tokio_util::io::ReaderStream;

/// A bundle is given again while nothing was written, and no longer than this: phases end without a write.
const FRESH: Millis = 60_000;

/// The last bundle made. Its lock is held while one is made: a crowd that asks at once costs one.
type Last = Arc<Mutex<Option<Made>>>;

struct Made {
    token: Token,
    at: Millis,
    path: TempPath,
}

pub(super) fn routes() -> Routes {
    let last = Last::default();
    Routes::new().get_cached("/open-data", Access::Anyone, page).get(
        "/open-data/bundle.zip",
        Access::Anyone,
        move |cx: Ctx| bundle(cx, Arc::clone(&last)),
    )
}

/// `GET /open-data/bundle.zip`.
async fn bundle(cx: Ctx, last: Last) -> Result<Response, WebError> {
    let mut last = last.lock().await;
    let token = cx.store().version_token().await?;
    let is_fresh = |made: &&Made| made.token == token && cx.now - made.at < FRESH;
    let file = match last.as_ref().filter(is_fresh) {
        Some(made) => tokio::fs::File::open(&made.path).await.map_err(WebError::internal)?,
        None => {
            let (file, path) = NamedTempFile::new().map_err(WebError::internal)?.into_parts();
            let tools = Arc::new(Tools(cx.site.tools.clone()));
            let options = Options::new(cx.now, &cx.site.config.public_url);
            write_bundle(cx.store(), tools, options, file).await?;
            let file = tokio::fs::File::open(&path).await.map_err(WebError::internal)?;
            *last = Some(Made { token, at: cx.now, path });
            file
        }
    };
    let length = file.metadata().await.map_err(WebError::internal)?.len();
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"open-data.zip\"")),
        (header::CONTENT_LENGTH, HeaderValue::from(length)),
    ];
    Ok((headers, Body::from_stream(ReaderStream::new(file))).into_response())
}

#[derive(Template)]
#[template(path = "public/open_data.html")]
struct OpenData {
    page: Page,
    licence: &'static str,
    licence_link: &'static str,
    tables: [(&'static str, &'static str); 7],
}

/// `GET /open-data`.
async fn page(cx: Ctx) -> Result<Response, WebError> {
    let t = cx.t();
    let (licence, licence_link) = match cx.site.settings().licence.as_str() {
        "odbl-1.0" => ("Open Database License (ODbL) 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
        _ => (
            "Licence Ouverte / Open Licence 2.0 (Etalab)",
            "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
        ),
    };
    let page = cx
        .page(t.get("public-open-data-title"))
        .describe(t.get("public-open-data-lede"))
        .nav("journal")
        .crumb(t.get("public-journal-title"), "/journal");
    let tables = [
        ("public-table-processes", "public-table-processes-text"),
        ("public-table-contributions", "public-table-contributions-text"),
        ("public-table-versions", "public-table-versions-text"),
        ("public-table-votes", "public-table-votes-text"),
        ("public-table-answers", "public-table-answers-text"),
        ("public-table-journal", "public-table-journal-text"),
        ("public-table-results", "public-table-results-text"),
    ];
    Ok(cx.render(&OpenData { page, licence, licence_link, tables }))
}
