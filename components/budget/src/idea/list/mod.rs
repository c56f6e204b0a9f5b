//! The ideas, on a map and in a list: by category, district and state, in a random order that a visitor keeps.

use askama::Template;
use axum::response::Response;
use parvis_civic::contribution::Order;
use parvis_civic::random;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Html, Pager};
use parvis_web::{Ctx, Page, WebError};

use super::author;
use crate::life::State;
use crate::map::{self, Mark};
use crate::place::{At, Place, load};
use crate::shelf::Shelf;
use crate::store::ideas::{self, Idea, Which};

/// Ideas a page.
const PAGE: i64 = 15;

/// The orders of the list, as addresses name them.
const SORTS: [&str; 3] = ["random", "recent", "supported"];

#[derive(Template)]
#[template(path = "idea/list/page.html")]
struct View {
    page: Page,
    place: Place,
    shelf: Shelf,
    closed: Option<String>,
    sort: &'static str,
    seed: i64,
    sent: Sent,
    sorts: Vec<(String, String, bool)>,
    districts: Vec<Choice>,
    categories: Vec<Choice>,
    states: Vec<Choice>,
    map: Html,
    count: i64,
    list: Vec<Idea>,
    pager: Pager,
}

/// The filters, as the address gives them.
#[derive(Debug, Clone, Default)]
struct Sent {
    category: String,
    district: String,
    state: String,
    points: String,
}

impl Sent {
    fn is_filtered(&self) -> bool {
        !(self.category.is_empty()
            && self.district.is_empty()
            && self.state.is_empty()
            && self.points.is_empty())
    }
}

impl View {
    fn author(&self, idea: &Idea) -> String {
        author(&self.page.t, idea)
    }

    fn labels(&self, idea: &Idea) -> Vec<String> {
        let district = self.shelf.district(idea.facts.district_id).map(|d| self.page.say(&d.name).to_owned());
        let category = self.shelf.category(idea.facts.category_id).map(|c| self.page.say(&c.name).to_owned());
        [category, district].into_iter().flatten().collect()
    }
}

/// Numbers parted by hyphens, as the marks of a map give them.
fn numbers(text: &str) -> Vec<i64> {
    text.split('-').filter_map(|n| n.parse().ok()).take(200).collect()
}

/// The list.
pub(crate) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let sort = SORTS.into_iter().find(|s| *s == cx.query("sort")).unwrap_or("random");
    let asked: Option<i64> = cx.query("seed").parse().ok().filter(|s| (0..1_000_000).contains(s));
    let seed = asked.unwrap_or_else(|| random::shuffle_key().rem_euclid(1_000_000));
    // A random order stays the same from page to page: its seed stands in the address.
    if sort == "random" && asked.is_none() && cx.page_number() > 1 {
        return Ok(cx.redirect(cx.query_with("seed", &seed.to_string())));
    }
    let sent = Sent {
        category: cx.query("category"),
        district: cx.query("district"),
        state: cx.query("state"),
        points: cx.query("points"),
    };
    let (number, filters) = (cx.page_number(), sent.clone());
    let (place, (shelf, count, list, marks)) = load(&cx, &at, move |tx, place| {
        boxed(async move {
            let shelf = Shelf::read(tx, place.activity.id).await?;
            let which = Which {
                category: filters.category.parse().ok(),
                district: filters.district.parse().ok(),
                state: State::parse(&filters.state),
                ids: numbers(&filters.points),
                order: match sort {
                    "recent" => Order::Recent,
                    "supported" => Order::Supported,
                    _ => Order::Random(seed),
                },
                limit: PAGE,
                ..Which::all(place.activity.id)
            };
            let count = ideas::count(tx, &which).await?;
            let pages = ((count + PAGE - 1) / PAGE).max(1);
            let which = Which { offset: (number.min(pages) - 1) * PAGE, ..which };
            let list = ideas::list(tx, &which).await?;
            let marks = ideas::marks(tx, &which).await?;
            Ok((shelf, count, list, marks))
        })
    })
    .await?;
    place.cache(&cx);
    let page = place.page(&cx, cx.t().get("budget-ideas"));
    let view = view(&cx, page, place, shelf, (sort, seed, asked.is_some()), sent, count, list, marks);
    Ok(cx.render(&view))
}

type Marks = Vec<(i64, String, crate::geo::Point)>;

#[expect(clippy::too_many_arguments, reason = "the one place that makes this page, from all that it shows")]
fn view(
    cx: &Ctx,
    page: Page,
    place: Place,
    shelf: Shelf,
    (sort, seed, is_seeded): (&'static str, i64, bool),
    sent: Sent,
    count: i64,
    list: Vec<Idea>,
    marks: Marks,
) -> View {
    let t = cx.t();
    let marks: Vec<Mark> = marks
        .into_iter()
        .map(|(id, title, point)| Mark { href: place.idea(&id), id, title, point })
        .collect();
    let several = place.to("ideas?points=");
    let words = |n: usize| t.n("budget-ideas-here-n", n);
    let label = t.n("budget-map-ideas", marks.len());
    let words = map::Words { label, several: &several, count: Some(&words), picks: "" };
    let drawn = if marks.is_empty() {
        Html::default()
    } else {
        map::draw(&shelf.outlines(page.locale()), &marks, &words)
    };
    let sorts = SORTS
        .into_iter()
        .map(|s| (t.get(&format!("budget-sort-{s}")), cx.query_with("sort", s), s == sort))
        .collect();
    let any = Choice::new("", t.get("budget-any-state"));
    let states = [State::Received, State::Study, State::Feasible, State::Refused];
    let states = std::iter::once(any)
        .chain(states.into_iter().map(|s| Choice::new(s.code(), t.get(&s.key()))))
        .collect();
    // The links of the pager keep the order that this page shows.
    let pager = match sort {
        "random" if !is_seeded => {
            let mut seeded = cx.clone();
            if let Ok(uri) = cx.query_with("seed", &seed.to_string()).parse() {
                seeded.uri = uri;
            }
            Pager::new(&seeded, count, PAGE)
        }
        _ => Pager::new(cx, count, PAGE),
    };
    View {
        closed: place.closed(cx),
        districts: shelf.district_choices(&page, "budget-any-district"),
        categories: shelf.category_choices(&page, "budget-any-category"),
        map: drawn,
        page,
        place,
        shelf,
        sort,
        seed,
        sent,
        sorts,
        states,
        count,
        list,
        pager,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_of_a_map_are_read_back() {
        assert_eq!(numbers("12-7-7"), [12, 7, 7]);
        assert_eq!(numbers("12-x-'; drop"), [12]);
        assert!(numbers("").is_empty());
    }
}
