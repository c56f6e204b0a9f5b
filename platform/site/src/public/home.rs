//! The home page: what is under way, what comes, what is over, how it works, what is new.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use parvis_civic::process::{self, Moment, Phase, Process};
use parvis_civic::{Error, contribution};
use parvis_core::Millis;
use parvis_store::boxed;
use parvis_web::{Ctx, Page, WebError};

use super::place::{self, Item};
use super::store::{self, News};

/// How many processes the home page looks at; the others are in the list.
const SHOWN: i64 = 60;
/// How much news it shows.
const NEWS: i64 = 6;

/// A process in a list, with where the clock stands.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// The process.
    pub process: Process,
    /// Where it stands as a whole.
    pub moment: Moment,
    /// The phase under way, or the next one.
    pub phase: Option<Phase>,
    /// When its first phase begins.
    pub starts_at: Option<Millis>,
    /// When its last phase ends.
    pub ends_at: Option<Millis>,
}

impl Line {
    /// Reads where a process stands from its phases.
    pub(super) fn new(process: Process, phases: &[Phase], now: Millis) -> Self {
        let starts_at = phases.iter().map(|p| p.starts_at).min();
        let ends_at = phases.iter().map(|p| p.ends_at).max();
        let during = phases.iter().find(|p| p.moment(now) == Moment::During);
        let next = phases.iter().filter(|p| p.moment(now) == Moment::Before).min_by_key(|p| p.starts_at);
        let moment = match (during, next) {
            (Some(_), _) => Moment::During,
            // Between two phases a process is under way; before the first one it is to come.
            (None, Some(_)) if starts_at.is_some_and(|at| at <= now) => Moment::During,
            (None, Some(_)) => Moment::Before,
            (None, None) => Moment::After,
        };
        Self { process, moment, phase: during.or(next).cloned(), starts_at, ends_at }
    }

    /// The next moment at which this line changes by the clock alone.
    pub(super) fn next_change(phases: &[Phase], now: Millis) -> Option<Millis> {
        phases.iter().flat_map(|p| [p.starts_at, p.ends_at]).filter(|at| *at > now).min()
    }
}

/// The processes of a list with their phases, and until when the list stays true.
pub(super) fn lines(
    processes: Vec<Process>,
    phases: &BTreeMap<i64, Vec<Phase>>,
    now: Millis,
) -> (Vec<Line>, Option<Millis>) {
    let none = vec![];
    let mut until: Option<Millis> = None;
    let lines = processes
        .into_iter()
        .map(|process| {
            let phases = phases.get(&process.id).unwrap_or(&none);
            if let Some(at) = Line::next_change(phases, now) {
                until = Some(until.map_or(at, |u| u.min(at)));
            }
            Line::new(process, phases, now)
        })
        .collect();
    (lines, until)
}

/// One piece of news, in words.
struct Told {
    what: String,
    title: String,
    lang: String,
    href: String,
    at: Millis,
}

#[derive(Template)]
#[template(path = "public/home.html")]
struct Home {
    page: Page,
    open: Vec<Line>,
    soon: Vec<Line>,
    over: Vec<Line>,
    more: bool,
    news: Vec<Told>,
}

/// `GET /`.
pub(super) async fn page(cx: Ctx) -> Result<Response, WebError> {
    if !cx.site.settings().ready {
        return Ok(cx.redirect("/setup"));
    }
    let found = cx.store().read(|tx| {
        boxed(async move {
            let processes = process::list(tx, false, SHOWN + 1, 0).await?;
            let ids: Vec<i64> = processes.iter().map(|p| p.id).collect();
            let phases = store::phases(tx, &ids).await?;
            let news = store::news(tx, None, false, NEWS).await?;
            let of = |kinds: &[&str]| -> Vec<i64> {
                news.iter().filter(|n| kinds.contains(&n.kind.as_str())).map(|n| n.id).collect()
            };
            let (about, activities) = (of(&["contribution", "answer"]), of(&["results"]));
            let contributions = contribution::find_all(tx, &about).await?;
            let mut places: Vec<i64> = contributions.iter().map(|c| c.activity_id).collect();
            places.extend(activities);
            let places = store::places(tx, &places).await?;
            Ok::<_, Error>((processes, phases, news, contributions, places))
        })
    });
    let (mut processes, phases, news, contributions, places) = found.await?;
    let more = processes.len() > usize::try_from(SHOWN).unwrap_or(usize::MAX);
    processes.truncate(usize::try_from(SHOWN).unwrap_or(usize::MAX));
    let titles: BTreeMap<i64, (String, String)> = processes
        .iter()
        .map(|p| (p.id, (format!("/p/{}", p.slug), p.title.get(cx.locale()).to_owned())))
        .collect();

    let t = cx.t().clone();
    let tell = |n: &News| -> Option<Told> {
        let (title, href, lang) = match n.kind.as_str() {
            "process" => {
                let (href, title) = titles.get(&n.id)?.clone();
                (title, href, String::new())
            }
            "results" => {
                let place = places.get(&n.id)?;
                let href = format!("/p/{}/{}/results", place.process, place.activity);
                (place.title.get(cx.locale()).to_owned(), href, String::new())
            }
            _ => {
                let c = contributions.iter().find(|c| c.id == n.id)?;
                let item: Item = place::item(&cx, &places, c)?;
                (item.title, item.href, item.lang.code().to_owned())
            }
        };
        let what = match n.kind.as_str() {
            "contribution" => {
                let c = contributions.iter().find(|c| c.id == n.id)?;
                place::kind_words(&cx, c)
            }
            kind => t.get(&format!("public-news-{kind}")),
        };
        Some(Told { what, title, lang, href, at: n.at })
    };
    let news = news.iter().filter_map(tell).collect();

    let (all, until) = lines(processes, &phases, cx.now);
    if let Some(until) = until {
        cx.cache_until(until);
    }
    let of = |moment| all.iter().filter(|l| l.moment == moment).cloned().collect::<Vec<_>>();
    let (open, soon, over) = (of(Moment::During), of(Moment::Before), of(Moment::After));
    let settings = cx.site.settings();
    let page = cx
        .page(settings.name.get(cx.locale()))
        .describe(settings.tagline.get(cx.locale()))
        .feed("/feed.atom");
    Ok(cx.render(&Home { page, open, soon, over, more, news }))
}
