//! The consultation's own page: what it is about, the text put to consultation, and the list of texts.

use askama::Template;
use axum::extract::Query as Params;
use axum::response::Response;
use parvis_civic::account::Participant;
use parvis_civic::contribution::{Contribution, Totals};
use parvis_civic::process::{self, Moment, Phase, Status as Published};
use parvis_civic::{Error, random, reaction};
use parvis_core::Localized;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Pager, VoteBar};
use parvis_web::{Ctx, Page, WebError};

use crate::model::{self, ARTICLE, By, PAGE, Query, RawQuery, Section, Sort};
use crate::place::{At, Place, is_editor};
use crate::store::{self, Figures, Heading, Listed};
use crate::view;

#[cfg(test)]
mod tests;

/// How many seeds the random order draws from: enough that no text is favoured, few enough that the pages of
/// two visitors with the same seed are made once.
const SEEDS: i64 = 1000;
/// A text with more articles shows its sections only.
const OUTLINE: i64 = 200;

/// One section of the outline, with what it holds.
struct Part {
    depth: usize,
    title: Localized,
    description: Localized,
    href: String,
    articles: Vec<Heading>,
    texts: i64,
    proposals: i64,
}

#[derive(Template)]
#[template(path = "overview/page.html")]
struct View {
    page: Page,
    place: Place,
    base: String,
    now: i64,
    closed: Option<String>,
    phases: Vec<Phase>,
    facts: Vec<String>,
    outline: Vec<Part>,
    query: Query,
    sorts: Vec<Choice>,
    sections: Vec<Choice>,
    statuses: Vec<Choice>,
    authors: Vec<Choice>,
    count: i64,
    list: Vec<Listed>,
    names: Vec<Section>,
    mine: std::collections::BTreeMap<i64, i64>,
    pager: Pager,
    totals: bool,
    may_propose: bool,
    amendments: i64,
}

impl View {
    /// The same list in another order, from its first page.
    fn sorted(&self, code: &str) -> String {
        let query = Query { sort: Sort::parse(code), seed: None, page: 1, ..self.query.clone() };
        format!("{}{}#list", self.place.base(), query.href())
    }

    fn section_value(&self) -> String {
        self.query.section.map(|s| s.to_string()).unwrap_or_default()
    }

    /// The figure of a fact, and what it counts.
    fn parted(fact: &str) -> (&str, &str) {
        let cut = fact.find(char::is_alphabetic).unwrap_or(fact.len());
        if cut > 0 { fact.split_at(cut) } else { fact.split_once(' ').unwrap_or((fact, "")) }
    }

    fn bar(&self, totals: &Totals) -> VoteBar {
        self.page.vote_bar(totals.r#for, totals.mixed, totals.against).compact()
    }

    fn stance(&self, id: &i64) -> Option<i64> {
        self.mine.get(id).copied()
    }

    fn stance_key(&self, value: &i64) -> String {
        format!("consultation-vote-mine-{value}")
    }

    fn kind(&self, c: &Contribution) -> String {
        format!("consultation-kind-{}", c.kind)
    }

    fn author(&self, listed: &Listed) -> String {
        view::author(&self.page.t, listed)
    }

    fn answered(&self, status: &str) -> &'static str {
        view::answered(status)
    }

    fn answer_key(&self, status: &str) -> String {
        format!("civic-answer-status-{status}")
    }

    /// When it opens or closes, in words.
    fn dates(&self) -> String {
        let t = &self.page.t;
        match (&self.place.activity.phase, self.state()) {
            (None, _) => t.get("consultation-no-dates"),
            (Some(phase), "soon") => t.with1("consultation-opens-on", "date", t.datetime(phase.starts_at)),
            (Some(phase), "open") => t.with1("consultation-open-until", "date", t.datetime(phase.ends_at)),
            (Some(phase), _) => t.with1("consultation-closed-on", "date", t.datetime(phase.ends_at)),
        }
    }

    /// The rules that are written, with the key of their name.
    fn rules(&self) -> Vec<(&'static str, &Localized)> {
        let process = &self.place.process;
        [
            ("consultation-object", &process.object),
            ("consultation-perimeter", &process.perimeter),
            ("consultation-duplicates", &process.duplicates_rule),
            ("consultation-organiser", &process.organiser),
        ]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .collect()
    }

    fn state(&self) -> &'static str {
        match self.place.activity.moment(self.now) {
            Moment::Before => "soon",
            Moment::During => "open",
            Moment::After => "closed",
        }
    }

    /// What one can do with the texts, now.
    fn lead(&self) -> &'static str {
        let place = &self.place;
        if place.activity.is_open(self.now) {
            "consultation-text-lead"
        } else if place.activity.moment(self.now) == Moment::After {
            "consultation-text-lead-over"
        } else {
            "consultation-text-lead-read"
        }
    }

    fn section(&self, id: &Option<i64>) -> &str {
        let found = id.and_then(|id| self.names.iter().find(|s| s.id == id));
        found.map_or("", |s| s.title.get(self.page.locale()))
    }
}

/// Shows the page.
pub(crate) async fn page(cx: Ctx, at: At, Params(raw): Params<RawQuery>) -> Result<Response, WebError> {
    let query = Query::from(raw);
    if query.sort == Sort::Random && query.seed.is_none() {
        let query = Query { seed: Some(seed(cx.visitor.participant.as_deref())), ..query };
        return Ok(cx.redirect(format!("/p/{}/{}{}#list", at.process, at.activity, query.href())));
    }
    let (editor, me, now) = (is_editor(&cx), cx.id(), cx.now);
    let asked = query.clone();
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &at, editor).await?;
            let id = place.activity.id;
            let phases = process::phases(tx, place.process.id).await?;
            let sections = store::sections(tx, id).await?;
            let figures = store::figures(tx, id).await?;
            let articles = store::articles(tx, id, OUTLINE + 1).await?;
            let totals = place.rules.shows_totals(&place.activity, now);
            let inside = asked.section.map(|s| model::inside(&sections, s)).unwrap_or_default();
            let list = store::list(tx, id, &asked, &inside, totals, PAGE).await?;
            // The figures already say how many texts there are, unless the answers choose among them.
            let count = match asked.status {
                Some(_) => store::count(tx, id, &asked, &inside).await?,
                None => figures.iter().filter(|f| listed(&asked, &inside, f)).map(|f| f.texts).sum(),
            };
            let mine = match me {
                Some(me) => {
                    let ids: Vec<i64> = list.iter().map(|l| l.c.id).collect();
                    reaction::of_participant(tx, me, &ids).await?
                }
                None => Default::default(),
            };
            Ok::<_, Error>(Loaded { place, phases, sections, figures, articles, totals, list, count, mine })
        })
    });
    let loaded = loaded.await?;
    if query.page > model::pages(loaded.count, PAGE) {
        return Err(WebError::NotFound);
    }
    loaded.place.cache(&cx);
    Ok(cx.render(&view(&cx, loaded, query)))
}

struct Loaded {
    place: Place,
    phases: Vec<Phase>,
    sections: Vec<Section>,
    figures: Vec<Figures>,
    articles: Vec<Heading>,
    totals: bool,
    list: Vec<Listed>,
    count: i64,
    mine: std::collections::BTreeMap<i64, i64>,
}

/// Whether the texts of these figures stand in the list.
fn listed(query: &Query, inside: &[i64], figures: &Figures) -> bool {
    let section = query.section.is_none() || figures.section_id.is_some_and(|id| inside.contains(&id));
    let by = match query.by {
        By::All => true,
        By::Organisation => figures.official,
        By::People => !figures.official,
    };
    section && by
}

/// The same order for one person each time they come back; a fresh one for a reader.
fn seed(who: Option<&Participant>) -> i64 {
    match who {
        Some(who) => (who.id.wrapping_mul(7919) ^ who.created_at).rem_euclid(SEEDS),
        None => random::shuffle_key().rem_euclid(SEEDS),
    }
}

fn view(cx: &Ctx, loaded: Loaded, query: Query) -> View {
    let Loaded { place, phases, sections, figures, articles, totals, list, count, mine } = loaded;
    let t = cx.t();
    let locale = cx.locale();
    let base = place.base();
    let title = place.activity.title.get(locale).to_owned();
    let summary = place.activity.summary.get(locale);
    let summary = if summary.is_empty() { place.process.summary.get(locale) } else { summary };
    let page = place.top(cx, title).describe(summary).feed(format!("/p/{}/feed.atom", place.process.slug));

    let outline = outline(&base, &sections, &figures, articles);
    let mut names = vec![Choice::new("", t.get("consultation-any-section"))];
    names.extend(model::outline(&sections).into_iter().map(|(depth, s)| {
        Choice::new(s.id.to_string(), format!("{}{}", "\u{2003}".repeat(depth), s.title.get(locale)))
    }));
    let mut statuses = vec![Choice::new("", t.get("consultation-any-status"))];
    statuses
        .extend(model::STATUSES.iter().map(|s| Choice::new(*s, t.get(&format!("consultation-status-{s}")))));
    let by_key = |b: By| {
        if b == By::All { "consultation-by-all".into() } else { format!("consultation-by-{}", b.code()) }
    };
    let authors = By::ALL.map(|b| Choice::new(b.code(), t.get(&by_key(b))));
    let sorts = Sort::ALL.iter().filter(|s| totals || **s != Sort::Supported);
    let sorts = sorts.map(|s| Choice::new(s.code(), t.get(&format!("consultation-sort-{}", s.code()))));

    View {
        closed: place.closed(cx),
        facts: view::facts(t, &figures, totals),
        amendments: figures.iter().map(|f| f.amendments).sum(),
        may_propose: place.rules.proposals && place.activity.is_open(cx.now),
        sorts: sorts.collect(),
        sections: names,
        statuses,
        authors: authors.to_vec(),
        pager: Pager::new(cx, count, PAGE),
        names: sections,
        now: cx.now,
        base,
        page,
        place,
        phases,
        outline,
        query,
        count,
        list,
        mine,
        totals,
    }
}

fn outline(base: &str, sections: &[Section], figures: &[Figures], articles: Vec<Heading>) -> Vec<Part> {
    let whole = i64::try_from(articles.len()).is_ok_and(|n| n <= OUTLINE);
    let held = |id: Option<i64>, kind: Option<&str>| -> i64 {
        let of = |f: &&Figures| f.section_id == id && kind.is_none_or(|k| f.kind == k);
        figures.iter().filter(of).map(|f| f.texts).sum()
    };
    let part = |depth: usize, id: Option<i64>, title: &Localized, description: &Localized| Part {
        depth,
        title: title.clone(),
        description: description.clone(),
        href: id.map_or_else(|| base.to_owned(), |id| format!("{base}?section={id}#list")),
        articles: if whole {
            articles.iter().filter(|a| a.section_id == id).cloned().collect()
        } else {
            vec![]
        },
        texts: held(id, None),
        proposals: held(id, None) - held(id, Some(ARTICLE)),
    };
    let mut parts: Vec<Part> = model::outline(sections)
        .into_iter()
        .map(|(depth, s)| part(depth, Some(s.id), &s.title, &s.description))
        .collect();
    if held(None, Some(ARTICLE)) > 0 {
        parts.push(part(0, None, &Localized::default(), &Localized::default()));
    }
    parts
}
