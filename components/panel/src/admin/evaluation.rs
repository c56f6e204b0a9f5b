//! What members think: opening it, codes to hand out, answers on paper, publishing the totals.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::code::Code;
use parvis_ballotbox::pages::{At, acting};
use parvis_civic::Error;
use parvis_core::{Access, FieldErrors};
use parvis_store::{Fut, Tx, boxed};
use parvis_web::ui::{Choice, Field, Html};
use parvis_web::{Ctx, Fields, Page, WebError};

use super::{record, with_messages};
use crate::evaluation::{self, FEWEST, State};
use crate::model::Seat;
use crate::place::{Place, admin_page, load, nav, write};
use crate::store::{self, Person};

#[derive(Template)]
#[template(path = "admin/evaluation.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    state: State,
    answers: i64,
    members: usize,
    waiting: Vec<Person>,
    statements: Vec<Field>,
    comments: Vec<String>,
    sent: Fields,
    is_editor: bool,
}

impl View {
    fn people(&self) -> Vec<Choice> {
        let mut all = vec![Choice::new("", self.page.t.get("panel-join-choose"))];
        all.extend(self.waiting.iter().map(|p| Choice::new(p.id.to_string(), p.pseudonym.clone())));
        all
    }

    fn sent(&self, name: &str) -> &str {
        self.sent.get(name)
    }

    fn is_enough(&self) -> bool {
        self.answers >= FEWEST
    }
}

async fn show(
    cx: &Ctx,
    at: &At,
    status: StatusCode,
    errors: &FieldErrors,
    message: Option<&str>,
    sent: &Fields,
) -> Result<Response, WebError> {
    let (now, is_editor) = (cx.now, Access::Editor.allows(cx.role()));
    let (place, (panel, (answers, _), drawn, comments)) = load(cx, at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let panel = store::panel(tx, id).await?;
            let reads = is_editor && panel.evaluation_at.is_some() && place.rules.keeps(now);
            let comments = if reads { store::comments(tx, id).await? } else { vec![] };
            Ok((panel, store::evaluation(tx, id).await?, store::drawn(tx, id).await?, comments))
        })
    })
    .await?;
    let page = admin_page(cx, &place, cx.t().get("panel-tab-evaluation")).errors(errors);
    let page = with_messages(page, message.map(|key| cx.t().get(key)));
    let members: Vec<Person> = drawn.into_iter().filter(|p| p.seat == Seat::Accepted).collect();
    let view = View {
        nav: nav(cx, &place, "evaluation"),
        state: State::of(&panel),
        statements: evaluation::questions(&page, sent),
        members: members.len(),
        waiting: members.into_iter().filter(|p| !p.has_evaluated).collect(),
        sent: sent.clone(),
        page,
        place,
        answers,
        comments,
        is_editor,
    };
    Ok(cx.render_status(status, &view))
}

/// Where it stands.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&cx, &at, StatusCode::OK, &FieldErrors::new(), None, &Fields::default()).await
}

/// Does an act, and says what came of it.
async fn act<F>(cx: Ctx, at: At, sent: Fields, done: &str, act: F) -> Result<Response, WebError>
where
    F: for<'t> FnOnce(&'t mut Tx<'_>, &'t Place) -> Fut<'t, Result<(), Error>> + Send + 'static,
{
    let (me, now) = (acting(&cx)?.id, cx.now);
    let written = write(&cx, &at, move |tx, place| {
        boxed(async move {
            act(tx, place).await?;
            record(tx, now, me, place.activity.id, "evaluation").await?;
            Ok(place.admin("evaluation"))
        })
    });
    match written.await {
        Ok(to) => Ok(cx.redirect_with(to, done, &[])),
        Err(Error::Conflict(key)) => {
            show(&cx, &at, StatusCode::CONFLICT, &FieldErrors::new(), Some(key), &sent).await
        }
        Err(e) => Err(e.into()),
    }
}

/// Lets members answer.
pub(super) async fn open(cx: Ctx, at: At) -> Result<Response, WebError> {
    let now = cx.now;
    act(cx, at, Fields::default(), "panel-saved", move |tx, place| {
        Box::pin(evaluation::begin(tx, now, place.activity.id))
    })
    .await
}

/// Publishes the totals.
pub(super) async fn publish(cx: Ctx, at: At) -> Result<Response, WebError> {
    let now = cx.now;
    act(cx, at, Fields::default(), "panel-evaluation-published", move |tx, place| {
        Box::pin(evaluation::publish(tx, now, place.activity.id))
    })
    .await
}

/// Types an answer that came on paper or by phone.
pub(super) async fn enter(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let person = sent.get("person").parse::<i64>();
    let answer = match (evaluation::read(&sent), &person) {
        (Ok(answer), Ok(_)) => answer,
        (read, person) => {
            let mut errors = FieldErrors::new();
            if person.is_err() {
                errors.add("person", "panel-evaluation-person-empty");
            }
            for e in read.err().iter().flat_map(FieldErrors::iter) {
                errors.add(e.field, e.key);
            }
            return show(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, &errors, None, &sent).await;
        }
    };
    let person = person.unwrap_or_default();
    act(cx, at, sent, "panel-entry-done", move |tx, place| {
        boxed(async move { evaluation::keep(tx, place.activity.id, person, &answer).await })
    })
    .await
}

#[derive(Template)]
#[template(path = "admin/evaluation-codes.html")]
struct Codes {
    page: Page,
    place: Place,
    codes: Vec<(Person, Code)>,
    url: String,
}

/// Gives a code to each member who has not answered, and shows them this once.
pub(super) async fn codes(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (me, now) = (acting(&cx)?.id, cx.now);
    let made = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            if State::of(&store::panel(tx, id).await?) != State::Open {
                return Err(Error::Conflict("panel-evaluation-closed"));
            }
            let mut made = vec![];
            for person in store::drawn(tx, id).await? {
                if person.seat == Seat::Accepted && !person.has_evaluated {
                    let code = Code::random();
                    let hash = code.hash(tx, evaluation::PURPOSE, id).await?;
                    store::set_member_code(tx, person.id, &hash).await?;
                    made.push((person, code));
                }
            }
            record(tx, now, me, id, "evaluation-codes").await?;
            Ok((place.clone(), made))
        })
    });
    match made.await {
        Ok((place, codes)) => {
            let page = admin_page(&cx, &place, cx.t().get("panel-evaluation-codes"));
            let url = cx.site.url(&place.to("evaluation"));
            Ok(cx.render(&Codes { page, place, codes, url }))
        }
        Err(Error::Conflict(key)) => {
            let none = FieldErrors::new();
            show(&cx, &at, StatusCode::CONFLICT, &none, Some(key), &Fields::default()).await
        }
        Err(e) => Err(e.into()),
    }
}
