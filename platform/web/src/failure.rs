//! Error pages: in the visitor's language, with a way on, with what they had written.

use std::sync::Arc;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use parvis_store::boxed;

use crate::cookies;
use crate::ctx::{Ctx, redirect};
use crate::error::{Failed, WebError};
use crate::form::{pairs, query_encode};
use crate::kept;
use crate::language::back;
use crate::page::{Page, random_hex};

#[derive(askama::Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    status: u16,
    explanation: String,
    /// What to do next, when there is something.
    advice: String,
    reference: String,
    is_missing: bool,
    /// Where the same form can be sent again; empty when that would be useless.
    resend: String,
    fields: Vec<(String, String)>,
    texts: Vec<(&'static str, String)>,
    /// The page that a refused form stood on; empty when it is not known.
    back: String,
}

/// An answer without a page, for when nothing else works.
pub(crate) fn bare(status: StatusCode) -> Response {
    let mut response = Response::new(Body::from(status.canonical_reason().unwrap_or("error")));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

/// What went wrong, for an answer that has no page of its own yet: ours, or a bare one of the router.
pub(crate) fn cause(response: &Response) -> Option<Arc<WebError>> {
    if let Some(Failed(error)) = response.extensions().get::<Failed>() {
        return Some(Arc::clone(error));
    }
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let has_page = kind.is_some_and(|k| !k.starts_with("text/plain"));
    if has_page || !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    Some(Arc::new(match status {
        // An address whose pieces cannot be read (`/c/abc`) does not exist.
        StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST => WebError::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => WebError::Method,
        StatusCode::PAYLOAD_TOO_LARGE => WebError::TooLarge,
        StatusCode::FORBIDDEN => WebError::CrossSite,
        StatusCode::SERVICE_UNAVAILABLE => WebError::Unavailable,
        other if other.is_client_error() => WebError::BadRequest("web-error-fields"),
        other => WebError::internal(format!("status {other}")),
    }))
}

/// Makes the page of an error. `sent` is the form that led to it, if one did.
pub(crate) async fn page(cx: &Ctx, error: &WebError, sent: Option<&[u8]>, from: HeaderMap) -> Response {
    let fields = sent.map(pairs).unwrap_or_default();
    if matches!(error, WebError::SignInFirst) {
        return sign_in(cx, sent.is_some(), fields).await;
    }
    let t = cx.t();
    let (title, explanation, advice) = match error {
        WebError::NotFound => ("web-not-found", "web-not-found-text", "web-not-found-advice"),
        WebError::Forbidden => ("web-forbidden", "web-forbidden-text", ""),
        WebError::CrossSite => ("web-cross-site", "web-cross-site-text", ""),
        WebError::Closed(key) => ("web-closed", *key, "web-text-kept"),
        WebError::Conflict(key) => ("web-conflict", *key, "web-text-kept"),
        WebError::TooMany { .. } => ("web-too-many", "web-too-many-text", ""),
        WebError::Unavailable => ("web-unavailable", "web-unavailable-text", ""),
        WebError::BadRequest(key) => ("web-bad-request", *key, ""),
        WebError::TooLarge => ("web-too-large", "web-too-large-text", ""),
        WebError::Method => ("web-method", "web-method-text", ""),
        WebError::Internal(_) | WebError::SignInFirst => ("web-internal", "web-internal-text", ""),
    };
    let reference = match error {
        WebError::Internal(cause) => {
            let reference = random_hex::<4>();
            tracing::error!(%reference, path = cx.uri.path(), cause = %chain(cause.as_ref()), "a page failed");
            reference
        }
        _ => String::new(),
    };
    let explanation = match error {
        WebError::TooMany { retry_after } => t.n(explanation, *retry_after),
        _ => t.get(explanation),
    };
    let again = matches!(error, WebError::TooMany { .. } | WebError::Unavailable);
    let resend = if again && sent.is_some() { cx.uri.path().to_owned() } else { String::new() };
    let texts = kept::written(&fields);
    let advice = if advice == "web-text-kept" && texts.is_empty() { "" } else { advice };
    let stood = matches!(error, WebError::Closed(_)).then(|| stood_on(cx.uri.path())).flatten();
    let status = error.status();
    let template = ErrorPage {
        page: cx.page(t.get(title)).noindex(),
        status: status.as_u16(),
        explanation,
        advice: if advice.is_empty() { String::new() } else { t.get(advice) },
        reference,
        is_missing: matches!(error, WebError::NotFound),
        resend,
        fields,
        texts,
        back: stood.unwrap_or_default(),
    };
    let mut response = cx.render_status(status, &template);
    for name in [header::RETRY_AFTER, header::ALLOW, header::SET_COOKIE] {
        for value in from.get_all(&name) {
            response.headers_mut().append(&name, value.clone());
        }
    }
    response
}

/// Leads to the sign-in page, and back; a form that was sent is kept on the way.
async fn sign_in(cx: &Ctx, was_sent: bool, fields: Vec<(String, String)>) -> Response {
    let path = cx.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    // Signed in, but the welcome page (name, terms) was left before its end: that is where to go on.
    let door = if cx.visitor.participant.is_some() { "/welcome" } else { "/sign-in" };
    if !was_sent {
        return redirect(&format!("{door}?next={}", query_encode(&path)));
    }
    if fields.is_empty() {
        return redirect(&format!("{door}?next={}", query_encode(&back(&path))));
    }
    let (now, form_path) = (cx.now, path.clone());
    let fields: Vec<_> = fields.into_iter().filter(|(n, _)| !n.contains("password")).collect();
    let stashed = cx
        .store()
        .write(move |tx| boxed(async move { kept::stash(tx, now, &form_path, &fields).await }))
        .await;
    match stashed {
        Ok(Some(token)) => {
            let mut response = redirect(&format!("{door}?next=/kept/{token}"));
            let cookie = cx.site.cookie(cookies::KEPT, &token, kept::KEPT_FOR / 1000);
            response.headers_mut().append(header::SET_COOKIE, cookie);
            response
        }
        Ok(None) => redirect(door),
        Err(e) => WebError::from(e).into_response(),
    }
}

/// The public page that a form stood on, from its address: the text it was about (`/p/x/y/c/5/vote`), or else the
/// activity (`/p/x/y/propose`). Nothing elsewhere: a link must lead somewhere.
fn stood_on(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.strip_prefix("/p/")?.split('/').collect();
    match parts[..] {
        [process, activity, place, id, _, ..] if id.parse::<i64>().is_ok() => {
            Some(format!("/p/{process}/{activity}/{place}/{id}"))
        }
        [process, activity, _, ..] => Some(format!("/p/{process}/{activity}")),
        _ => None,
    }
}

/// An error with its causes, for the log.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_form_leads_back_to_what_it_was_about() {
        for (path, expected) in [
            ("/p/rue/avis/c/12/vote", Some("/p/rue/avis/c/12")),
            ("/p/rue/budget/ideas/7/support", Some("/p/rue/budget/ideas/7")),
            ("/p/rue/avis/propose", Some("/p/rue/avis")),
            ("/p/rue/avis/drafts/3", Some("/p/rue/avis")),
            ("/p/rue/budget/ideas/drafts/3", Some("/p/rue/budget")),
            ("/p/rue/follow", None),
            ("/admin/p/rue/avis/rules", None),
            ("/closed", None),
        ] {
            assert_eq!(stood_on(path).as_deref(), expected, "{path}");
        }
    }
}
