//! The envelopes: the money of the town or of each district, and where it is spent.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::seal;
use parvis_civic::journal::{self, Leaf};
use parvis_civic::process::Status as Published;
use parvis_civic::{Error, once};
use parvis_core::{FieldErrors, Localized};
use parvis_ops::audit;
use parvis_store::{Tx, boxed};
use parvis_web::ui::{Field, Html};
use parvis_web::{Ctx, Form, Page, Upload, WebError};
use serde_json::json;

use super::{Shift, both, change};
use crate::geo::Outline;
use crate::model::District;
use crate::money;
use crate::place::{At, On, Place, acting, load};
use crate::store;
use crate::store::envelopes;

#[derive(Template)]
#[template(path = "admin/envelopes.html")]
struct List {
    page: Page,
    place: Place,
    nav: Html,
    districts: Vec<District>,
    is_sealed: bool,
}

impl List {
    fn amount(&self, district: &District) -> String {
        money::say(&self.page.t, district.amount)
    }
}

/// The list; `problem`: why what was asked was not done.
async fn list(cx: &Ctx, at: &At, problem: Option<&'static str>) -> Result<Response, WebError> {
    let (place, (districts, is_sealed)) = load(cx, at, |tx, place| {
        boxed(async move {
            let districts = store::districts(tx, place.activity.id).await?;
            Ok((districts, seal::is_sealed(tx, place.activity.id).await?))
        })
    })
    .await?;
    let mut page = super::page(cx, &place, cx.t().get("budget-page-envelopes"));
    if let Some(key) = problem {
        page = page.error(cx.t().get(key));
    }
    let nav = super::nav(cx, &place, "envelopes");
    let status = if problem.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(cx.render_status(status, &List { page, place, nav, districts, is_sealed }))
}

/// The list.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    list(&cx, &at, None).await
}

#[derive(Template)]
#[template(path = "admin/envelope.html")]
struct One {
    page: Page,
    place: Place,
    nav: Html,
    action: String,
    name: [Field; 2],
    body: [Field; 2],
    amount: String,
    outline: String,
    everybody: bool,
    picture: Html,
}

/// An envelope as the form holds it: the amount and the outline as they were typed.
struct Sent {
    district: District,
    amount: String,
    outline: String,
}

impl Sent {
    fn of(cx: &Ctx, district: District) -> Self {
        let amount =
            if district.amount > 0 { money::field(cx.t(), Some(district.amount)) } else { String::new() };
        let outline = district.outline.clone().unwrap_or_default();
        Self { district, amount, outline }
    }

    fn empty() -> Self {
        let none = Localized::default;
        let district =
            District { id: 0, name: none(), body: none(), amount: 0, outline: None, everybody: false };
        Self { district, amount: String::new(), outline: String::new() }
    }
}

async fn form(cx: &Ctx, at: &At, sent: Sent, errors: &FieldErrors) -> Result<Response, WebError> {
    let (place, ()) = load(cx, at, |_, _| boxed(async { Ok(()) })).await?;
    let id = sent.district.id;
    let t = cx.t();
    let page =
        super::page(cx, &place, t.get(if id == 0 { "budget-envelope-new" } else { "budget-envelope-edit" }))
            .crumb(t.get("budget-page-envelopes"), place.admin("envelopes"))
            .errors(errors);
    let action =
        if id == 0 { place.admin("envelopes/new") } else { place.admin(format_args!("envelopes/{id}")) };
    let drawn = Outline::parse(&sent.outline).map(|o| vec![(page.say(&sent.district.name).to_owned(), o)]);
    let words = crate::map::Words { label: t.get("budget-field-outline"), ..Default::default() };
    let view = One {
        nav: super::nav(cx, &place, "envelopes"),
        name: both::lines(&page, "name", "budget-envelope-name", &sent.district.name),
        body: both::areas(&page, "body", "budget-envelope-body", &sent.district.body, 4),
        picture: crate::map::draw(&drawn.unwrap_or_default(), &[], &words),
        amount: sent.amount,
        outline: sent.outline,
        everybody: sent.district.everybody,
        page,
        place,
        action,
    };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(cx.render_status(status, &view))
}

/// A new envelope.
pub(super) async fn new(cx: Ctx, at: At) -> Result<Response, WebError> {
    form(&cx, &at, Sent::empty(), &FieldErrors::new()).await
}

/// An envelope to change.
pub(super) async fn edit(cx: Ctx, on: On) -> Result<Response, WebError> {
    let id = on.id;
    let (_, found) = load(&cx, &on.at, move |tx, place| {
        boxed(async move {
            let all = store::districts(tx, place.activity.id).await?;
            all.into_iter().find(|d| d.id == id).ok_or(Error::NotFound)
        })
    })
    .await?;
    form(&cx, &on.at, Sent::of(&cx, found), &FieldErrors::new()).await
}

/// Reads the form; every mistake at once.
fn read(id: i64, upload: &Upload) -> (Sent, FieldErrors) {
    let fields = &upload.fields;
    let mut errors = FieldErrors::new();
    let name =
        both::read(&mut errors, fields, ["name_fr", "name_en"], 150, Some("budget-envelope-name-empty"));
    let body = both::read(&mut errors, fields, ["body_fr", "body_en"], 2_000, None);
    let typed = fields.get("amount").to_owned();
    let amount = money::read(&typed).filter(|cents| *cents > 0);
    if amount.is_none() {
        errors.add("amount", "budget-amount-empty");
    }
    let (outline, field) = match upload.file("outline_file") {
        Some(file) => (String::from_utf8_lossy(&file.bytes).trim().to_owned(), "outline_file"),
        None => (fields.get("outline").to_owned(), "outline"),
    };
    let parsed = match outline.as_str() {
        "" => None,
        text => match Outline::parse(text) {
            Ok(outline) => Some(outline.to_json()),
            Err(key) => {
                errors.add(field, key);
                None
            }
        },
    };
    let everybody = fields.has("everybody");
    let district = District { id, name, body, amount: amount.unwrap_or(0), outline: parsed, everybody };
    // A file that is wrong is not written back into the page: it may be large.
    let outline =
        if field == "outline_file" { district.outline.clone().unwrap_or_default() } else { outline };
    (Sent { district, amount: typed, outline }, errors)
}

/// What the journal says of an envelope of a published budget.
async fn record(
    tx: &mut Tx<'_>,
    cx: &Ctx,
    place: &Place,
    me: i64,
    d: &District,
    id: i64,
) -> Result<(), Error> {
    let object = format!("activity:{}", place.activity.id);
    audit::record(tx, cx.now, Some(me), "envelope-saved", &object, &json!({ "envelope": id })).await?;
    if place.activity.status == Published::Published {
        let body = json!({
            "activity": place.activity.id, "envelope": id, "name": d.name, "amount": d.amount,
            "everybody": d.everybody,
        });
        let leaf = Leaf::new("envelope-saved").object("activity", place.activity.id).body(body);
        journal::write(tx, cx.now, leaf).await?;
    }
    Ok(())
}

async fn save(cx: Ctx, at: At, id: i64, upload: Upload) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let (sent, errors) = read(id, &upload);
    if !errors.is_empty() {
        return form(&cx, &at, sent, &errors).await;
    }
    let (district, idem, inner) = (sent.district.clone(), upload.fields.get("idem").to_owned(), cx.clone());
    let done = change(&cx, &at, "envelopes", move |tx, place| {
        boxed(async move {
            let to = place.admin("envelopes");
            if once::seen(tx, me.id, &idem).await?.is_some() {
                return Ok(to);
            }
            let activity = place.activity.id;
            let costs = store::projects(tx, activity).await?;
            let dear = costs.iter().filter(|p| p.district_id == id).map(|p| p.cost).max().unwrap_or(0);
            if dear > district.amount {
                let mut errors = FieldErrors::new();
                let cost = money::say(inner.t(), dear);
                errors.add_with("amount", "budget-amount-below", vec![("cost", cost)]);
                return Err(Error::Fields(errors));
            }
            let saved = if id == 0 {
                envelopes::add(tx, activity, &district).await?
            } else if envelopes::save(tx, activity, &district).await? {
                id
            } else {
                return Err(Error::NotFound);
            };
            record(tx, &inner, place, me.id, &district, saved).await?;
            once::remember(tx, inner.now, me.id, &idem, &to).await?;
            Ok(to)
        })
    });
    match done.await {
        Ok(Some(to)) => Ok(cx.redirect_with(to, "budget-saved", &[])),
        Ok(None) => list(&cx, &at, Some("budget-seal-closed")).await,
        Err(Error::Fields(errors)) => form(&cx, &at, sent, &errors).await,
        Err(e) => Err(e.into()),
    }
}

/// Adds an envelope.
pub(super) async fn create(cx: Ctx, at: At, sent: Upload) -> Result<Response, WebError> {
    save(cx, at, 0, sent).await
}

/// Saves an envelope.
pub(super) async fn update(cx: Ctx, on: On, sent: Upload) -> Result<Response, WebError> {
    save(cx, on.at, on.id, sent).await
}

/// Moves an envelope up or down.
pub(super) async fn shift(cx: Ctx, on: On, Form(sent): Form<Shift>) -> Result<Response, WebError> {
    let id = on.id;
    let done = change(&cx, &on.at, "envelopes", move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            let order = store::districts(tx, activity).await?.into_iter().map(|d| d.id).collect();
            envelopes::reorder(tx, activity, &super::shifted(order, id, &sent.to)?).await?;
            Ok(place.admin("envelopes"))
        })
    });
    match done.await? {
        Some(to) => Ok(cx.redirect(to)),
        None => list(&cx, &on.at, Some("budget-seal-closed")).await,
    }
}

/// Removes an envelope that nothing is in.
pub(super) async fn delete(cx: Ctx, on: On) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let (id, now) = (on.id, cx.now);
    let done = change(&cx, &on.at, "envelopes", move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            if envelopes::is_used(tx, id).await? {
                return Err(Error::Conflict("budget-envelope-used"));
            }
            if !envelopes::remove(tx, activity, id).await? {
                return Err(Error::NotFound);
            }
            let object = format!("activity:{activity}");
            audit::record(tx, now, Some(me.id), "envelope-removed", &object, &json!({ "envelope": id }))
                .await?;
            if place.activity.status == Published::Published {
                let body = json!({ "activity": activity, "envelope": id });
                let leaf = Leaf::new("envelope-removed").object("activity", activity).body(body);
                journal::write(tx, now, leaf).await?;
            }
            Ok(place.admin("envelopes"))
        })
    });
    match done.await {
        Ok(Some(to)) => Ok(cx.redirect_with(to, "budget-removed", &[])),
        Ok(None) => list(&cx, &on.at, Some("budget-seal-closed")).await,
        Err(Error::Conflict(key)) => list(&cx, &on.at, Some(key)).await,
        Err(e) => Err(e.into()),
    }
}
