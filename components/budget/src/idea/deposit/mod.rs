//! Depositing an idea: write, compare with what exists, read again, publish. Until the last step it is a draft that
//! only its author sees.

mod draft;

pub(crate) use draft::{act, review};

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::account::Participant;
use parvis_civic::contribution::{self, Draft, Status};
use parvis_civic::{Error, once};
use parvis_core::FieldErrors;
use parvis_store::{Tx, boxed};
use parvis_web::ui::{Choice, Html};
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;

use crate::map;
use crate::model::IDEA;
use crate::money;
use crate::place::{At, Place, acting, load, write};
use crate::shelf::Shelf;
use crate::store::ideas::{self, Facts, Idea};

/// The most characters of a title, of a text, of an address.
pub(crate) const TITLE: (usize, usize) = (5, 150);
pub(crate) const BODY: (usize, usize) = (30, 8_000);
pub(crate) const ADDRESS: usize = 200;

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Sent {
    /// The draft it continues.
    pub(crate) draft: Option<i64>,
    /// The version that was on the screen, when a published idea is corrected.
    pub(crate) base: i64,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) category: String,
    pub(crate) district: String,
    pub(crate) address: String,
    pub(crate) latitude: String,
    pub(crate) longitude: String,
    pub(crate) estimate: String,
    /// Why it is changed.
    pub(crate) note: String,
    /// `save`, or anything else to go on.
    pub(crate) action: String,
    pub(crate) idem: String,
}

/// The controls of an idea, shared by the forms that write one.
pub(crate) struct Controls {
    pub(crate) districts: Vec<Choice>,
    pub(crate) categories: Vec<Choice>,
    pub(crate) map: Html,
    pub(crate) title_hint: String,
    pub(crate) body_hint: String,
    pub(crate) asks_place: bool,
}

impl Controls {
    pub(crate) fn new(page: &Page, place: &Place, shelf: &Shelf) -> Self {
        let t = &page.t;
        let outlines = shelf.outlines(page.locale());
        let words = map::Words {
            label: t.get("budget-map-districts"),
            picks: "latitude longitude",
            ..Default::default()
        };
        let one = |all: &[Choice]| all.len() <= 1;
        let districts = shelf.district_choices(page, "budget-district-any");
        let categories = shelf.category_choices(page, "budget-category-any");
        Self {
            districts: if one(&districts) { vec![] } else { districts },
            categories: if one(&categories) { vec![] } else { categories },
            map: map::draw(&outlines, &[], &words),
            title_hint: t.with1("budget-field-title-hint", "min", TITLE.0),
            body_hint: t.with1("budget-field-body-hint", "min", BODY.0),
            asks_place: place.rules.ideas.place,
        }
    }
}

#[derive(Template)]
#[template(path = "idea/deposit/page.html")]
struct View {
    page: Page,
    place: Place,
    sent: Sent,
    controls: Controls,
    refused: Option<String>,
}

/// What is written, checked.
#[derive(Debug, Clone)]
pub(crate) struct Checked {
    pub(crate) draft: Draft,
    pub(crate) facts: Facts,
}

/// Every mistake at once. A draft may be short, or empty; nothing may be too long, nor be somewhere else.
pub(crate) fn check(place: &Place, shelf: &Shelf, sent: &Sent, saving: bool) -> Result<Checked, FieldErrors> {
    let least = |min: usize| if saving { 0 } else { min };
    let mut errors = FieldErrors::new();
    let title = errors.text("title", &sent.title, least(TITLE.0), TITLE.1, "budget-title-empty");
    let body = errors.text("body", &sent.body, least(BODY.0), BODY.1, "budget-body-empty");
    let category_id = shelf.read_category(&mut errors, &sent.category);
    let district_id = shelf.read_district(&mut errors, &sent.district);
    let address = errors.text("address", &sent.address, 0, ADDRESS, "budget-address-empty");
    let point = shelf.read_point(&mut errors, (&sent.latitude, &sent.longitude), district_id);
    let nowhere = address.is_empty() && sent.latitude.is_empty() && sent.longitude.is_empty();
    if place.rules.ideas.place && !saving && nowhere {
        errors.add("address", "budget-address-empty");
    }
    let estimate = money::read(&sent.estimate);
    if !sent.estimate.is_empty() && estimate.is_none() {
        errors.add("estimate", "budget-money-wrong");
    }
    errors.check()?;
    let district_id = district_id.or_else(|| point.and_then(|p| shelf.around(p)));
    let facts = Facts { district_id, category_id, address, point, estimate };
    let draft = Draft { kind: IDEA, title, body, extra: facts.to_json(), ..Draft::default() };
    Ok(Checked { draft, facts })
}

/// The form of an idea as it stands.
pub(crate) fn sent_of(cx: &Ctx, idea: &Idea) -> Sent {
    let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let degrees = |e6: Option<i64>| e6.map(crate::geo::written).unwrap_or_default();
    Sent {
        draft: (idea.c.status == Status::Draft).then_some(idea.c.id),
        base: idea.c.version,
        title: idea.c.title.clone(),
        body: idea.c.body.clone(),
        category: number(idea.facts.category_id),
        district: number(idea.facts.district_id),
        address: idea.facts.address.clone(),
        latitude: degrees(idea.facts.point.map(|p| p.latitude)),
        longitude: degrees(idea.facts.point.map(|p| p.longitude)),
        estimate: money::field(cx.t(), idea.facts.estimate),
        ..Sent::default()
    }
}

/// The first step: an empty form, or the author's draft.
pub(crate) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let draft: Option<i64> = cx.query("draft").parse().ok();
    let me = cx.visitor.participant.as_deref().cloned();
    let (place, (shelf, draft)) = load(&cx, &at, move |tx, place| {
        boxed(async move {
            let shelf = Shelf::read(tx, place.activity.id).await?;
            let draft = match (draft, me) {
                (Some(id), Some(me)) => Some(own_draft(tx, place, &me, id).await?),
                (Some(_), None) => return Err(Error::NotFound),
                (None, _) => None,
            };
            Ok((shelf, draft))
        })
    })
    .await?;
    let sent = draft.map(|idea| sent_of(&cx, &idea)).unwrap_or_default();
    let refused = place.closed(&cx);
    Ok(answer(&cx, StatusCode::OK, place, &shelf, sent, &FieldErrors::new(), refused))
}

/// Saves the draft; when the author goes on, everything is checked first.
pub(crate) async fn submit(cx: Ctx, at: At, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let (place, shelf) =
        load(&cx, &at, |tx, place| boxed(async move { Shelf::read(tx, place.activity.id).await })).await?;
    let me = acting(&cx)?;
    if let Some(why) = place.closed(&cx) {
        let none = FieldErrors::new();
        return Ok(answer(&cx, StatusCode::CONFLICT, place, &shelf, sent, &none, Some(why)));
    }
    let saving = sent.action == "save";
    let checked = match check(&place, &shelf, &sent, saving) {
        Ok(checked) => checked,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(answer(&cx, status, place, &shelf, sent, &errors, None));
        }
    };
    let (now, id, idem) = (cx.now, sent.draft, once::key(&sent.idem, &sent));
    let saved = write(&cx, &at, move |tx, place| {
        boxed(async move {
            if let Some(location) = once::seen(tx, me.id, &idem).await? {
                return Ok(location);
            }
            if let Some(id) = id {
                own_draft(tx, place, &me, id).await?;
            }
            let id = contribution::save_draft(tx, now, &me, &place.activity, &checked.draft, id).await?;
            ideas::save(tx, place.activity.id, id, &checked.facts).await?;
            let location = if saving {
                place.to(format_args!("ideas/new?draft={id}"))
            } else {
                place.to(format_args!("ideas/drafts/{id}"))
            };
            once::remember(tx, now, me.id, &idem, &location).await?;
            Ok(location)
        })
    });
    let location = saved.await?;
    Ok(if saving { cx.redirect_with(location, "budget-done-draft", &[]) } else { cx.redirect(location) })
}

/// The author's own draft of an idea in this budget.
async fn own_draft(tx: &mut Tx<'_>, place: &Place, me: &Participant, id: i64) -> Result<Idea, Error> {
    let idea = ideas::find(tx, place.activity.id, id).await?.ok_or(Error::NotFound)?;
    let own = idea.c.author_id == Some(me.id) && idea.c.status == Status::Draft;
    if own { Ok(idea) } else { Err(Error::NotFound) }
}

fn answer(
    cx: &Ctx,
    status: StatusCode,
    place: Place,
    shelf: &Shelf,
    sent: Sent,
    errors: &FieldErrors,
    refused: Option<String>,
) -> Response {
    let page = place.page(cx, cx.t().get("budget-deposit-title")).errors(errors).noindex();
    let controls = Controls::new(&page, &place, shelf);
    cx.render_status(status, &View { page, place, sent, controls, refused })
}
