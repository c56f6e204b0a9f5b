//! People from files: the frame that letters are drawn from, and volunteers whose answers were gathered elsewhere.

use std::collections::{BTreeMap, HashMap};

use parvis_ballotbox::import::Mistake;
use parvis_civic::account::pseudonym::fold;
use parvis_core::Locale;

use crate::model::{Category, Rules, Value};
use crate::sheet::{MOST_MISTAKES, Sheet};

/// The most lines of a file.
pub const MOST: usize = 200_000;

/// Someone, or an address, who may get a letter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Name; empty for a list of addresses.
    pub name: String,
    /// Postal address, several lines.
    pub address: String,
    /// What tells households apart; the folded address when no column says it.
    pub household: String,
}

/// A volunteer, as a form or a file gives them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Volunteer {
    /// Name.
    pub name: String,
    /// Mail address or telephone.
    pub contact: String,
    /// What tells households apart; empty when not known.
    pub household: String,
    /// The language in which they answered.
    pub locale: Locale,
    /// The value of each category, by code.
    pub answers: BTreeMap<String, String>,
}

impl Volunteer {
    /// What makes two volunteers one person: name and contact, without accents, case or separators. Empty when neither is
    /// known.
    pub fn key(&self) -> String {
        let contact: String =
            self.contact.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == '@').collect();
        if self.name.is_empty() && contact.is_empty() {
            return String::new();
        }
        format!("{}/{contact}", fold(&self.name))
    }
}

const NAME: [&str; 6] = ["name", "nom", "nomcomplet", "lastname", "nomdenaissance", "fullname"];
const FIRST: [&str; 4] = ["firstname", "prenom", "prenoms", "givenname"];
const ADDRESS: [&str; 8] =
    ["address", "adresse", "address1", "adresse1", "voie", "street", "adressepostale", "numeroetvoie"];
const MORE: [&str; 4] = ["address2", "adresse2", "complement", "complementdadresse"];
const POST: [&str; 4] = ["postcode", "codepostal", "cp", "zip"];
const TOWN: [&str; 4] = ["town", "commune", "ville", "city"];
const HOUSEHOLD: [&str; 5] = ["household", "foyer", "menage", "logement", "home"];
const CONTACT: [&str; 9] = [
    "contact",
    "email",
    "courriel",
    "mail",
    "telephone",
    "phone",
    "tel",
    "adresseelectronique",
    "emailaddress",
];
const ID: [&str; 6] = ["id", "number", "numero", "no", "n", "identifiant"];

/// Reads a frame: a name, an address, or both.
///
/// # Errors
/// Every mistake, with its line.
pub fn frame(bytes: &[u8]) -> Result<Vec<Line>, Vec<Mistake>> {
    let sheet = Sheet::read(bytes)?;
    let at = |names: &[&str]| sheet.column(names);
    let (name, first, address) = (at(&NAME), at(&FIRST), at(&ADDRESS));
    let (more, post, town, household) = (at(&MORE), at(&POST), at(&TOWN), at(&HOUSEHOLD));
    let whole = |key, value: String| vec![Mistake { line: 0, key, value }];
    if name.is_none() && address.is_none() {
        return Err(whole("panel-frame-columns", sheet.titles.join(", ")));
    }
    if sheet.rows.len() > MOST {
        return Err(whole("panel-file-most", MOST.to_string()));
    }
    let (mut lines, mut mistakes) = (vec![], vec![]);
    let mut seen: HashMap<(String, String), u64> = HashMap::new();
    for (number, cells) in &sheet.rows {
        let cell = |column: Option<usize>| column.map_or("", |c| cells[c].as_str());
        let joined = |parts: [&str; 2], by: &str| {
            parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(by)
        };
        let person = joined([cell(first), cell(name)], " ");
        let place = joined([cell(post), cell(town)], " ");
        let address = joined([&joined([cell(address), cell(more)], "\n"), &place], "\n");
        let household = match cell(household) {
            "" => fold(&address),
            own => own.to_owned(),
        };
        if person.is_empty() && address.is_empty() {
            mistakes.push(Mistake { line: *number, key: "panel-frame-empty", value: String::new() });
        }
        if let Some(first) = seen.insert((fold(&person), fold(&address)), *number) {
            mistakes.push(Mistake { line: *number, key: "panel-frame-twice", value: first.to_string() });
        }
        if mistakes.len() >= MOST_MISTAKES {
            break;
        }
        lines.push(Line { name: person, address, household });
    }
    if mistakes.is_empty() { Ok(lines) } else { Err(mistakes) }
}

/// The value that somebody wrote, whatever the language or the case.
pub fn value_of<'c>(category: &'c Category, written: &str) -> Option<&'c Value> {
    let exact = category.value(written.trim());
    let folded = fold(written);
    exact.or_else(|| {
        let named =
            |v: &&Value| fold(&v.code) == folded || (!v.english.is_empty() && fold(&v.english) == folded);
        category.values.iter().find(named).filter(|_| !folded.is_empty())
    })
}

/// Reads volunteers, whose language is this one: one column a category, and name, contact, household as far as they are known.
///
/// # Errors
/// Every mistake, with its line: a missing answer, an answer that no quota knows, the same person or number twice.
pub fn volunteers(bytes: &[u8], rules: &Rules, locale: Locale) -> Result<Vec<Volunteer>, Vec<Mistake>> {
    let sheet = Sheet::read(bytes)?;
    let whole = |key, value: String| Mistake { line: 0, key, value };
    if sheet.rows.len() > MOST {
        return Err(vec![whole("panel-file-most", MOST.to_string())]);
    }
    let mut mistakes = vec![];
    let mut columns = vec![];
    for c in &rules.categories {
        let names = [&c.code, &c.title.fr, &c.title.en];
        match names.iter().find_map(|n| sheet.column(&[&fold(n)])) {
            Some(at) => columns.push((c, at)),
            None => mistakes.push(whole("panel-pool-column", c.code.clone())),
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let at = |names: &[&str]| sheet.column(names).filter(|at| columns.iter().all(|(_, c)| c != at));
    let (id, name, first) = (at(&ID), at(&NAME), at(&FIRST));
    let (contact, household) = (at(&CONTACT), at(&HOUSEHOLD));
    let mut found: Vec<Volunteer> = vec![];
    let (mut ids, mut people): (HashMap<String, u64>, HashMap<String, u64>) = Default::default();
    for (line, cells) in &sheet.rows {
        if mistakes.len() >= MOST_MISTAKES {
            break;
        }
        let cell = |column: Option<usize>| column.map_or("", |c| cells[c].as_str());
        let mut wrong = |key, value: String| mistakes.push(Mistake { line: *line, key, value });
        let mut person = Volunteer {
            name: [cell(first), cell(name)]
                .into_iter()
                .filter(|p| !p.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
            contact: cell(contact).to_owned(),
            household: cell(household).to_owned(),
            locale,
            answers: BTreeMap::new(),
        };
        for (c, column) in &columns {
            let written = &cells[*column];
            match value_of(c, written) {
                Some(value) => {
                    person.answers.insert(c.code.clone(), value.code.clone());
                }
                None if written.is_empty() => wrong("panel-pool-missing", c.code.clone()),
                None => wrong("panel-pool-unknown", format!("{} ({})", written, c.code)),
            }
        }
        if let Some(before) =
            Some(cell(id)).filter(|i| !i.is_empty()).and_then(|i| ids.insert(i.to_owned(), *line))
        {
            wrong("panel-pool-id-twice", format!("{} ({before})", cell(id)));
        }
        let key = person.key();
        if !key.is_empty()
            && let Some(before) = people.insert(key, *line)
        {
            wrong("panel-pool-person-twice", before.to_string());
        }
        found.push(person);
    }
    if mistakes.is_empty() { Ok(found) } else { Err(mistakes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        let value = |code: &str, english: &str| Value {
            code: code.into(),
            english: english.into(),
            ..Value::default()
        };
        let title = parvis_core::Localized::new("Âge", "Age");
        let values = vec![value("moins de 40 ans", "under 40"), value("40 ans et plus", "40 and over")];
        Rules {
            categories: vec![Category { code: "âge".into(), title, values, ..Category::default() }],
            ..Rules::default()
        }
    }

    fn keys<X: std::fmt::Debug>(found: Result<X, Vec<Mistake>>) -> Vec<(u64, &'static str)> {
        found.unwrap_err().iter().map(|m| (m.line, m.key)).collect()
    }

    #[test]
    fn volunteers_answer_in_either_language() {
        let text = "id,age,email\n1,Under 40,a@b.fr\n2,40 ANS ET PLUS,\n3,moins de 40 ans,\n";
        let found = volunteers(text.as_bytes(), &rules(), Locale::Fr).unwrap();
        let ages: Vec<_> = found.iter().map(|v| v.answers["âge"].as_str()).collect();
        assert_eq!(ages, ["moins de 40 ans", "40 ans et plus", "moins de 40 ans"]);
        assert_eq!((found[0].contact.as_str(), found[1].key().as_str()), ("a@b.fr", ""));
    }

    #[test]
    fn every_mistake_of_a_pool_has_its_line() {
        let text = "id;Âge;nom;prénom;courriel\n1;;Noël;Ève;e@x.fr\n2;40ans;;;\n1;moins de 40 ans;;;\n4;under 40;NOEL;eve;E@x.fr\n";
        assert_eq!(
            keys(volunteers(text.as_bytes(), &rules(), Locale::Fr)),
            [
                (2, "panel-pool-missing"),
                (3, "panel-pool-unknown"),
                (4, "panel-pool-id-twice"),
                (5, "panel-pool-person-twice")
            ]
        );
        assert_eq!(keys(volunteers(b"id,sexe\n1,F\n", &rules(), Locale::Fr)), [(0, "panel-pool-column")]);
    }

    #[test]
    fn a_frame_of_people_or_of_addresses() {
        let text = "Nom;Prénom;Adresse;Code postal;Commune\nNoël;Ève;1 rue du Pont;35000;Rennes\nNoël;Jean;1, rue du pont;35000;Rennes\n";
        let found = frame(text.as_bytes()).unwrap();
        assert_eq!(found[0].name, "Ève Noël");
        assert_eq!(found[0].address, "1 rue du Pont\n35000 Rennes");
        assert_eq!(found[0].household, found[1].household, "one address is one household");
        let wrong = "adresse\n1 rue A\n1 Rue A\n";
        assert_eq!(keys(frame(wrong.as_bytes())), [(3, "panel-frame-twice")]);
        assert_eq!(keys(frame(b"x\n1\n")), [(0, "panel-frame-columns")]);
    }
}
