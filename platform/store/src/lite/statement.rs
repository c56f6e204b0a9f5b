//! Running one statement on SQLite.

use std::sync::Arc;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode};

use crate::{Error, Row, Val};

struct Bound<'a>(&'a Val);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Val::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Val::Bool(b) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(*b))),
            Val::I64(i) => ToSqlOutput::Borrowed(ValueRef::Integer(*i)),
            Val::F64(f) => ToSqlOutput::Borrowed(ValueRef::Real(*f)),
            // PostgreSQL cannot hold NUL: the same text must come back from both engines.
            Val::Text(s) if s.contains('\0') => ToSqlOutput::from(s.replace('\0', "\u{fffd}")),
            Val::Text(s) => ToSqlOutput::Borrowed(ValueRef::Text(s.as_bytes())),
            Val::Blob(b) => ToSqlOutput::Borrowed(ValueRef::Blob(b)),
        })
    }
}

fn read(v: ValueRef<'_>) -> Val {
    match v {
        ValueRef::Null => Val::Null,
        ValueRef::Integer(i) => Val::I64(i),
        ValueRef::Real(f) => Val::F64(f),
        ValueRef::Text(t) => Val::Text(String::from_utf8_lossy(t).into_owned()),
        ValueRef::Blob(b) => Val::Blob(b.to_vec()),
    }
}

/// Runs a statement, gives each row to `each`, answers the number of rows (or of rows changed, when it
/// returns none). `failed` is set when the engine refused, not when `each` did.
pub(crate) fn run(
    c: &Connection,
    sql: &str,
    params: &[Val],
    failed: &mut bool,
    mut each: impl FnMut(Row) -> Result<(), Error>,
) -> Result<u64, Error> {
    let mut engine = |e: rusqlite::Error| {
        *failed = true;
        error(c, e)
    };
    let mut statement = c.prepare_cached(sql).map_err(&mut engine)?;
    let mut highest = 0;
    for i in 1..=statement.parameter_count() {
        // `$3` is a *named* parameter for SQLite: map the name back to its number.
        let k = statement.parameter_name(i).and_then(|n| n.get(1..)?.parse().ok()).unwrap_or(i);
        highest = highest.max(k);
        let value = k.checked_sub(1).and_then(|k| params.get(k));
        let value = value.ok_or_else(|| Error::other(format!("no value for ${k} in: {sql}")))?;
        statement.raw_bind_parameter(i, Bound(value)).map_err(&mut engine)?;
    }
    if highest != params.len() {
        return Err(Error::other(format!("{} values for {highest} parameters in: {sql}", params.len())));
    }
    if statement.column_count() == 0 {
        let changed = statement.raw_execute().map_err(&mut engine)?;
        return Ok(u64::try_from(changed).unwrap_or(u64::MAX));
    }
    let columns: Arc<[String]> = statement.column_names().map(String::from).collect();
    let mut rows = statement.raw_query();
    let mut count = 0;
    while let Some(row) = rows.next().map_err(&mut engine)? {
        count += 1;
        let mut values = Vec::with_capacity(columns.len());
        for i in 0..columns.len() {
            values.push(read(row.get_ref(i).map_err(&mut engine)?));
        }
        each(Row { columns: columns.clone(), values })?;
    }
    Ok(count)
}

// Result codes that have no name in rusqlite.
const READ_ONLY: i32 = 8;
const FOREIGN_KEY: i32 = 787;
const PRIMARY_KEY: i32 = 1555;
const UNIQUE: i32 = 2067;
const ROWID: i32 = 2579;

/// Puts an error of SQLite in our words.
pub(crate) fn error(c: &Connection, e: rusqlite::Error) -> Error {
    let Some(code) = e.sqlite_error().copied() else {
        return Error::Other { what: e.to_string(), source: Some(Box::new(e)) };
    };
    match (code.code, code.extended_code) {
        (_, PRIMARY_KEY | UNIQUE | ROWID) => Error::Unique { constraint: constraint(c, &e.to_string()) },
        (_, FOREIGN_KEY) => Error::ForeignKey { detail: e.to_string() },
        (ErrorCode::OperationInterrupted, _) => Error::Timeout,
        // Plain: a write in a read, our mistake. Extended: the file system became read-only, or the file moved.
        (ErrorCode::ReadOnly, READ_ONLY) => Error::Other { what: e.to_string(), source: Some(Box::new(e)) },
        (
            ErrorCode::DiskFull
            | ErrorCode::SystemIoFailure
            | ErrorCode::ReadOnly
            | ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::CannotOpen
            | ErrorCode::OutOfMemory
            | ErrorCode::FileLockingProtocolFailed,
            _,
        ) => Error::Unavailable { what: e.to_string(), source: Some(Box::new(e)) },
        _ => Error::Other { what: e.to_string(), source: Some(Box::new(e)) },
    }
}

/// `UNIQUE constraint failed: t.a, t.b` → `t.a,t.b`; `… failed: index 'i'` → `t.i`.
fn constraint(c: &Connection, message: &str) -> String {
    let names = message.split("constraint failed: ").nth(1).unwrap_or(message);
    if let Some(index) = names.strip_prefix("index '").and_then(|n| n.split('\'').next()) {
        let table: Result<String, _> =
            c.query_row("select tbl_name from sqlite_schema where name = ?", [index], |r| r.get(0));
        return table.map_or_else(|_| index.to_owned(), |t| format!("{t}.{index}"));
    }
    names.split(", ").collect::<Vec<_>>().join(",")
}
