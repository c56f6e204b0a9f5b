//! What the page of a text reads from the database: the same few statements however much was said.

use parvis_civic::contribution::{self, Status};
use parvis_civic::{Error, follow, moderation, reaction};
use parvis_store::{Tx, boxed};
use parvis_web::{Ctx, WebError};

use super::Loaded;
use crate::model::{AMENDMENT, DEBATED, SIDE};
use crate::place::{On, Place, is_editor};
use crate::store;

/// How many sources and how many amendments the page shows.
const ATTACHED: i64 = 50;

pub(super) enum Found {
    Text(Box<Loaded>),
    Elsewhere(String),
}

/// Which argument or which pages of arguments are asked for.
#[derive(Debug, Clone, Copy)]
struct Asked {
    at: Option<i64>,
    page_for: i64,
    page_against: i64,
    me: Option<i64>,
}

pub(super) async fn load(cx: &Ctx, on: On) -> Result<Found, WebError> {
    let page = |name: &str| cx.query(name).parse().unwrap_or(1).clamp(1, 10_000);
    let asked = Asked {
        at: cx.query("at").parse().ok(),
        page_for: page("for"),
        page_against: page("against"),
        me: cx.id(),
    };
    let editor = is_editor(cx);
    let found = cx.store().read(move |tx| boxed(async move { find(tx, &on, asked, editor).await }));
    Ok(found.await?)
}

async fn find(tx: &mut Tx<'_>, on: &On, mut asked: Asked, editor: bool) -> Result<Found, Error> {
    let place = Place::find(tx, &on.at, editor).await?;
    let (listed, answer) = store::find(tx, place.activity.id, on.id).await?.ok_or(Error::NotFound)?;
    let c = &listed.c;
    if c.status == Status::Draft {
        return if c.author_id == asked.me && asked.me.is_some() {
            Ok(Found::Elsewhere(place.href(c)))
        } else {
            Err(Error::NotFound)
        };
    }
    if !DEBATED.contains(&c.kind.as_str()) {
        return if c.parent_id.is_some() {
            Ok(Found::Elsewhere(place.href(c)))
        } else {
            Err(Error::NotFound)
        };
    }
    if let Some(argument) = asked.at {
        turn_to(tx, c.id, argument, &mut asked).await?;
    }
    let sections = store::sections(tx, place.activity.id).await?;
    let (arguments_for, arguments_against) =
        store::arguments(tx, c.id, SIDE, asked.page_for, asked.page_against).await?;
    let sources = store::attached(tx, c.id, crate::model::SOURCE, ATTACHED).await?;
    let amendments = if c.kind == AMENDMENT { vec![] } else { amendments(tx, c.id).await? };
    let gone = store::gone(tx, c.id).await?;
    let decision = match c.status {
        Status::Hidden => moderation::decisions(tx, c.id).await?.into_iter().find(|d| d.action == "hide"),
        _ => None,
    };
    let other = match (c.status, c.kind.as_str(), c.parent_id) {
        (_, AMENDMENT, Some(parent)) => Some(parent),
        (Status::Merged, ..) => store::merged_into(tx, c.id).await?,
        _ => None,
    };
    let other = match other {
        Some(id) => contribution::find(tx, id).await?.filter(|o| o.status == Status::Published),
        None => None,
    };
    let amendment = if c.kind == AMENDMENT { amendment(tx, c.id, c.parent_id).await? } else { None };
    let mut loaded = Loaded {
        place,
        answer,
        sections,
        arguments_for,
        arguments_against,
        page_for: asked.page_for,
        page_against: asked.page_against,
        sources,
        amendments,
        gone,
        decision,
        other,
        amendment,
        mine: Default::default(),
        receipts: Default::default(),
        follows: false,
        listed,
    };
    if let Some(me) = asked.me {
        let shown = loaded.arguments_for.iter().chain(&loaded.arguments_against).chain(&loaded.sources);
        let mut ids: Vec<i64> = shown.map(|l| l.c.id).collect();
        ids.push(loaded.listed.c.id);
        loaded.mine = reaction::of_participant(tx, me, &ids).await?;
        loaded.receipts = store::receipts(tx, me, &ids).await?;
        loaded.follows = follow::is(tx, me, "contribution", loaded.listed.c.id).await?;
    }
    Ok(Found::Text(Box::new(loaded)))
}

/// Turns to the page on which an argument stands.
async fn turn_to(tx: &mut Tx<'_>, text: i64, argument: i64, asked: &mut Asked) -> Result<(), Error> {
    let Some(argument) = contribution::find(tx, argument).await? else { return Ok(()) };
    if argument.parent_id != Some(text) || argument.status != Status::Published {
        return Ok(());
    }
    let page = store::arguments_before(tx, &argument).await? / SIDE + 1;
    if argument.side == Some(-1) {
        asked.page_against = page;
    } else {
        asked.page_for = page;
    }
    Ok(())
}

type Amendments = Vec<(store::Listed, Option<store::Amendment>)>;

async fn amendments(tx: &mut Tx<'_>, parent: i64) -> Result<Amendments, Error> {
    let listed = store::attached(tx, parent, AMENDMENT, ATTACHED).await?;
    let ids: Vec<i64> = listed.iter().map(|l| l.c.id).collect();
    let mut fates = store::amendments(tx, &ids).await?;
    let with_fate = listed.into_iter().map(|l| {
        let fate = fates.iter().position(|a| a.contribution_id == l.c.id).map(|i| fates.swap_remove(i));
        (l, fate)
    });
    Ok(with_fate.collect())
}

/// What became of an amendment, and the wording it was written against.
async fn amendment(
    tx: &mut Tx<'_>,
    id: i64,
    parent: Option<i64>,
) -> Result<Option<(store::Amendment, String)>, Error> {
    let (Some(amendment), Some(parent)) = (store::amendments(tx, &[id]).await?.pop(), parent) else {
        return Ok(None);
    };
    let versions = contribution::versions(tx, parent).await?;
    let base = versions.into_iter().find(|v| v.number == amendment.base_version);
    Ok(base.map(|base| (amendment, base.body)))
}
