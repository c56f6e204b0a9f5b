//! The amendments to decide, and the decision.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::Error;
use parvis_civic::contribution::{self, Contribution, Limits};
use parvis_core::{FieldErrors, Localized};
use parvis_store::boxed;
use parvis_web::ui::{Choice, Field, Html, Pager};
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;

use super::both;
use crate::amend::{sides, sign, whole, word};
use crate::decide::{self, Barrier, Decision, Words};
use crate::model::AMENDMENT;
use crate::place::{At, On, Place};
use crate::store::{self, Amended, FATES, Which};

/// Amendments a page.
const PAGE: i64 = 30;

#[derive(Template)]
#[template(path = "admin/amendments.html")]
struct ListView {
    page: Page,
    place: Place,
    nav: Html,
    status: &'static str,
    count: i64,
    list: Vec<Amended>,
    pager: Pager,
}

impl ListView {
    fn filters(&self) -> Vec<(String, String, bool)> {
        let base = self.place.admin("amendments");
        let each = |fate: &&str| {
            (format!("consultation-fate-{fate}"), format!("{base}?status={fate}"), self.status == *fate)
        };
        FATES.iter().map(each).collect()
    }

    fn sign(&self, amended: &Amended) -> &'static str {
        sign(amended.fate.decision.as_deref())
    }

    fn word(&self, amended: &Amended) -> &'static str {
        word(amended.fate.decision.as_deref())
    }

    fn author(&self, amended: &Amended) -> String {
        crate::view::author(&self.page.t, &amended.listed)
    }
}

/// The queue: what waits first, unless another list is asked for.
pub(super) async fn list(cx: Ctx, at: At) -> Result<Response, WebError> {
    let status = FATES.into_iter().find(|f| *f == cx.query("status")).unwrap_or("waiting");
    let which = Which { on: None, status: Some(status) };
    let offset = (cx.page_number() - 1).saturating_mul(PAGE);
    let (place, (count, list)) = super::load(&cx, &at, move |tx, place| {
        boxed(async move {
            let count = store::amendment_count(tx, place.activity.id, which).await?;
            let list = store::amendment_list(tx, place.activity.id, which, PAGE, offset).await?;
            Ok::<_, Error>((count, list))
        })
    })
    .await?;
    let page = super::page(&cx, &place, cx.t().get("consultation-admin-amendments"));
    let nav = super::nav(&cx, &place, "amendments");
    let pager = Pager::new(&cx, count, PAGE);
    Ok(cx.render(&ListView { page, place, nav, status, count, list, pager }))
}

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    /// The version of the text that was on the screen.
    seen: i64,
    decision: String,
    reason_fr: String,
    reason_en: String,
    title: String,
    body: String,
}

#[derive(Template)]
#[template(path = "admin/amendment.html")]
struct EditView {
    page: Page,
    place: Place,
    nav: Html,
    amended: Amended,
    author: String,
    sent: Sent,
    decisions: Vec<Choice>,
    reasons: [Field; 2],
    /// The text as it stands beside the amendment.
    sides: Html,
    /// What changed in the text since the amendment was written.
    since: Option<Html>,
    totals: Option<parvis_web::ui::VoteBar>,
}

impl EditView {
    fn is_decided(&self) -> bool {
        self.amended.fate.decision.is_some()
    }

    fn sign(&self) -> &'static str {
        sign(self.amended.fate.decision.as_deref())
    }

    fn word(&self) -> &'static str {
        word(self.amended.fate.decision.as_deref())
    }
}

/// What the page of one amendment needs.
struct Loaded {
    amended: Amended,
    parent: Contribution,
    /// The wording it was written against, when it is no longer the present one.
    base: Option<(String, String)>,
}

async fn one(cx: &Ctx, on: &On) -> Result<(Place, Loaded), WebError> {
    let id = on.id;
    super::load(cx, &on.at, move |tx, place| {
        boxed(async move {
            let amended = store::amended(tx, place.activity.id, id).await?.ok_or(Error::NotFound)?;
            let parent = contribution::find(tx, amended.parent.id).await?.ok_or(Error::NotFound)?;
            // Once it is decided, what changed since is the decision itself, or no longer matters.
            let base = if amended.is_behind() && amended.fate.decision.is_none() {
                let versions = contribution::versions(tx, parent.id).await?;
                let base = versions.into_iter().find(|v| v.number == amended.fate.base_version);
                base.map(|v| (v.title, v.body))
            } else {
                None
            };
            Ok::<_, Error>(Loaded { amended, parent, base })
        })
    })
    .await
}

/// The page of one amendment, with the form of the decision while it waits.
pub(super) async fn page(cx: Ctx, on: On) -> Result<Response, WebError> {
    let (place, loaded) = one(&cx, &on).await?;
    let c = loaded.amended.c();
    let sent =
        Sent { seen: loaded.parent.version, title: c.title.clone(), body: c.body.clone(), ..Sent::default() };
    Ok(answer(&cx, StatusCode::OK, place, loaded, sent, &FieldErrors::new(), None))
}

fn answer(
    cx: &Ctx,
    status: StatusCode,
    place: Place,
    loaded: Loaded,
    sent: Sent,
    errors: &FieldErrors,
    barrier: Option<Barrier>,
) -> Response {
    let t = cx.t();
    let Loaded { amended, parent, base } = loaded;
    let c = amended.c();
    let title = t.with1("consultation-amend-number", "number", c.id);
    let mut page = super::page(cx, &place, title)
        .crumb(t.get("consultation-admin-amendments"), place.admin("amendments"))
        .errors(errors);
    if let Some(Barrier(key)) = barrier {
        page = page.error(t.get(key));
    }
    let present = t.with1("consultation-amend-now", "version", parent.version);
    let proposed = t.get("consultation-decide-proposed");
    let (now, new) = (whole(&parent.title, &parent.body), whole(&c.title, &c.body));
    let side = sides::sides(t, parent.lang, &present, &proposed, &now, &new);
    let since = base.map(|(title, body)| {
        let before = t.with1("consultation-amend-behind", "version", amended.fate.base_version);
        sides::sides(t, parent.lang, &before, &present, &whole(&title, &body), &now)
    });
    let decisions = Decision::ALL
        .iter()
        .filter(|d| **d != Decision::Accepted || !amended.is_behind())
        .map(|d| {
            Choice::new(d.code(), t.get(&format!("consultation-decide-{}", d.code())))
                .hint(t.get(&format!("consultation-decide-{}-hint", d.code())))
        })
        .collect();
    let reason = Localized::new(sent.reason_fr.as_str(), sent.reason_en.as_str());
    let reasons = both::areas(&page, "reason", "consultation-decide-reason", &reason, 4);
    let totals = Some(page.vote_bar(c.cast.r#for, c.cast.mixed, c.cast.against))
        .filter(|_| c.cast.sum() > 0 && place.totals(cx));
    let view = EditView {
        author: crate::view::author(t, &amended.listed),
        nav: super::nav(cx, &place, "amendments"),
        sides: side,
        page,
        place,
        amended,
        sent,
        decisions,
        reasons,
        since,
        totals,
    };
    cx.render_status(status, &view)
}

/// Takes the decision.
pub(super) async fn submit(cx: Ctx, on: On, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let (place, loaded) = one(&cx, &on).await?;
    let me = super::editor(&cx)?;
    let Some(decision) = Decision::parse(&sent.decision) else {
        let mut errors = FieldErrors::new();
        errors.add("decision", "core-choose");
        return Ok(answer(&cx, StatusCode::UNPROCESSABLE_ENTITY, place, loaded, sent, &errors, None));
    };
    if let Err(barrier) = decide::may(decision, &loaded.amended, sent.seen) {
        return Ok(stopped(&cx, place, loaded, sent, barrier));
    }
    let words = Words {
        reason: Localized::new(sent.reason_fr.as_str(), sent.reason_en.as_str()),
        title: sent.title.clone(),
        body: sent.body.clone(),
    };
    let limits: Limits = place.rules.limits(AMENDMENT);
    let words = match decide::check(decision, &words, limits) {
        Ok(words) => words,
        Err(errors) => {
            return Ok(answer(&cx, StatusCode::UNPROCESSABLE_ENTITY, place, loaded, sent, &errors, None));
        }
    };
    if decision == Decision::Merged && words.title == loaded.parent.title && words.body == loaded.parent.body
    {
        let mut errors = FieldErrors::new();
        errors.add("body", "consultation-edit-same");
        return Ok(answer(&cx, StatusCode::UNPROCESSABLE_ENTITY, place, loaded, sent, &errors, None));
    }
    // The note stands with the text: it is written in the text's language.
    let t = cx.site.t(loaded.parent.lang);
    let note = match decision {
        Decision::Accepted => t.with1("consultation-decide-note-accepted", "number", on.id),
        Decision::Merged => t.with1("consultation-decide-note-merged", "number", on.id),
        Decision::Refused => String::new(),
    };
    let (now, activity, seen) = (cx.now, place.activity.id, sent.seen);
    let done = cx.store().write(move |tx| {
        boxed(
            async move { decide::decide(tx, now, &me, activity, on.id, decision, &words, seen, &note).await },
        )
    });
    match done.await {
        Ok(_) => {
            let key = match decision {
                Decision::Accepted => "consultation-done-accepted",
                Decision::Refused => "consultation-done-refused",
                Decision::Merged => "consultation-done-merged",
            };
            Ok(cx.redirect_with(place.admin("amendments"), key, &[]))
        }
        Err(Error::Conflict(key)) => {
            let (place, loaded) = one(&cx, &on).await?;
            Ok(stopped(&cx, place, loaded, sent, Barrier(key)))
        }
        Err(Error::Fields(errors)) => {
            Ok(answer(&cx, StatusCode::UNPROCESSABLE_ENTITY, place, loaded, sent, &errors, None))
        }
        Err(e) => Err(e.into()),
    }
}

/// Says what stands in the way; the form then holds the present version, and what was written.
fn stopped(cx: &Ctx, place: Place, loaded: Loaded, sent: Sent, barrier: Barrier) -> Response {
    let sent = Sent { seen: loaded.parent.version, ..sent };
    answer(cx, StatusCode::CONFLICT, place, loaded, sent, &FieldErrors::new(), Some(barrier))
}
