//! Verifying a bundle: every published figure, every leaf and the root, from the bundle alone.
//!
//! The checks of the format come first (see `parvis_transparency::bundle`), then those of the shared nouns; the
//! caller adds those of its tools on the bundle as it was opened.

mod acts;
mod journal;
mod results;
mod sheet;
mod texts;
mod votes;

pub use journal::{Act, Acts};
pub use sheet::{Line, Sheet, Sheets};
pub use texts::replay;

use parvis_transparency::bundle::{self as format, Check, Files, Package, Report};
use parvis_transparency::note::Verifier;

use super::zipped::Zipped;

/// What the checks of a tool start from: a bundle whose format holds.
pub struct Opened<'f> {
    /// Its files.
    pub files: &'f dyn Files,
    /// Its tables.
    pub sheets: Sheets,
    /// Its journal, as acts.
    pub acts: Acts,
}

impl std::fmt::Debug for Opened<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").field("acts", &self.acts.len()).finish_non_exhaustive()
    }
}

/// A check of a tool: its name, and what it finds.
pub type ToolCheck = fn(&Opened<'_>) -> Result<Vec<Check>, String>;

/// Verifies the zip of a bundle. `tools` add their checks; `expected` is the key that the reader holds.
///
/// # Errors
/// One sentence when this is no zip at all: nothing could be checked.
pub fn zip(bytes: &[u8], expected: Option<&Verifier>, tools: &[ToolCheck]) -> Result<Report, String> {
    if !bytes.starts_with(b"PK") {
        return Err("not a bundle: this file is not a zip".into());
    }
    let mut report = Report::default();
    match Zipped::read(bytes) {
        Err(e) => report.push(Check::fail("archive", e)),
        Ok(zipped) => {
            report.push(zipped.archive());
            report.checks.extend(files(&zipped, expected, tools).checks);
        }
    }
    Ok(report)
}

/// Verifies the files of a bundle.
pub fn files(files: &dyn Files, expected: Option<&Verifier>, tools: &[ToolCheck]) -> Report {
    let found = format::verify_format(files, expected);
    let mut report = found.report;
    let (Some(journal), Some(package)) = (found.journal, found.package) else {
        report.push(Check::fail(
            "figures",
            "not checked: the journal or the description of the tables does not hold",
        ));
        return report;
    };
    report.push(Check::from_result("rows", rows(files, &package)));
    let opened = match Sheets::read(files, &package)
        .and_then(|sheets| Ok(Opened { files, sheets, acts: Acts::read(&journal)? }))
    {
        Ok(opened) => opened,
        Err(e) => {
            report.push(Check::fail("figures", format!("not checked: {e}")));
            return report;
        }
    };
    for (name, check) in CHECKS {
        report.push(Check::from_result(*name, check(&opened)));
    }
    for tool in tools {
        match tool(&opened) {
            Ok(checks) => report.checks.extend(checks),
            Err(e) => report.push(Check::fail("tools", e)),
        }
    }
    report
}

type Run = fn(&Opened<'_>) -> Result<String, String>;

/// The checks of the shared nouns, in order.
const CHECKS: &[(&str, Run)] = &[
    ("json-lines", sheet::json_lines),
    ("processes", acts::processes),
    ("activities", acts::activities),
    ("contributions", texts::contributions),
    ("versions", texts::versions),
    ("present-texts", texts::present),
    ("statuses", texts::statuses),
    ("children-counted", texts::children),
    ("moderation", acts::moderation),
    ("answers", acts::answers),
    ("documents", acts::documents),
    ("reactions", votes::reactions),
    ("totals-cast", votes::cast),
    ("totals-imported", votes::imported),
    ("results-figures", results::figures),
    ("results-published", results::published),
];

/// Each table has the number of rows that the description announces, and each file of results is announced.
fn rows(files: &dyn Files, package: &Package) -> Result<String, String> {
    let bytes = files.read(format::DATAPACKAGE).ok_or("datapackage.json is missing")?;
    let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(|e| e.to_string())?;
    let mut all = 0;
    for (resource, described) in
        package.resources.iter().zip(value["resources"].as_array().into_iter().flatten())
    {
        let bytes = files.read(&resource.path).ok_or_else(|| format!("{} is missing", resource.path))?;
        let mut reader = csv::ReaderBuilder::new().delimiter(resource.delimiter).from_reader(&*bytes);
        let mut count: u64 = 0;
        let mut record = csv::ByteRecord::new();
        while reader.read_byte_record(&mut record).map_err(|e| format!("{}: {e}", resource.path))? {
            count += 1;
        }
        let announced = described["rows"].as_u64();
        if announced != Some(count) {
            let announced = announced.map_or_else(|| "none".to_owned(), |n| n.to_string());
            return Err(format!(
                "{} has {count} rows, datapackage.json announces {announced}",
                resource.path
            ));
        }
        all += count;
    }
    let announced: std::collections::BTreeSet<&str> =
        value["results"].as_array().into_iter().flatten().filter_map(serde_json::Value::as_str).collect();
    let names = files.names();
    let there: std::collections::BTreeSet<&str> =
        names.iter().map(String::as_str).filter(|n| n.starts_with("results/")).collect();
    if let Some(name) = announced.symmetric_difference(&there).next() {
        return Err(format!("{name}: datapackage.json and the bundle do not agree that it is there"));
    }
    Ok(format!("{all} rows in {} tables, as announced", package.resources.len()))
}
