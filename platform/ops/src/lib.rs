//! What runs beside the pages: jobs, mails, the audit log and the figures of `/metrics`.
#![doc = include_str!("../README.md")]

use parvis_store::Migrations;

pub mod audit;
pub mod jobs;
pub mod mail;
pub mod metrics;
pub mod throttle;
pub mod worker;

pub use mail::smtp::Smtp;
pub use worker::Worker;

/// The tables of this crate. Applied after the store's own and before the others'.
pub const MIGRATIONS: Migrations =
    Migrations { set: "ops", steps: &[("0001_init", include_str!("../migrations/0001_init.sql"))] };

/// One page of a list, with the number of all its items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// The items of this page.
    pub items: Vec<T>,
    /// How many there are in all.
    pub total: i64,
}
