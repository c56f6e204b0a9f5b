//! The follow-up of the winners, step by step.

use parvis_civic::Error;
use parvis_core::{Localized, Millis};
use parvis_store::{Row, Tx, p};

use super::{PROJECT, read_project};
use crate::life::Progress;
use crate::model::Project;

/// A step of a winner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) id: i64,
    pub(crate) project_id: i64,
    /// ISO day.
    pub(crate) happened_on: String,
    pub(crate) progress: Progress,
    pub(crate) body: Localized,
    /// Cents spent since the step before.
    pub(crate) spent: i64,
    /// The day of delivery promised from here on (ISO).
    pub(crate) promised_on: Option<String>,
    pub(crate) has_picture: bool,
    pub(crate) picture_alt: Localized,
}

const COLUMNS: &str = "id, project_id, happened_on, progress, body, spent, promised_on,
    case when picture is null then 0 else 1 end, picture_alt";

fn read(row: &Row) -> Result<Step, Error> {
    Ok(Step {
        id: row.at(0)?,
        project_id: row.at(1)?,
        happened_on: row.at(2)?,
        progress: Progress::parse(&row.at::<String>(3)?).unwrap_or(Progress::Studies),
        body: Localized::from_json(&row.at::<String>(4)?),
        spent: row.at(5)?,
        promised_on: row.at(6)?,
        has_picture: row.at::<i64>(7)? == 1,
        picture_alt: Localized::from_json(&row.at::<String>(8)?),
    })
}

/// The steps of a project, the first first.
pub(crate) async fn steps(tx: &mut Tx<'_>, project_id: i64) -> Result<Vec<Step>, Error> {
    let sql = format!("select {COLUMNS} from budget_step where project_id = $1 order by happened_on, id");
    tx.query(&sql, &p![project_id]).await?.iter().map(read).collect()
}

/// The steps of every project of a budget, by project, the first first.
pub(crate) async fn all(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Step>, Error> {
    let sql = format!(
        "select {COLUMNS} from budget_step where project_id in
            (select id from budget_project where activity_id = $1)
         order by project_id, happened_on, id"
    );
    tx.query(&sql, &p![activity_id]).await?.iter().map(read).collect()
}

/// The projects whose follow-up has begun, by envelope.
pub(crate) async fn winners(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Project>, Error> {
    let sql = format!(
        "select {PROJECT} from budget_project where activity_id = $1 and progress <> '' order by district_id, id"
    );
    tx.query(&sql, &p![activity_id]).await?.iter().map(read_project).collect()
}

/// Begins the follow-up of these projects of a budget; those that have begun stay as they are. Called with the winners
/// when results are published. Gives those that began now.
pub(crate) async fn begin(tx: &mut Tx<'_>, activity_id: i64, projects: &[i64]) -> Result<Vec<i64>, Error> {
    let mut begun = vec![];
    for id in projects {
        let sql = "update budget_project set progress = 'studies' where activity_id = $1 and id = $2 and progress = ''";
        if tx.exec(sql, &p![activity_id, *id]).await? == 1 {
            begun.push(*id);
        }
    }
    Ok(begun)
}

/// Ends the follow-up of a project that no step was written of: it was begun by mistake.
pub(crate) async fn undo(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<bool, Error> {
    let sql = "update budget_project set progress = '' where activity_id = $1 and id = $2 and progress <> ''
               and not exists (select 1 from budget_step s where s.project_id = $2)";
    Ok(tx.exec(sql, &p![activity_id, id]).await? == 1)
}

/// Adds a step, and brings the project to where it leads. Gives its identifier.
pub(crate) async fn add(
    tx: &mut Tx<'_>,
    now: Millis,
    step: &Step,
    picture: Option<Vec<u8>>,
) -> Result<i64, Error> {
    let id = tx
        .insert(
            "insert into budget_step (project_id, happened_on, progress, body, spent, promised_on, picture,
                picture_alt, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id",
            &p![
                step.project_id,
                step.happened_on.as_str(),
                step.progress.code(),
                step.body.to_json(),
                step.spent,
                step.promised_on.clone(),
                picture,
                step.picture_alt.to_json(),
                now
            ],
        )
        .await?;
    settle(tx, step.project_id).await?;
    Ok(id)
}

/// Brings a project to where its steps say that it is.
async fn settle(tx: &mut Tx<'_>, project_id: i64) -> Result<(), Error> {
    let steps = steps(tx, project_id).await?;
    let Some(last) = steps.last() else { return Ok(()) };
    let spent = steps.iter().try_fold(0_i64, |sum, s| sum.checked_add(s.spent));
    let spent = spent.ok_or(Error::Conflict("budget-spent-large"))?;
    let promised = steps.iter().rev().find_map(|s| s.promised_on.clone());
    let delivered = (last.progress == Progress::Delivered).then(|| {
        // The first day of the last run of deliveries: a note after the opening changes nothing.
        let run = steps.iter().rev().take_while(|s| s.progress == Progress::Delivered);
        run.last().map_or_else(|| last.happened_on.clone(), |s| s.happened_on.clone())
    });
    tx.exec(
        "update budget_project set progress = $2, spent = $3, promised_on = $4, delivered_on = $5 where id = $1",
        &p![project_id, last.progress.code(), spent, promised, delivered],
    )
    .await?;
    Ok(())
}

/// The photo of a step.
pub(crate) async fn picture(
    tx: &mut Tx<'_>,
    activity_id: i64,
    project_id: i64,
    id: i64,
) -> Result<Option<Vec<u8>>, Error> {
    let sql = "select s.picture from budget_step s join budget_project b on b.id = s.project_id
               where b.activity_id = $1 and b.id = $2 and s.id = $3 and s.picture is not null";
    Ok(tx.opt(sql, &p![activity_id, project_id, id]).await?.map(|r| r.at(0)).transpose()?)
}
