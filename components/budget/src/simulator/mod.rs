//! The simulator: rules side by side on a past budget, to choose before the vote opens. Nothing is kept.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use parvis_ballotbox::pages::{At, admin_page, load, nav};
use parvis_budgeting::pb::{self, Invalid};
use parvis_budgeting::{
    BallotKind, Compared, Completion, Election, Outcome, Rule, Rules as CountRules, Satisfaction, Ties,
    count as count_by, side_by_side,
};
use parvis_civic::{Error, process};
use parvis_core::{Access, FieldErrors, Localized};
use parvis_i18n::T;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Html};
use parvis_web::{Ctx, Page, Routes, Upload, WebError};

use crate::model;
use crate::pabulib::problem;
use crate::results::{self, rule_words};
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

/// The rules that are set side by side, as far as the ballots allow them.
fn rules(kind: BallotKind) -> Vec<CountRules> {
    let with = |rule, satisfaction, completion| {
        CountRules::new(rule).satisfaction(satisfaction).completion(completion).ties(Ties::ByVotes)
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
}

/// Counts by every rule. Those by which this election cannot be counted within reason are told apart.
fn run(case: &Case) -> (Vec<Compared>, Vec<CountRules>) {
    let (mut counted, mut left_out) = (vec![], vec![]);
    for rules in rules(case.election.kind()) {
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
    chosen: String,
    tables: Vec<Table>,
    source: String,
    /// Envelopes in which the rules do not agree.
    differing: usize,
}

async fn show(
    cx: &Ctx,
    mut page: Page,
    nav: Html,
    cases: Vec<Case>,
    source: String,
    chosen: String,
    errors: &FieldErrors,
) -> Result<Response, WebError> {
    page = page.errors(errors);
    let closed = cx.store().read(|tx| boxed(async move { store::imports::closed(tx).await })).await?;
    let locale = cx.locale();
    let named = |text: &str| Localized::from_json(text).get(locale).to_owned();
    let budgets = closed.into_iter().map(|(id, title, process)| {
        Choice::new(id.to_string(), format!("{} – {}", named(&process), named(&title)))
    });
    let counted = tokio::task::spawn_blocking(move || {
        let count = |case: Case| {
            let (compared, left_out) = run(&case);
            (case, compared, left_out)
        };
        cases.into_iter().map(count).collect::<Vec<_>>()
    });
    let counted = counted.await.map_err(WebError::internal)?;
    let t = cx.t();
    let tables: Vec<Table> =
        counted.iter().map(|(case, compared, left_out)| table(t, case, compared, left_out)).collect();
    let differing = tables.iter().filter(|t| t.differ > 0).count();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let budgets = budgets.collect();
    let view = View { page, nav, path: PATH, budgets, chosen, tables, source, differing };
    Ok(cx.render_status(status, &view))
}

fn site_page(cx: &Ctx) -> Page {
    let t = cx.t();
    cx.page(t.get("budget-simulator")).nav("admin").noindex().wide().crumb(t.get("budget-admin"), "/admin")
}

/// The form, and the comparison on a budget of the site when one is named.
async fn page(cx: Ctx) -> Result<Response, WebError> {
    let chosen = cx.query("budget");
    let Ok(id) = chosen.parse::<i64>() else {
        let none = FieldErrors::new();
        return show(&cx, site_page(&cx), Html::default(), vec![], String::new(), String::new(), &none).await;
    };
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
    let ballots = counting.ballots.ballots().map_err(WebError::internal)?;
    let mut cases = vec![];
    for envelope in &counting.content.envelopes {
        let here: Vec<(&Choices, u64)> =
            ballots.iter().filter_map(|(b, n)| Some((b.of(envelope.id)?, *n))).collect();
        if here.is_empty() {
            continue;
        }
        let election = count::election(&counting.content, envelope, &here).map_err(WebError::internal)?;
        let titles = counting.content.of_envelope(envelope.id).map(|p| p.title.clone()).collect();
        cases.push(Case { name: envelope.name.clone(), election, titles });
    }
    let source = title.get(cx.locale()).to_owned();
    show(&cx, site_page(&cx), Html::default(), cases, source, chosen, &FieldErrors::new()).await
}

/// The comparison on a file.
async fn submit(cx: Ctx, upload: Upload) -> Result<Response, WebError> {
    let mut errors = FieldErrors::new();
    let mut cases = vec![];
    let mut source = String::new();
    match upload.file("file") {
        None => errors.add("file", "budget-import-file-missing"),
        Some(file) => {
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
                    cases.push(Case { name, election: reading.election, titles });
                }
                Err(error) => problem::at(&mut errors, &error),
            }
        }
    }
    show(&cx, site_page(&cx), Html::default(), cases, source, String::new(), &errors).await
}

/// The same page among those of a budget.
pub(crate) async fn tab(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, ()) = load(&poll(), &cx, &at, |_, _| boxed(async { Ok(()) })).await?;
    let page = admin_page(&cx, &place, cx.t().get("budget-tab-simulator"));
    let nav = nav(&Budgets, &cx, &place, "simulator");
    show(&cx, page, nav, vec![], String::new(), String::new(), &FieldErrors::new()).await
}
