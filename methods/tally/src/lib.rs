//! Ballots to winners, by every usual method, exactly and with the working.
#![doc = include_str!("../README.md")]

mod convert;
mod count;
mod error;
mod exact;
pub mod format;
mod method;
mod outcome;
mod profile;
mod rules;
mod tie;

pub use convert::Reading;
pub use count::{Simulation, count, simulate};
pub use error::Error;
pub use exact::Exact;
pub use method::Method;
pub use method::kemeny::LIMIT as KEMENY_LIMIT;
pub use outcome::{
    Action, BordaOther, Duel, Edge, Merit, Name, Outcome, Pairwise, Reason, Round, Stage, Tie, TieAbout,
    TieRule, Working, Worst,
};
pub use profile::{Ballots, Kind, Profile, Ranking, Votes};
pub use rules::{Blank, BordaPolicy, EqualRanks, Rules, Strength, TieBreak};
pub use tie::lot_order;
