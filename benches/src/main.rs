//! Figures of speed and size, each beside a limit or a baseline measured in the same run, quoted as ratios.
//!
//! `cargo xtask bench [page|vote|start|import|all] [--data DIR] [--postgres URL]`; DIR holds `opinions.csv`,
//! `arguments.csv` and `sources.csv` of a real consultation. `ballots [--data DIR] [--stv-rs BINARY]` counts
//! elections; `budgets`: see [`budgets`]; `budget-results`: see [`budget_results`]; `draws`: see [`draws`];
//! `electors [--people N] [--minutes N]`: see [`electors`].
#![expect(clippy::print_stdout, reason = "a program that prints its figures")]

mod ballots;
mod bare;
mod budget_results;
mod budgets;
mod draws;
mod draws_synthetic;
mod electors;
mod load;
mod server;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use parvis_core::{Clock as _, SystemClock};
use parvis_store::{Options, Store, Target, p};
use sha2::{Digest as _, Sha256};

use crate::load::{Run, Source};
use crate::server::{Server, command};

struct Bench {
    folder: tempfile::TempDir,
    data: PathBuf,
    postgres: Option<String>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let all: Vec<String> = std::env::args().skip(1).collect();
    match all.split_first() {
        Some((what, [file])) if what == "bare-server" => return bare::serve(Path::new(file)).await,
        Some((what, rest)) if what == "draws" => return draws::run(rest),
        Some((what, [])) if what == "budget-results" => {
            println!("machine: {}", machine());
            return budget_results::run();
        }
        _ => {}
    }
    let mut what = String::from("all");
    let mut data = None;
    let mut stv_rs = None;
    let mut postgres = None;
    let mut budgets = budgets::Budgets::default();
    let mut electors = electors::Electors::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--data" => data = Some(PathBuf::from(arguments.next().context("--data takes a folder")?)),
            "--stv-rs" => stv_rs = Some(PathBuf::from(arguments.next().context("--stv-rs takes a program")?)),
            "--peer" => budgets.peer = Some(arguments.next().context("--peer takes a Python")?.into()),
            "--tool" => budgets.tool = Some(arguments.next().context("--tool takes a folder")?.into()),
            "--people" => electors.people = arguments.next().context("--people takes a number")?.parse()?,
            "--minutes" => {
                electors.minutes = arguments.next().context("--minutes takes a number")?.parse()?
            }
            "budget-alone" => {
                let file: PathBuf = arguments.next().context("budget-alone takes a file")?.into();
                return budgets::alone(&file);
            }
            "--postgres" => postgres = Some(arguments.next().context("--postgres takes a URL")?),
            name => name.clone_into(&mut what),
        }
    }
    if what == "ballots" {
        println!("machine: {}", machine());
        let data = data.unwrap_or_else(|| "../shared/data/06-ballots/scottish-stv".into());
        return ballots::run(&data, stv_rs.as_deref());
    }
    if what == "budgets" {
        println!("machine: {}", machine());
        if let Some(data) = data {
            budgets.data = data;
        }
        return budgets.run();
    }
    if what == "electors" {
        println!("machine: {}", machine());
        let folder = tempfile::tempdir()?;
        return electors.run(folder.path()).await;
    }
    let data = data.unwrap_or_else(|| "../shared/data/03-republique-numerique/flattened".into());
    if !data.join("opinions.csv").exists() {
        bail!("{} holds no opinions.csv: give the folder with --data", data.display());
    }
    let bench = Bench { folder: tempfile::tempdir()?, data, postgres };
    println!("machine: {}", machine());
    let site = bench.import()?;
    match what.as_str() {
        "import" => {}
        "page" => bench.page(&site).await?,
        "vote" => bench.vote(&site).await?,
        "start" => bench.start(&site).await?,
        "all" => {
            bench.start(&site).await?;
            bench.page(&site).await?;
            bench.vote(&site).await?;
        }
        other => {
            bail!("no bench named {other}: page, vote, start, import, all, ballots, budgets, draws, electors")
        }
    }
    Ok(())
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let model = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = model
        .lines()
        .find_map(|l| l.strip_prefix("model name"))
        .map_or("unknown", |l| l.trim_start_matches([' ', '\t', ':']));
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    format!("{cores} × {model}, load {}", load.split(' ').next().unwrap_or_default())
}

fn show(name: &str, run: &Run) {
    println!(
        "{name}: {:.0}/s, p50 {:.2} ms, p99 {:.2} ms, {} answers, {} bad, {} bytes each",
        run.rate(),
        run.quantile(500),
        run.quantile(990),
        run.ok,
        run.bad,
        run.bytes
    );
}

impl Bench {
    /// Makes a site and imports the real consultation; exports it and verifies the bundle.
    fn import(&self) -> Result<String> {
        let site = match &self.postgres {
            Some(url) => url.clone(),
            None => self.folder.path().join("site").display().to_string(),
        };
        let file = |name: &str| self.data.join(name).display().to_string();
        let bundle = self.folder.path().join("bundle.zip").display().to_string();
        command(&["init", "--site", &site, "--name", "Bench", "--admin-email", "admin@example.org"])?;
        let import = command(&[
            "import",
            "consultation",
            "--site",
            &site,
            "--opinions",
            &file("opinions.csv"),
            "--arguments",
            &file("arguments.csv"),
            "--sources",
            &file("sources.csv"),
        ])?;
        let export = command(&["export", "--site", &site, "--out", &bundle])?;
        let verify = command(&["verify", &bundle])?;
        println!(
            "import: {:.2} s (limit 5); export: {:.2} s; verify: {:.2} s (limit 5); bundle {} kB",
            import.as_secs_f64(),
            export.as_secs_f64(),
            verify.as_secs_f64(),
            std::fs::metadata(&bundle)?.len() / 1024
        );
        Ok(site)
    }

    /// Time to the first page, and memory idle.
    async fn start(&self, site: &str) -> Result<()> {
        let path = consultation_path(site).await?;
        let mut firsts = vec![];
        for _ in 0..5 {
            let begun = Instant::now();
            let server = Server::start(site)?;
            let request = load::get(&path, "fr");
            let source = Source::Once(Arc::new(vec![request.to_vec()]), Duration::from_secs(5));
            let run = load::run(server.address, 1, source, "HTTP/1.1 200").await?;
            if run.ok != 1 {
                bail!("the first page did not answer 200");
            }
            firsts.push((begun.elapsed(), server.listening_after, server.memory_kb()?));
        }
        firsts.sort();
        let (first, listening, memory) = firsts[2];
        println!(
            "start: first page after {:.0} ms (limit 500), listening after {:.0} ms; idle memory {:.1} MB \
             (limit 60); median of 5",
            first.as_secs_f64() * 1000.0,
            listening.as_secs_f64() * 1000.0,
            megabytes(memory)
        );
        Ok(())
    }

    /// The consultation page beside the smallest static answer, in the same run.
    async fn page(&self, site: &str) -> Result<()> {
        let path = consultation_path(site).await?;
        let server = Server::start(site)?;
        let limit = Duration::from_secs(4);
        let mut rates = vec![];
        for round in 0..3 {
            let smallest = Source::Repeat(load::get("/robots.txt", "fr"), limit);
            let small = load::run(server.address, 32, smallest, "HTTP/1.1 200").await?;
            let french =
                load::run(server.address, 32, Source::Repeat(load::get(&path, "fr"), limit), "HTTP/1.1 200")
                    .await?;
            let english =
                load::run(server.address, 32, Source::Repeat(load::get(&path, "en"), limit), "HTTP/1.1 200")
                    .await?;
            if round == 1 {
                show("smallest static answer (/robots.txt), 32 connections", &small);
                show("consultation page, French, 32 connections", &french);
                show("consultation page, English, 32 connections", &english);
            }
            rates.push((french.rate() / small.rate(), english.rate() / small.rate()));
        }
        rates.sort_by(|a, b| a.0.total_cmp(&b.0));
        println!(
            "page: {:.2} (fr) and {:.2} (en) of the rate of the smallest static answer (limit 0.33), median of 3",
            rates[1].0, rates[1].1
        );
        println!("memory at load: {:.1} MB (limit 120)", megabytes(server.memory_kb()?));
        Ok(())
    }

    /// Durable votes beside bare grouped inserts (over HTTP, and called in the process) and the disk's own
    /// `fdatasync`, in the same run.
    async fn vote(&self, site: &str) -> Result<()> {
        let (prefix, sessions, contributions) = voters(site, 400).await?;
        let limit = Duration::from_secs(5);
        let mut rounds = vec![];
        for round in 0..5_usize {
            let sync = fdatasync_rate(self.folder.path())?;
            let inside = bare_insert(&self.bare_file(), Duration::from_secs(3)).await?;
            let server = Server::start_bare(&self.bare_file())?;
            let bare =
                load::run(server.address, 64, Source::Repeat(bare_request(), limit), "HTTP/1.1 303").await?;
            drop(server);
            let server = Server::start(site)?;
            // Each request is a change: the rounds go for, mixed, against.
            let value = ["1", "0", "-1"][round % 3];
            let requests = requests(&prefix, &sessions, &contributions, value, 100_000);
            let run = load::run(server.address, 64, Source::Once(Arc::new(requests), limit), "HTTP/1.1 303")
                .await?;
            if round == 1 {
                println!(
                    "fdatasync: {sync:.0}/s; bare grouped insert in the process, 64 tasks: {inside:.0}/s"
                );
                show("bare grouped insert over HTTP (one row, FULL), 64 clients", &bare);
                show("vote (session, reaction, totals, journal leaf, FULL), 64 clients", &run);
                println!("memory at load: {:.1} MB (limit 120)", megabytes(server.memory_kb()?));
            }
            rounds.push((run.rate() / bare.rate(), run.rate(), run.quantile(990), run.rate() / inside));
        }
        rounds.sort_by(|a, b| a.0.total_cmp(&b.0));
        println!(
            "vote: {:.2} of a bare grouped insert over HTTP (limit 0.33), {:.2} of one in the process, {:.0}/s \
             (limit 3000), p99 {:.1} ms (limit 50), median of 5",
            rounds[2].0, rounds[2].3, rounds[2].1, rounds[2].2
        );
        Ok(())
    }

    /// A new file for bare inserts.
    fn bare_file(&self) -> PathBuf {
        self.folder.path().join(format!("bare-{}.sqlite", parvis_civic::random::token::<4>()))
    }
}

/// The smallest form.
fn bare_request() -> Arc<[u8]> {
    let request = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n\
        Content-Length: 7\r\n\r\nvalue=1";
    request.as_bytes().into()
}

fn megabytes(kilobytes: u64) -> f64 {
    kilobytes as f64 / 1024.0
}

async fn open(site: &str) -> Result<Store> {
    let target: Target = site.parse()?;
    Ok(Store::open(&target, Options::default()).await?)
}

/// The address of the imported consultation.
async fn consultation_path(site: &str) -> Result<String> {
    let store = open(site).await?;
    let path = store
        .read(|tx| {
            Box::pin(async move {
                let row = tx
                    .one(
                        "select p.slug as process, a.slug as activity from activity a
                         join process p on p.id = a.process_id order by a.id limit 1",
                        &p![],
                    )
                    .await?;
                let (process, activity): (String, String) = (row.get("process")?, row.get("activity")?);
                Ok::<_, parvis_store::Error>(format!("/p/{process}/{activity}"))
            })
        })
        .await?;
    store.close().await;
    Ok(path)
}

/// Opens the imported consultation for a year and makes people with a session each. Gives the address of the
/// consultation, the session tokens and the articles and proposals.
async fn voters(site: &str, people: usize) -> Result<(String, Vec<String>, Vec<i64>)> {
    let path = consultation_path(site).await?;
    let store = open(site).await?;
    let now = SystemClock.now();
    let (sessions, contributions) = store
        .write(move |tx| {
            Box::pin(async move {
                let year = 365 * 86_400_000;
                tx.exec("update phase set starts_at = $1, ends_at = $2", &p![now - year, now + year]).await?;
                let mut sessions = vec![];
                for n in 0..people {
                    let name = format!("bench-{n}");
                    let id = tx
                        .insert(
                            "insert into participant (email, pseudonym, pseudonym_folded, created_at, terms_at)
                             values ($1, $2, $2, $3, $3) returning id",
                            &p![format!("{name}@example.org"), name.as_str(), now],
                        )
                        .await?;
                    let token = parvis_civic::random::token::<32>();
                    tx.exec(
                        "insert into session (token_hash, participant_id, created_at, last_seen_at, expires_at)
                         values ($1, $2, $3, $3, $4)",
                        &p![hex::encode(Sha256::digest(token.as_bytes())), id, now, now + year],
                    )
                    .await?;
                    sessions.push(token);
                }
                let rows = tx
                    .query(
                        "select id from contribution where kind in ('article', 'proposal') and status = 'published' order by id",
                        &p![],
                    )
                    .await?;
                let ids = rows.iter().map(|r| r.get::<i64>("id")).collect::<Result<Vec<_>, _>>()?;
                Ok::<_, parvis_store::Error>((sessions, ids))
            })
        })
        .await?;
    store.close().await;
    Ok((path, sessions, contributions))
}

/// One vote of each person on each contribution, people in turn.
fn requests(
    prefix: &str,
    sessions: &[String],
    contributions: &[i64],
    value: &str,
    most: usize,
) -> Vec<Vec<u8>> {
    let mut requests = Vec::with_capacity(most);
    for contribution in contributions {
        for session in sessions {
            if requests.len() == most {
                return requests;
            }
            let body = format!("value={value}");
            requests.push(
                format!(
                    "POST {prefix}/c/{contribution}/vote HTTP/1.1\r\nHost: localhost\r\n\
                     Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n\
                     Cookie: __Host-parvis={session}\r\n\
                     Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
                    body.len()
                )
                .into_bytes(),
            );
        }
    }
    requests
}

/// The disk's own rate of durable writes, one after the other.
fn fdatasync_rate(folder: &Path) -> Result<f64> {
    let mut file = std::fs::File::create(folder.join("fdatasync"))?;
    let started = Instant::now();
    let mut count = 0_u32;
    while started.elapsed() < Duration::from_secs(1) {
        file.write_all(&[0; 4096])?;
        file.sync_data()?;
        count += 1;
    }
    Ok(f64::from(count) / started.elapsed().as_secs_f64())
}

/// One row inserted in each write, 64 at a time, through the same store, without HTTP.
async fn bare_insert(file: &Path, time: Duration) -> Result<f64> {
    let store = bare::store(file).await?;
    let started = Instant::now();
    let mut workers = tokio::task::JoinSet::new();
    for person in 0..64_i64 {
        let store = store.clone();
        workers.spawn(async move {
            let mut count = 0_u32;
            while started.elapsed() < time {
                bare::insert(&store, person).await?;
                count += 1;
            }
            Ok::<_, parvis_store::Error>(count)
        });
    }
    let mut total = 0;
    while let Some(done) = workers.join_next().await {
        total += done??;
    }
    let rate = f64::from(total) / started.elapsed().as_secs_f64();
    store.close().await;
    Ok(rate)
}
