//! Vote: a poll or an election on options, counted by any method, on screens and on paper.
#![doc = include_str!("../README.md")]

mod admin;
mod ballot;
pub mod count;
pub mod export;
pub mod model;
mod results;
mod show;
pub mod store;
mod tool;

#[cfg(test)]
mod tests;

pub use tool::component;

/// The tables of this component.
pub const MIGRATIONS: parvis_store::Migrations = parvis_store::Migrations {
    set: "vote",
    steps: &[("0001_init", include_str!("../migrations/0001_init.sql"))],
};

/// The texts of this component.
pub const SOURCE: parvis_i18n::Source = parvis_i18n::Source {
    name: "vote",
    fr: include_str!("../locales/fr.ftl"),
    en: include_str!("../locales/en.ftl"),
};
