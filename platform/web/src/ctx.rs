//! What a handler is given: the site, the visitor, the address, the moment.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::request::Parts;
use http::{HeaderValue, StatusCode, Uri, header};
use parvis_civic::account::{self, Participant};
use parvis_core::{FieldErrors, Locale, Millis, Role};
use parvis_i18n::T;
use parvis_store::{Store, Tx};

use crate::cookies;
use crate::error::WebError;
use crate::form::query_encode;
use crate::limits::Limit;
use crate::page::Page;
use crate::site::Site;
use crate::visitor::Visitor;

/// Until when a cached page may be shown; handlers bring it nearer.
#[derive(Debug, Clone)]
pub(crate) struct Until(pub(crate) Arc<AtomicI64>);

/// What every handler is given.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// The site.
    pub site: Arc<Site>,
    /// Who asks.
    pub visitor: Visitor,
    /// What was asked for.
    pub uri: Uri,
    /// The moment of the request: everything in it happens at this one.
    pub now: Millis,
    t: T,
    until: Option<Until>,
}

/// A page that can be rendered (an `askama` template).
pub trait Tpl: askama::Template {}
impl<X: askama::Template> Tpl for X {}

impl Ctx {
    /// The visitor's words, numbers and dates.
    pub const fn t(&self) -> &T {
        &self.t
    }

    /// The visitor's language.
    pub const fn locale(&self) -> Locale {
        self.visitor.locale
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.site.store
    }

    /// The participant, or "sign in first" (what they sent is kept for them).
    ///
    /// # Errors
    /// [`WebError::SignInFirst`].
    pub fn me(&self) -> Result<&Participant, WebError> {
        self.visitor.participant.as_deref().ok_or(WebError::SignInFirst)
    }

    /// What a write needs to look the participant up again in its own transaction: their session was looked
    /// up at most a second ago, and may have been closed or their account suspended since.
    ///
    /// # Errors
    /// [`WebError::SignInFirst`].
    pub fn again(&self) -> Result<Again, WebError> {
        let session = self.visitor.session.as_ref().ok_or(WebError::SignInFirst)?;
        Ok(Again { now: self.now, token_hash: session.token_hash.clone() })
    }

    /// The participant's id, when signed in.
    pub fn id(&self) -> Option<i64> {
        self.visitor.participant.as_ref().map(|p| p.id)
    }

    /// The participant's role, when signed in.
    pub fn role(&self) -> Option<Role> {
        self.visitor.role()
    }

    /// Begins a page with this title.
    pub fn page(&self, title: impl Into<String>) -> Page {
        Page::new(self, title.into())
    }

    /// Answers a page.
    pub fn render(&self, page: &impl Tpl) -> Response {
        self.render_status(StatusCode::OK, page)
    }

    /// Answers a page with another status.
    pub fn render_status(&self, status: StatusCode, page: &impl Tpl) -> Response {
        match page.render() {
            Ok(html) => (status, html_headers(), html).into_response(),
            Err(e) => WebError::from(e).into_response(),
        }
    }

    /// Answers the page of a form that needs mending (422). Give the page its `errors` before.
    pub fn render_invalid(&self, page: &impl Tpl) -> Response {
        self.render_status(StatusCode::UNPROCESSABLE_ENTITY, page)
    }

    /// Answers 303 to a path of this site.
    pub fn redirect(&self, path: impl AsRef<str>) -> Response {
        redirect(path.as_ref())
    }

    /// Answers 303, and the next page shows this message once. Only after a POST: it sets a cookie.
    pub fn redirect_with(&self, path: impl AsRef<str>, key: &str, args: &[(&str, &str)]) -> Response {
        let mut response = redirect(path.as_ref());
        let flash = serde_json::json!([key, args]).to_string();
        let value = URL_SAFE_NO_PAD.encode(flash);
        if value.len() < 2000 {
            response.headers_mut().append(header::SET_COOKIE, self.site.cookie(cookies::FLASH, &value, 60));
        }
        response
    }

    /// Adds a `Set-Cookie` to an answer (see [`Site::session_cookie`]).
    pub fn with_cookie(&self, mut response: Response, cookie: HeaderValue) -> Response {
        response.headers_mut().append(header::SET_COOKIE, cookie);
        response
    }

    /// A cached page changes at `at` by the clock alone (a phase opens or closes): do not show it after.
    pub fn cache_until(&self, at: Millis) {
        if let Some(Until(until)) = &self.until {
            until.fetch_min(at, Ordering::AcqRel);
        }
    }

    /// Counts an act against its limit.
    ///
    /// # Errors
    /// [`WebError::TooMany`].
    pub fn limit(&self, limit: Limit<'_>) -> Result<(), WebError> {
        self.site.limits.check(limit)
    }

    /// A parameter of the address, decoded and trimmed; empty when absent.
    pub fn query(&self, name: &str) -> String {
        crate::form::pairs(self.uri.query().unwrap_or_default().as_bytes())
            .into_iter()
            .find_map(|(n, value)| (n == name).then(|| value.trim().to_owned()))
            .unwrap_or_default()
    }

    /// The number of the page asked for (`?page=`), from 1.
    pub fn page_number(&self) -> i64 {
        self.query("page").parse().unwrap_or(1).clamp(1, 100_000)
    }

    /// This address with one parameter of its query changed (removed when `value` is empty). `page` goes
    /// back to the first one when another parameter changes.
    pub fn query_with(&self, name: &str, value: &str) -> String {
        let mut kept: Vec<(String, String)> =
            crate::form::pairs(self.uri.query().unwrap_or_default().as_bytes())
                .into_iter()
                .filter(|(n, _)| n != name && n != "page")
                .collect();
        if !value.is_empty() {
            kept.push((name.to_owned(), value.to_owned()));
        }
        let query: Vec<_> =
            kept.iter().map(|(n, v)| format!("{}={}", query_encode(n), query_encode(v))).collect();
        if query.is_empty() {
            self.uri.path().to_owned()
        } else {
            format!("{}?{}", self.uri.path(), query.join("&"))
        }
    }

    /// A page that shows mistakes: shorthand for `cx.page(title).errors(&errors)`.
    pub fn page_with(&self, title: impl Into<String>, errors: &FieldErrors) -> Page {
        self.page(title).errors(errors)
    }

    pub(crate) fn new(
        site: Arc<Site>,
        visitor: Visitor,
        uri: Uri,
        now: Millis,
        until: Option<Until>,
    ) -> Self {
        let t = site.t(visitor.locale);
        Self { site, visitor, uri, now, t, until }
    }

    /// The message carried by the flash cookie, in the visitor's language.
    pub(crate) fn flash(&self) -> Option<String> {
        let cookie = self.visitor.flash.as_ref()?;
        let json = URL_SAFE_NO_PAD.decode(cookie).ok()?;
        let (key, args): (String, Vec<(String, String)>) = serde_json::from_slice(&json).ok()?;
        if !self.t.catalog.has(&key) {
            return None;
        }
        let args: Vec<_> = args.iter().map(|(n, v)| (n.as_str(), v.into())).collect();
        Some(self.t.with(&key, &args))
    }
}

pub(crate) fn html_headers() -> [(header::HeaderName, HeaderValue); 1] {
    [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))]
}

/// 303 to a path of this site; anything else leads home, so that nobody is sent elsewhere from here.
pub(crate) fn redirect(path: &str) -> Response {
    let target = local(path).unwrap_or("/");
    let target = HeaderValue::try_from(target).unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, target)]).into_response()
}

/// The path, when it stays on this site.
pub(crate) fn local(path: &str) -> Option<&str> {
    let inside = path.starts_with('/') && !path.starts_with("//");
    let plain = path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    (inside && plain).then_some(path)
}

impl FromRequestParts<Arc<Site>> for Ctx {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Self::Rejection> {
        let visitor = parts.extensions.get::<Visitor>().cloned();
        let visitor = visitor.unwrap_or_else(|| Visitor::unknown(site.settings().default_locale));
        let now = parts.extensions.get::<At>().map_or_else(|| site.now(), |at| at.0);
        let until = parts.extensions.get::<Until>().cloned();
        Ok(Self::new(Arc::clone(site), visitor, parts.uri.clone(), now, until))
    }
}

/// The moment of the request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At(pub(crate) Millis);

/// See [`Ctx::again`].
#[derive(Debug, Clone)]
pub struct Again {
    now: Millis,
    token_hash: String,
}

impl Again {
    /// The participant as they are in this transaction.
    ///
    /// # Errors
    /// [`parvis_civic::Error::Forbidden`] when the session is over; the database.
    pub async fn me(&self, tx: &mut Tx<'_>) -> Result<Participant, parvis_civic::Error> {
        let found = account::session_find(tx, self.now, &self.token_hash).await?;
        found.ok_or(parvis_civic::Error::Forbidden)
    }
}
