//! The rules of the vote and of its count. Sealed with the first vote.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::pages::{At, Place, acting, admin_page, load, nav};
use parvis_ballotbox::rules::Level;
use parvis_ballotbox::{Priority, RollKind, Rules as BoxRules, seal};
use parvis_budgeting::{Completion, Decimal, Rule, Rules as CountRules, Satisfaction, Ties};
use parvis_civic::Error;
use parvis_civic::process::{self, ActivityDraft};
use parvis_core::FieldErrors;
use parvis_ops::audit;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Html};
use parvis_web::{Ctx, Fields, Page, WebError};
use serde::Deserialize;
use serde_json::json;

use super::change;
use crate::model::{BallotRules, Face, Reach, Rules};
use crate::vote::ballot::{Budgets, Paper, fill};
use crate::vote::poll;

/// The faces, by the value of the form.
const FACES: [(&str, Face); 5] = [
    ("approve", Face::Approve),
    ("knapsack", Face::Knapsack),
    ("points", Face::Points),
    ("rank", Face::Rank),
    ("plus-minus", Face::PlusMinus),
];

/// The form, as texts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    face: String,
    reach: String,
    least: String,
    least_share: String,
    most: String,
    points: String,
    minus: String,
    rule: String,
    satisfaction: String,
    completion: String,
    threshold: String,
    comparison: bool,
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
        let (ballot, count, boxed) = (&rules.ballot, &rules.count, &rules.ballot_box);
        let (ties, seed) = match &count.ties {
            _ if !rules.ties_chosen => ("", String::new()),
            Ties::Lot { seed, .. } => ("lot", seed.clone()),
            Ties::ByCost => ("by-cost", String::new()),
            Ties::ByVotes => ("by-votes", String::new()),
            _ => ("order", String::new()),
        };
        let face = FACES.iter().find(|(_, f)| *f == ballot.face).map_or("approve", |(name, _)| name);
        Self {
            face: face.into(),
            reach: if ballot.reach == Reach::One { "one" } else { "all" }.into(),
            least: ballot.least.to_string(),
            least_share: ballot.least_share.to_string(),
            most: ballot.most.map_or_else(String::new, |n| n.to_string()),
            points: ballot.points.to_string(),
            minus: ballot.minus.to_string(),
            rule: count.rule.to_string(),
            satisfaction: count.satisfaction.to_string(),
            completion: count.completion.to_string(),
            threshold: count.threshold.map_or_else(String::new, |n| n.to_string()),
            comparison: count.comparison,
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

    /// The rules, or every mistake at once. What is not asked here is kept as it was.
    fn check(&self, before: &Rules) -> Result<Rules, FieldErrors> {
        let mut errors = FieldErrors::new();
        let ballot = self.ballot(&mut errors);
        let count = self.count(&ballot, &mut errors);
        let ballot_box = self.ballot_box(&mut errors);
        errors.check()?;
        Ok(Rules { ballot_box, ballot, count, ties_chosen: true, ideas: before.ideas.clone() })
    }

    fn ballot(&self, errors: &mut FieldErrors) -> BallotRules {
        let face = FACES.iter().find(|(name, _)| *name == self.face).map(|(_, face)| *face);
        let face = face.unwrap_or_else(|| {
            errors.add("face", "budget-rules-face-empty");
            Face::Approve
        });
        let default = BallotRules::default();
        let least = number(errors, "least", &self.least, 0, 1000);
        let most =
            if self.most.is_empty() { None } else { Some(number(errors, "most", &self.most, 1, 1000)) };
        // Asked of knapsack ballots alone; a form that does not say it asks for none.
        let least_share = match face {
            Face::Knapsack if !self.least_share.is_empty() => {
                number(errors, "least_share", &self.least_share, 0, 100)
            }
            _ => default.least_share,
        };
        let points = match face {
            Face::Points => number(errors, "points", &self.points, 1, 100_000),
            _ => default.points,
        };
        let minus = match face {
            Face::PlusMinus => number(errors, "minus", &self.minus, 0, 1000),
            _ => default.minus,
        };
        if most.is_some_and(|most| least > most) {
            errors.add("least", "budget-rules-least-over");
        }
        if face == Face::PlusMinus && most.is_some_and(|most| most < minus.saturating_mul(2)) {
            errors.add("minus", "budget-rules-minus-over");
        }
        let reach = if self.reach == "one" { Reach::One } else { Reach::All };
        BallotRules { face, reach, least, most, least_share, points, minus }
    }

    /// The rules of the count, checked against the ballots: what cannot be counted is refused now.
    fn count(&self, ballot: &BallotRules, errors: &mut FieldErrors) -> CountRules {
        let rule: Rule = self.rule.parse().unwrap_or_else(|_| {
            errors.add("rule", "budget-rules-rule-empty");
            Rule::EqualShares
        });
        let satisfaction: Satisfaction = self.satisfaction.parse().unwrap_or_else(|_| {
            errors.add("satisfaction", "budget-rules-satisfaction-empty");
            Satisfaction::Cost
        });
        let completion: Completion = self.completion.parse().unwrap_or(Completion::None);
        let loads = matches!(rule, Rule::Phragmen | Rule::PhragmenSkip);
        match (satisfaction, ballot.face) {
            _ if loads => {}
            (Satisfaction::Points, Face::Points | Face::PlusMinus) => {}
            (Satisfaction::Points, _) => errors.add("satisfaction", "budget-rules-points-face"),
            (Satisfaction::Borda | Satisfaction::Ranks, face) if face != Face::Rank => {
                errors.add("satisfaction", "budget-rules-rank-face");
            }
            (_, Face::PlusMinus) => errors.add("satisfaction", "budget-rules-plus-minus-points"),
            _ => {}
        }
        if loads && ballot.face == Face::PlusMinus {
            errors.add("rule", "budget-rules-plus-minus-loads");
        }
        if rule == Rule::GreedyScore && satisfaction == Satisfaction::Cost {
            errors.add("satisfaction", "budget-rules-score-cost");
        }
        // Another rule is not completed: the choice made for equal shares is not held against it.
        let shares = rule == Rule::EqualShares;
        let mut rules = CountRules::new(rule)
            .satisfaction(if loads { Satisfaction::Cost } else { satisfaction })
            .completion(if shares { completion } else { Completion::None });
        rules.comparison = shares && self.comparison;
        if !self.threshold.is_empty() {
            let votes = number(errors, "threshold", &self.threshold, 1, 100_000_000);
            rules.threshold = Decimal::whole(votes.into()).ok();
        }
        rules.ties = match self.ties.as_str() {
            "by-votes" => Ties::ByVotes,
            "by-cost" => Ties::ByCost,
            "order" => Ties::Order { ids: vec![] },
            "lot" => Ties::Lot { ids: vec![], seed: self.seed.clone() },
            _ => {
                errors.add("ties", "budget-missing-ties");
                Ties::Lexicographic
            }
        };
        if self.ties == "lot" && self.seed.is_empty() {
            errors.add("seed", "budget-rules-seed-empty");
        }
        rules
    }

    fn ballot_box(&self, errors: &mut FieldErrors) -> BoxRules {
        let min_age = if self.min_age.is_empty() {
            None
        } else {
            u8::try_from(number(errors, "min_age", &self.min_age, 1, 120)).ok()
        };
        let roll = if self.roll == "list" { RollKind::List } else { RollKind::Accounts };
        let districts: Vec<String> =
            self.districts.lines().map(str::trim).filter(|d| !d.is_empty()).map(str::to_owned).collect();
        if roll == RollKind::Accounts && (min_age.is_some() || !districts.is_empty()) {
            errors.add("roll", "budget-rules-needs-list");
        }
        BoxRules {
            roll,
            level: Level::Email,
            min_age,
            districts,
            changeable: self.changeable,
            paper: self.paper,
            desk: self.desk,
            priority: if self.priority == "paper" { Priority::Paper } else { Priority::First },
            double_entry: self.double_entry,
        }
    }
}

fn number(errors: &mut FieldErrors, field: &'static str, text: &str, min: u32, max: u32) -> u32 {
    let read = text.trim().parse::<u32>().ok().filter(|n| (min..=max).contains(n));
    if read.is_none() {
        let args = vec![("min", min.to_string()), ("max", max.to_string())];
        errors.add_with(field, "budget-rules-number", args);
    }
    read.unwrap_or(min)
}

/// Words that are also part of a sentence, as a line of their own.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What deserves a second thought: allowed, but seldom wanted. Keys of messages.
fn advice(rules: &Rules) -> Vec<&'static str> {
    let mut all = vec![];
    let count = &rules.count;
    match count.rule {
        Rule::EqualShares if count.completion == Completion::None => all.push("budget-advice-shares-alone"),
        Rule::Greedy | Rule::GreedyStop | Rule::GreedyScore => all.push("budget-advice-greedy"),
        Rule::Knapsack => all.push("budget-advice-knapsack"),
        Rule::Phragmen => all.push("budget-advice-phragmen"),
        _ => {}
    }
    if count.rule == Rule::GreedyStop {
        all.push("budget-advice-stop");
    }
    if count.satisfaction == Satisfaction::Borda {
        all.push("budget-advice-borda");
    }
    if rules.ballot.face == Face::Knapsack && rules.ballot.most.is_some() {
        all.push("budget-advice-knapsack-most");
    }
    if rules.ballot.face == Face::Approve && rules.ballot.most == Some(1) {
        all.push("budget-advice-one");
    }
    if rules.ballot.face == Face::PlusMinus && rules.ballot.most.is_none() && rules.ballot.minus > 0 {
        all.push("budget-advice-plus-minus");
    }
    all
}

#[derive(Template)]
#[template(path = "vote/admin/rules.html")]
struct View {
    page: Page,
    place: Place,
    nav: Html,
    sent: Sent,
    is_sealed: bool,
    advice: Vec<&'static str>,
}

impl View {
    fn faces(&self) -> Vec<Choice> {
        let t = &self.page.t;
        let face = |(name, face): &(&str, Face)| {
            Choice::new(*name, t.get(&format!("budget-face-{name}"))).hint(t.get(fill(*face)))
        };
        FACES.iter().map(face).collect()
    }

    fn rules(&self) -> Vec<Choice> {
        let t = &self.page.t;
        let rule = |r: &Rule| {
            Choice::new(r.name(), t.get(&format!("budget-rule-{r}"))).hint(t.get(&format!("budget-how-{r}")))
        };
        Rule::ALL.iter().map(rule).collect()
    }

    fn satisfactions(&self) -> Vec<Choice> {
        let t = &self.page.t;
        let one = |s: &Satisfaction| {
            let label = sentence(&t.get(&format!("budget-satisfaction-{s}")));
            Choice::new(s.name(), label).hint(t.get(&format!("budget-how-satisfaction-{s}")))
        };
        Satisfaction::ALL.iter().map(one).collect()
    }

    fn completions(&self) -> Vec<Choice> {
        let t = &self.page.t;
        let one = |c: &Completion| {
            let label = sentence(&t.get(&format!("budget-completion-{c}")));
            Choice::new(c.name(), label).hint(t.get(&format!("budget-how-completion-{c}")))
        };
        Completion::ALL.iter().map(one).collect()
    }

    fn pick(&self, all: &[(&str, &str)]) -> Vec<Choice> {
        all.iter().map(|(value, key)| Choice::new(*value, self.page.t.get(key))).collect()
    }

    fn reaches(&self) -> Vec<Choice> {
        self.pick(&[("all", "budget-reach-all"), ("one", "budget-reach-one")])
    }

    fn ties(&self) -> Vec<Choice> {
        self.pick(&[
            ("by-votes", "budget-ties-by-votes"),
            ("by-cost", "budget-ties-by-cost"),
            ("order", "budget-ties-order"),
            ("lot", "budget-ties-lot"),
        ])
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
    let mut page = admin_page(cx, &place, cx.t().get("budget-tab-rules")).errors(errors);
    if let Some(key) = problem {
        page = page.error(cx.t().get(key));
    }
    let advice = if paper.rules.ties_chosen { advice(&paper.rules) } else { vec![] };
    let sent = sent.unwrap_or_else(|| Sent::of(&paper.rules));
    let nav = nav(&Budgets, cx, &place, "rules");
    Ok(cx.render_status(status, &View { page, place, nav, sent, is_sealed, advice }))
}

/// The form.
pub(super) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    show(&cx, &at, StatusCode::OK, None, &FieldErrors::new(), None).await
}

/// Saves the rules; those of a published budget leave a leaf in the journal.
pub(super) async fn submit(cx: Ctx, at: At, fields: Fields) -> Result<Response, WebError> {
    let sent: Sent = fields.read()?;
    let me = acting(&cx)?;
    if let Err(errors) = sent.check(&Rules::default()) {
        return show(&cx, &at, StatusCode::UNPROCESSABLE_ENTITY, Some(sent), &errors, None).await;
    }
    let (now, form) = (cx.now, sent.clone());
    let done = change(&cx, &at, "rules", move |tx, place| {
        boxed(async move {
            let activity = &place.activity;
            // The rules of ideas, on another page, are those that stand now.
            let rules = form.check(&Rules::of(activity))?;
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
        Ok(Some(to)) => Ok(cx.redirect_with(to, "budget-rules-saved", &[])),
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
