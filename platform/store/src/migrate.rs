//! Migrations: run inside the program, all in one transaction, a backup first.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::store::Inner;
use crate::{Engine, Error, Store, Tx, boxed, p};

/// A set of migrations: those of one crate, in order. Never change a step that was released; add one.
///
/// Tokens: `{pk}` is the type of an automatic key (an id is never given twice, even after a deletion), `{blob}` of
/// bytes. Where the engines truly differ, a line that starts with `-- sqlite:` or `-- postgres:` counts only there.
/// Steps hold no `begin`/`commit`, no deferrable constraint, and insert no rows (a restore wants empty tables).
#[derive(Debug, Clone, Copy)]
pub struct Migrations {
    /// The name of the set, for instance `civic`.
    pub set: &'static str,
    /// Name and statements of each step.
    pub steps: &'static [(&'static str, &'static str)],
}

/// Rebuilding a large table takes a while.
const LIMIT: Duration = Duration::from_secs(600);

const TABLE: &str = "create table if not exists migration (
    set_name text not null, name text not null, checksum text not null, primary key (set_name, name))";

/// A step that the database does not have yet.
struct Pending {
    set: &'static str,
    name: &'static str,
    sql: &'static str,
}

impl Store {
    /// Brings the tables up to date: the store's own set, then `sets` in their order. All steps are applied or none.
    /// When the database already holds something and steps are missing, it is first copied into `backup_dir`.
    /// Answers the steps applied, as `set/name`.
    ///
    /// Fails when a step that was applied has changed since, and when the database has steps that this program
    /// does not know: it was written by a newer version.
    pub async fn migrate(
        &self,
        sets: &[Migrations],
        backup_dir: Option<&Path>,
    ) -> Result<Vec<String>, Error> {
        let mut all = vec![crate::search::MIGRATIONS];
        all.extend_from_slice(sets);
        self.apply(all, backup_dir, None).await
    }

    /// The steps that were applied, as (set, name), in no particular order.
    pub async fn applied(&self) -> Result<Vec<(String, String)>, Error> {
        self.read(|tx| {
            boxed(async move {
                let rows =
                    tx.query("select set_name, name from migration order by set_name, name", &p![]).await?;
                rows.iter().map(|r| Ok((r.at(0)?, r.at(1)?))).collect()
            })
        })
        .await
    }

    /// Applies the steps of `sets` (only those in `only`, when given).
    pub(crate) async fn apply(
        &self,
        sets: Vec<Migrations>,
        backup_dir: Option<&Path>,
        only: Option<Vec<(String, String)>>,
    ) -> Result<Vec<String>, Error> {
        check_texts(&sets)?;
        self.write_within(LIMIT, |tx| {
            boxed(async move {
                tx.lock("migrate").await?; // even `if not exists` may collide on PostgreSQL
                tx.script(TABLE).await
            })
        })
        .await?;
        let wanted = sets.clone();
        let (missing, fresh) = self
            .read(move |tx| {
                boxed(async move {
                    let fresh = tx.value::<i64>("select count(*) from migration", &p![]).await? == 0;
                    Ok::<_, Error>((pending(tx, &wanted).await?, fresh))
                })
            })
            .await?;
        if let (Some(first), Some(dir), false) = (missing.first(), backup_dir, fresh) {
            let file = self.backup_before(first, dir).await?;
            tracing::info!(file = %file.display(), "backup made before migrating");
        }
        let engine = self.engine();
        let applied = self
            .write_within(LIMIT, move |tx| {
                boxed(async move {
                    // Two processes may start at once: the second finds nothing left to do.
                    tx.lock("migrate").await?;
                    let mut applied = Vec::new();
                    for step in pending(tx, &sets).await? {
                        let here = |(s, n): &(String, String)| s == step.set && n == step.name;
                        if only.as_ref().is_some_and(|only| !only.iter().any(here)) {
                            continue;
                        }
                        apply_step(tx, engine, &step).await?;
                        applied.push(format!("{}/{}", step.set, step.name));
                    }
                    Ok::<_, Error>(applied)
                })
            })
            .await?;
        if let (Inner::Pg(pg), false) = (&*self.inner, applied.is_empty()) {
            pg.forget_statements();
        }
        Ok(applied)
    }

    /// A copy of the whole database beside the others: `before-civic-003-answers.sqlite` (or `.zip`).
    async fn backup_before(&self, step: &Pending, dir: &Path) -> Result<PathBuf, Error> {
        std::fs::create_dir_all(dir)?;
        let ending = match self.engine() {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "zip",
        };
        let name: String = format!("before-{}-{}", step.set, step.name)
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' })
            .collect();
        let mut file = dir.join(format!("{name}.{ending}"));
        let mut copy = 2;
        while file.exists() {
            file = dir.join(format!("{name}-{copy}.{ending}"));
            copy += 1;
        }
        match &*self.inner {
            Inner::Lite(_) => {
                let (store, out) = (self.clone(), file.clone());
                let copied = tokio::task::spawn_blocking(move || match &*store.inner {
                    Inner::Lite(lite) => lite.copy_to(&out),
                    Inner::Pg(_) => Ok(()),
                });
                copied.await.map_err(|e| Error::other(format!("the backup was interrupted: {e}")))??;
            }
            Inner::Pg(_) => self.backup(&file).await?,
        }
        Ok(file)
    }
}

/// Refuses what would break a promise of the store.
fn check_texts(sets: &[Migrations]) -> Result<(), Error> {
    for (index, set) in sets.iter().enumerate() {
        if sets.iter().take(index).any(|other| other.set == set.set) {
            return Err(Error::other(format!("two migration sets are named {}", set.set)));
        }
        for (name, sql) in set.steps {
            // A deferred constraint fails at the commit, which other people's writes share.
            if sql.to_ascii_lowercase().contains("deferrable") {
                return Err(Error::other(format!("{}/{name}: no deferrable constraints", set.set)));
            }
        }
    }
    Ok(())
}

/// What is missing, in order; an error when what is there is not what this program knows.
async fn pending(tx: &mut Tx<'_>, sets: &[Migrations]) -> Result<Vec<Pending>, Error> {
    let rows = tx.query("select set_name, name, checksum from migration", &p![]).await?;
    let mut applied: Vec<(String, String, String)> = Vec::with_capacity(rows.len());
    for row in rows {
        applied.push((row.at(0)?, row.at(1)?, row.at(2)?));
    }
    let mut missing = Vec::new();
    for set in sets {
        for (name, sql) in set.steps.iter().copied() {
            match applied.iter().find(|(s, n, _)| s == set.set && n == name) {
                None => missing.push(Pending { set: set.set, name, sql }),
                Some((_, _, sum)) if *sum == checksum(sql) => {}
                Some(_) => {
                    return Err(Error::other(format!(
                        "the migration {}/{name} is not the one that this database was made with",
                        set.set
                    )));
                }
            }
        }
    }
    for (set, name, _) in &applied {
        let known = sets.iter().find(|s| s.set == set);
        if known.is_some_and(|s| !s.steps.iter().any(|(n, _)| n == name)) {
            return Err(Error::other(format!(
                "this database was written by a newer version of the program (it has {set}/{name}): \
                 use that version, or restore the backup made before it"
            )));
        }
    }
    Ok(missing)
}

async fn apply_step(tx: &mut Tx<'_>, engine: Engine, step: &Pending) -> Result<(), Error> {
    let applied = tx.script(&text(step.sql, engine)).await;
    applied.map_err(|e| match e {
        Error::Other { what, source } => {
            Error::Other { what: format!("migration {}/{}: {what}", step.set, step.name), source }
        }
        e => e,
    })?;
    let sql = "insert into migration (set_name, name, checksum) values ($1, $2, $3)";
    tx.exec(sql, &p![step.set, step.name, checksum(step.sql)]).await?;
    Ok(())
}

/// The statements of a step for one engine.
fn text(sql: &str, engine: Engine) -> String {
    let (pk, blob, ours, theirs) = match engine {
        Engine::Sqlite => ("integer primary key autoincrement", "blob", "-- sqlite:", "-- postgres:"),
        Engine::Postgres => {
            ("bigint generated by default as identity primary key", "bytea", "-- postgres:", "-- sqlite:")
        }
    };
    let mut out = String::with_capacity(sql.len() + 64);
    for line in sql.lines() {
        let start = line.trim_start();
        if let Some(line) = start.strip_prefix(ours) {
            out.push_str(line);
        } else if !start.starts_with(theirs) {
            out.push_str(line);
        }
        out.push('\n');
    }
    out.replace("{pk}", pk).replace("{blob}", blob)
}

/// FNV-1a: it only has to notice an edit, not an attack. Spaces at the end of lines do not count.
fn checksum(sql: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for line in sql.trim().lines() {
        for byte in line.trim_end().bytes().chain([b'\n']) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
