//! Reads what `cargo test` prints, so that many test programs make one sum.

/// The sums of a run of `cargo test`, and what there is to show of its failures.
#[derive(Default)]
pub struct Report {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
    /// For each test program that failed: its name and the part of its output that says why.
    pub failures: Vec<(String, Vec<String>)>,
    program: String,
    open: Option<Vec<String>>,
}

impl Report {
    /// Takes the next line of both outputs together.
    pub fn line(&mut self, line: &str) {
        let words = line.trim_start();
        if let Some(rest) = words.strip_prefix("Running ").or_else(|| words.strip_prefix("Doc-tests ")) {
            // "Running unittests src/lib.rs (target/debug/deps/parvis_core-0123)"
            if line.starts_with("   ") {
                self.lost();
                self.program = program(rest);
                return;
            }
        }
        if words.starts_with("running ") && (words.ends_with(" tests") || words.ends_with(" test")) {
            self.lost();
            self.open = Some(Vec::new());
            return;
        }
        // A child's output without a line end may stand before it: look anywhere in the line.
        if let Some(at) = line.find("test result: ")
            && let Some(sums) = sums(&line[at..])
        {
            let lines = self.open.take().unwrap_or_default();
            self.passed += sums[0];
            self.failed += sums[1];
            self.skipped += sums[2];
            if sums[1] > 0 {
                let from = lines.iter().position(|line| line == "failures:").unwrap_or(0);
                self.failures.push((self.program.clone(), lines[from..].to_vec()));
            }
            return;
        }
        if let Some(lines) = &mut self.open {
            lines.push(line.to_owned());
        }
    }

    /// A program began its tests and never said how they ended: it crashed.
    fn lost(&mut self) {
        if let Some(lines) = self.open.take() {
            self.failed += 1;
            let from = lines.len().saturating_sub(60);
            let mut shown = vec!["the test program ended before its tests did; its last lines:".to_owned()];
            shown.extend_from_slice(&lines[from..]);
            self.failures.push((self.program.clone(), shown));
        }
    }

    /// No more lines; `success` is what cargo itself answered, `lines` its whole output.
    pub fn end(&mut self, success: bool, lines: &[String]) {
        self.lost();
        if !success && self.failed == 0 {
            self.failed = 1;
            self.failures.push(("cargo test".to_owned(), errors(lines)));
        }
    }
}

/// The part of a compiler's output that says what is wrong, short enough to read.
pub fn errors(lines: &[String]) -> Vec<String> {
    const MOST: usize = 200;
    let noise = ["Compiling ", "Checking ", "Fresh ", "Finished ", "Downloading ", "Downloaded ", "Running "];
    let mut told: Vec<&String> =
        lines.iter().filter(|line| !noise.iter().any(|noise| line.trim_start().starts_with(noise))).collect();
    let is_error = |line: &String| line.starts_with("error");
    if told.iter().any(|line| is_error(line)) {
        // Warnings are in the way of what stopped it: each message runs to the blank line after it.
        let mut inside = false;
        told.retain(|line| {
            inside = is_error(line) || (inside && !line.starts_with("warning"));
            inside
        });
    }
    let mut shown: Vec<String> = told.iter().take(MOST).map(ToString::to_string).collect();
    if told.len() > MOST {
        shown.push(format!("… and {} more lines", told.len() - MOST));
    }
    shown
}

fn program(rest: &str) -> String {
    let file = rest.rsplit_once('/').map_or(rest, |(_, file)| file).trim_end_matches(')');
    let name = file.rsplit_once('-').map_or(file, |(name, _)| name);
    name.to_owned()
}

/// `[passed, failed, ignored]` of "test result: ok. 5 passed; 0 failed; 1 ignored; …".
fn sums(text: &str) -> Option<[u64; 3]> {
    let number = |word: &str| {
        let before = text.split(word).next()?;
        before.rsplit([' ', '.']).next()?.parse().ok()
    };
    Some([number(" passed")?, number(" failed")?, number(" ignored")?])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, success: bool) -> Report {
        let mut report = Report::default();
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.iter().for_each(|line| report.line(line));
        report.end(success, &lines);
        report
    }

    #[test]
    fn sums_run_over_all_programs() {
        let report = read(
            "   Compiling a v0.1.0\n     Running unittests src/lib.rs (target/debug/deps/a-1f)\n\nrunning 2 tests\n\
             test x ... ok\ntest y ... ok\n\ntest result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
             \n   Doc-tests a\n\nrunning 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n",
            true,
        );
        assert_eq!((report.passed, report.failed, report.skipped), (2, 0, 1));
        assert!(report.failures.is_empty());
    }

    #[test]
    fn a_failure_is_shown_from_its_own_heading() {
        let report = read(
            "     Running unittests src/lib.rs (target/debug/deps/parvis_core-1f)\nrunning 2 tests\ntest x ... ok\n\
             test y ... FAILED\n\nfailures:\n\n---- y stdout ----\nboom\n\nfailures:\n    y\n\n\
             noise test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out\n\
             error: test failed, to rerun pass `--lib`\n",
            false,
        );
        assert_eq!((report.passed, report.failed), (1, 1));
        assert_eq!(report.failures[0].0, "parvis_core");
        assert_eq!(report.failures[0].1[2], "---- y stdout ----");
    }

    #[test]
    fn a_crash_and_a_compile_error_count_as_failures() {
        let crash = read("     Running tests/t.rs (target/debug/deps/t-1f)\nrunning 1 test\nabort\n", false);
        assert_eq!(crash.failed, 1);
        let compile = read(
            "   Compiling a v0.1.0\nwarning: unused\n --> b.rs:1:1\n\nerror[E0425]: cannot find value\n --> a.rs:1:1\n\nwarning: more\n",
            false,
        );
        assert_eq!(compile.failed, 1);
        assert_eq!(compile.failures[0].1, ["error[E0425]: cannot find value", " --> a.rs:1:1", ""]);
    }
}
