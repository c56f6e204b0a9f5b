//! The acts of a panel: announcing a draw, drawing from a seed, seats, erasing names. Letters are in `letters`, the lottery in
//! `lottery`.
//!
//! A draw has three moments, each a leaf of the journal, in this order: what it starts from (`sortition-announced`), its lottery
//! (`sortition-lottery`), its seed and its ticket (`sortition-drawn`). The lottery is published before the seed exists, so nobody can
//! choose one to suit the other. What would change any of it afterwards is refused, and the refusal is a leaf too.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use parvis_civic::journal::{self, Leaf};
use parvis_civic::process::{Activity, Moment};
use parvis_civic::{Error, process};
use parvis_core::{Clock, Millis};
use parvis_ops::{Worker, jobs, mail};
use parvis_sortition::{Published, TICKETS};
use parvis_store::{Store, Tx, boxed};
use parvis_transparency::canonical;
use serde_json::json;

use crate::drand::{self, Beacon};
use crate::model::{Rules, Seat, SeedFrom, Stage};
use crate::pool::Files;
use crate::store::{self, Person};
use crate::{lottery, mails};

/// The program that drew, as the journal names it.
pub const PROGRAM: &str = concat!("parvis ", env!("CARGO_PKG_VERSION"));

/// How long before its moment a round of drand is named, in milliseconds: the lottery is published in between.
pub(crate) const AHEAD: Millis = 600_000;

/// Whether the pool, the quotas and the rules are published: they no longer change.
pub(crate) async fn is_sealed(tx: &mut Tx<'_>, activity_id: i64) -> Result<bool, Error> {
    Ok(!store::rounds(tx, activity_id).await?.is_empty())
}

/// Whether something sealed by the first announcement may still change. A refusal is journaled: commit the transaction.
pub(crate) async fn may_change(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    what: &str,
) -> Result<bool, Error> {
    if !is_sealed(tx, activity_id).await? {
        return Ok(true);
    }
    refused(tx, now, activity_id, what).await?;
    Ok(false)
}

/// Notes in the journal that somebody tried to change what is published.
pub(crate) async fn refused(tx: &mut Tx<'_>, now: Millis, activity_id: i64, what: &str) -> Result<(), Error> {
    let body = json!({ "activity": activity_id, "what": what });
    journal::write(tx, now, Leaf::new("sortition-refused").object("activity", activity_id).body(body))
        .await?;
    Ok(())
}

/// The numbers of the households that have several members among these people, by the text that tells them apart.
fn homes(people: &[Person]) -> BTreeMap<String, String> {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for p in people.iter().filter(|p| !p.household.is_empty()) {
        *sizes.entry(&p.household).or_default() += 1;
    }
    let mut found = BTreeMap::new();
    // People come in the order of their pseudonyms, which are random: so are the numbers.
    for p in people.iter().filter(|p| sizes.get(p.household.as_str()).is_some_and(|n| *n > 1)) {
        let next = format!("h{}", found.len() + 1);
        found.entry(p.household.clone()).or_insert(next);
    }
    found
}

/// Publishes what the next draw starts from, and has its lottery computed: the first draw seals the pool and the rules;
/// those that follow fill the seats that are left. Gives the number of the draw. The first draw takes place when the rules say;
/// `draw_at` says when those that follow do, which a round of drand needs.
///
/// # Errors
/// [`Error::Conflict`] when something is missing, open or under way; the database.
pub(crate) async fn announce(
    tx: &mut Tx<'_>,
    now: Millis,
    activity: &Activity,
    draw_at: Option<Millis>,
) -> Result<i64, Error> {
    let id = activity.id;
    let rules = Rules::of(activity);
    if let Some(key) = rules.missing().first() {
        return Err(Error::Conflict(key));
    }
    if activity.moment(now) != Moment::After {
        return Err(Error::Conflict("panel-draw-open"));
    }
    let rounds = store::rounds(tx, id).await?;
    if rounds.last().is_some_and(|r| r.stage() != Stage::Drawn) {
        return Err(Error::Conflict("panel-draw-under-way"));
    }
    let number = i64::try_from(rounds.len()).unwrap_or(0) + 1;
    if rounds.is_empty() {
        let people = store::everybody(tx, id, false).await?;
        if people.is_empty() {
            return Err(Error::Conflict("panel-draw-nobody"));
        }
        let homes = homes(&people);
        for p in &people {
            let home = homes.get(&p.household).map_or("", String::as_str);
            store::set_pooled(tx, p.id, home).await?;
        }
    }
    let people = store::everybody(tx, id, true).await?;
    let of = |seats: &[Seat]| -> Vec<String> {
        people.iter().filter(|p| seats.contains(&p.seat)).map(|p| p.pseudonym.clone()).collect()
    };
    if !of(&[Seat::Drawn]).is_empty() {
        return Err(Error::Conflict("panel-draw-answers"));
    }
    let (accepted, gone) = (of(&[Seat::Accepted]), of(&[Seat::Declined, Seat::Gone]));
    if accepted.len() >= usize::try_from(rules.seats).unwrap_or(0) {
        return Err(Error::Conflict("panel-draw-full"));
    }
    let draw_at = if rounds.is_empty() { rules.draw_at } else { draw_at };
    let drand = match (rules.seed_from, draw_at) {
        (SeedFrom::Room, _) => None,
        (SeedFrom::Drand, None) => return Err(Error::Conflict("panel-missing-draw")),
        (SeedFrom::Drand, Some(at)) if at < now + AHEAD => return Err(Error::Conflict("panel-draw-soon")),
        (SeedFrom::Drand, Some(at)) => Some(drand::round_at(at)),
    };
    let (pool_sha256, quotas_sha256) = files(&rules, &people).hashes();
    let mut body = json!({
        "activity": id, "round": number, "method": rules.method.code(), "seats": rules.seats,
        "households": rules.households, "pool": people.len(), "pool_sha256": pool_sha256,
        "quotas_sha256": quotas_sha256, "accepted": accepted, "gone": gone, "tickets": TICKETS,
        "seed_source": rules.seed_source, "draw_at": draw_at, "seconds": rules.seconds(), "program": PROGRAM,
    });
    if let Some(round) = drand {
        body["drand"] = drand::named(round);
    }
    let text = canonical::to_text(&body).map_err(|e| Error::Journal(e.to_string()))?;
    store::announce(tx, now, id, number, &text).await?;
    process::record_moments(tx, now).await?;
    journal::write(tx, now, Leaf::new("sortition-announced").object("activity", id).body(body)).await?;
    let job = json!({ "activity": id, "round": number });
    jobs::enqueue(tx, now, lottery::JOB, &job, now, None).await?;
    Ok(number)
}

/// Takes back an announced draw whose lottery could not be computed: quotas may be mended then.
///
/// # Errors
/// [`Error::Conflict`] when it did not fail; the database.
pub(crate) async fn take_back(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    number: i64,
) -> Result<(), Error> {
    if !store::take_back(tx, activity_id, number).await? {
        return Err(Error::Conflict("panel-draw-under-way"));
    }
    if number == 1 {
        store::unpool(tx, activity_id).await?;
    }
    let body = json!({ "activity": activity_id, "round": number });
    journal::write(tx, now, Leaf::new("sortition-taken-back").object("activity", activity_id).body(body))
        .await?;
    Ok(())
}

/// The published files of these people.
pub(crate) fn files(rules: &Rules, people: &[Person]) -> Files {
    Files::new(rules, &people.iter().map(Person::row).collect::<Vec<_>>())
}

/// What a ticket is drawn with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Seed {
    /// What came out of the announced source, in words.
    Said(String),
    /// The announced round of drand, its signature verified.
    Round(Beacon),
}

impl Seed {
    /// As it is published.
    fn text(&self) -> String {
        match self {
            Self::Said(text) => text.clone(),
            Self::Round(beacon) => beacon.seed(),
        }
    }

    /// The round of drand.
    fn drand(&self) -> Option<&Beacon> {
        match self {
            Self::Said(_) => None,
            Self::Round(beacon) => Some(beacon),
        }
    }
}

/// What came of a seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Drawn {
    /// The ticket of this number, from 1.
    Ticket(i64),
    /// There was a seed already: refused, and journaled.
    Refused,
}

/// Draws a ticket of a published lottery. A second seed is refused and the refusal journaled: commit the transaction.
///
/// # Errors
/// [`Error::Conflict`] before the lottery is published; the database.
pub(crate) async fn draw(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    number: i64,
    seed: &Seed,
) -> Result<Drawn, Error> {
    let (text, beacon) = (seed.text(), seed.drand());
    let seed = text.as_str();
    let round = store::round(tx, activity_id, number).await?.ok_or(Error::NotFound)?;
    match round.stage() {
        Stage::Drawn => {
            if round.seed.as_deref() != Some(seed) {
                refused(tx, now, activity_id, "seed").await?;
            }
            return Ok(Drawn::Refused);
        }
        Stage::Ready => {}
        Stage::Announced | Stage::Failed => return Err(Error::Conflict("panel-draw-not-ready")),
    }
    if round.drand() != beacon.map(Beacon::round) {
        return Err(Error::Conflict("panel-drand-other"));
    }
    let signature = beacon.map(Beacon::signature);
    let (lottery, _) = store::lottery(tx, activity_id, number).await?.ok_or(Error::NotFound)?;
    let published: Published = serde_json::from_str(&lottery).map_err(|e| Error::Internal(e.to_string()))?;
    let place = published.draw(seed).map_err(|e| Error::Internal(e.to_string()))?;
    let ticket = i64::try_from(place).unwrap_or(0) + 1;
    if !store::set_drawn(tx, now, activity_id, number, seed, signature, ticket).await? {
        return Err(Error::Conflict("panel-draw-already"));
    }
    let panel = published.lottery.get(place).map(|t| t.panel.clone()).unwrap_or_default();
    for pseudonym in &panel {
        if !store::seat_drawn(tx, activity_id, pseudonym, number).await? {
            return Err(Error::Internal(format!("«{pseudonym}» is on a ticket and not in the pool")));
        }
    }
    let mut body = json!({
        "activity": activity_id, "round": number, "seed": seed, "ticket": ticket, "panel": panel,
        "lottery_sha256": round.lottery_sha256,
    });
    if let Some(signature) = signature {
        body["signature"] = signature.into();
    }
    journal::write(tx, now, Leaf::new("sortition-drawn").object("activity", activity_id).body(body)).await?;
    Ok(Drawn::Ticket(ticket))
}

/// Notes what became of somebody's seat: they accept, decline, leave; public by pseudonym.
///
/// # Errors
/// [`Error::Conflict`] when there is no way from one to the other; the database.
pub(crate) async fn seat(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    person: &Person,
    next: Seat,
) -> Result<(), Error> {
    if !person.seat.may_become(next) {
        return Err(Error::Conflict("panel-seat-no-way"));
    }
    store::set_seat(tx, person.id, next, None).await?;
    let body = json!({ "activity": activity_id, "person": person.pseudonym, "seat": next.code() });
    journal::write(tx, now, Leaf::new("sortition-seat").object("activity", activity_id).body(body)).await?;
    Ok(())
}

/// The seed that somebody typed, a piece a line; none when it is empty or too long.
pub(crate) fn typed_seed(text: &str) -> Option<String> {
    Some(seed(text.lines())).filter(|seed| !seed.is_empty() && seed.chars().count() <= 400)
}

/// A seed of several pieces (dice, numbers, witnesses' words), as it is published: spaces made single, pieces joined in
/// their order. Empty when nothing was given.
pub(crate) fn seed<'p>(pieces: impl Iterator<Item = &'p str>) -> String {
    let tidy = |p: &str| p.split_whitespace().collect::<Vec<_>>().join(" ");
    pieces.map(tidy).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" + ")
}

/// Erases what names people, once; the leaf says how many rows.
pub(crate) async fn erase(tx: &mut Tx<'_>, now: Millis, activity_id: i64) -> Result<(), Error> {
    if store::panel(tx, activity_id).await?.erased_at.is_some() {
        return Ok(());
    }
    for contact in store::contacts(tx, activity_id).await? {
        mail::forget_kind(tx, &contact, mails::KIND).await?;
    }
    let [volunteers, letters, phones] = store::erase(tx, now, activity_id).await?;
    let body =
        json!({ "activity": activity_id, "volunteers": volunteers, "frame": letters, "phones": phones });
    journal::write(tx, now, Leaf::new("sortition-erased").object("activity", activity_id).body(body)).await?;
    Ok(())
}

/// Erases the names of every panel whose date has come.
///
/// # Errors
/// The database.
pub async fn erase_due(db: &Store, now: Millis) -> Result<(), Error> {
    let all = db.read(|tx| boxed(async move { store::not_erased(tx).await })).await?;
    for (id, rules) in all {
        let rules: Rules = serde_json::from_str(&rules).unwrap_or_default();
        if !rules.keeps(now) {
            let limit = Duration::from_secs(60);
            db.write_within(limit, move |tx| boxed(async move { erase(tx, now, id).await })).await?;
        }
    }
    Ok(())
}

/// Has lotteries computed, and names erased every hour.
#[must_use]
pub fn register(worker: Worker, db: &Store, clock: &Arc<dyn Clock>) -> Worker {
    let (of, time) = (db.clone(), Arc::clone(clock));
    let worker = worker.on(lottery::JOB, move |job| lottery::compute(of.clone(), Arc::clone(&time), job));
    let of = db.clone();
    worker.every("panel-erase", 3_600_000, move |job| {
        let of = of.clone();
        async move { erase_due(&of, job.now).await }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_its_pieces_in_order() {
        assert_eq!(seed(["  3 5  1", "", "pont\u{a0}neuf"].into_iter()), "3 5 1 + pont neuf");
        assert_eq!(seed([" ", ""].into_iter()), "");
    }
}
