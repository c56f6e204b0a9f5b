//! Every SQL statement of this component.

use parvis_civic::Error;
use parvis_core::Localized;
use parvis_store::{Row, Tx, p};

use crate::model::Choice;

const COLUMNS: &str =
    "id, title, body, link, picture_alt, case when picture is null then 0 else 1 end as has_picture";

fn read(row: &Row) -> Result<Choice, Error> {
    Ok(Choice {
        id: row.get("id")?,
        title: Localized::from_json(&row.get::<String>("title")?),
        body: Localized::from_json(&row.get::<String>("body")?),
        link: row.get("link")?,
        has_picture: row.get::<i64>("has_picture")? == 1,
        picture_alt: Localized::from_json(&row.get::<String>("picture_alt")?),
    })
}

/// The options of a vote, in order.
///
/// # Errors
/// The database.
pub async fn options(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Choice>, Error> {
    let sql = format!("select {COLUMNS} from vote_option where activity_id = $1 order by position, id");
    tx.query(&sql, &p![activity_id]).await?.iter().map(read).collect()
}

/// One option.
pub(crate) async fn option(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<Option<Choice>, Error> {
    let sql = format!("select {COLUMNS} from vote_option where activity_id = $1 and id = $2");
    tx.opt(&sql, &p![activity_id, id]).await?.as_ref().map(read).transpose()
}

/// Adds an option after the others; gives its id.
///
/// # Errors
/// The database.
pub async fn add(tx: &mut Tx<'_>, activity_id: i64, option: &Choice) -> Result<i64, Error> {
    let id = tx
        .insert(
            "insert into vote_option (activity_id, position, title, body, link, picture_alt)
             values ($1, (select coalesce(max(position), 0) + 1 from vote_option where activity_id = $1),
                     $2, $3, $4, $5) returning id",
            &p![
                activity_id,
                option.title.to_json(),
                option.body.to_json(),
                option.link.as_str(),
                option.picture_alt.to_json()
            ],
        )
        .await?;
    Ok(id)
}

/// Saves an option.
pub(crate) async fn save(tx: &mut Tx<'_>, activity_id: i64, option: &Choice) -> Result<bool, Error> {
    let sql = "update vote_option set title = $3, body = $4, link = $5, picture_alt = $6
               where activity_id = $1 and id = $2";
    let done = tx
        .exec(
            sql,
            &p![
                activity_id,
                option.id,
                option.title.to_json(),
                option.body.to_json(),
                option.link.as_str(),
                option.picture_alt.to_json()
            ],
        )
        .await?;
    Ok(done == 1)
}

/// Gives an option a picture (JPEG), or takes it away.
pub(crate) async fn set_picture(
    tx: &mut Tx<'_>,
    activity_id: i64,
    id: i64,
    picture: Option<Vec<u8>>,
) -> Result<(), Error> {
    let sql = "update vote_option set picture = $3 where activity_id = $1 and id = $2";
    tx.exec(sql, &p![activity_id, id, picture]).await?;
    Ok(())
}

/// The picture of an option.
pub(crate) async fn picture(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<Option<Vec<u8>>, Error> {
    let sql = "select picture from vote_option where activity_id = $1 and id = $2 and picture is not null";
    Ok(tx.opt(sql, &p![activity_id, id]).await?.map(|r| r.at(0)).transpose()?)
}

/// Removes an option.
pub(crate) async fn remove(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<bool, Error> {
    let sql = "delete from vote_option where activity_id = $1 and id = $2";
    Ok(tx.exec(sql, &p![activity_id, id]).await? == 1)
}

/// Puts the options in this order.
pub(crate) async fn reorder(tx: &mut Tx<'_>, activity_id: i64, order: &[i64]) -> Result<(), Error> {
    for (position, id) in (1_i64..).zip(order) {
        let sql = "update vote_option set position = $3 where activity_id = $1 and id = $2";
        tx.exec(sql, &p![activity_id, *id, position]).await?;
    }
    Ok(())
}

/// Writes the rules of a vote that is being made.
///
/// # Errors
/// The database.
pub async fn set_rules(tx: &mut Tx<'_>, activity_id: i64, rules: &str) -> Result<(), Error> {
    tx.exec("update activity set rules = $2 where id = $1", &p![activity_id, rules]).await?;
    Ok(())
}
