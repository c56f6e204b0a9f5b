//! The questions put to a volunteer: who they are, and one question a category.

use std::collections::BTreeMap;

use parvis_civic::account::pseudonym::fold;
use parvis_core::{FieldErrors, Locale};
use parvis_web::ui::{Choice, Field};
use parvis_web::{Fields, Page};

use crate::model::{MOST_CATEGORIES, Rules};
use crate::people::Volunteer;

/// The controls of the categories, by their place.
pub(crate) const ANSWERS: [&str; MOST_CATEGORIES] = [
    "answer-1",
    "answer-2",
    "answer-3",
    "answer-4",
    "answer-5",
    "answer-6",
    "answer-7",
    "answer-8",
    "answer-9",
    "answer-10",
    "answer-11",
    "answer-12",
];

/// The most values shown as buttons; more are a list to unfold.
const MOST_RADIOS: usize = 8;

/// One control a category, filled with what was sent.
pub(crate) fn questions(page: &Page, rules: &Rules, sent: &Fields) -> Vec<Field> {
    let asked = rules.categories.iter().zip(ANSWERS).map(|(c, name)| {
        let question = if c.question.is_empty() { &c.title } else { &c.question };
        let mut choices: Vec<Choice> =
            c.values.iter().map(|v| Choice::new(&v.code, page.say(&v.title()).to_owned())).collect();
        let field = if choices.len() <= MOST_RADIOS {
            page.radios(name, "panel-join-answer")
        } else {
            choices.insert(0, Choice::new("", page.t.get("panel-join-choose")));
            page.select(name, "panel-join-answer")
        };
        field.label_text(page.say(question)).choices(&choices).value(sent.get(name))
    });
    asked.collect()
}

/// Reads the form. Every missing field is named.
pub(crate) fn read(rules: &Rules, locale: Locale, sent: &Fields, errors: &mut FieldErrors) -> Volunteer {
    let mut person = Volunteer {
        name: errors.text("name", sent.get("name"), 1, 120, "panel-join-name-empty"),
        contact: errors.text("contact", sent.get("contact"), 1, 120, "panel-join-contact-empty"),
        household: fold(&errors.text("household", sent.get("household"), 0, 200, "panel-join-name-empty")),
        locale,
        answers: BTreeMap::new(),
    };
    let contact = &person.contact;
    let digits = contact.bytes().filter(u8::is_ascii_digit).count();
    let is_mail = contact.contains('@') && !contact.contains(char::is_whitespace);
    if !contact.is_empty() && !is_mail && digits < 6 {
        errors.add("contact", "panel-join-contact-wrong");
    }
    for (c, name) in rules.categories.iter().zip(ANSWERS) {
        match c.value(sent.get(name)) {
            Some(value) => {
                person.answers.insert(c.code.clone(), value.code.clone());
            }
            None => errors.add_with(
                name,
                "panel-join-answer-empty",
                vec![("category", c.title.get(Locale::Fr).to_owned())],
            ),
        }
    }
    person
}
