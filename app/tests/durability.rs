//! What was acknowledged is there, once, whatever happens to the process or the disk: the real program, killed
//! while many people vote, on a full disk, on a disk that refuses to sync.

#![expect(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it must be")]

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use parvis_civic::contribution::{self, Draft};
use parvis_civic::journal::Log;
use parvis_civic::process;
use parvis_civic::{Error, account, random};
use parvis_core::{Clock as _, SystemClock};
use parvis_store::{Options, Store, Target, boxed, p};
use parvis_transparency::merkle;
use sha2::{Digest as _, Sha256};

/// A site with one open consultation, people who are signed in, and texts to vote on.
struct Scene {
    path: String,
    sessions: Vec<String>,
    texts: Vec<i64>,
}

async fn open(site: &str) -> Store {
    let target: Target = site.parse().unwrap();
    Store::open(&target, Options::default()).await.unwrap()
}

async fn scene(site: &str, people: usize, texts: usize) -> Scene {
    run(&["init", "--site", site, "--name", "Essai", "--admin-email", "admin@example.org"]);
    let store = open(site).await;
    let now = SystemClock.now();
    let scene = store
        .write_within(Duration::from_secs(60), move |tx| {
            boxed(async move {
                let (made, activity) = parvis_testkit::open_activity(tx, now, "consultation").await?;
                let mut sessions = vec![];
                let mut author = None;
                for n in 0..people {
                    let name = format!("personne-{n}");
                    let id = tx
                        .insert(
                            "insert into participant (email, pseudonym, pseudonym_folded, created_at, terms_at)
                             values ($1, $2, $2, $3, $3) returning id",
                            &p![format!("{name}@example.org"), name.as_str(), now],
                        )
                        .await?;
                    let token = random::token::<32>();
                    tx.exec(
                        "insert into session (token_hash, participant_id, created_at, last_seen_at, expires_at)
                         values ($1, $2, $3, $3, $4)",
                        &p![hex::encode(Sha256::digest(token.as_bytes())), id, now, now + 30 * process::DAY],
                    )
                    .await?;
                    sessions.push(token);
                    author = account::find(tx, id).await?;
                }
                let author = author.expect("somebody");
                let mut ids = vec![];
                for n in 0..texts {
                    let draft = Draft {
                        kind: "proposal",
                        title: format!("Proposition numéro {n}"),
                        body: "Un texte assez long pour être publié sans peine.".into(),
                        ..Draft::default()
                    };
                    let id = contribution::save_draft(tx, now, &author, &activity, &draft, None).await?;
                    contribution::publish(tx, now, &author, id).await?;
                    ids.push(id);
                }
                let path = format!("/p/{}/{}", made.slug, activity.slug);
                Ok::<_, Error>(Scene { path, sessions, texts: ids })
            })
        })
        .await
        .unwrap();
    store.close().await;
    scene
}

fn run(arguments: &[&str]) {
    let done = Command::new(env!("CARGO_BIN_EXE_parvis")).args(arguments).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    fn start(site: &str) -> Self {
        Self::start_with(Command::new(env!("CARGO_BIN_EXE_parvis")), site)
    }

    #[expect(clippy::zombie_processes, reason = "`Drop` waits; without an address the test stops anyway")]
    fn start_with(mut command: Command, site: &str) -> Self {
        let mut child = command
            .args(["serve", "--site", site, "--listen", "127.0.0.1:0", "--public-url", "http://localhost"])
            .env("PARVIS_RATES", "unlimited")
            .env("RUST_LOG", "off")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = child.stdout.take().unwrap();
        for line in BufReader::new(out).lines() {
            if let Some(url) = line.unwrap().split("listening on http://").nth(1) {
                return Self { child, address: url.trim().trim_end_matches('/').parse().unwrap() };
            }
        }
        panic!("the server did not come up");
    }

    fn kill(mut self) {
        self.child.kill().unwrap(); // SIGKILL
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a request on a connection of its own; the status, or none when the server went away.
fn send(address: SocketAddr, request: &str) -> Option<u16> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(2)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut head = [0; 12];
    stream.read_exact(&mut head).ok()?;
    std::str::from_utf8(&head[9..]).ok()?.parse().ok()
}

fn vote(address: SocketAddr, scene: &Scene, person: usize, text: usize) -> Option<u16> {
    send(
        address,
        &format!(
            "POST {}/c/{}/vote HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n\
             Sec-Fetch-Site: same-origin\r\nCookie: __Host-parvis={}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\nvalue=1",
            scene.path, scene.texts[text], scene.sessions[person]
        ),
    )
}

fn read(address: SocketAddr, path: &str) -> Option<u16> {
    send(address, &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
}

/// PostgreSQL outlives the process that was killed: what it was told to commit last is over after this.
async fn last_commits(store: &Store) {
    const BUSY: &str = "select count(*) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'";
    for _ in 0..3_000 {
        let busy = store.read(|tx| boxed(async move { tx.value::<i64>(BUSY, &p![]).await })).await.unwrap();
        if busy == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("a connection of the killed process never ended");
}

/// Every acknowledged vote is there once; the totals agree; the journal holds together.
async fn check(site: &str, scene: &Scene, acknowledged: &BTreeSet<(usize, usize)>) {
    let store = open(site).await;
    if site.starts_with("postgres") {
        last_commits(&store).await;
    }
    assert!(store.check().await.unwrap().iter().all(|f| f.ok || !f.code.contains("integrity")));
    let (rows, totals, leaves) = store
        .read(|tx| {
            boxed(async move {
                let mut rows = vec![];
                for row in tx
                    .query(
                        "select p.pseudonym, r.contribution_id from reaction r
                         join participant p on p.id = r.participant_id",
                        &p![],
                    )
                    .await?
                {
                    rows.push((row.at::<String>(0)?, row.at::<i64>(1)?));
                }
                let totals: i64 =
                    tx.value("select cast(sum(reactions_for) as bigint) from contribution", &p![]).await?;
                let mut leaves = vec![];
                for row in tx.query("select leaf from journal_entry order by id", &p![]).await? {
                    leaves.push(row.at::<String>(0)?);
                }
                Ok::<_, parvis_store::Error>((rows, totals, leaves))
            })
        })
        .await
        .unwrap();
    let unique: BTreeSet<_> = rows.iter().cloned().collect();
    assert_eq!(unique.len(), rows.len(), "a vote is there twice");
    for (person, text) in acknowledged {
        let row = (format!("personne-{person}"), scene.texts[*text]);
        assert!(unique.contains(&row), "the acknowledged vote {row:?} is lost");
    }
    assert_eq!(totals, i64::try_from(rows.len()).unwrap(), "the totals and the votes disagree");
    let votes = leaves.iter().filter(|l| l.contains("\"kind\":\"reaction\"")).count();
    assert_eq!(votes, rows.len(), "each vote has its leaf, each leaf its vote");
    let log = Log::new();
    log.sync(&store).await.unwrap();
    assert_eq!(log.size(), leaves.len() as u64);
    if !site.starts_with("postgres") {
        let hashes: Vec<_> = leaves.iter().map(|l| merkle::leaf_hash(l.as_bytes())).collect();
        assert_eq!(log.with(merkle::Tree::root), merkle::root(&hashes));
    }
    store.close().await;
}

/// Sixteen people vote without rest; the process is killed; what was acknowledged is checked; again.
async fn killed_while_voting(site: &str, rounds: usize) {
    const WRITERS: usize = 16;
    let scene = Arc::new(scene(site, WRITERS, 400).await);
    let acknowledged = Arc::new(Mutex::new(BTreeSet::new()));
    let next: Arc<Vec<AtomicUsize>> = Arc::new((0..WRITERS).map(|_| AtomicUsize::new(0)).collect());
    for round in 0..rounds {
        let server = Server::start(site);
        let stop = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = (0..WRITERS)
            .map(|person| {
                let (scene, next) = (Arc::clone(&scene), Arc::clone(&next));
                let (acknowledged, stop, address) =
                    (Arc::clone(&acknowledged), Arc::clone(&stop), server.address);
                std::thread::spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        let text = next[person].load(Ordering::Relaxed);
                        if text >= scene.texts.len() {
                            return;
                        }
                        match vote(address, &scene, person, text) {
                            Some(303) => {
                                acknowledged.lock().unwrap().insert((person, text));
                                next[person].fetch_add(1, Ordering::Relaxed);
                            }
                            // Gone in the middle: it may be there or not, and it is sent again after.
                            None => return,
                            Some(other) => panic!("status {other}"),
                        }
                    }
                })
            })
            .collect();
        // Killed while they vote, however long a busy machine takes to answer the first of them.
        let begun = std::time::Instant::now();
        while acknowledged.lock().unwrap().len() < 8 * (round + 1) && begun.elapsed().as_secs() < 60 {
            std::thread::sleep(Duration::from_millis(10));
        }
        std::thread::sleep(Duration::from_millis(97 * (round as u64 % 5)));
        server.kill();
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.join().unwrap();
        }
        let acknowledged = acknowledged.lock().unwrap().clone();
        check(site, &scene, &acknowledged).await;
    }
    assert!(acknowledged.lock().unwrap().len() > 15, "the test did vote");
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_sixteen_people_vote_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    killed_while_voting(&folder.path().join("site").display().to_string(), 4).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_sixteen_people_vote_postgres() {
    let Ok(url) = std::env::var("PARVIS_TEST_PG") else {
        return parvis_core::testing::skip_named(
            "killed_while_sixteen_people_vote_postgres",
            "needs PARVIS_TEST_PG",
        );
    };
    let name = format!("parvis_kill_{}", random::token::<4>());
    let admin = open(&url).await;
    // `create database` cannot run in a transaction: psql does it.
    let made =
        Command::new("psql").args([&url, "-q", "-c", &format!("create database {name}")]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let (base, _) = url.rsplit_once('/').unwrap();
    killed_while_voting(&format!("{base}/{name}"), 3).await;
    let gone =
        Command::new("psql").args([&url, "-q", "-c", &format!("drop database {name} with (force)")]).output();
    assert!(gone.unwrap().status.success());
    admin.close().await;
}

fn mounted(folder: &Path) -> bool {
    let size = "size=24m";
    let done = Command::new("mount").args(["-t", "tmpfs", "-o", size, "tmpfs"]).arg(folder).output();
    done.is_ok_and(|d| d.status.success())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_writes_and_keeps_pages() {
    let folder = tempfile::tempdir().unwrap();
    if !mounted(folder.path()) {
        let name = "a_full_disk_refuses_writes_and_keeps_pages";
        return parvis_core::testing::skip_named(name, "may not mount a small disk here");
    }
    let site = folder.path().join("site").display().to_string();
    let scene = scene(&site, 2, 40).await;
    let server = Server::start(&site);
    assert_eq!(vote(server.address, &scene, 0, 0), Some(303));
    let ballast = folder.path().join("ballast");
    let mut file = std::fs::File::create(&ballast).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
    drop(file);
    // What still fits in the blocks the log already has may pass; then nothing does.
    let mut refused = 0;
    let mut acknowledged = BTreeSet::from([(0, 0)]);
    for text in 1..40 {
        match vote(server.address, &scene, 0, text) {
            Some(503) => refused += 1,
            Some(303) => {
                acknowledged.insert((0, text));
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(refused > 0, "the disk was full");
    assert_eq!(read(server.address, &scene.path), Some(200), "pages stay up");
    std::fs::remove_file(&ballast).unwrap();
    assert_eq!(vote(server.address, &scene, 1, 1), Some(303), "and writing starts again by itself");
    acknowledged.insert((1, 1));
    server.kill();
    check(&site, &scene, &acknowledged).await;
    let _ = Command::new("umount").arg(folder.path()).status();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_refuses_to_sync_is_not_believed() {
    let name = "a_disk_that_refuses_to_sync_is_not_believed";
    if !Command::new("strace").arg("-V").output().is_ok_and(|o| o.status.success()) {
        return parvis_core::testing::skip_named(name, "needs strace");
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site").display().to_string();
    let scene = scene(&site, 2, 60).await;
    let mut command = Command::new("strace");
    command.args([
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        "trace=fdatasync,fsync",
        "-e",
        "inject=fdatasync,fsync:error=EIO:when=30..60",
        env!("CARGO_BIN_EXE_parvis"),
    ]);
    let server = Server::start_with(command, &site);
    let (mut acknowledged, mut refused) = (BTreeSet::new(), 0);
    for text in 0..60 {
        match vote(server.address, &scene, 0, text) {
            Some(303) => {
                acknowledged.insert((0, text));
            }
            Some(503) => refused += 1,
            other => panic!("{other:?}"),
        }
        if text % 10 == 0 {
            assert_eq!(read(server.address, &scene.path), Some(200), "pages stay up");
        }
    }
    assert!(refused > 0, "the disk did refuse");
    // strace passes SIGTERM on; the child is what must die.
    let _ = Command::new("pkill").args(["-9", "-f", &site]).status();
    drop(server);
    std::thread::sleep(Duration::from_millis(200));
    check(&site, &scene, &acknowledged).await;
}
