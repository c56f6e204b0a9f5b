//! Importing a consultation that was held elsewhere: its sections, texts, arguments, sources and totals.
//!
//! Everything is read and checked first; one bad row and nothing is written. What is written is written in one
//! transaction. Each text keeps its key in the files, so that importing them again changes nothing.
//!
//! Individual votes were never published: the totals of the files stay *imported totals*, apart from the votes
//! cast here, on every page and in every export.

mod csv_file;
mod frame;
mod page;
mod parse;
mod problem;
mod store;

use std::collections::BTreeMap;
use std::time::Duration;

use parvis_civic::{Error, contribution, process};
use parvis_core::{Locale, Millis};
use parvis_ops::audit;
use parvis_store::{Store, Tx, boxed};
use serde::Serialize;
use serde_json::json;

use crate::model::{ARGUMENT, ARTICLE, PROPOSAL, SOURCE};
use parse::Batch;

pub(crate) use page::{PATH, page, submit};
pub use problem::{Problem, Reason};

/// How long the one transaction of an import may last.
const LIMIT: Duration = Duration::from_secs(600);
/// How many bad rows are named; the others are counted.
pub const NAMED: usize = 50;

/// One file of an import.
#[derive(Debug, Clone)]
pub struct File {
    /// Its name, for messages.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The files of a consultation.
#[derive(Debug, Clone)]
pub struct Files {
    /// Articles and proposals.
    pub opinions: File,
    /// Arguments for and against.
    pub arguments: File,
    /// Sources.
    pub sources: File,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Some rows are wrong: the first ones, and how many there are in all.
    #[error("{total} rows cannot be imported, so nothing was")]
    Rows {
        /// At most [`NAMED`] of them, in the order of the files.
        problems: Vec<Problem>,
        /// How many there are.
        total: usize,
    },
    /// The database.
    #[error(transparent)]
    Civic(#[from] Error),
}

impl From<parvis_store::Error> for Refused {
    fn from(e: parvis_store::Error) -> Self {
        Self::Civic(e.into())
    }
}

/// How to import.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Check and report, write nothing.
    pub dry_run: bool,
    /// The title of the process, instead of the one that the files suggest.
    pub title: Option<String>,
    /// Who does it, for the log of imports.
    pub actor: String,
    /// Their account, when they do it from the site: it is then in the audit log too.
    pub account: Option<i64>,
}

/// How many of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Sections of the text.
    pub sections: usize,
    /// Official articles.
    pub articles: usize,
    /// Proposals.
    pub proposals: usize,
    /// Arguments.
    pub arguments: usize,
    /// Sources.
    pub sources: usize,
    /// Authors.
    pub authors: usize,
}

impl Counts {
    fn add(&mut self, kind: &str) {
        match kind {
            ARTICLE => self.articles += 1,
            PROPOSAL => self.proposals += 1,
            ARGUMENT => self.arguments += 1,
            SOURCE => self.sources += 1,
            _ => {}
        }
    }

    fn is_zero(&self) -> bool {
        *self == Self::default()
    }
}

/// The totals that came with the files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Votes {
    /// On articles and proposals.
    pub r#for: i64,
    /// On articles and proposals.
    pub mixed: i64,
    /// On articles and proposals.
    pub against: i64,
    /// The three together.
    pub total: i64,
    /// Supports of arguments.
    pub arguments: i64,
    /// Supports of sources.
    pub sources: i64,
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Nothing was written, whatever the counts say.
    pub dry_run: bool,
    /// Where it is on the site: `/p/…/…`; empty before the first import.
    pub path: String,
    /// What was (or would be) added.
    pub added: Counts,
    /// What was already there from an earlier import.
    pub already_there: Counts,
    /// The totals in the files.
    pub imported_votes: Votes,
    /// What is odd in the files, but no reason to refuse them.
    pub warnings: Vec<Problem>,
}

/// Imports the files into the site.
///
/// # Errors
/// [`Refused::Rows`] with every bad row, nothing written; the database.
pub async fn run(store: &Store, now: Millis, files: Files, options: Options) -> Result<Report, Refused> {
    let batch = tokio::task::spawn_blocking(move || parse::read(&files))
        .await
        .map_err(|e| Error::Internal(format!("the import was interrupted: {e}")))?;
    let batch = batch.map_err(|problems| {
        let total = problems.len();
        Refused::Rows { problems: problems.into_iter().take(NAMED).collect(), total }
    })?;
    if options.dry_run {
        return Ok(store.read(move |tx| boxed(async move { preview(tx, &batch).await })).await?);
    }
    let report = store
        .write_within(LIMIT, move |tx| boxed(async move { write(tx, now, &batch, &options).await }))
        .await?;
    Ok(report)
}

/// What an import would do.
async fn preview(tx: &mut Tx<'_>, batch: &Batch) -> Result<Report, Error> {
    let mut report = report(batch, true);
    let place = store::place(tx, &batch.origin).await?;
    let known = match &place {
        Some(place) => store::known_keys(tx, place.activity).await?,
        None => Default::default(),
    };
    if let Some(place) = &place {
        report.path = path(tx, place.activity).await?;
    }
    for text in &batch.texts {
        let counts = if known.contains(&text.key) { &mut report.already_there } else { &mut report.added };
        counts.add(text.kind);
    }
    let has = |key: &str| place.as_ref().is_some_and(|p| p.sections.contains_key(key));
    report.already_there.sections = batch.sections.iter().filter(|s| has(&s.key)).count();
    report.added.sections = batch.sections.len() - report.already_there.sections;
    for key in batch.authors.keys() {
        let there = store::has_author(tx, &author_key(batch, key)).await?;
        *if there { &mut report.already_there.authors } else { &mut report.added.authors } += 1;
    }
    Ok(report)
}

fn report(batch: &Batch, dry_run: bool) -> Report {
    Report {
        dry_run,
        path: String::new(),
        added: Counts::default(),
        already_there: Counts::default(),
        imported_votes: batch.votes,
        warnings: batch.warnings.clone(),
    }
}

fn author_key(batch: &Batch, key: &str) -> String {
    format!("{}:{key}", batch.origin)
}

async fn path(tx: &mut Tx<'_>, activity: i64) -> Result<String, Error> {
    let activity = process::activity(tx, activity).await?.ok_or(Error::NotFound)?;
    let process = process::find(tx, activity.process_id).await?.ok_or(Error::NotFound)?;
    Ok(format!("/p/{}/{}", process.slug, activity.slug))
}

/// Writes everything, in the order of the files.
async fn write(tx: &mut Tx<'_>, now: Millis, batch: &Batch, options: &Options) -> Result<Report, Error> {
    let mut report = report(batch, false);
    let found = store::place(tx, &batch.origin).await?;
    let is_new = found.is_none();
    let mut place = match found {
        Some(place) => place,
        None => frame::create(tx, now, batch, options.title.as_deref()).await?,
    };
    for section in &batch.sections {
        if place.sections.contains_key(&section.key) {
            report.already_there.sections += 1;
            continue;
        }
        let title = parvis_core::Localized::one(Locale::Fr, section.title.as_str());
        let id = crate::store::add_section(tx, place.activity, None, &title, &Default::default()).await?;
        place.sections.insert(section.key.clone(), id);
        report.added.sections += 1;
    }
    let activity = process::activity(tx, place.activity).await?.ok_or(Error::NotFound)?;
    let mut authors: BTreeMap<&str, i64> = BTreeMap::new();
    for (key, pseudonym) in &batch.authors {
        let key_there = author_key(batch, key);
        let there = store::has_author(tx, &key_there).await?;
        let id = contribution::imported_author(tx, now, &key_there, pseudonym, Locale::Fr).await?;
        authors.insert(key, id);
        *if there { &mut report.already_there.authors } else { &mut report.added.authors } += 1;
    }
    let mut ids: BTreeMap<&str, i64> = BTreeMap::new();
    for text in &batch.texts {
        let parent_id = text.parent.as_deref().and_then(|p| ids.get(p)).copied();
        let author_id = *authors.get(text.author.as_str()).ok_or(Error::NotFound)?;
        let imported = contribution::Imported {
            kind: text.kind,
            origin_key: &text.key,
            parent_id,
            section_id: text.section.as_ref().and_then(|s| place.sections.get(s)).copied(),
            side: text.side,
            position: text.position,
            official: text.official,
            author_id,
            title: &text.title,
            body: &text.body,
            explanation: &text.explanation,
            extra: &text.extra,
            lang: text.lang,
            published_at: text.created_at,
            updated_at: text.updated_at,
            totals: text.totals,
            hidden: text.hidden,
        };
        let (id, added) = contribution::import(tx, now, &activity, &imported).await?;
        if text.parent.is_none() {
            ids.insert(&text.key, id);
        }
        if added { &mut report.added } else { &mut report.already_there }.add(text.kind);
    }
    if is_new {
        process::record_moments(tx, now).await?;
    }
    report.path = path(tx, place.activity).await?;
    if !report.added.is_zero() {
        store::keep_place(tx, &batch.origin, &place).await?;
        let words = serde_json::to_string(&report).map_err(|e| Error::Internal(e.to_string()))?;
        store::log(tx, now, &options.actor, &words).await?;
    }
    if options.account.is_some() {
        let added = json!({ "added": report.added });
        audit::record(tx, now, options.account, "imported", &report.path, &added).await?;
    }
    Ok(report)
}

#[cfg(test)]
mod tests;
