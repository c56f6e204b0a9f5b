//! People who vote, online and on paper: what every formal vote of the demonstration shares.

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use parvis_ballotbox::code::{Code, Secret};
use parvis_ballotbox::roll::{self, Line};
use parvis_ballotbox::seal::Seal;
use parvis_ballotbox::vote::{self, Slip};
use parvis_ballotbox::{Rules, close, desk, paper};
use parvis_civic::account::Participant;
use parvis_civic::process::{self, Activity};
use parvis_core::{Millis, Role};
use parvis_store::Tx;
use serde_json::Value;

use super::scene::People;

/// First names and last names from which the people of the stall are made up.
const FIRST: [&str; 24] = [
    "Adèle",
    "Ahmed",
    "Alice",
    "Aminata",
    "Basile",
    "Blanche",
    "Camille",
    "Clément",
    "Djibril",
    "Éloïse",
    "Farid",
    "Gaspard",
    "Hélène",
    "Iris",
    "Joël",
    "Léontine",
    "Mahaut",
    "Nour",
    "Octave",
    "Pauline",
    "Rosa",
    "Sacha",
    "Théo",
    "Violette",
];
const LAST: [&str; 17] = [
    "Aubépin",
    "Bréhaut",
    "Chantelune",
    "Dubosquet",
    "Estrelle",
    "Fontanier",
    "Grandpré",
    "Houblon",
    "Jolivert",
    "Lacombière",
    "Marchepied",
    "Noirétable",
    "Ormeval",
    "Pâquerot",
    "Quatrebarbes",
    "Rivoire",
    "Tournebroche",
];

/// Which of these leanings the `n`th person has, by their weights.
pub fn lean<L>(leanings: &[L], weight: impl Fn(&L) -> usize, n: usize) -> Option<&L> {
    let total: usize = leanings.iter().map(&weight).sum();
    let mut place = (n * 7 + n / total.max(1)) % total.max(1);
    leanings.iter().find(|leaning| match place.checked_sub(weight(leaning)) {
        Some(rest) => {
            place = rest;
            false
        }
        None => true,
    })
}

/// The people of a vote, online and on paper, in an order that mixes both.
#[derive(Debug, Clone)]
pub struct Electors {
    /// Those who vote online, by their key.
    pub online: Vec<String>,
    /// How many vote on paper.
    pub paper: usize,
}

impl Electors {
    /// How many vote.
    pub fn count(&self) -> usize {
        self.online.len() + self.paper
    }

    /// The `n`th, when they vote online and have an account.
    pub fn online<'p>(&self, n: usize, people: &'p People) -> Option<&'p Participant> {
        let every = (self.count() / self.online.len().max(1)).max(1);
        let key = if n.is_multiple_of(every) { self.online.get(n / every) } else { None };
        key.and_then(|key| people.get(key))
    }
}

/// The two agents who key the sheets.
///
/// # Errors
/// When one of them has not joined.
pub fn agents(people: &People) -> Result<[i64; 2]> {
    let agent = |role: Role| people.values().find(|p| p.role == role).map(|p| p.id).context("no agent");
    Ok([agent(Role::Moderator)?, agent(Role::Editor)?])
}

/// The ballot box of one vote, and the sheets that were printed for it.
#[derive(Debug)]
pub struct Urn {
    activity: i64,
    rules: Rules,
    content: Value,
    sheets: Vec<Code>,
    /// What was written on the sheets that are in the urn.
    written: Vec<Value>,
}

impl Urn {
    /// An empty box. `content` is what the component seals.
    pub fn new(activity: i64, rules: Rules, content: Value) -> Self {
        Self { activity, rules, content, sheets: vec![], written: vec![] }
    }

    async fn activity(&self, tx: &mut Tx<'_>) -> Result<Activity> {
        process::activity(tx, self.activity).await?.context("no such vote")
    }

    /// Prints sheets.
    pub async fn print(&mut self, tx: &mut Tx<'_>, at: Millis, size: usize) -> Result<()> {
        let (_, codes) = paper::print(tx, at, self.activity, size).await?;
        self.sheets.extend(codes);
        Ok(())
    }

    /// Somebody votes: online, or at the stall when nobody is named.
    pub async fn vote(
        &mut self,
        tx: &mut Tx<'_>,
        at: Millis,
        zone: &TimeZone,
        who: Option<&Participant>,
        ballot: Value,
    ) -> Result<()> {
        match who {
            Some(who) => self.online(tx, at, zone, who, &ballot).await,
            None => self.on_paper(tx, at, zone, ballot).await,
        }
    }

    /// Somebody votes online.
    async fn online(
        &self,
        tx: &mut Tx<'_>,
        at: Millis,
        zone: &TimeZone,
        who: &Participant,
        ballot: &Value,
    ) -> Result<()> {
        let activity = self.activity(tx).await?;
        let seal = Seal { activity: &activity, rules: &self.rules, content: &self.content };
        let slip = Slip { ballot, secret: &Secret::random() };
        vote::cast(tx, at, &seal, who, day(at, zone)?, &slip).await?;
        Ok(())
    }

    /// Somebody comes to the stall, gives their name, and puts a sheet in the urn.
    async fn on_paper(&mut self, tx: &mut Tx<'_>, at: Millis, zone: &TimeZone, ballot: Value) -> Result<()> {
        let activity = self.activity(tx).await?;
        let seal = Seal { activity: &activity, rules: &self.rules, content: &self.content };
        let n = self.written.len();
        let line = Line {
            number: format!("M{:03}", n + 1),
            first_name: FIRST[(n * 7) % FIRST.len()].to_owned(),
            last_name: LAST[(n * 5 + n / FIRST.len()) % LAST.len()].to_owned(),
            ..Line::default()
        };
        let voter = roll::register(tx, self.activity, &self.rules, &line).await?;
        desk::sign_paper(tx, at, &seal, voter, day(at, zone)?).await?;
        self.written.push(ballot);
        Ok(())
    }

    /// Two agents key the sheets of the urn, from `from` (included) to `to`; they agree on each.
    pub async fn key(
        &self,
        tx: &mut Tx<'_>,
        at: Millis,
        agents: [i64; 2],
        from: usize,
        to: usize,
    ) -> Result<()> {
        let activity = self.activity(tx).await?;
        for (code, ballot) in self.sheets.iter().zip(&self.written).take(to).skip(from) {
            let typed = code.to_string();
            for agent in agents {
                paper::enter(tx, &activity, at, &self.rules, agent, &typed, Some(ballot)).await?;
            }
        }
        Ok(())
    }

    /// Closes the box.
    pub async fn close(&self, tx: &mut Tx<'_>, at: Millis) -> Result<()> {
        let activity = self.activity(tx).await?;
        close::close(tx, at, &activity).await?;
        Ok(())
    }
}

fn day(at: Millis, zone: &TimeZone) -> Result<jiff::civil::Date> {
    Ok(Timestamp::from_millisecond(at)?.to_zoned_datetime(zone.clone()).date())
}
