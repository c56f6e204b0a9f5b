//! The open data of a budget, before and after its vote: envelopes, categories, ideas with what the services answered,
//! projects and the ideas they come from, mergers, steps of the follow-up. Notes and services are nobody's but the
//! organisation's: they are never exported.

mod check;
mod store;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use parvis_civic::Error;
use parvis_civic::export::{Cell, Column, Kind, Sink, Table};
use parvis_civic::process::Activity;
use parvis_core::Localized;
use parvis_store::Tx;

pub use check::verify;

use crate::store::envelopes;

fn int(name: &str, fr: &str, en: &str) -> Column {
    Column::new(name, Kind::Integer, fr, en)
}

fn text(name: &str, fr: &str, en: &str) -> Column {
    Column::new(name, Kind::Text, fr, en)
}

fn both(name: &str, fr: &str, en: &str) -> [Column; 2] {
    [
        text(&format!("{name}_fr"), &format!("{fr} En français."), &format!("{en} In French.")),
        text(&format!("{name}_en"), &format!("{fr} En anglais."), &format!("{en} In English.")),
    ]
}

fn activity() -> Column {
    int("activity_id", "Le budget.", "The budget.").required().refers("activities", "id")
}

fn place() -> [Column; 3] {
    [
        text("address", "Adresse, en mots.", "Address, in words."),
        int(
            "latitude_e6",
            "Latitude, millionièmes de degré (WGS 84).",
            "Latitude, millionths of a degree (WGS 84).",
        ),
        int(
            "longitude_e6",
            "Longitude, millionièmes de degré (WGS 84).",
            "Longitude, millionths of a degree (WGS 84).",
        ),
    ]
}

fn cells(text: Localized) -> [Cell; 2] {
    [text.fr.into(), text.en.into()]
}

/// A day kept as ISO.
fn day(iso: Option<&str>) -> Cell {
    let read = |iso: &str| TimeZone::UTC.to_timestamp(iso.parse::<Date>().ok()?.into()).ok();
    Cell::day(iso.and_then(read).map(|at| at.as_millisecond()))
}

fn envelopes_table() -> Table {
    let mut columns =
        vec![int("id", "Numéro de l’enveloppe.", "Number of the envelope.").required(), activity()];
    columns.push(int("position", "Rang.", "Order.").required());
    columns.extend(both("name", "Nom.", "Name."));
    columns.extend(both("body", "Présentation (Markdown).", "Presentation (Markdown)."));
    columns.push(int("amount", "Montant, en centimes.", "Amount, in cents.").required());
    columns.push(
        Column::new(
            "everybody",
            Kind::Boolean,
            "Tout le monde y vote, en plus de son secteur.",
            "Everybody votes here, besides their district.",
        )
        .required(),
    );
    columns.push(text("outline", "Contour (GeoJSON).", "Outline (GeoJSON)."));
    Table {
        name: "budget_envelopes",
        title: Localized::new("Enveloppes des budgets", "Envelopes of the budgets"),
        primary_key: &["id"],
        columns,
    }
}

fn categories_table() -> Table {
    let mut columns =
        vec![int("id", "Numéro de la catégorie.", "Number of the category.").required(), activity()];
    columns.extend(both("name", "Nom.", "Name."));
    Table {
        name: "budget_categories",
        title: Localized::new("Catégories des budgets", "Categories of the budgets"),
        primary_key: &["id"],
        columns,
    }
}

fn ideas_table() -> Table {
    let mut columns = vec![
        int("contribution_id", "L’idée.", "The idea.").required().refers("contributions", "id"),
        activity(),
        int("envelope_id", "Son enveloppe.", "Its envelope.").refers("budget_envelopes", "id"),
        int("category_id", "Sa catégorie.", "Its category.").refers("budget_categories", "id"),
    ];
    columns.extend(place());
    columns.push(int(
        "estimate",
        "Coût estimé par son auteur, en centimes.",
        "Cost as its author sees it, in cents.",
    ));
    columns.push(
        text("state", "Où en est l’étude.", "Where its study stands.")
            .required()
            .one_of(&["received", "study", "feasible", "refused", "merged"]),
    );
    columns.extend(both("reason", "Réponse des services.", "Answer of the services."));
    columns.push(int(
        "cost",
        "Coût chiffré par les services, en centimes.",
        "Cost by the services, in cents.",
    ));
    columns.push(Column::new("decided_on", Kind::Day, "Jour de la décision.", "Day of the decision."));
    columns.push(
        int("merged_into", "L’idée qui l’a reprise.", "The idea that took it in.")
            .refers("contributions", "id"),
    );
    Table {
        name: "budget_ideas",
        title: Localized::new("Idées des budgets", "Ideas of the budgets"),
        primary_key: &["contribution_id"],
        columns,
    }
}

fn projects_table() -> Table {
    let mut columns = vec![
        int("id", "Numéro interne du projet.", "Internal number of the project.").required(),
        activity(),
        text("code", "Ce qui le nomme sur les bulletins.", "What names it on ballots.").required(),
        int("envelope_id", "Son enveloppe.", "Its envelope.").required().refers("budget_envelopes", "id"),
        int("category_id", "Sa catégorie.", "Its category.").refers("budget_categories", "id"),
    ];
    columns.extend(both("title", "Nom.", "Name."));
    columns.extend(both("body", "Présentation (Markdown).", "Presentation (Markdown)."));
    columns.push(int("cost", "Coût, en centimes.", "Cost, in cents.").required());
    columns.extend(place());
    columns.extend(both("picture_alt", "Ce que montre sa photo.", "What its picture shows."));
    columns.push(
        text("progress", "Avancement ; vide s’il n’a pas gagné.", "Progress; empty unless it has won.")
            .one_of(&["studies", "works", "delivered", "abandoned"]),
    );
    columns.push(Column::new("promised_on", Kind::Day, "Livraison promise.", "Promised delivery."));
    columns.push(Column::new("delivered_on", Kind::Day, "Jour de la livraison.", "Day of delivery."));
    columns.push(int("spent", "Dépensé, en centimes.", "Spent, in cents.").required());
    Table {
        name: "budget_projects",
        title: Localized::new("Projets des budgets", "Projects of the budgets"),
        primary_key: &["id"],
        columns,
    }
}

fn origins_table() -> Table {
    Table {
        name: "budget_origins",
        title: Localized::new("Idées d’où viennent les projets", "Ideas that projects come from"),
        primary_key: &["project_id", "contribution_id"],
        columns: vec![
            int("project_id", "Le projet.", "The project.").required().refers("budget_projects", "id"),
            int("contribution_id", "L’idée.", "The idea.").required().refers("contributions", "id"),
        ],
    }
}

fn mergers_table() -> Table {
    Table {
        name: "budget_mergers",
        title: Localized::new("Réunions d’idées proposées", "Proposed joinings of ideas"),
        primary_key: &["id"],
        columns: vec![
            int("id", "Numéro.", "Number.").required(),
            activity(),
            int("from_id", "L’idée à reprendre.", "The idea to take in.")
                .required()
                .refers("contributions", "id"),
            int("into_id", "L’idée qui la reprend.", "The idea that takes it in.")
                .required()
                .refers("contributions", "id"),
            text("state", "Ce qu’il en est.", "What became of it.").required().one_of(&[
                "proposed",
                "agreed",
                "refused",
                "cancelled",
            ]),
            Column::new("proposed_on", Kind::Day, "Jour de la proposition.", "Day of the proposal.")
                .required(),
            Column::new("decided_on", Kind::Day, "Jour de la décision.", "Day of the decision."),
        ],
    }
}

fn steps_table() -> Table {
    let mut columns = vec![
        int("id", "Numéro de l’étape.", "Number of the step.").required(),
        int("project_id", "Le projet.", "The project.").required().refers("budget_projects", "id"),
        Column::new("happened_on", Kind::Day, "Jour.", "Day.").required(),
        text("progress", "Avancement.", "Progress.").required().one_of(&[
            "studies",
            "works",
            "delivered",
            "abandoned",
        ]),
    ];
    columns.extend(both("body", "Ce qui a été fait (Markdown).", "What was done (Markdown)."));
    columns.push(
        int(
            "spent",
            "Dépensé depuis l’étape d’avant, en centimes.",
            "Spent since the step before, in cents.",
        )
        .required(),
    );
    columns.push(Column::new(
        "promised_on",
        Kind::Day,
        "Livraison promise alors.",
        "Delivery promised then.",
    ));
    columns.extend(both("picture_alt", "Ce que montre sa photo.", "What its photo shows."));
    Table {
        name: "budget_steps",
        title: Localized::new("Étapes des projets gagnants", "Steps of the winning projects"),
        primary_key: &["id"],
        columns,
    }
}

/// Writes the tables of one budget that are not its vote's.
pub(crate) async fn tables(
    tx: &mut Tx<'_>,
    activity: &Activity,
    out: &mut (dyn Sink + Send),
) -> Result<(), Error> {
    let id = activity.id;
    out.table(envelopes_table())?;
    for (position, d) in (1_i64..).zip(crate::store::districts(tx, id).await?) {
        let mut row: Vec<Cell> = vec![d.id.into(), id.into(), position.into()];
        row.extend(cells(d.name));
        row.extend(cells(d.body));
        row.extend([d.amount.into(), d.everybody.into(), d.outline.into()]);
        out.row(row)?;
    }
    out.table(categories_table())?;
    for c in envelopes::categories(tx, id).await? {
        let mut row: Vec<Cell> = vec![c.id.into(), id.into()];
        row.extend(cells(c.name));
        out.row(row)?;
    }
    out.table(ideas_table())?;
    let mut after = 0;
    loop {
        let page = store::ideas(tx, id, after).await?;
        let Some(last) = page.last() else { break };
        after = last.contribution_id;
        for idea in page {
            let mut row: Vec<Cell> = vec![
                idea.contribution_id.into(),
                id.into(),
                idea.district_id.into(),
                idea.category_id.into(),
                idea.address.into(),
                idea.point.map(|p| p.0).into(),
                idea.point.map(|p| p.1).into(),
                idea.estimate.into(),
                idea.state.into(),
            ];
            row.extend(cells(idea.reason));
            row.extend([idea.cost.into(), Cell::day(idea.decided_at), idea.merged_into.into()]);
            out.row(row)?;
        }
    }
    out.table(projects_table())?;
    for p in crate::store::projects(tx, id).await? {
        let mut row: Vec<Cell> =
            vec![p.id.into(), id.into(), p.code.into(), p.district_id.into(), p.category_id.into()];
        row.extend(cells(p.title));
        row.extend(cells(p.body));
        row.extend([
            p.cost.into(),
            p.address.into(),
            p.point.map(|x| x.0).into(),
            p.point.map(|x| x.1).into(),
        ]);
        row.extend(cells(p.picture_alt));
        row.extend([
            p.progress.into(),
            day(p.promised_on.as_deref()),
            day(p.delivered_on.as_deref()),
            p.spent.into(),
        ]);
        out.row(row)?;
    }
    out.table(origins_table())?;
    for (project, idea) in crate::store::projects::all_origins(tx, id).await? {
        out.row(vec![project.into(), idea.into()])?;
    }
    out.table(mergers_table())?;
    for m in store::mergers(tx, id).await? {
        out.row(vec![
            m.id.into(),
            id.into(),
            m.from_id.into(),
            m.into_id.into(),
            m.state.into(),
            Cell::Day(m.created_at),
            Cell::day(m.decided_at),
        ])?;
    }
    out.table(steps_table())?;
    for s in crate::store::follow_up::all(tx, id).await? {
        let mut row: Vec<Cell> =
            vec![s.id.into(), s.project_id.into(), day(Some(&s.happened_on)), s.progress.code().into()];
        row.extend(cells(s.body));
        row.extend([s.spent.into(), day(s.promised_on.as_deref())]);
        row.extend(cells(s.picture_alt));
        out.row(row)?;
    }
    Ok(())
}
