//! `parvis import`: what was done elsewhere.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use parvis_budget::pabulib;
use parvis_consultation::import::{self, File, Files, Options, Refused, Report};
use parvis_core::{Clock as _, SystemClock};

use super::{Outcome, file_name, read, say};
use crate::config::At;
use crate::open;

/// Import what was done elsewhere.
#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    kind: Kind,
}

/// What is imported.
#[derive(Debug, Subcommand)]
enum Kind {
    /// A consultation by article: its texts, arguments, sources and totals
    Consultation(Consultation),
    /// A participatory budget in the Pabulib format: its projects, its ballots, counted again
    Pabulib(Pabulib),
    #[command(external_subcommand)]
    Other(Vec<String>),
}

#[derive(Debug, Args)]
struct Consultation {
    #[command(flatten)]
    at: At,
    /// Articles and proposals, CSV
    #[arg(long, value_name = "FILE")]
    opinions: PathBuf,
    /// Arguments, CSV
    #[arg(long, value_name = "FILE")]
    arguments: PathBuf,
    /// Sources, CSV
    #[arg(long, value_name = "FILE")]
    sources: PathBuf,
    /// The title of the process, instead of the one that the files suggest
    #[arg(long)]
    title: Option<String>,
    /// Check and report, write nothing
    #[arg(long)]
    dry_run: bool,
    /// The report as one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct Pabulib {
    #[command(flatten)]
    at: At,
    /// The file, packed with gzip or not
    #[arg(value_name = "FILE.pb")]
    file: PathBuf,
    /// The title of the process, instead of the one that the file suggests
    #[arg(long)]
    title: Option<String>,
    /// Check and report, write nothing
    #[arg(long)]
    dry_run: bool,
    /// The report as one JSON object
    #[arg(long)]
    json: bool,
}

impl Import {
    pub(super) async fn run(self) -> Result<Outcome> {
        match self.kind {
            Kind::Consultation(consultation) => consultation.run().await,
            Kind::Pabulib(pabulib) => pabulib.run().await,
            Kind::Other(words) => {
                let kind = words.first().map_or("", String::as_str);
                bail!("import {kind}: this version imports only: consultation, pabulib")
            }
        }
    }
}

impl Consultation {
    async fn run(self) -> Result<Outcome> {
        let file =
            |path: &PathBuf| Ok::<_, anyhow::Error>(File { name: file_name(path), bytes: read(path)? });
        let files = Files {
            opinions: file(&self.opinions)?,
            arguments: file(&self.arguments)?,
            sources: file(&self.sources)?,
        };
        let target = self.at.target();
        let store = open::existing(&target).await?;
        let options = Options {
            dry_run: self.dry_run,
            title: self.title.clone(),
            actor: "parvis import".into(),
            account: None,
        };
        let done = import::run(&store, SystemClock.now(), files, options).await;
        store.close().await;
        match done {
            Ok(report) => {
                self.print(&report)?;
                Ok(Outcome::Done)
            }
            Err(Refused::Rows { problems, total }) => {
                let mut err = std::io::stderr().lock();
                for problem in &problems {
                    let _ = writeln!(err, "{problem}");
                }
                if total > problems.len() {
                    let _ = writeln!(err, "… and {} more", total - problems.len());
                }
                bail!(
                    "{} cannot be imported, so nothing was",
                    if total == 1 { "a row".into() } else { format!("{total} rows") }
                )
            }
            Err(Refused::Civic(e)) => {
                Err(anyhow::Error::new(e).context("the import failed, nothing was written"))
            }
        }
    }

    fn print(&self, report: &Report) -> Result<()> {
        for warning in report.warnings.iter().take(import::NAMED) {
            tracing::warn!("{warning}");
        }
        if self.json {
            say(serde_json::to_string(report)?);
            return Ok(());
        }
        let verb = if report.dry_run { "would be added" } else { "added" };
        let a = &report.added;
        let b = &report.already_there;
        let row = |what: &str, added: usize, known: usize| {
            say(format!("{what:<10} {added:>6} {verb}, {known:>6} already there"))
        };
        row("sections", a.sections, b.sections);
        row("articles", a.articles, b.articles);
        row("proposals", a.proposals, b.proposals);
        row("arguments", a.arguments, b.arguments);
        row("sources", a.sources, b.sources);
        row("authors", a.authors, b.authors);
        let v = &report.imported_votes;
        say(format!(
            "imported votes: {} for, {} mixed, {} against ({} in all), never mixed with votes cast here",
            v.r#for, v.mixed, v.against, v.total
        ));
        if !report.warnings.is_empty() {
            say(format!("{} oddities in the files, see the log", report.warnings.len()));
        }
        if report.dry_run {
            say("nothing was written (dry run)");
        } else {
            say(format!("the consultation is at {}", report.path));
        }
        Ok(())
    }
}

impl Pabulib {
    async fn run(self) -> Result<Outcome> {
        let bytes = read(&self.file)?;
        let store = open::existing(&self.at.target()).await?;
        let options = pabulib::Options {
            dry_run: self.dry_run,
            title: self.title.clone(),
            actor: "parvis import".into(),
            account: None,
        };
        let name = file_name(&self.file);
        let done = pabulib::run(&store, SystemClock.now(), &name, bytes, options).await;
        store.close().await;
        let report = match done {
            Ok(report) => report,
            Err(pabulib::Refused::Civic(e)) => {
                return Err(anyhow::Error::new(e).context("the import failed, nothing was written"));
            }
            Err(refused) => {
                return Err(
                    anyhow::Error::new(refused).context("the budget cannot be imported, so nothing was")
                );
            }
        };
        for odd in report.warnings.iter().take(import::NAMED) {
            tracing::warn!("{}:{}: {}", self.file.display(), odd.line, odd.text);
        }
        if self.json {
            say(serde_json::to_string(&report)?);
            return Ok(Outcome::Done);
        }
        say(format!(
            "{} projects, {} ballots counted by {}, {} winners",
            report.projects, report.ballots, report.rule, report.winners
        ));
        if report.beyond + report.unread > 0 {
            say(format!(
                "{} ballots beyond what the file allows, counted all the same; {} unreadable, not counted",
                report.beyond, report.unread
            ));
        }
        match report.as_official {
            Some(true) => say("the winners are those that the file gives"),
            Some(false) => say("the file gives other winners: its city followed another rule"),
            None => {}
        }
        if report.already_there {
            say(format!("this file was already imported: {}", report.path));
        } else if report.dry_run {
            say("nothing was written (dry run)");
        } else {
            say(format!("the budget is at {}", report.path));
        }
        Ok(Outcome::Done)
    }
}
