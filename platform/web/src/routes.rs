//! Routes: an address, a method, and who may use it. There is no way to declare one without its role.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, State};
use axum::handler::Handler;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use http::{Method, Request, header};
use parvis_core::{Access, Role};

use crate::cache::Cacheable;
use crate::ctx::Until;
use crate::error::WebError;
use crate::form::MAX_UPLOAD;
use crate::limits::Limit;
use crate::site::Site;
use crate::visitor::Visitor;

/// How a route is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Plain,
    /// The same page for every reader: kept until something is written.
    Cached,
    /// Takes files.
    Upload,
}

/// One line of the table of routes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The method.
    pub method: Method,
    /// The path, with `{names}`.
    pub path: String,
    /// Who may use it.
    pub access: Access,
}

/// A set of routes.
#[derive(Default)]
pub struct Routes {
    pub(crate) router: Router<Arc<Site>>,
    entries: Vec<Entry>,
}

impl std::fmt::Debug for Routes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.entries).finish()
    }
}

impl Routes {
    /// No route yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page.
    #[must_use]
    pub fn get<H, X>(self, path: &str, access: Access, handler: H) -> Self
    where
        H: Handler<X, Arc<Site>>,
        X: 'static,
    {
        self.add(Method::GET, path, access, Kind::Plain, handler)
    }

    /// A page that is the same for every reader without an account: kept in memory until something is
    /// written, or until the moment given to `cx.cache_until`.
    #[must_use]
    pub fn get_cached<H, X>(self, path: &str, access: Access, handler: H) -> Self
    where
        H: Handler<X, Arc<Site>>,
        X: 'static,
    {
        self.add(Method::GET, path, access, Kind::Cached, handler)
    }

    /// What a form is sent to.
    #[must_use]
    pub fn post<H, X>(self, path: &str, access: Access, handler: H) -> Self
    where
        H: Handler<X, Arc<Site>>,
        X: 'static,
    {
        self.add(Method::POST, path, access, Kind::Plain, handler)
    }

    /// What a form with files is sent to (10 MB at most).
    #[must_use]
    pub fn upload<H, X>(self, path: &str, access: Access, handler: H) -> Self
    where
        H: Handler<X, Arc<Site>>,
        X: 'static,
    {
        self.add(Method::POST, path, access, Kind::Upload, handler)
    }

    /// These routes and those.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.entries.extend(other.entries);
        self
    }

    /// The table of routes, for the test that walks all of them with all roles.
    pub fn table(&self) -> Vec<(Method, String, Access)> {
        self.entries.iter().map(|e| (e.method.clone(), e.path.clone(), e.access)).collect()
    }

    fn add<H, X>(mut self, method: Method, path: &str, access: Access, kind: Kind, handler: H) -> Self
    where
        H: Handler<X, Arc<Site>>,
        X: 'static,
    {
        let handler = guarded(access, kind, handler);
        let handler: MethodRouter<Arc<Site>> =
            if method == Method::POST { post(handler) } else { get(handler) };
        let handler =
            if kind == Kind::Upload { handler.layer(DefaultBodyLimit::max(MAX_UPLOAD)) } else { handler };
        self.router = self.router.route(path, handler);
        self.entries.push(Entry { method, path: path.to_owned(), access });
        self
    }
}

/// Signed in, but the welcome page (a name, the terms) is not behind them: they cannot act yet.
fn needs_welcome(visitor: &Visitor) -> bool {
    visitor.participant.as_ref().is_some_and(|p| p.terms_at.is_none() && p.role == Role::Participant)
}

/// An answer in the making.
type Making = Pin<Box<dyn Future<Output = Response> + Send>>;

/// The handler behind its guard.
fn guarded<H, X>(
    access: Access,
    kind: Kind,
    handler: H,
) -> impl Fn(State<Arc<Site>>, Request<Body>) -> Making + Clone + Sync
where
    H: Handler<X, Arc<Site>>,
    X: 'static,
{
    move |State(site), request| Box::pin(guard(access, kind, site, request, handler.clone()))
}

/// Lets in whom the route lets in, counts what they send, and marks what may be kept.
async fn guard<H, X>(
    access: Access,
    kind: Kind,
    site: Arc<Site>,
    mut request: Request<Body>,
    handler: H,
) -> Response
where
    H: Handler<X, Arc<Site>>,
    X: 'static,
{
    let (role, id, ip) = match request.extensions().get::<Visitor>() {
        Some(v) => (v.role(), v.participant.as_ref().map(|p| p.id), Some(v.ip)),
        None => (None, None, None),
    };
    let sends = request.method() == Method::POST;
    if sends
        && let Some(ip) = ip
        && let Err(refused) = site
            .limits
            .check(Limit::WriteFrom(ip))
            .and_then(|()| id.map_or(Ok(()), |id| site.limits.check(Limit::WriteBy(id))))
    {
        return refused.into_response();
    }
    if sends && access != Access::Anyone && request.extensions().get::<Visitor>().is_some_and(needs_welcome) {
        let path = request.uri().path();
        let allowed = ["/welcome", "/account", "/sign-out"].iter().any(|own| path.starts_with(own));
        if !allowed {
            return WebError::SignInFirst.into_response();
        }
    }
    if !access.allows(role) {
        let refused = if role.is_none() { WebError::SignInFirst } else { WebError::Forbidden };
        return refused.into_response();
    }
    let until = (kind == Kind::Cached && !sends).then(|| Until(Arc::new(AtomicI64::new(i64::MAX))));
    if let Some(until) = &until {
        request.extensions_mut().insert(until.clone());
    }
    let mut response = handler.call(request, Arc::clone(&site)).await;
    if let Some(Until(until)) = until
        && response.status().is_success()
        && !response.headers().contains_key(header::SET_COOKIE)
    {
        response.extensions_mut().insert(Cacheable { until: until.load(Ordering::Acquire) });
    }
    // Settings change by forms of the administration and of the first run only: read them again after.
    if sends && (access == Access::Administrator || access == Access::Anyone) {
        site.settings_changed();
    }
    response
}
