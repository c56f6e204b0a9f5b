//! The vote of a budget: its ballot, its rules, its count, its open data.

pub(crate) mod admin;
pub mod ballot;
pub mod choice;
pub mod count;
pub mod export;
mod form;
pub(crate) mod how;
pub(crate) mod money;
pub mod sealed;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use parvis_ballotbox::pages::{self, Poll};
use parvis_civic::Error;
use parvis_civic::process::Activity;
use parvis_store::Tx;
use parvis_web::Routes;

use crate::model::{self, Face, Reach, Rules};
use crate::store;
use ballot::Budgets;
use sealed::Content;

/// The poll of every budget.
pub(crate) fn poll() -> Arc<dyn Poll> {
    Arc::new(Budgets)
}

/// The public pages of the vote and of its results.
pub(crate) fn routes() -> Routes {
    crate::results::routes().merge(pages::public(&poll()))
}

/// The pages of its administration.
pub(crate) fn admin_routes() -> Routes {
    admin::routes().merge(pages::admin(&poll()))
}

/// What keeps the vote from opening, by keys of messages.
///
/// # Errors
/// The database.
pub(crate) async fn missing(tx: &mut Tx<'_>, activity: &Activity) -> Result<Vec<&'static str>, Error> {
    let rules = Rules::of(activity);
    let districts = store::districts(tx, activity.id).await?;
    let projects = store::projects(tx, activity.id).await?;
    let content = Content::of(&rules, &districts, &projects);
    let mut found = missing_of(&rules, &content);
    let is_list = rules.ballot_box.roll == parvis_ballotbox::RollKind::List;
    if is_list && parvis_ballotbox::roll::count(tx, activity.id).await? == 0 {
        found.push("budget-missing-roll");
    }
    Ok(found)
}

/// What keeps these envelopes, projects and rules from being voted on.
pub(crate) fn missing_of(rules: &Rules, content: &Content) -> Vec<&'static str> {
    let mut found = vec![];
    if !content.envelopes.iter().any(|e| content.of_envelope(e.id).nth(1).is_some()) {
        found.push("budget-missing-projects");
    }
    let over = |e: &sealed::Envelope| content.of_envelope(e.id).any(|p| p.cost > e.amount);
    if content.envelopes.iter().any(over) {
        found.push("budget-missing-cost");
    }
    if content.envelopes.iter().any(|e| e.amount <= 0) {
        found.push("budget-missing-amount");
    }
    if !rules.ties_chosen {
        found.push("budget-missing-ties");
    }
    if rules.ballot.reach == Reach::One && content.districts().count() < 2 {
        found.push("budget-missing-districts");
    }
    // A ballot that must fill more than all that there is to choose could only be blank.
    let fills = |e: &sealed::Envelope| {
        let mut costs: Vec<i64> = content.of_envelope(e.id).map(|p| p.cost).collect();
        costs.sort_unstable_by_key(|cost| std::cmp::Reverse(*cost));
        let most = rules.ballot.most.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
        let all = costs.into_iter().take(most).fold(0_i64, i64::saturating_add);
        all >= rules.ballot.least_cost(e.amount)
    };
    if !content.envelopes.iter().all(fills) {
        found.push("budget-missing-share");
    }
    if rules.ballot.face == Face::Points && rules.ballot.points == 0 {
        found.push("budget-missing-points");
    }
    found
}

/// The name of the component, for the box.
pub(crate) const NAME: &str = model::NAME;
