//! The shared nouns of participation: settings, participants, processes, contributions, reactions,
//! moderation, official answers, follows and the public journal.
#![doc = include_str!("../README.md")]

use parvis_store::Migrations;

pub mod account;
pub mod answer;
pub mod contribution;
pub mod export;
pub mod follow;
pub mod journal;
pub mod moderation;
pub mod once;
pub mod process;
pub mod random;
pub mod reaction;
pub mod sealed;
pub mod settings;
pub mod text;

mod error;
pub use error::Error;

/// The tables of this crate. Applied after the store's own and before the components'.
pub const MIGRATIONS: Migrations = Migrations {
    set: "civic",
    steps: &[
        ("0001_init", include_str!("../migrations/0001_init.sql")),
        ("0002_fewer_indexes", include_str!("../migrations/0002_fewer_indexes.sql")),
        ("0003_sealed_votes", include_str!("../migrations/0003_sealed_votes.sql")),
    ],
};

/// The texts of this crate: messages on fields, what is missing, mails.
pub const SOURCE: parvis_i18n::Source = parvis_i18n::Source {
    name: "civic",
    fr: concat!(include_str!("../locales/fr.ftl"), "\n", include_str!("../locales/account.fr.ftl")),
    en: concat!(include_str!("../locales/en.ftl"), "\n", include_str!("../locales/account.en.ftl")),
};
