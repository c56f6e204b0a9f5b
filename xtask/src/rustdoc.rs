//! `cargo xtask` in the place of `rustdoc`: the lints of the documentation from what the tests have built.
//!
//! `cargo doc` compiles all that we depend on once more, for its metadata alone. `cargo test --doc` gives rustdoc
//! what was built for the tests; called so, this program takes the test out of the arguments and puts the lints in.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Where the pages go; when the variable is there, this program is called as `rustdoc`.
const PAGES: &str = "PARVIS_XTASK_RUSTDOC";

/// The options of `rustdoc --test` that mean nothing without it; true for those that take the next word.
const OF_TESTS: [(&str, bool); 5] = [
    ("--test", false),
    ("--no-run", false),
    ("--test-run-directory", true),
    ("--test-args", true),
    ("--test-builder", true),
];

/// `cargo test --doc` that reads the documentation and runs no example: `unit` runs them. `me` is this program.
pub fn lints(mut cargo: Command, me: &Path, pages: &Path) -> Command {
    cargo.args(["test", "--doc", "--workspace", "--no-fail-fast", "--quiet"]);
    cargo.env("RUSTDOC", me).env(PAGES, pages);
    cargo
}

/// Runs the real rustdoc when cargo calls this program in its place.
pub fn called() -> Option<ExitCode> {
    let pages = std::env::var_os(PAGES)?;
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    let mut rustdoc = Command::new("rustdoc");
    if words.iter().any(|word| word == "--test") {
        rustdoc.args(without_test(&words)).arg("--out-dir").arg(pages);
        rustdoc.args(["--document-private-items", "-Dwarnings", "-Arustdoc::private_intra_doc_links"]);
    } else {
        rustdoc.args(&words); // cargo asks for the version
    }
    Some(match rustdoc.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: cannot start rustdoc: {error}");
            ExitCode::FAILURE
        }
    })
}

fn without_test(words: &[OsString]) -> Vec<&OsString> {
    let mut kept = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let text = word.to_string_lossy();
        let name = text.split_once('=').map_or(&*text, |(name, _)| name);
        match OF_TESTS.iter().find(|(of, _)| *of == name) {
            Some((_, true)) if name == text => drop(words.next()),
            Some(_) => {}
            None => kept.push(word),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_the_tests_is_left_out() {
        let words = [
            "--crate-name",
            "a",
            "--test",
            "src/lib.rs",
            "--test-run-directory",
            "/x",
            "--test-args=b",
            "-L",
            "c",
        ];
        let words = words.map(OsString::from);
        assert_eq!(without_test(&words), ["--crate-name", "a", "src/lib.rs", "-L", "c"]);
    }
}
