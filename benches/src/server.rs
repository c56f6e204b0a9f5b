//! The program under test: `parvis` in release, on a site of its own.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// A running server, ended with the value.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From the start of the process to its line `listening on`.
    pub listening_after: Duration,
}

/// The release binary beside this one.
///
/// # Errors
/// When it was not built.
pub fn binary() -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let path = here.with_file_name("parvis");
    if !path.exists() {
        bail!("{} is missing: cargo build --release -p parvis", path.display());
    }
    Ok(path)
}

/// Runs a command of the program to its end and gives how long it took.
///
/// # Errors
/// When it fails.
pub fn command(arguments: &[&str]) -> Result<Duration> {
    let started = Instant::now();
    let output = Command::new(binary()?).args(arguments).stdin(Stdio::null()).output()?;
    if !output.status.success() {
        bail!(
            "parvis {}: {}\n{}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(started.elapsed())
}

impl Server {
    /// Starts `parvis serve` on a site, on a free port.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start(site: &str) -> Result<Self> {
        let mut command = Command::new(binary()?);
        command
            .args(["serve", "--site", site, "--listen", "127.0.0.1:0", "--public-url", "http://localhost"])
            .env("PARVIS_LOG", "error")
            .env("PARVIS_RATES", "unlimited");
        Self::spawn(command)
    }

    /// Starts the smallest server that writes durably (see `bare`), in a process of its own.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start_bare(file: &Path) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("bare-server").arg(file);
        Self::spawn(command)
    }

    fn spawn(mut command: Command) -> Result<Self> {
        let started = Instant::now();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn()?;
        let out = child.stdout.take().context("no standard output")?;
        for line in BufReader::new(out).lines() {
            let line = line?;
            if let Some(url) = line.split("listening on http://").nth(1) {
                let address = url.trim().trim_end_matches('/').parse()?;
                return Ok(Self { child, address, listening_after: started.elapsed() });
            }
        }
        bail!("the server ended before it listened")
    }

    /// Resident memory, in kilobytes.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn memory_kb(&self) -> Result<u64> {
        let status =
            std::fs::read_to_string(Path::new("/proc").join(self.child.id().to_string()).join("status"))?;
        let line = status.lines().find(|l| l.starts_with("VmRSS")).context("no VmRSS")?;
        Ok(line.split_whitespace().nth(1).context("no figure")?.parse()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}
