//! Importing from the administration: three files, checked first, and every bad row named.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_core::FieldErrors;
use parvis_web::{Ctx, Page, Upload, WebError};

use super::{File, Files, Options, Problem, Refused, Report};

/// Where it is done.
pub(crate) const PATH: &str = "/admin/import/consultation";

/// What became of the last try.
enum Outcome {
    Asked,
    Checked(Box<Report>),
    Refused { problems: Vec<Problem>, more: usize },
}

#[derive(Template)]
#[template(path = "import/page.html")]
struct View {
    page: Page,
    path: &'static str,
    title: String,
    outcome: Outcome,
}

impl View {
    /// What was or would be added, and what was there: a message key and two figures a row.
    fn lines(&self, report: &Report) -> [(&'static str, usize, usize); 6] {
        let (a, b) = (&report.added, &report.already_there);
        [
            ("consultation-admin-sections", a.sections, b.sections),
            ("consultation-admin-articles", a.articles, b.articles),
            ("consultation-admin-proposals", a.proposals, b.proposals),
            ("consultation-arguments", a.arguments, b.arguments),
            ("consultation-sources", a.sources, b.sources),
            ("consultation-import-authors", a.authors, b.authors),
        ]
    }

    /// The totals in the files.
    fn votes(&self, report: &Report) -> String {
        let v = &report.imported_votes;
        let values = [
            ("for", v.r#for.into()),
            ("mixed", v.mixed.into()),
            ("against", v.against.into()),
            ("total", v.total.into()),
        ];
        self.page.t.with("consultation-import-votes", &values)
    }
}

fn answer(cx: &Ctx, status: StatusCode, title: &str, outcome: Outcome, errors: &FieldErrors) -> Response {
    let t = cx.t();
    let page = cx
        .page_with(t.get("consultation-import"), errors)
        .nav("admin")
        .noindex()
        .wide()
        .crumb(t.get("consultation-admin"), "/admin")
        .crumb(t.get("consultation-import-data"), "/admin/data");
    cx.render_status(status, &View { page, path: PATH, title: title.to_owned(), outcome })
}

/// The form.
pub(crate) async fn page(cx: Ctx) -> Result<Response, WebError> {
    Ok(answer(&cx, StatusCode::OK, "", Outcome::Asked, &FieldErrors::new()))
}

/// Checks the files; writes what they hold when that is what was asked for. Importing twice changes nothing, so a
/// form sent twice does not either.
pub(crate) async fn submit(cx: Ctx, upload: Upload) -> Result<Response, WebError> {
    let me = cx.me()?;
    let title = upload.fields.get("title").trim().chars().take(200).collect::<String>();
    let mut errors = FieldErrors::new();
    let mut file = |field: &'static str| {
        let file = upload.file(field);
        if file.is_none() {
            errors.add(field, "consultation-import-file-missing");
        }
        let name = file.map_or("", |f| f.name.as_str());
        let name = if name.is_empty() { format!("{field}.csv") } else { name.to_owned() };
        File { name, bytes: file.map(|f| f.bytes.to_vec()).unwrap_or_default() }
    };
    let files = Files { opinions: file("opinions"), arguments: file("arguments"), sources: file("sources") };
    if !errors.is_empty() {
        return Ok(answer(&cx, StatusCode::UNPROCESSABLE_ENTITY, &title, Outcome::Asked, &errors));
    }
    let dry_run = upload.fields.get("action") != "write";
    let options = Options {
        dry_run,
        title: Some(title.clone()).filter(|title| !title.is_empty()),
        actor: me.pseudonym.clone(),
        account: Some(me.id),
    };
    let report = match super::run(cx.store(), cx.now, files, options).await {
        Ok(report) => report,
        Err(Refused::Rows { problems, total }) => {
            let more = total - problems.len();
            let outcome = Outcome::Refused { problems, more };
            return Ok(answer(&cx, StatusCode::UNPROCESSABLE_ENTITY, &title, outcome, &errors));
        }
        Err(Refused::Civic(e)) => return Err(e.into()),
    };
    if dry_run {
        let outcome = Outcome::Checked(Box::new(report));
        return Ok(answer(&cx, StatusCode::OK, &title, outcome, &errors));
    }
    let count = report.added.articles + report.added.proposals;
    let count = cx.t().number(i64::try_from(count).unwrap_or(i64::MAX));
    Ok(cx.redirect_with(&report.path, "consultation-import-done", &[("count", &count)]))
}
