//! Importing a Pabulib file from the administration: checked first, and what is wrong named by its line.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_core::FieldErrors;
use parvis_web::{Ctx, Page, Upload, WebError};

use super::{Options, Refused, Report, problem};

/// Where it is done.
pub(crate) const PATH: &str = "/admin/import/pabulib";

#[derive(Template)]
#[template(path = "pabulib/page.html")]
struct View {
    page: Page,
    path: &'static str,
    title: String,
    report: Option<Report>,
}

fn answer(
    cx: &Ctx,
    status: StatusCode,
    title: &str,
    report: Option<Report>,
    errors: &FieldErrors,
) -> Response {
    let t = cx.t();
    let page = cx
        .page_with(t.get("budget-import"), errors)
        .nav("admin")
        .noindex()
        .wide()
        .crumb(t.get("budget-admin"), "/admin")
        .crumb(t.get("budget-import-data"), "/admin/data");
    cx.render_status(status, &View { page, path: PATH, title: title.to_owned(), report })
}

/// The form.
pub(crate) async fn page(cx: Ctx) -> Result<Response, WebError> {
    Ok(answer(&cx, StatusCode::OK, "", None, &FieldErrors::new()))
}

/// Checks the file; imports it when that is what was asked for. Importing twice changes nothing, so a form sent twice
/// does not either.
pub(crate) async fn submit(cx: Ctx, upload: Upload) -> Result<Response, WebError> {
    let me = cx.me()?;
    let title: String = upload.fields.get("title").chars().take(120).collect();
    let mut errors = FieldErrors::new();
    let Some(file) = upload.file("file") else {
        errors.add("file", "budget-import-file-missing");
        return Ok(answer(&cx, StatusCode::UNPROCESSABLE_ENTITY, &title, None, &errors));
    };
    let options = Options {
        dry_run: upload.fields.get("action") != "write",
        title: Some(title.clone()).filter(|title| !title.is_empty()),
        actor: me.pseudonym.clone(),
        account: Some(me.id),
    };
    let name = if file.name.is_empty() { "file.pb" } else { &file.name };
    let report = match super::run(cx.store(), cx.now, name, file.bytes.to_vec(), options).await {
        Ok(report) => report,
        Err(Refused::Civic(e)) => return Err(e.into()),
        Err(refused) => {
            problem::add(&mut errors, &refused);
            return Ok(answer(&cx, StatusCode::UNPROCESSABLE_ENTITY, &title, None, &errors));
        }
    };
    if report.dry_run {
        return Ok(answer(&cx, StatusCode::OK, &title, Some(report), &errors));
    }
    let key = if report.already_there { "budget-import-already" } else { "budget-import-done" };
    Ok(cx.redirect_with(format!("{}/results", report.path), key, &[]))
}
