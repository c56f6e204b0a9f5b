//! A vote on the live site: electors who come at their hour through the pages, none lost, none counted twice; then a
//! box of a hundred thousand ballots, from its closing to the page of its results.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use parvis_civic::process::{self, PhaseDraft, ProcessDraft};
use parvis_civic::random;
use parvis_core::{Clock as _, Localized, SystemClock};
use parvis_store::{Options, Store, Target, p};
use sha2::{Digest as _, Sha256};

use crate::load::{connect, exchange};
use crate::server::{self, Server};

const BASE: &str = "/p/la-place/le-nom-de-la-place";
const HOUR: i64 = 3_600_000;
/// People at the same time, at most: a browser each.
const CONNECTIONS: usize = 256;
/// One elector in this many sends the last form twice, as people do.
const TWICE: usize = 20;

/// What is asked.
pub struct Electors {
    /// How many come.
    pub people: usize,
    /// Over how long.
    pub minutes: f64,
    /// How many ballots the large box holds.
    pub ballots: i64,
}

impl Default for Electors {
    fn default() -> Self {
        Self { people: 10_000, minutes: 10.0, ballots: 100_000 }
    }
}

struct Town {
    store: Store,
    activity: i64,
    options: Vec<i64>,
    electors: Vec<String>,
    editor: String,
}

impl Electors {
    /// Runs both.
    ///
    /// # Errors
    /// A ballot lost or counted twice; the server.
    pub async fn run(&self, folder: &Path) -> Result<()> {
        let site = folder.join("electors");
        let site = site.to_str().context("the path of the site")?;
        server::command(&[
            "init",
            "--site",
            site,
            "--name",
            "Fauvine",
            "--admin-email",
            "mairie@example.org",
            "--locale",
            "fr",
        ])?;
        let town = Town::build(site, self.people).await?;
        let server = Server::start(site)?;
        self.vote(&town, server.address).await?;
        town.fill(self.ballots).await?;
        town.results(server.address, self.ballots).await?;
        println!("memory: {:.1} MB", server.memory_kb()? as f64 / 1024.0);
        Ok(())
    }

    /// Each elector opens the ballot, fills it, confirms it.
    async fn vote(&self, town: &Town, address: SocketAddr) -> Result<()> {
        let next = Arc::new(AtomicUsize::new(0));
        let between = Duration::from_secs_f64(self.minutes * 60.0 / self.people as f64);
        let electors = Arc::new(town.electors.clone());
        let options = Arc::new(town.options.clone());
        let started = Instant::now();
        let mut all = tokio::task::JoinSet::new();
        for _ in 0..CONNECTIONS {
            let (next, electors, options) = (next.clone(), electors.clone(), options.clone());
            all.spawn(async move {
                let mut stream = connect(address).await?;
                let mut waits: Vec<u32> = vec![];
                let mut buffer = Vec::with_capacity(64 * 1024);
                loop {
                    let turn = next.fetch_add(1, Ordering::Relaxed);
                    let Some(session) = electors.get(turn) else { return anyhow::Ok(waits) };
                    let due = started + between * u32::try_from(turn)?;
                    tokio::time::sleep_until(due.into()).await;
                    // Counted from the moment at which the elector meant to come: waiting for a free connection counts.
                    let mut since = due;
                    let mut done = |waits: &mut Vec<u32>| {
                        waits.push(u32::try_from(since.elapsed().as_micros()).unwrap_or(u32::MAX));
                        since = Instant::now();
                    };
                    let page = request("GET", &format!("{BASE}/ballot"), session, "");
                    exchange(&mut stream, &page, &mut buffer).await?;
                    answered(&buffer, "200")?;
                    done(&mut waits);
                    let choices = [turn % options.len(), (turn * 7 + 3) % options.len()];
                    let body: Vec<String> =
                        choices.iter().map(|i| format!("approve={}", options[*i])).collect();
                    let fill = request("POST", &format!("{BASE}/ballot"), session, &body.join("&"));
                    exchange(&mut stream, &fill, &mut buffer).await?;
                    answered(&buffer, "200")?;
                    done(&mut waits);
                    let body = hidden(&String::from_utf8_lossy(&buffer))?;
                    let cast = request("POST", &format!("{BASE}/cast"), session, &body);
                    exchange(&mut stream, &cast, &mut buffer).await?;
                    answered(&buffer, "200")?;
                    done(&mut waits);
                    if turn.is_multiple_of(TWICE) {
                        exchange(&mut stream, &cast, &mut buffer).await?;
                        answered(&buffer, "200")?;
                    }
                }
            });
        }
        let mut waits = vec![];
        while let Some(found) = all.join_next().await {
            waits.extend(found??);
        }
        let took = started.elapsed();
        waits.sort_unstable();
        let at = |thousandths: usize| {
            f64::from(waits[(waits.len() * thousandths / 1000).min(waits.len() - 1)]) / 1e3
        };
        let [ballots, signatures, leaves] = town.counts().await?;
        println!(
            "{} electors in {:.0} s, three pages each: p50 {:.2} ms, p99 {:.2} ms (limit 300), slowest {:.1} ms; \
             {ballots} ballots, {signatures} signatures, {leaves} leaves",
            self.people,
            took.as_secs_f64(),
            at(500),
            at(990),
            at(1000)
        );
        let people = i64::try_from(self.people)?;
        if [ballots, signatures, leaves] != [people; 3] {
            bail!("{people} people voted, and the box holds {ballots} ballots and {signatures} signatures");
        }
        Ok(())
    }
}

impl Town {
    /// A vote by approval among ten options, open for two hours, and its electors with a session each.
    async fn build(site: &str, people: usize) -> Result<Self> {
        let target: Target = site.parse()?;
        let store = Store::open(&target, Options::default()).await?;
        let now = SystemClock.now();
        let (activity, options, electors, editor) = store
            .write_within(Duration::from_secs(60), move |tx| {
                Box::pin(async move {
                    let both = |text: &str| Localized::new(text, text);
                    let draft = ProcessDraft {
                        title: both("La place"),
                        summary: both("La place"),
                        object: both("Le nom de la place."),
                        perimeter: both("Les habitants."),
                        duplicates_rule: both("Une personne, un bulletin."),
                        method_note: both("Approbation."),
                        answer_due_at: Some(now + 24 * 31 * HOUR),
                        ..ProcessDraft::default()
                    };
                    let made = process::create(tx, now, &draft).await?;
                    let phase = PhaseDraft {
                        title: both("Vote"),
                        description: Localized::default(),
                        starts_at: now - HOUR,
                        ends_at: now + 2 * HOUR,
                    };
                    let phase = process::add_phase(tx, now, made.id, &phase).await?;
                    process::publish(tx, now, made.id).await?;
                    let title = both("Le nom de la place");
                    let activity = process::add_activity(tx, now, made.id, "vote", &title, Some(phase)).await?;
                    let mut rules = parvis_vote::model::Rules { ties_chosen: true, ..Default::default() };
                    rules.tally.ties = parvis_tally::TieBreak::Options;
                    let sql = "update activity set rules = $2 where id = $1";
                    tx.exec(sql, &p![activity.id, rules.to_json()]).await?;
                    let mut options = vec![];
                    for n in 1..=10_i64 {
                        let sql = "insert into vote_option (activity_id, position, title) values ($1, $2, $3) returning id";
                        let title = both(&format!("Place numéro {n}")).to_json();
                        options.push(tx.insert(sql, &p![activity.id, n, title]).await?);
                    }
                    process::publish_activity(tx, now, activity.id).await?;
                    let mut sessions = vec![];
                    for n in 0..=people {
                        let role = if n == people { "editor" } else { "participant" };
                        let name = format!("elector-{n}");
                        let id = tx
                            .insert(
                                "insert into participant (email, pseudonym, pseudonym_folded, role, created_at, terms_at)
                                 values ($1, $2, $2, $3, $4, $4) returning id",
                                &p![format!("{name}@example.org"), name.as_str(), role, now],
                            )
                            .await?;
                        let token = random::token::<32>();
                        let hash = hex::encode(Sha256::digest(token.as_bytes()));
                        tx.exec(
                            "insert into session (token_hash, participant_id, created_at, last_seen_at, expires_at)
                             values ($1, $2, $3, $3, $4)",
                            &p![hash, id, now, now + 24 * HOUR],
                        )
                        .await?;
                        sessions.push(token);
                    }
                    let editor = sessions.pop().unwrap_or_default();
                    Ok::<_, parvis_civic::Error>((activity.id, options, sessions, editor))
                })
            })
            .await?;
        Ok(Self { store, activity, options, electors, editor })
    }

    /// Ballots, signatures, and leaves that say that a ballot was cast.
    async fn counts(&self) -> Result<[i64; 3]> {
        let id = self.activity;
        let found = self.store.read(move |tx| {
            Box::pin(async move {
                let ballots =
                    tx.value("select count(*) from ballotbox_ballot where activity_id = $1", &p![id]).await?;
                let signatures = tx
                    .value("select count(*) from ballotbox_signature where activity_id = $1", &p![id])
                    .await?;
                let leaves =
                    tx.value("select count(*) from journal_entry where kind = 'ballot-cast'", &p![]).await?;
                Ok::<_, parvis_store::Error>([ballots, signatures, leaves])
            })
        });
        Ok(found.await?)
    }

    /// Adds ballots until the box holds that many, each with a signature, as if as many people had voted.
    async fn fill(&self, most: i64) -> Result<()> {
        let (id, options) = (self.activity, self.options.clone());
        let [have, ..] = self.counts().await?;
        for from in (have..most).step_by(5_000) {
            let options = options.clone();
            self.store
                .write_within(Duration::from_secs(60), move |tx| {
                    Box::pin(async move {
                        for n in from..most.min(from + 5_000) {
                            let mut chosen: Vec<i64> = options
                                .iter()
                                .enumerate()
                                .filter(|(i, _)| (n * 2_654_435_761) >> (i + 3) & 3 == 0)
                                .map(|(_, o)| *o)
                                .collect();
                            chosen.sort_unstable();
                            let ballot = serde_json::json!({ "approve": chosen }).to_string();
                            tx.exec(
                                "insert into ballotbox_signature (id, activity_id, voter, channel) values ($1, $2, $3, 'web')",
                                &p![7_000_000_000_i64 + n * 7_919, id, format!("a:{}", 10_000_000 + n)],
                            )
                            .await?;
                            tx.exec(
                                "insert into ballotbox_ballot (id, activity_id, tracker, ballot) values ($1, $2, $3, $4)",
                                &p![7_000_000_000_i64 + n * 104_729, id, random::token::<32>(), ballot],
                            )
                            .await?;
                        }
                        Ok::<_, parvis_store::Error>(())
                    })
                })
                .await?;
        }
        Ok(())
    }

    /// The phase ends; the editor closes the box and publishes; a reader opens the results.
    async fn results(&self, address: SocketAddr, ballots: i64) -> Result<()> {
        let now = SystemClock.now();
        self.store
            .write(move |tx| {
                Box::pin(async move { tx.exec("update phase set ends_at = $1", &p![now - 1]).await })
            })
            .await?;
        let mut stream = connect(address).await?;
        let mut buffer = Vec::new();
        let started = Instant::now();
        let mut steps = BTreeMap::new();
        for (name, method, path, expect) in [
            ("1 closing", "POST", format!("/admin{BASE}/report"), "303"),
            ("2 count and publication", "POST", format!("/admin{BASE}/results"), "303"),
            ("3 page", "GET", format!("{BASE}/results"), "200"),
        ] {
            let since = Instant::now();
            let sent = request(method, &path, &self.editor, "");
            exchange(&mut stream, &sent, &mut buffer).await?;
            answered(&buffer, expect)?;
            steps.insert(name, since.elapsed());
        }
        let total = started.elapsed();
        let page = String::from_utf8_lossy(&buffer);
        let said = ballots.to_string();
        let figures: String = page.chars().filter(|c| c.is_ascii_digit() || !c.is_whitespace()).collect();
        if !figures.replace(['\u{202f}', '\u{a0}'], "").contains(&said) {
            bail!("the page of results does not say {ballots} ballots");
        }
        println!(
            "{ballots} ballots, from the closing to the page of results: {:.2} s (limit 2): {}",
            total.as_secs_f64(),
            steps.iter().map(|(n, d)| format!("{n} {:.2} s", d.as_secs_f64())).collect::<Vec<_>>().join(", ")
        );
        Ok(())
    }
}

fn request(method: &str, path: &str, session: &str, body: &str) -> Vec<u8> {
    format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n\
         Accept-Language: fr\r\nCookie: __Host-parvis={session}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

fn answered(buffer: &[u8], status: &str) -> Result<()> {
    let head = String::from_utf8_lossy(&buffer[..buffer.len().min(12)]).into_owned();
    if head != format!("HTTP/1.1 {status}") {
        bail!("{status} was expected: {}", String::from_utf8_lossy(&buffer[..buffer.len().min(3_000)]));
    }
    Ok(())
}

/// What the confirmation page sends on: the hidden fields of the form that casts the ballot.
fn hidden(page: &str) -> Result<String> {
    let form = page.find("/cast\"").context("no form that casts")?;
    let form = page[form..].split("</form>").next().unwrap_or_default();
    let mut body = vec![];
    for input in form.split("<input").skip(1).filter(|i| i.contains("type=\"hidden\"")) {
        let of = |name: &str| {
            let start = input.find(&format!("{name}=\""))? + name.len() + 2;
            input[start..].split('"').next()
        };
        let (Some(name), Some(value)) = (of("name"), of("value")) else { continue };
        body.push(format!("{name}={value}"));
    }
    if body.is_empty() {
        bail!("nothing to send")
    }
    Ok(body.join("&"))
}
