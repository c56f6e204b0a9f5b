//! Letters: the frame, the draw of those who get one, what to print, who has not answered.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use parvis_ballotbox::code::Code;
use parvis_ballotbox::pages::{At, acting};
use parvis_civic::Error;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Html, Pager};
use parvis_web::{Ctx, Fields, Page, Upload, WebError};

use super::{record, said, said_answers, with_messages};
use crate::join::PURPOSE;
use crate::place::{Place, admin_page, load, nav, write};
use crate::store::{Letter, Panel};
use crate::{letters, people, pool, store, work};

/// The most letters on one print page; more are a file for mail merge.
const MOST_PRINTED: usize = 2_000;

#[derive(Template)]
#[template(path = "admin/letters.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    panel: Panel,
    answers: String,
    count: String,
    seed: String,
    is_kept: bool,
}

impl View {
    fn scopes(&self) -> Vec<Choice> {
        let t = &self.page.t;
        vec![
            Choice::new("new", t.get("panel-print-new")),
            Choice::new("waiting", t.get("panel-print-waiting")).hint(t.get("panel-print-waiting-hint")),
        ]
    }

    fn formats(&self) -> Vec<Choice> {
        let t = &self.page.t;
        vec![Choice::new("csv", t.get("panel-print-csv")), Choice::new("page", t.get("panel-print-page"))]
    }
}

async fn show(
    cx: &Ctx,
    at: &At,
    status: StatusCode,
    messages: Vec<String>,
    sent: &Fields,
) -> Result<Response, WebError> {
    let (place, (panel, answered)) = load(cx, at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let panel = store::panel(tx, id).await?;
            let answered = store::answered(tx, id, &panel).await?;
            Ok((panel, answered))
        })
    })
    .await?;
    let page = with_messages(admin_page(cx, &place, cx.t().get("panel-tab-letters")), messages);
    let nav = nav(cx, &place, "letters");
    let is_kept = place.rules.keeps(cx.now) && panel.erased_at.is_none();
    let (count, seed) = (sent.get("count").to_owned(), sent.get("seed").to_owned());
    let answers = said_answers(cx.t(), answered);
    Ok(cx.render_status(status, &View { page, place, nav, panel, answers, count, seed, is_kept }))
}

/// What was done, and what comes next.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&cx, &at, StatusCode::OK, vec![], &Fields::default()).await
}

/// Replaces the frame. Nothing is kept of a file with a mistake.
pub(super) async fn frame(cx: Ctx, at: At, sent: Upload) -> Result<Response, WebError> {
    let (me, now) = (acting(&cx)?.id, cx.now);
    let pasted = sent.fields.get("list").to_owned().into_bytes();
    let bytes = sent.file("file").map_or(pasted, |f| f.bytes.to_vec());
    let lines = match people::frame(&bytes) {
        Ok(lines) => lines,
        Err(mistakes) => {
            let messages = said(cx.t(), &mistakes);
            return show(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, messages, &Fields::default()).await;
        }
    };
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let panel = store::panel(tx, id).await?;
            if panel.letters_at.is_some() {
                return Err(Error::Conflict("panel-letters-already"));
            }
            if !place.rules.keeps(now) {
                return Err(Error::Conflict("panel-erased"));
            }
            store::set_frame(tx, id, &lines).await?;
            record(tx, now, me, id, "frame").await?;
            Ok(place.admin("letters"))
        })
    });
    answer(&cx, &at, done.await, &Fields::default()).await
}

async fn answer(cx: &Ctx, at: &At, done: Result<String, Error>, sent: &Fields) -> Result<Response, WebError> {
    match done {
        Ok(to) => Ok(cx.redirect_with(to, "panel-saved", &[])),
        Err(Error::Conflict(key)) => show(cx, at, StatusCode::CONFLICT, vec![cx.t().get(key)], sent).await,
        Err(e) => Err(e.into()),
    }
}

/// Draws the letters, with a public seed.
pub(super) async fn draw(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let (me, now) = (acting(&cx)?.id, cx.now);
    let count = sent.get("count").parse::<i64>().ok().filter(|n| *n > 0);
    let seed = work::typed_seed(sent.get("seed"));
    let mut messages = vec![];
    if count.is_none() {
        messages.push(cx.t().get("panel-letters-count-wrong"));
    }
    if seed.is_none() {
        messages.push(cx.t().get("panel-seed-wrong"));
    }
    let Some((count, seed)) = count.zip(seed) else {
        return show(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, messages, &sent).await;
    };
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            letters::draw(tx, now, id, count, &seed).await?;
            record(tx, now, me, id, "letters").await?;
            Ok(place.admin("letters"))
        })
    });
    answer(&cx, &at, done.await, &sent).await
}

#[derive(Template)]
#[template(path = "admin/print.html")]
struct Printed {
    page: Page,
    place: Place,
    letters: Vec<(Letter, Code)>,
    url: String,
}

/// Gives codes to the letters that are to be sent, and shows them this once: a page to print, or a file for mail merge.
pub(super) async fn print(cx: Ctx, at: At, sent: Fields) -> Result<Response, WebError> {
    let (me, now) = (acting(&cx)?.id, cx.now);
    let new = sent.get("scope") != "waiting";
    let is_file = sent.get("format") == "csv";
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            if !place.rules.keeps(now) {
                return Err(Error::Conflict("panel-erased"));
            }
            let letters = store::to_print(tx, id, new).await?;
            if letters.is_empty() {
                return Err(Error::Conflict("panel-print-none"));
            }
            if !is_file && letters.len() > MOST_PRINTED {
                return Err(Error::Conflict("panel-print-most"));
            }
            let mut made = vec![];
            for letter in letters {
                let code = Code::random();
                let hash = code.hash(tx, PURPOSE, id).await?;
                store::set_code(tx, letter.id, &hash).await?;
                made.push((letter, code));
            }
            record(tx, now, me, id, "codes").await?;
            Ok((place.clone(), made))
        })
    });
    let (place, letters) = match done.await {
        Ok(done) => done,
        Err(Error::Conflict(key)) => {
            return show(&cx, &at, StatusCode::CONFLICT, vec![cx.t().get(key)], &sent).await;
        }
        Err(e) => return Err(e.into()),
    };
    let url = cx.site.url(&place.to("join"));
    if !is_file {
        let page = admin_page(&cx, &place, cx.t().get("panel-print"));
        return Ok(cx.render(&Printed { page, place, letters, url }));
    }
    let titles = ["number", "name", "address", "code", "url"];
    let lines = letters.iter().map(|(l, code)| {
        vec![l.line.to_string(), guarded(&l.name), guarded(&l.address), code.to_string(), url.clone()]
    });
    Ok(download(&titles, lines, "letters.csv"))
}

/// A cell that no spreadsheet takes for a formula.
pub(super) fn guarded(text: &str) -> String {
    parvis_civic::export::Cell::from(text).to_csv().into_owned()
}

/// A CSV file to keep.
pub(super) fn download(
    titles: &[&str],
    lines: impl Iterator<Item = Vec<String>>,
    name: &'static str,
) -> Response {
    // A byte order mark: spreadsheets and word processors then read accents.
    let bytes = ["\u{feff}".as_bytes(), &pool::csv(titles, lines)].concat();
    let kept = format!("attachment; filename=\"{name}\"");
    let headers =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, kept)];
    (headers, bytes).into_response()
}

/// Letters on a page of reminders.
const SHOWN: i64 = 100;

#[derive(Template)]
#[template(path = "admin/reminders.html")]
struct Reminders {
    page: Page,
    place: Place,
    nav: Html,
    letters: Vec<Letter>,
    is_kept: bool,
    pager: Pager,
}

/// Who has not answered.
pub(super) async fn reminders(cx: Ctx, at: At) -> Result<Response, WebError> {
    let offset = (cx.page_number() - 1) * SHOWN;
    let now = cx.now;
    let (place, (letters, waiting, is_kept)) = load(&cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let panel = store::panel(tx, id).await?;
            if !place.rules.keeps(now) || panel.erased_at.is_some() {
                return Ok((vec![], 0, false));
            }
            let waiting = store::answered(tx, id, &panel).await?.map_or(0, |[.., waiting]| waiting);
            Ok((store::letters(tx, id, true, SHOWN, offset).await?, waiting, true))
        })
    })
    .await?;
    let page = admin_page(&cx, &place, cx.t().get("panel-reminders"));
    let nav = nav(&cx, &place, "letters");
    let pager = Pager::new(&cx, waiting, SHOWN);
    Ok(cx.render(&Reminders { page, place, nav, letters, is_kept, pager }))
}

/// The same, as a file.
pub(super) async fn reminders_csv(cx: Ctx, at: At) -> Result<Response, WebError> {
    let now = cx.now;
    let (_, letters) = load(&cx, &at, move |tx, place| {
        boxed(async move {
            if !place.rules.keeps(now) {
                return Ok(vec![]);
            }
            store::letters(tx, place.activity.id, true, i64::from(u32::MAX), 0).await
        })
    })
    .await?;
    let lines = letters.iter().map(|l| vec![l.line.to_string(), guarded(&l.name), guarded(&l.address)]);
    Ok(download(&["number", "name", "address"], lines, "reminders.csv"))
}
