//! `parvis verify`: a bundle, from its files alone.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use clap::Args;
use parvis_transparency::note::Verifier;

use super::{Outcome, read, say};
use crate::compose;

/// Check a bundle: every figure, every leaf, the root.
#[derive(Debug, Args)]
pub struct Verify {
    /// The bundle
    #[arg(value_name = "BUNDLE.zip")]
    bundle: PathBuf,
    /// The key that you hold of this site (name+hash+key), to know that it is theirs
    #[arg(long)]
    key: Option<String>,
    /// The checks as one JSON object
    #[arg(long)]
    json: bool,
}

impl Verify {
    pub(super) fn run(self) -> Result<Outcome> {
        let key = self.key.as_deref().map(Verifier::parse).transpose().map_err(|e| anyhow!("key: {e}"))?;
        let bytes = read(&self.bundle)?;
        let report =
            compose::verify(&bytes, key.as_ref()).map_err(|e| anyhow!("{}: {e}", self.bundle.display()))?;
        let failed = report.checks.iter().position(|c| !c.ok);
        if self.json {
            say(serde_json::to_string(&report)?);
        } else {
            for (n, check) in report.checks.iter().enumerate() {
                let mark = if check.ok { "ok   " } else { "WRONG" };
                say(format!("{:>3}. {mark} {}: {}", n + 1, check.name, check.detail));
            }
        }
        match failed.and_then(|n| Some((n, report.checks.get(n)?))) {
            None if report.ok() => {
                if !self.json {
                    say(format!("{}: all {} checks hold", self.bundle.display(), report.checks.len()));
                }
                Ok(Outcome::Done)
            }
            failed => {
                if let (Some((n, check)), false) = (failed, self.json) {
                    say(format!(
                        "{}: check {} ({}) does not hold: {}",
                        self.bundle.display(),
                        n + 1,
                        check.name,
                        check.detail
                    ));
                }
                Ok(Outcome::Wrong)
            }
        }
    }
}
