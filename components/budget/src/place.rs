//! Where an act takes place: the process and its phases, the activity, its rules.

use parvis_civic::Error;
use parvis_civic::account::{Participant, Status as AccountStatus};
use parvis_civic::process::{self, Activity, Moment, Phase, Process, Status as Published};
use parvis_core::{Access, Locale, Localized, Millis};
use parvis_store::{Fut, Tx, boxed};
pub(crate) use parvis_web::address::{At, On};
use parvis_web::{Ctx, Page, WebError};

use crate::model::Rules;

/// One participatory budget, as every page of it needs it.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) process: Process,
    pub(crate) activity: Activity,
    pub(crate) rules: Rules,
    pub(crate) phases: Vec<Phase>,
}

impl Place {
    /// The budget at this address. What is not published exists for staff only.
    pub(crate) async fn find(tx: &mut Tx<'_>, at: &At, staff: bool) -> Result<Self, Error> {
        let found = process::activity_by_slug(tx, &at.process, &at.activity).await?;
        let (process, activity) = found.ok_or(Error::NotFound)?;
        let draft = process.status == Published::Draft || activity.status == Published::Draft;
        if (draft && !staff) || activity.component != crate::model::NAME {
            return Err(Error::NotFound);
        }
        let rules = Rules::of(&activity);
        let phases = process::phases(tx, process.id).await?;
        Ok(Self { process, activity, rules, phases })
    }

    /// The address of the overview.
    pub(crate) fn base(&self) -> String {
        format!("/p/{}/{}", self.process.slug, self.activity.slug)
    }

    /// The address of something below the overview.
    pub(crate) fn to(&self, rest: impl std::fmt::Display) -> String {
        format!("/p/{}/{}/{rest}", self.process.slug, self.activity.slug)
    }

    /// The address of an idea.
    pub(crate) fn idea(&self, id: &i64) -> String {
        self.to(format_args!("ideas/{id}"))
    }

    /// The address of a project.
    pub(crate) fn project(&self, id: &i64) -> String {
        self.to(format_args!("projects/{id}"))
    }

    /// The address of something in its administration.
    pub(crate) fn admin(&self, rest: impl std::fmt::Display) -> String {
        let rest = rest.to_string();
        let slash = if rest.is_empty() { "" } else { "/" };
        format!("/admin/p/{}/{}{slash}{rest}", self.process.slug, self.activity.slug)
    }

    /// A page of this budget, below its overview.
    pub(crate) fn page(&self, cx: &Ctx, title: impl Into<String>) -> Page {
        self.top(cx, title).crumb(self.activity.title.get(cx.locale()), self.base())
    }

    /// The overview's own page.
    pub(crate) fn top(&self, cx: &Ctx, title: impl Into<String>) -> Page {
        let process = self.process.title.get(cx.locale());
        cx.page(title).nav("processes").crumb(process, format!("/p/{}", self.process.slug))
    }

    /// The phase of this number, when it is one of this process.
    pub(crate) fn phase(&self, id: Option<i64>) -> Option<&Phase> {
        self.phases.iter().find(|f| Some(f.id) == id)
    }

    /// The phase in which ideas are deposited.
    pub(crate) fn deposit(&self) -> Option<&Phase> {
        self.phase(self.rules.ideas.phase)
    }

    /// Whether ideas are deposited now.
    pub(crate) fn deposit_is_open(&self, now: Millis) -> bool {
        self.deposit().is_some_and(|phase| self.activity.must_be_open_in(phase, now).is_ok())
    }

    /// What stands in the way of depositing an idea, in the visitor's language; none while it is possible.
    pub(crate) fn closed(&self, cx: &Ctx) -> Option<String> {
        let t = cx.t();
        if self.deposit_is_open(cx.now) {
            return None;
        }
        let Some(phase) = self.deposit() else { return Some(t.get("budget-deposit-none")) };
        Some(match phase.moment(cx.now) {
            Moment::After => t.with1("budget-deposit-closed", "date", t.datetime(phase.ends_at)),
            Moment::Before => t.with1("budget-deposit-soon", "date", t.datetime(phase.starts_at)),
            Moment::During => t.get("budget-draft-notice"),
        })
    }

    /// Tells the page cache how long a page of this budget stays true: until a phase of its process opens or closes.
    pub(crate) fn cache(&self, cx: &Ctx) {
        let moments = self.phases.iter().flat_map(|f| [f.starts_at, f.ends_at]);
        if let Some(at) = moments.filter(|at| *at > cx.now).min() {
            cx.cache_until(at);
        }
    }
}

/// Whether the visitor works here: they see what is not published yet.
pub(crate) fn is_staff(cx: &Ctx) -> bool {
    Access::Staff.allows(cx.role())
}

/// The participant who acts. A suspended account reads and cannot act.
pub(crate) fn acting(cx: &Ctx) -> Result<Participant, WebError> {
    let me = cx.me()?;
    if me.status == AccountStatus::Active { Ok(me.clone()) } else { Err(WebError::Forbidden) }
}

/// Reads the budget, and something more of it.
pub(crate) async fn load<X, F>(cx: &Ctx, at: &At, more: F) -> Result<(Place, X), WebError>
where
    X: Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx<'_>, &'t Place) -> Fut<'t, Result<X, Error>> + Send + 'static,
{
    let (at, staff) = (at.clone(), is_staff(cx));
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &at, staff).await?;
            let more = more(tx, &place).await?;
            Ok::<_, Error>((place, more))
        })
    });
    Ok(loaded.await?)
}

/// Does something in the budget, which is read again in the same transaction.
pub(crate) async fn write<X, F>(cx: &Ctx, at: &At, act: F) -> Result<X, Error>
where
    X: Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx<'_>, &'t Place) -> Fut<'t, Result<X, Error>> + Send + 'static,
{
    let (at, staff) = (at.clone(), is_staff(cx));
    cx.store()
        .write(move |tx| {
            boxed(async move {
                let place = Place::find(tx, &at, staff).await?;
                act(tx, &place).await
            })
        })
        .await
}

/// A sentence in both languages, for a mail.
pub(crate) fn both(cx: &Ctx, say: impl Fn(&parvis_i18n::T) -> String) -> Localized {
    Localized::new(say(&cx.site.t(Locale::Fr)), say(&cx.site.t(Locale::En)))
}

/// The canonical path of an idea.
pub(crate) fn locate(process: &str, activity: &str, c: &parvis_civic::contribution::Contribution) -> String {
    let base = format!("/p/{process}/{activity}");
    match c.status {
        parvis_civic::contribution::Status::Draft => format!("{base}/ideas/drafts/{}", c.id),
        _ => format!("{base}/ideas/{}", c.id),
    }
}
