//! The tables of the shared nouns. Only what the public sees: no draft, no hidden or withdrawn text, no person.

use parvis_core::{Localized, Millis};
use parvis_store::{Row, Tx, Val, p};

use super::table::{Cell, Column, Kind, Sink, Table};
use crate::process::{self, Activity, Moment, Process};
use crate::{Error, answer, moderation};

/// The part of a query that keeps what the public sees, for `contribution c`.
const PUBLIC: &str = "join activity a on a.id = c.activity_id join process p on p.id = c.process_id
    where c.status <> 'draft' and a.status <> 'draft' and p.status <> 'draft'";

/// Runs a query and writes a row for each of its own.
pub(super) async fn rows(
    tx: &mut Tx<'_>,
    sql: &str,
    params: &[Val],
    out: &mut (dyn Sink + Send),
    mut cells: impl FnMut(&Row) -> Result<Vec<Cell>, Error> + Send,
) -> Result<(), Error> {
    let mut failed = None;
    let done = tx
        .each(sql, params, |row| {
            cells(&row).and_then(|cells| out.row(cells)).map_err(|e| {
                failed = Some(e);
                parvis_store::Error::other("the export stopped")
            })
        })
        .await;
    match failed {
        Some(e) => Err(e),
        None => Ok(done.map(drop)?),
    }
}

fn text(name: &str, fr: &str, en: &str) -> Column {
    Column::new(name, Kind::Text, fr, en)
}

fn int(name: &str, fr: &str, en: &str) -> Column {
    Column::new(name, Kind::Integer, fr, en)
}

fn yes(name: &str, fr: &str, en: &str) -> Column {
    Column::new(name, Kind::Boolean, fr, en).required()
}

fn day(name: &str, fr: &str, en: &str) -> Column {
    Column::new(name, Kind::Day, fr, en)
}

/// Two columns for a text that exists in two languages.
fn both(name: &str, fr: &str, en: &str) -> [Column; 2] {
    [
        text(&format!("{name}_fr"), &format!("{fr} En français."), &format!("{en} In French.")),
        text(&format!("{name}_en"), &format!("{fr} En anglais."), &format!("{en} In English.")),
    ]
}

fn cells_of(text: Localized) -> [Cell; 2] {
    [text.fr.into(), text.en.into()]
}

fn localized(row: &Row, column: &str) -> Result<[Cell; 2], Error> {
    Ok(cells_of(Localized::from_json(&row.get::<String>(column)?)))
}

fn contribution_id(name: &str) -> Column {
    int(name, "La contribution.", "The contribution.").required().refers("contributions", "id")
}

const LEAF: (&str, &str) = (
    "Empreinte de la feuille du journal (RFC 6962), en hexadécimal : le numéro du récépissé.",
    "Hash of the leaf of the journal (RFC 6962), hexadecimal: the number of the receipt.",
);
const SALT: (&str, &str) = (
    "Sel de l’engagement, en hexadécimal : avec le contenu, il redonne l’engagement inscrit au journal.",
    "Salt of the commitment, hexadecimal: with the content, it gives again the commitment in the journal.",
);

/// The public processes with their public activities.
pub(super) async fn public(tx: &mut Tx<'_>) -> Result<Vec<(Process, Vec<Activity>)>, Error> {
    let ids = tx.query("select id from process where status <> 'draft' order by id", &p![]).await?;
    let mut all = vec![];
    for row in ids {
        let Some(process) = process::find(tx, row.at(0)?).await? else { continue };
        let mut activities = process::activities(tx, process.id, false).await?;
        activities.sort_by_key(|a| a.id);
        all.push((process, activities));
    }
    Ok(all)
}

/// Whether an activity's totals are shown at `now`: its rules may hide them until it closes.
pub(super) fn shows_totals(activity: &Activity, now: Millis) -> bool {
    let rules: serde_json::Value = serde_json::from_str(&activity.rules).unwrap_or_default();
    let hidden = rules.get("hide_totals_until_closed").and_then(serde_json::Value::as_bool);
    !hidden.unwrap_or(false) || activity.moment(now) == Moment::After
}

/// Processes, phases, activities and documents.
pub(super) async fn frame(
    tx: &mut Tx<'_>,
    now: Millis,
    all: &[(Process, Vec<Activity>)],
    out: &mut (dyn Sink + Send),
) -> Result<(), Error> {
    out.table(processes_table())?;
    for (process, _) in all {
        let mut row: Vec<Cell> = vec![process.id.into(), process.slug.as_str().into()];
        for text in [
            &process.title,
            &process.summary,
            &process.description,
            &process.object,
            &process.perimeter,
            &process.duplicates_rule,
            &process.method_note,
            &process.organiser,
        ] {
            row.extend(cells_of(text.clone()));
        }
        row.push(process.preset.code().into());
        row.push(Cell::instant(process.answer_due_at));
        row.push(process.status.code().into());
        row.push(Cell::day(process.published_at));
        out.row(row)?;
    }
    out.table(phases_table())?;
    for (process, _) in all {
        for phase in process::phases(tx, process.id).await? {
            let mut row: Vec<Cell> = vec![phase.id.into(), process.id.into(), phase.position.into()];
            row.extend(cells_of(phase.title));
            row.extend(cells_of(phase.description));
            row.extend([Cell::Instant(phase.starts_at), Cell::Instant(phase.ends_at)]);
            out.row(row)?;
        }
    }
    out.table(activities_table())?;
    for (_, activities) in all {
        for activity in activities {
            let phase = activity.phase.as_ref().map(|f| f.id);
            let mut row: Vec<Cell> = vec![activity.id.into(), activity.process_id.into(), phase.into()];
            row.extend([activity.slug.as_str().into(), activity.component.as_str().into()]);
            row.extend(cells_of(activity.title.clone()));
            row.extend(cells_of(activity.summary.clone()));
            row.push(activity.rules.as_str().into());
            row.push(activity.status.code().into());
            row.push(Cell::day(activity.results_at));
            row.push(shows_totals(activity, now).into());
            out.row(row)?;
        }
    }
    out.table(documents_table())?;
    for (process, _) in all {
        for document in process::documents(tx, process.id, false).await? {
            let mut row: Vec<Cell> = vec![document.id.into(), process.id.into(), document.kind.into()];
            row.extend(cells_of(document.title));
            row.extend(cells_of(document.body));
            row.push(Cell::day(document.published_at));
            out.row(row)?;
        }
    }
    Ok(())
}

fn processes_table() -> Table {
    let mut columns = vec![
        int("id", "Numéro de la démarche.", "Number of the process.").required(),
        text("slug", "Adresse : /p/{slug}.", "Address: /p/{slug}.").required(),
    ];
    for (name, fr, en) in [
        ("title", "Nom.", "Name."),
        ("summary", "En une ou deux phrases.", "In one or two sentences."),
        ("description", "Présentation (Markdown).", "Presentation (Markdown)."),
        ("object", "Ce qui est décidé, et ce qui ne l’est pas.", "What is decided, and what is not."),
        ("perimeter", "Qui peut participer.", "Who may take part."),
        (
            "duplicates_rule",
            "Règle sur les contributions multiples.",
            "Rule on several contributions of a person.",
        ),
        ("method_note", "Note de méthode.", "Method note."),
        ("organiser", "Qui organise et qui répond.", "Who organises and who answers."),
    ] {
        columns.extend(both(name, fr, en));
    }
    columns.extend([
        text("preset", "Cadre juridique.", "Legal frame.").required().one_of(&["open", "l123-19-1"]),
        Column::new(
            "answer_due_at",
            Kind::Instant,
            "Date promise de la réponse.",
            "Promised date of the answer.",
        ),
        text("status", "État.", "Status.").required().one_of(&["published", "archived"]),
        day("published_on", "Jour de publication.", "Day of publication."),
    ]);
    Table {
        name: "processes",
        title: Localized::new("Démarches", "Processes"),
        primary_key: &["id"],
        columns,
    }
}

fn phases_table() -> Table {
    let mut columns = vec![
        int("id", "Numéro de l’étape.", "Number of the phase.").required(),
        int("process_id", "La démarche.", "The process.").required().refers("processes", "id"),
        int("position", "Rang dans la démarche.", "Order in the process.").required(),
    ];
    columns.extend(both("title", "Nom.", "Name."));
    columns.extend(both("description", "Ce qui s’y passe (Markdown).", "What happens in it (Markdown)."));
    let instant = |name, fr, en| Column::new(name, Kind::Instant, fr, en).required();
    columns.push(instant("starts_at", "Ouverture (comprise).", "Opening (included)."));
    columns.push(instant("ends_at", "Fermeture (non comprise).", "Close (not included)."));
    Table { name: "phases", title: Localized::new("Étapes", "Phases"), primary_key: &["id"], columns }
}

fn activities_table() -> Table {
    let mut columns = vec![
        int("id", "Numéro du dispositif.", "Number of the activity.").required(),
        int("process_id", "La démarche.", "The process.").required().refers("processes", "id"),
        int("phase_id", "L’étape où l’on participe.", "The phase in which people act.")
            .refers("phases", "id"),
        text("slug", "Adresse : /p/{démarche}/{slug}.", "Address: /p/{process}/{slug}.").required(),
        text("component", "L’outil.", "The tool.").required(),
    ];
    columns.extend(both("title", "Nom.", "Name."));
    columns.extend(both("summary", "En une ou deux phrases.", "In one or two sentences."));
    columns.extend([
        text("rules", "Règles de l’outil (JSON).", "Rules of the tool (JSON)."),
        text("status", "État.", "Status.").required().one_of(&["published", "archived"]),
        day("results_on", "Jour de publication des résultats.", "Day the results were published."),
        yes(
            "totals_shown",
            "Les totaux des réactions sont publics ; sinon ils le seront à la fermeture.",
            "The totals of reactions are public; else they will be at the close.",
        ),
    ]);
    Table {
        name: "activities",
        title: Localized::new("Dispositifs", "Activities"),
        primary_key: &["id"],
        columns,
    }
}

fn documents_table() -> Table {
    let mut columns = vec![
        int("id", "Numéro du document.", "Number of the document.").required(),
        int("process_id", "La démarche.", "The process.").required().refers("processes", "id"),
        text("kind", "Nature du document.", "Kind of document.").required(),
    ];
    columns.extend(both("title", "Titre.", "Title."));
    columns.extend(both("body", "Texte (Markdown).", "Text (Markdown)."));
    columns.push(day("published_on", "Jour de publication.", "Day of publication.").required());
    Table {
        name: "documents",
        title: Localized::new("Documents", "Documents"),
        primary_key: &["id"],
        columns,
    }
}

const STATUSES: &[&str] = &["published", "withdrawn", "hidden", "merged"];

fn contributions_table() -> Table {
    let count = |name: &str, fr: &str, en: &str| int(name, fr, en).required();
    let columns = vec![
        int("id", "Numéro de la contribution.", "Number of the contribution.").required(),
        int("process_id", "La démarche.", "The process.").required().refers("processes", "id"),
        int("activity_id", "Le dispositif.", "The activity.").required().refers("activities", "id"),
        text("kind", "Nature : article, proposal, argument…", "Kind: article, proposal, argument…").required(),
        int("parent_id", "Ce dont elle parle.", "What it is about.").refers("contributions", "id"),
        int("section_id", "Section de l’outil.", "Section of the tool."),
        int("side", "1 pour, -1 contre (arguments).", "1 for, -1 against (arguments)."),
        count("position", "Rang donné par l’organisation.", "Order given by the organisation."),
        yes("official", "Écrite par l’organisation.", "Written by the organisation."),
        int(
            "author",
            "La personne, désignée par sa première contribution publique dans la démarche ; vide si le texte n’est plus public.",
            "The person, named by their first public contribution in the process; empty when the text is no longer public.",
        )
        .refers("contributions", "id"),
        text(
            "status",
            "published, withdrawn (retirée), hidden (masquée par la modération), merged (fusionnée).",
            "published, withdrawn, hidden by a moderator, merged into another.",
        )
        .required()
        .one_of(STATUSES),
        text("title", "Titre.", "Title."),
        text("body", "Texte.", "Text."),
        text("explanation", "Exposé des motifs.", "Explanation."),
        text("format", "Écriture du texte : md ou text.", "How the text is written: md or text.").required(),
        text("extra", "Champs propres à l’outil (JSON).", "The tool’s own fields (JSON)."),
        text("lang", "Langue.", "Language.").required(),
        count("version", "Numéro de la version présente.", "Number of the present version."),
        text("origin", "Clé dans le fichier d’origine, si importée.", "Key in the file it was imported from."),
        day("published_on", "Jour de publication.", "Day of publication."),
        day("updated_on", "Jour du dernier changement.", "Day of the last change."),
        int("cast_for", "Votes exprimés ici : pour.", "Votes cast here: for."),
        int("cast_mixed", "Votes exprimés ici : mitigé.", "Votes cast here: mixed."),
        int("cast_against", "Votes exprimés ici : contre.", "Votes cast here: against."),
        count("imported_for", "Votes importés : pour.", "Imported votes: for."),
        count("imported_mixed", "Votes importés : mitigé.", "Imported votes: mixed."),
        count("imported_against", "Votes importés : contre.", "Imported votes: against."),
        count("arguments_for", "Arguments pour, publics.", "Public arguments for."),
        count("arguments_against", "Arguments contre, publics.", "Public arguments against."),
        count("sources", "Sources publiques.", "Public sources."),
        count("amendments", "Amendements publics.", "Public amendments."),
        text("salt", SALT.0, SALT.1),
        text("leaf", LEAF.0, LEAF.1),
    ];
    Table {
        name: "contributions",
        title: Localized::new("Contributions", "Contributions"),
        primary_key: &["id"],
        columns,
    }
}

/// Contributions and their versions.
pub(super) async fn contributions(
    tx: &mut Tx<'_>,
    hidden_totals: &[i64],
    out: &mut (dyn Sink + Send),
) -> Result<(), Error> {
    out.table(contributions_table())?;
    let sql = format!(
        "select c.id, c.process_id, c.activity_id, c.kind, c.parent_id, c.section_id, c.side, c.position,
            c.official, f.first_id as author, c.status, c.title, c.body, c.explanation, c.format, c.extra,
            c.lang, c.version, c.origin_key, c.published_at, c.updated_at, c.reactions_for,
            c.reactions_mixed, c.reactions_against, c.imported_for, c.imported_mixed, c.imported_against,
            c.arguments_for, c.arguments_against, c.sources, c.amendments, v.salt, j.hash
         from contribution c
         left join contribution_version v on v.contribution_id = c.id and v.number = c.version
         left join journal_entry j on j.id = v.entry_id
         left join (select process_id as of_process, author_id as of_author, min(id) as first_id
                    from contribution where status in ('published', 'merged') and author_id is not null
                    group by process_id, author_id) f
            on f.of_process = c.process_id and f.of_author = c.author_id
         {PUBLIC} order by c.id"
    );
    rows(tx, &sql, &p![], out, |row| {
        let open = is_open(&row.get::<String>("status")?);
        let activity: i64 = row.get("activity_id")?;
        let shown = !hidden_totals.contains(&activity);
        let text = |name| Ok::<Cell, Error>(if open { row.get::<String>(name)?.into() } else { Cell::Empty });
        let number = |name| Ok::<Cell, Error>(row.get::<Option<i64>>(name)?.into());
        let cast = |name| Ok::<Cell, Error>(if shown { row.get::<i64>(name)?.into() } else { Cell::Empty });
        Ok(vec![
            number("id")?,
            number("process_id")?,
            activity.into(),
            row.get::<String>("kind")?.into(),
            number("parent_id")?,
            number("section_id")?,
            number("side")?,
            number("position")?,
            row.get::<bool>("official")?.into(),
            if open { number("author")? } else { Cell::Empty },
            row.get::<String>("status")?.into(),
            text("title")?,
            text("body")?,
            text("explanation")?,
            row.get::<String>("format")?.into(),
            text("extra")?,
            row.get::<String>("lang")?.into(),
            number("version")?,
            row.get::<Option<String>>("origin_key")?.into(),
            Cell::day(row.get("published_at")?),
            Cell::day(row.get("updated_at")?),
            cast("reactions_for")?,
            cast("reactions_mixed")?,
            cast("reactions_against")?,
            number("imported_for")?,
            number("imported_mixed")?,
            number("imported_against")?,
            number("arguments_for")?,
            number("arguments_against")?,
            number("sources")?,
            number("amendments")?,
            if open { row.get::<Option<String>>("salt")?.into() } else { Cell::Empty },
            row.get::<Option<String>>("hash")?.into(),
        ])
    })
    .await?;
    out.table(Table {
        name: "versions",
        title: Localized::new("Versions des contributions", "Versions of the contributions"),
        primary_key: &["contribution_id", "number"],
        columns: vec![
            contribution_id("contribution_id"),
            int("number", "Numéro, à partir de 1.", "Number, from 1.").required(),
            text("title", "Titre.", "Title."),
            text("body", "Texte.", "Text."),
            text("explanation", "Exposé des motifs.", "Explanation."),
            text("extra", "Champs propres à l’outil (JSON).", "The tool’s own fields (JSON)."),
            text("note", "Raison du changement.", "Why it was changed."),
            day("published_on", "Jour de publication.", "Day of publication."),
            text("salt", SALT.0, SALT.1),
            text("leaf", LEAF.0, LEAF.1),
        ],
    })?;
    let sql = format!(
        "select v.contribution_id, v.number, v.title, v.body, v.explanation, v.extra, v.note, v.created_at,
            v.salt, c.status, j.hash
         from contribution_version v join contribution c on c.id = v.contribution_id
         left join journal_entry j on j.id = v.entry_id
         {PUBLIC} order by v.contribution_id, v.number"
    );
    rows(tx, &sql, &p![], out, |row| {
        let open = is_open(&row.get::<String>("status")?);
        let text = |name| Ok::<Cell, Error>(if open { row.get::<String>(name)?.into() } else { Cell::Empty });
        Ok(vec![
            row.get::<i64>("contribution_id")?.into(),
            row.get::<i64>("number")?.into(),
            text("title")?,
            text("body")?,
            text("explanation")?,
            text("extra")?,
            text("note")?,
            Cell::day(row.get("created_at")?),
            text("salt")?,
            row.get::<Option<String>>("hash")?.into(),
        ])
    })
    .await
}

/// Whether the text of a contribution in this status is public.
pub(super) fn is_open(status: &str) -> bool {
    matches!(status, "published" | "merged")
}

/// A list of ids for `in (…)`; never empty.
fn list(ids: &[i64]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    if ids.is_empty() { "-1".into() } else { ids.join(", ") }
}

/// Reactions: no person, no moment, in the order of their leaf hashes, which says nothing.
pub(super) async fn reactions(
    tx: &mut Tx<'_>,
    hidden_totals: &[i64],
    out: &mut (dyn Sink + Send),
) -> Result<(), Error> {
    out.table(Table {
        name: "reactions",
        title: Localized::new("Réactions (votes exprimés ici)", "Reactions (votes cast here)"),
        primary_key: &["leaf"],
        columns: vec![
            contribution_id("contribution_id"),
            int("value", "1 pour ou soutien, 0 mitigé, -1 contre.", "1 for or support, 0 mixed, -1 against.")
                .required()
                .one_of(&["1", "0", "-1"]),
            text("salt", SALT.0, SALT.1).required(),
            text("leaf", LEAF.0, LEAF.1).required(),
        ],
    })?;
    let sql = format!(
        "select r.contribution_id, r.value, r.salt, j.hash
         from reaction r join journal_entry j on j.id = r.entry_id join contribution c on c.id = r.contribution_id
         {PUBLIC} and c.activity_id not in ({}) order by j.hash",
        list(hidden_totals)
    );
    rows(tx, &sql, &p![], out, |row| {
        Ok(vec![
            row.at::<i64>(0)?.into(),
            row.at::<i64>(1)?.into(),
            row.at::<String>(2)?.into(),
            row.at::<String>(3)?.into(),
        ])
    })
    .await
}

/// Moderation (reasons, never words that may name people) and official answers.
pub(super) async fn replies(tx: &mut Tx<'_>, out: &mut (dyn Sink + Send)) -> Result<(), Error> {
    out.table(Table {
        name: "moderation",
        title: Localized::new("Décisions de modération", "Moderation decisions"),
        primary_key: &["id"],
        columns: vec![
            int("id", "Numéro de la décision.", "Number of the decision.").required(),
            contribution_id("contribution_id"),
            text("action", "hide (masquer) ou restore (rétablir).", "hide or restore.")
                .required()
                .one_of(&["hide", "restore"]),
            text("reason", "Motif, dans la charte.", "Reason, in the charter.")
                .required()
                .one_of(&moderation::REASONS),
            day("decided_on", "Jour de la décision.", "Day of the decision.").required(),
            text(
                "appeal",
                "Issue du recours : upheld (maintenue), overturned (annulée) ; vide sans recours tranché.",
                "Outcome of the appeal: upheld, overturned; empty when none was decided.",
            )
            .one_of(&["upheld", "overturned"]),
        ],
    })?;
    let sql = format!(
        "select m.id, m.contribution_id, m.action, m.reason, m.created_at, m.appeal_decision
         from moderation m join contribution c on c.id = m.contribution_id {PUBLIC} order by m.id"
    );
    rows(tx, &sql, &p![], out, |row| {
        Ok(vec![
            row.at::<i64>(0)?.into(),
            row.at::<i64>(1)?.into(),
            row.at::<String>(2)?.into(),
            row.at::<String>(3)?.into(),
            Cell::Day(row.at(4)?),
            row.at::<Option<String>>(5)?.into(),
        ])
    })
    .await?;
    let mut columns = vec![
        contribution_id("contribution_id"),
        text("status", "Suite donnée.", "What was decided.").required().one_of(&answer::STATUSES),
    ];
    columns.extend(both("body", "Réponse (Markdown).", "Answer (Markdown)."));
    columns.push(day("published_on", "Jour de publication.", "Day of publication."));
    out.table(Table {
        name: "answers",
        title: Localized::new("Réponses officielles", "Official answers"),
        primary_key: &["contribution_id"],
        columns,
    })?;
    let sql = format!(
        "select w.contribution_id, w.status, w.body, w.published_at
         from answer w join contribution c on c.id = w.contribution_id
         {PUBLIC} and not w.draft order by w.contribution_id"
    );
    rows(tx, &sql, &p![], out, |row| {
        let mut cells: Vec<Cell> =
            vec![row.get::<i64>("contribution_id")?.into(), row.get::<String>("status")?.into()];
        cells.extend(localized(row, "body")?);
        cells.push(Cell::day(row.get("published_at")?));
        Ok(cells)
    })
    .await
}
