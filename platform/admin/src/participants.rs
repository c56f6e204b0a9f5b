//! Participants: who they are, their role, suspending and reinstating.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use parvis_civic::Error;
use parvis_civic::account::{self, Participant, Status, manage};
use parvis_core::{Access, FieldErrors, Role};
use parvis_store::boxed;
use parvis_web::ui::{Choice, Field, Pager};
use parvis_web::{Ctx, Fields, Page, Routes, WebError};

use crate::processes::admin_page;

pub fn routes() -> Routes {
    Routes::new()
        .get("/admin/participants", Access::Administrator, list)
        .post("/admin/participants", Access::Administrator, invite)
        .get("/admin/participants/{id}", Access::Administrator, show)
        .post("/admin/participants/{id}/role", Access::Administrator, role)
        .post("/admin/participants/{id}/suspend", Access::Administrator, suspend)
        .post("/admin/participants/{id}/reinstate", Access::Administrator, reinstate)
}

struct Line {
    who: Participant,
    role: String,
    seen: Option<i64>,
    contributions: String,
    suspended: bool,
}

#[derive(Template)]
#[template(path = "participants.html")]
struct List {
    page: Page,
    tab: &'static str,
    search: Field,
    role: Field,
    lines: Vec<Line>,
    pager: Pager,
    total: String,
    email: Field,
    new_role: Field,
}

fn role_name(cx: &Ctx, role: Role) -> String {
    cx.t().get(&format!("admin-role-{}", role.code()))
}

fn roles(cx: &Ctx) -> Vec<Choice> {
    Role::ALL
        .iter()
        .map(|r| {
            Choice::new(r.code(), role_name(cx, *r))
                .hint(cx.t().get(&format!("admin-role-{}-hint", r.code())))
        })
        .collect()
}

async fn render(cx: &Ctx, errors: &FieldErrors, fields: &Fields) -> Result<List, WebError> {
    let filter = manage::Filter {
        search: cx.query("q"),
        role: Role::parse(&cx.query("role")),
        ..manage::Filter::default()
    };
    let counted = filter.clone();
    let total =
        cx.store().read(move |tx| boxed(async move { manage::list(tx, &counted, 1, 0).await })).await?.total;
    let pager = Pager::new(cx, total, 30);
    let (limit, offset) = (pager.limit(), pager.offset());
    let found = cx
        .store()
        .read(move |tx| boxed(async move { manage::list(tx, &filter, limit, offset).await }))
        .await?;
    let lines = found
        .items
        .into_iter()
        .map(|k| Line {
            role: role_name(cx, k.participant.role),
            seen: k.last_seen_at,
            contributions: cx.t().n("admin-participant-contributions", k.contributions),
            suspended: k.participant.status == Status::Suspended,
            who: k.participant,
        })
        .collect();
    let page = admin_page(cx, cx.t().get("admin-tab-participants")).errors(errors);
    let mut choices = vec![Choice::new("", cx.t().get("admin-participants-all"))];
    choices.extend(roles(cx).into_iter().map(|c| Choice::new(c.value, c.label)));
    let staff: Vec<_> = roles(cx).into_iter().skip(1).collect();
    let chosen = if fields.has("new_role") { fields.get("new_role") } else { "moderator" };
    Ok(List {
        search: page.field("q", "admin-participants-search").search().value(cx.query("q")),
        role: page.select("role", "admin-participants-role").choices(&choices).value(cx.query("role")),
        email: page.field("email", "admin-invite-email").email().value(fields.get("email")),
        new_role: page.radios("new_role", "admin-invite-role").choices(&staff).value(chosen),
        page,
        tab: "participants",
        lines,
        total: cx.t().n("admin-participants-total", total),
        pager,
    })
}

async fn list(cx: Ctx) -> Result<Response, WebError> {
    let list = render(&cx, &FieldErrors::new(), &Fields::default()).await?;
    Ok(cx.render(&list))
}

/// Gives a role of the team to an address, whether it has an account or not.
async fn invite(cx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let mut errors = FieldErrors::new();
    let address = fields.get("email").to_owned();
    let is_address = address.split_once('@').is_some_and(|(a, b)| !a.is_empty() && b.contains('.'));
    if !is_address {
        errors.add("email", "admin-invite-email-invalid");
    }
    let role = Role::parse(fields.get("new_role")).filter(|r| *r != Role::Participant);
    if role.is_none() {
        errors.add("new_role", "admin-invite-role-empty");
    }
    let (Some(role), true) = (role, errors.is_empty()) else {
        return Ok(cx.render_invalid(&render(&cx, &errors, &fields).await?));
    };
    let (now, locale) = (cx.now, cx.locale());
    let who = cx
        .store()
        .write(move |tx| {
            boxed(async move { manage::create_staff(tx, now, Some(me), &address, role, locale).await })
        })
        .await?;
    cx.site.forget_participant(who.id);
    Ok(cx.redirect_with("/admin/participants", "admin-invited", &[("email", fields.get("email"))]))
}

#[derive(Template)]
#[template(path = "participant.html")]
struct Show {
    page: Page,
    tab: &'static str,
    who: Participant,
    role_name: String,
    role: Field,
    reason: Field,
    is_me: bool,
    suspended: bool,
}

async fn render_one(cx: &Ctx, id: i64, message: Option<String>) -> Result<Show, WebError> {
    let who = cx.store().read(move |tx| boxed(account::find(tx, id))).await?.ok_or(WebError::NotFound)?;
    if who.status == Status::Erased || who.email.is_none() {
        return Err(WebError::NotFound);
    }
    let mut page = admin_page(cx, who.pseudonym.clone())
        .crumb(cx.t().get("admin-tab-participants"), "/admin/participants");
    if let Some(message) = message {
        page = page.error(message);
    }
    Ok(Show {
        role: page.radios("role", "admin-participant-role").choices(&roles(cx)).value(who.role.code()),
        reason: page.field("reason", "admin-suspend-reason").max(500),
        page,
        tab: "participants",
        role_name: role_name(cx, who.role),
        is_me: cx.id() == Some(who.id),
        suspended: who.status == Status::Suspended,
        who,
    })
}

async fn show(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let show = render_one(&cx, id, None).await?;
    Ok(cx.render(&show))
}

/// After a change: back to the person, or their page saying why not.
async fn answer(cx: &Ctx, id: i64, done: Result<(), Error>) -> Result<Response, WebError> {
    match done {
        Ok(()) => {
            cx.site.forget_participant(id);
            Ok(cx.redirect_with(format!("/admin/participants/{id}"), "admin-saved", &[]))
        }
        Err(Error::Conflict(key)) => Ok(cx.render_invalid(&render_one(cx, id, Some(cx.t().get(key))).await?)),
        Err(e) => Err(e.into()),
    }
}

async fn role(cx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let role = Role::parse(fields.get("role")).ok_or(WebError::BadRequest("web-error-fields"))?;
    let now = cx.now;
    let done = cx
        .store()
        .write(move |tx| boxed(async move { manage::set_role(tx, now, Some(me), id, role).await }))
        .await;
    answer(&cx, id, done).await
}

async fn suspend(cx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let reason = fields.get("reason").to_owned();
    if reason.is_empty() {
        let message = cx.t().get("admin-suspend-reason-empty");
        return Ok(cx.render_invalid(&render_one(&cx, id, Some(message)).await?));
    }
    let now = cx.now;
    let done = cx
        .store()
        .write(move |tx| boxed(async move { manage::suspend(tx, now, Some(me), id, &reason).await }))
        .await;
    answer(&cx, id, done).await
}

async fn reinstate(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let me = cx.me()?.id;
    let now = cx.now;
    let done = cx
        .store()
        .write(move |tx| boxed(async move { manage::reinstate(tx, now, Some(me), id).await }))
        .await;
    answer(&cx, id, done).await
}
