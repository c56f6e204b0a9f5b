//! `parvis export`: the open-data bundle.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use clap::Args;
use parvis_civic::settings;
use parvis_core::{Clock as _, SystemClock};
use parvis_store::boxed;
use parvis_web::export::{Options, Tools, write_bundle};

use super::serve::PUBLIC_URL;
use super::{Outcome, say};
use crate::config::{At, Flags};
use crate::{compose, open};

/// Write the open-data bundle of a site.
#[derive(Debug, Args)]
pub struct Export {
    #[command(flatten)]
    at: At,
    /// The bundle to write
    #[arg(long, value_name = "FILE.zip")]
    out: PathBuf,
    /// The site's public address, as its bundle says it
    #[arg(long, env = "PARVIS_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    /// What was exported as one JSON object
    #[arg(long)]
    json: bool,
}

impl Export {
    pub(super) async fn run(self) -> Result<Outcome> {
        let flags =
            Flags { site: self.at.site.clone(), public_url: self.public_url.clone(), ..Flags::default() };
        let serving = flags.resolve()?;
        let target = self.at.target();
        let store = open::existing(&target).await?;
        let kept = store.read(|tx| boxed(settings::get(tx, PUBLIC_URL))).await?;
        let url = serving.public_url.or(kept).unwrap_or_else(|| "http://localhost:3000".into());
        let folder = self.out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| ".".as_ref());
        if !folder.is_dir() {
            bail!("{}: no such folder", folder.display());
        }
        // Written beside and renamed when whole: no half bundle is ever taken for one.
        let part = tempfile::NamedTempFile::new_in(folder)
            .with_context(|| format!("{} cannot be written", self.out.display()))?;
        let (file, path) = part.into_parts();
        let options = Options::new(SystemClock.now(), &url);
        let written = write_bundle(&store, Arc::new(Tools(compose::tools())), options, file).await;
        store.close().await;
        let (file, summary) = written.context("the site cannot be exported")?;
        file.sync_all().context("the bundle cannot be written")?;
        readable(&file);
        path.persist(&self.out).with_context(|| format!("{} cannot be written", self.out.display()))?;
        if self.json {
            let tables: serde_json::Map<String, serde_json::Value> =
                summary.tables.iter().map(|(name, rows)| (name.clone(), (*rows).into())).collect();
            say(serde_json::json!({
                "file": self.out.display().to_string(), "tables": tables, "files": summary.files,
                "leaves": summary.leaves, "root": summary.root,
            }));
        } else {
            let rows: u64 = summary.tables.iter().map(|(_, n)| n).sum();
            say(format!(
                "{}: {} tables, {rows} rows, {} leaves of the journal, {} files",
                self.out.display(),
                summary.tables.len(),
                summary.leaves,
                summary.files
            ));
        }
        Ok(Outcome::Done)
    }
}

/// Temporary files are private; a bundle is for everybody.
#[cfg(unix)]
fn readable(file: &std::fs::File) {
    use std::os::unix::fs::PermissionsExt as _;
    let _ = file.set_permissions(std::fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn readable(_: &std::fs::File) {}
