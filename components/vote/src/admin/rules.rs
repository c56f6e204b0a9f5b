//! The rules: the method and its limits, ties, who votes and how. Sealed with the first vote.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::pages::{At, Place, acting, admin_page, load, nav};
use parvis_ballotbox::rules::Level;
use parvis_ballotbox::{Priority, RollKind, Rules as BoxRules, seal};
use parvis_civic::Error;
use parvis_civic::process::{self, ActivityDraft};
use parvis_core::FieldErrors;
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_tally::{Blank, Method, Rules as TallyRules, Strength, TieBreak};
use parvis_web::ui::{Choice, Html};
use parvis_web::{Ctx, Fields, Page, WebError};
use serde::Deserialize;
use serde_json::json;

use super::{change, poll};
use crate::ballot::{Paper, Votes};
use crate::model::{MOST_GRADE, Rules, minus_votes, plus_votes};

/// The form, as texts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    method: String,
    seats: String,
    most: String,
    plus: String,
    minus: String,
    credits: String,
    max_grade: String,
    blank: String,
    strength: String,
    ties: String,
    seed: String,
    roll: String,
    min_age: String,
    districts: String,
    changeable: bool,
    paper: bool,
    desk: bool,
    priority: String,
    double_entry: bool,
}

impl Sent {
    fn of(rules: &Rules) -> Self {
        let (tally, boxed) = (&rules.tally, &rules.ballot_box);
        let text = |n: Option<u32>| n.map_or_else(String::new, |n| n.to_string());
        let (ties, seed) = match &tally.ties {
            _ if !rules.ties_chosen => ("", String::new()),
            TieBreak::Lot { seed } => ("lot", seed.clone()),
            TieBreak::Options => ("options", String::new()),
            _ => ("open", String::new()),
        };
        Self {
            method: tally.method.to_string(),
            seats: tally.seats.to_string(),
            most: text(tally.most),
            plus: text(tally.plus),
            minus: text(tally.minus),
            credits: tally.credits.unwrap_or(25).to_string(),
            max_grade: rules.max_grade().to_string(),
            blank: if tally.blank == Blank::Exclude { "exclude" } else { "worst" }.into(),
            strength: if tally.strength == Strength::WinningVotes { "winning-votes" } else { "margins" }
                .into(),
            ties: ties.into(),
            seed,
            roll: if boxed.roll == RollKind::List { "list" } else { "accounts" }.into(),
            min_age: boxed.min_age.map_or_else(String::new, |n| n.to_string()),
            districts: boxed.districts.join("\n"),
            changeable: boxed.changeable,
            paper: boxed.paper,
            desk: boxed.desk,
            priority: if boxed.priority == Priority::Paper { "paper" } else { "first" }.into(),
            double_entry: boxed.double_entry,
        }
    }

    /// The rules, or every mistake at once.
    fn check(&self, options: usize) -> Result<Rules, FieldErrors> {
        let mut errors = FieldErrors::new();
        let method: Method = self.method.parse().unwrap_or_else(|_| {
            errors.add("method", "vote-rules-method-empty");
            Method::Approval
        });
        let mut number = |field: &'static str, text: &str, min: u32, max: u32| {
            let read = text.trim().parse::<u32>().ok().filter(|n| (min..=max).contains(n));
            if read.is_none() {
                let args = vec![("min", min.to_string()), ("max", max.to_string())];
                errors.add_with(field, "vote-rules-number", args);
            }
            read.unwrap_or(min)
        };
        let seats = number("seats", &self.seats, 1, 50);
        let mut tally = TallyRules::new(method).seats(usize::try_from(seats).unwrap_or(1));
        match method {
            Method::Approval if !self.most.is_empty() => tally.most = Some(number("most", &self.most, 1, 60)),
            Method::D21 => {
                let plus = match self.plus.trim() {
                    "" => plus_votes(options, tally.seats),
                    text => number("plus", text, 1, 60),
                };
                let minus = match self.minus.trim() {
                    "" => minus_votes(plus),
                    text => number("minus", text, 0, 30),
                };
                (tally.plus, tally.minus) = (Some(plus), Some(minus));
            }
            Method::Quadratic => tally.credits = Some(number("credits", &self.credits, 1, 10_000).into()),
            Method::Score => tally.max_grade = Some(number("max_grade", &self.max_grade, 1, MOST_GRADE)),
            _ => {}
        }
        let min_age = if self.min_age.is_empty() {
            None
        } else {
            u8::try_from(number("min_age", &self.min_age, 1, 120)).ok()
        };
        // What nobody could use, or would choose nothing, is no limit.
        let bound = u32::try_from(options).unwrap_or(u32::MAX);
        if let Some(plus) = tally.plus.filter(|plus| options >= 2 && *plus >= bound) {
            let args = vec![("most", (bound - 1).to_string()), ("count", plus.to_string())];
            errors.add_with("plus", "vote-rules-plus-all", args);
        } else if let (Some(plus), Some(minus)) = (tally.plus, tally.minus)
            && minus > plus / 2
        {
            errors.add_with("minus", "vote-rules-minus-most", vec![("most", (plus / 2).to_string())]);
        }
        if seats > 1 && !method.many_seats() {
            errors.add("seats", "vote-rules-seats-one");
        } else if options >= 2 && usize::try_from(seats).unwrap_or(usize::MAX) >= options {
            errors.add("seats", "vote-missing-seats");
        }
        tally.blank = if self.blank == "exclude" { Blank::Exclude } else { Blank::Worst };
        if matches!(method, Method::Schulze | Method::RankedPairs | Method::Minimax)
            && self.strength == "winning-votes"
        {
            tally.strength = Strength::WinningVotes;
        }
        tally.ties = match self.ties.as_str() {
            "lot" => TieBreak::Lot { seed: self.seed.trim().to_owned() },
            "options" => TieBreak::Options,
            "open" => TieBreak::Open,
            _ => {
                errors.add("ties", "vote-missing-ties");
                TieBreak::Open
            }
        };
        if self.ties == "lot" && self.seed.trim().is_empty() {
            errors.add("seed", "vote-missing-seed");
        }
        let roll = if self.roll == "list" { RollKind::List } else { RollKind::Accounts };
        let districts: Vec<String> =
            self.districts.lines().map(str::trim).filter(|d| !d.is_empty()).map(str::to_owned).collect();
        if roll == RollKind::Accounts && (min_age.is_some() || !districts.is_empty()) {
            errors.add("roll", "vote-rules-needs-list");
        }
        errors.check()?;
        let mut rules = Rules {
            ballot_box: BoxRules {
                roll,
                level: Level::Email,
                min_age,
                districts,
                changeable: self.changeable,
                paper: self.paper,
                desk: self.desk,
                priority: if self.priority == "paper" { Priority::Paper } else { Priority::First },
                double_entry: self.double_entry,
            },
            tally,
            ties_chosen: true,
        };
        // The scale is part of what is sealed: counting never guesses it from the grades given.
        if method.kind() == parvis_tally::Kind::Graded {
            rules.tally.max_grade = Some(rules.max_grade());
        }
        Ok(rules)
    }
}

#[derive(Template)]
#[template(path = "admin/rules.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    sent: Sent,
    options: usize,
    is_sealed: bool,
}

impl View {
    fn methods(&self) -> Vec<Choice> {
        let t = &self.page.t;
        Method::ALL
            .iter()
            .map(|m| {
                Choice::new(m.id(), t.get(&format!("vote-method-{m}"))).hint(t.get(&format!("vote-how-{m}")))
            })
            .collect()
    }

    fn pick(&self, all: &[(&str, &str)]) -> Vec<Choice> {
        all.iter().map(|(value, key)| Choice::new(*value, self.page.t.get(key))).collect()
    }

    fn ties(&self) -> Vec<Choice> {
        self.pick(&[("open", "vote-ties-open"), ("options", "vote-ties-options"), ("lot", "vote-ties-lot")])
    }

    fn blanks(&self) -> Vec<Choice> {
        self.pick(&[("worst", "vote-blank-worst"), ("exclude", "vote-blank-exclude")])
    }

    fn strengths(&self) -> Vec<Choice> {
        self.pick(&[("margins", "vote-strength-margins"), ("winning-votes", "vote-strength-winning-votes")])
    }

    /// What is proposed for the plus votes, in words, and how many that makes here.
    fn plus(&self) -> String {
        let t = &self.page.t;
        let mut said = t.get("vote-rules-plus-hint");
        if self.options >= 2 {
            let seats = self.sent.seats.trim().parse().unwrap_or(1);
            said.push(' ');
            said.push_str(&t.n("vote-rules-plus-here", plus_votes(self.options, seats)));
        }
        said
    }

    /// Whether this is a D21 ballot with no more plus votes than winners, where it could have more.
    fn has_few_plus(&self) -> bool {
        let read = |text: &str| text.trim().parse::<usize>().unwrap_or(0);
        let (plus, seats) = (read(&self.sent.plus), read(&self.sent.seats));
        self.sent.method == Method::D21.id() && plus > 0 && plus <= seats && self.options > seats + 1
    }

    fn rolls(&self) -> Vec<Choice> {
        self.pick(&[("accounts", "ballotbox-roll-accounts"), ("list", "ballotbox-roll-list")])
    }

    fn priorities(&self) -> Vec<Choice> {
        self.pick(&[("first", "ballotbox-priority-first"), ("paper", "ballotbox-priority-paper")])
    }
}

async fn show(
    cx: &Ctx,
    at: &At,
    status: StatusCode,
    sent: Option<Sent>,
    errors: &FieldErrors,
    problem: Option<&'static str>,
) -> Result<Response, WebError> {
    let (place, (paper, is_sealed)) = load(&poll(), cx, at, |tx, place| {
        boxed(async move {
            let paper = Paper::read(tx, &place.activity).await?;
            Ok((paper, seal::is_sealed(tx, place.activity.id).await?))
        })
    })
    .await?;
    let mut page = admin_page(cx, &place, cx.t().get("vote-tab-rules")).errors(errors);
    if let Some(key) = problem {
        page = page.error(cx.t().get(key));
    }
    let sent = sent.unwrap_or_else(|| Sent::of(&paper.rules));
    let nav = nav(&Votes, cx, &place, "rules");
    let options = paper.options.len();
    Ok(cx.render_status(status, &View { page, place, nav, sent, options, is_sealed }))
}

/// The form.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&cx, &at, StatusCode::OK, None, &FieldErrors::new(), None).await
}

/// Saves the rules; those of a published vote leave a leaf in the journal.
pub(super) async fn submit(cx: Ctx, at: At, fields: Fields) -> Result<Response, WebError> {
    let sent: Sent = fields.read()?;
    let me = acting(&cx)?;
    let (_, options) = load(&poll(), &cx, &at, |tx, place| {
        boxed(async move { Ok(Paper::read(tx, &place.activity).await?.options.len()) })
    })
    .await?;
    let rules = match sent.check(options) {
        Ok(rules) => rules,
        Err(errors) => {
            return show(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, Some(sent), &errors, None).await;
        }
    };
    let now = cx.now;
    let done = change(&cx, &at, "rules", move |tx, place| {
        boxed(async move {
            let activity = &place.activity;
            let draft = ActivityDraft {
                title: activity.title.clone(),
                summary: activity.summary.clone(),
                phase_id: activity.phase.as_ref().map(|f| f.id),
                rules: rules.to_json(),
            };
            process::update_activity(tx, now, activity.id, &draft).await?;
            let object = format!("activity:{}", activity.id);
            audit::record(tx, now, Some(me.id), "rules-saved", &object, &json!({})).await?;
            Ok(place.admin("rules"))
        })
    });
    match done.await {
        Ok(Some(to)) => Ok(cx.redirect_with(to, "vote-saved", &[])),
        Ok(None) => {
            let problem = Some("ballotbox-sealed");
            show(&cx, &at, StatusCode::CONFLICT, Some(sent), &FieldErrors::new(), problem).await
        }
        Err(Error::Fields(errors)) => {
            show(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, Some(sent), &errors, None).await
        }
        Err(e) => Err(e.into()),
    }
}
