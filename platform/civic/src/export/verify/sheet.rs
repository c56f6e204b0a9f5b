//! The tables of a bundle, in memory, with their cells read back as texts.

use std::borrow::Cow;
use std::collections::HashMap;

use csv::StringRecord;
use parvis_transparency::bundle::{Files, Package, Type};

use super::Opened;
use crate::export::table;

/// One table.
#[derive(Debug)]
pub struct Sheet {
    /// Its file.
    pub path: String,
    columns: HashMap<String, (usize, Type)>,
    order: Vec<String>,
    rows: Vec<StringRecord>,
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub struct Line<'s> {
    sheet: &'s Sheet,
    record: &'s StringRecord,
}

/// Every table, by name.
#[derive(Debug)]
pub struct Sheets(HashMap<String, Sheet>);

impl Sheets {
    pub(super) fn read(files: &dyn Files, package: &Package) -> Result<Self, String> {
        let mut sheets = HashMap::new();
        for resource in &package.resources {
            let Some(schema) = &resource.schema else { continue };
            let bytes = files.read(&resource.path).ok_or_else(|| format!("{} is missing", resource.path))?;
            let mut reader = csv::ReaderBuilder::new().delimiter(resource.delimiter).from_reader(&*bytes);
            let rows: Result<Vec<_>, _> = reader.records().collect();
            let rows = rows.map_err(|e| format!("{}: {e}", resource.path))?;
            let order: Vec<String> = schema.fields.iter().map(|f| f.name.clone()).collect();
            let columns =
                schema.fields.iter().enumerate().map(|(i, f)| (f.name.clone(), (i, f.kind))).collect();
            let sheet = Sheet { path: resource.path.clone(), columns, order, rows };
            sheets.insert(resource.name.clone(), sheet);
        }
        Ok(Self(sheets))
    }

    /// The table of this name.
    ///
    /// # Errors
    /// One sentence when it is not in the bundle.
    pub fn get(&self, name: &str) -> Result<&Sheet, String> {
        self.0.get(name).ok_or_else(|| format!("the bundle has no table {name}"))
    }
}

impl Sheet {
    /// Its rows, in order.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.rows.iter().map(|record| Line { sheet: self, record })
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl<'s> Line<'s> {
    fn cell(&self, column: &str) -> Result<(&'s str, Type), String> {
        let missing = || format!("{} has no column {column}", self.sheet.path);
        let (index, kind) = *self.sheet.columns.get(column).ok_or_else(missing)?;
        Ok((self.record.get(index).unwrap_or_default(), kind))
    }

    /// The text of a cell, without its guard.
    ///
    /// # Errors
    /// One sentence when there is no such column.
    pub fn text(&self, column: &str) -> Result<&'s str, String> {
        let (cell, kind) = self.cell(column)?;
        Ok(if kind == Type::String { table::unguard(cell) } else { cell })
    }

    /// The number in a cell; none when it is empty.
    ///
    /// # Errors
    /// One sentence when it is no number.
    pub fn number(&self, column: &str) -> Result<Option<i64>, String> {
        match self.text(column)? {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| self.wrong(&format!("{column} is not a number"))),
        }
    }

    /// The number in a cell that must hold one.
    ///
    /// # Errors
    /// One sentence when it is empty or no number.
    pub fn int(&self, column: &str) -> Result<i64, String> {
        self.number(column)?.ok_or_else(|| self.wrong(&format!("{column} is empty")))
    }

    /// Whether a cell says yes.
    ///
    /// # Errors
    /// One sentence when there is no such column.
    pub fn yes(&self, column: &str) -> Result<bool, String> {
        Ok(self.text(column)? == "true")
    }

    /// A text that has a column for each language.
    ///
    /// # Errors
    /// One sentence when there are no such columns.
    pub fn both(&self, column: &str) -> Result<parvis_core::Localized, String> {
        let fr = self.text(&format!("{column}_fr"))?;
        Ok(parvis_core::Localized::new(fr, self.text(&format!("{column}_en"))?))
    }

    /// A sentence that says where this row is, then `what`.
    pub fn wrong(&self, what: &str) -> String {
        let line = self.record.position().map_or(0, csv::Position::line);
        format!("{}, line {line}: {what}", self.sheet.path)
    }
}

/// Each `data/*.jsonl` holds the rows of its table.
pub(super) fn json_lines(opened: &Opened<'_>) -> Result<String, String> {
    let mut count = 0_usize;
    for sheet in opened.sheets.0.values() {
        let path = format!("{}.jsonl", sheet.path.trim_end_matches(".csv"));
        let bytes = opened.files.read(&path).ok_or_else(|| format!("{path} is missing"))?;
        let text = std::str::from_utf8(&bytes).map_err(|_| format!("{path} is not UTF-8 text"))?;
        let mut lines = text.split_terminator('\n');
        for (number, row) in sheet.lines().enumerate() {
            let place = |why: &str| format!("{path}, line {}: {why}", number + 1);
            let line = lines.next().ok_or_else(|| place("missing: the CSV has more rows"))?;
            let value: serde_json::Value = serde_json::from_str(line).map_err(|e| place(&e.to_string()))?;
            let object = value.as_object().ok_or_else(|| place("not an object"))?;
            if object.len() != sheet.order.len() {
                return Err(place("not the columns of the CSV"));
            }
            for column in &sheet.order {
                let json = match object.get(column) {
                    None => return Err(place(&format!("no {column}"))),
                    Some(serde_json::Value::Null) => Cow::Borrowed(""),
                    Some(serde_json::Value::String(text)) => Cow::Borrowed(text.as_str()),
                    Some(other) => Cow::Owned(other.to_string()),
                };
                if json != row.text(column)? {
                    return Err(place(&format!("{column} is not what the CSV says")));
                }
            }
            count += 1;
        }
        if lines.next().is_some() {
            return Err(format!("{path} has more lines than the CSV has rows"));
        }
    }
    Ok(format!("{count} rows, the same as in the CSV files"))
}
