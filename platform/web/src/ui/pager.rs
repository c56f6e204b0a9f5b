//! Lists are paged.

use askama::Template;
use parvis_i18n::{Int, T};

use crate::ctx::Ctx;

/// Where one is in a paged list: for the query (`limit`, `offset`) and for the page (`{{ pager }}`).
#[derive(Debug, Clone, Template)]
#[template(path = "ui/pager.html")]
pub struct Pager {
    /// The page shown, from 1.
    pub current: i64,
    /// How many pages there are, at least 1.
    pub pages: i64,
    /// Items in all.
    pub total: i64,
    /// Items a page.
    pub per_page: i64,
    links: Vec<Link>,
    previous: String,
    next: String,
    t: T,
}

#[derive(Debug, Clone)]
struct Link {
    number: i64,
    href: String,
    is_current: bool,
    after_gap: bool,
}

super::is_html!(Pager);

impl Pager {
    /// The pager of `total` items, at the page that the address asks for.
    pub fn new(cx: &Ctx, total: impl Int, per_page: impl Int) -> Self {
        let (total, per_page) = (total.int(), per_page.int().max(1));
        let pages = (total.max(0) + per_page - 1).div_euclid(per_page).max(1);
        let current = cx.page_number().min(pages);
        let href = |n: i64| cx.query_with("page", &if n == 1 { String::new() } else { n.to_string() });
        let mut links: Vec<Link> = vec![];
        for number in 1..=pages {
            if number == 1 || number == pages || (number - current).abs() <= 1 {
                let after_gap = links.last().is_some_and(|l| l.number + 1 < number);
                links.push(Link { number, href: href(number), is_current: number == current, after_gap });
            }
        }
        let previous = if current > 1 { href(current - 1) } else { String::new() };
        let next = if current < pages { href(current + 1) } else { String::new() };
        Self { current, pages, total, per_page, links, previous, next, t: cx.t().clone() }
    }

    /// Items to skip.
    pub const fn offset(&self) -> i64 {
        (self.current - 1) * self.per_page
    }

    /// Items to read.
    pub const fn limit(&self) -> i64 {
        self.per_page
    }
}
