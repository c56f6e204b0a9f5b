//! The pages of results, and the files that hold them.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use parvis_ballotbox::pages::{At, Place, load, reader_page};
use parvis_civic::Error;
use parvis_i18n::T;
use parvis_store::boxed;
use parvis_web::{Ctx, Page, WebError};

use super::picture::Picture;
use super::say::{self, Other};
use super::why::{self, Why};
use crate::pabulib;
use crate::vote::count::{EnvelopeResult, Results};
use crate::vote::{money, poll};

#[derive(Template)]
#[template(path = "results/page.html")]
struct View {
    page: Page,
    place: Place,
    results: Option<Results>,
}

impl View {
    fn t(&self) -> &T {
        &self.page.t
    }

    fn lead(&self, results: &Results) -> String {
        say::lead(self.t(), results)
    }

    fn is_one(&self, results: &Results) -> bool {
        results.envelopes.len() == 1
    }

    /// An envelope in which somebody voted: the rules are the same in all.
    fn counted<'r>(&self, results: &'r Results) -> Option<&'r EnvelopeResult> {
        results.envelopes.iter().find(|e| e.outcome.is_some())
    }

    fn has_shares(&self, results: &Results) -> bool {
        results.envelopes.iter().any(super::share::can_tell)
    }

    fn sentence(&self, result: &EnvelopeResult) -> String {
        say::sentence(self.t(), result)
    }

    fn picture(&self, result: &EnvelopeResult) -> Picture {
        Picture::of(self.t(), result)
    }

    fn has_minus(&self, result: &EnvelopeResult) -> bool {
        result.projects.iter().any(|p| p.minus > 0)
    }

    /// Scores are shown where they are not the votes again.
    fn has_score(&self, result: &EnvelopeResult) -> bool {
        use parvis_budgeting::Satisfaction::{Borda, Points, Ranks};
        matches!(result.rules.satisfaction, Points | Borda | Ranks)
    }

    fn rule(&self, result: &EnvelopeResult) -> String {
        say::rule_words(self.t(), &result.rules)
    }

    fn how(&self, result: &EnvelopeResult) -> Vec<String> {
        let mut lines = say::how(self.t(), &result.rules);
        lines.push(say::tie_rule(self.t(), &result.rules.ties));
        lines
    }

    fn pages(&self, result: &EnvelopeResult) -> Vec<(&'static str, String)> {
        say::explained(self.t(), &result.rules)
    }

    fn working(&self, result: &EnvelopeResult) -> Vec<String> {
        result.outcome.as_ref().map(|o| say::working(self.t(), result, o)).unwrap_or_default()
    }

    fn rounds(&self, result: &EnvelopeResult) -> Vec<String> {
        let rounds = result.outcome.iter().flat_map(|o| &o.rounds);
        rounds.map(|r| say::round(self.t(), result, r)).collect()
    }

    fn ties(&self, result: &EnvelopeResult) -> Vec<String> {
        let ties = result.outcome.iter().flat_map(|o| &o.ties);
        ties.map(|tie| say::tie(self.t(), result, tie)).collect()
    }

    fn others(&self, result: &EnvelopeResult) -> Vec<Other> {
        say::others(self.t(), result)
    }

    /// Whether the count gives what the file says, for a budget held elsewhere.
    fn official(&self, results: &Results, result: &EnvelopeResult) -> Option<String> {
        let official = results.imported.as_ref()?.official.as_ref()?;
        let outcome = result.outcome.as_ref()?;
        let (t, mut lines) = (self.t(), vec![]);
        if *official == outcome.selected {
            return Some(t.get("budget-official-same"));
        }
        lines.push(t.get("budget-official-other"));
        let only =
            |a: &[String], b: &[String]| a.iter().filter(|c| !b.contains(c)).cloned().collect::<Vec<_>>();
        for (key, codes) in [
            ("budget-official-only", only(official, &outcome.selected)),
            ("budget-official-not", only(&outcome.selected, official)),
        ] {
            if !codes.is_empty() {
                lines.push(t.with1(key, "names", say::names(t, result, &codes)));
            }
        }
        Some(lines.join(" "))
    }

    fn beyond(&self, results: &Results) -> Option<String> {
        let imported = results.imported.as_ref()?;
        let (beyond, unread) = (self.t().number(imported.beyond), self.t().number(imported.unread));
        let any = imported.beyond + imported.unread > 0;
        any.then(|| self.t().with2("budget-imported-beyond", "beyond", beyond, "unread", unread))
    }
}

/// The results that were published.
pub(super) fn published(place: &Place) -> Option<Results> {
    place.activity.results.as_deref().and_then(|text| serde_json::from_str(text).ok())
}

/// The budget at this address.
pub(super) async fn find(cx: &Ctx, at: &At) -> Result<Place, WebError> {
    let (place, ()) = load(&poll(), cx, at, |_, _| boxed(async { Ok(()) })).await?;
    place.cache(cx);
    Ok(place)
}

/// The published results; before, when they will be.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let place = find(&cx, &at).await?;
    let results = published(&place);
    let mut page = reader_page(&cx, &place, cx.t().get("budget-results"));
    page.robots_noindex = false;
    Ok(cx.render(&View { page, place, results }))
}

#[derive(Template)]
#[template(path = "results/why.html")]
struct WhyView {
    page: Page,
    place: Place,
    why: Why,
    envelope: String,
    rule: String,
    how: Vec<String>,
    pages: Vec<(&'static str, String)>,
}

/// Why one project won, or what it missed.
pub(super) async fn why(
    cx: Ctx,
    Path((process, activity, code)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let place = find(&cx, &At { process, activity }).await?;
    let results = published(&place).ok_or(WebError::NotFound)?;
    let t = cx.t();
    let here = |e: &&EnvelopeResult| e.projects.iter().any(|p| p.code == code);
    let result = results.envelopes.iter().find(here).ok_or(WebError::NotFound)?;
    let why = why::of(t, result, &code).ok_or(WebError::NotFound)?;
    let mut page = reader_page(&cx, &place, say::name(t, result, &code))
        .crumb(t.get("budget-results"), place.to("results"))
        .wide();
    page.robots_noindex = false;
    let view = WhyView {
        why,
        envelope: t.with2(
            "budget-envelope-line",
            "name",
            result.name.get(cx.locale()),
            "amount",
            money::say(t, result.amount),
        ),
        rule: say::rule_words(t, &result.rules),
        how: say::how(t, &result.rules),
        pages: say::explained(t, &result.rules),
        page,
        place,
    };
    Ok(cx.render(&view))
}

/// The published results as they were published.
pub(super) async fn json(cx: Ctx, at: At) -> Result<Response, WebError> {
    let place = find(&cx, &at).await?;
    let text = place.activity.results.ok_or(WebError::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// The ballots and the result of an envelope as a Pabulib file, once the results are published.
pub(super) async fn pabulib(
    cx: Ctx,
    Path((process, activity, envelope)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let at = At { process, activity };
    let id = envelope.strip_suffix(".pb").unwrap_or(&envelope).parse::<i64>();
    let Ok(id) = id else { return Err(WebError::NotFound) };
    let (place, text) = load(&poll(), &cx, &at, move |tx, place| {
        boxed(async move {
            if place.activity.results_at.is_none() {
                return Err(Error::NotFound);
            }
            pabulib::export::file(tx, &place.activity, id).await?.ok_or(Error::NotFound)
        })
    })
    .await?;
    let name = format!("attachment; filename=\"{}\"", envelope_file(&place.activity.slug, id));
    let headers =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, text).into_response())
}

/// The name of an envelope's Pabulib file.
fn envelope_file(slug: &str, envelope: i64) -> String {
    format!("{slug}-{envelope}.pb")
}
