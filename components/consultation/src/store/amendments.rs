//! What becomes of amendments.

use parvis_civic::Error;
use parvis_civic::contribution::{COLUMNS, Contribution};
use parvis_civic::text::Format;
use parvis_core::{Localized, Millis};
use parvis_store::{Row, Tx, p};

use super::{Amendment, LISTED, Listed, read_listed};

/// Notes, in the transaction that publishes an amendment, the version of the text it was written against.
///
/// # Errors
/// The database.
pub async fn record_amendment(tx: &mut Tx<'_>, id: i64, base_version: i64) -> Result<(), Error> {
    tx.exec(
        "insert into consultation_amendment (contribution_id, base_version) values ($1, $2)",
        &p![id, base_version],
    )
    .await?;
    Ok(())
}

/// Gives a draft the format of the text it rewrites: both must read alike.
///
/// # Errors
/// The database.
pub async fn set_format(tx: &mut Tx<'_>, id: i64, format: Format) -> Result<(), Error> {
    tx.exec("update contribution set format = $2 where id = $1 and status = 'draft'", &p![id, format.code()])
        .await?;
    Ok(())
}

/// One decision to write.
#[derive(Debug, Clone)]
pub struct Decided<'a> {
    /// The amendment.
    pub id: i64,
    /// `accepted`, `refused` or `merged`.
    pub decision: &'a str,
    /// Why; may be empty.
    pub reason: &'a Localized,
    /// When.
    pub at: Millis,
    /// The editor.
    pub by: i64,
    /// The version of the text that came of it.
    pub result_version: Option<i64>,
}

/// Writes a decision, unless there is one already. Gives whether it was written.
///
/// # Errors
/// The database.
pub async fn decide(tx: &mut Tx<'_>, d: &Decided<'_>) -> Result<bool, Error> {
    // An imported amendment has no row yet: it was written against the first version.
    let done = tx
        .exec(
            "insert into consultation_amendment (contribution_id, base_version, decision, reason, decided_at,
                decided_by, result_version) values ($1, 1, $2, $3, $4, $5, $6)
             on conflict (contribution_id) do update
                set decision = excluded.decision, reason = excluded.reason, decided_at = excluded.decided_at,
                    decided_by = excluded.decided_by, result_version = excluded.result_version
                where consultation_amendment.decision is null",
            &p![d.id, d.decision, d.reason.to_json(), d.at, d.by, d.result_version],
        )
        .await?;
    Ok(done == 1)
}

/// The text that an amendment rewrites, as lists name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parent {
    /// Identifier.
    pub id: i64,
    /// Its title now.
    pub title: String,
    /// Its version now.
    pub version: i64,
    /// Whether it is still shown.
    pub published: bool,
}

/// An amendment in a list: with its text and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amended {
    /// The amendment, its author and the status of its answer.
    pub listed: Listed,
    /// What became of it.
    pub fate: Amendment,
    /// The text it rewrites.
    pub parent: Parent,
}

impl Amended {
    /// Whether the text has changed since this was written.
    pub const fn is_behind(&self) -> bool {
        self.fate.base_version != self.parent.version
    }

    /// The amendment itself.
    pub const fn c(&self) -> &Contribution {
        &self.listed.c
    }
}

/// Which amendments a list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Which {
    /// Of this text only.
    pub on: Option<i64>,
    /// `waiting`, or one of the decisions.
    pub status: Option<&'static str>,
}

/// The words by which amendments can be filtered.
pub const FATES: [&str; 4] = ["waiting", "accepted", "refused", "merged"];

fn conditions(which: Which) -> String {
    let mut sql = String::from(
        "c.activity_id = $1 and c.kind = 'amendment' and c.status = 'published' and (cast($2 as bigint) is null
         or c.parent_id = $2)",
    );
    match which.status {
        None => {}
        Some("waiting") => sql.push_str(" and m.decision is null"),
        // One of a closed list (`FATES`), never a visitor's words.
        Some(decision) => sql.push_str(&format!(" and m.decision = '{decision}'")),
    }
    sql
}

/// Amendments that wait come first, the oldest first; then the decided ones, the last decided first.
const ORDER: &str = "case when m.decision is null then 0 else 1 end, coalesce(m.decided_at, 0) desc, c.id";

fn read_amended(row: &Row) -> Result<Amended, Error> {
    let listed = read_listed(row)?;
    let fate = Amendment {
        contribution_id: listed.c.id,
        base_version: row.at(34)?,
        decision: row.at(35)?,
        reason: Localized::from_json(&row.at::<Option<String>>(36)?.unwrap_or_default()),
        decided_at: row.at(37)?,
        result_version: row.at(38)?,
    };
    let parent = Parent {
        id: row.at(39)?,
        title: row.at(40)?,
        version: row.at(41)?,
        published: row.at::<String>(42)? == "published",
    };
    Ok(Amended { listed, fate, parent })
}

fn select() -> String {
    let columns = "w.status, coalesce(m.base_version, 1), m.decision, m.reason, m.decided_at,
        m.result_version, t.id, t.title, t.version, t.status";
    let from = LISTED.replacen("w.status", columns, 1);
    format!(
        "select {COLUMNS} {from} join contribution t on t.id = c.parent_id
         left join consultation_amendment m on m.contribution_id = c.id"
    )
}

/// One page of the published amendments of a consultation.
///
/// # Errors
/// The database.
pub async fn amendment_list(
    tx: &mut Tx<'_>,
    activity_id: i64,
    which: Which,
    limit: i64,
    offset: i64,
) -> Result<Vec<Amended>, Error> {
    let sql = format!("{} where {} order by {ORDER} limit $3 offset $4", select(), conditions(which));
    tx.query(&sql, &p![activity_id, which.on, limit, offset]).await?.iter().map(read_amended).collect()
}

/// How many amendments the whole list shows.
///
/// # Errors
/// The database.
pub async fn amendment_count(tx: &mut Tx<'_>, activity_id: i64, which: Which) -> Result<i64, Error> {
    let sql = format!(
        "select count(*) from contribution c left join consultation_amendment m on m.contribution_id = c.id
         where {}",
        conditions(which)
    );
    Ok(tx.value(&sql, &p![activity_id, which.on]).await?)
}

/// One published amendment of a consultation.
///
/// # Errors
/// The database.
pub async fn amended(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<Option<Amended>, Error> {
    let sql = format!(
        "{} where c.activity_id = $1 and c.id = $2 and c.kind = 'amendment' and c.status = 'published'",
        select()
    );
    tx.opt(&sql, &p![activity_id, id]).await?.as_ref().map(read_amended).transpose()
}

/// What was decided of amendments whose text changed for it: by text and version, the amendment.
///
/// # Errors
/// The database.
pub async fn amendment_origins(
    tx: &mut Tx<'_>,
    activity_id: i64,
) -> Result<std::collections::BTreeMap<(i64, i64), i64>, Error> {
    let rows = tx
        .query(
            "select c.parent_id, m.result_version, c.id from consultation_amendment m
             join contribution c on c.id = m.contribution_id
             where c.activity_id = $1 and m.result_version is not null and c.parent_id is not null
             order by c.id",
            &p![activity_id],
        )
        .await?;
    rows.iter().map(|row| Ok(((row.at(0)?, row.at(1)?), row.at(2)?))).collect()
}

#[cfg(test)]
impl Amended {
    /// Something to fill in.
    pub(crate) fn of_test() -> Self {
        let c = Contribution {
            id: 2,
            process_id: 1,
            activity_id: 1,
            kind: crate::model::AMENDMENT.into(),
            parent_id: Some(1),
            section_id: None,
            side: None,
            position: 1,
            official: false,
            author_id: Some(1),
            status: parvis_civic::contribution::Status::Published,
            title: String::new(),
            body: String::new(),
            explanation: String::new(),
            format: Format::Markdown,
            extra: "{}".into(),
            lang: Default::default(),
            version: 1,
            origin_key: None,
            created_at: 0,
            published_at: Some(0),
            updated_at: 0,
            cast: Default::default(),
            imported: Default::default(),
            arguments_for: 0,
            arguments_against: 0,
            sources: 0,
            amendments: 0,
        };
        let fate = Amendment {
            contribution_id: 2,
            base_version: 1,
            decision: None,
            reason: Localized::default(),
            decided_at: None,
            result_version: None,
        };
        let parent = Parent { id: 1, title: String::new(), version: 1, published: true };
        Self { listed: Listed { c, author: None, answer: None }, fate, parent }
    }
}
