//! Margins: how many people of the population have each value, from the tables that statistics offices publish.
//!
//! Three shapes are read. A list of margins: `category,feature,count`. A table with a column of figures, as Insee publishes
//! (département, sex, age, population): each column that was asked for becomes a category, its figures summed. A list of
//! communes (`code,name,population`): one category, the territory.

use parvis_ballotbox::import::Mistake;
use parvis_civic::account::pseudonym::fold;

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

/// How a table is to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The columns that become categories, by their titles; none: all but codes and figures.
    pub columns: Vec<String>,
    /// Lines that count: `(title, value)`; none: all.
    pub only: Option<(String, String)>,
    /// The name of the category of a list of communes.
    pub territory: String,
}

/// A figure as tables write it: `1 234`, `1 234,0`, `1234.0`.
fn figure(cell: &str) -> Option<u64> {
    let plain: String = cell.chars().filter(|c| !c.is_whitespace() && *c != '\u{202f}').collect();
    let whole = plain.split_once(['.', ',']).map_or(plain.as_str(), |(whole, rest)| {
        if rest.bytes().all(|b| b == b'0') { whole } else { plain.as_str() }
    });
    whole.parse().ok()
}

/// Reads margins, as categories without quotas.
///
/// # Errors
/// Every mistake, with its line.
pub fn read(bytes: &[u8], wanted: &Wanted) -> Result<Vec<Category>, Vec<Mistake>> {
    let sheet = Sheet::read(bytes)?;
    let whole = |key, value: String| vec![Mistake { line: 0, key, value }];
    let figures = sheet.column(&FIGURES).or_else(|| {
        sheet.titles.iter().position(|t| {
            let title = fold(t);
            FIGURES.iter().any(|f| title.starts_with(f))
        })
    });
    let figures = figures.ok_or_else(|| whole("panel-margins-figures", sheet.titles.join(", ")))?;
    let mut mistakes = vec![];
    let only = match &wanted.only {
        None => None,
        Some((title, value)) => {
            let at = sheet.column(&[&fold(title)]);
            let at = at.ok_or_else(|| whole("panel-margins-column", title.clone()))?;
            Some((at, fold(value)))
        }
    };
    let long = sheet.column(&CATEGORY).zip(sheet.column(&FEATURE));
    let communes = sheet.column(&COMMUNE).filter(|_| long.is_none() && sheet.column(&CODE).is_some());
    // For each line: which categories it counts for, and under which values.
    let mut taken: Vec<(usize, String)> = vec![];
    if long.is_none() {
        if !wanted.columns.is_empty() {
            for title in &wanted.columns {
                match sheet.column(&[&fold(title)]) {
                    Some(at) => taken.push((at, sheet.titles[at].clone())),
                    None => {
                        mistakes.push(Mistake { line: 0, key: "panel-margins-column", value: title.clone() })
                    }
                }
            }
        } else if let Some(at) = communes {
            taken.push((at, wanted.territory.clone()));
        } else {
            let is_code =
                |at: usize| sheet.rows.iter().all(|(_, c)| c[at].is_empty() || figure(&c[at]).is_some());
            for (at, title) in sheet.titles.iter().enumerate() {
                if at != figures && !title.is_empty() && !CODE.contains(&fold(title).as_str()) && !is_code(at)
                {
                    taken.push((at, title.clone()));
                }
            }
        }
        if taken.is_empty() && mistakes.is_empty() {
            return Err(whole("panel-margins-none", sheet.titles.join(", ")));
        }
    }
    let mut found: Vec<Category> = vec![];
    for (line, cells) in &sheet.rows {
        if mistakes.len() >= MOST_MISTAKES {
            break;
        }
        if only.as_ref().is_some_and(|(at, value)| fold(&cells[*at]) != *value) {
            continue;
        }
        let mut wrong =
            |key, value: &str| mistakes.push(Mistake { line: *line, key, value: value.to_owned() });
        let Some(count) = figure(&cells[figures]) else {
            wrong("panel-margins-figure", &cells[figures]);
            continue;
        };
        let named: Vec<(&str, &str)> = match long {
            Some((category, feature)) => vec![(&cells[category], &cells[feature])],
            None => taken.iter().map(|(at, title)| (title.as_str(), cells[*at].as_str())).collect(),
        };
        for (category, value) in named {
            if category.is_empty() || value.is_empty() {
                wrong("panel-margins-empty", category);
                continue;
            }
            add(&mut found, category, value, count);
        }
    }
    if found.is_empty() && mistakes.is_empty() {
        return Err(whole("panel-margins-nothing", String::new()));
    }
    if found.len() > MOST_CATEGORIES {
        mistakes.push(Mistake { line: 0, key: "panel-margins-many", value: found.len().to_string() });
    }
    for c in found.iter().filter(|c| c.values.len() > MOST_VALUES) {
        mistakes.push(Mistake { line: 0, key: "panel-margins-values", value: c.code.clone() });
    }
    if mistakes.is_empty() { Ok(found) } else { Err(mistakes) }
}

fn add(found: &mut Vec<Category>, category: &str, value: &str, count: u64) {
    let at = found.iter().position(|c| c.code == category).unwrap_or_else(|| {
        let title = Localized::new(category, category);
        found.push(Category { code: category.to_owned(), title, ..Category::default() });
        found.len() - 1
    });
    let values = &mut found[at].values;
    match values.iter_mut().find(|v| v.code == value) {
        Some(known) => known.population = known.population.saturating_add(count),
        None => values.push(Value { code: value.to_owned(), population: count, ..Value::default() }),
    }
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
        said(&read(text.as_bytes(), wanted).unwrap())
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
    fn a_list_of_communes() {
        let wanted = Wanted { territory: "Commune".into(), ..Wanted::default() };
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
        let found = read(&file, &Wanted { columns, ..Wanted::default() }).unwrap();
        assert_eq!(found.iter().map(|c| c.values.len()).collect::<Vec<_>>(), [2, 5]);
        assert_eq!(found[0].population(), found[1].population());
        assert!(found[0].population() > 60_000_000);
    }
}
