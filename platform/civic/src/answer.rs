//! Official answers: what the organisation replied to a contribution, with a status.

use parvis_core::{FieldErrors, Localized, Millis};
use parvis_ops::audit;
use parvis_store::{Row, Tx, p};
use serde_json::json;

use crate::Error;
use crate::account::Participant;
use crate::contribution::{self, Contribution};
use crate::follow::{self, News};
use crate::journal::{self, Leaf};

/// What the organisation decided.
pub const STATUSES: [&str; 5] = ["accepted", "partly", "refused", "studied", "noted"];

/// An official answer to a contribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Identifier.
    pub id: i64,
    /// What it answers.
    pub contribution_id: i64,
    /// One of [`STATUSES`].
    pub status: String,
    /// The answer (Markdown).
    pub body: Localized,
    /// Not yet published.
    pub draft: bool,
    /// When it was published.
    pub published_at: Option<Millis>,
    /// When it last changed.
    pub updated_at: Millis,
}

fn read(row: &Row) -> Result<Answer, Error> {
    Ok(Answer {
        id: row.get("id")?,
        contribution_id: row.get("contribution_id")?,
        status: row.get("status")?,
        body: Localized::from_json(&row.get::<String>("body")?),
        draft: row.get("draft")?,
        published_at: row.get("published_at")?,
        updated_at: row.get("updated_at")?,
    })
}

const COLUMNS: &str = "id, contribution_id, status, body, draft, published_at, updated_at";

/// The answer to a contribution; drafts only when asked.
///
/// # Errors
/// The database.
pub async fn of(tx: &mut Tx<'_>, contribution_id: i64, drafts: bool) -> Result<Option<Answer>, Error> {
    let sql = format!(
        "select {COLUMNS} from answer where contribution_id = $1 and (cast($2 as boolean) or not draft)"
    );
    tx.opt(&sql, &p![contribution_id, drafts]).await?.as_ref().map(read).transpose()
}

/// The published statuses of the answers to these contributions, by contribution.
///
/// # Errors
/// The database.
pub async fn statuses(
    tx: &mut Tx<'_>,
    contributions: &[i64],
) -> Result<std::collections::BTreeMap<i64, String>, Error> {
    let mut statuses = std::collections::BTreeMap::new();
    if contributions.is_empty() {
        return Ok(statuses);
    }
    let list = contributions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let sql =
        format!("select contribution_id, status from answer where not draft and contribution_id in ({list})");
    for row in tx.query(&sql, &p![]).await? {
        statuses.insert(row.get("contribution_id")?, row.get("status")?);
    }
    Ok(statuses)
}

/// Saves an answer and, when asked, publishes it: it leaves a leaf and tells the author and the followers.
/// A published answer that changes leaves another leaf.
///
/// # Errors
/// Mistakes by field; the database.
pub async fn save(
    tx: &mut Tx<'_>,
    now: Millis,
    editor: &Participant,
    contribution_id: i64,
    status: &str,
    body: &Localized,
    publish: bool,
) -> Result<Answer, Error> {
    let mut errors = FieldErrors::new();
    if !STATUSES.contains(&status) {
        errors.add("status", "civic-answer-status-empty");
    }
    if body.is_empty() {
        errors.add("body", "civic-answer-body-empty");
    }
    for wording in [&body.fr, &body.en] {
        let count = wording.chars().count();
        if count > 10_000 {
            errors.add_with(
                "body",
                "core-too-long",
                vec![("max", "10000".into()), ("count", count.to_string())],
            );
        }
    }
    errors.check()?;
    let c = contribution::find(tx, contribution_id).await?.ok_or(Error::NotFound)?;
    tx.exec(
        "insert into answer (contribution_id, status, body, draft, author_id, created_at, updated_at)
         values ($1, $2, $3, true, $4, $5, $5)
         on conflict (contribution_id) do update
            set status = excluded.status, body = excluded.body, author_id = excluded.author_id,
                updated_at = excluded.updated_at",
        &p![contribution_id, status, body.to_json(), editor.id, now],
    )
    .await?;
    let saved = of(tx, contribution_id, true).await?.ok_or(Error::NotFound)?;
    if publish || !saved.draft {
        publish_saved(tx, now, editor, &c, &saved).await?;
    }
    of(tx, contribution_id, true).await?.ok_or(Error::NotFound)
}

/// Publishes one saved answer.
async fn publish_saved(
    tx: &mut Tx<'_>,
    now: Millis,
    editor: &Participant,
    c: &Contribution,
    answer: &Answer,
) -> Result<(), Error> {
    tx.exec(
        "update answer set draft = false, published_at = coalesce(published_at, $2) where id = $1",
        &p![answer.id, now],
    )
    .await?;
    let leaf = Leaf::new("answer").object("contribution", c.id).by(editor.id).body(json!({
        "contribution": c.id,
        "status": answer.status,
        "body_sha256": journal::sha256_hex(answer.body.to_json().as_bytes()),
    }));
    journal::write(tx, now, leaf).await?;
    follow::notify(tx, now, "contribution", c.id, News::Answer, c.id, Some(editor.id)).await?;
    let object = format!("contribution/{}", c.id);
    audit::record(tx, now, Some(editor.id), "answer-published", &object, &json!({ "status": answer.status }))
        .await?;
    Ok(())
}

/// Publishes at once every answer that is still a draft in an activity. Gives how many.
///
/// # Errors
/// The database.
pub async fn publish_all(
    tx: &mut Tx<'_>,
    now: Millis,
    editor: &Participant,
    activity_id: i64,
) -> Result<usize, Error> {
    let rows = tx
        .query(
            "select w.contribution_id from answer w join contribution c on c.id = w.contribution_id
             where c.activity_id = $1 and w.draft order by w.id",
            &p![activity_id],
        )
        .await?;
    for row in &rows {
        let id: i64 = row.get("contribution_id")?;
        let c = contribution::find(tx, id).await?.ok_or(Error::NotFound)?;
        let saved = of(tx, id, true).await?.ok_or(Error::NotFound)?;
        publish_saved(tx, now, editor, &c, &saved).await?;
    }
    Ok(rows.len())
}

/// How many contributions of these kinds have a published answer, and how many have none.
///
/// # Errors
/// The database.
pub async fn progress(tx: &mut Tx<'_>, activity_id: i64, kind: &str) -> Result<(i64, i64), Error> {
    let row = tx
        .one(
            "select count(*) as n,
                    count(w.id) as answered
             from contribution c left join answer w on w.contribution_id = c.id and not w.draft
             where c.activity_id = $1 and c.kind = $2 and c.status = 'published'",
            &p![activity_id, kind],
        )
        .await?;
    let (all, answered): (i64, i64) = (row.get("n")?, row.get("answered")?);
    Ok((answered, all - answered))
}
