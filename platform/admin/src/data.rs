//! Import and export, seen from the administration.

use askama::Template;
use axum::response::Response;
use parvis_core::Access;
use parvis_store::{boxed, p};
use parvis_web::{Ctx, Page, Routes, WebError};

use crate::processes::admin_page;

pub fn routes() -> Routes {
    Routes::new().get("/admin/data", Access::Administrator, show)
}

struct Run {
    kind: String,
    at: i64,
    actor: String,
}

#[derive(Template)]
#[template(path = "data.html")]
struct Show {
    page: Page,
    tab: &'static str,
    /// What can be imported: a message key, and where.
    importers: Vec<(&'static str, &'static str)>,
    runs: Vec<Run>,
}

async fn show(cx: Ctx) -> Result<Response, WebError> {
    let runs = cx
        .store()
        .read(|tx| {
            boxed(async move {
                let rows = tx
                    .query("select kind, at, actor from import_run order by id desc limit 20", &p![])
                    .await?;
                rows.iter()
                    .map(|r| {
                        Ok::<_, parvis_store::Error>(Run { kind: r.at(0)?, at: r.at(1)?, actor: r.at(2)? })
                    })
                    .collect::<Result<Vec<_>, _>>()
            })
        })
        .await?;
    let page = admin_page(&cx, cx.t().get("admin-tab-data"));
    let importers = cx.site.tools.iter().filter_map(|tool| tool.importer()).collect();
    Ok(cx.render(&Show { page, tab: "data", importers, runs }))
}
