//! The files of results: figures computed again, and results as they were published.

use std::collections::HashMap;

use super::{Opened, texts, votes};
use crate::export::results::{Days, Figure, Head, Writer, path, published_path};
use crate::export::table;
use crate::journal::sha256_hex;
use crate::process::DAY;

/// Each file of figures, participation by day included, is what the tables and the journal give, byte for byte.
pub(super) fn figures(opened: &Opened<'_>) -> Result<String, String> {
    let of = texts::contributions_of(opened)?;
    let mut days: HashMap<i64, Days> = HashMap::new();
    for act in votes::live(opened)? {
        let activity = act.int("contribution").and_then(|id| of.get(&id));
        if let Some(activity) = activity {
            let day = days.entry(*activity).or_default().entry(act.at.div_euclid(DAY) * DAY).or_default();
            day.0 += 1;
        }
    }
    let mut figures: HashMap<i64, Vec<Figure>> = HashMap::new();
    let shown = votes::shown(opened)?;
    for row in opened.sheets.get("contributions")?.lines() {
        let activity = row.int("activity_id")?;
        if let Some(at) = table::parse_day(row.text("published_on")?) {
            days.entry(activity).or_default().entry(at).or_default().1 += 1;
        }
        if row.text("status")? != "published" {
            continue;
        }
        let int = |column| row.int(column);
        let cast = if shown.contains(&activity) {
            Some([int("cast_for")?, int("cast_mixed")?, int("cast_against")?])
        } else {
            None
        };
        figures.entry(activity).or_default().push(Figure {
            contribution: int("id")?,
            kind: row.text("kind")?.to_owned(),
            cast,
            imported: [int("imported_for")?, int("imported_mixed")?, int("imported_against")?],
            arguments: [int("arguments_for")?, int("arguments_against")?],
        });
    }
    let mut count = 0_usize;
    for row in opened.sheets.get("activities")?.lines() {
        let id = row.int("id")?;
        let results_on = row.text("results_on")?;
        let head = Head {
            activity: id,
            process: row.int("process_id")?,
            component: row.text("component")?.to_owned(),
            rules: row.text("rules")?.to_owned(),
            published_on: (!results_on.is_empty()).then(|| results_on.to_owned()),
        };
        let days = days.remove(&id).unwrap_or_default();
        let expected =
            write(head, &days, shown.contains(&id), figures.get(&id)).map_err(|e| e.to_string())?;
        let name = path(id);
        let bytes = opened.files.read(&name).ok_or_else(|| format!("{name} is missing"))?;
        if *bytes != *expected {
            return Err(format!("{name} is not what the tables give{}", difference(&bytes, &expected)));
        }
        count += figures.get(&id).map_or(0, Vec::len);
    }
    Ok(format!("figures of {count} contributions and participation by day, computed again"))
}

fn write(
    head: Head,
    days: &Days,
    shown: bool,
    figures: Option<&Vec<Figure>>,
) -> Result<Vec<u8>, crate::Error> {
    let mut writer = Writer::new(vec![], head, days, shown)?;
    for figure in figures.into_iter().flatten() {
        writer.figure(figure)?;
    }
    writer.finish()
}

/// Where two files part, for whoever looks for the cause.
fn difference(found: &[u8], expected: &[u8]) -> String {
    let at = found.iter().zip(expected).position(|(a, b)| a != b);
    let at = at.unwrap_or_else(|| found.len().min(expected.len()));
    let near = |bytes: &[u8]| {
        let part = bytes.get(at.saturating_sub(20)..(at + 30).min(bytes.len())).unwrap_or_default();
        String::from_utf8_lossy(part).into_owned()
    };
    format!(" (byte {at}: …{}… instead of …{}…)", near(found), near(expected))
}

/// The results of each activity are, byte for byte, those whose hash was published in the journal.
pub(super) fn published(opened: &Opened<'_>) -> Result<String, String> {
    let last = opened.acts.last_by(&["results-published"], "activity");
    let mut count = 0_usize;
    for row in opened.sheets.get("activities")?.lines() {
        let id = row.int("id")?;
        let name = published_path(id);
        let file = opened.files.read(&name);
        match (last.get(&id), file) {
            (None, None) => {}
            (Some(act), Some(bytes)) if act.text("results_sha256") == sha256_hex(&bytes) => count += 1,
            (Some(act), Some(_)) => return Err(format!("{name} is not what {} published", act.name())),
            (Some(act), None) => return Err(format!("{name} is missing, {} published it", act.name())),
            (None, Some(_)) => return Err(format!("{name} was never published in the journal")),
        }
        if last.contains_key(&id) == row.text("results_on")?.is_empty() {
            return Err(row.wrong("results_on and the journal do not agree"));
        }
    }
    Ok(format!("{count} published results, those of the journal"))
}
