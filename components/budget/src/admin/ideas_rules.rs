//! The rules of ideas: when they are deposited and studied, how many, how much they may cost.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::Error;
use parvis_civic::process::{self, ActivityDraft};
use parvis_core::FieldErrors;
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Html};
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;
use serde_json::json;

use crate::model::IdeaRules;
use crate::money;
use crate::place::{At, Place, acting, load, write};

/// The form, as texts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    phase: String,
    study_phase: String,
    most: String,
    edit_hours: String,
    ceiling: String,
    place: bool,
    supports: bool,
}

/// The longest time to correct an idea, in hours: a month.
const MOST_HOURS: i64 = 720;

impl Sent {
    fn of(cx: &Ctx, rules: &IdeaRules) -> Self {
        let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
        Self {
            phase: number(rules.phase),
            study_phase: number(rules.study_phase),
            most: number(rules.most.map(i64::from)),
            edit_hours: rules.edit_hours.to_string(),
            ceiling: money::field(cx.t(), rules.ceiling),
            place: rules.place,
            supports: rules.supports,
        }
    }

    /// The rules, or every mistake at once.
    fn check(&self, place: &Place) -> Result<IdeaRules, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut phase = |field: &'static str, sent: &str| {
            let found = sent.parse().ok().filter(|id| place.phase(Some(*id)).is_some());
            if !sent.is_empty() && found.is_none() {
                errors.add(field, "budget-phase-unknown");
            }
            found
        };
        let (deposit, study_phase) = (phase("phase", &self.phase), phase("study_phase", &self.study_phase));
        if let (Some(deposit), Some(vote)) = (place.phase(deposit), &place.activity.phase)
            && deposit.ends_at > vote.starts_at
        {
            errors.add("phase", "budget-phase-after-vote");
        }
        let most = match self.most.trim() {
            "" => None,
            text => {
                let read = text.parse::<u32>().ok().filter(|n| (1..=1_000).contains(n));
                if read.is_none() {
                    errors.add("most", "budget-most-wrong");
                }
                read
            }
        };
        let edit_hours = self.edit_hours.trim().parse::<i64>().ok().filter(|n| (0..=MOST_HOURS).contains(n));
        if edit_hours.is_none() {
            errors.add_with("edit_hours", "budget-hours-wrong", vec![("max", MOST_HOURS.to_string())]);
        }
        let ceiling = money::read(&self.ceiling).filter(|cents| *cents > 0);
        if !self.ceiling.is_empty() && ceiling.is_none() {
            errors.add("ceiling", "budget-money-wrong");
        }
        errors.check()?;
        Ok(IdeaRules {
            phase: deposit,
            study_phase,
            most,
            edit_hours: edit_hours.unwrap_or_default(),
            place: self.place,
            ceiling,
            supports: self.supports,
        })
    }
}

#[derive(Template)]
#[template(path = "admin/ideas_rules.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    sent: Sent,
    phases: Vec<Choice>,
    study_phases: Vec<Choice>,
}

async fn answer(
    cx: &Ctx,
    at: &At,
    status: StatusCode,
    sent: Option<Sent>,
    errors: &FieldErrors,
) -> Result<Response, WebError> {
    let (place, ()) = load(cx, at, |_, _| boxed(async { Ok(()) })).await?;
    let t = cx.t();
    let page = super::page(cx, &place, t.get("budget-page-ideas-rules")).errors(errors);
    let choices = |none: &str| {
        let first = std::iter::once(Choice::new("", t.get(none)));
        let all = place.phases.iter().map(|f| {
            let dates =
                t.with2("web-from-to", "from", t.short_date(f.starts_at), "to", t.short_date(f.ends_at - 1));
            Choice::new(f.id.to_string(), page.say(&f.title)).hint(dates)
        });
        first.chain(all).collect::<Vec<_>>()
    };
    let view = View {
        nav: super::nav(cx, &place, "ideas-rules"),
        sent: sent.unwrap_or_else(|| Sent::of(cx, &place.rules.ideas)),
        phases: choices("budget-phase-none"),
        study_phases: choices("budget-study-phase-none"),
        page,
        place,
    };
    Ok(cx.render_status(status, &view))
}

/// The form.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    answer(&cx, &at, StatusCode::OK, None, &FieldErrors::new()).await
}

/// Saves the rules of ideas; the others stay as they are. Those of a published budget leave a leaf in the journal.
pub(super) async fn submit(cx: Ctx, at: At, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let me = acting(&cx)?;
    let (now, form) = (cx.now, sent.clone());
    let done = write(&cx, &at, move |tx, place| {
        boxed(async move {
            let mut rules = place.rules.clone();
            rules.ideas = form.check(place).map_err(Error::Fields)?;
            let activity = &place.activity;
            let draft = ActivityDraft {
                title: activity.title.clone(),
                summary: activity.summary.clone(),
                phase_id: activity.phase.as_ref().map(|f| f.id),
                rules: rules.to_json(),
            };
            process::update_activity(tx, now, activity.id, &draft).await?;
            let object = format!("activity:{}", activity.id);
            audit::record(tx, now, Some(me.id), "rules-saved", &object, &json!({ "part": "ideas" })).await?;
            Ok(place.admin("ideas-rules"))
        })
    });
    match done.await {
        Ok(to) => Ok(cx.redirect_with(to, "budget-saved", &[])),
        Err(Error::Fields(errors)) => {
            answer(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, Some(sent), &errors).await
        }
        Err(e) => Err(e.into()),
    }
}
