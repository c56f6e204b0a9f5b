//! Values on the wire: each is written in the type that the statement expects, read from the type it has.

use bytes::{BufMut, BytesMut};
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use crate::Val;

type Cause = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Val {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Cause> {
        match self {
            Val::Null => Ok(IsNull::Yes),
            Val::Bool(b) => match *ty {
                Type::BOOL => b.to_sql(ty, out),
                _ => Val::I64(i64::from(*b)).to_sql(ty, out),
            },
            Val::I64(i) => integer(*i, ty, out),
            Val::F64(f) => match *ty {
                Type::FLOAT8 => f.to_sql(ty, out),
                #[expect(clippy::cast_possible_truncation, reason = "the column asked for a short float")]
                Type::FLOAT4 => (*f as f32).to_sql(ty, out),
                _ => Err(format!("a float where {ty} is expected").into()),
            },
            Val::Text(s) => match *ty {
                Type::JSONB => {
                    out.put_u8(1); // the version of the format
                    text(s, out)
                }
                Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::JSON | Type::UNKNOWN => {
                    text(s, out)
                }
                _ => Err(format!("a text where {ty} is expected").into()),
            },
            Val::Blob(b) => match *ty {
                Type::BYTEA => b.to_sql(ty, out),
                _ => Err(format!("bytes where {ty} is expected").into()),
            },
        }
    }

    fn accepts(_: &Type) -> bool {
        true // `to_sql` says what it cannot do
    }

    to_sql_checked!();
}

/// NUL cannot be stored: replaced, as on SQLite.
fn text(s: &str, out: &mut BytesMut) -> Result<IsNull, Cause> {
    if s.contains('\0') {
        return s.replace('\0', "\u{fffd}").to_sql(&Type::TEXT, out);
    }
    s.to_sql(&Type::TEXT, out)
}

fn integer(i: i64, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Cause> {
    match *ty {
        Type::INT8 => i.to_sql(ty, out),
        Type::INT4 => i32::try_from(i)?.to_sql(ty, out),
        Type::INT2 => i16::try_from(i)?.to_sql(ty, out),
        Type::BOOL => (i != 0).to_sql(ty, out),
        #[expect(clippy::cast_precision_loss, reason = "the column asked for a float")]
        Type::FLOAT8 => (i as f64).to_sql(ty, out),
        // A parameter whose type nothing tells is a text for PostgreSQL.
        Type::TEXT | Type::VARCHAR => text(&i.to_string(), out),
        _ => Err(format!("an integer where {ty} is expected: cast the parameter").into()),
    }
}

impl<'a> FromSql<'a> for Val {
    fn from_sql(ty: &Type, b: &'a [u8]) -> Result<Val, Cause> {
        Ok(match *ty {
            Type::BOOL => Val::Bool(bool::from_sql(ty, b)?),
            Type::INT8 => Val::I64(i64::from_sql(ty, b)?),
            Type::INT4 => Val::I64(i64::from(i32::from_sql(ty, b)?)),
            Type::INT2 => Val::I64(i64::from(i16::from_sql(ty, b)?)),
            Type::OID => Val::I64(i64::from(u32::from_sql(ty, b)?)),
            Type::FLOAT8 => Val::F64(f64::from_sql(ty, b)?),
            Type::FLOAT4 => Val::F64(f64::from(f32::from_sql(ty, b)?)),
            Type::NUMERIC => numeric(b)?,
            Type::BYTEA => Val::Blob(b.to_vec()),
            Type::JSONB => Val::Text(std::str::from_utf8(b.get(1..).unwrap_or_default())?.to_owned()),
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::JSON | Type::UNKNOWN => {
                Val::Text(std::str::from_utf8(b)?.to_owned())
            }
            Type::VOID => Val::Null, // what a function called for its effect answers
            Type::CHAR => Val::Text(b.first().map(|c| char::from(*c).to_string()).unwrap_or_default()),
            ref other => {
                return Err(format!("columns of type {other} are not read: cast it in the statement").into());
            }
        })
    }

    fn from_sql_null(_: &Type) -> Result<Val, Cause> {
        Ok(Val::Null)
    }

    fn accepts(_: &Type) -> bool {
        true // `from_sql` says what it cannot do
    }
}

/// `sum` of a `bigint` is a `numeric` on PostgreSQL and an integer on SQLite: a whole number that fits is read as
/// an integer here too. Anything else becomes a float.
fn numeric(b: &[u8]) -> Result<Val, Cause> {
    let word = |i: usize| -> Result<i16, Cause> {
        let bytes = b.get(i * 2..i * 2 + 2).ok_or("a numeric is cut short")?;
        Ok(i16::from_be_bytes([bytes[0], bytes[1]]))
    };
    let (count, weight, sign, scale) = (word(0)?, i32::from(word(1)?), word(2)?, word(3)?);
    let negative = match sign {
        0 => false,
        0x4000 => true,
        _ => return Ok(Val::F64(f64::NAN)),
    };
    let digits: Vec<i16> = (0..usize::try_from(count)?).map(|i| word(4 + i)).collect::<Result<_, _>>()?;
    if scale == 0 {
        let mut whole: i128 = 0;
        for place in 0..=weight {
            let digit = usize::try_from(place).ok().and_then(|i| digits.get(i)).copied().unwrap_or(0);
            whole = whole.saturating_mul(10_000).saturating_add(i128::from(digit));
        }
        let whole = if negative { -whole } else { whole };
        if let Ok(i) = i64::try_from(whole) {
            return Ok(Val::I64(i));
        }
    }
    let mut text = String::from(if negative { "-0" } else { "0" });
    for digit in &digits {
        text.push_str(&format!("{digit:04}"));
    }
    // The digits written so far stand for `digits × 10000^(weight - count + 1)`.
    text.push_str(&format!("e{}", (weight - i32::from(count) + 1) * 4));
    Ok(Val::F64(text.parse()?))
}
