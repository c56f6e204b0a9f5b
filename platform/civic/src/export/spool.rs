//! Tables on their way into a bundle: each in two temporary files, CSV and JSON lines, so that memory does not
//! grow with their rows and the activities of one tool continue one table.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Seek as _, Write as _};

use super::table::{Cell, Sink, Table};
use crate::Error;

pub(super) fn io(e: impl std::fmt::Display) -> Error {
    Error::Internal(format!("the bundle could not be written: {e}"))
}

/// One table being written.
struct Open {
    table: Table,
    csv: csv::Writer<BufWriter<File>>,
    json: BufWriter<File>,
    rows: u64,
}

/// One table, written.
pub(super) struct Written {
    /// Its description.
    pub table: Table,
    /// Its CSV, at the beginning.
    pub csv: File,
    /// Its JSON lines, at the beginning.
    pub json: File,
    /// How many rows.
    pub rows: u64,
}

/// Every table of a bundle.
#[derive(Default)]
pub(super) struct Spools {
    open: BTreeMap<&'static str, Open>,
    current: &'static str,
}

impl Sink for Spools {
    fn table(&mut self, table: Table) -> Result<(), Error> {
        self.current = table.name;
        if let Some(before) = self.open.get(table.name) {
            return if before.table == table {
                Ok(())
            } else {
                Err(Error::Internal(format!("two tables are named {}", table.name)))
            };
        }
        let file = || Ok::<_, Error>(BufWriter::new(tempfile::tempfile().map_err(io)?));
        let mut csv = csv::WriterBuilder::new().from_writer(file()?);
        csv.write_record(table.columns.iter().map(|c| c.name.as_str())).map_err(io)?;
        self.open.insert(table.name, Open { table, csv, json: file()?, rows: 0 });
        Ok(())
    }

    fn row(&mut self, cells: Vec<Cell>) -> Result<(), Error> {
        let open =
            self.open.get_mut(self.current).ok_or_else(|| Error::Internal("a row before a table".into()))?;
        if cells.len() != open.table.columns.len() {
            let name = open.table.name;
            return Err(Error::Internal(format!("a row of {name} has not as many cells as columns")));
        }
        for cell in &cells {
            open.csv.write_field(cell.to_csv().as_ref()).map_err(io)?;
        }
        open.csv.write_record(None::<&[u8]>).map_err(io)?;
        open.json.write_all(b"{").map_err(io)?;
        for (i, (column, cell)) in open.table.columns.iter().zip(&cells).enumerate() {
            let comma = if i == 0 { "" } else { "," };
            write!(open.json, "{comma}\"{}\":{}", column.name, cell.to_json()).map_err(io)?;
        }
        open.json.write_all(b"}\n").map_err(io)?;
        open.rows += 1;
        Ok(())
    }
}

impl Spools {
    /// Ends every table; gives them by name.
    pub fn finish(self) -> Result<Vec<Written>, Error> {
        let rewound = |file: BufWriter<File>| {
            let mut file = file.into_inner().map_err(io)?;
            file.rewind().map_err(io)?;
            Ok::<_, Error>(file)
        };
        self.open
            .into_values()
            .map(|open| {
                let csv = open.csv.into_inner().map_err(io)?;
                let (csv, json) = (rewound(csv)?, rewound(open.json)?);
                Ok(Written { table: open.table, csv, json, rows: open.rows })
            })
            .collect()
    }
}
