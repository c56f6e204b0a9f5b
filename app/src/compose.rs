//! What this program is made of: the tools, the pages, the tables and the texts.

use std::sync::Arc;

use axum::Router;
use parvis_i18n::{Catalog, Source};
use parvis_store::Migrations;
use parvis_transparency::bundle::Report;
use parvis_web::export::verify::ToolCheck;
use parvis_web::{Routes, Site, Tool};

/// The participatory tools.
pub fn tools() -> Vec<Arc<dyn Tool>> {
    vec![
        parvis_consultation::component(),
        parvis_vote::component(),
        parvis_budget::component(),
        parvis_panel::component(),
    ]
}

/// The checks that the tools add to those of a bundle.
pub const CHECKS: &[ToolCheck] = &[
    parvis_ballotbox::export::verify,
    parvis_consultation::export::verify,
    parvis_vote::export::verify,
    parvis_budget::export::verify,
    parvis_budget::vote::export::verify,
    parvis_panel::export::verify,
];

/// Every table, in the order in which they are made.
pub fn migrations() -> Vec<Migrations> {
    let mut all = vec![parvis_ops::MIGRATIONS, parvis_civic::MIGRATIONS, parvis_ballotbox::MIGRATIONS];
    all.extend(tools().iter().map(|t| t.migrations()));
    all
}

/// The texts of every crate but the tools' (they bring their own).
pub fn sources() -> Vec<Source> {
    let mut all = vec![parvis_civic::SOURCE, parvis_admin::SOURCE, parvis_ballotbox::SOURCE];
    all.extend_from_slice(parvis_site::SOURCES);
    all
}

/// Every word that the program can say.
///
/// # Errors
/// Texts that cannot be read.
pub fn catalog() -> anyhow::Result<Arc<Catalog>> {
    let mut all = vec![parvis_web::SOURCE];
    all.extend(sources());
    all.extend(tools().iter().map(|t| t.ftl()));
    Catalog::build(&all).map(Arc::new).map_err(|e| anyhow::anyhow!("the texts of the program: {e}"))
}

/// The pages that are no tool's.
pub fn routes() -> Vec<Routes> {
    vec![parvis_site::routes(), parvis_admin::routes()]
}

/// Everything the site answers; until it is set up, every address leads to the first-run page.
pub fn router(site: &Arc<Site>) -> Router {
    let router = parvis_web::build_router(Arc::clone(site), routes());
    if site.settings().ready { router } else { parvis_site::account::setup::gate(site, router) }
}

/// Verifies a bundle.
///
/// # Errors
/// One sentence when it is no zip.
pub fn verify(zip: &[u8], key: Option<&parvis_transparency::note::Verifier>) -> Result<Report, String> {
    parvis_web::export::verify::zip(zip, key, CHECKS)
}
