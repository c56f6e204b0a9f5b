//! The acts of a panel: drawing letters, announcing a draw, computing its lottery, drawing from a seed, erasing names.
//!
//! A draw has three moments, each a leaf of the journal, in this order: what it starts from (`sortition-announced`), its lottery
//! (`sortition-lottery`), its seed and its ticket (`sortition-drawn`). The lottery is published before the seed exists, so nobody can
//! choose one to suit the other. What would change any of it afterwards is refused, and the refusal is a leaf too.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use parvis_civic::journal::{self, Leaf, sha256_hex};
use parvis_civic::process::{Activity, Moment};
use parvis_civic::{Error, process};
use parvis_core::{Clock, Millis};
use parvis_ops::jobs::Job;
use parvis_ops::{Worker, jobs};
use parvis_sortition::{Chance, NoLottery, Published, TICKETS};
use parvis_store::{Store, Tx, boxed};
use parvis_transparency::canonical;
use serde_json::{Value, json};

use crate::model::{Rules, Seat, Stage};
use crate::pool::{self, Files};
use crate::store::{self, Person, Round};

/// The program that drew, as the journal names it.
pub const PROGRAM: &str = concat!("parvis ", env!("CARGO_PKG_VERSION"));

/// The kind of job that computes a lottery.
const JOB: &str = "draw-lottery";

/// How long a lottery may be computed, in milliseconds of the clock: less than a job may last. The best one found by then
/// is published, with how far it may be from the fairest.
const LIMIT: Millis = 200_000;

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

/// The lines of a frame that get a letter: `letters` of `lines`, in the order of the draw. Anybody who knows both numbers
/// and the seed finds the same (the generator is that of `parvis_sortition`).
pub fn letters(lines: i64, letters: i64, seed: &str) -> Vec<i64> {
    let mut all: Vec<i64> = (1..=lines).collect();
    let mut chance = Chance::new(seed);
    let count = usize::try_from(letters).unwrap_or(0).min(all.len());
    for place in 0..count {
        let left = u64::try_from(all.len() - place).unwrap_or(1);
        let other = place + usize::try_from(chance.below(left)).unwrap_or(0);
        all.swap(place, other);
    }
    all.truncate(count);
    all
}

/// The SHA-256 of the numbers drawn, one a line.
pub(crate) fn numbers_sha256(numbers: &[i64]) -> String {
    let text: String = numbers.iter().map(|n| format!("{n}\n")).collect();
    sha256_hex(text.as_bytes())
}

/// Draws the letters of a frame, once.
///
/// # Errors
/// [`Error::Conflict`] without a frame, or when they were drawn; the database.
pub(crate) async fn draw_letters(
    tx: &mut Tx<'_>,
    now: Millis,
    activity_id: i64,
    count: i64,
    seed: &str,
) -> Result<(), Error> {
    let panel = store::panel(tx, activity_id).await?;
    if panel.letters_at.is_some() {
        return Err(Error::Conflict("panel-letters-already"));
    }
    if panel.frame_lines == 0 {
        return Err(Error::Conflict("panel-letters-no-frame"));
    }
    let numbers = letters(panel.frame_lines, count, seed);
    store::set_letters(tx, now, activity_id, &numbers, seed).await?;
    let body = json!({
        "activity": activity_id, "frame": panel.frame_lines, "letters": numbers.len(), "seed": seed,
        "numbers_sha256": numbers_sha256(&numbers),
    });
    journal::write(tx, now, Leaf::new("sortition-letters").object("activity", activity_id).body(body))
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
/// those that follow fill the seats that are left. Gives the number of the draw.
///
/// # Errors
/// [`Error::Conflict`] when something is missing, open or under way; the database.
pub(crate) async fn announce(tx: &mut Tx<'_>, now: Millis, activity: &Activity) -> Result<i64, Error> {
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
    let (pool_sha256, quotas_sha256) = files(&rules, &people).hashes();
    let body = json!({
        "activity": id, "round": number, "method": rules.method.code(), "seats": rules.seats,
        "households": rules.households, "pool": people.len(), "pool_sha256": pool_sha256,
        "quotas_sha256": quotas_sha256, "accepted": accepted, "gone": gone, "tickets": TICKETS,
        "seed_source": rules.seed_source, "draw_at": rules.draw_at, "program": PROGRAM,
    });
    let text = canonical::to_text(&body).map_err(|e| Error::Journal(e.to_string()))?;
    store::announce(tx, now, id, number, &text).await?;
    process::record_moments(tx, now).await?;
    journal::write(tx, now, Leaf::new("sortition-announced").object("activity", id).body(body)).await?;
    let job = json!({ "activity": id, "round": number });
    jobs::enqueue(tx, now, JOB, &job, now, None).await?;
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
    seed: &str,
) -> Result<Drawn, Error> {
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
    let (lottery, _) = store::lottery(tx, activity_id, number).await?.ok_or(Error::NotFound)?;
    let published: Published = serde_json::from_str(&lottery).map_err(|e| Error::Internal(e.to_string()))?;
    let place = published.draw(seed).map_err(|e| Error::Internal(e.to_string()))?;
    let ticket = i64::try_from(place).unwrap_or(0) + 1;
    if !store::set_drawn(tx, now, activity_id, number, seed, ticket).await? {
        return Err(Error::Conflict("panel-draw-already"));
    }
    let panel = published.lottery.get(place).map(|t| t.panel.clone()).unwrap_or_default();
    for pseudonym in &panel {
        if !store::seat_drawn(tx, activity_id, pseudonym, number).await? {
            return Err(Error::Internal(format!("«{pseudonym}» is on a ticket and not in the pool")));
        }
    }
    let body = json!({
        "activity": activity_id, "round": number, "seed": seed, "ticket": ticket, "panel": panel,
        "lottery_sha256": round.lottery_sha256,
    });
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
    let (volunteers, letters) = store::erase(tx, now, activity_id).await?;
    let body = json!({ "activity": activity_id, "volunteers": volunteers, "frame": letters });
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
    let worker = worker.on(JOB, move |job| compute(of.clone(), Arc::clone(&time), job));
    let of = db.clone();
    worker.every("panel-erase", 3_600_000, move |job| {
        let of = of.clone();
        async move { erase_due(&of, job.now).await }
    })
}

/// What the thread that computes tells the one that waits, and the other way.
#[derive(Default)]
struct Shared {
    done: AtomicU64,
    panels: AtomicU64,
    stop: AtomicBool,
}

/// Stops the computation when the job is given up.
struct Stops(Arc<Shared>);

impl Drop for Stops {
    fn drop(&mut self) {
        self.0.stop.store(true, Ordering::Release);
    }
}

/// A share in thousandths.
fn thousandths(share: f64) -> u64 {
    format!("{:.0}", share.clamp(0.0, 1.0) * 1000.0).parse().unwrap_or(0)
}

/// Computes and publishes the lottery of a draw. Run twice, it publishes once.
async fn compute(db: Store, clock: Arc<dyn Clock>, job: Job) -> Result<(), Error> {
    let (id, number) =
        (job.payload["activity"].as_i64().unwrap_or(0), job.payload["round"].as_i64().unwrap_or(0));
    let read = db.read(move |tx| {
        boxed(async move {
            let activity = process::activity(tx, id).await?;
            let round = store::round(tx, id, number).await?;
            let people = store::everybody(tx, id, true).await?;
            Ok::<_, Error>(activity.zip(round).map(|(a, r)| (Rules::of(&a), r, people)))
        })
    });
    let Some((rules, round, people)) = read.await? else { return Ok(()) };
    if round.stage() != Stage::Announced {
        return Ok(());
    }
    let shared = Arc::new(Shared::default());
    let _stops = Stops(Arc::clone(&shared));
    let (told, time) = (Arc::clone(&shared), Arc::clone(&clock));
    let mut work = tokio::task::spawn_blocking(move || {
        let from = time.now();
        lottery(&rules, &round, &people, &mut |done, panels| {
            told.done.store(thousandths(done), Ordering::Relaxed);
            told.panels.store(panels, Ordering::Relaxed);
            !told.stop.load(Ordering::Acquire) && time.now() - from < LIMIT
        })
    });
    let mut said = String::new();
    let made = loop {
        tokio::select! {
            made = &mut work => break made.map_err(|e| Error::Internal(e.to_string()))?,
            () = tokio::time::sleep(Duration::from_secs(1)) => {
                let (done, panels) = (shared.done.load(Ordering::Relaxed), shared.panels.load(Ordering::Relaxed));
                let now = json!({ "done": done, "panels": panels }).to_string();
                if now != said {
                    said.clone_from(&now);
                    db.write(move |tx| boxed(async move { store::set_progress(tx, id, number, &now).await })).await?;
                }
            }
        }
    };
    let now = clock.now();
    db.write(move |tx| {
        boxed(async move {
            match made {
                Ok(made) => publish(tx, now, id, number, made).await,
                Err(key) => store::set_failure(tx, id, number, key).await,
            }
        })
    })
    .await
}

/// Computes and publishes the lottery of an announced draw in this transaction: for small pools, and programs that wait.
///
/// # Errors
/// [`Error::Conflict`] with the key of why there is none; the database.
pub(crate) async fn publish_now(
    tx: &mut Tx<'_>,
    now: Millis,
    activity: &Activity,
    number: i64,
) -> Result<(), Error> {
    let round = store::round(tx, activity.id, number).await?.ok_or(Error::NotFound)?;
    let people = store::everybody(tx, activity.id, true).await?;
    let made = lottery(&Rules::of(activity), &round, &people, &mut |_, _| true).map_err(Error::Conflict)?;
    publish(tx, now, activity.id, number, made).await
}

/// A lottery, as its files.
struct Made {
    lottery: String,
    proof: String,
    tickets: usize,
    is_optimal: bool,
}

async fn publish(tx: &mut Tx<'_>, now: Millis, id: i64, number: i64, made: Made) -> Result<(), Error> {
    let sha256 = sha256_hex(made.lottery.as_bytes());
    if !store::set_lottery(tx, now, id, number, &made.lottery, &sha256, &made.proof).await? {
        return Ok(());
    }
    let body = json!({
        "activity": id, "round": number, "lottery_sha256": sha256,
        "proof_sha256": sha256_hex(made.proof.as_bytes()), "tickets": made.tickets, "optimal": made.is_optimal,
    });
    journal::write(tx, now, Leaf::new("sortition-lottery").object("activity", id).body(body)).await?;
    Ok(())
}

/// The lottery of an announced draw, from the very files that were published; or the key of why there is none.
fn lottery(
    rules: &Rules,
    round: &Round,
    people: &[Person],
    go_on: &mut dyn FnMut(f64, u64) -> bool,
) -> Result<Made, &'static str> {
    let files = files(rules, people);
    let (pool, quotas) = files.hashes();
    let announced = |name: &str| round.announcement[name].as_str().unwrap_or_default().to_owned();
    if pool != announced("pool_sha256") || quotas != announced("quotas_sha256") {
        return Err("panel-failure-changed");
    }
    let problem = files.problem(rules.seats, rules.households);
    let problem = problem.and_then(|p| pool::left(p, &round.list("accepted"), &round.list("gone")));
    let problem = problem.map_err(|_| "panel-failure-pool")?;
    let mut report = |step: parvis_sortition::Step| go_on(step.done, u64::try_from(step.panels).unwrap_or(0));
    let lottery = problem.lottery(rules.method, TICKETS, &mut report).map_err(|e| match e {
        NoLottery::NoPanel => "panel-failure-quotas",
        NoLottery::Stopped => "panel-failure-time",
        NoLottery::GreedyFailed { .. } => "panel-failure-greedy",
        NoLottery::Trouble => "panel-failure-numbers",
    })?;
    let text = |value: &Value| serde_json::to_string(value).map_err(|_| "panel-failure-numbers");
    Ok(Made {
        lottery: text(&problem.answer(&lottery, None, None))?,
        proof: text(&problem.proofs(&lottery))?,
        tickets: lottery.tickets.len(),
        is_optimal: lottery.quality.is_optimal,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_drawn_by_the_seed_alone() {
        let drawn = letters(1000, 50, "dés : 3 5 1");
        assert_eq!(drawn, letters(1000, 50, "dés : 3 5 1"));
        assert_ne!(drawn, letters(1000, 50, "dés : 3 5 2"));
        let mut sorted = drawn.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(
            (sorted.len(), *sorted.first().unwrap() >= 1, *sorted.last().unwrap() <= 1000),
            (50, true, true)
        );
        let mut all = letters(7, 99, "x");
        all.sort_unstable();
        assert_eq!(all, [1, 2, 3, 4, 5, 6, 7]);
        // Fewer letters are the first of more: a second sending continues the first.
        assert_eq!(letters(1000, 80, "s")[..50], letters(1000, 50, "s"));
    }

    #[test]
    fn a_seed_is_its_pieces_in_order() {
        assert_eq!(seed(["  3 5  1", "", "pont\u{a0}neuf"].into_iter()), "3 5 1 + pont neuf");
        assert_eq!(seed([" ", ""].into_iter()), "");
    }
}
