//! The results of a consultation: one sentence, the pictures, the strongest arguments, participation, answers,
//! and how all of it was counted.

mod read;
pub mod tally;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use parvis_civic::Error;
use parvis_civic::answer::STATUSES;
use parvis_civic::process::{Activity, Moment};
use parvis_core::{Access, Millis};
use parvis_i18n::T;
use parvis_store::{Tx, boxed};
use parvis_web::ui::{Bars, Pager, VoteBar};
use parvis_web::{Ctx, Page, Routes, WebError};
use serde_json::Value;

pub(crate) use read::{Day, Figures, Line, Named, Results};

use crate::amend::word;
use crate::model::{AMENDMENT, ARTICLE, LISTED};
use crate::place::{At, Place, is_editor};
use crate::store::{self, Given, Listed};

/// How many texts a page of the results shows.
const PAGE: i64 = 15;
/// How many answers the page lists.
const ANSWERS: i64 = 100;
/// Days without anything are drawn, too, unless the whole time is longer than this.
const LONGEST: usize = 120;

/// The sides of the arguments: value, class, key of the heading, key when there is none.
const SIDES: [(i64, &str, &str, &str); 2] = [
    (1, "for", "consultation-arguments-for", "consultation-results-none"),
    (-1, "against", "consultation-arguments-against", "consultation-results-none"),
];

/// The public page.
pub(crate) fn routes() -> Routes {
    Routes::new().get_cached("/p/{process}/{activity}/results", Access::Anyone, page)
}

/// Counts an activity from the database: what the page shows before publication, what is published, and what
/// [`tally::recount`] gives again from the rows of the bundle.
///
/// # Errors
/// The database.
pub async fn compute(tx: &mut Tx<'_>, activity: &Activity) -> Result<Value, Error> {
    let texts = store::counted(tx, activity.id).await?;
    let days = store::days(tx, activity.id).await?;
    let authors = store::authors(tx, activity.id).await?;
    Ok(tally::totals(&texts, &days, authors))
}

/// The published results as they were published, or the present figures.
///
/// # Errors
/// The database.
pub async fn shown(tx: &mut Tx<'_>, activity: &Activity) -> Result<Value, Error> {
    let published = activity.results.as_deref().and_then(|json| serde_json::from_str(json).ok());
    match published {
        Some(results) => Ok(results),
        None => compute(tx, activity).await,
    }
}

/// Where the figures stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stand {
    /// Nothing could be counted yet.
    Before,
    /// People still take part.
    Provisional,
    /// Closed, and not published yet.
    Closed,
    /// Published at that moment.
    Published(Millis),
}

impl Stand {
    pub(crate) fn of(activity: &Activity, now: Millis) -> Self {
        match (activity.results_at, activity.moment(now)) {
            (Some(at), _) => Self::Published(at),
            (None, Moment::Before) => Self::Before,
            (None, Moment::During) => Self::Provisional,
            (None, Moment::After) => Self::Closed,
        }
    }
}

/// What the pages show of the results, public and in the administration.
pub(crate) struct Shown {
    pub(crate) results: Results,
    /// The texts of this page, in the order of the page.
    pub(crate) lines: Vec<Line>,
    /// The strongest arguments about them that are still published.
    pub(crate) arguments: BTreeMap<i64, Listed>,
    pub(crate) answers: Vec<Given>,
    /// The decisions on the amendments of this page.
    pub(crate) decisions: BTreeMap<i64, String>,
    pub(crate) pages: i64,
}

/// Reads what a page of the results shows.
pub(crate) async fn load(
    tx: &mut Tx<'_>,
    activity: &Activity,
    page: i64,
    votes: bool,
) -> Result<Shown, Error> {
    let mut results = Results::read(&shown(tx, activity).await?);
    answer(tx, &mut results).await?;
    let order: Vec<i64> = store::articles(tx, activity.id, 1_000).await?.iter().map(|a| a.id).collect();
    let mut lines = results.lines.clone();
    let place = |line: &Line| order.iter().position(|id| *id == line.id).unwrap_or(usize::MAX);
    // The text first, in its order; then what people wrote, the most voted first (or, while votes are secret, in
    // the order of publication).
    lines.sort_by_key(|line| {
        let votes = if votes && line.kind != ARTICLE { -(line.cast.sum() + line.imported.sum()) } else { 0 };
        (kind_order(&line.kind), place(line), votes, line.id)
    });
    let pages = crate::model::pages(i64::try_from(lines.len()).unwrap_or(i64::MAX), PAGE);
    let skip = usize::try_from((page - 1).saturating_mul(PAGE)).unwrap_or(usize::MAX);
    let mut lines: Vec<Line> =
        lines.into_iter().skip(skip).take(usize::try_from(PAGE).unwrap_or(15)).collect();
    // What was hidden or withdrawn since the publication keeps its line and its figures, not its title.
    let ids: Vec<i64> = lines.iter().map(|line| line.id).collect();
    let there = store::published_texts(tx, &ids).await?;
    for line in lines.iter_mut().filter(|line| !there.contains_key(&line.id)) {
        line.title.clear();
    }
    let named: Vec<i64> = results
        .arguments
        .iter()
        .filter(|a| lines.iter().any(|line| line.id == a.text))
        .map(|a| a.id)
        .collect();
    let arguments = store::published_texts(tx, &named).await?;
    let answers = store::published_answers(tx, activity.id, ANSWERS).await?;
    let amendments: Vec<i64> = lines.iter().filter(|l| l.kind == AMENDMENT).map(|l| l.id).collect();
    let fates = store::amendments(tx, &amendments).await?.into_iter();
    let decisions = fates.filter_map(|fate| Some((fate.contribution_id, fate.decision?))).collect();
    Ok(Shown { results, lines, arguments, answers, decisions, pages })
}

/// Puts the answers of today in the results: most come after the figures were published.
async fn answer(tx: &mut Tx<'_>, results: &mut Results) -> Result<(), Error> {
    let ids: Vec<i64> = results.lines.iter().map(|line| line.id).collect();
    let mut answers = store::answers(tx, &ids).await?;
    answers.retain(|_, (_, draft)| !*draft);
    results.answers.clear();
    for line in &mut results.lines {
        line.answer = answers.get(&line.id).map(|(status, _)| status.clone());
        if LISTED.contains(&line.kind.as_str()) {
            let status = line.answer.clone().unwrap_or_else(|| "waiting".into());
            *results.answers.entry(status).or_default() += 1;
        }
    }
    Ok(())
}

fn kind_order(kind: &str) -> usize {
    crate::model::DEBATED.iter().position(|k| *k == kind).unwrap_or(9)
}

#[derive(Template)]
#[template(path = "results/page.html")]
struct View {
    page: Page,
    place: Place,
    stand: Stand,
    /// Votes may be shown.
    votes: bool,
    sentence: String,
    shown: Shown,
    pager: Pager,
    reactions: Option<Bars>,
    contributions: Option<Bars>,
}

impl View {
    fn figures(&self) -> &Figures {
        &self.shown.results.counts
    }

    fn bar(&self, line: &Line, imported: bool) -> VoteBar {
        let of = if imported { line.imported } else { line.cast };
        self.page.vote_bar(of.r#for, of.mixed, of.against)
    }

    fn cells(&self, line: &Line, imported: bool) -> [String; 3] {
        let of = if imported { line.imported } else { line.cast };
        [of.r#for, of.mixed, of.against].map(|n| self.page.t.number(n))
    }

    fn title(&self, line: &Line) -> String {
        if line.title.is_empty() { self.page.t.get("consultation-results-gone") } else { line.title.clone() }
    }

    fn has_imported(&self) -> bool {
        self.figures().imported_votes > 0
    }

    /// What sort of text it is; the number of an amendment, which often bears the title of its article.
    fn kind(&self, line: &Line) -> String {
        if line.kind == AMENDMENT {
            return self.page.t.with1("consultation-amend-number", "number", line.id);
        }
        self.page.t.get(&format!("consultation-kind-{}", line.kind))
    }

    /// The official answer, or the decision on an amendment.
    fn outcome(&self, line: &Line) -> String {
        match &line.answer {
            Some(status) => self.answer_key(status),
            None if line.kind == AMENDMENT => {
                word(self.shown.decisions.get(&line.id).map(String::as_str)).to_owned()
            }
            None => "consultation-status-open".to_owned(),
        }
    }

    fn answer_key(&self, status: &str) -> String {
        format!("civic-answer-status-{status}")
    }

    fn answer_sign(&self, status: &str) -> &'static str {
        crate::view::answered(status)
    }

    /// The strongest arguments of one side of a text that are still published.
    fn named(&self, line: &Line, side: &i64) -> Vec<(&Named, &Listed)> {
        let of = |a: &&Named| a.text == line.id && a.side == *side;
        let named = self.shown.results.arguments.iter().filter(of);
        named.filter_map(|a| self.shown.arguments.get(&a.id).map(|text| (a, text))).collect()
    }

    fn is_argued(&self, line: &Line) -> bool {
        self.shown.results.arguments.iter().any(|a| a.text == line.id)
    }

    fn author(&self, listed: &Listed) -> String {
        crate::view::author(&self.page.t, listed)
    }

    fn supports(&self, named: &Named) -> String {
        let t = &self.page.t;
        let cast = t.n("consultation-supports-n", named.supports);
        if named.imported_supports == 0 {
            return cast;
        }
        let imported = t.n("consultation-supports-imported-n", named.imported_supports);
        if named.supports == 0 { imported } else { format!("{cast}, {imported}") }
    }

    /// The answers by status: the sign, the key of the words, how many.
    fn answered(&self) -> Vec<(&'static str, String, i64)> {
        STATUSES
            .iter()
            .map(|status| {
                let n = self.shown.results.answers.get(*status).copied().unwrap_or(0);
                (crate::view::answered(status), self.answer_key(status), n)
            })
            .collect()
    }

    fn waiting(&self) -> i64 {
        self.shown.results.answers.get("waiting").copied().unwrap_or(0)
    }

    fn day(&self, day: &Day) -> String {
        self.page.t.date(day.at())
    }

    fn href(&self, id: &i64) -> String {
        self.place.to(format_args!("c/{id}"))
    }
}

/// Shows the page.
async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (editor, page, now) = (is_editor(&cx), cx.page_number(), cx.now);
    let loaded = cx.store().read(move |tx| {
        boxed(async move {
            let place = Place::find(tx, &at, editor).await?;
            let votes = place.rules.shows_totals(&place.activity, now);
            let shown = load(tx, &place.activity, page, votes).await?;
            Ok::<_, Error>((place, shown, votes))
        })
    });
    let (place, shown, votes) = loaded.await?;
    if page > shown.pages {
        return Err(WebError::NotFound);
    }
    place.cache(&cx);
    let t = cx.t();
    let title = t.get("consultation-results-title");
    let (reactions, contributions) = pictures(&cx.page(""), &shown.results.days, votes);
    let sentence = sentence(t, &shown.results.counts, votes, shown.results.authors);
    let page = place.page(&cx, title).describe(sentence.clone()).wide();
    let pager = Pager::new(&cx, shown.results.lines.len(), PAGE);
    let stand = Stand::of(&place.activity, cx.now);
    let view = View { page, place, stand, votes, sentence, shown, pager, reactions, contributions };
    Ok(cx.render(&view))
}

/// One sentence that anyone understands.
pub(crate) fn sentence(t: &T, counts: &Figures, votes: bool, authors: i64) -> String {
    let texts = counts.articles + counts.proposals + counts.amendments;
    let mut facts = vec![];
    if votes && counts.votes > 0 {
        facts.push(t.n("consultation-votes-n", counts.votes));
    }
    if votes && counts.imported_votes > 0 {
        facts.push(t.n("consultation-imported-n", counts.imported_votes));
    }
    facts.push(t.n("consultation-arguments-n", counts.arguments));
    if counts.sources > 0 {
        facts.push(t.n("consultation-sources-n", counts.sources));
    }
    t.with3(
        "consultation-results-sentence",
        "facts",
        t.list(&facts),
        "texts",
        t.n("consultation-results-texts-n", texts),
        "authors",
        t.n("consultation-results-authors-n", authors),
    )
}

/// The pictures of participation by day.
fn pictures(page: &Page, days: &[Day], votes: bool) -> (Option<Bars>, Option<Bars>) {
    let t = &page.t;
    let filled = fill(days);
    let draw = |key: &str, of: fn(&Day) -> i64| -> Option<Bars> {
        let figures: Vec<(String, i64)> =
            filled.iter().map(|day| (t.short_date(day.at()), of(day))).collect();
        figures.iter().any(|(_, n)| *n > 0).then(|| page.bars(t.get(key), &figures))
    };
    let reactions = if votes { draw("consultation-results-days-reactions", |d| d.reactions) } else { None };
    (reactions, draw("consultation-results-days-contributions", |d| d.contributions))
}

/// The days with the empty ones between them, when that does not make too many.
fn fill(days: &[Day]) -> Vec<Day> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return vec![] };
    let span = usize::try_from(last.number - first.number).unwrap_or(usize::MAX);
    if span > LONGEST {
        return days.to_vec();
    }
    let empty = |number| Day { number, reactions: 0, contributions: 0 };
    let known = |number| days.iter().find(|d| d.number == number).cloned();
    (first.number..=last.number).map(|n| known(n).unwrap_or_else(|| empty(n))).collect()
}

/// What the tool stores when the organisation publishes: canonical JSON.
pub(crate) async fn stored(tx: &mut Tx<'_>, activity: &Activity) -> Result<String, Error> {
    let results = compute(tx, activity).await?;
    parvis_transparency::canonical::to_text(&results).map_err(|e| Error::Journal(e.to_string()))
}
