//! Backups that either engine can read: a zip with one file per table, one JSON array per row, and a manifest.
//!
//! A backup is one snapshot, made while the site serves. Bytes are base64. The search index is not in it: it
//! makes itself again as its rows come back.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Engine, Error, Migrations, Row, Store, Tx, Val, boxed, p};

const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
/// Enough for any site; a guard against waiting for ever.
const LIMIT: Duration = Duration::from_secs(3600);
/// Values in one insert statement, below the limits of both engines.
const VALUES_A_STATEMENT: usize = 900;

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Manifest {
    format: u32,
    /// Where it was made, for people only.
    engine: String,
    /// Set, name and checksum of each migration.
    migrations: Vec<(String, String, String)>,
    tables: Vec<Table>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Table {
    name: String,
    columns: Vec<Column>,
    /// The greatest id ever given, deleted rows included; ids are never given twice.
    last_id: Option<i64>,
    rows: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Column {
    name: String,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Boolean,
    Integer,
    Float,
    Text,
    Blob,
}

impl Store {
    /// Writes a backup to `out`, which is complete and on the disk when this returns, or not there.
    pub async fn backup(&self, out: &Path) -> Result<(), Error> {
        let mut partial = out.as_os_str().to_owned();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let (engine, file) = (self.engine(), partial.clone());
        let made: Result<(), Error> =
            self.read_within(LIMIT, move |tx| boxed(async move { write_zip(tx, engine, &file).await })).await;
        let made = made.and_then(|()| Ok(std::fs::rename(&partial, out)?));
        if made.is_err() {
            let _ = std::fs::remove_file(&partial);
        }
        made?;
        let folder = out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?; // the new name too must survive a power cut
        Ok(())
    }

    /// Fills this database from a backup, all or nothing. It must be migrated to the very steps of the backup, and
    /// empty: to read a backup of an older version, see [`Store::restore_and_migrate`].
    pub async fn restore(&self, file: &Path) -> Result<(), Error> {
        let (manifest, spread) = open_zip(file)?;
        let engine = self.engine();
        self.write_within(LIMIT, move |tx| boxed(async move { fill(tx, engine, manifest, spread).await }))
            .await
    }

    /// Fills a new database from a backup that this version or an older one made: makes the tables as they were,
    /// fills them, then brings them up to date. Answers the migrations applied after that.
    pub async fn restore_and_migrate(&self, file: &Path, sets: &[Migrations]) -> Result<Vec<String>, Error> {
        let (manifest, _) = open_zip(file)?;
        let mut all = vec![crate::search::MIGRATIONS];
        all.extend_from_slice(sets);
        for (set, name, _) in &manifest.migrations {
            if !all.iter().any(|s| s.set == set && s.steps.iter().any(|(n, _)| n == name)) {
                return Err(Error::other(format!(
                    "this backup was made by a newer version of the program (it has {set}/{name})"
                )));
            }
        }
        let only = manifest.migrations.into_iter().map(|(set, name, _)| (set, name)).collect();
        self.apply(all, None, Some(only)).await?;
        self.restore(file).await?;
        self.migrate(sets, None).await
    }
}

/// The tables of the database, without their rows' number.
async fn tables(tx: &mut Tx<'_>, engine: Engine) -> Result<Vec<Table>, Error> {
    let (tables, columns) = match engine {
        Engine::Sqlite => (
            "select name from pragma_table_list where schema = 'main' and type = 'table'
             and name not like 'sqlite_%' and name <> 'migration' order by name",
            "select name, lower(type) from pragma_table_xinfo($1) where hidden = 0 order by cid",
        ),
        Engine::Postgres => (
            "select cast(table_name as text) from information_schema.tables
             where table_schema = current_schema() and table_type = 'BASE TABLE' and table_name <> 'migration'
             order by cast(table_name as text) collate \"C\"",
            "select cast(column_name as text), cast(data_type as text) from information_schema.columns
             where table_schema = current_schema() and table_name = $1 and is_generated = 'NEVER'
             order by ordinal_position",
        ),
    };
    let mut found = Vec::new();
    for row in tx.query(tables, &p![]).await? {
        let name: String = row.at(0)?;
        let mut described = Vec::new();
        for row in tx.query(columns, &p![&name]).await? {
            let (column, declared): (String, String) = (row.at(0)?, row.at(1)?);
            let kind = kind(&declared).ok_or_else(|| {
                Error::other(format!("{name}.{column} is a {declared}: backups do not know this type"))
            })?;
            described.push(Column { name: column, kind });
        }
        found.push(Table { name, columns: described, last_id: None, rows: 0 });
    }
    Ok(found)
}

fn kind(declared: &str) -> Option<Kind> {
    Some(match declared {
        "boolean" => Kind::Boolean,
        "bigint" | "integer" | "int" | "smallint" => Kind::Integer,
        "double precision" | "real" => Kind::Float,
        "text" | "character varying" => Kind::Text,
        "blob" | "bytea" => Kind::Blob,
        _ => return None,
    })
}

async fn migrations(tx: &mut Tx<'_>) -> Result<Vec<(String, String, String)>, Error> {
    let rows =
        tx.query("select set_name, name, checksum from migration order by set_name, name", &p![]).await?;
    rows.iter().map(|r| Ok((r.at(0)?, r.at(1)?, r.at(2)?))).collect()
}

async fn write_zip(tx: &mut Tx<'_>, engine: Engine, out: &Path) -> Result<(), Error> {
    let mut zip = zip::ZipWriter::new(BufWriter::new(crate::lite::create_file(out)?));
    let options = zip::write::SimpleFileOptions::default().large_file(true);
    let mut all = tables(tx, engine).await?;
    for table in &mut all {
        zip.start_file(file_name(&table.name), options)?;
        let names: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
        let order = if names.contains(&"id") { " order by id" } else { "" };
        let sql = format!("select {} from {}{order}", quoted(&names), quote(&table.name));
        table.rows = tx
            .each(&sql, &p![], |row| {
                serde_json::to_writer(&mut zip, &encode(table, row)?)?;
                zip.write_all(b"\n")?;
                Ok(())
            })
            .await?;
        table.last_id = last_id(tx, engine, table).await?;
    }
    let migrations = migrations(tx).await?;
    let manifest = Manifest { format: FORMAT, engine: engine.name().to_owned(), migrations, tables: all };
    zip.start_file(MANIFEST, options)?;
    serde_json::to_writer_pretty(&mut zip, &manifest)?;
    let file = zip.finish()?.into_inner().map_err(|e| Error::from(e.into_error()))?;
    file.sync_all()?;
    Ok(())
}

async fn last_id(tx: &mut Tx<'_>, engine: Engine, table: &Table) -> Result<Option<i64>, Error> {
    match engine {
        Engine::Sqlite => {
            let row = tx.opt("select seq from sqlite_sequence where name = $1", &p![&table.name]).await?;
            row.map(|r| r.at(0)).transpose()
        }
        Engine::Postgres => {
            let Some(sequence) = sequence(tx, table).await? else { return Ok(None) };
            let sql =
                format!("select case when is_called then last_value else last_value - 1 end from {sequence}");
            Ok(Some(tx.value(&sql, &p![]).await?))
        }
    }
}

/// The PostgreSQL sequence behind the ids of a table.
async fn sequence(tx: &mut Tx<'_>, table: &Table) -> Result<Option<String>, Error> {
    if !table.columns.iter().any(|c| c.name == "id" && c.kind == Kind::Integer) {
        return Ok(None);
    }
    tx.value("select pg_get_serial_sequence(quote_ident($1), 'id')", &p![&table.name]).await
}

fn encode(table: &Table, row: Row) -> Result<Vec<Value>, Error> {
    let values = row.into_values().into_iter().zip(&table.columns);
    let encoded = values.map(|(value, column)| {
        Ok(match (column.kind, value) {
            (_, Val::Null) => Value::Null,
            (Kind::Boolean, Val::Bool(b)) => Value::Bool(b),
            (Kind::Boolean, Val::I64(i)) => Value::Bool(i != 0),
            (Kind::Integer, Val::I64(i)) => Value::from(i),
            // JSON has no number for the infinite ones.
            (Kind::Float, Val::F64(x)) => {
                serde_json::Number::from_f64(x).map_or_else(|| Value::from(x.to_string()), Value::Number)
            }
            (Kind::Text, Val::Text(s)) => Value::String(s),
            (Kind::Blob, Val::Blob(b)) => Value::String(BASE64_STANDARD.encode(b)),
            _ => return Err(Error::other(format!("{}.{} holds a foreign value", table.name, column.name))),
        })
    });
    encoded.collect()
}

fn decode(column: &Column, value: Value) -> Option<Val> {
    Some(match (column.kind, value) {
        (_, Value::Null) => Val::Null,
        (Kind::Boolean, Value::Bool(b)) => Val::Bool(b),
        (Kind::Integer, Value::Number(n)) => Val::I64(n.as_i64()?),
        (Kind::Float, Value::Number(n)) => Val::F64(n.as_f64()?),
        (Kind::Float, Value::String(s)) => Val::F64(s.parse().ok()?),
        (Kind::Text, Value::String(s)) => Val::Text(s),
        (Kind::Blob, Value::String(s)) => Val::Blob(BASE64_STANDARD.decode(s).ok()?),
        _ => return None,
    })
}

/// Reads the manifest and unpacks the tables into nameless temporary files, in the manifest's order.
fn open_zip(file: &Path) -> Result<(Manifest, Vec<File>), Error> {
    let mut zip = zip::ZipArchive::new(BufReader::new(File::open(file)?))?;
    let manifest: Manifest = serde_json::from_reader(zip.by_name(MANIFEST)?)?;
    if manifest.format != FORMAT {
        return Err(Error::other(format!(
            "this backup has format {}; this program reads {FORMAT}",
            manifest.format
        )));
    }
    let mut spread = Vec::with_capacity(manifest.tables.len());
    for table in &manifest.tables {
        let mut unpacked = tempfile::tempfile()?;
        std::io::copy(&mut zip.by_name(&file_name(&table.name))?, &mut unpacked)?;
        unpacked.rewind()?;
        spread.push(unpacked);
    }
    Ok((manifest, spread))
}

async fn fill(tx: &mut Tx<'_>, engine: Engine, manifest: Manifest, spread: Vec<File>) -> Result<(), Error> {
    if migrations(tx).await? != manifest.migrations {
        return Err(Error::other(
            "this backup was made by another version of the program than this database",
        ));
    }
    // Names below come from the database, never from the file.
    let here = tables(tx, engine).await?;
    for table in &here {
        if tx.opt(&format!("select 1 from {} limit 1", quote(&table.name)), &p![]).await?.is_some() {
            return Err(Error::other(format!("the database is not empty: {} has rows", table.name)));
        }
    }
    let references = loosen(tx, engine).await?;
    let filled = fill_tables(tx, engine, &here, &manifest, spread).await;
    match (engine, filled) {
        (Engine::Sqlite, filled) => {
            tx.doomed = false; // the setting outlives a savepoint: put it back even after a failure
            let broken = tx.query("pragma foreign_key_check", &p![]).await?;
            tx.script("pragma defer_foreign_keys = off").await?;
            filled?;
            if let Some(row) = broken.first() {
                let detail = format!("a row of {} points to nothing", row.at::<String>(0)?);
                return Err(Error::ForeignKey { detail });
            }
        }
        (Engine::Postgres, filled) => {
            filled?;
            for (table, name, definition) in references {
                tx.script(&format!("alter table {table} add constraint {} {definition}", quote(&name)))
                    .await?;
            }
        }
    }
    Ok(())
}

/// Lets rows come in any order: they may point to rows that come later. Answers the PostgreSQL constraints taken away.
async fn loosen(tx: &mut Tx<'_>, engine: Engine) -> Result<Vec<(String, String, String)>, Error> {
    match engine {
        Engine::Sqlite => {
            tx.script("pragma defer_foreign_keys = on").await?;
            Ok(Vec::new())
        }
        Engine::Postgres => {
            let sql = "select cast(cast(c.conrelid as regclass) as text), cast(c.conname as text),
                    pg_get_constraintdef(c.oid)
                from pg_constraint c join pg_namespace n on n.oid = c.connamespace
                where c.contype = 'f' and n.nspname = current_schema() order by c.oid";
            let mut taken = Vec::new();
            for row in tx.query(sql, &p![]).await? {
                let (table, name): (String, String) = (row.at(0)?, row.at(1)?);
                tx.script(&format!("alter table {table} drop constraint {}", quote(&name))).await?;
                taken.push((table, name, row.at(2)?));
            }
            Ok(taken)
        }
    }
}

async fn fill_tables(
    tx: &mut Tx<'_>,
    engine: Engine,
    here: &[Table],
    manifest: &Manifest,
    spread: Vec<File>,
) -> Result<(), Error> {
    for (saved, file) in manifest.tables.iter().zip(spread) {
        let table = here.iter().find(|t| t.name == saved.name && same_columns(t, saved));
        let table =
            table.ok_or_else(|| Error::other(format!("the table {} has another shape here", saved.name)))?;
        let rows = fill_table(tx, table, saved, file).await?;
        if rows != saved.rows {
            let what =
                format!("{}: {rows} rows instead of {}: the backup is damaged", saved.name, saved.rows);
            return Err(Error::other(what));
        }
        if let Some(last) = saved.last_id.filter(|last| *last > 0) {
            match engine {
                Engine::Sqlite => {
                    tx.exec("delete from sqlite_sequence where name = $1", &p![&table.name]).await?;
                    let sql = "insert into sqlite_sequence (name, seq) values ($1, $2)";
                    tx.exec(sql, &p![&table.name, last]).await?;
                }
                Engine::Postgres => {
                    if let Some(sequence) = sequence(tx, table).await? {
                        tx.query(
                            "select setval(cast(cast($1 as text) as regclass), $2)",
                            &p![sequence, last],
                        )
                        .await?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// Whether two tables have the same columns, in whatever order.
fn same_columns(a: &Table, b: &Table) -> bool {
    a.columns.len() == b.columns.len() && a.columns.iter().all(|c| b.columns.contains(c))
}

async fn fill_table(tx: &mut Tx<'_>, table: &Table, saved: &Table, file: File) -> Result<u64, Error> {
    let names: Vec<&str> = saved.columns.iter().map(|c| c.name.as_str()).collect();
    let width = names.len().max(1);
    let batch = (VALUES_A_STATEMENT / width).max(1) * width;
    let insert = |values: usize| {
        let rows: Vec<String> = (0..values / width)
            .map(|r| {
                let places: Vec<String> = (1..=width).map(|c| format!("${}", r * width + c)).collect();
                format!("({})", places.join(", "))
            })
            .collect();
        format!("insert into {} ({}) values {}", quote(&table.name), quoted(&names), rows.join(", "))
    };
    let full = insert(batch);
    let mut values: Vec<Val> = Vec::with_capacity(batch);
    let mut rows = 0;
    for line in BufReader::new(file).lines() {
        rows += 1;
        let damaged = || Error::other(format!("{}: row {rows} cannot be read", table.name));
        let cells: Vec<Value> = serde_json::from_str(&line?).map_err(|_| damaged())?;
        if cells.len() != width {
            return Err(damaged());
        }
        for (cell, column) in cells.into_iter().zip(&saved.columns) {
            values.push(decode(column, cell).ok_or_else(damaged)?);
        }
        if values.len() == batch {
            tx.exec(&full, &values).await?;
            values.clear();
        }
    }
    if !values.is_empty() {
        tx.exec(&insert(values.len()), &values).await?;
    }
    Ok(rows)
}

fn file_name(table: &str) -> String {
    format!("tables/{table}.ndjson")
}

fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|n| quote(n)).collect::<Vec<_>>().join(", ")
}
