//! `datapackage.json`: the description of the tables, Frictionless and in two languages.

use parvis_core::Localized;
use serde_json::{Map, Value, json};

use super::table::{Column, Kind, Table};

/// What the package says of itself.
pub(super) struct About<'a> {
    /// The site's name.
    pub name: &'a Localized,
    /// Its public address.
    pub url: &'a str,
    /// `etalab-2.0` or `odbl-1.0`.
    pub licence: &'a str,
    /// When it was made, RFC 3339.
    pub created: &'a str,
}

/// The address and the title of a licence.
pub(super) fn licence(code: &str) -> (&'static str, &'static str) {
    match code {
        "odbl-1.0" => ("https://opendatacommons.org/licenses/odbl/1-0/", "Open Database License 1.0"),
        _ => {
            ("https://www.etalab.gouv.fr/licence-ouverte-open-licence/", "Licence Ouverte / Open Licence 2.0")
        }
    }
}

/// The whole description, with the number of rows of each table and the files of results.
pub(super) fn datapackage(about: &About<'_>, tables: &[(&Table, u64)], results: &[String]) -> Value {
    let (path, title) = licence(about.licence);
    let name = |fr: &str, en: &str| json!({ "fr": fr, "en": en });
    json!({
        "profile": "tabular-data-package",
        "name": "parvis-bundle",
        "title": format!("Participation: {}", about.name.get(parvis_core::Locale::En)),
        "titles": name(
            &format!("Participation : {}", about.name.get(parvis_core::Locale::Fr)),
            &format!("Participation: {}", about.name.get(parvis_core::Locale::En)),
        ),
        "description": "Open data of a participation site, with its journal. See README.md; check it with `parvis verify`.",
        "description_fr": "Données ouvertes d’un site de participation, avec son journal. Voir LISEZMOI.md ; à vérifier avec « parvis verify ».",
        "homepage": about.url,
        "created": about.created,
        "licenses": [{ "name": about.licence, "path": path, "title": title }],
        "resources": tables.iter().map(|(table, rows)| resource(table, *rows)).collect::<Vec<_>>(),
        "results": results,
    })
}

fn resource(table: &Table, rows: u64) -> Value {
    let fields: Vec<Value> = table.columns.iter().map(field).collect();
    let mut schema = Map::new();
    schema.insert("fields".into(), fields.into());
    schema.insert("missingValues".into(), json!([""]));
    if !table.primary_key.is_empty() {
        schema.insert("primaryKey".into(), json!(table.primary_key));
    }
    let keys: Vec<Value> = table
        .columns
        .iter()
        .filter_map(|c| {
            let (resource, column) = c.refers?;
            let resource = if resource == table.name { "" } else { resource };
            Some(json!({ "fields": [c.name], "reference": { "resource": resource, "fields": [column] } }))
        })
        .collect();
    if !keys.is_empty() {
        schema.insert("foreignKeys".into(), keys.into());
    }
    json!({
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": format!("data/{}.csv", table.name),
        "title": table.title.en,
        "title_fr": table.title.fr,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "rows": rows,
        "json_lines": format!("data/{}.jsonl", table.name),
        "schema": schema,
    })
}

fn field(column: &Column) -> Value {
    let (mut en, mut fr) = (column.description.en.clone(), column.description.fr.clone());
    if column.kind == Kind::Text && column.one_of.is_empty() {
        en.push_str(" A cell that would begin like a spreadsheet formula, or with an apostrophe, has one apostrophe before it: take it away to read the text.");
        fr.push_str(" Une cellule qui commencerait comme une formule de tableur, ou par une apostrophe, est précédée d’une apostrophe : l’ôter pour lire le texte.");
    }
    let mut constraints = Map::new();
    if column.required {
        constraints.insert("required".into(), true.into());
    }
    if !column.one_of.is_empty() {
        let values = column.one_of.iter().map(|v| match (column.kind, v.parse::<i64>()) {
            (Kind::Integer, Ok(n)) => n.into(),
            _ => Value::from(*v),
        });
        constraints.insert("enum".into(), values.collect::<Vec<_>>().into());
    }
    let mut field = json!({
        "name": column.name,
        "type": column.kind.code(),
        "description": en,
        "description_fr": fr,
    });
    if let (Some(map), false) = (field.as_object_mut(), constraints.is_empty()) {
        map.insert("constraints".into(), constraints.into());
    }
    field
}
