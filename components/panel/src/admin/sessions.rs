//! Sessions: who came, at which table, and what each member receives.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::pages::{At, acting};
use parvis_civic::Error;
use parvis_core::{FieldErrors, Localized};
use parvis_i18n::T;
use parvis_store::boxed;
use parvis_web::ui::{Field, Html};
use parvis_web::{Ctx, Fields, Page, WebError};

use super::{lines, record, with_messages};
use crate::model::Seat;
use crate::place::{self, Place, admin_page, load, nav, write};
use crate::store;
use crate::store::{Person, Session};

/// What one member receives.
struct Due {
    person: Person,
    sessions: i64,
    amount: String,
}

#[derive(Template)]
#[template(path = "admin/sessions.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    sessions: Vec<Session>,
    title: [Field; 2],
    day: String,
    tables: String,
    due: Vec<Due>,
    total: String,
    is_kept: bool,
}

/// An amount in cents, in words.
pub(crate) fn euros(t: &T, cents: i64) -> String {
    let (whole, part) = (cents.div_euclid(100), cents.rem_euclid(100));
    let figure = if part == 0 {
        t.number(whole)
    } else {
        let mark = if t.locale == parvis_core::Locale::Fr { ',' } else { '.' };
        format!("{}{mark}{part:02}", t.number(whole))
    };
    t.with1("panel-euros", "figure", figure)
}

async fn show(
    cx: &Ctx,
    at: &At,
    status: StatusCode,
    sent: &Fields,
    errors: &FieldErrors,
    messages: Vec<String>,
) -> Result<Response, WebError> {
    let (place, (sessions, members, attendance)) = load(cx, at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            Ok((
                store::sessions(tx, id).await?,
                store::drawn(tx, id).await?,
                store::attendance(tx, id).await?,
            ))
        })
    })
    .await?;
    let page =
        with_messages(admin_page(cx, &place, cx.t().get("panel-tab-sessions")).errors(errors), messages);
    let mut came: BTreeMap<i64, i64> = BTreeMap::new();
    for (_, volunteer, _, present) in &attendance {
        *came.entry(*volunteer).or_default() += i64::from(*present);
    }
    let allowance = place.rules.allowance;
    let mut total = 0_i64;
    let mut due = vec![];
    for person in members {
        let sessions = came.get(&person.id).copied().unwrap_or(0);
        if sessions == 0 && person.seat != Seat::Accepted {
            continue;
        }
        let amount = allowance.saturating_mul(sessions);
        total = total.saturating_add(amount);
        due.push(Due { person, sessions, amount: euros(&page.t, amount) });
    }
    let words = Localized::new(sent.get("title_fr"), sent.get("title_en"));
    let view = View {
        nav: nav(cx, &place, "sessions"),
        title: lines(&page, "title", "panel-session-title", &words),
        day: sent.get("day").to_owned(),
        tables: sent.get("tables").to_owned(),
        total: euros(&page.t, total),
        is_kept: place.rules.keeps(cx.now),
        page,
        place,
        sessions,
        due,
    };
    Ok(cx.render_status(status, &view))
}

/// The list, allowances, tables.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&cx, &at, StatusCode::OK, &Fields::default(), &FieldErrors::new(), vec![]).await
}

/// Adds a session.
pub(super) async fn create(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let (me, now) = (acting(&cx)?.id, cx.now);
    let mut errors = FieldErrors::new();
    let title = Localized::new(
        errors.text("title_fr", sent.get("title_fr"), 0, 120, "panel-session-title-empty"),
        errors.text("title_en", sent.get("title_en"), 0, 120, "panel-session-title-empty"),
    );
    if title.is_empty() {
        errors.add("title_fr", "panel-session-title-empty");
    }
    let day = cx.t().parse_input(sent.get("day")).map(|at| cx.t().date_input(at));
    if day.is_none() {
        errors.add("day", "panel-rules-date-wrong");
    }
    let Some(day) = day.filter(|_| errors.is_empty()) else {
        return show(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, &sent, &errors, vec![]).await;
    };
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            store::add_session(tx, place.activity.id, &title, &day).await?;
            record(tx, now, me, place.activity.id, "session").await?;
            Ok(place.admin("sessions"))
        })
    });
    Ok(cx.redirect_with(done.await?, "panel-saved", &[]))
}

/// Seats the members at discussion tables, for every session: as varied as the panel, meeting new people each time. The
/// same members give the same tables: the seed is the panel's own.
pub(super) async fn tables(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let (me, now) = (acting(&cx)?.id, cx.now);
    let count = sent.get("tables").parse::<usize>().ok().filter(|n| (1..=100).contains(n));
    let Some(count) = count else {
        let mut errors = FieldErrors::new();
        errors.add("tables", "panel-tables-wrong");
        return show(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, &sent, &errors, vec![]).await;
    };
    let (place, (sessions, members)) = load(&cx, &at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            Ok((store::sessions(tx, id).await?, store::drawn(tx, id).await?))
        })
    })
    .await?;
    let members: Vec<Person> = members.into_iter().filter(|p| p.seat == Seat::Accepted).collect();
    if sessions.is_empty() || members.is_empty() {
        let message = cx.t().get("panel-tables-none");
        return show(&cx, &at, StatusCode::CONFLICT, &sent, &FieldErrors::new(), vec![message]).await;
    }
    let codes: Vec<String> = place.rules.categories.iter().map(|c| c.code.clone()).collect();
    let value = |p: &Person, c: &String| p.answers.get(c).cloned().unwrap_or_default();
    let values: Vec<Vec<String>> =
        members.iter().map(|p| codes.iter().map(|c| value(p, c)).collect()).collect();
    let (meetings, seed) = (sessions.len(), format!("tables/{}", place.activity.slug));
    let made = tokio::task::spawn_blocking(move || parvis_sortition::tables(&values, count, meetings, &seed));
    let plan = made.await.map_err(WebError::internal)?;
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            store::set_tables(tx, id, i64::try_from(count).unwrap_or(1)).await?;
            for (session, tables) in sessions.iter().zip(&plan.sessions) {
                for (number, table) in (1_i64..).zip(tables) {
                    for place in table {
                        if let Some(person) = members.get(*place) {
                            store::set_table(tx, session.id, person.id, number).await?;
                        }
                    }
                }
            }
            record(tx, now, me, id, "tables").await?;
            Ok(place.admin("sessions"))
        })
    });
    Ok(cx.redirect_with(done.await?, "panel-tables-done", &[]))
}

#[derive(Template)]
#[template(path = "admin/session.html")]
struct One {
    page: Page,
    place: Place,
    nav: Html,
    session: Session,
    lines: Vec<(Person, i64, bool)>,
    is_kept: bool,
}

impl One {
    fn table(&self, number: &i64) -> String {
        if *number == 0 { "–".into() } else { self.page.t.number(*number) }
    }
}

fn place_of(path: (String, String, String)) -> Result<(At, i64), WebError> {
    let (process, activity, id) = path;
    Ok((At { process, activity }, id.parse().map_err(|_| WebError::NotFound)?))
}

/// One session: tables and who came.
pub(super) async fn one(cx: Ctx, Path(path): Path<(String, String, String)>) -> Result<Response, WebError> {
    let (at, id) = place_of(path)?;
    let (place, (session, members, attendance)) = load(&cx, &at, move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            let session = store::sessions(tx, activity).await?.into_iter().find(|s| s.id == id);
            Ok((session, store::drawn(tx, activity).await?, store::attendance(tx, activity).await?))
        })
    })
    .await?;
    let session = session.ok_or(WebError::NotFound)?;
    let mut lines = vec![];
    for person in members {
        let found = attendance.iter().find(|(s, v, ..)| *s == id && *v == person.id);
        if found.is_none() && person.seat != Seat::Accepted {
            continue;
        }
        let (table, present) = found.map_or((0, false), |(_, _, table, present)| (*table, *present));
        lines.push((person, table, present));
    }
    lines.sort_by(|a, b| (a.1, &a.0.pseudonym).cmp(&(b.1, &b.0.pseudonym)));
    let page = admin_page(&cx, &place, session.title.get(cx.locale()))
        .crumb(cx.t().get("panel-tab-sessions"), place.admin("sessions"));
    let nav = nav(&cx, &place, "sessions");
    let is_kept = place.rules.keeps(cx.now);
    Ok(cx.render(&One { page, place, nav, session, lines, is_kept }))
}

/// Notes who came.
pub(super) async fn attend(
    cx: Ctx,
    Path(path): Path<(String, String, String)>,
    sent: Fields,
) -> Result<Response, WebError> {
    let (at, id) = place_of(path)?;
    let (me, now) = (acting(&cx)?.id, cx.now);
    let present: BTreeSet<i64> = sent.all("present").filter_map(|v| v.parse().ok()).collect();
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            if !store::sessions(tx, activity).await?.iter().any(|s| s.id == id) {
                return Err(Error::NotFound);
            }
            let known = store::attendance(tx, activity).await?;
            for person in store::drawn(tx, activity).await? {
                let noted = known.iter().any(|(s, v, ..)| *s == id && *v == person.id);
                if present.contains(&person.id) || noted {
                    store::set_present(tx, id, person.id, present.contains(&person.id)).await?;
                }
            }
            record(tx, now, me, activity, "attendance").await?;
            Ok(place.admin(&format!("sessions/{id}")))
        })
    });
    Ok(cx.redirect_with(done.await?, "panel-saved", &[]))
}

/// Removes a session.
pub(super) async fn delete(
    cx: Ctx,
    Path(path): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let (at, id) = place_of(path)?;
    let (me, now) = (acting(&cx)?.id, cx.now);
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            if !store::remove_session(tx, place.activity.id, id).await? {
                return Err(Error::NotFound);
            }
            record(tx, now, me, place.activity.id, "session").await?;
            Ok(place.admin("sessions"))
        })
    });
    Ok(cx.redirect_with(done.await?, "panel-saved", &[]))
}
