//! Processes, their dated phases and the activities at work in them.
//!
//! Whether anything is open is computed from the phases' dates and the clock given by the caller.

use std::collections::BTreeMap;

use parvis_core::{FieldErrors, Localized, Millis};
use parvis_store::{Row, Tx, Val, p};
use serde_json::json;

use crate::journal::{self, Leaf};
use crate::sealed::{self, Change, Move};
use crate::{Error, text};

/// The milliseconds of a day.
pub const DAY: Millis = 86_400_000;

/// A participatory process (une démarche).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// Identifier.
    pub id: i64,
    /// Piece of its address: `/p/{slug}`.
    pub slug: String,
    /// Its name.
    pub title: Localized,
    /// One or two sentences, plain text.
    pub summary: Localized,
    /// Presentation (Markdown).
    pub description: Localized,
    /// What is decided, and what is not (CRPA L131-1: the object).
    pub object: Localized,
    /// Who may take part (the perimeter).
    pub perimeter: Localized,
    /// How several contributions of one person are kept from spoiling the result.
    pub duplicates_rule: Localized,
    /// How it works: method note.
    pub method_note: Localized,
    /// Who organises and who answers.
    pub organiser: Localized,
    /// The legal frame it must follow.
    pub preset: Preset,
    /// The promised day of the official answer.
    pub answer_due_at: Option<Millis>,
    /// Draft, published or archived.
    pub status: Status,
    /// When it was published.
    pub published_at: Option<Millis>,
    /// When it was made.
    pub created_at: Millis,
}

/// The legal frame of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// Open consultation (CRPA L131-1).
    Open,
    /// Public participation on a decision with an effect on the environment (Code de l'environnement
    /// L123-19-1): at least 21 days, four days for the synthesis, three documents kept three months.
    Environment,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 2] = [Self::Open, Self::Environment];

    /// The name kept in the database and in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Environment => "l123-19-1",
        }
    }

    /// Reads `code()`; anything else is an open consultation.
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|p| p.code() == code).unwrap_or(Self::Open)
    }
}

/// Whether the public sees a process or an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Only editors see it.
    Draft,
    /// Everybody sees it.
    Published,
    /// Everybody can still read it; it is out of the lists.
    Archived,
}

impl Status {
    /// The name kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Archived => "archived",
        }
    }

    /// Reads `code()`; anything else is a draft, the safe reading.
    pub fn parse(code: &str) -> Self {
        match code {
            "published" => Self::Published,
            "archived" => Self::Archived,
            _ => Self::Draft,
        }
    }
}

/// A dated step of a process: open from `starts_at` (included) to `ends_at` (excluded).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// Identifier.
    pub id: i64,
    /// The process it belongs to.
    pub process_id: i64,
    /// Order among the phases.
    pub position: i64,
    /// Its name.
    pub title: Localized,
    /// What happens in it (Markdown).
    pub description: Localized,
    /// First millisecond of the phase.
    pub starts_at: Millis,
    /// First millisecond after the phase.
    pub ends_at: Millis,
}

/// Where the clock stands for something dated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// Still to come.
    Before,
    /// Under way.
    During,
    /// Over.
    After,
}

impl Phase {
    /// Where `now` stands: the start is included, the end is not.
    pub const fn moment(&self, now: Millis) -> Moment {
        if now < self.starts_at {
            Moment::Before
        } else if now < self.ends_at {
            Moment::During
        } else {
            Moment::After
        }
    }
}

/// One tool at work in a process (un dispositif).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Identifier.
    pub id: i64,
    /// The process it belongs to.
    pub process_id: i64,
    /// The phase in which people can act; none: never open.
    pub phase: Option<Phase>,
    /// Piece of its address: `/p/{process}/{slug}`.
    pub slug: String,
    /// Name of the component that runs it.
    pub component: String,
    /// Its name.
    pub title: Localized,
    /// One or two sentences.
    pub summary: Localized,
    /// The component's own rules, JSON.
    pub rules: String,
    /// Whether the public sees it.
    pub status: Status,
    /// When its results were published.
    pub results_at: Option<Millis>,
    /// The published results with their working, JSON.
    pub results: Option<String>,
    /// Order in the process.
    pub position: i64,
    /// The SHA-256 of the rules that a first ballot sealed; none before, and for what is not a vote.
    pub sealed: Option<String>,
    /// Whether the ballots can be read.
    pub counted: bool,
    /// The times its closing was moved since its rules were sealed, in order.
    pub moves: Vec<Move>,
}

impl Activity {
    /// Where the clock stands for this activity; one without a phase is always still to come.
    pub fn moment(&self, now: Millis) -> Moment {
        self.phase.as_ref().map_or(Moment::Before, |p| p.moment(now))
    }

    /// Whether people can act now.
    pub fn is_open(&self, now: Millis) -> bool {
        self.status == Status::Published && self.moment(now) == Moment::During
    }

    /// `Err(Closed)` unless people can act now.
    ///
    /// # Errors
    /// [`Error::Closed`] before the opening and from the closing on, to the millisecond.
    pub fn must_be_open(&self, now: Millis) -> Result<(), Error> {
        if self.is_open(now) { Ok(()) } else { Err(Error::Closed) }
    }

    /// `Err(Closed)` unless this activity is published and `phase`, another one of its process, is under way.
    ///
    /// # Errors
    /// [`Error::Closed`], to the millisecond, and for a phase of another process.
    pub fn must_be_open_in(&self, phase: &Phase, now: Millis) -> Result<(), Error> {
        let ours = phase.process_id == self.process_id && self.status == Status::Published;
        if ours && phase.moment(now) == Moment::During { Ok(()) } else { Err(Error::Closed) }
    }

    /// The next moment at which what the public sees changes by the clock alone.
    pub fn next_change(&self, now: Millis) -> Option<Millis> {
        let phase = self.phase.as_ref()?;
        [phase.starts_at, phase.ends_at].into_iter().find(|at| *at > now)
    }
}

const PROCESS: &str =
    "id, slug, title, summary, description, object, perimeter, duplicates_rule, method_note,
    organiser, preset, answer_due_at, status, published_at, created_at";

fn localized(row: &Row, column: &str) -> Result<Localized, Error> {
    Ok(Localized::from_json(&row.get::<String>(column)?))
}

fn read_process(row: &Row) -> Result<Process, Error> {
    Ok(Process {
        id: row.get("id")?,
        slug: row.get("slug")?,
        title: localized(row, "title")?,
        summary: localized(row, "summary")?,
        description: localized(row, "description")?,
        object: localized(row, "object")?,
        perimeter: localized(row, "perimeter")?,
        duplicates_rule: localized(row, "duplicates_rule")?,
        method_note: localized(row, "method_note")?,
        organiser: localized(row, "organiser")?,
        preset: Preset::parse(&row.get::<String>("preset")?),
        answer_due_at: row.get("answer_due_at")?,
        status: Status::parse(&row.get::<String>("status")?),
        published_at: row.get("published_at")?,
        created_at: row.get("created_at")?,
    })
}

const ACTIVITY: &str = "a.id, a.process_id, a.slug, a.component, a.title, a.summary, a.rules, a.status,
    a.results_at, a.results, a.position, a.sealed, a.counted, a.closing_moves, f.id as phase_id, f.position as phase_position,
    f.title as phase_title, f.description as phase_description, f.starts_at, f.ends_at
    from activity a left join phase f on f.id = a.phase_id";

fn read_activity(row: &Row) -> Result<Activity, Error> {
    let phase = match row.get::<Option<i64>>("phase_id")? {
        Some(id) => Some(Phase {
            id,
            process_id: row.get("process_id")?,
            position: row.get("phase_position")?,
            title: localized(row, "phase_title")?,
            description: localized(row, "phase_description")?,
            starts_at: row.get("starts_at")?,
            ends_at: row.get("ends_at")?,
        }),
        None => None,
    };
    Ok(Activity {
        id: row.get("id")?,
        process_id: row.get("process_id")?,
        phase,
        slug: row.get("slug")?,
        component: row.get("component")?,
        title: localized(row, "title")?,
        summary: localized(row, "summary")?,
        rules: row.get("rules")?,
        status: Status::parse(&row.get::<String>("status")?),
        results_at: row.get("results_at")?,
        results: row.get("results")?,
        position: row.get("position")?,
        sealed: row.get("sealed")?,
        counted: row.get("counted")?,
        moves: serde_json::from_str(&row.get::<String>("closing_moves")?)
            .map_err(|e| Error::Internal(format!("the moves of a closing: {e}")))?,
    })
}

/// What an editor writes about a process.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProcessDraft {
    /// Its name.
    pub title: Localized,
    /// One or two sentences.
    pub summary: Localized,
    /// Presentation (Markdown).
    pub description: Localized,
    /// What is decided, and what is not.
    pub object: Localized,
    /// Who may take part.
    pub perimeter: Localized,
    /// The rule on several contributions of one person.
    pub duplicates_rule: Localized,
    /// Method note.
    pub method_note: Localized,
    /// Who organises and answers.
    pub organiser: Localized,
    /// Code of the legal frame ([`Preset::code`]).
    pub preset: String,
    /// The promised day of the answer.
    pub answer_due_at: Option<Millis>,
}

impl ProcessDraft {
    /// The columns of a process as they are written: `$1` names the row, `$2` to `$11` hold the draft, `$12`
    /// the moment.
    fn params(&self, row: Val, now: Millis) -> Vec<Val> {
        let mut params = vec![row];
        let texts = [
            &self.title,
            &self.summary,
            &self.description,
            &self.object,
            &self.perimeter,
            &self.duplicates_rule,
            &self.method_note,
            &self.organiser,
        ];
        params.extend(texts.into_iter().map(|text| Val::from(text.to_json())));
        params.extend(p![Preset::parse(&self.preset).code(), self.answer_due_at, now]);
        params
    }

    /// Checks the lengths, and that there is a title.
    ///
    /// # Errors
    /// Every mistake, by field.
    pub fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::new();
        if self.title.is_empty() {
            errors.add("title", "civic-process-title-empty");
        }
        let bounded = [
            ("title", &self.title, 150),
            ("summary", &self.summary, 400),
            ("description", &self.description, 20_000),
            ("object", &self.object, 4_000),
            ("perimeter", &self.perimeter, 4_000),
            ("duplicates_rule", &self.duplicates_rule, 4_000),
            ("method_note", &self.method_note, 20_000),
            ("organiser", &self.organiser, 1_000),
        ];
        for (field, value, max) in bounded {
            for wording in [&value.fr, &value.en] {
                let count = wording.chars().count();
                if count > max {
                    let args = vec![("max", max.to_string()), ("count", count.to_string())];
                    errors.add_with(field, "core-too-long", args);
                }
            }
        }
        errors.check()
    }
}

/// Makes a process, not yet published. Its address comes from its title.
///
/// # Errors
/// Mistakes by field; the database.
pub async fn create(tx: &mut Tx<'_>, now: Millis, draft: &ProcessDraft) -> Result<Process, Error> {
    draft.check()?;
    let base = text::slug(if draft.title.fr.is_empty() { &draft.title.en } else { &draft.title.fr });
    let slug = free_slug(tx, "select count(*) as n from process where slug = $1", &base, &[]).await?;
    let id = tx
        .insert(
            "insert into process (slug, title, summary, description, object, perimeter, duplicates_rule,
                method_note, organiser, preset, answer_due_at, status, created_at, updated_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'draft', $12, $12) returning id",
            &draft.params(slug.into(), now),
        )
        .await?;
    find(tx, id).await?.ok_or(Error::NotFound)
}

/// Saves what an editor changed. A published process leaves a leaf: its rules are part of what people
/// agreed to; and it keeps all that it had to have to be published.
///
/// # Errors
/// Mistakes by field; the database.
pub async fn update(tx: &mut Tx<'_>, now: Millis, id: i64, draft: &ProcessDraft) -> Result<(), Error> {
    draft.check()?;
    let had = lacked(tx, id).await?;
    tx.exec(
        "update process set title = $2, summary = $3, description = $4, object = $5, perimeter = $6,
            duplicates_rule = $7, method_note = $8, organiser = $9, preset = $10, answer_due_at = $11,
            updated_at = $12 where id = $1",
        &draft.params(id.into(), now),
    )
    .await?;
    keeps(tx, id, &had, None).await?;
    let process = find(tx, id).await?.ok_or(Error::NotFound)?;
    if process.status == Status::Published {
        journal_rules(tx, now, &process).await?;
    }
    Ok(())
}

/// What a published process lacks before a change; all may be missing from one that is not.
async fn lacked(tx: &mut Tx<'_>, id: i64) -> Result<Option<Vec<Missing>>, Error> {
    let process = find(tx, id).await?.ok_or(Error::NotFound)?;
    Ok(if process.status == Status::Published { Some(missing(tx, &process).await?) } else { None })
}

/// Refuses a change after which a published process would lack something that it had, beside the field where it is
/// written (`field`, or that of each text).
async fn keeps(
    tx: &mut Tx<'_>,
    id: i64,
    had: &Option<Vec<Missing>>,
    field: Option<&'static str>,
) -> Result<(), Error> {
    let Some(had) = had else { return Ok(()) };
    let process = find(tx, id).await?.ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::new();
    for lost in missing(tx, &process).await?.into_iter().filter(|m| !had.contains(m)) {
        errors.add(field.unwrap_or_else(|| lost.field()), lost.0);
    }
    Ok(errors.check()?)
}

async fn free_slug(tx: &mut Tx<'_>, sql: &str, base: &str, more: &[i64]) -> Result<String, Error> {
    for n in 1..1000 {
        let slug = if n == 1 { base.to_owned() } else { format!("{base}-{n}") };
        let mut params = p![slug.as_str()].to_vec();
        params.extend(more.iter().map(|id| (*id).into()));
        if tx.one(sql, &params).await?.get::<i64>("n")? == 0 {
            return Ok(slug);
        }
    }
    Err(Error::Conflict("civic-slug-taken"))
}

/// A process by id.
///
/// # Errors
/// The database.
pub async fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Process>, Error> {
    let sql = format!("select {PROCESS} from process where id = $1");
    tx.opt(&sql, &p![id]).await?.as_ref().map(read_process).transpose()
}

/// A process by its address.
///
/// # Errors
/// The database.
pub async fn by_slug(tx: &mut Tx<'_>, slug: &str) -> Result<Option<Process>, Error> {
    let sql = format!("select {PROCESS} from process where slug = $1");
    tx.opt(&sql, &p![slug]).await?.as_ref().map(read_process).transpose()
}

/// Processes, the last made first; only those the public sees unless `all`.
///
/// # Errors
/// The database.
pub async fn list(tx: &mut Tx<'_>, all: bool, limit: i64, offset: i64) -> Result<Vec<Process>, Error> {
    let sql = format!(
        "select {PROCESS} from process where cast($1 as boolean) or status = 'published'
         order by coalesce(published_at, created_at) desc, id desc limit $2 offset $3"
    );
    tx.query(&sql, &p![all, limit, offset]).await?.iter().map(read_process).collect()
}

/// How many processes [`list`] would give in all.
///
/// # Errors
/// The database.
pub async fn count(tx: &mut Tx<'_>, all: bool) -> Result<i64, Error> {
    let sql = "select count(*) as n from process where cast($1 as boolean) or status = 'published'";
    Ok(tx.one(sql, &p![all]).await?.get("n")?)
}

/// The phases of a process, in order.
///
/// # Errors
/// The database.
pub async fn phases(tx: &mut Tx<'_>, process_id: i64) -> Result<Vec<Phase>, Error> {
    let sql = "select id, process_id, position, title, description, starts_at, ends_at from phase
               where process_id = $1 order by position, starts_at, id";
    tx.query(sql, &p![process_id])
        .await?
        .iter()
        .map(|row| {
            Ok(Phase {
                id: row.get("id")?,
                process_id: row.get("process_id")?,
                position: row.get("position")?,
                title: localized(row, "title")?,
                description: localized(row, "description")?,
                starts_at: row.get("starts_at")?,
                ends_at: row.get("ends_at")?,
            })
        })
        .collect()
}

/// One phase of this process; none when it is another's, or gone.
///
/// # Errors
/// The database.
pub async fn phase(tx: &mut Tx<'_>, process_id: i64, id: i64) -> Result<Option<Phase>, Error> {
    Ok(phases(tx, process_id).await?.into_iter().find(|f| f.id == id))
}

/// What an editor writes about a phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseDraft {
    /// Its name.
    pub title: Localized,
    /// What happens in it (Markdown).
    pub description: Localized,
    /// First millisecond.
    pub starts_at: Millis,
    /// First millisecond after.
    pub ends_at: Millis,
}

impl PhaseDraft {
    fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::new();
        if self.title.is_empty() {
            errors.add("phase_title", "civic-phase-title-empty");
        }
        if self.ends_at <= self.starts_at {
            errors.add("ends_at", "civic-phase-ends-before-start");
        }
        errors.check()
    }
}

/// Adds a phase at the end of a process.
///
/// # Errors
/// Mistakes by field; the database.
pub async fn add_phase(
    tx: &mut Tx<'_>,
    now: Millis,
    process_id: i64,
    draft: &PhaseDraft,
) -> Result<i64, Error> {
    let process = find(tx, process_id).await?.ok_or(Error::NotFound)?;
    draft.check()?;
    let had = lacked(tx, process_id).await?;
    let id = tx
        .insert(
            "insert into phase (process_id, position, title, description, starts_at, ends_at)
             values ($1, (select coalesce(max(position), 0) + 1 from phase where process_id = $1),
                     $2, $3, $4, $5) returning id",
            &p![
                process_id,
                draft.title.to_json(),
                draft.description.to_json(),
                draft.starts_at,
                draft.ends_at
            ],
        )
        .await?;
    keeps(tx, process_id, &had, Some("ends_at")).await?;
    if process.status == Status::Published {
        journal_rules(tx, now, &process).await?;
    }
    Ok(id)
}

/// Changes a phase. Moving the dates of a published process leaves a leaf. Once a vote of this phase has its first
/// ballot, its opening stays and its closing moves only with a `reason` ([`sealed`]). A phase that is over stays so once
/// the results of an activity in it are published: they count what was said until then.
///
/// # Errors
/// Mistakes by field; the database.
pub async fn update_phase(
    tx: &mut Tx<'_>,
    now: Millis,
    id: i64,
    draft: &PhaseDraft,
    reason: &Localized,
) -> Result<Change, Error> {
    let process = of_phase(tx, id).await?.ok_or(Error::NotFound)?;
    let before = phase(tx, process.id, id).await?.ok_or(Error::NotFound)?;
    draft.check()?;
    if let Change::Refused(errors) = sealed::may_move(tx, now, &before, draft, reason).await? {
        return Ok(Change::Refused(errors));
    }
    if before.ends_at <= now && draft.ends_at > now && has_results(tx, id).await? {
        let mut errors = FieldErrors::new();
        errors.add("ends_at", "civic-phase-has-results");
        return Err(errors.into());
    }
    let had = lacked(tx, process.id).await?;
    tx.exec(
        "update phase set title = $2, description = $3, starts_at = $4, ends_at = $5 where id = $1",
        &p![id, draft.title.to_json(), draft.description.to_json(), draft.starts_at, draft.ends_at],
    )
    .await?;
    keeps(tx, process.id, &had, Some("ends_at")).await?;
    if process.status == Status::Published {
        journal_rules(tx, now, &process).await?;
    }
    if draft.ends_at > now {
        reopen(tx, now, id).await?;
    }
    Ok(Change::Done)
}

/// Whether the results of an activity in this phase are published.
async fn has_results(tx: &mut Tx<'_>, phase_id: i64) -> Result<bool, Error> {
    let sql = "select id from activity where phase_id = $1 and results_at is not null limit 1";
    Ok(tx.opt(sql, &p![phase_id]).await?.is_some())
}

/// What the journal said closed and is open again will close once more, and the journal will say so.
async fn reopen(tx: &mut Tx<'_>, now: Millis, phase_id: i64) -> Result<(), Error> {
    let sql = "select id from activity where phase_id = $1 and closed_logged order by id";
    for row in tx.query(sql, &p![phase_id]).await? {
        let id: i64 = row.get("id")?;
        tx.exec("update activity set closed_logged = false where id = $1", &p![id]).await?;
        let activity = activity(tx, id).await?.ok_or(Error::NotFound)?;
        if activity.status == Status::Published {
            journal_activity(tx, now, "activity-rules", &activity).await?;
        }
    }
    Ok(())
}

/// The process of a phase.
///
/// # Errors
/// The database.
pub async fn of_phase(tx: &mut Tx<'_>, phase_id: i64) -> Result<Option<Process>, Error> {
    match tx.opt("select process_id from phase where id = $1", &p![phase_id]).await? {
        Some(row) => find(tx, row.get("process_id")?).await,
        None => Ok(None),
    }
}

/// Removes a phase that no activity uses. When a vote has begun in it, the refusal is in the journal.
///
/// # Errors
/// [`Error::Conflict`] while an activity uses it; the database.
pub async fn remove_phase(tx: &mut Tx<'_>, now: Millis, id: i64) -> Result<Change, Error> {
    let process = of_phase(tx, id).await?.ok_or(Error::NotFound)?;
    if let Change::Refused(errors) = sealed::may_remove(tx, now, id).await? {
        return Ok(Change::Refused(errors));
    }
    let used = tx.one("select count(*) as n from activity where phase_id = $1", &p![id]).await?;
    if used.get::<i64>("n")? > 0 {
        return Err(Error::Conflict("civic-phase-in-use"));
    }
    if process.status == Status::Published && phases(tx, process.id).await?.len() == 1 {
        return Err(Error::Conflict("civic-phase-last"));
    }
    tx.exec("delete from phase where id = $1", &p![id]).await?;
    if process.status == Status::Published {
        journal_rules(tx, now, &process).await?;
    }
    Ok(Change::Done)
}

/// Something that must be written before a process or an activity may open: a message key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing(pub &'static str);

impl Missing {
    /// The field of the form of a process where it is written.
    fn field(self) -> &'static str {
        match self.0 {
            "civic-missing-summary" => "summary",
            "civic-missing-object" => "object",
            "civic-missing-perimeter" => "perimeter",
            "civic-missing-duplicates" => "duplicates_rule",
            "civic-missing-method" => "method_note",
            "civic-missing-twenty-one-days" => "preset",
            _ => "answer_due_at",
        }
    }
}

/// What a process still lacks before it may be published: its object, its perimeter, its dates, its rule on
/// duplicates and the promised date of the answer (CRPA L131-1), and what its preset asks.
///
/// # Errors
/// The database.
pub async fn missing(tx: &mut Tx<'_>, process: &Process) -> Result<Vec<Missing>, Error> {
    let mut missing = vec![];
    let required = [
        (&process.summary, "civic-missing-summary"),
        (&process.object, "civic-missing-object"),
        (&process.perimeter, "civic-missing-perimeter"),
        (&process.duplicates_rule, "civic-missing-duplicates"),
        (&process.method_note, "civic-missing-method"),
    ];
    for (value, key) in required {
        if value.is_empty() {
            missing.push(Missing(key));
        }
    }
    let phases = phases(tx, process.id).await?;
    if phases.is_empty() {
        missing.push(Missing("civic-missing-dates"));
    }
    let last_end = phases.iter().map(|p| p.ends_at).max();
    match process.answer_due_at {
        None => missing.push(Missing("civic-missing-answer-date")),
        Some(due) => {
            let consultation_end = open_phase_end(tx, process.id).await?.or(last_end);
            if consultation_end.is_some_and(|end| due <= end) {
                missing.push(Missing("civic-missing-answer-after"));
            }
            // Code de l'environnement L123-19-1: no decision before the time to read and to write the
            // synthesis, at least four days after the close.
            if process.preset == Preset::Environment
                && consultation_end.is_some_and(|end| due < end + 4 * DAY)
            {
                missing.push(Missing("civic-missing-four-days"));
            }
        }
    }
    if process.preset == Preset::Environment {
        // The same article: the public has at least twenty-one days.
        let used = tx
            .query(
                "select f.starts_at, f.ends_at from phase f
                 where f.process_id = $1 and exists (select 1 from activity a where a.phase_id = f.id)",
                &p![process.id],
            )
            .await?;
        for row in used {
            if row.get::<i64>("ends_at")? - row.get::<i64>("starts_at")? < 21 * DAY {
                missing.push(Missing("civic-missing-twenty-one-days"));
                break;
            }
        }
    }
    Ok(missing)
}

/// The end of the last phase in which people act.
async fn open_phase_end(tx: &mut Tx<'_>, process_id: i64) -> Result<Option<Millis>, Error> {
    let row = tx
        .one(
            "select max(f.ends_at) as at from phase f
             where f.process_id = $1 and exists (select 1 from activity a where a.phase_id = f.id)",
            &p![process_id],
        )
        .await?;
    Ok(row.get("at")?)
}

/// Publishes a process and its rules.
///
/// # Errors
/// [`Error::Conflict`] with the first thing that is missing; the database.
pub async fn publish(tx: &mut Tx<'_>, now: Millis, id: i64) -> Result<(), Error> {
    let process = find(tx, id).await?.ok_or(Error::NotFound)?;
    if let Some(missing) = missing(tx, &process).await?.first() {
        return Err(Error::Conflict(missing.0));
    }
    tx.exec(
        "update process set status = 'published', published_at = coalesce(published_at, $2), updated_at = $2
         where id = $1",
        &p![id, now],
    )
    .await?;
    let process = find(tx, id).await?.ok_or(Error::NotFound)?;
    journal_rules(tx, now, &process).await?;
    crate::follow::index_process(tx, &process).await
}

/// Takes a process out of the lists; everything stays readable.
///
/// # Errors
/// The database.
pub async fn archive(tx: &mut Tx<'_>, now: Millis, id: i64) -> Result<(), Error> {
    tx.exec("update process set status = 'archived', updated_at = $2 where id = $1", &p![id, now]).await?;
    journal::write(
        tx,
        now,
        Leaf::new("process-archived").object("process", id).body(json!({ "process": id })),
    )
    .await?;
    Ok(())
}

/// The rules of a process, as they stand, in the journal: object, perimeter, duplicates, method, dates.
async fn journal_rules(tx: &mut Tx<'_>, now: Millis, process: &Process) -> Result<(), Error> {
    let phases: Vec<_> = phases(tx, process.id)
        .await?
        .iter()
        .map(|f| json!({ "title": f.title, "starts_at": f.starts_at, "ends_at": f.ends_at }))
        .collect();
    let body = json!({
        "process": process.id,
        "slug": process.slug,
        "title": process.title,
        "object": process.object,
        "perimeter": process.perimeter,
        "duplicates_rule": process.duplicates_rule,
        "method_note": process.method_note,
        "organiser": process.organiser,
        "preset": process.preset.code(),
        "answer_due_at": process.answer_due_at,
        "phases": phases,
    });
    journal::write(tx, now, Leaf::new("process-rules").object("process", process.id).body(body)).await?;
    Ok(())
}

/// Makes an activity in a process, not yet published.
///
/// # Errors
/// Mistakes by field; the database.
pub async fn add_activity(
    tx: &mut Tx<'_>,
    now: Millis,
    process_id: i64,
    component: &str,
    title: &Localized,
    phase_id: Option<i64>,
) -> Result<Activity, Error> {
    let mut errors = FieldErrors::new();
    if title.is_empty() {
        errors.add("title", "civic-activity-title-empty");
    }
    if title.fr.chars().count() > 150 || title.en.chars().count() > 150 {
        errors.add_with("title", "core-too-long", vec![("max", "150".into()), ("count", String::new())]);
    }
    errors.check()?;
    let base = text::slug(if title.fr.is_empty() { &title.en } else { &title.fr });
    let slug = free_slug(
        tx,
        "select count(*) as n from activity where slug = $1 and process_id = $2",
        &base,
        &[process_id],
    )
    .await?;
    let id = tx
        .insert(
            "insert into activity (process_id, phase_id, slug, component, title, position, created_at,
                updated_at)
             values ($1, $2, $3, $4, $5,
                     (select coalesce(max(position), 0) + 1 from activity where process_id = $1), $6, $6)
             returning id",
            &p![process_id, phase_id, slug, component, title.to_json(), now],
        )
        .await?;
    activity(tx, id).await?.ok_or(Error::NotFound)
}

/// What an editor writes about an activity, whatever its component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityDraft {
    /// Its name.
    pub title: Localized,
    /// One or two sentences.
    pub summary: Localized,
    /// The phase in which people act.
    pub phase_id: Option<i64>,
    /// The component's own rules, JSON.
    pub rules: String,
}

/// Saves what an editor changed; a change of rules or dates of a published activity leaves a leaf.
///
/// # Errors
/// Mistakes by field; [`Error::Conflict`] when it would take a vote that has begun to another phase, which
/// [`sealed::may_go`] says before; the database.
pub async fn update_activity(
    tx: &mut Tx<'_>,
    now: Millis,
    id: i64,
    draft: &ActivityDraft,
) -> Result<(), Error> {
    let before = activity(tx, id).await?.ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::new();
    if draft.title.is_empty() {
        errors.add("title", "civic-activity-title-empty");
    }
    if before.sealed.is_some() && before.phase.as_ref().map(|f| f.id) != draft.phase_id {
        return Err(Error::Conflict("civic-sealed-phase"));
    }
    let moves = before.phase.as_ref().map(|f| f.id) != draft.phase_id;
    if moves && before.results_at.is_some() {
        errors.add("phase", "civic-activity-has-results");
    }
    if moves && before.status == Status::Published && draft.phase_id.is_none() {
        errors.add("phase", "civic-missing-phase");
    }
    errors.check()?;
    let had = lacked(tx, before.process_id).await?;
    tx.exec(
        "update activity set title = $2, summary = $3, phase_id = $4, rules = $5, updated_at = $6
         where id = $1",
        &p![id, draft.title.to_json(), draft.summary.to_json(), draft.phase_id, draft.rules.as_str(), now],
    )
    .await?;
    keeps(tx, before.process_id, &had, Some("phase")).await?;
    let after = activity(tx, id).await?.ok_or(Error::NotFound)?;
    if after.status == Status::Published && before != after {
        journal_activity(tx, now, "activity-rules", &after).await?;
    }
    Ok(())
}

/// Publishes an activity. The caller has checked what its component asks.
///
/// # Errors
/// [`Error::Conflict`] while its process lacks something or it has no phase; the database.
pub async fn publish_activity(tx: &mut Tx<'_>, now: Millis, id: i64) -> Result<(), Error> {
    let before = activity(tx, id).await?.ok_or(Error::NotFound)?;
    let process = find(tx, before.process_id).await?.ok_or(Error::NotFound)?;
    if let Some(missing) = missing(tx, &process).await?.first() {
        return Err(Error::Conflict(missing.0));
    }
    if before.phase.is_none() {
        return Err(Error::Conflict("civic-missing-phase"));
    }
    tx.exec("update activity set status = 'published', updated_at = $2 where id = $1", &p![id, now]).await?;
    let after = activity(tx, id).await?.ok_or(Error::NotFound)?;
    journal_activity(tx, now, "activity-published", &after).await
}

async fn journal_activity(
    tx: &mut Tx<'_>,
    now: Millis,
    kind: &'static str,
    activity: &Activity,
) -> Result<(), Error> {
    let rules: serde_json::Value = serde_json::from_str(&activity.rules).unwrap_or_default();
    let body = json!({
        "activity": activity.id,
        "process": activity.process_id,
        "component": activity.component,
        "title": activity.title,
        "opens_at": activity.phase.as_ref().map(|f| f.starts_at),
        "closes_at": activity.phase.as_ref().map(|f| f.ends_at),
        "rules": rules,
    });
    journal::write(tx, now, Leaf::new(kind).object("activity", activity.id).body(body)).await?;
    Ok(())
}

/// Writes the openings and closings that the clock has passed and the journal does not hold yet. Called by
/// the first act after the moment and by a regular task; it only records what was already so.
///
/// # Errors
/// The database.
pub async fn record_moments(tx: &mut Tx<'_>, now: Millis) -> Result<usize, Error> {
    let sql = format!(
        "select {ACTIVITY} where a.status = 'published'
           and ((not a.opened_logged and f.starts_at <= $1) or (not a.closed_logged and f.ends_at <= $1))
         order by a.id"
    );
    let mut written = 0;
    for row in tx.query(&sql, &p![now]).await? {
        let activity = read_activity(&row)?;
        let Some(phase) = &activity.phase else { continue };
        let flags = tx
            .one("select opened_logged, closed_logged from activity where id = $1", &p![activity.id])
            .await?;
        if !flags.get::<bool>("opened_logged")? && phase.starts_at <= now {
            journal_activity(tx, now, "activity-opened", &activity).await?;
            written += 1;
        }
        if !flags.get::<bool>("closed_logged")? && phase.ends_at <= now {
            journal_activity(tx, now, "activity-closed", &activity).await?;
            written += 1;
        }
        tx.exec(
            "update activity set opened_logged = $2, closed_logged = $3 where id = $1",
            &p![activity.id, phase.starts_at <= now, phase.ends_at <= now],
        )
        .await?;
    }
    Ok(written)
}

/// Publishes the results of an activity, with their working.
///
/// # Errors
/// [`Error::Conflict`] while the activity is not closed; the database.
pub async fn publish_results(
    tx: &mut Tx<'_>,
    now: Millis,
    id: i64,
    results: &serde_json::Value,
) -> Result<(), Error> {
    let activity = activity(tx, id).await?.ok_or(Error::NotFound)?;
    if activity.moment(now) != Moment::After {
        return Err(Error::Conflict("civic-results-not-closed"));
    }
    record_moments(tx, now).await?;
    let bytes =
        parvis_transparency::canonical::to_bytes(results).map_err(|e| Error::Journal(e.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|e| Error::Journal(e.to_string()))?;
    tx.exec(
        "update activity set results = $2, results_at = $3, updated_at = $3 where id = $1",
        &p![id, text.as_str(), now],
    )
    .await?;
    journal::write(
        tx,
        now,
        Leaf::new("results-published")
            .object("activity", id)
            .body(json!({ "activity": id, "results_sha256": journal::sha256_hex(text.as_bytes()) })),
    )
    .await?;
    crate::follow::notify(tx, now, "process", activity.process_id, crate::follow::News::Results, id, None)
        .await
}

/// An activity by id.
///
/// # Errors
/// The database.
pub async fn activity(tx: &mut Tx<'_>, id: i64) -> Result<Option<Activity>, Error> {
    let sql = format!("select {ACTIVITY} where a.id = $1");
    tx.opt(&sql, &p![id]).await?.as_ref().map(read_activity).transpose()
}

/// A process and one of its activities, by their addresses.
///
/// # Errors
/// The database.
pub async fn activity_by_slug(
    tx: &mut Tx<'_>,
    process: &str,
    activity: &str,
) -> Result<Option<(Process, Activity)>, Error> {
    let Some(process) = by_slug(tx, process).await? else { return Ok(None) };
    let sql = format!("select {ACTIVITY} where a.process_id = $1 and a.slug = $2");
    match tx.opt(&sql, &p![process.id, activity]).await? {
        Some(row) => Ok(Some((process, read_activity(&row)?))),
        None => Ok(None),
    }
}

/// The name of the component at work at an address, when there is one.
///
/// # Errors
/// The database.
pub async fn component_at(tx: &mut Tx<'_>, process: &str, activity: &str) -> Result<Option<String>, Error> {
    let sql = "select a.component from activity a join process p on p.id = a.process_id
               where p.slug = $1 and a.slug = $2";
    Ok(tx.opt(sql, &p![process, activity]).await?.map(|row| row.get("component")).transpose()?)
}

/// The activities of a process, in order; only those the public sees unless `all`.
///
/// # Errors
/// The database.
pub async fn activities(tx: &mut Tx<'_>, process_id: i64, all: bool) -> Result<Vec<Activity>, Error> {
    let sql = format!(
        "select {ACTIVITY} where a.process_id = $1 and (cast($2 as boolean) or a.status <> 'draft')
         order by a.position, a.id"
    );
    tx.query(&sql, &p![process_id, all]).await?.iter().map(read_activity).collect()
}

/// The next moment, after `now`, at which some phase of the site opens or closes: until then a page that
/// depends on the clock stays true.
///
/// # Errors
/// The database.
pub async fn next_change(tx: &mut Tx<'_>, now: Millis) -> Result<Option<Millis>, Error> {
    let row = tx
        .one(
            "select (select min(starts_at) from phase where starts_at > $1) as opens,
                    (select min(ends_at) from phase where ends_at > $1) as closes",
            &p![now],
        )
        .await?;
    let (opens, closes): (Option<i64>, Option<i64>) = (row.get("opens")?, row.get("closes")?);
    Ok([opens, closes].into_iter().flatten().min())
}

/// A document that a process must publish (synthesis, observations taken into account, reasons …).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Identifier.
    pub id: i64,
    /// `file` (the file put to the public), `synthesis`, `observations`, `reasons`, `other`.
    pub kind: String,
    /// Its name.
    pub title: Localized,
    /// Its text (Markdown).
    pub body: Localized,
    /// When it was published.
    pub published_at: Option<Millis>,
}

/// The documents that close a consultation under L123-19-1: each must be published, and stay three months.
pub const CLOSING_DOCUMENTS: [&str; 3] = ["synthesis", "observations", "reasons"];

/// The documents of a process; only the published ones unless `all`.
///
/// # Errors
/// The database.
pub async fn documents(tx: &mut Tx<'_>, process_id: i64, all: bool) -> Result<Vec<Document>, Error> {
    tx.query(
        "select id, kind, title, body, published_at from process_document
         where process_id = $1 and (cast($2 as boolean) or published_at is not null) order by id",
        &p![process_id, all],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Document {
            id: row.get("id")?,
            kind: row.get("kind")?,
            title: localized(row, "title")?,
            body: localized(row, "body")?,
            published_at: row.get("published_at")?,
        })
    })
    .collect()
}

/// What an editor writes in a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentDraft {
    /// `file`, `synthesis`, `observations`, `reasons` or `other`.
    pub kind: String,
    /// Its name.
    pub title: Localized,
    /// Its text (Markdown).
    pub body: Localized,
}

/// The kinds of documents a process can publish.
pub const DOCUMENT_KINDS: [&str; 5] = ["file", "synthesis", "observations", "reasons", "other"];

/// Adds a document, or changes the one with this id, publishing it when asked.
///
/// # Errors
/// Mistakes by field; the database.
pub async fn save_document(
    tx: &mut Tx<'_>,
    now: Millis,
    process_id: i64,
    id: Option<i64>,
    draft: &DocumentDraft,
    publish: bool,
) -> Result<i64, Error> {
    let mut errors = FieldErrors::new();
    if !DOCUMENT_KINDS.contains(&draft.kind.as_str()) {
        errors.add("kind", "civic-document-kind-empty");
    }
    if draft.title.is_empty() {
        errors.add("title", "civic-document-title-empty");
    }
    if draft.body.is_empty() {
        errors.add("body", "civic-document-body-empty");
    }
    errors.check()?;
    let published = publish.then_some(now);
    let (kind, title, body) = (draft.kind.as_str(), &draft.title, draft.body.to_json());
    let id = match id {
        Some(id) => {
            tx.exec(
                "update process_document set kind = $3, title = $4, body = $5,
                    published_at = coalesce(published_at, $6) where id = $1 and process_id = $2",
                &p![id, process_id, kind, title.to_json(), body.as_str(), published],
            )
            .await?;
            id
        }
        None => {
            tx.insert(
                "insert into process_document (process_id, kind, title, body, published_at, created_at)
                 values ($1, $2, $3, $4, $5, $6) returning id",
                &p![process_id, kind, title.to_json(), body.as_str(), published, now],
            )
            .await?
        }
    };
    // What is public is what the journal says: a change of a published document leaves a leaf, too.
    let sql = "select published_at is not null from process_document where id = $1 and process_id = $2";
    if tx.opt(sql, &p![id, process_id]).await?.is_some_and(|row| row.at(0).unwrap_or(false)) {
        let leaf = Leaf::new("document-published").object("process", process_id).body(json!({
            "process": process_id, "document": id, "kind": kind, "title": title,
            "body_sha256": journal::sha256_hex(body.as_bytes()),
        }));
        journal::write(tx, now, leaf).await?;
    }
    Ok(id)
}

/// Removes a document: a draft always, a published one of a closing kind only three months after it was
/// published (L123-19-1).
///
/// # Errors
/// [`Error::Conflict`] while it must stay; the database.
pub async fn remove_document(tx: &mut Tx<'_>, now: Millis, process_id: i64, id: i64) -> Result<(), Error> {
    let row = tx
        .opt(
            "select d.kind, d.published_at, p.preset from process_document d
             join process p on p.id = d.process_id where d.id = $1 and d.process_id = $2",
            &p![id, process_id],
        )
        .await?
        .ok_or(Error::NotFound)?;
    let kind: String = row.get("kind")?;
    let published: Option<Millis> = row.get("published_at")?;
    let must_stay = Preset::parse(&row.get::<String>("preset")?) == Preset::Environment
        && CLOSING_DOCUMENTS.contains(&kind.as_str());
    if must_stay && published.is_some_and(|at| now < at + 92 * DAY) {
        return Err(Error::Conflict("civic-document-three-months"));
    }
    tx.exec("delete from process_document where id = $1", &p![id]).await?;
    if published.is_some() {
        let leaf = Leaf::new("document-removed")
            .object("process", process_id)
            .body(json!({ "process": process_id, "document": id, "kind": kind }));
        journal::write(tx, now, leaf).await?;
    }
    Ok(())
}

/// What the preset still asks before the process may be closed and archived.
///
/// # Errors
/// The database.
pub async fn missing_to_close(tx: &mut Tx<'_>, process: &Process) -> Result<Vec<Missing>, Error> {
    if process.preset != Preset::Environment {
        return Ok(vec![]);
    }
    let published: BTreeMap<String, ()> =
        documents(tx, process.id, false).await?.into_iter().map(|d| (d.kind, ())).collect();
    let keys = [
        ("synthesis", "civic-missing-synthesis"),
        ("observations", "civic-missing-observations"),
        ("reasons", "civic-missing-reasons"),
    ];
    Ok(keys.into_iter().filter(|(kind, _)| !published.contains_key(*kind)).map(|(_, k)| Missing(k)).collect())
}
