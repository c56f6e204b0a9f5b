//! Running other programs: their output in order, in a file, and with a limit on silence.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result};

/// A test that says nothing for this long will not say anything any more.
const SILENCE: Duration = Duration::from_secs(10 * 60);

/// `cargo` as every step calls it: same folder, same features, no colours in what we read.
pub fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    command.current_dir(root).env("CARGO_TERM_COLOR", "never").env("CARGO_BUILD_JOBS", cores.to_string());
    // What the outer `cargo run` adds for the package xtask would only make cargo build again.
    for (name, _) in std::env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| ["CARGO_MANIFEST_", "CARGO_PKG_"].iter().any(|of| name.starts_with(of)))
        {
            command.env_remove(name);
        }
    }
    command
}

/// `cargo` with clippy as the compiler of our own crates, its warnings errors: one pass lints and builds, where
/// `cargo clippy` and `cargo build` would each compile all that we depend on.
pub fn linted(root: &Path) -> Command {
    let mut command = cargo(root);
    if let Some(driver) = clippy() {
        command.env("RUSTC_WORKSPACE_WRAPPER", driver);
        // How `cargo clippy -- -D warnings` hands its flags to the driver.
        command.env("CLIPPY_ARGS", "-Dwarnings__CLIPPY_HACKERY__");
    }
    command
}

/// The compiler with clippy's lints: in the folder of the toolchain, or on the path.
pub fn clippy() -> Option<PathBuf> {
    let root = output(Command::new("rustc").args(["--print", "sysroot"]))?;
    let driver = Path::new(root.trim()).join("bin/clippy-driver");
    if driver.is_file() { Some(driver) } else { find(&["clippy-driver"]) }
}

/// What a program answered.
pub struct Answer {
    /// It ended by itself, with status 0.
    pub success: bool,
    /// Every line of both its outputs, in the order in which they were written.
    pub lines: Vec<String>,
    /// Why it was stopped, when it was.
    pub stopped: Option<String>,
}

/// Runs a program to its end; `line` sees each line as it comes, and `log` keeps them all.
pub fn read(mut command: Command, log: &Path, mut line: impl FnMut(&str)) -> Result<Answer> {
    if let Some(folder) = log.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
    let (reader, writer) = std::io::pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer).stdin(std::process::Stdio::null());
    let mut child = command.spawn().with_context(|| format!("cannot start {:?}", command.get_program()))?;
    drop(command); // our own ends of the pipe, else it would never end

    let (sender, receiver) = mpsc::channel::<String>();
    std::thread::spawn(move || {
        let mut reader = BufReader::new(reader);
        let mut bytes = Vec::new();
        while matches!(reader.read_until(b'\n', &mut bytes), Ok(n) if n > 0) {
            let text = String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned();
            bytes.clear();
            if sender.send(text).is_err() {
                break;
            }
        }
    });

    let mut answer = Answer { success: false, lines: Vec::new(), stopped: None };
    loop {
        match receiver.recv_timeout(SILENCE) {
            Ok(text) => {
                writeln!(file, "{text}")?;
                line(&text);
                answer.lines.push(text);
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                answer.stopped =
                    Some(format!("stopped: it had said nothing for {} minutes", SILENCE.as_secs() / 60));
                stop_family(child.id());
                let _ = child.kill();
                break;
            }
        }
    }
    answer.success = child.wait()?.success() && answer.stopped.is_none();
    Ok(answer)
}

/// Ends a process and all that it started (on Linux; elsewhere the process alone is ended by the caller).
fn stop_family(parent: u32) {
    let mut family = vec![parent];
    let mut parents = Vec::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let Ok(stat) = std::fs::read_to_string(entry.path().join("stat")) else { continue };
        // "id (name) state parent …": the name may hold anything, parentheses included.
        let after_name = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
        if let Some(of) = after_name.split(' ').nth(1).and_then(|text| text.parse::<u32>().ok()) {
            parents.push((id, of));
        }
    }
    let mut next = 0;
    while let Some(&of) = family.get(next) {
        family.extend(parents.iter().filter(|(_, parent)| *parent == of).map(|(id, _)| *id));
        next += 1;
    }
    for id in family {
        let _ = Command::new("kill").arg(id.to_string()).status();
    }
}

/// The first program of these names that the path holds.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    names
        .iter()
        .find_map(|name| std::env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file()))
}

/// The trimmed standard output of a program that succeeded.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(std::process::Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_outputs_are_read_in_order_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        let log = dir.path().join("logs/x.log");
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; echo two >&2; echo three; exit 3"]);
        let answer = read(command, &log, |_| {}).unwrap();
        assert!(!answer.success);
        assert_eq!(answer.lines, ["one", "two", "three"]);
        assert_eq!(std::fs::read_to_string(log).unwrap(), "one\ntwo\nthree\n");
    }
}
