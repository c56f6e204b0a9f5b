//! The catalog: one Fluent bundle a language, made of every crate's texts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast;
use intl_memoizer::concurrent::IntlLangMemoizer;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use parvis_core::{FieldError, Locale, Millis};

use crate::{Arg, Int, format};

/// The texts of one crate, in both languages (Fluent).
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// Name of the crate, for error messages.
    pub name: &'static str,
    /// `locales/fr.ftl`.
    pub fr: &'static str,
    /// `locales/en.ftl`.
    pub en: &'static str,
}

impl Source {
    const fn text(&self, locale: Locale) -> &'static str {
        match locale {
            Locale::Fr => self.fr,
            Locale::En => self.en,
        }
    }
}

/// Why a catalog cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file that Fluent cannot read.
    #[error("{name}/{locale}.ftl: {detail}")]
    Syntax {
        /// The crate.
        name: &'static str,
        /// The language.
        locale: Locale,
        /// What Fluent says, with the line.
        detail: String,
    },
    /// A key that two files, or one file twice, define.
    #[error("{name}/{locale}.ftl: {detail}")]
    Twice {
        /// The crate that comes second.
        name: &'static str,
        /// The language.
        locale: Locale,
        /// The keys.
        detail: String,
    },
    /// A key or a variable that exists in one language only.
    #[error("{name}: {detail}")]
    Differs {
        /// The crate.
        name: &'static str,
        /// What is missing, and where.
        detail: String,
    },
}

type Bundle = FluentBundle<FluentResource>;

/// Every text of the program, in every language.
pub struct Catalog {
    fr: Bundle,
    en: Bundle,
    missing: Mutex<BTreeSet<String>>,
}

impl std::fmt::Debug for Catalog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Catalog")
    }
}

fn write_fr(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    write_number(Locale::Fr, value)
}

fn write_en(value: &FluentValue<'_>, _: &IntlLangMemoizer) -> Option<String> {
    write_number(Locale::En, value)
}

fn write_number(locale: Locale, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    number.as_string().parse().ok().map(|n| format::number(locale, n))
}

impl Catalog {
    /// Builds the catalog of these crates; [`crate::SOURCE`] is always part of it.
    ///
    /// # Errors
    /// A file that cannot be read, a key defined twice, a key or variable in one language only: all are
    /// mistakes of the program, found at its start and by its tests.
    pub fn build(sources: &[Source]) -> Result<Self, Error> {
        let fr = bundle(sources, Locale::Fr, write_fr)?;
        let en = bundle(sources, Locale::En, write_en)?;
        if let Some((name, detail)) = differences(sources).into_iter().next() {
            return Err(Error::Differs { name, detail });
        }
        Ok(Self { fr, en, missing: Mutex::default() })
    }

    /// This catalog in one language, with the site's time zone.
    pub fn t(self: &Arc<Self>, locale: Locale, zone: TimeZone) -> T {
        T { locale, catalog: Arc::clone(self), zone }
    }

    /// The keys that were asked for and do not exist. Tests fail when there is one.
    pub fn missing(&self) -> Vec<String> {
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Whether the key exists.
    pub fn has(&self, key: &str) -> bool {
        self.fr.has_message(key)
    }

    fn write(&self, locale: Locale, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let bundle = match locale {
            Locale::Fr => &self.fr,
            Locale::En => &self.en,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else {
            tracing::error!(key, "this text does not exist");
            self.missing.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned());
            return format!("[{key}]");
        };
        let mut errors = vec![];
        let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "this text lacks an argument");
            self.missing.lock().unwrap_or_else(PoisonError::into_inner).insert(format!("{key}: {errors:?}"));
        }
        text
    }
}

fn bundle(
    sources: &[Source],
    locale: Locale,
    write: fn(&FluentValue<'_>, &IntlLangMemoizer) -> Option<String>,
) -> Result<Bundle, Error> {
    let tag = locale.code().parse().expect("language codes are valid tags");
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(write));
    for source in std::iter::once(&crate::SOURCE).chain(sources) {
        let resource = FluentResource::try_new(source.text(locale).to_owned()).map_err(|(_, errors)| {
            let detail = errors.first().map(ToString::to_string).unwrap_or_default();
            Error::Syntax { name: source.name, locale, detail }
        })?;
        bundle.add_resource(resource).map_err(|errors| {
            let all: Vec<_> = errors.iter().map(ToString::to_string).collect();
            Error::Twice { name: source.name, locale, detail: all.join("; ") }
        })?;
    }
    Ok(bundle)
}

/// The keys and variables that stand in one language only, as `(crate, what)`.
fn differences(sources: &[Source]) -> Vec<(&'static str, String)> {
    let mut found = vec![];
    for source in std::iter::once(&crate::SOURCE).chain(sources) {
        let (fr, en) = (variables(source.fr), variables(source.en));
        let keys: BTreeSet<_> = fr.keys().chain(en.keys()).collect();
        for key in keys {
            match (fr.get(key), en.get(key)) {
                (Some(a), Some(b)) if a == b => {}
                (Some(a), Some(b)) => found.push((source.name, format!("{key}: {a:?} in fr, {b:?} in en"))),
                (Some(_), None) => found.push((source.name, format!("{key}: only in fr"))),
                (None, _) => found.push((source.name, format!("{key}: only in en"))),
            }
        }
    }
    found
}

/// Each message and the variables it names.
fn variables(text: &'static str) -> BTreeMap<String, BTreeSet<String>> {
    let parsed = fluent_syntax::parser::parse(text).unwrap_or_else(|(partial, _)| partial);
    let mut messages = BTreeMap::new();
    for entry in &parsed.body {
        if let ast::Entry::Message(message) = entry {
            let mut names = BTreeSet::new();
            if let Some(pattern) = &message.value {
                in_pattern(pattern, &mut names);
            }
            messages.insert(message.id.name.to_owned(), names);
        }
    }
    messages
}

fn in_pattern(pattern: &ast::Pattern<&str>, names: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            in_expression(expression, names);
        }
    }
}

fn in_expression(expression: &ast::Expression<&str>, names: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(inline) => in_inline(inline, names),
        ast::Expression::Select { selector, variants } => {
            in_inline(selector, names);
            for variant in variants {
                in_pattern(&variant.value, names);
            }
        }
    }
}

fn in_inline(inline: &ast::InlineExpression<&str>, names: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            names.insert(id.name.to_owned());
        }
        ast::InlineExpression::Placeable { expression } => in_expression(expression, names),
        _ => {}
    }
}

/// A language, a time zone and the catalog: what a page asks for its words, numbers and dates.
#[derive(Debug, Clone)]
pub struct T {
    /// The language.
    pub locale: Locale,
    /// Where the words come from.
    pub catalog: Arc<Catalog>,
    /// The site's time zone, in which dates are written.
    pub zone: TimeZone,
}

impl T {
    /// The text of `key`.
    pub fn get(&self, key: &str) -> String {
        self.catalog.write(self.locale, key, None)
    }

    /// The text of `key` with its arguments.
    pub fn with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut given = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            match arg {
                Arg::Number(n) => given.set(*name, FluentValue::from(*n)),
                Arg::Text(text) => given.set(*name, FluentValue::from(text.as_ref())),
            }
        }
        self.catalog.write(self.locale, key, Some(&given))
    }

    /// The text of `key` for `count` things: the argument `count` chooses the plural.
    pub fn n(&self, key: &str, count: impl Int) -> String {
        self.with(key, &[("count", Arg::Number(count.int()))])
    }

    /// The text of `key` with one argument.
    pub fn with1<'a>(&self, key: &str, name: &str, value: impl Into<Arg<'a>>) -> String {
        self.with(key, &[(name, value.into())])
    }

    /// The text of `key` with two arguments.
    pub fn with2<'a>(
        &self,
        key: &str,
        first: &str,
        a: impl Into<Arg<'a>>,
        second: &str,
        b: impl Into<Arg<'a>>,
    ) -> String {
        self.with(key, &[(first, a.into()), (second, b.into())])
    }

    /// The text of `key` with three arguments.
    #[expect(clippy::too_many_arguments, reason = "three names and three values, for templates")]
    pub fn with3<'a>(
        &self,
        key: &str,
        first: &str,
        a: impl Into<Arg<'a>>,
        second: &str,
        b: impl Into<Arg<'a>>,
        third: &str,
        c: impl Into<Arg<'a>>,
    ) -> String {
        self.with(key, &[(first, a.into()), (second, b.into()), (third, c.into())])
    }

    /// The message of a field error. Arguments that are whole numbers are written as numbers.
    pub fn field_error(&self, error: &FieldError) -> String {
        let args: Vec<(&str, Arg<'_>)> = error
            .args
            .iter()
            .map(|(name, value)| match value.parse::<i64>() {
                Ok(n) => (*name, Arg::Number(n)),
                // A decimal number takes the comma of French.
                Err(_) if self.locale == Locale::Fr && value.parse::<f64>().is_ok() => {
                    (*name, Arg::from(value.replace('.', ",")))
                }
                Err(_) => (*name, Arg::from(value)),
            })
            .collect();
        self.with(error.key, &args)
    }

    /// A whole number: `88 622`, `88,622`.
    pub fn number(&self, n: impl Int) -> String {
        format::number(self.locale, n.int())
    }

    /// `part` of `whole` in percent, one decimal at most: `39,6 %`, `39.6%`.
    pub fn percent(&self, part: impl Int, whole: impl Int) -> String {
        format::percent(self.locale, part.int(), whole.int())
    }

    /// The civil date and time of an instant in the site's time zone.
    pub fn civil(&self, at: impl Int) -> DateTime {
        let at = at.int().clamp(Timestamp::MIN.as_millisecond(), Timestamp::MAX.as_millisecond());
        let instant = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
        self.zone.to_datetime(instant)
    }

    /// `23 novembre 2026`, `23 November 2026`.
    pub fn date(&self, at: impl Int) -> String {
        format::day(self.locale, self.civil(at).date())
    }

    /// `23 nov. 2026`, `23 Nov 2026`.
    pub fn short_date(&self, at: impl Int) -> String {
        format::short(self.locale, self.civil(at).date())
    }

    /// `lundi 23 novembre 2026 à 18 h 30`, `Monday 23 November 2026 at 6:30 pm`.
    pub fn datetime(&self, at: impl Int) -> String {
        let civil = self.civil(at);
        let date = format::weekday(self.locale, civil.date());
        self.with2("core-date-time", "date", date, "time", format::time(self.locale, civil.time()))
    }

    /// `18 h 30`, `6:30 pm`.
    pub fn time(&self, at: impl Int) -> String {
        format::time(self.locale, self.civil(at).time())
    }

    /// RFC 3339 with the site's offset, for `<time datetime>`.
    pub fn iso(&self, at: impl Int) -> String {
        let at = at.int();
        let instant = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
        let offset = self.zone.to_offset(instant);
        instant.display_with_offset(offset).to_string()
    }

    /// What `<input type="datetime-local">` holds for an instant.
    pub fn datetime_input(&self, at: impl Int) -> String {
        self.civil(at).strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// What `<input type="date">` holds for an instant.
    pub fn date_input(&self, at: impl Int) -> String {
        self.civil(at).date().to_string()
    }

    /// The instant of a `datetime-local` or `date` input, in the site's time zone; `None` when it cannot be
    /// read. A moment that the clocks skip or repeat in the night of a change is the later one's start.
    pub fn parse_input(&self, value: &str) -> Option<Millis> {
        let value = value.trim();
        let civil: DateTime = if value.len() == 10 {
            value.parse::<jiff::civil::Date>().ok()?.into()
        } else {
            value.parse().ok()?
        };
        let zoned = self.zone.to_ambiguous_timestamp(civil).compatible().ok()?;
        Some(zoned.as_millisecond())
    }

    /// `a, b et c`.
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [head @ .., last] => {
                let comma = self.get("core-list-comma");
                format!("{}{}{last}", head.join(&comma), self.get("core-list-last"))
            }
        }
    }
}
