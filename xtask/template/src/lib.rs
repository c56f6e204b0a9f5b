//! Sample: people say that they support something.
#![doc = include_str!("../README.md")]

mod export;
pub mod model;
mod place;
mod show;
pub mod store;
mod support;
mod tool;

#[cfg(test)]
mod tests;

pub use tool::component;

/// The tables of this component.
pub const MIGRATIONS: parvis_store::Migrations = parvis_store::Migrations {
    set: model::NAME,
    steps: &[("0001_init", include_str!("../migrations/0001_init.sql"))],
};

/// The texts of this component.
pub const SOURCE: parvis_i18n::Source = parvis_i18n::Source {
    name: model::NAME,
    fr: include_str!("../locales/fr.ftl"),
    en: include_str!("../locales/en.ftl"),
};
