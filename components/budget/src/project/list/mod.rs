//! The projects, by envelope and category, on a map and in a list. The order is drawn for each visitor, so that none is
//! always first, and it stays theirs.

use askama::Template;
use axum::response::Response;
use parvis_civic::random;
use parvis_store::boxed;
use parvis_web::ui::{Choice, Html, Pager};
use parvis_web::{Ctx, Page, WebError};

use crate::life::Progress;
use crate::map::{self, Mark};
use crate::model::Project;
use crate::money;
use crate::place::{At, Place, load};
use crate::shelf::Shelf;
use crate::store;

/// Projects a page.
const PAGE: i64 = 30;

#[derive(Template)]
#[template(path = "project/list/page.html")]
struct View {
    page: Page,
    place: Place,
    shelf: Shelf,
    seed: i64,
    district: String,
    category: String,
    is_filtered: bool,
    districts: Vec<Choice>,
    categories: Vec<Choice>,
    map: Html,
    count: usize,
    list: Vec<Project>,
    pager: Pager,
}

impl View {
    fn labels(&self, project: &Project) -> Vec<String> {
        let district = match self.shelf.districts.len() {
            0 | 1 => None,
            _ => self.shelf.district(Some(project.district_id)).map(|d| self.page.say(&d.name).to_owned()),
        };
        let category = self.shelf.category(project.category_id).map(|c| self.page.say(&c.name).to_owned());
        [district, category].into_iter().flatten().collect()
    }

    fn cost(&self, project: &Project) -> String {
        money::say(&self.page.t, project.cost)
    }

    fn progress(&self, project: &Project) -> Option<Progress> {
        Progress::parse(&project.progress)
    }
}

/// The place of a project in the order drawn by `seed`.
fn drawn(id: i64, seed: i64) -> i64 {
    // The steps of SplitMix64, which spread near numbers far apart: the same seed gives the same order.
    let mix = |x: i64| {
        let x = (x ^ (x >> 30)).wrapping_mul(-0x40a7_b892_e31b_1a47);
        (x ^ (x >> 27)).wrapping_mul(-0x6b2f_b644_ecce_ee15)
    };
    let mixed = mix(mix(seed.wrapping_add(1)).wrapping_add(id.wrapping_mul(0x1e37_79b9_7f4a_7c15)));
    mixed ^ (mixed >> 31)
}

/// The list.
pub(crate) async fn page(cx: Ctx, at: At) -> Result<Response, WebError> {
    let asked: Option<i64> = cx.query("seed").parse().ok().filter(|s| (0..1_000_000).contains(s));
    // Whoever has an account keeps their order; others keep it in the addresses of their visit.
    let own = cx.id().map(|id| id.wrapping_mul(7_919).rem_euclid(1_000_000));
    let seed = asked.or(own).unwrap_or_else(|| random::shuffle_key().rem_euclid(1_000_000));
    if asked.or(own).is_none() && cx.page_number() > 1 {
        return Ok(cx.redirect(cx.query_with("seed", &seed.to_string())));
    }
    let (district, category, points) = (cx.query("district"), cx.query("category"), cx.query("points"));
    let (place, (shelf, mut list)) = load(&cx, &at, |tx, place| {
        boxed(async move {
            let shelf = Shelf::read(tx, place.activity.id).await?;
            Ok((shelf, store::projects(tx, place.activity.id).await?))
        })
    })
    .await?;
    let wanted: Vec<i64> = points.split('-').filter_map(|n| n.parse().ok()).collect();
    let (in_district, in_category) = (district.parse::<i64>().ok(), category.parse::<i64>().ok());
    list.retain(|p| {
        in_district.is_none_or(|d| p.district_id == d)
            && in_category.is_none_or(|c| p.category_id == Some(c))
            && (wanted.is_empty() || wanted.contains(&p.id))
    });
    list.sort_by_key(|p| (drawn(p.id, seed), p.id));
    place.cache(&cx);
    let t = cx.t();
    let page = place.page(&cx, t.get("budget-projects"));
    let marks: Vec<Mark> = list
        .iter()
        .filter_map(|p| {
            let title = page.say(&p.title).to_owned();
            Some(Mark { id: p.id, title, href: place.project(&p.id), point: p.point?.into() })
        })
        .collect();
    let several = place.to("projects?points=");
    let words = |n: usize| t.n("budget-projects-here-n", n);
    let label = t.n("budget-map-projects", marks.len());
    let words = map::Words { label, several: &several, count: Some(&words), picks: "" };
    let drawn = if marks.is_empty() {
        Html::default()
    } else {
        map::draw(&shelf.outlines(page.locale()), &marks, &words)
    };
    let pager = match asked.or(own) {
        Some(_) => Pager::new(&cx, list.len(), PAGE),
        None => {
            let mut seeded = cx.clone();
            if let Ok(uri) = cx.query_with("seed", &seed.to_string()).parse() {
                seeded.uri = uri;
            }
            Pager::new(&seeded, list.len(), PAGE)
        }
    };
    let count = list.len();
    let from = usize::try_from(pager.offset()).unwrap_or(0).min(count);
    let upto = usize::try_from(pager.offset() + PAGE).unwrap_or(count).min(count);
    let list = list.get(from..upto).unwrap_or_default().to_vec();
    let view = View {
        districts: shelf.district_choices(&page, "budget-any-district"),
        categories: shelf.category_choices(&page, "budget-any-category"),
        is_filtered: !(district.is_empty() && category.is_empty() && points.is_empty()),
        map: drawn,
        page,
        place,
        shelf,
        seed,
        district,
        category,
        count,
        list,
        pager,
    };
    Ok(cx.render(&view))
}
