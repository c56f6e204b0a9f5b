//! `parvis backup` and `parvis restore`.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use parvis_store::Target;

use super::{Outcome, say};
use crate::config::At;
use crate::{compose, open};

/// Write a backup of a site, also while it is served.
#[derive(Debug, Args)]
pub struct Backup {
    #[command(flatten)]
    at: At,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Backup {
    pub(super) async fn run(self) -> Result<Outcome> {
        if self.out.exists() {
            bail!("{}: is already there; a backup never replaces another", self.out.display());
        }
        let store = open::untouched(&self.at.target()).await?;
        let done = store.backup(&self.out).await;
        store.close().await;
        done.with_context(|| format!("{} cannot be written", self.out.display()))?;
        say(format!(
            "{}: written; keep it as carefully as the site, it holds its secrets",
            self.out.display()
        ));
        Ok(Outcome::Done)
    }
}

/// Fill a new site from a backup.
#[derive(Debug, Args)]
pub struct Restore {
    /// The backup
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    at: At,
}

impl Restore {
    pub(super) async fn run(self) -> Result<Outcome> {
        if !self.file.is_file() {
            bail!("{}: no such file", self.file.display());
        }
        let target = self.at.target();
        let fresh = match &target {
            Target::Sqlite(file) if file.exists() => {
                bail!("{}: a site is already here; restore into a new folder", open::name(&target))
            }
            Target::Sqlite(file) => Some(file.clone()),
            Target::Postgres(_) => None,
        };
        let store = open::connect(&target).await?;
        let done = store.restore_and_migrate(&self.file, &compose::migrations()).await;
        store.close().await;
        if let (Err(_), Some(file)) = (&done, fresh) {
            // Half a site must not be taken for one.
            for ending in ["", "-wal", "-shm"] {
                let mut name = file.as_os_str().to_owned();
                name.push(ending);
                let _ = std::fs::remove_file(PathBuf::from(name));
            }
        }
        done.with_context(|| format!("{} cannot be restored", self.file.display()))?;
        say(format!("the site {} is restored", open::name(&target)));
        Ok(Outcome::Done)
    }
}
