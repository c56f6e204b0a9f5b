//! What people may write, and how long.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_civic::Error;
use parvis_civic::process::{self, ActivityDraft, Moment, Status};
use parvis_core::FieldErrors;
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Form, Page, WebError};
use serde::Deserialize;
use serde_json::json;

use crate::model::Rules;
use crate::place::{At, Place};

/// What the form sends.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    proposals: bool,
    amendments: bool,
    arguments: bool,
    sources: bool,
    hide_totals_until_closed: bool,
    title_min: String,
    title_max: String,
    body_min: String,
    body_max: String,
    explanation_min: String,
    explanation_max: String,
    argument_min: String,
    argument_max: String,
}

impl Sent {
    fn of(rules: &Rules) -> Self {
        let text = |n: usize| n.to_string();
        Self {
            proposals: rules.proposals,
            amendments: rules.amendments,
            arguments: rules.arguments,
            sources: rules.sources,
            hide_totals_until_closed: rules.hide_totals_until_closed,
            title_min: text(rules.title.0),
            title_max: text(rules.title.1),
            body_min: text(rules.body.0),
            body_max: text(rules.body.1),
            explanation_min: text(rules.explanation.0),
            explanation_max: text(rules.explanation.1),
            argument_min: text(rules.argument.0),
            argument_max: text(rules.argument.1),
        }
    }

    /// Whether that box is ticked.
    fn has(&self, name: &str) -> bool {
        match name {
            "proposals" => self.proposals,
            "amendments" => self.amendments,
            "arguments" => self.arguments,
            "sources" => self.sources,
            _ => self.hide_totals_until_closed,
        }
    }

    /// The rules, or every mistake at once.
    fn check(&self, before: &Rules, is_sealed: bool) -> Result<Rules, FieldErrors> {
        let mut errors = FieldErrors::new();
        let mut pair = |names: [&'static str; 2], values: [&String; 2], least: usize, most: usize| {
            let mut read = |name: &'static str, value: &String| {
                let n = value.parse::<usize>().ok();
                match n {
                    None => errors.add(name, "core-number-invalid"),
                    Some(n) if n > most => {
                        errors.add_with(
                            name,
                            "consultation-admin-rules-most",
                            vec![("max", most.to_string())],
                        );
                    }
                    Some(_) => {}
                }
                n.filter(|n| *n <= most)
            };
            let (min, max) = (read(names[0], values[0]), read(names[1], values[1]));
            if let (Some(min), Some(max)) = (min, max) {
                if max < min.max(least) {
                    errors.add(names[1], "consultation-admin-rules-order");
                }
                return (min, max);
            }
            (0, 0)
        };
        let title = pair(["title_min", "title_max"], [&self.title_min, &self.title_max], 10, 300);
        let body = pair(["body_min", "body_max"], [&self.body_min, &self.body_max], 100, 50_000);
        let explanation = pair(
            ["explanation_min", "explanation_max"],
            [&self.explanation_min, &self.explanation_max],
            0,
            20_000,
        );
        let argument =
            pair(["argument_min", "argument_max"], [&self.argument_min, &self.argument_max], 50, 10_000);
        let hide = self.hide_totals_until_closed;
        if is_sealed && hide != before.hide_totals_until_closed {
            errors.add("hide_totals_until_closed", "consultation-admin-rules-sealed");
        }
        errors.check()?;
        Ok(Rules {
            proposals: self.proposals,
            amendments: self.amendments,
            arguments: self.arguments,
            sources: self.sources,
            title,
            body,
            explanation,
            argument,
            hide_totals_until_closed: hide,
        })
    }
}

/// What people were promised about their votes does not change once they vote.
fn is_sealed(place: &Place, now: i64) -> bool {
    place.activity.status != Status::Draft && place.activity.moment(now) != Moment::Before
}

#[derive(Template)]
#[template(path = "admin/rules.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    sent: Sent,
    is_published: bool,
}

/// The form.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, ()) = super::load(&cx, &at, |_, _| boxed(async { Ok::<_, Error>(()) })).await?;
    let sent = Sent::of(&place.rules);
    Ok(answer(&cx, StatusCode::OK, place, sent, &FieldErrors::new()))
}

fn answer(cx: &Ctx, status: StatusCode, place: Place, sent: Sent, errors: &FieldErrors) -> Response {
    let page = super::page(cx, &place, cx.t().get("consultation-admin-rules")).errors(errors);
    let nav = super::nav(cx, &place, "rules");
    let is_published = place.activity.status != Status::Draft;
    cx.render_status(status, &View { page, place, nav, sent, is_published })
}

/// Saves the rules; those of a published consultation leave a leaf in the journal.
pub(super) async fn submit(cx: Ctx, at: At, Form(sent): Form<Sent>) -> Result<Response, WebError> {
    let (place, ()) = super::load(&cx, &at, |_, _| boxed(async { Ok::<_, Error>(()) })).await?;
    let me = super::editor(&cx)?;
    let rules = match sent.check(&place.rules, is_sealed(&place, cx.now)) {
        Ok(rules) => rules,
        Err(errors) => return Ok(answer(&cx, StatusCode::UNPROCESSABLE_ENTITY, place, sent, &errors)),
    };
    let (now, activity) = (cx.now, place.activity.clone());
    let done = cx.store().write(move |tx| {
        boxed(async move {
            let draft = ActivityDraft {
                title: activity.title.clone(),
                summary: activity.summary.clone(),
                phase_id: activity.phase.as_ref().map(|f| f.id),
                rules: rules.to_json(),
            };
            process::update_activity(tx, now, activity.id, &draft).await?;
            let object = format!("activity:{}", activity.id);
            audit::record(tx, now, Some(me.id), "rules-saved", &object, &json!({})).await?;
            Ok::<_, Error>(())
        })
    });
    done.await?;
    Ok(cx.redirect_with(place.admin("rules"), "consultation-admin-saved", &[]))
}
