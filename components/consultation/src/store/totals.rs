//! The figures of the results, in a few statements.

use parvis_civic::Error;
use parvis_civic::contribution::Totals;
use parvis_store::{Tx, p};

use crate::results::tally::{Days, Text};

/// What counts: a published contribution whose text, and the text of that one, are published too. The same rule
/// in words stands in the method note of the results.
const COUNTED: &str = "contribution c
    left join contribution t on t.id = c.parent_id
    left join contribution g on g.id = t.parent_id
    where c.activity_id = $1 and c.status = 'published'
      and coalesce(t.status, 'published') = 'published' and coalesce(g.status, 'published') = 'published'";

/// Every contribution that counts, with its totals, by identifier.
///
/// # Errors
/// The database.
pub async fn counted(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Text>, Error> {
    let sql = format!(
        "select c.id, c.kind, c.parent_id, c.side, case when c.kind in ('argument', 'source') then '' else c.title
            end, c.reactions_for, c.reactions_mixed, c.reactions_against, c.imported_for, c.imported_mixed,
            c.imported_against, (select w.status from answer w where w.contribution_id = c.id and not w.draft)
         from {COUNTED} order by c.id"
    );
    let mut texts = vec![];
    let read = |row: parvis_store::Row| {
        texts.push(Text {
            id: row.at(0)?,
            kind: row.at(1)?,
            parent: row.at(2)?,
            side: row.at(3)?,
            title: row.at(4)?,
            cast: Totals { r#for: row.at(5)?, mixed: row.at(6)?, against: row.at(7)? },
            imported: Totals { r#for: row.at(8)?, mixed: row.at(9)?, against: row.at(10)? },
            answer: row.at(11)?,
        });
        Ok(())
    };
    tx.each(&sql, &p![activity_id], read).await?;
    Ok(texts)
}

/// How many stances were last changed, and how many contributions were published, each day.
///
/// # Errors
/// The database.
pub async fn days(tx: &mut Tx<'_>, activity_id: i64) -> Result<Days, Error> {
    let mut days = Days::default();
    let sql = format!(
        "select x.day, count(*) from (select r.updated_at / 86400000 as day from reaction r
            join (select c.id from {COUNTED}) k on k.id = r.contribution_id) as x group by x.day"
    );
    for row in tx.query(&sql, &p![activity_id]).await? {
        days.entry(row.at(0)?).or_default().0 = row.at(1)?;
    }
    let sql = format!(
        "select x.day, count(*) from (select c.published_at / 86400000 as day from {COUNTED}
            and c.published_at is not null) as x group by x.day"
    );
    for row in tx.query(&sql, &p![activity_id]).await? {
        days.entry(row.at(0)?).or_default().1 = row.at(1)?;
    }
    Ok(days)
}

/// How many different people wrote what counts, the organisation apart.
///
/// # Errors
/// The database.
pub async fn authors(tx: &mut Tx<'_>, activity_id: i64) -> Result<i64, Error> {
    let sql = format!(
        "select count(distinct c.author_id) from {COUNTED} and not c.official and c.author_id is not null"
    );
    Ok(tx.value(&sql, &p![activity_id]).await?)
}

/// Those of these contributions that are still published: for the page, since any can be hidden after the results
/// were stored.
///
/// # Errors
/// The database.
pub async fn published_texts(
    tx: &mut Tx<'_>,
    of: &[i64],
) -> Result<std::collections::BTreeMap<i64, super::Listed>, Error> {
    let mut found = std::collections::BTreeMap::new();
    if of.is_empty() {
        return Ok(found);
    }
    let sql = format!(
        "select {} {} where c.status = 'published' and c.id in ({})",
        parvis_civic::contribution::COLUMNS,
        super::LISTED,
        super::ids(of)
    );
    for row in tx.query(&sql, &p![]).await? {
        let listed = super::read_listed(&row)?;
        found.insert(listed.c.id, listed);
    }
    Ok(found)
}
