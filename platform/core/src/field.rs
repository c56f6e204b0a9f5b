//! Field errors: all the mistakes of a form at once, each beside its field.

/// One mistake: the field's name and the message's key in the catalog, with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the form field (the `name` and `id` of the control).
    pub field: &'static str,
    /// Key of the message in the catalog.
    pub key: &'static str,
    /// Arguments of the message (`max`, `min` …).
    pub args: Vec<(&'static str, String)>,
}

/// Every mistake of one submission, in the order of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// No mistake yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a mistake on `field`.
    pub fn add(&mut self, field: &'static str, key: &'static str) {
        self.add_with(field, key, vec![]);
    }

    /// Adds a mistake whose message takes arguments.
    pub fn add_with(&mut self, field: &'static str, key: &'static str, args: Vec<(&'static str, String)>) {
        self.0.push(FieldError { field, key, args });
    }

    /// True when nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The mistakes, in the order of the form.
    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }

    /// The first mistake on `field`.
    pub fn on(&self, field: &str) -> Option<&FieldError> {
        self.0.iter().find(|e| e.field == field)
    }

    /// `Err(self)` when something is wrong.
    ///
    /// # Errors
    /// Itself, when it holds at least one mistake.
    pub fn check(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }

    /// Checks that `value`, trimmed, holds between `min` and `max` characters, and gives it back trimmed.
    /// `empty` is the key used when nothing was written; `core-too-short` and `core-too-long` otherwise.
    pub fn text(
        &mut self,
        field: &'static str,
        value: &str,
        min: usize,
        max: usize,
        empty: &'static str,
    ) -> String {
        let value = value.trim().replace("\r\n", "\n");
        let length = value.chars().count();
        if length == 0 && min > 0 {
            self.add(field, empty);
        } else if length < min {
            self.add_with(
                field,
                "core-too-short",
                vec![("min", min.to_string()), ("count", length.to_string())],
            );
        } else if length > max {
            self.add_with(
                field,
                "core-too-long",
                vec![("max", max.to_string()), ("count", length.to_string())],
            );
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_and_measured_in_characters() {
        let mut errors = FieldErrors::new();
        assert_eq!(errors.text("title", "  été \r\n là ", 1, 10, "empty"), "été \n là");
        assert!(errors.is_empty());
        errors.text("title", "   ", 1, 10, "empty");
        errors.text("body", "abc", 5, 10, "empty");
        errors.text("note", "abcdef", 0, 5, "empty");
        let keys: Vec<_> = errors.iter().map(|e| e.key).collect();
        assert_eq!(keys, ["empty", "core-too-short", "core-too-long"]);
    }
}
