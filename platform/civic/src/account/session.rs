//! Sessions: opened by signing in, closed by the person, by time, or with the account.

use parvis_core::{Millis, Role};
use parvis_store::{Row, Tx, p};

use super::Participant;
use crate::journal::sha256_hex;
use crate::{Error, random};

const HOUR: Millis = 3_600_000;
/// A participant's session ends after 30 days without a visit.
pub const IDLE: Millis = 30 * 24 * HOUR;
/// A session of the staff ends after 12 hours without a visit.
pub const STAFF_IDLE: Millis = 12 * HOUR;
/// Any session ends after 90 days.
pub const ABSOLUTE: Millis = 90 * 24 * HOUR;
/// A visit is noted at most this often: reading pages must not write at each page.
const TOUCH: Millis = HOUR;

/// A session that was just opened. The token goes to the person's cookie and is kept nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// 32 random bytes, hexadecimal.
    pub token: String,
    /// When it ends at the latest.
    pub ends_at: Millis,
}

/// A session as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its reference: the hash of its token.
    pub token_hash: String,
    /// When it was opened.
    pub created_at: Millis,
    /// When it was last used, to the hour.
    pub last_seen_at: Millis,
    /// When it ends without another visit.
    pub expires_at: Millis,
    /// What the browser said of itself, shortened: `Firefox, Linux`.
    pub device: String,
}

/// The hash under which a session is kept.
pub fn token_hash(token: &str) -> String {
    sha256_hex(token.as_bytes())
}

fn idle(role: Role) -> Millis {
    if role == Role::Participant { IDLE } else { STAFF_IDLE }
}

/// Opens a session. Signing in always makes a new token, so that one planted before is worth nothing.
///
/// # Errors
/// The database.
pub async fn session_open(
    tx: &mut Tx<'_>,
    now: Millis,
    who: &Participant,
    device: &str,
) -> Result<NewSession, Error> {
    let token = random::token::<32>();
    tx.exec(
        "insert into session (token_hash, participant_id, created_at, last_seen_at, expires_at, device)
         values ($1, $2, $3, $3, $4, $5)",
        &p![token_hash(&token), who.id, now, now + idle(who.role), device_name(device)],
    )
    .await?;
    tx.exec("update participant set last_seen_at = $2 where id = $1", &p![who.id, now]).await?;
    Ok(NewSession { token, ends_at: now + ABSOLUTE })
}

/// Notes that a session is still in use, when the last note is an hour old: true when something was written.
/// Call it now and then, apart from the page that was asked for.
///
/// # Errors
/// The database.
pub async fn session_touch(tx: &mut Tx<'_>, now: Millis, hash: &str) -> Result<bool, Error> {
    let row = tx
        .opt(
            "select s.created_at, p.id, p.role from session s join participant p on p.id = s.participant_id
             where s.token_hash = $1 and s.expires_at > $2 and s.last_seen_at <= $3",
            &p![hash, now, now - TOUCH],
        )
        .await?;
    let Some(row) = row else { return Ok(false) };
    let role = Role::parse(&row.get::<String>("role")?).unwrap_or_default();
    let expires_at = (now + idle(role)).min(row.get::<i64>("created_at")? + ABSOLUTE);
    tx.exec(
        "update session set last_seen_at = $2, expires_at = $3 where token_hash = $1",
        &p![hash, now, expires_at],
    )
    .await?;
    tx.exec("update participant set last_seen_at = $2 where id = $1", &p![row.get::<i64>("id")?, now])
        .await?;
    Ok(true)
}

/// Whether [`session_touch`] would write: a look that costs nothing.
///
/// # Errors
/// The database.
pub async fn session_is_stale(tx: &mut Tx<'_>, now: Millis, hash: &str) -> Result<bool, Error> {
    let sql = "select count(*) from session where token_hash = $1 and expires_at > $2 and last_seen_at <= $3";
    Ok(tx.value::<i64>(sql, &p![hash, now, now - TOUCH]).await? > 0)
}

fn read(row: &Row) -> Result<Session, Error> {
    Ok(Session {
        token_hash: row.get("token_hash")?,
        created_at: row.get("created_at")?,
        last_seen_at: row.get("last_seen_at")?,
        expires_at: row.get("expires_at")?,
        device: row.get("device")?,
    })
}

/// The live sessions of a person, the last used first.
///
/// # Errors
/// The database.
pub async fn sessions(tx: &mut Tx<'_>, now: Millis, participant: i64) -> Result<Vec<Session>, Error> {
    tx.query(
        "select token_hash, created_at, last_seen_at, expires_at, device from session
         where participant_id = $1 and expires_at > $2 order by last_seen_at desc, created_at desc limit 100",
        &p![participant, now],
    )
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Closes one session of a person.
///
/// # Errors
/// The database.
pub async fn session_close(tx: &mut Tx<'_>, participant: i64, hash: &str) -> Result<bool, Error> {
    let closed = tx
        .exec("delete from session where token_hash = $1 and participant_id = $2", &p![hash, participant])
        .await?;
    Ok(closed > 0)
}

/// Closes every session of a person, but the one named by `except` if any.
///
/// # Errors
/// The database.
pub async fn session_close_all(
    tx: &mut Tx<'_>,
    participant: i64,
    except: Option<&str>,
) -> Result<u64, Error> {
    let sql = "delete from session where participant_id = $1 and token_hash <> $2";
    Ok(tx.exec(sql, &p![participant, except.unwrap_or_default()]).await?)
}

/// Deletes the sessions, kept forms and form keys whose time is over.
///
/// # Errors
/// The database.
pub async fn tidy(tx: &mut Tx<'_>, now: Millis) -> Result<(), Error> {
    tx.exec("delete from session where expires_at <= $1", &p![now]).await?;
    tx.exec("delete from kept_form where expires_at <= $1", &p![now]).await?;
    tx.exec("delete from idempotency where created_at < $1", &p![now - 7 * 24 * HOUR]).await?;
    Ok(())
}

/// The browser and the system that a `User-Agent` names: enough to tell one's own devices apart, nothing more.
pub fn device_name(agent: &str) -> String {
    let browser = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    let system = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |of: &[(&str, &str)]| {
        of.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| (*name).to_owned())
    };
    [find(&browser), find(&system)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::device_name;

    #[test]
    fn a_device_is_named_in_two_words() {
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        assert_eq!(device_name(agent), "Firefox, Linux");
        let agent =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18 Safari/604.1";
        assert_eq!(device_name(agent), "Safari, iPhone");
        assert_eq!(device_name("<script>"), "");
    }
}
