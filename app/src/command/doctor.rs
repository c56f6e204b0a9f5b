//! `parvis doctor`: unsafe settings, and how to mend them.

use anyhow::Result;
use clap::Args;
use parvis_civic::settings::{self, Settings};
use parvis_ops::{jobs, mail};
use parvis_store::{Finding, Store, boxed};
use serde::Serialize;

use super::{Outcome, say};
use crate::config::{self, Flags, Serving};
use crate::open;

/// Look for unsafe settings, and say how to mend them.
#[derive(Debug, Args)]
pub struct Doctor {
    #[command(flatten)]
    flags: Flags,
    /// The findings as one JSON object
    #[arg(long)]
    json: bool,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    /// As it must be.
    Ok,
    /// Works, should be mended before people come.
    Advice,
    /// Unsafe: data or people are at risk.
    Unsafe,
}

#[derive(Debug, Serialize)]
struct Line {
    name: String,
    level: Level,
    found: String,
    mend: String,
}

impl Doctor {
    pub(super) async fn run(self) -> Result<Outcome> {
        let serving = self.flags.resolve()?;
        let store = open::untouched(&serving.target).await?;
        let looked = look(&store, &serving).await;
        store.close().await;
        let lines = looked?;
        let is_safe = lines.iter().all(|l| l.level != Level::Unsafe);
        if self.json {
            say(serde_json::json!({ "ok": is_safe, "findings": lines }));
        } else {
            for line in &lines {
                let mark = match line.level {
                    Level::Ok => "ok    ",
                    Level::Advice => "advice",
                    Level::Unsafe => "UNSAFE",
                };
                say(format!("{mark} {}: {}", line.name, line.found));
                if !line.mend.is_empty() {
                    say(format!("       → {}", line.mend));
                }
            }
        }
        Ok(if is_safe { Outcome::Done } else { Outcome::Wrong })
    }
}

fn line(name: &str, level: Level, found: impl Into<String>, mend: &str) -> Line {
    let mend = if level == Level::Ok { String::new() } else { mend.to_owned() };
    Line { name: name.into(), level, found: found.into(), mend }
}

async fn look(store: &Store, serving: &Serving) -> Result<Vec<Line>> {
    let mut lines: Vec<Line> = store.check().await?.iter().map(of_store).collect();
    let applied = store.applied().await.unwrap_or_default();
    let missing: Vec<String> = crate::compose::migrations()
        .iter()
        .flat_map(|m| m.steps.iter().map(move |(name, _)| (m.set.to_owned(), (*name).to_owned())))
        .filter(|step| !applied.contains(step))
        .map(|(set, name)| format!("{set}/{name}"))
        .collect();
    if !missing.is_empty() {
        let found = format!("{} steps are missing ({} …)", missing.len(), missing[0]);
        lines.push(line(
            "tables",
            Level::Advice,
            found,
            "start parvis serve once: it makes a backup and brings them up to date",
        ));
        return Ok(lines);
    }
    lines.push(line("tables", Level::Ok, "up to date", ""));
    let (site, (waiting, failed), held) = store
        .read(|tx| {
            boxed(async move {
                let site = settings::load(tx).await?;
                let held = mail::count(tx, mail::Status::Held).await?;
                Ok::<_, parvis_civic::Error>((site, jobs::counts(tx).await?, held))
            })
        })
        .await?;
    of_serving(&mut lines, serving);
    of_site(&mut lines, &site);
    let found = format!("{waiting} wait, {failed} were given up");
    let level = if failed > 0 { Level::Advice } else { Level::Ok };
    lines.push(line("jobs", level, found, "see Administration → Mails and jobs"));
    if held > 0 {
        lines.push(line(
            "mails-held",
            Level::Advice,
            format!("{held} mails wait for a mail server"),
            "set a mail server, then send them again from the outbox",
        ));
    }
    Ok(lines)
}

/// What to do about a setting of the engine.
fn of_store(finding: &Finding) -> Line {
    let mend = match finding.code {
        "sqlite-journal" => "the folder must be on a disk of this machine, not on a network share",
        "sqlite-integrity" | "sqlite-references" => {
            "stop the site, keep the file, and restore the last backup"
        }
        "postgres-fsync" => "set fsync = on in postgresql.conf and restart PostgreSQL",
        "postgres-synchronous-commit" => "set synchronous_commit = on for this database",
        "postgres-full-page-writes" => "set full_page_writes = on in postgresql.conf",
        "postgres-encoding" => "make the database with encoding UTF8 and restore a backup into it",
        "postgres-version" => "use PostgreSQL 15 or newer",
        _ => "report it: the program sets this itself",
    };
    let level = if finding.ok { Level::Ok } else { Level::Unsafe };
    let found = if finding.ok {
        finding.value.clone()
    } else {
        format!("{} (must be {})", finding.value, finding.expected)
    };
    line(finding.code, level, found, mend)
}

fn of_serving(lines: &mut Vec<Line>, serving: &Serving) {
    match &serving.public_url {
        None => lines.push(line(
            "public-url",
            Level::Advice,
            "not given: mails lead to this machine",
            "give --public-url https://… (or public_url in parvis.toml)",
        )),
        Some(url) if url.starts_with("https://") => lines.push(line("public-url", Level::Ok, url, "")),
        Some(url) if config::is_local(url) => {
            lines.push(line(
                "public-url",
                Level::Advice,
                format!("{url} is this machine only"),
                "give the address people type",
            ));
        }
        Some(url) => lines.push(line(
            "public-url",
            Level::Unsafe,
            format!("{url} is not protected: passwords and sessions go in clear"),
            "put a reverse proxy with TLS before the site and give its https:// address",
        )),
    }
    if serving.insecure_http {
        lines.push(line(
            "insecure-http",
            Level::Unsafe,
            "session cookies go in clear",
            "serve with TLS and take insecure_http away",
        ));
    }
    if serving.unlimited {
        lines.push(line(
            "rates",
            Level::Unsafe,
            "no limit on what one address may do",
            "take PARVIS_RATES away",
        ));
    }
    let open = !serving.listen.ip().is_loopback();
    if open && serving.trusted_proxy {
        lines.push(line(
            "trusted-proxy",
            Level::Unsafe,
            format!("listening on {} and believing X-Forwarded-For from anyone", serving.listen),
            "listen on 127.0.0.1 behind the proxy, or take trusted_proxy away",
        ));
    }
    match &serving.smtp {
        Some(smtp) => lines.push(line(
            "mail",
            Level::Ok,
            format!("{}:{}, from {}", smtp.host, smtp.port, smtp.from),
            "",
        )),
        None => lines.push(line(
            "mail",
            Level::Advice,
            "no mail server: mails stay in the outbox, nobody can sign in by mail",
            "set PARVIS_SMTP=smtp://user:password@host:587?from=address (or smtp in parvis.toml)",
        )),
    }
}

fn of_site(lines: &mut Vec<Line>, site: &Settings) {
    if !site.ready {
        lines.push(line(
            "set-up",
            Level::Advice,
            "not set up yet",
            "start parvis serve and open the address it prints, or parvis init",
        ));
        return;
    }
    lines.push(line("set-up", Level::Ok, site.name.get(site.default_locale), ""));
    if site.demo {
        lines.push(line(
            "demonstration",
            Level::Advice,
            "this site says that it is fictional",
            "make a new site with parvis init for a real one",
        ));
    }
    let missing: Vec<&str> = [
        ("director of publication", site.publisher.is_empty()),
        ("host", site.host.is_empty()),
        ("legal notices", site.legal.is_empty()),
        ("contact", site.contact.is_empty() && site.contact_email.is_empty()),
    ]
    .into_iter()
    .filter_map(|(name, is_missing)| is_missing.then_some(name))
    .collect();
    if missing.is_empty() {
        lines.push(line("legal-notices", Level::Ok, "written", ""));
    } else {
        let found = format!("missing: {}", missing.join(", "));
        lines.push(line(
            "legal-notices",
            Level::Advice,
            found,
            "write them in Administration → Settings (LCEN article 1-1)",
        ));
    }
    if site.audit.is_none() {
        lines.push(line(
            "accessibility",
            Level::Advice,
            "no audit entered: the statement says « non conforme »",
            "have the site audited (RGAA) and enter the result in the settings",
        ));
    }
}
