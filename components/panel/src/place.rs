//! Where a panel lives: its process, its activity, its rules.

use parvis_ballotbox::pages::At;
use parvis_civic::Error;
use parvis_civic::process::{self, Activity, Process, Status};
use parvis_core::{Access, Localized};
use parvis_i18n::T;
use parvis_store::{Fut, Tx, boxed};
use parvis_web::ui::{Html, tabs};
use parvis_web::{Ctx, Page, WebError};

use crate::drand;
use crate::model::{self, Rules, SeedFrom, Value};
use crate::store::Round;

/// One panel, as every page of it needs it.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// Its process.
    pub process: Process,
    /// Its activity.
    pub activity: Activity,
    /// Its rules.
    pub rules: Rules,
}

impl Place {
    /// The panel at this address. What is not published exists for staff only.
    ///
    /// # Errors
    /// [`Error::NotFound`]; the database.
    pub(crate) async fn find(tx: &mut Tx<'_>, at: &At, staff: bool) -> Result<Self, Error> {
        let found = process::activity_by_slug(tx, &at.process, &at.activity).await?;
        let (process, activity) = found.ok_or(Error::NotFound)?;
        let draft = process.status == Status::Draft || activity.status == Status::Draft;
        if (draft && !staff) || activity.component != model::NAME {
            return Err(Error::NotFound);
        }
        let rules = Rules::of(&activity);
        Ok(Self { process, activity, rules })
    }

    /// The address of its page.
    pub(crate) fn base(&self) -> String {
        format!("/p/{}/{}", self.process.slug, self.activity.slug)
    }

    /// The address of something below it.
    pub(crate) fn to(&self, rest: &str) -> String {
        format!("{}/{rest}", self.base())
    }

    /// The address of something in its administration.
    pub(crate) fn admin(&self, rest: &str) -> String {
        let slash = if rest.is_empty() { "" } else { "/" };
        format!("/admin/p/{}/{}{slash}{rest}", self.process.slug, self.activity.slug)
    }

    /// Tells the page cache how long a page of this panel stays true.
    pub(crate) fn cache(&self, cx: &Ctx) {
        if let Some(at) = self.activity.next_change(cx.now) {
            cx.cache_until(at);
        }
        if let Some(at) = self.rules.keep_until.filter(|at| *at > cx.now) {
            cx.cache_until(at);
        }
    }
}

/// Reads the panel, and something more of it.
///
/// # Errors
/// No such panel; the database.
pub(crate) async fn load<X, F>(cx: &Ctx, at: &At, more: F) -> Result<(Place, X), WebError>
where
    X: Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx<'_>, &'t Place) -> Fut<'t, Result<X, Error>> + Send + 'static,
{
    let (at, staff) = (at.clone(), Access::Staff.allows(cx.role()));
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &at, staff).await?;
            let more = more(tx, &place).await?;
            Ok::<_, Error>((place, more))
        })
    });
    Ok(loaded.await?)
}

/// Does something under the panel, which is read again in the same transaction.
///
/// # Errors
/// Those of the act.
pub(crate) async fn write<X, F>(cx: &Ctx, at: &At, act: F) -> Result<X, Error>
where
    X: Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx<'_>, &'t Place) -> Fut<'t, Result<X, Error>> + Send + 'static,
{
    let (at, staff) = (at.clone(), Access::Staff.allows(cx.role()));
    cx.store()
        .write_within(std::time::Duration::from_secs(60), move |tx| {
            boxed(async move {
                let place = Place::find(tx, &at, staff).await?;
                act(tx, &place).await
            })
        })
        .await
}

/// A page of readers, below the panel's own.
pub(crate) fn reader_page(cx: &Ctx, place: &Place, title: impl Into<String>) -> Page {
    let process = place.process.title.get(cx.locale());
    cx.page(title)
        .nav("processes")
        .crumb(process, format!("/p/{}", place.process.slug))
        .crumb(place.activity.title.get(cx.locale()), place.base())
}

/// A page of the administration.
pub(crate) fn admin_page(cx: &Ctx, place: &Place, title: impl Into<String>) -> Page {
    cx.page(title)
        .nav("admin")
        .noindex()
        .wide()
        .crumb(cx.t().get("panel-admin"), "/admin")
        .crumb(place.process.title.get(cx.locale()), format!("/admin/processes/{}", place.process.id))
        .crumb(place.activity.title.get(cx.locale()), place.admin(""))
}

/// The pages of the administration: last piece of the address, key of the name, whether agents have it too.
const TABS: [(&str, &str, bool); 12] = [
    ("", "panel-tab-dashboard", true),
    ("categories", "panel-tab-categories", false),
    ("quotas", "panel-tab-quotas", false),
    ("rules", "panel-tab-rules", false),
    ("letters", "panel-tab-letters", false),
    ("phones", "panel-tab-phones", false),
    ("entry", "panel-tab-entry", true),
    ("volunteers", "panel-tab-volunteers", false),
    ("draw", "panel-tab-draw", false),
    ("sessions", "panel-tab-sessions", false),
    ("recommendations", "panel-tab-recommendations", false),
    ("evaluation", "panel-tab-evaluation", true),
];

/// Where the seed comes from, in words.
pub(crate) fn source(page: &Page, rules: &Rules) -> Html {
    match (rules.seed_from, rules.draw_at) {
        (SeedFrom::Room, _) => page.said(&rules.seed_source),
        (SeedFrom::Drand, Some(at)) => page.said(&spoken(page, drand::round_at(at))),
        (SeedFrom::Drand, None) => page.said(&Localized::default()),
    }
}

/// Where the seed of an announced draw comes from: what was announced, whatever the rules say.
pub(crate) fn announced_source(page: &Page, rules: &Rules, round: &Round) -> Html {
    match drand::round_of(&round.announcement) {
        Some(number) => page.said(&spoken(page, number)),
        None => page.said(&rules.seed_source),
    }
}

/// A round of drand, in the language of the page.
fn spoken(page: &Page, round: i64) -> Localized {
    let said = page.t.with2(
        "panel-drand-round",
        "round",
        round.to_string(),
        "date",
        page.t.datetime(drand::moment_of(round)),
    );
    Localized::new(&said, &said)
}

/// The links between the pages of the administration.
pub(crate) fn nav(cx: &Ctx, place: &Place, current: &str) -> Html {
    let t = cx.t();
    let is_editor = Access::Editor.allows(cx.role());
    let all = TABS.into_iter().filter(|(.., agents)| *agents || is_editor);
    tabs(&t.get("panel-admin-nav"), all.map(|(to, key, _)| (place.admin(to), t.get(key), to == current)))
}

/// A day kept as ISO 8601, as the language writes it.
pub(crate) fn day(t: &T, iso: &str) -> String {
    t.parse_input(iso).map_or_else(|| iso.to_owned(), |at| t.date(at))
}

/// The seats of a value, in words: `4 to 6`, or `4` alone.
pub(crate) fn seats(t: &T, value: &Value) -> String {
    if value.min == value.max {
        return t.number(value.min);
    }
    t.with2("panel-quota", "min", value.min, "max", value.max)
}
