//! The pages of the evaluation: a code, the statements, then what everybody reads.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::pages::At;
use parvis_civic::Error;
use parvis_core::FieldErrors;
use parvis_store::boxed;
use parvis_web::ui::Field;
use parvis_web::{Ctx, Fields, Page, WebError};

use super::{STATEMENTS, State, Totals};
use crate::place::{Place, load, reader_page, write};
use crate::store;

/// The width of a bar in its own units.
const WIDE: i64 = 1000;

#[derive(Template)]
#[template(path = "evaluation/start.html")]
struct Start {
    page: Page,
    place: Place,
    code: String,
    is_open: bool,
}

#[derive(Template)]
#[template(path = "evaluation/form.html")]
struct Form {
    page: Page,
    place: Place,
    code: String,
    statements: Vec<Field>,
    comment: String,
}

#[derive(Template)]
#[template(path = "evaluation/done.html")]
struct Done {
    page: Page,
    place: Place,
}

/// One statement and its marks.
struct Bar {
    statement: String,
    marks: [i64; 5],
    agree: i64,
    between: i64,
    said: String,
}

#[derive(Template)]
#[template(path = "evaluation/results.html")]
struct Results {
    page: Page,
    place: Place,
    answers: i64,
    members: usize,
    bars: Vec<Bar>,
}

impl Results {
    /// The statement that most agree with, in a sentence.
    fn sentence(&self) -> String {
        let count = self.bars.iter().filter(|b| 2 * (b.marks[3] + b.marks[4]) > self.answers).count();
        self.page.t.with2("panel-evaluation-said", "count", count, "all", self.bars.len())
    }

    fn scale(&self) -> Vec<String> {
        (1..=super::SCALE).map(|n| self.page.t.get(&format!("panel-scale-{n}"))).collect()
    }
}

fn bars(page: &Page, answers: i64, totals: &Totals) -> Vec<Bar> {
    let wide = |count: i64| WIDE * count / answers.max(1);
    let bar = |((code, _), marks): (&(&str, &str), &[i64; 5])| {
        let statement = page.t.get(&format!("panel-statement-{code}"));
        let agree = marks[3] + marks[4];
        let said = page.t.with3(
            "panel-evaluation-bar",
            "agree",
            page.t.percent(agree, answers),
            "between",
            page.t.percent(marks[2], answers),
            "disagree",
            page.t.percent(marks[0] + marks[1], answers),
        );
        Bar { statement, marks: *marks, agree: wide(agree), between: wide(marks[2]), said }
    };
    STATEMENTS.iter().zip(totals).map(bar).collect()
}

async fn start(cx: &Ctx, at: &At, code: &str, errors: &FieldErrors) -> Result<Response, WebError> {
    let (place, (panel, found, members)) = load(cx, at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let panel = store::panel(tx, id).await?;
            let found = store::evaluation(tx, id).await?;
            let drawn = store::drawn(tx, id).await?;
            let members = drawn.iter().filter(|p| p.seat == crate::model::Seat::Accepted).count();
            Ok((panel, found, members))
        })
    })
    .await?;
    let page = reader_page(cx, &place, cx.t().get("panel-evaluation")).errors(errors);
    let state = State::of(&panel);
    if state == State::Published {
        let (answers, totals) = found;
        let bars = bars(&page, answers, &totals);
        return Ok(cx.render(&Results { page, place, answers, members, bars }));
    }
    let view = Start { page: page.noindex(), place, code: code.to_owned(), is_open: state == State::Open };
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(cx.render_status(status, &view))
}

/// Where one types a code, or what members thought once it is published.
pub(crate) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    start(&cx, &at, "", &FieldErrors::new()).await
}

fn form(cx: &Ctx, place: Place, code: &str, sent: &Fields, errors: &FieldErrors) -> Response {
    let page = reader_page(cx, &place, cx.t().get("panel-evaluation")).noindex().errors(errors);
    let statements = super::questions(&page, sent);
    let comment = sent.get("comment").to_owned();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    cx.render_status(status, &Form { page, place, code: code.to_owned(), statements, comment })
}

fn done(cx: &Ctx, place: Place, key: &str) -> Response {
    let page = reader_page(cx, &place, cx.t().get(key)).noindex();
    cx.render(&Done { page, place })
}

/// Opens the form of a code.
pub(crate) async fn open(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let code = sent.get("code").to_owned();
    let typed = code.clone();
    // Hashing may make the site's key, the first time: a write.
    let found = write(&cx, &at, move |tx, place| {
        boxed(async move {
            if State::of(&store::panel(tx, place.activity.id).await?) != State::Open {
                return Ok(None);
            }
            Ok(Some((super::member(tx, place.activity.id, &typed).await?, place.clone())))
        })
    });
    match found.await {
        Ok(None) => start(&cx, &at, "", &FieldErrors::new()).await,
        Ok(Some((person, place))) if person.has_evaluated => Ok(done(&cx, place, "panel-evaluation-before")),
        Ok(Some((_, place))) => Ok(form(&cx, place, &code, &Fields::default(), &FieldErrors::new())),
        Err(Error::Fields(errors)) => start(&cx, &at, &code, &errors).await,
        Err(e) => Err(e.into()),
    }
}

/// Keeps the answer. Sent twice, it counts once.
pub(crate) async fn answer(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let code = sent.get("code").to_owned();
    let answer = match super::read(&sent) {
        Ok(answer) => answer,
        Err(errors) => {
            let (place, ()) = load(&cx, &at, |_, _| boxed(async { Ok(()) })).await?;
            return Ok(form(&cx, place, &code, &sent, &errors));
        }
    };
    let typed = code.clone();
    let kept = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let person = super::member(tx, id, &typed).await?;
            super::keep(tx, id, person.id, &answer).await?;
            Ok(place.clone())
        })
    });
    match kept.await {
        Ok(place) => Ok(done(&cx, place, "panel-evaluation-thanks")),
        Err(Error::Conflict("panel-evaluation-twice")) => {
            let (place, ()) = load(&cx, &at, |_, _| boxed(async { Ok(()) })).await?;
            Ok(done(&cx, place, "panel-evaluation-before"))
        }
        Err(Error::Conflict(_)) => start(&cx, &at, "", &FieldErrors::new()).await,
        Err(Error::Fields(errors)) => start(&cx, &at, &code, &errors).await,
        Err(e) => Err(e.into()),
    }
}
