//! A whole site for tests, and people who visit it.
#![doc = include_str!("../README.md")]

mod actor;
mod answer;
mod scene;
mod site;

pub use actor::Actor;
pub use answer::Answer;
pub use scene::open_activity;
pub use site::{NOON, TestSite, TestSiteBuilder};
