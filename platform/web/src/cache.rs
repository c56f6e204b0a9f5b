//! The page cache: what every reader without an account sees, kept until something is written.
//!
//! A page is kept with the state of the data taken *before* it was made. It is shown again only while the
//! store is in that same state and the clock has not passed the moment when a phase opens or closes.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::response::Response;
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use parvis_core::{Locale, Millis};
use parvis_store::Token;
use sha2::{Digest, Sha256};
use tower::{Service, ServiceExt as _};

use crate::cookies;
use crate::site::Site;
use crate::visitor;

/// Found on a response that may be kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cacheable {
    pub(crate) until: Millis,
}

/// All pages together.
const MEMORY: usize = 64 * 1024 * 1024;
/// One page.
const LARGEST: usize = 4 * 1024 * 1024;
/// The longest address kept.
const LONGEST_PATH: usize = 512;
/// The longest a page is shown without being made again, whatever happens.
const LONGEST: Millis = 60_000;

struct Kept {
    token: Token,
    until: Millis,
    headers: HeaderMap,
    etag: HeaderValue,
    body: Bytes,
}

/// One map a language and encoding, so that looking up an address needs no allocation.
#[derive(Default)]
struct Shelf(RwLock<HashMap<Box<str>, Arc<Kept>>>);

struct Inner {
    site: Arc<Site>,
    shelves: [Shelf; 4],
    size: AtomicUsize,
}

/// The layer: a service around everything else.
#[derive(Clone)]
pub(crate) struct PageCache<S> {
    inner: Arc<Inner>,
    next: S,
}

impl<S> PageCache<S> {
    pub(crate) fn new(site: Arc<Site>, next: S) -> Self {
        Self { inner: Arc::new(Inner { site, shelves: Default::default(), size: AtomicUsize::new(0) }), next }
    }
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    let mut wishes = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|v| v.to_str().ok());
    wishes.any(|line| {
        line.split(',').any(|w| matches!(w.trim(), "gzip" | "*") || w.trim().starts_with("gzip;q=1"))
    })
}

impl Inner {
    fn shelf(&self, locale: Locale, gzip: bool) -> &Shelf {
        let index = match (locale, gzip) {
            (Locale::Fr, false) => 0,
            (Locale::Fr, true) => 1,
            (Locale::En, false) => 2,
            (Locale::En, true) => 3,
        };
        &self.shelves[index]
    }

    fn find(&self, locale: Locale, gzip: bool, path: &str) -> Option<Arc<Kept>> {
        self.shelf(locale, gzip).0.read().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }

    fn keep(&self, locale: Locale, gzip: bool, path: &str, kept: Arc<Kept>) {
        let weight = |path: &str, kept: &Kept| kept.body.len() + path.len() + 1024;
        let added = weight(path, &kept);
        if self.size.load(Ordering::Relaxed) + added > MEMORY {
            for shelf in &self.shelves {
                let mut map = shelf.0.write().unwrap_or_else(PoisonError::into_inner);
                let before: usize = map.iter().map(|(p, k)| weight(p, k)).sum();
                map.clear();
                self.size.fetch_sub(before.min(self.size.load(Ordering::Relaxed)), Ordering::Relaxed);
            }
        }
        let mut map = self.shelf(locale, gzip).0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = map.insert(path.into(), kept) {
            self.size.fetch_sub(weight(path, &old).min(self.size.load(Ordering::Relaxed)), Ordering::Relaxed);
        }
        self.size.fetch_add(added, Ordering::Relaxed);
    }
}

/// What the cache stands around: always ready to be called.
pub(crate) trait Next:
    Service<Request<Body>, Response = Response, Error = Infallible> + Clone
{
}

impl<S: Service<Request<Body>, Response = Response, Error = Infallible> + Clone> Next for S {}

impl<S> Service<Request<Body>> for PageCache<S>
where
    S: Next + Send + Sync + 'static,
    S::Future: Send,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let mut next = self.next.clone();
        if !may_be_kept(&request) {
            return Box::pin(next.call(request));
        }
        let inner = Arc::clone(&self.inner);
        Box::pin(async move { Ok(answer(inner, next, request).await) })
    }
}

/// Whether the answer may differ for this visitor alone.
fn is_personal(headers: &HeaderMap) -> bool {
    headers.contains_key(header::COOKIE)
        && (cookies::session(headers).is_some() || cookies::get(headers, cookies::FLASH).is_some())
}

/// Whether the answer to this request is one that readers without an account may share.
fn may_be_kept(request: &Request<Body>) -> bool {
    let reads = request.method() == Method::HEAD || request.method() == Method::GET;
    let path = request.uri().path_and_query().map_or("/", |p| p.as_str());
    reads && path.len() <= LONGEST_PATH && !is_personal(request.headers())
}

async fn pass<S: Next>(next: S, request: Request<Body>) -> Response {
    match next.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

async fn answer<S: Next>(inner: Arc<Inner>, next: S, request: Request<Body>) -> Response {
    let is_head = request.method() == Method::HEAD;
    let path = request.uri().path_and_query().map_or("/", |p| p.as_str());
    // The settings may be of another moment here: a wrong language offer is corrected by the key, which
    // holds the language in which the page would be made.
    let locale = visitor::locale(&inner.site.settings(), request.headers(), request.uri());
    let gzip = accepts_gzip(request.headers());
    let Ok(token) = inner.site.store.version_token().await else {
        return pass(next, request).await;
    };
    if let Some(kept) = inner.find(locale, gzip, path)
        && kept.token == token
        && inner.site.now() < kept.until
    {
        metrics::counter!("parvis_page_cache_hits").increment(1);
        return show(&kept, request.headers(), is_head);
    }
    if is_head {
        return pass(next, request).await;
    }
    let path: Box<str> = path.into();
    let asked = request.headers().get(header::IF_NONE_MATCH).cloned();
    let made_at = inner.site.now();
    let response = pass(next, request).await;
    let Some(Cacheable { until }) = response.extensions().get::<Cacheable>().copied() else {
        return response;
    };
    let until = until.min(made_at + LONGEST);
    if response.status() != StatusCode::OK || until <= made_at {
        return response;
    }
    // The language the page was really made in decides where it is kept.
    let made_in = response.headers().get(header::CONTENT_LANGUAGE).and_then(|v| v.to_str().ok());
    if made_in.is_some_and(|l| Locale::parse(l) != Some(locale)) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = axum::body::to_bytes(body, LARGEST).await else {
        return crate::failure::bare(StatusCode::INTERNAL_SERVER_ERROR);
    };
    let digest = Sha256::digest(&body);
    let etag = HeaderValue::try_from(format!("\"{}\"", hex::encode(&digest[..12]))).expect("hexadecimal");
    parts.headers.insert(header::ETAG, etag.clone());
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    parts.headers.remove(header::TRANSFER_ENCODING);
    let kept = Arc::new(Kept { token, until, headers: parts.headers, etag, body });
    inner.keep(locale, gzip, &path, Arc::clone(&kept));
    let mut headers = HeaderMap::new();
    if let Some(asked) = asked {
        headers.insert(header::IF_NONE_MATCH, asked);
    }
    show(&kept, &headers, false)
}

fn show(kept: &Kept, request: &HeaderMap, is_head: bool) -> Response {
    let same = request.get(header::IF_NONE_MATCH).is_some_and(|asked| matches_etag(asked, &kept.etag));
    let mut response = if same {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else if is_head {
        Response::new(Body::empty())
    } else {
        Response::new(Body::from(kept.body.clone()))
    };
    *response.headers_mut() = kept.headers.clone();
    if same {
        response.headers_mut().remove(header::CONTENT_LENGTH);
        response.headers_mut().remove(header::CONTENT_ENCODING);
    }
    response
}

fn matches_etag(asked: &HeaderValue, etag: &HeaderValue) -> bool {
    let (Ok(asked), Ok(etag)) = (asked.to_str(), etag.to_str()) else { return false };
    asked.split(',').map(|t| t.trim().trim_start_matches("W/")).any(|t| t == etag || t == "*")
}
