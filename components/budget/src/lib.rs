//! Participatory budget: from an idea to its delivery.
#![doc = include_str!("../README.md")]

pub mod model;
pub mod pabulib;
mod results;
mod simulator;
pub mod store;
mod tool;
pub mod vote;

pub use tool::component;

/// The tables of this component.
pub const MIGRATIONS: parvis_store::Migrations = parvis_store::Migrations {
    set: model::NAME,
    steps: &[
        ("0001_init", include_str!("../migrations/0001_init.sql")),
        ("0002_imported", include_str!("../migrations/0002_imported.sql")),
    ],
};

/// The texts of this component.
pub const SOURCE: parvis_i18n::Source = parvis_i18n::Source {
    name: model::NAME,
    fr: concat!(include_str!("../locales/ideas.fr.ftl"), "\n", include_str!("../locales/vote.fr.ftl")),
    en: concat!(include_str!("../locales/ideas.en.ftl"), "\n", include_str!("../locales/vote.en.ftl")),
};
