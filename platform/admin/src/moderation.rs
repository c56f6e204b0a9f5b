//! The moderators' queue: flagged contributions, decisions with their reason, appeals.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use parvis_civic::contribution::{self, Contribution, Status};
use parvis_civic::moderation::{self, Decision, Flagged, REASONS};
use parvis_civic::{Error, process};
use parvis_core::{Access, FieldErrors};
use parvis_store::{Tx, boxed};
use parvis_web::ui::{Choice, Field, Pager};
use parvis_web::{Ctx, Fields, Page, Routes, WebError};

use crate::processes::admin_page;

pub fn routes() -> Routes {
    Routes::new()
        .get("/admin/moderation", Access::Moderator, queue)
        .get("/admin/moderation/{id}", Access::Moderator, show)
        .post("/admin/moderation/{id}/hide", Access::Moderator, hide)
        .post("/admin/moderation/{id}/restore", Access::Moderator, restore)
        .post("/admin/moderation/{id}/dismiss", Access::Moderator, dismiss)
        .get("/admin/appeals/{id}", Access::Moderator, appeal)
        .post("/admin/appeals/{id}", Access::Moderator, decide)
}

struct Line {
    flagged: Flagged,
    title: String,
    reasons: String,
}

struct Appeal {
    decision: Decision,
    title: String,
}

#[derive(Template)]
#[template(path = "moderation.html")]
struct Queue {
    page: Page,
    tab: &'static str,
    lines: Vec<Line>,
    pager: Pager,
    appeals: Vec<Appeal>,
}

/// What a contribution is called in a list.
pub fn title_of(c: &Contribution) -> String {
    if c.title.is_empty() { c.extract(90) } else { c.title.clone() }
}

fn reason(cx: &Ctx, code: &str) -> String {
    cx.t().get(&format!("civic-reason-{code}"))
}

async fn queue(cx: Ctx) -> Result<Response, WebError> {
    let (flagged, _) = cx.store().read(|tx| boxed(moderation::waiting(tx))).await?;
    let pager = Pager::new(&cx, flagged, 20);
    let (limit, offset) = (pager.limit(), pager.offset());
    let (lines, appeals) = cx
        .store()
        .read(move |tx| {
            boxed(async move {
                let lines = moderation::queue(tx, limit, offset).await?;
                let mut appeals = vec![];
                for decision in moderation::appeals(tx, 100, 0).await? {
                    let about = contribution::find(tx, decision.contribution_id).await?;
                    let title = about.as_ref().map(title_of).unwrap_or_default();
                    appeals.push(Appeal { decision, title });
                }
                Ok::<_, Error>((lines, appeals))
            })
        })
        .await?;
    let lines = lines
        .into_iter()
        .map(|flagged| Line {
            title: title_of(&flagged.contribution),
            reasons: cx.t().list(&flagged.reasons.iter().map(|r| reason(&cx, r)).collect::<Vec<_>>()),
            flagged,
        })
        .collect();
    let page = admin_page(&cx, cx.t().get("admin-tab-moderation"));
    Ok(cx.render(&Queue { page, tab: "moderation", lines, pager, appeals }))
}

struct Read {
    c: Contribution,
    author: String,
    decisions: Vec<Decision>,
    flags: Option<Flagged>,
    activity: String,
}

async fn read(tx: &mut Tx<'_>, id: i64, locale: parvis_core::Locale) -> Result<Read, Error> {
    let c = contribution::find(tx, id).await?.ok_or(Error::NotFound)?;
    if c.status == Status::Draft {
        return Err(Error::NotFound); // a draft is its author's own
    }
    let names = contribution::pseudonyms(tx, c.author_id).await?;
    let author = c.author_id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
    let flags = moderation::flags_of(tx, &c).await?;
    let activity = process::activity(tx, c.activity_id).await?;
    let activity = activity.map(|a| a.title.get(locale).to_owned()).unwrap_or_default();
    Ok(Read { author, decisions: moderation::decisions(tx, id).await?, flags, activity, c })
}

struct Past {
    decision: Decision,
    reason: String,
}

#[derive(Template)]
#[template(path = "moderate.html")]
struct Show {
    page: Page,
    tab: &'static str,
    c: Contribution,
    author: String,
    activity: String,
    flags: i64,
    reasons: String,
    notes: Vec<String>,
    past: Vec<Past>,
    reason: Field,
    explanation: Field,
}

async fn render(cx: &Ctx, id: i64, errors: &FieldErrors, fields: &Fields) -> Result<Show, WebError> {
    let locale = cx.locale();
    let r = cx.store().read(move |tx| boxed(read(tx, id, locale))).await?;
    let page = admin_page(cx, title_of(&r.c))
        .crumb(cx.t().get("admin-tab-moderation"), "/admin/moderation")
        .errors(errors);
    let choices = REASONS.map(|code| Choice::new(code, reason(cx, code)));
    Ok(Show {
        reason: page
            .radios("reason", "admin-moderation-reason")
            .choices(&choices)
            .value(fields.get("reason")),
        explanation: page
            .area("explanation", "admin-moderation-explanation")
            .hint("admin-moderation-explanation-hint")
            .value(fields.get("explanation"))
            .max(2000),
        page,
        tab: "moderation",
        author: r.author,
        activity: r.activity,
        flags: r.flags.as_ref().map_or(0, |f| f.flags),
        reasons: r
            .flags
            .as_ref()
            .map(|f| cx.t().list(&f.reasons.iter().map(|x| reason(cx, x)).collect::<Vec<_>>()))
            .unwrap_or_default(),
        notes: r.flags.map(|f| f.notes).unwrap_or_default(),
        past: r.decisions.into_iter().map(|d| Past { reason: reason(cx, &d.reason), decision: d }).collect(),
        c: r.c,
    })
}

async fn show(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let show = render(&cx, id, &FieldErrors::new(), &Fields::default()).await?;
    Ok(cx.render(&show))
}

async fn hide(cx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, WebError> {
    let me = cx.me()?.clone();
    let now = cx.now;
    let (why, words) = (fields.get("reason").to_owned(), fields.get("explanation").to_owned());
    let done = cx
        .store()
        .write(move |tx| boxed(async move { moderation::hide(tx, now, &me, id, &why, &words).await }))
        .await;
    match done {
        Ok(_) => Ok(cx.redirect_with(format!("/admin/moderation/{id}"), "admin-moderation-hidden", &[])),
        Err(Error::Fields(errors)) => Ok(cx.render_invalid(&render(&cx, id, &errors, &fields).await?)),
        Err(e) => Err(e.into()),
    }
}

async fn restore(cx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, WebError> {
    let me = cx.me()?.clone();
    let now = cx.now;
    let words = fields.get("explanation").to_owned();
    let done = cx
        .store()
        .write(move |tx| boxed(async move { moderation::restore(tx, now, &me, id, &words).await }))
        .await;
    match done {
        Ok(_) => Ok(cx.redirect_with(format!("/admin/moderation/{id}"), "admin-moderation-restored", &[])),
        Err(Error::Fields(errors)) => Ok(cx.render_invalid(&render(&cx, id, &errors, &fields).await?)),
        Err(e) => Err(e.into()),
    }
}

async fn dismiss(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let me = cx.me()?.clone();
    let now = cx.now;
    cx.store().write(move |tx| boxed(async move { moderation::dismiss(tx, now, &me, id).await })).await?;
    Ok(cx.redirect_with("/admin/moderation", "admin-moderation-dismissed", &[]))
}

#[derive(Template)]
#[template(path = "appeal.html")]
struct ShowAppeal {
    page: Page,
    tab: &'static str,
    decision: Decision,
    why: String,
    c: Contribution,
    author: String,
    outcome: Field,
    reply: Field,
}

async fn render_appeal(
    cx: &Ctx,
    id: i64,
    errors: &FieldErrors,
    fields: &Fields,
) -> Result<ShowAppeal, WebError> {
    let locale = cx.locale();
    let (decision, r) = cx
        .store()
        .read(move |tx| {
            boxed(async move {
                let decision = moderation::find(tx, id).await?.ok_or(Error::NotFound)?;
                if decision.appeal_at.is_none() {
                    return Err(Error::NotFound);
                }
                let r = read(tx, decision.contribution_id, locale).await?;
                Ok((decision, r))
            })
        })
        .await?;
    let page = admin_page(cx, cx.t().with1("admin-appeal-title", "title", title_of(&r.c).as_str()))
        .crumb(cx.t().get("admin-tab-moderation"), "/admin/moderation")
        .errors(errors);
    let choices =
        ["upheld", "overturned"].map(|code| Choice::new(code, cx.t().get(&format!("admin-appeal-{code}"))));
    Ok(ShowAppeal {
        outcome: page
            .radios("outcome", "admin-appeal-outcome")
            .choices(&choices)
            .value(fields.get("outcome")),
        reply: page.area("reply", "admin-appeal-reply").value(fields.get("reply")).max(2000),
        page,
        tab: "moderation",
        why: reason(cx, &decision.reason),
        decision,
        author: r.author,
        c: r.c,
    })
}

async fn appeal(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let show = render_appeal(&cx, id, &FieldErrors::new(), &Fields::default()).await?;
    Ok(cx.render(&show))
}

async fn decide(cx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, WebError> {
    let me = cx.me()?.clone();
    let now = cx.now;
    let outcome = fields.get("outcome").to_owned();
    let mut errors = FieldErrors::new();
    if outcome != "upheld" && outcome != "overturned" {
        errors.add("outcome", "admin-appeal-outcome-empty");
        errors.text("reply", fields.get("reply"), 10, 2000, "civic-appeal-reply-empty");
        return Ok(cx.render_invalid(&render_appeal(&cx, id, &errors, &fields).await?));
    }
    let reply = fields.get("reply").to_owned();
    let done = cx
        .store()
        .write(move |tx| {
            boxed(async move {
                moderation::decide_appeal(tx, now, &me, id, outcome == "overturned", &reply).await
            })
        })
        .await;
    match done {
        Ok(()) => Ok(cx.redirect_with("/admin/moderation", "admin-appeal-decided", &[])),
        Err(Error::Fields(errors)) => Ok(cx.render_invalid(&render_appeal(&cx, id, &errors, &fields).await?)),
        Err(e) => Err(e.into()),
    }
}
