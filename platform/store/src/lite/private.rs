//! Files that hold people's data are readable by their owner only, whatever the machine's habits.

use std::fs::{DirBuilder, File, OpenOptions};
use std::path::Path;

/// Makes the folder of `path` and an empty file there, when they are missing. SQLite gives its log the same rights.
pub(super) fn create(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
    }
    options().append(true).open(path)?;
    Ok(())
}

/// A new empty file, in place of what was there.
pub(crate) fn create_file(path: &Path) -> std::io::Result<File> {
    options().write(true).truncate(true).open(path)
}

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
