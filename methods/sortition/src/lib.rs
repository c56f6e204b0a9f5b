#![doc = include_str!("../README.md")]

mod decompose;
mod fair;
mod interior;
mod legacy;
mod linear;
mod lottery;
mod nash;
mod problem;
mod random;
mod rounding;
mod search;
mod shape;
mod spelling;
mod watch;

pub use lottery::{Lottery, Method, NoLottery, Proof, Quality, TICKETS};
pub use problem::{Invalid, Person, Pool, Problem, Quota};
pub use random::Chance;
pub use watch::{Report, Step};
