//! The administration of a site.
#![doc = include_str!("../README.md")]

mod answers;
mod audit;
mod both;
mod dashboard;
mod data;
mod documents;
mod mails;
mod moderation;
mod participants;
mod phases;
mod processes;
mod settings;

use parvis_i18n::Source;
use parvis_web::Routes;

/// The texts of this crate.
pub const SOURCE: Source =
    Source { name: "admin", fr: include_str!("../locales/fr.ftl"), en: include_str!("../locales/en.ftl") };

/// Every page of the administration.
pub fn routes() -> Routes {
    dashboard::routes()
        .merge(processes::routes())
        .merge(phases::routes())
        .merge(documents::routes())
        .merge(moderation::routes())
        .merge(answers::routes())
        .merge(participants::routes())
        .merge(mails::routes())
        .merge(data::routes())
        .merge(settings::routes())
        .merge(audit::routes())
}
