//! Official answers: what waits for one, writing them, publishing them one by one or together.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use parvis_civic::answer::{self, STATUSES};
use parvis_civic::contribution::{self, Contribution};
use parvis_civic::{Error, process};
use parvis_core::{Access, FieldErrors, Localized};
use parvis_store::{Row, Tx, boxed, p};
use parvis_web::ui::{Choice, Field, Pager};
use parvis_web::{Ctx, Fields, Page, Routes, WebError};

use crate::both;
use crate::moderation::title_of;
use crate::processes::admin_page;

pub fn routes() -> Routes {
    Routes::new()
        .get("/admin/answers", Access::Editor, list)
        .post("/admin/answers/publish", Access::Editor, publish_all)
        .get("/admin/answers/{id}", Access::Editor, edit)
        .post("/admin/answers/{id}", Access::Editor, save)
}

struct Line {
    c: Contribution,
    title: String,
    votes: String,
    tag: (&'static str, String),
}

struct Batch {
    activity_id: i64,
    words: String,
}

#[derive(Template)]
#[template(path = "answers.html")]
struct List {
    page: Page,
    tab: &'static str,
    status: Field,
    activity: Field,
    lines: Vec<Line>,
    pager: Pager,
    batches: Vec<Batch>,
}

/// Articles and proposals, with what became of them: `none` without an answer, `draft`, `published`.
const WHERE: &str = "from contribution c join activity a on a.id = c.activity_id
    left join answer w on w.contribution_id = c.id
    where c.status = 'published' and c.kind in ('proposal', 'article')
      and (c.kind = 'proposal' or w.id is not null)
      and (cast($1 as bigint) is null or c.activity_id = $1)
      and ($2 = '' or ($2 = 'none' and w.id is null) or ($2 = 'draft' and w.draft)
           or ($2 = 'published' and w.id is not null and not w.draft))";

struct Found {
    items: Vec<(Contribution, Option<String>, Option<bool>)>,
    activities: Vec<(i64, String)>,
    drafts: Vec<(i64, i64)>,
}

async fn count(tx: &mut Tx<'_>, activity: Option<i64>, status: &str) -> Result<i64, Error> {
    Ok(tx.value(&format!("select count(*) {WHERE}"), &p![activity, status]).await?)
}

async fn find(
    tx: &mut Tx<'_>,
    activity: Option<i64>,
    status: &str,
    limit: i64,
    offset: i64,
    locale: parvis_core::Locale,
) -> Result<Found, Error> {
    let sql = format!(
        "select {}, w.status, w.draft {WHERE}
         order by (c.reactions_for + c.imported_for) desc, c.id limit $3 offset $4",
        contribution::COLUMNS
    );
    let read = |row: &Row| Ok::<_, Error>((contribution::read(row)?, row.at(32)?, row.at(33)?));
    let items = tx.query(&sql, &p![activity, status, limit, offset]).await?;
    let items = items.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let mut activities = vec![];
    for process in process::list(tx, true, 200, 0).await? {
        for activity in process::activities(tx, process.id, true).await? {
            let name = format!("{} – {}", process.title.get(locale), activity.title.get(locale));
            activities.push((activity.id, name));
        }
    }
    let rows = tx
        .query(
            "select c.activity_id, count(*) as n from answer w join contribution c on c.id = w.contribution_id
             where w.draft group by c.activity_id order by c.activity_id",
            &p![],
        )
        .await?;
    let drafts = rows.iter().map(|r| Ok::<_, Error>((r.at(0)?, r.at(1)?))).collect::<Result<Vec<_>, _>>()?;
    Ok(Found { items, activities, drafts })
}

fn tag(cx: &Ctx, status: Option<&str>, draft: Option<bool>) -> (&'static str, String) {
    match (status, draft) {
        (None, _) => ("soon", cx.t().get("admin-answer-none")),
        (Some(_), Some(true)) => ("draft", cx.t().get("admin-status-draft")),
        (Some(status), _) => ("yes", cx.t().get(&format!("civic-answer-status-{status}"))),
    }
}

async fn list(cx: Ctx) -> Result<Response, WebError> {
    let status = cx.query("status");
    let activity: Option<i64> = cx.query("activity").parse().ok();
    let locale = cx.locale();
    let asked = status.clone();
    let total = cx.store().read(move |tx| boxed(async move { count(tx, activity, &asked).await })).await?;
    let pager = Pager::new(&cx, total, 20);
    let (limit, offset, asked) = (pager.limit(), pager.offset(), status.clone());
    let found = cx
        .store()
        .read(move |tx| boxed(async move { find(tx, activity, &asked, limit, offset, locale).await }))
        .await?;
    let t = cx.t();
    let page = admin_page(&cx, t.get("admin-tab-answers"));
    let mut choices = vec![Choice::new("", t.get("admin-answers-all"))];
    choices
        .extend(["none", "draft", "published"].map(|s| Choice::new(s, t.get(&format!("admin-answers-{s}")))));
    let mut places = vec![Choice::new("", t.get("admin-answers-everywhere"))];
    places.extend(found.activities.iter().map(|(id, name)| Choice::new(id.to_string(), name.as_str())));
    let batches = found
        .drafts
        .iter()
        .map(|(id, n)| {
            let name = found.activities.iter().find(|(a, _)| a == id).map_or("", |(_, name)| name.as_str());
            Batch { activity_id: *id, words: t.with2("admin-answers-publish-all", "count", *n, "name", name) }
        })
        .collect();
    let lines = found
        .items
        .into_iter()
        .map(|(c, status, draft)| Line {
            title: title_of(&c),
            votes: {
                let totals = c.totals();
                t.with3(
                    "admin-answer-votes",
                    "for",
                    totals.r#for,
                    "mixed",
                    totals.mixed,
                    "against",
                    totals.against,
                )
            },
            tag: tag(&cx, status.as_deref(), draft),
            c,
        })
        .collect();
    Ok(cx.render(&List {
        status: page.select("status", "admin-answers-status").choices(&choices).value(&status),
        activity: page.select("activity", "admin-answers-where").choices(&places).value(cx.query("activity")),
        page,
        tab: "answers",
        lines,
        pager,
        batches,
    }))
}

#[derive(Template)]
#[template(path = "answer.html")]
struct Edit {
    page: Page,
    tab: &'static str,
    c: Contribution,
    votes: String,
    status: Field,
    texts: Vec<[Field; 2]>,
    is_published: bool,
}

async fn render(
    cx: &Ctx,
    id: i64,
    errors: &FieldErrors,
    typed: Option<(&str, Localized)>,
) -> Result<Edit, WebError> {
    let (c, saved) = cx
        .store()
        .read(move |tx| {
            boxed(async move {
                let c = contribution::find(tx, id).await?.ok_or(Error::NotFound)?;
                if c.status == contribution::Status::Draft {
                    return Err(Error::NotFound);
                }
                Ok((c, answer::of(tx, id, true).await?))
            })
        })
        .await?;
    let t = cx.t();
    let page = admin_page(cx, t.with1("admin-answer-title", "title", title_of(&c).as_str()))
        .crumb(t.get("admin-tab-answers"), "/admin/answers")
        .errors(&both::errors(errors));
    let is_published = saved.as_ref().is_some_and(|a| !a.draft);
    let (status, body) = match (typed, saved) {
        (Some((status, body)), _) => (status.to_owned(), body),
        (None, Some(saved)) => (saved.status, saved.body),
        (None, None) => (String::new(), Localized::default()),
    };
    let choices = STATUSES.map(|s| Choice::new(s, t.get(&format!("civic-answer-status-{s}"))));
    let totals = c.totals();
    Ok(Edit {
        status: page.radios("status", "admin-answer-status").choices(&choices).value(status),
        texts: vec![both::areas(&page, "body", "admin-answer-body", &body, 8)],
        votes: t.with3(
            "admin-answer-votes",
            "for",
            totals.r#for,
            "mixed",
            totals.mixed,
            "against",
            totals.against,
        ),
        page,
        tab: "answers",
        c,
        is_published,
    })
}

async fn edit(cx: Ctx, Path(id): Path<i64>) -> Result<Response, WebError> {
    let edit = render(&cx, id, &FieldErrors::new(), None).await?;
    Ok(cx.render(&edit))
}

async fn save(cx: Ctx, Path(id): Path<i64>, fields: Fields) -> Result<Response, WebError> {
    let me = cx.me()?.clone();
    let body = both::read(&fields, "body");
    let status = fields.get("status").to_owned();
    let publish = fields.has("publish");
    let (now, sent, words) = (cx.now, status.clone(), body.clone());
    let done = cx
        .store()
        .write(move |tx| boxed(async move { answer::save(tx, now, &me, id, &sent, &words, publish).await }))
        .await;
    match done {
        Ok(saved) => {
            let key = if saved.draft { "admin-answer-saved" } else { "admin-answer-published" };
            Ok(cx.redirect_with("/admin/answers", key, &[]))
        }
        Err(Error::Fields(errors)) => {
            Ok(cx.render_invalid(&render(&cx, id, &errors, Some((&status, body))).await?))
        }
        Err(e) => Err(e.into()),
    }
}

async fn publish_all(cx: Ctx, fields: Fields) -> Result<Response, WebError> {
    let me = cx.me()?.clone();
    let activity: i64 =
        fields.get("activity").parse().map_err(|_| WebError::BadRequest("web-error-fields"))?;
    let now = cx.now;
    let count = cx
        .store()
        .write(move |tx| boxed(async move { answer::publish_all(tx, now, &me, activity).await }))
        .await?;
    let key = if count == 1 { "admin-answers-published-one" } else { "admin-answers-published-all" };
    Ok(cx.redirect_with("/admin/answers", key, &[("count", &count.to_string())]))
}
