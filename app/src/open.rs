//! Opening a site's database.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use parvis_store::{Options, Store, Target};

use crate::{compose, config};

/// Opens the database of a site that exists, brought up to date.
pub async fn existing(target: &Target) -> Result<Store> {
    let store = untouched(target).await?;
    migrate(&store, target).await?;
    Ok(store)
}

/// Opens the database of a site that exists, as it is.
pub async fn untouched(target: &Target) -> Result<Store> {
    if let Target::Sqlite(file) = target
        && !file.is_file()
    {
        let folder = file.parent().unwrap_or(file);
        bail!("{}: no site here (make one with parvis init)", folder.display());
    }
    connect(target).await
}

/// Opens the database of a site, made when there is none, brought up to date.
pub async fn or_new(target: &Target) -> Result<Store> {
    let store = connect(target).await?;
    migrate(&store, target).await?;
    Ok(store)
}

/// Opens a database, whatever is in it.
pub async fn connect(target: &Target) -> Result<Store> {
    let readers = std::thread::available_parallelism().map_or(4, |n| n.get().clamp(2, 16));
    let options = Options { readers, read_limit: Duration::from_secs(60), ..Options::default() };
    Store::open(target, options).await.with_context(|| format!("the site {} cannot be opened", name(target)))
}

/// Brings the tables up to date; what was there is copied under `backups/` first.
pub async fn migrate(store: &Store, target: &Target) -> Result<()> {
    let backups = config::folder(target).map_or_else(|| "backups".into(), |folder| folder.join("backups"));
    let applied = store.migrate(&compose::migrations(), Some(&backups)).await;
    let applied =
        applied.with_context(|| format!("the site {} cannot be brought up to date", name(target)))?;
    if !applied.is_empty() {
        tracing::info!(steps = applied.len(), "the tables were brought up to date");
    }
    Ok(())
}

/// The name of a site, without a password.
pub fn name(target: &Target) -> String {
    match target {
        Target::Sqlite(file) => file.parent().unwrap_or(file).display().to_string(),
        Target::Postgres(url) => match url.rsplit_once('@') {
            Some((_, place)) => format!("postgres://{place}"),
            None => url.clone(),
        },
    }
}
