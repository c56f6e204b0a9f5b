//! The description of the tables: Frictionless Data Package, Table Schema, and our two languages.
//!
//! Read strictly where it decides what is checked: an unknown type or constraint is an error, not something silently
//! left unchecked. Keys that only describe (titles, licences, sources) are free.

use super::{Check, DATAPACKAGE, Files, is_plain_path, required};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The type of a column (Table Schema).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Any text.
    String,
    /// A whole number in decimal digits, of any size up to 38.
    Integer,
    /// A decimal number, with `.` and possibly an exponent; never `NaN` or `INF`.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `YYYY-MM-DD`.
    Date,
    /// `YYYY-MM-DDThh:mm:ss`, possibly with decimals, followed by `Z` or an offset.
    Datetime,
}

/// What each cell of a column must satisfy besides its type.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Constraints {
    /// No cell is empty.
    pub required: bool,
    /// No two cells are equal (empty ones apart).
    pub unique: bool,
    /// The only texts allowed.
    pub one_of: Option<BTreeSet<String>>,
    /// Smallest integer allowed.
    pub minimum: Option<i128>,
    /// Largest integer allowed.
    pub maximum: Option<i128>,
    /// Fewest characters.
    pub min_length: Option<u64>,
    /// Most characters.
    pub max_length: Option<u64>,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The header of the column.
    pub name: String,
    /// Its type.
    pub kind: Type,
    /// What it means, in English.
    pub description: String,
    /// What it means, in French.
    pub description_fr: String,
    /// What its cells must satisfy.
    pub constraints: Constraints,
}

/// Columns whose values are found in another table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    /// Columns of this table.
    pub fields: Vec<String>,
    /// The other resource; empty for this one.
    pub resource: String,
    /// Columns of the other table, in the same order.
    pub reference: Vec<String>,
}

/// The columns of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Schema {
    /// The columns, in order.
    pub fields: Vec<Field>,
    /// The columns that together tell rows apart; empty when none is declared.
    pub primary_key: Vec<String>,
    /// References to other tables.
    pub foreign_keys: Vec<ForeignKey>,
    /// The texts that stand for "nothing".
    pub missing_values: BTreeSet<String>,
}

/// A file that the package describes.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// A stable name.
    pub name: String,
    /// The file.
    pub path: String,
    /// Its columns; every CSV file has them, other files have none.
    pub schema: Option<Schema>,
    /// What separates the cells of a CSV row.
    pub delimiter: u8,
}

/// The package.
#[derive(Debug, Clone, PartialEq)]
pub struct Package {
    /// The files it describes.
    pub resources: Vec<Resource>,
}

impl Package {
    /// Reads `datapackage.json`. The error is one sentence that names the resource and field.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let value: Value = serde_json::from_slice(bytes).map_err(|e| format!("not JSON: {e}"))?;
        let list = value.get("resources").and_then(Value::as_array).filter(|list| !list.is_empty());
        let mut resources: Vec<Resource> = Vec::new();
        for value in list.ok_or("it has no resources")? {
            let resource = Resource::parse(value)?;
            if resources.iter().any(|other| other.name == resource.name || other.path == resource.path) {
                return Err(format!("resource {}: its name or path is there twice", resource.name));
            }
            resources.push(resource);
        }
        let package = Self { resources };
        for resource in &package.resources {
            for key in resource.schema.iter().flat_map(|schema| &schema.foreign_keys) {
                package
                    .check_reference(resource, key)
                    .map_err(|e| format!("resource {}: {e}", resource.name))?;
            }
        }
        Ok(package)
    }

    /// The resource of this name.
    pub fn resource(&self, name: &str) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.name == name)
    }

    fn check_reference(&self, from: &Resource, key: &ForeignKey) -> Result<(), String> {
        let target = if key.resource.is_empty() { Some(from) } else { self.resource(&key.resource) };
        let schema = target.and_then(|resource| resource.schema.as_ref());
        let schema =
            schema.ok_or_else(|| format!("it refers to {:?}, which is no table here", key.resource))?;
        match key.reference.iter().find(|name| schema.position(name).is_none()) {
            Some(name) => Err(format!("it refers to column {name} of {:?}, which has none", key.resource)),
            None if key.reference.len() == key.fields.len() => Ok(()),
            None => Err("a foreign key has not as many columns on both sides".into()),
        }
    }
}

impl Resource {
    fn parse(value: &Value) -> Result<Self, String> {
        let name = text(value, "name").ok_or("a resource has no name")?.to_owned();
        let inside = |e: String| format!("resource {name}: {e}");
        let path = text(value, "path").filter(|path| is_plain_path(path));
        let path = path.ok_or_else(|| inside("its path is not one plain relative path".into()))?.to_owned();
        let delimiter = delimiter(value.get("dialect")).map_err(inside)?;
        let schema = value.get("schema").map(Schema::parse).transpose().map_err(inside)?;
        match (is_csv(&path), schema) {
            (true, None) => Err(inside("a CSV file must have a schema".into())),
            (false, Some(_)) => Err(inside("only CSV files are tables; this one must have no schema".into())),
            (_, schema) => Ok(Self { name, path, schema, delimiter }),
        }
    }
}

impl Schema {
    fn parse(value: &Value) -> Result<Self, String> {
        let mut fields: Vec<Field> = Vec::new();
        let list = value.get("fields").and_then(Value::as_array).filter(|list| !list.is_empty());
        for value in list.ok_or("its schema has no fields")? {
            let field = Field::parse(value)?;
            if fields.iter().any(|other| other.name == field.name) {
                return Err(format!("field {}: there are two of this name", field.name));
            }
            fields.push(field);
        }
        let missing_values = match value.get("missingValues") {
            None => BTreeSet::from([String::new()]),
            Some(list) => texts(list).ok_or("missingValues is not a list of texts")?.into_iter().collect(),
        };
        let primary_key =
            value.get("primaryKey").map(|key| one_or_more(key).ok_or("primaryKey is not column names"));
        let mut schema = Self {
            fields,
            primary_key: primary_key.transpose()?.unwrap_or_default(),
            foreign_keys: Vec::new(),
            missing_values,
        };
        for key in value.get("foreignKeys").and_then(Value::as_array).into_iter().flatten() {
            schema.foreign_keys.push(ForeignKey::parse(key).ok_or("a foreign key is malformed")?);
        }
        let mut keys =
            schema.primary_key.iter().chain(schema.foreign_keys.iter().flat_map(|key| &key.fields));
        match keys.find(|name| schema.position(name).is_none()) {
            Some(name) => Err(format!("a key names column {name}, which is not there")),
            None => Ok(schema),
        }
    }

    /// Where a column stands.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

impl ForeignKey {
    fn parse(value: &Value) -> Option<Self> {
        let reference = value.get("reference")?;
        Some(Self {
            fields: one_or_more(value.get("fields")?)?,
            resource: reference.get("resource")?.as_str()?.to_owned(),
            reference: one_or_more(reference.get("fields")?)?,
        })
    }
}

impl Field {
    fn parse(value: &Value) -> Result<Self, String> {
        let name = text(value, "name").ok_or("a field has no name")?.to_owned();
        let inside = |e: &str| format!("field {name}: {e}");
        let kind = match text(value, "type").ok_or_else(|| inside("it has no type"))? {
            "string" => Type::String,
            "integer" => Type::Integer,
            "number" => Type::Number,
            "boolean" => Type::Boolean,
            "date" => Type::Date,
            "datetime" => Type::Datetime,
            other => return Err(inside(&format!("type {other} is not one this verifier checks"))),
        };
        let described = |key| {
            let words = text(value, key).filter(|words| !words.trim().is_empty());
            words.map(str::to_owned).ok_or_else(|| inside(&format!("it has no {key}")))
        };
        let (description, description_fr) = (described("description")?, described("description_fr")?);
        if kind != Type::String && value.get("format").is_some_and(|format| format != "default") {
            return Err(inside("its format is not one this verifier checks"));
        }
        for key in ["trueValues", "falseValues", "decimalChar", "groupChar", "bareNumber"] {
            if value.get(key).is_some() {
                return Err(inside(&format!("{key} is not something this verifier checks")));
            }
        }
        let constraints = match value.get("constraints") {
            None => Constraints::default(),
            Some(Value::Object(map)) => Constraints::parse(map, kind).map_err(|e| inside(&e))?,
            Some(_) => return Err(inside("its constraints are not an object")),
        };
        Ok(Self { name, kind, description, description_fr, constraints })
    }
}

impl Constraints {
    fn parse(map: &Map<String, Value>, kind: Type) -> Result<Self, String> {
        let mut constraints = Self::default();
        for (name, value) in map {
            let whole = |wanted: bool| {
                let number = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
                number.filter(|_| wanted)
            };
            let understood = match name.as_str() {
                "required" => value.as_bool().map(|yes| constraints.required = yes),
                "unique" => value.as_bool().map(|yes| constraints.unique = yes),
                "enum" => value.as_array().map(|list| {
                    let plain = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
                    constraints.one_of = Some(list.iter().map(plain).collect());
                }),
                "minimum" => whole(kind == Type::Integer).map(|n| constraints.minimum = Some(n)),
                "maximum" => whole(kind == Type::Integer).map(|n| constraints.maximum = Some(n)),
                "minLength" => value.as_u64().map(|n| constraints.min_length = Some(n)),
                "maxLength" => value.as_u64().map(|n| constraints.max_length = Some(n)),
                _ => None,
            };
            understood
                .ok_or_else(|| format!("constraint {name}: {value} is not one this verifier checks here"))?;
        }
        Ok(constraints)
    }
}

/// Check `datapackage`: the description is well formed, every file it names is there, every CSV file of the bundle is
/// described, and every JSON file it names is JSON.
pub fn datapackage(files: &dyn Files) -> (Check, Option<Package>) {
    match read(files) {
        Err(detail) => (Check::fail("datapackage", format!("{DATAPACKAGE}: {detail}")), None),
        Ok(package) => {
            let tables = package.resources.iter().filter(|r| r.schema.is_some()).count();
            let detail =
                format!("{tables} tables and {} other files described", package.resources.len() - tables);
            (Check::pass("datapackage", detail), Some(package))
        }
    }
}

fn read(files: &dyn Files) -> Result<Package, String> {
    let package = Package::parse(&required(files, DATAPACKAGE)?)?;
    let names: BTreeSet<String> = files.names().into_iter().collect();
    for resource in &package.resources {
        if !names.contains(&resource.path) {
            return Err(format!("resource {}: {} is not in the bundle", resource.name, resource.path));
        }
        if resource.path.ends_with(".json") {
            let bytes = required(files, &resource.path)?;
            serde_json::from_slice::<Value>(&bytes)
                .map_err(|e| format!("{} is not JSON: {e}", resource.path))?;
        }
    }
    match names.iter().find(|name| is_csv(name) && !package.resources.iter().any(|r| r.path == **name)) {
        Some(name) => Err(format!("{name} is a table that no resource describes")),
        None => Ok(package),
    }
}

fn is_csv(path: &str) -> bool {
    path.to_ascii_lowercase().ends_with(".csv")
}

/// The delimiter of a CSV dialect; whatever else a dialect says must be the default.
fn delimiter(dialect: Option<&Value>) -> Result<u8, String> {
    let Some(dialect) = dialect else { return Ok(b',') };
    let mut delimiter = b',';
    for (key, value) in dialect.as_object().ok_or("its dialect is not an object")? {
        let usual = match key.as_str() {
            "delimiter" => match value.as_str().map(str::as_bytes) {
                Some(&[one]) if one.is_ascii() && !matches!(one, b'"' | b'\n' | b'\r') => {
                    delimiter = one;
                    true
                }
                _ => false,
            },
            "header" | "doubleQuote" => value == true,
            "quoteChar" => value == "\"",
            "csvddfVersion" | "lineTerminator" | "$schema" => true,
            _ => false,
        };
        if !usual {
            return Err(format!("its dialect says {key}: {value}, which this verifier does not read"));
        }
    }
    Ok(delimiter)
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str).filter(|text| !text.is_empty())
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
}

fn one_or_more(value: &Value) -> Option<Vec<String>> {
    value.as_str().map(|one| vec![one.to_owned()]).or_else(|| texts(value)).filter(|list| !list.is_empty())
}
