//! The results: one sentence, the picture, its table, the working step by step, the simulation, the data.

mod picture;
mod working;

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use parvis_ballotbox::close;
use parvis_ballotbox::pages::{At, Place, Poll, load, reader_page};
use parvis_civic::Error;
use parvis_civic::process::Activity;
use parvis_core::Locale;
use parvis_i18n::T;
use parvis_store::{Tx, boxed};
use parvis_tally::{Method, Outcome, TieRule};
use parvis_web::ui::Html;
use parvis_web::{Ctx, Page, WebError};

use crate::ballot::Votes;
use crate::count::{self, Results, Tallied};
use crate::model::{self, Rules};
use crate::store;

pub(crate) use picture::Picture;
pub(crate) use working::{Section, sections};

/// Counts a closed box.
///
/// # Errors
/// [`Error::Conflict`] until it is closed; what cannot be counted; the database.
pub(crate) async fn compute(tx: &mut Tx<'_>, activity: &Activity) -> Result<Results, Error> {
    let id = activity.id;
    let closing = close::closing(tx, id).await?;
    let (_, closing) = closing.ok_or(Error::Conflict("ballotbox-not-closed"))?;
    let wrong = |e: serde_json::Error| Error::Internal(format!("sealed rules: {e}"));
    let (content, identity) = match parvis_ballotbox::seal::sealed(tx, id).await? {
        Some(text) => {
            let mut value: serde_json::Value = serde_json::from_str(&text).map_err(wrong)?;
            let rules: parvis_ballotbox::Rules =
                serde_json::from_value(value["box"].take()).map_err(wrong)?;
            (value["content"].take(), Some(rules.identity()))
        }
        None => (model::content(&Rules::of(activity), &store::options(tx, id).await?), None),
    };
    let mut all = Tallied::default();
    close::each(tx, id, |ballot| {
        all.add(&ballot);
        Ok(())
    })
    .await?;
    let mut results = count::results(&content, &closing, &all).map_err(|e| Error::Internal(e.to_string()))?;
    results.identity = identity;
    Ok(results)
}

/// The names of the options in one language, by the text under which a count knows them.
pub(crate) struct Names<'r> {
    results: &'r Results,
    locale: Locale,
}

impl<'r> Names<'r> {
    pub(crate) const fn new(results: &'r Results, locale: Locale) -> Self {
        Self { results, locale }
    }

    /// The name of the option of this number.
    pub(crate) fn of_id(&self, id: i64) -> String {
        let option = self.results.options.iter().find(|o| o.id == id);
        option.map_or_else(|| id.to_string(), |o| o.title.get(self.locale).to_owned())
    }

    /// The name of an option as the count names it.
    pub(crate) fn of(&self, name: &str) -> String {
        name.parse().map_or_else(|_| name.to_owned(), |id| self.of_id(id))
    }

    /// The name of the option at this place of the outcome's list.
    pub(crate) fn at(&self, outcome: &Outcome, place: usize) -> String {
        outcome.options.get(place).map(|n| self.of(n)).unwrap_or_default()
    }

    /// Several names in a sentence.
    pub(crate) fn list<'n>(&self, t: &T, names: impl IntoIterator<Item = &'n parvis_tally::Name>) -> String {
        t.list(&names.into_iter().map(|n| self.of(n)).collect::<Vec<_>>())
    }
}

/// The sentence that says who won.
pub(crate) fn sentence(t: &T, results: &Results) -> String {
    let names = Names::new(results, t.locale);
    let Some(outcome) = &results.outcome else {
        let key = if results.closing.ballots == 0 { "vote-result-nobody" } else { "vote-result-blank" };
        return t.get(key);
    };
    let winners = names.list(t, &outcome.winners);
    if outcome.winners.len() > outcome.rules.seats {
        return t.with1("vote-result-tied", "names", winners);
    }
    t.with3(
        "vote-result-won",
        "names",
        winners,
        "count",
        outcome.winners.len(),
        "ballots",
        t.number(outcome.ballots),
    )
}

/// One line of the comparison with other methods.
pub(crate) struct Other {
    pub(crate) method: String,
    pub(crate) winners: String,
    pub(crate) is_same: bool,
    pub(crate) is_derived: bool,
}

/// What other methods would have given.
pub(crate) fn others(t: &T, results: &Results) -> Vec<Other> {
    let names = Names::new(results, t.locale);
    let Some(outcome) = &results.outcome else { return vec![] };
    let ours: Vec<i64> = outcome.winners.iter().filter_map(|n| n.parse().ok()).collect();
    let line = |s: &count::Simulated| Other {
        method: t.get(&format!("vote-method-{}", s.method)),
        winners: t.list(&s.winners.iter().map(|id| names.of_id(*id)).collect::<Vec<_>>()),
        is_same: {
            let (mut a, mut b) = (ours.clone(), s.winners.clone());
            a.sort_unstable();
            b.sort_unstable();
            a == b
        },
        is_derived: s.derived,
    };
    results.simulations.iter().map(line).collect()
}

/// The ties that were met, in sentences.
pub(crate) fn ties(t: &T, results: &Results) -> Vec<String> {
    let names = Names::new(results, t.locale);
    let Some(outcome) = &results.outcome else { return vec![] };
    let rule = |rule: TieRule| {
        t.get(match rule {
            TieRule::EarlierRounds => "vote-tie-earlier-rounds",
            TieRule::FirstRound => "vote-tie-first-round",
            TieRule::Duels => "vote-tie-duels",
            TieRule::Score => "vote-tie-score",
            TieRule::HighestGrades => "vote-tie-highest-grades",
            TieRule::Options => "vote-tie-options",
            TieRule::Order => "vote-tie-order",
            TieRule::Lot => "vote-tie-lot",
            TieRule::Unresolved => "vote-tie-unresolved",
        })
    };
    let said = outcome.ties.iter().map(|tie| {
        let equal = names.list(t, &tie.options);
        if tie.resolved_by == TieRule::Unresolved {
            return t.with1("vote-tie-open", "names", equal);
        }
        let chosen = names.list(t, &tie.chosen);
        t.with3("vote-tie-broken", "names", equal, "rule", rule(tie.resolved_by), "chosen", chosen)
    });
    said.collect()
}

#[derive(Template)]
#[template(path = "results/page.html")]
pub(crate) struct View {
    pub(crate) page: Page,
    pub(crate) place: Place,
    pub(crate) results: Option<Results>,
    pub(crate) is_published: bool,
    pub(crate) nav: Html,
}

impl View {
    fn t(&self) -> &T {
        &self.page.t
    }

    fn sentence(&self) -> String {
        self.results.as_ref().map(|r| sentence(self.t(), r)).unwrap_or_default()
    }

    fn picture(&self) -> Option<Picture> {
        self.results.as_ref().and_then(|r| Picture::of(self.t(), r))
    }

    fn sections(&self) -> Vec<Section> {
        self.results.as_ref().map(|r| sections(self.t(), r)).unwrap_or_default()
    }

    fn ties(&self) -> Vec<String> {
        self.results.as_ref().map(|r| ties(self.t(), r)).unwrap_or_default()
    }

    fn others(&self) -> Vec<Other> {
        self.results.as_ref().map(|r| others(self.t(), r)).unwrap_or_default()
    }

    fn method(&self) -> String {
        let method = self.results.as_ref().and_then(|r| r.outcome.as_ref()).map(|o| o.method);
        method.map(|m: Method| self.t().get(&format!("vote-method-{m}"))).unwrap_or_default()
    }
}

/// The published results; before, when they will be.
pub(crate) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let poll: Arc<dyn Poll> = Arc::new(Votes);
    let (place, ()) = load(&poll, &cx, &at, |_, _| boxed(async { Ok(()) })).await?;
    place.cache(&cx);
    let results = place.activity.results.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let mut page = reader_page(&cx, &place, cx.t().get("vote-results"));
    page.robots_noindex = false;
    let is_published = place.activity.results_at.is_some();
    Ok(cx.render(&View { page, place, results, is_published, nav: Html::default() }))
}
