//! `parvis count`: ballots to winners, from a file.

mod ballots;
mod ballots_text;

use anyhow::Result;
use clap::Subcommand;

use super::Outcome;

/// Count the ballots of a file.
#[derive(Debug, Subcommand)]
pub enum Count {
    /// An election: rankings, grades, approvals … to winners
    Ballots(ballots::Ballots),
}

impl Count {
    pub(super) fn run(self) -> Result<Outcome> {
        match self {
            Count::Ballots(ballots) => ballots.run(),
        }
    }
}
