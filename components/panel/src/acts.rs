//! The acts of a panel for a program that does them in the place of its pages (the demonstration). Each is one act of the
//! life of a panel, with the same leaves.

use parvis_civic::{Error, process};
use parvis_core::{FieldErrors, Localized, Millis};
use parvis_store::Tx;

use crate::model::{Rules, Seat};
use crate::people::{Line, Volunteer};
pub use crate::store::Person;
use crate::store::Recommendation;
use crate::{evaluation, join, letters, lottery, phones, recommend, store, work};

/// Makes the rows of a new panel and writes its rules.
///
/// # Errors
/// The database.
pub async fn create(tx: &mut Tx<'_>, activity_id: i64, rules: &Rules) -> Result<(), Error> {
    store::create(tx, activity_id).await?;
    store::set_rules(tx, activity_id, &rules.to_json()).await
}

/// Reads a frame and draws letters from it.
///
/// # Errors
/// Letters that were drawn already; the database.
pub async fn letters(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    frame: &[Line],
    count: i64,
    seed: &str,
) -> Result<(), Error> {
    store::set_frame(tx, activity_id, frame).await?;
    letters::draw(tx, now, activity_id, count, seed).await
}

/// Adds a volunteer; `channel` is `web`, `phone`, `paper` or `file`.
///
/// # Errors
/// Somebody who is there already; the database.
pub async fn volunteer(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    person: &Volunteer,
    channel: &str,
) -> Result<(), Error> {
    join::register(tx, now, activity_id, person, store::Invitation::None, channel).await.map(drop)
}

/// Draws the telephone numbers that are called: `count` of those of ten digits that begin with `prefix`. Gives them in the
/// order of the draw.
///
/// # Errors
/// A prefix that is none; numbers that were drawn already; the database.
pub async fn phones(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    prefix: &str,
    count: i64,
    seed: &str,
) -> Result<Vec<String>, Error> {
    let mut errors = FieldErrors::new();
    let plan = phones::Plan::read(prefix, "10", &mut errors);
    errors.check()?;
    phones::draw(tx, now, activity_id, &plan, count, seed).await
}

/// Notes what a number that was drawn answered: a volunteer, or a refusal.
///
/// # Errors
/// No such number; somebody who is there already; the database.
pub async fn called(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    number: &str,
    answer: Option<&Volunteer>,
) -> Result<(), Error> {
    let phone = store::by_number(tx, activity_id, number).await?.ok_or(Error::NotFound)?.id;
    if let Some(person) = answer {
        join::register(tx, now, activity_id, person, store::Invitation::Phone(phone), "phone").await?;
    }
    let said = if answer.is_some() { "yes" } else { "no" };
    store::set_phone_answer(tx, now, phone, said).await
}

/// Announces the next draw, computes its lottery on the spot and publishes it. Gives the number of the draw.
///
/// # Errors
/// What is missing; quotas that cannot be met; the database.
pub async fn announce(tx: &mut Tx<'_>, now: Millis, activity_id: i64) -> Result<i64, Error> {
    let activity = process::activity(tx, activity_id).await?.ok_or(Error::NotFound)?;
    let number = work::announce(tx, now, &activity, None).await?;
    lottery::publish_now(tx, now, &activity, number).await?;
    Ok(number)
}

/// Draws from a seed.
///
/// # Errors
/// A draw that is not ready, or done; the database.
pub async fn draw(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    number: i64,
    seed: &str,
) -> Result<(), Error> {
    let seed = work::Seed::Said(seed.to_owned());
    match work::draw(tx, now, activity_id, number, &seed).await? {
        work::Drawn::Ticket(_) => Ok(()),
        work::Drawn::Refused => Err(Error::Conflict("panel-seed-refused")),
    }
}

/// Those who were drawn once, by pseudonym.
///
/// # Errors
/// The database.
pub async fn drawn(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Person>, Error> {
    store::drawn(tx, activity_id).await
}

/// Somebody accepts, declines or leaves.
///
/// # Errors
/// No way from one to the other; the database.
pub async fn seat(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    person: &Person,
    next: Seat,
) -> Result<(), Error> {
    work::seat(tx, now, activity_id, person, next).await
}

/// A session, with those who came; `day` is ISO 8601.
///
/// # Errors
/// The database.
pub async fn session(
    tx: &mut Tx<'_>,
    activity_id: i64,
    title: &Localized,
    day: &str,
    present: &[Person],
) -> Result<(), Error> {
    let id = store::add_session(tx, activity_id, title, day).await?;
    for person in present {
        store::set_present(tx, id, person.id, true).await?;
    }
    Ok(())
}

/// Writes a recommendation and records its votes; gives its id.
///
/// # Errors
/// More votes than members; the database.
pub async fn recommend(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    title: &Localized,
    body: &Localized,
    votes: [i64; 3],
) -> Result<i64, Error> {
    let r = Recommendation { title: title.clone(), body: body.clone(), ..Recommendation::default() };
    let id = store::save_recommendation(tx, activity_id, &r).await?;
    recommend::vote(tx, now, activity_id, id, votes).await?;
    Ok(id)
}

/// Answers a recommendation; `status` is one of `parvis_civic::answer::STATUSES`.
///
/// # Errors
/// A recommendation that was not voted; the database.
pub async fn answer(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    id: i64,
    status: &str,
    text: &Localized,
) -> Result<(), Error> {
    recommend::answer(tx, now, activity_id, id, status, text).await
}

/// Lets the members say what they think of the panel.
///
/// # Errors
/// No session yet; an evaluation that was opened; the database.
pub async fn open_evaluation(tx: &mut Tx<'_>, now: Millis, activity_id: i64) -> Result<(), Error> {
    evaluation::begin(tx, now, activity_id).await
}

/// Keeps what a member thinks: from 1 to 5 for each of the five statements, in their order.
///
/// # Errors
/// An evaluation that is not open; no member, or one who has answered; the database.
pub async fn evaluate(
    tx: &mut Tx<'_>,
    activity_id: i64,
    person: &Person,
    marks: [i64; 5],
) -> Result<(), Error> {
    let answer = evaluation::Answer { marks, comment: String::new() };
    evaluation::keep(tx, activity_id, person.id, &answer).await
}

/// Publishes what the members think.
///
/// # Errors
/// Fewer than five answers; an evaluation that is not open; the database.
pub async fn publish_evaluation(tx: &mut Tx<'_>, now: Millis, activity_id: i64) -> Result<(), Error> {
    evaluation::publish(tx, now, activity_id).await
}

/// Erases what names people.
///
/// # Errors
/// The database.
pub async fn erase(tx: &mut Tx<'_>, now: Millis, activity_id: i64) -> Result<(), Error> {
    work::erase(tx, now, activity_id).await
}

/// Publishes the results: draws, members, composition.
///
/// # Errors
/// The database.
pub async fn publish(tx: &mut Tx<'_>, now: Millis, activity_id: i64) -> Result<(), Error> {
    let activity = process::activity(tx, activity_id).await?.ok_or(Error::NotFound)?;
    let Some(text) = crate::export::results(tx, &activity).await? else { return Ok(()) };
    let value = serde_json::from_str(&text).map_err(|e| Error::Internal(e.to_string()))?;
    process::publish_results(tx, now, activity_id, &value).await
}
