//! Who is visiting: their language, their account if they have one, where they come from.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use http::{HeaderMap, Uri, header};
use parvis_civic::account::Participant;
use parvis_civic::settings::Settings;
use parvis_core::{Locale, Role};

use crate::cookies;

/// Reference of the visitor's session: the SHA-256 of its token, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRef {
    /// The hash kept in the database.
    pub token_hash: String,
}

/// Who asks.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The language they read in.
    pub locale: Locale,
    /// Their account, when they are signed in.
    pub participant: Option<Arc<Participant>>,
    /// Where the request comes from.
    pub ip: IpAddr,
    /// Their session, when they have one.
    pub session: Option<SessionRef>,
    /// The message to show once.
    pub(crate) flash: Option<String>,
}

impl Visitor {
    /// A reader about whom nothing is known.
    pub fn unknown(locale: Locale) -> Self {
        let ip = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
        Self { locale, participant: None, ip, session: None, flash: None }
    }

    /// The visitor's role; none when they are not signed in.
    pub fn role(&self) -> Option<Role> {
        self.participant.as_ref().map(|p| p.role)
    }
}

/// The language of a request without an account: `?lang=`, the cookie, the browser, the site.
pub(crate) fn locale(settings: &Settings, headers: &HeaderMap, uri: &Uri) -> Locale {
    let offered = |l: &Locale| settings.locales.contains(l);
    asked(uri)
        .filter(offered)
        .or_else(|| chosen(headers).filter(offered))
        .or_else(|| accepted(headers, offered))
        .unwrap_or(settings.default_locale)
}

/// `?lang=fr`: links in mails and alternates of search engines.
pub(crate) fn asked(uri: &Uri) -> Option<Locale> {
    let query = uri.query()?;
    query.split('&').find_map(|pair| pair.strip_prefix("lang=")).and_then(Locale::parse)
}

/// The cookie set by the language buttons.
pub(crate) fn chosen(headers: &HeaderMap) -> Option<Locale> {
    cookies::get(headers, cookies::LANGUAGE).and_then(Locale::parse)
}

/// The browser's first wish that the site offers.
fn accepted(headers: &HeaderMap, offered: impl Fn(&Locale) -> bool) -> Option<Locale> {
    let wishes = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(Locale, u32)> = None;
    for wish in wishes.split(',') {
        let mut parts = wish.split(';');
        let Some(locale) = parts.next().map(str::trim).and_then(Locale::parse) else { continue };
        let weight = parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(1000, weight);
        if weight > 0 && offered(&locale) && best.is_none_or(|(_, w)| weight > w) {
            best = Some((locale, weight));
        }
    }
    best.map(|(locale, _)| locale)
}

/// `0.85` in thousandths, without floats.
fn weight(text: &str) -> u32 {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    let whole: u32 = whole.parse().unwrap_or(0);
    whole.min(1) * 1000 + if whole == 0 { digits.parse().unwrap_or(0) } else { 0 }
}

/// The visitor's address: the peer's, or what our own proxy says of it.
pub(crate) fn address(trusted_proxy: bool, headers: &HeaderMap, peer: Option<IpAddr>) -> IpAddr {
    let forwarded = || {
        let last = headers.get_all("x-forwarded-for").iter().next_back()?;
        last.to_str().ok()?.rsplit(',').next()?.trim().parse::<IpAddr>().ok()
    };
    let ip = if trusted_proxy { forwarded().or(peer) } else { peer };
    ip.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(cookie: &str, accept: &str, uri: &str) -> Locale {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
        locale(&Settings::default(), &headers, &uri.parse().unwrap())
    }

    #[test]
    fn the_address_then_the_choice_then_the_browser_then_the_site() {
        assert_eq!(with("", "de, en;q=0.8, fr;q=0.9", "/"), Locale::Fr);
        assert_eq!(with("", "en-GB,fr;q=0.9", "/"), Locale::En);
        assert_eq!(with("", "en;q=0, de", "/"), Locale::Fr);
        assert_eq!(with("lang=en", "fr", "/"), Locale::En);
        assert_eq!(with("a=b; lang=en", "fr", "/x?y=1&lang=fr"), Locale::Fr);
        assert_eq!(with("lang=de", "", "/"), Locale::Fr);
    }

    #[test]
    fn only_our_proxy_is_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "1.1.1.1, 2.2.2.2".parse().unwrap());
        let peer = Some("9.9.9.9".parse().unwrap());
        assert_eq!(address(true, &headers, peer).to_string(), "2.2.2.2");
        assert_eq!(address(false, &headers, peer).to_string(), "9.9.9.9");
    }
}
