//! A person with a browser: cookies, a language, one request at a time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use http::{HeaderName, HeaderValue, Method, Request, header};
use http_body_util::BodyExt as _;
use parvis_civic::account::Participant;
use parvis_core::Locale;
use parvis_web::{Site, query_encode};
use tower::ServiceExt as _;

use crate::answer::Answer;

/// Somebody who visits the site. Clones are other browsers with the same cookies so far.
#[derive(Debug)]
pub struct Actor {
    router: Router,
    site: Arc<Site>,
    cookies: Mutex<BTreeMap<String, String>>,
    headers: Vec<(HeaderName, HeaderValue)>,
    locale: Locale,
    who: Option<Participant>,
}

impl Clone for Actor {
    fn clone(&self) -> Self {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Self {
            router: self.router.clone(),
            site: Arc::clone(&self.site),
            cookies: Mutex::new(cookies),
            headers: self.headers.clone(),
            locale: self.locale,
            who: self.who.clone(),
        }
    }
}

impl Actor {
    pub(crate) fn new(
        router: Router,
        site: Arc<Site>,
        cookie: Option<(String, String)>,
        who: Option<Participant>,
    ) -> Self {
        let cookies = Mutex::new(cookie.into_iter().collect());
        Self { router, site, cookies, headers: vec![], locale: Locale::Fr, who }
    }

    /// The same person, whose browser asks for this language.
    #[must_use]
    pub fn locale(mut self, locale: Locale) -> Self {
        self.locale = locale;
        if self.who.is_some() {
            self.set_cookie("lang", locale.code());
        }
        self
    }

    /// The same person, whose browser also sends this header.
    ///
    /// # Panics
    /// When it is not a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        let value = HeaderValue::from_str(value).expect("a header's value");
        self.headers.push((HeaderName::from_static(name), value));
        self
    }

    /// The participant's id.
    ///
    /// # Panics
    /// For a visitor without an account.
    pub fn id(&self) -> i64 {
        self.me().id
    }

    /// The participant as they were when they signed in.
    ///
    /// # Panics
    /// For a visitor without an account.
    pub fn me(&self) -> &Participant {
        self.who.as_ref().expect("somebody with an account")
    }

    /// A cookie of this browser.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    /// Puts a cookie in this browser.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), value.to_owned());
    }

    /// Asks for a page. Follows nothing.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    /// Sends a form, as a browser would from the same site. Follows nothing.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs: Vec<_> =
            fields.iter().map(|(n, v)| format!("{}={}", query_encode(n), query_encode(v))).collect();
        let kind = "application/x-www-form-urlencoded";
        self.send(Method::POST, path, Some(kind), Body::from(pairs.join("&"))).await
    }

    /// Sends a form with files: `(field, file name, media type, content)`.
    pub async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &str, &[u8])],
    ) -> Answer {
        let mut body: Vec<u8> = vec![];
        for (name, value) in fields {
            let part = format!("--cut\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.as_bytes());
        }
        for (name, file, kind, content) in files {
            let head = format!(
                "--cut\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
                 content-type: {kind}\r\n\r\n"
            );
            body.extend(head.as_bytes());
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(b"--cut--\r\n");
        self.send(Method::POST, path, Some("multipart/form-data; boundary=cut"), Body::from(body)).await
    }

    /// Follows the answer's `Location`, as long as it has one.
    pub async fn follow(&self, answer: Answer) -> Answer {
        let mut answer = answer;
        for _ in 0..5 {
            match answer.location.clone() {
                Some(location) => answer = self.get(&location).await,
                None => return answer,
            }
        }
        panic!("redirected in circles")
    }

    /// Sends any request.
    ///
    /// # Panics
    /// When the request cannot be made.
    pub async fn send(&self, method: Method, path: &str, kind: Option<&str>, body: Body) -> Answer {
        let path = path.strip_prefix(self.site.config.public_url.as_str()).unwrap_or(path);
        let path = path.split('#').next().unwrap_or_default();
        let path = if path.is_empty() { "/" } else { path };
        let mut request = Request::builder().method(&method).uri(path).header(header::HOST, "parvis.test");
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let sets = |name: &HeaderName| self.headers.iter().any(|(n, _)| n == name);
        if !sets(&header::ACCEPT_LANGUAGE) {
            request = request.header(header::ACCEPT_LANGUAGE, self.locale.code());
        }
        if method == Method::POST && !sets(&HeaderName::from_static("sec-fetch-site")) {
            request = request.header("sec-fetch-site", "same-origin");
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let cookies = {
            let jar = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
            jar.iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join("; ")
        };
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies);
        }
        let request = request.body(body).expect("a request");
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("the whole answer").to_bytes();
        self.keep_cookies(&parts.headers);
        Answer::new(parts, body, path)
    }

    fn keep_cookies(&self, headers: &http::HeaderMap) {
        let mut jar = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        for line in headers.get_all(header::SET_COOKIE).iter().filter_map(|v| v.to_str().ok()) {
            let Some((name, value)) = line.split(';').next().and_then(|pair| pair.split_once('=')) else {
                continue;
            };
            if line.contains("Max-Age=0") {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}
