#![doc = include_str!("../README.md")]

mod approach;
mod certificate;
mod columns;
mod decompose;
mod exchange;
mod fair;
mod interior;
mod legacy;
mod linear;
mod lottery;
mod nash;
mod nearest;
mod problem;
mod published;
mod random;
pub mod read;
mod relaxation;
mod replacement;
mod rounding;
mod search;
mod shape;
mod spelling;
mod tables;
mod watch;

pub use lottery::{Lottery, Method, NoLottery, Proof, Quality, TICKETS};
pub use problem::{Invalid, Person, Pool, Problem, Quota};
pub use published::{Check, Published, Ticket, Unfit};
pub use random::Chance;
pub use relaxation::{Change, NoRelaxation, Relaxation};
pub use tables::{Plan, tables};
pub use watch::{Report, Step};
