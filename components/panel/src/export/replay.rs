//! Replaying draws from a bundle alone: the pool and the quotas are those that were announced; the lottery is the one that was
//! published before the seed, and every ticket meets the quotas; the seed draws the ticket, and the ticket is the panel.

use std::collections::{BTreeMap, BTreeSet};

use parvis_civic::export::verify::{Act, Opened};
use parvis_civic::journal::sha256_hex;
use parvis_core::Localized;
use parvis_sortition::Published;
use parvis_transparency::bundle::Check;
use serde_json::{Map, Value, json};

use super::{composition_of, lottery_name, members_of, person, proof_name};
use crate::drand::{self, Beacon};
use crate::letters;
use crate::model::{self, Rules, Seat};
use crate::phones::{self, Plan};
use crate::pool::{self, Files};
use crate::store::Person;

/// A panel of the bundle.
struct Panel {
    id: i64,
    rules: Rules,
    people: Vec<Person>,
}

/// A line of `panel_draws`.
struct Row {
    lottery: String,
    seed: String,
    drand: Option<i64>,
    signature: String,
    ticket: Option<i64>,
}

/// The checks that this component adds to those of a bundle.
///
/// # Errors
/// One sentence when the tables cannot be read.
pub fn verify(opened: &Opened<'_>) -> Result<Vec<Check>, String> {
    let panels = panels(opened)?;
    if panels.is_empty() {
        return Ok(vec![]);
    }
    Ok(vec![
        Check::from_result("letters-of-panels", letters(opened, &panels)),
        Check::from_result("phones-of-panels", numbers(opened, &panels)),
        Check::from_result("pools-of-panels", pools(opened, &panels)),
        Check::from_result("draws-of-panels", draws(opened, &panels)),
        Check::from_result("seats-of-panels", seats(opened, &panels)),
        Check::from_result("recommendations-of-panels", recommendations(opened, &panels)),
        Check::from_result("evaluations-of-panels", evaluations(opened, &panels)),
        Check::from_result("results-of-panels", results(opened, &panels)),
    ])
}

fn panels(opened: &Opened<'_>) -> Result<Vec<Panel>, String> {
    let mut found = vec![];
    for row in opened.sheets.get("activities")?.lines() {
        if row.text("component")? == model::NAME {
            let rules =
                serde_json::from_str(row.text("rules")?).map_err(|e| row.wrong(&format!("rules: {e}")))?;
            found.push(Panel { id: row.int("id")?, rules, people: vec![] });
        }
    }
    if found.is_empty() {
        return Ok(found);
    }
    let mut quotas: BTreeMap<(i64, String, String), (u32, u32)> = BTreeMap::new();
    for row in opened.sheets.get("panel_quotas")?.lines() {
        let seats = |name: &str| {
            u32::try_from(row.int(name)?).map_err(|_| row.wrong(&format!("{name} is no number of seats")))
        };
        let key =
            (row.int("activity_id")?, row.text("category")?.to_owned(), row.text("feature")?.to_owned());
        quotas.insert(key, (seats("min")?, seats("max")?));
    }
    for panel in &mut found {
        // The quotas of the table are those that count: the announced hash is theirs.
        for c in &mut panel.rules.categories {
            for v in &mut c.values {
                let key = (panel.id, c.code.clone(), v.code.clone());
                let of = quotas.remove(&key);
                (v.min, v.max) =
                    of.ok_or_else(|| format!("panel_quotas: «{}» of {} is missing", v.code, c.code))?;
            }
        }
    }
    let mut people: BTreeMap<(i64, String), Person> = BTreeMap::new();
    for row in opened.sheets.get("panel_pool")?.lines() {
        let id = row.text("person")?;
        let one = person(id, row.text("household")?, row.text("seat")?, row.number("round")?);
        if people.insert((row.int("activity_id")?, id.to_owned()), one).is_some() {
            return Err(row.wrong("this person is there twice"));
        }
    }
    for row in opened.sheets.get("panel_answers")?.lines() {
        let key = (row.int("activity_id")?, row.text("person")?.to_owned());
        let person = people.get_mut(&key).ok_or_else(|| row.wrong("this person is not in the pool"))?;
        person.answers.insert(row.text("category")?.to_owned(), row.text("value")?.to_owned());
    }
    for ((id, _), person) in people {
        let panel = found.iter_mut().find(|p| p.id == id);
        panel.ok_or_else(|| format!("panel_pool: activity {id} is no panel"))?.people.push(person);
    }
    Ok(found)
}

/// The leaves of a kind about one panel, in order.
fn leaves<'a>(opened: &'a Opened<'_>, kind: &'a str, panel: &Panel) -> Vec<&'a Act> {
    let id = panel.id;
    opened.acts.of(kind).filter(|a| a.body["activity"].as_i64() == Some(id)).collect()
}

/// The announced draws that were not taken back, in order, by round.
fn announced<'a>(opened: &'a Opened<'_>, panel: &Panel) -> BTreeMap<i64, &'a Act> {
    let mut found: BTreeMap<i64, &Act> = BTreeMap::new();
    let back = leaves(opened, "sortition-taken-back", panel);
    for act in leaves(opened, "sortition-announced", panel) {
        let round = act.body["round"].as_i64().unwrap_or(0);
        let is_back = back.iter().any(|b| b.index > act.index && b.body["round"].as_i64() == Some(round));
        // Announced again after it was taken back: the last one counts.
        if !is_back || found.get(&round).is_some_and(|a| a.index < act.index) {
            found.insert(round, act);
        }
    }
    found
}

fn letters(opened: &Opened<'_>, panels: &[Panel]) -> Result<String, String> {
    let mut count = 0;
    for panel in panels {
        let acts = leaves(opened, "sortition-letters", panel);
        if acts.len() > 1 {
            return Err(format!("activity {}: letters were drawn {} times", panel.id, acts.len()));
        }
        for act in acts {
            let number = |name: &str| act.body[name].as_i64().unwrap_or(0);
            let drawn = letters::numbers(number("frame"), number("letters"), act.text("seed"));
            if letters::numbers_sha256(&drawn) != act.text("numbers_sha256") {
                return Err(format!("{}: its seed does not draw these letters", act.name()));
            }
            count += drawn.len();
        }
    }
    Ok(format!("{count} letters, drawn again from their seeds"))
}

/// The telephone numbers are not in the bundle: what they were drawn from gives them, and they have the hash of the journal.
fn numbers(opened: &Opened<'_>, panels: &[Panel]) -> Result<String, String> {
    let mut count = 0;
    for panel in panels {
        let acts = leaves(opened, "sortition-phones", panel);
        if acts.len() > 1 {
            return Err(format!("activity {}: telephone numbers were drawn {} times", panel.id, acts.len()));
        }
        for act in acts {
            let plan: Plan =
                serde_json::from_value(act.body.clone()).map_err(|e| format!("{}: {e}", act.name()))?;
            let drawn = plan.draw(act.int("count").unwrap_or(0).min(phones::MOST), act.text("seed"));
            if letters::numbers_sha256(&drawn) != act.text("numbers_sha256") {
                return Err(format!("{}: its seed does not draw these numbers", act.name()));
            }
            count += drawn.len();
        }
    }
    Ok(format!("{count} telephone numbers, drawn again from their seeds"))
}

fn pools(opened: &Opened<'_>, panels: &[Panel]) -> Result<String, String> {
    let (mut draws, mut people) = (0, 0);
    for panel in panels {
        let rows: Vec<pool::Row> = panel.people.iter().map(Person::row).collect();
        let (pool, quotas) = Files::new(&panel.rules, &rows).hashes();
        for act in announced(opened, panel).values() {
            if act.text("pool_sha256") != pool {
                return Err(format!("activity {}: the pool is not the one of {}", panel.id, act.name()));
            }
            if act.text("quotas_sha256") != quotas {
                return Err(format!("activity {}: the quotas are not those of {}", panel.id, act.name()));
            }
            draws += 1;
        }
        people += rows.len();
    }
    Ok(format!("{draws} draws, from the pools and quotas announced before ({people} people)"))
}

fn draws(opened: &Opened<'_>, panels: &[Panel]) -> Result<String, String> {
    let (mut count, mut tickets) = (0, 0);
    for panel in panels {
        let mut rows: BTreeMap<i64, Row> = BTreeMap::new();
        for row in opened.sheets.get("panel_draws")?.lines() {
            if row.int("activity_id")? == panel.id {
                let said = Row {
                    lottery: row.text("lottery_sha256")?.to_owned(),
                    seed: row.text("seed")?.to_owned(),
                    drand: row.number("drand_round")?,
                    signature: row.text("drand_signature")?.to_owned(),
                    ticket: row.number("ticket")?,
                };
                rows.insert(row.int("round")?, said);
            }
        }
        let announced = announced(opened, panel);
        if let Some(round) = rows.keys().find(|r| !announced.contains_key(r)) {
            return Err(format!("activity {}: draw {round} was not announced in the journal", panel.id));
        }
        for (round, announcement) in announced {
            let name = format!("activity {}, draw {round}", panel.id);
            let row = rows.get(&round).ok_or_else(|| format!("{name}: not in panel_draws"))?;
            let of = |kind: &'static str| -> Vec<&Act> {
                let all = leaves(opened, kind, panel);
                all.into_iter()
                    .filter(|a| a.index > announcement.index && a.body["round"].as_i64() == Some(round))
                    .collect()
            };
            let (published, drawn) = (of("sortition-lottery"), of("sortition-drawn"));
            if published.len() > 1 || drawn.len() > 1 {
                return Err(format!("{name}: published or drawn more than once"));
            }
            let Some(lottery) = published.first() else {
                if drawn.is_empty() && row.lottery.is_empty() {
                    continue;
                }
                return Err(format!("{name}: drawn from a lottery that the journal does not hold"));
            };
            let checked =
                check(opened, panel, announcement, lottery, round).map_err(|e| format!("{name}: {e}"))?;
            tickets += checked.lottery.len();
            match drawn.first() {
                None if row.seed.is_empty() => {}
                None => return Err(format!("{name}: its seed is not in the journal")),
                Some(act) => {
                    replayed(panel, &checked, lottery, act, row, round)
                        .map_err(|e| format!("{name}: {e}"))?;
                    beacon(announcement, lottery, act, row).map_err(|e| format!("{name}: {e}"))?;
                    count += 1;
                }
            }
        }
    }
    Ok(format!("{count} draws replayed from their seeds; {tickets} tickets meet the quotas"))
}

/// A seed that comes from a round of drand is the one announced; its signature holds; the lottery was published before it.
fn beacon(announcement: &Act, lottery: &Act, act: &Act, row: &Row) -> Result<(), String> {
    let round = drand::round_of(&announcement.body);
    if row.drand != round || row.signature != act.text("signature") {
        return Err("its round of drand or its signature is not the one of the journal".to_owned());
    }
    let Some(round) = round else { return Ok(()) };
    let beacon = Beacon::read(round, &row.signature).map_err(|e| format!("round {round} of drand: {e}"))?;
    if beacon.seed() != row.seed {
        return Err(format!("its seed is not the one that round {round} of drand gives"));
    }
    if lottery.at >= drand::moment_of(round) {
        return Err(format!("{} came after round {round} of drand", lottery.name()));
    }
    Ok(())
}

/// The lottery is the file that the journal hashes, and holds against the pool and the quotas.
fn check(
    opened: &Opened<'_>,
    panel: &Panel,
    announcement: &Act,
    lottery: &Act,
    round: i64,
) -> Result<Published, String> {
    let file = |name: String| {
        let path = format!("results/{name}");
        let bytes = opened.files.read(&path).map(|b| b.to_vec());
        bytes.ok_or_else(|| format!("{path} is missing"))
    };
    let bytes = file(lottery_name(panel.id, round))?;
    if sha256_hex(&bytes) != lottery.text("lottery_sha256") {
        return Err(format!("its lottery is not the one of {}", lottery.name()));
    }
    if sha256_hex(&file(proof_name(panel.id, round))?) != lottery.text("proof_sha256") {
        return Err(format!("its proof is not the one of {}", lottery.name()));
    }
    let published: Published = serde_json::from_slice(&bytes).map_err(|e| format!("its lottery: {e}"))?;
    let rows: Vec<pool::Row> = panel.people.iter().map(Person::row).collect();
    let seats = announcement.body["seats"].as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    let households = announcement.body["households"].as_bool().unwrap_or(false);
    let list = |name: &str| -> Vec<String> {
        let all = announcement.body[name].as_array();
        all.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let problem = Files::new(&panel.rules, &rows).problem(seats, households);
    let problem =
        problem.and_then(|p| pool::left(p, &list("accepted"), &list("gone"))).map_err(|e| e.to_string())?;
    match published.check(&problem).into_iter().find(|c| !c.ok) {
        Some(check) => Err(check.detail),
        None => Ok(published),
    }
}

/// The seed draws the ticket, and its people are those who sat down.
fn replayed(
    panel: &Panel,
    published: &Published,
    lottery: &Act,
    act: &Act,
    row: &Row,
    round: i64,
) -> Result<(), String> {
    let (seed, ticket) = (row.seed.as_str(), row.ticket);
    if act.index < lottery.index || act.text("lottery_sha256") != lottery.text("lottery_sha256") {
        return Err(format!("{} does not follow {}", act.name(), lottery.name()));
    }
    if act.text("seed") != seed {
        return Err(format!("its seed is not the one of {}", act.name()));
    }
    let place = published.draw(seed).map_err(|e| e.to_string())?;
    let number = i64::try_from(place).unwrap_or(-1) + 1;
    if ticket != Some(number) || act.body["ticket"].as_i64() != Some(number) {
        return Err(format!("its seed draws ticket {number}, which is not the one published"));
    }
    let drawn: BTreeSet<&str> =
        published.lottery.get(place).into_iter().flat_map(|t| &t.panel).map(String::as_str).collect();
    let said: BTreeSet<&str> =
        act.body["panel"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    // Somebody drawn in this round whose seat came back in a later one is of the later one: there is none, since those who
    // decline leave the pool.
    let sat: BTreeSet<&str> =
        panel.people.iter().filter(|p| p.round == Some(round)).map(|p| p.pseudonym.as_str()).collect();
    if drawn != said || drawn != sat {
        return Err(format!("the people of ticket {number} are not those who were seated"));
    }
    Ok(())
}

/// What became of each seat is what the journal says last.
fn seats(opened: &Opened<'_>, panels: &[Panel]) -> Result<String, String> {
    let mut count = 0;
    for panel in panels {
        let mut last: BTreeMap<&str, &str> = BTreeMap::new();
        for act in opened.acts.iter().filter(|a| a.body["activity"].as_i64() == Some(panel.id)) {
            match act.kind.as_str() {
                "sortition-drawn" => {
                    let all = act.body["panel"].as_array().into_iter().flatten().filter_map(Value::as_str);
                    last.extend(all.map(|p| (p, "drawn")));
                }
                "sortition-seat" => {
                    last.insert(act.text("person"), act.text("seat"));
                }
                _ => {}
            }
        }
        for person in &panel.people {
            let said = last.get(person.pseudonym.as_str()).copied().unwrap_or("");
            if person.seat.code() != said {
                let (id, has) = (&person.pseudonym, person.seat.code());
                return Err(format!("panel_pool: {id} is «{has}», the journal says «{said}»"));
            }
            count += usize::from(person.seat != Seat::None);
        }
    }
    Ok(format!("{count} seats, as the journal says"))
}

/// Votes and official answers are the last that the journal says.
fn recommendations(opened: &Opened<'_>, panels: &[Panel]) -> Result<String, String> {
    let ids: Vec<i64> = panels.iter().map(|p| p.id).collect();
    let votes = opened.acts.last_by(&["sortition-votes"], "recommendation");
    let answers = opened.acts.last_by(&["sortition-answer"], "recommendation");
    let mut count = 0;
    for row in opened.sheets.get("panel_recommendations")?.lines() {
        if !ids.contains(&row.int("activity_id")?) {
            return Err(row.wrong("it is of no panel"));
        }
        let id = row.int("id")?;
        let said = row.number("votes_for")?;
        match (votes.get(&id), said) {
            (None, None) => continue,
            (Some(act), Some(_)) => {
                let both = |name: &str| -> Result<Localized, String> { row.both(name) };
                let text = format!("{}\n{}", both("title")?.to_json(), both("body")?.to_json());
                let same = act.text("text_sha256") == sha256_hex(text.as_bytes())
                    && [("for", "votes_for"), ("against", "votes_against"), ("abstain", "votes_abstain")]
                        .iter()
                        .all(|(leaf, column)| act.body[*leaf].as_i64() == row.number(column).ok().flatten());
                if !same {
                    return Err(row.wrong(&format!("its votes or its text are not those of {}", act.name())));
                }
            }
            _ => return Err(row.wrong("its votes and those of the journal do not agree")),
        }
        let status = row.text("status")?;
        let answered = answers.get(&id);
        let same = match answered {
            None => status.is_empty(),
            Some(act) => {
                act.text("status") == status
                    && act.text("answer_sha256") == sha256_hex(row.both("answer")?.to_json().as_bytes())
            }
        };
        if !same {
            return Err(row.wrong("its official answer is not the one of the journal"));
        }
        count += 1;
    }
    Ok(format!("{count} recommendations, voted and answered as the journal says"))
}

/// The totals of what members think are those of the journal, and every answer has a mark for each statement.
fn evaluations(opened: &Opened<'_>, panels: &[Panel]) -> Result<String, String> {
    let mut tables: BTreeMap<i64, (i64, Map<String, Value>)> = BTreeMap::new();
    for row in opened.sheets.get("panel_evaluation")?.lines() {
        let mut marks = vec![];
        for name in ["n1", "n2", "n3", "n4", "n5"] {
            marks.push(row.int(name)?);
        }
        let answers = row.int("answers")?;
        if marks.iter().any(|n| *n < 0)
            || marks.iter().try_fold(0_i64, |a, n| a.checked_add(*n)) != Some(answers)
        {
            return Err(row.wrong("its marks do not add up to its answers"));
        }
        let of = tables.entry(row.int("activity_id")?).or_insert_with(|| (answers, Map::new()));
        of.1.insert(row.text("statement")?.to_owned(), json!(marks));
    }
    let mut count = 0;
    for panel in panels {
        let acts = leaves(opened, "sortition-evaluation", panel);
        let said = acts.first().map(|a| (a.int("answers").unwrap_or(0), a.body["totals"].clone()));
        let has = tables.remove(&panel.id).map(|(answers, totals)| (answers, Value::Object(totals)));
        if acts.len() > 1 || said != has {
            return Err(format!("activity {}: its totals are not those of the journal", panel.id));
        }
        count += has.map_or(0, |(answers, _)| answers);
    }
    match tables.keys().next() {
        Some(id) => Err(format!("panel_evaluation: activity {id} is no panel")),
        None => Ok(format!("{count} members said what they think; the totals are those of the journal")),
    }
}

/// The published results are what the tables give.
fn results(opened: &Opened<'_>, panels: &[Panel]) -> Result<String, String> {
    let published = opened.acts.last_by(&["results-published"], "activity");
    let mut count = 0;
    for panel in panels.iter().filter(|p| published.contains_key(&p.id)) {
        let name = format!("results/activity-{}-published.json", panel.id);
        let bytes = opened.files.read(&name).ok_or_else(|| format!("{name} is missing"))?;
        let said: Value = serde_json::from_slice(&bytes).map_err(|e| format!("{name}: {e}"))?;
        // Seats change after a publication; what was published is what they were then. Draws never change.
        let draws = said["draws"].as_array().cloned().unwrap_or_default();
        for draw in &draws {
            let round = draw["round"].as_i64();
            let acts = leaves(opened, "sortition-drawn", panel);
            let act = acts.into_iter().find(|a| a.body["round"].as_i64() == round);
            let act = act.ok_or_else(|| format!("{name}: a draw that the journal does not hold"))?;
            if act.body["seed"] != draw["seed"] || act.body["ticket"] != draw["ticket"] {
                return Err(format!("{name}: a draw is not the one of {}", act.name()));
            }
        }
        let act = published.get(&panel.id).map_or(0, |a| a.index);
        let changed = leaves(opened, "sortition-seat", panel)
            .iter()
            .chain(&leaves(opened, "sortition-drawn", panel))
            .any(|a| a.index > act);
        if !changed {
            let composition = serde_json::to_value(composition_of(&panel.rules, &panel.people))
                .map_err(|e| e.to_string())?;
            let members = serde_json::to_value(members_of(&panel.people)).map_err(|e| e.to_string())?;
            if said["composition"] != composition || said["members"] != members {
                return Err(format!("{name}: its composition is not what the pool gives"));
            }
        }
        count += 1;
    }
    Ok(format!("{count} published results, counted again"))
}
