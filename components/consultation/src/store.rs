//! Every SQL statement of this component.

use parvis_civic::contribution::{self, COLUMNS, Contribution};
use parvis_civic::{Error, answer::Answer};
use parvis_core::{Localized, Millis};
use parvis_store::{Row, Tx, p};

use crate::model::{By, Query, Section, Sort};

mod amendments;
mod editing;
mod totals;

pub use amendments::*;
pub use editing::*;
pub use totals::*;

/// A contribution with what a list says beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The contribution.
    pub c: Contribution,
    /// The name of its author; none for the organisation's and for erased people.
    pub author: Option<String>,
    /// The status of its published answer.
    pub answer: Option<String>,
}

const LISTED: &str = ", p.pseudonym, w.status from contribution c
    left join participant p on p.id = c.author_id and p.status <> 'erased'
    left join answer w on w.contribution_id = c.id and not w.draft";

fn read_listed(row: &Row) -> Result<Listed, Error> {
    Ok(Listed { c: contribution::read(row)?, author: row.at(32)?, answer: row.at(33)? })
}

fn ids(ids: &[i64]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The sections of a consultation.
///
/// # Errors
/// The database.
pub async fn sections(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Section>, Error> {
    tx.query(
        "select id, parent_id, position, title, description from consultation_section
         where activity_id = $1 order by position, id",
        &p![activity_id],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Section {
            id: row.at(0)?,
            parent_id: row.at(1)?,
            position: row.at(2)?,
            title: Localized::from_json(&row.at::<String>(3)?),
            description: Localized::from_json(&row.at::<String>(4)?),
        })
    })
    .collect()
}

/// Adds a section at the end of its siblings.
///
/// # Errors
/// The database.
pub async fn add_section(
    tx: &mut Tx<'_>,
    activity_id: i64,
    parent_id: Option<i64>,
    title: &Localized,
    description: &Localized,
) -> Result<i64, Error> {
    let id = tx
        .insert(
            "insert into consultation_section (activity_id, parent_id, position, title, description)
             values ($1, $2, (select coalesce(max(position), 0) + 1 from consultation_section
                where activity_id = $1), $3, $4) returning id",
            &p![activity_id, parent_id, title.to_json(), description.to_json()],
        )
        .await?;
    Ok(id)
}

/// What a section (none: outside any) holds of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The section.
    pub section_id: Option<i64>,
    /// `article` or `proposal`.
    pub kind: String,
    /// Written by the organisation.
    pub official: bool,
    /// Number of texts.
    pub texts: i64,
    /// Votes cast here.
    pub cast: i64,
    /// Votes that came with an import.
    pub imported: i64,
    /// Arguments, both sides.
    pub arguments: i64,
    /// Sources.
    pub sources: i64,
    /// Amendments.
    pub amendments: i64,
}

/// The figures of a consultation by section and kind, published texts only.
///
/// # Errors
/// The database.
pub async fn figures(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Figures>, Error> {
    tx.query(
        "select section_id, kind, official, count(*),
            cast(sum(reactions_for + reactions_mixed + reactions_against) as bigint),
            cast(sum(imported_for + imported_mixed + imported_against) as bigint),
            cast(sum(arguments_for + arguments_against) as bigint),
            cast(sum(sources) as bigint), cast(sum(amendments) as bigint)
         from contribution
         where activity_id = $1 and kind in ('article', 'proposal') and status = 'published'
         group by section_id, kind, official order by section_id, kind",
        &p![activity_id],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Figures {
            section_id: row.at(0)?,
            kind: row.at(1)?,
            official: row.at(2)?,
            texts: row.at(3)?,
            cast: row.at(4)?,
            imported: row.at(5)?,
            arguments: row.at(6)?,
            sources: row.at(7)?,
            amendments: row.at(8)?,
        })
    })
    .collect()
}

/// The title of an article, for the outline of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Identifier of the article.
    pub id: i64,
    /// Its section.
    pub section_id: Option<i64>,
    /// Its title.
    pub title: String,
}

/// The titles of the published articles, in the order of the text, at most `limit`.
///
/// # Errors
/// The database.
pub async fn articles(tx: &mut Tx<'_>, activity_id: i64, limit: i64) -> Result<Vec<Heading>, Error> {
    tx.query(
        "select id, section_id, title from contribution
         where activity_id = $1 and kind = 'article' and status = 'published' order by position, id limit $2",
        &p![activity_id, limit],
    )
    .await?
    .iter()
    .map(|row| Ok(Heading { id: row.at(0)?, section_id: row.at(1)?, title: row.at(2)? }))
    .collect()
}

/// The conditions of a list; `sections` are the ids inside the section it shows.
fn conditions(query: &Query, sections: &[i64]) -> String {
    let mut sql =
        String::from("c.activity_id = $1 and c.kind in ('article', 'proposal') and c.status = 'published'");
    if query.section.is_some() {
        sql.push_str(&format!(" and c.section_id in ({})", ids(sections)));
    }
    sql.push_str(match query.by {
        By::All => "",
        By::Organisation => " and c.official",
        By::People => " and not c.official",
    });
    const ANSWER: &str = "exists (select 1 from answer w where w.contribution_id = c.id and not w.draft";
    match query.status {
        None => {}
        Some("open") => sql.push_str(&format!(" and not {ANSWER})")),
        Some("answered") => sql.push_str(&format!(" and {ANSWER})")),
        // The status is one of a closed list (`model::STATUSES`), never a visitor's words.
        Some(status) => sql.push_str(&format!(" and {ANSWER} and w.status = '{status}')")),
    }
    sql
}

/// The order of a list. While totals are secret, no order may tell them.
fn order(query: &Query, totals: bool) -> String {
    match query.sort {
        Sort::Auto => {
            let votes = if totals {
                "c.reactions_for + c.reactions_mixed + c.reactions_against + c.imported_for
                 + c.imported_mixed + c.imported_against +"
            } else {
                ""
            };
            format!(
                "c.official desc, case when c.official then c.position else 0 end,
                 ({votes} 3 * (c.arguments_for + c.arguments_against)
                  + 2 * (coalesce(c.published_at, 0) / 86400000)) desc, c.id"
            )
        }
        // A multiplication modulo a prime shuffles the shuffle keys: the same seed gives the same order.
        Sort::Random => {
            let seed = query.seed.unwrap_or(0).rem_euclid(999_983) + 2;
            format!("((c.shuffle % 1000003) * {seed}) % 1000003, c.id")
        }
        Sort::Supported if totals => "c.support desc, c.id".into(),
        Sort::Recent | Sort::Supported => "c.published_at desc, c.id desc".into(),
        Sort::Argued => "(c.arguments_for + c.arguments_against) desc, c.id".into(),
    }
}

/// One page of the list. `totals`: whether votes may be shown, hence sorted by.
///
/// # Errors
/// The database.
pub async fn list(
    tx: &mut Tx<'_>,
    activity_id: i64,
    query: &Query,
    sections: &[i64],
    totals: bool,
    size: i64,
) -> Result<Vec<Listed>, Error> {
    let (conditions, order) = (conditions(query, sections), order(query, totals));
    // The page is chosen on the narrow rows; only its own texts are read whole.
    let sql = format!(
        "select {COLUMNS} {LISTED}
         where c.id in (select c.id from contribution c where {conditions} order by {order} limit $2 offset $3)
         order by {order}"
    );
    let offset = (query.page.max(1) - 1).saturating_mul(size);
    tx.query(&sql, &p![activity_id, size, offset]).await?.iter().map(read_listed).collect()
}

/// How many texts the whole list shows.
///
/// # Errors
/// The database.
pub async fn count(tx: &mut Tx<'_>, activity_id: i64, query: &Query, sections: &[i64]) -> Result<i64, Error> {
    let sql = format!("select count(*) from contribution c where {}", conditions(query, sections));
    Ok(tx.value(&sql, &p![activity_id]).await?)
}

/// A contribution of this consultation, whatever its status, with its author and its published answer.
///
/// # Errors
/// The database.
pub async fn find(
    tx: &mut Tx<'_>,
    activity_id: i64,
    id: i64,
) -> Result<Option<(Listed, Option<Answer>)>, Error> {
    let from = LISTED.replacen("w.status", "w.status, w.id, w.body, w.published_at, w.updated_at", 1);
    let sql = format!("select {COLUMNS} {from} where c.id = $1 and c.activity_id = $2");
    let Some(row) = tx.opt(&sql, &p![id, activity_id]).await? else { return Ok(None) };
    let listed = read_listed(&row)?;
    let answer = match row.at::<Option<i64>>(34)? {
        None => None,
        Some(answer) => Some(Answer {
            id: answer,
            contribution_id: listed.c.id,
            status: listed.answer.clone().unwrap_or_default(),
            body: Localized::from_json(&row.at::<String>(35)?),
            draft: false,
            published_at: row.at(36)?,
            updated_at: row.at(37)?,
        }),
    };
    Ok(Some((listed, answer)))
}

/// One page of the arguments of each side about a text, the most supported first.
///
/// # Errors
/// The database.
pub async fn arguments(
    tx: &mut Tx<'_>,
    parent: i64,
    size: i64,
    page_for: i64,
    page_against: i64,
) -> Result<(Vec<Listed>, Vec<Listed>), Error> {
    let sql = format!(
        "select {COLUMNS} {LISTED}
         join (select a.id, a.side, row_number() over (partition by a.side order by a.support desc, a.id) as n
               from contribution a
               where a.parent_id = $1 and a.kind = 'argument' and a.status = 'published') r on r.id = c.id
         where (r.side = 1 and r.n > $2 and r.n <= $2 + $4) or (r.side = -1 and r.n > $3 and r.n <= $3 + $4)
         order by r.n"
    );
    let skip = |page: i64| (page.max(1) - 1).saturating_mul(size);
    let rows = tx.query(&sql, &p![parent, skip(page_for), skip(page_against), size]).await?;
    let all = rows.iter().map(read_listed).collect::<Result<Vec<_>, _>>()?;
    Ok(all.into_iter().partition(|l| l.c.side != Some(-1)))
}

/// How many published arguments of the same side come before this one: tells its page.
///
/// # Errors
/// The database.
pub async fn arguments_before(tx: &mut Tx<'_>, argument: &Contribution) -> Result<i64, Error> {
    Ok(tx
        .value(
            "select count(*) from contribution a join contribution c on c.id = $1
             where a.parent_id = c.parent_id and a.kind = 'argument' and a.status = 'published'
               and a.side = c.side and (a.support > c.support or (a.support = c.support and a.id < c.id))",
            &p![argument.id],
        )
        .await?)
}

/// The published sources and amendments about a text, the most supported first; amendments with their
/// decision. At most `limit` of each.
///
/// # Errors
/// The database.
pub async fn attached(tx: &mut Tx<'_>, parent: i64, kind: &str, limit: i64) -> Result<Vec<Listed>, Error> {
    let sql = format!(
        "select {COLUMNS} {LISTED} where c.parent_id = $1 and c.kind = $2 and c.status = 'published'
         order by c.support desc, c.id limit $3"
    );
    tx.query(&sql, &p![parent, kind, limit]).await?.iter().map(read_listed).collect()
}

/// The place that a withdrawn or hidden argument or source left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Identifier.
    pub id: i64,
    /// `argument`, `source` or `amendment`.
    pub kind: String,
    /// 1 for, -1 against (arguments).
    pub side: Option<i64>,
    /// Its author.
    pub author_id: Option<i64>,
    /// `withdrawn`, `hidden` or `merged`.
    pub status: String,
    /// Why it was hidden, one of civic's reasons.
    pub reason: Option<String>,
}

/// The places that what was withdrawn or hidden left under a text, at most 50.
///
/// # Errors
/// The database.
pub async fn gone(tx: &mut Tx<'_>, parent: i64) -> Result<Vec<Gone>, Error> {
    tx.query(
        "select c.id, c.kind, c.side, c.status,
            (select m.reason from moderation m where m.contribution_id = c.id and m.action = 'hide'
             order by m.created_at desc, m.id desc limit 1), c.author_id
         from contribution c
         where c.parent_id = $1 and c.kind in ('argument', 'source', 'amendment')
           and c.status in ('withdrawn', 'hidden', 'merged') order by c.id limit 50",
        &p![parent],
    )
    .await?
    .iter()
    .map(|row| {
        let status: String = row.at(3)?;
        let reason = row.at::<Option<String>>(4)?.filter(|_| status == "hidden");
        Ok(Gone { id: row.at(0)?, kind: row.at(1)?, side: row.at(2)?, author_id: row.at(5)?, status, reason })
    })
    .collect()
}

/// What became of an amendment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// The amendment.
    pub contribution_id: i64,
    /// The version of the parent it was written against.
    pub base_version: i64,
    /// `accepted`, `refused` or `merged`; none while it waits.
    pub decision: Option<String>,
    /// Why.
    pub reason: Localized,
    /// When.
    pub decided_at: Option<Millis>,
    /// The version of the parent that came of it.
    pub result_version: Option<i64>,
}

/// What became of these amendments, in no particular order.
///
/// # Errors
/// The database.
pub async fn amendments(tx: &mut Tx<'_>, of: &[i64]) -> Result<Vec<Amendment>, Error> {
    if of.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "select contribution_id, base_version, decision, reason, decided_at, result_version
         from consultation_amendment where contribution_id in ({})",
        ids(of)
    );
    tx.query(&sql, &p![])
        .await?
        .iter()
        .map(|row| {
            Ok(Amendment {
                contribution_id: row.at(0)?,
                base_version: row.at(1)?,
                decision: row.at(2)?,
                reason: Localized::from_json(&row.at::<String>(3)?),
                decided_at: row.at(4)?,
                result_version: row.at(5)?,
            })
        })
        .collect()
}

/// The text that a merged contribution went into, as its last `merge` leaf says.
///
/// # Errors
/// The database.
pub async fn merged_into(tx: &mut Tx<'_>, id: i64) -> Result<Option<i64>, Error> {
    // `kind <> 'reaction'` is what the index asks for, in these very words.
    let row = tx
        .opt(
            "select leaf from journal_entry where ref_kind = 'contribution' and ref_id = $1 and kind = 'merge'
                and kind <> 'reaction' order by id desc limit 1",
            &p![id],
        )
        .await?;
    let Some(row) = row else { return Ok(None) };
    let leaf: serde_json::Value = serde_json::from_str(&row.at::<String>(0)?).unwrap_or_default();
    Ok(leaf["body"]["into"].as_i64())
}

/// The numbers of one person's latest receipts about these contributions: by contribution, one for their vote
/// (`true`) and one for what they wrote (`false`).
///
/// # Errors
/// The database.
pub async fn receipts(
    tx: &mut Tx<'_>,
    participant: i64,
    of: &[i64],
) -> Result<std::collections::BTreeMap<(i64, bool), String>, Error> {
    let mut latest = std::collections::BTreeMap::new();
    if of.is_empty() {
        return Ok(latest);
    }
    let sql = format!(
        "select ref_id, kind, hash from journal_entry
         where participant_id = $1 and ref_kind = 'contribution' and ref_id in ({}) order by id",
        ids(of)
    );
    for row in tx.query(&sql, &p![participant]).await? {
        let kind: String = row.at(1)?;
        latest.insert((row.at(0)?, kind.starts_with("reaction")), row.at(2)?);
    }
    Ok(latest)
}

/// Writes the rules of an activity that was just made; later changes go through civic, which journals them.
///
/// # Errors
/// The database.
pub async fn set_rules(tx: &mut Tx<'_>, activity_id: i64, rules: &str) -> Result<(), Error> {
    tx.exec("update activity set rules = $2 where id = $1", &p![activity_id, rules]).await?;
    Ok(())
}
