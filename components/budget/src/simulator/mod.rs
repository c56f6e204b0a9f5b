//! The simulator: rules side by side on a past budget, to choose before the vote opens. Nothing is kept.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::pages::{At, admin_page, load, nav};
use parvis_budgeting::pb::{self, Invalid};
use parvis_budgeting::{
    BallotKind, Compared, Completion, Decimal, Election, Outcome, Rule, Rules as CountRules, Satisfaction,
    Ties, count as count_by, lot, side_by_side,
};
use parvis_civic::{Error, process};
use parvis_core::{Access, FieldErrors, Localized};
use parvis_i18n::T;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Html};
use parvis_web::{Ctx, Page, Routes, Upload, WebError};

use crate::model::{self, Face};
use crate::pabulib::problem;
use crate::results::{self, rule_words, tie_rule};
use crate::store;
use crate::vote::ballot::Budgets;
use crate::vote::choice::Choices;
use crate::vote::{count, money, poll};

/// Where it is.
pub(crate) const PATH: &str = "/admin/simulate/budget";

/// Its pages, that belong to no activity.
pub(crate) fn routes() -> Routes {
    Routes::new().get(PATH, Access::Editor, page).upload(PATH, Access::Editor, submit)
}

/// What the organiser chooses for all the rules: what breaks a tie, what a project needs. As texts.
#[derive(Debug, Clone, Default)]
struct Sent {
    ties: String,
    seed: String,
    threshold: String,
}

/// The same, read.
#[derive(Debug, Clone)]
struct Chosen {
    ties: Ties,
    threshold: Option<Decimal>,
}

impl Sent {
    fn of(get: impl Fn(&str) -> String) -> Self {
        let text = |name: &str| get(name).trim().to_owned();
        let ties = text("ties");
        let ties = if ties.is_empty() { "by-votes".to_owned() } else { ties };
        Self { ties, seed: text("seed"), threshold: text("threshold") }
    }

    /// What it says, or every mistake in it. The order of a lot, and that of the ballot, are those of the projects of a case.
    fn check(&self, errors: &mut FieldErrors) -> Chosen {
        let ties = match self.ties.as_str() {
            "by-cost" => Ties::ByCost,
            "order" => Ties::Order { ids: vec![] },
            "lot" => Ties::Lot { ids: vec![], seed: self.seed.clone() },
            _ => Ties::ByVotes,
        };
        if self.ties == "lot" && self.seed.is_empty() {
            errors.add("seed", "budget-rules-seed-empty");
        }
        let read = self.threshold.parse::<i64>().ok().filter(|n| (1..=100_000_000).contains(n));
        if read.is_none() && !self.threshold.is_empty() {
            let args = vec![("min", "1".to_owned()), ("max", "100000000".to_owned())];
            errors.add_with("threshold", "budget-rules-number", args);
        }
        Chosen { ties, threshold: read.and_then(|n| Decimal::whole(n).ok()) }
    }
}

impl Chosen {
    /// The tie rule among these projects.
    fn ties(&self, election: &Election) -> Ties {
        let mut ids: Vec<String> = election.projects().iter().map(|p| p.id.clone()).collect();
        match &self.ties {
            Ties::Order { .. } => Ties::Order { ids },
            Ties::Lot { seed, .. } => {
                ids.sort_unstable();
                lot(seed, ids.iter().map(String::as_str))
            }
            other => other.clone(),
        }
    }
}

/// The rules that are set side by side, as far as the ballots allow them.
fn rules(case: &Case, chosen: &Chosen) -> Vec<CountRules> {
    let kind = case.election.kind();
    let ties = chosen.ties(&case.election);
    let threshold = chosen.threshold.or(case.threshold);
    let with = |rule, satisfaction, completion| CountRules {
        threshold,
        ..CountRules::new(rule).satisfaction(satisfaction).completion(completion).ties(ties.clone())
    };
    let own = match kind {
        BallotKind::Approval | BallotKind::ChooseOne => Satisfaction::Cost,
        BallotKind::Cumulative | BallotKind::Scoring => Satisfaction::Points,
        BallotKind::Ordinal => Satisfaction::Ranks,
    };
    let mut all = vec![];
    if own == Satisfaction::Cost {
        all.push(with(Rule::Greedy, own, Completion::None));
        all.push(with(Rule::GreedyStop, own, Completion::None));
        all.push(with(Rule::Greedy, Satisfaction::Cardinality, Completion::None));
    } else {
        all.push(with(Rule::GreedyScore, own, Completion::None));
        all.push(with(Rule::Greedy, own, Completion::None));
    }
    all.push(with(Rule::EqualShares, own, Completion::None));
    all.push(with(Rule::EqualShares, own, Completion::Greedy));
    all.push(with(Rule::EqualShares, own, Completion::Add1u));
    all.push(with(Rule::PhragmenSkip, Satisfaction::Cost, Completion::None));
    all.push(with(Rule::Knapsack, own, Completion::None));
    all
}

/// One envelope under every rule.
struct Table {
    name: Localized,
    amount: String,
    ballots: u64,
    columns: Vec<Column>,
    /// Each project, most wanted first: its name, its cost, its votes, whether each rule takes it.
    rows: Vec<(String, String, u64, Vec<bool>)>,
    /// Projects on which the rules disagree.
    differ: usize,
    /// The rules that could not count it, in words.
    left_out: String,
}

/// One rule.
struct Column {
    letter: String,
    rule: String,
    winners: String,
    spent: String,
    share: String,
    each: String,
}

/// The election of an envelope, and what people call things.
struct Case {
    name: Localized,
    election: Election,
    titles: Vec<Localized>,
    /// What a project needs where the organiser says nothing: with plus and minus votes, one more plus than minus.
    threshold: Option<Decimal>,
}

/// Counts by every rule. Those by which this election cannot be counted within reason are told apart.
fn run(case: &Case, chosen: &Chosen) -> (Vec<Compared>, Vec<CountRules>) {
    let (mut counted, mut left_out) = (vec![], vec![]);
    for rules in rules(case, chosen) {
        match count_by(&case.election, &rules) {
            Ok(outcome) => counted.push((rules, outcome)),
            Err(_) => left_out.push(rules),
        }
    }
    let counted: Vec<(&CountRules, &Outcome)> = counted.iter().map(|(r, o)| (r, o)).collect();
    (side_by_side(&case.election, &counted), left_out)
}

fn table(t: &T, case: &Case, compared: &[Compared], left_out: &[CountRules]) -> Table {
    let letter = |n: usize| char::from_u32(u32::try_from(n).unwrap_or(0) + u32::from('A')).unwrap_or('?');
    let column = |(n, one): (usize, &Compared)| Column {
        letter: letter(n).to_string(),
        rule: rule_words(t, &one.rules),
        winners: t.number(one.selected.len()),
        spent: money::say_ratio(t, &one.total_cost),
        share: t.percent(one.voters_with_a_winner, case.election.ballots()),
        each: money::say_number(t, &one.winners_by_voter),
    };
    let mut votes = vec![0_u64; case.titles.len()];
    for (weight, chosen, points) in case.election.groups() {
        for (n, place) in chosen.iter().enumerate() {
            let counts = points.get(n).is_none_or(|p| *p > 0);
            if let Some(v) = usize::try_from(*place).ok().and_then(|p| votes.get_mut(p)).filter(|_| counts) {
                *v += u64::from(weight);
            }
        }
    }
    let mut order: Vec<usize> = (0..case.titles.len()).collect();
    order.sort_by_key(|&p| (std::cmp::Reverse(votes[p]), p));
    let mut differ = 0;
    let mut rows = vec![];
    for p in order {
        let Some(project) = case.election.projects().get(p) else { continue };
        let takes: Vec<bool> =
            compared.iter().map(|c| c.selected.binary_search(&project.id).is_ok()).collect();
        if takes.iter().any(|x| *x) && !takes.iter().all(|x| *x) {
            differ += 1;
        }
        let name = case.titles[p].get(t.locale).to_owned();
        rows.push((name, money::say_ratio(t, &project.cost.ratio()), votes[p], takes));
    }
    Table {
        name: case.name.clone(),
        amount: money::say_ratio(t, &case.election.budget()),
        ballots: case.election.ballots(),
        columns: compared.iter().enumerate().map(column).collect(),
        rows,
        differ,
        left_out: t.list(&left_out.iter().map(|r| rule_words(t, r)).collect::<Vec<_>>()),
    }
}

#[derive(Template)]
#[template(path = "simulator/page.html")]
struct View {
    page: Page,
    nav: Html,
    path: &'static str,
    budgets: Vec<Choice>,
    budget: String,
    sent: Sent,
    /// What all these rules share, in sentences.
    shared: Vec<String>,
    tables: Vec<Table>,
    source: String,
    /// Envelopes in which the rules do not agree.
    differing: usize,
}

impl View {
    fn ties(&self) -> Vec<Choice> {
        let choice = |name: &str| Choice::new(name, self.page.t.get(&format!("budget-ties-{name}")));
        ["by-votes", "by-cost", "order", "lot"].map(choice).into()
    }
}

async fn show(
    cx: &Ctx,
    mut page: Page,
    nav: Html,
    cases: Vec<Case>,
    source: String,
    (budget, sent): (String, Sent),
    mut errors: FieldErrors,
) -> Result<Response, WebError> {
    let chosen = sent.check(&mut errors);
    let cases = if errors.is_empty() { cases } else { vec![] };
    let errors = &errors;
    page = page.errors(errors);
    let closed = cx.store().read(|tx| boxed(async move { store::imports::closed(tx).await })).await?;
    let locale = cx.locale();
    let named = |text: &str| Localized::from_json(text).get(locale).to_owned();
    let budgets = closed.into_iter().map(|(id, title, process)| {
        Choice::new(id.to_string(), format!("{} – {}", named(&process), named(&title)))
    });
    let t = cx.t();
    let none = Choice::new("", t.get("budget-simulator-no-budget"));
    let budgets: Vec<Choice> = std::iter::once(none).chain(budgets).collect();
    let mut shared = vec![tie_rule(t, &chosen.ties)];
    if let Some(threshold) = chosen.threshold {
        shared.push(t.with1("budget-how-threshold", "votes", money::say_number(t, &threshold.ratio())));
    }
    let counted = tokio::task::spawn_blocking(move || {
        let count = |case: Case| {
            let (compared, left_out) = run(&case, &chosen);
            (case, compared, left_out)
        };
        cases.into_iter().map(count).collect::<Vec<_>>()
    });
    let counted = counted.await.map_err(WebError::internal)?;
    let tables: Vec<Table> =
        counted.iter().map(|(case, compared, left_out)| table(t, case, compared, left_out)).collect();
    let differing = tables.iter().filter(|t| t.differ > 0).count();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = View { page, nav, path: PATH, budgets, budget, sent, shared, tables, source, differing };
    Ok(cx.render_status(status, &view))
}

fn site_page(cx: &Ctx) -> Page {
    let t = cx.t();
    cx.page(t.get("budget-simulator")).nav("admin").noindex().wide().crumb(t.get("budget-admin"), "/admin")
}

/// The form, and the comparison on a budget of the site when one is named.
async fn page(cx: Ctx) -> Result<Response, WebError> {
    let budget = cx.query("budget");
    let sent = Sent::of(|name| cx.query(name));
    let (cases, source) = match budget.parse::<i64>() {
        Ok(id) => of_site(&cx, id).await?,
        Err(_) => (vec![], String::new()),
    };
    show(&cx, site_page(&cx), Html::default(), cases, source, (budget, sent), FieldErrors::new()).await
}

/// The envelopes of a closed budget of this site, and its name.
async fn of_site(cx: &Ctx, id: i64) -> Result<(Vec<Case>, String), WebError> {
    let (counting, title) = cx
        .store()
        .read(move |tx| {
            boxed(async move {
                let activity = process::activity(tx, id).await?.ok_or(Error::NotFound)?;
                // What is not published yet stays hidden, here too.
                if activity.component != model::NAME || activity.results_at.is_none() {
                    return Err(Error::NotFound);
                }
                let process = process::find(tx, activity.process_id).await?.ok_or(Error::NotFound)?;
                Ok((results::read(tx, &activity).await?, process.title))
            })
        })
        .await?;
    let content = &counting.content;
    let ballots = counting.ballots.ballots().map_err(WebError::internal)?;
    let mut cases = vec![];
    for envelope in &content.envelopes {
        let here: Vec<(&Choices, u64)> =
            ballots.iter().filter_map(|(b, n)| Some((b.of(envelope.id)?, *n))).collect();
        if here.is_empty() {
            continue;
        }
        let election = count::election(content, envelope, &here).map_err(WebError::internal)?;
        let titles = content.of_envelope(envelope.id).map(|p| p.title.clone()).collect();
        let minus = content.imported.is_none() && content.ballot.face == Face::PlusMinus;
        let threshold = Decimal::whole(1).ok().filter(|_| minus);
        cases.push(Case { name: envelope.name.clone(), election, titles, threshold });
    }
    Ok((cases, title.get(cx.locale()).to_owned()))
}

/// The comparison on a file, or on a budget of the site.
async fn submit(cx: Ctx, upload: Upload) -> Result<Response, WebError> {
    let mut errors = FieldErrors::new();
    let budget = upload.fields.get("budget").to_owned();
    let sent = Sent::of(|name| upload.fields.get(name).to_owned());
    let (mut cases, mut source) = (vec![], String::new());
    match (upload.file("file"), budget.parse::<i64>()) {
        (Some(_), Ok(_)) => errors.add("file", "budget-simulator-both"),
        (None, Ok(id)) => (cases, source) = of_site(&cx, id).await?,
        (None, Err(_)) => errors.add("file", "budget-simulator-neither"),
        (Some(file), Err(_)) => {
            source.clone_from(&file.name);
            let bytes = file.bytes.clone();
            let read = tokio::task::spawn_blocking(move || {
                let unpacked = pb::unpack(&bytes)?;
                pb::read(&unpacked, Invalid::AsCast)
            });
            match read.await.map_err(WebError::internal)? {
                Ok(reading) => {
                    let projects = reading.election.projects();
                    let name = |p: &parvis_budgeting::Project| {
                        Localized::new(if p.name.is_empty() { &p.id } else { &p.name }, "")
                    };
                    let titles = projects.iter().map(name).collect();
                    let parts = ["unit", "subunit", "instance"].into_iter().filter_map(|k| reading.meta(k));
                    let parts: Vec<&str> = parts.filter(|p| !p.is_empty()).collect();
                    let name = Localized::new(parts.join(", "), "");
                    cases.push(Case { name, election: reading.election, titles, threshold: None });
                }
                Err(error) => problem::at(&mut errors, &error),
            }
        }
    }
    show(&cx, site_page(&cx), Html::default(), cases, source, (budget, sent), errors).await
}

/// The same page among those of a budget.
pub(crate) async fn tab(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, ()) = load(&poll(), &cx, &at, |_, _| boxed(async { Ok(()) })).await?;
    let page = admin_page(&cx, &place, cx.t().get("budget-tab-simulator"));
    let nav = nav(&Budgets, &cx, &place, "simulator");
    let sent = (String::new(), Sent::of(|_| String::new()));
    show(&cx, page, nav, vec![], String::new(), sent, FieldErrors::new()).await
}
