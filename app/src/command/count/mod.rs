//! `parvis count`: ballots to winners, from a file.

mod budget;

use anyhow::Result;
use clap::Subcommand;

use super::Outcome;

/// Count the ballots of a file.
#[derive(Debug, Subcommand)]
pub enum Count {
    /// A participatory budget, from a Pabulib file
    Budget(budget::Budget),
}

impl Count {
    pub(super) fn run(self) -> Result<Outcome> {
        match self {
            Count::Budget(budget) => budget.run(),
        }
    }
}
