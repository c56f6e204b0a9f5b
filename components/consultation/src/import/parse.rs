//! Reading and checking the files of a consultation. Pure: nothing is written.

use std::collections::{BTreeMap, HashMap, HashSet};

use parvis_civic::contribution::Totals;
use parvis_civic::text::guess_locale;
use parvis_core::{Locale, Millis};
use serde_json::json;

use super::csv_file::{Row, Rows};
use super::{Files, Problem, Reason, Votes};
use crate::model::{ARGUMENT, ARTICLE, PROPOSAL, SOURCE};

const OPINIONS: &[&str] = &[
    "id",
    "title",
    "section_id",
    "section",
    "section_subtitle",
    "created_at",
    "updated_at",
    "author_key",
    "author_is_vip",
    "is_trashed",
    "votes_ok",
    "votes_mitige",
    "votes_nok",
    "votes_total",
    "arguments_count",
    "sources_count",
    "body_text",
    "appendix_text",
    "url",
];
const ARGUMENTS: &[&str] =
    &["id", "opinion_id", "side", "created_at", "author_key", "is_trashed", "votes_count", "body"];
const SOURCES: &[&str] =
    &["id", "opinion_id", "title", "link", "category", "created_at", "author_key", "votes_count", "body"];

/// A section of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    /// Its key in the files.
    pub key: String,
    /// Its title.
    pub title: String,
}

/// One text to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub kind: &'static str,
    pub key: String,
    pub parent: Option<String>,
    pub section: Option<String>,
    pub side: Option<i64>,
    pub position: i64,
    pub official: bool,
    pub author: String,
    pub title: String,
    pub body: String,
    pub explanation: String,
    pub extra: String,
    pub lang: Locale,
    pub created_at: Millis,
    pub updated_at: Millis,
    pub totals: Totals,
    pub hidden: bool,
}

/// Everything that the files hold, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Batch {
    /// Where the consultation was held: the host of its addresses.
    pub origin: String,
    /// In the order of their numbers.
    pub sections: Vec<Section>,
    /// Texts first, then what is about them.
    pub texts: Vec<Text>,
    /// Pseudonyms, by the keys of the files.
    pub authors: BTreeMap<String, String>,
    /// The first and the last moment of an act.
    pub span: Option<(Millis, Millis)>,
    pub votes: Votes,
    pub warnings: Vec<Problem>,
}

/// Reads the three files.
///
/// # Errors
/// Every problem found, in the order of the files.
pub(super) fn read(files: &Files) -> Result<Batch, Vec<Problem>> {
    let mut problems = vec![];
    let mut batch = Batch::default();
    let opinions = Rows::read(&files.opinions, OPINIONS, &mut problems);
    let mut checks = Opinions::default();
    if let Ok(rows) = &opinions {
        checks.read(rows, &mut batch, &mut problems);
    }
    let arguments = Rows::read(&files.arguments, ARGUMENTS, &mut problems);
    if let (Ok(_), Ok(rows)) = (&opinions, &arguments) {
        each(rows, &mut problems, |row, i| argument(row, i, &mut checks, &mut batch));
    }
    let sources = Rows::read(&files.sources, SOURCES, &mut problems);
    if let (Ok(_), Ok(rows)) = (&opinions, &sources) {
        each(rows, &mut problems, |row, i| source(row, i, &mut checks, &mut batch));
    }
    problems.extend([opinions.err(), arguments.err(), sources.err()].into_iter().flatten());
    if !problems.is_empty() {
        return Err(problems);
    }
    checks.warn(&files.opinions.name, &mut batch);
    Ok(batch)
}

fn each(
    rows: &Rows,
    problems: &mut Vec<Problem>,
    mut read: impl FnMut(&Row<'_>, i64) -> Result<(), Problem>,
) {
    let mut seen: HashSet<String> = HashSet::new();
    for (i, row) in (1..).zip(rows.iter()) {
        let id = row.text("id").trim().to_owned();
        let done = row.number("id").and_then(|_| {
            if seen.insert(id.clone()) {
                return Ok(());
            }
            Err(row.problem("consultation-import-twice", [("id", id)]))
        });
        if let Err(problem) = done.and_then(|()| read(&row, i)) {
            problems.push(problem);
        }
    }
}

/// What the other files are checked against.
#[derive(Default)]
struct Opinions {
    /// Announced and found numbers of arguments and sources, by id.
    counts: HashMap<i64, Announced>,
    /// Ids of the opinions that are in the file but were refused: they have their own problem.
    refused: HashSet<i64>,
    sections: BTreeMap<i64, String>,
}

struct Announced {
    line: u64,
    announced: [i64; 2],
    found: [i64; 2],
}

impl Opinions {
    fn read(&mut self, rows: &Rows, batch: &mut Batch, problems: &mut Vec<Problem>) {
        let host = rows.iter().map(|row| host(row.text("url"))).find(|h| !h.is_empty());
        batch.origin = host.unwrap_or_else(|| "file".into());
        each(rows, problems, |row, i| self.opinion(row, i, batch));
        let ids = rows.iter().filter_map(|row| row.number("id").ok());
        self.refused = ids.filter(|id| !self.counts.contains_key(id)).collect();
        batch.sections = std::mem::take(&mut self.sections)
            .into_iter()
            .map(|(key, title)| Section { key: key.to_string(), title })
            .collect();
    }

    fn opinion(&mut self, row: &Row<'_>, i: i64, batch: &mut Batch) -> Result<(), Problem> {
        let id = row.number("id")?;
        let title = row.required("title")?;
        let vip = row.yes("author_is_vip")?;
        let number = if vip { article_number(&title) } else { None };
        let totals = Totals {
            r#for: row.number("votes_ok")?,
            mixed: row.number("votes_mitige")?,
            against: row.number("votes_nok")?,
        };
        let total = row.number("votes_total")?;
        if totals.sum() != total {
            let values = [("total", total.to_string()), ("sum", totals.sum().to_string())];
            return Err(row.problem("consultation-import-sum", values));
        }
        let section = self.section(row)?;
        let announced = [row.number("arguments_count")?, row.number("sources_count")?];
        let author = row.required("author_key")?;
        let created_at = row.moment("created_at")?;
        let body = row.required("body_text")?;
        let url = row.text("url").trim();
        let text = Text {
            kind: if number.is_some() { ARTICLE } else { PROPOSAL },
            key: format!("opinion:{id}"),
            parent: None,
            section,
            side: None,
            position: number.unwrap_or(i),
            official: vip,
            title,
            explanation: explanation(&row.words("appendix_text")),
            extra: if url.is_empty() { "{}".into() } else { json!({ "origin_url": url }).to_string() },
            lang: guess_locale(&body, Locale::Fr),
            body,
            created_at,
            updated_at: later(row, created_at)?,
            totals,
            hidden: row.yes("is_trashed")?,
            author,
        };
        self.counts.insert(id, Announced { line: row.line, announced, found: [0; 2] });
        batch.votes.r#for += totals.r#for;
        batch.votes.mixed += totals.mixed;
        batch.votes.against += totals.against;
        batch.votes.total += total;
        batch.take(text, vip);
        Ok(())
    }

    /// The section of an opinion: the same number always has the same title.
    fn section(&mut self, row: &Row<'_>) -> Result<Option<String>, Problem> {
        if row.text("section_id").trim().is_empty() {
            return Ok(None);
        }
        let key = row.number("section_id")?;
        let subtitle = row.words("section_subtitle");
        let title = if subtitle.is_empty() { row.required("section")? } else { subtitle };
        match self.sections.get(&key) {
            Some(known) if *known != title => {
                let values = [("section", key.to_string()), ("here", title), ("above", known.clone())];
                Err(row.problem("consultation-import-section", values))
            }
            _ => {
                self.sections.insert(key, title);
                Ok(Some(key.to_string()))
            }
        }
    }

    /// The opinion that a row is about.
    fn parent(&mut self, row: &Row<'_>, which: usize) -> Result<String, Problem> {
        let id = row.number("opinion_id")?;
        match self.counts.get_mut(&id) {
            Some(announced) => {
                announced.found[which] += 1;
                Ok(format!("opinion:{id}"))
            }
            // Nothing will be imported: what is wrong was said once, at the opinion.
            None if self.refused.contains(&id) => Ok(format!("opinion:{id}")),
            None => Err(row.problem("consultation-import-orphan", [("id", id.to_string())])),
        }
    }

    fn warn(&self, file: &str, batch: &mut Batch) {
        let mut odd: Vec<(&i64, &Announced)> =
            self.counts.iter().filter(|(_, a)| a.announced != a.found).collect();
        odd.sort_by_key(|(_, a)| a.line);
        for (id, a) in odd {
            let values = [
                ("id", id.to_string()),
                ("arguments", a.announced[0].to_string()),
                ("sources", a.announced[1].to_string()),
                ("arguments-found", a.found[0].to_string()),
                ("sources-found", a.found[1].to_string()),
            ];
            let reason = Reason::new("consultation-import-announced", values);
            batch.warnings.push(Problem { file: file.to_owned(), line: a.line, reason });
        }
    }
}

impl Batch {
    fn take(&mut self, text: Text, vip: bool) {
        let (first, last) = self.span.unwrap_or((text.created_at, text.created_at));
        self.span = Some((first.min(text.created_at), last.max(text.created_at)));
        let pseudonym = if vip { official_name(&self.origin) } else { pseudonym(&text.author) };
        let known = self.authors.entry(text.author.clone()).or_insert_with(|| pseudonym.clone());
        if vip {
            *known = pseudonym;
        }
        self.texts.push(text);
    }
}

fn argument(row: &Row<'_>, i: i64, opinions: &mut Opinions, batch: &mut Batch) -> Result<(), Problem> {
    let side = match row.text("side").trim() {
        "pour" => 1,
        "contre" => -1,
        other => return Err(row.problem("consultation-import-side", [("text", other.to_owned())])),
    };
    let support = row.number("votes_count")?;
    let created_at = row.moment("created_at")?;
    let body = row.required("body")?;
    let text = Text {
        kind: ARGUMENT,
        key: format!("argument:{}", row.number("id")?),
        author: row.required("author_key")?,
        hidden: row.yes("is_trashed")?,
        parent: Some(opinions.parent(row, 0)?),
        section: None,
        side: Some(side),
        position: i,
        official: false,
        title: String::new(),
        lang: guess_locale(&body, Locale::Fr),
        body,
        explanation: String::new(),
        extra: "{}".into(),
        created_at,
        updated_at: created_at,
        totals: Totals { r#for: support, ..Totals::default() },
    };
    batch.votes.arguments += support;
    batch.take(text, false);
    Ok(())
}

fn source(row: &Row<'_>, i: i64, opinions: &mut Opinions, batch: &mut Batch) -> Result<(), Problem> {
    let support = row.number("votes_count")?;
    let created_at = row.moment("created_at")?;
    let link = row.required("link")?;
    let is_web = link.starts_with("http://") || link.starts_with("https://");
    if !is_web || link.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"".contains(c)) {
        return Err(row.problem("consultation-import-link", [("text", link)]));
    }
    let category = row.words("category");
    let extra = json!({ "link": link, "category": category_code(&category), "origin_category": category });
    let body = row.words("body");
    let text = Text {
        kind: SOURCE,
        key: format!("source:{}", row.number("id")?),
        author: row.required("author_key")?,
        title: row.required("title")?,
        parent: Some(opinions.parent(row, 1)?),
        section: None,
        side: None,
        position: i,
        official: false,
        lang: guess_locale(&body, Locale::Fr),
        body,
        explanation: String::new(),
        extra: extra.to_string(),
        created_at,
        updated_at: created_at,
        totals: Totals { r#for: support, ..Totals::default() },
        hidden: false,
    };
    batch.votes.sources += support;
    batch.take(text, false);
    Ok(())
}

/// When a text last changed: never before it was published.
fn later(row: &Row<'_>, created_at: Millis) -> Result<Millis, Problem> {
    if row.text("updated_at").trim().is_empty() {
        return Ok(created_at);
    }
    Ok(row.moment("updated_at")?.max(created_at))
}

/// The number of an article in a title such as `Article 9 - …`.
fn article_number(title: &str) -> Option<i64> {
    let (number, rest) = title.strip_prefix("Article ")?.split_once(' ')?;
    let number = number.parse().ok()?;
    rest.starts_with(['-', '–', '—', ':']).then_some(number)
}

/// An explanation without the label that the platform put before it.
fn explanation(text: &str) -> String {
    let rest = text
        .strip_prefix("[Explication de l'article]")
        .or_else(|| text.strip_prefix("[Explication de l’article]"))
        .unwrap_or(text);
    rest.trim().to_owned()
}

fn host(url: &str) -> String {
    let rest = url.trim().split_once("://").map_or("", |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.trim_start_matches("www.").to_ascii_lowercase()
}

/// The name of the organisation that put the text to consultation.
fn official_name(origin: &str) -> String {
    if super::frame::is_digital_republic(origin) { "Gouvernement".into() } else { "Organisation".into() }
}

/// A pseudonym from a key of the files: `u_13b4cd746036` is `Participant 13b4cd`.
fn pseudonym(key: &str) -> String {
    let key = key.strip_prefix("u_").unwrap_or(key);
    let short: String = key.chars().filter(char::is_ascii_alphanumeric).take(6).collect();
    format!("Participant {short}")
}

fn category_code(category: &str) -> &'static str {
    match category {
        "Site internet" => "website",
        "Articles de presse" => "press",
        "Lois et règlements" => "law",
        "Rapport / Étude" => "report",
        "Billet de blog" => "blog",
        "Article scientifique" | "Thèse / Mémoire" => "paper",
        "Document audiovisuel / iconographique" => "audiovisual",
        _ => "other",
    }
}
