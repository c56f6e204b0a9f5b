//! The open data of the boxes, and their verification.
//!
//! A component calls [`tables`] for each of its activities; the program lists [`verify`] once among its checks; a
//! component's own check counts again from [`ballots`] and [`sealed`].

use std::collections::{BTreeMap, HashMap, HashSet};

use parvis_civic::Error;
use parvis_civic::export::table::parse_instant;
use parvis_civic::export::verify::Opened;
use parvis_civic::export::{Cell, Column, Kind, Sink, Table};
use parvis_civic::journal::sha256_hex;
use parvis_civic::process::Activity;
use parvis_core::Localized;
use parvis_store::Tx;
use parvis_transparency::bundle::Check;
use parvis_transparency::canonical;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::close::{self, Closing};
use crate::store::{self, ballots as rows, paper};

const BOXES: &str = "ballotbox_boxes";
const BALLOTS: &str = "ballotbox_ballots";
const TURNOUT: &str = "ballotbox_turnout";
const BATCHES: &str = "ballotbox_batches";

fn activity_column() -> Column {
    Column::new("activity_id", Kind::Integer, "Le dispositif.", "The activity.")
        .required()
        .refers("activities", "id")
}

fn integer(name: &str, fr: &str, en: &str) -> Column {
    Column::new(name, Kind::Integer, fr, en)
}

fn boxes_table() -> Table {
    let mut columns = vec![
        activity_column(),
        Column::new(
            "rules",
            Kind::Text,
            "Les règles scellées au premier vote (JSON canonique) : celles de l’urne, et celles de l’outil.",
            "The rules sealed with the first vote (canonical JSON): the box’s own, and the tool’s.",
        )
        .required(),
        Column::new("closed_on", Kind::Day, "Jour de la clôture de l’urne.", "Day the box was closed."),
    ];
    for (name, fr, en) in [
        ("lines", "Lignes de la liste.", "Lines of the roll."),
        ("web", "Émargements en ligne.", "Signatures on the web."),
        ("desk", "Émargements au guichet.", "Signatures at the desk."),
        ("desk_unused", "Codes de guichet inutilisés.", "Desk codes that were not used."),
        ("paper", "Émargements pour un bulletin papier.", "Signatures for a paper ballot."),
        ("paper_counted", "Bulletins papier comptés.", "Paper ballots that count."),
        ("paper_spoiled", "Bulletins papier nuls.", "Spoiled paper ballots."),
        ("ballots", "Bulletins de l’urne.", "Ballots in the box."),
    ] {
        columns.push(integer(name, fr, en));
    }
    columns.push(Column::new(
        "ballots_sha256",
        Kind::Text,
        "SHA-256 des bulletins, dans l’ordre de leurs noms : nom, espace, bulletin, saut de ligne.",
        "SHA-256 of the ballots in the order of their names: name, space, ballot, line feed.",
    ));
    Table {
        name: BOXES,
        title: Localized::new("Urnes", "Ballot boxes"),
        primary_key: &["activity_id"],
        columns,
    }
}

fn ballots_table() -> Table {
    Table {
        name: BALLOTS,
        title: Localized::new("Bulletins, mélangés", "Ballots, shuffled"),
        primary_key: &["activity_id", "tracker"],
        columns: vec![
            activity_column(),
            Column::new(
                "tracker",
                Kind::Text,
                "Un nom tiré au hasard, que seul le récépissé retrouve.",
                "A random name that only the receipt finds.",
            )
            .required(),
            Column::new(
                "ballot",
                Kind::Text,
                "Le bulletin (JSON canonique).",
                "The ballot (canonical JSON).",
            )
            .required(),
        ],
    }
}

fn turnout_table() -> Table {
    Table {
        name: TURNOUT,
        title: Localized::new("Participation par secteur", "Turnout by district"),
        primary_key: &["activity_id", "district"],
        columns: vec![
            activity_column(),
            Column::new(
                "district",
                Kind::Text,
                "Le secteur de la liste ; vide : non précisé.",
                "The district of the roll; empty: not said.",
            ),
            integer("lines", "Lignes de la liste.", "Lines of the roll.").required(),
            integer("signed", "Lignes émargées.", "Lines signed.").required(),
        ],
    }
}

fn batches_table() -> Table {
    let mut columns = vec![activity_column()];
    for (name, fr, en) in [
        ("batch", "Numéro du lot de bulletins imprimés.", "Number of the batch of printed ballots."),
        ("size", "Bulletins imprimés.", "Ballots printed."),
        ("counted", "Comptés.", "That count."),
        ("spoiled", "Nuls.", "Spoiled."),
    ] {
        columns.push(integer(name, fr, en).required());
    }
    Table {
        name: BATCHES,
        title: Localized::new("Bulletins papier, par lot", "Paper ballots, by batch"),
        primary_key: &["activity_id", "batch"],
        columns,
    }
}

/// Writes the tables of one box. Ballots and counts stand there once it is closed; before, its sealed rules only.
///
/// # Errors
/// The database; the bundle cannot be written.
pub async fn tables(tx: &mut Tx<'_>, activity: &Activity, out: &mut (dyn Sink + Send)) -> Result<(), Error> {
    let id = activity.id;
    let state = store::state(tx, id).await?;
    out.table(boxes_table())?;
    let closing: Option<Closing> = state.closing.as_deref().and_then(|c| serde_json::from_str(c).ok());
    if let (Some(seal), false) = (&state.seal, closing.is_some()) {
        let mut row: Vec<Cell> = vec![id.into(), seal.as_str().into()];
        row.extend((0..10).map(|_| Cell::Empty));
        out.row(row)?;
    }
    if let Some(c) = &closing {
        let counts =
            [c.lines, c.web, c.desk, c.desk_unused, c.paper, c.paper_counted, c.paper_spoiled, c.ballots];
        // A box that nobody used has no sealed rules: what it would have sealed is in the activity's rules.
        let mut row: Vec<Cell> =
            vec![id.into(), state.seal.as_deref().unwrap_or("{}").into(), Cell::day(state.closed_at)];
        row.extend(counts.map(Cell::Integer));
        row.push(c.ballots_sha256.as_str().into());
        out.row(row)?;
    }
    out.table(turnout_table())?;
    if closing.is_some() {
        for (district, lines, signed) in close::turnout(tx, id).await?.districts {
            out.row(vec![id.into(), district.into(), lines.into(), signed.into()])?;
        }
    }
    out.table(batches_table())?;
    if closing.is_some() {
        for b in paper::batches(tx, id).await? {
            out.row([id, b.number, b.size, b.counted, b.spoiled].map(Cell::Integer).to_vec())?;
        }
    }
    out.table(ballots_table())?;
    if closing.is_some() {
        let mut failed = None;
        let done = rows::each(tx, id, |tracker, ballot| {
            out.row(vec![id.into(), tracker.into(), ballot.into()]).map_err(|e| {
                failed = Some(e);
                parvis_store::Error::other("the export stopped")
            })
        })
        .await;
        if let Some(e) = failed {
            return Err(e);
        }
        done?;
    }
    Ok(())
}

/// The sealed content of a box (what its component put in [`crate::seal::Seal::content`]) in a bundle.
///
/// # Errors
/// One sentence when the tables cannot be read.
pub fn sealed(opened: &Opened<'_>, activity: i64) -> Result<Option<Value>, String> {
    let Ok(sheet) = opened.sheets.get(BOXES) else { return Ok(None) };
    for row in sheet.lines() {
        if row.int("activity_id")? == activity {
            let text = row.text("rules")?;
            let value: Value = serde_json::from_str(text).map_err(|e| row.wrong(&format!("rules: {e}")))?;
            return Ok(value.get("content").cloned());
        }
    }
    Ok(None)
}

/// The rules of a box in a bundle, as they were sealed.
///
/// # Errors
/// One sentence when the tables cannot be read.
pub fn rules(opened: &Opened<'_>, activity: i64) -> Result<Option<crate::Rules>, String> {
    let Ok(sheet) = opened.sheets.get(BOXES) else { return Ok(None) };
    for row in sheet.lines() {
        if row.int("activity_id")? == activity {
            let value: Value =
                serde_json::from_str(row.text("rules")?).map_err(|e| row.wrong(&format!("rules: {e}")))?;
            let Some(rules) = value.get("box") else { return Ok(None) };
            let rules = serde_json::from_value(rules.clone());
            return Ok(Some(rules.map_err(|e| row.wrong(&format!("rules: {e}")))?));
        }
    }
    Ok(None)
}

/// The ballots of a closed box in a bundle, in the order of their names.
///
/// # Errors
/// One sentence when the tables cannot be read.
pub fn ballots(opened: &Opened<'_>, activity: i64) -> Result<Vec<Value>, String> {
    let Ok(sheet) = opened.sheets.get(BALLOTS) else { return Ok(vec![]) };
    let mut found = vec![];
    for row in sheet.lines() {
        if row.int("activity_id")? == activity {
            let value = serde_json::from_str(row.text("ballot")?);
            found.push(value.map_err(|e| row.wrong(&format!("ballot: {e}")))?);
        }
    }
    Ok(found)
}

/// The checks that the boxes add to those of a bundle.
///
/// # Errors
/// One sentence when the tables cannot be read.
pub fn verify(opened: &Opened<'_>) -> Result<Vec<Check>, String> {
    let closed = opened.acts.last_by(&["ballot-box-closed"], "activity");
    let sealed = opened.acts.last_by(&["rules-sealed"], "activity");
    if opened.sheets.get(BOXES).is_err() && closed.is_empty() && sealed.is_empty() {
        return Ok(vec![]);
    }
    Ok(vec![
        Check::from_result("ballot-boxes", check_boxes(opened)),
        Check::from_result("ballots", check_ballots(opened)),
        Check::from_result("ballots-and-signatures", check_counts(opened)),
        Check::from_result("closings", check_closings(opened)),
    ])
}

/// Each closing of the bundle, by activity.
fn closings(opened: &Opened<'_>) -> Result<BTreeMap<i64, Closing>, String> {
    let mut all = BTreeMap::new();
    for row in opened.sheets.get(BOXES)?.lines() {
        if row.text("closed_on")?.is_empty() {
            continue;
        }
        let closing = Closing {
            lines: row.int("lines")?,
            web: row.int("web")?,
            desk: row.int("desk")?,
            desk_unused: row.int("desk_unused")?,
            paper: row.int("paper")?,
            paper_counted: row.int("paper_counted")?,
            paper_spoiled: row.int("paper_spoiled")?,
            ballots: row.int("ballots")?,
            ballots_sha256: row.text("ballots_sha256")?.to_owned(),
        };
        all.insert(row.int("activity_id")?, closing);
    }
    Ok(all)
}

/// Rules and counts are what the journal sealed and closed; no box of the journal is left out.
fn check_boxes(opened: &Opened<'_>) -> Result<String, String> {
    let sealed = opened.acts.last_by(&["rules-sealed"], "activity");
    let mut closed = opened.acts.last_by(&["ballot-box-closed"], "activity");
    let mut there = HashSet::new();
    let sheet = opened.sheets.get(BOXES)?;
    let found = closings(opened)?;
    for row in sheet.lines() {
        let id = row.int("activity_id")?;
        there.insert(id);
        let rules = row.text("rules")?;
        match sealed.get(&id) {
            Some(act) if act.text("rules_sha256") == sha256_hex(rules.as_bytes()) => {}
            Some(act) => return Err(row.wrong(&format!("its rules are not those of {}", act.name()))),
            None if rules == "{}" => {}
            None => return Err(row.wrong("its rules were never sealed in the journal")),
        }
        match (found.get(&id), closed.remove(&id)) {
            (None, None) => {}
            (Some(closing), Some(act)) => {
                let said: Closing = serde_json::from_value(act.body["closing"].clone())
                    .map_err(|e| format!("{}: {e}", act.name()))?;
                if said != *closing {
                    return Err(row.wrong(&format!("its counts are not those of {}", act.name())));
                }
            }
            (Some(_), None) => return Err(row.wrong("its closing is not in the journal")),
            (None, Some(act)) => return Err(row.wrong(&format!("{} closed it", act.name()))),
        }
    }
    for act in sealed.values().copied().chain(closed.values().copied()) {
        if !act.int("activity").is_some_and(|id| there.contains(&id)) {
            return Err(format!("{}: its box is not in the bundle", act.name()));
        }
    }
    let mut lines: HashMap<i64, i64> = HashMap::new();
    for row in opened.sheets.get(TURNOUT)?.lines() {
        let (all, signed) = (row.int("lines")?, row.int("signed")?);
        if signed < 0 || signed > all {
            return Err(row.wrong("more signatures than lines"));
        }
        *lines.entry(row.int("activity_id")?).or_default() += all;
    }
    for (id, closing) in &found {
        if lines.get(id).copied().unwrap_or(0) != closing.lines {
            return Err(format!("the districts of activity {id} do not add up to the lines of its roll"));
        }
    }
    Ok(format!("{} boxes, with the rules and the counts of the journal", sheet.len()))
}

/// From the dates sealed with the first vote to those of the phase, every move of a closing is an act of the journal.
fn check_closings(opened: &Opened<'_>) -> Result<String, String> {
    let mut dates = HashMap::new();
    for row in opened.sheets.get("phases")?.lines() {
        let at = |column| {
            let at = parse_instant(row.text(column)?);
            at.ok_or_else(|| row.wrong(&format!("{column} is not an instant")))
        };
        dates.insert(row.int("id")?, (at("starts_at")?, at("ends_at")?));
    }
    let sealed = opened.acts.last_by(&["rules-sealed"], "activity");
    let mut moves: HashMap<i64, Vec<_>> = HashMap::new();
    for act in opened.acts.of("closing-moved") {
        moves.entry(act.int("activity").unwrap_or_default()).or_default().push(act);
    }
    let mut count = 0_usize;
    for row in opened.sheets.get("activities")?.lines() {
        let id = row.int("id")?;
        let Some(seal) = sealed.get(&id) else { continue };
        // The votes that began before seals held their dates have no first closing to start from.
        let mut closes = seal.int("closes_at");
        let mut moved = moves.remove(&id).unwrap_or_default();
        moved.sort_by_key(|act| act.index);
        for act in moved {
            if closes.is_some_and(|at| act.int("from") != Some(at)) || act.index < seal.index {
                return Err(format!("{}: the closing that it moves was never that one", act.name()));
            }
            closes = act.int("to");
            count += 1;
        }
        let phase = row.number("phase_id")?.and_then(|phase| dates.get(&phase));
        let opens = seal.int("opens_at").or(phase.map(|d| d.0));
        if phase.map(|d| d.0) != opens || phase.map(|d| d.1) != closes.or(phase.map(|d| d.1)) {
            return Err(row.wrong("its dates are not those of its seal, nor those of a move in the journal"));
        }
    }
    Ok(format!("{count} moves of a closing after the first vote, each with its reason in the journal"))
}

/// The ballots of each closed box are those whose fingerprint its closing published, in the order of their names.
fn check_ballots(opened: &Opened<'_>) -> Result<String, String> {
    let mut found: BTreeMap<i64, (Sha256, i64, String)> = BTreeMap::new();
    let sheet = opened.sheets.get(BALLOTS)?;
    for row in sheet.lines() {
        let (tracker, ballot) = (row.text("tracker")?, row.text("ballot")?);
        canonical::parse(ballot.as_bytes()).map_err(|e| row.wrong(&format!("ballot: {e}")))?;
        let (hash, count, last) = found.entry(row.int("activity_id")?).or_default();
        if last.as_str() >= tracker {
            return Err(row.wrong("not in the order of the names, or twice"));
        }
        close::add(hash, tracker, ballot);
        *count += 1;
        tracker.clone_into(last);
    }
    for (id, closing) in closings(opened)? {
        let (hash, count, _) = found.remove(&id).unwrap_or_default();
        if count != closing.ballots {
            return Err(format!("activity {id}: {count} ballots, its closing announces {}", closing.ballots));
        }
        if hex::encode(hash.finalize()) != closing.ballots_sha256 {
            return Err(format!(
                "activity {id}: the ballots are not those that were in the box when it was closed"
            ));
        }
    }
    match found.keys().next() {
        Some(id) => Err(format!("activity {id}: ballots of a box that is not closed")),
        None => Ok(format!("{} ballots, those of the boxes when they were closed", sheet.len())),
    }
}

/// As many ballots as acts of the journal put in the box, and no more than signatures.
fn check_counts(opened: &Opened<'_>) -> Result<String, String> {
    let mut live: HashMap<i64, HashMap<&str, i64>> = HashMap::new();
    for act in opened.acts.iter() {
        let Some(id) = act.int("activity") else { continue };
        let live = live.entry(id).or_default();
        let mut take = |commitment: &str| match live.get_mut(commitment) {
            Some(n) if *n > 0 => {
                *n -= 1;
                Ok(())
            }
            _ => Err(format!("{}: it is about no ballot of the box", act.name())),
        };
        match act.kind.as_str() {
            "ballot-cast" => {}
            "ballot-replaced" => take(act.text("replaces"))?,
            "ballot-withdrawn" => {
                take(act.text("commitment"))?;
                continue;
            }
            _ => continue,
        }
        *live.entry(act.text("commitment")).or_default() += 1;
    }
    let mut paper: HashMap<i64, [i64; 2]> = HashMap::new();
    for act in opened.acts.of("paper-batch-counted") {
        let sums = paper.entry(act.int("activity").unwrap_or_default()).or_default();
        sums[0] += act.int("counted").unwrap_or_default();
        sums[1] += act.int("spoiled").unwrap_or_default();
    }
    let mut rows: HashMap<i64, [i64; 2]> = HashMap::new();
    for row in opened.sheets.get(BATCHES)?.lines() {
        let (size, counted, spoiled) = (row.int("size")?, row.int("counted")?, row.int("spoiled")?);
        if counted < 0 || spoiled < 0 || counted + spoiled > size {
            return Err(row.wrong("more ballots keyed than printed"));
        }
        let sums = rows.entry(row.int("activity_id")?).or_default();
        sums[0] += counted;
        sums[1] += spoiled;
    }
    let mut all = 0;
    for (id, closing) in closings(opened)? {
        closing.check().map_err(|e| format!("activity {id}: {e}"))?;
        let cast: i64 = live.get(&id).map_or(0, |m| m.values().sum());
        let [counted, spoiled] = paper.get(&id).copied().unwrap_or_default();
        if rows.get(&id).copied().unwrap_or_default() != [counted, spoiled]
            || [closing.paper_counted, closing.paper_spoiled] != [counted, spoiled]
        {
            return Err(format!("activity {id}: the batches of paper ballots are not those of the journal"));
        }
        if cast + counted != closing.ballots {
            return Err(format!(
                "activity {id}: {} ballots, the journal saw {cast} cast on a screen and {counted} counted on paper",
                closing.ballots
            ));
        }
        all += closing.ballots;
    }
    Ok(format!("{all} ballots, each with its act of the journal and its signature"))
}
