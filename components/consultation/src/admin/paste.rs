//! Pasting a whole text: its titles, sections and articles are found, shown, and written at once.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::account::Participant;
use parvis_civic::contribution::{self, Draft};
use parvis_civic::{Error, once, text};
use parvis_core::{FieldErrors, Locale, Localized, Millis};
use parvis_ops::audit;
use parvis_store::{Tx, boxed};
use parvis_web::ui::Html;
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;
use serde_json::json;

use super::articles::MOST;
use crate::model::ARTICLE;
use crate::place::{At, Place};
use crate::store;

/// The most characters and articles that one paste takes.
const LONGEST: usize = 400_000;
const MANY: usize = 500;

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    text: String,
    publish: bool,
    /// `write`, `edit`, or anything else for the preview.
    action: String,
    idem: String,
}

/// A part of the text: a title, a chapter, a section …
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    /// 0 for the widest.
    level: usize,
    title: String,
}

/// What was found, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Found {
    Part(Part),
    Article { title: String, body: String },
}

/// What a pasted text is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Parsed {
    found: Vec<Found>,
    /// What stands before the first heading: it belongs to nothing and is left out.
    before: String,
}

impl Parsed {
    fn articles(&self) -> usize {
        self.found.iter().filter(|f| matches!(f, Found::Article { .. })).count()
    }

    fn parts(&self) -> usize {
        self.found.len() - self.articles()
    }
}

/// The words that open a part, the widest first; a line opens one when such a word is followed by a number and
/// by nothing or a separator: « Article 3 de la loi » in a sentence is not a heading.
const PARTS: [(&str, usize); 12] = [
    ("partie", 0),
    ("part", 0),
    ("livre", 1),
    ("book", 1),
    ("titre", 2),
    ("title", 2),
    ("chapitre", 3),
    ("chapter", 3),
    ("sous-section", 5),
    ("subsection", 5),
    ("section", 4),
    ("paragraphe", 6),
];
const ARTICLES: [&str; 2] = ["article", "art."];

/// A heading: its level (none: an article), the line, and what follows the number.
struct Heading<'a> {
    level: Option<usize>,
    line: &'a str,
    rest: &'a str,
}

fn heading(line: &str) -> Option<Heading<'_>> {
    let line = line.trim().trim_start_matches('#').trim().trim_matches('*').trim();
    if line.chars().count() > 250 {
        return None;
    }
    let (word, after) = line.split_once(char::is_whitespace)?;
    let word = word.to_lowercase();
    let level = match PARTS.iter().find(|(name, _)| *name == word) {
        Some((_, level)) => Some(*level),
        None if ARTICLES.contains(&word.as_str()) => None,
        None => return None,
    };
    let after = after.trim_start();
    let end = after.find(|c: char| c.is_whitespace() || ":–—".contains(c)).unwrap_or(after.len());
    let (number, rest) = after.split_at(end);
    if !is_number(number.trim_end_matches('.')) {
        return None;
    }
    let rest = rest.trim_start();
    // « Article 4 bis » and « Article 12-1 ter » are numbers, too.
    let rest =
        ["bis", "ter", "quater"].iter().find_map(|s| rest.strip_prefix(s)).unwrap_or(rest).trim_start();
    let separated = rest.is_empty() || number.ends_with('.') || rest.starts_with([':', '–', '—', '-', '.']);
    let rest = rest.trim_start_matches([':', '–', '—', '-', '.']).trim();
    separated.then_some(Heading { level, line, rest })
}

fn is_number(text: &str) -> bool {
    let lower = text.to_lowercase();
    let stem =
        ["ère", "ere", "er", "re", "st", "e"].iter().find_map(|s| lower.strip_suffix(s)).unwrap_or(&lower);
    let roman = |s: &str| !s.is_empty() && s.chars().all(|c| "ivxlc".contains(c));
    let digits = |s: &str| {
        s.chars().next().is_some_and(|c| c.is_ascii_digit())
            && s.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.')
    };
    // A letter and digits, as codes have: « L. 123-19-1 ».
    let code = |s: &str| {
        let mut chars = s.chars();
        chars.next().is_some_and(|c| "lrd".contains(c)) && digits(chars.as_str().trim_start_matches('.'))
    };
    ["unique", "premier", "première"].contains(&lower.as_str())
        || roman(stem)
        || roman(&lower)
        || digits(stem)
        || digits(&lower)
        || code(&lower)
}

/// Finds the parts and the articles of a text.
fn parse(source: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let mut lines = source.lines().peekable();
    while let Some(line) = lines.next() {
        match heading(line) {
            Some(Heading { level: Some(level), line, rest }) => {
                let mut title = line.to_owned();
                // « TITRE Ier » alone on its line: its name is the next line.
                if rest.is_empty() {
                    while lines.peek().is_some_and(|next| next.trim().is_empty()) {
                        lines.next();
                    }
                    let named = lines
                        .peek()
                        .filter(|next| heading(next).is_none() && next.trim().chars().count() <= 200);
                    if let Some(name) = named {
                        title = format!("{line} – {}", name.trim());
                        lines.next();
                    }
                }
                parsed.found.push(Found::Part(Part { level, title }));
            }
            Some(Heading { level: None, line, .. }) => {
                parsed.found.push(Found::Article { title: line.to_owned(), body: String::new() });
            }
            None => match parsed.found.last_mut() {
                Some(Found::Article { body, .. }) => {
                    body.push_str(line.trim_end());
                    body.push('\n');
                }
                // Words under the heading of a part, or before any heading, belong to no article.
                _ if !line.trim().is_empty() => {
                    parsed.before.push_str(line.trim());
                    parsed.before.push('\n');
                }
                _ => {}
            },
        }
    }
    for found in &mut parsed.found {
        if let Found::Article { body, .. } = found {
            *body = body.trim().to_owned();
        }
    }
    parsed
}

/// Every mistake that keeps the text from being written.
fn check(sent: &Sent, parsed: &Parsed) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::new();
    errors.text("text", &sent.text, 1, LONGEST, "consultation-admin-paste-empty");
    if errors.is_empty() {
        if parsed.articles() == 0 {
            errors.add("text", "consultation-admin-paste-none");
        } else if parsed.articles() > MANY {
            errors.add_with("text", "consultation-admin-paste-many", vec![("max", MANY.to_string())]);
        }
        for found in &parsed.found {
            let Found::Article { title, body } = found else { continue };
            if body.is_empty() {
                let args = vec![("title", title.clone())];
                errors.add_with("text", "consultation-admin-paste-without", args);
            } else if body.chars().count() > MOST.1 || title.chars().count() > MOST.0 {
                let args = vec![("title", text::extract(title, text::Format::Plain, 60))];
                errors.add_with("text", "consultation-admin-paste-long", args);
            }
        }
    }
    errors.check()
}

#[derive(Template)]
#[template(path = "admin/paste.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    sent: Sent,
    /// What was found, when it can be written.
    parsed: Option<Parsed>,
    /// Articles that are there already.
    already: usize,
}

impl View {
    fn publishes(&self) -> bool {
        self.sent.publish
    }
}

/// The form.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, already) = existing(&cx, &at).await?;
    Ok(answer(&cx, StatusCode::OK, place, already, Sent::default(), None, &FieldErrors::new()))
}

async fn existing(cx: &Ctx, at: &At) -> Result<(Place, usize), WebError> {
    super::load(cx, at, |tx, place| {
        boxed(async move { Ok::<_, Error>(store::official(tx, place.activity.id).await?.len()) })
    })
    .await
}

fn answer(
    cx: &Ctx,
    status: StatusCode,
    place: Place,
    already: usize,
    sent: Sent,
    parsed: Option<Parsed>,
    errors: &FieldErrors,
) -> Response {
    let t = cx.t();
    let page = super::page(cx, &place, t.get("consultation-admin-paste"))
        .crumb(t.get("consultation-admin-articles"), place.admin("articles"))
        .errors(errors);
    let nav = super::nav(cx, &place, "articles");
    cx.render_status(status, &View { page, place, nav, sent, parsed, already })
}

/// The preview, or the writing.
pub(super) async fn submit(cx: Ctx, at: At, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let (place, already) = existing(&cx, &at).await?;
    let me = super::editor(&cx)?;
    let none = FieldErrors::new();
    if sent.action == "edit" {
        return Ok(answer(&cx, StatusCode::OK, place, already, sent, None, &none));
    }
    let parsed = parse(&sent.text);
    if let Err(errors) = check(&sent, &parsed) {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(answer(&cx, status, place, already, sent, None, &errors));
    }
    if sent.action != "write" {
        return Ok(answer(&cx, StatusCode::OK, place, already, sent, Some(parsed), &none));
    }
    let (now, here) = (cx.now, place.clone());
    let locale = text::guess_locale(&sent.text, cx.locale());
    let limit = std::time::Duration::from_secs(30);
    let count = parsed.articles().to_string();
    let done = cx.store().write_within(limit, move |tx| {
        boxed(async move { write(tx, now, &me, &here, locale, &parsed, &sent).await })
    });
    done.await?;
    Ok(cx.redirect_with(place.admin("articles"), "consultation-admin-paste-done", &[("count", &count)]))
}

/// Writes the sections and the articles after those that are there.
async fn write(
    tx: &mut Tx<'_>,
    now: Millis,
    me: &Participant,
    place: &Place,
    locale: Locale,
    parsed: &Parsed,
    sent: &Sent,
) -> Result<(), Error> {
    if once::seen(tx, me.id, &sent.idem).await?.is_some() {
        return Ok(());
    }
    let activity = place.activity.id;
    // The parts that are open, the widest first, each with its level.
    let mut open: Vec<(usize, i64)> = vec![];
    for found in &parsed.found {
        match found {
            Found::Part(part) => {
                open.retain(|(level, _)| *level < part.level);
                let parent = open.last().map(|(_, id)| *id);
                let title = Localized::one(locale, part.title.as_str());
                let id = store::add_section(tx, activity, parent, &title, &Localized::default()).await?;
                open.push((part.level, id));
            }
            Found::Article { title, body } => {
                let draft = Draft {
                    kind: ARTICLE,
                    section_id: open.last().map(|(_, id)| *id),
                    title: title.clone(),
                    body: body.clone(),
                    official: true,
                    lang: Some(locale),
                    ..Draft::default()
                };
                let id = contribution::save_draft(tx, now, me, &place.activity, &draft, None).await?;
                if sent.publish {
                    contribution::publish(tx, now, me, id).await?;
                }
            }
        }
    }
    let detail =
        json!({ "sections": parsed.parts(), "articles": parsed.articles(), "published": sent.publish });
    audit::record(tx, now, Some(me.id), "text-pasted", &format!("activity:{activity}"), &detail).await?;
    once::remember(tx, now, me.id, &sent.idem, &place.admin("articles")).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(source: &str) -> Vec<String> {
        let line = |f: &Found| match f {
            Found::Part(p) => format!("{} {}", p.level, p.title),
            Found::Article { title, body } => format!("{title} = {body}"),
        };
        parse(source).found.iter().map(line).collect()
    }

    #[test]
    fn a_bill_is_split_into_its_parts_and_articles() {
        let source = "Exposé des motifs.\n\nTITRE Ier\n\nLA CIRCULATION DES DONNÉES\n\nChapitre 1er – Économie\n\
            Section 1 : Ouverture\n\nArticle 1er\nLes données sont ouvertes.\n\nArticle 3 de la loi du 17 juillet : abrogé.\n\
            Article 2 bis : Réutilisation\n I. – Libre.\nII. – Gratuite.\n\nTITRE II – DROITS\nArticle L123-19-1.\nFin.";
        assert_eq!(
            shape(source),
            [
                "2 TITRE Ier – LA CIRCULATION DES DONNÉES",
                "3 Chapitre 1er – Économie",
                "4 Section 1 : Ouverture",
                "Article 1er = Les données sont ouvertes.\n\nArticle 3 de la loi du 17 juillet : abrogé.",
                "Article 2 bis : Réutilisation =  I. – Libre.\nII. – Gratuite."
                    .replace("=  I", "= I")
                    .as_str(),
                "2 TITRE II – DROITS",
                "Article L123-19-1. = Fin.",
            ]
        );
        assert_eq!(parse(source).before, "Exposé des motifs.\n");
    }

    #[test]
    fn english_and_marked_headings_are_read_too() {
        assert_eq!(
            shape(
                "## Title I: Streets\n**Article 1**\nCars stop.\nPart of this is old.\nArticle two is not one."
            ),
            ["2 Title I: Streets", "Article 1 = Cars stop.\nPart of this is old.\nArticle two is not one."]
        );
    }

    #[test]
    fn what_cannot_be_written_is_said() {
        let keys = |source: &str| {
            let sent = Sent { text: source.into(), ..Sent::default() };
            let found = check(&sent, &parse(source)).err();
            found.map(|e| e.iter().map(|e| e.key).collect::<Vec<_>>()).unwrap_or_default()
        };
        assert_eq!(keys(""), ["consultation-admin-paste-empty"]);
        assert_eq!(keys("Bonjour."), ["consultation-admin-paste-none"]);
        assert_eq!(keys("Article 1\nArticle 2\nx"), ["consultation-admin-paste-without"]);
        assert_eq!(keys(&format!("Article 1\n{}", "x".repeat(50_001))), ["consultation-admin-paste-long"]);
        assert_eq!(keys(&"Article 1\nx\n".repeat(501)), ["consultation-admin-paste-many"]);
        assert_eq!(keys("Article 1\nx"), [""; 0]);
    }
}
