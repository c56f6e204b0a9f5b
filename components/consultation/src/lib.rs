//! Consultation: a text by article, with proposals, arguments, sources, votes and amendments.
#![doc = include_str!("../README.md")]

mod admin;
mod amend;
mod appeal;
mod argue;
pub mod decide;
mod edit;
pub mod export;
mod flag;
mod follow;
pub mod import;
pub mod model;
mod overview;
mod place;
mod propose;
pub mod results;
mod show;
mod source;
pub mod store;
mod text;
mod tool;
mod versions;
mod view;
mod vote;
mod withdraw;

#[cfg(test)]
mod testing;

pub use tool::component;

/// The tables of this component.
pub const MIGRATIONS: parvis_store::Migrations = parvis_store::Migrations {
    set: "consultation",
    steps: &[("0001_init", include_str!("../migrations/0001_init.sql"))],
};

/// The texts of this component.
pub const SOURCE: parvis_i18n::Source = parvis_i18n::Source {
    name: "consultation",
    fr: concat!(include_str!("../locales/fr.ftl"), "\n", include_str!("../locales/more.fr.ftl")),
    en: concat!(include_str!("../locales/en.ftl"), "\n", include_str!("../locales/more.en.ftl")),
};
