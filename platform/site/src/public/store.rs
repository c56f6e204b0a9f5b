//! The SQL of the public pages that civic does not offer.

use std::collections::BTreeMap;

use parvis_civic::Error;
use parvis_civic::contribution::{self, Contribution};
use parvis_civic::process::Phase;
use parvis_core::{Localized, Millis};
use parvis_store::{Tx, p};

fn list(ids: &[i64]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn localized(text: &str) -> Localized {
    Localized::from_json(text)
}

/// The phases of these processes, in order, by process.
pub(super) async fn phases(tx: &mut Tx<'_>, processes: &[i64]) -> Result<BTreeMap<i64, Vec<Phase>>, Error> {
    let mut all: BTreeMap<i64, Vec<Phase>> = BTreeMap::new();
    if processes.is_empty() {
        return Ok(all);
    }
    let sql = format!(
        "select id, process_id, position, title, description, starts_at, ends_at from phase
         where process_id in ({}) order by process_id, position, starts_at, id",
        list(processes)
    );
    for row in tx.query(&sql, &p![]).await? {
        let phase = Phase {
            id: row.at(0)?,
            process_id: row.at(1)?,
            position: row.at(2)?,
            title: localized(&row.at::<String>(3)?),
            description: localized(&row.at::<String>(4)?),
            starts_at: row.at(5)?,
            ends_at: row.at(6)?,
        };
        all.entry(phase.process_id).or_default().push(phase);
    }
    Ok(all)
}

/// Where an activity stands: what is needed to lead to its contributions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Its process.
    pub process_id: i64,
    /// The address of the process.
    pub process: String,
    /// The name of the process.
    pub process_title: Localized,
    /// Its own address.
    pub activity: String,
    /// Its name.
    pub title: Localized,
    /// Its tool.
    pub component: String,
    /// Whether the public sees both.
    pub is_public: bool,
}

/// Where these activities stand, by activity.
pub(super) async fn places(tx: &mut Tx<'_>, activities: &[i64]) -> Result<BTreeMap<i64, Place>, Error> {
    let mut all = BTreeMap::new();
    if activities.is_empty() {
        return Ok(all);
    }
    let sql = format!(
        "select a.id, p.id, p.slug, p.title, a.slug, a.title, a.component, a.status, p.status
         from activity a join process p on p.id = a.process_id where a.id in ({})",
        list(activities)
    );
    for row in tx.query(&sql, &p![]).await? {
        let place = Place {
            process_id: row.at(1)?,
            process: row.at(2)?,
            process_title: localized(&row.at::<String>(3)?),
            activity: row.at(4)?,
            title: localized(&row.at::<String>(5)?),
            component: row.at(6)?,
            is_public: row.at::<String>(7)? != "draft" && row.at::<String>(8)? != "draft",
        };
        all.insert(row.at(0)?, place);
    }
    Ok(all)
}

/// The addresses and names of these processes.
pub(super) async fn processes(
    tx: &mut Tx<'_>,
    ids: &[i64],
) -> Result<BTreeMap<i64, (String, Localized)>, Error> {
    let mut all = BTreeMap::new();
    if ids.is_empty() {
        return Ok(all);
    }
    let sql =
        format!("select id, slug, title from process where id in ({}) and status <> 'draft'", list(ids));
    for row in tx.query(&sql, &p![]).await? {
        all.insert(row.at(0)?, (row.at(1)?, localized(&row.at::<String>(2)?)));
    }
    Ok(all)
}

/// One piece of news: what happened to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct News {
    /// `contribution`, `answer`, `results`, `process` or `document`.
    pub kind: String,
    /// Its identifier: of the contribution, the activity or the process.
    pub id: i64,
    /// When.
    pub at: Millis,
}

/// The last news, the latest first: of the site, or of one process. Arguments are left to the pages of what
/// they are about, unless `all`.
pub(super) async fn news(
    tx: &mut Tx<'_>,
    process_id: Option<i64>,
    all: bool,
    limit: i64,
) -> Result<Vec<News>, Error> {
    let rows = tx
        .query(
            "select kind, id, at from (
                select 'contribution' as kind, c.id as id, c.published_at as at, c.process_id as process_id
                from contribution c join activity a on a.id = c.activity_id join process p on p.id = c.process_id
                where c.status = 'published' and c.published_at is not null and a.status <> 'draft'
                  and p.status <> 'draft' and (c.title <> '' or cast($2 as boolean)) and not c.official
                union all
                select 'answer', c.id, w.published_at, c.process_id
                from answer w join contribution c on c.id = w.contribution_id
                join process p on p.id = c.process_id
                where not w.draft and w.published_at is not null and c.status = 'published'
                  and p.status <> 'draft'
                union all
                select 'results', a.id, a.results_at, a.process_id from activity a
                where a.results_at is not null and a.status <> 'draft'
                union all
                select 'process', p.id, p.published_at, p.id from process p
                where p.status <> 'draft' and p.published_at is not null
             ) news
             where cast($1 as bigint) is null or process_id = $1
             order by at desc, kind, id desc limit $3",
            &p![process_id, all, limit],
        )
        .await?;
    rows.iter().map(|row| Ok(News { kind: row.at(0)?, id: row.at(1)?, at: row.at(2)? })).collect()
}

/// What a person published and still shows, the latest first, and how many there are.
pub(super) async fn of_person(
    tx: &mut Tx<'_>,
    id: i64,
    limit: i64,
    offset: i64,
) -> Result<(Vec<Contribution>, i64), Error> {
    const FROM: &str = "from contribution c join activity a on a.id = c.activity_id
        join process p on p.id = c.process_id
        where c.author_id = $1 and c.status = 'published' and a.status <> 'draft' and p.status <> 'draft'
          and not c.official";
    let total = tx.value(&format!("select count(*) {FROM}"), &p![id]).await?;
    let sql = format!(
        "select {} {FROM} order by c.published_at desc, c.id desc limit $2 offset $3",
        contribution::COLUMNS
    );
    let found = tx.query(&sql, &p![id, limit, offset]).await?;
    Ok((found.iter().map(contribution::read).collect::<Result<_, _>>()?, total))
}

/// An address for search engines: a contribution with a page of its own, and when it last changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// The contribution, as far as its address needs it.
    pub id: i64,
    /// Its activity.
    pub activity_id: i64,
    /// When it last changed.
    pub updated_at: Millis,
}

/// The contributions that have a title, hence a page, the latest first.
pub(super) async fn addresses(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Address>, Error> {
    let rows = tx
        .query(
            "select c.id, c.activity_id, c.updated_at from contribution c
             join activity a on a.id = c.activity_id join process p on p.id = c.process_id
             where c.status = 'published' and c.title <> '' and c.kind not in ('source')
               and a.status <> 'draft' and p.status <> 'draft'
             order by c.updated_at desc, c.id desc limit $1",
            &p![limit],
        )
        .await?;
    rows.iter()
        .map(|row| Ok(Address { id: row.at(0)?, activity_id: row.at(1)?, updated_at: row.at(2)? }))
        .collect()
}

/// The processes and the activities that the public sees: `(slug of the process, slug of the activity or none,
/// when it last changed)`.
pub(super) async fn map(tx: &mut Tx<'_>) -> Result<Vec<(String, Option<String>, Millis)>, Error> {
    let rows = tx
        .query(
            "select p.slug, null as activity, p.updated_at, p.id, 0 from process p where p.status <> 'draft'
             union all
             select p.slug, a.slug, a.updated_at, p.id, a.id from activity a join process p on p.id = a.process_id
             where p.status <> 'draft' and a.status <> 'draft'
             order by 4, 5 limit 2000",
            &p![],
        )
        .await?;
    rows.iter().map(|row| Ok((row.at(0)?, row.at(1)?, row.at(2)?))).collect()
}
