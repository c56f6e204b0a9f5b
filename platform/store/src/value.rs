//! Values and rows: the same few types on both engines.

use std::sync::Arc;

use crate::Error;

/// One value, as a parameter or in a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Val {
    /// SQL `null`.
    Null,
    /// A `boolean`. SQLite keeps these as 0 and 1: read them with `row.get::<bool>`.
    Bool(bool),
    /// Any integer; columns are `bigint`.
    I64(i64),
    /// A `double precision`.
    F64(f64),
    /// A text. A NUL character is replaced by U+FFFD when bound (PostgreSQL cannot hold it).
    Text(String),
    /// Bytes (`{blob}` in migrations).
    Blob(Vec<u8>),
}

macro_rules! conversions {
    ($($from:ty => $variant:ident: $x:ident $how:expr),* $(,)?) => { $(
        impl From<$from> for Val {
            fn from($x: $from) -> Val { Val::$variant($how) }
        }
        impl From<Option<$from>> for Val {
            fn from(x: Option<$from>) -> Val { x.map_or(Val::Null, Val::from) }
        }
    )* };
}
conversions!(
    bool => Bool: x x,
    i64 => I64: x x,
    i32 => I64: x i64::from(x),
    i16 => I64: x i64::from(x),
    u32 => I64: x i64::from(x),
    u16 => I64: x i64::from(x),
    u8 => I64: x i64::from(x),
    f64 => F64: x x,
    String => Text: x x,
    &str => Text: x x.to_owned(),
    &String => Text: x x.clone(),
    Vec<u8> => Blob: x x,
    &[u8] => Blob: x x.to_vec(),
    &Vec<u8> => Blob: x x.clone(),
);

impl<const N: usize> From<[u8; N]> for Val {
    fn from(x: [u8; N]) -> Val {
        Val::Blob(x.to_vec())
    }
}

impl From<&i64> for Val {
    fn from(x: &i64) -> Val {
        Val::I64(*x)
    }
}

impl From<&Option<String>> for Val {
    fn from(x: &Option<String>) -> Val {
        x.as_deref().into()
    }
}

/// The parameters of a statement: `p![id, "text", None::<i64>]` is `[Val; 3]`.
#[macro_export]
macro_rules! p {
    () => { [] as [$crate::Val; 0] };
    ($($e:expr),+ $(,)?) => { [$($crate::Val::from($e)),+] };
}

/// What can be read from a column.
pub trait FromVal: Sized {
    /// The value in this type, or `None` when the column holds something else.
    fn from_val(v: Val) -> Option<Self>;
}

impl FromVal for Val {
    fn from_val(v: Val) -> Option<Self> {
        Some(v)
    }
}

impl FromVal for bool {
    fn from_val(v: Val) -> Option<Self> {
        match v {
            Val::Bool(b) => Some(b),
            Val::I64(i) => Some(i != 0),
            _ => None,
        }
    }
}

impl FromVal for i64 {
    fn from_val(v: Val) -> Option<Self> {
        match v {
            Val::I64(i) => Some(i),
            Val::Bool(b) => Some(i64::from(b)),
            _ => None,
        }
    }
}

macro_rules! narrower {
    ($($t:ty),*) => { $(
        impl FromVal for $t {
            fn from_val(v: Val) -> Option<Self> {
                i64::from_val(v).and_then(|i| <$t>::try_from(i).ok())
            }
        }
    )* };
}
narrower!(i32, u32, u64, u16, u8, usize);

impl FromVal for f64 {
    #[expect(clippy::cast_precision_loss, reason = "a float was asked for")]
    fn from_val(v: Val) -> Option<Self> {
        match v {
            Val::F64(x) => Some(x),
            Val::I64(i) => Some(i as f64),
            _ => None,
        }
    }
}

impl FromVal for String {
    fn from_val(v: Val) -> Option<Self> {
        match v {
            Val::Text(s) => Some(s),
            _ => None,
        }
    }
}

impl FromVal for Vec<u8> {
    fn from_val(v: Val) -> Option<Self> {
        match v {
            Val::Blob(b) => Some(b),
            _ => None,
        }
    }
}

impl<T: FromVal> FromVal for Option<T> {
    fn from_val(v: Val) -> Option<Self> {
        if v == Val::Null { Some(None) } else { T::from_val(v).map(Some) }
    }
}

/// One row of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub(crate) columns: Arc<[String]>,
    pub(crate) values: Vec<Val>,
}

impl Row {
    /// The column of that name (the first one when several share it).
    pub fn get<T: FromVal>(&self, column: &str) -> Result<T, Error> {
        let index = self.columns.iter().position(|c| c == column);
        let index = index.ok_or_else(|| Error::other(format!("no column {column:?} in this row")))?;
        self.at(index)
    }

    /// The column at that place, counted from 0.
    pub fn at<T: FromVal>(&self, index: usize) -> Result<T, Error> {
        let value = self.values.get(index);
        let value = value.ok_or_else(|| Error::other(format!("no column {index} in this row")))?;
        T::from_val(value.clone()).ok_or_else(|| {
            Error::other(format!(
                "column {:?} holds {}, not a {}",
                self.columns.get(index).map_or("?", String::as_str),
                kind(value),
                std::any::type_name::<T>()
            ))
        })
    }

    /// The text in that column, counted from 0, where it is: for a column that is only compared.
    pub fn text(&self, index: usize) -> Result<&str, Error> {
        match self.values.get(index) {
            Some(Val::Text(text)) => Ok(text),
            Some(other) => Err(Error::other(format!("column {index} holds {}, not a text", kind(other)))),
            None => Err(Error::other(format!("no column {index} in this row"))),
        }
    }

    /// The names of the columns, in order.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The values, in the order of the columns.
    pub fn values(&self) -> &[Val] {
        &self.values
    }

    /// The values themselves, for a caller that keeps them.
    pub fn into_values(self) -> Vec<Val> {
        self.values
    }
}

/// The kind of a value for messages: never the value itself, which may be personal.
fn kind(v: &Val) -> &'static str {
    match v {
        Val::Null => "null",
        Val::Bool(_) => "a boolean",
        Val::I64(_) => "an integer",
        Val::F64(_) => "a float",
        Val::Text(_) => "a text",
        Val::Blob(_) => "bytes",
    }
}
