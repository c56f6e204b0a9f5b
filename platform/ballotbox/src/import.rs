//! A roll from a CSV file: what each line says, or what is wrong with it and where.

use std::collections::HashMap;

use parvis_civic::account::email;
use parvis_civic::account::pseudonym::fold;

use crate::roll::Line;

/// The most lines of a roll.
pub const MOST: usize = 1_000_000;

/// What is wrong with a file, where, and with which values the message is filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The line of the file, from 1; 0 when the whole file is meant.
    pub line: u64,
    /// The key of the message; it may take `$line` and `$value`.
    pub key: &'static str,
    /// What stands there.
    pub value: String,
}

/// A file that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Read {
    /// Its lines.
    pub lines: Vec<Line>,
    /// Two lines of one name and birth date: perhaps one person. Shown before the import, not refused.
    pub twins: Vec<(u64, u64)>,
}

/// The columns, by the names that lists give them.
const COLUMNS: [(&str, &[&str]); 6] = [
    ("number", &["number", "numero", "n", "no", "id", "numerodelecteur", "numeroelecteur", "voternumber"]),
    ("last_name", &["lastname", "nom", "name", "nomdenaissance", "surname", "nomdusage"]),
    ("first_name", &["firstname", "prenom", "prenoms", "firstnames", "givenname"]),
    ("birth_date", &["birthdate", "datedenaissance", "naissance", "dateofbirth", "neele"]),
    ("district", &["district", "quartier", "secteur", "bureau", "bureaudevote", "territoire", "commune"]),
    ("email", &["email", "courriel", "mail", "adresseelectronique", "emailaddress"]),
];

/// Reads a file: UTF-8, or Windows-1252 as French spreadsheets write it; commas, semicolons or tabulations.
///
/// # Errors
/// Every mistake, fifty at most.
pub fn read(bytes: &[u8], needs_birth: bool) -> Result<Read, Vec<Mistake>> {
    let whole = |key, value: &str| vec![Mistake { line: 0, key, value: value.to_owned() }];
    let text = decode(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let head =
        text.lines().find(|l| !l.trim().is_empty()).ok_or_else(|| whole("ballotbox-import-empty", ""))?;
    let delimiter = [b';', b'\t', b','].into_iter().max_by_key(|d| head.bytes().filter(|b| b == d).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b';'))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|e| whole("ballotbox-import-unreadable", &e.to_string()))?.clone();
    let place = |names: &[&str]| headers.iter().position(|h| names.contains(&fold(h).as_str()));
    let places: HashMap<&str, Option<usize>> = COLUMNS.iter().map(|(n, names)| (*n, place(names))).collect();
    for needed in ["last_name"] {
        if places[needed].is_none() {
            return Err(whole("ballotbox-import-no-name", &headers.iter().collect::<Vec<_>>().join(", ")));
        }
    }
    let mut read = Read::default();
    let mut mistakes = vec![];
    let mut numbers: HashMap<String, u64> = HashMap::new();
    let mut people: HashMap<(String, Option<String>), u64> = HashMap::new();
    for record in reader.records() {
        if mistakes.len() >= 50 {
            break;
        }
        let record = match record {
            Ok(record) => record,
            Err(e) => {
                let line = e.position().map_or(0, csv::Position::line);
                mistakes.push(Mistake { line, key: "ballotbox-import-unreadable", value: e.to_string() });
                break;
            }
        };
        let at = record.position().map_or(0, csv::Position::line);
        let cell = |name: &str| places[name].and_then(|i| record.get(i)).unwrap_or_default().to_owned();
        if record.iter().all(str::is_empty) {
            continue;
        }
        let mut wrong = |key, value: &str| {
            mistakes.push(Mistake { line: at, key, value: value.chars().take(80).collect() });
        };
        let mut line = Line {
            number: cell("number"),
            last_name: cell("last_name"),
            first_name: cell("first_name"),
            district: cell("district"),
            ..Line::default()
        };
        if line.number.is_empty() {
            line.number = (read.lines.len() + 1).to_string();
        }
        if line.last_name.is_empty() {
            wrong("ballotbox-import-name-empty", "");
        }
        for value in [&line.number, &line.last_name, &line.first_name, &line.district] {
            if value.chars().count() > 200 {
                wrong("ballotbox-import-long", value);
            }
        }
        let birth = cell("birth_date");
        match day(&birth) {
            Some(day) => line.birth_date = Some(day.to_string()),
            None if !birth.is_empty() => wrong("ballotbox-import-date", &birth),
            None if needs_birth => wrong("ballotbox-import-date-empty", ""),
            None => {}
        }
        let address = email::fold(&cell("email"));
        if !address.is_empty() {
            if address.contains('@') && !address.contains(char::is_whitespace) {
                line.email = Some(address);
            } else {
                wrong("ballotbox-import-email", &address);
            }
        }
        if let Some(before) = numbers.insert(line.number.clone(), at) {
            wrong("ballotbox-import-number-twice", &format!("{} ({before})", line.number));
        }
        if let Some(before) = people.insert((line.folded(), line.birth_date.clone()), at) {
            read.twins.push((before, at));
        }
        read.lines.push(line);
        if read.lines.len() > MOST {
            return Err(whole("ballotbox-import-most", &MOST.to_string()));
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    if read.lines.is_empty() {
        return Err(whole("ballotbox-import-empty", ""));
    }
    Ok(read)
}

/// A day: `2008-02-29`, `29/02/2008`, `29.02.2008` or `29-02-2008`.
pub(crate) fn day(text: &str) -> Option<jiff::civil::Date> {
    if let Ok(day) = text.parse::<jiff::civil::Date>() {
        return (1850..=2200).contains(&day.year()).then_some(day);
    }
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    let [d, m, y] = parts.as_slice() else { return None };
    if y.len() != 4 {
        return None; // 08 may be 1908 or 2008
    }
    let day = jiff::civil::Date::new(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?).ok()?;
    (1850..=2200).contains(&day.year()).then_some(day)
}

/// What Windows-1252 has where Latin-1 has controls.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of a file: UTF-8, or Windows-1252 as French spreadsheets write it.
pub fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes
            .iter()
            .map(|b| match b {
                0x80..=0x9f => HIGH.get(usize::from(b - 0x80)).copied().unwrap_or('\u{fffd}'),
                b => char::from(*b),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_french_list_is_read_whatever_wrote_it() {
        let text = "N°;NOM;Prénom;Date de naissance;Bureau de vote;Courriel\n\
                    1;Lefèvre;Anaïs;29/02/2008;Nord;Anais@Example.org\n\
                    2;D’Arc-Müller;Jean;1990-01-31;Sud;\n";
        let read_utf8 = read(text.as_bytes(), true).unwrap();
        assert_eq!(read_utf8.lines.len(), 2);
        let first = &read_utf8.lines[0];
        assert_eq!((first.number.as_str(), first.last_name.as_str()), ("1", "Lefèvre"));
        assert_eq!(first.birth_date.as_deref(), Some("2008-02-29"));
        assert_eq!(first.email.as_deref(), Some("anais@example.org"));
        let windows: Vec<u8> = text
            .chars()
            .map(|c| match c {
                '’' => 0x92,
                c => u8::try_from(u32::from(c)).unwrap(),
            })
            .collect();
        assert_eq!(read(&windows, true).unwrap(), read_utf8);
        let commas = "\u{feff}last_name,first_name\nA,B\n";
        assert_eq!(read(commas.as_bytes(), false).unwrap().lines[0].number, "1");
    }

    #[test]
    fn every_mistake_has_its_line_and_its_reason() {
        let text = "nom;prenom;naissance;numero;courriel\nA;B;31/02/2000;7;x\n;B;01/01/2000;8;\nC;D;;7;\n";
        let found = read(text.as_bytes(), true).unwrap_err();
        let found: Vec<_> = found.iter().map(|m| (m.line, m.key)).collect();
        assert_eq!(
            found,
            [
                (2, "ballotbox-import-date"),
                (2, "ballotbox-import-email"),
                (3, "ballotbox-import-name-empty"),
                (4, "ballotbox-import-date-empty"),
                (4, "ballotbox-import-number-twice"),
            ]
        );
        assert_eq!(read(b"", false).unwrap_err()[0].key, "ballotbox-import-empty");
        assert_eq!(read(b"a;b\n1;2\n", false).unwrap_err()[0].key, "ballotbox-import-no-name");
    }

    #[test]
    fn two_lines_of_one_person_are_pointed_out() {
        let text = "nom;prenom;naissance\nNoël;Ève;01/01/2000\nNOEL;Eve;2000-01-01\nNOEL;Eve;2001-01-01\n";
        assert_eq!(read(text.as_bytes(), true).unwrap().twins, [(2, 3)]);
    }
}
