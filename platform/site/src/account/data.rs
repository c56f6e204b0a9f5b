//! Everything the site holds on a person, to take away.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use parvis_civic::account;
use parvis_store::boxed;
use parvis_web::{Ctx, WebError};

pub(super) async fn download(cx: Ctx) -> Result<Response, WebError> {
    let id = cx.me()?.id;
    let data = cx.store().read(move |tx| boxed(account::my_data(tx, id))).await?;
    let json = serde_json::to_string_pretty(&data)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"parvis-data.json\"")),
    ];
    Ok((headers, json).into_response())
}
