//! The pages that every site has, whatever tools are at work on it.
#![doc = include_str!("../README.md")]

use parvis_web::{Routes, Source};

pub mod account;
pub mod public;

/// The texts of these pages.
pub const SOURCES: &[Source] = &[account::SOURCE, public::SOURCE];

/// The routes of these pages.
pub fn routes() -> Routes {
    account::routes().merge(public::routes())
}
