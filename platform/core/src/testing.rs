//! For tests: saying that one could not run, by name, instead of passing in silence.

use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Reports the running test as skipped: a line `name: reason` is added to the file that the environment
/// variable `PARVIS_SKIPPED` names (`cargo xtask test` counts and lists those), and to standard error.
pub fn skip(reason: &str) {
    let thread = std::thread::current();
    skip_named(thread.name().unwrap_or("test"), reason);
}

/// As [`skip`], for a test whose body does not run on the thread that carries its name.
pub fn skip_named(name: &str, reason: &str) {
    let line = format!("{name}: {reason}\n");
    let _ = std::io::stderr().write_all(format!("SKIPPED {line}").as_bytes());
    if let Some(file) = std::env::var_os("PARVIS_SKIPPED") {
        let file = std::fs::OpenOptions::new().create(true).append(true).open(file);
        if let Ok(mut file) = file {
            let _ = file.write_all(line.as_bytes());
        }
    }
}

/// The folder of real data beside the project (`../shared/data/SUB`), when it is there.
/// Reports the test as skipped when it is not.
pub fn data(sub: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let folder = root.join("shared/data").join(sub);
    if folder.is_dir() {
        return Some(folder);
    }
    skip(&format!("needs ../shared/data/{sub}"));
    None
}
