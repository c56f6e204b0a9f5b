//! The open data of a panel: categories with their quotas, the pseudonymous pool, the draws, what the panel recommended; the
//! files of each lottery; and what `parvis verify` replays of it.

mod replay;

use std::collections::BTreeMap;

use parvis_civic::Error;
use parvis_civic::answer::STATUSES;
use parvis_civic::export::{Column, Kind, Sink, Table};
use parvis_civic::process::Activity;
use parvis_core::Localized;
use parvis_store::Tx;
use serde_json::{Value, json};

pub use replay::verify;

use crate::composition;
use crate::evaluation::{SCALE, STATEMENTS};
use crate::model::{Rules, Seat, Stage};
use crate::store::{self, Person};

/// Where a lottery stands in the bundle, as the caller names files under `results/`.
pub(crate) fn lottery_name(activity_id: i64, round: i64) -> String {
    format!("activity-{activity_id}-draw-{round}.json")
}

/// Where the proof of a lottery stands.
pub(crate) fn proof_name(activity_id: i64, round: i64) -> String {
    format!("activity-{activity_id}-draw-{round}-proof.json")
}

fn activity() -> Column {
    Column::new("activity_id", Kind::Integer, "Le panel.", "The panel.").required().refers("activities", "id")
}

fn text(name: &str, fr: &str, en: &str) -> Column {
    Column::new(name, Kind::Text, fr, en)
}

fn number(name: &str, fr: &str, en: &str) -> Column {
    Column::new(name, Kind::Integer, fr, en)
}

fn quotas_table() -> Table {
    Table {
        name: "panel_quotas",
        title: Localized::new("Quotas des panels", "Quotas of the panels"),
        primary_key: &["activity_id", "category", "feature"],
        columns: vec![
            activity(),
            text("category", "Critère.", "Category.").required(),
            text("feature", "Valeur du critère.", "Value of the category.").required(),
            number("population", "Personnes de la population.", "People of the population."),
            number("min", "Sièges, au moins.", "Seats, at least.").required(),
            number("max", "Sièges, au plus.", "Seats, at most.").required(),
        ],
    }
}

fn pool_table() -> Table {
    Table {
        name: "panel_pool",
        title: Localized::new("Viviers des panels (pseudonymes)", "Pools of the panels (pseudonyms)"),
        primary_key: &["activity_id", "person"],
        columns: vec![
            activity(),
            text("person", "Pseudonyme, tiré au hasard.", "Pseudonym, drawn at random.").required(),
            text(
                "household",
                "Numéro du foyer, quand il compte plusieurs volontaires.",
                "Number of the household, when several of its members volunteered.",
            ),
            text(
                "seat",
                "Ce qu’il est advenu : tiré au sort, accepté, décliné, parti ; vide : pas tiré au sort.",
                "What became of them: drawn, accepted, declined, gone; empty: not drawn.",
            )
            .one_of(&["drawn", "accepted", "declined", "gone"]),
            number("round", "Le tirage qui a donné le siège.", "The draw that gave the seat."),
        ],
    }
}

fn answers_table() -> Table {
    Table {
        name: "panel_answers",
        title: Localized::new("Réponses aux critères", "Answers to the categories"),
        primary_key: &["activity_id", "person", "category"],
        columns: vec![
            activity(),
            text("person", "Pseudonyme.", "Pseudonym.").required(),
            text("category", "Critère.", "Category.").required(),
            text("value", "Valeur.", "Value.").required(),
        ],
    }
}

fn draws_table() -> Table {
    Table {
        name: "panel_draws",
        title: Localized::new("Tirages au sort", "Draws"),
        primary_key: &["activity_id", "round"],
        columns: vec![
            activity(),
            number("round", "Numéro du tirage.", "Number of the draw.").required(),
            Column::new("announced_at", Kind::Instant, "Publication du vivier.", "Publication of the pool.")
                .required(),
            text("pool_sha256", "Empreinte du vivier.", "Hash of the pool.").required(),
            text("quotas_sha256", "Empreinte des quotas.", "Hash of the quotas.").required(),
            text("lottery_sha256", "Empreinte de la loterie.", "Hash of the lottery."),
            number(
                "drand_round",
                "Tour de drand annoncé, quand la graine en vient.",
                "Announced round of drand, when the seed comes from one.",
            ),
            text("drand_signature", "Signature de ce tour.", "Signature of that round."),
            text("seed", "Graine, connue ensuite.", "Seed, known afterwards."),
            number("ticket", "Numéro du billet tiré, à partir de 1.", "Number of the ticket drawn, from 1."),
            Column::new("drawn_at", Kind::Instant, "Tirage.", "Draw."),
        ],
    }
}

fn recommendations_table() -> Table {
    Table {
        name: "panel_recommendations",
        title: Localized::new("Recommandations des panels", "Recommendations of the panels"),
        primary_key: &["id"],
        columns: vec![
            number("id", "Numéro.", "Number.").required(),
            activity(),
            number("position", "Rang.", "Place.").required(),
            text("title_fr", "Titre, en français.", "Title, in French."),
            text("title_en", "Titre, en anglais.", "Title, in English."),
            text("body_fr", "Texte, en français (Markdown).", "Text, in French (Markdown)."),
            text("body_en", "Texte, en anglais (Markdown).", "Text, in English (Markdown)."),
            number("votes_for", "Voix pour.", "Votes for."),
            number("votes_against", "Voix contre.", "Votes against."),
            number("votes_abstain", "Abstentions.", "Abstentions."),
            text("status", "Statut de la réponse officielle.", "Status of the official answer.")
                .one_of(&STATUSES),
            text(
                "answer_fr",
                "Réponse officielle, en français (Markdown).",
                "Official answer, in French (Markdown).",
            ),
            text(
                "answer_en",
                "Réponse officielle, en anglais (Markdown).",
                "Official answer, in English (Markdown).",
            ),
        ],
    }
}

fn evaluation_table() -> Table {
    let mark = |n: i64| {
        let (fr, en) = (format!("Réponses {n} sur 5."), format!("Answers of {n} out of 5."));
        number(["n1", "n2", "n3", "n4", "n5"][usize::try_from(n - 1).unwrap_or(0)], &fr, &en).required()
    };
    let mut columns = vec![
        activity(),
        text("statement", "Affirmation.", "Statement.").required(),
        number("answers", "Membres qui ont répondu.", "Members who answered.").required(),
    ];
    columns.extend((1..=SCALE).map(mark));
    Table {
        name: "panel_evaluation",
        title: Localized::new("Évaluation des panels par leurs membres", "Panels as their members see them"),
        primary_key: &["activity_id", "statement"],
        columns,
    }
}

fn sessions_table() -> Table {
    Table {
        name: "panel_sessions",
        title: Localized::new("Séances des panels", "Sessions of the panels"),
        primary_key: &["activity_id", "position"],
        columns: vec![
            activity(),
            number("position", "Rang.", "Place.").required(),
            text("title_fr", "Nom, en français.", "Name, in French."),
            text("title_en", "Nom, en anglais.", "Name, in English."),
            text("day", "Jour.", "Day.").required(),
            number("present", "Membres présents.", "Members present.").required(),
        ],
    }
}

/// Writes the tables of one panel. The pool is there once it is published.
///
/// # Errors
/// The database; the bundle cannot be written.
pub async fn tables(tx: &mut Tx<'_>, activity: &Activity, out: &mut (dyn Sink + Send)) -> Result<(), Error> {
    let (id, rules) = (activity.id, Rules::of(activity));
    out.table(quotas_table())?;
    for c in &rules.categories {
        for v in &c.values {
            let population = i64::try_from(v.population).ok().filter(|n| *n > 0);
            out.row(vec![
                id.into(),
                c.code.as_str().into(),
                v.code.as_str().into(),
                population.into(),
                i64::from(v.min).into(),
                i64::from(v.max).into(),
            ])?;
        }
    }
    let people = store::everybody(tx, id, true).await?;
    out.table(pool_table())?;
    for p in &people {
        let cells = vec![
            id.into(),
            p.pseudonym.as_str().into(),
            p.home.as_str().into(),
            p.seat.code().into(),
            p.round.into(),
        ];
        out.row(cells)?;
    }
    out.table(answers_table())?;
    for p in &people {
        for (category, value) in &p.answers {
            let cells =
                vec![id.into(), p.pseudonym.as_str().into(), category.as_str().into(), value.as_str().into()];
            out.row(cells)?;
        }
    }
    out.table(draws_table())?;
    for r in store::rounds(tx, id).await? {
        let said = |name: &str| r.announcement[name].as_str().unwrap_or_default().to_owned();
        out.row(vec![
            id.into(),
            r.number.into(),
            parvis_civic::export::Cell::Instant(r.announced_at),
            said("pool_sha256").into(),
            said("quotas_sha256").into(),
            r.lottery_sha256.clone().into(),
            r.drand().into(),
            r.signature.clone().into(),
            r.seed.clone().into(),
            r.ticket.into(),
            parvis_civic::export::Cell::instant(r.drawn_at),
        ])?;
    }
    out.table(sessions_table())?;
    for (position, s) in (1_i64..).zip(store::sessions(tx, id).await?) {
        let cells = vec![
            id.into(),
            position.into(),
            s.title.fr.into(),
            s.title.en.into(),
            s.day.into(),
            s.present.into(),
        ];
        out.row(cells)?;
    }
    out.table(recommendations_table())?;
    for (position, r) in (1_i64..).zip(store::recommendations(tx, id).await?) {
        let vote = |n: usize| r.votes.map(|v| v[n]);
        out.row(vec![
            r.id.into(),
            id.into(),
            position.into(),
            r.title.fr.as_str().into(),
            r.title.en.as_str().into(),
            r.body.fr.as_str().into(),
            r.body.en.as_str().into(),
            vote(0).into(),
            vote(1).into(),
            vote(2).into(),
            r.status.as_str().into(),
            r.answer.fr.as_str().into(),
            r.answer.en.as_str().into(),
        ])?;
    }
    out.table(evaluation_table())?;
    if store::panel(tx, id).await?.evaluation_at.is_some() {
        let (answers, totals) = store::evaluation(tx, id).await?;
        for ((code, _), marks) in STATEMENTS.iter().zip(totals) {
            let mut cells = vec![id.into(), (*code).into(), answers.into()];
            cells.extend(marks.map(Into::into));
            out.row(cells)?;
        }
    }
    Ok(())
}

/// The files of the lotteries, byte for byte as published.
///
/// # Errors
/// The database.
pub(crate) async fn working(tx: &mut Tx<'_>, activity: &Activity) -> Result<Vec<(String, String)>, Error> {
    let mut files = vec![];
    for r in store::rounds(tx, activity.id).await? {
        if let Some((lottery, proof)) = store::lottery(tx, activity.id, r.number).await? {
            files.push((lottery_name(activity.id, r.number), lottery));
            files.push((proof_name(activity.id, r.number), proof));
        }
    }
    Ok(files)
}

/// The results as they are published: the draws, who sits, the composition counted.
///
/// # Errors
/// The database.
pub(crate) async fn results(tx: &mut Tx<'_>, activity: &Activity) -> Result<Option<String>, Error> {
    let rounds = store::rounds(tx, activity.id).await?;
    if !rounds.iter().any(|r| r.stage() == Stage::Drawn) {
        return Ok(None);
    }
    let people = store::everybody(tx, activity.id, true).await?;
    let draws: Vec<Value> = rounds
        .iter()
        .filter(|r| r.stage() == Stage::Drawn)
        .map(|r| json!({ "round": r.number, "seed": r.seed, "ticket": r.ticket }))
        .collect();
    let value = json!({
        "format": "parvis-panel-v1", "draws": draws, "composition": composition_of(&Rules::of(activity), &people),
        "members": members_of(&people),
    });
    serde_json::to_string(&value).map(Some).map_err(|e| Error::Internal(e.to_string()))
}

/// The pseudonyms of the members, sorted.
fn members_of(people: &[Person]) -> Vec<&str> {
    let mut found: Vec<&str> = composition::members(people).iter().map(|p| p.pseudonym.as_str()).collect();
    found.sort_unstable();
    found
}

/// How many members have each value, by category.
fn composition_of(rules: &Rules, people: &[Person]) -> BTreeMap<String, BTreeMap<String, usize>> {
    let counted = composition::counted(rules, &composition::members(people));
    let of = |(c, counts): (&crate::model::Category, Vec<usize>)| {
        (c.code.clone(), c.values.iter().map(|v| v.code.clone()).zip(counts).collect())
    };
    rules.categories.iter().zip(counted).map(of).collect()
}

/// A member of the pool, from the tables of a bundle.
fn person(pseudonym: &str, home: &str, seat: &str, round: Option<i64>) -> Person {
    Person {
        id: 0,
        pseudonym: pseudonym.to_owned(),
        name: String::new(),
        contact: String::new(),
        household: String::new(),
        home: home.to_owned(),
        answers: BTreeMap::new(),
        locale: parvis_core::Locale::default(),
        channel: String::new(),
        is_pooled: true,
        seat: Seat::parse(seat),
        round,
        has_evaluated: false,
    }
}
