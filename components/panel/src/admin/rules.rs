//! The rules: seats, what fair means, households, the source of the seed, dates.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::pages::At;
use parvis_civic::Error;
use parvis_core::{FieldErrors, Localized};
use parvis_sortition::Method;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Field, Html};
use parvis_web::{Ctx, Fields, Page, WebError};
use serde::Deserialize;

use super::{change, lines};
use crate::model::{MOST_DAYS, MOST_SEATS, Rules, SECONDS, SeedFrom};
use crate::place::{Place, admin_page, load, nav};
use crate::work;

/// The methods offered. The greedy one is for comparison only: the command has it.
const METHODS: [Method; 3] = [Method::Leximin, Method::Maximin, Method::Nash];

/// The form, as texts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    seats: String,
    method: String,
    households: bool,
    open_call: bool,
    seed_from: String,
    source_fr: String,
    source_en: String,
    draw_at: String,
    answer_days: String,
    limit: String,
    keep_until: String,
    allowance: String,
}

impl Sent {
    fn of(cx: &Ctx, rules: &Rules) -> Self {
        let t = cx.t();
        let cents = rules.allowance.rem_euclid(100);
        let euros = rules.allowance.div_euclid(100);
        Self {
            seats: if rules.seats == 0 { String::new() } else { rules.seats.to_string() },
            method: rules.method.code().into(),
            households: rules.households,
            open_call: rules.open_call,
            seed_from: rules.seed_from.code().into(),
            source_fr: rules.seed_source.fr.clone(),
            source_en: rules.seed_source.en.clone(),
            draw_at: rules.draw_at.map_or_else(String::new, |at| t.datetime_input(at)),
            answer_days: rules.days().to_string(),
            limit: rules.seconds().to_string(),
            keep_until: rules.keep_until.map_or_else(String::new, |at| t.date_input(at)),
            allowance: match (euros, cents) {
                (0, 0) => String::new(),
                (euros, 0) => euros.to_string(),
                (euros, cents) => format!("{euros}.{cents:02}"),
            },
        }
    }

    /// The rules, or every mistake at once.
    fn check(&self, cx: &Ctx, old: Rules) -> Result<Rules, FieldErrors> {
        let mut errors = FieldErrors::new();
        let seats = self.seats.parse::<u32>().ok().filter(|n| (2..=MOST_SEATS).contains(n));
        if seats.is_none() {
            errors.add_with("seats", "panel-rules-seats-wrong", vec![("max", MOST_SEATS.to_string())]);
        }
        let method = METHODS.into_iter().find(|m| m.code() == self.method);
        if method.is_none() {
            errors.add("method", "panel-rules-method-empty");
        }
        let fr = errors.text("source_fr", &self.source_fr, 0, 400, "panel-missing-source");
        let en = errors.text("source_en", &self.source_en, 0, 400, "panel-missing-source");
        // A form without this choice is one of words.
        let seed_from = SeedFrom::ALL.into_iter().find(|f| f.code() == self.seed_from).unwrap_or_default();
        let seed_source = match seed_from {
            SeedFrom::Room => Localized::new(fr, en),
            SeedFrom::Drand => Localized::default(),
        };
        if seed_source.is_empty() && seed_from == SeedFrom::Room {
            errors.add("source_fr", "panel-missing-source");
        }
        let mut date = |field: &'static str, text: &str, key: &'static str| {
            let read = cx.t().parse_input(text);
            if read.is_none() && !text.is_empty() {
                errors.add(field, "panel-rules-date-wrong");
            } else if read.is_none() && !key.is_empty() {
                errors.add(field, key);
            }
            read
        };
        let needs = if seed_from == SeedFrom::Drand { "panel-missing-draw" } else { "" };
        let draw_at = date("draw_at", &self.draw_at, needs);
        let keep_until = date("keep_until", &self.keep_until, "panel-missing-keep");
        if let (Some(draw), Some(keep)) = (draw_at, keep_until)
            && keep <= draw
        {
            errors.add("keep_until", "panel-rules-keep-early");
        }
        let answer_days = within(&self.answer_days, 1, MOST_DAYS);
        if answer_days.is_none() {
            errors.add_with("answer_days", "panel-rules-days-wrong", vec![("max", MOST_DAYS.to_string())]);
        }
        let limit = within(&self.limit, SECONDS.0, SECONDS.1);
        if limit.is_none() {
            let said = vec![("min", SECONDS.0.to_string()), ("max", SECONDS.1.to_string())];
            errors.add_with("limit", "panel-rules-limit-wrong", said);
        }
        let allowance = cents(&self.allowance);
        if allowance.is_none() {
            errors.add("allowance", "panel-rules-allowance-wrong");
        }
        errors.check()?;
        Ok(Rules {
            seats: seats.unwrap_or_default(),
            method: method.unwrap_or_default(),
            households: self.households,
            open_call: self.open_call,
            seed_from,
            seed_source,
            draw_at,
            answer_days: answer_days.unwrap_or_default(),
            limit: limit.unwrap_or_default(),
            keep_until,
            allowance: allowance.unwrap_or_default(),
            ..old
        })
    }
}

/// A whole number between two; 0, the default, when nothing was written.
fn within(text: &str, least: u32, most: u32) -> Option<u32> {
    if text.trim().is_empty() {
        return Some(0);
    }
    text.trim().parse().ok().filter(|n| (least..=most).contains(n))
}

/// An amount in cents: `92`, `92.50`, `92,5`; nothing is nothing.
fn cents(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches('€').trim();
    if text.is_empty() {
        return Some(0);
    }
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if part.len() > 2
        || !part.bytes().all(|b| b.is_ascii_digit())
        || !whole.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let part = format!("{part:0<2}").parse::<i64>().ok()?;
    whole.parse::<i64>().ok().filter(|n| *n < 100_000).map(|n| n * 100 + part)
}

#[derive(Template)]
#[template(path = "admin/rules.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    sent: Sent,
    source: [Field; 2],
    is_sealed: bool,
}

impl View {
    fn methods(&self) -> Vec<Choice> {
        let t = &self.page.t;
        let choice = |m: Method| {
            let code = m.code();
            Choice::new(code, t.get(&format!("panel-method-{code}")))
                .hint(t.get(&format!("panel-how-{code}")))
        };
        METHODS.into_iter().map(choice).collect()
    }

    fn seeds(&self) -> Vec<Choice> {
        let t = &self.page.t;
        let choice = |from: SeedFrom| {
            let code = from.code();
            Choice::new(code, t.get(&format!("panel-seed-from-{code}")))
                .hint(t.get(&format!("panel-seed-from-{code}-hint")))
        };
        SeedFrom::ALL.into_iter().map(choice).collect()
    }
}

async fn show(
    cx: &Ctx,
    at: &At,
    status: StatusCode,
    sent: Option<Sent>,
    errors: &FieldErrors,
    message: Option<&str>,
) -> Result<Response, WebError> {
    let (place, is_sealed) =
        load(cx, at, |tx, place| boxed(async move { work::is_sealed(tx, place.activity.id).await })).await?;
    let mut page = admin_page(cx, &place, cx.t().get("panel-tab-rules")).errors(errors);
    if let Some(key) = message {
        page = page.error(cx.t().get(key));
    }
    let sent = sent.unwrap_or_else(|| Sent::of(cx, &place.rules));
    let words = Localized::new(&sent.source_fr, &sent.source_en);
    let source = lines(&page, "source", "panel-rules-source", &words);
    let nav = nav(cx, &place, "rules");
    Ok(cx.render_status(status, &View { page, place, nav, sent, source, is_sealed }))
}

/// The form.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&cx, &at, StatusCode::OK, None, &FieldErrors::new(), None).await
}

/// Saves the rules; those of a published panel leave a leaf in the journal.
pub(super) async fn submit(cx: Ctx, at: At, fields: Fields) -> Result<Response, WebError> {
    let sent: Sent = fields.read()?;
    let (place, ()) = load(&cx, &at, |_, _| boxed(async { Ok(()) })).await?;
    let none = FieldErrors::new();
    let rules = match sent.check(&cx, place.rules) {
        Ok(rules) => rules,
        Err(errors) => {
            return show(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, Some(sent), &errors, None).await;
        }
    };
    let done = change(&cx, &at, "rules", move |_, _, now| {
        boxed(async move { Ok(Rules { categories: now.categories, ..rules }) })
    });
    match done.await {
        Ok(Some(to)) => Ok(cx.redirect_with(to, "panel-saved", &[])),
        Ok(None) => show(&cx, &at, StatusCode::CONFLICT, Some(sent), &none, Some("panel-sealed")).await,
        Err(Error::Fields(errors)) => {
            show(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, Some(sent), &errors, None).await
        }
        Err(e) => Err(e.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::cents;

    #[test]
    fn amounts_are_read_to_the_cent() {
        let read = ["", "92", "92,5", "92.05 €", "-1", "1,234", "x"].map(cents);
        assert_eq!(read, [Some(0), Some(9200), Some(9250), Some(9205), None, None, None]);
    }
}
