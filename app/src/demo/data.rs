//! The texts of the demonstration, as the files hold them.

use anyhow::{Context as _, Result};
use parvis_civic::settings::Settings;
use parvis_core::{Locale, Localized, Role};
use serde::Deserialize;

/// Everything the files hold.
#[derive(Debug)]
pub struct Demo {
    /// The site.
    pub site: SiteFile,
    /// The people, in the order of their file.
    pub people: Vec<Person>,
    /// The processes.
    pub processes: Vec<ProcessFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteFile {
    accent: String,
    contact_email: String,
    publisher: Localized,
    host: Localized,
    name: Localized,
    tagline: Localized,
    welcome: Localized,
    contact: Localized,
    legal: Localized,
    privacy: Localized,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleFile {
    person: Vec<Person>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub key: String,
    pub pseudonym: String,
    pub email: String,
    #[serde(default)]
    pub role: Role,
    #[serde(default)]
    pub locale: Locale,
    pub joined: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessFile {
    pub process: ProcessText,
    #[serde(rename = "phase")]
    pub phases: Vec<PhaseText>,
    #[serde(rename = "document", default)]
    pub documents: Vec<DocumentText>,
    pub activity: ActivityText,
    #[serde(rename = "section", default)]
    pub sections: Vec<SectionText>,
    #[serde(rename = "text", default)]
    pub texts: Vec<Text>,
    #[serde(rename = "extra", default)]
    pub extras: Vec<Extra>,
    #[serde(rename = "flag", default)]
    pub flags: Vec<Flag>,
    #[serde(rename = "hide", default)]
    pub hides: Vec<Hide>,
    #[serde(rename = "appeal", default)]
    pub appeals: Vec<Appeal>,
    #[serde(rename = "revise", default)]
    pub revisions: Vec<Revise>,
    #[serde(rename = "withdraw", default)]
    pub withdrawals: Vec<Withdraw>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessText {
    pub published: String,
    pub answer_due: String,
    pub preset: String,
    #[serde(default)]
    pub followers: Vec<String>,
    pub title: Localized,
    pub summary: Localized,
    pub description: Localized,
    pub object: Localized,
    pub perimeter: Localized,
    pub duplicates_rule: Localized,
    pub method_note: Localized,
    pub organiser: Localized,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhaseText {
    pub key: String,
    pub from: String,
    pub to: String,
    pub title: Localized,
    #[serde(default)]
    pub description: Localized,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentText {
    pub kind: String,
    pub at: String,
    pub title: Localized,
    pub body: Localized,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityText {
    pub phase: String,
    pub published: String,
    pub title: Localized,
    pub summary: Localized,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionText {
    pub key: String,
    pub title: Localized,
    #[serde(default)]
    pub description: Localized,
}

/// An article or a proposal.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    pub key: String,
    pub kind: String,
    pub section: String,
    #[serde(default)]
    pub by: Option<String>,
    #[serde(default)]
    pub lang: Option<Locale>,
    pub at: String,
    pub title: String,
    pub body: String,
    #[serde(default)]
    pub explanation: String,
    #[serde(default)]
    pub votes: [usize; 3],
    #[serde(default)]
    pub pro: Vec<Argument>,
    #[serde(default)]
    pub con: Vec<Argument>,
    #[serde(rename = "source", default)]
    pub sources: Vec<Source>,
    #[serde(rename = "amendment", default)]
    pub amendments: Vec<Amendment>,
    #[serde(default)]
    pub answer: Option<AnswerText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Argument {
    #[serde(default)]
    pub key: Option<String>,
    pub by: String,
    #[serde(default)]
    pub at: Option<String>,
    #[serde(default)]
    pub lang: Option<Locale>,
    #[serde(default)]
    pub support: usize,
    pub text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    pub by: String,
    pub title: String,
    pub link: String,
    pub category: String,
    #[serde(default)]
    pub support: usize,
    pub text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    pub key: String,
    pub by: String,
    pub at: String,
    pub title: String,
    pub body: String,
    #[serde(default)]
    pub explanation: String,
    #[serde(default)]
    pub votes: [usize; 3],
    #[serde(default)]
    pub decision: Option<String>,
    #[serde(default)]
    pub decided: Option<String>,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub reason: Localized,
    #[serde(default)]
    pub pro: Vec<Argument>,
    #[serde(default)]
    pub con: Vec<Argument>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerText {
    pub status: String,
    pub at: String,
    pub body: Localized,
}

/// A contribution that does not stay: hidden or withdrawn later.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extra {
    pub key: String,
    /// What an argument is about; none for a proposal.
    #[serde(default)]
    pub on: Option<String>,
    #[serde(default)]
    pub side: Option<String>,
    #[serde(default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub section: Option<String>,
    pub by: String,
    pub at: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub body: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    pub on: String,
    pub by: String,
    pub at: String,
    pub reason: String,
    #[serde(default)]
    pub note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hide {
    pub on: String,
    pub by: String,
    pub at: String,
    pub reason: String,
    pub explanation: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appeal {
    pub on: String,
    pub by: String,
    pub at: String,
    pub text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revise {
    pub on: String,
    pub by: String,
    pub at: String,
    pub note: String,
    pub body: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    pub on: String,
    pub by: String,
    pub at: String,
}

impl Demo {
    /// Reads the files, which are inside the program.
    ///
    /// # Errors
    /// A file that cannot be read, with its name.
    pub fn read() -> Result<Self> {
        let site = toml::from_str(include_str!("../../../demo/site.toml")).context("demo/site.toml")?;
        let people: PeopleFile =
            toml::from_str(include_str!("../../../demo/people.toml")).context("demo/people.toml")?;
        let files = [
            ("demo/halle.toml", include_str!("../../../demo/halle.toml")),
            ("demo/mobility.toml", include_str!("../../../demo/mobility.toml")),
            ("demo/fauvine.toml", include_str!("../../../demo/fauvine.toml")),
        ];
        let processes = files
            .into_iter()
            .map(|(name, text)| toml::from_str(text).with_context(|| name.to_owned()))
            .collect::<Result<_>>()?;
        Ok(Self { site, people: people.person, processes })
    }

    /// A person by their key.
    ///
    /// # Errors
    /// When nobody bears it.
    pub fn person(&self, key: &str) -> Result<&Person> {
        self.people.iter().find(|p| p.key == key).with_context(|| format!("nobody is called {key}"))
    }

    /// The settings of the site.
    pub fn settings(&self) -> Settings {
        let site = &self.site;
        Settings {
            ready: true,
            demo: true,
            name: site.name.clone(),
            tagline: site.tagline.clone(),
            welcome: site.welcome.clone(),
            accent: site.accent.clone(),
            contact: site.contact.clone(),
            contact_email: site.contact_email.clone(),
            legal: site.legal.clone(),
            privacy: site.privacy.clone(),
            publisher: site.publisher.clone(),
            host: site.host.clone(),
            ..Settings::default()
        }
    }
}
