//! The results: one sentence, the picture, its table, the working, the comparison of rules, the data; and for each
//! project, why it won or what it missed.

mod page;
mod picture;
mod say;
mod share;
mod why;

use parvis_ballotbox::close;
use parvis_budgeting::CountError;
use parvis_civic::Error;
use parvis_civic::process::Activity;
use parvis_core::Access;
use parvis_store::Tx;
use parvis_web::Routes;
use serde_json::Value;

use crate::model::Rules;
use crate::store;
use crate::vote::count::{self, Problem, Results, Tallied};
use crate::vote::sealed::Content;

pub(crate) use say::{explained, how, lead, rule_words, sentence, tie_rule};

/// The public pages of results.
pub(crate) fn routes() -> Routes {
    use Access::Anyone;
    let to = |rest: &str| format!("/p/{{process}}/{{activity}}/{rest}");
    Routes::new()
        .get_cached(&to("results"), Anyone, page::page)
        .get_cached(&to("results/{code}"), Anyone, page::why)
        .get(&to("results.json"), Anyone, page::json)
        .get_cached(&to("my-share"), Anyone, share::page)
        .post(&to("my-share"), Anyone, share::submit)
        .get(&to("pb/{envelope}"), Anyone, page::pabulib)
}

/// What is counted: what was sealed, what the box held, the ballots.
pub(crate) struct Counting {
    pub(crate) content: Content,
    pub(crate) closing: Option<close::Closing>,
    pub(crate) ballots: Tallied,
}

/// Reads what is counted: a closed box, or imported ballots.
///
/// # Errors
/// [`Error::Conflict`] until the box is closed; the database.
pub(crate) async fn read(tx: &mut Tx<'_>, activity: &Activity) -> Result<Counting, Error> {
    let id = activity.id;
    let mut ballots = Tallied::default();
    if let Some(content) = store::imports::content(tx, id).await? {
        for (ballot, number) in store::imports::ballots(tx, id).await? {
            ballots.add_text(ballot, number);
        }
        return Ok(Counting { content, closing: None, ballots });
    }
    let closing = close::closing(tx, id).await?;
    let (_, closing) = closing.ok_or(Error::Conflict("ballotbox-not-closed"))?;
    let content = content(tx, activity).await?;
    close::each(tx, id, |ballot| {
        ballots.add(&ballot);
        Ok(())
    })
    .await?;
    Ok(Counting { content, closing: Some(closing), ballots })
}

/// What was sealed; what would be, when nobody voted.
///
/// # Errors
/// The database.
pub(crate) async fn content(tx: &mut Tx<'_>, activity: &Activity) -> Result<Content, Error> {
    let wrong = |e: serde_json::Error| Error::Internal(format!("sealed rules: {e}"));
    match parvis_ballotbox::seal::sealed(tx, activity.id).await? {
        Some(text) => {
            let mut value: Value = serde_json::from_str(&text).map_err(wrong)?;
            serde_json::from_value(value["content"].take()).map_err(wrong)
        }
        None => {
            let districts = store::districts(tx, activity.id).await?;
            let projects = store::projects(tx, activity.id).await?;
            Ok(Content::of(&Rules::of(activity), &districts, &projects))
        }
    }
}

/// Counts, away from the threads that answer: a large budget takes a second.
///
/// # Errors
/// [`Error::Conflict`] when the rule asks more than can be counted; what cannot be read.
pub(crate) async fn count(counting: Counting) -> Result<Results, Error> {
    let Counting { content, closing, ballots } = counting;
    let done =
        tokio::task::spawn_blocking(move || count::results(&content, closing.as_ref(), &ballots)).await;
    let done = done.map_err(|e| Error::Internal(format!("the count was interrupted: {e}")))?;
    done.map_err(|e| match e {
        // Nobody did anything wrong: the rule asks more than can be counted.
        Problem::Rules(CountError::TooHard(_) | CountError::TooManyPasses(_) | CountError::TooLarge) => {
            Error::Conflict("budget-results-too-hard")
        }
        other => Error::Internal(other.to_string()),
    })
}
