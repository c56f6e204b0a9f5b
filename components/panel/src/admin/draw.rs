//! The draw, for those who hold it: announcing, waiting for the lottery, typing the seed, then who accepts, who declines, who
//! replaces them.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::pages::{At, acting};
use parvis_civic::Error;
use parvis_civic::process::Moment;
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Fields, Page, WebError};
use serde_json::Value;

use super::{record, rows, verdict, with_messages};
use crate::check::Verdict;
use crate::drand::{self, Beacon};
use crate::mails::Desk;
use crate::model::{Seat, SeedFrom, Stage};
use crate::place::{self, Place, admin_page, load, nav, write};
use crate::store;
use crate::store::{Person, Round};
use crate::work::{self, Drawn, Seed};

#[derive(Template)]
#[template(path = "admin/draw.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    rounds: Vec<Round>,
    members: Vec<Person>,
    count: i64,
    said: Vec<String>,
    is_wrong: bool,
    is_over: bool,
    is_kept: bool,
    sent: Fields,
}

impl View {
    fn last(&self) -> Option<&Round> {
        self.rounds.last()
    }

    /// Whether another draw may be announced: the first, or the seats that are left once everybody has answered.
    fn may_announce(&self) -> bool {
        let has = |seat| self.members.iter().any(|p| p.seat == seat);
        let accepted = self.members.iter().filter(|p| p.seat == Seat::Accepted).count();
        match self.last() {
            None => true,
            Some(r) => {
                r.stage() == Stage::Drawn
                    && !has(Seat::Drawn)
                    && accepted < usize::try_from(self.place.rules.seats).unwrap_or(0)
            }
        }
    }

    fn progress(&self, round: &Round) -> (i64, i64) {
        progress(round)
    }

    fn left(&self) -> i64 {
        let accepted = self.members.iter().filter(|p| p.seat == Seat::Accepted).count();
        i64::from(self.place.rules.seats) - i64::try_from(accepted).unwrap_or(0)
    }

    /// Whether a draw that replaces members must say when it takes place.
    fn asks_when(&self) -> bool {
        !self.rounds.is_empty() && self.place.rules.seed_from == SeedFrom::Drand
    }

    /// The moment and the address of the round of drand that a draw waits for.
    fn awaited(&self, round: &Round) -> Option<(String, String)> {
        let number = round.drand()?;
        Some((self.page.t.datetime(drand::moment_of(number)), drand::address(number)))
    }

    /// The ways out of a seat, as `(code, key of the button)`. What was replaced is not taken back.
    fn ways(&self, person: &Person) -> Vec<(&'static str, &'static str)> {
        let later = self.rounds.iter().any(|r| Some(r.number) > person.round);
        let all = [
            (Seat::Accepted, "panel-seat-accept"),
            (Seat::Declined, "panel-seat-decline"),
            (Seat::Gone, "panel-seat-leave"),
            (Seat::Drawn, "panel-seat-back"),
        ];
        all.into_iter()
            .filter(|(next, _)| person.seat.may_become(*next) && !(later && *next == Seat::Drawn))
            .map(|(next, key)| (next.code(), key))
            .collect()
    }
}

/// How far a computation is: percent and panels found.
pub(crate) fn progress(round: &Round) -> (i64, i64) {
    let read: Value = serde_json::from_str(&round.progress).unwrap_or_default();
    (read["done"].as_i64().unwrap_or(0) / 10, read["panels"].as_i64().unwrap_or(0))
}

async fn show(
    cx: &Ctx,
    at: &At,
    status: StatusCode,
    messages: Vec<String>,
    errors: &FieldErrors,
    sent: &Fields,
) -> Result<Response, WebError> {
    let (place, (rounds, members, count, rows)) = load(cx, at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let rounds = store::rounds(tx, id).await?;
            let rows = if rounds.is_empty() { rows(tx, id).await? } else { vec![] };
            Ok((rounds, store::drawn(tx, id).await?, store::count(tx, id).await?, rows))
        })
    })
    .await?;
    let page = admin_page(cx, &place, cx.t().get("panel-tab-draw")).errors(errors);
    let page = with_messages(page, messages);
    let found =
        if rounds.is_empty() { verdict(cx, place.rules.clone(), rows).await? } else { Verdict::Feasible };
    let view = View {
        nav: nav(cx, &place, "draw"),
        said: if rounds.is_empty() { found.lines(cx.t()) } else { vec![] },
        is_wrong: found.is_wrong(),
        is_over: place.activity.moment(cx.now) == Moment::After,
        is_kept: place.rules.keeps(cx.now),
        sent: sent.clone(),
        page,
        place,
        rounds,
        members,
        count,
    };
    Ok(cx.render_status(status, &view))
}

/// Where the draw stands.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&cx, &at, StatusCode::OK, vec![], &FieldErrors::new(), &Fields::default()).await
}

async fn conflict(cx: &Ctx, at: &At, key: &str, sent: &Fields) -> Result<Response, WebError> {
    show(cx, at, StatusCode::CONFLICT, vec![cx.t().get(key)], &FieldErrors::new(), sent).await
}

/// The form again, with what is wrong beside each field.
async fn mistaken(cx: &Ctx, at: &At, errors: &FieldErrors, sent: &Fields) -> Result<Response, WebError> {
    show(cx, at, StatusCode::UNPROCESSABLE_ENTITY, vec![], errors, sent).await
}

/// Publishes what the next draw starts from. A first draw that cannot succeed is not announced: the smallest mend is said. One
/// that replaces members says when it takes place, where its seed is a round of drand.
pub(super) async fn announce(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let (me, now) = (acting(&cx)?.id, cx.now);
    let (place, rows) = load(&cx, &at, |tx, place| {
        boxed(async move {
            let first = store::rounds(tx, place.activity.id).await?.is_empty();
            if first { rows(tx, place.activity.id).await.map(Some) } else { Ok(None) }
        })
    })
    .await?;
    if let Some(rows) = rows {
        let found = verdict(&cx, place.rules.clone(), rows).await?;
        if !found.is_feasible() && !matches!(found, Verdict::Plausible) {
            let lines = found.lines(cx.t());
            return show(&cx, &at, StatusCode::CONFLICT, lines, &FieldErrors::new(), &sent).await;
        }
    } else if place.rules.seed_from == SeedFrom::Drand {
        let mut errors = FieldErrors::new();
        match cx.t().parse_input(sent.get("draw_at")) {
            None => errors.add("draw_at", "panel-missing-draw"),
            Some(at) if at < now + work::AHEAD => errors.add("draw_at", "panel-draw-soon"),
            Some(_) => {}
        }
        if !errors.is_empty() {
            return mistaken(&cx, &at, &errors, &sent).await;
        }
    }
    let draw_at = cx.t().parse_input(sent.get("draw_at"));
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            work::announce(tx, now, &place.activity, draw_at).await?;
            record(tx, now, me, place.activity.id, "announcement").await?;
            Ok(place.admin("draw"))
        })
    });
    match done.await {
        Ok(to) => Ok(cx.redirect_with(to, "panel-announced-done", &[])),
        Err(Error::Conflict(key)) => conflict(&cx, &at, key, &sent).await,
        Err(Error::Store(parvis_store::Error::Unique { .. })) => {
            conflict(&cx, &at, "panel-draw-under-way", &sent).await
        }
        Err(e) => Err(e.into()),
    }
}

/// Takes back a draw whose lottery could not be computed.
pub(super) async fn take_back(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let (me, now) = (acting(&cx)?.id, cx.now);
    let Ok(number) = sent.get("round").parse::<i64>() else {
        return Err(WebError::BadRequest("web-error-fields"));
    };
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            work::take_back(tx, now, place.activity.id, number).await?;
            record(tx, now, me, place.activity.id, "announcement").await?;
            Ok(place.admin("draw"))
        })
    });
    match done.await {
        Ok(to) => Ok(cx.redirect_with(to, "panel-saved", &[])),
        Err(Error::Conflict(key)) => conflict(&cx, &at, key, &sent).await,
        Err(e) => Err(e.into()),
    }
}

/// The seed that was typed in: words, or the signature of the announced round of drand.
async fn typed(cx: &Ctx, at: &At, number: i64, sent: &Fields) -> Result<Result<Seed, FieldErrors>, WebError> {
    let (_, round) = load(cx, at, move |tx, place| {
        boxed(async move { store::round(tx, place.activity.id, number).await })
    })
    .await?;
    let mut errors = FieldErrors::new();
    let seed = match round.ok_or(WebError::NotFound)?.drand() {
        Some(round) => match Beacon::read(round, sent.get("signature")) {
            Ok(beacon) => return Ok(Ok(Seed::Round(beacon))),
            Err(wrong) => {
                let (key, said) = match wrong {
                    drand::Wrong::Shape { count } => ("panel-drand-shape", count.to_string()),
                    drand::Wrong::Round { pasted } => ("panel-drand-round-other", pasted.to_string()),
                    drand::Wrong::Point => ("panel-drand-point", String::new()),
                    drand::Wrong::Signature => ("panel-drand-wrong", String::new()),
                };
                errors.add_with("signature", key, vec![("said", said), ("round", round.to_string())]);
                return Ok(Err(errors));
            }
        },
        None => work::typed_seed(sent.get("seed")),
    };
    match seed {
        Some(seed) if sent.has("sure") => return Ok(Ok(Seed::Said(seed))),
        Some(_) => errors.add("sure", "panel-seed-sure-empty"),
        None => errors.add("seed", "panel-seed-wrong"),
    }
    Ok(Err(errors))
}

/// Types the seed in, once.
pub(super) async fn seed(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let (me, now) = (acting(&cx)?.id, cx.now);
    let Ok(number) = sent.get("round").parse::<i64>() else {
        return Err(WebError::BadRequest("web-error-fields"));
    };
    let seed = match typed(&cx, &at, number, &sent).await? {
        Ok(seed) => seed,
        Err(errors) => return mistaken(&cx, &at, &errors, &sent).await,
    };
    let desk = Desk::of(&cx);
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let drawn = work::draw(tx, now, place.activity.id, number, &seed).await?;
            if drawn != Drawn::Refused {
                desk.after_draw(tx, now, place, number).await?;
            }
            record(tx, now, me, place.activity.id, "seed").await?;
            Ok((drawn, place.to(&format!("draw/{number}"))))
        })
    });
    match done.await {
        Ok((Drawn::Ticket(_), to)) => Ok(cx.redirect_with(to, "panel-drawn-done", &[])),
        Ok((Drawn::Refused, _)) => conflict(&cx, &at, "panel-seed-refused", &Fields::default()).await,
        Err(Error::Conflict(key)) => conflict(&cx, &at, key, &sent).await,
        Err(e) => Err(e.into()),
    }
}

/// Notes that somebody accepts, declines, leaves, or that this was a mistake.
pub(super) async fn seat(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let (me, now) = (acting(&cx)?.id, cx.now);
    let next = Seat::parse(sent.get("seat"));
    let Ok(id) = sent.get("person").parse::<i64>() else {
        return Err(WebError::BadRequest("web-error-fields"));
    };
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let activity = place.activity.id;
            let person = store::volunteer(tx, activity, id).await?.ok_or(Error::NotFound)?;
            let later = store::rounds(tx, activity).await?.iter().any(|r| Some(r.number) > person.round);
            if next == Seat::Drawn && later {
                return Err(Error::Conflict("panel-seat-replaced"));
            }
            work::seat(tx, now, activity, &person, next).await?;
            record(tx, now, me, activity, "seat").await?;
            Ok(format!("{}#p{id}", place.admin("draw")))
        })
    });
    match done.await {
        Ok(to) => Ok(cx.redirect(to)),
        Err(Error::Conflict(key)) => conflict(&cx, &at, key, &sent).await,
        Err(e) => Err(e.into()),
    }
}
