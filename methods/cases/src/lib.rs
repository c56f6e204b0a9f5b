//! Golden results and real data, for the tests of methods.
#![doc = include_str!("../README.md")]

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The folder of golden results beside the project (`../shared/golden/SUB`), when it is there.
/// Reports the running test as skipped when it is not.
pub fn golden(sub: &str) -> Option<PathBuf> {
    shared("golden", sub)
}

/// The folder of real data beside the project (`../shared/data/SUB`), when it is there.
/// Reports the running test as skipped when it is not.
pub fn data(sub: &str) -> Option<PathBuf> {
    shared("data", sub)
}

/// The files of a folder that end so, sorted by name. A folder that holds none is a broken test, not an empty one.
///
/// # Panics
/// When the folder cannot be read or holds no such file.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(ending)));
    assert!(!files.is_empty(), "{}: no file ends with {ending}", folder.display());
    files.sort();
    files
}

fn shared(kind: &str, sub: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let folder = root.join("shared").join(kind).join(sub);
    if folder.is_dir() {
        return Some(folder);
    }
    skip(&format!("needs ../shared/{kind}/{sub}"));
    None
}

/// Reports the running test as skipped: a line `name: reason` is added to the file that the environment
/// variable `PARVIS_SKIPPED` names (`cargo xtask test` counts and lists those), and to standard error.
pub fn skip(reason: &str) {
    let thread = std::thread::current();
    let line = format!("{}: {reason}\n", thread.name().unwrap_or("test"));
    let _ = std::io::stderr().write_all(format!("SKIPPED {line}").as_bytes());
    if let Some(file) = std::env::var_os("PARVIS_SKIPPED") {
        let file = std::fs::OpenOptions::new().create(true).append(true).open(file);
        if let Ok(mut file) = file {
            let _ = file.write_all(line.as_bytes());
        }
    }
}
