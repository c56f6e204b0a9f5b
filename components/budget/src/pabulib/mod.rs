//! Pabulib files: budgets that were held elsewhere come in, those of this site go out.
//!
//! A file becomes a closed budget in a process of its own, with its results. Its ballots stay *imported ballots*, apart
//! from those of the boxes of this site, and can be counted again from the open data. Importing the same file again
//! changes nothing.

pub mod export;
mod page;
pub(crate) mod problem;

use std::collections::BTreeMap;
use std::time::Duration;

use parvis_budgeting::pb::{self, Invalid, PbError, Reading};
use parvis_budgeting::{BallotKind, Completion, Decimal, Election, Rule, Rules as CountRules, Satisfaction};
use parvis_civic::Error;
use parvis_civic::journal::{self, Leaf};
use parvis_civic::process::{self, DAY, PhaseDraft, ProcessDraft};
use parvis_core::{Localized, Millis};
use parvis_ops::audit;
use parvis_store::{Store, Tx, boxed};
use parvis_transparency::canonical;
use serde::Serialize;
use serde_json::json;

use crate::model::{self, BallotRules, Rules};
use crate::store;
use crate::vote::choice::{Ballot, Choices};
use crate::vote::count::{self, Tallied};
use crate::vote::sealed::{Content, Entry, Envelope, Imported};

pub(crate) use page::{PATH, page, submit};

/// How long the one transaction of an import may last.
const LIMIT: Duration = Duration::from_secs(600);

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Something in the file, at a line.
    #[error("{file}")]
    File {
        /// The name of the file.
        file: String,
        /// What, and where.
        source: Box<PbError>,
    },
    /// Something that this site cannot hold or count, in a sentence.
    #[error("{file}: {reason}")]
    Whole {
        /// The name of the file.
        file: String,
        /// Why.
        reason: Unheld,
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

/// What this site cannot hold or count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unheld {
    /// Amounts of this site are whole cents.
    #[error("{0}: {1} has more than two decimals, or is too large")]
    Cents(String, String),
    /// The count refuses.
    #[error("it cannot be counted: {0}")]
    Count(String),
}

/// How to import.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Check and report, write nothing.
    pub dry_run: bool,
    /// The title of the process, instead of the one that the file suggests.
    pub title: Option<String>,
    /// Who does it, for the log of imports.
    pub actor: String,
    /// Their account, when they do it from the site.
    pub account: Option<i64>,
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Nothing was written.
    pub dry_run: bool,
    /// Where it is on the site; empty before the first import.
    pub path: String,
    /// Whether the file had been imported before: then nothing was written.
    pub already_there: bool,
    /// Its projects.
    pub projects: usize,
    /// Its ballots, counted ones.
    pub ballots: u64,
    /// Ballots that go beyond what the file allows, counted all the same.
    pub beyond: u64,
    /// Ballots that cannot be read, not counted.
    pub unread: u64,
    /// The rule by which it was counted.
    pub rule: String,
    /// How many projects win.
    pub winners: usize,
    /// Whether the winners are those that the file gives; none when it gives none.
    pub as_official: Option<bool>,
    /// What is odd in the file, but no reason to refuse it.
    pub warnings: Vec<Odd>,
}

/// Something odd in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Odd {
    /// The line, from 1.
    pub line: u64,
    /// What it is, in English, for the command line.
    pub text: String,
}

/// A file that was read and checked.
struct Batch {
    content: Content,
    ballots: Vec<(String, i64)>,
    sha256: String,
    results: serde_json::Value,
    report: Report,
    title: String,
    span: (Millis, Millis),
}

/// Imports a file, packed with gzip or not.
///
/// # Errors
/// The line that is wrong, nothing written; the database.
pub async fn run(
    store: &Store,
    now: Millis,
    name: &str,
    bytes: Vec<u8>,
    options: Options,
) -> Result<Report, Refused> {
    let file = name.to_owned();
    let batch = tokio::task::spawn_blocking(move || read(&file, &bytes, now))
        .await
        .map_err(|e| Error::Internal(format!("the import was interrupted: {e}")))??;
    let (sha256, dry_run) = (batch.sha256.clone(), options.dry_run);
    let there = store.read(move |tx| boxed(async move { there(tx, &sha256).await })).await?;
    let mut report = batch.report.clone();
    report.dry_run = dry_run;
    if let Some(path) = there {
        return Ok(Report { path, already_there: true, ..report });
    }
    if dry_run {
        return Ok(report);
    }
    Ok(store
        .write_within(LIMIT, move |tx| boxed(async move { write(tx, now, batch, &options).await }))
        .await?)
}

/// The address of the budget that the file of this fingerprint made.
async fn there(tx: &mut Tx<'_>, sha256: &str) -> Result<Option<String>, Error> {
    let Some(activity) = store::imports::of_file(tx, sha256).await? else { return Ok(None) };
    Ok(Some(path(tx, activity).await?))
}

async fn path(tx: &mut Tx<'_>, activity: i64) -> Result<String, Error> {
    let activity = process::activity(tx, activity).await?.ok_or(Error::NotFound)?;
    let process = process::find(tx, activity.process_id).await?.ok_or(Error::NotFound)?;
    Ok(format!("/p/{}/{}", process.slug, activity.slug))
}

/// The envelope of a file, before it has a number of this site.
const ENVELOPE: i64 = 0;

fn read(file: &str, bytes: &[u8], now: Millis) -> Result<Batch, Refused> {
    let at = |source| Refused::File { file: file.to_owned(), source: Box::new(source) };
    let unheld = |reason: Unheld| Refused::Whole { file: file.to_owned(), reason };
    let whole = |reason: String| unheld(Unheld::Count(reason));
    let unpacked = pb::unpack(bytes).map_err(at)?;
    let reading = pb::read(&unpacked, Invalid::AsCast).map_err(at)?;
    let content = content(file, &journal::sha256_hex(bytes), &reading).map_err(unheld)?;
    let tallied = tallied(&reading.election);
    let found = count::results(&content, None, &tallied).map_err(|e| whole(e.to_string()))?;
    let result = found.envelopes.first();
    let outcome = result.and_then(|e| e.outcome.as_ref());
    let winners = outcome.map(|o| o.selected.clone()).unwrap_or_default();
    let imported = content.imported.clone();
    let (beyond, unread, official) = imported.map(|i| (i.beyond, i.unread, i.official)).unwrap_or_default();
    let report = Report {
        dry_run: false,
        path: String::new(),
        already_there: false,
        projects: content.projects.len(),
        ballots: reading.election.ballots(),
        beyond,
        unread,
        rule: format!("{} ({})", content.count.rule, content.count.satisfaction),
        winners: winners.len(),
        as_official: official.map(|official| official == winners),
        warnings: reading.warnings.iter().map(|w| Odd { line: w.line, text: w.text.clone() }).collect(),
    };
    let ballots = tallied.ballots().map_err(|e| whole(e.to_string()))?;
    let text = |(ballot, n): (Ballot, u64)| {
        let text = canonical::to_text(&ballot.to_value()).map_err(|e| whole(e.to_string()))?;
        Ok::<_, Refused>((text, i64::try_from(n).unwrap_or(i64::MAX)))
    };
    Ok(Batch {
        ballots: ballots.into_iter().map(text).collect::<Result<_, _>>()?,
        sha256: journal::sha256_hex(bytes),
        results: serde_json::to_value(&found).map_err(|e| whole(e.to_string()))?,
        title: title(&reading, file),
        span: span(&reading, now),
        content,
        report,
    })
}

/// Amounts of this site are whole cents.
fn cents(what: &str, amount: &Decimal) -> Result<i64, Unheld> {
    amount.scaled(2).ok_or_else(|| Unheld::Cents(what.to_owned(), amount.to_string()))
}

fn content(file: &str, sha256: &str, reading: &Reading) -> Result<Content, Unheld> {
    let election = &reading.election;
    let budget: Decimal = reading
        .meta("budget")
        .unwrap_or("0")
        .parse()
        .map_err(|_| Unheld::Cents("budget".into(), String::new()))?;
    let mut projects = vec![];
    for project in election.projects() {
        let title = if project.name.is_empty() { project.id.as_str() } else { project.name.as_str() };
        projects.push(Entry {
            code: project.id.clone(),
            title: Localized::new(title, ""),
            cost: cents(&project.id, &project.cost)?,
            envelope: ENVELOPE,
        });
    }
    let name = ["subunit", "unit"].into_iter().filter_map(|key| reading.meta(key)).find(|v| !v.is_empty());
    let counted = reading.set_apart.iter().filter(|s| s.counted).count();
    // What is counted again, or repeats what stands elsewhere, is left out.
    let kept = |key: &str| {
        !matches!(key, "num_projects" | "num_votes" | "budget" | "vote_type")
            && !key.starts_with("min_")
            && !key.starts_with("max_")
    };
    let heading = reading.meta.iter().filter(|(key, _)| kept(key)).cloned().collect();
    Ok(Content {
        envelopes: vec![Envelope {
            id: ENVELOPE,
            name: Localized::new(name.unwrap_or("Budget"), ""),
            amount: cents("budget", &budget)?,
            everybody: true,
        }],
        projects,
        ballot: BallotRules::default(),
        count: rules(reading),
        imported: Some(Imported {
            file: file.chars().take(200).collect(),
            sha256: sha256.to_owned(),
            kind: election.kind(),
            limits: reading.limits,
            beyond: u64::try_from(counted).unwrap_or(u64::MAX),
            unread: u64::try_from(reading.set_apart.len() - counted).unwrap_or(u64::MAX),
            official: reading.official(),
            heading,
        }),
    })
}

/// The rule that a comment of ours tells.
fn told(comment: &str) -> Option<CountRules> {
    let words = comment.split_once(export::COUNTED)?.1;
    let mut words = words.split(';').next()?.split(", ");
    let rule = CountRules::new(words.next()?.parse().ok()?);
    let completion = words.next()?.strip_prefix("completion ")?.parse().ok()?;
    let satisfaction = words.next()?.strip_prefix("satisfaction ")?.trim().parse().ok()?;
    Some(rule.completion(completion).satisfaction(satisfaction))
}

/// The rule that the file names; what most cities do when it names none that is counted here.
pub(crate) fn rules(reading: &Reading) -> CountRules {
    let kind = reading.election.kind();
    let own = match kind {
        BallotKind::Approval | BallotKind::ChooseOne => Satisfaction::Cost,
        BallotKind::Cumulative | BallotKind::Scoring => Satisfaction::Points,
        BallotKind::Ordinal => Satisfaction::Ranks,
    };
    let named = reading.meta("rule").unwrap_or("").to_lowercase();
    let shares = |completion| CountRules::new(Rule::EqualShares).satisfaction(own).completion(completion);
    // What this program writes of a rule that the format has no name for.
    if let Some(told) = reading.meta("comment").and_then(told).filter(|_| named == "unknown") {
        return told;
    }
    match named.as_str() {
        "equalshares" => shares(Completion::None),
        "equalshares/add1" => shares(Completion::Add1u),
        // The result is that of the most wanted first when more voters prefer it.
        "equalshares/add1-comparison" => CountRules { comparison: true, ..shares(Completion::Add1u) },
        _ if own == Satisfaction::Cost => CountRules::new(Rule::Greedy),
        _ => CountRules::new(Rule::GreedyScore).satisfaction(own),
    }
}

/// The ballots of an election, equal ones together.
fn tallied(election: &Election) -> Tallied {
    let ids: Vec<&str> = election.projects().iter().map(|p| p.id.as_str()).collect();
    let id = |place: &u32| {
        let place = usize::try_from(*place).ok();
        place.and_then(|p| ids.get(p)).map_or_else(String::new, |id| (*id).to_owned())
    };
    let mut all = Tallied::default();
    for (number, chosen, points) in election.groups() {
        let choices = match election.kind() {
            BallotKind::Approval | BallotKind::ChooseOne => {
                let mut codes: Vec<String> = chosen.iter().map(id).collect();
                codes.sort_unstable();
                Choices::Approve(codes)
            }
            BallotKind::Ordinal => Choices::Rank(chosen.iter().map(id).collect()),
            BallotKind::Cumulative | BallotKind::Scoring => {
                let decimal = |n: &i64| Decimal::new(*n, election.point_decimals()).ok();
                let given = chosen.iter().zip(points);
                Choices::Points(given.filter_map(|(p, n)| Some((id(p), decimal(n)?))).collect())
            }
        };
        let ballot = Ballot(BTreeMap::from([(ENVELOPE.to_string(), choices)]));
        all.add_text(ballot.to_value().to_string(), number.into());
    }
    all
}

fn title(reading: &Reading, file: &str) -> String {
    let parts = ["unit", "subunit", "instance"].into_iter().filter_map(|key| reading.meta(key));
    let parts: Vec<&str> = parts.filter(|v| !v.trim().is_empty()).collect();
    let words = if parts.is_empty() { file.to_owned() } else { parts.join(", ") };
    words.chars().take(120).collect()
}

/// The first moment of the first day and the last of the last, where the file gives days (UTC); else one day before now.
fn span(reading: &Reading, now: Millis) -> (Millis, Millis) {
    let day = |key: &str| {
        let text = reading.meta(key)?;
        let mut parts = text.split(['.', '-', '/']);
        let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
        let (day, month, year) = if a.len() == 4 { (c, b, a) } else { (a, b, c) };
        let date = jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
        Some(jiff::tz::TimeZone::UTC.to_ambiguous_timestamp(date.into()).compatible().ok()?.as_millisecond())
    };
    let end = day("date_end").map_or(now, |at| at + DAY).min(now);
    let start = day("date_begin").filter(|at| *at < end).unwrap_or(end - DAY);
    (start, end)
}

async fn write(tx: &mut Tx<'_>, now: Millis, batch: Batch, options: &Options) -> Result<Report, Error> {
    // Somebody else may have imported it meanwhile; the unique index would refuse it too.
    if let Some(path) = there(tx, &batch.sha256).await? {
        return Ok(Report { path, already_there: true, ..batch.report });
    }
    let title = options.title.as_deref().map(str::trim).filter(|t| !t.is_empty()).unwrap_or(&batch.title);
    let (starts_at, ends_at) = batch.span;
    let process = process::create(tx, now, &draft(title, ends_at)).await?;
    let phase = PhaseDraft {
        title: Localized::new("Vote", "Vote"),
        description: Localized::default(),
        starts_at,
        ends_at,
    };
    let phase = process::add_phase(tx, now, process.id, &phase).await?;
    let name = Localized::new("Budget participatif", "Participatory budget");
    let activity = process::add_activity(tx, now, process.id, model::NAME, &name, Some(phase)).await?;
    let Batch { mut content, ballots, sha256, mut results, mut report, .. } = batch;
    let rules = Rules { count: content.count.clone(), ties_chosen: true, ..Rules::default() };
    store::set_rules(tx, activity.id, &rules.to_json()).await?;
    let envelope = content.envelopes.first().ok_or(Error::NotFound)?;
    let id = store::imports::add_envelope(tx, activity.id, &envelope.name.to_json(), envelope.amount).await?;
    content.envelopes.iter_mut().for_each(|e| e.id = id);
    content.projects.iter_mut().for_each(|p| p.envelope = id);
    for project in &content.projects {
        store::imports::add_project(tx, activity.id, project).await?;
    }
    // Ballots name the envelope by its number here.
    let (old, new) = (format!("{{\"{ENVELOPE}\":"), format!("{{\"{id}\":"));
    let ballots: Vec<(String, i64)> =
        ballots.into_iter().map(|(text, n)| (text.replacen(&old, &new, 1), n)).collect();
    results["envelopes"][0]["id"] = json!(id);
    store::imports::keep(tx, activity.id, &content, &sha256).await?;
    store::imports::add_ballots(tx, activity.id, &ballots).await?;
    process::publish(tx, now, process.id).await?;
    process::publish_activity(tx, now, activity.id).await?;
    let body = json!({
        "activity": activity.id,
        "file_sha256": sha256,
        "content_sha256": fingerprint(&content)?,
        "ballots_sha256": ballots_fingerprint(ballots.iter().map(|(b, n)| (b.as_str(), *n))),
    });
    journal::write(tx, now, Leaf::new("imported-budget").object("activity", activity.id).body(body)).await?;
    process::publish_results(tx, now, activity.id, &results).await?;
    report.path = path(tx, activity.id).await?;
    let words = serde_json::to_string(&report).map_err(|e| Error::Internal(e.to_string()))?;
    store::imports::log(tx, now, &options.actor, &words).await?;
    if options.account.is_some() {
        let added = json!({ "projects": report.projects, "ballots": report.ballots });
        audit::record(tx, now, options.account, "imported", &report.path, &added).await?;
    }
    Ok(report)
}

/// SHA-256 of what an imported budget is counted under.
///
/// # Errors
/// When it has no canonical form.
pub(crate) fn fingerprint(content: &Content) -> Result<String, Error> {
    let text = canonical::to_text(&content.to_value()).map_err(|e| Error::Internal(e.to_string()))?;
    Ok(journal::sha256_hex(text.as_bytes()))
}

/// SHA-256 of imported ballots in their order: each number, a space, the ballot, a line feed.
pub(crate) fn ballots_fingerprint<'b>(ballots: impl Iterator<Item = (&'b str, i64)>) -> String {
    let text: String = ballots.map(|(ballot, number)| format!("{number} {ballot}\n")).collect();
    journal::sha256_hex(text.as_bytes())
}

fn draft(title: &str, ends_at: Millis) -> ProcessDraft {
    let both = Localized::new;
    ProcessDraft {
        title: both(title, title),
        summary: both(
            "Un budget participatif tenu ailleurs, importé avec ses projets et ses bulletins.",
            "A participatory budget held elsewhere, imported with its projects and its ballots.",
        ),
        object: both(
            "Présenter un budget participatif terminé et son décompte. Rien n’y est plus décidé.",
            "To show a participatory budget that is over, and its count. Nothing more is decided in it.",
        ),
        perimeter: both("Celui du budget d’origine.", "That of the original budget."),
        duplicates_rule: both(
            "Règle de l’organisation d’origine, que l’import ne peut pas vérifier.",
            "A rule of the original organisation, which the import cannot check.",
        ),
        method_note: both(
            "Ce budget a eu lieu ailleurs. Ses projets et ses bulletins viennent d’un fichier public au format Pabulib ; \
             ce sont des **bulletins importés**, jamais mêlés à ceux déposés ici. Les résultats sont recomptés ici, par la \
             règle que le fichier nomme ou, à défaut, par celle de la plupart des villes. La date de réponse affichée est \
             inscrite par l’import : le fichier n’en donne pas.",
            "This budget was held elsewhere. Its projects and ballots come from a public file in the Pabulib format; they are \
             **imported ballots**, never mixed with those cast here. Results are counted again here, by the rule that the \
             file names or, failing that, by that of most cities. The date of the answer was set by the import: the file \
             gives none.",
        ),
        preset: "open".into(),
        answer_due_at: Some(ends_at + 90 * DAY),
        ..ProcessDraft::default()
    }
}
