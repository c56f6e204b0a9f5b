//! The documents of a process: the file put to the public, the synthesis, the observations, the reasons.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use parvis_civic::process::{self, DOCUMENT_KINDS, Document, DocumentDraft, Process};
use parvis_civic::{Error, once};
use parvis_core::{Access, FieldErrors};
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Field};
use parvis_web::{Ctx, Fields, Page, Routes, WebError};
use serde_json::json;

use crate::both;
use crate::processes::process_page;

pub fn routes() -> Routes {
    Routes::new()
        .get("/admin/processes/{id}/documents/new", Access::Editor, new)
        .post("/admin/processes/{id}/documents/new", Access::Editor, create)
        .get("/admin/processes/{id}/documents/{document}", Access::Editor, edit)
        .post("/admin/processes/{id}/documents/{document}", Access::Editor, update)
        .post("/admin/processes/{id}/documents/{document}/remove", Access::Editor, remove)
}

#[derive(Template)]
#[template(path = "document_form.html")]
struct Form {
    page: Page,
    tab: &'static str,
    action: String,
    remove: Option<String>,
    kind: Field,
    texts: Vec<[Field; 2]>,
    is_published: bool,
}

fn form(
    page: Page,
    action: String,
    remove: Option<String>,
    draft: &DocumentDraft,
    is_published: bool,
) -> Form {
    let choices = DOCUMENT_KINDS.map(|k| Choice::new(k, page.t.get(&format!("admin-document-kind-{k}"))));
    Form {
        kind: page.radios("kind", "admin-document-kind").choices(&choices).value(&draft.kind),
        texts: vec![
            both::lines(&page, "title", "admin-document-title", &draft.title),
            both::areas(&page, "body", "admin-document-body", &draft.body, 12),
        ],
        page,
        tab: "processes",
        action,
        remove,
        is_published,
    }
}

fn read(fields: &Fields) -> DocumentDraft {
    DocumentDraft {
        kind: fields.get("kind").to_owned(),
        title: both::read(fields, "title"),
        body: both::read(fields, "body"),
    }
}

async fn found(cx: &Ctx, id: i64, document: Option<i64>) -> Result<(Process, Option<Document>), WebError> {
    let found = cx
        .store()
        .read(move |tx| {
            boxed(async move {
                let process = process::find(tx, id).await?.ok_or(Error::NotFound)?;
                let all = process::documents(tx, id, true).await?;
                let one = all.into_iter().find(|d| Some(d.id) == document);
                if document.is_some() && one.is_none() {
                    return Err(Error::NotFound);
                }
                Ok((process, one))
            })
        })
        .await?;
    Ok(found)
}

async fn new(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let (process, _) = found(&cx, id, None).await?;
    let page = process_page(&cx, &process, cx.t().get("admin-document-new"));
    let action = format!("/admin/processes/{id}/documents/new");
    Ok(cx.render(&form(page, action, None, &DocumentDraft::default(), false)))
}

async fn edit(cx: Ctx, Path((id, document)): Path<(i64, i64)>) -> Result<Response, WebError> {
    let (process, found) = found(&cx, id, Some(document)).await?;
    let found = found.ok_or(WebError::NotFound)?;
    let page = process_page(&cx, &process, found.title.get(cx.locale()).to_owned());
    let action = format!("/admin/processes/{id}/documents/{document}");
    let is_published = found.published_at.is_some();
    let draft = DocumentDraft { kind: found.kind, title: found.title, body: found.body };
    Ok(cx.render(&form(page, action.clone(), Some(format!("{action}/remove")), &draft, is_published)))
}

async fn create(cx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, WebError> {
    save(cx, id, None, fields).await
}

async fn update(
    cx: Ctx,
    Path((id, document)): Path<(i64, i64)>,
    fields: Fields,
) -> Result<Response, WebError> {
    save(cx, id, Some(document), fields).await
}

async fn save(cx: Ctx, id: i64, document: Option<i64>, fields: Fields) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let (process, before) = found(&cx, id, document).await?;
    let draft = read(&fields);
    let publish = fields.has("publish");
    let (now, saved, key) = (cx.now, draft.clone(), fields.get("idem").to_owned());
    let done = cx
        .store()
        .write(move |tx| {
            boxed(async move {
                if document.is_none() && once::seen(tx, me, &key).await?.is_some() {
                    return Ok::<_, Error>(());
                }
                let written = process::save_document(tx, now, id, document, &saved, publish).await?;
                if document.is_none() {
                    once::remember(tx, now, me, &key, "").await?;
                }
                let detail = json!({ "published": publish });
                audit::record(tx, now, Some(me), "document-saved", &format!("document:{written}"), &detail)
                    .await?;
                Ok(())
            })
        })
        .await;
    match done {
        Ok(()) => Ok(cx.redirect_with(format!("/admin/processes/{id}"), "admin-saved", &[])),
        Err(Error::Fields(errors)) => {
            let page =
                process_page(&cx, &process, cx.t().get("admin-document-new")).errors(&both::errors(&errors));
            let action = match document {
                Some(document) => format!("/admin/processes/{id}/documents/{document}"),
                None => format!("/admin/processes/{id}/documents/new"),
            };
            let is_published = before.is_some_and(|d| d.published_at.is_some());
            Ok(cx.render_invalid(&form(page, action, None, &draft, is_published)))
        }
        Err(e) => Err(e.into()),
    }
}

async fn remove(cx: Ctx, Path((id, document)): Path<(i64, i64)>) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let (process, before) = found(&cx, id, Some(document)).await?;
    let now = cx.now;
    let done = cx
        .store()
        .write(move |tx| {
            boxed(async move {
                process::remove_document(tx, now, id, document).await?;
                let object = format!("document:{document}");
                audit::record(tx, now, Some(me), "document-removed", &object, &json!({})).await?;
                Ok::<_, Error>(())
            })
        })
        .await;
    match done {
        Ok(()) => Ok(cx.redirect_with(format!("/admin/processes/{id}"), "admin-removed", &[])),
        Err(Error::Conflict(key)) => {
            let before = before.ok_or(WebError::NotFound)?;
            let mut errors = FieldErrors::new();
            errors.add("kind", key);
            let page = process_page(&cx, &process, before.title.get(cx.locale()).to_owned()).errors(&errors);
            let action = format!("/admin/processes/{id}/documents/{document}");
            let draft = DocumentDraft { kind: before.kind, title: before.title, body: before.body };
            let form = form(page, action.clone(), Some(format!("{action}/remove")), &draft, true);
            Ok(cx.render_invalid(&form))
        }
        Err(e) => Err(e.into()),
    }
}
