//! The tests in a real browser: their packages, their run, their sums.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::test::Outcome;
use crate::{run, setup};

/// Installs the packages of the lock file, when they are not those of the last time.
fn packages(root: &Path, logs: &Path) -> Result<()> {
    let folder = root.join("tests/browser");
    let lock = std::fs::read_to_string(folder.join("package-lock.json"))
        .context("tests/browser/package-lock.json")?;
    let stamp = folder.join("node_modules/.installed-lock.json");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.current_dir(&folder).args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    let answer = run::read(npm, &logs.join("npm.log"), |_| {})?;
    if !answer.success {
        bail!("npm ci failed in tests/browser:\n{}", answer.lines.join("\n"));
    }
    std::fs::write(stamp, lock)?;
    Ok(())
}

/// Runs every journey against the program in `target/debug`.
pub fn journeys(root: &Path, logs: &Path, temporary: &Path) -> Outcome {
    if let Some(reason) = setup::lacks_browser() {
        return Outcome::failed_because(reason);
    }
    if let Err(error) = packages(root, logs) {
        return Outcome::failed_because(format!("{error:#}"));
    }
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
    let mut node = Command::new("node");
    node.current_dir(root.join("tests/browser")).arg("run.mjs").env("TMPDIR", temporary);
    node.env("PARVIS_BIN", target.join("debug/parvis"));
    if let Some(chromium) = setup::chromium() {
        node.env("PARVIS_CHROMIUM", chromium);
    }
    let mut report = Report::default();
    match run::read(node, &logs.join("browser.log"), |line| report.line(line)) {
        Ok(answer) => {
            report.end(answer.success, answer.stopped.as_deref(), &answer.lines);
            report.outcome
        }
        Err(error) => Outcome::failed_because(format!("{error:#}")),
    }
}

/// Reads `ok NAME`, `not ok NAME` with its indented reasons, `skip NAME: REASON` and the closing sums.
#[derive(Default)]
struct Report {
    outcome: Outcome,
    closed: Option<[u64; 3]>,
    in_failure: bool,
}

impl Report {
    fn line(&mut self, line: &str) {
        if let Some(name) = line.strip_prefix("not ok ") {
            self.in_failure = true;
            self.outcome.failed += 1;
            self.outcome.shown.push(format!("not ok {name}"));
        } else if line.starts_with("ok ") {
            self.in_failure = false;
            self.outcome.passed += 1;
        } else if let Some(skipped) = line.strip_prefix("skip ") {
            self.in_failure = false;
            self.outcome.skipped.push(format!("browser: {skipped}"));
        } else if let Some(sums) = closing(line) {
            self.in_failure = false;
            self.closed = Some(sums);
        } else if self.in_failure {
            self.outcome.shown.push(line.to_owned());
        }
    }

    fn end(&mut self, success: bool, stopped: Option<&str>, lines: &[String]) {
        let mine = [
            self.outcome.passed,
            self.outcome.failed,
            u64::try_from(self.outcome.skipped.len()).unwrap_or(0),
        ];
        let whole = self.closed == Some(mine) && success == (self.outcome.failed == 0);
        if whole {
            return;
        }
        // It broke between tests: whatever it printed last says why.
        self.outcome.failed += 1;
        self.outcome.shown.push(stopped.unwrap_or("the browser tests did not come to their end").to_owned());
        let from = lines.len().saturating_sub(30);
        self.outcome.shown.extend(lines[from..].iter().map(|line| format!("  {line}")));
    }
}

/// The numbers of "3 passed, 0 failed, 1 skipped".
fn closing(line: &str) -> Option<[u64; 3]> {
    let mut numbers = [0; 3];
    let mut parts = line.split(", ");
    for (number, word) in numbers.iter_mut().zip([" passed", " failed", " skipped"]) {
        *number = parts.next()?.strip_suffix(word)?.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, success: bool) -> Outcome {
        let mut report = Report::default();
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.iter().for_each(|line| report.line(line));
        report.end(success, None, &lines);
        report.outcome
    }

    #[test]
    fn sums_and_reasons_are_read() {
        let outcome = read(
            "ok a\nnot ok b\n    image-alt: no text\nok c\nskip d: no data\n2 passed, 1 failed, 1 skipped\n",
            false,
        );
        assert_eq!((outcome.passed, outcome.failed), (2, 1));
        assert_eq!(outcome.shown, ["not ok b", "    image-alt: no text"]);
        assert_eq!(outcome.skipped, ["browser: d: no data"]);
    }

    #[test]
    fn a_run_without_its_closing_line_failed() {
        assert_eq!(read("ok a\nnode: boom\n", false).failed, 1);
        assert_eq!(read("ok a\n1 passed, 0 failed, 0 skipped\n", true).failed, 0);
        assert_eq!(read("ok a\n2 passed, 0 failed, 0 skipped\n", true).failed, 1);
    }
}
