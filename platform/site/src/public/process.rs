//! The list of processes, and the page of one: phases, rules, tools, documents.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use parvis_civic::process::{self, Document, Moment, Phase, Preset, Process, Status};
use parvis_civic::{Error, follow};
use parvis_core::{Access, Localized, Millis};
use parvis_store::boxed;
use parvis_web::ui::Pager;
use parvis_web::{Ctx, Fields, Page, Routes, Summary, WebError};

use super::home::{Line, lines};
use super::store;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get_cached("/processes", Access::Anyone, list)
        .get("/p", Access::Anyone, moved)
        .get_cached("/p/{process}", Access::Anyone, page)
        .post("/p/{process}/follow", Access::Participant, toggle)
}

const PER_PAGE: i64 = 20;

fn sign(moment: Moment) -> &'static str {
    match moment {
        Moment::Before => "soon",
        Moment::During => "open",
        Moment::After => "closed",
    }
}

fn word(moment: Moment) -> &'static str {
    match moment {
        Moment::Before => "public-state-soon",
        Moment::During => "public-state-open",
        Moment::After => "public-state-over",
    }
}

#[derive(Template)]
#[template(path = "public/processes.html")]
struct List {
    page: Page,
    lines: Vec<Line>,
    pager: Pager,
}

impl List {
    fn sign(&self, line: &Line) -> &'static str {
        sign(line.moment)
    }

    fn word(&self, line: &Line) -> &'static str {
        word(line.moment)
    }

    /// The last day of something that ends at `at`, its first millisecond after.
    fn last(&self, at: &Millis) -> Millis {
        at - 1
    }
}

async fn moved(cx: Ctx) -> Response {
    cx.redirect("/processes")
}

async fn list(cx: Ctx) -> Result<Response, WebError> {
    let number = cx.page_number();
    let found = cx.store().read(move |tx| {
        boxed(async move {
            let total = process::count(tx, false).await?;
            let last = (total - 1).max(0) / PER_PAGE;
            let offset = (number - 1).min(last) * PER_PAGE;
            let processes = process::list(tx, false, PER_PAGE, offset).await?;
            let ids: Vec<i64> = processes.iter().map(|p| p.id).collect();
            Ok::<_, Error>((total, processes, store::phases(tx, &ids).await?))
        })
    });
    let (total, processes, phases) = found.await?;
    let (lines, until) = lines(processes, &phases, cx.now);
    if let Some(until) = until {
        cx.cache_until(until);
    }
    let t = cx.t();
    let page = cx
        .page(t.get("public-processes-title"))
        .describe(t.get("public-processes-lede"))
        .nav("processes")
        .feed("/feed.atom");
    let pager = Pager::new(&cx, total, PER_PAGE);
    Ok(cx.render(&List { page, lines, pager }))
}

/// One tool at work in the process.
struct Tool {
    slug: String,
    title: Localized,
    summary: Localized,
    sign: &'static str,
    state: String,
    facts: Vec<String>,
    action: String,
}

#[derive(Template)]
#[template(path = "public/process.html")]
struct View {
    page: Page,
    now: Millis,
    is_draft: bool,
    follows: bool,
    phase_notes: Vec<Phase>,
    phases: Vec<Phase>,
    tools: Vec<Tool>,
    documents: Vec<Document>,
    line: Line,
    process: Process,
}

impl View {
    fn sign(&self) -> &'static str {
        sign(self.line.moment)
    }

    fn word(&self) -> &'static str {
        word(self.line.moment)
    }

    fn frame(&self) -> &'static str {
        match self.process.preset {
            Preset::Open => "public-frame-open",
            Preset::Environment => "public-frame-environment",
        }
    }

    fn document_kind(&self, kind: &str) -> &'static str {
        match kind {
            "file" => "public-document-file",
            "synthesis" => "public-document-synthesis",
            "observations" => "public-document-observations",
            "reasons" => "public-document-reasons",
            _ => "public-document-other",
        }
    }
}

/// `GET /p/{process}`.
async fn page(cx: Ctx, Path(slug): Path<String>) -> Result<Response, WebError> {
    let editor = Access::Editor.allows(cx.role());
    let (site, t, now, me) = (std::sync::Arc::clone(&cx.site), cx.t().clone(), cx.now, cx.id());
    let found = cx.store().read(move |tx| {
        boxed(async move {
            let process = process::by_slug(tx, &slug).await?.ok_or(Error::NotFound)?;
            if process.status == Status::Draft && !editor {
                return Err(Error::NotFound);
            }
            let phases = process::phases(tx, process.id).await?;
            let mut activities = vec![];
            for activity in process::activities(tx, process.id, editor).await? {
                let summary = match site.tool(&activity.component) {
                    Some(tool) => tool.summary(&t, tx, &activity, now).await?,
                    None => Summary::default(),
                };
                activities.push((activity, summary));
            }
            let documents = process::documents(tx, process.id, false).await?;
            let follows = match me {
                Some(me) => follow::is(tx, me, "process", process.id).await?,
                None => false,
            };
            Ok((process, phases, activities, documents, follows))
        })
    });
    let (process, phases, activities, documents, follows) = found.await?;
    if let Some(at) = Line::next_change(&phases, cx.now) {
        cx.cache_until(at);
    }
    let t = cx.t();
    let tools = activities
        .into_iter()
        .map(|(a, summary)| {
            let moment = a.moment(cx.now);
            let (sign, state) = if a.status == Status::Draft {
                ("draft", t.get("public-activity-draft"))
            } else {
                let at =
                    a.phase.as_ref().map(|p| if moment == Moment::Before { p.starts_at } else { p.ends_at });
                let key = match moment {
                    Moment::Before => "public-activity-soon",
                    Moment::During => "public-activity-open",
                    Moment::After => "public-activity-over",
                };
                (sign(moment), t.with1(key, "date", at.map(|at| t.datetime(at)).unwrap_or_default()))
            };
            let action =
                if summary.action.is_empty() { t.get("public-activity-see") } else { summary.action };
            let (slug, title, words) = (a.slug, a.title, a.summary);
            Tool { slug, title, summary: words, sign, state, facts: summary.facts, action }
        })
        .collect();
    let page = cx
        .page(process.title.get(cx.locale()))
        .describe(process.summary.get(cx.locale()))
        .nav("processes")
        .crumb(t.get("public-processes-title"), "/processes")
        .feed(format!("/p/{}/feed.atom", process.slug));
    let is_draft = process.status == Status::Draft;
    let page = if is_draft { page.noindex() } else { page };
    let line = Line::new(process.clone(), &phases, cx.now);
    let phase_notes = phases.iter().filter(|p| !p.description.is_empty()).cloned().collect();
    let now = cx.now;
    Ok(cx.render(&View {
        page,
        now,
        is_draft,
        follows,
        phase_notes,
        phases,
        tools,
        documents,
        line,
        process,
    }))
}

/// `POST /p/{process}/follow`, with `follow` = `on` or `off`.
async fn toggle(cx: Ctx, Path(slug): Path<String>, fields: Fields) -> Result<Response, WebError> {
    let (me, now, on) = (cx.me()?.id, cx.now, fields.get("follow") != "off");
    let path = format!("/p/{slug}");
    let done = cx.store().write(move |tx| {
        boxed(async move {
            let process = process::by_slug(tx, &slug).await?.filter(|p| p.status != Status::Draft);
            let process = process.ok_or(Error::NotFound)?;
            follow::set(tx, now, me, "process", process.id, on).await
        })
    });
    done.await?;
    Ok(cx.redirect_with(path, if on { "public-followed" } else { "public-unfollowed" }, &[]))
}
