//! `GET /health` and `GET /metrics` for whoever watches the service.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use parvis_store::{boxed, p};

use crate::ctx::Ctx;
use crate::error::WebError;

pub(crate) async fn serve(cx: Ctx) -> Response {
    let answers = cx
        .store()
        .read(|tx| boxed(async move { tx.one("select 1 as one", &p![]).await?.get::<i64>("one") }))
        .await;
    let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    match answers {
        Ok(_) => (json, "{\"ok\":true}").into_response(),
        Err(e) => {
            tracing::warn!(error = %e, "the database does not answer the health check");
            (StatusCode::SERVICE_UNAVAILABLE, json, "{\"ok\":false}").into_response()
        }
    }
}

/// Figures, for this machine or for whoever holds the token.
pub(crate) async fn metrics(cx: Ctx, headers: HeaderMap) -> Result<Response, WebError> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
    let named = cx.site.config.metrics_token.as_deref().is_some_and(|token| bearer == Some(token));
    // A proxy that we were not told of makes everybody look local.
    let proxied = ["x-forwarded-for", "forwarded"].iter().any(|name| headers.contains_key(*name));
    let local = cx.visitor.ip.is_loopback() && !proxied;
    if !(named || local) {
        return Err(WebError::NotFound);
    }
    cx.store().read(|tx| boxed(parvis_ops::metrics::observe(tx))).await?;
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], parvis_ops::metrics::render()).into_response())
}
