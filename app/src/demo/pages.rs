//! Acts that go through the pages themselves: a form is sent as its person would send it, on the day it was.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use parvis_civic::account::Participant;
use parvis_civic::account::session::session_open;
use parvis_core::{FixedClock, Millis};
use parvis_store::{Store, boxed};
use parvis_web::{Config, Rates, Site};
use tower::ServiceExt as _;

use crate::compose;

/// A session of the staff ends after twelve hours without a visit: a new one is opened well before.
const TRUST: Millis = 6 * 3_600_000;
/// The largest page that is read back.
const LARGEST: usize = 4 * 1024 * 1024;

/// The site as its visitors meet it, at whatever hour the clock says.
pub struct Pages {
    store: Store,
    clock: FixedClock,
    router: Router,
    sessions: HashMap<i64, (String, Millis)>,
}

impl std::fmt::Debug for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

impl Pages {
    /// Opens the pages of a store whose settings are written.
    ///
    /// # Errors
    /// Texts or settings that cannot be read.
    pub async fn open(store: &Store, clock: &FixedClock, public_url: &str) -> Result<Self> {
        let config =
            Config { public_url: public_url.to_owned(), rates: Rates::unlimited(), ..Config::default() };
        let site =
            Site::new(store.clone(), Arc::new(clock.clone()), config, compose::tools(), &compose::sources())
                .await
                .map_err(|e| anyhow::anyhow!("the site cannot be opened: {e}"))?;
        let router = compose::router(&site);
        Ok(Self { store: store.clone(), clock: clock.clone(), router, sessions: HashMap::new() })
    }

    async fn session(&mut self, at: Millis, who: &Participant) -> Result<String> {
        if let Some((token, since)) = self.sessions.get(&who.id)
            && (0..TRUST).contains(&(at - since))
        {
            return Ok(token.clone());
        }
        let person = who.clone();
        let opened =
            self.store.write(move |tx| boxed(async move { session_open(tx, at, &person, "").await })).await?;
        self.sessions.insert(who.id, (opened.token.clone(), at));
        Ok(opened.token)
    }

    /// Sends a form. Gives the address to which the answer leads, or, when it is a page, its text.
    ///
    /// # Errors
    /// Any other answer, with what the page says.
    pub async fn send(
        &mut self,
        at: Millis,
        who: &Participant,
        path: &str,
        fields: &[(&str, String)],
    ) -> Result<String> {
        self.clock.set(at);
        let token = self.session(at, who).await?;
        let encode = parvis_web::query_encode;
        let body: Vec<String> = fields.iter().map(|(n, v)| format!("{}={}", encode(n), encode(v))).collect();
        let request = Request::post(path)
            .header(header::HOST, "localhost")
            .header(header::ORIGIN, "http://localhost")
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT_LANGUAGE, "fr")
            .header(header::COOKIE, format!("__Host-parvis={token}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")))?;
        let answer = self.router.clone().oneshot(request).await?;
        let status = answer.status();
        let location =
            answer.headers().get(header::LOCATION).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let page = axum::body::to_bytes(answer.into_body(), LARGEST).await?;
        let page = String::from_utf8_lossy(&page).into_owned();
        match (status, location) {
            (StatusCode::SEE_OTHER, Some(location)) => Ok(location),
            (StatusCode::OK, _) => Ok(page),
            _ => bail!("{path} answered {status}: {}", said(&page)),
        }
    }

    /// Sends a form whose answer leads to `…/{number}`; gives the number.
    ///
    /// # Errors
    /// As [`Pages::send`]; an answer that leads elsewhere.
    pub async fn make(
        &mut self,
        at: Millis,
        who: &Participant,
        path: &str,
        fields: &[(&str, String)],
    ) -> Result<i64> {
        let to = self.send(at, who, path, fields).await?;
        number(&to).with_context(|| format!("{path} led to {to}"))
    }
}

/// The last number of an address: `/p/a/b/ideas/12?x#y` is 12.
fn number(address: &str) -> Option<i64> {
    let path = address.split(['?', '#']).next()?;
    path.split('/').rev().find_map(|piece| piece.parse().ok())
}

/// What a page says of what is wrong, without its markup.
fn said(page: &str) -> String {
    let main = page.split("<main").nth(1).unwrap_or(page);
    let mut text = String::new();
    let mut tag = false;
    for c in main.chars() {
        match c {
            '<' => tag = true,
            '>' => tag = false,
            c if !tag => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().take(80).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gives_its_last_number() {
        assert_eq!(number("/p/a/b/ideas/12?done=1#top"), Some(12));
        assert_eq!(number("/p/a/b/drafts/7/preview"), Some(7));
        assert_eq!(number("/p/a/b"), None);
    }
}
