//! The commands.

mod backup;
mod count;
mod doctor;
mod export;
mod import;
mod init;
pub mod serve;
mod show;
mod verify;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::config::Flags;

/// Participation that anybody can verify.
#[derive(Debug, Parser)]
#[command(name = "parvis", version, about, long_about = None)]
pub struct Cli {
    /// What is logged: error, warn, info, debug, or a filter such as parvis_web=debug
    #[arg(long, global = true, env = "PARVIS_LOG", value_name = "LEVEL")]
    log: Option<String>,
    /// How logs are written
    #[arg(long, global = true, env = "PARVIS_LOG_FORMAT", default_value = "compact", value_parser = ["compact", "json"])]
    log_format: String,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// A throw-away site with the demonstration; prints its addresses
    Demo(show::Demo),
    /// Make a site and its administrator (what the first-run page does)
    Init(init::Init),
    /// Serve a site
    Serve(Flags),
    /// Import what was done elsewhere
    Import(import::Import),
    /// Write the open-data bundle of a site
    Export(export::Export),
    /// Check a bundle, from its files alone
    Verify(verify::Verify),
    /// Count the ballots of a file
    #[command(subcommand)]
    Count(count::Count),
    /// Write a backup of a site, also while it is served
    Backup(backup::Backup),
    /// Fill a new site from a backup
    Restore(backup::Restore),
    /// Look for unsafe settings, and say how to mend them
    Doctor(doctor::Doctor),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done, and what was checked holds.
    Done,
    /// Something was checked and is wrong.
    Wrong,
}

/// Runs a command.
///
/// # Errors
/// Why its input cannot be used.
pub async fn run(command: Command) -> Result<Outcome> {
    match command {
        Command::Demo(demo) => demo.run().await,
        Command::Init(init) => init.run().await,
        Command::Serve(flags) => serve::run(flags.resolve()?).await,
        Command::Import(import) => import.run().await,
        Command::Export(export) => export.run().await,
        Command::Verify(verify) => verify.run(),
        Command::Count(count) => count.run(),
        Command::Backup(backup) => backup.run().await,
        Command::Restore(restore) => restore.run().await,
        Command::Doctor(doctor) => doctor.run().await,
    }
}

/// Logs go to standard error.
pub fn logs(cli: &Cli) {
    use tracing_subscriber::EnvFilter;
    let quiet = !matches!(cli.command, Command::Serve(_) | Command::Demo(_));
    let filter = cli.log.clone().or_else(|| std::env::var("RUST_LOG").ok()).filter(|f| !f.is_empty());
    let filter = filter.unwrap_or_else(|| if quiet { "warn".into() } else { "info".into() });
    let filter = EnvFilter::try_new(&filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second call (tests) keeps the first subscriber.
    let _ = if cli.log_format == "json" {
        subscriber.json().try_init()
    } else {
        let colours = std::io::IsTerminal::is_terminal(&std::io::stderr());
        subscriber.compact().with_ansi(colours).try_init()
    };
}

/// Prints a line on standard output; a reader that went away is no error.
fn say(line: impl std::fmt::Display) {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// The last part of a path, for messages.
fn file_name(path: &std::path::Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}

/// Reads a whole file.
fn read(path: &PathBuf) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|e| anyhow::anyhow!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_well_formed() {
        super::Cli::command().debug_assert();
    }
}
