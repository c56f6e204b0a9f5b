//! A draw as a public ceremony: what was published before, the lottery, the seed, the ticket, the panel, step by step on a
//! big screen, whole on paper; and the files that anybody draws again from.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use parvis_ballotbox::pages::At;
use parvis_sortition::Published;
use parvis_store::boxed;
use parvis_web::ui::{Html, Pager};
use parvis_web::{Ctx, Page, WebError};

use crate::admin::draw::progress;
use crate::model::Stage;
use crate::place::{self, Place, load, reader_page, seats};
use crate::store::{Person, Round};
use crate::{drand, pool, store, work};

/// The steps of the ceremony.
const STEPS: usize = 6;

/// A lottery as the pages say it.
struct Said {
    published: Published,
    min: f64,
    max: f64,
    is_optimal: bool,
    deviation: f64,
    bound: f64,
}

#[derive(Template)]
#[template(path = "draw/page.html")]
struct View {
    page: Page,
    place: Place,
    round: Round,
    people: Vec<Person>,
    lottery: Option<Said>,
    panel: Vec<Person>,
    step: usize,
    reached: usize,
    command: String,
    again: String,
    url: String,
}

/// A share of one, in hundredths, two decimals.
fn figure(page: &Page, p: f64) -> String {
    let figure = format!("{:.2}", 100.0 * p);
    if page.locale() == parvis_core::Locale::Fr { figure.replace('.', ",") } else { figure }
}

/// A share of one, raised to a whole hundredth of a percent: what is said to be a limit holds as it is said.
fn at_least(p: f64) -> f64 {
    (10_000.0 * p - 1e-6).ceil().max(0.0) / 10_000.0
}

/// A probability in percent.
fn percent(page: &Page, p: f64) -> String {
    page.t.with1("panel-percent", "figure", figure(page, p))
}

/// A line of the quotas that the panel meets.
struct Met {
    title: Html,
    value: Html,
    quota: String,
    seats: usize,
}

impl View {
    /// Whether a step is shown: all of them, or the one that was asked for.
    fn shows(&self, step: usize) -> bool {
        self.step == 0 || self.step == step
    }

    fn step_name(&self, n: &usize) -> String {
        self.page.t.get(&format!("panel-step-{n}"))
    }

    fn steps(&self) -> Vec<usize> {
        (1..=STEPS).collect()
    }

    fn said(&self, name: &str) -> &str {
        self.round.announcement[name].as_str().unwrap_or_default()
    }

    /// The round of drand that gave the seed, where it is read, and its signature.
    fn beacon(&self) -> Option<(i64, String, &str)> {
        let number = self.round.drand()?;
        Some((number, drand::address(number), self.round.signature.as_deref()?))
    }

    fn moment(&self, round: &i64) -> i64 {
        drand::moment_of(*round)
    }

    /// How long the lottery may be computed, as announced.
    fn seconds(&self) -> Option<i64> {
        self.round.announcement["seconds"].as_i64()
    }

    fn pool(&self) -> i64 {
        self.round.announcement["pool"].as_i64().unwrap_or(0)
    }

    fn progress(&self) -> (i64, i64) {
        progress(&self.round)
    }

    /// What chances the lottery gives, in a sentence.
    fn chances(&self) -> String {
        let Some(l) = &self.lottery else { return String::new() };
        let (min, max) = (percent(&self.page, l.min), percent(&self.page, l.max));
        if min == max {
            return self.page.t.with1("panel-step-3-same", "chance", min);
        }
        self.page.t.with2("panel-step-3-text", "min", min, "max", max)
    }

    /// How far the tickets are from the chances, and how far they could be at most, in points of a percentage.
    fn deviation(&self) -> String {
        let Some(l) = &self.lottery else { return String::new() };
        let (points, bound) =
            (figure(&self.page, at_least(l.deviation)), figure(&self.page, at_least(l.bound)));
        let whole = bound.split(['.', ',']).next().and_then(|n| n.parse::<i64>().ok()).unwrap_or(0);
        let seats = l.published.lottery.first().map_or(0, |t| t.panel.len());
        let (seats, tickets) = (self.page.t.number(seats), self.page.t.number(self.tickets()));
        self.page.t.with(
            "panel-step-3-deviation",
            &[
                ("points", points.as_str().into()),
                ("bound", bound.as_str().into()),
                ("whole", whole.into()),
                ("seats", seats.as_str().into()),
                ("tickets", tickets.as_str().into()),
            ],
        )
    }

    fn tickets(&self) -> usize {
        self.lottery.as_ref().map_or(0, |l| l.published.lottery.len())
    }

    fn is_optimal(&self) -> bool {
        self.lottery.as_ref().is_some_and(|l| l.is_optimal)
    }

    /// The drawn ticket on as many digits as the last one has.
    fn ticket(&self) -> String {
        let width = self.tickets().to_string().len();
        format!("{:0width$}", self.round.ticket.unwrap_or(0))
    }

    fn answer(&self, person: &Person, category: &crate::model::Category) -> String {
        let code = person.answers.get(&category.code).map_or("", String::as_str);
        category.value(code).map_or_else(|| code.to_owned(), |v| self.page.say(&v.title()).to_owned())
    }

    /// How the panel of a first draw meets the quotas; with those who had accepted, in the draws that follow.
    fn met(&self) -> Vec<Met> {
        let accepted = self.round.list("accepted");
        let kept = self.people.iter().filter(|p| accepted.contains(&p.pseudonym));
        let all: Vec<&Person> = self.panel.iter().chain(kept).collect();
        let mut found = vec![];
        for c in &self.place.rules.categories {
            for v in &c.values {
                let count = all.iter().filter(|p| p.answers.get(&c.code) == Some(&v.code)).count();
                found.push(Met {
                    title: self.page.said(&c.title),
                    value: self.page.said(&v.title()),
                    quota: seats(&self.page.t, v),
                    seats: count,
                });
            }
        }
        found
    }

    fn step_href(&self, step: &usize) -> String {
        format!("{}/{}?step={step}", self.place.to("draw"), self.round.number)
    }

    fn step_before(&self) -> String {
        self.step_href(&self.step.saturating_sub(1))
    }

    fn step_after(&self) -> String {
        self.step_href(&(self.step + 1))
    }

    fn file(&self, name: &str) -> String {
        format!("{}/{}/files/{name}", self.place.to("draw"), self.round.number)
    }
}

fn place_of(path: (String, String, String)) -> Result<(At, i64), WebError> {
    let (process, activity, round) = path;
    Ok((At { process, activity }, round.parse().map_err(|_| WebError::NotFound)?))
}

async fn read(
    cx: &Ctx,
    path: (String, String, String),
) -> Result<(Place, Round, Vec<Person>, Option<Said>), WebError> {
    let (at, number) = place_of(path)?;
    let (place, found) = load(cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let round = store::round(tx, id, number).await?;
            Ok((round, store::everybody(tx, id, true).await?, store::lottery(tx, id, number).await?))
        })
    })
    .await?;
    let (round, people, lottery) = found;
    let round = round.ok_or(WebError::NotFound)?;
    let lottery = match lottery {
        None => None,
        Some((text, _)) => {
            let whole: serde_json::Value = serde_json::from_str(&text)?;
            let number = |name: &str| whole[name].as_f64().unwrap_or(0.0);
            Some(Said {
                min: number("min_probability"),
                max: number("max_probability"),
                deviation: number("max_deviation"),
                bound: number("deviation_bound"),
                is_optimal: whole["optimal"].as_bool().unwrap_or(false),
                published: serde_json::from_value(whole)?,
            })
        }
    };
    Ok((place, round, people, lottery))
}

/// The ceremony.
pub(crate) async fn page(cx: Ctx, Path(path): Path<(String, String, String)>) -> Result<Response, WebError> {
    let (place, round, people, lottery) = read(&cx, path).await?;
    place.cache(&cx);
    let ids: Vec<&String> = match (&lottery, round.ticket) {
        (Some(l), Some(n)) => {
            let ticket = usize::try_from(n - 1).ok().and_then(|n| l.published.lottery.get(n));
            ticket.map(|t| t.panel.iter().collect()).unwrap_or_default()
        }
        _ => vec![],
    };
    let panel = people.iter().filter(|p| ids.contains(&&p.pseudonym)).cloned().collect();
    let title = cx.t().with1("panel-round", "number", round.number);
    let step = cx.query("step").parse::<usize>().unwrap_or(0);
    let mut page = reader_page(&cx, &place, title).wide();
    if step > 0 {
        page = page.noindex();
    }
    let url = cx.site.url(&format!("{}/{}", place.to("draw"), round.number));
    let command = pool::command(&place.rules, round.number, round.seed.as_deref());
    let again = round.seed.as_deref().map_or_else(String::new, |s| {
        format!("parvis draw --lottery lottery.json --seed '{}'", s.replace('\'', "'\\''"))
    });
    // The last step that has happened.
    let reached = match round.stage() {
        Stage::Announced | Stage::Failed => 2,
        Stage::Ready => 3,
        Stage::Drawn => STEPS,
    };
    let step = step.min(reached);
    Ok(cx.render(&View { page, place, round, people, lottery, panel, step, reached, command, again, url }))
}

/// People of one kind have one probability: the kinds, by probability.
struct Profile {
    values: Vec<String>,
    people: usize,
    probability: String,
    tickets: String,
}

/// People of one profile while they are counted: how many, their probability, on how many tickets each.
struct Kind {
    people: usize,
    p: f64,
    least: usize,
    most: usize,
}

/// Probabilities this near are the same: the solver's numbers of two people of one profile differ by some 1e-14, and no page
/// or ticket tells 1e-9 apart.
const SAME: f64 = 1e-9;

/// One entry for each set of answers and probability, in the order of the probabilities: households make the difference
/// between two of one set. Of each person: the probability, the answers, the number of tickets.
fn kinds(mut people: Vec<(f64, Vec<&str>, usize)>) -> BTreeMap<(usize, Vec<&str>), Kind> {
    people.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut kinds = BTreeMap::new();
    // The smallest probability of a level stands for those that are the same.
    let (mut level, mut smallest) = (0, f64::NEG_INFINITY);
    for (p, values, n) in people {
        if p - smallest > SAME {
            (level, smallest) = (level + 1, p);
        }
        let kind = kinds.entry((level, values)).or_insert(Kind { people: 0, p: smallest, least: n, most: n });
        *kind =
            Kind { people: kind.people + 1, p: smallest, least: kind.least.min(n), most: kind.most.max(n) };
    }
    kinds
}

/// Profiles on a page.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "draw/probabilities.html")]
struct Probabilities {
    page: Page,
    place: Place,
    profiles: Vec<Profile>,
    pager: Pager,
    min: String,
    max: String,
    file: String,
}

/// Each profile's probability of being drawn.
pub(crate) async fn probabilities(
    cx: Ctx,
    Path(path): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let (place, round, people, lottery) = read(&cx, path).await?;
    let lottery = lottery.ok_or(WebError::NotFound)?;
    place.cache(&cx);
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for id in lottery.published.lottery.iter().flat_map(|t| &t.panel) {
        *times.entry(id).or_default() += 1;
    }
    let mut drawable = vec![];
    for person in &people {
        let Some(&p) = lottery.published.probabilities.get(&person.pseudonym) else { continue };
        let code = |c: &crate::model::Category| person.answers.get(&c.code).map_or("", String::as_str);
        let values: Vec<&str> = place.rules.categories.iter().map(code).collect();
        drawable.push((p, values, times.get(person.pseudonym.as_str()).copied().unwrap_or(0)));
    }
    let kinds = kinds(drawable);
    let page = reader_page(&cx, &place, cx.t().get("panel-probabilities"))
        .crumb(
            cx.t().with1("panel-round", "number", round.number),
            format!("{}/{}", place.to("draw"), round.number),
        )
        .wide();
    let pager = Pager::new(&cx, kinds.len(), SHOWN);
    let offset = usize::try_from(pager.offset()).unwrap_or(0);
    let named = |codes: &[&str]| -> Vec<String> {
        let name = |(c, code): (&crate::model::Category, &&str)| {
            c.value(code).map_or_else(|| (*code).to_owned(), |v| page.say(&v.title()).to_owned())
        };
        place.rules.categories.iter().zip(codes).map(name).collect()
    };
    let profiles = kinds
        .iter()
        .skip(offset)
        .take(SHOWN)
        .map(|((_, values), kind)| Profile {
            values: named(values),
            people: kind.people,
            probability: percent(&page, kind.p),
            tickets: if kind.least == kind.most {
                kind.least.to_string()
            } else {
                format!("{}–{}", kind.least, kind.most)
            },
        })
        .collect();
    let view = Probabilities {
        min: percent(&page, lottery.min),
        max: percent(&page, lottery.max),
        file: format!("{}/{}/files/lottery.json", place.to("draw"), round.number),
        page,
        place,
        profiles,
        pager,
    };
    Ok(cx.render(&view))
}

/// A published file, byte for byte what the journal hashes.
pub(crate) async fn file(
    cx: Ctx,
    Path((process, activity, round, name)): Path<(String, String, String, String)>,
) -> Result<Response, WebError> {
    let (at, number) = place_of((process, activity, round))?;
    let wants_lottery = name == "lottery.json" || name == "proof.json";
    let (place, (round, people, lottery)) = load(&cx, &at, move |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            let round = store::round(tx, id, number).await?;
            let lottery = if wants_lottery { store::lottery(tx, id, number).await? } else { None };
            Ok((round, store::everybody(tx, id, true).await?, lottery))
        })
    })
    .await?;
    let round = round.ok_or(WebError::NotFound)?;
    let list =
        |name: &str| round.list(name).iter().map(|id| format!("{id}\n")).collect::<String>().into_bytes();
    let (bytes, kind) = match name.as_str() {
        "pool.csv" => (work::files(&place.rules, &people).pool, "text/csv; charset=utf-8"),
        "quotas.csv" => (work::files(&place.rules, &people).quotas, "text/csv; charset=utf-8"),
        "accepted.txt" if number > 1 => (list("accepted"), "text/plain; charset=utf-8"),
        "gone.txt" if number > 1 => (list("gone"), "text/plain; charset=utf-8"),
        "lottery.json" => (lottery.ok_or(WebError::NotFound)?.0.into_bytes(), "application/json"),
        "proof.json" => (lottery.ok_or(WebError::NotFound)?.1.into_bytes(), "application/json"),
        _ => return Err(WebError::NotFound),
    };
    let kept = format!("attachment; filename=\"{name}\"");
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, kept)], bytes)
        .into_response())
}

#[cfg(test)]
mod tests {
    use super::kinds;

    #[test]
    fn a_profile_is_one_line_whatever_the_last_bits_of_its_probabilities() {
        let p = 0.123;
        let found = kinds(vec![
            (p + 2e-14, vec!["a", "x"], 12),
            (0.5, vec!["a", "x"], 50),
            (p, vec!["b", "x"], 13),
            (p, vec!["a", "x"], 13),
            (p + 1e-8, vec!["b", "x"], 12),
            (p + 9e-10, vec!["b", "x"], 12),
        ]);
        let lines: Vec<_> =
            found.iter().map(|((level, v), k)| (*level, v[0], k.people, k.least, k.most)).collect();
        assert_eq!(
            lines,
            [(1, "a", 2, 12, 13), (1, "b", 2, 12, 13), (2, "b", 1, 12, 12), (3, "a", 1, 50, 50)]
        );
    }
}
