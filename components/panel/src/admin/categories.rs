//! Categories: typed, or read from a table of margins.

use std::sync::{Arc, Mutex, PoisonError};

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::import::Mistake;
use parvis_ballotbox::pages::At;
use parvis_civic::Error;
use parvis_civic::account::pseudonym::fold;
use parvis_core::{FieldErrors, Localized};
use parvis_store::boxed;
use parvis_web::ui::{Choice, Field, Html};
use parvis_web::{Ctx, Fields, Page, Upload, WebError};

use super::{change, lines, said, with_messages};
use crate::margins::ages::{self, LeftOut};
use crate::margins::communes::{self, Group};
use crate::margins::{self, Wanted};
use crate::model::{Category, MOST_CATEGORIES, MOST_VALUES, Rules, Value};
use crate::place::{Place, admin_page, load, nav};
use crate::{pool, store, work};

#[derive(Template)]
#[template(path = "admin/categories.html")]
struct List {
    page: Page,
    place: Place,
    nav: Html,
    is_sealed: bool,
    columns: String,
    only: String,
    bands: String,
    territory: String,
    group: Group,
    sizes: String,
}

impl List {
    fn groups(&self) -> Vec<Choice> {
        let one =
            |g: Group| Choice::new(g.code(), self.page.t.get(&format!("panel-margins-group-{}", g.code())));
        Group::ALL.map(one).to_vec()
    }
}

/// What is wrong with an import: in its fields, and in the table itself.
#[derive(Default)]
struct Wrong {
    fields: FieldErrors,
    messages: Vec<String>,
}

impl From<Vec<String>> for Wrong {
    fn from(messages: Vec<String>) -> Self {
        Self { messages, ..Self::default() }
    }
}

impl From<FieldErrors> for Wrong {
    fn from(fields: FieldErrors) -> Self {
        Self { fields, ..Self::default() }
    }
}

async fn list(
    cx: &Ctx,
    at: &At,
    status: StatusCode,
    wrong: Wrong,
    sent: &Fields,
) -> Result<Response, WebError> {
    let (place, is_sealed) =
        load(cx, at, |tx, place| boxed(async move { work::is_sealed(tx, place.activity.id).await })).await?;
    let page = admin_page(cx, &place, cx.t().get("panel-tab-categories")).errors(&wrong.fields);
    let page = with_messages(page, wrong.messages);
    let nav = nav(cx, &place, "categories");
    let (columns, only) = (sent.get("columns").to_owned(), sent.get("only").to_owned());
    let or = |name: &str, usual: &str| match sent.get(name) {
        "" => usual.to_owned(),
        written => written.to_owned(),
    };
    let (bands, sizes) = (or("bands", ages::USUAL), or("sizes", communes::USUAL));
    let (territory, group) = (sent.get("territory").to_owned(), Group::parse(sent.get("group")));
    let view = List { page, place, nav, is_sealed, columns, only, bands, territory, group, sizes };
    Ok(cx.render_status(status, &view))
}

/// The list, and the import of margins.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    list(&cx, &at, StatusCode::OK, Wrong::default(), &Fields::default()).await
}

/// Reads margins from a file: new categories are added; known ones get new figures, and new values when theirs are others.
pub(super) async fn margins(cx: Ctx, at: At, sent: Upload) -> Result<Response, WebError> {
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let pasted = sent.fields.get("table").to_owned().into_bytes();
    let (bytes, place_of_table) = match sent.file("file") {
        Some(file) => (file.bytes.to_vec(), "file"),
        None => (pasted, "table"),
    };
    let wanted = match wanted(&sent.fields) {
        Ok(wanted) => wanted,
        Err(errors) => return list(&cx, &at, wrong, errors.into(), &sent.fields).await,
    };
    // The list of all communes has 38,000 lines: not on a thread that answers.
    let reading = tokio::task::spawn_blocking(move || margins::read(&bytes, &wanted));
    let (found, left_out, unknown) = match reading.await.map_err(WebError::internal)? {
        Ok(read) => (read.categories, read.left_out, read.unknown),
        Err(mistakes) => return list(&cx, &at, wrong, placed(&cx, mistakes), &sent.fields).await,
    };
    let replaced = Arc::new(Mutex::new(vec![]));
    let told = Arc::clone(&replaced);
    let done = change(&cx, &at, "categories", move |tx, place, mut rules| {
        boxed(async move {
            let mut replaced = vec![];
            for new in found {
                match rules.categories.iter_mut().find(|c| fold(&c.code) == fold(&new.code)) {
                    Some(known) => replaced.extend(renew(known, new.values)),
                    None => rules.categories.push(new),
                }
            }
            if rules.categories.len() > MOST_CATEGORIES {
                return Err(Error::Conflict("panel-categories-most"));
            }
            if let Some((category, value)) = orphan(tx, place.activity.id, &rules).await? {
                let mut errors = FieldErrors::new();
                let args = vec![("category", category), ("value", value)];
                errors.add_with(place_of_table, "panel-margins-answered", args);
                return Err(errors.into());
            }
            *told.lock().unwrap_or_else(PoisonError::into_inner) = replaced;
            Ok(rules)
        })
    });
    match done.await {
        Ok(Some(to)) => {
            let replaced = std::mem::take(&mut *replaced.lock().unwrap_or_else(PoisonError::into_inner));
            let notes = notes(&cx, &replaced, &left_out, unknown);
            if notes.is_empty() {
                return Ok(cx.redirect_with(to, "panel-saved", &[]));
            }
            Ok(cx.redirect_with(to, "panel-margins-read", &[("notes", &notes)]))
        }
        Ok(None) => {
            let wrong = vec![cx.t().get("panel-sealed")].into();
            list(&cx, &at, StatusCode::CONFLICT, wrong, &sent.fields).await
        }
        Err(Error::Conflict(key)) => {
            list(&cx, &at, StatusCode::CONFLICT, vec![cx.t().get(key)].into(), &sent.fields).await
        }
        Err(Error::Fields(errors)) => list(&cx, &at, StatusCode::CONFLICT, errors.into(), &sent.fields).await,
        Err(e) => Err(e.into()),
    }
}

/// How a table is to be read, as the form says it.
fn wanted(sent: &Fields) -> Result<Wanted, FieldErrors> {
    let mut errors = FieldErrors::new();
    let only = match (sent.get("only"), sent.get("only").split_once('=')) {
        ("", _) => None,
        (_, Some((title, value))) => Some((title.trim().to_owned(), value.trim().to_owned())),
        (_, None) => {
            errors.add("only", "panel-margins-only-wrong");
            None
        }
    };
    let bands = ages::bands(sent.get("bands")).unwrap_or_else(|(key, value)| {
        errors.add_with("bands", key, vec![("value", value)]);
        vec![]
    });
    let sizes = communes::sizes(sent.get("sizes")).unwrap_or_else(|value| {
        errors.add_with("sizes", "panel-margins-sizes-wrong", vec![("value", value)]);
        vec![]
    });
    errors.check()?;
    let territory = sent.get("territory").split([',', ';']).map(str::trim).filter(|t| !t.is_empty());
    let territory = territory.map(str::to_owned).collect();
    let communes = communes::Choice { territory, group: Group::parse(sent.get("group")), sizes };
    let columns = sent.get("columns").split(',').map(str::trim).filter(|c| !c.is_empty());
    let columns = columns.map(str::to_owned).collect();
    Ok(Wanted { columns, only, bands, communes })
}

/// Mistakes of a table where they are mended: beside the field that asked for what is not there, or at the top of the page.
fn placed(cx: &Ctx, mistakes: Vec<Mistake>) -> Wrong {
    let mut wrong = Wrong::default();
    for m in mistakes {
        let field = match m.key {
            "panel-margins-column" | "panel-margins-many" => "columns",
            "panel-margins-only-column" | "panel-margins-nothing" => "only",
            "panel-margins-bands-none" | "panel-margins-age-torn" => "bands",
            "panel-margins-territory-none"
            | "panel-margins-territory-several"
            | "panel-margins-territory-inside"
            | "panel-margins-communes-none" => "territory",
            "panel-margins-epci" | "panel-margins-communes-many" => "group",
            _ => {
                wrong.messages.extend(said(cx.t(), &[m]));
                continue;
            }
        };
        wrong.fields.add_with(field, m.key, vec![("value", m.value)]);
    }
    wrong
}

/// A category whose values were replaced: its title, and how many it had.
type Replaced = (Localized, usize);

/// The longest words about replaced values, in bytes: a message that follows a redirection travels in a cookie.
const LONGEST_NOTES: usize = 900;

/// What an import did besides adding: said after it, in the reader's language.
fn notes(cx: &Ctx, replaced: &[Replaced], left_out: &LeftOut, unknown: usize) -> String {
    let t = cx.t();
    let figure = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let one = |(title, count): &Replaced| {
        let count = i64::try_from(*count).unwrap_or(i64::MAX);
        t.with2("panel-margins-replaced", "count", count, "category", title.get(cx.locale()))
    };
    let mut notes: Vec<String> = replaced.iter().map(one).collect();
    if notes.iter().map(String::len).sum::<usize>() > LONGEST_NOTES {
        notes = vec![t.n("panel-margins-replaced-many", replaced.len())];
    }
    if left_out.people() > 0 {
        let (count, ages) = (figure(left_out.people()), t.list(&left_out.ranges()));
        notes.push(t.with2("panel-margins-left-out", "count", count, "ages", ages));
    }
    if unknown > 0 {
        notes.push(t.n("panel-margins-unknown", unknown));
    }
    notes.join(" ")
}

/// The figures of a table for a known category. When the table has the same values, they keep their order and their quotas.
/// When it has others, its values replace them all: two sets put together (11 bands of age that overlap) would count people
/// twice, and quotas proposed from them would be wrong. A value of both sets keeps its quotas and its English name.
fn renew(known: &mut Category, new: Vec<Value>) -> Option<Replaced> {
    let same = |a: &Value, b: &Value| fold(&a.code) == fold(&b.code);
    let is_same = known.values.len() == new.len()
        && known.values.iter().all(|old| new.iter().any(|value| same(old, value)));
    if is_same {
        for old in &mut known.values {
            if let Some(value) = new.iter().find(|value| same(old, value)) {
                old.population = value.population;
            }
        }
        return None;
    }
    let count = known.values.len();
    let old = std::mem::take(&mut known.values);
    let kept = |value: Value| match old.iter().find(|o| same(o, &value)) {
        Some(o) => Value { population: value.population, ..o.clone() },
        None => value,
    };
    known.values = new.into_iter().map(kept).collect();
    Some((known.title.clone(), count))
}

/// An answer of a volunteer that no value has any more: the category and the answer.
async fn orphan(
    tx: &mut parvis_store::Tx<'_>,
    activity_id: i64,
    rules: &Rules,
) -> Result<Option<(String, String)>, Error> {
    for person in store::everybody(tx, activity_id, false).await? {
        for c in &rules.categories {
            if let Some(code) = person.answers.get(&c.code).filter(|code| c.value(code).is_none()) {
                return Ok(Some((c.code.clone(), code.clone())));
            }
        }
    }
    Ok(None)
}

/// No answer of a volunteer is left without its value.
async fn kept(tx: &mut parvis_store::Tx<'_>, activity_id: i64, rules: &Rules) -> Result<(), Error> {
    match orphan(tx, activity_id, rules).await? {
        Some(_) => Err(Error::Conflict("panel-category-answered")),
        None => Ok(()),
    }
}

#[derive(Template)]
#[template(path = "admin/category.html")]
struct One {
    page: Page,
    place: Place,
    nav: Html,
    action: String,
    title: [Field; 2],
    question: [Field; 2],
    values: String,
    is_new: bool,
}

/// A category as its form holds it.
#[derive(Debug, Clone, Default)]
struct Sent {
    title: Localized,
    question: Localized,
    values: String,
}

impl Sent {
    fn of(c: &Category) -> Self {
        let line = |v: &Value| format!("{} ; {} ; {}", v.code, v.english, v.population);
        let values = c.values.iter().map(line).collect::<Vec<_>>().join("\n");
        Self { title: c.title.clone(), question: c.question.clone(), values }
    }

    fn read(sent: &Fields) -> Self {
        let both =
            |name: &str| Localized::new(sent.get(&format!("{name}_fr")), sent.get(&format!("{name}_en")));
        Self { title: both("title"), question: both("question"), values: sent.get("values").to_owned() }
    }

    /// The category, keeping the code and the quotas of the one it replaces.
    fn check(&self, old: Option<&Category>) -> Result<Category, FieldErrors> {
        let mut errors = FieldErrors::new();
        let title = Localized::new(
            errors.text("title_fr", &self.title.fr, 0, 100, "panel-category-title-empty"),
            errors.text("title_en", &self.title.en, 0, 100, "panel-category-title-empty"),
        );
        if title.is_empty() {
            errors.add("title_fr", "panel-category-title-empty");
        }
        let question = Localized::new(
            errors.text("question_fr", &self.question.fr, 0, 300, "panel-category-title-empty"),
            errors.text("question_en", &self.question.en, 0, 300, "panel-category-title-empty"),
        );
        let code =
            old.map_or_else(|| if title.fr.is_empty() { &title.en } else { &title.fr }, |c| &c.code).clone();
        if [pool::ID, pool::HOUSEHOLD].contains(&fold(&code).as_str()) {
            errors.add("title_fr", "panel-category-reserved");
        }
        let mut values: Vec<Value> = vec![];
        for (number, line) in (1_usize..).zip(self.values.lines()) {
            let cells: Vec<&str> = line.split([';', '\t']).map(str::trim).collect();
            if cells.iter().all(|c| c.is_empty()) {
                continue;
            }
            let at = |key| vec![("line", number.to_string()), ("value", String::from(key))];
            let (code, english, figure) = match cells.as_slice() {
                [code] => (*code, "", ""),
                [code, figure] if figure.starts_with(|c: char| c.is_ascii_digit()) => (*code, "", *figure),
                [code, english] => (*code, *english, ""),
                [code, english, figure, ..] => (*code, *english, *figure),
                [] => continue,
            };
            let code = if code.is_empty() { english } else { code };
            let plain: String = figure.chars().filter(|c| !c.is_whitespace() && *c != '\u{202f}').collect();
            let population = if plain.is_empty() { Some(0) } else { plain.parse::<u64>().ok() };
            if population.is_none() {
                errors.add_with("values", "panel-values-figure", at(figure));
            }
            if code.chars().count() > 100 {
                errors.add_with("values", "panel-values-long", at(code));
            }
            if values.iter().any(|v| fold(&v.code) == fold(code)) {
                errors.add_with("values", "panel-values-twice", at(code));
                continue;
            }
            let known = old.and_then(|c| c.value(code));
            values.push(Value {
                code: code.to_owned(),
                english: if english == code { String::new() } else { english.to_owned() },
                population: population.unwrap_or(0),
                min: known.map_or(0, |v| v.min),
                max: known.map_or(0, |v| v.max),
            });
        }
        if values.len() < 2 {
            errors.add("values", "panel-values-few");
        }
        if values.len() > MOST_VALUES {
            errors.add_with("values", "panel-values-many", vec![("max", MOST_VALUES.to_string())]);
        }
        errors.check()?;
        Ok(Category { code, title, question, values })
    }
}

/// The category at a place of the address, from 1; 0: a new one.
async fn form(
    cx: &Ctx,
    at: &At,
    n: usize,
    sent: Option<Sent>,
    status: StatusCode,
    errors: &FieldErrors,
    message: Option<&str>,
) -> Result<Response, WebError> {
    let (place, ()) = load(cx, at, |_, _| boxed(async { Ok(()) })).await?;
    let old = n.checked_sub(1).and_then(|n| place.rules.categories.get(n));
    if n > 0 && old.is_none() {
        return Err(WebError::NotFound);
    }
    let sent = sent.unwrap_or_else(|| old.map(Sent::of).unwrap_or_default());
    let key = if n == 0 { "panel-category-new" } else { "panel-category-edit" };
    let mut page = admin_page(cx, &place, cx.t().get(key)).errors(errors);
    if let Some(key) = message {
        page = page.error(cx.t().get(key));
    }
    let action = if n == 0 { place.admin("categories/new") } else { place.admin(&format!("categories/{n}")) };
    let view = One {
        nav: nav(cx, &place, "categories"),
        title: lines(&page, "title", "panel-category-title", &sent.title),
        question: lines(&page, "question", "panel-category-question", &sent.question).map(Field::optional),
        values: sent.values,
        page,
        place,
        action,
        is_new: n == 0,
    };
    Ok(cx.render_status(status, &view))
}

/// A new category.
pub(super) async fn new(cx: Ctx, at: At) -> Result<Response, WebError> {
    form(&cx, &at, 0, None, StatusCode::OK, &FieldErrors::new(), None).await
}

fn place_of(path: (String, String, String)) -> Result<(At, usize), WebError> {
    let (process, activity, n) = path;
    let n = n.parse::<usize>().ok().filter(|n| *n > 0).ok_or(WebError::NotFound)?;
    Ok((At { process, activity }, n))
}

/// A category to change.
pub(super) async fn edit(cx: Ctx, Path(path): Path<(String, String, String)>) -> Result<Response, WebError> {
    let (at, n) = place_of(path)?;
    form(&cx, &at, n, None, StatusCode::OK, &FieldErrors::new(), None).await
}

async fn save(cx: Ctx, at: At, n: usize, fields: Fields) -> Result<Response, WebError> {
    let sent = Sent::read(&fields);
    let again = sent.clone();
    let done = change(&cx, &at, "categories", move |tx, place, mut rules| {
        boxed(async move {
            let old = n.checked_sub(1).and_then(|n| rules.categories.get(n));
            if n > 0 && old.is_none() {
                return Err(Error::NotFound);
            }
            let made = sent.check(old)?;
            let others = rules.categories.iter().enumerate().filter(|(k, _)| k + 1 != n);
            if others.into_iter().any(|(_, c)| fold(&c.code) == fold(&made.code)) {
                let mut errors = FieldErrors::new();
                errors.add("title_fr", "panel-category-twice");
                return Err(errors.into());
            }
            match n.checked_sub(1) {
                None => rules.categories.push(made),
                Some(at) => rules.categories[at] = made,
            }
            if rules.categories.len() > MOST_CATEGORIES {
                return Err(Error::Conflict("panel-categories-most"));
            }
            kept(tx, place.activity.id, &rules).await?;
            Ok(rules)
        })
    });
    let none = FieldErrors::new();
    match done.await {
        Ok(Some(to)) => Ok(cx.redirect_with(to, "panel-saved", &[])),
        Ok(None) => form(&cx, &at, n, Some(again), StatusCode::CONFLICT, &none, Some("panel-sealed")).await,
        Err(Error::Conflict(key)) => {
            form(&cx, &at, n, Some(again), StatusCode::CONFLICT, &none, Some(key)).await
        }
        Err(Error::Fields(errors)) => {
            form(&cx, &at, n, Some(again), StatusCode::UNPROCESSABLE_ENTITY, &errors, None).await
        }
        Err(e) => Err(e.into()),
    }
}

/// Adds a category.
pub(super) async fn create(cx: Ctx, at: At, fields: Fields) -> Result<Response, WebError> {
    save(cx, at, 0, fields).await
}

/// Saves a category.
pub(super) async fn update(
    cx: Ctx,
    Path(path): Path<(String, String, String)>,
    fields: Fields,
) -> Result<Response, WebError> {
    let (at, n) = place_of(path)?;
    save(cx, at, n, fields).await
}

/// Removes a category.
pub(super) async fn delete(
    cx: Ctx,
    Path(path): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let (at, n) = place_of(path)?;
    let done = change(&cx, &at, "categories", move |_, _, mut rules| {
        boxed(async move {
            if n > rules.categories.len() {
                return Err(Error::NotFound);
            }
            rules.categories.remove(n - 1);
            Ok(rules)
        })
    });
    match done.await? {
        Some(to) => Ok(cx.redirect_with(to, "panel-saved", &[])),
        None => {
            let wrong = vec![cx.t().get("panel-sealed")].into();
            list(&cx, &at, StatusCode::CONFLICT, wrong, &Fields::default()).await
        }
    }
}
