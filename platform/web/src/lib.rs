//! What every page stands on: routes with their role, the visitor, languages, layouts, error pages, forms, the
//! page cache, security headers and limits.
#![doc = include_str!("../README.md")]

pub mod address;
pub mod assets;
mod cache;
mod config;
mod cookies;
mod ctx;
mod error;
pub mod export;
mod failure;
mod form;
pub mod health;
pub mod kept;
mod language;
mod limits;
mod page;
pub mod picture;
mod routes;
mod serve;
mod site;
pub mod theme;
mod tool;
pub mod ui;
mod visitor;
mod web;

pub use config::{Config, Rates};
pub use ctx::{Again, Ctx, Tpl};
pub use error::WebError;
pub use form::{Fields, Form, Upload, percent_decode, query_encode};
pub use limits::Limit;
pub use page::{Crumb, ErrorSummary, Page, SummaryLine, Who};
pub use parvis_i18n::{Arg, Catalog, Source, T};
pub use routes::{Entry, Routes};
pub use serve::serve;
pub use site::Site;
pub use tool::{Fut, Missing, Summary, Tool, Waiting};
pub use visitor::{SessionRef, Visitor};
pub use web::build_router;

/// The texts of this crate.
pub const SOURCE: Source =
    Source { name: "web", fr: include_str!("../locales/fr.ftl"), en: include_str!("../locales/en.ftl") };
