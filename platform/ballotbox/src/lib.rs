//! The formal vote: the roll, the ballots kept apart from it, paper, receipts, closing.
#![doc = include_str!("../README.md")]

pub mod close;
pub mod code;
pub mod desk;
pub mod export;
pub mod import;
pub mod mix;
pub mod pages;
pub mod paper;
pub mod roll;
pub mod rules;
pub mod seal;
mod store;
pub mod vote;

#[cfg(test)]
mod tests;

pub use rules::{Channel, Identity, Priority, RollKind, Rules};

/// The tables of this crate; made before those of the components that use it.
pub const MIGRATIONS: parvis_store::Migrations = parvis_store::Migrations {
    set: "ballotbox",
    steps: &[
        ("0001_init", include_str!("../migrations/0001_init.sql")),
        ("0002_sealed_activities", include_str!("../migrations/0002_sealed_activities.sql")),
        ("0003_cancelled_letters", include_str!("../migrations/0003_cancelled_letters.sql")),
        ("0004_signed_sheets", include_str!("../migrations/0004_signed_sheets.sql")),
    ],
};

/// The texts of this crate.
pub const SOURCE: parvis_i18n::Source = parvis_i18n::Source {
    name: "ballotbox",
    fr: include_str!("../locales/fr.ftl"),
    en: include_str!("../locales/en.ftl"),
};
