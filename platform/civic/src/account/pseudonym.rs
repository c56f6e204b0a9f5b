//! Pseudonyms: the names shown beside contributions.

use parvis_core::{FieldErrors, Role};
use parvis_store::{Tx, p};
use unicode_normalization::UnicodeNormalization as _;

use crate::settings::Settings;
use crate::{Error, random};

/// Fewest and most characters.
pub const LENGTH: std::ops::RangeInclusive<usize> = 2..=40;

/// What only the staff may be called, folded: whole names, or (first list) beginnings of a word.
const STAFF_BEGINNINGS: [&str; 3] = ["administr", "moderat", "webmaster"];
const STAFF_NAMES: [&str; 21] = [
    "admin",
    "root",
    "system",
    "systeme",
    "support",
    "staff",
    "equipe",
    "lequipe",
    "mairie",
    "lamairie",
    "townhall",
    "official",
    "officiel",
    "officielle",
    "redaction",
    "editor",
    "editeur",
    "parvis",
    "maire",
    "personneeffacee",
    "erasedperson",
];

/// Folds a pseudonym so that two that a reader would take for one another are equal: no case, no accents, no
/// separators, letters of other alphabets that look like ours read as ours.
pub fn fold(pseudonym: &str) -> String {
    pseudonym
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .flat_map(|c| {
            let seen = match c {
                'а' | 'α' => 'a',
                'в' | 'β' => 'b',
                'е' | 'ε' => 'e',
                'і' | 'ι' | 'ı' => 'i',
                'ј' => 'j',
                'к' | 'κ' => 'k',
                'м' => 'm',
                'о' | 'ο' => 'o',
                'р' | 'ρ' => 'p',
                'с' => 'c',
                'ѕ' => 's',
                'т' | 'τ' => 't',
                'υ' | 'у' => 'y',
                'х' | 'χ' => 'x',
                'ν' => 'v',
                'œ' => return ['o', 'e'].into_iter().take(2),
                'æ' => return ['a', 'e'].into_iter().take(2),
                other => other,
            };
            [seen, ' '].into_iter().take(1)
        })
        .collect()
}

/// Whether a reader could take this name for the staff's or for the site itself.
fn looks_official(pseudonym: &str, settings: &Settings) -> bool {
    let plain = |text: &str| {
        fold(text)
            .chars()
            .map(|c| match c {
                '0' => 'o',
                '1' | 'l' => 'i',
                '3' => 'e',
                '4' => 'a',
                '5' => 's',
                other => other,
            })
            .collect::<String>()
    };
    let name = plain(pseudonym);
    let bare = name.trim_end_matches(|c: char| c.is_numeric());
    let words: Vec<_> = pseudonym.split(|c: char| !c.is_alphanumeric()).map(plain).collect();
    let site = [&settings.name.fr, &settings.name.en];
    // « Lemaire » is a family name, « Le maire » is not.
    let titled = ["le maire", "la maire"].iter().any(|title| words.join(" ") == title.replace('l', "i"));
    titled
        || STAFF_NAMES.iter().any(|staff| plain(staff) == name || plain(staff) == bare)
        || words
            .iter()
            .any(|word| word == "admin" || STAFF_BEGINNINGS.iter().any(|b| word.starts_with(&plain(b))))
        || STAFF_BEGINNINGS.iter().any(|b| name.starts_with(&plain(b)))
        || site.iter().any(|s| !s.is_empty() && plain(s) == name)
}

/// Checks how a pseudonym is written and gives it back trimmed, its spaces single. Whether it is free is another
/// question: [`is_free`].
pub fn check(
    errors: &mut FieldErrors,
    field: &'static str,
    value: &str,
    role: Role,
    settings: &Settings,
) -> String {
    let value: String = value.nfc().collect();
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let before = errors.iter().count();
    let value = errors.text(field, &value, *LENGTH.start(), *LENGTH.end(), "civic-account-pseudonym-empty");
    if errors.iter().count() > before {
        return value;
    }
    if value.contains('@') {
        errors.add(field, "civic-account-pseudonym-at");
    } else if !value.chars().all(|c| c.is_alphanumeric() || is_mark(c) || " -_.'’·".contains(c))
        || fold(&value).chars().count() < 2
    {
        errors.add(field, "civic-account-pseudonym-signs");
    } else if role == Role::Participant && looks_official(&value, settings) {
        errors.add(field, "civic-account-pseudonym-staff");
    }
    value
}

/// Accents that stand alone because no single character holds them with their letter.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Whether no other person who can sign in bears this pseudonym, or one that reads the same.
///
/// # Errors
/// The database.
pub async fn is_free(tx: &mut Tx<'_>, pseudonym: &str, except: i64) -> Result<bool, Error> {
    let taken: i64 = tx
        .value(
            "select count(*) from participant
             where pseudonym_folded = $1 and id <> $2 and email is not null and status <> 'erased'",
            &p![fold(pseudonym), except],
        )
        .await?;
    Ok(taken == 0)
}

/// Two or three free pseudonyms like this one.
///
/// # Errors
/// The database.
pub async fn suggest(tx: &mut Tx<'_>, pseudonym: &str, except: i64) -> Result<Vec<String>, Error> {
    let stem: String = pseudonym.chars().take(LENGTH.end() - 4).collect();
    let stem = stem.trim_end();
    let mut free = vec![];
    let random = i64::from(random::bytes::<1>()[0]) % 80 + 20;
    for n in [2, 3, 4, random, random + 100, random + 700] {
        let candidate = format!("{stem} {n}");
        if is_free(tx, &candidate, except).await? {
            free.push(candidate);
            if free.len() == 3 {
                break;
            }
        }
    }
    Ok(free)
}

/// What a person is called until they chose a pseudonym: neutral, the same in both languages.
pub(super) fn provisional() -> String {
    format!("Participant-{}", random::token::<4>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use parvis_core::Localized;

    fn key(name: &str, role: Role) -> Option<&'static str> {
        let settings = Settings {
            name: Localized::new("Ville de Saint-Florent", "Saint-Florent"),
            ..Settings::default()
        };
        let mut errors = FieldErrors::new();
        check(&mut errors, "pseudonym", name, role, &settings);
        errors.iter().next().map(|e| e.key)
    }

    #[test]
    fn names_people_bear_are_accepted() {
        for name in [
            "Ana",
            "Zoé L.",
            "Jean-Baptiste d’Ormesson",
            "李雷",
            "Ольга",
            "Ng",
            "modestine",
            "Lemaire",
            "R2D2",
        ] {
            assert_eq!(key(name, Role::Participant), None, "{name}");
        }
    }

    #[test]
    fn names_that_mislead_or_break_pages_are_refused() {
        for (name, expected) in [
            ("", "civic-account-pseudonym-empty"),
            ("a", "core-too-short"),
            ("ana@example.org", "civic-account-pseudonym-at"),
            ("<script>", "civic-account-pseudonym-signs"),
            ("a\u{202e}b", "civic-account-pseudonym-signs"),
            ("a\u{200b}b", "civic-account-pseudonym-signs"),
            ("--", "civic-account-pseudonym-signs"),
            ("Administrateur", "civic-account-pseudonym-staff"),
            ("ADMIN", "civic-account-pseudonym-staff"),
            ("admin 42", "civic-account-pseudonym-staff"),
            ("Adm1n1strateur", "civic-account-pseudonym-staff"),
            ("l’administratrice", "civic-account-pseudonym-staff"),
            ("Аdmin", "civic-account-pseudonym-staff"), // its first letter is Cyrillic
            ("Modératrice du site", "civic-account-pseudonym-staff"),
            ("Le Maire", "civic-account-pseudonym-staff"),
            ("la mairie", "civic-account-pseudonym-staff"),
            ("ville de saint florent", "civic-account-pseudonym-staff"),
        ] {
            assert_eq!(key(name, Role::Participant), Some(expected), "{name}");
        }
        assert_eq!(key(&"x".repeat(41), Role::Participant), Some("core-too-long"));
        assert_eq!(key("La mairie", Role::Editor), None, "the staff may say who they are");
    }

    #[test]
    fn names_that_read_the_same_fold_the_same() {
        for (a, b) in [("Zoé", "zoe"), ("Ana B.", "ana-b"), ("Œuvre", "oeuvre"), ("Ｒｏsе", "rose")] {
            assert_eq!(fold(a), fold(b));
        }
        assert_ne!(fold("Ana"), fold("Anna"));
    }
}
