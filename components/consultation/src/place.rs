//! Where an act takes place: the process, the activity, its rules, and the contribution it is about.

use parvis_civic::account::{Participant, Status as AccountStatus};
use parvis_civic::contribution::{self, Contribution, Draft, Status};
use parvis_civic::process::{self, Activity, Moment, Process, Status as Published};
use parvis_civic::{Error, answer, once};
use parvis_core::{Access, Millis};
use parvis_store::{Tx, boxed};
pub(crate) use parvis_web::address::{At, On};
use parvis_web::{Ctx, Page, WebError};

use crate::model::{AMENDMENT, ARGUMENT, DEBATED, Rules, SOURCE, Settled};
use crate::store;

/// One consultation, as every page of it needs it.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) process: Process,
    pub(crate) activity: Activity,
    pub(crate) rules: Rules,
}

/// Whether the visitor writes consultations: they see what is not published yet.
pub(crate) fn is_editor(cx: &Ctx) -> bool {
    Access::Editor.allows(cx.role())
}

impl Place {
    /// The consultation at this address. What is not published exists for editors only.
    pub(crate) async fn find(tx: &mut Tx<'_>, at: &At, editor: bool) -> Result<Self, Error> {
        let found = process::activity_by_slug(tx, &at.process, &at.activity).await?;
        let (process, activity) = found.ok_or(Error::NotFound)?;
        let draft = process.status == Published::Draft || activity.status == Published::Draft;
        if (draft && !editor) || activity.component != crate::model::NAME {
            return Err(Error::NotFound);
        }
        let rules = Rules::of(&activity);
        Ok(Self { process, activity, rules })
    }

    /// The address of the overview.
    pub(crate) fn base(&self) -> String {
        format!("/p/{}/{}", self.process.slug, self.activity.slug)
    }

    /// The address of something below the overview.
    pub(crate) fn to(&self, rest: impl std::fmt::Display) -> String {
        format!("/p/{}/{}/{rest}", self.process.slug, self.activity.slug)
    }

    /// The address of a contribution of this consultation.
    pub(crate) fn href(&self, c: &Contribution) -> String {
        locate(&self.process.slug, &self.activity.slug, c)
    }

    /// A page of this consultation, below its overview.
    pub(crate) fn page(&self, cx: &Ctx, title: impl Into<String>) -> Page {
        self.top(cx, title).crumb(self.activity.title.get(cx.locale()), self.base())
    }

    /// The overview's own page.
    pub(crate) fn top(&self, cx: &Ctx, title: impl Into<String>) -> Page {
        let process = self.process.title.get(cx.locale());
        cx.page(title).nav("processes").crumb(process, format!("/p/{}", self.process.slug))
    }

    /// What stands in the way of acting, in the visitor's language; none while the consultation is open.
    pub(crate) fn closed(&self, cx: &Ctx) -> Option<String> {
        let t = cx.t();
        if self.activity.is_open(cx.now) {
            return None;
        }
        let Some(phase) = &self.activity.phase else { return Some(t.get("consultation-no-dates")) };
        Some(match self.activity.moment(cx.now) {
            Moment::After => t.with1("consultation-closed-since", "date", t.datetime(phase.ends_at)),
            Moment::Before => t.with1("consultation-not-open-yet", "date", t.datetime(phase.starts_at)),
            Moment::During => t.get("consultation-draft-notice"),
        })
    }

    /// Whether it is closed for good.
    pub(crate) fn is_over(&self, now: &Millis) -> bool {
        self.activity.moment(*now) == Moment::After
    }

    /// Tells the page cache how long a page of this consultation stays true.
    pub(crate) fn cache(&self, cx: &Ctx) {
        if let Some(at) = self.activity.next_change(cx.now) {
            cx.cache_until(at);
        }
    }

    /// A contribution of this consultation that has a page and is published.
    pub(crate) async fn debated(&self, tx: &mut Tx<'_>, id: i64) -> Result<Contribution, Error> {
        let c = contribution::find(tx, id).await?.ok_or(Error::NotFound)?;
        let here = c.activity_id == self.activity.id && DEBATED.contains(&c.kind.as_str());
        if !here || c.status == Status::Draft {
            return Err(Error::NotFound);
        }
        Ok(c)
    }
}

/// The canonical path of a contribution; those that stand on another's page get an anchor there.
pub(crate) fn locate(process: &str, activity: &str, c: &Contribution) -> String {
    let base = format!("/p/{process}/{activity}");
    match (c.status, c.kind.as_str(), c.parent_id) {
        (Status::Draft, ..) => format!("{base}/drafts/{}", c.id),
        (Status::Withdrawn | Status::Hidden, ARGUMENT | SOURCE, Some(parent)) => {
            format!("{base}/c/{parent}#gone")
        }
        (_, ARGUMENT, Some(parent)) => format!("{base}/c/{parent}?at={id}#c-{id}", id = c.id),
        (_, SOURCE, Some(parent)) => format!("{base}/c/{parent}#c-{}", c.id),
        _ => format!("{base}/c/{}", c.id),
    }
}

/// The participant who acts. A suspended account reads and cannot act.
pub(crate) fn acting(cx: &Ctx) -> Result<Participant, WebError> {
    let me = cx.me()?;
    if me.status == AccountStatus::Active { Ok(me.clone()) } else { Err(WebError::Forbidden) }
}

/// A contribution written and published in one act. Gives where the page that shows it is; the same form sent
/// again leads to the same place and does nothing more.
pub(crate) async fn publish(
    tx: &mut Tx<'_>,
    now: Millis,
    who: &Participant,
    place: &Place,
    draft: &Draft,
    idem: &str,
) -> Result<String, Error> {
    if let Some(location) = once::seen(tx, who.id, idem).await? {
        return Ok(location);
    }
    let id = contribution::save_draft(tx, now, who, &place.activity, draft, None).await?;
    let (published, _) = contribution::publish(tx, now, who, id).await?;
    let location = place.href(&published);
    once::remember(tx, now, who.id, idem, &location).await?;
    Ok(location)
}

/// What the organisation did with a text that its author may want to change or withdraw.
pub(crate) async fn settled(tx: &mut Tx<'_>, c: &Contribution) -> Result<Option<Settled>, Error> {
    if answer::of(tx, c.id, false).await?.is_some() {
        return Ok(Some(Settled::Answered));
    }
    let fate = if c.kind == AMENDMENT { store::amendments(tx, &[c.id]).await?.pop() } else { None };
    Ok(fate.and_then(|fate| fate.decision).map(|_| Settled::Decided))
}

/// The text that an argument or a source is written about.
pub(crate) async fn under(cx: &Ctx, on: &On) -> Result<(Place, Contribution), WebError> {
    let (on, editor) = (on.clone(), is_editor(cx));
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &on.at, editor).await?;
            let parent = place.debated(tx, on.id).await?;
            Ok::<_, Error>((place, parent))
        })
    });
    Ok(loaded.await?)
}

/// Why nothing can be written about this text now; `allowed`: what the rules say.
pub(crate) fn refusal(cx: &Ctx, place: &Place, parent: &Contribution, allowed: bool) -> Option<String> {
    if !allowed {
        Some(cx.t().get("consultation-refused-off"))
    } else if parent.status != Status::Published {
        Some(cx.t().get("consultation-parent-gone"))
    } else {
        place.closed(cx)
    }
}
