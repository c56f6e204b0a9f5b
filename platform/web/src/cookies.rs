//! The four cookies: the session, the chosen language, the message shown once after a form, and the form sent
//! before signing in. The page on personal data names each of them.

use http::{HeaderMap, HeaderValue, header};

use crate::site::Site;

/// The language that a visitor chose.
pub(crate) const LANGUAGE: &str = "lang";
/// The message shown once on the page after a form.
pub(crate) const FLASH: &str = "parvis-flash";
/// Names the form that this browser sent before signing in.
pub(crate) const KEPT: &str = "parvis-kept";
const SECURE_SESSION: &str = "__Host-parvis";
const PLAIN_SESSION: &str = "parvis";

/// A cookie of the request.
pub(crate) fn get<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(n, value)| (n == name).then_some(value))
}

/// The session cookie of the request, whatever its name (a site that moved to TLS keeps its sessions).
pub(crate) fn session(headers: &HeaderMap) -> Option<&str> {
    get(headers, SECURE_SESSION).or_else(|| get(headers, PLAIN_SESSION))
}

impl Site {
    /// Name of the session cookie: `__Host-parvis`, or `parvis` where there is no TLS.
    pub fn session_cookie_name(&self) -> &'static str {
        if self.config.insecure_http { PLAIN_SESSION } else { SECURE_SESSION }
    }

    /// The `Set-Cookie` that opens a session for `days` days.
    pub fn session_cookie(&self, token: &str, days: i64) -> HeaderValue {
        self.cookie(self.session_cookie_name(), token, days.saturating_mul(86_400))
    }

    /// The `Set-Cookie` that ends the session in this browser.
    pub fn end_session_cookie(&self) -> HeaderValue {
        self.cookie(self.session_cookie_name(), "", 0)
    }

    /// A `Set-Cookie` that only this site reads, for `seconds` (0 erases it).
    pub(crate) fn cookie(&self, name: &str, value: &str, seconds: i64) -> HeaderValue {
        let secure = if self.config.insecure_http { "" } else { "; Secure" };
        let line = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::try_from(line).unwrap_or_else(|_| HeaderValue::from_static(""))
    }
}
