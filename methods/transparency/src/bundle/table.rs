//! One table against its schema.

use super::datapackage::{Constraints, Field, ForeignKey, Package, Resource, Schema, Type};
use super::{Check, Files, required};
use csv::StringRecord;
use std::collections::HashSet;

/// Check `table:NAME`: the CSV file has exactly the columns of its schema, in order; each cell fits its type and
/// constraints; the primary key tells rows apart; foreign keys are found in the table they refer to.
pub fn table(files: &dyn Files, package: &Package, resource: &Resource) -> Check {
    let result = match &resource.schema {
        Some(schema) => read(files, package, resource, schema),
        None => Err("no schema".to_owned()),
    };
    let result = result.map_err(|e| format!("{}{e}", resource.path));
    Check::from_result(format!("table:{}", resource.name), result)
}

/// Errors here begin where the file's path ends: `, line 3, column side: …` or `: …`.
fn read(
    files: &dyn Files,
    package: &Package,
    resource: &Resource,
    schema: &Schema,
) -> Result<String, String> {
    let bytes = required(files, &resource.path).map_err(|e| format!(": {e}"))?;
    let mut reader = reader(&bytes, resource.delimiter);
    let header = reader.headers().map_err(|e| format!(": {e}"))?;
    let expected: Vec<&str> = schema.fields.iter().map(|field| field.name.as_str()).collect();
    if header != expected {
        return Err(format!(
            ": its columns are {:?}, its schema says {expected:?}",
            header.iter().collect::<Vec<_>>()
        ));
    }
    let mut seen: Vec<HashSet<String>> = vec![HashSet::new(); schema.fields.len()];
    let mut keys = HashSet::new();
    let primary = columns(schema, &schema.primary_key);
    let references = References::read(files, package, resource, schema)?;
    let mut rows = 0_u64;
    for record in reader.into_records() {
        let record = record.map_err(|e| format!(": {e}"))?;
        let line = record.position().map_or(0, csv::Position::line);
        for ((field, cell), seen) in schema.fields.iter().zip(&record).zip(&mut seen) {
            check_cell(field, schema, cell, seen)
                .map_err(|e| format!(", line {line}, column {}: {e}", field.name))?;
        }
        if !primary.is_empty() && !keys.insert(pick(&record, &primary)) {
            let key = pick(&record, &primary);
            return Err(format!(", line {line}: primary key {key:?} was already there"));
        }
        references.check(schema, &record).map_err(|e| format!(", line {line}: {e}"))?;
        rows += 1;
    }
    Ok(format!("{rows} rows fit their schema"))
}

fn reader(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter).flexible(false).from_reader(bytes)
}

/// A foreign key, where its columns stand here, and the values they may take.
struct Reference<'s> {
    key: &'s ForeignKey,
    at: Vec<usize>,
    values: HashSet<Vec<String>>,
}

/// The foreign keys of one table.
struct References<'s> {
    each: Vec<Reference<'s>>,
}

impl<'s> References<'s> {
    fn read(
        files: &dyn Files,
        package: &Package,
        from: &Resource,
        schema: &'s Schema,
    ) -> Result<Self, String> {
        let mut each = Vec::new();
        for key in &schema.foreign_keys {
            // The package has checked that the resource and its columns are there.
            let target = if key.resource.is_empty() { Some(from) } else { package.resource(&key.resource) };
            let target = target.and_then(|target| Some((target, target.schema.as_ref()?)));
            let (target, other) =
                target.ok_or_else(|| format!(": it refers to {:?}, no table here", key.resource))?;
            let bytes = required(files, &target.path).map_err(|e| format!(": {e}"))?;
            let at = columns(other, &key.reference);
            let values = reader(&bytes, target.delimiter)
                .into_records()
                .map(|record| record.map(|record| pick(&record, &at)))
                .collect::<Result<HashSet<_>, _>>()
                .map_err(|e| format!(": it refers to {}: {e}", target.path))?;
            each.push(Reference { key, at: columns(schema, &key.fields), values });
        }
        Ok(Self { each })
    }

    fn check(&self, schema: &Schema, record: &StringRecord) -> Result<(), String> {
        for Reference { key, at, values } in &self.each {
            let value = pick(record, at);
            if !value.iter().all(|cell| schema.missing_values.contains(cell)) && !values.contains(&value) {
                let target = if key.resource.is_empty() { "this table" } else { &key.resource };
                return Err(format!("{} {value:?} is not in {target}", key.fields.join(", ")));
            }
        }
        Ok(())
    }
}

fn columns(schema: &Schema, names: &[String]) -> Vec<usize> {
    names.iter().filter_map(|name| schema.position(name)).collect()
}

fn pick(record: &StringRecord, columns: &[usize]) -> Vec<String> {
    columns.iter().map(|column| record.get(*column).unwrap_or_default().to_owned()).collect()
}

fn check_cell(field: &Field, schema: &Schema, cell: &str, seen: &mut HashSet<String>) -> Result<(), String> {
    let Constraints { required, unique, one_of, minimum, maximum, min_length, max_length } =
        &field.constraints;
    if schema.missing_values.contains(cell) {
        return if *required { Err("it is empty and must not be".into()) } else { Ok(()) };
    }
    let (fits, wanted) = match field.kind {
        Type::String => (true, "text"),
        Type::Integer => (is_integer(cell), "a whole number"),
        Type::Number => (is_number(cell), "a number"),
        Type::Boolean => (matches!(cell, "true" | "false"), "true or false"),
        Type::Date => (is_date(cell), "a date YYYY-MM-DD"),
        Type::Datetime => (is_datetime(cell), "a date and time YYYY-MM-DDThh:mm:ssZ"),
    };
    if !fits {
        return Err(format!("{cell:?} is not {wanted}"));
    }
    if let Some(allowed) = one_of
        && !allowed.contains(cell)
    {
        return Err(format!("{cell:?} is not one of {allowed:?}"));
    }
    if minimum.is_some() || maximum.is_some() {
        let number: i128 = cell.parse().map_err(|_| format!("{cell:?} is too large a number"))?;
        if minimum.is_some_and(|least| number < least) || maximum.is_some_and(|most| number > most) {
            return Err(format!("{cell} is out of bounds"));
        }
    }
    if min_length.is_some() || max_length.is_some() {
        let length = u64::try_from(cell.chars().count()).expect("a length fits in 64 bits");
        if min_length.is_some_and(|least| length < least) || max_length.is_some_and(|most| length > most) {
            return Err(format!("its {length} characters are out of bounds"));
        }
    }
    if *unique && !seen.insert(cell.to_owned()) {
        return Err(format!("{cell:?} is there twice"));
    }
    Ok(())
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_integer(cell: &str) -> bool {
    digits(cell.strip_prefix(['-', '+']).unwrap_or(cell))
}

fn is_number(cell: &str) -> bool {
    let (mantissa, exponent) = match cell.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (cell, None),
    };
    let unsigned = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
    let decimal = match unsigned.split_once('.') {
        None => digits(unsigned),
        Some((whole, part)) => (whole.is_empty() || digits(whole)) && digits(part),
    };
    decimal && exponent.is_none_or(is_integer)
}

/// Reads exactly `N` digits.
fn number(text: &str, length: usize) -> Option<u32> {
    (text.len() == length && digits(text)).then(|| text.parse().ok()).flatten()
}

fn is_date(cell: &str) -> bool {
    let mut parts = cell.split('-');
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

fn is_datetime(cell: &str) -> bool {
    let Some((date, time)) = cell.split_once('T') else { return false };
    let Some(local) = time.strip_suffix('Z').or_else(|| without_offset(time)) else { return false };
    let (local, fraction) = match local.split_once('.') {
        Some((local, fraction)) => (local, Some(fraction)),
        None => (local, None),
    };
    is_date(date) && is_clock(local, 3) && fraction.is_none_or(digits)
}

/// The time before an offset such as `+01:00`.
fn without_offset(time: &str) -> Option<&str> {
    let (local, offset) = time.split_at_checked(time.len().checked_sub(6)?)?;
    is_clock(offset.strip_prefix(['+', '-'])?, 2).then_some(local)
}

/// `hh:mm` or `hh:mm:ss`.
fn is_clock(text: &str, parts: usize) -> bool {
    let limits = [24, 60, 60];
    let mut count = 0;
    let fits = text.split(':').zip(limits).all(|(part, limit)| {
        count += 1;
        number(part, 2).is_some_and(|n| n < limit)
    });
    fits && count == parts && text.split(':').count() == parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_each_type() {
        for yes in ["0", "-1", "+1", "007", "123456789012345678901234567890"] {
            assert!(is_integer(yes), "{yes}");
        }
        for no in ["", "-", "1.0", "1e3", " 1", "1 ", "٣", "--1"] {
            assert!(!is_integer(no), "{no}");
        }
        for yes in ["0", "-1.5", ".5", "1e3", "1.25E-7", "+2"] {
            assert!(is_number(yes), "{yes}");
        }
        for no in ["", ".", "1.", "NaN", "INF", "1e", "1,5", "1.5.2", "e3", "- 1"] {
            assert!(!is_number(no), "{no}");
        }
        for yes in ["2015-10-17", "2016-02-29", "2000-02-29", "0001-01-01"] {
            assert!(is_date(yes), "{yes}");
        }
        for no in [
            "2015-02-29",
            "1900-02-29",
            "2015-13-01",
            "2015-00-01",
            "2015-01-00",
            "2015-1-1",
            "17/10/2015",
            "2015-10-17-",
            "2015-10-17T",
            "",
            "20151017",
            "2015-04-31",
        ] {
            assert!(!is_date(no), "{no}");
        }
        for yes in ["2015-10-17T10:00:00Z", "2015-10-17T23:59:59.123+02:00", "2015-10-17T00:00:00-11:30"] {
            assert!(is_datetime(yes), "{yes}");
        }
        for no in [
            "2015-10-17",
            "2015-10-17T10:00:00",
            "2015-10-17T24:00:00Z",
            "2015-10-17 10:00:00Z",
            "2015-10-17T10:00Z",
            "2015-10-17T10:60:00Z",
            "2015-10-17T10:00:00.Z",
            "2015-10-17T10:00:00+0200",
            "2015-10-17T10:00:00:00Z",
            "2015-02-30T10:00:00Z",
            "2015-10-17T10:00:00ZZ",
            "é",
            "2015-10-17Té",
        ] {
            assert!(!is_datetime(no), "{no}");
        }
    }
}
