//! Every SQL statement of this component: envelopes and projects, which its other files share.

pub mod envelopes;
pub(crate) mod follow_up;
pub(crate) mod ideas;
pub(crate) mod imports;
pub(crate) mod mergers;
pub(crate) mod projects;

use parvis_civic::Error;
use parvis_core::Localized;
use parvis_store::{Row, Tx, p};

use crate::model::{District, Project};

fn read_district(row: &Row) -> Result<District, Error> {
    Ok(District {
        id: row.get("id")?,
        name: Localized::from_json(&row.get::<String>("name")?),
        body: Localized::from_json(&row.get::<String>("body")?),
        amount: row.get("amount")?,
        outline: row.get("outline")?,
        everybody: row.get::<i64>("everybody")? == 1,
    })
}

/// The envelopes of a budget, in order.
///
/// # Errors
/// The database.
pub async fn districts(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<District>, Error> {
    let sql = "select id, name, body, amount, outline, everybody from budget_district
               where activity_id = $1 order by position, id";
    tx.query(sql, &p![activity_id]).await?.iter().map(read_district).collect()
}

const PROJECT: &str = "id, code, district_id, category_id, title, body, cost, address, latitude_e6, longitude_e6,
    case when picture is null then 0 else 1 end as has_picture, picture_alt, progress, promised_on, delivered_on,
    spent";

fn read_project(row: &Row) -> Result<Project, Error> {
    let latitude: Option<i64> = row.get("latitude_e6")?;
    let longitude: Option<i64> = row.get("longitude_e6")?;
    Ok(Project {
        id: row.get("id")?,
        code: row.get("code")?,
        district_id: row.get("district_id")?,
        category_id: row.get("category_id")?,
        title: Localized::from_json(&row.get::<String>("title")?),
        body: Localized::from_json(&row.get::<String>("body")?),
        cost: row.get("cost")?,
        address: row.get("address")?,
        point: latitude.zip(longitude),
        has_picture: row.get::<i64>("has_picture")? == 1,
        picture_alt: Localized::from_json(&row.get::<String>("picture_alt")?),
        progress: row.get("progress")?,
        promised_on: row.get("promised_on")?,
        delivered_on: row.get("delivered_on")?,
        spent: row.get("spent")?,
    })
}

/// The projects of a budget: by envelope, then in the order in which they were made.
///
/// # Errors
/// The database.
pub async fn projects(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Project>, Error> {
    let sql = format!("select {PROJECT} from budget_project where activity_id = $1 order by district_id, id");
    tx.query(&sql, &p![activity_id]).await?.iter().map(read_project).collect()
}

/// Writes the rules of a budget.
pub(crate) async fn set_rules(tx: &mut Tx<'_>, activity_id: i64, rules: &str) -> Result<(), Error> {
    tx.exec("update activity set rules = $2 where id = $1", &p![activity_id, rules]).await?;
    Ok(())
}
