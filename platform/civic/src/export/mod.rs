//! The open-data bundle: tables with their schema, the journal, the results with their working; and its
//! verification, which needs nothing but the bundle.
//!
//! A bundle is a zip: `datapackage.json`, `data/*.csv`, the same rows as `data/*.jsonl`, `journal/…`,
//! `results/*.json`, `README.md`, `LISEZMOI.md`, `manifest.json` and `manifest.sig`. It holds no personal data:
//! an author is a number that means nothing outside of the bundle, and dates of acts are days.

mod bundle;
mod package;
mod results;
mod spool;
pub mod table;
mod tables;
pub mod verify;
mod zipped;

pub use bundle::{NoTool, Options, Summary, ToolTables, write_bundle};
pub use table::{Cell, Column, Kind, Sink, Table};
pub use zipped::Zipped;
