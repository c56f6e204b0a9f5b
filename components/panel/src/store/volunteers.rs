//! Volunteers: those who may be drawn, then members.

use std::collections::BTreeMap;

use parvis_civic::Error;
use parvis_core::{Locale, Millis};
use parvis_store::{Row, Tx, p};

use crate::model::Seat;
use crate::people::Volunteer;

/// A volunteer, as the database keeps them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Identifier.
    pub id: i64,
    /// What names them in public.
    pub pseudonym: String,
    /// Name; empty when erased or not known.
    pub name: String,
    /// Contact; the same.
    pub contact: String,
    /// What tells households apart; the same.
    pub household: String,
    /// The number of the household in the published pool.
    pub home: String,
    /// The value of each category.
    pub answers: BTreeMap<String, String>,
    /// The language in which they answered.
    pub locale: Locale,
    /// How they answered: `web`, `phone`, `paper`, `file`.
    pub channel: String,
    /// Whether they are in the published pool.
    pub is_pooled: bool,
    /// Where they stand.
    pub seat: Seat,
    /// The draw that gave the seat.
    pub round: Option<i64>,
    /// Whether they have said what they think of it.
    pub has_evaluated: bool,
}

impl Person {
    /// As a row of the pool.
    pub fn row(&self) -> crate::pool::Row {
        crate::pool::Row {
            id: self.pseudonym.clone(),
            home: self.home.clone(),
            answers: self.answers.clone(),
        }
    }
}

fn read(row: &Row) -> Result<Person, Error> {
    let answers: String = row.get("answers")?;
    Ok(Person {
        id: row.get("id")?,
        pseudonym: row.get("pseudonym")?,
        name: row.get("name")?,
        contact: row.get("contact")?,
        household: row.get("household")?,
        home: row.get("home")?,
        answers: serde_json::from_str(&answers).map_err(|e| Error::Internal(format!("answers: {e}")))?,
        locale: Locale::parse(&row.get::<String>("locale")?).unwrap_or_default(),
        channel: row.get("channel")?,
        is_pooled: row.get("is_pooled")?,
        seat: Seat::parse(&row.get::<String>("seat")?),
        round: row.get("round")?,
        has_evaluated: row.get("has_evaluated")?,
    })
}

const COLUMNS: &str = "id, pseudonym, name, contact, household, home, answers, locale, channel, is_pooled, seat, round, has_evaluated";

/// What somebody answers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Invitation {
    /// An open call, or a file.
    None,
    /// The letter of this id.
    Letter(i64),
    /// The telephone number of this id.
    Phone(i64),
}

/// Adds a volunteer; gives their id. The same person (`person_key`), letter, number or pseudonym twice breaks a constraint.
pub(crate) async fn add(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    pseudonym: &str,
    person: &Volunteer,
    invitation: Invitation,
    channel: &str,
) -> Result<i64, Error> {
    let answers = serde_json::to_string(&person.answers).map_err(|e| Error::Internal(e.to_string()))?;
    let key = person.key();
    let key = if key.is_empty() { pseudonym.to_owned() } else { key };
    let sql =
        "insert into panel_volunteer (activity_id, pseudonym, answers, name, contact, person_key, household,
                  letter_id, phone_id, channel, created_at, locale)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id";
    let (letter, phone) = match invitation {
        Invitation::None => (None, None),
        Invitation::Letter(id) => (Some(id), None),
        Invitation::Phone(id) => (None, Some(id)),
    };
    let values = p![
        activity_id,
        pseudonym,
        answers,
        person.name.as_str(),
        person.contact.as_str(),
        key,
        person.household.as_str(),
        letter,
        phone,
        channel,
        now,
        person.locale.code()
    ];
    Ok(tx.insert(sql, &values).await?)
}

/// Whether somebody with this name and contact has volunteered.
pub(crate) async fn known(tx: &mut Tx<'_>, activity_id: i64, key: &str) -> Result<bool, Error> {
    let sql = "select count(*) from panel_volunteer where activity_id = $1 and person_key = $2";
    Ok(tx.value::<i64>(sql, &p![activity_id, key]).await? > 0)
}

/// The volunteer who answered a letter.
pub(crate) async fn of_letter(
    tx: &mut Tx<'_>,
    activity_id: i64,
    letter: i64,
) -> Result<Option<Person>, Error> {
    let sql = format!("select {COLUMNS} from panel_volunteer where activity_id = $1 and letter_id = $2");
    tx.opt(&sql, &p![activity_id, letter]).await?.as_ref().map(read).transpose()
}

/// The volunteer who answered at a telephone number.
pub(crate) async fn of_phone(tx: &mut Tx<'_>, activity_id: i64, phone: i64) -> Result<Option<Person>, Error> {
    let sql = format!("select {COLUMNS} from panel_volunteer where activity_id = $1 and phone_id = $2");
    tx.opt(&sql, &p![activity_id, phone]).await?.as_ref().map(read).transpose()
}

/// Gives a member a code.
pub(crate) async fn set_member_code(tx: &mut Tx<'_>, id: i64, hash: &str) -> Result<(), Error> {
    tx.exec("update panel_volunteer set code_hash = $2 where id = $1", &p![id, hash]).await?;
    Ok(())
}

/// The member of a code.
pub(crate) async fn by_member_code(
    tx: &mut Tx<'_>,
    activity_id: i64,
    hash: &str,
) -> Result<Option<Person>, Error> {
    let sql = format!("select {COLUMNS} from panel_volunteer where activity_id = $1 and code_hash = $2");
    tx.opt(&sql, &p![activity_id, hash]).await?.as_ref().map(read).transpose()
}

/// A volunteer by id.
pub(crate) async fn volunteer(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<Option<Person>, Error> {
    let sql = format!("select {COLUMNS} from panel_volunteer where activity_id = $1 and id = $2");
    tx.opt(&sql, &p![activity_id, id]).await?.as_ref().map(read).transpose()
}

/// Volunteers by pseudonym, a page of them.
pub(crate) async fn volunteers(
    tx: &mut Tx<'_>,
    activity_id: i64,
    limit: i64,
    offset: i64,
) -> Result<Vec<Person>, Error> {
    let sql = format!(
        "select {COLUMNS} from panel_volunteer where activity_id = $1 order by pseudonym limit $2 offset $3"
    );
    tx.query(&sql, &p![activity_id, limit, offset]).await?.iter().map(read).collect()
}

/// Everybody, or everybody in the published pool, by pseudonym.
pub(crate) async fn everybody(tx: &mut Tx<'_>, activity_id: i64, pooled: bool) -> Result<Vec<Person>, Error> {
    let sql = format!(
        "select {COLUMNS} from panel_volunteer where activity_id = $1 and (not cast($2 as boolean) or is_pooled)
         order by pseudonym"
    );
    tx.query(&sql, &p![activity_id, pooled]).await?.iter().map(read).collect()
}

/// How many volunteers.
pub(crate) async fn count(tx: &mut Tx<'_>, activity_id: i64) -> Result<i64, Error> {
    Ok(tx.value("select count(*) from panel_volunteer where activity_id = $1", &p![activity_id]).await?)
}

/// Those who were drawn once, whatever became of them, by pseudonym.
pub(crate) async fn drawn(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Person>, Error> {
    let sql = format!(
        "select {COLUMNS} from panel_volunteer where activity_id = $1 and seat <> '' order by pseudonym"
    );
    tx.query(&sql, &p![activity_id]).await?.iter().map(read).collect()
}

/// The contacts that are known.
pub(crate) async fn contacts(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<String>, Error> {
    let sql = "select contact from panel_volunteer where activity_id = $1 and contact <> '' order by id";
    tx.query(sql, &p![activity_id]).await?.iter().map(|row| Ok(row.at(0)?)).collect()
}

/// Puts somebody in the published pool, with the number of their household there.
pub(crate) async fn set_pooled(tx: &mut Tx<'_>, id: i64, home: &str) -> Result<(), Error> {
    tx.exec("update panel_volunteer set is_pooled = true, home = $2 where id = $1", &p![id, home]).await?;
    Ok(())
}

/// Gives a seat, or takes it.
pub(crate) async fn set_seat(tx: &mut Tx<'_>, id: i64, seat: Seat, round: Option<i64>) -> Result<(), Error> {
    let sql = "update panel_volunteer set seat = $2, round = coalesce($3, round) where id = $1";
    tx.exec(sql, &p![id, seat.code(), round]).await?;
    Ok(())
}

/// Gives a seat by pseudonym.
pub(crate) async fn seat_drawn(
    tx: &mut Tx<'_>,
    activity_id: i64,
    pseudonym: &str,
    round: i64,
) -> Result<bool, Error> {
    let sql =
        "update panel_volunteer set seat = 'drawn', round = $3 where activity_id = $1 and pseudonym = $2
                 and is_pooled";
    Ok(tx.exec(sql, &p![activity_id, pseudonym, round]).await? == 1)
}

/// Removes a volunteer who is not in a published pool.
pub(crate) async fn remove(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<bool, Error> {
    let sql = "delete from panel_volunteer where activity_id = $1 and id = $2 and not is_pooled";
    Ok(tx.exec(sql, &p![activity_id, id]).await? == 1)
}

/// Erases what names one person who left after the pool was published.
pub(crate) async fn forget(tx: &mut Tx<'_>, id: i64) -> Result<(), Error> {
    let sql = "update panel_volunteer set name = '', contact = '', household = '', person_key = pseudonym,
                  letter_id = null, phone_id = null, code_hash = null where id = $1";
    tx.exec(sql, &p![id]).await?;
    Ok(())
}
