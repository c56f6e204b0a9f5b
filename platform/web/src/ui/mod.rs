//! Pieces of pages, written once: fields, pagers, status words, vote bars, dates, the path of phases.
//!
//! Each is an `askama` template in `templates/ui/`; a page writes `{{ page.field("title", "shop-title") }}`
//! and needs no `safe`: what comes from people is escaped inside.

mod charts;
mod field;
mod pager;
mod pieces;

pub use charts::{Bars, VoteBar};
pub use field::{Choice, Field};
pub use pager::Pager;
pub use pieces::{Html, PhasePath, Step, tabs};

/// Marks templates whose output is already HTML.
macro_rules! is_html {
    ($($t:ty),* $(,)?) => { $( impl askama::filters::HtmlSafe for $t {} )* };
}
pub(crate) use is_html;
