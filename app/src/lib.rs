//! The program: what the site is composed of, and the commands that run it.

pub mod command;
pub mod compose;
pub mod config;
pub mod demo;
mod open;

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;

/// Runs the command that the arguments name. 0: done; 1: checked and wrong; 2: the input cannot be used, with one
/// line on standard error that says why.
pub fn run() -> ExitCode {
    let cli = command::Cli::parse();
    command::logs(&cli);
    // As many threads as cores; what waits for the disk has its own.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(command::run(cli.command)),
        Err(e) => Err(anyhow::anyhow!("the program could not start: {e}")),
    };
    match done {
        Ok(command::Outcome::Done) => ExitCode::SUCCESS,
        Ok(command::Outcome::Wrong) => ExitCode::from(1),
        Err(e) => {
            // The causes on the same line: whoever reads it by machine reads one line.
            let _ = writeln!(std::io::stderr(), "parvis: {}", format!("{e:#}").replace('\n', " "));
            ExitCode::from(2)
        }
    }
}
