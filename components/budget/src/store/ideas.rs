//! Ideas: what they add to their contribution, their lists, their notes.

use parvis_civic::Error;
use parvis_civic::contribution::{self, Contribution, Order};
use parvis_core::{Localized, Millis};
use parvis_store::{Row, Tx, Val, p};

use crate::geo::Point;
use crate::life::State;

/// What an idea adds to its contribution when it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) district_id: Option<i64>,
    pub(crate) category_id: Option<i64>,
    pub(crate) address: String,
    pub(crate) point: Option<Point>,
    /// Cents.
    pub(crate) estimate: Option<i64>,
}

impl Facts {
    /// What a version's commitment covers beside the text: no float in it.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "district": self.district_id,
            "category": self.category_id,
            "address": self.address,
            "latitude_e6": self.point.map(|p| p.latitude),
            "longitude_e6": self.point.map(|p| p.longitude),
            "estimate": self.estimate,
        })
    }
}

/// An idea, as every page of it needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Idea {
    pub(crate) c: Contribution,
    /// The pseudonym of its author, when they still have one.
    pub(crate) author: Option<String>,
    pub(crate) facts: Facts,
    pub(crate) state: State,
    /// The service that studies it; for the services only.
    pub(crate) service: String,
    pub(crate) reason: Localized,
    /// Cents.
    pub(crate) cost: Option<i64>,
    pub(crate) decided_at: Option<Millis>,
    pub(crate) merged_into: Option<i64>,
}

impl Idea {
    /// How many people support it: here, and where it was imported from.
    pub(crate) fn supports(&self) -> i64 {
        self.c.totals().r#for
    }
}

const OWN: &str =
    "w.pseudonym, i.district_id, i.category_id, i.address, i.latitude_e6, i.longitude_e6, i.estimate,
    i.state, i.service, i.reason, i.cost, i.decided_at, i.merged_into";
const FROM: &str = "from contribution c join budget_idea i on i.contribution_id = c.id
    left join participant w on w.id = c.author_id";

fn read(row: &Row) -> Result<Idea, Error> {
    let point: Option<(i64, i64)> = row.at::<Option<i64>>(36)?.zip(row.at::<Option<i64>>(37)?);
    Ok(Idea {
        c: contribution::read(row)?,
        author: row.at(32)?,
        facts: Facts {
            district_id: row.at(33)?,
            category_id: row.at(34)?,
            address: row.at(35)?,
            point: point.map(Point::from),
            estimate: row.at(38)?,
        },
        state: State::parse(&row.at::<String>(39)?).unwrap_or(State::Received),
        service: row.at(40)?,
        reason: Localized::from_json(&row.at::<String>(41)?),
        cost: row.at(42)?,
        decided_at: row.at(43)?,
        merged_into: row.at(44)?,
    })
}

/// One idea of this activity, whatever its status: the caller checks who may see it.
pub(crate) async fn find(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<Option<Idea>, Error> {
    let sql =
        format!("select {}, {OWN} {FROM} where c.id = $1 and c.activity_id = $2", contribution::COLUMNS);
    tx.opt(&sql, &p![id, activity_id]).await?.as_ref().map(read).transpose()
}

/// Writes what an idea adds to its contribution; a new one is received.
pub(crate) async fn save(tx: &mut Tx<'_>, activity_id: i64, id: i64, facts: &Facts) -> Result<(), Error> {
    tx.exec(
        "insert into budget_idea (contribution_id, activity_id, district_id, category_id, address, latitude_e6,
            longitude_e6, estimate)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (contribution_id) do update set district_id = excluded.district_id,
            category_id = excluded.category_id, address = excluded.address, latitude_e6 = excluded.latitude_e6,
            longitude_e6 = excluded.longitude_e6, estimate = excluded.estimate",
        &p![
            id,
            activity_id,
            facts.district_id,
            facts.category_id,
            facts.address.as_str(),
            facts.point.map(|p| p.latitude),
            facts.point.map(|p| p.longitude),
            facts.estimate
        ],
    )
    .await?;
    Ok(())
}

/// Which ideas a list shows, in what order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Which {
    pub(crate) activity_id: i64,
    pub(crate) category: Option<i64>,
    pub(crate) district: Option<i64>,
    pub(crate) state: Option<State>,
    /// These only.
    pub(crate) ids: Vec<i64>,
    /// Given to this service (an empty name: to none).
    pub(crate) service: Option<String>,
    /// Also those that were merged.
    pub(crate) with_merged: bool,
    pub(crate) order: Order,
    pub(crate) limit: i64,
    pub(crate) offset: i64,
}

impl Which {
    /// All that are published, the last first.
    pub(crate) fn all(activity_id: i64) -> Self {
        Self {
            activity_id,
            category: None,
            district: None,
            state: None,
            ids: vec![],
            service: None,
            with_merged: false,
            order: Order::Recent,
            limit: 20,
            offset: 0,
        }
    }

    fn conditions(&self) -> (String, Vec<Val>) {
        let mut params: Vec<Val> = vec![self.activity_id.into()];
        let status = if self.with_merged { "('published', 'merged')" } else { "('published')" };
        let mut sql = format!("c.activity_id = $1 and c.kind = 'idea' and c.status in {status}");
        let mut also = |column: &str, value: Val| {
            params.push(value);
            sql.push_str(&format!(" and {column} = ${}", params.len()));
        };
        if let Some(id) = self.category {
            also("i.category_id", id.into());
        }
        if let Some(id) = self.district {
            also("i.district_id", id.into());
        }
        if let Some(state) = self.state {
            also("i.state", state.code().into());
        }
        if let Some(service) = &self.service {
            also("i.service", service.into());
        }
        if !self.ids.is_empty() {
            let ids: Vec<String> = self.ids.iter().map(ToString::to_string).collect();
            sql.push_str(&format!(" and c.id in ({})", ids.join(", ")));
        }
        (sql, params)
    }

    fn order(&self) -> String {
        match self.order {
            Order::Random(seed) => {
                let seed = seed.rem_euclid(999_983) + 2;
                format!("((c.shuffle % 1000003) * {seed}) % 1000003, c.id")
            }
            Order::Supported => "c.support desc, c.id".into(),
            _ => "c.published_at desc, c.id desc".into(),
        }
    }
}

/// A page of ideas.
pub(crate) async fn list(tx: &mut Tx<'_>, which: &Which) -> Result<Vec<Idea>, Error> {
    let (conditions, mut params) = which.conditions();
    params.push(which.limit.clamp(1, 500).into());
    params.push(which.offset.max(0).into());
    let sql = format!(
        "select {}, {OWN} {FROM} where {conditions} order by {} limit ${} offset ${}",
        contribution::COLUMNS,
        which.order(),
        params.len() - 1,
        params.len()
    );
    tx.query(&sql, &params).await?.iter().map(read).collect()
}

/// How many ideas the list would show in all.
pub(crate) async fn count(tx: &mut Tx<'_>, which: &Which) -> Result<i64, Error> {
    let (conditions, params) = which.conditions();
    Ok(tx.value(&format!("select count(*) {FROM} where {conditions}"), &params).await?)
}

/// The most ideas that a map shows.
const MOST_MARKS: i64 = 2_000;

/// The place of each idea that has one: number, title, point.
pub(crate) async fn marks(tx: &mut Tx<'_>, which: &Which) -> Result<Vec<(i64, String, Point)>, Error> {
    let (conditions, mut params) = which.conditions();
    params.push(MOST_MARKS.into());
    let sql = format!(
        "select c.id, c.title, i.latitude_e6, i.longitude_e6 {FROM}
         where {conditions} and i.latitude_e6 is not null and i.longitude_e6 is not null
         order by c.id desc limit ${}",
        params.len()
    );
    let rows = tx.query(&sql, &params).await?;
    rows.iter().map(|r| Ok((r.at(0)?, r.at(1)?, Point { latitude: r.at(2)?, longitude: r.at(3)? }))).collect()
}

/// How many published ideas stand in each state.
pub(crate) async fn by_state(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<(State, i64)>, Error> {
    let sql = "select i.state, count(*) from contribution c join budget_idea i on i.contribution_id = c.id
               where c.activity_id = $1 and c.kind = 'idea' and c.status in ('published', 'merged')
               group by i.state";
    let rows = tx.query(sql, &p![activity_id]).await?;
    let mut counts: Vec<(State, i64)> = State::ALL.into_iter().map(|s| (s, 0)).collect();
    for row in rows {
        let state = State::parse(&row.at::<String>(0)?);
        if let Some(line) = counts.iter_mut().find(|(s, _)| Some(*s) == state) {
            line.1 = row.at(1)?;
        }
    }
    Ok(counts)
}

/// How many ideas of one person are published here.
pub(crate) async fn of_author(tx: &mut Tx<'_>, activity_id: i64, author: i64) -> Result<i64, Error> {
    let sql = "select count(*) from contribution where activity_id = $1 and kind = 'idea' and author_id = $2
               and status in ('published', 'merged', 'hidden') and not official";
    Ok(tx.value(sql, &p![activity_id, author]).await?)
}

/// The services named so far, in the order of the alphabet.
pub(crate) async fn services(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<String>, Error> {
    let sql =
        "select distinct service from budget_idea where activity_id = $1 and service <> '' order by service";
    tx.query(sql, &p![activity_id]).await?.iter().map(|r| Ok(r.at(0)?)).collect()
}

/// What a service decided of an idea.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Study {
    pub(crate) state: State,
    pub(crate) service: String,
    pub(crate) reason: Localized,
    pub(crate) cost: Option<i64>,
    pub(crate) district_id: Option<i64>,
    pub(crate) category_id: Option<i64>,
}

/// Writes the study of an idea.
pub(crate) async fn study(tx: &mut Tx<'_>, id: i64, study: &Study, now: Millis) -> Result<(), Error> {
    let decided = study.state.is_decided().then_some(now);
    tx.exec(
        "update budget_idea set state = $2, service = $3, reason = $4, cost = $5, district_id = $6,
            category_id = $7, decided_at = $8 where contribution_id = $1",
        &p![
            id,
            study.state.code(),
            study.service.as_str(),
            study.reason.to_json(),
            study.cost,
            study.district_id,
            study.category_id,
            decided
        ],
    )
    .await?;
    Ok(())
}

/// A note between services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) author: Option<String>,
    pub(crate) body: String,
    pub(crate) created_at: Millis,
}

/// Adds a note.
pub(crate) async fn add_note(
    tx: &mut Tx<'_>,
    now: Millis,
    id: i64,
    author: i64,
    body: &str,
) -> Result<(), Error> {
    let sql =
        "insert into budget_note (contribution_id, author_id, body, created_at) values ($1, $2, $3, $4)";
    tx.exec(sql, &p![id, author, body, now]).await?;
    Ok(())
}

/// The notes on an idea, the first first; at most 200.
pub(crate) async fn notes(tx: &mut Tx<'_>, id: i64) -> Result<Vec<Note>, Error> {
    let sql = "select w.pseudonym, n.body, n.created_at from budget_note n
               left join participant w on w.id = n.author_id
               where n.contribution_id = $1 order by n.id limit 200";
    let rows = tx.query(sql, &p![id]).await?;
    rows.iter().map(|r| Ok(Note { author: r.at(0)?, body: r.at(1)?, created_at: r.at(2)? })).collect()
}

/// The ideas that this one took in: number and title.
pub(crate) async fn taken_in(tx: &mut Tx<'_>, id: i64) -> Result<Vec<(i64, String)>, Error> {
    let sql = "select c.id, c.title from budget_idea i join contribution c on c.id = i.contribution_id
               where i.merged_into = $1 and c.status = 'merged' order by c.id";
    tx.query(sql, &p![id]).await?.iter().map(|r| Ok((r.at(0)?, r.at(1)?))).collect()
}
