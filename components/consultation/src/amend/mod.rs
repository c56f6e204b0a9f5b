//! Proposing another wording of a text: write, read again beside the present text, publish. And the list of
//! the wordings that were proposed.

mod list;
pub(crate) mod sides;

#[cfg(test)]
pub(crate) mod tests;

pub(crate) use list::{sign, word};

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::account::Participant;
use parvis_civic::contribution::{self, Contribution, Draft, Limits, List, Order, Status};
use parvis_civic::{Error, once};
use parvis_core::{Access, FieldErrors, Millis};
use parvis_store::{Tx, boxed};
use parvis_web::ui::Html;
use parvis_web::{Ctx, Form, Page, Routes, WebError};
use serde::Deserialize;

use crate::decide;
use crate::model::{AMENDMENT, ARTICLE, PROPOSAL, Rules};
use crate::place::{On, Place, acting, is_editor, refusal};
use crate::store;

/// The public pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/p/{process}/{activity}/c/{id}/amend", Access::Anyone, page)
        .post("/p/{process}/{activity}/c/{id}/amend", Access::Participant, submit)
        .get_cached("/p/{process}/{activity}/amendments", Access::Anyone, list::page)
}

/// How many rival wordings are shown before publishing.
const NEAREST: usize = 5;
/// How many rival wordings of one text are compared.
const COMPARED: i64 = 100;
/// From this likeness on, in thousandths, two wordings say nearly the same.
const ALIKE: i64 = 700;

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    /// The version of the text that was on the screen.
    base: i64,
    title: String,
    body: String,
    explanation: String,
    /// `publish`, `edit`, or anything else for the preview.
    action: String,
    idem: String,
}

#[derive(Template)]
#[template(path = "amend/page.html")]
struct View {
    page: Page,
    place: Place,
    parent: Contribution,
    sent: Sent,
    limits: Limits,
    others: i64,
    /// The text changed while this was written: what changed.
    changed: Option<Html>,
    refused: Option<String>,
}

impl View {
    fn most_title(&self) -> usize {
        self.limits.title.1
    }

    fn most_body(&self) -> usize {
        self.limits.body.1
    }

    fn most_explanation(&self) -> usize {
        self.limits.explanation.1
    }
}

#[derive(Template)]
#[template(path = "amend/preview.html")]
struct Preview {
    page: Page,
    place: Place,
    parent: Contribution,
    sent: Sent,
    explanation: String,
    sides: Html,
    passages: usize,
    near: Vec<(bool, Contribution)>,
    name: String,
}

/// The lengths of an amendment: those of the rules, widened to what the text itself already has.
fn limits(rules: &Rules, parent: &Contribution) -> Limits {
    let given = rules.limits(AMENDMENT);
    let widen = |(min, max): (usize, usize), text: &str| {
        let length = text.chars().count();
        (min.min(length).max(1), max.max(length))
    };
    let (min, max) = given.explanation;
    Limits {
        title: widen(given.title, &parent.title),
        body: widen(given.body, &parent.body),
        // Whoever asks for other words says why.
        explanation: (min.max(10), max.max(1_000)),
    }
}

/// The text, and the other wordings of it that wait or were decided.
async fn load(cx: &Ctx, on: &On) -> Result<(Place, Contribution, Vec<Contribution>), WebError> {
    let (on, editor) = (on.clone(), is_editor(cx));
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &on.at, editor).await?;
            let parent = place.debated(tx, on.id).await?;
            if parent.kind != ARTICLE && parent.kind != PROPOSAL {
                return Err(Error::NotFound);
            }
            let others = rivals(tx, &place, parent.id).await?;
            Ok::<_, Error>((place, parent, others))
        })
    });
    Ok(loaded.await?)
}

async fn rivals(tx: &mut Tx<'_>, place: &Place, parent: i64) -> Result<Vec<Contribution>, Error> {
    let kinds = [AMENDMENT];
    let list = List {
        parent_id: Some(parent),
        order: Order::Recent,
        limit: COMPARED,
        ..List::of(place.activity.id, &kinds)
    };
    contribution::list(tx, &list).await
}

/// The form, filled with the present text.
async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    let (place, parent, others) = load(&cx, &on).await?;
    let refused = refusal(&cx, &place, &parent, place.rules.amendments);
    if parent.status != Status::Published {
        return Err(WebError::NotFound);
    }
    let sent = Sent {
        base: parent.version,
        title: parent.title.clone(),
        body: parent.body.clone(),
        ..Sent::default()
    };
    let none = FieldErrors::new();
    Ok(form(&cx, StatusCode::OK, place, parent, others.len(), sent, &none, None, refused))
}

/// Every mistake at once.
fn check(
    rules: &Rules,
    parent: &Contribution,
    others: &[Contribution],
    sent: &Sent,
) -> Result<Draft, FieldErrors> {
    let limits = limits(rules, parent);
    let mut errors = FieldErrors::new();
    let (min, max) = limits.title;
    let title = errors.text("title", &sent.title, min, max, "consultation-title-empty");
    let (min, max) = limits.body;
    let body = errors.text("body", &sent.body, min, max, "consultation-amend-body-empty");
    let same = |c: &Contribution| c.title.trim() == title && c.body.replace("\r\n", "\n").trim() == body;
    if same(parent) {
        errors.add("body", "consultation-amend-same");
    } else if others.iter().any(same) {
        errors.add("body", "consultation-amend-exists");
    }
    let (min, max) = limits.explanation;
    let explanation = errors.text("explanation", &sent.explanation, min, max, "consultation-amend-why-empty");
    errors.check()?;
    let lang = Some(parent.lang);
    Ok(Draft {
        kind: AMENDMENT,
        parent_id: Some(parent.id),
        title,
        body,
        explanation,
        lang,
        ..Draft::default()
    })
}

/// Shows the preview, goes back to the form, or publishes.
async fn submit(cx: Ctx, on: On, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let (place, parent, others) = load(&cx, &on).await?;
    let me = acting(&cx)?;
    let none = FieldErrors::new();
    if let Some(why) = refusal(&cx, &place, &parent, place.rules.amendments) {
        let (count, status) = (others.len(), StatusCode::CONFLICT);
        return Ok(form(&cx, status, place, parent, count, sent, &none, None, Some(why)));
    }
    if sent.action == "edit" {
        return Ok(form(&cx, StatusCode::OK, place, parent, others.len(), sent, &none, None, None));
    }
    if sent.action == "publish"
        && let Some(location) = sent_before(&cx, &me, once::key(&sent.idem, &sent)).await?
    {
        return Ok(cx.redirect(location));
    }
    let draft = match check(&place.rules, &parent, &others, &sent) {
        Ok(draft) => draft,
        Err(errors) => {
            let (count, status) = (others.len(), StatusCode::UNPROCESSABLE_ENTITY);
            return Ok(form(&cx, status, place, parent, count, sent, &errors, None, None));
        }
    };
    if sent.base != parent.version {
        return changed(&cx, place, parent, others.len(), sent).await;
    }
    if sent.action != "publish" {
        return Ok(preview(&cx, place, parent, &others, sent, draft, me.pseudonym));
    }
    let (now, idem, base, at) = (cx.now, once::key(&sent.idem, &sent), sent.base, place.clone());
    let done = cx
        .store()
        .write(move |tx| boxed(async move { publish(tx, now, &me, &at, base, &draft, &idem).await }));
    match done.await {
        Ok(location) => Ok(cx.redirect_with(location, "consultation-done-amendment", &[])),
        // Closed, withdrawn or rewritten between the preview and this.
        Err(Error::Closed | Error::NotFound | Error::Conflict("civic-parent-gone")) => {
            let (place, parent, others) = load(&cx, &on).await?;
            let why = refusal(&cx, &place, &parent, place.rules.amendments)
                .unwrap_or_else(|| cx.t().get("consultation-refused-closed"));
            let (count, status) = (others.len(), StatusCode::CONFLICT);
            Ok(form(&cx, status, place, parent, count, sent, &none, None, Some(why)))
        }
        Err(Error::Conflict("civic-changed-meanwhile")) => {
            let (place, parent, others) = load(&cx, &on).await?;
            changed(&cx, place, parent, others.len(), sent).await
        }
        Err(e) => Err(e.into()),
    }
}

async fn sent_before(cx: &Ctx, me: &Participant, idem: String) -> Result<Option<String>, WebError> {
    let me = me.id;
    let seen = cx.store().read(move |tx| boxed(async move { once::seen(tx, me, &idem).await }));
    Ok(seen.await?)
}

/// Publishes an amendment with the version it was written against. Gives its page.
pub(crate) async fn publish(
    tx: &mut Tx<'_>,
    now: Millis,
    who: &Participant,
    place: &Place,
    base: i64,
    draft: &Draft,
    idem: &str,
) -> Result<String, Error> {
    if let Some(location) = once::seen(tx, who.id, idem).await? {
        return Ok(location);
    }
    let parent = place.debated(tx, draft.parent_id.unwrap_or(0)).await?;
    if parent.version != base {
        return Err(Error::Conflict("civic-changed-meanwhile"));
    }
    let draft = Draft { section_id: parent.section_id, ..draft.clone() };
    let id = contribution::save_draft(tx, now, who, &place.activity, &draft, None).await?;
    // Both texts must read alike: an imported one is plain, with its line breaks.
    store::set_format(tx, id, parent.format).await?;
    let (published, _) = contribution::publish(tx, now, who, id).await?;
    store::record_amendment(tx, id, base).await?;
    let location = place.href(&published);
    once::remember(tx, now, who.id, idem, &location).await?;
    Ok(location)
}

/// The text is no longer the one on the screen: shows what changed, and keeps what was written.
async fn changed(
    cx: &Ctx,
    place: Place,
    parent: Contribution,
    others: usize,
    sent: Sent,
) -> Result<Response, WebError> {
    let (id, base) = (parent.id, sent.base);
    let versions = cx.store().read(move |tx| boxed(async move { contribution::versions(tx, id).await }));
    let before = versions.await?.into_iter().find(|v| v.number == base);
    let t = cx.t();
    let before = before.map(|v| v.body).unwrap_or_default();
    let now = t.with1("consultation-amend-now", "version", parent.version);
    let read = t.get("consultation-amend-read");
    let changed = sides::sides(t, parent.lang, &read, &now, &before, &parent.body);
    let sent = Sent { base: parent.version, ..sent };
    let none = FieldErrors::new();
    Ok(form(cx, StatusCode::CONFLICT, place, parent, others, sent, &none, Some(changed), None))
}

#[expect(clippy::too_many_arguments, reason = "everything that one page shows")]
fn form(
    cx: &Ctx,
    status: StatusCode,
    place: Place,
    parent: Contribution,
    others: usize,
    sent: Sent,
    errors: &FieldErrors,
    changed: Option<Html>,
    refused: Option<String>,
) -> Response {
    let page = place
        .page(cx, cx.t().get("consultation-amend"))
        .crumb(parent.title.clone(), place.href(&parent))
        .errors(errors)
        .noindex();
    let limits = limits(&place.rules, &parent);
    let others = i64::try_from(others).unwrap_or(i64::MAX);
    cx.render_status(status, &View { page, place, parent, sent, limits, others, changed, refused })
}

fn preview(
    cx: &Ctx,
    place: Place,
    parent: Contribution,
    others: &[Contribution],
    sent: Sent,
    draft: Draft,
    name: String,
) -> Response {
    let t = cx.t();
    let page = place
        .page(cx, t.get("consultation-amend-preview"))
        .crumb(parent.title.clone(), place.href(&parent))
        .noindex()
        .wide();
    let near = decide::nearest(&draft.body, others, NEAREST);
    let near = near.into_iter().map(|(likeness, c)| (likeness >= ALIKE, c.clone())).collect();
    let (old, new) = (whole(&parent.title, &parent.body), whole(&draft.title, &draft.body));
    let sides = sides::sides(
        t,
        parent.lang,
        &t.get("consultation-amend-present"),
        &t.get("consultation-amend-yours"),
        &old,
        &new,
    );
    let passages = sides::passages(&old, &new);
    // Shown as it will be: the explanation of an amendment to a plain text is plain, too.
    let explanation = parvis_civic::text::html(&draft.explanation, parent.format);
    let sent = Sent { title: draft.title, body: draft.body, explanation: draft.explanation, ..sent };
    cx.render(&Preview { page, place, parent, sent, explanation, sides, passages, near, name })
}

/// Title and text, as one for comparing.
pub(crate) fn whole(title: &str, body: &str) -> String {
    format!("{title}\n\n{body}")
}
