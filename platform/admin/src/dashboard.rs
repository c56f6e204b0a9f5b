//! What needs the team now.

use askama::Template;
use axum::response::Response;
use parvis_civic::{moderation, process};
use parvis_core::{Access, Role};
use parvis_ops::{jobs, mail};
use parvis_store::{Tx, boxed, p};
use parvis_web::{Ctx, Page, Routes, Site, Waiting, WebError};

pub fn routes() -> Routes {
    Routes::new().get("/admin", Access::Staff, show)
}

/// One thing to do: words, a link, how pressing it is.
struct Todo {
    text: String,
    href: String,
    is_urgent: bool,
}

#[derive(Template)]
#[template(path = "dashboard.html")]
struct Show {
    page: Page,
    tab: &'static str,
    todos: Vec<Todo>,
    figures: Vec<(String, String)>,
}

struct Read {
    flagged: i64,
    appeals: i64,
    late: Vec<(String, String, i64)>,
    waiting_answers: i64,
    draft_answers: i64,
    incomplete: Vec<(String, i64, usize)>,
    /// Published processes that lack something: name, process, how much.
    lacking: Vec<(String, i64, usize)>,
    /// Processes whose promised answer is late and of which nothing was answered.
    silent: Vec<(String, i64)>,
    /// The name of the process with what waits in its tools.
    waiting: Vec<(String, Waiting)>,
    /// Closed activities whose results are not published: name, process.
    unpublished: Vec<(String, i64)>,
    held: i64,
    failed: i64,
    troubled: i64,
    participants: i64,
    contributions: i64,
    reactions: i64,
    leaves: i64,
}

/// Whether the organisation has said something of what a consultation gave, as it promised: the documents that its preset
/// asks for; else an answer or a document. A process that consults on no text promises nothing of the kind: its results
/// are its answer.
async fn has_answered(tx: &mut Tx<'_>, process: &process::Process) -> Result<bool, parvis_civic::Error> {
    let texts = "select count(*) from contribution
        where process_id = $1 and kind in ('article', 'proposal') and status = 'published'";
    let answers = "select count(*) from answer w join contribution c on c.id = w.contribution_id
        where c.process_id = $1 and not w.draft";
    if tx.value::<i64>(texts, &p![process.id]).await? == 0 {
        return Ok(true);
    }
    if process.preset == process::Preset::Environment {
        return Ok(process::missing_to_close(tx, process).await?.is_empty());
    }
    let answered = tx.value::<i64>(answers, &p![process.id]).await? > 0;
    Ok(answered || !process::documents(tx, process.id, false).await?.is_empty())
}

async fn read(
    tx: &mut Tx<'_>,
    site: &Site,
    locale: parvis_core::Locale,
    now: i64,
) -> Result<Read, parvis_civic::Error> {
    let (flagged, appeals) = moderation::waiting(tx).await?;
    let mut late = vec![];
    let (mut incomplete, mut lacking, mut silent) = (vec![], vec![], vec![]);
    let (mut waiting, mut unpublished) = (vec![], vec![]);
    for process in process::list(tx, true, 200, 0).await? {
        let name = process.title.get(locale).to_owned();
        match process.status {
            process::Status::Draft => {
                let missing = process::missing(tx, &process).await?.len();
                incomplete.push((name, process.id, missing));
            }
            process::Status::Published => {
                let unanswered: i64 = tx
                    .value(
                        "select count(*) from contribution c where c.process_id = $1 and c.kind = 'proposal'
                            and c.status = 'published' and not exists
                            (select 1 from answer w where w.contribution_id = c.id and not w.draft)",
                        &p![process.id],
                    )
                    .await?;
                for activity in process::activities(tx, process.id, false).await? {
                    if let Some(tool) = site.tool(&activity.component) {
                        let found = tool.waiting(tx, &process, &activity).await?;
                        waiting.extend(found.into_iter().map(|w| (name.clone(), w)));
                    }
                    if activity.moment(now) == process::Moment::After && activity.results_at.is_none() {
                        unpublished.push((activity.title.get(locale).to_owned(), process.id));
                    }
                }
                let missing = process::missing(tx, &process).await?.len();
                if missing > 0 {
                    lacking.push((name.clone(), process.id, missing));
                }
                if process.answer_due_at.is_some_and(|due| due < now) {
                    if unanswered > 0 {
                        late.push((name, process.slug, unanswered));
                    } else if !has_answered(tx, &process).await? {
                        silent.push((name, process.id));
                    }
                }
            }
            process::Status::Archived => {}
        }
    }
    Ok(Read {
        flagged,
        appeals,
        late,
        waiting_answers: tx
            .value(
                "select count(*) from contribution c join activity a on a.id = c.activity_id
                 left join phase f on f.id = a.phase_id
                 where c.kind = 'proposal' and c.status = 'published' and f.ends_at <= $1 and not exists
                    (select 1 from answer w where w.contribution_id = c.id)",
                &p![now],
            )
            .await?,
        draft_answers: tx.value("select count(*) from answer where draft", &p![]).await?,
        incomplete,
        lacking,
        silent,
        waiting,
        unpublished,
        held: mail::count(tx, mail::Status::Held).await?,
        failed: mail::count(tx, mail::Status::Failed).await?,
        troubled: jobs::troubled(tx, 1, 0).await?.total,
        participants: tx
            .value("select count(*) from participant where origin = 'site' and status = 'active'", &p![])
            .await?,
        contributions: tx
            .value("select count(*) from contribution where status = 'published'", &p![])
            .await?,
        reactions: tx.value("select count(*) from reaction", &p![]).await?,
        leaves: tx.value("select count(*) from journal_entry", &p![]).await?,
    })
}

async fn show(cx: Ctx) -> Result<Response, WebError> {
    let (locale, now) = (cx.locale(), cx.now);
    let site = std::sync::Arc::clone(&cx.site);
    let r = cx.store().read(move |tx| boxed(async move { read(tx, &site, locale, now).await })).await?;
    let t = cx.t();
    let is_admin = cx.role() == Some(Role::Administrator);
    let moderates = is_admin || cx.role() == Some(Role::Moderator);
    let edits = is_admin || cx.role() == Some(Role::Editor);
    let mut todos = vec![];
    let mut todo = |shown: bool, text: String, href: String, is_urgent: bool| {
        if shown {
            todos.push(Todo { text, href, is_urgent });
        }
    };
    todo(moderates && r.flagged > 0, t.n("admin-todo-flagged", r.flagged), "/admin/moderation".into(), true);
    todo(
        moderates && r.appeals > 0,
        t.n("admin-todo-appeals", r.appeals),
        "/admin/moderation#appeals".into(),
        true,
    );
    if edits {
        for (name, _, count) in &r.late {
            let text = t.with2("admin-todo-late", "process", name.as_str(), "count", *count);
            todo(true, text, "/admin/answers?status=none".into(), true);
        }
    }
    let waiting = t.n("admin-todo-answers", r.waiting_answers);
    todo(edits && r.waiting_answers > 0, waiting, "/admin/answers?status=none".into(), false);
    let drafts = t.n("admin-todo-drafts", r.draft_answers);
    todo(edits && r.draft_answers > 0, drafts, "/admin/answers?status=draft".into(), false);
    if edits {
        for (name, id) in &r.silent {
            let text = t.with1("admin-todo-silent", "process", name.as_str());
            todo(true, text, format!("/admin/processes/{id}"), true);
        }
        for (name, id, missing) in &r.lacking {
            let text = t.with2("admin-todo-lacking", "process", name.as_str(), "count", *missing);
            todo(true, text, format!("/admin/processes/{id}"), true);
        }
        for (name, waiting) in &r.waiting {
            let text = format!("{name} – {}", t.n(waiting.key, waiting.count));
            todo(true, text, waiting.href.clone(), false);
        }
        for (name, id) in &r.unpublished {
            let text = t.with1("admin-todo-results", "activity", name.as_str());
            todo(true, text, format!("/admin/processes/{id}#activities"), false);
        }
        for (name, id, missing) in &r.incomplete {
            let key = if *missing == 0 { "admin-todo-ready" } else { "admin-todo-incomplete" };
            let text = t.with2(key, "process", name.as_str(), "count", *missing);
            todo(true, text, format!("/admin/processes/{id}"), false);
        }
    }
    todo(is_admin && r.held > 0, t.n("admin-todo-held", r.held), "/admin/mails?status=held".into(), false);
    todo(
        is_admin && r.failed > 0,
        t.n("admin-todo-failed", r.failed),
        "/admin/mails?status=failed".into(),
        true,
    );
    todo(is_admin && r.troubled > 0, t.n("admin-todo-jobs", r.troubled), "/admin/mails".into(), true);
    let figures = [
        ("admin-figure-participants", r.participants),
        ("admin-figure-contributions", r.contributions),
        ("admin-figure-reactions", r.reactions),
        ("admin-figure-leaves", r.leaves),
    ];
    let figures = figures.into_iter().map(|(key, n)| (t.get(key), t.number(n))).collect();
    let page = cx.page(t.get("admin-title")).nav("admin").noindex().wide();
    Ok(cx.render(&Show { page, tab: "dashboard", todos, figures }))
}
