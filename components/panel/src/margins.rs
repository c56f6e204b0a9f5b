//! Margins: how many people of the population have each value, from the tables that statistics offices publish.
//!
//! Four shapes are read. A list of margins: `category,feature,count`. A table with a column of figures, as Insee publishes
//! (département, sex, age, population): each column that was asked for becomes a category, its figures summed. A wide table, with
//! a column of figures for each sex: the sex becomes a category, and a column of the whole is checked. A list of communes
//! (`code,name,population`, or a file of [`communes`]): one category, the territory. Single years of age are put together in bands ([`ages`]), and those
//! that no band takes count for nothing.

pub mod ages;
pub mod communes;

use parvis_ballotbox::import::Mistake;
use parvis_civic::account::pseudonym::fold;

use self::ages::{Band, LeftOut};
use crate::model::{Category, MOST_CATEGORIES, MOST_VALUES, Value};
use crate::sheet::{MOST_MISTAKES, Sheet};
use parvis_core::Localized;

/// Names of columns of figures, folded; the first that is there is taken, then any that begins with one.
const FIGURES: [&str; 9] = [
    "count",
    "population",
    "effectif",
    "effectifs",
    "nombre",
    "habitants",
    "populationmunicipale",
    "pop",
    "total",
];
const CATEGORY: [&str; 3] = ["category", "categorie", "critere"];
const FEATURE: [&str; 5] = ["feature", "value", "valeur", "modalite", "name"];
const COMMUNE: [&str; 6] = ["name", "nom", "commune", "nomdelacommune", "libelle", "libgeo"];
const CODE: [&str; 7] = ["code", "codeinsee", "insee", "codecommune", "codegeo", "dep", "reg"];
/// Names of the columns of a wide table, folded.
const MEN: [&str; 7] = ["hommes", "homme", "men", "man", "males", "male", "nombredhommes"];
const WOMEN: [&str; 7] = ["femmes", "femme", "women", "woman", "females", "female", "nombredefemmes"];
const WHOLE: [&str; 6] = ["ensemble", "total", "deuxsexes", "both", "bothsexes", "population"];
const SEX: [&str; 4] = ["sexe", "sex", "genre", "gender"];
/// A year of birth says again what the age says.
const BIRTH: [&str; 4] = ["anneenaissance", "anneedenaissance", "birthyear", "yearofbirth"];
/// A line with this age is the sum of the others.
const TOTAL: [&str; 4] = ["total", "ensemble", "tous", "all"];

/// How a table is to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The columns that become categories, by their titles; none: all but codes and figures.
    pub columns: Vec<String>,
    /// Lines that count: `(title, value)`; none: all.
    pub only: Option<(String, String)>,
    /// The bands that single years of age are put in.
    pub bands: Vec<Band>,
    /// How a list of communes is read.
    pub communes: communes::Choice,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Margins {
    /// The categories, without quotas.
    pub categories: Vec<Category>,
    /// Those whose age is in no band.
    pub left_out: LeftOut,
    /// How many communes have no figure, and count for nothing.
    pub unknown: usize,
}

/// A figure as tables write it: `1 234`, `1 234,0`, `1234.0`.
fn figure(cell: &str) -> Option<u64> {
    let plain: String = cell.chars().filter(|c| !c.is_whitespace() && *c != '\u{202f}').collect();
    let whole = plain.split_once(['.', ',']).map_or(plain.as_str(), |(whole, rest)| {
        if rest.bytes().all(|b| b == b'0') { whole } else { plain.as_str() }
    });
    whole.parse().ok()
}

fn whole(key: &'static str, value: impl Into<String>) -> Mistake {
    Mistake { line: 0, key, value: value.into() }
}

/// The people of a line: all, then women and men where they are told apart.
type Counted = (u64, Option<(u64, u64)>);

/// Where the figures of a line stand.
#[derive(Debug, Clone, Copy)]
enum Figures {
    /// In one column.
    One(usize),
    /// In a column for each sex, and perhaps in one for both.
    Sexes { men: usize, women: usize, whole: Option<usize> },
}

impl Figures {
    fn find(sheet: &Sheet) -> Option<Self> {
        if let (Some(men), Some(women)) = (sheet.column(&MEN), sheet.column(&WOMEN)) {
            return Some(Self::Sexes { men, women, whole: sheet.column(&WHOLE) });
        }
        let begins = |t: &String| FIGURES.iter().any(|f| fold(t).starts_with(f));
        let one = sheet.column(&FIGURES).or_else(|| sheet.titles.iter().position(begins));
        one.map(Self::One)
    }

    fn holds(self, at: usize) -> bool {
        match self {
            Self::One(one) => at == one,
            Self::Sexes { men, women, whole } => at == men || at == women || Some(at) == whole,
        }
    }

    fn is_empty(self, cells: &[String]) -> bool {
        matches!(self, Self::One(at) if cells[at].is_empty())
    }

    /// The figures of a line: everybody, then women and men.
    fn read(self, cells: &[String]) -> Result<Counted, (&'static str, String)> {
        let number = |at: usize| figure(&cells[at]).ok_or(("panel-margins-figure", cells[at].clone()));
        match self {
            Self::One(at) => Ok((number(at)?, None)),
            Self::Sexes { men, women, whole } => {
                let (women, men) = (number(women)?, number(men)?);
                let sum = women.saturating_add(men);
                if let Some(said) = whole.map(number).transpose()?.filter(|said| *said != sum) {
                    return Err(("panel-margins-sum", format!("{women} + {men} = {sum} ≠ {said}")));
                }
                Ok((sum, Some((women, men))))
            }
        }
    }
}

/// What a line counts for.
enum Taken {
    /// The value in this column, for a category of this name.
    Column(usize, String),
    /// The band of the age, for a category of this name.
    Age(String),
    /// The sex of the column of figures.
    Sex,
}

/// The column of single years of age, if there is one.
fn years(sheet: &Sheet) -> Option<usize> {
    let is_age = |at: &usize| fold(&sheet.titles[*at]).starts_with("age");
    (0..sheet.titles.len()).filter(is_age).find(|at| {
        let cells = sheet.rows.iter().map(|(_, cells)| cells[*at].as_str());
        ages::are_years(cells.filter(|c| !TOTAL.contains(&fold(c).as_str())))
    })
}

/// The columns that were asked for; all but codes and figures when none was.
fn taken(
    sheet: &Sheet,
    wanted: &Wanted,
    figures: Figures,
    years: Option<usize>,
) -> Result<Vec<Taken>, Vec<Mistake>> {
    let is_wide = matches!(figures, Figures::Sexes { .. });
    let column = |at: usize| {
        let title = sheet.titles[at].clone();
        if years == Some(at) { Taken::Age(title) } else { Taken::Column(at, title) }
    };
    let (mut found, mut mistakes) = (vec![], vec![]);
    for title in &wanted.columns {
        let name = fold(title);
        match (sheet.column(&[&name]), years) {
            (Some(at), _) => found.push(column(at)),
            (None, Some(at)) if name == "age" => found.push(column(at)),
            _ if is_wide && SEX.contains(&name.as_str()) => found.push(Taken::Sex),
            _ => mistakes.push(whole("panel-margins-column", title)),
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    if wanted.columns.is_empty() {
        let is_code =
            |at: usize| sheet.rows.iter().all(|(_, c)| c[at].is_empty() || figure(&c[at]).is_some());
        for (at, title) in sheet.titles.iter().enumerate() {
            let name = fold(title);
            let is_other = title.is_empty() || figures.holds(at) || CODE.contains(&name.as_str());
            let says_again = years.is_some() && BIRTH.contains(&name.as_str());
            if years == Some(at) || !(is_other || says_again || is_code(at)) {
                found.push(column(at));
            }
        }
        if is_wide {
            found.push(Taken::Sex);
        }
    }
    if found.is_empty() { Err(vec![whole("panel-margins-none", sheet.titles.join(", "))]) } else { Ok(found) }
}

/// The category of the columns of a wide table.
fn sexes(found: &mut Vec<Category>, women: u64, men: u64) {
    let at = found.iter().position(|c| c.code == "sexe").unwrap_or_else(|| {
        let title = Localized::new("Sexe", "Sex");
        found.push(Category { code: "sexe".into(), title, ..Category::default() });
        found.len() - 1
    });
    for (code, english, count) in [("Femme", "Woman", women), ("Homme", "Man", men)] {
        count_in(&mut found[at].values, count, || Value {
            code: code.into(),
            english: english.into(),
            ..Value::default()
        });
    }
}

/// Reads margins. Single years of age are put in the bands; a line whose age is in none counts for no category, and is said.
///
/// # Errors
/// Every mistake, with its line: figures that are none, or that do not add up to the whole that the table gives.
pub fn read(bytes: &[u8], wanted: &Wanted) -> Result<Margins, Vec<Mistake>> {
    let sheet = if communes::is_json(bytes) { communes::json(bytes)? } else { Sheet::read(bytes)? };
    let figures = Figures::find(&sheet);
    let figures = figures.ok_or_else(|| vec![whole("panel-margins-figures", sheet.titles.join(", "))])?;
    let only = match &wanted.only {
        None => None,
        Some((title, value)) => {
            let at = sheet.column(&[&fold(title)]);
            let at = at.ok_or_else(|| vec![whole("panel-margins-only-column", title)])?;
            Some((at, fold(value)))
        }
    };
    let long = sheet.column(&CATEGORY).zip(sheet.column(&FEATURE));
    let are_communes = sheet.column(&COMMUNE).is_some() && sheet.column(&communes::COMMUNE_CODE).is_some();
    if are_communes && long.is_none() && wanted.columns.is_empty() {
        let counts = |cells: &[String]| only.as_ref().is_none_or(|(at, value)| fold(&cells[*at]) == *value);
        let (category, unknown) = communes::read(&sheet, figures, counts, &wanted.communes)?;
        return Ok(Margins { categories: vec![category], unknown, ..Margins::default() });
    }
    if !wanted.communes.territory.is_empty() || wanted.communes.group != communes::Group::Each {
        return Err(vec![whole("panel-margins-communes-none", sheet.titles.join(", "))]);
    }
    let years = years(&sheet).filter(|_| long.is_none());
    let taken = if long.is_some() { vec![] } else { taken(&sheet, wanted, figures, years)? };
    let mut mistakes = vec![];
    let mut margins = Margins::default();
    let found = &mut margins.categories;
    let (mut sum, mut totals) = (0_u64, vec![]);
    let mut counts = false;
    for (line, cells) in &sheet.rows {
        if mistakes.len() >= MOST_MISTAKES {
            break;
        }
        if only.as_ref().is_some_and(|(at, value)| fold(&cells[*at]) != *value) {
            continue;
        }
        counts = true;
        let mut wrong =
            |key, value: &str| mistakes.push(Mistake { line: *line, key, value: value.to_owned() });
        let (count, by_sex) = match figures.read(cells) {
            Ok(read) => read,
            Err((key, value)) => {
                wrong(key, &value);
                continue;
            }
        };
        if let Some((category, feature)) = long {
            if cells[category].is_empty() || cells[feature].is_empty() {
                wrong("panel-margins-empty", &cells[category]);
            } else {
                add(found, &cells[category], &cells[feature], count);
            }
            continue;
        }
        let mut band = None;
        if let Some(cell) = years.map(|at| cells[at].as_str()) {
            if TOTAL.contains(&fold(cell).as_str()) {
                totals.push((*line, count));
                continue;
            }
            let Some(age) = ages::age(cell) else {
                wrong("panel-margins-age", cell);
                continue;
            };
            sum = sum.saturating_add(count);
            match ages::place(&wanted.bands, age) {
                ages::Place::In(here) => band = Some(here),
                ages::Place::Out => {
                    margins.left_out.add(age, count);
                    continue;
                }
                ages::Place::Torn => {
                    wrong("panel-margins-age-torn", cell);
                    continue;
                }
            }
        }
        for one in &taken {
            match (one, band, by_sex) {
                (Taken::Column(at, title), ..) if title.is_empty() || cells[*at].is_empty() => {
                    wrong("panel-margins-empty", title);
                }
                (Taken::Column(at, title), ..) => add(found, title, &cells[*at], count),
                (Taken::Age(title), Some(band), _) => {
                    count_in(values_of(found, title), count, || band.value());
                }
                (Taken::Sex, _, Some((women, men))) => sexes(found, women, men),
                // A column of ages goes with a band, and the sex with a wide table.
                (Taken::Age(..) | Taken::Sex, ..) => {}
            }
        }
    }
    if let [(line, said)] = totals.as_slice()
        && mistakes.is_empty()
        && sum != *said
    {
        mistakes
            .push(Mistake { line: *line, key: "panel-margins-total", value: format!("{sum} ≠ {said}") });
    }
    if !counts && mistakes.is_empty() {
        return Err(vec![whole("panel-margins-nothing", "")]);
    }
    if found.is_empty() && mistakes.is_empty() {
        return Err(vec![whole("panel-margins-bands-none", "")]);
    }
    if found.len() > MOST_CATEGORIES {
        mistakes.push(whole("panel-margins-many", found.len().to_string()));
    }
    for c in found.iter().filter(|c| c.values.len() > MOST_VALUES) {
        mistakes.push(whole("panel-margins-values", &c.code));
    }
    if mistakes.is_empty() { Ok(margins) } else { Err(mistakes) }
}

fn values_of<'a>(found: &'a mut Vec<Category>, category: &str) -> &'a mut Vec<Value> {
    let at = found.iter().position(|c| c.code == category).unwrap_or_else(|| {
        let title = Localized::new(category, category);
        found.push(Category { code: category.to_owned(), title, ..Category::default() });
        found.len() - 1
    });
    &mut found[at].values
}

/// Adds people to the value that `new` gives.
fn count_in(values: &mut Vec<Value>, count: u64, new: impl FnOnce() -> Value) {
    let new = new();
    match values.iter_mut().find(|v| v.code == new.code) {
        Some(known) => known.population = known.population.saturating_add(count),
        None => values.push(Value { population: count, ..new }),
    }
}

fn add(found: &mut Vec<Category>, category: &str, value: &str, count: u64) {
    count_in(values_of(found, category), count, || Value { code: value.to_owned(), ..Value::default() });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(found: &[Category]) -> Vec<String> {
        let value = |v: &Value| format!("{}={}", v.code, v.population);
        found
            .iter()
            .map(|c| format!("{}: {}", c.code, c.values.iter().map(value).collect::<Vec<_>>().join(" ")))
            .collect()
    }

    fn reads(text: &str, wanted: &Wanted) -> Vec<String> {
        said(&read(text.as_bytes(), wanted).unwrap().categories)
    }

    #[test]
    fn a_list_of_margins() {
        let text =
            "category,feature,count\nâge,18-24,1 200\nâge,25+,3000\nsexe,Femme,2100\nsexe,Homme,2100\n";
        assert_eq!(
            reads(text, &Wanted::default()),
            ["âge: 18-24=1200 25+=3000", "sexe: Femme=2100 Homme=2100"]
        );
        let french = "Catégorie;Valeur;Effectif\nâge;18-24;5\nâge;25+;6,0\n";
        assert_eq!(reads(french, &Wanted::default()), ["âge: 18-24=5 25+=6"]);
    }

    #[test]
    fn a_table_of_a_statistics_office() {
        let text = "dep,dep_nom,sexe,age,population\n01,Ain,femme,0-19,10\n01,Ain,femme,20-39,20\n\
                    01,Ain,homme,0-19,11\n02,Aisne,homme,0-19,7\n";
        let all = reads(text, &Wanted::default());
        assert_eq!(all, ["dep_nom: Ain=41 Aisne=7", "sexe: femme=30 homme=18", "age: 0-19=28 20-39=20"]);
        let columns = vec!["Sexe".into()];
        let ain = Wanted { columns, only: Some(("dep".into(), "01".into())), ..Wanted::default() };
        assert_eq!(reads(text, &ain), ["sexe: femme=30 homme=11"]);
        let long = "age,csp,population_15_ans_ou_plus\n15-19,Cadres,3\n20-24,Ouvriers,4\n";
        assert_eq!(reads(long, &Wanted::default()), ["age: 15-19=3 20-24=4", "csp: Cadres=3 Ouvriers=4"]);
    }

    #[test]
    fn a_wide_table_of_single_years_of_age() {
        let bands = ages::bands("1-2, 3+").unwrap();
        let wanted = Wanted { bands, ..Wanted::default() };
        let text = "annee_naissance,age_revolu,hommes,femmes,ensemble\n2016,0,1,2,3\n2015,1,10,20,30\n2014,2,100,200,300\n\
                    2013,3,3,4,7\n2012 ou avant,4 ou plus,5,6,11\nTotal,Ensemble,119,232,351\n";
        let read_all = read(text.as_bytes(), &wanted).unwrap();
        assert_eq!(
            said(&read_all.categories),
            ["age_revolu: 1-2=330 3 et plus=18", "sexe: Femme=230 Homme=118"]
        );
        assert_eq!((read_all.left_out.people(), read_all.left_out.ranges()), (3, vec!["0".to_owned()]));
        assert_eq!(read_all.categories[0].values[1].english, "3 and over");
        // One of both, by its plain name.
        let some = |name: &str| Wanted { columns: vec![name.into()], ..wanted.clone() };
        assert_eq!(reads(text, &some("sexe")), ["sexe: Femme=230 Homme=118"]);
        assert_eq!(reads(text, &some("âge")), ["age_revolu: 1-2=330 3 et plus=18"]);
        // A column of figures, and a line for each sex.
        let long = "age,sexe,population\n0,F,1\n0,M,2\n1,F,3\n1,M,4\n2,F,5\n2,M,6\n3 et plus,M,7\n";
        assert_eq!(reads(long, &wanted), ["age: 1-2=18 3 et plus=7", "sexe: F=8 M=17"]);

        let wrong = |from: &str, to: &str, bands: &str| -> Vec<(u64, &str, String)> {
            let wanted = Wanted { bands: ages::bands(bands).unwrap(), ..Wanted::default() };
            let text = text.replace(from, to);
            let mistakes = read(text.as_bytes(), &wanted).unwrap_err();
            mistakes.into_iter().map(|m| (m.line, m.key, m.value)).collect()
        };
        assert_eq!(wrong("20,30", "20,31", "1+"), [(3, "panel-margins-sum", "20 + 10 = 30 ≠ 31".into())]);
        assert_eq!(
            wrong("119,232,351", "118,232,350", "1+"),
            [(7, "panel-margins-total", "351 ≠ 350".into())]
        );
        assert_eq!(wrong("", "", "1-105"), [(6, "panel-margins-age-torn", "4 ou plus".into())]);
        assert_eq!(wrong("", "", "18+")[0].1, "panel-margins-age-torn");
        assert_eq!(wrong("4 ou plus", "4", "18+")[0].1, "panel-margins-bands-none");
    }

    #[test]
    fn the_ages_of_insee_are_put_in_bands() {
        let Some(folder) = parvis_core::testing::data("11-territory/insee-marges") else { return };
        let file = std::fs::read(folder.join("population_france_age_sexe_2017-01-01.csv")).unwrap();
        let found = read(&file, &Wanted { bands: ages::bands("").unwrap(), ..Wanted::default() }).unwrap();
        let [age, sex] = found.categories.as_slice() else { panic!("{:?}", said(&found.categories)) };
        assert_eq!(age.values.len(), 5);
        assert_eq!(age.population(), sex.population());
        assert_eq!(found.left_out.ranges(), ["0-17"]);
        let all: u64 = String::from_utf8_lossy(&file)
            .lines()
            .filter_map(|l| l.rsplit(',').next()?.parse::<u64>().ok())
            .sum();
        assert_eq!(age.population() + found.left_out.people(), all);
    }

    #[test]
    fn a_list_of_communes() {
        let wanted = Wanted::default();
        let text = "code,nom,population\n01001,L'Abergement,860\n01002,Bourg,270\n";
        assert_eq!(reads(text, &wanted), ["Commune: L'Abergement=860 Bourg=270"]);
    }

    #[test]
    fn mistakes_have_their_line_and_their_reason() {
        let keys = |text: &str, wanted: &Wanted| -> Vec<(u64, &str)> {
            read(text.as_bytes(), wanted).unwrap_err().iter().map(|m| (m.line, m.key)).collect()
        };
        let plain = Wanted::default();
        assert_eq!(keys("a,b\n1,2\n", &plain), [(0, "panel-margins-figures")]);
        assert_eq!(
            keys("category,feature,count\nâge,18,many\n,x,4\n", &plain),
            [(2, "panel-margins-figure"), (3, "panel-margins-empty")]
        );
        let unknown = Wanted { columns: vec!["csp".into()], ..Wanted::default() };
        assert_eq!(keys("age,population\n18,4\n", &unknown), [(0, "panel-margins-column")]);
        let nowhere = Wanted {
            only: Some(("age".into(), "x".into())),
            columns: vec!["age".into()],
            ..Wanted::default()
        };
        assert_eq!(keys("age,population\n18,4\n", &nowhere), [(0, "panel-margins-nothing")]);
    }

    #[test]
    fn the_tables_of_insee_add_up() {
        let Some(folder) = parvis_core::testing::data("11-territory/insee-marges") else { return };
        let file = std::fs::read(folder.join("population_departement_sexe_age5.csv")).unwrap();
        let columns = vec!["sexe".into(), "age".into()];
        let found = read(&file, &Wanted { columns, ..Wanted::default() }).unwrap().categories;
        assert_eq!(found.iter().map(|c| c.values.len()).collect::<Vec<_>>(), [2, 5]);
        assert_eq!(found[0].population(), found[1].population());
        assert!(found[0].population() > 60_000_000);
    }
}
