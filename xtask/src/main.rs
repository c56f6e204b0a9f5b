//! `cargo xtask`: the commands of the people who work on Parvis.
//!
//! - `test` sets up what is missing, runs everything and closes with one line of sums;
//! - `tidy` checks the rules of the house that neither Cargo nor clippy can;
//! - `bench` measures;
//! - `new-component` starts a new participatory tool from a small working one.
#![allow(clippy::print_stdout, reason = "commands speak on standard output")]

mod browser;
mod component;
mod libtest;
mod postgres;
mod run;
mod rustdoc;
mod setup;
mod test;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask test [--quick] [--only STEP[,STEP]] [--engine sqlite|both]
    Installs what is missing, then runs every check and test. Closes with `N passed, N failed, N skipped`.
    --quick          format, tidy and the tests on SQLite alone (no doc, no browser, no PostgreSQL)
    --only STEP      one or several of: fmt, tidy, build (with clippy), unit, doc, browser
    --engine sqlite  do without PostgreSQL (its tests are then counted as skipped)
cargo xtask tidy [--mend]
    The rules of the house that Cargo cannot check, each with its place and how to mend it.
    --mend           first sets right the no-break spaces and apostrophes of French texts
cargo xtask bench [NAME [ARGUMENTS…]]
    The measures of benches/, in release.
cargo xtask new-component NAME
    A new participatory tool in components/NAME.";

fn main() -> ExitCode {
    if let Some(ended) = rustdoc::called() {
        return ended;
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let root = root();
    let outcome = match words.split_first() {
        Some((&"test", options)) => {
            test::Options::parse(options).and_then(|options| test::test(&root, &options))
        }
        Some((&"tidy", [])) => tidy::command(&root),
        Some((&"tidy", ["--mend"])) => tidy::mend(&root),
        Some((&"bench", options)) => bench(&root, options),
        Some((&"new-component", [name])) => component::create(&root, name).map(|()| true),
        Some((&("help" | "--help" | "-h"), _)) => {
            println!("{HELP}");
            Ok(true)
        }
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// The folder of the workspace, wherever the command was called from.
fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

fn bench(root: &Path, options: &[&str]) -> anyhow::Result<bool> {
    let status = run::cargo(root)
        .args(["run", "--release", "--package", "parvis-benches", "--"])
        .args(options)
        .status()?;
    Ok(status.success())
}
