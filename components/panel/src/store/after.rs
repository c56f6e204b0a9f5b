//! Sessions, who came, and what the panel recommends.

use parvis_civic::Error;
use parvis_core::{Localized, Millis};
use parvis_store::{Row, Tx, p};

use crate::recommend::{self, Decision};

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Identifier.
    pub id: i64,
    /// Its name.
    pub title: Localized,
    /// Its day, ISO 8601.
    pub day: String,
    /// How many discussion tables; 0: not made.
    pub tables: i64,
    /// How many members came.
    pub present: i64,
}

/// The sessions of a panel, in order.
pub(crate) async fn sessions(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Session>, Error> {
    let sql = "select s.id, s.title, s.day, s.tables,
                 (select count(*) from panel_attendance a where a.session_id = s.id and a.is_present) as present
               from panel_session s where s.activity_id = $1 order by s.position, s.id";
    let read = |row: &Row| -> Result<Session, Error> {
        Ok(Session {
            id: row.get("id")?,
            title: Localized::from_json(&row.get::<String>("title")?),
            day: row.get("day")?,
            tables: row.get("tables")?,
            present: row.get("present")?,
        })
    };
    tx.query(sql, &p![activity_id]).await?.iter().map(read).collect()
}

/// Adds a session after the others.
pub(crate) async fn add_session(
    tx: &mut Tx<'_>,
    activity_id: i64,
    title: &Localized,
    day: &str,
) -> Result<i64, Error> {
    let sql = "insert into panel_session (activity_id, position, title, day)
               values ($1, (select coalesce(max(position), 0) + 1 from panel_session where activity_id = $1), $2, $3)
               returning id";
    Ok(tx.insert(sql, &p![activity_id, title.to_json(), day]).await?)
}

/// Removes a session, with who came.
pub(crate) async fn remove_session(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<bool, Error> {
    let sql = "delete from panel_session where activity_id = $1 and id = $2";
    Ok(tx.exec(sql, &p![activity_id, id]).await? == 1)
}

/// Notes who came to a session.
pub(crate) async fn set_present(
    tx: &mut Tx<'_>,
    session: i64,
    volunteer: i64,
    present: bool,
) -> Result<(), Error> {
    let sql = "insert into panel_attendance (session_id, volunteer_id, is_present) values ($1, $2, $3)
               on conflict (session_id, volunteer_id) do update set is_present = excluded.is_present";
    tx.exec(sql, &p![session, volunteer, present]).await?;
    Ok(())
}

/// Seats somebody at a table of a session.
pub(crate) async fn set_table(
    tx: &mut Tx<'_>,
    session: i64,
    volunteer: i64,
    table: i64,
) -> Result<(), Error> {
    let sql = "insert into panel_attendance (session_id, volunteer_id, table_number) values ($1, $2, $3)
               on conflict (session_id, volunteer_id) do update set table_number = excluded.table_number";
    tx.exec(sql, &p![session, volunteer, table]).await?;
    Ok(())
}

/// Notes how many tables the sessions of a panel have, before people are seated again.
pub(crate) async fn set_tables(tx: &mut Tx<'_>, activity_id: i64, tables: i64) -> Result<(), Error> {
    tx.exec("update panel_session set tables = $2 where activity_id = $1", &p![activity_id, tables]).await?;
    let sql = "update panel_attendance set table_number = 0
               where session_id in (select id from panel_session where activity_id = $1)";
    tx.exec(sql, &p![activity_id]).await?;
    Ok(())
}

/// Who sits where and who came: session, volunteer, table, present.
pub(crate) async fn attendance(
    tx: &mut Tx<'_>,
    activity_id: i64,
) -> Result<Vec<(i64, i64, i64, bool)>, Error> {
    let sql = "select a.session_id, a.volunteer_id, a.table_number, a.is_present from panel_attendance a
               join panel_session s on s.id = a.session_id where s.activity_id = $1
               order by s.position, a.table_number, a.volunteer_id";
    let rows = tx.query(sql, &p![activity_id]).await?;
    rows.iter().map(|r| Ok((r.at(0)?, r.at(1)?, r.at(2)?, r.at(3)?))).collect()
}

/// A recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recommendation {
    /// Identifier.
    pub id: i64,
    /// Its title.
    pub title: Localized,
    /// Its text (Markdown).
    pub body: Localized,
    /// For, against, abstentions; none until it was voted.
    pub votes: Option<[i64; 3]>,
    /// The status of the official answer; empty until there is one.
    pub status: String,
    /// The official answer (Markdown).
    pub answer: Localized,
}

impl Recommendation {
    /// Whether the panel adopted it: more votes for than against; abstentions do not count.
    pub fn is_adopted(&self) -> Option<bool> {
        self.votes.map(|votes| recommend::decision(votes) == Decision::Adopted)
    }
}

fn read(row: &Row) -> Result<Recommendation, Error> {
    let votes: (Option<i64>, Option<i64>, Option<i64>) =
        (row.get("votes_for")?, row.get("votes_against")?, row.get("votes_abstain")?);
    Ok(Recommendation {
        id: row.get("id")?,
        title: Localized::from_json(&row.get::<String>("title")?),
        body: Localized::from_json(&row.get::<String>("body")?),
        votes: match votes {
            (Some(a), Some(b), Some(c)) => Some([a, b, c]),
            _ => None,
        },
        status: row.get("status")?,
        answer: Localized::from_json(&row.get::<String>("answer")?),
    })
}

const COLUMNS: &str = "id, title, body, votes_for, votes_against, votes_abstain, status, answer";

/// The recommendations of a panel, in order.
pub(crate) async fn recommendations(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Recommendation>, Error> {
    let sql =
        format!("select {COLUMNS} from panel_recommendation where activity_id = $1 order by position, id");
    tx.query(&sql, &p![activity_id]).await?.iter().map(read).collect()
}

/// One recommendation.
pub(crate) async fn recommendation(
    tx: &mut Tx<'_>,
    activity_id: i64,
    id: i64,
) -> Result<Option<Recommendation>, Error> {
    let sql = format!("select {COLUMNS} from panel_recommendation where activity_id = $1 and id = $2");
    tx.opt(&sql, &p![activity_id, id]).await?.as_ref().map(read).transpose()
}

/// Adds a recommendation after the others, or writes one again; gives its id.
pub(crate) async fn save_recommendation(
    tx: &mut Tx<'_>,
    activity_id: i64,
    r: &Recommendation,
) -> Result<i64, Error> {
    if r.id == 0 {
        let sql = "insert into panel_recommendation (activity_id, position, title, body)
            values ($1, (select coalesce(max(position), 0) + 1 from panel_recommendation where activity_id = $1),
                    $2, $3) returning id";
        return Ok(tx.insert(sql, &p![activity_id, r.title.to_json(), r.body.to_json()]).await?);
    }
    let sql = "update panel_recommendation set title = $3, body = $4 where activity_id = $1 and id = $2";
    let done = tx.exec(sql, &p![activity_id, r.id, r.title.to_json(), r.body.to_json()]).await?;
    if done == 1 { Ok(r.id) } else { Err(Error::NotFound) }
}

/// Notes the votes on a recommendation.
pub(crate) async fn set_votes(tx: &mut Tx<'_>, id: i64, votes: [i64; 3]) -> Result<(), Error> {
    let sql = "update panel_recommendation set votes_for = $2, votes_against = $3, votes_abstain = $4 where id = $1";
    tx.exec(sql, &p![id, votes[0], votes[1], votes[2]]).await?;
    Ok(())
}

/// Notes the official answer to a recommendation.
pub(crate) async fn set_official(
    tx: &mut Tx<'_>,
    now: Millis,
    id: i64,
    status: &str,
    answer: &Localized,
) -> Result<(), Error> {
    let sql = "update panel_recommendation set status = $2, answer = $3, answered_at = $4 where id = $1";
    tx.exec(sql, &p![id, status, answer.to_json(), now]).await?;
    Ok(())
}

/// Removes a recommendation that was not voted.
pub(crate) async fn remove_recommendation(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<bool, Error> {
    let sql = "delete from panel_recommendation where activity_id = $1 and id = $2 and votes_for is null";
    Ok(tx.exec(sql, &p![activity_id, id]).await? == 1)
}
