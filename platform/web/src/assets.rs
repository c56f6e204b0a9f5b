//! Our own style sheet, scripts and pictures: inside the program, at addresses that change with their content.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::body::Bytes;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, header};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::ctx::Ctx;
use crate::error::WebError;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Embedded;

struct Asset {
    path: String,
    bytes: Bytes,
    media_type: HeaderValue,
}

static ASSETS: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(|| {
    Embedded::iter()
        .filter_map(|name| {
            let bytes = Bytes::from(Embedded::get(&name)?.data.into_owned());
            let hash = hex::encode(&Sha256::digest(&bytes)[..6]);
            let (stem, ext) = name.rsplit_once('.')?;
            let mime = mime_guess::from_ext(ext).first_raw().unwrap_or("application/octet-stream");
            let text = mime.starts_with("text/") || ext == "svg";
            let mime = if text { format!("{mime}; charset=utf-8") } else { mime.to_owned() };
            let media_type = HeaderValue::try_from(mime).ok()?;
            Some((
                name.to_string(),
                Asset { path: format!("/assets/{stem}.{hash}.{ext}"), bytes, media_type },
            ))
        })
        .collect()
});

/// Address of a file by its name: `app.css` → `/assets/app.1a2b3c4d5e6f.css`.
///
/// # Panics
/// When there is no such file: a mistake in a template, found by the first test that renders it.
pub fn path(name: &str) -> &'static str {
    match ASSETS.get(name) {
        Some(asset) => &asset.path,
        None => panic!("no file {name} in platform/web/assets"),
    }
}

/// Kept a year by browsers: another content has another address.
pub(crate) const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

pub(crate) async fn serve(Path(file): Path<String>) -> Response {
    let wanted = format!("/assets/{file}");
    let Some(asset) = ASSETS.values().find(|a| a.path == wanted) else {
        return WebError::NotFound.into_response();
    };
    let headers = [(header::CONTENT_TYPE, asset.media_type.clone()), (header::CACHE_CONTROL, IMMUTABLE)];
    (headers, asset.bytes.clone()).into_response()
}

/// The site's logo, as the administration re-encoded it.
pub(crate) async fn logo(cx: Ctx) -> Result<Response, WebError> {
    let settings = cx.site.settings();
    let logo = settings.logo.as_ref().ok_or(WebError::NotFound)?;
    let bytes = STANDARD.decode(&logo.data).map_err(WebError::internal)?;
    let media_type = HeaderValue::try_from(&logo.media_type).map_err(WebError::internal)?;
    Ok(([(header::CONTENT_TYPE, media_type)], bytes).into_response())
}

/// Old browsers ask for this address whatever the page says.
pub(crate) async fn favicon() -> Response {
    let headers = [(header::LOCATION, HeaderValue::from_static(path("icon.svg")))];
    (http::StatusCode::MOVED_PERMANENTLY, headers).into_response()
}
