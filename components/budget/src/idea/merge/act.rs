//! The acts of a merger, in the transaction of whoever does them.

use parvis_civic::Error;
use parvis_civic::account::{self, Participant, Status as AccountStatus};
use parvis_civic::contribution::{self, Status};
use parvis_civic::follow::{self, News, Told};
use parvis_civic::journal::{self, Leaf};
use parvis_core::{Access, FieldErrors, Localized, Millis};
use parvis_store::Tx;
use parvis_web::Ctx;
use serde_json::json;

use crate::life::State;
use crate::place::{Place, both};
use crate::store::ideas::{self, Idea};
use crate::store::mergers::{self, Merger};
use crate::store::projects;

/// One of the two ideas, and whether somebody can speak for it.
#[derive(Debug, Clone)]
pub(crate) struct Side {
    pub(crate) idea: Idea,
    /// Its author, when they have an account through which they can be asked.
    author: Option<i64>,
}

impl Side {
    /// Reads an idea of this budget.
    pub(crate) async fn read(tx: &mut Tx<'_>, place: &Place, id: i64) -> Result<Self, Error> {
        let idea = ideas::find(tx, place.activity.id, id).await?.ok_or(Error::NotFound)?;
        let author = match idea.c.author_id {
            Some(id) if !idea.c.official => account::find(tx, id).await?,
            _ => None,
        };
        let author = author.filter(|a| a.status == AccountStatus::Active && a.email.is_some());
        Ok(Self { idea, author: author.map(|a| a.id) })
    }

    /// Whether this person wrote it.
    pub(crate) fn is_of(&self, participant: i64) -> bool {
        self.author == Some(participant)
    }
}

/// Who acts, and the words that are sent to the others.
#[derive(Debug, Clone)]
pub(crate) struct Voice {
    me: Participant,
    is_editor: bool,
    asks: Localized,
    refused: Localized,
    joined: Localized,
}

impl Voice {
    pub(crate) fn new(cx: &Ctx, me: Participant) -> Self {
        let say = |key: &'static str| both(cx, move |t| t.get(key));
        Self {
            is_editor: Access::Editor.allows(Some(me.role)),
            asks: say("budget-mail-merger-asks"),
            refused: say("budget-mail-merger-refused"),
            joined: say("budget-mail-merger-joined"),
            me,
        }
    }

    /// Whether this person may agree for that side: its author; an editor when nobody else can.
    pub(crate) fn speaks_for(&self, side: &Side) -> bool {
        side.is_of(self.me.id) || (side.author.is_none() && self.is_editor)
    }

    fn told(&self, place: &Place, merger: i64, side: &Side, detail: &Localized) -> Told {
        let title = side.idea.c.title.as_str();
        Told {
            news: News::Merger,
            title: Localized::new(title, title),
            path: place.to(format_args!("mergers/{merger}")),
            detail: detail.clone(),
        }
    }
}

fn wrong(key: &'static str) -> Error {
    let mut errors = FieldErrors::new();
    errors.add("other", key);
    Error::Fields(errors)
}

/// Proposes that `into` takes in `from`. Whoever proposes agrees for the sides for which they speak; the authors of the
/// others are asked. Gives the number of the merger.
pub(crate) async fn propose(
    tx: &mut Tx<'_>,
    now: Millis,
    place: &Place,
    voice: &Voice,
    (from_id, into_id): (i64, i64),
    reason: &str,
) -> Result<i64, Error> {
    if from_id == into_id {
        return Err(wrong("budget-merge-same"));
    }
    let missing = |e| if matches!(e, Error::NotFound) { wrong("budget-merge-other-empty") } else { e };
    let from = Side::read(tx, place, from_id).await.map_err(missing)?;
    let into = Side::read(tx, place, into_id).await.map_err(missing)?;
    for side in [&from, &into] {
        if side.idea.c.status != Status::Published || side.idea.state == State::Merged {
            return Err(wrong("budget-merge-gone"));
        }
    }
    if !projects::of_idea(tx, from_id).await?.is_empty() {
        return Err(wrong("budget-merge-project"));
    }
    let waits = mergers::about(tx, from_id).await?;
    if waits.iter().any(|m| (m.from_id, m.into_id) == (from_id, into_id)) {
        return Err(wrong("budget-merge-waits"));
    }
    let consents = (voice.speaks_for(&from), voice.speaks_for(&into));
    let id = mergers::propose(tx, place.activity.id, now, (from_id, into_id), reason, consents).await?;
    let body = json!({ "activity": place.activity.id, "contribution": from_id, "into": into_id });
    let leaf = Leaf::new("merger-proposed").object("contribution", from_id).by(voice.me.id).body(body);
    journal::write(tx, now, leaf).await?;
    for (side, agreed) in [(&from, consents.0), (&into, consents.1)] {
        if let (Some(author), false) = (side.author, agreed) {
            follow::tell_one(tx, now, author, voice.told(place, id, side, &voice.asks)).await?;
        }
    }
    if consents == (true, true) {
        let merger = mergers::find(tx, place.activity.id, id).await?.ok_or(Error::NotFound)?;
        join(tx, now, place, voice, &merger, &from, &into).await?;
    }
    Ok(id)
}

async fn sides(
    tx: &mut Tx<'_>,
    place: &Place,
    voice: &Voice,
    merger: &Merger,
) -> Result<(Side, Side), Error> {
    let from = Side::read(tx, place, merger.from_id).await?;
    let into = Side::read(tx, place, merger.into_id).await?;
    if !voice.speaks_for(&from) && !voice.speaks_for(&into) {
        return Err(if voice.is_editor { Error::Forbidden } else { Error::NotFound });
    }
    if !merger.is_waiting() {
        return Err(Error::Conflict("budget-merger-over"));
    }
    Ok((from, into))
}

/// Agrees for the sides for which this person speaks. When both sides have agreed, the ideas are joined.
pub(crate) async fn agree(
    tx: &mut Tx<'_>,
    now: Millis,
    place: &Place,
    voice: &Voice,
    merger: &Merger,
) -> Result<(), Error> {
    let (from, into) = sides(tx, place, voice, merger).await?;
    let from_consent = merger.from_consent.or(voice.speaks_for(&from).then_some(now));
    let into_consent = merger.into_consent.or(voice.speaks_for(&into).then_some(now));
    mergers::consent(tx, merger.id, from_consent, into_consent).await?;
    if from_consent.is_some() && into_consent.is_some() {
        join(tx, now, place, voice, merger, &from, &into).await?;
    }
    Ok(())
}

/// Refuses: nothing is joined, and the other author is told.
pub(crate) async fn refuse(
    tx: &mut Tx<'_>,
    now: Millis,
    place: &Place,
    voice: &Voice,
    merger: &Merger,
) -> Result<(), Error> {
    let (from, into) = sides(tx, place, voice, merger).await?;
    mergers::end(tx, now, merger.id, "refused").await?;
    let body = json!({
        "activity": place.activity.id,
        "contribution": merger.from_id,
        "into": merger.into_id,
    });
    let leaf = Leaf::new("merger-refused").object("contribution", merger.from_id).by(voice.me.id).body(body);
    journal::write(tx, now, leaf).await?;
    for side in [&from, &into] {
        if let Some(author) = side.author.filter(|a| *a != voice.me.id) {
            follow::tell_one(tx, now, author, voice.told(place, merger.id, side, &voice.refused)).await?;
        }
    }
    Ok(())
}

/// Joins two ideas: the trace stays, those who followed one follow the other, and they are told.
async fn join(
    tx: &mut Tx<'_>,
    now: Millis,
    place: &Place,
    voice: &Voice,
    merger: &Merger,
    from: &Side,
    into: &Side,
) -> Result<(), Error> {
    for side in [from, into] {
        if side.idea.c.status != Status::Published {
            return Err(Error::Conflict("budget-merge-gone"));
        }
    }
    if !projects::of_idea(tx, merger.from_id).await?.is_empty() {
        return Err(Error::Conflict("budget-merge-project"));
    }
    contribution::merge(tx, now, &voice.me, merger.from_id, merger.into_id).await?;
    mergers::taken_in(tx, merger.from_id, merger.into_id).await?;
    mergers::end(tx, now, merger.id, "agreed").await?;
    mergers::cancel_about(tx, now, merger.from_id).await?;
    let told =
        Told { path: place.idea(&merger.into_id), ..voice.told(place, merger.id, from, &voice.joined) };
    follow::tell(tx, now, "contribution", merger.from_id, told, Some(voice.me.id)).await?;
    follow::carry(tx, now, ("contribution", merger.from_id), ("contribution", merger.into_id)).await
}
