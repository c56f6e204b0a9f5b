//! What one's share paid, under equal shares: whoever ticks what they chose sees it. The box cannot know who asks, and nothing that
//! is ticked is kept.

use askama::Template;
use axum::response::Response;
use parvis_ballotbox::pages::{At, Place, reader_page};
use parvis_budgeting::{Ratio, Rule, Step, share_of};
use parvis_i18n::T;
use parvis_web::{Ctx, Fields, Page, WebError};

use super::page::{find, published};
use super::say;
use crate::vote::count::{EnvelopeResult, Results};
use crate::vote::money;

/// Whether the supporters of a project pay the same price for it, so that a share can be followed.
pub(super) fn can_tell(result: &EnvelopeResult) -> bool {
    result.outcome.as_ref().is_some_and(|o| o.rule == Rule::EqualShares && share_of(o, &[]).is_some())
}

#[derive(Template)]
#[template(path = "results/share.html")]
struct View {
    page: Page,
    place: Place,
    envelopes: Vec<Envelope>,
    is_sent: bool,
}

/// One envelope: what can be ticked, and what the share paid once it is.
struct Envelope {
    id: i64,
    name: String,
    /// Each project: its code, its name, its cost, whether it is ticked.
    projects: Vec<(String, String, String, bool)>,
    lead: String,
    /// Each winner that was chosen: its name, what was paid.
    paid: Vec<(String, String)>,
    left: String,
}

fn envelope(t: &T, result: &EnvelopeResult, sent: &Fields) -> Option<Envelope> {
    let outcome = result.outcome.as_ref()?;
    let chosen: Vec<&str> = sent.all("choice").collect();
    let share = share_of(outcome, &chosen)?;
    let name = |code: &str| say::name(t, result, code);
    let amount = |ratio: &Ratio| money::say_ratio(t, ratio);
    let mut paid: Vec<(String, String)> =
        share.paid.iter().map(|s| (name(&s.project), amount(&s.amount))).collect();
    // Winners that no share paid: free, or taken with what nobody spent.
    let others =
        outcome.rounds.iter().filter(|r| r.step != Step::Shares && chosen.contains(&r.project.as_str()));
    paid.extend(others.map(|r| (name(&r.project), t.get("budget-share-rest"))));
    let tick = |p: &crate::vote::count::Tally| {
        let ticked = chosen.contains(&p.code.as_str());
        (p.code.clone(), p.title.get(t.locale).to_owned(), money::say(t, p.cost), ticked)
    };
    Some(Envelope {
        id: result.id,
        name: result.name.get(t.locale).to_owned(),
        projects: result.projects.iter().map(tick).collect(),
        lead: t.with2("budget-share-lead", "count", share.paid.len(), "had", amount(&share.had)),
        paid,
        left: t.with1("budget-share-left", "left", amount(&share.left)),
    })
}

async fn show(cx: Ctx, at: At, sent: Option<Fields>) -> Result<Response, WebError> {
    let place = find(&cx, &at).await?;
    let results: Results = published(&place).ok_or(WebError::NotFound)?;
    let t = cx.t();
    let is_sent = sent.is_some();
    let sent = sent.unwrap_or_default();
    let envelopes: Vec<Envelope> = results.envelopes.iter().filter_map(|e| envelope(t, e, &sent)).collect();
    if envelopes.is_empty() {
        return Err(WebError::NotFound);
    }
    let page =
        reader_page(&cx, &place, t.get("budget-share")).crumb(t.get("budget-results"), place.to("results"));
    Ok(cx.render(&View { page, place, envelopes, is_sent }))
}

/// What one chose, to tick.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    show(cx, at, None).await
}

/// What the share paid. It is sent, and not in the address: what one chose stands in no history.
pub(super) async fn submit(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    show(cx, at, Some(sent)).await
}
