//! What members think of it: five statements from 1 to 5 and a free text, once a member. Who answered is a mark on the member;
//! what was answered is a row with a random name and no date: nothing joins the two. Totals are published at the end, all at once
//! and from five answers on, so that no two readings give one person's answer away.

mod pages;

use parvis_ballotbox::code::Code;
use parvis_civic::Error;
use parvis_civic::journal::{self, Leaf};
use parvis_core::{FieldErrors, Millis};
use parvis_store::Tx;
use parvis_web::ui::{Choice, Field};
use parvis_web::{Fields, Page};
use serde_json::{Map, Value, json};

pub(crate) use pages::{answer, open, page};

use crate::join;
use crate::model::Seat;
use crate::store::{self, Panel, Person};

/// The statements: their word in the open data, and the control that asks.
pub(crate) const STATEMENTS: [(&str, &str); 5] = [
    ("fair", "evaluation-fair"),
    ("voice", "evaluation-voice"),
    ("balance", "evaluation-balance"),
    ("trust", "evaluation-trust"),
    ("again", "evaluation-again"),
];
/// The most one agrees with a statement, from 1.
pub(crate) const SCALE: i64 = 5;
/// The fewest answers that are published.
pub(crate) const FEWEST: i64 = 5;
/// What the codes of members are hashed for.
pub(crate) const PURPOSE: &str = "evaluation-of-a-panel";

/// What one member answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// From 1 to 5, in the order of [`STATEMENTS`].
    pub marks: [i64; STATEMENTS.len()],
    /// The free text.
    pub comment: String,
}

/// How many gave each mark, by statement.
pub(crate) type Totals = [[i64; 5]; STATEMENTS.len()];

/// Where an evaluation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Members cannot answer yet.
    Closed,
    /// They can.
    Open,
    /// Its totals are published.
    Published,
}

impl State {
    /// Of this panel.
    pub(crate) fn of(panel: &Panel) -> Self {
        match (panel.evaluation_opened_at, panel.evaluation_at) {
            (_, Some(_)) => Self::Published,
            (Some(_), None) => Self::Open,
            (None, None) => Self::Closed,
        }
    }
}

/// The controls, filled with what was sent.
pub(crate) fn questions(page: &Page, sent: &Fields) -> Vec<Field> {
    let choice = |n: i64| Choice::new(n.to_string(), page.t.get(&format!("panel-scale-{n}")));
    let choices: Vec<Choice> = (1..=SCALE).map(choice).collect();
    let field = |(code, name): &(&str, &str)| {
        let label = format!("panel-statement-{code}");
        page.radios(name, &label).choices(&choices).value(sent.get(name))
    };
    STATEMENTS.iter().map(field).collect()
}

/// Reads the form.
///
/// # Errors
/// Every statement without a mark; a text that is too long.
pub(crate) fn read(sent: &Fields) -> Result<Answer, FieldErrors> {
    let mut errors = FieldErrors::new();
    let marks = STATEMENTS.map(|(_, name)| {
        let mark = sent.get(name).parse::<i64>().ok().filter(|n| (1..=SCALE).contains(n));
        if mark.is_none() {
            errors.add(name, "panel-evaluation-mark-empty");
        }
        mark.unwrap_or(1)
    });
    let comment = errors.text("comment", sent.get("comment"), 0, 2000, "panel-evaluation-comment-long");
    errors.check()?;
    Ok(Answer { marks, comment })
}

/// The member of a code: the one given for the evaluation, or the one of their letter.
///
/// # Errors
/// A mistake on the field `code`; the database.
pub(crate) async fn member(tx: &mut Tx<'_>, activity_id: i64, typed: &str) -> Result<Person, Error> {
    let mut errors = FieldErrors::new();
    let code = match Code::read(typed) {
        Ok(code) => code,
        Err(mistake) => {
            let empty = typed.trim().is_empty();
            errors.add("code", if empty { "panel-evaluation-code-empty" } else { mistake.key() });
            return Err(errors.into());
        }
    };
    let own = code.hash(tx, PURPOSE, activity_id).await?;
    let mut found = store::by_member_code(tx, activity_id, &own).await?;
    if found.is_none() {
        let hash = code.hash(tx, join::PURPOSE, activity_id).await?;
        if let Some(letter) = store::by_code(tx, activity_id, &hash).await? {
            found = store::of_letter(tx, activity_id, letter.id).await?;
        }
    }
    found.filter(|p| p.seat == Seat::Accepted).ok_or_else(|| {
        errors.add("code", "panel-evaluation-code-unknown");
        errors.into()
    })
}

/// Lets members answer.
///
/// # Errors
/// [`Error::Conflict`] before the first session, or when it was opened; the database.
pub(crate) async fn begin(tx: &mut Tx<'_>, now: Millis, activity_id: i64) -> Result<(), Error> {
    if State::of(&store::panel(tx, activity_id).await?) != State::Closed {
        return Err(Error::Conflict("panel-evaluation-opened"));
    }
    if store::sessions(tx, activity_id).await?.is_empty() {
        return Err(Error::Conflict("panel-evaluation-early"));
    }
    store::open_evaluation(tx, now, activity_id).await?;
    let body = json!({ "activity": activity_id });
    journal::write(
        tx,
        now,
        Leaf::new("sortition-evaluation-opened").object("activity", activity_id).body(body),
    )
    .await?;
    Ok(())
}

/// Keeps what a member answered, apart from who answered, once.
///
/// # Errors
/// [`Error::Conflict`] when the evaluation is not open, or this person has answered or is no member; the database.
pub(crate) async fn keep(
    tx: &mut Tx<'_>,
    activity_id: i64,
    person: i64,
    answer: &Answer,
) -> Result<(), Error> {
    if State::of(&store::panel(tx, activity_id).await?) != State::Open {
        return Err(Error::Conflict("panel-evaluation-closed"));
    }
    if !store::mark_evaluated(tx, activity_id, person).await? {
        return Err(Error::Conflict("panel-evaluation-twice"));
    }
    store::add_evaluation(tx, activity_id, answer).await
}

/// Publishes the totals; nobody answers any more.
///
/// # Errors
/// [`Error::Conflict`] with fewer than five answers, or when it is not open; the database.
pub(crate) async fn publish(tx: &mut Tx<'_>, now: Millis, activity_id: i64) -> Result<(), Error> {
    if State::of(&store::panel(tx, activity_id).await?) != State::Open {
        return Err(Error::Conflict("panel-evaluation-closed"));
    }
    let (answers, totals) = store::evaluation(tx, activity_id).await?;
    if answers < FEWEST {
        return Err(Error::Conflict("panel-evaluation-few"));
    }
    store::publish_evaluation(tx, now, activity_id).await?;
    let body = json!({ "activity": activity_id, "answers": answers, "totals": named(&totals) });
    journal::write(tx, now, Leaf::new("sortition-evaluation").object("activity", activity_id).body(body))
        .await?;
    Ok(())
}

/// Totals by the words of the open data.
pub(crate) fn named(totals: &Totals) -> Value {
    let all = STATEMENTS.iter().zip(totals).map(|((code, _), marks)| ((*code).to_owned(), json!(marks)));
    Value::Object(all.collect::<Map<_, _>>())
}
