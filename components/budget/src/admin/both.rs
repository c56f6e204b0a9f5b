//! Texts asked in both languages: two controls a text, `name_fr` and `name_en`.

use parvis_core::{FieldErrors, Localized};
use parvis_web::Fields;
use parvis_web::Page;
use parvis_web::ui::Field;

/// One line in French and one in English.
pub(super) fn lines(page: &Page, name: &str, label: &str, text: &Localized) -> [Field; 2] {
    [("fr", &text.fr), ("en", &text.en)].map(|(code, value)| {
        let field = page.field(&format!("{name}_{code}"), label).value(value).lang(code);
        field.label_text(labelled(page, label, code))
    })
}

/// Several lines in French and several in English.
pub(super) fn areas(page: &Page, name: &str, label: &str, text: &Localized, rows: usize) -> [Field; 2] {
    [("fr", &text.fr), ("en", &text.en)].map(|(code, value)| {
        let field = page.area(&format!("{name}_{code}"), label).value(value).lang(code).rows(rows);
        field.label_text(labelled(page, label, code))
    })
}

fn labelled(page: &Page, label: &str, code: &str) -> String {
    let language = page.t.get(&format!("budget-language-{code}"));
    page.t.with2("budget-in-language", "label", page.t.get(label), "language", language)
}

/// Reads both wordings, each of at most `max` characters. `fields`: the names of the two controls; `empty`: the key of
/// the message when neither was written, if one must be.
pub(super) fn read(
    errors: &mut FieldErrors,
    sent: &Fields,
    fields: [&'static str; 2],
    max: usize,
    empty: Option<&'static str>,
) -> Localized {
    let [fr, en] = fields.map(|field| errors.text(field, sent.get(field), 0, max, "budget-body-empty"));
    let text = Localized::new(fr, en);
    if let (Some(key), true) = (empty, text.is_empty()) {
        errors.add(fields[0], key);
    }
    text
}
