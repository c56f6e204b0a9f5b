//! The ideas, for those who study them; and those received elsewhere, on paper or in a meeting.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::contribution::{self, Draft, Order};
use parvis_civic::{Error, once};
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Html, Pager};
use parvis_web::{Ctx, Form, Page, WebError};

use crate::idea::deposit::{BODY, Checked, Controls, Sent, TITLE, check};
use crate::life::State;
use crate::money;
use crate::place::{At, Place, acting, load, write};
use crate::shelf::Shelf;
use crate::store::ideas::{self, Idea, Which};

/// Ideas a page.
const PAGE: i64 = 30;

#[derive(Template)]
#[template(path = "admin/ideas.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    shelf: Shelf,
    states: Vec<(String, String, bool)>,
    services: Vec<Choice>,
    state: String,
    service: String,
    count: i64,
    list: Vec<Idea>,
    pager: Pager,
}

impl View {
    fn facts(&self, idea: &Idea) -> String {
        let t = &self.page.t;
        let mut facts = vec![crate::idea::author(t, idea)];
        if let Some(district) = self.shelf.district(idea.facts.district_id) {
            facts.push(self.page.say(&district.name).to_owned());
        }
        if let Some(category) = self.shelf.category(idea.facts.category_id) {
            facts.push(self.page.say(&category.name).to_owned());
        }
        facts.push(t.n("budget-supports-n", idea.supports()));
        if let Some(cost) = idea.cost {
            facts.push(money::say(t, cost));
        }
        facts.join(" · ")
    }
}

/// What the filter of services sends for ideas that no service has.
const NOBODY: &str = "-";

/// The list.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (state, service) = (cx.query("state"), cx.query("service"));
    let wanted = State::parse(&state);
    let given = match service.as_str() {
        "" => None,
        NOBODY => Some(String::new()),
        name => Some(name.to_owned()),
    };
    let number = cx.page_number();
    let (place, (shelf, services, count, list)) = load(&cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let which = Which {
                state: wanted,
                service: given,
                with_merged: true,
                order: Order::Recent,
                limit: PAGE,
                ..Which::all(id)
            };
            let count = ideas::count(tx, &which).await?;
            let pages = ((count + PAGE - 1) / PAGE).max(1);
            let which = Which { offset: (number.min(pages) - 1) * PAGE, ..which };
            let list = ideas::list(tx, &which).await?;
            Ok((Shelf::read(tx, id).await?, ideas::services(tx, id).await?, count, list))
        })
    })
    .await?;
    let t = cx.t();
    let all = (t.get("budget-any-state"), cx.query_with("state", ""), wanted.is_none());
    let states = std::iter::once(all)
        .chain(
            State::ALL
                .into_iter()
                .map(|s| (t.get(&s.key()), cx.query_with("state", s.code()), wanted == Some(s))),
        )
        .collect();
    let fixed =
        [Choice::new("", t.get("budget-any-service")), Choice::new(NOBODY, t.get("budget-no-service"))];
    let services = fixed.into_iter().chain(services.into_iter().map(|s| Choice::new(s.clone(), s))).collect();
    let view = View {
        page: super::page(&cx, &place, t.get("budget-page-ideas")),
        nav: super::nav(&cx, &place, "ideas"),
        pager: Pager::new(&cx, count, PAGE),
        place,
        shelf,
        states,
        services,
        state,
        service,
        count,
        list,
    };
    Ok(cx.render(&view))
}

#[derive(Template)]
#[template(path = "admin/idea_new.html")]
struct New {
    page: Page,
    place: Place,
    nav: Html,
    sent: Sent,
    controls: Controls,
}

async fn form(cx: &Ctx, at: &At, sent: Sent, errors: &FieldErrors) -> Result<Response, WebError> {
    let (place, shelf) =
        load(cx, at, |tx, place| boxed(async move { Shelf::read(tx, place.activity.id).await })).await?;
    let t = cx.t();
    let page = super::page(cx, &place, t.get("budget-idea-new"))
        .crumb(t.get("budget-page-ideas"), place.admin("ideas"))
        .errors(errors);
    let nav = super::nav(cx, &place, "ideas");
    let controls = Controls::new(&page, &place, &shelf);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(cx.render_status(status, &New { page, place, nav, sent, controls }))
}

/// The form of an idea received elsewhere.
pub(super) async fn new(cx: Ctx, at: At) -> Result<Response, WebError> {
    form(&cx, &at, Sent::default(), &FieldErrors::new()).await
}

/// Publishes an idea received elsewhere, in the name of the organisation.
pub(super) async fn create(cx: Ctx, at: At, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let (now, form_sent) = (cx.now, sent.clone());
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            if let Some(location) = once::seen(tx, me.id, &form_sent.idem).await? {
                return Ok(location);
            }
            let shelf = Shelf::read(tx, place.activity.id).await?;
            let Checked { draft, facts } = check(place, &shelf, &form_sent, false).map_err(Error::Fields)?;
            let draft = Draft { official: true, ..draft };
            let id = contribution::save_draft(tx, now, &me, &place.activity, &draft, None).await?;
            ideas::save(tx, place.activity.id, id, &facts).await?;
            contribution::publish_within(tx, now, &me, id, place.rules.ideas.phase).await?;
            let location = place.admin(format_args!("ideas/{id}"));
            once::remember(tx, now, me.id, &form_sent.idem, &location).await?;
            Ok(location)
        })
    });
    match done.await {
        Ok(location) => Ok(cx.redirect_with(location, "budget-saved", &[])),
        Err(Error::Fields(errors)) => form(&cx, &at, sent, &errors).await,
        Err(e) => Err(e.into()),
    }
}
