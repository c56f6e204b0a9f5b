//! The page of a budget: what is at stake, where it stands, and the one thing to do now.

use askama::Template;
use axum::response::Response;
use parvis_ballotbox::Channel;
use parvis_ballotbox::close::{self, Turnout};
use parvis_civic::process::{Moment, Status as Published};
use parvis_core::Millis;
use parvis_i18n::T;
use parvis_store::boxed;
use parvis_web::ui::{Html, PhasePath, Step};
use parvis_web::{Ctx, Page, WebError};

use crate::map;
use crate::model::District;
use crate::money;
use crate::place::{At, Place, load};
use crate::shelf::Shelf;
use crate::store::{self, follow_up, ideas, imports};
use crate::vote::how;
use crate::vote::sealed::Content;

/// The one thing to do now: its words and where it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    Deposit,
    Vote,
    Results,
    FollowUp,
    Projects,
    Ideas,
}

impl Action {
    /// What a visitor is led to first.
    pub(crate) fn now(place: &Place, now: Millis, projects: usize, winners: usize) -> Self {
        if place.activity.results_at.is_some() {
            return if winners > 0 { Self::FollowUp } else { Self::Results };
        }
        if place.activity.is_open(now) {
            Self::Vote
        } else if place.deposit_is_open(now) {
            Self::Deposit
        } else if projects > 0 {
            Self::Projects
        } else {
            Self::Ideas
        }
    }

    /// The key of its words.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Deposit => "budget-deposit",
            Self::Vote => "budget-go-vote",
            Self::Results => "budget-go-results",
            Self::FollowUp => "budget-go-follow-up",
            Self::Projects => "budget-go-projects",
            Self::Ideas => "budget-go-ideas",
        }
    }

    /// Where it is done, below the overview.
    const fn path(self) -> &'static str {
        match self {
            Self::Deposit => "ideas/new",
            Self::Vote => "ballot",
            Self::Results => "results",
            Self::FollowUp => "follow-up",
            Self::Projects => "projects",
            Self::Ideas => "ideas",
        }
    }
}

#[derive(Template)]
#[template(path = "overview/page.html")]
struct View {
    page: Page,
    place: Place,
    districts: Vec<District>,
    total: String,
    path: PhasePath,
    action: Action,
    /// The other pages, as `(words, address)`.
    others: Vec<(String, String)>,
    figures: Vec<String>,
    map: Html,
    /// How the vote works; empty before its rules are chosen.
    how: Html,
    /// How many voted, once the vote has opened.
    turnout: Option<Turnout>,
    is_over: bool,
    is_draft: bool,
}

impl View {
    fn amount(&self, district: &District) -> String {
        money::say(&self.page.t, district.amount)
    }

    /// Signatures by the channels that were used.
    fn channels(&self, turnout: &Turnout) -> Vec<(String, i64)> {
        let used = Channel::ALL.into_iter().filter(|c| turnout.through(*c) > 0);
        used.map(|c| (self.page.t.get(c.key()), turnout.through(c))).collect()
    }

    fn parted(fact: &str) -> (String, String) {
        let (figure, thing) = fact.split_once(' ').unwrap_or((fact, ""));
        (figure.to_owned(), thing.to_owned())
    }
}

fn span(t: &T, from: Millis, to: Millis) -> String {
    t.with2("web-from-to", "from", t.short_date(from), "to", t.short_date(to - 1))
}

/// The path, with the moment of each step: by the clock, and by what was published.
fn path(t: &T, place: &Place, now: Millis, winners: usize) -> Vec<Step> {
    let vote = place.activity.phase.as_ref();
    let vote_moment = place.activity.moment(now);
    let dated = |key: &str, phase: Option<&parvis_civic::process::Phase>, otherwise: Moment| Step {
        title: t.get(key),
        dates: phase.map(|f| span(t, f.starts_at, f.ends_at)).unwrap_or_default(),
        moment: phase.map_or(otherwise, |f| f.moment(now)),
    };
    let deposit = place.deposit();
    let ideas_over = deposit.is_none_or(|f| f.moment(now) == Moment::After);
    let study = match (ideas_over, vote_moment) {
        (_, Moment::During | Moment::After) => Moment::After,
        (true, Moment::Before) => Moment::During,
        (false, Moment::Before) => Moment::Before,
    };
    let results = match (place.activity.results_at, vote_moment) {
        (Some(_), _) => Moment::After,
        (None, Moment::After) => Moment::During,
        (None, _) => Moment::Before,
    };
    let delivery =
        if place.activity.results_at.is_some() || winners > 0 { Moment::During } else { Moment::Before };
    let mut steps = vec![];
    if deposit.is_some() {
        steps.push(dated("budget-path-ideas", deposit, Moment::Before));
    }
    steps.push(dated("budget-path-study", place.phase(place.rules.ideas.study_phase), study));
    steps.push(dated("budget-path-vote", vote, Moment::Before));
    let said = place.activity.results_at.map(|at| t.short_date(at)).unwrap_or_default();
    steps.push(Step { title: t.get("budget-path-results"), dates: said, moment: results });
    steps.push(Step { title: t.get("budget-path-delivery"), dates: String::new(), moment: delivery });
    steps
}

/// The page.
pub(crate) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, (districts, ideas, projects, winners, imported, turnout)) = load(&cx, &at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let districts = store::districts(tx, id).await?;
            let ideas = ideas::count(tx, &ideas::Which::all(id)).await?;
            let projects = store::projects(tx, id).await?;
            let winners = follow_up::winners(tx, id).await?.len();
            // Only what is over can have been held elsewhere.
            let over = place.activity.results_at.is_some();
            let imported = if over { imports::content(tx, id).await? } else { None };
            let turnout = close::turnout(tx, id).await?;
            Ok((districts, ideas, projects, winners, imported, turnout))
        })
    })
    .await?;
    place.cache(&cx);
    let t = cx.t();
    let shelf = Shelf { districts, categories: vec![] };
    let content = imported.unwrap_or_else(|| Content::of(&place.rules, &shelf.districts, &projects));
    let projects = projects.len();
    let action = Action::now(&place, cx.now, projects, winners);
    let mut others: Vec<(String, String)> = vec![];
    let mut also = |action: Action, is_there: bool| {
        if is_there {
            others.push((t.get(action.key()), place.to(action.path())));
        }
    };
    also(Action::Projects, action != Action::Projects && projects > 0);
    also(Action::Ideas, action != Action::Ideas && (ideas > 0 || place.deposit().is_some()));
    also(Action::Results, action != Action::Results && place.activity.results_at.is_some());
    also(Action::FollowUp, action != Action::FollowUp && winners > 0);
    let total = shelf.districts.iter().fold(0_i64, |sum, d| sum.saturating_add(d.amount));
    let mut figures = vec![];
    if ideas > 0 {
        figures.push(t.n("budget-ideas-n", ideas));
    }
    if projects > 0 {
        figures.push(t.n("budget-projects-n", projects));
    }
    if winners > 0 {
        figures.push(t.n("budget-winners-n", winners));
    }
    let title = place.activity.title.get(cx.locale()).to_owned();
    let page = place.top(&cx, title).describe(place.activity.summary.get(cx.locale()));
    let outlines = shelf.outlines(page.locale());
    let words = map::Words { label: t.get("budget-map-districts"), ..Default::default() };
    let dates = place.activity.phase.as_ref().map(|phase| (phase.starts_at, phase.ends_at));
    let moment = place.activity.moment(cx.now);
    let is_held = content.imported.is_none() && place.rules.ties_chosen && moment != Moment::Before;
    let view = View {
        how: how::html(&page, &place.rules, &content, dates),
        turnout: is_held.then_some(turnout),
        is_over: moment == Moment::After,
        total: money::say(t, total),
        path: PhasePath::of(path(t, &place, cx.now, winners), t),
        map: map::draw(&outlines, &[], &words),
        is_draft: place.activity.status == Published::Draft,
        districts: shelf.districts,
        action,
        others,
        figures,
        page,
        place,
    };
    Ok(cx.render(&view))
}
