//! What administrators do with accounts. Each act is in the audit log.

use parvis_core::{Locale, Millis, Role};
use parvis_ops::{Listed, audit};
use parvis_store::{Tx, p};
use serde_json::json;

use super::{COLUMNS, Participant, Status, email, find, link, pseudonym, read, session_close_all};
use crate::Error;

/// What to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only pseudonyms or addresses that hold this, in any case.
    pub search: String,
    /// Only this role.
    pub role: Option<Role>,
    /// Only this status; without it, everybody who was not erased.
    pub status: Option<Status>,
    /// Also authors of imported contributions, who cannot sign in.
    pub imported: bool,
}

/// A participant in the list of an administrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The person.
    pub participant: Participant,
    /// Last visit, to the hour.
    pub last_seen_at: Option<Millis>,
    /// How many contributions they published.
    pub contributions: i64,
}

const WHERE: &str = "where ($1 = '' or lower(p.pseudonym) like $1 escape '!' or p.pseudonym_folded like $2
           or p.email like $1 escape '!')
       and (cast($3 as text) is null or p.role = $3)
       and ((cast($4 as text) is null and p.status <> 'erased') or p.status = $4)
       and ($5 or p.email is not null or p.status = 'erased')";

/// The participants that `filter` asks for, the newest first.
///
/// # Errors
/// The database.
pub async fn list(tx: &mut Tx<'_>, filter: &Filter, limit: i64, offset: i64) -> Result<Listed<Known>, Error> {
    let search = filter.search.trim().to_lowercase();
    let like = if search.is_empty() {
        String::new()
    } else {
        format!("%{}%", search.replace('!', "!!").replace('%', "!%").replace('_', "!_"))
    };
    let folded = match pseudonym::fold(&search) {
        folded if folded.is_empty() => like.clone(),
        folded => format!("%{folded}%"),
    };
    let mut params =
        p![like, folded, filter.role.map(Role::code), filter.status.map(Status::code), filter.imported]
            .to_vec();
    let total = tx.value(&format!("select count(*) from participant p {WHERE}"), &params).await?;
    params.extend(p![limit, offset]);
    let sql = format!(
        "select {COLUMNS}, last_seen_at,
                (select count(*) from contribution c where c.author_id = p.id and c.status = 'published') as published
         from participant p {WHERE} order by p.id desc limit $6 offset $7"
    );
    let mut items = vec![];
    for row in tx.query(&sql, &params).await? {
        items.push(Known {
            participant: read(&row)?,
            last_seen_at: row.get("last_seen_at")?,
            contributions: row.get("published")?,
        });
    }
    Ok(Listed { items, total })
}

/// How many people can sign in, by role.
///
/// # Errors
/// The database.
pub async fn count_by_role(tx: &mut Tx<'_>) -> Result<Vec<(Role, i64)>, Error> {
    let sql = "select role, count(*) as n from participant where status = 'active' and email is not null group by role";
    let mut counts: Vec<_> = Role::ALL.into_iter().map(|role| (role, 0)).collect();
    for row in tx.query(sql, &p![]).await? {
        let role = Role::parse(&row.get::<String>("role")?).unwrap_or_default();
        if let Some(count) = counts.iter_mut().find(|(r, _)| *r == role) {
            count.1 += row.get::<i64>("n")?;
        }
    }
    Ok(counts)
}

/// Whether this is the one administrator who is left: the site would be nobody's without them.
///
/// # Errors
/// The database.
pub async fn is_last_administrator(tx: &mut Tx<'_>, who: &Participant) -> Result<bool, Error> {
    if who.role != Role::Administrator || who.status != Status::Active {
        return Ok(false);
    }
    tx.lock("administrators").await?;
    let sql =
        "select count(*) from participant where role = 'administrator' and status = 'active' and id <> $1";
    Ok(tx.value::<i64>(sql, &p![who.id]).await? == 0)
}

/// Gives a person a role. Their sessions are closed: the staff's are shorter.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when no administrator would be left; the database.
pub async fn set_role(
    tx: &mut Tx<'_>,
    now: Millis,
    actor: Option<i64>,
    id: i64,
    role: Role,
) -> Result<(), Error> {
    let who = find(tx, id).await?.ok_or(Error::NotFound)?;
    if who.role == role {
        return Ok(());
    }
    if who.email.is_none() {
        return Err(Error::NotFound);
    }
    if is_last_administrator(tx, &who).await? {
        return Err(Error::Conflict("civic-account-last-administrator"));
    }
    tx.exec("update participant set role = $2 where id = $1", &p![id, role.code()]).await?;
    session_close_all(tx, id, None).await?;
    let detail = json!({ "from": who.role.code(), "to": role.code() });
    audit::record(tx, now, actor, "role-set", &format!("participant:{id}"), &detail).await?;
    Ok(())
}

/// Suspends a person: all their sessions are closed, and they can read but not act.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when no administrator would be left; the database.
pub async fn suspend(
    tx: &mut Tx<'_>,
    now: Millis,
    actor: Option<i64>,
    id: i64,
    reason: &str,
) -> Result<(), Error> {
    let who = find(tx, id).await?.filter(|p| p.status == Status::Active).ok_or(Error::NotFound)?;
    if is_last_administrator(tx, &who).await? {
        return Err(Error::Conflict("civic-account-last-administrator"));
    }
    tx.exec("update participant set status = 'suspended' where id = $1", &p![id]).await?;
    session_close_all(tx, id, None).await?;
    let reason: String = reason.chars().take(500).collect();
    let detail = json!({ "reason": reason });
    audit::record(tx, now, actor, "participant-suspended", &format!("participant:{id}"), &detail).await?;
    Ok(())
}

/// Ends a suspension.
///
/// # Errors
/// [`Error::NotFound`] when this person is not suspended; the database.
pub async fn reinstate(tx: &mut Tx<'_>, now: Millis, actor: Option<i64>, id: i64) -> Result<(), Error> {
    let changed = tx
        .exec("update participant set status = 'active' where id = $1 and status = 'suspended'", &p![id])
        .await?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    audit::record(tx, now, actor, "participant-reinstated", &format!("participant:{id}"), &json!({})).await?;
    Ok(())
}

/// Makes an account for a member of the staff, or gives an existing one the role. They sign in by mail link.
///
/// # Errors
/// [`Error::Conflict`] when no administrator would be left; the database.
pub async fn create_staff(
    tx: &mut Tx<'_>,
    now: Millis,
    actor: Option<i64>,
    address: &str,
    role: Role,
    locale: Locale,
) -> Result<Participant, Error> {
    let (who, _) = link::find_or_create(tx, now, &email::fold(address), locale).await?;
    set_role(tx, now, actor, who.id, role).await?;
    find(tx, who.id).await?.ok_or(Error::NotFound)
}

/// Makes sure that this address is an active administrator's: the first-run page, and the command line.
///
/// # Errors
/// The database.
pub async fn ensure_admin(
    tx: &mut Tx<'_>,
    now: Millis,
    address: &str,
    locale: Locale,
) -> Result<Participant, Error> {
    let who = create_staff(tx, now, None, address, Role::Administrator, locale).await?;
    if who.status == Status::Suspended {
        reinstate(tx, now, None, who.id).await?;
    }
    find(tx, who.id).await?.ok_or(Error::NotFound)
}

/// Gives a member of the staff a name and counts the terms as accepted: for accounts made by the program itself (the
/// first run). The name is cut to what a pseudonym may be.
///
/// # Errors
/// The database.
pub async fn name_staff(tx: &mut Tx<'_>, now: Millis, id: i64, name: &str) -> Result<(), Error> {
    let name: String = name.trim().chars().take(*pseudonym::LENGTH.end()).collect();
    tx.exec(
        "update participant set pseudonym = $2, pseudonym_folded = $3, terms_at = coalesce(terms_at, $4)
         where id = $1",
        &p![id, name.trim_end(), pseudonym::fold(&name), now],
    )
    .await?;
    Ok(())
}

/// The person with this address, if any.
///
/// # Errors
/// The database.
pub async fn by_email(tx: &mut Tx<'_>, address: &str) -> Result<Option<Participant>, Error> {
    let sql = format!("select {COLUMNS} from participant where email = $1");
    tx.opt(&sql, &p![email::fold(address)]).await?.as_ref().map(read).transpose()
}
