//! Volunteers: the list, a file of answers gathered elsewhere, removal, erasing.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::import::Mistake;
use parvis_ballotbox::pages::{At, acting};
use parvis_civic::Error;
use parvis_civic::account::pseudonym::fold;
use parvis_store::boxed;
use parvis_web::ui::{Html, Pager};
use parvis_web::{Ctx, Page, Upload, WebError};

use super::{record, rows, said, verdict, with_messages};
use crate::check::Verdict;
use crate::place::{Place, admin_page, load, nav, write};
use crate::store::{Panel, Person};
use crate::{join, people, store, work};

/// Volunteers on a page.
const SHOWN: i64 = 50;

#[derive(Template)]
#[template(path = "admin/volunteers.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    people: Vec<Person>,
    count: i64,
    pager: Pager,
    panel: Panel,
    said: Vec<String>,
    is_wrong: bool,
    is_sealed: bool,
    is_kept: bool,
}

impl View {
    fn answer(&self, person: &Person, category: &crate::model::Category) -> String {
        let code = person.answers.get(&category.code).map_or("", String::as_str);
        category.value(code).map_or_else(|| code.to_owned(), |v| self.page.say(&v.title()).to_owned())
    }

    fn channel(&self, person: &Person) -> &'static str {
        match person.channel.as_str() {
            "phone" => "panel-channel-phone",
            "paper" => "panel-channel-paper",
            "file" => "panel-channel-file",
            _ => "panel-channel-web",
        }
    }
}

async fn show(cx: &Ctx, at: &At, status: StatusCode, messages: Vec<String>) -> Result<Response, WebError> {
    let offset = (cx.page_number() - 1) * SHOWN;
    let (place, (people, count, panel, is_sealed, rows)) = load(cx, at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let people = store::volunteers(tx, id, SHOWN, offset).await?;
            let is_sealed = work::is_sealed(tx, id).await?;
            let rows = if is_sealed { vec![] } else { rows(tx, id).await? };
            Ok((people, store::count(tx, id).await?, store::panel(tx, id).await?, is_sealed, rows))
        })
    })
    .await?;
    let page = with_messages(admin_page(cx, &place, cx.t().get("panel-tab-volunteers")), messages);
    let found =
        if rows.is_empty() { Verdict::Plausible } else { verdict(cx, place.rules.clone(), rows).await? };
    let is_kept = place.rules.keeps(cx.now) && panel.erased_at.is_none();
    let view = View {
        nav: nav(cx, &place, "volunteers"),
        pager: Pager::new(cx, count, SHOWN),
        said: if is_sealed || count == 0 { vec![] } else { found.lines(cx.t()) },
        is_wrong: found.is_wrong(),
        page,
        place,
        people,
        count,
        panel,
        is_sealed,
        is_kept,
    };
    Ok(cx.render_status(status, &view))
}

/// The list.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&cx, &at, StatusCode::OK, vec![]).await
}

/// Adds the volunteers of a file; none when a line is wrong.
pub(super) async fn import(cx: Ctx, at: At, sent: Upload) -> Result<Response, WebError> {
    let (me, now) = (acting(&cx)?.id, cx.now);
    let pasted = sent.fields.get("list").to_owned().into_bytes();
    let bytes = sent.file("file").map_or(pasted, |f| f.bytes.to_vec());
    let (place, ()) = load(&cx, &at, |_, _| boxed(async { Ok(()) })).await?;
    let found = match people::volunteers(&bytes, &place.rules, cx.site.settings().default_locale) {
        Ok(found) => found,
        Err(mistakes) => {
            return show(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, said(cx.t(), &mistakes)).await;
        }
    };
    let rules = place.rules;
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            if !place.rules.keeps(now) {
                return Err(Error::Conflict("panel-erased"));
            }
            if !work::may_change(tx, now, id, "pool").await? {
                return Ok(None);
            }
            if place.rules.categories != rules.categories {
                return Err(Error::Conflict("panel-pool-changed"));
            }
            let mut twice = vec![];
            for (number, person) in (2_u64..).zip(&found) {
                let key = person.key();
                if twice.len() < 50 && !key.is_empty() && store::known(tx, id, &key).await? {
                    twice.push(Mistake { line: number, key: "panel-pool-known", value: person.name.clone() });
                }
            }
            if !twice.is_empty() {
                return Ok(Some(Err(twice)));
            }
            for mut person in found {
                person.household = fold(&person.household);
                join::register(tx, now, id, &person, store::Invitation::None, "file").await?;
            }
            record(tx, now, me, id, "import").await?;
            Ok(Some(Ok(place.admin("volunteers"))))
        })
    });
    match done.await {
        Ok(Some(Ok(to))) => Ok(cx.redirect_with(to, "panel-saved", &[])),
        Ok(Some(Err(twice))) => show(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, said(cx.t(), &twice)).await,
        Ok(None) => show(&cx, &at, StatusCode::CONFLICT, vec![cx.t().get("panel-sealed")]).await,
        Err(Error::Conflict(key)) => show(&cx, &at, StatusCode::CONFLICT, vec![cx.t().get(key)]).await,
        Err(e) => Err(e.into()),
    }
}

/// Lets a volunteer go, at their request.
pub(super) async fn delete(
    cx: Ctx,
    Path((process, activity, id)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let (me, now) = (acting(&cx)?.id, cx.now);
    let at = At { process, activity };
    let Ok(volunteer) = id.parse::<i64>() else { return Err(WebError::NotFound) };
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let person = store::volunteer(tx, id, volunteer).await?.ok_or(Error::NotFound)?;
            join::leave(tx, now, id, &person).await?;
            record(tx, now, me, id, "withdrawal").await?;
            Ok(place.admin("volunteers"))
        })
    });
    Ok(cx.redirect_with(done.await?, "panel-saved", &[]))
}

/// Erases what names people before its date.
pub(super) async fn erase(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (me, now) = (acting(&cx)?.id, cx.now);
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            work::erase(tx, now, place.activity.id).await?;
            record(tx, now, me, place.activity.id, "erasing").await?;
            Ok(place.admin("volunteers"))
        })
    });
    Ok(cx.redirect_with(done.await?, "panel-erased-done", &[]))
}
