//! What became of the winners: progress, money spent against what was voted, promises against what was kept.

use askama::Template;
use axum::response::Response;
use jiff::civil::Date;
use parvis_core::{Access, Millis};
use parvis_i18n::T;
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Page, Routes, WebError};

use crate::life::{Outcome, Progress, Promise};
use crate::model::Project;
use crate::money;
use crate::place::{At, Place, load};
use crate::shelf::Shelf;
use crate::store::follow_up::{self, Step};

/// Its public page.
pub(crate) fn routes() -> Routes {
    Routes::new().get_cached("/p/{process}/{activity}/follow-up", Access::Anyone, page)
}

/// A day kept as ISO, in words.
pub(crate) fn day(t: &T, iso: &str) -> Html {
    let Some(at) = t.parse_input(iso) else { return Html(String::new()) };
    Html(format!("<time datetime=\"{iso}\">{}</time>", t.date(at)))
}

fn words(t: &T, day: Date) -> String {
    t.parse_input(&day.to_string()).map(|at| t.date(at)).unwrap_or_default()
}

/// The promises of a project, from its steps, the first first.
pub(crate) fn promise(project: &Project, steps: &[Step]) -> Promise {
    let read = |iso: &Option<String>| iso.as_deref().and_then(|text| text.parse::<Date>().ok());
    Promise {
        first: steps.iter().find_map(|s| read(&s.promised_on)),
        last: read(&project.promised_on),
        delivered: read(&project.delivered_on),
        is_abandoned: project.progress == Progress::Abandoned.code(),
    }
}

/// What became of a promise, in a sentence.
pub(crate) fn said(t: &T, promise: &Promise, today: Date) -> String {
    let on = |day: Option<Date>| day.map(|d| words(t, d)).unwrap_or_default();
    let (first, last, delivered) = (on(promise.first), on(promise.last), on(promise.delivered));
    match promise.outcome(today) {
        Outcome::NoDate => t.get("budget-promise-none"),
        Outcome::Waits if promise.last != promise.first => {
            t.with2("budget-promise-moved", "first", first, "last", last)
        }
        Outcome::Waits => t.with1("budget-promise-waits", "day", first),
        Outcome::Late(days) if promise.last > promise.first => {
            t.with3("budget-promise-late-moved", "count", days, "first", first, "last", last)
        }
        Outcome::Late(days) => t.with2("budget-promise-late", "count", days, "first", first),
        Outcome::InTime if promise.first.is_some() => {
            t.with2("budget-promise-kept", "day", delivered, "first", first)
        }
        Outcome::InTime => t.with1("budget-promise-delivered", "day", delivered),
        Outcome::DeliveredLate(days) => {
            t.with3("budget-promise-kept-late", "count", days, "day", delivered, "first", first)
        }
        Outcome::Abandoned => t.get("budget-promise-abandoned"),
    }
}

/// The sign beside that sentence.
pub(crate) fn sign(promise: &Promise, today: Date) -> &'static str {
    match promise.outcome(today) {
        Outcome::NoDate | Outcome::Waits => "soon",
        Outcome::Late(_) | Outcome::Abandoned => "no",
        Outcome::InTime => "yes",
        Outcome::DeliveredLate(_) => "info",
    }
}

/// The money spent, beside what was voted.
pub(crate) fn spending(t: &T, spent: i64, cost: i64) -> String {
    let (said, voted) = (money::say(t, spent), money::say(t, cost));
    if spent > cost {
        t.with3("budget-spent-over", "spent", said, "cost", voted, "over", money::say(t, spent - cost))
    } else {
        t.with3("budget-spent-of", "spent", said, "cost", voted, "share", t.percent(spent, cost))
    }
}

/// The first moment of tomorrow: what is late is counted in days.
pub(crate) fn tomorrow(cx: &Ctx) -> Millis {
    let t = cx.t();
    let next = t.civil(cx.now).date().tomorrow().ok();
    next.and_then(|day| t.parse_input(&day.to_string())).unwrap_or(cx.now + 3_600_000)
}

/// One winner of the page.
struct Winner {
    project: Project,
    progress: Progress,
    kept: (String, &'static str),
    spending: String,
}

#[derive(Template)]
#[template(path = "follow_up/page.html")]
struct View {
    page: Page,
    place: Place,
    figures: Vec<String>,
    spending: String,
    /// By envelope.
    groups: Vec<(Option<crate::model::District>, Vec<Winner>)>,
}

impl View {
    fn parted(fact: &str) -> (String, String) {
        let (figure, thing) = fact.split_once(' ').unwrap_or((fact, ""));
        (figure.to_owned(), thing.to_owned())
    }
}

/// The page.
pub(crate) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, (shelf, winners, steps)) = load(&cx, &at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let shelf = Shelf::read(tx, id).await?;
            let winners = follow_up::winners(tx, id).await?;
            Ok((shelf, winners, follow_up::all(tx, id).await?))
        })
    })
    .await?;
    place.cache(&cx);
    if !winners.is_empty() {
        cx.cache_until(tomorrow(&cx));
    }
    let t = cx.t();
    let today = t.civil(cx.now).date();
    let total = |of: fn(&Project) -> i64| winners.iter().fold(0_i64, |sum, p| sum.saturating_add(of(p)));
    let spending_of_all = spending(t, total(|p| p.spent), total(|p| p.cost));
    let winners: Vec<Winner> = winners
        .into_iter()
        .map(|project| {
            let own: Vec<Step> = steps.iter().filter(|s| s.project_id == project.id).cloned().collect();
            let promise = promise(&project, &own);
            Winner {
                progress: Progress::parse(&project.progress).unwrap_or(Progress::Studies),
                kept: (said(t, &promise, today), sign(&promise, today)),
                spending: spending(t, project.spent, project.cost),
                project,
            }
        })
        .collect();
    let count = |p: Progress| winners.iter().filter(|w| w.progress == p).count();
    let late = winners.iter().filter(|w| w.kept.1 == "no" && w.progress != Progress::Abandoned).count();
    let figures = vec![
        t.n("budget-winners-n", winners.len()),
        t.n("budget-delivered-n", count(Progress::Delivered)),
        t.n("budget-late-n", late),
        t.n("budget-abandoned-n", count(Progress::Abandoned)),
    ];
    let mut groups: Vec<(Option<crate::model::District>, Vec<Winner>)> = vec![];
    for winner in winners {
        let id = winner.project.district_id;
        match groups.iter_mut().find(|(d, _)| d.as_ref().map(|d| d.id) == Some(id)) {
            Some((_, list)) => list.push(winner),
            None => groups.push((shelf.district(Some(id)).cloned(), vec![winner])),
        }
    }
    let page = place.page(&cx, t.get("budget-follow-ups"));
    Ok(cx.render(&View { page, place, figures, spending: spending_of_all, groups }))
}
