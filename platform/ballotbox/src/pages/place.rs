//! Where a vote takes place: its process, its activity, its ballot.

use std::sync::Arc;

use jiff::civil::Date;
use parvis_civic::Error;
use parvis_civic::account::{Participant, Status as AccountStatus};
use parvis_civic::process::{self, Activity, Moment, Process, Status as Published};
use parvis_core::{Access, Role};
use parvis_store::{Fut, Tx, boxed};
pub use parvis_web::address::At;
use parvis_web::ui::{Html, tabs};
use parvis_web::{Ctx, Page, WebError};

use super::{Ballot, Held, Poll};
use crate::seal::Seal;

/// One vote, as every page of it needs it.
#[derive(Clone)]
pub struct Place {
    /// Its process.
    pub process: Process,
    /// Its activity.
    pub activity: Activity,
    /// Its ballot.
    pub ballot: Arc<dyn Ballot>,
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Place").field("activity", &self.activity.id).finish_non_exhaustive()
    }
}

impl Place {
    /// The vote at this address. What is not published exists for staff only.
    ///
    /// # Errors
    /// [`Error::NotFound`]; the database.
    pub async fn find(tx: &mut Tx<'_>, poll: &dyn Poll, at: &At, staff: bool) -> Result<Self, Error> {
        let found = process::activity_by_slug(tx, &at.process, &at.activity).await?;
        let (process, activity) = found.ok_or(Error::NotFound)?;
        let draft = process.status == Published::Draft || activity.status == Published::Draft;
        if (draft && !staff) || activity.component != poll.component() {
            return Err(Error::NotFound);
        }
        let ballot = poll.ballot(tx, &activity).await?;
        Ok(Self { process, activity, ballot })
    }

    /// What every act of a voter is done under.
    ///
    /// # Errors
    /// [`Error::Conflict`] while something that is voted on is missing: nothing is sealed before it is there.
    pub fn seal(&self) -> Result<Seal<'_>, Error> {
        if !self.ballot.is_ready() {
            return Err(Error::Conflict("ballotbox-not-ready"));
        }
        Ok(Seal { activity: &self.activity, rules: self.ballot.rules(), content: self.ballot.content() })
    }

    /// The address of the vote's page.
    pub fn base(&self) -> String {
        format!("/p/{}/{}", self.process.slug, self.activity.slug)
    }

    /// The address of something below it.
    pub fn to(&self, rest: &str) -> String {
        format!("{}/{rest}", self.base())
    }

    /// The address of something in its administration.
    pub fn admin(&self, rest: &str) -> String {
        let slash = if rest.is_empty() { "" } else { "/" };
        format!("/admin/p/{}/{}{slash}{rest}", self.process.slug, self.activity.slug)
    }

    /// What stands in the way of voting now, in the visitor's language; none while the vote is open.
    pub fn closed(&self, cx: &Ctx) -> Option<String> {
        let t = cx.t();
        if self.activity.is_open(cx.now) {
            return (!self.ballot.is_ready()).then(|| t.get("ballotbox-not-ready"));
        }
        let Some(phase) = &self.activity.phase else { return Some(t.get("ballotbox-no-dates")) };
        Some(match self.activity.moment(cx.now) {
            Moment::After => t.with1("ballotbox-closed-since", "date", t.datetime(phase.ends_at)),
            Moment::Before => t.with1("ballotbox-not-open-yet", "date", t.datetime(phase.starts_at)),
            Moment::During => t.get("ballotbox-draft"),
        })
    }

    /// Tells the page cache how long a page of this vote stays true.
    pub fn cache(&self, cx: &Ctx) {
        if let Some(at) = self.activity.next_change(cx.now) {
            cx.cache_until(at);
        }
    }
}

/// The day, where the site is.
pub(super) fn today(cx: &Ctx) -> Date {
    cx.t().civil(cx.now).date()
}

/// Reads the vote, and something more of it.
///
/// # Errors
/// No such vote; the database.
pub async fn load<X, F>(poll: &Held, cx: &Ctx, at: &At, more: F) -> Result<(Place, X), WebError>
where
    X: Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx<'_>, &'t Place) -> Fut<'t, Result<X, Error>> + Send + 'static,
{
    let (poll, at, staff) = (Arc::clone(poll), at.clone(), Access::Staff.allows(cx.role()));
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &*poll, &at, staff).await?;
            let more = more(tx, &place).await?;
            Ok::<_, Error>((place, more))
        })
    });
    Ok(loaded.await?)
}

/// Does something under the vote, which is read again in the same transaction.
pub(super) async fn write<X, F>(poll: &Held, cx: &Ctx, at: &At, act: F) -> Result<X, Error>
where
    X: Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx<'_>, &'t Place) -> Fut<'t, Result<X, Error>> + Send + 'static,
{
    let (poll, at, staff) = (Arc::clone(poll), at.clone(), Access::Staff.allows(cx.role()));
    cx.store()
        .write_within(std::time::Duration::from_secs(60), move |tx| {
            boxed(async move {
                let place = Place::find(tx, &*poll, &at, staff).await?;
                act(tx, &place).await
            })
        })
        .await
}

/// The participant who acts: active, and past the welcome page.
///
/// # Errors
/// [`WebError::SignInFirst`], [`WebError::Forbidden`].
pub fn acting(cx: &Ctx) -> Result<Participant, WebError> {
    let me = cx.me()?;
    if me.role == Role::Participant && me.terms_at.is_none() {
        return Err(WebError::SignInFirst);
    }
    if me.status == AccountStatus::Active { Ok(me.clone()) } else { Err(WebError::Forbidden) }
}

/// A page of voters, below the vote's own.
pub fn reader_page(cx: &Ctx, place: &Place, title: impl Into<String>) -> Page {
    let process = place.process.title.get(cx.locale());
    cx.page(title)
        .nav("processes")
        .noindex()
        .crumb(process, format!("/p/{}", place.process.slug))
        .crumb(place.activity.title.get(cx.locale()), place.base())
}

/// A page of the administration.
pub fn admin_page(cx: &Ctx, place: &Place, title: impl Into<String>) -> Page {
    let t = cx.t();
    cx.page(title)
        .nav("admin")
        .noindex()
        .wide()
        .crumb(t.get("ballotbox-admin"), "/admin")
        .crumb(place.process.title.get(cx.locale()), format!("/admin/processes/{}", place.process.id))
        .crumb(place.activity.title.get(cx.locale()), place.admin(""))
}

/// The links between the pages of the administration: the component's own, then those of the box that it did not place.
pub fn nav(poll: &dyn Poll, cx: &Ctx, place: &Place, current: &str) -> Html {
    let t = cx.t();
    let is_editor = Access::Editor.allows(cx.role());
    let rules = place.ballot.rules();
    let hand = rules.paper || rules.desk;
    let boxed = [
        ("roll", "ballotbox-tab-roll"),
        ("desk", "ballotbox-tab-desk"),
        ("paper", "ballotbox-tab-paper"),
        ("report", "ballotbox-tab-report"),
    ];
    let shown = |to: &str| match to {
        "desk" => hand,
        "paper" => rules.paper,
        "report" => true,
        _ => is_editor,
    };
    // A component may give the box's own pages their place among its own.
    let own = poll.tabs();
    let rest = boxed.iter().filter(|(to, _)| own.iter().all(|(name, _)| name != to));
    let all = own.iter().chain(rest).filter(|(to, _)| shown(to));
    let links = all.map(|(to, key)| (place.admin(to), t.get(key), *to == current));
    tabs(&t.get("ballotbox-admin-nav"), links)
}
