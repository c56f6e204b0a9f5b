//! Form fields: label, hint, error and control, tied together for assistive technologies.

use askama::Template;
use parvis_i18n::T;

use crate::page::Page;

/// One of the answers of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// An explanation under it.
    pub hint: String,
}

impl Choice {
    /// A choice without explanation.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: String::new() }
    }

    /// Adds an explanation.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Control {
    Input,
    Area,
    Select,
    Radios,
    Check,
    Checks,
    File,
}

/// A field of a form. Its error comes from the page's.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/field.html")]
pub struct Field {
    control: Control,
    name: String,
    label: String,
    hint: String,
    error: String,
    value: String,
    values: Vec<String>,
    choices: Vec<Choice>,
    kind: &'static str,
    autocomplete: String,
    accept: String,
    lang: String,
    counter: String,
    left: String,
    over: String,
    optional: String,
    error_prefix: String,
    max: usize,
    rows: usize,
    is_checked: bool,
    is_short: bool,
    is_quiet: bool,
    is_inline: bool,
    t: T,
}

super::is_html!(Field);

impl Field {
    fn new(page: &Page, control: Control, name: &str, label: &str) -> Self {
        Self {
            control,
            name: name.to_owned(),
            label: page.t.get(label),
            hint: String::new(),
            error: page.errors.on(name).unwrap_or_default().to_owned(),
            value: String::new(),
            values: vec![],
            choices: vec![],
            kind: "text",
            autocomplete: String::new(),
            accept: String::new(),
            lang: String::new(),
            counter: String::new(),
            left: String::new(),
            over: String::new(),
            optional: String::new(),
            error_prefix: page.t.get("web-error-prefix"),
            max: 0,
            rows: 6,
            is_checked: false,
            is_short: false,
            is_quiet: false,
            is_inline: false,
            t: page.t.clone(),
        }
    }

    /// What the field holds, or the choice that is made.
    #[must_use]
    pub fn value(mut self, value: impl AsRef<str>) -> Self {
        self.value = value.as_ref().to_owned();
        self
    }

    /// The choices that are made (`checks`).
    #[must_use]
    pub fn values(mut self, values: &[String]) -> Self {
        self.values = values.to_vec();
        self
    }

    /// Whether the box is ticked (`check`).
    #[must_use]
    pub fn checked(mut self, checked: bool) -> Self {
        self.is_checked = checked;
        self
    }

    /// An explanation between the label and the control, by its key.
    #[must_use]
    pub fn hint(mut self, key: &str) -> Self {
        self.hint = self.t.get(key);
        self
    }

    /// An explanation between the label and the control, as it is.
    #[must_use]
    pub fn hint_text(mut self, hint: impl AsRef<str>) -> Self {
        self.hint = hint.as_ref().to_owned();
        self
    }

    /// Another label than the one of the key, as it is.
    #[must_use]
    pub fn label_text(mut self, label: impl AsRef<str>) -> Self {
        self.label = label.as_ref().to_owned();
        self
    }

    /// The answers to choose from.
    #[must_use]
    pub fn choices(mut self, choices: &[Choice]) -> Self {
        self.choices = choices.to_vec();
        self
    }

    /// The most characters it takes: said under the control, counted while one writes.
    #[must_use]
    pub fn max(mut self, max: usize) -> Self {
        self.max = max;
        self.counter = self.t.n("web-max-characters", max);
        self.left = self.t.with1("web-left-characters", "figure", "#");
        self.over = self.t.with1("web-over-characters", "figure", "#");
        self
    }

    /// Lines of a text area.
    #[must_use]
    pub fn rows(mut self, rows: usize) -> Self {
        self.rows = rows;
        self
    }

    /// What the browser may fill in: `email`, `current-password`, `new-password`, `nickname` …
    #[must_use]
    pub fn autocomplete(mut self, purpose: &str) -> Self {
        self.autocomplete = purpose.to_owned();
        self
    }

    /// The types of files that are taken, as in `accept`.
    #[must_use]
    pub fn accept(mut self, types: &str) -> Self {
        self.accept = types.to_owned();
        self
    }

    /// The language of what is written in it, when the form asks for both.
    #[must_use]
    pub fn lang(mut self, code: &str) -> Self {
        self.lang = code.to_owned();
        self
    }

    /// Says beside the label that it may stay empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = self.t.get("web-optional");
        self
    }

    /// For a short answer: a number, a code, a date.
    #[must_use]
    pub fn short(mut self) -> Self {
        self.is_short = true;
        self
    }

    /// The label is for screen readers only: the sense is plain to see (a search box).
    #[must_use]
    pub fn quiet(mut self) -> Self {
        self.is_quiet = true;
        self
    }

    /// Choices side by side.
    #[must_use]
    pub fn inline(mut self) -> Self {
        self.is_inline = true;
        self
    }

    /// A mail address.
    #[must_use]
    pub fn email(mut self) -> Self {
        self.kind = "email";
        self.autocomplete = "email".into();
        self
    }

    /// A password.
    #[must_use]
    pub fn password(mut self) -> Self {
        self.kind = "password";
        self
    }

    /// A web address.
    #[must_use]
    pub fn url(mut self) -> Self {
        self.kind = "url";
        self
    }

    /// A search.
    #[must_use]
    pub fn search(mut self) -> Self {
        self.kind = "search";
        self
    }

    /// A whole number, typed as text: browsers' number boxes scroll and round by accident.
    #[must_use]
    pub fn number(mut self) -> Self {
        self.kind = "numeric";
        self.is_short = true;
        self
    }

    fn input_type(&self) -> &'static str {
        if self.kind == "numeric" { "text" } else { self.kind }
    }

    fn described_by(&self) -> String {
        let mut ids = vec![];
        if !self.hint.is_empty() {
            ids.push(format!("{}-hint", self.name));
        }
        if !self.error.is_empty() {
            ids.push(format!("{}-error", self.name));
        }
        if self.max > 0 {
            ids.push(format!("{}-count", self.name));
        }
        ids.join(" ")
    }

    fn is_group(&self) -> bool {
        matches!(self.control, Control::Radios | Control::Checks)
    }

    fn is_check(&self) -> bool {
        self.control == Control::Check
    }

    fn is_radios(&self) -> bool {
        self.control == Control::Radios
    }

    fn is_made(&self, choice: &str) -> bool {
        self.value == choice || self.values.iter().any(|v| v == choice)
    }

    /// The first choice carries the field's name as its id, so that the error summary leads to it.
    fn choice_id(&self, index: &usize) -> String {
        if *index == 0 { self.name.clone() } else { format!("{}-{}", self.name, index + 1) }
    }
}

impl Page {
    /// A line of text.
    pub fn field(&self, name: &str, label: &str) -> Field {
        Field::new(self, Control::Input, name, label)
    }

    /// Several lines of text.
    pub fn area(&self, name: &str, label: &str) -> Field {
        Field::new(self, Control::Area, name, label)
    }

    /// One of many choices, in a list to unfold. Prefer [`Page::radios`] up to seven.
    pub fn select(&self, name: &str, label: &str) -> Field {
        Field::new(self, Control::Select, name, label)
    }

    /// One of a few choices.
    pub fn radios(&self, name: &str, label: &str) -> Field {
        Field::new(self, Control::Radios, name, label)
    }

    /// One box to tick; it sends `on`.
    pub fn check(&self, name: &str, label: &str) -> Field {
        Field::new(self, Control::Check, name, label)
    }

    /// Several boxes to tick, sent under one name.
    pub fn checks(&self, name: &str, label: &str) -> Field {
        Field::new(self, Control::Checks, name, label)
    }

    /// A day (`t.parse_input` reads it, `t.date_input` writes it).
    pub fn date(&self, name: &str, label: &str) -> Field {
        let mut field = Field::new(self, Control::Input, name, label);
        field.kind = "date";
        field.short()
    }

    /// A day and a time, in the site's time zone (`t.parse_input`, `t.datetime_input`).
    pub fn datetime(&self, name: &str, label: &str) -> Field {
        let mut field = Field::new(self, Control::Input, name, label);
        field.kind = "datetime-local";
        field.short()
    }

    /// A file to send; the form needs `enctype="multipart/form-data"` and an `upload` route.
    pub fn file(&self, name: &str, label: &str) -> Field {
        Field::new(self, Control::File, name, label)
    }
}
