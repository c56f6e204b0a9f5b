//! Tables that people send: titles and lines, whatever spreadsheet wrote them.

use parvis_ballotbox::import::{Mistake, decode};
use parvis_civic::account::pseudonym::fold;

/// The most mistakes said at once.
pub(crate) const MOST_MISTAKES: usize = 50;

/// A table: its titles, and its lines with their number in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// The titles, as they are written.
    pub titles: Vec<String>,
    /// The lines: number in the file (from 1), cells.
    pub rows: Vec<(u64, Vec<String>)>,
}

impl Sheet {
    /// Reads a file: UTF-8 or Windows-1252; commas, semicolons or tabulations; a line of titles.
    ///
    /// # Errors
    /// Nothing in it, unreadable, two columns of one title, lines with more cells than titles.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Vec<Mistake>> {
        let whole = |key, value: &str| vec![Mistake { line: 0, key, value: value.to_owned() }];
        let text = decode(bytes);
        let text = text.trim_start_matches('\u{feff}');
        let head =
            text.lines().find(|l| !l.trim().is_empty()).ok_or_else(|| whole("panel-file-empty", ""))?;
        let often = |d: u8| head.bytes().filter(|b| *b == d).count();
        let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|d| often(*d)).unwrap_or(b';');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let (mut sheet, mut mistakes) = (Self::default(), vec![]);
        for record in reader.records() {
            let record = record.map_err(|e| whole("panel-file-unreadable", &e.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
            if cells.iter().all(String::is_empty) {
                continue;
            }
            if sheet.titles.is_empty() {
                while cells.last().is_some_and(String::is_empty) {
                    cells.pop();
                }
                sheet.titles = cells;
                continue;
            }
            if cells.iter().skip(sheet.titles.len()).any(|c| !c.is_empty()) {
                mistakes.push(Mistake {
                    line,
                    key: "panel-file-cells",
                    value: sheet.titles.len().to_string(),
                });
                if mistakes.len() >= MOST_MISTAKES {
                    break;
                }
            }
            cells.resize(sheet.titles.len(), String::new());
            sheet.rows.push((line, cells));
        }
        let titles: Vec<String> = sheet.titles.iter().map(|t| fold(t)).collect();
        for (n, title) in titles.iter().enumerate() {
            if !title.is_empty() && titles[..n].contains(title) {
                mistakes.push(Mistake {
                    line: 1,
                    key: "panel-file-column-twice",
                    value: sheet.titles[n].clone(),
                });
            }
        }
        if sheet.rows.is_empty() && mistakes.is_empty() {
            return Err(whole("panel-file-empty", ""));
        }
        if mistakes.is_empty() { Ok(sheet) } else { Err(mistakes) }
    }

    /// The column of one of these names, folded.
    pub(crate) fn column(&self, names: &[&str]) -> Option<usize> {
        let at = |name: &str| self.titles.iter().position(|t| fold(t) == name);
        names.iter().find_map(|name| at(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_whatever_wrote_it() {
        let plain = Sheet::read("Âge;Sexe\n\n18-24;Femme\n25 et plus\n".as_bytes()).unwrap();
        assert_eq!(plain.titles, ["Âge", "Sexe"]);
        assert_eq!(plain.rows[1], (4, vec!["25 et plus".into(), String::new()]));
        let windows = [b"\xc2ge,Sexe\n18-24,Femme\n25 et plus,\n".as_slice()].concat();
        assert_eq!(Sheet::read(&windows).unwrap().titles, plain.titles);
        assert_eq!(plain.column(&["genre", "sexe"]), Some(1));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let keys = |text: &str| -> Vec<(u64, &str)> {
            Sheet::read(text.as_bytes()).unwrap_err().iter().map(|m| (m.line, m.key)).collect()
        };
        assert_eq!(keys(""), [(0, "panel-file-empty")]);
        assert_eq!(keys("a;b\n"), [(0, "panel-file-empty")]);
        assert_eq!(keys("a;b\n1;2;3\n"), [(2, "panel-file-cells")]);
        assert_eq!(keys("a;A\n1;2\n"), [(1, "panel-file-column-twice")]);
    }
}
