//! The composition of the panel against the population: a sentence, a picture with its table, the probabilities.

use askama::Template;
use axum::response::Response;
use parvis_ballotbox::pages::At;
use parvis_store::boxed;
use parvis_web::ui::Html;
use parvis_web::{Ctx, Page, WebError};

use crate::model::{Rules, Seat, Stage};
use crate::place::{Place, load, reader_page, seats};
use crate::store;
use crate::store::Person;

/// The width of a bar in its own units.
const WIDE: u64 = 1000;

/// One value: who has it.
struct Bar {
    name: Html,
    plain: String,
    panel: usize,
    volunteers: usize,
    population: u64,
    quota: String,
    width: u64,
    mark: Option<u64>,
    is_met: bool,
}

struct Picture {
    title: Html,
    said: String,
    bars: Vec<Bar>,
    population: u64,
}

#[derive(Template)]
#[template(path = "composition/page.html")]
struct View {
    page: Page,
    place: Place,
    pictures: Vec<Picture>,
    members: usize,
    volunteers: usize,
    accepted: usize,
    met: usize,
    quotas: usize,
    round: i64,
}

/// Whose composition it is: those who accepted once everybody has answered, those who were drawn before.
pub(crate) fn members(people: &[Person]) -> Vec<&Person> {
    people.iter().filter(|p| p.seat.is_member()).collect()
}

/// How many of these people have each value: category by category, in the order of the rules.
pub(crate) fn counted(rules: &Rules, people: &[&Person]) -> Vec<Vec<usize>> {
    let count = |c: &crate::model::Category, code: &str| {
        people.iter().filter(|p| p.answers.get(&c.code).is_some_and(|a| a == code)).count()
    };
    rules.categories.iter().map(|c| c.values.iter().map(|v| count(c, &v.code)).collect()).collect()
}

/// The page.
pub(crate) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let (place, (people, rounds)) = load(&cx, &at, |tx, place| {
        boxed(async move {
            let id = place.activity.id;
            Ok((store::everybody(tx, id, true).await?, store::rounds(tx, id).await?))
        })
    })
    .await?;
    place.cache(&cx);
    let round = rounds.iter().rfind(|r| r.stage() == Stage::Drawn).ok_or(WebError::NotFound)?.number;
    let page = reader_page(&cx, &place, cx.t().get("panel-composition"));
    let t = &page.t;
    let on = members(&people);
    let all: Vec<&Person> = people.iter().collect();
    let (of_panel, of_pool) = (counted(&place.rules, &on), counted(&place.rules, &all));
    let (mut pictures, mut met, mut quotas) = (vec![], 0, 0);
    for (n, c) in place.rules.categories.iter().enumerate() {
        let total = c.population();
        let mut bars = vec![];
        let mut words = vec![];
        let share = |part: u64, whole: u64| {
            let share = u128::from(WIDE) * u128::from(part) / u128::from(whole.max(1));
            u64::try_from(share).unwrap_or(WIDE)
        };
        for (k, v) in c.values.iter().enumerate() {
            let panel = of_panel[n][k];
            let count = u64::try_from(panel).unwrap_or(0);
            let is_met = count >= u64::from(v.min) && count <= u64::from(v.max);
            quotas += 1;
            met += usize::from(is_met);
            let (plain, whole) = (page.say(&v.title()).to_owned(), on.len());
            let population = if total > 0 { t.percent(v.population, total) } else { "–".into() };
            words.push(t.with3(
                "panel-picture-value",
                "name",
                plain.as_str(),
                "panel",
                t.percent(panel, whole),
                "population",
                population,
            ));
            bars.push(Bar {
                name: page.said(&v.title()),
                plain,
                panel,
                volunteers: of_pool[n][k],
                population: v.population,
                quota: seats(t, v),
                width: share(count, u64::try_from(on.len()).unwrap_or(0)),
                mark: (total > 0).then(|| share(v.population, total)),
                is_met,
            });
        }
        let said = format!("{} : {}", page.say(&c.title), words.join(" ; "));
        pictures.push(Picture { title: page.said(&c.title), said, bars, population: total });
    }
    let view = View {
        members: on.len(),
        volunteers: people.len(),
        accepted: people.iter().filter(|p| p.seat == Seat::Accepted).count(),
        page,
        place,
        pictures,
        met,
        quotas,
        round,
    };
    Ok(cx.render(&view))
}
