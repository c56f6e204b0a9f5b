//! The ballot of a budget, as the box's pages show, read and print it. Every face is filled with plain controls.

use std::sync::Arc;

use askama::Template;
use parvis_ballotbox::pages::{Ballot as BallotOf, Poll};
use parvis_civic::Error;
use parvis_civic::process::{self, Activity};
use parvis_core::{FieldError, FieldErrors, Millis};
use parvis_i18n::T;
use parvis_store::{Fut, Tx};
use parvis_web::ui::Html;
use parvis_web::{Fields, Page};
use serde_json::Value;

use super::choice::{Ballot, Choices, Mistake};
use super::form::{self, DISTRICT};
use super::how;
use super::money;
use super::sealed::{Content, Entry, Envelope};
use crate::model::{BallotRules, Face, Project, Rules};
use crate::store;

/// The budget, as the ballot box knows it.
pub struct Budgets;

/// The tabs of its administration, those of the box among them: the same, in the same order, on every page.
const TABS: [(&str, &str); crate::admin::TABS.len()] = {
    let mut tabs = [("", ""); crate::admin::TABS.len()];
    let mut i = 0;
    while i < tabs.len() {
        tabs[i] = (crate::admin::TABS[i].0, crate::admin::TABS[i].1);
        i += 1;
    }
    tabs
};

impl Poll for Budgets {
    fn component(&self) -> &'static str {
        super::NAME
    }

    fn ballot<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        activity: &'a Activity,
    ) -> Fut<'a, Result<Arc<dyn BallotOf>, Error>> {
        Box::pin(async move {
            let paper: Arc<dyn BallotOf> = Arc::new(Paper::read(tx, activity).await?);
            Ok(paper)
        })
    }

    fn tabs(&self) -> &'static [(&'static str, &'static str)] {
        &TABS
    }
}

/// The ballot of one budget.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Its rules.
    pub rules: Rules,
    /// What is sealed, and read by the count.
    pub content: Content,
    value: Value,
    projects: Vec<Project>,
    /// When the vote opens and closes.
    dates: Option<(Millis, Millis)>,
    /// The address of the budget.
    base: String,
}

impl Paper {
    /// Reads it from the rows of the activity.
    ///
    /// # Errors
    /// The database.
    pub async fn read(tx: &mut Tx<'_>, activity: &Activity) -> Result<Self, Error> {
        let rules = Rules::of(activity);
        let districts = store::districts(tx, activity.id).await?;
        let projects = store::projects(tx, activity.id).await?;
        let content = Content::of(&rules, &districts, &projects);
        let process = process::find(tx, activity.process_id).await?.ok_or(Error::NotFound)?;
        let base = format!("/p/{}/{}", process.slug, activity.slug);
        let dates = activity.phase.as_ref().map(|phase| (phase.starts_at, phase.ends_at));
        Ok(Self { value: content.to_value(), rules, content, projects, dates, base })
    }

    fn face(&self) -> Face {
        self.content.ballot.face
    }

    fn sections<'a>(&'a self, page: &Page, sent: &Fields, wrong: &[Mistake]) -> Vec<Section<'a>> {
        let t = &page.t;
        let chosen = form::chosen(&self.content, sent);
        let section = |envelope: &'a Envelope| {
            let rows: Vec<Row<'a>> =
                self.content.of_envelope(envelope.id).map(|entry| self.row(t, entry, sent)).collect();
            let errors: Vec<String> =
                wrong.iter().filter(|m| m.envelope == Some(envelope.id)).map(|m| say_mistake(t, m)).collect();
            let is_touched = rows.iter().any(|r| r.ticked || !r.value.is_empty());
            let is_open = chosen == Some(envelope.id) || is_touched || !errors.is_empty();
            Section {
                envelope,
                number: self.content.number(envelope.id),
                amount: money::say(t, envelope.amount),
                folds: !self.content.is_for_all(envelope),
                is_open,
                spend: self.spend(envelope),
                least: self.content.ballot.least_cost(envelope.amount),
                rows,
                errors,
            }
        };
        self.content.envelopes.iter().map(section).collect()
    }

    /// What the bar of an envelope counts to: cents or points; nothing for the other faces.
    fn spend(&self, envelope: &Envelope) -> Option<i64> {
        match self.face() {
            Face::Knapsack => Some(envelope.amount),
            Face::Points => Some(self.content.ballot.points.into()),
            _ => None,
        }
    }

    fn row<'a>(&'a self, t: &T, entry: &'a Entry, sent: &Fields) -> Row<'a> {
        let value = |prefix: &str| sent.get(&format!("{prefix}-{}", entry.code)).to_owned();
        let (value, ticked) = match self.face() {
            Face::Approve | Face::Knapsack => {
                (String::new(), sent.all("approve").any(|code| code == entry.code))
            }
            Face::Points => (value("points"), false),
            Face::Rank => (value("rank"), false),
            Face::PlusMinus => (value("mark"), false),
        };
        let project = self.projects.iter().find(|p| p.code == entry.code);
        Row { entry, project, cost: money::say(t, entry.cost), value, ticked }
    }

    fn line(&self, t: &T, code: &str) -> String {
        let Some(entry) = self.content.project(code) else { return code.to_owned() };
        let title = entry.title.get(t.locale);
        t.with2("budget-word-project", "title", title, "cost", money::say(t, entry.cost))
    }

    fn words_of(&self, t: &T, envelope: &Envelope, choices: &Choices) -> Vec<String> {
        let say = |c: &String| self.line(t, c);
        match choices {
            Choices::Approve(codes) => {
                let mut lines: Vec<String> = codes.iter().map(say).collect();
                if self.face() == Face::Knapsack && !codes.is_empty() {
                    let cost: i64 =
                        codes.iter().filter_map(|c| self.content.project(c)).map(|p| p.cost).sum();
                    let (cost, amount) = (money::say(t, cost), money::say(t, envelope.amount));
                    lines.push(t.with2("budget-word-total", "cost", cost, "amount", amount));
                }
                lines
            }
            Choices::Rank(codes) => {
                let ranked = (1_i64..).zip(codes);
                ranked.map(|(n, c)| t.with2("budget-word-rank", "rank", n, "name", say(c))).collect()
            }
            // In the order of the ballot, not of the codes as texts.
            Choices::Points(points) => self
                .content
                .of_envelope(envelope.id)
                .filter_map(|p| Some((p, points.get(&p.code)?)))
                .map(|(p, n)| {
                    let n = n.scaled(0).unwrap_or(0);
                    t.with2("budget-word-points", "name", say(&p.code), "count", n)
                })
                .collect(),
            Choices::Marks { plus, minus } => {
                let for_it = plus.iter().map(|c| t.with1("budget-word-plus", "name", say(c)));
                for_it.chain(minus.iter().map(|c| t.with1("budget-word-minus", "name", say(c)))).collect()
            }
        }
    }
}

/// A mistake in the visitor's language.
fn say_mistake(t: &T, mistake: &Mistake) -> String {
    t.field_error(&FieldError { field: "ballot", key: mistake.key, args: mistake.args.clone() })
}

/// One project of the ballot, with what was sent for it.
struct Row<'a> {
    entry: &'a Entry,
    project: Option<&'a Project>,
    cost: String,
    value: String,
    ticked: bool,
}

impl Row<'_> {
    /// What it takes of the bar when it is ticked.
    fn cents(&self) -> i64 {
        self.entry.cost
    }
}

/// One envelope of the ballot.
struct Section<'a> {
    envelope: &'a Envelope,
    number: usize,
    amount: String,
    folds: bool,
    is_open: bool,
    spend: Option<i64>,
    /// The least that the projects of a ballot cost here, in cents; 0: any.
    least: i64,
    rows: Vec<Row<'a>>,
    errors: Vec<String>,
}

#[derive(Template)]
#[template(path = "vote/ballot.html")]
struct Controls<'a> {
    page: &'a Page,
    sections: Vec<Section<'a>>,
    districts: Vec<(&'a Envelope, bool)>,
    face: Face,
    fill: String,
    limits: Vec<String>,
    /// Mistakes about the whole ballot.
    errors: Vec<String>,
    /// How this vote works.
    how: Html,
    is_none: bool,
    has_minus: bool,
    currency: bool,
    /// The address of the budget.
    base: &'a str,
}

#[derive(Template)]
#[template(path = "vote/printed.html")]
struct Printed<'a> {
    page: &'a Page,
    sections: Vec<Section<'a>>,
    face: Face,
    fill: String,
    limits: Vec<String>,
    has_districts: bool,
    has_minus: bool,
}

impl BallotOf for Paper {
    fn rules(&self) -> &parvis_ballotbox::Rules {
        &self.rules.ballot_box
    }

    fn content(&self) -> &Value {
        &self.value
    }

    fn is_ready(&self) -> bool {
        super::missing_of(&self.rules, &self.content).is_empty()
    }

    fn fields(&self, page: &Page, sent: &Fields) -> Html {
        // Mistakes are said beside their envelope, once there are some on the page.
        let wrong =
            if page.errors.on("ballot").is_some() { form::read(&self.content, sent).1 } else { vec![] };
        let chosen = form::chosen(&self.content, sent);
        let controls = Controls {
            sections: self.sections(page, sent, &wrong),
            districts: self.content.districts().map(|e| (e, chosen == Some(e.id))).collect(),
            face: self.face(),
            fill: page.t.get(fill(self.face())),
            limits: limits(&page.t, &self.content.ballot),
            errors: wrong.iter().filter(|m| m.envelope.is_none()).map(|m| say_mistake(&page.t, m)).collect(),
            how: how::html(page, &self.rules, &self.content, self.dates),
            is_none: sent.get(DISTRICT) == "none",
            has_minus: self.content.ballot.minus > 0,
            currency: self.face() == Face::Knapsack,
            base: &self.base,
            page,
        };
        Html(controls.render().unwrap_or_default())
    }

    fn read(&self, sent: &Fields) -> Result<Value, FieldErrors> {
        let (ballot, wrong) = form::read(&self.content, sent);
        let mut errors = FieldErrors::new();
        for mistake in wrong {
            errors.add_with("ballot", mistake.key, mistake.args);
        }
        errors.check()?;
        Ok(ballot.to_value())
    }

    fn words(&self, t: &T, ballot: &Value) -> Vec<String> {
        let Some(ballot) = Ballot::of_value(ballot) else { return vec![] };
        if ballot.is_blank() {
            return vec![];
        }
        let mut lines = vec![];
        for envelope in &self.content.envelopes {
            let Some(choices) = ballot.of(envelope.id) else { continue };
            let words = self.words_of(t, envelope, choices);
            if self.content.envelopes.len() == 1 {
                lines.extend(words);
                continue;
            }
            let name = envelope.name.get(t.locale);
            if words.is_empty() {
                lines.push(t.with1("budget-word-blank", "envelope", name));
            }
            let said = |w: String| t.with2("budget-word-in", "envelope", name, "what", w);
            lines.extend(words.into_iter().map(said));
        }
        lines
    }

    fn printed(&self, page: &Page) -> Html {
        let printed = Printed {
            sections: self.sections(page, &Fields::default(), &[]),
            face: self.face(),
            fill: page.t.get(match self.face() {
                Face::Approve => "budget-print-approve",
                Face::Knapsack => "budget-print-knapsack",
                Face::Points => "budget-print-points",
                Face::Rank => "budget-print-rank",
                Face::PlusMinus => "budget-print-plus-minus",
            }),
            limits: limits(&page.t, &self.content.ballot),
            has_districts: self.content.districts().next().is_some(),
            has_minus: self.content.ballot.minus > 0,
            page,
        };
        Html(printed.render().unwrap_or_default())
    }
}

/// What an envelope's part of the ballot may hold, in sentences.
pub(crate) fn limits(t: &T, rules: &BallotRules) -> Vec<String> {
    let mut lines = vec![];
    match (rules.face, rules.most) {
        (Face::PlusMinus, most) => {
            lines.extend(most.map(|most| t.n("budget-limit-plus", most)));
            lines.push(t.n("budget-limit-minus", rules.minus));
        }
        (Face::Points, most) => {
            lines.push(t.n("budget-limit-points", rules.points));
            lines.extend(most.map(|most| t.n("budget-limit-most", most)));
        }
        (_, most) => lines.extend(most.map(|most| t.n("budget-limit-most", most))),
    }
    if rules.face == Face::Knapsack && rules.least_share > 0 {
        lines.push(t.with1("budget-limit-share", "share", t.percent(rules.least_share, 100)));
    }
    if rules.least > 1 {
        lines.push(t.n("budget-limit-least", rules.least));
    }
    lines
}

/// How to fill a face, by the key of the sentence.
pub(crate) const fn fill(face: Face) -> &'static str {
    match face {
        Face::Approve => "budget-fill-approve",
        Face::Knapsack => "budget-fill-knapsack",
        Face::Points => "budget-fill-points",
        Face::Rank => "budget-fill-rank",
        Face::PlusMinus => "budget-fill-plus-minus",
    }
}

impl Controls<'_> {
    fn error_list(&self) -> bool {
        !self.errors.is_empty()
    }
}
