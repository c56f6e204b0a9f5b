//! Every SQL statement of this component.

mod after;
mod evaluation;
mod letters;
mod phones;
mod rounds;
mod volunteers;

use parvis_civic::Error;
use parvis_core::Millis;
use parvis_store::{Tx, p};

use crate::phones::Plan;

pub(crate) use after::*;
pub(crate) use evaluation::*;
pub use letters::Letter;
pub(crate) use letters::*;
pub use phones::Phone;
pub(crate) use phones::*;
pub use rounds::Round;
pub(crate) use rounds::*;
pub use volunteers::Person;
pub(crate) use volunteers::*;

/// The figures of a panel that stand nowhere else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Panel {
    /// Lines of the frame.
    pub frame_lines: i64,
    /// Letters drawn from it.
    pub letters: i64,
    /// The public text that the letters were drawn with.
    pub letters_seed: String,
    /// When they were drawn.
    pub letters_at: Option<Millis>,
    /// Telephone numbers drawn.
    pub phones: i64,
    /// What they were drawn from.
    pub phones_plan: Plan,
    /// The public text that they were drawn with.
    pub phones_seed: String,
    /// When they were drawn.
    pub phones_at: Option<Millis>,
    /// When members could say what they think of it.
    pub evaluation_opened_at: Option<Millis>,
    /// When the totals of that were published.
    pub evaluation_at: Option<Millis>,
    /// When what names people was erased.
    pub erased_at: Option<Millis>,
    /// How many letters were answered yes and no, kept when they were erased.
    pub letters_kept: Option<[i64; 2]>,
    /// The same of telephone numbers.
    pub phones_kept: Option<[i64; 2]>,
}

/// Makes the row of a new panel.
///
/// # Errors
/// The database.
pub(crate) async fn create(tx: &mut Tx<'_>, activity_id: i64) -> Result<(), Error> {
    tx.exec(
        "insert into panel (activity_id) values ($1) on conflict (activity_id) do nothing",
        &p![activity_id],
    )
    .await?;
    Ok(())
}

/// The panel of an activity.
pub(crate) async fn panel(tx: &mut Tx<'_>, activity_id: i64) -> Result<Panel, Error> {
    let sql =
        "select frame_lines, letters, letters_seed, letters_at, phones, phones_plan, phones_seed, phones_at,
                  evaluation_opened_at, evaluation_at, erased_at, letters_yes, letters_no, phones_yes, phones_no
               from panel where activity_id = $1";
    let Some(row) = tx.opt(sql, &p![activity_id]).await? else { return Ok(Panel::default()) };
    Ok(Panel {
        frame_lines: row.get("frame_lines")?,
        letters: row.get("letters")?,
        letters_seed: row.get("letters_seed")?,
        letters_at: row.get("letters_at")?,
        phones: row.get("phones")?,
        phones_plan: serde_json::from_str(&row.get::<String>("phones_plan")?).unwrap_or_default(),
        phones_seed: row.get("phones_seed")?,
        phones_at: row.get("phones_at")?,
        evaluation_opened_at: row.get("evaluation_opened_at")?,
        evaluation_at: row.get("evaluation_at")?,
        erased_at: row.get("erased_at")?,
        letters_kept: row
            .get::<Option<i64>>("letters_yes")?
            .zip(row.get("letters_no")?)
            .map(<[i64; 2]>::from),
        phones_kept: row.get::<Option<i64>>("phones_yes")?.zip(row.get("phones_no")?).map(<[i64; 2]>::from),
    })
}

/// How many letters were answered yes, no, not at all; what was kept of it once they are erased, `None` when nothing was.
pub(crate) async fn answered(
    tx: &mut Tx<'_>,
    activity_id: i64,
    panel: &Panel,
) -> Result<Option<[i64; 3]>, Error> {
    if panel.erased_at.is_none() {
        return letters_answered(tx, activity_id).await.map(Some);
    }
    Ok(panel.letters_kept.map(|[yes, no]| [yes, no, panel.letters - yes - no]))
}

/// The same of the telephone numbers.
pub(crate) async fn called(
    tx: &mut Tx<'_>,
    activity_id: i64,
    panel: &Panel,
) -> Result<Option<[i64; 3]>, Error> {
    if panel.erased_at.is_none() {
        return phones_answered(tx, activity_id).await.map(Some);
    }
    Ok(panel.phones_kept.map(|[yes, no]| [yes, no, panel.phones - yes - no]))
}

/// Writes the rules of a panel that is being made.
pub(crate) async fn set_rules(tx: &mut Tx<'_>, activity_id: i64, rules: &str) -> Result<(), Error> {
    tx.exec("update activity set rules = $2 where id = $1", &p![activity_id, rules]).await?;
    Ok(())
}

/// The panels whose names have not been erased: activity and rules.
pub(crate) async fn not_erased(tx: &mut Tx<'_>) -> Result<Vec<(i64, String)>, Error> {
    let sql = "select a.id, a.rules from activity a join panel p on p.activity_id = a.id
               where p.erased_at is null order by a.id";
    let rows = tx.query(sql, &p![]).await?;
    rows.iter().map(|row| Ok((row.at(0)?, row.at(1)?))).collect()
}

/// Erases what names people: names, contacts, addresses, households, telephone numbers, codes, and the free
/// texts of the evaluation. How many answered yes and no is kept. Gives how many volunteers, lines of the frame and numbers.
pub(crate) async fn erase(tx: &mut Tx<'_>, now: Millis, activity_id: i64) -> Result<[u64; 3], Error> {
    let [letters_yes, letters_no, _] = letters_answered(tx, activity_id).await?;
    let [phones_yes, phones_no, _] = phones_answered(tx, activity_id).await?;
    let volunteers = tx
        .exec(
            "update panel_volunteer set name = '', contact = '', household = '', person_key = pseudonym,
                letter_id = null, phone_id = null, code_hash = null
             where activity_id = $1",
            &p![activity_id],
        )
        .await?;
    let lines = tx.exec("delete from panel_letter where activity_id = $1", &p![activity_id]).await?;
    let phones = tx.exec("delete from panel_phone where activity_id = $1", &p![activity_id]).await?;
    erase_comments(tx, activity_id).await?;
    let sql =
        "update panel set erased_at = $2, letters_yes = $3, letters_no = $4, phones_yes = $5, phones_no = $6
               where activity_id = $1";
    tx.exec(sql, &p![activity_id, now, letters_yes, letters_no, phones_yes, phones_no]).await?;
    Ok([volunteers, lines, phones])
}
