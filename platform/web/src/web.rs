//! The whole: every route, and around them the visitor, the error pages, the headers and the cache.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{ConnectInfo, DefaultBodyLimit};
use axum::response::{IntoResponse, Response};
use axum::routing::future::RouteFuture;
use futures_util::FutureExt as _;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};
use parvis_civic::{account, process};
use parvis_core::Access;
use parvis_store::boxed;
use tower::{Layer as _, Service, ServiceExt as _, service_fn};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

use crate::cache::PageCache;
use crate::ctx::{At, Ctx};
use crate::error::WebError;
use crate::form::{MAX_FORM, MAX_UPLOAD, Raw};
use crate::routes::Routes;
use crate::site::Site;
use crate::visitor::{self, SessionRef, Visitor};
use crate::{assets, cookies, failure, health, language, theme};

/// A page that is not made within this time will not be.
const LONGEST: Duration = Duration::from_secs(15);

const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
    font-src 'self'; form-action 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; \
    object-src 'none'";

/// The routes that this crate itself brings.
pub(crate) fn own_routes() -> Routes {
    language::routes()
        .get("/health", Access::Anyone, health::serve)
        .get("/metrics", Access::Anyone, health::metrics)
        .get_cached("/assets/{file}", Access::Anyone, assets::serve)
        .get_cached("/theme.css", Access::Anyone, theme::serve)
        .get_cached("/logo", Access::Anyone, assets::logo)
        .get("/favicon.ico", Access::Anyone, assets::favicon)
}

/// Everything the site answers: these routes, the ones of its tools, and our own.
pub fn build_router(site: Arc<Site>, routes: Vec<Routes>) -> Router {
    let mut all = own_routes();
    for more in routes {
        all = all.merge(more);
    }
    let mut tools = HashMap::new();
    for tool in &site.tools {
        all = all.merge(tool.site_routes());
        let router = tool.routes().merge(tool.admin_routes()).router;
        tools.insert(tool.name(), router.with_state(Arc::clone(&site)));
    }
    let dispatch = Arc::new(Dispatch { site: Arc::clone(&site), tools, known: Mutex::default() });
    let own =
        all.table().into_iter().filter_map(|(_, path, _)| Some(activity(&path)?.1.to_owned())).collect();
    let front = Arc::clone(&dispatch);
    let mut csrf = CsrfLayer::new();
    match csrf.clone().add_trusted_origin(site.config.public_url.trim_end_matches('/')) {
        Ok(with_origin) => csrf = with_origin,
        Err(e) => tracing::warn!(error = %e, "the public address is not an origin"),
    }
    let gzip = CompressionLayer::new().no_br().gzip(true).quality(CompressionLevel::Precise(6));
    let router = all
        .router
        .fallback(move |request| Arc::clone(&dispatch).answer(request))
        .with_state(Arc::clone(&site));
    // What is around every route, each written into the next: as layers of the router they would be boxed and copied
    // one by one, for every request.
    let router =
        DefaultBodyLimit::max(MAX_FORM).layer(Front { dispatch: front, own: Arc::new(own), rest: router });
    let form = service_fn(move |request| read_form(request, router.clone()));
    let guarded = csrf.layer(form);
    let visited = {
        let site = Arc::clone(&site);
        service_fn(move |request| visit(Arc::clone(&site), request, guarded.clone()))
    };
    let zipped = gzip.layer(visited);
    let headers = Headers::new(&site);
    let whole = service_fn(move |request| headers.clone().add(request, zipped.clone()));
    Router::new().fallback_service(PageCache::new(site, whole))
}

/// What every service of the frame answers: an error is an answer too. Each is always ready, so the one around it calls it
/// without asking.
type Answer = Result<Response, Infallible>;

/// Sends `/p/{process}/{activity}…` to the tool at work there.
struct Dispatch {
    site: Arc<Site>,
    tools: HashMap<&'static str, Router>,
    /// Which tool is at work at an address. A tool answers 404 for what is not its own, so an entry that
    /// went stale is never wrong for long.
    known: Mutex<HashMap<(String, String), &'static str>>,
}

impl Dispatch {
    async fn answer(self: Arc<Self>, request: Request<Body>) -> Response {
        match self.tool(request.uri().path()).await {
            Ok(Some(router)) => match router.clone().oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            },
            Ok(None) => WebError::NotFound.into_response(),
            Err(e) => e.into_response(),
        }
    }

    /// The tool last seen at work at an address; none when nobody went there yet.
    fn known(&self, process: &str, activity: &str) -> Option<&Router> {
        let key = (process.to_owned(), activity.to_owned());
        let name = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied()?;
        self.tools.get(name)
    }

    async fn tool(&self, path: &str) -> Result<Option<&Router>, WebError> {
        let Some((process, activity)) = activity(path) else { return Ok(None) };
        let key = (process.to_owned(), activity.to_owned());
        if let Some(router) = self.known(process, activity) {
            return Ok(Some(router));
        }
        let (p, a) = key.clone();
        let component = self
            .site
            .store
            .read(move |tx| boxed(async move { process::activity_by_slug(tx, &p, &a).await }))
            .await?
            .map(|(_, activity)| activity.component);
        let Some((name, router)) = component.and_then(|c| self.tools.get_key_value(c.as_str())) else {
            return Ok(None);
        };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() > 10_000 {
            known.clear();
        }
        known.insert(key, name);
        Ok(Some(router))
    }
}

/// The process and the activity that an address is about, on the site or in its administration.
fn activity(path: &str) -> Option<(&str, &str)> {
    let path = path.strip_prefix("/admin").unwrap_or(path);
    let mut pieces = path.strip_prefix("/p/")?.split('/');
    Some((pieces.next()?, pieces.next()?))
}

/// Goes straight to the tool at work at an address, past all routes that are not its own.
#[derive(Clone)]
struct Front {
    dispatch: Arc<Dispatch>,
    /// What stands in the place of an activity in the addresses of the site's own pages.
    own: Arc<HashSet<String>>,
    rest: Router,
}

impl Service<Request<Body>> for Front {
    type Response = Response;
    type Error = Infallible;
    type Future = RouteFuture<Infallible>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let known = activity(request.uri().path())
            .filter(|(_, activity)| !self.own.contains(*activity))
            .and_then(|(process, activity)| self.dispatch.known(process, activity).cloned());
        match known {
            Some(mut tool) => tool.call(request),
            None => self.rest.call(request),
        }
    }
}

/// Where the form's bytes wait for an error page that shows them again.
#[derive(Clone, Default)]
struct Sent(Arc<OnceLock<Bytes>>);

/// Reads an ordinary form once, so that it can be shown again if something goes wrong.
async fn read_form<S>(mut request: Request<Body>, mut next: S) -> Answer
where
    S: Service<Request<Body>, Response = Response, Error = Infallible>,
{
    let is_form = request.method() == Method::POST
        && request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|k| k.starts_with("application/x-www-form-urlencoded"));
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length: usize = length.and_then(|v| v.to_str().ok()?.parse().ok()).unwrap_or(0);
    if length > if is_form { MAX_FORM } else { MAX_UPLOAD } {
        return Ok(WebError::TooLarge.into_response());
    }
    if is_form {
        let body = std::mem::take(request.body_mut());
        let Ok(bytes) = axum::body::to_bytes(body, MAX_FORM).await else {
            return Ok(WebError::TooLarge.into_response());
        };
        if let Some(Sent(sent)) = request.extensions().get::<Sent>() {
            let _ = sent.set(bytes.clone());
        }
        request.extensions_mut().insert(Raw(bytes));
    }
    next.call(request).await
}

/// Finds out who visits, makes the answer, and gives errors their page.
async fn visit<S>(site: Arc<Site>, mut request: Request<Body>, mut next: S) -> Answer
where
    S: Service<Request<Body>, Response = Response, Error = Infallible>,
{
    let started = std::time::Instant::now();
    let method = request.method().clone();
    let reads = method == Method::GET || method == Method::HEAD;
    let uri = request.uri().clone();
    let now = site.now();
    let refreshed = site.refresh(reads).await;
    if let Err(e) = &refreshed {
        tracing::warn!(error = %e, "the settings could not be read");
    }
    let settings = site.settings();
    let headers = request.headers();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
    let mut visitor = Visitor {
        locale: visitor::locale(&settings, headers, &uri),
        participant: None,
        ip: visitor::address(site.config.trusted_proxy, headers, peer),
        session: None,
        flash: cookies::get(headers, cookies::FLASH).map(str::to_owned),
    };
    let mut broken = None;
    if let Some(token) = cookies::session(headers).filter(|t| !t.is_empty() && t.len() <= 128) {
        let token_hash = account::session::token_hash(token);
        match site.session(now, &token_hash).await {
            Ok(Some(participant)) => {
                let said = visitor::asked(&uri).or_else(|| visitor::chosen(headers));
                if said.is_none() && settings.locales.contains(&participant.locale) {
                    visitor.locale = participant.locale;
                }
                visitor.participant = Some(participant);
                visitor.session = Some(SessionRef { token_hash });
            }
            Ok(None) => {}
            Err(e) => broken = Some(WebError::from(e)),
        }
    }
    let sent = Sent::default();
    let extensions = request.extensions_mut();
    extensions.insert(At(now));
    extensions.insert(visitor.clone());
    extensions.insert(sent.clone());
    let had_flash = visitor.flash.is_some();
    let is_personal = visitor.participant.is_some();
    let language = HeaderValue::from_static(visitor.locale.code());

    let mut response = if let Some(broken) = broken {
        broken.into_response()
    } else if reads || method == Method::POST {
        let made = AssertUnwindSafe(next.call(request)).catch_unwind();
        match tokio::time::timeout(LONGEST, made).await {
            Ok(Ok(Ok(response))) => response,
            Ok(Ok(Err(never))) => match never {},
            Ok(Err(panic)) => WebError::internal(panic_text(panic.as_ref())).into_response(),
            Err(_) => {
                tracing::warn!(path = uri.path(), "a page took too long");
                WebError::Unavailable.into_response()
            }
        }
    } else {
        WebError::Method.into_response()
    };
    if let Some(error) = failure::cause(&response) {
        let cx = Ctx::new(Arc::clone(&site), visitor, uri, now, None);
        let from = std::mem::take(response.headers_mut());
        let bytes = sent.0.get().map(AsRef::as_ref);
        let bytes = if method == Method::POST { Some(bytes.unwrap_or_default()) } else { None };
        // A page that panics while it explains an error must not take the connection with it.
        let page = AssertUnwindSafe(failure::page(&cx, &error, bytes, from)).catch_unwind().await;
        response = page.unwrap_or_else(|_| failure::bare(error.status()));
    }
    parvis_ops::metrics::request(response.status().as_u16(), started.elapsed().as_secs_f64());
    let is_page = is_html(response.headers());
    let headers = response.headers_mut();
    if headers.get(header::CACHE_CONTROL) != Some(&assets::IMMUTABLE) {
        headers.insert(header::CONTENT_LANGUAGE, language);
        headers.insert(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    }
    if is_page && had_flash && !headers.contains_key(header::SET_COOKIE) {
        headers.append(header::SET_COOKIE, site.cookie(cookies::FLASH, "", 0));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        let policy = if is_personal || had_flash { "private, no-store" } else { "no-cache" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(policy));
    }
    Ok(response)
}

fn is_html(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|v| v.as_bytes().starts_with(b"text/html"))
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    format!("panic: {}", text.unwrap_or_default())
}

/// The headers that every answer carries, whatever its status.
#[derive(Clone)]
struct Headers(Arc<Vec<(HeaderName, HeaderValue)>>);

impl Headers {
    fn new(site: &Site) -> Self {
        let name = HeaderName::from_static;
        let value = HeaderValue::from_static;
        let mut all = vec![
            (header::CONTENT_SECURITY_POLICY, value(CSP)),
            (header::X_CONTENT_TYPE_OPTIONS, value("nosniff")),
            (header::REFERRER_POLICY, value("same-origin")),
            (name("cross-origin-opener-policy"), value("same-origin")),
            (name("cross-origin-resource-policy"), value("same-origin")),
            (
                name("permissions-policy"),
                value("camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"),
            ),
        ];
        if site.is_https() {
            all.push((header::STRICT_TRANSPORT_SECURITY, value("max-age=31536000; includeSubDomains")));
        }
        Self(Arc::new(all))
    }

    async fn add<S, B>(self, request: Request<Body>, mut next: S) -> Answer
    where
        S: Service<Request<Body>, Response = http::Response<B>, Error = Infallible>,
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<axum::BoxError>,
    {
        let mut response = next.call(request).await?.map(Body::new);
        for (name, value) in self.0.iter() {
            response.headers_mut().entry(name).or_insert_with(|| value.clone());
        }
        Ok(response)
    }
}
