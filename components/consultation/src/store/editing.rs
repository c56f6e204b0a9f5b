//! What editors write: sections and official articles.

use std::collections::BTreeMap;

use parvis_civic::Error;
use parvis_civic::contribution::{self, COLUMNS, Contribution};
use parvis_core::{Localized, Millis};
use parvis_store::{Tx, p};

use crate::model::Section;

/// Saves what an editor changed in a section.
///
/// # Errors
/// The database.
pub async fn update_section(tx: &mut Tx<'_>, activity_id: i64, section: &Section) -> Result<(), Error> {
    tx.exec(
        "update consultation_section set parent_id = $3, position = $4, title = $5, description = $6
         where id = $1 and activity_id = $2",
        &p![
            section.id,
            activity_id,
            section.parent_id,
            section.position,
            section.title.to_json(),
            section.description.to_json()
        ],
    )
    .await?;
    Ok(())
}

/// Puts a section at a place among its siblings.
///
/// # Errors
/// The database.
pub async fn place_section(tx: &mut Tx<'_>, activity_id: i64, id: i64, position: i64) -> Result<(), Error> {
    tx.exec(
        "update consultation_section set position = $3 where id = $1 and activity_id = $2",
        &p![id, activity_id, position],
    )
    .await?;
    Ok(())
}

/// Deletes a section that holds nothing: no section, and no text of any status.
///
/// # Errors
/// [`Error::Conflict`] when it holds something; the database.
pub async fn delete_section(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<(), Error> {
    let done = tx
        .exec(
            "delete from consultation_section where id = $1 and activity_id = $2
               and not exists (select 1 from consultation_section s where s.parent_id = $1)
               and not exists (select 1 from contribution c where c.activity_id = $2 and c.section_id = $1)",
            &p![id, activity_id],
        )
        .await?;
    if done == 1 { Ok(()) } else { Err(Error::Conflict("consultation-admin-section-not-empty")) }
}

/// How many texts, of any status, each section holds.
///
/// # Errors
/// The database.
pub async fn section_sizes(tx: &mut Tx<'_>, activity_id: i64) -> Result<BTreeMap<i64, i64>, Error> {
    let rows = tx
        .query(
            "select section_id, count(*) from contribution
             where activity_id = $1 and section_id is not null group by section_id",
            &p![activity_id],
        )
        .await?;
    rows.iter().map(|row| Ok((row.at(0)?, row.at(1)?))).collect()
}

/// The official articles of a consultation, drafts included, in the order of the text.
///
/// # Errors
/// The database.
pub async fn official(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Contribution>, Error> {
    let sql = format!(
        "select {COLUMNS} from contribution c
         where c.activity_id = $1 and c.kind = 'article' and c.status in ('draft', 'published')
         order by c.position, c.id"
    );
    tx.query(&sql, &p![activity_id]).await?.iter().map(contribution::read).collect()
}

/// Puts an article at a place of the text.
///
/// # Errors
/// The database.
pub async fn place_article(tx: &mut Tx<'_>, activity_id: i64, id: i64, position: i64) -> Result<(), Error> {
    tx.exec(
        "update contribution set position = $3 where id = $1 and activity_id = $2 and kind = 'article'",
        &p![id, activity_id, position],
    )
    .await?;
    Ok(())
}

/// Puts a published article in another section, or in none: its text does not change.
///
/// # Errors
/// The database.
pub async fn move_article(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    id: i64,
    section: Option<i64>,
) -> Result<(), Error> {
    tx.exec(
        "update contribution set section_id = $3, updated_at = $4
         where id = $1 and activity_id = $2 and kind = 'article'",
        &p![id, activity_id, section, now],
    )
    .await?;
    Ok(())
}

/// Lets an editor go on with an official draft that a colleague began.
///
/// # Errors
/// The database.
pub async fn take_over(tx: &mut Tx<'_>, id: i64, editor: i64) -> Result<(), Error> {
    tx.exec(
        "update contribution set author_id = $2 where id = $1 and official and status = 'draft'",
        &p![id, editor],
    )
    .await?;
    Ok(())
}

/// One change of an article since it was put to consultation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The article.
    pub article: i64,
    /// Its title now.
    pub title: String,
    /// The version that the change made.
    pub version: i64,
    /// Why, in the editor's words.
    pub note: String,
    /// When.
    pub at: Millis,
}

/// Every change of the published articles after their first version, in the order of the text.
///
/// # Errors
/// The database.
pub async fn changes(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Change>, Error> {
    tx.query(
        "select c.id, c.title, v.number, v.note, v.created_at
         from contribution c join contribution_version v on v.contribution_id = c.id
         where c.activity_id = $1 and c.kind = 'article' and c.status = 'published' and v.number > 1
         order by c.position, c.id, v.number",
        &p![activity_id],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Change {
            article: row.at(0)?,
            title: row.at(1)?,
            version: row.at(2)?,
            note: row.at(3)?,
            at: row.at(4)?,
        })
    })
    .collect()
}

/// The first wording of each published article that changed since: title and text.
///
/// # Errors
/// The database.
pub async fn first_wordings(
    tx: &mut Tx<'_>,
    activity_id: i64,
) -> Result<BTreeMap<i64, (String, String)>, Error> {
    let rows = tx
        .query(
            "select c.id, v.title, v.body
             from contribution c join contribution_version v on v.contribution_id = c.id and v.number = 1
             where c.activity_id = $1 and c.kind = 'article' and c.status = 'published' and c.version > 1",
            &p![activity_id],
        )
        .await?;
    rows.iter().map(|row| Ok((row.at(0)?, (row.at(1)?, row.at(2)?)))).collect()
}

/// Whether anybody has voted in this activity.
///
/// # Errors
/// The database.
pub async fn has_votes(tx: &mut Tx<'_>, activity_id: i64) -> Result<bool, Error> {
    let n: i64 = tx
        .value(
            "select count(*) from (select r.id from reaction r join contribution c on c.id = r.contribution_id
             where c.activity_id = $1 limit 1) as one",
            &p![activity_id],
        )
        .await?;
    Ok(n > 0)
}

/// An answer that somebody began, by the contribution it answers: its status, and whether it is a draft.
///
/// # Errors
/// The database.
pub async fn answers(tx: &mut Tx<'_>, of: &[i64]) -> Result<BTreeMap<i64, (String, bool)>, Error> {
    if of.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql = format!(
        "select contribution_id, status, draft from answer where contribution_id in ({})",
        super::ids(of)
    );
    tx.query(&sql, &p![]).await?.iter().map(|row| Ok((row.at(0)?, (row.at(1)?, row.at(2)?)))).collect()
}

/// The published answers of the texts of a consultation, in the order in which they were given.
///
/// # Errors
/// The database.
pub async fn published_answers(tx: &mut Tx<'_>, activity_id: i64, limit: i64) -> Result<Vec<Given>, Error> {
    tx.query(
        "select c.id, c.title, c.kind, w.status, w.body, w.published_at
         from answer w join contribution c on c.id = w.contribution_id
         where c.activity_id = $1 and c.status = 'published' and c.kind in ('article', 'proposal', 'amendment')
           and not w.draft
         order by w.published_at, w.id limit $2",
        &p![activity_id, limit],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Given {
            id: row.at(0)?,
            title: row.at(1)?,
            kind: row.at(2)?,
            status: row.at(3)?,
            body: Localized::from_json(&row.at::<String>(4)?),
            at: row.at::<Option<i64>>(5)?.unwrap_or(0),
        })
    })
    .collect()
}

/// A published answer, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// What it answers.
    pub id: i64,
    /// The title of what it answers.
    pub title: String,
    /// Its kind.
    pub kind: String,
    /// One of civic's statuses.
    pub status: String,
    /// The answer (Markdown).
    pub body: Localized,
    /// When it was published.
    pub at: Millis,
}
