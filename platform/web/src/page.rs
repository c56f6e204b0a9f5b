//! What the layout of a page needs.

use std::sync::Arc;

use parvis_civic::settings::Settings;
use parvis_core::{FieldErrors, Locale, Role};
use parvis_i18n::T;

use crate::ctx::Ctx;
use crate::{assets, theme};

/// A step of the path from the home page to this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crumb {
    /// Its words.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// The visitor, as the header shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Identifier.
    pub id: i64,
    /// The name others see.
    pub pseudonym: String,
    /// What they may do.
    pub role: Role,
}

/// One mistake of the summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryLine {
    /// The field, empty when the mistake is not in one.
    pub field: String,
    /// What is wrong, in the visitor's language.
    pub message: String,
}

/// The mistakes of a form, at the top of its page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorSummary {
    /// Them, in the order of the form.
    pub lines: Vec<SummaryLine>,
}

impl ErrorSummary {
    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The message on one field.
    pub fn on(&self, field: &str) -> Option<&str> {
        self.lines.iter().find(|l| l.field == field).map(|l| l.message.as_str())
    }
}

/// What every page struct carries as its field `page`.
#[derive(Debug, Clone)]
pub struct Page {
    /// Words, numbers and dates in the visitor's language.
    pub t: T,
    /// The site's settings.
    pub settings: Arc<Settings>,
    /// The title: the one `h1` and, with the site's name, the `title`.
    pub title: String,
    /// One sentence for search engines and shared links.
    pub description: String,
    /// The visitor, when signed in.
    pub who: Option<Who>,
    /// The path from the home page.
    pub crumbs: Vec<Crumb>,
    /// Path and query of this page, without the language.
    pub path: String,
    /// Absolute address of this page.
    pub canonical: String,
    /// The message to show once.
    pub flash: Option<String>,
    /// Which entry of the navigation is current: `processes`, `search`, `journal`, `account`, `admin`.
    pub nav: &'static str,
    /// The mistakes of the form on this page.
    pub errors: ErrorSummary,
    /// Everything is fictional.
    pub demo: bool,
    /// The Atom feed of this page.
    pub feed: Option<String>,
    /// Search engines should not keep this page.
    pub robots_noindex: bool,
    /// Wider than a reading column: tables, administration.
    pub is_wide: bool,
    /// The key of the forms on this page: sent twice, they count once.
    pub idem: String,
}

impl Page {
    pub(crate) fn new(cx: &Ctx, title: String) -> Self {
        let settings = cx.site.settings();
        let path = if cx.uri.query().is_some_and(|q| q.contains("lang=")) {
            // The page number stays: this is the same page in another language.
            let page = cx.query("page");
            let bare = cx.query_with("lang", "");
            match (page.is_empty(), bare.contains('?')) {
                (true, _) => bare,
                (false, true) => format!("{bare}&page={page}"),
                (false, false) => format!("{bare}?page={page}"),
            }
        } else {
            cx.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
        };
        let who = cx.visitor.participant.as_ref().map(|p| Who {
            id: p.id,
            pseudonym: p.pseudonym.clone(),
            role: p.role,
        });
        Self {
            t: cx.t().clone(),
            title,
            description: String::new(),
            who,
            crumbs: vec![],
            canonical: cx.site.url(&path),
            path,
            flash: cx.flash(),
            nav: "",
            errors: ErrorSummary::default(),
            demo: cx.site.config.demo || settings.demo,
            feed: None,
            robots_noindex: false,
            is_wide: false,
            idem: random_hex::<16>(),
            settings,
        }
    }

    /// Adds a step to the path from the home page.
    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.crumbs.push(Crumb { label: label.into(), href: href.into() });
        self
    }

    /// One sentence for search engines and shared links.
    #[must_use]
    pub fn describe(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    /// Marks the entry of the navigation that this page belongs to.
    #[must_use]
    pub fn nav(mut self, name: &'static str) -> Self {
        self.nav = name;
        self
    }

    /// The mistakes of the form: summed up at the top, repeated beside their fields.
    #[must_use]
    pub fn errors(mut self, errors: &FieldErrors) -> Self {
        let line = |e| SummaryLine { field: String::new(), message: self.t.field_error(e) };
        self.errors.lines =
            errors.iter().map(|e| SummaryLine { field: e.field.to_owned(), ..line(e) }).collect();
        self
    }

    /// A mistake that is not in a field, already in the visitor's language.
    #[must_use]
    pub fn error(mut self, message: impl Into<String>) -> Self {
        self.errors.lines.push(SummaryLine { field: String::new(), message: message.into() });
        self
    }

    /// The Atom feed of this page.
    #[must_use]
    pub fn feed(mut self, url: impl Into<String>) -> Self {
        self.feed = Some(url.into());
        self
    }

    /// Keeps search engines away.
    #[must_use]
    pub fn noindex(mut self) -> Self {
        self.robots_noindex = true;
        self
    }

    /// Wider than a reading column.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.is_wide = true;
        self
    }

    /// The visitor's language.
    pub const fn locale(&self) -> Locale {
        self.t.locale
    }

    /// The site's name in the visitor's language.
    pub fn site_name(&self) -> &str {
        self.settings.name.get(self.t.locale)
    }

    /// The `title` of the document: what is wrong first, then the page, then the site.
    pub fn document_title(&self) -> String {
        let mut title = String::new();
        if !self.errors.is_empty() {
            title.push_str(&self.t.get("web-title-error"));
            title.push(' ');
        }
        title.push_str(&self.title);
        if self.title != self.site_name() {
            title.push_str(" – ");
            title.push_str(self.site_name());
        }
        title
    }

    /// Address of a static file of this crate: `page.asset("app.css")`.
    pub fn asset(&self, name: &str) -> &'static str {
        assets::path(name)
    }

    /// Address of the style sheet with the site's colours.
    pub fn theme_href(&self) -> String {
        theme::href(&self.settings.accent)
    }

    /// The languages other than this one that the site offers.
    pub fn other_locales(&self) -> Vec<Locale> {
        self.settings.locales.iter().copied().filter(|l| *l != self.t.locale).collect()
    }

    /// This page in another language, for alternates.
    pub fn in_language(&self, locale: &Locale) -> String {
        let sep = if self.canonical.contains('?') { '&' } else { '?' };
        format!("{}{sep}lang={locale}", self.canonical)
    }

    /// Whether the visitor is signed in.
    pub const fn signed_in(&self) -> bool {
        self.who.is_some()
    }

    /// Whether the visitor has pages of the administration.
    pub fn is_staff(&self) -> bool {
        self.who.as_ref().is_some_and(|w| w.role != Role::Participant)
    }

    /// Whether the visitor may do what this role does (`moderator`, `editor`, `administrator`).
    pub fn can(&self, role: &str) -> bool {
        let role_is = |w: &Who| w.role == Role::Administrator || w.role.code() == role;
        self.who.as_ref().is_some_and(role_is)
    }

    /// `aria-current` of a navigation entry.
    pub fn current(&self, name: &str) -> bool {
        self.nav == name
    }

    /// Key of the words that every page must say of its accessibility (RGAA): none, part or all of the criteria
    /// are met, as an audit found; without an audit, none.
    pub fn accessibility_key(&self) -> &'static str {
        match self.settings.audit.as_ref().map(|a| a.rate_hundredths) {
            Some(10_000..) => "web-footer-accessibility-full",
            Some(5_000..) => "web-footer-accessibility-part",
            _ => "web-footer-accessibility",
        }
    }

    /// Where signing in from this page leads back to.
    pub fn sign_in_href(&self) -> String {
        if self.path == "/" || self.path.starts_with("/sign-in") {
            "/sign-in".to_owned()
        } else {
            format!("/sign-in?next={}", crate::form::query_encode(&self.path))
        }
    }
}

/// Fresh random bytes, in hexadecimal.
pub(crate) fn random_hex<const N: usize>() -> String {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    hex::encode(bytes)
}
