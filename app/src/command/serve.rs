//! `parvis serve`: pages, jobs, and a clean end.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use parvis_civic::{account, follow, journal, process, settings};
use parvis_core::{Clock, SystemClock};
use parvis_ops::mail::Sender;
use parvis_ops::{Worker, metrics};
use parvis_store::{Store, boxed};
use parvis_web::{Config, Rates, Site};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{Outcome, say};
use crate::config::{self, Serving};
use crate::{compose, open};

/// Where the public address is kept beside the settings.
pub(super) const PUBLIC_URL: &str = "public-url";
/// Openings and closings are noted in the journal this long after the clock made them, at most.
const MOMENTS: Duration = Duration::from_secs(3);
/// Leaves get their place in the journal this long after their act, at most (PostgreSQL).
const PLACES: Duration = Duration::from_secs(1);
/// How often what is out of date is deleted.
const CLEANING: i64 = 3_600_000;

/// Serves a site until the program is told to end.
///
/// # Errors
/// The site cannot be opened, the address cannot be listened on.
pub async fn run(serving: Serving) -> Result<Outcome> {
    let store = open::or_new(&serving.target).await?;
    let running = Running::start(store, &serving, false).await?;
    running.announce().await?;
    running.until_told().await
}

/// A site that listens.
pub(super) struct Running {
    site: Arc<Site>,
    listener: TcpListener,
    worker: Worker,
    told: Told,
}

impl Running {
    /// Listens, and makes everything ready to answer.
    pub async fn start(store: Store, serving: &Serving, demo: bool) -> Result<Self> {
        metrics::install();
        let told = told()?;
        let listener = TcpListener::bind(serving.listen);
        let listener = listener.await.with_context(|| format!("{} cannot be listened on", serving.listen))?;
        let address = listener.local_addr().context("no address to listen on")?;
        let public_url = serving.public_url.clone().unwrap_or_else(|| {
            // What people type on this machine; a name, so that browsers treat it as safe.
            format!("http://localhost:{}", address.port())
        });
        let data_dir = config::folder(&serving.target);
        let config = Config {
            public_url: public_url.clone(),
            demo,
            insecure_http: serving.insecure_http,
            trusted_proxy: serving.trusted_proxy,
            metrics_token: serving.metrics_token.clone(),
            data_dir,
            rates: if serving.unlimited { Rates::unlimited() } else { Rates::default() },
        };
        if public_url.starts_with("http://") && !config::is_local(&public_url) && !serving.insecure_http {
            tracing::warn!(
                url = public_url,
                "people will not be able to sign in: use https, or --insecure-http on a local network"
            );
        }
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let worker = Worker::new(store.clone(), Arc::clone(&clock));
        let sender = Sender::new(store.clone(), Arc::clone(&clock), serving.smtp.as_ref(), &public_url)?;
        let site = Site::new(store, Arc::clone(&clock), config, compose::tools(), &compose::sources())
            .await
            .map_err(|e| anyhow::anyhow!("the site cannot start: {e}"))?;
        let worker = parvis_panel::work::register(worker, &site.store, &clock);
        let worker = with_jobs(sender.register(worker), &site);
        remember_address(&site, demo).await?;
        Ok(Self { site, listener, worker, told })
    }

    /// Says where it listens, and how to set the site up the first time.
    pub async fn announce(&self) -> Result<()> {
        let address = self.listener.local_addr()?;
        let code = if self.site.settings().ready {
            None
        } else {
            let made = self.site.store.write(|tx| boxed(account_setup(tx))).await;
            Some(made.context("the setup code cannot be made")?)
        };
        say(format!("listening on http://{address}"));
        if let Some(code) = code {
            let at = if config::is_local(&self.site.config.public_url) {
                self.site.url("/setup")
            } else {
                format!("http://{address}/setup or {}", self.site.url("/setup"))
            };
            say(format!(
                "first run: open {at} and answer four questions; from another machine, the code is {code}"
            ));
        }
        Ok(())
    }

    /// Its public address.
    pub fn url(&self) -> &str {
        &self.site.config.public_url
    }

    /// Serves until SIGTERM, SIGINT or Ctrl-C; then finishes what is under way.
    pub async fn until_told(self) -> Result<Outcome> {
        let (stop, stopped) = watch::channel(false);
        let store = self.site.store.clone();
        let router = compose::router(&self.site);
        let mut tasks = tokio::task::JoinSet::new();
        let (worker, told) = (self.worker, stopped.clone());
        tasks.spawn(async move { worker.run(end(told)).await });
        tasks.spawn(moments(Arc::clone(&self.site), stopped.clone()));
        tasks.spawn(places(Arc::clone(&self.site), stopped.clone()));
        let shutdown = async move {
            self.told.await;
            tracing::info!("ending: finishing what is under way");
            let _ = stop.send(true);
        };
        parvis_web::serve(router, self.listener, shutdown).await?;
        // The worker is in the middle of a mail, perhaps: give it a moment.
        let all = async { while tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(Duration::from_secs(10), all).await.is_err() {
            tracing::warn!("a job was still under way at the end: it will be taken up again");
        }
        store.close().await;
        Ok(Outcome::Done)
    }
}

/// Keeps the public address for the commands that are not told it, and names the journal after it. An address of
/// this machine only is not worth keeping: the name of a journal is for ever.
async fn remember_address(site: &Site, demo: bool) -> Result<()> {
    let url = site.config.public_url.clone();
    if demo || config::is_local(&url) {
        return Ok(());
    }
    let kept = site.store.write(move |tx| {
        boxed(async move {
            if settings::get(tx, PUBLIC_URL).await?.as_deref() != Some(url.as_str()) {
                settings::put(tx, PUBLIC_URL, &url).await?;
            }
            journal::signer(tx, &journal::origin(&url)).await.map(drop)
        })
    });
    kept.await.context("the public address cannot be kept")
}

async fn account_setup(tx: &mut parvis_store::Tx<'_>) -> Result<String, parvis_civic::Error> {
    parvis_site::account::setup::issue_code(tx).await
}

/// Ends when the program was told to.
async fn end(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|told| *told).await;
}

/// The jobs that acts cause, and the cleaning.
fn with_jobs(worker: Worker, site: &Arc<Site>) -> Worker {
    let worker = parvis_ballotbox::mix::register(worker, &site.store);
    let of = Arc::clone(site);
    let worker = worker.on(follow::JOB, move |job| {
        let site = Arc::clone(&of);
        async move {
            follow::run(&site.store, &site.catalog, &site.config.public_url, job.now, &job.payload).await
        }
    });
    let store = site.store.clone();
    worker.every("civic-tidy", CLEANING, move |job| {
        let store = store.clone();
        async move {
            store
                .write(move |tx| {
                    boxed(async move {
                        account::link::tidy(tx, job.now).await?;
                        account::session::tidy(tx, job.now).await?;
                        parvis_ops::throttle::tidy(tx, job.now).await?;
                        Ok::<_, parvis_civic::Error>(())
                    })
                })
                .await
        }
    })
}

/// Notes openings and closings in the journal, soon after the clock made them so.
async fn moments(site: Arc<Site>, stopped: watch::Receiver<bool>) {
    loop {
        let now = site.now();
        let done =
            site.store.write(move |tx| boxed(async move { process::record_moments(tx, now).await })).await;
        if let Err(e) = done {
            tracing::warn!(error = %e, "openings and closings could not be noted; trying again");
        }
        tokio::select! {
            () = end(stopped.clone()) => return,
            () = tokio::time::sleep(MOMENTS) => {}
        }
    }
}

/// Gives leaves their place in the journal, where several write at a time.
async fn places(site: Arc<Site>, stopped: watch::Receiver<bool>) {
    loop {
        if let Err(e) = journal::place_pending(&site.store).await {
            tracing::warn!(error = %e, "leaves could not be placed; trying again");
        }
        tokio::select! {
            () = end(stopped.clone()) => return,
            () = tokio::time::sleep(PLACES) => {}
        }
    }
}

/// Ends when the program is told to.
type Told = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Listens for SIGTERM and SIGINT from now on: a program that says that it listens ends cleanly, however soon.
fn told() -> Result<Told> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut term = signal(SignalKind::terminate()).context("signals cannot be received")?;
        let mut int = signal(SignalKind::interrupt()).context("signals cannot be received")?;
        Ok(Box::pin(async move {
            tokio::select! {
                _ = term.recv() => {}
                _ = int.recv() => {}
            }
        }))
    }
    #[cfg(not(unix))]
    Ok(Box::pin(async {
        let _ = tokio::signal::ctrl_c().await;
    }))
}
