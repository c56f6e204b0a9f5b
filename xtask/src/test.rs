//! `cargo xtask test`: everything that must hold, in one run and one sum.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::libtest;
use crate::postgres::{self, Run};
use crate::{browser, run, rustdoc, setup, tidy};

/// The steps in their order: the quick ones first, so that a slip is seen early.
const STEPS: [&str; 6] = ["fmt", "tidy", "build", "unit", "doc", "browser"];
const QUICK: [&str; 3] = ["fmt", "tidy", "unit"];

/// What was asked on the command line.
pub struct Options {
    steps: Vec<&'static str>,
    postgres: bool,
}

impl Options {
    /// Reads `[--quick] [--only STEP[,STEP]] [--engine sqlite|both]`.
    pub fn parse(words: &[&str]) -> Result<Self> {
        let mut options = Self { steps: STEPS.to_vec(), postgres: true };
        let mut words = words.iter();
        while let Some(&word) = words.next() {
            let (name, inline) =
                word.split_once('=').map_or((word, None), |(name, value)| (name, Some(value)));
            let mut value = || inline.or_else(|| words.next().copied()).unwrap_or_default();
            match name {
                "--quick" => {
                    options.steps = QUICK.to_vec();
                    options.postgres = false;
                }
                "--only" => {
                    let asked: Vec<&str> = value().split(',').collect();
                    if let Some(unknown) = asked.iter().find(|asked| !STEPS.contains(asked)) {
                        bail!("there is no step {unknown:?}; there are {}", STEPS.join(", "));
                    }
                    options.steps = STEPS.into_iter().filter(|step| asked.contains(step)).collect();
                    if asked.contains(&"browser") && !options.steps.contains(&"build") {
                        // The journeys need the program itself, up to date.
                        options.steps.insert(options.steps.len() - 1, "build");
                    }
                }
                "--engine" => match value() {
                    "sqlite" => options.postgres = false,
                    "both" => options.postgres = true,
                    other => bail!("--engine is sqlite or both, not {other:?}"),
                },
                _ => bail!("unknown option {word:?}; see cargo xtask help"),
            }
        }
        Ok(options)
    }

    fn has(&self, step: &str) -> bool {
        self.steps.contains(&step)
    }
}

/// How a step ended.
#[derive(Default)]
pub struct Outcome {
    pub passed: u64,
    pub failed: u64,
    /// `name: reason` of each test that could not run.
    pub skipped: Vec<String>,
    /// What to show of the failures.
    pub shown: Vec<String>,
    /// A word on a step that went well.
    pub note: String,
}

impl Outcome {
    fn passed(note: String) -> Self {
        Self { passed: 1, note, ..Self::default() }
    }

    /// The step counts as one failed test.
    pub fn failed_because(reason: String) -> Self {
        Self { failed: 1, shown: reason.lines().map(str::to_owned).collect(), ..Self::default() }
    }
}

/// The sums over all steps.
#[derive(Default)]
struct Sums {
    passed: u64,
    failed: u64,
    skipped: Vec<String>,
    broken: Vec<&'static str>,
}

impl Sums {
    fn step(&mut self, name: &'static str, step: impl FnOnce() -> Outcome) {
        let from = Instant::now();
        let outcome = step();
        let verdict = if outcome.failed == 0 { "ok" } else { "FAILED" };
        println!("{name:<10} {verdict:<7} {:>9}  {}", duration(from.elapsed()), outcome.note);
        for line in &outcome.shown {
            println!("           {line}");
        }
        if outcome.failed > 0 {
            self.broken.push(name);
        }
        self.passed += outcome.passed;
        self.failed += outcome.failed;
        self.skipped.extend(outcome.skipped);
    }
}

/// Runs the steps and prints the closing line; true when nothing failed.
pub fn test(root: &Path, options: &Options) -> Result<bool> {
    let from = Instant::now();
    let logs = root.join("target/xtask");
    std::fs::create_dir_all(&logs)?;
    let with_postgres = options.postgres && options.has("unit");
    setup::install(&logs, options.has("unit"), with_postgres, options.has("browser"));

    let me = std::env::current_exe()?; // asked before the build writes this program anew
    let mut run = Run::begin()?;
    let mut sums = Sums::default();
    if options.has("fmt") {
        sums.step("fmt", || format(root, &logs));
    }
    if options.has("tidy") {
        sums.step("tidy", || match tidy::check(root) {
            Ok(found) if found.is_empty() => Outcome::passed(format!("{} rules", tidy::RULES.len())),
            Ok(found) => Outcome {
                failed: 1,
                shown: found.iter().map(ToString::to_string).collect(),
                ..Outcome::default()
            },
            Err(error) => Outcome::failed_because(format!("{error:#}")),
        });
    }
    if options.has("build") {
        sums.step("build", || build(root, &logs));
    }
    std::thread::scope(|scope| {
        // The lints of the documentation take one core, and the unit tests wait for disks and clocks.
        let doc = options.has("doc").then(|| scope.spawn(|| doc(root, &logs, &me)));
        if options.has("unit") {
            let mut server = None;
            if with_postgres {
                sums.step("postgresql", || match start(&mut run) {
                    Ok(url) => {
                        server = Some(url);
                        Outcome::passed("on a port of its own".to_owned())
                    }
                    Err(error) => Outcome::failed_because(format!("{error:#}")),
                });
            }
            sums.step("unit", || unit(root, &logs, &run, server.as_deref()));
        }
        if let Some(doc) = doc {
            let stopped = |_| Outcome::failed_because("the step broke off".to_owned());
            let note = if options.has("unit") { "beside the unit tests" } else { "" };
            sums.step("doc", || Outcome { note: note.to_owned(), ..doc.join().unwrap_or_else(stopped) });
        }
    });
    if options.has("browser") {
        sums.step("browser", || browser::journeys(root, &logs, &run.temporary()));
    }
    drop(run);

    println!("in all     {}; the whole output is in target/xtask/", duration(from.elapsed()));
    for skipped in &sums.skipped {
        println!("skipped    {skipped}");
    }
    if !sums.broken.is_empty() {
        println!("failed     {}", sums.broken.join(", "));
    }
    println!("{} passed, {} failed, {} skipped", sums.passed, sums.failed, sums.skipped.len());
    Ok(sums.failed == 0)
}

fn start(run: &mut Run) -> Result<String> {
    match (setup::lacks_postgres(), postgres::programs()) {
        (None, Some(bin)) => run.postgres(&bin),
        (reason, _) => bail!("{}", reason.unwrap_or_default()),
    }
}

fn format(root: &Path, logs: &Path) -> Outcome {
    if let Some(reason) = setup::lacks_rustfmt(root) {
        return Outcome::failed_because(reason);
    }
    let mut command = run::cargo(root);
    command.args(["fmt", "--all", "--", "--check", "-l"]);
    judge(run::read(command, &logs.join("fmt.log"), |_| {}), |answer| {
        let mut shown = vec!["these files are not formatted; mend with: cargo fmt --all".to_owned()];
        let files: BTreeSet<String> = answer.lines.iter().map(|line| local(root, line)).collect();
        shown.extend(files);
        shown
    })
}

fn build(root: &Path, logs: &Path) -> Outcome {
    if let Some(reason) = setup::lacks_clippy() {
        return Outcome::failed_because(reason);
    }
    // All targets in one go: the same features as the tests, so that nothing is built twice, and the program
    // itself for the journeys.
    let mut command = run::linted(root);
    command.args(["build", "--workspace", "--all-targets", "--keep-going"]);
    judge(run::read(command, &logs.join("build.log"), |_| {}), |answer| libtest::errors(&answer.lines))
}

fn doc(root: &Path, logs: &Path, me: &Path) -> Outcome {
    let command = rustdoc::lints(run::linted(root), me, &root.join("target/doc"));
    judge(run::read(command, &logs.join("doc.log"), |_| {}), |answer| libtest::errors(&answer.lines))
}

fn judge(answer: Result<run::Answer>, shown: impl FnOnce(&run::Answer) -> Vec<String>) -> Outcome {
    match answer {
        Ok(answer) if answer.success => Outcome::passed(String::new()),
        Ok(answer) => {
            let mut shown = shown(&answer);
            shown.extend(answer.stopped.clone());
            Outcome { failed: 1, shown, ..Outcome::default() }
        }
        Err(error) => Outcome::failed_because(format!("{error:#}")),
    }
}

fn unit(root: &Path, logs: &Path, run: &Run, server: Option<&str>) -> Outcome {
    let skipped_file = run.folder.join("skipped");
    let mut command = run::linted(root);
    command.args(["test", "--workspace", "--no-fail-fast"]);
    command.env("TMPDIR", run.temporary()).env("PARVIS_SKIPPED", &skipped_file).env("INSTA_UPDATE", "no");
    match server {
        Some(url) => command.env("PARVIS_TEST_PG", url),
        None => command.env_remove("PARVIS_TEST_PG"),
    };
    if let Some(bin) = server.and_then(|_| postgres::programs()) {
        // For the tests that stop and start a server of their own.
        command.env("PARVIS_TEST_PG_BIN", bin);
    }
    let mut report = libtest::Report::default();
    match run::read(command, &logs.join("unit.log"), |line| report.line(line)) {
        Ok(answer) => {
            report.end(answer.success, &answer.lines);
            sum(report, answer.stopped, &skipped_file)
        }
        Err(error) => Outcome::failed_because(format!("{error:#}")),
    }
}

/// A test that could not run passes for the test program; what it wrote in the file says that it did not run.
fn sum(report: libtest::Report, stopped: Option<String>, skipped_file: &PathBuf) -> Outcome {
    let told = std::fs::read_to_string(skipped_file).unwrap_or_default();
    let told: BTreeSet<&str> = told.lines().filter(|line| !line.trim().is_empty()).collect();
    let mut skipped: Vec<String> = told.into_iter().map(str::to_owned).collect();
    let count = u64::try_from(skipped.len()).unwrap_or(u64::MAX);
    for number in 1..=report.skipped {
        skipped.push(format!("ignored test {number}: marked so in its source"));
    }
    let mut shown = Vec::new();
    for (program, lines) in report.failures {
        shown.push(format!("-- {program}"));
        shown.extend(lines);
    }
    shown.extend(stopped);
    let passed = report.passed.saturating_sub(count);
    Outcome { passed, failed: report.failed, skipped, shown, note: format!("{passed} passed") }
}

fn local(root: &Path, line: &str) -> String {
    let prefix = format!("{}/", root.display());
    line.replace(&prefix, "")
}

fn duration(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 60.. => format!("{} min {:02} s", seconds / 60, seconds % 60),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_choose_the_steps() {
        assert_eq!(Options::parse(&[]).unwrap().steps, STEPS);
        let quick = Options::parse(&["--quick"]).unwrap();
        assert!(!quick.postgres && !quick.has("browser"));
        assert_eq!(Options::parse(&["--only", "browser"]).unwrap().steps, ["build", "browser"]);
        assert_eq!(Options::parse(&["--only=unit,fmt"]).unwrap().steps, ["fmt", "unit"]);
        assert!(!Options::parse(&["--engine", "sqlite"]).unwrap().postgres);
        assert!(Options::parse(&["--only", "nothing"]).is_err());
        assert!(Options::parse(&["--nothing"]).is_err());
    }

    #[test]
    fn a_test_that_could_not_run_is_skipped_not_passed() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("skipped");
        std::fs::write(&file, "a::b: needs data\na::b: needs data\nc: needs PostgreSQL\n").unwrap();
        let mut report = libtest::Report::default();
        report.passed = 10;
        report.skipped = 1;
        let outcome = sum(report, None, &file);
        assert_eq!(outcome.passed, 8);
        assert_eq!(outcome.skipped.len(), 3);
        assert_eq!(outcome.skipped[0], "a::b: needs data");
    }
}
