//! Erasing a person: nothing that says who they were is left, and the journal stays valid.

use parvis_core::Millis;
use parvis_ops::{audit, mail};
use parvis_store::{Tx, p};
use serde_json::json;

use super::{Status, find, manage};
use crate::{Error, contribution};

/// What becomes of the texts that an erased person had published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    /// They stay, under «Personne effacée».
    Keep,
    /// They are withdrawn.
    Withdraw,
}

/// The pseudonym of whoever was erased.
pub const ERASED: &str = "Personne effacée";

/// Erases a person. Their votes stay counted, but nothing ties them to anybody; their drafts are deleted; their
/// mails are blanked.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when no administrator would be left; the database.
pub async fn erase(tx: &mut Tx<'_>, now: Millis, id: i64, texts: Texts) -> Result<(), Error> {
    let who = find(tx, id).await?.filter(|p| p.status != Status::Erased).ok_or(Error::NotFound)?;
    if manage::is_last_administrator(tx, &who).await? {
        return Err(Error::Conflict("civic-account-last-administrator"));
    }
    match texts {
        Texts::Withdraw => {
            contribution::withdraw_all_of(tx, now, id).await?;
            // Withdrawn texts are nobody's to read any more; without its opening, a leaf is a number.
            for sql in [
                "update contribution_version set title = '', body = '', explanation = '', extra = '{}', note = '',
                        entry_id = null
                 where contribution_id in (select id from contribution where author_id = $1 and status = 'withdrawn')",
                "update contribution set title = '', body = '', explanation = '', extra = '{}'
                 where author_id = $1 and status = 'withdrawn'",
            ] {
                tx.exec(sql, &p![id]).await?;
            }
        }
        Texts::Keep => {
            tx.exec("delete from contribution where author_id = $1 and status = 'draft'", &p![id]).await?;
        }
    }
    if let Some(email) = &who.email {
        mail::forget(tx, email).await?;
        tx.exec("delete from sign_in_link where email = $1", &p![email]).await?;
    }
    for sql in [
        "delete from session where participant_id = $1",
        "delete from sign_in_link where participant_id = $1",
        "delete from idempotency where participant_id = $1",
        "delete from follow where participant_id = $1",
        // A negative number stands for nobody, and keeps «one each» true: it is the row's own.
        "update reaction set participant_id = -id where participant_id = $1
             and contribution_id in (select ref_id from journal_entry where participant_id = $1 and kind = 'reaction')",
        "update flag set participant_id = -id, note = '' where participant_id = $1",
        "update moderation set appeal = '' where appeal is not null and contribution_id in
             (select id from contribution where author_id = $1)",
        "update journal_entry set participant_id = null where participant_id = $1",
    ] {
        tx.exec(sql, &p![id]).await?;
    }
    tx.exec(
        "update participant set email = null, pseudonym = $2, pseudonym_folded = '', role = 'participant',
                status = 'erased', origin_key = null, password_hash = null, notify_replies = false,
                notify_follows = false, last_seen_at = null, terms_at = null, erased_at = $3
         where id = $1",
        &p![id, ERASED, now],
    )
    .await?;
    audit::record(tx, now, None, "participant-erased", &format!("participant:{id}"), &json!({})).await?;
    Ok(())
}
