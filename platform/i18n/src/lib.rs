//! The words of the site in each language, and numbers and dates as each language writes them.
#![doc = include_str!("../README.md")]

mod arg;
mod catalog;
mod format;

pub use arg::{Arg, Int};
pub use catalog::{Catalog, Error, Source, T};

/// The texts of this crate: messages on field errors, languages, yes and no.
pub const SOURCE: Source =
    Source { name: "core", fr: include_str!("../locales/fr.ftl"), en: include_str!("../locales/en.ftl") };
