//! Contributions: texts that people publish (articles, proposals, arguments, sources, amendments …), with
//! drafts, versions, an edit window and withdrawal.

use parvis_core::{FieldErrors, Locale, Millis};
use parvis_store::{Row, Tx, p, search};
use serde_json::{Value, json};

use crate::account::{Participant, Status as AccountStatus};
use crate::journal::{self, Entry, Leaf};
use crate::process::{self, Activity};
use crate::text::{self, Format};
use crate::{Error, follow, random};

/// A text that somebody published or drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// Identifier: `/c/{id}` always leads to it.
    pub id: i64,
    /// The process it belongs to.
    pub process_id: i64,
    /// The activity it belongs to.
    pub activity_id: i64,
    /// `article`, `proposal`, `argument`, `source`, `amendment` …: the component's word.
    pub kind: String,
    /// What it is about: the article of an argument.
    pub parent_id: Option<i64>,
    /// The component's section.
    pub section_id: Option<i64>,
    /// 1 for, -1 against (arguments).
    pub side: Option<i64>,
    /// Order among its siblings.
    pub position: i64,
    /// Written by the organisation.
    pub official: bool,
    /// Its author; none once erased without a trace.
    pub author_id: Option<i64>,
    /// Where it stands.
    pub status: Status,
    /// Its title, empty for arguments.
    pub title: String,
    /// Its text.
    pub body: String,
    /// Why: the explanation beside the text.
    pub explanation: String,
    /// How the text is written.
    pub format: Format,
    /// The component's own fields, JSON object (the link of a source …).
    pub extra: String,
    /// Its language.
    pub lang: Locale,
    /// Number of its present version, from 1.
    pub version: i64,
    /// Where it was imported from.
    pub origin_key: Option<String>,
    /// When the first draft was saved.
    pub created_at: Millis,
    /// When it was published.
    pub published_at: Option<Millis>,
    /// When it last changed.
    pub updated_at: Millis,
    /// Reactions cast here.
    pub cast: Totals,
    /// Totals that came with an import; never mixed with the ones cast here.
    pub imported: Totals,
    /// Arguments for, shown to the public.
    pub arguments_for: i64,
    /// Arguments against, shown to the public.
    pub arguments_against: i64,
    /// Sources shown to the public.
    pub sources: i64,
    /// Amendments shown to the public.
    pub amendments: i64,
}

/// How many people are for, mixed and against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// For.
    pub r#for: i64,
    /// Mixed.
    pub mixed: i64,
    /// Against.
    pub against: i64,
}

impl Totals {
    /// All three.
    pub const fn sum(self) -> i64 {
        self.r#for + self.mixed + self.against
    }
}

impl std::ops::Add for Totals {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            r#for: self.r#for + other.r#for,
            mixed: self.mixed + other.mixed,
            against: self.against + other.against,
        }
    }
}

/// Where a contribution stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Only its author sees it.
    Draft,
    /// Everybody sees it.
    Published,
    /// Its author withdrew it: the place stays, the text does not.
    Withdrawn,
    /// A moderator hid it, with a reason: the place and the reason stay, the text does not.
    Hidden,
    /// Merged into another text by the editor: the trace stays.
    Merged,
}

impl Status {
    /// The name kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
            Self::Hidden => "hidden",
            Self::Merged => "merged",
        }
    }

    /// Reads `code()`; anything else is hidden, the safe reading.
    pub fn parse(code: &str) -> Self {
        match code {
            "draft" => Self::Draft,
            "published" => Self::Published,
            "withdrawn" => Self::Withdrawn,
            "merged" => Self::Merged,
            _ => Self::Hidden,
        }
    }
}

impl Contribution {
    /// Cast and imported reactions together: what lists are sorted by. Pages show both apart.
    pub fn totals(&self) -> Totals {
        self.cast + self.imported
    }

    /// Safe HTML of the text.
    pub fn html(&self) -> String {
        text::html(&self.body, self.format)
    }

    /// Safe HTML of the explanation.
    pub fn explanation_html(&self) -> String {
        text::html(&self.explanation, self.format)
    }

    /// The first words of the text, plain.
    pub fn extract(&self, max: usize) -> String {
        text::extract(&self.body, self.format, max)
    }

    /// The component's own fields.
    pub fn extra(&self) -> Value {
        serde_json::from_str(&self.extra).unwrap_or_default()
    }

    /// One of the component's own text fields.
    pub fn extra_text(&self, name: &str) -> String {
        self.extra().get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// Whether its author may still change it: published less than `hours` ago, and not answered since
    /// (the caller checks that).
    pub fn editable(&self, now: Millis, hours: i64) -> bool {
        match self.status {
            Status::Draft => true,
            Status::Published => self.published_at.is_some_and(|at| now < at + hours * 3_600_000),
            _ => false,
        }
    }
}

/// The columns [`read`] needs, of table `contribution` under the alias `c`.
pub const COLUMNS: &str = "c.id, c.process_id, c.activity_id, c.kind, c.parent_id, c.section_id, c.side,
    c.position, c.official, c.author_id, c.status, c.title, c.body, c.explanation, c.format, c.extra, c.lang,
    c.version, c.origin_key, c.created_at, c.published_at, c.updated_at, c.reactions_for, c.reactions_mixed,
    c.reactions_against, c.imported_for, c.imported_mixed, c.imported_against, c.arguments_for,
    c.arguments_against, c.sources, c.amendments";

/// Reads a contribution from a row that holds [`COLUMNS`], in that order and from the first column.
///
/// # Errors
/// When a column is missing.
pub fn read(row: &Row) -> Result<Contribution, Error> {
    Ok(Contribution {
        id: row.at(0)?,
        process_id: row.at(1)?,
        activity_id: row.at(2)?,
        kind: row.at(3)?,
        parent_id: row.at(4)?,
        section_id: row.at(5)?,
        side: row.at(6)?,
        position: row.at(7)?,
        official: row.at(8)?,
        author_id: row.at(9)?,
        status: Status::parse(&row.at::<String>(10)?),
        title: row.at(11)?,
        body: row.at(12)?,
        explanation: row.at(13)?,
        format: Format::parse(&row.at::<String>(14)?),
        extra: row.at(15)?,
        lang: Locale::parse(&row.at::<String>(16)?).unwrap_or_default(),
        version: row.at(17)?,
        origin_key: row.at(18)?,
        created_at: row.at(19)?,
        published_at: row.at(20)?,
        updated_at: row.at(21)?,
        cast: Totals { r#for: row.at(22)?, mixed: row.at(23)?, against: row.at(24)? },
        imported: Totals { r#for: row.at(25)?, mixed: row.at(26)?, against: row.at(27)? },
        arguments_for: row.at(28)?,
        arguments_against: row.at(29)?,
        sources: row.at(30)?,
        amendments: row.at(31)?,
    })
}

/// What an author writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The component's word for what it is.
    pub kind: &'static str,
    /// What it is about.
    pub parent_id: Option<i64>,
    /// The component's section.
    pub section_id: Option<i64>,
    /// 1 for, -1 against.
    pub side: Option<i64>,
    /// Its title.
    pub title: String,
    /// Its text (Markdown).
    pub body: String,
    /// Why.
    pub explanation: String,
    /// The component's own fields.
    pub extra: Value,
    /// Written by the organisation: only editors may.
    pub official: bool,
    /// Its language, guessed from the text when none.
    pub lang: Option<Locale>,
}

/// The least and the most characters of each field of a kind of contribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Of the title.
    pub title: (usize, usize),
    /// Of the text.
    pub body: (usize, usize),
    /// Of the explanation.
    pub explanation: (usize, usize),
}

impl Draft {
    /// Trims every field and checks its length.
    ///
    /// # Errors
    /// Every mistake, by field (`title`, `body`, `explanation`).
    pub fn check(mut self, limits: Limits) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        self.title = errors.text("title", &self.title, limits.title.0, limits.title.1, "civic-title-empty");
        self.body = errors.text("body", &self.body, limits.body.0, limits.body.1, "civic-body-empty");
        self.explanation = errors.text(
            "explanation",
            &self.explanation,
            limits.explanation.0,
            limits.explanation.1,
            "civic-explanation-empty",
        );
        errors.check().map(|()| self)
    }
}

/// The content that a version's commitment covers.
pub fn content(title: &str, body: &str, explanation: &str, extra: &str) -> Value {
    let extra: Value = serde_json::from_str(extra).unwrap_or_default();
    json!({ "title": title, "body": body, "explanation": explanation, "extra": extra })
}

fn may_act(who: &Participant) -> Result<(), Error> {
    if who.status == AccountStatus::Active { Ok(()) } else { Err(Error::Forbidden) }
}

/// Saves a draft: new when `id` is none, else the author's own draft of that id.
///
/// # Errors
/// [`Error::NotFound`] when `id` is not a draft of this author; the database.
pub async fn save_draft(
    tx: &mut Tx<'_>,
    now: Millis,
    who: &Participant,
    activity: &Activity,
    draft: &Draft,
    id: Option<i64>,
) -> Result<i64, Error> {
    may_act(who)?;
    let lang = draft.lang.unwrap_or_else(|| text::guess_locale(&draft.body, who.locale));
    let extra = if draft.extra.is_null() { "{}".to_owned() } else { draft.extra.to_string() };
    if let Some(id) = id {
        let done = tx
            .exec(
                "update contribution set parent_id = $3, section_id = $4, side = $5, title = $6, body = $7,
                    explanation = $8, extra = $9, lang = $10, updated_at = $11
                 where id = $1 and author_id = $2 and status = 'draft'",
                &p![
                    id,
                    who.id,
                    draft.parent_id,
                    draft.section_id,
                    draft.side,
                    draft.title.as_str(),
                    draft.body.as_str(),
                    draft.explanation.as_str(),
                    extra,
                    lang.code(),
                    now
                ],
            )
            .await?;
        return if done == 1 { Ok(id) } else { Err(Error::NotFound) };
    }
    let id = tx
        .insert(
            "insert into contribution (process_id, activity_id, kind, parent_id, section_id, side, position,
                official, author_id, status, title, body, explanation, format, extra, lang, version,
                created_at, updated_at, shuffle)
             values ($1, $2, $3, $4, $5, $6,
                (select coalesce(max(position), 0) + 1 from contribution where activity_id = $2 and kind = $3),
                $7, $8, 'draft', $9, $10, $11, 'md', $12, $13, 1, $14, $14, $15) returning id",
            &p![
                activity.process_id,
                activity.id,
                draft.kind,
                draft.parent_id,
                draft.section_id,
                draft.side,
                draft.official,
                who.id,
                draft.title.as_str(),
                draft.body.as_str(),
                draft.explanation.as_str(),
                extra,
                lang.code(),
                now,
                random::shuffle_key()
            ],
        )
        .await?;
    Ok(id)
}

/// Publishes the author's draft. The caller has checked the component's rules and lengths; people (not the
/// organisation) can only while the activity is open.
///
/// # Errors
/// [`Error::Closed`]; [`Error::NotFound`] when it is not a draft of this author; the database.
pub async fn publish(
    tx: &mut Tx<'_>,
    now: Millis,
    who: &Participant,
    id: i64,
) -> Result<(Contribution, Entry), Error> {
    publish_within(tx, now, who, id, None).await
}

/// Publishes the author's draft as [`publish`] does, while another phase of the same process is under way than the
/// activity's own: ideas come before the vote that is on them. `phase`: its identifier; none: the activity's.
///
/// # Errors
/// [`Error::Closed`], to the millisecond, also when the phase is not one of this process; [`Error::NotFound`] when
/// it is not a draft of this author; the database.
pub async fn publish_within(
    tx: &mut Tx<'_>,
    now: Millis,
    who: &Participant,
    id: i64,
    phase: Option<i64>,
) -> Result<(Contribution, Entry), Error> {
    may_act(who)?;
    let draft = find(tx, id).await?.ok_or(Error::NotFound)?;
    if draft.author_id != Some(who.id) || draft.status != Status::Draft {
        return Err(Error::NotFound);
    }
    if !draft.official {
        let activity = process::activity(tx, draft.activity_id).await?.ok_or(Error::NotFound)?;
        match phase {
            None => activity.must_be_open(now)?,
            Some(phase) => {
                let phase = process::phase(tx, activity.process_id, phase).await?.ok_or(Error::Closed)?;
                activity.must_be_open_in(&phase, now)?;
            }
        }
    }
    if let Some(parent) = draft.parent_id {
        let parent = find(tx, parent).await?.ok_or(Error::NotFound)?;
        if parent.status != Status::Published {
            return Err(Error::Conflict("civic-parent-gone"));
        }
    }
    tx.exec(
        "update contribution set status = 'published', published_at = $2, updated_at = $2 where id = $1",
        &p![id, now],
    )
    .await?;
    let entry = write_version(tx, now, &draft, "contribution", "", Some(who.id)).await?;
    count_in_parent(tx, &draft, 1).await?;
    let published = find(tx, id).await?.ok_or(Error::NotFound)?;
    index(tx, &published).await?;
    if let Some(parent) = published.parent_id {
        follow::notify(tx, now, "contribution", parent, follow::News::Reply, id, Some(who.id)).await?;
    } else {
        follow::notify(tx, now, "process", published.process_id, follow::News::Published, id, Some(who.id))
            .await?;
    }
    follow::set(tx, now, who.id, "contribution", id, true).await?;
    Ok((published, entry))
}

/// Writes version `contribution.version` of a contribution as it stands in `contribution`, and its leaf.
async fn write_version(
    tx: &mut Tx<'_>,
    now: Millis,
    c: &Contribution,
    kind: &'static str,
    note: &str,
    actor: Option<i64>,
) -> Result<Entry, Error> {
    let salt = journal::salt();
    let commitment = journal::commit(&salt, &content(&c.title, &c.body, &c.explanation, &c.extra))?;
    let mut leaf = Leaf::new(kind).object("contribution", c.id).body(json!({
        "contribution": c.id,
        "activity": c.activity_id,
        "kind": c.kind,
        "parent": c.parent_id,
        "side": c.side,
        "official": c.official,
        "version": c.version,
        "commitment": commitment,
    }));
    if let Some(actor) = actor {
        leaf = leaf.by(actor);
    }
    let entry = journal::write(tx, now, leaf).await?;
    tx.exec(
        "insert into contribution_version (contribution_id, number, title, body, explanation, extra, note,
            author_id, created_at, salt, entry_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &p![
            c.id,
            c.version,
            c.title.as_str(),
            c.body.as_str(),
            c.explanation.as_str(),
            c.extra.as_str(),
            note,
            actor,
            now,
            salt,
            entry.id
        ],
    )
    .await?;
    Ok(entry)
}

/// Publishes a new version of a published contribution: by its author within the edit window, or by an
/// editor (an accepted amendment, a correction of an article). The caller has checked who may.
///
/// # Errors
/// [`Error::NotFound`] when it is not published; [`Error::Conflict`] when `base` is no longer the present
/// version (somebody changed it meanwhile) ; the database.
pub async fn revise(
    tx: &mut Tx<'_>,
    now: Millis,
    who: &Participant,
    id: i64,
    base: i64,
    draft: &Draft,
    note: &str,
) -> Result<Entry, Error> {
    may_act(who)?;
    let before = find(tx, id).await?.ok_or(Error::NotFound)?;
    if before.status != Status::Published {
        return Err(Error::NotFound);
    }
    if before.version != base {
        return Err(Error::Conflict("civic-changed-meanwhile"));
    }
    let extra = if draft.extra.is_null() { before.extra.clone() } else { draft.extra.to_string() };
    let after = Contribution {
        title: draft.title.clone(),
        body: draft.body.clone(),
        explanation: draft.explanation.clone(),
        extra,
        section_id: draft.section_id.or(before.section_id),
        version: before.version + 1,
        ..before
    };
    tx.exec(
        "update contribution set title = $2, body = $3, explanation = $4, extra = $5, section_id = $6,
            version = $7, updated_at = $8 where id = $1",
        &p![
            id,
            after.title.as_str(),
            after.body.as_str(),
            after.explanation.as_str(),
            after.extra.as_str(),
            after.section_id,
            after.version,
            now
        ],
    )
    .await?;
    let entry = write_version(tx, now, &after, "version", note, Some(who.id)).await?;
    index(tx, &after).await?;
    Ok(entry)
}

/// Withdraws the author's own contribution: the place stays, the text is no longer shown.
///
/// # Errors
/// [`Error::NotFound`] when it is not the author's; the database.
pub async fn withdraw(tx: &mut Tx<'_>, now: Millis, who: &Participant, id: i64) -> Result<Entry, Error> {
    let c = find(tx, id).await?.ok_or(Error::NotFound)?;
    if c.author_id != Some(who.id) || c.status != Status::Published {
        return Err(Error::NotFound);
    }
    let leaf = Leaf::new("withdrawal").object("contribution", id).by(who.id);
    set_status(tx, now, &c, Status::Withdrawn, leaf.body(json!({ "contribution": id }))).await
}

/// Deletes the author's own draft for good.
///
/// # Errors
/// [`Error::NotFound`] when it is not a draft of the author; the database.
pub async fn delete_draft(tx: &mut Tx<'_>, who: &Participant, id: i64) -> Result<(), Error> {
    let done = tx
        .exec(
            "delete from contribution where id = $1 and author_id = $2 and status = 'draft'",
            &p![id, who.id],
        )
        .await?;
    if done == 1 { Ok(()) } else { Err(Error::NotFound) }
}

/// Withdraws everything a person published and deletes their drafts: what an erased person may ask.
///
/// # Errors
/// The database.
pub async fn withdraw_all_of(tx: &mut Tx<'_>, now: Millis, participant_id: i64) -> Result<(), Error> {
    tx.exec("delete from contribution where author_id = $1 and status = 'draft'", &p![participant_id])
        .await?;
    let sql = format!(
        "select {COLUMNS} from contribution c where c.author_id = $1 and c.status = 'published' order by c.id"
    );
    for row in tx.query(&sql, &p![participant_id]).await? {
        let c = read(&row)?;
        let leaf = Leaf::new("withdrawal").object("contribution", c.id).body(json!({ "contribution": c.id }));
        set_status(tx, now, &c, Status::Withdrawn, leaf).await?;
    }
    Ok(())
}

/// Moves a contribution to another status with its leaf, its parent's counts and the search index.
pub(crate) async fn set_status(
    tx: &mut Tx<'_>,
    now: Millis,
    c: &Contribution,
    status: Status,
    leaf: Leaf,
) -> Result<Entry, Error> {
    tx.exec(
        "update contribution set status = $2, updated_at = $3 where id = $1",
        &p![c.id, status.code(), now],
    )
    .await?;
    let shown = |s: Status| i64::from(s == Status::Published);
    let change = shown(status) - shown(c.status);
    if change != 0 {
        count_in_parent(tx, c, change).await?;
    }
    if status == Status::Published {
        index(tx, c).await?;
    } else {
        search::remove(tx, "contribution", c.id).await?;
    }
    journal::write(tx, now, leaf).await
}

/// Marks a contribution as merged into another text, with its leaf.
///
/// # Errors
/// [`Error::NotFound`] when it is not published; the database.
pub async fn merge(
    tx: &mut Tx<'_>,
    now: Millis,
    editor: &Participant,
    id: i64,
    into: i64,
) -> Result<Entry, Error> {
    let c = find(tx, id).await?.ok_or(Error::NotFound)?;
    if c.status != Status::Published {
        return Err(Error::NotFound);
    }
    let leaf = Leaf::new("merge").object("contribution", id).by(editor.id);
    set_status(tx, now, &c, Status::Merged, leaf.body(json!({ "contribution": id, "into": into }))).await
}

/// Counts a child in (or out of) what it is about. Kinds that are not counted change nothing.
async fn count_in_parent(tx: &mut Tx<'_>, c: &Contribution, change: i64) -> Result<(), Error> {
    let Some(parent) = c.parent_id else { return Ok(()) };
    let sql = match (c.kind.as_str(), c.side) {
        ("argument", Some(-1)) => {
            "update contribution set arguments_against = arguments_against + $2 where id = $1"
        }
        ("argument", _) => "update contribution set arguments_for = arguments_for + $2 where id = $1",
        ("source", _) => "update contribution set sources = sources + $2 where id = $1",
        ("amendment", _) => "update contribution set amendments = amendments + $2 where id = $1",
        _ => return Ok(()),
    };
    tx.exec(sql, &p![parent, change]).await?;
    Ok(())
}

/// Puts a published contribution in the search index.
async fn index(tx: &mut Tx<'_>, c: &Contribution) -> Result<(), Error> {
    let body = text::words(&c.body, c.format);
    let explanation = text::words(&c.explanation, c.format);
    let all = format!("{body} {explanation}");
    let doc =
        search::Doc { kind: "contribution", ref_id: c.id, scope: c.activity_id, title: &c.title, text: &all };
    search::put(tx, &doc).await?;
    Ok(())
}

/// A contribution by id, whatever its status: the caller checks who may see it.
///
/// # Errors
/// The database.
pub async fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Contribution>, Error> {
    let sql = format!("select {COLUMNS} from contribution c where c.id = $1");
    tx.opt(&sql, &p![id]).await?.as_ref().map(read).transpose()
}

/// Several contributions by id, in the order of `ids`; those that do not exist are left out.
///
/// # Errors
/// The database.
pub async fn find_all(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<Contribution>, Error> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let list = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let sql = format!("select {COLUMNS} from contribution c where c.id in ({list})");
    let mut found = tx.query(&sql, &p![]).await?.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    found.sort_by_key(|c| ids.iter().position(|id| *id == c.id));
    Ok(found)
}

/// In what order a list shows contributions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The organisation's first, in their order; then the ones most people took part in, with a head start
    /// for the newest.
    Automatic,
    /// A random order that stays the same for one seed.
    Random(i64),
    /// The last published first.
    Recent,
    /// The most supported first.
    Supported,
    /// The most argued first.
    Argued,
    /// The order that the author of the text gave.
    Position,
}

/// Which contributions a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List<'a> {
    /// Of this activity.
    pub activity_id: i64,
    /// Of these kinds.
    pub kinds: &'a [&'a str],
    /// About this contribution only.
    pub parent_id: Option<i64>,
    /// In this section only.
    pub section_id: Option<i64>,
    /// On this side only (1 for, -1 against).
    pub side: Option<i64>,
    /// The organisation's only (true), people's only (false).
    pub official: Option<bool>,
    /// With a published answer only (true), without (false).
    pub answered: Option<bool>,
    /// Also show the places of withdrawn, hidden and merged ones.
    pub with_gone: bool,
    /// In this order.
    pub order: Order,
    /// At most that many, at least one and at most 500.
    pub limit: i64,
    /// After that many.
    pub offset: i64,
}

impl<'a> List<'a> {
    /// The published contributions of these kinds, fifteen at a time, in the automatic order.
    pub const fn of(activity_id: i64, kinds: &'a [&'a str]) -> Self {
        Self {
            activity_id,
            kinds,
            parent_id: None,
            section_id: None,
            side: None,
            official: None,
            answered: None,
            with_gone: false,
            order: Order::Automatic,
            limit: 15,
            offset: 0,
        }
    }

    /// The conditions, whose parameters $1 to $4 are the activity, the parent, the section and the side.
    fn conditions(&self) -> String {
        // Kinds are the components' own words, never a visitor's: they stand in the text so that one list
        // works on both engines.
        let kinds =
            self.kinds.iter().map(|k| format!("'{}'", k.replace('\'', ""))).collect::<Vec<_>>().join(", ");
        let status = if self.with_gone {
            "c.status in ('published', 'withdrawn', 'hidden', 'merged')"
        } else {
            "c.status = 'published'"
        };
        let answered = match self.answered {
            None => "",
            Some(true) => {
                " and exists (select 1 from answer w where w.contribution_id = c.id and not w.draft)"
            }
            Some(false) => {
                " and not exists (select 1 from answer w where w.contribution_id = c.id and not w.draft)"
            }
        };
        let mut conditions = format!("c.activity_id = $1 and c.kind in ({kinds}) and {status}{answered}");
        for (i, column, given) in [
            (2, "c.parent_id", self.parent_id.is_some()),
            (3, "c.section_id", self.section_id.is_some()),
            (4, "c.side", self.side.is_some()),
        ] {
            if given {
                conditions.push_str(&format!(" and {column} = ${i}"));
            } else {
                conditions.push_str(&format!(" and cast(${i} as bigint) is null"));
            }
        }
        conditions.push_str(match self.official {
            Some(true) => " and c.official",
            Some(false) => " and not c.official",
            None => "",
        });
        conditions
    }

    fn order(&self) -> String {
        match self.order {
            Order::Automatic => "c.official desc, case when c.official then c.position else 0 end,
                (c.reactions_for + c.reactions_mixed + c.reactions_against + c.imported_for
                 + c.imported_mixed + c.imported_against + 3 * (c.arguments_for + c.arguments_against)
                 + 2 * (coalesce(c.published_at, 0) / 86400000)) desc, c.id"
                .into(),
            // A multiplication modulo a prime shuffles the shuffle keys: the same seed gives the same order.
            Order::Random(seed) => {
                let seed = seed.rem_euclid(999_983) + 2;
                format!("((c.shuffle % 1000003) * {seed}) % 1000003, c.id")
            }
            Order::Recent => "c.published_at desc, c.id desc".into(),
            Order::Supported => "c.support desc, c.id".into(),
            Order::Argued => "(c.arguments_for + c.arguments_against) desc, c.id".into(),
            Order::Position => "c.position, c.id".into(),
        }
    }
}

/// A page of contributions.
///
/// # Errors
/// The database.
pub async fn list(tx: &mut Tx<'_>, list: &List<'_>) -> Result<Vec<Contribution>, Error> {
    let sql = format!(
        "select {COLUMNS} from contribution c where {} order by {} limit $5 offset $6",
        list.conditions(),
        list.order()
    );
    let params = p![
        list.activity_id,
        list.parent_id,
        list.section_id,
        list.side,
        list.limit.clamp(1, 500),
        list.offset.max(0)
    ];
    tx.query(&sql, &params).await?.iter().map(read).collect()
}

/// How many contributions the list would show in all.
///
/// # Errors
/// The database.
pub async fn count(tx: &mut Tx<'_>, list: &List<'_>) -> Result<i64, Error> {
    let sql = format!("select count(*) as n from contribution c where {}", list.conditions());
    let params = p![list.activity_id, list.parent_id, list.section_id, list.side];
    Ok(tx.one(&sql, &params).await?.get("n")?)
}

/// A person's own contributions, the last changed first.
///
/// # Errors
/// The database.
pub async fn of_author(
    tx: &mut Tx<'_>,
    author: i64,
    limit: i64,
    offset: i64,
) -> Result<Vec<Contribution>, Error> {
    let sql = format!(
        "select {COLUMNS} from contribution c where c.author_id = $1 order by c.updated_at desc, c.id desc
         limit $2 offset $3"
    );
    tx.query(&sql, &p![author, limit, offset]).await?.iter().map(read).collect()
}

/// The last published contributions of a process (or of the site): for the feeds.
///
/// # Errors
/// The database.
pub async fn latest(
    tx: &mut Tx<'_>,
    process_id: Option<i64>,
    limit: i64,
) -> Result<Vec<Contribution>, Error> {
    let sql = format!(
        "select {COLUMNS} from contribution c join activity a on a.id = c.activity_id
         join process p on p.id = c.process_id
         where c.status = 'published' and a.status <> 'draft' and p.status <> 'draft'
           and (cast($1 as bigint) is null or c.process_id = $1)
         order by c.published_at desc, c.id desc limit $2"
    );
    tx.query(&sql, &p![process_id, limit]).await?.iter().map(read).collect()
}

/// Published contributions like this text, the most alike first: shown before publishing.
///
/// # Errors
/// The database.
pub async fn similar(
    tx: &mut Tx<'_>,
    activity_id: i64,
    kinds: &[&str],
    text: &str,
    limit: i64,
) -> Result<Vec<Contribution>, Error> {
    let hits = search::similar(tx, text, &["contribution"], Some(activity_id), limit * 4).await?;
    let ids: Vec<i64> = hits.iter().map(|h| h.ref_id).collect();
    let mut found = find_all(tx, &ids).await?;
    found.retain(|c| kinds.contains(&c.kind.as_str()) && c.status == Status::Published);
    found.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(found)
}

/// One version of a contribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// From 1.
    pub number: i64,
    /// The title then.
    pub title: String,
    /// The text then.
    pub body: String,
    /// The explanation then.
    pub explanation: String,
    /// Why it was changed.
    pub note: String,
    /// Who wrote it.
    pub author_id: Option<i64>,
    /// When.
    pub created_at: Millis,
    /// The leaf of this version.
    pub entry_id: Option<i64>,
}

/// The versions of a contribution, the first first.
///
/// # Errors
/// The database.
pub async fn versions(tx: &mut Tx<'_>, id: i64) -> Result<Vec<Version>, Error> {
    tx.query(
        "select number, title, body, explanation, note, author_id, created_at, entry_id
         from contribution_version where contribution_id = $1 order by number",
        &p![id],
    )
    .await?
    .iter()
    .map(|row| {
        Ok(Version {
            number: row.get("number")?,
            title: row.get("title")?,
            body: row.get("body")?,
            explanation: row.get("explanation")?,
            note: row.get("note")?,
            author_id: row.get("author_id")?,
            created_at: row.get("created_at")?,
            entry_id: row.get("entry_id")?,
        })
    })
    .collect()
}

/// The pseudonyms of these participants, by id: for the lists.
///
/// # Errors
/// The database.
pub async fn pseudonyms(
    tx: &mut Tx<'_>,
    ids: impl IntoIterator<Item = i64>,
) -> Result<std::collections::BTreeMap<i64, String>, Error> {
    let ids: std::collections::BTreeSet<i64> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(Default::default());
    }
    let list = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let sql = format!("select id, pseudonym from participant where id in ({list})");
    let mut names = std::collections::BTreeMap::new();
    for row in tx.query(&sql, &p![]).await? {
        names.insert(row.get("id")?, row.get("pseudonym")?);
    }
    Ok(names)
}

/// One imported contribution: what a file says, with its dates and totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported<'a> {
    /// The component's word for what it is.
    pub kind: &'a str,
    /// Unique in the activity: running the import again changes nothing.
    pub origin_key: &'a str,
    /// What it is about.
    pub parent_id: Option<i64>,
    /// The component's section.
    pub section_id: Option<i64>,
    /// 1 for, -1 against.
    pub side: Option<i64>,
    /// Order among its siblings.
    pub position: i64,
    /// Written by the organisation.
    pub official: bool,
    /// Its author.
    pub author_id: i64,
    /// Its title.
    pub title: &'a str,
    /// Its text, plain.
    pub body: &'a str,
    /// Why.
    pub explanation: &'a str,
    /// The component's own fields, JSON.
    pub extra: &'a str,
    /// Its language.
    pub lang: Locale,
    /// When it was published there.
    pub published_at: Millis,
    /// When it last changed there.
    pub updated_at: Millis,
    /// Totals of reactions that came with it.
    pub totals: Totals,
    /// Taken down there.
    pub hidden: bool,
}

/// Writes an imported contribution, unless its origin key is already there. Gives its id, and whether it
/// was written now. Its leaf carries the imported totals, so that they can be checked too.
///
/// # Errors
/// The database.
pub async fn import(
    tx: &mut Tx<'_>,
    now: Millis,
    activity: &Activity,
    c: &Imported<'_>,
) -> Result<(i64, bool), Error> {
    let known = tx
        .opt(
            "select id from contribution where activity_id = $1 and origin_key = $2",
            &p![activity.id, c.origin_key],
        )
        .await?;
    if let Some(row) = known {
        return Ok((row.get("id")?, false));
    }
    let status = if c.hidden { Status::Hidden } else { Status::Published };
    let id = tx
        .insert(
            "insert into contribution (process_id, activity_id, kind, parent_id, section_id, side, position,
                official, author_id, status, title, body, explanation, format, extra, lang, version,
                origin_key, created_at, published_at, updated_at, imported_for, imported_mixed,
                imported_against, support, shuffle)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'text', $14, $15, 1, $16, $17,
                $17, $18, $19, $20, $21, $19, $22) returning id",
            &p![
                activity.process_id,
                activity.id,
                c.kind,
                c.parent_id,
                c.section_id,
                c.side,
                c.position,
                c.official,
                c.author_id,
                status.code(),
                c.title,
                c.body,
                c.explanation,
                c.extra,
                c.lang.code(),
                c.origin_key,
                c.published_at,
                c.updated_at,
                c.totals.r#for,
                c.totals.mixed,
                c.totals.against,
                random::shuffle_key()
            ],
        )
        .await?;
    let salt = journal::salt();
    let commitment = journal::commit(&salt, &content(c.title, c.body, c.explanation, c.extra))?;
    let leaf = Leaf::new("import").object("contribution", id).body(json!({
        "contribution": id,
        "activity": activity.id,
        "kind": c.kind,
        "parent": c.parent_id,
        "side": c.side,
        "official": c.official,
        "version": 1,
        "origin": c.origin_key,
        "hidden": c.hidden,
        "commitment": commitment,
        "imported": { "for": c.totals.r#for, "mixed": c.totals.mixed, "against": c.totals.against },
    }));
    let entry = journal::write(tx, now, leaf).await?;
    tx.exec(
        "insert into contribution_version (contribution_id, number, title, body, explanation, extra, note,
            author_id, created_at, salt, entry_id)
         values ($1, 1, $2, $3, $4, $5, '', $6, $7, $8, $9)",
        &p![id, c.title, c.body, c.explanation, c.extra, c.author_id, c.published_at, salt, entry.id],
    )
    .await?;
    let written = find(tx, id).await?.ok_or(Error::NotFound)?;
    if status == Status::Published {
        count_in_parent(tx, &written, 1).await?;
        index(tx, &written).await?;
    }
    Ok((id, true))
}

/// The author of imported contributions under this key, made the first time.
///
/// # Errors
/// The database.
pub async fn imported_author(
    tx: &mut Tx<'_>,
    now: Millis,
    origin_key: &str,
    pseudonym: &str,
    locale: Locale,
) -> Result<i64, Error> {
    let known = tx.opt("select id from participant where origin_key = $1", &p![origin_key]).await?;
    if let Some(row) = known {
        return Ok(row.get("id")?);
    }
    let id = tx
        .insert(
            "insert into participant (pseudonym, pseudonym_folded, locale, status, origin, origin_key,
                created_at) values ($1, $2, $3, 'active', 'import', $4, $5) returning id",
            &p![pseudonym, text::fold(pseudonym), locale.code(), origin_key, now],
        )
        .await?;
    Ok(id)
}
