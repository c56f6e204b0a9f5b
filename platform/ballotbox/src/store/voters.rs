//! The roll and its signatures.

use parvis_civic::Error;
use parvis_core::Millis;
use parvis_store::{Row, Tx, p};

use crate::desk::Sheet;
use crate::roll::{Line, Voter};

const COLUMNS: &str = "v.id, v.number, v.last_name, v.first_name, v.birth_date, v.district, v.email, v.participant_id, v.code_hash";

fn read(row: &Row) -> Result<Voter, Error> {
    Ok(Voter {
        id: row.get("id")?,
        line: Line {
            number: row.get("number")?,
            last_name: row.get("last_name")?,
            first_name: row.get("first_name")?,
            birth_date: row.get("birth_date")?,
            district: row.get("district")?,
            email: row.get("email")?,
        },
        account: row.get("participant_id")?,
        has_code: row.get::<Option<String>>("code_hash")?.is_some(),
    })
}

/// One voter of an activity.
pub(crate) async fn find(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<Option<Voter>, Error> {
    let sql = format!("select {COLUMNS} from ballotbox_voter v where v.activity_id = $1 and v.id = $2");
    tx.opt(&sql, &p![activity_id, id]).await?.as_ref().map(read).transpose()
}

/// The voter of this number in the roll.
pub(crate) async fn by_number(
    tx: &mut Tx<'_>,
    activity_id: i64,
    number: &str,
) -> Result<Option<Voter>, Error> {
    let sql = format!("select {COLUMNS} from ballotbox_voter v where v.activity_id = $1 and v.number = $2");
    tx.opt(&sql, &p![activity_id, number]).await?.as_ref().map(read).transpose()
}

/// Writes that signatures of a sheet were keyed.
pub(crate) async fn add_sheet(
    tx: &mut Tx<'_>,
    activity_id: i64,
    agent: i64,
    now: Millis,
    signatures: i64,
) -> Result<(), Error> {
    let sql =
        "insert into ballotbox_sheet (activity_id, agent, keyed_at, signatures) values ($1, $2, $3, $4)";
    tx.exec(sql, &p![activity_id, agent, now, signatures]).await?;
    Ok(())
}

/// The signed sheets that were keyed: when, by whom, how many signatures.
pub(crate) async fn sheets(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Sheet>, Error> {
    let sql = "select s.keyed_at, s.signatures, p.pseudonym from ballotbox_sheet s
               left join participant p on p.id = s.agent where s.activity_id = $1 order by s.id";
    let rows = tx.query(sql, &p![activity_id]).await?;
    rows.iter()
        .map(|r| {
            Ok(Sheet {
                keyed_at: r.get("keyed_at")?,
                signatures: r.get("signatures")?,
                agent: r.get::<Option<String>>("pseudonym")?.unwrap_or_default(),
            })
        })
        .collect()
}

/// One voter of an activity, whom no other act touches before this one ends.
pub(crate) async fn lock(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<Option<Voter>, Error> {
    let sql = format!("select {COLUMNS} from ballotbox_voter v where v.activity_id = $1 and v.id = $2");
    let locking = format!("{sql} for update");
    let sql = tx.variant(&sql, &locking);
    tx.opt(sql, &p![activity_id, id]).await?.as_ref().map(read).transpose()
}

/// The line that an account has taken.
pub(crate) async fn of_account(
    tx: &mut Tx<'_>,
    activity_id: i64,
    participant: i64,
) -> Result<Option<Voter>, Error> {
    let sql =
        format!("select {COLUMNS} from ballotbox_voter v where v.activity_id = $1 and v.participant_id = $2");
    tx.opt(&sql, &p![activity_id, participant]).await?.as_ref().map(read).transpose()
}

/// The lines that hold this address and that no account has taken.
pub(crate) async fn with_email(tx: &mut Tx<'_>, activity_id: i64, email: &str) -> Result<Vec<Voter>, Error> {
    let sql = format!(
        "select {COLUMNS} from ballotbox_voter v
         where v.activity_id = $1 and v.email = $2 and v.participant_id is null order by v.id limit 2"
    );
    tx.query(&sql, &p![activity_id, email]).await?.iter().map(read).collect()
}

/// The line of this letter's code.
pub(crate) async fn with_code(tx: &mut Tx<'_>, activity_id: i64, hash: &str) -> Result<Option<Voter>, Error> {
    let sql =
        format!("select {COLUMNS} from ballotbox_voter v where v.activity_id = $1 and v.code_hash = $2");
    tx.opt(&sql, &p![activity_id, hash]).await?.as_ref().map(read).transpose()
}

/// Gives a line to an account, unless another has it. Whether it has it now.
pub(crate) async fn take(tx: &mut Tx<'_>, id: i64, participant: i64) -> Result<bool, Error> {
    let sql = "update ballotbox_voter set participant_id = $2
               where id = $1 and (participant_id is null or participant_id = $2)";
    Ok(tx.exec(sql, &p![id, participant]).await? == 1)
}

/// Gives a line to an account by its letter's code, unless another has it or the code was cancelled meanwhile. Whether it
/// has it now.
pub(crate) async fn take_by_code(
    tx: &mut Tx<'_>,
    id: i64,
    hash: &str,
    participant: i64,
) -> Result<bool, Error> {
    let sql = "update ballotbox_voter set participant_id = $2
               where id = $1 and code_hash = $3 and (participant_id is null or participant_id = $2)";
    Ok(tx.exec(sql, &p![id, participant, hash]).await? == 1)
}

/// Adds a line. None when its number is there already.
pub(crate) async fn add(tx: &mut Tx<'_>, activity_id: i64, line: &Line) -> Result<Option<i64>, Error> {
    let row = tx
        .opt(
            "insert into ballotbox_voter
                (activity_id, number, last_name, first_name, folded, birth_date, district, email)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (activity_id, number) do nothing returning id",
            &p![
                activity_id,
                line.number.as_str(),
                line.last_name.as_str(),
                line.first_name.as_str(),
                line.folded(),
                line.birth_date.clone(),
                line.district.as_str(),
                line.email.clone()
            ],
        )
        .await?;
    Ok(row.map(|r| r.at(0)).transpose()?)
}

/// Removes every line.
pub(crate) async fn clear(tx: &mut Tx<'_>, activity_id: i64) -> Result<u64, Error> {
    Ok(tx.exec("delete from ballotbox_voter where activity_id = $1", &p![activity_id]).await?)
}

/// Erases what names people, and keeps the count of lines by district.
pub(crate) async fn forget(tx: &mut Tx<'_>, activity_id: i64) -> Result<u64, Error> {
    let sql = "update ballotbox_voter set last_name = '', first_name = '', folded = '', birth_date = null,
                 email = null, code_hash = null, letter_batch = null, participant_id = null where activity_id = $1";
    Ok(tx.exec(sql, &p![activity_id]).await?)
}

/// Puts the hash of a letter's code on a line, with the number of its print.
pub(crate) async fn set_code(tx: &mut Tx<'_>, id: i64, hash: &str, batch: i64) -> Result<(), Error> {
    let sql = "update ballotbox_voter set code_hash = $2, letter_batch = $3 where id = $1";
    tx.exec(sql, &p![id, hash, batch]).await?;
    Ok(())
}

/// The number of the last print of letters; 0 before the first one.
pub(crate) async fn last_print(tx: &mut Tx<'_>, activity_id: i64) -> Result<i64, Error> {
    let sql = "select coalesce(max(letter_batch), 0) from ballotbox_voter where activity_id = $1";
    Ok(tx.value(sql, &p![activity_id]).await?)
}

/// What letters are asked for: the one of a line, or those printed together.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Letters {
    Of(i64),
    Print(i64),
}

/// Whose code may be cancelled: nobody has used it, and the line has not signed.
fn unused(which: Letters) -> (String, i64) {
    let (column, value) = match which {
        Letters::Of(id) => ("id", id),
        Letters::Print(number) => ("letter_batch", number),
    };
    let sql = format!(
        "from ballotbox_voter v {SIGNED} where v.activity_id = $1 and v.{column} = $2
           and v.code_hash is not null and v.participant_id is null and s.id is null and a.id is null"
    );
    (sql, value)
}

/// How many codes could be cancelled.
pub(crate) async fn count_unused(tx: &mut Tx<'_>, activity_id: i64, which: Letters) -> Result<i64, Error> {
    let (sql, value) = unused(which);
    Ok(tx.value(&format!("select count(*) {sql}"), &p![activity_id, value]).await?)
}

/// Cancels unused codes: they are kept apart, without their lines, to say to whoever types one what became of it. How
/// many.
pub(crate) async fn cancel(tx: &mut Tx<'_>, activity_id: i64, which: Letters) -> Result<i64, Error> {
    let (sql, value) = unused(which);
    let plain = format!("select v.id, v.code_hash {sql} order by v.id");
    let locking = format!("{plain} for update of v");
    let found = tx.query(tx.variant(&plain, &locking), &p![activity_id, value]).await?;
    let mut count = 0;
    for row in &found {
        let (id, hash): (i64, String) = (row.get("id")?, row.get("code_hash")?);
        tx.exec(
            "insert into ballotbox_cancelled (activity_id, code_hash) values ($1, $2)",
            &p![activity_id, hash],
        )
        .await?;
        let sql = "update ballotbox_voter set code_hash = null, letter_batch = null where id = $1";
        tx.exec(sql, &p![id]).await?;
        count += 1;
    }
    Ok(count)
}

/// Whether this code was cancelled.
pub(crate) async fn is_cancelled(tx: &mut Tx<'_>, activity_id: i64, hash: &str) -> Result<bool, Error> {
    let sql = "select 1 as one from ballotbox_cancelled where activity_id = $1 and code_hash = $2";
    Ok(tx.opt(sql, &p![activity_id, hash]).await?.is_some())
}

/// Lines without a letter's code and that no account has taken, in order.
pub(crate) async fn without_code(tx: &mut Tx<'_>, activity_id: i64, limit: i64) -> Result<Vec<Voter>, Error> {
    let sql = format!(
        "select {COLUMNS} from ballotbox_voter v
         where v.activity_id = $1 and v.code_hash is null and v.participant_id is null order by v.id limit $2"
    );
    tx.query(&sql, &p![activity_id, limit]).await?.iter().map(read).collect()
}

/// The signature of a line: its own, or its account's.
const SIGNED: &str = "left join ballotbox_signature s
    on s.activity_id = v.activity_id and s.voter = 'v:' || cast(v.id as text)
    left join ballotbox_signature a
    on a.activity_id = v.activity_id and a.voter = 'a:' || cast(v.participant_id as text)";

/// Lines whose folded name holds each of these words, or whose number is this one; with the channel signed.
pub(crate) async fn search(
    tx: &mut Tx<'_>,
    activity_id: i64,
    words: &[String],
    number: &str,
    limit: i64,
    offset: i64,
) -> Result<Vec<(Voter, Option<String>)>, Error> {
    let mut params = p![activity_id, number, limit, offset].to_vec();
    let mut named = String::from("1 = 1");
    for word in words {
        params.push(format!("%{word}%").into());
        named.push_str(&format!(" and v.folded like ${}", params.len()));
    }
    let sql = format!(
        "select {COLUMNS}, coalesce(s.channel, a.channel) as channel from ballotbox_voter v {SIGNED}
         where v.activity_id = $1 and (v.number = $2 or ({named}))
         order by v.folded, v.id limit $3 offset $4"
    );
    let rows = tx.query(&sql, &params).await?;
    rows.iter().map(|row| Ok((read(row)?, row.get("channel")?))).collect()
}

/// How many lines, by district.
pub(crate) async fn by_district(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<(String, i64, i64)>, Error> {
    let sql = format!(
        "select v.district, count(*) as lines, count(coalesce(s.id, a.id)) as signed
         from ballotbox_voter v {SIGNED} where v.activity_id = $1 group by v.district order by v.district"
    );
    let rows = tx.query(&sql, &p![activity_id]).await?;
    rows.iter().map(|r| Ok((r.get("district")?, r.get("lines")?, r.get("signed")?))).collect()
}

/// How many lines.
pub(crate) async fn count(tx: &mut Tx<'_>, activity_id: i64) -> Result<i64, Error> {
    Ok(tx.value("select count(*) from ballotbox_voter where activity_id = $1", &p![activity_id]).await?)
}

/// Gives each line in order, without holding them all.
pub(crate) async fn each(
    tx: &mut Tx<'_>,
    activity_id: i64,
    mut f: impl FnMut(Voter) -> Result<(), parvis_store::Error> + Send,
) -> Result<(), Error> {
    let sql =
        format!("select {COLUMNS} from ballotbox_voter v where v.activity_id = $1 order by v.number, v.id");
    tx.each(&sql, &p![activity_id], |row| {
        f(read(&row).map_err(|e| parvis_store::Error::other(e.to_string()))?)
    })
    .await?;
    Ok(())
}

/// Signs, unless it is signed: the unique index decides. Whether this call signed.
pub(crate) async fn sign(
    tx: &mut Tx<'_>,
    activity_id: i64,
    voter: &str,
    channel: &str,
) -> Result<bool, Error> {
    let done = tx
        .exec(
            "insert into ballotbox_signature (id, activity_id, voter, channel) values ($1, $2, $3, $4)
             on conflict (activity_id, voter) do nothing",
            &p![super::random_id(), activity_id, voter, channel],
        )
        .await?;
    Ok(done == 1)
}

/// The channel that a voter signed through.
pub(crate) async fn signed(tx: &mut Tx<'_>, activity_id: i64, voter: &str) -> Result<Option<String>, Error> {
    let sql = "select channel from ballotbox_signature where activity_id = $1 and voter = $2";
    Ok(tx.opt(sql, &p![activity_id, voter]).await?.map(|r| r.at(0)).transpose()?)
}

/// Changes the channel of a signature. Whether there was one of the first channel.
pub(crate) async fn change_channel(
    tx: &mut Tx<'_>,
    activity_id: i64,
    voter: &str,
    from: &str,
    to: &str,
) -> Result<bool, Error> {
    let sql =
        "update ballotbox_signature set channel = $4 where activity_id = $1 and voter = $2 and channel = $3";
    Ok(tx.exec(sql, &p![activity_id, voter, from, to]).await? == 1)
}

/// Takes a signature back. Whether there was one of this channel.
pub(crate) async fn unsign(
    tx: &mut Tx<'_>,
    activity_id: i64,
    voter: &str,
    channel: &str,
) -> Result<bool, Error> {
    let sql = "delete from ballotbox_signature where activity_id = $1 and voter = $2 and channel = $3";
    Ok(tx.exec(sql, &p![activity_id, voter, channel]).await? == 1)
}

/// How many signatures, by channel.
pub(crate) async fn by_channel(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<(String, i64)>, Error> {
    let sql =
        "select channel, count(*) as n from ballotbox_signature where activity_id = $1 group by channel";
    tx.query(sql, &p![activity_id]).await?.iter().map(|r| Ok((r.at(0)?, r.at(1)?))).collect()
}
