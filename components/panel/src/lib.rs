//! Panel: citizens drawn by lot, from the frame to their recommendations.
#![doc = include_str!("../README.md")]

pub mod acts;
mod admin;
mod after;
mod check;
mod composition;
pub mod drand;
mod draw;
mod evaluation;
pub mod export;
mod join;
pub mod letters;
mod lottery;
mod mails;
pub mod margins;
pub mod model;
pub mod people;
pub mod phones;
mod place;
pub mod pool;
mod recommend;
mod sheet;
mod show;
pub mod store;
mod tool;
pub mod work;

#[cfg(test)]
mod tests;

pub use tool::component;

/// The tables of this component.
pub const MIGRATIONS: parvis_store::Migrations = parvis_store::Migrations {
    set: model::NAME,
    steps: &[
        ("0001_init", include_str!("../migrations/0001_init.sql")),
        ("0002_answers", include_str!("../migrations/0002_answers.sql")),
    ],
};

/// The texts of this component.
pub const SOURCE: parvis_i18n::Source = parvis_i18n::Source {
    name: model::NAME,
    fr: concat!(include_str!("../locales/public.fr.ftl"), "\n", include_str!("../locales/admin.fr.ftl")),
    en: concat!(include_str!("../locales/public.en.ftl"), "\n", include_str!("../locales/admin.en.ftl")),
};
