//! Participatory budget: from an idea to its delivery.
#![doc = include_str!("../README.md")]

mod admin;
pub mod export;
mod follow_up;
mod geo;
mod idea;
mod life;
mod map;
pub mod model;
mod money;
mod overview;
pub mod pabulib;
mod place;
mod project;
mod results;
mod shelf;
mod simulator;
pub mod store;
mod tool;
pub mod vote;

pub use tool::component;
pub use vote::sealed::content as sealed;

/// The tables of this component.
pub const MIGRATIONS: parvis_store::Migrations = parvis_store::Migrations {
    set: model::NAME,
    steps: &[("0001_init", include_str!("../migrations/0001_init.sql"))],
};

/// The texts of this component.
pub const SOURCE: parvis_i18n::Source = parvis_i18n::Source {
    name: model::NAME,
    fr: concat!(include_str!("../locales/ideas.fr.ftl"), "\n", include_str!("../locales/vote.fr.ftl")),
    en: concat!(include_str!("../locales/ideas.en.ftl"), "\n", include_str!("../locales/vote.en.ftl")),
};
