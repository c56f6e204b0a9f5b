//! Languages: French and English, and texts that exist in both.

use serde::{Deserialize, Serialize};

/// A language that a person can read the site in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// Français.
    #[default]
    Fr,
    /// English.
    En,
}

impl Locale {
    /// Every language, French first.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// The BCP 47 code: `fr` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The language's own name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fr => "Français",
            Self::En => "English",
        }
    }

    /// The language of a BCP 47 tag (`fr-CA` is French); `None` for the others.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|l| l.code().eq_ignore_ascii_case(primary))
    }

    /// The other language.
    pub const fn other(self) -> Self {
        match self {
            Self::Fr => Self::En,
            Self::En => Self::Fr,
        }
    }
}

impl std::fmt::Display for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

/// A text written by the organisation in one language or both. Stored as a JSON object by language code.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Localized {
    /// The French wording, empty when there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fr: String,
    /// The English wording, empty when there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Localized {
    /// Both wordings.
    pub fn new(fr: impl Into<String>, en: impl Into<String>) -> Self {
        Self { fr: fr.into(), en: en.into() }
    }

    /// The same wording in `locale` only.
    pub fn one(locale: Locale, text: impl Into<String>) -> Self {
        match locale {
            Locale::Fr => Self::new(text, ""),
            Locale::En => Self::new("", text),
        }
    }

    /// The wording in `locale`, or in the other language when it was not written in this one.
    pub fn get(&self, locale: Locale) -> &str {
        let (first, second) = match locale {
            Locale::Fr => (&self.fr, &self.en),
            Locale::En => (&self.en, &self.fr),
        };
        if first.is_empty() { second } else { first }
    }

    /// The language that `get(locale)` answers in: pages mark it with `lang` when it differs.
    pub fn lang(&self, locale: Locale) -> Locale {
        let own = match locale {
            Locale::Fr => &self.fr,
            Locale::En => &self.en,
        };
        if own.is_empty() && !self.is_empty() { locale.other() } else { locale }
    }

    /// True when neither wording was written.
    pub fn is_empty(&self) -> bool {
        self.fr.is_empty() && self.en.is_empty()
    }

    /// The JSON kept in the database.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads the JSON kept in the database; anything unreadable is empty.
    pub fn from_json(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_by_their_primary_language() {
        assert_eq!(Locale::parse("fr-CA"), Some(Locale::Fr));
        assert_eq!(Locale::parse("EN"), Some(Locale::En));
        assert_eq!(Locale::parse("de"), None);
    }

    #[test]
    fn a_missing_wording_falls_back_and_says_so() {
        let text = Localized::one(Locale::Fr, "Bonjour");
        assert_eq!(text.get(Locale::En), "Bonjour");
        assert_eq!(text.lang(Locale::En), Locale::Fr);
        assert_eq!(Localized::from_json(&text.to_json()), text);
    }
}
