//! `parvis demo`: a throw-away site with the demonstration.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use parvis_consultation::import::{self, File, Files, Options, Refused};
use parvis_core::{Clock as _, SystemClock};

use super::serve::Running;
use super::{Outcome, file_name, read, say};
use crate::config::Flags;
use crate::{compose, demo, open};

/// A throw-away site with the demonstration.
#[derive(Debug, Args)]
pub struct Demo {
    /// The port to listen on
    #[arg(long, env = "PARVIS_PORT", default_value_t = 3000)]
    port: u16,
    /// A folder with a real consultation (opinions.csv, arguments.csv, sources.csv) to show beside
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Demo {
    pub(super) async fn run(self) -> Result<Outcome> {
        let files = self.data.as_deref().map(find).transpose()?;
        let folder =
            tempfile::Builder::new().prefix("parvis-demo-").tempdir().context("no place for the site")?;
        let flags = Flags {
            site: folder.path().display().to_string(),
            listen: Some(format!("127.0.0.1:{}", self.port)),
            ..Flags::default()
        };
        let serving = flags.resolve()?;
        // Known before the work, not after it.
        let free = tokio::net::TcpListener::bind(serving.listen).await;
        drop(free.with_context(|| format!("port {} is taken: choose another with --port", self.port))?);
        say("making the demonstration (a few seconds) …");
        let store = open::or_new(&serving.target).await?;
        let now = SystemClock.now();
        let url = format!("http://localhost:{}", self.port);
        let tool = parvis_consultation::component();
        let people = demo::fill(&store, now, tool, &compose::catalog()?, &url).await?;
        if let Some(files) = files {
            let options = Options { actor: "parvis demo".into(), ..Options::default() };
            let report = match import::run(&store, now, files, options).await {
                Ok(report) => report,
                Err(Refused::Rows { problems, total }) => {
                    let first = problems.first().map(ToString::to_string).unwrap_or_default();
                    bail!("{first} ({total} rows cannot be imported)");
                }
                Err(e) => return Err(e.into()),
            };
            say(format!("the real consultation is at {url}{}", report.path));
        }
        let running = Running::start(store, &serving, true).await?;
        running.announce().await?;
        say(format!("the demonstration is at {}", running.url()));
        say("everything in it is fictional, and gone when this program ends (Ctrl-C)");
        say(format!("sign in with one click at {}/sign-in, as:", running.url()));
        for who in people {
            say(format!("  {:<14} {}", who.role.code(), who.pseudonym));
        }
        let done = running.until_told().await;
        drop(folder);
        done
    }
}

/// The three files of a consultation under a folder of data.
fn find(data: &Path) -> Result<Files> {
    let places = ["", "flattened", "03-republique-numerique/flattened"];
    let folder = places.iter().map(|p| data.join(p)).find(|f| f.join("opinions.csv").is_file());
    let folder = folder.with_context(|| format!("{}: no opinions.csv here", data.display()))?;
    let file = |name: &str| {
        let path = folder.join(name);
        Ok::<_, anyhow::Error>(File { name: file_name(&path), bytes: read(&path)? })
    };
    Ok(Files {
        opinions: file("opinions.csv")?,
        arguments: file("arguments.csv")?,
        sources: file("sources.csv")?,
    })
}
