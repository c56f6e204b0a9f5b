//! The author of a hidden contribution reads the decision, and can contest it once.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use parvis_civic::contribution::{self, Contribution};
use parvis_civic::moderation::{self, Decision};
use parvis_civic::{Error, once};
use parvis_core::{Access, FieldErrors};
use parvis_store::boxed;
use parvis_web::{Ctx, Fields, Page, Routes, WebError};

pub(super) fn routes() -> Routes {
    Routes::new().get("/appeal/{decision}", Access::Participant, page).post(
        "/appeal/{decision}",
        Access::Participant,
        submit,
    )
}

#[derive(Template)]
#[template(path = "public/appeal.html")]
struct Appeal {
    page: Page,
    decision: Decision,
    contribution: Contribution,
    words: String,
}

impl Appeal {
    fn reason(&self) -> String {
        self.page.t.get(&format!("civic-reason-{}", self.decision.reason))
    }

    fn outcome(&self, outcome: &str) -> &'static str {
        if outcome == "overturned" { "public-appeal-overturned" } else { "public-appeal-upheld" }
    }
}

async fn load(cx: &Ctx, id: &str) -> Result<(Decision, Contribution), WebError> {
    let id: i64 = id.parse().map_err(|_| WebError::NotFound)?;
    let me = cx.me()?.id;
    let found = cx.store().read(move |tx| {
        boxed(async move {
            let decision = moderation::find(tx, id).await?.filter(|d| d.action == "hide");
            let decision = decision.ok_or(Error::NotFound)?;
            let c = contribution::find(tx, decision.contribution_id).await?.ok_or(Error::NotFound)?;
            if c.author_id != Some(me) {
                return Err(Error::NotFound);
            }
            Ok((decision, c))
        })
    });
    Ok(found.await?)
}

fn view(cx: &Ctx, (decision, contribution): (Decision, Contribution), errors: &FieldErrors) -> Appeal {
    let page = cx.page_with(cx.t().get("public-appeal-title"), errors).nav("account").noindex();
    Appeal { page, decision, contribution, words: String::new() }
}

async fn page(cx: Ctx, Path(id): Path<String>) -> Result<Response, WebError> {
    let found = load(&cx, &id).await?;
    Ok(cx.render(&view(&cx, found, &FieldErrors::new())))
}

async fn submit(cx: Ctx, Path(id): Path<String>, fields: Fields) -> Result<Response, WebError> {
    let found = load(&cx, &id).await?;
    let (me, now, decision) = (cx.me()?.clone(), cx.now, found.0.id);
    let (words, idem) = (fields.get("appeal").to_owned(), fields.get("idem").to_owned());
    let sent = words.clone();
    let done = cx.store().write(move |tx| {
        boxed(async move {
            if once::seen(tx, me.id, &idem).await?.is_some() {
                return Ok::<_, Error>(());
            }
            moderation::appeal(tx, now, &me, decision, &sent).await?;
            once::remember(tx, now, me.id, &idem, &format!("/appeal/{decision}")).await
        })
    });
    match done.await {
        Ok(()) => Ok(cx.redirect_with(format!("/appeal/{decision}"), "public-appeal-done", &[])),
        Err(Error::Fields(errors)) => Ok(cx.render_invalid(&Appeal { words, ..view(&cx, found, &errors) })),
        Err(e) => Err(e.into()),
    }
}
