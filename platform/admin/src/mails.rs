//! The outbox: every mail the site wrote, those that wait, those that failed; and jobs in trouble.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use parvis_core::Access;
use parvis_ops::mail::{self, Status};
use parvis_ops::{audit, jobs};
use parvis_store::boxed;
use parvis_web::ui::{Choice, Field, Pager};
use parvis_web::{Ctx, Page, Routes, WebError};
use serde_json::json;

use crate::processes::admin_page;

pub fn routes() -> Routes {
    Routes::new()
        .get("/admin/mails", Access::Administrator, list)
        .get("/admin/mails/{id}", Access::Administrator, show)
        .post("/admin/mails/{id}/retry", Access::Administrator, retry)
        .post("/admin/jobs/{id}/retry", Access::Administrator, retry_job)
}

struct Line {
    mail: mail::Entry,
    tag: (&'static str, String),
}

#[derive(Template)]
#[template(path = "mails.html")]
struct List {
    page: Page,
    tab: &'static str,
    status: Field,
    search: Field,
    lines: Vec<Line>,
    pager: Pager,
    held: i64,
    jobs: Vec<jobs::Entry>,
}

fn tag(cx: &Ctx, status: Status) -> (&'static str, String) {
    let kind = match status {
        Status::Queued => "soon",
        Status::Held => "hidden",
        Status::Sent => "yes",
        Status::Failed => "no",
    };
    (kind, cx.t().get(&format!("admin-mail-{}", status.code())))
}

async fn list(cx: Ctx) -> Result<Response, WebError> {
    let filter = mail::Filter { status: Status::parse(&cx.query("status")), search: cx.query("q") };
    let counted = filter.clone();
    let total =
        cx.store().read(move |tx| boxed(async move { mail::list(tx, &counted, 1, 0).await })).await?.total;
    let pager = Pager::new(&cx, total, 30);
    let (limit, offset) = (pager.limit(), pager.offset());
    let (found, held, troubled) = cx
        .store()
        .read(move |tx| {
            boxed(async move {
                let found = mail::list(tx, &filter, limit, offset).await?;
                let held = mail::count(tx, Status::Held).await?;
                let troubled = jobs::troubled(tx, 50, 0).await?;
                Ok::<_, parvis_store::Error>((found, held, troubled.items))
            })
        })
        .await?;
    let page = admin_page(&cx, cx.t().get("admin-tab-mails"));
    let mut choices = vec![Choice::new("", cx.t().get("admin-mails-all"))];
    choices.extend(Status::ALL.map(|s| Choice::new(s.code(), tag(&cx, s).1)));
    let lines = found.items.into_iter().map(|mail| Line { tag: tag(&cx, mail.status), mail }).collect();
    Ok(cx.render(&List {
        status: page.select("status", "admin-mails-status").choices(&choices).value(cx.query("status")),
        search: page.field("q", "admin-mails-search").search().value(cx.query("q")),
        page,
        tab: "mails",
        lines,
        pager,
        held,
        jobs: troubled,
    }))
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Show {
    page: Page,
    tab: &'static str,
    mail: mail::Entry,
    tag: (&'static str, String),
    pieces: Vec<Piece>,
}

/// A piece of a mail: words, or an address of this site to follow.
enum Piece {
    Words(String),
    Link(String),
}

/// The text of a mail with the addresses of this site to follow: without an SMTP server, this page is how
/// the administrator hands people their links.
fn pieces(text: &str, public_url: &str) -> Vec<Piece> {
    let mut pieces = vec![];
    for line in text.lines() {
        let word = line.trim();
        if word.starts_with(public_url) && !word.contains(' ') {
            pieces.push(Piece::Link(word.to_owned()));
        } else {
            pieces.push(Piece::Words(line.to_owned()));
        }
    }
    pieces
}

async fn show(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let mail = cx.store().read(move |tx| boxed(mail::find(tx, id))).await?.ok_or(WebError::NotFound)?;
    let page = admin_page(&cx, mail.subject.clone()).crumb(cx.t().get("admin-tab-mails"), "/admin/mails");
    let pieces = pieces(&mail.text, &cx.site.config.public_url);
    Ok(cx.render(&Show { page, tab: "mails", tag: tag(&cx, mail.status), mail, pieces }))
}

async fn retry(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let now = cx.now;
    cx.store()
        .write(move |tx| {
            boxed(async move {
                mail::retry(tx, now, id).await?;
                audit::record(tx, now, Some(me), "mail-retried", &format!("mail:{id}"), &json!({})).await
            })
        })
        .await?;
    Ok(cx.redirect_with(format!("/admin/mails/{id}"), "admin-mail-retried", &[]))
}

async fn retry_job(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let now = cx.now;
    cx.store()
        .write(move |tx| {
            boxed(async move {
                jobs::retry(tx, now, id).await?;
                audit::record(tx, now, Some(me), "job-retried", &format!("job:{id}"), &json!({})).await
            })
        })
        .await?;
    Ok(cx.redirect_with("/admin/mails", "admin-job-retried", &[]))
}
