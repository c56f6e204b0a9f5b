//! The box on both engines: one signature, one ballot, no join, sealed rules, paper, closing, verification.

mod bundle;
mod paper;
mod race;
mod secrecy;
mod voting;

use jiff::civil::{Date, date};
use parvis_civic::Error;
use parvis_civic::account::Participant;
use parvis_civic::process::{self, Activity, DAY};
use parvis_core::Millis;
use parvis_store::{Store, boxed};
use parvis_testkit::{Actor, NOON, TestSite, open_activity};
use serde_json::{Value, json};

use crate::code::{Code, Secret};
use crate::roll::{self, Line};
use crate::rules::{RollKind, Rules};
use crate::seal::Seal;
use crate::vote::{self, Cast, Slip};

/// The last millisecond of the vote, plus one.
const CLOSE: Millis = NOON + 30 * DAY;
const TODAY: Date = date(2026, 6, 1);

/// A box with its activity, rules and people.
struct Scene {
    site: TestSite,
    activity: Activity,
    rules: Rules,
    content: Value,
}

fn list() -> Rules {
    Rules { roll: RollKind::List, paper: true, desk: true, changeable: true, ..Rules::default() }
}

fn line(number: &str, name: &str, email: Option<&str>) -> Line {
    Line {
        number: number.into(),
        last_name: name.into(),
        birth_date: Some("1990-01-31".into()),
        district: "Nord".into(),
        email: email.map(str::to_owned),
        ..Line::default()
    }
}

impl Scene {
    async fn new(db: Store, rules: Rules) -> Self {
        let site = TestSite::builder().store(db).migrations(crate::MIGRATIONS).build().await;
        let activity = site
            .write(|tx| boxed(async move { Ok::<_, Error>(open_activity(tx, NOON, "sample").await?.1) }))
            .await
            .unwrap();
        Self { site, activity, rules, content: json!({ "options": ["A", "B"] }) }
    }

    fn id(&self) -> i64 {
        self.activity.id
    }

    /// Writes lines into the roll; gives their ids.
    async fn roll(&self, lines: Vec<Line>) -> Vec<i64> {
        let id = self.id();
        self.site
            .write(move |tx| {
                boxed(async move {
                    roll::import(tx, id, &lines, false).await?;
                    let all = roll::search(tx, id, "", 1000, 0).await?;
                    let of =
                        |l: &Line| all.iter().find(|(v, _)| v.line.number == l.number).map(|(v, _)| v.id);
                    Ok::<_, Error>(lines.iter().filter_map(of).collect())
                })
            })
            .await
            .unwrap()
    }

    /// Somebody with an account and a line of the roll that holds their address.
    async fn voter(&self, name: &str) -> Actor {
        let who = self.site.participant(name).await;
        let email = who.me().email.clone();
        self.roll(vec![line(&format!("n{}", who.id()), name, email.as_deref())]).await;
        who
    }

    async fn cast_at(&self, now: Millis, who: &Actor, ballot: Value, secret: &Secret) -> Result<Cast, Error> {
        let (activity, rules, content) = (self.activity.clone(), self.rules.clone(), self.content.clone());
        let (who, secret): (Participant, _) = (who.me().clone(), secret.clone());
        self.site
            .store
            .write(move |tx| {
                boxed(async move {
                    let seal = Seal { activity: &activity, rules: &rules, content: &content };
                    let slip = Slip { ballot: &ballot, secret: &secret };
                    vote::cast(tx, now, &seal, &who, TODAY, &slip).await
                })
            })
            .await
    }

    async fn cast(&self, who: &Actor, ballot: Value) -> Result<Secret, Error> {
        let secret = Secret::random();
        self.cast_at(NOON, who, ballot, &secret).await.map(|_| secret)
    }

    /// Runs an act with the seal of this scene.
    async fn act<T, F>(&self, f: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(
                &'t mut parvis_store::Tx<'_>,
                Activity,
                Rules,
                Value,
            ) -> parvis_store::Fut<'t, Result<T, Error>>
            + Send
            + 'static,
    {
        let (activity, rules, content) = (self.activity.clone(), self.rules.clone(), self.content.clone());
        self.site.store.write(move |tx| f(tx, activity, rules, content)).await
    }

    async fn number(&self, sql: &'static str) -> i64 {
        let read = self.site.store.read(move |tx| boxed(async move { tx.value::<i64>(sql, &[]).await }));
        read.await.unwrap()
    }

    async fn kinds(&self) -> Vec<String> {
        let sql = "select kind from journal_entry order by id";
        let read = self.site.store.read(move |tx| {
            boxed(async move {
                let rows = tx.query(sql, &[]).await?;
                rows.iter().map(|r| r.at::<String>(0)).collect::<Result<Vec<_>, _>>()
            })
        });
        read.await.unwrap()
    }

    async fn sign_paper(&self, voter: i64) -> Result<(), Error> {
        self.act(move |tx, activity, rules, content| {
            boxed(async move {
                let seal = Seal { activity: &activity, rules: &rules, content: &content };
                crate::desk::sign_paper(tx, NOON, &seal, voter, TODAY).await
            })
        })
        .await
    }

    async fn sign_desk(&self, voter: i64) -> Result<Code, Error> {
        self.act(move |tx, activity, rules, content| {
            boxed(async move {
                let seal = Seal { activity: &activity, rules: &rules, content: &content };
                crate::desk::sign_desk(tx, NOON, &seal, voter, TODAY).await
            })
        })
        .await
    }

    async fn close(&self) -> Result<crate::close::Closing, Error> {
        self.act(|tx, activity, _, _| boxed(async move { crate::close::close(tx, CLOSE, &activity).await }))
            .await
    }

    async fn activity_again(&self) -> Activity {
        let id = self.id();
        self.site
            .store
            .read(move |tx| boxed(async move { process::activity(tx, id).await }))
            .await
            .unwrap()
            .unwrap()
    }
}

/// The key of a refusal.
fn refusal<T: std::fmt::Debug>(r: Result<T, Error>) -> &'static str {
    match r {
        Err(Error::Conflict(key)) => key,
        Err(Error::Closed) => "closed",
        other => panic!("{other:?}"),
    }
}
