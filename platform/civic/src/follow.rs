//! Following a process or a contribution, and telling the people concerned.
//!
//! An act queues a job in its own transaction; the job, after the commit, writes one mail to each person
//! concerned, in their language. Nothing is announced that was not done.

use std::sync::Arc;

use parvis_core::{Localized, Millis};
use parvis_i18n::Catalog;
use parvis_ops::{jobs, mail};
use parvis_store::{Store, Tx, p, search};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::account::{self, Participant, Status};
use crate::process::Process;
use crate::{Error, contribution, process, settings, text};

/// The kind of the job that tells people.
pub const JOB: &str = "civic-notify";

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum News {
    /// Something was published in a process.
    Published,
    /// Somebody wrote about a contribution.
    Reply,
    /// An official answer was published.
    Answer,
    /// An amendment was decided.
    Amendment,
    /// Results were published.
    Results,
    /// A moderator hid the person's contribution.
    Hidden,
    /// A moderator put the person's contribution back.
    Restored,
    /// An appeal was decided.
    Appeal,
    /// An idea was studied by the organisation.
    Study,
    /// Somebody proposes to merge the person's contribution with another.
    Merger,
    /// What was decided moves on: a step of its delivery.
    Progress,
}

impl News {
    const fn code(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Reply => "reply",
            Self::Answer => "answer",
            Self::Amendment => "amendment",
            Self::Results => "results",
            Self::Hidden => "hidden",
            Self::Restored => "restored",
            Self::Appeal => "appeal",
            Self::Study => "study",
            Self::Merger => "merger",
            Self::Progress => "progress",
        }
    }

    /// News about one's own contribution that one must receive, whatever one follows.
    const fn is_notice(self) -> bool {
        matches!(self, Self::Hidden | Self::Restored | Self::Appeal)
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    kind: String,
    ref_id: i64,
    news: News,
    object: i64,
    actor: Option<i64>,
    to: Option<i64>,
    detail: String,
    #[serde(default)]
    told: Option<Told>,
}

impl Payload {
    /// One must receive it, whatever one follows.
    fn is_notice(&self) -> bool {
        self.to.is_some() || self.news.is_notice()
    }
}

/// News whose words the component gives itself: about something that this crate does not know, or that is said
/// otherwise in each language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// What happened.
    pub news: News,
    /// The name of what it is about.
    pub title: Localized,
    /// Its address on this site: a path.
    pub path: String,
    /// More words, put at the end of the sentence.
    pub detail: Localized,
}

/// Follows (or stops following) a `process`, a `contribution`, or something of a component under its own word.
///
/// # Errors
/// The database.
pub async fn set(
    tx: &mut Tx<'_>,
    now: Millis,
    participant: i64,
    kind: &str,
    ref_id: i64,
    follow: bool,
) -> Result<(), Error> {
    if follow {
        tx.exec(
            "insert into follow (participant_id, kind, ref_id, created_at) values ($1, $2, $3, $4)
             on conflict (participant_id, kind, ref_id) do nothing",
            &p![participant, kind, ref_id, now],
        )
        .await?;
    } else {
        tx.exec(
            "delete from follow where participant_id = $1 and kind = $2 and ref_id = $3",
            &p![participant, kind, ref_id],
        )
        .await?;
    }
    Ok(())
}

/// Whether this person follows this thing.
///
/// # Errors
/// The database.
pub async fn is(tx: &mut Tx<'_>, participant: i64, kind: &str, ref_id: i64) -> Result<bool, Error> {
    let sql = "select count(*) as n from follow where participant_id = $1 and kind = $2 and ref_id = $3";
    Ok(tx.one(sql, &p![participant, kind, ref_id]).await?.get::<i64>("n")? > 0)
}

/// Queues, in the transaction of the act, the telling of the people who follow `kind`/`ref_id`.
/// `object` is the contribution or activity the news is about; its author (`actor`) is not told.
///
/// # Errors
/// The database.
pub async fn notify(
    tx: &mut Tx<'_>,
    now: Millis,
    kind: &str,
    ref_id: i64,
    news: News,
    object: i64,
    actor: Option<i64>,
) -> Result<(), Error> {
    let payload = json!(Payload {
        kind: kind.to_owned(),
        ref_id,
        news,
        object,
        actor,
        to: None,
        detail: String::new(),
        told: None,
    });
    // New proposals come in crowds: those who follow a process hear of them at most once an hour.
    if news == News::Published {
        let key = format!("{JOB}-{kind}-{ref_id}-{}", now.div_euclid(3_600_000));
        jobs::enqueue(tx, now, JOB, &payload, now + 3_600_000, Some(&key)).await?;
    } else {
        jobs::enqueue(tx, now, JOB, &payload, now, None).await?;
    }
    Ok(())
}

/// Queues a notice to one person about their own contribution.
///
/// # Errors
/// The database.
pub async fn notice(
    tx: &mut Tx<'_>,
    now: Millis,
    to: i64,
    news: News,
    contribution: i64,
    detail: &str,
) -> Result<(), Error> {
    let payload = json!(Payload {
        kind: "contribution".into(),
        ref_id: contribution,
        news,
        object: contribution,
        actor: None,
        to: Some(to),
        detail: detail.to_owned(),
        told: None,
    });
    jobs::enqueue(tx, now, JOB, &payload, now, None).await?;
    Ok(())
}

/// Queues the telling of the people who follow `kind`/`ref_id` in the component's own words. `except` is not told:
/// who did it, or who is told apart.
///
/// # Errors
/// The database.
pub async fn tell(
    tx: &mut Tx<'_>,
    now: Millis,
    kind: &str,
    ref_id: i64,
    told: Told,
    except: Option<i64>,
) -> Result<(), Error> {
    let news = told.news;
    let payload = json!(Payload {
        kind: kind.to_owned(),
        ref_id,
        news,
        object: ref_id,
        actor: except,
        to: None,
        detail: String::new(),
        told: Some(told),
    });
    jobs::enqueue(tx, now, JOB, &payload, now, None).await?;
    Ok(())
}

/// Queues a notice to one person, in the component's own words.
///
/// # Errors
/// The database.
pub async fn tell_one(tx: &mut Tx<'_>, now: Millis, to: i64, told: Told) -> Result<(), Error> {
    let news = told.news;
    let payload = json!(Payload {
        kind: "participant".into(),
        ref_id: to,
        news,
        object: to,
        actor: None,
        to: Some(to),
        detail: String::new(),
        told: Some(told),
    });
    jobs::enqueue(tx, now, JOB, &payload, now, None).await?;
    Ok(())
}

/// Those who follow one thing follow another too, from now on.
///
/// # Errors
/// The database.
pub async fn carry(tx: &mut Tx<'_>, now: Millis, from: (&str, i64), into: (&str, i64)) -> Result<(), Error> {
    tx.exec(
        "insert into follow (participant_id, kind, ref_id, created_at)
         select participant_id, cast($3 as text), cast($4 as bigint), cast($5 as bigint) from follow
         where kind = $1 and ref_id = $2
         on conflict (participant_id, kind, ref_id) do nothing",
        &p![from.0, from.1, into.0, into.1, now],
    )
    .await?;
    Ok(())
}

/// Puts a published process in the search index.
pub(crate) async fn index_process(tx: &mut Tx<'_>, process: &Process) -> Result<(), Error> {
    let title = format!("{} {}", process.title.fr, process.title.en);
    let body = [&process.summary, &process.description, &process.object]
        .iter()
        .flat_map(|t| [t.fr.as_str(), t.en.as_str()])
        .collect::<Vec<_>>()
        .join(" ");
    let doc = search::Doc { kind: "process", ref_id: process.id, scope: 0, title: &title, text: &body };
    search::put(tx, &doc).await?;
    Ok(())
}

/// Runs a job of kind [`JOB`]: writes one mail to each person concerned.
///
/// # Errors
/// An unreadable payload; the database.
pub async fn run(
    store: &Store,
    catalog: &Arc<Catalog>,
    public_url: &str,
    now: Millis,
    payload: &serde_json::Value,
) -> Result<(), Error> {
    let payload: Payload =
        serde_json::from_value(payload.clone()).map_err(|e| Error::Internal(format!("{JOB}: {e}")))?;
    let catalog = Arc::clone(catalog);
    let public_url = public_url.trim_end_matches('/').to_owned();
    store
        .write(move |tx| {
            Box::pin(async move {
                let people = concerned(tx, &payload).await?;
                if people.is_empty() {
                    return Ok(());
                }
                let site = settings::load(tx).await?;
                let zone = site.time_zone();
                let (title, path) = object(tx, &payload).await?;
                let detail = |locale| match &payload.told {
                    Some(told) => told.detail.get(locale),
                    None => payload.detail.as_str(),
                };
                for person in people {
                    let Some(to) = person.email.clone() else { continue };
                    let t = catalog.t(person.locale, zone.clone());
                    let code = payload.news.code();
                    let title = title(person.locale);
                    let url = format!("{public_url}{path}");
                    let subject = t.with1(&format!("civic-mail-{code}-subject"), "title", title.as_str());
                    let text = [
                        t.with1("civic-mail-hello", "name", person.pseudonym.as_str()),
                        t.with2(
                            &format!("civic-mail-{code}-body"),
                            "title",
                            title.as_str(),
                            "detail",
                            detail(person.locale).trim(),
                        ),
                        url,
                        t.with2(
                            if payload.is_notice() {
                                "civic-mail-footer-notice"
                            } else {
                                "civic-mail-footer"
                            },
                            "site",
                            site.name.get(person.locale),
                            "url",
                            format!("{public_url}/account"),
                        ),
                    ]
                    .join("\n\n");
                    let unsubscribe = match payload.is_notice() {
                        true => None,
                        false => Some(account::profile::unsubscribe_url(tx, &public_url, person.id).await?),
                    };
                    let mail = mail::Mail {
                        to,
                        subject,
                        text,
                        locale: person.locale,
                        kind: if payload.is_notice() { "notice" } else { "notification" }.into(),
                        one_click: unsubscribe.is_some(),
                        unsubscribe,
                        ..mail::Mail::default()
                    };
                    mail::queue(tx, now, mail).await?;
                }
                Ok(())
            })
        })
        .await
}

/// The people to tell: one for a notice; else followers who want mails, without the actor.
async fn concerned(tx: &mut Tx<'_>, payload: &Payload) -> Result<Vec<Participant>, Error> {
    if let Some(to) = payload.to {
        return Ok(account::find(tx, to).await?.into_iter().collect());
    }
    let sql = format!(
        "select {} from participant where status = 'active' and email is not null and id in
            (select participant_id from follow where kind = $1 and ref_id = $2)
         order by id",
        account::COLUMNS
    );
    let mut people = vec![];
    for row in tx.query(&sql, &p![payload.kind.as_str(), payload.ref_id]).await? {
        let person = account::read(&row)?;
        let wants = if payload.news == News::Reply { person.notify_replies } else { person.notify_follows };
        if wants && Some(person.id) != payload.actor && person.status == Status::Active {
            people.push(person);
        }
    }
    Ok(people)
}

type Titled = Box<dyn Fn(parvis_core::Locale) -> String + Send + Sync>;

/// What the news is about: its name in a language, and its address.
async fn object(tx: &mut Tx<'_>, payload: &Payload) -> Result<(Titled, String), Error> {
    if let Some(told) = &payload.told {
        let title = told.title.clone();
        return Ok((Box::new(move |l| title.get(l).to_owned()), told.path.clone()));
    }
    match payload.news {
        News::Results => {
            let activity = process::activity(tx, payload.object).await?.ok_or(Error::NotFound)?;
            let of = process::find(tx, activity.process_id).await?.ok_or(Error::NotFound)?;
            let path = format!("/p/{}/{}", of.slug, activity.slug);
            Ok((Box::new(move |l| activity.title.get(l).to_owned()), path))
        }
        News::Published => {
            let of = process::find(tx, payload.ref_id).await?.ok_or(Error::NotFound)?;
            let path = format!("/p/{}", of.slug);
            Ok((Box::new(move |l| of.title.get(l).to_owned()), path))
        }
        _ => {
            let about = contribution::find(tx, payload.ref_id).await?.ok_or(Error::NotFound)?;
            let title = if about.title.is_empty() {
                text::extract(&about.body, about.format, 60)
            } else {
                about.title.clone()
            };
            Ok((Box::new(move |_| title.clone()), format!("/c/{}", payload.object)))
        }
    }
}
