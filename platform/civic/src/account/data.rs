//! Everything the site holds on a person, for that person (GDPR, articles 15 and 20).

use parvis_core::Millis;
use parvis_ops::mail;
use parvis_store::{Row, Tx, Val, p};
use serde_json::{Map, Value, json};

use super::find;
use crate::Error;

/// Everything we hold on this person, as one JSON object. Times are ISO 8601, UTC.
///
/// # Errors
/// [`Error::NotFound`]; the database.
pub async fn my_data(tx: &mut Tx<'_>, id: i64) -> Result<Value, Error> {
    let who = find(tx, id).await?.ok_or(Error::NotFound)?;
    let account = rows(
        tx,
        "select email, pseudonym, role, locale, status, password_hash is not null as has_password, notify_replies,
                notify_follows, created_at, last_seen_at, terms_at from participant where id = $1",
        id,
        &["has_password", "notify_replies", "notify_follows"],
    )
    .await?;
    let mut data = Map::new();
    data.insert("account".into(), account.into_iter().next().unwrap_or_default());
    let lists: [(&str, &str); 9] = [
        (
            "sessions",
            "select created_at, last_seen_at, expires_at, device from session where participant_id = $1
             order by created_at",
        ),
        (
            "contributions",
            "select id, kind, status, title, body, explanation, lang, version, created_at, published_at, updated_at
             from contribution where author_id = $1 order by id",
        ),
        (
            "versions",
            "select contribution_id, number, title, body, explanation, note, created_at
             from contribution_version where author_id = $1 order by id",
        ),
        (
            "reactions",
            "select contribution_id, value, created_at, updated_at from reaction where participant_id = $1
                and contribution_id in (select ref_id from journal_entry where participant_id = $1 and kind = 'reaction')
             order by id",
        ),
        (
            "follows",
            "select kind, ref_id, created_at from follow where participant_id = $1 order by created_at",
        ),
        (
            "flags",
            "select contribution_id, reason, note, created_at, settled_at from flag where participant_id = $1
             order by id",
        ),
        (
            "moderation_of_my_contributions",
            "select m.contribution_id, m.action, m.reason, m.explanation, m.created_at, m.appeal, m.appeal_at,
                    m.appeal_decision, m.appeal_reply, m.appeal_decided_at
             from moderation m join contribution c on c.id = m.contribution_id where c.author_id = $1 order by m.id",
        ),
        (
            "journal",
            "select idx, kind, at, hash, ref_kind, ref_id from journal_entry where participant_id = $1 order by id",
        ),
        ("acts_as_staff", "select at, action, object from audit where actor_id = $1 order by id"),
    ];
    for (name, sql) in lists {
        let list = rows(tx, sql, id, &[]).await?;
        data.insert(name.into(), Value::Array(list));
    }
    let mut mails = vec![];
    if let Some(email) = &who.email {
        for entry in mail::to(tx, email).await? {
            mails.push(json!({
                "subject": entry.subject, "kind": entry.kind, "status": entry.status.code(),
                "created_at": iso(entry.created_at), "sent_at": entry.sent_at.map(iso),
            }));
        }
        let links = tx
            .query(
                "select purpose, created_at, expires_at, used_at from sign_in_link where email = $1 order by created_at",
                &p![email],
            )
            .await?;
        data.insert("links".into(), Value::Array(links.into_iter().map(|r| object(&r, &[])).collect()));
    }
    data.insert("mails".into(), Value::Array(mails));
    Ok(Value::Object(data))
}

/// How many contributions a person has, drafts and withdrawn ones included.
///
/// # Errors
/// The database.
pub async fn count_contributions(tx: &mut Tx<'_>, id: i64) -> Result<i64, Error> {
    Ok(tx.value("select count(*) from contribution where author_id = $1", &p![id]).await?)
}

async fn rows(tx: &mut Tx<'_>, sql: &str, id: i64, booleans: &[&str]) -> Result<Vec<Value>, Error> {
    Ok(tx.query(sql, &p![id]).await?.iter().map(|row| object(row, booleans)).collect())
}

/// A row as an object: columns that end in `at` are times.
fn object(row: &Row, booleans: &[&str]) -> Value {
    let pairs = row.columns().iter().zip(row.values()).map(|(name, value)| {
        let value = match value {
            Val::Null => Value::Null,
            Val::Bool(b) => json!(b),
            Val::I64(n) if booleans.contains(&name.as_str()) => json!(*n != 0),
            Val::I64(n) if name == "at" || name.ends_with("_at") => json!(iso(*n)),
            Val::I64(n) => json!(n),
            Val::F64(x) => json!(x),
            Val::Text(text) => json!(text),
            Val::Blob(bytes) => json!(hex::encode(bytes)),
        };
        (name.clone(), value)
    });
    Value::Object(pairs.collect())
}

fn iso(at: Millis) -> String {
    jiff::Timestamp::from_millisecond(at).map(|t| t.to_string()).unwrap_or_default()
}
