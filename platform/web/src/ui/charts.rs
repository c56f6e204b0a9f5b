//! Pictures of figures: SVG made here, always with the figures in words beside them.

use askama::Template;
use parvis_i18n::{Int, T};

use crate::page::Page;

/// For, mixed and against, as a bar and its figures.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/vote_bar.html")]
pub struct VoteBar {
    parts: Vec<Part>,
    total: i64,
    summary: String,
    is_compact: bool,
    t: T,
}

#[derive(Debug, Clone)]
struct Part {
    class: &'static str,
    label: String,
    count: i64,
    share: String,
    x: i64,
    width: i64,
}

super::is_html!(VoteBar, Bars);

/// The width of a bar in its own units.
const WIDE: i64 = 1000;

impl VoteBar {
    fn new(page: &Page, counts: &[(&'static str, i64)]) -> Self {
        let t = page.t.clone();
        let total: i64 = counts.iter().map(|(_, n)| n.max(&0)).sum();
        let mut x = 0;
        let mut parts = vec![];
        for (class, count) in counts {
            let count = (*count).max(0);
            let width = if total == 0 { 0 } else { count * WIDE / total };
            let label = t.get(&format!("web-vote-{class}"));
            parts.push(Part { class, label, count, share: t.percent(count, total), x, width });
            x += width;
        }
        // What rounding left goes to the last part that has votes, so that the bar is full.
        if total > 0
            && let Some(last) = parts.iter_mut().rev().find(|p| p.count > 0)
        {
            last.width = WIDE - last.x;
        }
        let words: Vec<_> = parts.iter().map(|p| format!("{} {}", p.label, t.number(p.count))).collect();
        Self { summary: words.join(", "), parts, total, is_compact: false, t }
    }

    /// For lists: the bar, and the figures on one line without shares.
    #[must_use]
    pub fn compact(mut self) -> Self {
        self.is_compact = true;
        self
    }
}

/// Figures by day (or any other list) as upright bars; write the table beside it.
#[derive(Debug, Clone, Template)]
#[template(path = "ui/bars.html")]
pub struct Bars {
    title: String,
    bars: Vec<Bar>,
    width: i64,
    first: String,
    last: String,
    most: String,
}

#[derive(Debug, Clone)]
struct Bar {
    x: i64,
    y: i64,
    height: i64,
    title: String,
}

/// The height of the drawing, and the room of one bar.
const HIGH: i64 = 160;
const STEP: i64 = 12;

impl Page {
    /// For, mixed and against.
    pub fn vote_bar(&self, r#for: impl Int, mixed: impl Int, against: impl Int) -> VoteBar {
        VoteBar::new(self, &[("for", r#for.int()), ("mixed", mixed.int()), ("against", against.int())])
    }

    /// For and against only.
    pub fn vote_bar2(&self, r#for: impl Int, against: impl Int) -> VoteBar {
        VoteBar::new(self, &[("for", r#for.int()), ("against", against.int())])
    }

    /// Upright bars: `(label, figure)` from left to right. `title` says what the picture shows.
    pub fn bars(&self, title: impl Into<String>, figures: &[(String, i64)]) -> Bars {
        let most = figures.iter().map(|(_, n)| *n).max().unwrap_or(0).max(1);
        let bars = figures
            .iter()
            .zip(0i64..)
            .map(|((label, n), i)| {
                let height = if *n > 0 { (n * HIGH / most).max(2) } else { 0 };
                let title = format!("{label} : {}", self.t.number(*n));
                Bar { x: i * STEP, y: HIGH - height, height, title }
            })
            .collect::<Vec<_>>();
        let width = i64::try_from(bars.len()).unwrap_or(0).max(1) * STEP;
        let edge = |f: Option<&(String, i64)>| f.map(|(l, _)| l.clone()).unwrap_or_default();
        Bars {
            title: title.into(),
            bars,
            width,
            first: edge(figures.first()),
            last: edge(figures.last()),
            most: self.t.number(most),
        }
    }
}
