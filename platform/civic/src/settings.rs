//! The site's own settings: its name, colours, languages, legal notices.

use std::collections::BTreeMap;

use parvis_core::{Locale, Localized};
use parvis_store::{Tx, p};
use serde::{Deserialize, Serialize};

use crate::Error;

/// Everything an administrator can set. Stored as JSON under one name; missing keys take their default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// False until the first-run page (or `parvis init`) was completed.
    pub ready: bool,
    /// The organisation's name.
    pub name: Localized,
    /// One sentence under the name, on the home page.
    pub tagline: Localized,
    /// The welcome text of the home page (Markdown).
    pub welcome: Localized,
    /// The accent colour, `#rrggbb`.
    pub accent: String,
    /// Default language.
    pub default_locale: Locale,
    /// Languages offered to visitors.
    pub locales: Vec<Locale>,
    /// IANA time zone of dates (`Europe/Paris`).
    pub zone: String,
    /// Postal or physical contact, free text.
    pub contact: Localized,
    /// Contact address shown to the public and used as the reply address of mails.
    pub contact_email: String,
    /// Legal notices (Markdown).
    pub legal: Localized,
    /// Personal data notice (Markdown), added to what the program itself says of what it keeps.
    pub privacy: Localized,
    /// Director of publication.
    pub publisher: Localized,
    /// Host (name, address) of the service, for the legal notices.
    pub host: Localized,
    /// Licence of the open data: `etalab-2.0` or `odbl-1.0`.
    pub licence: String,
    /// Hours during which an author can edit what they published; 0: never.
    pub edit_window_hours: i64,
    /// Logo: media type and base64 content, already re-encoded.
    pub logo: Option<Logo>,
    /// The accessibility audit, when one was made.
    pub audit: Option<Audit>,
    /// True when new accounts may be created by visitors.
    pub open_registration: bool,
    /// Version of the terms that participants accept; raised to ask again.
    pub terms_version: i64,
    /// True for the demonstration: everything says that it is fictional.
    pub demo: bool,
}

/// The site's logo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// `image/png`, `image/webp` or `image/jpeg`.
    pub media_type: String,
    /// The picture, base64.
    pub data: String,
    /// Its text alternative.
    pub alt: Localized,
}

/// What an accessibility audit found, as the declaration must say it (RGAA 4.1.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default)]
pub struct Audit {
    /// Who made it.
    pub auditor: String,
    /// Day it ended, ISO date.
    pub date: String,
    /// Percentage of applicable criteria that are met, 0–100, in hundredths (7 350 is 73.5 %).
    pub rate_hundredths: i64,
    /// What is not accessible (Markdown).
    pub failures: Localized,
    /// Exemptions for disproportionate burden (Markdown).
    pub exemptions: Localized,
    /// Contents out of the obligation's scope (Markdown).
    pub out_of_scope: Localized,
    /// Pages that were checked, one a line.
    pub pages: String,
    /// Test environment, one a line.
    pub environment: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            ready: false,
            name: Localized::new("Parvis", "Parvis"),
            tagline: Localized::default(),
            welcome: Localized::default(),
            accent: "#1f5f5b".into(),
            default_locale: Locale::Fr,
            locales: Locale::ALL.to_vec(),
            zone: "Europe/Paris".into(),
            contact: Localized::default(),
            contact_email: String::new(),
            legal: Localized::default(),
            privacy: Localized::default(),
            publisher: Localized::default(),
            host: Localized::default(),
            licence: "etalab-2.0".into(),
            edit_window_hours: 24,
            logo: None,
            audit: None,
            open_registration: true,
            terms_version: 1,
            demo: false,
        }
    }
}

impl Settings {
    /// The time zone, Paris when the name is not known.
    pub fn time_zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.zone).unwrap_or(jiff::tz::TimeZone::UTC)
    }
}

/// Reads the settings; the defaults when none were saved.
///
/// # Errors
/// When the database cannot be read.
pub async fn load(tx: &mut Tx<'_>) -> Result<Settings, Error> {
    let row = tx.opt("select value from setting where name = 'site'", &p![]).await?;
    Ok(match row {
        Some(row) => {
            read(&row.get::<String>("value")?).map_err(|e| Error::Internal(format!("settings: {e}")))?
        }
        None => Settings::default(),
    })
}

/// Reads the stored JSON. The director of publication and the host were once one plain text each: it becomes the
/// wording in the site's own language.
fn read(json: &str) -> serde_json::Result<Settings> {
    let mut stored: serde_json::Value = serde_json::from_str(json)?;
    let own =
        stored.get("default_locale").and_then(|l| l.as_str()).and_then(Locale::parse).unwrap_or_default();
    for name in ["publisher", "host"] {
        if let Some(value) = stored.get_mut(name)
            && let Some(plain) = value.as_str()
        {
            *value = serde_json::to_value(Localized::one(own, plain))?;
        }
    }
    serde_json::from_value(stored)
}

/// Saves the settings.
///
/// # Errors
/// When the database cannot be written.
pub async fn save(tx: &mut Tx<'_>, settings: &Settings) -> Result<(), Error> {
    let json = serde_json::to_string(settings).map_err(|e| Error::Internal(e.to_string()))?;
    put(tx, "site", &json).await
}

/// Saves one named value beside the settings.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<(), Error> {
    tx.exec(
        "insert into setting (name, value) values ($1, $2)
         on conflict (name) do update set value = excluded.value",
        &p![name, value],
    )
    .await?;
    Ok(())
}

/// Reads one named value.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(tx: &mut Tx<'_>, name: &str) -> Result<Option<String>, Error> {
    let row = tx.opt("select value from setting where name = $1", &p![name]).await?;
    Ok(row.map(|r| r.get("value")).transpose()?)
}

/// All named values, for the export and the doctor.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(tx: &mut Tx<'_>) -> Result<BTreeMap<String, String>, Error> {
    let mut values = BTreeMap::new();
    for row in tx.query("select name, value from setting order by name", &p![]).await? {
        values.insert(row.get("name")?, row.get("value")?);
    }
    Ok(values)
}

/// A secret of the site (a signing key, a pepper), made by `make` the first time it is asked for.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn secret(tx: &mut Tx<'_>, name: &str, make: fn() -> Vec<u8>) -> Result<Vec<u8>, Error> {
    if let Some(row) = tx.opt("select value from secret where name = $1", &p![name]).await? {
        return Ok(row.get("value")?);
    }
    tx.exec(
        "insert into secret (name, value) values ($1, $2) on conflict (name) do nothing",
        &p![name, make()],
    )
    .await?;
    let row = tx.one("select value from secret where name = $1", &p![name]).await?;
    Ok(row.get("value")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_of_one_language_are_still_read() {
        let old = r#"{"default_locale":"en","publisher":"The mayor","host":""}"#;
        let site = read(old).unwrap();
        assert_eq!(site.publisher, Localized::new("", "The mayor"));
        assert_eq!(site.publisher.get(Locale::Fr), "The mayor");
        assert!(site.host.is_empty());
        let old = r#"{"publisher":"La maire","name":{"fr":"Val"}}"#;
        let site = read(old).unwrap();
        assert_eq!(site.publisher, Localized::new("La maire", ""));
        assert_eq!(site.name.fr, "Val");
        assert_eq!(site.accent, Settings::default().accent);
        let now = Settings { host: Localized::new("Ici", "Here"), ..site };
        assert_eq!(read(&serde_json::to_string(&now).unwrap()).unwrap(), now);
    }
}
