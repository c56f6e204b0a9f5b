//! Projects: making, changing, removing, their pictures, the ideas they come from.

use parvis_civic::Error;
use parvis_store::{Tx, p};

use super::{PROJECT, read_project};
use crate::model::Project;

/// One project.
pub(crate) async fn find(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<Option<Project>, Error> {
    let sql = format!("select {PROJECT} from budget_project where activity_id = $1 and id = $2");
    tx.opt(&sql, &p![activity_id, id]).await?.as_ref().map(read_project).transpose()
}

/// The next number of a project: never one that was given before.
async fn next_code(tx: &mut Tx<'_>, activity_id: i64) -> Result<String, Error> {
    tx.lock(&format!("budget-{activity_id}")).await?;
    let used = tx.query("select code from budget_project where activity_id = $1", &p![activity_id]).await?;
    let mut last: i64 = 0;
    for row in used {
        // Imported projects bring their own codes: those that are numbers are not given again.
        last = last.max(row.at::<String>(0)?.parse().unwrap_or(0));
    }
    let given = tx.opt("select last from budget_number where activity_id = $1", &p![activity_id]).await?;
    if let Some(row) = given {
        last = last.max(row.at(0)?);
    }
    let next = last.saturating_add(1);
    tx.exec(
        "insert into budget_number (activity_id, last) values ($1, $2)
         on conflict (activity_id) do update set last = excluded.last",
        &p![activity_id, next],
    )
    .await?;
    Ok(next.to_string())
}

/// Adds a project and gives it its number; gives its identifier.
pub(crate) async fn add(tx: &mut Tx<'_>, activity_id: i64, project: &Project) -> Result<i64, Error> {
    let code = next_code(tx, activity_id).await?;
    let id = tx
        .insert(
            "insert into budget_project (activity_id, code, district_id, category_id, title, body, cost, address,
                latitude_e6, longitude_e6, picture_alt)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id",
            &p![
                activity_id,
                code,
                project.district_id,
                project.category_id,
                project.title.to_json(),
                project.body.to_json(),
                project.cost,
                project.address.as_str(),
                project.point.map(|p| p.0),
                project.point.map(|p| p.1),
                project.picture_alt.to_json()
            ],
        )
        .await?;
    Ok(id)
}

/// Saves a project; its number does not change.
pub(crate) async fn save(tx: &mut Tx<'_>, activity_id: i64, project: &Project) -> Result<bool, Error> {
    let done = tx
        .exec(
            "update budget_project set district_id = $3, category_id = $4, title = $5, body = $6, cost = $7,
                address = $8, latitude_e6 = $9, longitude_e6 = $10, picture_alt = $11
             where activity_id = $1 and id = $2",
            &p![
                activity_id,
                project.id,
                project.district_id,
                project.category_id,
                project.title.to_json(),
                project.body.to_json(),
                project.cost,
                project.address.as_str(),
                project.point.map(|p| p.0),
                project.point.map(|p| p.1),
                project.picture_alt.to_json()
            ],
        )
        .await?;
    Ok(done == 1)
}

/// Removes a project.
pub(crate) async fn remove(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<bool, Error> {
    let sql = "delete from budget_project where activity_id = $1 and id = $2";
    Ok(tx.exec(sql, &p![activity_id, id]).await? == 1)
}

/// Gives a project a picture (JPEG), or takes it away.
pub(crate) async fn set_picture(tx: &mut Tx<'_>, id: i64, picture: Option<Vec<u8>>) -> Result<(), Error> {
    tx.exec("update budget_project set picture = $2 where id = $1", &p![id, picture]).await?;
    Ok(())
}

/// The picture of a project.
pub(crate) async fn picture(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<Option<Vec<u8>>, Error> {
    let sql = "select picture from budget_project where activity_id = $1 and id = $2 and picture is not null";
    Ok(tx.opt(sql, &p![activity_id, id]).await?.map(|r| r.at(0)).transpose()?)
}

/// Says which ideas a project comes from.
pub(crate) async fn set_origins(tx: &mut Tx<'_>, project_id: i64, ideas: &[i64]) -> Result<(), Error> {
    tx.exec("delete from budget_origin where project_id = $1", &p![project_id]).await?;
    for id in ideas {
        let sql = "insert into budget_origin (project_id, contribution_id) values ($1, $2)";
        tx.exec(sql, &p![project_id, *id]).await?;
    }
    Ok(())
}

/// The ideas that a project comes from: number, title, whether its text may be read.
pub(crate) async fn origins(tx: &mut Tx<'_>, project_id: i64) -> Result<Vec<(i64, String, bool)>, Error> {
    let sql =
        "select c.id, c.title, c.status from budget_origin o join contribution c on c.id = o.contribution_id
               where o.project_id = $1 order by c.id";
    let rows = tx.query(sql, &p![project_id]).await?;
    rows.iter()
        .map(|r| Ok((r.at(0)?, r.at(1)?, matches!(r.at::<String>(2)?.as_str(), "published" | "merged"))))
        .collect()
}

/// The projects that come from an idea, or from the one that took it in.
pub(crate) async fn of_idea(tx: &mut Tx<'_>, contribution_id: i64) -> Result<Vec<Project>, Error> {
    let sql = format!(
        "select {PROJECT} from budget_project where id in
            (select project_id from budget_origin where contribution_id = $1) order by id"
    );
    tx.query(&sql, &p![contribution_id]).await?.iter().map(read_project).collect()
}

/// Which ideas of a budget have a project: pairs of project and idea.
pub(crate) async fn all_origins(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<(i64, i64)>, Error> {
    let sql = "select o.project_id, o.contribution_id from budget_origin o
               join budget_project b on b.id = o.project_id
               where b.activity_id = $1 order by o.project_id, o.contribution_id";
    tx.query(sql, &p![activity_id]).await?.iter().map(|r| Ok((r.at(0)?, r.at(1)?))).collect()
}
