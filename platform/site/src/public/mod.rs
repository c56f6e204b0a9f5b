//! Everything a reader meets without an account: home, processes, search, the journal, receipts, help and legal
//! pages, feeds. Plus the few acts that belong to no tool: flag, follow, appeal.

mod appeal;
mod contribution;
mod crawlers;
mod feeds;
mod home;
mod journal;
mod ledger;
mod legal;
mod methods;
mod open_data;
mod people;
mod place;
mod process;
mod receipt;
mod search;
mod store;
mod verify;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use parvis_core::Access;
use parvis_i18n::Source;
use parvis_web::Routes;

pub use ledger::Ledger;

/// The texts of these pages.
pub const SOURCE: Source = Source {
    name: "public",
    fr: include_str!("../../locales/public.fr.ftl"),
    en: include_str!("../../locales/public.en.ftl"),
};

/// The public pages of one site. They keep the tree of its journal in memory, so call it once a site.
pub fn routes() -> Routes {
    routes_with(Arc::new(Ledger::new()))
}

/// The same, on a journal that something else (the export) also reads.
pub fn routes_with(ledger: Arc<Ledger>) -> Routes {
    Routes::new()
        .get_cached("/", Access::Anyone, home::page)
        .merge(process::routes())
        .get_cached("/search", Access::Anyone, search::page)
        .merge(contribution::routes())
        .merge(appeal::routes())
        .get_cached("/people/{id}", Access::Anyone, people::page)
        .merge(journal::routes(&ledger))
        .merge(receipt::routes(&ledger))
        .merge(verify::routes(&ledger))
        .merge(open_data::routes())
        .merge(legal::routes())
        .merge(methods::routes())
        .merge(feeds::routes())
        .merge(crawlers::routes())
}
