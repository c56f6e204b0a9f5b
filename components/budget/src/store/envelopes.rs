//! Envelopes and categories: making, changing, ordering, removing.

use parvis_civic::Error;
use parvis_core::Localized;
use parvis_store::{Tx, p};

use crate::model::District;

/// Adds an envelope after the others; gives its number.
pub(crate) async fn add(tx: &mut Tx<'_>, activity_id: i64, d: &District) -> Result<i64, Error> {
    let id = tx
        .insert(
            "insert into budget_district (activity_id, position, name, body, amount, outline, everybody)
             values ($1, (select coalesce(max(position), 0) + 1 from budget_district where activity_id = $1),
                     $2, $3, $4, $5, $6) returning id",
            &p![
                activity_id,
                d.name.to_json(),
                d.body.to_json(),
                d.amount,
                d.outline.clone(),
                i64::from(d.everybody)
            ],
        )
        .await?;
    Ok(id)
}

/// Saves an envelope.
pub(crate) async fn save(tx: &mut Tx<'_>, activity_id: i64, d: &District) -> Result<bool, Error> {
    let sql = "update budget_district set name = $3, body = $4, amount = $5, outline = $6, everybody = $7
               where activity_id = $1 and id = $2";
    let params = p![
        activity_id,
        d.id,
        d.name.to_json(),
        d.body.to_json(),
        d.amount,
        d.outline.clone(),
        i64::from(d.everybody)
    ];
    Ok(tx.exec(sql, &params).await? == 1)
}

/// Whether something is in this envelope: an idea or a project.
pub(crate) async fn is_used(tx: &mut Tx<'_>, id: i64) -> Result<bool, Error> {
    let sql = "select (select count(*) from budget_idea where district_id = $1)
                    + (select count(*) from budget_project where district_id = $1)";
    Ok(tx.value::<i64>(sql, &p![id]).await? > 0)
}

/// Removes an envelope that nothing is in.
pub(crate) async fn remove(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<bool, Error> {
    let sql = "delete from budget_district where activity_id = $1 and id = $2";
    Ok(tx.exec(sql, &p![activity_id, id]).await? == 1)
}

/// Puts the envelopes in this order.
pub(crate) async fn reorder(tx: &mut Tx<'_>, activity_id: i64, order: &[i64]) -> Result<(), Error> {
    for (position, id) in (1_i64..).zip(order) {
        let sql = "update budget_district set position = $3 where activity_id = $1 and id = $2";
        tx.exec(sql, &p![activity_id, *id, position]).await?;
    }
    Ok(())
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Identifier.
    pub id: i64,
    /// Its name.
    pub name: Localized,
}

/// The categories of a budget, in order.
///
/// # Errors
/// The database.
pub async fn categories(tx: &mut Tx<'_>, activity_id: i64) -> Result<Vec<Category>, Error> {
    let sql = "select id, name from budget_category where activity_id = $1 order by position, id";
    let rows = tx.query(sql, &p![activity_id]).await?;
    rows.iter()
        .map(|r| Ok(Category { id: r.at(0)?, name: Localized::from_json(&r.at::<String>(1)?) }))
        .collect()
}

/// Adds a category after the others.
pub(crate) async fn add_category(tx: &mut Tx<'_>, activity_id: i64, name: &Localized) -> Result<i64, Error> {
    let id = tx
        .insert(
            "insert into budget_category (activity_id, position, name)
             values ($1, (select coalesce(max(position), 0) + 1 from budget_category where activity_id = $1), $2)
             returning id",
            &p![activity_id, name.to_json()],
        )
        .await?;
    Ok(id)
}

/// Names a category.
pub(crate) async fn name_category(
    tx: &mut Tx<'_>,
    activity_id: i64,
    id: i64,
    name: &Localized,
) -> Result<bool, Error> {
    let sql = "update budget_category set name = $3 where activity_id = $1 and id = $2";
    Ok(tx.exec(sql, &p![activity_id, id, name.to_json()]).await? == 1)
}

/// Puts the categories in this order.
pub(crate) async fn reorder_categories(
    tx: &mut Tx<'_>,
    activity_id: i64,
    order: &[i64],
) -> Result<(), Error> {
    for (position, id) in (1_i64..).zip(order) {
        let sql = "update budget_category set position = $3 where activity_id = $1 and id = $2";
        tx.exec(sql, &p![activity_id, *id, position]).await?;
    }
    Ok(())
}

/// Removes a category: what was in it is in none.
pub(crate) async fn remove_category(tx: &mut Tx<'_>, activity_id: i64, id: i64) -> Result<bool, Error> {
    let known = "select count(*) from budget_category where activity_id = $1 and id = $2";
    if tx.value::<i64>(known, &p![activity_id, id]).await? == 0 {
        return Ok(false);
    }
    tx.exec("update budget_idea set category_id = null where category_id = $1", &p![id]).await?;
    tx.exec("update budget_project set category_id = null where category_id = $1", &p![id]).await?;
    tx.exec("delete from budget_category where id = $1", &p![id]).await?;
    Ok(true)
}
