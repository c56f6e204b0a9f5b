//! A small closed-loop load generator over HTTP/1.1: each connection sends its next request when it has read
//! the whole answer to the last. It shares the machine with the server, as the figures say.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// What a run measured.
#[derive(Debug, Clone)]
pub struct Run {
    /// Answers of the expected status.
    pub ok: u64,
    /// Answers of another status, and broken connections.
    pub bad: u64,
    /// Bytes of the last answer, headers included.
    pub bytes: u64,
    /// How long the run lasted.
    pub elapsed: Duration,
    /// Sorted latencies, in microseconds.
    pub latencies: Vec<u32>,
}

impl Run {
    /// Expected answers a second.
    pub fn rate(&self) -> f64 {
        self.ok as f64 / self.elapsed.as_secs_f64()
    }

    /// The latency under which this share (in thousandths) of the answers came, in milliseconds.
    pub fn quantile(&self, thousandths: usize) -> f64 {
        let at = (self.latencies.len() * thousandths / 1000).min(self.latencies.len().saturating_sub(1));
        self.latencies.get(at).map_or(f64::NAN, |us| f64::from(*us) / 1000.0)
    }
}

/// Where the requests come from: ready bytes, taken in turn by all connections.
#[derive(Clone)]
pub enum Source {
    /// The same request again and again, until the time is over.
    Repeat(Arc<[u8]>, Duration),
    /// Each request once, until they or the time are over.
    Once(Arc<Vec<Vec<u8>>>, Duration),
}

/// Sends requests over `connections` connections and counts the answers that begin with `expect`
/// (`HTTP/1.1 200`).
///
/// # Errors
/// When the server cannot be reached.
pub async fn run(
    address: SocketAddr,
    connections: usize,
    source: Source,
    expect: &'static str,
) -> Result<Run> {
    let next = Arc::new(AtomicUsize::new(0));
    let bad = Arc::new(AtomicU64::new(0));
    let bytes = Arc::new(AtomicU64::new(0));
    let started = Instant::now();
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..connections {
        let (source, next, bad, bytes) = (source.clone(), next.clone(), bad.clone(), bytes.clone());
        workers.spawn(async move {
            let mut latencies: Vec<u32> = Vec::with_capacity(100_000);
            let mut stream = connect(address).await?;
            let mut buffer = Vec::with_capacity(256 * 1024);
            loop {
                let (request, limit): (&[u8], Duration) = match &source {
                    Source::Repeat(request, limit) => (request, *limit),
                    Source::Once(requests, limit) => {
                        let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                        (request, *limit)
                    }
                };
                if started.elapsed() >= limit {
                    break;
                }
                let sent = Instant::now();
                match exchange(&mut stream, request, &mut buffer).await {
                    Ok(size) if buffer.starts_with(expect.as_bytes()) => {
                        bytes.store(size as u64, Ordering::Relaxed);
                        latencies.push(u32::try_from(sent.elapsed().as_micros()).unwrap_or(u32::MAX));
                    }
                    Ok(_) => {
                        if bad.fetch_add(1, Ordering::Relaxed) == 0 {
                            let head = String::from_utf8_lossy(&buffer[..buffer.len().min(600)]).into_owned();
                            eprintln!("unexpected answer: {head}");
                        }
                    }
                    Err(_) => {
                        bad.fetch_add(1, Ordering::Relaxed);
                        stream = connect(address).await?;
                    }
                }
            }
            anyhow::Ok(latencies)
        });
    }
    let mut latencies = vec![];
    while let Some(done) = workers.join_next().await {
        latencies.extend(done??);
    }
    let elapsed = started.elapsed();
    latencies.sort_unstable();
    Ok(Run {
        ok: latencies.len() as u64,
        bad: bad.load(Ordering::Relaxed),
        bytes: bytes.load(Ordering::Relaxed),
        elapsed,
        latencies,
    })
}

pub(crate) async fn connect(address: SocketAddr) -> Result<TcpStream> {
    let stream = TcpStream::connect(address).await.context("connecting to the server")?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Sends one request and reads its whole answer into `buffer`. Gives the answer's size.
pub(crate) async fn exchange(stream: &mut TcpStream, request: &[u8], buffer: &mut Vec<u8>) -> Result<usize> {
    stream.write_all(request).await?;
    buffer.clear();
    loop {
        if stream.read_buf(buffer).await? == 0 {
            bail!("the server closed the connection");
        }
        let Some(head) = find(buffer, b"\r\n\r\n") else { continue };
        let size = head + 4 + content_length(&buffer[..head])?;
        while buffer.len() < size {
            if stream.read_buf(buffer).await? == 0 {
                bail!("the server closed the connection");
            }
        }
        return Ok(size);
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

/// The length that the head of an answer announces.
fn content_length(head: &[u8]) -> Result<usize> {
    for line in head.split(|b| *b == b'\n') {
        let Some(colon) = line.iter().position(|b| *b == b':') else { continue };
        if line[..colon].eq_ignore_ascii_case(b"content-length") {
            return Ok(std::str::from_utf8(&line[colon + 1..])?.trim().parse()?);
        }
    }
    bail!("the answer does not say its length")
}

/// The bytes of a GET request.
pub fn get(path: &str, language: &str) -> Arc<[u8]> {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Language: {language}\r\n\r\n")
        .into_bytes()
        .into()
}
