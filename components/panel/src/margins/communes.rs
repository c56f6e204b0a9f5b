//! Communes: which ones a territory holds, and the strata that they make.
//!
//! A table with a code, a name and a population is read, and so are `communes.json` and `epci.json` of
//! `@etalab/decoupage-administratif` (the second says the intermunicipality of each commune). Delegated and associated communes
//! are left out: their people are counted in the commune that they are part of.

use std::collections::{BTreeMap, BTreeSet};

use parvis_ballotbox::import::Mistake;
use parvis_civic::account::pseudonym::fold;
use parvis_core::Localized;
use serde::Deserialize;

use super::{COMMUNE, Figures, count_in, whole};
use crate::model::{Category, MOST_VALUES, Value};
use crate::sheet::{MOST_MISTAKES, Sheet};

/// The populations at which strata of size are cut when nothing else is asked.
pub const USUAL: &str = "2000; 10000; 50000";

pub(super) const COMMUNE_CODE: [&str; 6] = ["code", "codeinsee", "insee", "codecommune", "codegeo", "com"];
const KIND: [&str; 2] = ["type", "typecom"];
const COUNTY: [&str; 4] = ["departement", "codedepartement", "dep", "depcode"];
const EPCI: [&str; 5] = ["epci", "nomepci", "libepci", "epcinom", "intercommunalite"];
const EPCI_CODE: [&str; 4] = ["codeepci", "sirenepci", "epcicode", "epcisiren"];
const PARENT: [&str; 1] = ["communemere"];

/// What communes become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Group {
    /// Each one is a value.
    #[default]
    Each,
    /// Strata of size.
    Size,
    /// Their intermunicipalities.
    Epci,
}

impl Group {
    /// All of them, as they are offered.
    pub const ALL: [Self; 3] = [Self::Each, Self::Size, Self::Epci];

    /// Its word in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Each => "each",
            Self::Size => "size",
            Self::Epci => "epci",
        }
    }

    /// Reads [`Group::code`]; each one otherwise.
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|g| g.code() == code).unwrap_or_default()
    }
}

/// Reads the populations at which strata are cut: `2000; 10 000; 50 000`; nothing: [`USUAL`].
///
/// # Errors
/// What is not a number of people above the one before.
pub fn sizes(text: &str) -> Result<Vec<u64>, String> {
    let text = if text.trim().is_empty() { USUAL } else { text };
    let between = if text.contains(';') { ';' } else { ',' };
    let mut found: Vec<u64> = vec![];
    for piece in text.split(between).map(str::trim).filter(|p| !p.is_empty()) {
        let digits: String =
            piece.chars().filter(|c| !c.is_whitespace() && !['\u{202f}', ',', '.'].contains(c)).collect();
        let size = digits.parse::<u64>().ok().filter(|n| *n > found.last().copied().unwrap_or(0));
        found.push(size.ok_or_else(|| piece.to_owned())?);
    }
    Ok(found)
}

#[derive(Deserialize)]
struct Record {
    code: String,
    nom: String,
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    departement: String,
    #[serde(default)]
    commune: String,
    population: Option<u64>,
    membres: Option<Vec<Member>>,
}

#[derive(Deserialize)]
struct Member {
    code: String,
    nom: String,
    #[serde(rename = "populationMunicipale")]
    population: Option<u64>,
}

/// Whether a file is JSON.
pub(super) fn is_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    bytes.iter().find(|b| !b.is_ascii_whitespace()).is_some_and(|b| matches!(b, b'[' | b'{'))
}

/// The objects of a list, with the lines at which they begin; the line where it stops being one.
fn objects(text: &str) -> Result<Vec<(u64, &str)>, u64> {
    let (mut found, mut line, mut depth, mut start) = (vec![], 1_u64, 0_u32, (1, 0));
    let (mut in_string, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        if byte == b'\n' {
            line += 1;
        }
        if in_string {
            in_string = escaped || byte != b'"';
            escaped = byte == b'\\' && !escaped;
            continue;
        }
        match (byte, depth) {
            (b'[', 0) => depth = 1,
            (b'{', 1) => (depth, start) = (2, (line, at)),
            (b']', 1) => depth = 0,
            (b' ' | b'\t' | b'\r' | b'\n', _) | (b',', 1) => {}
            (_, 0 | 1) => return Err(line),
            (b'{' | b'[', _) => depth += 1,
            (b'}' | b']', _) => {
                depth -= 1;
                if depth == 1 {
                    found.push((start.0, &text[start.1..=at]));
                }
            }
            (b'"', _) => in_string = true,
            _ => {}
        }
    }
    if depth == 0 { Ok(found) } else { Err(line) }
}

/// Reads `communes.json` or `epci.json` as a table.
///
/// # Errors
/// What is not a list of communes or of intermunicipalities, with its line.
pub(super) fn json(bytes: &[u8]) -> Result<Sheet, Vec<Mistake>> {
    let not_a_list = |line| vec![Mistake { line, key: "panel-margins-json", value: String::new() }];
    let text = std::str::from_utf8(bytes).map_err(|_| not_a_list(0))?;
    let text = text.trim_start_matches('\u{feff}');
    let titles = ["code", "nom", "type", "departement", "epci", "codeepci", "communemere", "population"];
    let mut sheet = Sheet { titles: titles.map(str::to_owned).to_vec(), rows: vec![] };
    let mut mistakes = vec![];
    let people = |p: Option<u64>| p.map(|p| p.to_string()).unwrap_or_default();
    for (line, object) in objects(text).map_err(not_a_list)? {
        let Ok(record) = serde_json::from_str::<Record>(object) else {
            let value = object.chars().take(60).collect();
            mistakes.push(Mistake { line, key: "panel-margins-json-record", value });
            if mistakes.len() >= MOST_MISTAKES {
                break;
            }
            continue;
        };
        let Some(members) = record.membres else {
            let people = people(record.population);
            let (epci, siren) = (String::new(), String::new());
            let cells = vec![
                record.code,
                record.nom,
                record.kind,
                record.departement,
                epci,
                siren,
                record.commune,
                people,
            ];
            sheet.rows.push((line, cells));
            continue;
        };
        for m in members {
            let none = String::new;
            let (epci, siren) = (record.nom.clone(), record.code.clone());
            let cells = vec![m.code, m.nom, none(), none(), epci, siren, none(), people(m.population)];
            sheet.rows.push((line, cells));
        }
    }
    if sheet.rows.is_empty() && mistakes.is_empty() {
        return Err(not_a_list(0));
    }
    if mistakes.is_empty() { Ok(sheet) } else { Err(mistakes) }
}

/// One commune of a table.
struct Commune<'a> {
    line: u64,
    cells: &'a [String],
    /// Its code, folded, with the zero that spreadsheets take away.
    code: String,
    name: &'a str,
    county: String,
    epci: &'a str,
    epci_code: &'a str,
    /// Paris, Lyon and Marseille have arrondissements, that count when they are named.
    is_part: bool,
    parent: &'a str,
}

/// A code as it is compared: `1001` is `01001`, `1` is `01`.
fn padded(code: &str) -> String {
    let code = fold(code);
    let is_short = matches!(code.len(), 1 | 4) && code.bytes().all(|b| b.is_ascii_digit());
    if is_short { format!("0{code}") } else { code }
}

/// The département that the code of a commune begins with.
fn county(code: &str) -> &str {
    let length = if code.starts_with("97") || code.starts_with("98") { 3 } else { 2 };
    code.get(..length).unwrap_or(code)
}

fn communes<'a>(sheet: &'a Sheet, code: usize, name: usize) -> impl Iterator<Item = Commune<'a>> {
    let (kind, of) = (sheet.column(&KIND), sheet.column(&COUNTY));
    let (epci, epci_code) = (sheet.column(&EPCI), sheet.column(&EPCI_CODE));
    let parent = sheet.column(&PARENT);
    sheet.rows.iter().filter_map(move |(line, cells)| {
        let cell = |at: Option<usize>| at.map_or("", |at| cells[at].as_str());
        let is_part = match fold(cell(kind)).as_str() {
            "" | "communeactuelle" | "commune" | "com" => false,
            "arrondissementmunicipal" | "arm" => true,
            _ => return None,
        };
        let code = padded(&cells[code]);
        let said = padded(cell(of));
        let county = if said.is_empty() { county(&code).to_owned() } else { said };
        let (epci, epci_code, parent) = (cell(epci), cell(epci_code), cell(parent));
        Some(Commune {
            line: *line,
            cells,
            code,
            name: &cells[name],
            county,
            epci,
            epci_code,
            is_part,
            parent,
        })
    })
}

/// Which of these communes a territory holds: a département, communes by code or by name, intermunicipalities.
fn choose<'a>(all: Vec<Commune<'a>>, territory: &[String]) -> Result<Vec<Commune<'a>>, Vec<Mistake>> {
    if territory.is_empty() {
        return Ok(all.into_iter().filter(|c| !c.is_part).collect());
    }
    let has_epci = all.iter().any(|c| !c.epci.is_empty() || !c.epci_code.is_empty());
    let (mut chosen, mut mistakes) = (BTreeSet::new(), vec![]);
    for item in territory {
        let wanted = padded(item);
        let which = |test: &dyn Fn(&Commune<'_>) -> bool| -> Vec<usize> {
            all.iter().enumerate().filter(|(_, c)| test(c)).map(|(at, _)| at).collect()
        };
        let of_county = which(&|c| !c.is_part && c.county == wanted);
        let by_code = which(&|c| c.code == wanted);
        let by_name = which(&|c| fold(c.name) == wanted);
        let of_epci = which(&|c| !c.is_part && (fold(c.epci_code) == wanted || fold(c.epci) == wanted));
        let is_siren = wanted.len() == 9 && wanted.bytes().all(|b| b.is_ascii_digit());
        let found = [of_county, by_code, of_epci].into_iter().find(|f| !f.is_empty());
        match (found, by_name.as_slice()) {
            (Some(found), _) => chosen.extend(found),
            (None, [one]) => {
                chosen.insert(*one);
            }
            (None, []) if is_siren && !has_epci => mistakes.push(whole("panel-margins-epci", "")),
            (None, []) => mistakes.push(whole("panel-margins-territory-none", item)),
            (None, several) => {
                let codes: Vec<&str> = several.iter().map(|at| all[*at].code.as_str()).collect();
                let value = format!("{item} ({})", codes.join(", "));
                mistakes.push(whole("panel-margins-territory-several", value));
            }
        }
    }
    let codes: BTreeSet<String> = chosen.iter().map(|at| all[*at].code.clone()).collect();
    for at in &chosen {
        if all[*at].is_part && codes.contains(&fold(all[*at].parent)) {
            mistakes.push(whole("panel-margins-territory-inside", all[*at].name));
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    Ok(all.into_iter().enumerate().filter(|(at, _)| chosen.contains(at)).map(|(_, c)| c).collect())
}

/// How communes are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Départements, communes, intermunicipalities, by code or by name; none: all communes.
    pub territory: Vec<String>,
    /// What they become.
    pub group: Group,
    /// The populations at which strata of size are cut, from the lowest.
    pub sizes: Vec<u64>,
}

/// The stratum that begins at the cut before `at`.
fn stratum(sizes: &[u64], at: usize) -> Value {
    let figure = |n: u64, between: &str| {
        let digits = n.to_string();
        let count = digits.len();
        let piece = |(at, c): (usize, char)| {
            let cut = if at > 0 && (count - at).is_multiple_of(3) { between } else { "" };
            format!("{cut}{c}")
        };
        digits.chars().enumerate().map(piece).collect::<String>()
    };
    let (fr, en) = (|n| figure(n, "\u{202f}"), |n| figure(n, ","));
    let (code, english) = match (at.checked_sub(1).and_then(|at| sizes.get(at)), sizes.get(at)) {
        (None, None) => ("toutes les communes".into(), "all municipalities".into()),
        (None, Some(to)) => {
            (format!("moins de {} habitants", fr(*to)), format!("fewer than {} inhabitants", en(*to)))
        }
        (Some(from), None) => {
            (format!("{} habitants et plus", fr(*from)), format!("{} inhabitants or more", en(*from)))
        }
        (Some(from), Some(to)) => (
            format!("{} à {} habitants", fr(*from), fr(to - 1)),
            format!("{} to {} inhabitants", en(*from), en(to - 1)),
        ),
    };
    Value { code, english, ..Value::default() }
}

/// The category of the communes that were chosen, and how many have no known population.
///
/// # Errors
/// Every mistake, with its line: figures that are none, a commune that is there twice, a territory that is not in the table.
pub(super) fn read(
    sheet: &Sheet,
    figures: Figures,
    counts: impl Fn(&[String]) -> bool,
    choice: &Choice,
) -> Result<(Category, usize), Vec<Mistake>> {
    let named = sheet.column(&COMMUNE_CODE).zip(sheet.column(&COMMUNE));
    let (code, name) = named.ok_or_else(|| vec![whole("panel-margins-none", sheet.titles.join(", "))])?;
    let all: Vec<Commune<'_>> = communes(sheet, code, name).filter(|c| counts(c.cells)).collect();
    let chosen = choose(all, &choice.territory)?;
    if choice.group == Group::Epci && chosen.iter().all(|c| c.epci.is_empty()) {
        return Err(vec![whole("panel-margins-epci", "")]);
    }
    let mut named: BTreeMap<String, u32> = BTreeMap::new();
    for c in &chosen {
        *named.entry(fold(c.name)).or_default() += 1;
    }
    let mut category = match choice.group {
        Group::Each => titled("Commune", "Municipality"),
        Group::Size => titled("Taille de la commune", "Size of the municipality"),
        Group::Epci => titled("Intercommunalité", "Intermunicipality"),
    };
    let (mut seen, mut unknown, mut mistakes) = (BTreeSet::new(), 0_usize, vec![]);
    let mut strata: Vec<Value> = (0..=choice.sizes.len()).map(|at| stratum(&choice.sizes, at)).collect();
    for c in &chosen {
        let mut wrong =
            |key, value: &str| mistakes.push(Mistake { line: c.line, key, value: value.to_owned() });
        if c.name.is_empty() || c.code.is_empty() {
            wrong("panel-margins-empty", c.name);
        } else if !seen.insert(c.code.clone()) {
            wrong("panel-margins-commune-twice", &format!("{} ({})", c.name, c.code));
        } else if figures.is_empty(c.cells) {
            unknown += 1;
        } else {
            match figures.read(c.cells) {
                Err((key, value)) => wrong(key, &value),
                Ok((count, _)) => match choice.group {
                    Group::Size => {
                        let at = choice.sizes.iter().filter(|size| **size <= count).count();
                        strata[at].population = strata[at].population.saturating_add(count);
                    }
                    Group::Epci if c.epci.is_empty() => count_in(&mut category.values, count, || Value {
                        code: "Sans intercommunalité".into(),
                        english: "No intermunicipality".into(),
                        ..Value::default()
                    }),
                    Group::Epci => count_in(&mut category.values, count, || plain(c.epci.to_owned())),
                    Group::Each => {
                        let is_alone = named.get(&fold(c.name)).is_none_or(|n| *n < 2);
                        let code =
                            if is_alone { c.name.to_owned() } else { format!("{} ({})", c.name, c.code) };
                        count_in(&mut category.values, count, || plain(code));
                    }
                },
            }
        }
        if mistakes.len() >= MOST_MISTAKES {
            break;
        }
    }
    if choice.group == Group::Size {
        category.values = strata.into_iter().filter(|v| v.population > 0).collect();
    }
    if mistakes.is_empty() && category.values.is_empty() {
        return Err(vec![whole("panel-margins-nothing", "")]);
    }
    if category.values.len() > MOST_VALUES {
        mistakes.push(whole("panel-margins-communes-many", category.values.len().to_string()));
    }
    if mistakes.is_empty() { Ok((category, unknown)) } else { Err(mistakes) }
}

fn titled(french: &str, english: &str) -> Category {
    Category { code: french.into(), title: Localized::new(french, english), ..Category::default() }
}

fn plain(code: String) -> Value {
    Value { code, ..Value::default() }
}

#[cfg(test)]
mod tests {
    use super::super::{Wanted, read as margins};
    use super::*;

    const LIST: &str = r#"[
{"code":"35238","nom":"Rennes","type":"commune-actuelle","departement":"35","codesPostaux":["35000","35200"],"population":230890},
{"code":"35024","nom":"Betton","type":"commune-actuelle","departement":"35","population":12000},
{"code":"35001","nom":"Acigné","type":"commune-actuelle","departement":"35","population":2000},
{"code":"35003","nom":"Saint-Aubin","type":"commune-actuelle","departement":"35","population":1999},
{"code":"35002","nom":"Amanlis","type":"commune-deleguee","departement":"35","chefLieu":"35001"},
{"code":"29001","nom":"Saint-Aubin","type":"commune-actuelle","departement":"29","population":900},
{"code":"98412","nom":"Kerguelen","type":"commune-actuelle","departement":"984"},
{"code":"75056","nom":"Paris","type":"commune-actuelle","departement":"75","population":300},
{"code":"75101","nom":"Paris 1er","type":"arrondissement-municipal","commune":"75056","departement":"75","population":100},
{"code":"75102","nom":"Paris 2e","type":"arrondissement-municipal","commune":"75056","departement":"75","population":200}
]
"#;

    const EPCI: &str = r#"[{"code":"243500139","nom":"Rennes Métropole","membres":[
{"code":"35238","nom":"Rennes","populationMunicipale":230890},{"code":"35024","nom":"Betton","populationMunicipale":12000}]},
{"code":"200072452","nom":"Fougères \"Agglo\"","membres":[{"code":"35115","nom":"Fougères","populationMunicipale":20000},
{"code":"53001","nom":"Ailleurs","populationMunicipale":500}]}]"#;

    fn wanted(territory: &[&str], group: Group) -> Wanted {
        let territory = territory.iter().map(|t| (*t).to_owned()).collect();
        let communes = Choice { territory, group, sizes: sizes("").unwrap() };
        Wanted { communes, ..Wanted::default() }
    }

    fn reads(text: &str, territory: &[&str], group: Group) -> (String, usize) {
        let found = margins(text.as_bytes(), &wanted(territory, group)).unwrap();
        let [one] = found.categories.as_slice() else { panic!("one category") };
        let values: Vec<_> = one.values.iter().map(|v| format!("{}={}", v.code, v.population)).collect();
        (format!("{}: {}", one.code, values.join(" | ")).replace('\u{202f}', " "), found.unknown)
    }

    fn wrong(text: &str, territory: &[&str], group: Group) -> Vec<(u64, &'static str, String)> {
        let mistakes = margins(text.as_bytes(), &wanted(territory, group)).unwrap_err();
        mistakes.into_iter().map(|m| (m.line, m.key, m.value)).collect()
    }

    #[test]
    fn communes_make_strata_of_size() {
        let strata = "Taille de la commune: moins de 2 000 habitants=1999 | 2 000 à 9 999 habitants=2000 | \
                      10 000 à 49 999 habitants=12000 | 50 000 habitants et plus=230890";
        assert_eq!(reads(LIST, &["35"], Group::Size), (strata.into(), 0));
        // The same in a table, whose spreadsheet took the first zero away.
        let table = "Code Insee;Nom;Population\n1001;A;860\n1002;B;2 500\n35238;Rennes;230890\n";
        let small = "Taille de la commune: moins de 2 000 habitants=860 | 2 000 à 9 999 habitants=2500";
        assert_eq!(reads(table, &["1"], Group::Size).0, small);
        assert_eq!(stratum(&[2000, 10_000], 1).english, "2,000 to 9,999 inhabitants");
        assert_eq!(sizes("1 000; 5 000"), Ok(vec![1000, 5000]));
        assert_eq!(sizes("1000, 5000"), Ok(vec![1000, 5000]));
        assert_eq!(sizes("5000; 1000"), Err("1000".into()));
        assert_eq!(sizes("petites"), Err("petites".into()));
    }

    #[test]
    fn a_territory_is_a_county_communes_or_intermunicipalities() {
        let each = "Commune: Betton=12000 | Saint-Aubin (35003)=1999 | Saint-Aubin (29001)=900";
        assert_eq!(reads(LIST, &["betton", "35003", "29"], Group::Each).0, each);
        // Arrondissements count when they are named, and not with their whole.
        assert_eq!(reads(LIST, &["75"], Group::Each).0, "Commune: Paris=300");
        let parts = reads(LIST, &["75101", "75102"], Group::Each);
        assert_eq!(parts.0, "Commune: Paris 1er=100 | Paris 2e=200");
        assert_eq!(wrong(LIST, &["75", "75101"], Group::Each)[0].1, "panel-margins-territory-inside");
        // A place that nobody lives in has no figure: left out, and counted.
        assert_eq!(reads(LIST, &[], Group::Each).1, 1);
        assert_eq!(reads(EPCI, &["243500139"], Group::Each).0, "Commune: Rennes=230890 | Betton=12000");
        let epci = "Intercommunalité: Rennes Métropole=242890 | Fougères \"Agglo\"=20000";
        assert_eq!(reads(EPCI, &["35"], Group::Epci).0, epci);

        let none = |item: &str| (0, "panel-margins-territory-none", item.to_owned());
        assert_eq!(wrong(LIST, &["99", "Betton", "Brest"], Group::Each), [none("99"), none("Brest")]);
        let several = "Saint-Aubin (35003, 29001)";
        let several = (0, "panel-margins-territory-several", several.to_owned());
        assert_eq!(wrong(LIST, &["Saint-Aubin"], Group::Each), [several]);
        assert_eq!(wrong(LIST, &["35"], Group::Epci)[0].1, "panel-margins-epci");
        assert_eq!(wrong(LIST, &["243500139"], Group::Each)[0].1, "panel-margins-epci");
        assert_eq!(
            wrong("age,population\n18-24,3\n", &["35"], Group::Size)[0].1,
            "panel-margins-communes-none"
        );
    }

    #[test]
    fn mistakes_of_a_list_have_their_line() {
        let broken = LIST.replace("\"population\":2000", "\"population\":\"many\"");
        assert_eq!(wrong(&broken, &[], Group::Each)[0].0, 4);
        assert_eq!(wrong(&broken, &[], Group::Each)[0].1, "panel-margins-json-record");
        assert_eq!(wrong("[\n{\"code\":\"01\"", &[], Group::Each)[0].1, "panel-margins-json");
        assert_eq!(wrong("{\"type\":\"FeatureCollection\"}", &[], Group::Each)[0].1, "panel-margins-json");
        let twice = "code,nom,population\n35238,Rennes,3\n35238,Rennes,3\n35001,Acigné,x\n";
        let said = wrong(twice, &[], Group::Each);
        assert_eq!(said[0], (3, "panel-margins-commune-twice", "Rennes (35238)".into()));
        assert_eq!(said[1], (4, "panel-margins-figure", "x".into()));
    }

    #[test]
    fn the_communes_of_a_real_county_add_up() {
        let Some(folder) = parvis_core::testing::data("11-territory/etalab-decoupage-administratif") else {
            return;
        };
        let list = std::fs::read(folder.join("communes.json")).unwrap();
        let found = margins(&list, &wanted(&["35"], Group::Size)).unwrap();
        let figures: Vec<u64> = found.categories[0].values.iter().map(|v| v.population).collect();
        assert_eq!(figures, [196_269, 497_198, 196_309, 230_890]);
        let every = margins(&list, &wanted(&[], Group::Size)).unwrap();
        assert_eq!((every.categories[0].population(), every.unknown), (68_952_941, 6));
        let too_many = margins(&list, &wanted(&["35"], Group::Each)).unwrap_err();
        assert_eq!((too_many[0].key, too_many[0].value.as_str()), ("panel-margins-communes-many", "332"));
        let epci = std::fs::read(folder.join("epci.json")).unwrap();
        let found = margins(&epci, &wanted(&["35"], Group::Epci)).unwrap();
        assert_eq!(
            found.categories[0]
                .values
                .iter()
                .find(|v| v.code == "Rennes Métropole")
                .map(|v| v.population > 400_000),
            Some(true)
        );
    }
}
