//! Texts asked in both languages: two controls a text, `name_fr` and `name_en`.

use parvis_core::{FieldErrors, Localized};
use parvis_web::ui::Field;
use parvis_web::{Fields, Page};

/// The text of the two controls.
pub fn read(fields: &Fields, name: &str) -> Localized {
    Localized::new(fields.get(&format!("{name}_fr")), fields.get(&format!("{name}_en")))
}

/// One line in French and one in English.
pub fn lines(page: &Page, name: &str, label: &str, text: &Localized) -> [Field; 2] {
    let make = |code: &str, value: &str| {
        let field = page.field(&format!("{name}_{code}"), label).value(value).lang(code);
        field.label_text(labelled(page, label, code))
    };
    [make("fr", &text.fr), make("en", &text.en)]
}

/// Several lines in French and several in English.
pub fn areas(page: &Page, name: &str, label: &str, text: &Localized, rows: usize) -> [Field; 2] {
    let make = |code: &str, value: &str| {
        let field = page.area(&format!("{name}_{code}"), label).value(value).lang(code).rows(rows);
        field.label_text(labelled(page, label, code))
    };
    [make("fr", &text.fr), make("en", &text.en)]
}

fn labelled(page: &Page, label: &str, code: &str) -> String {
    let language = if code == "fr" { "admin-in-french" } else { "admin-in-english" };
    format!("{} ({})", page.t.get(label), page.t.get(language))
}

/// The same mistakes, on the French control of the texts asked in both languages.
pub fn errors(errors: &FieldErrors) -> FieldErrors {
    let mut moved = FieldErrors::new();
    for e in errors.iter() {
        let field = match e.field {
            "title" => "title_fr",
            "summary" => "summary_fr",
            "description" => "description_fr",
            "object" => "object_fr",
            "perimeter" => "perimeter_fr",
            "duplicates_rule" => "duplicates_rule_fr",
            "method_note" => "method_note_fr",
            "organiser" => "organiser_fr",
            "phase_title" => "phase_title_fr",
            "body" => "body_fr",
            "name" => "name_fr",
            "closing_reason" => "closing_reason_fr",
            other => other,
        };
        moved.add_with(field, e.key, e.args.clone());
    }
    moved
}
